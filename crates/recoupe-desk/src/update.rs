//! Bringing the kept incidents up to date: what was added or decided since the last time is compared with what it can touch.

use std::collections::{BTreeMap, BTreeSet};

use recoupe::decisions::{Decision, Verdict};
use recoupe_store::{Change as Noted, IncidentRow, Page, Store};

use crate::error::{DeskError, Trouble};
use crate::near::{self, Change};
use crate::row::Compared;
use crate::session::{self, Session};
use crate::shelf::{self, Shelf};

/// New pages that are compared at a time; each such step is kept before the next begins.
const STEP: usize = 16;
/// With more new pages than one in so many, all pages are compared with all others: that is quicker then.
const MANY: usize = 8;
/// Pages that a step compares at most; where it touches more, all pages are compared.
const MOST: usize = 4_000;
/// Readings that are taken from the workspace at a time.
const BATCH: usize = 256;

/// One incident that an update made new, told otherwise or took away.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// As it was.
    pub was: Option<IncidentRow>,
    /// As it is.
    pub now: Option<IncidentRow>,
    /// Others that became part of it, as they were.
    pub joins: Vec<IncidentRow>,
}

/// What an update did.
#[derive(Debug, Default)]
pub struct Updated {
    /// Pages that were new, or about which something was decided.
    pub pages: usize,
    /// Pages that were compared.
    pub compared: usize,
    /// Incidents that are new; the first time they are only counted.
    pub new: usize,
    /// Incidents that are told otherwise.
    pub changed: usize,
    /// Incidents that are no more.
    pub gone: usize,
    /// What changed, one by one.
    pub changes: Vec<Changed>,
    /// Pages that could not be read.
    pub troubles: Vec<Trouble>,
}

/// How pages are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct How {
    /// All pages, whatever was kept.
    pub all: bool,
    /// At most so many new ones at a time, with what they touch, in the order of their days: the memory for these and not for all, and more
    /// time. Without a number it is all at once where much is new, and a few at a time else.
    pub step: Option<usize>,
}

/// Brings the kept incidents up to date. `progress` is told how many more pages are done.
pub fn update(
    store: &mut Store,
    session: &Session,
    decisions: &[Decision],
    how: How,
    progress: &dyn Fn(usize),
) -> Result<Updated, DeskError> {
    let version = shelf::version(session);
    let Fresh { pages: fresh, settled } = fresh(store, &version, decisions)?;
    let count = store.page_count()?;
    let mut run = Run { store, session, decisions, version, settled, progress, done: Updated::default() };
    run.done.pages = if how.all { count } else { fresh.len() };
    match how.step {
        Some(step) => run.in_stretches(how.all, fresh, step.max(1))?,
        None if how.all || fresh.len() * MANY > count => run.whole()?,
        None => run.step_by_step(fresh.into_iter().collect(), STEP, MOST)?,
    }
    Ok(run.done)
}

/// Pages to compare.
struct Fresh {
    /// All of them.
    pages: BTreeSet<i64>,
    /// Those about which it was only confirmed, or left open, what is read anyway: they meet nothing that they did not meet before.
    settled: BTreeSet<i64>,
}

/// Pages that were not compared yet as they are now, and those that decisions since the last time speak of.
fn fresh(store: &Store, version: &str, decisions: &[Decision]) -> Result<Fresh, DeskError> {
    let mut pages: BTreeSet<i64> = store.unchecked(version)?.into_iter().collect();
    let mut confirmed: BTreeSet<i64> = BTreeSet::new();
    // A confirmation also takes a rejection back, and “unsure” another verdict: where there was one, anything may change.
    let quiet = |d: &&Decision| matches!(d.verdict, Verdict::Confirm(_) | Verdict::Unsure);
    let moving = decisions.iter().filter(|d| !quiet(d));
    let moved: BTreeSet<&str> = moving.flat_map(|d| &d.anchors).map(|a| a.page.as_str()).collect();
    let obeyed = usize::try_from(store.obeyed()?).unwrap_or(0);
    for d in decisions.iter().skip(obeyed) {
        // a revocation touches what the decision that it takes back did
        let meant = d.revoke.iter().filter_map(|id| decisions.iter().find(|x| x.id == *id)).chain([d]);
        for a in meant.flat_map(|d| &d.anchors) {
            let of = store.pages_of(&a.page)?;
            if moved.contains(a.page.as_str()) { pages.extend(of) } else { confirmed.extend(of) }
        }
    }
    let settled: BTreeSet<i64> = confirmed.difference(&pages).copied().collect();
    pages.extend(&settled);
    Ok(Fresh { pages, settled })
}

