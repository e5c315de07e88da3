//! `recoupe init` and `recoupe status`.

use recoupe_store::Store;

use super::args::{Init, Plain};
use super::{open, words};
use crate::args::Lang;
use crate::exit::{Failure, Status};
use crate::{output, tell};

/// Makes a workspace.
pub fn init(args: &Init) -> Result<Status, Failure> {
    let lang = args.lang;
    let store = Store::create(&args.file).map_err(|e| words::failure(&e, lang))?;
    let what = lang.say("espace de travail créé ; la suite : recoupe add", "workspace made; next: recoupe add");
    tell::note(&format!("{}: {what}", store.path().display()));
    Ok(Status::Done)
}

/// Tells what the workspace holds.
pub fn run(args: &Plain) -> Result<Status, Failure> {
    let lang = args.at.lang;
    let store = open(&args.at)?;
    let s = store.status().map_err(|e| words::failure(&e, lang))?;
    let mut rows: Vec<(&str, String)> = vec![
        (lang.say("espace de travail", "workspace"), format!("{} (schema {})", store.path().display(), s.schema)),
        (lang.say("créé", "made"), s.created.clone()),
        (lang.say("pages", "pages"), format!("{} ({})", s.pages, size(s.page_bytes, lang))),
        (lang.say("fichier", "file"), file(&s, lang)),
        (lang.say("lectures gardées", "readings kept"), s.readings.to_string()),
        (lang.say("incidents gardés", "incidents kept"), incidents(&s, lang)),
        (lang.say("décisions", "decisions"), s.decisions.to_string()),
    ];
    if s.decisions > 0 {
        rows.push((lang.say("fin du journal", "end of the log"), s.head.clone()));
    }
    if !s.languages.is_empty() {
        let all: Vec<String> = s.languages.iter().map(|(l, n)| format!("{l} {n}")).collect();
        rows.push((lang.say("langues", "languages"), all.join(", ")));
    }
    for c in &s.collections {
        rows.push((lang.say("collection", "collection"), format!("{} ({})", c.name, c.pages)));
    }
    for (begun, pages) in &s.stopped {
        let what = lang.say(
            "pas à son terme : en cours, ou arrêté (recoupe add le reprend)",
            "not at its end: running, or stopped (recoupe add takes it up)",
        );
        rows.push((lang.say("ajout", "adding"), format!("{begun}, {pages} pages: {what}")));
    }
    if !store.writable() {
        rows.push((lang.say("accès", "access"), lang.say("lecture seule", "read-only").to_owned()));
    }
    let width = rows.iter().map(|r| r.0.chars().count()).max().unwrap_or(0);
    output::to_stdout(lang, |w| rows.iter().try_for_each(|(name, value)| writeln!(w, "{name:width$}  {value}")))?;
    Ok(Status::Done)
}

fn incidents(s: &recoupe_store::Status, lang: Lang) -> String {
    match (s.unchecked, lang) {
        (0, _) => s.incidents.to_string(),
        (n, Lang::Fr) => format!("{} ; {n} page(s) à comparer : recoupe update", s.incidents),
        (n, Lang::En) => format!("{}; {n} page(s) to compare: recoupe update", s.incidents),
    }
}

fn file(s: &recoupe_store::Status, lang: Lang) -> String {
    let all = i64::try_from(s.file_bytes).unwrap_or(i64::MAX);
    let mut out = size(all, lang);
    if s.pages > 0 {
        let each = lang.say("par page", "a page");
        out.push_str(&format!(", {} {each}", size(all / s.pages, lang)));
    }
    out
}

/// Bytes as people read them.
pub fn size(bytes: i64, lang: Lang) -> String {
    let units = [lang.say("o", "B"), lang.say("Kio", "KiB"), lang.say("Mio", "MiB"), lang.say("Gio", "GiB")];
    let (mut n, mut unit) = (bytes as f64, 0);
    while n >= 1024.0 && unit + 1 < units.len() {
        n /= 1024.0;
        unit += 1;
    }
    let digits = usize::from(unit > 0 && n < 100.0);
    let number = format!("{n:.digits$}");
    let number = if lang == Lang::Fr { number.replace('.', ",") } else { number };
    format!("{number} {}", units[unit])
}
