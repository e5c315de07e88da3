//! Tolls of an incident: kind by kind and group by group, every voice's figure side by side, never added up.

use recoupe_claim::{Certainty, Toll};
use recoupe_mention::Status;

use crate::kin::{Kin, day, kin_of};
use crate::series::series;
use crate::source::{at, voice_key};
use crate::table::{Class, Table};
use crate::types::{
    ClaimEntry, Difference, Disagreement, Field, Figure, Harmless, IncidentToll, PageInput, Side, Value,
};

/// One row while it is gathered.
struct Row {
    toll: IncidentToll,
    /// Class of its group.
    class: Class,
    /// Whether it counts a part of another toll of the same group (three of them seriously).
    sub: bool,
    /// Source of each figure, in the order of `toll.by`.
    sources: Vec<String>,
    /// Day of publication of each figure's first page.
    days: Vec<Option<i32>>,
}

/// Gathers the rows of an incident, running totals or the others.
pub(crate) fn rows(t: &Table, pages: &[PageInput], all: &[ClaimEntry], claims: &[usize], cumulative: bool) -> Rows {
    let mut rows: Vec<Row> = Vec::new();
    for i in claims {
        let e = &all[*i];
        let c = e.claim(pages);
        for (n, x) in c.tolls.iter().enumerate().filter(|(_, x)| x.cumulative == cumulative) {
            if x.min.is_none() && x.max.is_none() && !x.approx {
                continue;
            }
            let whole = x.part_of.and_then(|p| c.tolls.get(p));
            let sub = whole.is_some_and(|w| w.group.id == x.group.id && w.kind == x.kind && w.unit == x.unit);
            let class = t.class(&x.group);
            let row = match rows.iter().position(|r| fits(r, x, class, sub)) {
                Some(r) => &mut rows[r],
                None => {
                    rows.push(Row {
                        toll: IncidentToll {
                            kind: x.kind.clone(),
                            group: at(e, &x.group),
                            unit: x.unit.clone(),
                            part: x.part_of.is_some(),
                            low: None,
                            high: None,
                            by: Vec::new(),
                            series: Vec::new(),
                            figure: None,
                        },
                        class,
                        sub,
                        sources: Vec::new(),
                        days: Vec::new(),
                    });
                    rows.last_mut().expect("just pushed")
                }
            };
            put(pages, row, e, *i, n, x, c.certainty);
        }
    }
    for r in &mut rows {
        bounds(&mut r.toll);
        r.toll.series = series(pages, all, &r.toll);
    }
    Rows(rows)
}

/// All rows of an incident.
pub(crate) struct Rows(Vec<Row>);

/// Whether a figure belongs to a row: same kind and unit, and a group that is the same or a less exact word for it. What counts a
/// part is put together only under the very same group.
fn fits(r: &Row, x: &Toll, class: Class, sub: bool) -> bool {
    if r.toll.kind != x.kind || r.toll.unit != x.unit || r.sub != sub {
        return false;
    }
    match kin_of(&r.toll.group.value, r.class, &x.group, class) {
        Kin::Same => true,
        Kin::Near => !r.toll.part && x.part_of.is_none() && r.class == class,
        _ => false,
    }
}

fn put(pages: &[PageInput], row: &mut Row, e: &ClaimEntry, claim: usize, n: usize, x: &Toll, certainty: Certainty) {
    let voice = e.voice(pages);
    let source = voice_key(&voice, e);
    row.toll.part &= x.part_of.is_some();
    let (hedged, denied) = (certainty == Certainty::Hedged, certainty == Certainty::Denied);
    let same = |f: &Figure| f.min == x.min && f.max == x.max && f.denied == denied;
    if let Some(k) = (0..row.sources.len()).find(|k| row.sources[*k] == source && same(&row.toll.by[*k])) {
        let f = &mut row.toll.by[k];
        if f.claims.last() != Some(&claim) {
            f.claims.push(claim);
        }
        f.hedged &= hedged;
        f.approx &= x.approx;
        return;
    }
    let published = pages[e.page].reading.article.published.as_ref().map(|p| day(p.from));
    row.sources.push(source);
    row.days.push(published);
    row.toll.by.push(Figure {
        voice,
        min: x.min,
        max: x.max,
        approx: x.approx,
        hedged,
        denied,
        claims: vec![claim],
        toll: n,
        origin: e.origin,
    });
}

