//! Which claim an anchor means.

use std::collections::BTreeMap;

use recoupe_claim::{Claim, Detail, Reading};
use recoupe_page::Article;
use recoupe_text::{Span, squeeze};

use super::{Anchor, Why};
use crate::PageInput;

/// Pages by the digest of their bytes: copies of the same bytes under several names share it.
pub(super) struct Pages<'a> {
    by_digest: BTreeMap<&'a str, Vec<usize>>,
}

/// The id without the number that tells copies apart.
fn digest(id: &str) -> &str {
    id.split_once('#').map_or(id, |(d, _)| d)
}

impl<'a> Pages<'a> {
    pub fn new(pages: &'a [PageInput]) -> Self {
        let mut by_digest: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (i, p) in pages.iter().enumerate() {
            by_digest.entry(digest(&p.id)).or_default().push(i);
        }
        Self { by_digest }
    }

    /// The claims meant, as page and index there: one for each copy of the page.
    pub fn find(&self, pages: &[PageInput], a: &Anchor) -> Result<Vec<(usize, usize)>, Why> {
        let copies = self.by_digest.get(digest(&a.page)).ok_or(Why::NoPage)?;
        let found: Vec<Result<(usize, usize), Why>> =
            copies.iter().map(|p| on_page(&pages[*p].reading, a).map(|c| (*p, c))).collect();
        let hits: Vec<(usize, usize)> = found.iter().filter_map(|f| f.ok()).collect();
        match found.into_iter().find_map(Result::err) {
            Some(why) if hits.is_empty() => Err(why),
            _ => Ok(hits),
        }
    }
}

fn on_page(reading: &Reading, a: &Anchor) -> Result<usize, Why> {
    let article = &reading.article;
    let words = places(article, a)?;
    let of = |c: &Claim| article.original_span(c.span);
    let mut fits: Vec<usize> = reading
        .claims
        .iter()
        .enumerate()
        .filter(|(_, c)| c.about() == a.role && words.iter().any(|w| w.overlaps(of(c))))
        .map(|(i, _)| i)
        .collect();
    if fits.is_empty() {
        return Err(Why::NoClaim);
    }
    let claim = |i: &usize| &reading.claims[*i];
    narrow(&mut fits, |i| a.kind.as_ref().is_some_and(|k| claim(i).kind == *k));
    narrow(&mut fits, |i| words.contains(&of(claim(i))));
    // words within the sentence mean the claim that was read from them
    if words.iter().all(|w| fits.iter().any(|i| of(claim(i)) != *w && of(claim(i)).contains(*w))) {
        let hits = |i: &usize| {
            let within = |s: &Span| words.iter().any(|w| w.overlaps(article.original_span(*s)));
            values(claim(i)).iter().filter(|s| !s.is_empty() && within(s)).count()
        };
        let most = fits.iter().map(hits).max().unwrap_or(0);
        narrow(&mut fits, |i| most > 0 && hits(i) == most);
    }
    match (fits.as_slice(), a.nth) {
        ([one], _) => Ok(*one),
        (many, Some(n)) => many.get(n as usize).copied().ok_or(Why::Ambiguous),
        _ => Err(Why::Ambiguous),
    }
}

/// Keeps those that pass, unless none does.
fn narrow(list: &mut Vec<usize>, pass: impl Fn(&usize) -> bool) {
    if list.iter().any(&pass) {
        list.retain(pass);
    }
}

/// Where the words of an anchor stand, in bytes of the page: at its span if they are there, else where they stand once.
fn places(article: &Article, a: &Anchor) -> Result<Vec<Span>, Why> {
    let quote = squeeze(&a.quote);
    if quote.is_empty() {
        return Err(Why::NoQuote);
    }
    if !article.html && article.original.get(a.span.range()).is_some_and(|t| squeeze(t) == quote) {
        return Ok(vec![a.span]);
    }
    let text = if article.html { &article.text } else { &article.original };
    let all: Vec<Span> = occurrences(text, &quote)
        .into_iter()
        .map(|s| if article.html { article.original_span(s) } else { s })
        .collect();
    let here: Vec<Span> = all.iter().copied().filter(|s| s.overlaps(a.span)).collect();
    match (here.is_empty(), all.len()) {
        (false, _) => Ok(here),
        (true, 0) => Err(Why::NoQuote),
        (true, 1) => Ok(all),
        (true, _) => Err(Why::Ambiguous),
    }
}

/// Every place in `text` that reads `quote` once white space is folded; `quote` is folded already.
fn occurrences(text: &str, quote: &str) -> Vec<Span> {
    let mut folded = String::with_capacity(text.len());
    let mut at: Vec<usize> = Vec::with_capacity(text.len());
    let mut blank = true;
    for (i, c) in text.char_indices() {
        if c.is_whitespace() {
            if !blank {
                folded.push(' ');
                at.push(i);
            }
            blank = true;
        } else {
            folded.push(c);
            at.extend(i..i + c.len_utf8());
            blank = false;
        }
    }
    folded.match_indices(quote).map(|(i, q)| Span::new(at[i], at[i + q.len() - 1] + 1)).collect()
}

/// The words that carry a claim's values.
fn values(c: &Claim) -> Vec<Span> {
    let mut out: Vec<Span> = c.tolls.iter().map(|t| t.span).collect();
    out.extend(c.means.iter().map(|m| m.span));
    out.extend(c.time.as_ref().map(|t| t.span));
    out.extend(c.place.as_ref().map(|p| p.span));
    out.extend(c.actor.iter().chain(&c.target).map(|p| p.span));
    match &c.detail {
        Detail::Control { holder, against, .. } => out.extend(holder.iter().chain(against).map(|p| p.span)),
        Detail::Agreement { span, .. } | Detail::Displacement { span, .. } => out.push(*span),
        Detail::Statement { to } => out.extend(to.iter().map(|p| p.span)),
        Detail::Relation { from, to, .. } => out.extend([from.span, to.span]),
        Detail::Incident => {}
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_folded_on_both_sides() {
        let text = "Deux\u{a0}soldats \n ont été  tués. Deux soldats ont fui.";
        let found = occurrences(text, "soldats ont été tués.");
        assert_eq!(found.len(), 1);
        assert_eq!(squeeze(found[0].of(text)), "soldats ont été tués.");
        assert_eq!(occurrences(text, "Deux soldats ont").len(), 2);
        assert!(occurrences(text, "trois").is_empty());
    }
}
