//! Who stands behind an attribution: the noun phrase beside it, a pronoun, a document.

use recoupe_mention::{Class, MentionKind, Party, PartyMention, Status, View};
use recoupe_syntax::{Dep, Gender, Number, Upos, VerbForm};

use super::Text;
use super::names::{alias, name_end, office_of, outlet_mark, own_name, titled, unknown_person, whose};
use super::office::{
    before_comma, behind_comma, by_portfolio, counterpart, installed, leads, of_a_body, of_people, of_theirs,
    official_count, policed, presided, same_as_before, their, their_own,
};
use crate::lex::{ClaimLexicon, fits};

/// Who speaks, before the sentence is read in order.
#[derive(Clone, Debug)]
pub(super) enum Who {
    /// The page names them.
    Told(Party),
    /// “le communiqué”, “la même source”, “le ministère”: whoever spoke last; if nobody did, these.
    Again(Option<Party>),
    /// “le communiqué”: whose document was named last.
    Document,
    /// “il”, “elle”.
    Pronoun(Option<Gender>, Option<Number>),
    /// “son porte-parole”: of whatever body the sentence before was about; if of none, these.
    Their(Option<Party>),
    /// “celui-ci”, “cette dernière”.
    Latter(Option<Gender>, Option<Number>),
}

/// A noun phrase that may speak.
#[derive(Debug)]
pub(super) struct Np {
    pub who: Who,
    /// One past its last token.
    pub end: usize,
    /// Whether its head is of a kind that speaks: a party, a person, a document.
    pub speaks: bool,
}

/// How many tokens a noun phrase is looked through.
const LONGEST: usize = 14;

/// A party as a voice: people of no office who speak are witnesses, an unnamed soldier or officer is a source.
pub fn voice(p: &PartyMention) -> Party {
    let named = matches!(
        &*p.party.id,
        "generic/medics"
            | "generic/journalists"
            | "generic/aid-workers"
            | "generic/protesters"
            | "generic/religious-leader"
    );
    if matches!(p.kind, MentionKind::Noun(Class::Civil)) && !named {
        return Party { id: "generic/witness".into(), name: "witness".into(), ..p.party.clone() };
    }
    p.party.clone()
}

fn security_source(p: &PartyMention) -> Party {
    Party {
        id: "generic/security-source".into(),
        name: "security source".into(),
        status: Status::Unknown,
        ..p.party.clone()
    }
}

/// Whether only circumstances stand between two tokens.
pub(super) fn clear(x: &Text<'_, '_>, from: usize, to: usize) -> bool {
    (from..to).all(|t| !matches!(x.view.surface(t), ";" | ":" | "." | "«" | "»")) && clear_of_finite(x, from, to)
}

/// Whether no verb stands between two tokens.
pub(super) fn clear_of_verbs(x: &Text<'_, '_>, from: usize, to: usize) -> bool {
    (from..to).all(|t| !matches!(x.view.upos(t), Some(Upos::Verb | Upos::Aux)))
}

/// Whether no finite verb stands between two tokens.
pub(super) fn clear_of_finite(x: &Text<'_, '_>, from: usize, to: usize) -> bool {
    (from..to).all(|t| {
        let Some(w) = x.view.word_of.get(t).and_then(|w| x.syn.tree.words.get(*w as usize)) else { return true };
        !(matches!(w.upos, Upos::Verb | Upos::Aux) && w.feats.verb_form == Some(VerbForm::Fin))
    })
}

/// A document between two tokens.
pub(super) fn document_within(x: &Text<'_, '_>, from: usize, to: usize) -> Option<usize> {
    (from..to.min(x.view.len()))
        .take_while(|t| !matches!(x.view.surface(*t), "," | ";" | ":" | "." | "»"))
        .find(|t| is_document(x, *t))
}

fn is_document(x: &Text<'_, '_>, t: usize) -> bool {
    x.lex.documents.contains(&x.view.folded[t])
        || x.view.word_of.get(t).and_then(|w| x.syn.lemma.get(*w as usize)).is_some_and(|l| x.lex.documents.contains(l))
}

fn is_same(x: &Text<'_, '_>, t: usize) -> bool {
    x.lex.same.contains(&x.view.folded[t])
}

/// A noun that means the last speaker and is no document.
pub(super) fn is_same_body(x: &Text<'_, '_>, t: usize) -> bool {
    is_same(x, t) && !is_document(x, t)
}

