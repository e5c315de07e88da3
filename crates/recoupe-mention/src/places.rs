//! Where: names of places, read in their sentence and resolved together over the page.

use std::collections::BTreeMap;
use std::ops::Range;

use recoupe_gazetteer::{Context, Gazetteer, KindHint, PlaceQuery, Precision, resolve};
use recoupe_syntax::Upos;
use recoupe_text::{fold, squeeze};

use crate::lexicon::Lexicon;
use crate::parties::{MentionKind, PartyMention};
use crate::types::{Id, Place, PlacePrecision};
use crate::view::View;

/// A name that may be a place, as a sentence has it.
#[derive(Clone, Debug)]
pub struct PlaceName {
    /// Tokens of the name alone.
    pub tokens: Range<usize>,
    /// The name, white space folded.
    pub text: String,
    /// What the word before it says it is.
    pub kind: Option<KindHint>,
    /// Whether the grammar says it is a place.
    pub cued: bool,
    /// Known to the gazetteer under some spelling.
    pub known: bool,
    /// First token of the phrase around it (“au sud de la ville de …”).
    pub phrase: usize,
    /// Where something comes from rather than where it happens.
    pub origin: bool,
}

/// A place as a sentence names it.
#[derive(Clone, Debug)]
pub struct PlaceMention {
    /// Tokens of the name.
    pub tokens: Range<usize>,
    /// The place.
    pub place: Place,
    /// A preposition says that something happens there.
    pub locative: bool,
    /// Where something comes from.
    pub origin: bool,
}

/// Finds names of places in a sentence.
pub fn names(view: &View<'_>, lex: &Lexicon, gazetteer: &Gazetteer, parties: &[PartyMention]) -> Vec<PlaceName> {
    let mut out: Vec<PlaceName> = Vec::new();
    let n = view.len();
    let caps = view.sentence.tokens.iter().filter(|t| t.span.of(view.text).chars().any(char::is_alphabetic));
    // A headline in capitals tells nothing by them; only cued names count there.
    let shouting =
        caps.clone().count() >= 4 && caps.clone().all(|t| !t.span.of(view.text).chars().any(char::is_lowercase));
    let mut t = 0;
    while t < n {
        let party = parties.iter().find(|p| p.tokens.contains(&t));
        let blocked = party.is_some_and(|p| {
            !p.placelike
                && (matches!(p.kind, MentionKind::Name | MentionKind::Person | MentionKind::Outlet) || p.head == t)
        });
        let surface = view.surface(t);
        let article = lex.places.articles.contains(&view.folded[t]);
        if blocked
            || !(view.capital(t)
                || article
                || surface
                    .chars()
                    .any(|c| c.is_alphabetic() && !c.is_ascii() && !c.is_lowercase() && !c.is_uppercase()))
        {
            t += 1;
            continue;
        }
        let side = lex.places.sides.contains(&view.folded[t]);
        let never = side || lex.places.never.iter().any(|w| w == surface);
        let run = capital_run(view, lex, t);
        let words: Vec<&str> =
            (t..(t + 6).min(n)).take_while(|k| !stops(view.surface(*k))).map(|k| view.surface(k)).collect();
        let m = gazetteer.longest_match(&words);
        let cue = cue(view, lex, t);
        let mut len = m.as_ref().map_or(0, |m| m.words);
        // One common word at the head of a sentence is no name.
        if never || (len == 1 && t == 0 && view.upos(t) != Some(Upos::Propn) && !cue.cued) {
            t += 1;
            continue;
        }
        // Part of a longer name that is not a place ("Ahmad Alep …"): a bare name inside a run needs the whole run.
        let known = len > 0;
        if !known {
            let start_ok =
                cue.cued && view.upos(t).is_none_or(|u| matches!(u, Upos::Propn | Upos::Noun | Upos::X | Upos::Adj));
            let function = never
                || matches!(
                    view.upos(t),
                    Some(
                        Upos::Adp
                            | Upos::Det
                            | Upos::Adv
                            | Upos::Pron
                            | Upos::Sconj
                            | Upos::Cconj
                            | Upos::Num
                            | Upos::Verb
                            | Upos::Aux
                    )
                );
            if !start_ok && run.len() > 1 && !function && !shouting && t > 0 {
                // "Radio Roseau": the rest of an unknown name is no place either
                t = run.end;
                continue;
            }
            if !start_ok || shouting || surface.chars().count() < 3 || lex.adjective(&view.folded[t]).is_some() {
                t += 1;
                continue;
            }
            len = run.len();
        } else if !cue.cued
            && t >= 2
            && lex.function.of.iter().any(|o| o == view.folded[t - 1].trim_end_matches('\''))
            && t - 2 > 0
            && view.capital(t - 2)
            && place_noun(lex, &view.folded[t - 2]).is_none()
            && parties.iter().all(|p| !p.tokens.contains(&(t - 2)))
        {
            // "le Courrier du Sahel": part of a name
            t += len.max(1);
            continue;
        } else if len < run.len() {
            t += run.len().max(1);
            continue;
        }
        let tokens = t..t + len;
        let last = tokens.end;
        out.push(PlaceName {
            text: squeeze(view.span(&tokens).of(view.text)),
            tokens,
            kind: cue.kind,
            cued: cue.cued,
            known,
            phrase: cue.phrase,
            origin: cue.origin,
        });
        t = last;
    }
    out
}

fn stops(surface: &str) -> bool {
    surface.chars().all(|c| !c.is_alphanumeric()) && surface != "-"
}

