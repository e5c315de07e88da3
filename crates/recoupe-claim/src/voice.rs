//! Who says so: attributions before, after and inside the clause, carried over sentences.

use std::ops::Range;

use recoupe_mention::{Class, Id, MentionKind, Party, PartyMention, Status, View};
use recoupe_syntax::{Dep, Sub, Tense, Upos, VerbForm};
use recoupe_text::Span;

use crate::lex::{ClaimLexicon, Speech, fits};
use crate::syn::Syn;

/// A stretch of a sentence that somebody says.
#[derive(Clone, Debug)]
pub struct Scope {
    /// The tokens said.
    pub tokens: Range<usize>,
    /// Who; `None` when the page does not tell.
    pub speaker: Option<Party>,
    /// How.
    pub speech: Speech,
    /// The verb, if it is one.
    pub verb: Option<usize>,
    /// Quotes the other speakers of the sentence (an agency that cites a minister).
    pub outer: bool,
    /// Opened by “que”: a conditional inside is a future in the past.
    pub reported: bool,
    /// Whole sentence by an attribution beside it.
    pub beside: bool,
}

/// What is known of speakers when a sentence starts.
#[derive(Clone, Debug, Default)]
pub struct Speakers {
    /// The last one who spoke.
    pub last: Option<Party>,
    /// Whether the sentence starts inside a quotation opened before.
    pub inside_quote: bool,
    /// Unknown persons the page tied to a party: last word of the name → party.
    pub aliases: Vec<(String, Party)>,
}

/// The speaker behind a noun phrase's head word.
fn speaker(
    syn: &Syn<'_>,
    view: &View<'_>,
    parties: &[PartyMention],
    lex: &ClaimLexicon,
    known: &Speakers,
    word: usize,
) -> Option<Party> {
    let at = |w: usize| {
        let t = syn.word(w).token as usize;
        parties.iter().find(|p| p.tokens.contains(&t))
    };
    let w = syn.word(word);
    if w.upos == Upos::Pron {
        return if lex.grammar.pronouns.iter().any(|p| *p == syn.form[word].trim_start_matches('-')) {
            known.last.clone()
        } else {
            None
        };
    }
    let lemma = syn.lemma[word].as_str();
    let document = lex.documents.contains(lemma);
    if let Some(p) = at(word) {
        // "le ministère", "la même source" with nothing more: whoever spoke last, when that fits.
        if p.assumed
            && lex.same.contains(lemma)
            && let Some(last) = &known.last
        {
            return Some(Party { span: p.party.span, ..last.clone() });
        }
        if lex.same.contains(lemma)
            && &*p.party.id == "generic/source"
            && syn.kids(word, &[Dep::Amod]).any(|a| fits(&lex.grammar.same, &syn.lemma[a]))
            && let Some(last) = &known.last
        {
            return Some(Party { span: p.party.span, ..last.clone() });
        }
        return Some(voice(p));
    }
    let deps = [Dep::Appos, Dep::Flat, Dep::Nmod, Dep::Amod, Dep::Acl];
    for c in syn.kids(word, &deps) {
        if let Some(p) = at(c) {
            return Some(voice(p));
        }
        for d in syn.kids(c, &[Dep::Nmod, Dep::Appos, Dep::Flat]) {
            if let Some(p) = at(d) {
                return Some(voice(p));
            }
        }
    }
    if document || lex.same.contains(lemma) {
        // "un décompte du Courrier": somebody else's, whom we do not know
        let owned = syn.kids(word, &[Dep::Nmod]).any(|c| syn.word(c).upos == Upos::Propn);
        return if owned { None } else { known.last.clone() };
    }
    if w.upos == Upos::Propn {
        let name: Vec<usize> = std::iter::once(word).chain(syn.kids(word, &[Dep::Flat])).collect();
        for i in name.iter().rev() {
            if let Some((_, p)) = known.aliases.iter().rev().find(|(n, _)| *n == syn.form[*i]) {
                return Some(Party { span: w.span, ..p.clone() });
            }
        }
        // One word alone may be a town as well as a person.
        if name.len() < 2 {
            return None;
        }
        let span = name.iter().fold(w.span, |s, i| s.cover(syn.word(*i).span));
        let name: Id = recoupe_text::squeeze(span.of(view.text)).as_str().into();
        return Some(Party {
            id: format!("person/{}", recoupe_text::fold(&name)).into(),
            name,
            country: None,
            status: Status::Unknown,
            span,
        });
    }
    None
}

