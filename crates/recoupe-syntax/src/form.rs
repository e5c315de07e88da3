//! Word forms as the model sees them.

/// The form of a surface token: typographic apostrophes and hyphens made plain, soft hyphens and the break of a hyphenated
/// line taken out, any blank inside a number a plain one.
pub(crate) fn normal(token: &str) -> String {
    if token.is_ascii() && !token.contains(['\n', '\r']) {
        return token.to_owned();
    }
    let mut out = String::with_capacity(token.len());
    let mut chars = token.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '’' | 'ʼ' | '‘' => out.push('\''),
            '\u{ad}' | '\u{200c}' | '\u{200d}' => {}
            '-' | '‐' | '‑' => {
                if chars.peek().is_some_and(|d| d.is_whitespace()) && !out.is_empty() {
                    while chars.peek().is_some_and(|d| d.is_whitespace()) {
                        chars.next();
                    }
                } else {
                    out.push('-');
                }
            }
            c if c.is_whitespace() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Lower case, written over `out`.
pub(crate) fn lower_into(form: &str, out: &mut String) {
    out.clear();
    lower_after(form, out);
}

/// Lower case, after what `out` holds.
pub(crate) fn lower_after(form: &str, out: &mut String) {
    for c in form.chars() {
        match c {
            c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            c => out.extend(c.to_lowercase()),
        }
    }
}

/// Lower case.
pub(crate) fn lower(form: &str) -> String {
    let mut out = String::with_capacity(form.len());
    lower_into(form, &mut out);
    out
}

/// The last `n` characters; the whole word where it is shorter.
pub(crate) fn suffix(word: &str, n: usize) -> &str {
    match word.char_indices().rev().nth(n.saturating_sub(1)) {
        Some((i, _)) => &word[i..],
        None => word,
    }
}

/// The first `n` characters; the whole word where it is shorter.
pub(crate) fn prefix(word: &str, n: usize) -> &str {
    match word.char_indices().nth(n) {
        Some((i, _)) => &word[..i],
        None => word,
    }
}

/// What a word looks like: capitals, digits, hyphens, marks.
pub(crate) fn shape(form: &str) -> u8 {
    let mut chars = form.chars();
    let first = chars.next().unwrap_or(' ');
    let mut upper = usize::from(first.is_uppercase());
    let (mut lower, mut digit, mut hyphen, mut other) = (0, usize::from(first.is_numeric()), 0, 0);
    if first.is_lowercase() {
        lower += 1;
    }
    for c in chars {
        if c.is_lowercase() {
            lower += 1;
        } else if c.is_uppercase() {
            upper += 1;
        } else if c.is_numeric() {
            digit += 1;
        } else if c == '-' {
            hyphen += 1;
        } else {
            other += 1;
        }
    }
    let case = if !first.is_uppercase() {
        if upper > 0 { 1 } else { 0 }
    } else if lower == 0 && upper > 1 {
        2
    } else if upper == 1 && lower == 0 {
        3
    } else if upper > 1 {
        4
    } else {
        5
    };
    let digits = if digit == 0 {
        0
    } else if lower + upper == 0 {
        1
    } else {
        2
    };
    let alpha = u8::from(lower + upper + digit == 0);
    case + 6 * digits + 18 * u8::from(hyphen > 0) + 36 * u8::from(other > 0) + 72 * alpha
}

/// A hash that is the same everywhere (FNV-1a, then mixed).
pub(crate) fn hash(text: &str) -> u64 {
    let mut h = 0xcbf2_9ce4_8422_2325u64;
    for b in text.bytes() {
        h = (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
    }
    mix(h)
}

/// Spreads the bits of a number.
pub(crate) fn mix(mut h: u64) -> u64 {
    h ^= h >> 32;
    h = h.wrapping_mul(0xd6e8_feb8_6659_fd93);
    h ^= h >> 32;
    h
}

/// One number out of a template and two values: the key of a feature.
pub(crate) fn feature(template: u64, a: u64, b: u64) -> u32 {
    let h = (template.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ a).wrapping_mul(0xff51_afd7_ed55_8ccd);
    (mix(h.rotate_left(29) ^ b) >> 16) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_made_plain() {
        assert_eq!(normal("l’"), "l'");
        assert_eq!(normal("contes-\n  tataires"), "contestataires");
        assert_eq!(normal("1\u{202f}800"), "1 800");
        assert_eq!(normal("-ce"), "-ce");
        assert_eq!((suffix("été", 2), prefix("été", 2), suffix("a", 3)), ("té", "ét", "a"));
        assert_ne!(shape("Alep"), shape("ALEP"));
    }
}
