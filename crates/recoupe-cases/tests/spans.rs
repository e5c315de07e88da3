//! Every span of every value of every dossier quotes its page: over all cases, examples, and corpora where they are there.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use recoupe_cases::spans::{Walked, walk};
use recoupe_cases::{CasePage, Runner, read_cases};

#[test]
fn every_span_quotes_its_page() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut sets: Vec<(String, Vec<CasePage>)> = Vec::new();
    for path in files(&root.join("cases"), &["md"]).into_iter().filter(|p| !p.ends_with("README.md")) {
        let text = fs::read_to_string(&path).expect("readable");
        let cases = read_cases(&path.display().to_string(), &text).unwrap_or_else(|e| panic!("{e}"));
        sets.extend(cases.into_iter().map(|c| (format!("{}: {}", c.file, c.name), c.pages)));
    }
    for dir in [root.join("examples"), root.join("../shared/corpus")].iter().filter(|d| d.is_dir()) {
        for path in files(dir, &["txt", "html"]) {
            // Pages are one set each: what is tested is where values stand, not what pages have in common.
            let text = String::from_utf8_lossy(&fs::read(&path).expect("readable")).into_owned();
            let source = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            sets.push((path.display().to_string(), vec![CasePage { source, text, ..CasePage::default() }]));
        }
    }
    let runner = Runner::new().unwrap_or_else(|e| panic!("{e}"));
    let walked: Vec<(String, Walked)> =
        sets.into_par_iter().map(|(name, pages)| (name, walk(&runner.run(&pages)))).collect();
    let spans: usize = walked.iter().map(|(_, w)| w.spans).sum();
    let quotes: usize = walked.iter().map(|(_, w)| w.quotes).sum();
    println!("{} dossiers, {spans} spans, {quotes} of them with words", walked.len());
    let problems: Vec<String> =
        walked.iter().flat_map(|(name, w)| w.problems.iter().map(move |p| format!("{name}: {p}"))).collect();
    assert!(problems.is_empty(), "{} spans do not hold:\n{}", problems.len(), problems.join("\n"));
    assert!(quotes > 0, "nothing was read at all");
}

fn files(dir: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut out = Vec::new();
    let mut left = vec![dir.to_owned()];
    while let Some(dir) = left.pop() {
        for path in fs::read_dir(dir).expect("readable").flatten().map(|e| e.path()) {
            if path.is_dir() {
                left.push(path);
            } else if path.extension().is_some_and(|e| endings.iter().any(|x| *x == e)) {
                out.push(path);
            }
        }
    }
    out.sort();
    out
}
