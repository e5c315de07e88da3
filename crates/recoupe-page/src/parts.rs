//! Several articles on one page: glued second articles and digests.

use recoupe_pack::WordTable;

use crate::furniture;
use crate::line::{Label, Line};
use crate::model::{BlockKind, Why};
use crate::rules::{Lang, Theme, bounded};

/// What was found, for the page's notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// A second article, kept: index of its first line.
    Second(usize),
    /// An item about something else altogether, dropped.
    Other(usize),
}

/// Most headings that are looked at: a page of hundreds is no glued page, and each look reads what stands above.
const MOST: usize = 40;

/// Numbers the articles of the page. An article of another section of the paper (sport below war) is dropped.
pub(crate) fn number(
    lines: &mut [Line],
    title: Option<usize>,
    text: &str,
    langs: &[&Lang],
    stops: &WordTable,
) -> Vec<Found> {
    let mut found = Vec::new();
    if digest(lines, langs) {
        items(lines, langs, title, &mut found);
        return found;
    }
    let mut part = 0u16;
    let mut looked = 0;
    let mut i = title.map_or(0, |t| t + 1);
    let mut main_words = 0u32;
    while i < lines.len() {
        let l = &lines[i];
        let heading = matches!(l.label, Label::Kept(BlockKind::Heading)) && l.words >= 3;
        // A heading with the text below it, down to the next heading.
        if heading && l.blank_before && main_words >= 40 && looked < MOST {
            looked += 1;
            let end = (i + 1..lines.len())
                .find(|&k| matches!(lines[k].label, Label::Kept(BlockKind::Heading)))
                .unwrap_or(lines.len());
            let section: Vec<&Line> = lines[i..end].iter().filter(|l| l.kept()).collect();
            let prose: u32 = section
                .iter()
                .filter(|l| matches!(l.label, Label::Prose | Label::Sentence))
                .map(|l| l.words as u32)
                .sum();
            let main = names(lines[..i].iter().filter(|l| l.kept() && l.part == 0), stops);
            let mine = names(section.iter().copied(), stops);
            let shared = mine.iter().filter(|n| main.binary_search(n).is_ok()).count();
            let first = lines[i + 1..end].iter().find(|l| l.kept());
            // A date line tells another article only where this one has its own already: else it is the one below the standfirst.
            // One cut off a paragraph is an article's beginning wherever it stands.
            let cut = lines[i + 1..end]
                .iter()
                .find(|l| l.kept() && l.label != Label::Kept(BlockKind::Dateline))
                .is_some_and(|l| l.joined);
            let dated = cut || lines[..i].iter().any(|l| l.kept() && l.label == Label::Kept(BlockKind::Dateline));
            let own_dateline = first.is_some_and(|l| {
                l.label == Label::Kept(BlockKind::Dateline) && (dated || main_words >= 120)
                    || l.label == Label::Prose && furniture::dateline(text, l, langs).is_some_and(|d| d.1)
            });
            let other = theme(&section, langs)
                .filter(|t| theme_hits(&lines[..i].iter().filter(|l| l.kept()).collect::<Vec<_>>(), t) < 2)
                .is_some();
            if prose >= 15 && other {
                for l in lines[i..end].iter_mut().filter(|l| l.kept()) {
                    l.part = part + 1;
                    l.label = Label::Drop(Why::Related);
                }
                found.push(Found::Other(i));
                i = end;
                continue;
            }
            if prose >= 20 && (own_dateline || shared == 0 && prose >= 30 && mine.len() >= 4) {
                part += 1;
                lines[i].label = Label::Kept(BlockKind::Title);
                found.push(Found::Second(i));
            }
        }
        if lines[i].kept() {
            lines[i].part = part;
            if part == 0 && matches!(lines[i].label, Label::Prose | Label::Sentence) {
                main_words += lines[i].words as u32;
            }
        }
        i += 1;
    }
    found
}

