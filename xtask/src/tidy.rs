//! House rules that a program can check. They run as tests too, so a change that breaks one does not pass.

mod files;
mod layers;
mod pure;

use anyhow::{Result, bail};

/// One broken rule, with the file and line where there is one.
pub type Problem = String;

/// Every rule and what it found.
fn all() -> Result<Vec<(&'static str, Vec<Problem>)>> {
    let sources = files::Sources::of_the_project()?;
    Ok(vec![
        ("imports follow layers.toml", layers::check()?),
        ("the pure half carries the strict lints", pure::lints()?),
        ("the pure half touches nothing outside", pure::calls(&sources)),
        ("no language is named in Rust", pure::languages(&sources)?),
        ("no trailing blanks, one line feed at the end", sources.blanks()),
        ("no file is too long", sources.lengths()),
        ("links between documents lead somewhere", sources.links()),
        ("ARCHITECTURE.md names every crate in at most 300 lines", sources.architecture()?),
    ])
}

/// `cargo xtask tidy`.
pub fn run() -> Result<()> {
    let mut count = 0;
    for (rule, problems) in all()? {
        println!("{} {rule}", if problems.is_empty() { "✓" } else { "✗" });
        for p in &problems {
            println!("    {p}");
        }
        count += problems.len();
    }
    files::Sources::of_the_project()?.print_lengths();
    if count > 0 { bail!("tidy: {count} problems") } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_house_is_tidy() {
        let broken: Vec<String> = super::all()
            .expect("the project can be read")
            .into_iter()
            .flat_map(|(rule, problems)| problems.into_iter().map(move |p| format!("{rule}: {p}")))
            .collect();
        assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
    }
}
