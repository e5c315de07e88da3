//! Readings kept from one run to the next: a page is read again only when its bytes, what is known about it, the packs or the program that
//! reads changed.
//!
//! A kept reading is a saving and nothing else. One that cannot be understood is made again; where the workspace cannot be written, none is kept.

use recoupe::{Interner, PageInput, Reading, cache};
use recoupe_ingest::RawPage;
use recoupe_store::{PackedReading, Page, Store};

use crate::error::{Trouble, Why};
use crate::session::Session;
use crate::texts::meta;

/// Where readings are kept.
pub struct Shelf<'a> {
    store: &'a mut Store,
    session: &'a Session,
    /// What all keys have in common.
    version: String,
    /// Equal names share their memory, as they do among pages that are read.
    names: Interner,
    /// How many pages were not read again.
    pub kept: usize,
    writes: bool,
}

/// A page whose reading was kept.
struct Found<'p> {
    page: &'p Page,
    packed: PackedReading,
}

/// By what pages are read: packs and program.
pub fn version(session: &Session) -> String {
    let packs: String = session.packs().iter().map(|(id, sha256)| format!("{id} {sha256}\n")).collect();
    format!("{}\n{}", env!("RECOUPE_CODE"), recoupe_store::digest(packs.as_bytes()))
}

/// What a reading depends on: bytes, what is known about the page, and the version that reads.
pub fn key(page: &Page, version: &str) -> String {
    let k = &page.known;
    recoupe_store::digest(
        format!("{:?}\n{version}", (&k.sha256, &k.source, &k.url, &k.outlet, &k.published)).as_bytes(),
    )
}

impl<'a> Shelf<'a> {
    /// The readings of a workspace, for the packs of this run.
    pub fn new(store: &'a mut Store, session: &'a Session) -> Self {
        let writes = store.writable();
        Self { store, session, version: version(session), names: Interner::default(), kept: 0, writes }
    }

    /// Reads pages, in their order.
    pub fn read(&mut self, batch: &[Page], out: &mut Vec<PageInput>, troubles: &mut Vec<Trouble>) {
        let mut found: Vec<Found<'_>> = Vec::new();
        let mut fresh: Vec<&Page> = Vec::new();
        for page in batch {
            match self.store.reading(page.id, &key(page, &self.version)) {
                Ok(Some(packed)) => found.push(Found { page, packed }),
                _ => fresh.push(page),
            }
        }
        for (page, reading) in self.session.side_by_side(found, unpacked) {
            match reading {
                Some(reading) => {
                    self.kept += 1;
                    out.push(self.input(page, reading));
                }
                None => fresh.push(page),
            }
        }
        self.read_fresh(&fresh, out, troubles);
    }

    fn read_fresh(&mut self, fresh: &[&Page], out: &mut Vec<PageInput>, troubles: &mut Vec<Trouble>) {
        if fresh.is_empty() {
            return;
        }
        let mut batch = Vec::with_capacity(fresh.len());
        let mut pages = Vec::with_capacity(fresh.len());
        for page in fresh {
            match self.store.bytes(page.blob) {
                Ok(bytes) => {
                    let k = &page.known;
                    batch.push(RawPage { source: k.source.clone(), bytes, meta: meta(k) });
                    pages.push(*page);
                }
                Err(e) => {
                    troubles
                        .push(Trouble { subject: page.known.source.clone(), why: Why::Damaged(e.kind.to_string()) });
                }
            }
        }
        let mut read = Vec::new();
        for (page, result) in pages.into_iter().zip(self.session.read(batch)) {
            match result {
                Ok(input) => read.push((page, input)),
                Err(e) => troubles.push(e),
            }
        }
        if self.writes {
            let packed = self.session.side_by_side(read.iter().collect(), |(page, input)| {
                let bytes = cache::encode(&input.reading)?;
                Some((page.id, PackedReading::new(&bytes).ok()?))
            });
            let ready: Vec<_> = packed
                .into_iter()
                .zip(&read)
                .filter_map(|(packed, (page, _))| packed.map(|(id, p)| (id, key(page, &self.version), p)))
                .collect();
            // Another process may be writing; then this run keeps nothing more, rather than wait each time.
            self.writes = self.store.keep_readings(&ready).is_ok();
        }
        out.extend(read.into_iter().map(|(_, mut input)| {
            self.names.share(&mut input.reading);
            input
        }));
    }

    fn input(&mut self, page: &Page, mut reading: Reading) -> PageInput {
        self.names.share(&mut reading);
        PageInput { id: format!("sha256:{}", page.known.sha256), source: page.known.source.clone(), reading }
    }
}

/// The reading itself; `None` where it cannot be understood.
fn unpacked(found: Found<'_>) -> (&Page, Option<Reading>) {
    (found.page, found.packed.bytes().and_then(|b| cache::decode(&b)))
}
