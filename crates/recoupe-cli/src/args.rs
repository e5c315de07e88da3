//! What can be asked on the command line. Help, completions and the man pages all come from here.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::workspace;

/// Reads what every side publishes about a conflict and lays out who says what, with the exact sentence behind each value.
#[derive(Debug, Parser)]
#[command(name = "recoupe", version, max_term_width = 100, arg_required_else_help = true, after_help = EXIT)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read pages and write the dossier of what they say.
    Read(Read),
    /// Tell where an incident, a claim or a field comes from: sentences, rules, links, decisions, figures.
    Explain(Explain),
    /// What is done with a workspace.
    #[command(flatten)]
    Workspace(workspace::args::Workspace),
    /// Print the syntax of plain text as CoNLL-U.
    Parse(Parse),
    /// List and check packs: the data on languages, the domain and the world.
    #[command(subcommand)]
    Pack(Pack),
    /// Print completions for a shell.
    #[command(after_help = "Example:\n  recoupe completions bash > ~/.local/share/bash-completion/completions/recoupe")]
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Print the manual page, or write all of them to a folder.
    #[command(after_help = "Examples:\n  recoupe man | man -l -\n  recoupe man -o /usr/local/share/man/man1")]
    Man {
        /// Write recoupe.1 and one page for each command here.
        #[arg(short, long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
}

/// What is read, the same for every command that reads pages.
#[derive(Debug, Args)]
pub struct Input {
    /// Files and folders of pages (text or HTML); `-` is standard input.
    #[arg(required = true, value_name = "PATHS")]
    pub paths: Vec<PathBuf>,
    /// Apply what people decided: a file of recoupe.decisions/1; may be repeated, the order of files does not count.
    #[arg(long, value_name = "FILE")]
    pub decisions: Vec<PathBuf>,
    /// The language of the report and of messages.
    #[arg(long, value_enum, default_value_t = Lang::Fr)]
    pub lang: Lang,
    /// Add a folder of packs to those built in; may be repeated, later ones win.
    #[arg(long = "pack", value_name = "DIR")]
    pub packs: Vec<PathBuf>,
    /// The day all these pages were published, where nothing closer says so: 2020-02-20, 2020-02 or 2020.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub published: Option<String>,
    /// One figure for each toll by a rule that the dossier names: lowest, highest, median, latest, hierarchy:IDS, ucdp, acled,
    /// airwars. Without it the range stays.
    #[arg(long, value_name = "RULE[:ARG]", value_parser = str::parse::<recoupe::Rule>)]
    pub figures: Option<recoupe::Rule>,
    /// Pages read at the same time [default: one for each processor]. The result is the same.
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// No progress and no closing line; problems are still told.
    #[arg(short, long)]
    pub quiet: bool,
}

/// `recoupe read`.
#[derive(Debug, Args)]
#[command(after_help = READ_EXAMPLES)]
pub struct Read {
    /// What is read.
    #[command(flatten)]
    pub input: Input,
    /// What is written, and where.
    #[command(flatten)]
    pub output: Output,
}

/// What is written of a dossier, and where: `recoupe read` and `recoupe cross-check`.
#[derive(Clone, Debug, Args)]
pub struct Output {
    /// Write index.html and dossier.json to this folder (or what --format names).
    #[arg(short, long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// What to write; without -o it goes to standard output [default: text, with -o: html,json].
    #[arg(short, long, value_enum, value_delimiter = ',', value_name = "FORMAT")]
    pub format: Vec<Format>,
    /// The title of the dossier.
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Where the report will be opened, for the links of exported rows: an address, or a path beside them.
    #[arg(long, value_name = "URL", default_value = "index.html")]
    pub report: String,
}

