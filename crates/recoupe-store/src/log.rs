//! The log of decisions: lines of `recoupe.decisions/1` that are only ever added, each chained to the one before by its hash.
//!
//! Changing, leaving out or reordering an entry breaks the chain. Cutting entries off at the end does not, so the last hash is noted beside the
//! log too; who keeps a hash elsewhere can ask whether the log still holds it.

use std::path::Path;

use recoupe_wire::decision_file;
use rusqlite::types::ValueRef;
use rusqlite::{OptionalExtension, Transaction, params};

use crate::canonical;
use crate::error::{About, ErrorKind, StoreError};
use crate::open::{Store, now};
use crate::pages::digest;

/// What the first entry follows.
const ROOT: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Where the chain ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// How many entries there are.
    pub entries: i64,
    /// The hash of the last; 64 zeros where there is none.
    pub hash: String,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number, from 1.
    pub seq: i64,
    /// The hash of the one before.
    pub prev: String,
    /// When it was taken in: UTC, to the second.
    pub recorded: String,
    /// Who handed it in.
    pub author: String,
    /// The decision: one line of `recoupe.decisions/1`, in canonical form.
    pub line: String,
    /// SHA-256 of all this, see [`Entry::expected`].
    pub hash: String,
}

impl Entry {
    /// The hash that the entry must have.
    pub fn expected(&self) -> String {
        let Self { seq, prev, recorded, author, line, .. } = self;
        digest(format!("recoupe.log/1\n{seq}\n{prev}\n{recorded}\n{author}\n{line}").as_bytes())
    }
}

/// A decision that is safely in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Number of its entry.
    pub seq: i64,
    /// Id of the decision.
    pub id: String,
    /// Hash of its entry.
    pub hash: String,
    /// Whether it was added now; else the same line was there already.
    pub new: bool,
}

/// What is wrong with the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// An entry is missing, or its number was changed: another number was expected.
    Number {
        /// The number it has.
        seq: i64,
        /// The one it should have.
        expected: i64,
    },
    /// An entry does not name the hash of the one before.
    Chain(i64),
    /// An entry is not what was hashed.
    Hash(i64),
    /// An entry cannot be read.
    Unreadable {
        /// The last number that could be read.
        after: i64,
        /// Why.
        message: String,
    },
    /// The log does not end as noted: entries were cut off or slipped in.
    End {
        /// As noted.
        noted: i64,
        /// As found.
        found: i64,
    },
    /// The table itself is broken, though its entries may be read.
    Table(String),
    /// The hash that was asked for is not in the log.
    Absent(String),
}

impl Store {
    /// Adds the decisions of a text of `recoupe.decisions/1`, all or none. A line that is there already is passed over; one that does not fit,
    /// or has the id of another decision, is an error. `author` is who hands them in; without one, who decided each.
    pub fn decide(&mut self, text: &str, author: Option<&str>) -> Result<Vec<Recorded>, StoreError> {
        let path = self.path.clone();
        let fail = |line: usize, message: String| StoreError::new(&path, ErrorKind::Decision { line, message });
        let decisions = decision_file::read(text).map_err(|bad| {
            bad.into_iter().next().map_or_else(|| fail(0, String::new()), |b| fail(b.line, b.message))
        })?;
        let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
        let mut ready = Vec::with_capacity(decisions.len());
        for (n, d) in decisions {
            let line = canonical::object(lines.get(n - 1).unwrap_or(&"")).map_err(|e| fail(n, e.to_string()))?;
            let by = author.unwrap_or(&d.author);
            if by.trim().is_empty() || by.contains(['\n', '\0']) || line.contains('\0') {
                return Err(fail(n, "a name of an author is one line of text".to_owned()));
            }
            ready.push((n, d.id, line, by.to_owned()));
        }
        self.change(|tx| {
            let mut head = head(tx, &path)?;
            let mut out = Vec::with_capacity(ready.len());
            for (n, id, line, author) in ready {
                if let Some((seq, old, hash)) = by_id(tx, &path, &id)? {
                    if old != line {
                        return Err(fail(n, format!("another decision has the id {id:?} (entry {seq} of the log)")));
                    }
                    out.push(Recorded { seq, id, hash, new: false });
                    continue;
                }
                let (seq, prev) = (head.entries + 1, head.hash);
                let mut e = Entry { seq, prev, recorded: now(), author, line, hash: String::new() };
                e.hash = e.expected();
                append(tx, &e).about(&path)?;
                head = Head { entries: seq, hash: e.hash.clone() };
                out.push(Recorded { seq, id, hash: e.hash, new: true });
            }
            note(tx, &head).about(&path)?;
            Ok(out)
        })
    }

