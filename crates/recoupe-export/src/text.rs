//! A dossier in a few lines for the terminal.

use recoupe_wire::{Dossier, Incident};

use crate::bits::known;
use crate::book::{Book, days, quiet, rank};
use crate::compare::{names_group, toll_label};
use crate::part::front;
use crate::words::Words;

/// A short account of a dossier: the incidents by day with their standing, figures and voices; then the ledgers in a line each.
///
/// `width` is the number of columns to wrap at; `color` adds ANSI colours. Control characters of pages are left out, so that
/// no page can steer the terminal.
pub fn text(d: &Dossier, lang: &str, width: usize, color: bool) -> String {
    let b = Book::new(d, Words::of(lang));
    let mut out = Sheet::new(width, color);
    out.line(0, &front::title(&b), Some("1"));
    if let Some((a, z)) = front::period(&b) {
        out.line(0, &b.w.span(a, z), None);
    }
    out.line(0, &front::counts(&b).join(" · "), None);
    let mut news: Vec<&Incident> = d.incidents.iter().filter(|x| !x.background && !x.summary).collect();
    news.sort_by_key(|x| (days(x).is_none(), days(x), quiet(&x.kind_of), rank(&x.standing)));
    if news.is_empty() {
        out.line(0, "", None);
        out.line(0, b.w.t("head.nothing"), None);
    }
    for group in news.chunk_by(|a, z| days(a) == days(z)) {
        out.line(0, "", None);
        let day = days(group[0]).map_or_else(|| b.w.t("section.undated").to_owned(), |(a, z)| b.w.span(a, z));
        out.line(0, &day, Some("1"));
        for x in group {
            incident(&mut out, &b, x);
        }
    }
    let old = d.incidents.len() - news.len();
    let rest: Vec<String> = [
        ("background", old),
        ("agreements", d.agreements.len()),
        ("control", d.control.len()),
        ("displacement", d.displacement.len()),
        ("relations", d.relations.len()),
        ("names", d.namings.len()),
    ]
    .into_iter()
    .filter(|(_, n)| *n > 0)
    .map(|(k, n)| format!("{}{}{}", b.w.t(&format!("nav.{k}")), b.w.t("format.colon"), b.w.number(n as i64)))
    .collect();
    if !rest.is_empty() {
        out.line(0, "", None);
        out.line(0, &rest.join(" · "), Some("2"));
    }
    if let Some(line) = decisions(d, &b) {
        out.line(0, &line, Some("2"));
    }
    out.text
}

/// How many decisions hold and how many do not, with their ids where somebody has to look.
fn decisions(d: &Dossier, b: &Book) -> Option<String> {
    let all = d.decisions.as_ref()?;
    let lists = [
        ("applied", &all.applied, false),
        ("orphaned", &all.orphaned, true),
        ("impossible", &all.impossible, true),
        ("superseded", &all.superseded, false),
        ("revoked", &all.revoked, false),
    ];
    let told = lists.into_iter().filter(|(_, l, _)| !l.is_empty()).map(|(outcome, l, name)| {
        let ids: Vec<&str> = l.iter().filter(|_| name).map(|x| x.id.as_str()).take(8).collect();
        let ids = if ids.is_empty() { String::new() } else { format!(" ({})", ids.join(", ")) };
        b.w.n(&format!("count.{outcome}"), l.len()) + &ids
    });
    Some(told.collect::<Vec<_>>().join(" · "))
}

