//! The words that attribute: verbs of speech, openers such as “selon”, documents with an author.

use std::ops::Range;

use recoupe_mention::Party;
use recoupe_syntax::{Dep, Upos, VerbForm};
use recoupe_text::Span;

use super::order::{behind_unparted, closes, had_verb, inverted, put_last, start_of_told, swallowed};
use super::speaker::{self, Np, Who};
use super::{Text, leaning, verbless};
use crate::lex::{Speech, fits};

/// How what is said stands to the words that attribute it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// “… dit que …”: from this token on.
    That(usize),
    /// “… dit : …”: from this token on.
    Colon(usize),
    /// “… affirme avoir …”, “… annonce la mort de …”: what stands behind the verb.
    Behind,
    /// “…, a dit X”: the clause it is put into.
    Beside,
    /// “selon X, …”, “…, selon X”.
    Opener,
    /// “… annoncé par X”: the noun the participle hangs on.
    Noun(usize),
}

/// One attribution.
#[derive(Debug)]
pub(super) struct Head {
    /// Its words, without who speaks.
    pub tokens: Range<usize>,
    /// One past the last token of it and of who speaks, where that stands behind it.
    pub end: usize,
    /// Word of the verb.
    pub verb: Option<usize>,
    pub speech: Speech,
    pub form: Form,
    pub who: Option<Who>,
    /// Who it turned out to be.
    pub speaker: Option<Party>,
    /// Cites the other speakers of the sentence.
    pub outer: bool,
}

impl Head {
    /// One without a verb of speech, put beside what is said.
    pub(super) fn verbless(tokens: Range<usize>, np: Np) -> Self {
        let (speech, form) = (Speech::Say, Form::Beside);
        Self { tokens, end: np.end, verb: None, speech, form, who: Some(np.who), speaker: None, outer: false }
    }
}

/// All attributions of a sentence, by position.
pub(super) fn find(x: &Text<'_, '_>, quotes: &[Span]) -> Vec<Head> {
    let mut out: Vec<Head> = Vec::new();
    for i in 0..x.syn.len() {
        if let Some(h) = speech_at(x, i).and_then(|s| of_verb(x, i, s, quotes, &out)) {
            out.push(h);
        }
    }
    verbless::openers(x, &mut out);
    verbless::read_in(x, &mut out);
    verbless::authored(x, &mut out);
    verbless::told_back(x, &mut out);
    verbless::learned(x, &mut out);
    verbless::bracketed(x, &mut out);
    verbless::labelled(x, &mut out);
    verbless::announced(x, &mut out);
    verbless::listed(x, &mut out);
    verbless::for_whom(x, &mut out);
    verbless::stands_at(x, &mut out);
    out.sort_by_key(|h| h.tokens.start);
    leaning::gapped(x, &mut out);
    leaning::summed_up(x, &mut out);
    settle(x, &mut out);
    cited(x, &mut out);
    out
}

/// “L'agence, citant le ministère, fait état de …”: who cites passes on what the one cited says.
fn cited(x: &Text<'_, '_>, heads: &mut [Head]) {
    let citing = |h: &Head| h.form == Form::Opener && cites(x, h.tokens.start) && h.speaker.is_some();
    for k in 0..heads.len() {
        if !citing(&heads[k]) {
            continue;
        }
        let at = heads[k].tokens.start;
        let apart = |o: &Head| (o.tokens.start.min(at)..o.tokens.start.max(at)).any(|t| x.view.surface(t) == ";");
        for (o, h) in heads.iter_mut().enumerate() {
            if o != k && !citing(h) && !apart(h) {
                h.outer = true;
            }
        }
    }
}

/// Whether an opener cites somebody (`citant`), unlike one by whom somebody is cited (`cité par`).
pub(super) fn cites(x: &Text<'_, '_>, token: usize) -> bool {
    let quotes = |t: usize| x.view.folded.get(t).is_some_and(|f| fits(&x.lex.grammar.quoting, f));
    quotes(token) && fits(&x.lex.grammar.present_participles, &x.view.folded[token])
        // "selon la chaîne Al-Nahar, qui cite une source médicale"
        || fits(&x.lex.grammar.relative, &x.view.folded[token]) && quotes(token + 1)
}

