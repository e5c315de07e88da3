//! Names of Universal Dependencies, to and fro.

use crate::tree::{Dep, Feats, Gender, Mood, Number, Sub, Tense, Upos, VerbForm};

const UPOS: [(&str, Upos); 17] = [
    ("ADJ", Upos::Adj),
    ("ADP", Upos::Adp),
    ("ADV", Upos::Adv),
    ("AUX", Upos::Aux),
    ("CCONJ", Upos::Cconj),
    ("DET", Upos::Det),
    ("INTJ", Upos::Intj),
    ("NOUN", Upos::Noun),
    ("NUM", Upos::Num),
    ("PART", Upos::Part),
    ("PRON", Upos::Pron),
    ("PROPN", Upos::Propn),
    ("PUNCT", Upos::Punct),
    ("SCONJ", Upos::Sconj),
    ("SYM", Upos::Sym),
    ("VERB", Upos::Verb),
    ("X", Upos::X),
];

const DEPS: [(&str, Dep); 36] = [
    ("root", Dep::Root),
    ("nsubj", Dep::Nsubj),
    ("obj", Dep::Obj),
    ("iobj", Dep::Iobj),
    ("csubj", Dep::Csubj),
    ("ccomp", Dep::Ccomp),
    ("xcomp", Dep::Xcomp),
    ("obl", Dep::Obl),
    ("advcl", Dep::Advcl),
    ("advmod", Dep::Advmod),
    ("aux", Dep::Aux),
    ("cop", Dep::Cop),
    ("mark", Dep::Mark),
    ("nmod", Dep::Nmod),
    ("appos", Dep::Appos),
    ("nummod", Dep::Nummod),
    ("acl", Dep::Acl),
    ("amod", Dep::Amod),
    ("det", Dep::Det),
    ("case", Dep::Case),
    ("conj", Dep::Conj),
    ("cc", Dep::Cc),
    ("fixed", Dep::Fixed),
    ("flat", Dep::Flat),
    ("compound", Dep::Compound),
    ("parataxis", Dep::Parataxis),
    ("expl", Dep::Expl),
    ("dislocated", Dep::Dislocated),
    ("vocative", Dep::Vocative),
    ("discourse", Dep::Discourse),
    ("orphan", Dep::Orphan),
    ("goeswith", Dep::Goeswith),
    ("list", Dep::List),
    ("punct", Dep::Punct),
    ("reparandum", Dep::Reparandum),
    ("dep", Dep::Dep),
];

const SUBS: [(&str, Sub); 9] = [
    ("pass", Sub::Pass),
    ("agent", Sub::Agent),
    ("relcl", Sub::Relcl),
    ("caus", Sub::Caus),
    ("tense", Sub::Tense),
    ("arg", Sub::Arg),
    ("mod", Sub::Mod),
    ("name", Sub::Name),
    ("foreign", Sub::Foreign),
];

fn find<T: Copy>(table: &[(&str, T)], name: &str) -> Option<T> {
    table.iter().find(|(n, _)| *n == name).map(|(_, v)| *v)
}

fn name<T: Copy + PartialEq>(table: &[(&'static str, T)], value: T) -> &'static str {
    table.iter().find(|(_, v)| *v == value).map_or("_", |(n, _)| n)
}

impl Upos {
    /// The tag of a UD name (`NOUN`); `X` for one that is not UD's.
    pub fn from_ud(name: &str) -> Self {
        find(&UPOS, name).unwrap_or(Upos::X)
    }
    /// UD's name (`NOUN`).
    pub fn ud(self) -> &'static str {
        name(&UPOS, self)
    }
}

impl Dep {
    /// The relation of a UD name without subtype (`nsubj`); `dep` for one that is not UD's.
    pub fn from_ud(name: &str) -> Self {
        find(&DEPS, name).unwrap_or(Dep::Dep)
    }
    /// UD's name (`nsubj`).
    pub fn ud(self) -> &'static str {
        name(&DEPS, self)
    }
}

impl Sub {
    /// UD's name (`pass`); nothing for none, and for one that has no name here.
    pub fn ud(self) -> Option<&'static str> {
        Some(name(&SUBS, self)).filter(|n| *n != "_")
    }
}

