//! The pages of the interface, a file for each.

pub mod add;
pub mod api;
pub mod claim;
pub mod history;
pub mod incident;
pub mod incidents;
pub mod ledgers;
pub mod overview;
pub mod page;
pub mod pages;
pub mod parties;
pub mod people;
pub mod publish;
pub mod review;
pub mod search;

use axum::Json;
use axum::response::{IntoResponse, Response};
use recoupe_export::{Day, Words};
use serde_json::{Value, json};

/// A name out of an address, and whether `.json` was asked for.
pub fn asked(name: &str) -> (&str, bool) {
    match name.strip_suffix(".json") {
        Some(name) => (name, true),
        None => (name, false),
    }
}

/// A time as people write it: the day and the minute.
pub fn moment(w: &Words, at: &str) -> String {
    match (Day::of(at.get(..10)), at.get(11..16)) {
        (Some(day), Some(minute)) => format!("{}, {minute} UTC", w.day(day)),
        _ => at.to_owned(),
    }
}

/// A list for programs: what is on this page, how many there are in all, and where the next page is.
pub fn list(c: &crate::caller::Caller, items: Vec<Value>, all: i64, each: usize) -> Response {
    let next = ((c.page() + 1) * each < usize::try_from(all).unwrap_or(0))
        .then(|| crate::frame::again(c, &[("page", &(c.page() + 2).to_string())]));
    Json(json!({ "items": items, "total": all, "next": next })).into_response()
}
