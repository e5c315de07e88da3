//! The way from the working text back to the bytes a page came in.

use crate::Span;

/// One stretch of working text and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
struct Piece {
    work: u32,
    orig: u32,
    work_len: u32,
    orig_len: u32,
}

/// Maps spans of the working text to spans of the original page.
///
/// The working text is what the stages read: markup and entities resolved, mojibake undone. The original is the page as it
/// came (its UTF-8 decoding where it was not UTF-8). For plain UTF-8 text the map is the identity and costs nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct OffsetMap {
    /// Sorted by `work`, gapless; empty for the identity.
    pieces: Vec<Piece>,
}

impl OffsetMap {
    /// The map of a page whose working text is the page itself.
    pub fn identity() -> Self {
        Self::default()
    }
    /// Whether working and original offsets are the same.
    pub fn is_identity(&self) -> bool {
        self.pieces.is_empty()
    }
    /// Appends: the next `work_len` bytes of working text stand for `orig`. Pieces of equal lengths map byte by byte,
    /// others only as a whole.
    pub fn push(&mut self, work_len: usize, orig: Span) {
        let work = self.pieces.last().map_or(0, |p| p.work + p.work_len);
        if let Some(p) = self.pieces.last_mut()
            && p.work_len == p.orig_len
            && work_len == orig.len()
            && p.orig + p.orig_len == orig.start
        {
            p.work_len += work_len as u32;
            p.orig_len += work_len as u32;
            return;
        }
        self.pieces.push(Piece { work, orig: orig.start, work_len: work_len as u32, orig_len: orig.len() as u32 });
    }
    /// The original bytes that `span` stands for: the smallest range that covers all of them.
    pub fn original(&self, span: Span) -> Span {
        if self.pieces.is_empty() {
            return span;
        }
        let start = self.point(span.start, false);
        let end = if span.is_empty() { start } else { self.point(span.end - 1, true) };
        Span { start, end: end.max(start) }
    }
    fn point(&self, at: u32, end: bool) -> u32 {
        let i = self.pieces.partition_point(|p| p.work <= at).saturating_sub(1);
        let p = self.pieces[i];
        let into = at.saturating_sub(p.work);
        match (p.work_len == p.orig_len, end) {
            (true, false) => p.orig + into.min(p.orig_len),
            (true, true) => p.orig + (into + 1).min(p.orig_len),
            (false, false) => p.orig,
            (false, true) => p.orig + p.orig_len,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_and_tags_map_to_the_bytes_they_replace() {
        // "<p>caf&eacute; noir" read as "café noir"
        let mut m = OffsetMap::default();
        m.push(3, Span::new(3, 6));
        m.push(2, Span::new(6, 14));
        m.push(5, Span::new(14, 19));
        assert_eq!(m.original(Span::new(0, 5)), Span::new(3, 14));
        assert_eq!(m.original(Span::new(6, 10)), Span::new(15, 19));
        assert_eq!(m.original(Span::new(1, 2)), Span::new(4, 5));
    }
}
