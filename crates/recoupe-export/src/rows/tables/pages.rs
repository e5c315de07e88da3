//! The pages, which of them go back to one text, and what people decided.

use std::collections::BTreeMap;

use recoupe_wire::{Decided, Origin, Page};

use super::super::desk::{Cite, Desk, days, joined};
use super::super::sheet::{Sheet, Table};

/// One row for each page of each origin.
pub fn origins<'a>(k: &'a Desk<'a>) -> Table {
    struct Row<'a> {
        o: &'a Origin,
        cite: Option<Cite<'a>>,
    }
    let rows = k.d.origins.iter().flat_map(|o| {
        o.pages.iter().map(move |p| {
            let shared = o.evidence.iter().find(|e| e.page == *p).map(|e| e.span);
            Row { o, cite: k.cite_page(p, None, shared) }
        })
    });
    Sheet::<Row>::new("origins", "One page that goes back to one text with others; they count as one source")
        .text("origin", "Id of the origin", |r| &r.o.id)
        .text("kind", "copy, rewrite, wire or translation", |r| &r.o.kind)
        .text("credit", "The agency credited", |r| r.o.credit.as_ref())
        .real("share", "How much is shared, 0 to 1", |r| r.o.share)
        .int("pages", "How many pages share it", |r| r.o.pages.len())
        .cited(k, |r| r.cite)
        .of(rows)
}

/// One row for each page.
pub fn pages<'a>(k: &'a Desk<'a>) -> Table {
    let mut claims: BTreeMap<&str, usize> = BTreeMap::new();
    for c in &k.d.claims {
        *claims.entry(&c.page).or_default() += 1;
    }
    Sheet::<&Page>::new("pages", "One page")
        .text("title", "Its headline", |r| r.title.as_ref())
        .text("agency", "Agencies credited", |r| joined(&r.agency))
        .text("language", "ISO 639-1", |r| r.language.as_ref())
        .day("published_from", "First day on which it can have been published", |r| days(r.published.as_ref()).0)
        .day("published_to", "Last day", |r| days(r.published.as_ref()).1)
        .text("published_precision", "day, week, month, year or range", |r| r.published.as_ref().map(|t| &t.precision))
        .text("published_basis", "How the day is known: metadata, dateline, url, sibling …", |r| {
            r.published.as_ref().map(|t| &t.basis)
        })
        .int("claims", "How many claims it makes", move |r| claims.get(r.id.as_str()).copied().unwrap_or(0))
        .int("dropped", "How many parts were set aside as no article", |r| r.dropped.len())
        .text("notes", "What was noticed while reading", |r| joined(r.notes.iter().map(|n| &n.message)))
        .text("encoding", "The encoding it was decoded from, where that was not UTF-8; spans count the decoding", |r| {
            r.encoding.as_ref()
        })
        .cited(k, |r| k.cite_page(&r.id, None, None))
        .of(&k.d.pages)
}

/// One row for each decision of a person.
pub fn decisions<'a>(k: &'a Desk<'a>) -> Table {
    let all = k.d.decisions.iter().flat_map(|d| {
        [
            ("applied", &d.applied),
            ("orphaned", &d.orphaned),
            ("impossible", &d.impossible),
            ("superseded", &d.superseded),
            ("revoked", &d.revoked),
        ]
        .into_iter()
        .flat_map(|(fate, list)| list.iter().map(move |d| (fate, d)))
    });
    Sheet::<(&str, &Decided)>::new("decisions", "One decision of a person, and what became of it")
        .text("decision", "Id of the decision", |r| &r.1.id)
        .text("fate", "applied, orphaned, impossible, superseded or revoked", |r| r.0)
        .text("kind", "same, different, unsure, reject, correct, merge, split, confirm or revoke", |r| &r.1.kind)
        .text("field", "The field it is about", |r| r.1.field.as_ref())
        .text("author", "Who decided", |r| &r.1.author)
        .text("time", "When, in UTC", |r| &r.1.time)
        .text("reason", "Why, in their words", |r| &r.1.reason)
        .text("why", "Why it does not hold", |r| r.1.why.as_ref())
        .text("by", "The decision that stands against it", |r| r.1.by.as_ref())
        .text("claims", "Ids of the claims it is about", |r| joined(&r.1.claims))
        .cited(k, |r| {
            let anchored = || r.1.anchors.first().and_then(|a| k.cite_page(&a.page, Some(&a.quote), Some(a.span)));
            r.1.claims.first().and_then(|c| k.cite(c)).or_else(anchored)
        })
        .of(all)
}
