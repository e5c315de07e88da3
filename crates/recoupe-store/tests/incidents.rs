//! Kept incidents: what is near, what is alike, what is replaced.

mod common;

use common::{add, page, workspace};
use recoupe_store::{Checked, IncidentRow, Store, Update};

fn incident(name: &str, day: Option<&str>, spot: Option<(f64, f64)>, claims: &[(i64, i64)]) -> IncidentRow {
    IncidentRow {
        name: name.to_owned(),
        kind: "airstrike".to_owned(),
        days: day.map(|d| (d.to_owned(), d.to_owned())),
        country: spot.map(|_| "SY".to_owned()),
        spot,
        standing: "single_origin".to_owned(),
        pages: 1,
        origins: 1,
        claims: claims.to_vec(),
        ..IncidentRow::default()
    }
}

fn three_pages() -> (tempfile::TempDir, Store) {
    let (dir, _, mut store) = workspace();
    add(&mut store, &[page("a.txt", "A"), page("b.txt", "B"), page("c.txt", "C")]);
    (dir, store)
}

fn keep(store: &mut Store, incidents: Vec<IncidentRow>, gone: &[&str]) {
    let gone = gone.iter().map(|n| (*n).to_owned()).collect();
    store.keep(&Update { incidents, gone, decisions: 3, ..Update::default() }).expect("kept");
}

#[test]
fn near_is_near_in_time_and_place() {
    let (_dir, mut store) = three_pages();
    let idlib = Some((35.9, 36.6));
    keep(
        &mut store,
        vec![
            incident("i1", Some("2020-02-20"), idlib, &[(1, 1)]),
            incident("i2", Some("2020-06-20"), idlib, &[(2, 2)]),
            incident("i3", None, Some((35.8, 36.7)), &[(3, 3)]),
        ],
        &[],
    );
    let near = |day: Option<&str>, spot| store.pages_near(&incident("x", day, spot, &[]), 8).expect("told");
    // the undated one there may be of any day
    assert_eq!(near(Some("2020-02-21"), Some((36.0, 36.7))), [1, 3]);
    assert!(near(Some("2020-02-21"), Some((10.0, 10.0))).is_empty());
    assert_eq!(near(Some("2020-02-21"), None), [1]);
    assert_eq!(near(None, Some((36.0, 36.7))), [1, 2, 3]);
    assert!(near(None, None).is_empty());
    assert_eq!(store.pages_near(&incident("x", None, idlib, &[]), 1).expect("told"), [1]);
}

#[test]
fn an_incident_is_found_by_its_claims_and_pages_and_replaced() {
    let (_dir, mut store) = three_pages();
    let one = incident("i1", Some("2020-02-20"), None, &[(1, 1), (1 << 47, 2)]);
    keep(&mut store, vec![one.clone()], &[]);
    assert_eq!(store.incident_of(1 << 47).expect("told"), Some(one.clone()));
    assert_eq!(store.incident_of(2).expect("told"), None);
    assert_eq!(store.incidents_of(2).expect("told"), [one]);
    assert_eq!(store.obeyed().expect("told"), 3);
    let two = incident("i2", Some("2020-02-20"), None, &[(1, 1), (7, 3)]);
    keep(&mut store, vec![two.clone()], &["i1"]);
    assert_eq!(store.incidents().expect("told"), [two]);
    assert!(store.incidents_of(2).expect("told").is_empty());
    store.keep(&Update { afresh: true, ..Update::default() }).expect("kept");
    assert!(store.incidents().expect("told").is_empty());
}

#[test]
fn a_change_that_does_not_fit_changes_nothing() {
    let (_dir, mut store) = three_pages();
    keep(&mut store, vec![incident("i1", None, None, &[(1, 1)])], &[]);
    // a page that is not there
    let bad = Update {
        gone: vec!["i1".to_owned()],
        incidents: vec![incident("i2", None, None, &[(2, 99)])],
        ..Update::default()
    };
    assert!(store.keep(&bad).is_err());
    assert_eq!(store.incidents().expect("told").len(), 1);
    assert_eq!(store.incidents().expect("told")[0].name, "i1");
}

#[test]
fn copies_find_each_other_by_a_few_hashes() {
    let (_dir, mut store) = three_pages();
    let checked = |page: i64, prints: &[u32]| Checked {
        page,
        key: format!("k{page}"),
        prints: prints.to_vec(),
        ..Checked::default()
    };
    let update = Update {
        pages: vec![checked(1, &[1, 2, 3]), checked(2, &[2, 3, 4]), checked(3, &[4, 5, u32::MAX])],
        ..Update::default()
    };
    store.keep(&update).expect("kept");
    assert_eq!(store.alike(&[1, 2, 3, 4], 8).expect("told"), [1, 2]);
    // one hash in common is chance
    assert!(store.alike(&[5, 6], 8).expect("told").is_empty());
    assert_eq!(store.alike(&[4, 5, u32::MAX], 8).expect("told"), [3]);
    assert_eq!(store.checked().expect("told")[0], (1, "k1".to_owned()));
    let sibling = Some(("2020-02-20".to_owned(), "2020-02-21".to_owned()));
    store
        .keep(&Update { pages: vec![Checked { sibling: sibling.clone(), ..checked(1, &[9]) }], ..Update::default() })
        .expect("kept");
    assert_eq!(store.sibling(1).expect("told"), sibling);
    assert!(store.alike(&[1, 2], 8).expect("told").is_empty(), "the old hashes are forgotten");
}
