//! When a page was published: which of its dates says so.

use jiff::ToSpan;
use jiff::civil::Date;
use recoupe_text::Span;

use recoupe_text::fold;

use crate::dates::{self, Found};
use crate::line::{Label, Line};
use crate::metadata::Metadata;
use crate::model::{Basis, BlockKind, Meta, PartialDate, Published, Why};
use crate::rules::{Lang, bounded};

/// Everything the choice rests on.
pub(crate) struct Input<'a> {
    pub text: &'a str,
    pub lines: &'a [Line],
    pub title: Option<usize>,
    pub langs: &'a [&'a Lang],
    pub given: &'a Meta,
    pub page: &'a Metadata,
    pub url: Option<&'a str>,
}

struct Candidate {
    found: Found,
    rank: u8,
    basis: Basis,
    /// Days the page may be younger than the date.
    slack: i64,
}

/// The date, and where only a part of one is known (no year), that part.
pub(crate) fn find(x: &Input<'_>) -> (Option<Published>, Option<PartialDate>) {
    let exact = |(from, to): (Date, Date), basis| Published { from, to, basis, span: None, evidence: None };
    if let Some(p) = x.given.published.as_deref().and_then(interval) {
        return (Some(exact(p, Basis::Override)), None);
    }
    if let Some(p) = [&x.page.published, &x.page.time, &x.page.modified].into_iter().flatten().find_map(|s| interval(s))
    {
        return (Some(exact(p, Basis::Metadata)), None);
    }
    let years = years(x.text);
    let printed = printed(x, &years);
    let mut all = candidates(x);
    // most pages have no date that needs completing
    let told = if all.is_empty() { None } else { told(x) };
    all.sort_by_key(|c| (c.rank, c.found.year.is_none()));
    let mut partial = None;
    for c in all.iter().take(50) {
        if let Some(p) = complete(x, c, printed, &years, told) {
            return (Some(p), None);
        }
        if c.found.year.is_none() && partial.is_none() {
            partial = Some(PartialDate {
                day: c.found.day,
                month: c.found.month,
                weekday: c.found.weekday,
                basis: c.basis,
                span: c.found.span,
            });
        }
        if c.rank == 3
            && let Some(p) = x.url.and_then(in_url)
        {
            return (Some(exact((p, p), Basis::Url)), partial);
        }
    }
    if let Some(p) = x.url.and_then(in_url).or_else(|| own_address(x)) {
        return (Some(exact((p, p), Basis::Url)), partial);
    }
    if let Some(p) = titled(x) {
        return (Some(p), None);
    }
    let text = in_text(x, &years);
    // A header that gives only the month: the text may know the day.
    if let Some(m) = header_month(x) {
        let inside = text.0.filter(|p| m.from <= p.from && p.to <= m.to);
        return (Some(inside.unwrap_or(m)), partial);
    }
    (text.0, partial.or(text.1))
}

