//! The map: where things are said to have happened, as exactly as the pages say and no more.

use maud::{Markup, html};
use recoupe_wire::{Incident, Place};

use crate::atlas::{Area, Background, background};
use crate::bits::{frame, known, mark, px, shape};
use crate::book::{Book, fold, quiet, rank};

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 600.0;

/// A place with all that is said to have happened there.
struct Spot<'a> {
    place: &'a Place,
    name: String,
    incidents: Vec<(usize, &'a Incident)>,
    standing: &'static str,
    at: Option<(f64, f64)>,
}

/// Drawing, table, and what could not be drawn.
pub fn section(b: &Book) -> Markup {
    let spots = spots(b);
    if spots.is_empty() {
        return html! {};
    }
    let core = core(&spots);
    let names = |pick: &dyn Fn(usize, &Spot) -> bool| -> String {
        let list: Vec<&str> =
            spots.iter().enumerate().filter(|(i, s)| pick(*i, s)).map(|(_, s)| s.name.as_str()).collect();
        list.join(", ")
    };
    let off = names(&|i, s| s.at.is_some() && !core.contains(&i));
    let unplaced = names(&|_, s| s.at.is_none());
    html! {
        section #map aria-labelledby="h-map" {
            h2 #h-map { (b.w.t("section.map")) }
            p.intro { (b.w.t("intro.map")) }
            @if !core.is_empty() {
                (frame(b.w.t("map.label"), drawing(b, &core.iter().map(|i| &spots[*i]).collect::<Vec<_>>())))
            }
            @if !off.is_empty() { p.note { (b.w.f("map.off", &[("places", &off)])) } }
            @if !unplaced.is_empty() { p.note { (b.w.f("map.unplaced", &[("places", &unplaced)])) } }
            details.more {
                summary { (b.w.t("map.table")) }
                (frame(b.w.t("map.table"), table(b, &spots)))
            }
        }
    }
}

fn spots<'a>(b: &Book<'a>) -> Vec<Spot<'a>> {
    let mut out: Vec<(String, Spot)> = Vec::new();
    for (i, x) in b.d.incidents.iter().enumerate() {
        let Some(p) = &x.place else { continue };
        let key = p.id.clone().unwrap_or_else(|| format!("{} {:?}", fold(&p.name), p.country));
        match out.iter_mut().find(|s| s.0 == key) {
            Some((_, s)) => {
                s.incidents.push((i, x));
                if rank(&x.standing) < rank(s.standing) {
                    s.standing = known(&x.standing);
                }
            }
            None => {
                // A whole country has no point.
                let at = p.lat.zip(p.lon).filter(|_| p.precision != "country");
                let at = at.filter(|(lat, lon)| lat.abs() <= 90.0 && lon.abs() <= 180.0);
                out.push((
                    key,
                    Spot { place: p, name: b.w.place(p), incidents: vec![(i, x)], standing: known(&x.standing), at },
                ));
            }
        }
    }
    let mut out: Vec<Spot> = out.into_iter().map(|s| s.1).collect();
    out.sort_by_key(|s| (std::cmp::Reverse(s.incidents.len()), s.incidents[0].0));
    out
}

/// The spots the map is drawn for: those that lie together. A meeting far away would shrink the rest to nothing.
fn core(spots: &[Spot]) -> Vec<usize> {
    let weight = |s: &Spot| s.incidents.iter().map(|(_, x)| if quiet(&x.kind_of) { 1usize } else { 4 }).sum::<usize>();
    let middle = |pick: &dyn Fn(&Spot) -> Option<f64>| -> Option<f64> {
        let mut v: Vec<(f64, usize)> = spots.iter().filter_map(|s| pick(s).map(|x| (x, weight(s)))).collect();
        v.sort_by(|a, b| a.0.total_cmp(&b.0));
        let half = v.iter().map(|x| x.1).sum::<usize>() / 2;
        let mut sum = 0;
        v.iter()
            .find(|x| {
                sum += x.1;
                sum > half
            })
            .or(v.last())
            .map(|x| x.0)
    };
    let (Some(lat), Some(lon)) = (middle(&|s| s.at.map(|a| a.0)), middle(&|s| s.at.map(|a| a.1))) else {
        return Vec::new();
    };
    let far = |a: (f64, f64)| ((a.0 - lat).powi(2) + ((a.1 - lon) * lat.to_radians().cos()).powi(2)).sqrt() * 111.2;
    let usual = middle(&|s| s.at.map(far)).unwrap_or(0.0);
    let limit = (usual * 4.0).max(250.0);
    (0..spots.len()).filter(|i| spots[*i].at.is_some_and(|a| far(a) <= limit)).collect()
}

