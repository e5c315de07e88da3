//! Which events of one page are the same incident.

use recoupe_mention::{Id, Party, Place, PlacePrecision, Status, TimePrecision, When};

use crate::event::{Event, nameless};
use crate::types::Certainty;

/// An incident as the page has told it so far.
#[derive(Clone, Debug)]
pub struct Known {
    /// Index of its first claim's event.
    pub first: usize,
    /// Best type so far and how much it says.
    pub kind: Id,
    /// Rank of that type.
    pub rank: u8,
    /// When, as far as told.
    pub time: Option<When>,
    /// Where.
    pub place: Option<Place>,
    /// Who did it.
    pub actor: Option<Party>,
    /// To whom.
    pub target: Option<Party>,
    /// Tolls told: kind, min, max.
    pub tolls: Vec<(Id, Option<i64>, Option<i64>, Id)>,
    /// Article of the page.
    pub part: u16,
    /// Sentence and paragraph it was last told in.
    pub sentence: u32,
    /// Paragraph it was last told in.
    pub paragraph: u32,
    /// Whom a description that points back means.
    pub guess: Option<Party>,
    /// The side that counts its foes.
    pub boast: Option<Party>,
    /// Whom it hit by where it hit.
    pub presumed: Option<Party>,
    /// Whom a later sentence speaks of as who did it.
    pub traced: Option<Party>,
    /// Who did the others of the series it belongs to.
    pub series: Option<Party>,
    /// The actor was told of as somebody unknown.
    pub stranger: bool,
    /// Whether anything in it counts as an incident by itself.
    pub core: bool,
    /// Told of several acts at once: what is told of one of them is not told of all.
    pub summed: bool,
    /// Only headings have told it so far.
    pub heading: bool,
    /// It was told as one more of what had been told: “un autre raid”.
    pub another: bool,
    /// A heading tells it: what the page is about.
    pub headed: bool,
    /// The sum of a whole war, with its largest figure.
    pub war: Option<i64>,
}

/// Days before publication from which an incident is one the page recalls.
const OLD: i32 = 21;

/// The family of a type: types of one family are the same thing said more or less exactly.
fn family(kind: &str) -> &'static str {
    match kind {
        "airstrike" | "drone_strike" | "shelling" => "strike",
        "armed_clash" => "clash",
        "explosion_ied" => "blast",
        "capture_of_territory" => "territory",
        "protest" => "protest",
        "arrest" => "arrest",
        "attack" => "attack",
        _ => "other",
    }
}

fn near(a: &str, ra: u8, b: &str, rb: u8) -> i32 {
    let (fa, fb) = (family(a), family(b));
    if a == b {
        return 3;
    }
    // A toll alone, or a plain attack, fits whatever it came of.
    let weak = |k: &str, r: u8| r <= 1 || r == 2 && matches!(k, "attack" | "armed_clash");
    if weak(a, ra) || weak(b, rb) {
        let apart = |f: &str| matches!(f, "territory" | "arrest");
        return if apart(fa) || apart(fb) { -3 } else { 1 };
    }
    if fa == fb {
        return 2;
    }
    match (fa, fb) {
        ("attack", "clash" | "strike" | "blast") | ("clash" | "strike" | "blast", "attack") => 1,
        ("clash", "arrest") | ("arrest", "clash") => 0,
        ("strike", "blast") | ("blast", "strike") => i32::from(ra <= 3 || rb <= 3),
        ("clash", "blast") | ("blast", "clash") => 0,
        ("clash", "territory") | ("territory", "clash") => -1,
        ("attack", "territory") | ("territory", "attack") => -2,
        ("protest", "attack") | ("attack", "protest") => 1,
        _ => -12,
    }
}

