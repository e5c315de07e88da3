//! Calendar dates as they stand in header lines, datelines and captions.

use jiff::civil::Date;
use recoupe_text::Span;

use recoupe_text::fold;

use crate::rules::Lang;

/// A date as it was found. Without a year it is only part of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub span: Span,
    pub day: i8,
    pub month: i8,
    pub year: Option<i16>,
    pub weekday: Option<i8>,
}

impl Found {
    /// The day in its own year, or in `year` where it has none; `None` when there is no such day.
    pub fn date(&self, year: Option<i16>) -> Option<Date> {
        Date::new(self.year.or(year)?, self.month, self.day).ok()
    }

    /// Whether the weekday that stands with it is that of `date` (true when there is none).
    pub fn fits(&self, date: Date) -> bool {
        self.weekday.is_none_or(|w| date.weekday().to_monday_one_offset() == w)
    }
}

#[derive(Debug)]
enum Tok<'a> {
    /// Value and number of digits.
    Num(i64, u8),
    /// As the text has it: few words stand where one is asked for.
    Word(&'a str),
    Mark(char),
}

/// The month that a word names.
fn month_of(word: &str, langs: &[&Lang]) -> Option<i8> {
    let word = fold(word);
    langs.iter().find_map(|l| l.months.get(&word)).copied()
}

/// Whether a figure of one or two digits stands where that of a day may: `false` is certain. Most figures of running text count
/// something, and a text without a day need not be cut into words.
fn may_name_a_day(text: &str, langs: &[&Lang]) -> bool {
    let bytes = text.as_bytes();
    let digit = |b: &u8| b.is_ascii_digit();
    let mut end = 0;
    while let Some(n) = bytes[end..].iter().position(digit) {
        let start = end + n;
        end = start + bytes[start..].iter().take_while(|b| digit(b)).count();
        if end - start > 2 {
            continue;
        }
        let (before, behind) = (&text[..start], &text[end..]);
        // "3/5", "3. Mai", "1er"
        if behind.starts_with(|c: char| matches!(c, '/' | '.' | '-') || c.is_alphabetic()) {
            return true;
        }
        let before = before.trim_end();
        let before = before.strip_suffix('.').unwrap_or(before).trim_end();
        let word = |w: &str| w.bytes().take_while(u8::is_ascii_alphabetic).count();
        let next = behind.trim_start();
        let last = &before[before.len() - before.bytes().rev().take_while(u8::is_ascii_alphabetic).count()..];
        let beyond = |c: Option<char>| c.is_some_and(|c| !c.is_ascii());
        if may_be_month(&next[..word(next)], langs)
            || may_be_month(last, langs)
            || beyond(next[word(next)..].chars().next())
            || beyond(before[..before.len() - last.len()].chars().next_back())
        {
            return true;
        }
    }
    false
}

/// Whether plain letters begin like the name of a month.
fn may_be_month(word: &str, langs: &[&Lang]) -> bool {
    let Some(first) = word.bytes().next() else { return false };
    let first = first.to_ascii_lowercase();
    let begins = |l: &&Lang| l.months.keys().any(|m| m.as_bytes().first() == Some(&first));
    langs.iter().any(begins) && month_of(word, langs).is_some()
}