fn area(spots: &[&Spot]) -> Area {
    let at = || spots.iter().filter_map(|s| s.at);
    let lat = at().fold((90.0f64, -90.0f64), |m, a| (m.0.min(a.0), m.1.max(a.0)));
    let lon = at().fold((180.0f64, -180.0f64), |m, a| (m.0.min(a.1), m.1.max(a.1)));
    let (clat, clon) = ((lat.0 + lat.1) / 2.0, (lon.0 + lon.1) / 2.0);
    let squeeze = clat.to_radians().cos().max(0.2);
    // At least about 160 km from top to bottom, and room for labels at the edges.
    let mut high = ((lat.1 - lat.0) * 1.35).max(1.45);
    let mut wide = ((lon.1 - lon.0) * 1.4).max(0.5);
    if wide * squeeze / high > WIDTH / HEIGHT {
        high = wide * squeeze * HEIGHT / WIDTH;
    } else {
        wide = high * WIDTH / HEIGHT / squeeze;
    }
    Area {
        bounds: [clon - wide / 2.0, clat - high / 2.0, clon + wide / 2.0, clat + high / 2.0],
        width: WIDTH,
        height: HEIGHT,
    }
}

/// A box a label or dot takes up: left, top, right, bottom.
type Box4 = [f64; 4];

fn apart(a: &Box4, b: &Box4) -> bool {
    a[2] < b[0] || b[2] < a[0] || a[3] < b[1] || b[3] < a[1]
}

fn radius(s: &Spot) -> f64 {
    match s.place.precision.as_str() {
        "province" | "region" => 26.0,
        "district" => 13.0,
        _ => 5.0 + (s.incidents.len() as f64).sqrt().min(4.0),
    }
}

