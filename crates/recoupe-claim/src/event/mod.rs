//! Acts, tolls and arguments of a sentence brought together into events.

use std::ops::Range;

use recoupe_mention::{Id, Means, Party, Place, Status, When};
use recoupe_syntax::Dep;

mod blame;
mod roles;
mod segment;
mod setting;
mod sides;
mod sites;
mod typing;
mod weapon;

pub use roles::fights;
pub use setting::{place_of_speech, when};
pub use sides::{main_army, main_group, nameless};

use crate::anchor::Anchor;
use crate::lex::ClaimLexicon;
use crate::mood::certainty;
use crate::sentence::Sent;
use crate::toll::FoundToll;
use crate::types::Certainty;
use roles::{adjective_actor, death_of, may_act, roles, suffers};
use segment::{segments, split_captures};
use setting::{place, time};

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
    /// Who lays it at the actor's door, where that is not who tells it.
    pub actor_voice: Option<Party>,
    /// Whom a description that points back means: “the enemy”.
    pub guess: Option<Party>,
    /// The side that counts its foes, or the places it took, where nobody is said to have done it.
    pub boast: Option<Party>,
    /// The act is brought up as something new: “une frappe”.
    pub fresh: bool,
    /// The actor is somebody unknown, told of for the first time: “des hommes armés”.
    pub stranger: bool,
    /// Told in a title or heading.
    pub heading: bool,
    /// The actor is whom somebody accuses.
    pub blamed: bool,
    /// One more of a kind told before: “une autre frappe”.
    pub another: bool,
    /// Nothing but an accusation: it adds to an incident told before.
    pub accuses: bool,
    /// No word names an act; the toll alone tells.
    pub bare: bool,
    /// Whom it hit by where it hit: whose post it is, from whom the place was taken.
    pub presumed: Option<Party>,
    /// The sentence opens as the toll of what was told: “Bilan : …”.
    pub tally: bool,
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

