//! Acts, tolls and arguments of a sentence brought together into events.

use std::ops::Range;

use recoupe_mention::{Id, Means, Party, Place, When};
use recoupe_syntax::Dep;

mod roles;
mod segment;
mod setting;

pub use roles::{fights, patient_class};
pub use setting::{place_of_speech, when};

use crate::anchor::Anchor;
use crate::lex::{ClaimLexicon, On};
use crate::mood::certainty;
use crate::sentence::Sent;
use crate::toll::FoundToll;
use crate::types::Certainty;
use roles::{accused, adjective_actor, death_of, may_act, roles, suffers, told};
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

/// Types that a weapon makes more exact.
fn kind_takes_means(kind: &str) -> bool {
    matches!(kind, "attack" | "shelling" | "airstrike")
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
