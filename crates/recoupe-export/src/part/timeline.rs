//! The timeline: incidents on the days they are said to have happened, publications below.

use maud::{Markup, html};
use recoupe_wire::Incident;

use super::front::period;
use super::incident::numbers;
use crate::axis::Axis;
use crate::bits::{known, page_links, px, shape};
use crate::book::{Book, rank};
use crate::words::Day;

const WIDTH: f64 = 960.0;
/// Marks on top of each other before they are only counted.
const STACK: usize = 9;
const STEP: f64 = 15.0;

/// Drawing and what does not fit into it.
pub fn section(b: &Book) -> Markup {
    let published: Vec<(usize, i64)> =
        b.d.pages
            .iter()
            .enumerate()
            .filter_map(|(i, p)| {
                let t = p.published.as_ref()?;
                let (a, z) = (Day::of(t.from.as_deref())?, Day::of(t.to.as_deref().or(t.from.as_deref()))?);
                (a == z).then(|| (i, a.number()))
            })
            .collect();
    let news = period(b).map(|(a, z)| (a.number(), z.number()));
    let first = published.iter().map(|p| p.1).chain(news.map(|n| n.0)).min();
    let last = published.iter().map(|p| p.1).chain(news.map(|n| n.1)).max();
    let (Some(first), Some(last)) = (first, last) else { return html! {} };
    let axis = Axis::new(first, last);
    let dated: std::collections::BTreeSet<usize> = published.iter().map(|p| p.0).collect();
    let undated: Vec<usize> = (0..b.d.pages.len()).filter(|i| !dated.contains(i)).collect();
    let inside = |x: &Incident| numbers(x).filter(|(a, z)| z - a <= 31).and_then(|(a, _)| axis.column(a)).is_some();
    let outside = b.d.incidents.iter().filter(|x| !inside(x)).count();
    html! {
        section #timeline aria-labelledby="h-timeline" {
            h2 #h-timeline { (b.w.t("section.timeline")) }
            p.intro { (b.w.t("intro.timeline")) }
            div.frame tabindex="0" role="group" aria-label=(b.w.t("timeline.label")) { (drawing(b, axis, &published)) }
            @if outside > 0 { p.note { (b.w.f("timeline.outside", &[("n", &b.w.n("count.incidents", outside))])) } }
            @if !undated.is_empty() { p.note { (b.w.f("timeline.unpublished", &[("pages", "")])) (page_links(b, &undated)) } }
        }
    }
}

