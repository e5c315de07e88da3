//! Finding the figures of a sentence.

use recoupe_pack::{PackError, Packs};
use recoupe_text::Span;

use super::atoms::{Atom, Glue};
use super::compose::Core;
use super::digits::Run;
use super::pack::{Tables, is};
use super::{Bound, Kind, Quantity, Toks};

/// How far after a number its postposed bound may stand, in words (`douze soldats maliens au moins`).
const REACH: usize = 3;

/// Finds figures. Built once per language, used for every sentence.
#[derive(Debug)]
pub struct NumberReader {
    t: Tables,
}

impl NumberReader {
    /// Compiles `lang/<lang>/numbers.toml`.
    pub fn load(packs: &Packs, lang: &str) -> Result<Self, PackError> {
        Ok(Self { t: Tables::load(packs, lang)? })
    }

    /// All figures of a sentence in order; they never overlap.
    pub fn find(&self, s: &Toks<'_>) -> Vec<Quantity> {
        let atoms = self.t.lexicon.atoms(s);
        let mut out = Vec::new();
        let mut i = 0;
        while i < atoms.len() {
            i = self.step(s, &atoms, i, &mut out).max(i + 1);
        }
        // a bound that two figures claim stays with the first
        let mut end = 0;
        out.retain(|q| {
            let free = q.span.start >= end;
            end = end.max(q.span.end);
            free
        });
        self.parts(s, &mut out);
        out
    }

    /// “cinq des douze otages”: five are counted, and of what kind the twelve tell.
    fn parts(&self, s: &Toks<'_>, out: &mut Vec<Quantity>) {
        let mut i = 0;
        while i + 1 < out.len() {
            let (a, b) = (&out[i], &out[i + 1]);
            let between = s.folded.get(a.tokens.end as usize..b.tokens.start as usize).unwrap_or(&[]);
            // "l'un des trois blessés" points at one, and counts nobody anew
            let some = a.kind == Kind::Cardinal
                && b.counts()
                && a.min.is_some()
                && a.max.is_some()
                && a.max < b.min
                && !a.zero;
            if some && self.t.part_of.iter().any(|p| p == between) {
                let whole = out.remove(i + 1);
                let part = &mut out[i];
                (part.tokens.end, part.core.end) = (whole.tokens.end, whole.core.end);
                part.span = part.span.cover(whole.span);
                (part.unit, part.weak) = (whole.unit, false);
            }
            i += 1;
        }
    }

    /// Reads what starts at atom `i`, if anything; returns where to go on.
    fn step(&self, s: &Toks<'_>, atoms: &[Atom], i: usize, out: &mut Vec<Quantity>) -> usize {
        let t = &self.t;
        if atoms[i].run.is_none() && !t.begins.get(atoms[i].id as usize).copied().unwrap_or(false) {
            return i + 1;
        }
        if let Some((end, &weak)) = t.zero.at(atoms, i) {
            let mut q = make(s, atoms, i, end, i..end);
            (q.min, q.max, q.zero, q.weak) = (Some(0), Some(0), true, weak);
            self.unit(atoms, end, &mut q);
            out.push(q);
            return end;
        }
        // "le nombre de" is no amount
        let named = i > 0 && (t.has(atoms, i - 1, is::SINGULAR) || t.has(atoms, i - 1, is::ARTICLE));
        if let Some((end, ())) = t.vague.at(atoms, i).filter(|_| !named) {
            return self.vague(s, atoms, i, end, out);
        }
        let Some(core) = t.core(atoms, i) else {
            match atoms[i].run {
                Some(Run::Date(..)) => push_kind(s, atoms, i, i + 1, Kind::Date, out),
                Some(Run::Clock) => push_kind(s, atoms, i, i + 1, Kind::Hour, out),
                Some(Run::Label) => push_kind(s, atoms, i, i + 1, Kind::Label, out),
                _ => {}
            }
            return i + 1;
        };
        if core.ordinal {
            let mut q = make(s, atoms, i, core.end, i..core.end);
            (q.min, q.max, q.kind, q.digits) = (core.value, core.value, Kind::Ordinal, core.digits);
            out.push(q);
            return core.end;
        }
        if let Some(kind) = self.no_count(atoms, &core) {
            let mut q = make(s, atoms, i, core.end, i..core.end);
            (q.min, q.max, q.kind, q.digits) = (core.value, core.value, kind, core.digits);
            out.push(q);
            self.spread_date(s, atoms, i, kind, out);
            return core.end;
        }
        if let Some(end) = self.range(s, atoms, &core, out) {
            return end;
        }
        self.single(s, atoms, &core, out)
    }

