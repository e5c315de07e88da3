//! Agreements, control, displacement, relations, timeline.

#[path = "../../recoupe-incident/tests/common/mod.rs"]
mod common;

use common::*;
use recoupe_claim::{Certainty, ControlChange, Detail, FlowKind, RelationKind};
use recoupe_dossier::timeline::{Entry, timeline};
use recoupe_dossier::{Dossier, Options, build, summary};

fn dossier(pages: &[P]) -> Dossier {
    build(&table(), pages.iter().map(|p| p.0.clone()).collect(), &Options::default())
}

#[test]
fn one_agreement_under_one_pack_id_whatever_it_is_called() {
    let d = dossier(&[
        page("a", "2020-02-20")
            .add(agreement(Some("agreement/sochi-2018"), "Sochi agreement", &["RUS/government"]).on("2018-09-17")),
        page("b", "2020-02-20").add(agreement(
            Some("agreement/sochi-2018"),
            "Sochi agreement",
            &["TUR/government", "RUS/government"],
        )),
    ]);
    assert_eq!(d.agreements.len(), 1);
    let a = &d.agreements[0];
    assert_eq!((a.id.as_str(), a.pages.len(), a.parties.len()), ("agreement/sochi-2018", 2, 2));
    assert_eq!(a.date.as_ref().unwrap().value.from, Some(day("2018-09-17")));
}

#[test]
fn two_known_agreements_are_never_merged() {
    let d = dossier(&[page("a", "2020-02-20")
        .add(agreement(Some("agreement/sochi-2018"), "de-escalation agreement of Idlib", &[]))
        .add(agreement(Some("agreement/astana-2017"), "de-escalation agreement of Idlib", &[]))]);
    assert_eq!(d.agreements.len(), 2);
}

#[test]
fn unknown_agreements_merge_by_words_and_parties() {
    let p = ["MLI/government", "group/cma"];
    let d = dossier(&[
        page("a", "2021-02-20").add(agreement(None, "truce of Ansongo", &p).at(town("Ansongo", "ML", 15.66, 0.50))),
        page("b", "2021-02-21").add(agreement(None, "Ansongo truce", &p).at(town("Ansongo", "ML", 15.66, 0.50))),
        page("c", "2021-02-21").add(agreement(None, "truce of Neirab", &["SYR/government"]).at(neirab())),
    ]);
    assert_eq!(d.agreements.len(), 2);
}

#[test]
fn a_bare_truce_of_two_countries_stays_two() {
    let d = dossier(&[
        page("a", "2021-02-20").add(agreement(None, "truce", &[]).at(town("Ansongo", "ML", 15.66, 0.50))),
        page("b", "2021-02-21").add(agreement(None, "truce", &[]).at(neirab())),
    ]);
    assert_eq!(d.agreements.len(), 2);
}

#[test]
fn a_truce_without_a_place_is_of_the_country_its_page_is_about() {
    let about = |p: P, at| p.add(claim("attack").on("2021-02-20").at(at)).add(agreement(None, "truce", &[]));
    let d = dossier(&[
        about(page("a", "2021-02-20"), town("Ansongo", "ML", 15.66, 0.50)),
        about(page("b", "2021-02-21"), neirab()),
        about(page("c", "2021-02-21"), saraqib()),
    ]);
    assert_eq!(d.agreements.iter().map(|a| a.pages.len()).collect::<Vec<_>>().iter().sum::<usize>(), 3);
    assert_eq!(d.agreements.len(), 2);
}

#[test]
fn breaches_keep_accuser_and_accused() {
    let id = Some("agreement/sochi-2018");
    let d = dossier(&[
        page("a", "2020-02-20").add(breach(id, "Sochi agreement", None, "TUR/government").voice("RUS/presidency")),
        page("b", "2020-02-20")
            .add(breach(id, "Sochi agreement", Some("RUS/presidency"), "TUR/government"))
            .add(breach(id, "Sochi agreement", Some("TUR/government"), "SYR/government")),
    ]);
    let b = &d.agreements[0].breaches;
    assert_eq!(b.len(), 2);
    assert_eq!(b[0].claims.len(), 2);
    assert_eq!(&*b[1].against.as_ref().unwrap().value.id, "SYR/government");
    assert!(b.iter().all(|b| b.verified_by.is_none()));
}

#[test]
fn the_day_of_a_breach_is_not_the_day_of_the_agreement() {
    let d = dossier(&[
        page("a", "2020-02-20").add(breach(None, "Sochi agreement", None, "TUR/government").on("2020-02-19"))
    ]);
    assert!(d.agreements[0].date.is_none());
    assert_eq!(d.agreements[0].breaches[0].time.as_ref().unwrap().value.from, Some(day("2020-02-19")));
}

#[test]
fn a_town_taken_and_retaken_is_a_succession_not_a_dispute() {
    let d = dossier(&[
        page("a", "2020-02-03").add(control(neirab(), "SYR/armed-forces", ControlChange::Captured).on("2020-02-03")),
        page("b", "2020-02-20").add(control(neirab(), "generic/rebels", ControlChange::Recaptured).on("2020-02-20")),
    ]);
    assert_eq!(d.control.len(), 2);
    assert!(d.control.iter().all(|c| !c.disputed));
    assert_eq!(d.control[0].to.as_ref().unwrap().value.from, Some(day("2020-02-19")));
    assert!(d.control[1].to.is_none());
}

