//! The tables of a dossier, one for each kind of row.

mod about;
mod claims;
mod incidents;
mod ledgers;
mod names;
mod pages;
mod ties;
mod tolls;

pub use about::about;
pub use incidents::figure;

use super::desk::Desk;
use super::sheet::Table;

/// Makes one table of a dossier.
pub type Make = for<'a> fn(&'a Desk<'a>) -> Table;

/// All tables, in the order of the workbook; made one at a time, since those of a large dossier are large.
pub const ALL: [Make; 22] = [
    incidents::incidents,
    tolls::tolls,
    tolls::series,
    incidents::attributions,
    incidents::disagreements,
    ties::links,
    ties::related,
    claims::claims,
    claims::tolls,
    ledgers::agreements,
    ledgers::breaches,
    ledgers::control,
    ledgers::holding,
    ledgers::displacement,
    ledgers::displacement_series,
    names::relations,
    names::namings,
    ties::naming_shifts,
    pages::origins,
    pages::pages,
    pages::decisions,
    about,
];

/// The tables that HXL is of use for: what happened, what each voice counts, who fled, who holds what.
pub fn tagged(k: &Desk) -> Vec<Table> {
    vec![incidents::incidents(k), tolls::hxl(k), ledgers::displacement(k), ledgers::control(k)]
}
