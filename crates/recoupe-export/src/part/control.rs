//! Who is said to hold what: a strip per place, a band per claimed holder, and the same as a table.

use maud::{Markup, html};
use recoupe_wire::{Control, Holding, Party};

use crate::axis::Axis;
use crate::bits::{evidence, frame, neutral, px};
use crate::book::{Book, fold};
use crate::words::Day;

const WIDTH: f64 = 960.0;
const LABEL: f64 = 170.0;
/// Where bands without a date are drawn.
const UNDATED: f64 = 100.0;
const BAND: f64 = 20.0;
const PATTERNS: usize = 6;

/// A claim of control with where its band begins, ends and lies.
type Band<'a> = (&'a Control, f64, f64, f64);

/// One place with its bands.
struct Strip<'a> {
    name: String,
    rows: Vec<&'a Control>,
}

/// The chart and the table.
pub fn section(b: &Book) -> Markup {
    if b.d.control.is_empty() {
        return html! {};
    }
    let mut strips: Vec<(String, Strip)> = Vec::new();
    for c in &b.d.control {
        let key = c.place.id.clone().unwrap_or_else(|| fold(&c.place.name));
        match strips.iter_mut().find(|s| s.0 == key) {
            Some(s) => s.1.rows.push(c),
            None => strips.push((key, Strip { name: b.w.place(&c.place), rows: vec![c] })),
        }
    }
    let strips: Vec<Strip> = strips.into_iter().map(|s| s.1).collect();
    let mut parties: Vec<&Party> = Vec::new();
    for p in b.d.control.iter().filter_map(|c| c.holder.as_ref()) {
        if !parties.iter().any(|q| q.id == p.id) {
            parties.push(p);
        }
    }
    html! {
        section #control aria-labelledby="h-control" {
            h2 #h-control { (b.w.t("section.control")) }
            p.intro { (b.w.t("intro.control")) }
            @if !parties.is_empty() {
                (frame(b.w.t("control.chart"), chart(b, &strips, &parties)))
                ul.legend aria-label=(b.w.t("control.legend")) {
                    @for (i, p) in parties.iter().enumerate() {
                        li {
                            svg width="34" height="16" aria-hidden="true" focusable="false" { rect.band width="34" height="16" {} rect width="34" height="16" fill={ "url(#party" (i % PATTERNS) ")" } {} text.initials x="17" y="12" text-anchor="middle" { (initials(b, p)) } }
                            " " (neutral(b, p))
                        }
                    }
                }
            }
            (holding(b))
            details.more open[parties.is_empty()] {
                summary { (b.w.t("control.table")) }
                (frame(b.w.t("section.control"), table(b, &strips)))
            }
        }
    }
}

/// First letters of a party's neutral name.
fn initials(b: &Book, p: &Party) -> String {
    let name = b.w.party(p);
    let words: Vec<&str> = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|x| x.chars().count() > 2 || x.chars().all(char::is_uppercase) && !x.is_empty())
        .collect();
    match words.as_slice() {
        [one] if one.chars().count() <= 5 && one.chars().all(|c| c.is_uppercase() || c.is_numeric()) => {
            (*one).to_owned()
        }
        [one] => one.chars().take(3).flat_map(char::to_uppercase).collect(),
        many => many.iter().take(4).filter_map(|w| w.chars().next()).flat_map(char::to_uppercase).collect(),
    }
}

fn day(t: &Option<recoupe_wire::Time>) -> Option<i64> {
    let t = t.as_ref()?;
    Day::of(t.from.as_deref()).or(Day::of(t.to.as_deref())).map(Day::number)
}

/// The first day to draw: one much older date would press all others against the edge, so its band starts at the edge instead.
fn start(mut dates: Vec<i64>) -> Option<i64> {
    dates.sort_unstable();
    dates.dedup();
    let last = *dates.last()?;
    let mut rest = dates.as_slice();
    while let [a, b, more @ ..] = rest
        && !more.is_empty()
        && last - a > 120
        && (b - a) * 2 > last - a
    {
        rest = &rest[1..];
    }
    rest.first().copied()
}

