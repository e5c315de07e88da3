//! Work on a workspace, for whoever has people in front of them: the command line and the web.
//!
//! The [`recoupe_store`] keeps records and does not understand them; the library `recoupe` understands pages and keeps nothing. Here they
//! meet: pages are read once and their readings kept, the kept incidents are brought up to date with what is new, and the dossier of a few
//! pages is made whenever somebody looks at them. Nothing here speaks to people: what went wrong is a value.

mod error;
mod look;
mod made;
mod near;
mod recorded;
mod row;
mod session;
mod shelf;
pub mod texts;
mod update;

pub use error::{DeskError, Trouble, Why};
pub use look::{Look, look};
pub use made::Made;
pub use recorded::recorded;
pub use session::{Session, pool};
pub use shelf::{Shelf, version};
pub use update::{Changed, How, Updated, record, update};
