//! Which pages go back to one text: copies, agency pick-ups, rewrites, translations, each with the sentences that show it.
//!
//! Two outlets that report one event share names and a figure or two, seldom a run of words: on unrelated reports of one event
//! less than a tenth of the three-word runs of the shorter one is shared, in copies a quarter and more.

use std::collections::BTreeMap;

use recoupe_mention::Id;
use recoupe_text::Span;

use crate::hash::short_id;
use crate::passages::{self, Passage, Shares};
use crate::table::Table;
use crate::types::{At, Origin, OriginKind, PageInput};
use crate::words::{Words, shared, words};

/// Share of the shorter page's runs from which it is a copy.
const COPY: f64 = 0.22;
/// Share from which it is one even where nothing on the pages is told in claims.
const MUCH: f64 = 0.6;
/// Share of the sentences with claims that a copy has in common: pages of one site also share what surrounds the article.
const TOLD: f64 = 0.3;
/// From which it is agency text, where both credit the agency.
const WIRE: f64 = 0.15;
/// Fewest shared runs that count at all.
const LEAST: usize = 12;
/// Fewest shared runs that a passage is looked for in.
const PASSAGE: usize = 25;
/// One in so many runs is used to find candidates.
const SAMPLE: u32 = 3;
/// A run on more pages than this is compared with its next neighbours only.
const COMMON: usize = 12;
/// Share of content words, weighted by length, from which equal figures in equal order make a rewrite; reports of one event by
/// different hands stay below three tenths.
const REWRITE: f64 = 0.36;

/// What one page shares with another.
struct Match {
    pages: (usize, usize),
    kind: OriginKind,
    share: f64,
}

/// What is compared of one page, counted once per distinct text.
struct Text {
    page: usize,
    shingles: Vec<u32>,
    /// Those of the shingles that stand in quotation marks.
    quoted: Vec<u32>,
    /// Content words with their weights, sorted.
    content: Vec<(u32, u32)>,
    figures: Vec<(Id, i64)>,
    voices: Vec<Id>,
}

/// Finds the shared origins, those of whole pages first, by their first page, and what each page shares.
pub(crate) fn origins(t: &Table, pages: &[PageInput]) -> (Vec<Origin>, Vec<Shares>) {
    let mut texts: Vec<Text> = Vec::new();
    let mut matches: Vec<Match> = Vec::new();
    let mut seen: BTreeMap<u64, usize> = BTreeMap::new();
    for (page, p) in pages.iter().enumerate() {
        let w = words(&p.reading.article);
        if w.hashes.len() >= 2 * LEAST {
            if let Some(first) = seen.get(&w.digest()) {
                matches.push(Match { pages: (*first, page), kind: OriginKind::Copy, share: 1.0 });
                continue;
            }
            seen.insert(w.digest(), page);
        }
        texts.push(text(page, p, &w));
    }
    let mut passages: Vec<Passage> = Vec::new();
    for (i, j) in by_runs(&texts) {
        let (a, b) = (&texts[i], &texts[j]);
        match copied(pages, a, b) {
            Some(m) => matches.push(m),
            None if shared(&a.shingles, &b.shingles) >= PASSAGE => {
                passages.extend(passages::passage(pages, a.page, b.page, agency(pages, a.page, b.page)));
            }
            None => {}
        }
    }
    let known: std::collections::BTreeSet<(usize, usize)> = matches.iter().map(|m| m.pages).collect();
    for (i, j) in by_figures(&texts) {
        if !known.contains(&(texts[i].page, texts[j].page)) {
            matches.extend(retold(t, pages, &texts[i], &texts[j]));
        }
    }
    let pairs: Vec<(usize, usize)> = matches.iter().map(|m| m.pages).collect();
    let mut out = gather(pages, matches);
    let mut shares = passages::shares(pages, &out, &pairs);
    passages.sort_by_key(|p| p.pages);
    passages::join(pages, &passages, &mut out, &mut shares);
    (out, shares)
}

fn text(page: usize, p: &PageInput, w: &Words) -> Text {
    let mut figures: Vec<(Span, Id, i64)> = Vec::new();
    let mut voices: Vec<Id> = Vec::new();
    for c in &p.reading.claims {
        for x in &c.tolls {
            if let Some(n) = x.min.or(x.max) {
                figures.push((x.span, x.kind.clone(), n));
            }
        }
        voices.extend(c.voices.iter().map(|v| v.id.clone()));
    }
    figures.sort();
    figures.dedup();
    // a lead that repeats the title's figure counts once
    let mut once: Vec<(Id, i64)> = Vec::new();
    for (_, k, n) in figures {
        if !once.contains(&(k.clone(), n)) {
            once.push((k, n));
        }
    }
    voices.sort();
    voices.dedup();
    Text { page, shingles: w.shingle_set(), quoted: w.quoted_set(), content: w.content_set(), figures: once, voices }
}

