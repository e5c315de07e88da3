//! What was read, as lines.

mod ledgers;

use recoupe_wire::{ChosenFigure, Claim, Figure, Incident, IncidentToll, Party, Place, Span, Time, Toll};

use crate::line::Shown;
use crate::run::Run;
use crate::stage::Stage;
use ledgers::ledgers;

/// Everything a stage may look at; the check takes the heads it needs.
pub fn shown(stage: Stage, run: &Run) -> Vec<Shown> {
    match stage {
        Stage::Page => page(run),
        Stage::Sentences => run.sentences.iter().map(|s| Shown::new("sentence", [quoted(s)])).collect(),
        Stage::Tokens => run.tokens.iter().map(|t| Shown::new("tokens", [t.join(" · ")])).collect(),
        Stage::Numbers | Stage::Times | Stage::Parties | Stage::Places => mentions(run),
        Stage::Incidents => incidents(run).into_iter().chain(ledgers(run)).collect(),
        _ => claims(run).into_iter().chain(ledgers(run)).collect(),
    }
}

/// Everything there is, for expectations that name no stage: what is asked for is told by the head of each line.
pub fn all(run: &Run) -> Vec<Shown> {
    let stages = [Stage::Claims, Stage::Parties, Stage::Sentences, Stage::Tokens, Stage::Page];
    stages.into_iter().flat_map(|s| shown(s, run)).collect()
}

fn quoted(s: &str) -> String {
    format!("\"{s}\"")
}

/// A number as it is written in a line.
pub fn number(min: Option<i64>, max: Option<i64>, approx: bool) -> String {
    let about = if approx { "about " } else { "" };
    match (min, max) {
        (Some(a), Some(b)) if a == b => format!("{about}{a}"),
        (Some(a), Some(b)) => format!("{about}{a} to {b}"),
        (Some(a), None) => format!("at least {about}{a}"),
        (None, Some(b)) => format!("up to {about}{b}"),
        (None, None) => "some".to_owned(),
    }
}

/// `2020-02-20`, `2020-02`, `2020`, `2020-02-17..2020-02-23`, or the weekday of an undated page.
fn time(t: &Time) -> Vec<String> {
    let (Some(from), to) = (&t.from, t.to.as_ref().or(t.from.as_ref())) else {
        let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        let day = t.weekday.and_then(|d| names.get((d - 1).max(0) as usize));
        return vec![day.map_or("undated".to_owned(), |d| (*d).to_owned())];
    };
    let to = to.unwrap_or(from);
    let range = format!("{from}..{to}");
    let short = match t.precision.as_str() {
        _ if from == to => from.clone(),
        "month" if from.len() >= 7 => from[..7].to_owned(),
        "year" if from.len() >= 4 => from[..4].to_owned(),
        _ => range.clone(),
    };
    vec![short, range]
}

fn party(p: &Party) -> Vec<String> {
    let mut ways = vec![p.name.clone(), p.id.clone()];
    ways.extend(p.text.as_deref().filter(|t| !t.is_empty()).map(quoted));
    ways
}

fn parties(all: &[Party], between: &str) -> Vec<String> {
    if all.is_empty() {
        return Vec::new();
    }
    vec![all.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join(between)]
}

fn place(p: &Place) -> Vec<String> {
    let mut ways = vec![p.name.clone()];
    if let Some(c) = &p.country {
        ways.push(format!("{} ({c})", p.name));
    }
    ways.extend(p.text.as_deref().filter(|t| !t.is_empty()).map(quoted));
    ways.extend(p.id.clone());
    ways
}

/// Ways to write a toll: with and without unit, group and marks.
fn toll(t: &Toll) -> Vec<String> {
    let count = format!("{} {}", t.kind, number(t.min, t.max, t.approx));
    let thing = if t.unit == "person" || t.unit.is_empty() { String::new() } else { format!(" {}", t.unit) };
    let mut marks = Vec::new();
    if t.cumulative {
        marks.push("running total");
    }
    if t.part_of.is_some() {
        marks.push("part");
    }
    let group = &t.group.name;
    let of = if thing.is_empty() { format!(" {group}") } else { format!("{thing} of {group}") };
    let mut plain = vec![format!("{count}{of}"), format!("{count}{thing}"), count.clone(), format!("{count} {group}")];
    plain.push(format!("{count} {}", t.status));
    if marks.is_empty() {
        return plain;
    }
    let marked = plain.iter().map(|w| format!("{w} ({})", marks.join(", ")));
    marked.chain(plain.iter().cloned()).collect()
}

