//! Where who speaks stands: behind the verb, before a verb put last, behind whom they spoke to.

use recoupe_mention::{Class, MentionKind, PartyMention};
use recoupe_syntax::{Dep, Upos};

use super::Text;
use super::speaker::{self, Np, Who};
use crate::lex::fits;

/// “ont indiqué à la presse des sources médicales”: who speaks looks like a complement of whom they spoke to.
pub(super) fn swallowed(x: &Text<'_, '_>, end: usize, next: usize) -> Option<Np> {
    let ends = next >= x.view.len() || x.view.upos(next) == Some(Upos::Punct);
    if !ends {
        return None;
    }
    let starts = |t: &usize| {
        fits(&x.lex.grammar.of, x.view.folded[*t].trim_end_matches('\''))
            && x.parties.iter().any(|p| {
                p.tokens.start > *t
                    && p.tokens.start <= *t + 2
                    && matches!(p.kind, MentionKind::Noun(Class::Source | Class::Role | Class::Civil))
            })
    };
    let at = (end + 2..next).find(starts)?;
    speaker::np(x, at).filter(|np| np.speaks)
}

/// Whether somebody who speaks stands at a token and closes the clause.
pub(super) fn closes(x: &Text<'_, '_>, next: usize) -> bool {
    let ends = |t: usize| t >= x.view.len() || x.view.upos(t) == Some(Upos::Punct);
    speaker::np(x, next).is_some_and(|np| np.speaks && ends(np.end) && matches!(np.who, Who::Told(_)))
}

/// Whether another finite verb stands between a verb and its subject, beside the verbs of relative clauses.
pub(super) fn had_verb(x: &Text<'_, '_>, v: usize, start: usize) -> bool {
    let Some(s) = x.syn.child(v, &[Dep::Nsubj]) else { return false };
    let from = x.syn.word(s).token as usize + 1;
    let relative = (from..start.min(from + 3)).any(|t| fits(&x.lex.grammar.relative, &x.view.folded[t]));
    !relative && !speaker::clear_of_finite(x, from.min(start), start)
}

/// “…, dit une source citée par X”: a form that is a participle as well is none where who speaks stands right behind it.
pub(super) fn inverted(x: &Text<'_, '_>, token: usize, end: usize) -> bool {
    let parted = token > 0 && matches!(x.view.surface(token - 1), "," | "»" | "\"" | "”" | "–" | "—");
    let party = |p: &PartyMention| p.tokens.start >= end && p.tokens.start <= end + 2;
    parted
        && x.view.upos(end) == Some(Upos::Det)
        && !x.times.iter().any(|r| r.contains(&end) || r.contains(&(end + 1)))
        && x.parties.iter().any(party)
}

/// Whether anything but circumstances stands between a verb and the end of its clause.
pub(super) fn start_of_told(x: &Text<'_, '_>, end: usize, next: usize) -> bool {
    let ends = |t: usize| t >= x.view.len() || matches!(x.view.surface(t), "," | "." | ";" | "»" | "\"");
    !(ends(end) || ends(next))
}

/// “Six soldats ont été tués, la police a dit.”: in translated pages who speaks stands before the verb put behind what is said.
pub(super) fn put_last(x: &Text<'_, '_>, v: usize, start: usize) -> Option<Who> {
    let view = x.view;
    if !x.lex.voices.put_last.contains(&x.syn.lemma[v]) {
        return None;
    }
    let comma = (start.saturating_sub(12)..start).rev().find(|t| matches!(view.surface(*t), "," | ";" | ":" | "»"))?;
    let told = (0..comma).any(|t| matches!(view.upos(t), Some(Upos::Verb | Upos::Aux)));
    if view.surface(comma) != "," || !told || !speaker::clear_of_verbs(x, comma + 1, start) {
        return None;
    }
    // a name in apposition goes with whoever stands before it; anything else has a clause of its own
    let np = speaker::np(x, comma + 1).filter(|np| np.speaks && np.end <= start)?;
    let rest = (np.end..start).all(|t| view.capital(t) || view.upos(t) != Some(Upos::Noun));
    rest.then_some(np.who)
}

/// “Les rebelles auraient perdu 300 hommes a précisé le colonel”: who speaks closes the sentence, without a comma before.
pub(super) fn behind_unparted(x: &Text<'_, '_>, v: usize, start: usize, next: usize) -> Option<Np> {
    let (view, n) = (x.view, x.view.len());
    let auxiliary = start < x.syn.word(v).token as usize;
    if !auxiliary || start < 3 || !x.lex.voices.put_last.contains(&x.syn.lemma[v]) {
        return None;
    }
    let told = (0..start).any(|t| !speaker::clear_of_finite(x, t, t + 1));
    let bound = |t: usize| {
        fits(&x.lex.grammar.and, &view.folded[t])
            || matches!(view.upos(t), Some(Upos::Pron | Upos::Sconj | Upos::Cconj | Upos::Punct))
    };
    if !told || bound(start - 1) {
        return None;
    }
    // somebody with a finite verb of their own before is told of; who is named right before the verb would be its subject
    let subject = speaker::before_verb(x, start).is_some()
        && x.syn.child(v, &[Dep::Nsubj]).is_some_and(|s| (x.syn.word(s).token as usize) < start);
    let np = speaker::np(x, next).filter(|np| np.speaks && matches!(np.who, Who::Told(_)))?;
    let named = x.parties.iter().any(|p| p.tokens.start >= next && p.tokens.start <= next + 2) || view.capital(next);
    // "vice-ministre de la Défense de la République": the rest of whose office it is
    let of = |t: usize| fits(&x.lex.grammar.of, view.folded[t].trim_end_matches('\''));
    let more = |t: &usize| matches!(view.upos(*t), Some(Upos::Det | Upos::Adp | Upos::Noun | Upos::Propn | Upos::Adj));
    let rest = if np.end < n && of(np.end) { (np.end..n).find(|t| !more(t)).unwrap_or(n) } else { np.end };
    let closes = rest >= n || matches!(view.surface(rest), "." | "," | "»");
    (!subject && named && closes).then_some(np)
}
