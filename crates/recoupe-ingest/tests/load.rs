//! Folders as users have them: mixed, broken, in circles.

use std::fs;
use std::path::Path;

use recoupe_ingest::{IngestError, Options, RawPage, load};

type Loaded = (Vec<RawPage>, Vec<IngestError>);

fn all(path: &Path, options: Options) -> Loaded {
    let mut out = Loaded::default();
    for r in load([path], options) {
        match r {
            Ok(p) => out.0.push(p),
            Err(e) => out.1.push(e),
        }
    }
    out
}

#[test]
fn one_bad_file_never_stops_the_others() {
    let dir = tempfile::tempdir().expect("a folder");
    let d = dir.path();
    fs::write(d.join("b.txt"), "Deux soldats ont été tués.").expect("written");
    fs::write(d.join("a.html"), "<p>Un village a été repris.</p>").expect("written");
    fs::write(d.join("c.png"), b"\x89PNG\r\n\x1a\n....").expect("written");
    fs::write(d.join("d.txt"), b"").expect("written");
    fs::write(d.join("e.txt"), b" \n\t ").expect("written");
    fs::write(d.join("f"), "Sans extension, mais du texte.").expect("written");
    fs::write(d.join("g.txt"), vec![b'x'; 5000]).expect("written");
    fs::write(d.join("h.bin"), b"\0\x01\x02\0\0\0\0abc").expect("written");
    fs::write(d.join("notes.json"), b"{}").expect("written");
    fs::write(d.join(".hidden.txt"), b"nothing").expect("written");
    fs::create_dir(d.join("sub")).expect("made");
    fs::write(d.join("sub/z.md"), "# Titre\n\nTexte.").expect("written");
    let (pages, errors) = all(d, Options { max_bytes: 4096, ..Options::default() });
    let names: Vec<&str> = pages.iter().map(|p| p.source.rsplit('/').next().unwrap_or("")).collect();
    assert_eq!(names, ["a.html", "b.txt", "f", "z.md"]);
    let codes: Vec<(&str, &str)> =
        errors.iter().map(|e| (e.path().rsplit('/').next().unwrap_or(""), e.code())).collect();
    assert_eq!(
        codes,
        [
            ("c.png", "binary"),
            ("d.txt", "empty-file"),
            ("e.txt", "empty-file"),
            ("g.txt", "too-large"),
            ("h.bin", "binary")
        ]
    );
    assert!(errors[0].to_string().contains("PNG"));
}

#[test]
fn a_missing_path_is_named() {
    let (pages, errors) = all(Path::new("/no/such/page.txt"), Options::default());
    assert!(pages.is_empty());
    assert_eq!(errors, [IngestError::NotFound { path: "/no/such/page.txt".to_owned() }]);
}

#[cfg(unix)]
#[test]
fn circles_are_named_and_left() {
    let dir = tempfile::tempdir().expect("a folder");
    let d = dir.path();
    fs::create_dir(d.join("in")).expect("made");
    fs::write(d.join("in/p.txt"), "Une page.").expect("written");
    std::os::unix::fs::symlink(d, d.join("in/up")).expect("linked");
    std::os::unix::fs::symlink(d.join("self"), d.join("self")).expect("linked");
    std::os::unix::fs::symlink(d.join("nowhere"), d.join("broken.txt")).expect("linked");
    let (pages, errors) = all(d, Options::default());
    assert_eq!(pages.len(), 1);
    let mut codes: Vec<(&str, &str)> =
        errors.iter().map(|e| (e.path().rsplit('/').next().unwrap_or(""), e.code())).collect();
    codes.sort();
    assert_eq!(codes, [("broken.txt", "not-found"), ("self", "directory-loop"), ("up", "directory-loop")]);
}

#[test]
fn the_table_beside_the_pages_speaks_for_them() {
    let dir = tempfile::tempdir().expect("a folder");
    let d = dir.path();
    fs::write(d.join("a.txt"), "Page a.").expect("written");
    fs::write(d.join("b.txt"), "Page b.").expect("written");
    let table = "file,url,outlet,published\na.txt,https://example.org/a,\"Le Courrier, du Nord\",2020-03-05\nb.txt,,,le 5 mars\n,https://example.org/x,,\nb.txt,too,many,cells,here\n";
    fs::write(d.join("pages.csv"), table).expect("written");
    let (pages, errors) = all(d, Options::default());
    assert_eq!(pages.len(), 2);
    assert_eq!(pages[0].meta.outlet.as_deref(), Some("Le Courrier, du Nord"));
    assert_eq!(pages[0].meta.published.as_deref(), Some("2020-03-05"));
    assert_eq!(pages[1].meta.published, None);
    let lines: Vec<u64> =
        errors.iter().map(|e| if let IngestError::Sidecar { line, .. } = e { *line } else { 0 }).collect();
    assert_eq!(lines, [3, 4, 5]);
    // A file named alone still has its table, and an option wins.
    let mut one = load([d.join("a.txt")], Options { published: Some("2021".to_owned()), ..Options::default() });
    let page = one.next().expect("a page").expect("readable");
    assert_eq!(
        (page.meta.url.as_deref(), page.meta.published.as_deref()),
        (Some("https://example.org/a"), Some("2021"))
    );
}

#[test]
fn a_spreadsheet_with_semicolons_is_a_table_too() {
    let dir = tempfile::tempdir().expect("a folder");
    let d = dir.path();
    fs::write(d.join("a.txt"), "Page a.").expect("written");
    fs::write(d.join("pages.csv"), "\u{feff}File;Outlet\r\na.txt;Le Phare\r\n").expect("written");
    let (pages, errors) = all(d, Options::default());
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!(pages[0].meta.outlet.as_deref(), Some("Le Phare"));
}
