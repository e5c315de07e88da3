//! When and where an act took place, as far as its sentence tells.

use std::ops::Range;

use recoupe_mention::places::PlaceMention;
use recoupe_mention::time::{TimeKind, TimeMention};
use recoupe_mention::{Class, MentionKind, PartyMention, Place, Status, TimeBasis, TimePrecision, When};
use recoupe_syntax::{Dep, Upos};

use crate::anchor;
use crate::lex::ClaimLexicon;
use crate::sentence::Sent;

/// Points off “depuis”, which says only when it began: any day named goes before it.
const SINCE: i32 = 7;
/// The same for a running total.
const SINCE_TOTAL: i32 = 4;
/// Days for which an act goes on that is told as one.
const LATELY: i32 = 60;

/// The time of an act: in its clause first, then in its stretch of the sentence. `total`: all it tells is a running total.
///
/// `bare`: no act is named, only a toll; the day somebody speaks of it or counts is no witness of when it happened.
pub(super) fn time(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    word: usize,
    range: &Range<usize>,
    total: bool,
    bare: bool,
) -> Option<When> {
    let syn = &s.syn;
    let clause = syn.clause(word);
    let mut best: Option<(i32, &TimeMention)> = None;
    for t in &s.times {
        let since = t.kind == TimeKind::Since && t.from.is_some();
        let at = t.tokens.start as usize;
        if !(since && begins(s, lex, t, word, total) || t.kind == TimeKind::Point)
            || (t.from.is_none() && t.weekday.is_none())
        {
            continue;
        }
        // "deux jours plus tôt, dans la nuit de mardi à mercredi": the day that is named goes before the one counted to
        let named = |u: &TimeMention| {
            let gap = (u.tokens.start as usize).checked_sub(t.tokens.end as usize);
            u.weekday.is_some() && u.from.is_some() && gap.is_some_and(|g| g <= 1)
        };
        if t.basis == recoupe_mention::time::Basis::Narrative && t.weekday.is_none() && s.times.iter().any(named) {
            continue;
        }
        let w = s.word_at(at);
        if bare && w.is_some_and(|w| counted_on(s, lex, w, t, word)) {
            continue;
        }
        let mut score = 0i32;
        if range.contains(&at) {
            score += 4;
        }
        if w.is_some_and(|w| syn.under(w, clause)) {
            score += 3;
        } else if since && !total {
            continue;
        }
        if w.is_some_and(|w| syn.under(w, word)) {
            score += 4;
        }
        if let Some(w) = w {
            score -= of_another(s, w, t, word);
        }
        if t.precision == TimePrecision::Day {
            score += 1;
        }
        if since {
            score -= if total { SINCE_TOTAL } else { SINCE };
        }
        score -= apart(s, at, s.token(word));
        score -= (at.abs_diff(s.token(word)) / 12) as i32;
        if best.is_none_or(|b| score > b.0) {
            best = Some((score, t));
        }
    }
    let (_, t) = best.filter(|b| b.0 > -4)?;
    if t.kind != TimeKind::Since {
        return Some(when(t));
    }
    let mut w = began(t);
    // "les hauteurs occupées depuis samedi": they were taken on that day
    if w.from == w.to && kinds(s, lex, word, &["capture_of_territory"]) {
        w.precision = TimePrecision::Day;
    }
    Some(w)
}

/// “a fait état vendredi de 171 morts”, “la veille, les secouristes en comptaient douze”: the day of the count.
fn counted_on(s: &Sent<'_>, lex: &ClaimLexicon, w: usize, t: &TimeMention, toll: usize) -> bool {
    let syn = &s.syn;
    if t.kind != TimeKind::Point || t.precision != TimePrecision::Day || syn.under(w, toll) {
        return false;
    }
    let c = syn.clause(w);
    let said = |v: usize| s.scopes.iter().any(|x| x.verb == Some(v));
    let counts = lex.voices.counting.contains(&syn.lemma[c]) && !s.passive(c, lex);
    // behind the figure stands when they died
    let before = (t.tokens.start as usize) < s.token(toll);
    before && c != toll && (said(c) || counts) && (syn.clause(toll) == c || said(c))
}

