//! The examples of packs: runs them and tells which do not hold, by file and line.

use recoupe_pack::examples::{Example, Item};
use recoupe_pack::{PackError, Packs};

use crate::line::{Expected, Line, Shown};
use crate::matching::{fits, matched, nearest};
use crate::run::{CasePage, Runner};
use crate::shown;

/// How the examples of all packs went.
#[derive(Clone, Debug, Default)]
pub struct Tried {
    /// How many examples there are.
    pub examples: usize,
    /// What does not hold or cannot be read as an example, in order of files and lines.
    pub problems: Vec<PackError>,
}

/// Runs the examples of every pack in `packs`; `runner` reads with the same packs.
pub fn run(packs: &Packs, runner: &Runner) -> Tried {
    let mut tried = Tried::default();
    for path in recoupe_pack::examples::paths(packs) {
        match recoupe_pack::examples::load(packs, path) {
            Err(e) => tried.problems.push(e),
            Ok(examples) => {
                tried.examples += examples.len();
                tried.problems.extend(examples.iter().flat_map(|e| one(e, runner)));
            }
        }
    }
    tried
}

/// Runs one example.
fn one(example: &Example, runner: &Runner) -> Vec<PackError> {
    let mut problems = Vec::new();
    let mut lines = |items: &[Item]| -> Vec<(Item, Line)> {
        let mut out = Vec::new();
        for item in items {
            match line(&item.text) {
                Ok(l) => out.push((item.clone(), l)),
                Err(e) => problems.push(error(item, e)),
            }
        }
        out
    };
    let reads = lines(&example.reads);
    let not = lines(&example.not);
    let page = CasePage {
        source: "1.txt".to_owned(),
        published: example.published.clone(),
        outlet: None,
        text: format!("{}\n", example.text.text),
    };
    let run = runner.run(&[page]);
    let read = shown::all(&run);
    problems.extend(missing(&reads, &read));
    for (item, line) in not {
        if let Some(s) = read.iter().find(|s| fits(&Expected::Line(line.clone()), s)) {
            problems.push(error(&item, format!("`{}` must not be read, but is: {}", item.text, s.line())));
        }
    }
    // Where nothing is read of a language, all `not` hold and say nothing.
    let language = run.dossier.pages.first().and_then(|p| p.language.as_deref());
    if language.is_none_or(|l| runner.reader().language(l).is_none()) {
        let found = language.unwrap_or("none that is known");
        problems.push(error(&example.text, format!("the language of this text is not read (found: {found})")));
    }
    problems
}

/// Those of `reads` that were not found, each a thing of its own.
fn missing(reads: &[(Item, Line)], read: &[Shown]) -> Vec<PackError> {
    let expected: Vec<Expected> = reads.iter().map(|(_, l)| Expected::Line(l.clone())).collect();
    let found = matched(&expected, read);
    let mut out = Vec::new();
    for ((item, line), _) in reads.iter().zip(&found).filter(|(_, f)| f.is_none()) {
        let near = nearest(line, read, &found).map_or(String::new(), |n| format!("; {}", n.trim()));
        out.push(error(item, format!("`{}` is not read{near}", item.text)));
    }
    out
}

/// One line; what only means something beside other lines is refused.
fn line(text: &str) -> Result<Line, String> {
    match Expected::parse(text)? {
        Expected::Line(l) => Ok(l),
        _ => Err(format!(
            "`{text}` has no meaning here: give what must not be read in `not`, as in not = [\"incident\"]"
        )),
    }
}

fn error(item: &Item, message: String) -> PackError {
    PackError::new(&item.path, item.line, item.column, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tried(toml: &str) -> Vec<String> {
        let mut packs = Packs::baked();
        for path in recoupe_pack::examples::paths(&packs).into_iter().map(str::to_owned).collect::<Vec<_>>() {
            packs.insert(path, Vec::new());
        }
        packs.insert("world/mine/pack.toml", b"id = \"world/mine\"".to_vec());
        packs.insert("world/mine/examples.toml", toml.as_bytes().to_vec());
        let runner = Runner::new().expect("the packs compile");
        run(&packs, &runner).problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_example_of_the_packs_holds() {
        let runner = Runner::new().unwrap_or_else(|e| panic!("{e}"));
        let tried = run(&Packs::baked(), &runner);
        let problems: Vec<String> = tried.problems.iter().map(ToString::to_string).collect();
        assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
        assert!(tried.examples > 0, "the packs carry no example");
    }

    /// A text that is language-neutral enough to be of no known language says so; lines are told where they stand.
    #[test]
    fn what_does_not_hold_is_told_by_file_and_line() {
        let problems = tried(
            "[[example]]\ntext = \"1234\"\nreads = [\n  \"incident airstrike\",\n  \"incidant\",\n]\nnot = [\"none\"]\n",
        );
        for (start, part) in [
            ("world/mine/examples.toml:4:3", "`incident airstrike` is not read"),
            ("world/mine/examples.toml:5:3", "does not open a line"),
            ("world/mine/examples.toml:7:8", "has no meaning here"),
            ("world/mine/examples.toml:2:8", "language"),
        ] {
            assert!(problems.iter().any(|p| p.starts_with(start) && p.contains(part)), "{start}: {problems:#?}");
        }
    }
}
