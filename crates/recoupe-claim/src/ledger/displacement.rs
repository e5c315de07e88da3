//! People who flee, and people who have fled.
//!
//! A figure counts displaced people when its own noun says so, when a verb or idiom of flight takes the people it counts
//! along, or when a place is said to shelter them.

use std::ops::Range;

use recoupe_mention::number::{Kind, Quantity};
use recoupe_mention::time::TimeKind;
use recoupe_mention::{Class, MentionKind, Party, Place, Status, When};
use recoupe_syntax::Upos;

use super::places::is;
use super::{Around, LedgerLexicon, base};
use crate::anchor::Anchor;
use crate::event::{began, when};
use crate::lex::{ClaimLexicon, fits};
use crate::sentence::Sent;
use crate::types::{Certainty, Claim, Detail, FlowKind, Toll};

/// How far, in tokens, a verb that only means flight stands from the people it moves.
const STRONG: usize = 14;
/// The same for a verb that may as well tell an ordinary journey.
const WEAK: usize = 8;
/// Fewer people than this on an ordinary journey are no displacement.
const JOURNEY: i64 = 50;

/// More people than this leave no one town, and hardly at one time.
const TOWN: i64 = 100_000;

/// Whom a figure counts.
struct Counted {
    people: Option<usize>,
    family: bool,
    displaced: bool,
    /// Where the words of the figure with its noun end.
    end: usize,
}

/// What says that they moved.
#[derive(Clone, Copy)]
struct Moved {
    token: usize,
    strong: bool,
}

impl LedgerLexicon {
    pub(super) fn displacement(
        &self,
        s: &Sent<'_>,
        lex: &ClaimLexicon,
        around: &Around<'_>,
        anchors: &[Anchor],
        out: &mut Vec<Claim>,
    ) {
        let flows = self.flows(s, lex, anchors);
        // "environ 900 autres ont rejoint X": of those whom the sentence before counted
        let fled = |c: &Claim| matches!(c.detail, Detail::Displacement { .. }) && c.part == s.part;
        let mut earlier = out.iter().any(|c| fled(c) && c.sentence < s.index && c.sentence + 2 >= s.index);
        for q in s.numbers.iter().filter(|q| q.counts() && q.kind != Kind::Article) {
            // "l'OIM en dénombre plus de 690 000": of those whom the sentence before counted
            let of_them = || {
                let (at, end) = (q.tokens.start as usize, q.tokens.end as usize);
                let noun = end < s.view.len() && matches!(s.view.upos(end), Some(Upos::Noun | Upos::Propn));
                let told = out.last().is_some_and(|c| fled(c) && c.sentence + 1 == s.index);
                let them = |t: usize| {
                    self.clitics.contains(&s.view.folded[t])
                        && s.word_at(t + 1).is_some_and(|w| lex.voices.counting.contains(&s.syn.lemma[w]))
                };
                let en = (at.saturating_sub(6)..at.saturating_sub(1)).any(them);
                (told && en && !noun).then_some(Counted { people: None, family: false, displaced: true, end })
            };
            let counted = self.counted(s, lex, q, earlier).or_else(|| self.bare(s, q, &flows)).or_else(of_them);
            let Some(counted) = counted else { continue };
            // "des milliers de morts" fled nowhere
            let dead = |p: usize| lex.casualties.find(s.view).any(|(t, _)| t.contains(&s.parties[p].head));
            if counted.people.is_some_and(dead) {
                continue;
            }
            earlier = true;
            if part(s, lex, q) {
                continue;
            }
            let at = q.tokens.start as usize;
            if killed(s, lex, anchors, at) {
                continue;
            }
            let moved = self.moved(s, lex, q, &counted, &flows);
            let Some(kind) = self.kind(s, q, &counted, moved) else { continue };
            let token = (q.core.start as usize).max(at);
            let Some(word) = s.word_at(token) else { continue };
            self.push_figure(s, lex, around, q, &counted, moved, kind, word, out);
        }
    }

