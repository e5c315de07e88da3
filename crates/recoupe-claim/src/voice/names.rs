//! What those who speak are called: persons under their own name, bodies under their title, media under their mark.

use recoupe_mention::{Class, Id, MentionKind, Party, PartyMention, Status, View};
use recoupe_syntax::Upos;

use super::speaker::{Np, Who, possessed};
use super::{Speakers, Text};
use crate::lex::{ClaimLexicon, fits};

/// One past the last token of a name of persons: words with a capital, initials with their dot (“Awa D.”).
pub(super) fn name_end(view: &View<'_>, start: usize) -> usize {
    let n = view.len();
    let mut end = start;
    while end < n && view.capital(end) && view.surface(end).chars().all(|c| c.is_alphabetic() || "-'’.".contains(c)) {
        end += 1;
        if end < n && initial(view, end - 1) && view.surface(end) == "." {
            end += 1;
        }
    }
    end
}

/// Whether a token is an initial: one letter, dot or none.
fn initial(view: &View<'_>, t: usize) -> bool {
    view.surface(t).trim_end_matches('.').chars().count() == 1 && view.capital(t)
}

/// What a name is known by later: its last word, or all of it where that is but an initial.
fn short_name(view: &View<'_>, start: usize, end: usize) -> Option<String> {
    let words = || (start..end).filter(|t| view.surface(*t) != ".");
    let last = words().next_back()?;
    if initial(view, last) {
        let all: Vec<&str> = words().map(|t| view.folded[t].trim_end_matches('.')).collect();
        return (all.len() > 1).then(|| all.join(" "));
    }
    Some(view.folded[last].clone())
}

pub(super) fn alias(known: &Speakers, view: &View<'_>, start: usize, end: usize) -> Option<Party> {
    let whole = short_name(view, start, end);
    let told = |key: &str| known.aliases.iter().rev().find(|(n, _)| n == key).map(|(_, p)| p.clone());
    let p = whole.as_deref().and_then(told).or_else(|| (start..end).rev().find_map(|t| told(&view.folded[t])))?;
    Some(Party { span: view.span(&(start..end)), ..p })
}

/// “porte-parole de la police”, “responsable d'une ONG”: whose a speaker of no office of their own is, if it is told.
pub(super) fn whose<'p>(
    view: &View<'_>,
    parties: &'p [PartyMention],
    lex: &ClaimLexicon,
    p: &PartyMention,
    stop: usize,
) -> Option<&'p PartyMention> {
    if !matches!(&*p.party.id, "generic/source" | "generic/spokesperson") {
        return None;
    }
    let of = |t: usize| fits(&lex.grammar.of, view.folded[t].trim_end_matches('\''));
    parties.iter().find(|q| {
        q.tokens.start >= p.tokens.end
            && q.tokens.start <= p.tokens.end + 4
            && q.tokens.start < stop
            && (p.tokens.end..q.tokens.start).any(of)
    })
}

pub(super) fn unknown_person(view: &View<'_>, start: usize, end: usize) -> Party {
    let span = view.span(&(start..end));
    let name: Id = recoupe_text::squeeze(span.of(view.text)).as_str().into();
    Party {
        id: format!("person/{}", recoupe_text::fold(&name)).into(),
        name,
        country: None,
        status: Status::Unknown,
        span,
    }
}

/// “le Réseau des médecins soudanais”, “la Ligue des enseignants”: a body with a title of its own, not the state of its adjective.
pub(super) fn titled(x: &Text<'_, '_>, from: usize, head: usize, stop: usize) -> Option<Np> {
    let of = |t: usize| fits(&x.lex.grammar.of, x.view.folded[t].trim_end_matches('\''));
    // "le Comité pour la paix et le développement"
    let titles = |t: usize| t < stop && x.lex.voices.titles.contains(&x.view.folded[t]);
    if head <= from
        || !x.view.capital(head)
        || !super::speaker::is_same_body(x, head)
        || head + 1 >= stop
        || !(of(head + 1) || titles(head + 1) || titles(head + 2))
    {
        return None;
    }
    // a verb of speech that the parser took for a noun is no part of the title
    let verb = |t: usize| x.view.word_of.get(t).is_some_and(|w| super::heads::misread(x, *w as usize).is_some());
    let content = |t: &usize| {
        !verb(*t)
            && (of(*t)
                || titles(*t)
                || matches!(x.view.upos(*t), Some(Upos::Noun | Upos::Propn | Upos::Adj | Upos::Det)))
    };
    // "… évoque pour sa part …": what it is called ends with a noun
    let aside = |t: usize| x.lex.grammar.asides.stand_at(&x.view.folded, t);
    let last = (head + 1..stop).take_while(|t| content(t) && !aside(*t)).last()?;
    let end = (head..=last).rev().find(|t| matches!(x.view.upos(*t), Some(Upos::Noun | Upos::Propn | Upos::Adj)))? + 1;
    // "le Groupe de la Banque mondiale": a name that is known keeps it
    if x.parties.iter().any(|p| p.kind == MentionKind::Name && p.tokens.start > head && p.tokens.start < end) {
        return None;
    }
    Some(Np { who: Who::Told(body(x, head, end)), end, speaks: true })
}