    /// `plusieurs`, `quelques`, and with a collective `plusieurs centaines`; `quelques 200` is left to the number.
    fn vague(&self, s: &Toks<'_>, atoms: &[Atom], i: usize, end: usize, out: &mut Vec<Quantity>) -> usize {
        let mut stop = end;
        if let Some(next) = self.t.core(atoms, end) {
            if next.vague {
                stop = next.end;
            } else if next.value.is_some_and(|v| v > 9) && self.t.before.before(atoms, end).is_some() {
                return end;
            }
        } else if self.scale_at(atoms, end) {
            stop = end + 1;
        }
        let mut q = make(s, atoms, i, stop, end..stop);
        q.approx = true;
        self.unit(atoms, stop, &mut q);
        out.push(q);
        stop
    }

    fn scale_at(&self, atoms: &[Atom], i: usize) -> bool {
        matches!(self.t.parts.at(atoms, i), Some((_, super::pack::Part::Scale(_))))
    }

    /// Dates, years, designations: figures that are part of a name.
    fn no_count(&self, atoms: &[Atom], c: &Core) -> Option<Kind> {
        let t = &self.t;
        let before = c.start.checked_sub(1);
        let prev = before.map(|b| &atoms[b]);
        let has = |i: Option<usize>, bit| i.is_some_and(|i| t.has(atoms, i, bit));
        if c.collective || c.times >= 1000 {
            return None;
        }
        let small = c.value.is_some_and(|v| (1..=31).contains(&v)) && !c.article;
        if small && t.has(atoms, c.end, is::MONTH) {
            return Some(Kind::Date);
        }
        // an abbreviated month that is also a number word: "6 sept. 2020"
        if !c.digits && prev.is_some_and(|p| p.run.is_some()) && t.has(atoms, c.start, is::MONTH) {
            return Some(Kind::Date);
        }
        if c.digits {
            let atom = &atoms[c.start];
            // a zero in front, or more digits than anybody counts without grouping them
            if c.padded || matches!(atom.run, Some(Run::Num(n)) if n.plain && n.len > 8) {
                return Some(Kind::Label);
            }
            if atom.glue != Glue::Blank && prev.is_some_and(|p| !p.mark && p.run.is_none() && touches_letter(p)) {
                return Some(Kind::Label);
            }
            // "47B2"
            let letters = atoms
                .get(c.end)
                .filter(|n| n.glue == Glue::Touch && n.run.is_none() && !n.mark && n.id == super::atoms::UNKNOWN);
            if letters.is_some_and(|n| {
                n.cap || atoms.get(c.end + 1).is_some_and(|m| m.glue == Glue::Touch && m.run.is_some())
            }) {
                return Some(Kind::Label);
            }
            // "7-Octobre"
            if atoms
                .get(c.end)
                .is_some_and(|n| n.glue == Glue::Hyphen && n.run.is_none() && !t.has(atoms, c.end, is::FUNCTION))
            {
                return Some(if t.has(atoms, c.end, is::MONTH) { Kind::Date } else { Kind::Label });
            }
            if small && has(before, is::WEEKDAY) {
                return Some(Kind::Date);
            }
            let unit = t.units_after.at(atoms, c.end).is_some();
            if has(before, is::SINGULAR)
                && c.value.is_some_and(|v| v != 1)
                && !unit
                && t.before.before(atoms, c.start).is_none()
            {
                return Some(if small { Kind::Date } else { Kind::Label });
            }
            if c.year && !unit && self.year(atoms, c) {
                return Some(Kind::Year);
            }
            if has(before, is::LABEL) && !unit {
                return Some(Kind::Label);
            }
            // "Genève 2,", "Kalibr 3 sur": a capital before it and nothing after it that could be counted
            let alone = atoms.get(c.end).is_none_or(|n| n.mark) || t.has(atoms, c.end, is::FUNCTION);
            if prev.is_some_and(|p| p.cap && !p.mark && p.id == super::atoms::UNKNOWN)
                && before > Some(0)
                && alone
                && c.value.is_some_and(|v| v < 3000)
            {
                return Some(Kind::Label);
            }
        }
        None
    }

