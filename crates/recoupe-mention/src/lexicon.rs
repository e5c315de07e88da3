//! The names and nouns by which parties are known, compiled once.

use std::collections::BTreeMap;

use recoupe_pack::world::World;
use recoupe_pack::{PackError, Packs, WordMap, WordSet};
use recoupe_text::Prefixes;
use serde::Deserialize;

use crate::types::{Id, Status};
use crate::view::key;

/// What a proper name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ref {
    /// A state, by index.
    State(u16),
    /// An office of a state, by a name that stands for it (its capital, a palace).
    Metonym(u16, u16),
    /// The inhabitants of a state.
    People(u16),
    /// A party of the world packs.
    Party(u32),
    /// An office holder.
    Person(u32),
    /// An outlet or agency.
    Outlet(u32),
    /// What a party is called where it fights, by the index of [`Epithet`].
    Epithet(u16),
}

/// What a party is called on pages about certain lands: “the coalition”, “the paramilitaries”.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Epithet {
    /// Id of the party; `@/armed-forces` is that body of the page's own land.
    pub party: String,
    /// States whose pages call it so, by their two letters.
    pub lands: Vec<String>,
    /// First year in which they do.
    #[serde(default)]
    pub from: Option<i16>,
    /// Last year in which they do.
    #[serde(default)]
    pub to: Option<i16>,
    words: Vec<String>,
}

/// What kind of noun names a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// A body of a state.
    Role,
    /// Armed people whose side a modifier tells.
    Force,
    /// Armed people by kind.
    Generic,
    /// People who do not fight.
    Civil,
    /// People who speak.
    Source,
}

/// A common noun that names a party.
#[derive(Clone, Debug)]
pub struct Noun {
    /// What kind.
    pub class: Class,
    /// Role id or generic id.
    pub id: Id,
    /// Normal English name of a generic party.
    pub name: Id,
    /// Whether it fights.
    pub status: Status,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NounEntry {
    class: Class,
    id: String,
    name: Option<String>,
    status: Option<String>,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PartiesFile {
    noun: Vec<NounEntry>,
    #[serde(default)]
    epithet: Vec<Epithet>,
    sides: BTreeMap<String, Vec<String>>,
    function: Function,
    plural: Plural,
    places: Places,
}

/// How a language makes the plural of a noun, as far as look-ups need it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Plural {
    /// Ending → plural ending, first that fits; an empty ending fits all.
    endings: Vec<[String; 2]>,
    /// Words that stay as they are inside a phrase.
    fixed: Vec<String>,
    /// Elided words before a word that stays as it is.
    elided: Vec<String>,
}

/// Words that tie phrases together.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Function {
    /// Prepositions of the complement.
    pub of: Vec<String>,
    /// Determiners that may stand before the complement.
    pub determiners: Vec<String>,
    /// How nouns start that name fighters without being told whose they are.
    pub fighters: Vec<String>,
    /// Articles that point to somebody known.
    pub definite: Vec<String>,
    /// Adjectives of allegiance, whose complement says whose men they are (`fidèle à`).
    pub loyal: Vec<String>,
    /// Prepositions behind [`Function::loyal`].
    pub loyal_to: Vec<String>,
    /// Modifiers that say nothing of the side, whatever the tree takes them for (`présumé`).
    pub alleged: Vec<String>,
}

