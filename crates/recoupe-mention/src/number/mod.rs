//! Numbers: how many, with what bound, how exactly — and which figures count nothing.
//!
//! All words come from `lang/<xx>/numbers.toml`. A [`NumberReader`] is built once and shared; reading a sentence takes
//! microseconds.

pub(crate) mod atoms;
pub(crate) mod compose;
pub(crate) mod digits;
pub(crate) mod pack;
mod reader;

pub use crate::toks::Toks;
pub use reader::NumberReader;

use std::ops::Range;

use recoupe_text::Span;

/// What a number measures. Only [`Kind::Cardinal`] and [`Kind::Article`] can count people or things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A count.
    Cardinal,
    /// `un`, `une`: a count of one, or only an article.
    Article,
    /// `1er`, `troisième`.
    Ordinal,
    /// A share in a hundred.
    Percent,
    /// An amount of money.
    Money,
    /// A distance, weight, calibre or other measured amount.
    Measure,
    /// A stretch of time.
    Duration,
    /// Somebody's age.
    Age,
    /// A time of day.
    Hour,
    /// Part of a date.
    Date,
    /// A calendar year.
    Year,
    /// Part of a name: a route, an aircraft, a phone number.
    Label,
    /// `deux tiers`.
    Fraction,
    /// A number with decimals that counts nothing whole.
    Decimal,
    /// The figure that a newer one replaces: `passé de 12 à 18`.
    Former,
}

impl Kind {
    /// The kind of a unit as packs name it.
    fn of_unit(name: &str) -> Option<Kind> {
        Some(match name {
            "percent" => Kind::Percent,
            "money" => Kind::Money,
            "measure" => Kind::Measure,
            "duration" => Kind::Duration,
            _ => return None,
        })
    }
}

/// What a word says about a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bound {
    AtLeast,
    AtMost,
    About,
}

/// A figure as the page gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// The whole expression with its approximator: `au moins neuf`, `une dizaine`.
    pub span: Span,
    /// The tokens of [`Quantity::span`].
    pub tokens: Range<u32>,
    /// The tokens of the number alone; empty for nothing but a vague word.
    pub core: Range<u32>,
    /// Lower bound.
    pub min: Option<i64>,
    /// Upper bound.
    pub max: Option<i64>,
    /// Whether the page calls it approximate, or gives only an order of size.
    pub approx: bool,
    /// What it measures.
    pub kind: Kind,
    /// May well not be a count at all (`un`, `neuf`, `pas de`): needs support from its neighbours.
    pub weak: bool,
    /// A stated zero: `aucun`, `zéro`, `pas de`.
    pub zero: bool,
    /// After a definite article or the like (`les deux soldats`): points back to something already counted.
    pub definite: bool,
    /// Written in digits.
    pub digits: bool,
    /// Tokens of the unit that follows, for measures, durations and the like; empty else.
    pub unit: Range<u32>,
}

impl Quantity {
    /// Whether it can be a count of people or things.
    pub fn counts(&self) -> bool {
        matches!(self.kind, Kind::Cardinal | Kind::Article)
    }
    /// Whether it is an order of size without any figure: `plusieurs`, `des dizaines`.
    pub fn vague(&self) -> bool {
        self.min.is_none() && self.max.is_none()
    }
}
