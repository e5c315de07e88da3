//! The dossier on the wire: `recoupe.dossier/1`, as files and other programs see it.
//!
//! The types mirror the keys of the format, in its order, and say what each key means. Everything that is
//! absent, empty or unknown is left out of the JSON, except the lists of the dossier itself and plain yes/no fields.
//!
//! Spans are half-open byte ranges into the page as it came (its UTF-8 decoding where it was not UTF-8), so a reader needs
//! nothing but the file to check a quotation.

#[cfg(feature = "convert")]
mod convert;
#[cfg(feature = "convert")]
mod decided;
#[cfg(feature = "convert")]
pub mod decision_file;
mod decisions;
mod incident;
mod json;
mod ledger;
mod types;
#[cfg(feature = "convert")]
mod views;

#[cfg(feature = "convert")]
pub use convert::{Source, from_dossier, write_dossier};
pub use decisions::*;
pub use incident::*;
pub use json::{JsonError, Style, from_json, from_reader, to_json, to_writer};
pub use ledger::*;
pub use types::*;

/// The name and version of the format, the value of the key `format`.
pub const FORMAT: &str = "recoupe.dossier/1";

/// The name and version of files of decisions.
pub const DECISIONS: &str = "recoupe.decisions/1";
