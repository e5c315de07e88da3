//! A workspace as people use it: pages in, decisions, the dossier, the log; and what goes wrong on the way.

mod desk;

use std::fs;
use std::process::Command;

use desk::{Desk, anchor, list, text};
use serde_json::{Value, json};

/// Decisions of every kind on a dossier, as lines of a file.
fn decisions(dossier: &str) -> Vec<String> {
    let d: Value = serde_json::from_str(dossier).expect("a dossier");
    let linked = list(&d, "incidents").iter().find(|i| !list(i, "links").is_empty()).expect("two pages meet");
    let claim = |id: &Value| list(&d, "claims").iter().find(|c| c["id"] == *id).expect("a claim");
    let (left, right) = (claim(&linked["links"][0]["left"]), claim(&linked["links"][0]["right"]));
    let mut others = list(&d, "claims").iter().filter(|c| {
        c["kind"] == "incident"
            && !c["incident"].is_null()
            && c["incident"] != left["incident"]
            && c["background"] == false
    });
    let mut other = || anchor(&d, others.next().expect("another claim"));
    let (l, r) = (anchor(&d, left), anchor(&d, right));
    let (a, b, c, e) = (other(), other(), other(), other());
    let kinds = [
        ("different", json!([l, r])),
        ("same", json!([l, a])),
        ("unsure", json!([a, b])),
        ("merge", json!([b, c])),
        ("split", json!([l, r])),
        ("reject", json!([e])),
        ("correct", json!([a])),
        ("confirm", json!([c])),
    ];
    kinds
        .iter()
        .enumerate()
        .map(|(n, (kind, anchors))| {
            let mut line = json!({
                "id": format!("d-{n}"), "author": "ana", "time": format!("2026-03-01T10:{n:02}:00Z"), "reason": format!("éprouvette {n}"),
                "kind": kind, "anchors": anchors,
            });
            if *kind == "correct" {
                line["field"] = json!("actor");
                line["value"] = json!({"id": "group/nobody", "name": "Nobody"});
            }
            line.to_string()
        })
        .collect()
}

