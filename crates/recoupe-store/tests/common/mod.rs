//! What the tests of the store share.
#![allow(dead_code)]

use std::path::{Path, PathBuf};
use std::time::Duration;

use recoupe_store::{Added, Known, PageText, Prepared, Store};
use tempfile::TempDir;

/// An empty workspace in a folder of its own.
pub fn workspace() -> (TempDir, PathBuf, Store) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join("recoupe.db");
    let store = Store::create(&path).expect("made");
    (dir, path, store)
}

/// Opens a workspace; others are not waited for.
pub fn open(path: &Path) -> Result<Store, recoupe_store::StoreError> {
    Store::open(path, Duration::from_millis(20))
}

/// A page of text; its first line is the title.
pub fn page(source: &str, text: &str) -> Prepared {
    with(Known { source: source.to_owned(), ..Known::default() }, text)
}

/// The same, with what is known about it.
pub fn with(known: Known, text: &str) -> Prepared {
    let (title, body) = text.split_once('\n').unwrap_or((text, ""));
    let text_of = PageText { title: title.to_owned(), body: body.to_owned(), ..PageText::default() };
    Prepared::new(known, text.as_bytes(), text_of).expect("compressed")
}

/// Adds pages in one go.
pub fn add(store: &mut Store, pages: &[Prepared]) -> Vec<Added> {
    let intake = store.begin_intake("/tmp", &["pages".to_owned()]).expect("begun");
    let out = store.add(intake, pages).expect("added");
    store.end_intake(intake, 0).expect("ended");
    out
}

/// A decision on a page that need not be there.
pub fn decision(n: u32) -> String {
    format!(
        "{{\"id\":\"d-{n:04}\",\"author\":\"ana\",\"time\":\"2026-03-01T09:30:00Z\",\"reason\":\"n° {n}\",\"kind\":\"reject\",\
        \"anchors\":[{{\"page\":\"sha256:ab\",\"span\":{{\"start\":0,\"end\":4}},\"quote\":\"Deux\",\"role\":\"incident\"}}]}}"
    )
}

/// A file of decisions with these numbers.
pub fn decisions(numbers: impl IntoIterator<Item = u32>) -> String {
    let lines: Vec<String> = numbers.into_iter().map(decision).collect();
    format!("{{\"format\":\"recoupe.decisions/1\"}}\n{}\n", lines.join("\n"))
}
