//! Dossiers that were frozen and published. None is ever changed or taken out.

use rusqlite::{OptionalExtension, Row, params};

use crate::error::{About, ErrorKind, StoreError};
use crate::open::{Store, now};
use crate::pages::{digest, unpack};

/// Dossiers are written once and read rarely.
const LEVEL: i32 = 12;

/// A published dossier, without the dossier.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edition {
    /// Its number, from 1.
    pub number: i64,
    /// When it was published: UTC, to the second.
    pub at: String,
    /// Who published it.
    pub author: String,
    /// Its title.
    pub title: String,
    /// What its author says of it.
    pub note: String,
    /// Entries of the log of decisions that it obeys.
    pub log_entries: i64,
    /// Hash of the last of them.
    pub log_head: String,
    /// SHA-256 of the dossier.
    pub sha256: String,
    /// Its length in bytes.
    pub size: i64,
}

const COLUMNS: &str = "number, at, author, title, note, log_entries, log_head, sha256, size";

fn edition(r: &Row<'_>) -> rusqlite::Result<Edition> {
    Ok(Edition {
        number: r.get(0)?,
        at: r.get(1)?,
        author: r.get(2)?,
        title: r.get(3)?,
        note: r.get(4)?,
        log_entries: r.get(5)?,
        log_head: r.get(6)?,
        sha256: r.get(7)?,
        size: r.get(8)?,
    })
}

impl Store {
    /// Keeps a dossier under the next number. Of `edition` the title, note, author and log count.
    pub fn publish(&mut self, edition: &Edition, dossier: &[u8]) -> Result<Edition, StoreError> {
        let path = self.path.clone();
        let other = |e: std::io::Error| StoreError::new(&path, ErrorKind::Damaged(e.to_string()));
        let mut packer = zstd::bulk::Compressor::new(LEVEL).map_err(other)?;
        packer.include_checksum(true).map_err(other)?;
        let zstd = packer.compress(dossier).map_err(other)?;
        let mut e = Edition { at: now(), sha256: digest(dossier), size: dossier.len() as i64, ..edition.clone() };
        self.change(|tx| {
            e.number =
                tx.query_row("SELECT coalesce(max(number), 0) + 1 FROM edition", [], |r| r.get(0)).about(&path)?;
            let sql = format!("INSERT INTO edition ({COLUMNS}, zstd) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
            let all =
                params![e.number, e.at, e.author, e.title, e.note, e.log_entries, e.log_head, e.sha256, e.size, zstd];
            tx.execute(&sql, all).about(&path)?;
            Ok(())
        })?;
        Ok(e)
    }

    /// What was published, the last first.
    pub fn editions(&self) -> Result<Vec<Edition>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM edition ORDER BY number DESC");
        let mut q = self.db.prepare_cached(&sql).about(&self.path)?;
        let rows = q.query_map([], edition).about(&self.path)?;
        rows.collect::<Result<_, _>>().about(&self.path)
    }

    /// A published dossier as it was, checked against its digest.
    pub fn edition(&self, number: i64) -> Result<Option<(Edition, Vec<u8>)>, StoreError> {
        let sql = format!("SELECT {COLUMNS}, zstd FROM edition WHERE number = ?1");
        let mut q = self.db.prepare_cached(&sql).about(&self.path)?;
        let found = q.query_row([number], |r| Ok((edition(r)?, r.get::<_, Vec<u8>>(9)?))).optional();
        let Some((e, packed)) = found.about(&self.path)? else { return Ok(None) };
        let bytes = unpack(&e.sha256, e.size, &packed);
        Ok(Some((e, bytes.map_err(|m| StoreError::new(&self.path, ErrorKind::Damaged(m)))?)))
    }
}
