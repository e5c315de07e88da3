//! Idioms of taking and holding, places whose holders are driven out, and who denies what is claimed.

use recoupe_mention::Status;
use recoupe_syntax::Upos;

use super::control::may_hold;
use super::places::is;
use super::statement::opposed;
use super::{Around, LedgerLexicon};
use crate::lex::{ClaimLexicon, Speech};
use crate::sentence::Sent;
use crate::types::{Certainty, Claim, ControlChange, Detail};
use crate::voice::voice;

/// Tokens of a sentence that says no more than that something is denied.
const SHORT: usize = 14;

impl LedgerLexicon {
    pub(super) fn idioms(&self, s: &Sent<'_>, lex: &ClaimLexicon, around: &Around<'_>, out: &mut Vec<Claim>) {
        for (t, _) in self.seized.find(s.view) {
            let last = (t.start..t.end).rev().find_map(|k| s.word_at(k).filter(|w| s.syn.word(*w).upos == Upos::Verb));
            let Some(w) = last.or_else(|| s.word_at(t.start)) else { continue };
            self.take_behind(s, lex, around, w, t.start, t.end, ControlChange::Captured, out);
        }
        for w in 0..s.syn.len() {
            let t = s.token(w);
            if self.masters.contains(&s.syn.lemma[w]) && !self.seized.find(s.view).any(|(x, _)| x.contains(&t)) {
                self.take_behind(s, lex, around, w, t, t + 1, ControlChange::Holds, out);
            }
            if self.siege.contains(&s.syn.lemma[w]) {
                let verb = (t.saturating_sub(4)..t)
                    .rev()
                    .filter_map(|k| s.word_at(k))
                    .find(|v| self.broken.contains(&s.syn.lemma[*v]));
                if let Some(v) = verb {
                    self.take_behind(s, lex, around, v, s.token(v), t + 1, ControlChange::Holds, out);
                }
            }
            if self.leave.contains(&s.syn.lemma[w]) || self.rule.contains(&s.syn.lemma[w]) {
                self.armed_verb(s, lex, around, w, out);
            }
            if self.hold_nouns.contains(&s.syn.lemma[w]) && s.syn.word(w).upos == Upos::Noun {
                self.hold_noun(s, lex, around, w, out);
            }
            if self.remain.contains(&s.syn.lemma[w]) {
                self.remains(s, lex, around, w, out);
            }
            if self.driven.contains(&s.syn.lemma[w]) && matches!(s.syn.word(w).upos, Upos::Verb | Upos::Adj) {
                self.drive_out(s, lex, around, w, out);
            }
        }
    }

    /// The subject of a verb takes or holds the place named behind a token.
    #[allow(clippy::too_many_arguments)]
    fn take_behind(
        &self,
        s: &Sent<'_>,
        lex: &ClaimLexicon,
        around: &Around<'_>,
        verb: usize,
        at: usize,
        from: usize,
        change: ControlChange,
        out: &mut Vec<Claim>,
    ) {
        if s.view.surface(from.min(s.view.len().saturating_sub(1))) == "," {
            return;
        }
        let Some(holder) = self.doer(s, lex, verb, at, out) else { return };
        if holder.status == Status::Civilian {
            return;
        }
        for p in self.places_from(s, lex, around, from) {
            self.push(s, lex, verb, at, p.place, &holder, change, out);
        }
    }

    /// “les combattants ont quitté la ville”, “le M23 administre Goma”: only of those who fight.
    fn armed_verb(&self, s: &Sent<'_>, lex: &ClaimLexicon, around: &Around<'_>, verb: usize, out: &mut Vec<Claim>) {
        let at = s.token(verb);
        if s.passive(verb, lex) || !s.syn.finite(verb) {
            return;
        }
        let Some(i) = s.syn.subject(verb).and_then(|w| s.party_in(w)) else { return };
        let holder = s.parties[i].party.clone();
        if holder.status != Status::Combatant || !may_hold(s.parties[i].kind, &holder) {
            return;
        }
        let change = if self.leave.contains(&s.syn.lemma[verb]) { ControlChange::Lost } else { ControlChange::Holds };
        let near = self.places_from(s, lex, around, at + 1);
        for p in near.into_iter().filter(|p| p.tokens.start <= at + 6) {
            self.push(s, lex, verb, at, p.place, &holder, change, out);
        }
    }

