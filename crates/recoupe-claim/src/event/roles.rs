//! Who does an act, and to whom.

use std::ops::Range;

use recoupe_mention::{Class, MentionKind, Party, PartyMention, Status};
use recoupe_syntax::{Dep, Upos};

use super::phrases::{agent, apposed, object_of, side_behind, signed, suffered, versus};
use crate::anchor::Anchor;
use crate::lex::{ClaimLexicon, On, Patient, Speech};
use crate::sentence::Sent;

/// Who does and who suffers an act, as far as the tree tells.
#[derive(Default)]
pub(super) struct Roles {
    pub actor: Option<usize>,
    pub target: Option<usize>,
    pub patient_place: bool,
    pub patient_thing: bool,
    pub light: bool,
}

/// The class of an argument.
pub(super) fn class_of(s: &Sent<'_>, lex: &ClaimLexicon, word: usize) -> Option<On> {
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
        // "pris d'assaut l'hôtel": the noun of an idiom is an object to the tree as well
        let objects = syn.object(a.word).into_iter().chain(syn.kids(a.word, &[Dep::Obj]));
        objects.chain(syn.kids(a.word, &[Dep::Obl, Dep::Iobj]).filter(|c| syn.case_in(*c, &lex.grammar.of))).collect()
    };
    args.into_iter().find_map(|w| class_of(s, lex, w)).or_else(|| place_behind(s, lex, a))
}

/// “a repris le mois dernier la localité de …”: a place behind the verb that the tree hangs elsewhere.
fn place_behind(s: &Sent<'_>, lex: &ClaimLexicon, a: &Anchor) -> Option<On> {
    if a.noun || !a.any(lex, |x| x.on == Some(On::Place)) {
        return None;
    }
    let g = &lex.grammar;
    for t in a.tokens.end..(a.tokens.end + 8).min(s.view.len()) {
        let verb = s.word_at(t).is_some_and(|w| matches!(s.syn.word(w).upos, Upos::Verb | Upos::Aux | Upos::Adp));
        let of = g.of.contains(&s.view.folded[t]);
        if matches!(s.view.surface(t), "," | ";" | ":" | ".") || verb && !of {
            return None;
        }
        let definite =
            g.definite.iter().any(|d| d.trim_end_matches('\'') == s.view.folded[t - 1].trim_end_matches('\''));
        if s.names().is_place_noun(&s.view.folded[t])
            && definite
            && !s.times.iter().any(|x| x.tokens.contains(&(t as u32)))
        {
            return Some(On::Place);
        }
    }
    None
}