fn bounds(t: &mut IncidentToll) {
    let standing = || t.by.iter().filter(|f| !f.denied);
    t.low = standing().filter_map(|f| f.min.or(f.max.map(|_| 0))).min();
    let closed = standing().filter_map(|f| f.max).max();
    t.high = closed.map(|m| standing().filter_map(|f| f.min).max().unwrap_or(m).max(m));
}

/// How two figures stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    /// The same.
    Equal,
    /// Different, but they can both be right.
    Harmless(Harmless),
    /// They cannot both be right.
    Contradiction,
}

/// A figure as it is compared: lower and upper bound, about.
pub type Range = (Option<i64>, Option<i64>, bool);

/// Compares two figures for one loss.
pub fn compare(a: Range, b: Range) -> Compared {
    if a.0 == b.0 && a.1 == b.1 {
        return Compared::Equal;
    }
    let overlap =
        |x: Range, y: Range| x.0.unwrap_or(0) <= y.1.unwrap_or(i64::MAX) && y.0.unwrap_or(0) <= x.1.unwrap_or(i64::MAX);
    if (a.0.is_none() && a.1.is_none()) || (b.0.is_none() && b.1.is_none()) {
        return Compared::Harmless(Harmless::Rounding);
    }
    if overlap(a, b) {
        return Compared::Harmless(Harmless::Inside);
    }
    if (a.2 || b.2) && overlap(widen(a), widen(b)) {
        return Compared::Harmless(Harmless::Rounding);
    }
    if let ((Some(x), Some(y)), true) = ((a.0.or(a.1), b.0.or(b.1)), a.0 == a.1 && b.0 == b.1)
        && (rounds(x, y) || rounds(y, x))
    {
        return Compared::Harmless(Harmless::Rounding);
    }
    Compared::Contradiction
}

/// “About” lets a figure be a seventh more or less, and one more or less where it is small.
fn widen(r: Range) -> Range {
    if !r.2 {
        return r;
    }
    let slack = |n: i64| (n / 7).max(1);
    (r.0.map(|n| n - slack(n)), r.1.map(|n| n + slack(n)), r.2)
}

/// Whether `round` is a round figure for `exact`: to the ten from fifty, to the hundred from five hundred …
fn rounds(round: i64, exact: i64) -> bool {
    let mut step = 10;
    while step <= 1_000_000 && step * 5 <= round {
        if round % step == 0 && (round - exact).abs() * 2 <= step {
            return true;
        }
        step *= 10;
    }
    false
}

impl Rows {
    /// The rows themselves.
    pub(crate) fn into_tolls(self) -> Vec<IncidentToll> {
        self.0.into_iter().map(|r| r.toll).collect()
    }

    /// What the figures of each row have against each other.
    pub(crate) fn compare(&self, bad: &mut Vec<Disagreement>, fine: &mut Vec<Difference>) {
        for (n, r) in self.0.iter().enumerate() {
            compare_row(n, r, bad, fine);
        }
        self.other_measures(fine);
        self.parts(fine);
    }

    /// Five children here and twelve people there: the one can be a part of the other.
    fn parts(&self, fine: &mut Vec<Difference>) {
        let whole =
            |r: &Row| r.toll.group.value.status == Status::Mixed || r.toll.group.value.status == Status::Unknown;
        for (n, r) in self.0.iter().enumerate() {
            for o in self.0.iter().filter(|o| o.toll.kind == r.toll.kind && o.toll.unit == r.toll.unit) {
                let narrower =
                    (!whole(r) && whole(o)) || (r.class == Class::Child && o.class == Class::Civil) || r.sub && !o.sub;
                let fewer = r.toll.by[0].max.or(r.toll.by[0].min) < o.toll.by[0].min.or(o.toll.by[0].max);
                let kin = kin_of(&r.toll.group.value, r.class, &o.toll.group.value, o.class) != Kin::Differ;
                // what one source says of both is told by the toll itself
                let others = r.sources.iter().all(|s| !o.sources.contains(s));
                if narrower && fewer && kin && others && !r.toll.by[0].denied && !o.toll.by[0].denied {
                    let sides = vec![side(&r.toll, 0), side(&o.toll, 0)];
                    fine.push(Difference { field: Field::Toll, toll: Some(n), reason: Harmless::Part, sides });
                }
            }
        }
    }

