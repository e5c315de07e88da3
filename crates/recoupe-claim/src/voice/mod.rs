//! Who says so: attributions before, after and inside the clause, carried over sentences.
//!
//! [`heads`] finds the words that attribute, [`speaker`] who stands behind them, [`reach`] how far what they say goes.

mod heads;
mod leaning;
mod names;
mod office;
mod order;
mod reach;
mod speaker;
mod verbless;
mod words;

use std::ops::Range;

use recoupe_mention::{Class, MentionKind, Party, PartyMention, Status, View};
use recoupe_pack::WordSet;
use recoupe_syntax::{Dep, Gender, Number, Upos};
use recoupe_text::Span;

use crate::lex::{ClaimLexicon, Speech};
use crate::sentence::Sent;
use crate::syn::Syn;

pub use names::remember_aliases;
pub use reach::{extent, subtree_start};
pub use speaker::voice;
pub use words::VoiceWords;

/// The id of the outlet's own people.
pub(crate) const OUTLET: &str = "generic/outlet";

/// Whether a voice is that of the outlet or of journalists who saw for themselves: then nobody else is quoted.
pub(crate) fn is_outlet(p: &Party) -> bool {
    &*p.id == OUTLET || &*p.id == "generic/journalists"
}

/// After how many sentences without speech fighters a page was just about may be those who speak.
const SILENCE: u32 = 2;

/// A stretch of a sentence that somebody says.
#[derive(Clone, Debug)]
pub struct Scope {
    /// The tokens said.
    pub tokens: Range<usize>,
    /// Who; `None` when the page does not tell.
    pub speaker: Option<Party>,
    /// How.
    pub speech: Speech,
    /// The verb, if it is one.
    pub verb: Option<usize>,
    /// Quotes the other speakers of the sentence (an agency that cites a minister).
    pub outer: bool,
    /// Opened by “que”: a conditional inside is a future in the past.
    pub reported: bool,
    /// Where the attribution itself stands.
    pub at: usize,
}

impl Scope {
    /// A sentence that somebody says from end to end.
    pub fn whole(tokens: usize, speaker: Party) -> Self {
        let speech = Speech::Say;
        Self { tokens: 0..tokens, speaker: Some(speaker), speech, verb: None, outer: false, reported: false, at: 0 }
    }
}

/// Somebody a pronoun may stand for.
#[derive(Clone, Debug)]
pub struct Antecedent {
    /// Who.
    pub party: Party,
    /// Gender of the words that named it, where the parser tells.
    pub gender: Option<Gender>,
    /// Their number.
    pub number: Option<Number>,
}

/// What is known of speakers when a sentence starts.
#[derive(Clone, Debug, Default)]
pub struct Speakers {
    /// The last one who spoke.
    pub last: Option<Antecedent>,
    /// The subject of the sentence before, if it is somebody who may speak.
    pub subject: Option<Antecedent>,
    /// Whether that was the very sentence before, and nobody spoke in it.
    pub subject_is_fresh: bool,
    /// Whether anybody spoke in the sentence before.
    pub spoke: bool,
    /// How many sentences have passed since anybody spoke.
    pub silent: u32,
    /// The party the sentence before named last: “celle-ci”.
    pub mentioned: Option<Antecedent>,
    /// Head nouns of those who spoke so far: “le même officier”.
    pub heads: Vec<(String, Party)>,
    /// Bodies under the nouns they were named by: “(coalition)”.
    pub bodies: Vec<(String, Party)>,
    /// Whose document the page named last.
    pub document: Option<Party>,
    /// Whoever the sentence before lets speak behind the colon it ends with.
    pub announced: Option<Party>,
    /// Whether the sentence starts inside a quotation opened before.
    pub inside_quote: bool,
    /// Unknown persons the page tied to a party: last word of the name → party.
    pub aliases: Vec<(String, Party)>,
}

