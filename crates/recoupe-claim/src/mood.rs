//! How surely: negation, denial, press conditional, plans, conditions, questions.

use recoupe_syntax::{Dep, Upos, VerbForm};

use crate::lex::{ClaimLexicon, Speech, fits};
use crate::sentence::Sent;
use crate::types::Certainty;

/// The certainty of what stands at a word.
pub fn certainty(s: &Sent<'_>, lex: &ClaimLexicon, word: usize) -> Certainty {
    let syn = &s.syn;
    let token = s.token(word);
    let scopes = s.scopes_at(token);
    let mut hedged = false;
    if scopes.iter().any(|i| s.scopes[*i].speech == Speech::Deny) && !charged(s, lex, word) {
        return Certainty::Denied;
    }
    let reported = scopes.iter().any(|i| s.scopes[*i].reported);
    // "l'offensive que le pays promet"
    if syn.kids(word, &[Dep::Acl]).any(|c| c > word && syn.finite(c) && lex.plan.contains(&syn.lemma[c])) {
        return Certainty::Planned;
    }
    // "ont déjoué un attentat": it was only planned
    let undated = s.times.iter().all(|t| t.from.is_none() && t.weekday.is_none());
    let plot = |h: usize| {
        let foiled = undated && fits(&lex.grammar.foiled, &syn.lemma[h]);
        (foiled || fits(&lex.grammar.plotted, &syn.lemma[h])) && syn.dep(word) == Dep::Obj
    };
    if syn.word(word).upos == Upos::Noun
        && syn.head(word).is_some_and(plot)
        && lex.nouns.find(s.view).any(|(t, a)| t.contains(&token) && lex.act(*a).id == "bombing")
    {
        return Certainty::Planned;
    }
    let mut at = syn.clause(word);
    let mut first = true;
    for _ in 0..8 {
        let speech = lex.speech(&syn.lemma[at]).is_some();
        if !speech || first {
            if syn.negated(at, &lex.negation)
                && (first || !speech)
                && !restricted(s, lex, at)
                && !happened(s, lex, word, at)
            {
                return Certainty::Denied;
            }
            if syn.kids(at, &[Dep::Mark]).any(|m| fits(&lex.grammar.if_marks, syn.form[m].trim_end_matches('\''))) {
                return Certainty::Conditional;
            }
            if syn.kids(at, &[Dep::Advcl]).any(|c| {
                syn.kids(c, &[Dep::Mark]).any(|m| fits(&lex.grammar.if_marks, syn.form[m].trim_end_matches('\'')))
            }) && (syn.conditional(at) || syn.future(at))
            {
                return Certainty::Conditional;
            }
            if syn.conditional(at) {
                let perfect = syn.word(at).feats.verb_form == Some(VerbForm::Part);
                if reported && !perfect {
                    return Certainty::Planned;
                }
                hedged = true;
            } else if syn.future(at) {
                return Certainty::Planned;
            }
            // "a compté douze corps": what is counted is there, unlike what somebody counts on doing
            let counts = lex.voices.counting.contains(&syn.lemma[at]);
            if first && lex.plan.contains(&syn.lemma[at]) && !counts && at != word && is_complement(s, word, at) {
                return Certainty::Planned;
            }
        }
        // "dément avoir tiré": the verb of denial may be any word to the tree
        if let Some(h) = syn.head(at)
            && matches!(syn.dep(at), Dep::Xcomp | Dep::Ccomp | Dep::Acl)
            && [&syn.lemma[h], &syn.form[h]].iter().any(|w| lex.speech(w) == Some(Speech::Deny))
        {
            return Certainty::Denied;
        }
        // "il faudra déloger le commando qui a pris l'hôtel": what a relative clause tells in the past is done
        let past = |w: usize| {
            syn.kids(w, &[Dep::Aux]).any(|a| {
                matches!(syn.word(a).feats.tense, Some(recoupe_syntax::Tense::Imp | recoupe_syntax::Tense::Pres))
                    && syn.word(a).feats.mood != Some(recoupe_syntax::Mood::Cnd)
            })
        };
        if syn.dep(at) == Dep::Acl && syn.finite(at) && past(at) && !reported {
            break;
        }
        // Up through complements: what is wanted, planned or doubted above holds below.
        match (syn.dep(at), syn.head(at)) {
            (Dep::Xcomp | Dep::Conj, Some(h)) | (Dep::Ccomp | Dep::Obl | Dep::Acl | Dep::Advcl, Some(h)) => {
                let lemma = &syn.lemma[h];
                let infinitive = syn.word(at).feats.verb_form == Some(VerbForm::Inf);
                if infinitive
                    && (lex.plan.contains(lemma) || lex.plan_nouns.contains(lemma))
                    && !matches!(syn.dep(at), Dep::Conj)
                {
                    return Certainty::Planned;
                }
                if syn.kids(at, &[Dep::Mark, Dep::Case]).any(|m| fits(&lex.grammar.purpose, &syn.form[m])) && infinitive
                {
                    return Certainty::Planned;
                }
                at = syn.clause(h);
                first = matches!(syn.dep(at), Dep::Conj);
            }
            _ => break,
        }
    }
    if s.question && !s.heading {
        return Certainty::Asked;
    }
    let clause = crate::voice::extent(syn, syn.clause(word));
    if lex
        .hedges
        .find(s.view)
        .any(|(t, _)| t.start.abs_diff(token) <= 4 || (clause.contains(&t.start) && t.start.abs_diff(token) <= 8))
    {
        hedged = true;
    }
    if hedged { Certainty::Hedged } else { Certainty::Stated }
}

