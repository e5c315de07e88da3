//! Compares what is expected with what was read: every expected line a thing of its own, and nothing beyond.

use recoupe_expect::line::{Expected, Shown};
use recoupe_expect::matching::{fits, matched, nearest};
use recoupe_expect::shown::shown;
use recoupe_expect::{Run, Stage};

use crate::file::Case;

/// How a case went.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// For each expected line its index in `read`, where it was found.
    pub found: Vec<Option<usize>>,
    /// What was read and counts for this case.
    pub read: Vec<Shown>,
    /// What was read, counts, and no line expects.
    pub beyond: Vec<usize>,
    /// What is wrong with the expectation itself.
    pub malformed: Vec<String>,
    /// Lines that say why an expected line was not found.
    pub why: Vec<String>,
}

impl Outcome {
    /// Whether all was as expected.
    pub fn passed(&self) -> bool {
        self.malformed.is_empty() && self.why.is_empty() && self.beyond.is_empty()
    }

    /// The difference, for people.
    pub fn report(&self, case: &Case) -> String {
        let mut out = format!("{}:{}: {}\n", case.file, case.line, case.name);
        for line in &self.malformed {
            out.push_str(&format!("    ! {line}\n"));
        }
        for (i, (_, line)) in case.expected.iter().enumerate() {
            if let Some(Some(_)) = self.found.get(i) {
                out.push_str(&format!("    = {line}\n"));
            }
        }
        for line in &self.why {
            out.push_str(&format!("    - {line}\n"));
        }
        for &i in &self.beyond {
            out.push_str(&format!("    + {}\n", self.read[i].line()));
            if !self.read[i].words.is_empty() {
                out.push_str(&format!("        from “{}”\n", self.read[i].words));
            }
        }
        out
    }
}

/// Heads that a stage counts: each of these must be expected by a line.
pub fn counted(stage: Stage) -> &'static [&'static str] {
    match stage {
        Stage::Page => &[],
        Stage::Sentences => &["sentence"],
        Stage::Tokens => &["tokens"],
        Stage::Numbers => &["number"],
        Stage::Times => &["time"],
        Stage::Parties => &["party"],
        Stage::Places => &["place"],
        Stage::Claims | Stage::Incidents => &["incident"],
        Stage::Namings => &["naming"],
        Stage::Control => &["control"],
        Stage::Agreements => &["agreement"],
        Stage::Displacement => &["displacement"],
        Stage::Relations => &["relation"],
        Stage::Origins => &["origin"],
    }
}

/// Runs the comparison.
pub fn check(case: &Case, run: &Run) -> Outcome {
    let mut outcome = Outcome::default();
    let mut expected = Vec::new();
    for (number, line) in &case.expected {
        match Expected::parse(line) {
            Ok(e) => expected.push(e),
            Err(e) => {
                outcome.malformed.push(format!("line {number}: {e}"));
                expected.push(Expected::More);
            }
        }
    }
    let more = expected.contains(&Expected::More);
    let mut heads: Vec<&str> = counted(case.stage).to_vec();
    for e in &expected {
        match e {
            Expected::Line(l) => heads.push(&l.head),
            Expected::No(head) => heads.push(head),
            Expected::None | Expected::More => {}
        }
    }
    // In a page's own description lines stand for themselves; elsewhere a head that is looked at is looked at wholly.
    let counts = |s: &Shown| heads.contains(&s.head.as_str());
    outcome.read = shown(case.stage, run).into_iter().filter(counts).collect();
    outcome.found = if case.stage == Stage::Page {
        // Several lines may quote one part of a page.
        expected.iter().map(|e| (0..outcome.read.len()).find(|i| fits(e, &outcome.read[*i]))).collect()
    } else {
        matched(&expected, &outcome.read)
    };
    for (i, e) in expected.iter().enumerate() {
        let Expected::Line(line) = e else { continue };
        if outcome.found[i].is_none() {
            outcome.why.push(case.expected[i].1.clone());
            outcome.why.extend(nearest(line, &outcome.read, &outcome.found));
        }
    }
    let none = expected.iter().any(|e| matches!(e, Expected::None | Expected::No(_)));
    if (!more || none) && case.stage != Stage::Page {
        let no: Vec<&str> =
            expected.iter().filter_map(|e| if let Expected::No(h) = e { Some(h.as_str()) } else { None }).collect();
        outcome.beyond = (0..outcome.read.len())
            .filter(|i| !outcome.found.contains(&Some(*i)))
            .filter(|i| !more || no.contains(&outcome.read[*i].head.as_str()))
            .collect();
    }
    if expected.is_empty() && outcome.malformed.is_empty() {
        outcome.malformed.push("nothing is expected; write none if that is meant".to_owned());
    }
    outcome
}
