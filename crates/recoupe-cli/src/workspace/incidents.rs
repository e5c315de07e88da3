//! `recoupe incidents`: what the last update found, in a line each.

use recoupe::{Packs, Table};
use recoupe_desk::record;
use recoupe_store::IncidentRow;

use super::args::{Incidents, Told};
use super::{open, words};
use crate::args::Lang;
use crate::exit::{Failure, Status};
use crate::tell::plain;
use crate::{output, packs, tell};

/// Lists incidents, the last ones at the end.
pub fn run(args: &Incidents) -> Result<Status, Failure> {
    let lang = args.at.lang;
    let store = open(&args.at)?;
    let packs: Packs = packs::load(&[], lang)?;
    let table = Table::load(&packs).map_err(|e| packs::failure(&e))?;
    let mut all = store.incidents().map_err(|e| words::failure(&e, lang))?;
    let some = all.len();
    all.retain(|x| fits(args, x));
    let found = all.len();
    let shown = &all[found.saturating_sub(args.most)..];
    output::to_stdout(lang, |w| {
        shown.iter().try_for_each(|x| match args.format {
            Told::Text => writeln!(w, "{}", line(x, &table, lang)),
            Told::Json => writeln!(w, "{}", record(x)),
        })
    })?;
    if !args.at.quiet {
        let shown = shown.len();
        tell::note(&match lang {
            Lang::Fr if some == 0 => "aucun incident gardé ; d’abord : recoupe update".to_owned(),
            Lang::En if some == 0 => "no incident is kept; first: recoupe update".to_owned(),
            Lang::Fr => format!("{shown} sur {found} incident(s)"),
            Lang::En => format!("{shown} of {found} incident(s)"),
        });
    }
    Ok(Status::Done)
}

fn fits(args: &Incidents, x: &IncidentRow) -> bool {
    // an undated one may have happened on any day, but no one asks for it by a day
    let from = args.from.as_ref().is_none_or(|d| x.days.as_ref().is_some_and(|(_, last)| last >= d));
    let to = args.to.as_ref().is_none_or(|d| x.days.as_ref().is_some_and(|(first, _)| first.get(..d.len()) <= Some(d)));
    let country = args.country.as_ref().is_none_or(|c| x.country.as_ref().is_some_and(|y| y.eq_ignore_ascii_case(c)));
    let standing = args.standing.as_ref().is_none_or(|s| *s == x.standing);
    from && to && country && standing && (args.all || !(x.background || x.planned || x.summary))
}

/// An incident in one line: days, type and place, killed, pages, standing, id.
pub fn line(x: &IncidentRow, table: &Table, lang: Lang) -> String {
    let label = table.label(&x.kind, lang.say("fr", "en"));
    let place = x.place.as_ref().map(|p| format!(", {}", plain(p))).unwrap_or_default();
    let killed = killed(x).map(|n| format!(" · {n} {}", lang.say("tué(s)", "killed"))).unwrap_or_default();
    let pages = format!("{} {}", x.pages, lang.say("page(s)", "page(s)"));
    format!("{}  {label}{place}{killed} · {pages} · {}  {}", days(x, lang), standing(&x.standing, lang), x.name)
}

/// One day, or the first and the last.
pub fn days(x: &IncidentRow, lang: Lang) -> String {
    match &x.days {
        Some((a, z)) if a == z => a.clone(),
        Some((a, z)) => format!("{a}/{z}"),
        None => lang.say("sans date", "undated").to_owned(),
    }
}

/// The killed, where somebody counts them.
pub fn killed(x: &IncidentRow) -> Option<String> {
    Some(match (x.killed_low?, x.killed_high) {
        (low, Some(high)) if low == high => low.to_string(),
        (low, Some(high)) => format!("{low}–{high}"),
        (low, None) => format!("≥ {low}"),
    })
}

/// How the accounts stand, in a word.
pub fn standing(name: &str, lang: Lang) -> &'static str {
    match name {
        "agreed" => lang.say("concordant", "agreed"),
        "differs" => lang.say("divergent", "differs"),
        "contested" => lang.say("contesté", "contested"),
        _ => lang.say("source unique", "single origin"),
    }
}
