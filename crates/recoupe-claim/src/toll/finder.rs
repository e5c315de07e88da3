//! One figure of a sentence after the other: what it counts, whether that is anybody, what befell them, and whose they are.

use std::ops::Range;

use recoupe_mention::Id;
use recoupe_mention::number::{Kind as NumberKind, Quantity};
use recoupe_syntax::Upos;

use super::befallen::befallen;
use super::counted::{Counted, companion, counted};
use super::figure::{Figure, Hit, casualty, group_of};
use super::leaning::{complement_of, home, leaning};
use super::sums::{
    among, count_reaches, cumulative, dead_are, is_launched, last_of_list, listed, opens_part, predicative, tallied,
    wars_clause, whole,
};
use super::{FoundToll, counted_toll, status, things};
use crate::anchor::Anchor;
use crate::lex::{ClaimLexicon, On, fits};
use crate::sentence::Sent;
use crate::types::Toll;

/// Reads the figures of a sentence; later ones lean on those read before.
pub(super) struct Finder<'a, 'v> {
    s: &'a Sent<'v>,
    lex: &'a ClaimLexicon,
    anchors: &'a [Anchor],
    /// Words for the dead, the wounded, captives.
    pub casualties: Vec<(Range<usize>, Id)>,
    things: Vec<(Range<usize>, Id)>,
    acts: Vec<(Range<usize>, Id)>,
    /// Tolls found so far.
    pub out: Vec<FoundToll>,
}

/// What befell those a figure counts.
enum Told {
    /// That, by an act or a rule.
    Hit(Hit),
    /// Nothing: it counts attacks, or what was sent at somebody.
    Acts(Id),
}

/// A figure on its way to a toll.
struct Reading<'q> {
    q: &'q Quantity,
    figure: Figure,
    what: Counted,
    /// A part of a total told before it.
    part: bool,
}

impl<'a, 'v> Finder<'a, 'v> {
    pub(super) fn new(s: &'a Sent<'v>, lex: &'a ClaimLexicon, anchors: &'a [Anchor]) -> Self {
        let no_casualty = |t: &Range<usize>| lex.tolls.not_casualties.covers(&s.view.folded, t.start);
        Self {
            s,
            lex,
            anchors,
            casualties: lex
                .casualties
                .find(s.view)
                .filter(|(t, _)| !no_casualty(t))
                .map(|(t, k)| (t, k.clone()))
                .collect(),
            things: lex.things.find(s.view).map(|(t, k)| (t, k.clone())).collect(),
            acts: lex.counted.find(s.view).map(|(t, k)| (t, k.clone())).collect(),
            out: Vec::new(),
        }
    }

    /// Reads one figure and keeps it if it is a toll.
    pub(super) fn read(&mut self, q: &Quantity) {
        let Some((mut r, hit)) = self.figure(q) else { return };
        match self.told(&mut r, hit) {
            Some(Told::Acts(unit)) if self.setting(&r, &unit) => {}
            Some(Told::Acts(unit)) => self.out.push(counted_toll(self.s, q, r.figure.noun, unit)),
            Some(Told::Hit(hit)) => self.keep(&r, hit),
            None => {}
        }
    }

    fn lemma(&self, token: usize) -> &str {
        self.s.word_at(token).map_or("", |w| self.s.syn.lemma[w].as_str())
    }

