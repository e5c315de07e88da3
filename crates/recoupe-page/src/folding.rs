//! The folding of [`recoupe_text::fold`], letter by letter from a table: pages are folded whole.

use std::sync::LazyLock;

/// Letters up to here come from the table.
const TABLE: usize = 0x250;

static FOLDED: LazyLock<Vec<Box<str>>> = LazyLock::new(|| {
    (0..TABLE as u32)
        .map(|c| char::from_u32(c).map_or_else(String::new, |c| recoupe_text::fold(c.encode_utf8(&mut [0; 4]))).into())
        .collect()
});

/// The same as [`recoupe_text::fold`]: it drops combining marks, so that folding letter by letter is folding the whole.
pub(crate) fn fold(text: &str) -> String {
    let table = &*FOLDED;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_ascii() => out.push(if c.is_ascii_whitespace() { ' ' } else { c.to_ascii_lowercase() }),
            '’' | '‘' => out.push('\''),
            c if (c as usize) < TABLE => out.push_str(&table[c as usize]),
            c => recoupe_text::fold_into(c.encode_utf8(&mut [0; 4]), &mut out),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn is_the_folding_of_the_text_crate() {
        for t in [
            "L’été à İzmir — « Œuvre »\u{a0}!",
            "e\u{301}te\u{300} ÅNGSTRÖM ß",
            "السّلام Москва Й й ﬁn \u{ad}\u{feff}x",
            "가나 ŁÓDŹ ʿAyn",
        ] {
            assert_eq!(super::fold(t), recoupe_text::fold(t), "{t}");
        }
    }
}
