//! Progress on standard error, only where a person looks at it.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::args::Lang;

/// A counter of pages: folders are read as they are walked, so how many there will be is not known. Draws nothing when
/// `quiet` or in a pipe.
pub fn bar(quiet: bool, lang: Lang) -> ProgressBar {
    if quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(10));
    if let Ok(style) = ProgressStyle::with_template("{spinner} {human_pos} {msg}, {per_sec}") {
        bar.set_style(style);
    }
    bar.set_message(lang.say("pages lues", "pages read"));
    bar
}
