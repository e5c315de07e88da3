//! Exports of the example, value by value against its pages.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use sha2::{Digest, Sha256};

const EXAMPLE: &str = "examples/idlib-2020";
const ALL: &str = "html,json,csv,xlsx,geojson,acled,ucdp,plover,hxl,claims,md";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn run(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_recoupe"))
        .args(words)
        .current_dir(root())
        .stdin(Stdio::null())
        .output()
        .expect("started")
}

fn sha256(bytes: &[u8]) -> String {
    let hex: String = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
    format!("sha256:{hex}")
}

fn read(path: &Path) -> (Vec<String>, Vec<BTreeMap<String, String>>) {
    let mut r = csv::Reader::from_path(path).expect("a CSV file");
    let head: Vec<String> = r.headers().expect("a head").iter().map(str::to_owned).collect();
    let rows = r.records().map(|x| {
        let x = x.expect("as many fields as columns");
        head.iter().cloned().zip(x.iter().map(recoupe_export::rows::undefuse)).collect()
    });
    let rows = rows.collect();
    (head, rows)
}

/// The words of a stretch of a page: markup gone, white space gone, so that only words are compared.
fn words(raw: &[u8], html: bool) -> String {
    let text = String::from_utf8_lossy(raw);
    let mut out = String::new();
    let mut tag = false;
    for c in text.chars() {
        match c {
            '<' if html => tag = true,
            '>' if html => tag = false,
            c if !tag && !c.is_whitespace() => out.push(c),
            _ => {}
        }
    }
    // those of the example
    for (entity, c) in [
        ("&nbsp;", ""),
        ("&laquo;", "«"),
        ("&raquo;", "»"),
        ("&rsquo;", "’"),
        ("&ndash;", "–"),
        ("&agrave;", "à"),
        ("&eacute;", "é"),
        ("&egrave;", "è"),
        ("&ucirc;", "û"),
        ("&ugrave;", "ù"),
        ("&amp;", "&"),
    ] {
        out = out.replace(entity, c);
    }
    out
}

#[test]
fn every_quotation_stands_in_its_page() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let out = dir.path().to_str().expect("UTF-8");
    let o = run(&["read", EXAMPLE, "-o", out, "-q", "-f", ALL]);
    assert!(o.status.success(), "{}", String::from_utf8_lossy(&o.stderr));
    let mut pages: BTreeMap<String, (Vec<u8>, bool)> = BTreeMap::new();
    for e in fs::read_dir(root().join(EXAMPLE)).expect("listed").flatten() {
        let bytes = fs::read(e.path()).expect("read");
        pages.insert(sha256(&bytes), (bytes, e.path().extension().is_some_and(|x| x == "html")));
    }
    let report = fs::read_to_string(dir.path().join("index.html")).expect("a report");
    let dossier = sha256(&fs::read(dir.path().join("dossier.json")).expect("a dossier"));
    let (mut quotes, mut values) = (0, 0);
    let mut files: Vec<PathBuf> =
        fs::read_dir(dir.path().join("csv")).expect("tables").flatten().map(|e| e.path()).collect();
    files.extend(["acled.sources.csv", "ucdp-ged.sources.csv", "acled.left-out.csv"].map(|f| dir.path().join(f)));
    for f in files.iter().filter(|f| f.extension().is_some_and(|x| x == "csv")) {
        let (head, rows) = read(f);
        if !head.iter().any(|h| h == "anchor") {
            continue;
        }
        for r in rows {
            assert_eq!(r["dossier"], dossier, "{}", f.display());
            let (bytes, html) = &pages[&r["page"]];
            let anchor = r["link"].split_once('#').expect("an anchor").1;
            assert!(report.contains(&format!("id=\"{anchor}\"")), "{} leads nowhere", r["link"]);
            if !r["quote"].is_empty() {
                let all = words(bytes, *html);
                assert!(all.contains(&words(r["quote"].as_bytes(), false)), "{}: {}", f.display(), r["quote"]);
                quotes += 1;
            }
            let (Ok(a), Ok(z)) = (r["span_start"].parse::<usize>(), r["span_end"].parse::<usize>()) else { continue };
            assert_eq!(r["anchor"], format!("{}@{a}-{z}", r["page"]));
            let here = words(&bytes[a..z], *html);
            let said = if r["text"].is_empty() { &r["quote"] } else { &r["text"] };
            if !said.is_empty() {
                assert_eq!(here, words(said.as_bytes(), false), "{}", f.display());
                values += 1;
            }
        }
    }
    assert!(quotes > 200 && values > 200, "{quotes} {values}");
}

