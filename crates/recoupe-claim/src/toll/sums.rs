//! Parts, totals, lists, and figures that stand away from what they count.

use std::ops::Range;

use recoupe_mention::Id;
use recoupe_mention::time::TimeKind;
use recoupe_syntax::{Dep, Upos};

use super::FoundToll;
use crate::lex::{ClaimLexicon, fits};
use crate::sentence::Sent;

/// “un enfant figure parmi les victimes”: those counted in the clause are among the casualties named.
pub(super) fn among(s: &Sent<'_>, lex: &ClaimLexicon, casualties: &[(Range<usize>, Id)], first: usize) -> Option<Id> {
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

/// “quatorze sont rentrés blessés”: the casualty word stands behind the verb.
pub(super) fn predicative(s: &Sent<'_>, casualties: &[(Range<usize>, Id)], from: usize) -> Option<Id> {
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
pub(super) fn dead_are(s: &Sent<'_>, lex: &ClaimLexicon, casualties: &[(Range<usize>, Id)], from: usize) -> Option<Id> {
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
pub(super) fn tallied(s: &Sent<'_>, lex: &ClaimLexicon, first: usize) -> bool {
    let of = (first.saturating_sub(2)..first).any(|t| fits(&lex.grammar.of, s.view.folded[t].trim_end_matches('\'')));
    let tally = (first.saturating_sub(6)..first).rev().find(|t| s.view.upos(*t) == Some(Upos::Noun));
    of && tally.is_some_and(|t| lex.grammar.tolls.contains(&s.view.folded[t]))
}

/// “le nombre de morts est passé à dix-huit”: the count is told before the verb, the figure behind it.
pub(super) fn count_reaches(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    casualties: &[(Range<usize>, Id)],
    first: usize,
) -> Option<Id> {
    // "a grimpé jusqu'à neuf": the preposition may belong to the figure
    let reaches = [first.checked_sub(1), Some(first)]
        .into_iter()
        .flatten()
        .any(|t| fits(&lex.grammar.reaches, s.view.folded[t].trim_end_matches('\'')));
    let (r, k) = casualties.iter().rev().find(|(r, _)| r.end < first && first - r.end <= 14)?;
    let counted = (r.start.saturating_sub(4)..r.start).any(|t| lex.grammar.count_nouns.contains(&s.view.folded[t]));
    let verbs: Vec<usize> = (r.end..first).filter(|t| s.view.upos(*t) == Some(Upos::Verb)).collect();
    let rises =
        verbs.first().and_then(|t| s.word_at(*t)).is_some_and(|w| lex.cumulative_verbs.contains(&s.syn.lemma[w]));
    (reaches && counted && verbs.len() <= 1 && (rises || verbs.is_empty())).then(|| k.clone())
}

/// “a lancé 94 drones”: weapons sent, not things destroyed.
pub(super) fn is_launched(s: &Sent<'_>, lex: &ClaimLexicon, word: usize) -> bool {
    // "78 drones envoyés par la Russie"
    if s.syn.kids(word, &[Dep::Acl, Dep::Amod]).any(|c| c > word && lex.grammar.launch.contains(&s.syn.lemma[c])) {
        return true;
    }
    let behind = s.word_at(s.token(word) + 1).filter(|w| s.view.upos(s.token(*w)) == Some(Upos::Verb));
    if behind.is_some_and(|w| lex.grammar.launch.contains(&s.syn.lemma[w]) && !s.syn.finite(w)) {
        return true;
    }
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
pub(super) fn opens_part(s: &Sent<'_>, lex: &ClaimLexicon, first: usize) -> bool {
    let from = first.saturating_sub(4);
    let (g, words) = (&lex.grammar, &s.view.folded);
    let opener = |end: usize, from: usize| g.part.all_before(words, end).any(|start| start >= from);
    opener(first, from)
        || g.at_least.all_before(words, first).any(|at_least| opener(at_least, from + 1))
        // a list under the same opener: "dont deux femmes et trois enfants"
        || (from..first).rev().take(1).any(|t| s.view.surface(t) == "," || fits(&lex.grammar.and, &s.view.folded[t]))
            && (0..first).rev().take(8).any(|t| fits(&lex.grammar.part_relative, &s.view.folded[t]))
            && !(0..first).rev().take(8).take_while(|t| !fits(&lex.grammar.part_relative, &s.view.folded[*t])).any(|t| s.view.upos(t) == Some(Upos::Verb))
}

/// The toll a part belongs to: the last whole of that kind.
pub(super) fn whole(out: &[FoundToll], kind: &Id) -> Option<usize> {
    out.iter().rposition(|t| t.toll.kind == *kind && t.toll.part_of.is_none())
}

/// Whether nothing but list marks, nouns and adjectives stands between two counted things.
pub(super) fn listed(s: &Sent<'_>, lex: &ClaimLexicon, from: usize, to: usize) -> bool {
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

/// “deux civils ont été tués à Boni et un autre à Mopti”: one more behind the conjunction, with no verb before or behind it.
pub(super) fn last_of_list(s: &Sent<'_>, lex: &ClaimLexicon, from: usize, first: usize) -> bool {
    let joined =
        first > from + 1 && (fits(&lex.grammar.and, &s.view.folded[first - 1]) || s.view.surface(first - 1) == ",");
    let end = (first + 2..s.view.len()).find(|t| s.view.upos(*t) == Some(Upos::Punct)).unwrap_or(s.view.len());
    let quiet = (first + 2..end).all(|t| {
        !matches!(s.view.upos(t), Some(Upos::Verb | Upos::Aux | Upos::Noun))
            || s.places.iter().any(|p| p.tokens.contains(&t))
            || s.times.iter().any(|x| (x.tokens.start as usize..x.tokens.end as usize).contains(&t))
    });
    joined && quiet && first - from <= 20 && (from..first).all(|t| s.view.surface(t) != ";")
}

/// Whether a count is a running total: a total by its words, or over a stretch of time.
pub(super) fn cumulative(s: &Sent<'_>, lex: &ClaimLexicon, first: usize, end: usize, anchor: Option<usize>) -> bool {
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
    // "depuis le putsch", "depuis le début de la guerre": counted since something that the packs call an epoch
    let epoch = |t: usize| {
        let behind = t + 1..(t + 5).min(s.view.len());
        let opens = s.view.folded[t] == lex.grammar.since[0];
        let near = t.abs_diff(first).min(t.abs_diff(end)) <= 14;
        opens
            && near
            && behind.into_iter().any(|k| s.word_at(k).is_some_and(|w| fits(&lex.grammar.epochs, &s.syn.lemma[w])))
    };
    if (0..s.view.len()).any(epoch) {
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

/// Whether a war as a whole is the subject of a clause, or of the one it is coordinated with: “la guerre a fait … et chassé …”.
pub(crate) fn wars_clause(s: &Sent<'_>, lex: &ClaimLexicon, mut clause: usize) -> bool {
    let war = |w: usize| lex.tolls.wars.contains(&s.syn.lemma[w]);
    for _ in 0..3 {
        if let Some(x) = s.syn.subject(clause) {
            return s.syn.with_conjuncts(x).into_iter().any(war);
        }
        match s.syn.head(clause).filter(|_| s.syn.dep(clause) == Dep::Conj) {
            Some(h) => clause = h,
            None => return false,
        }
    }
    false
}
