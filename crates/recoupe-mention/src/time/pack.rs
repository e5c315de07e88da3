//! `lang/<xx>/times.toml`: names of days and months, and the wordings of dates.

use std::collections::BTreeMap;

use recoupe_pack::{PackError, Packs};
use serde::Deserialize;

use super::calendar::Unit;
use super::template::{Slot, Step, Trie, expand};
use super::{Hint, TimeKind};
use crate::number::atoms::Phrases;
use crate::number::pack::Tables as Numbers;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    weekdays: BTreeMap<String, i8>,
    months: BTreeMap<String, i8>,
    months_short: BTreeMap<String, i8>,
    units: BTreeMap<String, Unit>,
    seasons: BTreeMap<String, [i8; 2]>,
    since: Vec<String>,
    until: Vec<String>,
    names_before: Vec<String>,
    of: Vec<String>,
    first: Vec<String>,
    after_bare_day: Vec<String>,
    rule: Vec<Rule>,
}

/// How a wording is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Act {
    /// Day, month, year, weekday: whatever is there.
    Date,
    /// A day of the month alone: needs the right surroundings.
    BareDay,
    /// A month.
    Month,
    /// A year.
    Year,
    /// A weekday.
    Weekday,
    /// Counted from the publication.
    Offset,
    /// Counted from the narrative.
    Narrative,
    /// A calendar week, month, year counted from the publication.
    Period,
    /// The last or next n units.
    Last,
    /// A season.
    Season,
    /// A night: the day counted to and the day after.
    Night,
    /// A night between two weekdays or two days.
    NightBetween,
    /// From one day to another.
    DayRange,
    /// From one month to another.
    MonthRange,
    /// One of `n` equal parts of a year, the `third`.
    YearPart,
    /// From one year to another.
    YearRange,
    /// From one weekday to another.
    WeekdayRange,
    /// The first or last n weeks of a month.
    MonthPart,
    /// Saturday and Sunday.
    Weekend,
    /// From or until an event that the words do not date.
    Open,
    /// A length of time.
    Duration,
    /// How often.
    Recurrence,
    /// A time of day.
    DayPart,
    /// A time of day that counts only right after a day.
    DayPartAfter,
    /// Looks like a time and is none.
    Skip,
}

/// A rule: wordings and how to count.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    pub act: Act,
    /// Wordings.
    p: Vec<String>,
    /// Count of units, negative for the past; multiplies the number of the wording, if there is one.
    #[serde(default)]
    pub n: Option<i64>,
    #[serde(default)]
    pub unit: Option<Unit>,
    #[serde(default)]
    pub hint: Option<Hint>,
    #[serde(default)]
    pub kind: Option<TimeKind>,
    /// 1 for the beginning, 2 for the middle, 3 for the end.
    #[serde(default)]
    pub third: Option<u8>,
}

/// The compiled tables.
#[derive(Debug)]
pub(super) struct Tables {
    pub numbers: Numbers,
    pub trie: Trie,
    pub rules: Vec<Rule>,
    pub weekdays: Phrases<i8>,
    /// Month, and whether it is an abbreviation.
    pub months: Phrases<(i8, bool)>,
    pub units: Phrases<Unit>,
    pub seasons: Phrases<[i8; 2]>,
    /// Entered with their words reversed.
    pub since: Phrases<()>,
    pub until: Phrases<()>,
    /// The same with their words in order.
    pub since_here: Phrases<()>,
    pub until_here: Phrases<()>,
    pub names_before: Vec<u32>,
    pub of: Vec<u32>,
    /// `premier`, as a day.
    pub first: Vec<u32>,
    pub after_bare_day: Vec<u32>,
    /// Words without one of which (or a figure) no wording can stand, by id.
    pub triggers: Vec<bool>,
}

impl Tables {
    pub fn load(packs: &Packs, lang: &str) -> Result<Self, PackError> {
        let path = format!("lang/{lang}/times.toml");
        let f: File = packs.toml(&path)?;
        let mut numbers = Numbers::load(packs, lang)?;
        let x = &mut numbers.lexicon;
        let (mut weekdays, mut months, mut units, mut seasons) =
            (Phrases::default(), Phrases::default(), Phrases::default(), Phrases::default());
        for (w, v) in &f.weekdays {
            weekdays.insert(x.phrase(w), *v);
        }
        for (list, short) in [(&f.months, false), (&f.months_short, true)] {
            for (w, v) in list {
                months.insert(x.phrase(w), (*v, short));
            }
        }
        for (w, v) in &f.units {
            units.insert(x.phrase(w), *v);
        }
        for (w, v) in &f.seasons {
            seasons.insert(x.phrase(w), *v);
        }
        let (mut since, mut until) = (Phrases::default(), Phrases::default());
        let (mut since_here, mut until_here) = (Phrases::default(), Phrases::default());
        for (list, into, here) in [(&f.since, &mut since, &mut since_here), (&f.until, &mut until, &mut until_here)] {
            for w in list {
                let mut p = x.phrase(w);
                here.insert(p.clone(), ());
                p.reverse();
                into.insert(p, ());
            }
        }
        let mut ids = |words: &[String]| -> Vec<u32> {
            let mut v: Vec<u32> = words.iter().filter_map(|w| x.phrase(w).last().copied()).collect();
            v.sort_unstable();
            v.dedup();
            v
        };
        let (names_before, of, first, after_bare_day) =
            (ids(&f.names_before), ids(&f.of), ids(&f.first), ids(&f.after_bare_day));
        let mut trie = Trie::default();
        let mut triggers = Vec::new();
        let text = packs.text(&path)?;
        for (i, rule) in f.rule.iter().enumerate() {
            for p in &rule.p {
                let ways = expand(p, x).map_err(|m| {
                    let line = text.lines().position(|l| l.contains(p.as_str())).map_or(0, |n| n + 1);
                    PackError::new(&path, line, 0, m)
                })?;
                for way in &ways {
                    trie.insert(way, i as u32);
                    // a wording of words only stands or falls with its longest word
                    let slots = way.iter().any(|s| matches!(s, Step::Slot(slot) if *slot != Slot::N));
                    let longest = way.iter().filter_map(|s| if let Step::Word(w) = s { Some(*w) } else { None });
                    if !slots && let Some(w) = longest.max_by_key(|w| x.word_len(*w)) {
                        triggers.push(w);
                    }
                }
            }
        }
        let triggers = {
            let mut t = vec![false; numbers.lexicon.len()];
            for w in triggers {
                t[w as usize] = true;
            }
            for (id, t) in t.iter_mut().enumerate() {
                let id = id as u32;
                *t |= weekdays.begins(id) || months.begins(id) || units.begins(id) || seasons.begins(id);
            }
            t
        };
        Ok(Self {
            numbers,
            trie,
            rules: f.rule,
            weekdays,
            months,
            units,
            seasons,
            since,
            until,
            since_here,
            until_here,
            names_before,
            of,
            first,
            after_bare_day,
            triggers,
        })
    }
}
