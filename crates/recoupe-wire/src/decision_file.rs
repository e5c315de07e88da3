//! Files of decisions, `recoupe.decisions/1`: JSON lines, one decision each, after a line that may name the format.

use jiff::Timestamp;
use jiff::civil::Date;
use recoupe_claim::{Certainty, ControlChange};
use recoupe_incident::decisions::{Anchor, Correction, Decision, TollFix, Verdict};
use recoupe_mention::{Party, Place, PlacePrecision, Status, TimeBasis, TimePrecision, When};
use recoupe_text::Span;
use serde::Deserialize;
use serde_json::Value;

use crate::{AnchorRecord, DECISIONS, DecisionRecord};

/// A line that does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineError {
    /// Its number, from 1.
    pub line: usize,
    /// What does not fit.
    pub message: String,
}

impl std::fmt::Display for LineError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.line, self.message)
    }
}

impl std::error::Error for LineError {}

/// Reads a file of decisions, each with its line. Empty lines are passed over. All lines that do not fit are told.
pub fn read(text: &str) -> Result<Vec<(usize, Decision)>, Vec<LineError>> {
    let (mut out, mut bad) = (Vec::new(), Vec::new());
    for (i, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let line_of = |message: String| LineError { line: i + 1, message };
        if line.trim().is_empty() {
            continue;
        }
        let value: Value = match serde_json::from_str(line) {
            Ok(v) => v,
            Err(e) => {
                bad.push(line_of(e.to_string()));
                continue;
            }
        };
        if let Some(format) = value.get("format") {
            if format.as_str() != Some(DECISIONS) {
                bad.push(line_of(format!("this is {format}, expected \"{DECISIONS}\"")));
                break;
            }
            continue;
        }
        // a missing value and `null` are not the same: `null` takes a value away
        let given = value.get("value").cloned();
        match serde_json::from_value::<DecisionRecord>(value).map_err(|e| e.to_string()) {
            Ok(r) => match decision(&DecisionRecord { value: given, ..r }) {
                Ok(d) => out.push((i + 1, d)),
                Err(e) => bad.push(line_of(e)),
            },
            Err(e) => bad.push(line_of(e)),
        }
    }
    if bad.is_empty() { Ok(out) } else { Err(bad) }
}

/// Writes records as a file of decisions, with the line that names the format.
pub fn write(records: &[DecisionRecord]) -> String {
    let mut out = format!("{{\"format\":\"{DECISIONS}\"}}\n");
    for r in records {
        out.push_str(&serde_json::to_string(r).unwrap_or_default());
        out.push('\n');
    }
    out
}

/// A decision from its record; an error says what does not fit.
pub fn decision(r: &DecisionRecord) -> Result<Decision, String> {
    let needed = |name: &str, s: &str| if s.trim().is_empty() { Err(format!("`{name}` is missing")) } else { Ok(()) };
    needed("id", &r.id)?;
    needed("author", &r.author)?;
    needed("kind", &r.kind)?;
    let time: Timestamp =
        r.time.parse().map_err(|_| format!("`time` is {:?}, expected one like \"2026-03-01T09:30:00Z\"", r.time))?;
    let verdict = verdict(r)?;
    if r.anchors.len() < verdict.needs() {
        return Err(format!("`{}` takes {} anchors or more", r.kind, verdict.needs()));
    }
    if verdict == Verdict::Revoke && r.revoke.is_none() {
        return Err("`revoke` is missing: the id of the decision to take back".to_owned());
    }
    Ok(Decision {
        id: r.id.clone(),
        author: r.author.clone(),
        time,
        reason: r.reason.clone(),
        verdict,
        anchors: r.anchors.iter().map(anchor).collect::<Result<_, _>>()?,
        revoke: r.revoke.clone(),
    })
}

