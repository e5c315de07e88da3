//! Everything dated, in one order.

use jiff::civil::Date;

use crate::types::Dossier;

/// What stands at a point of the timeline; the index is into the list of that name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Entry {
    /// An incident.
    Incident(usize),
    /// An agreement was concluded.
    Agreement(usize),
    /// A breach is alleged: the agreement, and the breach in it.
    Breach(usize, usize),
    /// A place is said to have been taken, lost or held.
    Control(usize),
    /// A figure for people who fled.
    Displacement(usize),
}

/// A point of the timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// What.
    pub entry: Entry,
}

/// All that is dated and said to have happened, by first day, then kind. What is planned is left out.
pub fn timeline(d: &Dossier) -> Vec<Point> {
    let mut out: Vec<Point> = Vec::new();
    let mut add = |w: Option<&recoupe_mention::When>, entry| {
        if let Some((from, to)) = w.and_then(|w| Some((w.from.or(w.to)?, w.to.or(w.from)?))) {
            out.push(Point { from, to, entry });
        }
    };
    for (i, x) in d.incidents.iter().enumerate().filter(|(_, x)| !x.planned) {
        add(x.time.as_ref().map(|w| &w.value), Entry::Incident(i));
    }
    for (i, x) in d.agreements.iter().enumerate() {
        add(x.date.as_ref().map(|w| &w.value), Entry::Agreement(i));
        for (j, b) in x.breaches.iter().enumerate() {
            add(b.time.as_ref().map(|w| &w.value), Entry::Breach(i, j));
        }
    }
    for (i, x) in d.control.iter().enumerate() {
        add(x.from.as_ref().map(|w| &w.value), Entry::Control(i));
    }
    for (i, x) in d.displacement.iter().enumerate() {
        add(x.time.as_ref().or(x.since.as_ref()).map(|w| &w.value), Entry::Displacement(i));
    }
    out.sort_by_key(|p| (p.from, p.to, p.entry));
    out
}
