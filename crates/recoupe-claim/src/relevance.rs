//! Whether what looks like an act belongs to a conflict at all: sport, films, accidents, drills and markets speak of attacks too.

use std::collections::{BTreeMap, BTreeSet};

use recoupe_mention::{Id, key, push_opened};
use recoupe_pack::world::World;
use recoupe_pack::{PackError, Packs};
use recoupe_text::Prefixes;
use serde::Deserialize;

use crate::glance::{Glance, letter};

/// Points of a word that hardly means anything else.
const SURE: f32 = 3.0;
/// Points of a word that names a topic of a page, but may stand in a sentence about another.
const THEME: f32 = 2.5;
/// Points of a word that goes with a topic.
const HINT: f32 = 1.0;
/// Years up to this one tell of history.
const LONG_AGO: u32 = 1989;
/// What lies so many years before the latest year of the page is told of the past.
const GENERATION: u32 = 15;
/// So many different words that go with a topic stand for one that hardly means anything else.
const MANY: usize = 5;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    topic: Vec<TopicWords>,
    conflict: ConflictWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TopicWords {
    id: String,
    weight: f32,
    /// The weight on a page about a land at war; the same where it does not say.
    at_war: Option<f32>,
    alone: bool,
    /// People die of it without any conflict: casualties say nothing against the topic.
    #[serde(default)]
    deadly: bool,
    /// It tells of what was or might be: a sentence in which a weapon of war kills does not speak against it.
    #[serde(default)]
    told: bool,
    /// Nobody reports in it: words of reporting speak against the topic.
    #[serde(default)]
    invented: bool,
    /// It may borrow any word of war: only a page of a land at peace on which hardly anybody fights can be about it.
    #[serde(default)]
    peaceful: bool,
    sure: Vec<String>,
    #[serde(default)]
    theme: Vec<String>,
    hint: Vec<String>,
    #[serde(default)]
    pictures: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConflictWords {
    sure: Vec<String>,
    hint: Vec<String>,
    /// Weapons of war and their use, some of them in the lists above too: with somebody harmed in the same sentence, an act of war.
    weapons: Vec<String>,
    /// Politics that turns violent: enough to take a page of a land at peace for one of conflict.
    political: Vec<String>,
    /// Dead, wounded, killed: words that mean what they say.
    casualties: Vec<String>,
    /// Who said so: words of reporting.
    reported: Vec<String>,
    /// Verbs of narration: what they tell is long past.
    narrated: Vec<String>,
}

/// What a page is about, and by which words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageVerdict {
    /// Whether acts on this page may be acts of a conflict.
    pub conflict: bool,
    /// The other topic that has most evidence, if any has enough.
    pub topic: Option<Id>,
    /// Its words, in order of the alphabet.
    pub evidence: Vec<String>,
}

/// What a pattern says.
#[derive(Clone, Copy)]
enum Says {
    /// For a topic, with points.
    Topic(usize, f32),
    /// A figure of speech in a topic.
    Picture(usize),
    /// For conflict.
    Conflict(f32),
    /// A weapon of war.
    Weapon,
    /// Politics that turns violent.
    Political,
    /// Somebody came to harm.
    Casualty,
    /// Somebody reports.
    Reported,
    /// Told of the past.
    Narrated,
}

struct Topic {
    id: Id,
    weight: f32,
    at_war: f32,
    alone: bool,
    deadly: bool,
    told: bool,
    invented: bool,
    peaceful: bool,
}

/// Up to so many fighting parties are figures of speech on a page of another topic (“les belligérants”).
const FEW: usize = 2;

/// The words of all topics of one language.
pub struct Relevance {
    topics: Vec<Topic>,
    history: Option<usize>,
    /// States in which armed groups fight, by their two letters.
    at_war: BTreeSet<String>,
    starts: Prefixes,
    /// For each pattern: the pattern, whether any ending may follow, and what it says.
    patterns: Vec<(String, bool, Vec<Says>)>,
    /// Patterns that hardly stand in texts that tell of no conflict.
    telling: Vec<bool>,
    /// The same, to see that none stands in a sentence, as in most.
    sparks: Glance,
    /// Patterns and the topics in which they are figures of speech, by themselves or under a wider entry.
    pictures: BTreeSet<(usize, usize)>,
}

/// Above so many it makes no difference how many fighting parties a page names.
const MOST: usize = 8;

