//! Figures that lean on what stands elsewhere: on the toll before them, on a list's common verb, on the noun they number.

use std::ops::Range;

use recoupe_mention::{Id, Status};
use recoupe_syntax::{Dep, Number, Upos, VerbForm};

use super::FoundToll;
use super::counted::Counted;
use super::figure::Hit;
use crate::anchor::Anchor;
use crate::lex::{ClaimLexicon, On, Patient, fits};
use crate::sentence::Sent;

/// What a figure without an act of its own leans on.
#[allow(clippy::too_many_arguments)]
pub(super) fn leaning(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    anchors: &[Anchor],
    casualties: &[(Range<usize>, Id)],
    out: &[FoundToll],
    what: &Counted,
    noun: Option<usize>,
    quantity: &Range<usize>,
) -> Option<Hit> {
    let end = noun.map_or(quantity.end, |t| t + 1);
    let people = matches!(what, Counted::Person(_) | Counted::Noun | Counted::Open);
    let open = matches!(what, Counted::Open);
    None.or_else(|| headed(s, lex, anchors, what, quantity.start))
        .or_else(|| listed_participle(s, lex, anchors, what, end))
        .or_else(|| people.then(|| numbered(s, lex, casualties, quantity.start)).flatten())
        .or_else(|| people.then(|| found_so(s, lex, anchors, casualties, end)).flatten())
        .or_else(|| people.then(|| held(s, lex, end)).flatten())
        .or_else(|| open.then(|| part_of_told(s, lex, out, end)).flatten())
        .or_else(|| open.then(|| counted_anew(s, lex, out, quantity.start)).flatten())
        .or_else(|| (people && !open).then(|| itemised(s, lex, casualties, out, what, quantity.start, end)).flatten())
        .or_else(|| (people && !open).then(|| comprised(s, lex, quantity.start, end)).flatten())
        .or_else(|| euphemism(s, lex, what, quantity, end))
        .or_else(|| (people && !open).then(|| tended(s, lex, out, noun, quantity)).flatten())
}

/// “matériel récupéré : dix motos, six fusils”: the participle before the colon says it of all that is listed behind.
fn headed(s: &Sent<'_>, lex: &ClaimLexicon, anchors: &[Anchor], what: &Counted, first: usize) -> Option<Hit> {
    if !matches!(what, Counted::Thing(_)) {
        return None;
    }
    let colon = (1..first).rev().find(|t| s.view.surface(*t) == ":")?;
    let clear = (colon + 1..first).all(|t| {
        !matches!(s.view.surface(t), ";" | "." | "»") && !matches!(s.view.upos(t), Some(Upos::Verb | Upos::Aux))
    });
    let a = anchors.iter().find(|a| !a.noun && a.tokens.end == colon && !s.syn.present_participle(a.word))?;
    let noun =
        a.tokens.start.checked_sub(1).is_some_and(|t| {
            matches!(s.view.upos(t), Some(Upos::Noun | Upos::Adj | Upos::Propn)) && a.tokens.start <= 8
        });
    let kind = lex.act(a.act(lex, Some(On::Thing))?).toll.as_deref()?;
    (clear && noun && matches!(kind, "seized" | "destroyed")).then(|| (kind.into(), Some(a.word), "toll.headed"))
}

/// “quatorze motos, deux pick-up et un lot d'armes récupérés”: the participle behind a list says it of all of it.
fn listed_participle(s: &Sent<'_>, lex: &ClaimLexicon, anchors: &[Anchor], what: &Counted, end: usize) -> Option<Hit> {
    let on = match what {
        Counted::Thing(_) => On::Thing,
        Counted::Person(_) => On::Person,
        _ => return None,
    };
    let mut marks = 0;
    for t in end..s.view.len().min(end + 24) {
        if let Some(a) = anchors.iter().find(|a| !a.noun && a.tokens.start == t) {
            let w = s.syn.word(a.word);
            let alone = !s.syn.finite(a.word)
                && w.feats.verb_form != Some(VerbForm::Inf)
                && w.feats.number != Some(Number::Sing)
                && !s.syn.present_participle(a.word)
                && !s.numbers.iter().any(|q| q.tokens.start as usize == t + 1);
            let act = lex.act(a.act(lex, Some(on))?);
            let kind = act.toll.as_deref().filter(|_| act.patient == Patient::Object)?;
            return (alone && marks > 0).then(|| (kind.into(), Some(a.word), "toll.listed-participle"));
        }
        let f = &s.view.folded[t];
        if s.view.surface(t) == "," || fits(&lex.grammar.list_marks, f) {
            marks += 1;
            continue;
        }
        let inside =
            matches!(s.view.upos(t), Some(Upos::Noun | Upos::Adj | Upos::Num | Upos::Det | Upos::Propn | Upos::X))
                || fits(&lex.grammar.of, f.trim_end_matches('\''));
        if !inside {
            return None;
        }
    }
    None
}

