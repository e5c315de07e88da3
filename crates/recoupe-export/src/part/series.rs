//! Figures that grow: a step line for each voice, and the same as a table.

use maud::{Markup, html};
use recoupe_wire::{FlowSeries, IncidentToll, Party};

use crate::bits::{evidence, frame, px};
use crate::book::{Book, capital};
use crate::compare::{names_group, toll_label};
use crate::words::Day;

const WIDTH: f64 = 400.0;
const HEIGHT: f64 = 132.0;
const LEFT: f64 = 8.0;
const RIGHT: f64 = 392.0;
const TOP: f64 = 22.0;
const BASE: f64 = 104.0;

/// One figure of a series.
struct Point<'a> {
    day: Day,
    value: i64,
    said: String,
    who: String,
    claims: &'a [String],
}

/// The series of an incident's toll, where its figures differ.
pub fn toll(b: &Book, t: &IncidentToll) -> Markup {
    let who = |v: &Option<Party>, claims: &[String]| b.voices(std::slice::from_ref(v), claims);
    let points: Vec<Point> = t
        .series
        .iter()
        .filter_map(|p| {
            let said = b.w.figure(p.min, p.max, p.approx)?;
            let value = p.min.or(p.max)?;
            Some(Point {
                day: Day::of(Some(&p.published))?,
                value,
                said,
                who: who(&p.voice, &p.claims),
                claims: &p.claims,
            })
        })
        .collect();
    let group = if names_group(t) { format!(", {}", b.w.party(&t.group)) } else { String::new() };
    let title = b.w.f("series.of", &[("what", &format!("{}{group}", toll_label(b, &t.kind, &t.unit)))]);
    section(b, &title, b.w.t("series.published"), &points)
}

/// The series of a movement or of a place's displaced people.
pub fn flow(b: &Book, s: &FlowSeries) -> Markup {
    let points: Vec<Point> = s
        .points
        .iter()
        .filter_map(|p| {
            let said = b.w.figure(p.min, p.max, p.approx)?;
            let who = b.voices(std::slice::from_ref(&p.said_by), &p.claims);
            Some(Point { day: Day::of(Some(&p.day))?, value: p.min.or(p.max)?, said, who, claims: &p.claims })
        })
        .collect();
    let place = s.from.as_ref().or(s.at.as_ref()).or(s.to.as_ref()).map(|p| b.w.place(p));
    let what = capital(&b.w.id("displacement", &s.kind));
    let what = place.map_or(what.clone(), |p| format!("{what}, {p}"));
    section(b, &b.w.f("series.of", &[("what", &what)]), b.w.t("series.day"), &points)
}

fn section(b: &Book, title: &str, day: &str, points: &[Point]) -> Markup {
    let grows = points.iter().any(|p| p.value != points[0].value);
    html! {
        @if grows {
            div.series {
                p.what { (title) }
                (frame(title, drawing(b, title, points)))
                (frame(title, html! {
                    table.ledger {
                        caption.vh { (title) }
                        thead { tr { th scope="col" { (day) } th scope="col" { (b.w.t("displacement.count")) } th scope="col" { (b.w.t("displacement.said_by")) } th scope="col" { (b.w.t("row.sentence")) } } }
                        tbody { @for p in points { tr {
                            td { (b.w.day(p.day)) }
                            th scope="row" { (p.said) }
                            td dir="auto" { (p.who) }
                            td { (evidence(b, p.claims)) }
                        } } }
                    }
                }))
            }
        }
    }
}

/// A step line for each voice; every point has its figure above it.
fn drawing(b: &Book, title: &str, points: &[Point]) -> Markup {
    let days: Vec<i64> = points.iter().map(|p| p.day.number()).collect();
    let (a, z) = (days.iter().copied().min().unwrap_or(0), days.iter().copied().max().unwrap_or(0));
    let most = points.iter().map(|p| p.value).max().unwrap_or(1).max(1);
    let x = |n: i64| LEFT + 20.0 + (RIGHT - LEFT - 60.0) * (n - a) as f64 / ((z - a).max(1)) as f64;
    let y = |v: i64| BASE - (BASE - TOP) * v as f64 / most as f64;
    let mut voices: Vec<&str> = Vec::new();
    for p in points {
        if !voices.contains(&p.who.as_str()) {
            voices.push(&p.who);
        }
    }
    let lines = voices.iter().map(|v| {
        let mut mine: Vec<&Point> = points.iter().filter(|p| p.who == *v).collect();
        mine.sort_by_key(|p| p.day);
        let mut d = format!("M{} {}", px(x(mine[0].day.number())), px(y(mine[0].value)));
        for p in &mine[1..] {
            d.push_str(&format!("H{}V{}", px(x(p.day.number())), px(y(p.value))));
        }
        d
    });
    let mut ticks: Vec<i64> = Vec::new();
    let mut sorted = days.clone();
    sorted.sort_unstable();
    for n in sorted {
        if ticks.last().is_none_or(|t| x(n) - x(*t) >= 64.0) {
            ticks.push(n);
        }
    }
    // two figures in one spot are written beside each other
    let mut taken: Vec<(f64, f64)> = Vec::new();
    let marks: Vec<(f64, f64, f64, &Point)> = points
        .iter()
        .map(|p| {
            let (px, py) = (x(p.day.number()), y(p.value));
            let mut at = py - 7.0;
            while taken.iter().any(|(u, v)| (u - px).abs() < 26.0 && (v - at).abs() < 11.0) && at > 2.0 {
                at -= 11.0;
            }
            taken.push((px, at));
            (px, py, at, p)
        })
        .collect();
    html! {
        svg.drawing.steps viewBox={ "0 0 " (px(WIDTH)) " " (px(HEIGHT)) } role="img" aria-label=(title) {
            line.axis x1=(px(LEFT)) x2=(px(RIGHT)) y1=(px(BASE)) y2=(px(BASE)) {}
            @for n in &ticks { text.tick x=(px(x(*n))) y=(px(BASE + 17.0)) text-anchor="middle" { (b.w.day_short(Day::from_number(*n))) } }
            @for (i, d) in lines.enumerate() { path class={ "step s" (i % 4) } d=(d) {} }
            @for (u, v, at, p) in &marks {
                g { title { (p.said) " — " (p.who) ", " (b.w.day(p.day)) }
                    circle.full cx=(px(*u)) cy=(px(*v)) r="3" {}
                    text.figure x=(px(*u)) y=(px(*at)) text-anchor="middle" { (b.w.number(p.value)) }
                }
            }
        }
    }
}
