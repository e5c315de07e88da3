//! Whom a toll counts.

use recoupe_mention::{Class, MentionKind, Party, PartyMention, Status};
use recoupe_syntax::Dep;
use recoupe_text::Span;

use super::counted::Counted;
use crate::anchor::Anchor;
use crate::lex::{ClaimLexicon, fits};
use crate::sentence::Sent;

/// A group nobody names.
pub fn people(span: Span) -> Party {
    Party { id: "generic/people".into(), name: "people".into(), country: None, status: Status::Mixed, span }
}

/// Whose people those counted are, where the sentence says that they are somebody's own: “dans nos rangs”, “six de ses
/// hommes”, “a perdu six hommes”.
pub(super) fn whose(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    anchors: &[Anchor],
    noun: usize,
    act: Option<usize>,
) -> Option<Party> {
    let n = s.view.len();
    let possessed = |t: usize| t < n && lex.grammar.possessives.contains(&s.view.folded[t]);
    // "quinze des nôtres"
    let before = noun > 0 && possessed(noun - 1) || lex.tolls.own_people.contains(&s.view.folded[noun]);
    let ranks =
        (noun + 1..n.min(noun + 6)).take_while(|t| !matches!(s.view.surface(*t), "," | ";" | ":" | ".")).any(|t| {
            // "parmi les siens"
            let own = t > noun + 1 && lex.tolls.own_people.contains(&s.view.folded[t]);
            own || possessed(t) && s.view.folded.get(t + 1).is_some_and(|f| lex.grammar.ranks.contains(f))
        });
    let lost = act.is_some_and(|w| anchors.iter().any(|a| a.word == w && a.any(lex, |x| x.own) && a.patient.is_none()));
    // "l'armée déplore dix morts", "les rebelles ont laissé dix morts sur le terrain"
    let mourned = || {
        let w = s.word_at(noun)?;
        let h = s.syn.head(w).filter(|_| s.syn.dep(w) == Dep::Obj)?;
        let subject = s.syn.child(h, &[Dep::Nsubj])?;
        // "nous comptons dix morts"
        if lex.tolls.we.contains(&s.syn.form[subject]) && lex.tolls.mourn.contains(&s.syn.lemma[h]) {
            return s
                .scopes_at(noun)
                .into_iter()
                .rev()
                .find_map(|i| s.scopes[i].speaker.clone())
                .map(|p| forces_of(s, p));
        }
        let subject = s.party_of(subject)?;
        lex.tolls.mourn.contains(&s.syn.lemma[h]).then(|| s.parties[subject].party.clone())
    };
    // "déplore la perte de douze hommes"
    let loss = || {
        let of = noun.checked_sub(1)?;
        let event = (of.saturating_sub(4)..=of).rev().find_map(|t| {
            let w = s.word_at(t)?;
            (lex.tolls.thing_events.get(&s.syn.lemma[w]).is_some_and(|k| &**k == "destroyed")
                && lex.tolls.events.contains_key(&s.syn.lemma[w]))
            .then_some(w)
        })?;
        let h = s.syn.head(event).filter(|_| s.syn.dep(event) == Dep::Obj)?;
        let subject = s.party_of(s.syn.child(h, &[Dep::Nsubj])?)?;
        let men = s.parties.iter().all(|p| !p.tokens.contains(&noun) || &*p.party.id == "generic/people");
        (men && lex.tolls.mourn.contains(&s.syn.lemma[h])).then(|| s.parties[subject].party.clone())
    };
    if let Some(p) = loss().filter(|p| p.status == Status::Combatant) {
        return Some(p);
    }
    if let Some(p) = mourned().filter(|p| p.status == Status::Combatant)
        && lex.casualties.find(s.view).any(|(r, _)| r.contains(&noun))
    {
        return Some(p);
    }
    if !(before || ranks || lost) {
        return None;
    }
    let speaker = s.scopes_at(noun).into_iter().rev().find_map(|i| s.scopes[i].speaker.clone());
    let subject = s
        .word_at(noun)
        .and_then(|w| s.syn.subject(s.syn.clause(w)))
        .and_then(|w| s.party_of(w))
        .map(|i| s.parties[i].party.clone())
        .filter(|p| !s.parties.iter().any(|q| q.party.span == p.span && q.tokens.contains(&noun)));
    let fighter = |p: &Party| {
        p.status != Status::Civilian
            && !matches!(
                &*p.id,
                "generic/security-source"
                    | "generic/witness"
                    | "generic/source"
                    | "generic/spokesperson"
                    | "generic/people"
            )
    };
    if lost {
        subject.filter(fighter).or(speaker.filter(fighter))
    } else {
        // "a frappé une colonne de terroristes, faisant 25 morts dans leurs rangs"
        let named = || {
            let p = s.parties.iter().rfind(|p| p.tokens.end <= noun && p.party.status == Status::Combatant)?;
            ranks.then(|| p.party.clone())
        };
        speaker.filter(fighter).or(subject.filter(fighter)).or_else(named)
    }
    .map(|p| forces_of(s, p))
}

