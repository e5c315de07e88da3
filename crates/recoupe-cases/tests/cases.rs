//! All cases of `cases/`. `CASES=word` runs those whose name or file holds the word, `UPDATE_CASES=1` rewrites expectations.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use recoupe_cases::{Case, Outcome, Runner, check, read_cases, update};

#[test]
fn every_case_is_read_as_expected() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let filter = std::env::var("CASES").unwrap_or_default();
    let rewrite = std::env::var_os("UPDATE_CASES").is_some_and(|v| v == "1");
    let mut files = Vec::new();
    markdown(&root.join("cases"), &mut files);
    let mut cases = Vec::new();
    for path in &files {
        let name = path.strip_prefix(&root).expect("below the root").to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(path).expect("readable");
        cases.extend(read_cases(&name, &text).unwrap_or_else(|e| panic!("{e}")));
    }
    names_are_unique(&cases);
    cases.retain(|c| c.name.contains(&filter) || c.file.contains(&filter));
    let runner = Runner::new().unwrap_or_else(|e| panic!("{e}"));
    let outcomes: Vec<(Case, Outcome)> = cases
        .into_par_iter()
        .map(|c| {
            let outcome = match runner.run_by(&c.pages, &c.decided, c.figures.as_deref()) {
                Ok(run) => check(&c, &run),
                Err(e) => panic!("{}:{}: {e}", c.file, c.line),
            };
            (c, outcome)
        })
        .collect();
    let failed: Vec<&(Case, Outcome)> = outcomes.iter().filter(|(c, o)| !o.passed() && c.gap.is_none()).collect();
    let mended: Vec<&(Case, Outcome)> = outcomes.iter().filter(|(c, o)| o.passed() && c.gap.is_some()).collect();
    let gaps = outcomes.iter().filter(|(c, o)| !o.passed() && c.gap.is_some()).count();
    for (case, outcome) in &failed {
        println!("{}", outcome.report(case));
    }
    for (case, _) in &mended {
        println!("{}:{}: {} holds now: take its `gap:` line away", case.file, case.line, case.name);
    }
    println!("cases: {} hold, {gaps} known gaps, {} failed", outcomes.len() - failed.len() - gaps, failed.len());
    if rewrite {
        let mut by_file: BTreeMap<String, Vec<(Case, Outcome)>> = BTreeMap::new();
        for o in outcomes {
            by_file.entry(o.0.file.clone()).or_default().push(o);
        }
        for (file, outcomes) in by_file {
            let path = root.join(&file);
            let old = fs::read_to_string(&path).expect("readable");
            let new = update::update(&old, &outcomes);
            if new != old {
                fs::write(&path, new).expect("writable");
                println!("rewritten: {file}");
            }
        }
        return;
    }
    assert!(failed.is_empty(), "{} cases failed; see above", failed.len());
    assert!(mended.is_empty(), "{} gaps are mended; see above", mended.len());
    assert!(!outcomes.is_empty(), "no case fits {filter:?}");
}

/// Cases are named in reports and may move between files, so a name stands for one case.
fn names_are_unique(cases: &[Case]) {
    let mut seen: BTreeMap<(&str, &str), &Case> = BTreeMap::new();
    for c in cases {
        let language = c.file.split('/').nth(1).unwrap_or_default();
        if let Some(other) = seen.insert((language, &c.name), c) {
            panic!("{}:{} and {}:{} have one name: {}", other.file, other.line, c.file, c.line, c.name);
        }
    }
}

fn markdown(dir: &Path, out: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(dir).expect("cases/").flatten().map(|e| e.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            markdown(&path, out);
        } else if path.extension().is_some_and(|e| e == "md") && path.file_name().is_some_and(|n| n != "README.md") {
            out.push(path);
        }
    }
}
