//! Figures told anew or told on: another source's count of what was told, the state some of them are in.

use recoupe_mention::{Id, Party};
use recoupe_syntax::{Dep, Upos};

use super::FoundToll;
use super::counted::Counted;
use super::figure::Hit;
use crate::anchor::Anchor;
use crate::lex::{ClaimLexicon, On, fits};
use crate::sentence::Sent;

/// “onze, selon l'OSDH”, “l'ONU en retient vingt”, “Quatre, corrige-t-il”: a bare figure that somebody gives counts those told
/// before it once more.
pub(super) fn by_another(s: &Sent<'_>, lex: &ClaimLexicon, out: &[FoundToll], first: usize, end: usize) -> Option<Hit> {
    if !(of_them(s, lex, first, end) || ascribed(s, lex, first, end) || sided(s, lex, out, first, end)) {
        return None;
    }
    let told = out.iter().rev().find(|t| &*t.toll.unit == "person" && t.toll.part_of.is_none());
    let kind = match told {
        Some(t) => t.toll.kind.clone(),
        None => s.before.clone()?.0,
    };
    matches!(&*kind, "killed" | "wounded" | "killed_or_wounded" | "missing").then_some((kind, None, "toll.again"))
}

/// Whether nothing but circumstances stands behind a figure in its clause.
fn closes(s: &Sent<'_>, lex: &ClaimLexicon, end: usize) -> bool {
    end >= s.view.len()
        || matches!(s.view.upos(end), Some(Upos::Punct | Upos::Adv | Upos::Cconj))
        || s.times.iter().any(|x| x.tokens.start as usize == end)
        || fits(&lex.grammar.and, &s.view.folded[end])
        || s.scopes.iter().any(|x| x.at == end)
}

/// “en retient vingt”, “en a compté 35”: the pronoun for those told, its verb, and nothing counted behind the figure.
fn of_them(s: &Sent<'_>, lex: &ClaimLexicon, first: usize, end: usize) -> bool {
    let from = first.saturating_sub(5);
    let Some(en) = (from..first).rev().find(|t| lex.tolls.of_them.contains(&s.view.folded[*t])) else { return false };
    let mut verbs = (en + 1..first).filter(|t| matches!(s.view.upos(*t), Some(Upos::Verb | Upos::Aux)));
    let last = verbs.next_back().and_then(|t| s.word_at(t));
    let counts = last.is_some_and(|w| {
        let l = &s.syn.lemma[w];
        lex.voices.gives.contains(l) || lex.voices.counting.contains(l) || lex.speech(l).is_some()
    });
    let plain = (en + 1..first).all(|t| matches!(s.view.upos(t), Some(Upos::Verb | Upos::Aux | Upos::Adv)));
    counts && plain && closes(s, lex, end)
}

/// “… ; onze selon l'OSDH”: a figure that opens its clause and has nothing behind it but who gives it.
fn ascribed(s: &Sent<'_>, lex: &ClaimLexicon, first: usize, end: usize) -> bool {
    let opens = first == 0
        || matches!(s.view.surface(first - 1), ";" | "," | ":" | "«" | "\"" | "–" | "—" | "(")
        || fits(&lex.grammar.and, &s.view.folded[first - 1]);
    let mark = |t: usize| t < s.view.len() && matches!(s.view.surface(t), "," | "»" | "\"" | "”");
    let at = (end..end + 3).find(|t| !mark(*t)).unwrap_or(end);
    opens && s.scopes.iter().any(|x| x.at == at && x.speaker.is_some() && (x.verb.is_none() || at > end))
}

/// “douze morts côté armée, vingt côté rebelles”: the same of the other side.
fn sided(s: &Sent<'_>, lex: &ClaimLexicon, out: &[FoundToll], first: usize, end: usize) -> bool {
    let opener = s.view.folded.get(end).is_some_and(|f| fits(&lex.grammar.side_openers, f));
    let near = out.last().is_some_and(|t| first > t.token && first - t.token <= 9);
    opener
        && near
        && first > 0
        && (s.view.surface(first - 1) == "," || fits(&lex.grammar.and, &s.view.folded[first - 1]))
}

/// “cinq personnes ont été tuées et douze autres touchées”: hurt, where dead are told besides.
fn hurt_besides(s: &Sent<'_>, lex: &ClaimLexicon, out: &[FoundToll], end: usize) -> Option<Hit> {
    let harmed = |k: &str| matches!(k, "killed" | "wounded");
    if !out.iter().any(|t| harmed(&t.toll.kind)) && !s.before.as_ref().is_some_and(|(k, _)| harmed(k)) {
        return None;
    }
    let between = |t: usize| {
        matches!(s.view.upos(t), Some(Upos::Aux | Upos::Adv)) || lex.grammar.other.contains(&s.view.folded[t])
    };
    let at = (end..s.view.len().min(end + 6)).find(|t| !between(*t))?;
    lex.tolls.hurt.contains(&s.view.folded[at]).then(|| ("wounded".into(), None, "toll.hurt-besides"))
}

