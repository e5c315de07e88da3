//! UTF-8 that was once read as Windows-1252: noticed, and undone where that is certain.

use encoding_rs::WINDOWS_1252;
use recoupe_text::Span;

/// A stretch of text that stands for other text: `text[span]` reads as `with`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Replace {
    pub span: Span,
    pub with: String,
}

/// What was found on a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Mojibake {
    /// What to replace, sorted, not overlapping.
    pub undo: Vec<Replace>,
    /// The first line that looks broken but cannot be undone for certain.
    pub doubtful: Option<Span>,
}

/// Looks at each line by itself: pages mix sound and broken text.
pub(crate) fn find(text: &str) -> Mojibake {
    let mut found = Mojibake::default();
    // one of "ÃÂâÄÅÐÑØÙ", by its two bytes
    let suspect = |w: &[u8]| w[0] == 0xc3 && matches!(w[1], 0x82..=0x85 | 0x90 | 0x91 | 0x98 | 0x99 | 0xa2);
    if !text.as_bytes().windows(2).any(suspect) {
        return found;
    }
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if !line.is_ascii() {
            match undo_line(line) {
                Line::Sound => {}
                Line::Doubtful => {
                    found.doubtful.get_or_insert(Span::new(at, at + line.trim_end().len()));
                }
                Line::Broken(list) => found.undo.extend(list.into_iter().map(|r| Replace {
                    span: Span::new(r.span.start as usize + at, r.span.end as usize + at),
                    with: r.with,
                })),
            }
        }
        at += line.len();
    }
    found
}

enum Line {
    Sound,
    Doubtful,
    Broken(Vec<Replace>),
}

/// A line is broken for certain when all its letters beyond ASCII belong to sequences that are UTF-8 once written back as
/// Windows-1252: sound French has lone letters such as `é` before a consonant, which are never that.
fn undo_line(line: &str) -> Line {
    if !may_hold(line) {
        return Line::Sound;
    }
    let (mut list, lone) = sequences(line);
    if list.is_empty() {
        return Line::Sound;
    }
    if lone > 0 {
        // One chance meeting among sound letters is sound text; several sequences are damage of another kind.
        return if list.len() > lone * 2 + 1 { Line::Doubtful } else { Line::Sound };
    }
    // Twice broken: the result is broken once more in the same way.
    for _ in 0..2 {
        let (once, back) = apply(line, &list);
        let (again, lone) = sequences(&once);
        if again.is_empty() || lone > 0 {
            break;
        }
        let twice: Vec<Replace> = again
            .into_iter()
            .map(|r| Replace {
                span: Span { start: back(r.span.start, false), end: back(r.span.end, true) },
                with: r.with,
            })
            .collect();
        list = twice;
    }
    Line::Broken(list)
}

/// Whether a letter that may begin a sequence stands before one that may go on with it. In sound text hardly any does.
fn may_hold(line: &str) -> bool {
    let bytes = line.as_bytes();
    let mut at = 0;
    while let Some(next) = bytes[at..].iter().position(|b| !b.is_ascii()) {
        at += next;
        let mut chars = line[at..].chars();
        let Some(c) = chars.next() else { return false };
        let begins = byte(c).is_some_and(|b| (0xc2..=0xf4).contains(&b));
        if begins && chars.next().and_then(byte).is_some_and(|b| (0x80..=0xbf).contains(&b)) {
            return true;
        }
        at += c.len_utf8();
    }
    false
}

/// Applies a list to a line; the second value takes an offset in the result (the start or the end of a stretch) back to the line.
fn apply(line: &str, list: &[Replace]) -> (String, impl Fn(u32, bool) -> u32 + use<>) {
    let mut out = String::with_capacity(line.len());
    // Start and end of each replaced stretch, in the result and in the line.
    let mut table: Vec<(u32, u32, u32, u32)> = Vec::with_capacity(list.len());
    let mut last = 0;
    for r in list {
        out.push_str(&line[last..r.span.start as usize]);
        let start = out.len() as u32;
        out.push_str(&r.with);
        table.push((start, out.len() as u32, r.span.start, r.span.end));
        last = r.span.end as usize;
    }
    out.push_str(&line[last..]);
    let back = move |at: u32, end: bool| {
        // The last stretch that begins before the offset (at it, for a start).
        let i = table.partition_point(|t| if end { t.0 < at } else { t.0 <= at });
        match i.checked_sub(1).map(|i| table[i]) {
            None => at,
            Some((_, new_end, start, old_end)) if at < new_end => {
                if end {
                    old_end
                } else {
                    start
                }
            }
            Some((_, new_end, _, old_end)) => old_end + (at - new_end),
        }
    };
    (out, back)
}

