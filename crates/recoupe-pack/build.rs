//! Rebuilds when a pack changes: the packs are baked into the binary.
fn main() {
    println!("cargo:rerun-if-changed=../../packs");
}
