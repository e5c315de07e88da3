//! Writes an export of a dossier file: `cargo run -p recoupe-export --example rows -- DOSSIER.json DIR FORMAT`. Formats that need
//! the codes of the domain pack have no rows here.

use recoupe_export::rows::{Export, Format, export};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().collect();
    let [_, from, to, name] = args.as_slice() else {
        return Err("usage: rows DOSSIER.json DIR FORMAT".into());
    };
    let format = Format::ALL.into_iter().find(|f| f.name() == name).ok_or("no such format")?;
    let dossier = recoupe_wire::from_reader(std::io::BufReader::new(std::fs::File::open(from)?))?;
    for file in export(&dossier, format, &Export::default())? {
        let path = std::path::Path::new(to).join(&file.name);
        std::fs::create_dir_all(path.parent().ok_or("a file has a folder")?)?;
        std::fs::write(path, file.bytes)?;
    }
    Ok(())
}
