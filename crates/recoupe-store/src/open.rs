//! Making, finding and opening a workspace.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use crate::error::{About, ErrorKind, StoreError};
use crate::schema;

/// What a workspace is called where nobody says otherwise.
pub const FILE_NAME: &str = "recoupe.db";

/// An open workspace.
#[derive(Debug)]
pub struct Store {
    pub(crate) db: Connection,
    pub(crate) path: PathBuf,
    pub(crate) writable: bool,
}

/// The workspace of a folder: `recoupe.db` in it, or in the nearest folder above.
pub fn find(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().map(|dir| dir.join(FILE_NAME)).find(|file| file.is_file())
}

impl Store {
    /// Makes a new workspace. There must be no file of that name; it is there whole or not at all.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        if path.exists() {
            return Err(StoreError::new(path, ErrorKind::Exists));
        }
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let part = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
        let made = make(&part).and_then(|()| {
            // A second name is only given where there is none yet; some disks know no second names.
            match fs::hard_link(&part, path) {
                Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => Err(e),
                Ok(()) => Ok(()),
                Err(_) => fs::rename(&part, path),
            }
            .about(path)
        });
        for rest in ["", "-wal", "-shm", "-journal"] {
            let _ = fs::remove_file(beside(&part, rest));
        }
        made.map_err(|e| StoreError::new(path, e.kind))?;
        Self::open(path, Duration::from_secs(10))
    }

    /// Opens a workspace and brings an older schema up to date. One that cannot be written is opened for reading.
    ///
    /// `wait` is how long a change waits for another process that is writing.
    pub fn open(path: &Path, wait: Duration) -> Result<Self, StoreError> {
        if !path.exists() {
            return Err(StoreError::new(path, ErrorKind::NotFound));
        }
        if path.is_dir() {
            return Err(StoreError::new(path, ErrorKind::NotAWorkspace("a folder".to_owned())));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
        let mut store = match connect(path, &uri(path, ""), flags, wait) {
            Ok(store) => store,
            // The folder cannot be written either: SQLite finds no room for its lock. With no writer there is nothing to lock.
            Err(e) if !has_log(path) && matches!(e.kind, ErrorKind::Other(_) | ErrorKind::ReadOnly) => {
                let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
                connect(path, &uri(path, "?immutable=1"), flags, wait).map_err(|_| e)?
            }
            Err(e) => return Err(e),
        };
        let found = schema::version(&store.db, path)?;
        if found < schema::CURRENT {
            if !store.writable {
                return Err(StoreError::new(path, ErrorKind::Older { found }));
            }
            schema::migrate(&mut store.db, path)?;
        }
        Ok(store)
    }

    /// Opens a workspace that this process has open for writing too; nothing can be changed through this one.
    pub fn open_to_read(path: &Path, wait: Duration) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
        let store = connect(path, &uri(path, ""), flags, wait)?;
        schema::version(&store.db, path)?;
        Ok(store)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it can be changed.
    pub fn writable(&self) -> bool {
        self.writable
    }

    /// The one way to change anything: the lock is taken before the first look, so that what was looked at still holds when it is changed.
    pub(crate) fn change<T>(
        &mut self,
        f: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if !self.writable {
            return Err(StoreError::new(&self.path, ErrorKind::ReadOnly));
        }
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate).about(&self.path)?;
        let out = f(&tx)?;
        tx.commit().about(&self.path)?;
        Ok(out)
    }

    /// The value of a line of `about`.
    pub(crate) fn about(&self, key: &str) -> Result<Option<String>, StoreError> {
        let mut q = self.db.prepare_cached("SELECT value FROM about WHERE key = ?1").about(&self.path)?;
        let mut rows = q.query([key]).about(&self.path)?;
        rows.next().about(&self.path)?.map(|r| r.get(0)).transpose().about(&self.path)
    }
}

/// This instant as it stands in the file: UTC, to the second.
pub(crate) fn now() -> String {
    let now = Timestamp::now();
    Timestamp::from_second(now.as_second()).unwrap_or(now).to_string()
}

/// The file with something behind its name: `recoupe.db-wal`.
pub(crate) fn beside(path: &Path, rest: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(rest);
    name.into()
}

/// Whether changes wait beside the file to be taken into it.
fn has_log(path: &Path) -> bool {
    fs::metadata(beside(path, "-wal")).is_ok_and(|m| m.len() > 0)
}

