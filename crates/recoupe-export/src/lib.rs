//! A dossier as people read it: one self-contained HTML file, and a short text for the terminal.
//!
//! Pure: no files, clock, network or environment. The HTML loads nothing, needs no script and escapes every word of a page.

mod atlas;
mod axis;
mod bits;
mod book;
mod compare;
mod explain;
mod html;
mod part;
pub mod rows;
mod text;
mod words;

pub use explain::{EXPLANATION, Explained, Explanation, Ruling, Unknown};
pub use html::{Options, html};
pub use text::text;
pub use words::languages;