#[test]
fn from_pages_to_the_same_dossier_twice() {
    let desk = Desk::with_workspace();
    let plain = desk.dossier(&["-q"]);
    // The workspace tells what reading the folder tells, to the byte.
    assert_eq!(plain, desk.ok(&["read", "pages", "--format", "json", "-q"]).0);
    let lines = decisions(&plain);
    let ours = desk.file("ours.jsonl", &format!("{{\"format\":\"recoupe.decisions/1\"}}\n{}\n", lines.join("\n")));
    let (acknowledged, told) = desk.ok(&["decide", &ours, "--lang", "en"]);
    assert_eq!(acknowledged.lines().count(), lines.len());
    assert!(acknowledged.lines().all(|l| l.starts_with("new\t")), "{acknowledged}");
    assert!(told.contains("8 recorded, 0 already there"), "{told}");
    let (again, _) = desk.ok(&["decide", &ours]);
    assert!(again.lines().all(|l| l.starts_with("known\t")), "{again}");

    let decided = desk.dossier(&["-q"]);
    assert_ne!(decided, plain);
    let d: Value = serde_json::from_str(&decided).expect("a dossier");
    assert!(list(&d["decisions"], "orphaned").is_empty());
    assert_eq!(decided, desk.ok(&["read", "pages", "--decisions", &ours, "--format", "json", "-q"]).0);

    // A fresh workspace, the decisions of the first one in another order of files: the same dossier.
    let (log, _) = desk.ok(&["export", "--decisions"]);
    assert_eq!(log, desk.ok(&["log", "show", "--format", "jsonl"]).0);
    let log: Vec<&str> = log.lines().collect();
    let (first, second) = log[1..].split_at(4);
    let files = [desk.file("2.jsonl", &second.join("\n")), desk.file("1.jsonl", &first.join("\n"))];
    desk.ok(&["init", "fresh.db"]);
    desk.ok(&["add", "pages", "--workspace", "fresh.db"]);
    desk.ok(&["decide", &files[0], &files[1], "--workspace", "fresh.db", "--author", "ben"]);
    assert_eq!(desk.dossier(&["-q", "--workspace", "fresh.db"]), decided);

    // The log: who decided what, its end, and whether it still holds what was noted.
    let (told, _) = desk.ok(&["log", "--lang", "en"]);
    assert!(told.contains("ana  correct actor"), "{told}");
    let (head, _) = desk.ok(&["log", "verify"]);
    let hash = head.split_whitespace().nth(1).expect("a hash").to_owned();
    assert!(acknowledged.trim_end().ends_with(&hash));
    desk.ok(&["log", "verify", "--holds", &hash]);
    assert!(desk.fails(7, &["log", "verify", "--holds", "abc"]).contains("abc"));
    let (sound, _) = desk.ok(&["doctor", "--lang", "en"]);
    assert_eq!(sound.matches("✓").count(), 6, "{sound}");

    // Written for others: the dossier again, and what was decided.
    let formats = "json,html,csv,xlsx,geojson,acled,ucdp,plover,hxl,claims,md";
    desk.ok(&["export", "-o", "rows", "--format", formats, "--decisions"]);
    for file in
        ["index.html", "csv", "dossier.xlsx", "incidents.geojson", "acled.csv", "ucdp-ged.csv", "hxl", "brief.md"]
    {
        assert!(desk.path("rows").join(file).exists(), "{file}");
    }
    assert_eq!(fs::read_to_string(desk.path("rows/dossier.json")).expect("written"), decided);
    assert_eq!(fs::read_to_string(desk.path("rows/decisions.jsonl")).expect("written").lines().count(), 9);
    desk.fails(2, &["export"]);
    desk.fails(2, &["export", "--format", "json", "--decisions"]);

    // And where an incident comes from, without paths.
    let id = d["incidents"][0]["id"].as_str().expect("an id");
    let (from_workspace, _) = desk.ok(&["explain", id, "--format", "json", "-q"]);
    let (from_pages, _) = desk.ok(&["explain", id, "pages", "--decisions", &ours, "--format", "json", "-q"]);
    assert_eq!(from_workspace, from_pages);
}

#[test]
fn pages_are_read_again_only_when_something_changed() {
    let desk = Desk::with_workspace();
    let unchanged = |words: &[&str]| {
        let (out, told) = desk.ok(&[&["cross-check", "--format", "json", "--lang", "en"], words].concat());
        let kept = told.lines().find_map(|l| l.split_once(" read, ")?.1.split(' ').next()?.parse::<usize>().ok());
        (kept.unwrap_or(0), out)
    };
    let (kept, first) = unchanged(&[]);
    assert_eq!(kept, 0);
    let (kept, second) = unchanged(&["--jobs", "1"]);
    assert_eq!((kept, &second), (6, &first));
    // One more page: only it is read.
    desk.file("pages/un-de-plus.txt", "Idleb : trois soldats turcs tués\n\nTrois soldats turcs ont été tués vendredi 21 février 2020 près de Saraqeb, a annoncé Ankara.\n");
    desk.ok(&["add", "pages"]);
    let (kept, more) = unchanged(&[]);
    assert_eq!(kept, 6);
    assert_eq!(more, desk.ok(&["read", "pages", "--format", "json", "-q"]).0);
    // Something else is told of one page: it is read again.
    let table = fs::read_to_string(desk.path("pages/pages.csv")).expect("the table");
    desk.file("pages/pages.csv", &format!("{}\nun-de-plus.txt,,,2020-02-21\n", table.trim_end()));
    let (_, told) = desk.ok(&["add", "pages", "--lang", "en"]);
    assert!(told.contains("0 new pages, 1 updated, 6 already there"), "{told}");
    assert_eq!(unchanged(&[]).0, 6);
    // Other packs: all are read again.
    let pack = desk.path("pack");
    fs::create_dir(&pack).expect("made");
    fs::write(pack.join("pack.toml"), "id = \"world/nowhere\"\nversion = \"1\"\nlicence = \"CC0-1.0\"\n")
        .expect("written");
    assert_eq!(unchanged(&["--pack", pack.to_str().expect("UTF-8")]).0, 0);
    assert_eq!(unchanged(&["--pack", pack.to_str().expect("UTF-8")]).0, 7);
    // What is kept is a saving and nothing else: broken, it is made again.
    let db = recoupe_store::Store::open(&desk.path("recoupe.db"), std::time::Duration::ZERO);
    db.expect("opened").forget_readings().expect("forgotten");
    assert_eq!(unchanged(&[]).0, 0);
}

