//! What the domain pack says of incident types and classes of parties (`domain/conflict/incidents.toml`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use recoupe_mention::{Party, Place, Status};
use recoupe_pack::world::{AgreementEntry, SiteEntry, World};
use recoupe_pack::{PackError, Packs};
use recoupe_text::fold;
use serde::Deserialize;

use crate::lang::Languages;

const PATH: &str = "domain/conflict/incidents.toml";

/// A type of incident and what other schemes call it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Domain id: `airstrike` …
    pub id: String,
    /// The family it belongs to: types of one family are taken for nearly the same.
    pub family: String,
    /// The type that is the less exact word for it.
    #[serde(default)]
    pub broader: Option<String>,
    /// Whether it is violence on the ground, as against words and movements.
    pub violent: bool,
    /// Names per language code.
    pub labels: BTreeMap<String, String>,
    /// PLOVER 0.8 event, with mode after a hyphen.
    #[serde(default)]
    pub plover: Option<String>,
    /// CAMEO code.
    #[serde(default)]
    pub cameo: Option<String>,
    /// ACLED event type and sub-event type.
    #[serde(default)]
    pub acled: Option<String>,
    /// UCDP types of violence that can apply: 1 state-based, 2 non-state, 3 one-sided.
    #[serde(default)]
    pub ucdp: Vec<u8>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    articles: BTreeSet<String>,
    near: Vec<(String, String, i32)>,
    contradict: Vec<[String; 2]>,
    #[serde(rename = "type")]
    types: Vec<Kind>,
    party_class: Vec<ClassWords>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassWords {
    id: String,
    words: Vec<String>,
}

/// What sort of party a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Vehicles, weapons, buildings.
    Materiel,
    /// Children.
    Child,
    /// Journalists and what they work for.
    Media,
    /// Witnesses, officials, unnamed sources.
    Source,
    /// Civilians of any kind.
    Civil,
    /// Police and security services.
    Police,
    /// Armed forces.
    Forces,
    /// Government and offices.
    State,
    /// Armed groups.
    Group,
    /// None of these.
    Unknown,
}

/// How near two types are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nearness {
    /// Cannot be one incident by their types.
    Far,
    /// Of families that one incident can be told as, and how much that speaks for it.
    Near(i32),
    /// Of one family.
    Family,
    /// The same.
    Same,
}

/// The compiled tables.
#[derive(Clone, Debug)]
pub struct Table {
    kinds: BTreeMap<String, Kind>,
    near: BTreeMap<(String, String), i32>,
    contradict: BTreeSet<(String, String)>,
    classes: Vec<(Class, BTreeSet<String>)>,
    articles: BTreeSet<String>,
    languages: Languages,
    world: Arc<World>,
    zones: BTreeMap<String, Vec<Place>>,
}

impl Table {
    /// Reads and checks `domain/conflict/incidents.toml`.
    pub fn load(packs: &Packs) -> Result<Self, PackError> {
        let file: File = packs.toml(PATH)?;
        let bad = |m: String| PackError::new(PATH, 0, 0, m);
        let families: BTreeSet<&str> = file.types.iter().map(|k| k.family.as_str()).collect();
        let both_ways = |name: &str, list: &[[String; 2]]| {
            let mut set = BTreeSet::new();
            for [a, b] in list {
                if let Some(x) = [a, b].into_iter().find(|x| !families.contains(x.as_str())) {
                    return Err(bad(format!("`{name}` names the family `{x}`, which no type belongs to")));
                }
                set.insert((a.clone(), b.clone()));
                set.insert((b.clone(), a.clone()));
            }
            Ok(set)
        };
        let pairs: Vec<[String; 2]> = file.near.iter().map(|(a, b, _)| [a.clone(), b.clone()]).collect();
        both_ways("near", &pairs)?;
        let near = file
            .near
            .into_iter()
            .flat_map(|(a, b, n)| [((a.clone(), b.clone()), n), ((b, a), n)])
            .collect::<BTreeMap<_, _>>();
        let contradict = both_ways("contradict", &file.contradict)?;
        let mut kinds = BTreeMap::new();
        for k in file.types {
            if let Some(old) = kinds.insert(k.id.clone(), k) {
                return Err(bad(format!("the type `{}` stands twice", old.id)));
            }
        }
        let mut classes = Vec::new();
        for c in file.party_class {
            let class = class_of(&c.id).ok_or_else(|| bad(format!("`{}` is no class of parties", c.id)))?;
            classes.push((class, c.words.iter().map(|w| fold(w)).collect()));
        }
        let languages = Languages::load(packs)?;
        Ok(Self {
            kinds,
            near,
            contradict,
            classes,
            articles: file.articles,
            languages,
            world: World::load(packs)?,
            zones: BTreeMap::new(),
        })
    }

