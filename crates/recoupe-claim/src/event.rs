//! Acts, tolls and arguments of a sentence brought together into events.

use std::ops::Range;

use recoupe_mention::time::TimeKind;
use recoupe_mention::{Class, Id, Means, MentionKind, Party, Place, Status, TimeBasis, TimePrecision, When};
use recoupe_syntax::{Dep, Upos};

use crate::anchor::Anchor;
use crate::lex::{ClaimLexicon, On, Patient, fits};
use crate::mood::certainty;
use crate::sentence::Sent;
use crate::toll::FoundToll;
use crate::types::Certainty;

/// What one sentence tells of one event.
#[derive(Clone, Debug)]
pub struct Event {
    /// Tolls in it.
    pub tolls: Vec<FoundToll>,
    /// Incident type.
    pub kind: Id,
    /// How much the type says: 0 for a toll alone.
    pub rank: u8,
    /// Whether an act is named that is an incident by itself.
    pub core: bool,
    /// When, if the sentence says.
    pub time: Option<When>,
    /// Where, if the sentence says.
    pub place: Option<Place>,
    /// Who did it.
    pub actor: Option<Party>,
    /// To whom.
    pub target: Option<Party>,
    /// With what.
    pub means: Vec<Means>,
    /// How surely.
    pub certainty: Certainty,
    /// Voices, outermost first.
    pub voices: Vec<Party>,
    /// The act noun points back: “cette frappe”, “l'attaque”.
    pub definite: bool,
    /// With a demonstrative.
    pub demonstrative: bool,
    /// Told in the pluperfect: before what the page reports.
    pub pluperfect: bool,
    /// Rules that fired.
    pub rules: Vec<Id>,
    /// Plural act noun without a date of its own: a habit, not an incident.
    pub habitual: bool,
}

/// Splits the anchors and tolls of a sentence into events.
pub fn events(s: &Sent<'_>, lex: &ClaimLexicon, anchors: &[Anchor], tolls: Vec<FoundToll>) -> Vec<Event> {
    let segments = segments(s, lex, anchors);
    let seg_of = |t: usize| segments.iter().position(|r| r.contains(&t)).unwrap_or(0);
    let mut buckets: Vec<(Vec<usize>, Vec<FoundToll>)> = vec![(Vec::new(), Vec::new()); segments.len().max(1)];
    for (i, a) in anchors.iter().enumerate() {
        buckets[seg_of(a.tokens.start)].0.push(i);
    }
    for t in tolls {
        let at = t.anchor.map_or(t.token, |w| s.token(w));
        buckets[seg_of(at)].1.push(t);
    }
    split_captures(s, lex, anchors, &mut buckets);
    let mut out = Vec::new();
    for (k, (a, mut t)) in buckets.into_iter().enumerate() {
        if a.is_empty() && t.is_empty() {
            continue;
        }
        // a bucket split off has the words under its act
        let range = segments.get(k).cloned().unwrap_or_else(|| crate::voice::extent(&s.syn, anchors[a[0]].word));
        // Parts count within the event from here on: the whole is looked for again among the event's own tolls.
        for i in 0..t.len() {
            if t[i].toll.part_of.is_some() {
                let kind = t[i].toll.kind.clone();
                t[i].toll.part_of = t[..i].iter().rposition(|x| x.toll.kind == kind && x.toll.part_of.is_none());
            }
        }
        if let Some(e) = event(s, lex, anchors, a, t, range) {
            out.push(e);
        }
    }
    out
}

/// “avaient pris Neirab le 3 février, capturant Saraqib deux jours plus tard”: each place taken is an event of its own.
fn split_captures(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    anchors: &[Anchor],
    buckets: &mut Vec<(Vec<usize>, Vec<FoundToll>)>,
) {
    let mut split = Vec::new();
    for (list, _) in buckets.iter_mut() {
        let mut first: Option<String> = None;
        list.retain(|i| {
            let a = &anchors[*i];
            let takes =
                a.any(lex, |x| x.on == Some(On::Place)) && patient_class(s, lex, a) == Some(On::Place) && !a.noun;
            let Some(place) = takes.then(|| patient_place(s, a)).flatten() else { return true };
            match &first {
                None => {
                    first = Some(place);
                    true
                }
                Some(p) if *p == place => true,
                Some(_) => {
                    split.push(*i);
                    false
                }
            }
        });
    }
    buckets.extend(split.into_iter().map(|i| (vec![i], Vec::new())));
}

