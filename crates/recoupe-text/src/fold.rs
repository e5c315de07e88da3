//! Folding: the form under which names and words are compared.

use std::sync::LazyLock;

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Lower case without accents; letters that carry a stroke or form a ligature are opened (œ → oe, ø → o, ı → i).
/// Typographic apostrophes and hyphens become plain ones, every white space a plain blank. Other scripts keep their letters.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// Letters up to here come from a table.
const TABLE: usize = 0x250;

/// What the letters of the Latin scripts are folded to.
static FOLDED: LazyLock<Vec<Box<str>>> = LazyLock::new(|| {
    let folded = |c: char| {
        let mut out = String::new();
        decompose_canonical(c, |c| fold_char(c, &mut out));
        out.into()
    };
    (0..TABLE as u32).map(|c| char::from_u32(c).map_or_else(Box::default, folded)).collect()
});

/// How many bytes of plain letters a text begins with.
fn plain(bytes: &[u8]) -> usize {
    let chunks = bytes.chunks(16).take_while(|c| c.is_ascii()).map(<[u8]>::len).sum::<usize>();
    chunks + bytes[chunks..].iter().take_while(|b| b.is_ascii()).count()
}

/// Like [`fold`], appending to a buffer the caller keeps.
pub fn fold_into(text: &str, out: &mut String) {
    let mut rest = text;
    while !rest.is_empty() {
        // most letters are plain: whole runs of them at once
        let (run, other) = rest.split_at(plain(rest.as_bytes()));
        // no way out of the loop before its end, so that it goes over many letters at once
        if run.bytes().fold(false, |any, b| any | (b.is_ascii_whitespace() && b != b' ')) {
            out.extend(run.chars().map(|c| if c.is_ascii_whitespace() { ' ' } else { c.to_ascii_lowercase() }));
        } else {
            let from = out.len();
            out.push_str(run);
            out[from..].make_ascii_lowercase();
        }
        let mut chars = other.chars();
        match chars.next() {
            Some('’' | '‘') => out.push('\''),
            Some(c) => match FOLDED.get(c as usize) {
                Some(folded) => out.push_str(folded),
                None => decompose_canonical(c, |c| fold_char(c, out)),
            },
            None => {}
        }
        rest = chars.as_str();
    }
}

/// A folded word without the apostrophes at its end, by which an elided word (`qu'`) is its full form's.
#[inline]
pub fn bare(word: &str) -> &str {
    let mut rest = word;
    while let Some(r) = rest.strip_suffix('\'') {
        rest = r;
    }
    rest
}

fn fold_char(c: char, out: &mut String) {
    match c {
        c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
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
        c if is_combining_mark(c) => {}
        c if c.is_whitespace() => out.push(' '),
        c => out.extend(c.to_lowercase().filter(|c| !is_combining_mark(*c))),
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
