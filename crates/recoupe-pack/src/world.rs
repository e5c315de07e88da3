//! Who and where: the tables of the world packs (`world/<area>/*.toml`).
//!
//! Names are given per language (`fr`, `en`, `ar` …); `any` holds acronyms and names written alike everywhere.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use crate::{PackError, Packs};

/// Names per language code; the code `any` is for all.
pub type Names = BTreeMap<String, Vec<String>>;

/// A state with the words a language has for it (`states.toml`, `[[state]]`).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// ISO 3166-1 alpha-2, also for de-facto states where a user-assigned code is in use (`XK`).
    pub iso2: String,
    /// ISO 3166-1 alpha-3, the stem of party ids (`TUR/armed-forces`).
    pub iso3: String,
    /// Normal English name.
    pub name: String,
    /// Words per language.
    #[serde(default)]
    pub words: BTreeMap<String, StateWords>,
    /// Centre, for a place that is only known by its country: latitude and longitude in degrees.
    #[serde(default)]
    pub center: Option<[f64; 2]>,
}

/// What one language calls a state.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StateWords {
    /// Names, the usual one first.
    pub names: Vec<String>,
    /// All inflected forms of the adjective.
    pub adjectives: Vec<String>,
    /// All forms of the word for its inhabitants, where they differ from the adjective but for a capital letter.
    pub inhabitants: Vec<String>,
    /// What stands for its government: capital, palace, nickname of the government.
    pub metonyms: Vec<Metonym>,
    /// Abbreviations and prefixes in compounds (`russo`, `sino`, `pro-russe` is built from the adjective).
    pub prefixes: Vec<String>,
}

/// A name that stands for an office of a state (the Kremlin: the presidency of Russia).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metonym {
    /// The name.
    pub name: String,
    /// Role id (`government`, `presidency`, `defence-ministry` …).
    pub role: String,
}

/// A party that is not simply a role of a state: a group, alliance, observatory, agency, UN body, named force
/// (`parties.toml`, `[[party]]`).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartyEntry {
    /// Stable id: `group/hts`, `org/sohr`, `un/unhcr`, or `SYR/armed-forces` for a proper name of a state's force.
    pub id: String,
    /// Normal English form, as figures are compared.
    pub name: String,
    /// `armed-group`, `state-force`, `alliance`, `political`, `observatory`, `agency` (news), `un`, `igo`, `ngo`, `medical`, `people`.
    pub kind: String,
    /// `combatant`, `civilian` or `mixed`.
    pub status: String,
    /// ISO alpha-2 of the country where it mainly is.
    #[serde(default)]
    pub country: Option<String>,
    /// Names per language.
    #[serde(default)]
    pub names: Names,
    /// A group that flies aircraft of its own: its raids and strikes may come from the air.
    #[serde(default)]
    pub aircraft: bool,
    /// Common nouns for its members per language (`miliciens`…), rarely needed.
    #[serde(default)]
    pub members: Names,
    /// Whom it stands with: party ids with optional years (`SYR/government`, `2017..`).
    #[serde(default)]
    pub sides: Vec<Side>,
}

/// A dated relation of a party to another.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Side {
    /// Party id.
    pub with: String,
    /// `supports`, `ally`, `sponsor` (the other supports it), `part_of`, `opposes`.
    pub relation: String,
    /// First year, if known.
    #[serde(default)]
    pub from: Option<i16>,
    /// Last year, if it ended.
    #[serde(default)]
    pub to: Option<i16>,
}

/// A public person tied to an office (`persons.toml`, `[[person]]`).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Name in the normal English form.
    pub name: String,
    /// Spellings per language; a last entry may be the family name alone where it is unmistakable.
    #[serde(default)]
    pub names: Names,
    /// Party id of the office (`SYR/presidency`, `group/hezbollah`).
    pub party: String,
    /// First year in office.
    #[serde(default)]
    pub from: Option<i16>,
    /// Last year in office.
    #[serde(default)]
    pub to: Option<i16>,
}

/// A place the gazetteer lacks, or spells otherwise (`places.toml`, `[[place]]`).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceEntry {
    /// Normal English name.
    pub name: String,
    /// ISO alpha-2.
    pub country: String,
    /// Latitude in degrees.
    pub lat: f64,
    /// Longitude in degrees.
    pub lon: f64,
    /// `town`, `district`, `province`, `region`, `country`, `site` (base, camp, crossing, airport), `road`, `water`.
    pub kind: String,
    /// GeoNames id where there is one.
    #[serde(default)]
    pub geonames: Option<u32>,
    /// Spellings per language and script.
    #[serde(default)]
    pub names: Names,
}