/// One line for each claim that an incident happened or something was said.
fn claims(run: &Run) -> Vec<Shown> {
    run.dossier.claims.iter().filter(|c| c.kind == "incident" || c.kind == "statement").map(claim).collect()
}

fn claim(c: &Claim) -> Shown {
    let mut s = Shown::new(&c.kind, [c.kind_of.clone()]);
    s.words = c.quote.clone();
    s.field("place", c.place.iter().flat_map(place));
    s.field("time", c.time.iter().flat_map(time));
    s.field("actor", c.actor.iter().flat_map(party));
    s.field("actor-voice", c.actor_voice.iter().flat_map(party));
    s.field("target", c.target.iter().flat_map(party));
    for m in &c.means {
        s.field("means", [Some(m.id.clone()), m.text.as_deref().map(quoted)].into_iter().flatten());
    }
    for t in &c.tolls {
        s.field("toll", toll(t));
    }
    voice(&mut s, "voice", c.voice.as_ref());
    if c.voices.len() > 1 {
        s.field("voices", parties(&c.voices, " > "));
    }
    s.flag(&c.certainty);
    if c.background {
        s.flag("background");
    } else {
        s.quiet_flag("foreground");
    }
    s.quiet_flag(if c.incident.is_some() { "linked" } else { "unlinked" });
    s
}

/// Who says so; the outlet itself is written `outlet`.
fn voice(s: &mut Shown, key: &str, voice: Option<&Party>) {
    match voice {
        Some(p) => s.field(key, party(p)),
        None => s.field(key, ["outlet".to_owned()]),
    };
}

fn incidents(run: &Run) -> Vec<Shown> {
    run.dossier.incidents.iter().map(|i| incident(i, run)).collect()
}

fn incident(i: &Incident, run: &Run) -> Shown {
    let mut s = Shown::new("incident", [i.kind_of.clone()]);
    let quotes = run.dossier.claims.iter().filter(|c| i.claims.contains(&c.id)).map(|c| c.quote.as_str());
    s.words = quotes.collect::<Vec<_>>().join(" / ");
    s.field("place", i.place.iter().flat_map(place));
    s.field("time", i.time.iter().flat_map(time));
    for (key, all) in [("actor", &i.actor), ("target", &i.target)] {
        for a in all {
            s.field(key, party(&a.value));
            for v in &a.said_by {
                s.also(key, vec![format!("{} by {}", a.value.name, name(v.as_ref()))]);
            }
            for v in &a.denied_by {
                s.also(key, vec![format!("{} denied by {}", a.value.name, name(v.as_ref()))]);
            }
        }
    }
    for (t, total) in i.tolls.iter().map(|t| (t, "")).chain(i.cumulative.iter().map(|t| (t, " (running total)"))) {
        let group = &t.group.name;
        let thing = if t.unit == "person" || t.unit.is_empty() { String::new() } else { format!("{} of ", t.unit) };
        let all = number(t.low, t.high, false);
        s.field("toll", [format!("{} {all} {thing}{group}{total}", t.kind), format!("{} {all}{total}", t.kind)]);
        s.also("series", series(t));
        s.also("figure", t.figure.iter().flat_map(|f| chosen(&t.kind, f)).collect());
        for f in &t.by {
            s.also("toll", figure(&t.kind, &format!("{thing}{group}"), total, f));
        }
    }
    s.field("voices", [i.voices.iter().map(|v| name(v.as_ref())).collect::<Vec<_>>().join("; ")]);
    for v in &i.voices {
        s.also("voice", v.as_ref().map_or(vec!["outlet".to_owned()], party));
    }
    s.field("pages", [i.pages.len().to_string()]);
    s.field("origins", [i.origins.to_string()]);
    s.field("standing", [i.standing.clone()]);
    for (key, all) in [("disagree", &i.disagreements), ("differ", &i.differences)] {
        for d in all {
            let reason = d.reason.iter().map(|r| format!("{} ({r})", d.field));
            s.field(key, reason.chain([d.field.clone()]));
        }
    }
    for r in &i.related {
        s.also("tie", vec![r.kind.clone()]);
    }
    if i.background {
        s.flag("background");
    } else {
        s.quiet_flag("foreground");
    }
    s
}

