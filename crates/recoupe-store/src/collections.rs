//! Piles of pages about one theme, and questions to ask again.

use rusqlite::{OptionalExtension, params};

use crate::error::{About, ErrorKind, StoreError};
use crate::open::{Store, now};

/// A pile of pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collection {
    /// Its name.
    pub name: String,
    /// What it is about.
    pub note: String,
    /// How many pages it has.
    pub pages: i64,
}

/// A saved question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// Its name.
    pub name: String,
    /// The question, as JSON; its keys are those of who asks it.
    pub query: String,
    /// Who saved it.
    pub author: String,
}

impl Store {
    /// The collections by name.
    pub fn collections(&self) -> Result<Vec<Collection>, StoreError> {
        let sql = "SELECT name, note, (SELECT count(*) FROM collection_page WHERE collection = id) FROM collection ORDER BY name";
        let mut q = self.db.prepare(sql).about(&self.path)?;
        let rows = q.query_map([], |r| Ok(Collection { name: r.get(0)?, note: r.get(1)?, pages: r.get(2)? }));
        rows.about(&self.path)?.collect::<Result<_, _>>().about(&self.path)
    }

    /// Puts pages into a collection, by their paths' pages; the collection is made where there is none. Those in it already stay.
    pub fn collect(&mut self, name: &str, pages: &[i64]) -> Result<(), StoreError> {
        let path = self.path.clone();
        if name.trim().is_empty() {
            return Err(StoreError::new(&path, ErrorKind::Query("a collection needs a name".to_owned())));
        }
        self.change(|tx| {
            let work = || -> rusqlite::Result<()> {
                let sql = "INSERT INTO collection (name, created) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
                tx.execute(sql, [name, &now()])?;
                let sql = "INSERT INTO collection_page (collection, page, added)
                    SELECT id, ?2, ?3 FROM collection WHERE name = ?1 ON CONFLICT DO NOTHING";
                let mut q = tx.prepare_cached(sql)?;
                pages.iter().try_for_each(|page| q.execute(params![name, page, now()]).map(|_| ()))
            };
            work().about(&path)
        })
    }

    /// The numbers of the pages that were found at these paths with these bytes.
    pub fn numbers<'a>(&self, pages: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Vec<i64>, StoreError> {
        let sql = "SELECT page.id FROM page JOIN blob ON blob.id = page.blob JOIN source ON source.page = page.id
            WHERE blob.sha256 = ?1 AND source.path = ?2";
        let mut q = self.db.prepare_cached(sql).about(&self.path)?;
        let mut out = Vec::new();
        for (sha256, source) in pages {
            out.extend(q.query_row([sha256, source], |r| r.get::<_, i64>(0)).optional().about(&self.path)?);
        }
        Ok(out)
    }

    pub(crate) fn collection_id(&self, name: &str) -> Result<i64, StoreError> {
        let sql = "SELECT id FROM collection WHERE name = ?1";
        let id = self.db.query_row(sql, [name], |r| r.get(0)).optional().about(&self.path)?;
        id.ok_or_else(|| StoreError::new(&self.path, ErrorKind::Unknown(format!("collection {name:?}"))))
    }

    /// The saved questions by name.
    pub fn views(&self) -> Result<Vec<View>, StoreError> {
        let mut q = self.db.prepare("SELECT name, query, author FROM saved_view ORDER BY name").about(&self.path)?;
        let rows = q.query_map([], |r| Ok(View { name: r.get(0)?, query: r.get(1)?, author: r.get(2)? }));
        rows.about(&self.path)?.collect::<Result<_, _>>().about(&self.path)
    }

    /// Saves a question under its name, in the place of one that has it.
    pub fn save_view(&mut self, view: &View) -> Result<(), StoreError> {
        let path = self.path.clone();
        if let Err(e) = serde_json::from_str::<serde::de::IgnoredAny>(&view.query) {
            return Err(StoreError::new(&path, ErrorKind::Query(e.to_string())));
        }
        self.change(|tx| {
            let sql = "INSERT INTO saved_view (name, query, author, created) VALUES (?1, ?2, ?3, ?4)
                ON CONFLICT (name) DO UPDATE SET query = ?2, author = ?3, created = ?4";
            tx.execute(sql, params![view.name, view.query, view.author, now()]).about(&path)?;
            Ok(())
        })
    }

    /// Forgets a saved question.
    pub fn forget_view(&mut self, name: &str) -> Result<(), StoreError> {
        let path = self.path.clone();
        self.change(|tx| match tx.execute("DELETE FROM saved_view WHERE name = ?1", [name]).about(&path)? {
            0 => Err(StoreError::new(&path, ErrorKind::Unknown(format!("view {name:?}")))),
            _ => Ok(()),
        })
    }
}
