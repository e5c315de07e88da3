//! The pages that one or a few new ones can touch, taken from the workspace and compared.

use std::collections::{BTreeMap, BTreeSet};

use recoupe::decisions::Decision;
use recoupe::touch::{self, Claims, Kept, Touched, Whole};
use recoupe::{Dossier, PageInput, Standing, Table};
use recoupe_page::Basis;
use recoupe_store::{Checked, IncidentRow, Page, Store, StoreError};

use super::shelf::Shelf;
use super::words;
use crate::args::Lang;
use crate::exit::Failure;
use crate::pipeline::{Problem, Session};

/// Kept incidents whose pages are compared with each incident of a new page, the nearest first.
const INCIDENTS: usize = 24;
/// Pages that are compared with a new one because they share runs of words with it.
const ALIKE: usize = 12;

/// All pages of a workspace, with the ids the dossier gives them.
pub struct Pages {
    pub all: Vec<Page>,
    /// Id of each: `sha256:…`, with a number behind it where bytes are there twice.
    pub ids: Vec<String>,
    by_number: BTreeMap<i64, usize>,
}

impl Pages {
    /// Those of a workspace.
    pub fn new(all: Vec<Page>) -> Self {
        let digests: Vec<String> = all.iter().map(|p| format!("sha256:{}", p.known.sha256)).collect();
        let ids =
            crate::pipeline::names(all.iter().map(|p| p.known.source.as_str()).zip(digests.iter().map(String::as_str)));
        let by_number = all.iter().enumerate().map(|(i, p)| (p.id, i)).collect();
        Self { all, ids, by_number }
    }

    fn some(&self, numbers: &BTreeSet<i64>) -> Vec<usize> {
        numbers.iter().filter_map(|n| self.by_number.get(n).copied()).collect()
    }
}

/// What was found about some pages, and which numbers they have in the file.
pub struct Compared {
    pub dossier: Dossier,
    numbers: Vec<i64>,
    pub problems: Vec<Problem>,
}

impl Compared {
    /// Puts the pages' numbers beside what was found.
    pub fn new(dossier: Dossier, pages: &Pages, some: &[usize], problems: Vec<Problem>) -> Self {
        let by_id: BTreeMap<&str, i64> = some.iter().map(|i| (pages.ids[*i].as_str(), pages.all[*i].id)).collect();
        let numbers = dossier.pages.iter().map(|p| by_id.get(p.id.as_str()).copied().unwrap_or_default()).collect();
        Self { dossier, numbers, problems }
    }

    /// The claims of each incident.
    fn claims(&self) -> Vec<Claims> {
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
            claims: self.claims_of(&x.claims),
        }
    }

    /// Between which days other pages place a page.
    fn sibling(&self, n: usize) -> Option<Days> {
        let published = &self.dossier.pages[n].reading.article.published;
        let given = published.as_ref().filter(|p| p.basis == Basis::Sibling).map(|p| (p.from, p.to));
        let found = || self.dossier.sibling_dates[n].as_ref().and_then(|w| w.from.zip(w.to));
        given.or_else(found).map(|(a, z)| (a.to_string(), z.to_string()))
    }

    /// A page as it was compared; `key` is that of its reading.
    pub fn checked(&self, n: usize, key: String) -> Checked {
        let prints = touch::prints(&self.dossier.pages[n].reading.article);
        Checked { page: self.numbers[n], key, sibling: self.sibling(n), prints }
    }

    /// Numbers of the pages in the file, in the order of the dossier.
    pub fn numbers(&self) -> &[i64] {
        &self.numbers
    }
}

/// The kept incidents of a workspace, for [`touch::touched`].
struct Shelved<'a>(&'a Store);

impl Kept for Shelved<'_> {
    type Incident = IncidentRow;
    type Error = StoreError;
    fn name(x: &IncidentRow) -> &str {
        &x.name
    }
    fn claims(x: &IncidentRow) -> &[(i64, i64)] {
        &x.claims
    }
    fn holder(&self, claim: i64) -> Result<Option<String>, StoreError> {
        self.0.incident_name(claim)
    }
    fn holding(&self, claim: i64) -> Result<Option<IncidentRow>, StoreError> {
        self.0.incident_of(claim)
    }
    fn of_page(&self, page: i64) -> Result<Vec<IncidentRow>, StoreError> {
        self.0.incidents_of(page)
    }
}

/// What new pages change.
pub struct Change {
    pub compared: Compared,
    /// The new pages, and those that they date.
    pub fresh: BTreeSet<i64>,
    /// Incidents that are new or told otherwise (indexes into the dossier).
    pub now: Vec<usize>,
    /// The kept ones in whose place they come.
    pub before: BTreeMap<String, IncidentRow>,
    /// Kept ones that very many pages tell, and the incident whose new claims are added to each.
    pub joined: Vec<(usize, IncidentRow)>,
}

impl Change {
    /// The large incidents as they are with the new claims: more pages, wider figures, the more serious of two standings.
    pub fn larger(&self, table: &Table) -> Vec<(IncidentRow, IncidentRow)> {
        let mut out: BTreeMap<&str, (IncidentRow, IncidentRow)> = BTreeMap::new();
        // claims that have no other incident now
        let loose: BTreeSet<i64> = self.before.values().flat_map(|x| x.claims.iter().map(|c| c.0)).collect();
        let free = |c: &(i64, i64)| self.fresh.contains(&c.1) || loose.contains(&c.0);
        for (n, old) in &self.joined {
            let new = self.compared.row(*n, table);
            let x = &mut out.entry(&old.name).or_insert_with(|| (old.clone(), old.clone())).1;
            let known: BTreeSet<i64> = x.claims.iter().map(|c| c.1).collect();
            let more: Vec<(i64, i64)> = new.claims.iter().copied().filter(free).collect();
            let pages: BTreeSet<i64> = more.iter().map(|c| c.1).filter(|p| !known.contains(p)).collect();
            x.claims.extend(more);
            x.claims.sort_unstable();
            x.claims.dedup();
            x.pages += pages.len() as i64;
            x.killed_low = x.killed_low.into_iter().chain(new.killed_low).min();
            x.killed_high = x.killed_high.zip(new.killed_high).map(|(a, b)| a.max(b));
            x.standing = [&x.standing, &new.standing].into_iter().max_by_key(|s| grave(s)).cloned().unwrap_or_default();
        }
        out.into_values().collect()
    }
}

