//! What a workspace holds, in numbers.

use crate::error::{About, StoreError};
use crate::open::{Store, beside};
use crate::{Collection, schema};

/// What a workspace holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// When it was made.
    pub created: String,
    /// Its schema.
    pub schema: i64,
    /// Pages.
    pub pages: i64,
    /// Bytes of the pages as they came.
    pub page_bytes: i64,
    /// The same, compressed.
    pub packed_bytes: i64,
    /// Pages whose reading is kept.
    pub readings: i64,
    /// Incidents that are kept.
    pub incidents: i64,
    /// Pages that they do not rest on yet.
    pub unchecked: i64,
    /// Decisions in the log.
    pub decisions: i64,
    /// Hash of the last entry of the log.
    pub head: String,
    /// Bytes of the file and of what waits beside it.
    pub file_bytes: u64,
    /// Runs of adding that were stopped before their end: when they began, and how many pages they brought.
    pub stopped: Vec<(String, i64)>,
    /// Collections by name.
    pub collections: Vec<Collection>,
    /// Languages of the pages, the most frequent first.
    pub languages: Vec<(String, i64)>,
}

impl Store {
    /// Numbers that grow with every page, change and decision; quick, to see whether somebody wrote.
    pub fn marks(&self) -> Result<(i64, i64, i64), StoreError> {
        let sql = "SELECT (SELECT coalesce(max(id), 0) FROM page), (SELECT coalesce(max(seq), 0) FROM change),
            (SELECT coalesce(max(seq), 0) FROM decision_log)";
        let mut q = self.db.prepare_cached(sql).about(&self.path)?;
        q.query_row([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?))).about(&self.path)
    }

    /// How many pages there are.
    pub fn page_count(&self) -> Result<usize, StoreError> {
        self.db
            .query_row("SELECT count(*) FROM page", [], |r| r.get::<_, i64>(0))
            .map(|n| usize::try_from(n).unwrap_or(0))
            .about(&self.path)
    }

    /// What the workspace holds.
    pub fn status(&self) -> Result<Status, StoreError> {
        let one = |sql: &str| self.db.query_row(sql, [], |r| r.get::<_, i64>(0)).about(&self.path);
        let pairs = |sql: &str| -> Result<Vec<(String, i64)>, StoreError> {
            let mut q = self.db.prepare(sql).about(&self.path)?;
            let rows = q.query_map([], |r| Ok((r.get(0)?, r.get(1)?))).about(&self.path)?;
            rows.collect::<Result<_, _>>().about(&self.path)
        };
        let size = |rest: &str| std::fs::metadata(beside(&self.path, rest)).map_or(0, |m| m.len());
        Ok(Status {
            created: self.about("created")?.unwrap_or_default(),
            schema: schema::CURRENT,
            pages: one("SELECT count(*) FROM page")?,
            page_bytes: one("SELECT coalesce(sum(size), 0) FROM blob")?,
            packed_bytes: one("SELECT coalesce(sum(length(zstd)), 0) FROM blob")?,
            readings: one("SELECT count(*) FROM reading")?,
            incidents: one("SELECT count(*) FROM incident")?,
            unchecked: one("SELECT count(*) FROM page WHERE id NOT IN (SELECT page FROM checked)")?,
            decisions: self.decided()?,
            head: self.about("log_head")?.unwrap_or_default(),
            file_bytes: size("") + size("-wal"),
            // Of runs from the same folder and paths, only the last counts: a later one that came to its end made up for it.
            stopped: pairs(
                "SELECT begun, added FROM intake WHERE ended IS NULL
                    AND id = (SELECT max(id) FROM intake AS i WHERE i.folder = intake.folder AND i.paths = intake.paths)
                ORDER BY id",
            )?,
            collections: self.collections()?,
            languages: pairs("SELECT coalesce(language, '?'), count(*) FROM page_text GROUP BY 1 ORDER BY 2 DESC, 1")?,
        })
    }
}
