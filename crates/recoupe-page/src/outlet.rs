//! Who published a page, and which agencies it credits.

use recoupe_text::{Span, squeeze};

use recoupe_text::fold;

use crate::line::{Label, Line};
use crate::metadata::Metadata;
use crate::model::{BlockKind, Meta, Named, Why};
use crate::rules::{Outlet, Rules};

/// What the page is looked at with.
pub(crate) struct Input<'a> {
    pub text: &'a str,
    pub lines: &'a [Line],
    pub title: Option<usize>,
    pub rules: &'a Rules,
    pub given: &'a Meta,
    pub page: &'a Metadata,
    pub url: Option<&'a str>,
}

/// The outlet: from the caller, metadata, the address, a copyright line, the head of the page.
pub(crate) fn outlet(x: &Input<'_>) -> Option<Named> {
    if let Some(n) = x.given.outlet.as_deref().or(x.page.site.as_deref()).map(str::trim).filter(|n| !n.is_empty()) {
        return Some(named(n, None, x.rules));
    }
    if let Some(o) = x.url.and_then(host).and_then(|h| {
        x.rules.outlets.iter().find(|o| o.domains.iter().any(|d| h == d || h.ends_with(&format!(".{d}"))))
    }) {
        return Some(known(o, None));
    }
    let above = x.title.unwrap_or_else(|| x.lines.iter().position(|l| l.label == Label::Prose).unwrap_or(0)).min(12);
    // A known name in the head or in a copyright line.
    for l in x
        .lines
        .iter()
        .take(above)
        .chain(x.lines.iter().filter(|l| l.label == Label::Drop(Why::Credit) && l.words <= 14))
    {
        let name = copyright(l.span.of(x.text)).unwrap_or(l.span.of(x.text));
        if let Some(o) = x.rules.outlet(fold(name).trim()).filter(|o| !o.agency) {
            return Some(known(o, Some(l.span)));
        }
    }
    // The window's title, "Title – Name of the site", above the page's own.
    if let (Some(t), Some(first)) = (x.title.filter(|t| *t > 0), x.lines.first())
        && let Some(rest) = first.span.of(x.text).strip_prefix(x.lines[t].span.of(x.text))
    {
        let name = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        if (2..60).contains(&name.len()) && name.starts_with(char::is_uppercase) {
            let span = Span::new(first.span.end as usize - name.len(), first.span.end as usize);
            return Some(named(name, Some(span), x.rules));
        }
    }
    // Notes about cookies and buttons come before the name on some pages.
    let named_lines = x.lines.iter().take(above).filter(|l| {
        l.cue.is_none() && !matches!(l.label, Label::Drop(Why::Form | Why::Share | Why::Error)) && !button(x, l)
    });
    for l in named_lines.take(2) {
        if matches!(l.label, Label::Kept(BlockKind::Caption | BlockKind::Title | BlockKind::Dateline)) {
            continue;
        }
        if let Some(span) = head(x, l) {
            return Some(named(&squeeze(span.of(x.text)), Some(span), x.rules));
        }
    }
    // "Name | date" below the title.
    for pair in x.lines[..x.lines.len().min(above + 6)].windows(2) {
        if pair[0].paragraph == pair[1].paragraph
            && pair[0].label == Label::Drop(Why::Menu)
            && pair[0].words <= 4
            && pair[1].label == Label::Kept(BlockKind::Dateline)
            && let Some(span) = head(x, &pair[0])
        {
            return Some(named(&squeeze(span.of(x.text)), Some(span), x.rules));
        }
    }
    x.lines.iter().filter(|l| l.label == Label::Drop(Why::Credit) && l.words <= 14 && !l.joined).find_map(|l| {
        let name = copyright(l.span.of(x.text))
            .filter(|n| !l.span.of(x.text).contains('/') && !x.rules.outlet(&fold(n)).is_some_and(|o| o.agency))?;
        let at = l.span.start as usize + l.span.of(x.text).find(name)?;
        Some(named(name, Some(Span::new(at, at + name.len())), x.rules))
    })
}

/// Whether the line begins with the word of a button.
fn button(x: &Input<'_>, l: &Line) -> bool {
    let first = l.folded.split(|c: char| !c.is_alphanumeric()).find(|w| !w.is_empty()).unwrap_or("");
    x.rules.langs.iter().any(|g| g.buttons.iter().chain(&g.imperatives).any(|w| w == first))
}

