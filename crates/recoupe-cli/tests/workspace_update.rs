//! The kept incidents: page by page they come to the same as all pages at once; what changes is told.

mod desk;

use std::fs;

use desk::{Desk, anchor, list};
use serde_json::{Value, json};

fn lines(out: &str) -> Vec<Value> {
    out.lines().map(|l| serde_json::from_str(l).expect("a line of JSON")).collect()
}

/// Every kept incident as it is told to programs.
fn kept(desk: &Desk) -> Vec<String> {
    desk.ok(&["incidents", "--all", "-n", "100000", "--format", "json", "-q"]).0.lines().map(str::to_owned).collect()
}

/// The pages of the example, the last first where `back` says so.
fn pages(desk: &Desk, back: bool) -> Vec<String> {
    let mut out: Vec<String> = fs::read_dir(desk.path("pages"))
        .expect("the example")
        .flatten()
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .filter(|n| n.ends_with(".txt") || n.ends_with(".html"))
        .map(|n| format!("pages/{n}"))
        .collect();
    out.sort();
    if back {
        out.reverse();
    }
    out
}

#[test]
fn page_by_page_comes_to_the_same_as_all_at_once() {
    let whole = Desk::with_workspace();
    whole.ok(&["update", "-q"]);
    for back in [false, true] {
        let desk = Desk::new();
        desk.ok(&["init", "--lang", "en"]);
        for page in pages(&desk, back) {
            desk.ok(&["add", &page, "-q"]);
            desk.ok(&["update", "-q"]);
        }
        assert_eq!(kept(&desk), kept(&whole), "back: {back}");
        // and comparing all with all finds nothing to mend
        assert_eq!(desk.ok(&["update", "--all", "-q"]).0, "");
    }
}

#[test]
fn in_stretches_it_comes_to_the_same_too() {
    let (whole, desk) = (Desk::with_workspace(), Desk::with_workspace());
    whole.ok(&["update", "-q"]);
    for step in ["1", "2", "5"] {
        desk.ok(&["update", "--all", "--step", step, "-q"]);
        assert_eq!(kept(&desk), kept(&whole), "{step} at a time");
    }
    // one that was stopped goes on with the pages that are left
    desk.ok(&["update", "--step", "2", "-q"]);
    assert_eq!(kept(&desk), kept(&whole));
}

#[test]
fn the_kept_incidents_are_those_of_the_dossier() {
    let desk = Desk::with_workspace();
    assert!(desk.ok(&["status", "--lang", "en"]).0.contains("page(s) to compare: recoupe update"));
    let (out, told) = desk.ok(&["update", "--lang", "en"]);
    assert!(!desk.ok(&["status", "--lang", "en"]).0.contains("to compare"));
    assert_eq!(out, "", "the first time everything is new, and nothing is listed");
    assert!(told.contains("new incident(s), 0 changed, 0 gone"), "{told}");
    let d: Value = serde_json::from_str(&desk.dossier(&["-q"])).expect("a dossier");
    let kept = lines(&kept(&desk).join("\n"));
    let mut ids: Vec<&str> = list(&d, "incidents").iter().filter_map(|x| x["id"].as_str()).collect();
    let mut mine: Vec<&str> = kept.iter().filter_map(|x| x["id"].as_str()).collect();
    ids.sort_unstable();
    mine.sort_unstable();
    assert_eq!(mine, ids);
    for x in &kept {
        let same = list(&d, "incidents").iter().find(|y| y["id"] == x["id"]).expect("in the dossier");
        assert_eq!((&x["type"], &x["standing"]), (&same["type"], &same["standing"]));
        assert_eq!(list(x, "claims").len(), list(same, "claims").len());
        assert_eq!(x["pages"], list(same, "pages").len());
    }
    assert!(desk.ok(&["update", "--lang", "en"]).1.contains("nothing new since the last time"));
}

