//! Who holds a place, told by a noun or by a fall that did not happen.

use recoupe_mention::lexicon::Side;
use recoupe_mention::{Party, PlacePrecision, Status};
use recoupe_syntax::{Dep, Upos};
use recoupe_text::Span;

use super::control::may_hold;
use super::{Around, LedgerLexicon};
use crate::lex::ClaimLexicon;
use crate::sentence::Sent;
use crate::types::{Claim, ControlChange};

impl LedgerLexicon {
    /// “sous le contrôle de X”, “aux mains de X”, with or without a verb that says since when.
    pub(super) fn under(&self, s: &Sent<'_>, lex: &ClaimLexicon, around: &Around<'_>, out: &mut Vec<Claim>) {
        for (t, _) in self.under.find(s.view) {
            let Some(word) = s.word_at(t.start) else { continue };
            let named = s
                .parties
                .iter()
                .find(|p| p.tokens.end > t.end && p.tokens.start <= t.end + 4 && may_hold(p.kind, &p.party));
            let own = (t.start..(t.end + 4).min(s.view.len())).find(|k| self.own.contains(&s.view.folded[*k]));
            let (holder, end) = match (named, own) {
                (Some(p), _) => (p.party.clone(), p.tokens.end),
                (None, None) => match (t.end..(t.end + 3).min(s.view.len())).find_map(|k| self.held_by(s, k)) {
                    Some(p) => (p, t.end),
                    None => continue,
                },
                (None, Some(k)) => match self.owner(s, lex, around, k, t.start, out) {
                    Some(p) => (p, t.end),
                    None => continue,
                },
            };
            // “tenue par”: the passive of a verb has been read with its own place already, which the push below sees.
            let verb = (t.start.saturating_sub(6)..t.start).rev().find_map(|k| {
                let w = s.word_at(k)?;
                let l = &s.syn.lemma[w];
                if self.fallen.contains(l) || self.fallen.contains(&s.syn.form[w]) {
                    Some((w, ControlChange::Captured))
                } else if self.refallen.contains(l) || self.refallen.contains(&s.syn.form[w]) {
                    Some((w, ControlChange::Recaptured))
                } else {
                    None
                }
            });
            let (word, change) = verb.unwrap_or((word, ControlChange::Holds));
            // "la chute de X aux mains de Y": the place stands behind the noun
            let before = if s.syn.word(word).upos == Upos::Noun { t.start } else { s.token(word).min(t.start) };
            let mut places = self.places_before(s, lex, around, before);
            if places.is_empty() {
                places = self.fronted(s, lex, around, end);
            }
            for p in places {
                self.push(s, lex, word, before, p.place, &holder, change, out);
            }
        }
    }

    /// “sous contrôle russe”, “sous contrôle rebelle”, “aux mains des Russes”.
    pub(super) fn held_by(&self, s: &Sent<'_>, k: usize) -> Option<Party> {
        let span = s.view.sentence.tokens[k].span;
        if let Some(p) = self.people(s, k) {
            return Some(p);
        }
        if let Some(side) = s.names().side(&s.view.folded[k]) {
            return side_party(side, span);
        }
        let state = s.names().adjective(&s.view.folded[k]).filter(|_| !s.view.capital(k))?;
        Some(recoupe_mention::parties::state_party(s.names(), state, "armed-forces", span))
    }

    /// “sous son contrôle”, “de nos forces”: whoever speaks, else who was named last.
    fn owner(
        &self,
        s: &Sent<'_>,
        lex: &ClaimLexicon,
        around: &Around<'_>,
        own: usize,
        at: usize,
        out: &[Claim],
    ) -> Option<Party> {
        let speaker = s.scopes_at(own).into_iter().rev().find_map(|i| s.scopes[i].speaker.clone());
        // "nos forces", in a communiqué nobody signs: the army of the land the page is about
        let unsigned = speaker.as_ref().is_some_and(|p| p.id.starts_with("generic/") || !p.id.contains('/'));
        let army = || {
            let country = around.lead.and_then(|l| l.country.as_deref()).filter(|_| unsigned)?;
            let state = s.names().state2(country)?;
            Some(recoupe_mention::parties::state_party(s.names(), state, "armed-forces", Span::default()))
        };
        speaker
            .filter(|p| p.status != Status::Civilian && !unsigned)
            .or_else(army)
            .or_else(|| {
                s.parties
                    .iter()
                    .rev()
                    .find(|p| p.tokens.end <= at && may_hold(p.kind, &p.party))
                    .map(|p| p.party.clone())
            })
            .or_else(|| self.doer(s, lex, s.word_at(own)?, at, out))
    }

