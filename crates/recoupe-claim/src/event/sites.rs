//! Whom an act hits that is done to a place or a thing: who lives there, or whose post it is.

use std::ops::Range;

use recoupe_mention::parties::state_party;
use recoupe_mention::{Party, Place, Status};
use recoupe_syntax::Dep;
use recoupe_text::Span;

use crate::anchor::Anchor;
use crate::lex::{ClaimLexicon, Site, fits};
use crate::sentence::Sent;

/// Who stands at what the acts are done to. A post belongs to the forces of the state the place lies in.
pub(super) fn target(s: &Sent<'_>, lex: &ClaimLexicon, anchors: &[&Anchor], place: Option<&Place>) -> Option<Party> {
    let sites: Vec<(Range<usize>, Site)> = lex.sites.find(s.view).map(|(t, x)| (t, *x)).collect();
    if sites.is_empty() {
        return None;
    }
    anchors.iter().find_map(|a| {
        patients(s, lex, a).into_iter().find_map(|w| {
            let at = s.token(w);
            let (tokens, site) = sites.iter().find(|(t, _)| t.contains(&at))?;
            inhabitant(s, *site, s.span(tokens), place)
        })
    })
}

/// Whether a target is only understood from a post that its words name.
pub(super) fn is_post(s: &Sent<'_>, lex: &ClaimLexicon, target: &Party) -> bool {
    lex.sites.find(s.view).any(|(t, site)| *site == Site::Military && s.span(&t) == target.span)
}

/// Those who live somewhere.
pub(super) fn residents(span: Span) -> Party {
    Party { id: "generic/civilians".into(), name: "civilians".into(), country: None, status: Status::Civilian, span }
}

fn inhabitant(s: &Sent<'_>, site: Site, span: Span, place: Option<&Place>) -> Option<Party> {
    match site {
        Site::Civil => Some(residents(span)),
        Site::Military => {
            let state = s.names().state2(place?.country.as_deref()?)?;
            Some(state_party(s.names(), state, "armed-forces", span))
        }
    }
}

/// Who hides at the place that is hit: “des îlots censés abriter des combattants”.
pub(super) fn hiding(s: &Sent<'_>, lex: &ClaimLexicon, anchors: &[&Anchor]) -> Option<Party> {
    let a = anchors.iter().find(|a| a.any(lex, |x| x.core && x.toll.is_none() && !x.mutual))?;
    let v = (0..s.syn.len()).find(|v| s.token(*v) > a.tokens.start && fits(&lex.grammar.harbour, &s.syn.lemma[*v]))?;
    let at = s.token(v);
    let p = s.parties.iter().find(|p| (at + 1..at + 5).contains(&p.tokens.start))?;
    (p.party.status == Status::Combatant).then(|| p.party.clone())
}

/// The words an act is done to, whatever their preposition.
fn patients(s: &Sent<'_>, lex: &ClaimLexicon, a: &Anchor) -> Vec<usize> {
    let (syn, g) = (&s.syn, &lex.grammar);
    let mut out = Vec::new();
    // "a explosé au passage d'un convoi"
    let above = if a.noun { syn.head(a.word) } else { Some(a.word) };
    for w in [Some(a.word), above].into_iter().flatten() {
        out.extend(
            syn.kids(w, &[Dep::Obl, Dep::Nmod])
                .filter(|c| g.passing.contains(&syn.lemma[*c]))
                .flat_map(|c| syn.kids(c, &[Dep::Nmod])),
        );
    }
    if a.noun {
        for i in (0..syn.len()).filter(|i| a.tokens.contains(&s.token(*i))) {
            out.extend(syn.kids(i, &[Dep::Nmod, Dep::Obl]).filter(|c| syn.case_in(*c, &g.against)));
            out.extend(
                syn.kids(i, &[Dep::Nmod]).filter(|c| syn.case_in(*c, &g.of) || syn.child(*c, &[Dep::Case]).is_none()),
            );
            for c in syn.kids(i, &[Dep::Acl]) {
                out.extend(syn.kids(c, &[Dep::Obj]));
                out.extend(syn.kids(c, &[Dep::Obl]).filter(|o| syn.case_in(*o, &g.against)));
            }
        }
        if let Some(h) = syn.head(a.word) {
            match syn.dep(a.word) {
                Dep::Nsubj => {
                    // "est tombé sur" looks like a passive
                    out.extend(syn.kids(h, &[Dep::Obj]).filter(|_| !syn.passive(h)));
                    out.extend(syn.kids(h, &[Dep::Obl]).filter(|c| syn.case_in(*c, &g.against)));
                }
                Dep::Obj | Dep::Obl if lex.light_does.contains(&syn.lemma[h]) => {
                    out.extend(
                        syn.kids(h, &[Dep::Obl]).filter(|c| syn.case_in(*c, &g.against) || syn.case_in(*c, &g.to)),
                    );
                }
                Dep::Obj if lex.light_suffers.contains(&syn.lemma[h]) => out.extend(syn.subject(h)),
                _ => {}
            }
        }
    } else if s.passive(a.word, lex) && !syn.reflexive(a.word, g) {
        out.extend(syn.subject(a.word));
    } else {
        out.extend(syn.object(a.word));
        out.extend(syn.kids(a.word, &[Dep::Obl, Dep::Iobj]).filter(|c| {
            syn.case_in(*c, &g.against) || a.patient == Some(crate::lex::Patient::A) && syn.case_in(*c, &g.to)
        }));
    }
    out
}
