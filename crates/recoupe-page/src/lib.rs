//! From the bytes of a page to its article: decoding, markup, language, cleaning, title, date, outlet.
//!
//! Pure: no files, clock, network or environment. Nothing is deleted: every part of the page is a [`Block`], and what does
//! not belong to the article carries the reason ([`Why`]).

mod address;
#[cfg(feature = "cache")]
mod cache;
mod classify;
mod dates;
mod decode;
mod ending;
mod furniture;
mod html;
mod language;
mod line;
mod marks;
mod metadata;
mod model;
mod mojibake;
mod outlet;
mod parts;
mod published;
mod reader;
mod repeat;
mod rules;
mod stamp;
mod words;
mod working;

pub use decode::{Decoded, decode};
pub use model::{Article, Basis, Block, BlockKind, Constant, Meta, Named, Note, PartialDate, Published, RawInput, Why};
pub use reader::PageReader;

/// Whether a given date of publication can be read: an ISO day, month or year, or two of them with `/` between.
pub fn is_interval(text: &str) -> bool {
    published::interval(text).is_some()
}
