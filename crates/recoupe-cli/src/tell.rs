//! Messages to the person: standard error, colour only on a terminal, French or English side by side.

use std::io::IsTerminal;

use anstyle::{AnsiColor, Style};

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
