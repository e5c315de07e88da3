//! Which side did it, where the sentence leaves it to the reader: who boasts of dead foes, who “the enemy” is.

use recoupe_mention::parties::state_party;
use recoupe_mention::{Class, MentionKind, Party, PartyMention, Status};

use crate::sentence::Sent;
use crate::toll::FoundToll;

/// Bodies of a state that speak for what its forces did.
const FORCES: [&str; 9] = [
    "armed-forces",
    "air-force",
    "navy",
    "defence-ministry",
    "government",
    "presidency",
    "police",
    "gendarmerie",
    "interior-ministry",
];

/// Who acts with arms where a state is said to: “Moscou a bombardé” says what its forces did.
pub(super) fn hands(s: &Sent<'_>, m: &PartyMention) -> Party {
    // "la marine a également frappé": a branch without a country is of the army the page is about
    let branch = m.party.id.split_once('/').filter(|(_, r)| m.assumed && matches!(*r, "navy" | "air-force"));
    let army = s.army.filter(|a| a.country != m.party.country).and_then(|a| a.country.as_deref());
    if let (Some((_, role)), Some(state)) = (branch, army.and_then(|c| s.names().state2(c))) {
        return state_party(s.names(), state, role, m.party.span);
    }
    let state = m.party.id.strip_suffix("/government").filter(|_| m.kind == MentionKind::State);
    match state.and_then(|x| s.names().state3(x)) {
        Some(state) => state_party(s.names(), state, "armed-forces", m.party.span),
        None => m.party.clone(),
    }
}

/// Whether a party is somebody only described: no name, no state.
pub fn nameless(p: &Party) -> bool {
    p.id.starts_with("generic/") && p.country.is_none()
}

/// The side that counts its foes as killed, taken or put out of action without a word on who did it: its own.
pub fn boaster(s: &Sent<'_>, tolls: &[FoundToll], voices: &[Party]) -> Option<Party> {
    let voice = voices.last()?;
    let foes = tolls.iter().any(|t| {
        matches!(&*t.toll.kind, "killed" | "neutralised" | "captured" | "destroyed" | "seized")
            && (t.toll.min.is_some() || t.toll.max.is_some())
            && t.anchor.is_some()
            && t.toll.group.status == Status::Combatant
            && !matches!(&*t.toll.group.id, "generic/police" | "generic/soldiers")
            && foreign(s, voice, &t.toll.group)
    });
    foes.then(|| side(s, voice)).flatten()
}

/// The side whose forces tell of a strike on its foes without a word on by whom: its own.
pub(super) fn striker(s: &Sent<'_>, target: Option<&Party>, voices: &[Party]) -> Option<Party> {
    let voice = voices.last()?;
    let armed = voice.status == Status::Combatant || voice.id.ends_with("/defence-ministry");
    let hit = target.is_some_and(|t| t.status == Status::Combatant && foreign(s, voice, t));
    (armed && hit).then(|| side(s, voice)).flatten()
}

/// The side that tells of a place taken without a word on by whom: its own.
pub(super) fn winner(s: &Sent<'_>, voices: &[Party]) -> Option<Party> {
    side(s, voices.last()?)
}

/// The fighting side a voice speaks for.
pub(super) fn side(s: &Sent<'_>, voice: &Party) -> Option<Party> {
    if voice.id.starts_with("group/") && voice.status == Status::Combatant {
        return Some(voice.clone());
    }
    let (iso3, role) = voice.id.split_once('/')?;
    let state = s.names().state3(iso3).filter(|_| FORCES.contains(&role))?;
    Some(state_party(s.names(), state, "armed-forces", voice.span))
}

