//! The file: what is no workspace, what cannot be written, copies, older schemas.

mod common;

use std::fs;
use std::path::Path;
use std::time::Duration;

use common::{add, decisions, open, page, workspace};
use recoupe_store::{CURRENT, Check, ErrorKind, Fault, Marks, Store};

fn kind(path: &Path) -> ErrorKind {
    open(path).expect_err("must be told").kind
}

#[test]
fn what_is_no_workspace_is_told() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let file = |name: &str, bytes: &[u8]| {
        let path = dir.path().join(name);
        fs::write(&path, bytes).expect("written");
        path
    };
    let no = |path: &Path| assert!(matches!(kind(path), ErrorKind::NotAWorkspace(_)), "{:?}", kind(path));
    assert_eq!(kind(&dir.path().join("none.db")), ErrorKind::NotFound);
    no(dir.path());
    no(&file("empty.db", b""));
    let text = file("text.db", "Deux soldats turcs ont été tués. ".repeat(200).as_bytes());
    no(&text);
    let other = dir.path().join("other.db");
    rusqlite::Connection::open(&other).expect("opened").execute_batch("CREATE TABLE t (a)").expect("made");
    no(&other);
    // And none of them was touched.
    assert!(fs::read_to_string(&text).expect("read").starts_with("Deux soldats"));
    assert_eq!(Store::create(&text).expect_err("must be told").kind, ErrorKind::Exists);
    assert!(Store::create(&dir.path().join("none/recoupe.db")).is_err());
}

#[test]
fn a_newer_schema_is_told_and_left_alone() {
    let (_dir, path, store) = workspace();
    drop(store);
    let db = rusqlite::Connection::open(&path).expect("opened");
    db.pragma_update(None, "user_version", 99).expect("set");
    drop(db);
    assert_eq!(kind(&path), ErrorKind::Newer { found: 99, known: CURRENT });
}

#[test]
fn another_writer_is_waited_for_and_then_told() {
    let (_dir, path, mut store) = workspace();
    let other = rusqlite::Connection::open(&path).expect("opened");
    other.execute_batch("BEGIN IMMEDIATE").expect("locked");
    let mut impatient = open(&path).expect("reading needs no lock");
    assert_eq!(impatient.decide(&decisions([1]), None).expect_err("locked").kind, ErrorKind::Locked);
    assert_eq!(impatient.pages(None).expect("readers do not wait").len(), 0);
    let waiting = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(200));
        other.execute_batch("COMMIT").expect("let go");
    });
    store.decide(&decisions([1]), None).expect("waited for");
    waiting.join().expect("ended");
}

#[test]
fn a_file_that_cannot_be_written_is_still_read() {
    let (dir, path, mut store) = workspace();
    add(&mut store, &[page("a.txt", "Un")]);
    store.decide(&decisions([1]), None).expect("recorded");
    drop(store);
    let still = dir.path().join("still.db");
    fs::copy(&path, &still).expect("copied");
    let set = |read_only: bool| {
        let mut p = fs::metadata(&still).expect("there").permissions();
        p.set_readonly(read_only);
        fs::set_permissions(&still, p).expect("set");
    };
    set(true);
    let mut store = open(&still).expect("opened");
    // Whoever may do anything (root) may write all the same.
    if !store.writable() {
        assert_eq!(store.decide(&decisions([2]), None).expect_err("cannot be written").kind, ErrorKind::ReadOnly);
    }
    assert_eq!(store.pages(None).expect("listed").len(), 1);
    drop(store);
    set(false);
}

#[test]
fn a_backup_is_a_workspace() {
    let (dir, path, mut store) = workspace();
    add(&mut store, &[page("a.txt", "Un"), page("b.txt", "Deux")]);
    store.decide(&decisions([1, 2]), None).expect("recorded");
    let copy = dir.path().join("copy.db");
    let mut ticks = 0;
    store.backup(&copy, false, |_, _| ticks += 1).expect("copied");
    assert!(ticks > 0);
    assert_eq!(store.backup(&copy, false, |_, _| {}).expect_err("exists").kind, ErrorKind::Exists);
    // Afterwards the workspace goes on, and is then put back.
    store.decide(&decisions([3]), None).expect("recorded");
    drop(store);
    assert_eq!(Store::restore(&copy, &path, false).expect_err("exists").kind, ErrorKind::Exists);
    let kept = Store::restore(&copy, &path, true).expect("restored").expect("kept");
    assert_eq!(open(&path).expect("opened").decided().expect("counted"), 2);
    assert_eq!(open(&kept).expect("opened").decided().expect("counted"), 3);
    assert!(open(&path).expect("opened").examine().expect("examined").is_empty());
    // Without a workspace it is simply put there.
    let elsewhere = dir.path().join("elsewhere.db");
    assert_eq!(Store::restore(&copy, &elsewhere, false).expect("restored"), None);
}

