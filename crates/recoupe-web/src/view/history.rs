//! The log of decisions, whether its chain holds, and the way to take one back.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::html;
use recoupe_store::Role;
use recoupe_wire::DecisionRecord;
use serde_json::{Value, json};

use crate::app::App;
use crate::caller::Caller;
use crate::error::Oops;
use crate::{decide, frame};

/// Entries on one page.
const EACH: usize = 50;

/// `/history`
pub async fn show(State(app): State<Arc<App>>, c: Caller) -> Result<Response, Oops> {
    let before = c.asked("before").and_then(|b| b.parse().ok()).unwrap_or(i64::MAX);
    let check = c.query.contains_key("verify");
    let (author, kind) = (c.asked("author"), c.asked("kind"));
    let (by, of) = (author.clone(), kind.clone());
    let (entries, all, verified) = app
        .read(move |d| {
            let verified = if check { Some(d.store.verify_log(None)?) } else { None };
            Ok((d.store.log_before(before, by.as_deref(), of.as_deref(), EACH)?, d.store.decided()?, verified))
        })
        .await?;
    let w = c.w;
    let shown: Vec<(i64, DecisionRecord, String)> = entries
        .iter()
        .filter_map(|e| Some((e.seq, serde_json::from_str::<DecisionRecord>(&e.line).ok()?, e.hash.clone())))
        .collect();
    let main = html! {
        (decide::said(&c))
        h1 { (w.t("place.history")) }
        p.counts { (w.n("history.entries", usize::try_from(all).unwrap_or(0))) " · "
            a href="/history?verify=1" { (w.t("history.verify")) } " · " a href="/history.jsonl" { (w.t("history.download")) } }
        @if let Some((head, faults)) = &verified {
            div.said role="status" {
                @if faults.is_empty() { p { (w.t("history.sound")) } }
                @else { p { (w.n("history.faults", faults.len())) } }
                p.note { code { (head.hash) } }
            }
        }
        form.filters method="get" action="/history" {
            label { (w.t("history.author")) input type="search" name="author" value=[author]; }
            label { (w.t("history.kind")) select name="kind" { option value="" { (w.t("filter.any")) }
                @for k in ["same", "different", "unsure", "merge", "split", "reject", "correct", "confirm", "revoke"] { option value=(k) selected[kind.as_deref() == Some(k)] { (w.id("decision", k)) } } } }
            button type="submit" { (w.t("filter.apply")) }
        }
        @if shown.is_empty() { p.intro { (w.t("history.none")) } }
        ol.past { @for (seq, r, hash) in &shown { li data-stop {
            p { span.n { (seq) } " " strong { (w.id("decision", &r.kind)) }
                @if let Some(f) = &r.field { " (" (decide::field_name(&c, f)) ")" }
                @if let Some(v) = &r.value { (w.t("format.colon")) code { (v) } }
                " · " span dir="auto" { (r.author) } " · " (super::moment(w, &r.time))
                @if let Some(x) = &r.revoke { " · " code { (x) } }
                @if c.may(Role::Reviewer) && r.kind != "revoke" { " " (decide::revoke(&c, &r.id)) } }
            @if !r.reason.is_empty() { p dir="auto" { (r.reason) } }
            @for a in &r.anchors { blockquote dir="auto" { q { (a.quote) } } }
            p.note { code { (r.id) } " · " code title=(hash) { (hash[..12]) "…" } }
        } } }
        @if let Some(last) = entries.last().filter(|e| e.seq > 1) {
            nav.pager { a rel="next" href=(frame::again(&c, &[("before", &last.seq.to_string()), ("verify", "")])) { (w.t("web.after")) } }
        }
    };
    Ok(frame::page(&app, &c, "history", w.t("place.history"), main))
}

/// `/history.json`
pub async fn json(State(app): State<Arc<App>>, c: Caller) -> Result<Response, Oops> {
    let before = c.asked("before").and_then(|b| b.parse().ok()).unwrap_or(i64::MAX);
    let (entries, all) =
        app.read(move |d| Ok((d.store.log_before(before, None, None, EACH)?, d.store.decided()?))).await?;
    let items = entries
        .iter()
        .map(|e| {
            let line: Value = serde_json::from_str(&e.line).unwrap_or_default();
            json!({ "seq": e.seq, "recorded": e.recorded, "author": e.author, "hash": e.hash, "prev": e.prev, "decision": line })
        })
        .collect();
    Ok(super::list(&c, items, all, EACH))
}

/// `/history.jsonl`: the decisions as a file of `recoupe.decisions/1`.
pub async fn file(State(app): State<Arc<App>>, _c: Caller) -> Result<Response, Oops> {
    let text = app.read(|d| Ok(d.store.decisions()?)).await?;
    let name = "attachment; filename=\"decisions.jsonl\"";
    Ok(([(header::CONTENT_TYPE, "application/jsonl"), (header::CONTENT_DISPOSITION, name)], text).into_response())
}
