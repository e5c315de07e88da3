//! Dates and times: what day a sentence speaks of, and on what that rests.
//!
//! All words and wordings come from `lang/<xx>/times.toml`: templates with slots, each with an act that says how to count.
//! A [`TimeReader`] is built once and shared.

mod calendar;
mod eval;
mod pack;
mod reader;
mod template;

pub use reader::TimeReader;

use std::ops::Range;

use jiff::civil::Date;
use recoupe_text::Span;

use crate::types::TimePrecision;

/// From where relative dates are counted. Days, both ends inclusive; an interval where the day is not certain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Anchor {
    /// When the page was published.
    pub published: Option<(Date, Date)>,
    /// The day the text last spoke of: for `la veille`, `le lendemain`, `deux jours plus tard`.
    pub narrative: Option<(Date, Date)>,
    /// The clause speaks of what is to come: `mercredi` is then the next one.
    pub future: bool,
}

/// On what a date rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Basis {
    /// Written out with its year.
    Absolute,
    /// Counted from the publication date.
    Relative,
    /// Counted from a date the text spoke of before.
    Narrative,
    /// Nothing to count from: the parts (`weekday`, `day`, `month`) are kept for a later stage.
    Unresolved,
}

/// What a time expression does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeKind {
    /// When something is.
    Point,
    /// How long; never a date.
    Duration,
    /// How often.
    Recurrence,
    /// From then until the page was written.
    Since,
    /// Up to then.
    Until,
    /// Later than the page.
    Future,
    /// A time of day only (`à l'aube`, `vers 3 heures`): the day is that of the narrative, if any.
    DayPart,
}

/// Which of several: the last, this, the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hint {
    /// `dernier`.
    Last,
    /// `ce`.
    This,
    /// `prochain`.
    Next,
}

/// A time expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeMention {
    /// Its words.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<u32>,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// How exact.
    pub precision: TimePrecision,
    /// On what it rests.
    pub basis: Basis,
    /// What it does.
    pub kind: TimeKind,
    /// The weekday named, Monday = 1 … Sunday = 7.
    pub weekday: Option<i8>,
    /// The day of the month named.
    pub day: Option<i8>,
    /// The month named.
    pub month: Option<i8>,
    /// The year named.
    pub year: Option<i16>,
    /// `dernier`, `ce`, `prochain`.
    pub hint: Option<Hint>,
}

impl TimeMention {
    /// Whether it can say when something happened.
    pub fn dates(&self) -> bool {
        matches!(self.kind, TimeKind::Point | TimeKind::Since | TimeKind::Until | TimeKind::Future | TimeKind::DayPart)
    }
}