    fn year(&self, atoms: &[Atom], c: &Core) -> bool {
        let t = &self.t;
        let Some(b) = c.start.checked_sub(1) else {
            return c.value.is_some_and(|v| v >= 1900) && atoms.get(c.end).is_none_or(|n| n.mark);
        };
        if t.has(atoms, b, is::YEAR) {
            return true;
        }
        // long ago only where the words say that it is a year
        if t.before.before(atoms, c.start).is_some() || c.value.is_some_and(|v| v < 1900) {
            return false;
        }
        let alone = atoms.get(c.end).is_none_or(|n| n.mark || n.run.is_some()) || t.has(atoms, c.end, is::FUNCTION);
        // "2019-2020", "(2014-2017)"
        let pair = atoms.get(c.end).is_some_and(|n| {
            n.glue == Glue::Hyphen && matches!(n.run, Some(Run::Num(x)) if x.plain && (x.len == 4 || x.len == 2))
        });
        let second =
            atoms[c.start].glue == Glue::Hyphen && matches!(atoms[b].run, Some(Run::Num(x)) if x.plain && x.len == 4);
        pair || second
            || alone
                && (t.has(atoms, b, is::YEAR_WEAK)
                    || t.has(atoms, b, is::DEFINITE)
                    || atoms[b].mark
                    || atoms[b].run.is_some())
    }

    /// `les 3 et 4 mai`: a day before another day of the same month is no count either.
    fn spread_date(&self, s: &Toks<'_>, atoms: &[Atom], i: usize, kind: Kind, out: &mut [Quantity]) {
        if kind != Kind::Date {
            return;
        }
        let n = out.len();
        let Some([.., prev, _]) = out.get_mut(..n) else { return };
        let tok = atoms[i].tok;
        let gap = tok.saturating_sub(prev.tokens.end);
        let joined = gap <= 1 && !s.tokens.is_empty();
        if joined
            && prev.digits
            && matches!((prev.min, prev.max), (Some(a), Some(b)) if a == b && (1..=31).contains(&a))
            && prev.counts()
        {
            prev.kind = Kind::Date;
        }
    }

    /// `entre A et B`, `de A à B`, `A à B`, `A-B`, `A ou B`.
    fn range(&self, s: &Toks<'_>, atoms: &[Atom], a: &Core, out: &mut Vec<Quantity>) -> Option<usize> {
        let t = &self.t;
        for rule in &t.ranges {
            let hyphen = rule.mid.is_empty();
            let b_start = if hyphen {
                if atoms.get(a.end)?.glue != Glue::Hyphen {
                    continue;
                }
                a.end
            } else {
                let fits = rule.mid.iter().enumerate().all(|(k, w)| atoms.get(a.end + k).is_some_and(|x| x.id == *w));
                if !fits {
                    continue;
                }
                a.end + rule.mid.len()
            };
            let open = a
                .start
                .checked_sub(rule.open.len())
                .filter(|o| rule.open.iter().zip(&atoms[*o..]).all(|(w, x)| *w == x.id));
            let Some(open) = open else { continue };
            let Some(b) = t.core(atoms, b_start) else { continue };
            if b.ordinal
                || b.vague
                || a.vague
                || b.article
                || self.no_count(atoms, &b).is_some_and(|k| k != Kind::Label)
            {
                continue;
            }
            let (Some(mut lo), Some(hi)) = (a.value, b.value) else { continue };
            // "deux à trois mille": the first figure shares the scale of the second
            if b.times > 1 && lo < b.times && lo < hi / b.times && a.times == 1 {
                lo = lo.saturating_mul(b.times);
            }
            let change = rule.open.len() == 1
                && rule.mid.len() == 1
                && (open.saturating_sub(4)..open).any(|k| t.has(atoms, k, is::CHANGE));
            if change {
                let mut q = make(s, atoms, a.start, a.end, a.start..a.end);
                (q.min, q.max, q.kind, q.digits) = (a.value, a.value, Kind::Former, a.digits);
                out.push(q);
                return Some(self.single(s, atoms, &b, out));
            }
            // a score, a ratio
            if hyphen && hi <= lo && a.digits && b.digits {
                push_kind(s, atoms, a.start, b.end, Kind::Label, out);
                return Some(b.end);
            }
            if hi <= lo || (a.year && b.year && self.year(atoms, a)) {
                continue;
            }
            let mut start = open;
            let mut q_approx = a.collective || b.collective;
            let (from, bounds) = self.bounds_before(atoms, open);
            start = start.min(from);
            q_approx |= bounds.about;
            let mut q = make(s, atoms, start, b.end, a.start..b.end);
            (q.min, q.max, q.approx, q.digits) = (Some(lo), Some(hi), q_approx, a.digits && b.digits);
            self.unit(atoms, b.end, &mut q);
            drop_covered(out, &q);
            let end = self.after(atoms, b.end, &mut q, false);
            out.push(q);
            return Some(end);
        }
        None
    }