#[test]
fn a_decision_outlives_another_reading_or_is_told() {
    let desk = Desk::with_workspace();
    let d: Value = serde_json::from_str(&desk.dossier(&["-q"])).expect("a dossier");
    let claim =
        list(&d, "claims").iter().find(|c| c["kind"] == "incident" && c["type"] == "airstrike").expect("a strike");
    let reject = |id: &str, anchor: &Value| {
        json!({"id": id, "author": "ana", "time": "2026-03-01T10:00:00Z", "kind": "reject", "anchors": [anchor]})
            .to_string()
    };
    let good = anchor(&d, claim);
    let mut gone = good.clone();
    gone["quote"] = json!("Ces mots ne sont pas là.");
    let mut nowhere = good.clone();
    nowhere["page"] = json!("sha256:00");
    let lines = [reject("good", &good), reject("gone", &gone), reject("nowhere", &nowhere)].join("\n");
    let (out, told) = desk.ok(&["decide", &desk.file("d.jsonl", &lines), "--lang", "en"]);
    assert_eq!(out.lines().count(), 3);
    assert!(told.contains("decision gone: orphaned: its words are not on the page"), "{told}");
    assert!(told.contains("1 decision(s) about pages that are not read here"), "{told}");

    // What is a strike from the air is called something else by another domain pack: the decision still finds its claim.
    let fates = |pack: &str| {
        let d: Value = serde_json::from_str(&desk.dossier(&["-q", "--pack", pack])).expect("a dossier");
        assert_eq!(list(&d["decisions"], "applied").len() + list(&d["decisions"], "orphaned").len(), 3);
        d
    };
    let d = fates(&desk.pack("domain/conflict", |acts| acts.replace("type = \"airstrike\"", "type = \"shelling\"")));
    assert!(list(&d, "claims").iter().all(|c| c["type"] != "airstrike"));
    assert_eq!(list(&d["decisions"], "applied")[0]["id"], "good");
    // A decision on every claim, then a language pack that knows one act: each applies still, or is listed with the reason. None is lost.
    let d: Value = serde_json::from_str(&desk.dossier(&["-q"])).expect("a dossier");
    let all: Vec<String> = list(&d, "claims")
        .iter()
        .map(|c| anchor(&d, c))
        .collect::<Vec<_>>()
        .iter()
        .enumerate()
        .map(|(n, a)| reject(&format!("all-{n}"), a))
        .collect();
    desk.ok(&["decide", "-q", &desk.file("all.jsonl", &all.join("\n"))]);
    let one = |acts: &str| {
        let parts: Vec<&str> =
            acts.split("\n[[").filter(|p| p.contains("\"neutralise\"") || p.contains("\"rendre\"")).collect();
        format!("[[{}", parts.join("\n[["))
    };
    let pack = desk.pack("lang/fr", one);
    let d: Value = serde_json::from_str(&desk.dossier(&["-q", "--pack", &pack])).expect("a dossier");
    let count =
        |key: &str, why: &str| list(&d["decisions"], key).iter().filter(|f| why.is_empty() || f["why"] == why).count();
    let known = ["applied", "orphaned", "impossible", "superseded"].iter().map(|k| count(k, "")).sum::<usize>();
    assert_eq!(known, all.len() + 3);
    assert!(count("applied", "") > 0 && count("orphaned", "no_claim") > 0, "{}", d["decisions"]);
    // With the packs as they were it applies again.
    let d: Value = serde_json::from_str(&desk.dossier(&["-q"])).expect("a dossier");
    assert!(list(&d["decisions"], "applied").iter().any(|f| f["id"] == "good"));
    assert!(list(&d["decisions"], "orphaned").iter().all(|f| f["why"] != "no_claim"));
}

