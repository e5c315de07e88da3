//! Incidents and claims to places as GeoJSON, RFC 7946: longitude before latitude, WGS 84, no `crs`; without geometry where
//! only the country is known, and every feature says how exactly its place is.

use recoupe_wire::{Figure, Place};
use serde::Serialize;

use super::File;
use super::desk::{Cite, Desk, anchor, days, names, outlet, point, published, voices};

#[derive(Serialize)]
struct Collection<'a, P: Serialize> {
    #[serde(rename = "type")]
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    bbox: Option<[f64; 4]>,
    dossier: &'a str,
    features: Vec<Feature<'a, P>>,
}

#[derive(Serialize)]
struct Feature<'a, P: Serialize> {
    #[serde(rename = "type")]
    kind: &'a str,
    id: String,
    geometry: Option<Point>,
    properties: P,
}

#[derive(Serialize)]
struct Point {
    #[serde(rename = "type")]
    kind: &'static str,
    coordinates: [f64; 2],
}

#[derive(Serialize)]
struct Quoted {
    voice: String,
    outlet: String,
    published: Option<String>,
    url: Option<String>,
    quote: Option<String>,
    sentence: Option<u32>,
    anchor: String,
    link: String,
}

#[derive(Serialize)]
struct Toll<'a> {
    kind: &'a str,
    group: &'a str,
    unit: &'a str,
    part: bool,
    low: Option<i64>,
    high: Option<i64>,
    by: Vec<Count>,
    #[serde(skip_serializing_if = "Option::is_none")]
    figure: Option<&'a recoupe_wire::ChosenFigure>,
}

#[derive(Serialize)]
struct Count {
    voice: String,
    min: Option<i64>,
    max: Option<i64>,
    approx: bool,
    denied: bool,
}

#[derive(Serialize)]
struct Happened<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    title: &'a str,
    place: Option<&'a str>,
    country: Option<&'a str>,
    /// Of the point: `exact` and `town` are where it is, `district` and `province` only the middle of it.
    precision: &'a str,
    from: Option<&'a str>,
    to: Option<&'a str>,
    date_precision: Option<&'a str>,
    standing: &'a str,
    origins: u32,
    actors: String,
    targets: String,
    voices: String,
    background: bool,
    summary: bool,
    tolls: Vec<Toll<'a>>,
    citations: Vec<Quoted>,
    link: String,
    dossier: &'a str,
}

#[derive(Serialize)]
struct Held<'a> {
    place: &'a str,
    precision: &'a str,
    change: &'a str,
    holder: Option<&'a str>,
    against: Option<&'a str>,
    from: Option<&'a str>,
    to: Option<&'a str>,
    said_by: String,
    denied_by: String,
    disputed: bool,
    citations: Vec<Quoted>,
    dossier: &'a str,
}

/// The files.
pub fn files(k: &Desk) -> Vec<File> {
    vec![File::new("incidents.geojson", incidents(k)), File::new("control.geojson", control(k))]
}

fn incidents(k: &Desk) -> Vec<u8> {
    let features = k.d.incidents.iter().enumerate().map(|(i, x)| {
        let (from, to) = days(x.time.as_ref());
        let properties = Happened {
            kind: &x.kind_of,
            title: &x.title,
            place: x.place.as_ref().map(|p| p.name.as_str()),
            country: x.place.as_ref().and_then(|p| p.country.as_deref()),
            precision: x.place.as_ref().map_or("unknown", |p| &p.precision),
            from,
            to,
            date_precision: x.time.as_ref().map(|t| t.precision.as_str()),
            standing: &x.standing,
            origins: x.origins,
            actors: names(&x.actor),
            targets: names(&x.target),
            voices: voices(&x.voices),
            background: x.background,
            summary: x.summary,
            tolls: x.tolls.iter().map(|t| toll(k, t)).collect(),
            citations: quotes(k, &x.claims),
            link: k.incident_link(i),
            dossier: &k.id,
        };
        Feature { kind: "Feature", id: x.id.clone(), geometry: geometry(x.place.as_ref()), properties }
    });
    collection(k, features.collect())
}

