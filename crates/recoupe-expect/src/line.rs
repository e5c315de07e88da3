//! One line of an expectation: `incident airstrike | place Idlib | toll killed 2 Turkey: armed forces | stated`.

use crate::words::same;

/// Words that open a line.
pub const HEADS: [&str; 29] = [
    "incident",
    "statement",
    "control",
    "agreement",
    "breach",
    "displacement",
    "relation",
    "naming",
    "holding",
    "site",
    "growth",
    "lens",
    "origin",
    "decision",
    "number",
    "time",
    "party",
    "place",
    "sentence",
    "tokens",
    "title",
    "published",
    "outlet",
    "agency",
    "language",
    "note",
    "kept",
    "dropped",
    "url",
];

/// Words that open a field.
pub const KEYS: [&str; 48] = [
    "place",
    "time",
    "actor",
    "actor-voice",
    "target",
    "voice",
    "voices",
    "toll",
    "tolls",
    "series",
    "figure",
    "state",
    "candidates",
    "refers-to",
    "worded",
    "held",
    "last",
    "unknown",
    "points",
    "shift",
    "means",
    "words",
    "kind",
    "holder",
    "from",
    "to",
    "where",
    "since",
    "by",
    "against",
    "verified-by",
    "party",
    "parties",
    "group",
    "term",
    "pages",
    "origins",
    "standing",
    "disagree",
    "tie",
    "differ",
    "denied-by",
    "basis",
    "credit",
    "precision",
    "why",
    "purpose",
    "incidents",
];

/// Words that stand alone.
pub const FLAGS: [&str; 14] = [
    "stated",
    "hedged",
    "denied",
    "planned",
    "conditional",
    "asked",
    "background",
    "foreground",
    "quoted",
    "unquoted",
    "disputed",
    "undisputed",
    "linked",
    "unlinked",
];

/// An expected line, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Something that must be read.
    Line(Line),
    /// `none`: nothing of what the stage looks at.
    None,
    /// `no incident`: nothing with this head.
    No(String),
    /// `…`: there may be more.
    More,
}

/// What must be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// What it is: `incident`, `control` …
    pub head: String,
    /// What stands behind it: `airstrike`; empty where it does not matter.
    pub subject: String,
    /// Fields and their values; `-` as a value means that it must be absent.
    pub fields: Vec<(String, String)>,
    /// Words that stand alone.
    pub flags: Vec<String>,
}

impl Expected {
    /// Takes a line apart, or says what is not understood.
    pub fn parse(line: &str) -> Result<Self, String> {
        match line {
            "none" => return Ok(Expected::None),
            "…" | "..." => return Ok(Expected::More),
            _ => {}
        }
        if let Some(head) = line.strip_prefix("no ").filter(|h| HEADS.contains(h)) {
            return Ok(Expected::No(head.to_owned()));
        }
        let mut parts = line.split(" | ").map(str::trim);
        let first = parts.next().unwrap_or_default();
        let (head, subject) = first.split_once(' ').unwrap_or((first, ""));
        if !HEADS.contains(&head) {
            return Err(format!("`{head}` does not open a line; these do: {}", HEADS.join(", ")));
        }
        let mut out = Line { head: head.to_owned(), subject: subject.trim().to_owned(), ..Line::default() };
        for part in parts {
            let (key, value) = part.split_once(' ').unwrap_or((part, ""));
            if KEYS.contains(&key) && !value.trim().is_empty() {
                out.fields.push((key.to_owned(), value.trim().to_owned()));
            } else if FLAGS.contains(&part) {
                out.flags.push(part.to_owned());
            } else {
                return Err(format!(
                    "`{part}` is neither a field ({}) nor a mark ({})",
                    KEYS.join(", "),
                    FLAGS.join(", ")
                ));
            }
        }
        Ok(Expected::Line(out))
    }
}

/// Something that was read, as it may be put in a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// What it is.
    pub head: String,
    /// Ways to write what stands behind the head; the first is the usual one.
    pub subject: Vec<String>,
    /// Fields with the ways to write each value; the first is the usual one.
    pub fields: Vec<(String, Vec<String>)>,
    /// Further fields that may be expected and go without saying.
    pub also: Vec<(String, Vec<String>)>,
    /// Marks that are true of it; those behind the first `shown_flags` are understood but not written.
    pub flags: Vec<String>,
    /// How many flags are written.
    pub shown_flags: usize,
    /// Text that `words` must be found in.
    pub words: String,
}

impl Shown {
    /// A new one, with the ways to write its subject.
    pub fn new(head: &str, subject: impl IntoIterator<Item = String>) -> Self {
        Self { head: head.to_owned(), subject: subject.into_iter().collect(), ..Self::default() }
    }

