//! The dossier: every claim, and what all pages together give. It mirrors `recoupe.dossier/1`, unserialised.
//!
//! Indexes: `page` into [`Dossier::pages`], claims into [`Dossier::claims`]. A value that carries a span is wrapped in
//! [`At`], which says whose working text the span is in; its `text` on the wire is
//! `page.reading.article.quote(span)`, its `span` there `article.original_span(span)`.

use jiff::civil::Date;
use recoupe_claim::{ControlChange, FlowKind, Naming, RelationKind};
use recoupe_incident::{At, ClaimEntry, Incident, Origin, PageInput, Tone, Voice};
use recoupe_mention::{Id, Party, Place, When};
use recoupe_text::Span;

/// Everything, ready to be written.
#[derive(Clone, Debug, Default)]
pub struct Dossier {
    /// The pages, by source and id.
    pub pages: Vec<PageInput>,
    /// Per page, a publication date that only other pages give (basis `Sibling`); `None` where the page states one itself,
    /// or nothing gives it.
    pub sibling_dates: Vec<Option<When>>,
    /// Every claim, by page and place on the page.
    pub claims: Vec<ClaimEntry>,
    /// Incidents by first day, then id; undated last.
    pub incidents: Vec<Incident>,
    /// Agreements, dated ones first, by date and id.
    pub agreements: Vec<Agreement>,
    /// Who is said to hold what, by place and day.
    pub control: Vec<Control>,
    /// The same, place by place, as intervals.
    pub holding: Vec<Holding>,
    /// Bases, camps, crossings and the like that pages speak of, by name.
    pub sites: Vec<Site>,
    /// People who fled or are displaced, by page.
    pub displacement: Vec<Displacement>,
    /// Figures for one movement or one place that were given for two days or more.
    pub displacement_series: Vec<FlowSeries>,
    /// Who stands with or against whom, by kind and ids.
    pub relations: Vec<Relation>,
    /// Who calls whom what, by page.
    pub namings: Vec<NamingEntry>,
    /// The same, group by group and term by term.
    pub lens: Vec<Lens>,
    /// Pages that go back to one text.
    pub origins: Vec<Origin>,
    /// What people decided, and what became of it.
    pub decisions: recoupe_incident::decisions::Replay,
}

/// An agreement as all pages speak of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// The packs' id (`agreement/sochi-2018`), else `a` and twelve hex digits.
    pub id: String,
    /// The packs' name, else the fullest wording of a page.
    pub name: Id,
    /// When it was concluded, as far as a page says.
    pub date: Option<At<When>>,
    /// Where it holds, or where it was concluded.
    pub place: Option<At<Place>>,
    /// Between whom.
    pub parties: Vec<At<Party>>,
    /// Pages that speak of it.
    pub pages: Vec<usize>,
    /// Claims that speak of it.
    pub claims: Vec<usize>,
    /// Who accuses whom of breaking it.
    pub breaches: Vec<AgreementBreach>,
    /// How pages word it: each wording once, with the words of the first page.
    pub wordings: Vec<At<Span>>,
    /// Pack id and name of the agreement that a shared wording can mean: the one in force on the page's day. An offer, not a merge.
    pub refers_to: Option<(String, String)>,
    /// Incidents inside its zone and its time, as the packs know them (indexes into [`Dossier::incidents`]). That something
    /// happened there and then says nothing of whether it is a breach.
    pub candidates: Vec<usize>,
}

/// How far a breach is established.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BreachStage {
    /// Somebody says so.
    Alleged,
    /// Somebody who is no party has established it.
    Verified,
    /// Somebody says by whom.
    Attributed,
    /// Somebody denies it.
    Denied,
}

impl BreachStage {
    /// As the wire writes it.
    pub fn name(self) -> &'static str {
        match self {
            BreachStage::Alleged => "alleged",
            BreachStage::Verified => "verified",
            BreachStage::Attributed => "attributed",
            BreachStage::Denied => "denied",
        }
    }
}