fn drawing(b: &Book, axis: Axis, published: &[(usize, i64)]) -> Markup {
    // Room for the names of the lanes.
    let left = 72.0;
    let width = (WIDTH - left - 24.0) / axis.columns as f64;
    let x = |c: i64| left + (c as f64 + 0.5) * width;
    let mut stacks: Vec<Vec<(usize, &Incident)>> = vec![Vec::new(); axis.columns as usize];
    let mut bars: Vec<(usize, &Incident, i64, i64)> = Vec::new();
    for (i, inc) in b.d.incidents.iter().enumerate() {
        let Some((a, z)) = numbers(inc) else { continue };
        let (Some(ca), cz) = (axis.column(a), axis.column(z)) else { continue };
        if z - a <= 1 {
            stacks[ca as usize].push((i, inc));
        } else if z - a <= 31 {
            bars.push((i, inc, ca, cz.unwrap_or(axis.columns - 1)));
        }
    }
    for s in &mut stacks {
        s.sort_by_key(|(i, inc)| (inc.background, rank(&inc.standing), *i));
    }
    // Bars that overlap lie on different lanes.
    let mut lanes: Vec<i64> = Vec::new();
    let placed: Vec<(usize, &Incident, i64, i64, usize)> = bars
        .into_iter()
        .map(|(i, inc, a, z)| {
            let lane = lanes.iter().position(|end| *end < a).unwrap_or(lanes.len());
            if lane == lanes.len() {
                lanes.push(z);
            } else {
                lanes[lane] = z;
            }
            (i, inc, a, z, lane)
        })
        .collect();
    let high = stacks.iter().map(|s| s.len().min(STACK + 1)).max().unwrap_or(0).max(1);
    let bars_top = 14.0 + lanes.len().min(8) as f64 * 9.0;
    let base = bars_top + high as f64 * STEP + 8.0;
    let mut ticks: Vec<(i64, Vec<usize>)> = Vec::new();
    for (p, n) in published {
        let Some(c) = axis.column(*n) else { continue };
        match ticks.iter_mut().find(|t| t.0 == c) {
            Some(t) => t.1.push(*p),
            None => ticks.push((c, vec![*p])),
        }
    }
    let most = ticks.iter().map(|t| t.1.len().min(4)).max().unwrap_or(0) as f64;
    let height = base + 34.0 + most * 13.0 + 6.0;
    html! {
        svg.drawing.timeline viewBox={ "0 0 " (px(WIDTH)) " " (px(height)) } role="group" aria-label=(b.w.t("timeline.label")) {
            line.axis x1="0" x2=(px(WIDTH)) y1=(px(base)) y2=(px(base)) {}
            @for (c, label) in axis.labels(10, b.w) {
                line.grid x1=(px(x(c))) x2=(px(x(c))) y1="6" y2=(px(base + 5.0)) {}
                text.tick x=(px(x(c).clamp(left + 10.0, WIDTH - 34.0))) y=(px(base + 17.0)) text-anchor="middle" { (label) }
            }
            @for (i, inc, a, z, lane) in placed.iter().filter(|p| p.4 < 8) {
                a href=(b.incident_href(*i)) {
                    title { (b.title(inc).line()) }
                    line class={ "bar " (known(&inc.standing)) } x1=(px(x(*a) - 4.0)) x2=(px(x(*z) + 4.0)) y1=(px(12.0 + *lane as f64 * 9.0)) y2=(px(12.0 + *lane as f64 * 9.0)) {}
                }
            }
            @for (c, s) in stacks.iter().enumerate() {
                @for (n, (i, inc)) in s.iter().take(STACK).enumerate() {
                    a href=(b.incident_href(*i)) class={ "mark " (known(&inc.standing)) @if inc.background { " old" } } {
                        title { (b.title(inc).line()) " — " (b.w.id("standing", known(&inc.standing))) }
                        (shape(known(&inc.standing), x(c as i64), base - 10.0 - n as f64 * STEP, 4.6))
                    }
                }
                @if s.len() > STACK {
                    text.tick x=(px(x(c as i64))) y=(px(base - 6.0 - STACK as f64 * STEP)) text-anchor="middle" { "+" (s.len() - STACK) }
                }
            }
            text.lane x="0" y=(px(base - 6.0)) { (b.w.t("timeline.incidents")) }
            @if !published.is_empty() { text.lane x="0" y=(px(base + 36.0)) { (b.w.t("timeline.published")) } }
            @for (c, pages) in &ticks {
                line.pub x1=(px(x(*c))) x2=(px(x(*c))) y1=(px(base + 22.0)) y2=(px(base + 27.0)) {}
                @for (n, p) in pages.iter().take(if pages.len() > 4 { 3 } else { 4 }).enumerate() {
                    @let y = base + 36.0 + n as f64 * 13.0;
                    a href=(b.page_href(*p)) {
                        title { (b.page_label(*p)) ", " (b.outlet(*p)) }
                        // Numbers where they have room, squares where they have not.
                        @if width >= 28.0 { text.page x=(px(x(*c))) y=(px(y)) text-anchor="middle" { "p. " (p + 1) } }
                        @else { rect.page x=(px(x(*c) - 4.0)) y=(px(y - 8.0)) width="8" height="8" {} }
                    }
                }
                @if pages.len() > 4 { text.tick x=(px(x(*c))) y=(px(base + 36.0 + 3.0 * 13.0)) text-anchor="middle" { "+" (pages.len() - 3) } }
            }
        }
    }
}
