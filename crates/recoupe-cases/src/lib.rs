//! Cases: small pages with what must be read from them, in Markdown that anyone can read and write.
//!
//! `cases/README.md` describes the format. This crate reads the files ([`file`]), compares what was read with
//! what is expected ([`check`]) and rewrites expectations ([`update`]). The lines themselves are those of `recoupe-expect`, which
//! the examples in packs share.

pub mod check;
pub mod file;
pub mod grid;
pub mod spans;
pub mod update;

pub use check::{Outcome, check};
pub use file::{Case, read_cases};
pub use recoupe_expect::{CasePage, Run, Runner, Stage};
