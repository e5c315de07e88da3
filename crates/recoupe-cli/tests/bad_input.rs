//! What people hand in by mistake: each is told by name, the others are still read.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

const GOOD: &str = "Deux soldats turcs ont été tués jeudi dans une frappe aérienne à Idlib, a annoncé le ministère turc de la \
                    Défense.\n\nQuatre autres ont été blessés, selon la même source, qui accuse l'armée syrienne.\n";

fn recoupe() -> Command {
    let mut c = Command::new(env!("CARGO_BIN_EXE_recoupe"));
    c.stdin(Stdio::null()).env_remove("RUST_BACKTRACE");
    c
}

fn read(paths: &[&Path]) -> Output {
    recoupe().args(["read", "--format", "json", "--lang", "en"]).args(paths).output().expect("started")
}

fn stderr(o: &Output) -> String {
    String::from_utf8_lossy(&o.stderr).into_owned()
}

/// Sources of the pages in a dossier.
fn sources(o: &Output) -> Vec<String> {
    let d: serde_json::Value = serde_json::from_slice(&o.stdout).unwrap_or_else(|e| panic!("{e}: {}", stderr(o)));
    d["pages"].as_array().expect("pages").iter().map(|p| p["source"].as_str().expect("source").to_owned()).collect()
}

/// Reads a good page beside a bad one: the good one must be in the dossier, the bad one named on standard error.
fn bad(name: &str, make: impl FnOnce(&Path)) -> (Output, String) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let good = dir.path().join("good.txt");
    fs::write(&good, GOOD).expect("written");
    let bad = dir.path().join(name);
    make(&bad);
    let o = read(&[&good, &bad]);
    let told = stderr(&o);
    assert_eq!(o.status.code(), Some(1), "{name}: {told}");
    assert!(told.contains(name), "{name} is not named: {told}");
    assert!(sources(&o).iter().any(|s| s.ends_with("good.txt")), "{name}: the good page is missing");
    (o, told)
}

/// Reads a page that is odd but readable; returns its dossier.
fn odd(name: &str, bytes: &[u8]) -> serde_json::Value {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join(name);
    fs::write(&path, bytes).expect("written");
    let o = read(&[&path]);
    assert_eq!(o.status.code(), Some(0), "{name}: {}", stderr(&o));
    serde_json::from_slice(&o.stdout).expect("a dossier")
}

#[test]
fn an_empty_file() {
    bad("empty.txt", |p| fs::write(p, "").expect("written"));
}

#[test]
fn a_file_over_the_limit() {
    let (_, told) = bad("huge.txt", |p| {
        fs::File::create(p).and_then(|f| f.set_len(200 << 20)).expect("a sparse file");
    });
    assert!(told.contains("MiB") || told.contains("MB"), "{told}");
}

#[test]
fn a_picture() {
    bad("picture.png", |p| {
        fs::write(p, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0").expect("written")
    });
}

#[test]
fn a_file_that_is_not_there() {
    bad("missing.txt", |_| {});
}

#[cfg(unix)]
#[test]
fn a_link_to_nowhere() {
    bad("dangling.txt", |p| std::os::unix::fs::symlink("nowhere.txt", p).expect("linked"));
}

/// A pipe that is named on the command line is read, as a shell's `<(…)` needs; one that lies in a folder is passed by.
#[cfg(unix)]
#[test]
fn a_named_pipe_in_a_folder_does_not_hang() {
    bad("folder", |p| {
        fs::create_dir(p).expect("made");
        assert!(Command::new("mkfifo").arg(p.join("pipe.txt")).status().expect("mkfifo").success());
    });
}

#[cfg(unix)]
#[test]
fn a_file_without_permission() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().expect("a temporary folder");
    let probe = dir.path().join("probe");
    fs::write(&probe, "x").expect("written");
    fs::set_permissions(&probe, fs::Permissions::from_mode(0o0)).expect("set");
    if fs::read(&probe).is_ok() {
        // The superuser may read everything.
        return;
    }
    bad("secret.txt", |p| {
        fs::write(p, GOOD).expect("written");
        fs::set_permissions(p, fs::Permissions::from_mode(0o0)).expect("set");
    });
}

