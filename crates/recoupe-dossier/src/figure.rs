//! Many figures to one number, by a rule that somebody names; without a rule the range stays, and the rule stands wherever its
//! number does.
//!
//! A rule never sees a figure that its voice denies. What one voice says twice counts once, and copies of one text are one.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use recoupe_incident::kin::{Kin, day, kin};
use recoupe_incident::{ChosenFigure, Field, Figure, Incident, IncidentToll, Table, Vague, Value};
use recoupe_mention::Status;

use crate::shared::voice_key;
use crate::types::Dossier;

/// How many figures become one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The lowest that anybody gives.
    Lowest,
    /// The highest that anybody gives.
    Highest,
    /// The median of independent sources, each with its latest figure; of an even number the lower middle, so that somebody
    /// gives it.
    Median,
    /// That of the page published last; of one day the highest.
    Latest,
    /// That of the first voice in the list who gives one (ids; `outlet` is an outlet's own words, `org/*` all that begin so).
    Hierarchy(Vec<String>),
    /// Low, best, high as in the event data of UCDP: lowest and highest figure, and the one that most independent sources give,
    /// of equals the lower (its codebooks ask for the conservative reading).
    Ucdp,
    /// One number as ACLED codes it, for the killed: the most conservative where sources differ; “tens” is 10, “dozens” 12,
    /// “hundreds” 100 (ACLED, frequent questions on fatality methodology, as of 7 May 2024). “Thousands” follows as 1,000. For
    /// “several”, “many” and unknown numbers it codes 3 or, in open warfare, 10: the argument, 3 unless given.
    Acled(i64),
    /// The range over all sources and a grade for harm to civilians in Airwars' words, from two scales that stay apart here: how
    /// many sources (one, more) and how the deed is ascribed (accepted by who did it, one culprit, rivals). `confirmed`: the
    /// culprit accepts it; `contested`: rival culprits; `fair`: two independent sources or more; `weak`: one; `discounted`:
    /// those counted are combatants.
    Airwars,
}

/// Names of all rules, as they are asked for.
pub const RULES: [&str; 8] = ["lowest", "highest", "median", "latest", "hierarchy", "ucdp", "acled", "airwars"];

impl FromStr for Rule {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        let (name, arg) = s.split_once(':').map_or((s, None), |(n, a)| (n, Some(a.trim())));
        let alone = |rule| match arg {
            None => Ok(rule),
            Some(_) => Err(format!("the rule `{name}` takes no argument")),
        };
        match name {
            "lowest" => alone(Rule::Lowest),
            "highest" => alone(Rule::Highest),
            "median" => alone(Rule::Median),
            "latest" => alone(Rule::Latest),
            "ucdp" => alone(Rule::Ucdp),
            "airwars" => alone(Rule::Airwars),
            "hierarchy" => {
                let list: Vec<String> =
                    arg.unwrap_or("").split(',').map(str::trim).filter(|v| !v.is_empty()).map(str::to_owned).collect();
                if list.is_empty() {
                    return Err("`hierarchy` needs ids of voices: hierarchy:UN/ohchr,org/sohr,outlet".to_owned());
                }
                Ok(Rule::Hierarchy(list))
            }
            "acled" => match arg {
                None => Ok(Rule::Acled(3)),
                Some("3") => Ok(Rule::Acled(3)),
                Some("10") => Ok(Rule::Acled(10)),
                Some(_) => Err("`acled` takes 3 or 10, the number for “several”".to_owned()),
            },
            _ => Err(format!("`{name}` is no rule; these are: {}", RULES.join(", "))),
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rule::Lowest => f.write_str("lowest"),
            Rule::Highest => f.write_str("highest"),
            Rule::Median => f.write_str("median"),
            Rule::Latest => f.write_str("latest"),
            Rule::Hierarchy(list) => write!(f, "hierarchy:{}", list.join(",")),
            Rule::Ucdp => f.write_str("ucdp"),
            Rule::Acled(n) => write!(f, "acled:{n}"),
            Rule::Airwars => f.write_str("airwars"),
        }
    }
}