    /// One figure with its bounds.
    fn single(&self, s: &Toks<'_>, atoms: &[Atom], c: &Core, out: &mut Vec<Quantity>) -> usize {
        let t = &self.t;
        let (mut start, mut b) = self.bounds_before(atoms, c.start);
        if c.vague && start == c.start && c.start > 0 && t.has(atoms, c.start - 1, is::OF) {
            start = c.start - 1;
        }
        let mut q = make(s, atoms, start, c.end, c.start..c.end);
        q.digits = c.digits;
        b.about |= c.collective || c.vague;
        if c.decimal {
            q.kind = Kind::Decimal;
        }
        if c.article {
            q.kind = Kind::Article;
            q.weak = !t.has(atoms, c.end, is::FIRM);
        }
        if t.has(atoms, c.start, is::AMBIGUOUS) && c.end == c.start + 1 && atoms.get(c.end).is_none_or(|n| n.mark) {
            q.weak = true;
        }
        q.definite = start > 0 && t.has(atoms, start - 1, is::DEFINITE);
        (q.min, q.max) = (c.value, c.value);
        q.approx = b.about;
        bind(&mut q, b);
        if t.has(atoms, c.end, is::FRACTION) {
            q.kind = Kind::Fraction;
            drop_covered(out, &q);
            out.push(q);
            return c.end + 1;
        }
        self.unit(atoms, c.end, &mut q);
        if q.kind == Kind::Duration {
            if start > 0 && t.age_before.before(atoms, start).is_some() || t.age_before.before(atoms, c.start).is_some()
            {
                q.kind = Kind::Age;
            } else if c.start > 0
                && t.has(atoms, c.start - 1, is::CLOCK)
                && c.value.is_some_and(|v| v < 25)
                && self.hour(atoms, c)
            {
                q.kind = Kind::Hour;
            }
        }
        drop_covered(out, &q);
        let bounded = b.least || b.most;
        let end = self.after(atoms, c.end, &mut q, bounded);
        // units may hold number words ("pour cent"), hours go on with minutes ("15 h 30")
        let mut skip = if q.unit.is_empty() { end } else { self.past(atoms, q.unit.end, end) };
        if matches!(q.kind, Kind::Hour | Kind::Duration)
            && c.digits
            && skip == c.end + 1
            && let Some(Run::Num(n)) = atoms.get(skip).and_then(|a| a.run)
            && n.plain
            && n.len == 2
            && n.digits < 60
        {
            q.kind = Kind::Hour;
            skip += 1;
        }
        // "six et neuf ans": the first shares the unit
        if q.kind != Kind::Cardinal
            && q.kind != Kind::Article
            && let Some(prev) = out.last_mut()
            && prev.counts()
            && start > 1
            && t.has(atoms, start - 1, is::CONJUNCTION)
            && prev.tokens.end == atoms[start - 1].tok
        {
            prev.kind = q.kind;
        }
        out.push(q);
        skip
    }

    /// Hours of the clock: `à 15 h 30`, not `après 3 heures de combats` said with a plain duration.
    fn hour(&self, atoms: &[Atom], c: &Core) -> bool {
        // what follows the unit: minutes or no complement
        let after = c.end + 1;
        !self.t.has(atoms, after, is::OF)
    }

    /// First atom at or after token `tok`.
    fn past(&self, atoms: &[Atom], tok: u32, least: usize) -> usize {
        atoms.iter().position(|a| a.tok >= tok).unwrap_or(atoms.len()).max(least)
    }

    /// Bounds that stand before atom `i`: where they start and what they say.
    fn bounds_before(&self, atoms: &[Atom], i: usize) -> (usize, Bounds) {
        let (mut at, mut b) = (i, Bounds::default());
        for _ in 0..2 {
            let Some((start, bound)) = self.t.before.before(atoms, at) else { break };
            b.add(*bound);
            at = start;
        }
        (at, b)
    }

