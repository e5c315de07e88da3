//! Decisions of a case: `same | a "Deux soldats turcs" | b "Une frappe"`, turned into those of a file.
//!
//! The words find the claim on the page of that name, as an anchor would. Decisions are named `d1`, `d2` … in their order.

use recoupe::decisions::Decision;
use recoupe_wire::{AnchorRecord, DecisionRecord, Span, Style, decision_file};

use crate::run::CasePage;

/// Id of a page of a case, by its number.
pub(crate) fn page_id(n: usize) -> String {
    format!("sha256:{n}")
}

/// The decisions that lines tell of, or what is wrong with one of them.
pub fn decisions(lines: &[String], pages: &[CasePage]) -> Result<Vec<Decision>, String> {
    let records: Result<Vec<String>, String> =
        lines.iter().enumerate().map(|(n, line)| record(line, n, pages).map_err(|e| format!("{line}: {e}"))).collect();
    let found = decision_file::read(&records?.join("\n"));
    found.map(|all| all.into_iter().map(|(_, d)| d).collect()).map_err(|bad| {
        let told: Vec<String> = bad.into_iter().map(|e| format!("decision {e}")).collect();
        told.join("; ")
    })
}

/// One line as a line of a file of decisions.
fn record(line: &str, n: usize, pages: &[CasePage]) -> Result<String, String> {
    let mut parts = line.split(" | ").map(str::trim);
    let head = parts.next().unwrap_or_default();
    let (kind, rest) = head.split_once(' ').unwrap_or((head, ""));
    let anchors = parts.map(|p| anchor(p, pages)).collect::<Result<Vec<_>, _>>()?;
    let mut r = DecisionRecord {
        id: format!("d{}", n + 1),
        author: "somebody".to_owned(),
        // one minute after the other
        time: format!("2026-01-01T{:02}:{:02}:00Z", n / 60, n % 60),
        kind: kind.to_owned(),
        anchors,
        ..DecisionRecord::default()
    };
    let mut value = "";
    match kind {
        "correct" => {
            let (field, v) = rest.split_once(' ').ok_or("correct FIELD VALUE")?;
            r.field = Some(field.to_owned());
            value = v.trim();
        }
        "revoke" => r.revoke = Some(rest.to_owned()),
        "confirm" if !rest.is_empty() => r.field = Some(rest.to_owned()),
        _ if !rest.is_empty() => return Err(format!("`{rest}` is not understood")),
        _ => {}
    }
    let mut out = Vec::new();
    recoupe_wire::to_writer(&r, &mut out, Style::Compact).map_err(|e| e.to_string())?;
    let mut json = String::from_utf8(out).map_err(|e| e.to_string())?.trim_end().to_owned();
    if !value.is_empty() {
        // the value is JSON already
        json.truncate(json.len() - 1);
        json.push_str(&format!(",\"value\":{value}}}"));
    }
    Ok(json)
}

/// `a "words"`, `a control "words"`: the page, the role where it is no incident, the words.
fn anchor(part: &str, pages: &[CasePage]) -> Result<AnchorRecord, String> {
    let (what, words) = part.split_once(" \"").ok_or_else(|| format!("`{part}` is no PAGE \"words\""))?;
    let words = words.strip_suffix('"').ok_or_else(|| format!("`{part}` does not end in \""))?;
    let (page, role) = what.split_once(' ').unwrap_or((what, "incident"));
    let stem = |p: &CasePage| p.source.split('.').next().unwrap_or_default() == page;
    let n = pages.iter().position(stem).ok_or_else(|| format!("no page {page}"))?;
    let start = pages[n].text.find(words).unwrap_or(0) as u32;
    Ok(AnchorRecord {
        page: page_id(n),
        span: Span { start, end: start + words.len() as u32 },
        quote: words.to_owned(),
        role: role.to_owned(),
        ..AnchorRecord::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages() -> Vec<CasePage> {
        vec![CasePage { source: "a.txt".into(), text: "Une \"frappe\".".into(), ..CasePage::default() }]
    }

    #[test]
    fn a_line_becomes_a_decision_on_the_words() {
        let lines = ["reject | a \"frappe\"".to_owned(), "revoke d1".to_owned()];
        let found = decisions(&lines, &pages()).expect("well formed");
        assert_eq!((found[0].id.as_str(), found[1].revoke.as_deref()), ("d1", Some("d1")));
        assert_eq!((found[0].anchors[0].span.start, found[0].anchors[0].quote.as_str()), (5, "frappe"));
        let fix = decisions(&["correct toll {\"kind\":\"killed\",\"min\":3} | a \"frappe\"".to_owned()], &pages());
        assert_eq!(fix.expect("well formed")[0].verdict.field().as_deref(), Some("toll.killed"));
    }

    #[test]
    fn a_slip_of_the_pen_is_told() {
        for bad in ["reject | b \"x\"", "reject | a x", "reject now | a \"x\"", "same | a \"x\"", "swap | a \"x\""] {
            assert!(decisions(&[bad.to_owned()], &pages()).is_err(), "{bad}");
        }
    }
}