/// Reads the sentence in order: who “the same source” and “il” are.
fn settle(x: &Text<'_, '_>, heads: &mut [Head]) {
    for k in 0..heads.len() {
        let earlier = heads[..k].iter().rev().filter(|h| !h.outer).find_map(|h| h.speaker.clone());
        let at = heads[k].tokens.start;
        heads[k].speaker = match heads[k].who.take() {
            None => None,
            Some(Who::Told(p)) => Some(p),
            Some(Who::Document) => {
                let span = x.view.sentence.tokens[at].span;
                let by = x.known.document.clone().or_else(|| x.known.anybody());
                earlier.or(by).map(|p| Party { span, ..p })
            }
            Some(Who::Again(own)) => {
                let span = own.as_ref().map_or_else(|| x.view.sentence.tokens[at].span, |p| p.span);
                earlier.or_else(|| x.known.anybody()).map(|p| Party { span, ..p }).or(own)
            }
            Some(Who::Their(own)) => {
                let span = own.as_ref().map(|p| p.span);
                let owner = earlier.or_else(|| x.known.owner());
                owner.map(|p| Party { span: span.unwrap_or(p.span), ..p }).or(own)
            }
            Some(Who::Pronoun(gender, number)) => earlier.or_else(|| x.known.stands_for(gender, number)),
            Some(Who::Latter(gender, number)) => earlier.or_else(|| x.known.latter(gender, number)),
        };
    }
}

/// Whether a word is a verb of speech, alone or with the words behind it.
fn speech_at(x: &Text<'_, '_>, i: usize) -> Option<Speech> {
    let w = x.syn.word(i);
    let t = w.token as usize;
    let verb = matches!(w.upos, Upos::Verb | Upos::Adj)
        || clitic_after(x, t) && w.upos == Upos::Noun && x.syn.child(i, &[Dep::Det]).is_none();
    let phrase = x.lex.speech_phrase(&x.syn.lemma[i], x.view.folded.get(t + 1..).unwrap_or_default());
    // "a fait savoir": the verb of a phrase may be taken for an auxiliary
    if phrase.is_some() && matches!(w.upos, Upos::Verb | Upos::Aux) {
        return phrase;
    }
    if !verb {
        return misread(x, i);
    }
    if matches!(w.dep, Dep::Aux | Dep::Cop) {
        return None;
    }
    // the second verb of such a phrase
    if t > 0
        && x.view.word_of.get(t - 1).is_some_and(|p| {
            x.syn.lemma.get(*p as usize).is_some_and(|l| x.lex.speech_phrase(l, &x.view.folded[t..]).is_some())
        })
    {
        return None;
    }
    // An infinitive after another verb ("a demandé de dire", "pour dénoncer") speaks for nobody.
    if w.feats.verb_form == Some(VerbForm::Inf) && matches!(w.dep, Dep::Xcomp | Dep::Advcl | Dep::Acl) {
        return None;
    }
    x.lex.speech(&x.syn.lemma[i]).or_else(|| x.lex.speech(&x.syn.form[i])).or_else(|| {
        // "Kiev accuse par ailleurs l'armée": a form taken for the participle of a verb that does not exist
        let bare = w.feats.verb_form == Some(VerbForm::Part) && x.syn.child(i, &[Dep::Aux]).is_none();
        (bare && matches!(w.dep, Dep::Root | Dep::Parataxis | Dep::Conj)).then(|| finite_of(x, i)).flatten()
    })
}

/// The speech of a verb whose finite form a word looks like.
fn finite_of(x: &Text<'_, '_>, i: usize) -> Option<Speech> {
    let form = &x.syn.form[i];
    x.lex.grammar.finite.iter().find_map(|[end, infinitive]| {
        let lemma = format!("{}{infinitive}", form.strip_suffix(end.as_str())?);
        x.lex.speech(&lemma)
    })
}

