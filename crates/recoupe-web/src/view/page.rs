//! One page as it came, with what was read on it.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::html;
use recoupe_store::Role;
use serde_json::json;

use crate::app::App;
use crate::caller::Caller;
use crate::error::Oops;
use crate::shown::Shown;
use crate::{decide, frame, line};

/// `/pages/{number}` and `/pages/{number}.json`
pub async fn show(State(app): State<Arc<App>>, c: Caller, Path(number): Path<String>) -> Result<Response, Oops> {
    let (number, json) = super::asked(&number);
    let number: i64 = number.parse().map_err(|_| Oops::NotFound)?;
    let (page, shown, incidents) = app
        .read(move |d| {
            let page = d.store.page_line(number)?.ok_or(Oops::NotFound)?;
            Ok((page, Shown::of(d, [number], true)?, d.store.incidents_of(number)?))
        })
        .await?;
    let here = shown.dossier.pages.iter().find(|p| shown.number(&p.id) == number).ok_or(Oops::Defect)?;
    let claims: Vec<_> = shown.dossier.claims.iter().filter(|x| x.page == here.id).collect();
    if json {
        return Ok(Json(json!({ "page": here, "claims": claims })).into_response());
    }
    let parts = shown.parts(c.w);
    let title = here.title.clone().unwrap_or_else(|| page.source.clone());
    let main = html! {
        article.one.page-view {
            (decide::said(&c))
            h1 lang=[here.language.as_deref()] dir="auto" { (title) }
            p.under { (super::pages::about(c.w, &page)) " · " a href={ "/pages/" (number) "/raw" } { (c.w.t("page_view.raw")) } }
            div.beside-text {
                div { (parts.page(&here.id).unwrap_or_default()) }
                aside aria-labelledby="h-read" {
                    h2 #h-read { (c.w.t("page_view.read")) }
                    @if page.claims.is_none() && !claims.is_empty() { p.note { (c.w.t("page_view.unchecked")) } }
                    @if !incidents.is_empty() {
                        h3 { (c.w.t("place.incidents")) }
                        ul.short { @for x in &incidents { li { a href={ "/incidents/" (x.name) } { (line::name(c.w, x)) ", " (line::days(c.w, x)) } } } }
                    }
                    h3 { (c.w.t("page_view.claims")) }
                    ol.claims { @for x in &claims { li data-stop {
                        a href={ "#" (x.id) } { (parts.reading(x)) }
                        @if x.rejected { " " span.note { (c.w.t("page_view.rejected")) } }
                        @if c.may(Role::Reviewer) { " " a.tool href={ "/pages/" (number) "/claims/" (x.id) } { (c.w.t("page_view.correct")) } }
                    } } }
                }
            }
        }
    };
    Ok(frame::page(&app, &c, "pages", &title, main))
}

/// `/pages/{number}/raw`: the bytes as they came. They are shown as text, whatever they are.
pub async fn raw(State(app): State<Arc<App>>, _c: Caller, Path(number): Path<i64>) -> Result<Response, Oops> {
    let bytes = app
        .read(move |d| {
            let (page, _) = d.store.numbered([number])?.pop().ok_or(Oops::NotFound)?;
            Ok(d.store.bytes(page.blob)?)
        })
        .await?;
    let name = format!("attachment; filename=\"page-{number}.txt\"");
    Ok(([(header::CONTENT_TYPE, "text/plain".to_owned()), (header::CONTENT_DISPOSITION, name)], bytes).into_response())
}
