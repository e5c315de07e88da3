//! What can be asked of a workspace on the command line.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::args::{Format, Input, Lang, Output, Read};

/// The commands that work on a workspace.
#[derive(Debug, Subcommand)]
pub enum Workspace {
    /// Make a workspace: one file that keeps pages, decisions and their history.
    #[command(after_help = INIT)]
    Init(Init),
    /// Put pages into the workspace, as evidence: their bytes, where and when they were found.
    #[command(after_help = ADD)]
    Add(Add),
    /// Tell what the workspace holds.
    #[command(after_help = STATUS)]
    Status(Plain),
    /// Compare what was added or decided since the last time with what it touches, and tell what that changes.
    #[command(after_help = UPDATE)]
    Update(Update),
    /// List the incidents that the last update found.
    #[command(after_help = INCIDENTS)]
    Incidents(Incidents),
    /// Cross-check the pages of the workspace with its decisions and write the dossier.
    #[command(after_help = CROSS_CHECK)]
    CrossCheck(CrossCheck),
    /// Record what people decided, from files of recoupe.decisions/1.
    #[command(after_help = DECIDE)]
    Decide(Decide),
    /// Write what the workspace holds for other programs.
    #[command(after_help = EXPORT)]
    Export(Export),
    /// Show the log of decisions, or check that nobody changed it.
    #[command(after_help = LOG)]
    Log(Log),
    /// Find pages by their words; accents and case do not count.
    #[command(after_help = SEARCH)]
    Search(Search),
    /// Copy the workspace to a file while it is in use.
    #[command(after_help = BACKUP)]
    Backup(Backup),
    /// Put a backup in the place of the workspace.
    #[command(after_help = RESTORE)]
    Restore(Restore),
    /// Make the file of the workspace as small as it can be.
    #[command(after_help = "Example:\n  recoupe vacuum")]
    Vacuum(Plain),
    /// Examine the workspace: the file, the log, the bytes of the pages, the index of words.
    #[command(after_help = DOCTOR)]
    Doctor(Plain),
    /// Make anew what is derived from the pages: texts and the index of words.
    #[command(after_help = "Example:\n  recoupe rebuild\n\nAfter an upgrade, or where recoupe doctor says so.")]
    Rebuild(Rebuild),
    /// Open the workspace in a browser: sources side by side, decisions, publishing.
    #[command(after_help = SERVE)]
    Serve(Serve),
    /// Accounts for those who work from elsewhere.
    #[command(after_help = USER)]
    User(User),
}

const SERVE: &str = "Examples:
  recoupe serve --open                             for oneself, on this machine
  recoupe serve --listen 127.0.0.1:0               on any free port
  recoupe serve --accounts --host dossiers.example behind a proxy that speaks TLS

On this machine nobody signs in. Where others can reach it everybody does: recoupe user add.";

const USER: &str = "Examples:
  recoupe user add ana --role editor               asks for a password
  recoupe user add bot --role reader --password-stdin < password.txt
  recoupe user token bot --label nightly           prints a token for programs
  recoupe user list
  recoupe user remove ana";

/// `recoupe serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// Which workspace.
    #[command(flatten)]
    pub at: At,
    /// Where to listen; port 0 is any that is free.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:7323")]
    pub listen: std::net::SocketAddr,
    /// A name by which browsers ask for it, as of the proxy before it; may be repeated.
    #[arg(long = "host", value_name = "NAME")]
    pub hosts: Vec<String>,
    /// Ask everybody to sign in, on this machine too.
    #[arg(long)]
    pub accounts: bool,
    /// The name that decisions carry where nobody signs in [default: that of the user of this machine].
    #[arg(long = "as", value_name = "NAME")]
    pub name: Option<String>,
    /// Open a browser.
    #[arg(long)]
    pub open: bool,
    /// Add a folder of packs to those built in; may be repeated, later ones win.
    #[arg(long = "pack", value_name = "DIR")]
    pub packs: Vec<PathBuf>,
}

/// `recoupe user`.
#[derive(Debug, Args)]
pub struct User {
    /// Which workspace.
    #[command(flatten)]
    pub at: At,
    /// What to do.
    #[command(subcommand)]
    pub action: UserAction,
}