/// A verb of speech that the parser took for a noun or a name: nothing that goes with a noun stands before it.
pub(super) fn misread(x: &Text<'_, '_>, i: usize) -> Option<Speech> {
    let w = x.syn.word(i);
    let t = w.token as usize;
    let noun = matches!(w.upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::X);
    let before = t.checked_sub(1).and_then(|p| x.view.upos(p));
    // "nouveau communiqué :" looks like the verb of its documents
    // … but "l'armée libanaise annonce que" is the verb
    let conjunction = x
        .view
        .folded
        .get(t + 1)
        .is_some_and(|f| x.lex.grammar.that.iter().any(|q| q.trim_end_matches('\'') == f.trim_end_matches('\'')));
    let document = x.lex.documents.contains(&x.syn.lemma[i]) && before == Some(Upos::Adj) && !conjunction;
    // "comme l'assure la présidence": the article is a pronoun there
    if noun && t > 1 && x.lex.voices.as_said.before(&x.view.folded, t - 1).is_some() {
        return finite_of(x, i);
    }
    if document || !noun || x.view.capital(t) || t == 0 || matches!(before, Some(Upos::Det | Upos::Adp | Upos::Num)) {
        return None;
    }
    finite_of(x, i)
}

/// First token of a verb with its auxiliaries, clitics and negation.
fn group_start(x: &Text<'_, '_>, token: usize) -> usize {
    let mut t = token;
    while t > 0 && token - t < 6 {
        let before = t - 1;
        // the longest of them is "nous", "leur"
        let pronoun = matches!(x.view.upos(before), Some(Upos::Pron)) && x.view.surface(before).chars().count() <= 4;
        let little = matches!(x.view.upos(before), Some(Upos::Aux))
            || fits(&x.lex.grammar.subject_clitics, &x.view.folded[before])
            || (matches!(x.view.upos(before), Some(Upos::Adv)) && t != token
                || x.lex.negation.contains(&x.view.folded[before]))
            || pronoun && !fits(&x.lex.grammar.relative, x.view.folded[before].trim_end_matches('\''));
        let adverb_inside = matches!(x.view.upos(before), Some(Upos::Adv))
            && before > 0
            && matches!(x.view.upos(before - 1), Some(Upos::Aux));
        if !(little || adverb_inside) {
            break;
        }
        t = before;
    }
    // "a de son côté annoncé": the auxiliary stands further off
    if t == token
        && let Some(aux) = (token.saturating_sub(6)..token).rev().find(|k| x.view.upos(*k) == Some(Upos::Aux))
        && (aux + 1..token).all(|k| {
            !matches!(x.view.upos(k), Some(Upos::Verb | Upos::Pron | Upos::Cconj | Upos::Sconj))
                && !matches!(x.view.surface(k), ";" | ":" | "«" | "»")
        })
        && (x.view.surface(aux + 1) == ","
            || fits(&x.lex.grammar.circumstances, &x.view.folded[aux + 1])
            || fits(&x.lex.grammar.of, x.view.folded[aux + 1].trim_end_matches('\''))
            || x.times.iter().any(|r| r.contains(&(aux + 1))))
    {
        return group_start(x, aux);
    }
    t
}

