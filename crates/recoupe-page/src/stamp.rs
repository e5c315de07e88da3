//! Dates that a site or a collector stamps on a page: at the head of its first line, or a month alone.

use crate::dates;
use crate::line::Line;
use crate::rules::{Lang, bounded};
use recoupe_text::fold;

/// Words up to which a wording of publication may run before its date.
const LABEL: usize = 4;

/// Cuts a stamp off a line: "date 2021-10 Trois soldats tués", "31/01/2020. Des hommes armés ont …". `open`: no running text
/// stands above.
pub(crate) fn head(text: &str, line: &Line, langs: &[&Lang], open: bool) -> Option<usize> {
    let s = line.span.of(text);
    let base = line.span.start as usize;
    let head = &s[..s.char_indices().nth(60).map_or(s.len(), |x| x.0)];
    let days = dates::find(head, 0, langs).into_iter().filter(|f| f.year.is_some()).map(|f| f.span);
    let first = days.chain(dates::months(head, 0, langs).into_iter().map(|m| m.span)).min_by_key(|d| d.start)?;
    let (start, end) = (first.start as usize, first.end as usize);
    let label = fold(head[..start].trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '(' | '[')));
    let figures = head[start..end].bytes().all(|b| !b.is_ascii_alphabetic());
    let rest = s[end..].trim_start_matches([')', ']']);
    let tail = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '.' | '|' | '-' | '–' | '—'));
    if tail.split_whitespace().take(4).count() < 4 {
        return None;
    }
    let cut = s.len() - tail.len();
    let said = label.split(' ').count() <= LABEL
        && langs.iter().any(|l| l.published.iter().chain(&l.updated).any(|p| p.len() > 2 && *p == label));
    // Figures after the wording cannot go on as a sentence; a day without it needs a mark behind it.
    let capital = tail.starts_with(|c: char| c.is_uppercase() || matches!(c, '«' | '"' | '“' | '('));
    let marked = rest.trim_start().starts_with(['.', '-', '–', '—', '|']) || rest.len() < s.len() - end;
    let stamped = said && figures || open && label.is_empty() && marked;
    (stamped && capital).then_some(base + cut)
}

/// Whether a line is a month by itself or with words of publication: "2021-10", "Date : 2021-10", "Publié en octobre 2021".
/// A month in words alone may be a heading.
pub(crate) fn month(s: &str, folded: &str, words: u16, langs: &[&Lang]) -> bool {
    let [found] = dates::months(s, 0, langs)[..] else { return false };
    let figures = s.get(found.span.range()).is_some_and(|t| t.bytes().all(|b| !b.is_ascii_alphabetic()));
    let label = |p: &String| p.len() > 2 && folded.starts_with(p.as_str()) && bounded(folded, 0, p.len());
    let said = langs.iter().any(|l| l.published.iter().chain(&l.updated).any(label));
    let letters = s.chars().filter(|c| c.is_alphabetic()).count();
    words <= 6 && (said || figures && letters == 0)
}
