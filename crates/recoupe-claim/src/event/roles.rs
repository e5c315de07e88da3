//! Who does an act, and to whom.

use std::ops::Range;

use recoupe_mention::{Class, MentionKind, Party, Status};
use recoupe_syntax::Dep;

use crate::anchor::Anchor;
use crate::lex::{ClaimLexicon, On, Patient};
use crate::sentence::Sent;

/// Who does and who suffers an act, as far as the tree tells.
#[derive(Default)]
pub(super) struct Roles {
    pub actor: Option<usize>,
    pub target: Option<usize>,
    pub patient_place: bool,
    pub patient_thing: bool,
    pub light: bool,
}

/// The class of an argument.
pub(super) fn class_of(s: &Sent<'_>, lex: &ClaimLexicon, word: usize) -> Option<On> {
    let t = s.token(word);
    if lex.things.find(s.view).any(|(r, _)| r.contains(&t)) && s.party_at(t).is_none() {
        return Some(On::Thing);
    }
    let noun = s.syn.lemma[word].as_str();
    if s.names().is_place_noun(noun) || s.names().is_place_noun(&s.view.folded[t]) {
        return Some(On::Place);
    }
    if s.place_at(t).is_some_and(|i| s.places[i].locative || s.party_at(t).is_none()) {
        return Some(On::Place);
    }
    if s.party_at(t).is_some() {
        return Some(On::Person);
    }
    for c in s.syn.kids(word, &[Dep::Nmod, Dep::Appos, Dep::Flat]) {
        if s.place_at(s.token(c)).is_some() {
            return Some(On::Place);
        }
    }
    None
}

/// What an anchor's acts are done to, to choose among them.
pub fn patient_class(s: &Sent<'_>, lex: &ClaimLexicon, a: &Anchor) -> Option<On> {
    let syn = &s.syn;
    let args: Vec<usize> = if a.noun {
        syn.kids(a.word, &[Dep::Nmod]).filter(|c| syn.case_in(*c, &lex.grammar.of)).collect()
    } else if s.passive(a.word, lex) {
        syn.subject(a.word).into_iter().collect()
    } else {
        syn.object(a.word)
            .into_iter()
            .chain(syn.kids(a.word, &[Dep::Obl, Dep::Iobj]).filter(|c| syn.case_in(*c, &lex.grammar.of)))
            .collect()
    };
    args.into_iter().find_map(|w| class_of(s, lex, w))
}

