//! Putting one number together from its words and digits.

use super::atoms::{Atom, Glue};
use super::digits::{Num, Run};
use super::pack::{Part, Tables, is};

/// A bare number, before bounds and ranges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Core {
    pub start: usize,
    pub end: usize,
    /// `None` for an order of size (`des dizaines`) or decimals.
    pub value: Option<i64>,
    /// Has decimals left: measures something, counts nothing.
    pub decimal: bool,
    /// `dizaine` and the like.
    pub collective: bool,
    /// An order of size only.
    pub vague: bool,
    /// Only `un` or `une`.
    pub article: bool,
    pub digits: bool,
    /// A plain run of four digits that can be a year.
    pub year: bool,
    /// What the number was last multiplied with (1000 for `trois mille`), and the number before that.
    pub times: i64,
    /// An ordinal.
    pub ordinal: bool,
    /// Digits with a leading zero.
    pub padded: bool,
}

impl Tables {
    pub fn has(&self, atoms: &[Atom], i: usize, bit: u32) -> bool {
        atoms.get(i).is_some_and(|a| self.bits.get(a.id as usize).is_some_and(|b| b & bit != 0))
    }

    /// The number that starts at atom `i`.
    pub fn core(&self, atoms: &[Atom], i: usize) -> Option<Core> {
        let atom = atoms.get(i)?;
        if atom.run.is_none() && !self.begins.get(atom.id as usize).copied().unwrap_or(false) {
            return None;
        }
        if let Some((end, ())) = self.ordinals.at(atoms, i) {
            return Some(Core { ordinal: true, ..Core::new(i, end, None) });
        }
        let number = self.number(atoms, i);
        let at = number.map_or(i, |n| n.end);
        if number.is_some_and(|n| n.ordinal) {
            return number;
        }
        // "une dizaine", "deux douzaines", "un bon millier", "une demi-douzaine", "(des) dizaines de milliers"
        let mut j = at;
        let mut half = false;
        if number.is_some_and(|n| n.end - i <= 1 || !n.digits) || number.is_none() {
            while j < at + 2 && self.has(atoms, j, is::BETWEEN) && self.collectives.at(atoms, j).is_none() {
                half |= self.has(atoms, j, is::HALF_BEFORE);
                j += 1;
            }
        }
        let Some((mut end, &(mut size, plural))) = self.collectives.at(atoms, j).filter(|_| number.is_some() || j == i)
        else {
            return number;
        };
        if half {
            size /= 2;
        }
        // "une centaine de milliers", "des dizaines de millions"
        loop {
            let k = if self.has(atoms, end, is::OF) { end + 1 } else { break };
            if let Some((e, &(more, _))) = self.collectives.at(atoms, k) {
                size = size.saturating_mul(more);
                end = e;
            } else if let Some((e, Part::Scale(more))) = self.parts.at(atoms, k) {
                size = size.saturating_mul(*more);
                end = e;
            } else {
                break;
            }
        }
        let value = match number {
            Some(n) => n.value.map(|v| v.saturating_mul(size)),
            None if plural => None,
            None => Some(size),
        };
        Some(Core {
            collective: true,
            vague: value.is_none(),
            digits: number.is_some_and(|n| n.digits),
            times: size,
            ..Core::new(i, end, value)
        })
    }

    fn number(&self, atoms: &[Atom], i: usize) -> Option<Core> {
        match atoms.get(i)?.run {
            Some(Run::Num(n)) => self.digits(atoms, i, n),
            Some(_) => None,
            None => self.words(atoms, i),
        }
    }

    /// `300 000`, `1,7 million`, `3 millions et demi`, `12e`.
    fn digits(&self, atoms: &[Atom], i: usize, n: Num) -> Option<Core> {
        let mut core = Core::new(i, i + 1, None);
        core.digits = true;
        core.padded = n.padded;
        core.year = n.plain && n.len == 4 && (1000..2100).contains(&n.digits);
        if n.plain && self.has(atoms, i + 1, is::ORDINAL_SUFFIX) && atoms[i + 1].glue == Glue::Touch {
            return Some(Core { ordinal: true, end: i + 2, value: Some(n.digits), ..core });
        }
        let scale = match self.parts.at(atoms, i + 1) {
            Some((e, Part::Scale(s))) => Some((e, *s)),
            _ => None,
        };
        let Some((end, scale)) = scale else {
            if n.places == 0 {
                core.value = Some(n.digits);
            } else {
                core.decimal = true;
            }
            return Some(core);
        };
        let places = if n.doubtful { 3 } else { n.places };
        let divisor = 10i64.checked_pow(u32::from(places))?;
        let product = n.digits.checked_mul(scale)?;
        (core.end, core.times, core.year) = (end, scale, false);
        if product % divisor == 0 {
            core.value = Some(product / divisor);
        } else {
            core.decimal = true;
        }
        self.tail(atoms, &mut core, scale);
        Some(core)
    }

