//! Turns of phrase around an act noun that say who did it or whom it hit, read from the order of the words: the tree often hangs
//! what stands so far from the noun on something else.

use recoupe_mention::{Class, MentionKind, Status};
use recoupe_syntax::{Dep, Upos};

use super::roles::{fights, suffers};
use crate::anchor::Anchor;
use crate::lex::{ClaimLexicon, Site, fits};
use crate::sentence::Sent;

/// “l'attaque subie la veille par les gendarmes”, “repoussée par l'armée”: who stands behind the participle was attacked.
pub(super) fn suffered(s: &Sent<'_>, lex: &ClaimLexicon, a: &Anchor) -> Option<usize> {
    let end = (a.tokens.end + 16).min(s.view.len());
    let stop = |t: &usize| !matches!(s.view.surface(*t), ";" | ":" | ".");
    let verb = (a.tokens.end..(a.tokens.end + 3).min(end)).take_while(stop).find(|t| {
        s.word_at(*t).is_some_and(|w| super::blame::any_lemma(s, lex, w, |l| lex.light_suffers.contains(l)))
    })?;
    let by = (verb + 1..end).take_while(stop).find(|t| lex.grammar.by.contains(&s.view.folded[*t]))?;
    (0..s.parties.len()).find(|p| (by + 1..by + 4).contains(&s.parties[*p].tokens.start))
}

/// “a été la cible d'une attaque”, “a fait l'objet de tirs”: the subject suffered it, where it is a party.
pub(super) fn object_of(s: &Sent<'_>, lex: &ClaimLexicon, a: &Anchor) -> Option<Option<usize>> {
    let (syn, g) = (&s.syn, &lex.grammar);
    let of = |t: usize| g.of.iter().any(|o| o == s.view.folded[t].trim_end_matches('\''));
    let at = (a.tokens.start.saturating_sub(6)..a.tokens.start.saturating_sub(1)).find(|t| {
        s.word_at(*t).is_some_and(|w| fits(&g.objects_of, &syn.lemma[w])) && (t + 1..a.tokens.start).any(of)
    })?;
    let w = s.word_at(at)?;
    let clause = if syn.verbal(w) { w } else { syn.clause(w) };
    let subject = syn.subject(clause).filter(|x| *x != w).and_then(|x| s.party_in(x));
    Some(subject.filter(|p| !s.parties[*p].placelike))
}

/// “l'attaque de lundi, signée du groupe”.
pub(super) fn signed(s: &Sent<'_>, lex: &ClaimLexicon, a: &Anchor) -> Option<usize> {
    let end = (a.tokens.end + 14).min(s.view.len().saturating_sub(1));
    let finite = |t: usize| s.word_at(t).is_some_and(|w| s.syn.finite(w));
    let open = |t: &usize| !matches!(s.view.surface(*t), ";" | ":" | ".") && !finite(*t);
    let verb = (a.tokens.end..end).take_while(open).find(|t| {
        s.word_at(*t).is_some_and(|w| lex.light_does.contains(&s.syn.lemma[w]))
            && lex.grammar.of.contains(&s.view.folded[t + 1])
    })?;
    (0..s.parties.len()).find(|p| {
        let m = &s.parties[*p];
        (verb + 2..verb + 4).contains(&m.tokens.start)
            && m.party.status == Status::Combatant
            && fights(&m.party, m.kind)
    })
}

/// “une attaque menée mardi par des gendarmes contre un camp du groupe”: whatever the tree hangs the target on.
pub(super) fn versus(s: &Sent<'_>, lex: &ClaimLexicon, a: &Anchor) -> Option<usize> {
    let finite = |t: usize| s.word_at(t).is_some_and(|w| s.syn.word(w).upos == Upos::Verb && s.syn.finite(w));
    let open = |t: &usize| !matches!(s.view.surface(*t), "," | ";" | ":" | ".") && !finite(*t);
    let end = (a.tokens.end + 16).min(s.view.len());
    let at = (a.tokens.end..end).take_while(open).find(|t| fits(&lex.grammar.versus, &s.view.folded[*t]))?;
    // "contre la maison du gouverneur": whoever lives there
    let site = |t: usize| lex.sites.find(s.view).any(|(r, x)| r.contains(&t) && *x == Site::Civil);
    if (at + 1..at + 3).any(site) {
        return None;
    }
    (0..s.parties.len())
        .find(|p| (at + 1..at + 3).contains(&s.parties[*p].tokens.start) && !s.parties[*p].placelike)
        .filter(|p| suffers(&s.parties[*p]))
}

/// “un assaut jihadiste”, “une frappe houthie”: the side, right behind the act noun and without a preposition.
pub(super) fn side_behind(s: &Sent<'_>, a: &Anchor) -> Option<usize> {
    let t = a.tokens.end;
    let p = s.party_at(t).filter(|p| s.parties[*p].head == t)?;
    let m = &s.parties[p];
    let side = matches!(m.kind, MentionKind::Name | MentionKind::Noun(Class::Generic));
    (side && m.party.status == Status::Combatant && !s.view.capital(t)).then_some(p)
}

/// Who does what a verb or an act noun says, behind “by”. Behind another participle it is somebody else: “la ville tenue par l'armée”.
pub(super) fn agent(s: &Sent<'_>, lex: &ClaimLexicon, v: usize, act: bool) -> Option<usize> {
    let w = s.syn.agent(v, &lex.grammar)?;
    let by = s.syn.kids(w, &[Dep::Case]).find(|c| lex.grammar.by.contains(&s.syn.form[*c]))?;
    let own = if act { vec![v] } else { Vec::new() };
    (!other_deed(s, lex, s.token(by), &own)).then_some(w)
}

/// Whether what stands before a “by” is a verb whose agent does no harm: it holds, backs, tells, or was itself attacked.
/// What is one of the acts told is no other.
pub(super) fn other_deed(s: &Sent<'_>, lex: &ClaimLexicon, by: usize, acts: &[usize]) -> bool {
    let from = by.saturating_sub(4);
    let verb = (from..by).rev().filter_map(|t| s.word_at(t)).find(|w| {
        matches!(s.syn.word(*w).upos, Upos::Verb | Upos::Adj) && s.syn.lemma[*w] != s.syn.form[*w] || s.syn.passive(*w)
    });
    let Some(verb) = verb.filter(|w| !acts.contains(w)) else { return false };
    let g = &lex.grammar;
    super::blame::any_lemma(s, lex, verb, |l| {
        g.not_doers.contains(l) || lex.light_suffers.contains(l) || g.accuse_to.contains(l) || g.accuse_of.contains(l)
    })
}

/// “les assaillants, des combattants du groupe, …”: who a description is said to be between commas.
pub(super) fn apposed(s: &Sent<'_>, p: usize) -> Option<usize> {
    let end = s.parties[p].tokens.end;
    if end >= s.view.len() || !matches!(s.view.surface(end), "," | "(" | "–" | "—") {
        return None;
    }
    let n = (p + 1 < s.parties.len()).then_some(p + 1)?;
    let m = &s.parties[n].tokens;
    let closed = m.end < s.view.len() && matches!(s.view.surface(m.end), "," | ")" | "–" | "—");
    (m.start <= end + 3 && closed).then_some(n)
}