pub(super) fn roles(s: &Sent<'_>, lex: &ClaimLexicon, a: &Anchor, all: &[Anchor]) -> Roles {
    let syn = &s.syn;
    let mut r = Roles::default();
    let class = patient_class(s, lex, a);
    r.patient_place = class == Some(On::Place);
    r.patient_thing = class == Some(On::Thing);
    let Some(act) = a.act(lex, class).or(a.acts.first().copied()).map(|i| lex.act(i)) else { return r };
    let patient = a.patient.unwrap_or(act.patient);
    if a.noun {
        r.actor = syn.agent(a.word, &lex.grammar).and_then(|w| s.party_in(w));
        for c in syn.kids(a.word, &[Dep::Nmod, Dep::Obl, Dep::Acl]) {
            if syn.case_in(c, &lex.grammar.against) {
                r.target = r.target.or_else(|| s.party_in(c));
            } else if syn.case_in(c, &lex.grammar.of)
                && let Some(p) = s.party_of(c)
            {
                let m = &s.parties[p];
                let suffers = act.toll.is_some()
                    || matches!(&*act.kind, "capture_of_territory" | "arrest")
                    || m.party.status == Status::Civilian
                    || (s.place_at(s.token(c)).is_some() && m.placelike);
                if suffers {
                    r.target = r.target.or(Some(p));
                } else {
                    r.actor = r.actor.or(Some(p));
                }
            }
        }
        // "les attaques visant l'armée"
        for c in syn.kids(a.word, &[Dep::Acl]) {
            if lex.grammar.against.contains(&syn.form[c]) {
                r.target = r.target.or_else(|| syn.object(c).and_then(|o| s.party_in(o)));
            }
        }
        // the verb that carries the noun
        if let Some(h) = syn.head(a.word) {
            let lemma = &syn.lemma[h];
            match syn.dep(a.word) {
                Dep::Obj | Dep::Obl if lex.light_does.contains(lemma) => {
                    r.light = true;
                    if syn.passive(h) {
                        r.actor = r.actor.or_else(|| syn.agent(h, &lex.grammar).and_then(|w| s.party_in(w)));
                    } else {
                        r.actor = r.actor.or_else(|| syn.subject(h).and_then(|w| s.party_in(w)));
                    }
                    for c in syn.kids(h, &[Dep::Obl]) {
                        if syn.case_in(c, &lex.grammar.against) {
                            r.target = r.target.or_else(|| s.party_in(c));
                        }
                    }
                }
                Dep::Obj if lex.light_suffers.contains(lemma) => {
                    r.light = true;
                    r.target = r.target.or_else(|| syn.subject(h).and_then(|w| s.party_in(w)));
                }
                Dep::Nsubj => {
                    r.light = true;
                    if syn.passive(h) {
                        r.actor = r.actor.or_else(|| syn.agent(h, &lex.grammar).and_then(|w| s.party_in(w)));
                    } else {
                        r.target = r.target.or_else(|| syn.object(h).and_then(|w| s.party_in(w)));
                    }
                }
                _ => {}
            }
        }
        for c in syn.kids(a.word, &[Dep::Acl]) {
            if !syn.present_participle(c) {
                r.actor = r.actor.or_else(|| syn.agent(c, &lex.grammar).and_then(|w| s.party_in(w)));
                r.light = true;
            }
        }
        return r;
    }
    // "l'attaque a blessé": the act noun is no party, whoever stands in its complements
    let subject = syn.subject(a.word).filter(|x| !all.iter().any(|b| b.noun && b.word == *x));
    if s.passive(a.word, lex) && patient == Patient::Object {
        r.actor = syn.agent(a.word, &lex.grammar).and_then(|w| s.party_in(w));
        r.target = subject.and_then(|w| s.party_in(w));
    } else {
        match patient {
            Patient::Subject => {
                r.target = subject.and_then(|w| s.party_in(w));
                r.actor = syn.agent(a.word, &lex.grammar).and_then(|w| s.party_in(w));
            }
            _ => {
                r.actor = subject.and_then(|w| s.party_in(w));
                r.target = syn.object(a.word).and_then(|w| s.party_in(w));
                for c in syn.kids(a.word, &[Dep::Obl, Dep::Iobj]) {
                    if syn.case_in(c, &lex.grammar.against)
                        || (patient == Patient::A && syn.case_in(c, &lex.grammar.to))
                    {
                        r.target = r.target.or_else(|| s.party_in(c));
                    }
                }
            }
        }
    }
    r
}

/// The nationality or side an adjective of an act noun tells: “frappe israélienne”.
pub(super) fn adjective_actor(s: &Sent<'_>, a: &Anchor, names: &recoupe_mention::Lexicon) -> Option<Party> {
    if !a.noun {
        return None;
    }
    (a.tokens.start..(a.tokens.end + 2).min(s.view.len())).find_map(|t| {
        if s.view.capital(t) {
            return None;
        }
        let state = names.adjective(&s.view.folded[t])?;
        let span = s.view.sentence.tokens[t].span;
        let role = "armed-forces";
        Some(recoupe_mention::parties::state_party(names, state, role, span))
    })
}

/// “la mort de spécialistes”: who died, without a number.
pub(super) fn death_of(s: &Sent<'_>, lex: &ClaimLexicon, range: &Range<usize>) -> Option<usize> {
    lex.casualties.find(s.view).filter(|(t, k)| &***k == "killed" && range.contains(&t.start)).find_map(|(t, _)| {
        let w = s.word_at(t.start)?;
        s.syn.kids(w, &[Dep::Nmod]).filter(|c| s.syn.case_in(*c, &lex.grammar.of)).find_map(|c| s.party_of(c))
    })
}

