//! What several claims say happened, and how they stand to each other.

use serde::{Deserialize, Serialize};

use crate::types::unset;
use crate::{Party, Place, Time};

/// What several claims say happened.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Incident {
    /// Stable within the dossier.
    pub id: String,
    /// Domain id.
    #[serde(rename = "type")]
    pub kind_of: String,
    /// When, as far as most sources agree.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<Time>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Type, place and day in plain English.
    pub title: String,
    /// Whether every page tells it as earlier or wider than its news.
    #[serde(skip_serializing_if = "unset")]
    pub background: bool,
    /// Whether it sums up a longer time.
    #[serde(skip_serializing_if = "unset")]
    pub summary: bool,
    /// Ids of its claims.
    pub claims: Vec<String>,
    /// Ids of its pages.
    pub pages: Vec<String>,
    /// How many origins that do not copy each other.
    pub origins: u32,
    /// Who speaks of it; `null`: an outlet in its own words.
    pub voices: Vec<Option<Party>>,
    /// Who is said to have done it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub actor: Vec<Attribution>,
    /// Who is said to have suffered it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub target: Vec<Attribution>,
    /// Counts, each with the figures of every voice.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tolls: Vec<IncidentToll>,
    /// Running totals told with it, never part of its tolls.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cumulative: Vec<IncidentToll>,
    /// `single_origin`, `agreed`, `differs`, `contested`.
    pub standing: String,
    /// Where the accounts cannot all be right.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub disagreements: Vec<Disagreement>,
    /// Where they differ and can all be right, with the reason.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub differences: Vec<Disagreement>,
    /// Why claims of several pages were put together, pair by pair.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Ties to other incidents.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Related>,
}

/// A party and who names it so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Attribution {
    /// The party.
    pub value: Party,
    /// Who says so; `null`: an outlet in its own words.
    pub said_by: Vec<Option<Party>>,
    /// Who denies it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub denied_by: Vec<Option<Party>>,
    /// Ids of the claims.
    pub claims: Vec<String>,
}

/// One count of an incident.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IncidentToll {
    /// `killed`, `wounded` …
    pub kind: String,
    /// Who or whose.
    pub group: Party,
    /// `person`, `tank` …
    pub unit: String,
    /// Whether it counts a part of another toll of the incident.
    #[serde(skip_serializing_if = "unset")]
    pub part: bool,
    /// The lowest figure that stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<i64>,
    /// The highest; absent where no voice bounds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<i64>,
    /// The figure of each voice; copies of one account share an entry.
    pub by: Vec<Figure>,
    /// The figures by day of publication, where there are two days or more.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub series: Vec<SeriesPoint>,
    /// One figure by the rule that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub figure: Option<ChosenFigure>,
}

/// What one voice's figure was on one day of publication.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SeriesPoint {
    /// The day, ISO 8601.
    pub published: String,
    /// Who counts; absent: an outlet in its own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice: Option<Party>,
    /// Lower bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    /// Upper bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
    /// About.
    #[serde(skip_serializing_if = "unset")]
    pub approx: bool,
    /// Ids of the claims that give it on that day.
    pub claims: Vec<String>,
}

/// A figure that a rule made of what the voices say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ChosenFigure {
    /// The rule as it was asked for.
    pub rule: String,
    /// The figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<i64>,
    /// The lowest, where the rule gives a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<i64>,
    /// The best.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub best: Option<i64>,
    /// The highest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<i64>,
    /// `confirmed`, `fair`, `weak`, `contested`, `discounted`, where the rule grades.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    /// Ids of the claims it rests on.
    pub claims: Vec<String>,
}

/// A figure and who gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Figure {
    /// Who; absent: an outlet in its own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice: Option<Party>,
    /// Lower bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    /// Upper bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
    /// About.
    pub approx: bool,
    /// Put with a hedge.
    #[serde(skip_serializing_if = "unset")]
    pub hedged: bool,
    /// Denied by the voice.
    #[serde(skip_serializing_if = "unset")]
    pub denied: bool,
    /// Ids of the claims.
    pub claims: Vec<String>,
    /// Index of the toll in the first of these claims.
    pub toll: u32,
    /// Id of the origin it goes back to; absent where its page shares with none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
}

/// A field on which the accounts part.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Disagreement {
    /// `toll`, `actor`, `target`, `target_status`, `place`, `time`, `type`, `happened`.
    pub field: String,
    /// For a toll: its index in the incident's tolls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub toll: Option<u32>,
    /// Why it is no contradiction: `rounding`, `inside`, `update`, `part`, `other_measure`, `less_exact`,
    /// `other_victims`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who says what, the side with most origins first.
    pub sides: Vec<Side>,
}

/// One side of a disagreement.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Side {
    /// What is said.
    pub value: Value,
    /// Who says it; `null`: an outlet in its own words.
    pub voices: Vec<Option<Party>>,
    /// Ids of the claims.
    pub claims: Vec<String>,
}

/// What one side says, under the name of what it is: `{"happened": false}`, `{"figure": {"min": 2, "max": 2}}` …
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// It happened, or did not.
    Happened(bool),
    /// It was this party.
    Party(Party),
    /// It was not this party.
    NotParty(Party),
    /// Those who suffered it are `civilian` or `combatant`.
    Status(String),
    /// It was of this type.
    Type(String),
    /// It was then.
    Time(Time),
    /// It was there.
    Place(Place),
    /// So many.
    Figure {
        /// Lower bound.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<i64>,
        /// Upper bound.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<i64>,
        /// About.
        #[serde(default)]
        approx: bool,
    },
}

impl Default for Value {
    fn default() -> Self {
        Value::Happened(true)
    }
}

/// Why two accounts were taken for one incident.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Link {
    /// Id of a claim.
    pub left: String,
    /// Id of a claim of another page.
    pub right: String,
    /// Sum of the features' points.
    pub score: i32,
    /// What the score is made of.
    pub features: Vec<Feature>,
}

/// One reason for or against.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Feature {
    /// `time`, `place`, `type`, `toll` …
    pub name: String,
    /// What was compared.
    pub value: String,
    /// What it adds or takes.
    pub points: i32,
}

/// A tie to another incident.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Related {
    /// Id of the other.
    pub incident: String,
    /// `part_of`, `in_response_to`, `covered_by`.
    pub kind: String,
}
