//! Lines that mix things: header lines in segments, captions with their credit, paragraphs with a dateline.

use recoupe_text::Span;

use recoupe_text::fold;

use crate::dates;
use crate::line::{Label, Line};
use crate::model::{BlockKind, Why};
use crate::rules::{Lang, Rules, bounded};
use crate::stamp;

/// Separators between the segments of a header or menu line.
const STRONG: [char; 7] = ['|', '•', '·', '»', '>', '›', '¦'];

/// From how many words on a segment may be a sentence.
const SENTENCE: usize = 10;

/// A cut of a line into what it holds.
pub(crate) type Parts = Vec<(Span, Label)>;

/// Cuts header and menu lines at their separators when a part of them is a date, byline or junk wording.
pub(crate) fn segments(text: &str, line: &Line, rules: &Rules, langs: &[&Lang]) -> Option<Parts> {
    if line.words > 40 || line.is_prose() {
        return None;
    }
    let cuts = cuts(line.span.of(text), line.span.start as usize);
    if cuts.len() < 2 {
        return None;
    }
    let marks = cuts.len();
    let mut parts: Parts = Vec::new();
    let mut telling = 0;
    for span in &cuts {
        let s = span.of(text);
        let folded = fold(s);
        let words = crate::rules::count(&folded);
        let label = if let Some(l) = metadata(s, &folded, span.start as usize, words, langs)
            .filter(|l| !(cuts.len() == 2 && *l == Label::Kept(BlockKind::Dateline) && clock_only(s, langs)))
        {
            telling += 1;
            // The time in a strip of weather and rates is no date of the page.
            if cuts.len() > 2 && l == Label::Kept(BlockKind::Dateline) && clock_only(s, langs) && !place_line(s) {
                Label::Drop(Why::Menu)
            } else {
                l
            }
        } else if let Some(c) = rules.cue(&folded, words) {
            telling += 1;
            Label::Drop(c.why)
        } else {
            Label::Open
        };
        parts.push((*span, label));
    }
    if telling == 0 {
        return None;
    }
    // What stands between dates and buttons is of their kind: weather, sections, prices.
    if telling * 2 >= marks || marks >= 3 || parts.iter().any(|p| p.1 == Label::Kept(BlockKind::Dateline)) {
        for p in &mut parts {
            // "(Bamako, 12 mars 2021) – Les soldats ont abattu 31 hommes, …": a whole sentence behind its dateline is none of it
            if p.1 == Label::Open && !whole_sentence(p.0.of(text)) {
                p.1 = Label::Drop(Why::Menu);
            }
        }
    }
    Some(parts)
}

/// Whether a segment is a sentence of some length, closed by its full stop.
fn whole_sentence(s: &str) -> bool {
    let words = s.split_whitespace().count();
    words >= SENTENCE && s.ends_with(['.', '»', '"']) && s.chars().next().is_some_and(char::is_uppercase)
}

/// A time of day without a day: it stands before the entries of live pages, which are no furniture.
fn clock_only(s: &str, langs: &[&Lang]) -> bool {
    dates::find(s, 0, langs).is_empty()
}

/// Spans between separators.
fn cuts(s: &str, base: usize) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut push = |a: usize, b: usize| {
        let t = &s[a..b];
        let lead = t.len() - t.trim_start().len();
        let t = t.trim();
        if !t.is_empty() {
            out.push(Span::new(base + a + lead, base + a + lead + t.len()));
        }
    };
    for (i, c) in s.char_indices() {
        if i < start {
            continue;
        }
        let n = c.len_utf8();
        let spaced =
            s[..i].ends_with(|c: char| c.is_whitespace()) && s[i + n..].starts_with(|c: char| c.is_whitespace());
        let gap = c.is_whitespace() && s[i + n..].starts_with(|c: char| c.is_whitespace()) && !s[..i].trim().is_empty();
        if STRONG.contains(&c) && (c != '»' || !s[..i].contains('«'))
            || (spaced && matches!(c, '-' | '–' | '—' | '/'))
            || gap
            || c == '\t'
        {
            push(start, i);
            start = i + n;
        }
    }
    push(start, s.len());
    out
}

