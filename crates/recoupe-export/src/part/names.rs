//! Who calls whom what: for each party a matrix of words and speakers.

use maud::{Markup, html};
use recoupe_wire::{LensShift, NamingUse, Party};

use crate::bits::{frame, neutral, page_links};
use crate::book::{Book, fold};
use crate::words::Day;

struct Group<'a> {
    party: &'a Party,
    uses: Vec<&'a NamingUse>,
}

/// Who calls whom what.
pub fn section(b: &Book) -> Markup {
    let mut groups: Vec<Group> = Vec::new();
    for n in &b.d.namings {
        match groups
            .iter_mut()
            .find(|g| g.party.id == n.group.id && (!n.group.id.is_empty() || g.party.name == n.group.name))
        {
            Some(g) => g.uses.push(n),
            None => groups.push(Group { party: &n.group, uses: vec![n] }),
        }
    }
    groups.sort_by_key(|g| std::cmp::Reverse(g.uses.len()));
    html! {
        @if !groups.is_empty() {
            section #names aria-labelledby="h-names" {
                h2 #h-names { (b.w.t("section.names")) }
                p.intro { (b.w.t("intro.names")) }
                @for g in &groups { (matrix(b, g)) }
            }
        }
    }
}

fn matrix(b: &Book, g: &Group) -> Markup {
    // A speaker is a voice, or an outlet in its own words.
    let mut speakers: Vec<(String, bool)> = Vec::new();
    let mut terms: Vec<(String, &str)> = Vec::new();
    let mut cells: Vec<(usize, usize, &NamingUse)> = Vec::new();
    for n in &g.uses {
        let who = match &n.voice {
            Some(v) => (b.w.party(v), false),
            None => (b.page(&n.page).map_or_else(String::new, |p| b.outlet(p)), true),
        };
        let s = speakers.iter().position(|s| *s == who).unwrap_or_else(|| {
            speakers.push(who);
            speakers.len() - 1
        });
        let key = fold(if n.lemma.is_empty() { &n.term } else { &n.lemma });
        let t = terms.iter().position(|t| t.0 == key).unwrap_or_else(|| {
            terms.push((key, &n.term));
            terms.len() - 1
        });
        cells.push((t, s, n));
    }
    let lens =
        b.d.naming_lens
            .iter()
            .find(|l| l.group.id == g.party.id && (!l.group.id.is_empty() || l.group.name == g.party.name));
    let tones: Vec<Option<&str>> =
        terms.iter().map(|(key, _)| lens?.terms.iter().find(|x| fold(&x.term) == *key)?.tone.as_deref()).collect();
    let caption = b.w.f("names.caption", &[("who", &b.w.party(g.party))]);
    html! {
        div.names {
            h3 { (neutral(b, g.party)) }
            (frame(&caption, html! {
                table.matrix {
                    caption.vh { (caption) }
                    thead { tr {
                        td.corner { (b.w.t("names.term")) }
                        @for (s, own) in &speakers {
                            th scope="col" { span.voice dir="auto" { (s) } @if *own { span.outlet { (b.w.t("names.own")) } } }
                        }
                    } }
                    tbody { @for (t, (_, term)) in terms.iter().enumerate() { tr {
                        th scope="row" { span dir="auto" { (term) } @if let Some(x) = tones.get(t).copied().flatten() { span.of.tone { (b.w.id("tone", x)) } } }
                        @for s in 0..speakers.len() {
                            @let here: Vec<&NamingUse> = cells.iter().filter(|c| c.0 == t && c.1 == s).map(|c| c.2).collect();
                            td {
                                @if here.is_empty() { span.dot aria-hidden="true" { "·" } span.vh { (b.w.t("row.nothing")) } }
                                @else { (times(b, &here)) }
                            }
                        }
                    } } }
                }
            }))
            @if let Some(l) = lens.filter(|l| !l.shifts.is_empty()) {
                ul.plain.shifts { @for s in &l.shifts { li { (shift(b, s)) } } }
            }
        }
    }
}

/// A speaker who went over to another word, with both days.
fn shift(b: &Book, s: &LensShift) -> Markup {
    let who = match (&s.by.voice, &s.by.outlet) {
        (Some(v), _) => b.w.party(v),
        (None, Some(o)) => o.clone(),
        (None, None) => b.w.t("row.own_voice_short").to_owned(),
    };
    let day = |d: &str| Day::of(Some(d)).map_or_else(|| d.to_owned(), |d| b.w.day(d));
    let uses = s.namings.iter().filter_map(|n| b.d.namings.get(*n as usize));
    let mut pages: Vec<usize> = uses.filter_map(|n| b.page(&n.page)).collect();
    pages.dedup();
    html! {
        (b.w.f("names.shift", &[("who", &who), ("before", &s.before), ("until", &day(&s.until)), ("after", &s.after), ("since", &day(&s.since))]))
        " (" (page_links(b, &pages)) ")"
    }
}

fn times(b: &Book, uses: &[&NamingUse]) -> Markup {
    let quoted = uses.iter().all(|n| n.quoted);
    let page = b.page(&uses[0].page);
    let count = b.w.n("count.times", uses.len());
    html! {
        @match page {
            Some(p) => a href=(b.page_href(p)) title=(b.w.quoted(&uses[0].term)) { (count) },
            None => (count),
        }
        @if quoted { " " span.beside { (b.w.t("names.quoted")) } }
    }
}
