//! Decisions of people on the example, from the file to the dossier, and what `explain` says of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

const EXAMPLE: &str = "examples/idlib-2020";

fn run(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_recoupe"))
        .args(words)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .stdin(Stdio::null())
        .output()
        .expect("started")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The dossier of the example with files of decisions, and what was told on standard error.
fn read(files: &[&Path]) -> (Value, String) {
    let mut words = vec!["read", EXAMPLE, "--format", "json", "--lang", "en"];
    for f in files {
        words.extend(["--decisions", f.to_str().expect("UTF-8")]);
    }
    let o = run(&words);
    assert!(o.status.success(), "{}", text(&o.stderr));
    (serde_json::from_slice(&o.stdout).expect("a dossier"), text(&o.stderr))
}

fn list<'a>(v: &'a Value, key: &str) -> &'a [Value] {
    v[key].as_array().map_or(&[], Vec::as_slice)
}

fn claim<'a>(d: &'a Value, id: &Value) -> &'a Value {
    list(d, "claims").iter().find(|c| c["id"] == *id).expect("the claim is there")
}

fn anchor(d: &Value, c: &Value) -> Value {
    let key = |x: &Value| [&x["page"], &x["span"], &x["kind"], &x["type"]].map(Value::to_string);
    let nth = list(d, "claims").iter().filter(|x| key(x) == key(c)).position(|x| x["id"] == c["id"]);
    json!({"page": c["page"], "span": c["span"], "quote": c["quote"], "role": c["kind"], "type": c["type"], "nth": nth})
}

fn decision(id: &str, minute: u32, kind: &str, anchors: &[Value]) -> Value {
    let time = format!("2026-03-01T10:{minute:02}:00Z");
    json!({"id": id, "author": "ana", "time": time, "reason": "a test", "kind": kind, "anchors": anchors})
}

fn file(dir: &Path, name: &str, lines: &[Value]) -> PathBuf {
    let path = dir.join(name);
    let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
    fs::write(&path, format!("{{\"format\":\"recoupe.decisions/1\"}}\n{}\n", lines.join("\n"))).expect("written");
    path
}

/// An incident that two pages link, as the two claims of its first link.
fn linked(d: &Value) -> (&Value, &Value) {
    let incident = list(d, "incidents").iter().find(|i| !list(i, "links").is_empty()).expect("two pages meet");
    let link = &incident["links"][0];
    (claim(d, &link["left"]), claim(d, &link["right"]))
}

/// A claim of another incident than these.
fn elsewhere<'a>(d: &'a Value, not: &Value) -> &'a Value {
    let fits = |c: &&Value| {
        c["kind"] == "incident" && !c["incident"].is_null() && c["incident"] != *not && c["background"] == false
    };
    list(d, "claims").iter().find(fits).expect("another incident")
}

#[test]
fn what_people_decide_changes_the_dossier_and_is_told() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let (plain, _) = read(&[]);
    assert!(plain["decisions"].is_null());
    let (left, right) = linked(&plain);
    let other = elsewhere(&plain, &left["incident"]);
    let toll = list(&plain, "claims").iter().find(|c| {
        c["tolls"][0]["min"].is_i64() && c["kind"] == "incident" && c["id"] != left["id"] && c["id"] != right["id"]
    });
    let toll = toll.expect("a claim with a figure");
    let a = |c: &Value| anchor(&plain, c);
    let mut actor = decision("d3", 3, "correct", &[a(other)]);
    actor["field"] = json!("actor");
    actor["value"] = json!({"id": "group/nobody", "name": "Nobody"});
    let mut gone = a(left);
    gone["quote"] = json!("Words that stand on no page.");
    let mut far = a(left);
    far["page"] = json!("sha256:00");
    let lines = [
        decision("d1", 1, "different", &[a(left), a(right)]),
        decision("d2", 2, "same", &[a(left), a(other)]),
        actor,
        decision("d4", 4, "reject", &[a(toll)]),
        decision("d5", 5, "reject", &[gone]),
        decision("d6", 6, "reject", &[far]),
        decision("d7", 0, "same", &[a(left), a(right)]),
        decision("d8", 7, "confirm", &[a(right)]),
    ];
    let path = file(dir.path(), "ours.jsonl", &lines);
    let (d, told) = read(&[&path]);
    let ids = |key: &str| -> Vec<String> {
        list(&d["decisions"], key).iter().map(|x| x["id"].as_str().unwrap_or("").to_owned()).collect()
    };
    assert_eq!(ids("applied"), ["d1", "d2", "d3", "d4", "d8"], "{}", d["decisions"]);
    assert_eq!(ids("orphaned"), ["d5", "d6"]);
    assert_eq!(ids("impossible"), ["d7"]);
    assert!(told.contains("decision d5: orphaned") && told.contains("decision d7: impossible"), "{told}");
    assert!(!told.contains("decision d6") && told.contains("1 decision(s) about pages that are not read"), "{told}");
    let incident = |c: &Value| claim(&d, &c["id"])["incident"].clone();
    assert_ne!(incident(left), incident(right));
    assert_eq!(incident(left), incident(other));
    let corrected = &claim(&d, &other["id"])["corrected"]["actor"];
    assert_eq!(corrected["by"], "ana");
    assert_eq!(corrected["was"]["id"], other["actor"]["id"]);
    assert_eq!(claim(&d, &other["id"])["actor"]["name"], "Nobody");
    assert_eq!(claim(&d, &right["id"])["confirmed"][0]["decision"], "d8");
    // what was rejected is in the list of claims and nowhere else
    let gone = claim(&d, &toll["id"]);
    assert!(gone["rejected"] == true && gone["incident"].is_null());
    let mut rest = d.clone();
    for key in ["claims", "decisions"] {
        rest[key] = Value::Null;
    }
    assert!(!rest.to_string().contains(toll["id"].as_str().expect("an id")));
    assert_eq!(
        list(&d, "claims").iter().map(|c| &c["id"]).collect::<Vec<_>>(),
        list(&plain, "claims").iter().map(|c| &c["id"]).collect::<Vec<_>>(),
        "decisions rename or move claims"
    );
    // explain tells of them
    let o =
        run(&["explain", toll["id"].as_str().expect("an id"), EXAMPLE, "--decisions", path.to_str().expect("UTF-8")]);
    assert!(o.status.success(), "{}", text(&o.stderr));
    let shown = text(&o.stdout);
    assert!(shown.contains("rejeté") && shown.contains("d4") && !shown.contains('\u{1b}'), "{shown}");
}

