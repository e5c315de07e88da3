//! Who supports, sponsors or is allied with whom.

use recoupe_mention::{Class, MentionKind};
use recoupe_syntax::Dep;

use super::{LedgerLexicon, base};
use crate::lex::ClaimLexicon;
use crate::sentence::Sent;
use crate::types::{Claim, Detail, RelationKind};

impl LedgerLexicon {
    pub(super) fn relations(&self, s: &Sent<'_>, lex: &ClaimLexicon, out: &mut Vec<Claim>) {
        let syn = &s.syn;
        for i in 0..syn.len() {
            let passive = self.supports.contains(&syn.lemma[i]) && syn.passive(i);
            let (from, to, kind) = if passive {
                (
                    syn.agent(i, &lex.grammar).and_then(|w| s.party_in(w)),
                    if syn.dep(i) == Dep::Acl || syn.dep(i) == Dep::Amod {
                        syn.head(i).and_then(|h| s.party_of(h))
                    } else {
                        syn.subject(i).and_then(|w| s.party_of(w))
                    },
                    RelationKind::Supports,
                )
            } else if self.supports.contains(&syn.lemma[i]) && syn.verbal(i) {
                (
                    syn.subject(i).and_then(|w| s.party_of(w)),
                    syn.object(i).and_then(|w| s.party_of(w)),
                    RelationKind::Supports,
                )
            } else if self.ally.contains(&syn.form[i]) && matches!(syn.dep(i), Dep::Amod | Dep::Acl) {
                let to = syn.kids(i, &[Dep::Obl, Dep::Nmod, Dep::Obj]).find_map(|c| s.party_of(c));
                (syn.head(i).and_then(|h| s.party_of(h)), to, RelationKind::Ally)
            } else {
                continue;
            };
            let (Some(f), Some(t)) = (from, to) else { continue };
            let (f, t) = (&s.parties[f], &s.parties[t]);
            let plain = |k: MentionKind| matches!(k, MentionKind::Noun(Class::Civil | Class::Source));
            if f.party.id == t.party.id || plain(f.kind) || plain(t.kind) {
                continue;
            }
            let mut c = base(s, lex, i, "relation");
            c.actor = Some(f.party.clone());
            c.target = Some(t.party.clone());
            c.detail = Detail::Relation { kind, from: f.party.clone(), to: t.party.clone() };
            out.push(c);
        }
    }
}