    /// Adds a field, with the ways to write it.
    pub fn field(&mut self, key: &str, ways: impl IntoIterator<Item = String>) -> &mut Self {
        let ways: Vec<String> = ways.into_iter().collect();
        if !ways.is_empty() {
            self.fields.push((key.to_owned(), ways));
        }
        self
    }

    /// Adds a field that is understood, but goes without saying.
    pub fn also(&mut self, key: &str, ways: Vec<String>) -> &mut Self {
        if !ways.is_empty() {
            self.also.push((key.to_owned(), ways));
        }
        self
    }

    /// Adds a mark that is written.
    pub fn flag(&mut self, flag: &str) -> &mut Self {
        self.flags.insert(self.shown_flags, flag.to_owned());
        self.shown_flags += 1;
        self
    }

    /// Adds a mark that is understood, but goes without saying.
    pub fn quiet_flag(&mut self, flag: &str) -> &mut Self {
        self.flags.push(flag.to_owned());
        self
    }

    /// The full line in the usual writing.
    pub fn line(&self) -> String {
        let mut out = self.head.clone();
        if let Some(subject) = self.subject.first() {
            out.push(' ');
            out.push_str(subject);
        }
        for (key, ways) in &self.fields {
            out.push_str(&format!(" | {key} {}", ways[0]));
        }
        for flag in &self.flags[..self.shown_flags] {
            out.push_str(&format!(" | {flag}"));
        }
        out
    }

    /// What in `expected` does not hold here, each as `key: expected …, read …`; empty where all of it holds.
    pub fn misses(&self, expected: &Line) -> Vec<String> {
        let mut out = Vec::new();
        if self.head != expected.head {
            return vec![format!("{} is not {}", self.head, expected.head)];
        }
        let subject = expected.subject.as_str();
        if !subject.is_empty() && !self.subject.iter().any(|s| same(s, subject)) {
            out.push(format!("expected {subject}, read {}", self.subject.first().map_or("-", String::as_str)));
        }
        for (key, value) in &expected.fields {
            let all = self.fields.iter().chain(&self.also);
            let read: Vec<&Vec<String>> = all.filter(|(k, _)| k == key).map(|(_, w)| w).collect();
            let holds = match (key.as_str(), value.as_str()) {
                ("words", v) => crate::words::within(v, &self.words),
                (_, "-") => read.is_empty(),
                (_, v) => read.iter().any(|ways| ways.iter().any(|w| same(w, v))),
            };
            if !holds {
                let usual: Vec<&str> = read.iter().map(|w| w[0].as_str()).collect();
                let usual = if key == "words" { self.words.clone() } else { usual.join("; ") };
                out.push(format!("{key}: expected {value}, read {}", if usual.is_empty() { "-" } else { &usual }));
            }
        }
        for flag in expected.flags.iter().filter(|f| !self.flags.contains(f)) {
            out.push(format!("expected {flag}, read {}", self.flags.join(", ")));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strike() -> Shown {
        let mut s = Shown::new("incident", ["airstrike".to_owned()]);
        s.field("place", ["Idlib".to_owned(), "Idlib (SY)".to_owned()]);
        s.field("toll", ["killed 2 Turkey: armed forces".to_owned(), "killed 2".to_owned()]);
        s.flag("stated").quiet_flag("foreground");
        s.words = "Deux soldats turcs ont été tués.".to_owned();
        s
    }

    fn line(s: &str) -> Line {
        match Expected::parse(s) {
            Ok(Expected::Line(l)) => l,
            other => panic!("{s}: {other:?}"),
        }
    }

    #[test]
    fn a_line_asks_for_no_more_than_it_says() {
        for good in [
            "incident",
            "incident airstrike | place idlib (SY)",
            "incident airstrike | toll killed 2 | stated | foreground | actor -",
            "incident | words \"soldats  turcs\"",
        ] {
            assert_eq!(strike().misses(&line(good)), Vec::<String>::new(), "{good}");
        }
        for bad in
            ["incident shelling", "incident | place -", "incident | actor X", "incident | background", "control lost"]
        {
            assert_eq!(strike().misses(&line(bad)).len(), 1, "{bad}");
        }
    }

    #[test]
    fn what_is_shown_can_be_expected() {
        let s = strike();
        assert_eq!(s.line(), "incident airstrike | place Idlib | toll killed 2 Turkey: armed forces | stated");
        assert!(s.misses(&line(&s.line())).is_empty());
    }

    #[test]
    fn a_slip_of_the_pen_is_told() {
        assert!(Expected::parse("incidant airstrike").is_err());
        assert!(Expected::parse("incident airstrike | plaec Idlib").is_err());
        assert_eq!(Expected::parse("no control"), Ok(Expected::No("control".into())));
    }
}