fn time(a: &Option<When>, b: &Option<When>) -> i32 {
    match (a, b) {
        (Some(x), Some(y)) => match (x.from, x.to, y.from, y.to) {
            (Some(a0), Some(a1), Some(b0), Some(b1)) => {
                if a0 <= b1 && b0 <= a1 {
                    let long = (a1 - a0).get_days() > 3 || (b1 - b0).get_days() > 3;
                    if long { 0 } else { 3 }
                } else if (b0 - a1).get_days().abs() <= 1 && (a0 - b1).get_days().abs() <= 1 && (a1 != a0 || b1 != b0) {
                    0
                } else if (b0 - a1).get_days().abs() <= 1 || (a0 - b1).get_days().abs() <= 1 {
                    -8
                } else {
                    -12
                }
            }
            _ => match (x.weekday, y.weekday) {
                (Some(p), Some(q)) if p == q => 2,
                (Some(_), Some(_)) => -8,
                _ => 0,
            },
        },
        _ => 0,
    }
}

/// Whether one time lies at most so many days after the other.
fn within(a: &Option<When>, b: &Option<When>, days: i32) -> bool {
    let end = |w: &Option<When>| w.as_ref().and_then(|w| w.from.zip(w.to));
    end(a).zip(end(b)).is_some_and(|((a0, _), (_, b1))| (0..=days).contains(&(a0 - b1).get_days()))
}

fn km(a: &Place, b: &Place) -> Option<f64> {
    let (la, oa, lb, ob) = (a.lat?, a.lon?, b.lat?, b.lon?);
    Some(recoupe_gazetteer::distance_km((la, oa), (lb, ob)))
}

fn place(a: &Option<Place>, b: &Option<Place>) -> i32 {
    match (a, b) {
        (Some(x), Some(y)) => {
            if x.id == y.id {
                return if matches!(x.precision, PlacePrecision::Province | PlacePrecision::Country) { 1 } else { 3 };
            }
            let wide = |p: &Place| {
                matches!(p.precision, PlacePrecision::Province | PlacePrecision::Country | PlacePrecision::District)
            };
            if wide(x) || wide(y) {
                return match km(x, y) {
                    Some(d) if d < 90.0 => 1,
                    Some(_)
                        if x.country == y.country
                            && (x.precision == PlacePrecision::Country || y.precision == PlacePrecision::Country) =>
                    {
                        0
                    }
                    Some(_) => -5,
                    None => 0,
                };
            }
            match km(x, y) {
                Some(d) if d < 6.0 => 2,
                // a quarter of the town
                Some(d)
                    if d < 15.0 && (x.precision == PlacePrecision::Exact) != (y.precision == PlacePrecision::Exact) =>
                {
                    1
                }
                Some(d) if d < 25.0 => -3,
                Some(_) => -10,
                None => -4,
            }
        }
        _ => 0,
    }
}

fn party(a: &Option<Party>, b: &Option<Party>) -> i32 {
    match (a, b) {
        (Some(x), Some(y)) => {
            if x.id == y.id {
                2
            } else if x.id.starts_with("generic/")
                || y.id.starts_with("generic/")
                || (x.country == y.country && x.country.is_some())
            {
                0
            } else {
                -2
            }
        }
        _ => 0,
    }
}

/// Whether all the dead of an event fought.
fn fallen(e: &Event) -> bool {
    let mut dead = e.tolls.iter().filter(|t| matches!(&*t.toll.kind, "killed" | "neutralised")).peekable();
    dead.peek().is_some() && dead.all(|t| t.toll.group.status == Status::Combatant)
}

/// Where on the page an event is told.
#[derive(Clone, Copy, Debug)]
pub struct Told {
    /// Article of the page.
    pub part: u16,
    /// Sentence.
    pub sentence: u32,
    /// Paragraph.
    pub paragraph: u32,
    /// Sentence at which the story it belongs to begins, on a page of many headings.
    pub section: u32,
}

/// How an event and a known incident fit in kind, time and place.
struct Fit {
    kinds: i32,
    times: i32,
    places: i32,
    /// The event is told under the heading that is all that told the incident so far.
    below: bool,
}

