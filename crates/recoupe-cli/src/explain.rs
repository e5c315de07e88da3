//! `recoupe explain`: where an incident, a claim or a field comes from.

use recoupe_export::Unknown;

use crate::args::{Explain, Lang, Told};
use crate::exit::{Failure, Status};
use crate::{output, packs, read};

/// Reads the pages and explains what `args` asks for.
pub fn run(args: &Explain) -> Result<Status, Failure> {
    let lang = args.input.lang;
    let packs = packs::load(&args.input.packs, lang)?;
    let made = read::read_all(&args.input, &packs)?;
    let (text, json) = made.explain(args).map_err(|e| unknown(&e, &args.what, lang))?;
    let told = if args.format == Told::Json { json } else { text };
    output::to_stdout(lang, |w| w.write_all(told.as_bytes()))?;
    Ok(if made.problems.is_empty() { Status::Done } else { Status::Partial })
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