/// A figure as the rules see it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// What makes it independent: the voice, or the text where that speaks itself.
    pub source: String,
    /// Id of the voice; `outlet` for an outlet's own words.
    pub voice: String,
    /// Lower bound.
    pub min: Option<i64>,
    /// Upper bound.
    pub max: Option<i64>,
    /// The size of a vague word, where there is no bound.
    pub vague: Option<Vague>,
    /// Day its last page was published on.
    pub published: Option<i32>,
    /// Claims that give it.
    pub claims: Vec<usize>,
}

impl Given {
    fn floor(&self) -> Option<i64> {
        self.min.or(self.max)
    }
    fn ceiling(&self) -> Option<i64> {
        self.max.or(self.min)
    }
    /// Half-way between its bounds.
    fn middle(&self) -> Option<i64> {
        Some((self.floor()? + self.ceiling()?) / 2)
    }
}

/// What some rules ask beyond the figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Whether the culprit says so itself.
    pub accepted: bool,
    /// Whether two culprits are named that cannot both be right, or one is denied.
    pub rival: bool,
    /// Whether those counted fight.
    pub combatants: bool,
}

/// Applies a rule; `None` where it gives nothing.
pub fn choose(rule: &Rule, given: &[Given], about: About) -> Option<ChosenFigure> {
    let one = |g: &Given, value: Option<i64>| value.map(|v| chosen(rule, Some(v), &[g]));
    match rule {
        Rule::Lowest => {
            given.iter().filter(|g| g.floor().is_some()).min_by_key(|g| g.floor()).and_then(|g| one(g, g.floor()))
        }
        Rule::Highest => {
            let best = given.iter().filter(|g| g.ceiling().is_some()).rev().max_by_key(|g| g.ceiling());
            best.and_then(|g| one(g, g.ceiling()))
        }
        Rule::Median => {
            let mut each: Vec<&Given> = latest_of_each(given);
            each.retain(|g| g.middle().is_some());
            each.sort_by_key(|g| g.middle());
            let g = each.get(each.len().checked_sub(1)? / 2)?;
            one(g, g.middle())
        }
        Rule::Latest => {
            let known = given.iter().filter(|g| g.floor().is_some());
            let g = known.rev().max_by_key(|g| (g.published, g.ceiling()))?;
            one(g, g.min.or(g.max))
        }
        Rule::Hierarchy(list) => {
            let hit = |id: &str, want: &str| want.strip_suffix('*').map_or(id == want, |stem| id.starts_with(stem));
            list.iter().find_map(|want| {
                let mine = given.iter().filter(|g| hit(&g.voice, want) && g.floor().is_some());
                let g = mine.rev().max_by_key(|g| g.published)?;
                one(g, g.min.or(g.max))
            })
        }
        Rule::Ucdp => ucdp(rule, given),
        Rule::Acled(several) => {
            let read = |g: &Given| g.floor().or_else(|| Some(acled(g.vague?, *several)));
            given.iter().filter(|g| read(g).is_some()).min_by_key(|g| read(g)).and_then(|g| one(g, read(g)))
        }
        Rule::Airwars => {
            let mut out = chosen(rule, None, &given.iter().collect::<Vec<_>>());
            out.low = given.iter().filter_map(Given::floor).min();
            out.high = given.iter().filter_map(Given::ceiling).max();
            let sources: BTreeSet<&str> = given.iter().map(|g| g.source.as_str()).collect();
            out.grade = Some(match about {
                About { combatants: true, .. } => "discounted",
                About { rival: true, .. } => "contested",
                About { accepted: true, .. } => "confirmed",
                _ if sources.len() > 1 => "fair",
                _ => "weak",
            });
            (!given.is_empty()).then_some(out)
        }
    }
}

/// What ACLED puts for a vague word.
fn acled(v: Vague, several: i64) -> i64 {
    match v {
        Vague::Few => several,
        Vague::Tens => 10,
        Vague::Dozens => 12,
        Vague::Hundreds => 100,
        Vague::Thousands => 1000,
    }
}