/// A topic that a page may be about, whoever fights on it.
struct Rival {
    topic: usize,
    score: f32,
    /// Words of conflict that speak against it.
    against: f32,
}

/// The words of a page.
#[derive(Default)]
pub struct Survey {
    /// How many sentences it has.
    sentences: usize,
    /// How often each pattern stands on the page, and how often outside what is told of the past (words of conflict only).
    seen: BTreeMap<usize, usize>,
    now: BTreeMap<usize, usize>,
    /// Sentences of the present in which somebody is harmed: the weapons of war in each.
    acts: Vec<Vec<usize>>,
    /// Words of conflict, and those outside what is told of the past.
    conflicts: usize,
    present: usize,
    /// For each topic: sentences that have a word of it, and points of the first sentences.
    spread: Vec<usize>,
    lead: Vec<f32>,
    /// Years long past.
    years: BTreeSet<u32>,
}

/// A word that comes again counts half as much more.
fn points(p: f32, count: usize) -> f32 {
    p * if count > 1 { 1.5 } else { 1.0 }
}

/// States in which several armed groups fight, or one that the packs know as an enemy of the state itself, and states that several
/// groups of other lands fight.
fn at_war(world: &World) -> BTreeSet<String> {
    let mut groups: BTreeMap<&str, usize> = BTreeMap::new();
    let mut enemies: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for p in world.parties.iter().filter(|p| p.kind == "armed-group" && p.status == "combatant") {
        if let Some(c) = p.country.as_deref() {
            *groups.entry(c).or_default() += 1;
        }
        for s in p.sides.iter().filter(|s| s.relation == "opposes") {
            if let Some((iso3, _)) = s.with.split_once('/') {
                enemies.entry(iso3).or_default().insert(&p.id);
            }
        }
    }
    world
        .states
        .iter()
        .filter(|s| {
            let here = groups.get(s.iso2.as_str()).copied().unwrap_or(0);
            let against = enemies.get(s.iso3.as_str()).map_or(0, BTreeSet::len);
            here >= 2 || here >= 1 && against >= 1 || against >= 3
        })
        .map(|s| s.iso2.clone())
        .collect()
}

/// Each pattern with the topics in which it is a figure of speech, by itself or under a wider entry.
fn pictures(patterns: &[(String, bool, Vec<Says>)]) -> BTreeSet<(usize, usize)> {
    let mut out = BTreeSet::new();
    for (picture, open, says) in patterns {
        let topics = says.iter().filter_map(|s| if let Says::Picture(t) = s { Some(*t) } else { None });
        for topic in topics {
            for (i, (word, ..)) in patterns.iter().enumerate() {
                let under = || *open && word.split(' ').next().is_some_and(|w| w.starts_with(picture.as_str()));
                if picture == word || under() {
                    out.insert((i, topic));
                }
            }
        }
    }
    out
}

/// A sentence and the words in it that say what it is about.
pub struct Told {
    text: String,
    hits: Vec<Hit>,
}

/// One word of a text that a pattern knows.
struct Hit {
    pattern: usize,
    start: usize,
    end: usize,
}

