//! One incident: the accounts side by side, what may be the same, and what a person decides about it.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use recoupe_export::Section;
use recoupe_store::{IncidentRow, Role};
use recoupe_wire::Incident;
use serde_json::json;

use crate::app::{App, Desk};
use crate::caller::Caller;
use crate::decide::{self, Past};
use crate::error::Oops;
use crate::shown::Shown;
use crate::{frame, line};

/// Pages of one incident that are brought together at most; of more the last ones are shown, and it is said how many there are.
const PAGES: usize = 40;
/// Incidents that are offered as perhaps the same.
const CANDIDATES: usize = 6;

/// An incident with all that is shown of it.
pub struct Found {
    row: IncidentRow,
    shown: Shown,
    id: String,
    candidates: Vec<IncidentRow>,
    past: Past,
    log: i64,
}

impl Found {
    /// What its pages say, and its claims among that.
    pub fn claims(self) -> (recoupe_wire::Dossier, Vec<String>) {
        let claims = self.incident().map(|x| x.claims.clone()).unwrap_or_default();
        (self.shown.dossier, claims)
    }

    fn incident(&self) -> Option<&Incident> {
        self.shown.dossier.incidents.iter().find(|x| x.id == self.id)
    }
}

/// Looks an incident up; a name that is no more leads to what took its place.
pub fn find(d: &mut Desk<'_>, name: &str) -> Result<Result<Found, String>, Oops> {
    let Some(row) = d.store.incident_in_part(name, PAGES)? else {
        return Ok(Err(d.store.successor(name)?.ok_or(Oops::NotFound)?));
    };
    let pages: BTreeSet<i64> = row.claims.iter().map(|c| c.1).collect();
    let shown = Shown::of(d, pages, false)?;
    let id = shown.same_as(&row).map(|x| x.id.clone()).ok_or(Oops::NotFound)?;
    let candidates = d.store.candidates(&row, CANDIDATES)?;
    let past = decide::past(&shown, &id);
    Ok(Ok(Found { row, shown, id, candidates, past, log: d.store.decided()? }))
}

/// `/incidents/{name}` and `/incidents/{name}.json`
pub async fn show(State(app): State<Arc<App>>, c: Caller, Path(name): Path<String>) -> Result<Response, Oops> {
    let (name, json) = super::asked(&name);
    let others = app.on_it(name, &c.name);
    let name = name.to_owned();
    let found = match app.read(move |d| find(d, &name)).await {
        Ok(Ok(found)) => found,
        Ok(Err(other)) => {
            // what was just decided is told there, with the way to take it back
            let ending = if json { ".json" } else { "" };
            let query: Vec<(&str, &str)> = c.query.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
            return Ok(Redirect::to(&frame::address(&format!("/incidents/{other}{ending}"), &query)).into_response());
        }
        Err(Oops::NotFound) if c.query.contains_key("said") => return Ok(gone(&app, &c)),
        Err(e) => return Err(e),
    };
    let x = found.incident().ok_or(Oops::NotFound)?;
    if json {
        let claims: Vec<_> = x.claims.iter().filter_map(|id| found.shown.claim(id)).collect();
        let pages: Vec<_> = found.shown.dossier.pages.iter().filter(|p| x.pages.contains(&p.id)).collect();
        return Ok(Json(json!({ "incident": x, "claims": claims, "pages": pages })).into_response());
    }
    let parts = found.shown.parts(c.w);
    let title = parts.title(&found.id).unwrap_or_default();
    let main = html! {
        article.one data-log=(found.log) {
            (decide::said(&c))
            h1 dir="auto" { (title) }
            p.under { (recoupe_export::mark(c.w, &found.row.standing, true)) " · " (c.w.n("count.pages", usize::try_from(found.row.pages).unwrap_or(0)))
                " · " (c.w.n("count.short_origins", usize::try_from(found.row.origins).unwrap_or(0)))
                @if let Some(k) = line::killed(c.w, &found.row) { " · " (k) }
                @if let Some(p) = &found.row.place { " · " a href=(frame::address("/incidents", &[("place", p)])) { (c.w.t("incident.here")) } }
                @if found.row.decided { " · " (c.w.t("incident.decided")) }
            }
            @if !others.is_empty() { p.note.others role="status" { (c.w.f("incident.others", &[("who", &others.join(", "))])) } }
            @if found.row.pages > PAGES as i64 { p.note { (c.w.f("incident.many", &[("n", &PAGES.to_string())])) } }
            (parts.incident(&found.id).unwrap_or_default())
            @if c.may(Role::Reviewer) { (actions(&c, &found, x)) }
            (candidates(&c, &found))
            (decide::history(&c, &found.past))
            @if found.row.spot.is_some() { (parts.section(Section::Map)) }
        }
    };
    Ok(frame::page(&app, &c, "incidents", &title, main))
}

