//! What belongs to the article: the decision for every line.

use recoupe_pack::WordTable;
use recoupe_text::Span;

use crate::address;
use crate::ending;
use crate::furniture;
use crate::line::{BULLETS, Label, Line};
use crate::marks;
use crate::model::{BlockKind, Why};
use crate::repeat;
use crate::rules::{Lang, Rules};
use crate::stamp;

/// What the decision rests on besides the lines.
pub(crate) struct Context<'a> {
    pub text: &'a str,
    pub rules: &'a Rules,
    pub langs: &'a [&'a Lang],
    pub stops: &'a WordTable,
    /// The title as the page's metadata give it, folded.
    pub title: Option<String>,
}

/// Decides for all lines; returns the index of the title.
pub(crate) fn run(lines: &mut Vec<Line>, cx: &Context<'_>) -> Option<usize> {
    split(lines, cx);
    single(lines, cx);
    repeat::prose(lines);
    let mut body = extent(lines);
    let title = match body {
        Some((first, _)) => {
            let t = title(lines, first, cx);
            header(lines, first, t, cx);
            t
        }
        None => bare(lines),
    };
    if let Some((first, _)) = body {
        sections(lines, first, cx);
        ending::find(lines, first, cx.stops);
        if let Some((_, last)) = extent(lines) {
            ending::authors(lines, last, cx.text);
        }
        body = extent(lines);
    }
    if let Some((first, last)) = body {
        middle(lines, first, last);
        tail(lines, last, cx);
    }
    repeat::short(lines, title);
    merge(lines, cx, title)
}

/// Neighbouring segments of one line that are all dropped are one part again.
fn merge(lines: &mut Vec<Line>, cx: &Context<'_>, title: Option<usize>) -> Option<usize> {
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    let mut new_title = None;
    for (i, l) in lines.drain(..).enumerate() {
        if Some(i) == title {
            new_title = Some(out.len());
        }
        match out.last_mut() {
            Some(last) if l.joined && !last.kept() && !l.kept() => {
                let span = last.span.cover(l.span);
                let merged = Line::new(cx.text, span, cx.stops);
                *last = Line {
                    hint: last.hint,
                    cue: last.cue.filter(|_| last.cue == l.cue),
                    label: last.label,
                    blank_before: last.blank_before,
                    joined: last.joined,
                    paragraph: last.paragraph,
                    ..merged
                };
            }
            _ => out.push(l),
        }
    }
    *lines = out;
    new_title
}