impl Relevance {
    /// Compiles `lang/<lang>/relevance.toml`.
    pub fn load(packs: &Packs, lang: &str) -> Result<Self, PackError> {
        let path = format!("lang/{lang}/relevance.toml");
        let file: File = packs.toml(&path)?;
        let mut map: BTreeMap<(String, bool), Vec<Says>> = BTreeMap::new();
        let mut add = |words: &[String], says: Says| {
            for w in words {
                let open = w.ends_with('*');
                let k = key(w.trim_end_matches('*'));
                let k = k.trim().to_owned();
                if !k.is_empty() {
                    map.entry((k, open)).or_default().push(says);
                }
            }
        };
        for (i, t) in file.topic.iter().enumerate() {
            add(&t.sure, Says::Topic(i, SURE));
            add(&t.theme, Says::Topic(i, THEME));
            add(&t.hint, Says::Topic(i, HINT));
            add(&t.pictures, Says::Picture(i));
        }
        add(&file.conflict.sure, Says::Conflict(SURE));
        add(&file.conflict.hint, Says::Conflict(HINT));
        add(&file.conflict.weapons, Says::Weapon);
        add(&file.conflict.political, Says::Political);
        add(&file.conflict.casualties, Says::Casualty);
        add(&file.conflict.reported, Says::Reported);
        add(&file.conflict.narrated, Says::Narrated);
        let patterns: Vec<(String, bool, Vec<Says>)> = map.into_iter().map(|((k, open), s)| (k, open, s)).collect();
        let starts = patterns.iter().map(|p| p.0.as_str()).collect();
        let telling = |s: &Says| match s {
            Says::Weapon | Says::Casualty | Says::Political => true,
            Says::Conflict(p) => *p >= SURE,
            _ => false,
        };
        let telling: Vec<bool> = patterns.iter().map(|p| p.2.iter().any(telling)).collect();
        let sparks = patterns.iter().zip(&telling).filter(|(_, telling)| **telling).map(|(p, _)| (p.0.as_str(), p.1));
        let sparks = Glance::new(sparks);
        let topics: Vec<Topic> = file
            .topic
            .into_iter()
            .map(|t| Topic {
                id: t.id.as_str().into(),
                weight: t.weight,
                at_war: t.at_war.unwrap_or(t.weight),
                alone: t.alone,
                deadly: t.deadly,
                told: t.told,
                invented: t.invented,
                peaceful: t.peaceful,
            })
            .collect();
        let history = topics.iter().position(|t| &*t.id == "history");
        let pictures = pictures(&patterns);
        Ok(Self { topics, history, at_war: at_war(&*World::load(packs)?), starts, patterns, telling, sparks, pictures })
    }

    /// Whether a land, by its ISO 3166 alpha-2 code, is at war as far as the packs tell.
    pub fn is_at_war(&self, land: &str) -> bool {
        self.at_war.contains(land)
    }

    /// How many words of a folded sentence hardly stand in texts that tell of no conflict: weapons and fighters, dead and wounded,
    /// politics that turns violent.
    pub fn sparks(&self, folded: &str) -> usize {
        if !self.sparks.may_stand(folded) {
            return 0;
        }
        self.told(folded).hits.iter().filter(|h| self.telling[h.pattern]).count()
    }

    /// Looks for the words of all topics in a folded sentence.
    pub fn told(&self, folded: &str) -> Told {
        let mut text = String::with_capacity(folded.len() + 1);
        if folded.is_ascii() {
            push_opened(folded, &mut text);
        } else {
            text = key(folded);
        }
        Told { hits: self.hits(&text), text }
    }

    /// Judges a page. `combatants` counts the mentions of fighting parties, `weapons` those of weapons; `land` is the state the page is
    /// mostly about, by its two letters, where one is known.
    ///
    /// A page is about something else when another topic has more evidence, or when somebody came to harm on it without any evidence of conflict: no armed
    /// party, no weapon of war, no politics that turned violent, no land at war.
    pub fn page(&self, page: &Survey, combatants: usize, weapons: usize, land: Option<&str>) -> PageVerdict {
        let at_war = land.is_none_or(|l| self.at_war.contains(l));
        if let Some(t) = self.other(page, &self.rivals(page), combatants, weapons, at_war) {
            return self.about(page, t);
        }
        let speaks = |p: &usize| {
            self.patterns[*p]
                .2
                .iter()
                .any(|s| matches!(s, Says::Political) || matches!(s, Says::Conflict(x) if *x >= SURE))
        };
        let harmed = |p: &usize| self.patterns[*p].2.iter().any(|s| matches!(s, Says::Casualty));
        if !at_war && page.seen.keys().any(harmed) && !page.seen.keys().any(speaks) {
            let evidence =
                vec![format!("no armed party, no weapon of war, and {} is not at war", land.unwrap_or("the land"))];
            return PageVerdict { conflict: false, topic: Some("ordinary".into()), evidence };
        }
        PageVerdict { conflict: true, topic: None, evidence: Vec::new() }
    }

    /// The verdict on a page that is about something else whoever fights on it and whatever its land: what only the trees of its
    /// sentences could tell would not change it.
    pub fn settled(&self, page: &Survey, weapons: usize) -> Option<PageVerdict> {
        let rivals = self.rivals(page);
        let t = self.other(page, &rivals, 0, weapons, true)?;
        let mut cases = (0..=MOST).flat_map(|n| [(n, true), (n, false)]);
        cases
            .all(|(combatants, at_war)| self.other(page, &rivals, combatants, weapons, at_war) == Some(t))
            .then(|| self.about(page, t))
    }

