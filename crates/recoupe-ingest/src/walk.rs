//! Walks files and folders.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use recoupe_page::{Meta, RawInput};

use crate::sidecar::{self, Table};
use crate::{IngestError, sniff};

/// How to read.
#[derive(Clone, Debug)]
pub struct Options {
    /// Most bytes of a page; larger files are named and left out.
    pub max_bytes: u64,
    /// Taken as the date of publication of every page, over what tables and pages say.
    pub published: Option<String>,
}

impl Default for Options {
    /// 32 MiB, so that offsets fit 32 bits with room to spare.
    fn default() -> Self {
        Self { max_bytes: 32 << 20, published: None }
    }
}

/// A page as it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawPage {
    /// Its path, as given by the caller or below a folder that was.
    pub source: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What a table beside it or the options say about it.
    pub meta: Meta,
}

impl RawPage {
    /// As the page reader takes it.
    pub fn input(&self) -> RawInput<'_> {
        RawInput { source: &self.source, bytes: &self.bytes, meta: self.meta.clone() }
    }
}

/// Endings of text that is no page: passed over in folders, read when named by the caller.
const DATA: [&str; 19] = [
    "csv", "tsv", "json", "jsonl", "ndjson", "geojson", "xml", "toml", "yaml", "yml", "css", "js", "mjs", "map", "log",
    "ini", "lock", "parquet", "sqlite",
];

/// Reads pages from files and folders, in order: folders by file name, `-` is the standard input.
///
/// Folders are walked through links, but never in a circle. Hidden files are passed over. A table `pages.csv` (columns file,
/// url, outlet, published) speaks about the pages of its folder.
pub fn load<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>, options: Options) -> Load {
    let mut todo: Vec<Task> = paths.into_iter().map(|p| Task::Given(p.as_ref().to_owned())).collect();
    todo.reverse();
    Load { todo, options, tables: BTreeMap::new() }
}

enum Task {
    Given(PathBuf),
    /// Path, how it is shown, and the real paths of the folders it lies in.
    Found(PathBuf, String, Vec<PathBuf>),
    Fail(IngestError),
}

/// The pages, one at a time; see [`load`].
pub struct Load {
    /// What is left, last first.
    todo: Vec<Task>,
    options: Options,
    tables: BTreeMap<PathBuf, Table>,
}

impl Iterator for Load {
    type Item = Result<RawPage, IngestError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.todo.pop()? {
                Task::Fail(e) => return Some(Err(e)),
                Task::Given(path) if path.as_os_str() == "-" => {
                    let r = read(io::stdin().lock(), "-", self.options.max_bytes);
                    return Some(r.map(|bytes| self.page("-".to_owned(), bytes, Meta::default())));
                }
                Task::Given(path) => {
                    let p = path.to_string_lossy().into_owned();
                    match fs::metadata(&path) {
                        Ok(m) if m.is_dir() => self.folder(&path, &p, &[]),
                        Ok(_) => {
                            let dir = path.parent().map(Path::to_owned).unwrap_or_default();
                            let shown = dir.join(sidecar::NAME).to_string_lossy().into_owned();
                            self.table(&dir, &shown);
                            return Some(self.file(&path, p));
                        }
                        Err(e) => return Some(Err(failed(p, &e))),
                    }
                }
                Task::Found(path, shown, above) => match fs::metadata(&path) {
                    Ok(m) if m.is_dir() => self.folder(&path, &shown, &above),
                    Ok(m) if m.is_file() => return Some(self.file(&path, shown)),
                    // Pipes and devices would wait for ever.
                    Ok(_) => {
                        return Some(Err(IngestError::Unreadable {
                            path: shown,
                            message: "not a regular file".to_owned(),
                        }));
                    }
                    Err(e) if is_loop(&e) => return Some(Err(IngestError::Loop { path: shown })),
                    Err(e) => return Some(Err(failed(shown, &e))),
                },
            }
        }
    }
}

