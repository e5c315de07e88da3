//! Figures of incidents: one row for each voice, never a sum.

use recoupe_wire::{Figure, Incident, IncidentToll, SeriesPoint};

use super::super::desk::{Cite, Desk, days, joined, voice_id};
use super::super::sheet::{Sheet, Table};
use super::super::total;

struct Count<'a> {
    x: &'a Incident,
    number: usize,
    cumulative: bool,
    t: &'a IncidentToll,
    f: &'a Figure,
    cite: Option<Cite<'a>>,
}

fn rows<'a>(k: &Desk<'a>) -> Vec<Count<'a>> {
    let mut rows = Vec::new();
    for x in &k.d.incidents {
        for (cumulative, list) in [(false, &x.tolls), (true, &x.cumulative)] {
            for (number, t) in list.iter().enumerate() {
                rows.extend(t.by.iter().map(|f| {
                    let cite = f.claims.first().and_then(|c| k.cite_toll(c, f.toll as usize));
                    Count { x, number, cumulative, t, f, cite }
                }));
            }
        }
    }
    rows
}

/// One row for each voice's figure.
pub fn tolls<'a>(k: &'a Desk<'a>) -> Table {
    let chosen = |r: &Count| r.t.figure.clone();
    Sheet::<Count>::new(
        "tolls",
        "One voice's figure for one loss of an incident; figures of several rows are never to be added",
    )
    .text("incident", "Id of the incident", |r| &r.x.id)
    .int("toll", "Number of the loss in the incident, from 0; running totals are counted apart", |r| r.number)
    .flag("cumulative", "A running total told with the incident, not its own toll", |r| r.cumulative)
    .text("kind", "killed, wounded, captured, missing, destroyed …", |r| &r.t.kind)
    .text("group_id", "Stable id of who or whose", |r| &r.t.group.id)
    .text("group", "Who or whose, by the normal English name", |r| &r.t.group.name)
    .text("unit", "person, tank …", |r| &r.t.unit)
    .flag("part", "It counts a part of another loss of the incident", |r| r.t.part)
    .text("voice_id", "Stable id of who counts; outlet is a medium in its own words", |r| voice_id(r.f.voice.as_ref()))
    .text("voice", "Name of who counts", |r| k.speaker(r.f.voice.as_ref(), r.cite.as_ref()))
    .int("min", "Lower bound of this voice's figure", |r| r.f.min)
    .int("max", "Upper bound of this voice's figure; empty where it gives none", |r| r.f.max)
    .flag("approx", "About", |r| r.f.approx)
    .flag("hedged", "Put with a hedge", |r| r.f.hedged)
    .flag("denied", "The voice denies it", |r| r.f.denied)
    .text("origin", "Id of the origin its page shares with others", |r| r.f.origin.as_ref())
    .int("low", "The lowest that any voice gives for this loss", |r| r.t.low)
    .int("high", "The highest; empty where no voice bounds it", |r| r.t.high)
    .text("rule", "The named rule that one figure was asked for by (--figures); empty without", move |r| {
        chosen(r).map(|c| c.rule)
    })
    .int("rule_value", "The figure by the rule", move |r| chosen(r).and_then(|c| c.value))
    .int("rule_low", "The lowest by the rule", move |r| chosen(r).and_then(|c| c.low))
    .int("rule_best", "The best by the rule", move |r| chosen(r).and_then(|c| c.best))
    .int("rule_high", "The highest by the rule", move |r| chosen(r).and_then(|c| c.high))
    .text("rule_grade", "The grade by the rule", move |r| chosen(r).and_then(|c| c.grade))
    .text("claims", "Ids of the claims", |r| joined(&r.f.claims))
    .cited(k, |r| r.cite)
    .of(rows(k))
}

