//! Reading many pages side by side, and bringing them together: compiled packs and threads, made once.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use recoupe::decisions::Decision;
use recoupe::{Options, Packs, PageInput, Reader, Rule};
use recoupe_ingest::RawPage;
use recoupe_wire::{Made as Provenance, PackDigest};

use crate::error::{DeskError, Trouble, Why};
use crate::made::Made;

/// What it takes to read pages and to bring them together.
pub struct Session {
    reader: Reader,
    pool: ThreadPool,
    figures: Option<Rule>,
}

impl Session {
    /// Compiles the packs. `jobs` pages are read at a time, else one for each processor; the results are the same.
    pub fn new(packs: &Packs, jobs: Option<u16>) -> Result<Self, DeskError> {
        Ok(Self { reader: Reader::new(packs)?, pool: pool(jobs)?, figures: None })
    }

    /// Makes one figure of each toll by a rule.
    pub fn figures(self, rule: Option<Rule>) -> Self {
        Self { figures: rule, ..self }
    }

    /// Ids and digests of the packs in force.
    pub fn packs(&self) -> &[(String, String)] {
        self.reader.packs()
    }

    /// Types of incidents and their labels.
    pub fn table(&self) -> &recoupe::Table {
        self.reader.table()
    }

    /// Reads pages side by side; the results are in the order of the pages.
    pub fn read(&self, batch: Vec<RawPage>) -> Vec<Result<PageInput, Trouble>> {
        self.side_by_side(batch, |page| read_one(&self.reader, page))
    }

    /// Does something to many values at a time; the results are in their order.
    pub fn side_by_side<T: Send, U: Send>(&self, values: Vec<T>, f: impl Fn(T) -> U + Sync + Send) -> Vec<U> {
        self.pool.install(|| values.into_par_iter().map(f).collect())
    }

    /// A page that states no date, read as published between two days.
    pub fn dated(&self, page: PageInput, days: &(String, String)) -> PageInput {
        match (days.0.parse(), days.1.parse()) {
            (Ok(from), Ok(to)) => self.reader.dated(page, from, to),
            _ => page,
        }
    }

    /// Brings pages together.
    pub fn cross_check(&self, mut pages: Vec<PageInput>, troubles: Vec<Trouble>, decisions: Vec<Decision>) -> Made {
        let mut provenance = provenance(&self.reader);
        let count = pages.len();
        tell_apart(&mut pages);
        let mut dossier = recoupe::cross_check(&self.reader, pages, &Options { decisions, ..Options::default() });
        if let Some(rule) = &self.figures {
            recoupe::figure::apply(self.reader.table(), &mut dossier, rule);
            provenance.figures = Some(rule.to_string());
        }
        Made { dossier, provenance, pages: count, troubles }
    }
}

/// Threads to read pages with.
pub fn pool(jobs: Option<u16>) -> Result<ThreadPool, DeskError> {
    let threads = jobs.map_or(0, usize::from);
    ThreadPoolBuilder::new().num_threads(threads).build().map_err(|e| DeskError::Threads(e.to_string()))
}

/// Reads one page. A defect in the reader costs this page only.
fn read_one(reader: &Reader, page: RawPage) -> Result<PageInput, Trouble> {
    let digest = recoupe_store::digest(&page.bytes);
    match catch_unwind(AssertUnwindSafe(|| reader.read_page(&page.input()))) {
        Ok(reading) => Ok(PageInput { id: format!("sha256:{digest}"), source: page.source, reading }),
        Err(_) => Err(Trouble { subject: page.source, why: Why::Defect }),
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
