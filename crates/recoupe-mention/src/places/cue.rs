//! What the words around a name say of it: that it is a place, of what kind, and whether anything happened there.

use std::collections::BTreeMap;

use recoupe_gazetteer::KindHint;
use recoupe_pack::WordMap;
use recoupe_syntax::{Dep, Upos};
use recoupe_text::{ListSketch, bare, fold};

use crate::lexicon::Lexicon;
use crate::parties::PartyMention;
use crate::types::Status;
use crate::view::View;

/// Tokens between a verb of what was done afterwards and the place it was done at, at most.
const NEAR: usize = 7;

/// What the words before a name say of it.
pub(super) struct Cue {
    /// The grammar says it is a place.
    pub cued: bool,
    /// What the noun before it says it is.
    pub kind: Option<KindHint>,
    /// First token of the phrase.
    pub phrase: usize,
    /// Where something comes from.
    pub origin: bool,
    /// The noun before it is of the seat of what it names.
    pub seat: bool,
    /// Right behind the preposition of towns.
    pub town: bool,
    /// Behind those who live there: “les habitants de”.
    pub dwelt: bool,
}

/// What stands before a name: “dans la province de”, “au sud-est de la ville de”, “à”.
pub(super) fn cue(view: &View<'_>, lex: &Lexicon, t: usize, placelike: bool) -> Cue {
    let f = |k: usize| bare(&view.folded[k]);
    let is = |list: &[String], k: usize| list.iter().any(|w| w.as_str() == f(k));
    // "le quartier « X »": the quotation marks stand between a name and what it is
    let quoted = t > 1
        && matches!(view.surface(t - 1), "«" | "\"" | "“")
        && place_noun(lex, f(t - 2)).is_some_and(|kind| kind != KindHint::Site);
    let mut k = if quoted { t - 1 } else { t };
    let mut kind = None;
    let mut last_of = false;
    let mut seat = false;
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
                let named = k > back && is(&lex.places.pointing, k - back - 1);
                seat |= last_of && (named && h == KindHint::Town || is_noun_of(&lex.places.seats, lex, f(k - back)));
                kind = kind.or(if seat { None } else { Some(h) });
                k -= back;
                break;
            }
        }
        // or with a complement of its own ("le poste de sécurité de", "le marché au bétail de")
        if k == before.min(k)
            && last_of
            && k >= 3
            && matches!(view.upos(k - 1), Some(Upos::Noun | Upos::Adj | Upos::Verb))
            && !view.capital(k - 1)
            && matches!(view.upos(k - 2), Some(Upos::Adp | Upos::Noun))
            && view.surface(k - 2).chars().count() <= 3
            && let Some(h) = place_noun(lex, f(k - 3))
        {
            kind = kind.or(Some(h));
            k -= 3;
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
    let mut cued = kind.is_some() || seat;
    // "la bataille de …": but a capital may be who fights it
    if last_of && !placelike && k > 0 && is_noun_of(&lex.places.acts, lex, f(k - 1)) {
        cued = true;
    }
    let mut head = String::new();
    for j in k.saturating_sub(4)..k {
        head.push(' ');
        head.push_str(f(j));
    }
    if let Some(words) = lex.places.before.stands(&head, last_of) {
        cued = true;
        phrase = k - words.min(k);
    }
    if k < t && is(&lex.places.at_article, k) {
        cued = true;
    }
    let behind = |list: &[String]| list.iter().any(|w| head.strip_suffix(w.as_str()).is_some_and(|r| r.ends_with(' ')));
    // "un missile tiré vers …": that is what it was aimed at
    let aimed = |j: usize| is_noun_of(&lex.places.fired, lex, f(j));
    let origin =
        behind(&lex.places.origin) && !(behind(&lex.places.towards) && (phrase.saturating_sub(4)..phrase).any(aimed));
    let dwelt = last_of && !placelike && kind.is_none() && k > 0 && is_noun_of(&lex.places.dwellers, lex, f(k - 1));
    // "contre Bamako" may be who governs there, "contre un hôtel de Bamako" is not; "contre l'hôtel Elite" is a name of its own
    let there = kind.is_some_and(|k| last_of || k != KindHint::Site);
    let cued = cued && (there || !behind(&lex.places.against));
    let town = t > 0 && lex.places.at_town.iter().any(|a| a == view.surface(t - 1));
    Cue { cued, kind, phrase, origin, seat, town, dwelt }
}

/// Whether a word is one of the nouns, in singular or plural.
pub(super) fn is_noun_of(list: &[String], lex: &Lexicon, folded: &str) -> bool {
    let singular = lex.places.plural.iter().find_map(|p| folded.strip_suffix(p.as_str())).unwrap_or(folded);
    list.iter().any(|w| w == folded || w == singular)
}

/// The kind of place a noun names.
pub(super) fn place_noun(lex: &Lexicon, folded: &str) -> Option<KindHint> {
    let singular = lex.places.plural.iter().find_map(|p| folded.strip_suffix(p.as_str())).unwrap_or(folded);
    let (plain, stripped) = (lex.places.kinds.get(folded), lex.places.kinds.get(singular));
    plain.into_iter().chain(stripped).min_by_key(|k| k.0).map(|k| k.1)
}

