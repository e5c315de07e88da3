//! The log of decisions: it only grows, and nobody changes it unnoticed.

mod common;

use std::fs;

use common::{decision, decisions, open, workspace};
use proptest::prelude::*;
use recoupe_store::{ErrorKind, Fault, Store};

#[test]
fn decisions_are_recorded_once() {
    let (_dir, path, mut store) = workspace();
    let first = store.decide(&decisions([1, 2]), None).expect("recorded");
    assert_eq!(first.iter().map(|r| (r.seq, r.new)).collect::<Vec<_>>(), [(1, true), (2, true)]);
    // The order of keys and white space make no other decision.
    let again = decisions([2, 3]).replace("\"kind\":\"reject\",", "").replace('{', "{ ").replacen(
        "{ \"id\"",
        "{\"kind\": \"reject\", \"id\"",
        2,
    );
    let second = store.decide(&again, Some("ben")).expect("recorded");
    assert_eq!(second.iter().map(|r| (r.seq, r.new)).collect::<Vec<_>>(), [(2, false), (3, true)]);
    let log = store.log().expect("read");
    assert_eq!(log.iter().map(|e| e.author.as_str()).collect::<Vec<_>>(), ["ana", "ana", "ben"]);
    assert_eq!(log[1].prev, log[0].hash);
    drop(store);
    let store = open(&path).expect("opened again");
    let (head, faults) = store.verify_log(Some(&first[1].hash)).expect("verified");
    assert_eq!((head.entries, faults), (3, vec![]));
    assert_eq!(head.hash, second[1].hash);
}

#[test]
fn a_file_is_taken_in_whole_or_not_at_all() {
    let (_dir, _, mut store) = workspace();
    store.decide(&decisions([1]), None).expect("recorded");
    let clash = decisions([2, 1]).replace("n° 1", "another reason");
    let e = store.decide(&clash, None).expect_err("another decision has this id");
    assert!(matches!(e.kind, ErrorKind::Decision { line: 3, .. }), "{e}");
    let e = store.decide(&format!("{}\n{{\"id\":1}}", decision(2)), None).expect_err("does not fit");
    assert!(matches!(e.kind, ErrorKind::Decision { line: 2, .. }), "{e}");
    assert!(store.decide(&decisions([2]), Some("two\nlines")).is_err());
    assert_eq!(store.decided().expect("counted"), 1);
}

#[test]
fn what_is_told_again_is_the_same_log() {
    let (_dir, _, mut store) = workspace();
    store.decide(&decisions(1..=9), None).expect("recorded");
    let (_dir, _, mut other) = workspace();
    other.decide(&store.decisions().expect("told"), None).expect("recorded");
    assert_eq!(other.decisions().expect("told"), store.decisions().expect("told"));
}

#[test]
fn sql_cannot_change_an_entry() {
    let (_dir, path, mut store) = workspace();
    store.decide(&decisions([1, 2]), None).expect("recorded");
    let db = rusqlite::Connection::open(&path).expect("opened");
    for sql in [
        "UPDATE decision_log SET author = 'eve'",
        "DELETE FROM decision_log WHERE seq = 2",
        "INSERT INTO decision_log (seq, prev, recorded, author, line, hash)
            SELECT seq + 2, prev, recorded, author, json_set(line, '$.id', 'x'), hash FROM decision_log",
        "INSERT OR REPLACE INTO decision_log (seq, prev, recorded, author, line, hash)
            SELECT seq, prev, recorded, 'eve', line, hash FROM decision_log",
    ] {
        assert!(db.execute(sql, []).is_err(), "{sql}");
    }
    assert!(store.verify_log(None).expect("verified").1.is_empty());
}