    /// Verbs and idioms of flight, in order.
    fn flows(&self, s: &Sent<'_>, lex: &ClaimLexicon, anchors: &[Anchor]) -> Vec<Moved> {
        let mut out: Vec<Moved> = Vec::new();
        let nouns: Vec<Range<usize>> = self.displaced.find(s.view).map(|(t, _)| t).collect();
        // "les déplacés" names them; "ont été déplacés" tells what happened
        let named = |w: usize| {
            let t = s.token(w);
            // "y sont encore déplacés"
            let before = (0..w).rev().find(|b| s.syn.word(*b).upos != Upos::Adv);
            let verb = before.is_some_and(|b| s.syn.word(b).upos == Upos::Aux);
            nouns.iter().any(|n| n.contains(&t)) && !verb
        };
        let strong =
            |w: usize| !named(w) && anchors.iter().any(|a| a.word == w && a.any(lex, |x| x.kind == "displacement"));
        for w in 0..s.syn.len() {
            let t = s.token(w);
            let left = self.gone.contains(&s.syn.form[w]) && w > 0 && self.auxiliary(s, lex, w - 1);
            if strong(w) || self.flow.contains(&s.syn.lemma[w]) && !named(w) || left {
                out.push(Moved { token: t, strong: strong(w) });
            }
        }
        out.extend(self.uprooted.find(s.view).map(|(t, _)| Moved { token: t.start, strong: true }));
        out.sort_by_key(|m| m.token);
        out
    }

    fn auxiliary(&self, s: &Sent<'_>, lex: &ClaimLexicon, w: usize) -> bool {
        lex.grammar.passive_auxiliary.iter().any(|a| *a == s.syn.form[w])
    }

    /// Whom the figure counts: the noun right behind it, the noun of number around it, or those the sentence counted before.
    fn counted(&self, s: &Sent<'_>, lex: &ClaimLexicon, q: &Quantity, earlier: bool) -> Option<Counted> {
        let from = if q.core.is_empty() { q.tokens.end } else { q.core.end } as usize;
        let mut found = Counted { people: None, family: false, displaced: false, end: from };
        let mut t = from;
        let mut reach = from + 9;
        while t < s.view.len() && t < reach {
            // "5 981 personnes (1 272 ménages) déplacées"
            if found.people.is_some() && s.view.surface(t) == "(" {
                let Some(close) = (t..(t + 8).min(s.view.len())).find(|k| s.view.surface(*k) == ")") else { break };
                reach += close + 1 - t;
                t = close + 1;
                continue;
            }
            if let Some((d, _)) = self.displaced.find(s.view).find(|(d, _)| d.start == t) {
                found.displaced = true;
                found.end = d.end;
                return Some(found);
            }
            let named = found.people.is_some() || found.family;
            if self.families.contains(&s.view.folded[t]) {
                found.family = true;
            } else if let Some(p) =
                s.parties.iter().position(|p| p.head == t && matches!(p.kind, MentionKind::Noun(Class::Civil)))
            {
                found.people = found.people.or(Some(p));
            } else if s.view.capital(t) && s.names().adjective(&s.view.folded[t]).is_some() {
                // "3,7 millions de Syriens": inhabitants by the name of their country
                found.end = t + 1;
                return Some(found);
            } else if is(&lex.grammar.other, s, t) && earlier {
                found.end = t + 1;
                return Some(found);
            } else {
                let modifier =
                    matches!(s.view.upos(t), Some(Upos::Adj | Upos::Det)) && !is(&lex.grammar.definite, s, t);
                let participle =
                    named && s.view.upos(t) == Some(Upos::Verb) && s.word_at(t).is_some_and(|w| !s.syn.finite(w));
                if !(modifier || participle || is(&lex.grammar.of, s, t)) {
                    break;
                }
            }
            t += 1;
            if found.people.is_some() || found.family {
                found.end = found.end.max(if named { found.end } else { t });
            }
        }
        if found.people.is_some() || found.family {
            return Some(found);
        }
        self.number_of(s, lex, q, from)
    }

    /// “ils seraient 300 000 à avoir fui”: a figure without a noun, right before a word of flight.
    fn bare(&self, s: &Sent<'_>, q: &Quantity, flows: &[Moved]) -> Option<Counted> {
        let end = q.tokens.end as usize;
        let m = flows.iter().find(|m| m.strong && m.token >= end && m.token < end + 5)?;
        let noun = (end..m.token).any(|t| matches!(s.view.upos(t), Some(Upos::Noun | Upos::Propn)));
        (!noun).then_some(Counted { people: None, family: false, displaced: false, end })
    }

