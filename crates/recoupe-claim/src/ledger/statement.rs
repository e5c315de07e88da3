//! Demands, threats, accusations, talks.

use recoupe_mention::time::TimeKind;
use recoupe_mention::{Class, MentionKind, Party};
use recoupe_syntax::Dep;

use super::{LedgerLexicon, base};
use crate::event::when;
use crate::lex::ClaimLexicon;
use crate::sentence::Sent;
use crate::types::{Claim, Detail};

impl LedgerLexicon {
    pub(super) fn statements(&self, s: &Sent<'_>, lex: &ClaimLexicon, out: &mut Vec<Claim>) {
        let syn = &s.syn;
        let speaks =
            |k: MentionKind| !matches!(k, MentionKind::Noun(Class::Civil | Class::Source) | MentionKind::Outlet);
        for i in 0..syn.len() {
            let lemma = &syn.lemma[i];
            let talk = self.talks.contains(lemma);
            if !(talk || self.threat.contains(lemma)) || !syn.finite(i) || !syn.verbal(i) {
                continue;
            }
            let Some(f) = syn.subject(i).and_then(|w| s.party_in(w)).filter(|p| speaks(s.parties[*p].kind)) else {
                continue;
            };
            let to = syn
                .kids(i, &[Dep::Obj, Dep::Iobj, Dep::Obl])
                .find_map(|c| s.party_of(c))
                .filter(|p| speaks(s.parties[*p].kind) && s.parties[*p].party.id != s.parties[f].party.id);
            let Some(to) = to else { continue };
            let mut c = base(s, lex, i, if talk { "talks" } else { "statement_threat" });
            c.actor = Some(s.parties[f].party.clone());
            c.target = Some(s.parties[to].party.clone());
            c.time = s.times.iter().find(|t| t.from.is_some() && t.kind == TimeKind::Point).map(when);
            c.place = s.places.iter().find(|p| p.locative).map(|p| p.place.clone());
            c.detail = Detail::Statement { to: c.target.clone() };
            if !out.iter().any(|o| {
                o.sentence == c.sentence
                    && o.kind == c.kind
                    && o.actor.as_ref().map(|p| &p.id) == c.actor.as_ref().map(|p| &p.id)
            }) {
                out.push(c);
            }
        }
        for (t, _) in self.talk_nouns.find(s.view) {
            let two: Vec<&Party> = {
                let mut v: Vec<&Party> = s
                    .parties
                    .iter()
                    .filter(|p| speaks(p.kind) && p.tokens.start.abs_diff(t.start) <= 12)
                    .map(|p| &p.party)
                    .collect();
                v.dedup_by(|a, b| a.id == b.id);
                v
            };
            if two.len() < 2 {
                continue;
            }
            let Some(w) = s.word_at(t.start) else { continue };
            if out.iter().any(|o| o.sentence == s.index && &*o.kind == "talks") {
                continue;
            }
            let mut c = base(s, lex, w, "talks");
            c.actor = Some(two[0].clone());
            c.target = Some(two[1].clone());
            c.time = s.times.iter().find(|t| t.from.is_some() && t.kind == TimeKind::Point).map(when);
            c.detail = Detail::Statement { to: c.target.clone() };
            out.push(c);
        }
    }
}
