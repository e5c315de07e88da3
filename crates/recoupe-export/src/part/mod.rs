//! The parts of the report, in the order they are read in.

pub mod control;
pub mod decisions;
pub mod front;
pub mod incident;
pub mod ledger;
pub mod map;
pub mod names;
pub mod origins;
pub mod pages;
pub mod series;
pub mod sites;
pub mod timeline;
