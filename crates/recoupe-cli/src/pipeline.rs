//! From paths to a dossier: the one file that knows the library, the ingest and the exporters.

use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use recoupe::decisions::{Decision, Fate};
use recoupe::{Dossier, Interner, Options, Packs, PageInput, Reader};
use recoupe_expect::Runner;
use recoupe_expect::examples::Tried;
use recoupe_ingest::{IngestError, RawPage};
use recoupe_syntax::Scratch;
use recoupe_text::Span;
use recoupe_wire::{Made as Provenance, PackDigest, Source, Style};
use sha2::{Digest, Sha256};

use crate::args::{Input, Lang, Read};
use crate::exit::{Failure, Status};
use crate::{packs, progress, tell};

/// How many pages are held as bytes at a time: enough to keep all processors busy, little enough to forget.
const BATCH: usize = 256;

/// An input that could not be read.
#[derive(Debug)]
pub struct Problem {
    /// The path as given.
    pub subject: String,
    /// Why.
    pub reason: String,
    /// What may help.
    pub hint: Option<String>,
}

/// What a run made.
#[derive(Debug, Default)]
pub struct Made {
    dossier: Dossier,
    provenance: Provenance,
    /// How many pages were read.
    pub pages: usize,
    /// Inputs that could not be read, in order.
    pub problems: Vec<Problem>,
}

impl Made {
    /// How many incidents were found.
    pub fn incidents(&self) -> usize {
        self.dossier.incidents.len()
    }

    fn source(&self, views: bool) -> Source<'_> {
        Source { dossier: &self.dossier, made: &self.provenance, views }
    }

    /// The dossier as `recoupe.dossier/1`.
    pub fn json(&self, w: &mut dyn Write) -> io::Result<()> {
        recoupe_wire::write_dossier(self.source(false), w, Style::Pretty)
    }

    /// The dossier as one page for the browser.
    pub fn html(&self, args: &Read) -> String {
        recoupe_export::html(&recoupe_wire::from_dossier(self.source(true)), &export_options(args))
    }

    /// The dossier as `recoupe.dossier/1`, for exports.
    pub fn wire(&self) -> recoupe_wire::Dossier {
        recoupe_wire::from_dossier(self.source(false))
    }

    /// The same with one figure for each toll by `rule`; what is kept stays as it is.
    pub fn wire_by(&mut self, rule: &recoupe::Rule, table: &recoupe::Table) -> recoupe_wire::Dossier {
        recoupe::figure::apply(table, &mut self.dossier, rule);
        let mut wire = self.wire();
        wire.made.figures = Some(rule.to_string());
        for x in &mut self.dossier.incidents {
            x.tolls.iter_mut().chain(&mut x.cumulative).for_each(|t| t.figure = None);
        }
        wire
    }

    /// The rule to one figure that was asked for.
    pub fn figures(&self) -> Option<&str> {
        self.provenance.figures.as_deref()
    }

    /// What became of the decisions.
    pub fn fates(&self) -> &[(Decision, Fate)] {
        &self.dossier.decisions.fates
    }

    /// The dossier as others see it, without the pages' text.
    pub fn dossier(&self) -> recoupe_wire::Dossier {
        recoupe_wire::from_dossier(self.source(false))
    }

    /// All that was found, as the library has it.
    pub fn into_found(self) -> Dossier {
        self.dossier
    }

    /// A summary for the terminal.
    pub fn text(&self, args: &Read) -> String {
        let lang = args.input.lang.say("fr", "en");
        let (width, color) = tell::terminal(args.output.out.is_none());
        recoupe_export::text(&recoupe_wire::from_dossier(self.source(false)), lang, width, color)
    }
}

fn export_options(args: &Read) -> recoupe_export::Options {
    let lang = args.input.lang.say("fr", "en").to_owned();
    recoupe_export::Options { lang, title: args.output.title.clone() }
}

/// Reads all pages that `args` names and cross-checks them. The result does not depend on the number of jobs.
pub fn read(args: &Input, packs: &Packs, decisions: Vec<Decision>) -> Result<Made, Failure> {
    let session = Session::new(args, packs)?;
    let paths = args.paths.iter().map(|p| p.to_string_lossy().into_owned());
    let options = recoupe_ingest::Options { published: args.published.clone(), ..Default::default() };
    let bar = progress::bar(args.quiet, args.lang);
    let (mut pages, mut problems) = (Vec::new(), Vec::new());
    let mut found = recoupe_ingest::load(paths, options).peekable();
    let mut interner = Interner::default();
    while found.peek().is_some() {
        let mut batch = Vec::with_capacity(BATCH);
        for page in found.by_ref().take(BATCH) {
            match page {
                Ok(page) => batch.push(page),
                Err(e) => problems.push(problem(&e, args.lang)),
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
                Err(e) => problems.push(e),
            }
        }
    }
    drop(interner);
    bar.finish_and_clear();
    Ok(session.cross_check(pages, problems, decisions))
}

/// What it takes to read pages and to bring them together, made once for a run.
pub struct Session<'a> {
    args: &'a Input,
    reader: Reader,
    pool: ThreadPool,
}

impl<'a> Session<'a> {
    /// Compiles the packs.
    pub fn new(args: &'a Input, packs: &Packs) -> Result<Self, Failure> {
        let reader = Reader::new(packs).map_err(|e| packs::failure(&e))?;
        Ok(Self { args, reader, pool: pool(args.jobs)? })
    }

    /// Ids and digests of the packs in force.
    pub fn packs(&self) -> &[(String, String)] {
        self.reader.packs()
    }

