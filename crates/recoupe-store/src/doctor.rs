//! Is the workspace sound? Every check, and what may help.

use rusqlite::OptionalExtension;

use crate::error::{About, StoreError};
use crate::log::Fault;
use crate::open::Store;
use crate::pages::unpack;

/// What was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Check {
    /// The file as a database: `PRAGMA integrity_check`, foreign keys.
    File,
    /// The log of decisions.
    Log,
    /// The bytes of the pages against their digests.
    Bytes,
    /// The index of words against the texts.
    Index,
    /// Pages without a text to search.
    Texts,
    /// Bytes that no page rests on.
    Orphans,
}

impl Check {
    /// All, in the order they are made.
    pub const ALL: [Check; 6] = [Check::File, Check::Log, Check::Bytes, Check::Index, Check::Texts, Check::Orphans];
}

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which check found it.
    pub check: Check,
    /// What, in English, with numbers and digests.
    pub detail: String,
    /// The fault, where it is one of the log.
    pub fault: Option<Fault>,
}

impl Store {
    /// Makes every check. A sound workspace has no findings.
    pub fn examine(&self) -> Result<Vec<Finding>, StoreError> {
        let mut out = Vec::new();
        for check in Check::ALL {
            out.extend(self.examine_one(check)?);
        }
        Ok(out)
    }

    /// Makes one check. What keeps a check from being made is a finding of it.
    pub fn examine_one(&self, check: Check) -> Result<Vec<Finding>, StoreError> {
        let found = match check {
            Check::File => self.file(),
            Check::Log => return Ok(self.log_findings()),
            Check::Bytes => self.blobs(),
            Check::Index => self.index(),
            Check::Texts => self
                .lines("SELECT 'page ' || id || ' has no text' FROM page WHERE id NOT IN (SELECT page FROM page_text)"),
            Check::Orphans => {
                self.lines("SELECT 'sha256:' || sha256 FROM blob WHERE id NOT IN (SELECT blob FROM page)")
            }
        };
        let found = found.unwrap_or_else(|e| vec![e.kind.to_string()]);
        Ok(found.into_iter().map(|detail| Finding { check, detail, fault: None }).collect())
    }

    fn lines(&self, sql: &str) -> Result<Vec<String>, StoreError> {
        let mut q = self.db.prepare(sql).about(&self.path)?;
        let rows = q.query_map([], |r| r.get(0)).about(&self.path)?;
        rows.collect::<Result<_, _>>().about(&self.path)
    }

    fn file(&self) -> Result<Vec<String>, StoreError> {
        let mut out = self.lines("PRAGMA integrity_check(20)")?;
        out.retain(|l| l != "ok");
        out.extend(self.lines(
            "SELECT \"table\" || ' ' || coalesce(rowid, '') || ' names a row of ' || parent || ' that is not there'
            FROM pragma_foreign_key_check LIMIT 20",
        )?);
        Ok(out)
    }

    fn log_findings(&self) -> Vec<Finding> {
        let faults = match self.verify_log(None) {
            Ok((_, faults)) => faults,
            Err(e) => vec![Fault::Unreadable { after: 0, message: e.kind.to_string() }],
        };
        faults.into_iter().map(|f| Finding { check: Check::Log, detail: format!("{f:?}"), fault: Some(f) }).collect()
    }

    /// One blob at a time, so that a large workspace needs no more memory than a small one.
    fn blobs(&self) -> Result<Vec<String>, StoreError> {
        let mut out = Vec::new();
        let mut q = self.db.prepare("SELECT sha256, size, zstd FROM blob").about(&self.path)?;
        let mut rows = q.query([]).about(&self.path)?;
        while let Some(r) = rows.next().about(&self.path)? {
            let sha256: String = r.get(0).about(&self.path)?;
            let packed = r.get_ref(2).about(&self.path)?;
            let Ok(packed) = packed.as_blob() else {
                out.push(format!("sha256:{sha256}: no bytes"));
                continue;
            };
            out.extend(unpack(&sha256, r.get(1).about(&self.path)?, packed).err());
        }
        Ok(out)
    }

    /// FTS5 compares its index with the texts; it takes the lock of a writer to do so.
    fn index(&self) -> Result<Vec<String>, StoreError> {
        if !self.writable {
            return Ok(Vec::new());
        }
        let sql = "INSERT INTO page_fts (page_fts, rank) VALUES ('integrity-check', 1)";
        let checked = self.db.execute(sql, []).map(Some).or_else(|e| match e.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DatabaseCorrupt) => Ok(None),
            _ => Err(e),
        });
        Ok(match checked.about(&self.path)? {
            Some(_) => Vec::new(),
            None => vec!["the index of words does not agree with the texts".to_owned()],
        })
    }

    /// How the file says of itself that it was made: by which Recoupe, when.
    pub fn made(&self) -> Result<(String, String), StoreError> {
        Ok((self.about("recoupe")?.unwrap_or_default(), self.about("created")?.unwrap_or_default()))
    }

    /// The version of SQLite that is built in.
    pub fn sqlite(&self) -> Result<String, StoreError> {
        let v = self.db.query_row("SELECT sqlite_version()", [], |r| r.get(0)).optional().about(&self.path)?;
        Ok(v.unwrap_or_default())
    }
}
