//! The pure half: strict lints in every crate, nothing from outside, no language by name.

use anyhow::Result;

use super::Problem;
use super::files::Sources;
use super::layers::Layers;
use crate::run::root;

/// Every pure crate carries the same strict `clippy.toml` and the lints of the workspace.
pub fn lints() -> Result<Vec<Problem>> {
    let mut problems = Vec::new();
    let layers = Layers::read()?;
    let mut model: Option<(String, String)> = None;
    for name in layers.pure.keys() {
        let dir = root().join("crates").join(name);
        match std::fs::read_to_string(dir.join("clippy.toml")) {
            Err(_) => problems.push(format!("crates/{name}/clippy.toml is missing")),
            Ok(text) => match &model {
                None => model = Some((name.clone(), text)),
                Some((first, same)) if *same != text => {
                    problems.push(format!("crates/{name}/clippy.toml is not the same as crates/{first}/clippy.toml"));
                }
                Some(_) => {}
            },
        }
        let manifest = std::fs::read_to_string(dir.join("Cargo.toml")).unwrap_or_default();
        if !manifest.contains("[lints]\nworkspace = true") {
            problems.push(format!("crates/{name}/Cargo.toml does not take the lints of the workspace"));
        }
    }
    Ok(problems)
}

/// What a pure crate must not call. The lints say the same; this holds where they are not run.
const OUTSIDE: [&str; 12] = [
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::io::stdin",
    "SystemTime",
    "Instant::now",
    "std::thread",
    "thread_local!",
    "rayon::",
    "println!",
    "print!(",
];

/// Looks for files, network, clock, environment and threads in the pure half.
pub fn calls(sources: &Sources) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (path, text) in sources.pure() {
        for (n, line) in code(text) {
            for what in OUTSIDE.iter().filter(|w| line.contains(**w)) {
                problems.push(format!("{path}:{n}: {what} in the pure half"));
            }
        }
    }
    problems
}

/// Where a language may stand in the pure half: the start of the path, what stands there, and why.
const ALLOWED: [(&str, &str, &str); 1] =
    [("crates/recoupe-incident/src/", "\"en\"", "titles on the wire are in plain English, like the names of parties")];

/// Looks for languages that have a pack by name in the code of the pure half, tests and comments apart. What a language
/// does is data in `packs/lang`.
pub fn languages(sources: &Sources) -> Result<Vec<Problem>> {
    let mut codes: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(root().join("packs/lang"))?.flatten() {
        codes.push(entry.file_name().to_string_lossy().into_owned());
    }
    let names = ["Language::French", "Language::English", "Lang::Fr", "Lang::En", "is_french", "is_english"];
    let mut problems = Vec::new();
    for (path, text) in sources.pure().filter(|(p, _)| !p.ends_with("tests.rs") && !p.contains("/tests/")) {
        // A list of short words may hold one that looks like a code; a code that is asked for stands alone.
        for (n, line) in code(text).filter(|(_, l)| l.matches('"').count() < 10) {
            let named = names.iter().any(|w| line.contains(w))
                || codes.iter().any(|c| line.contains(&format!("\"{c}\"")) || line.contains(&format!("lang/{c}")));
            if named && !ALLOWED.iter().any(|(start, what, _)| path.starts_with(start) && line.contains(what)) {
                problems.push(format!("{path}:{n}: a language by name: {}", line.trim()));
            }
        }
    }
    Ok(problems)
}

/// The lines of code with their numbers: no comments, nothing from the trailing test module on.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .take_while(|(_, l)| l.trim() != "#[cfg(test)]")
        .filter(|(_, l)| !l.trim_start().starts_with("//"))
        .map(|(i, l)| (i + 1, l))
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn comments_and_tests_are_no_code() {
        let text = "// \"fr\"\nlet a = 1;\n#[cfg(test)]\nmod tests { \"fr\" }\n";
        assert_eq!(code(text).collect::<Vec<_>>(), [(2, "let a = 1;")]);
    }
}