/// One update.
struct Run<'a> {
    store: &'a mut Store,
    session: &'a Session,
    decisions: &'a [Decision],
    version: String,
    settled: BTreeSet<i64>,
    progress: &'a dyn Fn(usize),
    done: Updated,
}

impl Run<'_> {
    /// Compares new pages with what they can touch, by days, so that what belongs together mostly comes together.
    fn in_stretches(&mut self, all: bool, fresh: BTreeSet<i64>, step: usize) -> Result<(), DeskError> {
        let days = self.store.by_day()?;
        let pages = if all {
            self.store.keep(&recoupe_store::Update { afresh: true, ..Default::default() })?;
            days
        } else {
            days.into_iter().filter(|p| fresh.contains(p)).collect()
        };
        self.step_by_step(pages, step, usize::MAX)
    }

    /// Compares new pages with what they can touch, `size` at a time; where a step touches more than `most` pages, all are compared.
    fn step_by_step(&mut self, pages: Vec<i64>, size: usize, most: usize) -> Result<(), DeskError> {
        for step in pages.chunks(size) {
            let step: BTreeSet<i64> = step.iter().copied().collect();
            match near::change(self.store, self.session, &step, &self.settled, self.decisions, most)? {
                Some(change) => self.keep(change)?,
                None => return self.whole(),
            }
            (self.progress)(step.len());
        }
        Ok(())
    }

    /// Keeps what a step found, and notes what it changes.
    fn keep(&mut self, change: Change) -> Result<(), DeskError> {
        let table = self.session.table();
        let mut incidents: Vec<IncidentRow> = change.now.iter().map(|n| change.compared.row(*n, table)).collect();
        let larger = change.larger(table);
        let Change { compared, fresh, mut before, .. } = change;
        for (old, new) in larger {
            before.insert(old.name.clone(), old);
            incidents.push(new);
        }
        let changes = differences(&incidents, &before);
        let seen: Vec<usize> = (0..compared.numbers.len()).filter(|n| fresh.contains(&compared.numbers[*n])).collect();
        let pages = self.store.numbered(seen.iter().map(|n| compared.numbers[*n]))?;
        let gone = before.into_keys().collect();
        let update = recoupe_store::Update { gone, incidents, ..Default::default() };
        self.write(update, compared, &seen, pages.iter().map(|p| &p.0), changes)
    }

    /// Compares all pages with all others.
    fn whole(&mut self) -> Result<(), DeskError> {
        let kept = self.store.incidents()?;
        let before: BTreeMap<String, IncidentRow> = kept.into_iter().map(|x| (x.name.clone(), x)).collect();
        let pages = self.store.pages(None)?;
        let (mut read, mut troubles) = (Vec::with_capacity(pages.len()), Vec::new());
        let mut shelf = Shelf::new(self.store, self.session);
        for batch in pages.chunks(BATCH) {
            shelf.read(batch, &mut read, &mut troubles);
            (self.progress)(batch.len());
        }
        let digests: Vec<String> = pages.iter().map(|p| format!("sha256:{}", p.known.sha256)).collect();
        let names =
            session::names(pages.iter().map(|p| p.known.source.as_str()).zip(digests.iter().map(String::as_str)));
        let ids: BTreeMap<String, i64> = names.into_iter().zip(pages.iter().map(|p| p.id)).collect();
        let made = self.session.cross_check(read, Vec::new(), self.decisions.to_vec());
        let compared = Compared::new(made.dossier, &ids, troubles);
        let incidents: Vec<IncidentRow> =
            (0..compared.dossier.incidents.len()).map(|n| compared.row(n, self.session.table())).collect();
        let all: Vec<usize> = (0..compared.numbers.len()).collect();
        // the first time everything is new: that is told as a number only
        let changes = if before.is_empty() { Vec::new() } else { differences(&incidents, &before) };
        self.done.new = if before.is_empty() { incidents.len() } else { 0 };
        let update = recoupe_store::Update { afresh: true, incidents, ..Default::default() };
        self.write(update, compared, &all, pages.iter(), changes)
    }

    /// Keeps what was found: incidents, the pages that were `seen` (indexes) with the keys of their readings, and what is told of it.
    fn write<'p>(
        &mut self,
        mut update: recoupe_store::Update,
        compared: Compared,
        seen: &[usize],
        pages: impl Iterator<Item = &'p Page>,
        changes: Vec<Changed>,
    ) -> Result<(), DeskError> {
        let keys: BTreeMap<i64, String> = pages.map(|p| (p.id, shelf::key(p, &self.version))).collect();
        update.pages = compared.checked(seen, |n| keys.get(&n).cloned().unwrap_or_default());
        update.changes = changes.iter().flat_map(noted).collect();
        update.decisions = self.decisions.len() as i64;
        update.version.clone_from(&self.version);
        self.store.keep(&update)?;
        self.done.compared += compared.numbers.len();
        self.count(changes);
        self.done.troubles.extend(compared.troubles);
        Ok(())
    }

    fn count(&mut self, changes: Vec<Changed>) {
        for c in &changes {
            *match (&c.was, &c.now) {
                (None, _) => &mut self.done.new,
                (Some(_), Some(_)) => &mut self.done.changed,
                (Some(_), None) => &mut self.done.gone,
            } += 1;
        }
        self.done.changes.extend(changes);
    }
}

