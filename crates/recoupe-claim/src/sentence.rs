//! A parsed sentence with all its mentions: what the claim rules look at.

use std::ops::Range;

use recoupe_mention::number::Quantity;
use recoupe_mention::places::PlaceMention;
use recoupe_mention::time::TimeMention;
use recoupe_mention::{Id, Party, PartyMention, View};
use recoupe_text::Span;

use crate::syn::Syn;
use crate::voice::Scope;

/// One sentence, ready for rules.
pub struct Sent<'v> {
    /// Tokens and tree.
    pub view: &'v View<'v>,
    /// Tree questions.
    pub syn: Syn<'v>,
    /// Parties, in order.
    pub parties: Vec<PartyMention>,
    /// Places, in order.
    pub places: Vec<PlaceMention>,
    /// Times, in order.
    pub times: Vec<TimeMention>,
    /// Numbers, in order.
    pub numbers: Vec<Quantity>,
    /// Who says which part.
    pub scopes: Vec<Scope>,
    /// Names and nouns of the language.
    pub names: &'v recoupe_mention::Lexicon,
    /// Index of the sentence on the page.
    pub index: u32,
    /// Which article of the page.
    pub part: u16,
    /// Paragraph of the page.
    pub paragraph: u32,
    /// Title or heading.
    pub heading: bool,
    /// Quotation spans that overlap the sentence.
    pub quotes: Vec<Span>,
    /// The armed group the page is about, if there is one above all others.
    pub foe: Option<&'v Party>,
    /// The armed forces the page is about.
    pub army: Option<&'v Party>,
    /// What befell those the sentence before counted last, and who they were.
    pub before: Option<(Id, Party)>,
    /// How many they were: lower and upper bound, and whether about so many.
    pub figure: Option<(Option<i64>, Option<i64>, bool)>,
    /// Who was told of in the sentences before.
    pub recent: crate::event::Recent,
    /// Ends with a question mark.
    pub question: bool,
}

impl Sent<'_> {
    /// The party mention that a word of the tree names, directly or by its head noun's appositions and complements.
    pub fn party_of(&self, word: usize) -> Option<usize> {
        let token = self.syn.word(word).token as usize;
        if let Some(i) = self.party_at(token) {
            return Some(i);
        }
        use recoupe_syntax::Dep;
        for c in self.syn.kids(word, &[Dep::Appos, Dep::Flat, Dep::Amod, Dep::Acl]) {
            if let Some(i) = self.party_at(self.syn.word(c).token as usize) {
                return Some(i);
            }
        }
        None
    }

    /// Like [`Sent::party_of`], and looks into complements too (“une patrouille de l'armée”, “des membres du groupe”).
    pub fn party_in(&self, word: usize) -> Option<usize> {
        if let Some(i) = self.party_of(word) {
            return Some(i);
        }
        use recoupe_syntax::Dep;
        self.syn
            .kids(word, &[Dep::Nmod, Dep::Conj])
            .find_map(|c| self.party_of(c).or_else(|| self.syn.kids(c, &[Dep::Nmod]).find_map(|d| self.party_of(d))))
    }

    /// Passive, by the tree or by the auxiliary right before.
    pub fn passive(&self, word: usize, lex: &crate::lex::ClaimLexicon) -> bool {
        use recoupe_syntax::Dep;
        // "s'est emparé" has the auxiliary of the passive and is none
        if self.syn.reflexive(word, &lex.grammar) {
            return false;
        }
        if self.syn.after_passive_auxiliary(word, &lex.grammar) {
            return true;
        }
        // "ont bombardé, samedi, un convoi": the auxiliary says active, whatever the tree makes of the noun behind
        let aux = |l: &[String]| self.syn.kids(word, &[Dep::Aux]).any(|c| l.contains(&self.syn.lemma[c]));
        let been = self.syn.kids(word, &[Dep::Aux]).any(|c| lex.grammar.passive_auxiliary.contains(&self.syn.form[c]));
        if aux(&lex.grammar.perfect_auxiliary) && !been {
            return false;
        }
        // "l'armée détruit des sites": what has an object behind it is no participle
        let acts = self.syn.child(word, &[Dep::Aux, Dep::Cop]).is_none()
            && self.syn.object(word).is_some_and(|o| o > word && self.syn.word(o).upos != recoupe_syntax::Upos::Pron);
        self.syn.passive(word) && !acts
    }

    /// The party mention that covers a token.
    pub fn party_at(&self, token: usize) -> Option<usize> {
        self.parties.iter().position(|p| p.tokens.contains(&token))
    }

    /// The place mention that covers a token.
    pub fn place_at(&self, token: usize) -> Option<usize> {
        self.places.iter().position(|p| p.tokens.contains(&token))
    }

    /// First word of the tree at or after a token.
    pub fn word_at(&self, token: usize) -> Option<usize> {
        self.view.word_of.get(token).filter(|w| **w != u32::MAX).map(|w| *w as usize)
    }

    /// “On dénombre par ailleurs 60 blessés”: nobody is named who counts, so the outlet does.
    pub fn counts_itself(&self, lex: &crate::lex::ClaimLexicon) -> bool {
        let nobody = |t: usize| lex.grammar.impersonal.contains(&self.view.folded[t]);
        let counts = |t: usize| {
            self.word_at(t).is_some_and(|w| self.token(w) == t && lex.voices.counting.contains(&self.syn.lemma[w]))
        };
        let n = self.view.len();
        (0..n).any(|t| nobody(t) && (t + 1..n.min(t + 4)).any(counts))
            && self.scopes.iter().all(|x| x.speaker.is_none())
    }

    /// Whether a token stands inside quotation marks.
    pub fn quoted(&self, token: usize) -> bool {
        let s = self.view.sentence.tokens[token].span;
        self.quotes.iter().any(|q| q.contains(s))
    }

    /// The word above another in the tree; past a date that the tree takes for it: “a mené le 11 mars une attaque”.
    pub fn above(&self, word: usize) -> Option<usize> {
        let dated = |w: usize| {
            let t = self.token(w) as u32;
            self.times.iter().find(|x| x.tokens.contains(&t))
        };
        let mut h = self.syn.head(word)?;
        if dated(word).is_none() && h < word {
            for _ in 0..4 {
                let Some(date) = dated(h) else { break };
                let out = |w: usize| !date.tokens.contains(&(self.token(w) as u32));
                match self.syn.head(h) {
                    // a day that some noun is of: "l'attaque de lundi"
                    Some(up) if out(up) && !self.syn.verbal(up) => break,
                    Some(up) => h = up,
                    None => break,
                }
            }
        }
        Some(h)
    }
    /// Token of a word.
    pub fn token(&self, word: usize) -> usize {
        self.syn.word(word).token as usize
    }

    /// Voices that say what stands at a token, outermost first: indexes into `scopes`.
    pub fn scopes_at(&self, token: usize) -> Vec<usize> {
        let mut v: Vec<usize> = (0..self.scopes.len()).filter(|i| self.scopes[*i].tokens.contains(&token)).collect();
        v.sort_by_key(|i| std::cmp::Reverse(self.scopes[*i].tokens.len()));
        v
    }

    /// Span of tokens.
    pub fn span(&self, tokens: &Range<usize>) -> Span {
        self.view.span(tokens)
    }
}

impl<'v> Sent<'v> {
    /// Names and nouns of the language.
    pub fn names(&self) -> &'v recoupe_mention::Lexicon {
        self.names
    }
}
