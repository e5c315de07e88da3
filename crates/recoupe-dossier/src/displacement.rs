//! People who fled (flows) and people who are displaced (stocks), figure by figure; never added up.

use std::collections::BTreeMap;

use recoupe_claim::{Certainty, Detail};
use recoupe_incident::kin::bare;
use recoupe_incident::{At, ClaimEntry, PageInput, Table};
use recoupe_mention::{Id, Place};

use crate::shared::{add_page, time, voice_key};
use crate::types::Displacement;

type Key = (bool, Option<i64>, Option<i64>, Id, String, String);

/// All figures; the same figure of one voice for one movement is one row, on however many pages.
pub(crate) fn list(t: &Table, pages: &[PageInput], all: &[ClaimEntry]) -> Vec<Displacement> {
    let mut seen: BTreeMap<Key, usize> = BTreeMap::new();
    let mut out: Vec<Displacement> = Vec::new();
    for (i, e) in all.iter().enumerate() {
        let c = e.claim(pages);
        let Detail::Displacement { kind, min, max, approx, unit, from, to, at, since, .. } = &c.detail else {
            continue;
        };
        if c.certainty == Certainty::Denied {
            continue;
        }
        let voice = e.voice(pages);
        let name = |p: &Option<Place>| p.as_ref().map_or(String::new(), |p| bare(t, &p.name));
        let way = format!("{}>{}>{}", name(from), name(to), name(at));
        let flow = matches!(kind, recoupe_claim::FlowKind::Flow);
        let key = (flow, *min, *max, unit.clone(), way, voice_key(&voice, e));
        if let Some(n) = seen.get(&key) {
            add_page(&mut out[*n].pages, e.page);
            out[*n].claims.push(i);
            continue;
        }
        seen.insert(key, out.len());
        let place = |p: &Option<Place>| p.as_ref().map(|p| At::new(e.page, p.clone()));
        out.push(Displacement {
            kind: *kind,
            min: *min,
            max: *max,
            approx: *approx,
            unit: unit.clone(),
            from: place(from),
            to: place(to),
            at: place(at),
            since: since.as_ref().map(|w| At::new(e.page, w.clone())),
            time: time(e),
            said_by: voice,
            page: e.page,
            pages: vec![e.page],
            claims: vec![i],
        });
    }
    out
}
