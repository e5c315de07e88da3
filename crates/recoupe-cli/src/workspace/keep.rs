//! `recoupe backup`, `restore`, `vacuum`, `doctor`: keeping the file safe and sound.

use recoupe_store::{Check, FILE_NAME, Store};

use super::args::{Backup, Plain, Restore};
use super::status::size;
use super::{nearest, open, words};
use crate::args::Lang;
use crate::exit::{Failure, Status};
use crate::{output, progress, tell};

/// Copies the workspace.
pub fn backup(args: &Backup) -> Result<Status, Failure> {
    let lang = args.at.lang;
    let store = open(&args.at)?;
    let bar = progress::bar(args.at.quiet, lang);
    bar.set_message(lang.say("blocs copiés", "blocks copied"));
    let done = store.backup(&args.file, args.replace, |done, _| bar.set_position(done));
    bar.finish_and_clear();
    let bytes = done.map_err(|e| words::failure(&e, lang))?;
    if !args.at.quiet {
        let bytes = size(i64::try_from(bytes).unwrap_or(i64::MAX), lang);
        tell::note(&format!("{} → {} ({bytes})", store.path().display(), args.file.display()));
    }
    Ok(Status::Done)
}

/// Puts a backup in the place of the workspace.
pub fn restore(args: &Restore) -> Result<Status, Failure> {
    let lang = args.at.lang;
    let to = args.at.workspace.clone().or_else(nearest).unwrap_or_else(|| FILE_NAME.into());
    let kept = Store::restore(&args.file, &to, args.replace).map_err(|e| words::failure(&e, lang))?;
    if !args.at.quiet {
        tell::note(&format!("{} → {}", args.file.display(), to.display()));
    }
    if let Some(kept) = kept {
        let what = lang.say("l’ancien est gardé ici", "the old one is kept here");
        tell::note(&format!("{}: {what}", kept.display()));
    }
    Ok(Status::Done)
}

/// Makes the file small.
pub fn vacuum(args: &Plain) -> Result<Status, Failure> {
    let lang = args.at.lang;
    let mut store = open(&args.at)?;
    let sizes = store.vacuum().map_err(|e| words::failure(&e, lang))?;
    if !args.at.quiet {
        let shown = |n: u64| size(i64::try_from(n).unwrap_or(i64::MAX), lang);
        tell::note(&format!("{}: {} → {}", store.path().display(), shown(sizes.before), shown(sizes.after)));
    }
    Ok(Status::Done)
}

/// Makes every check and tells what was found, each with what may help.
pub fn doctor(args: &Plain) -> Result<Status, Failure> {
    let lang = args.at.lang;
    let store = open(&args.at)?;
    let mut found = 0;
    let mut lines = Vec::new();
    for check in Check::ALL {
        let findings = store.examine_one(check).map_err(|e| words::failure(&e, lang))?;
        let word =
            if findings.is_empty() { lang.say("en ordre", "sound").to_owned() } else { findings.len().to_string() };
        lines.push(format!("{} {}: {word}", if findings.is_empty() { "✓" } else { "✗" }, words::check(check, lang)));
        for f in &findings {
            let (what, hint) = words::finding(f, lang);
            lines.push(format!("    {what}\n    → {hint}"));
        }
        found += findings.len();
    }
    let fail = |e| words::failure(&e, lang);
    let (recoupe, created) = store.made().map_err(fail)?;
    lines.push(format!(
        "  {} {recoupe}, {created} · schema {} · Recoupe {} · SQLite {}",
        lang.say("fait par Recoupe", "made by Recoupe"),
        recoupe_store::CURRENT,
        env!("CARGO_PKG_VERSION"),
        store.sqlite().map_err(fail)?
    ));
    output::to_stdout(lang, |w| lines.iter().try_for_each(|l| writeln!(w, "{l}")))?;
    if found == 0 {
        return Ok(Status::Done);
    }
    let place = store.path().display();
    Err(Failure::new(
        Status::Workspace,
        match lang {
            Lang::Fr => format!("{place}: {found} constat(s)"),
            Lang::En => format!("{place}: {found} finding(s)"),
        },
    ))
}
