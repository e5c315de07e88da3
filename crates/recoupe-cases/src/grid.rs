//! The grid: how many cases each topic has in each language, and how many of them are known gaps.
//!
//! It is counted from the files alone: a case without a `gap:` line holds and one with it does not, or the test is red.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::file::{Case, STAGES, Stage};

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

    /// Two cells; a dot stands for none.
    fn cells(self) -> String {
        let n = |n: usize| if n == 0 { "·".to_owned() } else { n.to_string() };
        format!(" {} | {} |", n(self.hold), n(self.gaps))
    }
}

/// The grid as a Markdown document. `titles` names a topic (its path below the language, without ending) by the first heading of its file.
pub fn grid(cases: &[Case], titles: &BTreeMap<String, String>) -> String {
    // By folder, then by name: what stands in no folder comes first.
    let mut rows: BTreeMap<(&str, &str), BTreeMap<&str, Count>> = BTreeMap::new();
    let mut languages: BTreeSet<&str> = BTreeSet::new();
    for case in cases {
        let Some((language, topic)) = place(&case.file) else { continue };
        languages.insert(language);
        rows.entry(topic.rsplit_once('/').unwrap_or(("", topic)))
            .or_default()
            .entry(language)
            .or_default()
            .add(Count::of(case));
    }
    let mut out = String::from(
        "# Cases by topic and language\n\n\
         Written by `cargo xtask cases --grid` from the files in [cases/](../cases/README.md); not to be edited.\n\
         For each language: how many cases hold, and how many are known gaps (what a careful reader wants and the program does not\n\
         do yet). The last column counts the counter-examples among them: cases in which something must *not* be read.\n",
    );
    let mut total: BTreeMap<&str, Count> = BTreeMap::new();
    let mut group = None;
    for ((folder, name), counts) in &rows {
        if group != Some(folder) {
            group = Some(folder);
            let title = if folder.is_empty() { "Topics".to_owned() } else { format!("`{folder}/`") };
            let heads: String = languages.iter().map(|l| format!(" {l}: hold | {l}: gaps |")).collect();
            let _ = writeln!(out, "\n## {title}\n\n| topic | file |{heads} counter |");
            let _ = writeln!(out, "|---|---|{}---:|", "---:|---:|".repeat(languages.len()));
        }
        let topic = if folder.is_empty() { (*name).to_owned() } else { format!("{folder}/{name}") };
        let _ = write!(out, "| {} | {name} |", titles.get(&topic).map_or(*name, String::as_str));
        let mut counter = 0;
        for language in &languages {
            let count = counts.get(language).copied().unwrap_or_default();
            total.entry(language).or_default().add(count);
            counter += count.counter;
            out.push_str(&count.cells());
        }
        let _ = writeln!(out, " {counter} |");
    }
    out.push_str(&by_stage(cases, &languages));
    out.push_str("\n## All\n\n| language | hold | gaps | counter |\n|---|---:|---:|---:|\n");
    for (language, c) in &total {
        let _ = writeln!(out, "| {language} | {} | {} | {} |", c.hold, c.gaps, c.counter);
    }
    out
}

/// Cases that bring several pages together, or decisions and pages, by what they look at.
fn by_stage(cases: &[Case], languages: &BTreeSet<&str>) -> String {
    let mut rows: BTreeMap<Stage, BTreeMap<&str, Count>> = BTreeMap::new();
    let mut total: BTreeMap<&str, Count> = BTreeMap::new();
    for case in cases.iter().filter(|c| c.pages.len() > 1 || !c.decided.is_empty()) {
        let Some((language, _)) = place(&case.file) else { continue };
        rows.entry(case.stage).or_default().entry(language).or_default().add(Count::of(case));
        total.entry(language).or_default().add(Count::of(case));
    }
    let heads: String = languages.iter().map(|l| format!(" {l}: hold | {l}: gaps |")).collect();
    let mut out =
        String::from("\n## Cross-check\n\nCases of several pages, or of decisions on pages, by what they look at.\n");
    let _ = writeln!(out, "\n| stage |{heads}\n|---|{}", "---:|---:|".repeat(languages.len()));
    let name = |stage: &Stage| STAGES.iter().find(|(_, s)| s == stage).map_or("", |(n, _)| *n);
    let all = rows.iter().map(|(stage, counts)| (name(stage), counts)).chain([("all", &total)]);
    for (name, counts) in all {
        let cells: String = languages.iter().map(|l| counts.get(l).copied().unwrap_or_default().cells()).collect();
        let _ = writeln!(out, "| {name} |{cells}");
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
        assert!(grid.contains("| topic | file | fr: hold | fr: gaps | xx: hold | xx: gaps | counter |"), "{grid}");
        assert!(grid.contains("| First | a | 1 | 1 | · | · | 1 |"), "{grid}");
        let two = "## x\n\nstage: incidents\n\n```page\nx\n```\n\n```page\ny\n```\n\n```expect\nnone\n```\n";
        let pair = read_cases("cases/fr/d.md", two).expect("well formed");
        let stages = super::grid(&pair, &titles);
        assert!(stages.contains("| incidents | 1 | · |\n| all | 1 | · |\n"), "{stages}");
        assert!(grid.contains("## `b/`") && grid.contains("| c | c | · | · | 1 | · | 0 |"), "{grid}");
        assert!(grid.ends_with("| fr | 1 | 1 | 1 |\n| xx | 1 | 0 | 0 |\n"), "{grid}");
    }
}
