//! What the cross-check of many pages yields. Indexes are into the pages in canonical order and into [`CrossCheck::claims`].

use jiff::civil::Date;
use recoupe_claim::{Claim, Reading};
use recoupe_mention::{Id, Party, Place, Status, When};
use recoupe_text::Span;

/// One page as it enters the cross-check.
#[derive(Clone, Debug)]
pub struct PageInput {
    /// `sha256:…` of the page's original bytes; the caller makes it.
    pub id: String,
    /// Path or URL as the user gave it.
    pub source: String,
    /// What was read on it.
    pub reading: Reading,
}

/// Puts pages in the canonical order, by source and then by id, so that the order they came in changes nothing.
pub fn canonical(pages: &mut [PageInput]) {
    pages.sort_by(|a, b| (&a.source, &a.id).cmp(&(&b.source, &b.id)));
}

/// A value together with the page whose text its span points into.
#[derive(Clone, Debug, PartialEq)]
pub struct At<T> {
    /// Index of the page.
    pub page: usize,
    /// The value; its span is in that page's working text.
    pub value: T,
}

impl<T> At<T> {
    /// A value of a page.
    pub fn new(page: usize, value: T) -> Self {
        Self { page, value }
    }
}

/// Who says something: `None` is the outlet of the page itself.
pub type Voice = Option<At<Party>>;

/// A claim of one page, under an id that stays the same as long as page and sentence do.
#[derive(Clone, Debug)]
pub struct ClaimEntry {
    /// `c` and twelve hex digits over page id, span and role.
    pub id: String,
    /// Index of the page.
    pub page: usize,
    /// Index in that page's `reading.claims`.
    pub index: usize,
    /// Index of the incident it tells; `None` for relations, and for claims that belong to a ledger only.
    pub incident: Option<usize>,
    /// Index in [`CrossCheck::origins`] where the page, or the passage the claim stands in, is shared with others.
    pub origin: Option<usize>,
    /// The claim's own time, or the day another page gave it (basis `Sibling`).
    pub time: Option<When>,
}

impl ClaimEntry {
    /// The claim itself.
    pub fn claim<'a>(&self, pages: &'a [PageInput]) -> &'a Claim {
        &pages[self.page].reading.claims[self.index]
    }
    /// Whose words they are: the claim's last voice, with its page.
    pub fn voice(&self, pages: &[PageInput]) -> Voice {
        self.claim(pages).voices.last().map(|v| At::new(self.page, v.clone()))
    }
}

/// One reason for or against two accounts being one incident.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkFeature {
    /// Which feature: `time`, `place`, `type`, `target`, `actor`, `toll`, `toll_pair`, `copy`, `background` …
    pub name: &'static str,
    /// What was compared, for people.
    pub value: String,
    /// What it adds or takes.
    pub points: i32,
}

/// Why the accounts of two pages were taken for one incident.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// A claim of the one account (its first).
    pub left: usize,
    /// A claim of the other.
    pub right: usize,
    /// Sum of the features' points.
    pub score: i32,
    /// What the score is made of.
    pub features: Vec<LinkFeature>,
}

/// A culprit or a victim, with those who name it.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldValue {
    /// The party, in the form it is named most exactly.
    pub value: At<Party>,
    /// Who says so; `None` is an outlet. Each voice once.
    pub said_by: Vec<Voice>,
    /// Who denies it.
    pub denied_by: Vec<Voice>,
    /// Claims that say or deny it.
    pub claims: Vec<usize>,
}

/// One voice's figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Who counts; `None` is the outlet.
    pub voice: Voice,
    /// Lower bound.
    pub min: Option<i64>,
    /// Upper bound.
    pub max: Option<i64>,
    /// About.
    pub approx: bool,
    /// Whether it is put with a hedge.
    pub hedged: bool,
    /// Whether the voice denies it.
    pub denied: bool,
    /// Claims that give it.
    pub claims: Vec<usize>,
    /// Index of the toll in the first claim's `tolls`.
    pub toll: usize,
    /// The origin it counts for, as [`CrossCheck::origins`] numbers them; `None` where the page stands alone.
    pub origin: Option<usize>,
}

