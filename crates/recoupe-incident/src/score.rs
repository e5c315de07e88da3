//! The score of two accounts: named features, each with what was compared and what it adds or takes.

use recoupe_claim::Toll;

use crate::account::{Account, Count, Who};
use crate::kin::{Kin, kin_of};
use crate::near::{place_points, show_place, show_time, time_points};
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
    let total = one_total(a, b);
    let points = time_points(a, b);
    // since when a total runs is told here and not there
    let points = if total { points.max(0) } else { points };
    // one text cannot be of two times or places: where its copies seem to be, one of them was misread
    let points = if pair.same_origin { points.max(-30) } else { points };
    out.add("time", points, || format!("{} · {}", show_time(a), show_time(b)));
    if out.lost() {
        return;
    }
    let political = !a.violent && !b.violent;
    let (place, found) = place_points(a, b, political);
    let place = if pair.same_origin { place.max(-15) } else { place };
    out.add("place", place, || show_place(&found));
    if a.summary != b.summary && !total {
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
    let kind = if total { kind.max(0) } else { kind };
    out.add("type", kind, || format!("{} · {}", a.kind, b.kind));
    if a.denied != b.denied && kind >= 8 && place >= 30 {
        out.add("denial", 8, || "one denies what the other tells".into());
    }
    let names = crate::words::shared(&a.names, &b.names);
    if names > 0 {
        out.add("names", (5 * names).min(10) as i32, || format!("{names} names in common"));
    }
    if a.planned != b.planned {
        out.add("planned", -30, || "only one is said to have happened".into());
    }
    parties(t, a, b, political, out);
    let mut tolls = tolls(a, b, pair.same_page, out);
    if total && a.summary != b.summary {
        tolls += 50;
        out.add("same_total", 50, || "one large figure, a running total here or there".into());
    }
    // what one page only recalls and another tells as news is seldom one thing, unless both name its day or a figure is the same
    if a.background != b.background && points < 14 && tolls <= 0 {
        out.add("background", -6, || "only one recalls it".into());
    }
    if !political && tolls <= 0 && place < 10 && kind < 8 {
        out.add("vague", -8, || "neither a place nor a type nor a figure is the same".into());
    }
    if pair.same_origin && kind > 0 && (tolls > 0 || place > 0) {
        out.add("copy", 15, || "the pages go back to one text".into());
    }
    if a.summary && b.summary && tolls <= 0 {
        out.add("summary", NEVER, || "two summaries without an equal figure".into());
    }
    // a title is no incident of its own
    let title = (a.headline != b.headline) && kind >= 5 && points >= 14 && place >= 12;
    if pair.same_page && title {
        out.add("headline", LINK_SAME_PAGE - LINK, || "one is only the page's title".into());
    } else if pair.same_page && tolls <= 0 {
        out.add("same_page", NEVER, || "the page keeps them apart, and no figure is equal".into());
    }
}

/// From how many on a figure is so large that two accounts of one land do not have it by chance.
pub(crate) const LARGE: i64 = 100;

/// Whether both count one total: a large figure of one kind of loss that at least one of them tells as a running total, of the same
/// land. Not every page says of a total that it is one.
fn one_total(a: &Account, b: &Account) -> bool {
    let land = |x: &Account| x.place.as_ref().and_then(|p| p.country.clone());
    let large = |x: &Toll| x.min.or(x.max).is_some_and(|n| n >= LARGE);
    let meet = |xs: &[Count], ys: &[Count]| {
        xs.iter().any(|x| large(&x.toll) && ys.iter().any(|y| equal_count(&x.toll, &y.toll) && rivals(x, y)))
    };
    (a.summary || b.summary)
        && land(a).is_some()
        && land(a) == land(b)
        && (meet(&a.totals, &b.totals) || meet(&a.totals, &b.tolls) || meet(&a.tolls, &b.totals))
}

/// Whether two figures are the same number.
fn equal_count(x: &Toll, y: &Toll) -> bool {
    x.min == y.min && (x.min.is_some() || x.max == y.max)
}

/// Whether two accounts of one page, of one day and place and kind, differ only in what their tellers count: a figure of one loss
/// that both give would be the page's own distinction.
pub(crate) fn apart_by_tellers(t: &Table, a: &Account, b: &Account) -> bool {
    let near = t.nearness(&a.kind, &b.kind);
    let kind = near == Nearness::Same || near == Nearness::Family;
    // one of the two has no day of its own, or two days would be told
    kind && (a.soft || b.soft)
        && time_points(a, b) >= 20
        && place_points(a, b, false).0 >= 22
        && best(&a.actors, &b.actors).is_some_and(|k| k.0 >= Kin::Near)
        && !a.tolls.iter().any(|x| b.tolls.iter().any(|y| rivals(x, y) && one_group(x, y)))
}

fn one_group(x: &Count, y: &Count) -> bool {
    kin_of(&x.toll.group, x.class, &y.toll.group, y.class) >= Kin::Near
}

/// Whether two accounts have a figure in common that says something.
pub(crate) fn shared_figure(a: &Account, b: &Account) -> bool {
    let equal = |x: &Count, y: &Count| x.toll.kind == y.toll.kind && equal_count(&x.toll, &y.toll);
    let telling = |x: &Count| x.toll.min.or(x.toll.max).is_some_and(|n| worth(n) >= 5);
    a.tolls.iter().any(|x| telling(x) && b.tolls.iter().any(|y| equal(x, y)))
}

/// Whether two figures can be of the same loss.
fn rivals(x: &Count, y: &Count) -> bool {
    y.toll.kind == x.toll.kind
        && y.toll.unit == x.toll.unit
        && kin_of(&x.toll.group, x.class, &y.toll.group, y.class) != Kin::Differ
}

/// Sum of the points.
pub(crate) fn total(features: &[LinkFeature]) -> i32 {
    features.iter().map(|f| f.points).sum()
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
    let taken = |x: &Account| x.kinds.iter().all(|k| t.family(k) == "territory");
    let show = |x: &Who, y: &Who| format!("{} · {}", x.party.name, y.party.name);
    if let Some((k, x, y)) = actor {
        let points = match (k, political) {
            (Kin::Same, true) => 14,
            (Kin::Same, false) => 6,
            (Kin::Near, true) => 8,
            (Kin::Near, false) => 3,
            (Kin::Unknown, _) => 0,
            (Kin::Differ, true) => -25,
            // one takes a place, another takes it back
            (Kin::Differ, false) if taken(a) && taken(b) => -35,
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
    let same = equal_count;
    let mut equal: Vec<(&Toll, i32)> = Vec::new();
    let mut clash: Option<(&Toll, &Toll)> = None;
    let (xs, ys) = if a.summary && b.summary { (&a.totals, &b.totals) } else { (&a.tolls, &b.tolls) };
    let rival = rivals;
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
