//! The words of a sentence that name acts.

use std::ops::Range;

use recoupe_syntax::{Dep, Upos};

use recoupe_mention::{Class, MentionKind};

use crate::lex::{ClaimLexicon, On, Patient, fits};
use crate::sentence::Sent;

/// A word that names an act, or several that its argument will tell apart.
#[derive(Clone, Debug)]
pub struct Anchor {
    /// Head word in the tree.
    pub word: usize,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Acts it may name, in the order of the pack.
    pub acts: Vec<u16>,
    /// Who suffers, where an idiom says so.
    pub patient: Option<Patient>,
    /// A noun, not a verb.
    pub noun: bool,
}

impl Anchor {
    /// The act it names when done to `on`; the first without an argument of its own otherwise.
    pub fn act(&self, lex: &ClaimLexicon, on: Option<On>) -> Option<u16> {
        let fits = |a: &&u16| on.is_some() && lex.act(**a).on == on;
        self.acts.iter().find(fits).or_else(|| self.acts.iter().find(|a| lex.act(**a).on.is_none())).copied()
    }

    /// Whether any of its acts passes a test.
    pub fn any(&self, lex: &ClaimLexicon, test: impl Fn(&crate::lex::Act) -> bool) -> bool {
        self.acts.iter().any(|a| test(lex.act(*a)))
    }
}

