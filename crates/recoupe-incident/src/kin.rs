//! Whether two parties can be one, whether two places are, and how times lie to each other.

use jiff::civil::Date;
use recoupe_mention::{Party, Place, PlacePrecision, When};
use recoupe_text::fold;

use crate::table::{Class, Table};

/// How two names of parties stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kin {
    /// Cannot be one party.
    Differ,
    /// Nothing can be said.
    Unknown,
    /// One can be the other, named less exactly.
    Near,
    /// The same party.
    Same,
}

/// The stem of a state's party: `TUR` of `TUR/air-force`.
pub fn state(p: &Party) -> Option<&str> {
    let (stem, _) = p.id.split_once('/')?;
    (stem.len() == 3 && stem.bytes().all(|b| b.is_ascii_uppercase())).then_some(stem)
}

fn named(p: &Party) -> bool {
    !p.id.is_empty() && !p.id.starts_with("generic/")
}

/// Compares two parties by id, state, country and class.
pub fn kin(t: &Table, a: &Party, b: &Party) -> Kin {
    kin_of(a, t.class(a), b, t.class(b))
}

/// [`kin`], where the classes are known already.
pub(crate) fn kin_of(a: &Party, ca: Class, b: &Party, cb: Class) -> Kin {
    if (!a.id.is_empty() && a.id == b.id) || a.name == b.name {
        return differ_by_country(a, b).unwrap_or(Kin::Same);
    }
    if let (Some(x), Some(y)) = (state(a), state(b))
        && x != y
    {
        return Kin::Differ;
    }
    let civil = |c| matches!(c, Class::Civil | Class::Child | Class::Media);
    let fights = |c| matches!(c, Class::Police | Class::Forces | Class::Group);
    let official = |c| matches!(c, Class::Police | Class::Forces | Class::State);
    if civil(ca) && civil(cb) {
        return Kin::Near;
    }
    if (civil(ca) && (fights(cb) || cb == Class::State)) || (civil(cb) && (fights(ca) || ca == Class::State)) {
        // “people” may be anybody; “civilians” may not be soldiers
        let vague = |p: &Party| !matches!(p.status, recoupe_mention::Status::Civilian);
        return if (civil(ca) && vague(a)) || (civil(cb) && vague(b)) { Kin::Unknown } else { Kin::Differ };
    }
    if let Some(k) = differ_by_country(a, b) {
        return k;
    }
    match (ca, cb) {
        (Class::Materiel, Class::Materiel) => share_word(a, b),
        (x, y) if official(x) && official(y) => Kin::Near,
        (Class::Group, Class::Group) => {
            if named(a) && named(b) {
                share_word(a, b)
            } else {
                Kin::Near
            }
        }
        (x, Class::Group) | (Class::Group, x) if official(x) => Kin::Differ,
        (Class::Source, Class::Source) => Kin::Near,
        (x, y) if x == y && x != Class::Unknown => Kin::Near,
        _ => Kin::Unknown,
    }
}

fn differ_by_country(a: &Party, b: &Party) -> Option<Kin> {
    match (&a.country, &b.country) {
        (Some(x), Some(y)) if x != y => Some(Kin::Differ),
        _ => None,
    }
}

fn share_word(a: &Party, b: &Party) -> Kin {
    let (x, y) = (fold(&a.name), fold(&b.name));
    let split = |s: &str| -> Vec<String> {
        s.split(|c: char| !c.is_alphanumeric())
            .filter(|w| w.len() > 2)
            .map(|w| w.trim_end_matches('s').to_owned())
            .collect()
    };
    let (x, y) = (split(&x), split(&y));
    if x.iter().any(|w| y.contains(w)) { Kin::Near } else { Kin::Differ }
}

/// How two places lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Lie {
    /// One place, or within a few kilometres.
    Same,
    /// Neighbouring, within so many kilometres.
    Close(u32),
    /// One lies, or can lie, in the other.
    Inside,
    /// Only known to be in one country.
    Country,
    /// One of them is unknown to any gazetteer, and the names differ.
    Unknown,
    /// So many kilometres apart.
    Apart(u32),
    /// In different countries.
    Abroad,
}

/// A place's name as it is compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bare {
    /// Without articles and marks; see [`bare`].
    pub full: String,
    /// Its consonants only, which most ways of writing a foreign name have in common; empty where too few to tell.
    pub bones: String,
    /// The same of the words that the page has for it, where they differ.
    pub words: String,
}

impl Bare {
    /// Of a name.
    pub fn of(t: &Table, name: &str) -> Self {
        let full = bare(t, name);
        Self { bones: bones(&full), full, words: String::new() }
    }
    /// Of a name, and of the words a page has for it.
    pub fn with(t: &Table, name: &str, words: &str) -> Self {
        let own = Self::of(t, name);
        let words = bones(&bare(t, words));
        Self { words: if words == own.bones { String::new() } else { words }, ..own }
    }
    /// Whether both can be one name.
    pub fn is(&self, other: &Self) -> bool {
        let one = |x: &str, y: &str| !x.is_empty() && x == y;
        one(&self.full, &other.full)
            || one(&self.bones, &other.bones)
            || one(&self.words, &other.words)
            || one(&self.words, &other.bones)
            || one(&self.bones, &other.words)
    }
}

