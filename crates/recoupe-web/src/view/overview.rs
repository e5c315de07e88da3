//! The first page: what contradicts, what changed since one last looked, what is newest.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use recoupe_export::{Day, Words, mark};
use recoupe_store::{IncidentQuery, IncidentRow, PageLine, Told};

use crate::app::{App, Tallies};
use crate::caller::Caller;
use crate::error::Oops;
use crate::{drawn, frame, line};

const CONTRADICTIONS: usize = 8;
const NEWEST: usize = 8;
/// Incidents on the map and the timeline.
const DRAWN: usize = 40;
const CHANGES: usize = 12;
const PAGES: usize = 6;

struct Found {
    tallies: Arc<Tallies>,
    contested: Vec<IncidentRow>,
    newest: Vec<IncidentRow>,
    changes: Vec<Told>,
    /// Whether the changes are new to the one who asks.
    unseen: bool,
    upto: i64,
    added: Vec<PageLine>,
}

/// `/`
pub async fn show(State(app): State<Arc<App>>, c: Caller) -> Result<Response, Oops> {
    let who = c.name.clone();
    let found = app
        .read(move |d| {
            let seen = d.store.looked(&who)?;
            let upto = d.store.last_change()?;
            let unseen = upto > seen;
            Ok(Found {
                tallies: d.tallies()?,
                contested: d.store.contested(CONTRADICTIONS)?,
                newest: d.store.newest(&IncidentQuery::default(), 0, DRAWN)?,
                changes: d.store.changes_since(if unseen { seen } else { 0 }, CHANGES)?,
                unseen,
                upto,
                added: d.store.page_lines(0, PAGES)?.0,
            })
        })
        .await?;
    let main = overview(&app, &c, &found);
    Ok(frame::page(&app, &c, "overview", c.w.t("overview.title"), main))
}

fn overview(app: &App, c: &Caller, f: &Found) -> Markup {
    let w = c.w;
    if f.tallies.pages == 0 {
        return html! {
            h1 { (w.t("overview.title")) }
            p.intro { (w.t("overview.empty")) }
            p { a.button href="/add" { (w.t("place.add")) } }
        };
    }
    let t = &f.tallies;
    let all: i64 = t.standings.iter().map(|s| s.count).sum();
    let count = |s: &str| t.standings.iter().find(|x| x.value == s).map_or(0, |x| x.count);
    html! {
        h1 { (w.t("overview.title")) }
        p.counts { (w.n("count.pages", t.pages)) " · " (w.n("count.incidents", usize::try_from(all).unwrap_or(0))) }
        ul.tally { @for s in ["contested", "differs", "agreed", "single_origin"] {
            li { (mark(w, s, false)) " " a href={ "/incidents?standing=" (s) } { (w.n(&format!("count.{s}"), usize::try_from(count(s)).unwrap_or(0))) } }
        } }
        @if t.unchecked > 0 {
            form.note-bar method="post" action="/update" {
                span { (w.n("overview.unchecked", t.unchecked)) }
                @if c.may(recoupe_store::Role::Reviewer) { button type="submit" { (w.t("overview.update")) } }
            }
        }
        div.front {
            section aria-labelledby="h-contested" {
                h2 #h-contested { (w.t("section.contradictions")) }
                @if f.contested.is_empty() { p.intro { (w.t("intro.no_contradictions")) } }
                @else {
                    (line::list(w, &f.contested))
                    p.rest { a href="/incidents?standing=contested" { (w.t("overview.all_contested")) } }
                }
            }
            div.pair {
                section aria-labelledby="h-changes" {
                    h2 #h-changes { (w.t(if f.unseen { "overview.since" } else { "overview.changes" })) }
                    @if f.changes.is_empty() { p.none { (w.t("overview.no_changes")) } }
                    @else { ul.changes { @for t in &f.changes { li { (change(w, t)) } } } }
                    @if f.unseen {
                        form method="post" action="/looked" {
                            input type="hidden" name="upto" value=(f.upto);
                            button type="submit" { (w.t("overview.seen")) }
                        }
                    }
                }
                section aria-labelledby="h-added" {
                    h2 #h-added { (w.t("overview.added")) }
                    ul.short { @for p in &f.added { li { (super::pages::line(w, p)) } } }
                }
            }
            section aria-labelledby="h-newest" {
                h2 #h-newest { (w.t("overview.newest")) }
                @if f.newest.is_empty() { p.intro { (w.t("overview.no_incident")) } }
                (line::list(w, &f.newest[..f.newest.len().min(NEWEST)]))
                p.rest { a href="/incidents" { (w.t("overview.all")) } }
            }
        }
        @let (timeline, map) = drawn::drawn(app, w, &f.newest);
        (timeline)
        (map)
    }
}

/// Something that changed: the incident as it is, and what was otherwise.
fn change(w: &'static Words, t: &Told) -> Markup {
    let before: serde_json::Value =
        t.change.before.as_deref().and_then(|b| serde_json::from_str(b).ok()).unwrap_or_default();
    let mut parts: Vec<String> = Vec::new();
    if let Some(x) = t.now.as_ref().filter(|_| t.change.what == "changed") {
        let mut put = |what: &str, a: Option<String>, z: Option<String>| {
            if a != z {
                let or = |x: Option<String>| x.unwrap_or_else(|| "?".to_owned());
                parts.push(format!("{what} {} → {}", or(a), or(z)));
            }
        };
        let n = |v: &serde_json::Value| v.as_i64().map(|n| w.number(n));
        put(w.t("overview.pages"), n(&before["pages"]), Some(w.number(x.pages)));
        put(&w.id("toll", "killed").to_lowercase(), n(&before["killed"]["low"]), x.killed_low.map(|n| w.number(n)));
        let standing = |s: &str| Some(w.id("standing", s));
        put("", before["standing"].as_str().and_then(standing), standing(&x.standing));
    }
    let day = Day::of(t.at.get(..10)).map(|d| w.day_short(d)).unwrap_or_default();
    html! {
        span.when { (day) } " "
        span.kind { (w.id("change_kind", &t.change.what)) } " "
        @match &t.now {
            Some(x) => a href={ "/incidents/" (x.name) } { (line::name(w, x)) ", " (line::days(w, x)) },
            None => {
                (w.id("type", before["type"].as_str().unwrap_or("other")))
                @if let Some(p) = before["place"].as_str() { " · " (p) }
            },
        }
        @if !parts.is_empty() { span.line { (parts.join(" · ")) } }
    }
}
