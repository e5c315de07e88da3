//! Which of the places of one name a page means.
//!
//! All scores are whole numbers and all ties are broken by the order of [`Gazetteer::lookup`], so that the same page gives the
//! same places everywhere. Precision goes before recall: a name that only resembles a hamlet in a country nobody
//! spoke of stays unresolved.

use std::collections::BTreeMap;

use crate::format::Kind;
use crate::gazetteer::{Gazetteer, How, PlaceRef};
use crate::score::{Anchor, Options, Scored, Shares};

/// What the words around a name say it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KindHint {
    /// *le pays*, a name of a state.
    Country,
    /// *province de*, *gouvernorat*, *oblast*, *État de*.
    Province,
    /// *district de*, *cercle de*.
    District,
    /// *région de*: a division of any level, or an area without borders.
    Region,
    /// *ville de*, *village*, *localité*, *camp de déplacés*.
    Town,
    /// *base*, *aéroport*, *poste-frontière*.
    Site,
    /// *mer*, *détroit*, *lac*, *fleuve*.
    Water,
}

impl KindHint {
    /// Whether a place of this kind is what the word says.
    pub fn fits(self, kind: Kind) -> bool {
        match self {
            KindHint::Country => kind == Kind::Country,
            KindHint::Province => matches!(kind, Kind::Province | Kind::Region),
            KindHint::District => kind == Kind::District,
            KindHint::Region => matches!(kind, Kind::Province | Kind::District | Kind::Region),
            KindHint::Town => kind.is_settlement(),
            KindHint::Site => matches!(kind, Kind::Site | Kind::Town | Kind::Capital),
            KindHint::Water => kind == Kind::Water,
        }
    }

    /// Whether it says an area rather than a settlement or a site.
    pub(crate) fn is_area(self) -> bool {
        matches!(self, KindHint::Country | KindHint::Province | KindHint::District | KindHint::Region)
    }
}

/// A name on a page and what stands around it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlaceQuery<'a> {
    /// The name, without the word for its kind.
    pub name: &'a str,
    /// What the word before or after it says it is.
    pub kind: Option<KindHint>,
    /// Country named in apposition: *Boni (Mali)*.
    pub country: Option<[u8; 2]>,
    /// Whether the grammar says it is a place: *à X*, *près de X*, *de X à Y*, a dateline.
    pub cued: bool,
    /// Whether it is named as a town is, so that a country of that name gives way to its capital: *à Djibouti*.
    pub town: bool,
}

/// What is known of the page's and the batch's whereabouts before the names are read.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// Countries spoken of and how much: one for a mention is a good measure.
    pub countries: Vec<([u8; 2], u32)>,
    /// Points the batch is about (places resolved on other pages), latitude and longitude.
    pub anchors: Vec<(f64, f64)>,
}

/// How finely a place is known. In the order of WIRE: exact, town, district, province, country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// A site: a base, a bridge, a crossing.
    Exact,
    /// A populated place.
    Town,
    /// A second-order division, a road.
    District,
    /// A first-order division, a region, a sea.
    Province,
    /// A country.
    Country,
}

impl Precision {
    /// The word for it in the wire format.
    pub fn as_str(self) -> &'static str {
        match self {
            Precision::Exact => "exact",
            Precision::Town => "town",
            Precision::District => "district",
            Precision::Province => "province",
            Precision::Country => "country",
        }
    }

    pub(crate) fn of(kind: Kind, hint: Option<KindHint>) -> Self {
        let own = match kind {
            Kind::Country => Precision::Country,
            Kind::Province | Kind::Region | Kind::Water => Precision::Province,
            Kind::District | Kind::Road => Precision::District,
            Kind::Town | Kind::Capital => Precision::Town,
            Kind::Site => Precision::Exact,
        };
        match hint {
            Some(KindHint::Province | KindHint::Region) => own.max(Precision::Province),
            Some(KindHint::District) => own.max(Precision::District),
            _ => own,
        }
    }
}

/// The place a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// Which place.
    pub place: PlaceRef,
    /// How its name was met.
    pub how: How,
    /// How finely it is known; a hint (*province de*) makes it coarser than the record found.
    pub precision: Precision,
    /// Points, for comparing readings; from 150 on there is hardly a doubt.
    pub score: i32,
}

/// Resolves the names of one page together, so that each helps the others. Gives one answer for each query, `None` where no
/// place is meant or none is sure enough.
pub fn resolve(gazetteer: &Gazetteer, queries: &[PlaceQuery<'_>], context: &Context) -> Vec<Option<Resolved>> {
    // Equal queries get equal answers, and a name repeated ten times is no ten grounds for its country.
    let mut numbers: BTreeMap<&PlaceQuery<'_>, usize> = BTreeMap::new();
    let mut unique: Vec<&PlaceQuery<'_>> = Vec::new();
    let of_query: Vec<usize> = queries
        .iter()
        .map(|q| {
            *numbers.entry(q).or_insert_with(|| {
                unique.push(q);
                unique.len() - 1
            })
        })
        .collect();
    let mut buffer = Vec::new();
    let options: Vec<Options<'_>> = unique
        .iter()
        .map(|q| {
            gazetteer.lookup(q.name, &mut buffer);
            Options::new(gazetteer, q, &buffer)
        })
        .collect();
    let shares = Shares::new(&options, context);
    // Twice: the first pass knows the countries, the second also the places the first one found.
    let mut taken: Vec<Option<Scored>> = Vec::new();
    for _ in 0..2 {
        let anchors = Anchor::all(context, &taken);
        taken = options.iter().enumerate().map(|(i, o)| o.best(i, &shares, &anchors)).collect();
    }
    of_query.into_iter().map(|i| taken[i].as_ref().map(|t| t.resolved)).collect()
}
