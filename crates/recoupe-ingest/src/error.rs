//! Why a file is no page.

/// Why a file or row could not be read. [`IngestError::code`] is stable; the message is for people.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IngestError {
    /// There is no such file or folder.
    #[error("{path}: no such file or folder")]
    NotFound {
        /// As given.
        path: String,
    },
    /// It is there but cannot be read.
    #[error("{path}: cannot be read ({message})")]
    Unreadable {
        /// As given.
        path: String,
        /// What the system says.
        message: String,
    },
    /// It holds nothing, or white space only.
    #[error("{path}: is empty")]
    Empty {
        /// As given.
        path: String,
    },
    /// It is larger than a page may be.
    #[error("{path}: is larger than {limit} bytes; split it or raise the limit")]
    TooLarge {
        /// As given.
        path: String,
        /// Most bytes of a page.
        limit: u64,
    },
    /// It is no text.
    #[error("{path}: is not text but {kind}")]
    Binary {
        /// As given.
        path: String,
        /// What it looks like (`a PNG image`).
        kind: &'static str,
    },
    /// A link leads back to a folder that is being walked.
    #[error("{path}: leads back to a folder it lies in; not followed")]
    Loop {
        /// As given.
        path: String,
    },
    /// A row of a sidecar table that cannot be used.
    #[error("{path}:{line}: {message}")]
    Sidecar {
        /// Path of the table.
        path: String,
        /// Line, from 1.
        line: u64,
        /// What is wrong.
        message: String,
    },
}

impl IngestError {
    /// Stable name of the kind of error.
    pub fn code(&self) -> &'static str {
        match self {
            IngestError::NotFound { .. } => "not-found",
            IngestError::Unreadable { .. } => "unreadable",
            IngestError::Empty { .. } => "empty-file",
            IngestError::TooLarge { .. } => "too-large",
            IngestError::Binary { .. } => "binary",
            IngestError::Loop { .. } => "directory-loop",
            IngestError::Sidecar { .. } => "sidecar-row",
        }
    }

    /// The file it is about, as given.
    pub fn path(&self) -> &str {
        match self {
            IngestError::NotFound { path }
            | IngestError::Unreadable { path, .. }
            | IngestError::Empty { path }
            | IngestError::TooLarge { path, .. }
            | IngestError::Binary { path, .. }
            | IngestError::Loop { path }
            | IngestError::Sidecar { path, .. } => path,
        }
    }
}
