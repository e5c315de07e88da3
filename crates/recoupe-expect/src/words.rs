//! Comparing words as a reader would: white space, case, quotation marks around them and kinds of apostrophe do not matter.

/// The text for comparison.
fn plain(s: &str) -> String {
    let s = s.trim();
    let s = s.strip_prefix('"').and_then(|r| r.strip_suffix('"')).unwrap_or(s);
    let mut out = String::with_capacity(s.len());
    for word in s.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().map(|c| if c == '’' { '\'' } else { c }).flat_map(char::to_lowercase));
    }
    out
}

/// Whether both say the same.
pub fn same(a: &str, b: &str) -> bool {
    plain(a) == plain(b)
}

/// Whether `words` stand in `text`.
pub fn within(words: &str, text: &str) -> bool {
    plain(text).contains(&plain(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_case_and_apostrophes_do_not_matter() {
        assert!(same("\"l’armée\u{a0}turque\"", "L'armée turque"));
        assert!(within("armée turque", "Selon l’armée\n turque, rien."));
        assert!(!same("2", "12"));
    }
}