impl Speakers {
    /// Keeps who spoke last in a sentence, and its subject.
    pub fn remember(&mut self, s: &Sent<'_>, documents: &WordSet) {
        let named = |p: &Party| {
            let word =
                s.syn.tree.words.iter().find(|w| p.span.contains(w.span) && matches!(w.upos, Upos::Noun | Upos::Propn));
            // Names carry the gender of nothing.
            let noun = word.filter(|w| w.upos == Upos::Noun);
            Antecedent {
                party: p.clone(),
                gender: noun.and_then(|w| w.feats.gender),
                number: noun.and_then(|w| w.feats.number),
            }
        };
        let latest = s.scopes.iter().filter(|x| !x.outer).max_by_key(|x| x.at);
        let spoke = latest.and_then(|x| x.speaker.as_ref());
        // "Lewis Mali, de la société civile, indique …": he, not she
        let in_person = latest
            .and_then(|x| s.syn.child(x.verb?, &[Dep::Nsubj]))
            .is_some_and(|w| s.syn.word(w).upos == Upos::Propn && s.party_of(w).is_none());
        if let Some(p) = spoke
            && s.view.folded.iter().any(|f| documents.contains(f))
        {
            self.document = Some(p.clone());
        }
        for p in s.parties.iter().filter(|p| !p.party.id.starts_with("generic/")) {
            let noun = s.view.word_of.get(p.head).and_then(|w| s.syn.lemma.get(*w as usize));
            if let Some(noun) = noun.filter(|_| !matches!(p.kind, MentionKind::Noun(Class::Civil))) {
                self.bodies.retain(|(l, _)| l != noun);
                self.bodies.push((noun.clone(), p.party.clone()));
            }
        }
        for p in s.scopes.iter().filter_map(|x| x.speaker.as_ref()) {
            let noun = s.syn.tree.words.iter().position(|w| p.span.contains(w.span) && w.upos == Upos::Noun);
            if let Some(lemma) = noun.map(|w| &s.syn.lemma[w]) {
                self.heads.retain(|(l, _)| l != lemma);
                self.heads.push((lemma.clone(), p.clone()));
            }
        }
        // A pronoun's words tell less than those it stands for.
        if let Some(p) = spoke
            && self.last.as_ref().is_none_or(|l| l.party.id != p.id)
        {
            self.last = Some(match &self.subject {
                _ if in_person => Antecedent { party: p.clone(), gender: None, number: Some(Number::Sing) },
                Some(a) if a.party.id == p.id => a.clone(),
                _ => named(p),
            });
        }
        let root = (0..s.syn.len()).find(|i| s.syn.dep(*i) == Dep::Root);
        let subject =
            root.and_then(|r| s.syn.child(r, &[Dep::Nsubj])).and_then(|w| s.party_of(w)).map(|i| &s.parties[i]);
        let subject = subject.filter(|p| !matches!(p.kind, MentionKind::Noun(Class::Civil)));
        self.spoke = spoke.is_some();
        self.silent = if self.spoke { 0 } else { self.silent.saturating_add(1) };
        self.subject_is_fresh = subject.is_some() && spoke.is_none();
        if let Some(p) = subject {
            self.subject = Some(named(&p.party));
        }
        let colon = s.view.len().checked_sub(1).is_some_and(|t| s.view.surface(t) == ":");
        let said = spoke.cloned().or_else(|| subject.map(|p| p.party.clone()));
        self.announced = said.filter(|_| colon);
        let last = s.parties.iter().rfind(|p| !matches!(p.kind, MentionKind::Noun(Class::Civil)));
        self.mentioned = last.map(|p| named(&p.party));
    }

    /// Whom a pronoun stands for.
    pub(crate) fn stands_for(&self, gender: Option<Gender>, number: Option<Number>) -> Option<Party> {
        let agrees = |a: &&Antecedent| {
            (gender.is_none() || a.gender.is_none() || a.gender == gender)
                && (number.is_none() || a.number.is_none() || a.number == number)
        };
        // "La mission retient ce bilan. Elle dit …": a body that the very sentence before was about
        let body = |a: &&Antecedent| {
            (a.party.status != Status::Combatant || a.party.id.starts_with("org/"))
                && !a.party.id.starts_with("generic/")
        };
        // "Les unités du Hachd ont repris la localité. Elles disent …": fighters, where nobody spoke for a while
        let fights = |a: &&Antecedent| {
            self.silent >= SILENCE && !a.party.id.starts_with("generic/") && a.number.is_some() && a.number == number
        };
        let fresh = self.subject.as_ref().filter(|_| self.subject_is_fresh).filter(|a| body(a) || fights(a));
        let both = [fresh, self.last.as_ref(), self.subject.as_ref()];
        both.into_iter().flatten().find(agrees).or(self.last.as_ref()).map(|a| a.party.clone())
    }

