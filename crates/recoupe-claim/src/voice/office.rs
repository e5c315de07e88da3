//! Who holds which office: whose spokesman, who leads the village, which officer of the army.

use recoupe_mention::{Class, MentionKind, Party, PartyMention, Status, state_party};
use recoupe_pack::WordRows;
use recoupe_syntax::{Dep, Number, Upos};

use super::Text;
use super::speaker::{Who, clear_of_verbs, possessed, speaks, voice};
use crate::lex::fits;

/// Whether a mention of an armed body is of one of its people (“l'officier”), not of all of it (“l'armée”).
pub(super) fn of_people(x: &Text<'_, '_>, p: &PartyMention) -> bool {
    let lemma = x.view.word_of.get(p.head).and_then(|w| x.syn.lemma.get(*w as usize));
    p.party.status == Status::Combatant && lemma.is_some_and(|l| !x.lex.grammar.bodies.contains(l))
}

/// “le même officier”, “ce responsable”, “l'élu”: whoever spoke under that noun before; “l'officier” alone is whoever spoke.
pub(super) fn same_as_before(x: &Text<'_, '_>, p: &PartyMention, (repeats, definite): (bool, bool)) -> Option<Who> {
    let person = p.assumed && of_people(x, p);
    let office = matches!(p.kind, MentionKind::Noun(Class::Role)) && !p.assumed
        || !matches!(p.kind, MentionKind::Noun(_))
        || !p.party.id.starts_with("generic/") && matches!(p.kind, MentionKind::Noun(Class::Source));
    if !repeats
        && (office || !definite || p.tokens.len() > 2 || matches!(p.kind, MentionKind::Noun(Class::Role)) && !person)
    {
        return None;
    }
    // "le colonel Asamba": he is named
    if p.tokens.end < x.view.len() && x.view.capital(p.tokens.end) {
        return None;
    }
    let w = x.view.word_of.get(p.head).map(|w| *w as usize)?;
    if let Some(q) = x.known.under(x.syn.lemma.get(w)?) {
        return Some(Who::Told(Party { span: p.party.span, ..q.clone() }));
    }
    let single = x.syn.word(w).feats.number == Some(Number::Sing);
    (single && (person || matches!(p.kind, MentionKind::Noun(Class::Force)))).then(|| Who::Again(Some(voice(p))))
}

/// “le président de la société civile”: no head of state, but of the body in the complement.
pub(super) fn presided<'p>(x: &'p Text<'_, '_>, p: &PartyMention) -> Option<&'p PartyMention> {
    if !(p.assumed && p.party.id.ends_with("/presidency")) {
        return None;
    }
    let of = |t: usize| fits(&x.lex.grammar.of, x.view.folded[t].trim_end_matches('\''));
    x.parties.iter().find(|q| {
        matches!(q.kind, MentionKind::Noun(Class::Source) | MentionKind::Name)
            && q.tokens.start >= p.tokens.end
            && q.tokens.start <= p.tokens.end + 3
            && (p.tokens.end..q.tokens.start).any(of)
    })
}

/// “un officier de la police locale”: the police he belongs to, which is no secret service.
pub(super) fn policed<'p>(x: &'p Text<'_, '_>, p: &'p PartyMention, stop: usize) -> Option<&'p PartyMention> {
    let of = |t: usize| fits(&x.lex.grammar.of, x.view.folded[t].trim_end_matches('\''));
    x.parties.iter().find(|q| {
        q.party.id.ends_with("/police")
            && q.tokens.start >= p.tokens.end
            && q.tokens.start <= p.tokens.end + 2
            && q.tokens.start < stop
            && (p.tokens.end..q.tokens.start).any(of)
    })
}

/// “l'administration installée par Moscou”: local authorities of whoever put them in place.
pub(super) fn installed(x: &Text<'_, '_>, head: usize, stop: usize) -> Option<(Party, usize)> {
    if !x.lex.voices.offices.contains(&x.view.folded[head]) {
        return None;
    }
    let put = (head + 1..stop.min(head + 4)).find(|t| fits(&x.lex.voices.installed, &x.view.folded[*t]))?;
    let by = (put + 1..stop.min(put + 4)).find(|t| fits(&x.lex.grammar.by, &x.view.folded[*t]))?;
    let p = x.parties.iter().find(|p| p.tokens.start > by && p.tokens.start <= by + 3)?;
    let (state, _) = p.party.id.split_once('/').filter(|(s, _)| s.len() == 3)?;
    let country = p.party.name.split(':').next().unwrap_or(&p.party.name);
    let local = Party {
        id: format!("{state}/local-authorities").into(),
        name: format!("{country}: local authorities").into(),
        status: Status::Unknown,
        ..p.party.clone()
    };
    Some((local, p.tokens.end))
}

