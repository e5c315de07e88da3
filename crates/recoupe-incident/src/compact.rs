//! Incidents without the room their lists grew into: hundreds of thousands of them wait to be written.

use crate::types::{Incident, IncidentToll, Side};

/// Gives back what is not used.
pub(crate) fn compact(mut x: Incident) -> Incident {
    for a in x.actor.iter_mut().chain(&mut x.target) {
        a.said_by.shrink_to_fit();
        a.denied_by.shrink_to_fit();
        a.claims.shrink_to_fit();
    }
    x.tolls.iter_mut().chain(&mut x.cumulative).for_each(toll);
    x.disagreements.iter_mut().for_each(|d| sides(&mut d.sides));
    x.differences.iter_mut().for_each(|d| sides(&mut d.sides));
    for l in &mut x.links {
        l.features.iter_mut().for_each(|f| f.value.shrink_to_fit());
        l.features.shrink_to_fit();
    }
    x.title.shrink_to_fit();
    x.claims.shrink_to_fit();
    x.pages.shrink_to_fit();
    x.voices.shrink_to_fit();
    x.actor.shrink_to_fit();
    x.target.shrink_to_fit();
    x.tolls.shrink_to_fit();
    x.cumulative.shrink_to_fit();
    x.disagreements.shrink_to_fit();
    x.differences.shrink_to_fit();
    x.links.shrink_to_fit();
    x
}

fn toll(t: &mut IncidentToll) {
    t.by.iter_mut().for_each(|f| f.claims.shrink_to_fit());
    t.by.shrink_to_fit();
    t.series.shrink_to_fit();
}

fn sides(all: &mut Vec<Side>) {
    for s in all.iter_mut() {
        s.voices.shrink_to_fit();
        s.claims.shrink_to_fit();
    }
    all.shrink_to_fit();
}
