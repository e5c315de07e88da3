//! What a reader sees first: what contradicts, what several origins say, what one alone says.

use maud::{Markup, html};
use recoupe_wire::{Disagreement, Incident, Side, Value};

use crate::bits::{mark, neutral};
use crate::book::{Book, days, quiet, rank};
use crate::compare::{self, names_group, toll_label};
use crate::words::Day;

/// Area and period, from what the incidents of the pages themselves name most.
pub fn title(b: &Book) -> String {
    // A town and its province of one name are one word in a title.
    let mut areas: Vec<(String, usize)> = Vec::new();
    for x in b.d.incidents.iter().filter(|x| !quiet(&x.kind_of)) {
        let Some(p) = &x.place else { continue };
        let name = b.w.place(p);
        match areas.iter_mut().find(|a| a.0 == name) {
            Some(a) => a.1 += x.claims.len(),
            None => areas.push((name, x.claims.len())),
        }
    }
    areas.sort_by_key(|a| std::cmp::Reverse(a.1));
    let names: Vec<String> = areas.into_iter().take(3).map(|a| a.0).collect();
    match (names.is_empty(), period(b)) {
        (true, None) => b.w.t("head.untitled").to_owned(),
        (true, Some((a, z))) => b.w.span(a, z),
        (false, _) => names.join(", "),
    }
}

/// First and last day of the incidents that the pages tell as news.
pub fn period(b: &Book) -> Option<(Day, Day)> {
    let news = || b.d.incidents.iter().filter(|x| !x.background && !x.summary);
    // Days first; months and years only where nothing is more exact.
    let exact: Vec<(Day, Day)> = news().filter_map(days).filter(|(a, z)| z.number() - a.number() <= 7).collect();
    let all: Vec<(Day, Day)> = if exact.is_empty() { news().filter_map(days).collect() } else { exact };
    Some((all.iter().map(|d| d.0).min()?, all.iter().map(|d| d.1).max()?))
}

/// Pages, origins and voices in one line.
pub fn counts(b: &Book) -> Vec<String> {
    let d = b.d;
    let shared: usize = d.origins.iter().map(|o| o.pages.len().saturating_sub(1)).sum();
    let mut voices: Vec<&str> =
        d.claims.iter().filter(|c| !c.rejected).filter_map(|c| c.voice.as_ref()).map(|v| v.id.as_str()).collect();
    voices.sort_unstable();
    voices.dedup();
    vec![
        b.w.n("count.pages", d.pages.len()),
        b.w.n("count.origins", d.pages.len().saturating_sub(shared)),
        b.w.n("count.voices", voices.len()),
        b.w.n("count.incidents", d.incidents.len()),
    ]
}

/// An incident with contradictions, and how much they weigh.
struct Clash<'a> {
    weight: u32,
    incident: usize,
    x: &'a Incident,
    parted: Vec<&'a Disagreement>,
}

/// How much a contradiction weighs: whether it happened, who did it, to whom, how many died …
fn weight(x: &Incident, d: &Disagreement) -> u32 {
    match d.field.as_str() {
        "happened" => 100,
        "actor" => 80,
        "target" | "target_status" => 70,
        "toll" => match d.toll.and_then(|t| x.tolls.get(t as usize)).map(|t| t.kind.as_str()) {
            Some("killed") => 60,
            Some("wounded" | "killed_or_wounded" | "neutralised") => 50,
            _ => 40,
        },
        "type" => 30,
        "place" => 20,
        _ => 10,
    }
}

fn clashes<'a>(b: &Book<'a>) -> Vec<Clash<'a>> {
    let mut out: Vec<Clash> = Vec::new();
    for (incident, x) in b.d.incidents.iter().enumerate().filter(|(_, x)| !x.disagreements.is_empty()) {
        let mut parted: Vec<&Disagreement> = x.disagreements.iter().collect();
        parted.sort_by_key(|d| std::cmp::Reverse(weight(x, d)));
        let news = if x.background || x.summary { 0 } else { 200 };
        let violent = if quiet(&x.kind_of) { 0 } else { 100 };
        out.push(Clash { weight: weight(x, parted[0]) + news + violent + x.origins.min(9), incident, x, parted });
    }
    out.sort_by(|a, z| z.weight.cmp(&a.weight).then(a.incident.cmp(&z.incident)));
    out
}

/// What contradicts, most serious first.
pub fn contradictions(b: &Book) -> Markup {
    const SHOWN: usize = 4;
    let all = clashes(b);
    html! {
        section #contradictions aria-labelledby="h-contradictions" {
            h2 #h-contradictions { (b.w.t("section.contradictions")) }
            @if all.is_empty() {
                p.intro { (b.w.t("intro.no_contradictions")) }
            } @else {
                p.intro { (b.w.t("intro.contradictions")) }
                ul.clashes { @for c in all.iter().take(SHOWN) { (clash(b, c)) } }
                @if all.len() > SHOWN {
                    details.more {
                        summary { (b.w.n("count.more", all.len() - SHOWN)) }
                        ul.clashes { @for c in &all[SHOWN..] { (clash(b, c)) } }
                    }
                }
            }
        }
    }
}

