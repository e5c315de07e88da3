//! Who stands how to whom, and who calls whom what.

use std::collections::BTreeMap;

use recoupe_wire::{NamingUse, Relation};

use super::super::desk::{Desk, days, joined, voice_id, voices};
use super::super::sheet::{Sheet, Table};

/// One row for each relation.
pub fn relations<'a>(k: &'a Desk<'a>) -> Table {
    Sheet::<&Relation>::new("relations", "One say about how one party stands to another")
        .text("kind", "supports, opposes, ally, sponsor or part_of", |r| &r.kind)
        .text("from_id", "Stable id of who", |r| &r.from.id)
        .text("from", "Who", |r| &r.from.name)
        .text("to_id", "Stable id of to whom", |r| &r.to.id)
        .text("to", "To whom", |r| &r.to.name)
        .day("date_from", "First day when it was said to be so", |r| days(r.time.as_ref()).0)
        .day("date_to", "Last day", |r| days(r.time.as_ref()).1)
        .text("said_by", "Who says so; outlet is a medium in its own words", |r| voices(&r.said_by))
        .int("pages", "How many pages say so", |r| r.pages.len())
        .text("claims", "Ids of the claims", |r| joined(&r.claims))
        .cited(k, |r| k.cite_first(&r.claims, &r.pages))
        .of(&k.d.relations)
}

/// One row for each use of a name.
pub fn namings<'a>(k: &'a Desk<'a>) -> Table {
    let lens = k.d.naming_lens.iter();
    let tones: BTreeMap<(&str, &str), Option<&String>> =
        lens.flat_map(|l| l.terms.iter().map(|t| ((l.group.id.as_str(), t.term.as_str()), t.tone.as_ref()))).collect();
    Sheet::<&NamingUse>::new("namings", "One use of a name for a group")
        .text("group_id", "Stable id of who is named", |r| &r.group.id)
        .text("group", "Who is named, by the neutral English name", |r| &r.group.name)
        .text("term", "The words", |r| &r.term)
        .text("lemma", "Their lemma", |r| &r.lemma)
        .text("tone", "plain, against or for, as the language pack has it", move |r| {
            tones.get(&(r.group.id.as_str(), r.lemma.as_str())).copied().flatten()
        })
        .text("voice_id", "Stable id of whose words; outlet is a medium in its own words", |r| {
            voice_id(r.voice.as_ref())
        })
        .text("voice", "Whose words", |r| k.speaker(r.voice.as_ref(), k.cite_page(&r.page, None, None).as_ref()))
        .flag("quoted", "In quotation marks", |r| r.quoted)
        .cited(k, |r| k.cite_page(&r.page, Some(&r.term), Some(r.span)))
        .of(&k.d.namings)
}
