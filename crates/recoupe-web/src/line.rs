//! An incident in a line, as lists show it.

use maud::{Markup, html};
use recoupe_export::{Day, Words, mark};
use recoupe_store::IncidentRow;
use recoupe_wire::Place;

/// First and last day in words.
pub fn days(w: &Words, x: &IncidentRow) -> String {
    let day = |s: &str| Day::of(Some(s));
    match x.days.as_ref().and_then(|(a, z)| day(a).zip(day(z))) {
        Some((a, z)) => w.span(a, z),
        None => w.t("row.unknown_date").to_owned(),
    }
}

/// The first day in words.
pub fn first_day(w: &Words, x: &IncidentRow) -> String {
    let day = x.days.as_ref().and_then(|d| Day::of(Some(&d.0)));
    day.map_or_else(|| w.t("row.unknown_date").to_owned(), |d| w.day(d))
}

/// Type and place.
pub fn name(w: &Words, x: &IncidentRow) -> String {
    let kind = w.id("type", &x.kind);
    let mut letters = kind.chars();
    let kind: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    match place(x) {
        Some(p) => format!("{kind} · {}", w.place(&p)),
        None => kind,
    }
}

/// The place as others see it.
pub fn place(x: &IncidentRow) -> Option<Place> {
    let (lat, lon) = x.spot.unzip();
    Some(Place {
        name: x.place.clone()?,
        text: x.place_said.clone(),
        country: x.country.clone(),
        precision: x.precision.clone().unwrap_or_default(),
        lat,
        lon,
        ..Place::default()
    })
}

/// The killed, where somebody counts them.
pub fn killed(w: &Words, x: &IncidentRow) -> Option<String> {
    let figure = w.figure(Some(x.killed_low?), x.killed_high, false)?;
    let one = x.killed_low == Some(1) && x.killed_high == Some(1);
    Some(format!("{figure} {}", if one { w.id("toll_one", "killed") } else { w.id("toll", "killed").to_lowercase() }))
}

/// An incident in a line, with the mark of its standing.
pub fn line(w: &'static Words, x: &IncidentRow) -> Markup {
    let mut more = vec![days(w, x)];
    more.extend(x.country.as_deref().map(|c| w.country(c)));
    more.extend(killed(w, x));
    more.push(w.n("count.pages", usize::try_from(x.pages).unwrap_or(0)));
    if x.origins > 0 {
        more.push(w.n("count.short_origins", usize::try_from(x.origins).unwrap_or(0)));
    }
    html! {
        a.what href={ "/incidents/" (x.name) } { (name(w, x)) }
        span.line { (more.join(" · ")) }
        (mark(w, &x.standing, true))
    }
}

/// A list of incidents that keys walk through.
pub fn list(w: &'static Words, all: &[IncidentRow]) -> Markup {
    html! { ol.lines { @for x in all { li data-stop { (line(w, x)) } } } }
}
