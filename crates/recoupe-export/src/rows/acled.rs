//! Rows with the columns of ACLED, for teams whose tools read those.
//!
//! Columns, their order and their values: ACLED Codebook and export as of March 2023 and later (31 columns). What ACLED codes by
//! its own research (administrative units, scale of sources, kind of militia, time of upload) stays empty.

use recoupe_wire::{Attribution, Incident, Time};

use super::codes::{Class, Codes, Country, class, country};
use super::desk::{Cite, Desk, disputed, joined, names, outlet, published};
use super::sheet::{Sheet, Table};
use super::total::{self, Dead};
use super::{File, Format, Refused, csv, tables};
use crate::words::{Day, Words};

/// One row in the making.
pub struct Row<'a> {
    x: &'a Incident,
    number: usize,
    day: String,
    precision: i64,
    kind: (String, String),
    country: Country,
    dead: Dead,
}

/// An incident that has no place in a format, and why.
pub struct Left<'a> {
    /// Its number.
    pub number: usize,
    /// The incident.
    pub x: &'a Incident,
    /// Why.
    pub why: &'static str,
}

/// The files: rows, their sources, what was left out, and how to read them.
pub fn files(k: &Desk, codes: &Codes) -> Result<Vec<File>, Refused> {
    let rule = total::rule(k.d, Format::Acled)?;
    let (mut rows, mut left) = (Vec::new(), Vec::new());
    for (number, x) in k.d.incidents.iter().enumerate() {
        match row(k, codes, number, x) {
            Ok(r) => rows.push(r),
            Err(why) => left.push(Left { number, x, why }),
        }
    }
    let ids: Vec<(String, &Incident)> = rows.iter().map(|r| (event_id(r), r.x)).collect();
    let (rows_out, left_out) = (rows.len(), left.len());
    Ok(vec![
        File::new("acled.csv", csv::csv(&table(k, rule, rows), false)),
        File::new("acled.sources.csv", csv::csv(&sources(k, "event_id_cnty", &ids), false)),
        File::new("acled.left-out.csv", csv::csv(&left_table(k, left), false)),
        File::new("acled.about.csv", csv::csv(&about(k, rule, rows_out, left_out), false)),
    ])
}

fn event_id(r: &Row) -> String {
    if r.country.alpha3.is_empty() { r.x.id.clone() } else { format!("{}-{}", r.country.alpha3, r.x.id) }
}

/// What both this format and UCDP's leave out: an incident that nobody says happened, or that sums up others.
pub fn unfit(k: &Desk, x: &Incident) -> Option<&'static str> {
    let told = k.claims(&x.claims).any(|(_, c)| matches!(c.certainty.as_str(), "stated" | "hedged"));
    match () {
        () if x.summary => Some("sums up a longer time; its parts are rows of their own"),
        () if !told && !x.claims.is_empty() => Some("nobody says it happened: planned, asked, conditional or denied"),
        () => None,
    }
}

fn row<'a>(k: &Desk, codes: &Codes, number: usize, x: &'a Incident) -> Result<Row<'a>, &'static str> {
    let code = codes.get(&x.kind_of).and_then(|c| c.acled.as_deref()).ok_or("no ACLED code for its type")?;
    if let Some(why) = unfit(k, x) {
        return Err(why);
    }
    let (day, precision) = day(x.time.as_ref()).ok_or("no day, week or month is known")?;
    if x.place.as_ref().is_none_or(|p| p.precision == "country") {
        return Err("no place more exact than a country is known");
    }
    let place = x.place.as_ref().and_then(|p| p.country.as_deref());
    let (event, sub) = code.split_once(": ").unwrap_or((code, ""));
    let kind = by_parties(x, place, event, sub);
    Ok(Row { x, number, day, precision, kind, country: country(place), dead: total::dead(x) })
}

/// Event and sub-event type where the codebook lets the parties decide: violence against civilians has civilian victims, and
/// ground that the place's own state takes is regained.
fn by_parties(x: &Incident, place: Option<&str>, event: &str, sub: &str) -> (String, String) {
    let all = |list: &[Attribution], f: &dyn Fn(&Attribution) -> bool| !list.is_empty() && list.iter().all(f);
    let own = |a: &Attribution| class(&a.value) == Class::State && a.value.country.as_deref() == place;
    match (event, sub) {
        ("Violence against civilians", "Attack") if all(&x.target, &|a| class(&a.value).armed()) => {
            ("Battles".to_owned(), "Armed clash".to_owned())
        }
        ("Battles", "Non-state actor overtakes territory") if place.is_some() && all(&x.actor, &own) => {
            (event.to_owned(), "Government regains territory".to_owned())
        }
        _ => (event.to_owned(), sub.to_owned()),
    }
}