/// `recoupe explain`.
#[derive(Debug, Args)]
#[command(after_help = EXPLAIN_EXAMPLES, mut_arg("paths", |a| a.required(false).conflicts_with("dossier")))]
pub struct Explain {
    /// Id of an incident or a claim, or its beginning; after `#` a field: actor, target, time, place, type, toll, toll.killed …
    #[arg(value_name = "ID[#FIELD]")]
    pub what: String,
    /// Explain from a dossier that `recoupe read` wrote, instead of reading pages again.
    #[arg(long, value_name = "FILE")]
    pub dossier: Option<PathBuf>,
    /// What is read; without paths the workspace.
    #[command(flatten)]
    pub input: Input,
    /// The workspace, where no paths are given [default: recoupe.db in this folder or the nearest above].
    #[arg(short, long, value_name = "FILE")]
    pub workspace: Option<PathBuf>,
    /// What to write.
    #[arg(short, long, value_enum, default_value_t = Told::Text, value_name = "FORMAT")]
    pub format: Told,
}

/// What `explain` can write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Told {
    /// For people.
    #[default]
    Text,
    /// For programs: an object a line; of `explain` `recoupe.explanation/1`, with an anchor to decide on each claim.
    Json,
}

/// `recoupe parse`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  recoupe parse article.txt > article.conllu\n  echo \"Deux soldats ont été tués.\" | recoupe parse"
)]
pub struct Parse {
    /// The language the text is in.
    #[arg(long, default_value = "fr", value_name = "CODE")]
    pub lang: String,
    /// Add a folder of packs to those built in.
    #[arg(long = "pack", value_name = "DIR")]
    pub packs: Vec<PathBuf>,
    /// Plain text; `-` is standard input.
    #[arg(default_value = "-")]
    pub file: PathBuf,
}

/// `recoupe pack`.
#[derive(Debug, Subcommand)]
pub enum Pack {
    /// Load packs, report what does not fit with its line, and run their examples.
    #[command(after_help = "Examples:\n  recoupe pack check\n  recoupe pack check ~/packs/sahel")]
    Check {
        /// Folders of packs, added to those built in; none checks those built in.
        dirs: Vec<PathBuf>,
    },
    /// List the packs in force with their version, licence and digest.
    List {
        /// Folders of packs, added to those built in.
        dirs: Vec<PathBuf>,
    },
}

/// What `read` can write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Format {
    /// A short summary for the terminal.
    Text,
    /// The dossier as `recoupe.dossier/1`.
    Json,
    /// One self-contained page to open in a browser, to send on or to print as PDF.
    Html,
    /// One CSV file for each table, with a data package: pandas, R, DuckDB, LibreOffice.
    Csv,
    /// The same tables as one workbook: Excel, LibreOffice, pandas.
    Xlsx,
    /// Incidents and places held, RFC 7946: QGIS, ogr2ogr, Leaflet, kepler.gl.
    Geojson,
    /// The 31 columns of ACLED, fatalities by a named rule: tools made for ACLED.
    Acled,
    /// The 49 columns of UCDP GED, best, low and high by a named rule: tools made for UCDP.
    Ucdp,
    /// PLOVER records, one a line: event-data tools, jq.
    Plover,
    /// CSV with HXL hashtags: HDX tools, libhxl, Quick Charts.
    Hxl,
    /// schema.org claims, no verdicts, as JSON-LD: fact-checking tools, search engines.
    Claims,
    /// A brief in Markdown: any editor, chat or issue tracker.
    Md,
}

impl Format {
    /// The export it is, if it is made of rows and records.
    pub fn export(self) -> Option<recoupe_export::rows::Format> {
        use recoupe_export::rows::Format as Rows;
        Some(match self {
            Format::Text | Format::Json | Format::Html => return None,
            Format::Csv => Rows::Csv,
            Format::Xlsx => Rows::Xlsx,
            Format::Geojson => Rows::Geojson,
            Format::Acled => Rows::Acled,
            Format::Ucdp => Rows::Ucdp,
            Format::Plover => Rows::Plover,
            Format::Hxl => Rows::Hxl,
            Format::Claims => Rows::Claims,
            Format::Md => Rows::Md,
        })
    }
}

