//! The figures of one toll in the order they were published: how a count grows.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::voice_key;
use crate::types::{ClaimEntry, IncidentToll, PageInput, SeriesPoint};

/// The points of a toll, by day of publication, where there are two days or more; pages dated less exactly are left out, and so are
/// figures that their voice denies.
pub(crate) fn series(pages: &[PageInput], all: &[ClaimEntry], toll: &IncidentToll) -> Vec<SeriesPoint> {
    /// Day, voice, lower and upper bound.
    type Key = (jiff::civil::Date, String, Option<i64>, Option<i64>);
    let mut points: BTreeMap<Key, SeriesPoint> = BTreeMap::new();
    for f in toll.by.iter().filter(|f| !f.denied) {
        for i in &f.claims {
            let e = &all[*i];
            let Some(p) = pages[e.page].reading.article.published.as_ref().filter(|p| p.from == p.to) else { continue };
            // a claim says who says it on its own page
            let voice = e.voice(pages);
            let key = (p.from, voice_key(&voice, e), f.min, f.max);
            let point = points.entry(key).or_insert_with(|| SeriesPoint {
                published: p.from,
                voice,
                min: f.min,
                max: f.max,
                approx: f.approx,
                claims: Vec::new(),
            });
            point.claims.push(*i);
        }
    }
    let days: BTreeSet<_> = points.keys().map(|k| k.0).collect();
    if days.len() < 2 { Vec::new() } else { points.into_values().collect() }
}
