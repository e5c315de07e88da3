//! `cargo xtask gold --explain`: every place where the reading and the gold part, with all that is needed to see why.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::run::{command, output, root};

/// Pairs with the scorer's own functions; see there.
const SCRIPT: &str = include_str!("explain.py");

/// One miss, mismatch or invention.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Finding {
    /// The page, as the gold calls it.
    pub page: String,
    /// `miss`, `mismatch` or `invention`.
    pub what: String,
    /// What of it: `incident`, `toll`, `voice`, `group`, `type`, `date`, `place`, `actor`, `target`.
    pub field: String,
    /// What the gold says.
    pub gold: String,
    /// What was read.
    pub read: String,
    /// The sentences it was read from; for a miss, the one the gold points to, where it does.
    pub sentences: Vec<String>,
    /// Rules that fired in them.
    pub rules: Vec<String>,
}

/// All findings of one corpus.
#[derive(Clone, Debug, Default)]
pub struct Explained {
    /// The corpus.
    pub corpus: String,
    /// Misses, mismatches and inventions, in the order of the gold.
    pub findings: Vec<Finding>,
    /// Set where the findings do not add up to the scorer's shares.
    pub drift: Option<String>,
}

#[derive(Deserialize)]
struct Said {
    findings: Vec<Finding>,
    missed: BTreeMap<String, f64>,
}

/// Explains a corpus that has just been scored: its dossier lies in out/gold.
pub fn corpus(
    name: &str,
    corpus: &Path,
    lang: Option<&str>,
    shared: &Path,
    page: Option<&str>,
    scores: &BTreeMap<String, f64>,
) -> Result<Explained> {
    let script = root().join("out/gold/explain.py");
    std::fs::write(&script, SCRIPT)?;
    let mut c = command("python3");
    c.env("PYTHONDONTWRITEBYTECODE", "1").arg(&script).arg(shared.join("tools/score.py"));
    c.arg(root().join(format!("out/gold/{name}.json"))).arg(corpus.join("gold.jsonl")).arg(corpus.join("pages"));
    c.args([lang.unwrap_or_default(), page.unwrap_or_default()]);
    let said: Said = serde_json::from_str(&output(&mut c)?).context("what explain.py prints")?;
    Ok(Explained { corpus: name.to_owned(), drift: drift(&said.missed, scores), findings: said.findings })
}

/// What is explained must be what is scored: the misses give the scorer's recall.
fn drift(missed: &BTreeMap<String, f64>, scores: &BTreeMap<String, f64>) -> Option<String> {
    for (ours, theirs) in [
        ("toll", "toll_number"),
        ("incident_violent", "incident_violent"),
        ("incident_political", "incident_political"),
    ] {
        let (gold, recall) = (scores.get(&format!("{theirs}.gold"))?, scores.get(&format!("{theirs}.r"))?);
        let missed = missed.get(ours).copied().unwrap_or(0.0);
        if *gold > 0.0 && ((gold - missed) / gold - recall).abs() > 0.001 {
            return Some(format!(
                "{theirs}: {missed} misses are explained, but the scorer's recall is {recall} of {gold}"
            ));
        }
    }
    None
}

/// Findings of one kind, by what and field, in the order in which they are shown.
pub fn grouped(findings: &[Finding]) -> Vec<((&str, &str), Vec<&Finding>)> {
    let whats = ["miss", "mismatch", "invention"];
    let fields = ["incident", "toll", "voice", "group", "type", "date", "place", "actor", "target"];
    let mut out = Vec::new();
    for what in whats {
        for field in fields {
            let all: Vec<&Finding> = findings.iter().filter(|f| f.what == what && f.field == field).collect();
            if !all.is_empty() {
                out.push(((what, field), all));
            }
        }
    }
    out
}

/// Prints up to `limit` findings of each kind: missed incidents, missed tolls, other voices …
pub fn print(explained: &Explained, limit: usize) {
    if let Some(drift) = &explained.drift {
        println!("   the explanation and the scorer do not agree: {drift}");
    }
    for ((what, field), all) in grouped(&explained.findings) {
        println!("\n   {what}: {field} ({})", all.len());
        for f in all.iter().take(limit) {
            println!("   · {}", f.page);
            for s in &f.sentences {
                println!("       “{s}”");
            }
            println!("       gold  {}\n       read  {}", f.gold, f.read);
            if !f.rules.is_empty() {
                println!("       rules {}", f.rules.join(" "));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misses_must_add_up_to_the_recall() {
        let map = |pairs: &[(&str, f64)]| pairs.iter().map(|(k, v)| ((*k).to_owned(), *v)).collect();
        let mut scores: BTreeMap<String, f64> = BTreeMap::new();
        for m in ["toll_number", "incident_violent", "incident_political"] {
            scores.insert(format!("{m}.gold"), 3.0);
            scores.insert(format!("{m}.r"), 0.667);
        }
        let right = map(&[("toll", 1.0), ("incident_violent", 1.0), ("incident_political", 1.0)]);
        assert_eq!(drift(&right, &scores), None);
        assert!(drift(&map(&[("toll", 2.0)]), &scores).is_some_and(|d| d.starts_with("toll_number")));
    }
}