/// A segment or line that is a date or byline and little else.
pub(crate) fn metadata(s: &str, folded: &str, base: usize, words: u16, langs: &[&Lang]) -> Option<Label> {
    if words == 0 || words > 16 {
        return None;
    }
    let found = dates::find(s, base, langs);
    let updated = langs.iter().any(|l| l.updated.iter().any(|u| starts(folded, u)));
    if let Some(d) = found.first() {
        let rest = remainder(s, base, &found);
        let published = langs.iter().any(|l| l.published.iter().any(|p| starts(folded, p)));
        if updated && !published {
            return Some(Label::Drop(Why::Other));
        }
        // Little beside the date: times, a place, "Publié le", "Numéro 211 du".
        // A line that begins with a whole date is a date line, whatever tags and names follow.
        let leads = d.span.start as usize == base && d.year.is_some() && !s.ends_with(['.', '?', '!', '…']);
        // "Ils ont fui le 3 mai 2021." is a sentence, "Fait à Goma, le 3 mai 2021." a date line.
        if s.ends_with('.') && !published && sentence(s, base, &found, langs) {
            return None;
        }
        if leads || rest <= 3 || (published && rest <= 6) || (rest <= 5 && d.year.is_some() && words <= 12) {
            return Some(Label::Kept(BlockKind::Dateline));
        }
    } else if updated && words <= 8 {
        return Some(Label::Drop(Why::Other));
    } else if stamp::month(s, folded, words, langs) || clock(s) && words <= 5 || place_line(s) {
        return Some(Label::Kept(BlockKind::Dateline));
    }
    let by = langs.iter().flat_map(|l| &l.bylines).filter(|b| starts(folded, b)).map(|b| b.len()).max();
    if let Some(n) = by
        && words <= 14
        && (!s.ends_with(['.', '?']) || initial(s))
    {
        let rest = folded.get(n..).unwrap_or("").trim();
        // "par La rédaction", "By our staff": a name, or nothing, follows.
        let name = s.split_whitespace().skip(1).any(|w| w.chars().next().is_some_and(char::is_uppercase));
        if rest.is_empty() || name || langs.iter().any(|l| l.bylines.iter().any(|b| rest.starts_with(b.as_str()))) {
            return Some(Label::Kept(BlockKind::Byline));
        }
    }
    None
}

/// Whether words stand beside the dates that are neither names nor part of a date line.
fn sentence(s: &str, base: usize, found: &[dates::Found], langs: &[&Lang]) -> bool {
    let dated = |at: usize| found.iter().any(|f| f.span.contains(Span::new(base + at, base + at + 1)));
    let usual = |w: &str| {
        let w = fold(w);
        langs
            .iter()
            .any(|l| l.published.iter().chain(&l.updated).chain(&l.bylines).any(|p| p.split(' ').any(|p| p == w)))
    };
    let mut at = 0;
    s.split(|c: char| !c.is_alphabetic()).any(|w| {
        let start = s[at..].find(w).map_or(at, |n| at + n);
        at = start + w.len();
        w.chars().count() > 1 && w.starts_with(char::is_lowercase) && !dated(start) && !usual(w)
    })
}

/// "by Jane D.": ended by the letter of a name.
fn initial(s: &str) -> bool {
    s.split_whitespace().next_back().is_some_and(|w| {
        let mut c = w.trim_end_matches('.').chars();
        w.ends_with('.') && c.next().is_some_and(char::is_uppercase) && c.next().is_none()
    })
}