/// The figures of all voices for one kind of loss of one group.
#[derive(Clone, Debug, PartialEq)]
pub struct IncidentToll {
    /// `killed`, `wounded` …
    pub kind: Id,
    /// Who or whose, in the form named most exactly.
    pub group: At<Party>,
    /// `person`, `tank` …
    pub unit: Id,
    /// Whether it counts a part of another toll of the incident (children among the civilians).
    pub part: bool,
    /// Lowest figure that stands.
    pub low: Option<i64>,
    /// Highest figure; `None` where no voice bounds it.
    pub high: Option<i64>,
    /// Each voice's figure; copies of one account share an entry.
    pub by: Vec<Figure>,
    /// The figures by day of publication, where there are two days or more.
    pub series: Vec<SeriesPoint>,
    /// One figure by a rule; `None` where nobody chose a rule, or the rule gives none.
    pub figure: Option<ChosenFigure>,
}

/// What one voice's figure was on one day of publication.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesPoint {
    /// The day the pages were published.
    pub published: Date,
    /// Who counts; `None` is the outlet.
    pub voice: Voice,
    /// Lower bound.
    pub min: Option<i64>,
    /// Upper bound.
    pub max: Option<i64>,
    /// About.
    pub approx: bool,
    /// Claims that give it on that day.
    pub claims: Vec<usize>,
}

/// A figure that a named rule made of what the voices say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChosenFigure {
    /// The rule as it was asked for: `median`, `hierarchy:org/sohr,UN/ohchr`.
    pub rule: String,
    /// The figure, where the rule gives one.
    pub value: Option<i64>,
    /// The lowest, where the rule gives a range.
    pub low: Option<i64>,
    /// The best of the range.
    pub best: Option<i64>,
    /// The highest.
    pub high: Option<i64>,
    /// A grade, where the rule gives one.
    pub grade: Option<&'static str>,
    /// Claims that it rests on.
    pub claims: Vec<usize>,
}

/// Which field the accounts part on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Field {
    Happened,
    Actor,
    Target,
    TargetStatus,
    Type,
    Time,
    Place,
    Toll,
}

impl Field {
    /// As the wire writes it.
    pub fn name(self) -> &'static str {
        match self {
            Field::Happened => "happened",
            Field::Actor => "actor",
            Field::Target => "target",
            Field::TargetStatus => "target_status",
            Field::Type => "type",
            Field::Time => "time",
            Field::Place => "place",
            Field::Toll => "toll",
        }
    }
}

/// What one side holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// It happened, or did not.
    Happened(bool),
    /// A culprit or victim; `false` where the side denies that it was this party.
    Party(At<Party>, bool),
    /// Whether those who suffered it fight.
    Status(Status),
    /// A type of incident.
    Kind(Id),
    /// A time.
    Time(At<When>),
    /// A place.
    Place(At<Place>),
    /// A figure: lower and upper bound, and whether it is about.
    Figure(Option<i64>, Option<i64>, bool),
}

/// One side of a disagreement, or of a difference that is none.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// What they say.
    pub value: Value,
    /// Who; each once.
    pub voices: Vec<Voice>,
    /// In which claims.
    pub claims: Vec<usize>,
}

/// Accounts that cannot all be right.
#[derive(Clone, Debug, PartialEq)]
pub struct Disagreement {
    /// What about.
    pub field: Field,
    /// For a toll: its index in [`Incident::tolls`].
    pub toll: Option<usize>,
    /// The sides, the one with most independent origins first.
    pub sides: Vec<Side>,
}

/// Why two figures that are not the same do not contradict each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Harmless {
    /// One is rounded or about the other.
    Rounding,
    /// The one's open range holds the other (“at least 9” and 11).
    Inside,
    /// A later page counts more.
    Update,
    /// One counts a part of the other.
    Part,
    /// One counts killed, the other neutralised or killed and wounded together.
    OtherMeasure,
    /// One names the party more exactly than the other (an army and its air force).
    LessExact,
    /// They count different people: both can have been hurt.
    OtherVictims,
}

impl Harmless {
    /// A stable word for it.
    pub fn name(self) -> &'static str {
        match self {
            Harmless::Rounding => "rounding",
            Harmless::Inside => "inside",
            Harmless::Update => "update",
            Harmless::Part => "part",
            Harmless::OtherMeasure => "other_measure",
            Harmless::LessExact => "less_exact",
            Harmless::OtherVictims => "other_victims",
        }
    }
}

/// A difference that is no contradiction, with the reason.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// What about.
    pub field: Field,
    /// For a toll: its index in [`Incident::tolls`].
    pub toll: Option<usize>,
    /// Why it does not contradict.
    pub reason: Harmless,
    /// The sides, as they stand.
    pub sides: Vec<Side>,
}

/// How the accounts of an incident stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// All go back to one source.
    SingleOrigin,
    /// Two sources or more, and nothing contradicts.
    Agreed,
    /// They contradict in a figure, a time, a place or a type.
    Differs,
    /// They contradict in whether it happened, who did it or to whom.
    Contested,
}

