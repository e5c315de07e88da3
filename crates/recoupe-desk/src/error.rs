//! Why work on a workspace could not be done, and which pages could not be read.

use recoupe::PackError;
use recoupe_ingest::IngestError;
use recoupe_store::StoreError;

/// Why work could not be done. What it says to people is worded by who tells them.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The workspace.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The packs.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// No threads to read pages with.
    #[error("{0}")]
    Threads(String),
    /// Bytes that cannot be compressed.
    #[error(transparent)]
    Bytes(#[from] std::io::Error),
    /// An entry of the log is no decision.
    #[error("log, entry {entry}: {message}")]
    Log {
        /// Its number.
        entry: usize,
        /// What is wrong with it.
        message: String,
    },
}

/// A page that could not be read; the others are.
#[derive(Debug)]
pub struct Trouble {
    /// Its path as given.
    pub subject: String,
    /// Why.
    pub why: Why,
}

/// Why a page could not be read.
#[derive(Debug)]
pub enum Why {
    /// The file could not be taken in.
    Ingest(IngestError),
    /// Its bytes in the workspace are not those that came.
    Damaged(String),
    /// A defect of the program.
    Defect,
}

impl From<IngestError> for Trouble {
    fn from(e: IngestError) -> Self {
        Self { subject: e.path().to_owned(), why: Why::Ingest(e) }
    }
}
