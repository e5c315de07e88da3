//! Pages as evidence: their bytes once, content-addressed; where and when they were found; what was known about them from outside.

use std::path::Path;

use rusqlite::{OptionalExtension, Row, Transaction, params};
use sha2::{Digest, Sha256};

use crate::error::{About, ErrorKind, StoreError};
use crate::open::{Store, now};

/// SHA-256 in lower-case hexadecimal.
pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// What is known about a page before it is added: enough to tell whether it is there already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// SHA-256 of its bytes, see [`digest`].
    pub sha256: String,
    /// Its path, as given.
    pub source: String,
    /// Its address, where a table beside it tells.
    pub url: Option<String>,
    /// Who published it, likewise.
    pub outlet: Option<String>,
    /// When, likewise.
    pub published: Option<String>,
}

/// What of a page is searched, and shown in lists. Derived: made from the bytes, and made again when reading gets better.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageText {
    /// Its title; empty where none was found.
    pub title: String,
    /// The article, without what surrounds it.
    pub body: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// ISO 639-1.
    pub language: Option<String>,
    /// The first day it may have been published, as an ISO day.
    pub day_from: Option<String>,
    /// The last.
    pub day_to: Option<String>,
}

/// A page, ready to be stored. Making it is the slow part and needs no lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// What is known about it.
    pub known: Known,
    /// Length of its bytes.
    size: i64,
    /// Its bytes, compressed.
    zstd: Vec<u8>,
    /// What is searched.
    text: PageText,
}

/// Strong enough for text, and quick: pages are compressed once and read often.
const LEVEL: i32 = 9;

impl Prepared {
    /// Compresses the bytes. `known.sha256` must be their digest; it is made where it is empty.
    pub fn new(mut known: Known, bytes: &[u8], text: PageText) -> std::io::Result<Self> {
        if known.sha256.is_empty() {
            known.sha256 = digest(bytes);
        }
        // With the length and a checksum inside, `zstd -t` can test what was taken out by hand.
        let mut packer = zstd::bulk::Compressor::new(LEVEL)?;
        packer.include_checksum(true)?;
        Ok(Self { known, size: bytes.len() as i64, zstd: packer.compress(bytes)?, text })
    }
}

/// What became of a page that was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Added {
    /// It was not there.
    New,
    /// It was there, and a table now tells more, or something else, about it.
    Updated,
    /// It was there.
    Known,
}

/// A stored page, without its bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Its number in the file.
    pub id: i64,
    /// Number of its bytes in the file, for [`Store::bytes`].
    pub blob: i64,
    /// What is known about it; of several paths the first in order.
    pub known: Known,
    /// When it was added: UTC, to the second.
    pub added: String,
}

impl Store {
    /// Notes that pages are being added, from which folder and paths. The number goes to [`Store::add`].
    pub fn begin_intake(&mut self, folder: &str, paths: &[String]) -> Result<i64, StoreError> {
        let path = self.path.clone();
        let paths = serde_json::to_string(paths).unwrap_or_default();
        self.change(|tx| {
            tx.execute("INSERT INTO intake (begun, folder, paths) VALUES (?1, ?2, ?3)", [&now(), folder, &paths])
                .about(&path)?;
            Ok(tx.last_insert_rowid())
        })
    }

    /// Notes that all were added.
    pub fn end_intake(&mut self, intake: i64, failed: u64) -> Result<(), StoreError> {
        let path = self.path.clone();
        let failed = i64::try_from(failed).unwrap_or(i64::MAX);
        self.change(|tx| {
            let sql = "UPDATE intake SET ended = ?2, failed = ?3 WHERE id = ?1";
            tx.execute(sql, params![intake, now(), failed]).about(&path)?;
            Ok(())
        })
    }

    /// Whether nothing would change if this page were added.
    pub fn knows(&self, page: &Known) -> Result<bool, StoreError> {
        Ok(matches!(place(&self.db, &self.path, page)?, Place::Same { seen: true, changed: false, .. }))
    }

