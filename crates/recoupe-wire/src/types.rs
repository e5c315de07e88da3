//! Pages, claims, incidents.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Agreement, Confirmed, Control, Corrected, Decisions, Displacement, FlowSeries, Holding, Incident, Lens, NamingUse,
    Origin, Relation, Site,
};

/// True for `false`: marks that are only written when set.
pub(crate) fn unset(b: &bool) -> bool {
    !*b
}

/// A half-open range of bytes of the page as it came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// Everything that was read and cross-checked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Dossier {
    /// [`crate::FORMAT`].
    pub format: String,
    /// By what it was made.
    pub made: Made,
    /// The pages, in the order of their sources.
    pub pages: Vec<Page>,
    /// The claims, by page and place on the page.
    pub claims: Vec<Claim>,
    /// The incidents, by date.
    pub incidents: Vec<Incident>,
    /// The agreements ledger.
    pub agreements: Vec<Agreement>,
    /// Who is said to hold what.
    pub control: Vec<Control>,
    /// The same place by place, as intervals.
    pub holding: Vec<Holding>,
    /// Bases, camps, crossings and the like.
    pub sites: Vec<Site>,
    /// Flows and stocks of displaced people.
    pub displacement: Vec<Displacement>,
    /// Those of one movement or place that were given for two days or more.
    pub displacement_series: Vec<FlowSeries>,
    /// Who is said to stand how to whom.
    pub relations: Vec<Relation>,
    /// Who calls whom what.
    pub namings: Vec<NamingUse>,
    /// The same group by group and term by term.
    pub naming_lens: Vec<Lens>,
    /// Pages that go back to one origin.
    pub origins: Vec<Origin>,
    /// What people decided, and what became of it; absent where there were no decisions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decisions: Option<Decisions>,
}

/// By what a dossier was made: enough to make it again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Made {
    /// Version of Recoupe.
    pub recoupe: String,
    /// The packs in force, by id.
    pub packs: Vec<PackDigest>,
    /// The rule by which many figures became one; absent where nobody chose one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub figures: Option<String>,
}

/// One pack and the digest of its files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PackDigest {
    /// `lang/fr`, `world/levant` …
    pub id: String,
    /// SHA-256 over paths and bytes, in hexadecimal.
    pub sha256: String,
}

/// One page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Page {
    /// `sha256:…` of the bytes.
    pub id: String,
    /// The path or address as it was given.
    pub source: String,
    /// Where it was published, when known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Its headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Who published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// Agencies credited.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub agency: Vec<String>,
    /// ISO 639-1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// When it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Time>,
    /// Parts that are not the article, each with its reason.
    pub dropped: Vec<Dropped>,
    /// The encoding it was decoded from, where it was not UTF-8; spans count bytes of the decoding.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// Whether it is HTML: quotes are then the visible text.
    #[serde(skip_serializing_if = "unset")]
    pub html: bool,
    /// What was noticed while reading.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// The text, where the writer was asked to put it in (the HTML page view needs it).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub view: Option<View>,
}

/// The text of a page and how it maps to the page's bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct View {
    /// What a reader sees: markup and entities resolved.
    pub text: String,
    /// Stretches `[text start, text length, page start, page length]`, in order, gapless in the text; empty when the text
    /// is the page itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub map: Vec<[u32; 4]>,
}

/// A part of a page that is not the article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Dropped {
    /// Where.
    pub span: Span,
    /// `menu`, `share`, `comments`, `related`, `credit`, `repeat`, `form`, `error`, `other`.
    pub why: String,
}

/// Something worth knowing about a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Note {
    /// Stable name.
    pub code: String,
    /// In plain words.
    pub message: String,
    /// Where on the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// Days, both inclusive, ISO 8601.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Time {
    /// First day; absent when only a weekday is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// `day`, `week`, `month`, `year`, `range`.
    pub precision: String,
    /// `absolute`, `relative`, `narrative`, `inherited`, `sibling` …; for a page also `metadata`, `dateline`, `given` …
    pub basis: String,
    /// The weekday, Monday = 1, where the words name one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weekday: Option<i8>,
    /// The words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Where they stand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// Id of the page that `span` is in, where it is not that of the claim around it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
}

/// Somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Party {
    /// Stable id: `TUR/defence-ministry`, `group/hts`, `generic/rebels`.
    pub id: String,
    /// Normal English form.
    pub name: String,
    /// ISO 3166 alpha-2 of its state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// What the page says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Where the page says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// Id of the page that `span` is in, where it is not that of the claim around it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
}

/// Somewhere.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// `geonames:170592` or a pack's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Normal name.
    pub name: String,
    /// ISO 3166 alpha-2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Degrees north, four decimals.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "crate::json::degrees")]
    pub lat: Option<f64>,
    /// Degrees east, four decimals.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "crate::json::degrees")]
    pub lon: Option<f64>,
    /// `exact`, `town`, `district`, `province`, `country`.
    pub precision: String,
    /// What the page says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// Id of the page that `span` is in, where it is not that of the claim around it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
}

/// A weapon or method.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Means {
    /// Domain id.
    pub id: String,
    /// The words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// A count, as one voice gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Toll {
    /// `killed`, `wounded`, `neutralised`, `captured` …
    pub kind: String,
    /// Who or whose.
    pub group: Party,
    /// `civilian`, `combatant`, `mixed`, `unknown`.
    pub status: String,
    /// `person`, `tank` …
    pub unit: String,
    /// Lower bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    /// Upper bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
    /// About.
    pub approx: bool,
    /// A running total, not the toll of this incident.
    pub cumulative: bool,
    /// Index, in the claim, of the toll it is a part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part_of: Option<u32>,
    /// The words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// One statement of one page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Claim {
    /// Stable within the dossier.
    pub id: String,
    /// Id of its page.
    pub page: String,
    /// The sentence.
    pub span: Span,
    /// Its words, white space folded.
    pub quote: String,
    /// Index of the sentence on the page.
    pub sentence: u32,
    /// `incident`, `control`, `agreement`, `displacement`, `statement`, `relation`.
    pub kind: String,
    /// The incident it tells of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub incident: Option<String>,
    /// Domain id.
    #[serde(rename = "type")]
    pub kind_of: String,
    /// `stated`, `hedged`, `denied`, `planned`, `conditional`, `asked`.
    pub certainty: String,
    /// Earlier or wider than the page's news.
    pub background: bool,
    /// Who says so; absent: the outlet itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice: Option<Party>,
    /// The chain of voices, outermost first, where there is more than one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub voices: Vec<Party>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<Time>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Who did it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<Party>,
    /// Who names the actor, where that is another voice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor_voice: Option<Party>,
    /// To whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Party>,
    /// With what.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub means: Vec<Means>,
    /// Counts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tolls: Vec<Toll>,
    /// The rules that fired, in order, joined by blanks.
    pub rule: String,
    /// Whether somebody took it out of the evidence: it belongs to no incident and no ledger.
    #[serde(skip_serializing_if = "unset")]
    pub rejected: bool,
    /// Fields that somebody corrected, by name: `actor`, `toll.killed` …
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub corrected: BTreeMap<String, Corrected>,
    /// Who confirmed it, or a field of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub confirmed: Vec<Confirmed>,
}
