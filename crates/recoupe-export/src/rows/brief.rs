//! A brief in Markdown: what contradicts, what happened day by day with each voice's figures and sentences, ledgers, pages.
//!
//! Words of pages are escaped: a page can make no link, no heading and no HTML.

use recoupe_wire::{ChosenFigure, Claim, Dossier, Incident, IncidentToll};

use super::Export;
use super::desk::{Desk, anchor};
use crate::bits::sentences;
use crate::book::{Book, days};
use crate::compare::{names_group, toll_label};
use crate::part::front;
use crate::words::{Day, Words};

/// The brief.
pub fn markdown(k: &Desk, with: &Export) -> Vec<u8> {
    let d: &Dossier = k.d;
    let b = Book::new(d, Words::of(&with.lang));
    let title = with.title.clone().filter(|t| !t.trim().is_empty()).unwrap_or_else(|| front::title(&b));
    let mut s = Brief { b: &b, k, out: String::new() };
    s.line(&format!("# {}", plain(&title)));
    let period = front::period(&b).map(|(a, z)| b.w.span(a, z));
    let counts: Vec<String> = period.into_iter().chain(front::counts(&b)).collect();
    s.line(&counts.join(" · "));
    s.line(&format!("*{}*", b.w.t("head.sums")));
    if let Some(rule) = &d.made.figures {
        s.line(&b.w.f("brief.rule", &[("rule", &code(rule))]));
    }
    s.contradictions();
    s.days();
    s.agreements();
    s.control();
    s.displacement();
    s.pages();
    s.out.push_str("---\n\n");
    s.line(&b.w.f("brief.made", &[("version", &plain(&d.made.recoupe)), ("id", &code(&k.id))]));
    while s.out.ends_with("\n\n") {
        s.out.pop();
    }
    s.out.into_bytes()
}

struct Brief<'b, 'a> {
    b: &'b Book<'a>,
    k: &'b Desk<'a>,
    out: String,
}

