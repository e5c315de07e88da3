//! Agreements and their breaches, who is said to hold what, who fled.

use recoupe_wire::{Agreement, Breach, Control, Displacement, FlowPoint, FlowSeries, Holding, HoldingSpan, Place};

use super::super::desk::{Cite, Desk, days, joined, voice_id, voices};
use super::super::sheet::{Sheet, Table};

fn name(p: Option<&Place>) -> Option<&str> {
    p.map(|p| p.name.as_str())
}

/// One row for each agreement.
pub fn agreements<'a>(k: &'a Desk<'a>) -> Table {
    Sheet::<&Agreement>::new("agreements", "One agreement that pages name")
        .text("agreement", "Id of the agreement, a pack's where known", |r| &r.id)
        .text("name", "Its normal name", |r| &r.name)
        .day("date_from", "First day on which it can have been concluded", |r| days(r.date.as_ref()).0)
        .day("date_to", "Last day", |r| days(r.date.as_ref()).1)
        .text("place", "Where it holds", |r| name(r.place.as_ref()))
        .text("parties", "Between whom", |r| joined(r.parties.iter().map(|p| &p.name)))
        .text("refers_to", "Id of the known agreement its wording can mean: an offer, no finding", |r| {
            r.refers_to.as_ref().map(|a| &a.id)
        })
        .text("wordings", "How pages word it", |r| joined(r.wordings.iter().map(|w| &w.text)))
        .text("candidates", "Ids of incidents inside its zone and time: no findings", |r| joined(&r.candidates))
        .int("breaches", "How many breaches are alleged; they are in breaches", |r| r.breaches.len())
        .text("claims", "Ids of the claims", |r| joined(&r.claims))
        .cited(k, |r| {
            let page = || r.pages.first().and_then(|p| k.cite_page(p, None, None));
            let worded = || r.wordings.first().and_then(|w| k.cite_page(&w.page, Some(&w.text), Some(w.span)));
            r.claims.first().and_then(|c| k.cite(c)).or_else(worded).or_else(page)
        })
        .of(&k.d.agreements)
}

/// One row for each stage of each alleged breach.
pub fn breaches<'a>(k: &'a Desk<'a>) -> Table {
    struct Row<'a> {
        a: &'a Agreement,
        number: usize,
        b: &'a Breach,
        state: &'a str,
        by: String,
        against: Option<&'a str>,
        cite: Option<Cite<'a>>,
    }
    let mut rows = Vec::new();
    for a in &k.d.agreements {
        for (number, b) in a.breaches.iter().enumerate() {
            let against = b.against.as_ref().map(|p| p.name.as_str());
            if b.states.is_empty() {
                let cite = k.cite_voice(&b.claims, b.alleged_by.as_ref());
                let by = k.speaker(b.alleged_by.as_ref(), cite.as_ref());
                rows.push(Row { a, number, b, state: "alleged", by, against, cite });
            }
            rows.extend(b.states.iter().map(|s| Row {
                a,
                number,
                b,
                state: &s.state,
                by: voices(&s.by),
                against: s.against.as_ref().map(|p| p.name.as_str()).or(against),
                cite: s.claims.first().or(b.claims.first()).and_then(|c| k.cite(c)),
            }));
        }
    }
    Sheet::<Row>::new(
        "breaches",
        "One stage of one alleged breach: alleged, verified, attributed and denied stay apart",
    )
    .text("agreement", "Id of the agreement", |r| &r.a.id)
    .text("name", "Its normal name", |r| &r.a.name)
    .int("breach", "Number of the breach in the agreement, from 0", |r| r.number)
    .text("state", "alleged, verified (by somebody who is no party), attributed or denied", |r| r.state)
    .text("by", "Who says so", |r| r.by.clone())
    .text("against", "By whom it is said to be broken", |r| r.against)
    .text("verified_by", "Who is said to have verified it", |r| r.b.verified_by.as_ref().map(|p| &p.name))
    .day("date_from", "First day", |r| days(r.b.time.as_ref()).0)
    .day("date_to", "Last day", |r| days(r.b.time.as_ref()).1)
    .text("place", "Where", |r| name(r.b.place.as_ref()))
    .cited(k, |r| r.cite)
    .of(rows)
}

