//! What kind of incident it is: by the verb, by the noun, by the weapon, by who fights whom.

use std::ops::Range;

use recoupe_mention::{Id, Means, Party, Status};
use recoupe_syntax::{Dep, Sub, Tense, VerbForm};

use super::roles::{fights, may_act, patient_class, roles, told};
use crate::anchor::Anchor;
use crate::lex::{Act, ClaimLexicon, On};
use crate::mood::certainty;
use crate::sentence::Sent;
use crate::toll::FoundToll;
use crate::types::Certainty;

/// What the acts and weapons of a stretch of a sentence make of it.
pub(super) struct Typed {
    /// Incident type.
    pub kind: Id,
    /// How much the type says.
    pub rank: u8,
    /// Whether an act is named that is an incident by itself.
    pub core: bool,
    /// The act that says most.
    pub main: Option<usize>,
    /// Rules that fired.
    pub rules: Vec<Id>,
    /// With what.
    pub means: Vec<Means>,
}

/// The type of an event by its acts and its means.
pub(super) fn typed(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    all: &[Anchor],
    anchors: &[usize],
    tolls: &[FoundToll],
    range: &Range<usize>,
) -> Typed {
    let mut out =
        Typed { kind: "attack".into(), rank: 0, core: false, main: None, rules: Vec::new(), means: Vec::new() };
    for &i in anchors {
        let a = &all[i];
        let class = patient_class(s, lex, a);
        let Some(act) = a.act(lex, class).or(a.acts.first().copied()).map(|x| lex.act(x)) else { continue };
        out.rules.push(format!("act.{}", act.id).as_str().into());
        if act.on == Some(On::Place) && class != Some(On::Place) {
            continue;
        }
        if matches!(certainty(s, lex, a.word), Certainty::Planned | Certainty::Conditional) && anchors.len() > 1 {
            continue;
        }
        if anchors.len() > 1 && lasting(s, lex, a) {
            continue;
        }
        // those arrested where others were killed are the end of a fight
        let deadly = |t: &FoundToll| matches!(&*t.toll.kind, "killed" | "neutralised") && t.toll.max != Some(0);
        let rank = if act.kind == "arrest" && tolls.iter().any(deadly) { 0 } else { rank(s, lex, act, a, all) };
        if rank > out.rank || out.main.is_none() {
            if rank >= out.rank {
                out.rank = rank;
                out.kind = if routed(s, act, a) { "armed_clash".into() } else { act.kind.as_str().into() };
            }
            out.main = Some(i);
        }
        out.core |= is_core(s, lex, act, a, all, tolls, class);
    }
    by_means(s, lex, all, anchors, tolls, range, &mut out);
    out
}

/// “ont dispersé les assaillants”: fighters that are driven off do not protest.
fn routed(s: &Sent<'_>, act: &Act, a: &Anchor) -> bool {
    let fighters = |w: usize| s.party_of(w).is_some_and(|p| s.parties[p].party.status == Status::Combatant);
    act.kind == "protest" && act.id != "protest" && !a.noun && s.syn.object(a.word).is_some_and(fighters)
}

/// An attack thrown back is a battle, and the attack says no more than that.
fn rank(s: &Sent<'_>, lex: &ClaimLexicon, act: &Act, a: &Anchor, all: &[Anchor]) -> u8 {
    let syn = &s.syn;
    let thrown_back = act.id == "repel"
        && syn.object(a.word).into_iter().chain(syn.subject(a.word).filter(|_| s.passive(a.word, lex))).any(|w| {
            all.iter().any(|b| b.noun && b.word == w && b.any(lex, |x| matches!(&*x.id, "attack" | "offensive")))
        });
    // "l'explosion d'une bombe", "une bombe a explosé": laid, not dropped
    let laid = act.id == "explode"
        && all.iter().any(|b| {
            let tied = syn.head(b.word) == Some(a.word) || syn.subject(a.word) == Some(b.word);
            b.noun && b.word != a.word && tied && b.any(lex, |x| x.id == "bomb")
        });
    match (thrown_back, laid) {
        (true, _) => 4,
        (_, true) => 7,
        _ => act.rank,
    }
}