fn of_verb(x: &Text<'_, '_>, v: usize, speech: Speech, quotes: &[Span], before: &[Head]) -> Option<Head> {
    let (syn, view, lex) = (x.syn, x.view, x.lex);
    let token = syn.word(v).token as usize;
    let start = group_start(x, token);
    let clitic = clitic_after(x, token);
    let mut end = token + 1;
    while end < view.len() && fits(&lex.grammar.subject_clitics, &view.folded[end]) {
        end += 1;
    }
    // the rest of a phrase ("savoir", "état")
    if lex.speech_phrase(&syn.lemma[v], view.folded.get(end..).unwrap_or_default()).is_some() {
        end += 1;
    }
    let phrase = lex.speech_phrase(&syn.lemma[v], view.folded.get(token + 1..).unwrap_or_default()).is_some();
    let invented = lex.speech(&syn.lemma[v]).is_none() && lex.speech(&syn.form[v]).is_none() && !phrase;
    let inverted = inverted(x, token, end) || invented && syn.word(v).upos == Upos::Verb;
    let participle = syn.word(v).feats.verb_form == Some(VerbForm::Part)
        && start == token
        && !phrase
        && !syn.present_participle(v)
        && !inverted;
    let passive = if participle {
        syn.passive(v) || syn.agent(v, &lex.grammar).is_some()
    } else {
        !phrase && !inverted && syn.passive(v) && !perfect(x, start, token) && !syn.reflexive(v, &lex.grammar)
    };
    let head = |form, who, upto: usize| Head {
        tokens: start..end,
        end: upto,
        verb: Some(v),
        speech,
        form,
        who,
        speaker: None,
        outer: false,
    };
    if passive || participle {
        // "annoncé par X", "ont été recensés par X"; without an agent nobody is named who says so
        // "interrogé par l'AFP": who asks does not say
        if lex.voices.asked.contains(&syn.lemma[v]) {
            return None;
        }
        // "est porté à quatre morts et plus de vingt blessés, dont deux journalistes, par le gouverneur"
        let far = if speech == Speech::Weak && !participle && counted(x, end) { 22 } else { 9 };
        let by = (end..view.len().min(end + far)).find(|t| fits(&lex.grammar.by, &view.folded[*t]))?;
        if !speaker::clear(x, end, by) {
            return None;
        }
        // "cité par": an opener of its own
        if x.lex.openers.find(view).any(|(t, _)| t.contains(&by) && t.len() > 1) {
            return None;
        }
        let np = speaker::np(x, by + 1)?;
        // "publié par Jean Diallo" is the line of whoever wrote the page
        let writer = speech == Speech::Weak && matches!(&np.who, Who::Told(p) if p.id.starts_with("person/"));
        if writer {
            return None;
        }
        let who = Some(np.who);
        let form = match syn.head(v).filter(|_| participle && syn.dep(v) == Dep::Acl) {
            Some(h) => Form::Noun(h),
            None => Form::Beside,
        };
        return Some(head(form, who, np.end));
    }
    let next = speaker::skip_circumstances(x, end);
    let that = that(x, end, next);
    // "…, ce qui porte à 58 le total": what was told does, and nobody says it
    let summed = (start.saturating_sub(3)..start).any(|t| lex.grammar.sums_up.stand_at(&view.folded, t));
    if speech == Speech::Weak && that.is_none() && summed {
        return None;
    }
    let told_before =
        (0..start.saturating_sub(1)).any(|t| matches!(view.upos(t), Some(Upos::Verb | Upos::Aux | Upos::Noun)));
    let mark = start.checked_sub(1).map(|t| view.surface(t));
    let parted = mark.is_some_and(|m| matches!(m, "," | "»" | "\"" | "”" | "–" | "—" | "-" | "("));
    let quoted_beside = quotes.iter().any(|q| q.overlaps(view.sentence.span));
    let own = syn.child(v, &[Dep::Nsubj]).is_some_and(|s| {
        let t = syn.word(s).token as usize;
        // the subject of what is told is taken for that of a verb put behind it
        t < start && speaker::of_word(x, s).is_some() && (t + 1..start).filter(|k| view.surface(*k) == ",").count() != 1
    });
    // "Cinq réfugiés, dont deux enfants, ont péri, disent des anciens": the subject has had its verb
    let own = own && !(parted && closes(x, next) && had_verb(x, v, start));
    let inserted = parted && told_before && !own && !syn.present_participle(v) && !matches!(speech, Speech::Claim);
    // "…, a-t-il ajouté", "…, indique-t-on"
    if clitic {
        if speech == Speech::Weak && that.is_none() && !quoted_beside && !parted {
            return None;
        }
        let impersonal = (start..end).any(|t| fits(&lex.grammar.impersonal, &view.folded[t]));
        let document = speaker::document_within(x, end, end + 6);
        let who = match document {
            Some(t) => speaker::np(x, t).map(|np| np.who),
            None if impersonal => None,
            // put behind what is told, a pronoun is whoever told the sentence before
            None => Some(Who::Again(None)),
        };
        return Some(match that {
            Some(q) if !inserted => head(Form::That(q + 1), who, end),
            _ => head(Form::Beside, who, end),
        });
    }
    if that.is_none()
        && !start_of_told(x, end, next)
        && let Some(who) = put_last(x, v, start)
    {
        return Some(head(Form::Beside, Some(who), end));
    }
    let colon = (end..view.len().min(end + 14)).find(|t| view.surface(*t) == ":");
    let unparted = || behind_unparted(x, v, start, next);
    if let Some(np) = (!inserted && that.is_none() && colon.is_none()).then(unparted).flatten() {
        return Some(head(Form::Beside, Some(np.who), np.end));
    }
    if inserted && that.is_none() {
        // "…, a dit (jeudi) (à la presse) X"
        let nobody = |w: &Who| matches!(w, Who::Told(p) if &*p.id == "generic/witness" && counted(x, next));
        // "…, joint au téléphone, parle lui de douze morts": the pronoun only insists
        let insists =
            view.folded.get(next).is_some_and(|f| lex.voices.stressed.contains(f) && !lex.voices.near.contains(f));
        let behind = speaker::np(x, next).filter(|np| np.speaks && !nobody(&np.who) && !insists);
        if let Some(np) = behind.or_else(|| swallowed(x, end, next)) {
            return Some(head(Form::Beside, Some(np.who), np.end));
        }
    }
    // "…, comme l'assure la présidence depuis mardi"
    let like = (start.saturating_sub(2)..=start).any(|t| {
        lex.voices.as_said.at(&view.folded, t).is_some_and(|n| t + n == start || t + n == token - 1 || t + n == token)
    });
    if like
        && that.is_none()
        && let Some(np) = speaker::np(x, next).filter(|np| np.speaks && matches!(np.who, Who::Told(_)))
    {
        return Some(head(Form::Beside, Some(np.who), np.end));
    }
    // "C'est ce qu'a annoncé le ministère": who speaks stands behind
    // so it does in "un bilan que confirme le ministère"
    let tally = |t: usize| x.lex.grammar.tallies.contains(&view.folded[t]) && start + 1 >= token;
    let dem = |t: usize| x.lex.grammar.demonstrative.contains(&view.folded[t]) || tally(t);
    let that_one =
        |t: usize| x.lex.grammar.that.iter().any(|q| q.trim_end_matches('\'') == view.folded[t].trim_end_matches('\''));
    let back = (start.saturating_sub(2)..token.saturating_sub(1)).any(|t| that_one(t + 1) && dem(t));
    let behind = back.then(|| speaker::np(x, next)).flatten().filter(|np| np.speaks).map(|np| np.who);
    let who = behind.or_else(|| subject(x, v, start, before));
    // "compte 23 morts", "donne un bilan de": a figure that somebody who speaks puts forward
    let stands = matches!(&who, Some(Who::Pronoun(..) | Who::Latter(..))) && numbered(x, end);
    // "ont perdu 40 soldats et comptent 80 blessés": who suffered counts their own
    let own_losses = syn.dep(v) == Dep::Conj
        && syn.head(v).is_some_and(|h| syn.word(h).upos == Upos::Verb && lex.speech(&syn.lemma[h]).is_none());
    // "l'ONU en retient vingt": of those told before
    let anew = (start..token).any(|t| lex.tolls.of_them.contains(&view.folded[t])) && numbered(x, end);
    let puts_forward = !own_losses
        && (counted(x, end) || anew || back || restated(x, end))
        && (stands
            || matches!(&who, Some(Who::Told(p)) if speaks_of_others(p) || numbered(x, end) && &*p.id == "generic/witness"));
    // "a revu son bilan à la hausse : …": what follows takes its own count apart
    let recounts = colon.is_some_and(|c| {
        let own = (end..c.min(end + 4)).any(|t| lex.grammar.tallies.contains(&view.folded[t]));
        own && lex.casualties.find(view).any(|(t, _)| t.start > c)
    }) && matches!(&who, Some(Who::Told(p)) if speaks_of_others(p));
    let introduces = that.is_some() || recounts || quoted_beside && (inserted || colon.is_some());
    if speech == Speech::Weak && !introduces && !puts_forward {
        return None;
    }
    let form = match (that, colon) {
        (Some(q), _) => Form::That(q + 1),
        // "fait état de 41 morts : 20 hommes, …": the figure stands before the colon, and what follows only takes it apart
        (None, Some(c)) if speaker::clear_of_verbs(x, end, c) && !figure_within(x, end, c) => Form::Colon(c + 1),
        // "X, a-t-on appris": beside, whoever it is
        _ if inserted && next >= view.len().saturating_sub(1) && who.is_some() && syn.dep(v) == Dep::Parataxis => {
            Form::Beside
        }
        _ => Form::Behind,
    };
    Some(head(form, who, end))
}