/// The day and its precision code: 1 the day, 2 a week (its middle), 3 a month (its middle).
fn day(t: Option<&Time>) -> Option<(String, i64)> {
    let a = Day::of(t?.from.as_deref()).or(Day::of(t?.to.as_deref()))?;
    let z = Day::of(t?.to.as_deref()).unwrap_or(a);
    let length = z.number() - a.number() + 1;
    let precision = match length {
        1 => 1,
        2..=10 => 2,
        11..=31 => 3,
        _ => return None,
    };
    let m = Day::from_number(a.number() + (length - 1) / 2);
    Some((format!("{:04}-{:02}-{:02}", m.year, m.month, m.day), precision))
}

fn disorder(event: &str, sub: &str) -> &'static str {
    match (event, sub) {
        ("Protests", "Excessive force against protesters") => "Political violence; Demonstrations",
        ("Protests", _) | ("Riots", "Violent demonstration") => "Demonstrations",
        ("Strategic developments", _) => "Strategic developments",
        _ => "Political violence",
    }
}

/// The kind of actor, where all whom the accounts name are of one kind that the id tells; which kind of militia it does not.
fn inter(list: &[Attribution], place: Option<&str>) -> Option<&'static str> {
    let of = |a: &Attribution| match class(&a.value) {
        Class::State if a.value.country.is_some() && a.value.country.as_deref() == place => Some("State forces"),
        Class::State if a.value.country.is_some() => Some("External/Other forces"),
        Class::External => Some("External/Other forces"),
        Class::Rebels => Some("Rebel group"),
        Class::Civilians => Some("Civilians"),
        Class::Protesters => Some("Protesters"),
        _ => None,
    };
    let first = of(list.first()?)?;
    list.iter().all(|a| of(a) == Some(first)).then_some(first)
}

/// Both kinds, in the order that the codebook fixes.
fn interaction(r: &Row) -> Option<String> {
    const ORDER: [&str; 5] = ["State forces", "Rebel group", "Protesters", "Civilians", "External/Other forces"];
    let place = place_country(r);
    let rank = |s: &str| ORDER.iter().position(|o| *o == s);
    let one = inter(&r.x.actor, place);
    let two = inter(&r.x.target, place);
    match (one, two) {
        // the codebook puts civilians last, whoever harms them
        (Some("External/Other forces"), Some("Civilians")) | (Some("Civilians"), Some("External/Other forces")) => {
            Some("External/Other forces-Civilians".to_owned())
        }
        (Some(a), Some(b)) if rank(a) <= rank(b) => Some(format!("{a}-{b}")),
        (Some(a), Some(b)) => Some(format!("{b}-{a}")),
        (Some(a), None) if r.x.target.is_empty() => Some(format!("{a} only")),
        _ => None,
    }
}

fn place_country<'a>(r: &Row<'a>) -> Option<&'a str> {
    r.x.place.as_ref().and_then(|p| p.country.as_deref())
}

fn civilians(r: &Row) -> Option<&'static str> {
    let all = !r.x.target.is_empty() && r.x.target.iter().all(|a| class(&a.value) == Class::Civilians);
    (all || r.kind.0 == "Violence against civilians").then_some("Civilian targeting")
}

fn geo_precision(precision: &str) -> Option<i64> {
    Some(match precision {
        "exact" | "town" => 1,
        "district" => 2,
        "province" => 3,
        _ => return None,
    })
}