fn determiner(x: &Text<'_, '_>, t: usize) -> bool {
    matches!(x.view.upos(t), Some(Upos::Det | Upos::Num))
}

/// From a token on, over dates, adverbs and prepositional phrases (“jeudi”, “à la presse”, “dans un communiqué”), to
/// where a new noun phrase, a clause or a mark starts.
pub(super) fn skip_circumstances(x: &Text<'_, '_>, from: usize) -> usize {
    let n = x.view.len();
    let mut t = from;
    while t < n && t - from < 24 {
        if let Some(r) = x.times.iter().find(|r| r.start <= t && t < r.end) {
            t = r.end;
            continue;
        }
        if let Some(n) = aside(x, t) {
            t += n;
            continue;
        }
        // "indique, par ailleurs, l'OIM"
        let comma = |k: usize| k < n && x.view.surface(k) == ",";
        if comma(t)
            && let Some(len) = aside(x, t + 1).filter(|len| comma(t + 1 + len))
            // "fait état, pour sa part, de 25 morts" goes on with what is told
            && matches!(x.view.upos(t + len + 2), Some(Upos::Det | Upos::Propn | Upos::Noun))
        {
            t += len + 2;
            continue;
        }
        // "C'est ce qu'a fait savoir, ce mardi, le préfet"
        if comma(t)
            && let Some(r) = x.times.iter().find(|r| r.start == t + 1 || r.start == t + 2 && determiner(x, t + 1))
            && comma(r.end)
        {
            t = r.end + 1;
            continue;
        }
        match x.view.upos(t) {
            Some(Upos::Adv) => t += 1,
            Some(Upos::Adp) if fits(&x.lex.grammar.circumstances, x.view.folded[t].trim_end_matches('\'')) => {
                t = skip_phrase(x, t + 1)
            }
            _ if fits(&x.lex.grammar.circumstances, x.view.folded[t].trim_end_matches('\'')) => {
                t = skip_phrase(x, t + 1)
            }
            _ => break,
        }
    }
    t
}

/// How many tokens a set phrase takes that stands at a token (“de son côté”).
fn aside(x: &Text<'_, '_>, at: usize) -> Option<usize> {
    x.lex.grammar.asides.longest_at(&x.view.folded, at)
}

/// Over the noun phrase a preposition governs: up to a determiner or name that no preposition opens.
fn skip_phrase(x: &Text<'_, '_>, from: usize) -> usize {
    let n = x.view.len();
    let mut t = from;
    // its own determiners
    while t < n && (determiner(x, t) || matches!(x.view.upos(t), Some(Upos::Adj))) {
        t += 1;
    }
    let mut open = true; // whether a noun may still come
    while t < n {
        // "à Genève Awa Marie Diop": of three names in a row without an article the first is where it was said
        if open && t == from && x.view.capital(t) && t + 3 <= name_end(x.view, t) && at_place(x, from) {
            t += 1;
            break;
        }
        // "à Nairobi Otto Bwana": a place ends where it ends
        if let Some(r) = x.places.iter().find(|r| open && r.start == t) {
            t = r.end;
            open = false;
            if t < n && x.view.capital(t) {
                break;
            }
            continue;
        }
        // "à l'AFP Maleki Mulala": behind a name that is known another one starts
        if let Some(p) = x.parties.iter().find(|p| {
            let names = matches!(p.kind, MentionKind::Name | MentionKind::Outlet) || p.placelike;
            open && p.tokens.start == t && names
        }) {
            t = p.tokens.end;
            open = false;
            if t < n && x.view.capital(t) {
                break;
            }
            continue;
        }
        let folded = x.view.folded[t].trim_end_matches('\'');
        match x.view.upos(t) {
            Some(Upos::Noun | Upos::Propn | Upos::X) if open || x.view.capital(t) && t > 0 && x.view.capital(t - 1) => {
                open = false;
                t += 1;
            }
            Some(Upos::Adj) => t += 1,
            Some(Upos::Adp) if fits(&x.lex.grammar.of, folded) => {
                t += 1;
                while t < n && determiner(x, t) {
                    t += 1;
                }
                open = true;
            }
            Some(Upos::Det) if fits(&x.lex.grammar.of, folded) && t > from => {
                t += 1;
                open = true;
            }
            _ => break,
        }
    }
    t
}

/// Whether no party is named right at a token, so that a name there may be of a place.
fn at_place(x: &Text<'_, '_>, t: usize) -> bool {
    !x.parties.iter().any(|p| p.tokens.contains(&t) && !p.placelike)
}

