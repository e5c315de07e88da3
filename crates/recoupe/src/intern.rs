//! One copy of every short text: thousands of readings that wait for the cross-check name the same parties and places.

use std::collections::BTreeSet;

use recoupe_claim::{Claim, Detail, Naming, Reading};
use recoupe_mention::{Id, Party, Place};

/// Ids and names met so far. Readings that went through one share them; what they say does not change.
#[derive(Debug, Default)]
pub struct Interner {
    known: BTreeSet<Id>,
}

impl Interner {
    /// Makes a reading share its ids and names with those before it.
    pub fn share(&mut self, r: &mut Reading) {
        r.claims.iter_mut().for_each(|c| self.claim(c));
        r.namings.iter_mut().for_each(|n| self.naming(n));
    }

    fn id(&mut self, id: &mut Id) {
        match self.known.get(id) {
            Some(k) => *id = k.clone(),
            None => {
                self.known.insert(id.clone());
            }
        }
    }

    fn party(&mut self, p: &mut Party) {
        self.id(&mut p.id);
        self.id(&mut p.name);
        p.country.iter_mut().for_each(|c| self.id(c));
    }

    fn place(&mut self, p: &mut Place) {
        self.id(&mut p.id);
        self.id(&mut p.name);
        p.country.iter_mut().for_each(|c| self.id(c));
    }

    fn parties<'a>(&mut self, all: impl IntoIterator<Item = &'a mut Party>) {
        all.into_iter().for_each(|p| self.party(p));
    }

    fn claim(&mut self, c: &mut Claim) {
        self.id(&mut c.kind);
        self.parties(c.voices.iter_mut().chain(&mut c.actor).chain(&mut c.actor_voice).chain(&mut c.target));
        c.place.iter_mut().for_each(|p| self.place(p));
        c.means.iter_mut().for_each(|m| self.id(&mut m.id));
        for t in &mut c.tolls {
            self.id(&mut t.kind);
            self.id(&mut t.unit);
            self.party(&mut t.group);
        }
        c.rules.iter_mut().for_each(|r| self.id(r));
        self.detail(&mut c.detail);
    }

    fn detail(&mut self, d: &mut Detail) {
        match d {
            Detail::Incident => {}
            Detail::Control { holder, against, .. } => self.parties(holder.iter_mut().chain(against)),
            Detail::Agreement { id, name, parties, breach, .. } => {
                id.iter_mut().chain([name]).for_each(|x| self.id(x));
                self.parties(parties);
                if let Some(b) = breach {
                    self.parties(b.alleged_by.iter_mut().chain(&mut b.against).chain(&mut b.verified_by));
                }
            }
            Detail::Displacement { unit, from, to, at, .. } => {
                self.id(unit);
                from.iter_mut().chain(to).chain(at).for_each(|p| self.place(p));
            }
            Detail::Statement { to } => self.parties(to),
            Detail::Relation { from, to, .. } => self.parties([from, to]),
        }
    }

    fn naming(&mut self, n: &mut Naming) {
        self.parties(n.voice.iter_mut().chain([&mut n.group]));
        n.term.shrink_to_fit();
        n.lemma.shrink_to_fit();
    }
}
