//! Decisions of people: which claims they find, which of two wins, and what they change.

mod common;

use common::*;
use recoupe_incident::decisions::{Anchor, Correction, Decision, Fate, Replay, TollFix, Verdict, Why, replay};
use recoupe_incident::{CrossCheck, Options, PageInput, cross_check_decided};
use recoupe_text::Span;

/// The first words stand on every page, so that a page has a quotation that is there twice.
const TEXT: &str = "Deux soldats tués\nDeux soldats tués\nUne frappe a visé Neirab\nLe village a été repris";

fn anchor(page: &str, quote: &str) -> Anchor {
    let at = TEXT.find(quote).unwrap_or(0);
    Anchor {
        page: format!("sha256:{page}"),
        span: Span::new(at, at + quote.len()),
        quote: quote.to_owned(),
        role: "incident".to_owned(),
        kind: None,
        nth: None,
    }
}

const STRIKE: &str = "Une frappe a visé Neirab";

fn strike(p: P) -> P {
    p.text(TEXT).add(claim("airstrike").on("2020-02-20").at(neirab()).toll("killed", "TUR/soldiers", 2).says(STRIKE))
}

/// Two pages of one day and one of another month.
fn three() -> Vec<P> {
    let late = page("c", "2020-05-01").text(TEXT);
    vec![
        strike(page("a", "2020-02-20")),
        strike(page("b", "2020-02-20")),
        late.add(claim("airstrike").on("2020-05-01").at(neirab()).toll("killed", "TUR/soldiers", 2).says(STRIKE)),
    ]
}

fn decided(id: &str, minute: u32, verdict: Verdict, anchors: Vec<Anchor>) -> Decision {
    Decision {
        id: id.to_owned(),
        author: "ana".to_owned(),
        time: format!("2026-03-01T10:{minute:02}:00Z").parse().expect("an instant"),
        reason: String::new(),
        verdict,
        anchors,
        revoke: None,
    }
}

fn on(pages: &[&str]) -> Vec<Anchor> {
    pages.iter().map(|p| anchor(p, STRIKE)).collect()
}

fn run(pages: &[P], decisions: &[Decision]) -> (CrossCheck, Replay, Vec<PageInput>) {
    let mut v = inputs(pages);
    let mut r = replay(&table(), &mut v, decisions);
    let x = cross_check_decided(&table(), &v, &Options::default(), &r);
    r.verify(&x.claims);
    (x, r, v)
}

fn fate<'a>(r: &'a Replay, id: &str) -> &'a Fate {
    &r.fates.iter().find(|(d, _)| d.id == id).expect("every decision is told").1
}

fn applied(r: &Replay, id: &str) -> bool {
    matches!(fate(r, id), Fate::Applied { .. })
}

fn incident(x: &CrossCheck, n: usize) -> Option<usize> {
    x.claims[n].incident
}

#[test]
fn the_pages_alone_link_two_of_three() {
    let (x, ..) = run(&three(), &[]);
    assert_eq!(incident(&x, 0), incident(&x, 1));
    assert_ne!(incident(&x, 0), incident(&x, 2));
}

#[test]
fn an_anchor_whose_span_moved_is_found_by_its_words() {
    let mut moved = anchor("a", STRIKE);
    moved.span = Span::new(0, 5);
    let (_, r, _) = run(&three(), &[decided("d", 0, Verdict::Reject, vec![moved])]);
    assert!(applied(&r, "d"), "{:?}", r.fates);
    assert_eq!(r.rejected.len(), 1);
}

#[test]
fn white_space_in_a_quotation_does_not_count() {
    let mut a = anchor("a", STRIKE);
    a.quote = " Une  frappe\na visé\u{a0}Neirab ".to_owned();
    assert!(applied(&run(&three(), &[decided("d", 0, Verdict::Reject, vec![a])]).1, "d"));
}