    /// “évalue à 840 le nombre de ménages”, “le nombre de déplacés, estimé à deux millions”.
    fn number_of(&self, s: &Sent<'_>, lex: &ClaimLexicon, q: &Quantity, from: usize) -> Option<Counted> {
        let own = s.view.upos(from) == Some(Upos::Noun);
        let behind = (from..(from + 3).min(s.view.len())).find(|t| is(&lex.grammar.count_nouns, s, *t));
        let start = q.tokens.start as usize;
        let before = || (start.saturating_sub(16)..start).rev().find(|t| is(&lex.grammar.count_nouns, s, *t));
        let noun = behind.or_else(|| if own { None } else { before() })?;
        let other_figure = |t: usize| {
            s.numbers.iter().filter(|o| o.counts()).any(|o| {
                let o = o.tokens.start as usize;
                o > t && o < start
            })
        };
        if behind.is_none() && other_figure(noun) {
            return None;
        }
        let near = noun + 1..(noun + 5).min(s.view.len());
        if self.displaced.find(s.view).any(|(d, _)| near.contains(&d.start)) {
            return Some(Counted { people: None, family: false, displaced: true, end: q.tokens.end as usize });
        }
        let family = near.clone().any(|t| self.families.contains(&s.view.folded[t]));
        let people =
            s.parties.iter().position(|p| near.contains(&p.head) && matches!(p.kind, MentionKind::Noun(Class::Civil)));
        (behind.is_some() && (family || people.is_some())).then_some(Counted {
            people,
            family,
            displaced: false,
            end: q.tokens.end as usize,
        })
    }

    /// The verb or idiom that moved them: nearest, those of flight before those of any journey.
    fn moved(&self, s: &Sent<'_>, lex: &ClaimLexicon, q: &Quantity, c: &Counted, flows: &[Moved]) -> Option<Moved> {
        let at = q.tokens.start as usize;
        let wall = |t: usize| {
            let (a, b) = if t < at { (t, at) } else { (c.end, t) };
            (a..b).any(|k| matches!(s.view.surface(k), ";" | ":"))
        };
        let far = |m: &Moved| if m.token < at { at - m.token } else { m.token.saturating_sub(c.end) };
        // another count of people in between takes the verb
        let nearer = |m: &Moved| {
            m.token > c.end
                && s.numbers.iter().any(|o| {
                    let o_at = o.tokens.start as usize;
                    o_at > c.end
                        && o_at < m.token
                        && o.counts()
                        && !part(s, lex, o)
                        && !o.vague()
                        && o.kind != Kind::Article
                        && s.parties.iter().any(|p| p.head >= o_at && p.head <= o.tokens.end as usize + 2)
                })
        };
        flows
            .iter()
            .filter(|m| far(m) <= if m.strong { STRONG } else { WEAK } && !wall(m.token) && !nearer(m))
            .min_by_key(|m| (u8::from(!m.strong), far(m)))
            .copied()
    }

