//! The comparison of the accounts of one incident: a column for every voice, a row for every field.

use recoupe_wire::{Claim, Disagreement, Incident, IncidentToll, Party, Span};

use crate::book::{Book, capital, fold};

/// The accounts of one incident side by side.
pub struct Table<'a> {
    /// The voices.
    pub columns: Vec<Column<'a>>,
    /// Stretches of columns with the origin they share: first column, number of columns, origin.
    pub groups: Vec<(usize, usize, Option<usize>)>,
    /// The fields; one cell per column each.
    pub rows: Vec<Row<'a>>,
}

/// One voice.
pub struct Column<'a> {
    /// Who; `None`: an outlet in its own words.
    pub voice: Option<&'a Party>,
    /// The pages it is heard on.
    pub pages: Vec<usize>,
    /// The origin that all these pages share with others.
    pub origin: Option<usize>,
    claims: Vec<usize>,
}

/// One field.
pub struct Row<'a> {
    /// What it is called.
    pub label: String,
    /// Whose, for a toll.
    pub of: Option<&'a Party>,
    /// Remarks on it: a running total, a part.
    pub remarks: Vec<String>,
    /// How the accounts part here.
    pub parts: Option<&'a Disagreement>,
    /// What each voice says.
    pub cells: Vec<Vec<Entry<'a>>>,
}

/// One thing that a voice says.
pub struct Entry<'a> {
    /// The value in plain words.
    pub value: String,
    /// The page's words or the neutral name, where they are not the value.
    pub beside: Option<String>,
    /// `denied`, `hedged` … where it is not simply stated.
    pub certainty: Option<&'a str>,
    /// Where it is said: the claim and the words that carry it.
    pub from: Vec<(usize, Option<(&'a str, usize)>)>,
}

/// A value, what stands beside it, and the words that carry it with their span.
pub type Said<'a> = (String, Option<String>, Option<(&'a str, Span)>);

