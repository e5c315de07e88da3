//! Packs: what languages, the domain and the world bring as data.
//!
//! Three axes that are never mixed: `lang/<xx>` (how a language says things), `domain/<name>` (what there is to say),
//! `world/<area>` (who and where). This crate finds, layers and checks the files; each stage compiles the tables it reads.

mod error;
pub mod examples;
mod provider;
mod rows;
mod table;
mod words;
pub mod world;

pub use error::PackError;
pub use provider::Packs;
pub use rows::WordRows;
pub use table::WordTable;
pub use words::{WordList, WordMap, WordSet};