fn drawing(b: &Book, spots: &[&Spot]) -> Markup {
    let area = area(spots);
    let Background { land, coast, border, names } = background(&area);
    let placed: Vec<(&Spot, f64, f64)> = spots
        .iter()
        .filter_map(|s| {
            s.at.map(|(lat, lon)| {
                let (x, y) = area.at(lon, lat);
                (*s, x, y)
            })
        })
        .collect();
    let dots: Vec<Box4> = placed
        .iter()
        .map(|(s, x, y)| {
            let r = radius(s).min(10.0);
            [x - r, y - r, x + r, y + r]
        })
        .collect();
    let mut taken = dots.clone();
    taken.push([0.0, HEIGHT - 34.0, 190.0, HEIGHT]);
    let labels: Vec<Option<(f64, f64, &'static str, String)>> =
        placed.iter().enumerate().map(|(i, (s, x, y))| label(s, *x, *y, &dots[i], &mut taken)).collect();
    let country: Vec<&(String, f64, f64)> = names
        .iter()
        .filter(|n| b.w.has("country", &n.0))
        .filter(|n| {
            let half = b.w.country(&n.0).chars().count() as f64 * 5.0;
            taken.iter().all(|t| apart(t, &[n.1 - half, n.2 - 12.0, n.1 + half, n.2 + 6.0]))
        })
        .collect();
    html! {
        svg.drawing.map viewBox={ "0 0 " (px(WIDTH)) " " (px(HEIGHT)) } role="group" aria-label=(b.w.t("map.label")) {
            rect.sea width=(px(WIDTH)) height=(px(HEIGHT)) {}
            path.land d=(land) {}
            (graticule(&area))
            path.border d=(border) {}
            path.coast d=(coast) {}
            @for (code, x, y) in country {
                text.country x=(px(*x)) y=(px(*y)) text-anchor="middle" { (b.w.country(code)) }
            }
            @for (s, x, y) in &placed {
                @let href = s.incidents.iter().min_by_key(|(i, x)| (rank(&x.standing), *i)).map_or(0, |(i, _)| *i);
                a href=(b.incident_href(href)) class={ "mark " (s.standing) } {
                    title { (s.name) ", " (b.w.id("precision", &s.place.precision)) " — " (b.w.n("count.incidents", s.incidents.len())) " — " (b.w.id("standing", s.standing)) }
                    @if matches!(s.place.precision.as_str(), "province" | "region" | "district") {
                        circle.ring cx=(px(*x)) cy=(px(*y)) r=(px(radius(s))) {}
                        // The ring says where, roughly; its standing sits on its rim, not on a spot of the ground.
                        g.rim { (shape(s.standing, x + radius(s) * 0.71, y - radius(s) * 0.71, 4.6)) }
                    } @else {
                        (shape(s.standing, *x, *y, radius(s)))
                    }
                }
            }
            @for l in labels.iter().flatten() {
                text.label x=(px(l.0)) y=(px(l.1)) text-anchor=(l.2) { (l.3) }
            }
            (scale(b, &area))
        }
    }
}

/// Where a label fits without touching another: right, left, above, below, then the corners.
fn label(s: &Spot, x: f64, y: f64, own: &Box4, taken: &mut Vec<Box4>) -> Option<(f64, f64, &'static str, String)> {
    let text = if s.incidents.len() > 1 { format!("{} ({})", s.name, s.incidents.len()) } else { s.name.clone() };
    let wide = text.chars().count() as f64 * 6.9;
    let r = radius(s) + 5.0;
    let d = r * 0.75;
    let tries = [
        (r, 4.0, "start"),
        (-r, 4.0, "end"),
        (0.0, -r, "middle"),
        (0.0, r + 10.0, "middle"),
        (d, -d, "start"),
        (d, d + 8.0, "start"),
        (-d, -d, "end"),
        (-d, d + 8.0, "end"),
    ];
    for (dx, dy, anchor) in tries {
        let (tx, ty) = (x + dx, y + dy);
        let left = match anchor {
            "start" => tx,
            "end" => tx - wide,
            _ => tx - wide / 2.0,
        };
        let at = [left, ty - 11.0, left + wide, ty + 3.0];
        let fits = at[0] > 2.0 && at[2] < WIDTH - 2.0 && at[1] > 2.0 && at[3] < HEIGHT - 2.0;
        if fits && taken.iter().all(|t| t == own || apart(t, &at)) {
            taken.push(at);
            return Some((tx, ty, anchor, text));
        }
    }
    None
}

fn graticule(area: &Area) -> Markup {
    let [west, south, east, north] = area.bounds;
    let steps = [0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0];
    let step = steps.into_iter().find(|s| (north - south) / s <= 4.5).unwrap_or(30.0);
    let lines = |a: f64, z: f64| -> Vec<f64> {
        let (first, last) = ((a / step).ceil() as i64, (z / step).floor() as i64);
        (first..=last).map(|n| n as f64 * step).collect()
    };
    let degrees = |v: f64, plus: &str, minus: &str| {
        let n = (v.abs() * 100.0).round() / 100.0;
        format!("{n}° {}", if v < 0.0 { minus } else { plus })
    };
    html! {
        g.graticule {
            @for lon in lines(west, east) {
                @let x = area.at(lon, south).0;
                line x1=(px(x)) x2=(px(x)) y1="0" y2=(px(HEIGHT)) {}
                @if x > 30.0 && x < WIDTH - 40.0 { text x=(px(x + 3.0)) y="12" { (degrees(lon, "E", "W")) } }
            }
            @for lat in lines(south, north) {
                @let y = area.at(west, lat).1;
                line x1="0" x2=(px(WIDTH)) y1=(px(y)) y2=(px(y)) {}
                @if y > 24.0 && y < HEIGHT - 40.0 { text x=(px(WIDTH - 4.0)) y=(px(y - 3.0)) text-anchor="end" { (degrees(lat, "N", "S")) } }
            }
        }
    }
}

fn scale(b: &Book, area: &Area) -> Markup {
    let km = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0];
    let length = km.into_iter().rfind(|k| k / area.km_per_unit() <= 150.0).unwrap_or(1.0);
    let wide = length / area.km_per_unit();
    let y = HEIGHT - 16.0;
    html! {
        g.scale {
            path d={ "M14 " (px(y - 5.0)) "V" (px(y)) "H" (px(14.0 + wide)) "V" (px(y - 5.0)) } {}
            text x=(px(20.0 + wide)) y=(px(y + 1.0)) { (b.w.f("map.km", &[("n", &b.w.number(length as i64))])) }
        }
    }
}

fn table(b: &Book, spots: &[Spot]) -> Markup {
    html! {
        table.ledger {
            caption.vh { (b.w.t("map.table")) }
            thead { tr { @for h in ["place", "precision", "incidents", "coordinates"] { th scope="col" { (b.w.t(&format!("map.{h}"))) } } } }
            tbody { @for s in spots { tr {
                th scope="row" dir="auto" {
                    (s.name)
                    @if fold(&s.place.name) != fold(&s.name) { span.of { (s.place.name) } }
                    @if let Some(c) = s.place.country.as_deref().filter(|c| b.w.has("country", c)) { span.of { (b.w.country(c)) } }
                }
                td { (b.w.id("precision", &s.place.precision)) }
                td {
                    ul.plain { @for (i, x) in &s.incidents {
                        li { (mark(b, &x.standing, false)) " " a href=(b.incident_href(*i)) { (b.w.id("type", &x.kind_of)) @if let Some(t) = b.title(x).time { ", " (t) } } }
                    } }
                }
                td { @match s.place.lat.zip(s.place.lon) { Some((lat, lon)) => (format!("{lat:.2}, {lon:.2}")), None => "·" } }
            } } }
        }
    }
}
