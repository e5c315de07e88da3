//! Questions to a tree that rules ask: whose subject, which agent, what stands under a word.

use recoupe_mention::View;
use recoupe_syntax::{Dep, Mood, Sub, Tree, Upos, VerbForm, Word};
use recoupe_text::fold;

use crate::lex::{Grammar, fits};

/// A tree with its children lists and folded lemmas.
pub struct Syn<'v> {
    /// The tree.
    pub tree: &'v Tree,
    /// Children of each word, in order.
    pub children: Vec<Vec<usize>>,
    /// Folded lemma of each word.
    pub lemma: Vec<String>,
    /// Folded form of each word.
    pub form: Vec<String>,
    present_participles: Vec<bool>,
    /// Verbs whose object does what their infinitive says.
    steers: Vec<bool>,
}

impl<'v> Syn<'v> {
    /// Prepares a tree.
    pub fn new(view: &'v View<'_>, g: &Grammar) -> Self {
        let tree = &view.tree;
        let mut children = vec![Vec::new(); tree.words.len()];
        for (i, w) in tree.words.iter().enumerate() {
            if let Some(h) = w.head {
                children[h as usize].push(i);
            }
        }
        let form: Vec<String> = tree.words.iter().map(|w| fold(&w.form)).collect();
        let lemma: Vec<String> = tree.words.iter().map(|w| fold(&w.lemma)).collect();
        Self {
            tree,
            children,
            steers: lemma.iter().map(|l| g.accuse_of.contains(l) || g.steers.contains(l)).collect(),
            lemma,
            present_participles: form.iter().map(|f| fits(&g.present_participles, f)).collect(),
            form,
        }
    }

