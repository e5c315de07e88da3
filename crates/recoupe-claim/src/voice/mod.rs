//! Who says so: attributions before, after and inside the clause, carried over sentences.
//!
//! [`heads`] finds the words that attribute, [`speaker`] who stands behind them, [`reach`] how far what they say goes.

mod heads;
mod reach;
mod speaker;

use std::ops::Range;

use recoupe_mention::{Party, PartyMention, View};
use recoupe_text::Span;

use crate::lex::{ClaimLexicon, Speech};
use crate::syn::Syn;

pub use reach::{extent, subtree_start};
pub use speaker::{remember_aliases, voice};

/// A stretch of a sentence that somebody says.
#[derive(Clone, Debug)]
pub struct Scope {
    /// The tokens said.
    pub tokens: Range<usize>,
    /// Who; `None` when the page does not tell.
    pub speaker: Option<Party>,
    /// How.
    pub speech: Speech,
    /// The verb, if it is one.
    pub verb: Option<usize>,
    /// Quotes the other speakers of the sentence (an agency that cites a minister).
    pub outer: bool,
    /// Opened by “que”: a conditional inside is a future in the past.
    pub reported: bool,
    /// Where the attribution itself stands.
    pub at: usize,
}

/// What is known of speakers when a sentence starts.
#[derive(Clone, Debug, Default)]
pub struct Speakers {
    /// The last one who spoke.
    pub last: Option<Party>,
    /// Whether the sentence starts inside a quotation opened before.
    pub inside_quote: bool,
    /// Unknown persons the page tied to a party: last word of the name → party.
    pub aliases: Vec<(String, Party)>,
}

/// A sentence as far as attributions look at it.
pub(crate) struct Text<'a, 'v> {
    pub syn: &'a Syn<'v>,
    pub view: &'a View<'v>,
    pub parties: &'a [PartyMention],
    pub lex: &'a ClaimLexicon,
    pub known: &'a Speakers,
    /// Tokens of dates and times: they may stand anywhere around a verb of speech.
    pub times: Vec<Range<usize>>,
}

/// Finds who says what in a sentence, in the order of the attributions.
pub fn scopes(
    syn: &Syn<'_>,
    view: &View<'_>,
    parties: &[PartyMention],
    times: Vec<Range<usize>>,
    lex: &ClaimLexicon,
    known: &Speakers,
    quotes: &[Span],
) -> Vec<Scope> {
    let text = Text { syn, view, parties, lex, known, times };
    let found = heads::find(&text, quotes);
    let mut out = reach::scopes(&text, &found);
    reach::continued_quotation(&text, quotes, &mut out);
    out
}
