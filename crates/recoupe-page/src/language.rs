//! Which language a page is in: the small words of the languages that have packs, checked against letter statistics.

use crate::line::Line;
use crate::rules::Rules;

/// How many words are looked at.
const WORDS: usize = 3000;
/// How much text the letter statistics see.
const SAMPLE: usize = 3000;

/// Code of the pack language and how sure it is, or `None` for a page in another language.
///
/// The small words of the lines that are looked at are left in them.
pub(crate) fn detect(text: &str, lines: &mut [Line], declared: Option<&str>, rules: &Rules) -> (Option<String>, f32) {
    let mut words = 0usize;
    let mut votes = vec![0usize; rules.langs.len()];
    let (all, of) = &rules.small;
    // Long lines first: they are text, short ones are furniture.
    for long in [true, false] {
        for l in lines.iter_mut().filter(|l| (l.words >= 12) == long) {
            let mut mine = vec![0usize; votes.len()];
            for w in crate::words::words(&l.folded) {
                let which = all.find(w).map_or(0, |i| of[i]);
                add(which, &mut mine);
                if w.bytes().all(|b| b.is_ascii_alphabetic()) {
                    words += 1;
                    add(which, &mut votes);
                    continue;
                }
                // of "2e" and "l'an 40" the letters alone tell the language
                for w in crate::words::letters(w) {
                    words += 1;
                    add(all.find(w).map_or(0, |i| of[i]), &mut votes);
                }
            }
            l.votes = mine.into_iter().map(|n| n.min(u16::MAX as usize) as u16).collect();
            if words > WORDS {
                break;
            }
        }
        if words >= 60 {
            break;
        }
    }
    if words == 0 {
        return (None, 0.0);
    }
    let share = |i: usize| votes[i] as f32 / words as f32;
    let best = (0..votes.len()).max_by_key(|&i| (votes[i], std::cmp::Reverse(i)));
    let found = |i: usize, sure: f32| (Some(rules.langs[i].code.clone()), sure);
    // Related languages share small words, but never so many.
    if let Some(b) = best
        && words >= 40
        && share(b) >= 0.38
        && (0..votes.len()).all(|i| i == b || votes[i] * 2 < votes[b])
    {
        return found(b, (share(b) * 2.2).min(1.0));
    }
    let info = whatlang::detect(sample(text));
    let letters = info.as_ref().and_then(|i| rules.langs.iter().position(|l| l.iso3 == i.lang().code()));
    let reliable = info.as_ref().is_some_and(whatlang::Info::is_reliable);
    match (best, letters) {
        (Some(b), Some(l)) if b == l && share(b) > 0.08 => found(b, (share(b) * 2.5).clamp(0.6, 1.0)),
        // Small words are many: short pages, where letters say little.
        (Some(b), _) if share(b) >= 0.34 && words >= 4 => found(b, 0.8),
        // Headlines alone have few small words.
        (_, Some(l)) if reliable => found(l, 0.6),
        (Some(b), None) if share(b) >= 0.15 && !reliable => found(b, 0.4),
        (Some(b), Some(_)) if share(b) >= 0.12 => found(b, 0.4),
        (Some(b), None) if declared.is_some_and(|d| d.starts_with(rules.langs[b].code.as_str())) && share(b) >= 0.1 => {
            found(b, 0.4)
        }
        _ => (None, 0.0),
    }
}

/// Counts a word for the languages that have it.
#[inline]
fn add(which: u64, votes: &mut [usize]) {
    if which != 0 {
        votes.iter_mut().enumerate().for_each(|(i, v)| *v += usize::from(which >> i & 1 != 0));
    }
}

/// The middle of a page: its ends are furniture.
fn sample(text: &str) -> &str {
    let mut from = text.len().saturating_sub(SAMPLE) / 2;
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let mut to = (from + SAMPLE).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    &text[from..to.max(from)]
}