/// A party mention as the one who speaks: a bare “ministère” or “même source” is whoever spoke last.
fn speaker_mention(view: &View<'_>, p: &PartyMention, lex: &ClaimLexicon, known: &Speakers) -> Option<Party> {
    let bare = p.assumed && (p.tokens.clone()).any(|t| lex.same.contains(&view.folded[t]));
    match &known.last {
        Some(last) if bare => Some(Party { span: p.party.span, ..last.clone() }),
        _ => Some(voice(p)),
    }
}

/// Whether a party behind a verb of speech is spoken to (“à l'agence”) or stands in another complement.
fn addressed(view: &View<'_>, lex: &ClaimLexicon, verb: usize, start: usize) -> bool {
    let mut t = start;
    while t > verb + 1 && matches!(view.upos(t - 1), Some(Upos::Det | Upos::Adj)) {
        t -= 1;
    }
    t > verb + 1
        && (matches!(view.upos(t - 1), Some(Upos::Adp)) || lex.grammar.to.contains(&view.folded[t - 1]))
        && !lex.grammar.by.contains(&view.folded[t - 1])
        // a later noun of the same phrase ("le responsable local des Casques blancs") is no address
        && !(verb + 1..t - 1).any(|k| view.upos(k) == Some(Upos::Noun) && view.upos(k.saturating_sub(1)) == Some(Upos::Det) && !lex.grammar.to.contains(&view.folded[k.saturating_sub(2)]))
}

/// Whether the auxiliary of the perfect stands before a participle, whatever the tree says: then it is no passive.
fn perfect_before(syn: &Syn<'_>, view: &View<'_>, lex: &ClaimLexicon, token: usize) -> bool {
    for t in (token.saturating_sub(6)..token).rev() {
        match view.upos(t) {
            Some(Upos::Aux) => {
                let w = view.word_of[t] as usize;
                return syn.lemma.get(w).is_some_and(|l| fits(&lex.grammar.perfect_auxiliary, l));
            }
            Some(Upos::Verb) => return false,
            _ => {}
        }
    }
    false
}

/// The party that stands before a verb and its auxiliary, with no other finite verb in between.
fn before_verb<'p>(view: &View<'_>, parties: &'p [PartyMention], token: usize) -> Option<&'p PartyMention> {
    let mut at = token;
    for t in (token.saturating_sub(7)..token).rev() {
        if view.upos(t) == Some(Upos::Aux) {
            at = t;
            break;
        }
        if view.upos(t) == Some(Upos::Verb) {
            break;
        }
    }
    let p = parties.iter().rev().find(|p| p.tokens.end <= at)?;
    let clear = (p.tokens.end..at)
        .all(|t| !matches!(view.upos(t), Some(Upos::Verb | Upos::Aux)) && !matches!(view.surface(t), ";" | ":" | "»"));
    (clear && at - p.tokens.end <= 8).then_some(p)
}

/// A party as a voice: people of no office who speak are witnesses.
pub fn voice(p: &PartyMention) -> Party {
    if matches!(p.kind, MentionKind::Noun(Class::Civil))
        && !matches!(
            &*p.party.id,
            "generic/medics" | "generic/journalists" | "generic/aid-workers" | "generic/protesters"
        )
    {
        return Party { id: "generic/witness".into(), name: "witness".into(), ..p.party.clone() };
    }
    p.party.clone()
}