/// What is left to say where a decision did away with an incident.
fn gone(app: &App, c: &Caller) -> Response {
    let w = c.w;
    let main = html! {
        (decide::said(c))
        h1 { (w.t("incident.gone")) }
        p.intro { (w.t("incident.gone_why")) }
        p { a.button href="/review/next" data-key="n" { (w.t("review.next")) } " " a href="/incidents" { (w.t("overview.all")) } }
    };
    frame::page(app, c, "incidents", w.t("incident.gone"), main)
}

fn actions(c: &Caller, f: &Found, x: &Incident) -> Markup {
    let w = c.w;
    let path = format!("/incidents/{}/decide", f.row.name);
    let hidden = html! {
        input type="hidden" name="seen" value=(f.log);
        input type="hidden" name="back" value={ "/incidents/" (f.row.name) };
    };
    html! {
        section.actions aria-labelledby="h-actions" {
            h2 #h-actions { (w.t("incident.decide")) }
            p.next { a href=(frame::address("/review/next", &[("after", &f.row.name)])) data-key="n" { (w.t("review.next")) } }
            form method="post" action=(path) {
                (hidden)
                label.reason { (w.t("decide.reason")) input type="text" name="reason" maxlength="500"; }
                button type="submit" name="kind" value="confirm" data-key="c" { (w.t("decide.confirm")) }
                button type="submit" name="kind" value="reject" { (w.t("decide.reject")) }
            }
            @if x.claims.len() > 1 {
                details.split {
                    summary data-key="x" { (w.t("decide.split")) }
                    form method="post" action=(path) {
                        (hidden)
                        p.note { (w.t("decide.split_how")) }
                        fieldset {
                            legend.vh { (w.t("decide.split")) }
                            @for id in &x.claims { @if let Some(claim) = f.shown.claim(id) {
                                label.pick {
                                    input type="checkbox" name="claim" value=(id);
                                    span { (f.shown.parts(w).sentence(id).unwrap_or_default()) span.line { (f.shown.parts(w).reading(claim)) } }
                                }
                            } }
                        }
                        label.reason { (w.t("decide.reason")) input type="text" name="reason" maxlength="500"; }
                        button type="submit" name="kind" value="split" { (w.t("decide.split_do")) }
                    }
                }
            }
            details.correct {
                summary data-key="e" { (w.t("decide.correct")) }
                p.note { (w.t("decide.correct_how")) }
                ul.short { @for id in &x.claims { @if let Some(claim) = f.shown.claim(id) {
                    li { a href={ "/pages/" (f.shown.number(&claim.page)) "/claims/" (id) } { (f.shown.parts(w).reading(claim)) } }
                } } }
            }
        }
    }
}

fn candidates(c: &Caller, f: &Found) -> Markup {
    let w = c.w;
    html! {
        @if !f.candidates.is_empty() {
            section aria-labelledby="h-candidates" {
                h2 #h-candidates { (w.t("incident.candidates")) }
                p.intro { (w.t("incident.candidates_why")) }
                ol.lines { @for x in &f.candidates {
                    li data-stop {
                        (line::line(w, x))
                        @if c.may(Role::Reviewer) {
                            form.verdict method="post" action={ "/incidents/" (f.row.name) "/decide" } {
                                input type="hidden" name="seen" value=(f.log);
                                input type="hidden" name="back" value={ "/incidents/" (f.row.name) };
                                input type="hidden" name="with" value=(x.name);
                                button type="submit" name="kind" value="merge" data-key="s" { (w.t("decide.same")) }
                                button type="submit" name="kind" value="different" data-key="d" { (w.t("decide.different")) }
                                button type="submit" name="kind" value="unsure" data-key="u" { (w.t("decide.unsure")) }
                            }
                        }
                    }
                } }
            }
        }
    }
}
