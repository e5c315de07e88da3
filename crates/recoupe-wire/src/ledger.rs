//! What a dossier keeps beside the incidents: agreements, control, displacement, relations, names, origins.

use serde::{Deserialize, Serialize};

use crate::{Party, Place, Span, Time};

/// An agreement and the alleged breaches of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Agreement {
    /// Stable within the dossier, a pack's id where known.
    pub id: String,
    /// Normal name.
    pub name: String,
    /// When it was concluded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Time>,
    /// Where it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Between whom.
    pub parties: Vec<Party>,
    /// Ids of the pages that name it.
    pub pages: Vec<String>,
    /// Ids of the claims.
    pub claims: Vec<String>,
    /// Who accuses whom of breaking it.
    pub breaches: Vec<Breach>,
    /// How pages word it, each wording once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub wordings: Vec<Wording>,
    /// The known agreement that its wording can mean, whether or not a page names that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refers_to: Option<Known>,
    /// Ids of incidents inside its zone and its time: candidates, not findings.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<String>,
}

/// A place with a purpose: a base, a camp, a crossing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Site {
    /// Where.
    pub place: Place,
    /// What it is for, where the packs know it: `air_base`, `camp`, `crossing` …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// Who holds it as the packs know it, in the time that the pages speak of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keeper: Option<Party>,
    /// Index in `holding`, where a page says who holds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holding: Option<u32>,
    /// Pages that speak of it.
    pub pages: Vec<String>,
    /// Claims that are told there.
    pub claims: Vec<String>,
    /// Incidents that are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub incidents: Vec<String>,
}

/// An agreement that the packs know.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Known {
    /// The packs' id.
    pub id: String,
    /// Normal name.
    pub name: String,
}

/// Words of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wording {
    /// The words, white space folded.
    pub text: String,
    /// Where they stand.
    pub span: Span,
    /// Id of the page.
    pub page: String,
}

/// One stage of a breach.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BreachState {
    /// `alleged`, `verified`, `attributed`, `denied`.
    pub state: String,
    /// Who says so; `null`: an outlet in its own words.
    pub by: Vec<Option<Party>>,
    /// To whom it is put down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub against: Option<Party>,
    /// Ids of the claims.
    pub claims: Vec<String>,
}

/// An alleged breach.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Breach {
    /// Who says so; absent: an outlet in its own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alleged_by: Option<Party>,
    /// By whom it is said to be broken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub against: Option<Party>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<Time>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Ids of the claims.
    pub claims: Vec<String>,
    /// Who is said to have verified it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verified_by: Option<Party>,
    /// How far it is established, and who says so on whichever page.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<BreachState>,
}

/// Who is said to hold a place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Control {
    /// The place.
    pub place: Place,
    /// The holder; absent where only the loser is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<Party>,
    /// Who lost it or held it before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub against: Option<Party>,
    /// Since when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Time>,
    /// Until when, where a later change ends it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Time>,
    /// `captured`, `recaptured`, `lost`, `holds`.
    pub change: String,
    /// Who says so; `null`: an outlet in its own words.
    pub said_by: Vec<Option<Party>>,
    /// Who denies it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub denied_by: Vec<Option<Party>>,
    /// Whether somebody denies it or names another holder for the same days.
    pub disputed: bool,
    /// Ids of the pages.
    pub pages: Vec<String>,
    /// Ids of the claims.
    pub claims: Vec<String>,
}

/// People who fled or are displaced.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Displacement {
    /// `flow` or `stock`.
    pub kind: String,
    /// Lower bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    /// Upper bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
    /// About.
    pub approx: bool,
    /// `person`, `family` …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Whence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Place>,
    /// Whither.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Place>,
    /// Where they are.
    #[serde(rename = "where", skip_serializing_if = "Option::is_none")]
    pub at: Option<Place>,
    /// Since when the figure counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Time>,
    /// When it was so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<Time>,
    /// Who says so; absent: the outlet itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said_by: Option<Party>,
    /// Id of the first page that gives it.
    pub page: String,
    /// Ids of all pages that give it.
    pub pages: Vec<String>,
    /// Ids of the claims.
    pub claims: Vec<String>,
    /// The words of the figure on the first page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Where they stand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// One party stands to another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Relation {
    /// `supports`, `opposes`, `ally`, `sponsor`, `part_of`.
    pub kind: String,
    /// Who.
    pub from: Party,
    /// To whom.
    pub to: Party,
    /// When it was said to be so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<Time>,
    /// Who says so; `null`: an outlet in its own words.
    pub said_by: Vec<Option<Party>>,
    /// Id of the first page.
    pub page: String,
    /// Ids of all pages that say so.
    pub pages: Vec<String>,
    /// Ids of the claims.
    pub claims: Vec<String>,
}