impl Fit {
    fn of(k: &Known, e: &Event) -> Self {
        // What a heading says in short, the text below tells: less exactly named, it is the same place.
        let below = k.heading && !e.heading;
        let places = match place(&e.place, &k.place) {
            p if e.demonstrative || told_again(k, e) => p.max(-1),
            p if below => p.max(-2),
            p => p,
        };
        // Bodies found, wounded counted the day after: still the toll of what was told.
        let times = match time(&e.time, &k.time) {
            t if t < 0 && (e.bare || e.tally) && within(&e.time, &k.time, 3) => -2,
            // "ces combats surviennent cinq jours après …": the date is another event's
            t if e.demonstrative => t.max(-1),
            t => t,
        };
        Self { kinds: near(&e.kind, e.rank, &k.kind, k.rank), times, places, below }
    }
}

/// Finds the incident an event of the page belongs to, or `None` for a new one.
pub fn find(
    known: &[Known],
    e: &Event,
    at: Told,
    published: Option<(jiff::civil::Date, jiff::civil::Date)>,
) -> Option<usize> {
    // What a war has cost is of no incident in it; a figure told next may be another count of the same.
    if e.war.is_some() {
        return known.iter().rposition(|k| k.war.is_some() && k.part == at.part);
    }
    if let Some(k) = known.iter().rposition(|k| k.part == at.part && recount(k, e, at)) {
        return Some(k);
    }
    // A running total tells of many incidents; only “cette frappe porte à 61 …” ties it to one, or that it is no more than
    // what was just told.
    let running = !e.tolls.is_empty() && e.tolls.iter().all(|t| t.toll.cumulative) && !e.demonstrative;
    if running {
        let sum = |k: &Known| k.part == at.part && at.sentence.saturating_sub(k.sentence) <= 2 && sums(k, e);
        return known.iter().rposition(sum);
    }
    let unplaced = e.time.is_none() && e.place.is_none();
    // the page tells of something that is news
    let news = known.iter().any(|k| {
        let end = k.time.as_ref().and_then(|t| t.to);
        end.zip(published).is_none_or(|(end, (from, _))| (from - end).get_days() <= OLD)
    });
    let mut best: Option<(i32, usize)> = None;
    for (i, k) in known.iter().enumerate() {
        if k.war.is_some() || e.accuses && at.sentence.saturating_sub(k.sentence) > 3 {
            continue;
        }
        let fit = Fit::of(k, e);
        // the page has told of nothing else: what names no other day or place is hardly anything else
        let alone = i32::from(
            known.len() == 1
                && unplaced
                && !e.fresh
                && !e.another
                && fit.kinds >= 1
                && e.tolls.iter().all(|t| &*t.toll.unit == "person")
                && at.sentence.saturating_sub(k.sentence) <= 3
                && (e.actor.is_none() || party(&e.actor, &k.actor) >= 2),
        );
        let score = alone
            + fit.kinds
            + fit.times
            + fit.places
            + sides(k, e)
            + figures(k, e)
            + story(k, e, at, &fit, published, news)
            + telling(k, e, at, &fit);
        if best.is_none_or(|b| score > b.0 || (score == b.0 && i > b.1)) {
            best = Some((score, i));
        }
    }
    best.filter(|b| b.0 >= 5).map(|b| b.1)
}

/// “Une étude chiffre les morts à 130 000”, right after what a war has cost: the same count by somebody else.
fn recount(k: &Known, e: &Event, at: Told) -> bool {
    let Some(sum) = k.war else { return false };
    let alike = |t: &crate::toll::FoundToll| t.toll.min.is_some_and(|n| n.saturating_mul(10) >= sum && sum > 0);
    let bare = e.bare && !e.core && e.time.is_none() && e.place.is_none() && !e.tolls.is_empty();
    bare && at.sentence.saturating_sub(k.sentence) <= 1 && e.tolls.iter().all(alike)
}

/// How much the parties speak for one incident. Who attacks in an attack may be whom the fight threw back.
fn sides(k: &Known, e: &Event) -> i32 {
    if strikes_back(k, e) {
        return -8;
    }
    let straight = party(&e.target, &k.target) + party(&e.actor, &k.actor);
    let fight = (&*e.kind == "armed_clash") != (&*k.kind == "armed_clash");
    if !fight || straight >= 0 {
        return straight;
    }
    straight.max((party(&e.target, &k.actor) + party(&e.actor, &k.target)).min(0))
}

