//! A page becomes a reading: sentences, mentions, events, claims.

use std::collections::BTreeMap;

use recoupe_gazetteer::Gazetteer;
use recoupe_mention::number::NumberReader;
use recoupe_mention::places::PlaceMention;
use recoupe_mention::time::{Anchor as TimeAnchor, TimeReader};
use recoupe_mention::{Lexicon, PageContext, Party, PartyMention, Place, TimeBasis, TimePrecision, View, When};
use recoupe_pack::{PackError, Packs};
use recoupe_page::{Article, Block, BlockKind, Note};
use recoupe_syntax::{Model, Scratch};
use recoupe_text::{Segmenter, Sentence, Span};

use crate::carry::{closing_speaker, is_document, same};
use crate::event::{Event, events};
use crate::group::{Known, Told, find, merge};
use crate::lex::ClaimLexicon;
use crate::relevance::{PageVerdict, Relevance};
use crate::scene::{self, Scene, fine};
use crate::sentence::Sent;
use crate::types::{Certainty, Claim, Detail, Naming, Reading, Toll};
use crate::voice::{Speakers, remember_aliases, scopes};
use crate::{anchor, ledger, naming, quotes, toll};

/// Everything needed to read pages of one language. Built once, shared by threads.
pub struct LanguageReader {
    /// Names and nouns.
    pub names: Lexicon,
    /// Acts and speech.
    pub lex: ClaimLexicon,
    numbers: NumberReader,
    times: TimeReader,
    segmenter: Segmenter,
    model: &'static Model,
    ledger: ledger::LedgerLexicon,
    naming: naming::NamingLexicon,
    relevance: Relevance,
}

/// Sentences up to which a text counts as one page of ordinary length.
const PAGE_SENTENCES: usize = 80;
/// Tokens beyond which a “sentence” is a table or noise that no rule of clauses can read.
const LONGEST_SENTENCE: usize = 400;
/// Tokens up to which a line may be nothing but a date.
const LABEL_TOKENS: usize = 8;

/// A sentence of the page before and after parsing.
struct Line {
    sentence: Sentence,
    part: u16,
    paragraph: u32,
    heading: bool,
}

impl LanguageReader {
    /// Compiles the packs of a language.
    pub fn load(packs: &Packs, lang: &str, segmenter: Segmenter, model: &'static Model) -> Result<Self, PackError> {
        let names = Lexicon::load(packs, lang)?;
        Ok(Self {
            lex: ClaimLexicon::load(packs, lang, &names)?,
            numbers: NumberReader::load(packs, lang)?,
            times: TimeReader::load(packs, lang)?,
            ledger: ledger::LedgerLexicon::load(packs, lang, &names)?,
            naming: naming::NamingLexicon::load(packs, lang, &names)?,
            relevance: Relevance::load(packs, lang)?,
            segmenter,
            model,
            names,
        })
    }

    /// The sentence splitter.
    pub fn segmenter(&self) -> &Segmenter {
        &self.segmenter
    }

