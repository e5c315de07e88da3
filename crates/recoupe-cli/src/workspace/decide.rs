//! `recoupe decide`: what people decided, into the log.

use std::collections::BTreeSet;
use std::io::{self, Read, Write};
use std::path::Path;

use recoupe::decisions::{Decision, Fate};
use recoupe_store::{ErrorKind, Recorded, Store};
use recoupe_wire::decision_file;

use super::args::Decide;
use super::{check, open, words};
use crate::args::{Input, Lang};
use crate::exit::{Failure, Status};
use crate::{decisions, output, packs, tell};

/// Records the files one after the other, each as a whole or not at all, then tells which decisions find no claim.
pub fn run(args: &Decide) -> Result<Status, Failure> {
    let lang = args.at.lang;
    let mut store = open(&args.at)?;
    let (mut new, mut known) = (BTreeSet::new(), 0_usize);
    for file in &args.files {
        let name = file.display().to_string();
        let text = text(file, lang)?;
        well_formed(&name, &text)?;
        let recorded = store.decide(&text, args.author.as_deref()).map_err(|e| match &e.kind {
            ErrorKind::Decision { line, message } => {
                Failure::new(Status::Decisions, format!("{name}:{line}: {message}")).hint("docs/decisions-format.md")
            }
            _ => words::failure(&e, lang),
        })?;
        known += recorded.iter().filter(|r| !r.new).count();
        acknowledge(&recorded, lang)?;
        new.extend(recorded.into_iter().filter(|r| r.new).map(|r| r.id));
    }
    if !args.at.quiet {
        let (n, place) = (new.len(), store.path().display());
        tell::note(&match lang {
            Lang::Fr => format!("{n} enregistrée(s), {known} déjà là → {place}"),
            Lang::En => format!("{n} recorded, {known} already there → {place}"),
        });
    }
    if !new.is_empty() {
        orphans(&mut store, args, &new)?;
    }
    Ok(Status::Done)
}

fn text(file: &Path, lang: Lang) -> Result<String, Failure> {
    if file.as_os_str() == "-" {
        let mut text = String::new();
        let read = io::stdin().lock().read_to_string(&mut text);
        return read.map(|_| text).map_err(|e| Failure::new(Status::Decisions, format!("-: {e}")));
    }
    decisions::text(file, lang)
}

/// Tells every line that does not fit.
fn well_formed(name: &str, text: &str) -> Result<(), Failure> {
    decision_file::read(text).map(|_| ()).map_err(|bad| decisions::ill_formed(name, &bad))
}

/// One line for each decision that is on the disk.
fn acknowledge(recorded: &[Recorded], lang: Lang) -> Result<(), Failure> {
    output::to_stdout(lang, |w| {
        for r in recorded {
            writeln!(w, "{}\t{}\t{}\t{}", if r.new { "new" } else { "known" }, r.seq, r.id, r.hash)?;
        }
        Ok(())
    })?;
    io::stdout().flush().map_err(|e| Failure::new(Status::Output, e.to_string()))
}

/// Tells which of the new decisions find no claim. Only the pages that decisions speak of are read.
fn orphans(store: &mut Store, args: &Decide, new: &BTreeSet<String>) -> Result<(), Failure> {
    let lang = args.at.lang;
    let all = check::recorded(store, lang)?;
    let mut pages = store.pages(None).map_err(|e| words::failure(&e, lang))?;
    let named: BTreeSet<&str> =
        all.iter().filter(|d| new.contains(&d.id)).flat_map(|d| &d.anchors).map(|a| page_of(&a.page)).collect();
    pages.retain(|p| named.contains(p.known.sha256.as_str()));
    let packs = packs::load(&args.packs, lang)?;
    let input = Input {
        paths: Vec::new(),
        decisions: Vec::new(),
        lang,
        packs: Vec::new(),
        published: None,
        figures: None,
        jobs: None,
        quiet: true,
    };
    let (made, _) = check::together(store, &input, pages, &packs, all)?;
    // Whether a decision can be obeyed is only known from all pages together; whether it finds its claims is known from its own.
    let told: Vec<(Decision, Fate)> = made
        .fates()
        .iter()
        .filter(|(d, fate)| new.contains(&d.id) && matches!(fate, Fate::Orphaned(_) | Fate::Applied { .. }))
        .cloned()
        .collect();
    decisions::tell(&told, lang);
    Ok(())
}

fn page_of(anchor: &str) -> &str {
    anchor.strip_prefix("sha256:").unwrap_or(anchor)
}
