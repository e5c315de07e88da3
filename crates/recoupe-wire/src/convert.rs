//! From the library's dossier to the wire: indexes become ids, working spans become spans of the page's own bytes.

mod incident;
mod ledger;
mod value;

use recoupe_dossier as lib;
use recoupe_incident::{At, Voice};
use recoupe_mention as men;
use recoupe_page::Article;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::*;
pub(crate) use value::{On, certainty, change, toll};

/// A dossier of the library together with what only the caller knows.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The dossier.
    pub dossier: &'a lib::Dossier,
    /// By what it was made.
    pub made: &'a Made,
    /// Whether to put in the pages' text, which the HTML page view needs.
    pub views: bool,
}

/// The whole dossier as wire values.
pub fn from_dossier(from: Source<'_>) -> Dossier {
    let d = from.dossier;
    Dossier {
        format: FORMAT.to_owned(),
        made: from.made.clone(),
        pages: (0..d.pages.len()).map(|i| from.page(i)).collect(),
        claims: from.claim_order().into_iter().map(|i| from.claim(i)).collect(),
        incidents: d.incidents.iter().map(|x| from.incident(x)).collect(),
        agreements: d.agreements.iter().map(|x| from.agreement(x)).collect(),
        control: d.control.iter().map(|x| from.control(x)).collect(),
        holding: d.holding.iter().map(|x| from.holding(x)).collect(),
        sites: d.sites.iter().map(|x| from.site(x)).collect(),
        displacement: d.displacement.iter().map(|x| from.displacement(x)).collect(),
        displacement_series: d.displacement_series.iter().map(|x| from.flow_series(x)).collect(),
        relations: d.relations.iter().map(|x| from.relation(x)).collect(),
        namings: d.namings.iter().map(|x| from.naming(x)).collect(),
        naming_lens: d.lens.iter().map(|x| from.lens(x)).collect(),
        origins: d.origins.iter().map(|x| from.origin(x)).collect(),
        decisions: from.decisions(),
    }
}

/// Writes the JSON of a dossier value by value, so that a large one is never held twice. Same bytes as
/// [`to_json`] of [`from_dossier`].
pub fn write_dossier(from: Source<'_>, out: impl std::io::Write, style: Style) -> std::io::Result<()> {
    to_writer(&from, out, style)
}

/// A claim of the list: one that counts, or one that was rejected.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Listed {
    /// By index of the dossier's claims.
    Live(usize),
    /// By index of the rejected ones.
    Rejected(usize),
}

/// A list that is made while it is written.
struct Lazy<F>(usize, F);

impl<T: Serialize, F: Fn(usize) -> T> Serialize for Lazy<F> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq((0..self.0).map(&self.1))
    }
}

impl Serialize for Source<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let d = self.dossier;
        let decisions = self.decisions();
        let order = self.claim_order();
        let mut s = to.serialize_struct("Dossier", 15 + usize::from(decisions.is_some()))?;
        s.serialize_field("format", FORMAT)?;
        s.serialize_field("made", self.made)?;
        s.serialize_field("pages", &Lazy(d.pages.len(), |i| self.page(i)))?;
        s.serialize_field("claims", &Lazy(order.len(), |i| self.claim(order[i])))?;
        s.serialize_field("incidents", &Lazy(d.incidents.len(), |i| self.incident(&d.incidents[i])))?;
        s.serialize_field("agreements", &Lazy(d.agreements.len(), |i| self.agreement(&d.agreements[i])))?;
        s.serialize_field("control", &Lazy(d.control.len(), |i| self.control(&d.control[i])))?;
        s.serialize_field("holding", &Lazy(d.holding.len(), |i| self.holding(&d.holding[i])))?;
        s.serialize_field("sites", &Lazy(d.sites.len(), |i| self.site(&d.sites[i])))?;
        s.serialize_field("displacement", &Lazy(d.displacement.len(), |i| self.displacement(&d.displacement[i])))?;
        let series = &d.displacement_series;
        s.serialize_field("displacement_series", &Lazy(series.len(), |i| self.flow_series(&series[i])))?;
        s.serialize_field("relations", &Lazy(d.relations.len(), |i| self.relation(&d.relations[i])))?;
        s.serialize_field("namings", &Lazy(d.namings.len(), |i| self.naming(&d.namings[i])))?;
        s.serialize_field("naming_lens", &Lazy(d.lens.len(), |i| self.lens(&d.lens[i])))?;
        s.serialize_field("origins", &Lazy(d.origins.len(), |i| self.origin(&d.origins[i])))?;
        if let Some(x) = &decisions {
            s.serialize_field("decisions", x)?;
        }
        s.end()
    }
}