#[test]
fn a_new_page_tells_what_it_changes() {
    let desk = Desk::new();
    desk.ok(&["init", "--lang", "en"]);
    // pages of other stories, so that one more page is a small part of all
    for n in 0..24 {
        let day = n + 1;
        let text = format!(
            "Lagos\nPublié le {day} mars 2021\n\nUne bombe a explosé le {day} mars à Lagos, faisant {} morts, a indiqué la police.\n",
            n + 2
        );
        fs::write(desk.path(&format!("other-{n}.txt")), text).expect("written");
        desk.ok(&["add", &format!("other-{n}.txt"), "-q"]);
    }
    let strike = |n: u32| {
        format!(
            "Frappe à Saraqeb\nPublié le 21 février 2020\n\nUne frappe aérienne a tué {n} civils jeudi à Saraqeb, dans la province d'Idleb, a \
            indiqué l'Observatoire syrien des droits de l'Homme.\n"
        )
    };
    fs::write(desk.path("one.txt"), strike(5)).expect("written");
    desk.ok(&["add", "one.txt", "-q"]);
    desk.ok(&["update", "-q"]);
    let text = strike(9).replace("Observatoire syrien des droits de l'Homme", "agence Anadolu");
    fs::write(desk.path("two.txt"), text).expect("written");
    desk.ok(&["add", "two.txt", "-q"]);
    let (out, told) = desk.ok(&["update", "--lang", "en", "--format", "json"]);
    let changes = lines(&out);
    assert_eq!(changes.len(), 1, "{out}{told}");
    assert_eq!(changes[0]["change"], "changed");
    assert_eq!((&changes[0]["before"]["pages"], &changes[0]["incident"]["pages"]), (&json!(1), &json!(2)));
    assert_eq!(changes[0]["incident"]["killed"], json!({"low": 5, "high": 9}));
    assert_eq!(changes[0]["incident"]["standing"], "differs");
    // few pages were compared
    assert!(told.starts_with("1 new page(s), 2 compared"), "{told}");
    let (out, _) = desk.ok(&["incidents", "--lang", "en", "--standing", "differs"]);
    assert!(out.starts_with("2020-02-20  air strike, Saraq"), "{out}");
    assert_eq!(desk.ok(&["incidents", "-q", "--to", "2020"]).0.lines().count(), 1);
    assert_eq!(desk.ok(&["incidents", "-q", "--country", "ng", "--from", "2021-03-10"]).0.lines().count(), 15);
}

#[test]
fn a_decision_is_obeyed_and_can_be_taken_back() {
    let desk = Desk::with_workspace();
    desk.ok(&["update", "-q"]);
    let before = kept(&desk);
    let d: Value = serde_json::from_str(&desk.dossier(&["-q"])).expect("a dossier");
    let linked = list(&d, "incidents").iter().find(|x| !list(x, "links").is_empty()).expect("a linked incident");
    let end = |side: &str| {
        let id = &list(linked, "links")[0][side];
        anchor(&d, list(&d, "claims").iter().find(|c| c["id"] == *id).expect("a claim"))
    };
    let line = |id: &str, kind: &str, rest: Value| {
        let mut line = json!({"id": id, "author": "ana", "time": format!("2026-03-01T10:00:0{}Z", id.len()), "kind": kind, "reason": "essai"});
        line.as_object_mut().expect("an object").extend(rest.as_object().expect("an object").clone());
        line.to_string()
    };
    let apart = line("a", "different", json!({"anchors": [end("left"), end("right")]}));
    desk.ok(&["decide", "-q", &desk.file("a.jsonl", &apart)]);
    desk.ok(&["update", "-q"]);
    assert_ne!(kept(&desk), before);
    let d: Value = serde_json::from_str(&desk.dossier(&["-q"])).expect("a dossier");
    assert_eq!(kept(&desk).len(), list(&d, "incidents").len());
    desk.ok(&["decide", "-q", &desk.file("b.jsonl", &line("bb", "revoke", json!({"revoke": "a"})))]);
    desk.ok(&["update", "-q"]);
    assert_eq!(kept(&desk), before);
    // what is confirmed is told as before; a confirmation after a rejection brings the claim back
    for (id, kind, same) in [("ccc", "confirm", true), ("dddd", "reject", false), ("eeeee", "confirm", true)] {
        let said = line(id, kind, json!({"anchors": [end("left")]}));
        desk.ok(&["decide", "-q", &desk.file("c.jsonl", &said)]);
        desk.ok(&["update", "-q"]);
        assert_eq!(kept(&desk) == before, same, "{id}: {kind}");
        assert_eq!(desk.ok(&["update", "--all", "-q"]).0, "", "{id}: comparing all finds nothing to mend");
    }
}

#[test]
fn without_an_update_there_is_nothing_to_list() {
    let desk = Desk::with_workspace();
    let (out, told) = desk.ok(&["incidents", "--lang", "en"]);
    assert_eq!(out, "");
    assert!(told.contains("first: recoupe update"), "{told}");
}
