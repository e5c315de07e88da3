//! Who lays an act at whose door: accusations, claims of responsibility, what is called somebody's work.

use std::ops::Range;

use recoupe_mention::{Class, MentionKind, Party};
use recoupe_syntax::Dep;

use super::roles::fights;
use crate::anchor::Anchor;
use crate::lex::ClaimLexicon;
use crate::sentence::Sent;

/// An accusation or a claim of responsibility.
#[derive(Clone, Debug)]
pub(super) struct Blame {
    /// Who is said to have done it: an index into the parties of the sentence.
    pub actor: usize,
    /// Who says so, where somebody is named.
    pub voice: Option<Party>,
    /// The accusation names the act itself, or nothing else it could be about.
    pub of_act: bool,
}

/// Whom the sentence accuses: “attribuant ces frappes à l'armée”, “accuse la milice d'avoir tiré”, “l'œuvre du groupe”.
pub(super) fn blame(s: &Sent<'_>, lex: &ClaimLexicon, anchors: &[Anchor], range: &Range<usize>) -> Option<Blame> {
    let g = &lex.grammar;
    for v in 0..s.syn.len() {
        let at = s.token(v);
        if at.abs_diff(range.start).min(at.abs_diff(range.end)) > range.len() + 12 {
            continue;
        }
        if !any_lemma(s, lex, v, |l| lex.blaming.contains(l)) || s.syn.negated(v, &lex.negation) {
            continue;
        }
        let lemmas = lemmas(s, lex, v);
        let is = |list: &[String]| lemmas.iter().any(|l| list.contains(l));
        let near = |words: &[String]| (at + 1..(at + 8).min(s.view.len())).any(|t| words.contains(&s.view.folded[t]));
        let found = if is(&g.accuse_to) {
            laid_at(s, lex, v)
        } else if is(&g.accuse_of) || is(&g.blame_verbs) && near(&g.blame_words) {
            accused(s, lex, v, anchors)
        } else if is(&g.designate) && !s.passive(v, lex) {
            designated(s, lex, v)
        } else if is(&g.amount) && s.syn.reflexive(v, g) {
            amounts(s, lex, at)
        } else if is(&g.identify) && (s.syn.finite(v) || s.syn.dep(v) == Dep::Cop) && identified(s, lex, v) {
            party_after(s, at, 8)
                .filter(|p| !lex.grammar.doers.contains(&s.view.folded[s.parties[*p].head]))
                .map(|p| Blame { actor: p, voice: None, of_act: true })
        } else if is(&g.blame_nouns) {
            work_of(s, lex, v)
        } else if is(&g.suspicion) {
            let behind = party_after(s, at, 12).filter(|p| {
                let d = s.parties[*p].tokens.start;
                (d.saturating_sub(3)..d).any(|t| g.against.contains(&s.view.folded[t]))
            });
            behind.map(|p| Blame { actor: p, voice: None, of_act: true })
        } else if is(&g.owning) {
            owns(s, lex, v)
        } else if is(&g.authors) {
            author(s, lex, at)
        } else if g.blame_idioms.iter().any(|[verb, noun]| lemmas.contains(verb) && near(std::slice::from_ref(noun))) {
            if s.passive(v, lex) {
                let p = s.syn.subject(v).and_then(|w| s.party_in(w)).filter(|p| accusable(s, *p));
                p.or_else(|| before(s, at)).map(|p| Blame { actor: p, voice: None, of_act: true })
            } else {
                party_after(s, at, 9).map(|p| Blame { actor: p, voice: subject(s, v), of_act: true })
            }
        } else {
            None
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// The lemma of a word, and the verb its form is a participle of if the tree took it for something else.
fn lemmas(s: &Sent<'_>, lex: &ClaimLexicon, v: usize) -> Vec<String> {
    let mut out = Vec::new();
    any_lemma(s, lex, v, |l| {
        out.push(l.to_owned());
        false
    });
    out
}

/// Whether one of a word's lemmas fits: its own, or that of the verb its form is a participle of if the tree took it for
/// something else.
pub(super) fn any_lemma(s: &Sent<'_>, lex: &ClaimLexicon, v: usize, mut fits: impl FnMut(&str) -> bool) -> bool {
    let none = matches!(s.syn.word(v).upos, recoupe_syntax::Upos::Propn | recoupe_syntax::Upos::Det);
    fits(&s.syn.lemma[v]) || !none && lex.grammar.infinitives(&s.syn.form[v], 4, fits)
}

/// “…, le groupe revendique”: with nothing behind it, what was told.
fn owns(s: &Sent<'_>, lex: &ClaimLexicon, v: usize) -> Option<Blame> {
    // whatever the tree takes it for: the last word, right behind the group
    let at = s.token(v);
    let last = s.view.folded.get(at + 1).is_none_or(|f| f.chars().all(|c| !c.is_alphanumeric()));
    let group = |p: &usize| {
        let m = &s.parties[*p];
        m.tokens.end == at && m.party.status == recoupe_mention::Status::Combatant && accusable(s, *p)
    };
    if let Some(actor) = (0..s.parties.len()).find(group).filter(|_| last) {
        return Some(Blame { actor, voice: None, of_act: true });
    }
    if s.passive(v, lex) || s.syn.child(v, &[Dep::Obj]).is_some_and(|o| o > v) || !s.syn.finite(v) {
        return None;
    }
    let p = s.syn.subject(v).filter(|w| *w < v).and_then(|w| s.party_in(w)).filter(|p| accusable(s, *p))?;
    Some(Blame { actor: p, voice: None, of_act: true })
}

/// “X est à l'origine de l'attaque”, “X en est l'auteur”: the party before the copula.
fn author(s: &Sent<'_>, lex: &ClaimLexicon, at: usize) -> Option<Blame> {
    let from = at.saturating_sub(10);
    let copula = (from..at).rev().find(|t| lex.grammar.passive_auxiliary.contains(&s.view.folded[*t]))?;
    let p = (0..s.parties.len())
        .rev()
        .find(|p| (from..copula).contains(&(s.parties[*p].tokens.end - 1)) && accusable(s, *p))?;
    Some(Blame { actor: p, voice: None, of_act: true })
}

/// “imputé à X”, “X impute l'attaque à Y”, “X s'attribue l'attaque”.
fn laid_at(s: &Sent<'_>, lex: &ClaimLexicon, v: usize) -> Option<Blame> {
    let at = s.token(v);
    if s.syn.reflexive(v, &lex.grammar) {
        let p = s.syn.subject(v).and_then(|w| s.party_in(w)).filter(|p| accusable(s, *p))?;
        return Some(Blame { actor: p, voice: None, of_act: true });
    }
    let p = (0..s.parties.len()).find(|p| {
        let d = s.parties[*p].tokens.start;
        d > at
            && d <= at + 12
            && (d.saturating_sub(3).max(at + 1)..d).any(|k| lex.grammar.to.contains(&s.view.folded[k]))
            && accusable(s, *p)
    })?;
    let voice = if s.passive(v, lex) {
        s.syn.agent(v, &lex.grammar).and_then(|w| s.party_in(w)).map(|p| party(s, p))
    } else {
        subject(s, v)
    };
    Some(Blame { actor: p, voice: voice.filter(|x| x.id != s.parties[p].party.id), of_act: true })
}

/// “X accuse Y d'avoir tiré”, “Y est accusé par X”, “rend Y responsable”.
fn accused(s: &Sent<'_>, lex: &ClaimLexicon, v: usize, anchors: &[Anchor]) -> Option<Blame> {
    let at = s.token(v);
    if s.passive(v, lex) {
        let p = s.syn.subject(v).and_then(|w| s.party_in(w)).filter(|p| accusable(s, *p)).or_else(|| before(s, at))?;
        let voice = s.syn.agent(v, &lex.grammar).and_then(|w| s.party_in(w)).map(|p| party(s, p));
        return Some(Blame {
            actor: p,
            voice,
            of_act: about_act(s, anchors, at + 1)
                || (at..(at + 5).min(s.view.len()))
                    .find(|t| lex.grammar.blame_words.contains(&s.view.folded[*t]))
                    .is_some_and(|t| about_act(s, anchors, t + 1))
                || anchors.iter().any(|a| a.noun && a.tokens.start < at && at < a.tokens.end + 8),
        });
    }
    let p = party_after(s, at, 9)?;
    let voice = subject(s, v).filter(|x| x.id != s.parties[p].party.id);
    // "responsable de l'échec": of something else
    let of_what = (at..(at + 9).min(s.view.len().saturating_sub(1)))
        .find(|t| lex.grammar.blame_words.contains(&s.view.folded[*t]))
        .filter(|t| lex.grammar.of.iter().any(|o| o == s.view.folded[t + 1].trim_end_matches('\'')));
    let tied = !lex.grammar.accuse_of.contains(&s.syn.lemma[v]) && of_what.is_none_or(|t| about_act(s, anchors, t + 1));
    Some(Blame { actor: p, voice, of_act: tied || about_act(s, anchors, s.parties[p].tokens.end) })
}

/// “Les assaillants appartiendraient à X”, “les auteurs ont été identifiés comme des X”: the subject is who did it.
fn identified(s: &Sent<'_>, lex: &ClaimLexicon, v: usize) -> bool {
    let v = if s.syn.dep(v) == Dep::Cop { s.syn.head(v).unwrap_or(v) } else { v };
    s.syn.subject(v).is_some_and(|w| w < v && lex.grammar.doers.contains(&s.syn.lemma[w]))
}

/// “Il s'agirait de miliciens de X”: a party right behind.
fn amounts(s: &Sent<'_>, lex: &ClaimLexicon, at: usize) -> Option<Blame> {
    let of = s.view.folded.get(at + 1).is_some_and(|f| lex.grammar.of.iter().any(|o| o == f.trim_end_matches('\'')));
    let p = party_after(s, at, 3).filter(|p| of && s.parties[*p].party.status == recoupe_mention::Status::Combatant)?;
    Some(Blame { actor: p, voice: None, of_act: true })
}

/// “Les rescapés désignent les miliciens”: an armed party as the object, and nothing it is made or called.
fn designated(s: &Sent<'_>, lex: &ClaimLexicon, v: usize) -> Option<Blame> {
    let at = s.token(v);
    let p = party_after(s, at, 3)?;
    let m = &s.parties[p];
    let armed = m.party.status == recoupe_mention::Status::Combatant
        && matches!(m.kind, MentionKind::Name | MentionKind::Noun(Class::Force | Class::Generic));
    let voice = subject(s, v).filter(|x| x.id != m.party.id);
    let silent = s.view.folded.get(m.tokens.end).is_none_or(|f| {
        f.chars().all(|c| !c.is_alphanumeric())
            || s.word_at(m.tokens.end).is_some_and(|w| matches!(s.syn.word(w).upos, recoupe_syntax::Upos::Verb))
            || lex.grammar.relative.contains(f)
    });
    (armed && silent).then_some(Blame { actor: p, voice, of_act: true })
}

/// “l'œuvre de X”, “porte la marque de X”.
fn work_of(s: &Sent<'_>, lex: &ClaimLexicon, n: usize) -> Option<Blame> {
    let syn = &s.syn;
    let p = syn.kids(n, &[Dep::Nmod]).filter(|c| syn.case_in(*c, &lex.grammar.of)).find_map(|c| s.party_in(c))?;
    accusable(s, p).then_some(Blame { actor: p, voice: None, of_act: true })
}

/// The party right before a passive.
fn before(s: &Sent<'_>, at: usize) -> Option<usize> {
    (0..s.parties.len())
        .rev()
        .find(|p| (at.saturating_sub(5)..at).contains(&s.parties[*p].tokens.start) && accusable(s, *p))
}

/// What the accused is said to have done is an act told here, or nothing is said of it.
fn about_act(s: &Sent<'_>, anchors: &[Anchor], from: usize) -> bool {
    // "des chasseurs traditionnels dogons": a last adjective of the party
    let from = (from..s.view.len()).find(|t| s.view.upos(*t) != Some(recoupe_syntax::Upos::Adj)).unwrap_or(from);
    let acts = anchors.iter().any(|a| a.tokens.start >= from && a.tokens.start < from + 14);
    let silent = s.view.folded.get(from).is_none_or(|f| f.chars().all(|c| !c.is_alphanumeric()));
    acts || silent
}

/// The first party behind a token that can be accused.
fn party_after(s: &Sent<'_>, at: usize, reach: usize) -> Option<usize> {
    (0..s.parties.len()).find(|p| {
        let d = s.parties[*p].tokens.start;
        d > at && d <= at + reach && accusable(s, *p)
    })
}

fn party(s: &Sent<'_>, p: usize) -> Party {
    s.parties[p].party.clone()
}

fn subject(s: &Sent<'_>, v: usize) -> Option<Party> {
    s.syn.subject(v).and_then(|w| s.party_in(w)).map(|p| party(s, p))
}

fn accusable(s: &Sent<'_>, p: usize) -> bool {
    let m = &s.parties[p];
    fights(&m.party, m.kind) || matches!(m.kind, MentionKind::Noun(Class::Role))
}