/// Cuts lines that mix things.
fn split(lines: &mut Vec<Line>, cx: &Context<'_>) {
    let mut out: Vec<Line> = Vec::with_capacity(lines.len() + 8);
    let mut prose_seen = false;
    for line in lines.drain(..) {
        let stamp = if line.hint.zone.is_none() && out.len() < HEADER {
            stamp::head(cx.text, &line, cx.langs, !prose_seen)
        } else {
            None
        };
        let parts = if line.hint.zone.is_some() {
            None
        } else if let Some(at) = stamp {
            let head = line.span.start as usize;
            // What follows may have a dateline of its own: "2021-10 GOMA - …".
            let mut from = at;
            let tail = Line::new(cx.text, Span::new(at, line.span.end as usize), cx.stops);
            if tail.is_prose()
                && let Some((next, _)) = furniture::dateline(cx.text, &tail, cx.langs)
            {
                from = next + (cx.text[next..].len() - cx.text[next..].trim_start().len());
            }
            let end = |to: usize| head + cx.text[head..to].trim_end().len();
            let label = if tail.is_prose() { Label::Prose } else { Label::Open };
            Some(vec![
                (Span::new(head, end(from)), Label::Kept(BlockKind::Dateline)),
                (Span::new(from, line.span.end as usize), label),
            ])
        } else {
            furniture::credit(cx.text, &line, cx.rules, cx.langs)
                .or_else(|| furniture::segments(cx.text, &line, cx.rules, cx.langs))
                .or_else(|| {
                    if !line.is_prose() {
                        return None;
                    }
                    let base = line.span.start as usize;
                    if let Some(at) = marks::contact(line.span.of(cx.text)) {
                        let head = cx.text[base..base + at].trim_end().len();
                        return Some(vec![
                            (Span::new(base, base + head), Label::Open),
                            (Span::new(base + at, line.span.end as usize), Label::Drop(Why::Form)),
                        ]);
                    }
                    let (at, sure) = furniture::dateline(cx.text, &line, cx.langs)?;
                    if !sure && prose_seen {
                        return None;
                    }
                    let (head, rest) = (&cx.text[line.span.start as usize..at], &cx.text[at..line.span.end as usize]);
                    let rest_at = at + rest.len() - rest.trim_start().len();
                    Some(vec![
                        (
                            Span::new(line.span.start as usize, line.span.start as usize + head.trim_end().len()),
                            Label::Kept(BlockKind::Dateline),
                        ),
                        (Span::new(rest_at, line.span.end as usize), Label::Prose),
                    ])
                })
        };
        prose_seen |= line.is_prose();
        match parts {
            Some(parts) if !parts.is_empty() => {
                for (i, (span, label)) in parts.into_iter().enumerate() {
                    let mut l = Line::new(cx.text, span, cx.stops);
                    l.label = label;
                    l.hint = line.hint;
                    l.joined = i > 0;
                    l.blank_before = i == 0 && line.blank_before;
                    l.cue = cx.rules.cue(&l.folded, l.words);
                    out.push(l);
                }
            }
            _ => out.push(line),
        }
    }
    let mut paragraph = 0;
    for (i, l) in out.iter_mut().enumerate() {
        if i > 0 && !l.joined {
            paragraph += 1;
        }
        l.paragraph = paragraph;
    }
    *lines = out;
}

/// Lines from the top of a page among which its stamp stands.
const HEADER: usize = 40;

/// What each line says by itself.
fn single(lines: &mut [Line], cx: &Context<'_>) {
    // Some pages lose their full stops (machine translation, careless pasting): there, small words alone make a sentence.
    let long = lines.iter().filter(|l| l.words >= 20 && l.running()).count();
    let unended = lines
        .iter()
        .filter(|l| l.words >= 20 && l.running() && !matches!(l.end, '.' | '!' | '?' | '…' | ':' | ';'))
        .count();
    let loose = unended * 3 >= long && unended > 0;
    let mut begun = false;
    let talk = address::interview(lines.iter().map(|l| l.span.of(cx.text)), cx.langs);
    for l in lines.iter_mut() {
        begun |= l.is_prose();
        if l.label != Label::Open {
            continue;
        }
        let s = l.span.of(cx.text);
        l.cue = cx.rules.cue(&l.folded, l.words);
        let prose = l.is_prose();
        l.label = if let Some(zone) = l.hint.zone {
            Label::Drop(zone)
        } else if l.words == 0 {
            Label::Drop(Why::Other)
        } else if let Some(c) = l.cue.filter(|c| c.strong || !(prose || l.is_sentence() && l.words >= 9)) {
            Label::Drop(c.why)
        } else if let Some(why) = marks::sign(s, l.words) {
            Label::Drop(why)
        } else if !talk && address::calls(s, l.words, cx.langs) {
            Label::Drop(Why::Form)
        } else if l.hint.caption {
            Label::Kept(BlockKind::Caption)
        } else if let Some(label) =
            furniture::metadata(s, &l.folded, l.span.start as usize, l.words, cx.langs).filter(|_| !prose)
        {
            label
        } else if furniture::credits(s, &l.folded, l.words, cx.langs) || l.hint.byline && l.words <= 12 {
            Label::Kept(BlockKind::Byline)
        } else if !s.chars().any(char::is_alphabetic) {
            // Counters: shares, views, comments.
            Label::Drop(Why::Share)
        } else if furniture::opens_caption(&l.folded, cx.rules) && l.words <= 60 {
            Label::Kept(BlockKind::Caption)
        } else if s.starts_with(['←', '⟵']) || s.ends_with(['→', '⟶']) || s.starts_with(['→', '▶', '▸']) && l.end != '.'
        {
            // Links to the articles before and after.
            Label::Drop(Why::Related)
        } else if initials(s) {
            Label::Drop(Why::Credit)
        } else if prose {
            Label::Prose
        } else if l.hint.link && l.hint.heading == 0 && l.words <= 25 {
            Label::Drop(if l.words >= 4 { Why::Related } else { Why::Menu })
        } else if links(s, l.words) {
            Label::Drop(Why::Menu)
        } else if l.is_sentence() || loose && begun && l.words >= 8 && l.running() {
            Label::Sentence
        } else {
            Label::Open
        };
    }
}

