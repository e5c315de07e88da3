//! What stands behind a number.

use std::ops::Range;

use recoupe_mention::{Class, Id, MentionKind, Status};
use recoupe_syntax::Upos;

use crate::anchor::Anchor;
use crate::lex::{ClaimLexicon, fits};
use crate::sentence::Sent;

/// What a number counts.
#[derive(Clone, Debug)]
pub(super) enum Counted {
    Casualty(Id),
    Person(usize),
    Thing(Id),
    Act(Id),
    Noun,
    Open,
}

/// What stands behind a number.
#[allow(clippy::too_many_arguments)]
pub(super) fn counted(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    anchors: &[Anchor],
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
        // "vingt côté rebelles": of those told before
        if t == from && fits(&lex.grammar.side_openers, &s.view.folded[t]) {
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
        // "deux VDP", "douze Casques bleus": fighters counted by the name of their body
        let fighters = s
            .parties
            .iter()
            .position(|p| p.tokens.start == t && p.kind == MentionKind::Name && p.party.status == Status::Combatant);
        if t == from
            && party.is_none()
            && thing.is_none()
            && casualty.is_none()
            && let Some(i) = fighters
        {
            return (Some(s.parties[i].tokens.end - 1), Counted::Person(i));
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
        // "deux autres capturés": a participle that the tagger takes for a noun
        let acted = anchors.iter().any(|a| !a.noun && a.tokens.start == t);
        if acted && matches!(upos, Some(Upos::Noun | Upos::X | Upos::Propn)) {
            return (None, Counted::Open);
        }
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

/// “un père et son fils”: the one who belongs to the one counted.
pub(super) fn companion(s: &Sent<'_>, lex: &ClaimLexicon, noun: usize) -> Option<usize> {
    let mut and = (noun + 1..s.view.len().min(noun + 4))
        .find(|t| fits(&lex.grammar.and, &s.view.folded[*t]) || fits(&lex.grammar.list_marks, &s.view.folded[*t]))?;
    // "ainsi que sa femme", "d'une femme et de son bébé"
    let between = |t: usize| {
        s.view.folded.get(t).is_some_and(|f| {
            let f = f.trim_end_matches('\'');
            fits(&lex.grammar.of, f) || lex.grammar.that.iter().any(|q| q == f)
        })
    };
    if between(and + 1) {
        and += 1;
    }
    let own = s.view.folded.get(and + 1).is_some_and(|f| lex.grammar.possessive.contains(f));
    let person = |t: &usize| {
        s.parties.iter().any(|p| p.head == *t && p.party.status != Status::Combatant)
            || s.view.upos(*t) == Some(Upos::Noun)
    };
    let single = s.word_at(and + 2).is_some_and(|w| s.syn.word(w).feats.number == Some(recoupe_syntax::Number::Sing));
    Some(and + 2).filter(|t| own && single && *t < s.view.len() && person(t))
}
