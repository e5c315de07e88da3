//! The queue of what a decision helps most, one after the other.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use recoupe_desk::record;

use crate::app::App;
use crate::caller::Caller;
use crate::error::Oops;
use crate::{frame, line};

/// Incidents on one page of the queue.
const EACH: usize = 20;

/// `/review`
pub async fn show(State(app): State<Arc<App>>, c: Caller) -> Result<Response, Oops> {
    let skip = c.page() * EACH;
    let (found, open, done) = app.read(move |d| Ok(d.store.queue(skip, EACH)?)).await?;
    let w = c.w;
    let (all, n) = (open + done, |n: i64| w.number(n));
    let main = html! {
        h1 { (w.t("place.review")) }
        p.intro { (w.t("review.intro")) }
        p.progress { progress max=(all.max(1)) value=(done) aria-label=(w.t("review.progress")) {} " " (w.f("review.done", &[("done", &n(done)), ("all", &n(all))])) }
        @if found.is_empty() { p.intro { (w.t("review.empty")) } }
        @else {
            (line::list(w, &found))
            p { a.button href={ "/incidents/" (found[0].name) } { (w.t("review.begin")) } }
        }
        (frame::pager(&c, open, EACH))
    };
    Ok(frame::page(&app, &c, "review", w.t("place.review"), main))
}

/// `/review/next`: the first of the queue, or the one after that which was looked at last.
pub async fn next(State(app): State<Arc<App>>, c: Caller) -> Result<Response, Oops> {
    let found = app.read(|d| Ok(d.store.queue(0, EACH)?.0)).await?;
    let at = c.asked("after").and_then(|after| found.iter().position(|x| x.name == after));
    let next = found.get(at.map_or(0, |i| i + 1));
    Ok(Redirect::to(&next.map_or("/review".to_owned(), |x| format!("/incidents/{}", x.name))).into_response())
}

/// `/review.json`
pub async fn json(State(app): State<Arc<App>>, c: Caller) -> Result<Response, Oops> {
    let skip = c.page() * EACH;
    let (found, open, _) = app.read(move |d| Ok(d.store.queue(skip, EACH)?)).await?;
    Ok(super::list(&c, found.iter().map(record).collect(), open, EACH))
}
