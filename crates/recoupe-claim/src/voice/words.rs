//! The words of a language that tell who speaks, besides the verbs: the table `voices` of `lang/<xx>/speech.toml`.

use recoupe_pack::WordList;
use serde::Deserialize;

/// Words that tell who speaks. Folded; nouns and verbs by lemma.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VoiceWords {
    /// Verbs of asking and reaching: whoever did it is not the one who speaks (`interrogé par l'AFP`).
    pub asked: WordList,
    /// The outlet's own people (`correspondant`), with one of `ours` before them.
    pub correspondents: WordList,
    /// Determiners of the outlet's own (`nos`).
    pub ours: WordList,
    /// Sources that are nobody: `selon les sources`.
    pub nobody: WordList,
    /// Authorities that somebody else put in place (`administration`).
    pub offices: WordList,
    /// How they were put in place, before who did it (`installée par`).
    pub installed: WordList,
    /// Verbs of counting: with nobody for a subject (`on dénombre`) the outlet itself counts.
    pub counting: WordList,
    /// Pronouns behind a preposition (`selon lui`).
    pub stressed: WordList,
    /// Verbs of where a count comes from (`le bilan émane de la police`).
    pub stems: WordList,
    /// Verbs of giving out a count (`donne ce bilan`).
    pub gives: WordList,
    /// Verbs of putting out a document (`a publié un communiqué`).
    pub puts_out: WordList,
    /// Words that go on with what was told (`treize autres`, `également`).
    pub adds: WordList,
    /// Whoever spoke last (`ce dernier`).
    pub latter: WordList,
}

impl VoiceWords {
    /// With all words folded.
    pub fn folded(mut self) -> Self {
        let Self {
            asked,
            correspondents,
            ours,
            nobody,
            offices,
            installed,
            counting,
            stressed,
            stems,
            gives,
            puts_out,
            adds,
            latter,
        } = &mut self;
        for list in [
            asked,
            correspondents,
            ours,
            nobody,
            offices,
            installed,
            counting,
            stressed,
            stems,
            gives,
            puts_out,
            adds,
            latter,
        ] {
            list.fold();
        }
        self
    }
}
