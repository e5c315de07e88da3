//! An incident and a page of a dossier in short, as a workspace keeps them.

use std::collections::{BTreeMap, BTreeSet};

use recoupe::decisions::Fate;
use recoupe::touch::{self, Claims};
use recoupe::{Dossier, Party, Table};
use recoupe_page::Basis;
use recoupe_store::{Checked, IncidentRow, PartyUse};

use crate::error::Trouble;

/// First and last day that other pages give a page (ISO).
pub type Days = (String, String);

/// What was found about some pages, and which numbers they have in the file.
pub struct Compared {
    /// What was found.
    pub dossier: Dossier,
    /// Numbers of its pages in the file, in their order.
    pub numbers: Vec<i64>,
    /// Pages that could not be read.
    pub troubles: Vec<Trouble>,
    /// Ids of the claims that decisions are about.
    ruled: BTreeSet<String>,
}

impl Compared {
    /// Puts the pages' numbers beside what was found; `by_id` has the number of each page's id.
    pub fn new(dossier: Dossier, by_id: &BTreeMap<String, i64>, troubles: Vec<Trouble>) -> Self {
        let numbers = dossier.pages.iter().map(|p| by_id.get(&p.id).copied().unwrap_or_default()).collect();
        let claims = |fate: &Fate| match fate {
            Fate::Applied { claims, .. } => claims.clone(),
            _ => Vec::new(),
        };
        let ruled = dossier.decisions.fates.iter().flat_map(|(_, fate)| claims(fate)).collect();
        Self { dossier, numbers, troubles, ruled }
    }

    /// The claims of each incident.
    pub fn claims(&self) -> Vec<Claims> {
        self.dossier.incidents.iter().map(|x| self.claims_of(&x.claims)).collect()
    }

    fn claims_of(&self, claims: &[usize]) -> Claims {
        let entries = claims.iter().map(|c| &self.dossier.claims[*c]);
        let mut out: Claims =
            entries.filter_map(|e| Some((touch::claim_number(&e.id)?, self.numbers[e.page]))).collect();
        out.sort_unstable();
        out
    }

    /// An incident in short.
    pub fn row(&self, n: usize, table: &Table) -> IncidentRow {
        let x = &self.dossier.incidents[n];
        let place = x.place.as_ref().map(|p| &p.value);
        let killed = || x.tolls.iter().filter(|t| &*t.kind == "killed" && &*t.unit == "person" && !t.part);
        IncidentRow {
            name: x.id.clone(),
            kind: x.kind.to_string(),
            days: x.time.as_ref().and_then(|w| {
                let (from, to) = (w.value.from.or(w.value.to)?, w.value.to.or(w.value.from)?);
                Some((from.to_string(), to.to_string()))
            }),
            place: place.map(|p| p.name.to_string()),
            place_said: x.place.as_ref().filter(|p| !p.value.span.is_empty()).map(|p| {
                let article = &self.dossier.pages[p.page].reading.article;
                article.quote(p.value.span)
            }),
            precision: place.map(|p| p.precision.name().to_owned()),
            place_key: place.map(|p| touch::place_key(table, &p.name)),
            country: place.and_then(|p| p.country.as_ref().map(ToString::to_string)),
            spot: place.and_then(|p| p.lat.zip(p.lon)),
            standing: x.standing.name().to_owned(),
            pages: x.pages.len() as i64,
            origins: x.origins as i64,
            killed_low: killed().filter_map(|t| t.low).max(),
            // what one group's count leaves open is open for all
            killed_high: if killed().any(|t| t.high.is_none()) { None } else { killed().filter_map(|t| t.high).max() },
            background: x.background,
            planned: x.planned,
            summary: x.summary,
            decided: x.claims.iter().any(|c| self.ruled.contains(&self.dossier.claims[*c].id)),
            claims: self.claims_of(&x.claims),
        }
    }

    /// Between which days other pages place a page.
    pub fn sibling(&self, n: usize) -> Option<Days> {
        let published = &self.dossier.pages[n].reading.article.published;
        let given = published.as_ref().filter(|p| p.basis == Basis::Sibling).map(|p| (p.from, p.to));
        let found = || self.dossier.sibling_dates[n].as_ref().and_then(|w| w.from.zip(w.to));
        given.or_else(found).map(|(a, z)| (a.to_string(), z.to_string()))
    }

    /// Pages as they were compared, by their index; `key` gives that of a page's reading by its number.
    pub fn checked(&self, pages: &[usize], key: impl Fn(i64) -> String) -> Vec<Checked> {
        let mut out: BTreeMap<usize, Checked> = pages
            .iter()
            .map(|n| {
                let page = self.numbers[*n];
                let prints = touch::prints(&self.dossier.pages[*n].reading.article);
                (*n, Checked { page, key: key(page), sibling: self.sibling(*n), prints, ..Checked::default() })
            })
            .collect();
        let mut kinds: BTreeMap<(usize, &str), i64> = BTreeMap::new();
        let mut parties: BTreeMap<(usize, String), PartyUse> = BTreeMap::new();
        for e in self.dossier.claims.iter().filter(|e| out.contains_key(&e.page)) {
            let c = e.claim(&self.dossier.pages);
            *kinds.entry((e.page, c.about())).or_default() += 1;
            let mut used = |party: Option<&Party>, count: fn(&mut PartyUse) -> &mut i64| {
                let Some(party) = party.filter(|p| !p.id.is_empty()) else { return };
                let x = parties.entry((e.page, party.id.to_string())).or_insert_with(|| PartyUse {
                    id: party.id.to_string(),
                    name: party.name.to_string(),
                    ..PartyUse::default()
                });
                *count(x) += 1;
            };
            used(c.doer(), |p| &mut p.actor);
            used(c.sufferer(), |p| &mut p.target);
            used(c.voices.last(), |p| &mut p.voice);
        }
        for x in &self.dossier.namings {
            *kinds.entry((x.page, "naming")).or_default() += 1;
        }
        for ((n, kind), count) in kinds {
            if let Some(p) = out.get_mut(&n) {
                p.claims.push((kind.to_owned(), count));
            }
        }
        for ((n, _), x) in parties {
            if let Some(p) = out.get_mut(&n) {
                p.parties.push(x);
            }
        }
        out.into_values().collect()
    }
}
