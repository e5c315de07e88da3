//! What a sentence mentions: parties, places, times, quantities, means, quotations.

pub mod lexicon;
pub mod number;
pub mod parties;
pub mod places;
pub mod time;
pub mod toks;
pub mod types;
mod view;

pub use lexicon::{Class, Lexicon};
pub use parties::{MentionKind, PageContext, PartyMention, state_party};
pub use types::{Id, Means, Party, Place, PlacePrecision, Status, TimeBasis, TimePrecision, When};
pub use view::{Stream, View, key, opening, push_opened};
