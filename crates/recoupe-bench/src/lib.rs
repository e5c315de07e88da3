//! Pages to measure the speed of reading on.
//!
//! The development corpus where it lies beside the project, else the example: nearly every sentence there is relevant. General
//! prose, where few are, comes from the treebanks beside the project, else from the documents of the project itself.

mod varied;

pub use varied::{Page, Varied};

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Pages about conflicts: name and bytes, sorted by name.
pub fn pages() -> Vec<(String, Vec<u8>)> {
    let shared = root().join("../shared/corpus/dev/pages");
    let dir = if shared.is_dir() { shared } else { root().join("examples/idlib-2020") };
    let mut out: Vec<(String, Vec<u8>)> = fs::read_dir(dir)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "txt" || e == "html"))
        .filter(|p| !p.file_name().is_some_and(|n| n.to_string_lossy().starts_with("en-")))
        .filter_map(|p| Some((p.file_name()?.to_string_lossy().into_owned(), fs::read(&p).ok()?)))
        .collect();
    out.sort();
    out
}

/// General prose in the language of `code`, one sentence a line: sentences of the treebanks where they are there.
pub fn prose(code: &str) -> Vec<String> {
    let dir = root().join("../shared/treebanks");
    let mut files: Vec<PathBuf> = fs::read_dir(dir)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.file_name().is_some_and(|n| n.to_string_lossy().starts_with(&format!("{code}_"))))
        .collect();
    files.sort();
    files
        .iter()
        .filter_map(|p| fs::read_to_string(p).ok())
        .flat_map(|text| {
            text.lines().filter_map(|l| l.strip_prefix("# text = ")).map(str::to_owned).collect::<Vec<_>>()
        })
        .collect()
}

/// Prose as pages of forty sentences in paragraphs of five.
pub fn prose_pages(code: &str) -> Vec<(String, Vec<u8>)> {
    prose(code)
        .chunks(40)
        .enumerate()
        .map(|(i, page)| {
            let text: Vec<String> = page.chunks(5).map(|p| p.join(" ")).collect();
            (format!("prose-{i}.txt"), (text.join("\n\n") + "\n").into_bytes())
        })
        .collect()
}