fn table<'a>(k: &'a Desk<'a>, rule: &'a str, rows: Vec<Row<'a>>) -> Table {
    let en = Words::of("en");
    let at =
        |r: &Row<'a>, precision: &str| r.x.place.as_ref().filter(|p| p.precision == precision).map(|p| p.name.clone());
    let empty = |_: &Row| None::<String>;
    Sheet::<Row>::new("acled", "One incident with the columns of ACLED")
        .text("event_id_cnty", "ISO alpha-3 of the country, and the incident's id", event_id)
        .day("event_date", "The day; of a week or month its middle", |r| r.day.clone())
        .int("year", "Its year", |r| r.day[..4].parse::<i64>().ok())
        .int("time_precision", "1 day, 2 week, 3 month", |r| r.precision)
        .text("disorder_type", "From the event type, as the codebook's table has it", |r| {
            disorder(&r.kind.0, &r.kind.1)
        })
        .text("event_type", "From the domain pack", |r| r.kind.0.clone())
        .text("sub_event_type", "From the domain pack; where the codebook asks for it, from the parties", |r| {
            r.kind.1.clone()
        })
        .text("actor1", "Who is said to have done it; all whom the accounts name", |r| names(&r.x.actor))
        .text("assoc_actor_1", "Empty", empty)
        .text("inter1", "Kind of actor 1, where its id tells", |r| inter(&r.x.actor, place_country(r)))
        .text("actor2", "To whom it is said to have been done; all whom the accounts name", |r| names(&r.x.target))
        .text("assoc_actor_2", "Empty", empty)
        .text("inter2", "Kind of actor 2, where its id tells", |r| inter(&r.x.target, place_country(r)))
        .text("interaction", "Both kinds, where both are known", interaction)
        .text("civilian_targeting", "Civilian targeting, where civilians only are named", civilians)
        .int("iso", "ISO 3166 numeric", |r| r.country.numeric)
        .text("region", "ACLED's region", |r| r.country.acled)
        .text("country", "English name", |r| place_country(r).filter(|c| en.has("country", c)).map(|c| en.country(c)))
        .text("admin1", "The province, where no place in it is known", move |r| at(r, "province"))
        .text("admin2", "The district, where no place in it is known", move |r| at(r, "district"))
        .text("admin3", "Empty", empty)
        .text("location", "Name of the place", |r| r.x.place.as_ref().map(|p| p.name.as_str()))
        .real("latitude", "Degrees north", |r| r.x.place.as_ref().and_then(|p| p.lat))
        .real("longitude", "Degrees east", |r| r.x.place.as_ref().and_then(|p| p.lon))
        .int("geo_precision", "1 town, 2 district, 3 province", |r| {
            r.x.place.as_ref().and_then(|p| geo_precision(&p.precision))
        })
        .text("source", "Outlets, parted by a semicolon", |r| {
            joined(r.x.pages.iter().filter_map(|p| k.page(p)).map(|(_, p)| outlet(p)))
        })
        .text("source_scale", "Empty: outlets are not rated", empty)
        .text("notes", "Sentences with who says so, figures of all voices, and where to find them", |r| notes(k, r))
        .int(
            "fatalities",
            "The dead by the rule in tags; 0 where nobody tells of any, empty where there is no single number",
            |r| if r.dead == Dead::default() { Some(0) } else { r.dead.best },
        )
        .text("tags", "Rule to the one figure, standing, origins", move |r| tags(rule, r))
        .text("timestamp", "Empty: no clock is read", empty)
        .of(rows)
}

fn tags(rule: &str, r: &Row) -> String {
    let mut out = format!("fatalities rule={rule}; standing={}; origins={}", r.x.standing, r.x.origins);
    for field in ["happened", "actor", "target", "toll", "time", "place", "type"] {
        if disputed(r.x, field) {
            out.push_str(&format!("; disputed {field}"));
        }
    }
    out
}

fn notes(k: &Desk, r: &Row) -> String {
    let mut out = quotes(k, r.x);
    for t in total::killed(r.x) {
        let by: Vec<String> =
            t.by.iter()
                .map(|f| {
                    let cite = f.claims.first().and_then(|c| k.cite(c));
                    let denied = if f.denied { ", denied" } else { "" };
                    format!(
                        "{} ({}{denied})",
                        tables::figure(f.min, f.max, f.approx),
                        k.speaker(f.voice.as_ref(), cite.as_ref())
                    )
                })
                .collect();
        out.push_str(&format!(" Killed, {}: {}.", t.group.name, by.join("; ")));
    }
    if let Some(why) = r.dead.why {
        out.push_str(&format!(" No single number: {why}."));
    }
    out.push_str(&format!(" [{} {} {}]", r.x.id, k.incident_link(r.number), k.id));
    out
}