/// Pairs that share runs: an index over sampled runs. Rare runs join all their pages, common ones neighbours only, so that
/// neither a phrase all use nor a story all carry makes the number of pairs explode.
fn by_runs(texts: &[Text]) -> Vec<(usize, usize)> {
    let mut index: Vec<(u32, u32)> = Vec::new();
    for (i, x) in texts.iter().enumerate() {
        index.extend(x.shingles.iter().filter(|s| *s % SAMPLE == 0).map(|s| (*s, i as u32)));
    }
    index.sort_unstable();
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for run in index.chunk_by(|a, b| a.0 == b.0) {
        let reach = if run.len() <= COMMON { run.len() } else { 2 };
        for (k, a) in run.iter().enumerate() {
            pairs.extend(run[k + 1..].iter().take(reach).map(|b| (a.1, b.1)));
        }
    }
    drop(index);
    frequent(pairs, 3)
}

/// Pairs that share figures: three of one kind and number, again by an index.
fn by_figures(texts: &[Text]) -> Vec<(usize, usize)> {
    let mut index: Vec<(u64, u32)> = Vec::new();
    for (i, x) in texts.iter().enumerate() {
        for (k, (ka, na)) in x.figures.iter().enumerate() {
            for (kb, nb) in x.figures.iter().skip(k + 1).take(4) {
                let (p, q) = if (ka, na) < (kb, nb) { ((ka, na), (kb, nb)) } else { ((kb, nb), (ka, na)) };
                index.push((crate::hash::fast(format!("{}{}{}{}", p.0, p.1, q.0, q.1).as_bytes()), i as u32));
            }
        }
    }
    index.sort_unstable();
    index.dedup();
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for run in index.chunk_by(|a, b| a.0 == b.0) {
        let reach = if run.len() <= COMMON { run.len() } else { 3 };
        for (k, a) in run.iter().enumerate() {
            pairs.extend(run[k + 1..].iter().take(reach).map(|b| (a.1, b.1)));
        }
    }
    frequent(pairs, 2)
}

fn frequent(mut pairs: Vec<(u32, u32)>, least: usize) -> Vec<(usize, usize)> {
    pairs.sort_unstable();
    pairs.chunk_by(|a, b| a == b).filter(|r| r.len() >= least).map(|r| (r[0].0 as usize, r[0].1 as usize)).collect()
}

/// Copies and agency text, by runs of words.
fn copied(pages: &[PageInput], a: &Text, b: &Text) -> Option<Match> {
    let n = shared(&a.shingles, &b.shingles);
    let share = n as f64 / a.shingles.len().min(b.shingles.len()).max(1) as f64;
    if n < LEAST || share < WIRE {
        return None;
    }
    let agency = agency(pages, a.page, b.page);
    // two reports that quote one statement at length share the quotation, not the text
    let own =
        |x: &Text| -> Vec<u32> { x.shingles.iter().copied().filter(|s| x.quoted.binary_search(s).is_err()).collect() };
    let (x, y) = (own(a), own(b));
    let common = shared(&x, &y);
    let bare = if common < LEAST { 0.0 } else { common as f64 / x.len().min(y.len()).max(1) as f64 };
    let kind = if share >= COPY && bare >= WIRE {
        if agency { OriginKind::Wire } else { OriginKind::Copy }
    } else if agency && bare >= WIRE {
        OriginKind::Wire
    } else {
        return None;
    };
    let told = match (told(pages, a.page, b), told(pages, b.page, a)) {
        (Some(x), Some(y)) => x.max(y) >= TOLD,
        _ => share >= MUCH,
    };
    told.then(|| Match { pages: (a.page, b.page), kind, share: round(share) })
}

/// Share of a page's sentences with claims that the other text has too; nothing where the page has none.
fn told(pages: &[PageInput], page: usize, other: &Text) -> Option<f64> {
    let p = &pages[page].reading;
    let mut spans: Vec<Span> = p.claims.iter().map(|c| c.span).collect();
    spans.sort_unstable();
    spans.dedup();
    let w = words(&p.article);
    let runs: Vec<u32> = w.shingles().collect();
    let (mut all, mut hit) = (0usize, 0usize);
    for s in spans {
        if let Some((n, k)) = in_common(&w, &runs, s, &other.shingles) {
            all += 1;
            hit += usize::from(k * 10 >= n * 5);
        }
    }
    (all > 0).then(|| hit as f64 / all as f64)
}

