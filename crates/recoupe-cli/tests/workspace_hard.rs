//! Hard ends: kill -9 while writing, a full disk, a disk that cannot be written. What was acknowledged is there.
#![cfg(unix)]

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use recoupe_store::Store;

fn recoupe(dir: &Path, words: &[&str]) -> Command {
    let mut c = Command::new(env!("CARGO_BIN_EXE_recoupe"));
    c.args(words).current_dir(dir).stdin(Stdio::null()).env_remove("RUST_BACKTRACE");
    c
}

fn ok(dir: &Path, words: &[&str]) -> String {
    let o = recoupe(dir, words).output().expect("started");
    assert!(o.status.success(), "{words:?}: {}", String::from_utf8_lossy(&o.stderr));
    String::from_utf8_lossy(&o.stdout).into_owned()
}

/// Runs a command for a while and kills it; returns the whole lines it had printed.
fn killed(dir: &Path, words: &[&str], after: Duration) -> Vec<String> {
    let mut child = recoupe(dir, words).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("started");
    let mut out = child.stdout.take().expect("a pipe");
    let reader = std::thread::spawn(move || {
        let mut text = Vec::new();
        out.read_to_end(&mut text).map(|_| text)
    });
    std::thread::sleep(after);
    // SIGKILL: nothing is tidied up.
    child.kill().expect("killed");
    child.wait().expect("ended");
    let text = String::from_utf8(reader.join().expect("joined").expect("read")).expect("UTF-8");
    let whole = text.rfind('\n').map_or(0, |i| i + 1);
    text[..whole].lines().map(str::to_owned).collect()
}

/// Numbers that look like chance and are the same every time.
struct Chance(u64);

impl Chance {
    fn part(&mut self, of: Duration) -> Duration {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        of.mul_f64((self.0 >> 33) as f64 / f64::from(1u32 << 31))
    }
}

/// A folder of small pages, unlike any other.
fn pages(dir: &Path, name: &str, count: u32) {
    fs::create_dir(dir.join(name)).expect("made");
    for n in 0..count {
        let text = format!(
            "{n} soldats tués à Idleb\n\nSelon {name}, {n} soldats ont été tués jeudi dans une frappe aérienne près d'Idleb.\n"
        );
        fs::write(dir.join(name).join(format!("{n}.txt")), text).expect("written");
    }
}

fn decision_files(dir: &Path, name: &str, count: u32) -> Vec<String> {
    let file = |n: u32| {
        let path = dir.join(format!("{name}-{n}.jsonl"));
        let line = format!(
            "{{\"id\":\"{name}-{n}\",\"author\":\"ana\",\"time\":\"2026-03-01T09:30:00Z\",\"kind\":\"reject\",\"anchors\":[{{\"page\":\
            \"sha256:ab\",\"span\":{{\"start\":0,\"end\":4}},\"quote\":\"Deux\",\"role\":\"incident\"}}]}}\n"
        );
        fs::write(&path, line).expect("written");
        path.to_string_lossy().into_owned()
    };
    (0..count).map(file).collect()
}

/// Everything that was acknowledged is there, and the file is sound.
fn nothing_is_lost(path: &Path, digests: &BTreeSet<String>, decided: &BTreeSet<String>) {
    let store = Store::open(path, Duration::from_secs(10)).expect("opens after a kill");
    let pages = store.pages(None).expect("listed");
    let there: BTreeSet<String> = pages.iter().map(|p| p.known.sha256.clone()).collect();
    let lost: Vec<_> = digests.difference(&there).collect();
    assert!(lost.is_empty(), "lost pages: {lost:?}");
    let log: BTreeSet<String> = store.log().expect("read").into_iter().map(|e| e.hash).collect();
    let lost: Vec<_> = decided.difference(&log).collect();
    assert!(lost.is_empty(), "lost decisions: {lost:?}");
    // integrity_check, the log's chain, every page's bytes against its digest, the index of words.
    assert_eq!(store.examine().expect("examined"), []);
}