/// "(Reporting by …; editing by …)": the people of an agency's report, in brackets below it.
pub(crate) fn credits(s: &str, folded: &str, words: u16, langs: &[&Lang]) -> bool {
    s.starts_with('(')
        && s.trim_end_matches('.').ends_with(')')
        && words <= 50
        && langs.iter().flat_map(|l| &l.bylines).any(|b| starts(folded.trim_start_matches('('), b))
}

fn starts(folded: &str, with: &str) -> bool {
    folded.starts_with(with) && bounded(folded, 0, with.len())
}

/// Words of letters outside the dates.
fn remainder(s: &str, base: usize, found: &[dates::Found]) -> usize {
    let mut n = 0;
    let mut at = 0;
    let mut count = |t: &str| {
        n += t
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| w.chars().filter(|c| c.is_alphabetic()).count() > 1)
            .count()
    };
    for f in found {
        let (a, b) = (f.span.start as usize - base, f.span.end as usize - base);
        count(s.get(at..a).unwrap_or(""));
        at = b;
    }
    count(s.get(at..).unwrap_or(""));
    n
}

/// "ANKARA, TURQUIE –": a dateline on a line of its own.
fn place_line(s: &str) -> bool {
    let t = s.trim_end();
    let name = t.trim_end_matches(|c: char| matches!(c, '-' | '–' | '—') || c.is_whitespace());
    name.len() < t.len()
        && name.split_whitespace().count() <= 6
        && name.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && !name.chars().any(char::is_lowercase)
}

/// `09:12`, `23 h 50`, `18h02`.
fn clock(s: &str) -> bool {
    let b = s.as_bytes();
    b.iter().enumerate().any(|(i, c)| {
        matches!(c, b':' | b'h' | b'H')
            && i > 0
            && b[..i].iter().rev().find(|x| **x != b' ').is_some_and(u8::is_ascii_digit)
            && b[i + 1..].iter().find(|x| **x != b' ').is_none_or(u8::is_ascii_digit)
            && (*c == b':' || !b.get(i + 1).is_some_and(u8::is_ascii_alphabetic))
    }) && s.chars().filter(|c| c.is_alphabetic()).count() <= 6
}

/// Cuts a caption line into caption and credit.
pub(crate) fn credit(text: &str, line: &Line, rules: &Rules, langs: &[&Lang]) -> Option<Parts> {
    if line.words > 60 || line.words == 0 {
        return None;
    }
    let s = line.span.of(text);
    let base = line.span.start as usize;
    let photo = opens_caption(&line.folded, rules);
    // The credit is what stands after the last full stop, closing bracket or opening one.
    let body = s.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '.' | ')' | ']'));
    let mut starts: Vec<usize> = vec![0];
    for (i, c) in body.char_indices() {
        let next = i + c.len_utf8();
        if matches!(c, '.' | '!' | '?' | ']' | '»') && body[next..].starts_with(char::is_whitespace) {
            starts.push(next);
        } else if matches!(c, '(' | '©' | '|' | '–' | '—') || (c == '-' && body[..i].ends_with(' ')) {
            starts.push(i);
        }
    }
    let mut cut = None;
    for &i in starts.iter().rev() {
        let tail = body[i..].trim();
        if tail.split_whitespace().count() > 9 {
            break;
        }
        if is_credit(tail, rules) {
            cut = Some(i);
        } else if cut.is_some() {
            break;
        }
    }
    let at = cut?;
    let lead = s[at..].len() - s[at..].trim_start().len();
    let credit = Span::new(base + at + lead, line.span.end as usize);
    let before = s[..at].trim_end();
    if before.is_empty() || before.chars().all(|c| !c.is_alphanumeric()) {
        return Some(vec![(line.span, Label::Drop(Why::Credit))]);
    }
    // A paragraph of the article may end in its agency: that is no caption.
    let bracket = s[at..].trim_start().starts_with('(');
    if !photo && (bracket || line.words > 40) && line.is_prose() && !s[at..].contains(['/', '©']) {
        return None;
    }
    let span = Span::new(base, base + before.len());
    let folded = fold(before);
    let kind = metadata(before, &folded, base, crate::rules::count(&folded), langs)
        .filter(|l| *l == Label::Kept(BlockKind::Byline))
        .unwrap_or(Label::Kept(BlockKind::Caption));
    Some(vec![(span, kind), (credit, Label::Drop(Why::Credit))])
}

