//! What befell those counted: by the tree, and by order where the tree fails.

use std::ops::Range;

use recoupe_mention::Id;
use recoupe_syntax::{Dep, Sub, Upos, VerbForm};

use super::counted::Counted;
use crate::anchor::Anchor;
use crate::lex::{ClaimLexicon, On, Patient, fits};
use crate::sentence::Sent;

/// What befell the people or things at a word: toll kind, act word, rule.
#[allow(clippy::too_many_arguments)]
pub(super) fn befallen(
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
    // "ont brûlé deux camions", "deux camions ont brûlé": of several acts the one whose patient stands there
    let onto = |a: &Anchor, patient: Patient| -> Option<(Id, Patient)> {
        if let Some(p) = a.patient {
            return toll(a).map(|k| (k, p));
        }
        let fits = |x: &&u16| lex.act(**x).on == Some(on) && lex.act(**x).patient == patient;
        let act = a.acts.iter().find(fits).copied().or_else(|| a.act(lex, Some(on)))?;
        Some((lex.act(act).toll.as_deref()?.into(), lex.act(act).patient))
    };
    // "la mort de douze civils": the preposition may hang on the number
    let case = |w: usize, list: &[String]| {
        syn.case_in(w, list) || syn.children[w].iter().any(|c| quantity.contains(&s.token(*c)) && syn.case_in(*c, list))
    };
    let at = |w: usize| anchors.iter().find(|a| a.word == w);
    if let Some((k, a, rule)) = adjacent(s, lex, anchors, quantity.start, on) {
        return Some((k, Some(a), rule));
    }
    // "deux soldats tués", "cinq personnes qui ont été blessées"
    let noun = noun_token.and_then(|t| s.word_at(t)).unwrap_or(word);
    for n in [noun, word] {
        for c in syn.kids(n, &[Dep::Acl, Dep::Amod]) {
            // "quarante missiles, dont trente ont été abattus": those that its own subject counts
            let others = s.passive(c, lex) && syn.kids(c, &[Dep::Nsubj]).any(|x| syn.word(x).upos != Upos::Pron);
            if !others
                && let Some(a) = at(c).filter(|a| !a.noun)
                && let Some(k) = toll(a)
                && patient_of_participle(s, lex, a, c)
            {
                return Some((k, Some(c), "toll.participle"));
            }
        }
    }
    // "deux autres capturés": a participle right behind, without its auxiliary
    let behind = noun_token.unwrap_or_else(|| s.token(word).max(quantity.end.saturating_sub(1))) + 1;
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
            && !matches!(s.view.surface(t), "»" | "\"" | "”" | "«" | "“")
        {
            break;
        }
    }
    if on == On::Person
        && let Some(hit) = own_participle(s, lex, anchors, casualties, behind)
    {
        return Some(hit);
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
                    // "sont parties en fumée": the auxiliary of the passive says nothing of what befalls a subject
                    let voice = patient == Patient::Subject || passive == (patient == Patient::Object);
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
                    && let Some((k, patient)) = onto(a, Patient::Object)
                    && (patient == Patient::Object || patient == Patient::A && case(w, &lex.grammar.to))
                {
                    return Some((k, Some(h), "toll.object"));
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
                        // "ont mis la main sur cent armes"
                        Patient::Sur => case(w, &lex.grammar.against),
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
                    && matches!(a.patient, Some(Patient::A | Patient::De | Patient::Sur))
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

/// “« neutralisé » 37 assaillants”, “ont péri plus de 20 personnes”: the verb right before the figure.
fn adjacent(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    anchors: &[Anchor],
    first: usize,
    on: On,
) -> Option<(Id, usize, &'static str)> {
    let quote = |t: usize| matches!(s.view.surface(t), "«" | "»" | "\"" | "“" | "”");
    let before = (first.saturating_sub(3)..first).rev().find(|t| !quote(*t))?;
    let a = anchors.iter().find(|a| !a.noun && a.tokens.start == before)?;
    let verbal = matches!(s.view.upos(before), Some(Upos::Verb));
    let pick = |patient: Patient| {
        let fits = |x: &&u16| lex.act(**x).on == Some(on) && lex.act(**x).patient == patient;
        a.acts.iter().find(fits).and_then(|x| lex.act(*x).toll.as_deref())
    };
    if a.patient.is_some() || !verbal {
        return None;
    }
    if let Some(k) = pick(Patient::Object) {
        return Some((k.into(), a.word, "toll.adjacent"));
    }
    // the subject behind its verb, where none stands before
    let bare = s.syn.child(a.word, &[Dep::Nsubj]).is_none_or(|x| s.token(x) > before);
    let said = s.syn.finite(a.word) || s.syn.child(a.word, &[Dep::Aux]).is_some();
    pick(Patient::Subject).filter(|_| bare && said).map(|k| (k.into(), a.word, "toll.adjacent"))
}

/// “23 civils tués”, where the participle is taken for a noun, and “sept otages, dont quatre enfants, libérés”.
fn own_participle(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    anchors: &[Anchor],
    casualties: &[(Range<usize>, Id)],
    behind: usize,
) -> Option<(Id, Option<usize>, &'static str)> {
    let counted = |t: usize| s.numbers.iter().any(|q| q.counts() && q.tokens.end as usize == t);
    if let Some((_, k)) = casualties.iter().find(|(r, k)| r.start == behind && matches!(&**k, "killed" | "wounded"))
        && !counted(behind)
        && s.view.upos(behind - 1) == Some(Upos::Noun)
    {
        return Some((k.clone(), None, "toll.casualty-behind"));
    }
    // over an aside between commas that tells a part
    let n = s.view.len();
    let opens = behind + 1 < n
        && s.view.surface(behind) == ","
        && (behind + 2..n.min(behind + 5)).any(|t| super::opens_part(s, lex, t));
    let close = (behind + 2..n.min(behind + 12)).find(|t| s.view.surface(*t) == ",").filter(|_| opens)?;
    let quiet = (behind + 1..close).all(|t| !matches!(s.view.upos(t), Some(Upos::Verb | Upos::Aux)));
    let a = anchors.iter().find(|a| !a.noun && a.tokens.start == close + 1).filter(|_| quiet)?;
    let bare = !s.syn.finite(a.word) && !s.syn.present_participle(a.word) && s.syn.child(a.word, &[Dep::Aux]).is_none();
    let act = lex.act(a.act(lex, Some(On::Person))?);
    let kind = act.toll.as_deref().filter(|_| bare && act.patient == Patient::Object)?;
    let next = s.numbers.iter().any(|q| q.tokens.start as usize == close + 2);
    (!next).then(|| (kind.into(), Some(a.word), "toll.own-participle"))
}

/// “… et un char T-55 a été détruit”: a passive with its auxiliary that nothing but adjectives and names part from the noun.
pub(super) fn right_behind(
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
pub(super) fn patient_of_participle(s: &Sent<'_>, lex: &ClaimLexicon, a: &Anchor, w: usize) -> bool {
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
pub(super) fn near(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    anchors: &[Anchor],
    token: usize,
    on: On,
) -> Option<(Id, Option<usize>, &'static str)> {
    let verbs = anchors.iter().filter(|a| !a.noun);
    for a in verbs {
        let at = a.tokens.start;
        let stands = if at < token { Patient::Object } else { Patient::Subject };
        let suits = |x: &&u16| lex.act(**x).on == Some(on) && lex.act(**x).patient == stands;
        let several = a.acts.iter().find(suits).copied().filter(|_| a.patient.is_none() && stands == Patient::Object);
        let Some(act) = several.or_else(|| a.act(lex, Some(on))).map(|x| lex.act(x)) else { continue };
        let Some(k) = act.toll.as_deref() else { continue };
        let patient = a.patient.unwrap_or(act.patient);
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
            // "deux missiles, dont l'un a été intercepté, …": said of the part
            let comma = (token + 1..at).rev().find(|t| s.view.surface(*t) == ",");
            let part = |t: usize| lex.grammar.part.longest_at(&s.view.folded, t) == Some(1);
            let of_part = comma.is_some_and(|c| c + 1 < s.view.len() && part(c + 1));
            let other_subject = of_part
                || s.syn.child(a.word, &[Dep::Nsubj]).is_some_and(|x| {
                    s.token(x) > token + 2
                        && !s.syn.under(x, s.word_at(token).unwrap_or(0))
                        && !(token..s.token(x)).any(|t| part(t) || fits(&lex.grammar.part_relative, &s.view.folded[t]))
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
        // "mis hors d'état de nuire trois terroristes": an infinitive that belongs to the words of the act
        let own_word = |t: usize| {
            s.word_at(t).is_some_and(|w| {
                let inf = s.syn.word(w).feats.verb_form == Some(VerbForm::Inf);
                inf && matches!(s.syn.dep(w), Dep::Nmod | Dep::Acl)
            })
        };
        let idiom = (at + 1..token.min(at + 7)).any(own_word);
        let last = at + 1;
        let aside = at < token && only_setting(s, lex, last.min(token), token);
        if at < token
            && token - at
                <= if aside {
                    24
                } else if idiom {
                    11
                } else {
                    6
                }
        {
            let blocked = (last..token).filter(|t| !own_word(*t)).any(|t| {
                matches!(s.view.surface(t), ";" | ":")
                    || s.view.surface(t) == "," && !aside
                    || s.view.upos(t) == Some(Upos::Verb)
                    || lex.grammar.by.iter().any(|b| *b == s.view.folded[t])
                    || fits(&lex.grammar.circumstance, &s.view.folded[t])
            });
            // "tué onze soldats, brûlé deux camions": a figure right behind is its object
            let adjacent = s.numbers.iter().any(|q| q.tokens.start as usize == last && q.tokens.end as usize <= token);
            let active =
                adjacent || !passive || w.feats.verb_form == Some(VerbForm::Ger) || s.syn.present_participle(a.word);
            if active && patient == Patient::Object && !blocked {
                return Some((k.into(), Some(a.word), "toll.near-object"));
            }
        }
    }
    None
}

/// Whether a token is a participle without an auxiliary, as in “des camions chargés de vivres”.
pub(super) fn bare_participle(s: &Sent<'_>, token: usize) -> bool {
    s.word_at(token).is_some_and(|w| {
        s.syn.word(w).feats.verb_form == Some(VerbForm::Part) && s.syn.child(w, &[Dep::Aux, Dep::Cop]).is_none()
    })
}

/// Whether nothing but times, places and what ties them stands between two tokens.
pub(super) fn only_setting(s: &Sent<'_>, lex: &ClaimLexicon, from: usize, to: usize) -> bool {
    (from..to).all(|t| {
        s.times.iter().any(|x| (x.tokens.start as usize..x.tokens.end as usize).contains(&t))
            || s.numbers.iter().any(|x| (x.tokens.start as usize..x.tokens.end as usize).contains(&t))
            || s.places.iter().any(|p| p.tokens.contains(&t))
            || matches!(s.view.upos(t), Some(Upos::Adp | Upos::Det | Upos::Adv | Upos::Punct | Upos::Propn))
            || lex.tolls.compass.contains(&s.view.folded[t])
            || matches!(s.view.surface(t), "(" | ")" | ",")
            || lex.grammar.of.contains(&s.view.folded[t])
            || s.word_at(t).is_some_and(|w| s.names().is_place_noun(&s.syn.lemma[w]))
    })
}