/// Whether what lasts since then is the act itself, so that it began then: “occupées depuis samedi”, “ont fui depuis le début du
/// mois”, “158 tués depuis le 27 septembre”, “les combats qui les opposent depuis jeudi”. Of all else it says how long it has gone on.
fn begins(s: &Sent<'_>, lex: &ClaimLexicon, t: &TimeMention, word: usize, total: bool) -> bool {
    let syn = &s.syn;
    if kinds(s, lex, word, &["capture_of_territory", "displacement"]) {
        return true;
    }
    let Some(w) = s.word_at(t.tokens.start as usize) else { return false };
    let same = syn.clause(w) == syn.clause(word);
    let within = syn.under(w, word);
    // "deux soldats ont été tués, ce qui porte à 61 … depuis": only what is told in the clause began then
    if total && (same || syn.under(word, syn.clause(w)) || within && syn.word(word).upos != Upos::Verb) {
        return true;
    }
    // "les villages sont attaqués depuis dimanche"; not what is done again and again for years
    let lately = t.from.zip(t.to).is_some_and(|(a, b)| (b - a).get_days() <= LATELY);
    within && kinds(s, lex, word, &["armed_clash"])
        || same && lately && kinds(s, lex, word, &["attack", "airstrike", "drone_strike", "shelling", "armed_clash"])
}

/// When what goes on since then began: the day or month that is named. It stays a stretch of time, which dates nothing told beside it.
pub fn began(t: &TimeMention) -> When {
    let mut w = when(t);
    if t.weekday.is_some() || t.day.is_some() {
        w.to = w.from;
    } else if t.month.is_some() {
        w.to = w.from.map(jiff::civil::Date::last_of_month);
    }
    w
}

/// Whether a word names an act of one of these kinds.
fn kinds(s: &Sent<'_>, lex: &ClaimLexicon, word: usize, list: &[&str]) -> bool {
    anchor::find(s, lex).iter().any(|a| a.word == word && a.any(lex, |x| list.contains(&x.kind.as_str())))
}

/// Points off a time that belongs to somebody's speech, to a clause beside the act's, or to what was done afterwards.
fn of_another(s: &Sent<'_>, w: usize, t: &TimeMention, word: usize) -> i32 {
    let syn = &s.syn;
    let at = t.tokens.start as usize;
    // "quelques heures plus tard, le groupe a revendiqué …": the story goes on
    let named = t.basis != recoupe_mention::time::Basis::Narrative;
    // "en juillet, le groupe avait revendiqué un attentat": what is claimed in a month was done in that month or near it
    let exact = named && matches!(t.precision, TimePrecision::Day | TimePrecision::Range);
    let mut off = 0;
    let c = syn.clause(w);
    // "a déclaré jeudi le ministère": the time of the speech, a weak witness of the act's.
    let mut verbs = s.scopes.iter().filter_map(|x| x.verb).filter(|v| *v != syn.clause(word));
    // an act says nothing: the tree has hung the sentence on the verb of speech
    let misread = |v: usize| syn.dep(word) == Dep::Nsubj && syn.head(word) == Some(v) && at == s.token(v) + 1;
    if verbs.clone().any(|v| at == s.token(v) + 1) || s.scopes.iter().filter_map(|x| x.verb).any(misread) {
        off += 7; // wherever the tree puts it
    } else if syn.clause(word) != c && verbs.any(|v| v == c || at + 1 == s.token(v) || at == s.token(v)) {
        off += 5;
    }
    // "le groupe, qui a diffusé mercredi des images, parle de …"
    if c != w && of_speaker(s, c, Some(word)) {
        off += 6;
    }
    // a date inside a relative or participial clause that the act is not in dates that clause
    let mut k = Some(w);
    for _ in 0..10 {
        let Some(x) = k else { break };
        // "un communiqué lu vendredi à la télévision", "n'avaient pas réagi mardi"
        if exact && x != word && x != c && !syn.under(word, x) && after(s, x) {
            off += 20;
            break;
        }
        if syn.dep(x) == Dep::Acl && !syn.under(word, x) {
            off += 5;
            break;
        }
        k = syn.head(x);
    }
    if s.names.places.afterwards.contains(&syn.lemma[c])
        || exact && (c != word && after(s, c) || told_right_before(s, at, word))
    {
        off += 20;
    }
    off
}

