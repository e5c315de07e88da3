//! Who did an act and to whom, of all that a stretch of a sentence says of it.

use std::ops::Range;

use recoupe_mention::{Party, Place, Status};

use super::roles::{self, adjective_actor, death_of, fights, may_act, roles, suffers};
use super::{blame, nameless, phrases, recent, sides, sites, weapon};
use crate::anchor::Anchor;
use crate::lex::ClaimLexicon;
use crate::sentence::Sent;
use crate::toll::FoundToll;

/// Those who blow themselves up.
pub(super) const BOMBER: &str = "generic/suicide-bomber";

/// Those who take to the streets.
const PROTESTERS: &str = "generic/protesters";

/// What is known of an event before its parties.
pub(super) struct Found<'a> {
    /// Its stretch of the sentence.
    pub range: &'a Range<usize>,
    /// Its tolls.
    pub tolls: &'a [FoundToll],
    /// Who tells it.
    pub voices: &'a [Party],
    /// Where.
    pub place: Option<&'a Place>,
    /// Its type so far.
    pub kind: &'a str,
}

/// The parties of an event.
pub(super) struct Who {
    pub actor: Option<Party>,
    pub voice: Option<Party>,
    pub guess: Option<Party>,
    pub boast: Option<Party>,
    pub stranger: bool,
    pub blamed: bool,
    pub target: Option<Party>,
    pub presumed: Option<Party>,
}

impl Who {
    /// Who did it as far as anything tells.
    pub fn likely(&self) -> Option<&Party> {
        self.actor.as_ref().or(self.guess.as_ref()).or(self.boast.as_ref())
    }
}

/// Finds them.
pub(super) fn who(s: &Sent<'_>, lex: &ClaimLexicon, all: &[Anchor], acts: &[&Anchor], e: &Found<'_>) -> Who {
    let Doer { party: actor, voice, guess, stranger, blamed } = actor(s, lex, all, acts, e);
    // a source tells of it, and did not do it
    let actor = actor.filter(|p| !recoupe_mention::parties::only_tells(s.names(), p));
    let boast = sides::boaster(s, e.tolls, e.voices).or_else(|| {
        let won = |a: &&Anchor| a.any(lex, |x| matches!(&*x.id, "take" | "retake"));
        acts.iter().any(won).then(|| sides::winner(s, e.voices)).flatten().filter(|_| e.kind == "capture_of_territory")
    });
    let target = target(s, lex, all, acts, e, actor.as_ref());
    // a post says whose men were there, but not that the dead are theirs
    let post = |t: &Party| e.tolls.iter().all(|x| x.toll.group.id != t.id) && sites::is_post(s, lex, t);
    let (target, mut presumed) = match target {
        Some(t) if post(&t) => (None, Some(t)),
        t => (t, None),
    };
    // "les combats entre X et Y ont tué dix soldats de X": the side that counts its dead is the one it was done to
    let fight = acts.first().is_some_and(|x| x.any(lex, |y| y.mutual));
    let (actor, target) = match (actor, target) {
        (Some(a), Some(t)) if fight && e.tolls.iter().any(|x| x.toll.group.id == a.id) => (Some(t), Some(a)),
        x => x,
    };
    let target = match (e.kind, actor.as_ref().or(guess.as_ref()).or(boast.as_ref())) {
        ("capture_of_territory", Some(a)) if target.as_ref().is_none_or(|t| t.status != Status::Combatant) => {
            presumed = sides::loser(s, a, e.place).or(presumed);
            target.filter(|_| presumed.is_none())
        }
        _ => target,
    };
    // who blows himself up is whose act it was, whatever became of him
    let (actor, target) = match target {
        Some(t) if &*t.id == BOMBER && matches!(e.kind, "explosion_ied" | "attack") => (actor.or(Some(t)), None),
        t => (actor, t),
    };
    // a drone brought down: whose drone it was attacked
    let (actor, target) = match target {
        Some(t) if e.kind == "drone_strike" && actor.is_none() && t.id.ends_with("/air-force") => (Some(t), None),
        t => (actor, t),
    };
    // nobody is said to have killed those whom the armed men found who had just come
    let came = || s.recent.arrived(s.index).filter(|_| e.kind == "attack" && !e.tolls.is_empty()).cloned();
    let harmed = |c: &Party| target.iter().chain(e.tolls.iter().map(|x| &x.toll.group)).any(|t| t.id == c.id);
    let guess = guess.or_else(|| came().filter(|c| actor.is_none() && !harmed(c)));
    // "des îlots qui abritent des combattants": struck for who hides there
    presumed = presumed.or_else(|| target.is_none().then(|| sites::hiding(s, lex, acts)).flatten());
    let downs = || acts.first().is_some_and(|a| a.any(lex, |x| &*x.id == "shoot-down"));
    let deed = |a: &&Anchor| !a.any(lex, |x| x.mutual || x.own || &*x.id == "repel");
    let boast = boast.or_else(|| {
        let nobody = actor.is_none() && guess.is_none() && acts.first().is_some_and(deed);
        // a group that tells of an aircraft brought down has none to lose
        let group = e.voices.last().is_some_and(|v| v.id.starts_with("group/"));
        let winner = || (group && target.is_none() && downs()).then(|| sides::winner(s, e.voices)).flatten();
        nobody.then(|| sides::striker(s, target.as_ref(), e.voices).or_else(winner)).flatten()
    });
    // "des manifestations ont eu lieu": those who protest do
    let marchers = || {
        let a = acts.first().filter(|a| e.kind == "protest" && a.any(lex, |x| &*x.id == "protest"))?;
        let hit = target.iter().chain(e.tolls.iter().map(|t| &t.toll.group)).any(|t| &*t.id == PROTESTERS);
        (!hit && actor.is_none() && guess.is_none()).then(|| Party {
            id: PROTESTERS.into(),
            name: "protesters".into(),
            country: None,
            status: Status::Civilian,
            span: s.view.sentence.tokens[a.tokens.start].span,
        })
    };
    let boast = boast.or_else(marchers);
    // "deux hommes ont été interpellés": by the police of the land
    let boast = boast.or_else(|| police(s, lex, acts, e).filter(|_| actor.is_none() && guess.is_none()));
    // "ont bombardé la ville": those who live there, unless anything tells of others
    let town = || {
        let strike = matches!(e.kind, "shelling" | "airstrike" | "drone_strike" | "attack");
        let at = |a: &&&Anchor| deed(a) && a.any(lex, |x| x.core && x.toll.is_none() && x.on.is_none());
        let hit = acts.first().filter(at).is_some_and(|a| roles(s, lex, a, all).patient_place);
        (strike && hit && target.is_none()).then(|| sites::residents(s.view.sentence.span))
    };
    presumed = presumed.or_else(town);
    // what a group brings down is the army's
    let army = || {
        let by = actor.as_ref().or(boast.as_ref()).filter(|a| a.id.starts_with("group/"))?;
        (target.is_none() && downs()).then(|| sides::loser(s, by, e.place)).flatten()
    };
    presumed = presumed.or_else(army);
    // A party is not its own victim.
    let other = |t: &Party| actor.as_ref().is_none_or(|a| a.id != t.id);
    let (target, presumed) = (target.filter(other), presumed.filter(other));
    Who { actor, voice, guess, boast, stranger, blamed, target, presumed }
}