/// The id of the place under a verb's object.
fn patient_place(s: &Sent<'_>, a: &Anchor) -> Option<String> {
    let syn = &s.syn;
    let args = syn.kids(a.word, &[Dep::Obj, Dep::Obl, Dep::Iobj]).collect::<Vec<_>>();
    args.into_iter().find_map(|w| {
        let e = crate::voice::extent(syn, w);
        s.places.iter().find(|p| e.contains(&p.tokens.start)).map(|p| p.place.id.to_string())
    })
}

/// Stretches of a sentence that may tell different events.
fn segments(s: &Sent<'_>, lex: &ClaimLexicon, anchors: &[Anchor]) -> Vec<Range<usize>> {
    let n = s.view.len();
    let syn = &s.syn;
    let mut borders: Vec<usize> = Vec::new();
    for t in 1..n {
        let f = s.view.folded[t].trim_end_matches('\'');
        if s.view.surface(t) == ";" {
            borders.push(t + 1);
        } else if lex.grammar.apart.iter().any(|a| a == f)
            && matches!(s.view.upos(t), Some(Upos::Sconj | Upos::Adv | Upos::Adp))
        {
            // "alors que", "tandis que", "lorsque": only before a clause
            let clause = fits(&lex.grammar.apart_alone, f)
                || s.view.folded.get(t + 1).is_some_and(|x| fits(&lex.grammar.apart_next, x));
            if clause {
                borders.push(t);
            }
        }
    }
    for i in 0..syn.len() {
        if syn.dep(i) == Dep::Conj
            && syn.verbal(i)
            && syn.finite(i)
            && syn.child(i, &[Dep::Nsubj]).is_some()
            && syn.head(i).is_some_and(|h| syn.verbal(h))
        {
            borders.push(crate::voice::subtree_start(syn, i));
        }
    }
    borders.sort_unstable();
    borders.dedup();
    let mut ranges = Vec::new();
    let mut from = 0;
    for b in borders.into_iter().filter(|b| *b > 0 && *b < n) {
        if b > from {
            ranges.push(from..b);
            from = b;
        }
    }
    ranges.push(from..n);
    // Neighbours join unless each tells an act of its own, at another time or place or of another kind.
    let mut out: Vec<Range<usize>> = Vec::new();
    for r in ranges {
        match out.last_mut() {
            Some(p) if !separate(s, lex, anchors, p, &r) => p.end = r.end,
            _ => out.push(r),
        }
    }
    out
}

fn separate(s: &Sent<'_>, lex: &ClaimLexicon, anchors: &[Anchor], a: &Range<usize>, b: &Range<usize>) -> bool {
    let core = |r: &Range<usize>| -> Option<&crate::lex::Act> {
        anchors
            .iter()
            .filter(|x| r.contains(&x.tokens.start))
            .flat_map(|x| x.acts.iter().map(|i| lex.act(*i)))
            .filter(|x| x.core || x.kind == "capture_of_territory" && !x.state)
            .max_by_key(|x| x.rank)
    };
    let any = |r: &Range<usize>| anchors.iter().any(|x| r.contains(&x.tokens.start));
    if !any(a) || !any(b) {
        return false;
    }
    let time = |r: &Range<usize>| {
        s.times.iter().find(|t| r.contains(&(t.tokens.start as usize)) && t.from.is_some() && t.kind == TimeKind::Point)
    };
    let place = |r: &Range<usize>| s.places.iter().find(|p| r.contains(&p.tokens.start) && p.locative);
    if let (Some(x), Some(y)) = (time(a), time(b))
        && (x.from, x.to) != (y.from, y.to)
    {
        return true;
    }
    let own_act = anchors.iter().any(|x| b.contains(&x.tokens.start) && x.any(lex, |y| y.core || y.toll.is_some()));
    if own_act
        && let (Some(x), Some(y)) = (place(a), place(b))
        && x.place.id != y.place.id
    {
        return true;
    }
    match (core(a), core(b)) {
        (Some(x), Some(y)) => x.kind != y.kind && x.rank >= 2 && y.rank >= 2,
        _ => false,
    }
}

