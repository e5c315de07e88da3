//! Adding pages: files or pasted text, kept, read and compared at once.

use std::sync::Arc;

use axum::extract::{Form, Multipart, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use recoupe_desk::texts;
use recoupe_ingest::{Meta, RawPage, handed_in};
use recoupe_store::{Added, Role};

use crate::app::{App, Desk};
use crate::caller::Caller;
use crate::decide::{Fields, value};
use crate::error::Oops;
use crate::{frame, line};

/// Files that are taken at a time.
pub const FILES: usize = 200;
/// Bytes of them together.
pub const BYTES: usize = 64 << 20;

/// `/add`
pub async fn show(State(app): State<Arc<App>>, c: Caller) -> Result<Response, Oops> {
    c.must(Role::Reviewer)?;
    let w = c.w;
    let main = html! {
        h1 { (w.t("place.add")) }
        p.intro { (w.t("add.intro")) }
        form.add method="post" action="/add" enctype="multipart/form-data" data-progress=(w.t("add.working")) {
            label.drop { span { (w.t("add.files")) } input type="file" name="file" multiple accept=".txt,.html,.htm,text/plain,text/html"; }
            label { (w.t("add.text")) textarea name="text" rows="10" {} }
            div.row {
                label { (w.t("add.outlet")) input type="text" name="outlet" maxlength="200"; }
                label { (w.t("add.published")) input type="date" name="published"; }
                label { (w.t("add.url")) input type="url" name="url" maxlength="2000"; }
            }
            button type="submit" { (w.t("add.do")) }
            p.note role="status" {}
        }
    };
    Ok(frame::page(&app, &c, "add", w.t("place.add"), main))
}

/// What became of the pages that were handed in.
struct Taken {
    pages: Vec<(i64, Added)>,
    troubles: Vec<(String, &'static str)>,
    done: recoupe_desk::Updated,
}

/// `POST /add`
pub async fn take(State(app): State<Arc<App>>, c: Caller, mut form: Multipart) -> Result<Response, Oops> {
    c.must(Role::Reviewer)?;
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let mut fields: Fields = Vec::new();
    while let Some(part) = form.next_field().await.map_err(|_| Oops::Bad("oops.upload"))? {
        let name = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(str::to_owned);
        let bytes = part.bytes().await.map_err(|_| Oops::Bad("oops.upload"))?;
        match (name.as_str(), file) {
            ("file", Some(file)) if !bytes.is_empty() => files.push((plain(&file), bytes.to_vec())),
            ("text", _) if !bytes.is_empty() => {
                let digest = recoupe_store::digest(&bytes);
                files.push((format!("pasted-{}.txt", &digest[..12]), bytes.to_vec()));
            }
            (_, None) => fields.push((name, String::from_utf8_lossy(&bytes).into_owned())),
            _ => {}
        }
        if files.len() > FILES {
            return Err(Oops::Bad("oops.many_files"));
        }
    }
    if files.is_empty() {
        return Err(Oops::Bad("oops.no_file"));
    }
    let meta = Meta {
        url: value(&fields, "url").map(str::to_owned),
        outlet: value(&fields, "outlet").map(str::to_owned),
        published: value(&fields, "published").map(str::to_owned),
    };
    let taken = app.write(move |d| keep(d, files, &meta)).await?;
    if let ([(page, _)], true) = (taken.pages.as_slice(), taken.troubles.is_empty()) {
        return Ok(Redirect::to(&format!("/pages/{page}?said=added")).into_response());
    }
    let w = c.w;
    let main = html! {
        h1 { (w.t("place.add")) }
        p.said role="status" { (w.n("add.added", taken.pages.iter().filter(|p| p.1 == Added::New).count()))
            " · " (w.n("add.known", taken.pages.iter().filter(|p| p.1 != Added::New).count())) }
        @if !taken.troubles.is_empty() {
            section aria-labelledby="h-trouble" {
                h2 #h-trouble { (w.t("add.troubles")) }
                ul.short { @for (file, why) in &taken.troubles { li { code { (file) } (w.t("format.colon")) (w.t(why)) } } }
            }
        }
        section aria-labelledby="h-new" {
            h2 #h-new { (w.t("overview.changes")) }
            @let now: Vec<_> = taken.done.changes.iter().filter_map(|c| c.now.clone()).collect();
            @if now.is_empty() { p.intro { (w.n("count.incidents", taken.done.new)) } }
            (line::list(w, &now))
        }
        p { a.button href="/" { (w.t("place.overview")) } " " a href="/pages" { (w.t("place.pages")) } }
    };
    Ok(frame::page(&app, &c, "add", w.t("place.add"), main))
}

/// A file's name without folders and control characters.
fn plain(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let name: String = last.chars().filter(|c| !c.is_control()).take(200).collect();
    if name.trim().is_empty() { "page.txt".to_owned() } else { name }
}

fn keep(d: &mut Desk<'_>, files: Vec<(String, Vec<u8>)>, meta: &Meta) -> Result<Taken, Oops> {
    let (mut ready, mut names, mut troubles) = (Vec::new(), Vec::new(), Vec::new());
    for (name, bytes) in files {
        let page: RawPage = match handed_in(name.clone(), bytes, meta.clone()) {
            Ok(page) => page,
            Err(e) => {
                let why = match e {
                    recoupe_ingest::IngestError::Empty { .. } => "add.empty",
                    recoupe_ingest::IngestError::TooLarge { .. } => "add.large",
                    _ => "add.binary",
                };
                troubles.push((name, why));
                continue;
            }
        };
        let known = texts::known(&page, recoupe_store::digest(&page.bytes));
        names.push((known.sha256.clone(), known.source.clone()));
        ready.push(texts::prepare(&d.app.cleaner, known, &page).map_err(|_| Oops::Defect)?);
    }
    let intake = d.store.begin_intake("web", &names.iter().map(|n| n.1.clone()).collect::<Vec<_>>())?;
    let added = d.store.add(intake, &ready)?;
    d.store.end_intake(intake, troubles.len() as u64)?;
    let numbers = d.store.numbers(names.iter().map(|(a, b)| (a.as_str(), b.as_str())))?;
    let done = d.update()?;
    Ok(Taken { pages: numbers.into_iter().zip(added).collect(), troubles, done })
}

/// `POST /update`
pub async fn update(State(app): State<Arc<App>>, c: Caller) -> Result<Response, Oops> {
    c.must(Role::Reviewer)?;
    app.write(|d| d.update().map(|_| ())).await?;
    Ok(Redirect::to("/").into_response())
}

/// `POST /looked`
pub async fn looked(State(app): State<Arc<App>>, c: Caller, Form(fields): Form<Fields>) -> Result<Response, Oops> {
    let upto = value(&fields, "upto").and_then(|u| u.parse().ok()).ok_or(Oops::Bad("oops.incomplete"))?;
    app.write(move |d| Ok(d.store.look(&c.name, upto)?)).await?;
    Ok(Redirect::to("/").into_response())
}