/// How many runs a sentence has, and how many of them are in a set; nothing for sentences too short to tell.
pub(crate) fn in_common(w: &Words, runs: &[u32], s: Span, set: &[u32]) -> Option<(usize, usize)> {
    let from = w.spans.partition_point(|p| p.start < s.start);
    let to = w.spans.partition_point(|p| p.start < s.end);
    let mine = runs.get(from..to.saturating_sub(crate::words::SHINGLE - 1).max(from))?;
    (mine.len() >= 4).then(|| (mine.len(), mine.iter().filter(|r| set.binary_search(r).is_ok()).count()))
}

fn agency(pages: &[PageInput], a: usize, b: usize) -> bool {
    let (x, y) = (&pages[a].reading.article, &pages[b].reading.article);
    let agency = |n: &recoupe_page::Named, list: &[recoupe_page::Named]| list.iter().any(|m| m.name == n.name);
    x.agencies.iter().any(|n| agency(n, &y.agencies))
        || x.outlet.as_ref().is_some_and(|n| agency(n, &y.agencies))
        || y.outlet.as_ref().is_some_and(|n| agency(n, &x.agencies))
}

/// Rewrites and translations: the figures of the shorter page stand in the other in the same order, it brings no source of its
/// own, and (in one language) it shares more rare words than reports of one event do.
fn retold(t: &Table, pages: &[PageInput], a: &Text, b: &Text) -> Option<Match> {
    let (small, large) =
        if (a.figures.len(), a.content.len()) <= (b.figures.len(), b.content.len()) { (a, b) } else { (b, a) };
    let run = common_run(&small.figures, &large.figures);
    let distinct = run.iter().filter(|f| f.1 > 1).count();
    if distinct < 3 || run.len() * 4 < small.figures.len() * 3 {
        return None;
    }
    if small.voices.iter().filter(|v| !large.voices.contains(v)).count() > small.voices.len() / 2 {
        return None;
    }
    let (x, y) = (&pages[a.page].reading.article, &pages[b.page].reading.article);
    if let (Some(p), Some(q)) = (&x.published, &y.published)
        && (crate::kin::day(p.from) - crate::kin::day(q.from)).abs() > 10
    {
        return None;
    }
    let page_share = run.len() as f64 / small.figures.len().max(1) as f64;
    if x.language.is_some() && y.language.is_some() && x.language != y.language {
        let ok = run.len() >= 4 && run.len() * 4 >= large.figures.len() * 3 && same_places(t, pages, a.page, b.page);
        return ok.then(|| Match { pages: (a.page, b.page), kind: OriginKind::Translation, share: round(page_share) });
    }
    let sum = |set: &[(u32, u32)]| -> u32 { set.iter().map(|w| w.1).sum() };
    let common: Vec<(u32, u32)> =
        small.content.iter().copied().filter(|h| large.content.binary_search(h).is_ok()).collect();
    let share = f64::from(sum(&common)) / f64::from(sum(&small.content).min(sum(&large.content)).max(1));
    (common.len() >= 6 && share >= REWRITE).then(|| Match {
        pages: (a.page, b.page),
        kind: OriginKind::Rewrite,
        share: round(share),
    })
}

fn same_places(t: &Table, pages: &[PageInput], a: usize, b: usize) -> bool {
    let (x, y) = (&pages[a].reading.claims, &pages[b].reading.claims);
    x.iter().filter_map(|c| c.place.as_ref()).any(|p| {
        y.iter().filter_map(|c| c.place.as_ref()).any(|q| matches!(crate::kin::lie(t, p, q), crate::kin::Lie::Same))
    })
}