#[test]
fn what_does_not_fit_is_told_and_not_stored() {
    let desk = Desk::with_workspace();
    let bad = desk.file("bad.jsonl", "{\"id\":\"x\"}\n{\n");
    let told = desk.fails(6, &["decide", &bad, "--lang", "en"]);
    assert!(told.contains("bad.jsonl:1:") && told.contains("bad.jsonl:2:"), "{told}");
    assert!(desk.fails(6, &["decide", "none.jsonl"]).contains("none.jsonl: introuvable"));
    assert_eq!(desk.ok(&["log"]).0, "");
    assert!(desk.fails(3, &["add", "nowhere", "--lang", "en"]).contains("nowhere: no such file"));
    let o = desk.run(&["add", "nowhere", "pages", "--lang", "en"]);
    assert_eq!(o.status.code(), Some(1));
    assert!(text(&o.stderr).contains("0 new pages, 0 updated, 6 already there, 1 failed"), "{}", text(&o.stderr));
    assert!(desk.fails(4, &["init"]).contains("recoupe.db: existe déjà"));
    assert!(
        desk.fails(2, &["cross-check", "--collection", "alep", "--lang", "en"]).contains("has no collection \"alep\"")
    );
    assert!(desk.fails(2, &["search", "--", "-x"]).contains("une recherche demande un mot"));
    desk.file(
        "text.db",
        "no database, but long enough to be one, if it were one: 0123456789012345678901234567890123456789",
    );
    assert!(
        desk.fails(7, &["status", "-w", "text.db", "--lang", "en"]).contains("text.db: is no workspace of Recoupe")
    );
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    let o = Command::new(env!("CARGO_BIN_EXE_recoupe"))
        .arg("status")
        .current_dir(elsewhere.path())
        .output()
        .expect("started");
    assert_eq!(o.status.code(), Some(7));
    assert!(text(&o.stderr).contains("recoupe init"), "{}", text(&o.stderr));
    // In a folder below, the workspace above is found.
    let o = Command::new(env!("CARGO_BIN_EXE_recoupe"))
        .arg("status")
        .current_dir(desk.path("pages"))
        .output()
        .expect("started");
    assert_eq!(o.status.code(), Some(0), "{}", text(&o.stderr));
}

#[test]
fn pages_are_found_and_piled() {
    let desk = Desk::new();
    desk.ok(&["init"]);
    let (safe, _) =
        desk.ok(&["add", "pages/fanal.txt", "pages/deux-rives.txt", "--collection", "idlib", "--list", "-q"]);
    assert_eq!(safe.lines().filter(|l| l.starts_with("new\tsha256:")).count(), 2, "{safe}");
    desk.ok(&["add", "pages"]);
    assert!(desk.ok(&["status", "--lang", "en"]).0.contains("idlib (2)"));
    let d: Value = serde_json::from_str(&desk.dossier(&["-q", "--collection", "idlib"])).expect("a dossier");
    assert_eq!(list(&d, "pages").len(), 2);
    let (all, _) = desk.ok(&["search", "soldats", "TUES", "--format", "json"]);
    let (piled, _) = desk.ok(&["search", "soldats", "tues", "--format", "json", "--collection", "idlib"]);
    assert!(all.lines().count() > piled.lines().count() && piled.lines().count() > 0, "{all}{piled}");
    let hit: Value = serde_json::from_str(all.lines().next().expect("a hit")).expect("JSON");
    assert!(hit["passage"].as_str().is_some_and(|p| p.contains("[soldats]")), "{hit}");
    // A question can be kept, narrowed, asked again and forgotten.
    let ask = |words: &[&str]| desk.ok(&[&["search", "-q", "--lang", "en"], words].concat()).0;
    let kept = ask(&["Saraqeb", "--save", "town"]);
    assert_eq!(ask(&["--view", "town"]), kept);
    assert_eq!(ask(&["--view", "town", "zzz"]), "", "more words narrow it");
    assert!(ask(&["--views"]).starts_with("town  Saraqeb"));
    assert!(desk.fails(7, &["search", "--view", "none", "--lang", "en"]).contains("--views"));
    ask(&["--forget", "town"]);
    assert_eq!(ask(&["--views"]), "");
}

