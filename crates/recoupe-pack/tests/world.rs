//! The world packs that ship: ids are unique, references resolve, names are usable and belong to one party each.

use std::collections::{BTreeMap, BTreeSet};

use recoupe_pack::Packs;
use recoupe_pack::world::{Names, World};

/// Offices of a state; `<ISO3>/<role>` is a party without an entry of its own.
const ROLES: &[&str] = &[
    "government",
    "presidency",
    "prime-minister",
    "foreign-ministry",
    "defence-ministry",
    "interior-ministry",
    "health-ministry",
    "justice-ministry",
    "armed-forces",
    "air-force",
    "navy",
    "police",
    "gendarmerie",
    "border-guard",
    "coast-guard",
    "national-guard",
    "intelligence",
    "local-authorities",
    "parliament",
    "prosecutor",
    "courts",
    "ambulance-service",
    "civil-defence",
    "embassy",
];

/// Names that more than one party goes by; the country a page is about tells which one is meant.
const AMBIGUOUS: &[&str] = &["forces conjointes"];

/// Acronyms that stand in the list of one language, because in another they are a word.
const ACRONYMS_OF_A_LANGUAGE: &[&str] = &["UN"];

fn world() -> std::sync::Arc<World> {
    World::load(&Packs::baked()).unwrap_or_else(|e| panic!("{e}"))
}

/// The problems found, or nothing: all of them are told at once.
fn report(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

/// Whether an id names a party: one with an entry, or an office of a state.
struct Known {
    ids: BTreeSet<String>,
    states: BTreeSet<String>,
}

impl Known {
    fn of(w: &World) -> Self {
        Self {
            ids: w.parties.iter().map(|p| p.id.clone()).collect(),
            states: w.states.iter().map(|s| s.iso3.clone()).collect(),
        }
    }

    fn has(&self, id: &str) -> bool {
        self.ids.contains(id)
            || id.split_once('/').is_some_and(|(state, role)| self.states.contains(state) && ROLES.contains(&role))
    }
}

fn duplicates<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    ids.filter(|id| !seen.insert(*id)).map(|id| format!("{id}: given twice")).collect()
}

fn empty_names(of: &str, names: &Names, out: &mut Vec<String>) {
    for (lang, list) in names {
        if list.is_empty() || list.iter().any(|n| n.trim().is_empty() || n.trim() != n) {
            out.push(format!("{of}: an empty or untrimmed name in {lang}"));
        }
    }
}

#[test]
fn there_is_enough() {
    let w = world();
    for (what, have, least) in [
        ("states", w.states.len(), 195),
        ("parties", w.parties.len(), 350),
        ("persons", w.persons.len(), 300),
        ("outlets", w.outlets.len(), 120),
        ("agreements", w.agreements.len(), 80),
        ("places", w.places.len(), 250),
    ] {
        assert!(have >= least, "{what}: {have}, at least {least} wanted");
    }
}

#[test]
fn ids_are_unique() {
    let w = world();
    let mut bad = duplicates(w.states.iter().map(|s| s.iso2.as_str()));
    bad.extend(duplicates(w.states.iter().map(|s| s.iso3.as_str())));
    bad.extend(duplicates(w.states.iter().map(|s| s.name.as_str())));
    bad.extend(duplicates(w.parties.iter().map(|p| p.id.as_str())));
    bad.extend(duplicates(w.agreements.iter().map(|a| a.id.as_str())));
    bad.extend(duplicates(w.outlets.iter().map(|o| o.id.as_str())));
    bad.extend(duplicates(w.outlets.iter().flat_map(|o| o.domains.iter().map(String::as_str))));
    report(&bad);
}

