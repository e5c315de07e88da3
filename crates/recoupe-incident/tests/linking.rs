//! Which accounts are one incident, and which are not.

mod common;

use common::*;
use recoupe_claim::Certainty;
use recoupe_incident::{Options, cross_check};

fn strike() -> C {
    claim("airstrike").on("2020-02-20").at(neirab())
}

#[test]
fn one_strike_told_by_two_ministries_is_one_incident_with_both_voices() {
    let (x, _) = check(&[
        page("a", "2020-02-20").add(
            strike().voice("TUR/defence-ministry").to("TUR/armed-forces").toll("killed", "TUR/soldiers", 2).toll(
                "wounded",
                "TUR/soldiers",
                5,
            ),
        ),
        page("b", "2020-02-20").add(
            strike().voice("RUS/defence-ministry").by("RUS/air-force").to("generic/rebels").toll(
                "killed",
                "generic/rebels",
                11,
            ),
        ),
    ]);
    assert_eq!(x.incidents.len(), 1);
    assert_eq!(x.incidents[0].voices.len(), 2);
    assert_eq!(x.incidents[0].pages, [0, 1]);
}

#[test]
fn every_link_says_why() {
    let (x, _) = check(&[page("a", "2020-02-20").add(strike()), page("b", "2020-02-20").add(strike())]);
    let link = &x.incidents[0].links[0];
    assert_eq!(link.score, link.features.iter().map(|f| f.points).sum::<i32>());
    assert!(link.features.iter().any(|f| f.name == "time" && f.points == 30));
    assert!(link.features.iter().any(|f| f.name == "place" && f.points == 30));
}

#[test]
fn two_strikes_of_one_day_in_different_towns_stay_apart() {
    let (x, _) = check(&[page("a", "2020-02-20").add(strike()), page("b", "2020-02-20").add(strike().at(maarat()))]);
    assert_eq!(x.incidents.len(), 2);
}

#[test]
fn one_town_on_days_far_apart_stays_two() {
    let (x, _) =
        check(&[page("a", "2020-02-20").add(strike()), page("b", "2020-03-01").add(strike().on("2020-02-29"))]);
    assert_eq!(x.incidents.len(), 2);
}

#[test]
fn the_next_day_in_one_town_is_another_incident_unless_figures_are_equal() {
    let a = page("a", "2020-02-20").add(strike().toll("killed", "generic/civilians", 4));
    let b = |n| {
        page("b", "2020-02-21").add(strike().on("2020-02-21").toll("killed", "generic/civilians", n).toll(
            "wounded",
            "generic/civilians",
            17,
        ))
    };
    assert_eq!(check(&[a.clone(), b(9)]).0.incidents.len(), 2);
    let a = page("a", "2020-02-20").add(strike().toll("killed", "generic/civilians", 4).toll(
        "wounded",
        "generic/civilians",
        17,
    ));
    assert_eq!(check(&[a, b(4)]).0.incidents.len(), 1);
}

#[test]
fn a_town_is_found_in_its_province_when_figures_agree() {
    let with = |c: C| c.to("TUR/armed-forces").toll("killed", "TUR/soldiers", 2).toll("wounded", "TUR/soldiers", 5);
    let (x, _) = check(&[
        page("a", "2020-02-20").add(with(strike())),
        page("b", "2020-02-20").add(with(strike().at(idlib_province()))),
    ]);
    assert_eq!(x.incidents.len(), 1);
    assert_eq!(&*x.incidents[0].place.as_ref().unwrap().value.name, "Neirab");
}

#[test]
fn a_province_and_a_day_alone_are_not_enough() {
    let there = || claim("attack").on("2020-02-20").at(idlib_province());
    let (x, _) = check(&[page("a", "2020-02-20").add(there()), page("b", "2020-02-20").add(there())]);
    assert_eq!(x.incidents.len(), 2);
}

#[test]
fn spellings_of_an_unknown_village_are_one_place() {
    let unknown = |n: &str| recoupe_mention::Place { id: "".into(), lat: None, lon: None, ..town(n, "SY", 0.0, 0.0) };
    let (x, _) = check(&[
        page("a", "2020-02-20").add(strike().at(unknown("Al-Nayrab"))),
        page("b", "2020-02-20").add(strike().at(unknown("Nayrab"))),
    ]);
    assert_eq!(x.incidents.len(), 1);
}

