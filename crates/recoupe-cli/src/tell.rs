//! Messages to the person: standard error, colour only on a terminal, French or English side by side.

use std::io::IsTerminal;

use anstyle::{AnsiColor, Style};

use recoupe_desk::{Trouble, Why};
use recoupe_ingest::IngestError;

use crate::args::Lang;

const BAD: Style = AnsiColor::Red.on_default().bold();
const WARN: Style = AnsiColor::Yellow.on_default();
const DIM: Style = Style::new().dimmed();

impl Lang {
    /// The wording for this language. Both stand together where they are used, so that neither can be missing.
    pub fn say<'a>(self, fr: &'a str, en: &'a str) -> &'a str {
        match self {
            Lang::Fr => fr,
            Lang::En => en,
        }
    }
}

/// What stopped the command.
pub fn error(lang: Lang, message: &str, hint: Option<&str>) {
    let word = lang.say("erreur", "error");
    anstream::eprintln!("recoupe: {BAD}{word}:{BAD:#} {message}");
    self::hint(hint);
}

/// What went wrong with one input while the others go on.
pub fn problem(subject: &str, reason: &str, hint: Option<&str>) {
    anstream::eprintln!("{WARN}{subject}:{WARN:#} {reason}");
    self::hint(hint);
}

/// A page that could not be read, in the person's language.
pub fn trouble(t: &Trouble, lang: Lang) {
    let fixed = |fr: &str, en: &str| lang.say(fr, en).to_owned();
    let (reason, hint) = match &t.why {
        Why::Damaged(why) => (why.clone(), Some("recoupe doctor")),
        Why::Defect => {
            (fixed("un défaut de Recoupe a empêché la lecture", "a defect in Recoupe kept it from being read"), None)
        }
        Why::Ingest(IngestError::NotFound { .. }) => (fixed("introuvable", "no such file or folder"), None),
        Why::Ingest(IngestError::Unreadable { message, .. }) => {
            (format!("{} ({message})", lang.say("illisible", "cannot be read")), None)
        }
        Why::Ingest(IngestError::Empty { .. }) => (fixed("vide", "is empty"), None),
        Why::Ingest(IngestError::TooLarge { limit, .. }) => (
            format!("{} {} MiB", lang.say("dépasse", "is larger than"), limit >> 20),
            Some(lang.say("une page par fichier ; découpez-le", "one page a file; split it")),
        ),
        Why::Ingest(IngestError::Binary { kind, .. }) => (
            format!("{} ({kind})", lang.say("n’est pas du texte", "is not text")),
            Some(lang.say("Recoupe lit du texte et du HTML", "Recoupe reads text and HTML")),
        ),
        Why::Ingest(IngestError::Loop { .. }) => (
            fixed("ramène à un dossier qui le contient ; non suivi", "leads back to a folder it lies in; not followed"),
            None,
        ),
        Why::Ingest(IngestError::Sidecar { path, line, message }) => {
            return problem(&format!("{path}:{line}"), message, None);
        }
    };
    problem(&t.subject, &reason, hint);
}

/// A line for information.
pub fn note(message: &str) {
    anstream::eprintln!("{message}");
}

fn hint(hint: Option<&str>) {
    if let Some(hint) = hint {
        anstream::eprintln!("  {DIM}→ {hint}{DIM:#}");
    }
}

/// Text of a page or a file, without what would steer the terminal.
pub fn plain(s: &str) -> String {
    s.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Columns to write a summary in, and whether it may have colour: as the terminal has it, if it goes to one.
pub fn terminal(to_stdout: bool) -> (usize, bool) {
    if !to_stdout || !std::io::stdout().is_terminal() {
        return (100, false);
    }
    let color = anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never;
    let width = terminal_size::terminal_size().map_or(100, |(w, _)| usize::from(w.0));
    (width.clamp(40, 120), color)
}
