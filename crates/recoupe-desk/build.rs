//! Names the code that reads pages, so that readings kept by a workspace are thrown away when it changes: a digest of the sources of the
//! pure half, its models and its gazetteer. Packs are told apart by their own digests.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The crates a reading depends on; a change in any of them may change what is read.
const CRATES: [&str; 8] = ["text", "pack", "gazetteer", "page", "syntax", "mention", "claim", ""];

fn main() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    for name in CRATES {
        let dir = crates.join(if name.is_empty() { "recoupe".to_owned() } else { format!("recoupe-{name}") });
        for part in ["src", "models", "data", "Cargo.toml"] {
            let path = dir.join(part);
            if path.exists() {
                println!("cargo::rerun-if-changed={}", path.display());
                walk(&path, &mut files);
            }
        }
    }
    files.sort();
    let mut hash = Fnv::default();
    // The versions of the outside crates that they use count too.
    let lock = crates.join("../Cargo.lock");
    println!("cargo::rerun-if-changed={}", lock.display());
    for package in used(&fs::read_to_string(&lock).unwrap_or_default()) {
        hash.eat(package.as_bytes());
    }
    for file in &files {
        hash.eat(file.strip_prefix(&crates).unwrap_or(file).to_string_lossy().as_bytes());
        hash.eat(&fs::read(file).unwrap_or_default());
    }
    println!("cargo::rustc-env=RECOUPE_CODE={:032x}", hash.0);
}

/// The entries of a lock file that the pure half rests on, sorted: names, versions and digests.
fn used(lock: &str) -> BTreeSet<String> {
    let entries: Vec<&str> = lock.split("[[package]]").skip(1).map(str::trim).collect();
    let value = |entry: &str, key: &str| {
        let line = entry.lines().find_map(|l| l.strip_prefix(key)?.strip_prefix(" = \""))?;
        Some(line.trim_end_matches('"').to_owned())
    };
    let mut todo: Vec<String> =
        CRATES.iter().map(|c| format!("recoupe-{c}").trim_end_matches('-').to_owned()).collect();
    let mut out = BTreeSet::new();
    while let Some(wanted) = todo.pop() {
        // "name", or "name version" where there are several
        let mut parts = wanted.split(' ');
        let (name, version) = (parts.next().map(str::to_owned), parts.next().map(str::to_owned));
        for entry in entries.iter().filter(|e| value(e, "name") == name) {
            if version.is_some() && value(entry, "version") != version || !out.insert((*entry).to_owned()) {
                continue;
            }
            let names = entry.lines().filter_map(|l| l.strip_prefix(" \"")?.strip_suffix("\","));
            todo.extend(names.map(str::to_owned));
        }
    }
    out
}

fn walk(path: &Path, out: &mut Vec<PathBuf>) {
    if path.is_file() {
        out.push(path.to_owned());
        return;
    }
    for entry in fs::read_dir(path).into_iter().flatten().flatten() {
        walk(&entry.path(), out);
    }
}

/// FNV-1a with 128 bits: it tells versions apart and guards against nobody, and a build script needs no further crate for it.
struct Fnv(u128);

impl Default for Fnv {
    fn default() -> Self {
        Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }
}

impl Fnv {
    fn eat(&mut self, bytes: &[u8]) {
        for b in bytes.iter().chain(&[0xff]) {
            self.0 = (self.0 ^ u128::from(*b)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }
}
