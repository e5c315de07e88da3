//! The rare words of an account's sentences: a market, a bridge, a victim's trade that two accounts share.

use std::collections::BTreeSet;

use recoupe_text::fold;

use crate::account::Account;
use crate::hash;
use crate::types::{ClaimEntry, PageInput};

/// A word that two to this many distinct texts have is rare.
const FEW: usize = 4;

/// Fills in the rare names and words of all accounts. Names are words with a capital that are not only that of a sentence's start;
/// the names of the account's own place and parties are compared elsewhere and left out.
pub(crate) fn fill(pages: &[PageInput], claims: &[ClaimEntry], accounts: &mut [Account]) {
    let mut on: BTreeSet<(u32, usize)> = BTreeSet::new();
    let mut found: Vec<(Vec<u32>, Vec<u32>)> = Vec::with_capacity(accounts.len());
    for a in accounts.iter() {
        let (names, words) = of(pages, claims, a);
        // copies count once
        let text = claims[a.claims[0]].origin.map_or(a.page, |o| pages.len() + o);
        on.extend(names.iter().chain(&words).map(|w| (*w, text)));
        found.push((names, words));
    }
    let counts: Vec<(u32, usize)> = {
        let all: Vec<u32> = on.into_iter().map(|x| x.0).collect();
        all.chunk_by(|a, b| a == b).map(|r| (r[0], r.len())).collect()
    };
    let rare = |w: &u32| counts.binary_search_by_key(w, |c| c.0).is_ok_and(|i| (2..=FEW).contains(&counts[i].1));
    for (a, (names, words)) in accounts.iter_mut().zip(found) {
        a.names = names.into_iter().filter(rare).collect();
        a.words = words.into_iter().filter(rare).collect();
    }
}

fn of(pages: &[PageInput], claims: &[ClaimEntry], a: &Account) -> (Vec<u32>, Vec<u32>) {
    let article = &pages[a.page].reading.article;
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut learn = |s: &str| known.extend(fold(s).split(|c: char| !c.is_alphanumeric()).map(str::to_owned));
    for p in a.actors.iter().chain(&a.targets).map(|p| &p.party) {
        learn(&p.name);
        learn(p.span.of(&article.text));
    }
    if let Some(p) = &a.place {
        learn(&p.name);
        learn(p.span.of(&article.text));
    }
    let (mut names, mut words): (BTreeSet<u32>, BTreeSet<u32>) = (BTreeSet::new(), BTreeSet::new());
    let mut spans: Vec<recoupe_text::Span> = a.claims.iter().map(|i| claims[*i].claim(pages).span).collect();
    spans.dedup();
    for s in spans {
        for (n, w) in s.of(&article.text).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).enumerate() {
            let Some(first) = w.chars().next() else { continue };
            let capital = first.is_uppercase();
            if w.chars().count() < if capital { 4 } else { 6 } || !first.is_alphabetic() || (capital && n == 0) {
                continue;
            }
            let f = fold(w);
            if !known.contains(&f) {
                let h = hash::fast(f.as_bytes()) as u32;
                if capital {
                    names.insert(h)
                } else {
                    words.insert(h)
                };
            }
        }
    }
    (names.into_iter().collect(), words.into_iter().collect())
}
