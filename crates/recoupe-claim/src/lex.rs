//! The words for acts, speech and certainty of a language, compiled once.

use std::collections::{BTreeMap, BTreeSet};

use recoupe_mention::{Id, Lexicon, View};
use recoupe_pack::{PackError, Packs, WordList, WordMap, WordRows, WordSet};
use recoupe_text::{Prefixes, TextSketch, fold};
use serde::Deserialize;

/// Which argument suffers an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Patient {
    /// Object of the active, subject of the passive.
    Object,
    /// Subject of the active.
    Subject,
    /// Nobody.
    None,
    /// Complement with the preposition for the indirect object.
    A,
    /// Complement with the preposition of belonging.
    De,
    /// Complement with the preposition of direction.
    Sur,
}

/// What an act is done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum On {
    /// People.
    Person,
    /// Vehicles, weapons, buildings.
    Thing,
    /// Towns, positions, roads.
    Place,
}

/// Who is at a place or in a vehicle that is hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Site {
    /// People who do not fight.
    Civil,
    /// Armed forces.
    Military,
}

/// What an act means: an entry of `domain/conflict/acts.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Act {
    /// Stable id.
    pub id: String,
    /// Incident type by itself.
    #[serde(rename = "type")]
    pub kind: String,
    /// How much it says about the type where several acts meet.
    pub rank: u8,
    /// What it does to its patient.
    #[serde(default)]
    pub toll: Option<String>,
    /// Which argument suffers it.
    pub patient: Patient,
    /// What it is done to, where one word may name several acts.
    #[serde(default)]
    pub on: Option<On>,
    /// Enough for an incident without a toll.
    #[serde(default)]
    pub core: bool,
    /// Two sides do it to each other.
    #[serde(default)]
    pub mutual: bool,
    /// A state, not something that happens.
    #[serde(default)]
    pub state: bool,
    /// Those who suffer it are the subject's own people.
    #[serde(default)]
    pub own: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MeansType {
    id: String,
    #[serde(rename = "type", default)]
    kind: Option<String>,
    rank: u8,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DomainFile {
    act: Vec<Act>,
    means: Vec<MeansType>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    id: String,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IdiomEntry {
    act: String,
    verb: String,
    #[serde(default)]
    with: Vec<String>,
    #[serde(default)]
    clitic: Option<String>,
    patient: Patient,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Light {
    does: Vec<String>,
    at: Vec<String>,
    suffers: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CumulativeWords {
    verbs: Vec<String>,
    nouns: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActsFile {
    act: Vec<Words>,
    idiom: Vec<IdiomEntry>,
    light: Light,
    casualties: BTreeMap<String, Vec<String>>,
    cumulative: CumulativeWords,
    things: BTreeMap<String, Vec<String>>,
    counted: BTreeMap<String, Vec<String>>,
    means: BTreeMap<String, Vec<String>>,
    sites: BTreeMap<Site, Vec<String>>,
    grammar: Grammar,
}

/// Closed-class words that rules ask for. In lists asked by `fits`, a star stands for any letters.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grammar {
    /// Prepositions of the agent (`par`).
    pub by: WordList,
    /// Prepositions of belonging (`de`).
    pub of: WordList,
    /// Prepositions of the target of an act noun (`contre`, `sur`, `visant`).
    pub against: WordList,
    /// Prepositions of the indirect object (`à`).
    pub to: WordList,
    /// Words that open a part of a total (`dont`, `parmi lesquels`).
    pub part: WordRows,
    /// `autre`, `autres`.
    pub other: WordList,
    /// Reflexive pronouns.
    pub reflexive: WordList,
    /// Conjunctions that open what is said (`que`, `qu`).
    pub that: WordList,
    /// Subordinators after which another event is told (`alors que`, `tandis que`, `avant`, `après que`).
    pub apart: WordList,
    /// Determiners that point back (`cette`, `ce`), or are definite (`la`).
    pub demonstrative: WordList,
    /// Definite determiners.
    pub definite: WordList,
    /// Participles of what is planned, before its time.
    #[serde(default)]
    pub planned_for: WordList,
    /// Pronouns that stand for the last speaker (`il`, `elle`).
    pub pronouns: WordList,
    /// Words that make a count one of several days or places (`depuis`, `au total`).
    pub since: WordList,
    /// Endings of participles and the infinitive endings they belong to, to name the lemma of an unknown participle.
    pub participles: Vec<[String; 2]>,
    /// Verbs that speak of an act as known (`revendiquer`).
    pub recalls: WordList,
    /// Verbs that name no act right before a preposition of place (`toucher à`).
    pub not_to: WordList,
    /// Denied of an act, these say that it did not happen (“n'a pas eu lieu”); other verbs deny something else of it.
    pub happen: WordList,
    /// Those by whose number the size of a place is told (“une ville de 75 000 habitants”).
    pub dwellers: WordList,
    /// Parts of a town (“quartier”).
    pub quarters: WordList,
    /// They make an act one more of its kind (“un second raid”).
    pub more: WordList,
    /// What harms people without anybody's doing (“la tempête a tué”).
    pub nature: WordList,
    /// Since these totals are counted, as since a date (“depuis le putsch”).
    pub epochs: WordList,
    /// Whose subject did what was told (“…, le groupe revendique”).
    pub owning: WordList,
    /// Done by the police of the land, whoever else is named (“interpeller”).
    pub police_acts: WordList,
    /// Verbs whose object did not come about (`déjouer`): told with its day, the attempt is an incident.
    pub foiled: WordList,
    /// What somebody denies to bear for an act (`responsabilité`), while the act itself stands.
    pub onus: WordList,
    /// Verbs of plotting (`préparer`).
    pub plotted: WordList,
    /// What is led, not taken away, by whoever `emmener` has for an agent (`coalition`).
    pub led: WordList,
    /// Verbs of leading that may as well say that somebody was taken away (`emmener`).
    pub leading: WordList,
    /// Nouns of counting that stand between a figure and what it counts (`porte à 61 le nombre de morts`).
    pub count_nouns: WordList,
    /// Forms of the auxiliary that, right before a participle, make a passive.
    pub passive_auxiliary: WordList,
    /// Verbs that lay an act at somebody's door, who stands behind the preposition for the indirect object.
    pub accuse_to: WordList,
    /// Verbs that accuse their object.
    pub accuse_of: WordList,
    /// Verbs that make their object do what their infinitive says (`contraindre`).
    pub steers: WordList,
    /// Verbs that blame with a word of [`Grammar::blame_words`] (`rendre responsable`).
    pub blame_verbs: WordList,
    /// `responsable`.
    pub blame_words: WordList,
    /// Verbs that accuse an armed party by having it as their object, and nothing else behind it.
    pub designate: WordList,
    /// Nouns whose complement is an act their subject suffers (`la cible d'une attaque`).
    pub objects_of: WordList,
    /// Prepositions before [`Grammar::blows`].
    pub under: WordList,
    /// What somebody dies under, whose complement dealt it (`sous les balles de`).
    pub blows: WordList,
    /// `victimes`, whose complement killed them where no article stands before it.
    pub victims: WordList,
    /// Nouns for who did what was told.
    pub doers: WordList,
    /// Verbs that say who [`Grammar::doers`] are.
    pub identify: WordList,
    /// Reflexive verbs of naming who it was (`il s'agirait de`).
    pub amount: WordList,
    /// Verbs for what attackers do after the attack (`piller`, `se replier`).
    pub aftermath: WordList,
    /// Determiners by which who speaks means the own side (`nos`).
    pub ours: WordList,
    /// Words behind an act noun that nothing but its target follows (`contre`).
    pub versus: WordList,
    /// Verbs that say of a place who hides there.
    pub harbour: WordList,
    /// Verbs whose agent has done nothing else: it holds, backs, names, tells.
    pub not_doers: WordList,
    /// Verbs of keeping count: what they are about is what somebody works on, not what happened here.
    pub records: WordList,
    /// Verbs of turning up somewhere: armed men who did are those who did what is told next.
    pub arrive: WordList,
    /// Lemmas near a verb of [`Grammar::arrive`] that make it something else (`entrer en vigueur`).
    pub no_arrival: WordList,
    /// Nouns for what somebody did, with who did it as their complement (`l'œuvre de`).
    pub blame_nouns: WordList,
    /// Nouns that, after the copula, say that the subject did it (`est à l'origine de`, `sont les auteurs`).
    pub authors: WordList,
    /// Verbs that bring people somewhere else (`évacués vers`).
    pub moving: WordList,
    /// Nouns of kinds (`ce genre de`).
    pub kinds: WordList,
    /// Pronouns that stand for another of the kind (`celle de`).
    pub that_one: WordList,
    /// Adverbs and phrases of what is done again and again.
    #[serde(default)]
    pub habit: WordRows,
    /// Adverbs that add one more to what was told.
    #[serde(default)]
    pub also: WordList,
    /// Nouns that turn to somebody (`les soupçons se portent sur`).
    pub suspicion: WordList,
    /// Nouns of number before an act noun (`une série de frappes`).
    pub series: WordList,
    /// Prepositions before both sides of a fight (`entre`).
    pub between: WordList,
    /// Verbs that name both sides of the fight that is their subject (`opposer`).
    pub opposing: WordList,
    /// Nouns for what went by when something blew up (`au passage d'un convoi`).
    pub passing: WordList,
    /// Verb and noun that together accuse (`pointer du doigt`).
    pub blame_idioms: Vec<[String; 2]>,
    /// Verbs that carry a toll as an effect (`faire dix morts`), so that their subject does not report it.
    pub cause: WordList,
    /// What opens a list of victims (`parmi les`).
    pub among: WordList,
    /// Endings of present participles, which are never passive.
    pub present_participles: WordList,
    /// Words of [`Grammar::apart`] that open a clause by themselves (`lorsque`).
    pub apart_alone: WordList,
    /// Words behind the other words of [`Grammar::apart`] that make them open a clause.
    pub apart_next: WordList,
    /// Conjunctions of contrast: an attribution before the comma does not reach behind them.
    pub contrast: WordList,
    /// The conjunction of lists.
    pub and: WordList,
    /// Words between the counted things of a list.
    pub list_marks: WordList,
    /// Relative pronouns and conjunctions that part a counted noun from a later verb.
    pub relative: WordList,
    /// Relative pronouns that open a part of a total and hold for the whole list behind them.
    pub part_relative: WordList,
    /// What may stand between the opener of a part and its figure (`dont au moins`).
    pub at_least: WordRows,
    /// Words before a figure that is rejected (`et non cinq`).
    pub rejected: WordList,
    /// Words before a casualty noun that is a role or an idiom, not a count of one.
    pub as_role: WordList,
    /// Prepositions that may stand between a figure and the noun it counts.
    pub count_links: WordList,
    /// Words that, behind a casualty noun, open whose casualties they are (`parmi`, `dans les rangs de`).
    pub group_openers: WordList,
    /// All words that may stand between a casualty noun and whose casualties they are.
    pub group_links: WordList,
    /// Prepositions of circumstances: a noun behind one is not the object of the verb before it.
    pub circumstance: WordList,
    /// Conjunctions of conditions, without an apostrophe.
    pub if_marks: WordList,
    /// Prepositions of purpose before an infinitive.
    pub purpose: WordList,
    /// Lemma of the auxiliary of the active perfect.
    pub perfect_auxiliary: WordList,
    /// Adjectives of identity (`la même source`).
    pub same: WordList,
    /// Subject pronouns tied by a hyphen to the verb before them.
    pub subject_clitics: WordList,
    /// How openers start that quote a speaker whom another speaker quotes (`cité par`).
    pub quoting: WordList,
    /// First words of openers of two words that attribute nothing before an unnamed source (`un réseau de sources`).
    pub no_opener: WordList,
    /// Subject clitics that name nobody (`indique-t-on`).
    pub impersonal: WordList,
    /// Documents of figures, whose author says what they count (`bilan`).
    pub tallies: WordList,
    /// Prepositions of what stands between a verb of speech and who speaks (`à la presse`, `dans un communiqué`).
    pub circumstances: WordList,
    /// People who speak for the party in their complement (`un colonel de l'armée`).
    pub speaking: WordList,
    /// How the outlet goes on by itself behind what it quotes (`ce qui porte à …`).
    pub sums_up: WordRows,
    /// Verbs that send weapons at somebody (`lancer`).
    pub launch: WordList,
    /// Prepositions between a count and its figure (`est passé à`).
    pub reaches: WordList,
    /// Prepositions of a state (`en embuscade`).
    pub state_of: WordList,
    /// How a sentence begins that says who said the one before (`c'est ce que`).
    pub points_back: WordRows,
    /// Words for a death toll (`bilan`).
    pub tolls: WordList,
    /// What opens the side whose casualties are told behind it (`côté`).
    pub side_openers: WordList,
    /// Phrases that stand between a verb of speech and who speaks (`de son côté`).
    pub asides: WordRows,
    /// Nouns of bodies of people, of which nobody dies as one (`armée`).
    pub bodies: WordList,
    /// Endings of finite forms in the third person and the infinitive endings they belong to.
    pub finite: Vec<[String; 2]>,
    /// First word of the line that says that a page is a party's own document (`communiqué`).
    pub formal: WordList,
    /// What says that a speaker is not named (`anonymat`).
    pub anonymous: WordList,
    /// All possessive determiners that point at whoever speaks or acts (`nos`, `ses`).
    pub possessives: WordList,
    /// What a party calls its own people (`rangs`).
    pub ranks: WordList,
    /// Nouns of many at once, whose number is not a number of people (`famille`).
    pub collective: WordList,
    /// Possessive determiners of one (`son`).
    pub possessive: WordList,
}

impl Grammar {
    /// Whether one of the infinitives fits that a form may be the participle of, by an ending behind so many bytes at least.
    pub(crate) fn infinitives(&self, form: &str, least: usize, mut fits: impl FnMut(&str) -> bool) -> bool {
        let mut infinitive = String::new();
        let last = form.as_bytes().last();
        self.participles.iter().filter(|[end, _]| end.is_empty() || end.as_bytes().last() == last).any(|[end, inf]| {
            form.strip_suffix(end.as_str()).filter(|stem| stem.len() >= least).is_some_and(|stem| {
                infinitive.clear();
                infinitive.push_str(stem);
                infinitive.push_str(inf);
                fits(&infinitive)
            })
        })
    }

    /// All words by which somebody is blamed.
    fn blaming(&self) -> WordSet {
        let lists = [
            &self.accuse_to,
            &self.accuse_of,
            &self.blame_verbs,
            &self.designate,
            &self.amount,
            &self.identify,
            &self.blame_nouns,
            &self.suspicion,
            &self.authors,
            &self.owning,
        ];
        let idioms = self.blame_idioms.iter().map(|[verb, _]| verb);
        lists.into_iter().flatten().chain(idioms).cloned().collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Certainties {
    hedges: Vec<String>,
    negation: Vec<String>,
    #[serde(rename = "if")]
    conditions: Vec<String>,
    plan: Vec<String>,
    plan_nouns: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SpeechNouns {
    documents: Vec<String>,
    same: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SpeechFile {
    verbs: BTreeMap<String, Vec<String>>,
    nouns: SpeechNouns,
    openers: BTreeMap<String, Vec<String>>,
    certainty: Certainties,
    voices: crate::voice::VoiceWords,
}

/// A verb that names an act.
#[derive(Clone, Debug)]
pub struct VerbEntry {
    /// Index of the act.
    pub act: u16,
    /// Only with a reflexive pronoun.
    pub reflexive: bool,
    /// Words that must follow.
    pub rest: Vec<String>,
    /// Words that, right behind the verb, give it another meaning.
    pub unless: WordSet,
}

/// A verb that names an act with a certain noun.
#[derive(Clone, Debug)]
pub struct Idiom {
    /// Index of the act.
    pub act: u16,
    /// Lemmas or forms of the noun, folded.
    pub with: WordSet,
    /// A pronoun before the reflexive verb that makes the idiom instead of a noun (`s'en prendre à`), folded.
    pub clitic: Option<String>,
    /// Who suffers.
    pub patient: Patient,
}

/// What kind of speech a verb is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speech {
    /// Reports.
    Say,
    /// Accuses.
    Accuse,
    /// Claims for itself.
    Claim,
    /// Denies.
    Deny,
    /// May mean something else: speaks only before “que” or beside a quotation.
    Weak,
}

/// Phrases with a value each, found over the folded stream of a sentence.
pub struct Phrases<T> {
    phrases: Prefixes,
    /// The words with which the phrases begin.
    openings: TextSketch,
    values: Vec<T>,
}

impl<T: Clone> Phrases<T> {
    pub(crate) fn new(entries: BTreeMap<String, T>) -> Self {
        let (keys, values): (Vec<String>, Vec<T>) = entries.into_iter().unzip();
        let openings = keys.iter().map(|k| recoupe_mention::opening(k)).collect();
        Self { phrases: keys.iter().map(String::as_str).collect(), openings, values }
    }

    /// The phrases of a sentence: tokens and value, leftmost-longest.
    pub fn find<'a>(&'a self, view: &'a View<'_>) -> impl Iterator<Item = (std::ops::Range<usize>, &'a T)> + 'a {
        let text = if self.openings.may_share(&view.openings) { view.stream.text.as_str() } else { "" };
        self.phrases.find_in(text).filter_map(move |m| {
            let t = view.stream.tokens(m.start, m.end)?;
            Some((t, &self.values[m.number]))
        })
    }
}

/// All claim tables of one language.
pub struct ClaimLexicon {
    /// Acts, by index.
    pub acts: Vec<Act>,
    verbs: WordMap<Vec<VerbEntry>>,
    idioms: WordMap<Vec<Idiom>>,
    /// Event nouns → act.
    pub nouns: Phrases<u16>,
    /// Casualty nouns → toll kind.
    pub casualties: Phrases<Id>,
    /// Things → unit.
    pub things: Phrases<Id>,
    /// Things counted as acts → unit.
    pub counted: Phrases<Id>,
    /// Places and vehicles → who is there.
    pub sites: Phrases<Site>,
    /// Means words → means id.
    pub means: Phrases<Id>,
    means_types: BTreeMap<String, (Option<Id>, u8)>,
    /// Verbs whose subject does the act of their object.
    pub light_does: WordSet,
    /// Those among them whose complement with the preposition for the indirect object suffers it (`tendre une embuscade à`).
    pub light_at: WordSet,
    /// Verbs whose subject suffers it.
    pub light_suffers: WordSet,
    /// Verbs of totals.
    pub cumulative_verbs: WordSet,
    /// Nouns of totals.
    pub cumulative_nouns: Phrases<()>,
    /// Closed-class words.
    pub grammar: Grammar,
    /// All words by which the grammar says that somebody is blamed.
    pub(crate) blaming: WordSet,
    /// Words that tell who speaks, besides verbs.
    pub voices: crate::voice::VoiceWords,
    /// Words that tell how many and of whom.
    pub tolls: crate::toll::TollWords,
    speech: WordMap<Speech>,
    speech_phrases: WordMap<Vec<(String, Speech)>>,
    /// Documents that speak for who made them.
    pub documents: WordSet,
    /// Nouns that, definite and bare, mean the last speaker.
    pub same: WordSet,
    /// Attribution openers (`selon`).
    pub openers: Phrases<()>,
    /// Hedge words.
    pub hedges: Phrases<()>,
    /// Negation words.
    pub negation: WordSet,
    /// Condition openers.
    pub conditions: Phrases<()>,
    /// Verbs of intention.
    pub plan: WordSet,
    /// Nouns of intention.
    pub plan_nouns: WordSet,
    /// Cheap test whether a sentence can hold a claim at all.
    trigger: Prefixes,
}

/// Whether a word is in a list or one of those that an entry with an asterisk stands for.
pub(crate) fn fits(list: &WordList, word: &str) -> bool {
    list.fits(word)
}

/// A verb without the reflexive pronoun that the pack writes before it.
fn without_reflexive<'w>(verb: &'w str, reflexive: &[String]) -> Option<&'w str> {
    reflexive.iter().find_map(|r| {
        let rest = verb.strip_prefix(r.as_str())?;
        if r.ends_with('\'') { Some(rest) } else { rest.strip_prefix(' ') }
    })
}

fn folded(words: &[String]) -> WordSet {
    words.iter().map(|w| fold(w)).collect()
}

impl ClaimLexicon {
    /// Compiles `lang/<lang>/acts.toml` and `speech.toml` against `domain/conflict/acts.toml`.
    pub fn load(packs: &Packs, lang: &str, names: &Lexicon) -> Result<Self, PackError> {
        let domain: DomainFile = packs.toml("domain/conflict/acts.toml")?;
        let path = format!("lang/{lang}/acts.toml");
        let file: ActsFile = packs.toml(&path)?;
        let speech_path = format!("lang/{lang}/speech.toml");
        let speech_file: SpeechFile = packs.toml(&speech_path)?;
        let act_index =
            |id: &str| -> Result<u16, PackError> {
                domain.act.iter().position(|a| a.id == id).map(|i| i as u16).ok_or_else(|| {
                    PackError::new(&path, 0, 0, format!("act `{id}` is not in domain/conflict/acts.toml"))
                })
            };
        let mut verbs: BTreeMap<String, Vec<VerbEntry>> = BTreeMap::new();
        let mut nouns: BTreeMap<String, u16> = BTreeMap::new();
        let mut stems: BTreeSet<String> = BTreeSet::new();
        for w in &file.act {
            let act = act_index(&w.id)?;
            // Verbs of speech and agreement alone make no claim; the nouns of agreements are in the ledger's list.
            let telling = !matches!(domain.act[act as usize].kind.as_str(), "statement_threat" | "talks" | "agreement");
            for v in &w.verbs {
                let f = fold(v);
                let (reflexive, f) = match without_reflexive(&f, &file.grammar.reflexive) {
                    Some(r) => (true, r.to_owned()),
                    None => (false, f),
                };
                let mut parts = f.split(' ').map(str::to_owned);
                let lemma = parts.next().unwrap_or_default();
                if telling {
                    stems.insert(stem(&lemma));
                }
                let unless = folded(&w.unless);
                verbs.entry(lemma).or_default().push(VerbEntry { act, reflexive, rest: parts.collect(), unless });
            }
            for n in &w.nouns {
                for v in names.variants(n) {
                    let k = recoupe_mention::key(&v);
                    if telling {
                        stems.insert(k.split(' ').next().unwrap_or_default().to_owned());
                    }
                    nouns.entry(k).or_insert(act);
                }
            }
        }
        let mut idioms: BTreeMap<String, Vec<Idiom>> = BTreeMap::new();
        for i in &file.idiom {
            let with: WordSet = i.with.iter().flat_map(|w| names.variants(w)).map(|w| fold(&w)).collect();
            stems.extend(with.iter().cloned());
            idioms.entry(fold(&i.verb)).or_default().push(Idiom {
                act: act_index(&i.act)?,
                with,
                clitic: i.clitic.as_deref().map(fold),
                patient: i.patient,
            });
        }
        let phrases = |m: &BTreeMap<String, Vec<String>>| {
            let mut out: BTreeMap<String, Id> = BTreeMap::new();
            for (id, words) in m {
                for w in words {
                    for v in names.variants(w) {
                        out.entry(recoupe_mention::key(&v)).or_insert_with(|| id.as_str().into());
                    }
                }
            }
            out
        };
        let mut sites: BTreeMap<String, Site> = BTreeMap::new();
        for (site, words) in &file.sites {
            for v in words.iter().flat_map(|w| names.variants(w)) {
                sites.entry(recoupe_mention::key(&v)).or_insert(*site);
            }
        }
        let unit = |words: &[String]| -> BTreeMap<String, ()> {
            words.iter().map(|w| (recoupe_mention::key(w), ())).collect()
        };
        let casualties = phrases(&file.casualties);
        stems.extend(casualties.keys().map(|k| k.split(' ').next().unwrap_or_default().to_owned()));
        let things = phrases(&file.things);
        let counted = phrases(&file.counted);
        let mut speech = BTreeMap::new();
        let mut speech_phrases: BTreeMap<String, Vec<(String, Speech)>> = BTreeMap::new();
        for (class, words) in &speech_file.verbs {
            let class = match class.as_str() {
                "say" => Speech::Say,
                "accuse" => Speech::Accuse,
                "claim" => Speech::Claim,
                "deny" => Speech::Deny,
                "weak" => Speech::Weak,
                other => return Err(PackError::new(&speech_path, 0, 0, format!("unknown class of speech `{other}`"))),
            };
            for w in words.iter().flat_map(|w| w.split('|')) {
                let f = fold(w);
                let f = without_reflexive(&f, &file.grammar.reflexive).unwrap_or(&f).to_owned();
                match f.split_once(' ') {
                    Some((verb, rest)) => {
                        speech_phrases.entry(verb.to_owned()).or_default().push((rest.to_owned(), class))
                    }
                    None => {
                        speech.entry(f).or_insert(class);
                    }
                }
            }
        }
        let mut openers: Vec<String> = speech_file.openers.get("strict").cloned().unwrap_or_default();
        // "auprès de" melts with the article: "auprès du"
        let of = file.grammar.of.clone();
        for i in 0..openers.len() {
            let melted = of.iter().find_map(|o| openers[i].strip_suffix(&format!(" {o}")).map(str::to_owned));
            if let Some(stem) = melted {
                openers.extend(of.iter().map(|o| format!("{stem} {o}")));
            }
        }
        stems.extend(names.combatant_nouns());
        let triggers: Vec<String> = stems.iter().filter(|s| s.chars().count() >= 3).cloned().collect();
        Ok(Self {
            verbs: verbs.into(),
            idioms: idioms.into(),
            nouns: Phrases::new(nouns),
            casualties: Phrases::new(casualties),
            things: Phrases::new(things),
            counted: Phrases::new(counted),
            sites: Phrases::new(sites),
            means: Phrases::new(phrases(&file.means)),
            means_types: domain
                .means
                .iter()
                .map(|m| (m.id.clone(), (m.kind.as_deref().map(Into::into), m.rank)))
                .collect(),
            light_does: folded(&file.light.does),
            light_at: folded(&file.light.at),
            light_suffers: folded(&file.light.suffers),
            cumulative_verbs: folded(&file.cumulative.verbs),
            cumulative_nouns: Phrases::new(unit(&file.cumulative.nouns)),
            blaming: file.grammar.blaming(),
            grammar: file.grammar,
            voices: speech_file.voices.clone(),
            tolls: crate::toll::TollWords::load(packs, lang)?,
            speech: speech.into(),
            speech_phrases: speech_phrases.into(),
            documents: folded(&speech_file.nouns.documents),
            same: folded(&speech_file.nouns.same),
            openers: Phrases::new(unit(&openers)),
            hedges: Phrases::new(unit(&speech_file.certainty.hedges)),
            negation: folded(&speech_file.certainty.negation),
            conditions: Phrases::new(unit(&speech_file.certainty.conditions)),
            plan: folded(&speech_file.certainty.plan),
            plan_nouns: folded(&speech_file.certainty.plan_nouns),
            trigger: triggers.iter().map(String::as_str).collect(),
            acts: domain.act,
        })
    }

    /// Whether a word of a folded sentence may name an act, a toll or armed people. Cheap; without one no claim can be read.
    pub fn warm(&self, folded: &str) -> bool {
        let bytes = folded.as_bytes();
        let mut inside = false;
        bytes.iter().enumerate().any(|(i, b)| {
            let begins = !std::mem::replace(&mut inside, b.is_ascii_alphanumeric());
            begins && self.trigger.at(&bytes[i..], |_, _| true)
        })
    }

    /// The verb entries of a lemma.
    pub fn verb(&self, lemma: &str) -> &[VerbEntry] {
        self.verbs.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// The idioms of a verb lemma.
    pub fn idiom(&self, lemma: &str) -> &[Idiom] {
        self.idioms.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Whether a lemma is a verb of speech.
    pub fn speech(&self, lemma: &str) -> Option<Speech> {
        self.speech.get(lemma).copied()
    }

    /// Whether a verb and the words after it are a phrase of speech (`fait savoir`, `fait état`).
    pub fn speech_phrase(&self, lemma: &str, next: &[String]) -> Option<Speech> {
        self.speech_phrases
            .get(lemma)?
            .iter()
            .find(|(rest, _)| {
                // the whole of it: "fait irruption dans le" does not take stock ("fait le point")
                (0..next.len().min(3))
                    .any(|k| rest.split(' ').enumerate().all(|(i, w)| next.get(k + i).is_some_and(|n| n == w)))
            })
            .map(|p| p.1)
    }

    /// The incident type a means makes, and its rank.
    pub fn means_type(&self, id: &str) -> Option<(Id, u8)> {
        self.means_types.get(id).and_then(|(t, r)| t.clone().map(|t| (t, *r)))
    }

    /// The act at an index.
    pub fn act(&self, i: u16) -> &Act {
        &self.acts[i as usize]
    }
}

/// What all forms of a verb start with, roughly: its lemma without the last two letters.
fn stem(lemma: &str) -> String {
    let n = lemma.chars().count();
    lemma.chars().take(if n > 5 { n - 2 } else { n.saturating_sub(2).max(2) }).collect()
}
