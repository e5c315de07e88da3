//! Passages that pages share: which sentences, and so which claims, go back to another page's text.
//!
//! A page may hold an agency's text and reporting of its own. Where most of it is shared, all of it counts as shared; else only the
//! sentences that are.

use std::collections::BTreeMap;

use recoupe_page::BlockKind;
use recoupe_text::Span;

use crate::hash::short_id;
use crate::origins::in_common;
use crate::types::{At, ClaimEntry, Origin, OriginKind, PageInput};
use crate::words::{Words, words};

/// Share of a page's words in shared sentences from which the whole page counts as shared.
const MOST: f64 = 0.6;
/// Fewest runs of words in shared sentences that make a passage.
const LEAST: usize = 30;
/// With how many of its matches a page is compared sentence by sentence.
const PARTNERS: usize = 6;

/// Which parts of a page are shared.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Shares {
    /// Nothing.
    #[default]
    None,
    /// The whole page, with the origin.
    Whole(usize),
    /// These sentences, each with its origin.
    Parts(Vec<(Span, usize)>),
}

impl Shares {
    /// The origin of what stands at a span.
    pub fn of(&self, at: Span) -> Option<usize> {
        match self {
            Shares::None => None,
            Shares::Whole(o) => Some(*o),
            Shares::Parts(list) => list.iter().find(|(s, _)| s.start <= at.start && at.start < s.end).map(|x| x.1),
        }
    }
}

/// Gives every claim the origin of its passage.
pub(crate) fn place(pages: &[PageInput], shares: &[Shares], claims: &mut [ClaimEntry]) {
    for e in claims {
        let at = e.claim(pages).span;
        e.origin = shares[e.page].of(at);
    }
}

/// What each page of the origins shares, by the pairs that were found to match.
pub(crate) fn shares(pages: &[PageInput], origins: &[Origin], pairs: &[(usize, usize)]) -> Vec<Shares> {
    let mut out = vec![Shares::None; pages.len()];
    let mut partners: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (a, b) in pairs {
        for (x, y) in [(*a, *b), (*b, *a)] {
            let list = partners.entry(x).or_default();
            if list.len() < PARTNERS {
                list.push(y);
            }
        }
    }
    for (n, o) in origins.iter().enumerate() {
        for p in &o.pages {
            out[*p] = match partners.get(p) {
                Some(with) if matches!(o.kind, OriginKind::Copy | OriginKind::Wire) => part(pages, *p, with, n),
                _ => Shares::Whole(n),
            };
        }
    }
    out
}

/// The part of a page that stands in one of the others; the whole page where that is most of it, or none of it by sentences.
fn part(pages: &[PageInput], page: usize, with: &[usize], origin: usize) -> Shares {
    let w = words(&pages[page].reading.article);
    let mut found: Vec<Span> = Vec::new();
    for other in with {
        found.extend(sentences(&pages[page], &w, &words(&pages[*other].reading.article).shingle_set(), 5));
    }
    found.sort_unstable();
    found.dedup();
    let inside = |s: &Span| w.spans.iter().filter(|x| s.start <= x.start && x.end <= s.end).count();
    // what each page writes itself on top of another's text does not count
    let heads: Vec<Span> = pages[page]
        .reading
        .article
        .kept()
        .filter(|b| matches!(b.kind, BlockKind::Title | BlockKind::Chapo))
        .map(|b| b.span)
        .collect();
    let head: usize = heads.iter().map(inside).sum();
    let shared: usize = found.iter().map(inside).sum();
    if found.is_empty() || shared as f64 >= MOST * w.hashes.len().saturating_sub(head).max(1) as f64 {
        return Shares::Whole(origin);
    }
    Shares::Parts(found.into_iter().map(|s| (s, origin)).collect())
}

/// The sentences of a page whose runs of words another text has: so many tenths of them. Sentences too short to tell go with the
/// one before them.
pub(crate) fn sentences(x: &PageInput, w: &Words, other: &[u32], tenths: usize) -> Vec<Span> {
    let runs: Vec<u32> = w.shingles().collect();
    let mut out = Vec::new();
    let mut before = false;
    for s in &x.reading.sentences {
        before = in_common(w, &runs, *s, other).map_or(before, |(n, k)| k * 10 >= n * tenths);
        if before {
            out.push(*s);
        }
    }
    out
}