/// Whose “son directeur” is: of the body the sentence is about, else of what was told of before.
pub(super) fn their(x: &Text<'_, '_>, at: usize, own: Option<Party>) -> Who {
    let subject = |p: &&PartyMention| {
        let w = x.view.word_of.get(p.head).map(|w| *w as usize);
        // "douze soldats ont été tués, affirme leur chef": those counted are told of, and tell nothing
        let counted = (p.tokens.start.saturating_sub(2)..=p.tokens.start).any(|t| x.view.upos(t) == Some(Upos::Num));
        p.tokens.end < at
            && !counted
            && matches!(
                p.kind,
                MentionKind::Noun(Class::Role | Class::Source | Class::Force)
                    | MentionKind::Name
                    | MentionKind::State
                    | MentionKind::Outlet
            )
            && w.is_some_and(|w| matches!(x.syn.dep(w), Dep::Nsubj))
    };
    // "douze blessés ont été admis à l'hôpital, selon son directeur"
    let body = |p: &&PartyMention| {
        let source = matches!(p.kind, MentionKind::Noun(Class::Source))
            && !matches!(&*p.party.id, "generic/source" | "generic/witness");
        p.tokens.end < at && source && p.tokens.end + 6 >= at
    };
    // "son porte-parole" is of one body, "leur porte-parole" of many people
    let many = (at.saturating_sub(1)..x.view.len().min(at + 3)).find_map(|t| {
        let f = &x.view.folded[t];
        let one = x.lex.grammar.possessive.contains(f) || x.lex.grammar.possessives.contains(f);
        one.then(|| f.starts_with(x.lex.voices.theirs.as_str()))
    });
    let agrees = |p: &&PartyMention| {
        let w = x.view.word_of.get(p.head).and_then(|w| x.syn.tree.words.get(*w as usize));
        let plural = w.and_then(|w| w.feats.number) == Some(Number::Plur);
        let people = matches!(p.kind, MentionKind::Noun(Class::Force | Class::Generic | Class::Civil));
        many != Some(false) || !(plural && people)
    };
    let subject = |p: &&PartyMention| subject(p) && agrees(p);
    // "tués dans des combats avec les forces du mouvement, a affirmé leur porte-parole"
    let counted = |p: &PartyMention| {
        (p.tokens.start.saturating_sub(2)..=p.tokens.start).any(|t| x.view.upos(t) == Some(Upos::Num))
    };
    let near = |p: &&PartyMention| {
        p.tokens.end < at
            && p.tokens.end + 6 >= at
            && matches!(p.kind, MentionKind::Name | MentionKind::Noun(Class::Force))
            && !p.party.id.starts_with("generic/")
            && !counted(p)
    };
    let fighters = || x.parties.iter().rfind(near).filter(|_| many == Some(true));
    match x.parties.iter().rfind(subject).or_else(|| x.parties.iter().rfind(body)).or_else(fighters) {
        Some(p) => Who::Told(Party { span: own.as_ref().map_or(p.party.span, |o| o.span), ..voice(p) }),
        None => Who::Their(own),
    }
}

/// Whether a mention is of one who speaks for whatever body he is said to be of: a spokesman, a president of no state named.
pub(super) fn of_a_body(p: &PartyMention) -> bool {
    &*p.party.id == "generic/spokesperson" || p.assumed && p.party.id.ends_with("presidency")
}

/// “Khalid Zadran, son porte-parole”: the spokesman of whoever spoke or acted last.
pub(super) fn their_own(x: &Text<'_, '_>, q: &PartyMention) -> Option<Who> {
    (of_a_body(q) && possessed(x.view, x.lex, q.tokens.start))
        .then(|| their(x, q.tokens.start.saturating_sub(3), Some(voice(q))))
}

