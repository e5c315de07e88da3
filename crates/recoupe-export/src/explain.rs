//! Where an incident, a claim or a field comes from: the whole chain from sentences to the value shown.

mod text;

use recoupe_wire::{
    AnchorRecord, Claim, Decided, Disagreement, Dossier, Incident, IncidentToll, Link, Origin, Page, Time,
};
use serde::Serialize;

/// The name and version of the JSON.
pub const EXPLANATION: &str = "recoupe.explanation/1";

/// Why there is nothing to explain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// No id begins like this; the nearest ones.
    Id(Vec<String>),
    /// Several ids begin like this.
    Ambiguous(Vec<String>),
    /// Nothing is said of this field; those of which something is.
    Field(Vec<String>),
}

/// The chain behind an incident, a claim or a field.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation {
    /// [`EXPLANATION`].
    pub format: &'static str,
    /// What was asked for, with the whole id.
    pub asked: String,
    /// The field, where one was asked for: `actor`, `toll.killed` …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The incident, or the one that the claim tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub incident: Option<Incident>,
    /// The claims behind it, by page.
    pub claims: Vec<Explained>,
    /// Figures, each with all voices; running totals after the others.
    pub figures: Vec<IncidentToll>,
    /// Where the accounts part, without contradiction where there is a reason.
    pub parts: Vec<Disagreement>,
    /// Why pages were put together.
    pub links: Vec<Link>,
    /// Texts that several of the pages share.
    pub origins: Vec<Origin>,
    /// Decisions about these claims.
    pub decisions: Vec<Ruling>,
}

/// A claim, where it was published, and how to name it in a decision.
#[derive(Clone, Debug, Serialize)]
pub struct Explained {
    /// The claim.
    #[serde(flatten)]
    pub claim: Claim,
    /// Path or address of its page.
    pub source: String,
    /// Who published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Time>,
    /// To be put into a decision about this claim.
    pub anchor: AnchorRecord,
}

/// A decision and what became of it.
#[derive(Clone, Debug, Serialize)]
pub struct Ruling {
    /// `applied`, `impossible`, `superseded`, `revoked`, `orphaned`.
    pub outcome: &'static str,
    /// The decision.
    #[serde(flatten)]
    pub decided: Decided,
}

impl Explanation {
    /// Explains `asked`: the id of an incident or a claim, or its beginning; then `#` and a field where only that is meant.
    pub fn of(d: &Dossier, asked: &str) -> Result<Explanation, Unknown> {
        let (id, field) = asked.split_once('#').map_or((asked, None), |(i, f)| (i, Some(f)));
        let id = whole(d, id.trim())?;
        let incident = d.incidents.iter().find(|x| x.id == id);
        let claim = d.claims.iter().find(|c| c.id == id);
        let of = claim.and_then(|c| c.incident.as_ref());
        let told = incident.or_else(|| d.incidents.iter().find(|x| Some(&x.id) == of));
        let mut ids: Vec<&str> = match (incident, claim) {
            (Some(x), _) => x.claims.iter().map(String::as_str).collect(),
            (None, Some(c)) => vec![c.id.as_str()],
            (None, None) => Vec::new(),
        };
        let mut out = Explanation {
            format: EXPLANATION,
            asked: field.map_or(id.clone(), |f| format!("{id}#{f}")),
            field: field.map(str::to_owned),
            incident: told.cloned(),
            claims: Vec::new(),
            figures: told.iter().flat_map(|x| x.tolls.iter().chain(&x.cumulative)).cloned().collect(),
            parts: told.iter().flat_map(|x| x.disagreements.iter().chain(&x.differences)).cloned().collect(),
            links: told.iter().flat_map(|x| x.links.clone()).collect(),
            origins: Vec::new(),
            decisions: Vec::new(),
        };
        if let Some(f) = field {
            ids = out.only(d, f, ids)?;
        }
        out.claims = ids.iter().filter_map(|id| explained(d, id)).collect();
        if claim.is_some() {
            let page = &out.claims.first().map(|c| c.claim.page.clone()).unwrap_or_default();
            let here = |id: &String| d.claims.iter().any(|c| c.id == *id && c.page == *page);
            out.links.retain(|l| here(&l.left) || here(&l.right));
            let own = ids.clone();
            out.figures.retain(|t| t.by.iter().any(|f| f.claims.iter().any(|c| own.contains(&c.as_str()))));
            out.parts.retain(|p| p.sides.iter().any(|s| s.claims.iter().any(|c| own.contains(&c.as_str()))));
        }
        let pages: Vec<&str> = out.claims.iter().map(|c| c.claim.page.as_str()).collect();
        let shared = |o: &&Origin| o.pages.iter().filter(|p| pages.contains(&p.as_str())).count() > 0;
        out.origins = d.origins.iter().filter(shared).cloned().collect();
        out.decisions = rulings(d, &ids);
        Ok(out)
    }