/// All dates of `text`, which stands at `base`.
pub(crate) fn find(text: &str, base: usize, langs: &[&Lang]) -> Vec<Found> {
    if !may_name_a_day(text, langs) {
        return Vec::new();
    }
    let toks = tokens(text);
    let month = |i: usize| match toks.get(i).map(|t| &t.0) {
        Some(Tok::Word(w)) => month_of(w, langs),
        _ => None,
    };
    let num = |i: usize| match toks.get(i).map(|t| &t.0) {
        Some(Tok::Num(v, n)) => Some((*v, *n)),
        _ => None,
    };
    let mark = |i: usize| match toks.get(i).map(|t| &t.0) {
        Some(Tok::Mark(c)) => Some(*c),
        _ => None,
    };
    let adjacent = |i: usize| i + 1 < toks.len() && toks[i].1.end == toks[i + 1].1.start;
    let year = |i: usize| num(i).filter(|(v, n)| *n == 4 && (1990..2100).contains(v)).map(|(v, _)| v as i16);
    let mut out = Vec::new();
    let mut i = 0;
    while i < toks.len() {
        let Some((v, digits)) = num(i) else {
            // "April 25, 2023": the month first.
            let d = i + 1 + usize::from(mark(i + 1) == Some('.'));
            if let Some((day, n)) = num(d).filter(|(v, n)| *n <= 2 && (1..=31).contains(v))
                && let Some(m) = month(i)
            {
                let mut last = d;
                if ordinal(&toks, d, langs) {
                    last += 1;
                }
                let y = last + 1 + usize::from(mark(last + 1) == Some(','));
                let found_year = year(y);
                // "March 3.5 million", "May 15:30" are no days.
                let decimal = n <= 2 && adjacent(d) && matches!(mark(d + 1), Some('.' | ':')) && num(d + 2).is_some();
                // Where the day goes first, only a whole date with its comma is read the other way round.
                let usual = langs.iter().any(|l| l.month_first);
                if !decimal && (usual || found_year.is_some() && mark(last + 1) == Some(',')) {
                    if found_year.is_some() {
                        last = y;
                    }
                    out.push(found(&toks, i, last, day, m, found_year, base, langs));
                    i = last + 1;
                    continue;
                }
            }
            i += 1;
            continue;
        };
        // "2020-02-20", "20.02.2020", "20/2/20".
        if let (Some(sep @ ('/' | '.' | '-')), Some((b, nb)), Some(sep2), Some((c, nc))) =
            (mark(i + 1), num(i + 2), mark(i + 3), num(i + 4))
            && sep == sep2
            && [i, i + 2].into_iter().all(adjacent)
            && (sep == '.' || [i + 1, i + 3].into_iter().all(adjacent))
            && nb <= 2
        {
            let parts = if digits == 4 && nc <= 2 {
                Some((c, b, v))
            } else if digits <= 2 && nc == 4 {
                Some((v, b, c))
            } else if digits <= 2 && nc == 2 && sep != '-' && digits == 2 && nb == 2 {
                Some((v, b, 2000 + c))
            } else {
                None
            };
            if let Some((mut d, mut m, y)) = parts {
                if m > 12 && d <= 12 {
                    std::mem::swap(&mut d, &mut m);
                }
                if (1..=31).contains(&d) && (1..=12).contains(&m) && (1990..2100).contains(&y) {
                    out.push(found(&toks, i, i + 4, d, m as i8, Some(y as i16), base, langs));
                    i += 5;
                    continue;
                }
            }
        }
        // "le 18/11 à 10h", "mar. 18/11": two figures are a day only behind a word that a day follows.
        if let (1..=2, Some('/'), Some((m @ 1..=12, 1..=2))) = (digits, mark(i + 1), num(i + 2))
            && (1..=31).contains(&v)
            && adjacent(i)
            && adjacent(i + 1)
            && !(adjacent(i + 2) && matches!(mark(i + 3), Some('/' | '-' | '.' | '%')) && num(i + 4).is_some())
            && announced(&toks, i, langs)
        {
            out.push(found(&toks, i, i + 2, v, m as i8, None, base, langs));
            i += 3;
            continue;
        }
        // "20 février 2020", "1er mars", "24 nov.".
        if digits <= 2 && (1..=31).contains(&v) {
            let at = i + 1 + usize::from(ordinal(&toks, i, langs));
            let at = at + usize::from(mark(at) == Some('.') && adjacent(at - 1));
            if let Some(m) = month(at) {
                let dot = usize::from(mark(at + 1) == Some('.'));
                let comma = usize::from(mark(at + 1 + dot) == Some(','));
                let y = at + 1 + dot + comma;
                let (last, found_year) = match year(y) {
                    Some(yy) => (y, Some(yy)),
                    None => (at + dot, None),
                };
                // A full stop after the month belongs to an abbreviation only.
                let last = if found_year.is_none() && dot == 1 && toks[at].1.len() > 5 { at } else { last };
                out.push(found(&toks, i, last, v, m, found_year, base, langs));
                i = last + 1;
                continue;
            }
        }
        i += 1;
    }
    out
}