#[test]
fn a_weekday_on_an_undated_page_meets_the_dated_one_and_takes_its_day() {
    // 20 February 2020 was a Thursday
    let (x, _) = check(&[page("a", "2020-02-20").add(strike()), page("b", "").add(strike().time(weekday(4)))]);
    assert_eq!(x.incidents.len(), 1);
    let w = x.claims[1].time.as_ref().unwrap();
    assert_eq!((w.from, w.basis), (Some(day("2020-02-20")), recoupe_mention::TimeBasis::Sibling));
    let published = x.sibling_dates[1].as_ref().unwrap();
    assert_eq!((published.from, published.to), (Some(day("2020-02-20")), Some(day("2020-02-26"))));
}

#[test]
fn another_weekday_of_a_page_so_dated_is_dated_too() {
    let b = page("b", "").add(strike().time(weekday(4))).add(claim("talks").by("RUS/presidency").time(weekday(3)));
    let (x, _) = check(&[page("a", "2020-02-20").add(strike()), b]);
    assert_eq!(x.claims[2].time.as_ref().unwrap().from, Some(day("2020-02-19")));
}

#[test]
fn a_weekday_that_does_not_fit_keeps_them_apart() {
    let (x, _) = check(&[page("a", "2020-02-20").add(strike()), page("b", "").add(strike().time(weekday(1)))]);
    assert_eq!(x.incidents.len(), 2);
    assert!(x.sibling_dates[1].is_none());
}

#[test]
fn a_stated_date_is_never_overridden() {
    let with = |c: C| c.toll("killed", "generic/civilians", 23).toll("wounded", "generic/civilians", 41);
    let (x, _) = check(&[
        page("a", "2020-02-20").add(with(strike())),
        page("b", "2020-02-22").add(with(strike().on("2020-02-21"))),
    ]);
    assert_eq!(x.incidents.len(), 1);
    assert_eq!(x.claims[1].time.as_ref().unwrap().from, Some(day("2020-02-21")));
    assert!(x.sibling_dates.iter().all(Option::is_none));
}

#[test]
fn an_undated_account_on_a_dated_page_is_found_by_publication() {
    let mut undated = strike();
    undated.0.time = None;
    let near = check(&[page("a", "2020-02-20").add(strike()), page("b", "2020-02-21").add(undated.clone())]);
    assert_eq!(near.0.incidents.len(), 1);
    let far = check(&[page("a", "2020-02-20").add(strike()), page("b", "2020-08-21").add(undated)]);
    assert_eq!(far.0.incidents.len(), 2);
}

#[test]
fn an_attack_and_its_reprisal_stay_apart_and_are_tied() {
    let hit = claim("shelling").on("2020-02-20").at(neirab()).by("SYR/armed-forces").to("TUR/armed-forces");
    let back = claim("shelling").on("2020-02-20").at(neirab()).by("TUR/armed-forces").to("SYR/armed-forces");
    let (x, _) = check(&[
        page("a", "2020-02-20").add(hit.clone()).add(back.clone()),
        page("b", "2020-02-20").add(hit).add(back),
    ]);
    assert_eq!(x.incidents.len(), 2);
    assert!(x.incidents.iter().all(|i| i.pages.len() == 2));
    let ties: Vec<_> = x.incidents.iter().flat_map(|i| &i.related).collect();
    assert_eq!(ties.len(), 1);
    assert_eq!(ties[0].kind.name(), "in_response_to");
}

#[test]
fn a_town_hit_twice_in_a_day_stays_two_and_pages_meet_by_figures() {
    let morning = || strike().toll("killed", "generic/civilians", 3);
    let evening = || strike().toll("killed", "generic/civilians", 8);
    let (x, _) = check(&[
        page("a", "2020-02-20").add(morning()).add(evening()),
        page("b", "2020-02-20").add(evening()).add(morning()),
    ]);
    assert_eq!(x.incidents.len(), 2);
    for i in &x.incidents {
        assert_eq!(i.pages.len(), 2);
        assert!(i.disagreements.is_empty());
    }
}

