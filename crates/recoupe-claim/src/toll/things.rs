//! Things in lists: the predicate behind a list says it of all of it, the act before a list goes on to its end.

use recoupe_mention::Status;
use recoupe_syntax::{Dep, Upos};

use super::FoundToll;
use super::figure::Hit;
use crate::anchor::Anchor;
use crate::lex::{ClaimLexicon, On, Patient, fits};
use crate::sentence::Sent;

/// How far a list of things is looked through for its predicate.
const REACH: usize = 28;

/// “une mitrailleuse et deux fusils récupérés”, “45 maisons et 34 véhicules ont été incendiés”: what is said of a list behind
/// its last item is said of those before it, whatever the tree makes of them.
pub(super) fn predicate_behind(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    anchors: &[Anchor],
    first: usize,
    end: usize,
) -> Option<Hit> {
    let n = s.view.len();
    // the object of a verb before it has been told: only a list that opens its clause, or follows another predicate
    if governed(s, lex, anchors, first) {
        return None;
    }
    // "ont été découvertes et détruites": the first of two participles may be no act
    let found = |t: usize| {
        let passive = s.word_at(t).is_some_and(|w| s.syn.after_passive_auxiliary(w, &lex.grammar));
        passive && s.view.folded.get(t + 1).is_some_and(|f| fits(&lex.grammar.and, f))
    };
    let mut items = 0;
    let mut t = end;
    while t < n.min(end + REACH) {
        if let Some(a) = anchors.iter().find(|a| !a.noun && a.tokens.start <= t && t < a.tokens.end) {
            let passive = s.syn.after_passive_auxiliary(a.word, &lex.grammar);
            let bare = !s.syn.finite(a.word) && s.syn.child(a.word, &[Dep::Aux]).is_none();
            let counts = s.numbers.iter().any(|q| q.tokens.start as usize == a.tokens.end && q.counts());
            let act = lex.act(a.act(lex, Some(On::Thing))?);
            let suffers = a.patient.unwrap_or(act.patient) == Patient::Object && !s.syn.present_participle(a.word);
            let kind = act.toll.as_deref().filter(|k| matches!(*k, "seized" | "destroyed"))?;
            // "deux fusils de chasse récupérés": of one thing only where nothing but what kind it is stands between
            let kinds = |k: usize| {
                matches!(s.view.upos(k), Some(Upos::Noun | Upos::Propn | Upos::Adj | Upos::X))
                    || fits(&lex.grammar.of, s.view.folded[k].trim_end_matches('\''))
            };
            let listed = items > 0 || bare && t > end && t - end <= 4 && (end..t).all(kinds);
            let said = listed && suffers && (passive || bare && !counts);
            return said.then(|| (kind.into(), Some(a.word), "toll.predicate-behind"));
        }
        let f = s.view.folded[t].trim_end_matches('\'');
        if s.view.surface(t) == "," || fits(&lex.grammar.list_marks, f) {
            items += 1;
        } else if matches!(s.view.surface(t), ";" | ":" | "." | "»")
            || fits(&lex.grammar.relative, f)
            || lex.grammar.part.longest_at(&s.view.folded, t) == Some(1)
            || s.view.upos(t) == Some(Upos::Sconj)
            || s.view.upos(t) == Some(Upos::Verb) && !found(t)
        {
            return None;
        }
        t += 1;
    }
    None
}

/// Whether a verb done to things stands before a figure in its own stretch, with nothing said of others in between.
fn governed(s: &Sent<'_>, lex: &ClaimLexicon, anchors: &[Anchor], first: usize) -> bool {
    let from = (0..first).rev().find(|t| matches!(s.view.surface(*t), ";" | ":" | ".")).map_or(0, |t| t + 1);
    let last = anchors.iter().rev().find(|a| a.tokens.end <= first && a.tokens.start >= from);
    last.is_some_and(|a| {
        let things =
            a.any(lex, |x| x.on != Some(On::Person) && matches!(x.toll.as_deref(), Some("seized" | "destroyed")));
        things && (a.noun || !s.passive(a.word, lex))
    })
}

