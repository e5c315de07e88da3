//! Claims as schema.org `Claim` in JSON-LD: who says what, where it appears. No `ClaimReview`: that asks for a rating, and a
//! dossier gives no verdict.
//!
//! schema.org has no word for claims that contradict each other; ours stand under `recoupe:`.

use std::collections::{BTreeMap, BTreeSet};

use recoupe_wire::{Claim, Incident, Party, Place};
use serde::Serialize;

use super::desk::{Desk, anchor, days, point, published};

#[derive(Serialize)]
struct Graph<'a> {
    #[serde(rename = "@context")]
    context: (&'a str, Context<'a>),
    #[serde(rename = "@graph")]
    graph: Vec<Node<'a>>,
}

#[derive(Serialize)]
struct Context<'a> {
    recoupe: &'a str,
    #[serde(rename = "recoupe:contradicts")]
    contradicts: Typed<'a>,
}

#[derive(Serialize)]
struct Typed<'a> {
    #[serde(rename = "@type")]
    kind: &'a str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Node<'a> {
    Dataset(Dataset<'a>),
    Page(Article<'a>),
    Event(Event<'a>),
    Claim(Box<Said<'a>>),
}

#[derive(Serialize)]
struct Dataset<'a> {
    #[serde(rename = "@type")]
    kind: &'a str,
    #[serde(rename = "@id")]
    id: String,
    name: &'a str,
    description: &'a str,
    identifier: &'a str,
}

#[derive(Serialize)]
struct Reference {
    #[serde(rename = "@id")]
    id: String,
}

#[derive(Serialize)]
struct Article<'a> {
    #[serde(rename = "@type")]
    kind: &'a str,
    #[serde(rename = "@id")]
    id: String,
    identifier: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    headline: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none", rename = "inLanguage")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none", rename = "datePublished")]
    published: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Named<'a>>,
}

#[derive(Serialize)]
struct Named<'a> {
    #[serde(rename = "@type")]
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    identifier: Option<&'a str>,
    name: &'a str,
}

#[derive(Serialize)]
struct Event<'a> {
    #[serde(rename = "@type")]
    kind: &'a str,
    #[serde(rename = "@id")]
    id: String,
    identifier: &'a str,
    name: &'a str,
    #[serde(rename = "additionalType")]
    additional: &'a str,
    #[serde(skip_serializing_if = "Option::is_none", rename = "startDate")]
    start: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none", rename = "endDate")]
    end: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Where<'a>>,
    url: String,
    #[serde(rename = "recoupe:standing")]
    standing: &'a str,
    #[serde(rename = "recoupe:origins")]
    origins: u32,
}

#[derive(Serialize)]
struct Where<'a> {
    #[serde(rename = "@type")]
    kind: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    geo: Option<Coordinates<'a>>,
    #[serde(rename = "recoupe:precision")]
    precision: &'a str,
}

#[derive(Serialize)]
struct Coordinates<'a> {
    #[serde(rename = "@type")]
    kind: &'a str,
    latitude: f64,
    longitude: f64,
}

#[derive(Serialize)]
struct Said<'a> {
    #[serde(rename = "@type")]
    kind: &'a str,
    #[serde(rename = "@id")]
    id: String,
    identifier: &'a str,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<Named<'a>>,
    appearance: Reference,
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<Reference>,
    url: String,
    #[serde(rename = "isPartOf")]
    part_of: Reference,
    #[serde(rename = "recoupe:anchor")]
    anchor: String,
    #[serde(rename = "recoupe:sentence")]
    sentence: u32,
    #[serde(rename = "recoupe:kind")]
    claim_kind: &'a str,
    #[serde(rename = "recoupe:type")]
    claim_type: &'a str,
    #[serde(rename = "recoupe:certainty")]
    certainty: &'a str,
    #[serde(rename = "recoupe:contradicts", skip_serializing_if = "Vec::is_empty")]
    contradicts: Vec<String>,
}

