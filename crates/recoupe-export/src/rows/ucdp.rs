//! Rows with the columns of UCDP GED, for tools that read those.
//!
//! Columns, their order and their codes: UCDP GED Codebook 25.1 (49 columns). Ids of conflicts, dyads and sides are UCDP's own
//! and stay empty. A row needs somebody killed, as in the codebook; that a dyad passed 25 deaths in a year is not asked.

use recoupe_wire::{Attribution, Incident, IncidentToll};
use sha2::{Digest, Sha256};

use super::acled::{Left, left_table, sources, unfit};
use super::codes::{Class, Codes, Country, class, country};
use super::desk::{Desk, joined, names, outlet, published, voices};
use super::sheet::{Sheet, Table};
use super::total::{self, Dead};
use super::{File, Format, Refused, csv, tables};
use crate::words::{Day, Words};

struct Row<'a> {
    x: &'a Incident,
    start: Day,
    end: Day,
    precision: i64,
    violence: Option<u8>,
    country: Country,
    dead: Dead,
}

/// The files: rows, their sources, what was left out, and how to read them.
pub fn files(k: &Desk, codes: &Codes) -> Result<Vec<File>, Refused> {
    let rule = total::rule(k.d, Format::Ucdp)?;
    let (mut rows, mut left) = (Vec::new(), Vec::new());
    for (number, x) in k.d.incidents.iter().enumerate() {
        match row(k, codes, x) {
            Ok(r) => rows.push(r),
            Err(why) => left.push(Left { number, x, why }),
        }
    }
    let ids: Vec<(String, &Incident)> = rows.iter().map(|r| (id(r.x).to_string(), r.x)).collect();
    let (rows_out, left_out) = (rows.len(), left.len());
    Ok(vec![
        File::new("ucdp-ged.csv", csv::csv(&table(k, rule, rows), false)),
        File::new("ucdp-ged.sources.csv", csv::csv(&sources(k, "id", &ids), false)),
        File::new("ucdp-ged.left-out.csv", csv::csv(&left_table(k, left), false)),
        File::new("ucdp-ged.about.csv", csv::csv(&about(k, rule, rows_out, left_out), false)),
    ])
}

fn row<'a>(k: &Desk, codes: &Codes, x: &'a Incident) -> Result<Row<'a>, &'static str> {
    let can: &[u8] = codes.get(&x.kind_of).map(|c| c.ucdp.as_slice()).unwrap_or_default();
    if can.is_empty() {
        return Err("no UCDP type of violence for its type");
    }
    if let Some(why) = unfit(k, x) {
        return Err(why);
    }
    let dead = total::dead(x);
    if dead == Dead::default() {
        return Err("nobody tells of anybody killed");
    }
    if [dead.low, dead.best, dead.high].iter().flatten().all(|n| *n == 0) && dead.why.is_none() {
        return Err("nobody killed by any figure");
    }
    let t = x.time.as_ref().ok_or("no day is known")?;
    let start = Day::of(t.from.as_deref()).or(Day::of(t.to.as_deref())).ok_or("no day is known")?;
    let end = Day::of(t.to.as_deref()).unwrap_or(start);
    let precision = match end.number() - start.number() + 1 {
        1 => 1,
        2..=6 => 2,
        7 => 3,
        8..=31 => 4,
        32..=366 => 5,
        _ => return Err("no year is known"),
    };
    let place = x.place.as_ref().and_then(|p| p.country.as_deref());
    Ok(Row { x, start, end, precision, violence: violence(can, x), country: country(place), dead })
}

