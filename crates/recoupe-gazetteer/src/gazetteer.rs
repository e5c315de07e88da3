//! Looking names up.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::builder::{ExtraPlace, OWN_ID, PlaceInput, build};
use crate::format::{Kind, Layer, NO_PROVINCE, PER_DEGREE};
use crate::key::{Checks, Scratch, key_into};

static BAKED: &[u8] = include_bytes!("../data/places.gaz");
static WORLD: LazyLock<Option<Layer>> = LazyLock::new(|| Layer::open(Cow::Borrowed(BAKED)));

/// Bytes that are no gazetteer of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GazetteerError;

impl std::fmt::Display for GazetteerError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not a gazetteer of this version; build it again")
    }
}

impl std::error::Error for GazetteerError {}

/// The places of the world, with whatever packs and users lay on top. Cloning is cheap but for the layers on top.
#[derive(Clone)]
pub struct Gazetteer {
    /// First the worldwide one; later layers go before earlier ones.
    layers: Vec<Layer>,
}

/// Which place: its layer and number. Good for one gazetteer as it was set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceRef {
    pub(crate) layer: u8,
    pub(crate) index: u32,
}

/// How near the spelling looked up is to a known one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// The shown name itself, letter for letter.
    Exact,
    /// A known name, but for case, accents, apostrophes, hyphens.
    Folded,
    /// Another transliteration of a known name, or with or without its article.
    Near,
    /// Of the same consonants: a name that may be meant where all else speaks for it.
    Variant,
}

/// A place that may be meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Which place.
    pub place: PlaceRef,
    /// How its name was met.
    pub how: How,
}

/// What is known of a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place<'a> {
    /// Its number in the gazetteer.
    pub at: PlaceRef,
    /// Stable id; see [`Place::geonames`].
    pub id: u32,
    /// Name as it is shown.
    pub name: &'a str,
    /// ISO alpha-2, two blanks where it lies in none.
    pub country: [u8; 2],
    /// Latitude in degrees.
    pub lat: f64,
    /// Longitude in degrees.
    pub lon: f64,
    /// Sort of place.
    pub kind: Kind,
    /// Inhabitants, 0 if not known.
    pub population: u32,
    /// Its first-order division.
    pub province: Option<PlaceRef>,
}

impl Place<'_> {
    /// The country's two letters; empty where it lies in none.
    pub fn country_code(&self) -> &str {
        std::str::from_utf8(&self.country).unwrap_or("").trim()
    }
    /// Its GeoNames id, where the table has one (provinces and a pack's own places have none).
    pub fn geonames(&self) -> Option<u32> {
        (self.id & OWN_ID == 0).then_some(self.id)
    }
}

impl Gazetteer {
    /// The worldwide gazetteer that ships with Recoupe.
    pub fn baked() -> Self {
        Self { layers: WORLD.iter().cloned().collect() }
    }

    /// A gazetteer of its own from bytes that [`crate::build`] made.
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, GazetteerError> {
        Ok(Self { layers: vec![Layer::open(bytes.into()).ok_or(GazetteerError)?] })
    }

    /// One without any place, to lay others on.
    pub fn empty() -> Self {
        Self { layers: Vec::new() }
    }

    /// Lays a further table on top; its places go before those below. At most 255 layers, further ones are refused.
    pub fn add_layer(&mut self, bytes: impl Into<Cow<'static, [u8]>>) -> Result<(), GazetteerError> {
        if self.layers.len() >= 255 {
            return Err(GazetteerError);
        }
        self.layers.push(Layer::open(bytes.into()).ok_or(GazetteerError)?);
        Ok(())
    }

    /// Lays the places of world packs on top, in one layer.
    pub fn add_places(&mut self, places: &[ExtraPlace<'_>]) {
        let inputs: Vec<PlaceInput> = places.iter().map(PlaceInput::from).collect();
        if let Some(layer) = Layer::open(Cow::Owned(build(&inputs))) {
            self.layers.push(layer);
        }
    }

    /// Number of places in all layers.
    pub fn len(&self) -> usize {
        self.layers.iter().map(Layer::len).sum()
    }

    /// Whether there is no place at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every place, lowest layer first.
    pub fn places(&self) -> impl Iterator<Item = Place<'_>> {
        self.layers.iter().enumerate().flat_map(move |(l, layer)| {
            (0..layer.len() as u32).filter_map(move |index| self.place(PlaceRef { layer: l as u8, index }))
        })
    }

    /// What is known of a place; `None` only for a reference from another gazetteer.
    pub fn place(&self, at: PlaceRef) -> Option<Place<'_>> {
        let layer = self.layers.get(usize::from(at.layer))?;
        let r = layer.record(at.index)?;
        Some(Place {
            at,
            id: r.id,
            name: layer.name(r.name),
            country: r.country,
            lat: f64::from(r.lat) / PER_DEGREE,
            lon: f64::from(r.lon) / PER_DEGREE,
            kind: r.kind,
            population: r.population,
            province: (r.province != NO_PROVINCE).then_some(PlaceRef { layer: at.layer, index: u32::from(r.province) }),
        })
    }

    /// All places that `name` may stand for, in any of the four scripts. `out` is cleared, then filled with the nearest
    /// spelling first, upper layers before lower ones, larger places before smaller ones.
    pub fn lookup(&self, name: &str, out: &mut Vec<Candidate>) {
        out.clear();
        let (mut key, mut scratch) = (String::new(), Scratch::default());
        if !key_into(name, &mut key, &mut scratch) {
            return;
        }
        let values: Vec<(u8, u64)> = self
            .layers
            .iter()
            .enumerate()
            .filter_map(|(l, layer)| Some((l as u8, layer.map.get(&key)?.value())))
            .collect();
        self.gather(&values, name, Checks::of_last(&scratch), out);
    }

    /// Turns map values into candidates, in the order [`Gazetteer::lookup`] promises.
    pub(crate) fn gather(&self, values: &[(u8, u64)], name: &str, mine: Checks, out: &mut Vec<Candidate>) {
        out.clear();
        for &(l, value) in values.iter().rev() {
            let Some(layer) = self.layers.get(usize::from(l)) else { continue };
            for (index, c) in layer.bearers(value) {
                let place = PlaceRef { layer: l, index };
                let how = if c.spelling == mine.spelling {
                    let shown = layer.record(index).is_some_and(|r| layer.name(r.name) == name);
                    if shown { How::Exact } else { How::Folded }
                } else if c.sound == mine.sound {
                    How::Near
                } else {
                    How::Variant
                };
                match out.last_mut() {
                    Some(last) if last.place == place => last.how = last.how.min(how),
                    _ => out.push(Candidate { place, how }),
                }
            }
        }
        out.sort_by_cached_key(|c| {
            let population = self.layers[usize::from(c.place.layer)].record(c.place.index).map_or(0, |r| r.population);
            (c.how, u8::MAX - c.place.layer, u32::MAX - population, c.place.index)
        });
    }

    pub(crate) fn layers(&self) -> &[Layer] {
        &self.layers
    }
}

impl std::fmt::Debug for Gazetteer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Gazetteer({} places in {} layers)", self.len(), self.layers.len())
    }
}