fn verdict(r: &DecisionRecord) -> Result<Verdict, String> {
    Ok(match r.kind.as_str() {
        "same" => Verdict::Same,
        "different" => Verdict::Different,
        "unsure" => Verdict::Unsure,
        "reject" => Verdict::Reject,
        "merge" => Verdict::Merge,
        "split" => Verdict::Split,
        "confirm" => Verdict::Confirm(r.field.clone()),
        "revoke" => Verdict::Revoke,
        "correct" => {
            let field = r.field.as_deref().ok_or("`field` is missing")?;
            let value = r.value.as_ref().ok_or("`value` is missing (null takes the value away)")?;
            Verdict::Correct(correction(field, value).map_err(|e| format!("`value` of `{field}`: {e}"))?)
        }
        other => return Err(format!("`kind` is {other:?}, which is no kind of decision")),
    })
}

const ROLES: [&str; 6] = ["incident", "control", "agreement", "displacement", "statement", "relation"];

fn anchor(a: &AnchorRecord) -> Result<Anchor, String> {
    if !a.page.starts_with("sha256:") {
        return Err(format!("`page` of an anchor is {:?}, expected \"sha256:…\"", a.page));
    }
    if a.quote.trim().is_empty() {
        return Err("`quote` of an anchor is missing".to_owned());
    }
    if !ROLES.contains(&a.role.as_str()) {
        return Err(format!("`role` of an anchor is {:?}, expected one of {}", a.role, ROLES.join(", ")));
    }
    if a.span.start > a.span.end {
        return Err(format!("`span` of an anchor runs from {} to {}", a.span.start, a.span.end));
    }
    Ok(Anchor {
        page: a.page.clone(),
        span: Span { start: a.span.start, end: a.span.end },
        quote: a.quote.clone(),
        role: a.role.clone(),
        kind: a.kind_of.as_deref().map(Into::into),
        nth: a.nth,
    })
}

/// A party as a correction gives it.
#[derive(Deserialize)]
struct PartyValue {
    id: String,
    name: Option<String>,
    country: Option<String>,
    status: Option<String>,
}

