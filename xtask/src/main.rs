//! The one door to the project's tasks: `cargo xtask --help`.

mod bench;
mod demo;
mod gazetteer;
mod gold;
mod need;
mod run;
mod suite;
mod syntax;
mod tidy;
mod train;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Builds, tests and measures Recoupe.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", max_term_width = 100, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Build Recoupe, read the example pages and leave a dossier to open in a browser.
    Demo {
        /// Do not open the browser.
        #[arg(long)]
        no_open: bool,
    },
    /// Install what the tests need and run them all: what the checks on every change run.
    Test(suite::Options),
    /// Run the cases of `cases/`.
    Cases {
        /// Only cases whose name or file holds this.
        filter: Option<String>,
        /// Rewrite what the cases expect to what is read now. Look at the difference before keeping it.
        #[arg(long)]
        update: bool,
        /// Count the cases by topic and language in docs/grid.md, and run none.
        #[arg(long, conflicts_with_all = ["filter", "update"])]
        grid: bool,
    },
    /// Score the corpora in ../shared/corpus and compare with the floors in gold/floors.toml.
    Gold(gold::Options),
    /// Measure speed, memory and start-up.
    Bench(bench::Options),
    /// Check imports, file lengths, language codes and the like.
    Tidy,
    /// Train the syntax model of a language from ../shared/treebanks.
    Train(train::Options),
    /// Score a syntax model beside the reference parser.
    Syntax(syntax::Options),
    /// Compile the worldwide gazetteer from open packages; needs pip and npm.
    Gazetteer {
        /// Handed on as they are.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
    /// Write the manual pages and completions to out/.
    Man,
    /// Make the pictures of docs/tour.md anew, from the example.
    Tour,
    #[command(hide = true)]
    Measure {
        /// The command to run and measure.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, required = true)]
        command: Vec<String>,
    },
}

fn main() -> ExitCode {
    match start(Cli::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("\nxtask: {e:#}");
            ExitCode::FAILURE
        }
    }
}

fn start(task: Task) -> anyhow::Result<()> {
    match task {
        Task::Demo { no_open } => demo::run(no_open),
        Task::Test(options) => suite::run(&options),
        Task::Cases { grid: true, .. } => suite::grid(),
        Task::Cases { filter, update, .. } => suite::cases(filter.as_deref(), update),
        Task::Gold(options) => gold::run(&options),
        Task::Bench(options) => bench::run(&options),
        Task::Tidy => tidy::run(),
        // Training and timing mean nothing without optimisation.
        Task::Train(_) | Task::Syntax(_) if cfg!(debug_assertions) => run::again_in_release(),
        Task::Train(options) => train::run(&options),
        Task::Syntax(options) => syntax::run(&options),
        Task::Gazetteer { args } => gazetteer::run(&args),
        Task::Man => demo::man(),
        Task::Tour => suite::tour(),
        Task::Measure { command } => bench::measure(&command),
    }
}
