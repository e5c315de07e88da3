//! Running other programs: each step is named, its command shown, its failure told with what to do.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

/// The folder of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace").to_owned()
}

/// The folder beside the workspace with corpora and treebanks, where it is there.
pub fn shared() -> Option<PathBuf> {
    let dir = root().parent()?.join("shared");
    dir.is_dir().then_some(dir)
}

/// A command that runs in the workspace without standard input.
pub fn command(program: &str) -> Command {
    let mut c = Command::new(program);
    c.current_dir(root()).stdin(Stdio::null());
    c
}

/// The cargo that started this.
pub fn cargo() -> Command {
    let mut c = command(&std::env::var("CARGO").unwrap_or_else(|_| "cargo".into()));
    // Set by `cargo run` for this program; a cargo below it must find its own.
    for name in ["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "CARGO_PKG_NAME", "CARGO_PKG_VERSION"] {
        c.env_remove(name);
    }
    c
}

/// Runs one named step; says what it is and how long it took.
pub fn step(name: &str, command: &mut Command) -> Result<()> {
    println!("\n── {name}");
    let start = Instant::now();
    let status =
        command.status().with_context(|| format!("{name}: {:?} could not be started", command.get_program()))?;
    if !status.success() {
        bail!("{name}: {} ended with {status}", shown(command));
    }
    println!("   {name}: {:.0} s", start.elapsed().as_secs_f64());
    Ok(())
}

/// What a command prints, or why it failed.
pub fn output(command: &mut Command) -> Result<String> {
    let out = command.output().with_context(|| format!("{:?} could not be started", command.get_program()))?;
    if !out.status.success() {
        bail!("{} ended with {}\n{}", shown(command), out.status, String::from_utf8_lossy(&out.stderr));
    }
    Ok(String::from_utf8(out.stdout)?)
}

/// Whether a program is on the path.
pub fn has(program: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|dir| dir.join(program).is_file()))
}

/// Runs the same task again with an optimised build of this program.
pub fn again_in_release() -> Result<()> {
    let args = std::env::args().skip(1);
    step("in release", cargo().args(["run", "--quiet", "--release", "-p", "xtask", "--"]).args(args))
}

/// Builds the command `recoupe` with a profile and returns where it is.
pub fn recoupe(profile: &str) -> Result<PathBuf> {
    step(&format!("build recoupe ({profile})"), cargo().args(["build", "-p", "recoupe-cli", "--profile", profile]))?;
    Ok(built(profile))
}

/// Where the command lies once it is built.
pub fn built(profile: &str) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    target.join(profile).join(format!("recoupe{}", std::env::consts::EXE_SUFFIX))
}

fn shown(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|a| a.to_string_lossy().into_owned()));
    words.join(" ")
}