    /// The parser.
    pub fn model(&self) -> &'static Model {
        self.model
    }

    /// Reads a page. Never fails: a page without claims is a reading without claims.
    pub fn read(&self, article: Article, gazetteer: &Gazetteer) -> Reading {
        let lines = self.lines(&article);
        let spans: Vec<Span> = lines.iter().map(|l| l.sentence.span).collect();
        let mut folded = String::new();
        let heat: Vec<usize> = lines
            .iter()
            .map(|l| {
                if l.sentence.tokens.len() > LONGEST_SENTENCE {
                    return 0;
                }
                folded.clear();
                recoupe_text::fold_into(l.sentence.span.of(&article.text), &mut folded);
                self.lex.heat(&folded)
            })
            .collect();
        let parse = worth_parsing(&heat);
        if !parse.contains(&true) {
            return Reading { article, sentences: spans, claims: Vec::new(), namings: Vec::new() };
        }
        let mut scratch = Scratch::default();
        let text = article.text.as_str();
        let views: Vec<View<'_>> = lines
            .iter()
            .zip(&parse)
            .map(|(l, parse)| {
                let tree = if *parse { self.model.parse(text, &l.sentence, &mut scratch) } else { Default::default() };
                View::new(text, &l.sentence, tree)
            })
            .collect();
        let quotes = quotes::find(text, &article.blocks);
        let (claims, namings, verdict) = self.claims(&article, gazetteer, &lines, &views, &quotes);
        drop(views);
        let mut article = article;
        if let Some(topic) = verdict.topic {
            article.notes.push(Note {
                code: "other-topic",
                message: format!("read as {topic}, not as conflict: {}", verdict.evidence.join(", ")),
                span: None,
            });
        }
        Reading { article, sentences: spans, claims, namings }
    }

    fn lines(&self, article: &Article) -> Vec<Line> {
        let mut out = Vec::new();
        for b in article.kept().filter(|b| readable(b)) {
            for sentence in self.segmenter.sentences(&article.text, b.span) {
                out.push(Line {
                    sentence,
                    part: b.part,
                    paragraph: b.paragraph,
                    heading: matches!(b.kind, BlockKind::Title | BlockKind::Heading),
                });
            }
        }
        out
    }

    fn claims(
        &self,
        article: &Article,
        gazetteer: &Gazetteer,
        lines: &[Line],
        views: &[View<'_>],
        quotes: &[Span],
    ) -> (Vec<Claim>, Vec<Naming>, PageVerdict) {
        let year = article.published.as_ref().map(|p| p.from.year());
        let mut weights = self.weights(views);
        let start = PageContext { country: top(&weights), last_role: Vec::new(), year };
        let (parties, place_names) = self.mentions(views, gazetteer, start.clone());
        let view_refs: Vec<&View<'_>> = views.iter().collect();
        let iso = |w: &BTreeMap<u16, u32>| -> Vec<([u8; 2], u32)> {
            w.iter()
                .filter_map(|(s, n)| {
                    let b = self.names.world.states[*s as usize].iso2.as_bytes();
                    Some(([*b.first()?, *b.get(1)?], *n))
                })
                .collect()
        };
        let mut places =
            recoupe_mention::places::resolve_page(&place_names, &view_refs, gazetteer, &self.names, iso(&weights));
        // Where the places lie says more about what the page is about than who is named.
        for p in places.iter().flatten() {
            if let Some(s) = p.place.country.as_deref().and_then(|c| self.names.state2(c)) {
                *weights.entry(s).or_default() +=
                    if p.place.precision == recoupe_mention::PlacePrecision::Country { 1 } else { 3 };
            }
        }
        let parties = match top(&weights) {
            c if c != start.country => {
                let (p, names) = self.mentions(views, gazetteer, PageContext { country: c, ..start });
                places =
                    recoupe_mention::places::resolve_page(&names, &view_refs, gazetteer, &self.names, iso(&weights));
                p
            }
            _ => parties,
        };
        let folded: Vec<String> = views.iter().map(|v| v.folded.join(" ")).collect();
        let combatants = parties.iter().flatten().filter(|p| armed(p)).count();
        let weapons = views.iter().map(|v| self.lex.means.find(v).count()).sum();
        // A land at war that the page speaks of half as much as of any other says more about it than the other.
        let most = weights.values().max().copied().unwrap_or(0);
        let iso2 = |s: &u16| self.names.world.states.get(*s as usize).map(|s| s.iso2.as_str());
        let war = weights
            .iter()
            .filter(|(_, n)| **n * 2 >= most)
            .filter_map(|(s, _)| iso2(s))
            .find(|land| self.relevance.is_at_war(land));
        let land = war.or_else(|| top(&weights).as_ref().and_then(iso2));
        let verdict = self.relevance.page(&folded, combatants, weapons, land);
        if !verdict.conflict {
            return (Vec::new(), Vec::new(), verdict);
        }
        let published = article.published.as_ref().map(|p| (p.from, p.to));
        let (foe, army) = (crate::event::main_group(&parties), crate::event::main_army(&parties));
        let mut scene = Scene::default();
        let headings: Vec<bool> = lines.iter().map(|l| l.heading).collect();
        let lead = scene::main_place(&places, &headings);
        let mut speakers = Speakers::default();
        let mut out = Page {
            claims: Vec::new(),
            known: Vec::new(),
            events: Vec::new(),
            author: None,
            published,
            paragraphs: lines.iter().map(|l| l.paragraph).collect(),
            headings: lines.iter().map(|l| l.heading).collect(),
            places: vec![Vec::new(); lines.len()],
            days: vec![None; lines.len()],
        };
        let mut namings = Vec::new();
        let document = is_document(article, &self.lex);
        // Who is said, where a quotation of several sentences closes, to have spoken; and up to which sentence that holds.
        let mut speaks_on: Option<(usize, Party)> = None;
        for (i, (line, view)) in lines.iter().zip(views).enumerate() {
            if i > 0 && lines[i - 1].part != line.part {
                scene = Scene::default();
            }
            scene.enter(line.paragraph, line.heading, published);
            let toks =
                recoupe_mention::toks::Toks { text: view.text, tokens: &view.sentence.tokens, folded: &view.folded };
            let days = || self.times.find(&toks, &TimeAnchor { published, narrative: scene.narrative, future: false });
            let times = if view.len() <= LABEL_TOKENS || !view.tree.words.is_empty() { days() } else { Vec::new() };
            if view.len() <= LABEL_TOKENS {
                let alone = lines.get(i + 1).is_none_or(|l| l.paragraph != line.paragraph);
                scene.label(view, &times, alone, published);
            }
            if view.tree.words.is_empty() {
                continue;
            }
            let elsewhere = self.relevance.sentence(&folded[i]).is_some();
            if i > 0 && lines[i - 1].part != line.part {
                speakers = Speakers::default();
            }
            let numbers = self.numbers.find(&toks);
            let syn = crate::syn::Syn::new(view, &self.lex.grammar);
            let mine: Vec<Span> = quotes.iter().copied().filter(|q| q.overlaps(view.sentence.span)).collect();
            speakers.inside_quote = mine.iter().any(|q| q.start < view.sentence.span.start);
            let dates = times.iter().map(|t| t.tokens.start as usize..t.tokens.end as usize).collect();
            let towns = places[i].iter().map(|p| p.tokens.clone()).collect();
            let mut scopes = scopes(&syn, view, &parties[i], (dates, towns), &self.lex, &speakers, &mine);
            if let Some(q) = mine.iter().find(|q| q.start >= view.sentence.span.start && q.end > view.sentence.span.end)
                && let Some(j) = (i + 1..lines.len().min(i + 8)).find(|j| q.end <= lines[*j].sentence.span.end)
                && !views[j].tree.words.is_empty()
            {
                let syn = crate::syn::Syn::new(&views[j], &self.lex.grammar);
                let later = crate::voice::scopes(
                    &syn,
                    &views[j],
                    &parties[j],
                    (Vec::new(), Vec::new()),
                    &self.lex,
                    &speakers,
                    &[*q],
                );
                speaks_on = closing_speaker(&later, *q, &views[j].sentence.tokens).map(|p| (j, p));
            }
            if let Some((until, party)) = &speaks_on
                && i < *until
                && scopes.iter().all(|s| s.speaker.is_none())
            {
                scopes.push(crate::voice::Scope::whole(view.len(), party.clone()));
            }
            remember_aliases(view, &parties[i], &mut speakers);
            let mut mine_parties = parties[i].clone();
            own_side(&mut mine_parties, &scopes, &self.names);
            let s = Sent {
                view,
                syn,
                parties: mine_parties,
                places: places[i].clone(),
                times,
                numbers,
                scopes,
                names: &self.names,
                index: i as u32,
                part: line.part,
                paragraph: line.paragraph,
                heading: line.heading,
                foe: foe.as_ref(),
                army: army.as_ref(),
                question: view.surface(view.len().saturating_sub(1)).ends_with('?') && !view.is_empty(),
                quotes: mine,
            };
            let anchors = anchor::find(&s, &self.lex);
            // What is only said or agreed makes no incident of violence.
            let violent: Vec<anchor::Anchor> = anchors
                .iter()
                .filter(|a| {
                    a.any(&self.lex, |x| {
                        // who fled is counted by the ledger, which tells it as an incident of its own
                        &*x.kind != "displacement"
                            && (x.toll.is_some() || !matches!(&*x.kind, "statement_threat" | "talks" | "agreement"))
                    })
                })
                .cloned()
                .collect();
            let tolls = toll::find(&s, &self.lex, &violent);
            out.places[i] = scene::places(&s);
            out.days[i] = scene::day(&s);
            let mut told = events(&s, &self.lex, &violent, tolls);
            if !told.iter().any(|e| e.core || !e.tolls.is_empty()) {
                told.extend(crate::event::accusation(&s, &self.lex, &violent));
            }
            for mut e in told {
                if elsewhere {
                    break;
                }
                if e.time.is_none() {
                    e.time = scene.labelled().cloned();
                }
                // Only a day told as news is what "la veille" counts from.
                if let Some(w) =
                    e.time.as_ref().filter(|w| w.precision == TimePrecision::Day && w.basis != TimeBasis::Inherited)
                    && let Some((a, b)) = w.from.zip(w.to)
                    && published.is_none_or(|p| (p.1 - a).get_days().abs() <= 400)
                {
                    scene.tell((a, b), published);
                    out.days[i] = e.time.clone();
                }
                out.add(&s, e, &self.lex);
            }
            if let Some((a, b)) = out.days[i].as_ref().and_then(|w| w.from.zip(w.to)) {
                scene.tell((a, b), published);
            }
            let around = ledger::Around { published, lead: lead.as_ref(), before: &places[..i] };
            self.ledger.read(&s, &self.lex, &around, &anchors, &mut out.claims);
            self.naming.read(&s, &mut namings);
            out.told_by(&s, &self.lex);
            if document && out.author.is_none() {
                out.author = s.scopes.iter().filter(|x| x.verb.is_some()).find_map(|x| x.speaker.clone());
            }
            speakers.remember(&s, &self.lex.documents);
        }
        let claims = out.finish(article, published);
        (claims, namings, verdict)
    }

    fn mentions(
        &self,
        views: &[View<'_>],
        gazetteer: &Gazetteer,
        mut ctx: PageContext,
    ) -> (Vec<Vec<PartyMention>>, Vec<Vec<recoupe_mention::places::PlaceName>>) {
        views
            .iter()
            .map(|v| {
                if v.tree.words.is_empty() {
                    return (Vec::new(), Vec::new());
                }
                let p = recoupe_mention::parties::find(v, &self.names, &mut ctx);
                let n = recoupe_mention::places::names(v, &self.names, gazetteer, &p);
                (p, n)
            })
            .unzip()
    }

    /// How much the page speaks of each state.
    fn weights(&self, views: &[View<'_>]) -> BTreeMap<u16, u32> {
        use recoupe_mention::lexicon::Ref;
        let mut w: BTreeMap<u16, u32> = BTreeMap::new();
        for v in views {
            for h in self.names.names_in(v) {
                match h.refs[0] {
                    Ref::State(s) | Ref::Metonym(s, _) | Ref::People(s) => *w.entry(s).or_default() += 2,
                    Ref::Party(p) => {
                        if let Some(s) =
                            self.names.world.parties[p as usize].country.as_deref().and_then(|c| self.names.state2(c))
                        {
                            *w.entry(s).or_default() += 2;
                        }
                    }
                    _ => {}
                }
            }
            for f in &v.folded {
                if let Some(s) = self.names.adjective(f) {
                    *w.entry(s).or_default() += 1;
                }
            }
        }
        w
    }
}

/// A ministry that says “the army”, “our planes” means its own: what the page left open goes to the speaker's state.
fn own_side(parties: &mut [PartyMention], scopes: &[crate::voice::Scope], names: &Lexicon) {
    for p in parties.iter_mut().filter(|p| p.assumed) {
        let Some((_, role)) = p.party.id.split_once('/') else { continue };
        if !matches!(role, "armed-forces" | "air-force" | "navy") {
            continue;
        }
        let role = role.to_owned();
        let speaker = scopes.iter().filter(|s| s.tokens.contains(&p.head)).find_map(|s| {
            let (iso3, of) = s.speaker.as_ref()?.id.split_once('/')?;
            let state = names.state3(iso3)?;
            matches!(of, "armed-forces" | "air-force" | "navy" | "defence-ministry" | "government" | "presidency")
                .then_some(state)
        });
        if let Some(state) = speaker {
            p.party = recoupe_mention::parties::state_party(names, state, &role, p.party.span);
            p.assumed = false;
        }
    }
}

/// Whether a mention is of people who fight, so that the page may well be about a conflict.
fn armed(p: &PartyMention) -> bool {
    use recoupe_mention::{Class, MentionKind, Status};
    p.party.status == Status::Combatant && !matches!(p.kind, MentionKind::Noun(Class::Civil | Class::Source))
}

/// Which sentences are parsed. Two words of conflict make a sentence hot. A hot sentence is parsed, and so are those with one
/// such word near it, and its neighbours, since a speaker may stand there.
fn worth_parsing(heat: &[usize]) -> Vec<bool> {
    // A page of ordinary length is parsed wherever a word of conflict stands; in a long text one such word is mostly chance.
    let needed = if heat.len() <= PAGE_SENTENCES { 1 } else { 2 };
    (0..heat.len())
        .map(|i| {
            let near = |d: usize| (i.saturating_sub(d)..heat.len().min(i + d + 1)).any(|k| heat[k] >= needed);
            heat[i] >= needed || (heat[i] == 1 && near(2)) || near(1)
        })
        .collect()
}

fn readable(b: &Block) -> bool {
    !matches!(b.kind, BlockKind::Byline | BlockKind::Dateline)
}

fn top(w: &BTreeMap<u16, u32>) -> Option<u16> {
    w.iter().max_by_key(|(s, n)| (**n, std::cmp::Reverse(**s))).map(|(s, _)| *s)
}

/// “L'armée parle de cinq morts”: a figure that is the complement of any verb but one of effect is its subject's.
fn reported(s: &Sent<'_>, lex: &ClaimLexicon, t: &crate::toll::FoundToll) -> Option<Party> {
    use recoupe_mention::{Class, MentionKind};
    let word = s.word_at(t.token)?;
    let clause = s.syn.clause(word);
    if t.anchor.is_some_and(|a| a == clause)
        || lex.grammar.cause.contains(&s.syn.lemma[clause])
        || s.syn.passive(clause)
    {
        return None;
    }
    let subject = s.syn.subject(clause).filter(|x| s.token(*x) < t.token && *x < clause)?;
    let p = &s.parties[s.party_in(subject)?];
    matches!(
        p.kind,
        MentionKind::State | MentionKind::Person | MentionKind::Name | MentionKind::Noun(Class::Role | Class::Source)
    )
    .then(|| crate::voice::voice(p))
    .filter(|_| !s.syn.under(word, subject))
}

/// What a page has told so far.
pub(crate) struct Page {
    pub(crate) claims: Vec<Claim>,
    known: Vec<Known>,
    /// For each event kept: claim index and index in `known`.
    pub(crate) events: Vec<(usize, usize)>,
    /// Whose document the page is, where it is one: they speak throughout.
    author: Option<Party>,
    published: Option<(jiff::civil::Date, jiff::civil::Date)>,
    /// Paragraph of each sentence.
    paragraphs: Vec<u32>,
    /// Whether a sentence is a title or heading.
    headings: Vec<bool>,
    /// The places of each sentence that others may lean on.
    places: Vec<Vec<recoupe_mention::places::PlaceMention>>,
    /// The day each sentence is set on, where it names one.
    days: Vec<Option<When>>,
}

impl Page {
    fn add(&mut self, s: &Sent<'_>, e: Event, lex: &ClaimLexicon) {
        let violent = matches!(
            &*e.kind,
            "airstrike"
                | "drone_strike"
                | "shelling"
                | "armed_clash"
                | "attack"
                | "explosion_ied"
                | "capture_of_territory"
                | "protest"
                | "arrest"
        );
        let tolled = e.tolls.iter().any(|t| t.toll.min.is_some() || t.toll.max.is_some());
        // hostages set free, people missing: figures, though nothing violent is told with them
        if !(violent || tolled && &*e.kind == "other") {
            return;
        }
        let open = matches!(e.certainty, Certainty::Planned | Certainty::Conditional | Certainty::Asked);
        if open && !tolled {
            return;
        }
        let argued = e.place.is_some() || e.time.is_some() || e.actor.is_some() || e.target.is_some() || tolled;
        if !(e.core || tolled || e.accuses) || !argued {
            return;
        }
        let at = Told { part: s.part, sentence: s.index, paragraph: s.paragraph, section: self.section(s.index) };
        let group = find(&self.known, &e, at, self.published);
        let mut e = e;
        if let Some(k) = group {
            crate::group::settle(&self.known[k], &mut e);
        }
        // What does not count as an incident by itself only adds to one.
        let fresh = group.is_none();
        if fresh
            && (e.accuses
                || e.certainty == Certainty::Denied
                || (e.habitual && !tolled && (e.actor.is_none() || e.target.is_none())))
        {
            return;
        }
        let claim = self.claims.len();
        let known = match group {
            Some(k) => {
                merge(&mut self.known[k], &e, s.index, s.paragraph);
                self.known[k].heading &= s.heading;
                k
            }
            None => {
                let mut k = Known {
                    first: claim,
                    kind: e.kind.clone(),
                    rank: e.rank,
                    time: e.time.clone(),
                    place: e.place.clone(),
                    actor: e.actor.clone(),
                    target: e.target.clone(),
                    tolls: Vec::new(),
                    part: s.part,
                    sentence: s.index,
                    paragraph: s.paragraph,
                    guess: None,
                    boast: None,
                    presumed: None,
                    stranger: false,
                    core: e.core,
                    heading: s.heading,
                };
                let e2 = e.clone();
                merge(&mut k, &e2, s.index, s.paragraph);
                self.known.push(k);
                self.known.len() - 1
            }
        };
        // One claim a voice: figures of the same sentence may come from several mouths.
        let mut by_voice: Vec<(Vec<Party>, Vec<Toll>)> = Vec::new();
        let mut place_of: Vec<(usize, usize)> = Vec::new();
        for t in &e.tolls {
            let mut v = crate::event::voices(s, t.token);
            if v.is_empty() && !s.heading {
                v = reported(s, lex, t).into_iter().collect();
            }
            if v.is_empty() && !s.heading {
                v = self.carried(known, s, &t.toll);
            }

            let at = by_voice.iter().position(|(w, _)| same(w, &v)).unwrap_or_else(|| {
                by_voice.push((v, Vec::new()));
                by_voice.len() - 1
            });
            let mut toll = t.toll.clone();
            toll.part_of = toll.part_of.and_then(|p| place_of.get(p)).filter(|p| p.0 == at).map(|p| p.1);
            if t.open_group
                && let Some(g) = self.fill(known, &e, &toll)
            {
                toll.status = g.status;
                toll.group = Party { span: toll.group.span, ..g };
            }
            place_of.push((at, by_voice[at].1.len()));
            by_voice[at].1.push(toll);
        }
        if by_voice.is_empty() {
            by_voice.push((e.voices.clone(), Vec::new()));
        }
        for (voices, tolls) in by_voice {
            let certainty = e.certainty;
            self.events.push((self.claims.len(), known));
            self.claims.push(Claim {
                span: s.view.sentence.span,
                sentence: s.index,
                part: s.part,
                kind: e.kind.clone(),
                detail: Detail::Incident,
                certainty,
                background: e.pluperfect,
                actor_voice: e.actor_voice.clone(),
                voices,
                time: e.time.clone(),
                place: e.place.clone(),
                actor: e.actor.clone(),
                target: e.target.clone(),
                means: e.means.clone(),
                tolls,
                group: self.known[known].first as u32,
                rules: e.rules.clone(),
            });
        }
    }

    /// Where the story that a sentence belongs to begins, on a page of many headings; 0 on others.
    fn section(&self, sentence: u32) -> u32 {
        let further = |i: usize| i > 3 && self.headings[i];
        if (0..self.headings.len()).filter(|i| further(*i)).count() < 4 {
            return 0;
        }
        (0..=sentence as usize).rev().find(|i| further(*i)).unwrap_or(0) as u32
    }

    /// The place named last before a sentence in its paragraph.
    fn beside(&self, sentence: u32) -> Option<Place> {
        let at = |i: usize, loose: bool| {
            let area = recoupe_mention::PlacePrecision::Province;
            let fits = |p: &&PlaceMention| if loose { p.place.precision < area } else { fine(p) };
            self.places.get(i)?.iter().find(fits).map(|p| p.place.clone())
        };
        // A heading that names none stands over the place its text names first.
        if self.headings.get(sentence as usize) == Some(&true) {
            let below = (sentence as usize + 1..self.headings.len()).skip_while(|i| self.headings[*i]);
            return below.take_while(|i| !self.headings[*i]).take(scene::FIRST).find_map(|i| at(i, false));
        }
        self.before(sentence).find_map(|i| at(i, false)).or_else(|| self.before(sentence).find_map(|i| at(i, true)))
    }

    /// The day named last before a sentence in its paragraph.
    fn day_beside(&self, sentence: u32) -> Option<When> {
        self.before(sentence).find_map(|i| self.days.get(i)?.clone())
    }

    /// The sentences before one in its paragraph, last first.
    fn before(&self, sentence: u32) -> impl Iterator<Item = usize> {
        let here = self.paragraphs.get(sentence as usize);
        (0..sentence as usize).rev().take_while(move |i| self.paragraphs.get(*i) == here)
    }

    pub(crate) fn paragraph_of(&self, sentence: u32) -> u32 {
        self.paragraphs.get(sentence as usize).copied().unwrap_or(u32::MAX)
    }

    /// Whom a toll without a group counts: those of the toll before it in the incident, else the incident's target.
    fn fill(&self, known: usize, e: &Event, toll: &Toll) -> Option<Party> {
        let k = &self.known[known];
        if &*toll.unit != "person" {
            return k.target.clone().filter(|t| t.status == recoupe_mention::Status::Combatant);
        }
        let own = e
            .tolls
            .iter()
            .find(|t| {
                !t.open_group
                    && &*t.toll.unit == "person"
                    && t.toll.part_of.is_none()
                    && t.toll.span.start < toll.span.start
            })
            .map(|t| t.toll.group.clone());
        own.or_else(|| {
            self.events
                .iter()
                .rev()
                .filter(|(_, g)| *g == known)
                .flat_map(|(c, _)| self.claims[*c].tolls.iter().rev())
                .find(|t| &*t.unit == "person" && &*t.group.id != "generic/people" && t.part_of.is_none())
                // dead attackers say nothing of who the others are
                .filter(|t| !crate::event::nameless(&t.group) || t.group.status != recoupe_mention::Status::Combatant)
                .map(|t| t.group.clone())
        })
        .or_else(|| k.target.clone())
    }

    /// A headline repeats the body in short: a figure of it that the body gives with a bound or a voice is that figure.
    fn echo_headings(&mut self) {
        let heads: Vec<(usize, usize)> = self
            .events
            .iter()
            .copied()
            .filter(|(c, _)| self.headings.get(self.claims[*c].sentence as usize) == Some(&true))
            .collect();
        for (c, k) in heads {
            for t in 0..self.claims[c].tolls.len() {
                let mine = self.claims[c].tolls[t].clone();
                // The same incident's first; a figure of several told elsewhere on the page is hardly another one.
                let own = self.events.iter().filter(|(o, g)| *g == k && *o != c);
                let others = self.events.iter().filter(|(_, g)| *g != k && mine.min.is_some_and(|n| n > 2));
                let body = own.chain(others).find_map(|(o, _)| {
                    let o = &self.claims[*o];
                    let body = self.headings.get(o.sentence as usize) != Some(&true);
                    o.tolls
                        .iter()
                        .find(|x| {
                            // "40 soldats" is not "40 personnes" told elsewhere
                            let one = x.group.id == mine.group.id
                                || [&x.group, &mine.group]
                                    .iter()
                                    .any(|g| &*g.id == "generic/people" || &*g.id == "generic/unknown")
                                || x.group.status == mine.group.status;
                            body && one && x.kind == mine.kind && x.unit == mine.unit && x.min == mine.min
                        })
                        .map(|x| (x.clone(), o.voices.clone()))
                });
                if let Some((x, voices)) = body {
                    let claim = &mut self.claims[c];
                    let known = &*mine.group.id != "generic/people" && &*x.group.id == "generic/people";
                    let group = if known { mine.group.clone() } else { Party { span: mine.group.span, ..x.group } };
                    claim.tolls[t] = Toll { span: mine.span, part_of: None, group, ..x };
                    if claim.voices.is_empty() {
                        claim.voices = voices;
                    }
                }
            }
        }
    }

    /// Gives each claim what its incident knows, and dates what nothing dates.
    fn finish(mut self, article: &Article, published: Option<(jiff::civil::Date, jiff::civil::Date)>) -> Vec<Claim> {
        self.echo_headings();
        self.echo_voices();
        if let Some(author) = &self.author {
            for c in self.claims.iter_mut().filter(|c| c.voices.is_empty()) {
                c.voices.push(author.clone());
            }
        }
        // The first incident with a day of its own dates what nothing dates, unless the page opens with another day.
        let recent =
            |t: &When| published.is_none_or(|p| t.from.is_some_and(|d| (p.1 - d).get_days() <= 10 && d <= p.1));
        let own = |t: &When| t.precision == TimePrecision::Day && t.from.is_some() && t.basis != TimeBasis::Narrative;
        let told = self
            .known
            .iter()
            .filter(|k| k.time.as_ref().is_none_or(recent))
            .find_map(|k| Some((self.claims[k.first].sentence as usize, k.time.clone().filter(own)?)));
        let body = (0..self.days.len()).filter(|i| !self.headings[*i]).take(scene::FIRST);
        let opening = body.filter_map(|i| Some((i, self.days[i].clone().filter(|t| own(t) && recent(t))?))).next();
        let main = [told, opening].into_iter().flatten().min_by_key(|m| m.0).map(|m| m.1);
        let lead_place = scene::main_place(&self.places, &self.headings);
        for (c, k) in &self.events {
            let k = &self.known[*k];
            let beside = self.beside(self.claims[*c].sentence);
            let day_beside = self.day_beside(self.claims[*c].sentence);
            let claim = &mut self.claims[*c];
            if claim.time.as_ref().is_none_or(|t| t.from.is_none() && t.weekday.is_none()) {
                claim.time = k.time.clone().map(|t| When { basis: TimeBasis::Inherited, ..t });
            }
            // A count of many days or places keeps to what its own sentence says.
            let total = !claim.tolls.is_empty() && claim.tolls.iter().all(|t| t.cumulative);
            if claim.time.is_none() && !claim.background && !total {
                claim.time = day_beside.map(|t| When { basis: TimeBasis::Inherited, ..t });
            }
            if claim.time.is_none() && !claim.background {
                let day = main.clone();
                // A page that tells today's news tells most of it of today or yesterday; an older main day stands for itself.
                let day = day.filter(|t| published.is_none_or(|p| (p.0 - t.to.unwrap_or(p.0)).get_days() > 1));
                claim.time = match (day, published) {
                    (Some(t), _) => Some(When { basis: TimeBasis::Inherited, ..t }),
                    (None, Some((from, to))) if (to - from).get_days() <= 3 => Some(When {
                        // told as news: the day of publication or the one before
                        from: if from == to { from.yesterday().ok() } else { Some(from) },
                        to: Some(if from == to { to } else { from.tomorrow().unwrap_or(to) }),
                        precision: TimePrecision::Range,
                        basis: TimeBasis::Inherited,
                        weekday: None,
                        span: article.published.as_ref().and_then(|p| p.span).unwrap_or_default(),
                    }),
                    _ => None,
                };
            }
            use recoupe_mention::PlacePrecision as Precise;
            let country_only = |p: &Place| p.precision == Precise::Country;
            let told = k.place.as_ref().filter(|p| p.precision < Precise::Province);
            if claim.place.as_ref().is_none_or(|p| country_only(p) && !total) {
                let finer = [told, beside.as_ref(), k.place.as_ref(), lead_place.as_ref()]
                    .into_iter()
                    .flatten()
                    .find(|p| !country_only(p) && claim.place.as_ref().is_none_or(|c| c.country == p.country));
                claim.place = finer
                    .cloned()
                    .or_else(|| claim.place.take())
                    .or_else(|| k.place.clone())
                    .or_else(|| lead_place.clone());
            } else if let (Some(p), Some(t)) = (&claim.place, told)
                && p.precision == Precise::Province
                && p.country == t.country
            {
                claim.place = Some(t.clone());
            }
            // what one sentence only describes, another has named
            let vague = |p: &Party| crate::event::nameless(p);
            let unknown = |p: &Party| &*p.id == "generic/people";
            claim.actor = claim.actor.take().filter(|p| !(vague(p) && k.actor.as_ref().is_some_and(|q| !vague(q))));
            claim.actor = claim.actor.take().or_else(|| k.actor.clone());
            // nobody named: the group the page is about, unless strangers came; the side that counts the dead
            if claim.actor.as_ref().is_none_or(|a| vague(a) && !k.stranger) && k.guess.is_some() {
                claim.actor = k.guess.clone();
            }
            claim.actor = claim.actor.take().or_else(|| k.boast.clone());
            claim.target =
                claim.target.take().filter(|p| !(unknown(p) && k.target.as_ref().is_some_and(|q| !unknown(q))));
            claim.target = claim.target.take().or_else(|| k.target.clone());
            if claim.target.as_ref().is_none_or(unknown) {
                claim.target = k.presumed.clone().or_else(|| claim.target.take());
            }
            if claim.kind != k.kind {
                claim.kind = k.kind.clone();
            }
        }
        self.claims
    }
}
