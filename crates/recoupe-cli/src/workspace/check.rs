//! `recoupe cross-check`, `recoupe export` and the workspace for `recoupe explain`: stored pages and recorded decisions, brought together.

use std::path::Path;

use recoupe::Packs;
use recoupe::decisions::Decision;
use recoupe_desk::{Made, Shelf};
use recoupe_store::{Page, Store};

use super::args::{CrossCheck, Export};
use super::{open, open_at, words};
use crate::args::{Input, Lang};
use crate::exit::{Failure, Status};
use crate::pipeline;
use crate::{decisions, output, packs, progress, read, tell};

/// Pages that are held as bytes at a time.
const BATCH: usize = 256;

/// Cross-checks the workspace and writes what `args` asks for.
pub fn cross_check(args: &CrossCheck) -> Result<Status, Failure> {
    let read = args.read();
    let formats = read::formats(&read)?;
    if let Some(dir) = &args.output.out {
        output::folder(args.at.lang, dir)?;
    }
    let mut store = open(&args.at)?;
    let packs = packs::load(&args.reading.packs, args.at.lang)?;
    let mut made = made(&mut store, &read.input, args.reading.collection.as_deref(), &packs)?;
    read::write_all(&read, &formats, &mut made, &packs)
}

/// Writes what the workspace holds for other programs.
pub fn export(args: &Export) -> Result<Status, Failure> {
    let lang = args.at.lang;
    let read = args.read();
    let formats = if args.format.is_empty() { Vec::new() } else { read::formats(&read)? };
    if args.out.is_none() && args.decisions && !formats.is_empty() {
        let message =
            lang.say("plusieurs formats demandent un dossier de sortie", "several formats need a folder to write to");
        return Err(Failure::new(Status::Usage, message).hint("-o DIR"));
    }
    if let Some(dir) = &args.out {
        output::folder(lang, dir)?;
    }
    let mut store = open(&args.at)?;
    if args.decisions {
        let text = store.decisions().map_err(|e| words::failure(&e, lang))?;
        match &args.out {
            Some(dir) => output::to_file(lang, &dir.join("decisions.jsonl"), |w| w.write_all(text.as_bytes()))?,
            None => output::to_stdout(lang, |w| w.write_all(text.as_bytes()))?,
        }
    }
    if formats.is_empty() {
        return Ok(Status::Done);
    }
    let packs = packs::load(&args.reading.packs, lang)?;
    let mut made = made(&mut store, &read.input, args.reading.collection.as_deref(), &packs)?;
    read::write_all(&read, &formats, &mut made, &packs)
}

/// The whole workspace, for `recoupe explain`.
pub fn whole(input: &Input, workspace: Option<&Path>, packs: &Packs) -> Result<Made, Failure> {
    let mut store = open_at(workspace, 10, input.lang)?;
    made(&mut store, input, None, packs)
}

/// Reads the pages of the workspace and cross-checks them with its decisions, and with those of files that `input` names.
fn made(store: &mut Store, input: &Input, collection: Option<&str>, packs: &Packs) -> Result<Made, Failure> {
    let lang = input.lang;
    let fail = |e| words::failure(&e, lang);
    let pages = store.pages(collection).map_err(fail)?;
    if pages.is_empty() {
        let message = lang.say("il n’y a pas encore de page", "there is no page yet");
        return Err(Failure::new(Status::Nothing, format!("{}: {message}", store.path().display())).hint("recoupe add"));
    }
    let mut decisions = recorded(store, lang)?;
    decisions.extend(decisions::load(&input.decisions, lang)?);
    let (made, kept) = together(store, input, pages, packs, decisions)?;
    if kept > 0 && !input.quiet {
        let fresh = made.pages.saturating_sub(kept);
        tell::note(&match lang {
            Lang::Fr => format!("{fresh} lue(s), {kept} inchangée(s) depuis la dernière lecture"),
            Lang::En => format!("{fresh} read, {kept} unchanged since they were last read"),
        });
    }
    read::tell_all(&made, lang)?;
    Ok(made)
}

/// Reads pages of the workspace, as far as their readings were not kept, and brings them together. Also tells how many were kept.
pub fn together(
    store: &mut Store,
    input: &Input,
    pages: Vec<Page>,
    packs: &Packs,
    decisions: Vec<Decision>,
) -> Result<(Made, usize), Failure> {
    let session = pipeline::session(input, packs)?;
    let bar = progress::bar(input.quiet, input.lang);
    let mut shelf = Shelf::new(store, &session);
    let (mut read, mut troubles) = (Vec::with_capacity(pages.len()), Vec::new());
    for batch in pages.chunks(BATCH) {
        let count = batch.len() as u64;
        shelf.read(batch, &mut read, &mut troubles);
        bar.inc(count);
    }
    bar.finish_and_clear();
    let kept = shelf.kept;
    Ok((session.cross_check(read, troubles, decisions), kept))
}

/// The decisions of the log. Entries that do not hold are told; a log that cannot be read stops the command.
pub fn recorded(store: &Store, lang: Lang) -> Result<Vec<Decision>, Failure> {
    let (decisions, faults) = recoupe_desk::recorded(store).map_err(|e| pipeline::failure(&e, lang))?;
    for f in &faults {
        tell::problem(&store.path().display().to_string(), &words::fault(f, lang), Some("recoupe doctor"));
    }
    Ok(decisions)
}
