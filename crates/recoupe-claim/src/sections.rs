//! Pages of news from several lands: whose army “the army” is in each part.

use recoupe_mention::lexicon::Ref;
use recoupe_mention::{Lexicon, View};

/// For each line, told by whether it is a heading and by its paragraph, the land whose name opens the section it belongs to
/// (“NIGER”, “Mali : …”); none on a page that does not change from one land to another.
pub(crate) fn lands(names: &Lexicon, lines: &[(bool, u32)], views: &[View<'_>]) -> Vec<Option<u16>> {
    let opened: Vec<Option<u16>> = lines.iter().zip(views).map(|(l, v)| opens(names, l.0, v)).collect();
    let mut all: Vec<u16> = opened.iter().flatten().copied().collect();
    all.sort_unstable();
    all.dedup();
    if all.len() < 2 {
        return vec![None; lines.len()];
    }
    let (mut now, mut paragraph) = (None, None);
    lines
        .iter()
        .zip(opened)
        .map(|((heading, at), o)| {
            // a title without a land's name ends the section; so does the next paragraph where a mere line opened it
            if o.is_some() {
                (now, paragraph) = (o, (!heading).then_some(*at));
            } else if *heading || paragraph.is_some_and(|p| p != *at) {
                (now, paragraph) = (None, None);
            }
            now
        })
        .collect()
}

/// The land a line opens with, alone as a heading or before a colon or dash.
fn opens(names: &Lexicon, heading: bool, v: &View<'_>) -> Option<u16> {
    let first = (0..v.len()).find(|t| v.folded[*t].chars().any(char::is_alphanumeric))?;
    let mark = |t: usize| matches!(v.surface(t), ":" | "–" | "—");
    if !heading && !(first + 1..v.len()).any(mark) {
        return None;
    }
    let h = names.names_in(v).into_iter().find(|h| h.tokens.start == first)?;
    let Ref::State(state) = h.refs[0] else { return None };
    let end = h.tokens.end;
    let alone = heading && end >= v.len();
    (alone || end < v.len() && mark(end)).then_some(state)
}
