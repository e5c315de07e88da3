//! Where the article ends: what stands below it is furniture even where it is written in whole sentences.

use recoupe_pack::WordTable;

use crate::classify::stems;
use crate::line::{Label, Line};
use crate::model::{BlockKind, Why};

/// A paragraph of so many words belongs to the article wherever it stands.
const LONG: u16 = 45;
/// Lines of furniture that a box amid the article may have.
const BOX: usize = 6;
/// Lines of furniture that a note with its buttons may have.
const BUTTONS: usize = 3;
/// Lines of furniture after which a sentence must show that it belongs to the article.
const GAP: usize = 2;

/// Finds the last line that belongs to the text and drops the sentences below it. `first` is the first line of the text.
///
/// A sentence after furniture belongs to the text when it takes up its words, or when one further down does. So furniture amid an
/// article, however long, never ends it.
pub(crate) fn find(lines: &mut [Line], first: usize, stops: &WordTable) {
    let mut body: Vec<String> = Vec::new();
    // Lines that belong to the text, whose words are not in `body` yet: most texts end without anybody asking for them.
    let mut unread: Vec<usize> = Vec::new();
    let mut prose = 0u32;
    let mut gap = 0usize;
    // Whether the furniture is of the kind that stands below articles only.
    let mut closed = false;
    // Sentences below furniture, not yet taken up.
    let mut pending: Vec<usize> = Vec::new();
    for i in first..lines.len() {
        let l = &lines[i];
        match l.label {
            Label::Prose | Label::Sentence => {
                let mut taken_up = || {
                    body.extend(unread.drain(..).flat_map(|i| beginnings(&lines[i], stops)));
                    body.sort();
                    body.dedup();
                    let mine = beginnings(l, stops);
                    let shared = mine.iter().filter(|s| body.binary_search(s).is_ok()).count();
                    let enough = if l.words <= 9 { 1 } else { 2 };
                    shared >= enough && shared * 3 >= mine.len()
                };
                // A paragraph by itself below a box: the article goes on. Readers and headlines stand packed, or exclaim.
                let spaced = l.blank_before && lines.get(i + 1).is_none_or(|n| n.blank_before);
                let goes_on = !closed
                    && pending.is_empty()
                    && (spaced && gap <= BOX || l.label == Label::Prose && gap <= BUTTONS)
                    && l.words >= 4
                    && l.end == '.'
                    && l.cue.is_none()
                    && !l.folded.contains(['!', '?']);
                if gap < GAP && pending.is_empty() || l.words >= LONG || goes_on || taken_up() {
                    pending.clear();
                    gap = 0;
                    closed = false;
                    prose += l.words as u32;
                    unread.push(i);
                } else {
                    pending.push(i);
                }
            }
            // Subheadings, clocks and captions stand amid articles; headlines packed together do not.
            Label::Open => {
                let packed = |k: usize| lines.get(k).is_some_and(|n| n.label == Label::Open && n.words >= 4);
                let before = i > first && packed(i - 1) && !l.blank_before;
                let after = packed(i + 1) && !lines[i + 1].blank_before;
                gap += usize::from(l.words >= 4 && l.hint.heading == 0 && l.end != ';' && (before || after));
            }
            Label::Drop(Why::Repeat) => {}
            Label::Drop(why) => {
                closed |= matches!(why, Why::Comments | Why::Credit);
                gap += if matches!(why, Why::Comments) { GAP } else { 1 };
            }
            Label::Kept(_) => {}
        }
    }
    let below: u32 = pending.iter().map(|&i| lines[i].words as u32).sum();
    // A page whose larger part would go is no article with a tail: a list of short news, a live page.
    if below * 2 > prose {
        return;
    }
    for i in pending {
        lines[i].label = Label::Drop(lines[i].cue.map_or(Why::Related, |c| c.why));
    }
}

/// The words of a line that carry meaning, by their first four letters, so that a people goes with its country.
fn beginnings(l: &Line, stops: &WordTable) -> Vec<String> {
    let mut all = stems(l, stops);
    all.iter_mut().for_each(|s| *s = s.chars().take(4).collect());
    all.dedup();
    all
}

/// Drops what tells of the author below the text: a line that begins with a name of the byline.
pub(crate) fn authors(lines: &mut [Line], last: usize, text: &str) {
    let names: Vec<String> = lines
        .iter()
        .filter(|l| l.label == Label::Kept(BlockKind::Byline))
        .flat_map(|l| people(l.span.of(text)))
        .collect();
    // The line before the last one of the text may be the last of the article itself.
    let from = last.saturating_sub(2);
    for l in lines[from..].iter_mut().filter(|l| l.words <= 40) {
        let s = l.span.of(text);
        if matches!(l.label, Label::Prose | Label::Sentence | Label::Open)
            && names.iter().any(|n| s.starts_with(n.as_str()) && s.len() > n.len() + 2)
        {
            l.label = Label::Drop(Why::Other);
        }
    }
}

/// Names of two words and more in a byline.
fn people(s: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut run: Vec<&str> = Vec::new();
    let mut close = |run: &mut Vec<&str>| {
        // The first word may be the "by" of the byline.
        for skip in 0..=usize::from(run.len() > 2) {
            if run.len() >= 2 {
                out.push(run[skip..].join(" "));
            }
        }
        run.clear();
    };
    for w in s.split_whitespace() {
        let name = w.trim_end_matches([',', ';', ':', '|', ')']);
        if name.starts_with(char::is_uppercase) {
            run.push(name);
            if name.len() < w.len() {
                close(&mut run);
            }
        } else {
            close(&mut run);
        }
    }
    close(&mut run);
    out
}
