//! Bakes every `models/<xx>.bin` into the crate, so that a new language is a file and no code.

// A build script reads files and the environment; the crate itself must not.
#![allow(clippy::disallowed_methods)]

use std::{env, fs, path::Path};

fn main() {
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let models = Path::new(&root).join("models");
    println!("cargo::rerun-if-changed={}", models.display());
    let mut found: Vec<_> = fs::read_dir(&models)
        .into_iter()
        .flatten()
        .filter_map(|e| e.ok().map(|e| e.path()))
        .filter(|p| p.extension().is_some_and(|x| x == "bin"))
        .collect();
    found.sort();
    let mut out = String::from("/// Models by language.\nstatic BAKED: &[(&str, &[u8])] = &[\n");
    for path in found {
        let lang = path.file_stem().and_then(|s| s.to_str()).expect("model names are plain");
        println!("cargo::rerun-if-changed={}", path.display());
        out += &format!("    ({lang:?}, include_bytes!({:?})),\n", path.display().to_string());
    }
    out += "];\n";
    fs::write(Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("baked.rs"), out)
        .expect("OUT_DIR can be written");
}
