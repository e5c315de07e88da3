//! Where: names of places, read in their sentence and resolved together over the page.

mod cue;
mod resolved;

use std::ops::Range;

use recoupe_gazetteer::{Gazetteer, How, KindHint};
use recoupe_syntax::{Dep, Sub, Upos};
use recoupe_text::{fold, squeeze};

use crate::lexicon::Lexicon;
use crate::parties::{MentionKind, PartyMention};
use crate::types::Place;
use crate::view::View;
pub(crate) use cue::{Before, kinds};
use cue::{Street, afterwards, cue, leaning, place_noun, street};
pub use resolved::resolve_page;

/// Tokens between the noun of an act and that against which it is aimed, at most.
const AGAINST: usize = 8;

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
    /// Where people were brought or went afterwards.
    pub afterwards: bool,
    /// Only told as that of which another place is the seat (“la capitale du …”).
    pub seat: bool,
    /// Named as a town is: no country.
    pub town: bool,
    /// Where people are from (“les habitants de …”): a place, whatever happened there.
    pub dwelt: bool,
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
    /// Where people were brought or went afterwards, not where they were hit.
    pub afterwards: bool,
    /// Only says where the place named before it lies (“A, au sud de B”).
    pub reference: bool,
}

/// Finds names of places in a sentence.
pub fn names(view: &View<'_>, lex: &Lexicon, gazetteer: &Gazetteer, parties: &[PartyMention]) -> Vec<PlaceName> {
    let mut out: Vec<PlaceName> = Vec::new();
    let n = view.len();
    let caps = view.sentence.tokens.iter().filter(|t| t.span.of(view.text).chars().any(char::is_alphabetic));
    // A headline in capitals tells nothing by them; only cued names count there.
    let shouting =
        caps.clone().count() >= 2 && caps.clone().all(|t| !t.span.of(view.text).chars().any(char::is_lowercase));
    let mut t = 0;
    // "la place Al-Saa de Diwaniya": what a street is of is where it is
    let mut streets_end = usize::MAX;
    while t < n {
        if let Some(area) = area(view, lex, gazetteer, t) {
            t = area.tokens.end;
            out.push(area);
            continue;
        }
        let party = parties.iter().find(|p| p.tokens.contains(&t));
        // "un camp de Boko Haram": a description may hold the name
        // "à Cheikh Ahmad": a town may be called by a title and a name
        let titled = |p: &PartyMention| {
            let at = t > 0 && p.tokens.start == t && lex.places.at_town.iter().any(|a| a == view.surface(t - 1));
            let words: Vec<&str> = p.tokens.clone().map(|k| view.surface(k)).collect();
            at && p.kind == MentionKind::Person
                && words.len() > 1
                && matches!(match_len(gazetteer, &words), (n, Some(How::Exact | How::Folded)) if n == words.len())
        };
        let blocked = parties.iter().filter(|p| p.tokens.contains(&t) && !titled(p)).any(|p| {
            !p.placelike
                && (matches!(p.kind, MentionKind::Name | MentionKind::Person | MentionKind::Outlet)
                    || p.head == t
                    || p.party.id.starts_with("group/"))
        });
        let surface = view.surface(t);
        let article = lex.places.articles.contains(&view.folded[t]);
        if blocked
            || surface.chars().count() < 2
            || !(view.capital(t)
                || article
                || party.is_none() && joined_article(lex, surface)
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
        let (mut len, mut how) = match_len(gazetteer, &words);
        if let Some(whole) = common_end(view, lex, gazetteer, t, &words).filter(|whole| whole.0 > len) {
            (len, how) = (whole.0, Some(whole.1));
        }
        // The same consonants and nothing more: no better than a name nobody knows.
        let plural = plural_article(view, lex, t);
        if how == Some(How::Variant) || (plural && how == Some(How::Near)) {
            len = 0;
        }
        let mut cue = cue(view, lex, t, party.is_some_and(|p| p.placelike));
        // "Kiev a été bombardée", "l'offensive contre Tripoli": the capital itself, not those who govern there
        if party.is_some_and(|p| p.placelike) && !cue.cued {
            cue.cued = struck(view, lex, t);
        }
        // "à Soba et Al-Kalakla": the second of a pair is what the first is
        if t > 1
            && len == 0
            && view.upos(t - 1) == Some(Upos::Cconj)
            && let Some(p) = out.last().filter(|p| p.cued && p.tokens.end == t - 1)
        {
            (cue.cued, cue.phrase) = (true, p.phrase);
        }
        let of = |k: usize| lex.function.of.iter().any(|o| o == view.folded[k].trim_end_matches('\''));
        if t > 0 && streets_end == t - 1 && of(t - 1) {
            (cue.cued, cue.phrase) = (true, t - 1);
        }
        // "l'État du Kordofan": the noun before a name, though the page gives it a capital
        let sure = matches!(how, Some(How::Exact | How::Folded));
        if len <= 1
            && place_noun(lex, &view.folded[t]).is_some()
            && (len == 0 || !sure && run.len() == 1 || of_follows(view, lex, t))
        {
            t += 1;
            continue;
        }
        // "Radio Roseau": the rest of a name that is none of a place
        if !cue.cued && len > 0 && inside_name(view, lex, t, parties, &out) {
            t += len;
            continue;
        }
        // One common word at the head of a sentence is no name.
        if never || (len == 1 && t == 0 && view.upos(t) != Some(Upos::Propn) && !cue.cued) {
            t += 1;
            continue;
        }
        // Part of a longer name that is not a place ("Ahmad Alep …"): a bare name inside a run needs the whole run.
        // "l'île de Tchoukou Hadje": the whole name, though its first word alone is known for something else.
        if cue.cued && len > 0 && len < run.len() && !shouting {
            len = 0;
        }
        // "Mossoul-Ouest": a side of a town
        let part = if len == 0 {
            side_of(surface, lex).filter(|town| gazetteer.longest_match(&[*town]).is_some())
        } else {
            None
        };
        if part.is_some() {
            len = 1;
        }
        let known = len > 0;
        // "place Malik Asghar", "rue de la Paix": the town is named elsewhere
        let named = street(view, lex, t);
        if named == Some(Street::Named) || named == Some(Street::Of) && !known {
            t = run.end.max(t + 1);
            streets_end = t;
            continue;
        }
        if !known {
            // behind the noun of a place any capital is a name, whatever the tagger makes of it
            // "à Al Rashad": whatever the tagger makes of the article
            let named = article && cue.cued && !never && t + 1 < n && view.capital(t + 1);
            // "l'aéroport militaire T4", "le quartier PK5"
            let numbered = cue.kind.is_some() && surface.ends_with(|c: char| c.is_ascii_digit());
            let start_ok = cue.kind.is_some() && t > 1 && view.capital(t) && len == 0 && !never
                || named
                || (cue.cued || cue.dwelt)
                    && view.upos(t).is_none_or(|u| matches!(u, Upos::Propn | Upos::Noun | Upos::X | Upos::Adj));
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
            if !start_ok
                || shouting
                || plural && cue.kind != Some(KindHint::District)
                || surface.chars().count() < 3 && !named && !numbered
                || lex.adjective(&view.folded[t]).is_some()
                || cue.kind.is_none() && initials(view, lex, t)
            {
                t += 1;
                continue;
            }
            len = run.len();
        } else if !cue.cued
            && t >= 2
            && lex.function.of.iter().any(|o| o == view.folded[t - 1].trim_end_matches('\''))
            && t - 2 > 0
            && view.capital(t - 2)
            && out.last().is_none_or(|p| p.tokens.end != t - 1)
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
        let (tokens_start, last) = (tokens.start, tokens.end);
        out.push(PlaceName {
            text: squeeze(view.span(&tokens).of(view.text)),
            tokens,
            kind: cue.kind,
            cued: cue.cued,
            known,
            phrase: cue.phrase,
            origin: cue.origin,
            afterwards: afterwards(view, lex, tokens_start) || leaning(view, lex, tokens_start, parties),
            seat: cue.seat,
            town: cue.town,
            dwelt: cue.dwelt,
        });
        t = last;
    }
    out
}

/// The town of which a name tells a side: `Mossoul-Ouest`.
pub(crate) fn side_of<'a>(name: &'a str, lex: &Lexicon) -> Option<&'a str> {
    let (town, side) = name.rsplit_once(['-', '‑'])?;
    (town.chars().count() > 2 && lex.places.sides.contains(&fold(side))).then_some(town)
}