#[derive(Deserialize)]
struct PlaceValue {
    #[serde(default)]
    id: String,
    name: String,
    country: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
    precision: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum TimeValue {
    Day(String),
    Days { from: String, to: Option<String> },
}

#[derive(Deserialize)]
struct TollValue {
    kind: String,
    index: Option<usize>,
    #[serde(default)]
    drop: bool,
    group: Option<PartyValue>,
    status: Option<String>,
    unit: Option<String>,
    min: Option<i64>,
    max: Option<i64>,
    #[serde(default)]
    approx: bool,
    #[serde(default)]
    cumulative: bool,
}

#[derive(Deserialize)]
struct FigureValue {
    min: Option<i64>,
    max: Option<i64>,
    #[serde(default)]
    approx: bool,
}

fn of<T: serde::de::DeserializeOwned>(v: &Value) -> Result<T, String> {
    serde_json::from_value(v.clone()).map_err(|e| e.to_string())
}

fn correction(field: &str, v: &Value) -> Result<Correction, String> {
    let party = |v: &Value| of::<Option<PartyValue>>(v)?.map(party).transpose();
    let place = |v: &Value| of::<Option<PlaceValue>>(v)?.map(place).transpose();
    Ok(match field {
        "actor" => Correction::Actor(party(v)?),
        "target" => Correction::Target(party(v)?),
        "voice" => Correction::Voice(party(v)?),
        "place" => Correction::Place(place(v)?),
        "from" => Correction::From(place(v)?),
        "to" => Correction::To(place(v)?),
        "where" => Correction::At(place(v)?),
        "time" => Correction::Time(of::<Option<TimeValue>>(v)?.map(|t| time(&t)).transpose()?),
        "type" => Correction::Kind(of::<String>(v)?.into()),
        "certainty" => Correction::Certainty(certainty(&of::<String>(v)?)?),
        "background" => Correction::Background(of(v)?),
        "change" => Correction::Change(change(&of::<String>(v)?)?),
        "toll" => Correction::Toll(toll(of(v)?)?),
        "figure" => {
            let f: FigureValue = of(v)?;
            bounds(f.min, f.max)?;
            Correction::Figure(f.min, f.max, f.approx)
        }
        _ => return Err("no claim has such a field".to_owned()),
    })
}

fn party(p: PartyValue) -> Result<Party, String> {
    let tail = p.id.rsplit('/').next().unwrap_or(&p.id).replace('-', " ");
    Ok(Party {
        name: p.name.unwrap_or(tail).into(),
        id: p.id.into(),
        country: p.country.map(Into::into),
        status: p.status.as_deref().map_or(Ok(Status::Unknown), status)?,
        span: Span::default(),
    })
}

fn place(p: PlaceValue) -> Result<Place, String> {
    let on = |x: Option<f64>, most: f64| x.is_none_or(|x| x.is_finite() && x.abs() <= most);
    if !on(p.lat, 90.0) || !on(p.lon, 180.0) || p.lat.is_some() != p.lon.is_some() {
        return Err("`lat` and `lon` are degrees, both or neither".to_owned());
    }
    Ok(Place {
        id: p.id.into(),
        name: p.name.into(),
        country: p.country.map(Into::into),
        lat: p.lat,
        lon: p.lon,
        precision: match p.precision.as_deref() {
            None | Some("town") => PlacePrecision::Town,
            Some("exact") => PlacePrecision::Exact,
            Some("district") => PlacePrecision::District,
            Some("province") => PlacePrecision::Province,
            Some("country") => PlacePrecision::Country,
            Some(x) => return Err(format!("{x:?} is no precision")),
        },
        span: Span::default(),
    })
}

fn time(t: &TimeValue) -> Result<When, String> {
    let day = |s: &str| s.parse::<Date>().map_err(|_| format!("{s:?} is no day like \"2020-02-20\""));
    let (from, to) = match t {
        TimeValue::Day(d) => (day(d)?, day(d)?),
        TimeValue::Days { from, to } => (day(from)?, day(to.as_ref().unwrap_or(from))?),
    };
    if to < from {
        return Err(format!("{to} is before {from}"));
    }
    let precision = match () {
        () if from == to => TimePrecision::Day,
        () if from.day() == 1 && to == from.last_of_month() => TimePrecision::Month,
        () if from == from.first_of_year() && to == from.last_of_year() => TimePrecision::Year,
        () => TimePrecision::Range,
    };
    let span = Span::default();
    Ok(When { from: Some(from), to: Some(to), precision, basis: TimeBasis::Absolute, weekday: None, span })
}

fn toll(t: TollValue) -> Result<TollFix, String> {
    if !t.drop {
        bounds(t.min, t.max)?;
    }
    Ok(TollFix {
        kind: t.kind.into(),
        index: t.index,
        drop: t.drop,
        group: t.group.map(party).transpose()?,
        status: t.status.as_deref().map(status).transpose()?,
        unit: t.unit.map(Into::into),
        min: t.min,
        max: t.max,
        approx: t.approx,
        cumulative: t.cumulative,
    })
}

fn bounds(min: Option<i64>, max: Option<i64>) -> Result<(), String> {
    let fits = min.is_none_or(|a| a >= 0) && min.zip(max).is_none_or(|(a, b)| a <= b) && max.is_none_or(|b| b >= 0);
    if fits { Ok(()) } else { Err("`min` and `max` are counts, the smaller first".to_owned()) }
}

fn status(s: &str) -> Result<Status, String> {
    Ok(match s {
        "civilian" => Status::Civilian,
        "combatant" => Status::Combatant,
        "mixed" => Status::Mixed,
        "unknown" => Status::Unknown,
        _ => return Err(format!("{s:?} is no status")),
    })
}

fn certainty(s: &str) -> Result<Certainty, String> {
    Ok(match s {
        "stated" => Certainty::Stated,
        "hedged" => Certainty::Hedged,
        "denied" => Certainty::Denied,
        "planned" => Certainty::Planned,
        "conditional" => Certainty::Conditional,
        "asked" => Certainty::Asked,
        _ => return Err(format!("{s:?} is no certainty")),
    })
}

fn change(s: &str) -> Result<ControlChange, String> {
    Ok(match s {
        "captured" => ControlChange::Captured,
        "recaptured" => ControlChange::Recaptured,
        "lost" => ControlChange::Lost,
        "holds" => ControlChange::Holds,
        _ => return Err(format!("{s:?} is no change of control")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANCHOR: &str = r#"{"page":"sha256:ab","span":{"start":0,"end":4},"quote":"Deux","role":"incident"}"#;

    fn line(rest: &str) -> String {
        format!(r#"{{"id":"d1","author":"ana","time":"2026-03-01T09:30:00+01:00","anchors":[{ANCHOR}],{rest}}}"#)
    }

    #[test]
    fn a_file_is_read_with_or_without_its_header() {
        let one = line(r#""kind":"reject","reason":"a drill""#);
        for text in [one.clone(), format!("{{\"format\":\"recoupe.decisions/1\"}}\n\n{one}\r\n")] {
            let list = read(&text).expect("it fits");
            assert_eq!(list.len(), 1);
            assert_eq!(list[0].1.time.to_string(), "2026-03-01T08:30:00Z");
        }
        assert!(read("{\"format\":\"recoupe.decisions/9\"}").is_err());
    }

    #[test]
    fn what_does_not_fit_is_told_with_its_line() {
        let bad = [
            "{",
            r#"{"id":"d1"}"#,
            &line(r#""kind":"same""#),
            &line(r#""kind":"perhaps""#),
            &line(r#""kind":"correct","field":"actor""#),
            &line(r#""kind":"correct","field":"colour","value":1"#),
            &line(r#""kind":"correct","field":"time","value":"20 mars""#),
            &line(r#""kind":"correct","field":"toll","value":{"kind":"killed","min":9,"max":2}"#),
            &line(r#""kind":"revoke""#),
            &line(r#""kind":"reject""#).replace("sha256:ab", "ab"),
            &line(r#""kind":"reject""#).replace("09:30:00+01:00", "09:30"),
        ];
        let errors = read(&bad.join("\n")).expect_err("none fits");
        assert_eq!(errors.iter().map(|e| e.line).collect::<Vec<_>>(), (1..=bad.len()).collect::<Vec<_>>());
    }

    #[test]
    fn a_missing_value_is_an_error_and_null_is_none() {
        let d = read(&line(r#""kind":"correct","field":"actor","value":null"#)).expect("it fits");
        assert_eq!(d[0].1.verdict, Verdict::Correct(Correction::Actor(None)));
    }

    #[test]
    fn records_are_written_and_read_back() {
        let text = [
            line(r#""kind":"correct","field":"place","value":{"name":"Neirab","lat":35.9,"lon":36.7}"#),
            line(r#""kind":"correct","field":"actor","value":null"#),
            line(r#""kind":"confirm","field":"actor""#).replace("\"d1\"", "\"d2\""),
        ]
        .join("\n");
        let records: Vec<DecisionRecord> = text
            .lines()
            .map(|l| {
                let v: Value = serde_json::from_str(l).expect("JSON");
                DecisionRecord { value: v.get("value").cloned(), ..serde_json::from_value(v).expect("a record") }
            })
            .collect();
        let again = read(&write(&records)).expect("it fits");
        let first: Vec<Decision> = read(&text).expect("it fits").into_iter().map(|d| d.1).collect();
        assert_eq!(again.into_iter().map(|d| d.1).collect::<Vec<_>>(), first);
    }
}