/// The figures by day of publication: `killed 3 > 5 > 9`; with days `killed 2024-03-01 3 > 2024-03-02 5`.
fn series(t: &IncidentToll) -> Vec<String> {
    if t.series.is_empty() {
        return Vec::new();
    }
    let write = |dated: bool| {
        let points: Vec<String> = t
            .series
            .iter()
            .map(|p| {
                let n = number(p.min, p.max, p.approx);
                if dated { format!("{} {n}", p.published) } else { n }
            })
            .collect();
        format!("{} {}", t.kind, points.join(" > "))
    };
    vec![write(false), write(true)]
}

/// The figure by a rule: `killed 4 (lowest)`, `killed 4, 6, 9 (ucdp)`, `killed fair 4 to 9 (airwars)`.
fn chosen(kind: &str, f: &ChosenFigure) -> Vec<String> {
    let n = |n: Option<i64>| n.map_or("-".to_owned(), |n| n.to_string());
    let what = match (&f.grade, f.value, f.best) {
        (Some(g), ..) => format!("{g} {}", number(f.low, f.high, false)),
        (_, Some(v), _) => v.to_string(),
        _ => format!("{}, {}, {}", n(f.low), n(f.best), n(f.high)),
    };
    let rule = f.rule.split(':').next().unwrap_or_default();
    vec![format!("{kind} {what} ({rule})"), format!("{kind} {what}")]
}

fn figure(kind: &str, group: &str, total: &str, f: &Figure) -> Vec<String> {
    let count = format!("{kind} {}", number(f.min, f.max, f.approx));
    let mut by = name(f.voice.as_ref()).to_owned();
    if f.denied {
        by.push_str(" (denied)");
    }
    vec![format!("{count} {group} by {by}{total}"), format!("{count} by {by}{total}")]
}

/// A voice by its name.
fn name(voice: Option<&Party>) -> &str {
    voice.map_or("outlet", |p| p.name.as_str())
}

/// One field for each voice.
fn voices(s: &mut Shown, key: &str, all: &[Option<Party>]) {
    for v in all {
        voice(s, key, v.as_ref());
    }
}

/// Counts, dates, names and places that something on the page uses, each once, in order of the page.
fn mentions(run: &Run) -> Vec<Shown> {
    let d = &run.dossier;
    let mut all: Vec<(Option<Span>, Shown)> = Vec::new();
    for c in &d.claims {
        for t in &c.tolls {
            all.push((t.span, mention("number", vec![number(t.min, t.max, t.approx)], t.text.as_deref())));
            all.push((t.group.span, mention("party", party(&t.group), t.group.text.as_deref())));
        }
        if let Some(t) = &c.time {
            let mut s = mention("time", time(t), t.text.as_deref());
            s.field("basis", [t.basis.clone()]).field("precision", [t.precision.clone()]);
            all.push((t.span, s));
        }
        if let Some(p) = &c.place {
            let mut s = mention("place", place(p), p.text.as_deref());
            s.field("precision", [p.precision.clone()]);
            all.push((p.span, s));
        }
        let roles = [&c.actor, &c.actor_voice, &c.target, &c.voice];
        for p in roles.into_iter().flatten().chain(&c.voices) {
            all.push((p.span, mention("party", party(p), p.text.as_deref())));
        }
    }
    for x in &d.displacement {
        all.push((x.span, mention("number", vec![number(x.min, x.max, x.approx)], x.text.as_deref())));
    }
    for n in &d.namings {
        all.push((n.group.span, mention("party", party(&n.group), n.group.text.as_deref())));
    }
    // What stands nowhere on the page is understood, not mentioned.
    all.retain(|(span, _)| span.is_some_and(|s| s.end > s.start));
    all.sort_by_key(|(span, s)| (*span, s.line()));
    all.dedup_by(|a, b| a.0 == b.0 && a.1.line() == b.1.line());
    all.into_iter().map(|(_, s)| s).collect()
}

