//! A few pages brought together, ready to be shown: their dossier on the wire and the addresses of its parts.

use std::collections::BTreeMap;

use recoupe_export::{Doors, Parts, Words};
use recoupe_store::IncidentRow;
use recoupe_wire::{Claim, Dossier};

use crate::app::Desk;
use crate::error::Oops;

/// A few pages brought together.
pub struct Shown {
    /// What they say.
    pub dossier: Dossier,
    /// Where its parts are.
    pub doors: Doors,
}

impl Shown {
    /// Brings pages together; with `texts` they carry their texts.
    pub fn of(d: &mut Desk<'_>, pages: impl IntoIterator<Item = i64>, texts: bool) -> Result<Self, Oops> {
        let look = d.look(pages)?;
        let dossier = look.made.wire(texts);
        let mut incidents = BTreeMap::new();
        for x in &dossier.incidents {
            // among all pages it may be part of another
            let kept = x.claims.iter().filter_map(|c| recoupe::touch::claim_number(c));
            for number in kept {
                if let Some(name) = d.store.incident_name(number)? {
                    if name != x.id {
                        incidents.insert(x.id.clone(), name);
                    }
                    break;
                }
            }
        }
        Ok(Self { dossier, doors: Doors { pages: look.numbers, incidents } })
    }

    /// Its parts in somebody's words.
    pub fn parts(&self, w: &'static Words) -> Parts<'_> {
        Parts::new(&self.dossier, w, &self.doors)
    }

    /// The incident here that is this kept one: the one that shares most claims with it.
    pub fn same_as(&self, row: &IncidentRow) -> Option<&recoupe_wire::Incident> {
        let kept: Vec<String> = row.claims.iter().map(|c| format!("c{:012x}", c.0)).collect();
        let shared = |x: &recoupe_wire::Incident| x.claims.iter().filter(|c| kept.contains(c)).count();
        self.dossier.incidents.iter().filter(|x| shared(x) > 0).max_by_key(|x| (shared(x), x.id == row.name))
    }

    /// A claim by its id.
    pub fn claim(&self, id: &str) -> Option<&Claim> {
        self.dossier.claims.iter().find(|c| c.id == id)
    }

    /// The number of a page by its id.
    pub fn number(&self, page: &str) -> i64 {
        self.doors.pages.get(page).copied().unwrap_or_default()
    }
}