/// “sont repartis avec deux pick-up”, “s'est rendu en possession d'un fusil”: whoever leaves with a thing has taken it, and
/// whoever surrenders with it has given it up.
pub(super) fn taken_along(s: &Sent<'_>, lex: &ClaimLexicon, first: usize, people: bool) -> Option<Hit> {
    let with = lex.tolls.along.before(&s.view.folded, first)?;
    let verb = (with.saturating_sub(10)..with).rev().find(|t| matches!(s.view.upos(*t), Some(Upos::Verb)))?;
    let leaves = s.word_at(verb).is_some_and(|w| lex.tolls.leave.contains(&s.syn.lemma[w]));
    let clear = (verb + 1..with).all(|t| !matches!(s.view.surface(t), ";" | ":" | "»"));
    // "les habitants ont fui avec deux ânes": their own
    let owners = s.word_at(verb).and_then(|w| s.syn.child(w, &[Dep::Nsubj])).and_then(|w| s.party_of(w));
    let own = owners.is_some_and(|p| s.parties[p].party.status == Status::Civilian);
    let kind = if people { "captured" } else { "seized" };
    (leaves && clear && !own).then(|| (kind.into(), None, "toll.taken-along"))
}

/// “la saisie de « deux fusils, cinq chargeurs »”: the noun of what was done to things, over a quotation mark.
pub(super) fn done_to(s: &Sent<'_>, lex: &ClaimLexicon, first: usize) -> Option<Hit> {
    let quote = |t: usize| matches!(s.view.surface(t), "«" | "\"" | "“");
    let of = (first.saturating_sub(2)..first).rev().find(|t| !quote(*t))?;
    if !fits(&lex.grammar.of, s.view.folded[of].trim_end_matches('\'')) {
        return None;
    }
    let noun = s.word_at(of.checked_sub(1)?)?;
    let kind = lex.tolls.thing_events.get(&s.syn.lemma[noun])?;
    Some((kind.clone(), None, "toll.done-to"))
}

/// “a perdu cinquante hommes et un char”, “a récupéré une mitrailleuse et un fusil”: the last of a list goes on under the act of
/// the one before it, though an article counts it.
pub(super) fn next_of_list(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    anchors: &[Anchor],
    prev: &FoundToll,
    first: usize,
) -> Option<Hit> {
    // "34 missiles ont été interceptés, de même que quatre drones"
    if let Some(from) = lex.tolls.likewise.before(&s.view.folded, first)
        && from > prev.token
        && from - prev.token <= 14
        && &*prev.toll.unit != "person"
        && matches!(&*prev.toll.kind, "seized" | "destroyed")
    {
        return Some((prev.toll.kind.clone(), prev.anchor, "toll.likewise"));
    }
    let joined =
        first.checked_sub(1).is_some_and(|t| fits(&lex.grammar.and, &s.view.folded[t]) || s.view.surface(t) == ",");
    let quiet = |t: usize| {
        !matches!(s.view.upos(t), Some(Upos::Verb | Upos::Aux | Upos::Sconj | Upos::Pron)) && s.view.surface(t) != ";"
    };
    if !joined || first <= prev.token || first - prev.token > 16 || !(prev.token..first).all(quiet) {
        return None;
    }
    if &*prev.toll.unit != "person" {
        let goes_on = matches!(&*prev.toll.kind, "seized" | "destroyed") && !matches!(prev.rule, "toll.participle");
        return goes_on.then(|| (prev.toll.kind.clone(), prev.anchor, "toll.list"));
    }
    let a = prev.anchor.and_then(|w| anchors.iter().find(|a| a.word == w && !a.noun))?;
    let thing = a.acts.iter().map(|x| lex.act(*x)).find(|x| x.on == Some(On::Thing))?;
    let kind = thing.toll.as_deref().filter(|_| a.tokens.end <= prev.token)?;
    Some((kind.into(), Some(a.word), "toll.list"))
}