/// `la bande de Gaza`: an area whose name begins in lower case, where the gazetteer has the whole of it.
fn area(view: &View<'_>, lex: &Lexicon, gazetteer: &Gazetteer, t: usize) -> Option<PlaceName> {
    if view.capital(t) || !lex.places.heads.contains(&view.folded[t]) {
        return None;
    }
    let words: Vec<&str> =
        (t..(t + 6).min(view.len())).take_while(|k| !stops(view.surface(*k))).map(|k| view.surface(k)).collect();
    // "la capitale soudanaise": a seat told by its land, which may have no capital letter
    let seat = lex.places.seats.contains(&view.folded[t]);
    let (len, how) = if seat { seat_len(gazetteer, &words) } else { match_len(gazetteer, &words) };
    let capital = seat || words.iter().take(len).any(|w| w.starts_with(char::is_uppercase));
    if len < 2 || !capital || !matches!(how, Some(How::Exact | How::Folded)) {
        return None;
    }
    let tokens = t..t + len;
    let cue = cue(view, lex, t, false);
    Some(PlaceName {
        text: squeeze(view.span(&tokens).of(view.text)),
        tokens,
        kind: if seat { Some(KindHint::Town) } else { place_noun(lex, &view.folded[t]).or(Some(KindHint::Province)) },
        // the noun says that it is a place
        cued: true,
        known: true,
        phrase: cue.phrase,
        origin: cue.origin,
        afterwards: afterwards(view, lex, t + len - 1),
        seat: cue.seat,
        town: cue.town,
        dwelt: cue.dwelt,
    })
}