    fn kind(&self, s: &Sent<'_>, q: &Quantity, c: &Counted, moved: Option<Moved>) -> Option<FlowKind> {
        let at = q.tokens.start as usize;
        // an order of size without a figure ("des centaines") is told only where it is flight beyond doubt
        if q.vague() {
            return (moved.is_some_and(|m| m.strong) && (c.people.is_some() || c.family && !s.places.is_empty()))
                .then_some(FlowKind::Flow);
        }
        let least = q.min.or(q.max).unwrap_or(0);
        let near = |list: &recoupe_pack::WordSet, range: Range<usize>| {
            range.clone().any(|t| s.word_at(t).is_some_and(|w| list.contains(&s.syn.lemma[w])))
        };
        let forced = near(&self.forced, at.saturating_sub(6)..at);
        let host = (at.saturating_sub(10)..at).rev().find(|t| near(&self.host, *t..*t + 1));
        // "contraints de fuir vers la Turquie, qui accueille déjà 3,7 millions de Syriens"
        let moved = moved.filter(|m| host.is_none_or(|h| m.token > h || m.token < h && h - m.token < 3));
        let host = host.is_some();
        let after = c.end..(c.end + 5).min(s.view.len());
        let dwell = near(&self.camp, after.clone())
            || near(&self.dwell, c.end..(c.end + 9).min(s.view.len()))
                && self.shelters.find(s.view).any(|(t, _)| t.start > at && t.start < c.end + 14)
            || near(&self.dwell, at.saturating_sub(6)..at);
        let strong = moved.is_some_and(|m| m.strong);
        // "800 déplacés sont arrivés à": those who had fled are on the move again
        let moving = moved.is_some_and(|m| m.token >= c.end && m.token <= c.end + 3);
        if c.displaced && !forced && !strong && !moving {
            return (least > 1).then_some(FlowKind::Stock);
        }
        // "deux tiers des 120 000 habitants": how many there were, not how many left
        if q.definite && !c.displaced {
            return None;
        }
        // crossing or gaining something is a journey only where it leads somewhere
        let leads = moved.is_none_or(|m| {
            let w = s.word_at(m.token);
            let journey = w.is_some_and(|w| self.journey.contains(&s.syn.lemma[w]));
            !journey
                || (m.token + 1..(m.token + 9).min(s.view.len()))
                    .any(|t| s.place_at(t).is_some() || s.view.capital(t) && s.party_at(t).is_none())
        });
        if strong || moved.is_some() && leads && (least >= JOURNEY || forced) {
            return (least > 1).then_some(FlowKind::Flow);
        }
        ((host || dwell) && least >= 100).then_some(FlowKind::Stock)
    }

    #[allow(clippy::too_many_arguments)]
    fn push_figure(
        &self,
        s: &Sent<'_>,
        lex: &ClaimLexicon,
        around: &Around<'_>,
        q: &Quantity,
        counted: &Counted,
        moved: Option<Moved>,
        kind: FlowKind,
        word: usize,
        out: &mut Vec<Claim>,
    ) {
        let at = q.tokens.start as usize;
        let way = self.way(s, moved);
        let here = s
            .places
            .iter()
            .find(|p| p.locative && way.1.as_ref().is_none_or(|t| t.id != p.place.id))
            .map(|p| p.place.clone());
        let near = moved.map_or(at, |m| m.token);
        let dated = s.times.iter().filter(|t| t.from.is_some() && matches!(t.kind, TimeKind::Point | TimeKind::Since));
        let dated = dated.min_by_key(|t| (t.tokens.start as usize).abs_diff(near));
        let time = dated.map(when);
        let since: Option<When> = s.times.iter().find(|t| t.kind == TimeKind::Since).map(when);
        let flow = kind == FlowKind::Flow;
        let span = s.span(&(at..counted.end.max(q.tokens.end as usize)));
        let unit = if counted.family { "family" } else { "person" };
        let mut c = base(s, lex, word, "displacement");
        c.place = way.0.clone().or_else(|| here.clone()).or_else(|| way.1.clone());
        c.target = counted.people.map(|p| s.parties[p].party.clone());
        c.time = time;
        c.detail = Detail::Displacement {
            kind,
            min: q.min,
            max: q.max,
            approx: q.approx,
            unit: unit.into(),
            from: way.0.or_else(|| if flow && way.1.is_none() { here.clone() } else { None }),
            to: way.1,
            at: if flow { None } else { here.or_else(|| s.places.first().map(|p| p.place.clone())) },
            since: since.clone(),
            span,
        };
        // the flight itself is an incident, with those who fled as its toll
        // told without a day, a flight that is no more than a town's is news; millions are what a war has driven out
        let news = || {
            let told = moved.is_some_and(|m| m.strong && s.word_at(m.token).is_some_and(|w| !s.syn.future(w)));
            let war = s.word_at(near).is_some_and(|w| crate::toll::wars_clause(s, lex, s.syn.clause(w)));
            told && !war && !counted.family && since.is_none() && q.min.or(q.max).is_some_and(|n| n <= TOWN)
        };
        // "n'ont toujours pas pu regagner leur domicile": they are still away
        let home = moved.is_some_and(|m| {
            let near = m.token.saturating_sub(2)..(m.token + 1).min(s.view.len());
            near.into_iter().filter_map(|t| s.word_at(t)).any(|w| self.returns.contains(&s.syn.lemma[w]))
        });
        if home && c.certainty == Certainty::Denied {
            c.certainty = Certainty::Stated;
            if let Detail::Displacement { kind, from, to, .. } = &mut c.detail {
                (*kind, *from, *to) = (FlowKind::Stock, None, None);
            }
            out.push(c);
            return;
        }
        let recent = c.time.as_ref().map_or_else(news, |t| recent(t, around)) || q.vague();
        if flow && recent && matches!(c.certainty, Certainty::Stated | Certainty::Hedged) {
            let people = c.target.clone().unwrap_or_else(|| civilians(span));
            let toll = Toll {
                kind: "displaced".into(),
                group: people.clone(),
                status: people.status,
                unit: unit.into(),
                min: q.min,
                max: q.max,
                approx: q.approx,
                cumulative: since.is_some(),
                part_of: None,
                span,
            };
            let mut told = c.clone();
            told.detail = Detail::Incident;
            told.target = Some(people);
            told.tolls = vec![toll];
            // "ont fui depuis le 4 avril": the flight began on that day
            told.time = dated.map(began).or_else(|| around.news());
            told.place = told.place.or_else(|| around.lead.cloned());
            out.push(c);
            super::political::add(told, out);
            return;
        }
        out.push(c);
    }