/// The path as a URI, so that options can follow.
fn uri(path: &Path, options: &str) -> String {
    let mut out = String::from("file:");
    for c in path.to_string_lossy().chars() {
        match c {
            '%' => out.push_str("%25"),
            '?' => out.push_str("%3f"),
            '#' => out.push_str("%23"),
            c => out.push(c),
        }
    }
    out + options
}

/// Opens and settles how the file is treated; a first read tells whether it is one.
fn connect(path: &Path, uri: &str, flags: OpenFlags, wait: Duration) -> Result<Store, StoreError> {
    let db = Connection::open_with_flags(uri, flags).about(path)?;
    db.busy_timeout(wait).about(path)?;
    let settle = || -> rusqlite::Result<()> {
        // Every commit is forced to the disk: an acknowledged page or decision outlives a power cut.
        db.pragma_update(None, "synchronous", "FULL")?;
        db.pragma_update(None, "foreign_keys", true)?;
        db.pragma_update(None, "trusted_schema", false)?;
        db.pragma_update(None, "cache_size", -16_384)?;
        db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
    };
    settle().about(path)?;
    let writable = !db.is_readonly(rusqlite::MAIN_DB).about(path)?;
    Ok(Store { db, path: path.to_owned(), writable })
}

/// An empty workspace at `part`, closed again.
fn make(part: &Path) -> Result<(), StoreError> {
    let mut db = Connection::open(part).about(part)?;
    schema::migrate(&mut db, part)?;
    let work = || -> rusqlite::Result<()> {
        let tx = db.transaction()?;
        for (key, value) in
            [("format", "recoupe.workspace"), ("created", &now()), ("recoupe", env!("CARGO_PKG_VERSION"))]
        {
            tx.execute("INSERT INTO about (key, value) VALUES (?1, ?2)", [key, value])?;
        }
        tx.commit()?;
        // Readers do not wait for the writer, nor it for them; a mark of the file, kept for good.
        db.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))
    };
    let mut work = work;
    work().about(part)?;
    db.close().map_err(|(_, e)| e).about(part)?;
    fs::File::open(part).and_then(|f| f.sync_all()).about(part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Known, PageText, Prepared};

    /// A disk that is full at some point: what was acknowledged stays, nothing of the rest is there, and with room it goes on.
    #[test]
    fn a_full_disk_is_told_and_loses_nothing() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let path = dir.path().join(FILE_NAME);
        let mut store = Store::create(&path).expect("made");
        let pages: i64 = store.db.query_row("PRAGMA page_count", [], |r| r.get(0)).expect("told");
        let room = |store: &Store, pages: i64| {
            store.db.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(())).expect("set");
        };
        room(&store, pages + 20);
        let intake = store.begin_intake("/", &[]).expect("begun");
        let page = |n: u32| {
            // Digests do not compress.
            let text: String = (0..100).map(|i| crate::digest(format!("{n} {i}").as_bytes())).collect();
            let known = Known { source: format!("{n}.txt"), ..Known::default() };
            Prepared::new(known, text.as_bytes(), PageText::default()).expect("compressed")
        };
        let mut safe = 0;
        let e = loop {
            match store.add(intake, &[page(safe)]) {
                Ok(_) => safe += 1,
                Err(e) => break e,
            }
        };
        assert_eq!(e.kind, ErrorKind::Full);
        assert!(e.to_string().contains("recoupe.db: the disk is full"), "{e}");
        assert!(safe > 2);
        assert_eq!(store.pages(None).expect("listed").len(), safe as usize);
        assert!(store.examine().expect("examined").is_empty());
        room(&store, 1 << 30);
        store.add(intake, &[page(safe)]).expect("goes on");
        assert_eq!(store.pages(None).expect("listed").len(), safe as usize + 1);
    }

    #[test]
    fn a_folder_finds_the_workspace_above_it() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let deep = dir.path().join("a/b");
        fs::create_dir_all(&deep).expect("made");
        assert_eq!(find(&deep), None);
        let path = dir.path().join(FILE_NAME);
        Store::create(&path).expect("made");
        assert_eq!(find(&deep), Some(path));
    }

    #[test]
    fn odd_names_are_names() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        for name in ["a b.db", "100%.db", "what?.db", "n#1.db", "é.db", "%41.db"] {
            let path = dir.path().join(name);
            Store::create(&path).expect(name);
            assert!(path.is_file());
        }
        assert_eq!(fs::read_dir(dir.path()).expect("listed").count(), 6);
    }
}
