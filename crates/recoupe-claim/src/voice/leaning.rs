//! Attributions that lean on another one of the sentence: clauses without their verb, clauses that point back.

use recoupe_mention::{Class, MentionKind, PartyMention};
use recoupe_syntax::Upos;

use super::Text;
use super::heads::{Form, Head};
use super::speaker::{self, Who};
use crate::lex::{Speech, fits};

/// “Neuf morts : c'est ce que rapporte la police”: a clause that points back at what stands before it says it of that.
pub(super) fn summed_up(x: &Text<'_, '_>, heads: &mut [Head]) {
    let n = x.view.len();
    let points =
        |t: usize| [&x.lex.grammar.points_back, &x.lex.voices.so].iter().any(|rows| rows.stand_at(&x.view.folded, t));
    let border = |t: usize| matches!(x.view.surface(t), ":" | "," | "–" | "—" | "»");
    let Some(at) = (2..n).find(|t| border(t - 1) && points(*t)) else { return };
    for h in heads.iter_mut().filter(|h| h.tokens.start > at && h.tokens.start <= at + 14) {
        let one = !(at..h.tokens.start).any(|t| matches!(x.view.surface(t), ";" | ":"));
        if one && matches!(h.form, Form::Behind | Form::That(_)) {
            h.form = Form::Beside;
        }
    }
}

/// “La police parle de huit morts, l'hôpital de douze.”: a clause without its verb has that of the one before.
pub(super) fn gapped(x: &Text<'_, '_>, heads: &mut Vec<Head>) {
    let mut k = 0;
    while k < heads.len() {
        if let Some(h) = gap(x, &heads[k], heads.get(k + 1).map_or(x.view.len(), |o| o.tokens.start)) {
            heads.insert(k + 1, h);
        }
        k += 1;
    }
}

/// The attribution that goes on behind another one without repeating its verb, if there is one.
fn gap(x: &Text<'_, '_>, h: &Head, limit: usize) -> Option<Head> {
    let view = x.view;
    let link = match h.form {
        Form::That(q) => q - 1,
        Form::Behind => h.tokens.end,
        _ => return None,
    };
    if h.speech != Speech::Say || link >= view.len() || h.who.is_none() {
        return None;
    }
    let bare = |t: usize| view.folded[t].trim_end_matches('\'').to_owned();
    let that = |t: usize| x.lex.grammar.that.iter().any(|q| q.trim_end_matches('\'') == bare(t));
    let count = |t: usize| view.upos(t) == Some(Upos::Num);
    let of = |t: usize| fits(&x.lex.grammar.of, &bare(t));
    // what the verb takes: a clause, a figure, a figure behind its preposition
    let parallel = |t: usize| {
        if matches!(h.form, Form::That(_)) {
            return that(t) && !fits(&x.lex.grammar.relative, view.surface(t.saturating_sub(1)));
        }
        if of(link) { of(t) && (t + 1..view.len().min(t + 5)).any(count) } else { count(t) }
    };
    let and = |t: usize| fits(&x.lex.grammar.and, &view.folded[t]);
    let border = |t: &usize| matches!(view.surface(*t), "," | ";") || and(*t);
    (link + 1..limit.min(view.len())).filter(border).find_map(|c| {
        let from = c + 1 + usize::from(c + 1 < view.len() && and(c + 1));
        let np = speaker::np(x, from).filter(|np| np.speaks && matches!(np.who, Who::Told(_)))?;
        // "un homme de 58 ans" is who suffered
        let definite = view.folded.get(from).is_some_and(|f| x.lex.grammar.definite.contains(f));
        let party = |p: &PartyMention| {
            let civil = matches!(p.kind, MentionKind::Noun(Class::Civil));
            let joined = and(c) && !definite && !view.capital(from);
            p.tokens.start >= from && p.tokens.start <= from + 1 && (definite || !civil) && !joined
        };
        let named = x.parties.iter().any(party);
        // "l'Azerbaïdjan que …", "Islamabad, que …"
        let at = (np.end..view.len().min(np.end + 2)).find(|t| !border(t))?;
        if !named || !parallel(at) || !speaker::clear_of_finite(x, from, at) || count(from) {
            return None;
        }
        let form = if matches!(h.form, Form::That(_)) { Form::That(at + 1) } else { Form::Behind };
        let tokens = from..at;
        Some(Head {
            tokens,
            end: at,
            verb: None,
            speech: h.speech,
            form,
            who: Some(np.who),
            speaker: None,
            outer: false,
        })
    })
}
