//! A page becomes a reading: sentences, mentions, events, claims.

use std::collections::BTreeMap;

use recoupe_gazetteer::Gazetteer;
use recoupe_mention::number::NumberReader;
use recoupe_mention::time::{Anchor as TimeAnchor, TimeMention, TimeReader};
use recoupe_mention::{Lexicon, PageContext, Party, PartyMention, TimeBasis, TimePrecision, View};
use recoupe_pack::{PackError, Packs};
use recoupe_page::{Article, Block, BlockKind, Note};
use recoupe_syntax::{Model, Scratch};
use recoupe_text::{Segmenter, Sentence, Span};

use crate::carry::{closing_speaker, is_document};
use crate::event::events;
use crate::lex::ClaimLexicon;
use crate::relevance::{PageVerdict, Relevance, Survey, Told};
use crate::scene::{self, Scene};
use crate::sentence::Sent;
use crate::story::Page;
use crate::types::{Claim, Naming, Reading};
use crate::voice::{Speakers, remember_aliases, scopes};
use crate::worth::{Warmth, worth_parsing};
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

/// Tokens beyond which a “sentence” is a table or noise that no rule of clauses can read.
const LONGEST_SENTENCE: usize = 400;
/// Within how many lines of text the author of a document has to speak.
const AUTHOR_WITHIN: usize = 4;
/// Tokens up to which a line may be nothing but a date.
const LABEL_TOKENS: usize = 8;

/// A sentence of the page before and after parsing.
struct Line {
    sentence: Sentence,
    part: u16,
    paragraph: u32,
    heading: bool,
}