/// A ministry's own people who fight are its army.
pub(super) fn forces_of(s: &Sent<'_>, p: Party) -> Party {
    match p.id.split_once('/') {
        Some((state, "defence-ministry" | "government" | "presidency")) if s.names().state3(state).is_some() => {
            recoupe_mention::parties::by_id(s.names(), &format!("{state}/armed-forces"), p.span)
        }
        _ => p,
    }
}

/// Whom a toll counts.
pub(super) fn group(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    what: &Counted,
    word: usize,
    noun: Option<usize>,
    anchor: Option<usize>,
) -> (Party, bool) {
    let here = noun.map_or(s.syn.word(word).span, |t| s.view.sentence.tokens[t].span);
    match what {
        Counted::Person(i) => {
            let p = &s.parties[*i];
            // "70 militaires des forces armées arméniennes": whose the page left open, the complement says
            if let Some(q) = body_of(s, lex, p.tokens.end).or_else(|| unit_of(s, lex, p)).filter(|q| {
                // "douze hommes de l'armée"
                let men = &*p.party.id == "generic/people";
                let named = q.country.is_some() || !q.id.starts_with("generic/");
                (men || matches!(p.kind, MentionKind::Noun(Class::Force | Class::Role))) && named
            }) {
                return (q, false);
            }
            // "côté rebelles, 60 hommes ont été tués"
            if &*p.party.id == "generic/people"
                && let Some(q) =
                    camp(s, lex, p.head, here).or_else(|| side_before(s, lex, p.head).map(|q| q.party.clone()))
            {
                return (q, false);
            }
            // "dix-sept personnes, des civils pour la plupart"
            if matches!(p.kind, MentionKind::Noun(Class::Civil))
                && p.party.status == Status::Mixed
                && let Some(q) = mostly(s, lex, p.tokens.end)
            {
                return (q, false);
            }
            // "deux autres", "trois personnes": nobody in particular.
            (p.party.clone(), false)
        }
        Counted::Thing(_) | Counted::Act(_) => {
            // whose thing: an adjective, a complement, "appartenant à"
            let t = noun.unwrap_or(0);
            let owner = s
                .parties
                .iter()
                .find(|p| p.tokens.start > t && p.tokens.start <= t + 6 && p.party.status != Status::Civilian);
            let agent = anchor.and_then(|a| s.syn.agent(a, &lex.grammar)).and_then(|a| s.party_in(a));
            match owner {
                Some(p) if agent.is_none_or(|a| s.parties[a].party.id != p.party.id) => (p.party.clone(), false),
                _ => (
                    Party {
                        id: "generic/unknown".into(),
                        name: "unspecified".into(),
                        country: None,
                        status: Status::Unknown,
                        span: here,
                    },
                    true,
                ),
            }
        }
        Counted::Casualty(_) | Counted::Noun | Counted::Open => {
            if let Some(p) = camp(s, lex, noun.unwrap_or_else(|| s.token(word)), here) {
                return (p, false);
            }
            let t = noun.unwrap_or_else(|| s.token(word));
            // "dix morts parmi les civils", "cinq blessés dans les rangs de l'armée", "deux morts civils"
            let remains = s.word_at(t).is_some_and(|w| lex.tolls.remains.contains(&s.syn.lemma[w]));
            let next = s.parties.iter().find(|p| {
                p.tokens.start > t
                    && &*p.party.id != "generic/displaced"
                    && p.tokens.start <= t + 8
                    && (t + 1..p.tokens.start).all(|k| {
                        let f = s.view.folded[k].trim_end_matches('\'');
                        fits(&lex.grammar.group_links, f) || matches!(s.view.surface(k), "»" | "\"" | "”")
                    })
                    && ((t + 1..p.tokens.start).any(|k| fits(&lex.grammar.group_openers, &s.view.folded[k]))
                        || p.tokens.start == t + 1
                        // "quinze corps de terroristes"
                        || remains && p.tokens.start <= t + 3)
            });
            if let Some(p) = next.or_else(|| side_before(s, lex, t)) {
                return (p.party.clone(), false);
            }
            if let Some(p) = losses_of(s, lex, t, here) {
                return (p, false);
            }
            // "trois membres des forces de sécurité"
            let of = s.parties.iter().find(|p| {
                p.tokens.start > t
                    && p.tokens.start <= t + 3
                    && p.party.status == Status::Combatant
                    && (t + 1..p.tokens.start).all(|k| {
                        let f = s.view.folded[k].trim_end_matches('\'');
                        fits(&lex.grammar.of, f) || lex.grammar.definite.iter().any(|d| d.trim_end_matches('\'') == f)
                    })
                    && t + 1 < p.tokens.start
            });
            if let (Counted::Noun, Some(p)) = (what, of) {
                return (p.party.clone(), false);
            }
            // "50 « éléments » des forces de Damas", "trois membres des forces talibanes"
            if let Some(q) = body_of(s, lex, t + 1).filter(|_| matches!(what, Counted::Noun)) {
                return (q, false);
            }
            if let Some(q) = mostly(s, lex, t + 1).filter(|_| !matches!(what, Counted::Open)) {
                return (q, false);
            }
            // "cinq agents": of the police, unless anything behind says whose
            if matches!(what, Counted::Noun) && noun.is_some_and(|t| officers(s, lex, t)) {
                return (police(s, here), false);
            }
            // The noun is itself a mention with a modifier: "victimes civiles", "morts palestiniens".
            if let Some(p) = s.parties.iter().find(|p| p.head == t && p.party.country.is_some()) {
                return (p.party.clone(), false);
            }
            let hostages =
                noun.and_then(|t| s.word_at(t)).is_some_and(|w| lex.tolls.hostages.contains(&s.syn.lemma[w]));
            if matches!(what, Counted::Noun) && noun.is_some() || hostages {
                return (
                    Party {
                        id: "generic/civilians".into(),
                        name: "civilians".into(),
                        country: None,
                        status: Status::Unknown,
                        span: here,
                    },
                    false,
                );
            }
            // bodies are whose they are: the page does not say
            (people(here), !remains)
        }
    }
}