/// What `recoupe user` does.
#[derive(Debug, Subcommand)]
pub enum UserAction {
    /// Make an account, or change its role and password.
    Add {
        /// The name that decisions will carry.
        name: String,
        /// What they may do: look, decide, publish, see to accounts.
        #[arg(long, default_value = "reviewer", value_parser = recoupe_store::Role::ALL.map(recoupe_store::Role::name))]
        role: String,
        /// Read the password from standard input instead of asking for it.
        #[arg(long)]
        password_stdin: bool,
    },
    /// List accounts.
    List,
    /// Delete an account; what was decided under its name stays.
    Remove {
        /// Whose.
        name: String,
    },
    /// Print a token by which a program acts under an account's name, for a year.
    Token {
        /// Whose.
        name: String,
        /// What it is for.
        #[arg(long, default_value = "token")]
        label: String,
    },
}

impl Workspace {
    /// The language of messages.
    pub fn lang(&self) -> Lang {
        match self {
            Workspace::Init(a) => a.lang,
            Workspace::Add(a) => a.at.lang,
            Workspace::Status(a) | Workspace::Vacuum(a) | Workspace::Doctor(a) => a.at.lang,
            Workspace::Update(a) => a.at.lang,
            Workspace::Serve(a) => a.at.lang,
            Workspace::User(a) => a.at.lang,
            Workspace::Incidents(a) => a.at.lang,
            Workspace::CrossCheck(a) => a.at.lang,
            Workspace::Decide(a) => a.at.lang,
            Workspace::Export(a) => a.at.lang,
            Workspace::Log(a) => a.at.lang,
            Workspace::Search(a) => a.at.lang,
            Workspace::Backup(a) => a.at.lang,
            Workspace::Restore(a) => a.at.lang,
            Workspace::Rebuild(a) => a.at.lang,
        }
    }
}

