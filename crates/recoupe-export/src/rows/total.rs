//! The one number for the dead that some formats ask for: a rule's, never a sum over sources.

use std::collections::BTreeSet;

use recoupe_wire::{ChosenFigure, Dossier, Incident, IncidentToll};

use super::{Format, Refused};

/// The dead of one incident by the rule of the dossier.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dead {
    /// The one number, or the best.
    pub best: Option<i64>,
    /// The lowest, where the rule or the voices give it.
    pub low: Option<i64>,
    /// The highest.
    pub high: Option<i64>,
    /// Ids of the claims it rests on.
    pub claims: Vec<String>,
    /// Why there is no number though people were killed.
    pub why: Option<&'static str>,
}

/// Counts of dead people that are no part of another count of the incident.
pub fn killed(x: &Incident) -> impl Iterator<Item = &IncidentToll> {
    x.tolls.iter().filter(|t| t.kind == "killed" && people(&t.unit) && !t.part)
}

/// Whether people are said to be dead in a way that gives no number of the dead: with the wounded, “neutralised”, as a part of a
/// count that nobody gives.
fn veiled(x: &Incident) -> bool {
    let veils = |t: &IncidentToll| matches!(t.kind.as_str(), "killed" | "killed_or_wounded" | "neutralised");
    x.tolls.iter().any(|t| veils(t) && people(&t.unit))
}

/// Whether a unit counts people.
pub fn people(unit: &str) -> bool {
    matches!(unit, "" | "person" | "people")
}

/// The rule of the dossier, if it gives a number.
pub fn rule(d: &Dossier, format: Format) -> Result<&str, Refused> {
    match d.made.figures.as_deref() {
        None => Err(Refused::NoRule(format)),
        Some(r) if r.starts_with("airwars") => Err(Refused::RuleGivesNone(format, r.to_owned())),
        Some(r) => Ok(r),
    }
}

/// Low, best, high.
pub type Bounds = (Option<i64>, i64, Option<i64>);

/// Low, best and high of one count by its figure.
pub fn bounds(t: &IncidentToll) -> Option<Bounds> {
    let f: &ChosenFigure = t.figure.as_ref()?;
    let best = f.value.or(f.best)?;
    Some((f.low.or(t.low), best, f.high.or(t.high)))
}

/// The dead of an incident.
///
/// One count: its figure. Several groups (soldiers, and civilians): their figures may be added only where one sentence gives
/// all of them and no voice gives another figure for any, since it is then the sum of one source; else there is no number.
pub fn dead(x: &Incident) -> Dead {
    let tolls: Vec<&IncidentToll> = killed(x).collect();
    match tolls.as_slice() {
        [] if veiled(x) => Dead { why: Some("the dead are counted with others, or as a part only"), ..Dead::default() },
        [] => Dead::default(),
        [t] => match bounds(t) {
            Some((low, best, high)) => {
                let claims = t.figure.as_ref().map(|f| f.claims.clone()).unwrap_or_default();
                Dead { best: Some(best), low, high, claims, why: None }
            }
            None => Dead { why: Some("the rule gives no number"), ..Dead::default() },
        },
        many => several(many),
    }
}

fn several(many: &[&IncidentToll]) -> Dead {
    let none = |why| Dead { why: Some(why), ..Dead::default() };
    let mut shared: Option<BTreeSet<&str>> = None;
    for t in many {
        let ids: BTreeSet<&str> =
            t.by.iter().filter(|f| !f.denied).flat_map(|f| f.claims.iter().map(String::as_str)).collect();
        shared = Some(shared.map_or(ids.clone(), |s| s.intersection(&ids).copied().collect()));
        let figures: BTreeSet<_> = t.by.iter().filter(|f| !f.denied).map(|f| (f.min, f.max, f.approx)).collect();
        if figures.len() > 1 {
            return none("several groups, and voices differ: adding would mix sources");
        }
    }
    let shared = shared.unwrap_or_default();
    if shared.is_empty() {
        return none("several groups from several sentences: adding could count people twice");
    }
    let Some(all) = many.iter().map(|t| bounds(t)).collect::<Option<Vec<_>>>() else {
        return none("the rule gives no number for one of the groups");
    };
    let sum = |f: fn(&Bounds) -> Option<i64>| all.iter().map(f).sum::<Option<i64>>();
    Dead {
        best: sum(|b| Some(b.1)),
        low: sum(|b| b.0),
        high: sum(|b| b.2),
        claims: shared.into_iter().map(str::to_owned).collect(),
        why: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use recoupe_wire::Figure;

    fn toll(group: &str, figures: &[(i64, &str)]) -> IncidentToll {
        IncidentToll {
            kind: "killed".into(),
            unit: "person".into(),
            group: recoupe_wire::Party { id: group.into(), ..Default::default() },
            by: figures
                .iter()
                .map(|(n, c)| Figure { min: Some(*n), max: Some(*n), claims: vec![(*c).into()], ..Default::default() })
                .collect(),
            figure: Some(ChosenFigure {
                rule: "lowest".into(),
                value: figures.iter().map(|f| f.0).min(),
                claims: vec![figures[0].1.into()],
                ..Default::default()
            }),
            low: figures.iter().map(|f| f.0).min(),
            high: figures.iter().map(|f| f.0).max(),
            ..Default::default()
        }
    }

    fn of(tolls: Vec<IncidentToll>) -> Dead {
        dead(&Incident { tolls, ..Default::default() })
    }

    #[test]
    fn one_count_has_the_rules_figure() {
        let d = of(vec![toll("a", &[(4, "c1"), (7, "c2")])]);
        assert_eq!((d.low, d.best, d.high), (Some(4), Some(4), Some(7)));
        assert_eq!(d.claims, ["c1"]);
    }

    #[test]
    fn groups_are_added_only_within_one_sentence_that_nobody_contradicts() {
        let d = of(vec![toll("a", &[(4, "c1")]), toll("b", &[(2, "c1")])]);
        assert_eq!((d.best, d.claims), (Some(6), vec!["c1".to_owned()]));
        let two_sentences = of(vec![toll("a", &[(4, "c1")]), toll("b", &[(2, "c2")])]);
        assert!(two_sentences.best.is_none() && two_sentences.why.is_some());
        let two_voices = of(vec![toll("a", &[(4, "c1"), (9, "c2")]), toll("b", &[(2, "c1")])]);
        assert!(two_voices.best.is_none() && two_voices.why.is_some());
    }

    #[test]
    fn parts_and_things_are_no_dead() {
        let part = IncidentToll { part: true, ..toll("a", &[(4, "c1")]) };
        let tanks = IncidentToll { unit: "tank".into(), ..toll("b", &[(2, "c1")]) };
        let d = of(vec![part, tanks.clone()]);
        assert!(d.best.is_none() && d.why.is_some(), "a part alone is no count of the dead");
        assert_eq!(of(vec![tanks]), Dead::default());
    }

    #[test]
    fn dead_that_are_counted_with_the_wounded_are_not_none() {
        for kind in ["killed_or_wounded", "neutralised"] {
            let d = of(vec![IncidentToll { kind: kind.into(), ..toll("a", &[(20, "c1")]) }]);
            assert!(d.best.is_none() && d.why.is_some(), "{kind}");
        }
    }
}
