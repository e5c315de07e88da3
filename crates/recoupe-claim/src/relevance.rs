//! Whether what looks like an act belongs to a conflict at all: sport, films, accidents, drills and markets speak of attacks too.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::{AhoCorasick, MatchKind};
use recoupe_mention::{Id, key};
use recoupe_pack::{PackError, Packs};
use serde::Deserialize;

/// Points of a word that hardly means anything else.
const SURE: f32 = 3.0;
/// Points of a word that goes with a topic.
const HINT: f32 = 1.0;
/// Years up to this one tell of history.
const LONG_AGO: u32 = 1989;

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
    alone: bool,
    sure: Vec<String>,
    hint: Vec<String>,
    #[serde(default)]
    pictures: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConflictWords {
    sure: Vec<String>,
    hint: Vec<String>,
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
}

struct Topic {
    id: Id,
    weight: f32,
    alone: bool,
}

/// The words of all topics of one language.
pub struct Relevance {
    topics: Vec<Topic>,
    history: Option<usize>,
    automaton: AhoCorasick,
    /// For each pattern: the pattern, whether any ending may follow, and what it says.
    patterns: Vec<(String, bool, Vec<Says>)>,
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
            add(&t.hint, Says::Topic(i, HINT));
            add(&t.pictures, Says::Picture(i));
        }
        add(&file.conflict.sure, Says::Conflict(SURE));
        add(&file.conflict.hint, Says::Conflict(HINT));
        let patterns: Vec<(String, bool, Vec<Says>)> = map.into_iter().map(|((k, open), s)| (k, open, s)).collect();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(patterns.iter().map(|p| p.0.as_str()))
            .map_err(|e| PackError::new(&path, 0, 0, e.to_string()))?;
        let topics: Vec<Topic> = file
            .topic
            .into_iter()
            .map(|t| Topic { id: t.id.as_str().into(), weight: t.weight, alone: t.alone })
            .collect();
        let history = topics.iter().position(|t| &*t.id == "history");
        Ok(Self { topics, history, automaton, patterns })
    }

    /// Judges a page. `combatants` counts the mentions of fighting parties, `weapons` those of weapons.
    pub fn page(&self, sentences: &[String], combatants: usize, weapons: usize) -> PageVerdict {
        let n = self.topics.len();
        // Words count once or twice, however often they come: a topic shows in the variety of its words.
        let mut seen: BTreeMap<usize, usize> = BTreeMap::new();
        let mut spread = vec![0usize; n];
        let mut lead = vec![0.0f32; n];
        let mut years: BTreeSet<u32> = BTreeSet::new();
        for (i, sentence) in sentences.iter().enumerate() {
            let text = key(sentence);
            let mut mine = BTreeSet::new();
            for h in self.hits(&text) {
                *seen.entry(h.pattern).or_default() += 1;
                for s in &self.patterns[h.pattern].2 {
                    if let Says::Topic(t, p) = s {
                        mine.insert(*t);
                        if i < 3 {
                            lead[*t] += p.min(SURE);
                        }
                    }
                }
            }
            let before = years.len();
            years.extend(old_years(&text));
            if let Some(h) = self.history.filter(|_| years.len() > before) {
                mine.insert(h);
            }
            for t in mine {
                spread[t] += 1;
            }
        }
        let points = |p: f32, count: usize| p * if count > 1 { 1.5 } else { 1.0 };
        let mut best: Option<(f32, usize)> = None;
        for t in 0..n {
            let mut score = lead[t].min(2.0 * SURE);
            let mut sure = 0;
            let mut against = 0.0;
            for (pattern, count) in &seen {
                let says = &self.patterns[*pattern].2;
                let picture = says.iter().any(|s| matches!(s, Says::Picture(x) if *x == t));
                for s in says {
                    match s {
                        Says::Topic(x, p) if *x == t => {
                            score += points(*p, *count);
                            sure += usize::from(*p >= SURE);
                        }
                        Says::Conflict(p) if !picture && !self.pictured(*pattern, t) => against += points(*p, *count),
                        _ => {}
                    }
                }
            }
            if self.history == Some(t) {
                score += 2.0 * years.len().min(4) as f32;
                sure += usize::from(years.len() >= 2);
            }
            against += combatants.min(8) as f32 * 1.5 + weapons.min(4) as f32 * 0.5;
            let wide = spread[t] >= 2 && spread[t] * 5 >= sentences.len() || sentences.len() <= 2 && spread[t] >= 1;
            let margin = score * self.topics[t].weight - against;
            if sure > 0 && score >= 6.0 && wide && margin > 0.0 && best.is_none_or(|(b, _)| margin > b) {
                best = Some((margin, t));
            }
        }
        let Some((_, t)) = best else { return PageVerdict { conflict: true, topic: None, evidence: Vec::new() } };
        let evidence = seen
            .keys()
            .filter(|p| self.patterns[**p].2.iter().any(|s| matches!(s, Says::Topic(x, _) if *x == t)))
            .map(|p| self.patterns[*p].0.clone())
            .collect();
        PageVerdict { conflict: false, topic: Some(self.topics[t].id.clone()), evidence }
    }

    /// The topic of a sentence that tells no act of a conflict, though its page may: an accident, a drill, a match.
    pub fn sentence(&self, folded: &str) -> Option<Id> {
        let text = key(folded);
        let hits = self.hits(&text);
        let mut topics = vec![(0.0f32, 0.0f32); self.topics.len()];
        for (t, (score, against)) in topics.iter_mut().enumerate() {
            let mut sure = false;
            for h in &hits {
                for s in &self.patterns[h.pattern].2 {
                    match s {
                        Says::Topic(x, p) if *x == t => {
                            *score += p;
                            sure |= *p >= SURE;
                        }
                        Says::Conflict(p) if !self.pictured(h.pattern, t) => *against += p,
                        _ => {}
                    }
                }
            }
            if !sure || !self.topics[t].alone {
                *score = 0.0;
            }
        }
        let (t, (score, against)) = topics.iter().enumerate().max_by(|a, b| a.1.0.total_cmp(&b.1.0))?;
        (*score >= SURE && *score > *against).then(|| self.topics[t].id.clone())
    }

    /// Whether a word of conflict is a figure of speech in a topic, by itself or under a wider entry.
    fn pictured(&self, pattern: usize, topic: usize) -> bool {
        let word = &self.patterns[pattern].0;
        self.patterns.iter().any(|(k, open, says)| {
            says.iter().any(|s| matches!(s, Says::Picture(x) if *x == topic))
                && (k == word || *open && word.split(' ').next().is_some_and(|w| w.starts_with(k.as_str())))
        })
    }

    /// Words found, longest first where they start together; what stands inside a longer one of the same start is left out.
    fn hits(&self, text: &str) -> Vec<Hit> {
        let bytes = text.as_bytes();
        let letter = |i: usize| bytes.get(i).is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80);
        let mut found: Vec<Hit> = self
            .automaton
            .find_overlapping_iter(text)
            .filter(|m| m.start() == 0 || !letter(m.start() - 1))
            .filter(|m| self.patterns[m.pattern().as_usize()].1 || !letter(m.end()))
            .map(|m| Hit { pattern: m.pattern().as_usize(), start: m.start(), end: m.end() })
            .collect();
        found.sort_by_key(|h| (h.start, std::cmp::Reverse(h.end), h.pattern));
        let mut out: Vec<Hit> = Vec::new();
        for h in found {
            if out.last().is_none_or(|l| h.start >= l.end || h.start == l.start && h.end == l.end) {
                out.push(h);
            }
        }
        out
    }
}