/// “le service de presse de la salle des opérations de Syrte”: a body no pack knows, by the words for whose office it is.
pub(super) fn office_of(x: &Text<'_, '_>, p: &PartyMention, stop: usize) -> Option<Np> {
    let of = |t: usize| fits(&x.lex.grammar.of, x.view.folded[t].trim_end_matches('\''));
    let from = p.tokens.end;
    if &*p.party.id != "generic/spokesperson" || from >= stop || !of(from) {
        return None;
    }
    let head = (from..stop).find(|t| matches!(x.view.upos(*t), Some(Upos::Noun | Upos::Propn)))?;
    if x.view.capital(head) || super::speaker::is_same_body(x, head) {
        return None;
    }
    let verb = |t: usize| x.view.word_of.get(t).is_some_and(|w| super::heads::misread(x, *w as usize).is_some());
    let content = |t: &usize| {
        !verb(*t) && (of(*t) || matches!(x.view.upos(*t), Some(Upos::Noun | Upos::Propn | Upos::Adj | Upos::Det)))
    };
    let end = (head..stop).take_while(content).last()? + 1;
    if !(head..end).any(|t| x.view.capital(t)) {
        return None;
    }
    Some(Np { who: Who::Told(body(x, head, end)), end, speaks: true })
}

/// A body under the words that name it.
pub(super) fn body(x: &Text<'_, '_>, start: usize, end: usize) -> Party {
    let span = x.view.span(&(start..end));
    let name: Id = recoupe_text::squeeze(span.of(x.view.text)).as_str().into();
    Party {
        id: format!("org/{}", recoupe_text::fold(&name)).into(),
        name,
        country: None,
        status: Status::Unknown,
        span,
    }
}

/// “le Réseau des médecins soudanais”, “l'ONG « Vigilance »”: a body no pack knows, under its own name.
pub(super) fn own_name(x: &Text<'_, '_>, p: &PartyMention, stop: usize) -> Option<Option<Np>> {
    if &*p.party.id != "generic/civil-society" {
        return None;
    }
    let mut end = p.tokens.end;
    // "l'ONG" is a noun of capitals
    let acronym = x.view.surface(p.head).chars().all(|c| !c.is_lowercase());
    let mut named = x.view.capital(p.head) && !acronym;
    while end < stop {
        let of = fits(&x.lex.grammar.of, x.view.folded[end].trim_end_matches('\''));
        let mark = matches!(x.view.surface(end), "«" | "»" | "\"" | "“" | "”");
        let content =
            matches!(x.view.upos(end), Some(Upos::Noun | Upos::Propn | Upos::Adj | Upos::X | Upos::Det | Upos::Adp));
        // a verb of speech that the parser took for a noun is no part of the name
        let verb = x.view.word_of.get(end).is_some_and(|w| super::heads::misread(x, *w as usize).is_some());
        if verb || !(of || mark || content) {
            break;
        }
        named |= x.view.capital(end) || of;
        end += 1;
    }
    if !named {
        return None;
    }
    let span = x.view.span(&(p.tokens.start..end));
    let name: Id = recoupe_text::squeeze(span.of(x.view.text)).as_str().into();
    let party = Party { id: format!("org/{}", recoupe_text::fold(&name)).into(), name, span, ..p.party.clone() };
    Some(Some(Np { who: Who::Told(party), end, speaks: true }))
}