/// Finds them, in order.
pub fn find(s: &Sent<'_>, lex: &ClaimLexicon) -> Vec<Anchor> {
    let syn = &s.syn;
    let mut out: Vec<Anchor> = Vec::new();
    for (tokens, act) in lex.nouns.find(s.view) {
        let Some(word) = s.word_at(tokens.start) else { continue };
        let w = syn.word(word);
        // "prise", "tir" … only as nouns; "combat" may be a verb, "prise" a participle.
        // A long word that the tagger takes for an adverb right before an adjective of its own is the noun all the same.
        let article = || word > 0 && syn.word(word - 1).upos == Upos::Det;
        let mistaken = tokens.len() == 1
            && (w.upos == Upos::Adv && syn.child(word, &[Dep::Amod, Dep::Acl]).is_some()
                || matches!(w.upos, Upos::Adv | Upos::Adj | Upos::X)
                    && article()
                    && s.view.upos(tokens.end) != Some(Upos::Noun));
        if tokens.len() == 1 && !matches!(w.upos, Upos::Noun | Upos::Propn) && !mistaken {
            continue;
        }
        // "deux autres capturés" folds into the noun "captures": the accent at the end of its lemma tells
        let accented = w.lemma.chars().last().is_some_and(|c| !c.is_ascii());
        if tokens.len() == 1 && accented && unknown_participle(&syn.form[word], lex).is_some() {
            continue;
        }
        // "une série de frappes": the noun of number has the place of the act in the sentence
        let series = syn.head(word).filter(|h| {
            *h < word
                && syn.dep(word) == Dep::Nmod
                && syn.case_in(word, &lex.grammar.of)
                && fits(&lex.grammar.series, &syn.lemma[*h])
        });
        if let Some(word) = series {
            out.push(Anchor { word, tokens, acts: vec![*act], patient: None, noun: true });
            continue;
        }
        // "drones de combat", "zone de tir": what a thing is for, not what happened
        if syn.dep(word) == Dep::Nmod
            && syn.child(word, &[Dep::Det, Dep::Nummod]).is_none()
            && syn.case_in(word, &lex.grammar.of)
            && let Some(h) = syn.head(word)
            && h < word
            && !fits(&lex.grammar.objects_of, &syn.lemma[h])
            && lex.nouns.find(s.view).all(|(t, _)| !t.contains(&s.token(h)))
            && lex.casualties.find(s.view).all(|(t, _)| !t.contains(&s.token(h)))
        {
            continue;
        }
        // "ce genre d'opérations": a kind, none of them
        if syn.dep(word) == Dep::Nmod
            && syn.head(word).is_some_and(|h| h < word && fits(&lex.grammar.kinds, &syn.lemma[h]))
        {
            continue;
        }
        // "qui recense les exactions": what somebody keeps count of, not what happened
        if matches!(syn.dep(word), Dep::Obj | Dep::Obl)
            && syn.head(word).is_some_and(|h| fits(&lex.grammar.records, &syn.lemma[h]))
        {
            continue;
        }
        // "le porte-parole de l'opération": whom somebody speaks for
        if syn.dep(word) == Dep::Nmod
            && syn.case_in(word, &lex.grammar.of)
            && let Some(h) = syn.head(word)
            && (fits(&lex.grammar.speaking, &syn.lemma[h])
                || s.party_at(s.token(h))
                    .is_some_and(|p| matches!(s.parties[p].kind, MentionKind::Noun(Class::Source))))
        {
            continue;
        }
        // "en embuscade", "en opération": how somebody is, not what happened
        let state =
            syn.child(word, &[Dep::Det, Dep::Nummod, Dep::Amod]).is_none() && syn.case_in(word, &lex.grammar.state_of);
        if state {
            continue;
        }
        out.push(Anchor { word, tokens, acts: vec![*act], patient: None, noun: true });
    }
    for i in 0..syn.len() {
        let w = syn.word(i);
        // A form the tagger does not know may be a participle whatever it calls it.
        let unknown = syn.lemma[i] == syn.form[i] && syn.child(i, &[Dep::Det]).is_none();
        let verbal = matches!(w.upos, Upos::Verb | Upos::Adj | Upos::Aux) && !matches!(w.dep, Dep::Aux | Dep::Cop);
        // "deux autres capturés": a participle taken for a noun
        let counted = w.upos == Upos::Noun
            && syn.child(i, &[Dep::Nummod, Dep::Amod]).is_some()
            && syn.child(i, &[Dep::Det, Dep::Case]).is_none()
            && syn.child(i, &[Dep::Amod]).is_none_or(|c| fits(&lex.grammar.other, &syn.form[c]));
        let unknown = unknown || counted;
        if !(verbal || unknown && matches!(w.upos, Upos::Adv | Upos::Noun | Upos::X | Upos::Propn)) {
            continue;
        }
        let token = s.token(i);
        // "combattants", "assaillants" are people, whatever the tagger says
        if s.parties.iter().any(|p| {
            p.head == token
                && matches!(
                    p.kind,
                    recoupe_mention::MentionKind::Noun(recoupe_mention::Class::Force | recoupe_mention::Class::Generic)
                )
        }) {
            continue;
        }
        if out.iter().any(|a| a.noun && a.tokens.contains(&token)) {
            continue;
        }
        let mut lemmas = vec![syn.lemma[i].clone()];
        if !verbal {
            if s.view.capital(token) && token > 0 || lex.casualties.find(s.view).any(|(t, _)| t.contains(&token)) {
                continue;
            }
            lemmas.clear();
        }
        lemmas.extend(unknown_participle(&syn.form[i], lex));
        for lemma in &lemmas {
            if let Some(idiom) = lex.idiom(lemma).iter().find(|d| {
                if let Some(clitic) = &d.clitic {
                    return assailed(s, lex, i, clitic);
                }
                let adverb = token > 0 && d.with.contains(&s.view.folded[token - 1]);
                adverb
                    || (token + 1..(token + 7).min(s.view.len())).any(|t| d.with.contains(&s.view.folded[t]))
                        && !clause_border(s, token, &d.with)
            }) {
                out.push(Anchor {
                    word: i,
                    tokens: token..token + 1,
                    acts: vec![idiom.act],
                    patient: Some(idiom.patient),
                    noun: false,
                });
                break;
            }
            // "la coalition emmenée par Washington"; "la province touche au Mali"
            if led(s, lex, i, lemma) || borders(s, lex, i, lemma) {
                continue;
            }
            // "s'abattre" is not "abattre": a reflexive use needs an entry of its own.
            let reflexive = syn.reflexive(i, &lex.grammar);
            let acts: Vec<u16> = lex
                .verb(lemma)
                .iter()
                .filter(|v| v.reflexive == reflexive && follows(s, token, &v.rest) && !otherwise(s, token, &v.unless))
                .map(|v| v.act)
                .collect();
            if !acts.is_empty() {
                // "mis hors de combat": the noun belongs to the verb
                if let Some(v) = lex.verb(lemma).iter().find(|v| !v.rest.is_empty() && follows(s, token, &v.rest)) {
                    out.retain(|a| !a.noun || !(token + 1..token + 3 * v.rest.len()).contains(&a.tokens.start));
                }
                out.push(Anchor { word: i, tokens: token..token + 1, acts, patient: None, noun: false });
                break;
            }
        }
    }
    out.sort_by_key(|a| (a.tokens.start, a.tokens.end));
    let held: Vec<usize> = (0..out.len()).filter(|i| held_before(s, lex, &out, &out[*i])).collect();
    let mut i = 0;
    out.retain(|_| {
        i += 1;
        !held.contains(&(i - 1))
    });
    out
}

