//! Incidents, who is said to have done and suffered them, and where the accounts part.

use recoupe_wire::{Attribution, Disagreement, Incident, Party, Side, Value};

use super::super::desk::{Cite, Desk, days, joined, names, voice_id, voices};
use super::super::sheet::{Sheet, Table};

/// One row for each incident: what most accounts share, and how they stand to each other. Figures are in `tolls`.
pub fn incidents<'a>(k: &'a Desk<'a>) -> Table {
    let rows = k.d.incidents.iter().enumerate();
    Sheet::<(usize, &Incident)>::new("incidents", "One incident; its figures, voice by voice, are in tolls")
        .text("incident", "Id of the incident", |r| &r.1.id)
        .tag("#event+id")
        .text("type", "What happened, an id of the domain pack", |r| &r.1.kind_of)
        .tag("#event+type")
        .text("title", "Type, place and day in plain English", |r| &r.1.title)
        .tag("#event+name")
        .day("date_from", "First day on which it can have happened", |r| days(r.1.time.as_ref()).0)
        .tag("#date+start+occurred")
        .day("date_to", "Last day on which it can have happened", |r| days(r.1.time.as_ref()).1)
        .tag("#date+end+occurred")
        .text("date_precision", "day, week, month, year or range", |r| r.1.time.as_ref().map(|t| &t.precision))
        .tag("#meta+date+precision")
        .text("date_basis", "What the day rests on: absolute, relative to the page, inherited …", |r| {
            r.1.time.as_ref().map(|t| &t.basis)
        })
        .tag("#meta+date+basis")
        .text("place", "Where, by its normal name", |r| r.1.place.as_ref().map(|p| &p.name))
        .tag("#loc+name")
        .text("place_id", "GeoNames id or an id of a pack", |r| r.1.place.as_ref().and_then(|p| p.id.as_ref()))
        .tag("#loc+code")
        .text("country", "ISO 3166 alpha-2", |r| r.1.place.as_ref().and_then(|p| p.country.as_ref()))
        .tag("#country+code+v_iso2")
        .real("lat", "Degrees north; of the middle where the place is no town", |r| {
            r.1.place.as_ref().and_then(|p| p.lat)
        })
        .tag("#geo+lat")
        .real("lon", "Degrees east", |r| r.1.place.as_ref().and_then(|p| p.lon))
        .tag("#geo+lon")
        .text("place_precision", "exact, town, district, province or country", |r| {
            r.1.place.as_ref().map(|p| &p.precision)
        })
        .tag("#geo+precision")
        .text("actors", "Who is said to have done it; who says so is in attributions", |r| names(&r.1.actor))
        .tag("#group+name+actor")
        .text("targets", "Who is said to have suffered it", |r| names(&r.1.target))
        .tag("#group+name+target")
        .text("standing", "single_origin, agreed, differs or contested", |r| &r.1.standing)
        .tag("#status+standing")
        .text("disagreements", "Fields on which the accounts cannot all be right", |r| {
            joined(r.1.disagreements.iter().map(|d| &d.field))
        })
        .tag("#status+disputed")
        .text("voices", "Who speaks of it; outlet is a medium in its own words", |r| voices(&r.1.voices))
        .tag("#org+name+voices")
        .int("origins", "How many sources that do not copy each other", |r| r.1.origins)
        .tag("#meta+origins+num")
        .int("pages", "How many pages tell of it", |r| r.1.pages.len())
        .tag("#meta+pages+num")
        .flag("background", "Every page tells it as earlier or wider than its news", |r| r.1.background)
        .tag("#status+background")
        .flag("summary", "It sums up a longer time: never to be added to other incidents", |r| r.1.summary)
        .tag("#status+summary")
        .text("claims", "Ids of its claims", |r| joined(&r.1.claims))
        .tag("#meta+ids+claims")
        .text("incident_link", "Where the HTML report shows it", |r| k.incident_link(r.0))
        .tag("#meta+url+incident")
        .cited(k, |r| k.cite_first(&r.1.claims, &r.1.pages))
        .of(rows)
}

struct Said<'a> {
    x: &'a Incident,
    role: &'static str,
    a: &'a Attribution,
    voice: Option<&'a Party>,
    stance: &'static str,
    cite: Option<Cite<'a>>,
}

