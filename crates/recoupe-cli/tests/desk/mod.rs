//! A desk with a workspace on it: what the tests of the workspace's commands share.
#![allow(dead_code)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

/// A folder with the pages of the example in `pages/`.
pub struct Desk(TempDir);

impl Desk {
    pub fn new() -> Self {
        let desk = Self(tempfile::tempdir().expect("a temporary folder"));
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/idlib-2020");
        fs::create_dir(desk.path("pages")).expect("made");
        for entry in fs::read_dir(from).expect("the example").flatten() {
            fs::copy(entry.path(), desk.path("pages").join(entry.file_name())).expect("copied");
        }
        desk
    }

    pub fn with_workspace() -> Self {
        let desk = Self::new();
        desk.ok(&["init", "--lang", "en"]);
        desk.ok(&["add", "pages", "--lang", "en"]);
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn run(&self, words: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_recoupe"))
            .args(words)
            .current_dir(self.0.path())
            .stdin(Stdio::null())
            .env_remove("RUST_BACKTRACE")
            .output()
            .expect("started")
    }

    /// What a command that must go well prints, and what it tells.
    pub fn ok(&self, words: &[&str]) -> (String, String) {
        let o = self.run(words);
        assert_eq!(o.status.code(), Some(0), "{words:?}: {}", text(&o.stderr));
        (text(&o.stdout), text(&o.stderr))
    }

    /// What a command that must fail tells.
    pub fn fails(&self, status: i32, words: &[&str]) -> String {
        let o = self.run(words);
        assert_eq!(o.status.code(), Some(status), "{words:?}: {}", text(&o.stderr));
        text(&o.stderr)
    }

    pub fn dossier(&self, words: &[&str]) -> String {
        self.ok(&[&["cross-check", "--format", "json", "--lang", "en"], words].concat()).0
    }

    /// A folder with a pack built in, its acts changed.
    pub fn pack(&self, id: &str, change: impl Fn(&str) -> String) -> String {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs").join(id);
        let to = self.path(&id.replace('/', "-"));
        fs::create_dir(&to).expect("made");
        fs::copy(from.join("pack.toml"), to.join("pack.toml")).expect("copied");
        let acts = fs::read_to_string(from.join("acts.toml")).expect("acts");
        assert_ne!(acts, change(&acts));
        fs::write(to.join("acts.toml"), change(&acts)).expect("written");
        to.to_string_lossy().into_owned()
    }

    pub fn file(&self, name: &str, content: &str) -> String {
        let path = self.path(name);
        fs::write(&path, content).expect("written");
        path.to_string_lossy().into_owned()
    }
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

pub fn list<'a>(v: &'a Value, key: &str) -> &'a [Value] {
    v[key].as_array().map_or(&[], Vec::as_slice)
}

pub fn anchor(d: &Value, c: &Value) -> Value {
    let key = |x: &Value| [&x["page"], &x["span"], &x["kind"], &x["type"]].map(Value::to_string);
    let nth = list(d, "claims").iter().filter(|x| key(x) == key(c)).position(|x| x["id"] == c["id"]);
    json!({"page": c["page"], "span": c["span"], "quote": c["quote"], "role": c["kind"], "type": c["type"], "nth": nth})
}