/// Which workspace, and how to speak of it.
#[derive(Clone, Debug, Args)]
pub struct At {
    /// The workspace [default: recoupe.db in this folder or the nearest above].
    #[arg(short, long, global = true, value_name = "FILE")]
    pub workspace: Option<PathBuf>,
    /// The language of messages and reports.
    #[arg(long, global = true, value_enum, default_value_t = Lang::Fr)]
    pub lang: Lang,
    /// How long to wait for another process that is writing.
    #[arg(long, global = true, value_name = "SECONDS", default_value_t = 10)]
    pub wait: u16,
    /// No progress and no closing line; problems are still told.
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

/// A command that takes nothing else.
#[derive(Debug, Args)]
pub struct Plain {
    /// Which workspace.
    #[command(flatten)]
    pub at: At,
}

/// `recoupe init`.
#[derive(Debug, Args)]
pub struct Init {
    /// The file to make; there must be none of that name.
    #[arg(value_name = "FILE", default_value = recoupe_store::FILE_NAME)]
    pub file: PathBuf,
    /// The language of messages.
    #[arg(long, value_enum, default_value_t = Lang::Fr)]
    pub lang: Lang,
}

/// `recoupe add`.
#[derive(Debug, Args)]
pub struct Add {
    /// Files and folders of pages (text or HTML); `-` is standard input.
    #[arg(required = true, value_name = "PATHS")]
    pub paths: Vec<PathBuf>,
    /// Which workspace.
    #[command(flatten)]
    pub at: At,
    /// Put the pages into this collection too; it is made where there is none.
    #[arg(short, long, value_name = "NAME")]
    pub collection: Option<String>,
    /// The day all these pages were published, where nothing closer says so: 2020-02-20, 2020-02 or 2020.
    #[arg(long, value_name = "DATE", value_parser = crate::args::date)]
    pub published: Option<String>,
    /// Print each page once it is safe: new, updated or known, its digest, its path.
    #[arg(long)]
    pub list: bool,
    /// Add a folder of packs to those built in; may be repeated, later ones win.
    #[arg(long = "pack", value_name = "DIR")]
    pub packs: Vec<PathBuf>,
    /// Pages prepared at the same time [default: one for each processor].
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
}

/// How pages of the workspace are read.
#[derive(Debug, Args)]
pub struct Reading {
    /// Only the pages of this collection.
    #[arg(short, long, value_name = "NAME")]
    pub collection: Option<String>,
    /// Add a folder of packs to those built in; may be repeated, later ones win.
    #[arg(long = "pack", value_name = "DIR")]
    pub packs: Vec<PathBuf>,
    /// One figure for each toll by a rule that the dossier names, as for recoupe read.
    #[arg(long, value_name = "RULE[:ARG]", value_parser = str::parse::<recoupe::Rule>)]
    pub figures: Option<recoupe::Rule>,
    /// Pages read at the same time [default: one for each processor]. The result is the same.
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
}

impl Reading {
    /// The same as input of `recoupe read`, without paths.
    pub fn input(&self, at: &At) -> Input {
        Input {
            paths: Vec::new(),
            decisions: Vec::new(),
            lang: at.lang,
            packs: self.packs.clone(),
            published: None,
            figures: self.figures.clone(),
            jobs: self.jobs,
            quiet: at.quiet,
        }
    }
}

/// `recoupe update`.
#[derive(Debug, Args)]
pub struct Update {
    /// Which workspace.
    #[command(flatten)]
    pub at: At,
    /// Compare all pages with all others, whatever was kept.
    #[arg(long)]
    pub all: bool,
    /// Compare at most so many new pages at a time, with what they touch: less memory where very many are new, and more time.
    #[arg(long, value_name = "PAGES", value_parser = clap::value_parser!(u16).range(1..))]
    pub step: Option<u16>,
    /// What to write: a line for each incident that changed.
    #[arg(short, long, value_enum, default_value_t = Told::Text, value_name = "FORMAT")]
    pub format: Told,
    /// Add a folder of packs to those built in; may be repeated, later ones win.
    #[arg(long = "pack", value_name = "DIR")]
    pub packs: Vec<PathBuf>,
    /// Pages read at the same time [default: one for each processor]. The result is the same.
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
}

impl Update {
    /// The same as input of `recoupe read`, without paths.
    pub fn input(&self) -> Input {
        let Self { at, packs, jobs, .. } = self;
        Reading { collection: None, packs: packs.clone(), figures: None, jobs: *jobs }.input(at)
    }
}

/// `recoupe incidents`.
#[derive(Debug, Args)]
pub struct Incidents {
    /// Which workspace.
    #[command(flatten)]
    pub at: At,
    /// Only those that may have happened on this day or later.
    #[arg(long, value_name = "DATE", value_parser = crate::args::date)]
    pub from: Option<String>,
    /// Only those that may have happened on this day or earlier.
    #[arg(long, value_name = "DATE", value_parser = crate::args::date)]
    pub to: Option<String>,
    /// Only those of this country (ISO 3166, two letters).
    #[arg(long, value_name = "CODE")]
    pub country: Option<String>,
    /// Only those whose accounts stand like this.
    #[arg(long, value_name = "STANDING", value_parser = recoupe::Standing::ALL.map(recoupe::Standing::name))]
    pub standing: Option<String>,
    /// Background, plans and running totals too.
    #[arg(long)]
    pub all: bool,
    /// At most N.
    #[arg(short = 'n', long, value_name = "N", default_value_t = 100)]
    pub most: usize,
    /// What to write.
    #[arg(short, long, value_enum, default_value_t = Told::Text, value_name = "FORMAT")]
    pub format: Told,
}

/// `recoupe cross-check`.
#[derive(Debug, Args)]
pub struct CrossCheck {
    /// Which workspace.
    #[command(flatten)]
    pub at: At,
    /// How its pages are read.
    #[command(flatten)]
    pub reading: Reading,
    /// What is written, and where.
    #[command(flatten)]
    pub output: Output,
}

impl CrossCheck {
    /// The same as `recoupe read` would be asked.
    pub fn read(&self) -> Read {
        Read { input: self.reading.input(&self.at), output: self.output.clone() }
    }
}

/// `recoupe decide`.
#[derive(Debug, Args)]
pub struct Decide {
    /// Files of recoupe.decisions/1; `-` is standard input.
    #[arg(required = true, value_name = "FILES")]
    pub files: Vec<PathBuf>,
    /// Which workspace.
    #[command(flatten)]
    pub at: At,
    /// Who hands them in [default: who decided, as each line says].
    #[arg(long, value_name = "NAME")]
    pub author: Option<String>,
    /// Add a folder of packs to those built in; may be repeated, later ones win.
    #[arg(long = "pack", value_name = "DIR")]
    pub packs: Vec<PathBuf>,
}

/// `recoupe export`.
#[derive(Debug, Args)]
pub struct Export {
    /// Which workspace.
    #[command(flatten)]
    pub at: At,
    /// How its pages are read.
    #[command(flatten)]
    pub reading: Reading,
    /// Write to this folder.
    #[arg(short, long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// What to write; without -o one format goes to standard output.
    #[arg(
        short,
        long,
        value_enum,
        value_delimiter = ',',
        value_name = "FORMAT",
        required_unless_present = "decisions"
    )]
    pub format: Vec<Format>,
    /// What people decided, as recoupe.decisions/1: decisions.jsonl.
    #[arg(long)]
    pub decisions: bool,
    /// The title of the dossier.
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Where the report will be opened, for the links of exported rows: an address, or a path beside them.
    #[arg(long, value_name = "URL", default_value = "index.html")]
    pub report: String,
}

