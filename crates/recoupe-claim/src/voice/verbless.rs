//! Attributions without a verb of speech: “selon X”, “de source médicale”, “le bilan établi par X”, “(ministère)”.

use recoupe_mention::{Class, MentionKind};
use recoupe_syntax::{Dep, Number, Upos};

use super::Text;
use super::heads::{Form, Head, cites};
use super::speaker::{self, Np, Who};
use crate::lex::{Speech, fits};

/// “selon X”, “de source médicale”, “cité par X”.
pub(super) fn openers(x: &Text<'_, '_>, out: &mut Vec<Head>) {
    let mut last_end = 0;
    for (t, _) in x.lex.openers.find(x.view) {
        if t.start < last_end {
            continue; // "selon un bilan compilé auprès de sources médicales": one attribution
        }
        // "selon un bilan de l'AFP établi à partir de sources locales": whose count it is, not where it comes from
        let one = last_end > 0
            && t.start - last_end <= 5
            && x.parties.iter().all(|p| p.tokens.start < last_end || p.tokens.end > t.start);
        let joined = (last_end..t.start).all(|k| !matches!(x.view.surface(k), "," | ";" | ":"));
        if one && joined && fits(&x.lex.grammar.no_opener, &x.view.folded[t.start]) {
            continue;
        }
        let inside = x.parties.iter().find(|p| p.tokens.contains(&(t.end - 1)));
        let relative = x.view.folded.get(t.end).is_some_and(|f| fits(&x.lex.voices.whom, f));
        let np = match inside {
            None if relative => relative_to(x, out, t.start, t.end),
            Some(p) => Some(Np { who: Who::Told(speaker::voice(p)), end: p.tokens.end, speaks: true }),
            None => speaker::np(x, t.end),
        };
        let Some(np) = np else { continue };
        // "d'après les témoignages recueillis par nos équipes": what the outlet's own people gathered
        let np = match gathered(x, np.end) {
            Some(end) => Np { who: Who::Told(speaker::outlet(x.view.span(&(t.start..t.end)))), end, speaks: true },
            None => np,
        };
        // "selon les sources": nobody in particular
        let bare = x.view.surface(t.end.min(x.view.len() - 1)) != ","
            && x.lex.voices.nobody.at(&x.view.folded, t.end).is_some_and(|n| {
                let border = t.end + n;
                border >= x.view.len() || x.view.upos(border) == Some(Upos::Punct)
            });
        if bare {
            continue;
        }
        // "un réseau de sources" attributes nothing; "de source médicale" does, and "apprend-on de sources concordantes".
        let unnamed = matches!(&np.who, Who::Told(p) if &*p.id == "generic/source");
        let learned = t.start > 0 && (t.start.saturating_sub(3)..t.start).any(|k| learns(x, k));
        if unnamed && t.len() == 2 && fits(&x.lex.grammar.no_opener, &x.view.folded[t.start]) && !learned {
            continue;
        }
        last_end = np.end;
        out.push(Head {
            tokens: t.clone(),
            end: np.end,
            verb: None,
            speech: Speech::Say,
            form: Form::Opener,
            who: Some(np.who),
            speaker: None,
            outer: fits(&x.lex.grammar.quoting, &x.view.folded[t.start]) && !cites(x, t.start),
        });
    }
}

/// One past “recueillis par nos équipes”, where that stands near a token.
fn gathered(x: &Text<'_, '_>, from: usize) -> Option<usize> {
    let n = x.view.len();
    let by = (from..n.min(from + 4))
        .take_while(|t| x.view.upos(*t) != Some(Upos::Punct))
        .find(|t| fits(&x.lex.grammar.by, &x.view.folded[*t]))?;
    let ours = by + 2 < n && x.lex.voices.ours.contains(&x.view.folded[by + 1]);
    let people = || x.lex.voices.correspondents.iter().any(|w| x.view.folded[by + 2].starts_with(w.as_str()));
    (ours && people()).then_some(by + 3)
}