/// A short name in capitals at the head of the page.
fn head(x: &Input<'_>, l: &Line) -> Option<Span> {
    let s = l.span.of(x.text);
    let mut parts: Vec<&str> = s
        .split(['|', '»', '>', '•', '\t'])
        .flat_map(|p| p.split(" - "))
        .flat_map(|p| p.split(" – "))
        .flat_map(|p| p.split("  "))
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .collect();
    // "ABC | Agence Belge de Combat": the acronym, then the name.
    if let [short, long, ..] = parts.as_slice() {
        let initials: String =
            long.split_whitespace().filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect();
        if short.chars().count() >= 2 && *short == initials {
            parts.remove(0);
        }
    }
    let name = parts.first()?;
    let folded = fold(name);
    let words = crate::rules::count(&folded);
    let capital = name.chars().next().is_some_and(char::is_uppercase);
    let fits = capital
        && (1..=7).contains(&words)
        && !name.ends_with(['.', ':', '?', '!', '…'])
        && x.rules.cue(&folded, words).is_none()
        && !name.contains(['«', '"']);
    if !fits {
        return None;
    }
    let at = l.span.start as usize + s.find(name)?;
    Some(Span::new(at, at + name.len()))
}

/// The name in "© Name 2019 - …" or "(c) 2023 Name".
fn copyright(s: &str) -> Option<&str> {
    let rest = s.split_once('©').or_else(|| s.split_once("(c)")).or_else(|| s.split_once("Copyright"))?.1;
    let name = rest.trim_start_matches(|c: char| !c.is_alphabetic());
    let end =
        name.find(|c: char| matches!(c, '-' | '–' | '|' | '.' | '/' | ',') || c.is_ascii_digit()).unwrap_or(name.len());
    Some(name[..end].trim()).filter(|n| {
        !n.is_empty() && n.chars().next().is_some_and(char::is_uppercase) && n.split_whitespace().count() <= 6
    })
}

fn known(o: &Outlet, span: Option<Span>) -> Named {
    Named { name: o.name.clone(), id: Some(o.id.clone()), span }
}

fn named(name: &str, span: Option<Span>, rules: &Rules) -> Named {
    match rules.outlet(fold(name).trim()) {
        Some(o) => known(o, span),
        None => Named { name: squeeze(name), id: None, span },
    }
}

/// The host of an address, without `www.`.
fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://").map_or(url, |x| x.1);
    let h = rest.split(['/', '?', '#', ':']).next()?;
    Some(h.trim_start_matches("www.")).filter(|h| h.contains('.'))
}

/// Agencies in the places of credit: datelines, bylines, credits, the end of a paragraph. A mention in the text is none.
pub(crate) fn agencies(x: &Input<'_>) -> Vec<Named> {
    let mut out: Vec<Named> = Vec::new();
    let mut add = |n: Named| {
        if !out.iter().any(|o| o.name == n.name) {
            out.push(n);
        }
    };
    for l in x.lines.iter() {
        let (start, end) = (l.span.start as usize, l.span.end as usize);
        match l.label {
            Label::Kept(BlockKind::Dateline | BlockKind::Byline) | Label::Drop(Why::Credit) if l.words <= 30 => {
                let named_here = x.rules.agencies_in(&l.folded);
                let any = !named_here.is_empty();
                for o in named_here {
                    add(known(o, Some(l.span)));
                }
                // "(ALP)" in a dateline is an agency, known or not.
                if !any
                    && l.label == Label::Kept(BlockKind::Dateline)
                    && let Some((a, b)) = bracket(l.span.of(x.text))
                {
                    let span = Span::new(start + a, start + b);
                    let name = span.of(x.text);
                    if (2..=8).contains(&name.chars().count()) && name.chars().all(char::is_uppercase) {
                        add(named(name, Some(span), x.rules));
                    }
                }
            }
            Label::Prose | Label::Sentence => {
                // "… (avec AFP)" at the end of the last words.
                let s = l.span.of(x.text);
                let t = s.trim_end_matches(|c: char| c == '.' || c.is_whitespace());
                if t.ends_with(')')
                    && let Some(open) = t.rfind('(')
                    && t.len() - open <= 60
                {
                    let inside = fold(&t[open + 1..t.len() - 1]);
                    for part in inside.split(['/', ',', ';']).map(str::trim) {
                        let part = x
                            .rules
                            .langs
                            .iter()
                            .flat_map(|g| &g.with)
                            .find_map(|w| part.strip_prefix(&format!("{w} ")))
                            .unwrap_or(part);
                        if let Some(o) = x.rules.outlet(part).filter(|o| o.agency) {
                            add(known(o, Some(Span::new(start + open, end))));
                        }
                    }
                }
            }
            _ => {}
        }
    }
    out
}

/// What stands in the last brackets.
fn bracket(s: &str) -> Option<(usize, usize)> {
    let b = s.rfind(')')?;
    let a = s[..b].rfind('(')? + 1;
    (a < b).then_some((a, b))
}