impl Export {
    /// The same as `recoupe read` would be asked.
    pub fn read(&self) -> Read {
        let output = Output {
            out: self.out.clone(),
            format: self.format.clone(),
            title: self.title.clone(),
            report: self.report.clone(),
        };
        Read { input: self.reading.input(&self.at), output }
    }
}

/// `recoupe log`.
#[derive(Debug, Args)]
pub struct Log {
    /// Which workspace.
    #[command(flatten)]
    pub at: At,
    /// What to do with the log [default: show].
    #[command(subcommand)]
    pub what: Option<LogCommand>,
}

/// What can be done with the log.
#[derive(Debug, Subcommand)]
pub enum LogCommand {
    /// Show who decided what, and when it was recorded.
    Show {
        /// Only the last N entries.
        #[arg(short, long, value_name = "N")]
        last: Option<usize>,
        /// What to write.
        #[arg(short, long, value_enum, default_value_t = Shown::Text, value_name = "FORMAT")]
        format: Shown,
    },
    /// Check every entry against its hash and the one before.
    Verify {
        /// A hash that was noted elsewhere; the log must still hold it.
        #[arg(long, value_name = "HASH")]
        holds: Option<String>,
    },
}

/// How the log can be shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Shown {
    /// For people.
    #[default]
    Text,
    /// The decisions as `recoupe.decisions/1`, to be recorded elsewhere.
    Jsonl,
}

/// `recoupe search`.
#[derive(Debug, Args)]
pub struct Search {
    /// Words that must all be there; "…" or «…» a phrase, word* a beginning, -word not there, OR alternatives.
    #[arg(required_unless_present_any = ["view", "views", "forget"], value_name = "QUERY")]
    pub query: Vec<String>,
    /// Keep the question under this name, to be asked again.
    #[arg(long, value_name = "NAME", conflicts_with_all = ["view", "views", "forget"])]
    pub save: Option<String>,
    /// Ask the question kept under this name; more words narrow it.
    #[arg(long, value_name = "NAME", conflicts_with_all = ["views", "forget"])]
    pub view: Option<String>,
    /// List the questions that are kept.
    #[arg(long, conflicts_with = "forget")]
    pub views: bool,
    /// Keep the question of this name no longer.
    #[arg(long, value_name = "NAME")]
    pub forget: Option<String>,
    /// Which workspace.
    #[command(flatten)]
    pub at: At,
    /// Only the pages of this collection.
    #[arg(short, long, value_name = "NAME")]
    pub collection: Option<String>,
    /// At most N pages.
    #[arg(short = 'n', long, value_name = "N", default_value_t = 20)]
    pub most: usize,
    /// What to write.
    #[arg(short, long, value_enum, default_value_t = Told::Text, value_name = "FORMAT")]
    pub format: Told,
}

