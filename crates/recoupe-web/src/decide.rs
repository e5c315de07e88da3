//! Decisions: from a form into the log, kept from treading on another's, and shown with the way to take them back.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use maud::{Markup, html};
use recoupe_store::Role;
use recoupe_wire::{AnchorRecord, Decided, DecisionRecord, Dossier};
use serde_json::{Value, json};

use crate::app::{App, Desk};
use crate::caller::Caller;
use crate::error::Oops;
use crate::shown::Shown;
use crate::view::{self, incident};
use crate::{frame, people};

/// A form as it comes: names and values, names may come twice.
pub type Fields = Vec<(String, String)>;

/// The first value of a name that is not empty.
pub fn value<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    fields.iter().find(|(n, v)| n == name && !v.trim().is_empty()).map(|(_, v)| v.trim())
}

/// Where to go afterwards: an address on this server, and no other.
pub fn back_to(fields: &Fields) -> &str {
    let here = |b: &&str| b.starts_with('/') && !b.starts_with("//") && !b.contains(['\\', '\n', '\r']);
    value(fields, "back").filter(here).unwrap_or("/")
}

/// A decision, but for who makes it and when.
pub fn decision(kind: &str, anchors: Vec<AnchorRecord>) -> DecisionRecord {
    DecisionRecord { kind: kind.to_owned(), anchors, ..DecisionRecord::default() }
}

/// What became of decisions that were handed in.
enum Outcome {
    /// They are in the log; the id of the last, and what is to be said of it.
    Recorded(String, String),
    /// Others decided about the same words since the page was shown.
    Stale(Vec<DecisionRecord>),
}

/// Puts decisions into the log, unless somebody else decided about the same words after `seen` entries of it.
fn record(d: &mut Desk<'_>, author: &str, seen: Option<i64>, mut all: Vec<DecisionRecord>) -> Result<Outcome, Oops> {
    if let Some(seen) = seen {
        let since = since(d, seen)?;
        let mine: Vec<&AnchorRecord> = all.iter().flat_map(|r| &r.anchors).collect();
        let meets = |a: &AnchorRecord| {
            mine.iter().any(|m| m.page == a.page && m.span.start < a.span.end && a.span.start < m.span.end)
        };
        let theirs: Vec<DecisionRecord> =
            since.into_iter().filter(|r| r.author != author && r.anchors.iter().any(meets)).collect();
        if !theirs.is_empty() {
            return Ok(Outcome::Stale(theirs));
        }
    }
    for r in &mut all {
        r.id = format!("d-{}", &people::secret()?[..16]);
        author.clone_into(&mut r.author);
        // finer than a second, so that decisions made in a row keep their order
        r.time = Timestamp::now().to_string();
    }
    let text = recoupe_wire::decision_file::write(&all);
    let id = d.store.decide(&text, Some(author))?.pop().map(|r| r.id).unwrap_or_default();
    d.update()?;
    let said = fate(d, &all, &id)?;
    Ok(Outcome::Recorded(id, said))
}

/// Entries of the log after the first `seen`.
fn since(d: &Desk<'_>, seen: i64) -> Result<Vec<DecisionRecord>, Oops> {
    let entries = d.store.log_after(seen)?;
    Ok(entries.iter().filter_map(|e| serde_json::from_str(&e.line).ok()).collect())
}

/// What is to be said of a decision: that it holds, or why not.
fn fate(d: &mut Desk<'_>, all: &[DecisionRecord], id: &str) -> Result<String, Oops> {
    let decisions = d.decisions()?;
    // one that takes another back is about the pages of that one
    let taken = all.iter().filter_map(|r| r.revoke.as_deref()).filter_map(|id| decisions.iter().find(|x| x.id == id));
    let about = taken.flat_map(|x| x.anchors.iter().map(|a| a.page.as_str()));
    let mut pages = BTreeSet::new();
    for page in all.iter().flat_map(|r| &r.anchors).map(|a| a.page.as_str()).chain(about) {
        pages.extend(d.store.pages_of(page)?);
    }
    let dossier = d.look(pages)?.made.wire(false);
    let lists = dossier.decisions.unwrap_or_default();
    let of = |list: &[Decided]| list.iter().find(|x| x.id == id).and_then(|x| x.why.clone());
    Ok(of(&lists.orphaned).or_else(|| of(&lists.impossible)).unwrap_or_else(|| "recorded".to_owned()))
}