    /// The chain in words, for a terminal of `width` columns.
    pub fn text(&self, d: &Dossier, lang: &str, width: usize, color: bool) -> String {
        text::text(self, d, lang, width, color)
    }

    /// Keeps what stands behind one field; gives the claims that say something of it.
    fn only<'a>(&mut self, d: &'a Dossier, field: &str, ids: Vec<&'a str>) -> Result<Vec<&'a str>, Unknown> {
        let (head, kind) = field.split_once('.').map_or((field, None), |(a, b)| (a, Some(b)));
        // `#killed` is short for `#toll.killed`
        let (head, kind) =
            if self.figures.iter().any(|t| t.kind == head) { ("toll", Some(head)) } else { (head, kind) };
        let says = |c: &Claim| match head {
            "actor" => c.actor.is_some(),
            "target" => c.target.is_some(),
            "time" => c.time.is_some(),
            "place" => c.place.is_some(),
            "type" | "happened" => !c.kind_of.is_empty(),
            "toll" => c.tolls.iter().any(|t| kind.is_none_or(|k| t.kind == k)),
            _ => false,
        };
        let kept: Vec<&str> =
            d.claims.iter().filter(|c| ids.contains(&c.id.as_str()) && says(c)).map(|c| c.id.as_str()).collect();
        if kept.is_empty() {
            let all = ["actor", "target", "time", "place", "type", "happened", "toll"];
            let mut fields: Vec<String> =
                all.iter().filter(|f| self.only_any(d, f, &ids)).map(|f| (*f).to_owned()).collect();
            fields.extend(self.figures.iter().map(|t| format!("toll.{}", t.kind)));
            fields.dedup();
            return Err(Unknown::Field(fields));
        }
        self.field = Some(kind.map_or(head.to_owned(), |k| format!("{head}.{k}")));
        let tolls: Vec<usize> = self
            .incident
            .iter()
            .flat_map(|x| x.tolls.iter().enumerate())
            .filter(|(_, t)| kind.is_none_or(|k| t.kind == k))
            .map(|(i, _)| i)
            .collect();
        self.figures.retain(|t| head == "toll" && kind.is_none_or(|k| t.kind == k));
        self.parts.retain(|p| p.field == head && p.toll.is_none_or(|t| tolls.contains(&(t as usize))));
        Ok(kept)
    }

    fn only_any(&self, d: &Dossier, field: &str, ids: &[&str]) -> bool {
        d.claims.iter().filter(|c| ids.contains(&c.id.as_str())).any(|c| match field {
            "actor" => c.actor.is_some(),
            "target" => c.target.is_some(),
            "time" => c.time.is_some(),
            "place" => c.place.is_some(),
            "toll" => !c.tolls.is_empty(),
            _ => true,
        })
    }
}

/// The one id that begins like this.
fn whole(d: &Dossier, start: &str) -> Result<String, Unknown> {
    let ids = || d.incidents.iter().map(|x| &x.id).chain(d.claims.iter().map(|c| &c.id));
    if let Some(id) = ids().find(|id| *id == start) {
        return Ok(id.clone());
    }
    let fits: Vec<&String> = ids().filter(|id| !start.is_empty() && id.starts_with(start)).collect();
    match fits.as_slice() {
        [one] => Ok((*one).clone()),
        [] => {
            // an id of the same kind first: who types an incident's wants an incident
            let other = |id: &str| id.chars().next() != start.chars().next();
            let mut near: Vec<(bool, usize, &String)> = ids().map(|id| (other(id), distance(id, start), id)).collect();
            near.sort();
            Err(Unknown::Id(near.into_iter().take(5).map(|(.., id)| id.clone()).collect()))
        }
        many => Err(Unknown::Ambiguous(many.iter().take(8).map(|id| (*id).clone()).collect())),
    }
}

/// Edits that lead from one id to another; a beginning is compared with a beginning.
fn distance(id: &str, start: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) =
        (id.chars().take(start.chars().count().max(4)).collect(), start.chars().collect());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = before + usize::from(x != y);
            before = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(before + 1);
        }
    }
    row[b.len()]
}