impl<'a> Source<'a> {
    fn article(&self, page: usize) -> &'a Article {
        &self.dossier.pages[page].reading.article
    }
    fn here(&self, page: usize) -> On<'a> {
        On { article: self.article(page), page: None }
    }
    fn on(&self, page: usize) -> On<'a> {
        On { article: self.article(page), page: Some(&self.dossier.pages[page].id) }
    }
    pub(crate) fn party(&self, p: &At<men::Party>) -> Party {
        self.on(p.page).party(&p.value)
    }
    fn time(&self, t: &At<men::When>) -> Time {
        self.on(t.page).time(&t.value)
    }
    pub(crate) fn place(&self, p: &At<men::Place>) -> Place {
        self.on(p.page).place(&p.value)
    }
    pub(crate) fn voice(&self, v: &Voice) -> Option<Party> {
        v.as_ref().map(|p| self.party(p))
    }
    pub(crate) fn voices(&self, v: &[Voice]) -> Vec<Option<Party>> {
        v.iter().map(|v| self.voice(v)).collect()
    }
    pub(crate) fn page_ids(&self, pages: &[usize]) -> Vec<String> {
        pages.iter().map(|p| self.dossier.pages[*p].id.clone()).collect()
    }
    fn claim_id(&self, claim: usize) -> String {
        self.dossier.claims[claim].id.clone()
    }
    pub(crate) fn claim_ids(&self, claims: &[usize]) -> Vec<String> {
        claims.iter().map(|c| self.claim_id(*c)).collect()
    }

    fn page(&self, i: usize) -> Page {
        let p = &self.dossier.pages[i];
        let a = &p.reading.article;
        let on = self.here(i);
        Page {
            id: p.id.clone(),
            source: p.source.clone(),
            url: a.url.clone(),
            title: a.title.map(|t| a.quote(t)),
            outlet: a.outlet.as_ref().map(|o| o.name.clone()),
            agency: a.agencies.iter().map(|x| x.name.clone()).collect(),
            language: a.language.clone(),
            published: match (&a.published, self.dossier.sibling_dates.get(i).and_then(Option::as_ref)) {
                (Some(p), _) => Some(published(on, p)),
                (None, Some(t)) => Some(on.time(&men::When { span: Default::default(), ..t.clone() })),
                (None, None) => None,
            },
            dropped: a
                .blocks
                .iter()
                .filter_map(|b| Some(Dropped { span: on.span(b.span), why: b.dropped?.code().to_owned() }))
                .collect(),
            encoding: (!a.encoding.is_empty() && !a.encoding.eq_ignore_ascii_case("utf-8"))
                .then(|| a.encoding.to_owned()),
            html: a.html,
            notes: a
                .notes
                .iter()
                .map(|n| Note { code: n.code.to_owned(), message: n.message.clone(), span: n.span.map(|s| on.span(s)) })
                .collect(),
            view: self.views.then(|| view(a)),
        }
    }

    fn claim(&self, i: Listed) -> Claim {
        match i {
            Listed::Live(i) => {
                let e = &self.dossier.claims[i];
                let incident = e.incident.map(|i| self.dossier.incidents[i].id.clone());
                let mut out = self.claim_of(e.page, &e.id, e.claim(&self.dossier.pages), e.time.as_ref());
                out.incident = incident;
                out
            }
            Listed::Rejected(i) => {
                let r = &self.dossier.decisions.rejected[i];
                let out = self.claim_of(r.page, &r.id, &r.claim, r.claim.time.as_ref());
                Claim { rejected: true, ..out }
            }
        }
    }

    fn claim_of(&self, page: usize, id: &str, c: &recoupe_claim::Claim, time: Option<&men::When>) -> Claim {
        let on = self.here(page);
        let voices: Vec<Party> = c.voices.iter().map(|v| on.party(v)).collect();
        Claim {
            id: id.to_owned(),
            page: self.dossier.pages[page].id.clone(),
            span: on.span(c.span),
            quote: on.article.quote(c.span),
            sentence: c.sentence,
            kind: c.about().to_owned(),
            incident: None,
            kind_of: c.kind.to_string(),
            certainty: certainty(c.certainty).to_owned(),
            background: c.background,
            voice: voices.last().cloned(),
            voices: if voices.len() > 1 { voices } else { Vec::new() },
            time: time.map(|t| on.time(t)),
            place: c.place.as_ref().map(|p| on.place(p)),
            actor: c.doer().map(|p| on.party(p)),
            actor_voice: c.actor_voice.as_ref().map(|p| on.party(p)),
            target: c.sufferer().map(|p| on.party(p)),
            means: c
                .means
                .iter()
                .map(|m| {
                    let (text, span, _) = on.words(m.span);
                    Means { id: m.id.to_string(), text, span }
                })
                .collect(),
            tolls: c.tolls.iter().map(|t| toll(on, t)).collect(),
            rule: c.rules.join(" "),
            rejected: false,
            corrected: self.corrected(on, id),
            confirmed: self.confirmed(id),
        }
    }
}

fn published(on: On<'_>, p: &recoupe_page::Published) -> Time {
    let (text, span, _) = on.words(p.span.unwrap_or_default());
    let month = p.from.day() == 1 && p.to == p.from.last_of_month();
    let year = p.from == p.from.first_of_year() && p.to == p.from.last_of_year();
    Time {
        from: Some(p.from.to_string()),
        to: Some(p.to.to_string()),
        precision: match () {
            () if p.from == p.to => "day",
            () if month => "month",
            () if year => "year",
            () => "range",
        }
        .to_owned(),
        basis: p.basis.code().to_owned(),
        weekday: None,
        text,
        span,
        page: None,
    }
}

/// The text of a page, and where each stretch of it comes from.
fn view(a: &Article) -> View {
    if a.map.is_identity() {
        return View { text: a.text.to_string(), map: Vec::new() };
    }
    let mut map: Vec<[u32; 4]> = Vec::new();
    for (i, c) in a.text.char_indices() {
        let o = a.map.original(recoupe_text::Span::new(i, i + c.len_utf8()));
        let (at, len) = (i as u32, c.len_utf8() as u32);
        match map.last_mut() {
            // Equal lengths run on byte by byte; what was replaced as a whole runs on while it is the same whole.
            Some(m) if len == o.end - o.start && m[1] == m[3] && m[2] + m[3] == o.start => {
                m[1] += len;
                m[3] += len;
            }
            Some(m) if m[2] == o.start && m[2] + m[3] == o.end => m[1] += len,
            _ => map.push([at, len, o.start, o.end - o.start]),
        }
    }
    View { text: a.text.to_string(), map }
}
