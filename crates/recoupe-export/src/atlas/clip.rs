//! Cuts the outlines to an area and projects them.

use super::data::{WORLD, World};
use crate::bits::px;

/// What is drawn: bounds in degrees and the size of the drawing.
///
/// Plate carrée with true scale at the middle latitude: straight meridians and parallels, good for areas of this size.
#[derive(Clone, Copy, Debug)]
pub struct Area {
    /// West, south, east, north, in degrees.
    pub bounds: [f64; 4],
    /// Width of the drawing.
    pub width: f64,
    /// Height of the drawing.
    pub height: f64,
}

impl Area {
    /// A point of the earth on the drawing.
    pub fn at(&self, lon: f64, lat: f64) -> (f64, f64) {
        let [west, south, east, north] = self.bounds;
        ((lon - west) / (east - west) * self.width, (north - lat) / (north - south) * self.height)
    }
    /// Kilometres per unit of the drawing, at the middle latitude.
    pub fn km_per_unit(&self) -> f64 {
        (self.bounds[3] - self.bounds[1]) * 111.195 / self.height
    }
}

/// Paths ready for SVG.
#[derive(Debug, Default)]
pub struct Background {
    /// Land, to be filled.
    pub land: String,
    /// Coasts.
    pub coast: String,
    /// Borders.
    pub border: String,
    /// Countries that fill enough of the area for their name: code and where to write it.
    pub names: Vec<(String, f64, f64)>,
}

type Point = (f64, f64);
/// How far a point lies inside a line.
type Inside = fn(Point, f64) -> f64;

/// Land, coast, borders and names within an area.
pub fn background(area: &Area) -> Background {
    let w: &World = &WORLD;
    let mut out = Background::default();
    // A little more than the area, so that no cut edge shows.
    let over = 6.0;
    let frame = [-over, -over, area.width + over, area.height + over];
    let units = |d: f64| (d / w.unit) as i32;
    let [west, south, east, north] = area.bounds;
    let margin = ((east - west) * 0.02).max(0.02);
    let seen = [units(west - margin), units(south - margin), units(east + margin), units(north + margin)];
    let meets = |b: &[i32; 4]| b[0] <= seen[2] && b[2] >= seen[0] && b[1] <= seen[3] && b[3] >= seen[1];
    let project = |p: &(i32, i32)| area.at(f64::from(p.0) * w.unit, f64::from(p.1) * w.unit);
    for c in &w.countries {
        let mut best: Option<(f64, Vec<Point>)> = None;
        for ring in &c.rings {
            let arcs = ring.iter().map(|a| (&w.arcs[if *a < 0 { !*a } else { *a } as usize], *a < 0));
            let bounds = arcs.clone().fold([i32::MAX, i32::MAX, i32::MIN, i32::MIN], |b, (a, _)| {
                let o = a.bounds;
                [b[0].min(o[0]), b[1].min(o[1]), b[2].max(o[2]), b[3].max(o[3])]
            });
            if !meets(&bounds) {
                continue;
            }
            let mut points: Vec<Point> = Vec::new();
            for (a, back) in arcs {
                let mut line: Vec<Point> = a.points.iter().map(project).collect();
                if back {
                    line.reverse();
                }
                points.extend(line);
            }
            let cut = thin(&polygon(points, frame));
            if cut.len() < 3 || area_of(&cut).abs() < 1.5 {
                continue;
            }
            path(&cut, true, &mut out.land);
            let size = area_of(&cut).abs();
            if best.as_ref().is_none_or(|b| size > b.0) {
                best = Some((size, cut));
            }
        }
        if let Some((size, ring)) = best
            && size > area.width * area.height * 0.025
            && let Some((x, y)) = middle(&ring, area)
        {
            out.names.push((c.code.clone(), x, y));
        }
    }
    for a in w.arcs.iter().filter(|a| meets(&a.bounds)) {
        let line: Vec<Point> = a.points.iter().map(project).collect();
        let to = if a.sides > 1 { &mut out.border } else { &mut out.coast };
        for piece in pieces(&line, frame) {
            path(&thin(&piece), false, to);
        }
    }
    out
}

/// Sutherland and Hodgman: a polygon cut at the four sides of a frame.
fn polygon(mut points: Vec<Point>, [x0, y0, x1, y1]: [f64; 4]) -> Vec<Point> {
    let sides: [(Inside, f64); 4] =
        [(|p, v| p.0 - v, x0), (|p, v| v - p.0, x1), (|p, v| p.1 - v, y0), (|p, v| v - p.1, y1)];
    for (inside, v) in sides {
        let mut out = Vec::with_capacity(points.len());
        for (i, p) in points.iter().enumerate() {
            let q = points[if i == 0 { points.len() - 1 } else { i - 1 }];
            let (dp, dq) = (inside(*p, v), inside(q, v));
            if (dp >= 0.0) != (dq >= 0.0) {
                let t = dq / (dq - dp);
                out.push((q.0 + (p.0 - q.0) * t, q.1 + (p.1 - q.1) * t));
            }
            if dp >= 0.0 {
                out.push(*p);
            }
        }
        points = out;
    }
    points
}