impl Standing {
    /// All, the least serious first.
    pub const ALL: [Standing; 4] = [Standing::SingleOrigin, Standing::Agreed, Standing::Differs, Standing::Contested];

    /// As the wire writes it.
    pub fn name(self) -> &'static str {
        match self {
            Standing::SingleOrigin => "single_origin",
            Standing::Agreed => "agreed",
            Standing::Differs => "differs",
            Standing::Contested => "contested",
        }
    }
}

/// How one incident stands to another it was not merged with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RelatedKind {
    /// Part of a wider one (a strike in a battle).
    PartOf,
    /// An answer to it.
    InResponseTo,
    /// A summary or running total that covers it.
    CoveredBy,
}

impl RelatedKind {
    /// A stable word for it.
    pub fn name(self) -> &'static str {
        match self {
            RelatedKind::PartOf => "part_of",
            RelatedKind::InResponseTo => "in_response_to",
            RelatedKind::CoveredBy => "covered_by",
        }
    }
}

/// A tie to another incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Index of the other incident.
    pub incident: usize,
    /// How this one stands to it.
    pub kind: RelatedKind,
}

/// Something that is said to have happened, as all pages tell it.
#[derive(Clone, Debug, PartialEq)]
pub struct Incident {
    /// `i` and twelve hex digits; made from its smallest claim anchor, so another page does not rename it.
    pub id: String,
    /// Domain id of the type most sources give.
    pub kind: Id,
    /// When: the narrowest time that most sources give.
    pub time: Option<At<When>>,
    /// Where: the most exact place that most sources give.
    pub place: Option<At<Place>>,
    /// Type, place and day in plain English; a report in another language makes its own from the fields.
    pub title: String,
    /// Whether all its claims are background on their pages.
    pub background: bool,
    /// Whether all its claims only plan, suppose or ask for it.
    pub planned: bool,
    /// Whether it is a summary: a running total, or a stretch of time longer than a week.
    pub summary: bool,
    /// Its claims, by page and place on the page.
    pub claims: Vec<usize>,
    /// Its pages.
    pub pages: Vec<usize>,
    /// How many independent sources tell it.
    pub origins: usize,
    /// Everybody who tells it, each once; `None` is an outlet's own words.
    pub voices: Vec<Voice>,
    /// Who is said to have done it.
    pub actor: Vec<FieldValue>,
    /// To whom.
    pub target: Vec<FieldValue>,
    /// Counts.
    pub tolls: Vec<IncidentToll>,
    /// Running totals mentioned with it: never part of its tolls.
    pub cumulative: Vec<IncidentToll>,
    /// How the accounts stand.
    pub standing: Standing,
    /// Where they contradict.
    pub disagreements: Vec<Disagreement>,
    /// Where they differ without contradiction, and why.
    pub differences: Vec<Difference>,
    /// Why its pages were put together.
    pub links: Vec<Link>,
    /// Ties to others.
    pub related: Vec<Related>,
}

/// How pages share their text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OriginKind {
    /// The same sentences.
    Copy,
    /// The same facts in the same order in other words.
    Rewrite,
    /// Agency text with an agency's credit.
    Wire,
    /// The same text in another language.
    Translation,
}

impl OriginKind {
    /// As the wire writes it.
    pub fn name(self) -> &'static str {
        match self {
            OriginKind::Copy => "copy",
            OriginKind::Rewrite => "rewrite",
            OriginKind::Wire => "wire",
            OriginKind::Translation => "translation",
        }
    }
}

/// Pages that go back to one text.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// `o` and twelve hex digits over its smallest page id.
    pub id: String,
    /// Its pages, at least two.
    pub pages: Vec<usize>,
    /// The loosest kind among its pairs, or wire where an agency is credited.
    pub kind: OriginKind,
    /// The agency credited by most of them.
    pub credit: Option<String>,
    /// Sentences that show it: both halves of every match.
    pub evidence: Vec<At<Span>>,
    /// How much of the shortest page is shared, 0 to 1.
    pub share: f64,
}

/// All that comes out of comparing pages.
#[derive(Clone, Debug, Default)]
pub struct CrossCheck {
    /// Every claim of every page, in canonical order.
    pub claims: Vec<ClaimEntry>,
    /// Incidents, by first day, then id; undated last.
    pub incidents: Vec<Incident>,
    /// Shared origins, by first page.
    pub origins: Vec<Origin>,
    /// Per page: the first day it can have been published on, where another page's dates give it; never for dated pages.
    pub sibling_dates: Vec<Option<When>>,
}