/// “un texte lu mardi”: the word right before says what was done that day, wherever the tree puts the day.
fn told_right_before(s: &Sent<'_>, at: usize, act: usize) -> bool {
    let before = at.checked_sub(1).and_then(|t| s.word_at(t)).filter(|w| s.token(*w) + 1 == at && *w != act);
    before.is_some_and(|w| after(s, w) || s.names.places.later.contains(&s.syn.form[w]))
}

/// Whether a word names what is done once an act is over.
fn after(s: &Sent<'_>, w: usize) -> bool {
    let p = &s.names.places;
    p.afterwards.contains(&s.syn.lemma[w]) || p.later.contains(&s.syn.lemma[w])
}

/// Points off what a semicolon parts from the act.
fn apart(s: &Sent<'_>, a: usize, b: usize) -> i32 {
    if (a.min(b)..a.max(b)).any(|t| s.view.surface(t) == ";") { 6 } else { 0 }
}

/// Whether a word stands inside the words that name a speaker (“une ONG installée à Londres”, “un habitant de …”), and the act
/// does not. Where a fighting force stands is where it fights.
fn of_speaker(s: &Sent<'_>, w: usize, act: Option<usize>) -> bool {
    // "ont bombardé un hôpital de Kherson": what is hit says nothing
    let hit = |p: &PartyMention| {
        s.word_at(p.head).is_some_and(|h| s.syn.dep(h) == Dep::Obj && act.is_some() && s.syn.head(h) == act)
    };
    let speaks = |p: &PartyMention| {
        p.kind == MentionKind::Noun(Class::Source) && !hit(p)
            || s.scopes.iter().any(|x| x.speaker.as_ref().is_some_and(|y| y.span == p.party.span))
    };
    s.parties
        .iter()
        .filter(|p| p.party.status != Status::Combatant && speaks(p))
        .filter_map(|p| s.word_at(p.head))
        .any(|h| h != w && s.syn.under(w, h) && act.map_or(s.syn.head(w) == Some(h), |a| !s.syn.under(a, h)))
}

/// Whether a place is where somebody speaks or comes from, not where anything of which the sentence tells took place.
pub fn place_of_speech(s: &Sent<'_>, p: &PlaceMention, act: Option<usize>) -> bool {
    let Some(w) = s.word_at(p.tokens.start) else { return false };
    // "porte à 31 morts le bilan de la tuerie de …": the place of an act, whoever speaks of it
    if s.syn.head(w).is_some_and(|h| s.names.places.acts.contains(&s.syn.lemma[h])) {
        return false;
    }
    let c = s.syn.clause(w);
    // Words said that a comma parts from the verb are not where they were said, wherever the tree puts them.
    let at = p.tokens.start;
    let parted = |v: usize| (at.min(s.token(v))..at.max(s.token(v))).any(|t| s.view.surface(t) == ",");
    let verb = |x: &crate::voice::Scope| x.verb == Some(c) && !(x.tokens.contains(&at) && parted(c));
    // "la division stationnée à X a dit": where a force that fights speaks, there it fights
    let fights = |p: &PartyMention| {
        p.party.status == Status::Combatant && s.word_at(p.head).is_some_and(|h| h != w && s.syn.head(w) == Some(h))
    };
    // "l'attentat revendiqué par l'EI à Kaboul": the act was there, and nobody says where it was claimed
    let of_act = act.is_some_and(|a| s.syn.dep(c) == Dep::Acl && s.syn.under(c, a));
    let spoken = !of_act
        && s.scopes.iter().any(verb)
        && act.is_none_or(|a| s.syn.clause(a) != c)
        && !s.parties.iter().any(fights);
    spoken || of_speaker(s, w, act) || beside_speaker(s, at)
}

/// “selon l'ONU à Bangui”: right behind the speaker, wherever the tree puts it. What follows “de” tells who they are.
fn beside_speaker(s: &Sent<'_>, at: usize) -> bool {
    let of = |t: usize| s.names.function.of.iter().any(|o| o == s.view.folded[t].trim_end_matches('\''));
    let small = |t: usize| matches!(s.view.upos(t), Some(Upos::Adp | Upos::Det)) && !of(t);
    let told = |p: &PartyMention| s.scopes.iter().any(|x| x.speaker.as_ref().is_some_and(|y| y.span == p.party.span));
    s.parties.iter().filter(|p| p.party.status != Status::Combatant && told(p)).any(|p| {
        let gap = p.tokens.end..at;
        (1..=2).contains(&gap.len()) && gap.clone().all(small)
    })
}

