//! From places to a table.

use std::collections::{BTreeMap, BTreeSet};

use crate::Kind;
use crate::format::{HEADER, MAGIC, NO_PROVINCE, PER_DEGREE, RECORD, pack_population, push_varint};
use crate::key::{Checks, key};

/// A place to be put into a table.
#[derive(Clone, Debug, Default)]
pub struct PlaceInput {
    /// GeoNames id; 0 where there is none (one is then made from name and country, see [`crate::Place::geonames`]).
    pub id: u32,
    /// Name as it is shown.
    pub name: String,
    /// Other names and spellings, in any script.
    pub names: Vec<String>,
    /// ISO alpha-2; two blanks where it lies in none.
    pub country: [u8; 2],
    /// Latitude in degrees.
    pub lat: f64,
    /// Longitude in degrees.
    pub lon: f64,
    /// Sort of place; a town unless told.
    pub kind: Option<Kind>,
    /// Inhabitants, 0 if not known.
    pub population: u32,
    /// Which of the places given is its province: its number, below 65,535.
    pub province: Option<u16>,
}

/// A place of a world pack, as the caller has read it.
#[derive(Clone, Debug, Default)]
pub struct ExtraPlace<'a> {
    /// Normal English name.
    pub name: &'a str,
    /// ISO alpha-2; anything else is taken as none.
    pub country: &'a str,
    /// Latitude in degrees.
    pub lat: f64,
    /// Longitude in degrees.
    pub lon: f64,
    /// The pack's word for the kind: `town`, `district`, `province`, `region`, `country`, `site`, `road`, `water`.
    pub kind: &'a str,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// Spellings of all languages.
    pub names: Vec<&'a str>,
}

impl From<&ExtraPlace<'_>> for PlaceInput {
    fn from(p: &ExtraPlace<'_>) -> Self {
        PlaceInput {
            id: p.geonames.unwrap_or(0),
            name: p.name.to_owned(),
            names: p.names.iter().map(|n| (*n).to_owned()).collect(),
            country: country_code(p.country),
            lat: p.lat,
            lon: p.lon,
            kind: Some(Kind::from_pack(p.kind)),
            population: 0,
            province: None,
        }
    }
}

/// Two upper-case letters, or two blanks.
pub(crate) fn country_code(text: &str) -> [u8; 2] {
    match text.as_bytes() {
        [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
            [a.to_ascii_uppercase(), b.to_ascii_uppercase()]
        }
        _ => *b"  ",
    }
}

/// Bit that marks an id which is not GeoNames'.
pub(crate) const OWN_ID: u32 = 0x8000_0000;

/// The table of `places`, in the order given. The same places give the same bytes.
pub fn build(places: &[PlaceInput]) -> Vec<u8> {
    let mut records = Vec::with_capacity(places.len() * RECORD);
    let mut names = Vec::new();
    let mut offsets: BTreeMap<&str, u32> = BTreeMap::new();
    let mut keys: BTreeMap<String, BTreeSet<(u32, Checks)>> = BTreeMap::new();
    for (index, p) in places.iter().enumerate() {
        let shown = clip(&p.name);
        let offset = *offsets.entry(shown).or_insert_with(|| {
            let at = names.len() as u32;
            names.push(shown.len() as u8);
            names.extend_from_slice(shown.as_bytes());
            at
        });
        let degrees = |d: f64| ((d * PER_DEGREE).round() as i32).to_le_bytes();
        let id = if p.id == 0 { OWN_ID | own_id(&p.name, p.country) } else { p.id & !OWN_ID };
        records.extend_from_slice(&id.to_le_bytes());
        records.extend_from_slice(&degrees(p.lat.clamp(-90.0, 90.0))[..3]);
        records.extend_from_slice(&degrees(p.lon.clamp(-180.0, 180.0))[..3]);
        records.extend_from_slice(&offset.to_le_bytes()[..3]);
        records.extend_from_slice(&pack_population(p.population).to_le_bytes());
        records.extend_from_slice(&p.country);
        let kind = p.kind.unwrap_or(Kind::Town);
        records.push(Kind::ALL.iter().position(|k| *k == kind).unwrap_or(3) as u8);
        records.extend_from_slice(&p.province.unwrap_or(NO_PROVINCE).to_le_bytes());
        for name in std::iter::once(&p.name).chain(&p.names) {
            let k = key(name);
            if !k.is_empty() {
                keys.entry(k).or_default().insert((index as u32, Checks::of(name)));
            }
        }
    }
    let mut bearers = Vec::new();
    let mut map = fst::raw::Builder::memory();
    for (k, who) in &keys {
        // Keys come sorted and without repeats, the only thing that can fail here.
        if map.insert(k, bearers.len() as u64).is_err() {
            continue;
        }
        push_varint(&mut bearers, who.len() as u32);
        let mut last = 0;
        for (index, checks) in who {
            push_varint(&mut bearers, index - last);
            bearers.extend([checks.spelling, checks.sound]);
            last = *index;
        }
    }
    let map = map.into_inner().unwrap_or_default();
    let mut out = Vec::with_capacity(HEADER + records.len() + names.len() + map.len() + bearers.len());
    out.extend_from_slice(MAGIC);
    let mut at = HEADER;
    for section in [&records, &names, &map, &bearers] {
        out.extend_from_slice(&(at as u32).to_le_bytes());
        out.extend_from_slice(&(section.len() as u32).to_le_bytes());
        at += section.len();
    }
    for section in [&records, &names, &map, &bearers] {
        out.extend_from_slice(section);
    }
    out
}

/// At most 255 bytes, cut at a letter.
fn clip(name: &str) -> &str {
    let mut end = name.len().min(255);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    &name[..end]
}

/// FNV-1a over name and country, for places without a GeoNames id: stable whatever else is in the table.
fn own_id(name: &str, country: [u8; 2]) -> u32 {
    let hash = name.bytes().chain(country).fold(0x811c_9dc5u32, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193));
    hash & !OWN_ID
}