/// Words around names of places, folded when loaded but for [`Places::never`].
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Places {
    /// Prepositions that say where (`à`, `dans`, `près de` …).
    pub at: Vec<String>,
    /// The preposition that ends some of [`Places::at`] and may melt with the article behind it.
    pub of: String,
    /// Prepositions of [`Places::at`] melted with an article.
    pub at_article: Vec<String>,
    /// Those of them that are plural.
    #[serde(default)]
    pub at_plural: Vec<String>,
    /// The preposition of towns as it is written (`à`): behind it a name is no country's.
    #[serde(default)]
    pub at_town: Vec<String>,
    /// Prepositions of the complement melted with an article, which are no mere determiners.
    pub of_article: Vec<String>,
    /// What stands before where something comes from or goes to, rather than where it happens.
    pub origin: Vec<String>,
    /// Those of them that tell of a shot what it was aimed at.
    #[serde(default)]
    pub towards: Vec<String>,
    /// Words of shots.
    #[serde(default)]
    pub fired: Vec<String>,
    /// Nouns of those who live in a place, before “de”.
    #[serde(default)]
    pub dwellers: Vec<String>,
    /// Before the preposition of towns: on whose side somebody is.
    #[serde(default)]
    pub siding: Vec<String>,
    /// The same: that somebody has their seat there.
    #[serde(default)]
    pub seated: Vec<String>,
    /// Units in which a distance between two places is told.
    #[serde(default)]
    pub distances: Vec<String>,
    /// Prepositions of [`Places::at`] behind which a place is an opponent or target.
    pub against: Vec<String>,
    /// Verbs of acts whose object is a place that was hit (“Kiev a été bombardée”).
    #[serde(default)]
    pub struck: Vec<String>,
    /// Articles of other languages that open a name in lower case (`al-`).
    pub articles: Vec<String>,
    /// Those of them that stand inside a name.
    pub inner_articles: Vec<String>,
    /// Plural endings of the nouns.
    pub plural: Vec<String>,
    /// Nouns of a seat, whose complement names what it is the seat of (`la capitale de …`).
    pub seats: Vec<String>,
    /// Determiners of what was named before (`cette ville du …`).
    pub pointing: Vec<String>,
    /// Nouns of streets and squares, whose names are no places of a map.
    pub streets: Vec<String>,
    /// Words in lower case that open the name of an area.
    pub heads: Vec<String>,
    /// Words behind a place by which all that follows lies there (`où`).
    pub there: Vec<String>,
    /// Nouns that say what kind of place follows, by kind.
    pub nouns: BTreeMap<String, Vec<String>>,
    /// Points of the compass and the like, before “de”.
    pub sides: Vec<String>,
    /// Nouns of acts whose complement says where (`la bataille de …`).
    pub acts: Vec<String>,
    /// Lemmas of what is done with people afterwards: where and when it is done is not where and when they were hit.
    pub afterwards: Vec<String>,
    /// Lemmas of what is done about an act later: when it is done is not when the act was.
    pub later: Vec<String>,
    /// Words that start with a capital at the head of a sentence or title but never name a place.
    pub never: Vec<String>,
    /// [`Places::at`] and [`Places::nouns`], prepared when loaded.
    #[serde(skip)]
    pub(crate) before: crate::places::Before,
    #[serde(skip)]
    pub(crate) kinds: WordMap<(usize, recoupe_gazetteer::KindHint)>,
}

/// Which side a modifier tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Of the state itself.
    Government,
    /// Allied with the state.
    ProGovernment,
    /// Against it.
    Rebels,
    /// Jihadist.
    Jihadists,
    /// Called terrorist.
    Terrorists,
    /// Separatist.
    Separatists,
    /// Armed, nothing more.
    Gunmen,
    /// The speaker's enemy.
    Enemy,
}

/// All name and noun tables of one language.
pub struct Lexicon {
    /// The world.
    pub world: std::sync::Arc<World>,
    /// Metonym roles, by the index in [`Ref::Metonym`].
    pub roles: Vec<String>,
    names: Prefixes,
    name_refs: Vec<(Spelling, Vec<Ref>)>,
    nouns: Prefixes,
    noun_refs: Vec<Vec<u16>>,
    /// The nouns, by the index in the matches.
    pub noun_table: Vec<Noun>,
    adjectives: WordMap<u16>,
    sides: WordMap<Side>,
    pro_prefixes: Vec<String>,
    /// Function words.
    pub function: Function,
    /// What parties are called on pages about certain lands.
    pub epithets: Vec<Epithet>,
    /// Words around places.
    pub places: Places,
    by_iso2: BTreeMap<String, u16>,
    by_iso3: BTreeMap<String, u16>,
    party_by_id: BTreeMap<String, u32>,
    plural: Plural,
    place_nouns: WordSet,
    combatants: std::collections::BTreeSet<String>,
}

/// A run of tokens and what it may stand for.
#[derive(Clone, Debug)]
pub struct Hit<T> {
    /// The tokens.
    pub tokens: std::ops::Range<usize>,
    /// Readings.
    pub refs: Vec<T>,
}