/// Whether a weekday or the end of a wording of publication stands before a figure.
fn announced(toks: &[(Tok<'_>, Span)], i: usize, langs: &[&Lang]) -> bool {
    let Some(before) = toks[..i].iter().rev().find(|t| !matches!(t.0, Tok::Mark('.' | ',' | ':'))) else {
        return false;
    };
    let Tok::Word(w) = &before.0 else { return false };
    let w = fold(w);
    let last = |s: &String| s.rsplit(' ').next() == Some(w.as_str());
    langs.iter().any(|l| l.weekdays.contains_key(&w) || l.published.iter().chain(&l.updated).any(last))
}

/// A month with its year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MonthFound {
    pub span: Span,
    pub month: i8,
    pub year: i16,
}

impl MonthFound {
    /// Its first day.
    pub fn first(&self) -> Option<Date> {
        Date::new(self.year, self.month, 1).ok()
    }
}

/// All months of `text` that have a year and no day: "octobre 2021", "2021-10".
pub(crate) fn months(text: &str, base: usize, langs: &[&Lang]) -> Vec<MonthFound> {
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    let toks = tokens(text);
    let year = |i: usize| match toks.get(i).map(|t| &t.0) {
        Some(Tok::Num(v, 4)) if (1990..2100).contains(v) => Some(*v as i16),
        _ => None,
    };
    let figure = |i: usize| matches!(toks.get(i).map(|t| &t.0), Some(Tok::Num(..)));
    let sign = |i: usize| matches!(toks.get(i).map(|t| &t.0), Some(Tok::Mark('-' | '/' | '.')));
    let mut out = Vec::new();
    for i in 0..toks.len() {
        let (last, month, y) = match (&toks[i].0, year(i), toks.get(i + 2).map(|t| &t.0)) {
            // "2021-10", and neither "2021-10-18" nor "15-2021-10"
            (_, Some(y), Some(Tok::Num(m @ 1..=12, 2)))
                if matches!(toks[i + 1].0, Tok::Mark('-'))
                    && toks[i + 2].1.start - toks[i].1.end == 1
                    && !(sign(i + 3) && figure(i + 4))
                    && !(i > 1 && sign(i - 1) && figure(i - 2)) =>
            {
                (i + 2, *m as i8, y)
            }
            (Tok::Word(w), ..) => {
                let day = i > 0 && matches!(toks[i - 1].0, Tok::Num(1..=31, 1..=2));
                let Some(y) = year(i + 1).filter(|_| !day) else { continue };
                let Some(m) = month_of(w, langs) else { continue };
                (i + 1, m, y)
            }
            _ => continue,
        };
        let span = Span::new(base + toks[i].1.start as usize, base + toks[last].1.end as usize);
        out.push(MonthFound { span, month, year: y });
    }
    out
}

fn ordinal(toks: &[(Tok<'_>, Span)], i: usize, langs: &[&Lang]) -> bool {
    match toks.get(i + 1) {
        Some((Tok::Word(w), s)) if toks[i].1.end == s.start => {
            let w = fold(w);
            langs.iter().any(|l| l.ordinals.contains(&w))
        }
        _ => false,
    }
}

#[allow(clippy::too_many_arguments)]
fn found(
    toks: &[(Tok<'_>, Span)],
    first: usize,
    last: usize,
    day: i64,
    month: i8,
    year: Option<i16>,
    base: usize,
    langs: &[&Lang],
) -> Found {
    let mut start = first;
    let mut weekday = None;
    // "jeudi 6 février", "sam. 12/02/2022", "Sun, 9 Aug 2020".
    let mut k = first;
    while k > 0 && first - k < 2 {
        k -= 1;
        match &toks[k].0 {
            Tok::Mark('.' | ',') => {}
            Tok::Word(w) => {
                let w = fold(w);
                if let Some(d) = langs.iter().find_map(|l| l.weekdays.get(&w)) {
                    weekday = Some(*d);
                    start = k;
                }
                break;
            }
            _ => break,
        }
    }
    let span = Span::new(base + toks[start].1.start as usize, base + toks[last].1.end as usize);
    Found { span, day: day as i8, month, year, weekday }
}

fn tokens(text: &str) -> Vec<(Tok<'_>, Span)> {
    let mut out = Vec::with_capacity(text.len() / 5 + 1);
    let bytes = text.as_bytes();
    let letter = |c: char| c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36f}');
    let mut end = 0;
    while let Some(c) = text[end..].chars().next() {
        let at = end;
        end += c.len_utf8();
        if c.is_ascii_digit() {
            end += bytes[end..].iter().take_while(|b| b.is_ascii_digit()).count();
            let digits = &text[at..end];
            out.push((
                Tok::Num(
                    digits.get(..9.min(digits.len())).and_then(|d| d.parse().ok()).unwrap_or(0),
                    digits.len().min(99) as u8,
                ),
                Span::new(at, end),
            ));
        } else if c.is_alphabetic() {
            loop {
                end += bytes[end..].iter().take_while(|b| b.is_ascii_alphabetic()).count();
                let next = bytes.get(end).filter(|b| !b.is_ascii()).and_then(|_| text[end..].chars().next());
                let Some(c) = next.filter(|c| letter(*c)) else { break };
                end += c.len_utf8();
            }
            out.push((Tok::Word(&text[at..end]), Span::new(at, end)));
        } else if !c.is_whitespace() {
            out.push((Tok::Mark(c), Span::new(at, end)));
        }
    }
    out
}