/// Who does and who suffers an act, as far as the tree tells.
#[derive(Default)]
struct Roles {
    actor: Option<usize>,
    target: Option<usize>,
    patient_place: bool,
    patient_thing: bool,
    light: bool,
}

/// The class of an argument.
fn class_of(s: &Sent<'_>, lex: &ClaimLexicon, word: usize) -> Option<On> {
    let t = s.token(word);
    if lex.things.find(s.view).any(|(r, _)| r.contains(&t)) && s.party_at(t).is_none() {
        return Some(On::Thing);
    }
    let noun = s.syn.lemma[word].as_str();
    if s.names().is_place_noun(noun) || s.names().is_place_noun(&s.view.folded[t]) {
        return Some(On::Place);
    }
    if s.place_at(t).is_some_and(|i| s.places[i].locative || s.party_at(t).is_none()) {
        return Some(On::Place);
    }
    if s.party_at(t).is_some() {
        return Some(On::Person);
    }
    for c in s.syn.kids(word, &[Dep::Nmod, Dep::Appos, Dep::Flat]) {
        if s.place_at(s.token(c)).is_some() {
            return Some(On::Place);
        }
    }
    None
}

/// What an anchor's acts are done to, to choose among them.
pub fn patient_class(s: &Sent<'_>, lex: &ClaimLexicon, a: &Anchor) -> Option<On> {
    let syn = &s.syn;
    let args: Vec<usize> = if a.noun {
        syn.kids(a.word, &[Dep::Nmod]).filter(|c| syn.case_in(*c, &lex.grammar.of)).collect()
    } else if s.passive(a.word, lex) {
        syn.subject(a.word).into_iter().collect()
    } else {
        syn.object(a.word)
            .into_iter()
            .chain(syn.kids(a.word, &[Dep::Obl, Dep::Iobj]).filter(|c| syn.case_in(*c, &lex.grammar.of)))
            .collect()
    };
    args.into_iter().find_map(|w| class_of(s, lex, w))
}

