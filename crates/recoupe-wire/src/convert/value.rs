//! Values that recur: parties, times, places, counts, each with its words on the page.

use recoupe_claim::ControlChange;
use recoupe_mention as men;
use recoupe_mention::{Status, TimeBasis, TimePrecision};
use recoupe_page::Article;

use crate::*;

/// Where a value stands: the page, and whether the wire has to say which page that is.
#[derive(Clone, Copy)]
pub(crate) struct On<'a> {
    pub(crate) article: &'a Article,
    pub(crate) page: Option<&'a str>,
}

impl On<'_> {
    pub(crate) fn span(self, span: recoupe_text::Span) -> Span {
        let s = self.article.original_span(span);
        Span { start: s.start, end: s.end }
    }

    /// A name as the page has it: where letters were repaired, the page's own; where a line breaks it, without the hyphen.
    pub(crate) fn term(self, n: &recoupe_claim::Naming) -> String {
        let own = recoupe_text::squeeze(&self.article.quote(n.span));
        if own.replace("- ", "") == n.term { n.term.clone() } else { own }
    }

    /// Words and span, where the value has any.
    pub(crate) fn words(self, span: recoupe_text::Span) -> (Option<String>, Option<Span>, Option<String>) {
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
            precision: p.precision.name().to_owned(),
            text,
            span,
            page,
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

pub(crate) fn status(s: Status) -> &'static str {
    match s {
        Status::Civilian => "civilian",
        Status::Combatant => "combatant",
        Status::Mixed => "mixed",
        Status::Unknown => "unknown",
    }
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
