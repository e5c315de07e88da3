//! `docs/grid.md` is what the cases say; `UPDATE_GRID=1` writes it (`cargo xtask cases --grid`).

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use recoupe_cases::grid::{grid, place};
use recoupe_cases::read_cases;

#[test]
fn the_grid_is_up_to_date() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut cases = Vec::new();
    let mut titles = BTreeMap::new();
    for path in markdown(&root.join("cases")) {
        let name = path.strip_prefix(&root).expect("below the root").to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(&path).expect("readable");
        if let (Some((_, topic)), Some(title)) = (place(&name), text.lines().find_map(|l| l.strip_prefix("# "))) {
            titles.entry(topic.to_owned()).or_insert_with(|| title.to_owned());
        }
        cases.extend(read_cases(&name, &text).unwrap_or_else(|e| panic!("{e}")));
    }
    let path = root.join("docs/grid.md");
    let new = grid(&cases, &titles);
    if std::env::var_os("UPDATE_GRID").is_some_and(|v| v == "1") {
        fs::write(&path, &new).expect("writable");
    }
    let old = fs::read_to_string(&path).unwrap_or_default();
    assert!(old == new, "docs/grid.md is stale: cargo xtask cases --grid");
}

/// All files of cases, sorted.
fn markdown(dir: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    let mut left = vec![dir.to_owned()];
    while let Some(dir) = left.pop() {
        for path in fs::read_dir(dir).expect("readable").flatten().map(|e| e.path()) {
            if path.is_dir() {
                left.push(path);
            } else if path.extension().is_some_and(|e| e == "md") && path.file_name().is_some_and(|n| n != "README.md")
            {
                out.push(path);
            }
        }
    }
    out.sort();
    out
}
