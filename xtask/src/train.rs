//! `cargo xtask train`: trains the syntax model of a language from the treebanks beside the workspace.

use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use recoupe_syntax::train::{Morphology, Options as Plan, train};

use crate::run::{root, shared};

/// What to train.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Language of the model; its rules stand in `packs/lang/<xx>`.
    #[arg(long, default_value = "fr")]
    lang: String,
    /// Treebanks to learn from, in `../shared/treebanks`. Never the tests.
    #[arg(long, value_delimiter = ',', default_value = "fr_sequoia-train,fr_gsd-dev")]
    banks: Vec<String>,
    /// The treebank that chooses the best round.
    #[arg(long, default_value = "fr_sequoia-dev")]
    dev: String,
    /// Where to write the model; beside the crate's others by default.
    #[arg(short, long)]
    output: Option<PathBuf>,
    /// Rounds of the network.
    #[arg(long)]
    rounds: Option<usize>,
    /// Where the random numbers begin.
    #[arg(long)]
    seed: Option<u64>,
}

/// One treebank as text.
pub fn bank(name: &str) -> Result<String> {
    let dir = shared().context("the treebanks are expected in ../shared/treebanks")?.join("treebanks");
    let path = dir.join(format!("{name}.conllu"));
    std::fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))
}

/// Trains and writes the model.
pub fn run(options: &Options) -> Result<()> {
    if cfg!(debug_assertions) {
        bail!("training takes hours without optimisation: cargo run --release -p xtask -- train");
    }
    if let Some(test) = options.banks.iter().chain([&options.dev]).find(|b| b.ends_with("-test")) {
        bail!("{test} is for scoring only");
    }
    let texts = options.banks.iter().map(|b| bank(b)).collect::<Result<Vec<_>>>()?;
    let dev = bank(&options.dev)?;
    let rules = root().join("packs/lang").join(&options.lang).join("morphology.toml");
    let morphology: Morphology = match std::fs::read_to_string(&rules) {
        Ok(text) => toml::from_str(&text).with_context(|| rules.display().to_string())?,
        Err(_) => Morphology::default(),
    };
    let mut plan = Plan::default();
    plan.rounds = options.rounds.unwrap_or(plan.rounds);
    plan.seed = options.seed.unwrap_or(plan.seed);
    let begin = Instant::now();
    let model =
        train(&texts, &dev, &morphology, plan, &mut |m| println!("{:7.0} s  {m}", begin.elapsed().as_secs_f64()));
    let path = options
        .output
        .clone()
        .unwrap_or_else(|| root().join(format!("crates/recoupe-syntax/models/{}.bin", options.lang)));
    let bytes = model.to_bytes();
    std::fs::write(&path, &bytes).with_context(|| format!("{} cannot be written", path.display()))?;
    println!("{}: {:.1} MB", path.display(), bytes.len() as f64 / 1e6);
    Ok(())
}
