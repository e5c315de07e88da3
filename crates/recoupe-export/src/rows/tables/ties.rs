//! Why claims were put together, and how incidents hang together.

use recoupe_wire::{Incident, LensShift, Link, Party, Related};

use super::super::desk::{Desk, joined};
use super::super::sheet::{Sheet, Table};

/// One row for each pair of claims that the cross-check joined.
pub fn links<'a>(k: &'a Desk<'a>) -> Table {
    let rows = k.d.incidents.iter().flat_map(|x| x.links.iter().map(move |l| (x, l)));
    Sheet::<(&Incident, &Link)>::new(
        "links",
        "One pair of claims of two pages that were taken for one incident, and why",
    )
    .text("incident", "Id of the incident", |r| &r.0.id)
    .text("left", "Id of a claim; the row is cited from it", |r| &r.1.left)
    .text("right", "Id of a claim of another page", |r| &r.1.right)
    .int("score", "Sum of the points", |r| i64::from(r.1.score))
    .text("features", "What was compared, with the points for or against", |r| {
        joined(r.1.features.iter().map(|f| format!("{} {} {:+}", f.name, f.value, f.points)))
    })
    .cited(k, |r| k.cite_first(std::slice::from_ref(&r.1.left), &r.0.pages))
    .of(rows)
}

/// One row for each tie between two incidents.
pub fn related<'a>(k: &'a Desk<'a>) -> Table {
    let rows = k.d.incidents.iter().flat_map(|x| x.related.iter().map(move |r| (x, r)));
    Sheet::<(&Incident, &Related)>::new("related", "One tie of an incident to another")
        .text("incident", "Id of the incident", |r| &r.0.id)
        .text("kind", "part_of, in_response_to or covered_by", |r| &r.1.kind)
        .text("other", "Id of the other incident", |r| &r.1.incident)
        .cited(k, |r| k.cite_first(&r.0.claims, &r.0.pages))
        .of(rows)
}

/// One row for each speaker who went over to a name of another tone.
pub fn naming_shifts<'a>(k: &'a Desk<'a>) -> Table {
    let rows = k.d.naming_lens.iter().flat_map(|l| l.shifts.iter().map(move |s| (&l.group, s)));
    Sheet::<(&Party, &LensShift)>::new(
        "naming_shifts",
        "One speaker who called a group so first, and then by a name of another tone",
    )
    .text("group_id", "Stable id of who is named", |r| &r.0.id)
    .text("group", "Who is named, by the neutral English name", |r| &r.0.name)
    .text("voice_id", "Stable id of the speaker; outlet is a medium in its own words", |r| {
        r.1.by.voice.as_ref().map_or("outlet", |p| p.id.as_str()).to_owned()
    })
    .text("voice", "The speaker", |r| r.1.by.voice.as_ref().map(|p| &p.name).or(r.1.by.outlet.as_ref()))
    .text("before", "The term before", |r| &r.1.before)
    .day("until", "The last day of it", |r| &r.1.until)
    .text("after", "The term after", |r| &r.1.after)
    .day("since", "Its first day", |r| &r.1.since)
    .cited(k, |r| {
        // the last use that is named is one of the new term
        let use_ = r.1.namings.last().and_then(|n| k.d.namings.get(*n as usize))?;
        k.cite_page(&use_.page, Some(&use_.term), Some(use_.span))
    })
    .of(rows)
}
