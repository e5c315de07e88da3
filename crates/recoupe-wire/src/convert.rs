//! From the library's dossier to the wire: indexes become ids, working spans become spans of the page's own bytes.

use recoupe_claim::{ControlChange, Detail, FlowKind, RelationKind};
use recoupe_dossier as lib;
use recoupe_incident as inc;
use recoupe_incident::{At, Voice};
use recoupe_mention as men;
use recoupe_mention::{PlacePrecision, Status, TimeBasis, TimePrecision};
use recoupe_page::Article;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::*;

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
        let mut s = to.serialize_struct("Dossier", 14 + usize::from(decisions.is_some()))?;
        s.serialize_field("format", FORMAT)?;
        s.serialize_field("made", self.made)?;
        s.serialize_field("pages", &Lazy(d.pages.len(), |i| self.page(i)))?;
        s.serialize_field("claims", &Lazy(order.len(), |i| self.claim(order[i])))?;
        s.serialize_field("incidents", &Lazy(d.incidents.len(), |i| self.incident(&d.incidents[i])))?;
        s.serialize_field("agreements", &Lazy(d.agreements.len(), |i| self.agreement(&d.agreements[i])))?;
        s.serialize_field("control", &Lazy(d.control.len(), |i| self.control(&d.control[i])))?;
        s.serialize_field("holding", &Lazy(d.holding.len(), |i| self.holding(&d.holding[i])))?;
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

/// Where a value stands: the page, and whether the wire has to say which page that is.
#[derive(Clone, Copy)]
pub(crate) struct On<'a> {
    article: &'a Article,
    page: Option<&'a str>,
}