    /// “conserve le contrôle de X”, “l'occupation de X par Y”, “l'emprise de Y sur X”.
    fn hold_noun(&self, s: &Sent<'_>, lex: &ClaimLexicon, around: &Around<'_>, noun: usize, out: &mut Vec<Claim>) {
        let at = s.token(noun);
        // "combats pour le contrôle de"
        if s.syn.case_in(noun, &lex.grammar.purpose) || s.syn.dep(noun) == recoupe_syntax::Dep::Nmod {
            return;
        }
        let Some(of) = (at + 1..(at + 4).min(s.view.len())).find(|t| is(&lex.grammar.of, s, *t)) else { return };
        let on = |from: usize| (from..(from + 3).min(s.view.len())).find(|t| is(&lex.grammar.against, s, *t));
        let owner =
            s.parties.iter().find(|p| p.tokens.start > of && p.tokens.start <= of + 2 && may_hold(p.kind, &p.party));
        if let Some((p, on)) = owner.and_then(|p| Some((p, on(p.tokens.end)?))) {
            for q in self.places_from(s, lex, around, on + 1) {
                self.push(s, lex, noun, at, q.place, &p.party, ControlChange::Holds, out);
            }
            return;
        }
        let verb = s.syn.clause(noun);
        let object = s.syn.dep(noun) == recoupe_syntax::Dep::Obj && !s.passive(verb, lex);
        let holder = self.agent_after(s, lex, at + 1).or_else(|| {
            let i = object.then(|| s.syn.subject(verb)).flatten().and_then(|w| s.party_in(w))?;
            may_hold(s.parties[i].kind, &s.parties[i].party).then(|| s.parties[i].party.clone())
        });
        let Some(holder) = holder.filter(|h| h.status != Status::Civilian) else { return };
        for q in self.places_from(s, lex, around, of) {
            self.push(s, lex, noun, at, q.place, &holder, ControlChange::Holds, out);
        }
    }

    /// “X reste ukrainienne”: the adjective of a state behind a verb of staying.
    fn remains(&self, s: &Sent<'_>, lex: &ClaimLexicon, around: &Around<'_>, verb: usize, out: &mut Vec<Claim>) {
        let at = s.token(verb);
        let predicate = (at + 1..(at + 4).min(s.view.len()))
            .find(|t| s.view.upos(*t) == Some(Upos::Adj) && s.names().adjective(&s.view.folded[*t]).is_some());
        let Some(k) = predicate else { return };
        let noun = (at + 1..k).any(|t| matches!(s.view.upos(t), Some(Upos::Noun | Upos::Det | Upos::Adp)));
        let Some(holder) = self.held_by(s, k).filter(|_| !noun) else { return };
        for p in self.places_before(s, lex, around, at) {
            self.push(s, lex, verb, at, p.place, &holder, ControlChange::Holds, out);
        }
    }

    /// “X a chassé Y de Z”, “Y ont été chassés de Z par X”.
    fn drive_out(&self, s: &Sent<'_>, lex: &ClaimLexicon, around: &Around<'_>, verb: usize, out: &mut Vec<Claim>) {
        let at = s.token(verb);
        let passive = s.passive(verb, lex);
        // whom: an armed party, not people driven from their homes
        let beaten = if passive {
            s.syn.subject(verb).and_then(|w| s.party_in(w))
        } else {
            s.parties.iter().position(|p| p.tokens.start > at && p.tokens.start <= at + 4)
        };
        let Some(beaten) = beaten.filter(|i| may_hold(s.parties[*i].kind, &s.parties[*i].party)) else { return };
        let end = if passive { at + 1 } else { s.parties[beaten].tokens.end };
        let Some(from) = (end..(end + 4).min(s.view.len())).find(|t| is(&lex.grammar.of, s, *t)) else { return };
        let holder = match self.agent_after(s, lex, at + 1) {
            Some(p) => Some(p),
            None if !passive => self.doer(s, lex, verb, at, out),
            None => None,
        };
        let Some(holder) = holder.filter(|h| h.id != s.parties[beaten].party.id) else { return };
        for p in self.places_from(s, lex, around, from) {
            self.push(s, lex, verb, at, p.place, &holder, ControlChange::Captured, out);
        }
    }

    /// “ce que l'armée a démenti”, “Kiev dément”: another voice denies what the sentence, or the one before it, claims.
    pub(super) fn denials(&self, s: &Sent<'_>, lex: &ClaimLexicon, first: usize, out: &mut Vec<Claim>) {
        let verb = (0..s.syn.len()).find(|w| {
            lex.speech(&s.syn.lemma[*w]).or_else(|| lex.speech(&s.syn.form[*w])) == Some(Speech::Deny)
                && matches!(s.syn.word(*w).upos, Upos::Verb | Upos::Aux)
        });
        let Some(verb) = verb else { return };
        let at = s.token(verb);
        let party = s
            .syn
            .subject(verb)
            .and_then(|w| s.party_in(w))
            .or_else(|| s.parties.iter().rposition(|p| p.tokens.end <= at && at - p.tokens.end <= 4));
        let Some(party) = party.map(|i| &s.parties[i]).filter(|p| may_hold(p.kind, &p.party)) else { return };
        let mine = |c: &Claim| {
            let here = c.sentence == s.index;
            // a short denial that names no place of its own speaks of the sentence before it
            let short = s.places.is_empty() && s.view.len() <= SHORT;
            let before = c.sentence + 1 == s.index && out.len() == first && short;
            matches!(&c.detail, Detail::Control { holder: Some(h), .. } if opposed(h, &party.party))
                && matches!(c.certainty, Certainty::Stated | Certainty::Hedged)
                && (here || before)
        };
        let denied: Vec<Claim> = out
            .iter()
            .filter(|c| mine(c))
            .map(|c| Claim {
                certainty: Certainty::Denied,
                voices: vec![voice(party)],
                span: s.view.sentence.span,
                sentence: s.index,
                ..c.clone()
            })
            .collect();
        out.extend(denied);
    }
}
