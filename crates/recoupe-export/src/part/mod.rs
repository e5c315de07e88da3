//! The parts of the report, in the order they are read in.

pub mod control;
pub mod decisions;
pub mod front;
pub mod incident;
pub mod ledger;
pub mod map;
pub mod names;
pub mod pages;
pub mod timeline;
