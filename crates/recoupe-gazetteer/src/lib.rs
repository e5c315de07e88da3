//! Where in the world: names of places in four scripts, and which of the places of one name a page means.
//!
//! The table is one block of bytes: a finite state map from the *key* of a name (see [`key`]) to its bearers, and
//! records of twenty bytes. Opening it costs nothing; a look-up allocates nothing but what it returns. Layers
//! ([`Gazetteer::add_layer`], [`Gazetteer::add_places`]) put a user's or a pack's places before the worldwide ones.
//!
//! ```
//! use recoupe_gazetteer::{Context, Gazetteer, PlaceQuery, resolve};
//!
//! let world = Gazetteer::baked();
//! let names = ["Tripoli", "Tarhouna", "Beni Oualid"].map(|name| PlaceQuery { name, cued: true, ..Default::default() });
//! let found = resolve(&world, &names, &Context::default());
//! let tripoli = world.place(found[0].unwrap().place).unwrap();
//! assert_eq!((tripoli.country_code(), tripoli.name), ("LY", "Tripoli"));
//! ```
//!
//! Pure: no files, clock, network or environment. Data: GeoNames, CC BY 4.0, see `data/CREDITS.md`.

mod builder;
mod dump;
mod format;
mod gazetteer;
mod geo;
pub mod key;
mod resolve;
mod score;
mod walk;

pub use builder::{ExtraPlace, PlaceInput, build};
pub use dump::geonames_line;
pub use format::Kind;
pub use gazetteer::{Candidate, Gazetteer, GazetteerError, How, Place, PlaceRef};
pub use geo::distance_km;
pub use resolve::{Context, KindHint, PlaceQuery, Precision, Resolved, resolve};
pub use walk::Match;
