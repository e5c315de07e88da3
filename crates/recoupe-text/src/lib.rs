//! Bytes, spans, folding, sentences and tokens: what every later stage stands on.
//!
//! Pure: no files, clock, network or environment.

mod fold;
mod lexer;
mod lines;
mod offsets;
mod rules;
mod segment;
mod sketch;
mod span;
mod token;

pub use fold::{bare, fold, fold_into, squeeze};
pub use offsets::OffsetMap;
pub use rules::SegmentRules;
pub use segment::Segmenter;
pub use sketch::{ListSketch, MapSketch, Sketch, TextSketch};
pub use span::Span;
pub use token::{Sentence, Token, TokenKind};
