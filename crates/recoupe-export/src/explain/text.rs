//! The chain in words.

use recoupe_wire::{Claim, Dossier, Incident, IncidentToll, Party, Place, Time};

use super::{Explained, Explanation, Ruling};
use crate::bits::known;
use crate::book::Book;
use crate::compare::{names_group, toll_label};
use crate::part::decisions::field_label;
use crate::part::incident::chosen_words;
use crate::text::Sheet;
use crate::words::Words;

/// Bold, and faint.
const HEAD: Option<&str> = Some("1");
const FAINT: Option<&str> = Some("2");

/// The explanation as a sheet of text.
pub fn text(e: &Explanation, d: &Dossier, lang: &str, width: usize, color: bool) -> String {
    let b = Book::new(d, Words::of(lang));
    let mut out = Sheet::new(width, color);
    head(&mut out, &b, e);
    sentences(&mut out, &b, e);
    links(&mut out, &b, e);
    if let Some(x) = &e.incident {
        chosen(&mut out, &b, e, x);
        parties(&mut out, &b, e, x);
    }
    for t in &e.figures {
        figures(&mut out, &b, t);
    }
    parts(&mut out, &b, e);
    origins(&mut out, &b, e);
    decisions(&mut out, &b, e);
    out.text
}

fn head(out: &mut Sheet, b: &Book, e: &Explanation) {
    let Some(x) = &e.incident else {
        out.line(0, &b.w.f("explain.alone", &[("id", &e.asked)]), HEAD);
        return;
    };
    out.line(0, &format!("{}  {}", b.title(x).line(), x.id), HEAD);
    let counts = [
        b.w.id("standing", known(&x.standing)),
        b.w.n("count.origins", x.origins as usize),
        b.w.n("count.pages", x.pages.len()),
        b.w.n("count.claims", x.claims.len()),
    ];
    out.line(0, &counts.join(" · "), None);
    if let Some(f) = &e.field {
        out.line(0, &b.w.f("explain.only", &[("field", &field_label(b, f))]), None);
    }
}

fn section(out: &mut Sheet, title: &str) {
    out.line(0, "", None);
    out.line(0, title, HEAD);
}

/// The page of a claim as a person finds it: outlet, day, number and path.
fn whence(b: &Book, c: &Claim) -> String {
    let Some(p) = b.page(&c.page) else { return c.page.clone() };
    let page = &b.d.pages[p];
    let day = page.published.as_ref().and_then(|t| b.w.time(t));
    let day = day.unwrap_or_else(|| b.w.t("page.unpublished").to_owned());
    let number = b.w.f("row.page", &[("n", &(p + 1).to_string())]);
    format!("{}, {day} · {number} · {}", b.outlet(p), page.source)
}

fn sentences(out: &mut Sheet, b: &Book, e: &Explanation) {
    section(out, b.w.t("row.sentences"));
    let mut before: Option<(&str, u32)> = None;
    for x in &e.claims {
        let c = &x.claim;
        // several claims of one sentence stand under it
        if before != Some((&c.page, c.span.start)) {
            out.line(2, &whence(b, c), None);
            out.line(4, &b.w.quoted(&c.quote), None);
        }
        before = Some((&c.page, c.span.start));
        claim(out, b, x);
    }
}

