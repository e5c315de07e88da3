//! A sentence as a tagged tree after Universal Dependencies.

use recoupe_text::Span;

/// Universal part-of-speech tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)] // the tags are UD's own
pub enum Upos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    X,
}

/// Universal dependency relation without its subtype.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)] // the relations are UD's own
pub enum Dep {
    Root,
    Nsubj,
    Obj,
    Iobj,
    Csubj,
    Ccomp,
    Xcomp,
    Obl,
    Advcl,
    Advmod,
    Aux,
    Cop,
    Mark,
    Nmod,
    Appos,
    Nummod,
    Acl,
    Amod,
    Det,
    Case,
    Conj,
    Cc,
    Fixed,
    Flat,
    Compound,
    Parataxis,
    Expl,
    Dislocated,
    Vocative,
    Discourse,
    Orphan,
    Goeswith,
    List,
    Punct,
    Reparandum,
    Dep,
}

/// The subtypes that rules ask for; all others are `Other`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sub {
    /// No subtype.
    None,
    /// `:pass` on nsubj, aux, expl.
    Pass,
    /// `:agent` on obl.
    Agent,
    /// `:relcl` on acl.
    Relcl,
    /// `:caus`.
    Caus,
    /// `:tense` on aux.
    Tense,
    /// `:arg` on obl.
    Arg,
    /// `:mod` on obl.
    Mod,
    /// `:name` on flat.
    Name,
    /// `:foreign` on flat.
    Foreign,
    /// Any other.
    Other,
}

/// `VerbForm`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum VerbForm {
    Fin,
    Inf,
    Part,
    Ger,
}
/// `Mood`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Mood {
    Ind,
    Cnd,
    Sub,
    Imp,
}
/// `Tense`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Tense {
    Pres,
    Past,
    Fut,
    Imp,
    Pqp,
}
/// `Number`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Number {
    Sing,
    Plur,
}
/// `Gender`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Gender {
    Masc,
    Fem,
    Neut,
}

/// The features that rules ask for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub struct Feats {
    pub verb_form: Option<VerbForm>,
    pub mood: Option<Mood>,
    pub tense: Option<Tense>,
    pub number: Option<Number>,
    pub gender: Option<Gender>,
    /// 1, 2 or 3.
    pub person: Option<u8>,
    /// `Voice=Pass`.
    pub passive: bool,
    /// `Polarity=Neg`.
    pub negative: bool,
}

/// A syntactic word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The surface token it stands in; the words of one contraction share it.
    pub span: Span,
    /// Index of the surface token in the sentence.
    pub token: u32,
    /// The word's own form (`de` and `le` for `du`).
    pub form: String,
    /// Dictionary form.
    pub lemma: String,
    /// Part of speech.
    pub upos: Upos,
    /// Morphology.
    pub feats: Feats,
    /// Index of the head in [`Tree::words`]; `None` for the root.
    pub head: Option<u32>,
    /// Relation to the head.
    pub dep: Dep,
    /// Its subtype.
    pub sub: Sub,
}

/// The words of a sentence in order, with one root; heads form a tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// The words.
    pub words: Vec<Word>,
}
