//! What of a page is searched, and what makes it ready to be stored.

use std::io;

use recoupe_ingest::RawPage;
use recoupe_page::{BlockKind, Meta, PageReader, RawInput};
use recoupe_store::{Known, PageText, Prepared};

/// What is known about a page before it is looked into; `sha256` is the digest of its bytes.
pub fn known(page: &RawPage, sha256: String) -> Known {
    let Meta { url, outlet, published } = page.meta.clone();
    Known { sha256, source: page.source.clone(), url, outlet, published }
}

/// What was known about a page from outside.
pub fn meta(known: &Known) -> Meta {
    Meta { url: known.url.clone(), outlet: known.outlet.clone(), published: known.published.clone() }
}

/// A page, ready to be stored.
pub fn prepare(reader: &PageReader, known: Known, page: &RawPage) -> io::Result<Prepared> {
    let text = text(reader, &page.input());
    Prepared::new(known, &page.bytes, text)
}

/// The texts of a page that is stored, made anew.
pub fn again(reader: &PageReader, known: &Known, bytes: &[u8]) -> PageText {
    text(reader, &RawInput { source: &known.source, bytes, meta: meta(known) })
}

/// Only the page is cleaned and dated here; its sentences are read when they are cross-checked.
fn text(reader: &PageReader, page: &RawInput<'_>) -> PageText {
    let a = reader.read(page);
    let body: Vec<String> = a.kept().filter(|b| b.kind != BlockKind::Title).map(|b| a.quote(b.span)).collect();
    PageText {
        title: a.title.map(|t| a.quote(t)).unwrap_or_default(),
        body: body.join("\n"),
        outlet: a.outlet.as_ref().map(|o| o.name.clone()),
        language: a.language.clone(),
        day_from: a.published.as_ref().map(|p| p.from.to_string()),
        day_to: a.published.as_ref().map(|p| p.to.to_string()),
    }
}
