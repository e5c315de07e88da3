//! Names in French spellings from many conflicts, and words that are no places.

use recoupe_gazetteer::{Context, PlaceQuery, distance_km, resolve};

mod common;

/// Words in a thousand that may be taken for a place though they are none, when nothing in the grammar says so.
const WRONG_PER_MILLE: usize = 20;

#[test]
fn french_spellings_find_their_place() {
    let g = common::gazetteer();
    let mut wrong = Vec::new();
    let lines: Vec<Vec<&str>> =
        include_str!("names.tsv").lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect()).collect();
    assert!(lines.len() > 300, "only {} names", lines.len());
    for line in &lines {
        let [country, name, lat, lon] = line[..] else { panic!("{line:?}") };
        let code: [u8; 2] = country.as_bytes().try_into().expect("two letters");
        let point: (f64, f64) = (lat.parse().expect("latitude"), lon.parse().expect("longitude"));
        let context = Context { countries: vec![(code, 4)], anchors: vec![] };
        let found = resolve(g, &[PlaceQuery { name, cued: true, ..Default::default() }], &context)[0];
        let fits = found
            .and_then(|r| g.place(r.place))
            .is_some_and(|p| p.country == code && distance_km((p.lat, p.lon), point) < 15.0);
        if !fits {
            wrong.push(format!("{country} {name}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn words_that_are_no_places_are_left_alone() {
    let g = common::gazetteer();
    let words: Vec<&str> = include_str!("no_places.txt").lines().collect();
    let countries = [*b"SY", *b"ML", *b"UA", *b"CD", *b"SD", *b"PS", *b"YE", *b"LY", *b"CO"];
    let mut taken = Vec::new();
    for country in countries {
        let context = Context { countries: vec![(country, 4)], anchors: vec![] };
        for name in &words {
            if let Some(r) = resolve(g, &[PlaceQuery { name, ..Default::default() }], &context)[0] {
                taken.push(format!("{name} → {:?}", g.place(r.place).map(|p| p.name)));
            }
        }
    }
    let all = countries.len() * words.len();
    assert!(taken.len() * 1000 <= all * WRONG_PER_MILLE, "{} of {all}: {taken:?}", taken.len());
}

#[test]
fn every_place_of_the_pack_is_found_under_its_names() {
    let g = common::gazetteer();
    let mut wrong = Vec::new();
    for e in common::entries() {
        let countries = e.country.as_bytes().try_into().ok().map(|c| (c, 4)).into_iter().collect();
        let context = Context { countries, anchors: vec![(e.lat, e.lon)] };
        for name in e.names.values().flatten() {
            let found = resolve(g, &[PlaceQuery { name, cued: true, ..Default::default() }], &context)[0];
            // Areas of one name lie in one another; their middles need not meet.
            let within = if e.kind == "town" || e.kind == "site" { 30.0 } else { 600.0 };
            if !found
                .and_then(|r| g.place(r.place))
                .is_some_and(|p| distance_km((p.lat, p.lon), (e.lat, e.lon)) < within)
            {
                wrong.push(format!("{} under {name}", e.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}