/// The noun phrase that starts at a token, as somebody who speaks.
pub(super) fn np(x: &Text<'_, '_>, from: usize) -> Option<Np> {
    let n = x.view.len();
    // "d'après ce dernier"
    if let Some(words) = x.lex.voices.latter.at(&x.view.folded, from) {
        return Some(Np { who: Who::Latter(None, None), end: from + words, speaks: true });
    }
    // "confie l'un d'eux"
    let linked = |t: usize| x.view.folded.get(t).is_some_and(|f| fits(&x.lex.grammar.of, f.trim_end_matches('\'')));
    if (linked(from + 1) || linked(from + 2))
        && let Some(len) = x.lex.voices.one_of_them.at(&x.view.folded, from)
    {
        return Some(Np { who: Who::Again(None), end: from + len, speaks: true });
    }
    // its head: the first noun, name or pronoun
    let mut head = from;
    while head < n
        && head < from + 6
        && (matches!(x.view.upos(head), Some(Upos::Det | Upos::Adj | Upos::Num | Upos::Adv | Upos::Adp))
            || matches!(x.view.surface(head), "«" | "\"" | "“"))
        && !x.parties.iter().any(|p| p.tokens.contains(&head))
        && !is_document(x, head)
    {
        head += 1;
    }
    if head >= n || matches!(x.view.surface(head), "," | ";" | ":" | "." | "»") {
        return None;
    }
    let stop = (head..n.min(head + LONGEST))
        .find(|t| matches!(x.view.surface(*t), "," | ";" | ":" | "»" | ")" | "(") || !clear_of_finite(x, *t, *t + 1))
        .unwrap_or(n.min(head + LONGEST));
    let within = |p: &&PartyMention| p.tokens.start >= from && p.tokens.start < stop;
    let first = x.parties.iter().find(within);
    let at_head = x.parties.iter().find(|p| p.tokens.contains(&head));
    let definite = (from..head).any(|t| {
        let f = x.view.folded[t].trim_end_matches('\'');
        x.lex.grammar.definite.iter().any(|d| d.trim_end_matches('\'') == f)
    });
    let pointed = (from..head).any(|t| x.lex.grammar.demonstrative.contains(&x.view.folded[t]));
    let repeats = (from..stop).any(|t| fits(&x.lex.grammar.same, &x.view.folded[t]));
    // "ces mêmes comités", "la même coalition": the body of that name
    let lemma = || x.view.word_of.get(head).and_then(|w| x.syn.lemma.get(*w as usize));
    if repeats
        && at_head.is_none()
        && !is_document(x, head)
        && let Some(l) = lemma().filter(|l| x.lex.same.contains(l))
        && let Some(p) = x.known.under(l).cloned().or_else(|| x.known.body(l))
    {
        return Some(Np { who: Who::Told(p), end: head + 1, speaks: true });
    }
    let told = |party: Party, end: usize| Some(Np { who: Who::Told(party), end: end.max(head + 1), speaks: true });
    let again = |party: Option<Party>, end: usize| Some(Np { who: Who::Again(party), end, speaks: true });
    // "nos correspondants sur place": the outlet itself
    let ours = (from..head).any(|t| x.lex.voices.ours.contains(&x.view.folded[t]));
    if ours && x.lex.voices.correspondents.iter().any(|w| x.view.folded[head].starts_with(w.as_str())) {
        return told(outlet(x.view.span(&(head..head + 1))), head + 1);
    }
    // "notre interlocuteur", "notre source": who spoke before
    if ours && at_head.is_some_and(|p| &*p.party.id == "generic/source" && p.tokens.len() == 1) {
        return again(at_head.map(voice), head + 1);
    }
    if let Some(p) = installed(x, head, stop) {
        return told(p.0, p.1);
    }
    if let Some(mark) = outlet_mark(x, head, stop) {
        return Some(mark);
    }
    if at_head.is_none()
        && let Some(p) = by_portfolio(x, head, definite)
    {
        return told(p.0, p.1);
    }
    if let Some(p) = counterpart(x, from, head, stop) {
        return told(p.0, p.1);
    }
    if let Some(end) = of_theirs(x, head, stop) {
        return Some(Np { who: their(x, from, None), end, speaks: true });
    }
    if let Some(p) = official_count(x, head, stop) {
        return told(p, stop.min(head + 3));
    }
    if let Some(p) = at_head {
        // "son porte-parole": whoever the page spoke of
        let possessed = possessed(x.view, x.lex, head);
        let named = x
            .parties
            .iter()
            // "son chef militaire": an adjective names nobody else
            .any(|q| q.tokens.start > p.tokens.end && q.tokens.start < stop && !q.party.id.starts_with("generic/"));
        let officer = p.assumed && matches!(p.kind, MentionKind::Noun(Class::Role)) && of_people(x, p);
        if possessed && (of_a_body(p) || officer) && !named {
            let own = if officer { security_source(p) } else { voice(p) };
            return Some(Np { who: their(x, from, Some(own)), end: p.tokens.end, speaks: true });
        }
        if let Some(q) = presided(x, p) {
            return told(voice(q), q.tokens.end);
        }
        let bare = repeats && (&*p.party.id == "generic/source" || p.assumed && p.tokens.len() <= 2)
            || (p.party.id.starts_with("generic/") || pointed && p.assumed)
                && (pointed || definite && is_same(x, head))
                && p.tokens.len() <= 2;
        // "un officier", "deux militaires": whoever they are, not the army
        // "un officier de la Force multinationale, qui requiert l'anonymat"
        let hidden = from < head
            && (p.party.status == Status::Combatant || matches!(p.kind, MentionKind::Noun(Class::Force)))
            && anonymous(x, head);
        let unnamed = hidden
            || matches!(p.kind, MentionKind::Noun(Class::Force))
            || matches!(p.kind, MentionKind::Noun(Class::Role))
                && (p.assumed || p.party.country.is_none())
                && p.party.status == Status::Combatant;
        // "un porte-parole militaire" speaks for all of them
        let spokesman = p.tokens.clone().any(|t| x.lex.voices.spokesmen.contains(&x.view.folded[t]));
        if unnamed && !definite && from < head && (!spokesman || anonymous(x, head)) {
            // "un officier de la police locale": the police speaks of itself
            return match policed(x, p, stop).filter(|_| !hidden) {
                Some(q) => told(voice(q), q.tokens.end),
                None => told(security_source(p), p.tokens.end),
            };
        }
        // "un responsable d'une ONG", "un conseiller du ministère": whose he is says more
        if matches!(&*p.party.id, "generic/source" | "generic/spokesperson") {
            if let Some(q) = whose(x.view, x.parties, x.lex, p, stop) {
                // "un responsable de la police s'exprimant sous couvert d'anonymat"
                let armed = q.party.status == Status::Combatant
                    && q.party.id.split_once('/').is_some_and(|(s, _)| s != "group");
                let own = if armed && anonymous(x, from) { security_source(q) } else { voice(q) };
                return told(own, q.tokens.end);
            }
            if let Some(q) = behind_comma(x, p.tokens.end) {
                return told(voice(q), q.tokens.end);
            }
            if let Some(office) = office_of(x, p, stop) {
                return Some(office);
            }
        }
        if let Some(own) = own_name(x, p, stop) {
            return own;
        }
        if let Some(who) = same_as_before(x, p, (repeats, pointed || definite)) {
            return Some(Np { who, end: p.tokens.end.max(head + 1), speaks: true });
        }
        // "d'après le ministère": the one that spoke before under that noun
        let noun = lemma().filter(|l| bare && !repeats && x.lex.same.contains(l));
        if let Some(q) = noun.filter(|_| &*p.party.id != "generic/source").and_then(|l| x.known.under(l)) {
            return told(q.clone(), p.tokens.end);
        }
        return if bare { again(Some(voice(p)), p.tokens.end) } else { told(voice(p), p.tokens.end) };
    }
    // "le comité du site": a body of its own, not the one that spoke before
    if is_same_body(x, head)
        && first.is_none()
        && head + 2 < n
        && fits(&x.lex.grammar.of, x.view.folded[head + 1].trim_end_matches('\''))
    {
        let more = |t: &usize| {
            matches!(x.view.upos(*t), Some(Upos::Noun | Upos::Adj | Upos::Adp | Upos::Det | Upos::Propn)) && *t < stop
        };
        let end = (head + 1..stop).find(|t| !more(t)).unwrap_or(stop);
        return told(super::names::body(x, head, end), end);
    }
    if is_document(x, head) || is_same(x, head) || x.lex.grammar.tallies.contains(&x.view.folded[head]) {
        if let Some(own) = titled(x, from, head, stop) {
            return Some(own);
        }
        // whose document it is; a bare one is the last speaker's
        // "le communiqué signé du porte-parole": still that of whoever put it out
        let unnamed = |p: &&PartyMention| &*p.party.id == "generic/spokesperson" && x.known.document.is_some();
        if let Some(p) = first.filter(unnamed) {
            return Some(Np { who: Who::Document, end: p.tokens.end, speaks: true });
        }
        // "un décompte établi à partir de données de la police": nobody is named whose count it is, so it is the outlet's
        let drawn = |t: usize| x.lex.voices.drawn_from.stand_at(&x.view.folded, t);
        if let Some(at) = (head + 1..stop.min(head + 6)).find(|t| drawn(*t))
            && first.is_none_or(|p| p.tokens.start > at)
            && !(head + 1..at).any(|t| x.view.capital(t))
        {
            return told(outlet(x.view.span(&(head..head + 1))), stop);
        }
        if let Some(p) = first {
            return told(voice(p), p.tokens.end);
        }
        // "d'après les chiffres de la mission": the body that was named before under that noun
        let noun = |t: usize| x.view.word_of.get(t).and_then(|w| x.syn.lemma.get(*w as usize));
        let of = |t: usize| fits(&x.lex.grammar.of, x.view.folded[t].trim_end_matches('\''));
        let whose = (head + 2..stop.min(head + 5)).find(|t| x.view.upos(*t) == Some(Upos::Noun));
        let body = whose.filter(|t| (head + 1..*t).any(of)).and_then(|t| Some((t, noun(t)?)));
        if let Some((t, l)) = body
            && let Some(p) = x.known.under(l).cloned().or_else(|| x.known.body(l))
        {
            return told(p, t + 1);
        }
        // "un décompte du Courrier": somebody else's, whom we do not know
        let owned = (head + 1..stop).any(|t| x.view.upos(t) == Some(Upos::Propn) || x.view.capital(t));
        // "le bilan fait état de …" is not somebody's word for it
        if x.lex.grammar.tallies.contains(&x.view.folded[head]) && !pointed && !is_same(x, head) {
            return None;
        }
        let document = is_document(x, head) && !is_same_body(x, head);
        return match (owned, document) {
            (true, _) => None,
            (_, true) => Some(Np { who: Who::Document, end: head + 1, speaks: true }),
            _ => again(None, head + 1),
        };
    }
    if x.view.upos(head) == Some(Upos::Pron) || x.lex.voices.near.contains(&x.view.folded[head]) {
        let feats = x.view.word_of.get(head).and_then(|w| x.syn.tree.words.get(*w as usize)).map(|w| w.feats);
        let who = pronoun(x, head, feats.and_then(|f| f.gender), feats.and_then(|f| f.number));
        let stands =
            fits(&x.lex.grammar.pronouns, &x.view.folded[head]) || x.lex.voices.stressed.contains(&x.view.folded[head]);
        return stands.then_some(Np { who, end: head + 1, speaks: true });
    }
    if x.view.capital(head) {
        let end = name_end(x.view, head);
        if let Some(p) = alias(x.known, x.view, head, end) {
            return told(p, end);
        }
        // "Pierre Espérance, le directeur exécutif du RNDDH": of a body no pack knows
        if end < n
            && x.view.surface(end) == ","
            && let Some((p, end)) = body_of(x, end + 1)
        {
            return told(p, end);
        }
        // "Ahmad Chehadé, porte-parole de …"
        if let Some(q) = behind_comma(x, end) {
            if let Some(who) = their_own(x, q) {
                return Some(Np { who, end: q.tokens.end, speaks: true });
            }
            let q = whose(x.view, x.parties, x.lex, q, n).unwrap_or(q);
            return told(voice(q), q.tokens.end);
        }
        // "Son chef d'état-major, Peter Otieno": the office before the comma
        if let Some(p) = before_comma(x, head) {
            if let Some(who) = their_own(x, p) {
                return Some(Np { who, end, speaks: true });
            }
            return told(voice(p), end);
        }
        // "Aly Barry, qui dirige le village"
        if let Some(p) = leads(x, end) {
            return told(p, end);
        }
        if let Some(p) = in_person(x, head, end) {
            return told(p, end);
        }
        // One word alone may be a town as well as a person.
        let town = x.places.iter().any(|r| r.start < end && head < r.end);
        return if end >= head + 2 && !town { told(unknown_person(x.view, head, end), end) } else { None };
    }
    // "son directeur de cabinet": of whoever the page spoke of
    if first.is_none() && possessed(x.view, x.lex, head) && speaks(x, head) {
        return Some(Np { who: their(x, from, None), end: head + 1, speaks: true });
    }
    // "le directeur exécutif du RNDDH": of a body no pack knows
    if first.is_none_or(|p| p.tokens.start > head + 5)
        && let Some((p, end)) = body_of(x, head)
    {
        return told(p, end);
    }
    // "un transporteur qui passait par là": somebody by trade
    let belongs = x.view.folded.get(head + 1).is_some_and(|f| fits(&x.lex.grammar.of, f.trim_end_matches('\'')));
    let person = lemma().is_some_and(|l| x.lex.tolls.persons.contains(l)) && !speaks(x, head) && !belongs;
    if person && first.is_none_or(|p| p.tokens.start > head + 3) && from < head && x.view.upos(head) == Some(Upos::Noun)
    {
        let span = x.view.span(&(head..head + 1));
        let (id, name) = ("generic/witness".into(), "witness".into());
        return told(Party { id, name, country: None, status: Status::Civilian, span }, head + 1);
    }
    // "un colonel", "l'entourage du gouverneur": somebody of the party named in the complement
    let p = first.filter(|p| {
        p.tokens.start <= head + 5
            && (head + 1..p.tokens.start).any(|t| fits(&x.lex.grammar.of, x.view.folded[t].trim_end_matches('\'')))
    });
    // "la directrice de l'école", "un employé de la station": who speaks for nobody else saw it
    let alone = p.is_none() && from < head && first.is_none_or(|p| p.tokens.start > head + 5);
    if alone && lemma().is_some_and(|l| x.lex.tolls.persons.contains(l)) && x.view.upos(head) == Some(Upos::Noun) {
        let span = x.view.span(&(head..head + 1));
        let (id, name) = ("generic/witness".into(), "witness".into());
        return told(Party { id, name, country: None, status: Status::Civilian, span }, head + 1);
    }
    let p = p?;
    let speaks = x.view.upos(head) == Some(Upos::Noun) && speaks(x, head);
    let hidden = p.party.status == Status::Combatant && anonymous(x, head);
    let who = if hidden { security_source(p) } else { voice(p) };
    Some(Np { who: Who::Told(who), end: p.tokens.end, speaks })
}

