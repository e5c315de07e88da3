//! Lines that speak to the reader of the site: "Subscribe", "Did you like this article?", "Ask us your questions".
//!
//! Reports of a war do not speak to their reader; people quoted in them do. So what stands in quotation marks never counts, and a
//! line is judged by how its sentences begin, not by a list of buttons.

use crate::rules::Lang;
use recoupe_text::fold;

/// Longest line, in words, that is taken for a call to the reader.
const MOST: u16 = 32;

/// Whether the line calls on the reader: it begins with an imperative of the kind sites use, or says "you" beside a word that
/// only a site uses of itself.
pub(crate) fn calls(s: &str, words: u16, langs: &[&Lang]) -> bool {
    if words == 0 || words > MOST {
        return false;
    }
    let folded = fold(s);
    // Only what stands before the first quotation mark is the site's own voice.
    let own = folded.split(['«', '»', '"', '“', '”', '„']).next().unwrap_or("");
    if own.trim().is_empty() {
        return false;
    }
    langs.iter().any(|l| {
        let parts: Vec<Vec<&str>> = own
            .split(['.', '!', '?', '…', '|', '–', '—', ':', ';'])
            .map(|p| p.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect())
            .filter(|p: &Vec<&str>| p.iter().any(|w| w.starts_with(char::is_alphabetic)))
            .collect();
        let has = |list: &[String], w: &str| list.iter().any(|x| x == w);
        let orders = |p: &Vec<&str>| {
            // "Don't miss": small words may stand before the verb.
            let at = p.iter().take(2).position(|w| !has(&l.negations, w)).unwrap_or(0);
            p.get(at).is_some_and(|w| has(&l.imperatives, w))
        };
        let you = |p: &Vec<&str>| p.iter().any(|w| has(&l.you, w));
        let site = |p: &Vec<&str>| p.iter().any(|w| has(&l.site, w));
        let begins = parts.first().is_some_and(orders);
        // A call is nothing but call: the appeal of a commander has sentences of its own besides.
        let only = parts.iter().all(|p| p.len() <= 4 || orders(p) || you(p) || site(p));
        let lively = own.contains(['!', '?']);
        only && (begins || parts.iter().any(orders))
            || lively && parts.iter().any(orders) && parts.iter().any(you)
            || parts.iter().any(you) && parts.iter().any(site)
            || parts.iter().any(you) && words <= 14 && own.trim_end().ends_with('?')
            // Buttons are infinitives: "Follow the author".
            || words <= 6 && parts.len() == 1 && !own.trim_end().ends_with(['.', '?', '!']) && parts[0].first().is_some_and(|w| has(&l.buttons, w))
    })
}

/// Whether the page is a talk with somebody: questions that say "you" stand in it again and again.
pub(crate) fn interview<'a>(lines: impl Iterator<Item = &'a str>, langs: &[&Lang]) -> bool {
    lines
        .filter(|s| s.trim_end().ends_with('?'))
        .filter(|s| {
            let f = fold(s);
            f.split(|c: char| !c.is_alphanumeric()).any(|w| langs.iter().any(|l| l.you.iter().any(|y| y == w)))
        })
        .take(4)
        .count()
        > 3
}
