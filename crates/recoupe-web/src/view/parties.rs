//! Who is named, and everything that is said about one of them.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use maud::html;
use recoupe_export::Section;
use recoupe_store::IncidentQuery;
use serde_json::json;

use crate::app::App;
use crate::caller::Caller;
use crate::error::Oops;
use crate::shown::Shown;
use crate::{frame, line};

/// Pages whose names and relations are shown of one party.
const PAGES: usize = 24;
/// Incidents of one party that are shown.
const INCIDENTS: usize = 12;

/// `/parties`
pub async fn list(State(app): State<Arc<App>>, c: Caller) -> Result<Response, Oops> {
    let found = app.read(|d| d.tallies()).await?;
    let w = c.w;
    let main = html! {
        h1 { (w.t("place.parties")) }
        p.intro { (w.t("parties.intro")) }
        table.ledger {
            thead { tr { th scope="col" { (w.t("parties.name")) } th scope="col" { (w.t("parties.id")) } th.n scope="col" { (w.t("place.pages")) } } }
            tbody { @for p in &found.parties { tr data-stop {
                th scope="row" { a href={ "/parties/" (p.value) } { (p.name.as_deref().unwrap_or(&p.value)) } }
                td { code { (p.value) } }
                td.n { (w.number(p.count)) }
            } } }
        }
    };
    Ok(frame::page(&app, &c, "parties", w.t("place.parties"), main))
}

/// `/parties.json`
pub async fn json(State(app): State<Arc<App>>, c: Caller) -> Result<Response, Oops> {
    let found = app.read(|d| d.tallies()).await?;
    let items = found.parties.iter().map(|p| json!({ "id": p.value, "name": p.name, "pages": p.count })).collect();
    Ok(super::list(&c, items, found.parties.len() as i64, found.parties.len()))
}

/// `/parties/{id}`: ids have a slash inside.
pub async fn show(State(app): State<Arc<App>>, c: Caller, Path(id): Path<String>) -> Result<Response, Oops> {
    let asked = id.clone();
    let (name, shown, all, incidents) = app
        .read(move |d| {
            let (pages, all) = d.store.pages_naming(&asked, PAGES)?;
            if pages.is_empty() {
                return Err(Oops::NotFound);
            }
            let name = d.store.party_name(&asked)?.unwrap_or_else(|| asked.clone());
            let query = IncidentQuery { party: Some(asked.clone()), ..IncidentQuery::default() };
            let incidents = d.store.newest(&query, 0, INCIDENTS)?;
            Ok((name, Shown::of(d, pages, false)?, all, incidents))
        })
        .await?;
    let w = c.w;
    let parts = shown.parts(w);
    let main = html! {
        h1 { (name) }
        p.under { code { (id) } " · " (w.n("count.pages", usize::try_from(all).unwrap_or(0))) }
        section aria-labelledby="h-of" {
            h2 #h-of { (w.t("parties.incidents")) }
            (line::list(w, &incidents))
            p.rest { a href=(frame::address("/incidents", &[("party", &id)])) { (w.t("overview.all")) } }
        }
        @if all > PAGES as i64 { p.note { (w.f("ledgers.some", &[("n", &w.number(PAGES as i64)), ("all", &w.number(all))])) } }
        (parts.section(Section::Relations))
        (parts.section(Section::Control))
        (parts.section(Section::Names))
    };
    Ok(frame::page(&app, &c, "parties", &name, main))
}
