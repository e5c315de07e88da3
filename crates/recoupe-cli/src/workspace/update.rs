//! `recoupe update`: what was added or decided since the last time, compared with what it touches; what changed is told.

use std::collections::{BTreeMap, BTreeSet};

use recoupe::decisions::Decision;
use recoupe_store::{IncidentRow, Page, Store};
use serde_json::json;

use super::args::{Told, Update};
use super::check::recorded;
use super::incidents::{line, record};
use super::near::{self, Compared, Pages};
use super::shelf::Shelf;
use super::{open, words};
use crate::args::Lang;
use crate::exit::{Failure, Status};
use crate::pipeline::{Problem, Session};
use crate::{output, packs, progress, tell};

/// New pages that are compared at a time; each such step is kept before the next begins.
const STEP: usize = 16;
/// With more new pages than one in so many, all pages are compared with all others: that is quicker then.
const MANY: usize = 8;
/// Pages that a step compares at most; where it touches more, all pages are compared.
const MOST: usize = 4_000;
/// Readings that are taken from the workspace at a time.
const BATCH: usize = 256;

/// What changed, so far.
#[derive(Default)]
struct Tally {
    pages: usize,
    compared: usize,
    new: usize,
    changed: usize,
    gone: usize,
    lines: Vec<String>,
}

/// Brings the kept incidents up to date.
pub fn run(args: &Update) -> Result<Status, Failure> {
    let lang = args.at.lang;
    let fail = |e| words::failure(&e, lang);
    let mut store = open(&args.at)?;
    let packs = packs::load(&args.packs, lang)?;
    let input = args.input();
    let session = Session::new(&input, &packs)?;
    let pages = Pages::new(store.pages(None).map_err(fail)?);
    let decisions = recorded(&store, lang)?;
    let keys = keys(&mut store, &session, &pages.all);
    let fresh = fresh(&store, &pages, &keys, &decisions, lang)?;
    let tally = Tally { pages: if args.all { pages.all.len() } else { fresh.len() }, ..Tally::default() };
    let mut run = Run { store, session, pages, keys, decisions, args, tally, problems: Vec::new() };
    if args.all || fresh.len() * MANY > run.pages.all.len() {
        run.whole()?;
    } else {
        run.step_by_step(&fresh)?;
    }
    let Run { tally, problems, .. } = run;
    for p in &problems {
        tell::problem(&p.subject, &p.reason, p.hint.as_deref());
    }
    output::to_stdout(lang, |w| tally.lines.iter().try_for_each(|l| writeln!(w, "{l}")))?;
    if !args.at.quiet {
        tell::note(&closing(&tally, lang));
    }
    Ok(if problems.is_empty() { Status::Done } else { Status::Partial })
}

/// The key of each page's reading.
fn keys(store: &mut Store, session: &Session<'_>, pages: &[Page]) -> BTreeMap<i64, String> {
    let shelf = Shelf::new(store, session);
    pages.iter().map(|p| (p.id, shelf.key(p))).collect()
}

/// Pages that were not compared yet as they are now, and those that decisions since the last time speak of.
fn fresh(
    store: &Store,
    pages: &Pages,
    keys: &BTreeMap<i64, String>,
    decisions: &[Decision],
    lang: Lang,
) -> Result<BTreeSet<i64>, Failure> {
    let fail = |e| words::failure(&e, lang);
    let checked: BTreeMap<i64, String> = store.checked().map_err(fail)?.into_iter().collect();
    let mut out: BTreeSet<i64> = pages.all.iter().map(|p| p.id).filter(|id| checked.get(id) != keys.get(id)).collect();
    let obeyed = usize::try_from(store.obeyed().map_err(fail)?).unwrap_or(0);
    for d in decisions.iter().skip(obeyed) {
        // a revocation touches what the decision that it takes back did
        let meant = d.revoke.iter().filter_map(|id| decisions.iter().find(|x| x.id == *id)).chain([d]);
        for a in meant.flat_map(|d| &d.anchors) {
            out.extend(store.pages_of(&a.page).map_err(fail)?);
        }
    }
    Ok(out)
}