/// “le directeur exécutif du RNDDH”: the body of a capital acronym in the complement of somebody who speaks for others.
fn body_of(x: &Text<'_, '_>, from: usize) -> Option<(Party, usize)> {
    let (view, n) = (x.view, x.view.len());
    let head = (from..n.min(from + 3)).find(|t| view.upos(*t) == Some(Upos::Noun))?;
    if !speaks(x, head) || (from..head).any(|t| !matches!(view.upos(t), Some(Upos::Det | Upos::Adj))) {
        return None;
    }
    let of = |t: usize| fits(&x.lex.grammar.of, view.folded[t].trim_end_matches('\''));
    let link = (head + 1..n.min(head + 4)).find(|t| of(*t))?;
    let start = (link + 1..n.min(link + 3)).find(|t| view.upos(*t) != Some(Upos::Det))?;
    let acronym = view.surface(start).chars().count() >= 3
        && view.surface(start).chars().filter(|c| c.is_uppercase()).count() >= 2
        && view.surface(start).chars().all(char::is_alphabetic);
    let known = x.parties.iter().any(|p| p.tokens.contains(&start)) || x.places.iter().any(|r| r.contains(&start));
    (acronym && !known).then(|| (super::names::body(x, start, start + 1), start + 1))
}

/// “Ali Hassan, qui a passé deux jours caché”, “Awa Diallo, rencontrée au camp”: somebody of no office, by what befell them.
fn in_person(x: &Text<'_, '_>, head: usize, end: usize) -> Option<Party> {
    let (view, n) = (x.view, x.view.len());
    let bound = |t: usize| t < n && matches!(view.surface(t), "," | "(");
    let lemma = |t: usize| view.word_of.get(t).and_then(|w| x.syn.lemma.get(*w as usize));
    let life = |t: usize| {
        t < n
            && (lemma(t).is_some_and(|l| x.lex.voices.in_person.contains(l))
                || x.lex.voices.in_person.contains(&view.folded[t]))
    };
    let stop =
        |from: usize| (from..n.min(from + 12)).find(|t| matches!(view.surface(*t), "," | ")" | "." | "»")).unwrap_or(n);
    let behind = bound(end) && {
        let upto = stop(end + 1);
        let office = x.parties.iter().any(|p| {
            p.tokens.start > end && p.tokens.start < upto && !matches!(p.kind, MentionKind::Noun(Class::Civil))
        });
        let relative = fits(&x.lex.grammar.relative, &view.folded[end + 1]);
        // "40 ans", "rencontrée au camp", "qui a fui"
        let aged = view.upos(end + 1) == Some(Upos::Num) && life(end + 2);
        !office && (relative || aged || life(end + 1))
    };
    // "J'ai perdu mon fils": who speaks of themselves
    let own = x.view.folded.iter().any(|f| x.lex.voices.of_myself.contains(f.trim_end_matches('\'')));
    let span = view.span(&(head..end));
    let (id, name) = ("generic/witness".into(), "witness".into());
    (behind || own && end >= head + 2).then_some(Party { id, name, country: None, status: Status::Civilian, span })
}

