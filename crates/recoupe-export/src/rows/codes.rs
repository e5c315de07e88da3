//! Codes of other schemes: types of incidents (from the domain pack), countries, classes of parties.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use recoupe_wire::Party;

const COUNTRIES: &str = include_str!("../../assets/countries.tsv");

/// What other schemes call the types of incidents, by their ids.
pub type Codes = BTreeMap<String, TypeCodes>;

/// What other schemes call one type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypeCodes {
    /// PLOVER event, with its mode after the first hyphen: `ASSAULT-heavy-weapons`.
    pub plover: Option<String>,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// ACLED event type and sub-event type: `Battles: Armed clash`.
    pub acled: Option<String>,
    /// UCDP types of violence that can apply.
    pub ucdp: Vec<u8>,
}

/// A country in the codes of other schemes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Country {
    /// ISO 3166 alpha-3.
    pub alpha3: &'static str,
    /// ISO 3166 numeric.
    pub numeric: Option<i64>,
    /// Gleditsch and Ward's number.
    pub gw: Option<i64>,
    /// ACLED's region.
    pub acled: &'static str,
    /// UCDP's region.
    pub ucdp: &'static str,
}

static BY_ALPHA2: LazyLock<BTreeMap<&str, Country>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let mut f = line.split('\t');
        let key = f.next()?;
        let mut next = || f.next().unwrap_or_default();
        let alpha3 = next();
        let (numeric, gw) = (next().parse().ok(), next().parse().ok());
        Some((key, Country { alpha3, numeric, gw, acled: next(), ucdp: next() }))
    };
    COUNTRIES.lines().skip(1).filter_map(row).collect()
});

/// A country by its ISO 3166 alpha-2 code; without codes where none is known.
pub fn country(alpha2: Option<&str>) -> Country {
    alpha2.and_then(|a| BY_ALPHA2.get(a)).copied().unwrap_or_default()
}

/// What kind of party somebody is, as far as the stable id tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A state or its organs.
    State,
    /// Rebels, by that word.
    Rebels,
    /// Any other armed group.
    Group,
    /// People who do not fight.
    Civilians,
    /// People who demonstrate.
    Protesters,
    /// International missions and bodies, mercenaries.
    External,
    /// Anything else.
    Other,
}

impl Class {
    /// Whether it fights.
    pub fn armed(self) -> bool {
        matches!(self, Class::State | Class::Rebels | Class::Group)
    }
}

/// The class of a party.
pub fn class(p: &Party) -> Class {
    let (head, tail) = p.id.split_once('/').unwrap_or((p.id.as_str(), ""));
    let state = head.len() == 3 && head.bytes().all(|b| b.is_ascii_uppercase());
    let tail = if head == "generic" || state { tail } else { "" };
    match tail {
        "civilians" | "people" | "children" | "women" | "medics" | "aid-workers" | "journalists" | "displaced"
        | "farmers" | "media" | "activists" | "civil-society" => return Class::Civilians,
        "protesters" => return Class::Protesters,
        "rebels" => return Class::Rebels,
        "separatists"
        | "jihadists"
        | "terrorists"
        | "gunmen"
        | "unidentified-gunmen"
        | "bandits"
        | "militia"
        | "fighters"
        | "armed-groups" => return Class::Group,
        "peacekeepers" | "mercenaries" => return Class::External,
        "soldiers" | "forces" => return Class::State,
        _ => {}
    }
    match head {
        _ if state => Class::State,
        "group" => Class::Group,
        "un" => Class::External,
        _ => Class::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn party(id: &str) -> Party {
        Party { id: id.into(), ..Default::default() }
    }

    #[test]
    fn countries_have_their_codes() {
        let sy = country(Some("SY"));
        assert_eq!(
            (sy.alpha3, sy.numeric, sy.gw, sy.acled, sy.ucdp),
            ("SYR", Some(760), Some(652), "Middle East", "Middle East")
        );
        assert_eq!(country(Some("YE")).gw, Some(678), "the united one");
        assert_eq!(country(Some("NA")).alpha3, "NAM");
        assert_eq!(country(None).alpha3, "");
        assert!(BY_ALPHA2.len() > 240);
        for (a, c) in BY_ALPHA2.iter() {
            assert!(a.len() == 2 && (c.alpha3.is_empty() || c.alpha3.len() == 3), "{a}");
        }
    }

    #[test]
    fn parties_have_a_class_where_their_id_tells() {
        for (id, want) in [
            ("SYR/armed-forces", Class::State),
            ("SYR/civilians", Class::Civilians),
            ("generic/soldiers", Class::State),
            ("generic/rebels", Class::Rebels),
            ("group/hts", Class::Group),
            ("un/unifil", Class::External),
            ("org/sohr", Class::Other),
            ("generic/unknown", Class::Other),
        ] {
            assert_eq!(class(&party(id)), want, "{id}");
        }
    }
}