    /// Bounds after a figure, at once (`douze environ`) or after its noun (`douze morts au moins`).
    fn after(&self, atoms: &[Atom], end: usize, q: &mut Quantity, bounded: bool) -> usize {
        let t = &self.t;
        for reach in 0..=REACH {
            let at = end + reach;
            if let Some((stop, bound)) = t.after.at(atoms, at) {
                // "et au moins 30 blessés": the bound belongs to the number that follows
                if t.core(atoms, stop).is_some() {
                    return end;
                }
                if bounded || q.vague() && *bound != Bound::About {
                    return end;
                }
                let mut b = Bounds::default();
                b.add(*bound);
                q.approx |= b.about;
                bind(q, b);
                if reach == 0 {
                    q.tokens.end = atoms[stop - 1].tok_end;
                    q.span.end = q.span.end.max(atoms[stop - 1].end);
                    return stop;
                }
                return end;
            }
            match atoms.get(at) {
                Some(a)
                    if !a.mark
                        && a.run.is_none()
                        && (reach == 0 || !t.has(atoms, at, is::FUNCTION) || t.has(atoms, at, is::OF)) => {}
                _ => return end,
            }
            if t.core(atoms, at).is_some_and(|c| !c.article)
                || t.before.at(atoms, at).is_some() && reach > 0 && t.after.at(atoms, at).is_none()
            {
                return end;
            }
        }
        end
    }

    /// The unit after a figure, which makes it a measure.
    fn unit(&self, atoms: &[Atom], end: usize, q: &mut Quantity) {
        let t = &self.t;
        let mut at = end;
        if t.has(atoms, at, is::OF) && (q.approx || q.min.is_some_and(|v| v >= 1_000_000)) {
            at += 1;
        }
        while at < end + 2 && t.has(atoms, at, is::UNIT_ADJ) {
            at += 1;
        }
        let glued = atoms.get(end).is_some_and(|a| q.digits && a.run.is_none());
        let found =
            t.units_after.at(atoms, at).or_else(|| if glued && at == end { t.units_glued.at(atoms, at) } else { None });
        if let Some((stop, kind)) = found {
            q.kind = *kind;
            q.weak = false;
            q.unit = atoms[at].tok..atoms[stop - 1].tok_end;
        }
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Bounds {
    least: bool,
    most: bool,
    about: bool,
}

impl Bounds {
    fn add(&mut self, b: Bound) {
        match b {
            Bound::AtLeast => self.least = true,
            Bound::AtMost => self.most = true,
            Bound::About => self.about = true,
        }
    }
}

fn bind(q: &mut Quantity, b: Bounds) {
    if b.least {
        q.max = None;
    }
    if b.most && !b.least {
        q.min = None;
    }
    if b.least || b.most {
        // a bound on one: "plus d'un" counts
        q.weak = false;
    }
}

fn touches_letter(p: &Atom) -> bool {
    p.end > p.start
}

fn make(s: &Toks<'_>, atoms: &[Atom], from: usize, to: usize, core: std::ops::Range<usize>) -> Quantity {
    let range = |a: usize, b: usize| if a < b { atoms[a].tok..atoms[b - 1].tok_end } else { 0..0 };
    let tokens = range(from, to);
    Quantity {
        span: if tokens.is_empty() { Span::default() } else { cover(s, atoms, from, to) },
        tokens,
        core: range(core.start, core.end),
        min: None,
        max: None,
        approx: false,
        kind: Kind::Cardinal,
        weak: false,
        zero: false,
        definite: false,
        digits: false,
        unit: 0..0,
    }
}

fn cover(s: &Toks<'_>, atoms: &[Atom], from: usize, to: usize) -> Span {
    let (a, b) = (&atoms[from], &atoms[to - 1]);
    let span = Span { start: a.start, end: b.end.max(a.end) };
    if s.text.get(span.range()).is_some() { span } else { s.span(&(a.tok..b.tok_end)) }
}

fn push_kind(s: &Toks<'_>, atoms: &[Atom], from: usize, to: usize, kind: Kind, out: &mut Vec<Quantity>) {
    let mut q = make(s, atoms, from, to, from..to);
    (q.kind, q.digits) = (kind, true);
    out.push(q);
}

/// A bound may reach back over a word that was taken for a figure of its own.
fn drop_covered(out: &mut Vec<Quantity>, q: &Quantity) {
    while out.last().is_some_and(|p| p.span.overlaps(q.span)) {
        out.pop();
    }
}
