//! Writes the report of a dossier file: `cargo run -p recoupe-export --example report -- DOSSIER.json REPORT.html [LANG]`.

use recoupe_export::{Options, html};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().collect();
    let [_, from, to, rest @ ..] = args.as_slice() else {
        return Err("usage: report DOSSIER.json REPORT.html [LANG]".into());
    };
    let dossier = recoupe_wire::from_reader(std::io::BufReader::new(std::fs::File::open(from)?))?;
    let lang = rest.first().cloned().unwrap_or_default();
    std::fs::write(to, html(&dossier, &Options { lang, title: None }))?;
    Ok(())
}