    /// The verdict that a page is about a topic.
    fn about(&self, page: &Survey, t: usize) -> PageVerdict {
        let evidence = page
            .seen
            .keys()
            .filter(|p| self.patterns[**p].2.iter().any(|s| matches!(s, Says::Topic(x, _) if *x == t)))
            .map(|p| self.patterns[*p].0.clone())
            .collect();
        PageVerdict { conflict: false, topic: Some(self.topics[t].id.clone()), evidence }
    }

    /// The topics that have enough words on a page, and none that rule them out.
    fn rivals(&self, page: &Survey) -> Vec<Rival> {
        let n = page.sentences;
        let enough = |t: usize| {
            let (score, sure) = self.score(page, t);
            let wide = page.spread[t] >= 2 && page.spread[t] * 5 >= n || n <= 2 && page.spread[t] >= 1;
            (sure && score >= 6.0 && wide && !self.contradicted(page, t)).then_some(score)
        };
        (0..self.topics.len())
            .filter_map(|t| Some(Rival { topic: t, score: enough(t)?, against: self.against(page, t) }))
            .collect()
    }

    /// The topic that has more evidence than conflict, and most of all.
    fn other(&self, page: &Survey, rivals: &[Rival], combatants: usize, weapons: usize, at_war: bool) -> Option<usize> {
        let share = if page.conflicts == 0 { 1.0 } else { page.present as f32 / page.conflicts as f32 };
        let fighting = (combatants.min(MOST) as f32 * 1.5 + weapons.min(4) as f32 * 0.5) * share;
        let mut best: Option<(f32, usize)> = None;
        for r in rivals {
            let topic = &self.topics[r.topic];
            if topic.peaceful && (at_war || combatants > FEW) {
                continue;
            }
            let against = r.against + fighting;
            let margin = r.score * if at_war { topic.at_war } else { topic.weight } - against;
            if margin > 0.0 && best.is_none_or(|(b, _)| margin > b) {
                best = Some((margin, r.topic));
            }
        }
        best.map(|b| b.1)
    }

    /// Finds all words of a page.
    pub fn survey(&self, sentences: &[Told]) -> Survey {
        let n = self.topics.len();
        let latest = sentences.iter().flat_map(|t| years(&t.text)).max().unwrap_or(0);
        let mut s = Survey { sentences: sentences.len(), spread: vec![0; n], lead: vec![0.0; n], ..Survey::default() };
        for (i, Told { text, hits }) in sentences.iter().enumerate() {
            let mut mine = BTreeSet::new();
            let past = years(text).any(|y| y <= LONG_AGO || y + GENERATION <= latest)
                || hits.iter().any(|h| self.patterns[h.pattern].2.iter().any(|s| matches!(s, Says::Narrated)));
            let has = |what: fn(&Says) -> bool| -> Vec<usize> {
                hits.iter().map(|h| h.pattern).filter(|p| self.patterns[*p].2.iter().any(what)).collect()
            };
            if !past && !has(|s| matches!(s, Says::Casualty)).is_empty() {
                s.acts.push(has(|s| matches!(s, Says::Weapon)));
            }
            for h in hits {
                // Words count once or twice, however often they come: a topic shows in the variety of its words.
                *s.seen.entry(h.pattern).or_default() += 1;
                let says = &self.patterns[h.pattern].2;
                if says.iter().any(|s| matches!(s, Says::Conflict(_) | Says::Casualty | Says::Weapon | Says::Political))
                {
                    s.conflicts += 1;
                    if !past {
                        s.present += 1;
                        *s.now.entry(h.pattern).or_default() += 1;
                    }
                }
                for says in says {
                    if let Says::Topic(t, p) = says {
                        mine.insert(*t);
                        if i < 3 {
                            s.lead[*t] += p.min(SURE);
                        }
                    }
                }
            }
            let before = s.years.len();
            s.years.extend(years(text).filter(|y| *y <= LONG_AGO));
            if let Some(h) = self.history.filter(|_| s.years.len() > before) {
                mine.insert(h);
            }
            for t in mine {
                s.spread[t] += 1;
            }
        }
        s
    }