/// One run of the command.
struct Run<'a> {
    store: Store,
    session: Session<'a>,
    pages: Pages,
    /// The key of each page's reading, by its number.
    keys: BTreeMap<i64, String>,
    decisions: Vec<Decision>,
    args: &'a Update,
    tally: Tally,
    problems: Vec<Problem>,
}

impl Run<'_> {
    /// Compares new pages with what they can touch, a few at a time.
    fn step_by_step(&mut self, fresh: &BTreeSet<i64>) -> Result<(), Failure> {
        let lang = self.args.at.lang;
        let bar = progress::bar(self.args.at.quiet, lang);
        let all: Vec<i64> = fresh.iter().copied().collect();
        for step in all.chunks(STEP) {
            let step: BTreeSet<i64> = step.iter().copied().collect();
            let Self { store, session, pages, decisions, .. } = self;
            match near::change(store, session, pages, &step, decisions, MOST, lang)? {
                Some(change) => self.keep(change)?,
                None => return self.whole(),
            }
            bar.inc(step.len() as u64);
        }
        bar.finish_and_clear();
        Ok(())
    }

    /// Keeps what a step found, and notes what it changes.
    fn keep(&mut self, change: near::Change) -> Result<(), Failure> {
        let table = self.session.table();
        let mut incidents: Vec<IncidentRow> = change.now.iter().map(|n| change.compared.row(*n, table)).collect();
        let larger = change.larger(table);
        let near::Change { compared, fresh, mut before, .. } = change;
        for (old, new) in larger {
            before.insert(old.name.clone(), old);
            incidents.push(new);
        }
        self.tally.compared += compared.numbers().len();
        self.differences(&incidents, &before);
        let seen = |n: &usize| fresh.contains(&compared.numbers()[*n]);
        let pages = (0..compared.numbers().len()).filter(seen).map(|n| self.checked(&compared, n)).collect();
        self.write(recoupe_store::Update {
            pages,
            gone: before.into_keys().collect(),
            incidents,
            ..Default::default()
        })?;
        self.problems.extend(compared.problems);
        Ok(())
    }

    /// Compares all pages with all others.
    fn whole(&mut self) -> Result<(), Failure> {
        let lang = self.args.at.lang;
        let kept = self.store.incidents().map_err(|e| words::failure(&e, lang))?;
        let before: BTreeMap<String, IncidentRow> = kept.into_iter().map(|x| (x.name.clone(), x)).collect();
        let bar = progress::bar(self.args.at.quiet, lang);
        let (mut read, mut failed) = (Vec::with_capacity(self.pages.all.len()), Vec::new());
        let mut shelf = Shelf::new(&mut self.store, &self.session);
        for batch in self.pages.all.chunks(BATCH) {
            shelf.read(&self.session, batch, &mut read, &mut failed);
            bar.inc(batch.len() as u64);
        }
        bar.finish_and_clear();
        let dossier = self.session.cross_check(read, Vec::new(), self.decisions.clone()).into_found();
        let all: Vec<usize> = (0..self.pages.all.len()).collect();
        let compared = Compared::new(dossier, &self.pages, &all, failed);
        let incidents: Vec<IncidentRow> =
            (0..compared.dossier.incidents.len()).map(|n| compared.row(n, self.session.table())).collect();
        self.tally.compared = compared.numbers().len();
        if before.is_empty() {
            // the first time everything is new: recoupe incidents lists it
            self.tally.new = incidents.len();
        } else {
            self.differences(&incidents, &before);
        }
        let pages = (0..compared.numbers().len()).map(|n| self.checked(&compared, n)).collect();
        self.write(recoupe_store::Update { afresh: true, pages, incidents, ..Default::default() })?;
        self.problems.extend(compared.problems);
        Ok(())
    }

    fn checked(&self, compared: &Compared, n: usize) -> recoupe_store::Checked {
        compared.checked(n, self.keys.get(&compared.numbers()[n]).cloned().unwrap_or_default())
    }

    fn write(&mut self, mut update: recoupe_store::Update) -> Result<(), Failure> {
        update.decisions = self.decisions.len() as i64;
        self.store.keep(&update).map_err(|e| words::failure(&e, self.args.at.lang))
    }

    /// Notes which incidents are new, which are told otherwise, and which are no more.
    fn differences(&mut self, now: &[IncidentRow], before: &BTreeMap<String, IncidentRow>) {
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
                Some(o) if *o == x => continue,
                Some(o) => Some(*o),
            };
            let count = if was.is_none() { &mut self.tally.new } else { &mut self.tally.changed };
            *count += 1;
            let joined: Vec<&str> = old.iter().filter(|o| o.name != x.name).map(|o| o.name.as_str()).collect();
            let told = self.told(x, was, &joined);
            self.tally.lines.push(told);
        }
        for name in left {
            self.tally.gone += 1;
            let x = &before[name];
            self.tally.lines.push(match self.args.format {
                Told::Json => json!({ "change": "gone", "before": record(x) }).to_string(),
                Told::Text => format!("- {}", line(x, self.session.table(), self.args.at.lang)),
            });
        }
    }

    /// One incident that is new or told otherwise, as it is printed.
    fn told(&self, x: &IncidentRow, was: Option<&IncidentRow>, joined: &[&str]) -> String {
        let lang = self.args.at.lang;
        if self.args.format == Told::Json {
            let mut v = json!({ "change": if was.is_none() { "new" } else { "changed" }, "incident": record(x) });
            if let Some(o) = was {
                v["before"] = record(o);
            }
            if !joined.is_empty() {
                v["joins"] = json!(joined);
            }
            return v.to_string();
        }
        let mark = if was.is_none() { "+" } else { "~" };
        let mut out = format!("{mark} {}", line(x, self.session.table(), lang));
        let parts = was.map(|o| parts(o, x, lang)).unwrap_or_default();
        if !parts.is_empty() {
            out.push_str(&format!("\n    {}", parts.join(" · ")));
        }
        if !joined.is_empty() {
            let word = lang.say("prend la place de", "takes the place of");
            out.push_str(&format!("\n    {word} {}", joined.join(", ")));
        }
        out
    }
}

