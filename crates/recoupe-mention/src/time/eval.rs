//! From a matched wording to days.

use jiff::civil::Date;

use super::calendar::{self, Days, Unit};
use super::pack::{Act, Rule};
use super::{Anchor, Basis, Hint, TimeKind};
use crate::types::TimePrecision;

/// What a slot took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cap {
    Weekday(i8),
    Month(i8),
    Day(i8),
    Year(i16),
    /// `None` for `plusieurs`, `quelques`.
    N(Option<i64>),
    Unit(Unit),
    Season([i8; 2]),
    Date(i16, i8, i8),
    Clock,
}

/// The parts of a wording, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    pub weekdays: Vec<i8>,
    pub months: Vec<i8>,
    pub days: Vec<i8>,
    pub years: Vec<i16>,
    pub n: Option<Option<i64>>,
    pub unit: Option<Unit>,
    pub season: Option<[i8; 2]>,
    pub dates: Vec<Date>,
}

impl Parts {
    pub fn of(caps: &[Cap]) -> Option<Self> {
        let mut p = Self::default();
        for c in caps {
            match *c {
                Cap::Weekday(w) => p.weekdays.push(w),
                Cap::Month(m) => p.months.push(m),
                Cap::Day(d) => p.days.push(d),
                Cap::Year(y) => p.years.push(y),
                Cap::N(n) => p.n = Some(n),
                Cap::Unit(u) => p.unit = Some(u),
                Cap::Season(s) => p.season = Some(s),
                Cap::Date(y, m, d) => p.dates.push(Date::new(y, m, d).ok()?),
                Cap::Clock => {}
            }
        }
        Some(p)
    }
}

/// What a wording comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Value {
    pub days: Option<Days>,
    pub precision: TimePrecision,
    pub basis: Basis,
    pub kind: TimeKind,
}

use TimePrecision as P;

/// Counts a wording out. `None`: it is no date after all (31 February).
pub(super) fn eval(rule: &Rule, p: &Parts, anchor: &Anchor, since: bool) -> Option<Value> {
    let kind = rule.kind.unwrap_or(match rule.act {
        Act::Duration => TimeKind::Duration,
        Act::Recurrence => TimeKind::Recurrence,
        Act::DayPart | Act::DayPartAfter => TimeKind::DayPart,
        _ => TimeKind::Point,
    });
    let (days, precision, basis) = match rule.act {
        Act::Duration if since => {
            let n = p.n.unwrap_or(Some(1));
            let days = both(anchor, |d| {
                let from = n.and_then(|n| calendar::shift(d, -n, p.unit.or(rule.unit)?));
                Some((from?, d))
            });
            (days, P::Range, Basis::Relative)
        }
        Act::Duration | Act::Recurrence | Act::Open | Act::Skip => (None, P::Range, Basis::Unresolved),
        Act::DayPart | Act::DayPartAfter => (anchor.narrative.filter(short), P::Day, Basis::Narrative),
        Act::Narrative => {
            let (base, basis) = match anchor.narrative.filter(short) {
                Some(n) => (Anchor { published: Some(n), ..*anchor }, Basis::Narrative),
                // nothing happens after the page: "le lendemain" needs a day that the text spoke of
                None if rule.n.unwrap_or(0) > 0 => (Anchor::default(), Basis::Narrative),
                None => (*anchor, Basis::Relative),
            };
            let (d, precision) = offset(rule, p, &base);
            (d, precision, basis)
        }
        Act::Offset => {
            let (d, precision) = offset(rule, p, anchor);
            (d, precision, Basis::Relative)
        }
        _ => absolute_or_counted(rule, p, anchor)?,
    };
    let basis = if days.is_none() { Basis::Unresolved } else { basis };
    Some(Value { days, precision, basis, kind })
}

/// Only a day or two can be counted from, not a month.
fn short(d: &Days) -> bool {
    calendar::distance(d.0, d.1) <= 3
}

/// Counts from each end of the publication interval.
fn both(anchor: &Anchor, f: impl Fn(Date) -> Option<Days>) -> Option<Days> {
    let (a, b) = anchor.published?;
    let x = f(a)?;
    if a == b {
        return Some(x);
    }
    let y = f(b)?;
    Some((x.0.min(y.0), x.1.max(y.1)))
}