    /// Adds pages, all or none. What this returned for is on the disk.
    pub fn add(&mut self, intake: i64, pages: &[Prepared]) -> Result<Vec<Added>, StoreError> {
        let path = self.path.clone();
        self.change(|tx| {
            let out = pages.iter().map(|p| add_one(tx, &path, intake, p)).collect::<Result<Vec<_>, _>>()?;
            let new = out.iter().filter(|a| **a == Added::New).count() as i64;
            let sql = "UPDATE intake SET added = added + ?2, known = known + ?3 WHERE id = ?1";
            tx.execute(sql, params![intake, new, out.len() as i64 - new]).about(&path)?;
            Ok(out)
        })
    }

    /// The pages, those of a collection or all, in the order they were added.
    pub fn pages(&self, collection: Option<&str>) -> Result<Vec<Page>, StoreError> {
        let within = match collection {
            Some(name) => Some(self.collection_id(name)?),
            None => None,
        };
        let sql = format!(
            "{PAGE} WHERE ?1 IS NULL OR page.id IN (SELECT page FROM collection_page WHERE collection = ?1) ORDER BY page.id"
        );
        let mut q = self.db.prepare_cached(&sql).about(&self.path)?;
        let rows = q.query_map([within], page);
        rows.about(&self.path)?.collect::<Result<_, _>>().about(&self.path)
    }

    /// Pages by their numbers, in the order of these, each with how many others of the same bytes come before it by their paths.
    pub fn numbered(&self, numbers: impl IntoIterator<Item = i64>) -> Result<Vec<(Page, usize)>, StoreError> {
        let sql = format!("{PAGE} WHERE page.blob = (SELECT blob FROM page WHERE id = ?1) ORDER BY 4, page.id");
        let mut q = self.db.prepare_cached(&sql).about(&self.path)?;
        let mut out = Vec::new();
        for n in numbers {
            let twins = q.query_map([n], page).about(&self.path)?;
            let twins: Vec<Page> = twins.collect::<Result<_, _>>().about(&self.path)?;
            out.extend(twins.into_iter().enumerate().find(|(_, p)| p.id == n).map(|(i, p)| (p, i)));
        }
        Ok(out)
    }

    /// The bytes of a page, as they came. They are checked against their digest.
    pub fn bytes(&self, blob: i64) -> Result<Vec<u8>, StoreError> {
        let sql = "SELECT sha256, size, zstd FROM blob WHERE id = ?1";
        let mut q = self.db.prepare_cached(sql).about(&self.path)?;
        let row = q.query_row([blob], |r| {
            Ok(unpack(&r.get::<_, String>(0)?, r.get(1)?, r.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?))
        });
        let bytes = row.optional().about(&self.path)?.unwrap_or_else(|| Err(format!("bytes {blob} are missing")));
        bytes.map_err(|e| StoreError::new(&self.path, ErrorKind::Damaged(e)))
    }

    /// Puts new texts for searching in the place of those that are there, all or none.
    pub fn set_texts(&mut self, texts: &[(i64, PageText)]) -> Result<(), StoreError> {
        let path = self.path.clone();
        self.change(|tx| texts.iter().try_for_each(|(page, text)| set_text(tx, *page, text)).about(&path))
    }
}

const PAGE: &str =
    "SELECT page.id, page.blob, blob.sha256, (SELECT min(path) FROM source WHERE source.page = page.id), page.url,
        page.outlet, page.published, page.added
    FROM page JOIN blob ON blob.id = page.blob";

fn page(r: &Row<'_>) -> rusqlite::Result<Page> {
    Ok(Page {
        id: r.get(0)?,
        blob: r.get(1)?,
        known: Known {
            sha256: r.get(2)?,
            source: r.get::<_, Option<String>>(3)?.unwrap_or_default(),
            url: r.get(4)?,
            outlet: r.get(5)?,
            published: r.get(6)?,
        },
        added: r.get(7)?,
    })
}

/// The bytes behind a compressed blob, or what is wrong with them.
pub(crate) fn unpack(sha256: &str, size: i64, packed: &[u8]) -> Result<Vec<u8>, String> {
    let size = usize::try_from(size).ok().filter(|s| *s <= u32::MAX as usize).ok_or("an impossible length")?;
    let bytes = zstd::bulk::decompress(packed, size).map_err(|e| format!("sha256:{sha256}: {e}"))?;
    if digest(&bytes) == sha256 {
        Ok(bytes)
    } else {
        Err(format!("sha256:{sha256}: the bytes are not those that came"))
    }
}

