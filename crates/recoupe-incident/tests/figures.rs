//! Tolls side by side, and which differences are contradictions.

mod common;

use common::*;
use recoupe_claim::Certainty;
use recoupe_incident::{Compared, Field, Harmless, Incident, Standing, compare_figures};

fn strike() -> C {
    claim("airstrike").on("2020-02-20").at(neirab())
}

/// Two pages, each with one claim of the same strike.
fn two(a: C, b: C) -> Incident {
    let (x, _) = check(&[page("a", "2020-02-20").add(a), page("b", "2020-02-20").add(b)]);
    assert_eq!(x.incidents.len(), 1);
    x.incidents.into_iter().next().unwrap()
}

fn tolls(i: &Incident) -> usize {
    i.disagreements.iter().filter(|d| d.field == Field::Toll).count()
}

#[test]
fn equal_figures_of_two_sources_agree() {
    let with = |v: &str| strike().voice(v).toll("killed", "TUR/soldiers", 2);
    let i = two(with("TUR/defence-ministry"), with("org/sohr"));
    assert_eq!(i.standing, Standing::Agreed);
    assert_eq!((i.origins, i.tolls.len(), i.tolls[0].by.len()), (2, 1, 2));
    assert_eq!((i.tolls[0].low, i.tolls[0].high), (Some(2), Some(2)));
}

#[test]
fn different_figures_of_two_voices_differ() {
    let i = two(
        strike().voice("TUR/defence-ministry").toll("killed", "TUR/soldiers", 2),
        strike().voice("org/sohr").toll("killed", "TUR/soldiers", 9),
    );
    assert_eq!((i.standing, tolls(&i)), (Standing::Differs, 1));
    assert_eq!((i.tolls[0].low, i.tolls[0].high), (Some(2), Some(9)));
    assert_eq!(i.disagreements[0].sides.len(), 2);
}

#[test]
fn papers_that_quote_one_ministry_are_one_voice() {
    let with = || strike().voice("TUR/defence-ministry").toll("killed", "TUR/soldiers", 2);
    let i = two(with(), with());
    assert_eq!((i.standing, i.origins, i.voices.len()), (Standing::SingleOrigin, 1, 1));
    assert_eq!(i.tolls[0].by.len(), 1);
    assert_eq!(i.tolls[0].by[0].claims.len(), 2);
}

#[test]
fn unnamed_sources_of_two_pages_are_two() {
    let with = || strike().voice("generic/medics").toll("killed", "generic/civilians", 4);
    assert_eq!(two(with(), with()).origins, 2);
}

#[test]
fn at_least_is_no_contradiction_to_more() {
    let i = two(
        strike().voice("org/sohr").at_least("killed", "generic/civilians", 9),
        strike().voice("org/white-helmets").toll("killed", "generic/civilians", 11),
    );
    assert_eq!(tolls(&i), 0);
    assert_eq!(i.differences[0].reason, Harmless::Inside);
    assert_eq!((i.tolls[0].low, i.tolls[0].high), (Some(9), Some(11)));
}

#[test]
fn at_least_contradicts_less() {
    let i = two(
        strike().voice("org/sohr").at_least("killed", "generic/civilians", 9),
        strike().voice("SYR/government").toll("killed", "generic/civilians", 3),
    );
    assert_eq!(tolls(&i), 1);
}

#[test]
fn rounding_is_no_contradiction() {
    let i = two(
        strike().voice("org/sohr").about("killed", "generic/civilians", 30),
        strike().voice("org/white-helmets").toll("killed", "generic/civilians", 33),
    );
    assert_eq!(tolls(&i), 0);
    assert_eq!(i.differences[0].reason, Harmless::Rounding);
}

#[test]
fn figures_are_compared_as_ranges() {
    let c = compare_figures;
    assert_eq!(c((Some(12), Some(12), false), (Some(12), Some(12), false)), Compared::Equal);
    assert_eq!(c((Some(12), Some(18), false), (Some(15), Some(15), false)), Compared::Harmless(Harmless::Inside));
    assert_eq!(c((None, Some(60), false), (Some(7), Some(7), false)), Compared::Harmless(Harmless::Inside));
    assert_eq!(
        c((Some(1000), Some(1000), false), (Some(1013), Some(1013), false)),
        Compared::Harmless(Harmless::Rounding)
    );
    assert_eq!(c((Some(10), Some(10), false), (Some(11), Some(11), false)), Compared::Contradiction);
    assert_eq!(c((Some(0), Some(0), false), (Some(1), None, false)), Compared::Contradiction);
    assert_eq!(c((Some(2), Some(2), false), (Some(5), Some(5), true)), Compared::Contradiction);
    assert_eq!(c((None, None, true), (Some(5), Some(5), false)), Compared::Harmless(Harmless::Rounding));
}

#[test]
fn a_later_count_of_the_same_voice_is_an_update() {
    let (x, _) = check(&[
        page("a", "2020-02-20").add(strike().voice("org/sohr").toll("killed", "generic/civilians", 9)),
        page("b", "2020-02-21").add(strike().voice("org/sohr").toll("killed", "generic/civilians", 14)),
    ]);
    assert_eq!(tolls(&x.incidents[0]), 0);
    assert_eq!(x.incidents[0].differences[0].reason, Harmless::Update);
}

#[test]
fn a_later_and_higher_count_of_another_voice_is_none() {
    let (x, _) = check(&[
        page("a", "2020-02-20").add(strike().voice("SYR/government").toll("killed", "generic/civilians", 9)),
        page("b", "2020-02-21").add(strike().voice("org/sohr").toll("killed", "generic/civilians", 14)),
    ]);
    assert_eq!(tolls(&x.incidents[0]), 1);
}