/// Dates in header lines, datelines and captions, best rank first: 0 said to be of publication, 1 a date line above the
/// text, 2 a dateline or a date line below, 3 said to be of a change, 4 a caption.
fn candidates(x: &Input<'_>) -> Vec<Candidate> {
    let mut out = Vec::new();
    let body = x.lines.iter().position(|l| matches!(l.label, Label::Prose | Label::Sentence)).unwrap_or(x.lines.len());
    for (i, l) in x.lines.iter().enumerate() {
        let furniture = matches!(
            l.label,
            Label::Kept(BlockKind::Dateline | BlockKind::Byline | BlockKind::Caption)
                | Label::Drop(Why::Other | Why::Menu | Why::Credit)
        );
        if !furniture || l.part > 0 || l.words > 60 {
            continue;
        }
        let found = dates::find(l.span.of(x.text), l.span.start as usize, x.langs);
        for (n, f) in found.iter().enumerate() {
            let before = fold(Span::new(l.span.start as usize, f.span.start as usize).of(x.text));
            let from = if n > 0 {
                fold(Span::new(found[n - 1].span.end as usize, f.span.start as usize).of(x.text))
            } else {
                before
            };
            let says = |list: fn(&Lang) -> &Vec<String>| {
                x.langs.iter().any(|g| {
                    list(g)
                        .iter()
                        .filter(|w| w.len() > 2)
                        .any(|w| from.match_indices(w.as_str()).any(|(at, m)| bounded(&from, at, at + m.len())))
                })
            };
            let updated = says(|g| &g.updated);
            let published = says(|g| &g.published) && !updated;
            let (rank, basis, slack) = match l.label {
                Label::Kept(BlockKind::Caption) => (4, Basis::Caption, 1),
                _ if updated => (3, Basis::Dateline, 0),
                _ if published => (0, Basis::Dateline, 0),
                // Dropped lines are menus and credits: only a date line by itself or a note of change counts there.
                Label::Drop(Why::Other) => (3, Basis::Dateline, 0),
                Label::Drop(_) => continue,
                _ if i < body && x.title.is_none_or(|t| i + 8 > t) => (1, Basis::Dateline, 0),
                _ => (2, Basis::Dateline, 0),
            };
            out.push(Candidate { found: *f, rank, basis, slack });
        }
    }
    out
}

/// Lines at and above the title in which a page says that it tells a single day.
const ABOVE: usize = 3;

/// The day in the title of a page that tells one day as it goes on (“L'essentiel de ce samedi 8 novembre 2025”).
fn titled(x: &Input<'_>) -> Option<Published> {
    let title = x.title?;
    let near = &x.lines[title.saturating_sub(ABOVE)..=title.min(x.lines.len().checked_sub(1)?)];
    let daily = |l: &Line| {
        x.langs
            .iter()
            .flat_map(|g| &g.dailies)
            .any(|d| l.folded.match_indices(d.as_str()).any(|(at, m)| bounded(&l.folded, at, at + m.len())))
    };
    if !near.iter().any(daily) {
        return None;
    }
    let l = x.lines.get(title)?;
    let found = dates::find(l.span.of(x.text), l.span.start as usize, x.langs);
    let [f] = found[..] else { return None };
    let d = f.date(None).filter(|d| f.fits(*d))?;
    Some(Published { from: d, to: d, basis: Basis::Text, span: Some(f.span), evidence: None })
}

/// The latest day, or month with its year, that the article tells of.
fn told(x: &Input<'_>) -> Option<(Date, Span)> {
    let article = |l: &&Line| l.part == 0 && matches!(l.label, Label::Prose | Label::Sentence | Label::Kept(_));
    let mut all = Vec::new();
    for l in x.lines.iter().filter(article) {
        let (text, base) = (l.span.of(x.text), l.span.start as usize);
        all.extend(dates::find(text, base, x.langs).iter().filter_map(|f| Some((f.date(None)?, f.span))));
        all.extend(dates::months(text, base, x.langs).iter().filter_map(|m| Some((m.first()?, m.span))));
    }
    all.into_iter().max_by_key(|d| d.0)
}

/// The month that a date line above the text gives without a day (`2021-10`).
fn header_month(x: &Input<'_>) -> Option<Published> {
    let line = |l: &&Line| l.part == 0 && l.label == Label::Kept(BlockKind::Dateline);
    let found = x
        .lines
        .iter()
        .filter(line)
        .find_map(|l| dates::months(l.span.of(x.text), l.span.start as usize, x.langs).into_iter().next())?;
    let from = found.first()?;
    Some(Published { from, to: from.last_of_month(), basis: Basis::Dateline, span: Some(found.span), evidence: None })
}

