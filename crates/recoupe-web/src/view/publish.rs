//! Publishing: a dossier frozen under a number, with its digest and what changed against the one before.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Form, Path, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Redirect, Response};
use maud::html;
use recoupe_export::rows::{self, Export, Format};
use recoupe_export::{Doors, Parts};
use recoupe_store::{Edition, Role};
use recoupe_wire::{Dossier, Incident, Style};

use crate::app::{App, Desk};
use crate::caller::Caller;
use crate::decide::{Fields, value};
use crate::error::Oops;
use crate::frame;

/// Pages of a dossier that the server makes at most; larger ones are made by the command.
const PAGES: usize = 2_000;

/// Files of a published dossier, beside the report and the JSON: name, format, file of it.
const FILES: [(&str, Format, &str); 5] = [
    ("incidents.csv", Format::Csv, "incidents.csv"),
    ("claims.csv", Format::Csv, "claims.csv"),
    ("incidents.geojson", Format::Geojson, "incidents.geojson"),
    ("dossier.xlsx", Format::Xlsx, "dossier.xlsx"),
    ("brief.md", Format::Md, "brief.md"),
];

/// `/publish`
pub async fn show(State(app): State<Arc<App>>, c: Caller) -> Result<Response, Oops> {
    let (editions, pages) = app.read(|d| Ok((d.store.editions()?, d.store.page_count()?))).await?;
    let w = c.w;
    let main = html! {
        h1 { (w.t("place.publish")) }
        p.intro { (w.t("publish.intro")) }
        @if c.may(Role::Editor) {
            @if pages > PAGES { p.note { (w.f("publish.large", &[("n", &w.number(PAGES as i64))])) } }
            @else if pages > 0 {
                form.publish method="post" action="/publish" {
                    label { (w.t("publish.title")) input.wide type="text" name="title" required maxlength="200"; }
                    label { (w.t("publish.note")) textarea name="note" rows="3" maxlength="4000" {} }
                    button type="submit" { (w.t("publish.do")) }
                }
            }
        }
        section aria-labelledby="h-editions" {
            h2 #h-editions { (w.t("publish.editions")) }
            @if editions.is_empty() { p.intro { (w.t("publish.none")) } }
            ol.lines { @for e in &editions { li data-stop {
                a.what href={ "/published/" (e.number) } { (w.f("publish.number", &[("n", &e.number.to_string())])) " · " (e.title) }
                span.line { (super::moment(w, &e.at)) " · " span dir="auto" { (e.author) } " · " code title=(e.sha256) { (e.sha256[..12]) "…" } }
            } } }
        }
    };
    Ok(frame::page(&app, &c, "publish", w.t("place.publish"), main))
}

/// `POST /publish`
pub async fn publish(State(app): State<Arc<App>>, c: Caller, Form(fields): Form<Fields>) -> Result<Response, Oops> {
    c.must(Role::Editor)?;
    let title = value(&fields, "title").ok_or(Oops::Bad("oops.incomplete"))?.to_owned();
    let note = value(&fields, "note").unwrap_or_default().to_owned();
    let number = app.write(move |d| freeze(d, &c.name, title, note)).await?;
    Ok(Redirect::to(&format!("/published/{number}")).into_response())
}

/// Makes the dossier of all pages and keeps it.
fn freeze(d: &mut Desk<'_>, author: &str, title: String, note: String) -> Result<i64, Oops> {
    if d.store.page_count()? > PAGES {
        return Err(Oops::Bad("publish.too_large"));
    }
    let all: Vec<i64> = d.store.pages(None)?.iter().map(|p| p.id).collect();
    let (head, _) = d.store.verify_log(None)?;
    let mut json = Vec::new();
    let dossier = d.look(all)?.made.wire(true);
    recoupe_wire::to_writer(&dossier, &mut json, Style::Compact).map_err(|_| Oops::Defect)?;
    let e = Edition {
        author: author.to_owned(),
        title,
        note,
        log_entries: head.entries,
        log_head: head.hash,
        ..Edition::default()
    };
    Ok(d.store.publish(&e, &json)?.number)
}

async fn edition(app: &Arc<App>, number: i64) -> Result<(Edition, Vec<u8>, Dossier), Oops> {
    app.read(move |d| {
        let (e, bytes) = d.store.edition(number)?.ok_or(Oops::NotFound)?;
        let dossier = recoupe_wire::from_json(std::str::from_utf8(&bytes).map_err(|_| Oops::Defect)?)
            .map_err(|_| Oops::Defect)?;
        Ok((e, bytes, dossier))
    })
    .await
}

