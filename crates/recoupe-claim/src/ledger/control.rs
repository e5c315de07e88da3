//! Who holds, takes, retakes or leaves which place.
//!
//! Trees are asked first; where they fail (coordination, fronted participles) order and distance inside the clause decide.

use recoupe_mention::time::TimeKind;
use recoupe_mention::{Class, MentionKind, Party, Place, Status};
use recoupe_syntax::{Dep, Upos};

use super::places::{Held, REACH, is, last_place};
use super::{Around, LedgerLexicon, base};
use crate::anchor::Anchor;
use crate::event::{fights, when};
use crate::lex::{ClaimLexicon, On, Patient, fits};
use crate::mood::certainty;
use crate::sentence::Sent;
use crate::types::{Certainty, Claim, ControlChange, Detail};

impl LedgerLexicon {
    pub(super) fn control(
        &self,
        s: &Sent<'_>,
        lex: &ClaimLexicon,
        around: &Around<'_>,
        anchors: &[Anchor],
        out: &mut Vec<Claim>,
    ) {
        let first = out.len();
        for a in anchors {
            // A verb that may mean either ("occuper") tells a state.
            let on_place = || a.acts.iter().map(|i| lex.act(*i)).filter(|x| x.on == Some(On::Place));
            let Some(act) = on_place().find(|x| x.state).or_else(|| on_place().next()) else { continue };
            // "tomber aux mains de", "rester sous le contrôle de" are read by their nouns below.
            if act.id == "fall" && !a.noun || a.patient == Some(Patient::Subject) {
                continue;
            }
            // "douze soldats enlevés à X": people are carried off there, the place is not taken
            if !a.noun && !act.state && crate::event::patient_class(s, lex, a) == Some(On::Person) {
                continue;
            }
            let change = match act.id.as_str() {
                "take" => ControlChange::Captured,
                "retake" => ControlChange::Recaptured,
                "lose-place" | "withdraw" => ControlChange::Lost,
                _ => ControlChange::Holds,
            };
            self.act(s, lex, around, a, change, out);
        }
        self.relieved(s, lex, around, anchors, out);
        self.under(s, lex, around, out);
        self.unfallen(s, lex, around, out);
        self.strongholds(s, lex, out);
        self.roads(s, lex, around, out);
        self.entries(s, lex, out);
        self.idioms(s, lex, around, out);
        self.denials(s, lex, first, out);
    }

