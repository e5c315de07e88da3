//! PLOVER records, one a line: one for each claim, so that nobody's word is lost; `link` holds the claims of one incident
//! together.
//!
//! Names of fields and codes: PLOVER 0.8 (manual of the Open Event Data Alliance). What it does not know stands under `recoupe`.

use recoupe_wire::{Claim, Incident, Party, Place, Span};
use serde::Serialize;

use super::acled::{Left, left_table};
use super::codes::{Class, Codes, class, country};
use super::desk::{Cite, Desk, anchor, published};
use super::{File, csv};

#[derive(Serialize)]
struct Record<'a> {
    id: &'a str,
    has_event: bool,
    date: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    enddate: Option<&'a str>,
    actor: Vec<Actor<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    recipient: Vec<Actor<'a>>,
    event: [&'a str; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    quad_code: Option<u8>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mode: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    context: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event_loc: Option<Location<'a>>,
    link: &'a str,
    text: &'a str,
    text_info: TextInfo,
    cite_info: CiteInfo<'a>,
    coder: String,
    comment: String,
    recoupe: Own<'a>,
}

#[derive(Serialize)]
struct Actor<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sector: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity_text: Option<&'a str>,
    identifier_id: &'a str,
    identifier_text: &'a str,
}

#[derive(Serialize)]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    extracted_place: Option<&'a str>,
    resolved_place: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    geonameid: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lat: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lon: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country_code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resolution: Option<u8>,
}

/// Offsets of the manual are characters; the dossier's are bytes and stand under `recoupe`.
#[derive(Serialize)]
struct TextInfo {
    sequence: u32,
}

#[derive(Serialize)]
struct CiteInfo<'a> {
    corpus: &'a str,
    citation: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publication: Option<&'a str>,
    coder: String,
    codebook: &'a str,
    version: &'a str,
}

#[derive(Serialize)]
struct Own<'a> {
    incident: &'a str,
    voice: &'a str,
    certainty: &'a str,
    background: bool,
    page: &'a str,
    span: Span,
    anchor: String,
    link: String,
    dossier: &'a str,
}

/// The files: records, and what was left out.
pub fn files(k: &Desk, codes: &Codes) -> Vec<File> {
    let mut lines = Vec::new();
    let mut left = Vec::new();
    for (number, x) in k.d.incidents.iter().enumerate() {
        let mut why = "no claim tells of it";
        let mut any = false;
        for (i, c) in k.claims(&x.claims) {
            match record(k, codes, x, i, c) {
                Ok(r) => {
                    // Writing to memory cannot fail, and no key is anything but a string.
                    lines.extend(serde_json::to_vec(&r).unwrap_or_default());
                    lines.push(b'\n');
                    any = true;
                }
                Err(reason) => why = reason,
            }
        }
        if !any {
            left.push(Left { number, x, why });
        }
    }
    vec![File::new("plover.jsonl", lines), File::new("plover.left-out.csv", csv::csv(&left_table(k, left), false))]
}

fn record<'a>(
    k: &'a Desk<'a>,
    codes: &'a Codes,
    x: &'a Incident,
    i: usize,
    c: &'a Claim,
) -> Result<Record<'a>, &'static str> {
    let code = codes.get(&c.kind_of).and_then(|t| t.plover.as_deref()).ok_or("no PLOVER event for its type")?;
    if !matches!(c.certainty.as_str(), "stated" | "hedged") {
        return Err("no claim says it happened: planned, asked, conditional or denied");
    }
    let actor = c.actor.as_ref().ok_or("no claim names who did it, which PLOVER asks for")?;
    let time = c.time.as_ref().or(x.time.as_ref()).ok_or("no day is known")?;
    let date = time.from.as_deref().or(time.to.as_deref()).ok_or("no day is known")?;
    let cite = k.cite_claim(i, c).ok_or("its page is not in the dossier")?;
    let (event, mode) = code.split_once('-').map_or((code, None), |(e, m)| (e, Some(m)));
    let mut actors = vec![party(actor)];
    let mut recipient: Vec<Actor> = c.target.iter().map(party).collect();
    if c.kind_of == "armed_clash" {
        // both sides of a fight are its actors, the manual says
        actors.append(&mut recipient);
    }
    Ok(Record {
        id: &c.id,
        has_event: true,
        date,
        enddate: time.to.as_deref().filter(|to| *to != date),
        actor: actors,
        recipient,
        event: [event],
        quad_code: quad(event),
        mode: mode.into_iter().collect(),
        context: c.background.then_some("historical").into_iter().collect(),
        event_loc: c.place.as_ref().or(x.place.as_ref()).map(location),
        link: &x.id,
        text: &c.quote,
        text_info: TextInfo { sequence: c.sentence },
        cite_info: citation(k, &cite),
        coder: format!("Recoupe {}", k.d.made.recoupe),
        comment: format!("as told by {} ({})", k.speaker(c.voice.as_ref(), Some(&cite)), c.certainty),
        recoupe: Own {
            incident: &x.id,
            voice: super::desk::voice_id(c.voice.as_ref()),
            certainty: &c.certainty,
            background: c.background,
            page: &c.page,
            span: c.span,
            anchor: anchor(cite.page, Some(c.span)),
            link: k.link(&cite),
            dossier: &k.id,
        },
    })
}