/// “… des forces armées arméniennes”: a body of fighters in the complement that opens at a token, over a quotation mark.
fn body_of(s: &Sent<'_>, lex: &ClaimLexicon, from: usize) -> Option<Party> {
    let quote = |t: usize| matches!(s.view.surface(t), "«" | "»" | "\"" | "“" | "”");
    let n = s.view.len();
    let of = (from..n.min(from + 2)).find(|t| !quote(*t))?;
    if !fits(&lex.grammar.of, s.view.folded[of].trim_end_matches('\'')) {
        return None;
    }
    let definite = |f: &str| lex.grammar.definite.iter().any(|d| d.trim_end_matches('\'') == f.trim_end_matches('\''));
    let p = s.parties.iter().find(|p| {
        p.tokens.start > of
            && p.tokens.start <= of + 3
            && (of + 1..p.tokens.start)
                .all(|k| quote(k) || definite(&s.view.folded[k]) || lex.grammar.ranks.contains(&s.view.folded[k]))
    })?;
    (p.party.status == Status::Combatant).then(|| p.party.clone())
}

/// “un commandant d'une unité de roquettes du Hezbollah”: the body by name at the end of a chain of complements.
fn unit_of(s: &Sent<'_>, lex: &ClaimLexicon, p: &PartyMention) -> Option<Party> {
    use recoupe_syntax::Upos;
    let from = p.tokens.end;
    let of = |t: usize| fits(&lex.grammar.of, s.view.folded[t].trim_end_matches('\''));
    if !matches!(p.kind, MentionKind::Noun(_)) || from >= s.view.len() || !of(from) {
        return None;
    }
    let named = |q: &&PartyMention| q.kind == MentionKind::Name && q.tokens.start > from && q.tokens.start <= from + 8;
    let q = s.parties.iter().find(named)?;
    let chain = (from..q.tokens.start)
        .all(|t| matches!(s.view.upos(t), Some(Upos::Noun | Upos::Adp | Upos::Det | Upos::Adj)) || of(t));
    (chain && q.party.status == Status::Combatant && of(q.tokens.start - 1)).then(|| q.party.clone())
}