fn toll<'a>(k: &Desk, t: &'a recoupe_wire::IncidentToll) -> Toll<'a> {
    let count = |f: &Figure| {
        let cite = f.claims.first().and_then(|c| k.cite(c));
        Count {
            voice: k.speaker(f.voice.as_ref(), cite.as_ref()),
            min: f.min,
            max: f.max,
            approx: f.approx,
            denied: f.denied,
        }
    };
    Toll {
        kind: &t.kind,
        group: &t.group.name,
        unit: &t.unit,
        part: t.part,
        low: t.low,
        high: t.high,
        by: t.by.iter().map(count).collect(),
        figure: t.figure.as_ref(),
    }
}

fn control(k: &Desk) -> Vec<u8> {
    let features = k.d.control.iter().enumerate().map(|(i, c)| {
        let properties = Held {
            place: &c.place.name,
            precision: &c.place.precision,
            change: &c.change,
            holder: c.holder.as_ref().map(|p| p.name.as_str()),
            against: c.against.as_ref().map(|p| p.name.as_str()),
            from: days(c.from.as_ref()).0,
            to: days(c.to.as_ref()).0,
            said_by: voices(&c.said_by),
            denied_by: voices(&c.denied_by),
            disputed: c.disputed,
            citations: quotes(k, &c.claims),
            dossier: &k.id,
        };
        Feature { kind: "Feature", id: format!("control-{}", i + 1), geometry: geometry(Some(&c.place)), properties }
    });
    collection(k, features.collect())
}

fn collection<P: Serialize>(k: &Desk, features: Vec<Feature<P>>) -> Vec<u8> {
    let points: Vec<[f64; 2]> = features.iter().filter_map(|f| f.geometry.as_ref()).map(|g| g.coordinates).collect();
    super::json(&Collection { kind: "FeatureCollection", bbox: bbox(&points), dossier: &k.id, features })
}

fn geometry(p: Option<&Place>) -> Option<Point> {
    let (lat, lon) = point(p?)?;
    let short = |x: f64| (x * 1e4).round() / 1e4 + 0.0;
    Some(Point { kind: "Point", coordinates: [short(lon), short(lat)] })
}

/// West, south, east, north. Around the widest empty stretch of longitudes, so west is more than east where the points lie on
/// both sides of the antimeridian.
fn bbox(points: &[[f64; 2]]) -> Option<[f64; 4]> {
    let south = points.iter().map(|p| p[1]).reduce(f64::min)?;
    let north = points.iter().map(|p| p[1]).reduce(f64::max)?;
    let mut lons: Vec<f64> = points.iter().map(|p| p[0]).collect();
    lons.sort_by(f64::total_cmp);
    let (first, last) = (*lons.first()?, *lons.last()?);
    let mut widest = first + 360.0 - last;
    let (mut west, mut east) = (first, last);
    for w in lons.windows(2) {
        if w[1] - w[0] > widest {
            widest = w[1] - w[0];
            (west, east) = (w[1], w[0]);
        }
    }
    Some([west, south, east, north])
}

fn quotes(k: &Desk, claims: &[String]) -> Vec<Quoted> {
    let one = |c: Cite| {
        let claim = c.claim.map(|(_, c)| c);
        Quoted {
            voice: k.speaker(claim.and_then(|c| c.voice.as_ref()), Some(&c)),
            outlet: outlet(c.page),
            published: published(c.page).map(str::to_owned),
            url: c.page.url.clone(),
            quote: claim.map(|c| c.quote.clone()),
            sentence: claim.map(|c| c.sentence),
            anchor: anchor(c.page, c.span),
            link: k.link(&c),
        }
    };
    claims.iter().filter_map(|c| k.cite(c)).map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_box_goes_around_the_points() {
        assert_eq!(bbox(&[]), None);
        assert_eq!(bbox(&[[36.6, 35.9]]), Some([36.6, 35.9, 36.6, 35.9]));
        assert_eq!(bbox(&[[36.6, 35.9], [-3.7, 14.0]]), Some([-3.7, 14.0, 36.6, 35.9]));
        assert_eq!(bbox(&[[179.0, -17.0], [-178.0, -18.0]]), Some([179.0, -18.0, -178.0, -17.0]));
    }

    #[test]
    fn a_country_is_no_point() {
        let p = |precision: &str| Place {
            lat: Some(35.0),
            lon: Some(38.123_456),
            precision: precision.into(),
            ..Default::default()
        };
        assert!(geometry(Some(&p("country"))).is_none());
        assert_eq!(geometry(Some(&p("province"))).unwrap().coordinates, [38.1235, 35.0]);
        assert!(geometry(None).is_none());
    }
}