/// Whether somebody is known for what they say, not for what they do or suffer.
fn speaks_of_others(p: &Party) -> bool {
    // a body the packs know by name, such as a union of doctors
    !p.id.starts_with("generic/")
        || p.status != recoupe_mention::Status::Civilian && !matches!(&*p.id, "generic/witness" | "generic/people")
        || matches!(&*p.id, "generic/medics" | "generic/religious-leader")
}

/// Whether a figure of victims stands at a token: those are what is told, not who tells.
fn counted(x: &Text<'_, '_>, at: usize) -> bool {
    // "un bilan plus élevé, 21 morts"
    let at = past_insisting(x, at);
    let tally = (at..x.view.len().min(at + 3)).any(|t| x.lex.grammar.tallies.contains(&x.view.folded[t]));
    let within = if tally { 9 } else { 6 };
    x.lex.casualties.find(x.view).any(|(t, _)| t.start >= at && t.start < at + within)
}

/// Whether a figure of victims stands between two tokens.
fn figure_within(x: &Text<'_, '_>, from: usize, to: usize) -> bool {
    (from..to).any(|t| x.view.upos(t) == Some(Upos::Num))
        && x.lex.casualties.find(x.view).any(|(t, _)| t.start >= from && t.end <= to)
}

/// Behind a pronoun between commas that only insists on who speaks: “un habitant compte, lui, douze corps”.
fn past_insisting(x: &Text<'_, '_>, at: usize) -> usize {
    let comma = |t: usize| t < x.view.len() && x.view.surface(t) == ",";
    let stressed = |t: usize| x.view.folded.get(t).is_some_and(|f| x.lex.voices.stressed.contains(f));
    if comma(at) && stressed(at + 1) && comma(at + 2) { at + 3 } else { at }
}