/// The languages Recoupe itself speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// French.
    #[default]
    Fr,
    /// English.
    En,
}

/// Takes a day, a month or a year, and says what is wrong with anything else.
pub fn date(s: &str) -> Result<String, String> {
    let parts: Vec<&str> = s.split('-').collect();
    let widths = [4, 2, 2];
    let shape = parts.len() <= 3
        && parts.iter().zip(widths).all(|(p, w)| p.len() == w && p.bytes().all(|b| b.is_ascii_digit()));
    let number = |i: usize| parts.get(i).and_then(|p| p.parse::<u32>().ok()).unwrap_or(1);
    let (year, month, day) = (number(0), number(1), number(2));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    };
    if shape && (1..=12).contains(&month) && (1..=days).contains(&day) {
        Ok(s.to_owned())
    } else {
        Err("expected a date such as 2020-02-20, 2020-02 or 2020".to_owned())
    }
}

const READ_EXAMPLES: &str = "Examples:
  recoupe read pages/                          a summary on the terminal
  recoupe read pages/ -o dossier/              dossier/index.html and dossier/dossier.json
  recoupe read pages/ --format json > d.json   the dossier as JSON
  recoupe read pages/ -o out/ -f html,csv,xlsx,geojson,acled
  recoupe read pages/ --decisions ours.jsonl   with what people decided
  cat page.html | recoupe read - --published 2020-02-20

A folder may hold a table pages.csv (file, url, outlet, published) that tells what the pages themselves do not.

Exit status: 0 all pages were read, 1 some could not be read, 2 the command was not understood, 3 no page could be
read, 4 the result could not be written, 5 a pack does not fit, 6 a file of decisions does not fit.";

const EXPLAIN_EXAMPLES: &str = "Examples:
  recoupe explain i3f0c pages/                          why these pages tell one incident
  recoupe explain i3f0c#toll.killed pages/              how the figure comes about
  recoupe explain c81be20d5a7f4 pages/ --format json    one claim, with its anchor for a decision
  recoupe explain i3f0c pages/ --decisions ours.jsonl
  recoupe explain i3f0c                                 of the workspace, with its decisions
  recoupe explain i3f0c --dossier out/dossier.json      without reading the pages again

The ids are those of the dossier: recoupe read pages/ --format json.

Exit status: as recoupe read; 2 where no id or more than one fits.";

const EXIT: &str = "Each command has examples: recoupe read --help

Exit status: 0 done, 1 done but some input could not be read, 2 the command was not understood, 3 nothing could be
read, 4 the result could not be written, 5 a pack does not fit, 6 a file of decisions does not fit, 7 the workspace cannot be used or
is not sound.";

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_and_option_is_documented() {
        let text = include_str!("../../../docs/cli.md");
        let mut root = Cli::command();
        root.build();
        let mut left = vec![root];
        while let Some(command) = left.pop() {
            for arg in command.get_arguments().filter_map(|a| a.get_long()).filter(|a| !["help", "version"].contains(a))
            {
                assert!(text.contains(&format!("--{arg}")), "docs/cli.md does not tell of --{arg}");
            }
            for sub in command.get_subcommands().filter(|c| c.get_name() != "help") {
                assert!(text.contains(sub.get_name()), "docs/cli.md does not tell of {}", sub.get_name());
                left.push(sub.clone());
            }
        }
    }

    #[test]
    fn dates_are_days_months_or_years() {
        for good in ["2020", "2020-02", "2020-02-29"] {
            assert_eq!(date(good), Ok(good.to_owned()));
        }
        for bad in ["", "20", "2020-13", "2021-02-29", "2020-2-1", "20/02/2020", "2020-02-20-01"] {
            assert!(date(bad).is_err(), "{bad}");
        }
    }
}
