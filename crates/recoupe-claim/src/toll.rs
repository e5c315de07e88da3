//! How many: which number counts whom, and what befell them.

use std::ops::Range;

use recoupe_mention::number::Kind as NumberKind;
use recoupe_mention::time::TimeKind;
use recoupe_mention::{Class, Id, MentionKind, Party, Status};
use recoupe_syntax::{Dep, Sub, Upos, VerbForm};
use recoupe_text::Span;

use crate::anchor::Anchor;
use crate::lex::{ClaimLexicon, On, Patient, fits};
use crate::sentence::Sent;
use crate::types::Toll;

/// A toll and the words it hangs on.
#[derive(Clone, Debug)]
pub struct FoundToll {
    /// The toll; `part_of` counts within the sentence's list.
    pub toll: Toll,
    /// The token that carries the number, to find the voice.
    pub token: usize,
    /// The act word that says what befell them, if another than the counted noun.
    pub anchor: Option<usize>,
    /// Nobody is named: the group comes from before.
    pub open_group: bool,
    /// Rule that fired.
    pub rule: &'static str,
}

/// What a number counts.
#[derive(Clone, Debug)]
enum Counted {
    Casualty(Id),
    Person(usize),
    Thing(Id),
    Act(Id),
    Noun,
    Open,
}

/// The status of a group as far as its party tells.
fn status(p: &Party) -> Status {
    p.status
}

/// A group nobody names.
pub fn people(span: Span) -> Party {
    Party { id: "generic/people".into(), name: "people".into(), country: None, status: Status::Mixed, span }
}