/// 1 state-based, 2 non-state, 3 one-sided, of those the type can be; empty where the parties do not tell.
fn violence(can: &[u8], x: &Incident) -> Option<u8> {
    let all =
        |list: &[Attribution], f: &dyn Fn(Class) -> bool| !list.is_empty() && list.iter().all(|a| f(class(&a.value)));
    let any_state = |list: &[Attribution]| !list.is_empty() && list.iter().all(|a| class(&a.value) == Class::State);
    let civil = all(&x.target, &|c| matches!(c, Class::Civilians | Class::Protesters));
    let armed = all(&x.actor, &Class::armed) && all(&x.target, &Class::armed);
    let said = match () {
        () if civil => 3,
        () if armed && (any_state(&x.actor) || any_state(&x.target)) => 1,
        () if armed && all(&x.actor, &|c| c != Class::State) && all(&x.target, &|c| c != Class::State) => 2,
        () if can.len() == 1 => can[0],
        () => return None,
    };
    can.contains(&said).then_some(said)
}

/// A number that stays: the digits of the incident's id, else of its digest. Below 2⁵³, so no program rounds it.
fn id(x: &Incident) -> i64 {
    let hex = x.id.trim_start_matches('i');
    i64::from_str_radix(hex, 16).ok().filter(|n| (0..1 << 53).contains(n) && hex.len() > 7).unwrap_or_else(|| {
        let d = Sha256::digest(x.id.as_bytes());
        d.iter().take(6).fold(0, |n, b| n << 8 | i64::from(*b))
    })
}

/// Whose dead a count is of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    A,
    B,
    Civilians,
    Unknown,
}

fn whose(x: &Incident, t: &IncidentToll) -> Whose {
    let is = |list: &[Attribution]| list.iter().any(|a| a.value.id == t.group.id);
    match class(&t.group) {
        Class::Civilians | Class::Protesters => Whose::Civilians,
        _ if is(&x.actor) && !is(&x.target) => Whose::A,
        _ if is(&x.target) && !is(&x.actor) => Whose::B,
        _ => Whose::Unknown,
    }
}

/// The dead of one side by the rule. Where there is a number for all, the sides add up to it; else only a side with one count
/// has a number, and nothing is added.
fn deaths(r: &Row, side: Whose) -> Option<i64> {
    let mine = || total::killed(r.x).filter(|t| whose(r.x, t) == side);
    if r.dead.best.is_some() {
        return mine().map(|t| total::bounds(t).map(|b| b.1)).sum();
    }
    let mut mine = mine();
    match (mine.next(), mine.next()) {
        (Some(t), None) => total::bounds(t).map(|b| b.1),
        _ => None,
    }
}

fn where_precision(precision: &str) -> Option<i64> {
    Some(match precision {
        "exact" | "town" => 1,
        "district" => 3,
        "province" => 4,
        "country" => 6,
        _ => return None,
    })
}

/// The cell of PRIO-GRID, half a degree wide, numbered from the south-west.
fn priogrid(lat: f64, lon: f64) -> i64 {
    let row = ((lat + 90.0) * 2.0).floor().clamp(0.0, 359.0) as i64;
    let column = ((lon + 180.0) * 2.0).floor().clamp(0.0, 719.0) as i64;
    row * 720 + column + 1
}

fn midnight(d: Day) -> String {
    format!("{:04}-{:02}-{:02} 00:00:00.000", d.year, d.month, d.day)
}

fn sides(list: &[Attribution]) -> String {
    joined(list.iter().filter_map(|a| country(a.value.country.as_deref()).gw).map(|n| n.to_string()))
}