fn claim(out: &mut Sheet, b: &Book, x: &Explained) {
    let c = &x.claim;
    let colon = b.w.t("format.colon");
    let mut what = vec![b.w.id("type", &c.kind_of), b.w.id("certainty", &c.certainty)];
    let kind = b.w.id("kind", &c.kind);
    if c.kind != "incident" && kind != what[0] {
        what.insert(0, kind);
    }
    if c.background {
        what.push(b.w.t("explain.background").to_owned());
    }
    if c.rejected {
        what.push(b.w.t("explain.rejected").to_owned());
    }
    out.line(4, &format!("{}{colon}{}", c.id, what.join(", ")), None);
    let mut row = |key: &str, value: Option<String>| {
        if let Some(v) = value {
            out.line(6, &format!("{}{colon}{v}", b.w.t(key)), None);
        }
    };
    let chain = |c: &Claim| {
        let all: Vec<String> = c.voices.iter().map(|v| said_party(b, v)).collect();
        if all.is_empty() { c.voice.as_ref().map(|v| said_party(b, v)) } else { Some(all.join(" › ")) }
    };
    row("row.voice", chain(c).or_else(|| Some(b.w.t("row.own_voice_short").to_owned())));
    row("row.time", c.time.as_ref().map(|t| said_time(b, t)));
    row("row.place", c.place.as_ref().map(|p| said_place(b, p)));
    let by = c
        .actor_voice
        .as_ref()
        .map_or(String::new(), |v| format!(", {}", b.w.f("row.according", &[("who", &b.w.party(v))])));
    row("row.actor", c.actor.as_ref().map(|p| said_party(b, p) + &by));
    row("row.target", c.target.as_ref().map(|p| said_party(b, p)));
    for t in &c.tolls {
        let figure = b.w.figure(t.min, t.max, t.approx).unwrap_or_else(|| b.w.t("figure.unknown").to_owned());
        let label = toll_label(b, &t.kind, &t.unit);
        let total = if t.cumulative { format!(", {}", b.w.t("row.cumulative")) } else { String::new() };
        let part = if t.part_of.is_some() { format!(" ({})", b.w.t("row.part")) } else { String::new() };
        let group = if t.group.id.is_empty() { String::new() } else { format!(", {}", b.w.party(&t.group)) };
        let words = words(b, t.text.as_deref());
        out.line(6, &format!("{label}{group}{part}{colon}{figure}{words}{total}"), None);
    }
    let mut faint = |key: &str, value: &str| out.line(6, &format!("{}{colon}{value}", b.w.t(key)), FAINT);
    if !c.rule.is_empty() {
        faint("row.rule", &c.rule);
    }
    for (field, x) in &c.corrected {
        let was = if x.was.is_null() { b.w.t("row.nothing").to_owned() } else { was(b, &x.was) };
        let with = [("field", field_label(b, field)), ("was", was), ("who", x.by.clone()), ("id", x.decision.clone())];
        let with: Vec<(&str, &str)> = with.iter().map(|(k, v)| (*k, v.as_str())).collect();
        out.line(6, &b.w.f("explain.corrected", &with), None);
    }
    for x in &c.confirmed {
        let field = x.field.as_ref().map_or(b.w.t("explain.whole").to_owned(), |f| field_label(b, f));
        out.line(6, &b.w.f("explain.confirmed", &[("field", &field), ("who", &x.by), ("id", &x.decision)]), None);
    }
}

/// A value that was corrected, from the JSON it is kept in.
fn was(b: &Book, v: &serde_json::Value) -> String {
    let text = |key: &str| v.get(key).and_then(serde_json::Value::as_str);
    let n = |key: &str| v.get(key).and_then(serde_json::Value::as_i64);
    if let Some(s) = v.as_str() {
        let tables = ["type", "certainty", "change"];
        return tables.iter().find(|t| b.w.has(t, s)).map_or_else(|| s.to_owned(), |t| b.w.id(t, s));
    }
    if v.get("approx").is_some() {
        let approx = v.get("approx").and_then(serde_json::Value::as_bool).unwrap_or(false);
        return b.w.figure(n("min"), n("max"), approx).unwrap_or_else(|| b.w.t("figure.unknown").to_owned());
    }
    if v.get("basis").is_some() {
        let time: Option<Time> = serde_json::from_value(v.clone()).ok();
        return time.and_then(|t| b.w.time(&t)).unwrap_or_else(|| b.w.t("row.unknown_date").to_owned());
    }
    text("name").map_or_else(|| v.to_string(), str::to_owned)
}

fn words(b: &Book, text: Option<&str>) -> String {
    text.filter(|t| !t.is_empty()).map_or(String::new(), |t| format!(" {}", b.w.quoted(t)))
}

fn said_party(b: &Book, p: &Party) -> String {
    format!("{}{}", b.w.party(p), words(b, p.text.as_deref()))
}