#[test]
fn formats_with_one_number_name_their_rule() {
    let about = |figures: &[&str]| {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let out = dir.path().to_str().expect("UTF-8");
        let o = run(&[&["read", EXAMPLE, "-o", out, "-q", "-f", "acled,ucdp,json,csv"], figures].concat());
        assert!(o.status.success(), "{}", String::from_utf8_lossy(&o.stderr));
        let text = |f: &str| fs::read_to_string(dir.path().join(f)).expect("written");
        let json: serde_json::Value = serde_json::from_str(&text("dossier.json")).expect("JSON");
        (text("acled.csv"), text("ucdp-ged.csv"), json["made"]["figures"].clone(), text("csv/tolls.csv"))
    };
    let (acled, ucdp, asked, tolls) = about(&[]);
    assert!(acled.contains("rule=acled:3") && ucdp.contains("by rule ucdp"));
    assert!(asked.is_null() && !tolls.contains("ucdp"), "the rule of one format does not leak into others");
    let (acled, ucdp, asked, tolls) = about(&["--figures", "highest"]);
    assert!(acled.contains("rule=highest") && ucdp.contains("by rule highest") && tolls.contains("highest"));
    assert_eq!(asked, "highest");
    let o = run(&["read", EXAMPLE, "-f", "acled", "--figures", "airwars", "--lang", "en"]);
    assert_eq!(o.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&o.stderr).contains("gives none"));
}

#[test]
fn one_file_goes_to_standard_output() {
    for (format, begins) in [
        ("geojson", "{\n  \"type\": \"FeatureCollection\""),
        ("acled", "event_id_cnty,event_date"),
        ("ucdp", "id,relid,year"),
        ("plover", "{\"id\":"),
        ("claims", "{\n  \"@context\""),
        ("md", "# "),
    ] {
        let o = run(&["read", EXAMPLE, "-q", "-f", format]);
        assert!(o.status.success(), "{format}");
        let text = String::from_utf8(o.stdout).expect("UTF-8");
        assert!(text.starts_with(begins), "{format}: {}", text.chars().take(80).collect::<String>());
        assert!(o.stderr.is_empty(), "{format}: {}", String::from_utf8_lossy(&o.stderr));
    }
    for many in ["csv", "hxl"] {
        let o = run(&["read", EXAMPLE, "-q", "-f", many]);
        assert_eq!(o.status.code(), Some(2), "{many} is many files");
    }
}

#[test]
fn links_lead_where_the_report_is_said_to_be() {
    let o = run(&["read", EXAMPLE, "-q", "-f", "plover", "--report", "https://desk.example/d/7"]);
    let text = String::from_utf8(o.stdout).expect("UTF-8");
    assert!(text.lines().all(|l| l.contains("\"link\":\"https://desk.example/d/7#c")), "{text}");
}

#[test]
fn help_tells_every_format_with_what_it_is() {
    let help = String::from_utf8(run(&["read", "--help"]).stdout).expect("UTF-8");
    for f in ALL.split(',') {
        assert!(help.contains(&format!("- {f}")), "{f} is not in the help");
    }
    let docs: BTreeSet<&str> =
        fs::read_to_string(root().join("docs/cli.md")).map(|t| t.leak().split('`').collect()).expect("docs");
    for f in ALL.split(',') {
        assert!(docs.contains(f), "docs/cli.md does not tell of {f}");
    }
}
