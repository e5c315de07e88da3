//! The tables and how older ones are brought up to date.
//!
//! `PRAGMA user_version` is the number of the schema, `PRAGMA application_id` says that the file is a workspace. A step from one schema to the
//! next is a file of SQL that is never changed again once released; a file kept from the first schema is a test.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::error::{About, ErrorKind, StoreError};

/// `RCPE`: told by `file`, and kept in the header of every workspace.
pub const APPLICATION_ID: i64 = 0x5243_5045;

/// Each step, from the empty file to the present schema.
const STEPS: [&str; 6] = [
    include_str!("schema/1.sql"),
    include_str!("schema/2.sql"),
    include_str!("schema/3.sql"),
    include_str!("schema/4.sql"),
    include_str!("schema/5.sql"),
    include_str!("schema/6.sql"),
];

/// The schema that this program writes.
pub const CURRENT: i64 = STEPS.len() as i64;

/// The number of the schema of a file, if it is a workspace.
pub(crate) fn version(db: &Connection, path: &Path) -> Result<i64, StoreError> {
    let pragma = |name: &str| db.query_row(&format!("PRAGMA {name}"), [], |r| r.get::<_, i64>(0)).about(path);
    let (id, version) = (pragma("application_id")?, pragma("user_version")?);
    if id != APPLICATION_ID {
        let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0)).about(path)?;
        let what = if tables == 0 { "an empty file" } else { "another SQLite database" };
        return Err(StoreError::new(path, ErrorKind::NotAWorkspace(what.to_owned())));
    }
    if version > CURRENT {
        return Err(StoreError::new(path, ErrorKind::Newer { found: version, known: CURRENT }));
    }
    Ok(version)
}

/// Brings a file up to the present schema, all steps at once or none.
pub(crate) fn migrate(db: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let work = || -> rusqlite::Result<()> {
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Looked at again under the lock: another process may have been quicker.
        let done: i64 = tx.query_row("PRAGMA user_version", [], |r| r.get(0))?;
        for step in STEPS.iter().skip(usize::try_from(done).unwrap_or(0)) {
            tx.execute_batch(step)?;
        }
        tx.execute_batch(&format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {CURRENT};"))?;
        tx.commit()
    };
    let mut work = work;
    work().about(path)
}