/// Whether a group cannot be of the voice's own side.
pub(super) fn foreign(s: &Sent<'_>, voice: &Party, group: &Party) -> bool {
    if voice.id == group.id {
        return false;
    }
    // a group of the land that is no ally of its forces
    let known = s.names().party(&group.id).filter(|_| group.id.starts_with("group/"));
    if let (Some(p), Some((iso3, _))) = (known, voice.id.split_once('/')) {
        let allied = |x: &recoupe_pack::world::Side| {
            matches!(x.relation.as_str(), "supports" | "ally" | "part_of" | "sponsor")
                && (x.with == *voice.id || x.with.split_once('/').is_some_and(|w| w.0 == iso3 && iso3 != "group"))
        };
        return !s.names().world.parties[p as usize].sides.iter().any(allied);
    }
    match (&voice.country, &group.country) {
        (Some(a), Some(b)) => a != b || !group.id.starts_with("generic/") && !group.id.contains('/'),
        _ => true,
    }
}

/// The armed group without a state that a page is about, if there is one above all others.
pub fn main_group(parties: &[Vec<PartyMention>]) -> Option<Party> {
    main(parties, |p| p.kind == MentionKind::Name && p.party.id.starts_with("group/"))
}

/// The armed forces that a page is about, if there are some above all others.
pub fn main_army(parties: &[Vec<PartyMention>]) -> Option<Party> {
    main(parties, |p| p.party.id.ends_with("/armed-forces") && p.party.country.is_some())
}

fn main(parties: &[Vec<PartyMention>], is: impl Fn(&PartyMention) -> bool) -> Option<Party> {
    let mut count: Vec<(usize, &Party)> = Vec::new();
    // the title and the lead say whom the page is about
    let weighed = parties.iter().enumerate().flat_map(|(i, v)| v.iter().map(move |p| (if i < 3 { 3 } else { 1 }, p)));
    for (weight, p) in weighed.filter(|x| x.1.party.status == Status::Combatant && is(x.1)) {
        match count.iter_mut().find(|c| c.1.id == p.party.id) {
            Some(c) => c.0 += weight,
            None => count.push((weight, &p.party)),
        }
    }
    let (n, first) = count.iter().max_by_key(|c| c.0).map(|c| (c.0, c.1))?;
    let rivals = count.iter().filter(|c| c.1.id != first.id).map(|c| c.0).max().unwrap_or(0);
    (2 * n >= 3 * rivals).then(|| first.clone())
}

/// From whom a place was taken, by all the page tells: the army of the land from a group, the group from the army.
pub(super) fn loser(s: &Sent<'_>, winner: &Party, place: Option<&recoupe_mention::Place>) -> Option<Party> {
    let land = place.and_then(|p| p.country.as_deref());
    let (foe, army) = (s.foe, s.army.filter(|a| land.is_none_or(|l| a.country.as_deref() == Some(l))));
    let state = winner.id.split_once('/').is_some_and(|(iso3, _)| s.names().state3(iso3).is_some());
    let other = if state && winner.country.as_deref() == land { foe } else { army };
    other.filter(|o| o.id != winner.id).cloned()
}

/// Whether a description points back: “the assailants”, “the enemy”, “the same rebels”.
pub(super) fn pointing(s: &Sent<'_>, definite: &[String], p: &PartyMention) -> bool {
    // "la poursuite des assaillants": the article is melted into the preposition
    let melted = || {
        let word = p.tokens.start.checked_sub(1).and_then(|t| s.word_at(t));
        word.is_some_and(|w| w + 1 < s.syn.len() && s.token(w + 1) == s.token(w))
    };
    p.kind == MentionKind::Noun(Class::Generic)
        && nameless(&p.party)
        && (melted()
            || (p.tokens.start.saturating_sub(2)..=p.tokens.start)
                .any(|t| definite.iter().any(|d| d.trim_end_matches('\'') == s.view.folded[t].trim_end_matches('\''))))
}

/// Whom a description that points back means: the group the page is about.
pub(super) fn foe(s: &Sent<'_>, p: &PartyMention) -> Option<Party> {
    let group = s.foe?;
    // the group itself does not call its own men so
    let own =
        s.scopes.iter().any(|x| x.tokens.contains(&p.head) && x.speaker.as_ref().is_some_and(|v| v.id == group.id));
    (!own).then(|| Party { span: p.party.span, ..group.clone() })
}
