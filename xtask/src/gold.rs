//! `cargo xtask gold`: how well real and constructed pages are read, against floors that are lowered only on purpose.

mod explain;
mod html;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::need;
use crate::run::{command, output, recoupe, root, shared};

const FLOORS: &str = "gold/floors.toml";

const HEAD: &str = "\
# What the reader reaches on each corpus, and must not fall below: `cargo xtask gold`.
#
# Each measure has been pinned by `cargo xtask gold --pin`, which only tightens; `--pin --lower` also loosens, and is
# for a change that is worth it, said in its commit. The digest is of the corpus: other pages need other figures.
# Shares are rounded to three decimals. `floors` may not be undercut, `ceilings` not exceeded.
";

/// More is better.
const UP: [&str; 19] = [
    "toll_number.f1",
    "toll_with_source_and_group.f1",
    "incident_violent.f1",
    "incident_political.f1",
    "type",
    "date",
    "place",
    "actor",
    "target",
    "published",
    "linking.f1",
    "copies.f1",
    "junk_dropped",
    "body_kept",
    "quotes_true",
    "control",
    "agreements",
    "displacement",
    "namings",
];

/// Less is better.
const DOWN: [&str; 4] =
    ["false_incidents_per_page", "other_extras_per_page", "on_distractor_pages.incidents", "pages_missing"];

/// What to do beside comparing.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Only this corpus.
    corpus: Option<String>,
    /// List up to this many of each kind of miss, mismatch and invention in each corpus, each with its sentence, what was read, what the
    /// gold says and which rules fired; all of them are written to out/gold.html.
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "40")]
    explain: Option<usize>,
    /// Score one page only, by its id; compares with nothing.
    #[arg(long, value_name = "ID")]
    page: Option<String>,
    /// Write what is reached now to gold/floors.toml; never looser than before.
    #[arg(long)]
    pin: bool,
    /// With --pin: also where it is worse than before.
    #[arg(long, requires = "pin")]
    lower: bool,
}

/// The pinned figures of one corpus.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Pinned {
    /// Only pages of this language are scored.
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<String>,
    digest: String,
    #[serde(default)]
    floors: BTreeMap<String, f64>,
    #[serde(default)]
    ceilings: BTreeMap<String, f64>,
}

type Table = BTreeMap<String, Pinned>;

/// The command: builds first.
pub fn run(options: &Options) -> Result<()> {
    let recoupe = recoupe("ci")?;
    compare(&recoupe, options)
}

/// As part of the tests: with the command as built.
pub fn check(recoupe: &Path) -> Result<()> {
    compare(recoupe, &Options { corpus: None, explain: None, page: None, pin: false, lower: false })
}

fn compare(recoupe: &Path, options: &Options) -> Result<()> {
    let Some(shared) = shared() else {
        println!("── gold\n   left out: there is no ../shared/corpus here");
        return Ok(());
    };
    need::python()?;
    let path = root().join(FLOORS);
    let mut table: Table = match std::fs::read_to_string(&path) {
        Ok(text) => toml::from_str(&text).with_context(|| FLOORS)?,
        Err(_) => Table::new(),
    };
    let mut failed = 0;
    let mut explained = Vec::new();
    for corpus in corpora(&shared.join("corpus"))? {
        let name = corpus.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if options.corpus.as_ref().is_some_and(|c| *c != name) {
            continue;
        }
        println!("\n── gold: {name}");
        let lang = table.get(&name).and_then(|p| p.lang.clone());
        let scores = score(recoupe, &corpus, &name, lang.as_deref(), &shared, options)?;
        if let Some(limit) = options.explain {
            let found = explain::corpus(&name, &corpus, lang.as_deref(), &shared, options.page.as_deref(), &scores)?;
            explain::print(&found, limit);
            explained.push(found);
        }
        if options.page.is_some() {
            print(&scores, &Pinned::default());
            continue;
        }
        let digest = digest(&corpus)?;
        if options.pin {
            let pinned = table.entry(name.clone()).or_default();
            pin(pinned, &scores, digest, options.lower);
            print(&scores, pinned);
            continue;
        }
        match table.get(&name) {
            None => {
                print(&scores, &Pinned::default());
                println!("   no floors are pinned for this corpus");
            }
            Some(p) if p.digest != digest => {
                print(&scores, &Pinned::default());
                println!(
                    "   the corpus is not the one the floors were pinned on: look, then cargo xtask gold --pin --lower"
                );
                failed += 1;
            }
            Some(p) => failed += print(&scores, p),
        }
    }
    for name in table.keys().filter(|n| !shared.join("corpus").join(n).is_dir()) {
        println!("\n── gold: {name}\n   left out: ../shared/corpus/{name} is not here");
    }
    if options.explain.is_some() {
        std::fs::write(root().join("out/gold.html"), html::document(&explained))?;
        println!("\n   written: out/gold.html");
    }
    if options.pin {
        let text = format!("{HEAD}\n{}", toml::to_string(&table)?);
        std::fs::create_dir_all(root().join("gold"))?;
        std::fs::write(&path, text)?;
        println!("\n   written: {FLOORS}");
    }
    if failed > 0 {
        bail!("gold: {failed} figures are worse than pinned in {FLOORS}");
    }
    Ok(())
}

/// Folders with pages and a gold file.
fn corpora(dir: &Path) -> Result<Vec<PathBuf>> {
    let mut all: Vec<PathBuf> =
        std::fs::read_dir(dir).with_context(|| dir.display().to_string())?.flatten().map(|e| e.path()).collect();
    all.retain(|p| p.join("gold.jsonl").is_file() && p.join("pages").is_dir());
    all.sort();
    Ok(all)
}

