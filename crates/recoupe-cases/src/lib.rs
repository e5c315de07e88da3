//! Cases: small pages with what must be read from them, in Markdown that anyone can read and write.
//!
//! `cases/README.md` describes the format. This crate reads the files ([`file`]), shows what was read from a page as lines
//! ([`shown`]), compares those with the expected ones ([`check`]) and rewrites expectations ([`update`]). It sees nothing but
//! the library's records and the dossier on the wire, so a stage can be rebuilt without touching a case.

pub mod check;
pub mod file;
pub mod line;
pub mod run;
pub mod shown;
pub mod spans;
pub mod update;
mod words;

pub use check::{Outcome, check};
pub use file::{Case, CasePage, Stage, read_cases};
pub use run::{Run, Runner};
