//! The words of a language that tell who speaks, besides the verbs: the table `voices` of `lang/<xx>/speech.toml`.

use std::collections::BTreeMap;

use recoupe_pack::{WordList, WordRows};
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
    pub nobody: WordRows,
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
    pub latter: WordRows,
    /// Pronouns for whoever was named last: masculine and feminine of one, then of many (`celui-ci`).
    pub near: WordList,
    /// Openers that stand for whoever was spoken of before, one or many (`à l'en croire`, `de leur propre aveu`).
    pub back_one: WordRows,
    /// The same for many.
    pub back_many: WordRows,
    /// Verbs of learning (`apprend-on de sources concordantes`).
    pub learn: WordList,
    /// Prepositions before who says it, behind a verb that names nobody (`dit-on chez les rebelles`).
    pub from: WordList,
    /// Verbs put last, behind who speaks, in translated pages (`la police a dit`).
    pub put_last: WordList,
    /// How a clause points back at what stands before it in the sentence (`c'est ainsi que la police ventile le bilan`).
    pub so: WordRows,
    /// Verbs of leading a place or a body (`qui dirige le village`).
    pub leads: WordList,
    /// Nouns of places that somebody leads.
    pub communes: WordList,
    /// Words that say that one goes on who spoke before (`toujours selon l'ONG`).
    pub still: WordList,
    /// What is done for the dead and the wounded, by which nobody tells how many (`a soigné douze blessés`).
    pub handles: WordList,
    /// Verbs of reacting to what is known: what a relative clause adds is no word of theirs (`a condamné l'attaque qui …`).
    pub reacts: WordList,
    /// Prepositions of what is told beside the clause (`un deuil après la mort de …`).
    pub beside: WordList,
    /// What media are called before their mark (`la chaîne Al-Nahar`).
    pub outlets: WordList,
    /// How a document addresses its readers (`informe l' opinion`).
    pub informs: WordRows,
    /// What the author of a document does in its last lines (`présente ses condoléances`).
    pub condoles: WordRows,
    /// How the end of a document is marked (`fin du communiqué`).
    pub closing: WordRows,
    /// What is published of those who died (`les noms`).
    pub listed: WordList,
    /// Before whoever sees it so, at the start of a sentence (`Pour le gouvernorat, il y a …`).
    pub for_whom: WordList,
    /// What somebody tells, as a whole (`l'information`).
    pub news: WordList,
    /// How a sentence opens that points out who told (`c' est le préfet qui …`).
    pub cleft: WordRows,
    /// How it is said how far somebody's count has come (`en est`), before `à` and the figure.
    pub stands_at: WordRows,
    /// How a colon is announced behind which somebody's document follows (`le détail suivant`).
    pub dictates: WordRows,
    /// Relative pronouns behind an opener (`selon lesquelles`).
    pub whom: WordList,
    /// Those who come to help, by a word that means the help as well (`les secours`).
    pub rescuers: WordList,
    /// One of those who spoke before (`l' un d' eux`).
    pub one_of_them: WordRows,
    /// By its role, what a ministry is for, by which it is called with a capital and an article (`la Défense`).
    pub portfolios: BTreeMap<String, WordRows>,
    /// Seats of administrations, which speak for those who sit there (`le gouvernorat`).
    pub seats: WordList,
    /// How a count is said to be drawn from what others give out (`à partir de données`).
    pub drawn_from: WordRows,
    /// How an earlier count is told from the last one (`un premier bilan`).
    pub earlier: WordList,
    /// How a sentence opens that turns to one side of a war (`côté israélien`).
    pub on_side: WordRows,
    /// How a sentence or a label opens that turns to something else (`autre drame :`, `par ailleurs`).
    pub elsewhere: WordRows,
    /// What is found of the dead (`corps`).
    pub bodies_found: WordList,
    /// What is said of people who speak for nobody but themselves (`rencontré`, `réfugié`, `ans`).
    pub in_person: WordList,
    /// How people speak of themselves and theirs (`mon`).
    pub of_myself: WordList,
    /// Verbs by which an announcement is made (`l'annonce a été faite par`).
    pub makes: WordList,
    /// Relative adverbs and pronouns that only describe further (`dont`, `où`).
    pub wherein: WordList,
    /// How a line opens that says that a page is a report of whoever puts it out (`rapport de situation`).
    pub bulletins: WordRows,
    /// With which noun the name of a body opens that puts out documents (`ligue`).
    pub letterheads: WordList,
    /// How possessives of many owners begin (`leur`).
    pub theirs: String,
    /// Words inside the titles of bodies, besides those of complements (`le Comité pour la paix`).
    pub titles: WordList,
    /// Verbs of standing by a count that was told (`a confirmé le bilan`).
    pub confirms: WordList,
    /// Those who speak for all of a body and hide nothing (`porte-parole`).
    pub spokesmen: WordList,
    /// Who holds the same office elsewhere (`homologue`).
    pub counterparts: WordList,
    /// What a count is called that a government gave out (`officiel`).
    pub official: WordList,
    /// Before a verb of speech that says that what stands before is somebody's (`comme l'assure la présidence`).
    pub as_said: WordRows,
    /// Verbs by which a source goes on with what it was telling (`poursuivre`).
    pub goes_on: WordList,
}
