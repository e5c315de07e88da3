//! Readings kept from one run to the next: bytes that only the program that wrote them understands.

use rusqlite::{OptionalExtension, params};

use crate::error::{About, StoreError};
use crate::open::Store;

/// Quick: a reading is written once for each version of the program.
const LEVEL: i32 = 1;

/// Readings are not larger than this; what says so is broken.
const MOST: usize = 1 << 28;

/// A reading, ready to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackedReading(Vec<u8>);

impl PackedReading {
    /// Compresses the bytes; needs no lock.
    pub fn new(bytes: &[u8]) -> std::io::Result<Self> {
        zstd::bulk::compress(bytes, LEVEL).map(Self)
    }

    /// The bytes; `None` where they are broken.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        let size = zstd::zstd_safe::get_frame_content_size(&self.0).ok().flatten()?;
        let size = usize::try_from(size).ok().filter(|s| *s <= MOST)?;
        zstd::bulk::decompress(&self.0, size).ok()
    }
}

impl Store {
    /// The reading kept for a page, if it was kept under this key.
    pub fn reading(&self, page: i64, key: &str) -> Result<Option<PackedReading>, StoreError> {
        let sql = "SELECT zstd FROM reading WHERE page = ?1 AND key = ?2";
        let mut q = self.db.prepare_cached(sql).about(&self.path)?;
        q.query_row(params![page, key], |r| r.get(0).map(PackedReading)).optional().about(&self.path)
    }

    /// Keeps readings under their keys, in the place of older ones.
    pub fn keep_readings(&mut self, readings: &[(i64, String, PackedReading)]) -> Result<(), StoreError> {
        let path = self.path.clone();
        self.change(|tx| {
            let sql = "INSERT INTO reading (page, key, zstd) VALUES (?1, ?2, ?3)
                ON CONFLICT (page) DO UPDATE SET key = ?2, zstd = ?3";
            let mut q = tx.prepare_cached(sql).about(&path)?;
            readings.iter().try_for_each(|(page, key, r)| q.execute(params![page, key, r.0]).map(|_| ())).about(&path)
        })
    }

    /// Forgets all readings; they are made again when they are needed.
    pub fn forget_readings(&mut self) -> Result<(), StoreError> {
        let path = self.path.clone();
        self.change(|tx| tx.execute("DELETE FROM reading", []).map(|_| ()).about(&path))
    }
}
