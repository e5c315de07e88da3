//! Whose weapon did it: “un drone ukrainien”, “un hélicoptère du régime”, “des roquettes tirées par la milice”.

use recoupe_mention::Party;
use recoupe_mention::parties::state_party;
use recoupe_syntax::Upos;

use super::roles::may_act;
use crate::anchor::Anchor;
use crate::lex::ClaimLexicon;
use crate::sentence::Sent;

/// Things that do harm by themselves.
const WEAPONS: [&str; 7] = ["drone", "aircraft", "helicopter", "missile", "rocket", "shell", "ship"];

/// How far behind a weapon its owner may stand.
const REACH: usize = 9;

/// Whether a party mention is only a weapon whose owner nobody named: no accusation of the page's own state.
pub(super) fn ownerless(s: &Sent<'_>, lex: &ClaimLexicon, p: usize) -> bool {
    let m = &s.parties[p];
    // with a modifier behind it ("du régime") somebody is named
    let thing = || lex.things.find(s.view).any(|(t, _)| t.contains(&m.head) && t.end >= m.tokens.end);
    // "tués par des tirs d'artillerie": with what, not by whom
    let name = || lex.nouns.find(s.view).any(|(t, _)| t.len() > 1 && t.contains(&m.head) && t.end >= m.tokens.end);
    m.assumed && (m.party.id.ends_with("/air-force") && thing() || m.party.id.ends_with("/armed-forces") && name())
}

/// The owner of a weapon that does the act of one of the anchors.
pub(super) fn owner(s: &Sent<'_>, lex: &ClaimLexicon, anchors: &[&Anchor]) -> Option<Party> {
    let syn = &s.syn;
    let does = |w: usize| {
        anchors.iter().any(|a| {
            a.tokens.contains(&s.token(w))
                || a.noun && syn.under(w, a.word)
                || syn.subject(a.word) == Some(w) && !s.passive(a.word, lex)
                || syn.agent(a.word, &lex.grammar) == Some(w)
        })
    };
    lex.means
        .find(s.view)
        .map(|(t, id)| (t.end, id))
        .chain(lex.things.find(s.view).filter(|(_, id)| WEAPONS.contains(&&***id)).map(|(t, id)| (t.end, id)))
        .find_map(|(end, id)| {
            let w = s.word_at(end - 1)?;
            does(w).then(|| owner_behind(s, lex, end, id)).flatten()
        })
}

/// The party behind a weapon: an adjective, a complement, or who fired it.
fn owner_behind(s: &Sent<'_>, lex: &ClaimLexicon, end: usize, id: &str) -> Option<Party> {
    let g = &lex.grammar;
    let role = if matches!(id, "aircraft" | "helicopter" | "airstrike") { "air-force" } else { "armed-forces" };
    for t in end..(end + REACH).min(s.view.len()) {
        // "des roquettes contre l'aéroport de Bagdad": from there on it is told whom it hit
        let hit = g.against.contains(&s.view.folded[t]);
        if hit || matches!(s.view.surface(t), "," | ";" | ":" | ".") || g.list_marks.contains(&s.view.folded[t]) {
            return None;
        }
        if let Some(w) = s.word_at(t)
            && matches!(s.syn.word(w).upos, Upos::Verb | Upos::Aux)
            && s.syn.finite(w)
        {
            return None;
        }
        if !s.view.capital(t)
            && let Some(state) = s.names().adjective(&s.view.folded[t])
        {
            return Some(state_party(s.names(), state, role, s.view.sentence.tokens[t].span));
        }
        let links = |f: &String| g.of.contains(f) || g.by.contains(f) || g.to.contains(f);
        let Some(m) = s.parties.iter().find(|p| p.tokens.start == t) else { continue };
        if !s.view.folded[t.saturating_sub(3).max(end)..t].iter().any(links) || !may_act(&m.party, m.kind) {
            continue;
        }
        let body = m.party.id.split_once('/').filter(|x| matches!(x.1, "government" | "presidency"));
        let state = body.and_then(|x| s.names().state3(x.0));
        return Some(state.map_or_else(|| m.party.clone(), |st| state_party(s.names(), st, role, m.party.span)));
    }
    None
}
