//! The names of a page become places, and the places of a sentence say of each other where they lie.

use std::collections::BTreeMap;

use recoupe_gazetteer::{Context, Gazetteer, KindHint, PlaceQuery, Precision, Resolved, distance_km, resolve};
use recoupe_syntax::{Upos, VerbForm};
use recoupe_text::{fold, squeeze};

use super::cue::place_noun;
use super::{PlaceMention, PlaceName, side_of};
use crate::lexicon::Lexicon;
use crate::types::{Id, Place, PlacePrecision};
use crate::view::View;

/// Ends of a road farther from each other than this are no road of the news.
const ROAD_KM: f64 = 400.0;
/// A place in another lies no farther from its middle than this.
const HERE_KM: f64 = 80.0;

/// Resolves the names of all sentences of a page together. `countries` weighs the states the page speaks of.
///
/// Returns, for each sentence, its places; names no gazetteer knows stay with their words when the grammar calls them places.
pub fn resolve_page(
    sentences: &[Vec<PlaceName>],
    views: &[&View<'_>],
    gazetteer: &Gazetteer,
    lex: &Lexicon,
    countries: Vec<([u8; 2], u32)>,
) -> Vec<Vec<PlaceMention>> {
    // One answer for one name on a page, asked with all that the page says about it.
    let mut index: BTreeMap<String, usize> = BTreeMap::new();
    let mut asked: Vec<(&str, Option<KindHint>, bool, bool)> = Vec::new();
    for p in sentences.iter().flatten() {
        let at = *index.entry(fold(&p.text)).or_insert_with(|| {
            asked.push((&p.text, None, false, false));
            asked.len() - 1
        });
        asked[at].1 = asked[at].1.or(p.kind);
        asked[at].2 |= p.cued;
        asked[at].3 |= p.town;
    }
    // "l'axe Dori-Gorgadji": its ends are asked for too; and the town of "Mossoul-Ouest"
    for p in sentences.iter().flatten().filter(|p| !p.known || side_of(&p.text, lex).is_some()) {
        for end in ends(&p.text).into_iter().flatten().chain(side_of(&p.text, lex)) {
            index.entry(fold(end)).or_insert_with(|| {
                asked.push((end, None, true, false));
                asked.len() - 1
            });
        }
    }
    let queries: Vec<PlaceQuery<'_>> = asked
        .iter()
        .map(|(name, kind, cued, town)| PlaceQuery { name, kind: *kind, country: None, cued: *cued, town: *town })
        .collect();
    let answers = resolve(gazetteer, &queries, &Context { countries, anchors: Vec::new() });
    let found = |name: &str| -> Option<Place> { at(gazetteer, answers[*index.get(&fold(name))?]?) };
    let mut all: Vec<Vec<PlaceMention>> = sentences
        .iter()
        .zip(views)
        .map(|(names, view)| {
            let mut out: Vec<PlaceMention> = names
                .iter()
                .filter_map(|p| {
                    let span = view.span(&p.tokens);
                    let town = || side_of(&p.text, lex).and_then(&found);
                    let place = match found(&p.text).or_else(town) {
                        Some(place) => Place { span, ..place },
                        None if (p.cued || p.dwelt) && p.text.chars().count() > 3 => {
                            let unknown = Place {
                                id: format!("unknown:{}", fold(&p.text)).into(),
                                name: p.text.as_str().into(),
                                country: None,
                                lat: None,
                                lon: None,
                                precision: PlacePrecision::Town,
                                span,
                            };
                            match ends(&p.text) {
                                [Some(a), Some(b)] => between(unknown, found(a), found(b)),
                                _ => unknown,
                            }
                        }
                        None => return None,
                    };
                    Some(PlaceMention {
                        tokens: p.tokens.clone(),
                        place,
                        locative: p.cued,
                        origin: p.origin,
                        afterwards: p.afterwards,
                        reference: p.seat,
                    })
                })
                .collect();
            within(&mut out, view, lex);
            chains(&mut out, view, lex);
            label(&mut out, view);
            out
        })
        .collect();
    told_once(&mut all);
    all
}

/// “l'hôtel X, à Y”, and further on “l'hôtel X”: where an unknown place lies, one sentence tells for the page.
fn told_once(all: &mut [Vec<PlaceMention>]) {
    let mut known: BTreeMap<Id, Place> = BTreeMap::new();
    let unknown = |p: &PlaceMention| p.place.id.starts_with("unknown:");
    for p in all.iter().flatten().filter(|p| unknown(p) && p.place.lat.is_some()) {
        known.entry(p.place.id.clone()).or_insert_with(|| p.place.clone());
    }
    for p in all.iter_mut().flatten().filter(|p| p.place.id.starts_with("unknown:") && p.place.lat.is_none()) {
        if let Some(k) = known.get(&p.place.id) {
            (p.place.lat, p.place.lon) = (k.lat, k.lon);
            p.place.country = p.place.country.take().or_else(|| k.country.clone());
        }
    }
}

/// The record found, without the words that named it.
fn at(gazetteer: &Gazetteer, r: Resolved) -> Option<Place> {
    let g = gazetteer.place(r.place)?;
    let id: Id = match g.geonames() {
        Some(n) => format!("geonames:{n}").into(),
        None => format!("place:{}", fold(g.name).replace(' ', "-")).into(),
    };
    Some(Place {
        id,
        name: g.name.into(),
        country: Some(g.country_code()).filter(|c| !c.is_empty()).map(Into::into),
        lat: Some(g.lat),
        lon: Some(g.lon),
        precision: match r.precision {
            Precision::Exact => PlacePrecision::Exact,
            Precision::Town => PlacePrecision::Town,
            Precision::District => PlacePrecision::District,
            Precision::Province => PlacePrecision::Province,
            Precision::Country => PlacePrecision::Country,
        },
        span: Default::default(),
    })
}

/// The two names of a road (`Dori-Gorgadji`).
fn ends(name: &str) -> [Option<&str>; 2] {
    let parts: Vec<&str> = name.split(['-', '–', '‑', '—']).map(str::trim).collect();
    match parts[..] {
        [a, b] if [a, b].iter().all(|x| x.chars().count() > 2 && x.starts_with(char::is_uppercase)) => {
            [Some(a), Some(b)]
        }
        _ => [None, None],
    }
}

/// Where a place lies, if it is no larger than a district.
fn point(p: &Place) -> Option<(f64, f64)> {
    Some((p.lat?, p.lon?)).filter(|_| p.precision <= PlacePrecision::District)
}

/// Whether a word tells a distance or a direction.
fn measured(view: &View<'_>, lex: &Lexicon, t: usize) -> bool {
    let f = view.folded[t].trim_end_matches('\'');
    view.upos(t) == Some(Upos::Num) || lex.places.sides.iter().any(|w| w == f)
}

/// A road lies half way between its ends, known no better than a district.
fn between(road: Place, a: Option<Place>, b: Option<Place>) -> Place {
    let (country, mid) = match (&a, &b) {
        (Some(x), Some(y)) => match (point(x), point(y)) {
            (Some(p), Some(q)) if distance_km(p, q) <= ROAD_KM => {
                (x.country.clone(), Some(((p.0 + q.0) / 2.0, (p.1 + q.1) / 2.0)))
            }
            _ => (None, None),
        },
        (Some(x), None) | (None, Some(x)) => (x.country.clone(), point(x)),
        (None, None) => (None, None),
    };
    let precision = if mid.is_some() { PlacePrecision::District } else { road.precision };
    Place { country, lat: mid.map(|m| m.0), lon: mid.map(|m| m.1), precision, ..road }
}

/// “à Kharkiv, où … le district de …”: what is named behind such a word lies in the town before it, and none far from there is meant.
fn within(places: &mut [PlaceMention], view: &View<'_>, lex: &Lexicon) {
    for i in 1..places.len() {
        let (before, after) = places.split_at_mut(i);
        let a = &before[i - 1];
        let mut behind = a.tokens.end;
        if behind < view.len() && view.surface(behind) == "," {
            behind += 1;
        }
        if behind >= view.len()
            || !lex.places.there.contains(&view.folded[behind])
            || a.place.precision > PlacePrecision::Town
        {
            continue;
        }
        let Some(here) = point(&a.place) else { continue };
        for b in after.iter_mut().filter(|b| b.place.country == a.place.country) {
            if point(&b.place).is_some_and(|q| distance_km(here, q) > HERE_KM) {
                let words = squeeze(view.span(&b.tokens).of(view.text));
                b.place.id = format!("unknown:{}", fold(&words)).into();
                b.place.name = words.as_str().into();
                (b.place.lat, b.place.lon) = (Some(here.0), Some(here.1));
            }
        }
    }
}

/// What places that follow each other say: “A, au sud de B” puts A near B; in “à A, B et C” all are places like the first.
fn chains(places: &mut [PlaceMention], view: &View<'_>, lex: &Lexicon) {
    for i in 1..places.len() {
        let (before, after) = places.split_at_mut(i);
        let (a, b) = (&mut before[i - 1], &mut after[0]);
        let gap = a.tokens.end..b.tokens.start;
        if gap.is_empty() || gap.len() > 13 {
            continue;
        }
        if gap.clone().all(|t| view.surface(t) == "," || view.upos(t) == Some(Upos::Cconj)) {
            let small = |p: &PlaceMention| p.place.precision <= PlacePrecision::District;
            b.locative |= a.locative && small(a) && small(b);
            // "les régions d'Al-Nayrab et Qaminas": both are regions
            if small(b)
                && a.place.precision == PlacePrecision::Province
                && gap.len() == 1
                && view.surface(gap.start) != ","
            {
                b.place.precision = PlacePrecision::Province;
            }
            continue;
        }
        // "un village distant de 400 km de …", "ville située à 30 km de …"
        let far =
            gap.clone().any(|t| view.upos(t) == Some(Upos::Num) || lex.places.distances.contains(&view.folded[t]));
        if !gap.clone().all(|t| ties(view, lex, t) || far && participle(view, t))
            || !(matches!(view.surface(gap.start), "," | "(") || view.upos(gap.start) == Some(Upos::Adp))
        {
            continue;
        }
        // "le district de X, à 30 km de Y": how far it is tells where, however large it is
        let distance = gap.clone().any(|t| lex.places.distances.contains(&view.folded[t]));
        if a.place.precision > b.place.precision && !(distance && a.place.precision <= PlacePrecision::District) {
            continue;
        }
        a.locative |= b.locative;
        b.reference = true;
        // "le marché de X, à B": another X far from B is not meant
        let beyond = point(&a.place).zip(point(&b.place)).is_some_and(|(p, q)| distance_km(p, q) > HERE_KM);
        if beyond && gap.clone().all(|t| !measured(view, lex, t)) && a.place.precision <= PlacePrecision::Town {
            let words = squeeze(view.span(&a.tokens).of(view.text));
            a.place.id = format!("unknown:{}", fold(&words)).into();
            a.place.name = words.as_str().into();
            a.place.precision = PlacePrecision::Town;
            (a.place.lat, a.place.lon, a.place.country) = (None, None, None);
        }
        if a.place.lat.is_none() {
            a.place.country = a.place.country.take().or_else(|| b.place.country.clone());
            if b.place.precision <= PlacePrecision::District {
                (a.place.lat, a.place.lon) = (b.place.lat, b.place.lon);
            }
        }
    }
}

/// “Catatumbo : soixante morts”: the name a line opens with says where, if nothing else in the line does. Of a land it says no more
/// than what the page is about; and behind a colon, a quotation is what somebody there says.
fn label(places: &mut [PlaceMention], view: &View<'_>) {
    if places.iter().any(|p| p.locative) {
        return;
    }
    let Some(first) = places.first_mut().filter(|p| p.tokens.start == 0) else { return };
    let end = first.tokens.end;
    let told = end + 2 < view.len() && view.surface(end) == ":" && !matches!(view.surface(end + 1), "«" | "\"" | "“");
    first.locative |= told && first.place.precision != PlacePrecision::Country;
}

/// Whether a word is a participle.
fn participle(view: &View<'_>, t: usize) -> bool {
    let word = view.word_of.get(t).and_then(|w| view.tree.words.get(*w as usize));
    word.is_some_and(|w| w.feats.verb_form == Some(VerbForm::Part))
}

/// Whether a word may stand between a place and the one it is told by: prepositions, points of the compass, nouns of places.
fn ties(view: &View<'_>, lex: &Lexicon, t: usize) -> bool {
    let f = view.folded[t].trim_end_matches('\'');
    // "à une trentaine de kilomètres": whatever the tagger makes of the unit and its number
    let counts = |k: usize| k < view.len() && lex.places.distances.contains(&view.folded[k]);
    if counts(t) || counts(t + 1) || counts(t + 2) && !view.capital(t) {
        return true;
    }
    // "village peul de": whatever the tagger makes of the word that tells the village
    let told = t > 0 && !view.capital(t) && place_noun(lex, view.folded[t - 1].trim_end_matches('\'')).is_some();
    lex.places.sides.iter().any(|w| w == f)
        || told && !matches!(view.upos(t), Some(Upos::Verb | Upos::Aux | Upos::Pron | Upos::Sconj))
        || place_noun(lex, f).is_some()
        || lex.places.at.iter().any(|p| p.split(' ').any(|w| w.trim_end_matches('\'') == f))
        || matches!(view.upos(t), Some(Upos::Adp | Upos::Det | Upos::Num | Upos::Punct | Upos::Adj | Upos::Adv))
}