    /// A verb or noun of taking, holding or leaving.
    pub(super) fn act(
        &self,
        s: &Sent<'_>,
        lex: &ClaimLexicon,
        around: &Around<'_>,
        a: &Anchor,
        change: ControlChange,
        out: &mut Vec<Claim>,
    ) {
        let at = a.tokens.start;
        // "prise pour cible", "prendre à partie"
        if self.not_taken.find(s.view).any(|(t, _)| t.start == a.tokens.end) {
            return;
        }
        // "les pourparlers ont repris à X"
        let resumed = |w: usize| self.resumed.contains(&s.syn.lemma[w]);
        if change == ControlChange::Recaptured && !a.noun && s.syn.subject(a.word).is_some_and(resumed) {
            return;
        }
        if let Some((places, holder)) = self.inverted(s, lex, around, at) {
            for p in places {
                self.push(s, lex, a.word, at, p.place, &holder, change, out);
            }
            return;
        }
        let agent = self.agent_after(s, lex, a.tokens.end);
        // a participle behind its auxiliary that the tagger took for a noun ("a été reprise par")
        let noun = a.noun && !s.syn.after_passive_auxiliary(a.word, &lex.grammar);
        let (places, holder) = if noun {
            let of = (at + 1..(at + 4).min(s.view.len()))
                .take_while(|t| !is(&lex.grammar.by, s, *t))
                .find(|t| is(&lex.grammar.of, s, *t));
            // "le retrait des forces X de Y"
            if let Some((holder, places)) = of.and_then(|from| self.leavers(s, lex, around, from)) {
                for p in places {
                    self.push(s, lex, a.word, at, p.place, &holder, change, out);
                }
                return;
            }
            // "la reprise du contrôle de X"
            let of = of.map(|t| {
                let grip = (t + 1..(t + 4).min(s.view.len())).find(|k| self.grip.contains(&s.view.folded[*k]));
                grip.map_or(t, |g| g + 1)
            });
            let places = match (of, &agent) {
                (Some(from), _) => self.places_from(s, lex, around, from),
                // "Reprise par l'armée en mai, Y …": a participle taken for its noun
                (None, Some(_)) if at == 0 => self.fronted(s, lex, around, a.tokens.end),
                (None, Some(_))
                    if s.view.surface(at - 1) == ","
                        || matches!(s.view.upos(at - 1), Some(Upos::Noun | Upos::Propn | Upos::Aux)) =>
                {
                    self.places_before(s, lex, around, at)
                }
                _ => return,
            };
            let adjective = || (at + 1..(at + 2).min(s.view.len())).find_map(|k| self.held_by(s, k));
            (places, agent.or_else(adjective).or_else(|| self.doer(s, lex, a.word, at, out)))
        } else if let Some(agent) = agent.filter(|_| !self.finite_active(s, lex, a)) {
            let mut places = self.places_before(s, lex, around, at);
            if places.is_empty() {
                places = self.fronted(s, lex, around, a.tokens.end);
            }
            (places, Some(agent))
        } else if s.passive(a.word, lex)
            && !s.syn.reflexive(a.word, &lex.grammar)
            && !self.active_auxiliary(s, at)
            && !self.shared_auxiliary(s, a.word)
        {
            // by whom is not said: by those who report it, where they fight
            let teller = s.scopes_at(at).into_iter().rev().find_map(|i| s.scopes[i].speaker.clone());
            let own = matches!(change, ControlChange::Captured | ControlChange::Recaptured) && s.syn.finite(a.word);
            let Some(teller) = teller.filter(|p| own && p.status == Status::Combatant) else { return };
            (self.places_before(s, lex, around, at), Some(teller))
        } else {
            // "dominant la route": what a hill does
            let hill = change == ControlChange::Holds
                && s.syn.dep(a.word) == Dep::Acl
                && s.syn.head(a.word).is_some_and(|h| self.noun_of_place(s, s.token(h)));
            if hill {
                return;
            }
            let from = self.after_idiom(s, at);
            let mut places = if from == at + 1 && self.elsewhere(s, lex, from) {
                Vec::new()
            } else {
                self.places_from(s, lex, around, from)
            };
            // "s'en est emparé", "l'a reprise": the place was named before
            if places.is_empty() && self.clitic(s, lex, at) {
                places = last_place(s, at)
                    .or_else(|| around.last_town())
                    .or_else(|| around.lead.cloned())
                    .into_iter()
                    .map(|place| Held { place, tokens: at..at })
                    .collect();
            }
            // "X, que les forces Y occupent"
            if places.is_empty() {
                let that = (at.saturating_sub(8)..at).rev().find(|k| self.relative(s, lex, *k));
                places = that.map_or(Vec::new(), |k| self.places_before(s, lex, around, k));
            }
            (places, self.doer(s, lex, a.word, at, out))
        };
        let Some(holder) = holder else { return };
        if change == ControlChange::Lost && holder.status == Status::Civilian {
            return;
        }
        // "perdu au profit de Y": Y took it
        let gainer = (change == ControlChange::Lost).then(|| self.gainer(s, at)).flatten();
        for p in places {
            if let Some(y) = &gainer {
                self.push(s, lex, a.word, at, p.place.clone(), y, ControlChange::Captured, out);
            }
            self.push(s, lex, a.word, at, p.place, &holder, change, out);
        }
    }

    /// “la base, que contrôlent les troupes de Y”: the holder stands behind the verb, what is held before the pronoun.
    fn inverted(&self, s: &Sent<'_>, lex: &ClaimLexicon, around: &Around<'_>, at: usize) -> Option<(Vec<Held>, Party)> {
        let that = at.checked_sub(1).filter(|k| is(&lex.grammar.that, s, *k))?;
        let comma = that.checked_sub(1).filter(|b| s.view.surface(*b) == ",");
        let end = comma.unwrap_or(that);
        let behind = end.checked_sub(1)?;
        if s.place_at(behind).is_none() && !self.noun_of_place(s, behind) {
            return None;
        }
        let p =
            s.parties.iter().find(|p| p.tokens.start > at && p.tokens.start <= at + 2 || p.tokens.start == at + 1)?;
        let places = self.places_before(s, lex, around, end);
        (may_hold(p.kind, &p.party) && !places.is_empty()).then(|| (places, p.party.clone()))
    }