impl<'a> Brief<'_, 'a> {
    /// A paragraph, a heading or a whole list.
    fn line(&mut self, text: &str) {
        self.out.push_str(text.trim_end());
        self.out.push_str("\n\n");
    }

    fn heading(&mut self, key: &str) {
        let text = format!("## {}", self.b.w.t(key));
        self.line(&text);
    }

    fn title(&self, i: usize, x: &Incident) -> String {
        format!("[{}]({})", plain(&self.b.title(x).line()), target(&self.k.incident_link(i)))
    }

    fn contradictions(&mut self) {
        let b = self.b;
        self.heading("section.contradictions");
        let all: Vec<(usize, &Incident)> =
            b.d.incidents.iter().enumerate().filter(|(_, x)| !x.disagreements.is_empty()).collect();
        if all.is_empty() {
            return self.line(b.w.t("intro.no_contradictions"));
        }
        self.line(b.w.t("intro.contradictions"));
        let mut list = String::new();
        for (i, x) in all {
            list.push_str(&format!("- **{}**\n", self.title(i, x)));
            for d in &x.disagreements {
                let field = match d.toll.and_then(|t| x.tolls.get(t as usize)) {
                    Some(t) => self.loss(t),
                    None => b.w.id("field", &d.field),
                };
                let sides: Vec<String> = d
                    .sides
                    .iter()
                    .map(|s| {
                        let said = b.value(&s.value);
                        let said = if said.is_empty() { b.w.t("figure.unknown").to_owned() } else { said };
                        b.w.f(
                            "text.by_voice",
                            &[("what", &plain(&said)), ("who", &plain(&b.voices(&s.voices, &s.claims)))],
                        )
                    })
                    .collect();
                list.push_str(&format!("  - {}{}{}\n", plain(&field), b.w.t("format.colon"), sides.join(" ≠ ")));
            }
        }
        self.line(&list);
    }

    /// What a toll counts, and of whom.
    fn loss(&self, t: &IncidentToll) -> String {
        let group = if names_group(t) { format!(", {}", self.b.w.party(&t.group)) } else { String::new() };
        format!("{}{group}", toll_label(self.b, &t.kind, &t.unit))
    }

    fn days(&mut self) {
        let b = self.b;
        self.heading("section.days");
        let mut before: Option<Option<(Day, Day)>> = None;
        let (news, old): (Vec<_>, Vec<_>) =
            b.d.incidents.iter().enumerate().partition(|(_, x)| !x.background && !x.summary);
        for (i, x) in news {
            let day = days(x);
            if before != Some(day) {
                let name = day.map_or_else(|| b.w.t("section.undated").to_owned(), |(a, z)| b.w.span(a, z));
                self.line(&format!("### {name}"));
                before = Some(day);
            }
            self.incident(i, x);
        }
        if !old.is_empty() {
            self.heading("section.background");
            self.line(b.w.t("intro.background"));
            for (i, x) in old {
                self.incident(i, x);
            }
        }
    }

    fn incident(&mut self, i: usize, x: &Incident) {
        let b = self.b;
        let id = crate::bits::known(&x.standing);
        let mut standing = b.w.id("standing", id);
        if id != "single_origin" {
            standing.push_str(&format!(", {}", b.w.n("count.short_origins", x.origins as usize)));
        }
        self.line(&format!("**{}** — {standing}", self.title(i, x)));
        let colon = b.w.t("format.colon");
        let mut list = String::new();
        for (label, all) in [("row.actor", &x.actor), ("row.target", &x.target)] {
            for a in all {
                let who = b.voices(&a.said_by, &a.claims);
                let denied = if a.denied_by.is_empty() {
                    String::new()
                } else {
                    format!(" ; {}", b.w.f("row.denied_by", &[("who", &plain(&b.voices(&a.denied_by, &a.claims)))]))
                };
                let said = b.w.f("text.by_voice", &[("what", &plain(&b.w.party(&a.value))), ("who", &plain(&who))]);
                list.push_str(&format!("- {}{colon}{said}{denied}\n", b.w.t(label)));
            }
        }
        for t in &x.tolls {
            list.push_str(&format!("- {}{colon}{}\n", plain(&self.loss(t)), self.figures(t)));
        }
        if !list.is_empty() {
            self.line(&list);
        }
        for quote in self.quotes(x) {
            self.line(&quote);
        }
    }

    /// The figures of all voices, then that of the rule, where one was asked for.
    fn figures(&self, t: &IncidentToll) -> String {
        let w = self.b.w;
        let mut out: Vec<String> =
            t.by.iter()
                .map(|f| {
                    let n = w.figure(f.min, f.max, f.approx).unwrap_or_else(|| w.t("figure.unknown").to_owned());
                    let denied = if f.denied { format!(" {}", w.t("row.denied")) } else { String::new() };
                    let who = self.b.voices(std::slice::from_ref(&f.voice), &f.claims);
                    w.f("text.by_voice", &[("what", &(n + &denied)), ("who", &plain(&who))])
                })
                .collect();
        out.extend(t.figure.as_ref().and_then(|f| self.chosen(f)));
        out.join(" · ")
    }

    fn chosen(&self, f: &ChosenFigure) -> Option<String> {
        let w = self.b.w;
        let n = |x: i64| w.number(x);
        let figure = match (f.value, f.low, f.best, f.high) {
            (Some(v), ..) => n(v),
            (None, Some(low), Some(best), Some(high)) => {
                w.f("rule.range", &[("low", &n(low)), ("best", &n(best)), ("high", &n(high))])
            }
            (None, low, _, high) => w.figure(low, high, false)?,
        };
        let grade = f.grade.as_ref().map(|g| format!(", {}", plain(&w.id("grade", g)))).unwrap_or_default();
        Some(w.f("brief.by_rule", &[("rule", &code(&f.rule)), ("figure", &format!("{figure}{grade}"))]))
    }

    /// Each sentence once, with all who speak in it and where it stands.
    fn quotes(&self, x: &Incident) -> Vec<String> {
        sentences(self.b, &x.claims).iter().filter_map(|group| self.quote(group)).collect()
    }

    fn quote(&self, group: &[(usize, &'a Claim)]) -> Option<String> {
        let (b, w) = (self.b, self.b.w);
        let (i, c) = *group.first()?;
        let cite = self.k.cite_claim(i, c)?;
        let page = &b.d.pages[cite.number];
        let mut from: Vec<String> = Vec::new();
        for who in group.iter().filter_map(|(_, c)| c.voice.as_ref()).map(|p| plain(&w.party(p))) {
            if !from.contains(&who) {
                from.push(who);
            }
        }
        from.push(plain(&b.outlet(cite.number)));
        from.extend(page.published.as_ref().and_then(|t| w.time(t)));
        from.push(format!("[{}]({})", w.t("brief.report"), target(&self.k.link(&cite))));
        if let Some(u) = page.url.as_deref().and_then(web) {
            from.push(format!("[{}]({u})", w.t("brief.address")));
        }
        from.push(code(&short(&anchor(page, Some(c.span)))));
        Some(format!("> {}\n> — {}", w.quoted(&plain(&c.quote)), from.join(", ")))
    }

    fn agreements(&mut self) {
        let b = self.b;
        if b.d.agreements.is_empty() {
            return;
        }
        self.heading("section.agreements");
        self.line(b.w.t("intro.agreements"));
        let mut list = String::new();
        for a in &b.d.agreements {
            list.push_str(&format!("- **{}**\n", plain(&a.name)));
            for x in &a.breaches {
                let by = b.voices(std::slice::from_ref(&x.alleged_by), &x.claims);
                let said = match &x.against {
                    Some(p) => b.w.f("agreement.alleged", &[("by", &plain(&by)), ("against", &plain(&b.w.party(p)))]),
                    None => b.w.f("agreement.alleged_nobody", &[("by", &plain(&by))]),
                };
                let check = match &x.verified_by {
                    Some(p) => b.w.f("agreement.verified", &[("who", &plain(&b.w.party(p)))]),
                    None => b.w.t("agreement.unverified").to_owned(),
                };
                list.push_str(&format!("  - {said} — {check}{}\n", self.link(&x.claims)));
            }
        }
        self.line(&list);
    }

    fn control(&mut self) {
        let b = self.b;
        if b.d.control.is_empty() {
            return;
        }
        self.heading("section.control");
        let mut list = String::new();
        for c in &b.d.control {
            let mut parts = vec![plain(&b.w.id("change", &c.change))];
            parts.extend(c.holder.as_ref().map(|p| plain(&b.w.party(p))));
            parts.extend(c.against.as_ref().map(|p| b.w.f("control.against", &[("who", &plain(&b.w.party(p)))])));
            parts.extend(c.from.as_ref().and_then(|t| b.w.time(t)));
            if c.disputed {
                parts.push(b.w.t("control.disputed").to_owned());
            }
            let said = b
                .w
                .f("text.by_voice", &[("what", &parts.join(", ")), ("who", &plain(&b.voices(&c.said_by, &c.claims)))]);
            list.push_str(&format!(
                "- **{}**{}{said}{}\n",
                plain(&b.w.place(&c.place)),
                b.w.t("format.colon"),
                self.link(&c.claims)
            ));
        }
        self.line(&list);
    }

    fn displacement(&mut self) {
        let b = self.b;
        if b.d.displacement.is_empty() {
            return;
        }
        self.heading("section.displacement");
        self.line(b.w.t("intro.displacement"));
        let mut list = String::new();
        for x in &b.d.displacement {
            let words = || x.text.as_ref().map_or_else(|| b.w.t("figure.unknown").to_owned(), |t| b.w.quoted(t));
            let mut parts = vec![plain(&b.w.figure(x.min, x.max, x.approx).unwrap_or_else(words))];
            for (label, p) in [("from", &x.from), ("to", &x.to), ("at", &x.at)] {
                let label = b.w.t(&format!("displacement.{label}")).to_lowercase();
                parts.extend(p.as_ref().map(|p| format!("{label} {}", plain(&b.w.place(p)))));
            }
            let who = b.voices(std::slice::from_ref(&x.said_by), &x.claims);
            let said = b.w.f("text.by_voice", &[("what", &parts.join(", ")), ("who", &plain(&who))]);
            list.push_str(&format!(
                "- {}{}{said}{}\n",
                plain(&b.w.id("displacement", &x.kind)),
                b.w.t("format.colon"),
                self.link(&x.claims)
            ));
        }
        self.line(&list);
    }

    /// A link to the sentence of the first claim.
    fn link(&self, claims: &[String]) -> String {
        match claims.first().and_then(|c| self.k.cite(c)) {
            Some(c) => format!(" [{}]({})", self.b.w.t("brief.report"), target(&self.k.link(&c))),
            None => String::new(),
        }
    }

    fn pages(&mut self) {
        let b = self.b;
        self.heading("section.pages");
        let mut list = String::new();
        for (i, p) in b.d.pages.iter().enumerate() {
            let mut parts = vec![format!("**{}**", plain(&b.outlet(i)))];
            parts.extend(p.title.as_ref().map(|t| plain(&b.w.quoted(t))));
            parts.extend(p.published.as_ref().and_then(|t| b.w.time(t)));
            parts.extend(p.url.as_deref().and_then(web).map(|u| format!("[{}]({u})", b.w.t("brief.address"))));
            parts.push(code(&short(&p.id)));
            list.push_str(&format!("{}. {}\n", i + 1, parts.join(", ")));
        }
        self.line(&list);
    }
}

/// Words that are words only, whatever they look like.
fn plain(s: &str) -> String {
    let mut out = String::with_capacity(s.len() + 8);
    for c in s.chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            // marks that turn text around would let a page rewrite the line it stands in
            c if c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{200e}' | '\u{200f}') => {}
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '$' | '!' | '@' | '/' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    // an address is no link; a line that begins like a list is none
    let out = out.replace("www.", "www\\.");
    if out.starts_with(['-', '+', '=']) { format!("\\{out}") } else { out }
}

/// An id, as code.
fn code(s: &str) -> String {
    // an id has neither blanks nor marks; what a page could put in its place stays on one line
    let inside: String = s.chars().filter(|c| !c.is_control()).map(|c| if c == '`' { '\'' } else { c }).collect();
    format!("`{inside}`")
}

/// A digest in sixteen digits, as people compare them.
fn short(s: &str) -> String {
    match s.split_once(':') {
        Some((kind, rest)) if rest.len() > 64 || rest.len() == 64 => {
            let (digest, more) = rest.split_at_checked(64).unwrap_or((rest, ""));
            format!("{kind}:{}{more}", digest.get(..16).unwrap_or(digest))
        }
        _ => s.to_owned(),
    }
}

/// An address of the web, safe inside a link; nothing else is linked to.
fn web(u: &str) -> Option<String> {
    let lower = u.to_ascii_lowercase();
    (lower.starts_with("https://") || lower.starts_with("http://")).then(|| target(u))
}

/// An address as the target of a link: whatever could end it is escaped.
fn target(u: &str) -> String {
    let mut out = String::with_capacity(u.len());
    for c in u.chars() {
        match c {
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '[' => out.push_str("%5B"),
            ']' => out.push_str("%5D"),
            '\\' => out.push_str("%5C"),
            '"' => out.push_str("%22"),
            '`' => out.push_str("%60"),
            c if c.is_whitespace() || c.is_control() => {
                out.extend(c.to_string().bytes().map(|b| format!("%{b:02X}")));
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_words() {
        assert_eq!(plain("a*b_c"), "a\\*b\\_c");
        assert_eq!(plain("<b>[x](y)"), "\\<b\\>\\[x\\](y)");
        assert_eq!(plain("http://x www.y"), "http:\\/\\/x www\\.y");
        assert_eq!(plain("- a\nb"), "\\- a b");
        assert_eq!(plain("l’armée « x »"), "l’armée « x »");
    }

    #[test]
    fn only_the_web_is_linked_to() {
        assert_eq!(web("javascript:alert(1)"), None);
        assert_eq!(web("https://x.example/a (b)").as_deref(), Some("https://x.example/a%20%28b%29"));
    }

    #[test]
    fn digests_are_shortened() {
        let long = format!("sha256:{}@3-9", "ab".repeat(32));
        assert_eq!(short(&long), "sha256:abababababababab@3-9");
        assert_eq!(short("p1"), "p1");
    }
}