/// “les ONG, selon lesquelles …”: whoever stands right before the relative clause.
fn relative_to(x: &Text<'_, '_>, heads: &[Head], at: usize, pronoun: usize) -> Option<Np> {
    let end = at.checked_sub(1).filter(|t| x.view.surface(*t) == ",").unwrap_or(at);
    let near = |to: usize| to <= end && end - to <= 3;
    // "a dit un officier, selon qui …": who has just been said to speak
    let speaks =
        heads.iter().rev().find(|h| near(h.end) && matches!(h.who, Some(Who::Told(_)))).and_then(|h| h.who.clone());
    let who = speaks.or_else(|| {
        let p = x.parties.iter().rfind(|p| near(p.tokens.end))?;
        Some(Who::Told(speaker::voice(p)))
    })?;
    Some(Np { who, end: pronoun + 1, speaks: true })
}

/// “…, peut-on lire dans le communiqué”: nobody's verb, but somebody's document.
pub(super) fn read_in(x: &Text<'_, '_>, out: &mut Vec<Head>) {
    for t in (0..x.view.len()).filter(|t| fits(&x.lex.grammar.impersonal, &x.view.folded[*t])) {
        if out.iter().any(|h| h.tokens.start <= t && t < h.end) {
            continue;
        }
        let Some(np) = speaker::document_within(x, t + 1, t + 7).and_then(|d| speaker::np(x, d)) else { continue };
        out.push(Head::verbless(t..t + 1, np));
    }
}

/// “le bilan établi par les médecins”, “un décompte du ministère”: what a document counts, its author says.
pub(super) fn authored(x: &Text<'_, '_>, out: &mut Vec<Head>) {
    for w in 0..x.syn.len() {
        let t = x.syn.word(w).token as usize;
        if x.syn.word(w).upos != Upos::Noun || !x.lex.grammar.tallies.contains(&x.syn.lemma[w]) {
            continue;
        }
        if out.iter().any(|h| h.tokens.start <= t && t < h.end) {
            continue;
        }
        let end = x.view.len();
        let stop = (t + 1..end.min(t + 9))
            .find(|k| matches!(x.view.surface(*k), "," | ";" | ":" | "."))
            .unwrap_or(end.min(t + 9));
        // "établi par les médecins" says whose it is; "de ce massacre mené par" does not
        let own = |k: usize| {
            (t + 1..k).all(|j| {
                !matches!(x.view.upos(j), Some(Upos::Det | Upos::Propn)) || x.times.iter().any(|r| r.contains(&j))
            })
        };
        // "le bilan de l'attaque de Bagdad dressé par la police": what stands before "par" says that it was given out
        let given = |k: usize| {
            let w = x.view.word_of.get(k - 1).map(|w| *w as usize);
            w.and_then(|w| x.syn.lemma.get(w)).is_some_and(|l| x.lex.voices.gives.contains(l))
        };
        let far = end.min(t + 16);
        let by = (t + 1..stop.max(far))
            .take_while(|k| !matches!(x.view.surface(*k), ";" | ":" | "."))
            .find(|k| fits(&x.lex.grammar.by, &x.view.folded[*k]) && (given(*k) || *k < stop && own(*k)));
        let stop = by.map_or(stop, |b| stop.max(end.min(b + 9)));
        let link = by.or_else(|| {
            (t + 1..stop.min(t + 4)).find(|k| fits(&x.lex.grammar.of, x.view.folded[*k].trim_end_matches('\'')))
        });
        let Some(link) = link.filter(|l| speaker::clear_of_finite(x, t + 1, *l)) else { continue };
        // "un bilan de 35 civils" is nobody's
        let author = |who: &Who| {
            matches!(who, Who::Told(p) if !p.id.starts_with("generic/")
                || p.id.ends_with("-source") || &*p.id == "generic/medics")
        };
        let counted = (link + 1..stop).any(|k| x.view.upos(k) == Some(Upos::Num));
        let np = speaker::np(x, link + 1).filter(|np| np.speaks && !counted && author(&np.who));
        let Some(np) = np else { continue };
        out.push(Head::verbless(t..link + 1, np));
    }
}

/// “À l'en croire”, “de leur propre aveu”: whoever was spoken of before, with no name.
pub(super) fn told_back(x: &Text<'_, '_>, out: &mut Vec<Head>) {
    let rows = [(&x.lex.voices.back_one, Number::Sing), (&x.lex.voices.back_many, Number::Plur)];
    for t in 0..x.view.len() {
        let found = rows.iter().find_map(|(rows, number)| Some((rows.at(&x.view.folded, t)?, *number)));
        let Some((words, number)) = found else { continue };
        let end = t + words;
        if out.iter().any(|h| h.tokens.start < end && t < h.end) {
            continue;
        }
        let np = Np { who: Who::Pronoun(None, Some(number)), end, speaks: true };
        out.push(Head { form: Form::Opener, ..Head::verbless(t..end, np) });
    }
}

