//! The lines of a page and what can be told from each by itself.

use std::ops::Range;

use recoupe_pack::WordTable;
use recoupe_text::Span;

use recoupe_text::fold;

use crate::html::Mark;
use crate::model::{BlockKind, Why};
use crate::rules::Cue;

/// What a line is taken for so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    /// Not decided yet: short, without the marks of running text.
    Open,
    /// Running text.
    Prose,
    /// One short sentence: running text amid other running text.
    Sentence,
    /// Part of the article, of a known kind.
    Kept(BlockKind),
    /// No part of the article.
    Drop(Why),
}

/// What the markup says about a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hint {
    pub heading: u8,
    pub paragraph: bool,
    pub caption: bool,
    pub item: bool,
    pub quote: bool,
    pub byline: bool,
    pub time: bool,
    /// Nearly all of the line is link text.
    pub link: bool,
    pub zone: Option<Why>,
}

/// A line or, where it mixes things, a part of one.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub span: Span,
    pub folded: String,
    pub words: u16,
    pub stops: u16,
    /// The small words of each language, where they were counted to tell the language.
    pub votes: Vec<u16>,
    /// Last character that is no closing quote or bracket.
    pub end: char,
    /// Whether a blank line (or the start of the page) is above.
    pub blank_before: bool,
    /// Part of the same line as the one before it.
    pub joined: bool,
    pub hint: Hint,
    pub cue: Option<Cue>,
    pub label: Label,
    pub part: u16,
    pub paragraph: u32,
}

impl Line {
    /// Measures the text of `span`.
    pub fn new(text: &str, span: Span, stops: &WordTable) -> Self {
        let s = span.of(text);
        let folded = fold(s);
        let (words, stop) = measure(&folded, stops);
        let end = s
            .trim_end_matches(|c: char| {
                c.is_whitespace() || matches!(c, '"' | '»' | '”' | '’' | '\'' | ')' | ']' | '*' | '|')
            })
            .chars()
            .next_back();
        Self {
            span,
            folded,
            words,
            stops: stop,
            votes: Vec::new(),
            end: end.unwrap_or(' '),
            blank_before: false,
            joined: false,
            hint: Hint::default(),
            cue: None,
            label: Label::Open,
            part: 0,
            paragraph: 0,
        }
    }

    /// Long enough, full of small words, and ended like a sentence.
    pub fn is_prose(&self) -> bool {
        let (w, s) = (self.words as u32, self.stops as u32);
        // What an HTML page calls a paragraph need not end like a sentence.
        if self.hint.paragraph && !self.hint.link && w >= 10 && s * 4 >= w {
            return true;
        }
        (w >= 12 && s * 4 >= w && matches!(self.end, '.' | '!' | '?' | '…' | ':' | ';'))
            || (w >= 30 && s * 5 >= w)
            || (w >= 22 && s * 10 >= w * 3)
    }

    /// Every fourth word is a small one.
    pub fn running(&self) -> bool {
        self.stops as u32 * 4 >= self.words as u32
    }

    /// Ended like a sentence, with small words.
    pub fn is_sentence(&self) -> bool {
        match self.end {
            '.' | '…' => self.words >= 4 && self.stops >= 1,
            '!' | '?' => self.words >= 6 && self.stops as u32 * 4 >= self.words as u32,
            _ => false,
        }
    }

    /// Counted as part of the article so far.
    pub fn kept(&self) -> bool {
        !matches!(self.label, Label::Drop(_))
    }
}

/// Number of words of a folded text, and how many of them are small words.
fn measure(folded: &str, stops: &WordTable) -> (u16, u16) {
    if stops.words().is_empty() {
        return (crate::rules::count(folded), 0);
    }
    let (mut words, mut stop) = (0usize, 0usize);
    for w in crate::words::words(folded) {
        words += 1;
        stop += usize::from(stops.has(w));
    }
    (words.min(u16::MAX as usize) as u16, stop.min(u16::MAX as usize) as u16)
}

/// Counts the small words, once the language is known: by its number among all, where it is one of them.
pub(crate) fn count_stops(lines: &mut [Line], stops: &WordTable, language: Option<usize>) {
    for l in lines {
        let counted = language.and_then(|i| l.votes.get(i));
        l.stops = counted.copied().unwrap_or_else(|| measure(&l.folded, stops).1);
    }
}

/// Marks at the start of a list item.
pub(crate) const BULLETS: [char; 9] = ['•', '·', '▪', '■', '●', '‣', '◦', '►', '–'];

