//! `recoupe explain`: where an incident, a claim or a field comes from.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use recoupe_export::{Explanation, Unknown};
use recoupe_wire::{Dossier, JsonError, Style};

use crate::args::{Explain, Lang, Told};
use crate::exit::{Failure, Status};
use crate::{output, packs, read, tell, workspace};

/// Explains what `args` asks for: from pages, or from the dossier that was made of them.
pub fn run(args: &Explain) -> Result<Status, Failure> {
    let lang = args.input.lang;
    let (dossier, status) = match &args.dossier {
        Some(file) => (open(file, lang)?, Status::Done),
        None => {
            let packs = packs::load(&args.input.packs, lang)?;
            let made = match args.input.paths.is_empty() {
                true => workspace::check::whole(&args.input, args.workspace.as_deref(), &packs)?,
                false => read::read_all(&args.input, &packs)?,
            };
            (made.wire(false), if made.troubles.is_empty() { Status::Done } else { Status::Partial })
        }
    };
    let found = Explanation::of(&dossier, &args.what).map_err(|e| unknown(&e, &args.what, lang))?;
    output::to_stdout(lang, |w| match args.format {
        Told::Json => recoupe_wire::to_writer(&found, w, Style::Pretty),
        Told::Text => {
            let (width, color) = tell::terminal(true);
            w.write_all(found.text(&dossier, lang.say("fr", "en"), width, color).as_bytes())
        }
    })?;
    Ok(status)
}

/// The dossier that a file holds.
fn open(path: &Path, lang: Lang) -> Result<Dossier, Failure> {
    let name = path.display();
    let file = File::open(path).map_err(|e| Failure::new(Status::Nothing, format!("{name}: {e}")))?;
    recoupe_wire::from_reader(BufReader::new(file)).map_err(|e| {
        let hint = match e {
            JsonError::Format(_) | JsonError::Shape(_) => lang.say(
                "recoupe read pages/ -o out/ écrit out/dossier.json",
                "recoupe read pages/ -o out/ writes out/dossier.json",
            ),
        };
        Failure::new(Status::Nothing, format!("{name}: {e}")).hint(hint)
    })
}

fn unknown(e: &Unknown, what: &str, lang: Lang) -> Failure {
    let (message, list) = match e {
        Unknown::Id(near) => {
            (lang.say("aucun énoncé ni incident ne porte cet identifiant", "no claim or incident has this id"), near)
        }
        Unknown::Ambiguous(all) => {
            (lang.say("plusieurs identifiants commencent ainsi", "several ids begin like this"), all)
        }
        Unknown::Field(fields) => (lang.say("rien n’est dit de ce champ", "nothing is said of this field"), fields),
    };
    let failure = Failure::new(Status::Usage, format!("{what}: {message}"));
    if list.is_empty() { failure } else { failure.hint(list.join(", ")) }
}