/// Relation and subtype of a UD label (`obl:agent`).
pub(crate) fn label(text: &str) -> (Dep, Sub) {
    let (dep, sub) = text.split_once(':').map_or((text, None), |(d, s)| (d, Some(s)));
    (Dep::from_ud(dep), sub.map_or(Sub::None, |s| find(&SUBS, s).unwrap_or(Sub::Other)))
}

impl Feats {
    /// Reads UD's `Key=Value|Key=Value`; what rules never ask for is left out.
    pub fn from_ud(text: &str) -> Self {
        let mut f = Feats::default();
        for (key, value) in text.split('|').filter_map(|p| p.split_once('=')) {
            match (key, value) {
                ("VerbForm", "Fin") => f.verb_form = Some(VerbForm::Fin),
                ("VerbForm", "Inf") => f.verb_form = Some(VerbForm::Inf),
                ("VerbForm", "Part") => f.verb_form = Some(VerbForm::Part),
                ("VerbForm", "Ger") => f.verb_form = Some(VerbForm::Ger),
                ("Mood", "Ind") => f.mood = Some(Mood::Ind),
                ("Mood", "Cnd") => f.mood = Some(Mood::Cnd),
                ("Mood", "Sub") => f.mood = Some(Mood::Sub),
                ("Mood", "Imp") => f.mood = Some(Mood::Imp),
                ("Tense", "Pres") => f.tense = Some(Tense::Pres),
                ("Tense", "Past") => f.tense = Some(Tense::Past),
                ("Tense", "Fut") => f.tense = Some(Tense::Fut),
                ("Tense", "Imp") => f.tense = Some(Tense::Imp),
                ("Tense", "Pqp") => f.tense = Some(Tense::Pqp),
                ("Number", "Sing") => f.number = Some(Number::Sing),
                ("Number", "Plur") => f.number = Some(Number::Plur),
                ("Gender", "Masc") => f.gender = Some(Gender::Masc),
                ("Gender", "Fem") => f.gender = Some(Gender::Fem),
                ("Gender", "Neut") => f.gender = Some(Gender::Neut),
                ("Person", p) => f.person = p.parse().ok().filter(|p| (1..=3).contains(p)),
                ("Voice", "Pass") => f.passive = true,
                ("Polarity", "Neg") => f.negative = true,
                _ => {}
            }
        }
        f
    }

    /// UD's notation, keys in alphabetical order; `_` for none.
    pub fn ud(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        let mut add = |key: &str, value: Option<&str>| parts.extend(value.map(|v| format!("{key}={v}")));
        add(
            "Gender",
            self.gender.map(|g| match g {
                Gender::Masc => "Masc",
                Gender::Fem => "Fem",
                Gender::Neut => "Neut",
            }),
        );
        add(
            "Mood",
            self.mood.map(|m| match m {
                Mood::Ind => "Ind",
                Mood::Cnd => "Cnd",
                Mood::Sub => "Sub",
                Mood::Imp => "Imp",
            }),
        );
        add(
            "Number",
            self.number.map(|n| match n {
                Number::Sing => "Sing",
                Number::Plur => "Plur",
            }),
        );
        let person = self.person.map(|p| p.to_string());
        add("Person", person.as_deref());
        add("Polarity", self.negative.then_some("Neg"));
        add(
            "Tense",
            self.tense.map(|t| match t {
                Tense::Pres => "Pres",
                Tense::Past => "Past",
                Tense::Fut => "Fut",
                Tense::Imp => "Imp",
                Tense::Pqp => "Pqp",
            }),
        );
        add(
            "VerbForm",
            self.verb_form.map(|v| match v {
                VerbForm::Fin => "Fin",
                VerbForm::Inf => "Inf",
                VerbForm::Part => "Part",
                VerbForm::Ger => "Ger",
            }),
        );
        add("Voice", self.passive.then_some("Pass"));
        if parts.is_empty() { "_".to_owned() } else { parts.join("|") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_to_and_fro() {
        for (n, u) in UPOS {
            assert_eq!((Upos::from_ud(n), u.ud()), (u, n));
        }
        for (n, d) in DEPS {
            assert_eq!((Dep::from_ud(n), d.ud()), (d, n));
        }
        assert_eq!(label("obl:agent"), (Dep::Obl, Sub::Agent));
        assert_eq!(label("expl:subj"), (Dep::Expl, Sub::Other));
        let f = "Gender=Masc|Number=Plur|Tense=Past|VerbForm=Part|Voice=Pass";
        assert_eq!(Feats::from_ud(f).ud(), f);
    }
}