fn roles(s: &Sent<'_>, lex: &ClaimLexicon, a: &Anchor, all: &[Anchor]) -> Roles {
    let syn = &s.syn;
    let mut r = Roles::default();
    let class = patient_class(s, lex, a);
    r.patient_place = class == Some(On::Place);
    r.patient_thing = class == Some(On::Thing);
    let Some(act) = a.act(lex, class).or(a.acts.first().copied()).map(|i| lex.act(i)) else { return r };
    let patient = a.patient.unwrap_or(act.patient);
    if a.noun {
        r.actor = syn.agent(a.word, &lex.grammar).and_then(|w| s.party_in(w));
        for c in syn.kids(a.word, &[Dep::Nmod, Dep::Obl, Dep::Acl]) {
            if syn.case_in(c, &lex.grammar.against) {
                r.target = r.target.or_else(|| s.party_in(c));
            } else if syn.case_in(c, &lex.grammar.of)
                && let Some(p) = s.party_of(c)
            {
                let m = &s.parties[p];
                let suffers = act.toll.is_some()
                    || matches!(&*act.kind, "capture_of_territory" | "arrest")
                    || m.party.status == Status::Civilian
                    || (s.place_at(s.token(c)).is_some() && m.placelike);
                if suffers {
                    r.target = r.target.or(Some(p));
                } else {
                    r.actor = r.actor.or(Some(p));
                }
            }
        }
        // "les attaques visant l'armée"
        for c in syn.kids(a.word, &[Dep::Acl]) {
            if lex.grammar.against.contains(&syn.form[c]) {
                r.target = r.target.or_else(|| syn.object(c).and_then(|o| s.party_in(o)));
            }
        }
        // the verb that carries the noun
        if let Some(h) = syn.head(a.word) {
            let lemma = &syn.lemma[h];
            match syn.dep(a.word) {
                Dep::Obj | Dep::Obl if lex.light_does.contains(lemma) => {
                    r.light = true;
                    if syn.passive(h) {
                        r.actor = r.actor.or_else(|| syn.agent(h, &lex.grammar).and_then(|w| s.party_in(w)));
                    } else {
                        r.actor = r.actor.or_else(|| syn.subject(h).and_then(|w| s.party_in(w)));
                    }
                    for c in syn.kids(h, &[Dep::Obl]) {
                        if syn.case_in(c, &lex.grammar.against) {
                            r.target = r.target.or_else(|| s.party_in(c));
                        }
                    }
                }
                Dep::Obj if lex.light_suffers.contains(lemma) => {
                    r.light = true;
                    r.target = r.target.or_else(|| syn.subject(h).and_then(|w| s.party_in(w)));
                }
                Dep::Nsubj => {
                    r.light = true;
                    if syn.passive(h) {
                        r.actor = r.actor.or_else(|| syn.agent(h, &lex.grammar).and_then(|w| s.party_in(w)));
                    } else {
                        r.target = r.target.or_else(|| syn.object(h).and_then(|w| s.party_in(w)));
                    }
                }
                _ => {}
            }
        }
        for c in syn.kids(a.word, &[Dep::Acl]) {
            if !syn.present_participle(c) {
                r.actor = r.actor.or_else(|| syn.agent(c, &lex.grammar).and_then(|w| s.party_in(w)));
                r.light = true;
            }
        }
        return r;
    }
    // "l'attaque a blessé": the act noun is no party, whoever stands in its complements
    let subject = syn.subject(a.word).filter(|x| !all.iter().any(|b| b.noun && b.word == *x));
    if s.passive(a.word, lex) && patient == Patient::Object {
        r.actor = syn.agent(a.word, &lex.grammar).and_then(|w| s.party_in(w));
        r.target = subject.and_then(|w| s.party_in(w));
    } else {
        match patient {
            Patient::Subject => {
                r.target = subject.and_then(|w| s.party_in(w));
                r.actor = syn.agent(a.word, &lex.grammar).and_then(|w| s.party_in(w));
            }
            _ => {
                r.actor = subject.and_then(|w| s.party_in(w));
                r.target = syn.object(a.word).and_then(|w| s.party_in(w));
                for c in syn.kids(a.word, &[Dep::Obl, Dep::Iobj]) {
                    if syn.case_in(c, &lex.grammar.against)
                        || (patient == Patient::A && syn.case_in(c, &lex.grammar.to))
                    {
                        r.target = r.target.or_else(|| s.party_in(c));
                    }
                }
            }
        }
    }
    r
}

/// The nationality or side an adjective of an act noun tells: “frappe israélienne”.
fn adjective_actor(s: &Sent<'_>, a: &Anchor, names: &recoupe_mention::Lexicon) -> Option<Party> {
    if !a.noun {
        return None;
    }
    (a.tokens.start..(a.tokens.end + 2).min(s.view.len())).find_map(|t| {
        if s.view.capital(t) {
            return None;
        }
        let state = names.adjective(&s.view.folded[t])?;
        let span = s.view.sentence.tokens[t].span;
        let role = "armed-forces";
        Some(recoupe_mention::parties::state_party(names, state, role, span))
    })
}