    /// What a figure counts, and what by the words around it befell them; `None` where it counts nobody and nothing.
    fn figure<'q>(&self, q: &'q Quantity) -> Option<(Reading<'q>, Option<Hit>)> {
        let (s, lex) = (self.s, self.lex);
        let first = q.tokens.start as usize;
        let core_end = if q.core.is_empty() { q.tokens.end } else { q.core.end } as usize;
        let (noun, what) = counted(s, lex, self.anchors, &self.casualties, &self.things, &self.acts, core_end);
        let what = self.as_listed(what, noun, first);
        if self.counts_nobody(noun, &what, first) {
            return None;
        }
        let core = s.word_at(q.core.start as usize);
        let word = noun.and_then(|t| s.word_at(t)).or(core)?;
        let word = if matches!(what, Counted::Open) { core.unwrap_or(word) } else { word };
        let part = opens_part(s, lex, first);
        let (what, hit) = self.befell(what, word, noun, part, q);
        // "66 faits prisonniers": what became of them is no noun of theirs
        let fate = matches!(what, Counted::Open) && hit.as_ref().is_some_and(|h| h.2 == "toll.ended-as");
        let noun = noun.filter(|_| !fate);
        let word = if fate { core.unwrap_or(word) } else { word };
        // "l'usine a perdu 160 emplois": who is lost must be people
        let lost = |w: usize| self.anchors.iter().any(|a| a.word == w && a.any(lex, |x| x.own));
        let hit = hit.filter(|h| {
            !(matches!(what, Counted::Noun) && h.1.is_some_and(lost))
                || noun.is_some_and(|t| lex.tolls.persons.contains(self.lemma(t)))
        });
        let article = q.kind == NumberKind::Article || q.weak;
        Some((Reading { q, figure: Figure { word, noun, first, core_end, article, min: q.min }, what, part }, hit))
    }

    /// “cinq chars, deux techniciens”: in a list of things a word that may be one is one.
    fn as_listed(&self, what: Counted, noun: Option<usize>, first: usize) -> Counted {
        let things = |p: &FoundToll| &*p.toll.unit != "person" && listed(self.s, self.lex, p.token, first);
        if matches!(what, Counted::Person(_)) && self.out.last().is_some_and(things) {
            let thing = self.things.iter().find(|(r, _)| noun == Some(r.start));
            return thing.map_or(what, |(_, u)| Counted::Thing(u.clone()));
        }
        what
    }

    /// Figures that count no people whom anything befell: families, villages, those who tell, figures that are rejected.
    fn counts_nobody(&self, noun: Option<usize>, what: &Counted, first: usize) -> bool {
        let (s, lex) = (self.s, self.lex);
        // "équipés" folds into a noun of a body
        let plain = |t: usize| {
            s.word_at(t).is_some_and(|w| {
                let one = s.syn.word(w).feats.number == Some(recoupe_syntax::Number::Sing);
                one || s.syn.word(w).lemma.chars().last().is_some_and(|c| c.is_ascii())
            })
        };
        // "deux familles": how many people these are nobody says
        let families = noun.is_some_and(|t| plain(t) && lex.grammar.collective.iter().any(|c| c == self.lemma(t)))
            && !matches!(what, Counted::Act(_));
        // "huit villages libérés", "160 emplois perdus": nobody is counted
        let things = matches!(what, Counted::Noun)
            && noun.is_some_and(|t| {
                s.names().is_place_noun(self.lemma(t)) || plain(t) && lex.tolls.no_people.contains(self.lemma(t))
            });
        // "…, ont confié deux officiers": they tell
        let tellers = || s.scopes.iter().filter_map(|x| x.speaker.as_ref());
        let tell = matches!(what, Counted::Person(i) if tellers().any(|p| p.span.overlaps(s.parties[*i].party.span)));
        // "neuf soldats, et non cinq": a figure that is rejected
        let rejected = first > 0 && fits(&lex.grammar.rejected, &s.view.folded[first - 1])
            || super::anew::is_whole_of(s, lex, self.anchors, what, noun, first);
        // "le numéro deux du mouvement"
        let rank = first > 0 && lex.tolls.ranks.contains(&s.view.folded[first - 1]);
        // "la ville de 75 000 habitants": how large a place is
        let of = |t: usize| lex.grammar.of.iter().any(|o| o == s.view.folded[t].trim_end_matches('\''));
        let dwell = noun.is_some_and(|t| fits(&lex.grammar.dwellers, self.lemma(t)));
        let size = dwell && first > 1 && of(first - 1) && {
            let mut before = (first.saturating_sub(3)..first - 1).rev();
            let noun = before.find(|t| !matches!(s.view.upos(*t), Some(Upos::Adj)));
            noun.is_some_and(|t| s.names().is_place_noun(self.lemma(t)) || s.place_at(t).is_some())
        };
        families || things || tell || rejected || rank || size || self.spelt_out(first)
    }

    /// “onze (11) soldats”: the same figure once more, in digits.
    fn spelt_out(&self, first: usize) -> bool {
        let s = self.s;
        let open = first.checked_sub(1).filter(|t| s.view.surface(*t) == "(");
        let this = s.numbers.iter().find(|q| q.tokens.start as usize == first);
        open.zip(this).is_some_and(|(open, this)| {
            let closed = s.view.len() > this.tokens.end as usize && s.view.surface(this.tokens.end as usize) == ")";
            closed && s.numbers.iter().any(|q| q.tokens.end as usize == open && q.min == this.min)
        })
    }

    /// What befell those counted. “94 drones ; 78 ont été abattus”: an open number goes on with the things before it.
    fn befell(
        &self,
        what: Counted,
        word: usize,
        noun: Option<usize>,
        part: bool,
        q: &Quantity,
    ) -> (Counted, Option<Hit>) {
        let own = q.tokens.start as usize..q.tokens.end as usize;
        if matches!(what, Counted::Thing(_) | Counted::Act(_)) {
            let end = noun.map_or(own.end, |t| t + 1);
            if let Some(h) = things::predicate_behind(self.s, self.lex, self.anchors, own.start, end) {
                return (what, Some(h));
            }
        }
        let end = noun.map_or(own.end, |t| t + 1);
        let core_end = if q.core.is_empty() { own.end } else { q.core.end as usize };
        if !matches!(what, Counted::Thing(_) | Counted::Act(_) | Counted::Casualty(_)) {
            if let Some(h) = super::anew::ended_as(self.s, self.lex, core_end) {
                return (Counted::Open, Some(h));
            }
            if let Some(h) = noun.and_then(|t| super::anew::ended_as(self.s, self.lex, t + 1)) {
                // "un onzième fait prisonnier"
                let one_more = self.lex.tolls.one_more.stand_at(&self.s.view.folded, own.start);
                return (if one_more { Counted::Open } else { what }, Some(h));
            }
        }
        if let Some(h) = super::anew::told_on(self.s, self.lex, &self.out, &what, (own.start, end)) {
            return (what, Some(h));
        }
        let hit_as =
            |what: &Counted| befallen(self.s, self.lex, self.anchors, &self.casualties, word, noun, what, &own);
        let onward = matches!(what, Counted::Open) || part && matches!(what, Counted::Noun);
        let things = self.out.last().filter(|t| onward && &*t.toll.unit != "person");
        match things.map(|t| Counted::Thing(t.toll.unit.clone())).map(|w| (hit_as(&w), w)) {
            Some((Some(h), w)) => (w, Some(h)),
            Some((None, w)) if part => (w, self.out.last().map(|t| (t.toll.kind.clone(), t.anchor, "toll.part"))),
            _ => {
                let h = hit_as(&what);
                (what, h)
            }
        }
    }

    /// What befell those a figure counts: by its noun or act, by what it is a part of, else by what stands elsewhere.
    fn told(&self, r: &mut Reading<'_>, hit: Option<Hit>) -> Option<Told> {
        let (s, lex) = (self.s, self.lex);
        if let Some(h) = self.displaced(r, hit.as_ref()) {
            return h.map(Told::Hit);
        }
        let mut kind = match &r.what {
            Counted::Casualty(k) => {
                casualty(s, lex, self.anchors, &self.casualties, &self.out, k, &r.figure, hit.as_ref())
            }
            // "plusieurs attaques" counts nothing
            Counted::Act(_) if r.q.vague() => hit.clone().filter(|h| matches!(&*h.0, "destroyed" | "seized")),
            Counted::Act(unit) => {
                let done = hit.clone().filter(|h| matches!(&*h.0, "destroyed" | "seized"));
                // "a neutralisé 24 drones et cinq missiles"
                let shot = |p: &&FoundToll| matches!(&*p.toll.kind, "destroyed" | "seized") && p.anchor.is_some();
                let prev = self.out.last().filter(shot);
                let done = done.or_else(|| things::next_of_list(s, lex, self.anchors, prev?, r.figure.first));
                if done.is_none() && (!r.figure.article && r.q.min.unwrap_or(0) >= 2 || r.q.approx) {
                    return Some(Told::Acts(unit.clone()));
                }
                done
            }
            _ => hit.clone(),
        };
        // "parle de douze soldats tués, d'un prisonnier"
        let next = |p: &FoundToll| &*p.toll.unit == "person" && listed(s, lex, p.token, r.figure.first);
        if kind.is_none()
            && matches!(&r.what, Counted::Casualty(k) if &**k == "captured")
            && self.out.last().is_some_and(next)
        {
            kind = Some(("captured".into(), None, "toll.list"));
        }
        // "sont repartis avec douze otages"
        if kind.is_none() && matches!(&r.what, Counted::Casualty(k) if &**k == "captured") {
            kind = things::taken_along(s, lex, r.figure.first, true);
        }
        kind = self.of_whole(r, hit.as_ref()).or(kind);
        // "des dizaines de morts": an order of size leans on nothing that stands elsewhere
        if r.q.vague() {
            return kind.map(Told::Hit);
        }
        kind = kind.or_else(|| self.beside(r));
        if matches!(r.what, Counted::Open)
            && let Some(k) = predicative(s, &self.casualties, r.figure.core_end)
        {
            kind = Some((k, None, "toll.predicative"));
        }
        kind = kind.or_else(|| self.elsewhere(r));
        if kind.is_none() && matches!(r.what, Counted::Thing(_)) {
            kind = things::taken_along(s, lex, r.figure.first, false)
                .or_else(|| things::done_to(s, lex, r.figure.first))
                .or_else(|| things::next_of_list(s, lex, self.anchors, self.out.last()?, r.figure.first));
        }
        if kind.is_none()
            && let Counted::Thing(unit) = &r.what
            && !r.figure.article
            && is_launched(s, lex, r.figure.word)
        {
            return Some(Told::Acts(unit.clone()));
        }
        kind.or_else(|| self.as_before(r)).map(Told::Hit)
    }

    /// “a fait dix morts et deux mille déplacés”, “a chassé deux mille personnes”: those driven from home are a toll of what
    /// drove them; told by their noun alone they are none. `None` where nothing of the kind is told.
    #[allow(clippy::option_option)]
    fn displaced(&self, r: &Reading<'_>, hit: Option<&Hit>) -> Option<Option<Hit>> {
        let (s, lex) = (self.s, self.lex);
        let Counted::Person(i) = &r.what else { return None };
        let fled = &*s.parties[*i].party.id == "generic/displaced" || self.driven(r);
        let direct = hit.is_some_and(|h| h.1.is_some() && h.2 != "toll.near-object" && h.2 != "toll.near-subject");
        if direct || r.part {
            return None;
        }
        let clause = s.syn.clause(r.figure.word);
        let lemma = &s.syn.lemma[clause];
        let behind = clause < r.figure.word && !s.passive(clause, lex);
        let caused = fled && behind && lex.grammar.cause.contains(lemma) && s.syn.subject(clause).is_some();
        let drawn = self.out.last().is_some_and(|p| {
            fled && matches!(&*p.toll.kind, "killed" | "wounded" | "missing" | "displaced")
                && listed(s, lex, p.token, r.figure.first)
        });
        let kind: Id = "displaced".into();
        if caused || drawn || self.driven_out(r) {
            return Some(Some((kind, None, "toll.displaced")));
        }
        fled.then_some(None)
    }

    /// “quinze millions de personnes chassées de chez elles”.
    fn driven(&self, r: &Reading<'_>) -> bool {
        let s = self.s;
        let next = r.figure.noun.and_then(|t| s.word_at(t + 1)).filter(|w| !s.syn.finite(*w));
        next.is_some_and(|w| {
            let stem = |[end, inf]: &[String; 2]| s.syn.form[w].strip_suffix(end.as_str()).map(|x| format!("{x}{inf}"));
            let participle = self.lex.grammar.participles.iter().filter_map(stem);
            let displaced = |l: &String| self.lex.tolls.displace.contains(l);
            displaced(&s.syn.lemma[w]) || participle.into_iter().any(|l| displaced(&l))
        })
    }

    /// “la guerre a chassé deux millions de personnes”, “… et jeté sept millions d'habitants sur les routes”.
    fn driven_out(&self, r: &Reading<'_>) -> bool {
        let (s, words) = (self.s, &self.lex.tolls);
        let clause = s.syn.clause(r.figure.word);
        let lemma = &s.syn.lemma[clause];
        let behind = clause < r.figure.word && !s.passive(clause, self.lex);
        let at = s.token(clause);
        let away = || (at + 1..s.view.len().min(at + 16)).any(|t| words.away.contains(&s.view.folded[t]));
        let drives = words.displace.contains(lemma) || words.drive.contains(lemma) && away();
        behind && drives && wars_clause(s, self.lex, clause)
    }

    /// “six morts, dont une fillette, et quinze blessés”: a part is of what it is a part of, unless it says otherwise itself.
    fn of_whole(&self, r: &Reading<'_>, hit: Option<&Hit>) -> Option<Hit> {
        let otherwise = hit.is_some_and(|h| h.2.starts_with("toll.participle"));
        if !r.part || otherwise || !matches!(r.what, Counted::Person(_) | Counted::Noun) {
            return None;
        }
        let whole = self.out.iter().rev().find(|t| t.toll.part_of.is_none())?;
        (&*whole.toll.unit == "person").then(|| (whole.toll.kind.clone(), whole.anchor, "toll.part"))
    }

    /// Words for the dead that stand by the figure without being its noun: “au nombre des morts”, “sont morts”, “un bilan de”.
    fn beside(&self, r: &Reading<'_>) -> Option<Hit> {
        let (s, lex) = (self.s, self.lex);
        let &Figure { noun, first, core_end, article, .. } = &r.figure;
        if !matches!(r.what, Counted::Person(_) | Counted::Open | Counted::Noun) {
            return None;
        }
        let by = |rule: &'static str| move |k: Id| (k, None, rule);
        among(s, lex, &self.casualties, first)
            .map(by("toll.among"))
            .or_else(|| {
                dead_are(s, lex, &self.casualties, noun.map_or(core_end, |t| t + 1)).map(by("toll.predicate-near"))
            })
            .or_else(|| {
                let tally = !article && !matches!(r.what, Counted::Open) && tallied(s, lex, first);
                tally.then(|| ("killed".into(), None, "toll.tally"))
            })
    }

    /// What is said of those counted farther off: the noun whose complement they are, an exchange, a list's common verb.
    fn elsewhere(&self, r: &Reading<'_>) -> Option<Hit> {
        let (s, lex) = (self.s, self.lex);
        let &Figure { word, noun, first, .. } = &r.figure;
        let people = matches!(r.what, Counted::Person(_) | Counted::Open | Counted::Noun);
        let own = first..r.q.tokens.end as usize;
        let counts = r.q.kind != NumberKind::Article;
        let exchanged = || self.out.last().and_then(|_| home(s, lex, &self.out, word, first));
        let reached = || count_reaches(s, lex, &self.casualties, first).map(|k| (k, None, "toll.count-reaches"));
        None.or_else(|| people.then(|| complement_of(s, lex, first)).flatten())
            .or_else(|| people.then(exchanged).flatten().filter(|h| h.2 == "toll.exchange"))
            .or_else(|| {
                let may = counts || matches!(r.what, Counted::Person(_) | Counted::Thing(_) | Counted::Noun);
                may.then(|| leaning(s, lex, self.anchors, &self.casualties, &self.out, &r.what, noun, &own)).flatten()
            })
            .or_else(|| (people && counts).then(reached).flatten())
    }

    /// What befell those told before befell these: a part of them, the next of a list, one more.
    fn as_before(&self, r: &Reading<'_>) -> Option<Hit> {
        let (s, lex) = (self.s, self.lex);
        let &Figure { first, article, .. } = &r.figure;
        let prev = self.out.last()?;
        let like = |rule: &'static str| Some((prev.toll.kind.clone(), prev.anchor, rule));
        if r.part {
            return like("toll.part");
        }
        // "cinq chars, deux véhicules blindés et un obusier": a list goes on under the same act
        if !article
            && (matches!(r.what, Counted::Open | Counted::Person(_) | Counted::Thing(_))
                || matches!(r.what, Counted::Noun)
                    && &*prev.toll.unit == "person"
                    && r.figure.noun.is_some_and(|t| lex.tolls.persons.contains(self.lemma(t))))
            && listed(s, lex, prev.token, first)
            && prev.rule != "toll.counted-act"
        {
            return like("toll.list");
        }
        let more =
            lex.tolls.one_more.longest_at(&s.view.folded, first).is_some() && last_of_list(s, lex, prev.token, first);
        more.then(|| like("toll.one-more")).flatten()
    }

    /// Puts a toll together, unless what befell those counted cannot befall them.
    fn keep(&mut self, r: &Reading<'_>, (kind, anchor, rule): Hit) {
        let (s, lex) = (self.s, self.lex);
        let &Figure { noun, first, core_end, article, .. } = &r.figure;
        if article && !self.one(r, rule) {
            return;
        }
        let thing = match &r.what {
            Counted::Thing(u) | Counted::Act(u) => Some(u.clone()),
            _ => None,
        };
        let counts_things = matches!(r.what, Counted::Thing(_));
        // "la perte de deux blindés"
        let kind: Id = if counts_things && rule == "toll.death-of" { "destroyed".into() } else { kind };
        let kind = if thing.is_none() && self.either(&kind, anchor, noun) { "killed_or_wounded".into() } else { kind };
        let lost = matches!(&*kind, "destroyed" | "seized");
        // destroyed, but nothing we know as a thing; a thing, but dead
        if lost && thing.is_none() || counts_things && !lost && &*kind != "neutralised" {
            return;
        }
        let (group, open_group) =
            group_of(s, lex, self.anchors, &self.out, &r.what, &r.figure, (r.part, anchor, rule, &kind));
        let kind: Id = if thing.is_some() && &*kind == "neutralised" { "destroyed".into() } else { kind };
        let end = noun.map_or(core_end, |t| t + 1).max(r.q.tokens.end as usize);
        let (min, max, last) = self.bounds(r, rule);
        let part_of = (r.part || rule == "toll.part").then(|| whole(&self.out, &kind)).flatten();
        let toll = Toll {
            kind,
            status: status(&group),
            group,
            unit: thing.unwrap_or_else(|| "person".into()),
            min,
            max,
            approx: r.q.approx,
            cumulative: cumulative(s, lex, first, end, anchor),
            part_of,
            span: s.span(&(first..last.map_or(end, |t| t + 1))),
        };
        self.out.push(FoundToll { toll, token: first, anchor, definite: r.q.definite, open_group, rule });
    }

    /// “ont été tués ou blessés”, “vingt morts ou blessés”: one or the other.
    fn either(&self, kind: &str, anchor: Option<usize>, noun: Option<usize>) -> bool {
        let s = self.s;
        let Some(at) = anchor.map(|w| s.token(w)).or(noun) else { return false };
        let told = |t: usize| {
            let by_act = self.anchors.iter().find(|a| !a.noun && a.tokens.start == t);
            let act: Option<Id> =
                by_act.and_then(|a| self.lex.act(a.act(self.lex, Some(On::Person))?).toll.as_deref().map(Into::into));
            act.or_else(|| self.casualties.iter().find(|(r, _)| r.start == t).map(|(_, k)| k.clone()))
        };
        // "27 morts et blessés": both together, where the second has no figure of its own
        let counts = |t: usize| s.numbers.iter().any(|q| q.tokens.start as usize == t);
        let and = |t: usize| fits(&self.lex.grammar.and, &s.view.folded[t]) && !counts(t + 1) && !counts(t + 2);
        let or = |t: usize| self.lex.tolls.or.contains(&s.view.folded[t]) || and(t);
        let pair = |t: usize| {
            let (a, b) = (told(t - 1), told(t + 1));
            let is = |x: &Option<Id>, k: &str| x.as_deref() == Some(k);
            is(&a, "killed") && is(&b, "wounded") || is(&a, "wounded") && is(&b, "killed")
        };
        // "a perdu mille hommes en une journée, tués ou blessés"
        let own = anchor.is_some_and(|w| self.anchors.iter().any(|a| a.word == w && a.any(self.lex, |x| x.own)));
        let reach = if kind == "neutralised" || own { 12 } else { 2 };
        matches!(kind, "killed" | "wounded" | "neutralised")
            && (at.saturating_sub(1)..s.view.len().saturating_sub(1).min(at + reach)).any(|t| t > 0 && or(t) && pair(t))
    }

    /// “dans deux attaques”, behind those who died in them: when it was, and no count of attacks.
    fn setting(&self, r: &Reading<'_>, unit: &str) -> bool {
        let before = r.figure.first.checked_sub(1).map(|t| self.s.view.folded[t].trim_end_matches('\''));
        let within = before.is_some_and(|f| self.lex.tolls.within.contains(f))
            || self.lex.tolls.within_rows.before(&self.s.view.folded, r.figure.first).is_some();
        // "deux attaques ont tué dix personnes": the toll is of those killed
        let deadly = r.figure.noun.and_then(|t| self.s.word_at(t)).is_some_and(|w| {
            let head = self.s.syn.head(w).filter(|_| self.s.syn.dep(w) == recoupe_syntax::Dep::Nsubj);
            let harms = |h: usize| {
                let act = self.anchors.iter().find(|a| a.word == h && !a.noun);
                let toll = act.and_then(|a| self.lex.act(a.act(self.lex, Some(On::Person))?).toll.as_deref());
                matches!(toll, Some("killed" | "wounded")) || self.lex.grammar.cause.contains(&self.s.syn.lemma[h])
            };
            head.is_some_and(|h| {
                harms(h) && self.s.numbers.iter().any(|q| q.counts() && q.tokens.start as usize > self.s.token(h))
            })
        });
        // "ont mené trois opérations": what they did is told next
        if unit == "operation" && r.q.max.is_some_and(|n| n <= 5) {
            return true;
        }
        if deadly && matches!(unit, "attack" | "airstrike") && r.q.max.is_some_and(|n| n <= 3) {
            return true;
        }
        unit == "attack"
            && within
            && r.q.max.is_some_and(|n| n <= 3)
            && self.out.iter().any(|t| &*t.toll.unit == "person")
    }

    /// Whether an article, or a word that may be one, counts somebody.
    fn one(&self, r: &Reading<'_>, rule: &str) -> bool {
        let more = self.lex.tolls.one_more.longest_at(&self.s.view.folded, r.figure.first).is_some();
        let counted = matches!(rule, "toll.count-reaches" | "toll.numbered" | "toll.again" | "toll.ended-as");
        let person = r.figure.noun.is_some_and(|t| {
            // "un Français", "une Marocaine"
            let folded = &self.s.view.folded[t];
            let native = self.s.view.capital(t) && self.s.names().adjective(folded).is_some();
            native || self.lex.tolls.persons.contains(self.lemma(t))
        });
        let known = matches!(r.what, Counted::Person(_) | Counted::Thing(_) | Counted::Casualty(_) | Counted::Act(_));
        r.part || more || counted || person || known
    }

    /// The bounds of a figure, and the last token of whoever is told with those counted.
    fn bounds(&self, r: &Reading<'_>, rule: &str) -> (Option<i64>, Option<i64>, Option<usize>) {
        let (mut min, mut max) = if r.q.zero { (Some(0), Some(0)) } else { (r.q.min, r.q.max) };
        if rule == "toll.count-reaches" {
            min = min.or(max); // "a grimpé jusqu'à neuf" is nine
        }
        if r.figure.noun.is_some_and(|t| self.lex.tolls.pairs.contains(self.lemma(t))) {
            (min, max) = (min.map(|n| n * 2), max.map(|n| n * 2));
        }
        // "un père et son fils" are two
        let last = r.figure.noun.filter(|_| r.figure.article).and_then(|t| companion(self.s, self.lex, t));
        if last.is_some() {
            (min, max) = (min.map(|n| n + 1), max.map(|n| n + 1));
        }
        (min, max, last)
    }
}