/// "M.S. / R.K.": who wrote, in letters that name nobody.
fn initials(s: &str) -> bool {
    s.len() <= 24
        && s.contains('.')
        && s.split(|c: char| c.is_whitespace() || matches!(c, '/' | ',' | '-' | '(' | ')' | '&'))
            .filter(|w| !w.is_empty())
            .all(|w| w.split('.').all(|x| x.chars().count() <= 1 && x.chars().all(char::is_uppercase)))
}

/// A run of links: several short segments between separators.
fn links(s: &str, words: u16) -> bool {
    if words > 60 {
        return false;
    }
    let s = s.trim_start_matches(BULLETS).trim_start_matches(['>', '»', '|', ' ']);
    let hard = s.matches(['|', '•', '¦', '›', '»', '>']).count() - s.matches('«').count().min(s.matches('»').count());
    let soft =
        s.matches(" / ").count() + s.matches(" - ").count() + s.matches(" – ").count() + s.matches(" · ").count();
    let commas = s.matches(", ").count();
    let (n, words) = (hard + soft + 1, words as usize);
    (hard >= 1 && words / n <= 6 && !s.ends_with('.'))
        || (soft >= 2 && words / n <= 4)
        || (commas >= 4 && words <= (commas + 1) * 2 && !s.ends_with('.'))
}

/// First and last line of running text.
fn extent(lines: &[Line]) -> Option<(usize, usize)> {
    let first = lines
        .iter()
        .position(|l| l.label == Label::Prose)
        .or_else(|| lines.iter().position(|l| l.label == Label::Sentence))?;
    // A closing line that sounds like junk does not hold the end of the article open.
    let last =
        lines.iter().rposition(|l| matches!(l.label, Label::Prose | Label::Sentence) && !doubtful(l)).unwrap_or(first);
    // Short sentences directly above the first paragraph are its own.
    let mut start = first;
    while start > 0 && matches!(lines[start - 1].label, Label::Sentence) {
        start -= 1;
    }
    Some((start, last.max(first)))
}

/// A sentence with a wording of junk, which decides only outside the article.
fn doubtful(l: &Line) -> bool {
    l.cue.is_some_and(|c| c.start && l.words <= 16 || l.words <= 12)
}

/// Beginnings of the words that carry meaning.
pub(crate) fn stems(l: &Line, stops: &WordTable) -> Vec<String> {
    let mut v: Vec<String> = crate::words::words(&l.folded)
        .filter(|w| w.chars().count() >= 4 && !stops.has(w))
        .map(|w| w.chars().take(5).collect())
        .collect();
    v.sort();
    v.dedup();
    v
}

fn lead(lines: &[Line], first: usize, stops: &WordTable) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut words = 0u32;
    for l in lines[first..].iter().filter(|l| matches!(l.label, Label::Prose | Label::Sentence)) {
        all.extend(stems(l, stops));
        words += l.words as u32;
        if words > 220 {
            break;
        }
    }
    all.sort();
    all.dedup();
    all
}

