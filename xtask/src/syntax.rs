//! `cargo xtask syntax`: scores and speed of a syntax model from plain text, beside the reference parser's.

use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result};
use recoupe_syntax::train::score::{Scores, plain, score};
use recoupe_syntax::{Model, Scratch, conllu};
use recoupe_text::{Segmenter, Span};

use crate::run::root;
use crate::train::bank;

/// What to score.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Language of the model.
    #[arg(long, default_value = "fr")]
    lang: String,
    /// Treebanks to parse.
    #[arg(long, value_delimiter = ',', default_value = "fr_sequoia-dev,fr_sequoia-test,fr_gsd-test")]
    banks: Vec<String>,
    /// Another model than the crate's.
    #[arg(long)]
    model: Option<PathBuf>,
}

/// UDPipe 1.4 trained on the same words, from plain text with its own tokens and tags: words, sentences, UPOS, lemmas, UAS,
/// LAS, words/s (shared/treebanks/README.md).
const REFERENCE: [(&str, [f64; 6], &str); 2] = [
    ("fr_sequoia-test", [98.8, 83.8, 96.4, 97.0, 85.3, 82.5], "3000"),
    ("fr_gsd-test", [98.6, 89.2, 94.3, 95.6, 82.4, 78.2], "5900 tagged only"),
];

/// Prints the table.
pub fn run(options: &Options) -> Result<()> {
    let path = options
        .model
        .clone()
        .unwrap_or_else(|| root().join(format!("crates/recoupe-syntax/models/{}.bin", options.lang)));
    let bytes = std::fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    let begin = Instant::now();
    let model = Model::from_bytes(&bytes)?;
    println!(
        "{}: {:.1} MB, read in {:.0} ms\n",
        path.display(),
        bytes.len() as f64 / 1e6,
        begin.elapsed().as_secs_f64() * 1e3
    );
    let rules = root().join("packs/lang").join(&options.lang).join("segment.toml");
    let rules = std::fs::read_to_string(&rules).with_context(|| format!("{} cannot be read", rules.display()))?;
    let segmenter = Segmenter::new(toml::from_str(&rules)?);
    println!(
        "{:<28} {:>7} {:>7} {:>7} {:>7} {:>7} {:>7}  words/s, one core",
        "", "words", "sent.", "UPOS", "lemmas", "UAS", "LAS"
    );
    for name in &options.banks {
        let gold = bank(name)?;
        let text = plain(&gold);
        let mut best = f64::INFINITY;
        let mut out = Vec::new();
        for _ in 0..3 {
            let begin = Instant::now();
            let mut scratch = Scratch::default();
            let sentences = segmenter.sentences(&text, Span::new(0, text.len()));
            out =
                sentences.into_iter().map(|s| (model.parse(&text, &s, &mut scratch), s)).map(|(t, s)| (s, t)).collect();
            best = best.min(begin.elapsed().as_secs_f64());
        }
        let n: usize = out.iter().map(|(_, t)| t.words.len()).sum();
        let s = score(&gold, &conllu::write(&text, &out));
        row(name, &figures(&s), &format!("{:.0}", n as f64 / best));
        if let Some((_, r, speed)) = REFERENCE.iter().find(|(n, _, _)| n == name) {
            row("  UDPipe 1", r, speed);
        }
    }
    Ok(())
}

fn figures(s: &Scores) -> [f64; 6] {
    [s.words, s.sentences, s.upos, s.lemmas, s.uas, s.las]
}

fn row(name: &str, v: &[f64; 6], speed: &str) {
    println!("{name:<28} {:>7.2} {:>7.2} {:>7.2} {:>7.2} {:>7.2} {:>7.2}  {speed}", v[0], v[1], v[2], v[3], v[4], v[5]);
}
