//! What all requests share: the workspace, opened as often as it is read at a time and once for writing, and what reads pages.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use recoupe::decisions::Decision;
use recoupe_desk::{DeskError, How, Look, Session};
use recoupe_export::rows::Codes;
use recoupe_page::PageReader;
use recoupe_store::{Facet, Store};
use tokio::sync::Semaphore;

use crate::drawn::Drawings;
use crate::error::Oops;

/// How long a change waits for another process that is writing.
const WAIT: Duration = Duration::from_secs(10);
/// How long somebody counts as being on a page after asking for it.
const ON_IT: Duration = Duration::from_secs(120);

/// How long tallies hold at most.
const FRESH: Duration = Duration::from_secs(30);
/// Parties that are listed.
const PARTIES: usize = 500;

/// What all requests share.
pub struct App {
    /// The workspace's file.
    pub path: PathBuf,
    /// Reads pages and brings them together.
    pub session: Session,
    /// Cleans and dates pages as they come in.
    pub cleaner: PageReader,
    /// What other schemes call the types of incidents.
    pub codes: Codes,
    /// Whether the machine it runs on is the only one that can reach it, so that nobody signs in.
    pub alone: bool,
    /// The name of the one who works alone.
    pub name: String,
    /// The language where nobody chose one.
    pub lang: &'static str,
    /// Names by which it may be asked for, beside its own addresses.
    pub hosts: Vec<String>,
    readers: Mutex<Vec<Store>>,
    at_once: Semaphore,
    writer: Mutex<Store>,
    decided: Mutex<(i64, Arc<Vec<Decision>>)>,
    writes: AtomicU64,
    tallies: Mutex<Option<(Mark, Instant, Arc<Tallies>)>>,
    counting: Mutex<()>,
    /// Timelines and maps that were drawn, by language and what is on them.
    pub drawings: Mutex<Drawings>,
    on_it: Mutex<BTreeMap<String, BTreeMap<String, Instant>>>,
    /// Failed attempts to sign in: when, by name and address.
    pub failures: Mutex<BTreeMap<String, Vec<Instant>>>,
}

/// A lock that a panic elsewhere does not take from everybody: what it guards is whole between statements.
pub fn lock<T>(m: &Mutex<T>) -> MutexGuard<'_, T> {
    m.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Numbers over the whole workspace, which many pages of the interface show.
#[derive(Clone, Debug, Default)]
pub struct Tallies {
    /// Pages.
    pub pages: usize,
    /// Those that are not compared yet.
    pub unchecked: usize,
    /// Incidents by standing.
    pub standings: Vec<Facet>,
    /// Incidents by country.
    pub countries: Vec<Facet>,
    /// Incidents by type.
    pub kinds: Vec<Facet>,
    /// Parties by the pages that name them.
    pub parties: Vec<Facet>,
}

/// Up to when tallies hold: what this server wrote, and the marks that others leave when they write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mark {
    writes: u64,
    file: (i64, i64, i64),
}

/// The workspace, for one request.
pub struct Desk<'a> {
    /// The records.
    pub store: &'a mut Store,
    /// What all requests share.
    pub app: &'a App,
}

impl App {
    /// Opens the workspace.
    pub fn open(path: PathBuf, session: Session, cleaner: PageReader, codes: Codes) -> Result<Self, DeskError> {
        let writer = Store::open(&path, WAIT)?;
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Ok(Self {
            path,
            session,
            cleaner,
            codes,
            alone: true,
            name: "local".to_owned(),
            lang: "fr",
            hosts: Vec::new(),
            readers: Mutex::default(),
            at_once: Semaphore::new(2 * cores),
            writer: Mutex::new(writer),
            decided: Mutex::new((-1, Arc::default())),
            writes: AtomicU64::new(0),
            tallies: Mutex::default(),
            counting: Mutex::default(),
            drawings: Mutex::default(),
            on_it: Mutex::default(),
            failures: Mutex::default(),
        })
    }

