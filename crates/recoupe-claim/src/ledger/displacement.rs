//! People who flee, and people who have fled.

use recoupe_mention::time::TimeKind;
use recoupe_mention::{Class, MentionKind, When};

use super::{LedgerLexicon, base};
use crate::anchor::Anchor;
use crate::event::when;
use crate::lex::ClaimLexicon;
use crate::sentence::Sent;
use crate::types::{Claim, Detail, FlowKind};

impl LedgerLexicon {
    pub(super) fn displacement(&self, s: &Sent<'_>, lex: &ClaimLexicon, anchors: &[Anchor], out: &mut Vec<Claim>) {
        let syn = &s.syn;
        let flows: Vec<usize> = (0..syn.len())
            .filter(|i| {
                self.flow.contains(&syn.lemma[*i])
                    || anchors.iter().any(|a| a.word == *i && a.any(lex, |x| x.kind == "displacement"))
            })
            .collect();
        let strong = |i: usize| anchors.iter().any(|a| a.word == i && a.any(lex, |x| x.kind == "displacement"));
        for q in s.numbers.iter().filter(|q| q.counts() && !q.vague()) {
            let core_end = if q.core.is_empty() { q.tokens.end } else { q.core.end } as usize;
            let window = core_end..(core_end + 7).min(s.view.len());
            let displaced_noun = self.displaced.find(s.view).find(|(t, _)| window.contains(&t.start)).map(|(t, _)| t);
            let people = s.parties.iter().find(|p| {
                window.contains(&p.head) && p.head <= core_end + 3 && matches!(p.kind, MentionKind::Noun(Class::Civil))
            });
            // "3,7 millions de Syriens": inhabitants by the name of their country
            let nationals =
                window.clone().take(3).any(|t| s.view.capital(t) && s.names().adjective(&s.view.folded[t]).is_some());
            let family = window.clone().take(4).find(|t| self.families.contains(&s.view.folded[*t]));
            let Some(word) = s.word_at(q.core.start as usize) else { continue };
            let at = q.tokens.start as usize;
            let counted = nationals
                || displaced_noun.is_some()
                || people.is_some()
                || family.is_some()
                || window.clone().next().is_none_or(|t| s.view.upos(t) != Some(recoupe_syntax::Upos::Noun));
            if !counted {
                continue;
            }
            // a flow verb in the same clause, whose subject or object they are
            let verb = flows
                .iter()
                .copied()
                .filter(|v| {
                    let t = s.token(*v);
                    let d = t.abs_diff(at);
                    d <= 14
                        && (people.is_some() || family.is_some() || displaced_noun.is_some() || strong(*v) && d <= 6)
                        && (strong(*v) || d <= 8)
                })
                .min_by_key(|v| (u8::from(!strong(*v)), s.token(*v).abs_diff(at)));
            let host = (0..syn.len())
                .find(|i| self.host.contains(&syn.lemma[*i]) && s.token(*i).abs_diff(at) <= 10 && s.token(*i) < at);
            let forced =
                (0..syn.len()).any(|i| self.forced.contains(&syn.lemma[i]) && s.token(i) < at && at - s.token(i) <= 6);
            let kind = if displaced_noun.is_some() && !forced && verb.is_none_or(|v| !strong(v))
                || host.is_some() && verb.is_none_or(|v| !strong(v))
            {
                if displaced_noun.is_none()
                    && !(host.is_some() && (people.is_some() || nationals) && q.min.unwrap_or(0) >= 1000)
                {
                    continue;
                }
                FlowKind::Stock
            } else if let Some(v) = verb {
                let weak = !strong(v) && !forced;
                if weak && q.min.unwrap_or(0) < 50 {
                    continue;
                }
                FlowKind::Flow
            } else {
                continue;
            };
            // people who were killed are no flow
            if anchors.iter().any(|a| {
                a.any(lex, |x| matches!(x.toll.as_deref(), Some("killed" | "wounded" | "captured" | "neutralised")))
                    && s.token(a.word).abs_diff(at) <= 4
            }) {
                continue;
            }
            let after = |list: &[String], p: &recoupe_mention::places::PlaceMention| {
                (p.tokens.start.saturating_sub(4)..p.tokens.start)
                    .any(|k| list.iter().any(|w| w.trim_end_matches('\'') == s.view.folded[k].trim_end_matches('\'')))
            };
            let to = s.places.iter().find(|p| after(&self.to, p)).map(|p| p.place.clone());
            let from = s.places.iter().find(|p| !p.locative && after(&self.from, p)).map(|p| p.place.clone());
            let here = s
                .places
                .iter()
                .find(|p| p.locative && to.as_ref().is_none_or(|t| t.id != p.place.id))
                .map(|p| p.place.clone());
            let mut c = base(s, lex, word, "displacement");
            let end = displaced_noun.as_ref().map_or(core_end, |t| t.end);
            c.place = here.clone().or_else(|| from.clone());
            c.target = people.map(|p| p.party.clone());
            c.time = s.times.iter().find(|t| t.from.is_some()).map(when);
            let since: Option<When> = s.times.iter().find(|t| t.kind == TimeKind::Since).map(when);
            c.detail = Detail::Displacement {
                kind,
                min: q.min,
                max: q.max,
                approx: q.approx,
                unit: if family.is_some() { "family".into() } else { "person".into() },
                from: from.or_else(|| if kind == FlowKind::Flow { here.clone() } else { None }),
                to,
                at: if kind == FlowKind::Stock { here } else { None },
                since,
                span: s.span(&(at..end.max(q.tokens.end as usize))),
            };
            out.push(c);
        }
    }
}