    /// Killed here and neutralised there are two measures of one loss.
    fn other_measures(&self, fine: &mut Vec<Difference>) {
        for (n, r) in self.0.iter().enumerate().filter(|(_, r)| !r.toll.part) {
            for o in self.0.iter().filter(|o| !o.toll.part && o.toll.unit == r.toll.unit) {
                let apart = matches!(
                    (&*r.toll.kind, &*o.toll.kind),
                    ("killed", "neutralised") | ("killed", "killed_or_wounded") | ("wounded", "killed_or_wounded")
                );
                if apart && kin_of(&r.toll.group.value, r.class, &o.toll.group.value, o.class) >= Kin::Near {
                    let sides = vec![side(&r.toll, 0), side(&o.toll, 0)];
                    fine.push(Difference { field: Field::Toll, toll: Some(n), reason: Harmless::OtherMeasure, sides });
                }
            }
        }
    }
}

fn range(f: &Figure) -> Range {
    (f.min, f.max, f.approx)
}

fn side(t: &IncidentToll, k: usize) -> Side {
    let f = &t.by[k];
    Side { value: Value::Figure(f.min, f.max, f.approx), voices: vec![f.voice.clone()], claims: f.claims.clone() }
}

/// Sides: figures that are equal stand together; two sides contradict when a figure of the one cannot stand beside one of the
/// other, and neither is a later page's count.
fn compare_row(n: usize, r: &Row, bad: &mut Vec<Disagreement>, fine: &mut Vec<Difference>) {
    let by = &r.toll.by;
    let mut sides: Vec<(Vec<usize>, Side)> = Vec::new();
    for k in 0..by.len() {
        let equal = |s: &(Vec<usize>, Side)| {
            let f = &by[s.0[0]];
            f.denied == by[k].denied && f.min == by[k].min && f.max == by[k].max
        };
        if let Some(s) = sides.iter_mut().find(|s| equal(s)) {
            s.0.push(k);
            s.1.voices.push(by[k].voice.clone());
            s.1.claims.extend(&by[k].claims);
        } else {
            sides.push((vec![k], side(&r.toll, k)));
        }
    }
    let mut against: Vec<bool> = vec![false; sides.len()];
    for i in 0..sides.len() {
        for j in i + 1..sides.len() {
            let (a, b) = (&sides[i], &sides[j]);
            let (f, g) = (&by[a.0[0]], &by[b.0[0]]);
            if f.denied != g.denied {
                against[i] = true;
                against[j] = true;
                continue;
            }
            // what one source says twice is a correction or a detail, no contradiction
            let one_source = a.0.iter().all(|k| b.0.iter().all(|l| r.sources[*k] == r.sources[*l]));
            let reason = match compare(range(f), range(g)) {
                Compared::Equal => continue,
                Compared::Harmless(h) => Some(h),
                Compared::Contradiction if one_source || updated(r, &a.0, &b.0) || updated(r, &b.0, &a.0) => {
                    Some(Harmless::Update)
                }
                Compared::Contradiction => None,
            };
            match reason {
                Some(reason) => {
                    let sides = vec![a.1.clone(), b.1.clone()];
                    fine.push(Difference { field: Field::Toll, toll: Some(n), reason, sides });
                }
                None => {
                    against[i] = true;
                    against[j] = true;
                }
            }
        }
    }
    if against.iter().any(|x| *x) {
        let mut apart: Vec<(Vec<usize>, Side)> =
            sides.into_iter().zip(against).filter(|(_, x)| *x).map(|(s, _)| s).collect();
        apart.sort_by_key(|s| std::cmp::Reverse(s.0.len()));
        bad.push(Disagreement { field: Field::Toll, toll: Some(n), sides: apart.into_iter().map(|s| s.1).collect() });
    }
}

/// Whether every figure of `later` is a higher one of a page published later, by the same voice or from one nobody names to another.
fn updated(r: &Row, earlier: &[usize], later: &[usize]) -> bool {
    earlier.iter().all(|k| {
        later.iter().all(|l| {
            let (f, g) = (&r.toll.by[*k], &r.toll.by[*l]);
            let days = r.days[*k].zip(r.days[*l]).is_some_and(|(a, b)| a < b);
            // an outlet, a hospital, a rescuer: who has no name counts on while the count goes on
            let unnamed = |f: &Figure| f.voice.as_ref().is_none_or(|v| v.value.id.starts_with("generic/"));
            let voice = (unnamed(f) && unnamed(g)) || r.sources[*k] == r.sources[*l];
            days && voice && f.max.or(f.min).unwrap_or(0) < g.min.or(g.max).unwrap_or(0)
        })
    })
}