#[test]
fn states_are_whole() {
    let mut bad = Vec::new();
    let mut words: BTreeMap<(&str, String), &str> = BTreeMap::new();
    let w = world();
    for s in &w.states {
        let code = |c: &str, n: usize| c.len() == n && c.bytes().all(|b| b.is_ascii_uppercase());
        if !code(&s.iso2, 2) || !code(&s.iso3, 3) {
            bad.push(format!("{}: codes {} and {}", s.name, s.iso2, s.iso3));
        }
        if !s.center.is_some_and(|[lat, lon]| (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon)) {
            bad.push(format!("{}: no centre on Earth", s.name));
        }
        for lang in ["fr", "en"] {
            if s.words.get(lang).is_none_or(|x| x.names.is_empty()) {
                bad.push(format!("{}: no name in {lang}", s.name));
            }
        }
        for (lang, x) in &s.words {
            for n in x.names.iter().chain(&x.adjectives).chain(&x.inhabitants) {
                // Accents count here: they alone part the adjectives of Niger and Nigeria.
                if words.insert((lang, n.to_lowercase()), &s.iso3).is_some_and(|other| other != s.iso3) {
                    bad.push(format!("{}: `{n}` ({lang}) is of another state too", s.iso3));
                }
            }
            for m in &x.metonyms {
                if !ROLES.contains(&m.role.as_str()) {
                    bad.push(format!("{}: `{}` stands for `{}`, which is no role", s.iso3, m.name, m.role));
                }
            }
        }
    }
    report(&bad);
}

#[test]
fn references_resolve() {
    let w = world();
    let known = Known::of(&w);
    let countries: BTreeSet<&str> = w.states.iter().map(|s| s.iso2.as_str()).collect();
    let mut bad = Vec::new();
    let country = |of: &str, c: Option<&str>| match c {
        Some(c) if !c.is_empty() && !countries.contains(c) => Some(format!("{of}: country `{c}` is no state")),
        _ => None,
    };
    for p in &w.parties {
        bad.extend(country(&p.id, p.country.as_deref()));
        for s in &p.sides {
            if !known.has(&s.with) {
                bad.push(format!("{}: side `{}` is no party", p.id, s.with));
            }
            if !["supports", "ally", "sponsor", "part_of", "opposes"].contains(&s.relation.as_str()) {
                bad.push(format!("{}: relation `{}`", p.id, s.relation));
            }
            if s.with == p.id || s.from.zip(s.to).is_some_and(|(a, b)| a > b) {
                bad.push(format!("{}: a side with itself or ending before it began", p.id));
            }
        }
        if let Some((stem, _)) = p.id.split_once('/')
            && stem.bytes().all(|b| b.is_ascii_uppercase())
            && !known.states.contains(stem)
        {
            bad.push(format!("{}: no such state", p.id));
        }
    }
    for p in &w.persons {
        if !known.has(&p.party) {
            bad.push(format!("{}: `{}` is no party", p.name, p.party));
        }
        if p.from.zip(p.to).is_some_and(|(a, b)| a > b) {
            bad.push(format!("{}: left office before entering it", p.name));
        }
    }
    for a in &w.agreements {
        bad.extend(country(&a.id, a.country.as_deref()));
        bad.extend(a.parties.iter().filter(|p| !known.has(p)).map(|p| format!("{}: `{p}` is no party", a.id)));
    }
    for o in &w.outlets {
        bad.extend(country(&o.id, o.country.as_deref()));
    }
    report(&bad);
}

#[test]
fn kinds_are_known() {
    let w = world();
    let mut bad = Vec::new();
    let mut check = |of: &str, kind: &str, kinds: &[&str]| {
        if !kinds.contains(&kind) {
            bad.push(format!("{of}: kind `{kind}`"));
        }
    };
    for p in &w.parties {
        check(
            &p.id,
            &p.kind,
            &[
                "armed-group",
                "state-force",
                "alliance",
                "political",
                "observatory",
                "agency",
                "un",
                "igo",
                "ngo",
                "medical",
                "people",
            ],
        );
        check(&p.id, &p.status, &["combatant", "civilian", "mixed"]);
    }
    for p in &w.places {
        check(&p.name, &p.kind, &["town", "district", "province", "region", "country", "site", "road", "water"]);
    }
    for a in &w.agreements {
        check(
            &a.id,
            &a.kind,
            &["ceasefire", "de-escalation", "peace", "withdrawal", "exchange", "humanitarian", "other"],
        );
    }
    for o in &w.outlets {
        check(&o.id, &o.kind, &["agency", "state-media", "press", "broadcaster", "site"]);
    }
    report(&bad);
}