/// Whether a line says of itself that it stands below a picture.
pub(crate) fn opens_caption(folded: &str, rules: &Rules) -> bool {
    let t = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
    rules
        .captions
        .iter()
        .any(|w| t.starts_with(w.as_str()) && t[w.len()..].trim_start().starts_with([':', ']', '|', ')']))
}

/// "AFP / Omar Haj", "© Reuters", "Photo Spoutnik", "AP Photo/Name", "Handout".
fn is_credit(s: &str, rules: &Rules) -> bool {
    let t =
        s.trim_matches(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '.' | '|' | '-' | '–' | '—'));
    if t.is_empty() {
        return false;
    }
    if t.starts_with('©') || t.starts_with("(c)") {
        return true;
    }
    let folded = fold(t);
    if let Some(w) = rules.credits.iter().find(|w| starts(&folded, w)) {
        // "Photo Spoutnik", "Photo : X / Y", "Archives": a word, then names only.
        let rest = &t[t.char_indices().nth(w.chars().count()).map_or(t.len(), |x| x.0)..];
        let names = rest.split_whitespace().filter(|w| w.chars().any(char::is_alphabetic)).count();
        let upper = rest
            .split_whitespace()
            .filter(|w| w.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase))
            .count();
        return (names > 0 || !s.starts_with('|')) && names <= 6 && upper * 2 >= names;
    }
    if let Some((a, b)) = t.split_once('/').or_else(|| t.split_once(" - ")).or_else(|| t.split_once(" – ")) {
        let (a, b) = (a.trim(), b.trim());
        let name = |x: &str| {
            !x.is_empty()
                && x.split_whitespace().count() <= 5
                // A price is no agency: "12 000 FCFA/an".
                && !x.starts_with(|c: char| c.is_ascii_digit())
                && x.split_whitespace().all(|w| !w.starts_with(char::is_lowercase) || w.len() <= 3)
                && x.chars().any(char::is_alphabetic)
        };
        let agency = |x: &str| {
            let f = fold(x);
            let last = f.split_whitespace().next_back().unwrap_or("");
            let acronym = x.split_whitespace().any(|w| {
                w.chars().filter(|c| c.is_uppercase()).count() >= 2 && w.chars().all(|c| c.is_uppercase() || c == '.')
            });
            acronym
                || rules.outlet(&f).is_some()
                || rules.outlet(last).is_some()
                || rules.credits.iter().any(|w| starts(&f, w) || last == w)
        };
        return name(a) && name(b) && (agency(a) || agency(b));
    }
    // "via REUTERS", "AFP": an agency alone.
    let joined = rules.langs.iter().flat_map(|l| &l.with).find(|w| starts(&folded, w)).map_or(0, |w| w.len());
    rules.outlet(folded[joined..].trim()).is_some_and(|o| o.agency)
}

