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
mod parts;
pub mod rows;
mod text;
mod words;

pub use book::Doors;
pub use explain::{EXPLANATION, Explained, Explanation, Ruling, Unknown, anchor};
pub use html::{FONTS, Font, Options, SCRIPT, STYLE, html};
pub use parts::{Parts, Section, mark};
pub use text::text;
pub use words::{Day, Words, languages};
