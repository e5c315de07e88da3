//! A dossier with its ids looked up, and where each value comes from: the columns that every row carries.

use std::collections::BTreeMap;

use recoupe_wire::{Attribution, Claim, Dossier, Incident, Page, Party, Place, Span, Style, Time, Toll};
use sha2::{Digest, Sha256};

use super::sheet::Sheet;

/// A dossier and what its exports share.
pub struct Desk<'a> {
    /// The dossier.
    pub d: &'a Dossier,
    /// SHA-256 of the dossier's JSON as `--format json` writes it: which dossier a row is of.
    pub id: String,
    report: String,
    pages: BTreeMap<&'a str, usize>,
    claims: BTreeMap<&'a str, usize>,
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug)]
pub struct Cite<'a> {
    /// The page.
    pub page: &'a Page,
    /// Its number in the dossier, from 0.
    pub number: usize,
    /// The claim and its number in the dossier.
    pub claim: Option<(usize, &'a Claim)>,
    /// The words that carry the value.
    pub text: Option<&'a str>,
    /// Where they stand; else where the sentence stands.
    pub span: Option<Span>,
}

impl<'a> Desk<'a> {
    /// Looks everything up. `report` is where the HTML report of the dossier can be opened, `id` its digest, if known.
    pub fn new(d: &'a Dossier, report: &str, id: &str) -> Self {
        Desk {
            d,
            id: if id.is_empty() { digest(d) } else { id.to_owned() },
            report: report.to_owned(),
            pages: d.pages.iter().enumerate().map(|(i, p)| (p.id.as_str(), i)).collect(),
            claims: d.claims.iter().enumerate().map(|(i, c)| (c.id.as_str(), i)).collect(),
        }
    }

    /// A page and its number by its id.
    pub fn page(&self, id: &str) -> Option<(usize, &'a Page)> {
        self.pages.get(id).map(|i| (*i, &self.d.pages[*i]))
    }

    /// A claim and its number by its id.
    pub fn claim(&self, id: &str) -> Option<(usize, &'a Claim)> {
        self.claims.get(id).map(|i| (*i, &self.d.claims[*i]))
    }

