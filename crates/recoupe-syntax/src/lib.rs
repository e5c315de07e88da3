//! A sentence becomes a tagged tree: tagger, lemmatiser and dependency parser.
//!
//! Everything a language needs is in its model, a file trained by `cargo xtask train` and baked into the binary. Parsing is
//! the same on every machine: integer weights, or floating-point sums in a fixed order.

mod bytes;
pub mod conllu;
mod form;
mod kernel;
mod keys;
mod lemma;
mod linear;
mod loops;
mod model;
mod mst;
mod net;
mod split;
mod tagger;
#[cfg(feature = "train")]
pub mod train;
mod tree;
mod ud;

pub use bytes::ModelError;
pub use model::{Model, Scratch, baked};
pub use tree::{Dep, Feats, Gender, Mood, Number, Sub, Tense, Tree, Upos, VerbForm, Word};