    /// Whether anybody can sign in.
    pub fn has_people(&self) -> Result<bool, DeskError> {
        Ok(lock(&self.writer).people()?.iter().any(|p| p.password.is_some()))
    }

    /// Looks something up, beside others who do.
    pub async fn read<T: Send + 'static>(
        self: &Arc<Self>,
        f: impl FnOnce(&mut Desk<'_>) -> Result<T, Oops> + Send + 'static,
    ) -> Result<T, Oops> {
        let _turn = self.at_once.acquire().await.map_err(|_| Oops::Closed)?;
        let app = Arc::clone(self);
        let work = move || {
            let kept = lock(&app.readers).pop();
            let mut store = match kept {
                Some(store) => store,
                None => Store::open_to_read(&app.path, WAIT)?,
            };
            let out = f(&mut Desk { store: &mut store, app: &app });
            lock(&app.readers).push(store);
            out
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| Oops::Defect)?
    }

    /// Changes something, one after the other.
    pub async fn write<T: Send + 'static>(
        self: &Arc<Self>,
        f: impl FnOnce(&mut Desk<'_>) -> Result<T, Oops> + Send + 'static,
    ) -> Result<T, Oops> {
        let app = Arc::clone(self);
        let work = move || {
            let out = f(&mut Desk { store: &mut lock(&app.writer), app: &app });
            app.writes.fetch_add(1, Ordering::Relaxed);
            out
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| Oops::Defect)?
    }

    /// Notes that somebody is on something, and tells who else is.
    pub fn on_it(&self, what: &str, who: &str) -> Vec<String> {
        let mut all = lock(&self.on_it);
        let now = Instant::now();
        all.retain(|_, people| {
            people.retain(|_, seen| now.duration_since(*seen) < ON_IT);
            !people.is_empty()
        });
        let here = all.entry(what.to_owned()).or_default();
        here.insert(who.to_owned(), now);
        here.keys().filter(|p| *p != who).cloned().collect()
    }
}

impl Desk<'_> {
    /// The decisions of the log, read again when there are more of them.
    pub fn decisions(&self) -> Result<Arc<Vec<Decision>>, Oops> {
        let count = self.store.decided()?;
        let mut kept = lock(&self.app.decided);
        if kept.0 != count {
            *kept = (count, Arc::new(recoupe_desk::recorded(self.store)?.0));
        }
        Ok(Arc::clone(&kept.1))
    }

    /// Numbers over the whole workspace; counted anew when something was written, or after a while.
    pub fn tallies(&self) -> Result<Arc<Tallies>, Oops> {
        let mark = Mark { writes: self.app.writes.load(Ordering::Relaxed), file: self.store.marks()? };
        let kept = lock(&self.app.tallies).clone();
        // One counts; the others go on with what was counted before.
        let turn = self.app.counting.try_lock();
        if let Some((of, at, tallies)) = kept
            && (of == mark && at.elapsed() < FRESH || turn.is_err())
        {
            return Ok(tallies);
        }
        let (countries, kinds) = self.store.incident_facets()?;
        let tallies = Arc::new(Tallies {
            pages: self.store.page_count()?,
            unchecked: self.store.unchecked(&recoupe_desk::version(&self.app.session))?.len(),
            standings: self.store.standings()?,
            countries,
            kinds,
            parties: self.store.parties(PARTIES)?,
        });
        *lock(&self.app.tallies) = Some((mark, Instant::now(), Arc::clone(&tallies)));
        Ok(tallies)
    }

    /// What a few pages say together.
    pub fn look(&mut self, pages: impl IntoIterator<Item = i64>) -> Result<Look, Oops> {
        let decisions = self.decisions()?;
        Ok(recoupe_desk::look(self.store, &self.app.session, &decisions, pages)?)
    }

    /// Brings the kept incidents up to date.
    pub fn update(&mut self) -> Result<recoupe_desk::Updated, Oops> {
        let decisions = self.decisions()?;
        Ok(recoupe_desk::update(self.store, &self.app.session, &decisions, How::default(), &|_| ())?)
    }
}