/// “le chef de sa délégation”, “la porte-parole de leur mouvement”: one past the words, where the body in the complement is
/// that of whoever the page spoke of.
pub(super) fn of_theirs(x: &Text<'_, '_>, head: usize, stop: usize) -> Option<usize> {
    let of = |t: usize| fits(&x.lex.grammar.of, x.view.folded[t].trim_end_matches('\''));
    let one = |t: usize| {
        let f = &x.view.folded[t];
        x.lex.grammar.possessive.contains(f) || x.lex.grammar.possessives.contains(f)
    };
    let office = |t: usize| {
        let at = |p: &PartyMention| {
            p.tokens.contains(&t) && matches!(p.kind, MentionKind::Noun(Class::Role | Class::Source))
        };
        super::speaker::speaks(x, t) || x.parties.iter().any(at)
    };
    let at = (head + 1..stop.min(head + 4)).find(|t| one(*t) && of(*t - 1)).filter(|_| office(head))?;
    let noun = (at + 1..stop.min(at + 3)).find(|t| x.view.upos(*t) == Some(Upos::Noun))?;
    // "le chef de leur armée à Kolwezi" is named by no name of his own
    let named =
        x.parties.iter().any(|p| p.kind == MentionKind::Name && p.tokens.start >= noun && p.tokens.start < stop);
    (!named).then_some(noun + 1)
}

/// “son homologue azerbaïdjanais”: the office of whoever spoke last, in the land of the adjective.
pub(super) fn counterpart(x: &Text<'_, '_>, from: usize, head: usize, stop: usize) -> Option<(Party, usize)> {
    let at = (from..stop.min(head + 2)).find(|t| x.lex.voices.counterparts.contains(&x.view.folded[*t]))?;
    let end = at + 2;
    let land = x.names.adjective(x.view.folded.get(at + 1)?).filter(|_| end <= stop)?;
    let last = [&x.known.last, &x.known.subject].into_iter().flatten().map(|a| &a.party);
    let role = last.filter_map(|p| p.id.split_once('/').filter(|(s, _)| s.len() == 3)).map(|(_, role)| role).next()?;
    Some((state_party(x.names, land, role, x.view.span(&(at..end))), end))
}

/// “le dernier bilan officiel iranien”, “côté iranien, le bilan officiel”: the count of the government of that land.
pub(super) fn official_count(x: &Text<'_, '_>, head: usize, stop: usize) -> Option<Party> {
    let official = |t: &usize| x.lex.voices.official.contains(&x.view.folded[*t]);
    if !x.lex.grammar.tallies.contains(&x.view.folded[head]) {
        return None;
    }
    let at = (head + 1..stop.min(head + 4)).find(official)?;
    let land = |t: usize| x.view.folded.get(t).and_then(|f| x.names.adjective(f));
    let side = || x.lex.voices.on_side.longest_at(&x.view.folded, 0).and_then(land);
    let land = (head + 1..stop.min(at + 2)).find_map(land).or_else(side)?;
    Some(state_party(x.names, land, "government", x.view.span(&(head..at + 1))))
}

/// The office that a name stands in apposition to, before its comma.
pub(super) fn before_comma<'p>(x: &'p Text<'_, '_>, head: usize) -> Option<&'p PartyMention> {
    let comma = head.checked_sub(1).filter(|t| x.view.surface(*t) == ",")?;
    // "le chef de la police de la ville, Ijaz Khan": behind the rest of his office
    let rest = |t: usize| matches!(x.view.upos(t), Some(Upos::Adp | Upos::Det | Upos::Noun | Upos::Propn | Upos::Adj));
    let p = x.parties.iter().rfind(|p| p.tokens.end <= comma && comma - p.tokens.end <= 4)?;
    (matches!(p.kind, MentionKind::Noun(Class::Role | Class::Source)) && (p.tokens.end..comma).all(rest)).then_some(p)
}

/// “…, qui dirige le village”: by what somebody leads, who he is.
pub(super) fn leads(x: &Text<'_, '_>, end: usize) -> Option<Party> {
    let n = x.view.len();
    if end + 3 >= n || x.view.surface(end) != "," || !fits(&x.lex.grammar.relative, &x.view.folded[end + 1]) {
        return None;
    }
    let lemma = |t: usize| x.view.word_of.get(t).and_then(|w| x.syn.lemma.get(*w as usize));
    let verb = (end + 2..n.min(end + 5)).find(|t| lemma(*t).is_some_and(|l| x.lex.voices.leads.contains(l)))?;
    let stop = (verb + 1..n.min(verb + 6)).find(|t| x.view.upos(*t) == Some(Upos::Punct)).unwrap_or(n.min(verb + 6));
    if let Some(p) = x.parties.iter().find(|p| p.tokens.start > verb && p.tokens.start < stop) {
        return Some(voice(p));
    }
    let commune = (verb + 1..stop).find(|t| x.lex.voices.communes.contains(&x.view.folded[*t]))?;
    let span = x.view.span(&(commune..commune + 1));
    let (id, name) = ("generic/local-official".into(), "local official".into());
    Some(Party { id, name, country: None, status: Status::Unknown, span })
}