fn table<'a>(k: &'a Desk<'a>, rule: &'a str, rows: Vec<Row<'a>>) -> Table {
    let en = Words::of("en");
    let place = |r: &Row<'a>| r.x.place.as_ref();
    let at = move |r: &Row<'a>, precision: &str| place(r).filter(|p| p.precision == precision).map(|p| p.name.clone());
    let degrees = move |r: &Row<'a>| place(r).and_then(|p| Some((p.lat?, p.lon?)));
    let empty = |_: &Row| None::<String>;
    let pages = move |r: &Row<'a>| r.x.pages.iter().filter_map(|p| k.page(p)).map(|(_, p)| p).collect::<Vec<_>>();
    let s = Sheet::<Row>::new("ucdp-ged", "One incident with the columns of UCDP GED")
        .int("id", "A number made of the incident's id", |r| id(r.x))
        .text("relid", "Id of the incident", |r| &r.x.id)
        .int("year", "Year of the first day", |r| i64::from(r.start.year))
        .flag("active_year", "Empty", |_| None::<bool>)
        .text("code_status", "That UCDP did not check it, and the rule to the figures", move |_| {
            format!("Recoupe, not checked by UCDP; figures by rule {rule}")
        })
        .int("type_of_violence", "1 state-based, 2 non-state, 3 one-sided; empty where the parties do not tell", |r| {
            r.violence.map(i64::from)
        })
        .text("conflict_dset_id", "Empty", empty)
        .int("conflict_new_id", "Empty", |_| None::<i64>)
        .text("conflict_name", "Empty", empty)
        .text("dyad_dset_id", "Empty", empty)
        .int("dyad_new_id", "Empty", |_| None::<i64>)
        .text("dyad_name", "Side A - side B, where both are known", |r| {
            let (a, b) = (names(&r.x.actor), names(&r.x.target));
            (!a.is_empty() && !b.is_empty()).then(|| format!("{a} - {b}"))
        })
        .text("side_a_dset_id", "Empty", empty)
        .int("side_a_new_id", "Empty", |_| None::<i64>)
        .text("side_a", "Who is said to have done it; all whom the accounts name", |r| names(&r.x.actor))
        .text("side_b_dset_id", "Empty", empty)
        .int("side_b_new_id", "Empty", |_| None::<i64>)
        .text("side_b", "To whom it is said to have been done; all whom the accounts name", |r| names(&r.x.target))
        .int("number_of_sources", "How many pages tell of it", |r| r.x.pages.len())
        .text("source_article", "Outlet, day and headline of each page", move |r| {
            joined(pages(r).iter().map(|p| {
                let parts = [Some(outlet(p)), published(p).map(str::to_owned), p.title.clone()];
                parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
            }))
        })
        .text("source_office", "Outlets", move |r| joined(pages(r).iter().map(|p| outlet(p))))
        .text("source_date", "Days of publication", move |r| joined(pages(r).iter().filter_map(|p| published(p))))
        .text("source_headline", "Headlines", move |r| joined(pages(r).iter().filter_map(|p| p.title.as_ref())))
        .text("source_original", "Who says so; outlet is a medium in its own words", |r| voices(&r.x.voices));
    located(s, at, degrees)
        .text("country", "English name", move |r| {
            place(r).and_then(|p| p.country.as_deref()).filter(|c| en.has("country", c)).map(|c| en.country(c))
        })
        .int("country_id", "Gleditsch and Ward's number", |r| r.country.gw)
        .text("region", "UCDP's region", |r| r.country.ucdp)
        .int("event_clarity", "1: incidents that sum up others are left out", |_| 1_i64)
        .int("date_prec", "1 day, 2 two to six days, 3 week, 4 month, 5 year", |r| r.precision)
        .text("date_start", "First day on which it can have happened", |r| midnight(r.start))
        .text("date_end", "Last day", |r| midnight(r.end))
        .int("deaths_a", "Dead of side A by the rule", |r| deaths(r, Whose::A))
        .int("deaths_b", "Dead of side B by the rule", |r| deaths(r, Whose::B))
        .int("deaths_civilians", "Dead civilians by the rule", |r| deaths(r, Whose::Civilians))
        .int("deaths_unknown", "Dead of whom it is not told whose they are, by the rule", |r| deaths(r, Whose::Unknown))
        .int("best", "The dead by the rule in code_status; empty where the rule gives no number", |r| r.dead.best)
        .int("high", "The highest: by the rule, else of any voice", |r| r.dead.high)
        .int("low", "The lowest: by the rule, else of any voice", |r| r.dead.low)
        .text("gwnoa", "Gleditsch and Ward's numbers of side A", |r| sides(&r.x.actor))
        .text("gwnob", "Gleditsch and Ward's numbers of side B", |r| sides(&r.x.target))
        .of(rows)
}

