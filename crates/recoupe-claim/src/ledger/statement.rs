//! Demands, threats and accusations that one party addresses to another.
//!
//! A threat or an ultimatum is an incident of its own. An accusation of violence is not: it is how the incident it speaks of
//! gets its culprit. Only an accusation of breaking what was agreed stands for itself.

use recoupe_mention::places::PlaceMention;
use recoupe_mention::time::TimeKind;
use recoupe_mention::{Class, MentionKind, Party, Place, PlacePrecision, Status, When};
use recoupe_syntax::{Dep, Upos, VerbForm};

use super::{Around, LedgerLexicon, base, political};
use crate::event::when;
use crate::lex::{ClaimLexicon, fits};
use crate::sentence::Sent;
use crate::types::{Certainty, Claim, Detail};

impl LedgerLexicon {
    pub(super) fn threats(&self, s: &Sent<'_>, lex: &ClaimLexicon, around: &Around<'_>, out: &mut Vec<Claim>) {
        let syn = &s.syn;
        for i in 0..syn.len() {
            let lemma = &syn.lemma[i];
            let (demand, warn, threat, accuse) = (
                self.demand.contains(lemma)
                    || self.cautions(s, i)
                    || self.call.contains(lemma) && self.called_to_stop(s, i)
                    || self.grant.contains(lemma) && self.given_time(s, i),
                self.warn.contains(lemma),
                self.threat.contains(lemma),
                self.accuse.contains(lemma),
            );
            // "exige le retrait des troupes", "appelle au soulèvement": to nobody in particular
            let asks = self.call.contains(lemma) && self.asks_an_end(s, i);
            let rallies = self.call.contains(lemma) && self.calls_to_arms(s, i);
            // "est parti en menaçant de frapper"
            let told = syn.finite(i) || threat && syn.present_participle(i);
            if !(demand || warn || threat || accuse || asks || rallies) || !told || !syn.verbal(i) || s.passive(i, lex)
            {
                continue;
            }
            let Some(actor) = self.teller(s, i) else { continue };
            let target = self.addressee(s, i, &actor);
            let breach = accuse && self.names_agreement(s, i);
            let hostile = warn && target.is_some() | (actor.status == Status::Combatant) && self.retaliates(s, lex, i);
            let threatens = threat && (target.is_some() || syn.child(i, &[Dep::Xcomp, Dep::Ccomp]).is_some());
            let rallies = rallies && (actor.status == Status::Combatant || leads(&actor));
            let incident = demand && target.is_some() || hostile || threatens || breach || asks || rallies;
            if !incident && target.is_none() {
                continue;
            }
            let mut c = base(s, lex, i, "statement_threat");
            if syn.negated(i, &lex.negation) {
                continue;
            }
            // a warning is conditional in what it says, not in being said
            if incident {
                c.certainty = Certainty::Stated;
            }
            c.voices.retain(|v| v.id != actor.id);
            c.actor = Some(actor);
            c.target = target;
            c.time = said_on(s, i).or_else(|| around.news());
            c.place = about(s).or_else(|| around.lead.cloned());
            if incident {
                political::add(c, out);
            } else {
                c.detail = Detail::Statement { to: c.target.clone() };
                let known = out
                    .iter()
                    .any(|o| o.sentence == c.sentence && o.kind == c.kind && party_id(&o.actor) == party_id(&c.actor));
                if !known {
                    out.push(c);
                }
            }
        }
        self.ultimatums(s, lex, around, out);
        self.vowed(s, lex, around, out);
    }

    /// “« C'est la dernière bataille et nous vaincrons », a lancé le président”: who leads a war vows to go on with it.
    fn vowed(&self, s: &Sent<'_>, lex: &ClaimLexicon, around: &Around<'_>, out: &mut Vec<Claim>) {
        let Some((t, _)) = self.vows.find(s.view).next() else { return };
        let scope = s.scopes_at(t.start).into_iter().rev().map(|i| &s.scopes[i]).find(|x| x.speaker.is_some());
        let Some(x) = scope.filter(|x| x.verb.is_some()) else { return };
        let (Some(actor), Some(verb)) = (x.speaker.clone(), x.verb) else { return };
        let known = out.iter().any(|o| o.sentence == s.index && &*o.kind == "statement_threat");
        if known || !(actor.status == Status::Combatant && actor.id.contains('/') || leads(&actor)) {
            return;
        }
        let Some(word) = s.word_at(t.start) else { return };
        let mut c = base(s, lex, word, "statement_threat");
        c.certainty = Certainty::Stated;
        c.voices.retain(|v| v.id != actor.id);
        c.target = self.addressee(s, verb, &actor);
        c.actor = Some(actor);
        c.time = said_on(s, verb).or_else(|| around.news());
        c.place = about(s).or_else(|| around.lead.cloned());
        political::add(c, out);
    }