fn acronym(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    (2..=8).contains(&letters) && !name.contains(' ') && name.chars().filter(|c| c.is_uppercase()).count() * 2 > letters
}

/// How a pack writes a name, and so what the page must show; the laxest spelling of a name counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Spelling {
    /// Only in capitals.
    Acronym,
    /// With a capital somewhere.
    Capital,
    /// Also in lower case: `talibans`, `peshmergas`.
    Lower,
}

fn spelling(name: &str) -> Spelling {
    if acronym(name) {
        Spelling::Acronym
    } else if name.chars().any(char::is_uppercase) || name.chars().all(|c| !c.is_lowercase()) {
        Spelling::Capital
    } else {
        Spelling::Lower
    }
}

fn status(s: Option<&str>) -> Status {
    match s {
        Some("combatant") => Status::Combatant,
        Some("civilian") => Status::Civilian,
        Some("mixed") => Status::Mixed,
        _ => Status::Unknown,
    }
}

impl Lexicon {
    /// Compiles the tables of a language from `lang/<lang>/parties.toml` and the world packs.
    pub fn load(packs: &Packs, lang: &str) -> Result<Self, PackError> {
        let path = format!("lang/{lang}/parties.toml");
        let mut file: PartiesFile = packs.toml(&path)?;
        file.places.fold();
        let f = &mut file.function;
        for list in [&mut f.fighters, &mut f.definite, &mut f.loyal, &mut f.loyal_to, &mut f.alleged] {
            list.iter_mut().for_each(|w| *w = recoupe_text::fold(w));
        }
        let world = World::load(packs)?;
        let mut roles: Vec<String> = Vec::new();
        let mut adjectives = BTreeMap::new();
        let mut names: BTreeMap<String, (Spelling, Vec<Ref>)> = BTreeMap::new();
        let mut add = |name: &str, r: Ref| {
            if name.trim().is_empty() {
                return;
            }
            let e = names.entry(key(name)).or_insert_with(|| (spelling(name), Vec::new()));
            e.0 = e.0.max(spelling(name));
            if !e.1.contains(&r) {
                e.1.push(r);
            }
        };
        let langs = [lang, "any"];
        for (i, s) in world.states.iter().enumerate() {
            let i = i as u16;
            let Some(w) = s.words.get(lang) else { continue };
            w.names.iter().for_each(|n| add(n, Ref::State(i)));
            for m in &w.metonyms {
                let r = roles.iter().position(|r| *r == m.role).unwrap_or_else(|| {
                    roles.push(m.role.clone());
                    roles.len() - 1
                });
                add(&m.name, Ref::Metonym(i, r as u16));
            }
            for a in &w.adjectives {
                adjectives.entry(recoupe_text::fold(a)).or_insert(i);
            }
            for a in &w.inhabitants {
                adjectives.entry(recoupe_text::fold(a)).or_insert(i);
            }
        }
        for (i, p) in world.parties.iter().enumerate() {
            for l in langs {
                p.names.get(l).into_iter().flatten().for_each(|n| add(n, Ref::Party(i as u32)));
            }
        }
        for (i, p) in world.persons.iter().enumerate() {
            for l in langs {
                p.names.get(l).into_iter().flatten().for_each(|n| add(n, Ref::Person(i as u32)));
            }
            add(&p.name, Ref::Person(i as u32));
        }
        for (i, o) in world.outlets.iter().enumerate().filter(|(_, o)| o.kind == "agency") {
            add(&o.name, Ref::Outlet(i as u32));
            for l in langs {
                o.names.get(l).into_iter().flatten().for_each(|n| add(n, Ref::Outlet(i as u32)));
            }
        }
        for (i, e) in file.epithet.iter().enumerate() {
            for w in e.words.iter().flat_map(|w| file.plural.variants(w)) {
                add(&w, Ref::Epithet(i as u16));
            }
        }
        let (keys, name_refs): (Vec<String>, Vec<(Spelling, Vec<Ref>)>) = names.into_iter().unzip();

        let mut nouns: BTreeMap<String, Vec<u16>> = BTreeMap::new();
        let mut noun_table = Vec::new();
        for n in &file.noun {
            let at = noun_table.len() as u16;
            noun_table.push(Noun {
                class: n.class,
                id: n.id.as_str().into(),
                name: n.name.clone().unwrap_or_else(|| n.id.replace('-', " ")).as_str().into(),
                status: status(n.status.as_deref()),
            });
            for w in &n.words {
                for v in file.plural.variants(w) {
                    let e = nouns.entry(key(&v)).or_default();
                    if !e.contains(&at) {
                        e.push(at);
                    }
                }
            }
        }
        let (noun_keys, noun_refs): (Vec<String>, Vec<Vec<u16>>) = nouns.into_iter().unzip();
        let mut sides = BTreeMap::new();
        for (name, words) in &file.sides {
            let side = match name.as_str() {
                "government" => Side::Government,
                "pro_government" => Side::ProGovernment,
                "rebels" => Side::Rebels,
                "jihadists" => Side::Jihadists,
                "terrorists" => Side::Terrorists,
                "separatists" => Side::Separatists,
                "gunmen" => Side::Gunmen,
                "enemy" => Side::Enemy,
                "pro_prefix" => continue,
                other => return Err(PackError::new(&path, 0, 0, format!("unknown side `{other}`"))),
            };
            for w in words {
                sides.insert(recoupe_text::fold(w), side);
            }
        }
        let combatants = file
            .noun
            .iter()
            .filter(|n| n.status.as_deref() == Some("combatant"))
            .flat_map(|n| &n.words)
            .map(|w| key(w).split(' ').next().unwrap_or_default().to_owned())
            .filter(|w| w.len() >= 4)
            .collect();
        let place_nouns = file
            .places
            .nouns
            .values()
            .flatten()
            .flat_map(|w| file.plural.variants(w))
            .map(|w| recoupe_text::fold(&w))
            .collect();
        Ok(Self {
            names: keys.iter().map(String::as_str).collect(),
            name_refs,
            nouns: noun_keys.iter().map(String::as_str).collect(),
            noun_refs,
            noun_table,
            adjectives: adjectives.into(),
            sides: sides.into(),
            pro_prefixes: file
                .sides
                .get("pro_prefix")
                .map(|w| w.iter().map(|w| recoupe_text::fold(w)).collect())
                .unwrap_or_default(),
            function: file.function,
            epithets: file.epithet,
            places: file.places,
            by_iso2: world.states.iter().enumerate().map(|(i, s)| (s.iso2.clone(), i as u16)).collect(),
            by_iso3: world.states.iter().enumerate().map(|(i, s)| (s.iso3.clone(), i as u16)).collect(),
            party_by_id: world.parties.iter().enumerate().map(|(i, p)| (p.id.clone(), i as u32)).collect(),
            roles,
            place_nouns,
            combatants,
            plural: file.plural,
            world,
        })
    }