fn offset(rule: &Rule, p: &Parts, anchor: &Anchor) -> (Option<Days>, TimePrecision) {
    let step = rule.n.unwrap_or(-1);
    let unit = p.unit.or(rule.unit).unwrap_or(Unit::Day);
    let Some(n) = p.n.unwrap_or(Some(1)) else {
        // "il y a quelques jours": between two and seven of them
        let days = both(anchor, |d| {
            let (a, b) = (calendar::shift(d, 2 * step, unit)?, calendar::shift(d, 7 * step, unit)?);
            Some((a.min(b), a.max(b)))
        });
        return (days, P::Range);
    };
    let Some(n) = n.checked_mul(step) else { return (None, P::Range) };
    let precision = match unit {
        Unit::Minute | Unit::Hour | Unit::Day => P::Day,
        Unit::Week => P::Week,
        Unit::Month => P::Month,
        Unit::Year => P::Year,
    };
    let days = both(anchor, |d| {
        let at = calendar::shift(d, n, unit)?;
        match unit {
            Unit::Week => Some((calendar::days(at, -3)?, calendar::days(at, 3)?)),
            Unit::Hour if n < -6 => Some((calendar::days(at, -1)?.min(at), at)),
            _ => calendar::around(at, unit),
        }
    });
    (days, precision)
}

type Counted = (Option<Days>, TimePrecision, Basis);