/// What a place of the kind `site` is for (`sites.toml`, `[[site]]`).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteEntry {
    /// Normal English name of the place.
    pub place: String,
    /// ISO alpha-2.
    pub country: String,
    /// `air_base`, `naval_base`, `military_base`, `airport`, `crossing`, `camp`, `bridge`, `dam`, `hospital`, `prison`, `oil_gas`,
    /// `nuclear`, `port`, `island`, `wild`, `zone`, `religious`, `plant`, `depot`.
    pub purpose: String,
    /// Who holds it, where nobody disputes that.
    #[serde(default)]
    pub holder: Option<SiteHolder>,
}

/// Who holds a site.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteHolder {
    /// Party id.
    pub id: String,
    /// Normal English form.
    pub name: String,
    /// ISO alpha-2 of its state.
    #[serde(default)]
    pub country: Option<String>,
    /// Since: a year, month or day.
    #[serde(default)]
    pub from: Option<String>,
    /// Until.
    #[serde(default)]
    pub to: Option<String>,
}

/// An agreement known by name (`agreements.toml`, `[[agreement]]`).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgreementEntry {
    /// Stable id: `agreement/sochi-2018`.
    pub id: String,
    /// Normal English name.
    pub name: String,
    /// Names and wordings per language.
    #[serde(default)]
    pub names: Names,
    /// Wordings that several agreements share, per language: of those the page can mean, the one in force is offered.
    #[serde(default)]
    pub loose: Names,
    /// ISO date, month or year of its conclusion.
    #[serde(default)]
    pub date: Option<String>,
    /// ISO date of its end, if it ended.
    #[serde(default)]
    pub end: Option<String>,
    /// Party ids.
    #[serde(default)]
    pub parties: Vec<String>,
    /// Zone it covers: names of places.
    #[serde(default)]
    pub zone: Vec<String>,
    /// Place where it was concluded: words that name it (`Sotchi`).
    #[serde(default)]
    pub signed_at: Names,
    /// ISO alpha-2 of the country whose conflict it is about.
    #[serde(default)]
    pub country: Option<String>,
    /// `ceasefire`, `de-escalation`, `peace`, `withdrawal`, `exchange`, `humanitarian`, `other`.
    pub kind: String,
}

/// A paper, broadcaster or agency (`outlets.toml`, `[[outlet]]`).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outlet {
    /// Stable id: `outlet/afp`.
    pub id: String,
    /// Name as it signs.
    pub name: String,
    /// `agency`, `state-media`, `press`, `broadcaster`, `site`.
    pub kind: String,
    /// ISO alpha-2 of its seat.
    #[serde(default)]
    pub country: Option<String>,
    /// Owner, in words.
    #[serde(default)]
    pub owner: Option<String>,
    /// Names and credit marks per language.
    #[serde(default)]
    pub names: Names,
    /// Domains, to know it from a URL.
    #[serde(default)]
    pub domains: Vec<String>,
}

/// All world packs together, in path order.
#[derive(Clone, Debug, Default)]
pub struct World {
    /// States.
    pub states: Vec<State>,
    /// Groups, forces with a name of their own, bodies.
    pub parties: Vec<PartyEntry>,
    /// Office holders.
    pub persons: Vec<Person>,
    /// Places.
    pub places: Vec<PlaceEntry>,
    /// What sites are for.
    pub sites: Vec<SiteEntry>,
    /// Agreements.
    pub agreements: Vec<AgreementEntry>,
    /// Outlets and agencies.
    pub outlets: Vec<Outlet>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    state: Vec<State>,
    party: Vec<PartyEntry>,
    person: Vec<Person>,
    place: Vec<PlaceEntry>,
    site: Vec<SiteEntry>,
    agreement: Vec<AgreementEntry>,
    outlet: Vec<Outlet>,
}

impl World {
    /// Reads every `world/<area>/*.toml` but `pack.toml`. A table may stand in any file of an area. Read once for each set of packs.
    pub fn load(packs: &Packs) -> Result<Arc<Self>, PackError> {
        if let Some(known) = packs.world.get() {
            return Ok(known.clone());
        }
        let all = Arc::new(Self::read(packs)?);
        Ok(packs.world.get_or_init(|| all).clone())
    }

    fn read(packs: &Packs) -> Result<Self, PackError> {
        let mut all = World::default();
        for path in packs.paths("world/", ".toml").filter(|p| !p.ends_with("/pack.toml") && !crate::examples::named(p))
        {
            let f: File = packs.toml(path)?;
            all.states.extend(f.state);
            all.parties.extend(f.party);
            all.persons.extend(f.person);
            all.places.extend(f.place);
            all.sites.extend(f.site);
            all.agreements.extend(f.agreement);
            all.outlets.extend(f.outlet);
        }
        Ok(all)
    }
}
