//! Incidents and the texts that pages share, on the wire.

use recoupe_incident as inc;

use super::Source;
use super::value::status;
use crate::*;

impl Source<'_> {
    pub(super) fn incident(&self, x: &inc::Incident) -> Incident {
        Incident {
            id: x.id.clone(),
            kind_of: x.kind.to_string(),
            time: x.time.as_ref().map(|t| self.time(t)),
            place: x.place.as_ref().map(|p| self.place(p)),
            title: x.title.clone(),
            background: x.background,
            summary: x.summary,
            claims: self.claim_ids(&x.claims),
            pages: self.page_ids(&x.pages),
            origins: x.origins as u32,
            voices: self.voices(&x.voices),
            actor: x.actor.iter().map(|a| self.attribution(a)).collect(),
            target: x.target.iter().map(|a| self.attribution(a)).collect(),
            tolls: x.tolls.iter().map(|t| self.incident_toll(t)).collect(),
            cumulative: x.cumulative.iter().map(|t| self.incident_toll(t)).collect(),
            standing: x.standing.name().to_owned(),
            disagreements: x
                .disagreements
                .iter()
                .map(|d| Disagreement {
                    field: d.field.name().to_owned(),
                    toll: d.toll.map(|t| t as u32),
                    reason: None,
                    sides: d.sides.iter().map(|s| self.side(s)).collect(),
                })
                .collect(),
            differences: x
                .differences
                .iter()
                .map(|d| Disagreement {
                    field: d.field.name().to_owned(),
                    toll: d.toll.map(|t| t as u32),
                    reason: Some(d.reason.name().to_owned()),
                    sides: d.sides.iter().map(|s| self.side(s)).collect(),
                })
                .collect(),
            links: x
                .links
                .iter()
                .map(|l| Link {
                    left: self.claim_id(l.left),
                    right: self.claim_id(l.right),
                    score: l.score,
                    features: l
                        .features
                        .iter()
                        .map(|f| Feature { name: f.name.to_owned(), value: f.value.clone(), points: f.points })
                        .collect(),
                })
                .collect(),
            related: x
                .related
                .iter()
                .map(|r| Related {
                    incident: self.dossier.incidents[r.incident].id.clone(),
                    kind: r.kind.name().to_owned(),
                })
                .collect(),
        }
    }

    pub(super) fn attribution(&self, a: &inc::FieldValue) -> Attribution {
        Attribution {
            value: self.party(&a.value),
            said_by: self.voices(&a.said_by),
            denied_by: self.voices(&a.denied_by),
            claims: self.claim_ids(&a.claims),
        }
    }

    pub(super) fn incident_toll(&self, t: &inc::IncidentToll) -> IncidentToll {
        IncidentToll {
            kind: t.kind.to_string(),
            group: self.party(&t.group),
            unit: t.unit.to_string(),
            part: t.part,
            low: t.low,
            high: t.high,
            by: t
                .by
                .iter()
                .map(|f| Figure {
                    voice: self.voice(&f.voice),
                    min: f.min,
                    max: f.max,
                    approx: f.approx,
                    hedged: f.hedged,
                    denied: f.denied,
                    claims: self.claim_ids(&f.claims),
                    toll: f.toll as u32,
                    origin: f.origin.map(|o| self.dossier.origins[o].id.clone()),
                })
                .collect(),
            series: t.series.iter().map(|p| self.series_point(p)).collect(),
            figure: t.figure.as_ref().map(|f| ChosenFigure {
                rule: f.rule.clone(),
                value: f.value,
                low: f.low,
                best: f.best,
                high: f.high,
                grade: f.grade.map(str::to_owned),
                claims: self.claim_ids(&f.claims),
            }),
        }
    }

    pub(super) fn series_point(&self, p: &inc::SeriesPoint) -> SeriesPoint {
        SeriesPoint {
            published: p.published.to_string(),
            voice: self.voice(&p.voice),
            min: p.min,
            max: p.max,
            approx: p.approx,
            claims: self.claim_ids(&p.claims),
        }
    }

    pub(super) fn side(&self, s: &inc::Side) -> Side {
        Side {
            value: match &s.value {
                inc::Value::Happened(yes) => Value::Happened(*yes),
                inc::Value::Party(p, true) => Value::Party(self.party(p)),
                inc::Value::Party(p, false) => Value::NotParty(self.party(p)),
                inc::Value::Status(s) => Value::Status(status(*s).to_owned()),
                inc::Value::Kind(k) => Value::Type(k.to_string()),
                inc::Value::Time(t) => Value::Time(self.time(t)),
                inc::Value::Place(p) => Value::Place(self.place(p)),
                inc::Value::Figure(min, max, approx) => Value::Figure { min: *min, max: *max, approx: *approx },
            },
            voices: self.voices(&s.voices),
            claims: self.claim_ids(&s.claims),
        }
    }

    pub(super) fn origin(&self, o: &inc::Origin) -> Origin {
        Origin {
            id: o.id.clone(),
            pages: self.page_ids(&o.pages),
            kind: o.kind.name().to_owned(),
            credit: o.credit.clone(),
            evidence: o
                .evidence
                .iter()
                .map(|e| Evidence {
                    span: self.here(e.page).span(e.value),
                    page: self.dossier.pages[e.page].id.clone(),
                })
                .collect(),
            share: if o.share.is_finite() { o.share } else { 0.0 },
        }
    }
}