/// One row for each claim to a place.
pub fn control<'a>(k: &'a Desk<'a>) -> Table {
    Sheet::<&Control>::new("control", "One say about who took, lost or holds a place")
        .text("place", "The place", |r| &r.place.name)
        .tag("#loc+name")
        .text("place_id", "GeoNames id or an id of a pack", |r| r.place.id.as_ref())
        .tag("#loc+code")
        .text("country", "ISO 3166 alpha-2", |r| r.place.country.as_ref())
        .tag("#country+code+v_iso2")
        .real("lat", "Degrees north", |r| r.place.lat)
        .tag("#geo+lat")
        .real("lon", "Degrees east", |r| r.place.lon)
        .tag("#geo+lon")
        .text("place_precision", "exact, town, district, province or country", |r| &r.place.precision)
        .tag("#geo+precision")
        .text("change", "captured, recaptured, lost or holds", |r| &r.change)
        .tag("#event+type+control")
        .text("holder_id", "Stable id of the holder", |r| r.holder.as_ref().map(|p| &p.id))
        .tag("#group+code+holder")
        .text("holder", "Who holds it; empty where only the loser is named", |r| r.holder.as_ref().map(|p| &p.name))
        .tag("#group+name+holder")
        .text("against", "Who lost it or held it before", |r| r.against.as_ref().map(|p| &p.name))
        .tag("#group+name+against")
        .day("from", "First day since when", |r| days(r.from.as_ref()).0)
        .tag("#date+start")
        .day("to", "First day of the change that ends it", |r| days(r.to.as_ref()).0)
        .tag("#date+end")
        .text("said_by", "Who says so; outlet is a medium in its own words", |r| voices(&r.said_by))
        .tag("#org+name+voices")
        .text("denied_by", "Who denies it", |r| voices(&r.denied_by))
        .tag("#org+name+denying")
        .flag("disputed", "Somebody denies it or names another holder", |r| r.disputed)
        .tag("#status+disputed")
        .text("claims", "Ids of the claims", |r| joined(&r.claims))
        .tag("#meta+ids+claims")
        .cited(k, |r| k.cite_first(&r.claims, &r.pages))
        .of(&k.d.control)
}

/// The same as intervals, place by place.
pub fn holding<'a>(k: &'a Desk<'a>) -> Table {
    struct Row<'a> {
        h: &'a Holding,
        s: &'a HoldingSpan,
        last: bool,
    }
    let rows = k.d.holding.iter().flat_map(|h| {
        h.spans.iter().enumerate().map(move |(i, s)| Row { h, s, last: h.last.iter().any(|n| *n as usize == i) })
    });
    Sheet::<Row>::new("holding", "One holder's stretch of time in one place, from what is said")
        .text("place", "The place", |r| &r.h.place.name)
        .text("place_id", "GeoNames id or an id of a pack", |r| r.h.place.id.as_ref())
        .real("lat", "Degrees north", |r| r.h.place.lat)
        .real("lon", "Degrees east", |r| r.h.place.lon)
        .text("holder_id", "Stable id of the holder", |r| &r.s.holder.id)
        .text("holder", "Who", |r| &r.s.holder.name)
        .day("from", "First day that is known", |r| r.s.from.as_ref())
        .day("to", "Last day, where something ends it", |r| r.s.to.as_ref())
        .day("seen", "The last day for which somebody says so", |r| r.s.seen.as_ref())
        .text("began", "captured, recaptured or holds", |r| &r.s.began)
        .text("ended", "lost or captured", |r| r.s.ended.as_ref())
        .flag("last_known", "The last known holder, or one of several", |r| r.last)
        .text("said_by", "Who says so; outlet is a medium in its own words", |r| voices(&r.s.said_by))
        .text("denied_by", "Who denies it", |r| voices(&r.s.denied_by))
        .flag("disputed", "Denied, or others name another holder", |r| r.s.disputed)
        .text("claims", "Ids of the claims", |r| joined(&r.s.claims))
        .cited(k, |r| r.s.claims.first().and_then(|c| k.cite(c)))
        .of(rows)
}

