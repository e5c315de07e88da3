//! The ledgers: agreements, control, displacement, relations, sites, names, origins. Each is made of the pages that speak of it.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use maud::html;
use recoupe_export::Section;
use serde_json::json;

use crate::app::App;
use crate::caller::Caller;
use crate::error::Oops;
use crate::frame;
use crate::shown::Shown;

/// Pages that a ledger is made of at most: those published last. A party narrows it to others.
const PAGES: usize = 40;

/// Name in the address, kind of the claims it is made of, part of the report.
const LEDGERS: [(&str, &str, Section); 7] = [
    ("agreements", "agreement", Section::Agreements),
    ("control", "control", Section::Control),
    ("displacement", "displacement", Section::Displacement),
    ("relations", "relation", Section::Relations),
    ("sites", "control", Section::Sites),
    ("names", "naming", Section::Names),
    ("origins", "incident", Section::Origins),
];

/// `/ledgers/{name}` and `/ledgers/{name}.json`
pub async fn show(State(app): State<Arc<App>>, c: Caller, Path(name): Path<String>) -> Result<Response, Oops> {
    let (name, as_json) = super::asked(&name);
    let (key, kind, section) = LEDGERS.into_iter().find(|l| l.0 == name).ok_or(Oops::NotFound)?;
    let party = c.asked("party");
    let texts = section == Section::Origins;
    let (shown, made_of, all) = app
        .read(move |d| {
            let (pages, all) = d.store.pages_with(kind, party.as_deref(), PAGES)?;
            Ok((Shown::of(d, pages.iter().copied(), texts)?, pages.len(), all))
        })
        .await?;
    let d = &shown.dossier;
    if as_json {
        let rows = match key {
            "agreements" => json!(d.agreements),
            "control" => json!({ "control": d.control, "holding": d.holding }),
            "displacement" => json!({ "displacement": d.displacement, "series": d.displacement_series }),
            "relations" => json!(d.relations),
            "sites" => json!(d.sites),
            "names" => json!({ "namings": d.namings, "lens": d.naming_lens }),
            _ => json!(d.origins),
        };
        return Ok(Json(json!({ "ledger": key, "rows": rows, "made_of": made_of, "pages": all })).into_response());
    }
    let w = c.w;
    let part = shown.parts(w).section(section);
    let empty = part.0.is_empty();
    let main = html! {
        nav.tabs aria-label=(w.t("place.ledgers")) { ul { @for (k, _, _) in LEDGERS {
            li { a href={ "/ledgers/" (k) } aria-current=[(k == key).then_some("page")] { (w.t(&format!("nav.{k}"))) } }
        } } }
        h1.vh { (w.t("place.ledgers")) }
        @if all > made_of as i64 {
            p.note { (w.f("ledgers.some", &[("n", &w.number(made_of as i64)), ("all", &w.number(all))])) }
        }
        @if let Some(p) = c.query.get("party") { p.note { (w.t("filter.party")) (w.t("format.colon")) code { (p) } " " a href=(c.path) { (w.t("filter.clear")) } } }
        @if empty { p.intro { (w.t("ledgers.empty")) } } @else { (part) }
    };
    Ok(frame::page(&app, &c, "ledgers", w.t(&format!("nav.{key}")), main))
}