/// Whether a token is a verb of learning (`apprend-on`).
fn learns(x: &Text<'_, '_>, t: usize) -> bool {
    let w = x.view.word_of.get(t).map(|w| *w as usize);
    w.and_then(|w| x.syn.lemma.get(w)).is_some_and(|l| x.lex.voices.learn.contains(l))
}

/// “apprend-on du gouverneur”, “dit-on à l'état-major”: nobody's verb, but somebody behind it.
pub(super) fn learned(x: &Text<'_, '_>, out: &mut Vec<Head>) {
    let n = x.view.len();
    let impersonal = |t: usize| fits(&x.lex.grammar.impersonal, &x.view.folded[t]);
    for t in 0..n {
        // one of "apprend-on", "a-t-on appris", "on apprend", "a appris notre rédaction", "dit-on"
        let learn = learns(x, t);
        let said =
            t > 0 && impersonal(t) && x.view.surface(t).starts_with('-') && out.iter().any(|h| h.tokens.contains(&t));
        if !learn && !said {
            continue;
        }
        let from = t + 1;
        let link =
            (from..n.min(from + 5)).take_while(|k| !matches!(x.view.surface(*k), "," | ";" | ":" | ".")).find(|k| {
                let f = x.view.folded[*k].trim_end_matches('\'');
                fits(&x.lex.voices.from, f) || learn && fits(&x.lex.grammar.of, f)
            });
        let Some(link) = link.filter(|l| speaker::clear_of_finite(x, from, *l)) else { continue };
        if out.iter().any(|h| h.form == Form::Opener && h.tokens.start <= link + 1 && link < h.end) {
            continue;
        }
        let party = |p: &&recoupe_mention::PartyMention| {
            p.tokens.start > link
                && p.tokens.start <= link + 4
                && (matches!(
                    p.kind,
                    MentionKind::State | MentionKind::Name | MentionKind::Outlet | MentionKind::Person
                ) || matches!(
                    p.kind,
                    MentionKind::Noun(Class::Role | Class::Source | Class::Force | Class::Generic)
                ))
        };
        let Some(p) = x.parties.iter().find(party) else { continue };
        let np = speaker::np(x, link + 1).filter(|np| np.speaks).unwrap_or(Np {
            who: Who::Told(speaker::voice(p)),
            end: p.tokens.end,
            speaks: true,
        });
        // the impersonal verb names nobody, so who stands behind it speaks
        if let Some(h) = out.iter_mut().find(|h| said && h.tokens.contains(&t)) {
            if h.who.is_none() {
                (h.who, h.end) = (Some(np.who), np.end);
            }
            continue;
        }
        out.push(Head { form: Form::Opener, speech: Speech::Say, ..Head::verbless(link..link + 1, np) });
    }
}

/// “cinq combattants dont le mouvement a publié les noms”: whoever publishes who they are counts them.
pub(super) fn listed(x: &Text<'_, '_>, out: &mut Vec<Head>) {
    for v in 0..x.syn.len() {
        let w = x.syn.word(v);
        let gives = x.lex.voices.puts_out.contains(&x.syn.lemma[v]) || x.lex.voices.gives.contains(&x.syn.lemma[v]);
        if w.upos != Upos::Verb || w.dep != Dep::Acl || !gives {
            continue;
        }
        let names = x.syn.child(v, &[Dep::Obj]).is_some_and(|o| x.lex.voices.listed.contains(&x.syn.lemma[o]));
        let Some((noun, subject)) = x.syn.head(v).zip(x.syn.child(v, &[Dep::Nsubj])).filter(|_| names) else {
            continue;
        };
        let t = w.token as usize;
        if x.syn.word(noun).token as usize >= t || out.iter().any(|h| h.tokens.contains(&t)) {
            continue;
        }
        let Some(who) = speaker::of_word(x, subject).filter(|who| matches!(who, Who::Told(_))) else { continue };
        let np = Np { who, end: t + 1, speaks: true };
        out.push(Head { form: Form::Noun(noun), ..Head::verbless(t..t + 1, np) });
    }
}

