//! Ledgers on the wire: agreements, control, displacement, relations, namings.

use recoupe_claim::{Detail, FlowKind, RelationKind};
use recoupe_dossier as lib;
use recoupe_incident::At;

use super::Source;
use super::value::change;
use crate::*;

impl Source<'_> {
    pub(super) fn agreement(&self, a: &lib::Agreement) -> Agreement {
        Agreement {
            id: a.id.clone(),
            name: self.agreement_name(a),
            date: a.date.as_ref().map(|t| self.time(t)),
            place: a.place.as_ref().map(|p| self.place(p)),
            parties: a.parties.iter().map(|p| self.party(p)).collect(),
            pages: self.page_ids(&a.pages),
            claims: self.claim_ids(&a.claims),
            breaches: a
                .breaches
                .iter()
                .map(|b| Breach {
                    alleged_by: self.voice(&b.alleged_by),
                    against: self.voice(&b.against),
                    time: b.time.as_ref().map(|t| self.time(t)),
                    place: b.place.as_ref().map(|p| self.place(p)),
                    claims: self.claim_ids(&b.claims),
                    verified_by: self.voice(&b.verified_by),
                    states: b.states.iter().map(|s| self.breach_state(s)).collect(),
                })
                .collect(),
            wordings: a.wordings.iter().map(|w| self.wording(w)).collect(),
            refers_to: a.refers_to.clone().map(|(id, name)| Known { id, name }),
            candidates: a.candidates.iter().map(|i| self.dossier.incidents[*i].id.clone()).collect(),
        }
    }

    pub(super) fn wording(&self, w: &At<recoupe_text::Span>) -> Wording {
        let on = self.here(w.page);
        Wording { text: on.article.quote(w.value), span: on.span(w.value), page: self.dossier.pages[w.page].id.clone() }
    }

    pub(super) fn breach_state(&self, s: &lib::BreachState) -> BreachState {
        BreachState {
            state: s.stage.name().to_owned(),
            by: self.voices(&s.by),
            against: self.voice(&s.against),
            claims: self.claim_ids(&s.claims),
        }
    }

    /// The name; where no pack knows the agreement, with the words of the page that name it at most length.
    pub(super) fn agreement_name(&self, a: &lib::Agreement) -> String {
        let mut longest = "";
        let mut known = false;
        for e in a.claims.iter().map(|c| &self.dossier.claims[*c]) {
            let Detail::Agreement { id, span, .. } = &e.claim(&self.dossier.pages).detail else { continue };
            known |= id.is_some();
            let words = span.of(&self.article(e.page).text);
            if words.chars().count() > longest.chars().count() {
                longest = words;
            }
        }
        if known || longest.is_empty() {
            return a.name.to_string();
        }
        format!("{} ({})", a.name, recoupe_text::squeeze(longest))
    }

    pub(super) fn control(&self, c: &lib::Control) -> Control {
        Control {
            place: self.place(&c.place),
            holder: self.voice(&c.holder),
            against: self.voice(&c.against),
            from: c.from.as_ref().map(|t| self.time(t)),
            to: c.to.as_ref().map(|t| self.time(t)),
            change: change(c.change).to_owned(),
            said_by: self.voices(&c.said_by),
            denied_by: self.voices(&c.denied_by),
            disputed: c.disputed,
            pages: self.page_ids(&c.pages),
            claims: self.claim_ids(&c.claims),
        }
    }

    pub(super) fn displacement(&self, x: &lib::Displacement) -> Displacement {
        // The words stand in the claim; the ledger row names its first page.
        let words = x.claims.iter().map(|c| &self.dossier.claims[*c]).find(|e| e.page == x.page).and_then(|e| match &e
            .claim(&self.dossier.pages)
            .detail
        {
            Detail::Displacement { span, .. } => Some(*span),
            _ => None,
        });
        let (text, span, _) = self.here(x.page).words(words.unwrap_or_default());
        Displacement {
            kind: match x.kind {
                FlowKind::Flow => "flow",
                FlowKind::Stock => "stock",
            }
            .to_owned(),
            min: x.min,
            max: x.max,
            approx: x.approx,
            unit: (!x.unit.is_empty()).then(|| x.unit.to_string()),
            from: x.from.as_ref().map(|p| self.place(p)),
            to: x.to.as_ref().map(|p| self.place(p)),
            at: x.at.as_ref().map(|p| self.place(p)),
            since: x.since.as_ref().map(|t| self.time(t)),
            time: x.time.as_ref().map(|t| self.time(t)),
            said_by: self.voice(&x.said_by),
            page: self.dossier.pages[x.page].id.clone(),
            pages: self.page_ids(&x.pages),
            claims: self.claim_ids(&x.claims),
            text,
            span,
        }
    }

    pub(super) fn relation(&self, r: &lib::Relation) -> Relation {
        Relation {
            kind: match r.kind {
                RelationKind::Supports => "supports",
                RelationKind::Opposes => "opposes",
                RelationKind::Ally => "ally",
                RelationKind::Sponsor => "sponsor",
                RelationKind::PartOf => "part_of",
            }
            .to_owned(),
            from: self.party(&r.from),
            to: self.party(&r.to),
            time: r.time.as_ref().map(|t| self.time(t)),
            said_by: self.voices(&r.said_by),
            page: self.dossier.pages[r.page].id.clone(),
            pages: self.page_ids(&r.pages),
            claims: self.claim_ids(&r.claims),
        }
    }

    pub(super) fn naming(&self, n: &lib::NamingEntry) -> NamingUse {
        let on = self.here(n.page);
        let said = n.naming(&self.dossier.pages);
        NamingUse {
            group: on.party(&said.group),
            term: on.term(said),
            lemma: said.lemma.clone(),
            voice: said.voice.as_ref().map(|v| on.party(v)),
            quoted: said.quoted,
            page: self.dossier.pages[n.page].id.clone(),
            span: on.span(said.span),
        }
    }
}
