//! Where pack files come from: baked into the binary, or handed in by the caller.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use include_dir::{Dir, include_dir};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::PackError;
use crate::world::World;

static BAKED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../packs");

/// The files of all packs in force, by path (`lang/fr/numbers.toml`). Later layers replace files of the same path.
///
/// A pack is a folder that holds a `pack.toml`: `lang/<xx>`, `domain/<name>`, `world/<area>`.
#[derive(Clone, Debug, Default)]
pub struct Packs {
    files: BTreeMap<String, Cow<'static, [u8]>>,
    /// The world tables, read once: several stages ask for them.
    pub(crate) world: OnceLock<Arc<World>>,
}

impl Packs {
    /// The packs that ship with Recoupe.
    pub fn baked() -> Self {
        let mut files = BTreeMap::new();
        collect(&BAKED, &mut files);
        Self { files, world: OnceLock::new() }
    }

    /// Adds or replaces one file; `path` is relative to the packs' root, with `/`.
    pub fn insert(&mut self, path: impl Into<String>, bytes: Vec<u8>) {
        self.files.insert(path.into(), Cow::Owned(bytes));
        self.world = OnceLock::new();
    }

    /// The bytes of one file.
    pub fn bytes(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(|b| b.as_ref())
    }

    /// One file as text; a missing file is an error, since stages name what they need.
    pub fn text(&self, path: &str) -> Result<&str, PackError> {
        let bytes =
            self.bytes(path).ok_or_else(|| PackError::new(path, 0, 0, "this file is missing from the packs"))?;
        std::str::from_utf8(bytes).map_err(|e| {
            let line = bytes[..e.valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
            PackError::new(path, line, 0, "not UTF-8")
        })
    }

    /// One TOML file read into `T`, with the line and column of what does not fit.
    pub fn toml<T: DeserializeOwned>(&self, path: &str) -> Result<T, PackError> {
        let text = self.text(path)?;
        toml::from_str(text).map_err(|e| {
            let at = e.span().map_or(0, |s| s.start);
            let before = &text[..at.min(text.len())];
            let line = before.matches('\n').count() + 1;
            let column = before.len() - before.rfind('\n').map_or(0, |i| i + 1) + 1;
            PackError::new(path, line, column, e.message())
        })
    }

    /// Like [`Packs::toml`], but a file that is not there is `T::default()`.
    pub fn toml_or_default<T: DeserializeOwned + Default>(&self, path: &str) -> Result<T, PackError> {
        if self.files.contains_key(path) { self.toml(path) } else { Ok(T::default()) }
    }

    /// All paths that start with `prefix` and end with `suffix`, sorted.
    pub fn paths<'a>(&'a self, prefix: &'a str, suffix: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        self.files
            .range(prefix.to_owned()..)
            .map(|(p, _)| p.as_str())
            .take_while(move |p| p.starts_with(prefix))
            .filter(move |p| p.ends_with(suffix))
    }

    /// Codes of the languages that have a pack, sorted.
    pub fn languages(&self) -> Vec<String> {
        self.paths("lang/", "/pack.toml").filter_map(|p| p.split('/').nth(1)).map(str::to_owned).collect()
    }

    /// Every pack (`lang/fr`, `world/levant` …) with the SHA-256 over its paths and bytes, sorted by id.
    pub fn digests(&self) -> Vec<(String, String)> {
        let ids: Vec<String> =
            self.paths("", "/pack.toml").map(|p| p.trim_end_matches("/pack.toml").to_owned()).collect();
        ids.into_iter()
            .map(|id| {
                let mut h = Sha256::new();
                let prefix = format!("{id}/");
                for (p, b) in self.files.range(prefix.clone()..).take_while(|(p, _)| p.starts_with(&prefix)) {
                    h.update(p.as_bytes());
                    h.update([0]);
                    h.update((b.len() as u64).to_le_bytes());
                    h.update(b);
                }
                let hex = h.finalize().iter().map(|b| format!("{b:02x}")).collect();
                (id, hex)
            })
            .collect()
    }
}

fn collect(dir: &'static Dir<'static>, files: &mut BTreeMap<String, Cow<'static, [u8]>>) {
    for f in dir.files() {
        files.insert(f.path().to_string_lossy().replace('\\', "/"), Cow::Borrowed(f.contents()));
    }
    for d in dir.dirs() {
        collect(d, files);
    }
}
