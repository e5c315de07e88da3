//! Trees as CoNLL-U.

use std::fmt::Write;

use recoupe_text::{Sentence, squeeze};

use crate::Tree;

/// CoNLL-U of parsed sentences: contractions as ranges, `TokenRange=start:end` (bytes of `text`) and `SpaceAfter=No` in MISC.
pub fn write(text: &str, sentences: &[(Sentence, Tree)]) -> String {
    let mut out = String::new();
    for (n, (sentence, tree)) in sentences.iter().enumerate() {
        let _ = writeln!(out, "# sent_id = {}\n# text = {}", n + 1, squeeze(sentence.span.of(text)));
        let misc = |token: u32| {
            let Some(t) = sentence.tokens.get(token as usize) else { return "_".to_owned() };
            let glued = sentence.tokens.get(token as usize + 1).is_some_and(|u| u.span.start == t.span.end);
            let space = if glued { "SpaceAfter=No|" } else { "" };
            format!("{space}TokenRange={}:{}", t.span.start, t.span.end)
        };
        let words = &tree.words;
        for (i, w) in words.iter().enumerate() {
            let shares = |k: Option<&crate::Word>| k.is_some_and(|o| o.token == w.token);
            let first = i == 0 || !shares(words.get(i - 1));
            let last = !shares(words.get(i + 1));
            if first && !last {
                let end = words[i..].iter().take_while(|o| o.token == w.token).count() + i;
                let _ = writeln!(
                    out,
                    "{}-{}\t{}\t_\t_\t_\t_\t_\t_\t_\t{}",
                    i + 1,
                    end,
                    squeeze(w.span.of(text)),
                    misc(w.token)
                );
            }
            let head = w.head.map_or(0, |h| h + 1);
            let sub = w.sub.ud().map(|s| format!(":{s}")).unwrap_or_default();
            let misc = if first && last { misc(w.token) } else { "_".to_owned() };
            let (form, lemma) = (plain(&w.form), plain(&w.lemma));
            let _ = writeln!(
                out,
                "{}\t{form}\t{lemma}\t{}\t_\t{}\t{head}\t{}{sub}\t_\t{misc}",
                i + 1,
                w.upos.ud(),
                w.feats.ud(),
                w.dep.ud()
            );
        }
        out.push('\n');
    }
    out
}

/// A cell must not be empty nor hold a tab or a break.
fn plain(cell: &str) -> String {
    let s = squeeze(cell);
    if s.is_empty() { "_".to_owned() } else { s }
}
