//! The dossier of a few pages, as somebody looks at them.

use std::collections::{BTreeMap, BTreeSet};

use recoupe::decisions::Decision;
use recoupe_store::Store;

use crate::error::DeskError;
use crate::made::Made;
use crate::near::{some, with_decided};
use crate::row::Days;
use crate::session::Session;

/// What a few pages say together.
#[derive(Debug)]
pub struct Look {
    /// Their dossier.
    pub made: Made,
    /// The number of each page in the file, by its id in the dossier.
    pub numbers: BTreeMap<String, i64>,
}

/// Brings a few pages together, and those that decisions tie to them. Pages that do not date themselves keep the days that all pages gave them.
pub fn look(
    store: &mut Store,
    session: &Session,
    decisions: &[Decision],
    pages: impl IntoIterator<Item = i64>,
) -> Result<Look, DeskError> {
    let mut pages: BTreeSet<i64> = pages.into_iter().collect();
    with_decided(store, decisions, &mut pages)?;
    let mut given: BTreeMap<i64, Days> = BTreeMap::new();
    for page in &pages {
        given.extend(store.sibling(*page)?.map(|days| (*page, days)));
    }
    let (made, numbers) = some(store, session, &pages, decisions, &given)?;
    Ok(Look { made, numbers })
}
