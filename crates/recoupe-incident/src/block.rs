//! Which accounts are worth comparing: sorted keys over time, place, figures and parties, never all pairs.

use recoupe_mention::{Place, PlacePrecision};

use crate::account::Account;
use crate::hash;
use crate::kin::Bare;
use crate::table::Table;

/// How many followers of a crowded block each account is compared with.
const NEXT: usize = 24;
/// How many dated accounts of a place an undated one is compared with.
const DATED: usize = 120;

/// By how many names in its sentences an account without a town of its own is looked for.
const SAID: usize = 8;

/// An account without a day: place, the days it may be of, node.
type Undated = (u64, Option<(i32, i32)>, u32);

/// Candidate pairs of nodes, each once, smaller index first. `origin` numbers the shared text of a node's page.
pub(crate) fn candidates(t: &Table, nodes: &[&Account], origin: &[Option<usize>]) -> Vec<(u32, u32)> {
    let mut keys: Vec<(u64, u32)> = Vec::new();
    let mut undated: Vec<Undated> = Vec::new();
    let mut dated: Vec<(u64, i32, u32)> = Vec::new();
    for (n, a) in nodes.iter().enumerate() {
        let n = n as u32;
        let mut put = |tag: u64, parts: &[u64]| keys.push((parts.iter().fold(tag, |h, p| hash::join(h, *p)), n));
        let mut cells: Vec<u64> = a.spots.iter().flat_map(|s| cells(&s.bare, &s.place)).collect();
        let wide = a.spots.first().is_none_or(|s| !crate::rare::narrow(s));
        cells.extend(a.said.iter().take(if wide { SAID } else { 0 }).map(|k| hash::join(11, u64::from(*k))));
        cells.sort_unstable();
        cells.dedup();
        let country = a.place.as_ref().and_then(|p| p.country.as_ref()).map_or(0, |c| hash::fast(c.as_bytes()));
        if let Some((f, l)) = a.days() {
            if l - f <= 3 {
                // the next day too, since accounts slip by one
                for d in f..=l + 1 {
                    for c in &cells {
                        put(1, &[*c, d as u64]);
                    }
                }
                for d in f..=l {
                    put(2, &[country, d as u64]);
                    put(2, &[0, d as u64, u64::from(a.violent)]);
                }
            } else {
                for c in &cells {
                    undated.push((*c, Some((f, l)), n));
                }
                put(7, &[country, f as u64, l as u64]);
            }
            for c in &cells {
                dated.push((*c, f, n));
            }
            for p in &a.actors {
                put(5, &[hash::fast(p.party.id.as_bytes()), f as u64]);
            }
        } else {
            for c in &cells {
                undated.push((*c, a.window(), n));
            }
            for p in &a.actors {
                let with = a.targets.first().map_or(0, |q| hash::fast(q.party.id.as_bytes()));
                put(6, &[hash::fast(p.party.id.as_bytes()), with, hash::fast(a.kind.as_bytes())]);
            }
        }
        let figures: Vec<(u64, i64)> = a
            .tolls
            .iter()
            .chain(&a.totals)
            .filter_map(|x| x.toll.min.or(x.toll.max).map(|m| (hash::fast(x.toll.kind.as_bytes()), m)))
            .collect();
        // one equal figure says something only about the same few days: two rows of four-day cells, shifted by two
        let days = a.days().or(a.window()).filter(|(f, l)| l - f <= 40);
        for (i, (k, m)) in figures.iter().enumerate() {
            if let Some((f, l)) = days
                && *m >= 6
            {
                for d in f.div_euclid(4)..=l.div_euclid(4) {
                    put(3, &[*k, *m as u64, d as u64]);
                }
                for d in (f + 2).div_euclid(4)..=(l + 2).div_euclid(4) {
                    put(10, &[*k, *m as u64, d as u64]);
                }
            }
            // one running total, told on whatever day
            if *m >= crate::score::LARGE {
                put(12, &[country, *k, *m as u64]);
            }
            for (k2, m2) in &figures[i + 1..] {
                if k != k2 && m + m2 >= 4 {
                    let (x, y) = if (k, m) < (k2, m2) { ((k, m), (k2, m2)) } else { ((k2, m2), (k, m)) };
                    put(4, &[*x.0, *x.1 as u64, *y.0, *y.1 as u64]);
                }
            }
        }
        if let Some(o) = origin[n as usize] {
            put(8, &[o as u64, hash::fast(t.family(&a.kind).as_bytes())]);
        }
        put(9, &[a.page as u64]);
    }
    keys.sort_unstable();
    keys.dedup();
    let mut pairs = Vec::new();
    for block in keys.chunk_by(|x, y| x.0 == y.0) {
        let mut members: Vec<u32> = block.iter().map(|x| x.1).collect();
        if members.len() > NEXT {
            // in a crowded block those most alike stand together
            members.sort_by_key(|n| rank(t, nodes[*n as usize]));
        }
        for (i, a) in members.iter().enumerate() {
            for b in members.iter().skip(i + 1).take(NEXT) {
                pairs.push(ordered(*a, *b));
            }
        }
    }
    undated_pairs(&mut undated, &mut dated, &mut pairs);
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Undated accounts against the dated ones of the same place that fall into their window, and against each other.
fn undated_pairs(undated: &mut [Undated], dated: &mut Vec<(u64, i32, u32)>, pairs: &mut Vec<(u32, u32)>) {
    undated.sort_unstable();
    dated.sort_unstable();
    dated.dedup();
    for block in undated.chunk_by(|x, y| x.0 == y.0) {
        for (i, (cell, window, n)) in block.iter().enumerate() {
            let from = window.map_or(i32::MIN, |(f, _)| f);
            let start = dated.partition_point(|d| (d.0, d.1) < (*cell, from));
            let last = window.map_or(i32::MAX, |(_, l)| l);
            for (_, _, m) in dated[start..].iter().take_while(|d| d.0 == *cell && d.1 <= last).take(DATED) {
                if n != m {
                    pairs.push(ordered(*n, *m));
                }
            }
            for (_, _, m) in block.iter().skip(i + 1).take(NEXT) {
                if n != m {
                    pairs.push(ordered(*n, *m));
                }
            }
        }
    }
}

fn ordered(a: u32, b: u32) -> (u32, u32) {
    if a < b { (a, b) } else { (b, a) }
}

fn rank(t: &Table, a: &Account) -> (u64, u64, i64, i32) {
    let place = a.place.as_ref().map_or(0, |p| hash::fast(p.id.as_bytes()));
    let toll = a.tolls.iter().filter_map(|x| x.toll.min.or(x.toll.max)).max().unwrap_or(0);
    (hash::fast(t.family(&a.kind).as_bytes()), place, toll, a.days().map_or(0, |d| d.0))
}

/// A place's name as ways of writing it meet: the consonants of its last word.
pub(crate) fn name_key(bare: &Bare) -> u32 {
    crate::rare::key(bare.full.rsplit(' ').next().unwrap_or(""))
}

/// Four shifted grids of one degree: two places within half a degree share at least one cell. Provinces, which reach further,
/// and names without coordinates have keys of their own.
pub(crate) fn cells(bare: &Bare, p: &Place) -> Vec<u64> {
    // under the consonants of its last word, so that ways of writing it meet, and sentences that only name it
    let mut out = vec![hash::join(11, u64::from(name_key(bare)))];
    if let (Some(lat), Some(lon)) = (p.lat, p.lon)
        && p.precision != PlacePrecision::Country
    {
        for (dy, dx) in [(0.0, 0.0), (0.5, 0.0), (0.0, 0.5), (0.5, 0.5)] {
            let (y, x) = ((lat + dy).floor() as i64, (lon + dx).floor() as i64);
            out.push(hash::join(hash::join(12 + (dy + 2.0 * dx) as u64 * 7 + (dy * 2.0) as u64, y as u64), x as u64));
        }
    }
    out
}