#[test]
fn a_backup_that_is_broken_replaces_nothing() {
    let (dir, path, mut store) = workspace();
    add(&mut store, &[page("a.txt", "Un")]);
    store.decide(&decisions([1]), None).expect("recorded");
    let copy = dir.path().join("copy.db");
    store.backup(&copy, false, |_, _| {}).expect("copied");
    drop(store);
    let mut bytes = fs::read(&copy).expect("read");
    let at = bytes.windows(4).position(|w| w == "n° ".as_bytes()).expect("there");
    bytes[at + 4] ^= 1;
    fs::write(&copy, bytes).expect("written");
    assert!(matches!(Store::restore(&copy, &path, true).expect_err("broken").kind, ErrorKind::Damaged(_)));
    assert_eq!(open(&path).expect("opened").decided().expect("counted"), 1);
}

#[test]
fn a_broken_workspace_is_replaced_and_kept() {
    let (dir, path, store) = workspace();
    let copy = dir.path().join("copy.db");
    store.backup(&copy, false, |_, _| {}).expect("copied");
    drop(store);
    fs::write(&path, "no workspace any more").expect("written");
    let kept = Store::restore(&copy, &path, true).expect("restored").expect("kept");
    assert_eq!(fs::read_to_string(kept).expect("read"), "no workspace any more");
    open(&path).expect("sound");
}

#[test]
fn the_doctor_finds_what_is_wrong() {
    let (_dir, path, mut store) = workspace();
    add(&mut store, &[page("a.txt", "Titre\nDeux soldats"), page("b.txt", "Titre\nTrois")]);
    assert_eq!(store.examine().expect("examined"), []);
    let db = rusqlite::Connection::open(&path).expect("opened");
    db.execute_batch(
        "DROP TRIGGER page_text_changed; UPDATE page_text SET body = 'Quatre' WHERE page = 1;
        INSERT INTO blob (sha256, size, zstd) VALUES (printf('%064d', 7), 0, x'');",
    )
    .expect("tampered");
    let found: Vec<Check> = store.examine().expect("examined").iter().map(|f| f.check).collect();
    assert!(found.contains(&Check::Index) && found.contains(&Check::Orphans), "{found:?}");
    store.rebuild_index().expect("rebuilt");
    let sizes = store.vacuum().expect("made small");
    assert!(sizes.after > 0);
    assert_eq!(store.examine().expect("examined"), []);
}

/// A file that the first schema wrote, kept as it was: two pages, two decisions, a collection, a view.
#[test]
fn a_workspace_of_the_first_schema_is_opened() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join("old.db");
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/schema-1.sqlite"), &path).expect("copied");
    let version = |path: &Path| {
        let db = rusqlite::Connection::open(path).expect("opened");
        db.query_row("PRAGMA user_version", [], |r| r.get::<_, i64>(0)).expect("told")
    };
    assert_eq!(version(&path), 1);
    let mut store = open(&path).expect("brought up to date");
    assert_eq!(version(&path), CURRENT);
    assert_eq!(store.examine().expect("examined"), []);
    let pages = store.pages(Some("idlib")).expect("listed");
    assert_eq!(pages.len(), 1);
    assert_eq!(store.bytes(pages[0].blob).expect("read"), "Frappe à Idleb\nDeux soldats ont été tués.\n".as_bytes());
    assert_eq!(store.views().expect("listed").len(), 1);
    let (head, faults) = store.verify_log(Some(&store.log().expect("read")[0].hash)).expect("verified");
    assert_eq!((head.entries, faults), (2, Vec::<Fault>::new()));
    let marks = Marks { open: "[", close: "]" };
    let found = store.search("tues", None, 5, marks).expect("searched").0;
    assert_eq!(found[0].passage.trim_end(), "Deux soldats ont été [tués].");
    // And it goes on.
    assert_eq!(store.decide(&decisions([7]), None).expect("recorded")[0].seq, 3);
}

/// Writes the fixture; run by hand once for each released schema, with the program of that schema.
#[test]
#[ignore = "writes the fixture of the present schema"]
fn write_the_fixture() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join("recoupe.db");
    let mut store = Store::create(&path).expect("made");
    add(
        &mut store,
        &[page("a.txt", "Frappe à Idleb\nDeux soldats ont été tués.\n"), page("b.txt", "Trêve\nUn accord.\n")],
    );
    store.collect("idlib", &[1]).expect("collected");
    let view =
        recoupe_store::View { name: "idlib".into(), query: "{\"collection\":\"idlib\"}".into(), author: "ana".into() };
    store.save_view(&view).expect("saved");
    store.decide(&decisions([1, 2]), None).expect("recorded");
    let to = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/schema-{CURRENT}.sqlite"));
    store.backup(&to, false, |_, _| {}).expect("written");
}
