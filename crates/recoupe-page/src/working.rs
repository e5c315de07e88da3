//! The working text while it is being made, with the way back to the original.

use recoupe_text::{OffsetMap, Span};

use crate::mojibake::Replace;

/// One stretch of working text and the original bytes it stands for.
#[derive(Clone, Copy, Debug)]
struct Piece {
    work: usize,
    len: usize,
    orig: Span,
}

/// Working text under construction.
#[derive(Clone, Debug, Default)]
pub(crate) struct Working {
    pub text: String,
    pieces: Vec<Piece>,
}

impl Working {
    /// Text that is its own original.
    pub fn plain(original: &str) -> Self {
        let mut w = Self::default();
        w.push(original, Span::new(0, original.len()));
        w
    }

    /// Appends `text`, which stands for `orig`.
    pub fn push(&mut self, text: &str, orig: Span) {
        if !text.is_empty() {
            self.pieces.push(Piece { work: self.text.len(), len: text.len(), orig });
            self.text.push_str(text);
        }
    }

    /// The same with some stretches replaced; `edits` are sorted and do not overlap.
    pub fn edited(self, edits: &[Replace]) -> Self {
        if edits.is_empty() {
            return self;
        }
        let mut out = Self {
            text: String::with_capacity(self.text.len()),
            pieces: Vec::with_capacity(self.pieces.len() + edits.len() * 2),
        };
        let mut next = 0;
        let mut at = 0;
        for e in edits {
            let (start, end) = (e.span.start as usize, e.span.end as usize);
            if start < at || end > self.text.len() {
                continue;
            }
            self.copy(at, start, &mut next, &mut out);
            let orig = self.orig(start, end);
            out.push(&e.with, orig);
            at = end;
        }
        let end = self.text.len();
        self.copy(at, end, &mut next, &mut out);
        out
    }

    /// Copies `from..to` piece by piece; `next` is the first piece that may still matter.
    fn copy(&self, from: usize, to: usize, next: &mut usize, out: &mut Self) {
        while *next < self.pieces.len() && self.pieces[*next].work + self.pieces[*next].len <= from {
            *next += 1;
        }
        let mut i = *next;
        while i < self.pieces.len() && self.pieces[i].work < to {
            let p = self.pieces[i];
            let (a, b) = (from.max(p.work), to.min(p.work + p.len));
            if a < b {
                let orig = if p.len == p.orig.len() {
                    Span::new(p.orig.start as usize + a - p.work, p.orig.start as usize + b - p.work)
                } else {
                    p.orig
                };
                out.push(&self.text[a..b], orig);
            }
            i += 1;
        }
    }

    fn orig(&self, from: usize, to: usize) -> Span {
        let i = self.pieces.partition_point(|p| p.work + p.len <= from);
        let mut all: Option<Span> = None;
        for p in self.pieces[i..].iter().take_while(|p| p.work < to) {
            let s = if p.len == p.orig.len() {
                let (a, b) = (from.max(p.work), to.min(p.work + p.len));
                Span::new(p.orig.start as usize + a - p.work, p.orig.start as usize + b - p.work)
            } else {
                p.orig
            };
            all = Some(all.map_or(s, |x| x.cover(s)));
        }
        all.unwrap_or_default()
    }

    /// Text and map; a text that is its own original gets the identity.
    pub fn finish(self, original: &str) -> (String, OffsetMap) {
        let same = self.text.len() == original.len()
            && self.pieces.iter().all(|p| p.work == p.orig.start as usize && p.len == p.orig.len());
        if same {
            return (self.text, OffsetMap::identity());
        }
        let mut map = OffsetMap::identity();
        for p in &self.pieces {
            map.push(p.len, p.orig);
        }
        (self.text, map)
    }
}

/// Words cut at the end of a line (`l'Inté-⏎rieur`) are joined again; `keeps` says which first halves keep their hyphen
/// (`sous-⏎lieutenant`).
pub(crate) fn hyphen_breaks(text: &str, keeps: impl Fn(&str) -> bool) -> Vec<Replace> {
    let mut list = Vec::new();
    for (at, _) in text.match_indices("-\n").chain(text.match_indices("-\r\n")) {
        let nl = at + if text.as_bytes()[at + 1] == b'\r' { 3 } else { 2 };
        let left = text[..at].rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        let joined_before = text[..at - left.len()].ends_with('-');
        let mut right = text[nl..].chars();
        let lower = right.next().is_some_and(char::is_lowercase) && right.next().is_some_and(char::is_alphabetic);
        if left.chars().count() < 2 || !left.chars().last().is_some_and(char::is_lowercase) || !lower {
            continue;
        }
        // The letter (or hyphen) before the break carries the bytes of the break, so that a quotation of the word is whole.
        let keep = joined_before || keeps(left);
        let last = if keep { "-" } else { &left[left.char_indices().last().map_or(0, |(i, _)| i)..] };
        let start = if keep { at } else { at - last.len() };
        list.push(Replace { span: Span::new(start, nl), with: last.to_owned() });
    }
    list.sort_by_key(|r| r.span.start);
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_cut_words_and_maps_back() {
        let page = "le ministre de l'Inté-\nrieur et le sous-\nlieutenant ; Abou-\nDhabi, 3-\n4";
        let edits = hyphen_breaks(page, |l| l == "sous");
        let (text, map) = Working::plain(page).edited(&edits).finish(page);
        assert_eq!(text, "le ministre de l'Intérieur et le sous-lieutenant ; Abou-\nDhabi, 3-\n4");
        let at = text.find("Intérieur").unwrap_or(0);
        let o = map.original(Span::new(at, at + "Intérieur".len()));
        assert_eq!(o.of(page), "Inté-\nrieur");
        let at = text.find("Dhabi").unwrap_or(0);
        assert_eq!(map.original(Span::new(at, at + 5)).of(page), "Dhabi");
    }
}