    /// Proper names in a stream, leftmost-longest. Acronyms count only in capitals or, from four letters on, inside a sentence with
    /// one; names that packs write with a capital only with one.
    pub fn names_in(&self, view: &crate::View<'_>) -> Vec<Hit<Ref>> {
        let mut out = Vec::new();
        let stream = &view.stream;
        for m in self.names.find_in(&stream.text) {
            let Some(tokens) = stream.tokens(m.start, m.end) else { continue };
            let (spelling, refs) = &self.name_refs[m.number];
            let fits = match spelling {
                Spelling::Acronym => {
                    let s = view.span(&tokens).of(view.text);
                    let letters = s.chars().filter(|c| c.is_alphabetic()).count();
                    // "l'Otan", "le Jnim": those that are spoken as a word are written as a name, too
                    let spoken = letters >= 4 && tokens.start > 0 && view.capital(tokens.start);
                    spoken || s.chars().filter(|c| c.is_uppercase()).count() * 2 > letters
                }
                Spelling::Capital => tokens.clone().any(|t| view.capital(t)),
                Spelling::Lower => true,
            };
            if fits {
                out.push(Hit { tokens, refs: refs.clone() });
            }
        }
        out
    }

    /// Common nouns that name parties, leftmost-longest, over a stream without adjectives of nationality.
    pub fn nouns_in(&self, stream: &crate::view::Stream) -> Vec<Hit<u16>> {
        self.nouns
            .find_in(&stream.text)
            .filter_map(|m| {
                let tokens = stream.tokens(m.start, m.end)?;
                Some(Hit { tokens, refs: self.noun_refs[m.number].clone() })
            })
            .collect()
    }

