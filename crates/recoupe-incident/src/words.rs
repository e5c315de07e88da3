//! The words of a page's article, as copies are looked for in them.

use recoupe_page::{Article, BlockKind};
use recoupe_text::{Span, fold_into};

use crate::hash;

/// Words in a row that make one shingle.
pub(crate) const SHINGLE: usize = 3;

/// A page's kept words, each as a hash of its folded form.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    /// Hash of each word, in order.
    pub hashes: Vec<u32>,
    /// Where each stands.
    pub spans: Vec<Span>,
    /// Weight as a content word: how much longer than four letters, for words written small; 0 for all others. The longer a word,
    /// the rarer, without any count over the batch, so that another page changes no pair's figure.
    pub content: Vec<u8>,
    /// Which stand inside quotation marks.
    pub quoted: Vec<bool>,
}

/// Reads the words of the title, standfirst and paragraphs; what was dropped, credits and captions do not count.
pub(crate) fn words(a: &Article) -> Words {
    let mut w = Words::default();
    let mut buf = String::new();
    for b in a.kept() {
        if matches!(b.kind, BlockKind::Byline | BlockKind::Dateline | BlockKind::Caption) {
            continue;
        }
        let text = b.span.of(&a.text);
        let base = b.span.start as usize;
        let mut start = None;
        let mut quoted = b.kind == BlockKind::Quote;
        let mut straight = false;
        for (i, c) in text.char_indices().chain([(text.len(), ' ')]) {
            match (c.is_alphanumeric(), start) {
                (true, None) => start = Some(i),
                (false, Some(s)) => {
                    push(&mut w, &mut buf, &text[s..i], base + s, quoted || straight);
                    start = None;
                }
                _ => {}
            }
            match c {
                '«' | '“' | '„' => quoted = true,
                '»' | '”' => quoted = b.kind == BlockKind::Quote,
                '"' => straight = !straight,
                _ => {}
            }
        }
    }
    w
}

fn push(w: &mut Words, buf: &mut String, word: &str, at: usize, quoted: bool) {
    buf.clear();
    fold_into(word, buf);
    if buf.is_empty() {
        return;
    }
    w.hashes.push(hash::fast(buf.as_bytes()) as u32);
    w.spans.push(Span::new(at, at + word.len()));
    let long = buf.chars().count().saturating_sub(4).min(20) as u8;
    w.content.push(if word.chars().next().is_some_and(char::is_lowercase) { long } else { 0 });
    w.quoted.push(quoted);
}

impl Words {
    /// Hash of every run of [`SHINGLE`] words, in order.
    pub fn shingles(&self) -> impl Iterator<Item = u32> + '_ {
        self.hashes.windows(SHINGLE).map(run)
    }

    /// The set of shingles, sorted.
    pub fn shingle_set(&self) -> Vec<u32> {
        sorted(self.shingles())
    }

    /// The shingles that stand wholly inside quotation marks, sorted.
    pub fn quoted_set(&self) -> Vec<u32> {
        let inside = |(_, q): &(&[u32], &[bool])| q.iter().all(|q| *q);
        sorted(self.hashes.windows(SHINGLE).zip(self.quoted.windows(SHINGLE)).filter(inside).map(|(w, _)| run(w)))
    }

    /// The set of content words with their weights, sorted.
    pub fn content_set(&self) -> Vec<(u32, u32)> {
        let some = self.hashes.iter().zip(&self.content).filter(|(_, c)| **c > 0);
        sorted(some.map(|(h, c)| (*h, u32::from(*c))))
    }

    /// One number for the whole text: equal texts have equal ones.
    pub fn digest(&self) -> u64 {
        self.hashes.iter().fold(hash::fast(b"words"), |h, w| hash::join(h, u64::from(*w)))
    }
}

fn sorted<T: Ord>(set: impl Iterator<Item = T>) -> Vec<T> {
    let mut v: Vec<T> = set.collect();
    v.sort_unstable();
    v.dedup();
    v.shrink_to_fit();
    v
}

fn run(w: &[u32]) -> u32 {
    w.iter().fold(7, |h, x| hash::join(h, u64::from(*x))) as u32
}

/// How many members two sorted sets share.
pub(crate) fn shared(a: &[u32], b: &[u32]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                n += 1;
                i += 1;
                j += 1;
            }
        }
    }
    n
}