/// “le responsable local des Casques blancs, Ahmad Chehadé”: a name in apposition belongs to the party before it.
pub fn remember_aliases(view: &View<'_>, parties: &[PartyMention], lex: &ClaimLexicon, known: &mut Speakers) {
    for p in parties {
        // "Rami Abdel Rahmane", then "M. Abdel Rahmane": somebody the packs know by the whole name
        if p.kind == MentionKind::Person
            && p.tokens.len() >= 2
            && let Some(name) = short_name(view, p.tokens.start, p.tokens.end)
        {
            known.aliases.push((name, p.party.clone()));
        }
        // "son porte-parole, Khalid Zadran": of whoever spoke or acted last, not of nobody
        let theirs = super::office::of_a_body(p) && possessed(view, lex, p.tokens.start);
        let own = whose(view, parties, lex, p, view.len()).unwrap_or(p);
        let party = known.owner().filter(|_| theirs).unwrap_or_else(|| own.party.clone());
        // the name stands behind whoever the body is whose spokesman it is
        let mut t = p.tokens.end.max(if theirs { 0 } else { own.tokens.end });
        if t < view.len() && view.surface(t) == "," {
            t += 1;
        }
        // "le chef de l'administration militaire régionale de Kherson, Ivan Petrov": behind the rest of his office
        if t < view.len()
            && t == p.tokens.end.max(own.tokens.end)
            && matches!(p.kind, MentionKind::Noun(Class::Role | Class::Source))
            && let Some(name) = behind_office(view, t)
        {
            t = name;
        }
        // "le gouverneur régional Ivan Petrov", "le maire de la ville Ivan Petrov"
        if matches!(p.kind, MentionKind::Noun(Class::Role | Class::Source)) && t < view.len() && !view.capital(t) {
            t = past_adjectives(view, lex, t);
        }
        let start = t;
        t = name_end(view, start).min(start + 6);
        if t > start
            && !parties.iter().any(|q| q.tokens.start >= start && q.tokens.start < t)
            && (t - start >= 2 || t == p.tokens.end + 1)
            && let Some(name) = short_name(view, start, t)
        {
            known.aliases.push((name, party.clone()));
        }
        // "Ahmad Chehadé, porte-parole de …"
        if p.tokens.start >= 2 && view.surface(p.tokens.start - 1) == "," {
            let e = p.tokens.start - 1;
            let mut start = e;
            while start > 0
                && e - start < 6
                && (view.capital(start - 1) || view.surface(start - 1) == "." && start > 1 && initial(view, start - 2))
            {
                start -= 1;
            }
            if e >= start + 2
                && !parties.iter().any(|q| q.tokens.start < e && q.tokens.end > start)
                && let Some(name) = short_name(view, start, e)
            {
                known.aliases.push((name, party.clone()));
            }
        }
    }
}

/// Over the adjectives and the complement that tell an office from others of its kind, where a name stands behind them.
fn past_adjectives(view: &View<'_>, lex: &ClaimLexicon, from: usize) -> usize {
    let of = |t: usize| fits(&lex.grammar.of, view.folded[t].trim_end_matches('\''));
    let more = |t: &usize| {
        !view.capital(*t) && (of(*t) || matches!(view.upos(*t), Some(Upos::Det | Upos::Noun | Upos::Adj | Upos::X)))
    };
    let name = (from..view.len().min(from + 5)).find(|t| !more(t)).unwrap_or(from);
    let named = name > from && name < view.len() && view.capital(name) && !of(name - 1);
    if named && name_end(view, name) >= name + 2 { name } else { from }
}

/// Where the name stands that follows the rest of an office and its comma, closed by a mark.
fn behind_office(view: &View<'_>, from: usize) -> Option<usize> {
    let more = |t: &usize| {
        matches!(view.upos(*t), Some(Upos::Det | Upos::Adp | Upos::Noun | Upos::Propn | Upos::Adj))
            && view.surface(*t) != ","
    };
    let comma = (from..view.len().min(from + 8)).find(|t| !more(t)).filter(|t| view.surface(*t) == "," && *t > from)?;
    let end = name_end(view, comma + 1);
    let closed = end >= view.len() || matches!(view.surface(end), "," | "." | "»" | "\"" | "(");
    (end >= comma + 3 && closed).then_some(comma + 1)
}

/// “la chaîne Al-Nahar”, “le site « Sahel Info »”: an outlet no pack knows, under its mark.
pub(super) fn outlet_mark(x: &Text<'_, '_>, head: usize, stop: usize) -> Option<Np> {
    if !x.lex.voices.outlets.contains(&x.view.folded[head]) {
        return None;
    }
    let quote = |t: usize| matches!(x.view.surface(t), "«" | "\"" | "“");
    // "la chaîne de télévision Al-Nahar", "le quotidien local El Faro": what the noun takes before the mark
    let between = |t: &usize| {
        let f = x.view.folded[*t].trim_end_matches('\'');
        !x.view.capital(*t)
            && (fits(&x.lex.grammar.of, f)
                || matches!(x.view.upos(*t), Some(Upos::Noun | Upos::Adj | Upos::Det | Upos::Adp | Upos::X))
                || quote(*t))
    };
    let start = (head + 1..stop.min(head + 7)).find(|t| !between(t))?;
    let end = name_end(x.view, start).min(stop);
    // "le site Mali Actu": the land is a part of the mark
    let land = |p: &PartyMention| matches!(p.kind, MentionKind::State) && p.tokens.end < end;
    let known = x.parties.iter().any(|p| p.tokens.start < end && p.tokens.end > start && !land(p));
    if end <= start || known || fits(&x.lex.grammar.of, x.view.folded[start - 1].trim_end_matches('\'')) {
        return None;
    }
    Some(Np { who: Who::Told(body(x, start, end)), end, speaks: true })
}