fn absolute_or_counted(rule: &Rule, p: &Parts, anchor: &Anchor) -> Option<Counted> {
    let future = anchor.future || rule.hint == Some(Hint::Next);
    Some(match rule.act {
        Act::Date | Act::BareDay | Act::DayRange => return day_range(rule, p, anchor, future),
        Act::Month | Act::MonthPart => {
            let m = *p.months.first()?;
            let part = |y: i16| -> Option<Days> {
                let whole = calendar::month(y, m, None)?;
                if rule.act == Act::Month {
                    return calendar::month(y, m, rule.third);
                }
                let days =
                    7 * p.n.flatten().unwrap_or(1).clamp(1, 4) * if p.unit.is_some() { 1 } else { rule.n.unwrap_or(1) };
                Some(match rule.third {
                    Some(1) => (whole.0, calendar::days(whole.0, days - 1)?),
                    _ => (calendar::days(whole.1, 1 - days)?, whole.1),
                })
            };
            let precision = if rule.act == Act::Month { P::Month } else { P::Range };
            match p.years.first() {
                Some(y) => (Some(part(*y)?), precision, Basis::Absolute),
                None => (year_of_month(anchor, m, future, rule.hint).and_then(part), precision, Basis::Absolute),
            }
        }
        Act::Year => (Some(calendar::year(*p.years.first()?, rule.third)?), P::Year, Basis::Absolute),
        Act::YearPart => {
            let months = 12 / i8::try_from(rule.n.filter(|n| (1..=12).contains(n))?).ok()?;
            let last = months.checked_mul(i8::try_from(rule.third?).ok()?).filter(|m| *m <= 12)?;
            let part = |y: i16| -> Option<Days> {
                Some((calendar::month(y, last - months + 1, None)?.0, calendar::month(y, last, None)?.1))
            };
            match p.years.first() {
                Some(y) => (Some(part(*y)?), P::Range, Basis::Absolute),
                // the last one that has begun
                None => {
                    let days = both(anchor, |d| {
                        [d.year(), d.year().checked_sub(1)?].into_iter().filter_map(part).find(|x| future || x.0 <= d)
                    });
                    (days, P::Range, Basis::Relative)
                }
            }
        }
        Act::YearRange => {
            let (a, b) = (calendar::year(*p.years.first()?, None)?, calendar::year(*p.years.last()?, None)?);
            ((a.0 <= b.1).then_some((a.0, b.1)), P::Range, Basis::Absolute)
        }
        Act::MonthRange => {
            let (m1, m2) = (*p.months.first()?, *p.months.last()?);
            let y2 = p.years.last().copied().or_else(|| year_of_month(anchor, m2, future, rule.hint));
            let y1 =
                if p.years.len() > 1 { p.years.first().copied() } else { y2.map(|y| if m1 > m2 { y - 1 } else { y }) };
            let days = match (y1, y2) {
                (Some(a), Some(b)) => Some((calendar::month(a, m1, None)?.0, calendar::month(b, m2, None)?.1)),
                _ => None,
            };
            (days, P::Range, Basis::Absolute)
        }
        Act::Weekday => {
            let w = *p.weekdays.first()?;
            // within more than a month any weekday would do: it stays a weekday until another page tells the day
            let anchor =
                &Anchor { published: anchor.published.filter(|(a, b)| calendar::distance(*a, *b) <= 31), ..*anchor };
            (both(anchor, |d| weekday(d, w, future, rule.hint).map(|d| (d, d))), P::Day, Basis::Relative)
        }
        Act::WeekdayRange | Act::NightBetween if p.weekdays.len() > 1 => {
            let (a, b) = (*p.weekdays.first()?, *p.weekdays.last()?);
            let days = both(anchor, |d| {
                let to = weekday(d, b, future, rule.hint)?;
                Some((calendar::weekday(to, a, false, false)?, to))
            });
            (days, P::Range, Basis::Relative)
        }
        Act::NightBetween => {
            let (days, _, basis) = day_range(rule, p, anchor, future)?;
            (days, P::Range, basis)
        }
        Act::WeekdayRange => return None,
        Act::Period => {
            let unit = p.unit.or(rule.unit)?;
            let n = rule.n.unwrap_or(0);
            let precision = match unit {
                Unit::Minute | Unit::Hour | Unit::Day => P::Day,
                Unit::Week => P::Week,
                Unit::Month => P::Month,
                Unit::Year => P::Year,
            };
            let days = both(anchor, |d| {
                let at = calendar::shift(d, n, unit)?;
                let (from, to) = third(calendar::around(at, unit)?, unit, rule.third)?;
                // this week, up to today
                let to = if n == 0 && !future && rule.third.is_none() && from <= d { to.min(d) } else { to };
                Some((from, to))
            });
            (days, precision, Basis::Relative)
        }
        Act::Last => {
            let unit = p.unit.or(rule.unit)?;
            let usual = match unit {
                Unit::Minute | Unit::Hour => 24,
                Unit::Day => 7,
                Unit::Week => 4,
                Unit::Month | Unit::Year => 3,
            };
            let n = p.n.flatten().unwrap_or(if rule.hint == Some(Hint::Last) { 1 } else { usual });
            let n = if unit == Unit::Hour || unit == Unit::Minute { n.max(24) } else { n };
            let step = rule.n.unwrap_or(-1);
            let days = both(anchor, |d| {
                let end = calendar::shift(d, n.checked_mul(step)?, unit)?;
                Some((end.min(d), end.max(d)))
            });
            (days, P::Range, Basis::Relative)
        }
        Act::Season => {
            let s = p.season?;
            let span = |y: i16| -> Option<Days> {
                let from = calendar::month(y, s[0], None)?.0;
                let to = calendar::month(if s[1] < s[0] { y.checked_add(1)? } else { y }, s[1], None)?.1;
                Some((from, to))
            };
            match p.years.first() {
                Some(y) => (Some(span(*y)?), P::Range, Basis::Absolute),
                None => {
                    let days = both(anchor, |d| {
                        let mut all = (-2..=1i16).rev().filter_map(|k| span(d.year().checked_add(k)?));
                        match rule.hint {
                            Some(Hint::Next) => all.rfind(|x| x.0 > d),
                            Some(Hint::Last) => all.find(|x| x.1 < d),
                            _ => all.find(|x| x.0 <= d),
                        }
                    });
                    (days, P::Range, Basis::Relative)
                }
            }
        }
        Act::Night => {
            let n = rule.n.unwrap_or(0);
            (both(anchor, |d| Some((calendar::days(d, n - 1)?, calendar::days(d, n)?))), P::Day, Basis::Relative)
        }
        Act::Weekend => {
            let days = both(anchor, |d| {
                let today = d.weekday().to_monday_one_offset() >= 6;
                let sat = match (future, rule.hint) {
                    (true, _) => calendar::weekday(d, 6, true, rule.hint != Some(Hint::Next))?,
                    (_, Some(Hint::Last)) if today => calendar::weekday(calendar::days(d, -2)?, 6, false, true)?,
                    _ => calendar::weekday(d, 6, false, true)?,
                };
                Some((sat, calendar::days(sat, 1)?))
            });
            (days, P::Range, Basis::Relative)
        }
        Act::Offset
        | Act::Narrative
        | Act::Duration
        | Act::Recurrence
        | Act::DayPart
        | Act::DayPartAfter
        | Act::Open
        | Act::Skip => return None,
    })
}

