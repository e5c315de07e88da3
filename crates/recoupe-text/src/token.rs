//! Sentences and tokens as they stand on the page.

use crate::Span;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, with the apostrophe of an elision at its end (`l’`), hyphens inside a compound.
    Word,
    /// Digits, with the marks that belong inside a number (`1 800`, `1.800`, `3,5`).
    Number,
    /// A mark of punctuation.
    Punct,
    /// Anything else: currency, emoji, URL.
    Symbol,
}

/// A surface token. A contraction (`du`) is one token; syntax splits it into words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
}

/// A sentence and its tokens, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From its first to its last token.
    pub span: Span,
    /// Its tokens.
    pub tokens: Vec<Token>,
}