fn chart(b: &Book, strips: &[Strip], parties: &[&Party]) -> Markup {
    let dates: Vec<i64> = b.d.control.iter().flat_map(|c| [day(&c.from), day(&c.to)]).flatten().collect();
    let read: Option<i64> = b.d.pages.iter().filter_map(|p| day(&p.published)).max();
    let undated = b.d.control.iter().any(|c| day(&c.from).is_none());
    let left = LABEL + if undated { UNDATED } else { 0.0 };
    let last = dates.iter().copied().chain(read).max();
    let range = start(dates).zip(last).map(|(a, z)| (a, z.max(a + 3))).map(|(a, z)| (a, z + (z - a) / 24 + 1));
    let x = |n: i64| {
        range.map_or(left, |(a, z)| left + 4.0 + (WIDTH - left - 12.0) * (n.max(a) - a) as f64 / (z - a) as f64)
    };
    // Bands of one place that overlap lie below each other.
    let mut y = 26.0;
    let mut rows: Vec<(f64, f64, &Strip, Vec<Band>)> = Vec::new();
    for s in strips {
        let mut lanes: Vec<f64> = Vec::new();
        let mut bands = Vec::new();
        for c in &s.rows {
            let (a, z) = match (day(&c.from), range) {
                (Some(f), Some((_, end))) => (x(f), day(&c.to).map_or(x(end), |t| x(t.max(f))).max(x(f) + 8.0)),
                _ => (LABEL + 4.0, LABEL + UNDATED - 8.0),
            };
            let lane = lanes.iter().position(|end| *end <= a + 0.5).unwrap_or(lanes.len());
            if lane == lanes.len() {
                lanes.push(z);
            } else {
                lanes[lane] = z;
            }
            bands.push((*c, a, z, y + 4.0 + lane as f64 * (BAND + 3.0)));
        }
        let height = lanes.len() as f64 * (BAND + 3.0) + 6.0;
        rows.push((y, height, s, bands));
        y += height;
    }
    html! {
        svg.drawing.control viewBox={ "0 0 " (px(WIDTH)) " " (px(y + 6.0)) } role="group" aria-label=(b.w.t("control.chart")) {
            (patterns())
            @if undated { text.tick x=(px(LABEL + 4.0)) y="14" { (b.w.t("control.undated")) } }
            @if let Some((a, z)) = range {
                @let axis = Axis::new(a, z);
                @for (c, label) in axis.labels(6, b.w) {
                    @let at = x(a + c * (z - a + 1) / axis.columns.max(1));
                    line.grid x1=(px(at)) x2=(px(at)) y1="20" y2=(px(y)) {}
                    text.tick x=(px(at)) y="14" text-anchor=(if c == 0 { "start" } else { "middle" }) { (label) }
                }
            }
            @for (top, height, s, bands) in &rows {
                line.grid x1="0" x2=(px(WIDTH)) y1=(px(*top)) y2=(px(*top)) {}
                text.place x="0" y=(px(top + height / 2.0 + 4.0)) { (short(&s.name, 26)) title { (s.name) } }
                @for (c, a, z, at) in bands { (band(b, c, *a, *z, *at, parties)) }
            }
        }
    }
}

fn band(b: &Book, c: &Control, a: f64, z: f64, y: f64, parties: &[&Party]) -> Markup {
    let i = c.holder.as_ref().and_then(|h| parties.iter().position(|p| p.id == h.id));
    let name = match (&c.holder, &c.against) {
        (Some(h), _) => b.w.party(h),
        (None, Some(l)) => b.w.f("control.lost_by", &[("who", &b.w.party(l))]),
        (None, None) => b.w.t("control.nobody").to_owned(),
    };
    let since = c.from.as_ref().and_then(|t| b.w.time(t)).unwrap_or_else(|| b.w.t("control.undated").to_owned());
    let said = b.w.f("row.according", &[("who", &b.voices(&c.said_by, &c.claims))]);
    let mut full = format!("{name}, {}, {since}, {said}", b.w.id("change", &c.change));
    if c.disputed {
        full.push_str(", ");
        full.push_str(b.w.t("control.disputed"));
    }
    let width = (z - a).max(6.0);
    let initials = c.holder.as_ref().map(|h| initials(b, h)).unwrap_or_default();
    // About 7 units a letter at this size; what does not fit is said by initials, before the band where it is too narrow.
    let room = ((width - 10.0) / 7.0) as usize;
    let text = if name.chars().count() <= room { name.clone() } else { initials };
    let before = text.chars().count() > room;
    html! {
        g.held {
            title { (full) }
            rect class={ "band" @if c.disputed { " disputed" } } x=(px(a)) y=(px(y)) width=(px(width)) height=(px(BAND)) {}
            @if let Some(i) = i { rect x=(px(a)) y=(px(y)) width=(px(width)) height=(px(BAND)) fill={ "url(#party" (i % PATTERNS) ")" } {} }
            @if c.disputed { rect x=(px(a)) y=(px(y)) width=(px(width)) height=(px(BAND)) fill="url(#disputed)" {} }
            @if before { text.initials.outside x=(px(a - 4.0)) y=(px(y + 14.0)) text-anchor="end" { (text) } }
            @else { text.initials x=(px(a + 6.0)) y=(px(y + 14.0)) { (text) } }
        }
    }
}

fn short(s: &str, n: usize) -> String {
    if s.chars().count() <= n { s.to_owned() } else { s.chars().take(n - 1).chain(['…']).collect() }
}

/// Patterns for parties: told apart without colour, none of them better or worse. Slanting lines mean “disputed” only.
fn patterns() -> Markup {
    html! {
        defs {
            pattern #party0 width="8" height="8" patternUnits="userSpaceOnUse" { rect.p0 width="8" height="8" {} }
            pattern #party1 width="8" height="8" patternUnits="userSpaceOnUse" { circle.dotp cx="4" cy="4" r="1.1" {} }
            pattern #party2 width="6" height="6" patternUnits="userSpaceOnUse" { path.linep d="M0 5.5H6" {} }
            pattern #party3 width="7" height="7" patternUnits="userSpaceOnUse" { path.linep d="M6.5 0V7" {} }
            pattern #party4 width="9" height="9" patternUnits="userSpaceOnUse" { path.linep d="M0 8.5H9M8.5 0V9" {} }
            pattern #party5 width="9" height="9" patternUnits="userSpaceOnUse" { circle.ringp cx="4.5" cy="4.5" r="2.2" {} }
            pattern #disputed width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" { path.hatch d="M4 0V8" {} }
        }
    }
}