/// `/published/{number}`
pub async fn published(State(app): State<Arc<App>>, c: Caller, Path(number): Path<i64>) -> Result<Response, Oops> {
    let (e, _, dossier) = edition(&app, number).await?;
    let before = match number {
        1 => None,
        n => Some(edition(&app, n - 1).await?.2),
    };
    let w = c.w;
    let at = |file: &str| format!("/published/{number}/{file}");
    let main = html! {
        article.one {
            p.under { (w.f("publish.number", &[("n", &number.to_string())])) " · " (super::moment(w, &e.at)) " · " span dir="auto" { (e.author) } }
            h1 dir="auto" { (e.title) }
            @if !e.note.is_empty() { p.intro dir="auto" { (e.note) } }
            p { a.button href=(at("index.html")) { (w.t("publish.open")) } }
            ul.files { li { a href=(at("dossier.json")) { "dossier.json" } } @for (f, _, _) in FILES { li { a href=(at(f)) { (f) } } } }
            p.note { "SHA-256 " code { (e.sha256) } br; (w.n("history.entries", usize::try_from(e.log_entries).unwrap_or(0))) ", " (w.t("publish.log")) " " code { (e.log_head) } }
            section aria-labelledby="h-against" {
                h2 #h-against { (w.t("publish.changes")) }
                @match before {
                    None => p.intro { (w.t("publish.first")) },
                    Some(before) => {
                        @let doors = Doors::default();
                        @let (old, now) = (Parts::new(&before, w, &doors), Parts::new(&dossier, w, &doors));
                        @let changes = changes(&before, &dossier);
                        @if changes.is_empty() { p.intro { (w.t("publish.same")) } }
                        ul.changes { @for (what, x) in &changes { li { span.kind { (w.id("change_kind", what)) } " " (now.title(&x.id).or_else(|| old.title(&x.id)).unwrap_or_default()) } } }
                    }
                }
            }
        }
    };
    Ok(frame::page(&app, &c, "publish", &e.title, main))
}

/// Incidents that are new, told otherwise or gone.
fn changes<'a>(before: &'a Dossier, now: &'a Dossier) -> Vec<(&'static str, &'a Incident)> {
    let old: BTreeMap<&str, &Incident> = before.incidents.iter().map(|x| (x.id.as_str(), x)).collect();
    let new: BTreeMap<&str, &Incident> = now.incidents.iter().map(|x| (x.id.as_str(), x)).collect();
    let mut out: Vec<(&'static str, &Incident)> = Vec::new();
    for x in &now.incidents {
        match old.get(x.id.as_str()) {
            None => out.push(("new", x)),
            Some(o) if *o != x => out.push(("changed", x)),
            Some(_) => {}
        }
    }
    out.extend(before.incidents.iter().filter(|x| !new.contains_key(x.id.as_str())).map(|x| ("gone", x)));
    out
}

/// `/published/{number}/{file}`
pub async fn file(
    State(app): State<Arc<App>>,
    c: Caller,
    Path((number, file)): Path<(i64, String)>,
) -> Result<Response, Oops> {
    let (e, bytes, dossier) = edition(&app, number).await?;
    let typed = |kind: &'static str, bytes: Vec<u8>| {
        let name = format!("attachment; filename=\"{file}\"");
        ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], bytes).into_response()
    };
    let lang = c.w.lang().to_owned();
    match file.as_str() {
        "dossier.json" => Ok(typed("application/json", bytes)),
        "index.html" => {
            let options = recoupe_export::Options { lang, title: Some(e.title) };
            let mut answer = Html(recoupe_export::html(&dossier, &options)).into_response();
            // The report brings its own policy, by which its one style sheet and script count.
            answer.extensions_mut().insert(crate::guard::OwnPolicy);
            Ok(answer)
        }
        _ => {
            let (_, format, name) = FILES.into_iter().find(|f| f.0 == file).ok_or(Oops::NotFound)?;
            let with = Export {
                lang,
                title: Some(e.title),
                report: format!("/published/{number}/index.html"),
                codes: app.codes.clone(),
                dossier: rows::digest(&dossier),
            };
            let made = rows::export(&dossier, format, &with).map_err(|e| Oops::Workspace(format!("{e:?}")))?;
            let found = made.into_iter().find(|f| f.name.ends_with(name)).ok_or(Oops::NotFound)?;
            let kind = match file.rsplit('.').next() {
                Some("csv") => "text/csv; charset=utf-8",
                Some("geojson") => "application/geo+json",
                Some("md") => "text/markdown; charset=utf-8",
                _ => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            };
            Ok(typed(kind, found.bytes))
        }
    }
}
