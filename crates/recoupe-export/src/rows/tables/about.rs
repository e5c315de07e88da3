//! What the tables are of, and how to read them: a table of its own, so that it stays with them.

use super::super::desk::Desk;
use super::super::sheet::{Sheet, Table};

/// Names and values.
pub fn about<'a>(k: &'a Desk<'a>) -> Table {
    let m = &k.d.made;
    let mut rows: Vec<(String, String)> = vec![
        ("dossier".into(), k.id.clone()),
        ("format".into(), k.d.format.clone()),
        ("recoupe".into(), m.recoupe.clone()),
    ];
    rows.extend(m.packs.iter().map(|p| (format!("pack {}", p.id), format!("sha256:{}", p.sha256))));
    rows.push((
        "figures".into(),
        m.figures.clone().unwrap_or_else(|| "every voice keeps its own; nobody asked for one figure".into()),
    ));
    for (name, text) in [
        (
            "sums",
            "Rows are what one voice says. Figures of several rows are never to be added: voices count the same people.",
        ),
        ("empty", "An empty cell is not known; it is neither zero nor no."),
        (
            "apostrophe",
            "Text that a spreadsheet could take for a formula (also after a semicolon) has an apostrophe before it, which is not on the page.",
        ),
        ("columns", "docs/exports.md, and datapackage.json beside the CSV files"),
    ] {
        rows.push((name.to_owned(), text.to_owned()));
    }
    Sheet::<(String, String)>::new("about", "What the tables are of and how to read them")
        .text("name", "Of what", |r| r.0.clone())
        .text("value", "What it is", |r| r.1.clone())
        .of(rows)
}
