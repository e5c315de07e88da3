//! Rewrites expectations: lines that hold stay as they were written, the others become what was read.

use recoupe_expect::line::Expected;

use crate::check::Outcome;
use crate::file::Case;

/// The text of a file with the expectations of its failed cases rewritten. `outcomes` are those of the file's cases, in order.
pub fn update(text: &str, outcomes: &[(Case, Outcome)]) -> String {
    let mut out = text.to_owned();
    // From the end, so that earlier ranges stay true.
    for (case, outcome) in outcomes.iter().rev().filter(|(_, o)| !o.passed() && o.malformed.is_empty()) {
        out.replace_range(case.expected_at.clone(), &lines(case, outcome));
    }
    out
}

fn lines(case: &Case, outcome: &Outcome) -> String {
    let mut lines: Vec<String> = Vec::new();
    for (i, (_, line)) in case.expected.iter().enumerate() {
        let keep = match Expected::parse(line) {
            Ok(Expected::Line(_)) => outcome.found.get(i).copied().flatten().is_some(),
            Ok(Expected::More) => true,
            Ok(Expected::No(head)) => !outcome.beyond.iter().any(|b| outcome.read[*b].head == head),
            Ok(Expected::None) | Err(_) => false,
        };
        if keep {
            lines.push(line.clone());
        }
    }
    lines.extend(outcome.beyond.iter().map(|i| outcome.read[*i].line()));
    if lines.is_empty() {
        lines.push("none".to_owned());
    }
    lines.join("\n") + "\n"
}