fn incident(out: &mut Sheet, b: &Book, x: &Incident) {
    let (mark, tone) = match known(&x.standing) {
        "contested" => ("◆", "35"),
        "differs" => ("◐", "33"),
        "agreed" => ("●", "36"),
        _ => ("○", "0"),
    };
    let line = format!(
        "{mark} {} — {}, {}",
        b.title(x).short(),
        b.w.id("standing", known(&x.standing)),
        b.w.n("count.short_origins", x.origins as usize)
    );
    out.line(2, &line, Some(tone));
    for t in &x.tolls {
        let by: Vec<String> = t
            .by
            .iter()
            .map(|f| {
                let figure = b.w.figure(f.min, f.max, f.approx).unwrap_or_else(|| b.w.t("figure.unknown").to_owned());
                let who = b.voices(std::slice::from_ref(&f.voice), &f.claims);
                let denied = if f.denied { format!(" {}", b.w.t("row.denied")) } else { String::new() };
                b.w.f("text.by_voice", &[("what", &(figure + &denied)), ("who", &who)])
            })
            .collect();
        let group = if names_group(t) { format!(", {}", b.w.party(&t.group)) } else { String::new() };
        out.line(
            6,
            &format!("{}{group}{}{}", toll_label(b, &t.kind, &t.unit), b.w.t("format.colon"), by.join(" · ")),
            None,
        );
    }
    for d in x.disagreements.iter().filter(|d| d.field != "toll") {
        let sides: Vec<String> = d
            .sides
            .iter()
            .map(|s| {
                let what = b.value(&s.value);
                b.w.f("text.by_voice", &[("what", &what), ("who", &b.voices(&s.voices, &s.claims))])
            })
            .collect();
        out.line(6, &format!("{}{}{}", b.w.id("field", &d.field), b.w.t("format.colon"), sides.join(" ≠ ")), None);
    }
}

/// Text that is wrapped at a width, safe to show on a terminal.
pub(crate) struct Sheet {
    /// What was written.
    pub text: String,
    width: usize,
    color: bool,
}

impl Sheet {
    /// An empty sheet.
    pub fn new(width: usize, color: bool) -> Self {
        Sheet { text: String::new(), width: width.clamp(40, 160), color }
    }

    /// Adds a paragraph, wrapped, its later lines indented by two more.
    pub fn line(&mut self, indent: usize, line: &str, tone: Option<&str>) {
        let tone = tone.filter(|_| self.color && !line.is_empty());
        if let Some(t) = tone {
            self.text.push_str(&format!("\u{1b}[{t}m"));
        }
        let mut column = indent;
        let mut fresh = true;
        self.text.push_str(&" ".repeat(if line.is_empty() { 0 } else { indent }));
        // Blanks that must not break are not spaces here.
        for word in line.split(' ').filter(|w| !w.is_empty()) {
            let word: String = word.chars().filter(|c| !c.is_control() && !steers(*c)).collect();
            let wide = word.chars().count();
            if !fresh && column + 1 + wide > self.width {
                self.text.push('\n');
                self.text.push_str(&" ".repeat(indent + 2));
                column = indent + 2;
            } else if !fresh {
                self.text.push(' ');
                column += 1;
            }
            self.text.push_str(&word);
            column += wide;
            fresh = false;
        }
        if tone.is_some() {
            self.text.push_str("\u{1b}[0m");
        }
        self.text.push('\n');
    }
}

/// Marks that turn the direction of text around: a page could make a line read otherwise than it is.
fn steers(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use recoupe_wire::Place;

    fn hostile() -> Dossier {
        let place = Place { name: "Neirab\u{1b}[2J\u{202e}x".into(), ..Default::default() };
        Dossier {
            incidents: vec![Incident {
                kind_of: "shelling".into(),
                place: Some(place),
                origins: 1,
                ..Default::default()
            }],
            ..Default::default()
        }
    }

    #[test]
    fn no_page_steers_the_terminal() {
        let t = text(&hostile(), "fr", 80, false);
        assert!(t.contains("Neirab") && !t.contains('\u{1b}') && !t.contains('\u{202e}'), "{t:?}");
    }

    #[test]
    fn lines_fit_the_width() {
        for w in [40, 60, 80] {
            assert!(text(&hostile(), "en", w, false).lines().all(|l| l.chars().count() <= w));
        }
    }
}
