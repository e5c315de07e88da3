//! `pages.csv`: what the user knows about the pages beside it.

use std::collections::BTreeMap;
use std::path::Path;

use recoupe_page::Meta;

use crate::IngestError;

/// Name of the table.
pub(crate) const NAME: &str = "pages.csv";

/// Rows by file name, relative to the table.
pub(crate) type Table = BTreeMap<String, Meta>;

/// Reads the table of a folder, if there is one. Rows that cannot be used are named and left out.
pub(crate) fn read(dir: &Path, shown: &str, errors: &mut Vec<IngestError>) -> Table {
    let path = dir.join(NAME);
    let mut table = Table::new();
    let bytes = match std::fs::read(&path) {
        Ok(b) => b,
        Err(e) => {
            if e.kind() != std::io::ErrorKind::NotFound {
                errors.push(IngestError::Unreadable { path: shown.to_owned(), message: e.to_string() });
            }
            return table;
        }
    };
    let text = recoupe_page::decode(&bytes).original;
    let text = text.trim_start_matches('\u{feff}');
    let mut fail =
        |line: u64, message: String| errors.push(IngestError::Sidecar { path: shown.to_owned(), line, message });
    // Spreadsheets of many countries write semicolons.
    let head = text.lines().next().unwrap_or("");
    let delimiter =
        [b',', b';', b'\t'].into_iter().max_by_key(|d| head.bytes().filter(|b| b == d).count()).unwrap_or(b',');
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let columns: Vec<String> = match reader.headers() {
        Ok(h) => h.iter().map(|c| c.to_lowercase()).collect(),
        Err(e) => {
            fail(1, e.to_string());
            return table;
        }
    };
    let Some(file) = columns.iter().position(|c| c == "file") else {
        fail(1, "the first row must name the columns, one of them \"file\" (and url, outlet, published)".to_owned());
        return table;
    };
    if let Some(c) = columns.iter().find(|c| !["file", "url", "outlet", "published"].contains(&c.as_str())) {
        fail(1, format!("unknown column \"{c}\" is not read: file, url, outlet, published are"));
    }
    for row in reader.records() {
        let row = match row {
            Ok(r) => r,
            Err(e) => {
                fail(e.position().map_or(0, csv::Position::line), e.to_string());
                continue;
            }
        };
        let line = row.position().map_or(0, csv::Position::line);
        if row.len() > columns.len() {
            fail(
                line,
                format!("{} cells, but {} columns: is a comma inside a cell not quoted?", row.len(), columns.len()),
            );
            continue;
        }
        let cell = |name: &str| {
            columns.iter().position(|c| c == name).and_then(|i| row.get(i)).filter(|v| !v.is_empty()).map(str::to_owned)
        };
        let Some(name) = row.get(file).filter(|v| !v.is_empty()) else {
            fail(line, "the cell \"file\" is empty".to_owned());
            continue;
        };
        let meta = Meta { url: cell("url"), outlet: cell("outlet"), published: cell("published") };
        if let Some(p) = &meta.published
            && !recoupe_page::is_interval(p)
        {
            fail(line, format!("\"{p}\" is not an ISO day (2020-03-05), month (2020-03), year or interval with /"));
            table.insert(name.to_owned(), Meta { published: None, ..meta });
            continue;
        }
        if table.insert(name.to_owned(), meta).is_some() {
            fail(line, format!("\"{name}\" stands in an earlier row too; the later one counts"));
        }
    }
    table
}