/// The title: among the short lines above the text, the first that shares words with it.
fn title(lines: &[Line], first: usize, cx: &Context<'_>) -> Option<usize> {
    let open: Vec<usize> =
        (0..first).filter(|&i| lines[i].label == Label::Open && lines[i].words >= 2 && !bullet(&lines[i])).collect();
    if let Some(t) = &cx.title
        && let Some(i) = (0..lines.len().min(first + 1)).find(|&i| {
            lines[i].words >= 3 && lines[i].words <= 45 && lines[i].kept() && t.starts_with(lines[i].folded.trim())
        })
    {
        return Some(i);
    }
    if let Some(&i) = open.iter().rev().find(|&&i| lines[i].hint.heading == 1) {
        return Some(i);
    }
    // The window's title comes first: "Title – Name of the site". The page's own follows.
    if let Some(&i) = open.iter().find(|&&i| {
        i > 0
            && lines[i].words >= 4
            && lines[0].words > lines[i].words
            && lines[0].folded.starts_with(lines[i].folded.as_str())
    }) {
        return Some(i);
    }
    if open.is_empty() {
        return None;
    }
    let lead = lead(lines, first, cx.stops);
    let overlap = |i: usize| stems(&lines[i], cx.stops).iter().filter(|s| lead.binary_search(s).is_ok()).count();
    let scored: Vec<(usize, usize)> = open.iter().map(|&i| (i, overlap(i))).collect();
    let most = scored.iter().map(|s| s.1).max().unwrap_or(0);
    scored
        .iter()
        .find(|(i, o)| *o >= 2 && *o * 2 >= most && lines[*i].words >= 5)
        .or_else(|| scored.iter().rev().find(|(i, o)| *o >= 1 && lines[*i].words >= 4))
        .or_else(|| scored.iter().rev().find(|(i, _)| lines[*i].words >= 4 && (*i > 0 || scored.len() == 1)))
        .map(|x| x.0)
}

fn bullet(l: &Line) -> bool {
    l.folded.starts_with(BULLETS) || l.folded.starts_with("- ") || l.folded.starts_with("* ")
}

/// What stands above the text: navigation, but for title, standfirst and what is kept already.
fn header(lines: &mut [Line], first: usize, title: Option<usize>, cx: &Context<'_>) {
    let lead = if first > 0 { lead(lines, first, cx.stops) } else { Vec::new() };
    for (i, l) in lines.iter_mut().enumerate().take(first) {
        if Some(i) == title {
            l.label = Label::Kept(BlockKind::Title);
            continue;
        }
        let after = title.is_some_and(|t| i > t);
        match l.label {
            Label::Open => {
                let shared = stems(l, cx.stops).iter().filter(|s| lead.binary_search(s).is_ok()).count();
                l.label = if bullet(l) && l.words >= 5 && (after || shared >= 1) {
                    Label::Kept(BlockKind::ListItem)
                } else if after && (l.words >= 6 || shared >= 1 && l.words >= 3) {
                    Label::Kept(if l.words >= 6 { BlockKind::Chapo } else { BlockKind::Heading })
                } else if !after && i > 0 && shared >= 3 && l.words >= 6 {
                    // Perhaps the title after all, with the standfirst taken for it.
                    Label::Kept(BlockKind::Heading)
                } else {
                    Label::Drop(Why::Menu)
                };
            }
            Label::Sentence if after => l.label = Label::Kept(BlockKind::Chapo),
            _ => {}
        }
    }
}

/// A page without running text: a headline alone, or nothing but navigation.
fn bare(lines: &mut [Line]) -> Option<usize> {
    let open: Vec<usize> = (0..lines.len()).filter(|&i| lines[i].label == Label::Open).collect();
    let opened = lines.iter().position(|l| l.cue.is_some_and(|c| c.opens)).unwrap_or(lines.len());
    let title = (open.len() <= 4)
        .then(|| open.iter().copied().find(|&i| i < opened && lines[i].words >= 5 && lines[i].stops >= 1))
        .flatten();
    for i in open {
        lines[i].label = if Some(i) == title {
            Label::Kept(BlockKind::Title)
        } else {
            Label::Drop(if lines[i].words >= 4 { Why::Related } else { Why::Menu })
        };
    }
    title
}

