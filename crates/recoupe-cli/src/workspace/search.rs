//! `recoupe search`: pages by their words.

use recoupe_store::{Hit, Marks};
use serde_json::json;

use super::args::{Search, Told};
use super::{open, words};
use crate::args::Lang;
use crate::exit::{Failure, Status};
use crate::{output, tell};

/// Around what was found: no page holds these, so they can be turned into what the output needs.
const OPEN: &str = "\u{1}";
const CLOSE: &str = "\u{2}";

/// Searches and prints what was found; nothing found is no error.
pub fn run(args: &Search) -> Result<Status, Failure> {
    let lang = args.at.lang;
    let store = open(&args.at)?;
    let (hits, all) = store
        .search(&args.query.join(" "), args.collection.as_deref(), args.most, Marks { open: OPEN, close: CLOSE })
        .map_err(|e| words::failure(&e, lang))?;
    if args.format == Told::Json {
        output::to_stdout(lang, |w| hits.iter().try_for_each(|h| writeln!(w, "{}", record(h))))?;
        return Ok(Status::Done);
    }
    let (_, color) = tell::terminal(true);
    output::to_stdout(lang, |w| hits.iter().try_for_each(|h| writeln!(w, "{}", told(h, color))))?;
    if !args.at.quiet {
        let shown = hits.len();
        tell::note(&match lang {
            Lang::Fr => format!("{shown} sur {all} page(s)"),
            Lang::En => format!("{shown} of {all} page(s)"),
        });
    }
    Ok(Status::Done)
}

fn told(h: &Hit, color: bool) -> String {
    let (open, close) = if color { ("\u{1b}[1m", "\u{1b}[0m") } else { ("[", "]") };
    let mut head: Vec<&str> = Vec::new();
    head.extend(h.day.as_deref());
    head.extend(h.outlet.as_deref());
    let title = plain(if h.title.is_empty() { &h.source } else { &h.title });
    let passage = plain(&h.passage).replace(OPEN, open).replace(CLOSE, close);
    let from = format!("sha256:{}  {}", &h.sha256[..12.min(h.sha256.len())], plain(&h.source));
    format!(
        "{}{}{title}\n    {passage}\n    {from}\n",
        plain(&head.join(" · ")),
        if head.is_empty() { "" } else { " · " }
    )
}

fn record(h: &Hit) -> serde_json::Value {
    json!({
        "page": format!("sha256:{}", h.sha256), "source": h.source, "title": h.title, "outlet": h.outlet, "day": h.day,
        "passage": h.passage.replace(OPEN, "[").replace(CLOSE, "]"), "score": (h.score * 1000.0).round() / 1000.0,
    })
}

/// Text of a page, without what would steer the terminal; the marks stay.
fn plain(s: &str) -> String {
    s.chars().map(|c| if c.is_control() && !OPEN.contains(c) && !CLOSE.contains(c) { ' ' } else { c }).collect()
}
