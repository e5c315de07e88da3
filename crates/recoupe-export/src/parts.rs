//! The parts of a report one by one, for those that put each on a page of its own.

use maud::{Markup, html};
use recoupe_wire::{Claim, Dossier};

use crate::bits;
use crate::book::{Book, Doors};
use crate::part::{control, decisions, front, incident, ledger, map, names, origins, pages, sites, timeline};
use crate::words::Words;

/// A dossier whose parts stand on pages of their own.
pub struct Parts<'a>(Book<'a>);

/// A part that tells something of all pages together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// Where accounts contradict each other.
    Contradictions,
    /// The days.
    Timeline,
    /// The places.
    Map,
    /// Agreements and alleged breaches.
    Agreements,
    /// Who is said to hold what.
    Control,
    /// Bases, camps, crossings.
    Sites,
    /// The displaced.
    Displacement,
    /// Who stands how to whom.
    Relations,
    /// Who calls whom what.
    Names,
    /// Who copied whom.
    Origins,
    /// What people decided.
    Decisions,
}

impl<'a> Parts<'a> {
    /// The parts of a dossier in the words of `words`.
    pub fn new(d: &'a Dossier, words: &'static Words, doors: &'a Doors) -> Self {
        Self(Book::new(d, words).with(doors))
    }

    /// A part; nothing where the dossier has none.
    pub fn section(&self, s: Section) -> Markup {
        let b = &self.0;
        match s {
            Section::Contradictions => front::contradictions(b),
            Section::Timeline => timeline::section(b),
            Section::Map => map::section(b),
            Section::Agreements => ledger::agreements(b),
            Section::Control => control::section(b),
            Section::Sites => sites::section(b),
            Section::Displacement => ledger::displacement(b),
            Section::Relations => ledger::relations(b),
            Section::Names => names::section(b),
            Section::Origins => origins::section(b),
            Section::Decisions => decisions::section(b),
        }
    }

    /// Type, place and day of an incident in one line.
    pub fn title(&self, incident: &str) -> Option<String> {
        self.0.incident(incident).map(|i| self.0.title(&self.0.d.incidents[i]).line())
    }

    /// An incident: the comparison of its accounts, its figures over time, its sentences.
    pub fn incident(&self, id: &str) -> Option<Markup> {
        let i = self.0.incident(id)?;
        Some(incident::accounts(&self.0, &self.0.d.incidents[i]))
    }

    /// A page as it came: what was set aside is greyed, claims are underlined.
    pub fn page(&self, id: &str) -> Option<Markup> {
        let i = self.0.page(id)?;
        Some(pages::shown_whole(&self.0, i))
    }

    /// The sentence of a claim, the words that carry a value marked, and where it stands.
    pub fn sentence(&self, claim: &str) -> Option<Markup> {
        let b = &self.0;
        let i = b.claim(claim)?;
        let c = &b.d.claims[i];
        let lang = b.page(&c.page).and_then(|p| b.d.pages[p].language.as_deref());
        Some(html! {
            blockquote lang=[lang] dir="auto" { q { (bits::sentence(&c.quote, &bits::words(c))) } (bits::source(b, i, c)) }
        })
    }

    /// What was read in a claim, in one line.
    pub fn reading(&self, c: &Claim) -> String {
        pages::read(&self.0, c)
    }

    /// Where an incident is told.
    pub fn incident_href(&self, id: &str) -> Option<String> {
        self.0.incident(id).map(|i| self.0.incident_href(i))
    }
}

/// The mark of a standing, with its word or with the word for those who do not see it only.
pub fn mark(words: &'static Words, standing: &str, word: bool) -> Markup {
    let d = Dossier::default();
    bits::mark(&Book::new(&d, words), standing, word)
}