/// “deux autres militaires sont dans un état grave”, “un quatrième se trouve entre la vie et la mort”: wounded, though no word says it.
pub(super) fn in_danger(s: &Sent<'_>, lex: &ClaimLexicon, end: usize) -> Option<Hit> {
    let at = (end..s.view.len().min(end + 9)).find(|t| lex.tolls.in_danger.stand_at(&s.view.folded, *t))?;
    let clear = (end..at).all(|t| !matches!(s.view.surface(t), "," | ";" | ":" | "»"));
    let verbs = (end..at).filter(|t| matches!(s.view.upos(*t), Some(Upos::Verb | Upos::Aux))).count();
    (clear && verbs <= 2).then(|| ("wounded".into(), None, "toll.in-danger"))
}

/// “un autre capturé”, “66 faits prisonniers”, “trois assaillants ont été pris vivants”: the words for what became of them right
/// behind those counted.
pub(super) fn ended_as(s: &Sent<'_>, lex: &ClaimLexicon, from: usize) -> Option<Hit> {
    let n = s.view.len();
    // "un (01) capturé"
    let digits = from + 2 < n && s.view.surface(from) == "(" && s.view.surface(from + 2) == ")";
    let from = if digits { from + 3 } else { from };
    let between = |t: usize| {
        matches!(s.view.upos(t), Some(Upos::Aux | Upos::Adv))
            || lex.grammar.other.contains(&s.view.folded[t])
            || lex.grammar.passive_auxiliary.contains(&s.view.folded[t])
    };
    let at = (from..n.min(from + 5)).find(|t| !between(*t))?;
    let negated = (from..at).any(|t| lex.negation.contains(s.view.folded[t].trim_end_matches('\'')));
    let kind = lex.tolls.fates.iter().find(|(row, _)| row.stand_at(&s.view.folded, at)).map(|(_, k)| k.clone())?;
    (!negated).then_some((kind, None, "toll.ended-as"))
}

/// “neuf hommes restent portés disparus”, “quatre hommes n'ont plus donné signe de vie”: of whom nobody has heard since.
pub(super) fn unheard_of(s: &Sent<'_>, lex: &ClaimLexicon, end: usize) -> Option<Hit> {
    let at = (end..s.view.len().min(end + 16)).find(|t| lex.tolls.unheard_of.stand_at(&s.view.folded, *t))?;
    let clear = (end..at).all(|t| !matches!(s.view.surface(t), ";" | ":" | "»"));
    // nobody else is counted in between
    let alone =
        !s.numbers.iter().any(|q| q.counts() && q.tokens.start as usize > end && (q.tokens.start as usize) < at);
    (clear && alone).then(|| ("missing".into(), None, "toll.unheard-of"))
}

/// “sur ce total, 32 appartenaient aux forces gouvernementales”: a part, and whose it is.
pub(super) fn belonging(s: &Sent<'_>, lex: &ClaimLexicon, end: usize) -> Option<Party> {
    let len = lex.tolls.belong.longest_at(&s.view.folded, end)?;
    let from = end + len;
    let p = s.parties.iter().find(|p| p.tokens.start >= from && p.tokens.start <= from + 3)?;
    Some(p.party.clone())
}

/// Whether a figure is the whole of which another one right before it is a part: “six de ses neuf occupants”.
pub(super) fn is_whole_of(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    anchors: &[Anchor],
    what: &Counted,
    noun: Option<usize>,
    first: usize,
) -> bool {
    let melted = |t: usize| fits(&lex.grammar.of, s.view.folded[t].trim_end_matches('\''));
    let own = |t: usize| {
        let f = &s.view.folded[t];
        lex.grammar.possessives.contains(f) || lex.grammar.definite.contains(f)
    };
    let Some(before) = first.checked_sub(1) else { return false };
    // "sur les quinze passagers, douze ont péri", "douze otages sur quinze"
    let out_of = |t: usize| lex.tolls.out_of.contains(&s.view.folded[t]);
    let at = [Some(before), before.checked_sub(1).filter(|_| own(before))].into_iter().flatten().find(|t| out_of(*t));
    let people = !matches!(what, Counted::Thing(_) | Counted::Act(_));
    // "sur onze personnes arrêtées, neuf …": what befell all of them is told
    let told = noun.is_some_and(|t| anchors.iter().any(|a| !a.noun && a.tokens.start == t + 1));
    if let Some(at) = at.filter(|_| people && !told) {
        let opens = at == 0 || s.view.upos(at - 1) == Some(Upos::Punct);
        let behind = s.numbers.iter().any(|q| q.counts() && !q.weak && q.tokens.start as usize > first);
        let ahead = s
            .numbers
            .iter()
            .any(|q| q.counts() && !q.weak && (q.tokens.end as usize) <= at && at - q.tokens.end as usize <= 3);
        if opens && behind || ahead {
            return true;
        }
    }
    let of = if own(before) && before > 0 { before - 1 } else { before };
    // "dont trois des quatre": the article is melted with the preposition, or stands behind it
    let definite = of < before || lex.tolls.melted.contains(&s.view.folded[of]);
    melted(of) && definite && s.numbers.iter().any(|q| q.counts() && q.tokens.end as usize == of)
}

