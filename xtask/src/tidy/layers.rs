//! Who imports whom: `layers.toml` against `cargo metadata`.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::Value;

use super::Problem;
use crate::run::{cargo, output, root};

/// `layers.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layers {
    /// Pure crates, each with the crates of the project it may import.
    pub pure: BTreeMap<String, Vec<String>>,
    /// Edges, likewise.
    edge: BTreeMap<String, Vec<String>>,
    /// Crates that are never shipped and may import anything.
    tool: BTreeMap<String, String>,
    outside: Outside,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Outside {
    /// Crates of others that the pure half may use.
    pure: Vec<String>,
}

impl Layers {
    /// Reads the file.
    pub fn read() -> Result<Self> {
        toml::from_str(&std::fs::read_to_string(root().join("layers.toml"))?).context("layers.toml")
    }
}

/// Compares the table with what the manifests say.
pub fn check() -> Result<Vec<Problem>> {
    let layers = Layers::read()?;
    let said = output(cargo().args(["metadata", "--format-version", "1", "--no-deps", "--offline"]))?;
    let metadata: Value = serde_json::from_str(&said)?;
    let packages = metadata["packages"].as_array().context("cargo metadata lists packages")?;
    let ours: BTreeSet<&str> = packages.iter().filter_map(|p| p["name"].as_str()).collect();
    let mut problems = Vec::new();
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        let allowed = layers.pure.get(name).or_else(|| layers.edge.get(name));
        let Some(allowed) = allowed else {
            if !layers.tool.contains_key(name) {
                problems.push(format!("{name} is not in layers.toml"));
            }
            continue;
        };
        let dependencies = package["dependencies"].as_array().map(Vec::as_slice).unwrap_or_default();
        // Tests may use what they like; what is shipped may not.
        for d in dependencies.iter().filter(|d| d["kind"].is_null()) {
            let other = d["name"].as_str().unwrap_or_default();
            if ours.contains(other) && !allowed.iter().any(|a| a == other) {
                problems.push(format!("{name} imports {other}, which layers.toml does not allow"));
            }
            if !ours.contains(other)
                && layers.pure.contains_key(name)
                && !layers.outside.pure.iter().any(|a| a == other)
            {
                problems.push(format!("{name} is pure and uses {other}, which is not in layers.toml [outside]"));
            }
        }
    }
    for name in layers.pure.keys().chain(layers.edge.keys()).chain(layers.tool.keys()) {
        if !ours.contains(name.as_str()) {
            problems.push(format!("layers.toml names {name}, which does not exist"));
        }
    }
    Ok(problems)
}