fn ucdp(rule: &Rule, given: &[Given]) -> Option<ChosenFigure> {
    let low = given.iter().filter(|g| g.floor().is_some()).min_by_key(|g| g.floor())?;
    let high = given.iter().filter(|g| g.ceiling().is_some()).max_by_key(|g| g.ceiling())?;
    let mut votes: BTreeMap<i64, BTreeSet<&str>> = BTreeMap::new();
    for g in latest_of_each(given) {
        if let Some(n) = g.floor() {
            votes.entry(n).or_default().insert(&g.source);
        }
    }
    let (best, _) = votes.iter().max_by_key(|(n, who)| (who.len(), std::cmp::Reverse(**n)))?;
    let mut all = vec![low, high];
    all.extend(given.iter().filter(|g| g.floor() == Some(*best)));
    let mut out = chosen(rule, None, &all);
    (out.low, out.best, out.high) = (low.floor(), Some(*best), high.ceiling());
    Some(out)
}

/// The latest figure of each source, in order of the sources.
fn latest_of_each(given: &[Given]) -> Vec<&Given> {
    let mut by: BTreeMap<&str, &Given> = BTreeMap::new();
    for g in given.iter().filter(|g| g.floor().is_some()) {
        let at = by.entry(&g.source).or_insert(g);
        if g.published >= at.published {
            *at = g;
        }
    }
    by.into_values().collect()
}

fn chosen(rule: &Rule, value: Option<i64>, from: &[&Given]) -> ChosenFigure {
    let claims: BTreeSet<usize> = from.iter().flat_map(|g| g.claims.iter().copied()).collect();
    ChosenFigure { rule: rule.to_string(), value, claims: claims.into_iter().collect(), ..ChosenFigure::default() }
}

/// Gives every toll of every incident its figure by the rule.
pub fn apply(t: &Table, d: &mut Dossier, rule: &Rule) {
    let mut incidents = std::mem::take(&mut d.incidents);
    for x in &mut incidents {
        let (accepted, rival) = ascribed(t, x);
        for toll in x.tolls.iter_mut().chain(&mut x.cumulative) {
            // ACLED counts the dead only
            if matches!(rule, Rule::Acled(_)) && &*toll.kind != "killed" {
                continue;
            }
            let about = About { accepted, rival, combatants: toll.group.value.status == Status::Combatant };
            toll.figure = choose(rule, &given(t, d, toll), about);
        }
    }
    d.incidents = incidents;
}

/// Whether a culprit says so itself, and whether culprits are disputed.
fn ascribed(t: &Table, x: &Incident) -> (bool, bool) {
    let own = |v: &recoupe_incident::FieldValue| {
        v.said_by.iter().flatten().any(|who| kin(t, &who.value, &v.value.value) >= Kin::Near)
    };
    let rival = x
        .disagreements
        .iter()
        .any(|d| d.field == Field::Actor && d.sides.iter().all(|s| matches!(s.value, Value::Party(..))));
    (x.actor.iter().any(own), rival)
}

fn given(t: &Table, d: &Dossier, toll: &IncidentToll) -> Vec<Given> {
    toll.by.iter().filter(|f| !f.denied).filter_map(|f| one(t, d, f)).collect()
}