/// Whoever alone does what an arrest is called by: the police of the land it is told of.
fn police(s: &Sent<'_>, lex: &ClaimLexicon, acts: &[&Anchor], e: &Found<'_>) -> Option<Party> {
    let a = acts.first().filter(|_| e.kind == "arrest")?;
    if !lex.grammar.police_acts.contains(&s.syn.lemma[a.word]) {
        return None;
    }
    let land = e.place.and_then(|p| p.country.as_deref()).or(s.army.and_then(|p| p.country.as_deref()))?;
    let state = s.names().state2(land)?;
    let span = s.view.sentence.tokens[a.tokens.start].span;
    Some(recoupe_mention::parties::state_party(s.names(), state, "police", span))
}

/// Whether all those harmed are a party's own: then it was done to them, whatever the tree says.
fn lost_all(tolls: &[FoundToll], party: &Party) -> bool {
    let mut harmed = tolls.iter().map(|x| &x.toll).filter(|t| {
        &*t.unit == "person" && matches!(&*t.kind, "killed" | "wounded" | "captured" | "missing" | "neutralised")
    });
    harmed.clone().count() > 1 && harmed.all(|t| t.group.id == party.id)
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
fn actor(s: &Sent<'_>, lex: &ClaimLexicon, all: &[Anchor], acts: &[&Anchor], e: &Found<'_>) -> Doer {
    let range = e.range;
    // the sides of a fight are those of that fight, not of what else the sentence tells of
    let other_fight = |i: usize| i > 0 && acts[i].any(lex, |x| x.mutual);
    // who holds the place has not struck it; nor has anybody else where the act itself says whose it was
    let holds = |i: usize| i > 0 && acts[i].any(lex, |x| x.state);
    let own = |i: usize| i > 0 && acts.first().is_some_and(|a| adjective_actor(s, lex, a).is_some());
    let named =
        acts.iter().enumerate().filter(|(i, _)| !other_fight(*i) && !holds(*i) && !own(*i)).find_map(|(_, a)| {
            roles(s, lex, a, all).actor.filter(|p| {
                let m = &s.parties[*p];
                may_act(&m.party, m.kind) && !weapon::ownerless(s, lex, *p) && !lost_all(e.tolls, &m.party)
            })
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
        return Doer { party: Some(sides::hands(s, m)), voice: b.voice, guess, blamed: true, ..out };
    }
    if named.is_none() {
        out.party = weapon::owner(s, lex, acts)
            .or_else(|| acts.iter().filter(|a| !a.any(lex, |x| x.mutual)).find_map(|a| adjective_actor(s, lex, a)));
    }
    if named.is_none() && out.party.is_none() {
        out.party = acts.iter().find_map(|a| recent::meant(s, lex, a));
    }
    let named = named.or_else(|| under(s, lex, range).filter(|_| out.party.is_none()));
    let named = named.or_else(|| by_order(s, lex, acts, range).filter(|_| out.party.is_none()));
    if let Some(m) = named.map(|p| &s.parties[p]) {
        out.party = Some(sides::hands(s, m));
        let pointing = sides::pointing(s, &pointers(lex), m);
        out.stranger = nameless(&m.party) && !pointing;
        out.guess = if pointing { sides::foe(s, m) } else { None };
    }
    out
}

/// “sous les balles de la police”, “victimes des miliciens”: whose blows they died of.
fn under(s: &Sent<'_>, lex: &ClaimLexicon, range: &Range<usize>) -> Option<usize> {
    let g = &lex.grammar;
    let owner = |t: usize| {
        (0..s.parties.len()).find(|i| {
            let m = &s.parties[*i];
            (t + 2..t + 5).contains(&m.tokens.start) && m.party.status == Status::Combatant && fights(&m.party, m.kind)
        })
    };
    let of = |t: usize| s.view.folded.get(t + 1).is_some_and(|f| g.of.iter().any(|o| o == f.trim_end_matches('\'')));
    range.clone().filter(|t| of(*t)).find_map(|t| {
        let lemma = s.word_at(t).map(|w| s.syn.lemma[w].as_str())?;
        let blows =
            g.blows.iter().any(|b| b == lemma) && (t.saturating_sub(3)..t).any(|k| g.under.contains(&s.view.folded[k]));
        let victims = g.victims.iter().any(|b| b == lemma)
            && !s.view.folded[t.saturating_sub(1)..t]
                .iter()
                .any(|f| g.definite.iter().any(|d| d.trim_end_matches('\'') == f.trim_end_matches('\'')));
        (blows || victims).then(|| owner(t)).flatten()
    })
}

/// “… par des combattants”: order alone.
fn by_order(s: &Sent<'_>, lex: &ClaimLexicon, acts: &[&Anchor], range: &Range<usize>) -> Option<usize> {
    let words: Vec<usize> = acts.iter().take(1).map(|a| a.word).collect();
    let speaks = |p: &Party| s.scopes.iter().any(|x| x.speaker.as_ref().is_some_and(|y| y.span == p.span));
    (range.start..range.end.saturating_sub(1))
        .filter(|t| lex.grammar.by.iter().any(|b| *b == s.view.folded[*t]) && !phrases::other_deed(s, lex, *t, &words))
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
pub(super) fn pointers(lex: &ClaimLexicon) -> Vec<String> {
    lex.grammar.definite.iter().chain(&lex.grammar.demonstrative).chain(&lex.grammar.same).cloned().collect()
}

/// To whom it was done: the argument of the acts, the dead, those counted, those who live where it hit.
fn target(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    all: &[Anchor],
    acts: &[&Anchor],
    e: &Found<'_>,
    actor: Option<&Party>,
) -> Option<Party> {
    let (range, tolls, place) = (e.range, e.tolls, e.place);
    let counted = || {
        tolls
            .iter()
            // an order of size says less than the act whom it was done to
            .filter(|t| &*t.toll.kind != "displaced" && (t.toll.min.is_some() || t.toll.max.is_some()))
            .find(|t| !t.open_group && &*t.toll.unit == "person" && t.toll.part_of.is_none())
            .map(|t| t.toll.group.clone())
    };
    let ordered = |t: &FoundToll| {
        let size = t.toll.min.is_none() && t.toll.max.is_none();
        size && !t.open_group && &*t.toll.unit == "person" && t.toll.part_of.is_none() && &*t.toll.kind != "displaced"
    };
    // "des frappes venues des positions de l'armée": a party is not its own victim
    let own = |p: &usize| actor.is_some_and(|a| a.id == s.parties[*p].party.id);
    let of = |a: &&Anchor| {
        roles(s, lex, a, all).target.filter(|p| suffers(&s.parties[*p]) && !own(p) && !roles::located(s, lex, *p))
    };
    let party = |p: usize| s.parties[p].party.clone();
    let known = |p: &Party| !matches!(&*p.id, "generic/people" | BOMBER);
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
        .or_else(|| tolls.iter().find(|t| ordered(t)).map(|t| t.toll.group.clone()))
        .or_else(|| tolls.iter().find(|t| &*t.toll.group.id == "generic/people").map(|t| t.toll.group.clone()))
}
