//! Expectations: what must be read from a page, in lines that anyone can read and write.
//!
//! `incident airstrike | place Idlib | voice outlet | stated`. The cases of the project and the examples that packs carry use
//! the same lines ([`line`]); what was read is shown as such lines ([`shown`]) and compared with them ([`matching`]). It sees
//! nothing but the library's records and the dossier on the wire, so a stage can be rebuilt without touching an expectation.

pub mod decide;
pub mod examples;
pub mod line;
pub mod matching;
mod run;
pub mod shown;
mod stage;
mod words;

pub use run::{CasePage, Run, Runner};
pub use stage::{STAGES, Stage};
