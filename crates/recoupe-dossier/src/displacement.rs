//! People who fled (flows) and people who are displaced (stocks), figure by figure; never added up.

use std::collections::BTreeMap;

use jiff::civil::Date;
use recoupe_claim::{Certainty, Detail, FlowKind};
use recoupe_incident::kin::bare;
use recoupe_incident::{At, ClaimEntry, PageInput, Table};
use recoupe_mention::{Id, Place};

use crate::shared::{add_page, time, voice_key};
use crate::types::{Displacement, FlowSeries};

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
        let flow = matches!(kind, FlowKind::Flow);
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

/// Figures for one movement or one place over time, where there are two days and two figures or more. Flows go by where people left,
/// else by where they went; stocks by where they are.
pub(crate) fn series(t: &Table, pages: &[PageInput], rows: &[Displacement]) -> Vec<FlowSeries> {
    let mut groups: BTreeMap<(bool, Id, String), Vec<(Date, usize)>> = BTreeMap::new();
    for (i, x) in rows.iter().enumerate().filter(|(_, x)| x.min.is_some() || x.max.is_some()) {
        let flow = matches!(x.kind, FlowKind::Flow);
        let place = if flow { x.from.as_ref().or(x.to.as_ref()) } else { x.at.as_ref().or(x.to.as_ref()) };
        let own = x.time.as_ref().and_then(|w| w.value.to.or(w.value.from));
        let told = pages[x.page].reading.article.published.as_ref().filter(|p| p.from == p.to).map(|p| p.to);
        let Some(day) = own.or(told) else { continue };
        let place = place.map_or_else(String::new, |p| bare(t, &p.value.name));
        groups.entry((flow, x.unit.clone(), place)).or_default().push((day, i));
    }
    let mut out: Vec<FlowSeries> = Vec::new();
    for mut points in groups.into_values() {
        points.sort_unstable();
        let days = points.iter().any(|p| p.0 != points[0].0);
        let figures =
            points.iter().any(|p| (rows[p.1].min, rows[p.1].max) != (rows[points[0].1].min, rows[points[0].1].max));
        if days && figures {
            let x = &rows[points[0].1];
            out.push(FlowSeries {
                kind: x.kind,
                unit: x.unit.clone(),
                from: x.from.clone(),
                to: x.to.clone(),
                at: x.at.clone(),
                points,
            });
        }
    }
    out.sort_by_key(|s| s.points[0].1);
    out
}
