//! Counting days, without ever failing: what leaves the calendar is `None`.

use jiff::Span;
use jiff::civil::{Date, Weekday};
use serde::Deserialize;

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// An interval of days.
pub(super) type Days = (Date, Date);

pub(super) fn days(d: Date, n: i64) -> Option<Date> {
    d.checked_add(Span::new().try_days(n).ok()?).ok()
}

pub(super) fn months(d: Date, n: i64) -> Option<Date> {
    d.checked_add(Span::new().try_months(n).ok()?).ok()
}

/// `d` moved by `n` units; hours and minutes stay within the day unless they fill days.
pub(super) fn shift(d: Date, n: i64, unit: Unit) -> Option<Date> {
    match unit {
        Unit::Minute => Some(d),
        Unit::Hour => days(d, n / 24),
        Unit::Day => days(d, n),
        Unit::Week => days(d, n.checked_mul(7)?),
        Unit::Month => months(d, n),
        Unit::Year => months(d, n.checked_mul(12)?),
    }
}

/// The calendar unit `d` lies in; weeks start on Monday.
pub(super) fn around(d: Date, unit: Unit) -> Option<Days> {
    match unit {
        Unit::Minute | Unit::Hour | Unit::Day => Some((d, d)),
        Unit::Week => {
            let from = days(d, -i64::from(d.weekday().to_monday_zero_offset()))?;
            Some((from, days(from, 6)?))
        }
        Unit::Month => Some((d.first_of_month(), d.last_of_month())),
        Unit::Year => Some((d.first_of_year(), d.last_of_year())),
    }
}

/// A month of a year, or its first, middle or last third.
pub(super) fn month(year: i16, month: i8, third: Option<u8>) -> Option<Days> {
    let first = Date::new(year, month, 1).ok()?;
    let last = first.last_of_month();
    Some(match third {
        Some(1) => (first, days(first, 9)?),
        Some(2) => (days(first, 10)?, days(first, 19)?),
        Some(3) => (days(first, 20)?, last),
        _ => (first, last),
    })
}

/// A year, or its first months, middle or last months.
pub(super) fn year(year: i16, third: Option<u8>) -> Option<Days> {
    let (a, b) = match third {
        Some(1) => (1, 3),
        Some(2) => (5, 8),
        Some(3) => (10, 12),
        _ => (1, 12),
    };
    Some((Date::new(year, a, 1).ok()?, Date::new(year, b, 1).ok()?.last_of_month()))
}

/// The weekday (Monday = 1) nearest to `d` in a direction; `same` allows `d` itself.
pub(super) fn weekday(d: Date, weekday: i8, forward: bool, same: bool) -> Option<Date> {
    let here = d.weekday().to_monday_one_offset();
    let back = i64::from((here - weekday).rem_euclid(7));
    let n = match (forward, back) {
        (_, 0) if same => 0,
        (false, 0) => -7,
        (true, 0) => 7,
        (false, b) => -b,
        (true, b) => 7 - b,
    };
    days(d, n)
}

/// Whether a date falls on a weekday (Monday = 1).
pub(super) fn falls_on(d: Date, weekday: i8) -> bool {
    Weekday::from_monday_one_offset(weekday).is_ok_and(|w| d.weekday() == w)
}

/// How far ahead of the page a date without a year may lie before it is rather of the year before.
const AHEAD: i64 = 21;

/// Day and month without a year: the nearest in the past, or little ahead; a weekday must fit, if one is named.
pub(super) fn nearest(around: Date, month: i8, day: i8, weekday: Option<i8>, future: bool) -> Option<Date> {
    let mut best: Option<(i64, Date)> = None;
    for year in (around.year().saturating_sub(6)..=around.year().saturating_add(1)).rev() {
        let Ok(d) = Date::new(year, month, day) else { continue };
        if weekday.is_some_and(|w| !falls_on(d, w)) {
            continue;
        }
        let ahead = distance(around, d);
        let cost = match ahead {
            a if a <= 0 => -a + if future { 400 } else { 0 },
            a if future => a,
            a if a <= AHEAD => a + 2,
            a => a + 500,
        };
        if best.is_none_or(|(c, _)| cost < c) {
            best = Some((cost, d));
        }
    }
    // a wrong weekday is a slip of the page; the date stands
    best.map(|b| b.1).or_else(|| weekday.and_then(|_| nearest(around, month, day, None, future)))
}

/// A day of the month, with a weekday if named: the nearest in the past, or a few days ahead.
pub(super) fn nearest_day(around: Date, day: i8, weekday: Option<i8>, future: bool) -> Option<Date> {
    let mut best: Option<(i64, Date)> = None;
    for back in -2..=14i64 {
        let Some(m) = months(around.first_of_month(), -back) else { continue };
        let Ok(d) = Date::new(m.year(), m.month(), day) else { continue };
        if weekday.is_some_and(|w| !falls_on(d, w)) {
            continue;
        }
        let ahead = distance(around, d);
        let cost = match ahead {
            a if a <= 0 => -a + if future { 60 } else { 0 },
            a if future || a <= 7 => a + 1,
            a => a + 100,
        };
        if best.is_none_or(|(c, _)| cost < c) {
            best = Some((cost, d));
        }
    }
    best.map(|b| b.1)
}

/// Days from `a` to `b`.
pub(super) fn distance(a: Date, b: Date) -> i64 {
    a.until(b).map_or(0, |s| i64::from(s.get_days()))
}