fn clash(b: &Book, c: &Clash) -> Markup {
    html! {
        li.clash {
            p.what { (mark(b, &c.x.standing, false)) " " a href=(b.incident_href(c.incident)) { (b.title(c.x).line()) } }
            @for d in &c.parted {
                @let toll = d.toll.and_then(|t| c.x.tolls.get(t as usize));
                div.parted {
                    p.field {
                        @match toll {
                            Some(t) => { (toll_label(b, &t.kind, &t.unit)) @if names_group(t) { ", " (b.w.party(&t.group)) } },
                            None => (b.w.id("field", &d.field)),
                        }
                    }
                    ul.sides { @for s in &d.sides { li { span.said { (value(b, s)) } " " span.by { (b.voices(&s.voices, &s.claims)) } } } }
                }
            }
        }
    }
}

/// What one side says, in plain words.
pub fn value(b: &Book, s: &Side) -> Markup {
    match &s.value {
        Value::Happened(true) => html! { (b.w.t("row.yes")) },
        Value::Happened(false) => html! { (b.w.t("row.no")) },
        Value::Party(p) => {
            let (v, beside, _) = compare::party(b, p);
            html! { span dir="auto" { (v) } @if let Some(n) = beside { " " span.beside { (n) } } }
        }
        Value::NotParty(p) => html! { (b.w.f("row.not_this", &[("who", &b.w.party(p))])) },
        Value::Status(s) => html! { (b.w.id("status", s)) },
        Value::Type(t) => html! { (b.w.id("type", t)) },
        Value::Time(t) => html! { (b.w.time(t).or_else(|| t.text.clone()).unwrap_or_default()) },
        Value::Place(p) => html! { (b.w.place(p)) },
        Value::Figure { min, max, approx } => {
            html! { (b.w.figure(*min, *max, *approx).unwrap_or_else(|| b.w.t("figure.unknown").to_owned())) }
        }
    }
}

/// What several origins say, and what one alone says: two short lists.
pub fn standing(b: &Book) -> Markup {
    let pick = |agreed: bool| {
        let mut v: Vec<(usize, &Incident)> =
            b.d.incidents
                .iter()
                .enumerate()
                .filter(|(_, x)| {
                    !x.background
                        && !quiet(&x.kind_of)
                        && if agreed { x.standing == "agreed" } else { rank(&x.standing) == 3 }
                })
                .collect();
        // Deadliest first, then in the order of days.
        v.sort_by_key(|(i, x)| (std::cmp::Reverse(deaths(x)), *i));
        v
    };
    let list = |items: &[(usize, &Incident)], none: &str| {
        html! {
            @if items.is_empty() { p.none { (b.w.t(none)) } }
            @else {
                ul.short { @for (i, x) in items.iter().take(5) { li { (brief(b, *i, x)) } } }
                @if items.len() > 5 { p.rest { a href="#days" { (b.w.n("count.more", items.len() - 5)) } } }
            }
        }
    };
    let (agreed, single) = (pick(true), pick(false));
    html! {
        div.pair {
            section aria-labelledby="h-agreed" {
                h2 #h-agreed { (mark(b, "agreed", false)) " " (b.w.t("section.agreed")) }
                p.intro { (b.w.t("intro.agreed")) }
                (list(&agreed, "intro.none_agreed"))
            }
            section aria-labelledby="h-single" {
                h2 #h-single { (mark(b, "single_origin", false)) " " (b.w.t("section.single")) }
                p.intro { (b.w.t("intro.single")) }
                (list(&single, "intro.none_single"))
            }
        }
    }
}

fn deaths(x: &Incident) -> i64 {
    x.tolls.iter().filter(|t| t.kind == "killed").filter_map(|t| t.low.or(t.high)).max().unwrap_or(0)
}

/// An incident in one line: what, where, when, the first toll and who gives it.
fn brief(b: &Book, i: usize, x: &Incident) -> Markup {
    html! {
        a href=(b.incident_href(i)) { (b.title(x).line()) }
        @if let Some(t) = headline(b, x) { " — " (t) }
        @if let Some(v) = x.voices.iter().flatten().next() { " " span.by { (neutral(b, v)) } }
    }
}

/// The weightiest toll of an incident in a few words.
pub fn headline(b: &Book, x: &Incident) -> Option<String> {
    let order = |k: &str| {
        ["killed", "killed_or_wounded", "neutralised", "wounded", "destroyed", "captured"]
            .iter()
            .position(|o| *o == k)
            .unwrap_or(9)
    };
    let t = x.tolls.iter().filter(|t| t.low.is_some() || t.high.is_some()).min_by_key(|t| (t.part, order(&t.kind)))?;
    let figure = b.w.figure(t.low, t.high, t.by.iter().all(|f| f.approx) && !t.by.is_empty())?;
    let label = toll_label(b, &t.kind, &t.unit).to_lowercase();
    // Things are named before their number, people after it, one of them in the singular.
    Some(match t.unit.as_str() {
        "" | "person" | "people" if (t.low, t.high) == (Some(1), Some(1)) => {
            format!("{figure} {}", b.w.id("toll_one", &t.kind))
        }
        "" | "person" | "people" => format!("{figure} {label}"),
        _ => format!("{label}{}{figure}", b.w.t("format.colon")),
    })
}
