//! The names in an account's sentences: a market, a bridge, a victim that two accounts share.
//!
//! Nothing is counted over the batch, so that another page changes no pair's score.

use std::collections::BTreeSet;

use recoupe_claim::Claim;
use recoupe_mention::PlacePrecision;
use recoupe_text::{Span, fold};

use crate::account::{Account, Spot};
use crate::hash;
use crate::kin::{Bare, bones};
use crate::table::Table;
use crate::types::{ClaimEntry, PageInput};

/// Fills in the names of all accounts: words with a capital that are not only that of a sentence's start. The names of the parties,
/// voices and places of its page are compared elsewhere, or stand on every page of a war, and are left out.
pub(crate) fn fill(t: &Table, pages: &[PageInput], claims: &[ClaimEntry], accounts: &mut [Account]) {
    for of_page in accounts.chunk_by_mut(|a, b| a.page == b.page) {
        let known = known(pages, of_page[0].page);
        for a in of_page {
            let mut spans: Vec<Span> = a.claims.iter().map(|i| claims[*i].claim(pages).span).collect();
            spans.dedup();
            let text = &pages[a.page].reading.article.text;
            a.names = names(text, &spans, &known);
            a.said = said(t, text, &spans, false);
            a.led = said(t, text, &spans, true);
            // a capital that opens a sentence as its state's government is not where it happened
            let acting = parties(a.claims.iter().map(|i| claims[*i].claim(pages)), text);
            a.led.retain(|k| !acting.contains(k));
        }
    }
}

/// The words that name the parties of claims, as they are looked for.
fn parties<'a>(claims: impl Iterator<Item = &'a Claim>, text: &str) -> BTreeSet<u32> {
    let all = claims.flat_map(|c| c.actor.iter().chain(&c.actor_voice).chain(&c.target).chain(&c.voices));
    let words = all.flat_map(|p| p.span.of(text).split(|c: char| !c.is_alphanumeric())).filter(|w| !w.is_empty());
    words.map(|w| key(&fold(w))).collect()
}

/// Whether a place is a town or narrower.
pub(crate) fn narrow(s: &Spot) -> bool {
    matches!(s.place.precision, PlacePrecision::Exact | PlacePrecision::Town)
}

/// The words of all names that a page's claims are compared by.
fn known(pages: &[PageInput], page: usize) -> BTreeSet<String> {
    let reading = &pages[page].reading;
    let mut out: BTreeSet<String> = BTreeSet::new();
    let mut learn = |s: &str| out.extend(fold(s).split(|c: char| !c.is_alphanumeric()).map(str::to_owned));
    for c in &reading.claims {
        for p in c.actor.iter().chain(&c.target).chain(&c.voices).chain(c.tolls.iter().map(|x| &x.group)) {
            learn(&p.name);
            learn(p.span.of(&reading.article.text));
        }
        if let Some(p) = &c.place {
            learn(&p.name);
            learn(p.span.of(&reading.article.text));
        }
    }
    out
}

fn words<'a>(text: &'a str, spans: &[Span]) -> impl Iterator<Item = (usize, &'a str)> {
    let split = |s: Span| s.of(text).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).enumerate();
    spans.iter().copied().flat_map(split).filter(|(_, w)| w.starts_with(char::is_uppercase))
}

fn names(text: &str, spans: &[Span], known: &BTreeSet<String>) -> Vec<u32> {
    let long = words(text, spans).filter(|(n, w)| *n > 0 && w.chars().count() >= 4 && w.contains(char::is_lowercase));
    let new = long.map(|(_, w)| fold(w)).filter(|f| !known.contains(f));
    sorted(new.map(|f| hash::fast(f.as_bytes()) as u32))
}

/// The words with a capital: those that open a sentence, or the others.
fn said(t: &Table, text: &str, spans: &[Span], first: bool) -> Vec<u32> {
    let inner = words(text, spans).filter(|(n, _)| (*n == 0) == first);
    sorted(inner.map(|(_, w)| fold(w)).filter(|w| w.chars().count() > 2 && !t.article(w)).map(|w| key(&w)))
}

/// A word as names are looked for: its consonants where it has enough of them.
pub(crate) fn key(word: &str) -> u32 {
    let b = bones(word);
    hash::fast(if b.is_empty() { word } else { &b }.as_bytes()) as u32
}

fn sorted(set: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut v: Vec<u32> = set.collect();
    v.sort_unstable();
    v.dedup();
    v.shrink_to_fit();
    v
}

/// Whether the sentences of `b` name the town of `a`.
pub(crate) fn names_town(a: &Account, b: &Account) -> bool {
    // a town may open the sentence it is the subject of
    let there = |w: &str| [&b.said, &b.led].iter().any(|list| list.binary_search(&key(w)).is_ok());
    let said = |n: &Bare| {
        let mut words = n.full.split(' ').filter(|w| w.chars().count() > 2).peekable();
        words.peek().is_some() && words.all(there)
    };
    let local = |s: &Spot| narrow(s) || s.place.precision == PlacePrecision::District;
    a.spots.iter().any(|s| local(s) && said(&s.bare))
}