/// What a cue opens goes on below it: headlines after "read also", everything after the readers' comments.
fn sections(lines: &mut [Line], first: usize, cx: &Context<'_>) {
    let total: u32 =
        lines.iter().filter(|l| matches!(l.label, Label::Prose | Label::Sentence)).map(|l| l.words as u32).sum();
    let last_prose = lines.iter().rposition(|l| l.label == Label::Prose).unwrap_or(0);
    // "Published on …" at the very end is the page's own, other dates there are the readers' or other articles'.
    let said =
        |l: &Line| cx.langs.iter().flat_map(|g| &g.published).any(|p| p.len() > 4 && l.folded.starts_with(p.as_str()));
    let mut before = 0u32;
    let mut open: Option<Why> = None;
    let mut inline = false;
    let mut all = false;
    for i in first..lines.len() {
        let l = &lines[i];
        if l.hint.heading > 0 && l.kept() && !l.hint.link && !all && i < last_prose {
            open = None;
        }
        let own = l.cue.filter(|_| matches!(l.label, Label::Drop(_)));
        if let Some(c) = own {
            if c.opens {
                open = Some(c.why);
                inline = c.words + 2 < l.words;
                let after = total.saturating_sub(before);
                if c.why == Why::Comments && before >= 25 && before * 20 >= after * 7 && readers(lines, i, cx) {
                    all = true;
                }
            } else if matches!(c.why, Why::Form | Why::Comments) {
                // A note that the article is for subscribers does not make headlines of what follows "read also: a headline".
                inline &= open.is_some();
                open = open.or(Some(c.why));
            }
            continue;
        }
        if all {
            let why = open.unwrap_or(Why::Comments);
            if lines[i].kept() && !(lines[i].label == Label::Kept(BlockKind::Dateline) && said(&lines[i])) {
                lines[i].label = Label::Drop(why);
            }
            continue;
        }
        match lines[i].label {
            Label::Prose => {
                before += lines[i].words as u32;
                open = None;
            }
            Label::Open => {
                // "Read also: a headline" holds its headline; only what is packed below it is another.
                if let Some(why) = open {
                    let subheading = lines[i].blank_before
                        && lines
                            .get(i + 1)
                            .is_some_and(|l| matches!(l.label, Label::Prose | Label::Sentence) && !l.blank_before);
                    let below = lines[i].blank_before
                        && why == Why::Form
                        && matches!(lines.get(i + 1).map(|l| l.label), Some(Label::Prose | Label::Sentence));
                    if inline && lines[i].blank_before && i < last_prose || subheading && i < last_prose || below {
                        open = None;
                    } else {
                        lines[i].label = Label::Drop(why);
                    }
                }
            }
            Label::Sentence => {
                before += lines[i].words as u32;
                // A paragraph by itself below a box of headlines ends the article.
                let own = i > first + 1
                    && why_of(&lines[i - 1]) == open
                    && lines[i - 1].cue.is_none_or(|c| !c.opens)
                    && lines[i].blank_before
                    && lines.get(i + 1).is_none_or(|l| l.blank_before)
                    && lines[i].words >= 4
                    && lines[i].end == '.';
                if let Some(why) = open
                    && lines[i].words <= 18
                    && i >= last_prose
                    && (why == Why::Comments || !own)
                {
                    lines[i].label = Label::Drop(why);
                }
            }
            // Dates of other articles.
            Label::Kept(BlockKind::Dateline) if i >= last_prose && open == Some(Why::Related) && !said(&lines[i]) => {
                lines[i].label = Label::Drop(Why::Related)
            }
            // A time or date amid the text begins another entry of a live page.
            Label::Kept(BlockKind::Dateline) if i < last_prose => open = None,
            _ => {}
        }
    }
}

fn why_of(l: &Line) -> Option<Why> {
    match l.label {
        Label::Drop(why) => Some(why),
        _ => None,
    }
}

