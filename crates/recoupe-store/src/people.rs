//! Who works on a workspace, who is signed in, and who tried to. Passwords and secrets come hashed and stay so.

use rusqlite::{OptionalExtension, Row, params};

use crate::error::{About, ErrorKind, StoreError};
use crate::open::{Store, now};

/// What somebody may do; each may do what those before may.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Look.
    #[default]
    Reader,
    /// Decide, and add pages.
    Reviewer,
    /// Publish.
    Editor,
    /// See to accounts.
    Admin,
}

impl Role {
    /// All, in their order.
    pub const ALL: [Role; 4] = [Role::Reader, Role::Reviewer, Role::Editor, Role::Admin];

    /// Its name in the file.
    pub fn name(self) -> &'static str {
        match self {
            Role::Reader => "reader",
            Role::Reviewer => "reviewer",
            Role::Editor => "editor",
            Role::Admin => "admin",
        }
    }

    /// The role of a name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.name() == name)
    }
}

/// Somebody with an account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// The name that decisions carry.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The hash of a password in PHC form; without one they cannot sign in.
    pub password: Option<String>,
    /// When the account was made.
    pub created: String,
}

/// An attempt to sign in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignIn {
    /// When.
    pub at: String,
    /// Under which name.
    pub name: String,
    /// From where.
    pub address: String,
    /// Whether it was let in.
    pub ok: bool,
}

fn person(r: &Row<'_>) -> rusqlite::Result<Person> {
    let role: String = r.get(1)?;
    Ok(Person { name: r.get(0)?, role: Role::of(&role).unwrap_or_default(), password: r.get(2)?, created: r.get(3)? })
}

impl Store {
    /// Everybody with an account, by name.
    pub fn people(&self) -> Result<Vec<Person>, StoreError> {
        let mut q =
            self.db.prepare_cached("SELECT name, role, password, created FROM user ORDER BY name").about(&self.path)?;
        let rows = q.query_map([], person).about(&self.path)?;
        rows.collect::<Result<_, _>>().about(&self.path)
    }

    /// Somebody by name.
    pub fn person(&self, name: &str) -> Result<Option<Person>, StoreError> {
        let sql = "SELECT name, role, password, created FROM user WHERE name = ?1";
        let mut q = self.db.prepare_cached(sql).about(&self.path)?;
        q.query_row([name], person).optional().about(&self.path)
    }

    /// Makes an account, or changes its role and, where one is given, its password. Whoever was signed in with it is signed out.
    pub fn set_person(&mut self, p: &Person) -> Result<(), StoreError> {
        let path = self.path.clone();
        if p.name.trim().is_empty() || p.name.contains(['\n', '\r', '\0']) {
            return Err(StoreError::new(&path, ErrorKind::Query("a name is one line of text".to_owned())));
        }
        self.change(|tx| {
            let sql = "INSERT INTO user (name, role, password, created) VALUES (?1, ?2, ?3, ?4)
                ON CONFLICT (name) DO UPDATE SET role = ?2, password = coalesce(?3, password)";
            tx.execute(sql, params![p.name, p.role.name(), p.password, now()]).about(&path)?;
            let sql = "DELETE FROM session WHERE user = (SELECT id FROM user WHERE name = ?1)";
            tx.execute(sql, [&p.name]).about(&path)?;
            Ok(())
        })
    }

    /// Takes an account away; what was decided under its name stays.
    pub fn forget_person(&mut self, name: &str) -> Result<(), StoreError> {
        let path = self.path.clone();
        self.change(|tx| match tx.execute("DELETE FROM user WHERE name = ?1", [name]).about(&path)? {
            0 => Err(StoreError::new(&path, ErrorKind::Unknown(format!("user {name:?}")))),
            _ => Ok(()),
        })
    }

    /// Signs somebody in until `expires` (UTC). `sha256` is the digest of the secret they show; `label` names what a token is for.
    pub fn sign_in(&mut self, name: &str, sha256: &str, label: &str, expires: &str) -> Result<(), StoreError> {
        let path = self.path.clone();
        self.change(|tx| {
            tx.execute("DELETE FROM session WHERE expires < ?1", [now()]).about(&path)?;
            let sql = "INSERT INTO session (sha256, user, label, created, expires)
                SELECT ?2, id, ?3, ?4, ?5 FROM user WHERE name = ?1";
            match tx.execute(sql, params![name, sha256, label, now(), expires]).about(&path)? {
                0 => Err(StoreError::new(&path, ErrorKind::Unknown(format!("user {name:?}")))),
                _ => Ok(()),
            }
        })
    }

    /// Who shows the secret of this digest, if it still counts.
    pub fn signed_in(&self, sha256: &str) -> Result<Option<Person>, StoreError> {
        let sql = "SELECT name, role, password, user.created FROM session JOIN user ON user.id = session.user
            WHERE sha256 = ?1 AND expires > ?2";
        let mut q = self.db.prepare_cached(sql).about(&self.path)?;
        q.query_row([sha256, &now()], person).optional().about(&self.path)
    }

    /// Forgets a secret.
    pub fn sign_out(&mut self, sha256: &str) -> Result<(), StoreError> {
        let path = self.path.clone();
        self.change(|tx| tx.execute("DELETE FROM session WHERE sha256 = ?1", [sha256]).map(|_| ()).about(&path))
    }

    /// Notes an attempt to sign in.
    pub fn note_sign_in(&mut self, name: &str, address: &str, ok: bool) -> Result<(), StoreError> {
        let path = self.path.clone();
        let name: String = name.chars().take(100).collect();
        self.change(|tx| {
            let sql = "INSERT INTO sign_in (at, name, address, ok) VALUES (?1, ?2, ?3, ?4)";
            tx.execute(sql, params![now(), name, address, ok]).map(|_| ()).about(&path)
        })
    }

    /// The last attempts to sign in, the last first.
    pub fn sign_ins(&self, most: usize) -> Result<Vec<SignIn>, StoreError> {
        let sql = format!("SELECT at, name, address, ok FROM sign_in ORDER BY at DESC, rowid DESC LIMIT {most}");
        let mut q = self.db.prepare_cached(&sql).about(&self.path)?;
        let one = |r: &Row<'_>| Ok(SignIn { at: r.get(0)?, name: r.get(1)?, address: r.get(2)?, ok: r.get(3)? });
        let rows = q.query_map([], one).about(&self.path)?;
        rows.collect::<Result<_, _>>().about(&self.path)
    }
}
