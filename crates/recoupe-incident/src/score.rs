//! The score of two accounts: named features, each with what was compared and what it adds or takes.

use recoupe_claim::Toll;
use recoupe_mention::{Place, PlacePrecision, TimeBasis};

use crate::account::{Account, Count, Who};
use crate::kin::{Kin, Lie, kin_of, lie_of};
use crate::table::{Nearness, Table};
use crate::types::LinkFeature;

/// From this score on, two accounts of different pages are taken for one incident.
pub const LINK: i32 = 46;
/// From this score on, two accounts of one page are, although the page keeps them apart.
pub const LINK_SAME_PAGE: i32 = 84;
/// A feature that forbids the link whatever the others say.
pub const NEVER: i32 = -1000;

/// What the pages of two accounts have in common beyond the accounts.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Pair {
    /// They go back to one text.
    pub same_origin: bool,
    /// They are the same page.
    pub same_page: bool,
}

/// Where features go: the list that is shown, or only its sum, which needs no words.
trait Sink {
    fn add(&mut self, name: &'static str, points: i32, value: impl FnOnce() -> String);
    /// Whether the pair is out already.
    fn lost(&self) -> bool;
}

impl Sink for Vec<LinkFeature> {
    fn add(&mut self, name: &'static str, points: i32, value: impl FnOnce() -> String) {
        self.push(LinkFeature { name, value: value(), points });
    }
    fn lost(&self) -> bool {
        false
    }
}

impl Sink for i32 {
    fn add(&mut self, _: &'static str, points: i32, _: impl FnOnce() -> String) {
        *self += points;
    }
    fn lost(&self) -> bool {
        *self < NEVER / 2
    }
}

/// All features of a pair, in fixed order.
pub(crate) fn features(t: &Table, a: &Account, b: &Account, pair: Pair) -> Vec<LinkFeature> {
    let mut out = Vec::with_capacity(8);
    weigh(t, a, b, pair, &mut out);
    out
}

/// The sum of the features' points; some number far below nothing where one of them forbids the link.
pub(crate) fn score(t: &Table, a: &Account, b: &Account, pair: Pair) -> i32 {
    let mut out = 0;
    weigh(t, a, b, pair, &mut out);
    out
}

fn weigh(t: &Table, a: &Account, b: &Account, pair: Pair, out: &mut impl Sink) {
    let points = time_points(a, b);
    // one text cannot be of two times or places: where its copies seem to be, one of them was misread
    let points = if pair.same_origin { points.max(-30) } else { points };
    out.add("time", points, || format!("{} · {}", show_time(a), show_time(b)));
    if out.lost() {
        return;
    }
    let political = !a.violent && !b.violent;
    let (place, lie) = place_points(a, b, political);
    let place = if pair.same_origin { place.max(-15) } else { place };
    out.add("place", place, || show_place(a, b, lie));
    if a.summary != b.summary {
        out.add("summary", NEVER, || "only one sums up a stretch of time".into());
    }
    if out.lost() {
        return;
    }
    let near =
        a.kinds.iter().flat_map(|x| b.kinds.iter().map(move |y| t.nearness(x, y))).max().unwrap_or(Nearness::Far);
    let kind = match (t.nearness(&a.kind, &b.kind), near) {
        (Nearness::Same, _) => 12,
        (_, Nearness::Same) => 10,
        (_, Nearness::Family) => 8,
        (_, Nearness::Near(n)) => n,
        (_, Nearness::Far) => -40,
    };
    out.add("type", kind, || format!("{} · {}", a.kind, b.kind));
    if a.denied != b.denied && kind >= 8 && place >= 30 {
        out.add("denial", 8, || "one denies what the other tells".into());
    }
    let (rare, words) = common_words(a, b);
    if words > 0 {
        let points = (7 * rare + 2 * (words - rare)).min(14) as i32;
        out.add("words", points, || format!("{rare} rare names and {} rare words in common", words - rare));
    }
    if a.planned != b.planned {
        out.add("planned", -30, || "only one is said to have happened".into());
    }
    parties(t, a, b, political, out);
    let tolls = tolls(a, b, pair.same_page, out);
    if pair.same_origin && kind > 0 && (tolls > 0 || place > 0) {
        out.add("copy", 15, || "the pages go back to one text".into());
    }
    if a.summary && b.summary && tolls <= 0 {
        out.add("summary", NEVER, || "two summaries without an equal figure".into());
    }
    if pair.same_page && tolls <= 0 {
        out.add("same_page", NEVER, || "the page keeps them apart, and no figure is equal".into());
    }
}

/// Sum of the points.
pub(crate) fn total(features: &[LinkFeature]) -> i32 {
    features.iter().map(|f| f.points).sum()
}

/// How many rare names, and how many rare words in all, stand in the sentences of both.
fn common_words(a: &Account, b: &Account) -> (usize, usize) {
    let both = |x: &[u32], y: &[u32]| crate::words::shared(x, y);
    let names = both(&a.names, &b.names);
    (names, names + both(&a.words, &b.words))
}

fn show_time(x: &Account) -> String {
    match (&x.time, x.window()) {
        (Some(w), _) => match (w.from, w.to, w.weekday) {
            (Some(f), Some(t), _) if f == t => f.to_string(),
            (Some(f), t, _) => format!("{f}..{}", t.map_or(String::new(), |t| t.to_string())),
            (None, _, Some(d)) => format!("weekday {d}"),
            _ => "undated".into(),
        },
        (None, Some(_)) => "undated, by publication".into(),
        (None, None) => "undated".into(),
    }
}

fn time_points(a: &Account, b: &Account) -> i32 {
    if a.soft || b.soft {
        return soft(a, b);
    }
    match (a.days(), b.days()) {
        (Some(x), Some(y)) => {
            let handed_down = |x: &Account| x.time.as_ref().is_some_and(|w| w.basis == TimeBasis::Inherited);
            let points = stated(x, y);
            // a day taken over from the sentences around is not as firm as one of the claim's own
            if points < -20 && (handed_down(a) || handed_down(b)) { points.max(-40) + 10 } else { points }
        }
        (Some(days), None) => undated(days, b),
        (None, Some(days)) => undated(days, a),
        (None, None) => match (a.weekday(), b.weekday()) {
            (Some(x), Some(y)) if x == y => 18,
            (Some(_), Some(_)) => -25,
            _ => match (a.window(), b.window()) {
                (Some((x, y)), Some((u, v))) => {
                    if x <= v && u <= y {
                        4
                    } else {
                        -30
                    }
                }
                _ => 0,
            },
        },
    }
}

/// Whether a day is such a weekday, Monday = 1. Day 0, 1 January 2000, was a Saturday.
fn has(day: i32, weekday: i8) -> bool {
    (day + 5).rem_euclid(7) + 1 == i32::from(weekday)
}

/// A dated account against one that names no day.
fn undated((f, l): (i32, i32), other: &Account) -> i32 {
    if let Some(d) = other.weekday() {
        return match l - f {
            0 if has(f, d) => 20,
            1..=3 if (f..=l).any(|x| has(x, d)) => 16,
            0..=3 => -30,
            _ => 4,
        };
    }
    match other.window() {
        Some((x, y)) if f <= y && l >= x => {
            if l - f <= 8 {
                10
            } else {
                6
            }
        }
        Some((x, y)) => {
            if (x - l).max(f - y) > 60 {
                NEVER
            } else {
                -25
            }
        }
        // what a page only recalls can be of any time
        None => {
            if other.background {
                -8
            } else {
                0
            }
        }
    }
}

/// Where the day of one is only its page's date: it happened then, or in the days before.
fn soft(a: &Account, b: &Account) -> i32 {
    let (Some((f, l)), Some((g, m))) = (a.days(), b.days()) else {
        let (soft, other) = if a.soft { (a, b) } else { (b, a) };
        let Some((f, l)) = soft.days() else { return 0 };
        return match other.weekday() {
            Some(d) if (f..=l).any(|x| has(x, d)) => 14,
            _ => undated((f - 3, l), other).min(8),
        };
    };
    if f <= m && g <= l {
        return if a.soft && b.soft { 20 } else { 26 };
    }
    let early = |(f, _): (i32, i32), (_, m): (i32, i32)| f - m;
    let gap = match (a.soft, b.soft) {
        (true, false) => early((f, l), (g, m)),
        (false, true) => early((g, m), (f, l)),
        _ => early((f, l), (g, m)).max(early((g, m), (f, l))),
    };
    match gap {
        1..=3 => 12,
        4..=10 => 4,
        11..=60 => -25,
        i32::MIN..=-1 if gap >= -1 => 0,
        _ => NEVER,
    }
}

fn stated((a, b): (i32, i32), (c, d): (i32, i32)) -> i32 {
    let (x, y) = (b - a, d - c);
    let gap = (c - b).max(a - d);
    if gap > 0 {
        return match gap {
            1 if x == 0 && y == 0 => 0,
            1 => -6,
            2 | 3 => -25,
            _ => NEVER,
        };
    }
    match (x.max(y), x.min(y)) {
        (0, _) => 30,
        (1, _) => 26,
        (2..=8, _) => 14,
        // a day within a month says little, one month named by both a little more
        (9..=31, 9..) => 6,
        (9..=31, _) => 0,
        _ => -2,
    }
}

/// How wide a place is: a town or site, a district, more.
fn breadth(p: &Place) -> u8 {
    match p.precision {
        PlacePrecision::Exact | PlacePrecision::Town => 0,
        PlacePrecision::District => 1,
        PlacePrecision::Province | PlacePrecision::Country => 2,
    }
}

fn place_points(a: &Account, b: &Account, political: bool) -> (i32, Option<Lie>) {
    let (Some(p), Some(q)) = (&a.place, &b.place) else {
        let both = a.place.is_none() && b.place.is_none();
        let points = match (both, political) {
            (_, true) => 0,
            (true, false) => -6,
            (false, false) => -10,
        };
        return (points, None);
    };
    let lie = lie_of(p, &a.bare, q, &b.bare);
    let points = match lie {
        // one province is not one place
        Lie::Same => match (breadth(p), breadth(q)) {
            (0, 0) => 30,
            (0, _) | (_, 0) => 18,
            (1, _) | (_, 1) => 16,
            _ => 3,
        },
        Lie::Close(d) => match d {
            0..=8 => 12,
            9..=15 => 0,
            _ => -12,
        },
        Lie::Inside => 3,
        Lie::Country => {
            if political {
                4
            } else {
                -4
            }
        }
        Lie::Unknown => -12,
        Lie::Apart(_) if political => -8,
        Lie::Apart(d) => {
            if d > 60 {
                NEVER
            } else {
                -45
            }
        }
        Lie::Abroad if political => -15,
        Lie::Abroad => NEVER,
    };
    (points, Some(lie))
}

fn show_place(a: &Account, b: &Account, lie: Option<Lie>) -> String {
    let (Some(p), Some(q)) = (&a.place, &b.place) else {
        return if a.place.is_none() && b.place.is_none() { "named by neither" } else { "named by one" }.into();
    };
    let tail = match lie {
        Some(Lie::Close(d) | Lie::Apart(d)) => format!(", {d} km"),
        Some(Lie::Inside) => ", one in the other".into(),
        Some(Lie::Country) => ", one country".into(),
        Some(Lie::Abroad) => ", two countries".into(),
        _ => String::new(),
    };
    format!("{} · {}{tail}", p.name, q.name)
}

/// The nearest two parties of the lists.
fn best<'a>(a: &'a [Who], b: &'a [Who]) -> Option<(Kin, &'a Who, &'a Who)> {
    let mut top: Option<(Kin, &Who, &Who)> = None;
    for x in a {
        for y in b {
            let k = kin_of(&x.party, x.class, &y.party, y.class);
            if top.is_none_or(|z| k > z.0) {
                top = Some((k, x, y));
            }
        }
    }
    top
}