/// “L'armée en est à 264 tués”, “Niamey s'en tient à dix-huit”: how far somebody's count has come.
pub(super) fn stands_at(x: &Text<'_, '_>, out: &mut Vec<Head>) {
    let n = x.view.len();
    for t in 1..n {
        let Some(words) = x.lex.voices.stands_at.at(&x.view.folded, t) else { continue };
        let end = t + words;
        let counts = |k: usize| (k + 1..n.min(k + 4)).any(|j| x.view.upos(j) == Some(Upos::Num));
        let to = (end..n.min(end + 3)).find(|k| x.lex.voices.from.contains(&x.view.folded[*k]));
        let between = |to: usize| (end..to).all(|k| matches!(x.view.upos(k), Some(Upos::Adv | Upos::Verb)));
        let Some(to) = to.filter(|k| counts(*k) && between(*k)) else { continue };
        if !x.lex.casualties.find(x.view).any(|(c, _)| c.start > to) && to + 3 < n.saturating_sub(2) {
            continue;
        }
        let Some(who) = speaker::before_verb(x, t) else { continue };
        let np = Np { who, end: to + 1, speaks: true };
        out.push(Head { form: Form::Behind, ..Head::verbless(t..to + 1, np) });
    }
}

/// “Pour le gouvernorat, il y a 18 blessés”: as an office sees it.
pub(super) fn for_whom(x: &Text<'_, '_>, out: &mut Vec<Head>) {
    if x.view.len() < 4 || !fits(&x.lex.voices.for_whom, &x.view.folded[0]) {
        return;
    }
    let office = |p: &&recoupe_mention::PartyMention| {
        p.tokens.start <= 3
            && matches!(p.kind, MentionKind::Noun(Class::Role | Class::Source))
            && p.party.status != recoupe_mention::Status::Combatant
    };
    let Some(np) = x.parties.iter().find(office).and_then(|_| speaker::np(x, 1)).filter(|np| np.speaks) else { return };
    // "pour le gouverneur blessé", "pour la police de la ville": its complements, then a clause of its own
    let clause = (np.end..x.view.len().min(np.end + 7)).find(|t| !speaker::clear_of_finite(x, *t, *t + 1));
    let told = x.lex.casualties.find(x.view).any(|(t, _)| t.start > np.end);
    if clause.is_none() || !told || out.iter().any(|h| h.form != Form::Noun(0) && h.tokens.start <= np.end + 6) {
        return;
    }
    out.push(Head { form: Form::Opener, ..Head::verbless(0..1, np) });
}

/// “Onze blessés à Hébron (Croissant-Rouge)”: a source in brackets behind what it says.
pub(super) fn bracketed(x: &Text<'_, '_>, out: &mut Vec<Head>) {
    let n = x.view.len();
    for open in (1..n).filter(|t| x.view.surface(*t) == "(") {
        let Some(close) = (open + 1..n.min(open + 12)).find(|t| x.view.surface(*t) == ")") else { continue };
        let behind = x.lex.casualties.find(x.view).any(|(t, _)| t.end == open);
        let pauses = close + 1 >= n || x.view.upos(close + 1) == Some(Upos::Punct);
        let Some(p) = x.parties.iter().find(|p| p.tokens.start > open && p.tokens.start <= open + 2) else {
            // "165 tués (coalition)": the body that the page has spoken of in full
            let lemma = x.view.word_of.get(close - 1).and_then(|w| x.syn.lemma.get(*w as usize));
            let counted = behind || (0..open).any(|t| x.view.upos(t) == Some(Upos::Num));
            let body = lemma.filter(|_| counted && pauses && close <= open + 3).and_then(|l| x.known.body(l));
            if let Some(body) = body {
                let np = Np { who: Who::Told(body), end: close, speaks: true };
                out.push(Head::verbless(open..open + 1, np));
            }
            continue;
        };
        // nothing else stands in the brackets, and the sentence ends behind them
        let whole = (p.tokens.end..close).all(|t| !matches!(x.view.upos(t), Some(Upos::Verb | Upos::Num)));
        let ends = (close + 1..n).all(|t| x.view.upos(t) == Some(Upos::Punct));
        // "l'Observatoire syrien des droits de l'homme (OSDH)", "l'armée (FAMa)": another name of whoever stands before
        let people = |q: &recoupe_mention::PartyMention| matches!(q.kind, MentionKind::Noun(Class::Civil));
        let other_name = x.parties.iter().any(|q| q.tokens.end == open && !people(q)) || x.view.capital(open - 1);
        let place = x.places.iter().any(|r| r.end == open);
        let speaks = matches!(p.kind, MentionKind::Noun(Class::Role | Class::Source) | MentionKind::Outlet)
            || p.kind == MentionKind::Name && p.party.status != recoupe_mention::Status::Combatant;
        let told = x.lex.casualties.find(x.view).any(|(t, _)| t.end <= open);
        // "165 tués (coalition), toujours autour de la ville": nothing in the brackets but who counts, right behind a figure
        let alone = p.tokens.end == close && (open + 1..p.tokens.start).all(|t| x.view.upos(t) == Some(Upos::Det));
        let one = matches!(p.kind, MentionKind::Noun(Class::Force | Class::Role | Class::Source) | MentionKind::Name);
        let bare = alone && one && behind && pauses && singular(x, p.head);
        if !bare && (!(whole && ends && speaks && told) || other_name && !place) {
            continue;
        }
        let np = Np { who: Who::Told(speaker::voice(p)), end: close, speaks: true };
        out.push(Head::verbless(open..open + 1, np));
    }
}

