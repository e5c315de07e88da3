//! How many: which number counts whom, and what befell them.

use std::ops::Range;

use recoupe_mention::number::Kind as NumberKind;
use recoupe_mention::{Id, Party, Status};

mod befallen;
mod counted;
mod figure;
mod group;
mod leaning;
mod one;
mod sums;
mod words;

pub use words::TollWords;

use befallen::befallen;
use counted::{Counted, companion, counted};
use figure::{Figure, Hit, casualty, group_of, shared_group};
use leaning::{complement_of, home, leaning};
use one::{named_parts, one_by_name};
use sums::{
    among, count_reaches, cumulative, dead_are, is_launched, last_of_list, listed, opens_part, predicative, tallied,
    whole,
};

use crate::anchor::Anchor;
use crate::lex::{ClaimLexicon, fits};
use crate::sentence::Sent;
use crate::types::Toll;

/// A toll and the words it hangs on.
#[derive(Clone, Debug)]
pub struct FoundToll {
    /// The toll; `part_of` counts within the sentence's list.
    pub toll: Toll,
    /// The token that carries the number, to find the voice.
    pub token: usize,
    /// The act word that says what befell them, if another than the counted noun.
    pub anchor: Option<usize>,
    /// Nobody is named: the group comes from before.
    pub open_group: bool,
    /// Rule that fired.
    pub rule: &'static str,
}

/// The status of a group as far as its party tells.
fn status(p: &Party) -> Status {
    p.status
}