/// Four-digit years long past.
fn old_years(text: &str) -> impl Iterator<Item = u32> + '_ {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.len() == 4)
        .filter_map(|w| w.parse().ok())
        .filter(|y| (1000..=LONG_AGO).contains(y))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load() -> Relevance {
        Relevance::load(&Packs::baked(), "fr").unwrap_or_else(|e| panic!("{e}"))
    }

    fn topic(text: &str, combatants: usize, weapons: usize) -> Option<String> {
        let sentences: Vec<String> = text.split(". ").map(recoupe_text::fold).collect();
        let v = load().page(&sentences, combatants, weapons);
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
    fn sentences() {
        let r = load();
        let t = |s: &str| r.sentence(&recoupe_text::fold(s)).map(|t| t.to_string());
        assert_eq!(t("Six personnes ont péri dans le naufrage d'une pirogue.").as_deref(), Some("accident"));
        assert_eq!(t("Le séisme a fait deux cents morts.").as_deref(), Some("disaster"));
        assert_eq!(t("Trois soldats ont été tués dans une embuscade."), None);
        assert_eq!(t("L'armée a bombardé le stade de football avec des obus, tuant deux rebelles."), None);
        assert_eq!(t("Des tirs d'artillerie ont visé le village."), None);
        assert_eq!(t(""), None);
    }
}
