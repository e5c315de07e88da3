//! The commands that work on a workspace: one file that keeps pages, decisions and their history.

mod add;
pub mod args;
pub mod check;
mod decide;
mod incidents;
mod keep;
mod log;
mod search;
mod serve;
mod status;
mod update;
mod user;
pub mod words;

use std::path::{Path, PathBuf};
use std::time::Duration;

use recoupe_store::{FILE_NAME, Store};

use crate::args::Lang;
use crate::exit::{Failure, Status};
use args::{At, Workspace};

/// Does what was asked.
pub fn run(command: &Workspace) -> Result<Status, Failure> {
    match command {
        Workspace::Init(a) => status::init(a),
        Workspace::Add(a) => add::run(a),
        Workspace::Status(a) => status::run(a),
        Workspace::Update(a) => update::run(a),
        Workspace::Incidents(a) => incidents::run(a),
        Workspace::CrossCheck(a) => check::cross_check(a),
        Workspace::Decide(a) => decide::run(a),
        Workspace::Export(a) => check::export(a),
        Workspace::Log(a) => log::run(a),
        Workspace::Search(a) => search::run(a),
        Workspace::Backup(a) => keep::backup(a),
        Workspace::Restore(a) => keep::restore(a),
        Workspace::Vacuum(a) => keep::vacuum(a),
        Workspace::Doctor(a) => keep::doctor(a),
        Workspace::Rebuild(a) => add::rebuild(a),
        Workspace::Serve(a) => serve::run(a),
        Workspace::User(a) => user::run(a),
    }
}

/// Opens the workspace that is meant.
fn open(at: &At) -> Result<Store, Failure> {
    open_at(at.workspace.as_deref(), u64::from(at.wait), at.lang)
}

/// Opens the workspace at `path`, or the nearest one.
fn open_at(path: Option<&Path>, wait: u64, lang: Lang) -> Result<Store, Failure> {
    let path = match path {
        Some(path) => path.to_owned(),
        None => nearest().ok_or_else(|| {
            let message = lang.say(
                "aucun espace de travail (recoupe.db) dans ce dossier ni au-dessus",
                "no workspace (recoupe.db) in this folder or above",
            );
            Failure::new(Status::Workspace, message).hint("recoupe init · --workspace FILE")
        })?,
    };
    Store::open(&path, Duration::from_secs(wait)).map_err(|e| words::failure(&e, lang))
}

/// The workspace of this folder or the nearest above, named as shortly as can be.
fn nearest() -> Option<PathBuf> {
    if Path::new(FILE_NAME).is_file() {
        return Some(FILE_NAME.into());
    }
    recoupe_store::find(&std::env::current_dir().ok()?)
}