fn third(d: Days, unit: Unit, third: Option<u8>) -> Option<Days> {
    let Some(t) = third else { return Some(d) };
    match unit {
        Unit::Month => calendar::month(d.0.year(), d.0.month(), Some(t)),
        Unit::Year => calendar::year(d.0.year(), Some(t)),
        Unit::Week => Some(match t {
            1 => (d.0, calendar::days(d.0, 2)?),
            2 => (calendar::days(d.0, 2)?, calendar::days(d.0, 3)?),
            _ => (calendar::days(d.0, 4)?, d.1),
        }),
        _ => Some(d),
    }
}

fn weekday(d: Date, w: i8, future: bool, hint: Option<Hint>) -> Option<Date> {
    match hint {
        Some(Hint::Last) => calendar::weekday(d, w, false, false),
        Some(Hint::Next) => calendar::weekday(d, w, true, false),
        _ => calendar::weekday(d, w, future, true),
    }
}

/// The year of a month named without one: the last time it was, or with `future` the next time.
fn year_of_month(anchor: &Anchor, m: i8, future: bool, hint: Option<Hint>) -> Option<i16> {
    let (from, to) = anchor.published.or(anchor.narrative)?;
    let year = |d: Date| match (future, hint) {
        (_, Some(Hint::Last)) if m >= d.month() => d.year() - 1,
        (_, Some(Hint::Next)) if m <= d.month() => d.year() + 1,
        (true, _) if m < d.month() => d.year() + 1,
        (false, None | Some(Hint::This)) if m > d.month() => d.year() - 1,
        _ => d.year(),
    };
    let (a, b) = (year(from), year(to));
    (a == b || b == a + 1).then_some(b)
}

/// One day or from one to another, with as many parts as the page gives.
fn day_range(rule: &Rule, p: &Parts, anchor: &Anchor, future: bool) -> Option<Counted> {
    if let (Some(a), Some(b)) = (p.dates.first(), p.dates.last()) {
        return Some((Some((*a.min(b), *a.max(b))), if a == b { P::Day } else { P::Range }, Basis::Absolute));
    }
    let (d1, d2) = (*p.days.first()?, *p.days.last()?);
    let one = p.days.len() == 1;
    let precision = if one { P::Day } else { P::Range };
    let weekday = p.weekdays.last().copied();
    let around = anchor.published.or(anchor.narrative);
    let Some(&m2) = p.months.last() else {
        // days of a month that is not named
        let days = around.and_then(|(_, r)| {
            let to = calendar::nearest_day(r, d2, weekday, future)?;
            let from = if one {
                to
            } else {
                Date::new(to.year(), to.month(), d1).ok().filter(|f| *f <= to).or_else(|| calendar::days(to, -1))?
            };
            Some((from, to))
        });
        return Some((days, precision, Basis::Relative));
    };
    let m1 = if p.months.len() > 1 { *p.months.first()? } else { m2 };
    let to = match p.years.last() {
        Some(y) => Some(Date::new(*y, m2, d2).ok()?),
        None => {
            // a day that exists in no year is no date
            Date::new(2020, m2, d2).ok()?;
            around.and_then(|(_, r)| match rule.hint {
                Some(Hint::Last) => calendar::nearest(calendar::days(r, -22)?, m2, d2, weekday, false),
                _ => calendar::nearest(r, m2, d2, weekday, future),
            })
        }
    };
    let days = match to {
        None => None,
        Some(to) if one => Some((to, to)),
        Some(to) => {
            let y1 = if p.years.len() > 1 { *p.years.first()? } else { to.year() };
            let from = Date::new(y1, m1, d1).ok()?;
            let from = if from > to { calendar::months(from, -12)? } else { from };
            Some((from, to))
        }
    };
    Some((days, precision, Basis::Absolute))
}
