//! What a page mentions: parties, places, times, quantities, means.

use jiff::civil::Date;
use recoupe_text::Span;

/// A short stable name: of a type, a role, a party. Cheap to clone.
pub type Id = std::sync::Arc<str>;

/// Whether a party fights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum Status {
    /// Takes no part in hostilities.
    Civilian,
    /// Soldiers, police in action, fighters.
    Combatant,
    /// Both, as in “people”.
    Mixed,
    /// The page does not say.
    #[default]
    Unknown,
}

/// Somebody who acts, suffers or speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Party {
    /// Stable id: `TUR/defence-ministry`, `group/hts`, `generic/rebels`.
    pub id: Id,
    /// Normal English form: `Turkey: defence ministry`, `HTS`, `rebels`.
    pub name: Id,
    /// ISO 3166 alpha-2 of the state it belongs to, where there is one.
    pub country: Option<Id>,
    /// Whether it fights.
    pub status: Status,
    /// The words of the page that name it (empty span where it is only understood).
    pub span: Span,
}

/// Where a date rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum TimeBasis {
    /// Written out.
    Absolute,
    /// Counted from the publication date (“jeudi”, “hier”).
    Relative,
    /// Counted from another date of the text (“la veille”).
    Narrative,
    /// Taken from the sentence, paragraph, lead or title around it.
    Inherited,
    /// From another page about the same thing.
    Sibling,
}

/// How exact a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
#[allow(missing_docs)]
pub enum TimePrecision {
    Day,
    Week,
    Month,
    Year,
    Range,
}

/// When something is said to have happened: days, both inclusive.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct When {
    /// First day; `None` when the page alone does not date it (a weekday on an undated page).
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// How exact.
    pub precision: TimePrecision,
    /// Where it rests.
    pub basis: TimeBasis,
    /// The weekday named, Monday = 1 … Sunday = 7: lets a sibling page date an undated one.
    pub weekday: Option<i8>,
    /// The words; empty where inherited without words.
    pub span: Span,
}

/// How exact a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
#[allow(missing_docs)]
pub enum PlacePrecision {
    Exact,
    Town,
    District,
    Province,
    Country,
}

impl PlacePrecision {
    /// Its name for others: `exact`, `town`, `district`, `province`, `country`.
    pub fn name(self) -> &'static str {
        match self {
            PlacePrecision::Exact => "exact",
            PlacePrecision::Town => "town",
            PlacePrecision::District => "district",
            PlacePrecision::Province => "province",
            PlacePrecision::Country => "country",
        }
    }
}

/// Where something is said to have happened.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Place {
    /// GeoNames id (`geonames:170592`) or pack id; empty when the name is not in any gazetteer.
    pub id: Id,
    /// Normal name; the page's words where unknown to the gazetteer.
    pub name: Id,
    /// ISO 3166 alpha-2.
    pub country: Option<Id>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// How exact.
    pub precision: PlacePrecision,
    /// The words.
    pub span: Span,
}

/// A weapon or method.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Means {
    /// Domain id: `airstrike`, `drone`, `artillery`, `ied` …
    pub id: Id,
    /// The words.
    pub span: Span,
}
