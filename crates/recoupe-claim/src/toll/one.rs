//! Those told one by one, without a number.

use std::ops::Range;

use recoupe_mention::{Id, MentionKind, Party, Status};
use recoupe_syntax::{Dep, Number, Upos};

use super::counted::companion;
use super::{FoundToll, status};
use crate::anchor::Anchor;
use crate::lex::{ClaimLexicon, On, Patient, fits};
use crate::sentence::Sent;
use crate::types::Toll;

/// “le maire a été assassiné”, “le chauffeur et son aide sont décédés”: those told one by one, without a number.
pub(super) fn one_by_name(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    anchors: &[Anchor],
    casualties: &[(Range<usize>, Id)],
    out: &mut Vec<FoundToll>,
) {
    let syn = &s.syn;
    for a in anchors.iter().filter(|a| !a.noun) {
        let Some(act) = a.act(lex, Some(On::Person)).map(|x| lex.act(x)) else { continue };
        let Some(kind) = act.toll.as_deref().filter(|_| act.on == Some(On::Person) && !act.own) else { continue };
        let patient = a.patient.unwrap_or(act.patient);
        let passive = s.passive(a.word, lex);
        let word = match (patient, passive) {
            // "le chef manque à l'appel": the tree may hang the verb on its subject
            (Patient::Subject, _) => syn.child(a.word, &[Dep::Nsubj]).or_else(|| {
                syn.head(a.word).filter(|h| {
                    let relative =
                        (s.token(*h)..s.token(a.word)).any(|t| fits(&lex.grammar.relative, &s.view.folded[t]));
                    syn.dep(a.word) == Dep::Acl && syn.finite(a.word) && !relative && *h < a.word
                })
            }),
            (Patient::Object, true) => syn.child(a.word, &[Dep::Nsubj]),
            (Patient::Object, false) => syn.object(a.word),
            // "a coûté la vie à son épouse"
            (Patient::A, false) => syn
                .kids(a.word, &[Dep::Obl, Dep::Iobj])
                .find(|w| syn.case_in(*w, &lex.grammar.to) && is_person(s, lex, *w)),
            _ => None,
        };
        let Some(word) = word.filter(|_| !syn.negated(a.word, &lex.negation)) else { continue };
        one(s, lex, word, kind, Some(a.word), out);
    }
    // "le chauffeur et son apprenti sont morts": the casualty word is the predicate
    for (r, kind) in casualties.iter().filter(|(_, k)| matches!(&**k, "killed" | "missing")) {
        let Some(word) = s.word_at(r.start) else { continue };
        let dead = syn.after_passive_auxiliary(word, &lex.grammar) && !syn.negated(word, &lex.negation);
        if let Some(subject) = syn.child(word, &[Dep::Nsubj]).filter(|_| dead) {
            one(s, lex, subject, kind, Some(word), out);
        }
    }
}

/// Whether a noun is of one person, as far as the packs tell.
fn is_person(s: &Sent<'_>, lex: &ClaimLexicon, word: usize) -> bool {
    let token = s.token(word);
    let named = s.party_at(token).map(|i| &s.parties[i]);
    let person = named.is_some_and(|p| p.head == token && matches!(p.kind, MentionKind::Noun(_)));
    let many = lex.grammar.collective.contains(&s.syn.lemma[word]) || lex.grammar.bodies.contains(&s.syn.lemma[word]);
    (person || lex.tolls.persons.contains(&s.syn.lemma[word])) && !many
}

/// The definite article before a noun, or whose it is (“sa fille”).
fn definite(s: &Sent<'_>, lex: &ClaimLexicon, word: usize) -> Option<usize> {
    let d = s.syn.child(word, &[Dep::Det]).filter(|d| *d < word)?;
    let f = s.syn.form[d].trim_end_matches('\'');
    (lex.grammar.definite.iter().any(|x| x.trim_end_matches('\'') == f)
        || lex.grammar.possessive.iter().any(|x| x == f))
    .then_some(d)
}

/// “a éliminé Mohamed Afif”: somebody by first and last name, who is no place and no party.
fn named_person(s: &Sent<'_>, word: usize) -> Option<Range<usize>> {
    if s.syn.word(word).upos != Upos::Propn {
        return None;
    }
    let at = s.token(word);
    let name = |t: usize| s.view.capital(t) && matches!(s.view.upos(t), Some(Upos::Propn | Upos::Noun | Upos::X));
    let start = (0..at).rev().take_while(|t| name(*t)).last().unwrap_or(at);
    let end = (at..s.view.len()).find(|t| !name(*t)).unwrap_or(s.view.len());
    let tokens = start..end;
    let other = s.places.iter().any(|p| p.tokens.start < end && p.tokens.end > start)
        || s.parties.iter().any(|p| p.tokens.start < end && p.tokens.end > start)
        || (start..end).any(|t| s.names().adjective(&s.view.folded[t]).is_some());
    // a headline in capitals tells nothing by them
    let shouted = tokens.clone().all(|t| s.view.surface(t).chars().all(|c| !c.is_lowercase()));
    let listed = start > 0 && s.view.capital(start - 1);
    (tokens.len() >= 2 && tokens.len() <= 4 && !other && !shouted && !listed && start > 0).then_some(tokens)
}

