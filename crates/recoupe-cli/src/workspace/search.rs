//! `recoupe search`: pages by their words.

use recoupe_store::{Hit, Marks, Store, View};
use serde::{Deserialize, Serialize};
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
    let mut store = open(&args.at)?;
    let fail = |e| words::failure(&e, lang);
    if args.views {
        return views(&store, args);
    }
    if let Some(name) = &args.forget {
        store.forget_view(name).map_err(fail)?;
        return Ok(Status::Done);
    }
    let asked = asked(&store, args)?;
    let (hits, all) = store
        .search(&asked.search, asked.collection.as_deref(), args.most, Marks { open: OPEN, close: CLOSE })
        .map_err(fail)?;
    // kept once it has been understood
    if let Some(name) = &args.save {
        let query = serde_json::to_string(&asked).unwrap_or_default();
        store.save_view(&View { name: name.clone(), query, author: author() }).map_err(fail)?;
    }
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

/// A question as it is kept.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Asked {
    /// In the words of `recoupe search`.
    search: String,
    /// Only the pages of this collection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    collection: Option<String>,
}

/// What is asked: the words of the command, behind those of a question that was kept.
fn asked(store: &Store, args: &Search) -> Result<Asked, Failure> {
    let lang = args.at.lang;
    let mut asked = Asked::default();
    if let Some(name) = &args.view {
        let all = store.views().map_err(|e| words::failure(&e, lang))?;
        let view = all.iter().find(|v| v.name == *name).ok_or_else(|| {
            let message = lang.say("aucune question gardée sous le nom", "no question is kept under the name");
            Failure::new(Status::Workspace, format!("{message} {name}")).hint("recoupe search --views")
        })?;
        asked = serde_json::from_str(&view.query)
            .map_err(|e| Failure::new(Status::Workspace, format!("{name}: {e}")).hint("--save"))?;
    }
    let more = args.query.join(" ");
    if !more.is_empty() {
        asked.search = format!("{} {more}", asked.search).trim().to_owned();
    }
    asked.collection = args.collection.clone().or(asked.collection);
    Ok(asked)
}

/// Prints the questions that are kept.
fn views(store: &Store, args: &Search) -> Result<Status, Failure> {
    let lang = args.at.lang;
    let all = store.views().map_err(|e| words::failure(&e, lang))?;
    output::to_stdout(lang, |w| {
        all.iter().try_for_each(|v| {
            let asked: Asked = serde_json::from_str(&v.query).unwrap_or_default();
            if args.format == Told::Json {
                return writeln!(w, "{}", json!({ "name": v.name, "query": asked, "author": v.author }));
            }
            let within = asked.collection.map(|c| format!("  --collection {}", plain(&c))).unwrap_or_default();
            writeln!(w, "{}  {}{within}  ({})", plain(&v.name), plain(&asked.search), plain(&v.author))
        })
    })?;
    Ok(Status::Done)
}

/// Who asks, as the system calls them.
fn author() -> String {
    ["USER", "LOGNAME", "USERNAME"].iter().find_map(|v| std::env::var(v).ok()).unwrap_or_else(|| "?".to_owned())
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
