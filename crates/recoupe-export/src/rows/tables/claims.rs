//! Claims as they were read, one page each, and their counts.

use recoupe_wire::{Claim, Toll};

use super::super::desk::{Cite, Desk, days, joined, voice_id};
use super::super::sheet::{Sheet, Table};

/// One row for each claim.
pub fn claims<'a>(k: &'a Desk<'a>) -> Table {
    Sheet::<(usize, &Claim)>::new("claims", "One claim of one page: a sentence and what it says")
        .text("id", "Id of the claim", |r| &r.1.id)
        .text("kind", "incident, control, agreement, displacement, statement or relation", |r| &r.1.kind)
        .text("type", "What it tells of, an id of the domain pack", |r| &r.1.kind_of)
        .text("incident", "Id of the incident it tells of", |r| r.1.incident.as_ref())
        .text("certainty", "stated, hedged, denied, planned, conditional or asked", |r| &r.1.certainty)
        .flag("background", "Earlier or wider than the page's news", |r| r.1.background)
        .text("voice_id", "Stable id of who says so; outlet is a medium in its own words", |r| {
            voice_id(r.1.voice.as_ref())
        })
        .text("voice", "Name of who says so", |r| k.speaker(r.1.voice.as_ref(), k.cite_claim(r.0, r.1).as_ref()))
        .text("voice_text", "The voice as the page names it", |r| r.1.voice.as_ref().and_then(|p| p.text.as_ref()))
        .text("voices", "The chain of voices, outermost first, where there is more than one", |r| {
            joined(r.1.voices.iter().map(|p| &p.name))
        })
        .day("date_from", "First day", |r| days(r.1.time.as_ref()).0)
        .day("date_to", "Last day", |r| days(r.1.time.as_ref()).1)
        .text("date_precision", "day, week, month, year or range", |r| r.1.time.as_ref().map(|t| &t.precision))
        .text("date_basis", "What the day rests on", |r| r.1.time.as_ref().map(|t| &t.basis))
        .text("date_text", "The time as the page tells it", |r| r.1.time.as_ref().and_then(|t| t.text.as_ref()))
        .text("place", "Where, by its normal name", |r| r.1.place.as_ref().map(|p| &p.name))
        .text("place_id", "GeoNames id or an id of a pack", |r| r.1.place.as_ref().and_then(|p| p.id.as_ref()))
        .text("country", "ISO 3166 alpha-2", |r| r.1.place.as_ref().and_then(|p| p.country.as_ref()))
        .real("lat", "Degrees north", |r| r.1.place.as_ref().and_then(|p| p.lat))
        .real("lon", "Degrees east", |r| r.1.place.as_ref().and_then(|p| p.lon))
        .text("place_precision", "exact, town, district, province or country", |r| {
            r.1.place.as_ref().map(|p| &p.precision)
        })
        .text("place_text", "The place as the page names it", |r| r.1.place.as_ref().and_then(|p| p.text.as_ref()))
        .text("actor_id", "Stable id of who did it", |r| r.1.actor.as_ref().map(|p| &p.id))
        .text("actor", "Who did it", |r| r.1.actor.as_ref().map(|p| &p.name))
        .text("actor_text", "The same as the page names it", |r| r.1.actor.as_ref().and_then(|p| p.text.as_ref()))
        .text("actor_voice", "Who names the actor, where that is another voice", |r| {
            r.1.actor_voice.as_ref().map(|p| &p.name)
        })
        .text("target_id", "Stable id of who suffered it", |r| r.1.target.as_ref().map(|p| &p.id))
        .text("target", "Who suffered it", |r| r.1.target.as_ref().map(|p| &p.name))
        .text("target_text", "The same as the page names it", |r| r.1.target.as_ref().and_then(|p| p.text.as_ref()))
        .text("means", "Weapons and methods, ids of the domain pack", |r| joined(r.1.means.iter().map(|m| &m.id)))
        .int("tolls", "How many counts it gives; they are in claim_tolls", |r| r.1.tolls.len())
        .text("rule", "The rules that read it", |r| &r.1.rule)
        .flag("rejected", "Somebody took it out of the evidence", |r| r.1.rejected)
        .text("corrected", "Fields that somebody corrected", |r| joined(r.1.corrected.keys()))
        .text("confirmed_by", "Who confirmed it or a field of it", |r| joined(r.1.confirmed.iter().map(|c| &c.by)))
        .cited(k, |r| k.cite_claim(r.0, r.1))
        .of(k.d.claims.iter().enumerate())
}

struct Count<'a> {
    c: &'a Claim,
    number: usize,
    t: &'a Toll,
    cite: Option<Cite<'a>>,
}

/// One row for each count of each claim.
pub fn tolls<'a>(k: &'a Desk<'a>) -> Table {
    let rows = k.d.claims.iter().flat_map(|c| {
        c.tolls.iter().enumerate().map(|(number, t)| Count { c, number, t, cite: k.cite_toll(&c.id, number) })
    });
    Sheet::<Count>::new("claim_tolls", "One count of one claim, as one voice gives it")
        .text("claim_id", "Id of the claim", |r| &r.c.id)
        .int("toll", "Number of the count in the claim, from 0", |r| r.number)
        .text("incident", "Id of the incident", |r| r.c.incident.as_ref())
        .text("certainty", "stated, hedged, denied, planned, conditional or asked", |r| &r.c.certainty)
        .text("voice_id", "Stable id of who says so; outlet is a medium in its own words", |r| {
            voice_id(r.c.voice.as_ref())
        })
        .text("voice", "Name of who says so", |r| k.speaker(r.c.voice.as_ref(), r.cite.as_ref()))
        .text("kind", "killed, wounded, captured …", |r| &r.t.kind)
        .text("group_id", "Stable id of who or whose", |r| &r.t.group.id)
        .text("group", "Who or whose", |r| &r.t.group.name)
        .text("group_text", "The same as the page names it", |r| r.t.group.text.as_ref())
        .text("status", "civilian, combatant, mixed or unknown", |r| &r.t.status)
        .text("unit", "person, tank …", |r| &r.t.unit)
        .int("min", "Lower bound", |r| r.t.min)
        .int("max", "Upper bound", |r| r.t.max)
        .flag("approx", "About", |r| r.t.approx)
        .flag("cumulative", "A running total", |r| r.t.cumulative)
        .int("part_of", "Number of the count it is a part of", |r| r.t.part_of)
        .flag("rejected", "Somebody took the claim out of the evidence", |r| r.c.rejected)
        .cited(k, |r| r.cite)
        .of(rows)
}