/// The longest sequence of figures that both have in the same order.
fn common_run(a: &[(Id, i64)], b: &[(Id, i64)]) -> Vec<(Id, i64)> {
    let (n, m) = (a.len().min(64), b.len().min(64));
    let mut len = vec![vec![0u16; m + 1]; n + 1];
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            len[i][j] = if a[i] == b[j] { len[i + 1][j + 1] + 1 } else { len[i + 1][j].max(len[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    while i < n && j < m {
        if a[i] == b[j] {
            out.push(a[i].clone());
            i += 1;
            j += 1;
        } else if len[i + 1][j] >= len[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    out
}

fn round(share: f64) -> f64 {
    (share * 1000.0).round() / 1000.0
}

/// Joins matches into origins and collects what shows them.
fn gather(pages: &[PageInput], matches: Vec<Match>) -> Vec<Origin> {
    let mut root: Vec<usize> = (0..pages.len()).collect();
    fn find(root: &mut [usize], mut i: usize) -> usize {
        while root[i] != i {
            root[i] = root[root[i]];
            i = root[i];
        }
        i
    }
    for m in &matches {
        let (a, b) = (find(&mut root, m.pages.0), find(&mut root, m.pages.1));
        root[a.max(b)] = a.min(b);
    }
    let mut groups: BTreeMap<usize, (Vec<usize>, Vec<&Match>)> = BTreeMap::new();
    for p in 0..pages.len() {
        let r = find(&mut root, p);
        groups.entry(r).or_default().0.push(p);
    }
    for m in &matches {
        let r = find(&mut root, m.pages.0);
        groups.entry(r).or_default().1.push(m);
    }
    groups
        .into_values()
        .filter(|(p, _)| p.len() > 1)
        .map(|(members, found)| {
            let smallest = members.iter().map(|p| pages[*p].id.as_str()).min().unwrap_or("");
            let kind = found.iter().map(|m| m.kind).max().unwrap_or(OriginKind::Copy);
            let credit = credit(pages, &members);
            Origin {
                id: short_id("o", &["origin", smallest]),
                kind: if credit.is_some() && kind == OriginKind::Copy { OriginKind::Wire } else { kind },
                share: found.iter().map(|m| m.share).fold(1.0, f64::min),
                evidence: evidence(pages, &found),
                credit,
                pages: members,
            }
        })
        .collect()
}

/// The agency that more than half of the pages credit, or that is itself one of the outlets.
fn credit(pages: &[PageInput], members: &[usize]) -> Option<String> {
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for p in members {
        let a = &pages[*p].reading.article;
        let mut mine: Vec<&str> = a.agencies.iter().chain(&a.outlet).map(|n| n.name.as_str()).collect();
        mine.sort_unstable();
        mine.dedup();
        for n in mine {
            *names.entry(n).or_default() += 1;
        }
    }
    let agency = |n: &str| members.iter().any(|p| pages[*p].reading.article.agencies.iter().any(|a| a.name == n));
    names
        .into_iter()
        .filter(|(n, k)| *k * 2 > members.len() && agency(n))
        .max_by(|x, y| x.1.cmp(&y.1).then(y.0.cmp(x.0)))
        .map(|(n, _)| n.to_owned())
}

/// Sentences of both pages that show a match: for copies those whose runs the other page has, for retellings those whose figures
/// it has. At most four pairs per match, and for large origins the first twelve matches.
fn evidence(pages: &[PageInput], found: &[&Match]) -> Vec<At<Span>> {
    let mut out: Vec<At<Span>> = Vec::new();
    for m in found.iter().take(12) {
        let (a, b) = m.pages;
        for (x, y) in [(a, b), (b, a)] {
            let spans = if matches!(m.kind, OriginKind::Copy | OriginKind::Wire) {
                sentences_by_runs(&pages[x], &pages[y])
            } else {
                sentences_by_figures(&pages[x], &pages[y])
            };
            for s in spans.into_iter().take(4) {
                if !out.iter().any(|e| e.page == x && e.value == s) {
                    out.push(At::new(x, s));
                }
            }
        }
    }
    out.sort_by_key(|e| (e.page, e.value));
    out
}

fn sentences_by_runs(x: &PageInput, y: &PageInput) -> Vec<Span> {
    let (w, other) = (words(&x.reading.article), words(&y.reading.article).shingle_set());
    let runs: Vec<u32> = w.shingles().collect();
    let mut out = Vec::new();
    for s in &x.reading.sentences {
        if in_common(&w, &runs, *s, &other).is_some_and(|(n, k)| k * 10 >= n * 6) {
            out.push(*s);
        }
    }
    out
}

fn sentences_by_figures(x: &PageInput, y: &PageInput) -> Vec<Span> {
    let other: Vec<(&Id, Option<i64>)> =
        y.reading.claims.iter().flat_map(|c| c.tolls.iter().map(|t| (&t.kind, t.min.or(t.max)))).collect();
    let mut out: Vec<Span> = x
        .reading
        .claims
        .iter()
        .filter(|c| c.tolls.iter().any(|t| other.contains(&(&t.kind, t.min.or(t.max)))))
        .map(|c| c.span)
        .collect();
    out.dedup();
    out
}
