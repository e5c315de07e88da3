//! Acts, tolls and arguments of a sentence brought together into events.

use std::ops::Range;

use recoupe_mention::{Id, Means, Party, Place, When};
use recoupe_syntax::Dep;

mod blame;
mod phrases;
mod recent;
mod roles;
mod segment;
mod setting;
mod sides;
mod sites;
mod traces;
mod typing;
mod war;
mod weapon;
mod who;

pub use recent::Recent;
pub use roles::{fights, patient_class};
pub use setting::{began, place_of_speech, when};
pub use sides::{boaster, main_army, main_group, nameless};
pub use traces::traces;

use crate::anchor::Anchor;
use crate::lex::{ClaimLexicon, fits};
use crate::mood::certainty;
use crate::sentence::Sent;
use crate::toll::FoundToll;
use crate::types::Certainty;
use segment::{segments, split_captures};
use setting::{place, time};
use who::Found;

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
    /// Told as something that is done again and again.
    pub again: bool,
    /// Told of several acts at once: “ont multiplié les raids”.
    pub summed: bool,
    /// An act that somebody claims, confirms or condemns: one that is known.
    pub recalled: bool,
    /// The sum of a whole war, with its largest figure.
    pub war: Option<i64>,
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
        if let Some(mut e) = event(s, lex, anchors, a, t, range.clone()) {
            war::sum_up(s, lex, &mut e, &range);
            war::date_total(s, lex, &mut e);
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
    let who = who::who(
        s,
        lex,
        all,
        &acts,
        &Found { range: &range, tolls: &tolls, voices: &voices, place: place.as_ref(), kind: &kind },
    );
    if let Some((k, r)) = typing::by_sides(&kind, rank, who.likely(), who.target.as_ref(), &tolls) {
        (kind, rank) = (k, r);
    }
    // who blows himself up, whatever else is said of it
    let bomber = || who.actor.as_ref().is_some_and(|a| &*a.id == who::BOMBER);
    let dead = || tolls.iter().any(|t| &*t.toll.kind == "killed" && &*t.toll.group.id != who::BOMBER);
    let bombers = || s.parties.iter().any(|p| &*p.party.id == who::BOMBER && range.contains(&p.head));
    if &*kind == "attack" && rank <= 2 && (bomber() || dead() && bombers()) {
        (kind, rank) = ("explosion_ied".into(), 7);
    }
    if let Some((k, r)) = typing::by_doer(s, &kind, &rules, &means, who.likely()) {
        (kind, rank) = (k, r);
    }
    // two figures of one kind: one of them is news
    let whole = |t: &&FoundToll| t.toll.part_of.is_none();
    let twice = |t: &FoundToll| tolls.iter().filter(whole).filter(|u| u.toll.kind == t.toll.kind).count() > 1;
    // a fight goes on; of other acts that are dated one by one a total is dated by its page
    let sums = !core || &*kind == "armed_clash";
    let total = sums && !tolls.is_empty() && tolls.iter().all(|t| t.toll.cumulative && !twice(t));
    // "deux soldats sont tombés, ce qui porte à 82 … depuis": nor did the news begin then
    let since = |w: &recoupe_mention::When| {
        s.times.iter().any(|t| t.kind == recoupe_mention::time::TimeKind::Since && t.span == w.span)
    };
    let only = main.is_none();
    let time = time(s, lex, first, &range, total, only).filter(|w| !(tolls.iter().any(twice) && since(w)));
    // "le groupe, basé au Nord, a revendiqué lundi l'attaque": before the act stands who recalls it, where and when
    let known = main.filter(|i| all[*i].noun && tolls.is_empty() && recalled(s, lex, &all[*i]));
    let behind = |span: recoupe_text::Span| {
        known.is_none_or(|i| span.start >= s.view.sentence.tokens[all[i].tokens.start].span.start)
    };
    let (time, place) = (time.filter(|w| behind(w.span)), place.filter(|p| behind(p.span)));
    let certainty = tolls
        .first()
        .filter(|_| !core)
        .and_then(|t| t.anchor.or_else(|| s.word_at(t.token)))
        .map_or_else(|| certainty(s, lex, first), |w| certainty(s, lex, w));
    let Pointing { demonstrative, definite, plural } = pointing(s, lex, main.map(|i| &all[i]), &tolls, &range);
    let clause = syn.clause(first);
    // "a annoncé que deux soldats avaient été blessés": no earlier than what the page tells, only told by somebody
    let reported = syn.dep(clause) == Dep::Ccomp
        && syn.head(clause).is_some_and(|h| s.scopes.iter().any(|x| x.verb == Some(h)) && !past_before(syn, h));
    let pluperfect = !reported && past_before(syn, clause);
    // "recherché pour deux attaques": acts that somebody counts, and no word on any of them
    let aside = main.is_some_and(|i| all[i].noun && matches!(syn.dep(all[i].word), Dep::Obl | Dep::Nmod))
        && !tolls.is_empty()
        && tolls.iter().all(|t| &*t.toll.kind == "attacks");
    if aside && time.is_none() && place.is_none() && who.actor.is_none() {
        return None;
    }
    for t in &tolls {
        rules.push(t.rule.into());
    }
    rules.dedup();
    // "l'aviation a mené des frappes, a indiqué le ministère": what somebody reports as done is news, wherever it was
    let reported_strike = !voices.is_empty() && matches!(&*kind, "airstrike" | "drone_strike" | "shelling");
    // "des frappes ont visé X": done there, whoever did it
    let town = place.as_ref().is_some_and(|p| p.precision < recoupe_mention::PlacePrecision::Province);
    Some(Event {
        tolls,
        kind,
        rank,
        core,
        habitual: time.is_none()
            && (plural && !(done(s, clause) && (who.actor.is_some() && (place.is_some() || reported_strike) || town))
                || habit(s, lex, clause)),
        again: time.is_none() && !s.heading && (habit(s, lex, clause) || plural && present(s, clause)),
        summed: plural,
        recalled: definite && main.is_some_and(|i| recalled(s, lex, &all[i])),
        war: None,
        time,
        place,
        actor: who.actor,
        actor_voice: who.voice,
        guess: who.guess,
        boast: who.boast,
        fresh: main.is_some_and(|i| all[i].noun) && !definite,
        stranger: who.stranger,
        blamed: who.blamed,
        another: main.is_some_and(|i| {
            let at = all[i].tokens.start;
            let near = at.saturating_sub(3)..(at + 3).min(s.view.len());
            let more =
                |t: usize| fits(&lex.grammar.other, &s.view.folded[t]) || fits(&lex.grammar.more, &s.view.folded[t]);
            near.clone().any(|t| more(t) || also(s, lex, t))
        }),
        heading: s.heading,
        accuses: false,
        bare: anchors.is_empty() || rank == 0 && !core,
        presumed: who.presumed,
        tally: s.view.folded.iter().take(3).any(|f| crate::lex::fits(&lex.grammar.tallies, f)),
        target: who.target,
        means,
        certainty,
        voices,
        definite,
        demonstrative,
        pluperfect,
        rules,
    })
}

