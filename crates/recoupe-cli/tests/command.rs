//! The command as people and scripts meet it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn run(words: &[&str]) -> Output {
    let o = Command::new(env!("CARGO_BIN_EXE_recoupe"))
        .args(words)
        .current_dir(root())
        .stdin(Stdio::null())
        .output()
        .expect("started");
    assert!(o.status.success(), "{words:?}: {}", String::from_utf8_lossy(&o.stderr));
    o
}

const EXAMPLE: &str = "examples/idlib-2020";

#[test]
fn jobs_and_repetition_change_no_byte() {
    let json = |jobs| run(&["read", EXAMPLE, "--format", "json", "--jobs", jobs]).stdout;
    let one = json("1");
    assert!(one == json("2"), "one job and two jobs differ");
    assert!(one == json("1"), "two runs differ");
    let d: serde_json::Value = serde_json::from_slice(&one).expect("a dossier");
    assert_eq!(d["format"], "recoupe.dossier/1");
    assert!(d["incidents"].as_array().is_some_and(|i| !i.is_empty()), "no incident in the example");
}

#[test]
fn a_folder_gets_a_page_and_json() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let out = dir.path().join("deep/out");
    run(&["read", EXAMPLE, "-o", out.to_str().expect("UTF-8"), "-q"]);
    let names: Vec<String> = {
        let mut names: Vec<_> = fs::read_dir(&out)
            .expect("listed")
            .map(|e| e.expect("entry").file_name().into_string().expect("UTF-8"))
            .collect();
        names.sort();
        names
    };
    assert_eq!(names, ["dossier.json", "index.html"]);
    let html = fs::read_to_string(out.join("index.html")).expect("UTF-8");
    assert!(html.starts_with("<!"), "not a page");
    assert!(html.contains("lang=\"fr\""), "the page is French by default");
    for remote in ["src=\"http", "href=\"//", "url(http", "@import"] {
        assert!(!html.contains(remote), "the page loads something from elsewhere: {remote}");
    }
}

#[test]
fn help_shows_examples_and_the_exit_status() {
    let help = String::from_utf8(run(&["read", "--help"]).stdout).expect("UTF-8");
    for must in ["Examples:", "recoupe read pages/ -o dossier/", "Exit status:", "--published"] {
        assert!(help.contains(must), "{must}");
    }
}

#[test]
fn packs_are_listed_and_fit() {
    let list = String::from_utf8(run(&["pack", "list"]).stdout).expect("UTF-8");
    for id in ["lang/fr", "domain/conflict"] {
        assert!(list.contains(id), "{id}: {list}");
    }
    run(&["pack", "check"]);
}

#[test]
fn a_pack_error_has_its_file_and_line() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let pack = dir.path().join("mine");
    fs::create_dir(&pack).expect("made");
    fs::write(pack.join("pack.toml"), "id = \"world/mine\"\nversion = 1\n").expect("written");
    let o =
        Command::new(env!("CARGO_BIN_EXE_recoupe")).args(["pack", "check"]).arg(dir.path()).output().expect("started");
    assert_eq!(o.status.code(), Some(5));
    let told = String::from_utf8_lossy(&o.stderr).into_owned();
    assert!(told.contains("mine/pack.toml:2:"), "{told}");
}

#[test]
fn parse_prints_conllu() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join("a.txt");
    fs::write(&path, "Deux soldats ont été tués au nord du village.").expect("written");
    let out = String::from_utf8(run(&["parse", path.to_str().expect("UTF-8")]).stdout).expect("UTF-8");
    assert!(out.lines().any(|l| l.starts_with("6-7\tau\t") && l.contains("TokenRange=")), "{out}");
}

#[test]
fn completions_and_manual_pages_come_from_the_same_definition() {
    assert!(!run(&["completions", "bash"]).stdout.is_empty());
    let page = String::from_utf8(run(&["man"]).stdout).expect("UTF-8");
    assert!(page.contains(".TH recoupe 1"), "{page}");
    let dir = tempfile::tempdir().expect("a temporary folder");
    run(&["man", "-o", dir.path().to_str().expect("UTF-8")]);
    for page in ["recoupe.1", "recoupe-read.1", "recoupe-pack-check.1"] {
        assert!(dir.path().join(page).is_file(), "{page}");
    }
}