/// Where a claim stands and in which words, for a decision about it.
pub fn anchor(d: &Dossier, claim: &Claim) -> AnchorRecord {
    // claims that an anchor cannot tell apart but by their number; a correction does not change how a claim is found
    let kind = |c: &Claim| match c.corrected.get("type") {
        Some(x) => x.was.as_str().unwrap_or(&c.kind_of).to_owned(),
        None => c.kind_of.clone(),
    };
    let alike: Vec<&Claim> = d
        .claims
        .iter()
        .filter(|c| c.page == claim.page && c.span == claim.span && c.kind == claim.kind && kind(c) == kind(claim))
        .collect();
    let nth = alike.iter().position(|c| c.id == claim.id).filter(|_| alike.len() > 1).map(|n| n as u32);
    AnchorRecord {
        page: claim.page.split('#').next().unwrap_or_default().to_owned(),
        span: claim.span,
        quote: claim.quote.clone(),
        role: claim.kind.clone(),
        kind_of: Some(kind(claim)),
        nth,
    }
}

fn explained(d: &Dossier, id: &str) -> Option<Explained> {
    let claim = d.claims.iter().find(|c| c.id == id)?;
    let page: Option<&Page> = d.pages.iter().find(|p| p.id == claim.page);
    Some(Explained {
        anchor: anchor(d, claim),
        claim: claim.clone(),
        source: page.map_or(String::new(), |p| p.source.clone()),
        outlet: page.and_then(|p| p.outlet.clone()),
        published: page.and_then(|p| p.published.clone()),
    })
}

/// Decisions about any of the claims, in the order of replay within each outcome.
fn rulings(d: &Dossier, ids: &[&str]) -> Vec<Ruling> {
    let Some(all) = &d.decisions else { return Vec::new() };
    let pages: Vec<(&str, &Claim)> = d
        .claims
        .iter()
        .filter(|c| ids.contains(&c.id.as_str()))
        .map(|c| (c.page.split('#').next().unwrap_or_default(), c))
        .collect();
    let about = |x: &Decided| {
        let anchored = x.anchors.iter().any(|a| {
            let meets = |c: &Claim| c.span.start < a.span.end && a.span.start < c.span.end;
            pages.iter().any(|(p, c)| a.page.starts_with(p) && meets(c))
        });
        // a claim rejected from one of these sentences is missing here because of that
        let missing = |id: &String| {
            let gone = d.claims.iter().find(|c| c.id == *id && c.rejected);
            gone.is_some_and(|g| pages.iter().any(|(_, c)| c.page == g.page && c.span == g.span))
        };
        anchored || x.claims.iter().any(|c| ids.contains(&c.as_str()) || missing(c))
    };
    let lists = [
        ("applied", &all.applied),
        ("impossible", &all.impossible),
        ("superseded", &all.superseded),
        ("revoked", &all.revoked),
        ("orphaned", &all.orphaned),
    ];
    lists
        .into_iter()
        .flat_map(|(outcome, list)| list.iter().map(move |x| (outcome, x)))
        .filter(|(_, x)| about(x))
        .map(|(outcome, x)| Ruling { outcome, decided: x.clone() })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dossier() -> Dossier {
        let claim =
            |id: &str| Claim { id: id.into(), page: "sha256:a".into(), kind_of: "attack".into(), ..Claim::default() };
        let incident = Incident { id: "i00aa".into(), claims: vec!["c11".into(), "c12".into()], ..Incident::default() };
        Dossier { claims: vec![claim("c11"), claim("c12")], incidents: vec![incident], ..Dossier::default() }
    }

    #[test]
    fn ids_may_be_begun_and_near_ones_are_offered() {
        let d = dossier();
        assert_eq!(Explanation::of(&d, "i00").unwrap().asked, "i00aa");
        assert_eq!(Explanation::of(&d, "c1").unwrap_err(), Unknown::Ambiguous(vec!["c11".into(), "c12".into()]));
        let Err(Unknown::Id(near)) = Explanation::of(&d, "i00ab") else { panic!("no such id") };
        assert_eq!(near[0], "i00aa");
        assert!(matches!(Explanation::of(&d, ""), Err(Unknown::Id(_))));
    }

    #[test]
    fn a_field_nobody_speaks_of_is_told_with_those_that_are() {
        let Err(Unknown::Field(fields)) = Explanation::of(&dossier(), "i00aa#actor") else { panic!("nobody did") };
        assert_eq!(fields, ["type", "happened"]);
    }

    #[test]
    fn claims_that_are_alike_get_numbers() {
        let e = Explanation::of(&dossier(), "c12").unwrap();
        assert_eq!(e.claims[0].anchor.nth, Some(1));
    }
}