/// Words of the longest known name that says whose seat a place is.
fn seat_len(gazetteer: &Gazetteer, words: &[&str]) -> (usize, Option<How>) {
    let found = gazetteer.longest_match(words);
    let how = found.as_ref().and_then(|m| m.candidates.first()).map(|c| c.how);
    (found.map_or(0, |m| m.words), how)
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

/// `al-Gaddahia`: an article of another language in lower case, grown together with its name.
fn joined_article(lex: &Lexicon, surface: &str) -> bool {
    surface
        .split_once(['-', '‑'])
        .is_some_and(|(a, rest)| rest.starts_with(char::is_uppercase) && lex.places.articles.iter().any(|w| w == a))
}

/// Words of the longest known name; it ends in a word with a capital or figure (`Téra puis` is no name).
fn match_len(gazetteer: &Gazetteer, words: &[&str]) -> (usize, Option<How>) {
    let mut limit = words.len();
    loop {
        let found = gazetteer.longest_match(&words[..limit]);
        let how = found.as_ref().and_then(|m| m.candidates.first()).map(|c| c.how);
        let len = found.map_or(0, |m| m.words);
        let own = len <= 1
            || !words[len - 1].chars().any(char::is_lowercase)
            || words[len - 1].chars().any(char::is_uppercase);
        if own {
            return (len, how);
        }
        limit = len - 1;
    }
}

/// “l'Arabie saoudite”, “l'État kachin”: a known name whose last word is a common one.
fn common_end(view: &View<'_>, lex: &Lexicon, gazetteer: &Gazetteer, t: usize, words: &[&str]) -> Option<(usize, How)> {
    let found = gazetteer.longest_match(words)?;
    let (len, how) = (found.words, found.candidates.first()?.how);
    let kind = place_noun(lex, &view.folded[t]).is_some() || lex.places.heads.contains(&view.folded[t]);
    let fits = len > 1 && matches!(how, How::Exact | How::Folded);
    (fits && (kind || view.upos(t + len - 1) == Some(Upos::Adj))).then_some((len, how))
}

/// “la base des Forces armées”: a name of one place takes no plural article melted with its preposition.
fn plural_article(view: &View<'_>, lex: &Lexicon, t: usize) -> bool {
    let p = &lex.places;
    t > 0
        && (p.of_article.contains(&view.folded[t - 1]) || p.at_article.contains(&view.folded[t - 1]))
        && p.plural.iter().any(|e| view.folded[t - 1].ends_with(e.as_str()))
        || t > 0 && p.at_plural.contains(&view.folded[t - 1])
}

fn of_follows(view: &View<'_>, lex: &Lexicon, t: usize) -> bool {
    t + 1 < view.len() && lex.function.of.iter().any(|o| o == view.folded[t + 1].trim_end_matches('\''))
}

/// “à l'OLF-Shane”, “au GSIM”: capitals alone behind an article are the initials of a group, not a place.
fn initials(view: &View<'_>, lex: &Lexicon, t: usize) -> bool {
    let first = view.surface(t).split(['-', '‑', '–']).next().unwrap_or_default();
    let capitals = first.chars().count() > 1 && first.chars().all(char::is_uppercase);
    let f = |k: usize| view.folded[k].trim_end_matches('\'');
    let article = t > 0
        && (lex.function.determiners.iter().any(|w| w.trim_end_matches('\'') == f(t - 1))
            || lex.places.at_article.iter().any(|w| w == f(t - 1)));
    capitals && article
}

/// Whether a name is what the verb of an act hits, or that against which an act named right before is aimed.
fn struck(view: &View<'_>, lex: &Lexicon, t: usize) -> bool {
    let words = &view.tree.words;
    let Some(w) = view.word_of.get(t).and_then(|w| words.get(*w as usize)) else { return false };
    let Some(h) = w.head.and_then(|h| words.get(h as usize)) else { return false };
    let at = w.dep == Dep::Obj || w.dep == Dep::Nsubj && w.sub == Sub::Pass;
    if at && h.upos == Upos::Verb && lex.places.struck.contains(&fold(&h.lemma)) {
        return true;
    }
    if t == 0 || !lex.places.against.contains(&view.folded[t - 1]) {
        return false;
    }
    // "l'offensive du maréchal Haftar contre …": whatever the tree hangs the place on
    (t.saturating_sub(AGAINST)..t - 1)
        .rev()
        .take_while(|k| !matches!(view.upos(*k), Some(Upos::Verb | Upos::Aux | Upos::Punct)))
        .any(|k| cue::is_noun_of(&lex.places.acts, lex, &view.folded[k]))
}

/// Whether a capitalised word right before belongs to the same name and says nothing of places.
fn inside_name(view: &View<'_>, lex: &Lexicon, t: usize, parties: &[PartyMention], out: &[PlaceName]) -> bool {
    let Some(b) = t.checked_sub(1) else { return false };
    view.capital(b)
        && matches!(view.upos(b), Some(Upos::Noun | Upos::Propn | Upos::X))
        && place_noun(lex, &view.folded[b]).is_none()
        && !lex.places.sides.contains(&view.folded[b])
        && !lex.places.never.iter().any(|w| w == view.surface(b))
        && parties.iter().all(|p| !p.tokens.contains(&b))
        && out.last().is_none_or(|p| p.tokens.end != t)
}
