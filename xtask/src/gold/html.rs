//! The findings as one HTML page that needs nothing else.

use std::fmt::Write;

use super::explain::{Explained, Finding, grouped};

const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1c1b19;--paper:#fdfcf9;--line:#d9d5cc;--quiet:#6b675f;--link:#0b5394}
@media(prefers-color-scheme:dark){:root{--ink:#e9e6df;--paper:#191817;--line:#3a3733;--quiet:#a09b92;--link:#8ab8e6}}
body{margin:0 auto;padding:24px 16px 64px;max-width:72rem;background:var(--paper);color:var(--ink);
font:16px/1.5 Charter,'Source Serif 4',Georgia,serif}
h1{font-size:1.6rem;margin:0 0 4px}h2{font-size:1.3rem;margin:40px 0 8px;border-top:2px solid var(--ink);padding-top:8px}
h3{font-size:1rem;margin:24px 0 4px}a{color:var(--link)}
table,dl,summary,.page,.rules{font-family:system-ui,sans-serif;font-size:.875rem;font-variant-numeric:tabular-nums}
table{border-collapse:collapse}th,td{text-align:left;padding:2px 16px 2px 0;border-bottom:1px solid var(--line)}td.n{text-align:right}
article{border-top:1px solid var(--line);padding:12px 0;break-inside:avoid}
.page,.rules,.quiet{color:var(--quiet)}blockquote{margin:4px 0;max-width:70ch}
dl{display:grid;grid-template-columns:4rem 1fr;gap:2px 8px;margin:4px 0;overflow-wrap:anywhere}dt{color:var(--quiet)}dd{margin:0}
summary{cursor:pointer}code{font-size:.85em}
@media print{body{max-width:none}a{color:inherit}}";

/// The whole page.
pub fn document(all: &[Explained]) -> String {
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>Where reading and gold part</title>\n\
         <style>{STYLE}</style></head><body>\n<h1>Where reading and gold part</h1>\n\
         <p>A <em>miss</em> is in the gold and was not read. A <em>mismatch</em> was found, with a field that differs. \
         An <em>invention</em> was read and is not in the gold. Rules are those of the claims in the sentence.</p>\n"
    );
    for e in all {
        corpus(&mut out, e);
    }
    out.push_str("</body></html>\n");
    out
}

fn corpus(out: &mut String, e: &Explained) {
    let name = escaped(&e.corpus);
    let _ = writeln!(out, "<h2>{name}: {} findings</h2>", e.findings.len());
    if let Some(drift) = &e.drift {
        let _ =
            writeln!(out, "<p><strong>The explanation and the scorer do not agree:</strong> {}</p>", escaped(drift));
    }
    let groups = grouped(&e.findings);
    out.push_str("<table><thead><tr><th>what</th><th>of</th><th>how many</th></tr></thead><tbody>\n");
    for ((what, field), all) in &groups {
        let n = all.len();
        let _ = writeln!(
            out,
            "<tr><td>{what}</td><td><a href=\"#{name}-{what}-{field}\">{field}</a></td><td class=\"n\">{n}</td></tr>"
        );
    }
    out.push_str("</tbody></table>\n");
    for ((what, field), all) in &groups {
        let _ = writeln!(out, "<section id=\"{name}-{what}-{field}\"><h3>{what}: {field} ({})</h3>", all.len());
        all.iter().for_each(|f| finding(out, f));
        out.push_str("</section>\n");
    }
}

fn finding(out: &mut String, f: &Finding) {
    let _ = writeln!(out, "<article><div class=\"page\">{}</div>", escaped(&f.page));
    if f.sentences.is_empty() {
        out.push_str("<p class=\"quiet\">The gold points to no sentence.</p>\n");
    }
    for s in &f.sentences {
        let _ = writeln!(out, "<blockquote>{}</blockquote>", escaped(s));
    }
    let _ = writeln!(out, "<dl><dt>gold</dt><dd>{}</dd><dt>read</dt><dd>{}</dd>", escaped(&f.gold), escaped(&f.read));
    if !f.rules.is_empty() {
        let rules: Vec<String> = f.rules.iter().map(|r| format!("<code>{}</code>", escaped(r))).collect();
        let _ = writeln!(out, "<dt>rules</dt><dd class=\"rules\">{}</dd>", rules.join(" "));
    }
    out.push_str("</dl></article>\n");
}

/// Text that may stand in an element or a quoted attribute.
fn escaped(s: &str) -> String {
    s.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_pages_say_is_text_and_never_markup() {
        let f = Finding {
            page: "p".into(),
            what: "miss".into(),
            field: "toll".into(),
            gold: "killed 2".into(),
            read: "a & b".into(),
            sentences: vec!["<script>alert('x')</script>".into()],
            rules: vec!["act.kill".into()],
        };
        let e = Explained { corpus: "c\"d".into(), findings: vec![f], drift: None };
        let html = document(&[e]);
        assert!(html.contains("&lt;script&gt;alert(&#39;x&#39;)") && !html.contains("<script"), "{html}");
        assert!(
            html.contains("c&quot;d-miss-toll") && html.contains("a &amp; b") && html.contains("<code>act.kill</code>")
        );
    }
}