/// All tolls of a sentence, in order.
pub fn find(s: &Sent<'_>, lex: &ClaimLexicon, anchors: &[Anchor]) -> Vec<FoundToll> {
    let casualties: Vec<(Range<usize>, Id)> = lex.casualties.find(s.view).map(|(t, k)| (t, k.clone())).collect();
    let things: Vec<(Range<usize>, Id)> = lex.things.find(s.view).map(|(t, k)| (t, k.clone())).collect();
    let counted_acts: Vec<(Range<usize>, Id)> = lex.counted.find(s.view).map(|(t, k)| (t, k.clone())).collect();
    let mut out: Vec<FoundToll> = Vec::new();
    for q in &s.numbers {
        if !q.counts() || q.vague() {
            continue;
        }
        let core_end = if q.core.is_empty() { q.tokens.end } else { q.core.end } as usize;
        let (noun_token, what) = counted(s, lex, &casualties, &things, &counted_acts, core_end);
        // "cinq chars, deux techniciens": in a list of things a word that may be one is one
        let what = match what {
            Counted::Person(_)
                if out
                    .last()
                    .is_some_and(|p| &*p.toll.unit != "person" && listed(s, lex, p.token, q.tokens.start as usize)) =>
            {
                match things.iter().find(|(r, _)| noun_token == Some(r.start)) {
                    Some((_, u)) => Counted::Thing(u.clone()),
                    None => what,
                }
            }
            w => w,
        };
        let lemma = |t: usize| s.word_at(t).map_or("", |w| s.syn.lemma[w].as_str());
        if noun_token
            .is_some_and(|t| lex.grammar.collective.iter().any(|c| c == lemma(t)) && !matches!(what, Counted::Act(_)))
        {
            continue; // "deux familles": how many people these are nobody says
        }
        if matches!(what, Counted::Noun) && noun_token.is_some_and(|t| s.names().is_place_noun(lemma(t))) {
            continue; // "huit villages libérés"
        }
        if let Counted::Person(i) = &what
            && s.scopes.iter().filter_map(|x| x.speaker.as_ref()).any(|p| p.span.overlaps(s.parties[*i].party.span))
        {
            continue; // "…, ont confié deux officiers": they tell
        }
        let article = q.kind == NumberKind::Article || q.weak;
        let first = q.tokens.start as usize;
        // "neuf soldats, et non cinq": a figure that is rejected
        if first > 0 && fits(&lex.grammar.rejected, &s.view.folded[first - 1]) {
            continue;
        }
        let part = opens_part(s, lex, first);
        let word = noun_token.and_then(|t| s.word_at(t)).or_else(|| s.word_at(q.core.start as usize));
        let Some(word) = word else { continue };
        let word = if matches!(what, Counted::Open) { s.word_at(q.core.start as usize).unwrap_or(word) } else { word };
        let own = q.tokens.start as usize..q.tokens.end as usize;
        let hit = befallen(s, lex, anchors, &casualties, word, noun_token, &what, &own);
        let mut kind: Option<(Id, Option<usize>, &'static str)> = None;
        match &what {
            Counted::Casualty(k) => {
                // A noun such as "otages" needs an act; "morts" is its own.
                let own = matches!(&**k, "killed" | "wounded" | "missing" | "killed_or_wounded");
                // "deux des blessés ont succombé"
                let among = (core_end..noun_token.unwrap_or(core_end))
                    .any(|t| fits(&lex.grammar.of, s.view.folded[t].trim_end_matches('\'')));
                let acted = hit.clone().filter(|h| {
                    &*h.0 == "released"
                        || &*h.0 == "captured"
                        || !own
                        || among && &**k == "wounded" && &*h.0 == "killed"
                });
                kind = acted.or_else(|| {
                    (own || anchors.iter().any(|a| a.any(lex, |x| x.toll.as_deref() == Some(k))))
                        .then(|| (k.clone(), None, "toll.casualty-noun"))
                });
                // "neuf victimes" are nine dead, unless the wounded are told with them
                if &**k == "killed_or_wounded" && q.min.is_some_and(|n| n > 0) {
                    let at = noun_token.unwrap_or(core_end);
                    let both = casualties.iter().any(|(r, k)| &**k == "wounded" && r.start > at && r.start <= at + 6);
                    if !both && let Some(kind) = &mut kind {
                        kind.0 = "killed".into();
                    }
                }
                if article && hit.is_none() && !matches!(&**k, "killed" | "wounded") {
                    kind = None;
                }
                if article
                    && matches!(&**k, "killed" | "wounded" | "killed_or_wounded")
                    && singular_death(s, lex, first)
                {
                    kind = None;
                }
            }
            Counted::Act(unit) => {
                if let Some(h) = hit.clone().filter(|h| matches!(&*h.0, "destroyed" | "seized")) {
                    kind = Some(h);
                } else if !article && q.min.unwrap_or(0) >= 2 || q.approx {
                    let t = counted_toll(s, q, noun_token, unit.clone());
                    out.push(t);
                    continue;
                }
            }
            _ => kind = hit.clone(),
        }
        // "six morts, dont une fillette, et quinze blessés": a part is of what it is a part of, unless it says otherwise itself
        if part
            && !hit.as_ref().is_some_and(|h| h.2.starts_with("toll.participle"))
            && matches!(what, Counted::Person(_) | Counted::Noun)
            && let Some(prev) = out.iter().rev().find(|t| t.toll.part_of.is_none())
            && &*prev.toll.unit == "person"
        {
            kind = Some((prev.toll.kind.clone(), prev.anchor, "toll.part"));
        }
        if kind.is_none()
            && matches!(what, Counted::Person(_) | Counted::Open | Counted::Noun)
            && let Some(k) = among(s, lex, &casualties, first)
        {
            kind = Some((k, None, "toll.among"));
        }
        if kind.is_none()
            && matches!(what, Counted::Person(_) | Counted::Noun | Counted::Open)
            && let Some(k) = dead_are(s, lex, &casualties, noun_token.map_or(core_end, |t| t + 1))
        {
            kind = Some((k, None, "toll.predicate-near"));
        }
        if matches!(what, Counted::Open)
            && let Some(k) = predicative(s, &casualties, core_end)
        {
            kind = Some((k, None, "toll.predicative"));
        }
        if kind.is_none() && matches!(what, Counted::Person(_) | Counted::Noun) && !article && tallied(s, lex, first) {
            kind = Some(("killed".into(), None, "toll.tally"));
        }
        if kind.is_none()
            && matches!(what, Counted::Open)
            && let Some(k) = count_reaches(s, lex, &casualties, first)
        {
            kind = Some((k, None, "toll.count-reaches"));
        }
        if kind.is_none()
            && let Counted::Thing(unit) = &what
            && !article
            && is_launched(s, lex, word)
        {
            out.push(counted_toll(s, q, noun_token, unit.clone()));
            continue;
        }
        if kind.is_none()
            && part
            && let Some(prev) = out.last()
        {
            kind = Some((prev.toll.kind.clone(), prev.anchor, "toll.part"));
        }
        if kind.is_none()
            && !article
            && matches!(what, Counted::Open | Counted::Person(_) | Counted::Thing(_) | Counted::Noun)
            && let Some(prev) = out.last()
            && listed(s, lex, prev.token, first)
            && prev.rule != "toll.counted-act"
            && !matches!(what, Counted::Noun)
        {
            // "cinq chars, deux véhicules blindés et un obusier": a list goes on under the same act.
            kind = Some((prev.toll.kind.clone(), prev.anchor, "toll.list"));
        }
        let Some((kind, anchor, rule)) = kind else { continue };
        if article && !matches!(what, Counted::Person(_) | Counted::Thing(_) | Counted::Casualty(_) | Counted::Act(_)) {
            continue;
        }
        // "la perte de deux blindés"
        let kind: Id =
            if matches!(&what, Counted::Thing(_)) && rule == "toll.death-of" { "destroyed".into() } else { kind };
        let thing = matches!(&what, Counted::Thing(_) | Counted::Act(_)) || matches!(&*kind, "destroyed" | "seized");
        if thing && !matches!(&what, Counted::Thing(_) | Counted::Act(_)) {
            continue; // destroyed, but nothing we know as a thing
        }
        if matches!(&what, Counted::Thing(_)) && !matches!(&*kind, "destroyed" | "seized" | "neutralised") {
            continue;
        }
        let (mut group, mut open_group) = group(s, lex, &what, word, noun_token, anchor);
        if group.status != Status::Civilian
            && let Some(p) = whose(s, lex, anchors, noun_token.unwrap_or(first), anchor)
        {
            group = Party { span: group.span, ..p };
            open_group = false;
        }
        if part
            && let Counted::Person(i) = &what
            && s.parties[*i].assumed
            && let Some(w) = out.iter().rev().find(|t| t.toll.part_of.is_none() && t.toll.kind == kind)
            && w.toll.group.status == s.parties[*i].party.status
        {
            group = Party { span: group.span, ..w.toll.group.clone() };
        }
        let unit: Id = match &what {
            Counted::Thing(u) | Counted::Act(u) => u.clone(),
            _ => "person".into(),
        };
        let kind: Id = if thing && &*kind == "neutralised" { "destroyed".into() } else { kind };
        let end = noun_token.map_or(core_end, |t| t + 1).max(q.tokens.end as usize);
        let span = s.span(&(first..end));
        let (mut min, mut max) = if q.zero { (Some(0), Some(0)) } else { (q.min, q.max) };
        let mut span = span;
        // "un père et son fils" are two
        if article && let Some(last) = noun_token.and_then(|t| companion(s, lex, t)) {
            (min, max) = (min.map(|n| n + 1), max.map(|n| n + 1));
            span = s.span(&(first..last + 1));
        }
        let part_of = if part || rule == "toll.part" { whole(&out, &kind) } else { None };
        let cumulative = cumulative(s, lex, first, end, anchor);
        out.push(FoundToll {
            toll: Toll {
                kind,
                status: status(&group),
                group,
                unit,
                min,
                max,
                approx: q.approx,
                cumulative,
                part_of,
                span,
            },
            token: first,
            anchor,
            open_group,
            rule,
        });
    }
    one_by_name(s, lex, anchors, &mut out);
    out
}

/// “le maire a été assassiné”, “le chauffeur et son aide sont décédés”: those told one by one, without a number.
fn one_by_name(s: &Sent<'_>, lex: &ClaimLexicon, anchors: &[Anchor], out: &mut Vec<FoundToll>) {
    use recoupe_syntax::Number;
    let syn = &s.syn;
    for a in anchors.iter().filter(|a| !a.noun) {
        let Some(act) = a.act(lex, Some(On::Person)).map(|x| lex.act(x)) else { continue };
        let Some(kind) = act.toll.as_deref().filter(|_| act.on == Some(On::Person) && !act.own) else { continue };
        if !matches!(kind, "killed" | "wounded" | "captured" | "released") {
            continue;
        }
        let patient = a.patient.unwrap_or(act.patient);
        let passive = s.passive(a.word, lex);
        let word = match (patient, passive) {
            (Patient::Object, true) | (Patient::Subject, false) => syn.child(a.word, &[Dep::Nsubj]),
            (Patient::Object, false) => syn.object(a.word),
            _ => None,
        };
        let Some(word) = word else { continue };
        let noun = s.token(word);
        let taken =
            out.iter().any(|x| x.anchor == Some(a.word) || x.toll.span.overlaps(s.view.sentence.tokens[noun].span));
        if taken || syn.word(word).feats.number != Some(Number::Sing) || syn.word(word).upos != Upos::Noun {
            continue;
        }
        let definite = syn.child(word, &[Dep::Det]).is_some_and(|d| {
            let f = syn.form[d].trim_end_matches('\'');
            lex.grammar.definite.iter().any(|x| x.trim_end_matches('\'') == f)
        });
        let many = lex.grammar.collective.contains(&syn.lemma[word]) || lex.grammar.bodies.contains(&syn.lemma[word]);
        let party = s.party_at(noun).map(|i| &s.parties[i]);
        let person = party.is_some_and(|p| p.head == noun && matches!(p.kind, MentionKind::Noun(_)));
        if !definite || many || !person || syn.negated(a.word, &lex.negation) {
            continue;
        }
        let Some(party) = party else { continue };
        let last = companion(s, lex, noun);
        let n = if last.is_some() { 2 } else { 1 };
        let start = syn.child(word, &[Dep::Det]).map_or(noun, |d| s.token(d).min(noun));
        let group = party.party.clone();
        out.push(FoundToll {
            toll: Toll {
                kind: kind.into(),
                status: status(&group),
                group,
                unit: "person".into(),
                min: Some(n),
                max: Some(n),
                approx: false,
                cumulative: false,
                part_of: None,
                span: s.span(&(start..last.unwrap_or(noun) + 1)),
            },
            token: noun,
            anchor: Some(a.word),
            open_group: false,
            rule: "toll.one",
        });
    }
}

/// “un mort” counts one; “un mort de plus”, “la mort” do not; neither does “une victime” as a role.
fn singular_death(s: &Sent<'_>, lex: &ClaimLexicon, first: usize) -> bool {
    first > 0 && fits(&lex.grammar.as_role, &s.view.folded[first - 1])
}

fn counted_toll(s: &Sent<'_>, q: &recoupe_mention::number::Quantity, noun: Option<usize>, unit: Id) -> FoundToll {
    let first = q.tokens.start as usize;
    let end = noun.map_or(q.tokens.end as usize, |t| t + 1);
    let span = s.span(&(first..end));
    let group = Party {
        id: "generic/acts".into(),
        name: format!("{unit}s").as_str().into(),
        country: None,
        status: Status::Unknown,
        span,
    };
    FoundToll {
        toll: Toll {
            kind: "attacks".into(),
            group,
            status: Status::Unknown,
            unit,
            min: q.min,
            max: q.max,
            approx: q.approx,
            cumulative: false,
            part_of: None,
            span,
        },
        token: first,
        anchor: None,
        open_group: false,
        rule: "toll.counted-act",
    }
}

/// What stands behind a number.
fn counted(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    casualties: &[(Range<usize>, Id)],
    things: &[(Range<usize>, Id)],
    acts: &[(Range<usize>, Id)],
    from: usize,
) -> (Option<usize>, Counted) {
    let mut t = from;
    let mut skipped = 0;
    while t < s.view.len() && skipped < 6 {
        let f = s.view.folded[t].trim_end_matches('\'');
        let phrase =
            |list: &[(Range<usize>, Id)]| list.iter().find(|(r, _)| r.start == t).map(|(r, k)| (r.clone(), k.clone()));
        // "un nouveau bilan de 15 morts": the next number counts for itself
        if t > from && s.numbers.iter().any(|q| q.tokens.start as usize == t && q.counts()) {
            return (None, Counted::Open);
        }
        let casualty = phrase(casualties);
        let thing = phrase(things);
        let act = phrase(acts);
        let party =
            s.parties.iter().position(|p| p.head == t && matches!(p.kind, MentionKind::Noun(c) if c != Class::Source));
        // "12 civils", "12 soldats": people, even if a word is also something else; "12 victimes civiles": a casualty noun.
        if let Some((_, k)) = &casualty {
            return (Some(t), Counted::Casualty(k.clone()));
        }
        if let Some(i) = party {
            let thingish =
                thing.is_some() && matches!(s.parties[i].kind, MentionKind::Noun(Class::Role | Class::Force));
            if !thingish {
                return (Some(t), Counted::Person(i));
            }
        }
        if let Some((r, u)) = thing {
            if let Some((_, ua)) = act.as_ref().filter(|a| a.0.len() >= r.len()) {
                return (Some(t), Counted::Act(ua.clone()));
            }
            return (Some(t), Counted::Thing(u));
        }
        if let Some((_, u)) = act {
            return (Some(t), Counted::Act(u));
        }
        let upos = s.view.upos(t);
        // "six (06) militaires"
        if s.view.surface(t) == "("
            && s.view.surface(t + 2.min(s.view.len() - 1 - t)) == ")"
            && s.view.surface(t + 1).chars().all(|c| c.is_ascii_digit())
        {
            t += 3;
            continue;
        }
        let skip = lex.grammar.of.iter().any(|o| o == f)
            || lex.grammar.definite.iter().any(|o| o.trim_end_matches('\'') == f)
            || lex.grammar.other.iter().any(|o| o == f)
            || matches!(s.view.surface(t), "«" | "\"" | "“" | "»" | "”")
            || lex.grammar.count_nouns.iter().any(|o| o == f)
            || matches!(upos, Some(Upos::Adj | Upos::Det | Upos::Adv | Upos::Num))
            || fits(&lex.grammar.count_links, f);
        if !skip {
            return match upos {
                Some(Upos::Noun | Upos::Propn) => (Some(t), Counted::Noun),
                _ => (None, Counted::Open),
            };
        }
        t += 1;
        skipped += 1;
    }
    (None, Counted::Open)
}

/// “un enfant figure parmi les victimes”: those counted in the clause are among the casualties named.
fn among(s: &Sent<'_>, lex: &ClaimLexicon, casualties: &[(Range<usize>, Id)], first: usize) -> Option<Id> {
    let (t, k) = casualties.iter().find(|(r, _)| {
        let before =
            (r.start.saturating_sub(2)..r.start).map(|t| s.view.folded[t].as_str()).collect::<Vec<_>>().join(" ");
        lex.grammar.among.contains(&before)
    })?;
    let clear = (first.min(t.start)..first.max(t.start)).all(|k| s.view.surface(k) != ";");
    let verbs = (first.min(t.start)..first.max(t.start)).filter(|k| s.view.upos(*k) == Some(Upos::Verb)).count();
    let k: Id = if &**k == "killed_or_wounded" { "killed".into() } else { k.clone() };
    (clear && verbs <= 1 && first.abs_diff(t.start) <= 14).then_some(k)
}

/// “un père et son fils”: the one who belongs to the one counted.
fn companion(s: &Sent<'_>, lex: &ClaimLexicon, noun: usize) -> Option<usize> {
    let and = (noun + 1..s.view.len().min(noun + 4)).find(|t| fits(&lex.grammar.and, &s.view.folded[*t]))?;
    let own = s.view.folded.get(and + 1).is_some_and(|f| lex.grammar.possessive.contains(f));
    let person = |t: &usize| {
        s.parties.iter().any(|p| p.head == *t && p.party.status != Status::Combatant)
            || s.view.upos(*t) == Some(Upos::Noun)
    };
    let single = s.word_at(and + 2).is_some_and(|w| s.syn.word(w).feats.number == Some(recoupe_syntax::Number::Sing));
    Some(and + 2).filter(|t| own && single && *t < s.view.len() && person(t))
}

/// “quatorze sont rentrés blessés”: the casualty word stands behind the verb.
fn predicative(s: &Sent<'_>, casualties: &[(Range<usize>, Id)], from: usize) -> Option<Id> {
    let stop = (from..s.view.len().min(from + 5))
        .find(|t| {
            s.view.upos(*t) == Some(Upos::Num)
                || s.view.surface(*t).chars().all(|c| c.is_ascii_punctuation())
                || s.numbers.iter().any(|q| q.tokens.start as usize == *t)
        })
        .unwrap_or(s.view.len().min(from + 5));
    let verb = |to: usize| (from..to).any(|t| matches!(s.view.upos(t), Some(Upos::Verb | Upos::Aux)));
    let (_, k) = casualties.iter().find(|(r, _)| r.start >= from && r.start < stop && verb(r.start))?;
    matches!(&**k, "killed" | "wounded" | "missing").then(|| k.clone())
}

/// “quarante soldats et cinquante rebelles sont morts dans …”: the word for the dead behind the verb “to be”.
fn dead_are(s: &Sent<'_>, lex: &ClaimLexicon, casualties: &[(Range<usize>, Id)], from: usize) -> Option<Id> {
    let stop = s.view.len().min(from + 28);
    let be = (from..stop).find(|t| lex.grammar.passive_auxiliary.contains(&s.view.folded[*t]))?;
    let clear = (from..be).all(|t| {
        !matches!(s.view.upos(t), Some(Upos::Verb | Upos::Sconj))
            && !matches!(s.view.surface(t), ";" | ":" | "»")
            && !fits(&lex.grammar.relative, &s.view.folded[t])
    });
    let (_, k) = casualties.iter().find(|(r, _)| r.start > be && r.start <= be + 2)?;
    let counted = s.numbers.iter().any(|q| (q.tokens.start as usize) > be && (q.tokens.start as usize) <= be + 2);
    (clear && !counted && matches!(&**k, "killed" | "missing")).then(|| k.clone())
}

/// “un lourd bilan d'au moins 35 civils”.
fn tallied(s: &Sent<'_>, lex: &ClaimLexicon, first: usize) -> bool {
    let of = (first.saturating_sub(2)..first).any(|t| fits(&lex.grammar.of, s.view.folded[t].trim_end_matches('\'')));
    let tally = (first.saturating_sub(6)..first).rev().find(|t| s.view.upos(*t) == Some(Upos::Noun));
    of && tally.is_some_and(|t| lex.grammar.tolls.contains(&s.view.folded[t]))
}

/// “le nombre de morts est passé à dix-huit”: the count is told before the verb, the figure behind it.
fn count_reaches(s: &Sent<'_>, lex: &ClaimLexicon, casualties: &[(Range<usize>, Id)], first: usize) -> Option<Id> {
    let reaches = first > 0 && fits(&lex.grammar.reaches, s.view.folded[first - 1].trim_end_matches('\''));
    let (r, k) = casualties.iter().rev().find(|(r, _)| r.end < first && first - r.end <= 14)?;
    let counted = (r.start.saturating_sub(4)..r.start).any(|t| lex.grammar.count_nouns.contains(&s.view.folded[t]));
    let verbs: Vec<usize> = (r.end..first).filter(|t| s.view.upos(*t) == Some(Upos::Verb)).collect();
    let rises =
        verbs.first().and_then(|t| s.word_at(*t)).is_some_and(|w| lex.cumulative_verbs.contains(&s.syn.lemma[w]));
    (reaches && counted && verbs.len() <= 1 && (rises || verbs.is_empty())).then(|| k.clone())
}

/// “a lancé 94 drones”: weapons sent, not things destroyed.
fn is_launched(s: &Sent<'_>, lex: &ClaimLexicon, word: usize) -> bool {
    let mut w = word;
    for _ in 0..4 {
        let Some(h) = s.syn.head(w) else { return false };
        let launch = lex.grammar.launch.contains(&s.syn.lemma[h]);
        match s.syn.dep(w) {
            Dep::Obj => return launch,
            Dep::Nsubj => return launch && s.passive(h, lex),
            Dep::Conj | Dep::Nummod | Dep::Nmod | Dep::Appos => w = h,
            _ => return false,
        }
    }
    false
}

/// Whether a part of a total opens right before a number (“dont”, “parmi lesquels”), with an approximator between at most.
fn opens_part(s: &Sent<'_>, lex: &ClaimLexicon, first: usize) -> bool {
    let from = first.saturating_sub(4);
    let before: String = (from..first).map(|t| s.view.folded[t].trim_end_matches('\'')).collect::<Vec<_>>().join(" ");
    lex.grammar.part.iter().any(|p| {
        before == *p
            || before.ends_with(&format!(" {p}"))
            || lex.grammar.at_least.iter().any(|m| before.ends_with(&format!(" {p} {m}")))
    })
        // a list under the same opener: "dont deux femmes et trois enfants"
        || (from..first).rev().take(1).any(|t| s.view.surface(t) == "," || fits(&lex.grammar.and, &s.view.folded[t]))
            && (0..first).rev().take(8).any(|t| fits(&lex.grammar.part_relative, &s.view.folded[t]))
            && !(0..first).rev().take(8).take_while(|t| !fits(&lex.grammar.part_relative, &s.view.folded[*t])).any(|t| s.view.upos(t) == Some(Upos::Verb))
}

/// The toll a part belongs to: the last whole of that kind.
fn whole(out: &[FoundToll], kind: &Id) -> Option<usize> {
    out.iter().rposition(|t| t.toll.kind == *kind && t.toll.part_of.is_none())
}

/// Whether nothing but list marks, nouns and adjectives stands between two counted things.
fn listed(s: &Sent<'_>, lex: &ClaimLexicon, from: usize, to: usize) -> bool {
    to > from
        && to - from <= 9
        && (from..to).all(|t| {
            let clause = matches!(s.view.upos(t), Some(Upos::Verb | Upos::Aux | Upos::Sconj | Upos::Pron));
            // "ainsi que"
            let mark = t > from && fits(&lex.grammar.list_marks, &s.view.folded[t - 1]);
            (!clause || mark) && s.view.surface(t) != ";"
        })
        && (from..to).any(|t| s.view.surface(t) == "," || fits(&lex.grammar.list_marks, &s.view.folded[t]))
}

/// What befell the people or things at a word: toll kind, act word, rule.
#[allow(clippy::too_many_arguments)]
fn befallen(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    anchors: &[Anchor],
    casualties: &[(Range<usize>, Id)],
    word: usize,
    noun_token: Option<usize>,
    what: &Counted,
    quantity: &Range<usize>,
) -> Option<(Id, Option<usize>, &'static str)> {
    let syn = &s.syn;
    let on = match what {
        Counted::Thing(_) | Counted::Act(_) => On::Thing,
        _ => On::Person,
    };
    let toll = |a: &Anchor| -> Option<Id> {
        let act = lex.act(a.act(lex, Some(on))?);
        act.toll.as_deref().map(Into::into)
    };
    // "la mort de douze civils": the preposition may hang on the number
    let case = |w: usize, list: &[String]| {
        syn.case_in(w, list) || syn.children[w].iter().any(|c| quantity.contains(&s.token(*c)) && syn.case_in(*c, list))
    };
    let at = |w: usize| anchors.iter().find(|a| a.word == w);
    // "deux soldats tués", "cinq personnes qui ont été blessées"
    let noun = noun_token.and_then(|t| s.word_at(t)).unwrap_or(word);
    for n in [noun, word] {
        for c in syn.kids(n, &[Dep::Acl, Dep::Amod]) {
            if let Some(a) = at(c).filter(|a| !a.noun)
                && let Some(k) = toll(a)
                && patient_of_participle(s, lex, a, c)
            {
                return Some((k, Some(c), "toll.participle"));
            }
        }
    }
    // "deux autres capturés": a participle right behind, without its auxiliary
    let behind = noun_token.unwrap_or_else(|| s.token(word)) + 1;
    for t in behind..(behind + 3).min(s.view.len()) {
        if let Some(a) = anchors.iter().find(|a| !a.noun && a.tokens.start == t) {
            let participle = !s.syn.present_participle(a.word)
                && s.syn.word(a.word).feats.verb_form != Some(VerbForm::Fin)
                && s.syn.word(a.word).feats.verb_form != Some(VerbForm::Inf);
            if participle
                && let Some(k) = toll(a)
                && lex.act(a.act(lex, Some(on))?).patient == Patient::Object
            {
                return Some((k, Some(a.word), "toll.participle-behind"));
            }
            break;
        }
        if !lex.grammar.other.contains(&s.view.folded[t])
            && !matches!(s.view.upos(t), Some(Upos::Adj | Upos::Adv))
            && !matches!(s.view.surface(t), "»" | "\"" | "”")
        {
            break;
        }
    }
    if let Some(hit) = right_behind(s, lex, anchors, behind, on) {
        return Some(hit);
    }
    let mut w = noun;
    for _ in 0..6 {
        let Some(h) = syn.head(w) else { break };
        match syn.dep(w) {
            Dep::Conj | Dep::Appos | Dep::Nummod | Dep::Flat | Dep::Det => {
                w = h;
                continue;
            }
            // "vingt-deux « terroristes »": the number may head its noun
            Dep::Amod if quantity.contains(&s.token(h)) => {
                w = h;
                continue;
            }
            Dep::Nsubj | Dep::Csubj => {
                // "deux soldats ont été tués et cinq blessés": the participle nearest to the noun is its own
                let from = s.token(w);
                let h = anchors
                    .iter()
                    .filter(|a| !a.noun && a.tokens.start > from && a.tokens.start < s.token(h))
                    .find(|a| {
                        let dies = a.acts.iter().any(|x| lex.act(*x).patient == Patient::Subject);
                        (dies || syn.after_passive_auxiliary(a.word, &lex.grammar)) && toll(a).is_some()
                    })
                    .map_or(h, |a| a.word);
                let passive = s.passive(h, lex);
                let suffered = |x: &u16| {
                    let act = lex.act(*x);
                    let patient = at(h).and_then(|a| a.patient).unwrap_or(act.patient);
                    let fits = act.on.is_none_or(|o| o == on);
                    let voice = passive == (patient == Patient::Object);
                    act.toll
                        .as_deref()
                        .filter(|_| fits && voice && matches!(patient, Patient::Object | Patient::Subject))
                };
                if let Some(k) = at(h).and_then(|a| a.acts.iter().find_map(suffered)) {
                    return Some((k.into(), Some(h), "toll.subject"));
                }
                // "cinquante militaires sont morts": the casualty word is the predicate
                let t = s.token(h);
                if let Some((_, k)) = casualties.iter().find(|(r, _)| r.contains(&t))
                    && on == On::Person
                    && matches!(&**k, "killed" | "wounded" | "missing")
                    && (syn.child(h, &[Dep::Cop]).is_some() || syn.after_passive_auxiliary(h, &lex.grammar))
                {
                    return Some((k.clone(), None, "toll.predicate"));
                }
                // the participle coordinated with a passive one: "tués et dix autres blessés" is handled by its own noun
                break;
            }
            Dep::Obj | Dep::Iobj => {
                if let Some(a) = at(h)
                    && let Some(k) = toll(a)
                {
                    let act = lex.act(a.act(lex, Some(on))?);
                    let patient = a.patient.unwrap_or(act.patient);
                    if patient == Patient::Object || patient == Patient::A && case(w, &lex.grammar.to) {
                        return Some((k, Some(h), "toll.object"));
                    }
                }
                break;
            }
            Dep::Obl | Dep::Nmod => {
                // "a tué le 2 mai plus de 20 habitants": the word before the figure is no preposition
                let bare = quantity.contains(&s.token(w)) && syn.child(w, &[Dep::Case]).is_none();
                if let Some(a) = at(h)
                    && let Some(k) = toll(a)
                {
                    let act = lex.act(a.act(lex, Some(on))?);
                    let patient = a.patient.unwrap_or(act.patient);
                    let ok = match patient {
                        Patient::A => case(w, &lex.grammar.to),
                        Patient::De => case(w, &lex.grammar.of),
                        Patient::Object if bare && !a.noun => !s.passive(h, lex),
                        // "se sont emparés de trois blindés"
                        Patient::Object if !a.noun && syn.reflexive(h, &lex.grammar) => case(w, &lex.grammar.of),
                        Patient::Object | Patient::Subject => a.noun && case(w, &lex.grammar.of),
                        _ => false,
                    };
                    if ok {
                        return Some((k, Some(h), "toll.complement"));
                    }
                }
                // "la mort de douze soldats": the casualty noun governs.
                let t = s.token(h);
                if let Some((_, k)) = casualties.iter().find(|(r, _)| r.contains(&t))
                    && case(w, &lex.grammar.of)
                    && matches!(&**k, "killed" | "missing")
                {
                    return Some((k.clone(), None, "toll.death-of"));
                }
                // "deux de ses militaires": the number governs its noun.
                if quantity.contains(&s.token(h))
                    || syn.word(h).upos == Upos::Num
                    || syn.word(h).upos == Upos::Pron
                    || lex.grammar.other.contains(&syn.form[h])
                {
                    w = h;
                    continue;
                }
                // "la vie à 11 combattants": the idiom's noun stands between.
                if let Some(v) = syn.head(h)
                    && let Some(a) = at(v)
                    && matches!(a.patient, Some(Patient::A | Patient::De))
                    && let Some(k) = toll(a)
                {
                    return Some((k, Some(v), "toll.idiom"));
                }
                break;
            }
            _ => break,
        }
    }
    near(s, lex, anchors, noun_token.unwrap_or_else(|| s.token(word)), on)
}

/// “… et un char T-55 a été détruit”: a passive with its auxiliary that nothing but adjectives and names part from the noun.
fn right_behind(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    anchors: &[Anchor],
    from: usize,
    on: On,
) -> Option<(Id, Option<usize>, &'static str)> {
    let aux = (from..s.view.len().min(from + 5))
        .find(|t| !matches!(s.view.upos(*t), Some(Upos::Adj | Upos::Propn | Upos::X | Upos::Num)))
        .filter(|t| s.view.upos(*t) == Some(Upos::Aux))?;
    let a = anchors.iter().find(|a| !a.noun && a.tokens.start > aux && a.tokens.start <= aux + 4)?;
    let between = (aux..a.tokens.start).all(|t| matches!(s.view.upos(t), Some(Upos::Aux | Upos::Adv)));
    let act = lex.act(a.act(lex, Some(on))?);
    let passive =
        a.patient.unwrap_or(act.patient) == Patient::Object && s.syn.after_passive_auxiliary(a.word, &lex.grammar);
    let kind = act.toll.as_deref().filter(|_| between && passive)?;
    Some((kind.into(), Some(a.word), "toll.right-behind"))
}

/// A participle on a noun: passive sense for acts on an object; “ayant tué”, “tuant” are not.
fn patient_of_participle(s: &Sent<'_>, lex: &ClaimLexicon, a: &Anchor, w: usize) -> bool {
    let syn = &s.syn;
    let relative = syn.word(w).sub == Sub::Relcl || syn.finite(w);
    let act = a.acts.iter().map(|x| lex.act(*x)).next();
    let Some(act) = act else { return false };
    let patient = a.patient.unwrap_or(act.patient);
    if relative {
        return match patient {
            Patient::Object => syn.passive(w) && syn.child(w, &[Dep::Obj]).is_none(),
            Patient::Subject => true,
            _ => false,
        };
    }
    !syn.present_participle(w) && matches!(patient, Patient::Object | Patient::Subject)
}

/// Order and distance inside the clause, where the tree fails: “N … ont été tués”, “a tué N …”, “tuant N …”.
fn near(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    anchors: &[Anchor],
    token: usize,
    on: On,
) -> Option<(Id, Option<usize>, &'static str)> {
    let verbs = anchors.iter().filter(|a| !a.noun);
    for a in verbs {
        let Some(act) = a.act(lex, Some(on)).map(|x| lex.act(x)) else { continue };
        let Some(k) = act.toll.as_deref() else { continue };
        let patient = a.patient.unwrap_or(act.patient);
        let at = a.tokens.start;
        let w = s.syn.word(a.word);
        let passive = s.passive(a.word, lex);
        let plain = at > token
            && (token + 1..at).all(|t| {
                !matches!(s.view.upos(t), Some(Upos::Verb | Upos::Sconj | Upos::Pron))
                    || fits(&lex.grammar.list_marks, &s.view.folded[t - 1])
            });
        if at > token && at - token <= if plain { 30 } else { 12 } {
            let between: Vec<usize> = (token + 1..at).collect();
            let blocked = between.iter().any(|t| {
                matches!(s.view.surface(*t), ";" | ":")
                    || s.view.surface(*t) == "»" && s.view.surface(t + 1) == ","
                    || matches!(s.view.upos(*t), Some(Upos::Verb))
                        && !bare_participle(s, *t)
                        && !anchors.iter().any(|b| b.tokens.contains(t) && !b.noun)
                    || fits(&lex.grammar.relative, &s.view.folded[*t])
                        && !fits(&lex.grammar.list_marks, &s.view.folded[t - 1])
            });
            let other_subject = s.syn.child(a.word, &[Dep::Nsubj]).is_some_and(|x| {
                s.token(x) > token + 2
                    && !s.syn.under(x, s.word_at(token).unwrap_or(0))
                    && !(token..s.token(x)).any(|t| {
                        lex.grammar.part.iter().any(|p| *p == s.view.folded[t])
                            || fits(&lex.grammar.part_relative, &s.view.folded[t])
                    })
            });
            let agree = s.word_at(token).is_none_or(|n| {
                let (n, v) = (s.syn.word(n).feats, w.feats);
                let one = Some(recoupe_syntax::Number::Sing);
                n.gender.is_none() || v.gender.is_none() || n.gender == v.gender || n.number != one || v.number != one
            });
            let fits = agree && (passive && patient == Patient::Object) || (patient == Patient::Subject);
            if fits && !blocked && !other_subject {
                return Some((k.into(), Some(a.word), "toll.near-passive"));
            }
        }
        let aside = at < token && only_setting(s, lex, at + 1, token);
        if at < token && token - at <= if aside { 24 } else { 6 } {
            let blocked = (at + 1..token).any(|t| {
                matches!(s.view.surface(t), ";" | ":")
                    || s.view.surface(t) == "," && !aside
                    || s.view.upos(t) == Some(Upos::Verb)
                    || lex.grammar.by.iter().any(|b| *b == s.view.folded[t])
                    || fits(&lex.grammar.circumstance, &s.view.folded[t])
            });
            let active = !passive || w.feats.verb_form == Some(VerbForm::Ger) || s.syn.present_participle(a.word);
            if active && patient == Patient::Object && !blocked {
                return Some((k.into(), Some(a.word), "toll.near-object"));
            }
        }
    }
    None
}

/// Whether a token is a participle without an auxiliary, as in “des camions chargés de vivres”.
fn bare_participle(s: &Sent<'_>, token: usize) -> bool {
    s.word_at(token).is_some_and(|w| {
        s.syn.word(w).feats.verb_form == Some(VerbForm::Part) && s.syn.child(w, &[Dep::Aux, Dep::Cop]).is_none()
    })
}

/// Whether nothing but times, places and what ties them stands between two tokens.
fn only_setting(s: &Sent<'_>, lex: &ClaimLexicon, from: usize, to: usize) -> bool {
    (from..to).all(|t| {
        s.times.iter().any(|x| (x.tokens.start as usize..x.tokens.end as usize).contains(&t))
            || s.places.iter().any(|p| p.tokens.contains(&t))
            || matches!(s.view.upos(t), Some(Upos::Adp | Upos::Det | Upos::Adv | Upos::Punct))
            || matches!(s.view.surface(t), "(" | ")" | ",")
            || lex.grammar.of.contains(&s.view.folded[t])
            || s.word_at(t).is_some_and(|w| s.names().is_place_noun(&s.syn.lemma[w]))
    })
}

/// Whose people those counted are, where the sentence says that they are somebody's own: “dans nos rangs”, “six de ses
/// hommes”, “a perdu six hommes”.
fn whose(s: &Sent<'_>, lex: &ClaimLexicon, anchors: &[Anchor], noun: usize, act: Option<usize>) -> Option<Party> {
    let n = s.view.len();
    let possessed = |t: usize| t < n && lex.grammar.possessives.contains(&s.view.folded[t]);
    let before = noun > 0 && possessed(noun - 1);
    let ranks = (noun + 1..n.min(noun + 6))
        .take_while(|t| !matches!(s.view.surface(*t), "," | ";" | ":" | "."))
        .any(|t| possessed(t) && s.view.folded.get(t + 1).is_some_and(|f| lex.grammar.ranks.contains(f)));
    let lost = act.is_some_and(|w| anchors.iter().any(|a| a.word == w && a.any(lex, |x| x.own) && a.patient.is_none()));
    if !(before || ranks || lost) {
        return None;
    }
    let speaker = s.scopes_at(noun).into_iter().rev().find_map(|i| s.scopes[i].speaker.clone());
    let subject = s
        .word_at(noun)
        .and_then(|w| s.syn.subject(s.syn.clause(w)))
        .and_then(|w| s.party_of(w))
        .map(|i| s.parties[i].party.clone())
        .filter(|p| !s.parties.iter().any(|q| q.party.span == p.span && q.tokens.contains(&noun)));
    let fighter = |p: &Party| {
        p.status != Status::Civilian
            && !matches!(
                &*p.id,
                "generic/security-source"
                    | "generic/witness"
                    | "generic/source"
                    | "generic/spokesperson"
                    | "generic/people"
            )
    };
    if lost {
        subject.filter(fighter).or(speaker.filter(fighter))
    } else {
        speaker.filter(fighter).or(subject.filter(fighter))
    }
    .map(|p| forces_of(s, p))
}

/// A ministry's own people who fight are its army.
fn forces_of(s: &Sent<'_>, p: Party) -> Party {
    match p.id.split_once('/') {
        Some((state, "defence-ministry" | "government" | "presidency")) if s.names().state3(state).is_some() => {
            recoupe_mention::parties::by_id(s.names(), &format!("{state}/armed-forces"), p.span)
        }
        _ => p,
    }
}

/// Whom a toll counts.
fn group(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    what: &Counted,
    word: usize,
    noun: Option<usize>,
    anchor: Option<usize>,
) -> (Party, bool) {
    let here = noun.map_or(s.syn.word(word).span, |t| s.view.sentence.tokens[t].span);
    match what {
        Counted::Person(i) => {
            let p = &s.parties[*i];
            // "deux autres", "trois personnes": nobody in particular.
            (p.party.clone(), false)
        }
        Counted::Thing(_) | Counted::Act(_) => {
            // whose thing: an adjective, a complement, "appartenant à"
            let t = noun.unwrap_or(0);
            let owner = s
                .parties
                .iter()
                .find(|p| p.tokens.start > t && p.tokens.start <= t + 6 && p.party.status != Status::Civilian);
            let agent = anchor.and_then(|a| s.syn.agent(a, &lex.grammar)).and_then(|a| s.party_in(a));
            match owner {
                Some(p) if agent.is_none_or(|a| s.parties[a].party.id != p.party.id) => (p.party.clone(), false),
                _ => (
                    Party {
                        id: "generic/unknown".into(),
                        name: "unspecified".into(),
                        country: None,
                        status: Status::Unknown,
                        span: here,
                    },
                    true,
                ),
            }
        }
        Counted::Casualty(_) | Counted::Noun | Counted::Open => {
            let t = noun.unwrap_or_else(|| s.token(word));
            // "dix morts parmi les civils", "cinq blessés dans les rangs de l'armée", "deux morts civils"
            let next = s.parties.iter().find(|p| {
                p.tokens.start > t
                    && p.tokens.start <= t + 5
                    && (t + 1..p.tokens.start).all(|k| {
                        let f = s.view.folded[k].trim_end_matches('\'');
                        fits(&lex.grammar.group_links, f) || matches!(s.view.surface(k), "»" | "\"" | "”")
                    })
                    && ((t + 1..p.tokens.start).any(|k| fits(&lex.grammar.group_openers, &s.view.folded[k]))
                        || p.tokens.start == t + 1)
            });
            if let Some(p) = next.or_else(|| side_before(s, lex, t)) {
                return (p.party.clone(), false);
            }
            // "trois membres des forces de sécurité"
            let of = s.parties.iter().find(|p| {
                p.tokens.start > t
                    && p.tokens.start <= t + 3
                    && p.party.status == Status::Combatant
                    && (t + 1..p.tokens.start).all(|k| {
                        let f = s.view.folded[k].trim_end_matches('\'');
                        fits(&lex.grammar.of, f) || lex.grammar.definite.iter().any(|d| d.trim_end_matches('\'') == f)
                    })
                    && t + 1 < p.tokens.start
            });
            if let (Counted::Noun, Some(p)) = (what, of) {
                return (p.party.clone(), false);
            }
            // The noun is itself a mention with a modifier: "victimes civiles", "morts palestiniens".
            if let Some(p) = s.parties.iter().find(|p| p.head == t && p.party.country.is_some()) {
                return (p.party.clone(), false);
            }
            if matches!(what, Counted::Noun) && noun.is_some() {
                return (
                    Party {
                        id: "generic/civilians".into(),
                        name: "civilians".into(),
                        country: None,
                        status: Status::Unknown,
                        span: here,
                    },
                    false,
                );
            }
            (people(here), true)
        }
    }
}

/// “Du côté des assaillants, le bilan est de dix morts”: the side is told first.
fn side_before<'s>(s: &'s Sent<'_>, lex: &ClaimLexicon, noun: usize) -> Option<&'s recoupe_mention::PartyMention> {
    let from = noun.saturating_sub(16);
    let opener = (from..noun).rev().find(|t| fits(&lex.grammar.side_openers, &s.view.folded[*t]))?;
    if (opener..noun).any(|t| matches!(s.view.surface(t), ";" | "." | "»")) {
        return None;
    }
    s.parties.iter().find(|p| {
        p.tokens.start > opener
            && p.tokens.start <= opener + 4
            && p.party.status == Status::Combatant
            && p.tokens.end <= noun
    })
}

/// Whether a count is a running total: a total by its words, or over a stretch of time.
fn cumulative(s: &Sent<'_>, lex: &ClaimLexicon, first: usize, end: usize, anchor: Option<usize>) -> bool {
    let clause = anchor.or_else(|| s.word_at(first)).map(|w| s.syn.clause(w));
    if lex.cumulative_nouns.find(s.view).any(|(t, _)| t.start < first && first - t.start < 12) {
        return true;
    }
    // "depuis, …": since then, with no date beside it
    let open_since = (0..s.view.len())
        .any(|t| lex.grammar.since.contains(&s.view.folded[t]) && s.view.folded.get(t + 1).is_some_and(|n| n == ","));
    if open_since {
        return true;
    }
    s.times.iter().any(|t| {
        let at = t.tokens.start as usize;
        let stretch = t.precision == recoupe_mention::TimePrecision::Range
            && t.from.zip(t.to).is_some_and(|(a, b)| (b - a).get_days() > 10);
        let long = matches!(t.kind, TimeKind::Since) || stretch;
        let near = at.abs_diff(first).min(at.abs_diff(end)) <= 14;
        let same = clause.is_some_and(|c| s.word_at(at).is_some_and(|w| s.syn.under(w, c)));
        long && (near || same) && !(first.min(at)..first.max(at)).any(|k| s.view.surface(k) == ";")
    })
}