    /// A relative pronoun right behind a place, with or without a comma; not the conjunction of “dit que”.
    fn relative(&self, s: &Sent<'_>, lex: &ClaimLexicon, k: usize) -> bool {
        let word = is(&lex.grammar.that, s, k) || fits(&lex.grammar.part_relative, &s.view.folded[k]);
        let before = k.checked_sub(1).map(|b| if s.view.surface(b) == "," { b.saturating_sub(1) } else { b });
        let subject = |b: usize| s.word_at(b + 1).is_some_and(|w| s.syn.word(w).upos == Upos::Verb);
        word && before.is_some_and(|b| (s.place_at(b).is_some() || self.noun_of_place(s, b)) && !subject(b))
    }

    /// Who profits from a loss.
    fn gainer(&self, s: &Sent<'_>, at: usize) -> Option<Party> {
        let t = (at + 1..(at + 16).min(s.view.len())).find(|t| self.profit.contains(&s.view.folded[*t]))?;
        let p = s.parties.iter().find(|p| p.tokens.start > t && p.tokens.start <= t + 3)?;
        may_hold(p.kind, &p.party).then(|| p.party.clone())
    }

    /// The agent of a participle or an act noun: “par” with its party, before the clause ends.
    pub(super) fn agent_after(&self, s: &Sent<'_>, lex: &ClaimLexicon, from: usize) -> Option<Party> {
        let by = (from..(from + 10).min(s.view.len()))
            .take_while(|t| {
                !matches!(s.view.surface(*t), ";" | ":" | "." | "«") && (s.view.surface(*t) != "," || *t < from + 2)
            })
            .find(|t| is(&lex.grammar.by, s, *t))?;
        let p = s.parties.iter().find(|p| p.tokens.end > by + 1 && p.tokens.start <= by + 3);
        match p {
            Some(p) => may_hold(p.kind, &p.party).then(|| p.party.clone()),
            None => (by + 1..(by + 4).min(s.view.len())).find_map(|t| self.people(s, t)),
        }
    }

    /// “les Russes”: inhabitants who hold or take a place do so by the army of their state.
    pub(super) fn people(&self, s: &Sent<'_>, t: usize) -> Option<Party> {
        let noun = matches!(s.view.upos(t), Some(Upos::Noun | Upos::Propn));
        let state = s.names().adjective(&s.view.folded[t]).filter(|_| noun && s.view.capital(t))?;
        Some(recoupe_mention::parties::state_party(s.names(), state, "armed-forces", s.span(&(t..t + 1))))
    }

    /// “des forces X de Y”: who leaves stands first, then what is left.
    fn leavers(&self, s: &Sent<'_>, lex: &ClaimLexicon, around: &Around<'_>, of: usize) -> Option<(Party, Vec<Held>)> {
        let p = s.parties.iter().find(|p| {
            p.tokens.start > of && p.tokens.start <= of + 2 || p.tokens.start == of && p.tokens.end > of + 1
        })?;
        if !may_hold(p.kind, &p.party) || s.places.iter().any(|q| q.tokens == p.tokens) {
            return None;
        }
        let end = p.tokens.end;
        let from = (end..(end + 3).min(s.view.len())).find(|t| is(&lex.grammar.of, s, *t))?;
        let places = self.places_from(s, lex, around, from);
        (!places.is_empty()).then(|| (p.party.clone(), places))
    }

    /// “ont achevé … et pris le contrôle de”: a participle that shares the auxiliary of the verb before it.
    fn shared_auxiliary(&self, s: &Sent<'_>, word: usize) -> bool {
        let mut at = word;
        for _ in 0..4 {
            if s.syn.dep(at) != Dep::Conj {
                return false;
            }
            let Some(h) = s.syn.head(at) else { return false };
            at = h;
            if s.syn.kids(at, &[Dep::Aux]).any(|a| self.perfect.contains(&s.syn.lemma[a])) {
                return true;
            }
        }
        false
    }

