//! `recoupe parse`: plain text in, CoNLL-U out.

use std::io::Read;

use crate::args::{Lang, Parse};
use crate::exit::{Failure, Status};
use crate::{output, packs, pipeline};

/// Parses the file (or standard input) that `args` names.
pub fn run(args: &Parse) -> Result<Status, Failure> {
    let packs = packs::load(&args.packs, Lang::En)?;
    let name = args.file.display().to_string();
    let unreadable = |e: std::io::Error| Failure::new(Status::Nothing, format!("{name}: {e}"));
    let bytes = if name == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map_err(unreadable)?;
        bytes
    } else {
        std::fs::read(&args.file).map_err(unreadable)?
    };
    let text = String::from_utf8(bytes).map_err(|e| {
        Failure::new(Status::Nothing, format!("{name}: not UTF-8 at byte {}", e.utf8_error().valid_up_to()))
            .hint("recoupe parse reads plain UTF-8 text; recoupe read takes pages in any encoding")
    })?;
    let conllu = pipeline::conllu(&packs, &args.lang, &text)?;
    output::to_stdout(Lang::En, |w| w.write_all(conllu.as_bytes()))?;
    Ok(Status::Done)
}