#[test]
fn names_are_usable() {
    let w = world();
    let mut bad = Vec::new();
    w.parties.iter().for_each(|p| empty_names(&p.id, &p.names, &mut bad));
    w.persons.iter().for_each(|p| empty_names(&p.name, &p.names, &mut bad));
    w.places.iter().for_each(|p| empty_names(&p.name, &p.names, &mut bad));
    w.agreements.iter().for_each(|a| empty_names(&a.id, &a.names, &mut bad));
    w.outlets.iter().for_each(|o| empty_names(&o.id, &o.names, &mut bad));
    for p in &w.parties {
        if p.names.is_empty() {
            bad.push(format!("{}: no names", p.id));
        }
        for (lang, names) in &p.names {
            for n in names {
                let acronym =
                    n.chars().any(char::is_alphabetic) && !n.contains(' ') && !n.chars().any(char::is_lowercase);
                match lang.as_str() {
                    "any" if !n.chars().any(char::is_uppercase) => bad.push(format!("{}: `{n}` is no acronym", p.id)),
                    "fr" | "en" if acronym && !ACRONYMS_OF_A_LANGUAGE.contains(&n.as_str()) => {
                        bad.push(format!("{}: the acronym `{n}` belongs to `any`", p.id));
                    }
                    _ => {}
                }
            }
        }
    }
    report(&bad);
}

#[test]
fn a_name_belongs_to_one_party() {
    let w = world();
    let mut bad = Vec::new();
    for lang in ["fr", "en"] {
        let mut owner: BTreeMap<String, &str> = BTreeMap::new();
        for p in &w.parties {
            for n in [lang, "any"].iter().filter_map(|l| p.names.get(*l)).flatten() {
                let key = recoupe_text::fold(n).replace('-', " ");
                if AMBIGUOUS.contains(&key.as_str()) {
                    continue;
                }
                if let Some(other) = owner.insert(key, &p.id).filter(|o| *o != p.id) {
                    bad.push(format!("`{n}` ({lang}): {other} and {}", p.id));
                }
            }
        }
        for s in &w.states {
            for n in s.words.get(lang).iter().flat_map(|x| &x.names) {
                if let Some(p) = owner.get(&recoupe_text::fold(n).replace('-', " ")) {
                    bad.push(format!("`{n}` ({lang}): {} and {p}", s.iso3));
                }
            }
        }
    }
    report(&bad);
}

#[test]
fn places_are_on_earth_and_given_once() {
    let w = world();
    let mut bad = Vec::new();
    let mut seen = BTreeSet::new();
    for p in &w.places {
        if !(-90.0..=90.0).contains(&p.lat) || !(-180.0..=180.0).contains(&p.lon) {
            bad.push(format!("{}: {}, {}", p.name, p.lat, p.lon));
        }
        if !seen.insert((&p.name, &p.country)) {
            bad.push(format!("{} ({}): given twice", p.name, p.country));
        }
    }
    report(&bad);
}

#[test]
fn agreements_have_dates_and_own_names() {
    let w = world();
    let mut bad = Vec::new();
    let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
    for a in &w.agreements {
        for d in [&a.date, &a.end].into_iter().flatten() {
            let mut parts = d.split('-');
            let year = parts.next().is_some_and(|y| digits(y, 4));
            if !year || !parts.all(|p| digits(p, 2)) {
                bad.push(format!("{}: date `{d}`", a.id));
            }
        }
    }
    for lang in ["fr", "en"] {
        let mut owner: BTreeMap<String, &str> = BTreeMap::new();
        for a in &w.agreements {
            for n in a.names.get(lang).into_iter().flatten() {
                if let Some(other) = owner.insert(recoupe_text::fold(n), &a.id).filter(|o| *o != a.id) {
                    bad.push(format!("`{n}` ({lang}): {other} and {}", a.id));
                }
            }
        }
    }
    report(&bad);
}