fn event(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    all: &[Anchor],
    anchors: Vec<usize>,
    tolls: Vec<FoundToll>,
    range: Range<usize>,
) -> Option<Event> {
    let syn = &s.syn;
    let mut kind: Id = "attack".into();
    let mut rank = 0u8;
    let mut core = false;
    let mut main: Option<usize> = None;
    let mut rules: Vec<Id> = Vec::new();
    for &i in &anchors {
        let a = &all[i];
        let class = patient_class(s, lex, a);
        let Some(act) = a.act(lex, class).or(a.acts.first().copied()).map(|x| lex.act(x)) else { continue };
        rules.push(format!("act.{}", act.id).as_str().into());
        if act.on == Some(On::Place) && class != Some(On::Place) {
            continue;
        }
        if matches!(certainty(s, lex, a.word), Certainty::Planned | Certainty::Conditional) && anchors.len() > 1 {
            continue;
        }
        // Words that are figurative as often as not need an argument of the right kind.
        let grounded = a.noun || {
            let r = roles(s, lex, a, all);
            r.actor.is_some_and(|p| fights(&s.parties[p].party, s.parties[p].kind))
                || r.target.is_some()
                || r.patient_place
                || r.patient_thing
        };
        // "occupe", "contrôle" in the present is a state of things.
        let perfect = syn.kids(a.word, &[Dep::Aux]).any(|c| {
            syn.word(c).feats.verb_form == Some(recoupe_syntax::VerbForm::Part)
                || syn.word(c).sub == recoupe_syntax::Sub::Tense
        });
        let lasting = a.any(lex, |x| x.state) && !perfect;
        let taken = !lasting
            && act.kind == "capture_of_territory"
            && class == Some(On::Place)
            && !act.state
            && matches!(&*act.id, "take" | "retake" | "fall");
        // an operation under way while something else happened is its setting
        let setting =
            act.id == "offensive" && syn.word(syn.clause(a.word)).feats.tense == Some(recoupe_syntax::Tense::Imp);
        let is_core =
            taken || act.core && !setting && grounded && (!a.noun || told(s, lex, a, all) || !tolls.is_empty());
        if act.rank > rank || main.is_none() {
            if act.rank >= rank {
                rank = act.rank;
                kind = act.kind.as_str().into();
            }
            main = Some(i);
        }
        core |= is_core;
    }
    // The means says more than a plain attack.
    let mut means = Vec::new();
    for (t, id) in lex.means.find(s.view) {
        if range.contains(&t.start) {
            let span = s.span(&t);
            if !means.iter().any(|m: &Means| m.id == *id) {
                means.push(Means { id: id.clone(), span });
            }
            let weapon_is_patient =
                tolls.iter().any(|x| x.toll.span.overlaps(span) && matches!(&*x.toll.kind, "destroyed" | "seized"));
            let owner = s
                .party_at(t.start)
                .is_some_and(|p| matches!(&*s.parties[p].party.id, x if x.ends_with("/armed-forces")));
            let tied = s.word_at(t.start).is_some_and(|w| {
                anchors
                    .iter()
                    .any(|i| syn.under(w, all[*i].word) || syn.subject(all[*i].word).is_some_and(|x| syn.under(w, x)))
            }) || anchors
                .iter()
                .any(|i| all[*i].noun && t.start < all[*i].tokens.end + 3 && t.end + 1 > all[*i].tokens.start);
            if let Some((k, r)) = lex.means_type(id).filter(|_| tied)
                && r > rank
                && !weapon_is_patient
                && !owner
                && kind_takes_means(&kind)
            {
                kind = k;
                rank = r;
                rules.push(format!("means.{id}").as_str().into());
            }
        }
    }
    let first = main.map(|i| all[i].word).or_else(|| tolls.first().and_then(|t| s.word_at(t.token)))?;
    let mut actor: Option<usize> = None;
    let mut target: Option<usize> = None;
    let mut order: Vec<usize> = anchors.clone();
    order.sort_by_key(|i| (std::cmp::Reverse(all[*i].acts.iter().map(|x| lex.act(*x).rank).max()), *i));
    for &i in &order {
        if order.len() > 1 && matches!(certainty(s, lex, all[i].word), Certainty::Planned | Certainty::Conditional) {
            continue;
        }
        let r = roles(s, lex, &all[i], all);
        actor = actor.or(r.actor.filter(|p| may_act(&s.parties[*p].party, s.parties[*p].kind)));
        target = target.or(r.target.filter(|p| suffers(s.parties[*p].kind)));
    }
    // "un drone": whose it is nobody says, and the country of the page is no accusation
    let mut actor = actor
        .filter(|p| !(s.parties[*p].assumed && s.parties[*p].party.id.ends_with("/air-force")))
        .map(|p| s.parties[p].party.clone());
    if actor.is_none() {
        actor = order.iter().find_map(|i| adjective_actor(s, &all[*i], s.names()));
    }
    if actor.is_none() {
        // "… par des combattants": order alone
        actor = (range.start..range.end.saturating_sub(1))
            .filter(|t| lex.grammar.by.iter().any(|b| *b == s.view.folded[*t]))
            .find_map(|t| {
                s.parties.iter().find(|p| {
                    p.tokens.start > t
                        && p.tokens.start <= t + 3
                        && fights(&p.party, p.kind)
                        && range.contains(&p.tokens.start)
                })
            })
            .filter(|p| !s.scopes.iter().any(|x| x.speaker.as_ref().is_some_and(|y| y.span == p.party.span)))
            .map(|p| p.party.clone());
    }
    let target = target.or_else(|| death_of(s, lex, &range));
    let target = target.map(|p| s.parties[p].party.clone()).or_else(|| {
        tolls
            .iter()
            .find(|t| !t.open_group && &*t.toll.unit == "person" && t.toll.part_of.is_none())
            .map(|t| t.toll.group.clone())
    });
    if actor.is_none() {
        actor = accused(s, lex, &range);
    }
    // A party is not its own victim.
    let target = target.filter(|t| actor.as_ref().is_none_or(|a| a.id != t.id));
    let first_token = s.token(first);
    let time = time(s, lex, first, &range);
    let place = place(s, lex, first, &range);
    let certainty = tolls
        .first()
        .filter(|_| !core)
        .and_then(|t| t.anchor.or_else(|| s.word_at(t.token)))
        .map_or_else(|| certainty(s, lex, first), |w| certainty(s, lex, w));
    let anchor_token = tolls.first().map_or(first_token, |t| t.token);
    let voices = voices(s, anchor_token);
    let noun_main = main.filter(|i| all[*i].noun);
    // "des", read as a contraction, may as well be the indefinite article: it points back to nothing
    let contracted = |d: usize| d > 0 && syn.word(d - 1).token == syn.word(d).token;
    let det = noun_main
        .and_then(|i| syn.child(all[i].word, &[Dep::Det]))
        .filter(|d| !contracted(*d))
        .map(|d| syn.form[d].trim_end_matches('\'').to_owned());
    let demonstrative = det.as_ref().is_some_and(|d| lex.grammar.demonstrative.contains(d));
    let definite = demonstrative
        || det.as_ref().is_some_and(|d| lex.grammar.definite.iter().any(|x| x.trim_end_matches('\'') == d));
    let plural = noun_main.is_some_and(|i| syn.word(all[i].word).feats.number == Some(recoupe_syntax::Number::Plur));
    let clause = syn.clause(first);
    let pluperfect = syn.kids(clause, &[Dep::Aux]).any(|x| syn.word(x).feats.tense == Some(recoupe_syntax::Tense::Imp));
    for t in &tolls {
        rules.push(t.rule.into());
    }
    rules.dedup();
    Some(Event {
        tolls,
        kind,
        rank,
        core,
        habitual: plural && time.is_none(),
        time,
        place,
        actor,
        target,
        means,
        certainty,
        voices,
        definite,
        demonstrative,
        pluperfect,
        rules,
    })
}