/// “…, surtout des agents des forces de l'ordre”, “…, des civils pour la plupart”, “…, tous étudiants”: who most of them were.
fn mostly(s: &Sent<'_>, lex: &ClaimLexicon, from: usize) -> Option<Party> {
    let n = s.view.len();
    let stop = (from..n.min(from + 24))
        .find(|t| {
            matches!(s.view.surface(*t), ";" | ":")
                || s.view.surface(*t) == "»" && *t > from
                || s.numbers.iter().any(|q| q.tokens.start as usize == *t && q.counts())
        })
        .unwrap_or(n.min(from + 24));
    // "toutes de la même famille"
    let several = |p: &PartyMention| {
        s.word_at(p.head).is_some_and(|w| s.syn.word(w).feats.number != Some(recoupe_syntax::Number::Sing))
    };
    let near = |at: usize, to: usize| {
        s.parties.iter().find(|p| {
            p.tokens.start >= at
                && p.tokens.end <= to
                && (several(p) && matches!(p.kind, MentionKind::Noun(_))
                    || p.kind == MentionKind::Name && p.party.status == Status::Combatant)
                && p.party.status != Status::Mixed
        })
    };
    use recoupe_syntax::Upos;
    let named = |k: usize| !matches!(s.view.upos(k), Some(Upos::Verb | Upos::Aux | Upos::Pron | Upos::Punct));
    for t in from..stop {
        let Some(len) = lex.tolls.mostly.longest_at(&s.view.folded, t) else { continue };
        // right behind the word, or right before it behind a comma
        let behind = near(t + len, stop.min(t + len + 9))
            .filter(|p| p.tokens.start <= t + len + 4 && (t + len..p.tokens.start).all(named));
        let comma = || (from..t).rev().find(|k| s.view.surface(*k) == ",");
        let before = || comma().and_then(|k| near(k, t).filter(|p| p.tokens.end == t && p.tokens.start <= k + 2));
        let p = behind.or_else(before)?;
        return Some(p.party.clone());
    }
    None
}

/// “cinq agents”, with nothing behind that says of what: “agents électoraux”, “agents de l'ONU” are no police.
fn officers(s: &Sent<'_>, lex: &ClaimLexicon, noun: usize) -> bool {
    let of_police = s.word_at(noun).is_some_and(|w| lex.tolls.officers.contains(&s.syn.lemma[w]));
    let told = s.view.folded.get(noun + 1).is_some_and(|f| fits(&lex.grammar.of, f.trim_end_matches('\'')))
        || s.view.upos(noun + 1) == Some(recoupe_syntax::Upos::Adj);
    of_police && !told
}

