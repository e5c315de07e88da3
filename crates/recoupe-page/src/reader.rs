//! Puts the steps together.

use std::sync::Arc;

use recoupe_pack::{PackError, Packs, WordTable};
use recoupe_text::Span;

use crate::classify::{self, Context};
use crate::decode::decode;
use crate::html;
use crate::language;
use crate::line::{self, Label, Line};
use crate::model::{Article, Block, BlockKind, Note, RawInput, Why};
use crate::mojibake;
use crate::outlet;
use crate::parts;
use crate::published;
use crate::rules::{Lang, Rules};
use crate::working::{Working, hyphen_breaks};

/// Reads pages. Compiled once from the packs, shared by all threads.
#[derive(Clone, Debug)]
pub struct PageReader {
    rules: Rules,
    none: WordTable,
}

impl PageReader {
    /// Compiles what the language and world packs say about pages (`lang/<xx>/page.toml`, `lang/<xx>/junk.toml`, outlets).
    pub fn load(packs: &Packs) -> Result<Self, PackError> {
        let rules = Rules::load(packs)?;
        Ok(Self { rules, none: WordTable::new(Vec::new()) })
    }

    /// Reads one page. Never fails: what is odd about the page is in [`Article::notes`].
    pub fn read(&self, raw: &RawInput<'_>) -> Article {
        let decoded = decode(raw.bytes);
        let original = decoded.original;
        let mut notes = Vec::new();
        if decoded.replaced {
            notes.push(note(
                "bytes-replaced",
                format!("Some bytes are not valid {}; they stand as U+FFFD.", decoded.encoding),
                None,
            ));
        }
        let html = is_html(raw.source, &original);
        let mut page = if html {
            html::read(&original)
        } else {
            html::Html { working: Working::plain(&original), ..Default::default() }
        };

        // Mojibake first, then hyphens: a broken letter may stand before the line break. Marks of HTML speak in offsets of the
        // text before these edits, so they are carried over.
        let found = mojibake::find(&page.working.text);
        if !found.undo.is_empty() {
            notes.push(note(
                "mojibake-undone",
                "UTF-8 that had been read as Windows-1252 was put right in the working text.".to_owned(),
                None,
            ));
        }
        let doubtful = found.doubtful;
        shift(&mut page.marks, &found.undo);
        let working = page.working.edited(&found.undo);
        let edits = hyphen_breaks(&working.text, |left| {
            let left = recoupe_text::fold(left);
            self.rules.langs.iter().any(|l| l.hyphen_keeps.binary_search(&left).is_ok())
        });
        shift(&mut page.marks, &edits);
        let (text, map) = working.edited(&edits).finish(&original);
        if let Some(span) = doubtful {
            notes.push(note(
                "mojibake-suspected",
                "A line looks like text in a wrong encoding, but what it was is not certain.".to_owned(),
                Some(clamp(span, &text)),
            ));
        }

        // The language is told from the lines, and the lines are measured by the small words of the language.
        let mut lines = line::cut(&text, &self.none);
        let (code, confidence) = language::detect(&text, &mut lines, page.meta.language.as_deref(), &self.rules);
        let number = self.rules.langs.iter().position(|l| Some(&l.code) == code.as_ref());
        let own = number.map(|i| &self.rules.langs[i]);
        let langs: Vec<&Lang> = own.map_or_else(|| self.rules.langs.iter().collect(), |l| vec![l]);
        let stops = own.map_or(&self.rules.small.0, |l| &l.stops);
        line::count_stops(&mut lines, stops, number);
        if html {
            line::hint(&mut lines, &page.marks);
        }
        let cx = Context {
            text: &text,
            rules: &self.rules,
            langs: &langs,
            stops,
            title: page.meta.title.as_deref().map(recoupe_text::fold),
        };
        let title = classify::run(&mut lines, &cx);
        for f in parts::number(&mut lines, title, &text, &langs, stops) {
            notes.push(match f {
                parts::Found::Second(i) => {
                    note("second-article", "Another article begins here.".to_owned(), Some(lines[i].span))
                }
                parts::Found::Other(i) => {
                    note("other-subject", "An item about something else was left out.".to_owned(), Some(lines[i].span))
                }
            });
        }
        let url = raw.meta.url.clone().or_else(|| page.meta.url.clone());
        let x = published::Input {
            text: &text,
            lines: &lines,
            title,
            langs: &langs,
            given: &raw.meta,
            page: &page.meta,
            url: url.as_deref(),
        };
        let (published, partial) = published::find(&x);
        let weekday = published::own_weekday(&x);
        if raw.meta.published.is_some() && published.as_ref().is_none_or(|p| p.basis != crate::model::Basis::Override) {
            notes.push(note(
                "published-unreadable",
                "The given date of publication is not an ISO day, month, year or interval.".to_owned(),
                None,
            ));
        }
        let x = outlet::Input {
            text: &text,
            lines: &lines,
            title,
            rules: &self.rules,
            given: &raw.meta,
            page: &page.meta,
            url: url.as_deref(),
        };
        let outlet = outlet::outlet(&x);
        let agencies = outlet::agencies(&x);
        if code.is_none() && !lines.is_empty() {
            notes.push(note(
                "language-unknown",
                "The page is in none of the languages that have a pack.".to_owned(),
                None,
            ));
        }
        let blocks: Vec<Block> = lines.iter().map(block).collect();
        if blocks.is_empty() {
            notes.push(note("empty-page", "The page holds no text.".to_owned(), None));
        } else if !blocks.iter().any(|b| b.dropped.is_none()) {
            notes.push(note("no-article", "Nothing on the page looks like an article.".to_owned(), None));
        }
        let original: Arc<str> = original.into();
        let text = if *original == *text { original.clone() } else { text.into() };
        Article {
            title: title.map(|t| lines[t].span),
            blocks,
            html,
            encoding: decoded.encoding,
            language: code,
            language_confidence: confidence,
            published,
            partial,
            weekday,
            outlet,
            agencies,
            url,
            notes,
            map,
            text,
            original,
        }
    }
}