/// Which incidents are new, which are told otherwise, and which are no more.
fn differences(now: &[IncidentRow], before: &BTreeMap<String, IncidentRow>) -> Vec<Changed> {
    let mut out = Vec::new();
    let holder: BTreeMap<i64, &IncidentRow> =
        before.values().flat_map(|x| x.claims.iter().map(move |c| (c.0, x))).collect();
    let mut left: BTreeSet<&str> = before.keys().map(String::as_str).collect();
    for x in now {
        let mut old: Vec<&IncidentRow> = x.claims.iter().filter_map(|c| holder.get(&c.0).copied()).collect();
        old.sort_by(|a, b| a.name.cmp(&b.name));
        old.dedup_by(|a, b| a.name == b.name);
        old.iter().for_each(|o| {
            left.remove(o.name.as_str());
        });
        // of several the one whose name it keeps, else the one most of it comes from
        let main = old.iter().find(|o| o.name == x.name).or_else(|| old.iter().max_by_key(|o| o.claims.len()));
        let was = match main {
            None => None,
            Some(o) if told(o) == told(x) => continue,
            Some(o) => Some((*o).clone()),
        };
        let joins = old.iter().filter(|o| o.name != x.name).map(|o| (*o).clone()).collect();
        out.push(Changed { was, now: Some(x.clone()), joins });
    }
    out.extend(left.into_iter().map(|name| Changed { was: Some(before[name].clone()), now: None, joins: Vec::new() }));
    out
}

/// An incident as far as a change of it is told: not how a page words its place, nor that somebody decided.
fn told(x: &IncidentRow) -> IncidentRow {
    IncidentRow { place_said: None, precision: None, decided: false, ..x.clone() }
}

/// A change as the workspace keeps it: what became part of another is gone under its own name.
fn noted(c: &Changed) -> Vec<Noted> {
    let what = match (&c.was, &c.now) {
        (None, _) => "new",
        (Some(_), Some(_)) => "changed",
        (Some(_), None) => "gone",
    };
    let note = |name: &str, what: &str, before: Option<&IncidentRow>| Noted {
        incident: name.to_owned(),
        what: what.to_owned(),
        before: before.map(|x| record(x).to_string()),
    };
    let main = c.now.as_ref().or(c.was.as_ref()).map(|x| note(&x.name, what, c.was.as_ref()));
    let was = c.was.as_ref().map(|x| x.name.as_str());
    let joined = c.joins.iter().filter(|x| Some(x.name.as_str()) != was).map(|x| note(&x.name, "gone", Some(x)));
    joined.chain(main).collect()
}

/// An incident in short, for programs.
pub fn record(x: &IncidentRow) -> serde_json::Value {
    let (from, to) = x.days.clone().unzip();
    let (lat, lon) = x.spot.unzip();
    serde_json::json!({
        "id": x.name, "type": x.kind, "from": from, "to": to, "place": x.place, "country": x.country, "lat": lat, "lon": lon,
        "standing": x.standing, "pages": x.pages, "origins": x.origins,
        "killed": { "low": x.killed_low, "high": x.killed_high },
        "background": x.background, "planned": x.planned, "summary": x.summary,
        "claims": x.claims.iter().map(|c| format!("c{:012x}", c.0)).collect::<Vec<_>>(),
    })
}