/// The day in the page's own address where the page prints it: no address beside it may have another day.
fn own_address(x: &Input<'_>) -> Option<Date> {
    let own = |l: &&Line| {
        l.part == 0 && !matches!(l.label, Label::Drop(Why::Related | Why::Comments | Why::Share | Why::Repeat))
    };
    let mut days = x
        .lines
        .iter()
        .filter(own)
        .map(|l| l.span.of(x.text))
        .filter(|s| s.contains("http") || s.contains("www."))
        .flat_map(str::split_whitespace)
        .filter(|w| w.starts_with("http://") || w.starts_with("https://") || w.starts_with("www."))
        .filter_map(in_url);
    let first = days.next()?;
    days.all(|d| d == first).then_some(first)
}

/// Days after the latest one told on which a page can give its own without a year.
const NEAR_TOLD: i32 = 60;

/// A candidate with its year, from the page where it has none.
fn complete(
    x: &Input<'_>,
    c: &Candidate,
    printed: Option<(i16, Span)>,
    years: &[(i16, Span)],
    told: Option<(Date, Span)>,
) -> Option<Published> {
    let slack = |d: Date| d.checked_add(c.slack.days()).unwrap_or(d);
    if let Some(d) = c.found.date(None) {
        return Some(Published { from: d, to: slack(d), basis: c.basis, span: Some(c.found.span), evidence: None });
    }
    // A copyright line names the year of the page; its weekday must not speak against it.
    if let Some((y, span)) = printed
        && let Some(d) = c.found.date(Some(y)).filter(|d| c.found.fits(*d))
    {
        return Some(Published {
            from: d,
            to: slack(d),
            basis: c.basis,
            span: Some(c.found.span),
            evidence: Some(span),
        });
    }
    // "5 mars", and the text tells of 20 February 2021: the page is of the weeks after that day.
    if let Some((last, span)) = told
        && let Some(d) = (0..=1)
            .filter_map(|n| c.found.date(Some(last.year().checked_add(n)?)))
            .find(|d| (0..=NEAR_TOLD).contains(&(*d - last).get_days()) && c.found.fits(*d))
    {
        return Some(Published {
            from: d,
            to: slack(d),
            basis: c.basis,
            span: Some(c.found.span),
            evidence: Some(span),
        });
    }
    c.found.weekday?;
    let (d, evidence) = by_weekday(x, &c.found, years)?;
    Some(Published { from: d, to: slack(d), basis: Basis::Weekday, span: Some(c.found.span), evidence })
}

/// The year of the last copyright line.
fn printed(x: &Input<'_>, years: &[(i16, Span)]) -> Option<(i16, Span)> {
    x.lines.iter().rev().filter(|l| l.label == Label::Drop(Why::Credit)).find_map(|l| {
        let i = years.partition_point(|y| y.1.start < l.span.start);
        years.get(i).copied().filter(|y| l.span.contains(y.1))
    })
}

/// The first year, from the latest one the page names on, in which the day falls on its weekday. A weekday comes back to a day
/// every five or six years (eleven around leap days), so that the year must be near one that the page names; "depuis 2011" is
/// told of a year that is over.
fn by_weekday(x: &Input<'_>, f: &Found, years: &[(i16, Span)]) -> Option<(Date, Option<Span>)> {
    let (latest, span) = years.iter().max_by_key(|y| y.0)?;
    let over = |y: &&(i16, Span)| {
        let mut words =
            x.text[..y.1.start as usize].split(|c: char| !c.is_alphanumeric()).rev().filter(|w| !w.is_empty());
        let mut word = fold(words.next().unwrap_or(""));
        // "depuis mars 2011": over, unless the day stands later in that year
        let month = x.langs.iter().find_map(|l| l.months.get(&word));
        if let Some(m) = month {
            if f.month > *m {
                return false;
            }
            word = fold(words.next().unwrap_or(""));
        }
        x.langs.iter().any(|l| l.over.contains(&word))
    };
    let gone = years.iter().filter(|y| y.0 == *latest).all(|y| over(&y));
    (i16::from(gone)..=4).find_map(|n| f.date(Some(latest + n)).filter(|d| f.fits(*d))).map(|d| (d, Some(*span)))
}

