//! HTML: visible text with the bytes it stands for, and what the markup says about each part.

use std::ops::Range;

use html5gum::emitters::default::{DefaultEmitter, StartTag, Token};
use html5gum::{HtmlString, Tokenizer};
use recoupe_text::Span;

use crate::metadata::Metadata;
use crate::model::Why;
use crate::working::Working;

/// What the markup says about a stretch of working text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// `h1` to `h6`.
    Heading(u8),
    /// `p`.
    Paragraph,
    /// `figcaption` and its like.
    Caption,
    /// `li`.
    Item,
    /// `blockquote`.
    Quote,
    /// `address`, or a class that says author.
    Byline,
    /// `time`, or a class that says date.
    Time,
    /// The text of a link.
    Link,
    /// Navigation, comments and so on, by element or class.
    Zone(Why),
}

/// A page's markup, read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Html {
    pub working: Working,
    /// What the markup says; ranges of working text, in order of their ends.
    pub marks: Vec<(Range<usize>, Mark)>,
    pub meta: Metadata,
}

/// Nesting deeper than this is not tracked: no page written by people needs it.
const DEPTH: usize = 512;

struct Open {
    name: Vec<u8>,
    start: usize,
    marks: Vec<Mark>,
}

/// Reads a page's markup. Never fails: what is not well formed is read as a browser would, roughly.
pub(crate) fn read(source: &str) -> Html {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut r = Reader { source, out: Html::default(), open: Vec::new(), hidden: None, raw: String::new() };
    let mut last = 0;
    for token in Tokenizer::new_with_emitter(source, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                r.text(last, tag.span.start);
                last = tag.span.end;
                r.start(&tag);
            }
            Token::EndTag(tag) => {
                r.text(last, tag.span.start);
                last = tag.span.end;
                r.end(&tag.name, tag.span.start);
            }
            Token::Comment(c) => {
                r.text(last, c.span.start);
                last = c.span.end;
            }
            Token::Doctype(d) => last = d.span.end,
            Token::String(_) | Token::Error(_) => {}
        }
    }
    r.text(last, source.len());
    while let Some(o) = r.open.pop() {
        r.close(o);
    }
    r.out.unzone();
    r.out
}

struct Reader<'a> {
    source: &'a str,
    out: Html,
    open: Vec<Open>,
    /// The element whose text is not shown, if inside one.
    hidden: Option<Vec<u8>>,
    /// Text of the hidden element, where it is of use (`title`, JSON-LD).
    raw: String,
}