fn said_time(b: &Book, t: &Time) -> String {
    let day = b.w.time(t).unwrap_or_else(|| b.w.t("row.unknown_date").to_owned());
    format!("{day}{} ({})", words(b, t.text.as_deref()), b.w.id("basis", &t.basis))
}

fn said_place(b: &Book, p: &Place) -> String {
    let id = p.id.as_ref().map_or(String::new(), |id| format!(", {id}"));
    format!("{}{} ({}{id})", p.name, words(b, p.text.as_deref()), b.w.id("precision", &p.precision))
}

/// Number of a claim's page.
fn page_of(b: &Book, claim: &str) -> Option<usize> {
    b.claim(claim).and_then(|i| b.page(&b.d.claims[i].page))
}

fn links(out: &mut Sheet, b: &Book, e: &Explanation) {
    if e.links.is_empty() || e.field.is_some() {
        return;
    }
    section(out, b.w.t("row.links"));
    for l in &e.links {
        let name = |c: &str| page_of(b, c).map_or_else(|| c.to_owned(), |p| b.outlet(p));
        let with = [("a", name(&l.left)), ("b", name(&l.right)), ("n", l.score.to_string())];
        let with: Vec<(&str, &str)> = with.iter().map(|(k, v)| (*k, v.as_str())).collect();
        out.line(2, &b.w.f("explain.link", &with), None);
        for f in &l.features {
            let name = if b.w.has("feature", &f.name) { b.w.id("feature", &f.name) } else { f.name.clone() };
            out.line(6, &format!("{:+}  {name} {}", f.points, f.value), FAINT);
        }
    }
}

/// How the type, the day and the place shown were chosen among those that the pages give.
fn chosen(out: &mut Sheet, b: &Book, e: &Explanation, x: &Incident) {
    let shown = [
        ("type", Some(b.w.id("type", &x.kind_of))),
        ("time", x.time.as_ref().and_then(|t| b.w.time(t))),
        ("place", x.place.as_ref().map(|p| b.w.place(p))),
    ];
    let asked = |f: &str| e.field.as_deref().is_none_or(|a| a == f);
    let mut first = true;
    for (field, value) in shown.into_iter().filter(|s| asked(s.0)) {
        let Some(value) = value else { continue };
        if std::mem::take(&mut first) {
            section(out, b.w.t("explain.chosen"));
        }
        let how = b.w.t(&format!("explain.rule_{field}")).to_owned();
        out.line(2, &format!("{}{}{value} — {how}", field_label(b, field), b.w.t("format.colon")), None);
    }
}

/// Who is said to have done it, and to whom.
fn parties(out: &mut Sheet, b: &Book, e: &Explanation, x: &Incident) {
    for (field, list) in [("actor", &x.actor), ("target", &x.target)] {
        if list.is_empty() || e.field.as_deref().is_some_and(|f| f != field) {
            continue;
        }
        section(out, b.w.t(&format!("row.{field}")));
        for a in list {
            let mut line = b.w.party(&a.value);
            if !a.said_by.is_empty() {
                let who = b.voices(&a.said_by, &a.claims);
                line.push_str(&format!(" — {}", b.w.f("row.according", &[("who", &who)])));
            }
            if !a.denied_by.is_empty() {
                let who = b.voices(&a.denied_by, &a.claims);
                line.push_str(&format!(", {}", b.w.f("row.denied_by", &[("who", &who)])));
            }
            out.line(2, &format!("{line}  {}", a.claims.join(" ")), None);
        }
    }
}

