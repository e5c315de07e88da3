//! A dossier with what it was made by, and how it goes to other programs.

use std::io::{self, Write};

use recoupe::decisions::{Decision, Fate};
use recoupe::{Dossier, Rule, Table};
use recoupe_wire::{Made as Provenance, Source, Style};

use crate::error::Trouble;

/// What pages brought together give.
#[derive(Debug, Default)]
pub struct Made {
    /// All that was found, as the library has it.
    pub dossier: Dossier,
    /// By what it was made.
    pub provenance: Provenance,
    /// How many pages were read.
    pub pages: usize,
    /// Pages that could not be read, in order.
    pub troubles: Vec<Trouble>,
}

impl Made {
    fn source(&self, views: bool) -> Source<'_> {
        Source { dossier: &self.dossier, made: &self.provenance, views }
    }

    /// The dossier as `recoupe.dossier/1`, value by value.
    pub fn json(&self, w: &mut dyn Write) -> io::Result<()> {
        recoupe_wire::write_dossier(self.source(false), w, Style::Pretty)
    }

    /// The dossier as others see it; with `views` the pages carry their texts.
    pub fn wire(&self, views: bool) -> recoupe_wire::Dossier {
        recoupe_wire::from_dossier(self.source(views))
    }

    /// The same with one figure for each toll by `rule`; what is kept stays as it is.
    pub fn wire_by(&mut self, rule: &Rule, table: &Table) -> recoupe_wire::Dossier {
        recoupe::figure::apply(table, &mut self.dossier, rule);
        let mut wire = self.wire(false);
        wire.made.figures = Some(rule.to_string());
        for x in &mut self.dossier.incidents {
            x.tolls.iter_mut().chain(&mut x.cumulative).for_each(|t| t.figure = None);
        }
        wire
    }

    /// The rule to one figure that was asked for.
    pub fn figures(&self) -> Option<&str> {
        self.provenance.figures.as_deref()
    }

    /// What became of the decisions.
    pub fn fates(&self) -> &[(Decision, Fate)] {
        &self.dossier.decisions.fates
    }
}
