//! Finding the time expressions of a sentence.

use recoupe_pack::{PackError, Packs};
use recoupe_text::Span;

use super::calendar;
use super::eval::{self, Cap, Parts};
use super::pack::{Act, Tables};
use super::template::Slot;
use super::{Anchor, Basis, TimeKind, TimeMention};
use crate::number::atoms::{Atom, Glue, UNKNOWN};
use crate::number::digits::Run;
use crate::toks::Toks;
use crate::types::TimePrecision;

/// Words that name an event, at most, between `depuis` and its date.
const SINCE_WORDS: usize = 8;

/// Finds time expressions. Built once per language, used for every sentence.
#[derive(Debug)]
pub struct TimeReader {
    t: Tables,
}

/// A wording found.
#[derive(Clone, Debug)]
struct Match {
    start: usize,
    end: usize,
    rule: u32,
    caps: Vec<Cap>,
    since: bool,
    until: bool,
}

impl TimeReader {
    /// Compiles `lang/<lang>/times.toml` (and the number words of `numbers.toml`).
    pub fn load(packs: &Packs, lang: &str) -> Result<Self, PackError> {
        Ok(Self { t: Tables::load(packs, lang)? })
    }

    /// All time expressions of a sentence in order; they never overlap. Each dated day becomes the narrative of those
    /// that follow in the sentence.
    pub fn find(&self, s: &Toks<'_>, anchor: &Anchor) -> Vec<TimeMention> {
        let atoms = self.t.numbers.lexicon.atoms(s);
        if !atoms.iter().any(|a| a.run.is_some() || self.t.triggers.get(a.id as usize).copied().unwrap_or(false)) {
            return Vec::new();
        }
        let mut found = Vec::new();
        let mut i = 0;
        while i < atoms.len() {
            match self.at(&atoms, i, anchor) {
                Some(m) => {
                    i = m.end;
                    found.push(m);
                }
                None => i += 1,
            }
        }
        if found.is_empty() {
            return Vec::new();
        }
        self.merge(&atoms, &mut found);
        let mut anchor = *anchor;
        let mut out: Vec<TimeMention> = found.iter().filter_map(|m| self.mention(s, &atoms, m, &mut anchor)).collect();
        // a word that two expressions claim stays with the first
        let mut end = 0;
        out.retain(|m| {
            let free = m.span.start >= end;
            end = end.max(m.span.end);
            free
        });
        out
    }

    /// The longest wording that starts at atom `i`.
    fn at(&self, atoms: &[Atom], i: usize, anchor: &Anchor) -> Option<Match> {
        let a = &atoms[i];
        if a.id == UNKNOWN && a.run.is_none() {
            return None;
        }
        // a wording that is refused may hold a shorter one that stands ("jeudi | 12 civils")
        let mut limit = usize::MAX;
        let mut m = loop {
            let mut best = None;
            self.walk(0, atoms, i, limit, &mut Vec::with_capacity(6), &mut best);
            let (end, rule, caps) = best?;
            let m = Match { start: i, end, rule, caps, since: false, until: false };
            if !self.refused(atoms, &m, anchor) {
                break m;
            }
            limit = end - 1;
        };
        let (rule, end) = (m.rule, m.end);
        let t = &self.t;
        // "avant l'aube" is a time of day, "avant-hier" a day
        let bounded = !matches!(t.rules[rule as usize].act, Act::DayPart | Act::Offset | Act::Narrative);
        if bounded && t.since_here.at(atoms, i).is_some_and(|(e, ())| e < end) {
            m.since = true;
        } else if bounded && t.until_here.at(atoms, i).is_some_and(|(e, ())| e < end) {
            m.until = true;
        } else if let Some((start, ())) = t.since.before(atoms, i) {
            (m.since, m.start) = (true, start);
        } else if let Some((start, ())) = t.until.before(atoms, i) {
            (m.until, m.start) = (true, start);
        } else if bounded && self.since_event(atoms, i) {
            m.since = true;
        }
        Some(m)
    }

    /// Whether a date dates an event that something lasts since: “depuis le début de l'opération, le 27 octobre”, “depuis
    /// l'attaque du 7 octobre”.
    fn since_event(&self, atoms: &[Atom], i: usize) -> bool {
        let t = &self.t;
        let comma = |k: usize| atoms[k].mark;
        for k in (i.saturating_sub(SINCE_WORDS)..i).rev() {
            // a stop between them, but for a comma right before the date
            if comma(k) && k + 1 != i {
                return false;
            }
            let Some((end, ())) = t.since_here.at(atoms, k) else { continue };
            // "depuis Damas, le 3 mars": where from, not since when
            return end < i && !atoms[end].cap && !comma(end);
        }
        false
    }

