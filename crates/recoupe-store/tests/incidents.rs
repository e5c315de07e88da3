//! Kept incidents: what is near, what is alike, what is replaced.

mod common;

use common::{add, page, workspace};
use recoupe_store::{Change, Checked, Edition, IncidentQuery, IncidentRow, PartyUse, Store, Update};

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
    let sibling = Some(("2020-02-20".to_owned(), "2020-02-21".to_owned()));
    store
        .keep(&Update { pages: vec![Checked { sibling: sibling.clone(), ..checked(1, &[9]) }], ..Update::default() })
        .expect("kept");
    assert_eq!(store.sibling(1).expect("told"), sibling);
    assert!(store.alike(&[1, 2], 8).expect("told").is_empty(), "the old hashes are forgotten");
}

#[test]
fn what_was_compared_by_this_version_is_not_compared_again_until_more_is_known() {
    let (_dir, mut store) = three_pages();
    assert_eq!(store.unchecked("v1").expect("told"), [1, 2, 3]);
    let seen = |page| Checked { page, key: "k".to_owned(), ..Checked::default() };
    let update = Update { pages: vec![seen(1), seen(3)], version: "v1".to_owned(), ..Update::default() };
    store.keep(&update).expect("kept");
    assert_eq!(store.unchecked("v1").expect("told"), [2]);
    assert_eq!(store.unchecked("v2").expect("told"), [1, 2, 3]);
    // the same bytes, and a table that tells who published them
    let mut again = page("a.txt", "A");
    again.known.outlet = Some("Le Courrier".to_owned());
    add(&mut store, &[again]);
    assert_eq!(store.unchecked("v1").expect("told"), [1, 2]);
}

#[test]
fn what_changed_is_told_last_first_with_the_incident_as_it_is() {
    let (_dir, mut store) = three_pages();
    let change = |incident: &str, what: &str| Change {
        incident: incident.to_owned(),
        what: what.to_owned(),
        before: (what != "new").then(|| "{\"pages\":1}".to_owned()),
    };
    let one = incident("i1", Some("2020-02-20"), None, &[(1, 1)]);
    let update = Update { incidents: vec![one], changes: vec![change("i1", "new")], ..Update::default() };
    store.keep(&update).expect("kept");
    let first = store.last_change().expect("told");
    let gone = Update { changes: vec![change("i0", "gone"), change("i1", "changed")], ..Update::default() };
    store.keep(&gone).expect("kept");
    let told = store.changes_since(first, 9).expect("told");
    let words: Vec<(&str, bool)> = told.iter().map(|t| (t.change.what.as_str(), t.now.is_some())).collect();
    assert_eq!(words, [("changed", true), ("gone", false)]);
    assert_eq!(store.changes_since(0, 1).expect("told").len(), 1);
}

#[test]
fn incidents_are_found_by_what_is_asked() {
    let (_dir, mut store) = three_pages();
    let place = |name: &str, x: IncidentRow| IncidentRow { place: Some(name.to_owned()), ..x };
    let idlib = Some((35.9, 36.6));
    let all = vec![
        place("Idlib", incident("i1", Some("2020-02-20"), idlib, &[(1, 1)])),
        place("100 % Sud", incident("i2", Some("2020-03-01"), None, &[(2, 2)])),
        IncidentRow { background: true, ..incident("i3", Some("2019-01-01"), idlib, &[(3, 3)]) },
        incident("i4", None, None, &[(4, 3)]),
    ];
    let parties = vec![PartyUse { id: "group/hts".to_owned(), name: "HTS".to_owned(), actor: 1, ..Default::default() }];
    let seen = Checked { page: 1, claims: vec![("control".to_owned(), 2)], parties, ..Checked::default() };
    store.keep(&Update { incidents: all, pages: vec![seen], ..Update::default() }).expect("kept");
    let names = |q: &IncidentQuery| {
        let (found, all) = store.browse(q, 0, 9).expect("told");
        assert_eq!(found.len() as i64, all);
        found.into_iter().map(|x| x.name).collect::<Vec<_>>()
    };
    let some = |s: &str| Some(s.to_owned());
    let ask = IncidentQuery::default;
    assert_eq!(names(&ask()), ["i2", "i1", "i4"], "the last first, undated ones at the end");
    assert_eq!(names(&IncidentQuery { all: true, ..ask() }), ["i2", "i1", "i3", "i4"]);
    assert_eq!(names(&IncidentQuery { from: some("2020-02-21"), ..ask() }), ["i2"]);
    assert_eq!(names(&IncidentQuery { to: some("2020-02"), ..ask() }), ["i1"], "a month is all of its days");
    assert_eq!(names(&IncidentQuery { country: some("sy"), ..ask() }), ["i1"]);
    assert_eq!(names(&IncidentQuery { place: some("100 %"), ..ask() }), ["i2"], "a sign of LIKE is a sign");
    assert_eq!(names(&IncidentQuery { party: some("group/hts"), ..ask() }), ["i1"]);
    assert_eq!(store.browse(&ask(), 1, 1).expect("told").0[0].name, "i1");
    assert_eq!(store.pages_with("control", None, 9).expect("told"), (vec![1], 1));
    assert_eq!(store.pages_with("control", Some("group/m23"), 9).expect("told"), (vec![], 0));
    assert_eq!(store.pages_naming("group/hts", 9).expect("told"), (vec![1], 1));
    assert_eq!(store.parties(9).expect("told")[0].name.as_deref(), Some("HTS"));
    assert_eq!(store.page_line(1).expect("told").expect("there").claims, Some(2));
    assert_eq!(store.page_line(2).expect("told").expect("there").claims, None);
}

#[test]
fn what_is_published_stays_as_it_was() {
    let (_dir, mut store) = three_pages();
    let first = Edition { title: "Idlib".to_owned(), author: "ana".to_owned(), ..Edition::default() };
    let one = store.publish(&first, b"{}").expect("published");
    assert_eq!((one.number, one.size), (1, 2));
    assert_eq!(store.publish(&first, b"[]").expect("published").number, 2);
    assert_eq!(store.edition(1).expect("told"), Some((one, b"{}".to_vec())));
    assert_eq!(store.edition(3).expect("told"), None);
    assert_eq!(store.editions().expect("told").iter().map(|e| e.number).collect::<Vec<_>>(), [2, 1]);
}