/// One person at a word, and whoever is told with them.
fn one(s: &Sent<'_>, lex: &ClaimLexicon, word: usize, kind: &str, act: Option<usize>, out: &mut Vec<FoundToll>) {
    let syn = &s.syn;
    if !matches!(kind, "killed" | "wounded" | "captured" | "released" | "missing") {
        return;
    }
    let noun = s.token(word);
    let here = s.view.sentence.tokens[noun].span;
    if let Some(tokens) = named_person(s, word) {
        let taken = out.iter().any(|x| x.anchor.is_some() && x.anchor == act || x.toll.span.overlaps(here));
        if !taken {
            out.push(found(s, lex, word, kind.into(), 1, tokens, act, None));
        }
        return;
    }
    // "a coûté la vie à son chauffeur et à cinq passagères": the next of a list is counted for itself
    let next = |x: &FoundToll| {
        x.token > noun
            && x.token - noun <= 4
            && (noun + 1..x.token).any(|t| fits(&lex.grammar.and, &s.view.folded[t]) || s.view.surface(t) == ",")
    };
    let taken = out.iter().any(|x| x.anchor.is_some() && x.anchor == act && !next(x) || x.toll.span.overlaps(here));
    let singular = syn.word(word).feats.number == Some(Number::Sing) && syn.word(word).upos == Upos::Noun;
    let Some(article) = definite(s, lex, word).filter(|_| singular && !taken && is_person(s, lex, word)) else {
        return;
    };
    let last = companion(s, lex, noun);
    let n = if last.is_some() { 2 } else { 1 };
    out.push(found(s, lex, word, kind.into(), n, s.token(article).min(noun)..last.unwrap_or(noun) + 1, act, None));
}

/// “le chef de la brigade”, “le commandant de la base”: who leads a unit of an army is a soldier.
fn commands(s: &Sent<'_>, lex: &ClaimLexicon, word: usize) -> bool {
    s.syn
        .kids(word, &[Dep::Nmod])
        .any(|k| s.syn.case_in(k, &lex.grammar.of) && lex.tolls.units.contains(&s.syn.lemma[k]))
}

/// A soldier of the army the page is about.
fn soldier(s: &Sent<'_>, span: recoupe_text::Span) -> Party {
    let own = s.army.map(|a| Party { span, ..a.clone() });
    own.unwrap_or_else(|| Party {
        id: "generic/soldiers".into(),
        name: "soldiers".into(),
        country: None,
        status: Status::Combatant,
        span,
    })
}

fn found(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    word: usize,
    kind: Id,
    n: i64,
    tokens: Range<usize>,
    anchor: Option<usize>,
    part_of: Option<usize>,
) -> FoundToll {
    let noun = s.token(word);
    let span = s.span(&tokens);
    let group = match s
        .party_at(noun)
        .map(|i| &s.parties[i])
        .filter(|p| p.head == noun && !matches!(p.kind, MentionKind::Noun(recoupe_mention::Class::Source)))
    {
        Some(p) => p.party.clone(),
        None if commands(s, lex, word) => soldier(s, span),
        None => Party {
            id: "generic/civilians".into(),
            name: "civilians".into(),
            country: None,
            status: Status::Unknown,
            span,
        },
    };
    FoundToll {
        toll: Toll {
            kind,
            status: status(&group),
            group,
            unit: "person".into(),
            min: Some(n),
            max: Some(n),
            approx: false,
            cumulative: false,
            part_of,
            span,
        },
        token: noun,
        anchor,
        definite: false,
        open_group: false,
        rule: "toll.one",
    }
}

/// “cinq personnes, dont le chef du village, ont été tuées”: one of those counted, told by office.
pub(super) fn named_parts(s: &Sent<'_>, lex: &ClaimLexicon, out: &mut Vec<FoundToll>) {
    for word in 0..s.syn.len() {
        if s.syn.word(word).upos != Upos::Noun || s.syn.word(word).feats.number == Some(Number::Plur) {
            continue;
        }
        let noun = s.token(word);
        let Some(article) = definite(s, lex, word).map(|d| s.token(d)) else { continue };
        let opened = super::opens_part(s, lex, article)
            && !fits(&lex.grammar.and, &s.view.folded[article.saturating_sub(1)])
            && article > 0
            && s.view.surface(article - 1) != ",";
        if !opened || !is_person(s, lex, word) || noun > article + 2 {
            continue;
        }
        let here = s.view.sentence.tokens[noun].span;
        let whole = out.iter().rposition(|t| {
            t.token < article
                && article - t.token <= 14
                && &*t.toll.unit == "person"
                && t.toll.part_of.is_none()
                && t.toll.min.is_none_or(|n| n > 1)
        });
        let Some(at) = whole.filter(|_| !out.iter().any(|t| t.toll.span.overlaps(here))) else { continue };
        // "dont le chef a été arrêté": what is said of whose chief they are
        let told = s.syn.head(word).is_some_and(|h| h > word && s.syn.finite(h) && s.syn.dep(word) == Dep::Nsubj)
            && out[at].anchor != s.syn.head(word);
        if told {
            continue;
        }
        let mut t = found(s, lex, word, out[at].toll.kind.clone(), 1, article..noun + 1, out[at].anchor, Some(at));
        // the driver of a bomb is one of those who attack
        if s.party_at(noun).is_none_or(|i| s.parties[i].assumed) {
            t.toll.group = Party { span: t.toll.group.span, ..out[at].toll.group.clone() };
            t.toll.status = out[at].toll.status;
            t.open_group = out[at].open_group;
        }
        out.push(t);
    }
}
