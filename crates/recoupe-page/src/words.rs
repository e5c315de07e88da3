//! The words of a text: pages are cut into them whole, several times.

/// Of each byte, whether it stands outside a run of letters and figures (0) or in one (1), or is part of a character beyond
/// ASCII (2).
static WORDS: [u8; 256] = table(true);
/// The same for runs of letters alone.
static LETTERS: [u8; 256] = table(false);
const BEYOND: u8 = 2;

const fn table(figures: bool) -> [u8; 256] {
    let mut table = [BEYOND; 256];
    let mut b = 0;
    while b < 128 {
        let c = b as u8;
        table[b] = (c.is_ascii_alphabetic() || figures && c.is_ascii_digit()) as u8;
        b += 1;
    }
    table
}

/// Runs of letters and figures.
pub(crate) fn words(text: &str) -> Runs<'_, true> {
    Runs(text)
}

/// How many runs of letters and figures a text has.
pub(crate) fn count(text: &str) -> usize {
    if !text.is_ascii() {
        return words(text).count();
    }
    // a run begins where a letter stands behind none
    let mut inside = 0;
    text.bytes().map(|b| usize::from(std::mem::replace(&mut inside, WORDS[usize::from(b)]) < inside)).sum()
}

/// Runs of letters alone.
pub(crate) fn letters(text: &str) -> Runs<'_, false> {
    Runs(text)
}

/// Runs of letters, and of figures where those count.
pub(crate) struct Runs<'a, const FIGURES: bool>(&'a str);

impl<const FIGURES: bool> Runs<'_, FIGURES> {
    /// Where the first character stands that belongs to a run, or to none.
    #[inline]
    fn first(&self, inside: bool) -> usize {
        let table = if FIGURES { &WORDS } else { &LETTERS };
        let bytes = self.0.as_bytes();
        let mut at = 0;
        while let Some(b) = bytes.get(at) {
            let sort = table[usize::from(*b)];
            if sort == u8::from(inside) {
                return at;
            }
            if sort == BEYOND {
                let Some(c) = self.0[at..].chars().next() else { break };
                if (if FIGURES { c.is_alphanumeric() } else { c.is_alphabetic() }) == inside {
                    return at;
                }
                at += c.len_utf8();
            } else {
                at += 1;
            }
        }
        bytes.len()
    }
}

impl<'a, const FIGURES: bool> Iterator for Runs<'a, FIGURES> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        self.0 = &self.0[self.first(true)..];
        let (word, rest) = self.0.split_at(self.first(false));
        self.0 = rest;
        (!word.is_empty()).then_some(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_runs_of_letters_and_figures() {
        let t = " «L'été 2021», à n°3 : 2e — ok ";
        assert_eq!(words(t).collect::<Vec<_>>(), ["L", "été", "2021", "à", "n", "3", "2e", "ok"]);
        assert_eq!(letters(t).collect::<Vec<_>>(), ["L", "été", "à", "n", "e", "ok"]);
        assert_eq!((count(t), count("l'an 2021, ok"), count("")), (8, 4, 0));
        assert_eq!(words("…").count() + letters("12").count() + words("").count(), 0);
    }
}