    /// What may follow a scale word: `et demi`, or a smaller number in digits (`1 million 200 000`).
    fn tail(&self, atoms: &[Atom], core: &mut Core, scale: i64) {
        if let Some((e, ())) = self.half_after.at(atoms, core.end) {
            core.value = core.value.map(|v| v.saturating_add(scale / 2));
            core.end = e;
        } else if scale >= 1_000_000
            && let Some(Run::Num(n)) = atoms.get(core.end).and_then(|a| a.run)
            && n.places == 0
            && (1000..scale).contains(&n.digits)
        {
            core.value = core.value.map(|v| v.saturating_add(n.digits));
            core.end += 1;
        }
    }

    /// Number words of any length.
    fn words(&self, atoms: &[Atom], i: usize) -> Option<Core> {
        let (mut total, mut group, mut last) = (0i64, 0i64, None);
        let (mut last_scale, mut times) = (i64::MAX, 1i64);
        let (mut at, mut first) = (i, None);
        loop {
            // "vingt et un": the joining word counts only before what it may join
            let joined = match last {
                Some(Part::Ten(_) | Part::Hundred(_)) => {
                    self.joiners.iter().find(|(w, ..)| atoms.get(at).is_some_and(|a| a.id == *w))
                }
                _ => None,
            };
            let from = if joined.is_some() { at + 1 } else { at };
            let Some((end, part)) = self.parts.at(atoms, from) else { break };
            if let Some((_, next, after_hundred)) = joined {
                let fits = match (last, part) {
                    (Some(Part::Ten(_)), Part::Unit(v)) => next.contains(v),
                    (Some(Part::Hundred(_)), Part::Unit(_) | Part::Ten(_)) => *after_hundred,
                    _ => false,
                };
                if !fits {
                    break;
                }
            }
            match (*part, last) {
                (Part::Unit(v), Some(Part::Ten(t)))
                    if v > 0 && v < if self.long_tens.contains(&t) { 20 } else { 10 } =>
                {
                    group += v
                }
                (Part::Unit(v), None) => group += v,
                (Part::Unit(v), Some(Part::Hundred(_) | Part::Scale(_))) if v > 0 => group += v,
                (Part::Ten(v), None | Some(Part::Hundred(_) | Part::Scale(_))) => group += v,
                (Part::Hundred(v), None | Some(Part::Scale(_))) => {
                    group += v;
                    times = v;
                }
                (Part::Hundred(v), Some(Part::Unit(_) | Part::Ten(_))) if group > 1 && group < v => {
                    group *= v;
                    times = v;
                }
                (Part::Scale(s), l)
                    if s < last_scale && (l.is_some() && group > 0 || self.bare_scales.contains(&s)) =>
                {
                    total += group.max(1).saturating_mul(s);
                    (group, last_scale, times) = (0, s, s);
                }
                _ => break,
            }
            if !matches!(part, Part::Hundred(_) | Part::Scale(_))
                && last.is_some()
                && !matches!(last, Some(Part::Ten(_)))
            {
                times = 1;
            }
            first = first.or(Some(*part));
            last = Some(*part);
            at = end;
        }
        first?;
        let mut core = Core::new(i, at, Some(total.saturating_add(group)));
        core.times = times;
        core.article = at == i + 1 && self.has(atoms, i, is::ARTICLE);
        if let Some(Part::Scale(s)) = last {
            self.tail(atoms, &mut core, s);
        }
        Some(core)
    }
}

impl Core {
    fn new(start: usize, end: usize, value: Option<i64>) -> Self {
        Core {
            start,
            end,
            value,
            decimal: false,
            collective: false,
            vague: false,
            article: false,
            digits: false,
            year: false,
            times: 1,
            ordinal: false,
            padded: false,
        }
    }
}