    /// Reads pages side by side; the results are in the order of the pages.
    pub fn read(&self, batch: Vec<RawPage>) -> Vec<Result<PageInput, Problem>> {
        self.side_by_side(batch, |page| read_one(&self.reader, page, self.args.lang))
    }

    /// Does something to many values at a time; the results are in their order.
    pub fn side_by_side<T: Send, U: Send>(&self, values: Vec<T>, f: impl Fn(T) -> U + Sync + Send) -> Vec<U> {
        self.pool.install(|| values.into_par_iter().map(f).collect())
    }

    /// Types of incidents and their labels.
    pub fn table(&self) -> &recoupe::Table {
        self.reader.table()
    }

    /// A page that states no date, read as published between two days.
    pub fn dated(&self, page: PageInput, days: &(String, String)) -> PageInput {
        match (days.0.parse(), days.1.parse()) {
            (Ok(from), Ok(to)) => self.reader.dated(page, from, to),
            _ => page,
        }
    }

    /// Brings pages together; of `args`, the paths do not count.
    pub fn cross_check(&self, mut pages: Vec<PageInput>, problems: Vec<Problem>, decisions: Vec<Decision>) -> Made {
        let mut provenance = provenance(&self.reader);
        let count = pages.len();
        tell_apart(&mut pages);
        let mut dossier = recoupe::cross_check(&self.reader, pages, &Options { decisions, ..Options::default() });
        if let Some(rule) = &self.args.figures {
            recoupe::figure::apply(self.reader.table(), &mut dossier, rule);
            provenance.figures = Some(rule.to_string());
        }
        Made { dossier, provenance, pages: count, problems }
    }
}

/// Threads to read pages with.
pub fn pool(jobs: Option<u16>) -> Result<ThreadPool, Failure> {
    ThreadPoolBuilder::new()
        .num_threads(jobs.map_or(0, usize::from))
        .build()
        .map_err(|e| Failure::new(Status::Nothing, e.to_string()).hint("--jobs 1"))
}

/// Reads one page. A defect in the reader costs this page only.
fn read_one(reader: &Reader, page: RawPage, lang: Lang) -> Result<PageInput, Problem> {
    let digest: String = Sha256::digest(&page.bytes).iter().map(|b| format!("{b:02x}")).collect();
    match catch_unwind(AssertUnwindSafe(|| reader.read_page(&page.input()))) {
        Ok(reading) => Ok(PageInput { id: format!("sha256:{digest}"), source: page.source, reading }),
        Err(_) => Err(Problem {
            subject: page.source,
            reason: lang
                .say("un défaut de Recoupe a empêché la lecture", "a defect in Recoupe kept it from being read")
                .to_owned(),
            hint: None,
        }),
    }
}

/// Ids stand for one page each, so copies of the same bytes get a number behind theirs, in the order of their sources.
fn tell_apart(pages: &mut [PageInput]) {
    let names = names(pages.iter().map(|p| (p.source.as_str(), p.id.as_str())));
    for (page, name) in pages.iter_mut().zip(names) {
        page.id = name;
    }
}

/// The ids of pages by source and digest (`sha256:…`), each different from all others.
pub fn names<'a>(pages: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<String> {
    let pages: Vec<(&str, &str)> = pages.collect();
    let mut order: Vec<usize> = (0..pages.len()).collect();
    order.sort_by_key(|i| (pages[*i].1, pages[*i].0));
    let mut out = vec![String::new(); pages.len()];
    for same in order.chunk_by(|a, b| pages[*a].1 == pages[*b].1) {
        for (n, i) in same.iter().enumerate() {
            out[*i] = if n == 0 { pages[*i].1.to_owned() } else { format!("{}#{}", pages[*i].1, n + 1) };
        }
    }
    out
}

fn provenance(reader: &Reader) -> Provenance {
    let packs = reader.packs().iter().map(|(id, sha256)| PackDigest { id: id.clone(), sha256: sha256.clone() });
    Provenance { recoupe: env!("CARGO_PKG_VERSION").to_owned(), packs: packs.collect(), figures: None }
}

/// What the ingest could not read, in the person's language.
pub fn problem(e: &IngestError, lang: Lang) -> Problem {
    let (reason, hint) = match e {
        IngestError::NotFound { .. } => (lang.say("introuvable", "no such file or folder").to_owned(), None),
        IngestError::Unreadable { message, .. } => {
            (format!("{} ({message})", lang.say("illisible", "cannot be read")), None)
        }
        IngestError::Empty { .. } => (lang.say("vide", "is empty").to_owned(), None),
        IngestError::TooLarge { limit, .. } => (
            format!("{} {} MiB", lang.say("dépasse", "is larger than"), limit >> 20),
            Some(lang.say("une page par fichier ; découpez-le", "one page a file; split it")),
        ),
        IngestError::Binary { kind, .. } => (
            format!("{} ({kind})", lang.say("n’est pas du texte", "is not text")),
            Some(lang.say("Recoupe lit du texte et du HTML", "Recoupe reads text and HTML")),
        ),
        IngestError::Loop { .. } => {
            let said = lang.say(
                "ramène à un dossier qui le contient ; non suivi",
                "leads back to a folder it lies in; not followed",
            );
            (said.to_owned(), None)
        }
        IngestError::Sidecar { path, line, message } => {
            return Problem { subject: format!("{path}:{line}"), reason: message.clone(), hint: None };
        }
    };
    Problem { subject: e.path().to_owned(), reason, hint: hint.map(str::to_owned) }
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
