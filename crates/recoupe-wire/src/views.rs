//! Ledgers seen another way: control as intervals, displacement as series, names as a matrix.

use recoupe_claim::FlowKind;
use recoupe_dossier as lib;
use recoupe_incident::At;

use crate::convert::{Source, change};
use crate::{Days, FlowPoint, FlowSeries, Holding, HoldingSpan, Lens, LensShift, LensTerm, LensUse, Site, Speaker};

impl Source<'_> {
    pub(crate) fn holding(&self, h: &lib::Holding) -> Holding {
        Holding {
            place: self.place(&h.place),
            spans: h
                .spans
                .iter()
                .map(|s| HoldingSpan {
                    holder: self.party(&s.holder),
                    from: s.from.map(|d| d.to_string()),
                    to: s.to.map(|d| d.to_string()),
                    seen: s.seen.map(|d| d.to_string()),
                    began: change(s.began).to_owned(),
                    ended: s.ended.map(|e| change(e).to_owned()),
                    said_by: self.voices(&s.said_by),
                    denied_by: self.voices(&s.denied_by),
                    disputed: s.disputed,
                    claims: self.claim_ids(&s.claims),
                })
                .collect(),
            unknown: h
                .unknown
                .iter()
                .map(|(from, to)| Days { from: from.to_string(), to: to.map(|d| d.to_string()) })
                .collect(),
            last: h.last.iter().map(|i| *i as u32).collect(),
        }
    }

    pub(crate) fn site(&self, s: &lib::Site) -> Site {
        Site {
            place: self.place(&s.place),
            purpose: s.purpose.clone(),
            keeper: s.keeper.as_ref().map(|p| self.party(&At::new(s.place.page, p.clone()))),
            holding: s.holding.map(|i| i as u32),
            pages: self.page_ids(&s.pages),
            claims: self.claim_ids(&s.claims),
            incidents: s.incidents.iter().map(|i| self.dossier.incidents[*i].id.clone()).collect(),
        }
    }

    pub(crate) fn flow_series(&self, x: &lib::FlowSeries) -> FlowSeries {
        let point = |day: String, row: usize| {
            let r = &self.dossier.displacement[row];
            let (said_by, claims) = (self.voice(&r.said_by), self.claim_ids(&r.claims));
            FlowPoint { day, min: r.min, max: r.max, approx: r.approx, said_by, claims }
        };
        FlowSeries {
            kind: if x.kind == FlowKind::Flow { "flow" } else { "stock" }.to_owned(),
            unit: (!x.unit.is_empty()).then(|| x.unit.to_string()),
            from: x.from.as_ref().map(|p| self.place(p)),
            to: x.to.as_ref().map(|p| self.place(p)),
            at: x.at.as_ref().map(|p| self.place(p)),
            points: x.points.iter().map(|(day, row)| point(day.to_string(), *row)).collect(),
        }
    }

    fn speaker(&self, s: &lib::Speaker) -> Speaker {
        match s {
            lib::Speaker::Outlet(name) => Speaker { outlet: Some(name.clone()), voice: None },
            lib::Speaker::Voice(p) => Speaker { outlet: None, voice: Some(self.party(p)) },
        }
    }

    pub(crate) fn lens(&self, x: &lib::Lens) -> Lens {
        let list = |n: &[usize]| n.iter().map(|i| *i as u32).collect();
        let used = |u: &lib::LensUse| LensUse {
            by: self.speaker(&u.by),
            quoted: u.quoted as u32,
            first: u.days.map(|d| d.0.to_string()),
            last: u.days.map(|d| d.1.to_string()),
            namings: list(&u.namings),
        };
        let shift = |s: &lib::LensShift| LensShift {
            by: self.speaker(&s.by),
            before: s.before.0.clone(),
            until: s.before.1.to_string(),
            after: s.after.0.clone(),
            since: s.after.1.to_string(),
            namings: list(&s.namings),
        };
        Lens {
            group: self.party(&x.group),
            terms: x
                .terms
                .iter()
                .map(|t| LensTerm {
                    term: t.lemma.clone(),
                    tone: t.tone.map(|t| t.name().to_owned()),
                    uses: t.uses.iter().map(used).collect(),
                })
                .collect(),
            shifts: x.shifts.iter().map(shift).collect(),
        }
    }
}
