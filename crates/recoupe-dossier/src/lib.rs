//! From incidents and claims to ledgers, control, displacement, relations, namings and the timeline.
//!
//! ```text
//! pages ─ canonical order ─ cross-check (recoupe-incident) ─ agreements · control · displacement · relations · namings
//! ```

mod agreements;
mod breaches;
mod control;
mod displacement;
pub mod figure;
mod holding;
mod lens;
mod refers;
mod relations;
mod shared;
mod sites;
pub mod summary;
pub mod timeline;
pub mod types;

pub use recoupe_incident::{Options, PageInput, Table, decisions};
pub use types::*;

/// Makes the dossier of pages, in whatever order they come.
pub fn build(table: &Table, mut pages: Vec<PageInput>, options: &Options) -> Dossier {
    recoupe_incident::canonical(&mut pages);
    let mut replay = decisions::replay(table, &mut pages, &options.decisions);
    let x = recoupe_incident::cross_check_decided(table, &pages, options, &replay);
    replay.verify(&x.claims);
    let namings: Vec<NamingEntry> = pages
        .iter()
        .enumerate()
        .flat_map(|(page, p)| (0..p.reading.namings.len()).map(move |index| NamingEntry { page, index }))
        .collect();
    let mut agreements = agreements::ledger(table, &pages, &x.claims);
    refers::candidates(table, &x.incidents, &mut agreements);
    let control = control::ledger(table, &pages, &x.claims);
    let displacement = displacement::list(table, &pages, &x.claims);
    let holding = holding::holdings(table, &pages, &x.claims, &control);
    Dossier {
        agreements,
        sites: sites::list(table, &pages, &x.claims, &holding),
        holding,
        control,
        displacement_series: displacement::series(table, &pages, &displacement),
        displacement,
        relations: relations::list(&pages, &x.claims),
        lens: lens::lenses(table, &pages, &namings),
        namings,
        decisions: replay,
        sibling_dates: x.sibling_dates,
        claims: x.claims,
        incidents: x.incidents,
        origins: x.origins,
        pages,
    }
}