#[test]
fn a_part_is_kept_apart_from_its_whole() {
    let i = two(
        strike().voice("org/sohr").toll("killed", "generic/civilians", 9).part("killed", "generic/children", 4),
        strike().voice("org/white-helmets").toll("killed", "generic/civilians", 9),
    );
    assert_eq!(i.tolls.len(), 2);
    assert_eq!(i.tolls.iter().filter(|t| t.part).count(), 1);
    assert_eq!(tolls(&i), 0);
}

#[test]
fn some_of_the_wounded_gravely_is_no_second_toll() {
    let i = two(
        strike().toll("wounded", "generic/civilians", 15).part("wounded", "generic/civilians", 3),
        strike().toll("wounded", "generic/civilians", 15),
    );
    assert_eq!((i.tolls.len(), tolls(&i)), (2, 0));
    assert!(i.tolls[1].part);
}

#[test]
fn names_of_one_army_share_a_row_enemies_do_not() {
    let i = two(
        strike().toll("killed", "TUR/soldiers", 2).toll("killed", "generic/rebels", 14),
        strike().toll("killed", "TUR/armed-forces", 2).toll("killed", "SYR/armed-forces", 11),
    );
    let rows: Vec<_> = i.tolls.iter().map(|t| (&*t.group.value.id, t.by.len())).collect();
    assert_eq!(rows, [("TUR/soldiers", 2), ("generic/rebels", 1), ("SYR/armed-forces", 1)]);
}

#[test]
fn neutralised_and_killed_are_two_measures() {
    let i = two(
        strike().voice("TUR/defence-ministry").toll("neutralised", "SYR/armed-forces", 50),
        strike().voice("org/sohr").toll("killed", "SYR/armed-forces", 11),
    );
    assert_eq!((i.tolls.len(), tolls(&i)), (2, 0));
    assert!(i.differences.iter().any(|d| d.reason == Harmless::OtherMeasure));
}

#[test]
fn tanks_and_soldiers_are_never_one_row() {
    let mut a = strike().toll("destroyed", "SYR/armed-forces", 5);
    a.0.tolls[0].unit = "tank".into();
    let mut b = strike().toll("destroyed", "SYR/armed-forces", 2);
    b.0.tolls[0].unit = "howitzer".into();
    assert_eq!(two(a, b).tolls.len(), 2);
}

#[test]
fn opposite_culprits_are_contested() {
    let i = two(
        strike().voice("TUR/defence-ministry").by("SYR/air-force").to("TUR/armed-forces"),
        strike().voice("SYR/government").by("RUS/air-force").to("TUR/armed-forces"),
    );
    assert_eq!(i.standing, Standing::Contested);
    let d = i.disagreements.iter().find(|d| d.field == Field::Actor).unwrap();
    assert_eq!(d.sides.len(), 2);
}

#[test]
fn an_army_and_its_air_force_are_no_contradiction() {
    let i = two(
        strike().voice("TUR/defence-ministry").by("SYR/air-force"),
        strike().voice("org/sohr").by("SYR/armed-forces"),
    );
    assert_eq!(i.standing, Standing::Agreed);
    assert_eq!(i.differences[0].reason, Harmless::LessExact);
}

#[test]
fn a_denial_is_a_side_of_its_own() {
    let i = two(
        strike().voice("org/sohr").by("RUS/air-force"),
        strike().voice("RUS/defence-ministry").by("RUS/air-force").certainty(Certainty::Denied),
    );
    assert_eq!(i.standing, Standing::Contested);
    assert_eq!((i.actor.len(), i.actor[0].said_by.len(), i.actor[0].denied_by.len()), (1, 1, 1));
    assert_eq!(i.disagreements.iter().filter(|d| d.field == Field::Actor).count(), 1);
}

#[test]
fn a_denial_of_the_whole_contests_that_it_happened() {
    let i = two(strike().voice("org/sohr"), strike().voice("SYR/government").certainty(Certainty::Denied));
    assert!(i.disagreements.iter().any(|d| d.field == Field::Happened));
    assert_eq!(i.standing, Standing::Contested);
}

#[test]
fn a_denied_figure_stands_against_the_one_affirmed() {
    let i = two(
        strike().voice("org/sohr").toll("killed", "generic/civilians", 9),
        strike().voice("SYR/government").toll("killed", "generic/civilians", 9).certainty(Certainty::Denied),
    );
    assert_eq!(tolls(&i), 1);
    assert_eq!(i.tolls[0].high, Some(9));
}

#[test]
fn civilians_or_fighters_is_a_disagreement_on_the_target() {
    let i = two(strike().voice("org/sohr").to("generic/civilians"), strike().voice("SYR/government").to("group/hts"));
    assert!(i.disagreements.iter().any(|d| d.field == Field::Target));
}

#[test]
fn air_strike_or_shelling_is_a_disagreement_on_the_type_attack_is_not() {
    let a = || claim("airstrike").on("2020-02-20").at(neirab()).voice("org/sohr");
    let b = |k: &str| claim(k).on("2020-02-20").at(neirab()).voice("SYR/government");
    assert!(two(a(), b("shelling")).disagreements.iter().any(|d| d.field == Field::Type));
    let i = two(a(), b("attack"));
    assert!(i.disagreements.is_empty());
    assert_eq!(&*i.kind, "airstrike");
}

#[test]
fn another_day_of_the_same_incident_is_a_disagreement_on_the_time() {
    let with = |d: &str, v: &str| {
        strike().on(d).voice(v).toll("killed", "generic/civilians", 23).toll("wounded", "generic/civilians", 41)
    };
    let i = two(with("2020-02-20", "org/sohr"), with("2020-02-19", "SYR/government"));
    assert!(i.disagreements.iter().any(|d| d.field == Field::Time));
}