/// The columns about the place.
fn located<'a>(
    s: Sheet<'a, Row<'a>>,
    at: impl Fn(&Row<'a>, &str) -> Option<String> + Copy + 'a,
    degrees: impl Fn(&Row<'a>) -> Option<(f64, f64)> + Copy + 'a,
) -> Sheet<'a, Row<'a>> {
    let place = |r: &Row<'a>| r.x.place.as_ref();
    s.int("where_prec", "1 exact or town, 3 district, 4 province, 6 country", move |r| {
        place(r).and_then(|p| where_precision(&p.precision))
    })
    .text("where_coordinates", "Name of the place", move |r| place(r).map(|p| p.name.as_str()))
    .text("where_description", "The place as a page tells it", move |r| place(r).and_then(|p| p.text.as_deref()))
    .text("adm_1", "The province, where no place in it is known", move |r| at(r, "province"))
    .text("adm_2", "The district, where no place in it is known", move |r| at(r, "district"))
    .real("latitude", "Degrees north", move |r| degrees(r).map(|d| d.0))
    .real("longitude", "Degrees east", move |r| degrees(r).map(|d| d.1))
    .text("geom_wkt", "The point as WKT", move |r| {
        degrees(r).map(|(lat, lon)| format!("POINT ({} {})", super::cell::real(lon), super::cell::real(lat)))
    })
    .int("priogrid_gid", "Cell of PRIO-GRID", move |r| degrees(r).map(|(lat, lon)| priogrid(lat, lon)))
}

fn about<'a>(k: &'a Desk<'a>, rule: &str, rows: usize, left: usize) -> Table {
    let more = [
        ("columns", "UCDP GED Codebook 25.1, 49 columns; not coded or checked by UCDP".to_owned()),
        ("best, low, high", format!("rule {rule}, see docs/cli.md; several groups are added only within one sentence")),
        ("rows", rows.to_string()),
        ("left out", format!("{left}, see ucdp-ged.left-out.csv")),
    ];
    let mut t = tables::about(k);
    t.rows.extend(more.map(|(n, v)| vec![n.into(), v.into()]));
    t
}

#[cfg(test)]
mod tests {
    use super::*;
    use recoupe_wire::Party;

    fn by(id: &str) -> Vec<Attribution> {
        let value = Party { id: id.into(), name: id.into(), ..Default::default() };
        vec![Attribution { value, ..Default::default() }]
    }

    fn between(a: &str, b: &str) -> Incident {
        Incident { actor: by(a), target: by(b), ..Default::default() }
    }

    #[test]
    fn the_parties_decide_the_type_of_violence() {
        let v = |a, b, can: &[u8]| violence(can, &between(a, b));
        assert_eq!(v("SYR/armed-forces", "generic/rebels", &[1, 3]), Some(1));
        assert_eq!(v("SYR/armed-forces", "generic/civilians", &[1, 3]), Some(3));
        assert_eq!(v("group/a", "group/b", &[1, 2, 3]), Some(2));
        assert_eq!(v("group/a", "org/b", &[1, 2, 3]), None);
        assert_eq!(v("group/a", "generic/civilians", &[1, 2]), None, "the type cannot be one-sided");
    }

    #[test]
    fn ids_are_numbers_that_stay() {
        let x = |id: &str| Incident { id: id.into(), ..Default::default() };
        assert_eq!(id(&x("i29de15df3eb9")), 0x29de_15df_3eb9);
        assert_eq!(id(&x("i1")), id(&x("i1")));
        assert_ne!(id(&x("i1")), id(&x("i2")));
    }

    #[test]
    fn cells_of_the_grid() {
        assert_eq!(priogrid(-90.0, -180.0), 1);
        assert_eq!(priogrid(89.9, 179.9), 259_200);
        assert_eq!(priogrid(36.2, 37.16), 181_875);
    }
}
