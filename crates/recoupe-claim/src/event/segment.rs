//! Stretches of a sentence that tell different events.

use std::ops::Range;

use recoupe_mention::time::TimeKind;
use recoupe_syntax::{Dep, Upos};

use super::roles::patient_class;
use crate::anchor::Anchor;
use crate::lex::{ClaimLexicon, On, fits};
use crate::sentence::Sent;
use crate::toll::FoundToll;

/// “avaient pris Neirab le 3 février, capturant Saraqib deux jours plus tard”: each place taken is an event of its own.
pub(super) fn split_captures(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    anchors: &[Anchor],
    buckets: &mut Vec<(Vec<usize>, Vec<FoundToll>)>,
) {
    let mut split = Vec::new();
    for (list, _) in buckets.iter_mut() {
        let mut first: Option<String> = None;
        list.retain(|i| {
            let a = &anchors[*i];
            let takes =
                a.any(lex, |x| x.on == Some(On::Place)) && patient_class(s, lex, a) == Some(On::Place) && !a.noun;
            let Some(place) = takes.then(|| patient_place(s, a)).flatten() else { return true };
            match &first {
                None => {
                    first = Some(place);
                    true
                }
                Some(p) if *p == place => true,
                Some(_) => {
                    split.push(*i);
                    false
                }
            }
        });
    }
    buckets.extend(split.into_iter().map(|i| (vec![i], Vec::new())));
}

/// The id of the place under a verb's object.
pub(super) fn patient_place(s: &Sent<'_>, a: &Anchor) -> Option<String> {
    let syn = &s.syn;
    let args = syn.kids(a.word, &[Dep::Obj, Dep::Obl, Dep::Iobj]).collect::<Vec<_>>();
    args.into_iter().find_map(|w| {
        let e = crate::voice::extent(syn, w);
        s.places.iter().find(|p| e.contains(&p.tokens.start)).map(|p| p.place.id.to_string())
    })
}

/// Stretches of a sentence that may tell different events.
pub(super) fn segments(s: &Sent<'_>, lex: &ClaimLexicon, anchors: &[Anchor]) -> Vec<Range<usize>> {
    let n = s.view.len();
    let syn = &s.syn;
    let mut borders: Vec<usize> = Vec::new();
    for t in 1..n {
        let f = s.view.folded[t].trim_end_matches('\'');
        if s.view.surface(t) == ";" {
            borders.push(t + 1);
        } else if lex.grammar.apart.iter().any(|a| a == f)
            && matches!(s.view.upos(t), Some(Upos::Sconj | Upos::Adv | Upos::Adp))
        {
            // "alors que", "tandis que", "lorsque": only before a clause
            let clause = fits(&lex.grammar.apart_alone, f)
                || s.view.folded.get(t + 1).is_some_and(|x| fits(&lex.grammar.apart_next, x));
            if clause {
                borders.push(t);
            }
        }
    }
    for i in 0..syn.len() {
        if syn.dep(i) == Dep::Conj
            && syn.verbal(i)
            && syn.finite(i)
            && syn.child(i, &[Dep::Nsubj]).is_some()
            && syn.head(i).is_some_and(|h| syn.verbal(h))
        {
            borders.push(crate::voice::subtree_start(syn, i));
        }
    }
    borders.sort_unstable();
    borders.dedup();
    let mut ranges = Vec::new();
    let mut from = 0;
    for b in borders.into_iter().filter(|b| *b > 0 && *b < n) {
        if b > from {
            ranges.push(from..b);
            from = b;
        }
    }
    ranges.push(from..n);
    // Neighbours join unless each tells an act of its own, at another time or place or of another kind.
    let mut out: Vec<Range<usize>> = Vec::new();
    for r in ranges {
        match out.last_mut() {
            Some(p) if !separate(s, lex, anchors, p, &r) => p.end = r.end,
            _ => out.push(r),
        }
    }
    out
}

pub(super) fn separate(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    anchors: &[Anchor],
    a: &Range<usize>,
    b: &Range<usize>,
) -> bool {
    let core = |r: &Range<usize>| -> Option<&crate::lex::Act> {
        anchors
            .iter()
            .filter(|x| r.contains(&x.tokens.start))
            .flat_map(|x| x.acts.iter().map(|i| lex.act(*i)))
            .filter(|x| x.core || x.kind == "capture_of_territory" && !x.state)
            .max_by_key(|x| x.rank)
    };
    let any = |r: &Range<usize>| anchors.iter().any(|x| r.contains(&x.tokens.start));
    if !any(a) || !any(b) {
        return false;
    }
    let time = |r: &Range<usize>| {
        s.times.iter().find(|t| r.contains(&(t.tokens.start as usize)) && t.from.is_some() && t.kind == TimeKind::Point)
    };
    let place = |r: &Range<usize>| s.places.iter().find(|p| r.contains(&p.tokens.start) && p.locative);
    if let (Some(x), Some(y)) = (time(a), time(b))
        && (x.from, x.to) != (y.from, y.to)
    {
        return true;
    }
    let own_act = anchors.iter().any(|x| b.contains(&x.tokens.start) && x.any(lex, |y| y.core || y.toll.is_some()));
    if own_act
        && let (Some(x), Some(y)) = (place(a), place(b))
        && x.place.id != y.place.id
    {
        return true;
    }
    match (core(a), core(b)) {
        (Some(x), Some(y)) => x.kind != y.kind && x.rank >= 2 && y.rank >= 2,
        _ => false,
    }
}
