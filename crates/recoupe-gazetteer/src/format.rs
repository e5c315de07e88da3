//! How the table lies in its bytes.
//!
//! Little-endian. Header: magic, then for each of four sections its offset and length as `u32`.
//! - records, [`RECORD`] bytes each: id u32 · latitude i24 · longitude i24 (both in 1/40,000 degree) · name u24 (offset) ·
//!   population u16 (11 bits and a shift of 5) · country 2 letters · kind u8 · province u16 (record number, `0xffff` for none)
//! - names: a length byte and the name
//! - map: `fst` from key to an offset into the bearers
//! - bearers: varint count, then for each the record number (varint, difference to the one before) and the two check bytes

use std::borrow::Cow;

use fst::raw::Fst;

use crate::key::Checks;

pub(crate) const MAGIC: &[u8; 8] = b"RCGAZ\0\x02\n";
pub(crate) const RECORD: usize = 20;
pub(crate) const HEADER: usize = 8 + 4 * 8;
pub(crate) const PER_DEGREE: f64 = 40_000.0;
pub(crate) const NO_PROVINCE: u16 = 0xffff;

/// What sort of place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A state or a territory of its own.
    Country,
    /// A first-order division: province, governorate, oblast, state of a federation.
    Province,
    /// A second-order division: district, county, cercle.
    District,
    /// A populated place of any size.
    Town,
    /// The capital of a country.
    Capital,
    /// An area that is no division: Sahel, Donbass, the Gaza Strip.
    Region,
    /// A base, camp, crossing, airport, plant.
    Site,
    /// A road or corridor.
    Road,
    /// A sea, strait, lake or river.
    Water,
}

impl Kind {
    pub(crate) const ALL: [Kind; 9] = [
        Kind::Country,
        Kind::Province,
        Kind::District,
        Kind::Town,
        Kind::Capital,
        Kind::Region,
        Kind::Site,
        Kind::Road,
        Kind::Water,
    ];

    /// The kind a world pack means by its word; unknown words are towns.
    pub fn from_pack(word: &str) -> Kind {
        match word {
            "country" => Kind::Country,
            "province" => Kind::Province,
            "district" => Kind::District,
            "region" => Kind::Region,
            "site" => Kind::Site,
            "road" => Kind::Road,
            "water" => Kind::Water,
            _ => Kind::Town,
        }
    }

    /// Whether people live together there: a town or a capital.
    pub fn is_settlement(self) -> bool {
        matches!(self, Kind::Town | Kind::Capital)
    }
}

/// One table, ready for look-ups.
#[derive(Clone)]
pub(crate) struct Layer {
    bytes: Cow<'static, [u8]>,
    records: (usize, usize),
    names: (usize, usize),
    bearers: (usize, usize),
    pub(crate) map: Fst<Cow<'static, [u8]>>,
}

/// A record as it stands in the table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Record {
    pub id: u32,
    pub lat: i32,
    pub lon: i32,
    pub name: u32,
    pub population: u32,
    pub country: [u8; 2],
    pub kind: Kind,
    pub province: u16,
}