/// “l'attaque n'a pas été revendiquée”, “les combats n'ont pas cessé”: of an act with an article something is denied, not that it
/// happened.
fn happened(s: &Sent<'_>, lex: &ClaimLexicon, word: usize, verb: usize) -> bool {
    let syn = &s.syn;
    let g = &lex.grammar;
    let fixed = |w: usize| {
        syn.kids(w, &[Dep::Det]).any(|d| fits(&g.definite, &syn.form[d]) || fits(&g.demonstrative, &syn.form[d]))
    };
    let subject = word != verb
        && syn.word(word).upos == Upos::Noun
        && matches!(syn.dep(word), Dep::Nsubj)
        && syn.head(word) == Some(verb)
        && fixed(word);
    // "n'a pas eu lieu", "ne s'est pas produite", "n'a jamais existé"
    subject && syn.word(verb).upos == Upos::Verb && !fits(&g.happen, &syn.lemma[verb])
}

/// “nie toute responsabilité dans le bombardement”: who did it is denied, not that it happened.
fn charged(s: &Sent<'_>, lex: &ClaimLexicon, word: usize) -> bool {
    let mut at = word;
    for _ in 0..6 {
        let Some(h) = s.syn.head(at) else { return false };
        if fits(&lex.grammar.onus, &s.syn.lemma[h]) {
            return true;
        }
        at = h;
    }
    false
}

/// “n'admet que trois morts”: the negation only says that there are no more than what stands behind the conjunction.
fn restricted(s: &Sent<'_>, lex: &ClaimLexicon, verb: usize) -> bool {
    let at = s.token(verb);
    let n = s.view.len();
    let from = at.saturating_sub(4);
    let that = |t: &usize| {
        lex.grammar.that.iter().any(|q| q.trim_end_matches('\'') == s.view.folded[*t].trim_end_matches('\''))
    };
    let Some(only) = (at + 1..n.min(at + 10)).find(that) else { return false };
    let whole = (from..only).any(|t| lex.tolls.full_negation.contains(&s.view.folded[t]));
    // what it leaves is a thing or a figure, not a clause
    let thing = (only + 1..n.min(only + 4))
        .find(|t| !matches!(s.view.upos(*t), Some(Upos::Det | Upos::Adp | Upos::Punct | Upos::Adv)))
        .is_some_and(|t| matches!(s.view.upos(t), Some(Upos::Num | Upos::Noun | Upos::Adj)));
    !whole && thing
}

/// Whether a word is the object or an oblique of a verb, so that the verb's intention covers it.
fn is_complement(s: &Sent<'_>, word: usize, verb: usize) -> bool {
    let mut at = word;
    for _ in 0..6 {
        match (s.syn.dep(at), s.syn.head(at)) {
            (Dep::Obj | Dep::Obl | Dep::Xcomp, Some(h)) if h == verb => return true,
            // "une offensive est attendue"
            (Dep::Nsubj, Some(h)) if h == verb => return s.syn.passive(verb),
            (_, Some(h)) if h != verb => at = h,
            _ => return false,
        }
    }
    false
}