/// The party in apposition behind a comma.
pub(super) fn behind_comma<'p>(x: &'p Text<'_, '_>, end: usize) -> Option<&'p PartyMention> {
    if x.view.len() <= end || x.view.surface(end) != "," {
        return None;
    }
    x.parties
        .iter()
        .find(|p| {
            // "coordonnateur de la société civile": the noun between is one of those that speak for others
            let near = p.tokens.start <= end + 3
                || p.tokens.start <= end + 6 && (end + 1..p.tokens.start).any(|t| speaks(x, t));
            p.tokens.start > end && near && clear_of_verbs(x, end + 1, p.tokens.start)
        })
        .filter(|p| {
            matches!(
                p.kind,
                MentionKind::Noun(Class::Role | Class::Source | Class::Force | Class::Generic | Class::Civil)
                    | MentionKind::Name
            )
        })
        .map(|p| presided(x, p).unwrap_or(p))
}

/// “la Défense”, “l'Intérieur”: a ministry by what it is for; “le gouvernorat”: those who sit there.
pub(super) fn by_portfolio(x: &Text<'_, '_>, head: usize, definite: bool) -> Option<(Party, usize)> {
    if !definite || head == 0 {
        return None;
    }
    let span = |end: usize| x.view.span(&(head..end));
    // "les secours": those who came to help
    if x.lex.voices.rescuers.contains(&x.view.folded[head]) {
        let (id, name) = ("generic/medics".into(), "medics".into());
        return Some((Party { id, name, country: None, status: Status::Civilian, span: span(head + 1) }, head + 1));
    }
    if !x.view.capital(head) {
        let seat = x.lex.voices.seats.contains(&x.view.folded[head]);
        return seat.then(|| (of_land(x, "local-authorities", span(head + 1)), head + 1));
    }
    let named = |(role, rows): (_, &WordRows)| Some((role, head + rows.longest_at(&x.view.folded, head)?));
    let (role, end): (&String, usize) = x.lex.voices.portfolios.iter().find_map(named)?;
    // "la Défense du Donbass" is none
    let complement = x.view.folded.get(end).is_some_and(|f| fits(&x.lex.grammar.of, f.trim_end_matches('\'')));
    (!complement).then(|| (of_land(x, role, span(end)), end))
}

/// An office under its role: the one the page has named, else that of the only land whose offices it names.
fn of_land(x: &Text<'_, '_>, role: &str, span: recoupe_text::Span) -> Party {
    let known = || x.known.bodies.iter().rev().map(|(_, p)| p).chain(x.known.heads.iter().rev().map(|(_, p)| p));
    if let Some(p) = known().find(|p| p.id.split_once('/').is_some_and(|(s, r)| s.len() == 3 && r == role)) {
        return Party { span, ..p.clone() };
    }
    let here = x.parties.iter().map(|p| &p.party);
    let mut lands = known().chain(here).filter(|p| p.id.split_once('/').is_some_and(|(s, _)| s.len() == 3));
    let first = lands.next();
    let title = role.replace('-', " ");
    match first.filter(|p| lands.all(|q| q.country == p.country)) {
        Some(p) => {
            let state = p.id.split_once('/').map_or("", |(s, _)| s);
            let land = p.name.split(':').next().unwrap_or(&p.name);
            let (id, name) = (format!("{state}/{role}").into(), format!("{land}: {title}").as_str().into());
            Party { id, name, status: Status::Unknown, span, ..p.clone() }
        }
        None if role == "local-authorities" => {
            let (id, name) = ("generic/local-official".into(), "local official".into());
            Party { id, name, country: None, status: Status::Unknown, span }
        }
        None => {
            let (id, name) = (format!("generic/{role}").into(), title.as_str().into());
            Party { id, name, country: None, status: Status::Unknown, span }
        }
    }
}
