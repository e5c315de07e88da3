//! Incidents of one series: where a page lays all raids of a day, or all strikes on a place, at one door, those for which it
//! names nobody are laid there too.

use recoupe_mention::{Party, Status};

use crate::event::nameless;
use crate::group::Known;

/// How many sentences off an incident without a day is told with another.
const BESIDE: u32 = 4;

/// From the air.
const AIR: u8 = 0;

/// How an incident was done, as far as one side does it alike.
fn manner(kind: &str) -> Option<u8> {
    match kind {
        "airstrike" | "drone_strike" => Some(AIR),
        "shelling" => Some(1),
        "attack" | "armed_clash" | "explosion_ied" => Some(2),
        _ => None,
    }
}

fn near(a: &Known, b: &Known) -> bool {
    let day = |k: &Known| k.time.as_ref().and_then(|t| t.from.zip(t.to));
    let land = |k: &Known| k.place.as_ref().and_then(|p| p.country.clone());
    let same_day = match (day(a), day(b)) {
        (Some(x), Some(y)) => x.0 <= y.1 && y.0 <= x.1 && (x.1 - x.0).get_days() <= 3 && (y.1 - y.0).get_days() <= 3,
        // no day of its own, told with the others
        _ => a.sentence.abs_diff(b.sentence) <= BESIDE,
    };
    let same_place = a.place.is_some() && a.place.as_ref().map(|p| &p.id) == b.place.as_ref().map(|p| &p.id);
    let same_land = land(a).is_none() || land(b).is_none() || land(a) == land(b);
    same_place || same_day && same_land
}

/// Whether two parties are one side: the same, or two forces of one state (“l'aviation” and “l'armée”).
fn one_side(a: &Party, b: &Party) -> bool {
    let state = |p: &Party| !p.id.starts_with("group/") && !p.id.starts_with("generic/");
    a.id == b.id || state(a) && state(b) && a.country.is_some() && a.country == b.country
}

/// Whether an incident may be laid at somebody's door: nobody is said to have done it, and it was not done to their own.
fn open(k: &Known, who: &Party) -> bool {
    let nobody = k.actor.is_none() && k.guess.is_none() && k.boast.is_none() && k.traced.is_none();
    let own = |t: &Party| {
        t.id == who.id
            || t.country.is_some() && t.country == who.country && !who.id.starts_with("group/")
            || nameless(t) && t.status == Status::Combatant
    };
    nobody && k.war.is_none() && !k.stranger && !k.target.as_ref().is_some_and(own)
}

/// Notes for each incident without an actor who did those near it, where they are all one side's. `voices` are those
/// who tell each: that a side owns to strikes in general says nothing of one that another tells of and leaves open.
pub(crate) fn share(known: &mut [Known], voices: &[Vec<&Party>]) {
    let doers: Vec<Option<Party>> =
        known.iter().map(|k| k.actor.clone().filter(|a| !nameless(a) && a.status == Status::Combatant)).collect();
    for i in 0..known.len() {
        let Some(how) = manner(&known[i].kind) else { continue };
        // raids by those who fly, where some are named; else also those whose drones came
        let exact = |j: usize| known[j].kind == known[i].kind && known[j].part == known[i].part && doers[j].is_some();
        let strict = how == AIR && (0..known.len()).any(exact);
        let mut alike = (0..known.len())
            .filter(|j| known[*j].part == known[i].part && manner(&known[*j].kind) == Some(how))
            .filter(|j| !strict || known[*j].kind == known[i].kind)
            // of two that fight, neither is who does all the rest
            .filter(|j| &*known[*j].kind != "armed_clash" || &*known[i].kind == "armed_clash")
            .filter_map(|j| doers[j].as_ref().map(|d| (j, d)));
        let Some((first, who)) = alike.next() else { continue };
        let own = |v: &&Party| v.country.is_some() && v.country == who.country;
        let boast = |j: usize| known[j].summed && !voices[j].is_empty() && voices[j].iter().all(own);
        let others = !voices[i].iter().all(own);
        // "un autre raid": one more of those told, whatever its day
        let beside_of = |j: usize| !(others && boast(j)) && (near(&known[i], &known[j]) || known[i].another && j < i);
        let mut beside = beside_of(first);
        if alike.any(|(j, d)| {
            beside |= beside_of(j);
            !one_side(d, who)
        }) {
            continue;
        }
        if beside && open(&known[i], who) {
            known[i].series = Some(who.clone());
        }
    }
}
