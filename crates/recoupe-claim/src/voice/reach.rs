//! How far what somebody says goes.

use std::ops::Range;

use recoupe_mention::View;
use recoupe_syntax::{Sub, Tense, VerbForm};
use recoupe_text::Span;

use super::heads::{Form, Head};
use super::{Scope, Text};
use crate::lex::{ClaimLexicon, Speech, fits};
use crate::syn::Syn;

/// The stretch of the sentence that each attribution covers.
pub(super) fn scopes(x: &Text<'_, '_>, heads: &[Head]) -> Vec<Scope> {
    let n = x.view.len();
    let mut out = Vec::new();
    for (k, h) in heads.iter().enumerate() {
        let segment = segment(x, heads, h.tokens.start);
        let tokens = match h.form {
            Form::That(q) => q..until(x, heads, k, q),
            Form::Colon(c) => c..n,
            Form::Behind => {
                let from = h.tokens.end;
                from..until(x, heads, k, from).min(object_end(x, h)).min(known_end(x, h)).max(from)
            }
            Form::Noun(w) => {
                let own = extent(x.syn, w);
                let whole =
                    x.lex.documents.contains(&x.syn.lemma[w]) || x.lex.grammar.tallies.contains(&x.syn.lemma[w]);
                if whole { segment } else { own.start.min(h.tokens.start)..own.end.max(h.end) }
            }
            Form::Beside | Form::Opener => share(x, heads, k, segment),
        };
        // A denial put beside a clause denies something else.
        if h.speech == Speech::Deny && matches!(h.form, Form::Beside) {
            continue;
        }
        let opens = h.form == Form::Opener && leads(x, h);
        let outer = h.outer
            || opens
                && heads.iter().any(|o| o.form == Form::Beside && o.verb.is_some() && o.tokens.start > h.tokens.start);
        out.push(Scope {
            tokens,
            speaker: h.speaker.clone(),
            speech: h.speech,
            verb: h.verb,
            outer,
            reported: matches!(h.form, Form::That(_)) && h.verb.is_some_and(|v| past(x.syn, v)),
            at: h.tokens.start,
        });
    }
    out
}

/// Where what stands behind a verb ends: at the next attribution of its own, a contrast, or the end.
fn until(x: &Text<'_, '_>, heads: &[Head], k: usize, from: usize) -> usize {
    let n = x.view.len();
    let next = heads[k + 1..]
        .iter()
        .filter(|o| matches!(o.form, Form::That(_) | Form::Behind | Form::Colon(_)) && o.tokens.start > from)
        // a clause with a speaker of its own, or one that goes on ("et a ajouté que")
        .find(|o| o.verb.zip(heads[k].verb).is_none_or(|(a, b)| !nested(x.syn, a, b)))
        .map_or(n, |o| clause_start(x, o.tokens.start, from));
    let brk = (from..n).find(|t| breaks(x.view, x.lex, *t) && speaks_within(x, heads, k, *t)).unwrap_or(n);
    // behind a semicolon somebody goes on until another one speaks
    let aside = (from..n).find(|t| x.view.surface(*t) == ";" && speaks_within(x, heads, k, *t)).unwrap_or(n);
    next.min(brk).min(aside)
}

/// Whether somebody else speaks in the stretch a break opens.
fn speaks_within(x: &Text<'_, '_>, heads: &[Head], k: usize, at: usize) -> bool {
    let end = stretch(x, at + 1).end;
    heads[k + 1..].iter().any(|o| o.tokens.start >= at && o.tokens.start < end)
}

/// Whether a verb stands inside what another one reports.
fn nested(syn: &Syn<'_>, inner: usize, outer: usize) -> bool {
    syn.under(inner, outer) && syn.dep(inner) != recoupe_syntax::Dep::Conj
}

/// Back from an attribution to the mark or conjunction its clause starts behind.
fn clause_start(x: &Text<'_, '_>, at: usize, floor: usize) -> usize {
    (floor..at)
        .rev()
        .find(|t| matches!(x.view.surface(*t), "," | ";") || fits(&x.lex.grammar.and, &x.view.folded[*t]))
        .unwrap_or(at)
}

/// “annonce la mort de deux soldats, ce qui porte à …”: the outlet goes on by itself.
fn object_end(x: &Text<'_, '_>, h: &Head) -> usize {
    let n = x.view.len();
    (h.tokens.end..n.saturating_sub(2))
        .find(|t| x.view.surface(*t) == "," && x.lex.grammar.sums_up.stand_at(&x.view.folded, t + 1))
        .unwrap_or(n)
}

