//! Folding: the form under which names and words are compared.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case without accents; letters that carry a stroke or form a ligature are opened (œ → oe, ø → o, ı → i).
/// Typographic apostrophes and hyphens become plain ones, every white space a plain blank. Other scripts keep their letters.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// Like [`fold`], appending to a buffer the caller keeps.
pub fn fold_into(text: &str, out: &mut String) {
    if text.is_ascii() {
        out.extend(text.chars().map(|c| if c.is_ascii_whitespace() { ' ' } else { c.to_ascii_lowercase() }));
        return;
    }
    for c in text.nfd().filter(|c| !is_combining_mark(*c)) {
        match c {
            '’' | 'ʼ' | '‘' | 'ʿ' | 'ʾ' | '`' | '´' => out.push('\''),
            '‐' | '‑' | '–' | '—' | '−' => out.push('-'),
            'œ' | 'Œ' => out.push_str("oe"),
            'æ' | 'Æ' => out.push_str("ae"),
            'ø' | 'Ø' => out.push('o'),
            'ł' | 'Ł' => out.push('l'),
            'đ' | 'Đ' => out.push('d'),
            'ı' => out.push('i'),
            'ß' => out.push_str("ss"),
            '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
            c if c.is_whitespace() => out.push(' '),
            c => out.extend(c.to_lowercase().filter(|c| !is_combining_mark(*c))),
        }
    }
}

/// White space of any kind and length becomes one blank; ends are trimmed. How quotations are printed.
pub fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for w in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(w);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_accents_ligatures_and_marks() {
        assert_eq!(fold("Idleb, l’Œuvre\u{a0}Ñandú İzmir"), "idleb, l'oeuvre nandu izmir");
        assert_eq!(squeeze(" a\n\t b\u{a0}c "), "a b c");
    }
}
