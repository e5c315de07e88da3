//! Full-text search: accents and case folded, phrases, beginnings of words, what must not stand there; best first, with the passage.

use rusqlite::params;

use crate::error::{About, ErrorKind, StoreError};
use crate::open::Store;

/// A page that was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hit {
    /// Its number in the file.
    pub page: i64,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Its title.
    pub title: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// The first day it may have been published.
    pub day: Option<String>,
    /// The first of its paths.
    pub source: String,
    /// The passage, with [`Marks`] around what was found.
    pub passage: String,
    /// BM25; larger is better.
    pub score: f64,
}

/// What is put around the words that were found.
#[derive(Clone, Copy, Debug)]
pub struct Marks<'a> {
    /// Before.
    pub open: &'a str,
    /// Behind.
    pub close: &'a str,
}

/// Words that rank pages are compared on their whole list; a word that stands on nearly every page says little, so no more than this many
/// matches are weighed, those added last.
const WEIGHED: i64 = 20_000;

/// How many words a passage has.
const WORDS: i64 = 24;

impl Store {
    /// The best `most` pages for a question, and how many there are in all (up to a limit).
    ///
    /// Words must all stand on the page; `"…"` or `«…»` is a phrase, `word*` a beginning, `-word` must not stand there, `OR` parts
    /// alternatives. A title counts four times.
    pub fn search(
        &self,
        question: &str,
        collection: Option<&str>,
        most: usize,
        marks: Marks<'_>,
    ) -> Result<(Vec<Hit>, i64), StoreError> {
        let query = query(question).ok_or_else(|| {
            StoreError::new(&self.path, ErrorKind::Query("a search needs a word that must be there".to_owned()))
        })?;
        let within = match collection {
            Some(name) => Some(self.collection_id(name)?),
            None => None,
        };
        // The inner selects see only the index: passages are made for the pages that are shown, and for no others.
        let sql = "WITH found AS MATERIALIZED (
                SELECT rowid AS page, bm25(page_fts, 4.0, 1.0) AS score FROM page_fts
                WHERE page_fts MATCH ?1
                    AND (?2 IS NULL OR rowid IN (SELECT page FROM collection_page WHERE collection = ?2))
                ORDER BY rowid DESC LIMIT ?6
            ), best AS (SELECT page, score FROM found ORDER BY score, page LIMIT ?3)
            SELECT best.page, best.score, blob.sha256, page_text.title, coalesce(page.outlet, page_text.outlet),
                page_text.day_from, (SELECT min(path) FROM source WHERE source.page = best.page),
                (SELECT snippet(page_fts, 1, ?4, ?5, '…', ?7) FROM page_fts WHERE page_fts MATCH ?1 AND rowid = best.page),
                (SELECT count(*) FROM found)
            FROM best JOIN page ON page.id = best.page JOIN blob ON blob.id = page.blob
                JOIN page_text ON page_text.page = best.page
            ORDER BY best.score, best.page";
        let mut q = self.db.prepare_cached(sql).about(&self.path)?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let mut all = 0;
        let rows = q.query_map(params![query, within, most, marks.open, marks.close, WEIGHED, WORDS], |r| {
            all = r.get(8)?;
            Ok(Hit {
                page: r.get(0)?,
                score: -r.get::<_, f64>(1)?,
                sha256: r.get(2)?,
                title: r.get(3)?,
                outlet: r.get(4)?,
                day: r.get(5)?,
                source: r.get::<_, Option<String>>(6)?.unwrap_or_default(),
                passage: r.get::<_, Option<String>>(7)?.unwrap_or_default(),
            })
        });
        let hits = rows.about(&self.path)?.collect::<Result<_, _>>().about(&self.path)?;
        Ok((hits, all))
    }

    /// Makes the index of words anew from the texts.
    pub fn rebuild_index(&mut self) -> Result<(), StoreError> {
        let path = self.path.clone();
        self.change(|tx| tx.execute_batch("INSERT INTO page_fts (page_fts) VALUES ('rebuild')").about(&path))
    }
}

/// The question in the language of FTS5. Every word is quoted, so nothing a person types is an error of syntax; `None` where no word must
/// be there.
fn query(question: &str) -> Option<String> {
    let mut any: Vec<(Vec<String>, Vec<String>)> = vec![Default::default()];
    let question = question.replace('\0', " ");
    let mut rest = question.trim();
    while let Some(c) = rest.chars().next() {
        if c.is_whitespace() {
            rest = rest.trim_start();
            continue;
        }
        let minus = c == '-';
        let body = if minus { &rest[1..] } else { rest };
        let close = match body.chars().next() {
            Some('"') => Some('"'),
            Some('«') => Some('»'),
            Some('“') => Some('”'),
            _ => None,
        };
        let (word, quoted, left) = match close {
            Some(close) => {
                let inner = &body[body.chars().next().map_or(0, char::len_utf8)..];
                match inner.find(close) {
                    Some(end) => (&inner[..end], true, &inner[end + close.len_utf8()..]),
                    None => (inner, true, ""),
                }
            }
            None => {
                let end = body.find(char::is_whitespace).unwrap_or(body.len());
                (&body[..end], false, &body[end..])
            }
        };
        // A step is always made, also over a lone minus.
        rest = left;
        if !quoted && !minus && word == "OR" {
            any.push(Default::default());
            continue;
        }
        // A star behind a phrase stands for the rest of its last word.
        let behind = left.strip_prefix('*');
        rest = behind.unwrap_or(left);
        let star = behind.is_some() || !quoted && word.ends_with('*');
        if !word.chars().any(char::is_alphanumeric) {
            continue;
        }
        let term = format!("\"{}\"{}", word.trim_end_matches('*').replace('"', "\"\""), if star { "*" } else { "" });
        if let Some(last) = any.last_mut() {
            if minus { last.1.push(term) } else { last.0.push(term) }
        }
    }
    let parts: Vec<String> = any
        .into_iter()
        .filter(|(must, _)| !must.is_empty())
        .map(|(must, not)| {
            let mut part = format!("({})", must.join(" AND "));
            for n in not {
                part = format!("({part} NOT {n})");
            }
            part
        })
        .collect();
    if parts.is_empty() { None } else { Some(parts.join(" OR ")) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::query;

    #[test]
    fn questions_become_queries() {
        let is = |q: &str, expected: &str| assert_eq!(query(q).as_deref(), Some(expected), "{q}");
        is("tués Idleb", "(\"tués\" AND \"Idleb\")");
        is("« frappe aérienne » -russe", "((\" frappe aérienne \") NOT \"russe\")");
        is("bombard* OR \"l'armée\"", "(\"bombard\"*) OR (\"l'armée\")");
        is("NEAR( AND \"unfinished", "(\"NEAR(\" AND \"AND\" AND \"unfinished\")");
        assert_eq!(query("-russe"), None);
        assert_eq!(query(" \"\" - * OR"), None);
    }

    proptest! {
        #[test]
        fn no_question_breaks_the_syntax(q in ".{0,40}") {
            let Some(query) = query(&q) else { return Ok(()) };
            let db = rusqlite::Connection::open_in_memory().expect("a database");
            db.execute_batch("CREATE VIRTUAL TABLE t USING fts5 (a, tokenize = 'unicode61 remove_diacritics 2')").expect("a table");
            let found = db.query_row("SELECT count(*) FROM t WHERE t MATCH ?1", [&query], |r| r.get::<_, i64>(0));
            prop_assert!(found.is_ok(), "{} {:?}", query, found);
        }
    }
}
