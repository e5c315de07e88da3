//! From the mentions of a page to its claims.

mod anchor;
#[cfg(feature = "cache")]
pub mod cache;
mod carry;
mod event;
mod glance;
mod group;
mod ledger;
mod lex;
mod mood;
mod naming;
mod quotes;
mod reader;
mod relevance;
mod scene;
mod sections;
mod sentence;
mod series;
mod story;
mod syn;
mod toll;
pub mod types;
mod voice;
mod worth;

pub use lex::ClaimLexicon;
pub use reader::LanguageReader;
pub use types::{Breach, Certainty, Claim, ControlChange, Detail, FlowKind, Naming, Reading, RelationKind, Toll};