/// Whether it is told behind a token that whoever speaks there gives no name.
fn anonymous(x: &Text<'_, '_>, from: usize) -> bool {
    (from..x.view.len()).any(|t| x.lex.grammar.anonymous.contains(&x.view.folded[t]))
}

/// The outlet itself, where it says that its own people have seen it.
pub(super) fn outlet(span: recoupe_text::Span) -> Party {
    Party { id: super::OUTLET.into(), name: "journalists".into(), country: None, status: Status::Unknown, span }
}

/// Whether a noun is of people or bodies that speak, as far as the language pack tells.
pub(super) fn speaks(x: &Text<'_, '_>, head: usize) -> bool {
    x.lex.grammar.speaking.contains(&x.view.folded[head])
        || x.view
            .word_of
            .get(head)
            .and_then(|w| x.syn.lemma.get(*w as usize))
            .is_some_and(|l| x.lex.grammar.speaking.contains(l))
}

/// Whether what starts at a token is somebody's (“son porte-parole”).
pub(super) fn possessed(view: &View<'_>, lex: &ClaimLexicon, at: usize) -> bool {
    (at.saturating_sub(3)..at)
        .any(|t| lex.grammar.possessive.contains(&view.folded[t]) || lex.grammar.possessives.contains(&view.folded[t]))
}

