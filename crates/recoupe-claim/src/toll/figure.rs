//! A figure as a whole: what it says before a casualty noun, and whom it counts.

use std::ops::Range;

use recoupe_mention::{Id, Party, Status};

use super::FoundToll;
use super::counted::Counted;
use super::group::{group, whose};
use super::leaning::home;
use super::sums::listed;
use crate::anchor::Anchor;
use crate::lex::{ClaimLexicon, fits};
use crate::sentence::Sent;

/// A toll kind, the act word that says it, and the rule that found it.
pub(super) type Hit = (Id, Option<usize>, &'static str);

/// A figure and where it stands.
pub(super) struct Figure {
    /// Word of the counted noun, or of the number.
    pub word: usize,
    /// Token of the counted noun.
    pub noun: Option<usize>,
    /// First token, with the words of its bound.
    pub first: usize,
    /// One past the number itself.
    pub core_end: usize,
    /// An article or a word that may be no number.
    pub article: bool,
    /// Its lower bound.
    pub min: Option<i64>,
}

/// What a figure before a casualty noun says: “neuf morts”, “deux des blessés ont succombé”, “sept otages libérés”.
#[allow(clippy::too_many_arguments)]
pub(super) fn casualty(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    anchors: &[Anchor],
    casualties: &[(Range<usize>, Id)],
    out: &[FoundToll],
    k: &Id,
    figure: &Figure,
    hit: Option<&Hit>,
) -> Option<Hit> {
    let &Figure { word, noun: noun_token, first, core_end, article, min } = figure;
    // A noun such as "otages" needs an act; "morts" is its own.
    let own = matches!(&**k, "killed" | "wounded" | "missing" | "killed_or_wounded");
    // "cinq soldats ont été tués et deux blessés": those are not the subject of what stands before them
    let died = |h: &Hit| h.1.is_some_and(|w| s.token(w) > noun_token.unwrap_or(core_end));
    // "deux des blessés ont succombé"
    let among = (core_end..noun_token.unwrap_or(core_end))
        .any(|t| fits(&lex.grammar.of, s.view.folded[t].trim_end_matches('\'')));
    // "parle de douze soldats éliminés, d'un prisonnier": what befell those told before him did not befall him
    let before = |h: &Hit| &**k == "captured" && h.1.is_some_and(|w| s.token(w) + 2 < first) && h.2 != "toll.object";
    let acted = hit.cloned().filter(|h| !before(h)).filter(|h| {
        &*h.0 == "released"
            || &*h.0 == "captured"
            || !own
            || (among || h.2 == "toll.subject" && died(h)) && &**k == "wounded" && &*h.0 == "killed"
    });
    let homeward = || (&**k == "captured").then(|| home(s, lex, out, word, first)).flatten();
    let ended = acted.or_else(homeward);
    let mut kind: Option<Hit> = ended.or_else(|| {
        (own || anchors.iter().any(|a| a.any(lex, |x| x.toll.as_deref() == Some(k))))
            .then(|| (k.clone(), None, "toll.casualty-noun"))
    });
    // "neuf victimes" are nine dead, unless the wounded are told with them
    if &**k == "killed_or_wounded" && min.is_some_and(|n| n > 0) {
        let at = noun_token.unwrap_or(core_end);
        let both = casualties.iter().any(|(r, k)| &**k == "wounded" && r.start > at && r.start <= at + 6);
        if !both && let Some(kind) = &mut kind {
            kind.0 = "killed".into();
        }
    }
    // "à 27 le total des morts et des blessés"
    let at = noun_token.unwrap_or(core_end);
    let total = (core_end..at).any(|t| lex.grammar.count_nouns.contains(&s.view.folded[t]));
    if total
        && &**k == "killed"
        && let Some(kind) = &mut kind
        && casualties.iter().any(|(r, k)| &**k == "wounded" && r.start > at + 1 && r.start <= at + 4)
        && !s.numbers.iter().any(|q| (q.tokens.start as usize) > at && (q.tokens.start as usize) < at + 4)
    {
        kind.0 = "killed_or_wounded".into();
    }
    if article && hit.is_none() && !matches!(&**k, "killed" | "wounded") {
        kind = None;
    }
    if article && matches!(&**k, "killed" | "wounded" | "killed_or_wounded") && singular_death(s, lex, first) {
        kind = None;
    }
    kind
}

/// Whom a figure counts, and whether that is left open.
#[allow(clippy::too_many_arguments)]
pub(super) fn group_of(
    s: &Sent<'_>,
    lex: &ClaimLexicon,
    anchors: &[Anchor],
    out: &[FoundToll],
    what: &Counted,
    figure: &Figure,
    (part, anchor, rule, kind): (bool, Option<usize>, &'static str, &Id),
) -> (Party, bool) {
    let &Figure { word, noun: noun_token, first, core_end, .. } = figure;
    let (mut group, mut open_group) = group(s, lex, what, word, noun_token, anchor);
    if group.status != Status::Civilian
        && let Some(p) = whose(s, lex, anchors, noun_token.unwrap_or(first), anchor)
    {
        group = Party { span: group.span, ..p };
        open_group = false;
    }
    // "un chef du mouvement et deux de ses hommes": his, not those of whoever tells it
    let at = noun_token.unwrap_or(first);
    let his = at > 0 && lex.grammar.possessives.contains(&s.view.folded[at - 1]);
    if his
        && let Some(w) = out.last().filter(|t| &*t.toll.unit == "person" && t.toll.min == Some(1))
        && w.toll.group.status == Status::Combatant
        && listed(s, lex, w.token, first)
    {
        group = Party { span: group.span, ..w.toll.group.clone() };
        open_group = false;
    }
    if part
        && let Counted::Person(i) = what
        && s.parties[*i].assumed
        && let Some(w) = out.iter().rev().find(|t| t.toll.part_of.is_none() && t.toll.kind == *kind)
        && w.toll.group.status == s.parties[*i].party.status
    {
        group = Party { span: group.span, ..w.toll.group.clone() };
    }
    // "quinze blessés dont neuf évacués": carried off to be cared for
    if part
        && &*group.id == "generic/displaced"
        && let Some(w) = out.iter().rev().find(|t| t.toll.part_of.is_none() && t.toll.kind == *kind)
    {
        group = Party { span: group.span, ..w.toll.group.clone() };
        open_group = w.open_group;
    }
    // "la perte de deux soldats, un Gabonais et un Marocain": each of those told
    let native = noun_token.is_some_and(|t| s.view.capital(t) && s.names().adjective(&s.view.folded[t]).is_some());
    if native
        && figure.min == Some(1)
        && let Some(w) = out.iter().rev().find(|t| t.toll.min.is_some_and(|n| n > 1) && t.toll.kind == *kind)
        && first - w.token <= 12
    {
        group = Party { span: group.span, ..w.toll.group.clone() };
        open_group = w.open_group;
    }
    // "dont deux sujets rwandais", "neuf capturés": no group of their own
    let leans = |t: &&FoundToll| {
        &*t.toll.unit == "person" && !t.open_group && (t.toll.part_of.is_none() || matches!(what, Counted::Open))
    };
    let nobody =
        (part || rule == "toll.part") && matches!(what, Counted::Noun) || matches!(what, Counted::Open) && open_group;
    // "toutes les victimes, au nombre de onze, étaient des civils"
    let told_behind = (rule == "toll.numbered")
        .then(|| {
            s.parties.iter().find(|p| {
                p.tokens.start >= core_end
                    && p.tokens.start <= core_end + 5
                    && (core_end..p.tokens.start).any(|t| lex.grammar.passive_auxiliary.contains(&s.view.folded[t]))
            })
        })
        .flatten();
    if matches!(what, Counted::Open)
        && let Some(p) = super::anew::belonging(s, lex, core_end)
    {
        group = Party { span: group.span, ..p };
        open_group = false;
    } else if let Some(p) = told_behind {
        group = Party { span: group.span, ..p.party.clone() };
        open_group = false;
    } else if (nobody || rule == "toll.ended-as" && matches!(what, Counted::Open))
        && let Some(w) = out.iter().rev().find(leans)
    {
        group = Party { span: group.span, ..w.toll.group.clone() };
        open_group = false;
    }
    (group, open_group)
}

/// “22 morts et 30 blessés dans les rangs de l'armée”: whose the last of a list are, the others are, too.
pub(super) fn shared_group(s: &Sent<'_>, lex: &ClaimLexicon, out: &mut [FoundToll]) {
    for k in (1..out.len()).rev() {
        let (before, behind) = out.split_at_mut(k);
        let (Some(a), Some(b)) = (before.last_mut(), behind.first()) else { continue };
        let ranks =
            (b.token..s.view.len().min(b.token + 6)).any(|t| fits(&lex.grammar.group_openers, &s.view.folded[t]));
        let open = a.open_group && !b.open_group && ranks && b.rule == "toll.casualty-noun";
        if open && b.token - a.token <= 5 && listed(s, lex, a.token, b.token) {
            let span = a.toll.group.span;
            a.toll.group = Party { span, ..b.toll.group.clone() };
            a.toll.status = b.toll.status;
            a.open_group = false;
        }
    }
}

/// “242 morts : 209 soldats, 14 civils et 19 …”: a whole whose parts are of several kinds is of none of them.
pub(super) fn mixed_whole(out: &mut [FoundToll]) {
    for i in 0..out.len() {
        let parts = || out.iter().filter(|t| t.toll.part_of == Some(i)).map(|t| t.toll.status);
        if out[i].open_group && parts().any(|p| p == Status::Civilian) && parts().any(|p| p == Status::Combatant) {
            out[i].open_group = false;
        }
    }
}

/// “un mort” counts one; “un mort de plus”, “la mort” do not; neither does “une victime” as a role.
fn singular_death(s: &Sent<'_>, lex: &ClaimLexicon, first: usize) -> bool {
    first > 0 && fits(&lex.grammar.as_role, &s.view.folded[first - 1])
}
