//! Who was told of last: whom “they” and “their shelling” mean, and which armed men turned up where people were then killed.

use recoupe_mention::{Class, MentionKind, Party, Status};
use recoupe_syntax::{Dep, Upos};

use super::roles::{doer, fights};
use crate::anchor::Anchor;
use crate::lex::{ClaimLexicon, Patient, fits};
use crate::mood::certainty;
use crate::sentence::Sent;
use crate::types::Certainty;

/// How many sentences a pronoun reaches back.
const PRONOUN: u32 = 1;
/// How many sentences lie at most between an arrival and what those who came did.
const ARRIVAL: u32 = 2;

/// Who was told of in the sentences before.
#[derive(Clone, Debug, Default)]
pub struct Recent {
    subject: Option<(Party, u32)>,
    named: Option<(Party, u32)>,
    arrived: Option<(Party, u32)>,
}

impl Recent {
    /// Takes in a sentence that has been read.
    pub fn remember(&mut self, s: &Sent<'_>, lex: &ClaimLexicon) {
        if s.heading {
            *self = Self::default();
        }
        if let Some(p) = arrival(s, lex) {
            self.arrived = Some((p, s.index));
        }
        let group =
            |p: &&recoupe_mention::PartyMention| p.kind == MentionKind::Name && p.party.status == Status::Combatant;
        if let Some(p) = s.parties.iter().rev().find(group) {
            self.named = Some((p.party.clone(), s.index));
        }
        let Some(subject) = (0..s.syn.len()).find(|w| s.syn.dep(*w) == Dep::Root).and_then(|r| s.syn.subject(r)) else {
            return;
        };
        if s.syn.word(subject).upos == Upos::Pron {
            if let Some((_, at)) = self.subject.as_mut().filter(|x| x.1 + PRONOUN >= s.index) {
                *at = s.index;
            }
            return;
        }
        self.subject = doer(s, subject).filter(|p| armed(s, *p)).map(|p| (s.parties[p].party.clone(), s.index));
    }

    /// Whom a pronoun of a sentence means that nobody before it in that sentence can be.
    pub fn subject(&self, sentence: u32) -> Option<&Party> {
        let near = |x: &&(Party, u32)| x.1 + PRONOUN >= sentence;
        self.subject.as_ref().filter(near).or(self.named.as_ref().filter(near)).map(|x| &x.0)
    }

    /// The armed men who turned up just before.
    pub fn arrived(&self, sentence: u32) -> Option<&Party> {
        self.arrived.as_ref().filter(|x| x.1 + ARRIVAL >= sentence).map(|x| &x.0)
    }
}

fn armed(s: &Sent<'_>, p: usize) -> bool {
    let m = &s.parties[p];
    m.party.status == Status::Combatant && fights(&m.party, m.kind)
}

/// Armed men without a state whom the sentence says to have turned up somewhere.
fn arrival(s: &Sent<'_>, lex: &ClaimLexicon) -> Option<Party> {
    let g = &lex.grammar;
    (0..s.syn.len()).find_map(|v| {
        if s.syn.word(v).upos != Upos::Verb || !fits(&g.arrive, &s.syn.lemma[v]) || s.question {
            return None;
        }
        let at = s.token(v);
        let next = at + 1..(at + 5).min(s.view.len());
        if next.clone().any(|t| fits(&g.no_arrival, &s.view.folded[t]))
            || !matches!(certainty(s, lex, v), Certainty::Stated | Certainty::Hedged)
        {
            return None;
        }
        let m = &s.parties[s.syn.subject(v).and_then(|w| doer(s, w)).filter(|p| armed(s, *p))?];
        let stateless = !m.party.id.contains('/') || m.party.id.starts_with("group/") || super::nameless(&m.party);
        let kind = matches!(m.kind, MentionKind::Name | MentionKind::Noun(Class::Generic | Class::Force));
        (stateless && kind).then(|| m.party.clone())
    })
}

/// Who did an act whose doer is only a pronoun: “ils ont tué”, “leurs tirs”, “nos frappes”.
pub(super) fn meant(s: &Sent<'_>, lex: &ClaimLexicon, a: &Anchor) -> Option<Party> {
    let g = &lex.grammar;
    let harmless = |x: &crate::lex::Act| {
        x.toll.is_none() && !x.mutual && !matches!(&*x.kind, "capture_of_territory" | "arrest" | "protest")
    };
    if a.noun {
        // "leur enlèvement", "son assassinat" are done to those meant
        if !a.any(lex, harmless) {
            return None;
        }
        let det = s.syn.child(a.word, &[Dep::Det])?;
        let form = &s.syn.form[det];
        if fits(&g.ours, form) {
            let voices = super::voices(s, s.token(det));
            return voices.last().or(s.recent.subject(s.index)).and_then(|v| super::sides::side(s, v));
        }
        return (fits(&g.possessives, form) || fits(&g.possessive, form)).then(|| before(s, s.token(det)))?;
    }
    if s.passive(a.word, lex) || a.any(lex, |x| x.patient == Patient::Subject || x.own) {
        return None;
    }
    let subject = s.syn.subject(a.word).filter(|w| s.syn.word(*w).upos == Upos::Pron && *w < a.word)?;
    fits(&g.pronouns, s.syn.form[subject].trim_start_matches('-')).then(|| before(s, s.token(subject)))?
}

/// The armed party named last before a token of the sentence, else the one the sentence before was about.
fn before(s: &Sent<'_>, token: usize) -> Option<Party> {
    let here = (0..s.parties.len()).rev().find(|p| s.parties[*p].tokens.end <= token && armed(s, *p));
    let speaks = |p: &Party| s.scopes.iter().any(|x| x.speaker.as_ref().is_some_and(|v| v.span == p.span));
    match here {
        Some(p) if !speaks(&s.parties[p].party) => Some(s.parties[p].party.clone()),
        _ => s.recent.subject(s.index).cloned(),
    }
}