impl Load {
    /// Puts what a folder holds on the list, in the order of the names.
    fn folder(&mut self, path: &Path, shown: &str, above: &[PathBuf]) {
        let real = match fs::canonicalize(path) {
            Ok(r) => r,
            Err(e) => return self.todo.push(Task::Fail(failed(shown.to_owned(), &e))),
        };
        if above.contains(&real) {
            return self.todo.push(Task::Fail(IngestError::Loop { path: shown.to_owned() }));
        }
        let entries = match fs::read_dir(path) {
            Ok(e) => e,
            Err(e) => return self.todo.push(Task::Fail(failed(shown.to_owned(), &e))),
        };
        let mut names: Vec<_> = entries.filter_map(|e| e.ok().map(|e| e.file_name())).collect();
        names.sort();
        let mut inside = above.to_vec();
        inside.push(real);
        for name in names.iter().rev() {
            let text = name.to_string_lossy();
            let child = path.join(name);
            let known = |list: &[&str]| {
                Path::new(name).extension().is_some_and(|e| list.iter().any(|x| e.eq_ignore_ascii_case(x)))
            };
            if text.starts_with('.') || text == sidecar::NAME || known(&DATA) && !child.is_dir() {
                continue;
            }
            let shown = if shown.ends_with('/') { format!("{shown}{text}") } else { format!("{shown}/{text}") };
            self.todo.push(Task::Found(child, shown, inside.clone()));
        }
        let table = if shown.ends_with('/') {
            format!("{shown}{}", sidecar::NAME)
        } else {
            format!("{shown}/{}", sidecar::NAME)
        };
        self.table(path, &table);
    }

    /// Reads the folder's table once; what is wrong with it comes before its pages.
    fn table(&mut self, dir: &Path, shown: &str) {
        if !self.tables.contains_key(dir) {
            let mut errors = Vec::new();
            let table = sidecar::read(dir, shown, &mut errors);
            self.tables.insert(dir.to_owned(), table);
            self.todo.extend(errors.into_iter().rev().map(Task::Fail));
        }
    }

    fn file(&self, path: &Path, shown: String) -> Result<RawPage, IngestError> {
        let file = File::open(path).map_err(|e| failed(shown.clone(), &e))?;
        // Known before reading, so that a huge file costs nothing.
        if file.metadata().is_ok_and(|m| m.is_file() && m.len() > self.options.max_bytes) {
            return Err(IngestError::TooLarge { path: shown, limit: self.options.max_bytes });
        }
        let bytes = read(file, &shown, self.options.max_bytes)?;
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let meta =
            path.parent().and_then(|d| self.tables.get(d)).and_then(|t| t.get(&name)).cloned().unwrap_or_default();
        Ok(self.page(shown, bytes, meta))
    }

    fn page(&self, source: String, bytes: Vec<u8>, mut meta: Meta) -> RawPage {
        if self.options.published.is_some() {
            meta.published.clone_from(&self.options.published);
        }
        RawPage { source, bytes, meta }
    }
}

/// Reads all, up to the limit, and looks whether it is text.
fn read(from: impl Read, shown: &str, limit: u64) -> Result<Vec<u8>, IngestError> {
    let mut bytes = Vec::new();
    let path = shown.to_owned();
    from.take(limit + 1).read_to_end(&mut bytes).map_err(|e| failed(path.clone(), &e))?;
    if bytes.len() as u64 > limit {
        return Err(IngestError::TooLarge { path, limit });
    }
    text(&path, &bytes)?;
    Ok(bytes)
}

/// Whether bytes are a page at all: there is something, and it is text.
fn text(path: &str, bytes: &[u8]) -> Result<(), IngestError> {
    let path = path.to_owned();
    if bytes.iter().all(u8::is_ascii_whitespace) || bytes == b"\xEF\xBB\xBF" {
        return Err(IngestError::Empty { path });
    }
    match sniff::binary(bytes) {
        Some(kind) => Err(IngestError::Binary { path, kind }),
        None => Ok(()),
    }
}

/// A page that came by another way than the disk, after the same checks.
pub fn handed_in(source: String, bytes: Vec<u8>, meta: Meta) -> Result<RawPage, IngestError> {
    let limit = Options::default().max_bytes;
    if bytes.len() as u64 > limit {
        return Err(IngestError::TooLarge { path: source, limit });
    }
    text(&source, &bytes)?;
    Ok(RawPage { source, bytes, meta })
}

fn failed(path: String, e: &io::Error) -> IngestError {
    match e.kind() {
        io::ErrorKind::NotFound => IngestError::NotFound { path },
        _ if is_loop(e) => IngestError::Loop { path },
        _ => IngestError::Unreadable { path, message: e.to_string() },
    }
}

/// A link to itself: the system gives up (ELOOP).
fn is_loop(e: &io::Error) -> bool {
    matches!(e.raw_os_error(), Some(40 | 62)) && cfg!(unix)
}