/// Lays the accounts of an incident out.
pub fn table<'a>(b: &Book<'a>, x: &'a Incident) -> Table<'a> {
    let columns = columns(b, x);
    let groups = groups(&columns);
    let mut rows = Vec::new();
    let parts = |field: &str, toll: Option<usize>| {
        x.disagreements
            .iter()
            .chain(&x.differences)
            .find(|d| d.field == field && (toll.is_none() || d.toll.map(|t| t as usize) == toll))
    };
    let mut field = |name: &str, entry: &dyn Fn(&'a Claim) -> Option<Said<'a>>| {
        let cells: Vec<Vec<Entry>> = columns
            .iter()
            .map(|col| {
                let mut out: Vec<Entry> = Vec::new();
                for i in &col.claims {
                    let c = &b.d.claims[*i];
                    let Some((value, beside, words)) = entry(c) else { continue };
                    add(
                        &mut out,
                        Entry {
                            value,
                            beside,
                            certainty: shade(name, c),
                            from: vec![(*i, words.map(|(t, s)| (t, offset(c, s))))],
                        },
                    );
                }
                out
            })
            .collect();
        if cells.iter().any(|c| !c.is_empty()) {
            let label = b.w.t(&format!("row.{name}")).to_owned();
            rows.push(Row { label, of: None, remarks: Vec::new(), parts: parts(name, None), cells });
        }
    };
    field("happened", &|c| Some((b.w.id("certainty", &c.certainty), None, None)));
    field("time", &|c| {
        let t = c.time.as_ref()?;
        let words = t.text.as_deref().zip(t.span);
        let value = b.w.time(t);
        let beside = t.text.as_ref().filter(|t| value.as_deref() != Some(t)).map(|t| b.w.quoted(t));
        Some((value.or_else(|| t.text.clone())?, beside, words))
    });
    field("place", &|c| {
        let p = c.place.as_ref()?;
        let value = b.w.place(p);
        let mut beside: Vec<String> = Vec::new();
        if fold(&p.name) != fold(&value) {
            beside.push(p.name.clone());
        }
        if matches!(p.precision.as_str(), "district" | "province" | "country") {
            beside.push(b.w.id("precision", &p.precision));
        }
        Some((value, (!beside.is_empty()).then(|| beside.join(", ")), p.text.as_deref().zip(p.span)))
    });
    field("actor", &|c| {
        let (value, beside, words) = party(b, c.actor.as_ref()?);
        let by = c.actor_voice.as_ref().filter(|v| c.voice.as_ref().is_none_or(|w| w.id != v.id));
        let by = by.map(|v| b.w.f("row.according", &[("who", &b.w.party(v))]));
        let beside: Vec<String> = beside.into_iter().chain(by).collect();
        Some((value, (!beside.is_empty()).then(|| beside.join(", ")), words))
    });
    field("target", &|c| Some(party(b, c.target.as_ref()?)));
    field("means", &|c| {
        let m = c.means.first()?;
        let value = m.text.clone().unwrap_or_else(|| b.w.id("means", &m.id));
        Some((value, None, m.text.as_deref().zip(m.span)))
    });
    // Where all that is stated is stated plainly, the first row says nothing.
    if rows.first().is_some_and(|r| {
        r.parts.is_none() && r.cells.iter().flatten().all(|e| e.value == b.w.id("certainty", "stated"))
    }) {
        rows.remove(0);
    }
    for (i, t) in x.tolls.iter().enumerate() {
        rows.push(toll_row(b, t, &columns, parts("toll", Some(i)), false));
    }
    for t in &x.cumulative {
        rows.push(toll_row(b, t, &columns, None, true));
    }
    rows.retain(|r| r.cells.iter().any(|c| !c.is_empty()));
    Table { columns, groups, rows }
}

/// The words a party goes by, its neutral name beside, and where the words stand.
pub fn party<'a>(b: &Book<'_>, p: &'a Party) -> Said<'a> {
    let neutral = b.w.party(p);
    match p.text.as_deref().filter(|t| !t.is_empty()) {
        Some(t) if fold(t) != fold(&neutral) => (t.to_owned(), Some(neutral), Some(t).zip(p.span)),
        Some(t) => (neutral, None, Some(t).zip(p.span)),
        None => (neutral, None, None),
    }
}

/// How a party is named: a denial or a hedge belongs into the cell itself.
fn shade<'a>(field: &str, c: &'a Claim) -> Option<&'a str> {
    (matches!(field, "actor" | "target") && matches!(c.certainty.as_str(), "denied" | "hedged"))
        .then_some(c.certainty.as_str())
}

/// Where a span stands in its claim's sentence, in bytes.
fn offset(c: &Claim, s: Span) -> usize {
    s.start.saturating_sub(c.span.start) as usize
}

/// What is said twice by one voice is listed once, with both sentences.
fn add<'a>(out: &mut Vec<Entry<'a>>, e: Entry<'a>) {
    // One voice may name a party twice, in the page's words and by what they stand for.
    let named = |o: &Entry, p: &Entry| o.beside.as_deref() == Some(p.value.as_str());
    let same = |o: &Entry| {
        let alike = fold(&o.value) == fold(&e.value) || named(o, &e) || named(&e, o);
        (alike || o.beside.is_some() && o.beside == e.beside) && o.certainty == e.certainty
    };
    match out.iter_mut().find(|o| same(o)) {
        Some(o) => {
            if o.beside.is_none() {
                o.beside = e.beside;
            }
            for f in e.from {
                if !o.from.iter().any(|g| g.0 == f.0) {
                    o.from.push(f);
                }
            }
        }
        None => out.push(e),
    }
}

