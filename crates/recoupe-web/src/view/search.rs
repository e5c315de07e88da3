//! Search over the texts of pages.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use recoupe_export::Day;
use recoupe_store::{Hit, IncidentQuery, IncidentRow, Marks};
use serde_json::json;

use crate::app::App;
use crate::caller::Caller;
use crate::error::Oops;
use crate::{frame, line};

/// Pages that are shown.
const MOST: usize = 50;
/// Incidents at places of that name.
const PLACES: usize = 8;
/// What stands around the words that were found; no page holds these.
const MARKS: Marks<'static> = Marks { open: "\u{1}", close: "\u{2}" };

async fn found(app: &Arc<App>, question: String) -> Result<(Vec<Hit>, i64, Vec<IncidentRow>), Oops> {
    app.read(move |d| {
        let (hits, all) = d.store.search(&question, None, MOST, MARKS)?;
        let query = IncidentQuery { place: Some(question), ..IncidentQuery::default() };
        Ok((hits, all, d.store.newest(&query, 0, PLACES)?))
    })
    .await
}

/// `/search?q=`
pub async fn show(State(app): State<Arc<App>>, c: Caller) -> Result<Response, Oops> {
    let w = c.w;
    let Some(question) = c.asked("q") else {
        let main = html! { h1 { (w.t("web.search")) } p.intro { (w.t("search.how")) } };
        return Ok(frame::page(&app, &c, "search", w.t("web.search"), main));
    };
    let (hits, all, places) = found(&app, question.clone()).await?;
    let main = html! {
        h1 { (w.quoted(&question)) }
        p.counts { (w.n("count.pages", usize::try_from(all).unwrap_or(0))) }
        @if !places.is_empty() {
            section aria-labelledby="h-at" { h2 #h-at { (w.t("search.places")) } (line::list(w, &places)) }
        }
        section aria-labelledby="h-hits" {
            h2 #h-hits { (w.t("place.pages")) }
            @if hits.is_empty() { p.intro { (w.t("search.none")) } }
            ol.lines.hits { @for h in &hits { li data-stop {
                a.what href={ "/pages/" (h.page) } dir="auto" { (if h.title.trim().is_empty() { &h.source } else { &h.title }) }
                span.line {
                    (w.f("row.page", &[("n", &h.page.to_string())]))
                    @if let Some(o) = &h.outlet { " · " (o) }
                    @if let Some(d) = Day::of(h.day.as_deref()) { " · " (w.day(d)) }
                }
                p.passage dir="auto" { (passage(&h.passage)) }
            } } }
            p.note { (w.t("search.how")) }
        }
    };
    Ok(frame::page(&app, &c, "search", &question, main))
}

/// `/search.json?q=`
pub async fn json(State(app): State<Arc<App>>, c: Caller) -> Result<Response, Oops> {
    let question = c.asked("q").ok_or(Oops::Bad("oops.query"))?;
    let (hits, all, _) = found(&app, question).await?;
    let plain = |s: &str| s.replace(['\u{1}', '\u{2}'], "");
    let items = hits
        .iter()
        .map(|h| {
            json!({ "page": h.page, "id": format!("sha256:{}", h.sha256), "title": h.title, "outlet": h.outlet, "day": h.day,
                "source": h.source, "passage": plain(&h.passage), "score": h.score })
        })
        .collect();
    Ok(super::list(&c, items, all.min(MOST as i64), MOST))
}

/// A passage with the words that were found marked.
fn passage(text: &str) -> Markup {
    html! {
        @for (i, piece) in text.split(MARKS.open).enumerate() {
            @match piece.split_once(MARKS.close).filter(|_| i > 0) {
                Some((found, rest)) => { mark { (found) } (rest) },
                None => (piece),
            }
        }
    }
}
