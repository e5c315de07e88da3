//! Lines that are told from prose by their signs alone: addresses, tags, handles, tickers, lists of headlines.

use crate::line::{BULLETS, Label, Line};
use crate::model::Why;

/// What the signs of a short line say about it.
pub(crate) fn sign(s: &str, words: u16) -> Option<Why> {
    // of a long line only tags say anything
    if words > 25 && !s.contains('#') {
        return None;
    }
    let tokens: Vec<&str> = s.split_whitespace().collect();
    let n = tokens.len();
    if n == 0 {
        return None;
    }
    let tags = tokens.iter().filter(|t| t.len() > 1 && t.starts_with('#')).count();
    if tags > 0 && tags * 2 >= n {
        return Some(Why::Menu);
    }
    // "@someone: a question": what readers and networks send in.
    if words <= 25 && tokens[0].len() > 2 && tokens[0].starts_with('@') && tokens[0].as_bytes()[1].is_ascii_alphabetic()
    {
        return Some(Why::Comments);
    }
    // Buttons in brackets: "[Log in] [Language]".
    if s.starts_with('[') && s.ends_with(']') && words > 0 && words <= 14 && (n <= 6 || s.matches('[').count() >= 2) {
        return Some(Why::Menu);
    }
    // Signs that no reporter writes: emoji, arrows, thumbs.
    if words <= 20 && !s.ends_with('.') && s.chars().next().is_some_and(pictogram) {
        return Some(Why::Share);
    }
    // Trails of sections: "/ Security, North-Kivu", "> Africa > Sahel".
    if words <= 12 && s.starts_with(['/', '>', '›', '»']) && !s.ends_with('.') {
        return Some(Why::Menu);
    }
    let addresses = tokens.iter().filter(|t| is_address(t)).count();
    (addresses > 0 && (n <= 4 || addresses * 3 >= n) && words <= 16).then_some(Why::Form)
}

fn pictogram(c: char) -> bool {
    matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '▲' | '▼')
}

/// An e-mail address, a web address or the path of a file.
pub(crate) fn is_address(token: &str) -> bool {
    let t = token.trim_matches(|c: char| matches!(c, '(' | ')' | '<' | '>' | ',' | '.' | ';' | ':' | '[' | ']'));
    let Some(dot) = t.rfind('.') else { return false };
    let ending = &t[dot + 1..];
    let plain = ending.len() >= 2 && ending.len() <= 12 && ending.bytes().all(|b| b.is_ascii_alphanumeric());
    if let Some(at) = t.find('@') {
        return at > 0 && at < dot && plain;
    }
    t.starts_with("http://")
        || t.starts_with("https://")
        || t.starts_with("www.")
        || t.starts_with('/') && t[1..].contains('/')
        || dot > 0
            && ending.contains('/')
            && ending.bytes().next().is_some_and(|b| b.is_ascii_lowercase())
            && t.is_ascii()
}

/// Where the closing sentence of a paragraph that gives an address of the paper begins: "… Corrections: mail@paper".
pub(crate) fn contact(s: &str) -> Option<usize> {
    let at = s.rfind('@')?;
    let token_start =
        s[..at].char_indices().rev().find(|(_, c)| c.is_whitespace()).map_or(0, |(i, c)| i + c.len_utf8());
    let token = s[token_start..].split_whitespace().next()?;
    if !is_address(token) {
        return None;
    }
    // From the full stop before it; nothing but the address may follow.
    let start = s[..token_start].rfind(['.', '!', '?'])? + 1;
    let head = s[start..token_start].split_whitespace().count();
    let tail = s[token_start + token.len()..].split_whitespace().count();
    (start > 0 && head <= 10 && tail <= 6 && s[start..].starts_with(char::is_whitespace))
        .then(|| start + s[start..].len() - s[start..].trim_start().len())
}

/// Lists of headlines amid the text, and boxes of one label with headlines: nothing runs through them and nothing ends them.
/// `from..to` are lines that nobody has decided about, all next to each other.
pub(crate) fn headlines(lines: &[Line], from: usize, to: usize) -> bool {
    let run = &lines[from..to];
    let headline = |l: &Line| {
        l.words >= 5
            && l.hint.heading == 0
            && !l.folded.starts_with(BULLETS)
            && !l.folded.starts_with(['-', '*'])
            && !matches!(l.end, '.' | ':' | ';' | ',')
            && !l.hint.item
    };
    let packed = run.iter().skip(1).all(|l| !l.blank_before);
    let outside = lines.get(to).is_none_or(|l| l.blank_before || !l.kept());
    let label = run[0].words <= 3
        && run[0].words > 0
        && run[0].hint.heading == 0
        && run[0].end.is_alphanumeric()
        && run[0].label == Label::Open;
    packed
        && run[0].blank_before
        && outside
        && (run.len() >= 3 && run.iter().all(headline)
            || (2..=6).contains(&run.len()) && label && run[1..].iter().all(headline))
}