fn is_core(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    act: &Act,
    a: &Anchor,
    all: &[Anchor],
    tolls: &[FoundToll],
    class: Option<On>,
) -> bool {
    let syn = &s.syn;
    // Words that are figurative as often as not need an argument of the right kind.
    let grounded = if &*act.id == "protest" && !a.noun {
        marches(s, lex, a)
    } else {
        a.noun || {
            let r = roles(s, lex, a, all);
            // what can only be done with arms is done by whoever has some, a ministry too
            let arms = act.rank >= 5 && act.on.is_none();
            let does = |p: usize| {
                let m = &s.parties[p];
                fights(&m.party, m.kind) || arms && may_act(&m.party, m.kind)
            };
            r.actor.is_some_and(does) || r.target.is_some() || r.patient_place || r.patient_thing
        }
    };
    let taken = !lasting(s, lex, a)
        && act.kind == "capture_of_territory"
        && class == Some(On::Place)
        && !act.state
        && matches!(&*act.id, "take" | "retake" | "fall");
    // an operation under way while something else happened is its setting
    let setting = act.id == "offensive" && syn.word(syn.clause(a.word)).feats.tense == Some(Tense::Imp);
    // "l'armée combat les rebelles depuis dix ans": what goes on is no incident
    // a verb form that is a noun too has the subject and object of a verb
    let verb = !a.noun && syn.word(a.word).feats.tense == Some(Tense::Pres)
        || a.noun && syn.child(a.word, &[Dep::Nsubj]).is_some() && syn.child(a.word, &[Dep::Obj]).is_some();
    let standing = act.mutual
        && verb
        && !s.heading
        && syn.child(a.word, &[Dep::Aux]).is_none()
        && !s.times.iter().any(|t| {
            let start = t.tokens.start as usize;
            let since = s.view.folded[start.saturating_sub(1)..=start].iter().any(|f| lex.grammar.since.contains(f));
            t.from.is_some() && t.kind == recoupe_mention::time::TimeKind::Point && !since
        });
    // what fighters destroy is an incident, whether anybody counts it or not; what a storm destroys is none
    let destroyed = act.toll.as_deref() == Some("destroyed")
        && !a.noun
        && roles(s, lex, a, all).actor.is_some_and(|p| fights(&s.parties[p].party, s.parties[p].kind));
    taken
        || destroyed
        || act.core && !setting && !standing && grounded && (!a.noun || told(s, lex, a, all) || !tolls.is_empty())
}

/// “des étudiants ont manifesté”: people take to the streets; a state that protests, or shows its concern, does not.
fn marches(s: &Sent<'_>, lex: &ClaimLexicon, a: &Anchor) -> bool {
    let syn = &s.syn;
    let Some(subject) = syn.subject(a.word) else { return false };
    let people = match s.party_in(subject) {
        // "les partisans de X": the people, not X
        Some(p) => {
            let m = &s.parties[p];
            m.party.status == Status::Civilian
                || &*m.party.id == "generic/people"
                || m.head != s.token(subject) && syn.word(subject).upos == recoupe_syntax::Upos::Noun
        }
        None => syn.word(subject).upos == recoupe_syntax::Upos::Noun,
    };
    let shows = syn.reflexive(a.word, &lex.grammar)
        || syn.object(a.word).is_some_and(|o| {
            let dated = s.times.iter().any(|x| (x.tokens.start as usize..x.tokens.end as usize).contains(&s.token(o)));
            !dated && a.patient.is_none()
        });
    people && !shows
}

/// "occupe", "contrôle" in the present is a state of things.
pub(super) fn lasting(s: &Sent<'_>, lex: &ClaimLexicon, a: &Anchor) -> bool {
    let perfect = s
        .syn
        .kids(a.word, &[Dep::Aux])
        .any(|c| s.syn.word(c).feats.verb_form == Some(VerbForm::Part) || s.syn.word(c).sub == Sub::Tense);
    a.any(lex, |x| x.state)
        && !perfect
        && !a.noun
        && (s.syn.finite(a.word) || s.syn.agent(a.word, &lex.grammar).is_none())
}

