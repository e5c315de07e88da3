//! The compiled outlines of Natural Earth; `assets/atlas/make.mjs` describes the file.

use std::sync::LazyLock;

static BYTES: &[u8] = include_bytes!("../../assets/atlas/world.bin");

/// The world, unpacked on first use.
pub static WORLD: LazyLock<World> = LazyLock::new(|| read(BYTES).unwrap_or_default());

/// Lines and the countries they enclose.
#[derive(Debug, Default)]
pub struct World {
    /// Degrees per unit.
    pub unit: f64,
    /// Lines that are shared between neighbours.
    pub arcs: Vec<Arc>,
    /// Countries.
    pub countries: Vec<Country>,
}

/// A line, in units, longitude first.
#[derive(Debug, Default)]
pub struct Arc {
    /// Its points.
    pub points: Vec<(i32, i32)>,
    /// West, south, east, north.
    pub bounds: [i32; 4],
    /// How many outlines it is part of: one for a coast, more for a border.
    pub sides: u8,
}

/// A country.
#[derive(Debug, Default)]
pub struct Country {
    /// ISO 3166 alpha-2; `--` where it has none.
    pub code: String,
    /// Outlines and holes, each a list of lines; `!n` is line `n` backwards.
    pub rings: Vec<Vec<i32>>,
}

struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }
    fn u(&mut self) -> Option<u32> {
        let mut n = 0u32;
        for shift in (0..35).step_by(7) {
            let b = self.byte()?;
            n |= u32::from(b & 127).checked_shl(shift)?;
            if b < 128 {
                return Some(n);
            }
        }
        None
    }
    fn s(&mut self) -> Option<i32> {
        let n = self.u()?;
        Some((n >> 1) as i32 ^ -((n & 1) as i32))
    }
}

fn read(bytes: &[u8]) -> Option<World> {
    let mut b = Bytes(bytes.strip_prefix(b"RCPATLAS")?);
    if b.u()? != 1 {
        return None;
    }
    let mut w = World { unit: 1.0 / f64::from(b.u()?), ..World::default() };
    for _ in 0..b.u()? {
        let mut arc = Arc { bounds: [i32::MAX, i32::MAX, i32::MIN, i32::MIN], ..Arc::default() };
        let (mut x, mut y) = (0, 0);
        for _ in 0..b.u()? {
            x += b.s()?;
            y += b.s()?;
            arc.points.push((x, y));
            let [west, south, east, north] = arc.bounds;
            arc.bounds = [west.min(x), south.min(y), east.max(x), north.max(y)];
        }
        w.arcs.push(arc);
    }
    for _ in 0..b.u()? {
        let mut c = Country { code: [b.byte()?, b.byte()?].iter().map(|b| *b as char).collect(), ..Country::default() };
        for _ in 0..b.u()? {
            let ring = (0..b.u()?).map(|_| b.s()).collect::<Option<Vec<i32>>>()?;
            for a in &ring {
                let i = if *a < 0 { !*a } else { *a } as usize;
                w.arcs.get_mut(i)?.sides += 1;
            }
            c.rings.push(ring);
        }
        w.countries.push(c);
    }
    Some(w)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_world_reads_whole() {
        let w = read(BYTES).unwrap();
        assert!(w.arcs.len() > 3_000 && w.countries.len() > 200);
        assert!(w.arcs.iter().all(|a| a.sides > 0 && !a.points.is_empty()), "every line bounds a country");
        assert!(w.countries.iter().any(|c| c.code == "SY"));
    }

    #[test]
    fn damaged_bytes_are_no_world() {
        assert!(read(b"").is_none());
        assert!(read(&BYTES[..BYTES.len() / 2]).is_none());
    }
}