fn one(t: &Table, d: &Dossier, f: &Figure) -> Option<Given> {
    let e = &d.claims[*f.claims.first()?];
    let article = &d.pages[e.page].reading.article;
    let words = e.claim(&d.pages).tolls.get(f.toll).map(|x| article.quote(x.span)).unwrap_or_default();
    let lang = article.language.as_deref().unwrap_or("");
    let open = f.min.is_none() && f.max.is_none();
    let days = f.claims.iter().filter_map(|c| d.pages[d.claims[*c].page].reading.article.published.as_ref());
    Some(Given {
        source: voice_key(&f.voice, e),
        voice: f.voice.as_ref().map_or_else(|| "outlet".to_owned(), |v| v.value.id.to_string()),
        min: f.min,
        max: f.max,
        vague: open.then(|| t.languages().vague(lang, &words).unwrap_or(Vague::Few)),
        published: days.map(|p| day(p.from)).max(),
        claims: f.claims.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(source: &str, min: Option<i64>, max: Option<i64>, published: i32, claim: usize) -> Given {
        let voice = source.to_owned();
        Given { source: voice.clone(), voice, min, max, vague: None, published: Some(published), claims: vec![claim] }
    }

    /// A ministry that corrects itself from 4 to 6, a monitor with at least 9, a paper with 6 to 8.
    fn four() -> Vec<Given> {
        vec![
            given("A/ministry", Some(4), Some(4), 1, 0),
            given("A/ministry", Some(6), Some(6), 2, 1),
            given("org/monitor", Some(9), None, 2, 2),
            given("outlet", Some(6), Some(8), 3, 3),
        ]
    }

    fn by(rule: &str) -> ChosenFigure {
        choose(&rule.parse().unwrap(), &four(), About::default()).unwrap()
    }

    #[test]
    fn each_rule_gives_its_number_and_the_claims_it_rests_on() {
        for (rule, value, claims) in [
            ("lowest", 4, vec![0]),
            ("highest", 9, vec![2]),
            ("median", 7, vec![3]),
            ("latest", 6, vec![3]),
            ("hierarchy:org/*,outlet", 9, vec![2]),
            ("hierarchy:UN/ohchr,A/ministry", 6, vec![1]),
            ("acled", 4, vec![0]),
        ] {
            let c = by(rule);
            assert_eq!((c.value, c.claims), (Some(value), claims), "{rule}");
        }
        let u = by("ucdp");
        assert_eq!((u.low, u.best, u.high), (Some(4), Some(6), Some(9)));
        assert_eq!(u.rule, "ucdp");
    }

    #[test]
    fn a_hierarchy_that_nobody_fits_gives_nothing() {
        assert_eq!(choose(&"hierarchy:UN/ohchr".parse().unwrap(), &four(), About::default()), None);
    }

    #[test]
    fn vague_words_as_acled_reads_them() {
        let vague = |v| vec![Given { vague: Some(v), claims: vec![5], ..Given::default() }];
        let read = |rule: &str, v| choose(&rule.parse().unwrap(), &vague(v), About::default()).and_then(|c| c.value);
        assert_eq!(read("acled", Vague::Few), Some(3));
        assert_eq!(read("acled:10", Vague::Few), Some(10));
        assert_eq!(read("acled", Vague::Tens), Some(10));
        assert_eq!(read("acled", Vague::Dozens), Some(12));
        assert_eq!(read("acled", Vague::Hundreds), Some(100));
        assert_eq!(read("lowest", Vague::Hundreds), None, "no other rule makes a number of a word");
    }

    #[test]
    fn airwars_grades_come_from_two_scales() {
        let grade = |given: &[Given], about| choose(&Rule::Airwars, given, about).unwrap().grade.unwrap();
        let all = four();
        assert_eq!(grade(&all, About::default()), "fair");
        assert_eq!(grade(&all[..2], About::default()), "weak", "one voice twice is one source");
        assert_eq!(grade(&all, About { rival: true, accepted: true, ..About::default() }), "contested");
        assert_eq!(grade(&all, About { accepted: true, ..About::default() }), "confirmed");
        assert_eq!(grade(&all, About { combatants: true, ..About::default() }), "discounted");
        assert_eq!(by("airwars").low, Some(4));
    }

    #[test]
    fn rules_are_written_as_they_are_read() {
        for s in ["lowest", "median", "hierarchy:UN/ohchr,outlet", "acled:3", "acled:10", "ucdp", "airwars"] {
            assert_eq!(s.parse::<Rule>().unwrap().to_string(), s);
        }
        for bad in ["", "mean", "lowest:3", "hierarchy", "hierarchy:", "acled:5"] {
            assert!(bad.parse::<Rule>().is_err(), "{bad}");
        }
    }
}