/// “un élu donne le même nombre de morts”: the count told before, in another mouth.
pub(super) fn same_count(s: &Sent<'_>, lex: &ClaimLexicon, out: &mut Vec<FoundToll>) {
    let Some((kind, group)) = &s.before else { return };
    let Some((min, max, approx)) = s.figure else { return };
    if out.iter().any(|t| &*t.toll.unit == "person") || min.is_none_or(|n| n == 0) {
        return;
    }
    let Some((at, len)) =
        (0..s.view.len()).find_map(|t| Some((t, lex.tolls.same_count.longest_at(&s.view.folded, t)?)))
    else {
        return;
    };
    let given = s.scopes_at(at).into_iter().any(|i| s.scopes[i].speaker.is_some());
    // "le même nombre d'habitants", "n'a pas donné le même bilan": of casualties, or of nothing named
    let of = s.view.folded.get(at + len).is_some_and(|f| fits(&lex.grammar.of, f.trim_end_matches('\'')));
    let named = lex.casualties.find(s.view).any(|(r, _)| r.start > at && r.start <= at + len + 3);
    let denied = s.view.folded[..at].iter().any(|f| lex.negation.contains(f.trim_end_matches('\'')));
    if !given || denied || of && !named {
        return;
    }
    let span = s.span(&(at..at + len));
    out.push(FoundToll {
        toll: crate::types::Toll {
            kind: kind.clone(),
            status: group.status,
            group: Party { span, ..group.clone() },
            unit: Id::from("person"),
            min,
            max,
            approx,
            cumulative: false,
            part_of: None,
            span,
        },
        token: at,
        anchor: None,
        definite: false,
        open_group: false,
        rule: "toll.same-count",
    });
}

/// “Ils ont été relâchés”, “Tous ont été libérés”: those taken before, as many as they were.
pub(super) fn set_free(s: &Sent<'_>, lex: &ClaimLexicon, anchors: &[Anchor], out: &mut Vec<FoundToll>) {
    let Some((_, group)) = s.before.as_ref().filter(|(k, _)| matches!(&**k, "captured" | "missing")) else { return };
    let Some((min, max, approx)) = s.figure.filter(|f| f.0.is_some_and(|n| n > 0)) else { return };
    let released = |a: &&Anchor| {
        let act = a.act(lex, Some(On::Person)).map(|x| lex.act(x));
        act.is_some_and(|x| x.toll.as_deref() == Some("released")) && !a.noun
    };
    let Some(a) = anchors.iter().find(released) else { return };
    let subject = s.syn.child(a.word, &[Dep::Nsubj]).filter(|w| s.syn.word(*w).upos == Upos::Pron);
    let all = subject.is_some_and(|w| {
        let f = s.syn.form[w].trim_start_matches('-');
        lex.tolls.all_of_them.contains(f)
    });
    // somebody counted in the sentence is told by their own figure
    let own = s.numbers.iter().any(|q| q.counts() && !q.weak) || out.iter().any(|t| &*t.toll.unit == "person");
    if !all || own || !s.passive(a.word, lex) || s.syn.negated(a.word, &lex.negation) {
        return;
    }
    let at = s.token(a.word);
    let span = s.span(&(at..at + 1));
    out.push(FoundToll {
        toll: crate::types::Toll {
            kind: "released".into(),
            status: group.status,
            group: Party { span, ..group.clone() },
            unit: Id::from("person"),
            min,
            max,
            approx,
            cumulative: false,
            part_of: None,
            span,
        },
        token: at,
        anchor: Some(a.word),
        definite: true,
        open_group: false,
        rule: "toll.set-free",
    });
}

/// The hits of this file for what a figure counts, in order.
pub(super) fn told_on(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    out: &[FoundToll],
    what: &Counted,
    (first, end): (usize, usize),
) -> Option<Hit> {
    let people = matches!(what, Counted::Person(_) | Counted::Noun | Counted::Open);
    if !people {
        return None;
    }
    if matches!(what, Counted::Open)
        && let Some(h) = by_another(s, lex, out, first, end)
    {
        return Some(h);
    }
    let missed = lex.tolls.missed.before(&s.view.folded, first).map(|_| ("missing".into(), None, "toll.missed"));
    in_danger(s, lex, end).or_else(|| unheard_of(s, lex, end)).or(missed).or_else(|| hurt_besides(s, lex, out, end))
}