#[test]
fn incidents_of_one_page_are_not_merged_through_a_third_page() {
    let (x, _) = check(&[
        page("a", "2020-02-20").add(strike().toll("killed", "generic/civilians", 3)).add(strike().toll(
            "killed",
            "generic/civilians",
            8,
        )),
        page("b", "2020-02-20").add(strike()),
    ]);
    assert_eq!(x.incidents.len(), 2);
}

#[test]
fn a_digest_meets_each_incident_it_recalls() {
    let other = claim("explosion_ied").on("2020-02-18").at(saraqib());
    let (x, _) = check(&[
        page("a", "2020-02-20").add(strike()),
        page("b", "2020-02-18").add(other.clone()),
        page("z", "2020-02-23").add(strike()).add(other),
    ]);
    assert_eq!(x.incidents.len(), 2);
    assert!(x.incidents.iter().all(|i| i.pages.len() == 2));
}

#[test]
fn a_running_total_is_not_merged_with_an_incident() {
    let total =
        claim("attack").time(between("2020-02-01", "2020-02-29")).at(neirab()).total("killed", "TUR/soldiers", 50);
    let (x, _) = check(&[
        page("a", "2020-02-20").add(strike().toll("killed", "TUR/soldiers", 50)),
        page("b", "2020-03-01").add(total),
    ]);
    assert_eq!(x.incidents.len(), 2);
    assert_eq!(x.incidents.iter().filter(|i| i.summary).count(), 1);
}

#[test]
fn a_running_total_beside_an_incident_stays_out_of_its_toll() {
    let (x, _) = check(&[page("a", "2020-02-20").add(strike().toll("killed", "TUR/soldiers", 2).total(
        "killed",
        "TUR/soldiers",
        18,
    ))]);
    let i = &x.incidents[0];
    assert_eq!((i.tolls.len(), i.tolls[0].high), (1, Some(2)));
    assert_eq!((i.cumulative.len(), i.cumulative[0].high), (1, Some(18)));
}

#[test]
fn two_pages_with_the_same_running_total_meet() {
    let total =
        || claim("protest").time(between("2019-10-01", "2020-01-25")).total("killed", "generic/protesters", 470);
    let (x, _) = check(&[page("a", "2020-01-26").add(total()), page("b", "2020-01-26").add(total())]);
    assert_eq!(x.incidents.len(), 1);
}

#[test]
fn what_is_recalled_as_background_joins_its_day_and_place() {
    let (x, _) = check(&[page("a", "2020-02-20").add(strike()), page("b", "2020-03-04").add(strike().background())]);
    assert_eq!(x.incidents.len(), 1);
    assert!(!x.incidents[0].background);
}

#[test]
fn what_is_planned_is_not_what_happened() {
    let (x, _) = check(&[
        page("a", "2020-02-20").add(strike()),
        page("b", "2020-02-19").add(strike().certainty(Certainty::Planned)),
    ]);
    assert_eq!(x.incidents.len(), 2);
    assert_eq!(x.incidents.iter().filter(|i| i.planned).count(), 1);
}

#[test]
fn a_strike_and_the_battle_around_it_are_tied_not_merged() {
    let battle = claim("armed_clash").on("2020-02-20").at(neirab());
    let (x, _) =
        check(&[page("a", "2020-02-20").add(battle.clone()).add(strike()), page("b", "2020-02-20").add(battle)]);
    assert_eq!(x.incidents.len(), 2);
    let tied = x.incidents.iter().find(|i| !i.related.is_empty()).unwrap();
    assert_eq!((&*tied.kind, tied.related[0].kind.name()), ("airstrike", "part_of"));
}

#[test]
fn another_country_is_another_incident() {
    let (x, _) = check(&[
        page("a", "2020-02-20").add(claim("attack").on("2020-02-20").at(town("Tripoli", "LB", 34.43, 35.84))),
        page("b", "2020-02-20").add(claim("attack").on("2020-02-20").at(town("Tripoli", "LY", 32.88, 13.19))),
    ]);
    assert_eq!(x.incidents.len(), 2);
}

#[test]
fn statements_meet_by_speaker_and_day() {
    let said = |who: &str| claim("statement_threat").on("2020-02-19").by(who).to("TUR/government");
    let (x, _) = check(&[
        page("a", "2020-02-20").add(said("RUS/presidency")),
        page("b", "2020-02-20").add(said("RUS/presidency")),
        page("c", "2020-02-20").add(said("SYR/government")),
    ]);
    assert_eq!(linked(&x).len(), 1);
    assert_eq!(x.incidents.len(), 2);
}