/// What of an incident is told otherwise than before.
fn parts(old: &IncidentRow, new: &IncidentRow, lang: Lang) -> Vec<String> {
    let mut out = Vec::new();
    let mut put = |what: &str, a: String, z: String| {
        if a != z {
            out.push(format!("{what} {a} → {z}"));
        }
    };
    let days = |x: &IncidentRow| super::incidents::days(x, lang);
    put(lang.say("date", "date"), days(old), days(new));
    let place = |x: &IncidentRow| x.place.clone().unwrap_or_else(|| "?".to_owned());
    put(lang.say("lieu", "place"), place(old), place(new));
    put(lang.say("pages", "pages"), old.pages.to_string(), new.pages.to_string());
    put(lang.say("sources indépendantes", "independent sources"), old.origins.to_string(), new.origins.to_string());
    let killed = |x: &IncidentRow| super::incidents::killed(x).unwrap_or_else(|| "?".to_owned());
    put(lang.say("tués", "killed"), killed(old), killed(new));
    let standing = |x: &IncidentRow| super::incidents::standing(&x.standing, lang).to_owned();
    put(lang.say("accord", "standing"), standing(old), standing(new));
    out
}

fn closing(t: &Tally, lang: Lang) -> String {
    let Tally { pages, compared, new, changed, gone, .. } = t;
    if *pages == 0 {
        return lang.say("rien de nouveau depuis la dernière fois", "nothing new since the last time").to_owned();
    }
    match lang {
        Lang::Fr => format!(
            "{pages} page(s) nouvelle(s), {compared} comparée(s) : {new} incident(s) nouveau(x), {changed} changé(s), {gone} disparu(s)"
        ),
        Lang::En => {
            format!("{pages} new page(s), {compared} compared: {new} new incident(s), {changed} changed, {gone} gone")
        }
    }
}