fn citation<'a>(k: &'a Desk<'a>, cite: &Cite<'a>) -> CiteInfo<'a> {
    let p = cite.page;
    let parts = [p.outlet.as_deref(), published(p), p.title.as_deref(), Some(p.id.as_str())];
    CiteInfo {
        corpus: &k.id,
        citation: parts.into_iter().flatten().collect::<Vec<_>>().join(", "),
        url: p.url.as_deref(),
        title: p.title.as_deref(),
        language: p.language.as_deref(),
        publication: p.outlet.as_deref(),
        coder: format!("Recoupe {}", k.d.made.recoupe),
        codebook: "plover-0.8",
        version: &k.d.format,
    }
}

fn party(p: &Party) -> Actor<'_> {
    let code = country(p.country.as_deref()).alpha3;
    let external = class(p) == Class::External && p.id.starts_with("un/");
    Actor {
        code: if code.is_empty() { external.then_some("IGO") } else { Some(code) },
        sector: sector(p),
        entity_text: p.text.as_deref(),
        identifier_id: &p.id,
        identifier_text: &p.name,
    }
}

/// The sector, where the stable id tells.
fn sector(p: &Party) -> Option<&'static str> {
    let (_, tail) = p.id.split_once('/').unwrap_or((p.id.as_str(), ""));
    Some(match (class(p), tail) {
        (Class::State, "armed-forces" | "air-force" | "navy" | "soldiers" | "forces") => "MIL",
        (Class::State, "police" | "gendarmerie" | "border-guard" | "coast-guard") => "COP",
        (Class::State, "intelligence" | "security-service") => "SPY",
        (Class::State, "parliament") => "LEG",
        (Class::State, "courts" | "prosecutor") => "JUD",
        (Class::State, _) => "GOV",
        (Class::Rebels, _) => "REB",
        (Class::Group, "gunmen" | "unidentified-gunmen" | "armed-groups") => "UAF",
        (Class::Civilians, "journalists" | "media") => "JRN",
        (Class::Civilians, "medics") => "MED",
        (Class::Civilians | Class::Protesters, _) => "CVL",
        _ => return None,
    })
}

/// Verbal cooperation, material cooperation, verbal conflict, material conflict.
fn quad(event: &str) -> Option<u8> {
    Some(match event {
        "AGREE" | "CONSULT" | "SUPPORT" | "CONCEDE" => 1,
        "COOPERATE" | "AID" | "RETREAT" => 2,
        "REQUEST" | "DEMAND" | "ACCUSE" | "REJECT" | "THREATEN" => 3,
        "PROTEST" | "SANCTION" | "MOBILIZE" | "COERCE" | "ASSAULT" => 4,
        _ => return None,
    })
}

fn location(p: &Place) -> Location<'_> {
    let alpha2 = p.country.as_deref();
    let short = |x: f64| (x * 1e4).round() / 1e4 + 0.0;
    Location {
        extracted_place: p.text.as_deref(),
        resolved_place: &p.name,
        geonameid: p.id.as_deref().and_then(|id| id.strip_prefix("geonames:")).and_then(|n| n.parse().ok()),
        lat: p.lat.map(short),
        lon: p.lon.map(short),
        country: Some(country(alpha2).alpha3).filter(|c| !c.is_empty()),
        country_code: alpha2,
        resolution: resolution(&p.precision),
    }
}

/// How exactly the place is known.
fn resolution(precision: &str) -> Option<u8> {
    ["country", "province", "district", "town", "exact"].iter().position(|p| *p == precision).map(|i| i as u8 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sectors_and_quads_follow_the_manual() {
        let p = |id: &str| Party { id: id.into(), ..Default::default() };
        for (id, want) in [
            ("TUR/armed-forces", Some("MIL")),
            ("TUR/defence-ministry", Some("GOV")),
            ("generic/rebels", Some("REB")),
            ("generic/civilians", Some("CVL")),
            ("group/hts", None),
        ] {
            assert_eq!(sector(&p(id)), want, "{id}");
        }
        assert_eq!((quad("AGREE"), quad("ASSAULT"), quad("SANCTION"), quad("X")), (Some(1), Some(4), Some(4), None));
        assert_eq!((resolution("exact"), resolution("country"), resolution("?")), (Some(5), Some(1), None));
    }
}