#[test]
fn copies_come_back() {
    let desk = Desk::with_workspace();
    let before = desk.dossier(&["-q"]);
    desk.ok(&["backup", "copy.db"]);
    assert!(desk.fails(4, &["backup", "copy.db"]).contains("copy.db: existe déjà"));
    desk.file("pages/more.txt", "Encore une page, sur tout autre chose.");
    desk.ok(&["add", "pages"]);
    assert!(desk.fails(4, &["restore", "copy.db"]).contains("recoupe.db: existe déjà"));
    let (_, told) = desk.ok(&["restore", "copy.db", "--replace", "--lang", "en"]);
    assert!(told.contains("the old one is kept here"), "{told}");
    assert_eq!(desk.dossier(&["-q"]), before);
    desk.ok(&["vacuum"]);
    desk.ok(&["rebuild", "-q"]);
    desk.ok(&["doctor"]);
    assert_eq!(desk.dossier(&["-q"]), before);
}

/// One bit of the log turned over in the file: told by `log verify`, by `doctor`, and on the way by `cross-check`.
#[test]
fn a_flipped_byte_in_the_log_is_told() {
    let desk = Desk::with_workspace();
    let lines = decisions(&desk.dossier(&["-q"]));
    desk.ok(&["decide", &desk.file("d.jsonl", &lines.join("\n"))]);
    desk.ok(&["vacuum"]);
    let mut bytes = fs::read(desk.path("recoupe.db")).expect("read");
    // Where SQLite split a block, dead copies of entries lie about: one reason is turned over wherever it stands.
    let at: Vec<usize> = (0..bytes.len()).filter(|i| bytes[*i..].starts_with(b"prouvette 0\"")).collect();
    assert!(!at.is_empty());
    at.into_iter().for_each(|i| bytes[i] ^= 1);
    fs::write(desk.path("recoupe.db"), bytes).expect("written");
    let told = desk.fails(7, &["log", "verify", "--lang", "en"]);
    assert!(told.contains("is no longer what was recorded"), "{told}");
    let o = desk.run(&["doctor", "--lang", "en"]);
    assert_eq!(o.status.code(), Some(7));
    assert!(text(&o.stdout).contains("✗ log of decisions") && text(&o.stdout).contains("→ recoupe restore"));
    let o = desk.run(&["cross-check", "--lang", "en"]);
    assert!(text(&o.stderr).contains("is no longer what was recorded"), "{}", text(&o.stderr));
}

#[test]
fn another_process_that_writes_is_waited_for_and_told() {
    let desk = Desk::with_workspace();
    let lines = decisions(&desk.dossier(&["-q"]));
    let file = desk.file("d.jsonl", &lines.join("\n"));
    let other = rusqlite::Connection::open(desk.path("recoupe.db")).expect("opened");
    other.execute_batch("BEGIN IMMEDIATE").expect("locked");
    let told = desk.fails(7, &["decide", &file, "--wait", "0", "--lang", "en"]);
    assert!(told.contains("recoupe.db: another process is writing to it") && told.contains("--wait"), "{told}");
    // Reading goes on.
    desk.ok(&["status"]);
    desk.ok(&["search", "soldats"]);
    other.execute_batch("ROLLBACK").expect("let go");
    desk.ok(&["decide", &file]);
}
