//! Agreements: named, concluded, kept, broken.

use std::collections::BTreeSet;
use std::ops::Range;

use recoupe_mention::time::TimeKind;
use recoupe_mention::{Class, Id, MentionKind, Party};
use recoupe_syntax::{Dep, Upos};

use super::places::is;
use super::statement::said_on;
use super::{Around, LedgerLexicon, base, political};
use crate::event::{voices, when};
use crate::lex::ClaimLexicon;
use crate::sentence::Sent;
use crate::types::{Breach, Certainty, Claim, Detail};

impl LedgerLexicon {
    pub(super) fn agreements(&self, s: &Sent<'_>, lex: &ClaimLexicon, around: &Around<'_>, out: &mut Vec<Claim>) {
        let (syn, names) = (&s.syn, s.names());
        let mut taken: Vec<std::ops::Range<usize>> = Vec::new();
        let mut found: Vec<(std::ops::Range<usize>, Option<u32>, Id)> = Vec::new();
        for (t, ids) in self.known.find(s.view) {
            let Some(i) = meant(s, around, ids) else { continue };
            taken.push(t.clone());
            found.push((t, Some(i), names.world.agreements[i as usize].kind.as_str().into()));
        }
        for (t, kind) in self.agreements.find(s.view) {
            if taken.iter().any(|r| r.start < t.end && t.start < r.end) {
                continue;
            }
            found.push((t, None, kind.clone()));
        }
        for (t, known, kind) in found {
            let Some(word) = s.word_at(t.start) else { continue };
            let clause = syn.clause(word);
            let lemma = &syn.lemma[clause];
            let head_lemma = syn.head(word).map(|h| syn.lemma[h].clone()).unwrap_or_default();
            let breach_verb = self.breach_verbs.contains(lemma) || self.breach_nouns.contains(&head_lemma);
            let broken_acl = syn.kids(word, &[Dep::Acl]).find(|c| self.breach_verbs.contains(&syn.lemma[*c]));
            let unkept = self.kept.contains(lemma) && syn.negated(clause, &lex.negation)
                || syn.head(word).is_some_and(|h| self.kept.contains(&syn.lemma[h]) && (syn.negated(h, &lex.negation)));
            let despite = self.despite.find(s.view).any(|(d, _)| d.end <= t.start && t.start - d.end <= 2);
            let breached = breach_verb || broken_acl.is_some() || unkept || despite;
            let extent = crate::voice::extent(syn, word);
            // "la signature à Doha, le 19 juillet, d'une déclaration"
            let from = syn
                .head(word)
                .filter(|h| self.concluded_nouns.contains(&syn.lemma[*h]))
                .map_or(t.start, |h| s.token(h).min(t.start));
            let place = s
                .places
                .iter()
                .find(|p| {
                    extent.contains(&p.tokens.start) && p.tokens.start >= t.start
                        || p.tokens.start >= from && p.tokens.start < t.start
                })
                .or_else(|| s.places.iter().find(|p| p.locative))
                .map(|p| p.place.clone());
            let time = s
                .times
                .iter()
                .find(|x| {
                    matches!(x.kind, TimeKind::Point | TimeKind::Since)
                        && (x.from.is_some() || x.weekday.is_some())
                        && ((x.tokens.start as usize) >= from && (x.tokens.start as usize) < t.end + 10)
                })
                .map(when);
            // "entre A et B", "conclu par A et B", or the subjects that concluded it
            let mut parties: Vec<Party> = s
                .parties
                .iter()
                .filter(|p| {
                    let near =
                        p.tokens.start >= t.end && p.tokens.start <= t.end + 12 && extent.contains(&p.tokens.start);
                    let concluded = self.concluded.contains(lemma)
                        && syn
                            .subject(clause)
                            .is_some_and(|x| syn.with_conjuncts(x).iter().any(|y| p.tokens.contains(&s.token(*y))));
                    // "le mémorandum de Khartoum": where it was made, not who made it
                    let seat = p.tokens.start > t.end
                        && p.tokens.start <= t.end + 2
                        && is(&lex.grammar.of, s, p.tokens.start - 1)
                        && s.places.iter().any(|q| q.tokens == p.tokens);
                    !seat
                        && (near || concluded)
                        && !matches!(p.kind, MentionKind::Noun(Class::Civil | Class::Source))
                        && !(p.placelike && s.places.iter().any(|q| q.tokens == p.tokens && q.locative))
                })
                .map(|p| p.party.clone())
                .collect();
            parties.dedup_by(|a, b| a.id == b.id);
            // "ont signé mardi à Djeddah un accord"
            // the day of the verb before that of anything told of the agreement ("conclu mardi …, entré en vigueur mercredi")
            let told = self.concluded.contains(lemma).then(|| said_on(s, clause)).flatten();
            let time = told
                .filter(|_| s.token(clause) < t.start)
                .or(time)
                .or_else(|| self.concluded.contains(lemma).then(|| said_on(s, clause)).flatten());
            let world = known.map(|i| &names.world.agreements[i as usize]);
            let name: Id = match world {
                Some(a) => a.name.as_str().into(),
                None => {
                    let mut n = String::new();
                    for k in t.start.saturating_sub(1)..(t.end + 2).min(s.view.len()) {
                        if let Some(e) = self.adjectives.get(&s.view.folded[k]).filter(|e| !kind.contains(&***e)) {
                            n.push_str(e);
                            n.push(' ');
                        }
                    }
                    for p in parties.iter().take(2) {
                        if let Some((iso3, _)) = p.id.split_once('/')
                            && let Some(st) = names.state3(iso3)
                        {
                            n.push_str(&names.world.states[st as usize].name);
                            n.push('-');
                        }
                    }
                    let n2 = n.trim_end_matches(['-', ' ']).to_owned();
                    let mut n = if n2.is_empty() { kind.to_string() } else { format!("{n2} {kind}") };
                    if let Some(p) = &place {
                        n.push_str(", ");
                        n.push_str(&p.name);
                    }
                    if let Some(d) = time.as_ref().and_then(|t| t.from) {
                        n.push_str(&format!(", {d}"));
                    }
                    n.as_str().into()
                }
            };
            let concluded = self.concluded.contains(lemma)
                || self.concluded.contains(&head_lemma)
                || syn.kids(word, &[Dep::Acl]).any(|c| self.concluded.contains(&syn.lemma[c]));
            let mut c = base(s, lex, word, "agreement");
            let mine = voices(s, t.start);
            let by = Breaking { verb: breach_verb, unkept, clause, acl: broken_acl };
            let mut sides = if breached { self.sides(s, lex, word, &by) } else { Vec::new() };
            if breached && sides.is_empty() {
                sides.push((None, None));
            }
            let mut breaches = sides.into_iter().map(|(by, against)| Breach {
                alleged_by: by.or_else(|| mine.last().cloned()),
                against,
                verified_by: None,
            });
            let breach = breaches.next();
            let more: Vec<Breach> = breaches.collect();
            if world.is_some()
                || breach.is_some()
                || concluded
                || place.is_some()
                || !parties.is_empty()
                || time.is_some()
                || &*kind != "talks"
            {
                let told = world.is_none() && breach.is_none() && self.news(s, lex, word, &t, &kind);
                c.time = time;
                c.place = place;
                c.actor = parties.first().cloned();
                c.target = parties.get(1).cloned();
                c.background |= !concluded;
                let incident = told.then(|| {
                    let day = c.time.clone().or_else(|| said_on(s, clause)).or_else(|| around.news());
                    Claim { time: day, background: false, ..c.clone() }
                });
                c.detail = Detail::Agreement {
                    id: world.map(|a| a.id.as_str().into()),
                    name,
                    parties,
                    breach,
                    span: s.span(&self.wording(s, lex, &t)),
                };
                for b in more {
                    let mut other = c.clone();
                    if let Detail::Agreement { breach, .. } = &mut other.detail {
                        *breach = Some(b);
                    }
                    out.push(other);
                }
                out.push(c);
                if let Some(c) = incident {
                    political::add(c, out);
                }
            }
        }
    }