impl Reader<'_> {
    /// Text between two tags.
    fn text(&mut self, from: usize, to: usize) {
        let Some(chunk) = self.source.get(from..to.max(from)) else { return };
        if chunk.is_empty() {
            return;
        }
        if self.hidden.is_some() {
            self.raw.push_str(chunk);
            return;
        }
        let pre = self.open.iter().any(|o| o.name == b"pre");
        let mut at = 0;
        let bytes = chunk.as_bytes();
        while at < bytes.len() {
            let b = bytes[at];
            if b.is_ascii_whitespace() {
                let end = at + bytes[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
                let tail = self.out.working.text.as_bytes().last().copied();
                if pre {
                    self.out.working.push(&chunk[at..end], Span::new(from + at, from + end));
                } else if !matches!(tail, None | Some(b' ' | b'\n')) {
                    self.out.working.push(" ", Span::new(from + at, from + end));
                }
                at = end;
            } else if b == b'&' {
                let end = entity(&chunk[at..]).map_or(at + 1, |n| at + n);
                let value = htmlize::unescape(&chunk[at..end]);
                self.out.working.push(&value, Span::new(from + at, from + end));
                at = end;
            } else {
                let end = at + bytes[at..].iter().take_while(|b| !b.is_ascii_whitespace() && **b != b'&').count();
                self.out.working.push(&chunk[at..end], Span::new(from + at, from + end));
                at = end;
            }
        }
    }

    /// A line break, two for a paragraph.
    fn line(&mut self, at: usize, blank: bool) {
        let w = &mut self.out.working;
        if w.text.is_empty() {
            return;
        }
        let have = w.text.bytes().rev().take_while(|b| *b == b'\n').count();
        for _ in have..(if blank { 2 } else { 1 }) {
            w.push("\n", Span::new(at, at));
        }
    }

    fn start(&mut self, tag: &StartTag<usize>) {
        let name = tag.name.as_slice();
        self.out.meta.tag(tag);
        if self.hidden.is_some() {
            return;
        }
        match name {
            b"script" | b"style" | b"noscript" | b"template" | b"svg" | b"iframe" | b"object" | b"textarea"
            | b"title" | b"head" | b"select" | b"canvas" | b"video" | b"audio" => {
                // `head` has no text of its own but elements that matter: only its loose text is hidden.
                if name != b"head" && !tag.self_closing {
                    self.hidden = Some(name.to_vec());
                    self.raw.clear();
                    self.out.meta.json = name == b"script" && attr(tag, "type").is_some_and(|t| t.contains("ld+json"));
                }
                return;
            }
            b"br" | b"hr" => return self.line(tag.span.start, name == b"hr"),
            b"img" | b"input" | b"meta" | b"link" | b"wbr" | b"source" | b"area" | b"base" | b"col" | b"embed"
            | b"param" | b"track" => return,
            _ => {}
        }
        match breaks(name) {
            Some(blank) => self.line(tag.span.start, blank),
            // Cells and buttons beside each other are apart on the screen.
            None if matches!(name, b"td" | b"th" | b"button" | b"label") => self.line(tag.span.start, false),
            None => {}
        }
        if tag.self_closing || self.open.len() >= DEPTH {
            return;
        }
        // `<p>` and `<li>` without end tags end at the next one.
        if matches!(name, b"p" | b"li")
            && self.open.last().is_some_and(|o| o.name == name)
            && let Some(o) = self.open.pop()
        {
            self.close(o);
        }
        let start = self.out.working.text.len();
        self.open.push(Open { name: name.to_vec(), start, marks: marks(tag) });
    }

    fn end(&mut self, name: &HtmlString, at: usize) {
        let name = name.as_slice();
        if let Some(hidden) = &self.hidden {
            if hidden == name {
                self.out.meta.text(name, &self.raw);
                self.hidden = None;
            }
            return;
        }
        if let Some(i) = self.open.iter().rposition(|o| o.name == name) {
            while self.open.len() > i {
                if let Some(o) = self.open.pop() {
                    self.close(o);
                }
            }
        }
        if let Some(blank) = breaks(name) {
            self.line(at, blank);
        }
    }

    fn close(&mut self, o: Open) {
        let end = self.out.working.text.len();
        for m in o.marks {
            if o.start < end {
                self.out.marks.push((o.start..end, m));
            }
        }
    }
}

impl Html {
    /// A zone that holds much of the page's running text is no side matter: class names lie, and some sites wrap all in a form.
    fn unzone(&mut self) {
        let prose: Vec<Range<usize>> = prose(&self.working.text);
        let all: usize = prose.iter().map(Range::len).sum();
        // Sums up to each line, so that many zones stay cheap.
        let mut sums = vec![0usize];
        for p in &prose {
            sums.push(sums[sums.len() - 1] + p.len());
        }
        let inside = |z: &Range<usize>| {
            let (a, b) = (prose.partition_point(|p| p.start < z.start), prose.partition_point(|p| p.end <= z.end));
            if a < b { sums[b] - sums[a] } else { 0 }
        };
        let zones: Vec<bool> = self
            .marks
            .iter()
            .map(|(r, m)| matches!(m, Mark::Zone(w) if *w != Why::Comments) && all > 0 && inside(r) * 5 > all * 2)
            .collect();
        let mut i = 0;
        self.marks.retain(|_| {
            i += 1;
            !zones[i - 1]
        });
    }
}

/// Lines long enough to be running text.
fn prose(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut out = Vec::new();
    for l in text.split_inclusive('\n') {
        if l.len() > 90 {
            out.push(at..at + l.len());
        }
        at += l.len();
    }
    out
}

