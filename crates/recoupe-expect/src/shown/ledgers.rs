//! Ledgers, origins and decisions, as lines.

use recoupe_wire::{Dossier, Speaker};

use super::{name, number, parties, party, place, quoted, time, voice, voices};
use crate::line::Shown;
use crate::run::Run;

/// Control, agreements, displacement, relations, names, origins.
pub(super) fn ledgers(run: &Run) -> Vec<Shown> {
    let d = &run.dossier;
    let words = |claims: &[String]| {
        let quotes = d.claims.iter().filter(|c| claims.contains(&c.id)).map(|c| c.quote.as_str());
        quotes.collect::<Vec<_>>().join(" / ")
    };
    let mut out = Vec::new();
    for c in &d.control {
        let mut s = Shown::new("control", [c.change.clone()]);
        s.words = words(&c.claims);
        s.field("place", place(&c.place));
        s.field("holder", c.holder.iter().flat_map(party));
        s.field("from", c.from.iter().flat_map(time));
        s.field("to", c.to.iter().flat_map(time));
        voices(&mut s, "voice", &c.said_by);
        voices(&mut s, "denied-by", &c.denied_by);
        s.field("against", c.against.iter().flat_map(party));
        if c.disputed {
            s.flag("disputed");
        } else {
            s.quiet_flag("undisputed");
        }
        out.push(s);
    }
    for a in &d.agreements {
        let mut s = Shown::new("agreement", [a.name.clone(), a.id.clone()]);
        s.words = words(&a.claims);
        s.field("time", a.date.iter().flat_map(time));
        s.field("place", a.place.iter().flat_map(place));
        s.field("parties", parties(&a.parties, "; "));
        for p in &a.parties {
            s.also("party", party(p));
        }
        for w in &a.wordings {
            s.also("worded", vec![w.text.clone()]);
        }
        s.also("refers-to", a.refers_to.iter().flat_map(|k| [k.id.clone(), k.name.clone()]).collect());
        s.also("candidates", vec![a.candidates.len().to_string()]);
        out.push(s);
        for b in &a.breaches {
            let mut s = Shown::new("breach", [a.name.clone(), a.id.clone()]);
            s.words = words(&b.claims);
            voice(&mut s, "by", b.alleged_by.as_ref());
            s.field("against", b.against.iter().flat_map(party));
            s.field("time", b.time.iter().flat_map(time));
            s.field("verified-by", b.verified_by.iter().flat_map(party));
            for x in &b.states {
                for v in &x.by {
                    s.also("state", vec![format!("{} by {}", x.state, name(v.as_ref())), x.state.clone()]);
                }
            }
            out.push(s);
        }
    }
    for x in &d.displacement {
        let unit = x.unit.as_deref().filter(|u| *u != "person").map(|u| format!(" {u}")).unwrap_or_default();
        let n = number(x.min, x.max, x.approx);
        let ways = [format!("{} {n}{unit}", x.kind), format!("{} {n}", x.kind), x.kind.clone()];
        let mut s = Shown::new("displacement", ways);
        s.words = words(&x.claims);
        s.field("from", x.from.iter().flat_map(place));
        s.field("to", x.to.iter().flat_map(place));
        s.field("where", x.at.iter().flat_map(place));
        s.field("since", x.since.iter().flat_map(time));
        voice(&mut s, "voice", x.said_by.as_ref());
        out.push(s);
    }
    for r in &d.relations {
        let mut s = Shown::new("relation", [r.kind.clone()]);
        s.words = words(&r.claims);
        s.field("from", party(&r.from)).field("to", party(&r.to));
        voices(&mut s, "voice", &r.said_by);
        out.push(s);
    }
    for n in &d.namings {
        let mut s = Shown::new("naming", [quoted(&n.term)]);
        s.words = n.term.clone();
        s.field("group", party(&n.group));
        voice(&mut s, "voice", n.voice.as_ref());
        if n.quoted {
            s.flag("quoted");
        } else {
            s.quiet_flag("unquoted");
        }
        out.push(s);
    }
    out.extend(views(d));
    for o in &d.origins {
        let mut s = Shown::new("origin", [o.kind.clone()]);
        let names: Vec<&str> = o.pages.iter().map(|id| source(run, id)).collect();
        s.field("pages", [names.join(", "), o.pages.len().to_string()]);
        s.field("credit", o.credit.clone());
        out.push(s);
    }
    out.extend(decisions(d));
    out
}

