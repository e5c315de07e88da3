//! The list of pages.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use recoupe_export::{Day, Words};
use recoupe_store::PageLine;
use serde_json::json;

use crate::app::App;
use crate::caller::Caller;
use crate::error::Oops;
use crate::frame;

/// Pages on one page of the list.
const EACH: usize = 50;

/// A page's number, who published it and when, how many claims stand on it.
pub fn about(w: &Words, p: &PageLine) -> String {
    let mut more = vec![w.f("row.page", &[("n", &p.id.to_string())])];
    more.extend(p.outlet.clone());
    more.extend(Day::of(p.day.as_deref()).map(|d| w.day(d)));
    more.extend(p.language.as_deref().map(|l| w.id("language", l)));
    more.push(match p.claims {
        Some(n) => w.n("count.claims", usize::try_from(n).unwrap_or(0)),
        None => w.t("pages.unchecked").to_owned(),
    });
    more.join(" · ")
}

/// A page in a line.
pub fn line(w: &Words, p: &PageLine) -> Markup {
    let title = if p.title.trim().is_empty() { &p.source } else { &p.title };
    html! {
        a.what href={ "/pages/" (p.id) } lang=[p.language.as_deref()] dir="auto" { (title) }
        span.line { (about(w, p)) }
    }
}

/// `/pages`
pub async fn show(State(app): State<Arc<App>>, c: Caller) -> Result<Response, Oops> {
    let skip = c.page() * EACH;
    let (found, all) = app.read(move |d| Ok(d.store.page_lines(skip, EACH)?)).await?;
    let main = html! {
        h1 { (c.w.t("place.pages")) }
        p.counts { (c.w.n("count.pages", usize::try_from(all).unwrap_or(0))) }
        ol.lines { @for p in &found { li data-stop { (line(c.w, p)) } } }
        (frame::pager(&c, all, EACH))
    };
    Ok(frame::page(&app, &c, "pages", c.w.t("place.pages"), main))
}

/// `/pages.json`
pub async fn json(State(app): State<Arc<App>>, c: Caller) -> Result<Response, Oops> {
    let skip = c.page() * EACH;
    let (found, all) = app.read(move |d| Ok(d.store.page_lines(skip, EACH)?)).await?;
    let items = found
        .iter()
        .map(|p| {
            json!({ "page": p.id, "title": p.title, "outlet": p.outlet, "language": p.language, "day": p.day,
                "source": p.source, "added": p.added, "claims": p.claims })
        })
        .collect();
    Ok(super::list(&c, items, all, EACH))
}
