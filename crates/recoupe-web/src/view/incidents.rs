//! The list of incidents, by what one asks for; what is asked stands in the address.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use recoupe_store::{Facet, IncidentQuery, IncidentRow};

use crate::app::App;
use crate::caller::Caller;
use crate::error::Oops;
use crate::{drawn, frame, line};

/// Incidents on one page of the list.
const EACH: usize = 50;
/// Incidents that are drawn on the map and the timeline.
const DRAWN: usize = 120;

/// What the address asks for.
pub fn query(c: &Caller) -> IncidentQuery {
    IncidentQuery {
        from: c.asked("from"),
        to: c.asked("to"),
        country: c.asked("country"),
        kind: c.asked("type"),
        standing: c.asked("standing"),
        place: c.asked("place"),
        party: c.asked("party"),
        outlet: c.asked("outlet"),
        language: c.asked("language"),
        all: c.query.contains_key("all"),
    }
}

/// `/incidents`
pub async fn show(State(app): State<Arc<App>>, c: Caller) -> Result<Response, Oops> {
    let (asked, skip) = (query(&c), c.page() * EACH);
    let (found, all, tallies, rows) = app
        .read(move |d| {
            let (found, all) = d.store.browse(&asked, skip, EACH)?;
            let drawn = if all > EACH as i64 { d.store.newest(&asked, 0, DRAWN)? } else { found.clone() };
            Ok((found, all, d.tallies()?, drawn))
        })
        .await?;
    let (timeline, map) = drawn::drawn(&app, c.w, &rows);
    let main = html! {
        h1 { (c.w.t("place.incidents")) }
        (filters(&c, &tallies.countries, &tallies.kinds))
        p.counts { (c.w.n("count.incidents", usize::try_from(all).unwrap_or(0))) }
        @if found.is_empty() { p.intro { (c.w.t("incidents.none")) } }
        @else {
            @if all > DRAWN as i64 { p.note { (c.w.f("incidents.drawn", &[("n", &c.w.number(DRAWN as i64))])) } }
            (timeline)
            (days(&c, &found))
            (map)
        }
        (frame::pager(&c, all, EACH))
    };
    Ok(frame::page(&app, &c, "incidents", c.w.t("place.incidents"), main))
}

/// `/incidents.json`
pub async fn json(State(app): State<Arc<App>>, c: Caller) -> Result<Response, Oops> {
    let (asked, skip) = (query(&c), c.page() * EACH);
    let (found, all) = app.read(move |d| Ok(d.store.browse(&asked, skip, EACH)?)).await?;
    let items = found
        .iter()
        .map(|x| {
            let mut v = recoupe_desk::record(x);
            if let Some(map) = v.as_object_mut() {
                map.remove("claims");
            }
            v
        })
        .collect();
    Ok(super::list(&c, items, all, EACH))
}

fn first(x: &IncidentRow) -> Option<&str> {
    x.days.as_ref().map(|d| d.0.as_str())
}

fn days(c: &Caller, found: &[IncidentRow]) -> Markup {
    html! {
        @for day in found.chunk_by(|a, z| first(a) == first(z)) {
            section.day {
                h2 { (line::first_day(c.w, &day[0])) }
                (line::list(c.w, day))
            }
        }
    }
}

fn filters(c: &Caller, countries: &[Facet], kinds: &[Facet]) -> Markup {
    let w = c.w;
    let field = |name: &'static str, kind: &'static str| {
        html! { label { (w.id("filter", name)) input type=(kind) name=(name) value=[c.query.get(name)]; } }
    };
    let choice = |name: &'static str, options: &[(String, String)]| {
        let chosen = c.query.get(name);
        html! {
            label { (w.id("filter", name))
                select name=(name) {
                    option value="" { (w.t("filter.any")) }
                    @for (value, words) in options { option value=(value) selected[chosen == Some(value)] { (words) } }
                }
            }
        }
    };
    let counted = |list: &[Facet], table: &str| -> Vec<(String, String)> {
        list.iter().map(|f| (f.value.clone(), format!("{} ({})", w.id(table, &f.value), w.number(f.count)))).collect()
    };
    let standings: Vec<(String, String)> =
        ["contested", "differs", "agreed", "single_origin"].map(|s| (s.to_owned(), w.id("standing", s))).to_vec();
    html! {
        form.filters method="get" action="/incidents" {
            (field("from", "date")) (field("to", "date"))
            (choice("country", &counted(countries, "country")))
            (choice("type", &counted(kinds, "type")))
            (choice("standing", &standings))
            (field("place", "search"))
            (field("outlet", "search"))
            @if let Some(p) = c.query.get("party") { input type="hidden" name="party" value=(p); }
            label.check { input type="checkbox" name="all" value="1" checked[c.query.contains_key("all")]; (w.t("filter.all")) }
            button type="submit" { (w.t("filter.apply")) }
            @if !c.query.is_empty() { a href="/incidents" { (w.t("filter.clear")) } }
        }
        @if let Some(p) = c.query.get("party") { p.note { (w.t("filter.party")) (w.t("format.colon")) code { (p) } } }
    }
}
