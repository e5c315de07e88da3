//! The decisions that a workspace's log holds.

use recoupe::decisions::Decision;
use recoupe_store::{Fault, Store};
use recoupe_wire::decision_file;

use crate::error::DeskError;

/// The decisions of the log, and what is wrong with its chain. A log that cannot be read is an error: no decision is left out silently.
pub fn recorded(store: &Store) -> Result<(Vec<Decision>, Vec<Fault>), DeskError> {
    let (_, faults) = store.verify_log(None)?;
    let text = store.decisions()?;
    match decision_file::read(&text) {
        Ok(list) => Ok((list.into_iter().map(|d| d.1).collect(), faults)),
        Err(bad) => {
            // The first line names the format, so entry n stands on line n + 1.
            let (entry, message) = bad.into_iter().next().map(|b| (b.line - 1, b.message)).unwrap_or_default();
            Err(DeskError::Log { entry, message })
        }
    }
}
