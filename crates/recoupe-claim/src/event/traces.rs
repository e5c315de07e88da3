//! Who did what was told, where a later sentence speaks of them without telling the act again: “les assaillants ont pris la fuite”.

use recoupe_mention::{Class, MentionKind, Party, Status};
use recoupe_syntax::{Dep, Upos};

use super::roles::{doer, fights};
use super::sides;
use crate::lex::{ClaimLexicon, fits};
use crate::mood::certainty;
use crate::sentence::Sent;
use crate::types::Certainty;

/// The armed men whom a sentence says to have been where the act before it happened.
pub fn traces(s: &Sent<'_>, lex: &ClaimLexicon) -> Option<Party> {
    if s.heading || s.question {
        return None;
    }
    // "les assaillants", wherever they stand in the sentence: those who did it
    let called = s.parties.iter().find(|m| {
        m.party.status == Status::Combatant
            && super::nameless(&m.party)
            && s.word_at(m.head).is_some_and(|w| fits(&lex.grammar.doers, &s.syn.lemma[w]))
            && sides::pointing(s, &super::who::pointers(lex), m)
    });
    if let Some(m) = called {
        return Some(sides::foe(s, m).unwrap_or_else(|| m.party.clone()));
    }
    followed(s, lex)
}

/// “Les rebelles ont pillé le centre de santé”, “ils se sont repliés”: what attackers do afterwards.
fn followed(s: &Sent<'_>, lex: &ClaimLexicon) -> Option<Party> {
    (0..s.syn.len()).find_map(|v| {
        if s.syn.word(v).upos != Upos::Verb
            || !fits(&lex.grammar.aftermath, &s.syn.lemma[v])
            || s.syn.child(v, &[Dep::Aux]).is_none()
            || !matches!(certainty(s, lex, v), Certainty::Stated | Certainty::Hedged)
        {
            return None;
        }
        let m = &s.parties[s.syn.subject(v).filter(|w| *w < v).and_then(|w| doer(s, w))?];
        let kind = matches!(m.kind, MentionKind::Name | MentionKind::Noun(Class::Generic | Class::Force));
        let stateless = m.party.id.starts_with("group/") || super::nameless(&m.party);
        let armed = m.party.status == Status::Combatant && fights(&m.party, m.kind);
        let pointing = sides::pointing(s, &super::who::pointers(lex), m);
        (kind && stateless && armed).then(|| match pointing.then(|| sides::foe(s, m)).flatten() {
            Some(foe) => foe,
            None => m.party.clone(),
        })
    })
}
