//! What the tests need from outside, installed only where it is missing, and told before.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::run::{command, has, output, root, step};

/// Debian's Chromium, for the test that opens a dossier in a browser.
pub fn chromium() -> Result<()> {
    if has("chromium") {
        return Ok(());
    }
    apt(&["chromium"])
}

/// A Python for the scorer.
pub fn python() -> Result<()> {
    if has("python3") {
        return Ok(());
    }
    apt(&["python3"])
}

/// Node and the packages of `folder`, a folder with a `package.json`.
pub fn npm(folder: &str) -> Result<()> {
    if !has("node") || !has("npm") {
        apt(&["nodejs", "npm"])?;
    }
    if root().join(folder).join("node_modules").is_dir() {
        return Ok(());
    }
    let locked = root().join(folder).join("package-lock.json").is_file();
    step(
        "install npm packages",
        command("npm")
            .current_dir(root().join(folder))
            // A package must not fetch a browser of its own; Debian's is used.
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
            .args([if locked { "ci" } else { "install" }, "--no-audit", "--no-fund"]),
    )
}

/// A Python of its own with the programs that open exports.
pub fn readers(requirements: &str) -> Result<PathBuf> {
    let dir = root().join("out/readers");
    let python = dir.join("bin/python");
    let wanted = std::fs::read_to_string(root().join(requirements))?;
    let installed = dir.join("installed.txt");
    if std::fs::read_to_string(&installed).is_ok_and(|i| i == wanted) {
        return Ok(python);
    }
    if !has("python3") || output(command("python3").args(["-c", "import venv, ensurepip"])).is_err() {
        apt(&["python3", "python3-venv"])?;
    }
    println!("the tests open exports with pandas, DuckDB, GDAL and libhxl: installing them into out/readers with pip");
    step("make out/readers", command("python3").args(["-m", "venv", "--clear", "out/readers"]))?;
    let mut pip = command(&python.to_string_lossy());
    step("install the readers", pip.args(["-m", "pip", "install", "--quiet", "-r", requirements]))?;
    std::fs::write(installed, wanted)?;
    Ok(python)
}

fn apt(packages: &[&str]) -> Result<()> {
    let names = packages.join(" ");
    if !has("apt-get") {
        bail!("the tests need {names}: please install it with this system's package manager");
    }
    let root = output(command("id").arg("-u"))?.trim() == "0";
    if !root && !has("sudo") {
        bail!("the tests need {names}: please run, as root, apt-get install {names}");
    }
    println!("the tests need {names}, which is not here: installing it with apt-get");
    let get = |args: &[&str]| {
        let mut c = command(if root { "apt-get" } else { "sudo" });
        if !root {
            c.args(["-n", "apt-get"]);
        }
        c.env("DEBIAN_FRONTEND", "noninteractive").args(args);
        c
    };
    step("apt-get update", &mut get(&["update", "-qq"]))?;
    let mut install = get(&["install", "-y", "-qq", "--no-install-recommends"]);
    step(&format!("apt-get install {names}"), install.args(packages))
}