/// “a condamné l'attaque qui a tué deux soldats”: where what somebody reacts to is only described further.
fn known_end(x: &Text<'_, '_>, h: &Head) -> usize {
    let n = x.view.len();
    // so it is in "a revendiqué un attentat qui a fait trente morts"
    let claims = h.speech == Speech::Claim;
    if !claims && !h.verb.is_some_and(|v| x.lex.voices.reacts.contains(&x.syn.lemma[v])) {
        return n;
    }
    let relative = |t: &usize| {
        let f = x.view.folded[*t].trim_end_matches('\'');
        // "…, dans laquelle onze soldats ont été tués"
        fits(&x.lex.grammar.relative, f) || fits(&x.lex.voices.whom, f) || fits(&x.lex.voices.wherein, f)
    };
    (h.tokens.end..n).find(relative).unwrap_or(n)
}

/// The stretch between semicolons and contrasts that a token stands in.
fn stretch(x: &Text<'_, '_>, at: usize) -> Range<usize> {
    let n = x.view.len();
    let from = (0..at.min(n))
        .rev()
        .find(|k| breaks(x.view, x.lex, *k))
        .map_or(0, |k| k + usize::from(x.view.surface(k) == ";"));
    let to = (at..n).find(|k| *k > from && breaks(x.view, x.lex, *k)).unwrap_or(n);
    from..to
}

/// What an attribution at a token may cover: its stretch, and behind a contrast those in which nobody else speaks.
fn segment(x: &Text<'_, '_>, heads: &[Head], at: usize) -> Range<usize> {
    let n = x.view.len();
    let own = stretch(x, at);
    let silent = |r: &Range<usize>| !heads.iter().any(|o| r.contains(&o.tokens.start));
    let mut to = own.end;
    while to < n && x.view.surface(to) != ";" {
        let next = stretch(x, to + 1);
        if !silent(&(to..next.end)) || next.end <= to {
            break;
        }
        to = next.end;
    }
    // "…, quand les forces ont tiré, ont indiqué des médecins", "cinq y sont morts ; trois sont blessés, dit une source": at
    // the end it covers what nobody else says before
    let mut from = own.start;
    let trailing = own.start > 0
        && heads.iter().find(|h| h.tokens.start == at).is_some_and(|h| {
            matches!(h.form, Form::Beside | Form::Opener)
                && !leads(x, h)
                && (h.end..own.end).all(|t| {
                    !matches!(x.view.upos(t), Some(recoupe_syntax::Upos::Verb | recoupe_syntax::Upos::Aux))
                        || heads.iter().any(|o| o.outer && o.tokens.contains(&t))
                })
        });
    while trailing && from > 0 {
        let before = stretch(x, from - 1);
        if !silent(&(before.start..from)) || before.start >= from {
            break;
        }
        from = before.start;
    }
    from..to
}

/// Whether nothing but conjunctions, adverbs and times stand before an attribution in its segment.
fn leads(x: &Text<'_, '_>, h: &Head) -> bool {
    use recoupe_syntax::Upos;
    let from = stretch(x, h.tokens.start).start;
    (from..h.tokens.start).all(|t| {
        matches!(x.view.upos(t), None | Some(Upos::Punct | Upos::Cconj | Upos::Adv | Upos::Sconj))
            || x.times.iter().any(|r| r.contains(&t))
            || matches!(x.view.surface(t), "," | "«" | "»" | "–" | "—" | "-")
            || fits(&x.lex.grammar.circumstances, x.view.folded[t].trim_end_matches('\''))
    })
}

/// What an attribution put beside a clause covers, where several share a segment: “12 morts selon X, 15 selon Y”.
fn share(x: &Text<'_, '_>, heads: &[Head], k: usize, segment: Range<usize>) -> Range<usize> {
    let h = &heads[k];
    let n = x.view.len();
    let mut from = segment.start;
    let mut to = segment.end;
    // "Selon X, … ; …": what nobody else says behind the semicolon is X's, too
    let goes_on = leads(x, h) || h.form == Form::Beside && h.verb.is_some() && h.speaker.is_some();
    while goes_on && to < n && x.view.surface(to) == ";" && !speaks_within(x, heads, k, to) {
        to = stretch(x, to + 1).end.max(to + 1);
    }
    let rivals = |o: &&Head| {
        matches!(o.form, Form::Opener)
            && matches!(h.form, Form::Opener)
            && !o.outer
            && !h.outer
            && segment.contains(&o.tokens.start)
            && o.speaker.as_ref().map(|p| &p.id) != h.speaker.as_ref().map(|p| &p.id)
    };
    if let Some(b) = heads[..k].iter().rev().find(rivals) {
        from = if leads(x, b) { clause_start(x, h.tokens.start, b.end) } else { b.end };
    }
    if let Some(a) = heads[k + 1..].iter().find(rivals) {
        to = if leads(x, h) { clause_start(x, a.tokens.start, h.end) } else { h.end };
    }
    from..to.max(from)
}

