//! Which places a clause of control names: by name, by a noun with a name, or by words alone.

use std::ops::Range;

use recoupe_mention::{Id, Place, PlacePrecision};
use recoupe_pack::WordList;
use recoupe_syntax::{Number, Upos};
use recoupe_text::squeeze;

use super::{Around, LedgerLexicon};
use crate::lex::ClaimLexicon;
use crate::sentence::Sent;

/// How far, in tokens, a clause's arguments are looked for where the tree does not link them.
pub(super) const REACH: usize = 14;

/// A place held or taken, with the tokens that name it.
pub(super) struct Held {
    pub(super) place: Place,
    pub(super) tokens: Range<usize>,
}

impl LedgerLexicon {
    /// The places named from a token on: the first nominal must be one, more may be coordinated with it.
    pub(super) fn places_from(&self, s: &Sent<'_>, lex: &ClaimLexicon, around: &Around<'_>, from: usize) -> Vec<Held> {
        let mut found: Vec<Held> = Vec::new();
        let mut t = from;
        while let Some(head) = self.nominal(s, t) {
            // "contrôler Bakhmout, Kiev dément": the subject of what follows
            let teller = !found.is_empty()
                && s.party_at(head).is_some()
                && (head + 1..(head + 3).min(s.view.len()))
                    .any(|k| s.word_at(k).is_some_and(|w| matches!(s.syn.word(w).upos, Upos::Verb | Upos::Aux)));
            if teller {
                break;
            }
            let Some(held) = self.held(s, lex, around, head) else { break };
            t = held.tokens.end;
            if !found.iter().any(|f| f.place.id == held.place.id) {
                found.push(held);
            }
            // "trois localités : X, Y et Z" are their names
            if t + 1 < s.view.len() && matches!(s.view.surface(t), ":" | "(") {
                let named = self.names_listed(s, lex, t + 1);
                if !named.is_empty() {
                    found.pop();
                    found.extend(named);
                }
                break;
            }
            // on only through "," "et" and the like
            let Some(next) = self.joined(s, lex, t) else { break };
            t = next;
            if found.len() >= 12 {
                break;
            }
        }
        found
    }

    /// Places by name in a row.
    fn names_listed(&self, s: &Sent<'_>, lex: &ClaimLexicon, from: usize) -> Vec<Held> {
        let mut out = Vec::new();
        let mut t = from;
        while let Some(i) = s.place_at(t) {
            let p = &s.places[i];
            out.push(Held { place: p.place.clone(), tokens: p.tokens.clone() });
            t = p.tokens.end;
            let Some(next) = self.joined(s, lex, t) else { break };
            t = next;
        }
        out
    }

    /// The places that stand before a participle or a verb of state, back to the start of the clause.
    pub(super) fn places_before(&self, s: &Sent<'_>, lex: &ClaimLexicon, around: &Around<'_>, at: usize) -> Vec<Held> {
        let mut t = at;
        let low = at.saturating_sub(REACH);
        while t > low {
            t -= 1;
            if matches!(s.view.surface(t), ";" | "." | "?" | "!") {
                break;
            }
            if let Some(i) = s.place_at(t).filter(|i| s.places[*i].place.precision != PlacePrecision::Country) {
                let first = s.places[i].tokens.start;
                // "la route de Minova", "deux collines près de X": the noun before carries the name
                let head = (first.saturating_sub(5)..first).find(|k| self.site(s, *k));
                let start = head.unwrap_or(first);
                let mut all: Vec<Held> = self.held(s, lex, around, start).into_iter().collect();
                // and those coordinated before it
                let mut back = start;
                while let Some(prev) = s.places.iter().rev().find(|p| {
                    p.tokens.end <= back
                        && self
                            .joined(s, lex, p.tokens.end)
                            .is_some_and(|n| self.nominal(s, n).is_some_and(|h| h >= start.min(back) && h <= back))
                }) {
                    all.push(Held { place: prev.place.clone(), tokens: prev.tokens.clone() });
                    back = prev.tokens.start;
                }
                return all;
            }
            if self.noun_of_place(s, t)
                && let Some(held) = self.held(s, lex, around, t)
            {
                return vec![held];
            }
        }
        // "Robotyne, reprise par": a name no gazetteer has, right before
        let name = (at.saturating_sub(3)..at).rev().find(|t| s.view.capital(*t) && s.party_at(*t).is_none());
        name.filter(|t| s.view.upos(*t) == Some(Upos::Propn))
            .and_then(|t| self.held(s, lex, around, t))
            .into_iter()
            .collect()
    }