    /// All entries, in order.
    pub fn log(&self) -> Result<Vec<Entry>, StoreError> {
        let mut out = Vec::new();
        self.each_entry(|e| out.push(e)).map_err(|(_, m)| StoreError::new(&self.path, ErrorKind::Damaged(m)))?;
        Ok(out)
    }

    /// Entries after the one of this number, in order.
    pub fn log_after(&self, seq: i64) -> Result<Vec<Entry>, StoreError> {
        self.log_where("seq > ?1 AND ?2 IS NULL AND ?3 IS NULL ORDER BY seq", seq, [None, None])
    }

    /// The last entries before the one of this number, the last first: all, or those of an author or of a kind.
    pub fn log_before(
        &self,
        seq: i64,
        author: Option<&str>,
        kind: Option<&str>,
        most: usize,
    ) -> Result<Vec<Entry>, StoreError> {
        let condition = format!(
            "seq < ?1 AND (?2 IS NULL OR author = ?2) AND (?3 IS NULL OR kind = ?3) ORDER BY seq DESC LIMIT {most}"
        );
        self.log_where(&condition, seq, [author, kind])
    }

    fn log_where(
        &self,
        condition: &str,
        seq: i64,
        [author, kind]: [Option<&str>; 2],
    ) -> Result<Vec<Entry>, StoreError> {
        let sql = format!("SELECT seq, prev, recorded, author, line, hash FROM decision_log WHERE {condition}");
        let mut q = self.db.prepare_cached(&sql).about(&self.path)?;
        let rows = q.query_map(params![seq, author, kind], |r| {
            let (seq, prev, recorded) = (r.get(0)?, r.get(1)?, r.get(2)?);
            Ok(Entry { seq, prev, recorded, author: r.get(3)?, line: r.get(4)?, hash: r.get(5)? })
        });
        rows.about(&self.path)?.collect::<Result<_, _>>().about(&self.path)
    }

    /// The decisions as a file of `recoupe.decisions/1`.
    pub fn decisions(&self) -> Result<String, StoreError> {
        let mut out = format!("{{\"format\":\"{}\"}}\n", recoupe_wire::DECISIONS);
        for e in self.log()? {
            out.push_str(&e.line);
            out.push('\n');
        }
        Ok(out)
    }

    /// How many decisions there are.
    pub fn decided(&self) -> Result<i64, StoreError> {
        self.db.query_row("SELECT count(*) FROM decision_log", [], |r| r.get(0)).about(&self.path)
    }

    /// Checks every entry of the log. `held` is a hash that somebody kept elsewhere: the log must still hold it.
    pub fn verify_log(&self, held: Option<&str>) -> Result<(Head, Vec<Fault>), StoreError> {
        let mut faults = Vec::new();
        let mut head = Head { entries: 0, hash: ROOT.to_owned() };
        let mut last = 0;
        let mut met = held.is_none_or(|h| h == ROOT);
        let all = self.each_entry(|e| {
            if e.seq != last + 1 {
                faults.push(Fault::Number { seq: e.seq, expected: last + 1 });
            }
            if e.prev != head.hash {
                faults.push(Fault::Chain(e.seq));
            }
            if e.hash != e.expected() {
                faults.push(Fault::Hash(e.seq));
            }
            met |= held == Some(e.hash.as_str());
            last = e.seq;
            head = Head { entries: head.entries + 1, hash: e.hash };
        });
        if let Err((after, message)) = all {
            faults.push(Fault::Unreadable { after, message });
        }
        // Bytes of an entry that carry nothing, such as its length, are not hashed; SQLite knows where each must end.
        match self.table_is_sound() {
            Ok(found) => faults.extend(found.into_iter().map(Fault::Table)),
            Err(e) => faults.push(Fault::Table(e.to_string())),
        }
        let noted = self.noted();
        if !matches!(&noted, Ok(n) if *n == head) {
            let noted = noted.map_or(0, |n| n.entries);
            faults.push(Fault::End { noted, found: head.entries });
        }
        if let Some(held) = held.filter(|_| !met) {
            faults.push(Fault::Absent(held.to_owned()));
        }
        Ok((head, faults))
    }

