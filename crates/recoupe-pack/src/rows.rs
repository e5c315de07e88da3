//! Rows of words that stand one behind the other in a sentence, asked at every token and hardly ever there.

use recoupe_text::{ListSketch, bare, fold};
use serde::Deserialize;

/// Fixed rows of words, in the order of the pack; compared without case, accents and apostrophes at the end of words, behind
/// which the next word begins. A sentence is the row of its folded tokens.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct WordRows {
    rows: Vec<Vec<String>>,
    /// The words with which the rows begin.
    openings: ListSketch,
}

impl From<Vec<String>> for WordRows {
    fn from(rows: Vec<String>) -> Self {
        let words = |r: &String| {
            fold(r).replace('\'', "' ").split_whitespace().map(|w| bare(w).to_owned()).collect::<Vec<String>>()
        };
        rows.iter().map(words).collect()
    }
}

impl FromIterator<Vec<String>> for WordRows {
    fn from_iter<I: IntoIterator<Item = Vec<String>>>(rows: I) -> Self {
        let rows: Vec<Vec<String>> = rows.into_iter().filter(|r| !r.is_empty()).collect();
        let openings = rows.iter().map(|r| r[0].as_str()).collect();
        Self { rows, openings }
    }
}

impl WordRows {
    /// The rows that stand at a token, in the order of the pack: how many tokens each takes.
    fn all_at(&self, tokens: &[String], at: usize) -> impl Iterator<Item = usize> {
        let here = tokens.get(at..).unwrap_or_default();
        let first = here.first().map_or("", |f| bare(f));
        let rows = if self.openings.may_hold(first) { self.rows.as_slice() } else { &[] };
        let stands = move |row: &&Vec<String>| {
            row[0] == first && row.len() <= here.len() && row.iter().zip(here).skip(1).all(|(w, t)| w == bare(t))
        };
        rows.iter().filter(stands).map(Vec::len)
    }

    /// How many tokens the first row takes that stands at a token, where one does.
    pub fn at(&self, tokens: &[String], at: usize) -> Option<usize> {
        self.all_at(tokens, at).next()
    }

    /// How many tokens the longest row takes that stands at a token, where one does.
    pub fn longest_at(&self, tokens: &[String], at: usize) -> Option<usize> {
        self.all_at(tokens, at).max()
    }

    /// Whether a row stands at a token.
    pub fn stand_at(&self, tokens: &[String], at: usize) -> bool {
        self.at(tokens, at).is_some()
    }

    /// Whether a row covers a token that starts there or up to three tokens before.
    pub fn covers(&self, tokens: &[String], at: usize) -> bool {
        (at.saturating_sub(3)..=at).any(|t| self.longest_at(tokens, t).is_some_and(|n| t + n > at))
    }

    /// Where the rows start that end right before a token, in the order of the pack.
    pub fn all_before(&self, tokens: &[String], end: usize) -> impl Iterator<Item = usize> {
        self.rows.iter().filter_map(move |r| {
            let start = end.checked_sub(r.len())?;
            let here = tokens.get(start..end)?;
            r.iter().zip(here).rev().all(|(w, t)| w == bare(t)).then_some(start)
        })
    }

    /// Where the longest row starts that ends right before a token, where one does.
    pub fn before(&self, tokens: &[String], end: usize) -> Option<usize> {
        self.all_before(tokens, end).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_where_all_their_words_do() {
        let rows: WordRows = vec!["en est".to_owned(), "À l'en croire".into(), "en est resté".into()].into();
        let tokens: Vec<String> = ["a", "l'", "en", "croire", "il", "en", "est", "reste"].map(str::to_owned).into();
        assert_eq!((rows.at(&tokens, 0), rows.at(&tokens, 2), rows.at(&tokens, 8)), (Some(4), None, None));
        assert_eq!((rows.at(&tokens, 5), rows.longest_at(&tokens, 5)), (Some(2), Some(3)));
        assert_eq!(
            (rows.before(&tokens, 8), rows.before(&tokens, 7), rows.before(&tokens, 1)),
            (Some(5), Some(5), None)
        );
        assert!(!rows.stand_at(&tokens[..6], 5) && !WordRows::default().stand_at(&tokens, 0));
    }
}