/// All sequences of the line that are a UTF-8 letter read as Windows-1252, and how many letters beyond ASCII are none.
fn sequences(line: &str) -> (Vec<Replace>, usize) {
    let chars: Vec<(usize, char)> = line.char_indices().collect();
    let mut list = Vec::new();
    let mut lone = 0;
    let mut lost_blank = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        let (at, c) = chars[i];
        if c.is_ascii() {
            i += 1;
            continue;
        }
        let Some(lead) = byte(c) else {
            lone += usize::from(c.is_alphabetic());
            i += 1;
            continue;
        };
        let len = match lead {
            0xC2..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0..=0xF4 => 4,
            _ => 0,
        };
        let mut bytes = [lead, 0, 0, 0];
        let mut ok = len > 0 && i + len <= chars.len();
        if ok {
            for k in 1..len {
                match byte(chars[i + k].1) {
                    Some(b @ 0x80..=0xBF) => bytes[k] = b,
                    _ => ok = false,
                }
            }
        }
        if ok && let Ok(s) = std::str::from_utf8(&bytes[..len]) {
            let end = chars.get(i + len).map_or(line.len(), |x| x.0);
            list.push(Replace { span: Span::new(at, end), with: s.to_owned() });
            i += len;
            continue;
        }
        if c == 'Ã' && chars.get(i + 1).is_none_or(|x| x.1.is_whitespace()) {
            // `à` ends in a no-break space, which many programs turn into a blank or trim.
            lost_blank.push(Replace { span: Span::new(at, at + c.len_utf8()), with: "à".to_owned() });
        } else {
            lone += usize::from(c.is_alphabetic());
        }
        i += 1;
    }
    if list.is_empty() {
        lone += lost_blank.len();
    } else {
        list.extend(lost_blank);
        list.sort_by_key(|r| r.span.start);
    }
    (list, lone)
}

/// The Windows-1252 byte of a letter; the five bytes without a letter stand as C1 controls, as decoders leave them.
fn byte(c: char) -> Option<u8> {
    if c.is_ascii() {
        return Some(c as u8);
    }
    if ('\u{80}'..='\u{ff}').contains(&c) {
        let plain = c as u32 as u8;
        // A0..FF are the same in Latin-1; the C1 controls are what decoders leave of unassigned or Latin-1 bytes.
        return Some(plain);
    }
    let mut buf = [0u8; 4];
    let (bytes, _, bad) = WINDOWS_1252.encode(c.encode_utf8(&mut buf));
    match (bad, bytes.as_ref()) {
        (false, [b]) => Some(*b),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(text: &str) -> String {
        WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    fn undone(text: &str) -> String {
        apply(text, &find(text).undo).0
    }

    #[test]
    fn undoes_once_and_twice_broken_lines() {
        let sound = "L’armée a tué « huit » assaillants à l’aube, près d’Abéché — où ça ? Ça coûte 3 €.";
        let once = broken(sound);
        assert_ne!(once, sound);
        assert_eq!(undone(&once), sound);
        assert_eq!(undone(&broken(&once)), sound);
    }

    #[test]
    fn leaves_sound_text_alone() {
        for t in [
            "L’été à Ãvora",
            "SÃO PAULO",
            "« Â » dit-elle, déjà âgée",
            "Ville de Málaga, Ångström, naïve",
            "à l’âge de « 80 » ans…",
        ] {
            assert!(find(t).undo.is_empty(), "{t}");
        }
    }

    #[test]
    fn a_broken_line_among_sound_ones_is_undone_alone() {
        let page = format!("Déjà paru.\n{}\nMême été.", broken("Les blessés sont évacués"));
        assert_eq!(undone(&page), "Déjà paru.\nLes blessés sont évacués\nMême été.");
    }
}