/// Whether the count told before stands behind a verb: “un élu donne le même nombre”.
fn restated(x: &Text<'_, '_>, at: usize) -> bool {
    (at..x.view.len().min(at + 4)).any(|t| x.lex.tolls.same_count.stand_at(&x.view.folded, t))
}

/// Whether a figure stands right behind a verb: “un habitant a compté douze corps”.
fn numbered(x: &Text<'_, '_>, at: usize) -> bool {
    let at = past_insisting(x, at);
    (at..x.view.len().min(at + 3)).any(|t| x.view.upos(t) == Some(Upos::Num))
}

/// Who speaks, before the verb.
fn subject(x: &Text<'_, '_>, v: usize, start: usize, before: &[Head]) -> Option<Who> {
    let (syn, view) = (x.syn, x.view);
    // nobody goes on behind a semicolon with a subject of their own
    let parted = |h: &&Head| !(h.end.min(start)..start).any(|t| view.surface(t) == ";");
    let earlier = || before.iter().rev().filter(parted).find_map(|h| h.who.clone());
    let participle = syn.present_participle(v) && syn.child(v, &[Dep::Nsubj]).is_none();
    // whose verb it goes with, not the noun it happens to stand behind
    let of_clause = || {
        let mut at = syn.head(v)?;
        while !syn.finite(at) {
            at = syn.head(at)?;
        }
        speaker::of_word(x, syn.child(at, &[Dep::Nsubj])?)
    };
    // "Dénonçant …, l'armée appelle …": the subject of a participle may stand behind it
    let told = syn
        .subject(v)
        .filter(|s| participle || (syn.word(*s).token as usize) < start.max(1))
        .filter(|s| participle || !(syn.word(*s).token as usize..start).any(|t| view.surface(t) == ";"))
        // "un habitant joint par notre rédaction compte …": a complement is no subject
        .filter(|s| participle || !speaker::complement_of_passive(x, syn.word(*s).token as usize))
        .and_then(|s| speaker::of_word(x, s));
    // "…, ajoutant que": who spoke before goes on
    if participle {
        return earlier()
            .or_else(of_clause)
            .or(told)
            .or_else(|| speaker::before_verb(x, start))
            .or(Some(Who::Again(None)));
    }
    // "Ce dernier évoque douze morts"
    if x.lex.voices.latter.before(&view.folded, start).is_some() {
        return Some(Who::Latter(None, None));
    }
    // "…, et admet": right behind the conjunction nobody else can speak
    if start > 0
        && fits(&x.lex.grammar.and, &view.folded[start - 1])
        && let Some(p) = earlier()
    {
        return Some(p);
    }
    let own = syn.child(v, &[Dep::Nsubj]).is_some() || matches!(syn.dep(v), Dep::Conj | Dep::Acl);
    if own && told.is_some() {
        return told;
    }
    // "X a dit … et a ajouté que": coordinated verbs of one mouth
    if start > 0 && (fits(&x.lex.grammar.and, &view.folded[start - 1]) || view.surface(start - 1) == ",") {
        let p = earlier();
        if p.is_some() {
            return p;
        }
    }
    // "il avance le chiffre de": the pronoun stands in the verb's group
    let token = syn.word(v).token as usize;
    let pronoun = (start.saturating_sub(1)..token)
        .filter_map(|t| syn.tree.words.get(*view.word_of.get(t)? as usize))
        .find(|w| w.upos == Upos::Pron && fits(&x.lex.grammar.pronouns, &recoupe_text::fold(&w.form)));
    if let (None, Some(w)) = (&told, pronoun) {
        return Some(Who::Pronoun(w.feats.gender, w.feats.number));
    }
    speaker::before_verb(x, start).or(told).or_else(|| {
        // "Un précédent décompte, samedi, faisait état de …"
        let clause =
            (0..start).rev().take_while(|t| !matches!(view.upos(*t), Some(Upos::Verb)) && view.surface(*t) != ";");
        let document = clause
            .take(10)
            .any(|t| x.lex.documents.contains(&view.folded[t]) || x.lex.grammar.tallies.contains(&view.folded[t]));
        document.then_some(Who::Document)
    })
}