/// One row for each voice that names, or denies, a party to an incident.
pub fn attributions<'a>(k: &'a Desk<'a>) -> Table {
    let mut rows = Vec::new();
    for x in &k.d.incidents {
        for (role, list) in [("actor", &x.actor), ("target", &x.target)] {
            for a in list {
                for (stance, voices) in [("said", &a.said_by), ("denied", &a.denied_by)] {
                    rows.extend(voices.iter().map(|v| {
                        let voice = v.as_ref();
                        Said { x, role, a, voice, stance, cite: k.cite_voice(&a.claims, voice) }
                    }));
                }
            }
        }
    }
    Sheet::<Said>::new("attributions", "One voice that says, or denies, who did or suffered an incident")
        .text("incident", "Id of the incident", |r| &r.x.id)
        .text("role", "actor (who did it) or target (to whom)", |r| r.role)
        .text("party_id", "Stable id of the party", |r| &r.a.value.id)
        .text("party", "Its normal English name", |r| &r.a.value.name)
        .text("stance", "said or denied", |r| r.stance)
        .text("voice_id", "Stable id of who says so; outlet is a medium in its own words", |r| voice_id(r.voice))
        .text("voice", "Name of who says so", |r| k.speaker(r.voice, r.cite.as_ref()))
        .text("claims", "Ids of the claims", |r| joined(&r.a.claims))
        .cited(k, |r| r.cite)
        .of(rows)
}

struct OneSide<'a> {
    x: &'a Incident,
    d: &'a Disagreement,
    sides: usize,
    side: &'a Side,
    voice: Option<&'a Party>,
    cite: Option<Cite<'a>>,
    number: usize,
}

/// One row for each voice on each side of a disagreement or difference.
pub fn disagreements<'a>(k: &'a Desk<'a>) -> Table {
    let mut rows = Vec::new();
    for x in &k.d.incidents {
        for (n, d) in x.disagreements.iter().chain(&x.differences).enumerate() {
            for (sides, side) in d.sides.iter().enumerate() {
                rows.extend(side.voices.iter().map(|v| OneSide {
                    x,
                    d,
                    sides,
                    side,
                    voice: v.as_ref(),
                    cite: k.cite_voice(&side.claims, v.as_ref()),
                    number: n,
                }));
            }
        }
    }
    let figure = |v: &Value| match v {
        Value::Figure { min, max, approx } => (*min, *max, Some(*approx)),
        _ => (None, None, None),
    };
    Sheet::<OneSide>::new("disagreements", "One voice on one side of where the accounts of an incident part")
        .text("incident", "Id of the incident", |r| &r.x.id)
        .int("disagreement", "Number of the disagreement in the incident, from 0", |r| r.number)
        .text("field", "happened, actor, target, target_status, type, time, place or toll", |r| &r.d.field)
        .int("toll", "For a toll: its number in the incident, from 0", |r| r.d.toll)
        .text("weight", "contradiction (not all can be right) or difference (all can)", |r| {
            if r.d.reason.is_some() { "difference" } else { "contradiction" }
        })
        .text("reason", "Why it is no contradiction: rounding, inside, update, part …", |r| r.d.reason.as_ref())
        .int("side", "Number of the side, from 0", |r| r.sides)
        .text("value", "What the side holds", |r| told(&r.side.value))
        .int("min", "Of a figure: lower bound", move |r| figure(&r.side.value).0)
        .int("max", "Of a figure: upper bound", move |r| figure(&r.side.value).1)
        .flag("approx", "Of a figure: about", move |r| figure(&r.side.value).2)
        .text("voice_id", "Stable id of who holds it; outlet is a medium in its own words", |r| voice_id(r.voice))
        .text("voice", "Name of who holds it", |r| k.speaker(r.voice, r.cite.as_ref()))
        .text("claims", "Ids of the side's claims", |r| joined(&r.side.claims))
        .cited(k, |r| r.cite)
        .of(rows)
}

/// A value in plain English.
pub fn told(v: &Value) -> String {
    match v {
        Value::Happened(true) => "happened".to_owned(),
        Value::Happened(false) => "did not happen".to_owned(),
        Value::Party(p) => p.name.clone(),
        Value::NotParty(p) => format!("not {}", p.name),
        Value::Status(s) | Value::Type(s) => s.clone(),
        Value::Time(t) => match days(Some(t)) {
            (Some(a), Some(b)) if a == b => a.to_owned(),
            (a, b) => format!("{}/{}", a.unwrap_or_default(), b.unwrap_or_default()),
        },
        Value::Place(p) => p.name.clone(),
        Value::Figure { min, max, approx } => figure(*min, *max, *approx),
    }
}

/// A figure with its bounds in plain English.
pub fn figure(min: Option<i64>, max: Option<i64>, approx: bool) -> String {
    let about = if approx { "about " } else { "" };
    match (min, max) {
        (Some(a), Some(b)) if a == b => format!("{about}{a}"),
        (Some(a), Some(b)) => format!("{about}{a} to {b}"),
        (Some(a), None) => format!("at least {about}{a}"),
        (None, Some(b)) => format!("up to {about}{b}"),
        (None, None) => "no number".to_owned(),
    }
}
