//! Pages go in and come out as they were, each once.

mod common;

use common::{add, page, with, workspace};
use proptest::prelude::*;
use recoupe_store::{Added, ErrorKind, Known, PageText, Prepared, digest};

fn known(source: &str, outlet: Option<&str>) -> Known {
    Known { source: source.to_owned(), outlet: outlet.map(str::to_owned), ..Known::default() }
}

#[test]
fn the_same_bytes_are_one_page() {
    let (_dir, _, mut store) = workspace();
    assert_eq!(add(&mut store, &[page("a.txt", "Un"), page("b.txt", "Deux")]), [Added::New, Added::New]);
    assert_eq!(add(&mut store, &[page("a.txt", "Un")]), [Added::Known]);
    assert_eq!(add(&mut store, &[page("copies/a.txt", "Un")]), [Added::Known]);
    let pages = store.pages(None).expect("listed");
    assert_eq!(pages.len(), 2);
    // Of several paths the first in order counts, whichever came first.
    assert_eq!(pages[0].known.source, "a.txt");
    assert_eq!(add(&mut store, &[page("0.txt", "Un")]), [Added::Known]);
    assert_eq!(store.pages(None).expect("listed")[0].known.source, "0.txt");
}

#[test]
fn two_papers_may_print_one_text() {
    let (_dir, _, mut store) = workspace();
    let text = "La même dépêche";
    let p = |source, outlet| with(known(source, outlet), text);
    assert_eq!(add(&mut store, &[p("a.txt", Some("A")), p("b.txt", Some("B"))]), [Added::New, Added::New]);
    assert_eq!(store.status().expect("told").pages, 2);
    // Their bytes are kept once.
    assert_eq!(store.status().expect("told").page_bytes, text.len() as i64);
    // A copy of which nothing is known is neither a third page nor an update.
    assert_eq!(add(&mut store, &[p("c.txt", None), p("a.txt", None)]), [Added::Known, Added::Known]);
}

#[test]
fn a_table_that_comes_later_is_taken_over() {
    let (_dir, _, mut store) = workspace();
    add(&mut store, &[page("a.txt", "Un")]);
    let told = Known { published: Some("2020-02-20".into()), ..known("a.txt", Some("A")) };
    let mut asked = told.clone();
    asked.sha256 = digest(b"Un");
    assert!(!store.knows(&asked).expect("looked up"));
    assert_eq!(add(&mut store, &[with(told, "Un")]), [Added::Updated]);
    assert!(store.knows(&asked).expect("looked up"));
    let page = &store.pages(None).expect("listed")[0];
    assert_eq!((page.known.outlet.as_deref(), page.known.published.as_deref()), (Some("A"), Some("2020-02-20")));
}

#[test]
fn evidence_is_not_changed_from_outside_either() {
    let (_dir, path, mut store) = workspace();
    add(&mut store, &[page("a.txt", "Un")]);
    let db = rusqlite::Connection::open(&path).expect("opened");
    assert!(db.execute("UPDATE blob SET zstd = x'00'", []).is_err());
    assert!(db.execute("DELETE FROM blob", []).is_err());
}

#[test]
fn bytes_that_are_not_those_that_came_are_told() {
    let (_dir, path, mut store) = workspace();
    add(&mut store, &[page("a.txt", "Un"), page("b.txt", "Deux")]);
    let db = rusqlite::Connection::open(&path).expect("opened");
    db.execute_batch(
        "DROP TRIGGER blob_is_evidence; UPDATE blob SET zstd = (SELECT zstd FROM blob WHERE id = 2) WHERE id = 1;",
    )
    .expect("tampered");
    let e = store.bytes(1).expect_err("must be told");
    assert!(matches!(e.kind, ErrorKind::Damaged(_)), "{e}");
    assert_eq!(store.bytes(2).expect("read"), b"Deux");
    assert!(store.examine().expect("examined").iter().any(|f| f.detail.contains(&digest(b"Un"))));
}

#[test]
fn a_run_that_was_stopped_is_told_until_it_is_taken_up() {
    let (_dir, _, mut store) = workspace();
    let intake = store.begin_intake("/tmp", &["pages".to_owned()]).expect("begun");
    store.add(intake, &[page("a.txt", "Un")]).expect("added");
    let stopped = store.status().expect("told").stopped;
    assert_eq!(stopped.len(), 1);
    assert_eq!(stopped[0].1, 1);
    add(&mut store, &[page("b.txt", "Deux")]);
    assert!(store.status().expect("told").stopped.is_empty());
}

#[test]
fn collections_and_views() {
    let (_dir, _, mut store) = workspace();
    add(&mut store, &[page("a.txt", "Un"), page("b.txt", "Deux")]);
    let numbers = store.numbers([(digest(b"Deux").as_str(), "b.txt"), ("none", "c.txt")]).expect("found");
    store.collect("idlib", &numbers).expect("collected");
    store.collect("idlib", &numbers).expect("once more");
    let pages = store.pages(Some("idlib")).expect("listed");
    assert_eq!(pages.iter().map(|p| p.known.source.as_str()).collect::<Vec<_>>(), ["b.txt"]);
    assert!(matches!(store.pages(Some("alep")).expect_err("none").kind, ErrorKind::Unknown(_)));
    let view = |query: &str| recoupe_store::View { name: "v".into(), query: query.into(), author: "ana".into() };
    store.save_view(&view("{\"place\":\"Idlib\"}")).expect("saved");
    store.save_view(&view("{}")).expect("saved again");
    assert!(store.save_view(&view("{")).is_err());
    assert_eq!(store.views().expect("listed"), [view("{}")]);
    store.forget_view("v").expect("forgotten");
    assert!(store.forget_view("v").is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn bytes_come_back_as_they_were(pages in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..2000), 1..8)) {
        let (_dir, path, mut store) = workspace();
        let ready: Vec<Prepared> = pages
            .iter()
            .enumerate()
            .map(|(i, b)| Prepared::new(known(&format!("{i}"), None), b, PageText::default()).expect("compressed"))
            .collect();
        add(&mut store, &ready);
        drop(store);
        let store = common::open(&path).expect("opened again");
        let stored = store.pages(None).expect("listed");
        let mut distinct: Vec<&Vec<u8>> = Vec::new();
        pages.iter().for_each(|p| if !distinct.contains(&p) { distinct.push(p) });
        prop_assert_eq!(stored.len(), distinct.len());
        for (page, bytes) in stored.iter().zip(distinct) {
            prop_assert_eq!(&store.bytes(page.blob).expect("read"), bytes);
            prop_assert_eq!(&page.known.sha256, &digest(bytes));
        }
        prop_assert!(store.examine().expect("examined").is_empty());
    }
}
