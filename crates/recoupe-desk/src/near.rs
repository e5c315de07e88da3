//! The pages that one or a few new ones can touch, taken from the workspace and compared.

use std::collections::{BTreeMap, BTreeSet};

use recoupe::decisions::Decision;
use recoupe::touch::{self, Kept, Touched, Whole};
use recoupe::{PageInput, Standing, Table};
use recoupe_store::{IncidentRow, Page, Store, StoreError};

use crate::error::{DeskError, Trouble};
use crate::made::Made;
use crate::row::{Compared, Days};
use crate::session::Session;
use crate::shelf::Shelf;

/// Kept incidents whose pages are compared with each incident of a new page, the nearest first.
const INCIDENTS: usize = 24;
/// Pages that are compared with a new one because they share runs of words with it.
const ALIKE: usize = 12;

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
    /// All that was compared.
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

/// Compares new pages with those they can touch, and with no others. `None` where they touch more than `most` pages. Those that are `settled`
/// touch only what they are tied to already.
pub fn change(
    store: &mut Store,
    session: &Session,
    fresh: &BTreeSet<i64>,
    settled: &BTreeSet<i64>,
    decisions: &[Decision],
    most: usize,
) -> Result<Option<Change>, DeskError> {
    let mut at_hand = fresh.clone();
    with_decided(store, decisions, &mut at_hand)?;
    let alone = compare(store, session, &at_hand, decisions, &BTreeMap::new())?;
    for n in (0..alone.dossier.pages.len()).filter(|n| !settled.contains(&alone.numbers[*n])) {
        let prints = touch::prints(&alone.dossier.pages[n].reading.article);
        at_hand.extend(store.alike(&prints, ALIKE)?);
    }
    let known = |n: &usize| alone.dossier.incidents[*n].pages.iter().all(|p| settled.contains(&alone.numbers[*p]));
    for n in (0..alone.dossier.incidents.len()).filter(|n| !known(n)) {
        at_hand.extend(store.pages_near(&alone.row(n, session.table()), INCIDENTS)?);
    }
    let mut fresh = fresh.clone();
    let mut given: BTreeMap<i64, Days> = BTreeMap::new();
    loop {
        with_decided(store, decisions, &mut at_hand)?;
        if at_hand.len() > most {
            return Ok(None);
        }
        let compared = compare(store, session, &at_hand, decisions, &given)?;
        let before = (at_hand.len(), given.len());
        for (n, page) in compared.numbers.iter().enumerate() {
            let (kept, now) = (store.sibling(*page)?, compared.sibling(n));
            match kept {
                // those that dated it more closely are not all at hand
                Some(kept) if now.as_ref().is_none_or(|now| wider(now, &kept)) => {
                    given.insert(*page, kept);
                }
                kept if kept != now && fresh.insert(*page) => {
                    // in whose company it came tells its days, so all of that has to be at hand
                    for x in store.incidents_of(*page)? {
                        at_hand.extend(store.pages_near(&x, INCIDENTS)?);
                    }
                }
                _ => {}
            }
        }
        if (at_hand.len(), given.len()) > before {
            continue;
        }
        match touch::touched(&compared.claims(), &fresh, &at_hand, &Shelved(store))? {
            Touched::Needs(more) => at_hand.extend(more),
            Touched::Whole(Whole { now, before, joined }) => {
                return Ok(Some(Change { compared, fresh, now, before, joined }));
            }
        }
    }
}

/// Whether the one leaves more days open than the other.
fn wider(a: &Days, b: &Days) -> bool {
    a != b && a.0 <= b.0 && a.1 >= b.1
}

/// Adds the pages that decisions tie to some of these.
pub fn with_decided(store: &Store, decisions: &[Decision], at_hand: &mut BTreeSet<i64>) -> Result<(), StoreError> {
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

/// Brings some pages together, with the ids and dates they have among all.
fn compare(
    store: &mut Store,
    session: &Session,
    numbers: &BTreeSet<i64>,
    decisions: &[Decision],
    given: &BTreeMap<i64, Days>,
) -> Result<Compared, DeskError> {
    let (made, ids) = some(store, session, numbers, decisions, given)?;
    Ok(Compared::new(made.dossier, &ids, made.troubles))
}

/// The dossier of some pages, and the number of each page's id. `given` are days that other pages gave them.
pub fn some(
    store: &mut Store,
    session: &Session,
    numbers: &BTreeSet<i64>,
    decisions: &[Decision],
    given: &BTreeMap<i64, Days>,
) -> Result<(Made, BTreeMap<String, i64>), DeskError> {
    let named = store.numbered(numbers.iter().copied())?;
    let mut ids: BTreeMap<String, i64> = BTreeMap::new();
    let mut by_source: BTreeMap<(String, &str), (String, i64)> = BTreeMap::new();
    for (p, twin) in &named {
        let digest = format!("sha256:{}", p.known.sha256);
        let id = if *twin == 0 { digest.clone() } else { format!("{digest}#{}", twin + 1) };
        ids.insert(id.clone(), p.id);
        by_source.insert((digest, p.known.source.as_str()), (id, p.id));
    }
    let batch: Vec<Page> = named.iter().map(|(p, _)| p.clone()).collect();
    let (mut read, mut troubles): (Vec<PageInput>, Vec<Trouble>) = (Vec::new(), Vec::new());
    Shelf::new(store, session).read(&batch, &mut read, &mut troubles);
    let mut input = Vec::with_capacity(read.len());
    for mut page in read {
        if let Some((id, number)) = by_source.get(&(page.id.clone(), page.source.as_str())) {
            page.id.clone_from(id);
            if let Some(days) = given.get(number) {
                page = session.dated(page, days);
            }
        }
        input.push(page);
    }
    let here: BTreeSet<&str> = batch.iter().map(|p| p.known.sha256.as_str()).collect();
    let meant = |d: &&Decision| {
        d.anchors.is_empty()
            || d.anchors.iter().any(|a| here.contains(a.page.strip_prefix("sha256:").unwrap_or(&a.page)))
    };
    let mine = decisions.iter().filter(meant).cloned().collect();
    Ok((session.cross_check(input, troubles, mine), ids))
}
