//! Points for and against each place of a name.

use std::collections::BTreeMap;

use crate::format::Kind;
use crate::gazetteer::{Candidate, Gazetteer, How, Place};
use crate::geo::distance_km;
use crate::key::key;
use crate::resolve::{Context, PlaceQuery, Precision, Resolved};

/// What each ground counts for. Ten points are a factor of ten in the number of inhabitants. The values were set on the names of
/// `tests/names.tsv` and `tests/no_places.txt`.
mod points {
    /// A known spelling, another transliteration of one. Mere resemblance counts nothing, which is more than the difference
    /// of a city and a hamlet.
    pub const KNOWN: i32 = 44;
    pub const NEAR_SPELLING: i32 = 24;
    /// The name is the one the place goes by, not one of its many others: Nikopol was once called Sloviansk.
    pub const PROPER: i32 = 8;
    /// For each doubling of the inhabitants.
    pub const DOUBLING: i32 = 3;
    /// A state is spoken of more often than any town of its name.
    pub const COUNTRY: i32 = 90;
    pub const CAPITAL: i32 = 24;
    pub const TOWN: i32 = 6;
    pub const PROVINCE: i32 = 4;
    pub const DISTRICT: i32 = -12;
    /// Someone wrote a pack's places down because news speak of them.
    pub const PACK: i32 = 70;
    /// All that is spoken of lies in the candidate's country; less in proportion.
    pub const HOME: i32 = 80;
    /// The candidate's country is not spoken of, though others are. Provinces far away are named less often than cities;
    /// short names of old (Boni for Bonn) are mostly something else.
    pub const FOREIGN: i32 = -20;
    pub const FOREIGN_DIVISION: i32 = -36;
    pub const FOREIGN_SHORT: i32 = -34;
    /// A pack's villages are known for their own war only.
    pub const FOREIGN_PACK: i32 = -44;
    /// Letters of the key below which a name is short.
    pub const SHORT: usize = 5;
    /// The apposition names its country, or another one.
    pub const NAMED: i32 = 120;
    /// The word for the kind fits, or does not.
    pub const KIND_FITS: i32 = 40;
    pub const KIND_DIFFERS: i32 = -30;
    /// Another place of the page or batch within so many kilometres.
    pub const NEAR: [(f64, i32); 3] = [(40.0, 36), (120.0, 24), (300.0, 10)];
    /// The grammar says it is a place.
    pub const CUED: i32 = 14;
    /// From here on a name is taken.
    pub const TAKEN: i32 = 96;
    /// Thousandths of the page that must be about its country before another spelling of a small place is taken.
    pub const HOME_SHARE: i32 = 80;
    /// Thousandths of the page about its country from which such a place may lie far from all others of the page.
    pub const MAIN_SHARE: i32 = 400;
    /// Inhabitants from which another spelling is taken without its country being spoken of.
    pub const CITY: u32 = 200_000;
    /// Inhabitants from which another spelling is taken without the grammar's word for it that it is a place at all.
    pub const TOWNLET: u32 = 5_000;
    /// Inhabitants supposed where the worldwide table gives none: it lists such places only if they are seats of a division.
    pub const SEAT: u32 = 8_000;
    /// Inhabitants from which mere resemblance is taken in a country spoken of, without the grammar's word for it.
    pub const SIZABLE: u32 = 20_000;
    /// Letters of the key below which a resemblance is mere chance.
    pub const VARIANT_KEY: usize = 4;
}

/// A place the page or batch is about.
pub(crate) struct Anchor {
    /// Which query found it, to keep a name from being its own neighbour.
    who: usize,
    point: (f64, f64),
}

impl Anchor {
    /// The batch's points and those of the first pass.
    pub fn all(context: &Context, taken: &[Option<Scored>]) -> Vec<Anchor> {
        let batch = context.anchors.iter().map(|point| Anchor { who: usize::MAX, point: *point });
        let page = taken.iter().enumerate().filter_map(|(who, t)| Some(Anchor { who, point: t.as_ref()?.point? }));
        batch.chain(page).collect()
    }
}

/// A candidate that was taken.
pub(crate) struct Scored {
    pub resolved: Resolved,
    /// Where it lies, if it is more than a country.
    point: Option<(f64, f64)>,
}

struct Bearer<'a> {
    how: How,
    place: Place<'a>,
    /// Points by itself, without the company.
    base: i32,
    /// Under the name the place goes by.
    proper: bool,
    /// From a pack or a user's table.
    upper: bool,
    population: u32,
}

/// The candidates of one query.
pub(crate) struct Options<'a> {
    query: &'a PlaceQuery<'a>,
    bearers: Vec<Bearer<'a>>,
    key_len: usize,
}