#[test]
fn the_order_of_lines_and_files_changes_no_byte_and_nothing_new_changes_nothing() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let (plain, _) = read(&[]);
    let (left, right) = linked(&plain);
    let (a, b) = (anchor(&plain, left), anchor(&plain, right));
    let far = anchor(&plain, elsewhere(&plain, &left["incident"]));
    let same = decision("s", 1, "same", &[a.clone(), b.clone()]);
    let apart = decision("t", 1, "different", &[a.clone(), b.clone()]);
    let reject = decision("r", 1, "reject", std::slice::from_ref(&far));
    let one = file(dir.path(), "one.jsonl", &[same.clone(), reject.clone()]);
    let two = file(dir.path(), "two.jsonl", std::slice::from_ref(&apart));
    let all = file(dir.path(), "all.jsonl", &[apart, reject, same.clone()]);
    let first = read(&[&one, &two]).0;
    assert_eq!(first, read(&[&two, &one]).0);
    assert_eq!(first, read(&[&all]).0);
    // what the pages say anyway
    let idle = file(dir.path(), "idle.jsonl", &[same, decision("u", 2, "unsure", &[a, far])]);
    let mut d = read(&[&idle]).0;
    assert_eq!(list(&d["decisions"], "applied").len(), 2);
    d.as_object_mut().expect("an object").remove("decisions");
    assert_eq!(d, plain);
}

#[test]
fn explain_gives_the_chain_and_an_anchor_that_fits() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let (plain, _) = read(&[]);
    let (left, _) = linked(&plain);
    let incident = left["incident"].as_str().expect("an id");
    let o = run(&["explain", &incident[..9], EXAMPLE, "--lang", "en"]);
    assert!(o.status.success(), "{}", text(&o.stderr));
    let shown = text(&o.stdout);
    let first: String = left["quote"].as_str().expect("a quote").split(' ').take(3).collect::<Vec<_>>().join(" ");
    for must in [incident, &first, "points", left["rule"].as_str().expect("rules").split(' ').next().expect("one")] {
        assert!(shown.contains(must), "{must}: {shown}");
    }
    let o = run(&["explain", left["id"].as_str().expect("an id"), EXAMPLE, "--format", "json"]);
    let e: Value = serde_json::from_slice(&o.stdout).expect("JSON");
    assert_eq!(e["format"], "recoupe.explanation/1");
    let path = file(dir.path(), "d.jsonl", &[decision("d", 0, "reject", &[e["claims"][0]["anchor"].clone()])]);
    assert_eq!(claim(&read(&[&path]).0, &left["id"])["rejected"], true);
    // a field, one that nobody speaks of, and ids that are not there
    let dir = tempfile::tempdir().expect("a temporary folder");
    let out = dir.path().to_str().expect("UTF-8");
    assert!(run(&["read", EXAMPLE, "-o", out, "--format", "json", "--figures", "median", "-q"]).status.success());
    let file = dir.path().join("dossier.json");
    let o = run(&["explain", &incident[..9], "--dossier", file.to_str().expect("UTF-8"), "--lang", "en"]);
    let told = String::from_utf8_lossy(&o.stdout).into_owned();
    assert!(o.status.success() && told.contains(incident) && told.contains("median"), "{told}");
    let o = run(&["explain", &incident[..9], EXAMPLE, "--dossier", file.to_str().expect("UTF-8"), "--lang", "en"]);
    assert_eq!(o.status.code(), Some(2), "pages or a dossier, not both");
    let o = run(&["explain", &format!("{incident}#time"), EXAMPLE, "--lang", "en"]);
    assert!(o.status.success() && text(&o.stdout).contains("Only"), "{}", text(&o.stderr));
    for (what, hint) in
        [(format!("{incident}#colour"), "actor"), ("i000000000000".to_owned(), "i"), ("c".to_owned(), "c")]
    {
        let o = run(&["explain", &what, EXAMPLE, "--lang", "en"]);
        assert_eq!(o.status.code(), Some(2));
        assert!(text(&o.stderr).contains(&format!("→ {hint}")), "{}", text(&o.stderr));
    }
}

#[test]
fn a_file_that_does_not_fit_is_told_with_its_line() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join("bad.jsonl");
    fs::write(&path, "{\"format\":\"recoupe.decisions/1\"}\n{\"id\":\"d1\"}\n").expect("written");
    let o = run(&["read", EXAMPLE, "--decisions", path.to_str().expect("UTF-8")]);
    assert_eq!(o.status.code(), Some(6));
    assert!(text(&o.stderr).contains("bad.jsonl:2: `author` is missing"), "{}", text(&o.stderr));
    assert!(o.stdout.is_empty());
    let o = run(&["read", EXAMPLE, "--decisions", "/no/such/file"]);
    assert_eq!(o.status.code(), Some(6));
}