    /// “Reprise par l'armée en mai, Y …”: what a fronted participle belongs to stands behind the comma.
    pub(super) fn fronted(&self, s: &Sent<'_>, lex: &ClaimLexicon, around: &Around<'_>, from: usize) -> Vec<Held> {
        let Some(comma) = (from..(from + REACH + 8).min(s.view.len())).find(|t| s.view.surface(*t) == ",") else {
            return Vec::new();
        };
        self.nominal(s, comma + 1)
            .filter(|t| *t <= comma + 4)
            .and_then(|t| self.held(s, lex, around, t))
            .into_iter()
            .collect()
    }

    /// The first noun or name at or after a token, past articles, adverbs, dates and words of quantity; none past a comma or verb.
    fn nominal(&self, s: &Sent<'_>, from: usize) -> Option<usize> {
        let mut t = from;
        while t < s.view.len() && t < from + 12 {
            let dated = s.times.iter().find(|x| (x.tokens.start as usize..x.tokens.end as usize).contains(&t));
            if let Some(d) = dated.filter(|_| s.place_at(t).is_none()) {
                t = d.tokens.end as usize;
                continue;
            }
            let f = s.view.folded[t].as_str();
            if s.place_at(t).is_some() || self.noun_of_place(s, t) {
                return Some(t);
            }
            if self.parts.contains(f) || matches!(s.view.surface(t), "«" | "\"" | "“" | "»") {
                t += 1;
                continue;
            }
            match s.view.upos(t) {
                Some(Upos::Det | Upos::Adp | Upos::Adv | Upos::Num | Upos::Adj) if !s.view.capital(t) || t == 0 => {
                    t += 1
                }
                Some(Upos::Noun | Upos::Propn | Upos::X | Upos::Adj | Upos::Adv) => return Some(t),
                None => t += 1,
                _ if s.view.folded[t].ends_with('\'') => t += 1,
                _ => return None,
            }
        }
        None
    }

    /// The start of the next conjunct, if the tokens here coordinate.
    fn joined(&self, s: &Sent<'_>, lex: &ClaimLexicon, t: usize) -> Option<usize> {
        let mut k = t;
        while k < s.view.len()
            && k < t + 3
            && (s.view.surface(k) == "," || self.and.contains(s.view.folded[k].as_str()))
        {
            k += 1;
        }
        // A bare noun behind a comma is an apposition: "la ville, verrou de la route".
        // Behind a comma a preposition other than that of belonging says where the place lies: "X, dans la région de Y".
        let lies = |k: usize| s.view.upos(k) == Some(Upos::Adp) && !is(&lex.grammar.of, s, k);
        if k > t && k < s.view.len() && s.view.surface(k - 1) == "," && lies(k) {
            return None;
        }
        let open = s.view.capital(k.min(s.view.len().saturating_sub(1)))
            || matches!(s.view.upos(k), Some(Upos::Det | Upos::Adp | Upos::Num))
            || k > t && s.view.surface(k - 1) != ",";
        (k > t && k < s.view.len() && open).then_some(k)
    }