#[test]
fn what_finds_nothing_is_orphaned_with_its_reason() {
    let twice = Anchor { span: Span::new(60, 62), ..anchor("a", "Deux soldats tués") };
    let gone = Anchor { quote: "Trois soldats".to_owned(), ..anchor("a", STRIKE) };
    let role = Anchor { role: "control".to_owned(), ..anchor("a", STRIKE) };
    let cases = [
        (anchor("z", STRIKE), Why::NoPage),
        (gone, Why::NoQuote),
        (anchor("a", "Le village a été repris"), Why::NoClaim),
        (role, Why::NoClaim),
        (twice, Why::Ambiguous),
    ];
    for (a, why) in cases {
        let (x, r, _) = run(&three(), &[decided("d", 0, Verdict::Reject, vec![a])]);
        assert_eq!(*fate(&r, "d"), Fate::Orphaned(why));
        assert_eq!(x.claims.len(), 3);
    }
}

#[test]
fn claims_of_one_sentence_are_told_apart_by_type_words_or_number() {
    let two = |kind: &str| {
        let one = claim("airstrike").on("2020-02-20").at(neirab()).says(STRIKE);
        let other = claim(kind).on("2020-02-20").at(saraqib()).says(STRIKE);
        vec![page("a", "2020-02-20").text(TEXT).add(one).add(other)]
    };
    let reject = |a: Anchor, pages: &[P]| {
        let (_, r, _) = run(pages, &[decided("d", 0, Verdict::Reject, vec![a])]);
        (r.rejected.iter().map(|x| x.index).collect::<Vec<_>>(), fate(&r, "d").clone())
    };
    let plain = anchor("a", STRIKE);
    assert_eq!(reject(plain.clone(), &two("shelling")).1, Fate::Orphaned(Why::Ambiguous));
    assert_eq!(reject(Anchor { kind: Some("shelling".into()), ..plain.clone() }, &two("shelling")).0, [1]);
    assert_eq!(reject(Anchor { nth: Some(1), ..plain.clone() }, &two("airstrike")).0, [1]);
    // a type that a better reading no longer gives does not orphan the only claim of its sentence
    assert_eq!(reject(Anchor { kind: Some("shelling".into()), ..plain }, &three()).0, [0]);
}

#[test]
fn same_and_different_are_obeyed_and_say_so_in_the_links() {
    let (x, r, _) = run(&three(), &[decided("d", 0, Verdict::Same, on(&["a", "c"]))]);
    assert!(applied(&r, "d"));
    assert_eq!(incident(&x, 0), incident(&x, 2));
    let link = &x.incidents[incident(&x, 0).unwrap()].links;
    assert!(link.iter().any(|l| l.features[0].name == "decision" && l.features[0].value == "d"), "{link:?}");
    let (x, r, _) = run(&three(), &[decided("d", 0, Verdict::Different, on(&["a", "b"]))]);
    assert!(applied(&r, "d"));
    assert_ne!(incident(&x, 0), incident(&x, 1));
}

#[test]
fn what_the_pages_say_anyway_changes_nothing() {
    let (x, ..) = run(&three(), &[]);
    let (y, r, _) = run(
        &three(),
        &[
            decided("d1", 0, Verdict::Same, on(&["a", "b"])),
            decided("d2", 1, Verdict::Different, on(&["b", "c"])),
            decided("d3", 2, Verdict::Unsure, on(&["a", "c"])),
            decided("d4", 3, Verdict::Correct(Correction::Place(Some(neirab()))), on(&["a"])),
        ],
    );
    assert!(r.fates.iter().all(|f| matches!(f.1, Fate::Applied { .. })));
    assert!(r.marks.is_empty());
    assert_eq!(format!("{:?}", x.incidents), format!("{:?}", y.incidents));
}

#[test]
fn of_two_that_contradict_the_later_wins() {
    let same = |m| decided("same", m, Verdict::Same, on(&["a", "c"]));
    let apart = |m| decided("apart", m, Verdict::Different, on(&["c", "a"]));
    let (x, r, _) = run(&three(), &[same(1), apart(2)]);
    assert_eq!(*fate(&r, "same"), Fate::Impossible(Why::Contradicted, Some("apart".to_owned())));
    assert_ne!(incident(&x, 0), incident(&x, 2));
    let (x, r, _) = run(&three(), &[same(2), apart(1)]);
    assert_eq!(*fate(&r, "apart"), Fate::Impossible(Why::Contradicted, Some("same".to_owned())));
    assert_eq!(incident(&x, 0), incident(&x, 2));
}