/// Cuts the dateline off a paragraph: "BAMAKO, 3 mai (AFP) - ", "Damas, 24 nov. (XYZ) – ", "TOKMAK, April 25. ".
/// The second value tells whether it is sure (a date or an agency in brackets), not only a word in capitals.
pub(crate) fn dateline(text: &str, line: &Line, langs: &[&Lang]) -> Option<(usize, bool)> {
    let s = line.span.of(text);
    let base = line.span.start as usize;
    let limit = s.char_indices().nth(90).map_or(s.len(), |x| x.0);
    let head = &s[..limit];
    let mut ends: Vec<(usize, usize)> = Vec::new();
    for (i, c) in head.char_indices() {
        let mut n = i + c.len_utf8();
        if c == '-' {
            n += head[n..].bytes().take_while(|b| *b == b'-').count();
        }
        let open = head[n..].starts_with(char::is_whitespace);
        let bracket = head[..i].ends_with(')');
        // "BAMAKO (AFP) - ", "(AIB)-Des hommes"
        let dash = matches!(c, '-' | '–' | '—')
            && (open && (bracket || head[..i].ends_with(char::is_whitespace))
                || bracket && head[n..].starts_with(char::is_uppercase));
        if dash || c == ':' && open {
            ends.push((i, n));
        } else if c == ')' && head[n..].starts_with(char::is_whitespace) {
            ends.push((n, n));
        } else if c == '.'
            && head[n..].starts_with(' ')
            && head[n..].trim_start().starts_with(|c: char| c.is_uppercase() || matches!(c, '«' | '"'))
        {
            ends.push((i, n));
        }
    }
    let mut best = None;
    for (at, next) in ends {
        let p = head[..at].trim();
        if p.is_empty() || next >= s.len() || s[next..].trim().len() < 20 {
            continue;
        }
        let dash = head[at..next].trim();
        let bracket = p.rfind('(').map(|b| &p[b..]).filter(|b| b.ends_with(')'));
        let short_bracket = bracket
            .is_some_and(|b| b.split_whitespace().count() <= 4 && b.chars().nth(1).is_some_and(|c| c.is_uppercase()));
        let found = dates::find(p, base, langs);
        let rest = p[..p.rfind('(').filter(|_| bracket.is_some()).unwrap_or(p.len())].trim();
        // The place is what stands before the date.
        let rest = found
            .first()
            .map_or(rest, |f| {
                rest.get(..(f.span.start as usize - base).saturating_sub(s.len() - s.trim_start().len()))
                    .unwrap_or(rest)
            })
            .trim_matches([',', ' ']);
        let plain: Vec<&str> =
            rest.split(|c: char| c.is_whitespace() || matches!(c, ',' | '/')).filter(|w| !w.is_empty()).collect();
        let capital = plain.first().is_none_or(|w| w.trim_start_matches('(').starts_with(char::is_uppercase));
        let shouting = plain.iter().any(|w| w.chars().count() > 2)
            && rest.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        let dated = !found.is_empty() && remainder(p, base, &found) <= 5 && plain.len() <= 10;
        // "Bamako, lundi 8 novembre 2021. ", "APA-Bamako (Mali), 8 novembre 2021 : ": the place and the whole day, nothing else
        let whole = found.last().is_some_and(|f| f.year.is_some() && f.span.end as usize - base == at)
            && found.len() == 1
            && (1..=3).contains(&plain.len())
            && plain.iter().all(|w| w.chars().count() > 2 && w.trim_start_matches('(').starts_with(char::is_uppercase));
        if best.is_none() && whole && matches!(dash, "." | ":") {
            best = Some((next, false));
            continue;
        }
        if dash == ":" {
            continue;
        }
        let sure = capital
            && ((short_bracket && plain.len() <= 6 && (!dash.is_empty() || shouting || dated))
                || (dated && (shouting || !dash.is_empty() && dash != ".")));
        if sure && (dash != "." || shouting || short_bracket && p.ends_with(')') && dated) {
            best = Some((next, true));
            if !dash.is_empty() && dash != "." {
                break;
            }
        } else if shouting && !dash.is_empty() && dash != "." && plain.len() <= 6 {
            best = Some((next, best.is_some_and(|b: (usize, bool)| b.1)));
        } else if best.is_none()
            && dash.starts_with(['-', '–', '—'])
            && capital
            && plain.len() <= 2
            && bracket.is_none()
            && plain.iter().all(|w| w.starts_with(char::is_uppercase))
        {
            best = Some((next, false));
        }
    }
    best.map(|(n, sure)| (base + n, sure))
}
