//! `recoupe add` and `recoupe rebuild`: pages in, batch by batch, each batch safe before the next is read.

use std::io::{self, Write};

use rayon::prelude::*;
use recoupe_desk::{Trouble, pool, texts};
use recoupe_ingest::RawPage;
use recoupe_page::PageReader;
use recoupe_store::{Added, Known, Page, PageText, Prepared, Store};

use super::args::{Add, Rebuild};
use super::{open, words};
use crate::args::Lang;
use crate::exit::{Failure, Status};
use crate::{packs, pipeline, progress, read, tell};

/// Most pages of a batch: what is lost at most when the process is killed, and has to be added again.
const PAGES: usize = 128;
/// Most bytes of a batch: what keeps the memory flat where pages are large.
const BYTES: usize = 8 << 20;

/// How many pages came to what.
#[derive(Default)]
struct Counts {
    new: u64,
    updated: u64,
    known: u64,
    failed: u64,
}

/// Adds the pages that `args` names.
pub fn run(args: &Add) -> Result<Status, Failure> {
    let lang = args.at.lang;
    let fail = |e: &recoupe_store::StoreError| words::failure(e, lang);
    let packs = packs::load(&args.packs, lang)?;
    let reader = PageReader::load(&packs).map_err(|e| packs::failure(&e))?;
    let pool = pool(args.jobs).map_err(|e| pipeline::failure(&e, lang))?;
    let mut store = open(&args.at)?;
    let paths: Vec<String> = args.paths.iter().map(|p| p.to_string_lossy().into_owned()).collect();
    let folder = std::env::current_dir().map(|d| d.to_string_lossy().into_owned()).unwrap_or_default();
    let intake = store.begin_intake(&folder, &paths).map_err(|e| fail(&e))?;
    let options = recoupe_ingest::Options { published: args.published.clone(), ..Default::default() };
    let mut found = recoupe_ingest::load(&paths, options);
    let bar = progress::bar(args.at.quiet, lang);
    bar.set_message(lang.say("pages ajoutées", "pages added"));
    let mut counts = Counts::default();
    loop {
        let (batch, over) = take(&mut found, &mut counts, lang);
        let digests: Vec<String> = pool.install(|| batch.par_iter().map(|p| recoupe_store::digest(&p.bytes)).collect());
        let mut fresh = Vec::new();
        let mut all = Vec::with_capacity(batch.len());
        for (page, sha256) in batch.into_iter().zip(digests) {
            let known = texts::known(&page, sha256);
            all.push((known.sha256.clone(), known.source.clone()));
            if store.knows(&known).map_err(|e| fail(&e))? {
                counts.known += 1;
                list(args, Added::Known, &known)?;
            } else {
                fresh.push((known, page));
            }
        }
        let ready: Vec<Prepared> = pool
            .install(|| {
                fresh.into_par_iter().map(|(k, page)| texts::prepare(&reader, k, &page)).collect::<io::Result<_>>()
            })
            .map_err(|e| Failure::new(Status::Nothing, e.to_string()))?;
        if !ready.is_empty() {
            let added = store.add(intake, &ready).map_err(|e| fail(&e))?;
            for (what, page) in added.iter().zip(&ready) {
                match what {
                    Added::New => counts.new += 1,
                    Added::Updated => counts.updated += 1,
                    Added::Known => counts.known += 1,
                }
                list(args, *what, &page.known)?;
            }
        }
        if let Some(name) = args.collection.as_deref().filter(|_| !all.is_empty()) {
            let pages = all.iter().map(|(sha256, source)| (sha256.as_str(), source.as_str()));
            let numbers = store.numbers(pages).map_err(|e| fail(&e))?;
            store.collect(name, &numbers).map_err(|e| fail(&e))?;
        }
        bar.inc(all.len() as u64);
        if over {
            break;
        }
    }
    bar.finish_and_clear();
    store.end_intake(intake, counts.failed).map_err(|e| fail(&e))?;
    if !args.at.quiet {
        tell::note(&closing(&counts, &store, lang));
    }
    Ok(match counts {
        Counts { new: 0, updated: 0, known: 0, .. } => {
            let message = lang.say("aucune page n’a pu être lue", "no page could be read");
            return Err(Failure::new(Status::Nothing, message));
        }
        Counts { failed: 0, .. } => Status::Done,
        _ => Status::Partial,
    })
}