fn parties(t: &Table, a: &Account, b: &Account, political: bool, out: &mut impl Sink) {
    let actor = best(&a.actors, &b.actors);
    let target = best(&a.targets, &b.targets);
    let is = |x: Option<(Kin, &Who, &Who)>, k: Kin| x.is_some_and(|x| x.0 == k);
    // an attack and its reprisal: who struck is now struck
    let sides = |x: &Account| x.kinds.iter().all(|k| matches!(t.family(k), "clash" | "talk"));
    if is(actor, Kin::Differ)
        && is(target, Kin::Differ)
        && is(best(&a.actors, &b.targets), Kin::Same)
        && is(best(&a.targets, &b.actors), Kin::Same)
        && !(sides(a) && sides(b))
    {
        out.add("roles", -28, || "who strikes in the one is struck in the other".into());
        return;
    }
    let show = |x: &Who, y: &Who| format!("{} · {}", x.party.name, y.party.name);
    if let Some((k, x, y)) = actor {
        let points = match (k, political) {
            (Kin::Same, true) => 14,
            (Kin::Same, false) => 6,
            (Kin::Near, true) => 8,
            (Kin::Near, false) => 3,
            (Kin::Unknown, _) => 0,
            (Kin::Differ, true) => -25,
            (Kin::Differ, false) => -4,
        };
        out.add("actor", points, || show(x, y));
    } else if political {
        out.add("actor", -6, || "not named by both".into());
    }
    if let Some((k, x, y)) = target {
        let points = match (k, political) {
            (Kin::Same, true) => 10,
            (Kin::Same, false) => 6,
            (Kin::Near, _) => 3,
            (Kin::Unknown, _) => 0,
            (Kin::Differ, true) => -12,
            (Kin::Differ, false) => -4,
        };
        out.add("target", points, || show(x, y));
    }
}

