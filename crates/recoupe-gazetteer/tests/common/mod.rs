//! The gazetteer with the places of `packs/world/places-extra` on top, as Recoupe sets it up.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use recoupe_gazetteer::{ExtraPlace, Gazetteer};
use serde::Deserialize;

/// One `[[place]]`.
#[derive(Deserialize)]
pub struct Entry {
    pub name: String,
    pub country: String,
    pub lat: f64,
    pub lon: f64,
    pub kind: String,
    #[serde(default)]
    pub geonames: Option<u32>,
    pub names: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct File {
    place: Vec<Entry>,
}

/// The pack's entries.
pub fn entries() -> Vec<Entry> {
    let text = include_str!("../../../../packs/world/places-extra/places.toml");
    toml::from_str::<File>(text).expect("the pack is valid TOML").place
}

/// Worldwide table and pack.
pub fn gazetteer() -> &'static Gazetteer {
    static ONCE: LazyLock<Gazetteer> = LazyLock::new(build);
    &ONCE
}

fn build() -> Gazetteer {
    let entries = entries();
    let places: Vec<ExtraPlace<'_>> = entries
        .iter()
        .map(|e| ExtraPlace {
            name: &e.name,
            country: &e.country,
            lat: e.lat,
            lon: e.lon,
            kind: &e.kind,
            geonames: e.geonames,
            names: e.names.values().flatten().map(String::as_str).collect(),
        })
        .collect();
    let mut g = Gazetteer::baked();
    g.add_places(&places);
    g
}
