//! Who stands with or against whom, and who says so.

use std::collections::BTreeMap;

use recoupe_claim::{Certainty, Detail, RelationKind};
use recoupe_incident::{At, ClaimEntry, PageInput};
use recoupe_mention::Id;

use crate::shared::{Voices, add_page, time};
use crate::types::Relation;

/// All relations, by kind and ids. What is denied, asked or supposed is left out.
pub(crate) fn list(pages: &[PageInput], all: &[ClaimEntry]) -> Vec<Relation> {
    let mut rows: BTreeMap<(u8, Id, Id), (Relation, Voices)> = BTreeMap::new();
    for (i, e) in all.iter().enumerate() {
        let c = e.claim(pages);
        let Detail::Relation { kind, from, to } = &c.detail else { continue };
        if !matches!(c.certainty, Certainty::Stated | Certainty::Hedged) {
            continue;
        }
        let row = rows.entry((rank(*kind), from.id.clone(), to.id.clone())).or_insert_with(|| {
            let relation = Relation {
                kind: *kind,
                from: At::new(e.page, from.clone()),
                to: At::new(e.page, to.clone()),
                time: time(e),
                said_by: vec![],
                page: e.page,
                pages: vec![],
                claims: vec![],
            };
            (relation, Voices::default())
        });
        row.1.add(pages, e);
        row.0.claims.push(i);
        add_page(&mut row.0.pages, e.page);
    }
    rows.into_values().map(|(r, v)| Relation { said_by: v.list, ..r }).collect()
}

fn rank(k: RelationKind) -> u8 {
    match k {
        RelationKind::Supports => 0,
        RelationKind::Opposes => 1,
        RelationKind::Ally => 2,
        RelationKind::Sponsor => 3,
        RelationKind::PartOf => 4,
    }
}