    /// The state whose adjective or inhabitants a folded word is.
    pub fn adjective(&self, folded: &str) -> Option<u16> {
        self.adjectives.get(folded).copied()
    }

    /// The state behind `pro-turc`, `anti-français` …: the adjective after the prefix.
    pub fn pro_adjective(&self, folded: &str) -> Option<u16> {
        let rest = self.pro_prefixes.iter().find_map(|p| folded.strip_prefix(p.as_str()))?.trim_start_matches('-');
        self.adjective(rest)
    }

    /// The side a folded word tells.
    pub fn side(&self, folded: &str) -> Option<Side> {
        self.sides.get(folded).copied()
    }

    /// A state by its ISO alpha-2 code.
    pub fn state2(&self, iso2: &str) -> Option<u16> {
        self.by_iso2.get(iso2).copied()
    }

    /// A state by its ISO alpha-3 code.
    pub fn state3(&self, iso3: &str) -> Option<u16> {
        self.by_iso3.get(iso3).copied()
    }

    /// Whether a folded noun names a kind of place (`ville`, `colline`, `check-point`).
    pub fn is_place_noun(&self, folded: &str) -> bool {
        self.place_nouns.contains(folded)
    }

    /// First words of the nouns that name armed people, folded: for a cheap test of relevance.
    pub fn combatant_nouns(&self) -> impl Iterator<Item = String> + '_ {
        self.combatants.iter().cloned()
    }

    /// A phrase and its plurals, as the language makes them.
    pub fn variants(&self, phrase: &str) -> Vec<String> {
        self.plural.variants(phrase)
    }

    /// A party of the world packs by id.
    pub fn party(&self, id: &str) -> Option<u32> {
        self.party_by_id.get(id).copied()
    }
}

impl Places {
    fn fold(&mut self) {
        let lists = [
            &mut self.at,
            &mut self.at_article,
            &mut self.at_plural,
            &mut self.of_article,
            &mut self.origin,
            &mut self.towards,
            &mut self.fired,
            &mut self.dwellers,
            &mut self.siding,
            &mut self.seated,
            &mut self.distances,
            &mut self.against,
            &mut self.struck,
            &mut self.articles,
            &mut self.inner_articles,
            &mut self.plural,
            &mut self.sides,
            &mut self.acts,
            &mut self.afterwards,
            &mut self.later,
            &mut self.seats,
            &mut self.pointing,
            &mut self.streets,
            &mut self.heads,
            &mut self.there,
        ];
        for w in lists.into_iter().chain(self.nouns.values_mut()).flatten() {
            *w = recoupe_text::fold(w);
        }
        self.of = recoupe_text::fold(&self.of);
        self.before = crate::places::Before::new(&self.at, &self.of);
        self.kinds = crate::places::kinds(&self.nouns);
    }
}

impl Plural {
    /// The singular and the plurals of a phrase: all its words, and the first alone.
    fn variants(&self, phrase: &str) -> Vec<String> {
        let words: Vec<&str> = phrase.split(' ').collect();
        let mut out = vec![phrase.to_owned()];
        let first: Vec<String> =
            words.iter().enumerate().map(|(i, w)| if i == 0 { self.of(w) } else { (*w).to_owned() }).collect();
        // The words before the first complement agree; what follows a fixed word stays.
        let cut = words.iter().position(|w| self.is_fixed(w)).unwrap_or(words.len());
        let agreed: Vec<String> =
            words.iter().enumerate().map(|(i, w)| if i < cut { self.of(w) } else { (*w).to_owned() }).collect();
        for v in [first.join(" "), agreed.join(" ")] {
            if !out.contains(&v) {
                out.push(v);
            }
        }
        out
    }

    fn is_fixed(&self, w: &str) -> bool {
        self.fixed.iter().any(|f| f == w) || self.elided.iter().any(|e| w.starts_with(e.as_str()))
    }

    fn of(&self, w: &str) -> String {
        if self.is_fixed(w) {
            return w.to_owned();
        }
        for [end, plural] in &self.endings {
            if let Some(stem) = w.strip_suffix(end.as_str()) {
                return format!("{stem}{plural}");
            }
        }
        w.to_owned()
    }
}