/// Whether a noun is one, as bodies are, not many, as those who died are.
fn singular(x: &Text<'_, '_>, t: usize) -> bool {
    let w = x.view.word_of.get(t).and_then(|w| x.syn.tree.words.get(*w as usize));
    w.is_some_and(|w| w.feats.number != Some(Number::Plur) && !w.form.ends_with('s'))
}

/// “Nouveau communiqué : 82 tués”: a document put before its colon is that of whoever gave out the last one.
pub(super) fn announced(x: &Text<'_, '_>, out: &mut Vec<Head>) {
    let n = x.view.len();
    let Some(colon) = (1..n.min(10)).find(|t| x.view.surface(*t) == ":") else { return };
    let formal = |t: &usize| x.lex.grammar.formal.contains(&x.view.folded[*t]);
    let Some(at) = (0..colon).find(formal) else { return };
    if colon + 2 >= n || !speaker::clear_of_verbs(x, 0, at) || out.iter().any(|h| h.tokens.start < colon) {
        return;
    }
    let ends = at + 1 == colon || at + 2 == colon && x.view.upos(at + 1) == Some(Upos::Adj);
    let nobody = !x.parties.iter().any(|p| p.tokens.start < colon);
    if !(ends && nobody && x.lex.casualties.find(x.view).any(|(t, _)| t.start > colon)) {
        return;
    }
    let np = Np { who: Who::Document, end: colon, speaks: true };
    out.push(Head { form: Form::Colon(colon + 1), ..Head::verbless(at..at + 1, np) });
}

/// “Source hospitalière : douze morts”, “Ministère de la Santé : 23 tués”: a source put before its colon like a label.
pub(super) fn labelled(x: &Text<'_, '_>, out: &mut Vec<Head>) {
    let n = x.view.len();
    let Some(colon) = (1..n.min(10)).find(|t| x.view.surface(*t) == ":") else { return };
    if colon + 2 >= n || out.iter().any(|h| h.tokens.start < colon) || !speaker::clear_of_verbs(x, 0, colon) {
        return;
    }
    let Some(p) = x.parties.iter().find(|p| p.tokens.start <= 1 && p.tokens.end <= colon) else { return };
    let speaks = match p.kind {
        MentionKind::Noun(Class::Source) => true,
        MentionKind::Noun(Class::Role) => p.party.status != recoupe_mention::Status::Combatant,
        _ => false,
    };
    // nothing but who it is: "Président de Gaza : trois morts" names nobody else
    let alone = (p.tokens.end..colon).all(|t| !matches!(x.view.upos(t), Some(Upos::Noun | Upos::Verb | Upos::Num)));
    let told = x.lex.casualties.find(x.view).any(|(t, _)| t.start > colon);
    if !(speaks && alone && told) {
        return;
    }
    let np = Np { who: Who::Told(speaker::voice(p)), end: colon, speaks: true };
    out.push(Head { form: Form::Colon(colon + 1), ..Head::verbless(p.tokens.clone(), np) });
}
