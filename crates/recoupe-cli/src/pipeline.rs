//! From paths to a dossier: the one file that knows the library, the ingest and the exporters.

use recoupe::decisions::Decision;
use recoupe::{Interner, Packs, Reader};
use recoupe_desk::{DeskError, Made, Session, Trouble};
use recoupe_expect::Runner;
use recoupe_expect::examples::Tried;
use recoupe_syntax::Scratch;
use recoupe_text::Span;

use crate::args::{Input, Read};
use crate::exit::{Failure, Status};
use crate::workspace::words;
use crate::{packs, progress, tell};

/// How many pages are held as bytes at a time: enough to keep all processors busy, little enough to forget.
const BATCH: usize = 256;

/// The dossier as one page for the browser.
pub fn html(made: &Made, args: &Read) -> String {
    recoupe_export::html(&made.wire(true), &export_options(args))
}

/// A summary for the terminal.
pub fn text(made: &Made, args: &Read) -> String {
    let lang = args.input.lang.say("fr", "en");
    let (width, color) = tell::terminal(args.output.out.is_none());
    recoupe_export::text(&made.wire(false), lang, width, color)
}

fn export_options(args: &Read) -> recoupe_export::Options {
    let lang = args.input.lang.say("fr", "en").to_owned();
    recoupe_export::Options { lang, title: args.output.title.clone() }
}

/// Reads all pages that `args` names and cross-checks them. The result does not depend on the number of jobs.
pub fn read(args: &Input, packs: &Packs, decisions: Vec<Decision>) -> Result<Made, Failure> {
    let session = session(args, packs)?;
    let paths = args.paths.iter().map(|p| p.to_string_lossy().into_owned());
    let options = recoupe_ingest::Options { published: args.published.clone(), ..Default::default() };
    let bar = progress::bar(args.quiet, args.lang);
    let (mut pages, mut troubles) = (Vec::new(), Vec::new());
    let mut found = recoupe_ingest::load(paths, options).peekable();
    let mut interner = Interner::default();
    while found.peek().is_some() {
        let mut batch = Vec::with_capacity(BATCH);
        for page in found.by_ref().take(BATCH) {
            match page {
                Ok(page) => batch.push(page),
                Err(e) => troubles.push(Trouble::from(e)),
            }
        }
        let read = session.read(batch);
        bar.inc(read.len() as u64);
        for page in read {
            match page {
                Ok(mut page) => {
                    interner.share(&mut page.reading);
                    pages.push(page);
                }
                Err(e) => troubles.push(e),
            }
        }
    }
    drop(interner);
    bar.finish_and_clear();
    Ok(session.cross_check(pages, troubles, decisions))
}

/// What it takes to read pages and to bring them together, made once for a run.
pub fn session(args: &Input, packs: &Packs) -> Result<Session, Failure> {
    let made = Session::new(packs, args.jobs).map_err(|e| failure(&e, args.lang))?;
    Ok(made.figures(args.figures.clone()))
}

/// Why work could not be done, as the end of a command.
pub fn failure(e: &DeskError, lang: crate::args::Lang) -> Failure {
    match e {
        DeskError::Store(e) => words::failure(e, lang),
        DeskError::Pack(e) => packs::failure(e),
        DeskError::Threads(why) => Failure::new(Status::Nothing, why.clone()).hint("--jobs 1"),
        DeskError::Bytes(why) => Failure::new(Status::Nothing, why.to_string()),
        DeskError::Log { entry, message } => {
            let head = lang.say("journal, entrée", "log, entry");
            Failure::new(Status::Decisions, format!("{head} {entry}: {message}")).hint("recoupe log verify")
        }
    }
}

/// The syntax of `text` as CoNLL-U.
pub fn conllu(packs: &Packs, lang: &str, text: &str) -> Result<String, Failure> {
    let reader = Reader::new(packs).map_err(|e| packs::failure(&e))?;
    let Some(language) = reader.language(lang) else {
        let known: Vec<&str> = reader.languages().collect();
        return Err(Failure::new(Status::Usage, format!("no pack and model for the language {lang}"))
            .hint(format!("--lang {}", known.join(", --lang "))));
    };
    let mut scratch = Scratch::default();
    let mut trees = Vec::new();
    // A blank line parts paragraphs; no sentence runs over one.
    for block in paragraphs(text) {
        for sentence in language.segmenter().sentences(text, block) {
            let tree = language.model().parse(text, &sentence, &mut scratch);
            trees.push((sentence, tree));
        }
    }
    Ok(recoupe_syntax::conllu::write(text, &trees))
}

fn paragraphs(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let (mut start, mut at) = (0, 0);
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            out.push(Span::new(start, at));
            start = at + line.len();
        }
        at += line.len();
    }
    out.push(Span::new(start, at));
    out.retain(|s| !s.of(text).trim().is_empty());
    out
}

/// Everything that does not fit in the packs, and every example of theirs that does not hold.
pub fn check_packs(packs: &Packs) -> Tried {
    match Reader::new(packs) {
        Ok(reader) => recoupe_expect::examples::run(packs, &Runner::with(reader)),
        Err(e) => Tried { examples: 0, problems: vec![e] },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_part_paragraphs() {
        let text = "Un.\nDeux.\n\n \nTrois.";
        let parts: Vec<&str> = paragraphs(text).into_iter().map(|s| s.of(text).trim()).collect();
        assert_eq!(parts, ["Un.\nDeux.", "Trois."]);
    }
}