/// Beginnings of the words that carry meaning, sorted.
fn names<'a>(lines: impl Iterator<Item = &'a Line>, stops: &WordTable) -> Vec<String> {
    let mut v: Vec<String> = lines
        .flat_map(|l| l.folded.split(|c: char| !c.is_alphanumeric()))
        .filter(|w| w.chars().count() >= 5 && !stops.has(w))
        .map(|w| w.chars().take(6).collect())
        .collect();
    v.sort();
    v.dedup();
    v
}

/// The theme that a section is plainly about.
fn theme<'a>(section: &[&Line], langs: &[&'a Lang]) -> Option<&'a Theme> {
    let first = section.first()?;
    langs.iter().flat_map(|l| &l.themes).find(|t| labelled(&first.folded, t) || theme_hits(section, t) >= 3)
}

/// "Football : …".
fn labelled(folded: &str, t: &Theme) -> bool {
    folded.split_once(':').is_some_and(|(label, _)| t.labels.iter().any(|l| l == label.trim()))
}

/// How many different words of the theme the lines hold.
fn theme_hits(section: &[&Line], t: &Theme) -> usize {
    t.words
        .iter()
        .filter(|w| {
            section.iter().any(|l| {
                l.folded.match_indices(w.as_str()).any(|(at, _)| {
                    let start_ok = !l.folded[..at].chars().next_back().is_some_and(char::is_alphanumeric);
                    // Short words count whole, longer ones as beginnings (tournoi, tournois).
                    start_ok
                        && (w.len() > 5
                            || bounded(&l.folded, at, at + w.len())
                            || l.folded[at + w.len()..].starts_with('s'))
                })
            })
        })
        .count()
}

/// "Niger : two gendarmes killed. Armed men …": a label, a colon, a headline, all in one short paragraph.
fn item(l: &Line) -> bool {
    let Some((label, rest)) = l.folded.split_once(':') else { return false };
    // no more words are counted than tell a label from a clause
    let label_words = label.split_whitespace().take(5).count();
    if !(1..=4).contains(&label_words) || label.contains(['«', '"', ',']) {
        return false;
    }
    let headline = rest.split(['.', '?', '!']).next().unwrap_or("");
    (1..=14).contains(&headline.split_whitespace().take(15).count()) && headline.len() < rest.trim_end().len() - 1
}

/// Whether most paragraphs are such items.
fn digest(lines: &[Line], langs: &[&Lang]) -> bool {
    let prose: Vec<&Line> = lines.iter().filter(|l| matches!(l.label, Label::Prose | Label::Sentence)).collect();
    let items = prose.iter().filter(|l| item(l)).count();
    if items < 3 {
        return false;
    }
    let named = lines.iter().take(12).filter(|l| l.words <= 14).any(|l| {
        langs
            .iter()
            .flat_map(|g| &g.digests)
            .any(|d| l.folded.match_indices(d.as_str()).any(|(at, m)| bounded(&l.folded, at, at + m.len())))
    });
    items >= 3 && (items * 3 >= prose.len() * 2 || named && items * 2 >= prose.len())
}

fn items(lines: &mut [Line], langs: &[&Lang], title: Option<usize>, found: &mut Vec<Found>) {
    // A paper of one section only (sports briefs) keeps its items.
    let all: Vec<&Line> = lines.iter().filter(|l| matches!(l.label, Label::Prose | Label::Sentence)).collect();
    let themed = all.iter().filter(|l| theme(&[l], langs).is_some()).count();
    let keep_themes = themed * 2 > all.len();
    let mut part = 0u16;
    let mut first = true;
    for (i, l) in lines.iter_mut().enumerate().skip(title.map_or(0, |t| t + 1)) {
        if !matches!(l.label, Label::Prose | Label::Sentence | Label::Kept(BlockKind::Heading)) {
            continue;
        }
        if matches!(l.label, Label::Prose | Label::Sentence) && item(l) {
            if !first {
                part = u16::saturating_add(part, 1);
            }
            first = false;
            l.part = part;
            if !keep_themes && theme(&[&*l], langs).is_some() {
                l.label = Label::Drop(Why::Related);
                found.push(Found::Other(i));
            }
        } else {
            l.part = part;
        }
    }
}