/// Reads a corpus and returns every measure of the scorer by name; shares as 0 to 1.
fn score(
    recoupe: &Path,
    corpus: &Path,
    name: &str,
    lang: Option<&str>,
    shared: &Path,
    options: &Options,
) -> Result<BTreeMap<String, f64>> {
    let dir = root().join("out/gold");
    std::fs::create_dir_all(&dir)?;
    let pages = corpus.join("pages");
    let read = |jobs: &str| -> Result<String> {
        let mut c = command(&recoupe.to_string_lossy());
        output(c.arg("read").arg(&pages).args(["--quiet", "--format", "json", "--jobs", jobs])).or_else(|e| {
            // Corpora hold an empty page, which is told by status 1.
            let out = c.output()?;
            if out.status.code() == Some(1) { Ok(String::from_utf8(out.stdout)?) } else { Err(e) }
        })
    };
    let json = read("1")?;
    if json != read("2")? {
        bail!("gold: {name}: one job and two jobs do not give the same bytes");
    }
    let dossier = dir.join(format!("{name}.json"));
    std::fs::write(&dossier, json)?;
    let scorer = || {
        let mut c = command("python3");
        c.arg(shared.join("tools/score.py")).args([&dossier, &corpus.join("gold.jsonl")]).arg("--pages").arg(&pages);
        if let Some(lang) = lang {
            c.args(["--lang", lang]);
        }
        if let Some(page) = &options.page {
            c.args(["--page", page]);
        }
        c
    };
    let said: Value = serde_json::from_str(&output(scorer().arg("--json"))?)?;
    let mut scores = BTreeMap::new();
    for (key, value) in said.as_object().context("the scorer prints an object")? {
        match value {
            Value::Number(n) => {
                scores.insert(key.clone(), n.as_f64().unwrap_or(f64::NAN));
            }
            Value::Array(pair) => {
                let number = |i: usize| pair.get(i).and_then(Value::as_f64).unwrap_or(0.0);
                let share = if number(1) > 0.0 { number(0) / number(1) } else { 1.0 };
                scores.insert(key.clone(), (share * 1000.0).round() / 1000.0);
            }
            Value::Object(parts) => {
                for (part, v) in parts {
                    scores.insert(format!("{key}.{part}"), v.as_f64().unwrap_or(f64::NAN));
                }
            }
            _ => {}
        }
    }
    Ok(scores)
}

/// Prints each measure beside its bound; returns how many are on the wrong side.
fn print(scores: &BTreeMap<String, f64>, pinned: &Pinned) -> usize {
    let mut failed = 0;
    for (names, bounds, sign) in [(&UP[..], &pinned.floors, 1.0), (&DOWN[..], &pinned.ceilings, -1.0)] {
        for name in names {
            let Some(now) = scores.get(*name) else { continue };
            let bound = bounds.get(*name);
            let worse = bound.is_some_and(|b| (now - b) * sign < -1e-9);
            failed += usize::from(worse);
            let beside = bound.map_or(String::new(), |b| {
                format!("{} {b:.3}{}", if sign > 0.0 { "≥" } else { "≤" }, if worse { "   WORSE" } else { "" })
            });
            println!("   {name:32} {now:>7.3}  {beside}");
        }
    }
    // A measure that is pinned and no longer printed must not pass unseen.
    for name in pinned.floors.keys().chain(pinned.ceilings.keys()).filter(|n| !scores.contains_key(*n)) {
        println!("   {name:32}       –  the scorer no longer gives it");
        failed += 1;
    }
    failed
}

fn pin(pinned: &mut Pinned, scores: &BTreeMap<String, f64>, digest: String, lower: bool) {
    let same = pinned.digest == digest || pinned.digest.is_empty();
    if !same && !lower {
        println!("   the corpus changed: figures that are worse than on the old one are kept (use --lower)");
    }
    pinned.digest = digest;
    for (names, bounds, sign) in [(&UP[..], &mut pinned.floors, 1.0), (&DOWN[..], &mut pinned.ceilings, -1.0)] {
        for name in names {
            let Some(&now) = scores.get(*name) else { continue };
            match bounds.get(*name).copied() {
                Some(old) if (now - old) * sign < 0.0 && !lower => {
                    println!("   {name}: stays at {old:.3} (now {now:.3})")
                }
                Some(old) if (now - old).abs() < 1e-9 => {}
                old => {
                    let from = old.map_or("new".to_owned(), |o| format!("{o:.3}"));
                    println!("   {name}: {from} → {now:.3}");
                    bounds.insert((*name).to_owned(), now);
                }
            }
        }
    }
}

/// SHA-256 over the names and bytes of the pages and the gold.
fn digest(corpus: &Path) -> Result<String> {
    let mut files = vec![corpus.join("gold.jsonl")];
    let mut pages: Vec<PathBuf> = std::fs::read_dir(corpus.join("pages"))?.flatten().map(|e| e.path()).collect();
    pages.sort();
    files.append(&mut pages);
    let mut h = Sha256::new();
    for f in files {
        let bytes = std::fs::read(&f)?;
        h.update(f.file_name().unwrap_or_default().to_string_lossy().as_bytes());
        h.update([0]);
        h.update((bytes.len() as u64).to_le_bytes());
        h.update(bytes);
    }
    Ok(h.finalize().iter().take(16).map(|b| format!("{b:02x}")).collect())
}