/// A passage that two pages share which are no copies of each other: the sentences of both.
#[derive(Clone, Debug)]
pub(crate) struct Passage {
    pub pages: (usize, usize),
    pub left: Vec<Span>,
    pub right: Vec<Span>,
    pub agency: bool,
    pub share: f64,
}

/// Looks for one: sentences in both that tell something, outside quotations, long enough to be no set phrase.
pub(crate) fn passage(pages: &[PageInput], a: usize, b: usize, agency: bool) -> Option<Passage> {
    let (w, v) = (words(&pages[a].reading.article), words(&pages[b].reading.article));
    let own = |p: &PageInput, w: &Words, other: &[u32]| -> (Vec<Span>, usize) {
        let quoted = |s: &Span| {
            let i = w.spans.partition_point(|x| x.start < s.start);
            let j = w.spans.partition_point(|x| x.start < s.end);
            w.quoted.get(i..j).is_some_and(|q| q.iter().filter(|q| **q).count() * 2 > q.len())
        };
        let found: Vec<Span> = sentences(p, w, other, 7).into_iter().filter(|s| !quoted(s)).collect();
        let runs = found.iter().map(|s| w.spans.iter().filter(|x| s.start <= x.start && x.end <= s.end).count()).sum();
        (found, runs)
    };
    let (left, n) = own(&pages[a], &w, &v.shingle_set());
    let (right, m) = own(&pages[b], &v, &w.shingle_set());
    let told = |p: &PageInput, list: &[Span]| {
        p.reading.claims.iter().any(|c| list.iter().any(|s| s.start <= c.span.start && c.span.start < s.end))
    };
    let ok = n.min(m) >= LEAST && told(&pages[a], &left) && told(&pages[b], &right);
    let share = n as f64 / w.hashes.len().min(v.hashes.len()).max(1) as f64;
    ok.then_some(Passage { pages: (a, b), left, right, agency, share })
}

/// Joins passages into origins of their own, behind those of whole pages, and notes which sentences they are.
pub(crate) fn join(pages: &[PageInput], passages: &[Passage], origins: &mut Vec<Origin>, shares: &mut [Shares]) {
    let mut root: Vec<usize> = (0..passages.len()).collect();
    fn find(root: &mut [usize], mut i: usize) -> usize {
        while root[i] != i {
            root[i] = root[root[i]];
            i = root[i];
        }
        i
    }
    // passages with a sentence in common are one
    let mut first: BTreeMap<(usize, Span), usize> = BTreeMap::new();
    for (n, p) in passages.iter().enumerate() {
        let ends = p.left.iter().map(|s| (p.pages.0, *s)).chain(p.right.iter().map(|s| (p.pages.1, *s)));
        for key in ends {
            let m = *first.entry(key).or_insert(n);
            let (x, y) = (find(&mut root, m), find(&mut root, n));
            root[x.max(y)] = x.min(y);
        }
    }
    let mut groups: BTreeMap<usize, Vec<(usize, Span)>> = BTreeMap::new();
    for (key, n) in first {
        groups.entry(find(&mut root, n)).or_default().push(key);
    }
    for (leader, mut at) in groups {
        at.sort_unstable();
        let members: Vec<&Passage> =
            (0..passages.len()).filter(|n| find(&mut root, *n) == leader).map(|n| &passages[n]).collect();
        let n = origins.len();
        let mut list: Vec<usize> = at.iter().map(|x| x.0).collect();
        list.dedup();
        let smallest = list.iter().map(|p| pages[*p].id.as_str()).min().unwrap_or("");
        let place = at.iter().find(|x| pages[x.0].id == smallest).map_or(0, |x| x.1.start);
        origins.push(Origin {
            id: short_id("o", &["passage", smallest, &place.to_string()]),
            kind: if members.iter().any(|p| p.agency) { OriginKind::Wire } else { OriginKind::Copy },
            credit: None,
            share: members.iter().map(|p| p.share).fold(1.0, f64::min),
            evidence: at.iter().take(48).map(|(p, s)| At::new(*p, *s)).collect(),
            pages: list,
        });
        for (p, s) in at {
            match &mut shares[p] {
                Shares::Parts(parts) if !parts.iter().any(|x| x.0 == s) => parts.push((s, n)),
                x @ Shares::None => *x = Shares::Parts(vec![(s, n)]),
                _ => {}
            }
        }
    }
}