/// The next batch, and whether it is the last. What cannot be read is told and counted.
fn take(found: &mut recoupe_ingest::Load, counts: &mut Counts, lang: Lang) -> (Vec<RawPage>, bool) {
    let (mut batch, mut bytes) = (Vec::new(), 0);
    while batch.len() < PAGES && bytes < BYTES {
        match found.next() {
            None => return (batch, true),
            Some(Ok(page)) => {
                bytes += page.bytes.len();
                batch.push(page);
            }
            Some(Err(e)) => {
                tell::trouble(&Trouble::from(e), lang);
                counts.failed += 1;
            }
        }
    }
    (batch, false)
}

/// One line on standard output for a page that is safe.
fn list(args: &Add, what: Added, page: &Known) -> Result<(), Failure> {
    if !args.list {
        return Ok(());
    }
    let word = match what {
        Added::New => "new",
        Added::Updated => "updated",
        Added::Known => "known",
    };
    let mut out = io::stdout().lock();
    // A reader that went away does not stop the pages from being kept.
    match writeln!(out, "{word}\tsha256:{}\t{}", page.sha256, page.source).and_then(|()| out.flush()) {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => Err(Failure::new(Status::Output, e.to_string())),
        _ => Ok(()),
    }
}

fn closing(c: &Counts, store: &Store, lang: Lang) -> String {
    let (fr, en) = (|n: u64| read::plural(usize::try_from(n).unwrap_or(2)), |n: u64| if n == 1 { "" } else { "s" });
    let place = store.path().display();
    match lang {
        Lang::Fr => format!(
            "{} nouvelle{}, {} mise{} à jour, {} déjà là, {} en échec → {place}",
            c.new,
            fr(c.new),
            c.updated,
            fr(c.updated),
            c.known,
            c.failed
        ),
        Lang::En => format!(
            "{} new page{}, {} updated, {} already there, {} failed → {place}",
            c.new,
            en(c.new),
            c.updated,
            c.known,
            c.failed
        ),
    }
}

/// Makes the texts of all pages anew, and the index of words.
pub fn rebuild(args: &Rebuild) -> Result<Status, Failure> {
    let lang = args.at.lang;
    let fail = |e: &recoupe_store::StoreError| words::failure(e, lang);
    let packs = packs::load(&args.packs, lang)?;
    let reader = PageReader::load(&packs).map_err(|e| packs::failure(&e))?;
    let pool = pool(args.jobs).map_err(|e| pipeline::failure(&e, lang))?;
    let mut store = open(&args.at)?;
    // The index first: where it does not agree with the texts, they cannot be replaced one by one.
    store.rebuild_index().map_err(|e| fail(&e))?;
    store.forget_readings().map_err(|e| fail(&e))?;
    let bar = progress::bar(args.at.quiet, lang);
    let mut problems = 0_u64;
    let pages = store.pages(None).map_err(|e| fail(&e))?;
    for batch in pages.chunks(PAGES) {
        let mut read: Vec<(&Page, Vec<u8>)> = Vec::with_capacity(batch.len());
        for page in batch {
            match store.bytes(page.blob) {
                Ok(bytes) => read.push((page, bytes)),
                Err(e) => {
                    problems += 1;
                    tell::problem(&page.known.source, &e.kind.to_string(), Some("recoupe doctor"));
                }
            }
        }
        let texts: Vec<(i64, PageText)> = pool.install(|| {
            read.par_iter().map(|(page, bytes)| (page.id, texts::again(&reader, &page.known, bytes))).collect()
        });
        store.set_texts(&texts).map_err(|e| fail(&e))?;
        bar.inc(texts.len() as u64);
    }
    bar.finish_and_clear();
    if !args.at.quiet {
        let n = pages.len();
        tell::note(&format!("{n} pages: {}", lang.say("textes et index refaits", "texts and index made anew")));
    }
    Ok(if problems == 0 { Status::Done } else { Status::Partial })
}
