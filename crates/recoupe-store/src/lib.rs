//! The workspace: one SQLite file that keeps pages as evidence and what people decided about them.
//!
//! The store keeps records and does not understand them: what a page says is read by others, and every time anew. Pages are kept with
//! their bytes, content-addressed; decisions are lines of `recoupe.decisions/1` in a log that only grows and whose entries chain by hash;
//! texts for searching are derived and can be made again.
//!
//! One process writes at a time. What a function returned `Ok` for is on the disk and outlives a crash.

mod backup;
mod browse;
mod canonical;
mod collections;
mod doctor;
mod editions;
mod error;
mod incidents;
mod log;
mod open;
mod pages;
mod people;
mod readings;
mod schema;
mod search;
mod status;

pub use backup::Sizes;
pub use browse::{Facet, IncidentQuery, PageLine, Told};
pub use collections::{Collection, View};
pub use doctor::{Check, Finding};
pub use editions::Edition;
pub use error::{ErrorKind, StoreError};
pub use incidents::{Change, Checked, IncidentRow, PartyUse, Update};
pub use log::{Entry, Fault, Head, Recorded};
pub use open::{FILE_NAME, Store, find};
pub use pages::{Added, Known, Page, PageText, Prepared, digest};
pub use people::{Person, Role, SignIn};
pub use readings::PackedReading;
pub use schema::{APPLICATION_ID, CURRENT};
pub use search::{Hit, Marks};
pub use status::Status;