fn event(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    all: &[Anchor],
    anchors: Vec<usize>,
    tolls: Vec<FoundToll>,
    range: Range<usize>,
) -> Option<Event> {
    let syn = &s.syn;
    let typing::Typed { mut kind, mut rank, core, main, mut rules, means } =
        typing::typed(s, lex, all, &anchors, &tolls, &range);
    let first = main.map(|i| all[i].word).or_else(|| tolls.first().and_then(|t| s.word_at(t.token)))?;
    let mut order: Vec<usize> = anchors.clone();
    order.sort_by_key(|i| (std::cmp::Reverse(all[*i].acts.iter().map(|x| lex.act(*x).rank).max()), *i));
    if order.len() > 1 {
        order.retain(|i| {
            let open = matches!(certainty(s, lex, all[*i].word), Certainty::Planned | Certainty::Conditional);
            !open && !typing::lasting(s, lex, &all[*i])
        });
    }
    let acts: Vec<&Anchor> = order.iter().map(|i| &all[*i]).collect();
    let place = place(s, lex, first, &range);
    let anchor_token = tolls.first().map_or(s.token(first), |t| t.token);
    let voices = voices(s, anchor_token);
    let Doer { party: actor, voice: actor_voice, guess, stranger, blamed } = actor(s, lex, all, &acts, &range);
    let boast = sides::boaster(s, &tolls, &voices).or_else(|| {
        let won = |a: &&Anchor| a.any(lex, |x| matches!(&*x.id, "take" | "retake"));
        acts.iter().any(won).then(|| sides::winner(s, &voices)).flatten().filter(|_| &*kind == "capture_of_territory")
    });
    let target = target(s, lex, all, &acts, &range, &tolls, place.as_ref(), actor.as_ref());
    // a post says whose men were there, but not that the dead are theirs
    let post = |t: &Party| tolls.iter().all(|x| x.toll.group.id != t.id) && sites::is_post(s, lex, t);
    let (target, mut presumed) = match target {
        Some(t) if post(&t) => (None, Some(t)),
        t => (t, None),
    };
    // "les combats entre X et Y ont tué dix soldats de X": the side that counts its dead is the one it was done to
    let (actor, target) = match (actor, target) {
        (Some(a), Some(t))
            if tolls.iter().any(|x| x.toll.group.id == a.id)
                && acts.first().is_some_and(|x| x.any(lex, |y| y.mutual)) =>
        {
            (Some(t), Some(a))
        }
        x => x,
    };
    let target = match (&*kind, actor.as_ref().or(guess.as_ref()).or(boast.as_ref())) {
        ("capture_of_territory", Some(a)) if target.as_ref().is_none_or(|t| t.status != Status::Combatant) => {
            presumed = sides::loser(s, a, place.as_ref()).or(presumed);
            target.filter(|_| presumed.is_none())
        }
        _ => target,
    };
    // a drone brought down: whose drone it was attacked
    let (actor, target) = match target {
        Some(t) if &*kind == "drone_strike" && actor.is_none() && t.id.ends_with("/air-force") => (Some(t), None),
        t => (actor, t),
    };
    let actor_id = actor.as_ref().map(|a| a.id.clone());
    // A party is not its own victim.
    let target = target.filter(|t| actor.as_ref().is_none_or(|a| a.id != t.id));
    if let Some((k, r)) =
        typing::by_sides(&kind, rank, actor.as_ref().or(guess.as_ref()).or(boast.as_ref()), target.as_ref(), &tolls)
    {
        (kind, rank) = (k, r);
    }
    let time = time(s, lex, first, &range);
    let certainty = tolls
        .first()
        .filter(|_| !core)
        .and_then(|t| t.anchor.or_else(|| s.word_at(t.token)))
        .map_or_else(|| certainty(s, lex, first), |w| certainty(s, lex, w));
    let noun_main = main.filter(|i| all[*i].noun);
    // "des", read as a contraction, may as well be the indefinite article: it points back to nothing
    let contracted = |d: usize| d > 0 && syn.word(d - 1).token == syn.word(d).token;
    let det = noun_main
        .and_then(|i| syn.child(all[i].word, &[Dep::Det]))
        .filter(|d| !contracted(*d))
        .map(|d| syn.form[d].trim_end_matches('\'').to_owned());
    // "Avec ce drame, 34 civils …": no act noun, but the sentence opens by pointing back
    let opening = range.start..(range.start + 4).min(range.end);
    let demonstrative = det.as_ref().is_some_and(|d| lex.grammar.demonstrative.contains(d))
        || (main.is_none_or(|i| !all[i].noun) || tolls.iter().any(|t| t.toll.cumulative))
            && s.view.folded[opening].iter().any(|f| lex.grammar.demonstrative.contains(f));
    // "cette attaque survient après celle de …": it is the other one that is told of
    let demonstrative = demonstrative && !s.view.folded[range.clone()].iter().any(|f| lex.grammar.that_one.contains(f));
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
        actor_voice,
        guess,
        boast,
        fresh: main.is_some_and(|i| all[i].noun) && !definite,
        stranger,
        blamed,
        another: main.is_some_and(|i| {
            let at = all[i].tokens.start;
            (at.saturating_sub(3)..(at + 3).min(s.view.len())).any(|t| lex.grammar.other.contains(&s.view.folded[t]))
        }),
        heading: s.heading,
        accuses: false,
        bare: anchors.is_empty() || rank == 0 && !core,
        presumed: presumed.filter(|p| actor_id.as_ref() != Some(&p.id)),
        tally: s.view.folded.iter().take(3).any(|f| crate::lex::fits(&lex.grammar.tallies, f)),
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

/// Who did an act, and how it is known.
#[derive(Default)]
struct Doer {
    party: Option<Party>,
    voice: Option<Party>,
    guess: Option<Party>,
    stranger: bool,
    blamed: bool,
}

/// Who did it, and who says so where that is somebody else than who tells it.
fn actor(s: &Sent<'_>, lex: &ClaimLexicon, all: &[Anchor], acts: &[&Anchor], range: &Range<usize>) -> Doer {
    // the sides of a fight are those of that fight, not of what else the sentence tells of
    let other_fight = |i: usize| i > 0 && acts[i].any(lex, |x| x.mutual);
    let named = acts.iter().enumerate().filter(|(i, _)| !other_fight(*i)).find_map(|(_, a)| {
        roles(s, lex, a, all)
            .actor
            .filter(|p| may_act(&s.parties[*p].party, s.parties[*p].kind) && !weapon::ownerless(s, lex, *p))
    });
    let mut out = Doer::default();
    if let Some(p) = acts.first().and_then(|a| roles::said_of_self(s, lex, a)) {
        return Doer { party: Some(p), ..out };
    }
    if named.is_none_or(|p| nameless(&s.parties[p].party))
        && let Some(b) = blame::blame(s, lex, all, range).filter(|b| b.of_act)
    {
        let m = &s.parties[b.actor];
        let guess = sides::pointing(s, &pointers(lex), m).then(|| sides::foe(s, m)).flatten();
        return Doer { party: Some(m.party.clone()), voice: b.voice, guess, blamed: true, ..out };
    }
    if named.is_none() {
        out.party = weapon::owner(s, lex, acts)
            .or_else(|| acts.iter().filter(|a| !a.any(lex, |x| x.mutual)).find_map(|a| adjective_actor(s, lex, a)));
    }
    let named = named.or_else(|| by_order(s, lex, range).filter(|_| out.party.is_none()));
    if let Some(m) = named.map(|p| &s.parties[p]) {
        out.party = Some(m.party.clone());
        let pointing = sides::pointing(s, &pointers(lex), m);
        out.stranger = nameless(&m.party) && !pointing;
        out.guess = if pointing { sides::foe(s, m) } else { None };
    }
    out
}

/// “… par des combattants”: order alone.
fn by_order(s: &Sent<'_>, lex: &ClaimLexicon, range: &Range<usize>) -> Option<usize> {
    let speaks = |p: &Party| s.scopes.iter().any(|x| x.speaker.as_ref().is_some_and(|y| y.span == p.span));
    (range.start..range.end.saturating_sub(1))
        .filter(|t| lex.grammar.by.iter().any(|b| *b == s.view.folded[*t]))
        .find_map(|t| {
            (0..s.parties.len()).find(|i| {
                let p = &s.parties[*i];
                (t + 1..t + 4).contains(&p.tokens.start)
                    && range.contains(&p.tokens.start)
                    && fights(&p.party, p.kind)
                    && !weapon::ownerless(s, lex, *i)
            })
        })
        .filter(|p| !speaks(&s.parties[*p].party))
}

/// Words that make a noun point back.
fn pointers(lex: &ClaimLexicon) -> Vec<String> {
    lex.grammar.definite.iter().chain(&lex.grammar.demonstrative).chain(&lex.grammar.same).cloned().collect()
}

/// To whom it was done: the argument of the acts, the dead, those counted, those who live where it hit.
fn target(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    all: &[Anchor],
    acts: &[&Anchor],
    range: &Range<usize>,
    tolls: &[FoundToll],
    place: Option<&Place>,
    actor: Option<&Party>,
) -> Option<Party> {
    let counted = || {
        tolls
            .iter()
            .find(|t| !t.open_group && &*t.toll.unit == "person" && t.toll.part_of.is_none())
            .map(|t| t.toll.group.clone())
    };
    // "des frappes venues des positions de l'armée": a party is not its own victim
    let own = |p: &usize| actor.is_some_and(|a| a.id == s.parties[*p].party.id);
    let of = |a: &&Anchor| roles(s, lex, a, all).target.filter(|p| suffers(s.parties[*p].kind) && !own(p));
    let party = |p: usize| s.parties[p].party.clone();
    let known = |p: &Party| &*p.id != "generic/people";
    // the act that says most first; those counted say more than what else the sentence tells of
    let first = acts.first().and_then(of).or_else(|| death_of(s, lex, range)).map(party);
    let others = || acts.iter().skip(1).find_map(of).map(party);
    first
        .clone()
        .filter(known)
        .or_else(|| counted().filter(known))
        .or_else(|| sites::target(s, lex, &acts[..acts.len().min(1)], place))
        .or_else(|| others().filter(known))
        .or_else(|| sites::target(s, lex, acts, place))
        .or(first)
        .or_else(counted)
        .or_else(|| tolls.iter().find(|t| &*t.toll.group.id == "generic/people").map(|t| t.toll.group.clone()))
}

/// An accusation that stands in a sentence of its own: “Le gouverneur met en cause l'armée.”
pub fn accusation(s: &Sent<'_>, lex: &ClaimLexicon, anchors: &[Anchor]) -> Option<Event> {
    let range = 0..s.view.len();
    let b = blame::blame(s, lex, anchors, &range).filter(|b| b.of_act)?;
    let m = &s.parties[b.actor];
    let guess = sides::pointing(s, &pointers(lex), m).then(|| sides::foe(s, m)).flatten();
    let voices = voices(s, m.head);
    Some(Event {
        tolls: Vec::new(),
        kind: "attack".into(),
        rank: 0,
        core: false,
        time: None,
        place: None,
        actor: Some(m.party.clone()),
        actor_voice: b.voice,
        guess,
        boast: None,
        fresh: false,
        stranger: false,
        blamed: true,
        another: false,
        heading: s.heading,
        accuses: true,
        bare: true,
        presumed: None,
        tally: false,
        target: None,
        means: Vec::new(),
        certainty: Certainty::Stated,
        voices,
        definite: true,
        demonstrative: false,
        pluperfect: false,
        rules: vec!["blame".into()],
        habitual: false,
    })
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
