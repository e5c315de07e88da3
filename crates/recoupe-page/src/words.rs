//! The words of a text: pages are cut into them whole, several times.

/// What a byte is.
#[derive(Clone, Copy)]
enum Sort {
    Letter,
    Figure,
    Other,
    /// Part of a character beyond ASCII.
    Beyond,
}

static SORTS: [Sort; 256] = {
    let mut sorts = [Sort::Beyond; 256];
    let mut b = 0;
    while b < 128 {
        sorts[b] = match b as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Sort::Letter,
            b'0'..=b'9' => Sort::Figure,
            _ => Sort::Other,
        };
        b += 1;
    }
    sorts
};

/// Runs of letters and figures.
pub(crate) fn words(text: &str) -> Runs<'_, true> {
    Runs(text)
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
        let bytes = self.0.as_bytes();
        let mut at = 0;
        while let Some(b) = bytes.get(at) {
            let (belongs, len) = match SORTS[usize::from(*b)] {
                Sort::Letter => (true, 1),
                Sort::Figure => (FIGURES, 1),
                Sort::Other => (false, 1),
                Sort::Beyond => {
                    let Some(c) = self.0[at..].chars().next() else { break };
                    (if FIGURES { c.is_alphanumeric() } else { c.is_alphabetic() }, c.len_utf8())
                }
            };
            if belongs == inside {
                return at;
            }
            at += len;
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
        assert_eq!(words("…").count() + letters("12").count() + words("").count(), 0);
    }
}
