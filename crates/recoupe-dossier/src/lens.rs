//! The naming lens: group by group, which terms are used, by whom, in whose own voice, and who goes over to another tone.

use std::collections::BTreeMap;

use jiff::civil::Date;
use recoupe_incident::{At, PageInput, Table, Tone};
use recoupe_text::fold;

use crate::types::{Lens, LensShift, LensTerm, LensUse, NamingEntry, Speaker};

/// Whose words a naming is in.
fn speaker(pages: &[PageInput], n: &NamingEntry) -> (String, Speaker) {
    match &n.naming(pages).voice {
        Some(v) if v.id.is_empty() || v.id.starts_with("generic/") => {
            (format!("{}@{}", v.name, n.page), Speaker::Voice(At::new(n.page, v.clone())))
        }
        Some(v) => (v.id.to_string(), Speaker::Voice(At::new(n.page, v.clone()))),
        None => {
            let p = &pages[n.page];
            let name = p.reading.article.outlet.as_ref().map_or_else(|| p.source.clone(), |o| o.name.clone());
            (format!("outlet:{}", fold(&name)), Speaker::Outlet(name))
        }
    }
}

fn day(pages: &[PageInput], n: &NamingEntry) -> Option<Date> {
    pages[n.page].reading.article.published.as_ref().filter(|p| p.from == p.to).map(|p| p.from)
}

/// A term while it is gathered.
struct Term {
    shown: String,
    tone: Option<Tone>,
    /// By speaker.
    uses: BTreeMap<String, LensUse>,
}

/// Terms by lemma.
type Gathered = BTreeMap<String, Term>;

/// The lemma with the accents of the page's word, where the word begins with it; lemmas have none.
fn as_said(term: &str, lemma: &str) -> String {
    let lower = term.to_lowercase();
    let head: String = lower.chars().take(lemma.chars().count()).collect();
    if fold(&head) == lemma { head } else { lemma.to_owned() }
}

/// The lens of every group that is named at all, the most named first.
pub(crate) fn lenses(t: &Table, pages: &[PageInput], namings: &[NamingEntry]) -> Vec<Lens> {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, n) in namings.iter().enumerate() {
        let g = &n.naming(pages).group;
        let key = if g.id.is_empty() { fold(&g.name) } else { g.id.to_string() };
        groups.entry(key).or_default().push(i);
    }
    let mut groups: Vec<Vec<usize>> = groups.into_values().collect();
    groups.sort_by_key(|g| (std::cmp::Reverse(g.len()), g[0]));
    groups.into_iter().map(|g| lens(t, pages, namings, &g)).collect()
}

fn lens(t: &Table, pages: &[PageInput], namings: &[NamingEntry], mine: &[usize]) -> Lens {
    let mut terms: Gathered = BTreeMap::new();
    for &i in mine {
        let n = &namings[i];
        let (key, by) = speaker(pages, n);
        let lang = pages[n.page].reading.article.language.as_deref().unwrap_or("");
        let lemma =
            if n.naming(pages).lemma.is_empty() { fold(&n.naming(pages).term) } else { n.naming(pages).lemma.clone() };
        let shown = as_said(&n.naming(pages).term, &lemma);
        let tone = || t.languages().tone(lang, &n.naming(pages).term);
        let term = terms.entry(lemma).or_insert_with(|| Term { shown, tone: tone(), uses: BTreeMap::new() });
        let used = term.uses.entry(key).or_insert_with(|| LensUse { by, quoted: 0, days: None, namings: Vec::new() });
        used.namings.push(i);
        used.quoted += usize::from(n.naming(pages).quoted);
        if let Some(d) = day(pages, n) {
            used.days = Some(used.days.map_or((d, d), |(a, z)| (a.min(d), z.max(d))));
        }
    }
    let shifts = shifts(&terms);
    let mut terms: Vec<LensTerm> = terms
        .into_values()
        .map(|x| LensTerm { lemma: x.shown, tone: x.tone, uses: x.uses.into_values().collect() })
        .collect();
    let count = |x: &LensTerm| x.uses.iter().map(|u| u.namings.len()).sum::<usize>();
    terms.sort_by_key(|x| (std::cmp::Reverse(count(x)), x.lemma.clone()));
    let first = &namings[mine[0]];
    Lens { group: At::new(first.page, first.naming(pages).group.clone()), terms, shifts }
}

/// A speaker who used terms of one tone up to a day, and then only terms of another.
fn shifts(terms: &Gathered) -> Vec<LensShift> {
    let mut by: BTreeMap<&str, Vec<(&str, Tone, &LensUse)>> = BTreeMap::new();
    for term in terms.values() {
        for (key, used) in &term.uses {
            if let Some(tone) = term.tone {
                by.entry(key).or_default().push((&term.shown, tone, used));
            }
        }
    }
    let mut out = Vec::new();
    for uses in by.into_values() {
        let mut dated: Vec<(Date, Date, &str, Tone, &LensUse)> =
            uses.into_iter().filter_map(|(l, t, u)| u.days.map(|(a, z)| (a, z, l, t, u))).collect();
        dated.sort_by_key(|x| (x.0, x.1, x.2));
        for pair in dated.windows(2) {
            let (a, z) = (&pair[0], &pair[1]);
            if a.3 != z.3 && a.1 < z.0 {
                out.push(LensShift {
                    by: z.4.by.clone(),
                    before: (a.2.to_owned(), a.1),
                    after: (z.2.to_owned(), z.0),
                    namings: a.4.namings.iter().chain(&z.4.namings).copied().collect(),
                });
            }
        }
    }
    out
}
