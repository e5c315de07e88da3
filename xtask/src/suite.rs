//! `cargo xtask test`: all that must hold, in one command, cheapest first.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::Result;

use crate::run::{self, built, cargo, command, has, root, shared, step};
use crate::{gold, need};

/// What to leave out while working; a change is checked with nothing left out.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Leave out the lints.
    #[arg(long)]
    no_lint: bool,
    /// Leave out the browser tests.
    #[arg(long)]
    no_browser: bool,
    /// Leave out other people's programs that open exports.
    #[arg(long)]
    no_readers: bool,
    /// Leave out the scores on the corpora.
    #[arg(long)]
    no_gold: bool,
}

/// The folder of the test that opens a report in a browser.
const BROWSER: &str = "crates/recoupe-export/tests/browser";

/// The folder of the test that works in the browser with `recoupe serve`.
const WEB: &str = "crates/recoupe-web/tests/browser";

/// The folder of the test that opens exports with other people's programs.
const READERS: &str = "crates/recoupe-export/tests/readers";

/// Installs what is missing and runs everything.
pub fn run(options: &Options) -> Result<()> {
    let start = Instant::now();
    if !options.no_lint {
        step("format", cargo().args(["fmt", "--all", "--check"]))?;
        step("lints", cargo().args(["clippy", "--workspace", "--profile", "ci", "--", "-D", "warnings"]))?;
        if has("cargo-deny") {
            step("licences", cargo().args(["deny", "--offline", "check", "licenses", "bans", "sources"]))?;
        } else {
            println!("\n── licences\n   left out: cargo-deny is not installed");
        }
    }
    // Cases, spans and tidy checks are tests of the workspace and run here with the others.
    if has("cargo-nextest") {
        step("tests", cargo().args(["nextest", "run", "--workspace", "--cargo-profile", "ci", "--no-fail-fast"]))?;
    } else {
        step(
            "tests",
            cargo().args(["test", "--workspace", "--profile", "ci", "--no-fail-fast", "--lib", "--bins", "--tests"]),
        )?;
    }
    // The tests of the command have built it.
    let recoupe = built("ci");
    step("packs", command(&recoupe.to_string_lossy()).args(["pack", "check"]))?;
    if !options.no_gold {
        match shared() {
            Some(_) => gold::check(&recoupe)?,
            None => println!("\n── gold\n   left out: there is no ../shared/corpus here"),
        }
    }
    if !options.no_browser {
        browser(&recoupe)?;
        need::npm(WEB)?;
        step("browser: serve", &mut web("test", &recoupe))?;
    }
    if !options.no_readers {
        readers(&recoupe)?;
    }
    println!("\nAll of it passed in {:.0} s.", start.elapsed().as_secs_f64());
    Ok(())
}

/// Opens the dossier of the example in Chromium and checks its main parts.
fn browser(recoupe: &Path) -> Result<()> {
    if !root().join(BROWSER).join("package.json").is_file() {
        println!("\n── browser\n   left out: no {BROWSER}/package.json");
        return Ok(());
    }
    need::chromium()?;
    need::npm(BROWSER)?;
    step(
        "read the example",
        command(&recoupe.to_string_lossy()).args(["read", "examples/idlib-2020", "-o", "out/browser", "-q"]),
    )?;
    step("browser", command("npm").current_dir(root().join(BROWSER)).args(["test", "--silent"]))
}

/// Runs a script of the test that works with `recoupe serve`.
fn web(script: &str, recoupe: &Path) -> Command {
    let mut npm = command("npm");
    npm.current_dir(root().join(WEB)).env("RECOUPE", recoupe).args(["run", script, "--silent"]);
    npm
}

/// Makes the pictures of docs/tour.md.
pub fn tour() -> Result<()> {
    need::chromium()?;
    need::npm(WEB)?;
    let recoupe = run::recoupe("ci")?;
    step("docs/tour", &mut web("tour", &recoupe))
}

/// Opens the exports of the example with the programs that people have.
fn readers(recoupe: &Path) -> Result<()> {
    let python = need::readers(&format!("{READERS}/requirements.txt"))?;
    let check = format!("{READERS}/check.py");
    let mut run = command(&python.to_string_lossy());
    step("readers", run.args([check.as_str(), &recoupe.to_string_lossy(), "examples/idlib-2020"]))
}

/// Runs the cases, all or those that `filter` names.
pub fn cases(filter: Option<&str>, update: bool) -> Result<()> {
    let mut c = cargo();
    c.args(["test", "--profile", "ci", "-p", "recoupe-cases", "--test", "cases", "--", "--nocapture"]);
    if let Some(filter) = filter {
        c.env("CASES", filter);
    }
    if update {
        c.env("UPDATE_CASES", "1");
    }
    step("cases", &mut c)
}

/// Writes docs/grid.md from the cases.
pub fn grid() -> Result<()> {
    let mut c = cargo();
    c.args(["test", "--profile", "ci", "-p", "recoupe-cases", "--test", "grid"]).env("UPDATE_GRID", "1");
    step("docs/grid.md", &mut c)
}