/// “toutes les victimes, au nombre de onze”, “les morts sont au nombre de sept”: the dead are told before their number.
fn numbered(s: &Sent<'_>, lex: &ClaimLexicon, casualties: &[(Range<usize>, Id)], first: usize) -> Option<Hit> {
    let from = lex.tolls.numbering.before(&s.view.folded, first)?;
    let (r, k) = casualties.iter().rev().find(|(r, _)| r.end <= from && from - r.end <= 8)?;
    let clear = (r.end..from).all(|t| !matches!(s.view.surface(t), ";" | ":" | "»"));
    let k: Id = if &**k == "killed_or_wounded" { "killed".into() } else { k.clone() };
    (clear && matches!(&*k, "killed" | "wounded" | "missing")).then_some((k, None, "toll.numbered"))
}

/// “ont été retrouvés décapités”, “ont été découverts morts”: as what those counted were found.
fn found_so(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    anchors: &[Anchor],
    casualties: &[(Range<usize>, Id)],
    end: usize,
) -> Option<Hit> {
    let at = (end..s.view.len().min(end + 9)).find(|t| {
        s.view.upos(*t) == Some(Upos::Verb) && s.word_at(*t).is_some_and(|w| lex.tolls.found.contains(&s.syn.lemma[w]))
    })?;
    let clear = (end..at).all(|t| !matches!(s.view.surface(t), ";" | ":") && s.view.upos(t) != Some(Upos::Verb));
    let so = |t: usize| {
        let act = anchors.iter().find(|a| !a.noun && a.tokens.start == t && !s.syn.present_participle(a.word));
        let kind =
            act.and_then(|a| Some((lex.act(a.act(lex, Some(On::Person))?).toll.as_deref()?.into(), Some(a.word))));
        kind.or_else(|| casualties.iter().find(|(r, _)| r.start == t).map(|(_, k)| (k.clone(), None)))
    };
    // "retrouvés sans vie" is a casualty word of its own; an adverb may stand between
    let (kind, act): (Id, Option<usize>) =
        (at + 1..s.view.len().min(at + 3)).find_map(|t| so(t).filter(|(k, _)| matches!(&**k, "killed" | "wounded")))?;
    let counts = s.numbers.iter().any(|q| (q.tokens.start as usize) > at && (q.tokens.start as usize) <= at + 3);
    (clear && !counts).then_some((kind, act, "toll.found-so"))
}

/// “cinq autres sont entre les mains des assaillants”: captives, unless those hands heal or judge.
fn held(s: &Sent<'_>, lex: &ClaimLexicon, end: usize) -> Option<Hit> {
    let at = (end..s.view.len().min(end + 6)).find(|t| lex.tolls.held.longest_at(&s.view.folded, *t).is_some())?;
    let is = (end..at).any(|t| matches!(s.view.upos(t), Some(Upos::Aux | Upos::Verb)));
    let clear = (end..at).all(|t| !matches!(s.view.surface(t), "," | ";" | ":" | "»"));
    let after = at + lex.tolls.held.longest_at(&s.view.folded, at)?;
    let kind_hands = (after..s.view.len().min(after + 4)).any(|t| {
        lex.tolls.kind_hands.contains(&s.view.folded[t])
            || s.word_at(t).is_some_and(|w| lex.tolls.kind_hands.contains(&s.syn.lemma[w]))
    });
    (is && clear && !kind_hands).then(|| ("captured".into(), None, "toll.held"))
}

/// “sept d'entre elles”, “deux dans un état grave”, “neuf sont des enfants”: of those told before.
fn part_of_told(s: &Sent<'_>, lex: &ClaimLexicon, out: &[FoundToll], end: usize) -> Option<Hit> {
    lex.tolls.parts_of.longest_at(&s.view.folded, end)?;
    // "deux d'entre eux, joints par téléphone, confirment": they tell
    let asked = |t: usize| s.word_at(t).is_some_and(|w| lex.voices.asked.contains(&s.syn.lemma[w]));
    if (end..s.view.len().min(end + 8)).any(asked) {
        return None;
    }
    let told = out.iter().rev().find(|t| &*t.toll.unit == "person" && t.toll.part_of.is_none());
    match told {
        Some(t) => Some((t.toll.kind.clone(), t.anchor, "toll.part")),
        None => s.before.clone().map(|(k, _)| (k, None, "toll.part-of-told")),
    }
}