/// Who calls whom what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NamingUse {
    /// Who is named.
    pub group: Party,
    /// The words, white space folded.
    pub term: String,
    /// Their lemma.
    pub lemma: String,
    /// Whose words; absent: the outlet's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice: Option<Party>,
    /// Whether in quotation marks.
    pub quoted: bool,
    /// Id of the page.
    pub page: String,
    /// Where.
    pub span: Span,
}

/// Pages that go back to one text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Origin {
    /// Stable within the dossier.
    pub id: String,
    /// Ids of the pages.
    pub pages: Vec<String>,
    /// `copy`, `rewrite`, `wire`, `translation`.
    pub kind: String,
    /// The agency credited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit: Option<String>,
    /// The passages that show it.
    pub evidence: Vec<Evidence>,
    /// How much is shared, 0 to 1, three decimals.
    #[serde(serialize_with = "crate::json::share")]
    pub share: f64,
}

/// A passage.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Evidence {
    /// Where.
    pub span: Span,
    /// On which page.
    pub page: String,
}

/// Who is said to have held one place when.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Holding {
    /// The place.
    pub place: Place,
    /// Its holders, by first day; those of unknown days last.
    pub spans: Vec<HoldingSpan>,
    /// Stretches nobody accounts for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<Days>,
    /// Indexes of the last known holder among the spans; several where that is disputed, none where all are known to have ended.
    pub last: Vec<u32>,
}

/// First and last day, ISO 8601; without `to` it is open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Days {
    /// First day.
    pub from: String,
    /// Last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

/// One holder's stretch of time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HoldingSpan {
    /// Who.
    pub holder: Party,
    /// First day that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Last day, where a loss or another's capture ends it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The last day for which somebody says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen: Option<String>,
    /// `captured`, `recaptured`, `holds`.
    pub began: String,
    /// `lost` (given up or lost) or `captured` (taken by the next).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<String>,
    /// Who says so; `null`: an outlet in its own words.
    pub said_by: Vec<Option<Party>>,
    /// Who denies it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub denied_by: Vec<Option<Party>>,
    /// Whether it is denied, or others name another holder for the same days.
    pub disputed: bool,
    /// Ids of the claims.
    pub claims: Vec<String>,
}

/// Figures for one movement or one place over time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FlowSeries {
    /// `flow` or `stock`.
    pub kind: String,
    /// `person`, `family` …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Whence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Place>,
    /// Whither.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Place>,
    /// Where they are.
    #[serde(rename = "where", skip_serializing_if = "Option::is_none")]
    pub at: Option<Place>,
    /// The figures by day.
    pub points: Vec<FlowPoint>,
}

/// One figure of a series.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FlowPoint {
    /// The day it counts for, else that of publication.
    pub day: String,
    /// Lower bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    /// Upper bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
    /// About.
    #[serde(skip_serializing_if = "crate::types::unset")]
    pub approx: bool,
    /// Who counts; absent: the outlet itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said_by: Option<Party>,
    /// Ids of the claims.
    pub claims: Vec<String>,
}

/// What everybody calls one group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Lens {
    /// The group.
    pub group: Party,
    /// The terms, the most used first.
    pub terms: Vec<LensTerm>,
    /// Where a speaker goes over to a term of another tone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shifts: Vec<LensShift>,
}

/// One term for a group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LensTerm {
    /// Its lemma.
    pub term: String,
    /// `plain`, `against`, `for`; absent where the language pack does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tone: Option<String>,
    /// Who uses it.
    pub uses: Vec<LensUse>,
}

/// Whose words something is in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Speaker {
    /// The outlet, where it speaks in its own voice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// The voice that is quoted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice: Option<Party>,
}

/// One speaker's use of a term.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LensUse {
    /// Whose words they are.
    #[serde(flatten)]
    pub by: Speaker,
    /// How often in quotation marks.
    pub quoted: u32,
    /// First day of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// Last day of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
    /// Each use: its index in `namings`.
    pub namings: Vec<u32>,
}

/// A speaker who called a group so first, and then so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LensShift {
    /// Whose words they are.
    #[serde(flatten)]
    pub by: Speaker,
    /// The term before.
    pub before: String,
    /// The last day of it.
    pub until: String,
    /// The term after.
    pub after: String,
    /// Its first day.
    pub since: String,
    /// The uses: indexes in `namings`.
    pub namings: Vec<u32>,
}
