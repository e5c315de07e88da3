//! What became of decisions, from the library to the wire.

use std::collections::BTreeMap;

use recoupe_incident::decisions::{Anchor, Decision, Fate, Was};
use serde_json::{Value, json};

use crate::convert::{self, Listed, On};
use crate::{AnchorRecord, Confirmed, Corrected, Decided, Decisions, LostAnchor, Source, Span};

impl Source<'_> {
    /// What became of the decisions; `None` where there were none.
    pub(crate) fn decisions(&self) -> Option<Decisions> {
        let fates = &self.dossier.decisions.fates;
        if fates.is_empty() {
            return None;
        }
        let mut out = Decisions::default();
        for (d, fate) in fates {
            let mut x = told(d);
            let list = match fate {
                Fate::Applied { claims, lost } => {
                    x.claims.clone_from(claims);
                    x.lost = lost
                        .iter()
                        .map(|(n, why)| LostAnchor { anchor: *n as u32, why: why.name().to_owned() })
                        .collect();
                    &mut out.applied
                }
                Fate::Orphaned(why) => {
                    x.why = Some(why.name().to_owned());
                    x.anchors = d.anchors.iter().map(anchor).collect();
                    &mut out.orphaned
                }
                Fate::Impossible(why, by) => {
                    x.why = Some(why.name().to_owned());
                    x.by.clone_from(by);
                    x.anchors = d.anchors.iter().map(anchor).collect();
                    &mut out.impossible
                }
                Fate::Superseded(by) => {
                    x.by = Some(by.clone());
                    &mut out.superseded
                }
                Fate::Revoked(by) => {
                    x.by = Some(by.clone());
                    &mut out.revoked
                }
            };
            list.push(x);
        }
        Some(out)
    }

    /// Claims in the order of their pages, those taken out of the evidence where they stood.
    pub(crate) fn claim_order(&self) -> Vec<Listed> {
        let d = self.dossier;
        let gone = &d.decisions.rejected;
        let mut out = Vec::with_capacity(d.claims.len() + gone.len());
        let mut next = 0;
        // where the claim before stood on its page as read
        let (mut page, mut at) = (0, 0);
        for (i, e) in d.claims.iter().enumerate() {
            if e.page != page {
                (page, at) = (e.page, 0);
            }
            while gone.get(next).is_some_and(|r| (r.page, r.index) <= (page, at)) {
                if gone[next].page == page {
                    at += 1;
                }
                out.push(Listed::Rejected(next));
                next += 1;
            }
            out.push(Listed::Live(i));
            at += 1;
        }
        out.extend((next..gone.len()).map(Listed::Rejected));
        out
    }

    /// Corrected fields of a claim.
    pub(crate) fn corrected(&self, on: On<'_>, id: &str) -> BTreeMap<String, Corrected> {
        let Some(marks) = self.dossier.decisions.marks.get(id) else { return BTreeMap::new() };
        marks
            .corrected
            .iter()
            .map(|c| {
                let field = Corrected { was: was(on, &c.was), by: c.by.clone(), decision: c.decision.clone() };
                (c.field.clone(), field)
            })
            .collect()
    }

    /// Confirmations of a claim.
    pub(crate) fn confirmed(&self, id: &str) -> Vec<Confirmed> {
        let Some(marks) = self.dossier.decisions.marks.get(id) else { return Vec::new() };
        let one = |c: &recoupe_incident::decisions::Confirmed| Confirmed {
            field: c.field.clone(),
            by: c.by.clone(),
            decision: c.decision.clone(),
        };
        marks.confirmed.iter().map(one).collect()
    }
}

fn told(d: &Decision) -> Decided {
    Decided {
        id: d.id.clone(),
        kind: d.verdict.name().to_owned(),
        field: d.verdict.field(),
        author: d.author.clone(),
        time: d.time.to_string(),
        reason: d.reason.clone(),
        ..Decided::default()
    }
}

/// An anchor as files hold it.
pub(crate) fn anchor(a: &Anchor) -> AnchorRecord {
    AnchorRecord {
        page: a.page.clone(),
        span: Span { start: a.span.start, end: a.span.end },
        quote: a.quote.clone(),
        role: a.role.clone(),
        kind_of: a.kind.as_ref().map(|k| k.to_string()),
        nth: a.nth,
    }
}

/// A value as it was read, in the form that its field has in a claim.
fn was(on: On<'_>, was: &Was) -> Value {
    let value = |x: Result<Value, serde_json::Error>| x.unwrap_or_default();
    match was {
        Was::Nothing => Value::Null,
        Was::Party(p) => value(serde_json::to_value(on.party(p))),
        Was::Place(p) => value(serde_json::to_value(on.place(p))),
        Was::Time(t) => value(serde_json::to_value(on.time(t))),
        Was::Toll(t) => value(serde_json::to_value(convert::toll(on, t))),
        Was::Word(w) => Value::from(w.to_string()),
        Was::Flag(b) => Value::from(*b),
        Was::Certainty(c) => Value::from(convert::certainty(*c)),
        Was::Change(c) => Value::from(convert::change(*c)),
        Was::Figure(min, max, approx) => json!({ "min": min, "max": max, "approx": approx }),
    }
}