/// Does something to the file behind the back of the store that its triggers would refuse.
fn tampered(sql: &str) -> Vec<Fault> {
    let (_dir, path, mut store) = workspace();
    store.decide(&decisions(1..=3), None).expect("recorded");
    let db = rusqlite::Connection::open(&path).expect("opened");
    db.execute_batch("DROP TRIGGER log_only_grows_update; DROP TRIGGER log_only_grows_delete").expect("dropped");
    db.execute_batch(sql).expect("tampered");
    store.verify_log(None).expect("verified").1
}

#[test]
fn what_was_done_to_the_log_is_told() {
    assert_eq!(tampered("UPDATE decision_log SET author = 'eve' WHERE seq = 2"), [Fault::Hash(2)]);
    assert_eq!(tampered("UPDATE decision_log SET recorded = '2020-01-01T00:00:00Z' WHERE seq = 1"), [Fault::Hash(1)]);
    assert_eq!(tampered("DELETE FROM decision_log WHERE seq = 3"), [Fault::End { noted: 3, found: 2 }]);
    let gone = tampered("DELETE FROM decision_log WHERE seq = 2");
    assert!(gone.contains(&Fault::Number { seq: 3, expected: 2 }) && gone.contains(&Fault::Chain(3)), "{gone:?}");
    let (_dir, _, store) = workspace();
    let absent = store.verify_log(Some("ab")).expect("verified").1;
    assert_eq!(absent, [Fault::Absent("ab".to_owned())]);
}

/// Every byte of every entry in the file, one after the other, with one bit turned over.
#[test]
fn a_flipped_byte_is_found() {
    let (dir, path, mut store) = workspace();
    store.decide(&decisions(1..=3), None).expect("recorded");
    let entries = store.log().expect("read");
    store.vacuum().expect("one file");
    drop(store);
    let bytes = fs::read(&path).expect("read");
    let copy = dir.path().join("copy.db");
    let mut tried = 0;
    for e in &entries {
        let stored = format!("{}{}{}{}{}", e.prev, e.recorded, e.author, e.line, e.hash).into_bytes();
        let at = bytes.windows(stored.len()).position(|w| w == stored).expect("in the file");
        // Before the values stand the lengths and the number of the entry.
        for (i, byte) in (at - 10..at + stored.len()).enumerate() {
            // All of the second entry, and each fifth byte of the others.
            if e.seq != 2 && i % 5 != 0 && i > 10 {
                continue;
            }
            let mut broken = bytes.clone();
            broken[byte] ^= 1 << (i % 8);
            fs::write(&copy, broken).expect("written");
            let found = open(&copy).map_or(true, |s: Store| !s.verify_log(None).is_ok_and(|(_, f)| f.is_empty()));
            assert!(found, "entry {}, byte {} of {}", e.seq, byte + 10 - at, stored.len() + 10);
            tried += 1;
        }
    }
    assert!(tried > 400, "{tried}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    /// However decisions are cut into files, the log tells the same ones, and holds.
    #[test]
    fn any_order_of_files_is_recorded(files in prop::collection::vec(prop::collection::vec(0u32..30, 0..6), 1..6), author in "[^\\n\\x00]{0,12}") {
        let (_dir, path, mut store) = workspace();
        let mut expected: Vec<u32> = Vec::new();
        for numbers in &files {
            let by = Some(author.as_str()).filter(|a| !a.trim().is_empty());
            let recorded = store.decide(&decisions(numbers.iter().copied()), by).expect("recorded");
            prop_assert_eq!(recorded.len(), numbers.len());
            numbers.iter().for_each(|n| if !expected.contains(n) { expected.push(*n) });
        }
        drop(store);
        let store = open(&path).expect("opened again");
        let ids: Vec<String> = store.log().expect("read").iter().map(|e| e.line.split("\"id\":\"").nth(1).expect("an id")[..6].to_owned()).collect();
        prop_assert_eq!(ids, expected.iter().map(|n| format!("d-{n:04}")).collect::<Vec<_>>());
        prop_assert!(store.examine().expect("examined").is_empty());
    }
}
