//! How the command ends: a status that scripts can rely on, and a message that says what to do.

use std::process::ExitCode;

/// Why the command could not do what it was asked to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// All was read.
    Done = 0,
    /// A dossier was made, but some input could not be read.
    Partial = 1,
    /// What was asked for does not go together; as for a command line that cannot be understood.
    Usage = 2,
    /// Nothing could be read.
    Nothing = 3,
    /// The result could not be written.
    Output = 4,
    /// A pack could not be used.
    Pack = 5,
    /// A file of decisions could not be used.
    Decisions = 6,
    /// The workspace could not be used, or is not sound.
    Workspace = 7,
}

impl From<Status> for ExitCode {
    fn from(s: Status) -> Self {
        ExitCode::from(s as u8)
    }
}

/// An end that is not [`Status::Done`], told to the person.
#[derive(Debug)]
pub struct Failure {
    /// The exit status.
    pub status: Status,
    /// What happened, with the file it happened to.
    pub message: String,
    /// What may help.
    pub hint: Option<String>,
}

impl Failure {
    /// A failure without a hint.
    pub fn new(status: Status, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), hint: None }
    }

    /// Adds what may help.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}
