//! Packs from folders: those built in, then the user's, each layer replacing files of the same path.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use recoupe_pack::{PackError, Packs};
use serde::Deserialize;

use crate::args::Lang;
use crate::exit::{Failure, Status};
use crate::{output, tell};

/// What a `pack.toml` says of its pack.
#[derive(Debug, Deserialize)]
pub struct Manifest {
    /// `lang/<code>`, `domain/<name>` or `world/<area>`.
    pub id: String,
    /// Version of the data.
    pub version: String,
    /// SPDX expression.
    pub licence: String,
}

/// How deep below the folder given a `pack.toml` may lie: `DIR/packs/lang/xx/pack.toml`.
const DEPTH: usize = 5;

/// The built-in packs with `dirs` on top.
pub fn load(dirs: &[PathBuf], lang: Lang) -> Result<Packs, Failure> {
    let mut packs = Packs::baked();
    for dir in dirs {
        if add(&mut packs, dir)?.is_empty() {
            let message =
                lang.say("aucun pack ici (il y faut un fichier pack.toml)", "no pack here (it takes a file pack.toml)");
            return Err(Failure::new(Status::Pack, format!("{}: {message}", dir.display())));
        }
    }
    Ok(packs)
}

/// Adds every pack found below `dir`; returns their ids.
fn add(packs: &mut Packs, dir: &Path) -> Result<BTreeSet<String>, Failure> {
    let mut found = Vec::new();
    find(dir, DEPTH, &mut found).map_err(|e| unreadable(dir, &e))?;
    let mut ids = BTreeSet::new();
    for root in found {
        let path = root.join("pack.toml");
        let text = fs::read_to_string(&path).map_err(|e| unreadable(&path, &e))?;
        let manifest: Manifest = toml::from_str(&text).map_err(|e| {
            let line = e.span().map_or(1, |s| text[..s.start.min(text.len())].matches('\n').count() + 1);
            Failure::new(Status::Pack, format!("{}:{line}: {}", path.display(), e.message()))
        })?;
        let fits = manifest.id.split_once('/').is_some_and(|(axis, name)| {
            ["lang", "domain", "world"].contains(&axis)
                && !name.is_empty()
                && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        });
        if !fits {
            return Err(Failure::new(Status::Pack, format!("{}:1: id = {:?}", path.display(), manifest.id))
                .hint("lang/<code>, domain/<name>, world/<area>"));
        }
        insert(packs, &root, &root, &manifest.id)?;
        ids.insert(manifest.id);
    }
    Ok(ids)
}

/// Folders with a `pack.toml`, in order of their names. Links to folders are not followed, so there are no loops.
fn find(dir: &Path, depth: usize, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if dir.join("pack.toml").is_file() {
        found.push(dir.to_owned());
        return Ok(());
    }
    if depth == 0 {
        return Ok(());
    }
    for sub in entries(dir)?.into_iter().filter(|p| p.is_dir() && !p.is_symlink()) {
        find(&sub, depth - 1, found)?;
    }
    Ok(())
}

fn insert(packs: &mut Packs, root: &Path, dir: &Path, id: &str) -> Result<(), Failure> {
    for path in entries(dir).map_err(|e| unreadable(dir, &e))? {
        if path.is_symlink() && path.is_dir() {
            continue;
        }
        if path.is_dir() {
            insert(packs, root, &path, id)?;
        } else if let Ok(rel) = path.strip_prefix(root) {
            let bytes = fs::read(&path).map_err(|e| unreadable(&path, &e))?;
            packs.insert(format!("{id}/{}", rel.to_string_lossy().replace('\\', "/")), bytes);
        }
    }
    Ok(())
}

fn entries(dir: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut out: Vec<PathBuf> = fs::read_dir(dir)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    out.retain(|p| !p.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.')));
    out.sort();
    Ok(out)
}

fn unreadable(path: &Path, e: &std::io::Error) -> Failure {
    Failure::new(Status::Pack, format!("{}: {e}", path.display()))
}

/// A pack error as a failure of the command.
pub fn failure(e: &PackError) -> Failure {
    Failure::new(Status::Pack, e.to_string()).hint("recoupe pack check")
}

/// `recoupe pack list`.
pub fn list(dirs: &[PathBuf]) -> Result<Status, Failure> {
    let lang = Lang::En;
    let packs = load(dirs, lang)?;
    let mut rows = Vec::new();
    for (id, digest) in packs.digests() {
        let m: Manifest = packs.toml(&format!("{id}/pack.toml")).map_err(|e| failure(&e))?;
        rows.push((id, m.version, m.licence, digest));
    }
    let width = rows.iter().map(|r| r.0.len()).max().unwrap_or(0);
    output::to_stdout(lang, |w| {
        for (id, version, licence, digest) in &rows {
            writeln!(w, "{id:width$}  {version:8}  {}  {licence}", &digest[..12])?;
        }
        Ok(())
    })?;
    Ok(Status::Done)
}

/// `recoupe pack check`: compiles the tables of every stage, then runs the examples the packs carry.
pub fn check(dirs: &[PathBuf]) -> Result<Status, Failure> {
    let packs = load(dirs, Lang::En)?;
    for (id, _) in packs.digests() {
        let _: Manifest = packs.toml(&format!("{id}/pack.toml")).map_err(|e| failure(&e))?;
    }
    let tried = crate::pipeline::check_packs(&packs);
    for p in &tried.problems {
        tell::problem(&format!("{}:{}:{}", p.path, p.line, p.column), &p.message, None);
    }
    let count = packs.digests().len();
    if tried.problems.is_empty() {
        tell::note(&format!("{count} packs, {} examples, no problem", tried.examples));
        Ok(Status::Done)
    } else {
        Err(Failure::new(Status::Pack, format!("{count} packs, {} problems", tried.problems.len())))
    }
}