    fn walk(
        &self,
        node: u32,
        atoms: &[Atom],
        at: usize,
        limit: usize,
        caps: &mut Vec<Cap>,
        best: &mut Option<(usize, u32, Vec<Cap>)>,
    ) {
        let n = &self.t.trie.nodes[node as usize];
        if let Some(rule) = n.rule
            && at <= limit
            && best.as_ref().is_none_or(|b| b.0 < at)
        {
            *best = Some((at, rule, caps.clone()));
        }
        let Some(atom) = atoms.get(at) else { return };
        if at >= limit {
            return;
        }
        if atom.id != UNKNOWN
            && let Ok(k) = n.words.binary_search_by_key(&atom.id, |e| e.0)
        {
            self.walk(n.words[k].1, atoms, at + 1, limit, caps, best);
        }
        for (slot, next) in &n.slots {
            if let Some((end, cap)) = self.slot(*slot, atoms, at) {
                caps.push(cap);
                self.walk(*next, atoms, end, limit, caps, best);
                caps.pop();
            }
        }
    }

    fn slot(&self, slot: Slot, atoms: &[Atom], i: usize) -> Option<(usize, Cap)> {
        let t = &self.t;
        let atom = atoms.get(i)?;
        match slot {
            Slot::Weekday => t.weekdays.at(atoms, i).map(|(e, w)| (e, Cap::Weekday(*w))),
            Slot::MonthLower if atom.cap => None,
            Slot::Month | Slot::MonthLower => {
                let (end, (m, short)) = t.months.at(atoms, i)?;
                // the point of an abbreviation
                let point = *short
                    && atoms.get(end).is_some_and(|a| {
                        a.mark && a.glue == Glue::Touch && a.end == a.start + 1 && end + 1 < atoms.len()
                    });
                Some((if point { end + 1 } else { end }, Cap::Month(*m)))
            }
            Slot::Day if t.first.binary_search(&atom.id).is_ok() => Some((i + 1, Cap::Day(1))),
            Slot::DayDigits if atom.run.is_none() => None,
            Slot::Day | Slot::DayDigits => {
                let core = t.numbers.core(atoms, i)?;
                let v = core.value.filter(|v| (1..=31).contains(v))?;
                let fits = !core.collective && !core.article && (!core.ordinal || v == 1) && core.times == 1;
                // "12-15" and "3,5" are no days
                let plain = !matches!(atom.run, Some(Run::Num(n)) if !n.plain || n.len > 2);
                (fits && plain).then_some((core.end, Cap::Day(v as i8)))
            }
            Slot::Year => match atom.run {
                Some(Run::Num(n)) if n.plain && n.len == 4 && (1000..2100).contains(&n.digits) => {
                    Some((i + 1, Cap::Year(n.digits as i16)))
                }
                _ => None,
            },
            Slot::N => {
                if let Some((e, ())) = t.numbers.vague.at(atoms, i) {
                    return Some((e, Cap::N(None)));
                }
                let core = t.numbers.core(atoms, i).filter(|c| !c.ordinal && !c.decimal)?;
                let of = core.collective && atoms.get(core.end).is_some_and(|a| t.of.binary_search(&a.id).is_ok());
                Some((core.end + usize::from(of), Cap::N(core.value)))
            }
            Slot::Unit => t.units.at(atoms, i).map(|(e, u)| (e, Cap::Unit(*u))),
            Slot::Season => t.seasons.at(atoms, i).map(|(e, s)| (e, Cap::Season(*s))),
            Slot::Date => match atom.run {
                Some(Run::Date(y, m, d)) => Some((i + 1, Cap::Date(y, m, d))),
                _ => None,
            },
            Slot::Clock => match atom.run {
                Some(Run::Clock) => Some((i + 1, Cap::Clock)),
                _ => {
                    let core = t.numbers.core(atoms, i)?;
                    core.value.filter(|v| (0..=24).contains(v) && !core.collective && !core.ordinal)?;
                    let (mut end, unit) = t.units.at(atoms, core.end)?;
                    if *unit != calendar::Unit::Hour {
                        return None;
                    }
                    if let Some(Run::Num(n)) = atoms.get(end).and_then(|a| a.run)
                        && n.plain
                        && n.len == 2
                        && n.digits < 60
                    {
                        end += 1;
                    }
                    Some((end, Cap::Clock))
                }
            },
        }
    }