/// The police of the land whose army the page is about.
fn police(s: &Sent<'_>, span: Span) -> Party {
    let land = s.army.and_then(|a| a.id.split_once('/')).filter(|(iso3, _)| s.names().state3(iso3).is_some());
    if let Some((iso3, _)) = land {
        return recoupe_mention::parties::by_id(s.names(), &format!("{iso3}/police"), span);
    }
    Party { id: "generic/police".into(), name: "police".into(), country: None, status: Status::Combatant, span }
}

/// “côté ami : dix morts ; côté ennemi : …”, “nos pertes : …”: the camp a communiqué counts for; its own is the army of the page.
fn camp(s: &Sent<'_>, lex: &ClaimLexicon, noun: usize, span: Span) -> Option<Party> {
    let from = noun.saturating_sub(24);
    let (at, own) = (from..noun).rev().find_map(|t| {
        let own = lex.tolls.own_camp.longest_at(&s.view.folded, t).map(|n| (t + n, true));
        own.or_else(|| lex.tolls.foe_camp.longest_at(&s.view.folded, t).map(|n| (t + n, false)))
    })?;
    // a heading or an aside: a colon or comma right behind, and no full stop since
    let heads = (at..s.view.len().min(at + 2)).any(|t| matches!(s.view.surface(t), ":" | ","));
    if !heads || (at..noun).any(|t| matches!(s.view.surface(t), "." | "»")) {
        return None;
    }
    let of = |p: &Party| Party { span, ..p.clone() };
    if own {
        return s.army.map(of);
    }
    let enemy = recoupe_mention::parties::by_id(s.names(), "generic/enemy", span);
    Some(s.foe.map_or(Party { status: Status::Combatant, name: "enemy forces".into(), ..enemy }, of))
}

/// “… chiffre les pertes de Bakou à dix morts”, “les pertes russes : dix morts”: those whose losses are told first.
fn losses_of(s: &Sent<'_>, lex: &ClaimLexicon, noun: usize, span: Span) -> Option<Party> {
    let from = noun.saturating_sub(12);
    let at = (from..noun).rev().find(|t| lex.tolls.losses.stand_at(&s.view.folded, *t))?;
    if (at..noun).any(|t| matches!(s.view.surface(t), ";" | "." | "»")) || at + 1 >= noun {
        return None;
    }
    if let Some(state) = s.names().adjective(&s.view.folded[at + 1]) {
        return Some(recoupe_mention::state_party(s.names(), state, "armed-forces", span));
    }
    let of = fits(&lex.grammar.of, s.view.folded[at + 1].trim_end_matches('\''));
    let p =
        s.parties.iter().find(|p| of && p.tokens.start > at + 1 && p.tokens.start <= at + 3 && p.tokens.end <= noun)?;
    let fights = p.kind == MentionKind::State || p.party.status == Status::Combatant;
    fights.then(|| Party { span, ..forces_of(s, p.party.clone()) })
}

/// “Du côté des assaillants, le bilan est de dix morts”: the side is told first.
pub(super) fn side_before<'s>(
    s: &'s Sent<'_>,
    lex: &ClaimLexicon,
    noun: usize,
) -> Option<&'s recoupe_mention::PartyMention> {
    let from = noun.saturating_sub(16);
    let opener = (from..noun).rev().find(|t| fits(&lex.grammar.side_openers, &s.view.folded[*t]))?;
    if (opener..noun).any(|t| matches!(s.view.surface(t), ";" | "." | "»")) {
        return None;
    }
    s.parties.iter().find(|p| {
        p.tokens.start > opener
            && p.tokens.start <= opener + 4
            && p.party.status == Status::Combatant
            && p.tokens.end <= noun
            // "côté russe, un drone ukrainien a tué …": the side ends at the comma
            && (opener..p.tokens.start).all(|t| s.view.surface(t) != ",")
    })
}
