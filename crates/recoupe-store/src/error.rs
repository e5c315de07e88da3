//! Why the workspace cannot do what it was asked to. Each error names the file and the reason.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// What went wrong, with the file it went wrong with.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {kind}", path.display())]
pub struct StoreError {
    /// The workspace, or the file that was to be written or read.
    pub path: PathBuf,
    /// Why.
    pub kind: ErrorKind,
}

/// Why, without the file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ErrorKind {
    /// There is no such file.
    #[error("no such file")]
    NotFound,
    /// There is one already.
    #[error("exists already")]
    Exists,
    /// It is something else.
    #[error("is no workspace of Recoupe ({0})")]
    NotAWorkspace(String),
    /// A later Recoupe wrote it.
    #[error("was written by a newer Recoupe (schema {found}; this one knows up to {known})")]
    Newer {
        /// Its schema.
        found: i64,
        /// The latest schema this program knows.
        known: i64,
    },
    /// An earlier Recoupe wrote it, and it cannot be written to bring it up to date.
    #[error("has an older schema ({found}) and cannot be written to bring it up to date")]
    Older {
        /// Its schema.
        found: i64,
    },
    /// Another process writes to it, and did not finish in time.
    #[error("another process is writing to it")]
    Locked,
    /// It, or its folder, cannot be written.
    #[error("cannot be written (read-only)")]
    ReadOnly,
    /// No room is left.
    #[error("the disk is full")]
    Full,
    /// What it holds is broken.
    #[error("is damaged ({0})")]
    Damaged(String),
    /// A decision does not fit; nothing of its file was stored.
    #[error("line {line}: {message}")]
    Decision {
        /// Line of the text handed in, from 1.
        line: usize,
        /// What does not fit.
        message: String,
    },
    /// There is no collection, view or page of that name.
    #[error("has no {0}")]
    Unknown(String),
    /// The question cannot be asked.
    #[error("{0}")]
    Query(String),
    /// Anything else that the system or SQLite says.
    #[error("{0}")]
    Other(String),
}

impl StoreError {
    /// An error about `path`.
    pub fn new(path: &Path, kind: ErrorKind) -> Self {
        Self { path: path.to_owned(), kind }
    }

    /// What SQLite says, as a reason a person can act on.
    pub(crate) fn sqlite(path: &Path, e: &rusqlite::Error) -> Self {
        Self::new(path, ErrorKind::of(e))
    }

    /// What the system says.
    pub(crate) fn io(path: &Path, e: &std::io::Error) -> Self {
        use std::io::ErrorKind as Io;
        let kind = match e.kind() {
            Io::NotFound => ErrorKind::NotFound,
            Io::AlreadyExists => ErrorKind::Exists,
            Io::StorageFull | Io::QuotaExceeded | Io::FileTooLarge => ErrorKind::Full,
            Io::ReadOnlyFilesystem | Io::PermissionDenied => ErrorKind::ReadOnly,
            _ => ErrorKind::Other(e.to_string()),
        };
        Self::new(path, kind)
    }
}

impl ErrorKind {
    fn of(e: &rusqlite::Error) -> Self {
        let rusqlite::Error::SqliteFailure(code, message) = e else {
            return match e {
                rusqlite::Error::FromSqlConversionFailure(..) | rusqlite::Error::InvalidColumnType(..) => {
                    ErrorKind::Damaged(e.to_string())
                }
                _ => ErrorKind::Other(e.to_string()),
            };
        };
        let said = || message.clone().unwrap_or_else(|| code.to_string());
        match code.code {
            ErrorCode::DiskFull => ErrorKind::Full,
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied => ErrorKind::ReadOnly,
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => ErrorKind::Locked,
            ErrorCode::NotADatabase => ErrorKind::NotAWorkspace("no SQLite database".to_owned()),
            ErrorCode::DatabaseCorrupt => ErrorKind::Damaged(said()),
            ErrorCode::CannotOpen => ErrorKind::Other(said()),
            ErrorCode::SystemIoFailure => match code.extended_code {
                // The index of the write-ahead log finds no room.
                rusqlite::ffi::SQLITE_IOERR_SHMSIZE => ErrorKind::Full,
                rusqlite::ffi::SQLITE_IOERR_WRITE => {
                    ErrorKind::Other("writing failed: a limit for files is reached, or the disk fails".to_owned())
                }
                _ => ErrorKind::Other(said()),
            },
            _ => ErrorKind::Other(said()),
        }
    }
}

/// Turns what SQLite says into an error about a file.
pub(crate) trait About<T> {
    fn about(self, path: &Path) -> Result<T, StoreError>;
}

impl<T> About<T> for rusqlite::Result<T> {
    fn about(self, path: &Path) -> Result<T, StoreError> {
        self.map_err(|e| StoreError::sqlite(path, &e))
    }
}

impl<T> About<T> for std::io::Result<T> {
    fn about(self, path: &Path) -> Result<T, StoreError> {
        self.map_err(|e| StoreError::io(path, &e))
    }
}
