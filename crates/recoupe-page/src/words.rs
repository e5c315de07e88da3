//! The words of a text: pages are cut into them whole, several times.

/// Runs of letters and figures.
pub(crate) fn words(text: &str) -> Runs<'_> {
    Runs { rest: text, plain: u8::is_ascii_alphanumeric, other: char::is_alphanumeric }
}

/// Runs of letters alone.
pub(crate) fn letters(text: &str) -> Runs<'_> {
    Runs { rest: text, plain: u8::is_ascii_alphabetic, other: char::is_alphabetic }
}

/// Runs of characters of one sort.
pub(crate) struct Runs<'a> {
    rest: &'a str,
    /// Which ASCII characters are of it, and which others.
    plain: fn(&u8) -> bool,
    other: fn(char) -> bool,
}

impl Runs<'_> {
    /// Where the first character stands that is of the sort, or is not.
    #[inline]
    fn first(&self, of_sort: bool) -> usize {
        let bytes = self.rest.as_bytes();
        let mut at = 0;
        while let Some(b) = bytes.get(at) {
            if b.is_ascii() {
                if (self.plain)(b) == of_sort {
                    return at;
                }
                at += 1;
            } else {
                let Some(c) = self.rest[at..].chars().next() else { break };
                if (self.other)(c) == of_sort {
                    return at;
                }
                at += c.len_utf8();
            }
        }
        bytes.len()
    }
}

impl<'a> Iterator for Runs<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        self.rest = &self.rest[self.first(true)..];
        let (word, rest) = self.rest.split_at(self.first(false));
        self.rest = rest;
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
