//! To and from JSON, the same bytes every time.

use std::io::{Read, Write};

use serde::{Serialize, Serializer};
use serde_json::ser::{PrettyFormatter, Serializer as Json};

use crate::Dossier;

/// How JSON is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// Two blanks per level.
    #[default]
    Pretty,
    /// One line.
    Compact,
}

/// A dossier file that cannot be read.
#[derive(Debug)]
pub enum JsonError {
    /// Not JSON, or not shaped as the format says; with line and column.
    Shape(serde_json::Error),
    /// Another format or version; holds what the file says.
    Format(String),
}

impl std::fmt::Display for JsonError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            JsonError::Shape(e) => write!(f, "not a dossier: {e}"),
            JsonError::Format(x) if x.is_empty() => write!(f, "not a dossier: the key `format` is missing"),
            JsonError::Format(x) => write!(f, "this is `{x}`, expected `{}`", crate::FORMAT),
        }
    }
}

impl std::error::Error for JsonError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            JsonError::Shape(e) => Some(e),
            JsonError::Format(_) => None,
        }
    }
}

/// Writes anything serialisable in the given style, with a line feed at the end.
pub fn to_writer<T: Serialize + ?Sized>(value: &T, mut out: impl Write, style: Style) -> std::io::Result<()> {
    match style {
        Style::Compact => serde_json::to_writer(&mut out, value)?,
        Style::Pretty => {
            value.serialize(&mut Json::with_formatter(&mut out, PrettyFormatter::with_indent(b"  ")))?;
        }
    }
    out.write_all(b"\n")
}

/// The JSON of a dossier.
pub fn to_json(dossier: &Dossier, style: Style) -> String {
    let mut out = Vec::new();
    // Writing to memory cannot fail, and no key of the format is anything but a string.
    to_writer(dossier, &mut out, style).unwrap_or_default();
    String::from_utf8(out).unwrap_or_default()
}

/// Reads a dossier; keys it does not know are passed over.
pub fn from_json(text: &str) -> Result<Dossier, JsonError> {
    checked(serde_json::from_str(text).map_err(JsonError::Shape)?)
}

/// Reads a dossier from a stream.
pub fn from_reader(from: impl Read) -> Result<Dossier, JsonError> {
    checked(serde_json::from_reader(from).map_err(JsonError::Shape)?)
}

fn checked(d: Dossier) -> Result<Dossier, JsonError> {
    if d.format == crate::FORMAT { Ok(d) } else { Err(JsonError::Format(d.format)) }
}

fn rounded<S: Serializer>(x: f64, unit: f64, to: S) -> Result<S::Ok, S::Error> {
    // Adding zero turns -0.0 into 0.0.
    let x = (x * unit).round() / unit + 0.0;
    if x.is_finite() { to.serialize_f64(x) } else { to.serialize_none() }
}

/// Degrees with four decimals: eleven metres, finer than any gazetteer.
pub(crate) fn degrees<S: Serializer>(x: &Option<f64>, to: S) -> Result<S::Ok, S::Error> {
    match x {
        Some(x) => rounded(*x, 1e4, to),
        None => to.serialize_none(),
    }
}

/// A share of one with three decimals.
pub(crate) fn share<S: Serializer>(x: &f64, to: S) -> Result<S::Ok, S::Error> {
    rounded(*x, 1e3, to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Claim, Origin, Place};

    fn small() -> Dossier {
        Dossier {
            format: crate::FORMAT.into(),
            claims: vec![Claim {
                id: "c1".into(),
                kind_of: "shelling".into(),
                place: Some(Place {
                    name: "Neirab".into(),
                    lat: Some(35.900_049_9),
                    lon: Some(-0.000_01),
                    ..Default::default()
                }),
                ..Default::default()
            }],
            origins: vec![Origin { share: 1.0 / 3.0, ..Default::default() }],
            ..Default::default()
        }
    }

    #[test]
    fn numbers_are_rounded_and_absent_keys_left_out() {
        let j = to_json(&small(), Style::Compact);
        assert!(j.contains(r#""lat":35.9,"lon":0.0"#), "{j}");
        assert!(j.contains(r#""share":0.333"#), "{j}");
        assert!(j.contains(r#""type":"shelling""#) && !j.contains("voice\""), "{j}");
    }

    #[test]
    fn what_was_written_is_read_back() {
        let d = from_json(&to_json(&small(), Style::Pretty)).unwrap();
        assert_eq!(to_json(&d, Style::Pretty), to_json(&small(), Style::Pretty));
    }

    #[test]
    fn other_formats_are_refused_by_name() {
        assert_eq!(
            from_json(r#"{"format":"x/2"}"#).unwrap_err().to_string(),
            "this is `x/2`, expected `recoupe.dossier/1`"
        );
        assert!(from_json("[").unwrap_err().to_string().contains("line 1"));
    }

    #[test]
    fn null_reads_as_absent() {
        let d = from_json(
            r#"{"format":"recoupe.dossier/1","claims":[{"id":"a","voice":null,"time":null,"type":"attack"}]}"#,
        )
        .unwrap();
        assert!(d.claims[0].voice.is_none() && d.claims[0].time.is_none());
    }
}