/// Where a page belongs.
enum Place {
    /// It is one of those that are there.
    Same { page: i64, seen: bool, changed: bool },
    /// It is another publication of the same bytes.
    Other { blob: i64 },
    /// Its bytes are not there.
    Nowhere,
}

/// Bytes that were found before are the same page, unless tables tell of two addresses or two outlets: two papers may print one text.
fn place(db: &rusqlite::Connection, path: &Path, page: &Known) -> Result<Place, StoreError> {
    let sql = "SELECT id FROM blob WHERE sha256 = ?1";
    let blob: Option<i64> =
        db.prepare_cached(sql).and_then(|mut q| q.query_row([&page.sha256], |r| r.get(0)).optional()).about(path)?;
    let Some(blob) = blob else { return Ok(Place::Nowhere) };
    let sql = "SELECT id, url, outlet, published,
            EXISTS (SELECT 1 FROM source WHERE source.page = page.id AND source.path = ?2)
        FROM page WHERE blob = ?1 ORDER BY 5 DESC, id";
    let mut q = db.prepare_cached(sql).about(path)?;
    let mut rows = q.query(params![blob, page.source]).about(path)?;
    while let Some(r) = rows.next().about(path)? {
        let get = |i: usize| r.get::<_, Option<String>>(i).about(path);
        let (id, url, outlet, published): (i64, _, _, _) = (r.get(0).about(path)?, get(1)?, get(2)?, get(3)?);
        let seen: bool = r.get(4).about(path)?;
        let fits = |old: &Option<String>, new: &Option<String>| old.is_none() || new.is_none() || old == new;
        if seen || fits(&url, &page.url) && fits(&outlet, &page.outlet) {
            let more = |old: &Option<String>, new: &Option<String>| new.is_some() && old != new;
            let changed = more(&url, &page.url) || more(&outlet, &page.outlet) || more(&published, &page.published);
            return Ok(Place::Same { page: id, seen, changed });
        }
    }
    Ok(Place::Other { blob })
}

fn add_one(tx: &Transaction<'_>, path: &Path, intake: i64, p: &Prepared) -> Result<Added, StoreError> {
    let k = &p.known;
    let time = now();
    let (page, added) = match place(tx, path, k)? {
        Place::Same { page, changed, .. } => {
            if changed {
                let sql = "UPDATE page SET url = coalesce(?2, url), outlet = coalesce(?3, outlet),
                    published = coalesce(?4, published) WHERE id = ?1";
                tx.execute(sql, params![page, k.url, k.outlet, k.published]).about(path)?;
                set_text(tx, page, &p.text).about(path)?;
            }
            (page, if changed { Added::Updated } else { Added::Known })
        }
        other => {
            let blob = match other {
                Place::Other { blob } => blob,
                _ => {
                    let sql = "INSERT INTO blob (sha256, size, zstd) VALUES (?1, ?2, ?3)";
                    let mut q = tx.prepare_cached(sql).about(path)?;
                    q.insert(params![k.sha256, p.size, p.zstd]).about(path)?
                }
            };
            let sql = "INSERT INTO page (blob, url, outlet, published, intake, added) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
            let mut q = tx.prepare_cached(sql).about(path)?;
            let page = q.insert(params![blob, k.url, k.outlet, k.published, intake, time]).about(path)?;
            set_text(tx, page, &p.text).about(path)?;
            (page, Added::New)
        }
    };
    let sql = "INSERT INTO source (page, path, intake, seen) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
    let mut q = tx.prepare_cached(sql).about(path)?;
    let again = q.execute(params![page, k.source, intake, time]).about(path)? > 0;
    if added == Added::Updated || again && added == Added::Known {
        // what is known about a page is part of what is read: it is compared anew
        tx.execute("DELETE FROM checked WHERE page = ?1", [page]).about(path)?;
    }
    Ok(added)
}

fn set_text(tx: &Transaction<'_>, page: i64, t: &PageText) -> rusqlite::Result<()> {
    let sql = "INSERT INTO page_text (page, title, body, outlet, language, day_from, day_to)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT (page) DO UPDATE SET title = ?2, body = ?3, outlet = ?4, language = ?5, day_from = ?6, day_to = ?7";
    let mut q = tx.prepare_cached(sql)?;
    q.execute(params![page, t.title, t.body, t.outlet, t.language, t.day_from, t.day_to]).map(|_| ())
}