/// Whom the sentence accuses: “attribuant ces frappes à l'armée”, “accuse la milice d'avoir tiré”.
pub(super) fn accused(s: &Sent<'_>, lex: &ClaimLexicon, range: &Range<usize>) -> Option<Party> {
    let syn = &s.syn;
    for v in 0..syn.len() {
        let lemma = &syn.lemma[v];
        let at = s.token(v);
        let to = lex.grammar.accuse_to.contains(lemma);
        // "en rend responsable l'aviation"
        let blamed = lex.grammar.blame_verbs.contains(lemma)
            && (at + 1..(at + 4).min(s.view.len())).any(|t| lex.grammar.blame_words.contains(&s.view.folded[t]));
        if !(to || blamed || lex.grammar.accuse_of.contains(lemma))
            || at.abs_diff(range.start).min(at.abs_diff(range.end)) > range.len() + 12
        {
            continue;
        }
        let found = s.parties.iter().find(|p| {
            let d = p.tokens.start;
            let prep = d > 0 && (d.saturating_sub(2)..d).any(|k| lex.grammar.to.contains(&s.view.folded[k]));
            d > at && d <= at + 9 && fights_or_state(&p.party, p.kind) && (!to || prep)
        });
        if let Some(p) = found {
            return Some(p.party.clone());
        }
    }
    None
}

pub(super) fn fights_or_state(p: &Party, kind: MentionKind) -> bool {
    fights(p, kind) || matches!(kind, MentionKind::Noun(Class::Role))
}

/// Whether an act noun is told as having happened, not just referred to.
pub(super) fn told(s: &Sent<'_>, lex: &ClaimLexicon, a: &Anchor, all: &[Anchor]) -> bool {
    let r = roles(s, lex, a, all);
    if r.light || s.heading {
        return true;
    }
    let w = syn_head(s, a.word);
    if matches!(s.syn.dep(a.word), Dep::Nsubj | Dep::Root) {
        return true;
    }
    // "la mort de deux soldats dans une attaque de rebelles"
    if matches!(s.syn.dep(a.word), Dep::Obj) && w.is_some_and(|h| lex.grammar.accuse_to.contains(&s.syn.lemma[h])) {
        return true; // "attribue ce raid à …"
    }
    let death = lex
        .casualties
        .find(s.view)
        .any(|(t, k)| &**k == "killed" && t.start < a.tokens.start && a.tokens.start - t.end < 14);
    if death && (r.actor.is_some() || r.target.is_some()) {
        return true;
    }
    // object of a verb that reports ("a dénoncé des attaques contre la base")
    matches!(s.syn.dep(a.word), Dep::Obj)
        && w.is_some_and(|h| lex.speech(&s.syn.lemma[h]).is_some())
        && (r.target.is_some() || r.actor.is_some())
        || (matches!(s.syn.dep(a.word), Dep::Obl | Dep::Obj | Dep::Nmod) && (r.actor.is_some() && r.target.is_some()))
}

pub(super) fn syn_head(s: &Sent<'_>, w: usize) -> Option<usize> {
    s.syn.head(w)
}

/// Whether a party can be the author of violence.
pub fn fights(p: &Party, kind: MentionKind) -> bool {
    p.status == Status::Combatant
        || matches!(kind, MentionKind::State | MentionKind::Noun(Class::Force | Class::Generic))
        || (kind == MentionKind::Name && p.status != Status::Civilian)
}

/// Whether a mention can be a victim: those who are only named to speak are not.
pub(super) fn suffers(kind: MentionKind) -> bool {
    !matches!(kind, MentionKind::Noun(Class::Source) | MentionKind::Outlet)
}

pub(super) fn may_act(p: &Party, kind: MentionKind) -> bool {
    fights(p, kind)
        || matches!(kind, MentionKind::Noun(Class::Role) | MentionKind::Person)
        || p.id.contains("protesters")
}