/// How serious a standing is.
fn grave(standing: &str) -> usize {
    Standing::ALL.iter().position(|s| s.name() == standing).unwrap_or(0)
}

/// Compares new pages with those they can touch, and with no others. `None` where they touch more than `most` pages.
pub fn change(
    store: &mut Store,
    session: &Session<'_>,
    pages: &Pages,
    fresh: &BTreeSet<i64>,
    decisions: &[Decision],
    most: usize,
    lang: Lang,
) -> Result<Option<Change>, Failure> {
    let fail = |e| words::failure(&e, lang);
    let mut at_hand = fresh.clone();
    with_decided(store, decisions, &mut at_hand).map_err(fail)?;
    let alone = compare(store, session, pages, &at_hand, decisions, &BTreeMap::new())?;
    for n in 0..alone.dossier.pages.len() {
        let prints = touch::prints(&alone.dossier.pages[n].reading.article);
        at_hand.extend(store.alike(&prints, ALIKE).map_err(fail)?);
    }
    for n in 0..alone.dossier.incidents.len() {
        at_hand.extend(store.pages_near(&alone.row(n, session.table()), INCIDENTS).map_err(fail)?);
    }
    let mut fresh = fresh.clone();
    let mut given: BTreeMap<i64, Days> = BTreeMap::new();
    loop {
        with_decided(store, decisions, &mut at_hand).map_err(fail)?;
        if at_hand.len() > most {
            return Ok(None);
        }
        let compared = compare(store, session, pages, &at_hand, decisions, &given)?;
        let before = (at_hand.len(), given.len());
        for (n, page) in compared.numbers.iter().enumerate() {
            let (kept, now) = (store.sibling(*page).map_err(fail)?, compared.sibling(n));
            match kept {
                // those that dated it more closely are not all at hand
                Some(kept) if now.as_ref().is_none_or(|now| wider(now, &kept)) => {
                    given.insert(*page, kept);
                }
                kept if kept != now && fresh.insert(*page) => {
                    // in whose company it came tells its days, so all of that has to be at hand
                    for x in store.incidents_of(*page).map_err(fail)? {
                        at_hand.extend(store.pages_near(&x, INCIDENTS).map_err(fail)?);
                    }
                }
                _ => {}
            }
        }
        if (at_hand.len(), given.len()) > before {
            continue;
        }
        match touch::touched(&compared.claims(), &fresh, &at_hand, &Shelved(store)).map_err(fail)? {
            Touched::Needs(more) => at_hand.extend(more),
            Touched::Whole(Whole { now, before, joined }) => {
                return Ok(Some(Change { compared, fresh, now, before, joined }));
            }
        }
    }
}

/// First and last day that other pages give a page (ISO).
type Days = (String, String);

/// Whether the one leaves more days open than the other.
fn wider(a: &Days, b: &Days) -> bool {
    a != b && a.0 <= b.0 && a.1 >= b.1
}

/// Adds the pages that decisions tie to some of these.
fn with_decided(store: &Store, decisions: &[Decision], at_hand: &mut BTreeSet<i64>) -> Result<(), StoreError> {
    for d in decisions {
        let mut pages = BTreeSet::new();
        for a in &d.anchors {
            pages.extend(store.pages_of(&a.page)?);
        }
        if !pages.is_disjoint(at_hand) {
            at_hand.append(&mut pages);
        }
    }
    Ok(())
}

fn compare(
    store: &mut Store,
    session: &Session<'_>,
    pages: &Pages,
    numbers: &BTreeSet<i64>,
    decisions: &[Decision],
    given: &BTreeMap<i64, Days>,
) -> Result<Compared, Failure> {
    let some = pages.some(numbers);
    let batch: Vec<Page> = some.iter().map(|i| pages.all[*i].clone()).collect();
    let ids: BTreeMap<(String, &str), (&str, i64)> = some
        .iter()
        .map(|i| {
            let p = &pages.all[*i];
            ((format!("sha256:{}", p.known.sha256), p.known.source.as_str()), (pages.ids[*i].as_str(), p.id))
        })
        .collect();
    let (mut read, mut problems): (Vec<PageInput>, Vec<Problem>) = (Vec::new(), Vec::new());
    Shelf::new(store, session).read(session, &batch, &mut read, &mut problems);
    let mut input = Vec::with_capacity(read.len());
    for mut page in read {
        if let Some((id, number)) = ids.get(&(page.id.clone(), page.source.as_str())) {
            page.id = (*id).to_owned();
            if let Some(days) = given.get(number) {
                page = session.dated(page, days);
            }
        }
        input.push(page);
    }
    let here: BTreeSet<&str> = some.iter().map(|i| pages.all[*i].known.sha256.as_str()).collect();
    let meant = |d: &&Decision| {
        d.anchors.is_empty()
            || d.anchors.iter().any(|a| here.contains(a.page.strip_prefix("sha256:").unwrap_or(&a.page)))
    };
    let mine = decisions.iter().filter(meant).cloned().collect();
    let dossier = session.cross_check(input, Vec::new(), mine).into_found();
    Ok(Compared::new(dossier, pages, &some, problems))
}