impl<'a> Options<'a> {
    pub fn new(gazetteer: &'a Gazetteer, query: &'a PlaceQuery<'a>, candidates: &[Candidate]) -> Self {
        let key_of_name = key(query.name);
        let all: Vec<(Candidate, Place<'a>, bool)> = candidates
            .iter()
            .filter_map(|c| gazetteer.place(c.place).map(|p| (*c, p, c.how < How::Near && key(p.name) == key_of_name)))
            .collect();
        let bearers = all
            .iter()
            .filter(|(c, p, proper)| !stands_back(query, c, p, *proper, &all))
            .map(|(c, p, proper)| Bearer {
                how: c.how,
                place: *p,
                base: base(query, c, p, *proper),
                proper: *proper,
                upper: c.place.layer > 0,
                population: population(c, p),
            })
            .collect();
        Self { query, bearers, key_len: key_of_name.len() }
    }

    /// The best place, if it is good enough, given the countries and places around query number `me`.
    pub fn best(&self, me: usize, shares: &Shares, anchors: &[Anchor]) -> Option<Scored> {
        let mut best: Option<Scored> = None;
        for b in &self.bearers {
            let p = &b.place;
            let share = shares.without(me, p.country);
            let named = match self.query.country {
                Some(n) if n == p.country => points::NAMED,
                Some(_) => -points::NAMED,
                None => 0,
            };
            if b.how >= How::Near && named <= 0 && !self.variant_allowed(b, share) {
                continue;
            }
            let area = p.kind == Kind::Country;
            let home = match share {
                Some(0) if !area => self.foreign(b),
                Some(s) => points::HOME * s / 1000,
                None => 0,
            };
            let near = if area { 0 } else { nearness(me, (p.lat, p.lon), anchors) };
            // Another spelling of a small place far from all the page speaks of is chance.
            let stray = b.how >= How::Near && !b.upper && b.population < points::CITY && named <= 0;
            if stray
                && near == 0
                && share.is_some_and(|s| s < points::MAIN_SHARE)
                && anchors.iter().any(|a| a.who != me)
            {
                continue;
            }
            let score = b.base + home + named + near;
            if score >= points::TAKEN && best.as_ref().is_none_or(|o| score > o.resolved.score) {
                let precision = Precision::of(p.kind, self.query.kind);
                let resolved = Resolved { place: p.at, how: b.how, precision, score };
                best = Some(Scored { resolved, point: (!area).then_some((p.lat, p.lon)) });
            }
        }
        best
    }

    /// Another spelling counts where the page is about the country, or where the place is a city and the name long enough; mere
    /// resemblance only in a country spoken of, and only of long names.
    fn variant_allowed(&self, b: &Bearer<'_>, share: Option<i32>) -> bool {
        let home = share.is_some_and(|s| s >= points::HOME_SHARE);
        match b.how {
            How::Exact | How::Folded => true,
            How::Near if b.upper && share != Some(0) => self.key_len >= points::VARIANT_KEY - 1,
            How::Near if home && (self.query.cued || b.population >= points::TOWNLET) => {
                self.key_len >= points::VARIANT_KEY - 1
            }
            // A page that speaks of other countries only hardly means a city of yet another one by a spelling of its own.
            How::Near if share == Some(0) => false,
            How::Near => self.query.cued && b.population >= points::CITY && self.key_len >= points::SHORT,
            How::Variant if !home && !b.upper => false,
            How::Variant if self.query.cued => self.key_len >= points::VARIANT_KEY,
            How::Variant => self.key_len >= points::SHORT && (b.upper || b.population >= points::SIZABLE),
        }
    }

    fn foreign(&self, b: &Bearer<'_>) -> i32 {
        // "le marché de X" says that X is a place, not that it is the X of a country nobody speaks of
        let kind = self.query.kind.is_some_and(|h| h.fits(b.place.kind));
        let chance = b.place.kind == Kind::Town && !b.upper && b.population < points::CITY && kind;
        self.far(b) - if chance { points::KIND_FITS } else { 0 }
    }

    fn far(&self, b: &Bearer<'_>) -> i32 {
        match b.place.kind {
            _ if b.place.country == *b"  " => 0,
            Kind::Town | Kind::District if b.upper => points::FOREIGN_PACK,
            Kind::Province | Kind::District => points::FOREIGN_DIVISION,
            _ if self.key_len < points::SHORT && !b.proper && !b.upper => points::FOREIGN_SHORT,
            _ => points::FOREIGN,
        }
    }

    /// Its vote, spread over the countries of its known spellings by the square of how likely each is by itself.
    fn votes(&self) -> Vec<([u8; 2], i64)> {
        if let Some(named) = self.query.country {
            return vec![(named, 2 * Shares::VOTE)];
        }
        let mut best: BTreeMap<[u8; 2], i64> = BTreeMap::new();
        for b in self.bearers.iter().filter(|b| b.how < How::Near && b.place.country != *b"  ") {
            let points = i64::from((b.base - points::KNOWN).max(1));
            let e = best.entry(b.place.country).or_default();
            *e = (*e).max(points * points);
        }
        let sum: i64 = best.values().sum();
        best.into_iter().map(|(c, v)| (c, v * Shares::VOTE / sum.max(1))).filter(|(_, v)| *v > 0).collect()
    }
}

/// Its inhabitants, or what to suppose.
fn population(c: &Candidate, p: &Place<'_>) -> u32 {
    if p.population == 0 && c.place.layer == 0 && p.kind.is_settlement() { points::SEAT } else { p.population }
}

/// Points of a candidate by itself: spelling, size, kind, and what the words beside it say.
fn base(query: &PlaceQuery<'_>, c: &Candidate, p: &Place<'_>, proper: bool) -> i32 {
    let spelling = match c.how {
        How::Exact | How::Folded => points::KNOWN,
        How::Near => points::NEAR_SPELLING,
        How::Variant => 0,
    };
    let kind = match p.kind {
        Kind::Country if c.how < How::Near => points::COUNTRY,
        Kind::Capital => points::CAPITAL,
        Kind::Town => points::TOWN,
        Kind::Province => points::PROVINCE,
        Kind::District => points::DISTRICT,
        Kind::Country | Kind::Region | Kind::Site | Kind::Road | Kind::Water => 0,
    };
    let hint = query.kind.map_or(0, |h| if h.fits(p.kind) { points::KIND_FITS } else { points::KIND_DIFFERS });
    let size = points::DOUBLING * (32 - population(c, p).leading_zeros()) as i32;
    let when = |yes: bool, points: i32| if yes { points } else { 0 };
    kind + hint
        + spelling
        + size
        + when(proper, points::PROPER)
        + when(c.place.layer > 0, points::PACK)
        + when(query.cued, points::CUED)
}

/// Whether a candidate makes room for another of the same name: a division for the town it is called after, unless the page
/// says *province*; a country for its capital, where the capital goes by the name and the country does not (*Tunis*).
fn stands_back(
    query: &PlaceQuery<'_>,
    c: &Candidate,
    p: &Place<'_>,
    proper: bool,
    all: &[(Candidate, Place<'_>, bool)],
) -> bool {
    if query.kind.is_some_and(|k| k.is_area()) {
        return false;
    }
    // Exact and folded are one rank here: accents tell no town from its province.
    let rank = |how: How| how >= How::Near;
    all.iter()
        .filter(|(oc, op, _)| op.kind.is_settlement() && op.country == p.country && rank(oc.how) <= rank(c.how))
        .any(|(_, op, oproper)| match p.kind {
            Kind::Province | Kind::District => {
                op.province == Some(p.at) || distance_km((op.lat, op.lon), (p.lat, p.lon)) < 60.0
            }
            Kind::Country => op.kind == Kind::Capital && (query.town || *oproper && !proper),
            _ => false,
        })
}

fn nearness(me: usize, point: (f64, f64), anchors: &[Anchor]) -> i32 {
    let (far_km, _) = points::NEAR[points::NEAR.len() - 1];
    // A quick look before the exact one; places of news lie below 70 degrees, where a degree of longitude has 38 km.
    let (far_lat, far_lon) = (far_km / 110.0, far_km / 38.0);
    let mut best = 0;
    for a in anchors
        .iter()
        .filter(|a| a.who != me && (a.point.0 - point.0).abs() < far_lat && (a.point.1 - point.1).abs() < far_lon)
    {
        let km = distance_km(point, a.point);
        best = points::NEAR.iter().find(|(within, _)| km <= *within).map_or(best, |(_, gain)| best.max(*gain));
        if best == points::NEAR[0].1 {
            break;
        }
    }
    best
}

/// How much of the page is about each country, in thousandths.
pub(crate) struct Shares {
    total: BTreeMap<[u8; 2], i64>,
    sum: i64,
    own: Vec<Vec<([u8; 2], i64)>>,
}

impl Shares {
    /// What one name counts for.
    const VOTE: i64 = 1000;

    pub fn new(options: &[Options<'_>], context: &Context) -> Self {
        let mut total: BTreeMap<[u8; 2], i64> = BTreeMap::new();
        for (country, weight) in &context.countries {
            *total.entry(*country).or_default() += i64::from(*weight) * Self::VOTE;
        }
        let own: Vec<_> = options.iter().map(Options::votes).collect();
        for (country, vote) in own.iter().flatten() {
            *total.entry(*country).or_default() += vote;
        }
        total.remove(b"  ");
        let sum = total.values().sum();
        Self { total, sum, own }
    }

    /// The share of `country` in what all but query `me` speak of; `None` where they speak of nothing.
    fn without(&self, me: usize, country: [u8; 2]) -> Option<i32> {
        let mine = &self.own[me];
        let all = self.sum - mine.iter().map(|(_, v)| v).sum::<i64>();
        let its = self.total.get(&country).copied().unwrap_or(0)
            - mine.iter().find(|(c, _)| *c == country).map_or(0, |(_, v)| *v);
        (all > 0).then(|| (its.max(0) * 1000 / all) as i32)
    }
}
