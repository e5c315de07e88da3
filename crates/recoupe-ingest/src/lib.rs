//! Files and folders into pages: the edge where Recoupe reads the disk.
//!
//! [`load`] walks what it is given and yields every page or, by name, why there is none; one bad file never stops the others.

mod error;
mod sidecar;
mod sniff;
mod walk;

pub use error::IngestError;
pub use recoupe_page::Meta;
pub use walk::{Load, Options, RawPage, handed_in, load};