    /// The word.
    pub fn word(&self, i: usize) -> &'v Word {
        &self.tree.words[i]
    }
    /// Number of words.
    pub fn len(&self) -> usize {
        self.tree.words.len()
    }
    /// Its head.
    pub fn head(&self, i: usize) -> Option<usize> {
        self.tree.words[i].head.map(|h| h as usize)
    }
    /// Its relation to its head.
    pub fn dep(&self, i: usize) -> Dep {
        self.tree.words[i].dep
    }
    /// First child with one of the relations.
    pub fn child(&self, i: usize, deps: &[Dep]) -> Option<usize> {
        self.children[i].iter().copied().find(|c| deps.contains(&self.dep(*c)))
    }
    /// All children with one of the relations.
    pub fn kids<'a>(&'a self, i: usize, deps: &'a [Dep]) -> impl Iterator<Item = usize> + 'a {
        self.children[i].iter().copied().filter(move |c| deps.contains(&self.dep(*c)))
    }
    /// Whether the word's preposition is one of these.
    pub fn case_in(&self, i: usize, list: &[String]) -> bool {
        self.kids(i, &[Dep::Case, Dep::Mark]).any(|c| list.iter().any(|l| *l == self.form[c] || *l == self.lemma[c]))
    }
    /// Whether it can head a clause.
    pub fn verbal(&self, i: usize) -> bool {
        matches!(self.word(i).upos, Upos::Verb | Upos::Aux)
            || self.children[i].iter().any(|c| matches!(self.dep(*c), Dep::Cop | Dep::Aux | Dep::Nsubj))
    }
    /// A participle or infinitive is not finite; an auxiliary makes it so.
    pub fn finite(&self, i: usize) -> bool {
        self.word(i).feats.verb_form == Some(VerbForm::Fin)
            || self.kids(i, &[Dep::Aux, Dep::Cop]).any(|a| self.word(a).feats.verb_form == Some(VerbForm::Fin))
    }
    /// Whether its form ends like a present participle, whatever the tree says.
    pub fn present_participle(&self, i: usize) -> bool {
        self.present_participles[i]
    }
    /// “avoir tué onze soldats et brûlé deux camions”: the auxiliary of the first participle holds for those coordinated with it.
    fn shares_active_auxiliary(&self, i: usize) -> bool {
        let Some(h) = self.head(i).filter(|_| self.dep(i) == Dep::Conj) else { return false };
        self.child(i, &[Dep::Aux, Dep::Nsubj]).is_none()
            && self.word(h).feats.verb_form == Some(VerbForm::Part)
            && self.kids(h, &[Dep::Aux]).any(|a| self.word(a).sub == Sub::Tense)
            && !self.kids(h, &[Dep::Aux]).any(|a| self.word(a).sub == Sub::Pass)
    }
    /// Passive by auxiliary, subject or participle in an attribute.
    pub fn passive(&self, i: usize) -> bool {
        if self.shares_active_auxiliary(i) {
            return false;
        }
        self.children[i].iter().any(|c| {
            let w = self.word(*c);
            w.sub == Sub::Pass && matches!(w.dep, Dep::Aux | Dep::Nsubj | Dep::Expl)
        }) || (self.word(i).feats.verb_form == Some(VerbForm::Part)
            && self.word(i).feats.tense != Some(recoupe_syntax::Tense::Pres)
            && self.child(i, &[Dep::Aux]).is_none()
            && !self.present_participle(i))
            || (self.child(i, &[Dep::Cop]).is_some() && self.form[i] != self.lemma[i])
    }
    /// Whether a form of the passive auxiliary stands right before the word, whatever the tree says.
    pub fn after_passive_auxiliary(&self, i: usize, g: &Grammar) -> bool {
        (1..=3)
            .map_while(|d| i.checked_sub(d))
            .find(|j| !matches!(self.word(*j).upos, Upos::Adv))
            .is_some_and(|j| g.passive_auxiliary.iter().any(|a| *a == self.form[j]))
    }
    /// Mood of the clause: its own or its auxiliary's.
    pub fn conditional(&self, i: usize) -> bool {
        let cnd = |j: usize| self.word(j).feats.mood == Some(Mood::Cnd);
        cnd(i) || self.kids(i, &[Dep::Aux, Dep::Cop]).any(cnd)
    }
    /// Future of the clause.
    pub fn future(&self, i: usize) -> bool {
        let fut = |j: usize| self.word(j).feats.tense == Some(recoupe_syntax::Tense::Fut);
        fut(i) || self.kids(i, &[Dep::Aux, Dep::Cop]).any(fut)
    }
    /// Whether the clause is negated.
    pub fn negated(&self, i: usize, neg: &recoupe_pack::WordSet) -> bool {
        self.children[i].iter().any(|c| {
            matches!(self.dep(*c), Dep::Advmod | Dep::Det | Dep::Cc)
                && neg.contains(self.form[*c].trim_end_matches('\''))
        })
    }
    /// The nearest clause head at or above a word.
    pub fn clause(&self, i: usize) -> usize {
        let mut at = i;
        for _ in 0..self.len() {
            if self.verbal(at) {
                return at;
            }
            match self.head(at) {
                Some(h) => at = h,
                None => return at,
            }
        }
        at
    }
    /// Its own subject; in “Mali : l'armée annonce …” the one behind the colon, whatever else the parser calls a subject.
    fn own_subject(&self, v: usize) -> Option<usize> {
        let all: Vec<usize> = self.kids(v, &[Dep::Nsubj, Dep::Csubj]).collect();
        let parted = |s: usize| (s.min(v)..s.max(v)).any(|i| self.form[i] == ":");
        all.iter().rev().copied().find(|s| *s < v && !parted(*s)).or_else(|| all.iter().copied().find(|s| !parted(*s)))
    }
    /// The subject of a clause: its own; that of the clause it is coordinated with or subordinate to without one of its own;
    /// the noun a relative or a participle hangs on.
    pub fn subject(&self, v: usize) -> Option<usize> {
        let mut at = v;
        let finite = self.finite(v);
        for _ in 0..6 {
            // A finite clause never takes its subject from a participle it was wrongly coordinated with.
            if finite && at != v && !self.finite(at) && self.dep(at) == Dep::Acl {
                at = self.head(at)?;
                while !self.finite(at) {
                    at = self.head(at)?;
                }
            }
            if let Some(s) = self.own_subject(at) {
                if s > at
                    && let Some(before) = self.preverbal(at)
                {
                    return Some(before);
                }
                if self.word(s).upos == Upos::Pron && self.dep(at) == Dep::Acl {
                    return self.head(at); // the relative pronoun stands for its noun
                }
                return Some(s);
            }
            let h = self.head(at)?;
            match self.dep(at) {
                Dep::Acl => return Some(h),
                // "accuse Moscou d'avoir bombardé", "a contraint l'armée à se retirer"
                Dep::Xcomp | Dep::Advcl | Dep::Ccomp
                    if self.steers[h] && !self.finite(at) && self.child(h, &[Dep::Obj]).is_some_and(|o| o != at) =>
                {
                    return self.child(h, &[Dep::Obj]);
                }
                Dep::Conj | Dep::Xcomp | Dep::Advcl | Dep::Aux | Dep::Ccomp | Dep::Parataxis => at = h,
                _ => return None,
            }
        }
        None
    }
    /// The object, or what an act noun is done to.
    pub fn object(&self, v: usize) -> Option<usize> {
        // a subject behind a verb that has one before it is its object: "ont bombardé, samedi, un convoi"
        let behind = || {
            self.kids(v, &[Dep::Nsubj])
                .find(|x| *x > v)
                .filter(|_| self.kids(v, &[Dep::Nsubj]).any(|x| x < v) || self.preverbal(v).is_some())
        };
        self.child(v, &[Dep::Obj]).or_else(behind)
    }
    /// The noun phrase right before a verb's auxiliary: its subject, whatever the tree hangs it on.
    fn preverbal(&self, v: usize) -> Option<usize> {
        let first = self.kids(v, &[Dep::Aux]).next().filter(|a| *a < v)?;
        let mut j = first.checked_sub(1)?;
        while matches!(self.word(j).upos, Upos::Adv | Upos::Pron) || self.form[j] == ")" || self.form[j] == "»" {
            if self.word(j).upos == Upos::Pron && self.dep(j) != Dep::Expl && self.dep(j) != Dep::Advmod {
                return None;
            }
            j = j.checked_sub(1)?;
        }
        if !matches!(self.word(j).upos, Upos::Noun | Upos::Propn | Upos::Adj) {
            return None;
        }
        let mut at = j;
        while let Some(h) = self.head(at).filter(|h| *h < first) {
            at = h;
        }
        (matches!(self.word(at).upos, Upos::Noun | Upos::Propn) && matches!(self.dep(at), Dep::Nsubj)).then_some(at)
    }
    /// Agent of a passive or of an act noun.
    pub fn agent(&self, v: usize, g: &Grammar) -> Option<usize> {
        self.children[v].iter().copied().find(|c| {
            self.word(*c).sub == Sub::Agent || (matches!(self.dep(*c), Dep::Obl | Dep::Nmod) && self.case_in(*c, &g.by))
        })
    }
    /// A word and everything coordinated with it.
    pub fn with_conjuncts(&self, i: usize) -> Vec<usize> {
        let mut out = vec![i];
        let mut k = 0;
        while k < out.len() {
            out.extend(self.kids(out[k], &[Dep::Conj]));
            k += 1;
        }
        out
    }
    /// Whether `above` is the word or one of its ancestors.
    pub fn under(&self, i: usize, above: usize) -> bool {
        let mut at = Some(i);
        let mut n = 0;
        while let Some(a) = at {
            if a == above {
                return true;
            }
            at = self.head(a);
            n += 1;
            if n > self.len() {
                break;
            }
        }
        false
    }
    /// Whether a word stands after a reflexive pronoun or has one as a child.
    pub fn reflexive(&self, i: usize, g: &Grammar) -> bool {
        let is = |j: usize| g.reflexive.iter().any(|r| r.trim_end_matches('\'') == self.form[j].trim_end_matches('\''));
        self.children[i].iter().any(|c| *c < i && is(*c)) || (1..=2).any(|d| i >= d && is(i - d))
    }
}