fn figures(out: &mut Sheet, b: &Book, t: &IncidentToll) {
    let group = if names_group(t) { format!(", {}", b.w.party(&t.group)) } else { String::new() };
    section(out, &format!("{}{group}", toll_label(b, &t.kind, &t.unit)));
    for f in &t.by {
        let figure = b.w.figure(f.min, f.max, f.approx).unwrap_or_else(|| b.w.t("figure.unknown").to_owned());
        let mut what = figure;
        for (yes, shade) in [(f.hedged, "hedged"), (f.denied, "denied")] {
            if yes {
                what.push_str(&format!(", {}", b.w.id("certainty", shade)));
            }
        }
        let who = b.voices(std::slice::from_ref(&f.voice), &f.claims);
        let origin = f.origin.as_ref().map_or(String::new(), |o| format!("  {o}"));
        let line = b.w.f("text.by_voice", &[("what", &what), ("who", &who)]);
        out.line(2, &format!("{line}  {}{origin}", f.claims.join(" ")), None);
    }
    let shown = b.w.figure(t.low, t.high, false);
    let key = match (&shown, t.high) {
        (None, _) => "explain.no_figure",
        (Some(_), _) if t.by.len() == 1 => "explain.shown_alone",
        (Some(_), None) => "explain.shown_open",
        (Some(_), Some(_)) if t.low == t.high => "explain.shown_one",
        (Some(_), Some(_)) => "explain.shown",
    };
    out.line(2, &b.w.f(key, &[("figure", &shown.unwrap_or_default())]), None);
    if let Some(f) = &t.figure {
        let (what, rule) = chosen_words(b, f);
        out.line(2, &format!("{what}, {rule}  {}", f.claims.join(" ")), None);
    }
}

fn parts(out: &mut Sheet, b: &Book, e: &Explanation) {
    if e.parts.is_empty() {
        return;
    }
    section(out, b.w.t("explain.parts"));
    for p in &e.parts {
        let sides: Vec<String> = p
            .sides
            .iter()
            .map(|s| b.w.f("text.by_voice", &[("what", &b.value(&s.value)), ("who", &b.voices(&s.voices, &s.claims))]))
            .collect();
        let reason = match &p.reason {
            Some(r) => b.w.id("reason", r),
            None => b.w.t("explain.contradiction").to_owned(),
        };
        let field = field_label(b, &p.field);
        out.line(2, &format!("{field}{}{} — {reason}", b.w.t("format.colon"), sides.join(" ≠ ")), None);
    }
}

fn origins(out: &mut Sheet, b: &Book, e: &Explanation) {
    if e.origins.is_empty() || e.field.as_deref().is_some_and(|f| !f.starts_with("toll")) {
        return;
    }
    section(out, b.w.t("explain.origins"));
    for o in &e.origins {
        let pages: Vec<usize> = o.pages.iter().filter_map(|p| b.page(p)).collect();
        let share = format!("{:.0}", o.share * 100.0);
        let credit =
            o.credit.as_ref().map_or(String::new(), |c| format!(", {}", b.w.f("page.agency", &[("agency", c)])));
        let with = [
            ("id", o.id.clone()),
            ("pages", b.outlets(&pages).join(", ")),
            ("kind", b.w.id("origin", &o.kind)),
            ("share", share),
        ];
        let with: Vec<(&str, &str)> = with.iter().map(|(k, v)| (*k, v.as_str())).collect();
        out.line(2, &(b.w.f("explain.origin", &with) + &credit), None);
    }
}

fn decisions(out: &mut Sheet, b: &Book, e: &Explanation) {
    if e.decisions.is_empty() {
        return;
    }
    section(out, b.w.t("explain.decisions"));
    for Ruling { outcome, decided: d } in &e.decisions {
        let mut line = format!("{}{}{}", d.id, b.w.t("format.colon"), b.w.id("decision", &d.kind));
        if let Some(f) = &d.field {
            line.push_str(&format!(" ({})", field_label(b, f)));
        }
        line.push_str(&format!(" — {}, {}", d.author, d.time));
        if !d.reason.is_empty() {
            line.push_str(&format!(", {}", b.w.quoted(&d.reason)));
        }
        line.push_str(&format!(" — {}", b.w.id("outcome", outcome)));
        if let Some(why) = &d.why {
            line.push_str(&format!("{}{}", b.w.t("format.colon"), b.w.id("orphan", why)));
        }
        if let Some(by) = &d.by {
            line.push_str(&format!(" ({by})"));
        }
        out.line(2, &line, None);
    }
}
