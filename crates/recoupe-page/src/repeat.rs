//! Text that stands on the page twice.

use std::collections::{BTreeMap, BTreeSet};

use crate::line::{Label, Line};
use crate::model::{BlockKind, Why};

fn words(l: &Line) -> impl Iterator<Item = &str> {
    crate::words::words(&l.folded)
}

/// Words that must agree before two passages are compared in full.
const SEED: usize = 8;

/// Drops paragraphs that repeat what stands elsewhere: the same again, a lead that the next paragraph starts with, a copy of
/// the beginning that breaks off.
pub(crate) fn prose(lines: &mut [Line]) {
    let at: Vec<usize> = (0..lines.len())
        .filter(|&i| matches!(lines[i].label, Label::Prose | Label::Sentence | Label::Kept(BlockKind::Caption)))
        .collect();
    if at.len() < 2 {
        return;
    }
    if !repeats(at.iter().map(|i| &lines[*i])) {
        return;
    }
    let mut all: Vec<&str> = Vec::new();
    let mut ranges = Vec::new();
    for &i in &at {
        let start = all.len();
        all.extend(words(&lines[i]));
        ranges.push(start..all.len());
    }
    // Where each paragraph's first words stand.
    let mut seeds: BTreeMap<&[&str], Vec<usize>> = BTreeMap::new();
    for (k, r) in ranges.iter().enumerate() {
        if r.len() >= SEED {
            seeds.entry(&all[r.start..r.start + SEED]).or_default().push(k);
        }
    }
    let mut drop = vec![false; at.len()];
    for list in seeds.values().filter(|l| l.len() > 1) {
        // Few paragraphs share their beginning; a hostile page may have many.
        for (n, &a) in list.iter().enumerate().take(64) {
            for &b in list.iter().skip(n + 1).take(64) {
                if drop[a] || drop[b] {
                    continue;
                }
                let common = common(&all, ranges[a].start, ranges[b].start, ranges[a].len().max(ranges[b].len()));
                let end = lines[at[b]].folded.trim_end();
                let cut = end.ends_with("...") || end.ends_with('…') || end.ends_with("[...]") || end.ends_with("[…]");
                let (la, lb) = (ranges[a].len(), ranges[b].len());
                // A picture's description and its caption: the caption stays, it is known for what it is.
                let caption = |k: usize| lines[at[k]].label == Label::Kept(BlockKind::Caption);
                if caption(b) && !caption(a) && common >= la {
                    drop[a] = true;
                } else if common >= lb || (cut && common + 2 >= lb) || common * 20 >= lb * 19 {
                    drop[b] = true;
                } else if common >= la || common * 20 >= la * 19 && la >= 12 {
                    // The lead, then the same with more: the longer one stays.
                    drop[a] = true;
                }
            }
        }
    }
    // Short sentences said again word for word.
    let mut seen: BTreeMap<&[&str], usize> = BTreeMap::new();
    for (k, r) in ranges.iter().enumerate() {
        if r.len() >= 4 && r.len() < SEED && seen.insert(&all[r.clone()], k).is_some() {
            drop[k] = true;
        }
    }
    for (k, &i) in at.iter().enumerate() {
        if drop[k] {
            lines[i].label = Label::Drop(Why::Repeat);
        }
    }
}

/// Whether two of the paragraphs begin with the same words, or are the same where they are shorter.
fn repeats<'a>(paragraphs: impl Iterator<Item = &'a Line>) -> bool {
    let mut seen = BTreeSet::new();
    let mut begins = paragraphs.map(|l| words(l).take(SEED).collect::<Vec<_>>());
    begins.any(|b| b.len() >= 4 && !seen.insert(b))
}

/// Number of words that agree from two places on, `most` at most.
fn common(all: &[&str], a: usize, b: usize, most: usize) -> usize {
    all[b..].iter().zip(&all[a..b]).take(most).take_while(|(x, y)| x == y).count()
}

/// Drops the title where it stands again, and headings said twice.
pub(crate) fn short(lines: &mut [Line], title: Option<usize>) {
    let key = |l: &Line| words(l).collect::<Vec<_>>().join(" ");
    let mut seen: BTreeSet<String> = title.map(|t| key(&lines[t])).into_iter().collect();
    for (i, l) in lines.iter_mut().enumerate() {
        if Some(i) == title
            || l.words < 4
            || l.words > 45
            || matches!(l.label, Label::Drop(w) if w != Why::Menu)
            || l.label == Label::Prose
        {
            continue;
        }
        let k = key(l);
        if !seen.insert(k) {
            l.label = Label::Drop(Why::Repeat);
        }
    }
}
