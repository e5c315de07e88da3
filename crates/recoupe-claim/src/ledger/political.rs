//! What was agreed, discussed, threatened or fled from, told as incidents.

use crate::types::{Claim, Detail};
use recoupe_mention::Party;

/// Adds a claim that tells an incident; one that the page has told before joins the group of its first claim.
pub(super) fn add(mut c: Claim, out: &mut Vec<Claim>) {
    let day = |c: &Claim| c.time.as_ref().and_then(|t| t.from);
    let alike = |o: &Claim| {
        let same = |a: &Option<Party>, b: &Option<Party>| match (a, b) {
            (Some(x), Some(y)) => x.id == y.id || x.country.is_some() && x.country == y.country,
            (None, None) => true,
            _ => false,
        };
        let parties = same(&o.actor, &c.actor) && (same(&o.target, &c.target) || c.target.is_none());
        let place = match (&o.place, &c.place) {
            (Some(a), Some(b)) => a.id == b.id,
            _ => true,
        };
        let time = day(o).is_none() || day(&c).is_none() || day(o) == day(&c);
        o.part == c.part
            && o.kind == c.kind
            && matches!(o.detail, Detail::Incident)
            && o.group != u32::MAX
            && (parties
                || &*c.kind == "agreement" && (o.place.is_some() && c.place.is_some() || o.sentence == c.sentence))
            && place
            && time
            && figures(o) == figures(&c)
    };
    c.group = match out.iter().find(|o| alike(o)) {
        Some(o) => o.group,
        None => out.len() as u32,
    };
    out.push(c);
}

fn figures(c: &Claim) -> Vec<(Option<i64>, Option<i64>)> {
    c.tolls.iter().map(|t| (t.min, t.max)).collect()
}
