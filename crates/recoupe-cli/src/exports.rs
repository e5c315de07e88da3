//! Rows and records for other people's tools: which files, where, and the rule to one figure that some of them need.

use std::io::IsTerminal;

use recoupe::{Packs, Table};
use recoupe_desk::Made;
use recoupe_export::rows::{self, Export, Format as Rows, Refused};

use crate::args::{Format, Lang, Read};
use crate::exit::{Failure, Status};
use crate::{output, packs, tell};

/// Writes those of `formats` that are made of rows and records.
pub fn write(made: &mut Made, formats: &[Format], packs: &Packs, args: &Read) -> Result<(), Failure> {
    let wanted: Vec<Rows> = formats.iter().filter_map(|f| f.export()).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let table = Table::load(packs).map_err(|e| packs::failure(&e))?;
    let plain = made.wire(false);
    let with = Export {
        lang: args.input.lang.say("fr", "en").to_owned(),
        title: args.output.title.clone(),
        report: args.output.report.clone(),
        codes: recoupe_web::codes(&table),
        dossier: rows::digest(&plain),
    };
    for format in wanted {
        // A format with room for one number has the rule of its codebook, unless somebody asked for another.
        let own = format.rule().filter(|_| made.figures().is_none()).and_then(|r| r.parse().ok());
        let files = match own {
            Some(rule) => rows::export(&made.wire_by(&rule, &table), format, &with),
            None => rows::export(&plain, format, &with),
        };
        put(&files.map_err(|e| refused(&e, args.input.lang))?, args)?;
    }
    Ok(())
}

/// All files to the folder, or the first to standard output.
fn put(files: &[rows::File], args: &Read) -> Result<(), Failure> {
    let lang = args.input.lang;
    let Some(dir) = &args.output.out else {
        let Some(first) = files.first() else { return Ok(()) };
        if files.len() > 1 && !args.input.quiet {
            let more = lang.say("avec -o DIR, aussi", "with -o DIR also");
            let names: Vec<&str> = files[1..].iter().map(|f| f.name.as_str()).collect();
            tell::note(&format!("{more}: {}", names.join(", ")));
        }
        return output::to_stdout(lang, |w| w.write_all(&first.bytes));
    };
    for f in files {
        let path = dir.join(&f.name);
        if let Some(parent) = path.parent() {
            output::folder(lang, parent)?;
        }
        output::to_file(lang, &path, |w| w.write_all(&f.bytes))?;
    }
    Ok(())
}

/// Whether a format can go to standard output: one of several files, or of bytes that no terminal shows, cannot.
pub fn alone(format: Format, lang: Lang) -> Result<(), Failure> {
    let message = match format {
        Format::Csv | Format::Hxl => {
            lang.say("ce format est fait de plusieurs fichiers", "this format is made of several files")
        }
        Format::Xlsx if std::io::stdout().is_terminal() => {
            lang.say("un classeur ne s’affiche pas dans un terminal", "a workbook cannot be shown on a terminal")
        }
        _ => return Ok(()),
    };
    Err(Failure::new(Status::Usage, message).hint("-o DIR"))
}

/// What the closing line names: the main file, or the folder of many.
pub fn main_file(format: Rows) -> &'static str {
    match format {
        Rows::Csv => "csv/",
        Rows::Xlsx => "dossier.xlsx",
        Rows::Geojson => "incidents.geojson",
        Rows::Acled => "acled.csv",
        Rows::Ucdp => "ucdp-ged.csv",
        Rows::Plover => "plover.jsonl",
        Rows::Hxl => "hxl/",
        Rows::Claims => "claims.jsonld",
        Rows::Md => "brief.md",
    }
}

fn refused(e: &Refused, lang: Lang) -> Failure {
    match e {
        Refused::NoRule(f) | Refused::RuleGivesNone(f, _) => {
            let why = lang.say(
                "a place pour un seul nombre, et la règle choisie n’en donne pas",
                "has room for one number, and the rule that was chosen gives none",
            );
            let hint = lang.say(
                "sans --figures, la règle de son guide de codage s’applique",
                "without --figures the rule of its codebook applies",
            );
            Failure::new(Status::Usage, format!("{} {why}", f.name())).hint(hint)
        }
        Refused::Workbook(why) => Failure::new(Status::Output, why.clone()),
    }
}