/// One stage of a breach, with those who say so.
#[derive(Clone, Debug, PartialEq)]
pub struct BreachState {
    /// Which.
    pub stage: BreachStage,
    /// Who, each once; `None` is an outlet.
    pub by: Vec<Voice>,
    /// To whom it is put down, where that is said.
    pub against: Option<At<Party>>,
    /// Claims that say so.
    pub claims: Vec<usize>,
}

/// An accusation of breach. That it is alleged says nothing of whether it happened.
#[derive(Clone, Debug, PartialEq)]
pub struct AgreementBreach {
    /// Who says so; `None` is the outlet.
    pub alleged_by: Voice,
    /// Of whom.
    pub against: Option<At<Party>>,
    /// When it is said to have been broken.
    pub time: Option<At<When>>,
    /// Where.
    pub place: Option<At<Place>>,
    /// Who is said to have verified it.
    pub verified_by: Option<At<Party>>,
    /// Claims that allege it.
    pub claims: Vec<usize>,
    /// Its stages, each with all who say so, of whichever page.
    pub states: Vec<BreachState>,
}

/// A place that is said to be held, taken or lost: one row per place, holder, change and day, with all who say so.
#[derive(Clone, Debug, PartialEq)]
pub struct Control {
    /// Where.
    pub place: At<Place>,
    /// Who holds it; `None` where only the loser is named.
    pub holder: Option<At<Party>>,
    /// Who lost it or held it before.
    pub against: Option<At<Party>>,
    /// First day on which it is said to hold.
    pub from: Option<At<When>>,
    /// Day before the next holder's first, where a later change is claimed.
    pub to: Option<At<When>>,
    /// What happened.
    pub change: ControlChange,
    /// Who says so, each voice once; the first is the first on the first page.
    pub said_by: Vec<Voice>,
    /// Who denies it.
    pub denied_by: Vec<Voice>,
    /// Whether somebody denies it, or claims another holder for the same days.
    pub disputed: bool,
    /// Pages.
    pub pages: Vec<usize>,
    /// Claims.
    pub claims: Vec<usize>,
}

/// A figure for people who fled (flow) or are displaced (stock). Figures of copies share a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Displacement {
    /// Flow or stock.
    pub kind: FlowKind,
    /// Lower bound.
    pub min: Option<i64>,
    /// Upper bound.
    pub max: Option<i64>,
    /// About.
    pub approx: bool,
    /// `person`, `family` …
    pub unit: Id,
    /// Whence.
    pub from: Option<At<Place>>,
    /// Whither.
    pub to: Option<At<Place>>,
    /// Where they are.
    pub at: Option<At<Place>>,
    /// Since when the figure counts.
    pub since: Option<At<When>>,
    /// When it was so, or was said.
    pub time: Option<At<When>>,
    /// Who counts; `None` is the outlet.
    pub said_by: Voice,
    /// The first page that gives it.
    pub page: usize,
    /// All pages that give it.
    pub pages: Vec<usize>,
    /// Claims.
    pub claims: Vec<usize>,
}

/// One party stands to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// How.
    pub kind: RelationKind,
    /// Who.
    pub from: At<Party>,
    /// To whom.
    pub to: At<Party>,
    /// When it was said to be so.
    pub time: Option<At<When>>,
    /// Who says so, each once.
    pub said_by: Vec<Voice>,
    /// The first page that says so.
    pub page: usize,
    /// All pages that say so.
    pub pages: Vec<usize>,
    /// Claims.
    pub claims: Vec<usize>,
}

/// A place with a purpose: a base, a camp, a crossing.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// Where.
    pub place: At<Place>,
    /// What it is for, where the packs know it: `air_base`, `camp`, `crossing` …
    pub purpose: Option<String>,
    /// Who holds it as the packs know it, in the time that the pages speak of.
    pub keeper: Option<Party>,
    /// Index in [`Dossier::holding`], where a page says who holds it.
    pub holding: Option<usize>,
    /// Pages that speak of it.
    pub pages: Vec<usize>,
    /// Claims that are told there.
    pub claims: Vec<usize>,
    /// Incidents that are (indexes into [`Dossier::incidents`]).
    pub incidents: Vec<usize>,
}