impl Layer {
    /// Reads the header; `None` where the bytes are no table.
    pub(crate) fn open(bytes: Cow<'static, [u8]>) -> Option<Layer> {
        if bytes.get(..8)? != MAGIC {
            return None;
        }
        let section = |i: usize| -> Option<(usize, usize)> {
            let at = 8 + i * 8;
            let word = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize);
            let (start, len) = (word(at)?, word(at + 4)?);
            let end = start.checked_add(len)?;
            (end <= bytes.len()).then_some((start, end))
        };
        let (records, names, map, bearers) = (section(0)?, section(1)?, section(2)?, section(3)?);
        let map_bytes = match &bytes {
            Cow::Borrowed(all) => Cow::Borrowed(&all[map.0..map.1]),
            Cow::Owned(all) => Cow::Owned(all[map.0..map.1].to_vec()),
        };
        let map = Fst::new(map_bytes).ok()?;
        Some(Layer { bytes, records, names, bearers, map })
    }

    /// Number of records.
    pub(crate) fn len(&self) -> usize {
        (self.records.1 - self.records.0) / RECORD
    }

    /// One record; a broken number gives `None`.
    pub(crate) fn record(&self, index: u32) -> Option<Record> {
        let at = self.records.0 + (index as usize).checked_mul(RECORD)?;
        let b = self.bytes.get(at..at + RECORD).filter(|_| at + RECORD <= self.records.1)?;
        let i24 = |at: usize| i32::from_le_bytes([0, b[at], b[at + 1], b[at + 2]]) >> 8;
        let pop = u16::from_le_bytes([b[13], b[14]]);
        Some(Record {
            id: u32::from_le_bytes([b[0], b[1], b[2], b[3]]),
            lat: i24(4),
            lon: i24(7),
            name: u32::from_le_bytes([b[10], b[11], b[12], 0]),
            population: unpack_population(pop),
            country: [b[15], b[16]],
            kind: *Kind::ALL.get(usize::from(b[17]))?,
            province: u16::from_le_bytes([b[18], b[19]]),
        })
    }

    /// The name that starts at `offset` of the names.
    pub(crate) fn name(&self, offset: u32) -> &str {
        let at = self.names.0 + offset as usize;
        let Some(len) = self.bytes.get(at).filter(|_| at < self.names.1) else { return "" };
        self.bytes.get(at + 1..at + 1 + usize::from(*len)).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or("")
    }

    /// The bearers of a key, by the map's value: record number and checks.
    pub(crate) fn bearers(&self, value: u64) -> Bearers<'_> {
        let all = self.bytes.get(self.bearers.0..self.bearers.1).unwrap_or(&[]);
        let mut rest = all.get(value as usize..).unwrap_or(&[]);
        let left = varint(&mut rest).unwrap_or(0);
        Bearers { rest, left, last: 0 }
    }
}

/// Walks the bearers of one key.
pub(crate) struct Bearers<'a> {
    rest: &'a [u8],
    left: u32,
    last: u32,
}

impl Iterator for Bearers<'_> {
    type Item = (u32, Checks);
    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        self.last = self.last.checked_add(varint(&mut self.rest)?)?;
        let (&[spelling, sound], rest) = self.rest.split_first_chunk::<2>()?;
        self.rest = rest;
        Some((self.last, Checks { spelling, sound }))
    }
}

fn varint(bytes: &mut &[u8]) -> Option<u32> {
    let mut value = 0u32;
    for shift in [0, 7, 14, 21, 28] {
        let (b, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u32::from(b & 0x7f) << shift;
        if b & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

pub(crate) fn push_varint(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Eleven bits and a shift: within 0.1 %.
pub(crate) fn pack_population(n: u32) -> u16 {
    let shift = (32 - n.leading_zeros()).saturating_sub(11);
    ((shift as u16) << 11) | (n >> shift) as u16
}

fn unpack_population(packed: u16) -> u32 {
    u32::from(packed & 0x7ff) << (packed >> 11)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn populations_keep_their_size() {
        for n in [0, 1, 500, 2047, 2048, 128_840, 2_098_210, 1_411_778_724, u32::MAX] {
            let back = unpack_population(pack_population(n));
            assert!(back <= n && n - back <= n / 1000, "{n} came back as {back}");
        }
    }

    #[test]
    fn no_table_no_panic() {
        assert!(Layer::open(Cow::Borrowed(b"")).is_none());
        assert!(Layer::open(Cow::Borrowed(b"RCGAZ\0\x02\n")).is_none());
        let mut bytes = MAGIC.to_vec();
        bytes.extend([0xff; 64]);
        assert!(Layer::open(Cow::Owned(bytes)).is_none());
    }
}