/// “la tempête a tué douze personnes”, “morts dans un naufrage”: figures of what nobody did.
pub fn by_nature(s: &Sent<'_>, lex: &ClaimLexicon, e: &Event) -> bool {
    let syn = &s.syn;
    if e.tolls.is_empty() || e.actor.is_some() || e.core && e.rank > 1 || !e.means.is_empty() || e.war.is_some() {
        return false;
    }
    let natural = |w: usize| fits(&lex.grammar.nature, &syn.lemma[w]) && syn.word(w).upos == recoupe_syntax::Upos::Noun;
    e.tolls.iter().all(|t| {
        let Some(w) = t.anchor.or_else(|| s.word_at(t.token)) else { return false };
        let c = syn.clause(w);
        syn.subject(c).is_some_and(natural)
            || syn.kids(c, &[Dep::Obl, Dep::Nmod]).any(natural)
            || syn.kids(w, &[Dep::Obl, Dep::Nmod]).any(natural)
    })
}

/// “a revendiqué l'opération”, “a confirmé l'attaque”: the object of a verb that speaks of what is known.
fn recalled(s: &Sent<'_>, lex: &ClaimLexicon, a: &Anchor) -> bool {
    let verb = s.syn.head(a.word).filter(|_| a.noun && s.syn.dep(a.word) == Dep::Obj);
    verb.is_some_and(|v| lex.grammar.recalls.contains(&s.syn.lemma[v]))
}