/// Whom a pronoun at a token stands for: “celle-ci” tells more of itself than the parser knows of it.
fn pronoun(x: &Text<'_, '_>, t: usize, gender: Option<Gender>, number: Option<Number>) -> Who {
    let form = &x.view.folded[t];
    match x.lex.voices.near.iter().position(|w| w == form) {
        Some(i) => {
            let gender = if i % 2 == 0 { Gender::Masc } else { Gender::Fem };
            let number = if i < 2 { Number::Sing } else { Number::Plur };
            Who::Latter(Some(gender), Some(number))
        }
        None => Who::Pronoun(gender, number),
    }
}

/// Who stands behind a subject of the tree.
pub(super) fn of_word(x: &Text<'_, '_>, word: usize) -> Option<Who> {
    let (syn, view) = (x.syn, x.view);
    let w = syn.word(word);
    let token = w.token as usize;
    let near = x.lex.voices.near.contains(&view.folded[token]);
    if w.upos == Upos::Pron || near {
        let form = syn.form[word].trim_start_matches('-');
        // "Lui a compté quinze cercueils"
        let insists = token + 1 < view.len() && view.surface(token + 1) == ",";
        let stressed = !insists
            && (token == 0 || view.surface(token - 1) == ",")
            && x.lex.voices.stressed.iter().any(|w| w == form);
        // "L'armée, elle, revendique …": whoever stands before the comma
        let comma = |t: usize| t < view.len() && view.surface(t) == ",";
        if token > 1 && comma(token - 1) && comma(token + 1) && x.lex.voices.stressed.iter().any(|w| w == form) {
            let before = x.parties.iter().rfind(|p| p.tokens.end < token && p.tokens.end + 3 >= token);
            if let Some(np) = before.and_then(|p| np(x, opening(x, p.tokens.start))) {
                return Some(np.who);
            }
        }
        let stands_for = near || stressed || fits(&x.lex.grammar.pronouns, form);
        return stands_for.then(|| pronoun(x, token, w.feats.gender, w.feats.number));
    }
    if let Some(np) = np(x, opening(x, token)) {
        return Some(np.who);
    }
    let near = [Dep::Appos, Dep::Flat, Dep::Nmod, Dep::Amod, Dep::Acl];
    syn.kids(word, &near)
        .find_map(|c| {
            let t = syn.word(c).token as usize;
            x.parties.iter().find(|p| p.tokens.contains(&t)).map(|p| Who::Told(voice(p)))
        })
        .or_else(|| {
            // whatever stands in the way between the noun and the verb
            (view.upos(token) == Some(Upos::Noun))
                .then(|| x.parties.iter().find(|p| p.tokens.contains(&token)))
                .flatten()
                .map(|p| Who::Told(voice(p)))
        })
}

