//! `cargo xtask demo` and `cargo xtask man`: what a newcomer looks at first.

use anyhow::Result;

use crate::run::{command, has, recoupe, root, step};

const EXAMPLE: &str = "examples/idlib-2020";

/// Builds, reads the example, says where the dossier is, and opens it where there is a desktop.
pub fn run(no_open: bool) -> Result<()> {
    let recoupe = recoupe("release")?;
    step(
        "read the example",
        command(&recoupe.to_string_lossy()).args(["read", EXAMPLE, "-o", "out/demo", "--title", "Idlib, février 2020"]),
    )?;
    let page = root().join("out/demo/index.html");
    println!("\nThe dossier: {}\nAs JSON:     {}", page.display(), page.with_file_name("dossier.json").display());
    let desktop = std::env::var_os("DISPLAY").is_some() || std::env::var_os("WAYLAND_DISPLAY").is_some();
    if !no_open && desktop && has("xdg-open") {
        // Whether a browser came up is for the person to see; the files are there either way.
        let _ = command("xdg-open").arg(&page).spawn();
    }
    Ok(())
}

/// Writes the manual pages and the completions of the common shells.
pub fn man() -> Result<()> {
    let recoupe = recoupe("ci")?.to_string_lossy().into_owned();
    step("manual pages", command(&recoupe).args(["man", "-o", "out/man"]))?;
    let dir = root().join("out/completions");
    std::fs::create_dir_all(&dir)?;
    for shell in ["bash", "fish", "zsh", "powershell", "elvish"] {
        let script = crate::run::output(command(&recoupe).args(["completions", shell]))?;
        std::fs::write(dir.join(format!("recoupe.{shell}")), script)?;
    }
    println!("   out/man, out/completions");
    Ok(())
}