    /// What a head token names as a place.
    fn held(&self, s: &Sent<'_>, lex: &ClaimLexicon, around: &Around<'_>, head: usize) -> Option<Held> {
        if let Some(i) = s.place_at(head) {
            let p = &s.places[i];
            // A land is not taken by a verb; "prendre la Russie pour cible".
            return (p.place.precision != PlacePrecision::Country)
                .then(|| Held { place: p.place.clone(), tokens: p.tokens.clone() });
        }
        if let Some(held) = self.territory(s, around, head) {
            return Some(held);
        }
        if self.noun_of_place(s, head) {
            if let Some(held) = self.apposed(s, head) {
                return Some(held);
            }
            // "la ville de X": the name; "deux collines dominant X": the words, near X
            let mut t = head + 1;
            let mut linked = false;
            while t < s.view.len() && t < head + 5 && s.place_at(t).is_none() {
                let adjective = matches!(s.view.upos(t), Some(Upos::Adj));
                let of = is(&lex.grammar.of, s, t) || matches!(s.view.upos(t), Some(Upos::Det));
                linked |= of;
                if !(adjective || of || self.noun_of_place(s, t)) {
                    break;
                }
                t += 1;
            }
            let named = s
                .place_at(t.min(s.view.len().saturating_sub(1)))
                .map(|i| &s.places[i])
                .filter(|p| p.tokens.start == t && (linked || t == head + 1));
            let counted = head > 0 && (head.saturating_sub(2)..head).any(|k| matches!(s.view.upos(k), Some(Upos::Num)));
            if let Some(p) =
                named.filter(|p| !counted && !self.site(s, head) && p.place.precision != PlacePrecision::Country)
            {
                return Some(Held { place: p.place.clone(), tokens: head..p.tokens.end });
            }
            let words = self.phrase(s, lex, head);
            let bare = words.end == head + 1
                && !counted
                && !self.site(s, head)
                && head > 0
                && (is(&lex.grammar.definite, s, head - 1) || is(&lex.grammar.demonstrative, s, head - 1));
            // "la capitale" is a town of its own, whichever the page speaks of
            if bare && self.capital.contains(&s.view.folded[head]) {
                return Some(Held { place: by_words(s, &words, around.lead_town().as_ref()), tokens: words });
            }
            // "les villes", "le pays": no place one could point to
            let plural = s.word_at(head).is_some_and(|w| s.syn.word(w).feats.number == Some(Number::Plur));
            if bare && (plural || self.territory.contains(&s.view.folded[head])) {
                return None;
            }
            if bare {
                let place = last_place(s, head).or_else(|| around.lead_town()).or_else(|| around.last_town())?;
                return Some(Held { place, tokens: words });
            }
            let inside = s.places.iter().find(|p| words.contains(&p.tokens.start)).map(|p| p.place.clone());
            // "une zone", "un village": no place one could find
            let pointed = (head.saturating_sub(3)..head)
                .any(|k| is(&lex.grammar.definite, s, k) || is(&lex.grammar.demonstrative, s, k))
                || head > 0 && is(&lex.grammar.of, s, head - 1);
            if inside.is_none() && !counted && !pointed {
                return None;
            }
            let near = inside.or_else(|| around.lead_town());
            return Some(Held { place: by_words(s, &words, near.as_ref()), tokens: words });
        }
        // A name no gazetteer has, right where a place must stand.
        let name = s.view.capital(head)
            && s.party_at(head).is_none()
            && matches!(s.view.upos(head), Some(Upos::Propn | Upos::X | Upos::Noun | Upos::Adj | Upos::Adv))
            && !s.names().places.never.iter().any(|w| w == s.view.surface(head));
        if !name {
            return None;
        }
        let mut end = head + 1;
        while end < s.view.len()
            && end < head + 5
            && (s.view.capital(end) || s.view.surface(end) == "-")
            && s.party_at(end).is_none()
        {
            end += 1;
        }
        Some(Held { place: by_words(s, &(head..end), None), tokens: head..end })
    }

    /// “X, la capitale du Y, est …”: what stands behind a comma only describes the town named before it.
    fn apposed(&self, s: &Sent<'_>, head: usize) -> Option<Held> {
        let open = (head.saturating_sub(4)..head).rev().find(|t| {
            !matches!(s.view.upos(*t), Some(Upos::Det | Upos::Adj | Upos::Adv)) || s.view.surface(*t) == ","
        })?;
        let town = s.place_at(open.checked_sub(1).filter(|_| s.view.surface(open) == ",")?)?;
        let p = &s.places[town];
        let fine = matches!(p.place.precision, PlacePrecision::Town | PlacePrecision::Exact);
        let named = s.place_at(head + 1).is_some();
        (fine && !named && !self.site(s, head)).then(|| Held { place: p.place.clone(), tokens: p.tokens.clone() })
    }

    /// The words of a noun phrase, cut before a verb or comma.
    fn phrase(&self, s: &Sent<'_>, lex: &ClaimLexicon, head: usize) -> Range<usize> {
        let mut end = head + 1;
        let mut last = end;
        while end < s.view.len() && end < head + 14 {
            let surface = s.view.surface(end);
            let dated = s.times.iter().any(|x| (x.tokens.start as usize..x.tokens.end as usize).contains(&end));
            if matches!(surface, "," | ";" | ":" | "." | "(" | ")" | "«" | "»" | "!" | "?")
                || dated
                || is(&lex.grammar.by, s, end)
                || self.under.find(s.view).any(|(t, _)| t.start == end)
                // "le village un court moment": another phrase begins
                || s.view.upos(end) == Some(Upos::Det) && matches!(s.view.upos(end - 1), Some(Upos::Noun | Upos::Adj))
            {
                break;
            }
            let place = s.place_at(end).is_some();
            match s.view.upos(end) {
                Some(Upos::Verb) if s.word_at(end).is_none_or(|w| s.syn.finite(w) || s.syn.passive(w)) && !place => {
                    break;
                }
                Some(Upos::Aux | Upos::Sconj | Upos::Pron) if !place => break,
                Some(Upos::Cconj) if !s.view.folded[head..end].iter().any(|f| self.between.contains(f)) => break,
                Some(Upos::Noun | Upos::Propn | Upos::Num | Upos::X) => last = end + 1,
                Some(Upos::Adj) if last == end => last = end + 1,
                _ if place => last = end + 1,
                _ => {}
            }
            end += 1;
        }
        head..last
    }

