//! `recoupe update`: what was added or decided since the last time, compared with what it touches; what changed is told.

use recoupe::Table;
use recoupe_desk::{Changed, How, Updated, record};
use recoupe_store::IncidentRow;
use serde_json::json;

use super::args::{Told, Update};
use super::check::recorded;
use super::incidents::line;
use super::open;
use crate::args::Lang;
use crate::exit::{Failure, Status};
use crate::{output, packs, pipeline, progress, tell};

/// Brings the kept incidents up to date.
pub fn run(args: &Update) -> Result<Status, Failure> {
    let lang = args.at.lang;
    let mut store = open(&args.at)?;
    let packs = packs::load(&args.packs, lang)?;
    let session = pipeline::session(&args.input(), &packs)?;
    let decisions = recorded(&store, lang)?;
    let how = How { all: args.all, step: args.step.map(usize::from) };
    let bar = progress::bar(args.at.quiet, lang);
    let done = recoupe_desk::update(&mut store, &session, &decisions, how, &|n| bar.inc(n as u64));
    bar.finish_and_clear();
    let done = done.map_err(|e| pipeline::failure(&e, lang))?;
    for t in &done.troubles {
        tell::trouble(t, lang);
    }
    let told: Vec<String> = done.changes.iter().map(|c| told(c, session.table(), args)).collect();
    output::to_stdout(lang, |w| told.iter().try_for_each(|l| writeln!(w, "{l}")))?;
    if !args.at.quiet {
        tell::note(&closing(&done, lang));
    }
    Ok(if done.troubles.is_empty() { Status::Done } else { Status::Partial })
}

/// One incident that is new, told otherwise or gone, as it is printed.
fn told(c: &Changed, table: &Table, args: &Update) -> String {
    let lang = args.at.lang;
    let (word, mark) = match (&c.was, &c.now) {
        (None, _) => ("new", "+"),
        (Some(_), Some(_)) => ("changed", "~"),
        (Some(_), None) => ("gone", "-"),
    };
    let joins: Vec<&str> = c.joins.iter().map(|x| x.name.as_str()).collect();
    if args.format == Told::Json {
        let mut v = json!({ "change": word });
        if let Some(x) = &c.now {
            v["incident"] = record(x);
        }
        if let Some(o) = &c.was {
            v["before"] = record(o);
        }
        if !joins.is_empty() {
            v["joins"] = json!(joins);
        }
        return v.to_string();
    }
    let Some(x) = c.now.as_ref().or(c.was.as_ref()) else { return String::new() };
    let mut out = format!("{mark} {}", line(x, table, lang));
    let parts = c.was.as_ref().zip(c.now.as_ref()).map(|(o, x)| parts(o, x, lang)).unwrap_or_default();
    if !parts.is_empty() {
        out.push_str(&format!("\n    {}", parts.join(" · ")));
    }
    if !joins.is_empty() {
        let word = lang.say("prend la place de", "takes the place of");
        out.push_str(&format!("\n    {word} {}", joins.join(", ")));
    }
    out
}

/// What of an incident is told otherwise than before.
fn parts(old: &IncidentRow, new: &IncidentRow, lang: Lang) -> Vec<String> {
    let mut out = Vec::new();
    let mut put = |what: &str, a: String, z: String| {
        if a != z {
            out.push(format!("{what} {a} → {z}"));
        }
    };
    let days = |x: &IncidentRow| super::incidents::days(x, lang);
    put(lang.say("date", "date"), days(old), days(new));
    let place = |x: &IncidentRow| x.place.clone().unwrap_or_else(|| "?".to_owned());
    put(lang.say("lieu", "place"), place(old), place(new));
    put(lang.say("pages", "pages"), old.pages.to_string(), new.pages.to_string());
    put(lang.say("sources indépendantes", "independent sources"), old.origins.to_string(), new.origins.to_string());
    let killed = |x: &IncidentRow| super::incidents::killed(x).unwrap_or_else(|| "?".to_owned());
    put(lang.say("tués", "killed"), killed(old), killed(new));
    let standing = |x: &IncidentRow| super::incidents::standing(&x.standing, lang).to_owned();
    put(lang.say("accord", "standing"), standing(old), standing(new));
    out
}

fn closing(t: &Updated, lang: Lang) -> String {
    let Updated { pages, compared, new, changed, gone, .. } = t;
    if *pages == 0 {
        return lang.say("rien de nouveau depuis la dernière fois", "nothing new since the last time").to_owned();
    }
    match lang {
        Lang::Fr => format!(
            "{pages} page(s) nouvelle(s), {compared} comparée(s) : {new} incident(s) nouveau(x), {changed} changé(s), {gone} disparu(s)"
        ),
        Lang::En => {
            format!("{pages} new page(s), {compared} compared: {new} new incident(s), {changed} changed, {gone} gone")
        }
    }
}