    fn table_is_sound(&self) -> rusqlite::Result<Vec<String>> {
        let mut q = self.db.prepare("PRAGMA integrity_check(decision_log)")?;
        let found = q.query_map([], |r| r.get::<_, String>(0))?;
        Ok(found.collect::<rusqlite::Result<Vec<_>>>()?.into_iter().filter(|l| l != "ok").collect())
    }

    /// Where the log ends, as noted beside it.
    fn noted(&self) -> Result<Head, StoreError> {
        let entries = self.about("log_entries")?.and_then(|n| n.parse().ok()).unwrap_or(0);
        Ok(Head { entries, hash: self.about("log_head")?.unwrap_or_else(|| ROOT.to_owned()) })
    }

    /// Goes through the entries as they lie in the table; an error carries the number of the last entry before it.
    fn each_entry(&self, mut f: impl FnMut(Entry)) -> Result<(), (i64, String)> {
        let mut last = 0;
        let sql = "SELECT seq, prev, recorded, author, line, hash FROM decision_log NOT INDEXED ORDER BY seq";
        let mut q = self.db.prepare(sql).map_err(|e| (last, e.to_string()))?;
        let mut rows = q.query([]).map_err(|e| (last, e.to_string()))?;
        while let Some(r) = rows.next().map_err(|e| (last, e.to_string()))? {
            let text = |i: usize| match r.get_ref(i) {
                Ok(ValueRef::Text(t)) => String::from_utf8(t.to_vec()).map_err(|_| "not UTF-8".to_owned()),
                Ok(_) => Err("not text".to_owned()),
                Err(e) => Err(e.to_string()),
            };
            let read = || -> Result<Entry, String> {
                Ok(Entry {
                    seq: r.get(0).map_err(|e| e.to_string())?,
                    prev: text(1)?,
                    recorded: text(2)?,
                    author: text(3)?,
                    line: text(4)?,
                    hash: text(5)?,
                })
            };
            let entry = read().map_err(|e| (last, e))?;
            last = entry.seq;
            f(entry);
        }
        Ok(())
    }
}

/// The end of the chain, from the last entry itself.
fn head(tx: &Transaction<'_>, path: &Path) -> Result<Head, StoreError> {
    let sql = "SELECT seq, hash FROM decision_log ORDER BY seq DESC LIMIT 1";
    let row = tx.query_row(sql, [], |r| Ok(Head { entries: r.get(0)?, hash: r.get(1)? }));
    Ok(row.optional().about(path)?.unwrap_or_else(|| Head { entries: 0, hash: ROOT.to_owned() }))
}

fn by_id(tx: &Transaction<'_>, path: &Path, id: &str) -> Result<Option<(i64, String, String)>, StoreError> {
    let sql = "SELECT seq, line, hash FROM decision_log WHERE decision = ?1";
    let mut q = tx.prepare_cached(sql).about(path)?;
    q.query_row([id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?))).optional().about(path)
}

fn append(tx: &Transaction<'_>, e: &Entry) -> rusqlite::Result<()> {
    let sql = "INSERT INTO decision_log (seq, prev, recorded, author, line, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let mut q = tx.prepare_cached(sql)?;
    q.execute(params![e.seq, e.prev, e.recorded, e.author, e.line, e.hash]).map(|_| ())
}

fn note(tx: &Transaction<'_>, head: &Head) -> rusqlite::Result<()> {
    let sql = "INSERT INTO about (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2";
    tx.execute(sql, ["log_entries", &head.entries.to_string()])?;
    tx.execute(sql, ["log_head", &head.hash])?;
    Ok(())
}