/// Cuts the text into lines: wrapped lines are one, blanks at the ends are left out.
pub(crate) fn cut(text: &str, stops: &WordTable) -> Vec<Line> {
    let mut raw: Vec<(usize, usize, bool)> = Vec::new();
    let mut blank = true;
    let mut at = 0;
    while at < text.len() {
        let l = &text[at..line_end(text, at)];
        let lead = l.len() - l.trim_start_matches(blankish).len();
        let t = l.trim_matches(blankish);
        if t.is_empty() {
            // The line feed of a CR LF is no blank line.
            blank |= !(l == "\n" && at > 0 && text.as_bytes()[at - 1] == b'\r');
        } else {
            raw.push((at + lead, at + lead + t.len(), blank));
            blank = false;
        }
        at += l.len();
    }
    let width = wrap_width(text, &raw);
    let mut lines: Vec<Line> = Vec::new();
    let mut i = 0;
    while i < raw.len() {
        let (start, mut end, blank_before) = raw[i];
        let mut last = i;
        while last + 1 < raw.len() && !raw[last + 1].2 && wrapped(text, raw[last], raw[last + 1], width) {
            last += 1;
            end = raw[last].1;
        }
        i = last + 1;
        // Headings of Markdown.
        let marks = text[start..end].bytes().take_while(|b| *b == b'#').count();
        let heading = (1..=6).contains(&marks)
            && text[start + marks..end].starts_with(' ')
            && text[start + marks..end].trim_start().len() > 1;
        let start = if heading {
            start + marks + text[start + marks..end].len() - text[start + marks..end].trim_start().len()
        } else {
            start
        };
        let mut line = Line::new(text, Span::new(start, end), stops);
        line.hint.heading = if heading { marks as u8 } else { 0 };
        line.blank_before = blank_before;
        lines.push(line);
    }
    lines
}

/// Where the line ends that begins at a place, its break included.
fn line_end(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    // the first bytes of all breaks are few
    while let Some(n) = bytes[at..].iter().position(|b| matches!(b, b'\n'..=b'\r' | 0xc2 | 0xe2)) {
        at += n;
        let Some(c) = text[at..].chars().next() else { break };
        at += c.len_utf8();
        if matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{0c}' | '\u{0b}') {
            return at;
        }
    }
    text.len()
}

fn blankish(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{ad}')
}

/// The column at which a program wrapped the page's text, if one did.
fn wrap_width(text: &str, raw: &[(usize, usize, bool)]) -> Option<usize> {
    if raw.len() < 8 {
        return None;
    }
    let lens: Vec<usize> = raw.iter().map(|r| text[r.0..r.1].chars().count()).collect();
    let max = *lens.iter().max()?;
    if !(50..=110).contains(&max) {
        return None;
    }
    // Full lines directly above another line.
    let full = raw.windows(2).zip(&lens).filter(|(w, n)| !w[1].2 && **n * 5 >= max * 4).count();
    (full * 2 >= raw.len()).then_some(max)
}

/// Whether the second line goes on with the sentence of the first.
fn wrapped(text: &str, a: (usize, usize, bool), b: (usize, usize, bool), width: Option<usize>) -> bool {
    let (first, second) = (&text[a.0..a.1], &text[b.0..b.1]);
    let Some(end) = first.chars().next_back() else { return false };
    let start = second.chars().next().unwrap_or(' ');
    let n = first.chars().count();
    if let Some(w) = width
        && n * 4 >= w * 3
        && !BULLETS.contains(&start)
    {
        return true;
    }
    let open = end.is_alphanumeric() || matches!(end, ',' | '-' | '’' | '\'' | '«' | '(');
    open && n >= 55
        && start.is_lowercase()
        && !first.contains(['|', '•', '»'])
        && second.split_whitespace().nth(2).is_some()
}

/// Spreads what the markup says over the lines.
pub(crate) fn hint(lines: &mut [Line], marks: &[(Range<usize>, Mark)]) {
    let mut linked = vec![0usize; lines.len()];
    for (range, mark) in marks {
        let first = lines.partition_point(|l| (l.span.end as usize) <= range.start);
        for i in first..lines.len() {
            let (s, e) = (lines[i].span.start as usize, lines[i].span.end as usize);
            if s >= range.end {
                break;
            }
            let part = e.min(range.end) - s.max(range.start);
            let most = part * 5 >= (e - s) * 4;
            let h = &mut lines[i].hint;
            match mark {
                Mark::Link => linked[i] += part,
                _ if !most => {}
                Mark::Heading(n) if h.heading == 0 => h.heading = *n,
                Mark::Heading(_) => {}
                Mark::Paragraph => h.paragraph = true,
                Mark::Caption => h.caption = true,
                Mark::Item => h.item = true,
                Mark::Quote => h.quote = true,
                Mark::Byline => h.byline = true,
                Mark::Time => h.time = true,
                Mark::Zone(w) if h.zone.is_none() => h.zone = Some(*w),
                Mark::Zone(_) => {}
            }
        }
    }
    for (l, n) in lines.iter_mut().zip(linked) {
        l.hint.link = n * 4 >= l.span.len() * 3;
    }
}