/// The nouns of places: which kind of the pack each is of, and what that says of the place.
pub(crate) fn kinds(nouns: &BTreeMap<String, Vec<String>>) -> WordMap<(usize, KindHint)> {
    let mut out = BTreeMap::new();
    for (order, (kind, words)) in nouns.iter().enumerate() {
        let hint = match kind.as_str() {
            "province" => KindHint::Province,
            "district" => KindHint::District,
            "site" => KindHint::Site,
            "country" => KindHint::Country,
            _ => KindHint::Town,
        };
        for w in words {
            out.entry(w.clone()).or_insert((order, hint));
        }
    }
    out.into()
}

/// The prepositions that say where, prepared to be looked for at the end of the words before a name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Before {
    at: Vec<At>,
    /// The last words of all of them.
    endings: ListSketch,
}

/// One of them.
#[derive(Clone, Debug)]
struct At {
    /// Behind a blank: all of it, and what stands before the preposition of the complement.
    whole: String,
    open: String,
    /// It ends in the preposition of the complement.
    needs_of: bool,
}

impl Before {
    /// Prepares the prepositions; `of` is the one of the complement.
    pub(crate) fn new(at: &[String], of: &str) -> Self {
        let at: Vec<At> = at
            .iter()
            .map(|p| {
                let stem = p.strip_suffix(of).and_then(|r| r.strip_suffix(' '));
                let open = format!(" {}", bare(stem.unwrap_or(p)));
                At { whole: format!(" {p}"), open, needs_of: stem.is_some() }
            })
            .collect();
        let endings = at.iter().flat_map(|p| [last(&p.whole), last(&p.open)]).collect();
        Self { at, endings }
    }

    /// How many words the last of them takes with which the words before a name end.
    fn stands(&self, head: &str, of: bool) -> Option<usize> {
        if !self.endings.may_hold(last(head)) {
            return None;
        }
        let words = |p: &str| p.split(' ').count() - 1;
        self.at.iter().rev().find_map(|p| {
            if head.ends_with(&p.open) && (!p.needs_of || of) {
                Some(words(&p.open))
            } else {
                head.ends_with(&p.whole).then(|| words(&p.whole))
            }
        })
    }
}

/// What stands behind the last blank.
fn last(words: &str) -> &str {
    words.rsplit(' ').next().unwrap_or(words)
}

/// Whether a name says where people were brought or went after the act (“évacués vers …”, “a succombé à l'hôpital de …”).
pub(super) fn afterwards(view: &View<'_>, lex: &Lexicon, t: usize) -> bool {
    let words = &view.tree.words;
    let Some(mut at) = view.word_of.get(t).map(|w| *w as usize).filter(|w| *w < words.len()) else { return false };
    for _ in 0..8 {
        let Some(h) = words[at].head.map(|h| h as usize) else { return false };
        // Far from the verb the tree is less to be trusted than the silence of the sentence.
        let near = (words[h].token as usize).abs_diff(t) <= NEAR;
        if near && lex.places.afterwards.contains(&fold(&words[h].lemma)) {
            // "se retirer de …", "évacuer …": that is what they left
            let left = words[at].dep == Dep::Obj
                || words.iter().any(|c| {
                    c.head == Some(at as u32) && c.dep == Dep::Case && lex.function.of.contains(&fold(&c.lemma))
                });
            return !left;
        }
        // "évacués après l'attaque de …": the act itself was there
        let act = is_noun_of(&lex.places.acts, lex, &fold(&words[h].lemma));
        if act || matches!(words[h].upos, Upos::Verb | Upos::Aux) {
            return false;
        }
        at = h;
    }
    false
}

/// Whether a name is that of a street or square: right behind its noun, or in its complement.
pub(super) fn street(view: &View<'_>, lex: &Lexicon, t: usize) -> Option<Street> {
    let f = |k: usize| view.folded[k].trim_end_matches('\'');
    let is = |list: &[String], k: usize| list.iter().any(|w| w.as_str() == f(k));
    if t > 0 && is(&lex.places.streets, t - 1) {
        return Some(Street::Named);
    }
    let mut k = t;
    if k > 0 && is(&lex.function.determiners, k - 1) && !is(&lex.places.of_article, k - 1) {
        k -= 1;
    }
    (k > 1 && is(&lex.function.of, k - 1) && is(&lex.places.streets, k - 2)).then_some(Street::Of)
}

/// How a name stands by the noun of a street.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Street {
    /// `rue Bourguiba`.
    Named,
    /// `place de la République`.
    Of,
}

/// “le gouverneur, fidèle à Kiev”, “une ONG basée à Londres”: whose side somebody is on, or where they have their seat, which is no
/// place of what is told. Fighters based somewhere fight there.
pub(super) fn leaning(view: &View<'_>, lex: &Lexicon, t: usize, parties: &[PartyMention]) -> bool {
    let f = |k: usize| view.folded[k].trim_end_matches('\'');
    let is = |list: &[String], k: usize| list.iter().any(|w| w.as_str() == f(k));
    let mut k = t;
    if k > 1 && is(&lex.function.determiners, k - 1) && !is(&lex.places.at_article, k - 1) {
        k -= 1;
    }
    let at = k > 1 && (is(&lex.places.at_article, k - 1) || lex.places.at_town.iter().any(|a| fold(a) == f(k - 1)));
    if !at {
        return false;
    }
    let fights = || {
        let near = parties.iter().rfind(|p| p.tokens.end <= k - 2 && p.tokens.end + NEAR > k - 2);
        near.is_none_or(|p| p.party.status == Status::Combatant)
    };
    is(&lex.places.siding, k - 2) || is(&lex.places.seated, k - 2) && !fights()
}