/// “le maire en dénombre quarante-deux”, “ils étaient huit”: the count told before, with another figure.
fn counted_anew(s: &Sent<'_>, lex: &ClaimLexicon, out: &[FoundToll], first: usize) -> Option<Hit> {
    let at_border = |t: usize| {
        t >= s.view.len()
            || s.view.upos(t) == Some(Upos::Punct)
            || s.times.iter().any(|x| x.tokens.start as usize == t)
            || fits(&lex.grammar.and, &s.view.folded[t])
    };
    let end = s.numbers.iter().find(|q| q.tokens.start as usize == first)?.tokens.end as usize;
    let again = lex.tolls.again.before(&s.view.folded, first).is_some() && at_border(end);
    if !again {
        return None;
    }
    match out.iter().rev().find(|t| &*t.toll.unit == "person") {
        Some(t) => Some((t.toll.kind.clone(), None, "toll.again")),
        None => s.before.clone().map(|(k, _)| (k, None, "toll.again")),
    }
}

/// “détaille les pertes : dix gendarmes et un civil”, “trois soldats sont morts : deux officiers et un sergent”.
fn itemised(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    casualties: &[(Range<usize>, Id)],
    out: &[FoundToll],
    what: &Counted,
    first: usize,
    end: usize,
) -> Option<Hit> {
    let colon = (1..first).rev().find(|t| s.view.surface(*t) == ":")?;
    let person = |t: usize| s.word_at(t).is_some_and(|w| lex.tolls.persons.contains(&s.syn.lemma[w]));
    let fighters = s.party_at(end - 1).is_some_and(|i| s.parties[i].party.status == Status::Combatant);
    if matches!(what, Counted::Noun) && !person(end - 1) && !fighters {
        return None;
    }
    let listed = |t: usize| {
        !matches!(s.view.upos(t), Some(Upos::Verb | Upos::Aux | Upos::Sconj | Upos::Pron))
            && !matches!(s.view.surface(t), ";" | "«" | "»" | "\"")
    };
    // to the next mark nothing is said of them
    let stop =
        (end..s.view.len()).find(|t| matches!(s.view.surface(*t), "," | ";" | "." | "»")).unwrap_or(s.view.len());
    if !(colon + 1..stop).all(listed) || s.word_at(colon + 1).is_none() {
        return None;
    }
    if let Some(t) = out.iter().rev().find(|t| t.token < colon && &*t.toll.unit == "person" && t.toll.part_of.is_none())
    {
        return Some((t.toll.kind.clone(), t.anchor, "toll.part"));
    }
    let (_, k) = casualties.iter().rev().find(|(r, _)| r.end <= colon && colon - r.end <= 5)?;
    let k: Id = if &**k == "killed_or_wounded" { "killed".into() } else { k.clone() };
    matches!(&*k, "killed" | "wounded" | "missing").then_some((k, None, "toll.itemised"))
}

/// “le bilan comprend dix hommes, six femmes et deux enfants”, “la liste compte …”: of what the toll is made up.
fn comprised(s: &Sent<'_>, lex: &ClaimLexicon, first: usize, end: usize) -> Option<Hit> {
    let verb = (first.saturating_sub(14)..first)
        .rev()
        .find(|t| s.word_at(*t).is_some_and(|w| lex.tolls.comprise.contains(&s.syn.lemma[w])))?;
    let tally = (verb.saturating_sub(6)..verb)
        .rev()
        .find(|t| s.word_at(*t).is_some_and(|w| lex.tolls.tallies.contains(&s.syn.lemma[w])))?;
    let same = |t: usize| {
        !matches!(s.view.surface(t), ";" | "." | ":" | "«" | "»")
            && !matches!(s.view.upos(t), Some(Upos::Verb | Upos::Sconj))
    };
    // "le bilan des ventes comprend": only of what nothing else is said, or of the dead and wounded
    let bare = tally + 1 == verb || (tally + 1..verb).all(|t| same(t) && s.view.upos(t) != Some(Upos::Noun));
    let person = s.party_at(end - 1).is_some_and(|i| s.parties[i].head == end - 1)
        || s.word_at(end - 1).is_some_and(|w| lex.tolls.persons.contains(&s.syn.lemma[w]));
    (bare && person && (verb + 1..first).all(same)).then(|| ("killed".into(), None, "toll.comprised"))
}