    /// Whether a folded word is an article that place names come with and without.
    pub fn article(&self, word: &str) -> bool {
        self.articles.contains(word)
    }

    /// What the language packs say.
    pub fn languages(&self) -> &Languages {
        &self.languages
    }

    /// All agreements that the world packs know.
    pub fn agreements(&self) -> &[AgreementEntry] {
        &self.world.agreements
    }

    /// What the packs know of a site.
    pub fn site(&self, name: &str, country: Option<&str>) -> Option<&SiteEntry> {
        self.world.sites.iter().find(|s| s.place == name && country.is_none_or(|c| c == s.country))
    }

    /// Finds the places of every agreement's zone, once, by a gazetteer that only the caller has: name and country to a place.
    pub fn find_zones(&mut self, find: impl Fn(&str, Option<&str>) -> Option<Place>) {
        for a in &self.world.agreements {
            let places: Vec<Place> = a.zone.iter().filter_map(|z| find(z, a.country.as_deref())).collect();
            self.zones.insert(a.id.clone(), places);
        }
    }

    /// The places of an agreement's zone that the gazetteer knows.
    pub fn zone(&self, agreement: &str) -> &[Place] {
        self.zones.get(agreement).map_or(&[], Vec::as_slice)
    }

    /// What the world packs know of an agreement.
    pub fn agreement(&self, id: &str) -> Option<&AgreementEntry> {
        self.world.agreements.iter().find(|a| a.id == id)
    }

    /// All types, by id.
    pub fn kinds(&self) -> impl Iterator<Item = &Kind> {
        self.kinds.values()
    }

    /// One type.
    pub fn kind(&self, id: &str) -> Option<&Kind> {
        self.kinds.get(id)
    }

    /// The family of a type; an unknown type is its own family.
    pub fn family<'a>(&'a self, id: &'a str) -> &'a str {
        self.kinds.get(id).map_or(id, |k| k.family.as_str())
    }

    /// Whether the type is violence on the ground. Unknown types are taken as such.
    pub fn violent(&self, id: &str) -> bool {
        self.kinds.get(id).is_none_or(|k| k.violent)
    }

    /// Name of a type in a language, English where that has none, else the id.
    pub fn label<'a>(&'a self, id: &'a str, lang: &str) -> &'a str {
        self.kinds.get(id).and_then(|k| k.labels.get(lang).or_else(|| k.labels.get("en"))).map_or(id, |s| s.as_str())
    }

    /// How near two types are.
    pub fn nearness(&self, a: &str, b: &str) -> Nearness {
        if a == b {
            return Nearness::Same;
        }
        let (fa, fb) = (self.family(a), self.family(b));
        if fa == fb {
            Nearness::Family
        } else {
            self.near.get(&(fa.to_owned(), fb.to_owned())).map_or(Nearness::Far, |n| Nearness::Near(*n))
        }
    }

    /// Whether one type is a broader word for the other.
    pub fn covers(&self, broad: &str, exact: &str) -> bool {
        let mut at = exact;
        // a few steps: a pack that goes in a circle must not hang
        for _ in 0..8 {
            match self.kinds.get(at).and_then(|k| k.broader.as_deref()) {
                Some(up) if up == broad => return true,
                Some(up) => at = up,
                None => return false,
            }
        }
        false
    }

    /// Whether accounts that type one incident so contradict each other.
    pub fn contradict(&self, a: &str, b: &str) -> bool {
        a != b
            && !self.covers(a, b)
            && !self.covers(b, a)
            && self.contradict.contains(&(self.family(a).to_owned(), self.family(b).to_owned()))
    }

    /// What sort of party this is, by the words of its normal name, else by whether it fights.
    pub fn class(&self, p: &Party) -> Class {
        let folded = fold(&p.name);
        let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        for (class, set) in &self.classes {
            let hit = |w: &str| set.contains(w) || w.strip_suffix('s').is_some_and(|w| set.contains(w));
            if words.iter().any(|w| hit(w)) || words.windows(2).any(|w| hit(&format!("{} {}", w[0], w[1]))) {
                return *class;
            }
        }
        let named = !p.id.starts_with("generic/");
        match p.status {
            Status::Civilian => Class::Civil,
            Status::Combatant if named => Class::Group,
            _ => Class::Unknown,
        }
    }
}

fn class_of(id: &str) -> Option<Class> {
    Some(match id {
        "materiel" => Class::Materiel,
        "child" => Class::Child,
        "media" => Class::Media,
        "source" => Class::Source,
        "civil" => Class::Civil,
        "police" => Class::Police,
        "forces" => Class::Forces,
        "state" => Class::State,
        "group" => Class::Group,
        _ => return None,
    })
}
