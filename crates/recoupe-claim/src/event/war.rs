//! What a whole war has cost: a sum over all its days, which no single incident of it takes in.

use std::ops::Range;

use recoupe_mention::time::{TimeKind, TimeMention};
use recoupe_mention::{TimePrecision, When};
use recoupe_syntax::Upos;

use super::Event;
use super::setting::when;
use crate::lex::{ClaimLexicon, fits};
use crate::sentence::Sent;
use crate::toll::{FoundToll, wars_clause};

/// Fewer dead than this are no sum of a war, whatever the sentence says they died of.
const SUM: i64 = 100;
/// How far before a word for a war what makes it a stretch of time may stand.
const STRETCH: usize = 5;

/// Makes an event the sum of a war where its stretch of the sentence tells what one has cost.
pub(super) fn sum_up(s: &Sent<'_>, lex: &ClaimLexicon, e: &mut Event, range: &Range<usize>) {
    let Some(most) = most(s, lex, &e.tolls) else { return };
    let Some(war) = range.clone().find(|t| costs(s, lex, &e.tolls, *t)) else { return };
    e.war = Some(most);
    if e.rank <= 3 {
        (e.kind, e.rank) = ("armed_clash".into(), 2);
    }
    (e.core, e.bare, e.pluperfect) = (false, true, true);
    e.tolls.iter_mut().for_each(|t| t.toll.cumulative = true);
    e.time = began(s, war).or_else(|| e.time.take());
    e.rules.push("event.war".into());
}

/// The largest figure of the dead, the hurt or the displaced, where it is one that only a war reaches; 0 for an order of size.
fn most(s: &Sent<'_>, lex: &ClaimLexicon, tolls: &[FoundToll]) -> Option<i64> {
    let dead = |t: &&FoundToll| &*t.toll.kind != "displaced";
    let people = |t: &&FoundToll| &*t.toll.unit == "person" && t.toll.part_of.is_none();
    let all = !tolls.iter().any(|t| dead(&t));
    let people = tolls.iter().filter(people).filter(|t| all || dead(t));
    let sizes = people.map(|t| match t.toll.min.or(t.toll.max) {
        Some(n) => n,
        None => {
            let span = t.toll.span;
            let large = |i: &usize| lex.tolls.large.contains(&s.view.folded[*i]);
            let inside = |i: &usize| span.contains(s.view.sentence.tokens[*i].span);
            if (0..s.view.len()).filter(inside).any(|i| large(&i)) { SUM } else { 0 }
        }
    });
    sizes.max().filter(|n| *n >= SUM)
}

/// Whether a token is a war whose cost the tolls are: their subject, or the stretch of time they are counted over.
fn costs(s: &Sent<'_>, lex: &ClaimLexicon, tolls: &[FoundToll], t: usize) -> bool {
    let Some(w) = s.word_at(t).filter(|w| s.token(*w) == t && s.syn.word(*w).upos == Upos::Noun) else { return false };
    if !lex.tolls.wars.contains(&s.syn.lemma[w]) {
        return false;
    }
    let g = &lex.grammar;
    let before = |k: usize| s.view.folded[k].trim_end_matches('\'');
    // "crime de guerre", "avions de guerre": of no war in particular
    let near = t.saturating_sub(2)..t;
    let pointed = near.clone().any(|k| {
        g.definite.iter().any(|d| d.trim_end_matches('\'') == before(k))
            || fits(&g.demonstrative, before(k))
            || lex.tolls.melted.contains(before(k))
    });
    // "deux ans de guerre"
    let lasted = near.clone().any(|k| fits(&g.of, before(k)))
        && (t.saturating_sub(STRETCH)..t).any(|k| lex.tolls.stretches.contains(before(k)));
    if !(pointed || lasted) {
        return false;
    }
    let over = lasted || (t.saturating_sub(STRETCH)..t).any(|k| lex.tolls.over.contains(before(k)));
    over || tolls.iter().any(|x| {
        let clause = s.word_at(x.token).map(|word| s.syn.clause(word));
        clause.is_some_and(|c| wars_clause(s, lex, c))
    })
}

/// A running total that its sentence gives no day of is of the time since it is counted, not of the day's news.
pub(super) fn date_total(s: &Sent<'_>, lex: &ClaimLexicon, e: &mut Event) {
    // two figures of one kind: one of them is news ("deux soldats sont tombés, ce qui porte à 82 …")
    let whole = |t: &&FoundToll| t.toll.part_of.is_none();
    let twice = |t: &FoundToll| e.tolls.iter().filter(whole).filter(|u| u.toll.kind == t.toll.kind).count() > 1;
    let sum = !e.tolls.is_empty() && e.tolls.iter().all(|t| t.toll.cumulative && !twice(t));
    let total = e.war.is_none() && !e.core && sum;
    // "les exactions commises depuis deux ans": counted since then is something else
    let clause = |t: usize| s.word_at(t).map(|w| s.syn.clause(w));
    let since = |t: &&TimeMention| {
        t.from.is_some()
            && t.kind == TimeKind::Since
            && e.tolls.iter().any(|x| clause(x.token) == clause(t.tokens.start as usize))
    };
    // "depuis, 1 200 personnes …, ce qui porte à … le total depuis octobre": counted from two days
    let anew = (0..s.view.len().saturating_sub(1))
        .any(|t| lex.grammar.since.contains(&s.view.folded[t]) && s.view.surface(t + 1) == ",");
    if total
        && !anew
        && e.time.is_none()
        && let Some(w) = s.times.iter().find(since).and_then(start)
    {
        e.time = Some(w);
        e.pluperfect = true;
    }
}

/// Since when the sum is counted: the day or month the war began.
fn began(s: &Sent<'_>, war: usize) -> Option<When> {
    let known = |t: &&TimeMention| t.from.is_some() && matches!(t.kind, TimeKind::Since | TimeKind::Point);
    start(s.times.iter().filter(known).min_by_key(|t| (t.tokens.start as usize).abs_diff(war))?)
}

/// The day, month or year from which something is counted, as exactly as it is named.
fn start(t: &TimeMention) -> Option<When> {
    let mut w = when(t);
    let from = w.from?;
    if t.kind == TimeKind::Since {
        let (to, precision) = match (t.day, t.weekday, t.month, t.year) {
            (None, None, Some(_), _) => (from.last_of_month(), TimePrecision::Month),
            (None, None, None, Some(_)) => (from.last_of_year(), TimePrecision::Year),
            _ => (from, TimePrecision::Day),
        };
        (w.to, w.precision) = (Some(to), precision);
    }
    Some(w)
}