fn note(code: &'static str, message: String, span: Option<Span>) -> Note {
    Note { code, message, span }
}

fn block(l: &Line) -> Block {
    let (kind, dropped) = match l.label {
        Label::Drop(why) => (BlockKind::Body, Some(why)),
        Label::Kept(kind) => (kind, None),
        Label::Prose | Label::Sentence if l.hint.heading > 0 => (BlockKind::Heading, None),
        Label::Prose | Label::Sentence if l.hint.quote => (BlockKind::Quote, None),
        Label::Prose | Label::Sentence if l.hint.item => (BlockKind::ListItem, None),
        Label::Prose | Label::Sentence => (BlockKind::Body, None),
        Label::Open => (BlockKind::Body, Some(Why::Other)),
    };
    Block { span: l.span, kind, dropped, part: l.part, paragraph: l.paragraph }
}

/// By its name, or by how it begins.
fn is_html(source: &str, text: &str) -> bool {
    let lower = source.to_ascii_lowercase();
    if [".html", ".htm", ".xhtml"].iter().any(|e| lower.ends_with(e)) {
        return true;
    }
    let head: String = text
        .trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
        .chars()
        .take(1024)
        .collect::<String>()
        .to_ascii_lowercase();
    head.starts_with("<!doctype html")
        || head.starts_with("<html")
        || (head.starts_with('<')
            && (head.contains("<body") || head.contains("<head") || head.contains("<p>") || head.contains("<div")))
}

/// Carries the ranges of marks over edits of the text.
fn shift(marks: &mut [(std::ops::Range<usize>, html::Mark)], edits: &[mojibake::Replace]) {
    if edits.is_empty() {
        return;
    }
    // Bytes gained or lost up to the end of each edit.
    let mut sums = Vec::with_capacity(edits.len());
    let mut sum = 0i64;
    for e in edits {
        sum += e.with.len() as i64 - e.span.len() as i64;
        sums.push(sum);
    }
    let at = |p: usize| {
        let n = edits.partition_point(|e| e.span.end as usize <= p);
        (p as i64 + if n > 0 { sums[n - 1] } else { 0 }).max(0) as usize
    };
    for (r, _) in marks {
        *r = at(r.start)..at(r.end);
    }
}

fn clamp(span: Span, text: &str) -> Span {
    let mut end = (span.end as usize).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut start = (span.start as usize).min(end);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    Span::new(start, end)
}

impl Why {
    /// All reasons, in the order of their declaration.
    pub const ALL: [Why; 9] = [
        Why::Menu,
        Why::Share,
        Why::Comments,
        Why::Related,
        Why::Credit,
        Why::Repeat,
        Why::Form,
        Why::Error,
        Why::Other,
    ];
}