/// “la mort de spécialistes”: who died, without a number.
fn death_of(s: &Sent<'_>, lex: &ClaimLexicon, range: &Range<usize>) -> Option<usize> {
    lex.casualties.find(s.view).filter(|(t, k)| &***k == "killed" && range.contains(&t.start)).find_map(|(t, _)| {
        let w = s.word_at(t.start)?;
        s.syn.kids(w, &[Dep::Nmod]).filter(|c| s.syn.case_in(*c, &lex.grammar.of)).find_map(|c| s.party_of(c))
    })
}

/// Whom the sentence accuses: “attribuant ces frappes à l'armée”, “accuse la milice d'avoir tiré”.
fn accused(s: &Sent<'_>, lex: &ClaimLexicon, range: &Range<usize>) -> Option<Party> {
    let syn = &s.syn;
    for v in 0..syn.len() {
        let lemma = &syn.lemma[v];
        let at = s.token(v);
        let to = lex.grammar.accuse_to.contains(lemma);
        // "en rend responsable l'aviation"
        let blamed = lex.grammar.blame_verbs.contains(lemma)
            && (at + 1..(at + 4).min(s.view.len())).any(|t| lex.grammar.blame_words.contains(&s.view.folded[t]));
        if !(to || blamed || lex.grammar.accuse_of.contains(lemma))
            || at.abs_diff(range.start).min(at.abs_diff(range.end)) > range.len() + 12
        {
            continue;
        }
        let found = s.parties.iter().find(|p| {
            let d = p.tokens.start;
            let prep = d > 0 && (d.saturating_sub(2)..d).any(|k| lex.grammar.to.contains(&s.view.folded[k]));
            d > at && d <= at + 9 && fights_or_state(&p.party, p.kind) && (!to || prep)
        });
        if let Some(p) = found {
            return Some(p.party.clone());
        }
    }
    None
}