#[test]
fn a_contradiction_over_three_pages_is_seen() {
    let (x, r, _) = run(
        &three(),
        &[
            decided("ab", 1, Verdict::Same, on(&["a", "b"])),
            decided("bc", 2, Verdict::Same, on(&["b", "c"])),
            decided("ac", 3, Verdict::Different, on(&["a", "c"])),
        ],
    );
    assert_eq!(*fate(&r, "ab"), Fate::Impossible(Why::Contradicted, Some("ac".to_owned())));
    assert!(applied(&r, "bc") && applied(&r, "ac"));
    assert_eq!(incident(&x, 1), incident(&x, 2));
    assert_ne!(incident(&x, 0), incident(&x, 2));
}

#[test]
fn unsure_and_revoke_take_back() {
    let same = decided("same", 1, Verdict::Same, on(&["a", "c"]));
    let (x, r, _) = run(&three(), &[same.clone(), decided("u", 2, Verdict::Unsure, on(&["a", "c"]))]);
    assert_eq!(*fate(&r, "same"), Fate::Superseded("u".to_owned()));
    assert_ne!(incident(&x, 0), incident(&x, 2));
    let back = |id: &str, m, of: &str| Decision { revoke: Some(of.into()), ..decided(id, m, Verdict::Revoke, vec![]) };
    let (x, r, _) = run(&three(), &[back("r", 2, "same"), same.clone()]);
    assert_eq!(*fate(&r, "same"), Fate::Revoked("r".to_owned()));
    assert_ne!(incident(&x, 0), incident(&x, 2));
    // what is itself taken back takes nothing back
    let (x, r, _) = run(&three(), &[back("r", 2, "same"), back("rr", 3, "r"), same.clone()]);
    assert!(applied(&r, "same") && applied(&r, "rr"));
    assert_eq!(incident(&x, 0), incident(&x, 2));
    let (_, r, _) = run(&three(), &[back("r", 0, "same"), back("q", 5, "none"), same]);
    assert_eq!(*fate(&r, "r"), Fate::Impossible(Why::RevokesLater, Some("same".to_owned())));
    assert_eq!(*fate(&r, "q"), Fate::Orphaned(Why::NoDecision));
}

#[test]
fn a_rejected_claim_is_evidence_of_nothing_and_keeps_its_id() {
    let (x, ..) = run(&three(), &[]);
    let (y, r, _) = run(&three(), &[decided("d", 0, Verdict::Reject, on(&["b"]))]);
    assert_eq!(y.claims.len(), 2);
    assert_eq!((r.rejected[0].id.as_str(), r.rejected[0].page), (x.claims[1].id.as_str(), 1));
    assert_eq!(y.claims[0].id, x.claims[0].id);
    assert_eq!(y.incidents[incident(&y, 0).unwrap()].pages, [0]);
    // a link to it cannot hold
    let both = [decided("d", 0, Verdict::Reject, on(&["b"])), decided("s", 1, Verdict::Same, on(&["a", "b"]))];
    assert_eq!(*fate(&run(&three(), &both).1, "s"), Fate::Impossible(Why::Rejected, Some("d".to_owned())));
    // a later confirmation takes the rejection back
    let both = [decided("d", 0, Verdict::Reject, on(&["b"])), decided("k", 1, Verdict::Confirm(None), on(&["b"]))];
    let (z, r, _) = run(&three(), &both);
    assert_eq!(z.claims.len(), 3);
    assert_eq!(*fate(&r, "d"), Fate::Superseded("k".to_owned()));
    assert_eq!(r.marks[&x.claims[1].id].confirmed.len(), 1);
}

#[test]
fn corrections_are_made_before_pages_are_compared() {
    let fix =
        |id: &str, m, day: &str| decided(id, m, Verdict::Correct(Correction::Time(Some(common::on(day)))), on(&["c"]));
    let (x, r, _) = run(&three(), &[fix("d1", 1, "2020-02-11"), fix("d2", 2, "2020-02-20")]);
    assert_eq!(incident(&x, 0), incident(&x, 2));
    assert_eq!(*fate(&r, "d1"), Fate::Superseded("d2".to_owned()));
    let mark = &r.marks[&x.claims[2].id].corrected[0];
    assert_eq!((mark.field.as_str(), mark.decision.as_str()), ("time", "d2"));
}