    /// “exiger le retrait, la libération, la fin des frappes”: what is to end, as a noun.
    fn asks_an_end(&self, s: &Sent<'_>, verb: usize) -> bool {
        let Some(object) = s.syn.object(verb).filter(|o| *o > verb) else { return false };
        let lemma = &s.syn.lemma[object];
        // "la fin des travaux" is no concern of war
        let of_war = || {
            let at = s.token(object);
            (at + 1..(at + 7).min(s.view.len())).any(|t| {
                s.word_at(t).is_some_and(|w| self.end_of.contains(&s.syn.lemma[w]))
                    || s.party_at(t).is_some_and(|p| s.parties[p].party.status == Status::Combatant)
            })
        };
        self.ends.contains(lemma) && of_war() || self.end_of.contains(lemma)
    }

    /// “appeler au soulèvement, à prendre les armes”.
    fn calls_to_arms(&self, s: &Sent<'_>, verb: usize) -> bool {
        let at = s.token(verb);
        self.arms.find(s.view).any(|(t, _)| t.start > at && t.start <= at + 10)
    }

    /// “lancer un ultimatum à X”, “l'ultimatum de X à Y”.
    fn ultimatums(&self, s: &Sent<'_>, lex: &ClaimLexicon, around: &Around<'_>, out: &mut Vec<Claim>) {
        for (t, _) in self.ultimatum.find(s.view) {
            let Some(w) = s.word_at(t.start) else { continue };
            let verb = s.syn.clause(w);
            let actor = self.teller(s, verb).or_else(|| {
                s.syn.kids(w, &[Dep::Nmod]).find_map(|k| s.party_of(k)).map(|p| s.parties[p].party.clone())
            });
            let Some(actor) = actor else { continue };
            let target = s
                .parties
                .iter()
                .find(|p| p.tokens.start >= t.end && p.tokens.start < t.end + 8 && addressed(p.kind, &p.party, &actor))
                .map(|p| p.party.clone());
            let Some(target) = target else { continue };
            let mut c = base(s, lex, w, "statement_threat");
            c.actor = Some(actor);
            c.target = Some(target);
            c.time = said_on(s, verb).or_else(|| around.news());
            c.place = about(s).or_else(|| around.lead.cloned());
            political::add(c, out);
        }
    }

    /// Who says it: the speaker of the attribution whose verb it is, else the subject.
    fn teller(&self, s: &Sent<'_>, verb: usize) -> Option<Party> {
        if let Some(p) = s.scopes.iter().find(|x| x.verb == Some(verb)).and_then(|x| x.speaker.clone()) {
            return (p.status != Status::Civilian && !p.id.starts_with("generic/")).then_some(p);
        }
        let main = || s.syn.head(verb).filter(|_| s.syn.present_participle(verb)).and_then(|h| s.syn.subject(h));
        let i = s.syn.subject(verb).or_else(main).and_then(|w| s.party_in(w))?;
        let p = &s.parties[i];
        // "le porte-parole du Hezbollah": who speaks for fighters speaks as they do
        let voice = p.kind == MentionKind::Noun(Class::Source) && p.party.status == Status::Combatant;
        (voice || speaks(p.kind, &p.party)).then(|| p.party.clone())
    }

    /// To whom: object or complement of the verb; else the party that what is said is about.
    fn addressee(&self, s: &Sent<'_>, verb: usize, actor: &Party) -> Option<Party> {
        let tellers = s.syn.subject(verb).map_or(Vec::new(), |w| s.syn.with_conjuncts(w));
        let fit = |i: &usize| {
            addressed(s.parties[*i].kind, &s.parties[*i].party, actor)
                && !tellers.iter().any(|w| s.parties[*i].tokens.contains(&s.token(*w)))
        };
        let direct = s.syn.kids(verb, &[Dep::Obj, Dep::Iobj, Dep::Obl]).filter_map(|c| s.party_in(c)).find(|i| fit(i));
        let said = s.scopes.iter().find(|x| x.verb == Some(verb)).map(|x| x.tokens.clone());
        let within = |i: &usize| {
            let at = s.parties[*i].tokens.start;
            said.as_ref().is_some_and(|r| r.contains(&at))
                || s.word_at(at).is_some_and(|w| w != verb && s.syn.under(w, verb))
        };
        direct.or_else(|| (0..s.parties.len()).filter(within).find(|i| fit(i))).map(|i| s.parties[i].party.clone())
    }

    /// “appeler X à cesser, à se retirer, à respecter …”: what only an opponent is asked for.
    fn called_to_stop(&self, s: &Sent<'_>, verb: usize) -> bool {
        (0..s.syn.len()).any(|w| {
            w > verb && self.stop.contains(&s.syn.lemma[w]) && s.syn.word(w).upos == Upos::Verb && s.syn.under(w, verb)
        })
    }