impl On<'_> {
    fn span(self, span: recoupe_text::Span) -> Span {
        let s = self.article.original_span(span);
        Span { start: s.start, end: s.end }
    }

    /// A name as the page has it: where letters were repaired, the page's own; where a line breaks it, without the hyphen.
    fn term(self, n: &recoupe_claim::Naming) -> String {
        let own = recoupe_text::squeeze(&self.article.quote(n.span));
        if own.replace("- ", "") == n.term { n.term.clone() } else { own }
    }

    /// Words and span, where the value has any.
    fn words(self, span: recoupe_text::Span) -> (Option<String>, Option<Span>, Option<String>) {
        if span.is_empty() {
            return (None, None, None);
        }
        (Some(self.article.quote(span)), Some(self.span(span)), self.page.map(str::to_owned))
    }

    pub(crate) fn party(self, p: &men::Party) -> Party {
        let (text, span, page) = self.words(p.span);
        Party {
            id: p.id.to_string(),
            name: p.name.to_string(),
            country: p.country.as_ref().map(|c| c.to_string()),
            text,
            span,
            page,
        }
    }

    pub(crate) fn time(self, t: &men::When) -> Time {
        let (text, span, page) = self.words(t.span);
        Time {
            from: t.from.map(|d| d.to_string()),
            to: t.to.map(|d| d.to_string()),
            precision: precision(t.precision).to_owned(),
            basis: basis(t.basis).to_owned(),
            weekday: t.weekday,
            text,
            span,
            page,
        }
    }

    pub(crate) fn place(self, p: &men::Place) -> Place {
        let (text, span, page) = self.words(p.span);
        Place {
            id: (!p.id.is_empty()).then(|| p.id.to_string()),
            name: p.name.to_string(),
            country: p.country.as_ref().map(|c| c.to_string()),
            lat: p.lat.filter(|x| x.is_finite()),
            lon: p.lon.filter(|x| x.is_finite()),
            precision: exactness(p.precision).to_owned(),
            text,
            span,
            page,
        }
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
    fn page_ids(&self, pages: &[usize]) -> Vec<String> {
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
        // What a claim is about fills the shared fields where it has them: a statement is said to somebody.
        let (kind, target) = match &c.detail {
            Detail::Incident => ("incident", None),
            Detail::Control { against, .. } => ("control", against.as_ref()),
            Detail::Agreement { .. } => ("agreement", None),
            Detail::Displacement { .. } => ("displacement", None),
            Detail::Statement { to } => ("statement", to.as_ref()),
            Detail::Relation { to, .. } => ("relation", Some(to)),
        };
        let actor = match &c.detail {
            Detail::Control { holder, .. } => c.actor.as_ref().or(holder.as_ref()),
            Detail::Relation { from, .. } => c.actor.as_ref().or(Some(from)),
            _ => c.actor.as_ref(),
        };
        Claim {
            id: id.to_owned(),
            page: self.dossier.pages[page].id.clone(),
            span: on.span(c.span),
            quote: on.article.quote(c.span),
            sentence: c.sentence,
            kind: kind.to_owned(),
            incident: None,
            kind_of: c.kind.to_string(),
            certainty: certainty(c.certainty).to_owned(),
            background: c.background,
            voice: voices.last().cloned(),
            voices: if voices.len() > 1 { voices } else { Vec::new() },
            time: time.map(|t| on.time(t)),
            place: c.place.as_ref().map(|p| on.place(p)),
            actor: actor.map(|p| on.party(p)),
            actor_voice: c.actor_voice.as_ref().map(|p| on.party(p)),
            target: c.target.as_ref().or(target).map(|p| on.party(p)),
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

    fn incident(&self, x: &inc::Incident) -> Incident {
        Incident {
            id: x.id.clone(),
            kind_of: x.kind.to_string(),
            time: x.time.as_ref().map(|t| self.time(t)),
            place: x.place.as_ref().map(|p| self.place(p)),
            title: x.title.clone(),
            background: x.background,
            summary: x.summary,
            claims: self.claim_ids(&x.claims),
            pages: self.page_ids(&x.pages),
            origins: x.origins as u32,
            voices: self.voices(&x.voices),
            actor: x.actor.iter().map(|a| self.attribution(a)).collect(),
            target: x.target.iter().map(|a| self.attribution(a)).collect(),
            tolls: x.tolls.iter().map(|t| self.incident_toll(t)).collect(),
            cumulative: x.cumulative.iter().map(|t| self.incident_toll(t)).collect(),
            standing: x.standing.name().to_owned(),
            disagreements: x
                .disagreements
                .iter()
                .map(|d| Disagreement {
                    field: d.field.name().to_owned(),
                    toll: d.toll.map(|t| t as u32),
                    reason: None,
                    sides: d.sides.iter().map(|s| self.side(s)).collect(),
                })
                .collect(),
            differences: x
                .differences
                .iter()
                .map(|d| Disagreement {
                    field: d.field.name().to_owned(),
                    toll: d.toll.map(|t| t as u32),
                    reason: Some(d.reason.name().to_owned()),
                    sides: d.sides.iter().map(|s| self.side(s)).collect(),
                })
                .collect(),
            links: x
                .links
                .iter()
                .map(|l| Link {
                    left: self.claim_id(l.left),
                    right: self.claim_id(l.right),
                    score: l.score,
                    features: l
                        .features
                        .iter()
                        .map(|f| Feature { name: f.name.to_owned(), value: f.value.clone(), points: f.points })
                        .collect(),
                })
                .collect(),
            related: x
                .related
                .iter()
                .map(|r| Related {
                    incident: self.dossier.incidents[r.incident].id.clone(),
                    kind: r.kind.name().to_owned(),
                })
                .collect(),
        }
    }

    fn attribution(&self, a: &inc::FieldValue) -> Attribution {
        Attribution {
            value: self.party(&a.value),
            said_by: self.voices(&a.said_by),
            denied_by: self.voices(&a.denied_by),
            claims: self.claim_ids(&a.claims),
        }
    }

    fn incident_toll(&self, t: &inc::IncidentToll) -> IncidentToll {
        IncidentToll {
            kind: t.kind.to_string(),
            group: self.party(&t.group),
            unit: t.unit.to_string(),
            part: t.part,
            low: t.low,
            high: t.high,
            by: t
                .by
                .iter()
                .map(|f| Figure {
                    voice: self.voice(&f.voice),
                    min: f.min,
                    max: f.max,
                    approx: f.approx,
                    hedged: f.hedged,
                    denied: f.denied,
                    claims: self.claim_ids(&f.claims),
                    toll: f.toll as u32,
                    origin: f.origin.map(|o| self.dossier.origins[o].id.clone()),
                })
                .collect(),
            series: t.series.iter().map(|p| self.series_point(p)).collect(),
            figure: t.figure.as_ref().map(|f| ChosenFigure {
                rule: f.rule.clone(),
                value: f.value,
                low: f.low,
                best: f.best,
                high: f.high,
                grade: f.grade.map(str::to_owned),
                claims: self.claim_ids(&f.claims),
            }),
        }
    }

    fn series_point(&self, p: &inc::SeriesPoint) -> SeriesPoint {
        SeriesPoint {
            published: p.published.to_string(),
            voice: self.voice(&p.voice),
            min: p.min,
            max: p.max,
            approx: p.approx,
            claims: self.claim_ids(&p.claims),
        }
    }

    fn side(&self, s: &inc::Side) -> Side {
        Side {
            value: match &s.value {
                inc::Value::Happened(yes) => Value::Happened(*yes),
                inc::Value::Party(p, true) => Value::Party(self.party(p)),
                inc::Value::Party(p, false) => Value::NotParty(self.party(p)),
                inc::Value::Status(s) => Value::Status(status(*s).to_owned()),
                inc::Value::Kind(k) => Value::Type(k.to_string()),
                inc::Value::Time(t) => Value::Time(self.time(t)),
                inc::Value::Place(p) => Value::Place(self.place(p)),
                inc::Value::Figure(min, max, approx) => Value::Figure { min: *min, max: *max, approx: *approx },
            },
            voices: self.voices(&s.voices),
            claims: self.claim_ids(&s.claims),
        }
    }

    fn agreement(&self, a: &lib::Agreement) -> Agreement {
        Agreement {
            id: a.id.clone(),
            name: self.agreement_name(a),
            date: a.date.as_ref().map(|t| self.time(t)),
            place: a.place.as_ref().map(|p| self.place(p)),
            parties: a.parties.iter().map(|p| self.party(p)).collect(),
            pages: self.page_ids(&a.pages),
            claims: self.claim_ids(&a.claims),
            breaches: a
                .breaches
                .iter()
                .map(|b| Breach {
                    alleged_by: self.voice(&b.alleged_by),
                    against: self.voice(&b.against),
                    time: b.time.as_ref().map(|t| self.time(t)),
                    place: b.place.as_ref().map(|p| self.place(p)),
                    claims: self.claim_ids(&b.claims),
                    verified_by: self.voice(&b.verified_by),
                    states: b.states.iter().map(|s| self.breach_state(s)).collect(),
                })
                .collect(),
            wordings: a.wordings.iter().map(|w| self.wording(w)).collect(),
            refers_to: a.refers_to.clone().map(|(id, name)| Known { id, name }),
            candidates: a.candidates.iter().map(|i| self.dossier.incidents[*i].id.clone()).collect(),
        }
    }

    fn wording(&self, w: &At<recoupe_text::Span>) -> Wording {
        let on = self.here(w.page);
        Wording { text: on.article.quote(w.value), span: on.span(w.value), page: self.dossier.pages[w.page].id.clone() }
    }

    fn breach_state(&self, s: &lib::BreachState) -> BreachState {
        BreachState {
            state: s.stage.name().to_owned(),
            by: self.voices(&s.by),
            against: self.voice(&s.against),
            claims: self.claim_ids(&s.claims),
        }
    }

    /// The name; where no pack knows the agreement, with the words of the page that name it at most length.
    fn agreement_name(&self, a: &lib::Agreement) -> String {
        let mut longest = "";
        let mut known = false;
        for e in a.claims.iter().map(|c| &self.dossier.claims[*c]) {
            let Detail::Agreement { id, span, .. } = &e.claim(&self.dossier.pages).detail else { continue };
            known |= id.is_some();
            let words = span.of(&self.article(e.page).text);
            if words.chars().count() > longest.chars().count() {
                longest = words;
            }
        }
        if known || longest.is_empty() {
            return a.name.to_string();
        }
        format!("{} ({})", a.name, recoupe_text::squeeze(longest))
    }

    fn control(&self, c: &lib::Control) -> Control {
        Control {
            place: self.place(&c.place),
            holder: self.voice(&c.holder),
            against: self.voice(&c.against),
            from: c.from.as_ref().map(|t| self.time(t)),
            to: c.to.as_ref().map(|t| self.time(t)),
            change: change(c.change).to_owned(),
            said_by: self.voices(&c.said_by),
            denied_by: self.voices(&c.denied_by),
            disputed: c.disputed,
            pages: self.page_ids(&c.pages),
            claims: self.claim_ids(&c.claims),
        }
    }

    fn displacement(&self, x: &lib::Displacement) -> Displacement {
        // The words stand in the claim; the ledger row names its first page.
        let words = x.claims.iter().map(|c| &self.dossier.claims[*c]).find(|e| e.page == x.page).and_then(|e| match &e
            .claim(&self.dossier.pages)
            .detail
        {
            Detail::Displacement { span, .. } => Some(*span),
            _ => None,
        });
        let (text, span, _) = self.here(x.page).words(words.unwrap_or_default());
        Displacement {
            kind: match x.kind {
                FlowKind::Flow => "flow",
                FlowKind::Stock => "stock",
            }
            .to_owned(),
            min: x.min,
            max: x.max,
            approx: x.approx,
            unit: (!x.unit.is_empty()).then(|| x.unit.to_string()),
            from: x.from.as_ref().map(|p| self.place(p)),
            to: x.to.as_ref().map(|p| self.place(p)),
            at: x.at.as_ref().map(|p| self.place(p)),
            since: x.since.as_ref().map(|t| self.time(t)),
            time: x.time.as_ref().map(|t| self.time(t)),
            said_by: self.voice(&x.said_by),
            page: self.dossier.pages[x.page].id.clone(),
            pages: self.page_ids(&x.pages),
            claims: self.claim_ids(&x.claims),
            text,
            span,
        }
    }

    fn relation(&self, r: &lib::Relation) -> Relation {
        Relation {
            kind: match r.kind {
                RelationKind::Supports => "supports",
                RelationKind::Opposes => "opposes",
                RelationKind::Ally => "ally",
                RelationKind::Sponsor => "sponsor",
                RelationKind::PartOf => "part_of",
            }
            .to_owned(),
            from: self.party(&r.from),
            to: self.party(&r.to),
            time: r.time.as_ref().map(|t| self.time(t)),
            said_by: self.voices(&r.said_by),
            page: self.dossier.pages[r.page].id.clone(),
            pages: self.page_ids(&r.pages),
            claims: self.claim_ids(&r.claims),
        }
    }

    fn naming(&self, n: &lib::NamingEntry) -> NamingUse {
        let on = self.here(n.page);
        let said = n.naming(&self.dossier.pages);
        NamingUse {
            group: on.party(&said.group),
            term: on.term(said),
            lemma: said.lemma.clone(),
            voice: said.voice.as_ref().map(|v| on.party(v)),
            quoted: said.quoted,
            page: self.dossier.pages[n.page].id.clone(),
            span: on.span(said.span),
        }
    }

    fn origin(&self, o: &inc::Origin) -> Origin {
        Origin {
            id: o.id.clone(),
            pages: self.page_ids(&o.pages),
            kind: o.kind.name().to_owned(),
            credit: o.credit.clone(),
            evidence: o
                .evidence
                .iter()
                .map(|e| Evidence {
                    span: self.here(e.page).span(e.value),
                    page: self.dossier.pages[e.page].id.clone(),
                })
                .collect(),
            share: if o.share.is_finite() { o.share } else { 0.0 },
        }
    }
}

pub(crate) fn toll(on: On<'_>, t: &recoupe_claim::Toll) -> Toll {
    let (text, span, _) = on.words(t.span);
    Toll {
        kind: t.kind.to_string(),
        group: on.party(&t.group),
        status: status(t.status).to_owned(),
        unit: t.unit.to_string(),
        min: t.min,
        max: t.max,
        approx: t.approx,
        cumulative: t.cumulative,
        part_of: t.part_of.map(|i| i as u32),
        text,
        span,
    }
}

fn status(s: Status) -> &'static str {
    match s {
        Status::Civilian => "civilian",
        Status::Combatant => "combatant",
        Status::Mixed => "mixed",
        Status::Unknown => "unknown",
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

fn precision(p: TimePrecision) -> &'static str {
    match p {
        TimePrecision::Day => "day",
        TimePrecision::Week => "week",
        TimePrecision::Month => "month",
        TimePrecision::Year => "year",
        TimePrecision::Range => "range",
    }
}

fn basis(b: TimeBasis) -> &'static str {
    match b {
        TimeBasis::Absolute => "absolute",
        TimeBasis::Relative => "relative",
        TimeBasis::Narrative => "narrative",
        TimeBasis::Inherited => "inherited",
        TimeBasis::Sibling => "sibling",
    }
}

fn exactness(p: PlacePrecision) -> &'static str {
    match p {
        PlacePrecision::Exact => "exact",
        PlacePrecision::Town => "town",
        PlacePrecision::District => "district",
        PlacePrecision::Province => "province",
        PlacePrecision::Country => "country",
    }
}

pub(crate) fn change(c: ControlChange) -> &'static str {
    match c {
        ControlChange::Captured => "captured",
        ControlChange::Recaptured => "recaptured",
        ControlChange::Lost => "lost",
        ControlChange::Holds => "holds",
    }
}

pub(crate) fn certainty(c: recoupe_claim::Certainty) -> &'static str {
    use recoupe_claim::Certainty;
    match c {
        Certainty::Stated => "stated",
        Certainty::Hedged => "hedged",
        Certainty::Denied => "denied",
        Certainty::Planned => "planned",
        Certainty::Conditional => "conditional",
        Certainty::Asked => "asked",
    }
}