/// Length of the character reference at the start of `s`.
fn entity(s: &str) -> Option<usize> {
    let n = s.bytes().skip(1).take(32).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    (n > 0 && s.as_bytes().get(n + 1) == Some(&b';')).then_some(n + 2)
}

/// Whether an element stands on a line of its own, and with space around it.
fn breaks(name: &[u8]) -> Option<bool> {
    match name {
        b"p" | b"div" | b"section" | b"article" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"ul" | b"ol"
        | b"dl" | b"table" | b"header" | b"footer" | b"nav" | b"aside" | b"main" | b"form" | b"figure"
        | b"figcaption" | b"blockquote" | b"pre" | b"address" | b"body" | b"fieldset" | b"details" | b"summary" => {
            Some(true)
        }
        b"li" | b"dt" | b"dd" | b"tr" | b"option" | b"caption" => Some(false),
        _ => None,
    }
}

/// An attribute's value, as text.
pub(crate) fn attr(tag: &StartTag<usize>, name: &str) -> Option<String> {
    tag.attributes.get(name.as_bytes()).map(|v| String::from_utf8_lossy(v.as_slice()).trim().to_owned())
}

fn marks(tag: &StartTag<usize>) -> Vec<Mark> {
    let name = tag.name.as_slice();
    let mut out = Vec::new();
    match name {
        b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => out.push(Mark::Heading(name[1] - b'0')),
        b"p" => out.push(Mark::Paragraph),
        b"figcaption" => out.push(Mark::Caption),
        b"li" => out.push(Mark::Item),
        b"blockquote" => out.push(Mark::Quote),
        b"address" => out.push(Mark::Byline),
        b"time" => out.push(Mark::Time),
        b"a" => out.push(Mark::Link),
        b"nav" | b"footer" | b"menu" => out.push(Mark::Zone(Why::Menu)),
        b"aside" => out.push(Mark::Zone(Why::Related)),
        b"form" | b"button" | b"label" | b"dialog" => out.push(Mark::Zone(Why::Form)),
        _ => {}
    }
    if matches!(name, b"html" | b"body" | b"main" | b"article" | b"h1") {
        return out;
    }
    for key in ["class", "id", "role", "itemprop", "rel"] {
        let Some(v) = attr(tag, key) else { continue };
        for word in v.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()) {
            if let Some(m) = class(&word.to_ascii_lowercase())
                && !out.contains(&m)
            {
                out.push(m);
            }
        }
    }
    out
}

/// What the words of class names commonly say, in any language's pages (they are written in English all over the web).
fn class(word: &str) -> Option<Mark> {
    Some(match word {
        "nav" | "navbar" | "navigation" | "menu" | "submenu" | "breadcrumb" | "breadcrumbs" | "footer" | "sitemap"
        | "tags" | "tagcloud" | "pagination" => Mark::Zone(Why::Menu),
        "share" | "sharing" | "social" | "socials" | "sharedaddy" | "addtoany" | "addthis" | "sharebar" => {
            Mark::Zone(Why::Share)
        }
        "comment" | "comments" | "commentlist" | "disqus" | "respond" => Mark::Zone(Why::Comments),
        "related" | "recommended" | "recommendations" | "outbrain" | "taboola" | "teaser" | "teasers" | "readmore"
        | "mostread" | "popular" | "trending" | "sidebar" | "aside" => Mark::Zone(Why::Related),
        "newsletter" | "subscribe" | "subscription" | "login" | "signup" | "cookie" | "cookies" | "consent"
        | "gdpr" | "paywall" | "donate" | "donation" | "search" | "searchform" | "popup" | "modal" => {
            Mark::Zone(Why::Form)
        }
        "copyright" | "credit" | "credits" => Mark::Zone(Why::Credit),
        "ad" | "ads" | "advert" | "advertisement" | "adsense" | "sponsored" | "promo" | "pub" | "publicite" => {
            Mark::Zone(Why::Other)
        }
        "caption" | "figcaption" | "legend" | "legende" => Mark::Caption,
        "byline" | "author" | "authors" | "auteur" => Mark::Byline,
        "date" | "datetime" | "timestamp" | "pubdate" | "published" | "datepublished" => Mark::Time,
        _ => return None,
    })
}