/// `RECOUPE_KILLS=200` for the long run.
#[test]
fn killing_loses_nothing_that_was_acknowledged() {
    let kills: u32 = std::env::var("RECOUPE_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(20);
    let dir = tempfile::tempdir().expect("a temporary folder");
    let dir = dir.path();
    let db = dir.join("recoupe.db");
    let mut chance = Chance(2020);
    let (mut digests, mut decided) = (BTreeSet::new(), BTreeSet::new());
    // How long it takes undisturbed, so that kills fall everywhere in between.
    ok(dir, &["init"]);
    pages(dir, "whole", 300);
    let files = decision_files(dir, "whole", 20);
    let words: Vec<&str> = ["decide"].into_iter().chain(files.iter().map(String::as_str)).collect();
    let start = Instant::now();
    ok(dir, &["add", "whole", "-q"]);
    let adding = start.elapsed();
    let start = Instant::now();
    ok(dir, &words);
    let deciding = start.elapsed();
    let mut cut = 0;
    for n in 0..kills {
        if n % 10 == 0 {
            // Anew from time to time, so that examining stays quick.
            fs::remove_file(&db).expect("removed");
            let _ = fs::remove_file(dir.join("recoupe.db-wal"));
            let _ = fs::remove_file(dir.join("recoupe.db-shm"));
            ok(dir, &["init"]);
            (digests, decided) = (BTreeSet::new(), BTreeSet::new());
        }
        let name = format!("n{n}");
        if n % 2 == 0 {
            pages(dir, &name, 300);
            let told = killed(dir, &["add", &name, "--list", "-q"], chance.part(adding));
            cut += usize::from(told.len() < 300);
            digests.extend(told.iter().filter_map(|l| Some(l.split('\t').nth(1)?.strip_prefix("sha256:")?.to_owned())));
        } else {
            let files = decision_files(dir, &name, 20);
            let words: Vec<&str> = ["decide", "-q"].into_iter().chain(files.iter().map(String::as_str)).collect();
            let told = killed(dir, &words, chance.part(deciding.mul_f64(0.6)));
            cut += usize::from(told.len() < 20);
            decided.extend(told.iter().filter_map(|l| Some(l.split('\t').nth(3)?.to_owned())));
        }
        nothing_is_lost(&db, &digests, &decided);
    }
    assert!(cut > 0, "no kill came in time");
    // What was stopped is taken up.
    let last = format!("n{}", (kills - 1) / 2 * 2);
    ok(dir, &["add", &last, "-q"]);
    let store = Store::open(&db, Duration::ZERO).expect("opened");
    let all = store.pages(None).expect("listed");
    assert_eq!(all.iter().filter(|p| p.known.source.starts_with(&format!("{last}/"))).count(), 300);
}

/// A small disk of its own; only the superuser may make one.
struct Disk(std::path::PathBuf);

impl Disk {
    fn new(at: &Path, size: &str) -> Option<Self> {
        fs::create_dir_all(at).ok()?;
        let size = format!("size={size}");
        let made =
            Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(at).stderr(Stdio::null()).status();
        made.is_ok_and(|s| s.success()).then(|| Self(at.to_owned()))
    }

    fn remount(&self, option: &str) -> bool {
        let options = format!("remount,{option}");
        Command::new("mount").args(["-o", &options]).arg(&self.0).status().is_ok_and(|s| s.success())
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_and_a_read_only_disk_are_told() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let Some(disk) = Disk::new(&dir.path().join("disk"), "640k") else {
        eprintln!("left out: no right to mount a small disk");
        return;
    };
    pages(dir.path(), "pages", 600);
    ok(dir.path(), &["init", "disk/recoupe.db"]);
    let o = recoupe(dir.path(), &["add", "pages", "-w", "disk/recoupe.db", "--list", "--lang", "en"])
        .output()
        .expect("started");
    let told = String::from_utf8_lossy(&o.stderr).into_owned();
    assert_eq!(o.status.code(), Some(4), "{told}");
    assert!(told.contains("disk/recoupe.db: the disk is full"), "{told}");
    let safe: BTreeSet<String> = String::from_utf8_lossy(&o.stdout)
        .lines()
        .filter_map(|l| Some(l.split('\t').nth(1)?.strip_prefix("sha256:")?.to_owned()))
        .collect();
    assert!(!safe.is_empty() && safe.len() < 600, "{}", safe.len());
    nothing_is_lost(&dir.path().join("disk/recoupe.db"), &safe, &BTreeSet::new());
    // A backup that finds no room leaves nothing behind.
    let o = recoupe(dir.path(), &["backup", "disk/copy.db", "-w", "disk/recoupe.db", "--lang", "en"])
        .output()
        .expect("started");
    assert_eq!(o.status.code(), Some(4));
    assert!(
        String::from_utf8_lossy(&o.stderr).contains("disk/copy.db: the disk is full"),
        "{}",
        String::from_utf8_lossy(&o.stderr)
    );
    assert!(!dir.path().join("disk/copy.db").exists());

    // Read-only: what reads still works, what writes says so.
    assert!(disk.remount("ro"));
    for words in [&["status"][..], &["search", "soldats"], &["log", "verify"], &["doctor"], &["cross-check", "-q"]] {
        ok(dir.path(), &[words, &["-w", "disk/recoupe.db"]].concat());
    }
    for words in [&["add", "pages"][..], &["vacuum"], &["rebuild"]] {
        let words = [words, &["-w", "disk/recoupe.db", "--lang", "en"]].concat();
        let o = recoupe(dir.path(), &words).output().expect("started");
        let told = String::from_utf8_lossy(&o.stderr).into_owned();
        assert_eq!(o.status.code(), Some(4), "{words:?}: {told}");
        assert!(told.contains("disk/recoupe.db: cannot be written (read-only)"), "{words:?}: {told}");
    }
    // With room again, the same command goes on where it stopped.
    assert!(disk.remount("rw,size=16m"));
    ok(dir.path(), &["add", "pages", "-w", "disk/recoupe.db"]);
    let store = Store::open(&dir.path().join("disk/recoupe.db"), Duration::ZERO).expect("opened");
    assert_eq!(store.pages(None).expect("listed").len(), 600);
}
