//! A quick “no” to the question whether a phrase of a list stands in a sentence, without opening its hyphens and apostrophes first.

use recoupe_text::Prefixes;

/// Phrases by their first words.
pub(crate) struct Glance {
    firsts: Prefixes,
    /// For each phrase the words behind its first, and whether any ending may follow the first.
    rests: Vec<(String, bool)>,
}

/// Whether a byte is one of a word.
pub(crate) fn letter(b: &u8) -> bool {
    b.is_ascii_alphanumeric() || *b >= 0x80
}

impl Glance {
    /// Phrases as [`recoupe_mention::key`] gives them, without the blank at the end, and whether any ending may follow each.
    pub fn new<'a>(phrases: impl Iterator<Item = (&'a str, bool)>) -> Self {
        let (firsts, rests): (Vec<&str>, Vec<(String, bool)>) = phrases
            .map(|(p, open)| match p.split_once(' ') {
                Some((first, rest)) => (first, (rest.to_owned(), false)),
                None => (p, (String::new(), open)),
            })
            .unzip();
        Self { firsts: firsts.into_iter().collect(), rests }
    }

    /// Whether one of the phrases may stand in a folded sentence; `false` is certain.
    pub fn may_stand(&self, folded: &str) -> bool {
        // what else is beyond ASCII may look different once more folded, as a key is
        let same = |c: char| c.is_ascii() || matches!(c, '«' | '»' | '“' | '”' | '…');
        if !folded.is_ascii() && !folded.chars().all(same) {
            return true;
        }
        let bytes = folded.as_bytes();
        let mut inside = false;
        bytes.iter().enumerate().any(|(start, b)| {
            let begins = !std::mem::replace(&mut inside, letter(b));
            begins
                && self.firsts.at(&bytes[start..], |phrase, len| {
                    let (rest, open) = &self.rests[phrase];
                    let behind = &bytes[start + len..];
                    (*open || !behind.first().is_some_and(letter)) && goes_on(rest, behind)
                })
        })
    }
}

/// Whether the words of a phrase stand next in a text, whatever parts them there.
fn goes_on(rest: &str, mut text: &[u8]) -> bool {
    rest.is_empty()
        || rest.split(' ').all(|word| {
            let gap = text.iter().take_while(|b| matches!(b, b'-' | b'\'' | b'.' | b'"' | b' ')).count();
            let next = text[gap..].strip_prefix(word.as_bytes()).filter(|_| gap > 0);
            text = next.unwrap_or_default();
            next.is_some()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_may_stand_where_all_its_words_do() {
        let g = Glance::new([("coup d etat", false), ("tir", false), ("bombard", true), ("a", false)].into_iter());
        for s in
            ["le coup d'etat", "un coup-d'etat.", "tir", "des \"tir\"s", "il bombarda", "«a»", "elle a", "…tir ou tir"]
        {
            // what stands right behind a letter beyond ASCII begins no word there
            assert_eq!(g.may_stand(s), !s.starts_with('«'), "{s}");
        }
        for s in ["un coup d'oeil", "tirs", "le coup", "coupd'etat", "an", ""] {
            assert!(!g.may_stand(s), "{s}");
        }
        assert!(g.may_stand("straße"));
    }
}