/// Finds who says what in a sentence.
pub fn scopes(
    syn: &Syn<'_>,
    view: &View<'_>,
    parties: &[PartyMention],
    lex: &ClaimLexicon,
    known: &Speakers,
    quotes: &[Span],
) -> Vec<Scope> {
    let n = view.len();
    let mut out: Vec<Scope> = Vec::new();
    let speech_verbs: Vec<(usize, Speech)> = (0..syn.len())
        .filter(|i| {
            let w = syn.word(*i);
            let verb = matches!(w.upos, Upos::Verb | Upos::Adj)
                || clitic_after(view, lex, w.token as usize)
                    && w.upos == Upos::Noun
                    && syn.child(*i, &[Dep::Det]).is_none();
            verb && !matches!(w.dep, Dep::Aux | Dep::Cop)
        })
        .filter_map(|i| {
            let t = syn.word(i).token as usize;
            let phrase = lex.speech_phrase(&syn.lemma[i], view.folded.get(t + 1..).unwrap_or_default());
            phrase.or_else(|| lex.speech(&syn.lemma[i])).or_else(|| lex.speech(&syn.form[i])).map(|s| (i, s))
        })
        .collect();
    for (k, &(v, speech)) in speech_verbs.iter().enumerate() {
        let token = syn.word(v).token as usize;
        let passive = syn.passive(v) && !perfect_before(syn, view, lex, token);
        let subject = if passive { syn.agent(v, &lex.grammar) } else { syn.subject(v) };
        // An infinitive after another verb of speech or intention ("a demandé de dire") speaks for nobody.
        if syn.word(v).feats.verb_form == Some(VerbForm::Inf) && syn.dep(v) == Dep::Xcomp {
            continue;
        }
        let mut who = subject.and_then(|s| speaker(syn, view, parties, lex, known, s));
        // Order helps the tree: the party before the verb and its auxiliary, or, after a comma, the one behind it.
        let comma = (token.saturating_sub(4)..token).any(|t| matches!(view.surface(t), "," | "»" | "\"" | "”"));
        let behind = parties.iter().find(|p| {
            p.tokens.start > token
                && p.tokens.start <= token + 9
                && no_break(view, token + 1, p.tokens.start)
                && !addressed(view, lex, token, p.tokens.start)
        });
        let told_before = (0..token.saturating_sub(1)).any(|t| matches!(view.upos(t), Some(Upos::Verb | Upos::Aux)));
        let comma = comma && told_before && !matches!(speech, Speech::Accuse | Speech::Claim);
        if comma
            && let Some(p) = behind
            && subject.is_none_or(|s| (syn.word(s).token as usize) < token)
        {
            who = speaker_mention(view, p, lex, known);
        } else if !passive
            && !comma
            && subject.is_some_and(|s| (syn.word(s).token as usize) > token)
            && let Some(p) = before_verb(view, parties, token)
        {
            // what is reported stands behind the verb, not who reports it
            who = speaker_mention(view, p, lex, known);
        } else if who.is_none() && !passive {
            who = before_verb(view, parties, token).and_then(|p| speaker_mention(view, p, lex, known)).or(who);
        }
        // "…, ajoutant que": who spoke before goes on.
        if syn.present_participle(v) && syn.child(v, &[Dep::Nsubj]).is_none() {
            who =
                out.iter().rev().find_map(|s| s.speaker.clone()).or_else(|| who.clone()).or_else(|| known.last.clone());
        }
        // "attribué à", "accusé de" without an agent: nobody is named who says so.
        if speech == Speech::Accuse && passive && subject.is_none() {
            continue;
        }
        let inverted = {
            comma
                && parties.iter().any(|p| {
                    p.tokens.start > token
                        && p.tokens.start <= token + 9
                        && no_break(view, token + 1, p.tokens.start)
                        && !addressed(view, lex, token, p.tokens.start)
                })
                && !(token + 1..view.len().min(token + 4)).any(|t| {
                    lex.grammar.that.iter().any(|q| q.trim_end_matches('\'') == view.folded[t].trim_end_matches('\''))
                })
        };
        // "…, précise le communiqué": a document or a bare "ministère" behind the verb
        let document = comma
            .then(|| {
                (token + 1..view.len().min(token + 4))
                    .find(|t| lex.documents.contains(&view.folded[*t]) || lex.same.contains(&view.folded[*t]))
            })
            .flatten();
        let document =
            document.filter(|t| behind.is_none_or(|p| p.tokens.start >= *t) && no_break(view, token + 1, *t));
        if document.is_some() && behind.is_none_or(|p| p.assumed) && known.last.is_some() {
            who = known.last.clone();
        }
        let incise = inverted
            || document.is_some()
            || syn.dep(v) == Dep::Parataxis
            || subject.is_some_and(|s| s > v && syn.head(s) == Some(v))
            || clitic_after(view, lex, token);
        if who.is_none() {
            if clitic_after(view, lex, token) {
                who = known.last.clone();
            } else if incise || subject.is_none() {
                who = parties
                    .iter()
                    .find(|p| p.tokens.start > token && p.tokens.start <= token + 4)
                    .or_else(|| parties.iter().rev().find(|p| p.tokens.end <= token && token - p.tokens.end <= 2))
                    .map(voice)
                    .or(who);
            }
        }
        let that =
            (token + 1..n.min(token + 16)).take_while(|t| !matches!(view.surface(*t), ";" | ":" | "»")).find(|t| {
                lex.grammar.that.iter().any(|q| q.trim_end_matches('\'') == view.folded[*t].trim_end_matches('\''))
                    && syn_is_mark(syn, view, *t)
            });
        // The next coordinated verb of speech ends what this one reports.
        let next = speech_verbs[k + 1..]
            .iter()
            .find(|(u, _)| syn.dep(*u) == Dep::Conj && syn.under(*u, v) && syn.head(*u) == Some(v))
            .map_or(n, |(u, _)| subtree_start(syn, *u));
        let quoted_beside = quotes.iter().any(|q| q.overlaps(view.sentence.span));
        if speech == Speech::Weak && that.is_none() && !(incise && quoted_beside) && !clitic_after(view, lex, token) {
            continue;
        }
        if let Some(q) = that {
            out.push(Scope {
                tokens: q + 1..next.max(q + 1),
                speaker: who,
                speech,
                verb: Some(v),
                outer: false,
                reported: past(syn, v),
                beside: false,
            });
        } else if incise && speech != Speech::Deny {
            out.push(Scope {
                tokens: 0..n,
                speaker: who,
                speech,
                verb: Some(v),
                outer: false,
                reported: false,
                beside: true,
            });
        } else {
            let colon = (token..n.min(token + 12)).find(|t| view.surface(*t) == ":");
            let end = if colon.is_some() { n } else { subtree_end(syn, v).max(token + 1).min(next).max(token + 1) };
            // What is reported by a noun or an infinitive: from the verb on; a participle's noun before it, too.
            let start = if passive || syn.dep(v) == Dep::Acl {
                syn.head(v).map_or(0, |h| subtree_start(syn, h)).min(subtree_start(syn, v))
            } else {
                token + 1
            };
            // "le bilan communiqué par l'armée est de cinq morts": what is said of the document is what it says.
            let document = syn.dep(v) == Dep::Acl
                && syn.head(v).is_some_and(|h| {
                    lex.documents.contains(&syn.lemma[h]) || lex.grammar.count_nouns.contains(&syn.lemma[h])
                });
            let end = if document { n } else { end };
            out.push(Scope {
                tokens: start..end.max(start),
                speaker: who,
                speech,
                verb: Some(v),
                outer: false,
                reported: false,
                beside: false,
            });
        }
    }
    for (t, _) in lex.openers.find(view) {
        let who = parties
            .iter()
            .find(|p| p.tokens.start >= t.end && p.tokens.start <= t.end + 4 && no_break(view, t.end, p.tokens.start))
            .or_else(|| parties.iter().find(|p| p.tokens.contains(&(t.end - 1))))
            .map(|p| {
                let bare = p.assumed || &*p.party.id == "generic/source";
                // "la même source", "ce ministère", "le communiqué"
                let same = (t.end..p.tokens.end).any(|k| {
                    fits(&lex.grammar.same, &view.folded[k])
                        || p.assumed && lex.same.contains(&view.folded[k])
                        || lex.grammar.demonstrative.contains(&view.folded[k])
                });
                match &known.last {
                    Some(l) if bare && same => Party { span: p.party.span, ..l.clone() },
                    _ => voice(p),
                }
            })
            .or_else(|| {
                let w = view.word_of.get(t.end).filter(|w| **w != u32::MAX).map(|w| *w as usize)?;
                let mut h = w;
                while !matches!(syn.word(h).upos, Upos::Noun | Upos::Propn) {
                    h = syn.head(h).filter(|x| *x > h && *x < h + 5)?;
                }
                speaker(syn, view, parties, lex, known, h)
            });
        let Some(who) = who else { continue };
        // "un réseau de sources" attributes nothing; "de source médicale" does.
        if t.len() == 2 && fits(&lex.grammar.no_opener, &view.folded[t.start]) && matches!(&*who.id, "generic/source") {
            continue;
        }
        let quoted_by = fits(&lex.grammar.quoting, &view.folded[t.start]);
        // An attribution holds for its clause: back to the last semicolon or contrast, on to the next.
        let from = (0..t.start).rev().find(|k| clause_break(view, lex, *k)).map_or(0, |k| k + 1);
        let to = (t.end..n).find(|k| clause_break(view, lex, *k)).unwrap_or(n);
        out.push(Scope {
            tokens: from..to,
            speaker: Some(who),
            speech: Speech::Say,
            verb: None,
            outer: quoted_by,
            reported: false,
            beside: true,
        });
    }
    // A sentence of nothing but quotation, or one that goes on with it: the last speaker.
    if let Some(last) = &known.last
        && out.iter().all(|s| !s.beside)
    {
        let spans: Vec<Range<usize>> = quote_tokens(view, quotes);
        for q in spans {
            let starts = q.start <= 1 && (known.inside_quote || q.len() * 3 >= n * 2);
            if starts && !out.iter().any(|s| s.tokens.start <= q.start && s.tokens.end >= q.end) {
                out.push(Scope {
                    tokens: q,
                    speaker: Some(last.clone()),
                    speech: Speech::Say,
                    verb: None,
                    outer: false,
                    reported: false,
                    beside: false,
                });
            }
        }
    }
    out
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

fn clause_break(view: &View<'_>, lex: &ClaimLexicon, t: usize) -> bool {
    view.surface(t) == ";" || (t > 0 && view.surface(t - 1) == "," && fits(&lex.grammar.contrast, &view.folded[t]))
}

fn no_break(view: &View<'_>, from: usize, to: usize) -> bool {
    (from..to).all(|t| !matches!(view.surface(t), "," | ";" | ":" | "." | "«" | "»"))
}

/// `a-t-il ajouté`, `dit-elle`: a clitic subject tied by a hyphen near the verb.
fn clitic_after(view: &View<'_>, lex: &ClaimLexicon, token: usize) -> bool {
    let from = token.saturating_sub(2);
    (from..(token + 3).min(view.len())).any(|t| fits(&lex.grammar.subject_clitics, &view.folded[t]))
}

fn syn_is_mark(syn: &Syn<'_>, view: &View<'_>, token: usize) -> bool {
    let w = view.word_of.get(token).copied().unwrap_or(u32::MAX);
    syn.tree.words.get(w as usize).is_none_or(|w| w.upos != Upos::Pron)
}

fn past(syn: &Syn<'_>, v: usize) -> bool {
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

/// One past the last token under a word.
pub fn subtree_end(syn: &Syn<'_>, i: usize) -> usize {
    extent(syn, i).end
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