    /// The points of a topic, and whether a word (or many) hardly leaves another choice.
    fn score(&self, page: &Survey, t: usize) -> (f32, bool) {
        let mut score = 0.0;
        let (mut sure, mut themes, mut hints) = (0, 0, 0);
        let now = |what: fn(&Says) -> bool| {
            page.now.keys().any(|p| self.patterns[*p].2.iter().any(what) && !self.pictured(*p, t))
        };
        let war = now(|s| matches!(s, Says::Conflict(x) if *x >= SURE));
        let weapon = now(|s| matches!(s, Says::Weapon));
        for (pattern, count) in &page.seen {
            for s in &self.patterns[*pattern].2 {
                if let Says::Topic(x, p) = s
                    && *x == t
                {
                    score += points(*p, *count);
                    sure += usize::from(*p >= SURE);
                    themes += usize::from(*p == THEME);
                    hints += usize::from(*p < THEME);
                }
            }
        }
        if self.history == Some(t) {
            score += 2.0 * page.years.len().min(4) as f32;
            sure += usize::from(page.years.len() >= 2 || page.years.len() == 1 && hints >= 2);
        }
        let named = sure > 0 || themes > 0 && !weapon;
        // What a page begins with counts more, but hints alone begin many pages.
        (score + if named { page.lead[t].min(2.0 * SURE) } else { 0.0 }, named || hints >= MANY && !war)
    }

    /// Whether the page cannot be about a topic, whatever its words: dead and wounded beside weapons of war in a topic nobody dies
    /// of, a weapon of war that kills in a topic of the day, reports in an invented one, war that goes on in history.
    fn contradicted(&self, page: &Survey, t: usize) -> bool {
        let topic = &self.topics[t];
        let count = |list: &BTreeMap<usize, usize>, what: fn(&Says) -> bool| {
            list.keys().filter(|p| self.patterns[**p].2.iter().any(what) && !self.pictured(**p, t)).count()
        };
        let weapons = count(&page.now, |s| matches!(s, Says::Conflict(p) if *p >= SURE));
        let firm = weapons + count(&page.now, |s| matches!(s, Says::Political));
        let harmed = count(&page.now, |s| matches!(s, Says::Casualty));
        let reports = count(&page.seen, |s| matches!(s, Says::Reported));
        let act = page.acts.iter().flatten().any(|p| !self.pictured(*p, t));
        !topic.told && act
            || !topic.deadly && harmed >= 2 && firm >= 1
            || topic.peaceful && harmed >= 1
            || topic.invented && reports >= 2 && firm >= 1
            || self.history == Some(t) && weapons >= 2 && harmed >= 1
    }

    /// What speaks for conflict on a page that may be about a topic. What is told of the past does not.
    fn against(&self, page: &Survey, t: usize) -> f32 {
        let topic = &self.topics[t];
        let mut against = 0.0;
        for (pattern, count) in &page.seen {
            let now = page.now.get(pattern).copied().unwrap_or(0);
            for s in &self.patterns[*pattern].2 {
                against += match s {
                    Says::Conflict(p) if now > 0 && !self.pictured(*pattern, t) => points(*p, now),
                    Says::Casualty if now > 0 && !topic.deadly && !self.pictured(*pattern, t) => 2.0 * HINT,
                    Says::Political if now > 0 && !self.pictured(*pattern, t) => points(2.0 * HINT, now),
                    Says::Reported if topic.invented => points(2.0 * HINT, *count),
                    _ => 0.0,
                };
            }
        }
        against
    }

    /// The topic of a sentence that tells no act of a conflict, though its page may: an accident, a drill, a match.
    pub fn sentence(&self, Told { text, hits }: &Told) -> Option<Id> {
        // What is told of a year long past is history, whatever its weapons.
        if let Some(h) = self.history
            && years(text).any(|y| y <= LONG_AGO)
        {
            return Some(self.topics[h].id.clone());
        }
        if hits.is_empty() {
            return None;
        }
        let mut topics = vec![(0.0f32, 0.0f32); self.topics.len()];
        for (t, (score, against)) in topics.iter_mut().enumerate() {
            let mut sure = false;
            for h in hits {
                for s in &self.patterns[h.pattern].2 {
                    match s {
                        Says::Topic(x, p) if *x == t => {
                            *score += if *p < SURE { HINT } else { SURE };
                            sure |= *p >= SURE;
                        }
                        Says::Conflict(p) if !self.pictured(h.pattern, t) => *against += p,
                        _ => {}
                    }
                }
            }
            // A weapon of war that kills the sick is no disease.
            let says = |what: fn(&Says) -> bool| {
                hits.iter().any(|h| self.patterns[h.pattern].2.iter().any(what) && !self.pictured(h.pattern, t))
            };
            let act =
                !self.topics[t].told && says(|s| matches!(s, Says::Weapon)) && says(|s| matches!(s, Says::Casualty));
            if !sure || act || !self.topics[t].alone {
                *score = 0.0;
            }
        }
        let (t, (score, against)) = topics.iter().enumerate().max_by(|a, b| a.1.0.total_cmp(&b.1.0))?;
        (*score >= SURE && *score > *against).then(|| self.topics[t].id.clone())
    }