/// The graph.
pub fn json_ld(k: &Desk) -> Vec<u8> {
    let dataset = format!("urn:recoupe:dossier:{}", k.id);
    let mut graph = vec![Node::Dataset(Dataset {
        kind: "Dataset",
        id: dataset.clone(),
        name: "Recoupe",
        description: "What pages say, who says it, and where. No verdict on any claim.",
        identifier: &k.id,
    })];
    graph.extend(k.d.pages.iter().map(|p| {
        Node::Page(Article {
            kind: "NewsArticle",
            id: page_id(&p.id),
            identifier: &p.id,
            headline: p.title.as_deref(),
            url: p.url.as_deref(),
            language: p.language.as_deref(),
            published: published(p),
            publisher: p.outlet.as_deref().map(|name| Named { kind: "Organization", identifier: None, name }),
        })
    }));
    graph.extend(k.d.incidents.iter().enumerate().map(|(i, x)| Node::Event(event(k, i, x))));
    let against = contradictions(k);
    // what somebody rejected is evidence of nothing
    for (i, c) in k.d.claims.iter().enumerate().filter(|(_, c)| !c.rejected) {
        if let Some(said) = said(k, i, c, &dataset, &against) {
            graph.push(Node::Claim(Box::new(said)));
        }
    }
    let context = Context { recoupe: "urn:recoupe:", contradicts: Typed { kind: "@id" } };
    super::json(&Graph { context: ("https://schema.org", context), graph })
}

fn said<'a>(
    k: &Desk<'a>,
    i: usize,
    c: &'a Claim,
    dataset: &str,
    against: &BTreeMap<&str, BTreeSet<&str>>,
) -> Option<Said<'a>> {
    let cite = k.cite_claim(i, c)?;
    let outlet = || cite.page.outlet.as_deref().map(|name| Named { kind: "Organization", identifier: None, name });
    Some(Said {
        kind: "Claim",
        id: claim_id(&c.id),
        identifier: &c.id,
        text: &c.quote,
        author: c.voice.as_ref().map(named).or_else(outlet),
        appearance: Reference { id: page_id(&c.page) },
        about: c.incident.as_ref().map(|x| Reference { id: event_id(x) }),
        url: k.link(&cite),
        part_of: Reference { id: dataset.to_owned() },
        anchor: anchor(cite.page, Some(c.span)),
        sentence: c.sentence,
        claim_kind: &c.kind,
        claim_type: &c.kind_of,
        certainty: &c.certainty,
        contradicts: against.get(c.id.as_str()).into_iter().flatten().map(|id| claim_id(id)).collect(),
    })
}

fn event<'a>(k: &Desk<'a>, i: usize, x: &'a Incident) -> Event<'a> {
    let (start, end) = days(x.time.as_ref());
    Event {
        kind: "Event",
        id: event_id(&x.id),
        identifier: &x.id,
        name: &x.title,
        additional: &x.kind_of,
        start,
        end,
        location: x.place.as_ref().map(location),
        url: k.incident_link(i),
        standing: &x.standing,
        origins: x.origins,
    }
}

fn location(p: &Place) -> Where<'_> {
    let geo = point(p).map(|(latitude, longitude)| Coordinates { kind: "GeoCoordinates", latitude, longitude });
    Where { kind: "Place", name: &p.name, geo, precision: &p.precision }
}

/// Claims on different sides of what cannot all be right.
fn contradictions<'a>(k: &Desk<'a>) -> BTreeMap<&'a str, BTreeSet<&'a str>> {
    let mut out: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for d in k.d.incidents.iter().flat_map(|x| &x.disagreements) {
        for (i, side) in d.sides.iter().enumerate() {
            for other in d.sides.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, s)| s) {
                for c in &side.claims {
                    let into = out.entry(c).or_default();
                    into.extend(other.claims.iter().filter(|o| *o != c).map(String::as_str));
                }
            }
        }
    }
    out
}

fn named(p: &Party) -> Named<'_> {
    Named { kind: "Organization", identifier: Some(&p.id), name: &p.name }
}

fn page_id(id: &str) -> String {
    format!("urn:recoupe:page:{id}")
}

fn event_id(id: &str) -> String {
    format!("urn:recoupe:incident:{id}")
}

fn claim_id(id: &str) -> String {
    format!("urn:recoupe:claim:{id}")
}
