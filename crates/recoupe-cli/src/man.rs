//! Manual pages, made from the same definitions as `--help`.

use std::path::Path;

use clap::CommandFactory;
use clap_mangen::Man;

use crate::args::{Cli, Lang};
use crate::exit::{Failure, Status};
use crate::output;

/// Prints `recoupe.1`, or writes it and one page for each command to `out`.
pub fn run(out: Option<&Path>) -> Result<Status, Failure> {
    let mut root = Cli::command();
    root.build();
    let Some(dir) = out else {
        output::to_stdout(Lang::En, |w| Man::new(root).render(w))?;
        return Ok(Status::Done);
    };
    output::folder(Lang::En, dir)?;
    let mut left = vec![root];
    while let Some(command) = left.pop() {
        left.extend(command.get_subcommands().filter(|c| c.get_name() != "help").cloned());
        // After `build` the display name of a nested command is `recoupe-pack-check`.
        let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
        output::to_file(Lang::En, &dir.join(format!("{name}.1")), |w| Man::new(command).render(w))?;
    }
    Ok(Status::Done)
}