/// The consonants of a bare name, doubled ones once: `deir balah` and `dayr balah` → `drblh`. Empty below three.
pub(crate) fn bones(bare: &str) -> String {
    let mut out = String::new();
    for c in bare.chars().filter(|c| c.is_alphanumeric()) {
        if !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w') && !out.ends_with(c) {
            out.push(c);
        }
    }
    if out.chars().count() < 3 { String::new() } else { out }
}

/// Compares two places by id, name, coordinates and precision.
pub fn lie(t: &Table, a: &Place, b: &Place) -> Lie {
    lie_of(a, &Bare::of(t, &a.name), b, &Bare::of(t, &b.name))
}

/// [`lie`], where the bare names are known already.
pub(crate) fn lie_of(a: &Place, x: &Bare, b: &Place, y: &Bare) -> Lie {
    let wide = |p: &Place| matches!(p.precision, PlacePrecision::Province | PlacePrecision::District);
    let country = |p: &Place| p.precision == PlacePrecision::Country;
    // the country of a place that no gazetteer knows is a guess of its page
    if !a.id.is_empty() && a.id == b.id && a.lat.is_none() && b.lat.is_none() && !country(a) {
        return Lie::Same;
    }
    if let (Some(x), Some(y)) = (&a.country, &b.country)
        && x != y
        && km(a, b).is_none_or(|d| d > 30.0)
    {
        return Lie::Abroad;
    }
    if country(a) && country(b) {
        return Lie::Country;
    }
    if !a.id.is_empty() && a.id == b.id {
        return Lie::Same;
    }
    if country(a) || country(b) {
        return if a.country.is_some() && a.country == b.country { Lie::Country } else { Lie::Unknown };
    }
    let same_name = x.is(y);
    let Some(d) = km(a, b) else {
        let within = |x: &str, y: &str| x.len() > 3 && format!(" {y} ").contains(&format!(" {x} "));
        return if same_name {
            Lie::Same
        } else if within(&x.full, &y.full) || within(&y.full, &x.full) {
            Lie::Inside
        } else {
            Lie::Unknown
        };
    };
    let reach = |p: &Place| -> f64 {
        match p.precision {
            PlacePrecision::District => 40.0,
            PlacePrecision::Province => 100.0,
            _ => 0.0,
        }
    };
    if wide(a) != wide(b) {
        // a district named after its town is mostly the town
        let province = |p: &Place| p.precision == PlacePrecision::Province;
        if same_name && d <= 20.0 && !province(a) && !province(b) {
            return Lie::Same;
        }
        // a province's namesake town is not the whole province
        let r = reach(a).max(reach(b));
        return if d <= r { Lie::Inside } else { Lie::Apart(d as u32) };
    }
    if wide(a) && wide(b) {
        return if same_name {
            Lie::Same
        } else if (a.precision != b.precision && d <= 100.0) || d <= reach(a) / 2.0 {
            // two “regions” whose middles lie that near are one around the other, whatever both are called
            Lie::Inside
        } else {
            Lie::Apart(d as u32)
        };
    }
    if d <= 6.0 || (same_name && d <= 30.0) {
        Lie::Same
    } else if d <= 30.0 {
        Lie::Close(d as u32)
    } else {
        Lie::Apart(d as u32)
    }
}

/// A name without articles and marks: `Al-Nayrab` → `nayrab`.
pub fn bare(t: &Table, name: &str) -> String {
    let folded = fold(name);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let kept: Vec<&str> = words.iter().copied().filter(|w| !t.article(w)).collect();
    if kept.is_empty() { words.join(" ") } else { kept.join(" ") }
}

/// Kilometres between two places, good to a percent below a few hundred; only sums, products and a root, so that every
/// machine gives the same.
pub fn km(a: &Place, b: &Place) -> Option<f64> {
    let (la, oa, lb, ob) = (a.lat?, a.lon?, b.lat?, b.lon?);
    let r = (la + lb) / 2.0 * 0.017_453_292_519_943_295;
    let r2 = r * r;
    let cos = 1.0 - r2 / 2.0 * (1.0 - r2 / 12.0 * (1.0 - r2 / 30.0 * (1.0 - r2 / 56.0)));
    let mut dl = (oa - ob).abs();
    if dl > 180.0 {
        dl = 360.0 - dl;
    }
    let (x, y) = (dl * cos * 111.32, (la - lb) * 111.32);
    Some((x * x + y * y).sqrt())
}

/// A day as a number that can be subtracted.
pub fn day(d: Date) -> i32 {
    (d.duration_since(jiff::civil::date(2000, 1, 1)).as_hours() / 24) as i32
}

/// First and last day, where both ends or one are known.
pub fn span_days(w: &When) -> Option<(i32, i32)> {
    match (w.from, w.to) {
        (Some(a), Some(b)) => Some((day(a), day(b).max(day(a)))),
        (Some(a), None) | (None, Some(a)) => Some((day(a), day(a))),
        (None, None) => None,
    }
}