/// What an equal number is worth: the rarer, the more.
fn worth(n: i64) -> i32 {
    match n {
        0 => 0,
        1 => 2,
        2 => 3,
        3..=5 => 5,
        6..=12 => 7,
        _ if n % 50 == 0 => 5,
        _ if n % 10 == 0 => 7,
        _ => 11,
    }
}

/// Adds what the figures say; returns the sum of it.
fn tolls(a: &Account, b: &Account, same_page: bool, out: &mut impl Sink) -> i32 {
    let same = |x: &Toll, y: &Toll| x.min == y.min && (x.min.is_some() || x.max == y.max);
    let mut equal: Vec<(&Toll, i32)> = Vec::new();
    let mut clash: Option<(&Toll, &Toll)> = None;
    let (xs, ys) = if a.summary && b.summary { (&a.totals, &b.totals) } else { (&a.tolls, &b.tolls) };
    let rival = |x: &Count, y: &Count| {
        y.toll.kind == x.toll.kind
            && y.toll.unit == x.toll.unit
            && kin_of(&x.toll.group, x.class, &y.toll.group, y.class) != Kin::Differ
    };
    for x in xs {
        let found = ys.iter().find(|y| same(&x.toll, &y.toll) && rival(x, y));
        if let (Some(n), true) = (x.toll.min.or(x.toll.max), found.is_some()) {
            if !equal.iter().any(|(e, _)| e.kind == x.toll.kind && same(e, &x.toll)) {
                equal.push((&x.toll, worth(n)));
            }
        } else if clash.is_none()
            && let Some(y) = ys.iter().find(|y| rival(x, y))
        {
            clash = Some((&x.toll, &y.toll));
        }
    }
    // whose losses they are is misread more often than their number
    let others = xs.iter().filter(|x| {
        let n = x.toll.min.or(x.toll.max);
        !same_page
            && n.is_some_and(|n| n > 1)
            && !equal.iter().any(|(e, _)| e.kind == x.toll.kind && same(e, &x.toll))
            && ys.iter().any(|y| y.toll.kind == x.toll.kind && y.toll.unit == x.toll.unit && same(&x.toll, &y.toll))
    });
    let others: i32 = others.filter_map(|x| x.toll.min.or(x.toll.max)).map(|n| worth(n) / 2).sum::<i32>().min(12);
    let mut sum = others;
    if others > 0 {
        out.add("toll_other_group", others, || "equal figures of other groups".into());
    }
    for (x, points) in &equal {
        sum += points;
        out.add("toll", *points, || format!("{} {}", x.kind, figure(x)));
    }
    let has = |k: &str| equal.iter().any(|(x, p)| &*x.kind == k && *p > 0);
    if has("killed") && has("wounded") {
        sum += 20;
        out.add("toll_pair", 20, || "killed and wounded both equal".into());
    }
    if a.summary && b.summary && equal.iter().any(|(x, _)| x.min.or(x.max).is_some_and(|n| n >= 20)) {
        sum += 40;
        out.add("same_total", 40, || "one running total".into());
    }
    if equal.len() >= 3 {
        sum += 10;
        out.add("toll_run", 10, || format!("{} equal figures", equal.len()));
    }
    if let Some((x, y)) = clash
        && equal.is_empty()
    {
        out.add("toll_differs", if same_page { NEVER } else { -3 }, || {
            format!("{} {} · {}", x.kind, figure(x), figure(y))
        });
        return -3;
    }
    sum
}

fn figure(x: &Toll) -> String {
    match (x.min, x.max) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (Some(a), Some(b)) => format!("{a}–{b}"),
        (Some(a), None) => format!("≥ {a}"),
        (None, Some(b)) => format!("≤ {b}"),
        (None, None) => "?".into(),
    }
}
