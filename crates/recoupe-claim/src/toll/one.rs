//! Those told one by one, without a number.

use recoupe_mention::MentionKind;
use recoupe_syntax::{Dep, Upos};

use super::counted::companion;
use super::{FoundToll, status};
use crate::anchor::Anchor;
use crate::lex::{ClaimLexicon, On, Patient};
use crate::sentence::Sent;
use crate::types::Toll;

/// “le maire a été assassiné”, “le chauffeur et son aide sont décédés”: those told one by one, without a number.
pub(super) fn one_by_name(s: &Sent<'_>, lex: &ClaimLexicon, anchors: &[Anchor], out: &mut Vec<FoundToll>) {
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
