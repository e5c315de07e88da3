//! The map background: land, coast and borders of the world, clipped to an area.

mod clip;
mod data;

pub use clip::{Area, Background, background};