/// Each sentence once, with all who speak in it, outlet and day.
pub fn quotes(k: &Desk, x: &Incident) -> String {
    let mut groups: Vec<(Cite, Vec<String>)> = Vec::new();
    for c in x.claims.iter().filter_map(|c| k.cite(c)) {
        let Some((_, claim)) = c.claim else { continue };
        let hedge = if claim.certainty == "stated" { String::new() } else { format!(" [{}]", claim.certainty) };
        let who = k.speaker(claim.voice.as_ref(), Some(&c)) + &hedge;
        match groups.iter_mut().find(|(g, _)| g.number == c.number && g.span == c.span) {
            Some((_, all)) => all.push(who),
            None => groups.push((c, vec![who])),
        }
    }
    let told = groups.iter().filter_map(|(c, who)| {
        let day = published(c.page).map(|d| format!(", {d}")).unwrap_or_default();
        Some(format!("{} ({}{day}): “{}”", joined(who), outlet(c.page), c.claim?.1.quote))
    });
    told.collect::<Vec<_>>().join(" ")
}

/// One row for each claim behind a row, with its sentence.
pub fn sources<'a>(k: &'a Desk<'a>, id: &'static str, rows: &'a [(String, &'a Incident)]) -> Table {
    let all = rows.iter().flat_map(|(id, x)| x.claims.iter().filter_map(move |c| Some((id, k.cite(c)?))));
    Sheet::<(&String, Cite)>::new("sources", "One sentence behind one row")
        .text(id, "Id of the row", |r| r.0.as_str())
        .text("certainty", "stated, hedged, denied, planned, conditional or asked", |r| {
            r.1.claim.map(|(_, c)| &c.certainty)
        })
        .text("voice", "Who says so", |r| k.speaker(r.1.claim.and_then(|(_, c)| c.voice.as_ref()), Some(&r.1)))
        .cited(k, |r| Some(r.1))
        .of(all)
}

/// One row for each incident that has no place in the format.
pub fn left_table<'a>(k: &'a Desk<'a>, left: Vec<Left<'a>>) -> Table {
    Sheet::<Left>::new("left-out", "One incident that the format has no place for")
        .text("incident", "Id of the incident", |r| &r.x.id)
        .text("title", "Type, place and day", |r| &r.x.title)
        .text("why", "Why it is left out", |r| r.why)
        .text("incident_link", "Where the HTML report shows it", |r| k.incident_link(r.number))
        .cited(k, |r| k.cite_first(&r.x.claims, &r.x.pages))
        .of(left)
}

fn about<'a>(k: &'a Desk<'a>, rule: &str, rows: usize, left: usize) -> Table {
    let more = [
        ("columns", "ACLED Codebook and export since March 2023, 31 columns; not coded or checked by ACLED".to_owned()),
        ("fatalities", format!("rule {rule}, see docs/cli.md; several groups are added only within one sentence")),
        ("actors", "all whom the accounts name; actor1 is who is said to have done it".to_owned()),
        ("rows", rows.to_string()),
        ("left out", format!("{left}, see acled.left-out.csv")),
    ];
    let mut t = tables::about(k);
    t.rows.extend(more.map(|(n, v)| vec![n.into(), v.into()]));
    t
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(from: &str, to: &str) -> Time {
        Time { from: Some(from.into()), to: Some(to.into()), ..Default::default() }
    }

    #[test]
    fn stretches_have_their_middle_and_their_code() {
        let d = |a, z| day(Some(&time(a, z)));
        assert_eq!(d("2020-02-20", "2020-02-20"), Some(("2020-02-20".into(), 1)));
        assert_eq!(d("2020-02-17", "2020-02-23"), Some(("2020-02-20".into(), 2)));
        assert_eq!(d("2020-02-01", "2020-02-29"), Some(("2020-02-15".into(), 3)));
        assert_eq!(d("2020-01-01", "2020-12-31"), None, "a year has no code");
        assert_eq!(day(None), None);
    }

    #[test]
    fn every_type_has_its_disorder() {
        assert_eq!(disorder("Battles", "Armed clash"), "Political violence");
        assert_eq!(disorder("Protests", "Peaceful protest"), "Demonstrations");
        assert_eq!(disorder("Strategic developments", "Arrests"), "Strategic developments");
    }
}