/// One naming of one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamingEntry {
    /// Index of the page.
    pub page: usize,
    /// Index in that page's `reading.namings`.
    pub index: usize,
}

impl NamingEntry {
    /// Who calls whom what.
    pub fn naming<'a>(&self, pages: &'a [PageInput]) -> &'a Naming {
        &pages[self.page].reading.namings[self.index]
    }
}

/// Who is said to have held one place when.
#[derive(Clone, Debug, PartialEq)]
pub struct Holding {
    /// The place.
    pub place: At<Place>,
    /// Its holders, by first day; those of unknown days last.
    pub spans: Vec<HoldingSpan>,
    /// Stretches nobody accounts for: after one holder was last seen or lost it, before the next; the last may be open.
    pub unknown: Vec<(Date, Option<Date>)>,
    /// Who is the last known holder (indexes into `spans`); several where that is disputed.
    pub last: Vec<usize>,
}

/// One holder's stretch of time.
#[derive(Clone, Debug, PartialEq)]
pub struct HoldingSpan {
    /// Who.
    pub holder: At<Party>,
    /// First day that is known.
    pub from: Option<Date>,
    /// Last day, where a loss or another's capture ends it.
    pub to: Option<Date>,
    /// The last day for which somebody says so.
    pub seen: Option<Date>,
    /// How it began, as far as is said.
    pub began: ControlChange,
    /// Whether it ended by the holder's own loss or withdrawal (`Lost`) or by another's capture (`Captured`).
    pub ended: Option<ControlChange>,
    /// Who says so.
    pub said_by: Vec<Voice>,
    /// Who denies it.
    pub denied_by: Vec<Voice>,
    /// Whether it is denied, or others name another holder for the same days.
    pub disputed: bool,
    /// Claims.
    pub claims: Vec<usize>,
}

/// Figures for one movement (flows) or one place (stocks) over time; never added up.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowSeries {
    /// Flow or stock.
    pub kind: FlowKind,
    /// `person`, `family` …
    pub unit: Id,
    /// Whence, whither, where, as the first figure says.
    pub from: Option<At<Place>>,
    /// Whither.
    pub to: Option<At<Place>>,
    /// Where they are.
    pub at: Option<At<Place>>,
    /// The figures by day: the day they count for, else that of publication, and the row in [`Dossier::displacement`].
    pub points: Vec<(Date, usize)>,
}

/// Whose words a name is in.
#[derive(Clone, Debug, PartialEq)]
pub enum Speaker {
    /// An outlet, in its own voice.
    Outlet(String),
    /// A voice that is quoted.
    Voice(At<Party>),
}

/// What everybody calls one group.
#[derive(Clone, Debug, PartialEq)]
pub struct Lens {
    /// The group.
    pub group: At<Party>,
    /// The terms, the most used first.
    pub terms: Vec<LensTerm>,
    /// Where a speaker goes over to another tone.
    pub shifts: Vec<LensShift>,
}

/// One term for a group.
#[derive(Clone, Debug, PartialEq)]
pub struct LensTerm {
    /// Its lemma.
    pub lemma: String,
    /// How it sounds, where the language pack says so.
    pub tone: Option<Tone>,
    /// Who uses it.
    pub uses: Vec<LensUse>,
}

/// One speaker's use of a term.
#[derive(Clone, Debug, PartialEq)]
pub struct LensUse {
    /// Who.
    pub by: Speaker,
    /// How often in quotation marks.
    pub quoted: usize,
    /// First and last day of publication.
    pub days: Option<(Date, Date)>,
    /// The uses (indexes into [`Dossier::namings`]).
    pub namings: Vec<usize>,
}

/// A speaker who called a group so first, and then so.
#[derive(Clone, Debug, PartialEq)]
pub struct LensShift {
    /// Who.
    pub by: Speaker,
    /// The term before, and the last day of it.
    pub before: (String, Date),
    /// The term after, and its first day.
    pub after: (String, Date),
    /// The uses.
    pub namings: Vec<usize>,
}