    /// Claims by their ids; unknown ids are passed over.
    pub fn claims<'b>(&self, ids: &'b [String]) -> impl Iterator<Item = (usize, &'a Claim)> + use<'a, 'b, '_> {
        ids.iter().filter_map(|id| self.claim(id))
    }

    /// The sentence of a claim.
    pub fn cite(&self, id: &str) -> Option<Cite<'a>> {
        let (i, c) = self.claim(id)?;
        self.cite_claim(i, c)
    }

    /// The sentence of a claim, by its number.
    pub fn cite_claim(&self, i: usize, c: &'a Claim) -> Option<Cite<'a>> {
        let (number, page) = self.page(&c.page)?;
        Some(Cite { page, number, claim: Some((i, c)), text: None, span: Some(c.span) })
    }

    /// The sentence of the first of these claims, else the first of these pages.
    pub fn cite_first(&self, claims: &[String], pages: &[String]) -> Option<Cite<'a>> {
        let page = || pages.iter().find_map(|p| self.cite_page(p, None, None));
        claims.iter().find_map(|c| self.cite(c)).or_else(page)
    }

    /// The words of one toll of a claim.
    pub fn cite_toll(&self, id: &str, toll: usize) -> Option<Cite<'a>> {
        let cite = self.cite(id)?;
        let t: Option<&Toll> = cite.claim.and_then(|(_, c)| c.tolls.get(toll));
        Some(Cite { text: t.and_then(|t| t.text.as_deref()), span: t.and_then(|t| t.span).or(cite.span), ..cite })
    }

    /// The sentence of the first of these claims that `voice` utters, else of the first.
    pub fn cite_voice(&self, ids: &'a [String], voice: Option<&Party>) -> Option<Cite<'a>> {
        let id = |p: Option<&Party>| p.map(|p| p.id.as_str()).unwrap_or_default().to_owned();
        let mine =
            |c: &Claim| id(c.voice.as_ref()) == id(voice) || voice.is_some() && id(c.actor_voice.as_ref()) == id(voice);
        let (i, c) = self.claims(ids).find(|(_, c)| mine(c)).or_else(|| self.claims(ids).next())?;
        self.cite_claim(i, c)
    }

    /// Words on a page outside a claim.
    pub fn cite_page(&self, id: &str, text: Option<&'a str>, span: Option<Span>) -> Option<Cite<'a>> {
        let (number, page) = self.page(id)?;
        Some(Cite { page, number, claim: None, text, span })
    }

    /// Where the report shows it.
    pub fn link(&self, c: &Cite) -> String {
        match c.claim {
            // the report has no place for what somebody took out of the evidence
            Some((i, claim)) if !claim.rejected => format!("{}#c{i}", self.report),
            _ => format!("{}#p{}", self.report, c.number + 1),
        }
    }

    /// Where the report shows an incident.
    pub fn incident_link(&self, number: usize) -> String {
        format!("{}#i{}", self.report, number + 1)
    }

    /// Who speaks: the voice, else the outlet of the claim.
    pub fn speaker(&self, voice: Option<&Party>, cite: Option<&Cite>) -> String {
        match (voice, cite) {
            (Some(p), _) => p.name.clone(),
            (None, Some(c)) => outlet(c.page),
            (None, None) => String::new(),
        }
    }
}

/// SHA-256 of the dossier's JSON as `--format json` writes it, without what a report adds to it: which dossier it is.
pub fn digest(d: &Dossier) -> String {
    struct Into(Sha256);
    impl std::io::Write for Into {
        fn write(&mut self, b: &[u8]) -> std::io::Result<usize> {
            self.0.update(b);
            Ok(b.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut into = Into(Sha256::new());
    // Hashing cannot fail.
    if d.pages.iter().any(|p| p.view.is_some()) {
        let mut bare = d.clone();
        bare.pages.iter_mut().for_each(|p| p.view = None);
        recoupe_wire::to_writer(&bare, &mut into, Style::Pretty).unwrap_or_default();
    } else {
        recoupe_wire::to_writer(d, &mut into, Style::Pretty).unwrap_or_default();
    }
    let hex: String = into.0.finalize().iter().map(|b| format!("{b:02x}")).collect();
    format!("sha256:{hex}")
}

/// Who published a page, else its file.
pub fn outlet(p: &Page) -> String {
    p.outlet.clone().unwrap_or_else(|| p.source.clone())
}

/// The day a page was published; the first where only a stretch is known.
pub fn published(p: &Page) -> Option<&str> {
    p.published.as_ref().and_then(|t| t.from.as_deref().or(t.to.as_deref()))
}

/// The permanent name of a passage: page, `@`, bytes. It holds for as long as the page's bytes are kept.
pub fn anchor(page: &Page, span: Option<Span>) -> String {
    span.map_or_else(|| page.id.clone(), |s| format!("{}@{}-{}", page.id, s.start, s.end))
}

/// The id of a voice; an outlet in its own words is `outlet`.
pub fn voice_id(v: Option<&Party>) -> &str {
    v.map_or("outlet", |p| p.id.as_str())
}

/// First day, last day.
pub fn days(t: Option<&Time>) -> (Option<&str>, Option<&str>) {
    t.map_or((None, None), |t| (t.from.as_deref(), t.to.as_deref()))
}

/// Names in one cell, each once.
pub fn joined<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> String {
    let mut out: Vec<String> = Vec::new();
    for n in names {
        // The separator is that of ACLED's column `source`.
        let n = n.as_ref().replace("; ", ", ");
        if !n.is_empty() && !out.contains(&n) {
            out.push(n);
        }
    }
    out.join("; ")
}

/// Names of the parties to whom the accounts put it.
pub fn names(list: &[Attribution]) -> String {
    joined(list.iter().map(|a| a.value.name.as_str()))
}

/// Names of voices; an outlet in its own words is `outlet`.
pub fn voices(list: &[Option<Party>]) -> String {
    joined(list.iter().map(|v| v.as_ref().map_or("outlet", |p| p.name.as_str())))
}

/// Whether the accounts part over what an incident's field is.
pub fn disputed(x: &Incident, field: &str) -> bool {
    x.disagreements.iter().any(|d| d.field == field)
}

/// Degrees north and east of a place that is known better than its country.
pub fn point(p: &Place) -> Option<(f64, f64)> {
    let (lat, lon) = (p.lat?, p.lon?);
    let on_earth = (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon);
    (p.precision != "country" && on_earth).then_some((lat, lon))
}

impl<'a, R> Sheet<'a, R> {
    /// The columns that every row carries: where it comes from, word for word, and how to find it again.
    pub fn cited(self, desk: &'a Desk<'a>, cite: impl Fn(&R) -> Option<Cite<'a>> + Clone + 'a) -> Self {
        let on = |f: fn(&Cite<'a>) -> Option<String>| {
            let cite = cite.clone();
            move |r: &R| cite(r).and_then(|c| f(&c))
        };
        let number = |f: fn(&Cite<'a>) -> Option<u32>| {
            let cite = cite.clone();
            move |r: &R| cite(r).and_then(|c| f(&c)).map(i64::from)
        };
        let claim = |c: &Cite<'a>| c.claim.map(|(_, c)| c.id.clone());
        let link = cite.clone();
        self.text("claim", "Id of the claim the row is cited from", on(claim))
            .tag("#meta+id+claim")
            .text("outlet", "Who published the page", on(|c| c.page.outlet.clone()))
            .tag("#meta+source")
            .day(
                "published",
                "Day the page was published; the first where a stretch is known",
                on(|c| published(c.page).map(str::to_owned)),
            )
            .tag("#date+published")
            .text("url", "Where it was published", on(|c| c.page.url.clone()))
            .tag("#meta+url")
            .text("quote", "The sentence, white space folded", on(|c| c.claim.map(|(_, c)| c.quote.clone())))
            .tag("#meta+quote")
            .text("text", "The words that carry the value, where they are fewer", on(|c| c.text.map(str::to_owned)))
            .tag("#meta+words")
            .int("sentence", "Number of the sentence on the page, from 0", number(|c| c.claim.map(|(_, c)| c.sentence)))
            .tag("#meta+sentence+num")
            .int(
                "span_start",
                "First byte of the words, else of the sentence, on the page as it came",
                number(|c| c.span.map(|s| s.start)),
            )
            .tag("#meta+start+num")
            .int("span_end", "One past their last byte", number(|c| c.span.map(|s| s.end)))
            .tag("#meta+end+num")
            .text("page", "Id of the page: SHA-256 of its bytes", on(|c| Some(c.page.id.clone())))
            .tag("#meta+id+page")
            .text("source", "Path of the page as it was given", on(|c| Some(c.page.source.clone())))
            .tag("#meta+source+file")
            .text("anchor", "Permanent name of the passage: page @ bytes", on(|c| Some(anchor(c.page, c.span))))
            .tag("#meta+anchor")
            .text("link", "Where the HTML report of the dossier shows it", move |r| link(r).map(|c| desk.link(&c)))
            .tag("#meta+url+report")
            .text("dossier", "SHA-256 of dossier.json, the dossier the row is of", move |_| desk.id.clone())
            .tag("#meta+id+dossier")
    }
}
