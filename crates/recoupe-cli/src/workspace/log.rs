//! `recoupe log`: who decided what, and whether anybody changed it.

use recoupe_store::{Entry, Store};
use serde_json::Value;

use super::args::{Log, LogCommand, Shown};
use super::{open, words};
use crate::args::Lang;
use crate::exit::{Failure, Status};
use crate::tell::plain;
use crate::{output, tell};

/// Shows or checks the log.
pub fn run(args: &Log) -> Result<Status, Failure> {
    let lang = args.at.lang;
    let store = open(&args.at)?;
    match &args.what {
        Some(LogCommand::Verify { holds }) => verify(&store, holds.as_deref(), args.at.quiet, lang),
        Some(LogCommand::Show { last, format: Shown::Jsonl }) => {
            let text = store.decisions().map_err(|e| words::failure(&e, lang))?;
            let lines: Vec<&str> = text.lines().collect();
            let (head, rest) = lines.split_at(lines.len().min(1));
            let from = rest.len().saturating_sub(last.unwrap_or(rest.len()));
            output::to_stdout(lang, |w| head.iter().chain(&rest[from..]).try_for_each(|l| writeln!(w, "{l}")))?;
            Ok(Status::Done)
        }
        Some(LogCommand::Show { last, .. }) => show(&store, *last, lang),
        None => show(&store, None, lang),
    }
}

fn show(store: &Store, last: Option<usize>, lang: Lang) -> Result<Status, Failure> {
    let entries = store.log().map_err(|e| words::failure(&e, lang))?;
    let from = entries.len().saturating_sub(last.unwrap_or(entries.len()));
    output::to_stdout(lang, |w| entries[from..].iter().try_for_each(|e| writeln!(w, "{}", told(e, lang))))?;
    Ok(Status::Done)
}

/// An entry in two lines or three: number, hash, who, when, which kind, the words, the reason.
fn told(e: &Entry, lang: Lang) -> String {
    let d: Value = serde_json::from_str(&e.line).unwrap_or_default();
    let get = |key: &str| plain(d[key].as_str().unwrap_or_default());
    let mut out = format!(
        "{:>5}  {}  {}  {}  {}",
        e.seq,
        &e.hash[..12.min(e.hash.len())],
        get("time"),
        get("author"),
        get("kind")
    );
    for key in ["field", "revoke"] {
        if let Some(what) = d[key].as_str() {
            out.push_str(&format!(" {}", plain(what)));
        }
    }
    if let Some(value) = d.get("value") {
        out.push_str(&format!(" = {}", plain(&value.to_string())));
    }
    out.push_str(&format!("  [{}]", get("id")));
    for anchor in d["anchors"].as_array().into_iter().flatten() {
        let quote = plain(anchor["quote"].as_str().unwrap_or_default());
        out.push_str(&format!("\n       « {} »", shortened(&quote)));
    }
    if !get("reason").is_empty() {
        out.push_str(&format!("\n       {} {}", lang.say("raison :", "reason:"), get("reason")));
    }
    if e.author != get("author") {
        out.push_str(&format!("\n       {} {}", lang.say("enregistrée par", "recorded by"), plain(&e.author)));
    }
    out
}

fn verify(store: &Store, holds: Option<&str>, quiet: bool, lang: Lang) -> Result<Status, Failure> {
    let (head, faults) = store.verify_log(holds).map_err(|e| words::failure(&e, lang))?;
    let place = store.path().display().to_string();
    for f in &faults {
        tell::problem(&place, &words::fault(f, lang), None);
    }
    if !faults.is_empty() {
        let message = match lang {
            Lang::Fr => format!("{place}: le journal des décisions n’est pas intact ({} défauts)", faults.len()),
            Lang::En => format!("{place}: the log of decisions is not intact ({} faults)", faults.len()),
        };
        return Err(Failure::new(Status::Workspace, message).hint("recoupe restore"));
    }
    output::to_stdout(lang, |w| writeln!(w, "{} {}", head.entries, head.hash))?;
    if !quiet {
        tell::note(&match lang {
            Lang::Fr => format!("{} entrées, intactes ; notez l’empreinte pour pouvoir y revenir", head.entries),
            Lang::En => format!("{} entries, intact; note the hash to be able to come back to it", head.entries),
        });
    }
    Ok(Status::Done)
}

fn shortened(s: &str) -> String {
    let mut out: String = s.chars().take(100).collect();
    if out.len() < s.len() {
        out.push('…');
    }
    out
}