/// The conjunction that opens what is said: right behind the verb, or behind circumstances.
fn that(x: &Text<'_, '_>, from: usize, next: usize) -> Option<usize> {
    let is = |t: usize| {
        x.view.folded.get(t).is_some_and(|f| {
            let f = f.trim_end_matches('\'');
            x.lex.grammar.that.iter().any(|q| q.trim_end_matches('\'') == f)
        }) && x.view.word_of.get(t).and_then(|w| x.syn.tree.words.get(*w as usize)).is_none_or(|w| w.upos != Upos::Pron)
    };
    if is(next) {
        return Some(next);
    }
    (from..x.view.len().min(from + 14))
        .take_while(|t| !matches!(x.view.surface(*t), ";" | ":" | "»"))
        .find(|t| is(*t))
        .filter(
            // a relative "que" further on belongs to what is told
            |q| speaker::clear_of_verbs(x, from, *q),
        )
}

/// Whether the auxiliary of the perfect stands in a verb group: then it is no passive.
fn perfect(x: &Text<'_, '_>, start: usize, token: usize) -> bool {
    let aux: Vec<usize> = (start..token).filter(|t| x.view.upos(*t) == Some(Upos::Aux)).collect();
    match aux[..] {
        [one] => {
            let w = x.view.word_of[one] as usize;
            x.syn.lemma.get(w).is_some_and(|l| fits(&x.lex.grammar.perfect_auxiliary, l))
        }
        _ => false,
    }
}

/// `a-t-il ajouté`, `dit-elle`: a clitic subject tied by a hyphen near the verb.
fn clitic_after(x: &Text<'_, '_>, token: usize) -> bool {
    let from = token.saturating_sub(2);
    (from..(token + 2).min(x.view.len())).any(|t| fits(&x.lex.grammar.subject_clitics, &x.view.folded[t]))
}
