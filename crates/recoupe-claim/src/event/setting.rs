//! When and where an act took place, as far as its sentence tells.

use std::ops::Range;

use recoupe_mention::time::TimeKind;
use recoupe_mention::{Place, TimeBasis, TimePrecision, When};
use recoupe_syntax::Dep;

use crate::lex::ClaimLexicon;
use crate::sentence::Sent;

/// The time of an act: in its clause first, then in its stretch of the sentence.
pub(super) fn time(s: &Sent<'_>, _lex: &ClaimLexicon, word: usize, range: &Range<usize>) -> Option<When> {
    let syn = &s.syn;
    let clause = syn.clause(word);
    let speech: Vec<Range<usize>> = s
        .scopes
        .iter()
        .filter_map(|x| x.verb)
        .map(|v| {
            let t = s.token(v);
            t.saturating_sub(1)..t + 1
        })
        .collect();
    let mut best: Option<(i32, When)> = None;
    for t in &s.times {
        if !matches!(t.kind, TimeKind::Point) || (t.from.is_none() && t.weekday.is_none()) {
            continue;
        }
        let at = t.tokens.start as usize;
        let w = s.word_at(at);
        let mut score = 0i32;
        if range.contains(&at) {
            score += 4;
        }
        if w.is_some_and(|w| syn.under(w, clause)) {
            score += 3;
        }
        if w.is_some_and(|w| syn.under(w, word)) {
            score += 4;
        }
        // "a déclaré jeudi le ministère": the time of the speech, a weak witness of the act's.
        if let Some(w) = w {
            let c = syn.clause(w);
            let by_speech = s.scopes.iter().any(|x| x.verb == Some(c));
            let adjacent = speech.iter().any(|r| r.end == at || r.contains(&at));
            if (by_speech || adjacent) && clause != c {
                score -= 5;
            }
        }
        // a date inside a relative or participial clause that the act is not in dates that clause
        if let Some(mut k) = w {
            for _ in 0..10 {
                if syn.dep(k) == Dep::Acl && !syn.under(word, k) {
                    score -= 5;
                    break;
                }
                match syn.head(k) {
                    Some(h) => k = h,
                    None => break,
                }
            }
        }
        if t.precision == TimePrecision::Day {
            score += 1;
        }
        score -= (at.abs_diff(s.token(word)) / 12) as i32;
        if best.as_ref().is_none_or(|b| score > b.0) {
            best = Some((score, when(t)));
        }
    }
    best.filter(|b| b.0 > -4).map(|b| b.1)
}

/// A time mention as the time of a claim.
pub fn when(t: &recoupe_mention::time::TimeMention) -> When {
    When {
        from: t.from,
        to: t.to,
        precision: t.precision,
        basis: match t.basis {
            recoupe_mention::time::Basis::Absolute => TimeBasis::Absolute,
            recoupe_mention::time::Basis::Narrative => TimeBasis::Narrative,
            _ => TimeBasis::Relative,
        },
        weekday: t.weekday,
        span: t.span,
    }
}

/// The place of an act: named under it, in its clause, in its stretch of the sentence; the most exact first.
pub(super) fn place(s: &Sent<'_>, lex: &ClaimLexicon, word: usize, range: &Range<usize>) -> Option<Place> {
    let syn = &s.syn;
    let clause = syn.clause(word);
    let mut best: Option<(i32, &Place)> = None;
    for p in &s.places {
        let at = p.tokens.start;
        let w = s.word_at(at);
        let mut score = 0i32;
        if !p.locative && s.party_at(at).is_some() {
            continue;
        }
        if range.contains(&at) {
            score += 6;
        }
        if p.locative {
            score += 4;
        }
        if w.is_some_and(|w| syn.under(w, word)) {
            score += 3;
        } else if w.is_some_and(|w| syn.under(w, clause)) {
            score += 2;
        }
        score += match p.place.precision {
            recoupe_mention::PlacePrecision::Exact | recoupe_mention::PlacePrecision::Town => 6,
            recoupe_mention::PlacePrecision::District => 4,
            recoupe_mention::PlacePrecision::Province => 1,
            recoupe_mention::PlacePrecision::Country => -4,
        };
        if p.origin || w.is_some_and(|w| carried_off(s, lex, w, word)) {
            score -= 6;
        }
        score -= (at.abs_diff(s.token(word)) / 10) as i32;
        if best.is_none_or(|b| score > b.0) {
            best = Some((score, &p.place));
        }
    }
    best.filter(|b| b.0 > 0).map(|b| b.1.clone())
}

/// Whether a place is where people were brought or went, not where it happened: “évacués vers …”, “transférés à …”.
fn carried_off(s: &Sent<'_>, lex: &ClaimLexicon, place: usize, act: usize) -> bool {
    let syn = &s.syn;
    let moved = |i: usize| {
        lex.grammar.moving.contains(&syn.lemma[i])
            || lex.grammar.participles.iter().any(|[end, inf]| {
                syn.form[i]
                    .strip_suffix(end.as_str())
                    .is_some_and(|x| lex.grammar.moving.contains(&format!("{x}{inf}")))
            })
    };
    let mut at = place;
    for _ in 0..4 {
        match syn.head(at) {
            Some(h) if h == act => return false,
            Some(h) if h < at && moved(h) => return true,
            Some(h) => at = h,
            None => return false,
        }
    }
    false
}