/// Whether a verb stands in the pluperfect.
fn past_before(syn: &crate::syn::Syn<'_>, verb: usize) -> bool {
    syn.kids(verb, &[Dep::Aux]).any(|x| syn.word(x).feats.tense == Some(recoupe_syntax::Tense::Imp))
}

/// Whether a token adds one more to what was told: “ont aussi attaqué”.
fn also(s: &Sent<'_>, lex: &ClaimLexicon, t: usize) -> bool {
    lex.grammar.also.contains(&s.view.folded[t])
}

/// “régulièrement”, “chaque jour”: an adverb of habit by the verb of a clause.
fn habit(s: &Sent<'_>, lex: &ClaimLexicon, clause: usize) -> bool {
    let at = s.token(clause);
    let mut near = at.saturating_sub(5)..(at + 8).min(s.view.len());
    near.any(|t| lex.grammar.habit.stand_at(&s.view.folded, t))
}

/// Whether a clause stands in the present or imperfect, not in a perfect.
fn present(s: &Sent<'_>, clause: usize) -> bool {
    use recoupe_syntax::Tense;
    s.syn.finite(clause)
        && matches!(s.syn.word(clause).feats.tense, Some(Tense::Pres | Tense::Imp))
        && s.syn.child(clause, &[Dep::Aux]).is_none()
}

/// Whether a clause says in a perfect of the active what somebody did: “l'aviation a mené des frappes”.
fn done(s: &Sent<'_>, clause: usize) -> bool {
    use recoupe_syntax::Tense;
    let perfect = |a: usize| matches!(s.syn.word(a).feats.tense, Some(Tense::Pres)) && s.syn.finite(a);
    s.syn.word(clause).upos == recoupe_syntax::Upos::Verb
        && !s.syn.passive(clause)
        && s.syn.kids(clause, &[Dep::Aux]).any(perfect)
}

/// Whether an event is told as something known.
struct Pointing {
    demonstrative: bool,
    definite: bool,
    plural: bool,
}

/// Whether the words for an act point back: by their article, or by how the sentence opens.
fn pointing(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    main: Option<&Anchor>,
    tolls: &[FoundToll],
    range: &Range<usize>,
) -> Pointing {
    let (syn, g) = (&s.syn, &lex.grammar);
    let noun = main.filter(|a| a.noun);
    // "des", read as a contraction, may as well be the indefinite article: it points back to nothing
    let contracted = |d: usize| d > 0 && syn.word(d - 1).token == syn.word(d).token;
    let det = noun
        .and_then(|a| syn.child(a.word, &[Dep::Det]))
        .filter(|d| !contracted(*d))
        .map(|d| syn.form[d].trim_end_matches('\'').to_owned());
    // "Avec ce drame, 34 civils …": no act noun, but the sentence opens by pointing back
    let opening = range.start..(range.start + 4).min(range.end);
    let opens = (noun.is_none() || tolls.iter().any(|t| t.toll.cumulative))
        && s.view.folded[opening].iter().any(|f| g.demonstrative.contains(f));
    // "cette attaque survient après celle de …": it is the other one that is told of
    let other = s.view.folded[range.clone()].iter().any(|f| g.that_one.contains(f));
    let demonstrative = (opens || det.as_ref().is_some_and(|d| g.demonstrative.contains(d))) && !other;
    let definite =
        demonstrative || det.as_ref().is_some_and(|d| g.definite.iter().any(|x| x.trim_end_matches('\'') == d));
    let plural = noun.is_some_and(|a| syn.word(a.word).feats.number == Some(recoupe_syntax::Number::Plur));
    Pointing { demonstrative, definite, plural }
}

/// An accusation that stands in a sentence of its own: “Le gouverneur met en cause l'armée.”
pub fn accusation(s: &Sent<'_>, lex: &ClaimLexicon, anchors: &[Anchor]) -> Option<Event> {
    let range = 0..s.view.len();
    let b = blame::blame(s, lex, anchors, &range).filter(|b| b.of_act)?;
    let m = &s.parties[b.actor];
    let guess = sides::pointing(s, &who::pointers(lex), m).then(|| sides::foe(s, m)).flatten();
    let voices = voices(s, m.head);
    Some(Event {
        tolls: Vec::new(),
        kind: "attack".into(),
        rank: 0,
        core: false,
        time: None,
        place: None,
        actor: Some(sides::hands(s, m)),
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
        again: false,
        summed: false,
        recalled: false,
        war: None,
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
