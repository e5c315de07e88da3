//! How near two accounts are in time and in space, as points.

use recoupe_mention::{Place, PlacePrecision, TimeBasis};

use crate::account::{Account, Spot};
use crate::kin::{Lie, lie_of};
use crate::rare::{names_town, narrow};
use crate::score::NEVER;

pub(crate) fn show_time(x: &Account) -> String {
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

pub(crate) fn time_points(a: &Account, b: &Account) -> i32 {
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
        (Some(days), None) => undated(days, named_weekday(a), b),
        (None, Some(days)) => undated(days, named_weekday(b), a),
        (None, None) => match (a.weekday(), b.weekday()) {
            (Some(x), Some(y)) if x == y => 18,
            // the day it happened and the day it was told are easily taken for each other
            (Some(x), Some(y)) if (x - y).rem_euclid(7) == 1 || (y - x).rem_euclid(7) == 1 => 0,
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

fn named_weekday(a: &Account) -> Option<i8> {
    a.time.as_ref().and_then(|w| w.weekday)
}

/// Whether a day is such a weekday, Monday = 1. Day 0, 1 January 2000, was a Saturday.
fn has(day: i32, weekday: i8) -> bool {
    (day + 5).rem_euclid(7) + 1 == i32::from(weekday)
}

/// A dated account against one that names no day; `own` is the weekday that goes with a stretch of days.
fn undated((f, l): (i32, i32), own: Option<i8>, other: &Account) -> i32 {
    if let Some(d) = other.weekday() {
        return match l - f {
            4.. if own.is_some_and(|w| w != d) => -25,
            0 if has(f, d) => 20,
            1..=3 if (f..=l).any(|x| has(x, d)) => 16,
            0..=3 => -30,
            _ => 4,
        };
    }
    match other.window() {
        Some((x, y)) if f <= y && l >= x => {
            // a month says as little as between two dated ones, and the date of a page's company nothing
            if l - f <= 8 && !other.rough { 10 } else { 0 }
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
            _ => undated((f - 3, l), None, other).min(8),
        };
    };
    if f <= m && g <= l {
        if (l - f).max(m - g) > 8 {
            return stated((f, l), (g, m));
        }
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
pub(crate) fn breadth(p: &Place) -> u8 {
    match p.precision {
        PlacePrecision::Exact | PlacePrecision::Town => 0,
        PlacePrecision::District => 1,
        PlacePrecision::Province | PlacePrecision::Country => 2,
    }
}

/// The two places of two accounts that lie nearest.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Nearest<'a> {
    pub lie: Lie,
    pub left: &'a Spot,
    pub right: &'a Spot,
    /// Whether they are the main places of both.
    main: bool,
}

/// Whether the one's town stands in the sentences of the other.
pub(crate) fn named_there(a: &Account, b: &Account) -> bool {
    named(a, b).is_some()
}

/// Whether the place with that number is the main one, or the first that any gazetteer knows behind one that none does: it says
/// where the hamlet lies.
fn main(a: &Account, n: usize) -> bool {
    a.spots[..n].iter().all(|s| s.place.lat.is_none())
}

/// Finds them; the main places win ties.
pub(crate) fn nearest<'a>(a: &'a Account, b: &'a Account) -> Option<Nearest<'a>> {
    let mut best: Option<(i32, Nearest<'a>)> = None;
    for (i, left) in a.spots.iter().enumerate() {
        for (j, right) in b.spots.iter().enumerate() {
            let lie = lie_of(&left.place, &left.bare, &right.place, &right.bare);
            let n = Nearest { lie, left, right, main: main(a, i) && main(b, j) };
            let points = lie_points(&n, false);
            if best.is_none_or(|x| points > x.0) {
                best = Some((points, n));
            }
        }
    }
    best.map(|x| x.1)
}

fn lie_points(n: &Nearest<'_>, political: bool) -> i32 {
    let one_name = n.left.place.id == n.right.place.id || n.left.bare.is(&n.right.bare);
    // two towns that the gazetteer both knows are two, however near
    let known = |p: &Place| p.precision == PlacePrecision::Town && p.lat.is_some();
    let towns = !one_name && known(&n.left.place) && known(&n.right.place);
    match n.lie {
        // one province is not one place
        Lie::Same => match (breadth(&n.left.place), breadth(&n.right.place)) {
            (0, 0) if one_name => 30,
            (0, 0) if towns => -6,
            (0, 0) => 22,
            (0, _) | (_, 0) => 18,
            (1, _) | (_, 1) => 16,
            _ => 3,
        },
        Lie::Close(d) => match d {
            0..=8 if towns => -8,
            0..=15 if towns => -12,
            0..=8 => 12,
            9..=15 => 0,
            _ => -12,
        },
        Lie::Inside => 3,
        Lie::Country if political => 4,
        Lie::Country => -4,
        Lie::Unknown => -12,
        Lie::Apart(_) if political => -8,
        Lie::Apart(d) if d > 60 => NEVER,
        Lie::Apart(_) => -45,
        Lie::Abroad if political => -15,
        Lie::Abroad => NEVER,
    }
}

/// Points for the places of two accounts, with what they rest on.
pub(crate) fn place_points<'a>(a: &'a Account, b: &'a Account, political: bool) -> (i32, Where<'a>) {
    let Some(n) = nearest(a, b) else {
        let both = a.spots.is_empty() && b.spots.is_empty();
        if let Some(points) = named(a, b) {
            return (points, Where::Named);
        }
        let points = match (both, political) {
            (_, true) => 0,
            (true, false) => -6,
            (false, false) => -10,
        };
        return (points, Where::Missing(both));
    };
    let points = lie_points(&n, political);
    let named = named(a, b);
    if let Some(wide) = named
        && points < wide
    {
        return (wide, Where::Named);
    }
    // a place that only one of its claims names is not where it happened, unless the rest agrees
    (if n.main { points } else { points.min(NAMED_ELSEWHERE) }, Where::Compared(n))
}

/// What it is worth that one gives a town and the other, whose own place is wider, names that town.
const NAMED: i32 = 16;

/// What it is worth where the other's own place is another town: more than two towns far apart, less than nothing.
const NAMED_ELSEWHERE: i32 = -10;

fn named(a: &Account, b: &Account) -> Option<i32> {
    let points = |x: &Account, y: &Account| {
        // a town that its own sentences do not name was handed down to it, and gives way to one that they do
        let elsewhere = y.spots.first().is_some_and(|s| narrow(s) && s.told);
        names_town(x, y).then_some(if elsewhere { NAMED_ELSEWHERE } else { NAMED })
    };
    points(a, b).max(points(b, a))
}

/// What the points for places rest on.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Where<'a> {
    /// Two places.
    Compared(Nearest<'a>),
    /// The one's town stands in the other's sentences.
    Named,
    /// One, or both, have none.
    Missing(bool),
}

/// What was compared, for people.
pub(crate) fn show_place(w: &Where<'_>) -> String {
    let n = match w {
        Where::Compared(n) => n,
        Where::Named => return "the town of one is named in the sentences of the other".into(),
        Where::Missing(both) => return if *both { "named by neither" } else { "named by one" }.into(),
    };
    let tail = match n.lie {
        Lie::Close(d) | Lie::Apart(d) => format!(", {d} km"),
        Lie::Inside => ", one in the other".into(),
        Lie::Country => ", one country".into(),
        Lie::Abroad => ", two countries".into(),
        _ => String::new(),
    };
    format!("{} · {}{tail}", n.left.place.name, n.right.place.name)
}