fn mention(head: &str, ways: Vec<String>, text: Option<&str>) -> Shown {
    let mut s = Shown::new(head, ways);
    s.words = text.unwrap_or_default().to_owned();
    s.field("words", text.map(quoted));
    s
}

/// What the pages are and what of them was set aside.
fn page(run: &Run) -> Vec<Shown> {
    let mut out = Vec::new();
    for p in &run.dossier.pages {
        out.extend(p.title.iter().map(|t| Shown::new("title", [quoted(t)])));
        if let Some(t) = &p.published {
            let mut s = Shown::new("published", time(t));
            s.words = t.text.clone().unwrap_or_default();
            s.field("basis", [t.basis.clone()]);
            out.push(s);
        }
        if p.published.is_none() {
            out.push(Shown::new("published", ["unknown".to_owned()]));
        }
        out.extend(p.outlet.iter().map(|o| Shown::new("outlet", [o.clone()])));
        out.extend(p.agency.iter().map(|a| Shown::new("agency", [a.clone()])));
        out.push(Shown::new("language", [p.language.clone().unwrap_or_else(|| "unknown".to_owned())]));
        out.extend(p.notes.iter().map(|n| Shown::new("note", [n.code.clone()])));
        out.extend(p.url.iter().map(|u| Shown::new("url", [u.clone()])));
        let text = run.texts.iter().find(|(id, _)| *id == p.id).map_or("", |(_, t)| t.as_str());
        let mut kept = String::new();
        let mut at = 0;
        for d in &p.dropped {
            let (start, end) = (d.span.start as usize, d.span.end as usize);
            let mut s = Shown::new("dropped", [d.why.clone()]);
            s.words = text.get(start..end).unwrap_or_default().to_owned();
            let begin: String = s.words.split_whitespace().take(8).collect::<Vec<_>>().join(" ");
            s.field("words", [quoted(&begin)]);
            out.push(s);
            // Dropped parts stand between kept ones: words do not run over them.
            kept.push_str(text.get(at..start.max(at)).unwrap_or_default());
            kept.push_str(" ⸺ ");
            at = at.max(end);
        }
        kept.push_str(text.get(at..).unwrap_or_default());
        let mut s = Shown::new("kept", []);
        s.words = kept;
        out.push(s);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_say_them() {
        let cases = [
            ((Some(2), Some(2), false), "2"),
            ((Some(50), Some(50), true), "about 50"),
            ((Some(50), None, false), "at least 50"),
            ((None, Some(12), false), "up to 12"),
            ((Some(11), Some(14), false), "11 to 14"),
            ((None, None, true), "some"),
        ];
        for ((min, max, approx), written) in cases {
            assert_eq!(number(min, max, approx), written);
        }
    }

    #[test]
    fn series_and_figures_can_be_expected() {
        let point = |day: &str, n| recoupe_wire::SeriesPoint {
            published: day.into(),
            min: Some(n),
            max: Some(n),
            ..Default::default()
        };
        let t = IncidentToll {
            kind: "killed".into(),
            series: vec![point("2024-03-01", 3), point("2024-03-02", 5)],
            ..Default::default()
        };
        assert_eq!(series(&t), ["killed 3 > 5", "killed 2024-03-01 3 > 2024-03-02 5"]);
        let f = ChosenFigure { rule: "acled:3".into(), value: Some(3), ..Default::default() };
        assert_eq!(chosen("killed", &f), ["killed 3 (acled)", "killed 3"]);
    }

    #[test]
    fn days_months_years_and_ranges() {
        let t = |from: &str, to: &str, precision: &str| Time {
            from: Some(from.into()),
            to: Some(to.into()),
            precision: precision.into(),
            ..Default::default()
        };
        assert_eq!(time(&t("2020-02-20", "2020-02-20", "day"))[0], "2020-02-20");
        assert_eq!(time(&t("2020-02-01", "2020-02-29", "month"))[0], "2020-02");
        assert_eq!(time(&t("2020-02-17", "2020-02-23", "week"))[0], "2020-02-17..2020-02-23");
        let weekday = Time { weekday: Some(4), ..Default::default() };
        assert_eq!(time(&weekday)[0], "thursday");
    }
}