#[cfg(unix)]
#[test]
fn a_folder_that_holds_itself() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    fs::write(dir.path().join("good.txt"), GOOD).expect("written");
    std::os::unix::fs::symlink(dir.path(), dir.path().join("loop")).expect("linked");
    let o = read(&[dir.path()]);
    assert_eq!(sources(&o).len(), 1, "{}", stderr(&o));
}

#[test]
fn one_line_of_five_megabytes() {
    let line = "Le marché était ouvert et les habitants faisaient leurs courses comme chaque semaine. ".repeat(58_000);
    assert!(line.len() > 4_900_000);
    let d = odd("long.txt", line.as_bytes());
    assert_eq!(d["pages"].as_array().map(Vec::len), Some(1));
}

#[test]
fn latin_1() {
    let bytes: Vec<u8> = GOOD.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
    let d = odd("latin1.txt", &bytes);
    assert!(d.to_string().contains("frappe aérienne"), "the page was not decoded");
}

#[test]
fn utf_16() {
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend(GOOD.encode_utf16().flat_map(u16::to_le_bytes));
    let d = odd("utf16.txt", &bytes);
    assert!(d.to_string().contains("frappe aérienne"), "the page was not decoded");
}

#[test]
fn mojibake_is_noted() {
    let once: String = GOOD.bytes().map(char::from).collect();
    let d = odd("mojibake.txt", once.as_bytes());
    let notes = d["pages"][0]["notes"].to_string();
    assert!(notes.contains("mojibake"), "{notes}");
}

#[test]
fn nothing_readable_at_all() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let o = read(&[&dir.path().join("missing.txt")]);
    assert_eq!(o.status.code(), Some(3), "{}", stderr(&o));
    assert!(o.stdout.is_empty());
}

#[test]
fn a_command_that_makes_no_sense() {
    let o = recoupe().args(["read", "--published", "yesterday", "-"]).output().expect("started");
    assert_eq!(o.status.code(), Some(2));
    assert!(stderr(&o).contains("2020-02-20"), "{}", stderr(&o));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let good = dir.path().join("good.txt");
    fs::write(&good, GOOD).expect("written");
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("/dev/full");
    let o = recoupe()
        .args(["read", "--format", "json", "--lang", "en"])
        .arg(&good)
        .stdout(full)
        .stderr(Stdio::piped())
        .spawn()
        .and_then(std::process::Child::wait_with_output)
        .expect("ran");
    assert_eq!(o.status.code(), Some(4), "{}", stderr(&o));
    assert!(stderr(&o).contains("full"), "{}", stderr(&o));
}

#[test]
fn a_folder_that_is_a_file() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let good = dir.path().join("good.txt");
    fs::write(&good, GOOD).expect("written");
    let o = recoupe().args(["read", "--lang", "en"]).arg(&good).arg("-o").arg(&good).output().expect("started");
    assert_eq!(o.status.code(), Some(4), "{}", stderr(&o));
    assert_eq!(fs::read_to_string(&good).expect("still there"), GOOD);
}

#[test]
fn a_reader_that_goes_away() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    for i in 0..40 {
        fs::write(dir.path().join(format!("{i}.txt")), format!("{i}. {GOOD}")).expect("written");
    }
    let mut child = recoupe()
        .args(["read", "--format", "json", "--quiet"])
        .arg(dir.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("started");
    let mut first = [0; 10];
    child.stdout.take().expect("piped").read_exact(&mut first).expect("some output");
    let o = child.wait_with_output().expect("ended");
    assert_eq!(o.status.code(), Some(0), "{}", stderr(&o));
    assert_eq!(stderr(&o), "");
}

#[test]
fn a_page_on_standard_input() {
    let mut child = recoupe()
        .args(["read", "-", "--format", "json", "--published", "2020-02-21"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("started");
    child.stdin.take().expect("piped").write_all(GOOD.as_bytes()).expect("written");
    let o = child.wait_with_output().expect("ended");
    assert_eq!(o.status.code(), Some(0));
    let d: serde_json::Value = serde_json::from_slice(&o.stdout).expect("a dossier");
    assert_eq!(d["pages"][0]["published"]["from"], "2020-02-21");
}
