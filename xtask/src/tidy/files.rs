//! Text files of the project: lengths, blanks, links.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::Problem;
use super::layers::Layers;
use crate::run::root;

/// Longer than this is listed by `cargo xtask tidy`.
const LONG: usize = 800;
/// Longer than this fails, tables apart.
const TOO_LONG: usize = 1500;
/// Rust files that are tables.
const TABLES: [&str; 0] = [];
/// Folders that hold nothing of ours.
const SKIP: [&str; 5] = ["target", "out", ".git", "node_modules", "gold"];

/// The project's text files by their path from the root, sorted.
pub struct Sources {
    files: Vec<(String, String)>,
    pure: Vec<String>,
}

impl Sources {
    /// Reads them all.
    pub fn of_the_project() -> Result<Self> {
        let mut files = Vec::new();
        walk(&root(), &mut files)?;
        files.sort();
        Ok(Self { files, pure: Layers::read()?.pure.into_keys().collect() })
    }

    /// Rust files of the pure half.
    pub fn pure(&self) -> impl Iterator<Item = (&str, &str)> {
        self.rust().filter(|(path, _)| self.pure.iter().any(|c| path.starts_with(&format!("crates/{c}/src/"))))
    }

    fn rust(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().filter(|(p, _)| p.ends_with(".rs")).map(|(p, t)| (p.as_str(), t.as_str()))
    }

    /// Lines that end in blanks, files that do not end in one line feed.
    pub fn blanks(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (path, text) in &self.files {
            for (i, line) in text.lines().enumerate() {
                if line.ends_with([' ', '\t', '\r']) && !path.ends_with(".tsv") {
                    problems.push(format!("{path}:{}: ends in a blank", i + 1));
                }
            }
            if !text.is_empty() && (!text.ends_with('\n') || text.ends_with("\n\n")) {
                problems.push(format!("{path}: must end in one line feed"));
            }
        }
        problems
    }

    /// Rust files that nobody would read to the end.
    pub fn lengths(&self) -> Vec<Problem> {
        self.rust()
            .filter(|(path, _)| !TABLES.contains(path))
            .map(|(path, text)| (path, text.lines().count()))
            .filter(|(_, lines)| *lines > TOO_LONG)
            .map(|(path, lines)| format!("{path}: {lines} lines, at most {TOO_LONG}"))
            .collect()
    }

    /// The long files, and how long files are as a rule.
    pub fn print_lengths(&self) {
        let mut lengths: Vec<usize> = self.rust().map(|(_, t)| t.lines().count()).collect();
        lengths.sort_unstable();
        if let Some(median) = lengths.get(lengths.len() / 2) {
            println!("\n{} Rust files, half of them at most {median} lines", lengths.len());
        }
        for (path, text) in self.rust() {
            let lines = text.lines().count();
            if lines > LONG {
                println!("    long: {path}, {lines} lines");
            }
        }
    }

    /// Links in Markdown to files that are not there.
    pub fn links(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (path, text) in self.files.iter().filter(|(p, _)| p.ends_with(".md") && !p.starts_with("cases/")) {
            let dir = Path::new(path).parent().unwrap_or(Path::new(""));
            for (i, line) in text.lines().enumerate() {
                for target in line.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
                    let file = target.split('#').next().unwrap_or_default();
                    if file.is_empty() || file.contains("://") || file.starts_with("mailto:") {
                        continue;
                    }
                    if !root().join(dir).join(file).exists() {
                        problems.push(format!("{path}:{}: no {target}", i + 1));
                    }
                }
            }
        }
        problems
    }

    /// The map must show the whole country and stay readable.
    pub fn architecture(&self) -> Result<Vec<Problem>> {
        let mut problems = Vec::new();
        let text = std::fs::read_to_string(root().join("ARCHITECTURE.md"))?;
        let lines = text.lines().count();
        if lines > 300 {
            problems.push(format!("ARCHITECTURE.md: {lines} lines, at most 300"));
        }
        for entry in std::fs::read_dir(root().join("crates"))?.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.path().join("Cargo.toml").is_file() && !text.contains(&format!("`{name}`")) {
                problems.push(format!("ARCHITECTURE.md does not name `{name}`"));
            }
        }
        Ok(problems)
    }
}

fn walk(dir: &Path, files: &mut Vec<(String, String)>) -> Result<()> {
    for entry in std::fs::read_dir(dir)?.flatten() {
        let path: PathBuf = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            if !SKIP.contains(&name.as_str()) {
                walk(&path, files)?;
            }
            continue;
        }
        let text = ["rs", "md", "toml", "js", "mjs", "css", "sh", "yml"];
        if path.extension().is_some_and(|e| text.contains(&e.to_string_lossy().as_ref()))
            && let Ok(content) = std::fs::read_to_string(&path)
        {
            let from_root = path.strip_prefix(root()).unwrap_or(&path);
            files.push((from_root.to_string_lossy().replace('\\', "/"), content));
        }
    }
    Ok(())
}
