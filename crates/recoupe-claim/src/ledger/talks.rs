//! Parties that meet, call each other or negotiate.

use std::ops::Range;

use recoupe_mention::time::TimeKind;
use recoupe_mention::{Party, When};
use recoupe_syntax::{Dep, Upos};

use super::statement::{opposed, speaks};
use super::{Around, LedgerLexicon, base, political};
use crate::event::when;
use crate::lex::ClaimLexicon;
use crate::sentence::Sent;
use crate::types::{Certainty, Claim};

/// How far, in tokens, date, place and parties stand from the word for the talks.
const NEAR: usize = 16;

impl LedgerLexicon {
    pub(super) fn talks(&self, s: &Sent<'_>, lex: &ClaimLexicon, around: &Around<'_>, out: &mut Vec<Claim>) {
        if self.stalled.find(s.view).next().is_some() {
            return;
        }
        for i in 0..s.syn.len() {
            if (self.talks.contains(&s.syn.lemma[i]) || self.talks.contains(&s.syn.form[i]))
                && s.syn.verbal(i)
                && (s.syn.finite(i) || self.travels(s, i))
            {
                self.meeting(s, lex, around, i, out);
            }
        }
        let nouns: Vec<Range<usize>> = self
            .talk_nouns
            .find(s.view)
            .map(|(t, _)| t)
            .chain(self.agreements.find(s.view).filter(|(_, k)| &***k == "talks").map(|(t, _)| t))
            .collect();
        for t in nouns {
            self.round(s, lex, around, t, out);
        }
    }

    /// “s'est rendu à Z pour y rencontrer Y”: the infinitive of a journey that was made.
    fn travels(&self, s: &Sent<'_>, verb: usize) -> bool {
        let head = s.syn.head(verb).filter(|h| self.travel.contains(&s.syn.lemma[*h]) && s.syn.finite(*h));
        head.is_some_and(|h| !s.syn.future(h) && !s.syn.conditional(h)) && self.talks.contains(&s.syn.lemma[verb])
    }

    /// “X a rencontré Y”, “X et Y se sont réunis à Z”.
    fn meeting(&self, s: &Sent<'_>, lex: &ClaimLexicon, around: &Around<'_>, verb: usize, out: &mut Vec<Claim>) {
        let above = || s.syn.head(verb).filter(|_| self.travels(s, verb)).and_then(|h| s.syn.subject(h));
        let Some(subject) = s.syn.subject(verb).or_else(above) else { return };
        let mut two: Vec<Party> = Vec::new();
        let words = s.syn.with_conjuncts(subject);
        let with = s.syn.kids(verb, &[Dep::Obj, Dep::Iobj, Dep::Obl]);
        for i in words.into_iter().chain(with).filter_map(|w| s.party_in(w)) {
            let p = &s.parties[i];
            if speaks(p.kind, &p.party) && !two.iter().any(|q| q.id == p.party.id) {
                two.push(p.party.clone());
            }
        }
        if two.len() < 2 || same_state(&two) {
            return;
        }
        // what they went for was done when they had gone
        let told = s.syn.head(verb).filter(|_| self.travels(s, verb)).unwrap_or(verb);
        let mut c = base(s, lex, told, "talks");
        if matches!(c.certainty, Certainty::Denied | Certainty::Conditional | Certainty::Asked | Certainty::Planned) {
            return;
        }
        let at = s.token(verb);
        c.time = date(s, &(at..at + 1)).or_else(|| around.news());
        c.place = place(s, &(at..at + 1));
        c.actor = Some(two[0].clone());
        c.target = Some(two[1].clone());
        political::add(c, out);
    }