/// Years that the page names, in its order: those of our time only.
fn years(text: &str) -> Vec<(i16, Span)> {
    let b = text.as_bytes();
    let mut out = Vec::new();
    let mut i = 0;
    while i < b.len() {
        if !b[i].is_ascii_digit() {
            i += 1;
            continue;
        }
        let n = b[i..].iter().take_while(|c| c.is_ascii_digit()).count();
        // "2 020", "1.998" and "2015-12" of phone numbers are rare; figures such as "2000 hommes" are not, so round ones do not count.
        if n == 4
            && let Some(y) = text.get(i..i + 4).and_then(|s| s.parse::<i16>().ok())
            && (1990..2100).contains(&y)
            && !(y == 2000 || y == 2100)
            && !(i > 0 && (b[i - 1].is_ascii_alphabetic() || matches!(b[i - 1], b',' | b'+')))
        {
            out.push((y, Span::new(i, i + 4)));
        }
        i += n;
    }
    out
}

/// `2020-03-05`, `2020-03-05T10:00+01:00`, `2020-03`, `2020`, `2020-03-01/2020-03-04`, `2020/03/05`.
pub(crate) fn interval(s: &str) -> Option<(Date, Date)> {
    let s = s.trim();
    if let Some((a, b)) = s.split_once('/').filter(|(a, _)| a.len() >= 7) {
        return Some((interval(a)?.0, interval(b)?.1));
    }
    let digits: Vec<&str> = s.split(['-', '/', '.', 'T', ' ']).take(3).collect();
    let num = |i: usize| digits.get(i).filter(|d| !d.is_empty() && d.len() <= 4).and_then(|d| d.parse::<i16>().ok());
    let y = num(0).filter(|y| (1990..2100).contains(y))?;
    let Some(m) = num(1) else {
        return (s.len() == 4).then(|| Some((Date::new(y, 1, 1).ok()?, Date::new(y, 12, 31).ok()?))).flatten();
    };
    let first = Date::new(y, i8::try_from(m).ok()?, 1).ok()?;
    match num(2) {
        Some(d) => {
            let d = Date::new(y, first.month(), i8::try_from(d).ok()?).ok()?;
            Some((d, d))
        }
        None => (s.len() <= 7).then_some((first, first.last_of_month())),
    }
}

/// `/2020/02/20/`, `20200220`, `2020-02-20` in an address.
fn in_url(url: &str) -> Option<Date> {
    let b = url.as_bytes();
    for i in 0..b.len().saturating_sub(7) {
        if !b[i].is_ascii_digit() || i > 0 && b[i - 1].is_ascii_digit() {
            continue;
        }
        let Some(rest) = url.get(i..) else { continue };
        let parts: Vec<&str> = rest.splitn(4, ['/', '-', '_', '.']).collect();
        let (y, m, d) = match parts.as_slice() {
            [y, m, d, ..] if y.len() == 4 && m.len() <= 2 => {
                (*y, *m, d.get(..d.bytes().take_while(u8::is_ascii_digit).count()).unwrap_or(""))
            }
            [n, ..]
                if n.len() >= 8
                    && n.as_bytes()[..8].iter().all(u8::is_ascii_digit)
                    && !n.as_bytes().get(8).is_some_and(u8::is_ascii_digit) =>
            {
                (&n[..4], &n[4..6], &n[6..8])
            }
            _ => continue,
        };
        let date = (|| {
            let y: i16 = y.parse().ok()?;
            (1995..2100).contains(&y).then_some(())?;
            Date::new(y, m.parse().ok()?, d.parse().ok()?).ok()
        })();
        if date.is_some() {
            return date;
        }
    }
    None
}