    /// Who does it: the subject by the tree, or the nearest party before that can hold a place, or whom a pronoun stands for.
    pub(super) fn doer(
        &self,
        s: &Sent<'_>,
        lex: &ClaimLexicon,
        word: usize,
        at: usize,
        out: &[Claim],
    ) -> Option<Party> {
        let subject = s.syn.subject(word);
        if let Some(p) =
            subject.and_then(|w| s.party_in(w)).filter(|p| may_hold(s.parties[*p].kind, &s.parties[*p].party))
        {
            return Some(s.parties[p].party.clone());
        }
        if let Some(p) = subject.and_then(|w| self.people(s, s.token(w))) {
            return Some(p);
        }
        // A noun of its own that is no party ("la population a repris la ville") holds nothing.
        if subject.is_some_and(|w| s.token(w) < at && s.syn.word(w).upos == Upos::Noun && s.party_in(w).is_some()) {
            return None;
        }
        let near = s.parties.iter().rev().find(|p| {
            p.tokens.end <= at
                && at - p.tokens.end <= REACH
                && may_hold(p.kind, &p.party)
                && !(p.tokens.start > 0
                    && (1..=2).any(|d| p.tokens.start >= d && is(&lex.grammar.against, s, p.tokens.start - d)))
                && !s.places.iter().any(|q| q.tokens == p.tokens && q.locative)
        });
        if let Some(p) = near {
            return Some(p.party.clone());
        }
        let pronoun = (at.saturating_sub(5)..at).any(|t| is(&lex.grammar.pronouns, s, t));
        if !pronoun {
            return None;
        }
        out.iter()
            .rev()
            .take_while(|c| c.part == s.part && c.sentence + 2 >= s.index)
            .find_map(|c| c.actor.as_ref().filter(|p| p.status != Status::Civilian).cloned())
    }

    /// The token after an idiom's noun: “pris samedi le contrôle | de X”.
    fn after_idiom(&self, s: &Sent<'_>, at: usize) -> usize {
        (at + 1..(at + 7).min(s.view.len()))
            .take_while(|t| !matches!(s.view.surface(*t), "," | ";" | ":" | "."))
            .find(|t| self.grip.contains(&s.view.folded[*t]))
            .map_or(at + 1, |t| t + 1)
    }

    /// “s'en est emparé”: a pronoun right behind the reflexive.
    fn clitic(&self, s: &Sent<'_>, lex: &ClaimLexicon, at: usize) -> bool {
        (at.saturating_sub(4).max(1)..at).any(|t| {
            self.clitics.contains(s.view.folded[t].trim_end_matches('\'')) && is(&lex.grammar.reflexive, s, t - 1)
        })
    }

    /// Whether a preposition other than that of belonging stands first: “se replier vers le lac” does not leave the lake.
    fn elsewhere(&self, s: &Sent<'_>, lex: &ClaimLexicon, from: usize) -> bool {
        (from..(from + 3).min(s.view.len())).find(|t| s.view.upos(*t) != Some(Upos::Adv)).is_some_and(|t| {
            let dated = s.times.iter().any(|x| (x.tokens.start as usize..x.tokens.end as usize).contains(&t));
            !dated
                && s.view.upos(t) == Some(Upos::Adp)
                && s.view.upos(t + 1) != Some(Upos::Adv)
                && !is(&lex.grammar.of, s, t)
        })
    }

    /// Whether a verb form is active: finite, or a perfect of “avoir” or a reflexive one.
    fn finite_active(&self, s: &Sent<'_>, lex: &ClaimLexicon, a: &Anchor) -> bool {
        let participle = s.syn.word(a.word).feats.verb_form == Some(recoupe_syntax::VerbForm::Part);
        s.syn.reflexive(a.word, &lex.grammar)
            || self.shared_auxiliary(s, a.word)
            || !s.passive(a.word, lex) && (!participle || self.active_auxiliary(s, a.tokens.start))
    }

