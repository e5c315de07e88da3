//! The tokens of one sentence as the readers of numbers and dates take them.

use recoupe_text::{Span, Token, fold};

/// One sentence: the page's text, the sentence's tokens and their folded forms (one per token, same order).
#[derive(Clone, Copy, Debug)]
pub struct Toks<'a> {
    /// Working text of the page; the tokens' spans point into it.
    pub text: &'a str,
    /// Surface tokens of the sentence.
    pub tokens: &'a [Token],
    /// [`recoupe_text::fold`] of each token.
    pub folded: &'a [String],
}

impl<'a> Toks<'a> {
    /// Puts the three together. Callers that have no folded forms yet make them with [`Toks::folded`].
    pub fn new(text: &'a str, tokens: &'a [Token], folded: &'a [String]) -> Self {
        Self { text, tokens, folded }
    }
    /// Folded forms of all tokens.
    pub fn folded(text: &str, tokens: &[Token]) -> Vec<String> {
        tokens.iter().map(|t| fold(t.span.of(text))).collect()
    }
    /// Span from the first to the last token of a range; empty where there is none.
    pub fn span(&self, range: &std::ops::Range<u32>) -> Span {
        let first = self.tokens.get(range.start as usize);
        let last = self.tokens.get((range.end as usize).wrapping_sub(1));
        match (first, last) {
            (Some(a), Some(b)) => a.span.cover(b.span),
            _ => Span::default(),
        }
    }
}