/// What became of the decisions.
fn decisions(d: &Dossier) -> Vec<Shown> {
    let Some(all) = &d.decisions else { return Vec::new() };
    let states = [
        ("applied", &all.applied),
        ("orphaned", &all.orphaned),
        ("impossible", &all.impossible),
        ("superseded", &all.superseded),
        ("revoked", &all.revoked),
    ];
    let shown = |state: &str, x: &recoupe_wire::Decided| {
        let mut s = Shown::new("decision", [x.kind.clone(), x.id.clone(), format!("{} {}", x.id, x.kind)]);
        s.field("state", [state.to_owned()]);
        s.field("why", x.why.clone());
        s.also("by", x.by.iter().cloned().collect());
        s
    };
    states.iter().flat_map(|(state, list)| list.iter().map(move |x| shown(state, x))).collect()
}

/// Ledgers seen another way: control as intervals, displacement over time, names as a matrix.
fn views(d: &Dossier) -> Vec<Shown> {
    let mut out = Vec::new();
    let days = |from: &Option<String>, to: &Option<String>| {
        format!("{}..{}", from.as_deref().unwrap_or(""), to.as_deref().unwrap_or(""))
    };
    for h in &d.holding {
        let mut s = Shown::new("holding", place(&h.place));
        for x in &h.spans {
            let held = format!("{} {}", x.holder.name, days(&x.from, &x.to));
            let mark = if x.disputed { " (disputed)" } else { "" };
            s.field("held", [format!("{held}{mark}"), held, format!("{}{mark}", x.holder.name), x.holder.name.clone()]);
        }
        for x in &h.unknown {
            s.field("unknown", [days(&Some(x.from.clone()), &x.to)]);
        }
        let last = h.last.iter().filter_map(|i| h.spans.get(*i as usize)).map(|x| x.holder.name.as_str());
        let last: Vec<&str> = last.collect();
        s.field("last", (!last.is_empty()).then(|| last.join("; ")));
        out.push(s);
    }
    for x in &d.sites {
        let mut s = Shown::new("site", place(&x.place));
        s.field("purpose", x.purpose.clone());
        s.field("holder", x.keeper.iter().flat_map(|k| [k.name.clone(), k.id.clone()]));
        s.field("incidents", [x.incidents.len().to_string()]);
        s.field("pages", [x.pages.len().to_string()]);
        out.push(s);
    }
    for x in &d.displacement_series {
        let mut s = Shown::new("growth", [x.kind.clone()]);
        s.field("from", x.from.iter().flat_map(place));
        s.field("to", x.to.iter().flat_map(place));
        s.field("where", x.at.iter().flat_map(place));
        let points: Vec<String> = x.points.iter().map(|p| number(p.min, p.max, p.approx)).collect();
        s.field("points", [points.join(" > ")]);
        out.push(s);
    }
    for l in &d.naming_lens {
        let mut s = Shown::new("lens", [l.group.name.clone(), l.group.id.clone()]);
        for t in &l.terms {
            let tone = t.tone.as_ref().map(|x| format!(" ({x})")).unwrap_or_default();
            for u in &t.uses {
                let by = speaker(&u.by);
                let whole = format!("{} by {by}", t.term);
                s.field("term", [format!("{whole}{tone}"), whole, format!("{}{tone}", t.term), t.term.clone()]);
            }
        }
        for x in &l.shifts {
            let by = speaker(&x.by);
            s.field("shift", [format!("{by}: {} > {}", x.before, x.after)]);
        }
        out.push(s);
    }
    out
}

/// Whose words they are: the outlet's by its name, else the voice.
fn speaker(by: &Speaker) -> String {
    by.outlet.clone().unwrap_or_else(|| name(by.voice.as_ref()).to_owned())
}

/// The name a case gives a page: `a` of `a.txt`.
fn source<'a>(run: &'a Run, id: &'a str) -> &'a str {
    let page = run.dossier.pages.iter().find(|p| p.id == id);
    page.map_or(id, |p| p.source.split('.').next().unwrap_or(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_can_be_expected() {
        let party = |name: &str| recoupe_wire::Party { name: name.into(), ..Default::default() };
        let span = recoupe_wire::HoldingSpan {
            holder: party("M23"),
            from: Some("2024-03-01".into()),
            disputed: true,
            ..Default::default()
        };
        let d = Dossier {
            holding: vec![recoupe_wire::Holding { spans: vec![span], last: vec![0], ..Default::default() }],
            ..Default::default()
        };
        let line = "holding | held M23 2024-03-01.. (disputed) | last M23";
        let Ok(crate::line::Expected::Line(l)) = crate::line::Expected::parse(line) else { panic!("{line}") };
        assert_eq!(views(&d)[0].misses(&l), Vec::<String>::new());
    }
}
