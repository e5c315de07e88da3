//! The grid: how many cases each topic has in each language, and how many of them are known gaps.
//!
//! It is counted from the files alone: a case without a `gap:` line holds and one with it does not, or the test is red.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::file::Case;

/// Cases of one topic in one language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    hold: usize,
    gaps: usize,
    /// Cases that expect nothing, or no thing of some kind.
    counter: usize,
}

impl Count {
    fn add(&mut self, other: Self) {
        self.hold += other.hold;
        self.gaps += other.gaps;
        self.counter += other.counter;
    }

    fn of(case: &Case) -> Self {
        let counter = case.expected.iter().any(|(_, l)| l == "none" || l.starts_with("no "));
        Self { hold: case.gap.is_none().into(), gaps: case.gap.is_some().into(), counter: counter.into() }
    }

    fn cell(self) -> String {
        match self {
            Self { hold: 0, gaps: 0, .. } => "·".to_owned(),
            Self { hold, gaps: 0, .. } => hold.to_string(),
            Self { hold, gaps, .. } => format!("{hold} − {gaps}"),
        }
    }
}

/// The grid as a Markdown document. `titles` names a topic (its path below the language, without ending) by the first heading of its file.
pub fn grid(cases: &[Case], titles: &BTreeMap<String, String>) -> String {
    let mut rows: BTreeMap<&str, BTreeMap<&str, Count>> = BTreeMap::new();
    let mut languages: BTreeSet<&str> = BTreeSet::new();
    for case in cases {
        let Some((language, topic)) = place(&case.file) else { continue };
        languages.insert(language);
        rows.entry(topic).or_default().entry(language).or_default().add(Count::of(case));
    }
    let mut out = String::from(
        "# Cases by topic and language\n\n\
         Written by `cargo xtask cases --grid` from the files in [cases/](../cases/README.md); not to be edited.\n\
         `7 − 2` says that seven cases hold and two are known gaps, `·` that there is none.\n\
         The last column counts the counter-examples among them: cases in which something must *not* be read.\n",
    );
    let mut total: BTreeMap<&str, Count> = BTreeMap::new();
    let mut group = None;
    for (topic, counts) in &rows {
        let folder = topic.rsplit_once('/').map_or("", |(f, _)| f);
        if group != Some(folder) {
            group = Some(folder);
            let title = if folder.is_empty() { "Topics".to_owned() } else { format!("`{folder}/`") };
            let _ = write!(
                out,
                "\n## {title}\n\n| topic | file |{}",
                languages.iter().map(|l| format!(" {l} |")).collect::<String>()
            );
            let _ = writeln!(out, " counter |\n|---|---|{}---:|", "---:|".repeat(languages.len()));
        }
        let name = topic.rsplit('/').next().unwrap_or(topic);
        let _ = write!(out, "| {} | {name} |", titles.get(*topic).map_or(name, String::as_str));
        let mut counter = 0;
        for language in &languages {
            let count = counts.get(language).copied().unwrap_or_default();
            total.entry(language).or_default().add(count);
            counter += count.counter;
            let _ = write!(out, " {} |", count.cell());
        }
        let _ = writeln!(out, " {counter} |");
    }
    out.push_str("\n## All\n\n| language | hold | gaps | counter |\n|---|---:|---:|---:|\n");
    for (language, c) in &total {
        let _ = writeln!(out, "| {language} | {} | {} | {} |", c.hold, c.gaps, c.counter);
    }
    out
}

/// `cases/fr/actes/tuer.md` is language `fr`, topic `actes/tuer`.
pub fn place(file: &str) -> Option<(&str, &str)> {
    file.strip_prefix("cases/")?.strip_suffix(".md")?.split_once('/')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::read_cases;

    #[test]
    fn cases_are_counted_by_topic_and_language() {
        let one = |gap: &str, expect: &str| format!("## a\n\n{gap}\n\n```page\nx\n```\n\n```expect\n{expect}\n```\n");
        let mut cases =
            read_cases("cases/fr/a.md", &(one("", "none") + &one("gap: hard", "party X"))).expect("well formed");
        cases.extend(read_cases("cases/xx/b/c.md", &one("", "party X")).expect("well formed"));
        let titles = BTreeMap::from([("a".to_owned(), "First".to_owned())]);
        let grid = grid(&cases, &titles);
        assert!(grid.contains("| topic | file | fr | xx | counter |"), "{grid}");
        assert!(grid.contains("| First | a | 1 − 1 | · | 1 |"), "{grid}");
        assert!(grid.contains("## `b/`") && grid.contains("| c | c | · | 1 | 0 |"), "{grid}");
        assert!(grid.ends_with("| fr | 1 | 1 | 1 |\n| xx | 1 | 0 | 0 |\n"), "{grid}");
    }
}
