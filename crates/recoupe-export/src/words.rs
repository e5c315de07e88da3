//! The words of the report, from one message file per language.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use recoupe_wire::{Party, Place, Time};

/// The message files, the default language first.
const FILES: [(&str, &str); 2] =
    [("fr", include_str!("../assets/messages/fr.toml")), ("en", include_str!("../assets/messages/en.toml"))];

static ALL: LazyLock<Vec<Words>> =
    LazyLock::new(|| FILES.iter().map(|(lang, text)| Words::parse(lang, text)).collect());

/// The languages a report can be written in, the default first.
pub fn languages() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(l, _)| *l)
}

/// The words of one language.
#[derive(Debug)]
pub struct Words {
    lang: &'static str,
    words: BTreeMap<String, String>,
    lists: BTreeMap<String, Vec<String>>,
    singular: Vec<i64>,
}

impl Words {
    /// The words of a language, those of the default language where there are none.
    pub fn of(lang: &str) -> &'static Words {
        ALL.iter().find(|w| w.lang == lang).unwrap_or(&ALL[0])
    }

    fn parse(lang: &'static str, text: &str) -> Words {
        let mut w = Words { lang, words: BTreeMap::new(), lists: BTreeMap::new(), singular: Vec::new() };
        w.add(text);
        w
    }

    /// The words of a report in a language, and more of them from another message file.
    pub fn with(lang: &'static str, more: &str) -> Words {
        let text = FILES.iter().find(|f| f.0 == lang).map_or("", |f| f.1);
        let mut w = Self::parse(lang, text);
        w.add(more);
        w
    }

    fn add(&mut self, text: &str) {
        // A message file that is not TOML is caught by a test, not by a reader of reports.
        if let Ok(table) = text.parse::<toml::Table>() {
            self.take("", &table);
        }
    }

    fn take(&mut self, prefix: &str, table: &toml::Table) {
        for (k, v) in table {
            let key = if prefix.is_empty() { k.clone() } else { format!("{prefix}.{k}") };
            match v {
                toml::Value::String(s) => {
                    self.words.insert(key, s.clone());
                }
                toml::Value::Table(t) => self.take(&key, t),
                toml::Value::Array(a) if key == "format.singular" => {
                    self.singular = a.iter().filter_map(toml::Value::as_integer).collect();
                }
                toml::Value::Array(a) => {
                    let list = a.iter().filter_map(|x| x.as_str().map(str::to_owned)).collect();
                    self.lists.insert(key, list);
                }
                _ => {}
            }
        }
    }

    /// Code of the language.
    pub fn lang(&self) -> &'static str {
        self.lang
    }

    /// All keys, sorted.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.words.keys().chain(self.lists.keys()).map(String::as_str)
    }

    /// The message of a key, or the key itself.
    pub fn t<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// A message with `{name}` filled in.
    pub fn f(&self, key: &str, with: &[(&str, &str)]) -> String {
        fill(self.t(key), with, self.t("format.colon"))
    }

    /// A counted thing: `count.pages` has the forms `one` and `many`.
    pub fn n(&self, key: &str, n: usize) -> String {
        let n = n as i64;
        let form = if self.singular.contains(&n) { "one" } else { "many" };
        self.f(&format!("{key}.{form}"), &[("n", &self.number(n))])
    }

    /// The word for an id of a table (`type`, `why` …); an id without a word is shown as it is, with blanks.
    pub fn id(&self, table: &str, id: &str) -> String {
        match self.words.get(&format!("{table}.{id}")) {
            Some(w) => w.clone(),
            None => id.replace(['_', '-'], " "),
        }
    }

    /// Whether a table has a word for an id.
    pub fn has(&self, table: &str, id: &str) -> bool {
        self.words.contains_key(&format!("{table}.{id}"))
    }

    /// A number with its thousands set apart.
    pub fn number(&self, n: i64) -> String {
        let digits = n.unsigned_abs().to_string();
        let mut out = String::from(if n < 0 { "−" } else { "" });
        for (i, c) in digits.chars().enumerate() {
            // Four digits stand together, as in a year.
            if i > 0 && digits.len() > 4 && (digits.len() - i).is_multiple_of(3) {
                out.push_str(self.t("format.thousands"));
            }
            out.push(c);
        }
        out
    }

    /// A figure with its bounds: “at least 50”, “11 to 25”; `None` where no number is given.
    pub fn figure(&self, min: Option<i64>, max: Option<i64>, approx: bool) -> Option<String> {
        let n = |x| self.number(x);
        Some(match (min, max) {
            (Some(a), Some(b)) if a == b && approx => self.f("figure.about", &[("a", &n(a))]),
            (Some(a), Some(b)) if a == b => n(a),
            (Some(a), Some(b)) => self.f("figure.between", &[("a", &n(a)), ("b", &n(b))]),
            (Some(a), None) if approx => self.f("figure.at_least_about", &[("a", &n(a))]),
            (Some(a), None) => self.f("figure.at_least", &[("a", &n(a))]),
            (None, Some(b)) => self.f("figure.up_to", &[("a", &n(b))]),
            (None, None) => return None,
        })
    }

    fn list(&self, key: &str, i: usize) -> &str {
        self.lists.get(key).and_then(|l| l.get(i)).map_or("", String::as_str)
    }

    fn day_number(&self, d: u32) -> String {
        if d == 1 { self.t("format.first_day").to_owned() } else { d.to_string() }
    }

    /// One day: “20 février 2020”.
    pub fn day(&self, d: Day) -> String {
        let month = self.list("format.month", d.month as usize - 1);
        self.f("format.day", &[("d", &self.day_number(d.day)), ("month", month), ("y", &d.year.to_string())])
    }

    /// One day without its year.
    pub fn day_short(&self, d: Day) -> String {
        let month = self.list("format.month_short", d.month as usize - 1);
        self.f("format.day_short", &[("d", &self.day_number(d.day)), ("month", month)])
    }

    /// A month: “février 2020”.
    pub fn month(&self, d: Day) -> String {
        format!("{} {}", self.list("format.month", d.month as usize - 1), d.year)
    }

    /// Two days and what lies between.
    pub fn span(&self, a: Day, b: Day) -> String {
        let day = |d: Day| self.day_number(d.day);
        match () {
            () if a == b => self.day(a),
            () if a.day == 1 && b.day == b.month_length() && (a.year, a.month) == (b.year, b.month) => self.month(a),
            () if (a.month, a.day, b.month, b.day) == (1, 1, 12, 31) && a.year == b.year => a.year.to_string(),
            () if (a.year, a.month) == (b.year, b.month) => {
                let days = self.f("format.same_month", &[("a", &day(a)), ("b", &day(b))]);
                self.f(
                    "format.day",
                    &[
                        ("d", &days),
                        ("month", self.list("format.month", a.month as usize - 1)),
                        ("y", &a.year.to_string()),
                    ],
                )
            }
            () if a.year == b.year => {
                let first = self.f(
                    "format.day_short",
                    &[("d", &day(a)), ("month", self.list("format.month", a.month as usize - 1))],
                );
                self.f("format.range", &[("a", &first), ("b", &self.day(b))])
            }
            () => self.f("format.range", &[("a", &self.day(a)), ("b", &self.day(b))]),
        }
    }

    /// A time of the dossier; `None` when it has no day.
    pub fn time(&self, t: &Time) -> Option<String> {
        match (Day::of(t.from.as_deref()), Day::of(t.to.as_deref())) {
            (Some(a), Some(b)) => Some(self.span(a, b)),
            (Some(a), None) | (None, Some(a)) => Some(self.day(a)),
            (None, None) => {
                let day = self.lists.get("format.weekday")?.get(usize::try_from(t.weekday? - 1).ok()?)?;
                Some(self.f("row.weekday_only", &[("day", day)]))
            }
        }
    }

    /// Something in quotation marks.
    pub fn quoted(&self, text: &str) -> String {
        format!("{}{text}{}", self.t("format.open_quote"), self.t("format.close_quote"))
    }

    /// The name of a country by its two letters.
    pub fn country(&self, code: &str) -> String {
        self.id("country", code)
    }

    /// The neutral name of a party, in this language where its id is made of known parts.
    pub fn party(&self, p: &Party) -> String {
        let (head, tail) = p.id.split_once('/').unwrap_or((p.id.as_str(), ""));
        if head == "generic" && self.has("generic", tail) {
            return match &p.country {
                Some(c) if self.has("country", c) => format!("{} ({})", self.id("generic", tail), self.country(c)),
                _ => self.id("generic", tail),
            };
        }
        if let Some(c) = p.country.as_deref().filter(|c| self.has("country", c))
            && head.len() == 3
            && head.bytes().all(|b| b.is_ascii_uppercase())
        {
            if tail.is_empty() {
                return self.country(c);
            }
            let role = if self.has("role", tail) {
                self.id("role", tail)
            } else if self.has("generic", tail) {
                self.id("generic", tail)
            } else {
                p.name.split_once(": ").map_or_else(|| p.name.clone(), |(_, r)| r.to_owned())
            };
            return format!("{}{}{role}", self.country(c), self.t("format.colon"));
        }
        if p.name.is_empty() { p.text.clone().unwrap_or_default() } else { p.name.clone() }
    }

    /// A place by the name it goes by on the page, else by its normal name.
    pub fn place(&self, p: &Place) -> String {
        match &p.text {
            // A page may only say “there”; a name starts with a capital or is in a script without capitals.
            Some(t) if t.chars().next().is_some_and(|c| !c.is_lowercase()) && t.chars().count() < 60 => t.clone(),
            _ => match p.country.as_deref().filter(|c| p.precision == "country" && self.has("country", c)) {
                Some(c) => self.country(c),
                None => p.name.clone(),
            },
        }
    }
}