/// Whether an act told for itself hits, by another hand and in another way, those who did what was told: a strike on the attackers
/// is not their attack.
fn strikes_back(k: &Known, e: &Event) -> bool {
    let (Some(hitter), Some(hit), Some(attacker)) = (&e.actor, &e.target, &k.actor) else { return false };
    let armed = |p: &Party| p.status == Status::Combatant && p.country.is_none();
    let turned = hit.id == attacker.id || armed(hit) && armed(attacker) && (nameless(hit) || nameless(attacker));
    e.core && e.kind != k.kind && &*k.kind != "armed_clash" && hitter.id != attacker.id && !armed(hitter) && turned
}

/// “chiffre à 27 le total des morts et des blessés”: a sum of the same size as the toll just told, with no days or place of its
/// own, is that toll again.
fn sums(k: &Known, e: &Event) -> bool {
    // what the heading told in short: its very figure
    let figure = |t: &crate::toll::FoundToll| t.toll.min.is_some_and(|n| n > 2) && met(k, &t.toll);
    if k.heading && !e.heading && e.tolls.iter().any(figure) {
        return true;
    }
    let close = |a: i64, b: i64| a >= b && a <= b.saturating_mul(2) || a < b && b <= a.saturating_mul(2);
    let told = |t: &crate::types::Toll| {
        let of = |x: &&(Id, Option<i64>, Option<i64>, Id)| matches!(&*x.0, "killed" | "wounded" | "killed_or_wounded");
        t.min.is_some_and(|n| k.tolls.iter().filter(of).any(|x| x.3 == t.unit && x.1.is_some_and(|m| close(n, m))))
    };
    // a total since some day has only a stretch of time
    let dated = e.time.as_ref().is_some_and(|t| t.precision != TimePrecision::Range);
    e.bare && !dated && e.place.is_none() && e.tolls.iter().all(|t| told(&t.toll))
}

/// The figures of an event that can be those of one incident.
fn counted(e: &Event) -> impl Iterator<Item = &crate::types::Toll> {
    e.tolls.iter().map(|t| &t.toll).filter(|t| !t.cumulative && t.min.is_some() && t.part_of.is_none())
}

/// “Les deux enfants …”: all the figures of an event point back, to as many as the incident has, singly or together.
fn told_again(k: &Known, e: &Event) -> bool {
    let as_many = |t: &crate::types::Toll| {
        let mine = || k.tolls.iter().filter(|x| x.0 == t.kind && x.3 == t.unit).filter_map(|x| x.1);
        t.min.is_some_and(|n| mine().any(|m| m == n) || n > 1 && mine().sum::<i64>() == n)
    };
    !e.tolls.is_empty() && e.tolls.iter().all(|t| t.definite && as_many(&t.toll))
}

fn met(k: &Known, t: &crate::types::Toll) -> bool {
    k.tolls.iter().any(|x| x.0 == t.kind && x.1 == t.min && x.3 == t.unit)
}

/// How much the figures speak for one incident.
fn figures(k: &Known, e: &Event) -> i32 {
    let mut score = 0;
    for t in counted(e) {
        let other = k.tolls.iter().any(|x| x.0 == t.kind && x.1 != t.min && x.3 == t.unit);
        if met(k, t) {
            score += match t.min.unwrap_or(0) {
                0..=1 => 1,
                2..=9 => 3,
                _ => 6,
            };
        } else if other && !e.bare && !e.tally && e.voices.is_empty() && &*t.kind != "destroyed" {
            score -= 2;
        }
    }
    // those who came to kill, killed in their turn by soldiers, fell in another fight than their victims
    let soldiers = e.actor.as_ref().or(e.boast.as_ref()).is_some_and(|a| a.country.is_some());
    let civilians = k.target.as_ref().is_some_and(|t| t.status == Status::Civilian);
    let ground = !matches!(&*k.kind, "explosion_ied" | "airstrike" | "drone_strike" | "shelling");
    if soldiers && civilians && ground && fallen(e) {
        score -= 5;
    }
    score
}