    /// Who alleges the breach, and against whom: by the accusation above it, else by who is said to break.
    fn sides(
        &self,
        s: &Sent<'_>,
        lex: &ClaimLexicon,
        word: usize,
        by: &Breaking,
    ) -> Vec<(Option<Party>, Option<Party>)> {
        let syn = &s.syn;
        let party = |w: usize| s.party_in(w).map(|i| s.parties[i].party.clone());
        let mut at = word;
        for _ in 0..8 {
            let Some(h) = syn.head(at) else { break };
            at = h;
            if !self.accuse.contains(&syn.lemma[at]) && !self.accuse.contains(&syn.form[at]) {
                continue;
            }
            let tellers: Vec<Party> =
                syn.subject(at).map_or(Vec::new(), |w| syn.with_conjuncts(w)).into_iter().filter_map(party).collect();
            let each_other = syn.reflexive(at, &lex.grammar)
                || (0..syn.len()).any(|w| self.mutual.contains(&syn.form[w]) && syn.head(w) == Some(at));
            if each_other {
                return match &tellers[..] {
                    [a, b, ..] => vec![(Some(a.clone()), Some(b.clone())), (Some(b.clone()), Some(a.clone()))],
                    _ => Vec::new(),
                };
            }
            // "accusé par X de violer"
            if syn.passive(at) {
                return vec![(syn.agent(at, &lex.grammar).and_then(party), tellers.into_iter().next())];
            }
            let accused = syn.kids(at, &[Dep::Obj, Dep::Iobj]).find_map(party);
            return vec![(tellers.into_iter().next(), accused)];
        }
        let against = if by.verb || by.unkept {
            let head = syn.head(word).unwrap_or(by.clause);
            // "des violations de la trêve par X": of the noun, not of the verb that reports it
            if self.breach_nouns.contains(&syn.lemma[head]) {
                syn.agent(head, &lex.grammar).and_then(party)
            } else {
                let own =
                    self.kept.contains(&syn.lemma[by.clause]) || self.breach_verbs.contains(&syn.lemma[by.clause]);
                let v = if own { by.clause } else { head };
                let who = if syn.passive(v) { syn.agent(v, &lex.grammar) } else { syn.subject(v) };
                who.and_then(party)
            }
        } else {
            by.acl.and_then(|w| syn.agent(w, &lex.grammar)).and_then(party)
        };
        vec![(None, against)]
    }