/// Whether what follows reads like readers' comments: names with a time, "reply", "name: text" around the next paragraphs. A
/// button that leads to the comments may stand amid the article.
fn readers(lines: &[Line], from: usize, cx: &Context<'_>) -> bool {
    let mut prose = 0;
    for l in lines[from + 1..].iter().take(24) {
        if l.label == Label::Prose {
            prose += 1;
            if prose == 2 {
                return false;
            }
            continue;
        }
        if l.words > 12 {
            continue;
        }
        let s = l.span.of(cx.text);
        let dated = l.label == Label::Kept(BlockKind::Dateline) || !crate::dates::find(s, 0, cx.langs).is_empty();
        let says = s.split_once(':').is_some_and(|(name, rest)| {
            name.split_whitespace().count() <= 3 && rest.trim_start().starts_with(char::is_lowercase)
        });
        if dated
            || says
            || l.cue.is_some_and(|c| matches!(c.why, Why::Comments | Why::Form) && matches!(l.label, Label::Drop(_)))
        {
            return true;
        }
        if l.cue.is_some_and(|c| c.why == Why::Related && c.opens) {
            return false;
        }
    }
    prose == 0
}

/// Short lines between paragraphs: subheadings, but for runs of them.
fn middle(lines: &mut [Line], first: usize, last: usize) {
    let mut i = first;
    while i <= last {
        if lines[i].label != Label::Open {
            i += 1;
            continue;
        }
        let run = lines[i..=last].iter().take_while(|l| l.label == Label::Open).count();
        let tiny =
            lines[i..i + run].iter().all(|l| l.words <= 5 && l.hint.heading == 0 && !l.folded.starts_with(BULLETS));
        let others = marks::headlines(lines, i, i + run);
        for l in &mut lines[i..i + run] {
            l.label = if run >= 4 && tiny {
                Label::Drop(Why::Menu)
            } else if others {
                Label::Drop(Why::Related)
            } else if l.hint.item || bullet(l) {
                Label::Kept(BlockKind::ListItem)
            } else {
                Label::Kept(BlockKind::Heading)
            };
        }
        i += run;
    }
}

/// What stands below the last paragraph.
fn tail(lines: &mut [Line], last: usize, cx: &Context<'_>) {
    for l in &mut lines[last + 1..] {
        if let (Label::Prose | Label::Sentence, Some(c)) = (l.label, l.cue) {
            l.label = Label::Drop(c.why);
        }
    }
    for l in lines[last + 1..].iter_mut().filter(|l| l.label == Label::Open) {
        let s = l.span.of(cx.text);
        l.label = if s.starts_with('*') && l.words >= 3 {
            // A footnote.
            Label::Kept(BlockKind::Body)
        } else if l.hint.item || s.starts_with(BULLETS) && l.stops >= 2 && l.hint.zone.is_none() && l.end == ';' {
            Label::Kept(BlockKind::ListItem)
        } else if signature(s, l.words) {
            Label::Kept(BlockKind::Byline)
        } else if l.words >= 4 {
            Label::Drop(Why::Related)
        } else {
            Label::Drop(Why::Menu)
        };
    }
}

/// "B. Maïga", "Jeanne DUPONT": a name below the text.
fn signature(s: &str, words: u16) -> bool {
    // "Jeanne Dupont, correspondante régionale": a name and what it does.
    if let Some((name, role)) = s.split_once(", ")
        && name.split_whitespace().count() >= 2
        && name.split_whitespace().all(|w| w.starts_with(char::is_uppercase))
        && role.starts_with(char::is_lowercase)
        && role.split_whitespace().count() <= 4
        && !s.ends_with(['.', '!', '?'])
    {
        return true;
    }
    let parts: Vec<&str> = s.split_whitespace().collect();
    (2..=4).contains(&parts.len())
        && words <= 5
        && parts.iter().all(|w| {
            w.chars().next().is_some_and(char::is_uppercase)
                && w.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'))
        })
        && (parts[0].ends_with('.')
            || parts.last().is_some_and(|w| {
                w.chars().filter(|c| c.is_uppercase()).count() > 2
                    && !parts[0].chars().nth(1).is_some_and(char::is_uppercase)
            }))
}