/// From a noun back to its determiner, so that “deux officiers” is not the army.
fn opening(x: &Text<'_, '_>, token: usize) -> usize {
    let mut from = x.parties.iter().find(|p| p.tokens.contains(&token)).map_or(token, |p| p.tokens.start.min(token));
    while from > 0 && matches!(x.view.upos(from - 1), Some(Upos::Det | Upos::Adj | Upos::Num)) {
        from -= 1;
    }
    from
}

/// Whether a noun stands behind the preposition of who does what is told in the passive.
pub(super) fn complement_of_passive(x: &Text<'_, '_>, token: usize) -> bool {
    let start = opening(x, token);
    start.checked_sub(1).is_some_and(|t| fits(&x.lex.grammar.by, &x.view.folded[t]))
}

/// The party that stands before a verb group, with no other finite verb in between.
pub(super) fn before_verb(x: &Text<'_, '_>, start: usize) -> Option<Who> {
    let linked = |t: usize| fits(&x.lex.grammar.of, x.view.folded[t].trim_end_matches('\''));
    let governed = |p: &&PartyMention| {
        // "interrogés par notre journal": a complement of what stands before it
        let opening = opening(x, p.tokens.start);
        opening.checked_sub(1).is_some_and(|t| {
            // "une ONG basée à Washington": where it sits
            let seat = p.placelike && x.view.upos(t) == Some(Upos::Adp) && !linked(t);
            fits(&x.lex.grammar.by, &x.view.folded[t]) || seat
        })
    };
    // "Le JNIM, rival de l'État islamique, a revendiqué": who stands before the apposition
    let until = match start.checked_sub(1) {
        Some(comma) if x.view.surface(comma) == "," => (comma.saturating_sub(16)..comma)
            .rev()
            .find(|t| x.view.surface(*t) == ",")
            .filter(|c| {
                // "le Réseau des médecins soudanais, organisation …, a compté": nothing but its name stands behind it
                let name = |t: usize| {
                    use Upos::{Adj, Adp, Det, Noun, Propn};
                    matches!(x.view.upos(t), Some(Noun | Propn | Adj | Adp | Det))
                };
                x.parties.iter().any(|p| p.tokens.end <= *c && *c - p.tokens.end <= 4 && (p.tokens.end..*c).all(name))
            })
            // "Un notable, qui a requis l'anonymat, avance …": over a relative clause as well
            .filter(|c| clear_of_finite(x, *c, comma) || fits(&x.lex.grammar.relative, &x.view.folded[*c + 1]))
            .unwrap_or(start),
        _ => start,
    };
    let p = x.parties.iter().rev().filter(|p| !governed(p)).find(|p| p.tokens.end <= until)?;
    let clear =
        (p.tokens.end..until).all(|t| !matches!(x.view.surface(t), ";" | ":" | "»") && clear_of_finite(x, t, t + 1));
    if !clear || until - p.tokens.end > 8 {
        return None;
    }
    np(x, speaking_head(x, opening(x, p.tokens.start))).map(|np| np.who)
}

/// From a complement back to those who speak (“le Réseau des médecins”, “un officier de l'armée”).
fn speaking_head(x: &Text<'_, '_>, opening_at: usize) -> usize {
    let of = |t: usize| fits(&x.lex.grammar.of, x.view.folded[t].trim_end_matches('\''));
    let mut at = opening_at;
    for _ in 0..3 {
        let Some(link) = at.checked_sub(1) else { break };
        // an adjective that names a country stands right behind its noun
        let noun = match link.checked_sub(1) {
            _ if matches!(x.view.upos(link), Some(Upos::Noun | Upos::Propn)) && x.view.upos(at) != Some(Upos::Det) => {
                link
            }
            Some(n) if of(link) && matches!(x.view.upos(n), Some(Upos::Noun | Upos::Propn)) => n,
            _ => break,
        };
        if !(x.parties.iter().any(|p| p.tokens.contains(&noun)) || speaks(x, noun) || is_same_body(x, noun)) {
            break;
        }
        at = opening(x, noun);
    }
    at
}