/// Dates in the running text: what the page tells as past bounds it from below.
fn in_text(x: &Input<'_>, years: &[(i16, Span)]) -> (Option<Published>, Option<PartialDate>) {
    let mut full: Vec<(Date, Found)> = Vec::new();
    let mut parts: Vec<Found> = Vec::new();
    for l in
        x.lines.iter().filter(|l| l.part == 0 && matches!(l.label, Label::Prose | Label::Sentence | Label::Kept(_)))
    {
        for f in dates::find(l.span.of(x.text), l.span.start as usize, x.langs) {
            match f.date(None) {
                Some(d) => full.push((d, f)),
                None => parts.push(f),
            }
        }
    }
    // "jeudi 6 février": the weekday and a year the page names give the whole date.
    let weekday = parts
        .iter()
        .filter(|f| f.weekday.is_some())
        .take(20)
        .find_map(|f| by_weekday(x, f, years).map(|(d, e)| (d, *f, e)));
    let latest = full.iter().max_by_key(|d| d.0).copied();
    if let Some((d, f, evidence)) = weekday
        && latest.is_none_or(|l| l.0 <= d)
    {
        let p = Published {
            from: d,
            to: d.checked_add(1.day()).unwrap_or(d),
            basis: Basis::Weekday,
            span: Some(f.span),
            evidence,
        };
        return (Some(p), None);
    }
    let part = parts.iter().find(|f| f.weekday.is_some()).or(parts.first()).map(|f| PartialDate {
        day: f.day,
        month: f.month,
        weekday: f.weekday,
        basis: Basis::Text,
        span: f.span,
    });
    let Some((d, f)) = latest else { return (None, part) };
    // "hier jeudi" names the page's own weekday: the first such day after the latest one it tells of.
    if let Some((own, span)) = own_weekday(x)
        && let Some(day) = (0..7)
            .filter_map(|n| d.checked_add(i64::from(n).days()).ok())
            .find(|d| d.weekday().to_monday_one_offset() == own)
    {
        return (
            Some(Published { from: day, to: day, basis: Basis::Text, span: Some(f.span), evidence: Some(span) }),
            None,
        );
    }
    // Without that, only a dated day early in the text is news; dates of old events stand further down.
    let early = x.lines.iter().filter(|l| matches!(l.label, Label::Prose)).take(2).any(|l| l.span.contains(f.span));
    if early {
        let p = Published {
            from: d,
            to: d.checked_add(1.day()).unwrap_or(d),
            basis: Basis::Text,
            span: Some(f.span),
            evidence: None,
        };
        return (Some(p), None);
    }
    (None, part)
}

/// The weekday of the page's own day, from "hier jeudi", "demain samedi", "ce vendredi".
pub(crate) fn own_weekday(x: &Input<'_>) -> Option<(i8, Span)> {
    for l in x.lines.iter().filter(|l| l.part == 0 && matches!(l.label, Label::Prose | Label::Sentence)) {
        if !x.langs.iter().flat_map(|g| &g.near).any(|(n, _)| l.folded.contains(n.as_str())) {
            continue;
        }
        let words: Vec<(usize, &str)> = l
            .folded
            .split(' ')
            .scan(0, |at, w| {
                let start = *at;
                *at += w.len() + 1;
                Some((start, w.trim_matches(|c: char| !c.is_alphanumeric())))
            })
            .collect();
        for pair in words.windows(2) {
            for g in x.langs {
                let near = |w: &str| g.near.iter().find(|(n, _)| n == w).map(|n| n.1);
                let both =
                    match (near(pair[0].1), g.weekdays.get(pair[1].1), g.weekdays.get(pair[0].1), near(pair[1].1)) {
                        (Some(n), Some(w), _, _) => Some((n, *w)),
                        (_, _, Some(w), Some(n)) => Some((n, *w)),
                        _ => None,
                    };
                if let Some((near, w)) = both {
                    return Some(((w - 1 - near).rem_euclid(7) + 1, l.span));
                }
            }
        }
    }
    None
}
