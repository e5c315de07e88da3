//! Roads cut and opened again, places freed from a siege, towns entered.

use recoupe_mention::{Party, PlacePrecision, Status};
use recoupe_syntax::{Dep, Upos};

use super::control::may_hold;
use super::places::is;
use super::{Around, LedgerLexicon, base};
use crate::anchor::Anchor;
use crate::lex::ClaimLexicon;
use crate::sentence::Sent;
use crate::types::{Certainty, Claim, ControlChange, Detail};

impl LedgerLexicon {
    /// “la route de X est coupée”, “l'axe a été rouvert par l'armée”. Who did it is often not said.
    pub(super) fn roads(&self, s: &Sent<'_>, lex: &ClaimLexicon, around: &Around<'_>, out: &mut Vec<Claim>) {
        for w in 0..s.syn.len() {
            let change = match &s.syn.lemma[w] {
                l if self.cut.contains(l) => ControlChange::Lost,
                l if self.reopened.contains(l) => ControlChange::Recaptured,
                _ => continue,
            };
            if !matches!(s.syn.word(w).upos, Upos::Verb | Upos::Aux | Upos::Adj) {
                continue;
            }
            let passive = s.passive(w, lex);
            let thing = if passive {
                s.syn
                    .child(w, &[Dep::Nsubj])
                    .or_else(|| matches!(s.syn.dep(w), Dep::Acl | Dep::Amod).then(|| s.syn.head(w)).flatten())
            } else {
                s.syn.object(w)
            };
            // where the tree has no subject, the nearest noun before
            let near = || {
                let at = s.token(w);
                (at.saturating_sub(7)..at)
                    .rev()
                    .find(|t| self.road(s, *t) || s.view.upos(*t) == Some(Upos::Pron) && s.place_at(*t + 2).is_some())
                    .and_then(|t| s.word_at(t))
            };
            let Some(thing) = thing.or_else(|| if passive { near() } else { None }) else { continue };
            let at = s.token(thing);
            // "celle de Minova": the road named just before
            let pointed = s.syn.word(thing).upos == Upos::Pron
                && (0..at).any(|t| self.road(s, t))
                && (at + 1..(at + 3).min(s.view.len())).any(|t| s.place_at(t).is_some());
            if !(self.road(s, at) || pointed) {
                continue;
            }
            let from = if pointed { at + 1 } else { at };
            let Some(place) = self.places_from(s, lex, around, from).into_iter().next().map(|h| h.place) else {
                continue;
            };
            let agent = self.agent_after(s, lex, s.token(w) + 1).or_else(|| {
                let i = (!passive).then(|| s.syn.subject(w)).flatten().and_then(|x| s.party_in(x))?;
                let p = &s.parties[i];
                may_hold(p.kind, &p.party).then(|| p.party.clone())
            });
            match agent {
                // who cuts a road takes it
                Some(holder) => {
                    let change = if change == ControlChange::Lost { ControlChange::Captured } else { change };
                    self.push(s, lex, w, s.token(w), place, &holder, change, out);
                }
                None if passive => self.push_unheld(s, lex, w, place, change, out),
                None => {}
            }
        }
    }

    /// Whether a token is a noun for a road.
    fn road(&self, s: &Sent<'_>, t: usize) -> bool {
        self.roads.contains(&s.view.folded[t]) || s.word_at(t).is_some_and(|w| self.roads.contains(&s.syn.lemma[w]))
    }

    fn push_unheld(
        &self,
        s: &Sent<'_>,
        lex: &ClaimLexicon,
        word: usize,
        place: recoupe_mention::Place,
        change: ControlChange,
        out: &mut Vec<Claim>,
    ) {
        let mut c = base(s, lex, word, "control");
        let iffy = s.syn.conditional(word)
            && lex.conditions.find(s.view).any(|(t, _)| !is(&lex.grammar.reflexive, s, t.start));
        if iffy || !matches!(c.certainty, Certainty::Stated | Certainty::Hedged) {
            return;
        }
        c.time = super::statement::said_on(s, word);
        c.place = Some(place);
        c.detail = Detail::Control { holder: None, change, against: None };
        out.push(c);
    }

    /// “encerclée, puis dégagée par l'armée”: held by whoever broke the siege.
    pub(super) fn relieved(
        &self,
        s: &Sent<'_>,
        lex: &ClaimLexicon,
        around: &Around<'_>,
        anchors: &[Anchor],
        out: &mut Vec<Claim>,
    ) {
        for w in 0..s.syn.len() {
            let verb = matches!(s.syn.word(w).upos, Upos::Verb | Upos::Adj);
            if !verb || !self.relieved.contains(&s.syn.lemma[w]) || anchors.iter().any(|a| a.word == w) {
                continue;
            }
            let t = s.token(w);
            let a = Anchor { word: w, tokens: t..t + 1, acts: Vec::new(), patient: None, noun: false };
            self.act(s, lex, around, &a, ControlChange::Recaptured, out);
        }
    }

    /// “l'entrée du M23 dans Goma”: only of those who fight, only into a town.
    pub(super) fn entries(&self, s: &Sent<'_>, lex: &ClaimLexicon, out: &mut Vec<Claim>) {
        for w in 0..s.syn.len() {
            if !self.entered.contains(&s.syn.lemma[w]) || s.syn.word(w).upos != Upos::Noun {
                continue;
            }
            let t = s.token(w);
            let armed = |p: &Party| p.status == Status::Combatant;
            let Some(p) = s.parties.iter().find(|p| {
                p.tokens.start > t
                    && p.tokens.start <= t + 3
                    && armed(&p.party)
                    && (t + 1..p.head + 1).any(|k| is(&lex.grammar.of, s, k))
            }) else {
                continue;
            };
            let into =
                (p.tokens.end..(p.tokens.end + 5).min(s.view.len())).find(|k| self.into.contains(&s.view.folded[*k]));
            let place = into.and_then(|k| {
                s.places.iter().find(|q| {
                    q.tokens.start > k
                        && q.tokens.start <= k + 4
                        && matches!(q.place.precision, PlacePrecision::Town | PlacePrecision::Exact)
                })
            });
            if let Some(place) = place {
                self.push(s, lex, w, t, place.place.clone(), &p.party, ControlChange::Captured, out);
            }
        }
    }
}