/// How much the place on the page speaks for one incident.
fn story(
    k: &Known,
    e: &Event,
    at: Told,
    fit: &Fit,
    published: Option<(jiff::civil::Date, jiff::civil::Date)>,
    news: bool,
) -> i32 {
    let mut score = 0;
    if fit.below && fit.kinds >= 1 {
        score += 3;
    }
    // a heading further down opens another story
    if e.heading && at.sentence > k.sentence + 1 && !k.heading {
        score -= 4;
    }
    // a page of many headings is a string of stories
    if k.sentence < at.section && !e.heading {
        score -= 4;
    }
    if k.part != at.part {
        score -= 8;
    }
    // What is told without a date in the tense of news is none of what happened weeks before.
    let long_ago = |k: &Known| {
        let end = k.time.as_ref().and_then(|t| t.to);
        end.zip(published).is_some_and(|(end, (from, _))| (from - end).get_days() > OLD)
    };
    if e.time.is_none() && !e.pluperfect && !e.demonstrative && long_ago(k) && !told_again(k, e) && news {
        score -= if at.paragraph == k.paragraph && at.sentence.saturating_sub(k.sentence) <= 1 { 2 } else { 6 };
    }
    // What no date is given for happened when the page was written, or just before.
    if k.time.is_none()
        && let Some((from, to)) = published
        && let Some((a, b)) = e.time.as_ref().and_then(|t| t.from.zip(t.to))
        && ((from - b).get_days() > if fit.below { 5 } else { 2 } || a > to)
    {
        score -= 6;
    }
    score
        + match at.sentence.saturating_sub(k.sentence) {
            0..=1 => 3,
            _ if at.paragraph == k.paragraph => 2,
            2..=4 => 1,
            _ => 0,
        }
}

/// How much the way it is told speaks for one incident: as something known, as its toll, or as something new.
fn telling(k: &Known, e: &Event, at: Told, fit: &Fit) -> i32 {
    let mut score = 0;
    let unplaced = e.time.is_none() && e.place.is_none();
    if (e.bare || e.tally) && fit.times >= -2 && fit.places >= 0 {
        score += 3;
    }
    if e.place.is_some() && k.place.is_none() && e.core {
        score -= 2;
    }
    let goes_on = unplaced
        && fit.kinds == 3
        && at.sentence.saturating_sub(k.sentence) <= 1
        && !e.another
        && (e.actor.is_none() || party(&e.actor, &k.actor) >= 2);
    // "ont aussi attaqué X": one more, elsewhere; one of many that a sentence summed up
    let own = |p: &Place| k.place.as_ref().is_none_or(|q| q.id != p.id && p.precision < q.precision);
    if e.another && e.place.is_some() && fit.places < 0 || k.summed && e.core && e.place.as_ref().is_some_and(own) {
        score -= 6;
    }
    // "les deux victimes", "a confirmé l'attaque de …": those, and that one
    if e.demonstrative || told_again(k, e) || e.recalled && fit.places >= -3 {
        score += 5;
    } else if e.definite && e.core {
        score += 2;
    } else if e.fresh && e.core && e.rank >= 3 && !goes_on {
        score -= 2; // introduced anew: “une frappe”
    } else if !e.fresh && e.core && unplaced && fit.kinds >= 1 {
        score += 2; // the story goes on
    }
    // "a revendiqué l'attaque": the one the page is about, rather than one it recalls
    if e.recalled && unplaced && k.headed && fit.kinds >= 0 {
        score += 2;
    }
    // "impute l'attaque à …": said of what everybody knows
    if e.blamed && unplaced && !e.fresh {
        score += 3;
    }
    if !e.core {
        score += 2; // a toll without an act belongs to what was told
    }
    if e.certainty == Certainty::Denied {
        score += 2;
    }
    // An act introduced anew needs more than nearness on the page to be one told before.
    let same_party = party(&e.target, &k.target) >= 2 || party(&e.actor, &k.actor) >= 2;
    let (same_place, same_time) = (place(&e.place, &k.place) >= 2, time(&e.time, &k.time) >= 2);
    let evidence = counted(e).any(|t| met(k, t))
        || e.definite
        || k.rank <= 1
        || k.heading
        || !e.fresh && unplaced && fit.kinds >= 1
        || e.time.is_none() && fit.places >= 1 && fit.kinds >= 1 && !e.another
        || goes_on
        || [same_party, same_place, same_time].iter().filter(|x| **x).count() >= 2;
    if e.core && e.rank >= 3 && !evidence {
        score -= 6;
    }
    score
}

