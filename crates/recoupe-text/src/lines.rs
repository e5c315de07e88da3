//! What a line break inside a block means.

/// How wide a wrapped text may be; where lines are longer, nobody wrapped them and each is a paragraph of its own.
const WIDEST_WRAP: usize = 160;

/// The measure of a block's lines.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lines {
    widest: usize,
}

impl Lines {
    pub fn measure(block: &str) -> Self {
        Self { widest: block.lines().map(|l| l.trim().chars().count()).max().unwrap_or(0) }
    }

    /// Whether the white space `gap` at `at..at+gap.len()` of `block` ends what stands before it whatever the punctuation:
    /// a blank line does; so does a break after a line that had room for the next word, since wrapping would have used it.
    pub fn hard(&self, block: &str, at: usize, gap: &str) -> bool {
        let mut breaks = 0;
        let mut chars = gap.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\r' => {
                    if chars.peek() == Some(&'\n') {
                        chars.next();
                    }
                    breaks += 1;
                }
                '\n' | '\u{b}' | '\u{85}' => breaks += 1,
                '\u{c}' | '\u{2028}' | '\u{2029}' => breaks += 2,
                _ => {}
            }
        }
        if breaks != 1 {
            return breaks > 1;
        }
        let rest = &block[at + gap.len()..];
        // A line that goes on in lower case goes on.
        if rest.starts_with(char::is_lowercase) {
            return false;
        }
        if rest.starts_with(['•', '*', '–', '—', '▪', '►', '●']) || rest.starts_with("- ") || self.widest > WIDEST_WRAP
        {
            return true;
        }
        let before = &block[..at];
        let line = before.rfind(['\n', '\r']).map_or(before, |i| &before[i + 1..]);
        let word = rest.split(char::is_whitespace).next().unwrap_or("");
        line.trim().chars().count() + 1 + word.chars().count() <= self.widest
    }
}
