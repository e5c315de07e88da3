//! `cargo xtask bench`: speed of each stage, then of the whole command, with memory and start-up.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::run::{cargo, command, output, recoupe, root, shared, step};

/// What to measure.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// How many pages `recoupe read` is given.
    #[arg(long, default_value_t = 20_000)]
    pages: usize,
    /// Leave out the stages, measure the command only.
    #[arg(long)]
    no_stages: bool,
    /// Measure how the cross-check grows: pages of other days, towns and figures, a hundredth of them, a tenth, all.
    #[arg(long)]
    varied: bool,
}

/// Prints all figures.
pub fn run(options: &Options) -> Result<()> {
    if !options.no_stages {
        step("stages, one core", cargo().args(["bench", "-p", "recoupe-bench"]))?;
    }
    let recoupe = recoupe("release")?;
    if options.varied {
        return varied(&recoupe, options.pages);
    }
    let one = page_of(&corpus())?;
    println!("\n── the command (release)");
    println!("   size of the binary   {:>8.1} MB", std::fs::metadata(&recoupe)?.len() as f64 / 1e6);
    let start =
        (0..5).map(|_| measured(&recoupe, &[one.as_path()], 1).map(|m| m.seconds)).collect::<Result<Vec<_>>>()?;
    let best = start.into_iter().fold(f64::INFINITY, f64::min);
    println!("   start-up, one page   {:>8.0} ms (best of 5)", best * 1e3);
    let many = std::env::temp_dir().join(format!("recoupe-bench-{}", std::process::id()));
    let done = repeat(&corpus(), &many, options.pages).and_then(|()| {
        for jobs in [1, 2] {
            let m = measured(&recoupe, &[many.as_path()], jobs)?;
            println!(
                "   {} pages, {jobs} job{} {:>8.1} s  {:>6.0} pages/s  peak {:>5.0} MB",
                options.pages,
                if jobs == 1 { " " } else { "s" },
                m.seconds,
                options.pages as f64 / m.seconds,
                m.peak_mb
            );
        }
        Ok(())
    });
    let _ = std::fs::remove_dir_all(&many);
    done
}

/// Prints pages per second at three sizes of a pile of pages that tell different incidents.
fn varied(recoupe: &Path, pages: usize) -> Result<()> {
    println!("\n── pages of other days, towns and figures (release)");
    let many = std::env::temp_dir().join(format!("recoupe-varied-{}", std::process::id()));
    let done = [pages / 100, pages / 10, pages].into_iter().filter(|n| *n > 0).try_for_each(|n| {
        let dir = many.join(n.to_string());
        let vary = ["run", "--quiet", "--release", "-p", "recoupe-bench", "--bin", "vary", "--"];
        step(&format!("{n} pages"), cargo().args(vary).arg(&dir).arg(n.to_string()))?;
        let m = measured(recoupe, &[dir.as_path()], 2)?;
        let per_second = n as f64 / m.seconds;
        println!("   {n:>7} pages, 2 jobs {:>8.1} s  {per_second:>6.0} pages/s  peak {:>6.0} MB", m.seconds, m.peak_mb);
        Ok(())
    });
    let _ = std::fs::remove_dir_all(&many);
    done
}

/// The development corpus, or the example where that is absent.
fn corpus() -> PathBuf {
    shared()
        .map(|s| s.join("corpus/dev/pages"))
        .filter(|p| p.is_dir())
        .unwrap_or_else(|| root().join("examples/idlib-2020"))
}

fn pages_of(dir: &Path) -> Result<Vec<PathBuf>> {
    let mut pages: Vec<PathBuf> = std::fs::read_dir(dir)
        .with_context(|| dir.display().to_string())?
        .map(|e| e.map(|e| e.path()))
        .collect::<std::io::Result<_>>()?;
    pages.retain(|p| p.extension().is_some_and(|e| e == "txt" || e == "html"));
    pages.sort();
    if pages.is_empty() {
        bail!("{}: no pages", dir.display());
    }
    Ok(pages)
}

fn page_of(dir: &Path) -> Result<PathBuf> {
    Ok(pages_of(dir)?.swap_remove(0))
}

/// Fills `to` with `count` pages: the corpus again and again, each copy with a number so that none is the same file.
fn repeat(from: &Path, to: &Path, count: usize) -> Result<()> {
    let pages = pages_of(from)?.into_iter().map(|p| Ok((std::fs::read(&p)?, p))).collect::<Result<Vec<_>>>()?;
    for i in 0..count {
        let (bytes, path) = &pages[i % pages.len()];
        let dir = to.join(format!("{:03}", i / 1000));
        std::fs::create_dir_all(&dir)?;
        let name = path.file_name().context("a page has a name")?.to_string_lossy();
        let mut copy = bytes.clone();
        copy.extend_from_slice(format!("\n\n{i}\n").as_bytes());
        std::fs::write(dir.join(format!("{i:05}-{name}")), copy)?;
    }
    Ok(())
}

struct Measured {
    seconds: f64,
    peak_mb: f64,
}

/// Runs `recoupe read … --format json` in a process of its own, so that the peak is that of this run alone.
fn measured(recoupe: &Path, paths: &[&Path], jobs: usize) -> Result<Measured> {
    let mut c = command(&std::env::current_exe()?.to_string_lossy());
    c.arg("measure").arg("--").arg(recoupe).args(["read", "--quiet", "--format", "json", "--jobs", &jobs.to_string()]);
    let said: Value = serde_json::from_str(&output(c.args(paths))?)?;
    let number = |key: &str| said[key].as_f64().with_context(|| format!("no {key}"));
    Ok(Measured { seconds: number("seconds")?, peak_mb: number("peak_mb")? })
}

/// Runs a command and prints its time and peak memory as JSON.
pub fn measure(words: &[String]) -> Result<()> {
    let start = Instant::now();
    let status = command(&words[0]).args(&words[1..]).stdout(Stdio::null()).status()?;
    let seconds = start.elapsed().as_secs_f64();
    if !status.success() {
        bail!("{} ended with {status}", words[0]);
    }
    println!("{}", serde_json::json!({ "seconds": seconds, "peak_mb": peak_mb()? }));
    Ok(())
}

/// The most memory any child had, in megabytes.
#[cfg(unix)]
fn peak_mb() -> Result<f64> {
    use nix::sys::resource::{UsageWho, getrusage};
    let kilobytes = getrusage(UsageWho::RUSAGE_CHILDREN)?.max_rss();
    Ok(kilobytes as f64 * 1024.0 / 1e6)
}

#[cfg(not(unix))]
fn peak_mb() -> Result<f64> {
    Ok(f64::NAN)
}