/// A time mention as the time of a claim.
pub fn when(t: &TimeMention) -> When {
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
pub(super) fn place(s: &Sent<'_>, lex: &ClaimLexicon, word: usize, range: &Range<usize>) -> Option<Place> {
    let syn = &s.syn;
    let clause = syn.clause(word);
    let mut best: Option<(i32, &Place)> = None;
    for p in &s.places {
        let at = p.tokens.start;
        let w = s.word_at(at);
        let mut score = 0i32;
        // "ont bombardé un hôpital de Kherson": nobody was brought there, it was hit there
        let hit = syn.child(word, &[Dep::Obj]).is_some_and(|o| w.is_some_and(|w| syn.under(w, o)));
        let afterwards = p.afterwards && (!hit || p.place.id.is_empty());
        if (!p.locative && s.party_at(at).is_some()) || afterwards || place_of_speech(s, p, Some(word)) {
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
        if p.origin || w.is_some_and(|w| carried_off(s, lex, w, word)) {
            score -= 6;
        }
        if p.reference {
            score -= 4;
        }
        // "tués à Idleb, à la veille d'une rencontre à Moscou": the place of something else
        let meeting = |h: usize| {
            let at = s.token(h);
            let kind =
                |(t, a): (Range<usize>, &u16)| t.contains(&at) && matches!(&*lex.act(*a).kind, "talks" | "agreement");
            h != word && syn.word(h).upos == Upos::Noun && lex.nouns.find(s.view).any(kind)
        };
        if w.and_then(|w| syn.head(w)).is_some_and(meeting) {
            score -= 8;
        }
        // "à Donetsk, … dans le quartier de Kouïbychev": no namesake far away, it is that of the town
        if quarter(s, lex, p)
            && s.places.iter().any(|o| o.locative && o.tokens != p.tokens && town_of(&o.place, &p.place))
        {
            score -= 8;
        }
        let away = apart(s, at, s.token(word));
        // "…; le ministre y voit une manœuvre contre X": named in another clause, where nothing says that anything happened there
        if away > 0 && !p.locative && at > s.token(word) {
            continue;
        }
        score -= away;
        score -= (at.abs_diff(s.token(word)) / 10) as i32;
        if best.is_none_or(|b| score > b.0) {
            best = Some((score, &p.place));
        }
    }
    best.filter(|b| b.0 > 0).map(|b| b.1.clone())
}

/// “le quartier de X”, “le faubourg X”.
fn quarter(s: &Sent<'_>, lex: &ClaimLexicon, p: &PlaceMention) -> bool {
    let at = p.tokens.start;
    (at.saturating_sub(3)..at).any(|t| lex.grammar.quarters.contains(&s.view.folded[t]))
}

/// Whether a town is that of a quarter whose name the gazetteer knows only far from it.
fn town_of(town: &Place, quarter: &Place) -> bool {
    use recoupe_mention::PlacePrecision as Precise;
    let known = matches!(town.precision, Precise::Town | Precise::Exact) && town.lat.is_some();
    let far = match (town.lat, town.lon, quarter.lat, quarter.lon) {
        (Some(a), Some(b), Some(c), Some(d)) => recoupe_gazetteer::distance_km((a, b), (c, d)) > 40.0,
        _ => false,
    };
    known && far
}

/// Whether a place is where people were brought or went, not where it happened: “évacués vers …”, “transférés à …”.
fn carried_off(s: &Sent<'_>, lex: &ClaimLexicon, place: usize, act: usize) -> bool {
    let syn = &s.syn;
    let moved = |i: usize| {
        lex.grammar.moving.contains(&syn.lemma[i])
            || lex.grammar.participles.iter().any(|[end, inf]| {
                syn.form[i]
                    .strip_suffix(end.as_str())
                    .is_some_and(|x| lex.grammar.moving.contains(&format!("{x}{inf}")))
            })
    };
    let mut at = place;
    for _ in 0..4 {
        match syn.head(at) {
            Some(h) if h == act => return false,
            // "porte à 31 morts le bilan de la tuerie de …": the act itself was there
            Some(h) if s.names.places.acts.contains(&syn.lemma[h]) => return false,
            Some(h) if h < at && moved(h) => return true,
            Some(h) => at = h,
            None => return false,
        }
    }
    false
}