    /// Whom “celui-ci”, “cette dernière” stand for: whoever the sentence before named last, else whoever spoke.
    pub(crate) fn latter(&self, gender: Option<Gender>, number: Option<Number>) -> Option<Party> {
        let agrees = |a: &&Antecedent| {
            (gender.is_none() || a.gender.is_none() || a.gender == gender)
                && (number.is_none() || a.number.is_none() || a.number == number)
        };
        self.mentioned.as_ref().filter(agrees).map(|a| a.party.clone()).or_else(|| self.stands_for(gender, number))
    }

    /// Whose “son porte-parole” is: of the subject of the sentence before, else of whoever spoke.
    pub(crate) fn owner(&self) -> Option<Party> {
        let body = |a: &&Antecedent| {
            let id = &a.party.id;
            !id.starts_with("person/") && !matches!(&**id, "generic/witness" | "generic/gunmen" | "generic/people")
        };
        let fresh = self.subject.as_ref().filter(|_| self.subject_is_fresh).filter(body);
        // "Autre version du côté des insurgés. … leur porte-parole": whoever a sentence in which nobody spoke named last
        let named = self.mentioned.as_ref().filter(|_| !self.spoke && fresh.is_none()).filter(body);
        fresh.or(named).map(|a| a.party.clone()).or_else(|| self.anybody())
    }

    /// Who it was that spoke under a noun before.
    pub(crate) fn under(&self, noun: &str) -> Option<&Party> {
        self.heads.iter().rev().find(|(l, _)| l == noun).map(|(_, p)| p)
    }

    /// The body that a noun named before.
    pub(crate) fn body(&self, noun: &str) -> Option<Party> {
        self.bodies.iter().rev().find(|(l, _)| l == noun).map(|(_, p)| p.clone())
    }

    /// Who spoke last, or who acted last.
    pub(crate) fn anybody(&self) -> Option<Party> {
        // attackers nobody knows are the subject of much and speak of nothing
        let subject = self.subject.as_ref().filter(|a| !crate::event::nameless(&a.party));
        self.last.as_ref().or(subject).map(|a| a.party.clone())
    }
}

/// A sentence as far as attributions look at it.
pub(crate) struct Text<'a, 'v> {
    pub syn: &'a Syn<'v>,
    pub view: &'a View<'v>,
    pub parties: &'a [PartyMention],
    pub lex: &'a ClaimLexicon,
    pub known: &'a Speakers,
    /// Names and nouns of the language.
    pub names: &'a recoupe_mention::Lexicon,
    /// Tokens of dates and times: they may stand anywhere around a verb of speech.
    pub times: Vec<Range<usize>>,
    /// Tokens of places: towns do not speak.
    pub places: Vec<Range<usize>>,
}

/// Finds who says what in a sentence, in the order of the attributions.
pub fn scopes(
    syn: &Syn<'_>,
    view: &View<'_>,
    parties: &[PartyMention],
    (times, places): (Vec<Range<usize>>, Vec<Range<usize>>),
    (lex, names): (&ClaimLexicon, &recoupe_mention::Lexicon),
    known: &Speakers,
    quotes: &[Span],
) -> Vec<Scope> {
    let text = Text { syn, view, parties, lex, known, names, times, places };
    let found = heads::find(&text, quotes);
    let mut out = reach::scopes(&text, &found);
    reach::quotation_behind_colon(&text, &found, &mut out);
    reach::continued_quotation(&text, quotes, &mut out);
    out
}