    /// Names and idioms that look like dates.
    fn refused(&self, atoms: &[Atom], m: &Match, anchor: &Anchor) -> bool {
        let t = &self.t;
        let rule = &t.rules[m.rule as usize];
        let next = atoms.get(m.end);
        let prev = m.start.checked_sub(1).map(|p| &atoms[p]);
        match rule.act {
            // "Mouvement du 23 mars", "la zone du 5-Juillet"
            Act::Date => {
                let of = prev.is_some_and(|p| t.of.binary_search(&p.id).is_ok()) as usize;
                let first = &atoms[m.start];
                let of = of + usize::from(of == 0 && t.of.binary_search(&first.id).is_ok());
                if of == 0 {
                    return false;
                }
                let head =
                    if t.of.binary_search(&first.id).is_ok() { m.start.checked_sub(1) } else { m.start.checked_sub(2) };
                head.is_some_and(|h| t.names_before.binary_search(&atoms[h].id).is_ok() && atoms[h].id != UNKNOWN)
            }
            // "le 12" before a noun counts or names something; "jeudi 12" before a noun only if the 12th was lately a Thursday
            Act::BareDay => {
                let free = next.is_none_or(|n| n.mark || t.after_bare_day.binary_search(&n.id).is_ok());
                let near = || {
                    let v = eval::eval(rule, &Parts::of(&m.caps)?, anchor, false)?;
                    Some(calendar::distance(v.days?.0, anchor.published?.1).abs() < 45)
                };
                // "vendredi 13 h"
                let unit = t.units.at(atoms, m.end).is_some();
                unit || !free && (m.caps.len() == 1 || near() != Some(true))
            }
            Act::DayRange if !m.caps.iter().any(|c| matches!(c, Cap::Weekday(_) | Cap::Month(_) | Cap::Date(..))) => {
                !next.is_none_or(|n| n.mark || t.after_bare_day.binary_search(&n.id).is_ok())
            }
            // "mai 68"
            Act::Month => {
                matches!(next.and_then(|n| n.run), Some(Run::Num(n)) if n.plain && n.len == 2 && n.digits > 31)
                    && !m.caps.iter().any(|c| matches!(c, Cap::Year(_)))
            }
            // "Mardi Gras", "Samedi Ahmed"
            Act::Weekday => {
                let last = &atoms[m.end - 1];
                last.cap && m.start > 0 && next.is_some_and(|n| n.cap && !n.mark && n.glue == Glue::Blank)
            }
            _ => false,
        }
    }

    /// A time of day beside a day belongs to it: `jeudi à l'aube`, `dans la soirée de mercredi`.
    fn merge(&self, atoms: &[Atom], found: &mut Vec<Match>) {
        let t = &self.t;
        let act = |m: &Match| t.rules[m.rule as usize].act;
        let day = |m: &Match| {
            matches!(act(m), Act::Date | Act::BareDay | Act::Weekday | Act::Offset | Act::Narrative | Act::NightBetween)
        };
        let mut out: Vec<Match> = Vec::with_capacity(found.len());
        for m in found.drain(..) {
            if let Some(last) = out.last_mut() {
                let gap = m.start.saturating_sub(last.end);
                let joined = gap == 0
                    || gap == 1 && t.of.binary_search(&atoms[last.end].id).is_ok() && atoms[last.end].id != UNKNOWN;
                if joined && act(last) == Act::DayPart && day(&m) {
                    let start = last.start;
                    *last = Match { start, ..m };
                    continue;
                }
                if gap == 0 && day(last) && matches!(act(&m), Act::DayPart | Act::DayPartAfter)
                    || joined && act(last) == Act::DayPart && act(&m) == Act::DayPart
                {
                    last.end = m.end;
                    continue;
                }
            }
            out.push(m);
        }
        out.retain(|m| !matches!(act(m), Act::Skip | Act::DayPartAfter));
        *found = out;
    }

    fn mention(&self, s: &Toks<'_>, atoms: &[Atom], m: &Match, anchor: &mut Anchor) -> Option<TimeMention> {
        let rule = &self.t.rules[m.rule as usize];
        let parts = Parts::of(&m.caps)?;
        let v = eval::eval(rule, &parts, anchor, m.since)?;
        let published = anchor.published;
        let (mut from, mut to) = (v.days.map(|d| d.0), v.days.map(|d| d.1));
        let mut kind = v.kind;
        let mut precision = v.precision;
        if m.since && !matches!(kind, TimeKind::Recurrence | TimeKind::DayPart) {
            kind = TimeKind::Since;
            if let (Some(f), Some((_, p))) = (from, published) {
                to = Some(p.max(f));
                precision = TimePrecision::Range;
            }
        } else if m.until && !matches!(kind, TimeKind::Recurrence | TimeKind::DayPart) {
            kind = TimeKind::Until;
        }
        if kind == TimeKind::Point && matches!((from, published), (Some(f), Some((_, p))) if f > p) {
            kind = TimeKind::Future;
        }
        if let (TimeKind::Point, Some(d), true) = (kind, v.days, v.precision == TimePrecision::Day) {
            anchor.narrative = Some(d);
        }
        if kind == TimeKind::Until && rule.act == Act::Duration {
            kind = TimeKind::Duration;
        }
        if kind == TimeKind::Duration {
            (from, to) = (None, None);
        }
        let (first, last) = (&atoms[m.start], &atoms[m.end - 1]);
        let tokens = first.tok..last.tok_end;
        let span = Span { start: first.start, end: last.end.max(first.end) };
        let span = if s.text.get(span.range()).is_some() { span } else { s.span(&tokens) };
        Some(TimeMention {
            span,
            tokens,
            from,
            to,
            precision,
            basis: if from.is_none() { Basis::Unresolved } else { v.basis },
            kind,
            weekday: parts.weekdays.last().copied(),
            day: parts.days.last().copied(),
            month: parts.months.last().copied(),
            year: parts.years.last().copied(),
            hint: rule.hint,
        })
    }
}