/// “cinq des douze soldats enlevés ont été tués”, “la libération des otages détenus”: what had been done to those to whom something
/// else is done now.
fn held_before(s: &Sent<'_>, lex: &ClaimLexicon, all: &[Anchor], a: &Anchor) -> bool {
    let syn = &s.syn;
    let taken = |x: &crate::lex::Act| x.toll.as_deref() == Some("captured");
    if a.noun || !matches!(syn.dep(a.word), Dep::Acl | Dep::Amod) || syn.finite(a.word) || !a.any(lex, taken) {
        return false;
    }
    let done = |w: usize| {
        let end = |x: &crate::lex::Act| matches!(x.toll.as_deref(), Some("killed" | "released"));
        all.iter().any(|b| b.word == w && b.word != a.word && b.any(lex, end))
    };
    let mut at = syn.head(a.word);
    for _ in 0..4 {
        let Some(w) = at.filter(|w| matches!(syn.dep(*w), Dep::Nmod | Dep::Nsubj | Dep::Obj | Dep::Conj)) else {
            break;
        };
        at = syn.head(w);
        if at.is_some_and(done) {
            return true;
        }
    }
    false
}

/// “s'en sont pris à un village”: fighters who go for somebody. Of a party or a newspaper it is only said that it was criticised.
fn assailed(s: &Sent<'_>, lex: &ClaimLexicon, verb: usize, clitic: &str) -> bool {
    let syn = &s.syn;
    let mut near = (1..=5).filter_map(|d| verb.checked_sub(d)).map(|j| syn.form[j].trim_end_matches('\''));
    if !(near.any(|f| f == clitic) && near.any(|f| lex.grammar.reflexive.iter().any(|r| r.trim_end_matches('\'') == f)))
    {
        return false;
    }
    let armed = |w: usize| {
        s.party_in(w).is_some_and(|p| {
            let m = &s.parties[p];
            m.party.status == recoupe_mention::Status::Combatant
                && matches!(m.kind, MentionKind::Name | MentionKind::Noun(Class::Force | Class::Generic | Class::Role))
        })
    };
    let criticised = syn.kids(verb, &[Dep::Obl, Dep::Iobj]).filter_map(|w| s.party_of(w)).any(|p| {
        let m = &s.parties[p];
        let body =
            matches!(m.kind, MentionKind::Noun(Class::Role)) && m.party.status != recoupe_mention::Status::Combatant;
        body || matches!(m.kind, MentionKind::Person | MentionKind::Outlet | MentionKind::Noun(Class::Source))
    });
    syn.subject(verb).is_some_and(armed) && !criticised
}

/// “la coalition emmenée par …”: a body is led, nobody is carried off.
fn led(s: &Sent<'_>, lex: &ClaimLexicon, word: usize, lemma: &str) -> bool {
    let syn = &s.syn;
    let noun = syn.head(word).filter(|h| *h < word && matches!(syn.dep(word), Dep::Acl | Dep::Amod));
    let before = s.token(word).checked_sub(1).and_then(|t| s.word_at(t));
    fits(&lex.grammar.leading, lemma)
        && !syn.finite(word)
        && noun.into_iter().chain(before).any(|n| fits(&lex.grammar.led, &syn.lemma[n]))
}

/// “la province touche au Mali”: a finite verb right before the preposition.
fn borders(s: &Sent<'_>, lex: &ClaimLexicon, word: usize, lemma: &str) -> bool {
    let next = s.view.folded.get(s.token(word) + 1);
    fits(&lex.grammar.not_to, lemma)
        && s.syn.child(word, &[Dep::Aux]).is_none()
        && s.syn.finite(word)
        && next.is_some_and(|f| fits(&lex.grammar.to, f))
}

/// Infinitives that an unknown participle may belong to.
fn unknown_participle(form: &str, lex: &ClaimLexicon) -> Option<String> {
    let mut found = None;
    lex.grammar.infinitives(form, 2, |l| {
        found = (!lex.verb(l).is_empty()).then(|| l.to_owned());
        found.is_some()
    });
    found
}

/// A comma or another verb between a verb and its idiom's noun breaks the idiom.
fn clause_border(s: &Sent<'_>, token: usize, with: &recoupe_pack::WordSet) -> bool {
    for t in token + 1..(token + 7).min(s.view.len()) {
        if with.contains(&s.view.folded[t]) {
            return false;
        }
        if matches!(s.view.surface(t), "," | ";" | ":" | ".") {
            return true;
        }
    }
    true
}

/// Whether a word right behind gives a verb another meaning (“tomber dans une embuscade”).
fn otherwise(s: &Sent<'_>, token: usize, unless: &recoupe_pack::WordSet) -> bool {
    (token + 1..(token + 6).min(s.view.len())).any(|t| unless.contains(s.view.folded[t].trim_end_matches('\'')))
}

fn follows(s: &Sent<'_>, token: usize, rest: &[String]) -> bool {
    if rest.is_empty() {
        return true;
    }
    let mut t = token + 1;
    for r in rest {
        let Some(k) = (t..(t + 3).min(s.view.len()))
            .find(|k| s.view.folded[*k].trim_end_matches('\'') == r.trim_end_matches('\''))
        else {
            return false;
        };
        t = k + 1;
    }
    true
}