/// What the words of a page say that it is about.
struct Subject {
    /// Of each sentence.
    told: Vec<Told>,
    page: Survey,
    /// Mentions of weapons.
    weapons: usize,
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
        let warmth: Vec<Warmth> = lines
            .iter()
            .map(|l| {
                if l.sentence.tokens.len() > LONGEST_SENTENCE {
                    return Warmth::default();
                }
                folded.clear();
                recoupe_text::fold_into(l.sentence.span.of(&article.text), &mut folded);
                Warmth { warm: self.lex.warm(&folded), sparks: self.relevance.sparks(&folded) }
            })
            .collect();
        let mut parse = worth_parsing(&warmth);
        // "Communiqué de l'état-major": whose document the page is
        let titled = |l: &Line| crate::carry::names_document(&article.text, &l.sentence, &self.lex);
        for (l, parse) in lines.iter().zip(&mut parse).take(crate::carry::FIRST_LINES) {
            *parse |= titled(l);
        }
        if is_document(&article, &self.lex) {
            parse.iter_mut().take(crate::carry::LETTERHEAD).for_each(|p| *p = true);
        }
        if !parse.contains(&true) {
            return Reading { article, sentences: spans, claims: Vec::new(), namings: Vec::new() };
        }
        let text: &str = &article.text;
        let mut views: Vec<View<'_>> = lines.iter().map(|l| View::new(text, &l.sentence, Default::default())).collect();
        let told: Vec<Told> = views.iter().map(|v| self.relevance.told(&v.folded.join(" "))).collect();
        let page = self.relevance.survey(&told);
        let weapons = views.iter().map(|v| self.lex.means.find(v).count()).sum();
        // many a page about something else needs no tree to be told
        let (claims, namings, verdict) = match self.relevance.settled(&page, weapons) {
            Some(verdict) => (Vec::new(), Vec::new(), verdict),
            None => {
                let mut scratch = Scratch::default();
                for ((l, view), _) in lines.iter().zip(&mut views).zip(&parse).filter(|(_, parse)| **parse) {
                    view.parsed(self.model.parse(text, &l.sentence, &mut scratch));
                }
                let quotes = quotes::find(text, &article.blocks);
                let subject = Subject { told, page, weapons };
                self.claims(&article, gazetteer, &lines, &views, &quotes, &subject)
            }
        };
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
        subject: &Subject,
    ) -> (Vec<Claim>, Vec<Naming>, PageVerdict) {
        let year = article.published.as_ref().map(|p| p.from.year());
        let mut weights = self.weights(views);
        let start = PageContext { country: top(&weights), last_role: Vec::new(), year };
        let spots: Vec<(bool, u32)> = lines.iter().map(|l| (l.heading, l.paragraph)).collect();
        let sections = crate::sections::lands(&self.names, &spots, views);
        let (parties, place_names) = self.mentions(views, &sections, gazetteer, start.clone());
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
        let mut parties = match top(&weights) {
            c if c != start.country => {
                let (p, names) = self.mentions(views, &sections, gazetteer, PageContext { country: c, ..start });
                places =
                    recoupe_mention::places::resolve_page(&names, &view_refs, gazetteer, &self.names, iso(&weights));
                p
            }
            _ => parties,
        };
        recoupe_mention::parties::settle_enemy(&self.names, &mut parties);
        let combatants = parties.iter().flatten().filter(|p| armed(p)).count();
        // A land at war that the page speaks of half as much as of any other says more about it than the other.
        let most = weights.values().max().copied().unwrap_or(0);
        let iso2 = |s: &u16| self.names.world.states.get(*s as usize).map(|s| s.iso2.as_str());
        let war = weights
            .iter()
            .filter(|(_, n)| **n * 2 >= most)
            .filter_map(|(s, _)| iso2(s))
            .find(|land| self.relevance.is_at_war(land));
        let land = war.or_else(|| top(&weights).as_ref().and_then(iso2));
        let verdict = self.relevance.page(&subject.page, combatants, subject.weapons, land);
        if !verdict.conflict {
            return (Vec::new(), Vec::new(), verdict);
        }
        let published = article.published.as_ref().map(|p| (p.from, p.to));
        let (foe, army) = (crate::event::main_group(&parties), crate::event::main_army(&parties));
        let mut scene = Scene::default();
        let headings: Vec<bool> = lines.iter().map(|l| l.heading).collect();
        let lead = scene::main_place(&places, &headings);
        let mut speakers = Speakers::default();
        let mut recent = crate::event::Recent::default();
        let mut out = Page {
            claims: Vec::new(),
            known: Vec::new(),
            events: Vec::new(),
            author: None,
            document_ends: None,
            spoken: Vec::new(),
            said: Vec::new(),
            reported: None,
            put_out: None,
            dictated: None,
            listed: None,
            published,
            paragraphs: lines.iter().map(|l| l.paragraph).collect(),
            headings: lines.iter().map(|l| l.heading).collect(),
            places: vec![Vec::new(); lines.len()],
            days: vec![None; lines.len()],
        };
        let mut namings = Vec::new();
        let mut document = is_document(article, &self.lex);
        out.author = crate::carry::publisher(article, views, &parties, &self.lex);
        speakers.document.clone_from(&out.author);
        // Who is said, where a quotation of several sentences closes, to have spoken; and up to which sentence that holds.
        let mut speaks_on: Option<(usize, Party)> = None;
        for (i, (line, view)) in lines.iter().zip(views).enumerate() {
            if i > 0 && lines[i - 1].part != line.part {
                scene = Scene::default();
            }
            scene.enter(line.paragraph, line.heading, published);
            let toks =
                recoupe_mention::toks::Toks { text: view.text, tokens: &view.sentence.tokens, folded: &view.folded };
            let days = || {
                let anchor = TimeAnchor { published, narrative: scene.narrative, future: false };
                let mut times = self.times.find(&toks, &anchor);
                // "se tiendront le 6 septembre", "la rencontre prévue jeudi": the next one
                let ahead = |t: &TimeMention| ahead(view, t.tokens.start as usize, &self.lex);
                if published.is_some() && times.iter().any(ahead) {
                    let next = self.times.find(&toks, &TimeAnchor { future: true, ..anchor });
                    for t in times.iter_mut().filter(|t| ahead(t)) {
                        if let Some(n) = next.iter().find(|n| n.tokens == t.tokens) {
                            t.clone_from(n);
                        }
                    }
                }
                times
            };
            let times = if view.len() <= LABEL_TOKENS || !view.tree.words.is_empty() { days() } else { Vec::new() };
            if view.len() <= LABEL_TOKENS {
                let alone = lines.get(i + 1).is_none_or(|l| l.paragraph != line.paragraph);
                scene.label(view, &times, alone, published);
            }
            if out.document_ends.is_none() && crate::carry::ends_document(view, &self.lex) {
                out.document_ends = Some(i as u32);
            }
            if view.tree.words.is_empty() {
                continue;
            }
            let elsewhere = self.relevance.sentence(&subject.told[i]).is_some();
            if i > 0 && lines[i - 1].part != line.part {
                speakers = Speakers::default();
            }
            let numbers = self.numbers.find(&toks);
            let syn = crate::syn::Syn::new(view, &self.lex.grammar);
            let mine: Vec<Span> = quotes.iter().copied().filter(|q| q.overlaps(view.sentence.span)).collect();
            speakers.inside_quote = mine.iter().any(|q| q.start < view.sentence.span.start);
            let dates = times.iter().map(|t| t.tokens.start as usize..t.tokens.end as usize).collect();
            let towns = places[i].iter().map(|p| p.tokens.clone()).collect();
            let mut scopes =
                scopes(&syn, view, &parties[i], (dates, towns), (&self.lex, &self.names), &speakers, &mine);
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
                    (&self.lex, &self.names),
                    &speakers,
                    &[*q],
                );
                speaks_on = closing_speaker(&later, *q, &views[j].sentence.tokens).map(|p| (j, p));
            }
            if let Some((until, _)) = &speaks_on
                && i < *until
            {
                // who closes a quotation spoke it, not whoever spoke before it
                scopes.retain(|s| !(s.verb.is_none() && s.at == s.tokens.start));
            }
            if let Some((until, party)) = &speaks_on
                && i < *until
                && scopes.iter().all(|s| s.speaker.is_none())
            {
                scopes.push(crate::voice::Scope::whole(view.len(), party.clone()));
            }
            remember_aliases(view, &parties[i], &self.lex, &mut speakers);
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
                recent: recent.clone(),
                foe: foe.as_ref(),
                army: army.as_ref(),
                before: out.counted_before(i).map(|t| (t.kind.clone(), t.group.clone())),
                figure: out.counted_before(i).map(|t| (t.min, t.max, t.approx)),
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
            if !elsewhere && let Some(who) = crate::event::traces(&s, &self.lex) {
                out.trace(&s, who);
            }
            // "a découvert lundi une cache. Le même jour …": counted from that day, though it dates nothing else
            let found = || scene::later_day(&s).filter(|_| out.days[i].is_none());
            if let Some((a, b)) = out.days[i].clone().or_else(found).as_ref().and_then(|w| w.from.zip(w.to)) {
                scene.tell((a, b), published);
            }
            let around = ledger::Around { published, lead: lead.as_ref(), before: &places[..i] };
            self.ledger.read(&s, &self.lex, &around, &anchors, &mut out.claims);
            self.naming.read(&s, &mut namings);
            out.told_by(&s, &self.lex);
            out.goes_on(&s, &self.lex);
            if out.author.is_none() {
                out.author = crate::carry::titled_document(&s, &self.lex);
            }
            if out.author.is_none() && i < crate::carry::FIRST_LINES {
                out.author = crate::carry::produced(&s, &self.lex);
            }
            if document && out.author.is_none() && i < crate::carry::LETTERHEAD {
                out.author = crate::carry::letterhead(view, &parties[i]);
            }
            // whoever speaks only further down is quoted by whoever wrote it
            let first = lines[..i].iter().filter(|l| !l.heading).count() <= AUTHOR_WITHIN;
            // "nos équipes": whoever wrote the page is its author, and the page does not name them
            document &= out.author.is_some() || !crate::carry::own_people(&s, &self.lex);
            if document && first && out.author.is_none() {
                out.author = s
                    .scopes
                    .iter()
                    .filter(|x| x.verb.is_some() && x.speech != crate::lex::Speech::Deny)
                    .find_map(|x| x.speaker.clone())
                    // people who saw it put out no documents
                    .filter(|p| &*p.id != "generic/witness");
            }
            if out.author.is_none() && (document || first) {
                out.author = crate::carry::author(&s, (document, first), &self.lex);
            }
            speakers.remember(&s, &self.lex.documents);
            recent.remember(&s, &self.lex);
        }
        let claims = out.finish(article, published);
        (claims, namings, verdict)
    }

    fn mentions(
        &self,
        views: &[View<'_>],
        sections: &[Option<u16>],
        gazetteer: &Gazetteer,
        mut ctx: PageContext,
    ) -> (Vec<Vec<PartyMention>>, Vec<Vec<recoupe_mention::places::PlaceName>>) {
        let land = ctx.country;
        views
            .iter()
            .zip(sections)
            .map(|(v, section)| {
                if v.tree.words.is_empty() {
                    return (Vec::new(), Vec::new());
                }
                // "the army" of one land's news is not that of the next
                let here = section.or(land);
                if ctx.country != here {
                    ctx.country = here;
                    ctx.last_role.clear();
                }
                let mut p = recoupe_mention::parties::find(v, &self.names, &mut ctx);
                by_acronym(v, &mut p);
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

/// “les Forces de défense du peuple (HPG)”: of several bodies of one name, the one whose acronym stands behind it.
fn by_acronym(view: &View<'_>, parties: &mut [PartyMention]) {
    use recoupe_mention::MentionKind;
    for k in 1..parties.len() {
        let (before, rest) = parties.split_at_mut(k);
        let (Some(p), Some(q)) = (before.last_mut(), rest.first()) else { continue };
        let names = p.kind == MentionKind::Name && q.kind == MentionKind::Name && p.party.id != q.party.id;
        let bracketed = names
            && q.tokens.start == p.tokens.end + 1
            && view.surface(p.tokens.end) == "("
            && q.tokens.end < view.len()
            && view.surface(q.tokens.end) == ")";
        let acronym = || q.party.span.of(view.text).chars().all(|c| !c.is_lowercase());
        if bracketed && acronym() {
            p.party = Party { span: p.party.span, ..q.party.clone() };
        }
    }
}

/// A ministry that says “the army”, “our planes” means its own: what the page left open goes to the speaker's state.
fn own_side(parties: &mut [PartyMention], scopes: &[crate::voice::Scope], names: &Lexicon) {
    use recoupe_mention::{Class, MentionKind};
    // "une frappe sur une position de l'armée : six soldats tués, d'après Moscou": the men are of the army just told of, and
    // a
    // capital that is only cited has no part in it
    let told = parties.iter().filter(|p| p.assumed).fold((None, false), |(army, men), p| match p.kind {
        MentionKind::Noun(Class::Role) if p.party.id.ends_with("/armed-forces") => (army.or(Some(p.head)), men),
        MentionKind::Noun(Class::Force) => (army, men || army.is_some()),
        _ => (army, men),
    });
    let capital = |s: &crate::voice::Scope| s.speaker.as_ref().is_some_and(|p| p.id.ends_with("/government"));
    let cited = |s: &crate::voice::Scope| told.1 && s.verb.is_none() && capital(s);
    for p in parties.iter_mut().filter(|p| p.assumed) {
        let Some((_, role)) = p.party.id.split_once('/') else { continue };
        if !matches!(role, "armed-forces" | "air-force" | "navy") {
            continue;
        }
        let role = role.to_owned();
        let speaker = scopes.iter().filter(|s| s.tokens.contains(&p.head) && !cited(s)).find_map(|s| {
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

fn readable(b: &Block) -> bool {
    !matches!(b.kind, BlockKind::Byline | BlockKind::Dateline)
}

fn top(w: &BTreeMap<u16, u32>) -> Option<u16> {
    w.iter().max_by_key(|(s, n)| (**n, std::cmp::Reverse(**s))).map(|(s, _)| *s)
}

/// Whether a time stands right behind a word of what is planned, or hangs on a verb that tells what is to come: in the future, or seen
/// from the past in the conditional.
fn ahead(view: &View<'_>, at: usize, lex: &ClaimLexicon) -> bool {
    use recoupe_syntax::{Mood, Tense, Upos};
    if (at.saturating_sub(2)..at).any(|t| lex.grammar.planned_for.contains(&view.folded[t])) {
        return true;
    }
    let words = &view.tree.words;
    let mut w = view.word_of.get(at).map(|w| *w as usize).filter(|w| *w < words.len());
    for _ in 0..4 {
        let Some(i) = w else { return false };
        if words[i].upos == Upos::Verb {
            let f = &words[i].feats;
            return f.tense == Some(Tense::Fut) || f.mood == Some(Mood::Cnd);
        }
        w = words[i].head.map(|h| h as usize);
    }
    false
}