fn columns<'a>(b: &Book<'a>, x: &'a Incident) -> Vec<Column<'a>> {
    let mut out: Vec<Column> = Vec::new();
    for (i, c) in b.claims(&x.claims) {
        let Some(page) = b.page(&c.page) else { continue };
        let at = out.iter().position(|k| match (k.voice, &c.voice) {
            (Some(v), Some(w)) => v.id == w.id,
            (None, None) => b.outlet(k.pages[0]) == b.outlet(page),
            _ => false,
        });
        let at = at.unwrap_or_else(|| {
            out.push(Column { voice: c.voice.as_ref(), pages: Vec::new(), origin: None, claims: Vec::new() });
            out.len() - 1
        });
        out[at].claims.push(i);
        if !out[at].pages.contains(&page) {
            out[at].pages.push(page);
        }
    }
    let first = |o: usize| b.d.origins[o].pages.iter().filter_map(|p| b.page(p)).min();
    for k in &mut out {
        let of = b.origin(k.pages[0]);
        k.origin = of.filter(|_| k.pages.iter().all(|p| b.origin(*p) == of));
    }
    // A bracket over one page alone would say nothing.
    let count = |o: usize| {
        out.iter()
            .flat_map(|k| &k.pages)
            .filter(|p| b.origin(**p) == Some(o))
            .collect::<std::collections::BTreeSet<_>>()
            .len()
    };
    let shared: Vec<bool> = out.iter().map(|k| k.origin.is_some_and(|o| count(o) > 1)).collect();
    for (k, s) in out.iter_mut().zip(shared) {
        k.origin = k.origin.filter(|_| s);
    }
    out.sort_by_key(|k| (k.origin.and_then(first).unwrap_or(k.pages[0]), k.voice.is_none(), k.claims[0]));
    out
}

fn groups(columns: &[Column]) -> Vec<(usize, usize, Option<usize>)> {
    let mut out: Vec<(usize, usize, Option<usize>)> = Vec::new();
    for (i, c) in columns.iter().enumerate() {
        match out.last_mut() {
            Some(g) if g.2 == c.origin => g.1 += 1,
            _ => out.push((i, 1, c.origin)),
        }
    }
    out
}

/// What a toll is called: “killed”, or “destroyed: tanks”.
pub fn toll_label(b: &Book, kind: &str, unit: &str) -> String {
    let kind = capital(&b.w.id("toll", kind));
    match unit {
        "" | "person" | "people" | "persons" => kind,
        u if fold(u) == fold(&kind) || u == "attacks" => kind,
        // “Chars détruits”, “tanks destroyed”: the thing first in both languages.
        u => format!("{} {}", capital(&b.w.id("unit", u)), kind.to_lowercase()),
    }
}

fn toll_row<'a>(
    b: &Book<'a>,
    t: &'a IncidentToll,
    columns: &[Column<'a>],
    parts: Option<&'a Disagreement>,
    total: bool,
) -> Row<'a> {
    let mut cells: Vec<Vec<Entry>> = columns.iter().map(|_| Vec::new()).collect();
    for f in &t.by {
        for (n, (i, c)) in b.claims(&f.claims).enumerate() {
            let Some(col) = columns.iter().position(|k| k.claims.contains(&i)) else { continue };
            // The toll of the first claim is named by its index, those of copies are found by kind and figure.
            let mut tolls = c.tolls.iter();
            let toll = if n == 0 {
                c.tolls.get(f.toll as usize)
            } else {
                tolls.find(|o| o.kind == t.kind && o.min == f.min && o.max == f.max)
            };
            let words = toll.and_then(|o| o.text.as_deref().zip(o.span)).map(|(w, s)| (w, offset(c, s)));
            let text = toll.and_then(|o| o.text.clone());
            let figure = b.w.figure(f.min, f.max, f.approx);
            let value =
                figure.or_else(|| text.map(|t| b.w.quoted(&t))).unwrap_or_else(|| b.w.t("figure.unknown").to_owned());
            let certainty = if f.denied {
                Some("denied")
            } else if f.hedged {
                Some("hedged")
            } else {
                None
            };
            add(&mut cells[col], Entry { value, beside: None, certainty, from: vec![(i, words)] });
        }
    }
    let mut remarks = Vec::new();
    if t.part {
        remarks.push(b.w.t("row.part").to_owned());
    }
    if total {
        remarks.push(b.w.t("row.cumulative").to_owned());
    }
    let of = Some(&t.group).filter(|_| names_group(t));
    Row { label: toll_label(b, &t.kind, &t.unit), of, remarks, parts, cells }
}

/// Whether a toll says whose it is; things are counted by their kind, and whose they are is said only where somebody is named.
pub fn names_group(t: &IncidentToll) -> bool {
    let g = &t.group;
    !g.id.is_empty() && g.id != "generic/people" && fold(&g.name) != fold(&t.unit) && t.kind != "attacks"
}