pub(super) fn roles(s: &Sent<'_>, lex: &ClaimLexicon, a: &Anchor, all: &[Anchor]) -> Roles {
    let syn = &s.syn;
    let mut r = Roles::default();
    let class = patient_class(s, lex, a);
    r.patient_place = class == Some(On::Place);
    r.patient_thing = class == Some(On::Thing);
    let Some(act) = a.act(lex, class).or(a.acts.first().copied()).map(|i| lex.act(i)) else { return r };
    let patient = a.patient.unwrap_or(act.patient);
    // "ont fait sauter un pont": who makes it happen does it, whatever the verb says of its subject
    let caused = syn.kids(a.word, &[Dep::Aux]).any(|c| syn.word(c).sub == recoupe_syntax::Sub::Caus);
    let patient = if caused && patient == Patient::Subject { Patient::Object } else { patient };
    if a.noun {
        noun_roles(s, lex, a, act, &mut r);
        return r;
    }
    if act.mutual
        && let Some((x, y)) = both_sides(s, lex, a)
    {
        (r.actor, r.target) = (Some(x), Some(y));
        return r;
    }
    // "le groupe a perdu trente hommes": they were its own
    if act.own && !s.passive(a.word, lex) {
        r.target = syn.subject(a.word).and_then(|w| s.party_in(w));
        return r;
    }
    // "l'armée a repoussé une attaque des rebelles": who throws back was attacked
    if act.id == "repel" {
        let (x, y) = if s.passive(a.word, lex) {
            (syn.agent(a.word, &lex.grammar), syn.subject(a.word))
        } else {
            (syn.subject(a.word), syn.object(a.word))
        };
        r.target = x.and_then(|w| doer(s, w));
        r.actor = y.and_then(|w| sufferer(s, w));
        return r;
    }
    // "ont fait exploser une charge": laid by whoever makes it go off
    if act.patient == Patient::None && act.kind == "explosion_ied" && caused {
        r.actor = syn.subject(a.word).and_then(|w| doer(s, w));
        return r;
    }
    // "un véhicule a sauté sur une mine": nobody's act, and its subject suffers or is the bomb
    if act.patient == Patient::None && act.kind == "explosion_ied" {
        r.target = syn.subject(a.word).and_then(|w| s.party_of(w).or_else(|| sufferer(s, w)));
        return r;
    }
    // "l'attaque a blessé": the act noun is no party, whoever stands in its complements
    let subject = syn.subject(a.word).filter(|x| !all.iter().any(|b| b.noun && b.word == *x));
    if s.passive(a.word, lex) && patient == Patient::Object {
        r.actor = agent(s, lex, a.word, true).and_then(|w| doer(s, w));
        // "dans le camp de Zamzam, au Soudan, bombardé": the land is where
        r.target = subject.and_then(|w| s.party_in(w)).filter(|p| !located(s, lex, *p));
    } else {
        match patient {
            Patient::Subject => {
                r.target = subject.and_then(|w| s.party_in(w));
                r.actor = agent(s, lex, a.word, true).and_then(|w| doer(s, w));
                if act.id == "fall" {
                    // "tomber aux mains de X", "passer sous le contrôle de X"
                    r.actor = (0..s.parties.len()).find(|p| {
                        let m = &s.parties[*p];
                        (a.tokens.end..a.tokens.end + 9).contains(&m.tokens.start) && may_act(&m.party, m.kind)
                    });
                    r.target = None;
                }
            }
            _ => {
                r.actor = subject.and_then(|w| doer(s, w));
                // "avoir visé mardi une caserne": the day may be taken for an object
                let objects = syn.kids(a.word, &[Dep::Obj]).chain(syn.object(a.word)).collect::<Vec<_>>();
                r.target = objects.into_iter().find_map(|w| sufferer(s, w));
                for c in syn.kids(a.word, &[Dep::Obl, Dep::Iobj]) {
                    if syn.case_in(c, &lex.grammar.against)
                        || (patient == Patient::A && syn.case_in(c, &lex.grammar.to))
                    {
                        // "au Mali" behind "s'en sont pris" is where
                        let land = |p: &usize| s.parties[*p].placelike && !syn.case_in(c, &lex.grammar.against);
                        r.target = r.target.or_else(|| sufferer(s, c).filter(|p| !land(p)));
                    }
                }
            }
        }
    }
    r
}