    /// Whence and whither: the object of a verb of leaving, that of a verb of reaching, and what prepositions say.
    fn way(&self, s: &Sent<'_>, moved: Option<Moved>) -> (Option<Place>, Option<Place>) {
        let with = |list: &[String], at: usize| {
            (at.saturating_sub(4)..at)
                .rev()
                .take_while(|k| !matches!(s.view.surface(*k), "," | ";"))
                .any(|k| list.iter().any(|w| w.trim_end_matches('\'') == s.view.folded[k].trim_end_matches('\'')))
        };
        let verb_before = |list: &recoupe_pack::WordSet, at: usize| {
            (at.saturating_sub(6)..at)
                .rev()
                .take_while(|k| !matches!(s.view.surface(*k), "," | ";"))
                .any(|k| s.word_at(k).is_some_and(|w| list.contains(&s.syn.lemma[w])))
        };
        let (mut from, mut to) = (None, None);
        for p in &s.places {
            let at = p.tokens.start;
            if to.is_none() && (with(&self.to, at) || verb_before(&self.reach, at)) {
                to = Some(p.place.clone());
            } else if from.is_none()
                && (verb_before(&self.leave, at)
                    || with(&self.from, at) && moved.is_some_and(|m| at > m.token) && !p.locative)
            {
                from = Some(p.place.clone());
            }
        }
        (from, to)
    }
}

/// Whether a movement is of one time, not the sum of years: of a few weeks, and begun not long before the page.
fn recent(t: &When, around: &Around<'_>) -> bool {
    let Some(from) = t.from else { return false };
    let until = around.published.map(|p| p.1).or(t.to);
    until.is_none_or(|u| (u - from).get_days() <= 120)
}

/// “dont 700 enfants”: a part of the figure before it.
fn part(s: &Sent<'_>, lex: &ClaimLexicon, q: &Quantity) -> bool {
    let at = q.tokens.start as usize;
    (at.saturating_sub(2)..at).any(|t| fits(&lex.grammar.part_relative, &s.view.folded[t]))
}

/// People who were killed or seized are no flow.
fn killed(s: &Sent<'_>, lex: &ClaimLexicon, anchors: &[Anchor], at: usize) -> bool {
    anchors.iter().any(|a| {
        a.any(lex, |x| matches!(x.toll.as_deref(), Some("killed" | "wounded" | "captured" | "neutralised")))
            && s.token(a.word).abs_diff(at) <= 4
    })
}

/// People without a noun of their own.
fn civilians(span: recoupe_text::Span) -> Party {
    Party { id: "generic/civilians".into(), name: "civilians".into(), country: None, status: Status::Civilian, span }
}