fn fights_or_state(p: &Party, kind: MentionKind) -> bool {
    fights(p, kind) || matches!(kind, MentionKind::Noun(Class::Role))
}

/// Types that a weapon makes more exact.
fn kind_takes_means(kind: &str) -> bool {
    matches!(kind, "attack" | "shelling" | "airstrike")
}

/// Whether an act noun is told as having happened, not just referred to.
fn told(s: &Sent<'_>, lex: &ClaimLexicon, a: &Anchor, all: &[Anchor]) -> bool {
    let r = roles(s, lex, a, all);
    if r.light || s.heading {
        return true;
    }
    let w = syn_head(s, a.word);
    if matches!(s.syn.dep(a.word), Dep::Nsubj | Dep::Root) {
        return true;
    }
    // "la mort de deux soldats dans une attaque de rebelles"
    if matches!(s.syn.dep(a.word), Dep::Obj) && w.is_some_and(|h| lex.grammar.accuse_to.contains(&s.syn.lemma[h])) {
        return true; // "attribue ce raid à …"
    }
    let death = lex
        .casualties
        .find(s.view)
        .any(|(t, k)| &**k == "killed" && t.start < a.tokens.start && a.tokens.start - t.end < 14);
    if death && (r.actor.is_some() || r.target.is_some()) {
        return true;
    }
    // object of a verb that reports ("a dénoncé des attaques contre la base")
    matches!(s.syn.dep(a.word), Dep::Obj)
        && w.is_some_and(|h| lex.speech(&s.syn.lemma[h]).is_some())
        && (r.target.is_some() || r.actor.is_some())
        || (matches!(s.syn.dep(a.word), Dep::Obl | Dep::Obj | Dep::Nmod) && (r.actor.is_some() && r.target.is_some()))
}

fn syn_head(s: &Sent<'_>, w: usize) -> Option<usize> {
    s.syn.head(w)
}

/// Whether a party can be the author of violence.
pub fn fights(p: &Party, kind: MentionKind) -> bool {
    p.status == Status::Combatant
        || matches!(kind, MentionKind::State | MentionKind::Noun(Class::Force | Class::Generic))
        || (kind == MentionKind::Name && p.status != Status::Civilian)
}

/// Whether a mention can be a victim: those who are only named to speak are not.
fn suffers(kind: MentionKind) -> bool {
    !matches!(kind, MentionKind::Noun(Class::Source) | MentionKind::Outlet)
}

fn may_act(p: &Party, kind: MentionKind) -> bool {
    fights(p, kind)
        || matches!(kind, MentionKind::Noun(Class::Role) | MentionKind::Person)
        || p.id.contains("protesters")
}

/// Who says what stands at a token, outermost first.
pub fn voices(s: &Sent<'_>, token: usize) -> Vec<Party> {
    let mut out: Vec<Party> = Vec::new();
    let scopes = s.scopes_at(token);
    let (outer, inner): (Vec<usize>, Vec<usize>) = scopes.into_iter().partition(|i| s.scopes[*i].outer);
    for i in outer.into_iter().chain(inner) {
        if let Some(p) = &s.scopes[i].speaker {
            out.retain(|o| o.id != p.id);
            out.push(p.clone());
        }
    }
    out
}