    /// Whether the nearest auxiliary before makes an active perfect: one that has another auxiliary's lemma than the passive's.
    fn active_auxiliary(&self, s: &Sent<'_>, at: usize) -> bool {
        (at.saturating_sub(4)..at)
            .rev()
            .filter_map(|t| s.word_at(t))
            .find(|w| s.syn.word(*w).upos == Upos::Aux)
            .is_some_and(|w| self.perfect.contains(&s.syn.lemma[w]))
    }

    #[allow(clippy::too_many_arguments)]
    pub(super) fn push(
        &self,
        s: &Sent<'_>,
        lex: &ClaimLexicon,
        word: usize,
        at: usize,
        place: Place,
        holder: &Party,
        change: ControlChange,
        out: &mut Vec<Claim>,
    ) {
        let c = base(s, lex, word, "control");
        // "cherche à s'emparer de": not done
        let wanted = s.syn.word(word).feats.verb_form == Some(recoupe_syntax::VerbForm::Inf)
            && (at.saturating_sub(4)..at).any(|t| s.word_at(t).is_some_and(|w| lex.plan.contains(&s.syn.lemma[w])));
        if wanted || lex.conditions.find(s.view).any(|(t, _)| t.start <= at && !is(&lex.grammar.reflexive, s, t.start))
        {
            return;
        }
        if !matches!(c.certainty, Certainty::Stated | Certainty::Hedged) || certainty(s, lex, word) == Certainty::Asked
        {
            return;
        }
        self.record(s, c, at, place, holder, change, out);
    }

    /// A place that is said not to have fallen is held: the denial is of the fall.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn hold(
        &self,
        s: &Sent<'_>,
        lex: &ClaimLexicon,
        word: usize,
        at: usize,
        place: Place,
        holder: &Party,
        out: &mut Vec<Claim>,
    ) {
        let mut c = base(s, lex, word, "control");
        if c.certainty == Certainty::Denied {
            c.certainty = Certainty::Stated;
            self.record(s, c, at, place, holder, ControlChange::Holds, out);
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn record(
        &self,
        s: &Sent<'_>,
        mut c: Claim,
        at: usize,
        place: Place,
        holder: &Party,
        change: ControlChange,
        out: &mut Vec<Claim>,
    ) {
        let holder = &soldiers(s, holder);
        c.time = s
            .times
            .iter()
            .filter(|t| matches!(t.kind, TimeKind::Point | TimeKind::Since) && t.from.is_some())
            .filter(|t| (t.tokens.start as usize).abs_diff(at) <= REACH)
            .min_by_key(|t| {
                let start = t.tokens.start as usize;
                let between = start.min(at)..start.max(at);
                // a date behind a comma belongs to another clause
                start.abs_diff(at) + if between.into_iter().any(|k| s.view.surface(k) == ",") { 6 } else { 0 }
            })
            .map(when);
        c.place = Some(place);
        c.actor = Some(holder.clone());
        c.detail = Detail::Control { holder: Some(holder.clone()), change, against: None };
        let known = out.iter().any(|o| {
            o.sentence == c.sentence
                && matches!(&o.detail, Detail::Control { holder: Some(a), change: x, .. } if a.id == holder.id && (*x == change || change == ControlChange::Holds))
                && o.place.as_ref().map(|p| &p.id) == c.place.as_ref().map(|p| &p.id)
        });
        if !known {
            out.push(c);
        }
    }
}

/// Fighting parties, states and their bodies hold places; people, outlets and sources do not.
pub(super) fn may_hold(kind: MentionKind, p: &Party) -> bool {
    p.status != Status::Civilian
        && !matches!(kind, MentionKind::Outlet | MentionKind::Noun(Class::Civil | Class::Source))
        && (fights(p, kind)
            || matches!(
                kind,
                MentionKind::State | MentionKind::Name | MentionKind::Person | MentionKind::Noun(Class::Role)
            ))
}

/// A president or a minister who takes a town does so by the army of the state.
pub(super) fn soldiers(s: &Sent<'_>, p: &Party) -> Party {
    let army =
        p.id.split_once('/')
            .filter(|(_, role)| matches!(*role, "presidency" | "defence-ministry" | "prime-minister"))
            .and_then(|(iso3, _)| s.names().state3(iso3));
    match army {
        Some(state) => recoupe_mention::parties::state_party(s.names(), state, "armed-forces", p.span),
        None => p.clone(),
    }
}