#[test]
fn a_decision_joins_and_parts() {
    let pages = [
        page("a", "2020-02-20").add(strike()),
        page("b", "2020-02-20").add(strike()),
        page("c", "2020-05-01").add(strike().on("2020-05-01")),
    ];
    let (x, v) = check(&pages);
    assert_eq!(x.incidents.len(), 2);
    let id = |n: usize| x.claims[n].id.clone();
    let o = Options { same: vec![(id(0), id(2))], different: vec![(id(0), id(1))], ..Options::default() };
    let y = cross_check(&table(), &v, &o);
    assert_eq!(y.claims[0].incident, y.claims[2].incident);
    assert_ne!(y.claims[0].incident, y.claims[1].incident);
}

#[test]
fn ledger_claims_of_a_group_ride_along_others_make_no_incident() {
    let (x, _) = check(&[page("a", "2020-02-20")
        .add(strike())
        .add(agreement(None, "Sochi agreement", &[]).group(0))
        .add(agreement(None, "Astana agreement", &[]))]);
    assert_eq!(x.incidents.len(), 1);
    assert_eq!(x.claims.iter().map(|c| c.incident).collect::<Vec<_>>(), [Some(0), Some(0), None]);
}

#[test]
fn neighbouring_towns_that_both_are_known_stay_two() {
    let near = town("Qminas", "SY", 35.86, 36.72);
    let at = |p| claim("airstrike").on("2020-02-20").at(p).toll("killed", "generic/people", 4);
    let (x, _) = check(&[
        page("a", "2020-02-20").add(at(neirab())),
        page("b", "2020-02-20").add(claim("airstrike").on("2020-02-20").at(near).toll("killed", "generic/people", 5)),
    ]);
    assert_eq!(x.incidents.len(), 2);
}

#[test]
fn ways_of_writing_a_name_are_one_place() {
    let at = |name: &str| {
        let mut p = town(name, "PS", 0.0, 0.0);
        (p.lat, p.lon, p.id) = (None, None, format!("unknown:{name}").into());
        claim("drone_strike").on("2024-03-10").at(p).toll("killed", "generic/people", 2)
    };
    let (x, _) =
        check(&[page("a", "2024-03-11").add(at("Deir el-Balah")), page("b", "2024-03-11").add(at("Dayr al-Balah"))]);
    assert_eq!(x.incidents.len(), 1);
}

#[test]
fn an_attack_and_its_reprisal_in_one_group_of_a_page_part() {
    let hit = claim("shelling").on("2020-02-20").at(neirab()).by("SYR/armed-forces").to("TUR/armed-forces").group(1);
    let back = claim("shelling").on("2020-02-20").at(neirab()).by("TUR/armed-forces").to("SYR/armed-forces").group(1);
    let (x, _) = check(&[page("a", "2020-02-20").add(hit).add(back)]);
    assert_eq!(x.incidents.len(), 2);
    assert_eq!(x.incidents.iter().flat_map(|i| &i.related).next().unwrap().kind.name(), "in_response_to");
}

#[test]
fn a_total_covers_what_another_page_tells() {
    let total = claim("airstrike").time(between("2020-02-01", "2020-02-29")).at(idlib_province()).total(
        "killed",
        "TUR/soldiers",
        50,
    );
    let (x, _) = check(&[
        page("a", "2020-02-20").add(claim("airstrike").on("2020-02-20").at(neirab()).toll("killed", "TUR/soldiers", 2)),
        page("b", "2020-03-01").add(total),
    ]);
    assert_eq!(x.incidents.len(), 2);
    assert_eq!(x.incidents.iter().flat_map(|i| &i.related).next().unwrap().kind.name(), "covered_by");
}

#[test]
fn a_town_taken_by_one_and_taken_back_by_another_is_taken_twice() {
    let take = |by: &str| claim("capture_of_territory").on("2020-02-20").at(saraqib()).by(by);
    let (x, _) = check(&[
        page("a", "2020-02-20").add(take("SYR/armed-forces")),
        page("b", "2020-02-20").add(take("TUR/armed-forces")),
        page("c", "2020-02-20").add(take("TUR/armed-forces")),
    ]);
    assert_eq!(x.incidents.len(), 2);
}
