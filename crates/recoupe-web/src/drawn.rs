//! Kept incidents on a map and a timeline: the drawings of a report, from the incidents in short.

use recoupe_export::{Doors, Parts, Words};
use recoupe_store::IncidentRow;
use recoupe_wire::{Dossier, Incident, Time};

use crate::line;

/// Incidents, ready to be drawn.
pub struct Drawn {
    dossier: Dossier,
    doors: Doors,
}

impl Drawn {
    /// Those of a list.
    pub fn of(all: &[IncidentRow]) -> Self {
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
        Self { dossier: Dossier { incidents, ..Dossier::default() }, doors: Doors::default() }
    }

    /// The drawings in somebody's words.
    pub fn parts(&self, w: &'static Words) -> Parts<'_> {
        Parts::new(&self.dossier, w, &self.doors)
    }
}