/// The arguments of an act noun: its complements, its participles and those of the verb that carries it.
fn noun_roles(s: &Sent<'_>, lex: &ClaimLexicon, a: &Anchor, act: &crate::lex::Act, r: &mut Roles) {
    let (syn, g) = (&s.syn, &lex.grammar);
    // "frappe de drone de l'armée": what stands under the last word of the name of the act is an argument of the act
    let words: Vec<usize> = (0..syn.len()).filter(|i| *i == a.word || a.tokens.contains(&s.token(*i))).collect();
    for w in &words {
        r.actor = r.actor.or_else(|| agent(s, lex, *w, false).and_then(|x| doer(s, x)));
        for c in syn.kids(*w, &[Dep::Nmod, Dep::Obl, Dep::Acl]) {
            // "l'attaque d'une base de l'armée": where it hit, not who did it
            let site = || lex.sites.find(s.view).any(|(t, _)| t.contains(&s.token(c)));
            if syn.case_in(c, &g.against) || syn.case_in(c, &g.of) && site() {
                r.target = r.target.or_else(|| sufferer(s, c));
            } else if syn.case_in(c, &g.of)
                && let Some(p) = s.party_of(c)
            {
                let m = &s.parties[p];
                // "tirs d'artillerie": with what, nobody's yet
                if m.assumed && a.tokens.contains(&m.head) {
                    continue;
                }
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
    }
    // "les attaques visant l'armée"
    for c in words.iter().flat_map(|w| syn.kids(*w, &[Dep::Acl])) {
        if g.against.contains(&syn.form[c]) {
            r.target = r.target.or_else(|| syn.object(c).and_then(|o| s.party_in(o)));
        }
    }
    // "l'Iswap attaque la base": a headline's verb that the tree takes for a noun
    if let Some(p) = a.tokens.start.checked_sub(1).and_then(|t| s.party_at(t)).filter(|_| verb_like(s, a))
        && fights(&s.parties[p].party, s.parties[p].kind)
    {
        r.actor = r.actor.or(Some(p));
        r.light = true;
        let behind = |x: &&recoupe_mention::PartyMention| (a.tokens.end..a.tokens.end + 4).contains(&x.tokens.start);
        r.target = r.target.or_else(|| s.parties.iter().find(behind).and_then(|x| s.party_at(x.head)));
    }
    if let Some(p) = suffered(s, lex, a) {
        r.target = r.target.or(Some(p));
        r.actor = r.actor.filter(|x| *x != p);
        r.light = true;
    }
    r.target = r.target.or_else(|| versus(s, lex, a));
    r.actor = r.actor.or_else(|| signed(s, lex, a));
    if let Some(p) = object_of(s, lex, a) {
        (r.target, r.light) = (r.target.or(p), true);
    }
    carried(s, lex, a, r);
    if act.mutual
        && let Some((x, y)) = both_sides(s, lex, a)
    {
        (r.actor, r.target, r.light) = (Some(x), Some(y), true);
    }
    if !act.mutual {
        r.actor = r.actor.or_else(|| side_behind(s, a));
    }
    for c in words.iter().flat_map(|w| syn.kids(*w, &[Dep::Acl])) {
        if !syn.present_participle(c) {
            r.actor = r.actor.or_else(|| agent(s, lex, c, false).and_then(|w| doer(s, w)));
            for o in syn.kids(c, &[Dep::Obl]).filter(|o| syn.case_in(*o, &g.against)) {
                r.target = r.target.or_else(|| sufferer(s, o));
            }
            r.light = true;
        }
    }
}

/// The arguments that the verb carrying an act noun has for it: “a mené une attaque contre”, “a essuyé des tirs”.
fn carried(s: &Sent<'_>, lex: &ClaimLexicon, a: &Anchor, r: &mut Roles) {
    let (syn, g) = (&s.syn, &lex.grammar);
    // "94 drones et quatre missiles": what is coordinated is carried by the same verb
    let mut word = a.word;
    while let (Dep::Conj, Some(h)) = (syn.dep(word), syn.head(word)) {
        if syn.verbal(h) {
            break;
        }
        word = h;
    }
    let Some(h) = s.above(word) else { return };
    let lemma = &syn.lemma[h];
    // "a mené le 11 mars une attaque": hung on the date
    let past = Some(h) != syn.head(word) && syn.child(word, &[Dep::Case]).is_none();
    match if past { Dep::Obj } else { syn.dep(word) } {
        Dep::Obj | Dep::Obl if lex.light_does.contains(lemma) => {
            r.light = true;
            if syn.passive(h) {
                r.actor = r.actor.or_else(|| syn.agent(h, g).and_then(|w| doer(s, w)));
            } else {
                r.actor = r.actor.or_else(|| syn.subject(h).and_then(|w| doer(s, w)));
            }
            // "tendre une embuscade à une patrouille"
            let hung = lex.light_at.contains(lemma).then(|| syn.kids(a.word, &[Dep::Nmod])).into_iter().flatten();
            for c in syn.kids(h, &[Dep::Obl]).chain(hung) {
                if syn.case_in(c, &g.against) || lex.light_at.contains(lemma) && syn.case_in(c, &g.to) {
                    r.target = r.target.or_else(|| sufferer(s, c));
                }
            }
        }
        Dep::Obj | Dep::Obl if lex.light_suffers.contains(lemma) => {
            r.light = true;
            r.target = r.target.or_else(|| syn.subject(h).and_then(|w| s.party_in(w)));
        }
        // "l'attaque a été repoussée par l'armée"
        Dep::Nsubj if syn.passive(h) && lex.light_suffers.contains(lemma) => {
            r.light = true;
            r.target = r.target.or_else(|| syn.agent(h, g).and_then(|w| s.party_in(w)));
        }
        Dep::Nsubj => {
            r.light = true;
            if syn.passive(h) {
                r.actor = r.actor.or_else(|| agent(s, lex, h, false).and_then(|w| doer(s, w)));
            } else {
                r.target = r.target.or_else(|| syn.object(h).and_then(|w| sufferer(s, w)));
            }
        }
        _ => {}
    }
}

/// Both sides of a fight: “entre X et Y”, “ont opposé X à Y”, “X et Y se sont affrontés”.
fn both_sides(s: &Sent<'_>, lex: &ClaimLexicon, a: &Anchor) -> Option<(usize, usize)> {
    let g = &lex.grammar;
    let two = |from: usize, to: usize| {
        let mut found = (0..s.parties.len()).filter(|p| {
            let m = &s.parties[*p];
            let side = fights(&m.party, m.kind) || may_act(&m.party, m.kind);
            // "ont opposé à Tripoli deux milices": where they fought fights nobody
            (from..to).contains(&m.tokens.start) && side && !located(s, lex, *p)
        });
        let x = found.next()?;
        let y = found.find(|y| s.parties[*y].party.id != s.parties[x].party.id)?;
        Some((x, y))
    };
    let n = s.view.len();
    if !a.noun {
        return s.syn.reflexive(a.word, g).then(|| two(a.tokens.start.saturating_sub(16), a.tokens.start)).flatten();
    }
    for t in a.tokens.end..(a.tokens.end + 12).min(n) {
        let opposing =
            s.word_at(t).is_some_and(|w| s.syn.word(w).upos == Upos::Verb && g.opposing.contains(&s.syn.lemma[w]));
        if opposing || g.between.contains(&s.view.folded[t]) {
            return two(t + 1, (t + 18).min(n));
        }
        if matches!(s.view.surface(t), "," | ";" | ":" | ".") && !opposing {
            return None;
        }
    }
    None
}

/// Whether what the tree calls a noun stands where a verb would: right behind a name, before an article.
fn verb_like(s: &Sent<'_>, a: &Anchor) -> bool {
    a.tokens.len() == 1
        && !s.view.capital(a.tokens.start)
        && s.syn.child(a.word, &[Dep::Det, Dep::Case, Dep::Amod]).is_none()
        && s.view.upos(a.tokens.end) == Some(recoupe_syntax::Upos::Det)
}

/// “affirme avoir tué”, “ajoutant avoir mené des frappes”: the infinitive's subject is who speaks.
pub(super) fn said_of_self(s: &Sent<'_>, lex: &ClaimLexicon, a: &Anchor) -> Option<Party> {
    let syn = &s.syn;
    let v = match (a.noun, syn.head(a.word)) {
        (false, _) if a.any(lex, |x| x.id == "repel" || x.patient == Patient::Subject) => return None,
        (false, _) => a.word,
        (true, Some(h)) if syn.dep(a.word) == Dep::Obj && lex.light_does.contains(&syn.lemma[h]) => h,
        _ => return None,
    };
    let infinitive = |i: usize| syn.word(i).feats.verb_form == Some(recoupe_syntax::VerbForm::Inf);
    let h =
        syn.head(v).filter(|_| !s.passive(v, lex) && (infinitive(v) || syn.kids(v, &[Dep::Aux]).any(infinitive)))?;
    // "accuse Moscou d'avoir tiré": whoever is spoken of did it
    let of_other = lex.grammar.accuse_of.contains(&syn.lemma[h])
        || syn.kids(h, &[Dep::Obj, Dep::Iobj]).any(|o| s.party_in(o).is_some());
    let says = !of_other && matches!(lex.speech(&syn.lemma[h]), Some(Speech::Say | Speech::Claim | Speech::Weak));
    let scope = s.scopes.iter().find(|x| says && x.verb == Some(h) && x.tokens.contains(&s.token(v)))?;
    let speaker = scope.speaker.clone().filter(|p| p.status == Status::Combatant || p.country.is_some())?;
    // "le ministère affirme avoir abattu dix drones": what it did, its forces did
    let office = ["/government", "/presidency", "/defence-ministry"].iter().any(|o| speaker.id.ends_with(o));
    Some(super::sides::side(s, &speaker).filter(|_| office).unwrap_or(speaker))
}

/// Whether a party mention is but the land or town something happened in.
pub(super) fn located(s: &Sent<'_>, lex: &ClaimLexicon, p: usize) -> bool {
    let m = &s.parties[p];
    // "des missiles sur Israël": the target, and where
    let at = m.tokens.start;
    if (at.saturating_sub(2)..at).any(|t| lex.grammar.against.contains(&s.view.folded[t])) {
        return false;
    }
    m.placelike && s.place_at(m.head).is_some_and(|i| s.places[i].locative)
}

/// Who suffers at a word: the party it names, or whose it is (“un dépôt de munitions de l'organisation”).
fn sufferer(s: &Sent<'_>, word: usize) -> Option<usize> {
    s.party_of(word).or_else(|| {
        let of = |w: usize| s.syn.kids(w, &[Dep::Nmod, Dep::Conj]).collect::<Vec<_>>();
        let mut at = of(word);
        for _ in 0..4 {
            // "un immeuble de Damas" is no part of a government
            if let Some(p) = at.iter().find_map(|w| s.party_of(*w)).filter(|p| !s.parties[*p].placelike) {
                return Some(p);
            }
            at = at.into_iter().flat_map(of).collect();
        }
        None
    })
}

/// Who acts by a word: the party it names; behind a description, the name that says whose men they are.
pub(super) fn doer(s: &Sent<'_>, word: usize) -> Option<usize> {
    let Some(p) = s.party_in(word) else {
        // "un engin de type X du même régime"
        let deep = |w: usize| s.syn.kids(w, &[Dep::Nmod]).flat_map(|c| s.syn.kids(c, &[Dep::Nmod])).collect::<Vec<_>>();
        // "des tirs contre l'aéroport de Bagdad": where a thing stands is nobody who acts
        let acts = |p: &usize| !s.parties[*p].placelike;
        return deep(word).into_iter().flat_map(deep).find_map(|c| s.party_of(c).filter(acts));
    };
    if !super::sides::nameless(&s.parties[p].party) {
        return Some(p);
    }
    // "des hommes armés se réclamant du groupe"
    let named = s
        .syn
        .kids(word, &[Dep::Acl, Dep::Amod])
        .flat_map(|c| s.syn.kids(c, &[Dep::Obl, Dep::Obj, Dep::Nmod]))
        .find_map(|c| s.party_of(c))
        .or_else(|| apposed(s, p))
        .filter(|n| s.parties[*n].kind != MentionKind::State && !super::sides::nameless(&s.parties[*n].party))
        .filter(|n| fights(&s.parties[*n].party, s.parties[*n].kind));
    named.or(Some(p))
}

/// The nationality or side an adjective of an act noun tells: “frappe israélienne”.
pub(super) fn adjective_actor(s: &Sent<'_>, lex: &ClaimLexicon, a: &Anchor) -> Option<Party> {
    let names = s.names();
    if !a.noun {
        return None;
    }
    // up to what it is done to: "une attaque de deux pelotons ukrainiens contre …"
    let stops = |t: usize| {
        t >= a.tokens.end
            && (lex.sites.find(s.view).any(|(r, _)| r.contains(&t))
                || matches!(s.view.surface(t), "," | ";" | ":" | "." | "(")
                || lex.grammar.against.contains(&s.view.folded[t])
                || lex.grammar.to.contains(&s.view.folded[t])
                || lex.grammar.list_marks.contains(&s.view.folded[t])
                || s.word_at(t).is_some_and(|w| matches!(s.syn.word(w).upos, Upos::Verb | Upos::Aux)))
    };
    (a.tokens.start..(a.tokens.end + 6).min(s.view.len())).take_while(|t| !stops(*t)).find_map(|t| {
        if s.view.capital(t) {
            return None;
        }
        let near = t < a.tokens.end + 2;
        let others = || s.party_at(t).is_some_and(|p| s.parties[p].party.status == Status::Civilian);
        if !near && others() {
            return None;
        }
        // "un raid ennemi": whoever the page's enemy is
        let enemy = || names.side(&s.view.folded[t]) == Some(recoupe_mention::lexicon::Side::Enemy);
        let hostile =
            s.party_at(t).map(|i| &s.parties[i]).filter(|p| p.head == t && p.party.status == Status::Combatant);
        if let Some(p) = hostile.filter(|_| near && enemy()) {
            return Some(p.party.clone());
        }
        let state = names.adjective(&s.view.folded[t])?;
        let span = s.view.sentence.tokens[t].span;
        let role = "armed-forces";
        Some(recoupe_mention::parties::state_party(names, state, role, span))
    })
}

/// “la mort de spécialistes”: who died, without a number.
pub(super) fn death_of(s: &Sent<'_>, lex: &ClaimLexicon, range: &Range<usize>) -> Option<usize> {
    lex.casualties.find(s.view).filter(|(t, k)| &***k == "killed" && range.contains(&t.start)).find_map(|(t, _)| {
        let w = s.word_at(t.start)?;
        s.syn.kids(w, &[Dep::Nmod]).filter(|c| s.syn.case_in(*c, &lex.grammar.of)).find_map(|c| s.party_of(c))
    })
}

/// Whether an act noun is told as having happened, not just referred to.
pub(super) fn told(s: &Sent<'_>, lex: &ClaimLexicon, a: &Anchor, all: &[Anchor]) -> bool {
    let r = roles(s, lex, a, all);
    if r.light || s.heading {
        return true;
    }
    let w = syn_head(s, a.word);
    if matches!(s.syn.dep(a.word), Dep::Nsubj | Dep::Root) {
        return true;
    }
    // "a détruit vingt cibles dans des raids": told with the act it did
    let deed = |h: usize| all.iter().any(|b| !b.noun && b.word == h && b.any(lex, |x| x.toll.is_some() || x.core));
    if matches!(s.syn.dep(a.word), Dep::Obl | Dep::Nmod)
        && w.is_some_and(|h| deed(h) || s.syn.head(h).is_some_and(deed))
        && !s.syn.case_in(a.word, &lex.grammar.against)
        && !s.syn.case_in(a.word, &lex.grammar.purpose)
    {
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
        && (r.target.is_some() || r.actor.is_some() || r.patient_place)
        || (matches!(s.syn.dep(a.word), Dep::Obl | Dep::Obj | Dep::Nmod) && (r.actor.is_some() && r.target.is_some()))
}

pub(super) fn syn_head(s: &Sent<'_>, w: usize) -> Option<usize> {
    s.syn.head(w)
}

/// Whether a party can be the author of violence.
pub fn fights(p: &Party, kind: MentionKind) -> bool {
    p.status == Status::Combatant
        || matches!(kind, MentionKind::State | MentionKind::Noun(Class::Force | Class::Generic))
        || (kind == MentionKind::Name && p.status != Status::Civilian)
}

/// Whether a mention can be a victim: those who are only named to speak are not, unless they lead men who fight.
pub(super) fn suffers(m: &PartyMention) -> bool {
    !matches!(m.kind, MentionKind::Noun(Class::Source) | MentionKind::Outlet) || m.party.status == Status::Combatant
}

pub(super) fn may_act(p: &Party, kind: MentionKind) -> bool {
    fights(p, kind)
        || matches!(kind, MentionKind::Noun(Class::Role) | MentionKind::Person)
        || p.id.contains("protesters")
}
