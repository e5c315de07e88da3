//! What is wrong with a pack, and in which line.

/// A pack file that cannot be used. Lines and columns count from 1; 0 means the file as a whole.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}:{line}:{column}: {message}")]
pub struct PackError {
    /// Path below the packs' root.
    pub path: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in bytes, from 1.
    pub column: usize,
    /// What does not fit, and where it helps, what was expected.
    pub message: String,
}

impl PackError {
    /// An error at a place of a file.
    pub fn new(path: &str, line: usize, column: usize, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, column, message: message.into() }
    }
}
