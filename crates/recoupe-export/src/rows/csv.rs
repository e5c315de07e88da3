//! Tables as RFC 4180 CSV, UTF-8.

use super::cell::{Cell, defuse};
use super::sheet::Table;

/// The table as CSV: the names of the columns, then, where asked for, their HXL tags, then the rows.
pub fn csv(t: &Table, tags: bool) -> Vec<u8> {
    let mut out = String::new();
    line(&mut out, t.columns.iter().map(|c| c.name.to_owned()));
    if tags {
        line(&mut out, t.columns.iter().map(|c| c.tag.to_owned()));
    }
    for row in &t.rows {
        line(
            &mut out,
            row.iter().map(|c| match c {
                Cell::Text(s) => defuse(s).into_owned(),
                other => other.plain().unwrap_or_default().into_owned(),
            }),
        );
    }
    out.into_bytes()
}

fn line(out: &mut String, fields: impl Iterator<Item = String>) {
    for (i, f) in fields.enumerate() {
        if i > 0 {
            out.push(',');
        }
        let quoted = f.contains([',', '"', ';', '\n', '\r']) || f.starts_with(' ') || f.ends_with(' ');
        if quoted {
            out.push('"');
            out.push_str(&f.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&f);
        }
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::super::sheet::Sheet;
    use super::*;

    #[test]
    fn fields_are_quoted_where_they_must_be() {
        let t = Sheet::<&str>::new("t", "").text("a", "", |r| *r).int("n", "", |_| -3_i64).of([
            "plain",
            "a,b",
            "say \"no\"",
            "=1",
            "two\nlines",
            "x; y",
        ]);
        let text = String::from_utf8(csv(&t, false)).unwrap();
        assert_eq!(
            text,
            "a,n\r\nplain,-3\r\n\"a,b\",-3\r\n\"say \"\"no\"\"\",-3\r\n'=1,-3\r\ntwo lines,-3\r\n\"x; y\",-3\r\n"
        );
    }
}