/// The stretches of a line that lie in or next to a frame. Lines are dense, so whole segments are kept or left out.
fn pieces(line: &[Point], [x0, y0, x1, y1]: [f64; 4]) -> Vec<Vec<Point>> {
    let mut out: Vec<Vec<Point>> = Vec::new();
    let mut open = false;
    for s in line.windows(2) {
        let (a, b) = (s[0], s[1]);
        let near = a.0.max(b.0) >= x0 && a.0.min(b.0) <= x1 && a.1.max(b.1) >= y0 && a.1.min(b.1) <= y1;
        match (near, open) {
            (true, true) => out.last_mut().into_iter().for_each(|p| p.push(b)),
            (true, false) => out.push(vec![a, b]),
            _ => {}
        }
        open = near;
    }
    out
}

/// Douglas and Peucker: leaves out the points that nobody would miss at this scale.
fn thin(points: &[Point]) -> Vec<Point> {
    const ALLOWED: f64 = 0.45;
    if points.len() < 3 {
        return points.to_vec();
    }
    let mut keep = vec![false; points.len()];
    keep[0] = true;
    keep[points.len() - 1] = true;
    let mut work = vec![(0, points.len() - 1)];
    while let Some((a, z)) = work.pop() {
        let far = (a + 1..z).map(|i| (i, off(points[i], points[a], points[z]))).max_by(|p, q| p.1.total_cmp(&q.1));
        if let Some((i, d)) = far
            && d > ALLOWED
        {
            keep[i] = true;
            work.push((a, i));
            work.push((i, z));
        }
    }
    points.iter().zip(keep).filter(|(_, k)| *k).map(|(p, _)| *p).collect()
}

/// How far a point lies off the stretch between two others.
fn off(p: Point, a: Point, z: Point) -> f64 {
    let (dx, dy) = (z.0 - a.0, z.1 - a.1);
    let length = dx * dx + dy * dy;
    let t = if length == 0.0 { 0.0 } else { (((p.0 - a.0) * dx + (p.1 - a.1) * dy) / length).clamp(0.0, 1.0) };
    ((p.0 - a.0 - t * dx).powi(2) + (p.1 - a.1 - t * dy).powi(2)).sqrt()
}

/// Writes a path in steps of a tenth, each relative to the point before: shorter, and rounding does not add up.
fn path(points: &[Point], close: bool, out: &mut String) {
    let tenth = |v: f64| (v * 10.0).round() as i64;
    let mut last = (0, 0);
    for (i, p) in points.iter().enumerate() {
        let at = (tenth(p.0), tenth(p.1));
        let step = (at.0 - last.0, at.1 - last.1);
        if i > 0 && step == (0, 0) {
            continue;
        }
        let y = px(step.1 as f64 / 10.0);
        out.push(if i == 0 { 'M' } else { 'l' });
        out.push_str(&px(step.0 as f64 / 10.0));
        // A minus sign sets numbers apart as well as a blank does.
        if !y.starts_with('-') {
            out.push(' ');
        }
        out.push_str(&y);
        last = at;
    }
    if close {
        out.push('Z');
    }
}

fn area_of(ring: &[Point]) -> f64 {
    let n = ring.len();
    (0..n).map(|i| ring[i].0 * ring[(i + 1) % n].1 - ring[(i + 1) % n].0 * ring[i].1).sum::<f64>() / 2.0
}

/// A point well inside a ring and the drawing, the farthest from any edge on a coarse grid.
fn middle(ring: &[Point], area: &Area) -> Option<Point> {
    let step = 20.0;
    let mut best: Option<(f64, Point)> = None;
    let (nx, ny) = ((area.width / step) as usize, (area.height / step) as usize);
    for ix in 1..nx {
        for iy in 1..ny {
            let p = (ix as f64 * step, iy as f64 * step);
            if !inside(ring, p) {
                continue;
            }
            let edge = p.0.min(area.width - p.0).min(p.1 * 2.0).min((area.height - p.1) * 2.0);
            let near = ring.iter().map(|q| (q.0 - p.0).abs() + 2.0 * (q.1 - p.1).abs()).fold(edge, f64::min);
            if best.is_none_or(|b| near > b.0) {
                best = Some((near, p));
            }
        }
    }
    best.filter(|b| b.0 > 34.0).map(|b| b.1)
}

fn inside(ring: &[Point], p: Point) -> bool {
    let n = ring.len();
    (0..n)
        .filter(|i| {
            let (a, b) = (ring[*i], ring[(*i + 1) % n]);
            (a.1 > p.1) != (b.1 > p.1) && p.0 < (b.0 - a.0) * (p.1 - a.1) / (b.1 - a.1) + a.0
        })
        .count()
        % 2
        == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_is_cut_to_its_quarter() {
        let cut = polygon(vec![(-10.0, -10.0), (10.0, -10.0), (10.0, 10.0), (-10.0, 10.0)], [0.0, 0.0, 20.0, 20.0]);
        assert!((area_of(&cut).abs() - 100.0).abs() < 1e-9);
    }

    #[test]
    fn the_levant_has_land_coast_and_borders() {
        let b = background(&Area { bounds: [34.0, 34.0, 39.0, 37.5], width: 960.0, height: 760.0 });
        assert!(!b.land.is_empty() && !b.coast.is_empty() && !b.border.is_empty());
        assert!(b.names.iter().any(|n| n.0 == "SY") && b.names.iter().any(|n| n.0 == "TR"), "{:?}", b.names);
        assert!(b.land.len() + b.coast.len() + b.border.len() < 200_000);
    }
}