/// All tolls of a sentence, in order.
pub fn find(s: &Sent<'_>, lex: &ClaimLexicon, anchors: &[Anchor]) -> Vec<FoundToll> {
    let casualties: Vec<(Range<usize>, Id)> = lex
        .casualties
        .find(s.view)
        .filter(|(t, _)| !lex.tolls.not_casualties.covers(s.view, t.start))
        .map(|(t, k)| (t, k.clone()))
        .collect();
    let things: Vec<(Range<usize>, Id)> = lex.things.find(s.view).map(|(t, k)| (t, k.clone())).collect();
    let counted_acts: Vec<(Range<usize>, Id)> = lex.counted.find(s.view).map(|(t, k)| (t, k.clone())).collect();
    let mut out: Vec<FoundToll> = Vec::new();
    for q in &s.numbers {
        if !q.counts() || q.vague() {
            continue;
        }
        let core_end = if q.core.is_empty() { q.tokens.end } else { q.core.end } as usize;
        let (noun_token, what) = counted(s, lex, anchors, &casualties, &things, &counted_acts, core_end);
        // "cinq chars, deux techniciens": in a list of things a word that may be one is one
        let what = match what {
            Counted::Person(_)
                if out
                    .last()
                    .is_some_and(|p| &*p.toll.unit != "person" && listed(s, lex, p.token, q.tokens.start as usize)) =>
            {
                match things.iter().find(|(r, _)| noun_token == Some(r.start)) {
                    Some((_, u)) => Counted::Thing(u.clone()),
                    None => what,
                }
            }
            w => w,
        };
        let lemma = |t: usize| s.word_at(t).map_or("", |w| s.syn.lemma[w].as_str());
        // "équipés" folds into a noun of a body
        let plain =
            |t: usize| s.word_at(t).is_some_and(|w| s.syn.word(w).lemma.chars().last().is_some_and(|c| c.is_ascii()));
        if noun_token.is_some_and(|t| {
            plain(t) && lex.grammar.collective.iter().any(|c| c == lemma(t)) && !matches!(what, Counted::Act(_))
        }) {
            continue; // "deux familles": how many people these are nobody says
        }
        // "huit villages libérés", "160 emplois perdus": nobody is counted
        if matches!(what, Counted::Noun)
            && noun_token.is_some_and(|t| {
                s.names().is_place_noun(lemma(t)) || plain(t) && lex.tolls.no_people.contains(lemma(t))
            })
        {
            continue;
        }
        if let Counted::Person(i) = &what
            && s.scopes.iter().filter_map(|x| x.speaker.as_ref()).any(|p| p.span.overlaps(s.parties[*i].party.span))
        {
            continue; // "…, ont confié deux officiers": they tell
        }
        let article = q.kind == NumberKind::Article || q.weak;
        let first = q.tokens.start as usize;
        // "neuf soldats, et non cinq": a figure that is rejected
        if first > 0 && fits(&lex.grammar.rejected, &s.view.folded[first - 1]) {
            continue;
        }
        let part = opens_part(s, lex, first);
        let word = noun_token.and_then(|t| s.word_at(t)).or_else(|| s.word_at(q.core.start as usize));
        let Some(word) = word else { continue };
        let word = if matches!(what, Counted::Open) { s.word_at(q.core.start as usize).unwrap_or(word) } else { word };
        let own = q.tokens.start as usize..q.tokens.end as usize;
        // "94 drones ; 78 ont été abattus": an open number goes on with the things before it
        let hit_as = |what: &Counted| befallen(s, lex, anchors, &casualties, word, noun_token, what, &own);
        let onward = matches!(what, Counted::Open) || part && matches!(what, Counted::Noun);
        let things_on = out.last().filter(|t| onward && &*t.toll.unit != "person");
        let things_on = things_on.map(|t| Counted::Thing(t.toll.unit.clone()));
        let (what, hit) = match things_on.map(|w| (hit_as(&w), w)) {
            Some((Some(h), w)) => (w, Some(h)),
            Some((None, w)) if part => (w, out.last().map(|t| (t.toll.kind.clone(), t.anchor, "toll.part"))),
            _ => {
                let h = hit_as(&what);
                (what, h)
            }
        };
        // "l'usine a perdu 160 emplois": who is lost must be people
        let hit = hit.filter(|h| {
            let lost = |w: usize| anchors.iter().any(|a| a.word == w && a.any(lex, |x| x.own));
            !(matches!(what, Counted::Noun) && h.1.is_some_and(lost))
                || noun_token.is_some_and(|t| lex.tolls.persons.contains(lemma(t)))
        });
        let figure = Figure { word, noun: noun_token, first, core_end, article, min: q.min };
        let mut kind: Option<Hit> = None;
        match &what {
            Counted::Casualty(k) => {
                kind = casualty(s, lex, anchors, &casualties, &out, k, &figure, hit.as_ref());
            }
            Counted::Act(unit) => {
                if let Some(h) = hit.clone().filter(|h| matches!(&*h.0, "destroyed" | "seized")) {
                    kind = Some(h);
                } else if !article && q.min.unwrap_or(0) >= 2 || q.approx {
                    let t = counted_toll(s, q, noun_token, unit.clone());
                    out.push(t);
                    continue;
                }
            }
            _ => kind = hit.clone(),
        }
        // "six morts, dont une fillette, et quinze blessés": a part is of what it is a part of, unless it says otherwise itself
        if part
            && !hit.as_ref().is_some_and(|h| h.2.starts_with("toll.participle"))
            && matches!(what, Counted::Person(_) | Counted::Noun)
            && let Some(prev) = out.iter().rev().find(|t| t.toll.part_of.is_none())
            && &*prev.toll.unit == "person"
        {
            kind = Some((prev.toll.kind.clone(), prev.anchor, "toll.part"));
        }
        if kind.is_none()
            && matches!(what, Counted::Person(_) | Counted::Open | Counted::Noun)
            && let Some(k) = among(s, lex, &casualties, first)
        {
            kind = Some((k, None, "toll.among"));
        }
        if kind.is_none()
            && matches!(what, Counted::Person(_) | Counted::Noun | Counted::Open)
            && let Some(k) = dead_are(s, lex, &casualties, noun_token.map_or(core_end, |t| t + 1))
        {
            kind = Some((k, None, "toll.predicate-near"));
        }
        if matches!(what, Counted::Open)
            && let Some(k) = predicative(s, &casualties, core_end)
        {
            kind = Some((k, None, "toll.predicative"));
        }
        if kind.is_none() && matches!(what, Counted::Person(_) | Counted::Noun) && !article && tallied(s, lex, first) {
            kind = Some(("killed".into(), None, "toll.tally"));
        }
        if kind.is_none() && matches!(what, Counted::Person(_) | Counted::Noun | Counted::Open) {
            kind = complement_of(s, lex, first).or_else(|| {
                out.last().and_then(|_| home(s, lex, &out, word, first)).filter(|h| h.2 == "toll.exchange")
            });
        }
        if kind.is_none()
            && (q.kind != NumberKind::Article || matches!(what, Counted::Person(_) | Counted::Thing(_) | Counted::Noun))
        {
            kind = leaning(s, lex, anchors, &casualties, &out, &what, noun_token, &own);
        }
        if kind.is_none()
            && matches!(what, Counted::Open | Counted::Person(_) | Counted::Noun)
            && q.kind != NumberKind::Article
            && let Some(k) = count_reaches(s, lex, &casualties, first)
        {
            kind = Some((k, None, "toll.count-reaches"));
        }
        if kind.is_none()
            && let Counted::Thing(unit) = &what
            && !article
            && is_launched(s, lex, word)
        {
            out.push(counted_toll(s, q, noun_token, unit.clone()));
            continue;
        }
        if kind.is_none()
            && part
            && let Some(prev) = out.last()
        {
            kind = Some((prev.toll.kind.clone(), prev.anchor, "toll.part"));
        }
        if kind.is_none()
            && !article
            && matches!(what, Counted::Open | Counted::Person(_) | Counted::Thing(_) | Counted::Noun)
            && let Some(prev) = out.last()
            && listed(s, lex, prev.token, first)
            && prev.rule != "toll.counted-act"
            && !matches!(what, Counted::Noun)
        {
            // "cinq chars, deux véhicules blindés et un obusier": a list goes on under the same act.
            kind = Some((prev.toll.kind.clone(), prev.anchor, "toll.list"));
        }
        let more = lex.tolls.one_more.at(s.view, first).is_some();
        if more && kind.is_none() {
            kind = out
                .last()
                .filter(|p| last_of_list(s, lex, p.token, first))
                .map(|p| (p.toll.kind.clone(), p.anchor, "toll.one-more"));
        }
        let Some((kind, anchor, rule)) = kind else { continue };
        let counted = matches!(rule, "toll.count-reaches" | "toll.numbered" | "toll.again");
        let somebody = part || more || counted || noun_token.is_some_and(|t| lex.tolls.persons.contains(lemma(t)));
        if article
            && !somebody
            && !matches!(what, Counted::Person(_) | Counted::Thing(_) | Counted::Casualty(_) | Counted::Act(_))
        {
            continue;
        }
        // "la perte de deux blindés"
        let kind: Id =
            if matches!(&what, Counted::Thing(_)) && rule == "toll.death-of" { "destroyed".into() } else { kind };
        let thing = matches!(&what, Counted::Thing(_) | Counted::Act(_)) || matches!(&*kind, "destroyed" | "seized");
        if thing && !matches!(&what, Counted::Thing(_) | Counted::Act(_)) {
            continue; // destroyed, but nothing we know as a thing
        }
        if matches!(&what, Counted::Thing(_)) && !matches!(&*kind, "destroyed" | "seized" | "neutralised") {
            continue;
        }
        let (group, open_group) = group_of(s, lex, anchors, &out, &what, &figure, (part, anchor, rule, &kind));
        let unit: Id = match &what {
            Counted::Thing(u) | Counted::Act(u) => u.clone(),
            _ => "person".into(),
        };
        let kind: Id = if thing && &*kind == "neutralised" { "destroyed".into() } else { kind };
        let end = noun_token.map_or(core_end, |t| t + 1).max(q.tokens.end as usize);
        let span = s.span(&(first..end));
        let (mut min, mut max) = if q.zero { (Some(0), Some(0)) } else { (q.min, q.max) };
        if rule == "toll.count-reaches" {
            min = min.or(max); // "a grimpé jusqu'à neuf" is nine
        }
        let mut span = span;
        if noun_token.is_some_and(|t| lex.tolls.pairs.contains(lemma(t))) {
            (min, max) = (min.map(|n| n * 2), max.map(|n| n * 2));
        }
        // "un père et son fils" are two
        if article && let Some(last) = noun_token.and_then(|t| companion(s, lex, t)) {
            (min, max) = (min.map(|n| n + 1), max.map(|n| n + 1));
            span = s.span(&(first..last + 1));
        }
        let part_of = if part || rule == "toll.part" { whole(&out, &kind) } else { None };
        let cumulative = cumulative(s, lex, first, end, anchor);
        out.push(FoundToll {
            toll: Toll {
                kind,
                status: status(&group),
                group,
                unit,
                min,
                max,
                approx: q.approx,
                cumulative,
                part_of,
                span,
            },
            token: first,
            anchor,
            open_group,
            rule,
        });
    }
    one_by_name(s, lex, anchors, &casualties, &mut out);
    named_parts(s, lex, &mut out);
    shared_group(s, lex, &mut out);
    out
}

fn counted_toll(s: &Sent<'_>, q: &recoupe_mention::number::Quantity, noun: Option<usize>, unit: Id) -> FoundToll {
    let first = q.tokens.start as usize;
    let end = noun.map_or(q.tokens.end as usize, |t| t + 1);
    let span = s.span(&(first..end));
    let group = Party {
        id: "generic/acts".into(),
        name: format!("{unit}s").as_str().into(),
        country: None,
        status: Status::Unknown,
        span,
    };
    FoundToll {
        toll: Toll {
            kind: "attacks".into(),
            group,
            status: Status::Unknown,
            unit,
            min: q.min,
            max: q.max,
            approx: q.approx,
            cumulative: false,
            part_of: None,
            span,
        },
        token: first,
        anchor: None,
        open_group: false,
        rule: "toll.counted-act",
    }
}
