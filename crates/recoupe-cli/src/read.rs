//! `recoupe read`: pages in, a dossier out.

use std::io::Write;

use recoupe::Packs;
use recoupe_desk::Made;

use crate::args::{Format, Input, Lang, Read};
use crate::exit::{Failure, Status};
use crate::pipeline;
use crate::{decisions, exports, output, packs, tell};

/// Reads what `args` names and writes what it asks for.
pub fn run(args: &Read) -> Result<Status, Failure> {
    let formats = formats(args)?;
    let packs = packs::load(&args.input.packs, args.input.lang)?;
    if let Some(dir) = &args.output.out {
        // Before the reading, so that a folder that cannot be written costs no wait.
        output::folder(args.input.lang, dir)?;
    }
    let mut made = read_all(&args.input, &packs)?;
    write_all(args, &formats, &mut made, &packs)
}

/// Writes what was made, in every format asked for, and tells of it.
pub fn write_all(args: &Read, formats: &[Format], made: &mut Made, packs: &Packs) -> Result<Status, Failure> {
    for format in formats {
        let Some(name) = file_name(*format) else { continue };
        match &args.output.out {
            Some(dir) => output::to_file(args.input.lang, &dir.join(name), |w| write(w, *format, made, args))?,
            None => output::to_stdout(args.input.lang, |w| write(w, *format, made, args))?,
        }
    }
    exports::write(made, formats, packs, args)?;
    if !args.input.quiet && args.output.out.is_some() {
        tell::note(&closing(args, formats, made));
    }
    Ok(if made.troubles.is_empty() { Status::Done } else { Status::Partial })
}

/// Reads the pages and tells what went wrong with single inputs and decisions.
pub fn read_all(input: &Input, packs: &Packs) -> Result<Made, Failure> {
    let decisions = decisions::load(&input.decisions, input.lang)?;
    let made = pipeline::read(input, packs, decisions)?;
    tell_all(&made, input.lang)?;
    Ok(made)
}

/// Tells what went wrong with single inputs and decisions; no page at all is a failure.
pub fn tell_all(made: &Made, lang: Lang) -> Result<(), Failure> {
    for t in &made.troubles {
        tell::trouble(t, lang);
    }
    if made.pages == 0 {
        let message = lang.say("aucune page n’a pu être lue", "no page could be read");
        return Err(Failure::new(Status::Nothing, message));
    }
    decisions::tell(made.fates(), lang);
    Ok(())
}

/// What to write, in order; more than one format takes a folder.
pub fn formats(args: &Read) -> Result<Vec<Format>, Failure> {
    let mut formats = args.output.format.clone();
    formats.sort();
    formats.dedup();
    match (&args.output.out, formats.len()) {
        (None, 0) => Ok(vec![Format::Text]),
        (Some(_), 0) => Ok(vec![Format::Json, Format::Html]),
        (None, 2..) => {
            let message = args
                .input
                .lang
                .say("plusieurs formats demandent un dossier de sortie", "several formats need a folder to write to");
            Err(Failure::new(Status::Usage, message).hint("-o DIR"))
        }
        (None, 1) => exports::alone(formats[0], args.input.lang).map(|()| formats),
        _ => Ok(formats),
    }
}

/// The file of a format that is one text; exports of rows name their own.
fn file_name(format: Format) -> Option<&'static str> {
    match format {
        Format::Text => Some("summary.txt"),
        Format::Json => Some("dossier.json"),
        Format::Html => Some("index.html"),
        _ => None,
    }
}

fn write(w: &mut dyn Write, format: Format, made: &Made, args: &Read) -> std::io::Result<()> {
    match format {
        Format::Text => w.write_all(pipeline::text(made, args).as_bytes()),
        Format::Json => made.json(w),
        Format::Html => w.write_all(pipeline::html(made, args).as_bytes()),
        // written by `exports`
        _ => Ok(()),
    }
}

fn closing(args: &Read, formats: &[Format], made: &Made) -> String {
    let (pages, incidents) = (made.pages, made.dossier.incidents.len());
    let dir = args.output.out.as_deref().unwrap_or(std::path::Path::new("."));
    let files: Vec<String> = formats
        .iter()
        .map(|f| {
            dir.join(file_name(*f).or(f.export().map(exports::main_file)).unwrap_or_default()).display().to_string()
        })
        .collect();
    let files = files.join(", ");
    match args.input.lang {
        Lang::Fr => format!("{pages} page{}, {incidents} incident{} → {files}", plural(pages), plural(incidents)),
        Lang::En => format!("{pages} page{}, {incidents} incident{} → {files}", s(pages), s(incidents)),
    }
}

/// French counts zero and one as singular.
pub fn plural(n: usize) -> &'static str {
    if n > 1 { "s" } else { "" }
}

fn s(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}