/// Capitalised tokens in a row, with small articles inside.
fn capital_run(view: &View<'_>, lex: &Lexicon, from: usize) -> Range<usize> {
    let mut end = from + 1;
    let mut t = from + 1;
    while t < view.len() {
        if view.capital(t) && view.surface(t).chars().any(char::is_alphabetic) {
            end = t + 1;
            t += 1;
        } else if (view.folded[t] == "-" || lex.places.inner_articles.contains(&view.folded[t])) && t + 1 < view.len() {
            t += 1;
        } else {
            break;
        }
    }
    from..end
}

struct Cue {
    cued: bool,
    kind: Option<KindHint>,
    phrase: usize,
    origin: bool,
}

/// What stands before a name: “dans la province de”, “au sud-est de la ville de”, “à”.
fn cue(view: &View<'_>, lex: &Lexicon, t: usize) -> Cue {
    let f = |k: usize| view.folded[k].trim_end_matches('\'');
    let is = |list: &[String], k: usize| list.iter().any(|w| w.as_str() == f(k));
    let mut k = t;
    let mut kind = None;
    let mut last_of = false;
    for _ in 0..4 {
        let before = k;
        if k > 0 && is(&lex.function.determiners, k - 1) && !is(&lex.places.of_article, k - 1) {
            k -= 1;
        }
        if k > 0 && is(&lex.function.of, k - 1) {
            k -= 1;
            last_of = true;
        }
        // the word for the kind, with an adjective behind it ("la ville stratégique de")
        for back in 1..=3 {
            if k >= back
                && let Some(h) = place_noun(lex, f(k - back))
                && (1..back).all(|b| matches!(view.upos(k - b), Some(Upos::Adj)))
            {
                kind = kind.or(Some(h));
                k -= back;
                break;
            }
        }
        if k > 0 && is(&lex.places.sides, k - 1) {
            k -= 1;
            while k > 0 && matches!(view.surface(k - 1), "-" | "‑") {
                k -= 1;
            }
        }
        if k == before {
            break;
        }
    }
    let mut phrase = k;
    let mut cued = kind.is_some();
    let head: String = (k.saturating_sub(4)..k).map(|j| format!(" {}", f(j))).collect();
    for p in &lex.places.at {
        let stem = p.strip_suffix(lex.places.of.as_str()).and_then(|r| r.strip_suffix(' '));
        let needs_of = stem.is_some();
        let stem = stem.unwrap_or(p);
        let open: String = format!(" {}", stem.trim_end_matches('\''));
        if head.ends_with(&open) && (!needs_of || last_of) {
            cued = true;
            phrase = k - stem.split(' ').count().min(k);
        } else if head.ends_with(&format!(" {p}")) {
            cued = true;
            phrase = k - p.split(' ').count().min(k);
        }
    }
    if k < t && is(&lex.places.at_article, k) {
        cued = true;
    }
    let behind = |list: &[String]| list.iter().any(|w| head.strip_suffix(w.as_str()).is_some_and(|r| r.ends_with(' ')));
    let origin = behind(&lex.places.origin);
    Cue { cued: cued && !behind(&lex.places.against), kind, phrase, origin }
}

fn place_noun(lex: &Lexicon, folded: &str) -> Option<KindHint> {
    let singular = lex.places.plural.iter().find_map(|p| folded.strip_suffix(p.as_str())).unwrap_or(folded);
    lex.places.nouns.iter().find_map(|(kind, words)| {
        words.iter().any(|w| w == folded || w == singular).then_some(match kind.as_str() {
            "province" => KindHint::Province,
            "district" => KindHint::District,
            "site" => KindHint::Site,
            "country" => KindHint::Country,
            _ => KindHint::Town,
        })
    })
}

/// Resolves the names of all sentences of a page together. `countries` weighs the states the page speaks of.
///
/// Returns, for each sentence, its places; names no gazetteer knows stay with their words when the grammar calls them places.
pub fn resolve_page(
    sentences: &[Vec<PlaceName>],
    views: &[&View<'_>],
    gazetteer: &Gazetteer,
    countries: Vec<([u8; 2], u32)>,
) -> Vec<Vec<PlaceMention>> {
    // One answer for one name on a page, asked with all that the page says about it.
    let mut index: BTreeMap<String, usize> = BTreeMap::new();
    let mut asked: Vec<(&str, Option<KindHint>, bool)> = Vec::new();
    for p in sentences.iter().flatten() {
        let at = *index.entry(fold(&p.text)).or_insert_with(|| {
            asked.push((&p.text, None, false));
            asked.len() - 1
        });
        asked[at].1 = asked[at].1.or(p.kind);
        asked[at].2 |= p.cued;
    }
    let queries: Vec<PlaceQuery<'_>> =
        asked.iter().map(|(name, kind, cued)| PlaceQuery { name, kind: *kind, country: None, cued: *cued }).collect();
    let answers = resolve(gazetteer, &queries, &Context { countries, anchors: Vec::new() });
    sentences
        .iter()
        .zip(views)
        .map(|(names, view)| {
            names
                .iter()
                .filter_map(|p| {
                    let span = view.span(&p.tokens);
                    let place = match index.get(&fold(&p.text)).and_then(|i| answers[*i]) {
                        Some(r) => {
                            let g = gazetteer.place(r.place)?;
                            let id: Id = match g.geonames() {
                                Some(n) => format!("geonames:{n}").into(),
                                None => format!("place:{}", fold(g.name).replace(' ', "-")).into(),
                            };
                            Place {
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
                                span,
                            }
                        }
                        None if p.cued && p.text.chars().count() > 3 => Place {
                            id: format!("unknown:{}", fold(&p.text)).into(),
                            name: p.text.as_str().into(),
                            country: None,
                            lat: None,
                            lon: None,
                            precision: PlacePrecision::Town,
                            span,
                        },
                        None => return None,
                    };
                    Some(PlaceMention { tokens: p.tokens.clone(), place, locative: p.cued, origin: p.origin })
                })
                .collect()
        })
        .collect()
}