pub use crate::args::Told;

/// `recoupe backup`.
#[derive(Debug, Args)]
pub struct Backup {
    /// The file to write; it is there whole or not at all.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Which workspace.
    #[command(flatten)]
    pub at: At,
    /// Replace a file of that name.
    #[arg(long)]
    pub replace: bool,
}

/// `recoupe restore`.
#[derive(Debug, Args)]
pub struct Restore {
    /// The backup; it is examined first.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Which workspace.
    #[command(flatten)]
    pub at: At,
    /// Replace the workspace that is there; it is kept beside the new one under another name.
    #[arg(long)]
    pub replace: bool,
}

/// `recoupe rebuild`.
#[derive(Debug, Args)]
pub struct Rebuild {
    /// Which workspace.
    #[command(flatten)]
    pub at: At,
    /// Add a folder of packs to those built in; may be repeated, later ones win.
    #[arg(long = "pack", value_name = "DIR")]
    pub packs: Vec<PathBuf>,
    /// Pages prepared at the same time [default: one for each processor].
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
}

const INIT: &str = "Examples:
  recoupe init                     recoupe.db in this folder
  recoupe init ~/idlib/recoupe.db";

const ADD: &str = "Examples:
  recoupe add pages/
  recoupe add pages/ --collection idlib
  recoupe add pages/ --list > safe.txt      each page once it is on the disk
  curl … | recoupe add - --published 2020-02-20

A run that was stopped is taken up by the same command: pages that are there already are passed over.";

const STATUS: &str = "Example:
  recoupe status --workspace ~/idlib/recoupe.db";

const UPDATE: &str = "Examples:
  recoupe add pages/ && recoupe update
  recoupe update --format json > changes.jsonl
  recoupe update --all                         after a change of mind about everything

The first time, and where many pages are new, all pages are compared with all others. A new version of Recoupe or of its packs makes all
pages new. What is near is enough for one more page; recoupe update --all now and then compares what lies far apart.";

const INCIDENTS: &str = "Examples:
  recoupe incidents
  recoupe incidents --from 2020-02-20 --to 2020-02-29 --standing contested
  recoupe incidents --country SY --format json

recoupe explain ID tells all that is known of one.";

const CROSS_CHECK: &str = "Examples:
  recoupe cross-check                          a summary on the terminal
  recoupe cross-check -o dossier/              dossier/index.html and dossier/dossier.json
  recoupe cross-check --collection idlib --format json > d.json";

const DECIDE: &str = "Examples:
  recoupe decide ours.jsonl
  recoupe decide ours.jsonl --author ana
  recoupe explain i3f0c --format json          has the anchors to decide on claims

Each decision is printed once it is on the disk: number, id, hash. A file is taken in as a whole or not at all; a line that is there
already is passed over. Decisions that find no claim are told, and kept.";

const EXPORT: &str = "Examples:
  recoupe export -o rows/ --format csv,xlsx,geojson,acled --decisions
  recoupe export --decisions > ours.jsonl           to be recorded in another workspace";

const LOG: &str = "Examples:
  recoupe log                          who decided what
  recoupe log show --last 5
  recoupe log show --format jsonl > ours.jsonl
  recoupe log verify                   has anybody changed it?
  recoupe log verify --holds 5c1e…     and does it still hold what was noted then?";

const SEARCH: &str = "Examples:
  recoupe search frappe aérienne Idleb
  recoupe search '\"poste d’observation\" -russe'
  recoupe search 'bombard* OR pilonn*' --most 50
  recoupe search Saraqeb --format json
  recoupe search 'trêve OR cessez-le-feu' --collection idlib --save trêve
  recoupe search --view trêve";

const BACKUP: &str = "Example:
  recoupe backup /media/usb/recoupe-2026-11-20.db";

const RESTORE: &str = "Examples:
  recoupe restore /media/usb/recoupe-2026-11-20.db
  recoupe restore /media/usb/recoupe-2026-11-20.db --replace";

const DOCTOR: &str = "Example:
  recoupe doctor

Exit status 7 where something was found.";