    /// “les pourparlers de Genève”, “un sommet entre X et Y”: with a day or a place and somebody, or with two parties.
    fn round(&self, s: &Sent<'_>, lex: &ClaimLexicon, around: &Around<'_>, t: Range<usize>, out: &mut Vec<Claim>) {
        let Some(w) = s.word_at(t.start) else { return };
        if s.syn.word(w).upos == Upos::Verb && t.len() == 1 {
            return;
        }
        let mut two: Vec<Party> = Vec::new();
        let sides = self.facing(s, &t);
        for p in s.parties.iter().filter(|p| speaks(p.kind, &p.party) && p.tokens.start.abs_diff(t.start) <= NEAR) {
            let seat = !sides.contains(&p.tokens.start) && s.places.iter().any(|q| q.tokens == p.tokens && q.locative);
            if !seat && !two.iter().any(|q| q.id == p.party.id) {
                two.push(p.party.clone());
            }
        }
        let (date, place) = (date(s, &t), place(s, &(t.start..t.end.max(sides.end))));
        // which talks these are: two sides, or where and when
        let between = two.len() >= 2 && !same_state(&two) && self.between_parties(s, lex, &t);
        if !(between || date.is_some() && (place.is_some() || !two.is_empty())) {
            return;
        }
        let mut c = base(s, lex, w, "talks");
        if matches!(c.certainty, Certainty::Denied | Certainty::Conditional | Certainty::Asked) {
            return;
        }
        if !between {
            two.clear();
        }
        c.time = date.or_else(|| around.news());
        c.place = place;
        c.actor = two.first().cloned();
        c.target = two.get(1).cloned();
        let told = |o: &Claim| o.sentence == c.sentence && &*o.kind == "talks";
        if !out.iter().any(told) {
            political::add(c, out);
        }
    }

    /// The tokens of the sides named behind “entre”: two capitals there are no seats.
    fn facing(&self, s: &Sent<'_>, t: &Range<usize>) -> Range<usize> {
        let Some(k) = (t.end..(t.end + 2).min(s.view.len())).find(|k| self.between.contains(&s.view.folded[*k])) else {
            return t.end..t.end;
        };
        let end =
            s.parties.iter().filter(|p| p.tokens.start > k && p.tokens.start <= k + 6).map(|p| p.tokens.end).max();
        k..end.unwrap_or(k)
    }

    /// Whether “entre” or “avec” stands right behind the noun, with a party.
    fn between_parties(&self, s: &Sent<'_>, lex: &ClaimLexicon, t: &Range<usize>) -> bool {
        (t.end..(t.end + 4).min(s.view.len())).any(|k| {
            let f = &s.view.folded[k];
            (self.between.contains(f) || self.with.contains(f))
                && s.parties.iter().any(|p| p.tokens.start > k && p.tokens.start <= k + 4)
                && !lex.grammar.against.contains(f)
        })
    }
}

/// Two bodies of one state that meet hold no talks; a group and the state it fights do.
fn same_state(two: &[Party]) -> bool {
    two.iter().all(|p| !opposed(p, &two[0]))
}

fn date(s: &Sent<'_>, t: &Range<usize>) -> Option<When> {
    s.times
        .iter()
        .filter(|x| matches!(x.kind, TimeKind::Point | TimeKind::Future) && (x.from.is_some() || x.weekday.is_some()))
        .filter(|x| {
            let a = x.tokens.start as usize;
            a >= t.end && a < t.end + NEAR || a < t.start && t.start - a <= NEAR
        })
        .min_by_key(|x| (x.tokens.start as usize).abs_diff(t.start))
        .map(when)
}

fn place(s: &Sent<'_>, t: &Range<usize>) -> Option<recoupe_mention::Place> {
    s.places
        .iter()
        .filter(|p| p.tokens.start >= t.end && p.tokens.start < t.end + NEAR || p.tokens.start < t.start && p.locative)
        .filter(|p| p.locative || !s.parties.iter().any(|q| q.tokens == p.tokens))
        .min_by_key(|p| (p.tokens.start < t.start, p.tokens.start.abs_diff(t.start)))
        .map(|p| p.place.clone())
}