fn table(b: &Book, strips: &[Strip]) -> Markup {
    html! {
        table.ledger {
            caption.vh { (b.w.t("section.control")) }
            thead { tr {
                @for h in ["place", "holder", "change", "from", "to", "said_by"] { th scope="col" { (b.w.t(&format!("control.{h}"))) } }
                th scope="col" { (b.w.t("control.disputed")) }
                th scope="col" { (b.w.t("row.sentence")) }
            } }
            tbody { @for s in strips { @for c in &s.rows { tr {
                th scope="row" dir="auto" { (s.name) }
                td {
                    @match &c.holder { Some(h) => (neutral(b, h)), None => "·" }
                    @if let Some(l) = &c.against { span.of { (b.w.f("control.against", &[("who", &b.w.party(l))])) } }
                }
                td { (b.w.id("change", &c.change)) }
                td { (c.from.as_ref().and_then(|t| b.w.time(t)).unwrap_or_else(|| b.w.t("control.undated").to_owned())) }
                td { (c.to.as_ref().and_then(|t| b.w.time(t)).unwrap_or_else(|| "·".to_owned())) }
                td {
                    (b.voices(&c.said_by, &c.claims))
                    @if !c.denied_by.is_empty() { span.of { (b.w.f("row.denied_by", &[("who", &b.voices(&c.denied_by, &c.claims))])) } }
                }
                td { @if c.disputed { (b.w.t("control.disputed")) } @else { "·" } }
                td { (evidence(b, &c.claims)) }
            } } } }
        }
    }
}

/// Place by place: who held it when, what nobody accounts for, and who was last known to hold it.
fn holding(b: &Book) -> Markup {
    let day = |d: &Option<String>| Day::of(d.as_deref()).map(|d| b.w.day(d));
    html! {
        @if !b.d.holding.is_empty() {
            details.more.holding open {
                summary { (b.w.t("holding.title")) }
                (frame(b.w.t("holding.title"), html! {
                    table.ledger {
                        caption.vh { (b.w.t("holding.title")) }
                        thead { tr {
                            th scope="col" { (b.w.t("control.place")) }
                            @for h in ["holder", "from", "to", "said_by"] { th scope="col" { (b.w.t(&format!("control.{h}"))) } }
                            th scope="col" { (b.w.t("row.sentence")) }
                        } }
                        @for h in &b.d.holding {
                            tbody {
                                @for (n, s) in h.spans.iter().enumerate() { tr {
                                    @if n == 0 { th scope="rowgroup" rowspan=(h.spans.len() + h.unknown.len()) dir="auto" { (b.w.place(&h.place)) span.of { (last(b, h)) } } }
                                    th scope="row" { (neutral(b, &s.holder)) span.of { (b.w.id("change", &s.began)) @if s.disputed { ", " (b.w.t("control.disputed")) } } }
                                    td { (day(&s.from).unwrap_or_else(|| b.w.t("control.undated").to_owned())) }
                                    td {
                                        @match (day(&s.to), day(&s.seen)) {
                                            (Some(d), _) => (d),
                                            (None, Some(d)) => (b.w.f("holding.seen", &[("day", &d)])),
                                            (None, None) => "·",
                                        }
                                        @if let Some(e) = &s.ended { span.of { (b.w.t(if e == "lost" { "holding.lost" } else { "holding.taken" })) } }
                                    }
                                    td { (b.voices(&s.said_by, &s.claims)) @if !s.denied_by.is_empty() { span.of { (b.w.f("row.denied_by", &[("who", &b.voices(&s.denied_by, &s.claims))])) } } }
                                    td { (evidence(b, &s.claims)) }
                                } }
                                @for g in &h.unknown { tr.unknown {
                                    th scope="row" { (b.w.t("holding.unknown")) }
                                    td { (day(&Some(g.from.clone())).unwrap_or_default()) }
                                    td { (day(&g.to).unwrap_or_else(|| "·".to_owned())) }
                                    td { "·" }
                                    td { "·" }
                                } }
                            }
                        }
                    }
                }))
            }
        }
    }
}

/// The last known holder in a line.
fn last(b: &Book, h: &Holding) -> String {
    let names: Vec<String> =
        h.last.iter().filter_map(|i| h.spans.get(*i as usize)).map(|s| b.w.party(&s.holder)).collect();
    match names.len() {
        0 => b.w.t("holding.nobody").to_owned(),
        1 => b.w.f("holding.last", &[("who", &names[0])]),
        _ => b.w.f("holding.last_disputed", &[("who", &names.join(", "))]),
    }
}
