//! Kept incidents on a timeline and a map: the drawings of a report, from the incidents in short.

use std::collections::BTreeMap;
use std::sync::Arc;

use maud::{Markup, PreEscaped, html};
use recoupe_export::{Doors, Parts, Section, Words};
use recoupe_store::IncidentRow;
use recoupe_wire::{Dossier, Incident, Time};

use crate::app::{App, lock};
use crate::line;

/// Drawings that are held: those of the lists that people look at.
const HELD: usize = 64;

/// A timeline and a map for each language and list.
pub type Drawings = BTreeMap<(&'static str, String), Arc<(String, String)>>;

/// The timeline and the map of a list. Coasts and borders take longer than all else on a page, so what was drawn is held for those who ask next.
pub fn drawn(app: &App, w: &'static Words, all: &[IncidentRow]) -> (Markup, Markup) {
    let told: String = all
        .iter()
        .map(|x| format!("{} {} {} {:?} {:?} {:?}\n", x.name, x.kind, x.standing, x.days, x.spot, x.place_said))
        .collect();
    let key = (w.lang(), recoupe_store::digest(told.as_bytes()));
    let held = lock(&app.drawings).get(&key).cloned();
    let both = held.unwrap_or_else(|| {
        let made = Arc::new(draw(w, all));
        let mut drawings = lock(&app.drawings);
        if drawings.len() >= HELD {
            drawings.clear();
        }
        drawings.insert(key, Arc::clone(&made));
        made
    });
    let part = |s: &String| html! { (PreEscaped(s)) };
    (part(&both.0), part(&both.1))
}

fn draw(w: &'static Words, all: &[IncidentRow]) -> (String, String) {
    let incidents = all
        .iter()
        .map(|x| Incident {
            id: x.name.clone(),
            kind_of: x.kind.clone(),
            time: x.days.clone().map(|(from, to)| Time { from: Some(from), to: Some(to), ..Time::default() }),
            place: line::place(x),
            standing: x.standing.clone(),
            background: x.background,
            summary: x.summary,
            origins: u32::try_from(x.origins).unwrap_or(0),
            ..Incident::default()
        })
        .collect();
    let dossier = Dossier { incidents, ..Dossier::default() };
    let doors = Doors::default();
    let parts = Parts::new(&dossier, w, &doors);
    (parts.section(Section::Timeline).into_string(), parts.section(Section::Map).into_string())
}