#[test]
fn a_corrected_type_and_toll_rename_no_claim() {
    let (x, ..) = run(&three(), &[]);
    let kind = |k: &str| Verdict::Correct(Correction::Kind(k.into()));
    let toll = Verdict::Correct(Correction::Toll(TollFix {
        kind: "killed".into(),
        index: None,
        drop: false,
        group: None,
        status: None,
        unit: None,
        min: Some(3),
        max: Some(3),
        approx: false,
        cumulative: false,
    }));
    let (y, r, v) = run(
        &three(),
        &[
            decided("d1", 1, kind("shelling"), on(&["a"])),
            decided("d2", 2, toll, on(&["a"])),
            decided("d3", 3, kind("nonsense"), on(&["b"])),
            decided("d4", 4, Verdict::Correct(Correction::Figure(None, None, false)), on(&["b"])),
        ],
    );
    assert_eq!(y.claims.iter().map(|c| &c.id).collect::<Vec<_>>(), x.claims.iter().map(|c| &c.id).collect::<Vec<_>>());
    assert_eq!(&*v[0].reading.claims[0].kind, "shelling");
    assert_eq!(v[0].reading.claims[0].tolls[0].min, Some(3));
    assert_eq!(*fate(&r, "d3"), Fate::Impossible(Why::UnknownType, None));
    assert_eq!(*fate(&r, "d4"), Fate::Impossible(Why::NoField, None));
}

#[test]
fn two_claims_of_one_page_and_group_are_parted() {
    let one = || claim("airstrike").on("2020-02-20").at(neirab());
    let pages =
        vec![page("a", "2020-02-20").text(TEXT).add(one().says(STRIKE)).add(one().group(0).says("Le village a été"))];
    assert_eq!(run(&pages, &[]).0.incidents.len(), 1);
    let anchors = vec![anchor("a", STRIKE), anchor("a", "Le village a été repris")];
    let (x, r, _) = run(&pages, &[decided("d", 0, Verdict::Split, anchors.clone())]);
    assert!(applied(&r, "d"));
    assert_eq!(x.incidents.len(), 2);
    // one claim cannot be two incidents
    let twice = vec![anchors[0].clone(), anchors[0].clone()];
    let (_, r, _) = run(&pages, &[decided("d", 0, Verdict::Different, twice)]);
    assert_eq!(*fate(&r, "d"), Fate::Impossible(Why::OneClaim, None));
}

#[test]
fn merge_joins_whole_incidents() {
    let (x, r, _) = run(&three(), &[decided("d", 0, Verdict::Merge, on(&["b", "c"]))]);
    assert!(applied(&r, "d"));
    assert_eq!(x.incidents.len(), 1);
}

#[test]
fn the_order_they_come_in_does_not_count_and_undoing_restores() {
    let mut list = vec![
        decided("d1", 1, Verdict::Same, on(&["a", "c"])),
        decided("d2", 1, Verdict::Different, on(&["a", "c"])),
        decided("d3", 1, Verdict::Correct(Correction::Actor(Some(party("RUS/air-force")))), on(&["a"])),
        decided("d4", 1, Verdict::Correct(Correction::Actor(Some(party("SYR/air-force")))), on(&["a"])),
        decided("d5", 1, Verdict::Reject, on(&["b"])),
    ];
    let shown = |list: &[Decision]| {
        let (x, r, _) = run(&three(), list);
        format!("{:?} {:?} {:?} {:?}", x.incidents, r.fates, r.marks, r.rejected)
    };
    let first = shown(&list);
    for _ in 0..5 {
        list.rotate_left(1);
        list.push(list[0].clone());
        assert_eq!(shown(&list), first);
        list.pop();
    }
    let mut v = inputs(&three());
    let before = format!("{v:?}");
    let mut r = replay(&table(), &mut v, &list);
    assert_ne!(format!("{v:?}"), before);
    r.undo(&mut v);
    assert_eq!(format!("{v:?}"), before);
}