fn fill(message: &str, with: &[(&str, &str)], colon: &str) -> String {
    let mut out = String::with_capacity(message.len() + 16);
    let mut rest = message;
    while let Some(i) = rest.find('{') {
        out.push_str(&rest[..i]);
        let Some(j) = rest[i..].find('}') else { break };
        let name = &rest[i + 1..i + j];
        match with.iter().find(|(n, _)| *n == name) {
            Some((_, v)) => out.push_str(v),
            None if name == "colon" => out.push_str(colon),
            None => out.push_str(&rest[i..=i + j]),
        }
        rest = &rest[i + j + 1..];
    }
    out.push_str(rest);
    out
}

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    /// Year, Gregorian.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u32,
    /// Day, 1 to 31.
    pub day: u32,
}

impl Day {
    /// From ISO 8601 (`2020-02-20`).
    pub fn of(iso: Option<&str>) -> Option<Day> {
        let mut parts = iso?.splitn(3, '-');
        let year = parts.next()?.parse().ok()?;
        let month = parts.next()?.parse().ok()?;
        let day = parts.next()?.parse().ok()?;
        ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(Day { year, month, day })
    }

    fn month_length(self) -> u32 {
        match self.month {
            2 if self.year % 4 == 0 && (self.year % 100 != 0 || self.year % 400 == 0) => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    /// Days since 1970-01-01, after Hinnant's `days_from_civil`.
    pub fn number(self) -> i64 {
        let y = i64::from(self.year) - i64::from(self.month <= 2);
        let era = y.div_euclid(400);
        let yoe = y.rem_euclid(400);
        let doy = (153 * ((i64::from(self.month) + 9) % 12) + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
    }

    /// The day of a number, after Hinnant's `civil_from_days`.
    pub fn from_number(n: i64) -> Day {
        let z = n + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z.rem_euclid(146_097);
        let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let month = if mp < 10 { mp + 3 } else { mp - 9 };
        let year = yoe + era * 400 + i64::from(month <= 2);
        Day { year: year as i32, month: month as u32, day: (doy - (153 * mp + 2) / 5 + 1) as u32 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(s: &str) -> Day {
        Day::of(Some(s)).unwrap()
    }

    #[test]
    fn every_language_has_every_key() {
        let all: Vec<Vec<&str>> = languages().map(|l| Words::of(l).keys().collect()).collect();
        assert!(all[0].len() > 500);
        for other in &all[1..] {
            assert_eq!(&all[0], other);
        }
    }

    #[test]
    fn every_message_has_the_same_blanks_in_every_language() {
        let names = |s: &str| {
            let mut v: Vec<String> = s
                .split('{')
                .skip(1)
                .filter_map(|p| p.split_once('}'))
                .map(|(n, _)| n.to_owned())
                .filter(|n| n != "colon" && n != "n")
                .collect();
            v.sort();
            v
        };
        let (fr, en) = (Words::of("fr"), Words::of("en"));
        for key in fr.keys() {
            assert_eq!(names(fr.t(key)), names(en.t(key)), "{key}");
        }
    }

    #[test]
    fn every_key_of_the_code_has_a_message() {
        let w = Words::of("fr");
        let known: std::collections::BTreeSet<&str> = w.keys().collect();
        let mut seen = 0;
        let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap().flatten() {
                if entry.path().is_dir() {
                    folders.push(entry.path());
                    continue;
                }
                let code = std::fs::read_to_string(entry.path()).unwrap();
                for (call, ends) in [("w.t(\"", ""), ("w.f(\"", ""), ("w.n(\"", ".one")] {
                    for key in code.split(call).skip(1).filter_map(|rest| rest.split('"').next()) {
                        assert!(known.contains(format!("{key}{ends}").as_str()), "{key} has no message");
                        seen += 1;
                    }
                }
            }
        }
        assert!(seen > 80, "{seen}");
    }

    #[test]
    fn figures_carry_their_bounds() {
        let w = Words::of("fr");
        assert_eq!(w.figure(Some(2), Some(2), false).unwrap(), "2");
        assert_eq!(w.figure(Some(50), None, false).unwrap(), "au moins 50");
        assert_eq!(w.figure(Some(11), Some(25), false).unwrap(), "11 à 25");
        assert_eq!(w.figure(Some(1_700_000), Some(1_700_000), true).unwrap(), "environ 1\u{202f}700\u{202f}000");
        assert_eq!(w.figure(None, None, true), None);
    }

    #[test]
    fn days_and_spans_are_written_out() {
        let (fr, en) = (Words::of("fr"), Words::of("en"));
        assert_eq!(fr.day(day("2020-03-01")), "1er mars 2020");
        assert_eq!(fr.span(day("2020-02-03"), day("2020-02-20")), "3–20 février 2020");
        assert_eq!(fr.span(day("2020-02-01"), day("2020-02-29")), "février 2020");
        assert_eq!(en.span(day("2020-02-03"), day("2020-03-01")), "3 February – 1 March 2020");
        assert_eq!(en.span(day("2018-01-01"), day("2018-12-31")), "2018");
    }

    #[test]
    fn day_numbers_go_back_and_forth() {
        assert_eq!(day("1970-01-01").number(), 0);
        for n in (-800_000..800_000).step_by(997) {
            assert_eq!(Day::from_number(n).number(), n);
        }
    }

    #[test]
    fn parties_are_named_in_the_language() {
        let p = |id: &str, name: &str, c: Option<&str>| Party {
            id: id.into(),
            name: name.into(),
            country: c.map(Into::into),
            ..Default::default()
        };
        let w = Words::of("fr");
        assert_eq!(
            w.party(&p("TUR/defence-ministry", "Turkey: defence ministry", Some("TR"))),
            "Turquie\u{a0}: ministère de la Défense"
        );
        assert_eq!(w.party(&p("generic/rebels", "rebels", None)), "rebelles");
        assert_eq!(w.party(&p("org/sohr", "SOHR", None)), "SOHR");
        assert_eq!(w.party(&p("RUS/grand-duchy", "Russia: grand duchy", Some("RU"))), "Russie\u{a0}: grand duchy");
    }
}
