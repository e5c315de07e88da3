//! What stands inside quotation marks, over sentence borders but not over blocks.

use recoupe_page::Block;
use recoupe_text::Span;

/// Longest quotation, in bytes: an opened mark that nothing closes must not swallow the page.
const LONGEST: usize = 1500;

/// Spans between quotation marks, marks included, in order.
pub fn find(text: &str, blocks: &[Block]) -> Vec<Span> {
    let mut out = Vec::new();
    for b in blocks.iter().filter(|b| b.dropped.is_none()) {
        let from = b.span.start as usize;
        let mut open: Option<(usize, char)> = None;
        for (i, c) in b.span.of(text).char_indices() {
            let at = from + i;
            match (open, c) {
                (None, '«' | '“') => open = Some((at, if c == '«' { '»' } else { '”' })),
                (None, '"') => open = Some((at, '"')),
                (Some((start, close)), c) if c == close || (close == '”' && c == '"') => {
                    if at - start <= LONGEST {
                        out.push(Span::new(start, at + c.len_utf8()));
                    }
                    open = None;
                }
                _ => {}
            }
        }
        if let Some((start, close)) = open
            && close != '"'
            && b.span.end as usize - start <= LONGEST
        {
            // left open at the end of a paragraph: the quotation goes on in the next
            out.push(Span::new(start, b.span.end as usize));
        }
    }
    out
}