    /// Whether a sentence tells as news that the agreement came about: its own main verb concludes it, or for an exchange,
    /// which is made by being carried out, anything stated of it.
    fn news(&self, s: &Sent<'_>, lex: &ClaimLexicon, word: usize, t: &Range<usize>, kind: &str) -> bool {
        let syn = &s.syn;
        let mut at = word;
        // "la signature d'un accord"
        if let Some(h) = syn.head(word).filter(|h| self.concluded_nouns.contains(&syn.lemma[*h])) {
            at = h;
        }
        let by_noun = at != word;
        let Some(verb) = s.above(at).filter(|v| syn.verbal(*v) && syn.finite(*v)) else { return false };
        // "après la signature de …" only dates something else
        let past = Some(verb) != syn.head(at);
        let argument = matches!(syn.dep(at), Dep::Obj | Dep::Nsubj) || !by_noun && (syn.dep(at) == Dep::Obl || past);
        let main = !matches!(syn.dep(verb), Dep::Acl);
        let concludes = self.concluded.contains(&syn.lemma[verb]) && !lex.plan.contains(&syn.lemma[verb]) || by_noun;
        let exchange = kind == "prisoner exchange";
        argument
            && main
            && (concludes || exchange)
            && !self.despite.find(s.view).any(|(d, _)| d.end <= t.start)
            && matches!(crate::mood::certainty(s, lex, verb), Certainty::Stated | Certainty::Hedged)
    }

    /// The words that name it, with what belongs to them: “accord d'intégration”, “déclaration de principes”.
    fn wording(&self, s: &Sent<'_>, lex: &ClaimLexicon, t: &Range<usize>) -> Range<usize> {
        let mut end = t.end;
        let mut k = t.end;
        while k < s.view.len() && k < t.end + 5 {
            let upos = s.view.upos(k);
            let dated = s.times.iter().any(|x| (x.tokens.start as usize..x.tokens.end as usize).contains(&k));
            if dated {
                break;
            }
            match upos {
                Some(Upos::Adj) => end = k + 1,
                Some(Upos::Noun | Upos::Propn) if k > t.end => end = k + 1,
                Some(Upos::Adp) if is(&lex.grammar.of, s, k) => {}
                Some(Upos::Num) if k == t.end => end = k + 1,
                _ => break,
            }
            k += 1;
        }
        t.start..end
    }
}

/// Which of the agreements that bear a name is meant: one of the lands the page tells of, concluded before the page; of
/// several the latest. A name like “accord de Doha” means another thing in every conflict.
fn meant(s: &Sent<'_>, around: &Around<'_>, ids: &[u32]) -> Option<u32> {
    let mut lands: BTreeSet<&str> = BTreeSet::new();
    let places = around.before.iter().flatten().map(|p| &p.place).chain(s.places.iter().map(|p| &p.place));
    lands.extend(places.chain(around.lead).filter_map(|p| p.country.as_deref()));
    lands.extend(s.parties.iter().filter_map(|p| p.party.country.as_deref()));
    let day = around.published.map(|p| p.1.to_string());
    let all = &s.names().world.agreements;
    let fits = |i: &&u32| {
        let a = &all[**i as usize];
        let land = lands.is_empty() || a.country.as_deref().is_none_or(|c| lands.contains(c));
        let made = match (&day, &a.date) {
            (Some(day), Some(made)) => made.as_str() <= day.as_str(),
            _ => true,
        };
        land && made
    };
    ids.iter().filter(fits).max_by_key(|i| all[**i as usize].date.as_deref().unwrap_or("")).copied()
}

/// How a sentence says that an agreement is broken.
struct Breaking {
    verb: bool,
    unkept: bool,
    clause: usize,
    acl: Option<usize>,
}
