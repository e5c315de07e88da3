//! The tables of a dossier, one for each kind of row.

mod about;
mod claims;
mod incidents;
mod ledgers;
mod names;
mod pages;
mod tolls;

pub use about::about;
pub use incidents::figure;

use super::desk::Desk;
use super::sheet::Table;

/// All tables, in the order of the workbook.
pub fn all(k: &Desk) -> Vec<Table> {
    vec![
        incidents::incidents(k),
        tolls::tolls(k),
        tolls::series(k),
        incidents::attributions(k),
        incidents::disagreements(k),
        claims::claims(k),
        claims::tolls(k),
        ledgers::agreements(k),
        ledgers::breaches(k),
        ledgers::control(k),
        ledgers::holding(k),
        ledgers::displacement(k),
        ledgers::displacement_series(k),
        names::relations(k),
        names::namings(k),
        pages::origins(k),
        pages::pages(k),
        pages::decisions(k),
        about(k),
    ]
}

/// The tables that HXL is of use for: what happened, what each voice counts, who fled, who holds what.
pub fn tagged(k: &Desk) -> Vec<Table> {
    vec![incidents::incidents(k), tolls::hxl(k), ledgers::displacement(k), ledgers::control(k)]
}