/// One row for each figure of displaced people.
pub fn displacement<'a>(k: &'a Desk<'a>) -> Table {
    Sheet::<&Displacement>::new(
        "displacement",
        "One figure of people who fled (flow) or are displaced (stock); never to be added",
    )
    .text("kind", "flow or stock", |r| &r.kind)
    .tag("#indicator+type")
    .int("min", "Lower bound", |r| r.min)
    .tag("#affected+displaced+min+num")
    .int("max", "Upper bound", |r| r.max)
    .tag("#affected+displaced+max+num")
    .flag("approx", "About", |r| r.approx)
    .tag("#status+approx")
    .text("unit", "person, family …", |r| r.unit.as_ref())
    .tag("#indicator+unit")
    .text("from", "Whence", |r| name(r.from.as_ref()))
    .tag("#loc+name+origin")
    .text("to", "Whither", |r| name(r.to.as_ref()))
    .tag("#loc+name+dest")
    .text("where", "Where they are", |r| name(r.at.as_ref()))
    .tag("#loc+name")
    .day("since", "Since when the figure counts", |r| days(r.since.as_ref()).0)
    .tag("#date+start")
    .day("date_from", "First day when it was so", |r| days(r.time.as_ref()).0)
    .tag("#date+reported+start")
    .day("date_to", "Last day when it was so", |r| days(r.time.as_ref()).1)
    .tag("#date+reported+end")
    .text("voice_id", "Stable id of who counts; outlet is a medium in its own words", |r| voice_id(r.said_by.as_ref()))
    .tag("#org+code+voice")
    .text("voice", "Name of who counts", |r| k.speaker(r.said_by.as_ref(), k.cite_page(&r.page, None, None).as_ref()))
    .tag("#org+name+voice")
    .int("pages", "How many pages give it", |r| r.pages.len())
    .tag("#meta+pages+num")
    .text("claims", "Ids of the claims", |r| joined(&r.claims))
    .tag("#meta+ids+claims")
    .cited(k, |r| {
        let first = r.claims.first().and_then(|c| k.cite(c)).or_else(|| k.cite_page(&r.page, None, None))?;
        // the words stand on the first page; a claim of another page has its own
        if first.page.id != r.page {
            return Some(first);
        }
        Some(Cite { text: r.text.as_deref(), span: r.span.or(first.span), ..first })
    })
    .of(&k.d.displacement)
}

/// Figures for one movement or place over time.
pub fn displacement_series<'a>(k: &'a Desk<'a>) -> Table {
    struct Row<'a> {
        s: &'a FlowSeries,
        number: usize,
        p: &'a FlowPoint,
        cite: Option<Cite<'a>>,
    }
    let rows = k.d.displacement_series.iter().enumerate().flat_map(|(number, s)| {
        s.points.iter().map(move |p| Row { s, number, p, cite: k.cite_voice(&p.claims, p.said_by.as_ref()) })
    });
    Sheet::<Row>::new("displacement_series", "One figure of one day for one movement or place")
        .int("series", "Number of the series, from 0", |r| r.number)
        .text("kind", "flow or stock", |r| &r.s.kind)
        .text("unit", "person, family …", |r| r.s.unit.as_ref())
        .text("from", "Whence", |r| name(r.s.from.as_ref()))
        .text("to", "Whither", |r| name(r.s.to.as_ref()))
        .text("where", "Where they are", |r| name(r.s.at.as_ref()))
        .day("day", "The day it counts for, else that of publication", |r| &r.p.day)
        .int("min", "Lower bound", |r| r.p.min)
        .int("max", "Upper bound", |r| r.p.max)
        .flag("approx", "About", |r| r.p.approx)
        .text("voice_id", "Stable id of who counts; outlet is a medium in its own words", |r| {
            voice_id(r.p.said_by.as_ref())
        })
        .text("voice", "Name of who counts", |r| k.speaker(r.p.said_by.as_ref(), r.cite.as_ref()))
        .text("claims", "Ids of the claims", |r| joined(&r.p.claims))
        .cited(k, |r| r.cite)
        .of(rows)
}
