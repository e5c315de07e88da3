//! Compares what is expected with what was read: every expected line a thing of its own, and nothing beyond.

use crate::file::{Case, Stage};
use crate::line::{Expected, Line, Shown};
use crate::run::Run;
use crate::shown::shown;

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
            outcome.why.extend(nearest(line, &outcome));
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

/// The closest thing that was read and is still free, and where it differs.
fn nearest(line: &Line, outcome: &Outcome) -> Option<String> {
    let free = (0..outcome.read.len()).filter(|i| !outcome.found.contains(&Some(*i)));
    let best = free
        .filter(|i| outcome.read[*i].head == line.head)
        .map(|i| (outcome.read[i].misses(line), i))
        .min_by_key(|(misses, i)| (misses.len(), *i))?;
    Some(format!("    nearest: {}", best.0.join(" · ")))
}

fn fits(expected: &Expected, read: &Shown) -> bool {
    matches!(expected, Expected::Line(l) if read.misses(l).is_empty())
}

/// Gives each expected line something of its own, as many as can be (augmenting paths).
fn matched(expected: &[Expected], read: &[Shown]) -> Vec<Option<usize>> {
    let fits: Vec<Vec<usize>> =
        expected.iter().map(|e| (0..read.len()).filter(|i| fits(e, &read[*i])).collect()).collect();
    let mut owner: Vec<Option<usize>> = vec![None; read.len()];
    for e in 0..expected.len() {
        assign(e, &fits, &mut owner, &mut vec![false; read.len()]);
    }
    let mut found = vec![None; expected.len()];
    for (r, o) in owner.iter().enumerate() {
        if let Some(e) = o {
            found[*e] = Some(r);
        }
    }
    found
}

fn assign(e: usize, fits: &[Vec<usize>], owner: &mut [Option<usize>], seen: &mut [bool]) -> bool {
    for &r in &fits[e] {
        if seen[r] {
            continue;
        }
        seen[r] = true;
        if owner[r].is_none_or(|other| assign(other, fits, owner, seen)) {
            owner[r] = Some(e);
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_share_out_what_was_read() {
        let shown = |kind: &str, place: &str| {
            let mut s = Shown::new("incident", [kind.to_owned()]);
            s.field("place", [place.to_owned()]);
            s
        };
        let read = [shown("airstrike", "Idlib"), shown("airstrike", "Neirab")];
        let expected: Vec<Expected> = ["incident airstrike", "incident | place Idlib", "incident | place Saraqib"]
            .iter()
            .map(|l| Expected::parse(l).expect("well formed"))
            .collect();
        assert_eq!(matched(&expected, &read), [Some(1), Some(0), None]);
    }
}