/// “Le gouvernement dément : « … »”: whoever the sentence is about says what is quoted behind its colon.
pub(super) fn quotation_behind_colon(x: &Text<'_, '_>, heads: &[Head], out: &mut Vec<Scope>) {
    let n = x.view.len();
    let mark = |t: usize| matches!(x.view.surface(t), "«" | "\"" | "“");
    let Some(colon) = (1..n.saturating_sub(1)).find(|t| x.view.surface(*t) == ":" && mark(t + 1)) else { return };
    if out.iter().any(|s| s.speaker.is_some() && s.tokens.contains(&(colon + 2))) {
        return;
    }
    let told =
        heads.iter().rev().find(|h| h.tokens.start < colon && h.speaker.is_some()).and_then(|h| h.speaker.clone());
    let about = || {
        let root = (0..x.syn.len()).find(|i| x.syn.dep(*i) == recoupe_syntax::Dep::Root)?;
        let s = x.syn.child(root, &[recoupe_syntax::Dep::Nsubj])?;
        match super::speaker::of_word(x, s)? {
            super::speaker::Who::Told(p) => Some(p),
            super::speaker::Who::Pronoun(g, m) => x.known.stands_for(g, m),
            super::speaker::Who::Latter(g, m) => x.known.latter(g, m),
            _ => x.known.anybody(),
        }
    };
    if let Some(speaker) = told.or_else(about) {
        let tokens = colon + 1..n;
        let speech = Speech::Say;
        out.push(Scope {
            tokens,
            speaker: Some(speaker),
            speech,
            verb: None,
            outer: false,
            reported: false,
            at: colon,
        });
    }
}

/// A sentence of nothing but quotation, or one that goes on with it: the last speaker.
pub(super) fn continued_quotation(x: &Text<'_, '_>, quotes: &[Span], out: &mut Vec<Scope>) {
    let n = x.view.len();
    // "Le président est revenu sur l'attaque. « Nous avons perdu … »": whom the very sentence before was about
    let about = x.known.subject.as_ref().filter(|_| x.known.subject_is_fresh && !x.known.inside_quote);
    let speaks =
        |p: &recoupe_mention::Party| p.status != recoupe_mention::Status::Combatant && !p.id.starts_with("generic/");
    let about = about.map(|a| &a.party).filter(|p| speaks(p));
    let Some(last) = x.known.announced.as_ref().or(about).or(x.known.last.as_ref().map(|a| &a.party)) else { return };
    for q in quote_tokens(x.view, quotes) {
        let starts = q.start <= 1 && (x.known.inside_quote || q.len() * 3 >= n * 2);
        if starts && !out.iter().any(|s| s.speaker.is_some() && s.tokens.start <= q.start && s.tokens.end >= q.end) {
            out.push(Scope {
                at: q.start,
                tokens: q,
                speaker: Some(last.clone()),
                speech: Speech::Say,
                verb: None,
                outer: false,
                reported: false,
            });
        }
    }
}

fn quote_tokens(view: &View<'_>, quotes: &[Span]) -> Vec<Range<usize>> {
    quotes
        .iter()
        .filter_map(|q| {
            let a = view.sentence.tokens.iter().position(|t| q.contains(t.span))?;
            let b = view.sentence.tokens.iter().rposition(|t| q.contains(t.span))?;
            Some(a..b + 1)
        })
        .collect()
}

/// Whether a semicolon or a contrast stands at a token: one behind a comma, or one with its conjunction (“tandis que”).
fn breaks(view: &View<'_>, lex: &ClaimLexicon, t: usize) -> bool {
    if t >= view.len() || t == 0 {
        return false;
    }
    let contrast = fits(&lex.grammar.contrast, &view.folded[t]);
    let with_that = view
        .folded
        .get(t + 1)
        .is_some_and(|f| lex.grammar.that.iter().any(|q| q.trim_end_matches('\'') == f.trim_end_matches('\'')));
    view.surface(t) == ";" || contrast && (view.surface(t - 1) == "," || with_that)
}

fn past(syn: &Syn<'_>, v: usize) -> bool {
    use recoupe_syntax::Dep;
    let is = |i: usize| matches!(syn.word(i).feats.tense, Some(Tense::Past | Tense::Imp | Tense::Pqp));
    is(v)
        || syn
            .kids(v, &[Dep::Aux])
            .any(|a| is(a) || syn.word(v).feats.verb_form == Some(VerbForm::Part) || syn.word(a).sub == Sub::Tense)
}

/// First token under a word.
pub fn subtree_start(syn: &Syn<'_>, i: usize) -> usize {
    extent(syn, i).start
}

/// Tokens under a word, from the first to the last.
pub fn extent(syn: &Syn<'_>, i: usize) -> Range<usize> {
    let (mut a, mut b) = (usize::MAX, 0);
    let mut stack = vec![i];
    while let Some(k) = stack.pop() {
        let t = syn.word(k).token as usize;
        a = a.min(t);
        b = b.max(t + 1);
        stack.extend(&syn.children[k]);
    }
    a..b
}