/// Answers a form with decisions: back to where it was, with what became of them.
async fn answer(
    app: Arc<App>,
    c: Caller,
    fields: Fields,
    make: impl FnOnce(&mut Desk<'_>, &Fields) -> Result<Vec<DecisionRecord>, Oops> + Send + 'static,
) -> Result<Response, Oops> {
    c.must(Role::Reviewer)?;
    let (author, form) = (c.name.clone(), fields.clone());
    let (outcome, log) = app
        .write(move |d| {
            let mut all = make(d, &form)?;
            if let Some(reason) = value(&form, "reason") {
                all.iter_mut().for_each(|r| reason.clone_into(&mut r.reason));
            }
            let seen = value(&form, "seen").and_then(|s| s.parse().ok());
            Ok((record(d, &author, seen, all)?, d.store.decided()?))
        })
        .await?;
    match outcome {
        Outcome::Recorded(id, said) => {
            let to = back_to(&fields);
            let joint = if to.contains('?') { '&' } else { '?' };
            Ok(Redirect::to(&format!("{to}{joint}said={said}&undo={id}")).into_response())
        }
        Outcome::Stale(theirs) => {
            let mut page = frame::page(&app, &c, "review", c.w.t("oops.stale"), stale(&c, &fields, &theirs, log));
            *page.status_mut() = Oops::Stale.status();
            Ok(page)
        }
    }
}

/// What others decided meanwhile, and the way to decide all the same.
fn stale(c: &Caller, fields: &Fields, theirs: &[DecisionRecord], log: i64) -> Markup {
    let w = c.w;
    html! {
        section.oops {
            h1 { (w.t("oops.stale")) }
            p.intro { (w.t("decide.stale")) }
            ul.past { @for r in theirs {
                li {
                    strong { (w.id("decision", &r.kind)) } " · " (r.author) " · " (view::moment(w, &r.time))
                    @if let Some(f) = &r.field { " · " (field_name(c, f)) @if let Some(v) = &r.value { (w.t("format.colon")) code { (v) } } }
                    @if !r.reason.is_empty() { " · " (r.reason) }
                    @for a in &r.anchors { blockquote dir="auto" { q { (a.quote) } } }
                }
            } }
            form method="post" action=(c.path) {
                @for (n, v) in fields.iter().filter(|(n, _)| n != "seen") { input type="hidden" name=(n) value=(v); }
                input type="hidden" name="seen" value=(log);
                button type="submit" { (w.t("decide.anyway")) }
                " " a href=(back_to(fields)) { (w.t("decide.look_again")) }
            }
        }
    }
}

/// The name of a field of a claim.
pub fn field_name(c: &Caller, field: &str) -> String {
    let head = field.split('.').next().unwrap_or(field);
    if c.w.has("field", head) { c.w.id("field", head) } else { c.w.id("explain_field", head) }
}

/// What is said of the decision one has just made, with the way to take it back.
pub fn said(c: &Caller) -> Markup {
    let w = c.w;
    html! {
        @if let Some(said) = c.query.get("said") {
            div.said role="status" {
                p {
                    @if said == "recorded" { (w.t("decide.recorded")) }
                    @else if w.has("orphan", said) { (w.t("decide.no_effect")) (w.t("format.colon")) (w.id("orphan", said)) }
                    @else if w.has("said", said) { (w.id("said", said)) }
                }
                @if let Some(id) = c.query.get("undo") {
                    form method="post" action={ "/decisions/" (frame::encoded(id)) "/revoke" } {
                        input type="hidden" name="back" value=(frame::back(c));
                        button type="submit" data-key="z" { (w.t("decide.undo")) }
                    }
                }
            }
        }
    }
}

/// What was decided about an incident's claims.
pub type Past = Vec<(&'static str, Decided)>;

/// The decisions about the claims of an incident, and those that tie it to others.
pub fn past(shown: &Shown, incident: &str) -> Past {
    let found = shown.dossier.incidents.iter().find(|x| x.id == incident);
    found.map(|x| about(&shown.dossier, &x.claims)).unwrap_or_default()
}

/// The decisions about some claims.
pub fn about(d: &Dossier, claims: &[String]) -> Past {
    let Some(all) = &d.decisions else { return Vec::new() };
    let lists = [
        ("applied", &all.applied),
        ("impossible", &all.impossible),
        ("superseded", &all.superseded),
        ("revoked", &all.revoked),
    ];
    lists
        .into_iter()
        .flat_map(|(outcome, list)| list.iter().map(move |x| (outcome, x.clone())))
        .filter(|(_, x)| x.claims.iter().any(|c| claims.contains(c)))
        .collect()
}

/// Decisions as a list, each with the way to take it back.
pub fn history(c: &Caller, past: &Past) -> Markup {
    let w = c.w;
    html! {
        @if !past.is_empty() {
            section aria-labelledby="h-past" {
                h2 #h-past { (w.t("decide.past")) }
                ul.past { @for (outcome, x) in past {
                    li {
                        strong { (w.id("decision", &x.kind)) }
                        @if let Some(f) = &x.field { " (" (field_name(c, f)) ")" }
                        " · " span dir="auto" { (x.author) } " · " (view::moment(w, &x.time))
                        @if !x.reason.is_empty() { " · " span dir="auto" { (x.reason) } }
                        " · " (w.id("outcome", outcome))
                        @if *outcome == "applied" && c.may(Role::Reviewer) { " " (revoke(c, &x.id)) }
                    }
                } }
            }
        }
    }
}

/// The button that takes a decision back.
pub fn revoke(c: &Caller, id: &str) -> Markup {
    html! {
        form.inline method="post" action={ "/decisions/" (frame::encoded(id)) "/revoke" } {
            input type="hidden" name="back" value=(frame::back(c));
            button.link type="submit" { (c.w.t("decide.revoke")) }
        }
    }
}

/// `POST /incidents/{name}/decide`
pub async fn incident(
    State(app): State<Arc<App>>,
    c: Caller,
    Path(name): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Oops> {
    answer(app, c, fields, move |d, form| of_incident(d, &name, form)).await
}

fn of_incident(d: &mut Desk<'_>, name: &str, form: &Fields) -> Result<Vec<DecisionRecord>, Oops> {
    let claims = |d: &mut Desk<'_>, name: &str| -> Result<(Dossier, Vec<String>), Oops> {
        let found = incident::find(d, name)?.map_err(|_| Oops::Stale)?;
        Ok(found.claims())
    };
    let (dossier, here) = claims(d, name)?;
    let anchors = |dossier: &Dossier, ids: &[String]| -> Vec<AnchorRecord> {
        let all = ids.iter().filter_map(|id| dossier.claims.iter().find(|c| c.id == *id));
        all.map(|c| recoupe_export::anchor(dossier, c)).collect()
    };
    let first = |dossier: &Dossier, ids: &[String]| anchors(dossier, &ids[..ids.len().min(1)]);
    match value(form, "kind") {
        Some(kind @ ("merge" | "different" | "unsure")) => {
            let with = value(form, "with").ok_or(Oops::Bad("oops.incomplete"))?;
            let (other, there) = claims(d, with)?;
            let mut both = first(&dossier, &here);
            both.extend(first(&other, &there));
            Ok(vec![decision(kind, both)])
        }
        Some(kind @ ("confirm" | "reject")) => Ok(vec![decision(kind, anchors(&dossier, &here))]),
        Some("split") => {
            let leave: Vec<String> =
                form.iter().filter(|(n, v)| n == "claim" && here.contains(v)).map(|(_, v)| v.clone()).collect();
            let stay: Vec<String> = here.iter().filter(|c| !leave.contains(c)).take(1).cloned().collect();
            if leave.is_empty() || stay.is_empty() {
                return Err(Oops::Bad("oops.split"));
            }
            let mut all = anchors(&dossier, &stay);
            all.extend(anchors(&dossier, &leave));
            Ok(vec![decision("split", all)])
        }
        _ => Err(Oops::Bad("oops.incomplete")),
    }
}

/// `POST /pages/{number}/claims/{id}/decide`
pub async fn claim(
    State(app): State<Arc<App>>,
    c: Caller,
    Path((number, id)): Path<(i64, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, Oops> {
    answer(app, c, fields, move |d, form| {
        let shown = Shown::of(d, [number], false)?;
        let claim = shown.claim(&id).ok_or(Oops::NotFound)?;
        let anchors = vec![recoupe_export::anchor(&shown.dossier, claim)];
        match value(form, "kind") {
            Some(kind @ ("confirm" | "reject")) => {
                let field = value(form, "field").map(str::to_owned);
                Ok(vec![DecisionRecord { field, ..decision(kind, anchors) }])
            }
            Some("correct") => {
                let field = value(form, "field").ok_or(Oops::Bad("oops.incomplete"))?;
                let value = Some(corrected(field, form)?);
                Ok(vec![DecisionRecord { field: Some(field.to_owned()), value, ..decision("correct", anchors) }])
            }
            Some("move") => {
                let with = value(form, "with").ok_or(Oops::Bad("oops.incomplete"))?;
                let with = with.rsplit('/').next().unwrap_or(with).to_owned();
                let found = incident::find(d, &with)?.map_err(|_| Oops::NotFound)?;
                let (other, there) = found.claims();
                let to =
                    there.first().and_then(|id| other.claims.iter().find(|c| c.id == *id)).ok_or(Oops::NotFound)?;
                let same = decision("same", vec![anchors[0].clone(), recoupe_export::anchor(&other, to)]);
                let old = claim.incident.as_deref().and_then(|i| shown.dossier.incidents.iter().find(|x| x.id == i));
                let stays = old.and_then(|x| x.claims.iter().find(|c| **c != claim.id)).and_then(|c| shown.claim(c));
                let parted = stays.map(|s| {
                    decision("different", vec![recoupe_export::anchor(&shown.dossier, s), anchors[0].clone()])
                });
                Ok(parted.into_iter().chain([same]).collect())
            }
            _ => Err(Oops::Bad("oops.incomplete")),
        }
    })
    .await
}

/// The value of a corrected field, from its part of the form.
fn corrected(field: &str, form: &Fields) -> Result<Value, Oops> {
    let text = |name: &str| value(form, name);
    let number = |name: &str| -> Result<Option<i64>, Oops> {
        text(name)
            .map(|t| t.replace([' ', '\u{a0}', '\u{202f}'], "").parse().map_err(|_| Oops::Bad("oops.number")))
            .transpose()
    };
    let degrees = |name: &str| -> Result<Option<f64>, Oops> {
        text(name).map(|t| t.replace(',', ".").parse().map_err(|_| Oops::Bad("oops.number"))).transpose()
    };
    if text("drop").is_some() && field != "toll" {
        return Ok(Value::Null);
    }
    Ok(match field {
        "actor" | "target" | "voice" => {
            let named = text("party").ok_or(Oops::Bad("oops.incomplete"))?;
            // “HTS [group/hts]” as the list of known parties offers it, else a name of one's own
            let (name, id) = match named.strip_suffix(']').and_then(|n| n.rsplit_once('[')) {
                Some((name, id)) => (name.trim(), id.trim().to_owned()),
                None => (named, format!("own/{}", slug(named))),
            };
            let country = text("country").map(str::to_ascii_uppercase);
            json!({ "id": id, "name": name, "country": country, "status": text("status") })
        }
        "place" => {
            json!({ "name": text("name").ok_or(Oops::Bad("oops.incomplete"))?, "country": text("country").map(str::to_ascii_uppercase),
            "lat": degrees("lat")?, "lon": degrees("lon")?, "precision": text("precision") })
        }
        "time" => {
            let from = text("from").ok_or(Oops::Bad("oops.incomplete"))?;
            json!({ "from": from, "to": text("to").unwrap_or(from) })
        }
        "type" | "certainty" | "change" => json!(text("choice").ok_or(Oops::Bad("oops.incomplete"))?),
        "background" => json!(text("choice") == Some("true")),
        "toll" => {
            let mut v = json!({ "kind": text("toll_kind").ok_or(Oops::Bad("oops.incomplete"))?, "min": number("min")?, "max": number("max")?,
                "approx": text("approx").is_some(), "cumulative": text("cumulative").is_some(), "drop": text("drop").is_some() });
            if let Some(index) = number("index")? {
                v["index"] = json!(index);
            }
            v
        }
        "figure" => json!({ "min": number("min")?, "max": number("max")?, "approx": text("approx").is_some() }),
        _ => return Err(Oops::Bad("oops.incomplete")),
    })
}

/// A name as a part of an id.
fn slug(name: &str) -> String {
    let lower = name.to_lowercase();
    let parts: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|p| !p.is_empty()).collect();
    parts.join("-")
}

/// `POST /decisions/{id}/revoke`
pub async fn take_back(
    State(app): State<Arc<App>>,
    c: Caller,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Oops> {
    answer(app, c, fields, move |_, _| Ok(vec![DecisionRecord { revoke: Some(id), ..decision("revoke", Vec::new()) }]))
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(all: &[(&str, &str)]) -> Fields {
        all.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect()
    }

    #[test]
    fn one_never_comes_back_to_another_server() {
        for (asked, is) in [
            ("/incidents/i1?said=x", "/incidents/i1?said=x"),
            ("//evil.example", "/"),
            ("https://evil.example/", "/"),
            ("/\\evil.example", "/"),
            ("/a\r\nSet-Cookie: x", "/"),
            ("", "/"),
        ] {
            assert_eq!(back_to(&fields(&[("back", asked)])), is);
        }
    }

    #[test]
    fn a_corrected_value_is_one_that_the_format_knows() {
        let made = |field: &str, all: &[(&str, &str)]| corrected(field, &fields(all)).expect("a value");
        assert_eq!(made("actor", &[("party", "HTS [group/hts]")])["id"], "group/hts");
        assert_eq!(made("actor", &[("party", "Brigade du Nord")])["id"], "own/brigade-du-nord");
        assert_eq!(made("actor", &[("drop", "1")]), Value::Null);
        assert_eq!(made("time", &[("from", "2020-02-20")])["to"], "2020-02-20");
        assert_eq!(made("toll", &[("toll_kind", "killed"), ("min", "1 200"), ("max", "1 200")])["min"], 1200);
        assert!(corrected("toll", &fields(&[("toll_kind", "killed"), ("min", "douze")])).is_err());
        assert!(corrected("place", &fields(&[("lat", "36.1")])).is_err());
    }
}
