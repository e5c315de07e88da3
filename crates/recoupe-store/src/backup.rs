//! Copies of a workspace, and a smaller file.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use crate::doctor::Check;
use crate::error::{About, ErrorKind, StoreError};
use crate::open::{Store, beside, now};

/// Pages of the file that are copied at a time; between, others may write.
const STEP: i32 = 1024;

/// The file before and after, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sizes {
    /// Before.
    pub before: u64,
    /// After.
    pub after: u64,
}

impl Store {
    /// Copies the workspace to a file, while others may read and write it. The copy is there whole or not at all; a file of that name is only
    /// replaced if asked to. `tick` is told how many parts of how many are done.
    pub fn backup(&self, to: &Path, replace: bool, mut tick: impl FnMut(u64, u64)) -> Result<u64, StoreError> {
        if to.exists() && !replace {
            return Err(StoreError::new(to, ErrorKind::Exists));
        }
        let name = to.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let part = to.with_file_name(format!(".{name}.{}.part", std::process::id()));
        let _ = fs::remove_file(&part);
        let copied = (|| {
            let mut copy = Connection::open(&part).about(to)?;
            self.copy_into(&mut copy, to, &mut tick)?;
            // One file that can be carried away: nothing waits beside it. It takes up its log again when it is opened as a workspace.
            copy.close().map_err(|(_, e)| e).about(to)?;
            fs::File::open(&part).and_then(|f| f.sync_all()).about(to)?;
            let size = fs::metadata(&part).about(to)?.len();
            fs::rename(&part, to).about(to)?;
            Ok(size)
        })();
        for rest in ["", "-wal", "-shm", "-journal"] {
            let _ = fs::remove_file(beside(&part, rest));
        }
        copied
    }

    fn copy_into(&self, copy: &mut Connection, to: &Path, tick: &mut dyn FnMut(u64, u64)) -> Result<(), StoreError> {
        let mut waited = Duration::ZERO;
        let backup = Backup::new(&self.db, copy).about(to)?;
        loop {
            let step = backup.step(STEP).about(to)?;
            let p = backup.progress();
            let (left, all) = (u64::try_from(p.remaining).unwrap_or(0), u64::try_from(p.pagecount).unwrap_or(0));
            tick(all.saturating_sub(left), all);
            match step {
                StepResult::Done => return Ok(()),
                StepResult::More => waited = Duration::ZERO,
                _ if waited > Duration::from_secs(10) => return Err(StoreError::new(&self.path, ErrorKind::Locked)),
                _ => {
                    waited += Duration::from_millis(50);
                    std::thread::sleep(Duration::from_millis(50));
                }
            }
        }
    }

    /// Puts a backup in the place of a workspace, or where there is none. The backup is examined first; what it replaces is kept beside it, and
    /// the path it is kept at is returned.
    pub fn restore(from: &Path, to: &Path, replace: bool) -> Result<Option<PathBuf>, StoreError> {
        let wait = Duration::from_secs(10);
        // A copy on a medium that cannot be written is as good as any.
        let backup = Self::open(from, wait)?;
        if let Some(bad) = backup.examine()?.into_iter().find(|f| f.check != Check::Orphans) {
            return Err(StoreError::new(from, ErrorKind::Damaged(bad.detail)));
        }
        let kept = match (to.exists(), replace) {
            (true, false) => return Err(StoreError::new(to, ErrorKind::Exists)),
            (true, true) => Some(put_aside(to, wait)?),
            (false, _) => None,
        };
        // What waits beside a file that is gone must not be taken into the new one.
        for rest in ["-wal", "-shm"] {
            let _ = fs::remove_file(beside(to, rest));
        }
        backup.backup(to, false, |_, _| {}).map(|_| kept)
    }

    /// Makes the file as small as it can be: gives back what is free, drops bytes that no page rests on, tidies the index of words.
    pub fn vacuum(&mut self) -> Result<Sizes, StoreError> {
        let before = size(&self.path);
        let path = self.path.clone();
        self.change(|tx| {
            tx.execute_batch(
                "DELETE FROM blob WHERE id NOT IN (SELECT blob FROM page);
                INSERT INTO page_fts (page_fts) VALUES ('optimize');",
            )
            .about(&path)
        })?;
        let work = || -> rusqlite::Result<()> {
            self.db.execute_batch("VACUUM; PRAGMA optimize;")?;
            self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        };
        work().about(&self.path)?;
        Ok(Sizes { before, after: size(&self.path) })
    }
}

/// Bytes of the file and of what waits beside it.
fn size(path: &Path) -> u64 {
    ["", "-wal"].iter().filter_map(|rest| fs::metadata(beside(path, rest)).ok()).map(|m| m.len()).sum()
}

/// Moves a file out of the way, with what waits beside it. Nobody may be writing to it.
fn put_aside(to: &Path, wait: Duration) -> Result<PathBuf, StoreError> {
    // A workspace is closed properly first, so that one file is all of it; a broken one is moved as it is.
    if let Ok(db) = Connection::open_with_flags(to, OpenFlags::SQLITE_OPEN_READ_WRITE) {
        let _ = db.busy_timeout(wait);
        let taken = db.execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT;");
        if let Err(e) = taken {
            let e = StoreError::sqlite(to, &e);
            if matches!(e.kind, ErrorKind::Locked | ErrorKind::ReadOnly | ErrorKind::Full) {
                return Err(e);
            }
        }
        let _ = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
    }
    let stamp: String = now().chars().filter(char::is_ascii_alphanumeric).collect();
    let free = |n: u32| beside(to, &if n == 0 { format!(".{stamp}.old") } else { format!(".{stamp}-{n}.old") });
    let aside = (0..).map(free).find(|p| !p.exists()).unwrap_or_else(|| free(0));
    fs::rename(to, &aside).about(to)?;
    for rest in ["-wal", "-shm"] {
        let _ = fs::rename(beside(to, rest), beside(&aside, rest));
    }
    Ok(aside)
}