    /// Whether a word of conflict is a figure of speech in a topic, by itself or under a wider entry.
    fn pictured(&self, pattern: usize, topic: usize) -> bool {
        self.pictures.contains(&(pattern, topic))
    }

    /// Words found, longest first where they start together; what stands inside a longer one of the same start is left out.
    fn hits(&self, text: &str) -> Vec<Hit> {
        let bytes = text.as_bytes();
        let mut out: Vec<Hit> = Vec::new();
        let mut here: Vec<Hit> = Vec::new();
        let mut inside = false;
        for (start, b) in bytes.iter().enumerate() {
            if std::mem::replace(&mut inside, letter(b)) {
                continue;
            }
            self.starts.at(&bytes[start..], |pattern, len| {
                let end = start + len;
                if self.patterns[pattern].1 || !bytes.get(end).is_some_and(letter) {
                    here.push(Hit { pattern, start, end });
                }
                false
            });
            if here.is_empty() {
                continue;
            }
            here.sort_by_key(|h| (std::cmp::Reverse(h.end), h.pattern));
            for h in here.drain(..) {
                if out.last().is_none_or(|l| h.start >= l.end || h.start == l.start && h.end == l.end) {
                    out.push(h);
                }
            }
        }
        out
    }
}

/// Four-digit years. A number before a plural, or a round one of old, counts things.
fn years(text: &str) -> impl Iterator<Item = u32> + '_ {
    // most sentences have no figure at all
    let text = if text.bytes().any(|b| b.is_ascii_digit()) { text } else { "" };
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let found: Vec<u32> = words
        .iter()
        .enumerate()
        .filter(|(i, w)| w.len() == 4 && !words.get(i + 1).is_some_and(|n| n.len() >= 4 && n.ends_with('s')))
        .filter_map(|(_, w)| w.parse().ok())
        .filter(|y| (1000..2100).contains(y) && (*y > 1900 || y % 100 != 0))
        .collect();
    found.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load() -> Relevance {
        Relevance::load(&Packs::baked(), "fr").unwrap_or_else(|e| panic!("{e}"))
    }

    fn topic(text: &str, combatants: usize, weapons: usize) -> Option<String> {
        let relevance = load();
        let sentences: Vec<Told> = text.split(". ").map(|s| relevance.told(&recoupe_text::fold(s))).collect();
        let page = relevance.survey(&sentences);
        let v = relevance.page(&page, combatants, weapons, None);
        assert_eq!(v.conflict, v.topic.is_none());
        v.topic.map(|t| t.to_string())
    }

    fn is(text: &str, combatants: usize, want: &str) {
        assert_eq!(topic(text, combatants, 1).as_deref(), Some(want), "{text}");
    }

    fn relevant(text: &str, combatants: usize) {
        assert_eq!(topic(text, combatants, 1), None, "{text}");
    }

    #[test]
    fn sport() {
        is(
            "Les Lions bombardent la défense des Éléphants au stade municipal. Le gardien de but a été fusillé dès la mi-temps. L'entraîneur promet une revanche en championnat",
            0,
            "sport",
        );
        is(
            "Le football renaît dans la capitale en guerre. Quinze mille supporters ont vu le match de championnat. Malgré le conflit, les joueurs des deux équipes ont livré une belle bataille. L'arbitre a sifflé un penalty en fin de match",
            1,
            "sport",
        );
    }

    #[test]
    fn fiction() {
        is(
            "Le film raconte la prise d'une ville par une milice. La réalisatrice filme des soldats à hauteur d'homme. Le scénario évite le bombardement attendu. En salles mercredi",
            2,
            "fiction",
        );
        is(
            "Dans ce jeu vidéo, le joueur incarne un soldat pris dans une embuscade. La console affiche des combats réalistes. Les personnages parlent peu",
            1,
            "fiction",
        );
    }

    #[test]
    fn accidents() {
        is(
            "Neuf morts dans une collision entre deux autocars. Le chauffeur roulait trop vite, selon la gendarmerie. Les passagers blessés ont été évacués",
            0,
            "accident",
        );
        is(
            "Une bouteille de gaz explose dans une cuisine : trois morts. Les pompiers ont maîtrisé les flammes. La police écarte l'attentat et parle d'une origine accidentelle",
            0,
            "accident",
        );
    }

    #[test]
    fn other_topics() {
        is(
            "Les inondations ont fait trente morts dans la vallée. La crue de la rivière a emporté des maisons. Les secours cherchent des disparus",
            0,
            "disaster",
        );
        is(
            "L'épidémie de choléra a tué quarante personnes. Les malades affluent au centre de santé. Une campagne de vaccination est annoncée",
            0,
            "disease",
        );
        is(
            "La guerre des prix fait chuter le titre en bourse. Le chiffre d'affaires du groupe recule. Les investisseurs craignent une offensive de son concurrent",
            0,
            "economy",
        );
        is(
            "Un siècle après la bataille de 1916, les historiens se souviennent. En 1917, des milliers de soldats tombaient. Le musée ouvre ses archives pour le centenaire",
            1,
            "history",
        );
        is(
            "Des soldats de trois pays participent à un exercice militaire. Les manœuvres conjointes simulent une attaque. L'entraînement dure dix jours",
            3,
            "drill",
        );
        is(
            "La saison de la chasse s'ouvre dimanche. Un chasseur a tiré sur un sanglier. La fédération des chasseurs rappelle les règles",
            0,
            "hunting",
        );
    }

    #[test]
    fn conflicts_stay() {
        relevant(
            "Une roquette est tombée sur le stade pendant un match de football : quatre morts. L'armée accuse les rebelles. Les combats ont repris sur la ligne de front",
            4,
        );
        relevant(
            "Un cinéaste tué dans un bombardement. Il tournait un film sur les déplacés. Les frappes aériennes ont fait dix morts, selon les rebelles. L'armée dément",
            4,
        );
        relevant("Trois soldats sont morts dans l'attaque de leur convoi. Les assaillants ont fui", 2);
        relevant(
            "Le choléra menace les déplacés. Les combats entre l'armée et la milice ont fait douze morts. Des obus sont tombés sur la clinique",
            4,
        );
        relevant(
            "Les prix du pain ont doublé au marché. Les troupes assiègent la ville. L'artillerie a visé la boulangerie : cinq tués",
            3,
        );
    }

    #[test]
    fn sentences_without_a_spark_are_told_by_a_glance() {
        let r = load();
        let full = |s: &str| r.told(s).hits.iter().filter(|h| r.telling[h.pattern]).count();
        let texts = [
            "Trois soldats ont été tués dans une embuscade.",
            "« L'attaque-surprise » a fait deux morts… et 3 blessés, d'après l'A.F.P.",
            "Le chat dort sur le canapé de l'arrière-cour.",
            "Un cessez-le-feu, des tirs d'artillerie, un coup d'État.",
            "L'İstanbul d'antan — ses bombes, ses obus",
            "",
        ];
        let sparks = texts.map(|t| r.sparks(&recoupe_text::fold(t)));
        assert_eq!(sparks, texts.map(|t| full(&recoupe_text::fold(t))));
        assert!(sparks[0] > 1 && sparks[1] > 0 && sparks[3] > 0 && sparks[2] == 0);
        let quiet = recoupe_text::fold(texts[2]);
        assert!(!r.sparks.may_stand(&quiet) && r.sparks.may_stand(&recoupe_text::fold(texts[0])));
    }

    #[test]
    fn sentences() {
        let r = load();
        let t = |s: &str| r.sentence(&r.told(&recoupe_text::fold(s))).map(|t| t.to_string());
        assert_eq!(t("Six personnes ont péri dans le naufrage d'une pirogue.").as_deref(), Some("accident"));
        assert_eq!(t("Le séisme a fait deux cents morts.").as_deref(), Some("disaster"));
        assert_eq!(t("Trois soldats ont été tués dans une embuscade."), None);
        assert_eq!(t("L'armée a bombardé le stade de football avec des obus, tuant deux rebelles."), None);
        assert_eq!(t("Des tirs d'artillerie ont visé le village."), None);
        assert_eq!(t(""), None);
    }
}
