//! Dates for undated pages, from dated pages of the batch about the same thing.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;
use recoupe_dossier::{Dossier, PageInput};
use recoupe_mention::{Id, PlacePrecision};
use recoupe_page::{Article, Basis, BlockKind};

/// Days before the first and after the last dated page about the same places that an undated one may have been written in.
const MARGIN: i32 = 31;
/// A batch that is spread over more days than this dates nothing by its mere company.
const SPREAD: i32 = 200;

/// For each page without a date of its own, when it can have been published: by an incident it shares with a dated page, else by
/// the dated pages that speak of at least one of its places. `None` where nothing tells, or where the page states its date.
pub fn dates(d: &Dossier) -> Vec<Option<(Date, Date)>> {
    let mut out: Vec<Option<(Date, Date)>> = d
        .pages
        .iter()
        .zip(&d.sibling_dates)
        .map(|(p, s)| s.as_ref().filter(|_| p.reading.article.published.is_none()).and_then(|w| w.from.zip(w.to)))
        .collect();
    // the first and last day on which a dated page speaks of each place
    let mut spoken: BTreeMap<&Id, (Date, Date)> = BTreeMap::new();
    for (p, own) in d.pages.iter().zip(&out) {
        let Some((from, to)) = p.reading.article.published.as_ref().map(|x| (x.from, x.to)).or(*own) else { continue };
        for place in places(p) {
            let days = spoken.entry(place).or_insert((from, to));
            *days = (days.0.min(from), days.1.max(to));
        }
    }
    for (p, window) in d.pages.iter().zip(&mut out) {
        if window.is_some() || p.reading.article.published.is_some() || p.reading.claims.is_empty() {
            continue;
        }
        let kin = places(p).filter_map(|place| spoken.get(place)).copied();
        let Some((from, to)) = kin.reduce(|x, y| (x.0.min(y.0), x.1.max(y.1))) else { continue };
        if (to - from).get_days() <= SPREAD {
            *window = from.checked_sub(MARGIN.days()).ok().zip(to.checked_add(MARGIN.days()).ok());
        }
    }
    for (p, window) in d.pages.iter().zip(&mut out) {
        if let Some((from, to)) = *window
            && let Some(day) = own_day(&p.reading.article, from, to)
        {
            *window = Some(day);
        }
    }
    out
}

/// Paragraphs at the beginning of a page in which a date is news; further down stand those of old events.
const EARLY: usize = 3;

/// The day that a page names without its year, once other pages give the year: a dateline is the page's own day, a caption or the
/// day of the news is that day or the next.
fn own_day(article: &Article, from: Date, to: Date) -> Option<(Date, Date)> {
    let part = article.partial?;
    let mut years = from.year()..=to.year();
    let day = years.find_map(|y| {
        let d = Date::new(y, part.month, part.day).ok()?;
        let fits = part.weekday.is_none_or(|w| d.weekday().to_monday_one_offset() == w);
        (fits && from <= d && d <= to).then_some(d)
    })?;
    let last = match part.basis {
        Basis::Dateline => day,
        Basis::Text => {
            let mut early = article.kept().filter(|b| b.kind == BlockKind::Body).take(EARLY);
            early.any(|b| b.span.contains(part.span)).then_some(())?;
            day.checked_add(1.day()).ok()?
        }
        _ => day.checked_add(1.day()).ok()?,
    };
    Some((day, last))
}

/// Finer dates for pages dated only by their batch: those of a dated page that gives at least two of the same figures for one
/// incident.
pub fn refine(d: &Dossier) -> Vec<Option<(Date, Date)>> {
    let rough = |i: usize| {
        d.pages[i]
            .reading
            .article
            .published
            .as_ref()
            .is_some_and(|p| p.basis == Basis::Sibling && (p.to - p.from).get_days() > 7)
    };
    let firm = |i: usize| {
        d.pages[i].reading.article.published.as_ref().filter(|p| p.basis != Basis::Sibling).map(|p| (p.from, p.to))
    };
    let figures = figures(d);
    // many copies of one page ask the same of one incident
    let mut known: BTreeMap<(usize, &Figures), Option<(Date, Date)>> = BTreeMap::new();
    (0..d.pages.len())
        .map(|i| {
            if !rough(i) {
                return None;
            }
            figures.range((i, 0)..(i + 1, 0)).find_map(|((_, n), mine)| {
                *known.entry((*n, mine)).or_insert_with(|| {
                    d.incidents[*n].pages.iter().find_map(|p| {
                        let same = figures.get(&(*p, *n)).map_or(0, |f| f.intersection(mine).count());
                        if same >= 2 { firm(*p) } else { None }
                    })
                })
            })
        })
        .collect()
}

/// What a page counts for an incident: kinds of loss with their numbers.
type Figures<'a> = BTreeSet<(&'a Id, i64)>;

/// The figures of every page for each of its incidents, running totals left out.
fn figures(d: &Dossier) -> BTreeMap<(usize, usize), Figures<'_>> {
    let mut out: BTreeMap<(usize, usize), Figures<'_>> = BTreeMap::new();
    for c in &d.claims {
        let Some(incident) = c.incident else { continue };
        let tolls = c.claim(&d.pages).tolls.iter().filter(|t| !t.cumulative);
        for (kind, n) in tolls.filter_map(|t| Some((&t.kind, t.min?))) {
            out.entry((c.page, incident)).or_default().insert((kind, n));
        }
    }
    out
}

/// Places finer than a country that a page's claims name.
fn places(p: &PageInput) -> impl Iterator<Item = &Id> {
    let named = p.reading.claims.iter().filter_map(|c| c.place.as_ref());
    named.filter(|p| p.precision != PlacePrecision::Country && p.lat.is_some()).map(|p| &p.id)
}