/// The time of an act: in its clause first, then in its stretch of the sentence.
fn time(s: &Sent<'_>, _lex: &ClaimLexicon, word: usize, range: &Range<usize>) -> Option<When> {
    let syn = &s.syn;
    let clause = syn.clause(word);
    let speech: Vec<Range<usize>> = s
        .scopes
        .iter()
        .filter_map(|x| x.verb)
        .map(|v| {
            let t = s.token(v);
            t.saturating_sub(1)..t + 1
        })
        .collect();
    let mut best: Option<(i32, When)> = None;
    for t in &s.times {
        if !matches!(t.kind, TimeKind::Point) || (t.from.is_none() && t.weekday.is_none()) {
            continue;
        }
        let at = t.tokens.start as usize;
        let w = s.word_at(at);
        let mut score = 0i32;
        if range.contains(&at) {
            score += 4;
        }
        if w.is_some_and(|w| syn.under(w, clause)) {
            score += 3;
        }
        if w.is_some_and(|w| syn.under(w, word)) {
            score += 4;
        }
        // "a déclaré jeudi le ministère": the time of the speech, a weak witness of the act's.
        if let Some(w) = w {
            let c = syn.clause(w);
            let by_speech = s.scopes.iter().any(|x| x.verb == Some(c));
            let adjacent = speech.iter().any(|r| r.end == at || r.contains(&at));
            if (by_speech || adjacent) && clause != c {
                score -= 5;
            }
        }
        // a date inside a relative or participial clause that the act is not in dates that clause
        if let Some(mut k) = w {
            for _ in 0..10 {
                if syn.dep(k) == Dep::Acl && !syn.under(word, k) {
                    score -= 5;
                    break;
                }
                match syn.head(k) {
                    Some(h) => k = h,
                    None => break,
                }
            }
        }
        if t.precision == TimePrecision::Day {
            score += 1;
        }
        score -= (at.abs_diff(s.token(word)) / 12) as i32;
        if best.as_ref().is_none_or(|b| score > b.0) {
            best = Some((score, when(t)));
        }
    }
    best.filter(|b| b.0 > -4).map(|b| b.1)
}

/// A time mention as the time of a claim.
pub fn when(t: &recoupe_mention::time::TimeMention) -> When {
    When {
        from: t.from,
        to: t.to,
        precision: t.precision,
        basis: match t.basis {
            recoupe_mention::time::Basis::Absolute => TimeBasis::Absolute,
            recoupe_mention::time::Basis::Narrative => TimeBasis::Narrative,
            _ => TimeBasis::Relative,
        },
        weekday: t.weekday,
        span: t.span,
    }
}

/// The place of an act: named under it, in its clause, in its stretch of the sentence; the most exact first.
fn place(s: &Sent<'_>, _lex: &ClaimLexicon, word: usize, range: &Range<usize>) -> Option<Place> {
    let syn = &s.syn;
    let clause = syn.clause(word);
    let mut best: Option<(i32, &Place)> = None;
    for p in &s.places {
        let at = p.tokens.start;
        let w = s.word_at(at);
        let mut score = 0i32;
        if !p.locative && s.party_at(at).is_some() {
            continue;
        }
        if range.contains(&at) {
            score += 6;
        }
        if p.locative {
            score += 4;
        }
        if w.is_some_and(|w| syn.under(w, word)) {
            score += 3;
        } else if w.is_some_and(|w| syn.under(w, clause)) {
            score += 2;
        }
        score += match p.place.precision {
            recoupe_mention::PlacePrecision::Exact | recoupe_mention::PlacePrecision::Town => 6,
            recoupe_mention::PlacePrecision::District => 4,
            recoupe_mention::PlacePrecision::Province => 1,
            recoupe_mention::PlacePrecision::Country => -4,
        };
        if p.origin {
            score -= 6;
        }
        score -= (at.abs_diff(s.token(word)) / 10) as i32;
        if best.is_none_or(|b| score > b.0) {
            best = Some((score, &p.place));
        }
    }
    best.filter(|b| b.0 > 0).map(|b| b.1.clone())
}
