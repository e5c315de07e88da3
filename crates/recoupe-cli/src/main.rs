//! The command `recoupe`: files in, a dossier out. All reading of pages is done by the library; this crate only asks,
//! tells and writes.

mod args;
mod decisions;
mod exit;
mod explain;
mod exports;
mod man;
mod output;
mod packs;
mod parse;
mod pipeline;
mod progress;
mod read;
mod tell;
mod workspace;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::{Cli, Command, Lang, Pack};
use exit::{Failure, Status};

/// Reading makes and drops many small values, which is what this allocator is made for.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    tell_of_defects();
    let (lang, done) = match Cli::parse().command {
        Command::Read(args) => (args.input.lang, read::run(&args)),
        Command::Explain(args) => (args.input.lang, explain::run(&args)),
        Command::Workspace(args) => (args.lang(), workspace::run(&args)),
        Command::Parse(args) => (Lang::En, parse::run(&args)),
        Command::Pack(Pack::Check { dirs }) => (Lang::En, packs::check(&dirs)),
        Command::Pack(Pack::List { dirs }) => (Lang::En, packs::list(&dirs)),
        Command::Completions { shell } => (Lang::En, completions(shell)),
        Command::Man { out } => (Lang::En, man::run(out.as_deref())),
    };
    match done {
        Ok(status) => status.into(),
        Err(Failure { status, message, hint }) => {
            tell::error(lang, &message, hint.as_deref());
            status.into()
        }
    }
}

fn completions(shell: clap_complete::Shell) -> Result<Status, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "recoupe", &mut script);
    output::to_stdout(Lang::En, |w| w.write_all(&script))?;
    Ok(Status::Done)
}

/// A defect of the program is told as one, with what to send, instead of a bare panic message.
fn tell_of_defects() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let place = info.location().map(|l| format!("{}:{}", l.file(), l.line())).unwrap_or_default();
        anstream::eprintln!(
            "recoupe: this is a defect in Recoupe {}, not in your pages ({place}).\n  \
             Please report it with the command and, if you may share it, the page that was being read.",
            env!("CARGO_PKG_VERSION")
        );
        if std::env::var_os("RUST_BACKTRACE").is_some() {
            usual(info);
        }
    }));
}
