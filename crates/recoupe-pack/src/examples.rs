//! The examples a pack carries: `examples.toml`, or `examples-….toml` where there are many.
//!
//! An example is a short text with what must be read from it and what must not. This module finds and loads them; what their
//! lines mean is known further down, where pages are read.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use crate::{PackError, Packs};

/// One example, with the place of everything that can be wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The text, as a page of its own.
    pub text: Item,
    /// The day the page was published, where it matters.
    pub published: Option<String>,
    /// Lines that must be read, each a thing of its own; there may be more.
    pub reads: Vec<Item>,
    /// Lines that nothing read may fit.
    pub not: Vec<Item>,
}

/// A string of the file and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The string.
    pub text: String,
    /// Path of the file below the packs' root.
    pub path: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in bytes, from 1.
    pub column: usize,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    example: Vec<Raw>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    text: Spanned<String>,
    published: Option<String>,
    #[serde(default)]
    reads: Vec<Spanned<String>>,
    #[serde(default)]
    not: Vec<Spanned<String>>,
}

/// Paths of all files with examples, sorted.
pub fn paths(packs: &Packs) -> Vec<&str> {
    packs.paths("", ".toml").filter(|p| named(p)).collect()
}

/// Whether a file of this path holds examples, and no table of a stage.
pub(crate) fn named(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name == "examples.toml" || name.starts_with("examples-")
}

/// The examples of one file.
pub fn load(packs: &Packs, path: &str) -> Result<Vec<Example>, PackError> {
    let file: File = packs.toml(path)?;
    let text = packs.text(path)?;
    let item = |s: &Spanned<String>| {
        let (line, column) = position(text, s.span());
        Item { text: s.get_ref().clone(), path: path.to_owned(), line, column }
    };
    let mut out = Vec::new();
    for raw in &file.example {
        let example = Example {
            text: item(&raw.text),
            published: raw.published.clone(),
            reads: raw.reads.iter().map(item).collect(),
            not: raw.not.iter().map(item).collect(),
        };
        if example.reads.is_empty() && example.not.is_empty() {
            let at = &example.text;
            return Err(PackError::new(
                path,
                at.line,
                at.column,
                "this example asks for nothing: give `reads` or `not`",
            ));
        }
        out.push(example);
    }
    Ok(out)
}

/// Line and column of the start of a range, from 1.
fn position(text: &str, span: Range<usize>) -> (usize, usize) {
    let before = text.get(..span.start).unwrap_or(text);
    let column = before.len() - before.rfind('\n').map_or(0, |i| i + 1) + 1;
    (before.matches('\n').count() + 1, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packs(text: &str) -> Packs {
        let mut packs = Packs::default();
        packs.insert("world/x/examples.toml", text.as_bytes().to_vec());
        packs.insert("world/x/places.toml", Vec::new());
        packs
    }

    #[test]
    fn items_know_their_place() {
        let p = packs("# remark\n[[example]]\ntext = \"a\"\nreads = [\"b\",\n  \"c\"]\n");
        assert_eq!(paths(&p), ["world/x/examples.toml"]);
        let all = load(&p, "world/x/examples.toml").expect("well formed");
        let at = |i: &Item| (i.text.clone(), i.line, i.column);
        assert_eq!(at(&all[0].text), ("a".to_owned(), 3, 8));
        assert_eq!(at(&all[0].reads[1]), ("c".to_owned(), 5, 3));
    }

    #[test]
    fn slips_are_told_with_their_line() {
        for (text, line) in [("[[example]]\ntext = \"a\"\n", 2), ("[[example]]\ntext = \"a\"\nread = []\n", 3)] {
            assert_eq!(load(&packs(text), "world/x/examples.toml").expect_err("a slip").line, line, "{text}");
        }
    }
}