    /// “71 % du territoire”, “l'essentiel du pays”: the land the page is about.
    fn territory(&self, s: &Sent<'_>, around: &Around<'_>, head: usize) -> Option<Held> {
        let share = (head.saturating_sub(4)..head)
            .any(|k| self.parts.contains(&s.view.folded[k]) || self.share.contains(s.view.surface(k)));
        if !share || !self.territory.contains(&s.view.folded[head]) {
            return None;
        }
        let country = around
            .lead
            .and_then(|p| p.country.clone())
            .or_else(|| around.before.iter().flatten().find_map(|p| p.place.country.clone()))?;
        let state = &s.names().world.states[s.names().state2(&country)? as usize];
        let place = Place {
            id: format!("state:{}", state.iso2).as_str().into(),
            name: state.name.as_str().into(),
            country: Some(country),
            lat: state.center.map(|c| c[0]),
            lon: state.center.map(|c| c[1]),
            precision: PlacePrecision::Country,
            span: s.span(&(head..head + 1)),
        };
        Some(Held { place, tokens: head..head + 1 })
    }

    /// Whether a token is a noun for a kind of place or for a site, not a name.
    pub(super) fn noun_of_place(&self, s: &Sent<'_>, t: usize) -> bool {
        let lemma = s.word_at(t).is_some_and(|w| s.names().is_place_noun(&s.syn.lemma[w]));
        (lemma || s.names().is_place_noun(&s.view.folded[t]) || self.site(s, t)) && !s.view.capital(t)
    }

    /// A noun for a site within or outside a town, that is not the town itself.
    fn site(&self, s: &Sent<'_>, t: usize) -> bool {
        self.sites.contains(&s.view.folded[t]) || s.word_at(t).is_some_and(|w| self.sites.contains(&s.syn.lemma[w]))
    }
}

/// Whether a token is one of the words, elision aside.
pub(super) fn is(list: &WordList, s: &Sent<'_>, t: usize) -> bool {
    list.has(&s.view.folded[t])
}

/// The last town named before a token of the sentence.
pub(super) fn last_place(s: &Sent<'_>, before: usize) -> Option<Place> {
    s.places
        .iter()
        .rev()
        .find(|p| p.tokens.end <= before && matches!(p.place.precision, PlacePrecision::Town | PlacePrecision::Exact))
        .map(|p| p.place.clone())
}

impl Around<'_> {
    /// The town named last before the sentence.
    pub(super) fn last_town(&self) -> Option<Place> {
        self.before.iter().rev().flat_map(|v| v.iter().rev()).map(|p| &p.place).find(|p| town(p)).cloned()
    }

    /// The town the page is about; where that is a region, the town named last.
    pub(super) fn lead_town(&self) -> Option<Place> {
        self.lead.filter(|p| town(p)).cloned().or_else(|| self.last_town())
    }
}

fn town(p: &Place) -> bool {
    matches!(p.precision, PlacePrecision::Town | PlacePrecision::Exact)
}

/// A place known by its words alone, near a place that is known.
fn by_words(s: &Sent<'_>, tokens: &Range<usize>, near: Option<&Place>) -> Place {
    let span = s.span(tokens);
    let mut name = squeeze(span.of(s.view.text));
    // a site without a name of its own ("la base") is told by the town
    let bare = tokens.len() == 1 && !s.view.capital(tokens.start);
    if let Some(p) = near.filter(|_| bare) {
        name = format!("{name}, {}", p.name);
    }
    let id: Id = format!("unknown:{}", recoupe_text::fold(&name)).as_str().into();
    Place {
        id,
        name: name.as_str().into(),
        country: near.and_then(|p| p.country.clone()),
        lat: near.and_then(|p| p.lat),
        lon: near.and_then(|p| p.lon),
        precision: if near.is_some() { PlacePrecision::District } else { PlacePrecision::Town },
        span,
    }
}