/// “traiter une trentaine de terroristes”: what armies say of those they have killed.
fn euphemism(s: &Sent<'_>, lex: &ClaimLexicon, what: &Counted, quantity: &Range<usize>, end: usize) -> Option<Hit> {
    let Counted::Person(i) = what else { return None };
    if s.parties[*i].party.status != Status::Combatant {
        return None;
    }
    let verb = |t: usize| {
        let w = s.word_at(t).filter(|w| s.token(*w) == t)?;
        let known = lex.tolls.euphemisms.contains(&s.syn.lemma[w])
            || lex.grammar.participles.iter().any(|[end, infinitive]| {
                let stem = s.syn.form[w].strip_suffix(end.as_str());
                stem.is_some_and(|x| lex.tolls.euphemisms.contains(&format!("{x}{infinitive}")))
            });
        known.then_some(w)
    };
    let object = (quantity.start.saturating_sub(3)..quantity.start).rev().find_map(|t| {
        let w = verb(t)?;
        (t + 1..quantity.start).all(|k| matches!(s.view.surface(k), "«" | "»" | "\"" | "“" | "”")).then_some(w)
    });
    let subject = || {
        let t = (end..s.view.len().min(end + 6)).find(|t| s.view.upos(*t) == Some(Upos::Verb))?;
        verb(t).filter(|w| s.syn.after_passive_auxiliary(*w, &lex.grammar))
    };
    object.or_else(subject).map(|w| ("neutralised".into(), Some(w), "toll.euphemism"))
}

/// “a recueilli deux corps et soigné onze personnes”: those tended where dead or wounded are told besides.
fn tended(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    out: &[FoundToll],
    noun: Option<usize>,
    quantity: &Range<usize>,
) -> Option<Hit> {
    let hurt = |k: &str| matches!(k, "killed" | "wounded");
    if !out.iter().any(|t| hurt(&t.toll.kind)) && !s.before.as_ref().is_some_and(|(k, _)| hurt(k)) {
        return None;
    }
    let tends = |w: usize| lex.tolls.treat.contains(&s.syn.lemma[w]);
    let mut w = noun.and_then(|t| s.word_at(t))?;
    for _ in 0..3 {
        let h = s.syn.head(w)?;
        match s.syn.dep(w) {
            Dep::Obj if tends(h) => return Some(("wounded".into(), None, "toll.tended")),
            Dep::Nsubj if tends(h) && s.passive(h, lex) => return Some(("wounded".into(), None, "toll.tended")),
            Dep::Nummod | Dep::Nmod | Dep::Conj | Dep::Det => w = h,
            _ => break,
        }
    }
    let before = quantity.start.checked_sub(1).and_then(|t| s.word_at(t))?;
    (tends(before) && s.token(before) + 1 == quantity.start).then(|| ("wounded".into(), None, "toll.tended"))
}

/// “le retour de 44 prisonniers contre 40 russes”, “trois otages sont rentrés”: captives who are home are free.
pub(super) fn home(s: &Sent<'_>, lex: &ClaimLexicon, out: &[FoundToll], word: usize, first: usize) -> Option<Hit> {
    let back = |w: usize| lex.tolls.give_back.contains(&s.syn.lemma[w]);
    let against = first > 0 && lex.tolls.in_exchange.contains(&s.view.folded[first - 1]);
    if against
        && let Some(t) = out.last()
        && &*t.toll.kind == "released"
    {
        return Some(("released".into(), t.anchor, "toll.exchange"));
    }
    let mut w = word;
    for _ in 0..4 {
        let h = s.syn.head(w)?;
        match s.syn.dep(w) {
            Dep::Nsubj | Dep::Obj | Dep::Nmod | Dep::Obl if back(h) => {
                let negated = s.syn.negated(h, &lex.negation);
                return (!negated).then(|| ("released".into(), None, "toll.home"));
            }
            Dep::Nummod | Dep::Nmod | Dep::Conj | Dep::Det | Dep::Flat | Dep::Appos => w = h,
            _ => return None,
        }
    }
    None
}

/// “la capture de deux de ses hommes”, “la blessure de onze autres”: a noun that says what befell its complement.
pub(super) fn complement_of(s: &Sent<'_>, lex: &ClaimLexicon, first: usize) -> Option<Hit> {
    let of = first.checked_sub(1).filter(|t| fits(&lex.grammar.of, s.view.folded[*t].trim_end_matches('\'')))?;
    let noun = of.checked_sub(1).filter(|t| s.view.upos(*t) == Some(Upos::Noun))?;
    let w = s.word_at(noun)?;
    let kind = lex.tolls.events.get(&s.syn.lemma[w])?;
    (s.syn.word(w).feats.number != Some(Number::Plur)).then(|| (kind.clone(), None, "toll.event-of"))
}
