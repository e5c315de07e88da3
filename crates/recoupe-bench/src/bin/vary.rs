//! `vary DIR COUNT`: writes that many different pages, with a table of their days.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let (Some(dir), Some(Ok(count))) = (args.next(), args.next().map(|n| n.parse::<usize>())) else {
        eprintln!("usage: vary DIR COUNT");
        return ExitCode::from(2);
    };
    match write(&PathBuf::from(dir), count) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("{e}");
            ExitCode::FAILURE
        }
    }
}

/// A thousand pages to a folder.
fn write(dir: &std::path::Path, count: usize) -> std::io::Result<()> {
    let varied = recoupe_bench::Varied::new();
    for first in (0..count).step_by(1000) {
        let dir = dir.join(format!("{:03}", first / 1000));
        std::fs::create_dir_all(&dir)?;
        let mut table = String::from("file,published\n");
        for n in first..count.min(first + 1000) {
            let page = varied.page(n);
            std::fs::write(dir.join(&page.name), page.text)?;
            let _ = writeln!(table, "{},{}", page.name, page.published);
        }
        std::fs::write(dir.join("pages.csv"), table)?;
    }
    Ok(())
}