/// Adds what an event says to the incident it belongs to.
pub fn merge(k: &mut Known, e: &Event, sentence: u32, paragraph: u32) {
    // what carries a toll says less of the kind than an act told for itself
    // nor does a figure that is denied
    if e.rank > k.rank && (e.core || k.rank <= 2) && (e.certainty != Certainty::Denied || e.tolls.is_empty()) {
        k.kind = e.kind.clone();
        k.rank = e.rank;
    }
    if k.time.as_ref().is_none_or(|t| t.from.is_none()) && e.time.is_some() {
        k.time = e.time.clone();
    }
    let finer = |a: &Place, b: &Place| a.precision < b.precision;
    match (&k.place, &e.place) {
        (None, Some(p)) => k.place = Some(p.clone()),
        (Some(a), Some(b)) if finer(b, a) => k.place = Some(b.clone()),
        _ => {}
    }
    // those who were attacked and shot back did not attack: whom they hit did
    let (actor, boast) = match repulse(k, e) {
        Some(attacker) => (attacker, None),
        None => (e.actor.clone(), e.boast.clone()),
    };
    // a name says more than a description, unless somebody is only accused and the description means another
    let contested = e.blamed && k.guess.as_ref().is_some_and(|g| actor.as_ref().is_some_and(|a| a.id != g.id));
    if !(contested && k.actor.is_some())
        && k.actor.as_ref().is_none_or(|a| nameless(a) && actor.as_ref().is_some_and(|b| !nameless(b)))
    {
        k.actor = actor.or_else(|| k.actor.take());
    }
    if k.target.as_ref().is_none_or(|t| &*t.id == "generic/people" && e.target.is_some()) {
        k.target = e.target.clone();
    }
    for t in &e.tolls {
        if !t.toll.cumulative && (t.toll.min.is_some() || t.toll.max.is_some()) {
            k.tolls.push((t.toll.kind.clone(), t.toll.min, t.toll.max, t.toll.unit.clone()));
        }
    }
    if k.guess.is_none() {
        k.guess = e.guess.clone();
    }
    if k.boast.is_none() {
        k.boast = boast;
    }
    if k.presumed.is_none() {
        k.presumed = e.presumed.clone();
    }
    k.stranger |= e.stranger;
    k.core |= e.core;
    k.sentence = sentence;
    k.paragraph = paragraph;
}

/// Whether an event tells how those whom the incident hit hit back, and who the attackers then were, as far as it tells.
fn repulse(k: &Known, e: &Event) -> Option<Option<Party>> {
    let (doer, victim) = (e.actor.as_ref().or(e.boast.as_ref())?, k.target.as_ref()?);
    let own = |p: &Party| p.id == victim.id || p.country.is_some() && p.country == victim.country && !nameless(p);
    let state = |p: &Party| !p.id.starts_with("group/");
    let back = own(doer) && (doer.id == victim.id || state(doer) && state(victim));
    if !back || victim.status != Status::Combatant || &*k.kind == "armed_clash" {
        return None;
    }
    let hit = e
        .tolls
        .iter()
        .map(|t| &t.toll.group)
        .chain(e.target.as_ref())
        .find(|p| p.status == Status::Combatant && !own(p));
    Some(hit.cloned())
}

/// What a sentence that points back says of another event's time and place is not its own: “ces combats surviennent cinq
/// jours après la signature à …”.
pub fn settle(k: &Known, e: &mut Event) {
    if e.demonstrative {
        if time(&e.time, &k.time) < 0 {
            e.time = None;
        }
        if place(&e.place, &k.place) < 0 {
            e.place = None;
        }
    }
}
