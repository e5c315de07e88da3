//! Bytes, spans, folding, sentences and tokens: what every later stage stands on.
//!
//! Pure: no files, clock, network or environment.

mod fold;
mod lexer;
mod lines;
mod offsets;
mod prefixes;
mod rules;
mod segment;
mod sketch;
mod span;
mod token;

pub use fold::{bare, fold, fold_into, squeeze};
pub use offsets::OffsetMap;
pub use prefixes::{PrefixMatch, Prefixes};
pub use rules::SegmentRules;
pub use segment::Segmenter;
pub use sketch::{ListSketch, Sketch, TextSketch, word_hash};
pub use span::Span;
pub use token::{Sentence, Token, TokenKind};