/// The means says more than a plain attack.
fn by_means(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    all: &[Anchor],
    anchors: &[usize],
    tolls: &[FoundToll],
    range: &Range<usize>,
    out: &mut Typed,
) {
    for (t, id) in lex.means.find(s.view).filter(|(t, _)| range.contains(&t.start)) {
        let span = s.span(&t);
        if !out.means.iter().any(|m: &Means| m.id == *id) {
            out.means.push(Means { id: id.clone(), span });
        }
        let weapon_is_patient =
            tolls.iter().any(|x| x.toll.span.overlaps(span) && matches!(&*x.toll.kind, "destroyed" | "seized"));
        // "ont perdu un char": what is lost or destroyed did nothing
        let lost = anchors.iter().map(|i| &all[*i]).filter(|a| !a.noun && a.any(lex, |x| x.toll.is_some())).any(|a| {
            let patient = if s.passive(a.word, lex) { s.syn.subject(a.word) } else { s.syn.object(a.word) };
            s.word_at(t.start).is_some_and(|w| patient.is_some_and(|o| s.syn.with_conjuncts(o).contains(&w)))
        });
        // nor are those who are named so weapons: hunters are no fighter planes
        let owner = s.party_at(t.start).is_some_and(|p| {
            let (m, head) = (&s.parties[p].party, t.contains(&s.parties[p].head));
            m.id.ends_with("/armed-forces") && !head || head && id.as_ref() == "airstrike" && grounded(s, m)
        });
        let tied = s.word_at(t.start).is_some_and(|w| {
            anchors
                .iter()
                .any(|i| within(s, w, all[*i].word) || s.syn.subject(all[*i].word).is_some_and(|x| within(s, w, x)))
        }) || anchors
            .iter()
            .any(|i| all[*i].noun && t.start < all[*i].tokens.end + 3 && t.end + 1 > all[*i].tokens.start);
        if let Some((k, r)) = lex.means_type(id).filter(|_| tied)
            && r > out.rank
            && !weapon_is_patient
            && !lost
            && !owner
            && (kind_takes_means(&out.kind) || out.rank <= 3 && out.kind == "armed_clash".into())
        {
            out.kind = k;
            out.rank = r;
            out.rules.push(format!("means.{id}").as_str().into());
        }
    }
}

/// Whether a word stands under another without a clause or a coordinated verb between.
fn within(s: &Sent<'_>, word: usize, above: usize) -> bool {
    let mut at = word;
    for _ in 0..8 {
        if at == above {
            return true;
        }
        let clause = matches!(s.syn.dep(at), Dep::Acl | Dep::Advcl | Dep::Ccomp | Dep::Parataxis) && s.syn.finite(at)
            || s.syn.dep(at) == Dep::Conj && s.syn.verbal(at);
        match s.syn.head(at) {
            Some(h) if !clause => at = h,
            _ => return false,
        }
    }
    false
}

/// Types that a weapon makes more exact.
fn kind_takes_means(kind: &str) -> bool {
    matches!(kind, "attack" | "shelling" | "airstrike")
}

/// Whether a party is a group without aircraft of its own. An alliance of states has those of its members.
fn grounded(s: &Sent<'_>, party: &Party) -> bool {
    let entry = s.names().party(&party.id).map(|i| &s.names().world.parties[i as usize]);
    party.id.starts_with("group/") && entry.is_some_and(|e| e.kind == "armed-group" && !e.aircraft)
}

/// What the doer makes of an act: a raid of those who have no aircraft came on the ground; those whom nobody knows arrest
/// nobody, they carry people off.
pub(super) fn by_doer(
    s: &Sent<'_>,
    kind: &str,
    rules: &[Id],
    means: &[Means],
    actor: Option<&Party>,
) -> Option<(Id, u8)> {
    let actor = actor?;
    let unknown = actor.id.starts_with("generic/") && actor.country.is_none() && actor.status == Status::Combatant;
    let raid = kind == "airstrike"
        && rules.iter().any(|r| &**r == "act.raid")
        && !rules.iter().any(|r| &**r == "act.airstrike")
        && !means.iter().any(|m| matches!(&*m.id, "airstrike" | "drone"));
    if raid && (unknown || grounded(s, actor)) {
        return Some(("attack".into(), 4));
    }
    (kind == "arrest" && unknown).then(|| ("attack".into(), 5))
}

/// What no verb tells, the sides do: forces of a state that kill armed men fight them; people shot at a protest are its dead.
pub(super) fn by_sides(
    kind: &str,
    rank: u8,
    actor: Option<&Party>,
    target: Option<&Party>,
    tolls: &[FoundToll],
) -> Option<(Id, u8)> {
    if kind != "attack" || rank > 2 {
        return None;
    }
    let victims = || tolls.iter().map(|t| &t.toll.group).chain(target);
    if victims().any(|p| p.id.ends_with("/protesters")) {
        return Some(("protest".into(), 3));
    }
    let state =
        actor.is_some_and(|a| a.country.is_some() && a.status == Status::Combatant && !a.id.starts_with("group/"));
    let fighters = |p: &Party| p.status == Status::Combatant && actor.is_none_or(|a| a.country != p.country);
    let people =
        |t: &&FoundToll| &*t.toll.unit == "person" && matches!(&*t.toll.kind, "killed" | "neutralised" | "captured");
    let dead = tolls.iter().find(people)?;
    (state && rank <= 1 && fighters(&dead.toll.group)).then(|| ("armed_clash".into(), 2))
}