    /// “donne 48 heures à X pour se retirer”: time given to do what only an opponent is asked for.
    fn given_time(&self, s: &Sent<'_>, verb: usize) -> bool {
        let at = s.token(verb);
        (at + 1..(at + 7).min(s.view.len())).any(|t| self.delay.contains(&s.view.folded[t]))
            && self.called_to_stop(s, verb)
    }

    /// “mettre en garde”, “lancer un avertissement”: a verb with the noun that makes it a warning.
    fn cautions(&self, s: &Sent<'_>, verb: usize) -> bool {
        let at = s.token(verb);
        self.cautions.contains(&s.syn.lemma[verb])
            && self.caution_nouns.find(s.view).any(|(t, _)| t.start > at && t.start <= at + 5)
    }

    /// A word of retaliation, said of what is to come or on a condition.
    fn retaliates(&self, s: &Sent<'_>, lex: &ClaimLexicon, verb: usize) -> bool {
        let syn = &s.syn;
        let said: Vec<usize> = match s.scopes.iter().find(|x| x.verb == Some(verb)) {
            Some(x) => (0..syn.len()).filter(|w| x.tokens.contains(&s.token(*w))).collect(),
            None => (0..syn.len()).filter(|w| *w != verb && syn.under(*w, verb)).collect(),
        };
        let ahead = said.iter().any(|w| {
            syn.future(*w)
                || syn.conditional(*w)
                || fits(&lex.grammar.if_marks, syn.form[*w].trim_end_matches('\''))
                || syn.word(*w).feats.verb_form == Some(VerbForm::Inf) && syn.head(*w) == Some(verb)
        });
        // "promet une réponse": by the object alone
        let promised = syn.object(verb).is_some_and(|o| self.retaliation.contains(&syn.lemma[o]));
        promised || ahead && said.iter().any(|w| self.retaliation.contains(&syn.lemma[*w]))
    }

    /// Whether what stands under a verb names an agreement.
    fn names_agreement(&self, s: &Sent<'_>, verb: usize) -> bool {
        let at = s.token(verb);
        let known = self.known.find(s.view).map(|(t, _)| t);
        let named = self.agreements.find(s.view).map(|(t, _)| t).chain(known).any(|t| t.start > at);
        let broken = |w: usize| {
            let l = &s.syn.lemma[w];
            self.breach_verbs.contains(l) || self.breach_nouns.contains(l) || self.kept.contains(l)
        };
        named && (0..s.syn.len()).any(|w| s.token(w) > at && broken(w))
    }
}

/// Whether a party leads a land, and so its war.
fn leads(p: &Party) -> bool {
    let heads = ["presidency", "prime-minister", "government", "defence-ministry"];
    p.id.split_once('/').is_some_and(|(_, role)| heads.contains(&role))
}

pub(super) fn party_id(p: &Option<Party>) -> Option<&str> {
    p.as_ref().map(|p| &*p.id)
}

/// States, their bodies and armed groups speak for themselves; people, sources and outlets do not threaten.
pub(super) fn speaks(kind: MentionKind, p: &Party) -> bool {
    p.status != Status::Civilian
        && !matches!(kind, MentionKind::Noun(Class::Civil | Class::Source) | MentionKind::Outlet)
}

fn addressed(kind: MentionKind, p: &Party, actor: &Party) -> bool {
    speaks(kind, p) && opposed(p, actor)
}

/// Two bodies of one state do not threaten or deny each other; a group may well oppose the state it fights in.
pub(super) fn opposed(a: &Party, b: &Party) -> bool {
    let body = |p: &Party| !p.id.starts_with("group/") && !p.id.starts_with("generic/");
    a.id != b.id && !(body(a) && body(b) && a.country.is_some() && a.country == b.country)
}

/// The date of saying stands beside the verb; dates farther off belong to what is said.
pub(super) fn said_on(s: &Sent<'_>, verb: usize) -> Option<When> {
    let at = s.token(verb);
    s.times
        .iter()
        .filter(|t| t.kind == TimeKind::Point && (t.from.is_some() || t.weekday.is_some()))
        .find(|t| {
            let (a, b) = (t.tokens.start as usize, t.tokens.end as usize);
            b <= at && at - b <= 4 || a > at && a - at <= 3
        })
        .or_else(|| s.times.iter().find(|t| t.kind == TimeKind::Point && t.from.is_some() && t.tokens.start == 0))
        .map(when)
}

/// The place a statement is about.
fn about(s: &Sent<'_>) -> Option<Place> {
    // "Moscou appelle Ankara à …": a capital that acts or is spoken to is no place
    let acts = |p: &PlaceMention| !p.locative && s.party_at(p.tokens.start).is_some();
    s.places.iter().find(|p| p.place.precision != PlacePrecision::Country && !acts(p)).map(|p| p.place.clone())
}
