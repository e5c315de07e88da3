//! A claim: who says that who did what to whom, where, when, with what toll, how surely.

use recoupe_mention::{Id, Means, Party, Place, Status, When};
use recoupe_page::Article;
use recoupe_text::Span;

/// How a claim is put.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum Certainty {
    /// As a fact.
    #[default]
    Stated,
    /// Presumed, probable, press conditional, unconfirmed.
    Hedged,
    /// Said not to have happened, or not so.
    Denied,
    /// Announced, intended, ordered.
    Planned,
    /// If …, unless …
    Conditional,
    /// As a question.
    Asked,
}

/// A number of people or things, as one voice gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Toll {
    /// Domain id: `killed`, `wounded`, `neutralised`, `captured`, `released`, `missing`, `displaced`, `destroyed`, `seized`, `attacks`, `killed_or_wounded`.
    pub kind: Id,
    /// Who or whose.
    pub group: Party,
    /// Whether those counted fight.
    pub status: Status,
    /// `person`, or what was destroyed, seized or counted: `tank`, `armoured vehicle`, `rocket` …
    pub unit: Id,
    /// Lower bound; `None` when only “up to” or no number is given.
    pub min: Option<i64>,
    /// Upper bound; `None` when open.
    pub max: Option<i64>,
    /// About, some.
    pub approx: bool,
    /// A running total, not the toll of this incident.
    pub cumulative: bool,
    /// Index, in the claim's tolls, of the toll this one is a part of.
    pub part_of: Option<usize>,
    /// The words.
    pub span: Span,
}

/// What happens to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
#[allow(missing_docs)]
pub enum ControlChange {
    Captured,
    Recaptured,
    Lost,
    Holds,
}

/// Flow or stock of displaced people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
#[allow(missing_docs)]
pub enum FlowKind {
    Flow,
    Stock,
}

/// What kind of relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
#[allow(missing_docs)]
pub enum RelationKind {
    Supports,
    Opposes,
    Ally,
    Sponsor,
    PartOf,
}

/// An alleged breach of an agreement.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Breach {
    /// Who says it was broken; `None` = the outlet.
    pub alleged_by: Option<Party>,
    /// By whom.
    pub against: Option<Party>,
    /// Who is said to have verified it.
    pub verified_by: Option<Party>,
}

/// What a claim is about, beyond what all claims share.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum Detail {
    /// Something happened; the type is a domain id: `airstrike`, `shelling`, `armed_clash` …
    Incident,
    /// A place is held, taken or lost.
    Control {
        /// By whom.
        holder: Option<Party>,
        /// What happened to it.
        change: ControlChange,
        /// Who is said to have lost it, or held it before.
        against: Option<Party>,
    },
    /// An agreement is named, concluded, kept, broken.
    Agreement {
        /// Pack id, when known by name.
        id: Option<Id>,
        /// Normal name, or the page's words.
        name: Id,
        /// Between whom.
        parties: Vec<Party>,
        /// Alleged breach.
        breach: Option<Breach>,
        /// The words that name it.
        span: Span,
    },
    /// People fled or are displaced.
    Displacement {
        /// Flow or stock.
        kind: FlowKind,
        /// Lower bound.
        min: Option<i64>,
        /// Upper bound.
        max: Option<i64>,
        /// About.
        approx: bool,
        /// `person`, `family` …
        unit: Id,
        /// Whence.
        from: Option<Place>,
        /// Whither.
        to: Option<Place>,
        /// Where they are (a stock).
        at: Option<Place>,
        /// Since when the figure counts.
        since: Option<When>,
        /// The words that carry the figure.
        span: Span,
    },
    /// Somebody said, demanded, threatened, met, called; types `statement_threat`, `talks`.
    Statement {
        /// To whom.
        to: Option<Party>,
    },
    /// One party stands to another.
    Relation {
        /// How.
        kind: RelationKind,
        /// Who.
        from: Party,
        /// To whom.
        to: Party,
    },
}

/// One statement of one page.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Claim {
    /// The sentence it stands in.
    pub span: Span,
    /// Index of that sentence on the page.
    pub sentence: u32,
    /// Block's `part`: which article on the page.
    pub part: u16,
    /// Domain id of the type: `airstrike` … `displacement`, `agreement`, `capture_of_territory`.
    pub kind: Id,
    /// What it is about.
    pub detail: Detail,
    /// How surely.
    pub certainty: Certainty,
    /// Earlier or wider than what the page reports as news.
    pub background: bool,
    /// Who says so, outermost first; empty = the outlet itself. The last one is the claim's own voice.
    pub voices: Vec<Party>,
    /// When.
    pub time: Option<When>,
    /// Where.
    pub place: Option<Place>,
    /// Who did it.
    pub actor: Option<Party>,
    /// Who names the actor, where that is another voice.
    pub actor_voice: Option<Party>,
    /// To whom.
    pub target: Option<Party>,
    /// With what.
    pub means: Vec<Means>,
    /// Counts.
    pub tolls: Vec<Toll>,
    /// Claims of one page that tell the same incident share a group; it is the index of the first of them.
    pub group: u32,
    /// Ids of the rules that fired, in order.
    pub rules: Vec<Id>,
}

impl Claim {
    /// What it is about, in a word: `incident`, `control`, `agreement`, `displacement`, `statement`, `relation`.
    pub fn about(&self) -> &'static str {
        match self.detail {
            Detail::Incident => "incident",
            Detail::Control { .. } => "control",
            Detail::Agreement { .. } => "agreement",
            Detail::Displacement { .. } => "displacement",
            Detail::Statement { .. } => "statement",
            Detail::Relation { .. } => "relation",
        }
    }

    /// Who does what it tells: its actor, else who holds, or who stands to another.
    pub fn doer(&self) -> Option<&Party> {
        self.actor.as_ref().or(match &self.detail {
            Detail::Control { holder, .. } => holder.as_ref(),
            Detail::Relation { from, .. } => Some(from),
            _ => None,
        })
    }

    /// To whom: its target, else who lost, who is spoken to, or whom one stands to.
    pub fn sufferer(&self) -> Option<&Party> {
        self.target.as_ref().or(match &self.detail {
            Detail::Control { against, .. } => against.as_ref(),
            Detail::Statement { to } => to.as_ref(),
            Detail::Relation { to, .. } => Some(to),
            _ => None,
        })
    }
}

/// Who calls whom what.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Naming {
    /// Who is named.
    pub group: Party,
    /// The words, white space folded.
    pub term: String,
    /// Their lemma.
    pub lemma: String,
    /// Whose words; `None` = the outlet.
    pub voice: Option<Party>,
    /// Whether inside quotation marks.
    pub quoted: bool,
    /// Where.
    pub span: Span,
}

/// All that was read on one page.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Reading {
    /// The page itself.
    pub article: Article,
    /// Spans of its sentences, in order.
    pub sentences: Vec<Span>,
    /// Claims, in order of the page.
    pub claims: Vec<Claim>,
    /// Namings, in order of the page.
    pub namings: Vec<Naming>,
}