/// The same as HXL wants it: counts of killed and injured people in columns of their own, and nothing that would be added up.
pub fn hxl<'a>(k: &'a Desk<'a>) -> Table {
    let of = |kind: &'static str, r: &Count, n: Option<i64>| {
        n.filter(|_| r.t.kind == kind && total::people(&r.t.unit) && !r.f.denied)
    };
    Sheet::<Count>::new(
        "tolls",
        "One voice's figure for one loss of an incident; figures of several rows are never to be added",
    )
    .text("incident", "Id of the incident", |r| &r.x.id)
    .tag("#event+id")
    .text("type", "What happened", |r| &r.x.kind_of)
    .tag("#event+type")
    .day("date_from", "First day on which it can have happened", |r| days(r.x.time.as_ref()).0)
    .tag("#date+start+occurred")
    .day("date_to", "Last day", |r| days(r.x.time.as_ref()).1)
    .tag("#date+end+occurred")
    .text("place", "Where", |r| r.x.place.as_ref().map(|p| &p.name))
    .tag("#loc+name")
    .text("country", "ISO 3166 alpha-2", |r| r.x.place.as_ref().and_then(|p| p.country.as_ref()))
    .tag("#country+code+v_iso2")
    .real("lat", "Degrees north", |r| r.x.place.as_ref().and_then(|p| p.lat))
    .tag("#geo+lat")
    .real("lon", "Degrees east", |r| r.x.place.as_ref().and_then(|p| p.lon))
    .tag("#geo+lon")
    .text("place_precision", "exact, town, district, province or country", |r| r.x.place.as_ref().map(|p| &p.precision))
    .tag("#geo+precision")
    .text("kind", "killed, wounded …", |r| &r.t.kind)
    .tag("#impact+type")
    .text("group", "Who or whose", |r| &r.t.group.name)
    .tag("#group+name+affected")
    .text("unit", "person, tank …", |r| &r.t.unit)
    .tag("#impact+unit")
    .int("killed_min", "Killed, at least", move |r| of("killed", r, r.f.min))
    .tag("#affected+killed+min+num")
    .int("killed_max", "Killed, at most", move |r| of("killed", r, r.f.max))
    .tag("#affected+killed+max+num")
    .int("injured_min", "Wounded, at least", move |r| of("wounded", r, r.f.min))
    .tag("#affected+injured+min+num")
    .int("injured_max", "Wounded, at most", move |r| of("wounded", r, r.f.max))
    .tag("#affected+injured+max+num")
    .int("min", "Any kind, at least", |r| r.f.min)
    .tag("#impact+min+num")
    .int("max", "Any kind, at most", |r| r.f.max)
    .tag("#impact+max+num")
    .flag("approx", "About", |r| r.f.approx)
    .tag("#impact+approx")
    .flag("denied", "The voice denies it", |r| r.f.denied)
    .tag("#status+denied")
    .flag("cumulative", "A running total, not the toll of this incident", |r| r.cumulative)
    .tag("#status+cumulative")
    .flag("part", "A part of another loss of the incident", |r| r.t.part)
    .tag("#status+part")
    .text("voice", "Who counts", |r| k.speaker(r.f.voice.as_ref(), r.cite.as_ref()))
    .tag("#org+name+voice")
    .text("voice_id", "Stable id of who counts", |r| voice_id(r.f.voice.as_ref()))
    .tag("#org+code+voice")
    .cited(k, |r| r.cite)
    .of(rows(k))
}

struct Point<'a> {
    x: &'a Incident,
    number: usize,
    cumulative: bool,
    t: &'a IncidentToll,
    p: &'a SeriesPoint,
    cite: Option<Cite<'a>>,
}

/// One row for each figure on each day of publication, where there are two days or more.
pub fn series<'a>(k: &'a Desk<'a>) -> Table {
    let mut rows = Vec::new();
    for x in &k.d.incidents {
        for (cumulative, list) in [(false, &x.tolls), (true, &x.cumulative)] {
            for (number, t) in list.iter().enumerate() {
                rows.extend(t.series.iter().map(|p| Point {
                    x,
                    number,
                    cumulative,
                    t,
                    p,
                    cite: k.cite_voice(&p.claims, p.voice.as_ref()),
                }));
            }
        }
    }
    Sheet::<Point>::new("toll_series", "One voice's figure for one loss on one day of publication")
        .text("incident", "Id of the incident", |r| &r.x.id)
        .int("toll", "Number of the loss in the incident, as in tolls", |r| r.number)
        .flag("cumulative", "A running total", |r| r.cumulative)
        .text("kind", "killed, wounded …", |r| &r.t.kind)
        .text("group", "Who or whose", |r| &r.t.group.name)
        .day("day", "Day of publication", |r| &r.p.published)
        .text("voice_id", "Stable id of who counts; outlet is a medium in its own words", |r| {
            voice_id(r.p.voice.as_ref())
        })
        .text("voice", "Name of who counts", |r| k.speaker(r.p.voice.as_ref(), r.cite.as_ref()))
        .int("min", "Lower bound", |r| r.p.min)
        .int("max", "Upper bound", |r| r.p.max)
        .flag("approx", "About", |r| r.p.approx)
        .text("claims", "Ids of the claims", |r| joined(&r.p.claims))
        .cited(k, |r| r.cite)
        .of(rows)
}
