//! Whom a toll counts.

use recoupe_mention::{Party, Status};
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
    let before = noun > 0 && possessed(noun - 1);
    let ranks = (noun + 1..n.min(noun + 6))
        .take_while(|t| !matches!(s.view.surface(*t), "," | ";" | ":" | "."))
        .any(|t| possessed(t) && s.view.folded.get(t + 1).is_some_and(|f| lex.grammar.ranks.contains(f)));
    let lost = act.is_some_and(|w| anchors.iter().any(|a| a.word == w && a.any(lex, |x| x.own) && a.patient.is_none()));
    // "l'armée déplore dix morts", "les rebelles ont laissé dix morts sur le terrain"
    let mourned = || {
        let w = s.word_at(noun)?;
        let h = s.syn.head(w).filter(|_| s.syn.dep(w) == Dep::Obj)?;
        let subject = s.syn.child(h, &[Dep::Nsubj]).and_then(|x| s.party_of(x))?;
        lex.tolls.mourn.contains(&s.syn.lemma[h]).then(|| s.parties[subject].party.clone())
    };
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
        speaker.filter(fighter).or(subject.filter(fighter))
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
    })
}