#[test]
fn two_holders_of_one_day_by_two_voices_are_a_dispute() {
    let d = dossier(&[
        page("a", "2020-02-20").add(
            control(neirab(), "SYR/armed-forces", ControlChange::Captured).on("2020-02-20").voice("SYR/government"),
        ),
        page("b", "2020-02-20")
            .add(control(neirab(), "generic/rebels", ControlChange::Captured).on("2020-02-20").voice("org/sohr")),
    ]);
    assert!(d.control.iter().all(|c| c.disputed));
}

#[test]
fn a_denied_capture_is_one_disputed_row() {
    let d = dossier(&[
        page("a", "2020-02-20")
            .add(control(neirab(), "generic/rebels", ControlChange::Captured).on("2020-02-20").voice("org/sohr")),
        page("b", "2020-02-20").add(
            control(neirab(), "generic/rebels", ControlChange::Captured)
                .voice("SYR/government")
                .certainty(Certainty::Denied),
        ),
    ]);
    assert_eq!(d.control.len(), 1);
    let c = &d.control[0];
    assert!(c.disputed);
    assert_eq!((c.said_by.len(), c.denied_by.len(), c.pages.len()), (1, 1, 2));
}

#[test]
fn many_voices_for_one_holder_share_a_row() {
    let with = |v: &str| control(neirab(), "SYR/armed-forces", ControlChange::Captured).on("2020-02-20").voice(v);
    let d =
        dossier(&[page("a", "2020-02-20").add(with("SYR/government")), page("b", "2020-02-21").add(with("org/sohr"))]);
    assert_eq!((d.control.len(), d.control[0].said_by.len()), (1, 2));
}

#[test]
fn planned_captures_hold_nothing() {
    let c = control(neirab(), "SYR/armed-forces", ControlChange::Captured).certainty(Certainty::Planned);
    assert!(dossier(&[page("a", "2020-02-20").add(c)]).control.is_empty());
}

#[test]
fn flows_and_stocks_stay_apart_and_copies_share_a_row() {
    let d = dossier(&[
        page("a", "2020-02-20").add(displaced(FlowKind::Flow, 900_000).voice("un/ocha")),
        page("b", "2020-02-21")
            .add(displaced(FlowKind::Flow, 900_000).voice("un/ocha"))
            .add(displaced(FlowKind::Stock, 900_000).voice("un/ocha")),
    ]);
    assert_eq!(d.displacement.len(), 2);
    assert_eq!(d.displacement[0].pages, [0, 1]);
    assert_eq!(d.displacement[0].page, 0);
}

#[test]
fn relations_gather_their_voices() {
    let r = || relation(RelationKind::Supports, "TUR/government", "generic/rebels");
    let d =
        dossier(&[page("a", "2020-02-20").add(r().voice("RUS/defence-ministry")), page("b", "2020-02-20").add(r())]);
    assert_eq!((d.relations.len(), d.relations[0].said_by.len(), d.relations[0].pages.len()), (1, 2, 2));
}

#[test]
fn namings_pass_with_their_page() {
    let d = dossier(&[
        page("a", "").naming("generic/rebels", "terrorists"),
        page("b", "").naming("generic/rebels", "radicals"),
    ]);
    assert_eq!(d.namings.iter().map(|n| n.page).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn the_timeline_is_in_order_and_holds_all_that_is_dated() {
    let d = dossier(&[page("a", "2020-02-20")
        .add(claim("airstrike").on("2020-02-20").at(neirab()))
        .add(agreement(None, "Sochi agreement", &[]).on("2018-09-17"))
        .add(control(saraqib(), "SYR/armed-forces", ControlChange::Holds).on("2020-02-05"))
        .add(claim("shelling").at(maarat()))]);
    let t = timeline(&d);
    assert_eq!(
        t.iter().map(|p| p.entry).collect::<Vec<_>>(),
        [Entry::Agreement(0), Entry::Control(0), Entry::Incident(0)]
    );
}

#[test]
fn pages_are_summed_up() {
    let strike = || claim("airstrike").on("2020-02-20").at(neirab()).voice("org/sohr");
    let d = dossier(&[
        page("a", "2020-02-20").add(strike()).add(claim("arrest").at(maarat())),
        page("b", "2020-02-20").add(strike()),
    ]);
    let s = summary::pages(&d);
    assert_eq!((s[0].claims, s[0].incidents, s[0].alone, s[0].voices), (2, 2, 1, 1));
    assert_eq!((s[1].claims, s[1].incidents, s[1].alone), (1, 1, 0));
}

#[test]
fn order_of_pages_changes_nothing() {
    let pages = [
        page("a", "2020-02-20").add(agreement(None, "truce of Neirab", &["SYR/government"]).at(neirab())),
        page("b", "2020-02-20").add(agreement(None, "Neirab truce", &["SYR/government"]).at(neirab())),
        page("c", "2020-02-21").add(control(neirab(), "generic/rebels", ControlChange::Captured).on("2020-02-20")),
    ];
    let back: Vec<P> = pages.iter().rev().cloned().collect();
    let show = |d: &Dossier| format!("{:?}{:?}{:?}", d.agreements, d.control, d.claims);
    assert_eq!(show(&dossier(&pages)), show(&dossier(&back)));
}

#[test]
fn empty_and_nameless_things_do_no_harm() {
    let mut c = agreement(None, "", &[]);
    if let Detail::Agreement { name, .. } = &mut c.0.detail {
        *name = "".into();
    }
    let mut k = control(neirab(), "generic/", ControlChange::Lost);
    k.0.place = None;
    let d = dossier(&[page("a", "").add(c.clone()).add(k), page("b", "").add(c)]);
    assert_eq!((d.control.len(), d.agreements.len()), (0, 1));
}