    /// “la ville n'est pas tombée”: whoever defends it still holds it.
    pub(super) fn unfallen(&self, s: &Sent<'_>, lex: &ClaimLexicon, around: &Around<'_>, out: &mut Vec<Claim>) {
        for w in 0..s.syn.len() {
            if !(self.fell.contains(&s.syn.lemma[w]) || self.fell.contains(&s.syn.form[w]))
                || !s.syn.negated(w, &lex.negation)
                || !s.syn.finite(w)
                || s.syn.future(w)
                || s.syn.conditional(w)
            {
                continue;
            }
            let at = s.token(w);
            if self.under.find(s.view).any(|(t, _)| t.start > at && t.start < at + 5) {
                continue;
            }
            let subject = s.syn.child(w, &[Dep::Nsubj]).map(|i| s.token(i));
            let a_place = |t: usize| s.place_at(t).is_some() || self.noun_of_place(s, t);
            if !subject.is_some_and(a_place) {
                continue;
            }
            for p in self.places_before(s, lex, around, at) {
                let speaker = s.scopes_at(at).into_iter().rev().find_map(|i| s.scopes[i].speaker.clone());
                let state = speaker
                    .and_then(|v| v.country)
                    .or_else(|| p.place.country.clone())
                    .or_else(|| around.lead.and_then(|l| l.country.clone()))
                    .and_then(|c| s.names().state2(&c));
                let Some(state) = state else { continue };
                let army = recoupe_mention::parties::state_party(s.names(), state, "armed-forces", Span::default());
                self.hold(s, lex, w, at, p.place, &army, out);
            }
        }
    }

    /// “fief du groupe X”, “dernier bastion rebelle”.
    pub(super) fn strongholds(&self, s: &Sent<'_>, lex: &ClaimLexicon, out: &mut Vec<Claim>) {
        for (t, _) in self.strongholds.find(s.view) {
            let apart = |to: usize| (t.end..to).any(|k| matches!(s.view.surface(k), "," | ";" | ":" | "(" | "."));
            let side = s.parties.iter().find(|p| {
                p.tokens.start >= t.end
                    && p.tokens.start <= t.end + 3
                    && may_hold(p.kind, &p.party)
                    && !apart(p.tokens.start)
            });
            let adjective =
                (t.end..(t.end + 2).min(s.view.len())).find_map(|k| s.names().side(&s.view.folded[k]).map(|x| (k, x)));
            let h = match (side, adjective) {
                (Some(p), _) => Some(p.party.clone()),
                (None, Some((k, side))) => side_party(side, s.view.sentence.tokens[k].span),
                _ => None,
            };
            let place = s
                .places
                .iter()
                .filter(|p| p.place.precision != PlacePrecision::Country)
                .min_by_key(|p| p.tokens.start.abs_diff(t.start) + if p.tokens.start > t.start { 4 } else { 0 });
            if let (Some(h), Some(p), Some(w)) = (h, place, s.word_at(t.start)) {
                self.push(s, lex, w, t.start, p.place.clone(), &h, ControlChange::Holds, out);
            }
        }
    }
}

fn side_party(side: Side, span: Span) -> Option<Party> {
    let (id, name) = match side {
        Side::Rebels => ("rebels", "rebels"),
        Side::Jihadists => ("jihadists", "jihadists"),
        Side::Separatists => ("separatists", "separatists"),
        Side::Terrorists => ("terrorists", "armed groups (called terrorists)"),
        _ => return None,
    };
    Some(Party {
        id: format!("generic/{id}").into(),
        name: name.into(),
        country: None,
        status: Status::Combatant,
        span,
    })
}
