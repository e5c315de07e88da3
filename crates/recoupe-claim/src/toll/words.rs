//! The words of a language that tell how many and of whom: `lang/<xx>/tolls.toml`.

use std::collections::BTreeMap;

use recoupe_mention::Id;
use recoupe_pack::{PackError, Packs, WordRows, WordSet};
use recoupe_text::fold;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    persons: Vec<String>,
    no_people: Vec<String>,
    pairs: Vec<String>,
    events: Vec<[String; 2]>,
    euphemisms: Vec<String>,
    found: Vec<String>,
    numbering: WordRows,
    give_back: Vec<String>,
    in_exchange: Vec<String>,
    mourn: Vec<String>,
    not_casualties: WordRows,
    parts_of: WordRows,
    again: WordRows,
    numbered_pronouns: WordRows,
    one_more: WordRows,
    treat: Vec<String>,
    held: WordRows,
    kind_hands: Vec<String>,
    remains: Vec<String>,
    hostages: Vec<String>,
    wars: Vec<String>,
    mostly: WordRows,
    officers: Vec<String>,
    we: Vec<String>,
    units: Vec<String>,
    over: Vec<String>,
    stretches: Vec<String>,
    melted: Vec<String>,
    large: Vec<String>,
    displace: Vec<String>,
    drive: Vec<String>,
    away: Vec<String>,
    or: Vec<String>,
    within: Vec<String>,
    within_rows: WordRows,
    losses: WordRows,
    own_camp: WordRows,
    foe_camp: WordRows,
    comprise: Vec<String>,
    tallies: Vec<String>,
    along: WordRows,
    leave: Vec<String>,
    likewise: WordRows,
    compass: Vec<String>,
    missed: WordRows,
    hurt: Vec<String>,
    out_of: Vec<String>,
    full_negation: Vec<String>,
    all_of_them: Vec<String>,
    ranks: Vec<String>,
    fates: BTreeMap<String, Vec<String>>,
    own_people: Vec<String>,
    same_count: WordRows,
    belong: WordRows,
    unheard_of: WordRows,
    in_danger: WordRows,
    of_them: Vec<String>,
    thing_events: Vec<[String; 2]>,
}

/// Words that tell how many and of whom, besides the acts.
#[derive(Clone, Debug)]
pub struct TollWords {
    /// Nouns of people that no party list names (`chauffeur`).
    pub persons: WordSet,
    /// Nouns of what is counted and is nobody (`emploi`).
    pub no_people: WordSet,
    /// Nouns of two (`couple`).
    pub pairs: WordSet,
    /// Nouns that say what befell those in their complement (`la capture de`) → toll kind.
    pub events: BTreeMap<String, Id>,
    /// Verbs by which armies say that they have killed (`traiter`).
    pub euphemisms: WordSet,
    /// Verbs of finding, before what those found are (`retrouvés décapités`).
    pub found: WordSet,
    /// What stands between the dead and their number (`au nombre de`).
    pub numbering: WordRows,
    /// Words of coming home, of captives (`retour`).
    pub give_back: WordSet,
    /// Prepositions of exchange (`contre`).
    pub in_exchange: WordSet,
    /// Verbs whose subject's people are the dead behind them (`déplorer`).
    pub mourn: WordSet,
    /// WordRows that hold a casualty word and count nobody (`corps d'armée`).
    pub not_casualties: WordRows,
    /// What makes an open number a part of those told before (`d'entre elles`).
    pub parts_of: WordRows,
    /// What makes an open number the same count told anew (`en dénombre`).
    pub again: WordRows,
    /// Pronoun and verb before the number of those told before (`ils étaient`).
    pub numbered_pronouns: WordRows,
    /// One more, without a noun (`un autre`).
    pub one_more: WordRows,
    /// Verbs of those who tend the wounded (`soigner`).
    pub treat: WordSet,
    /// How captives are told behind a verb of being (`entre les mains`).
    pub held: WordRows,
    /// Whose hands are no captors' (`médecin`).
    pub kind_hands: WordSet,
    /// Nouns of dead bodies (`dépouille`).
    pub remains: WordSet,
    /// Nouns of captives who are no fighters (`otage`).
    pub hostages: WordSet,
    /// What tells who most of those counted were (`pour la plupart`).
    pub mostly: WordRows,
    /// Nouns of police officers, where nothing else is said of them (`agent`).
    pub officers: WordSet,
    /// Pronouns of the first person (`nous`).
    pub we: WordSet,
    /// Units of an army, whose chief is a soldier (`brigade`).
    pub units: WordSet,
    /// Nouns of a war as a whole (`guerre`).
    pub wars: WordSet,
    /// Words that make a war a stretch of time over which something is counted (`depuis`).
    pub over: WordSet,
    /// Lengths of time (`ans`), as in how long a war has lasted.
    pub stretches: WordSet,
    /// Definite articles melted with a preposition (`du`).
    pub melted: WordSet,
    /// Words for orders of size that no single incident reaches (`milliers`).
    pub large: WordSet,
    /// Verbs that drive from home those who are their object (`chasser`).
    pub displace: WordSet,
    /// Verbs that do so with a word of flight behind them (`jeter`).
    pub drive: WordSet,
    /// Such words (`exil`).
    pub away: WordSet,
    /// Between two things of which one befell somebody (`ou`).
    pub or: WordSet,
    /// Prepositions of that in which something happened (`dans`).
    pub within: WordSet,
    /// The same in several words (`lors de`).
    pub within_rows: WordRows,
    /// What somebody lost, before whose it was (`les pertes de`).
    pub losses: WordRows,
    /// How a communiqué heads its own losses (`côté ami`).
    pub own_camp: WordRows,
    /// How it heads those of the other side (`côté ennemi`).
    pub foe_camp: WordRows,
    /// Verbs that say of what a toll is made up (`comprendre`).
    pub comprise: WordSet,
    /// Nouns of a toll as a whole (`bilan`).
    pub tallies: WordSet,
    /// What stands before a thing that somebody carries along (`avec`).
    pub along: WordRows,
    /// Verbs of leaving or surrendering with it (`repartir`).
    pub leave: WordSet,
    /// What adds one more thing behind what was said of others (`de même que`).
    pub likewise: WordRows,
    /// Points of the compass and other words of where something lies.
    pub compass: WordSet,
    /// Pronouns for those told before (`en`), before the verb that counts them.
    pub of_them: WordSet,
    /// How somebody is who is badly hurt (`dans un état grave`).
    pub in_danger: WordRows,
    /// What is said of people nobody has heard of since (`restent portés disparus`).
    pub unheard_of: WordRows,
    /// Verbs that say whose a part of those told is (`appartenaient aux`).
    pub belong: WordRows,
    /// The count told before (`le même nombre`).
    pub same_count: WordRows,
    /// Pronouns for the speaker's own people (`les nôtres`).
    pub own_people: WordSet,
    /// What became of those counted, right behind them (`faits prisonniers`), with its toll kind.
    pub fates: Vec<(WordRows, Id)>,
    /// Words before a figure that is a rank and no count (`numéro`).
    pub ranks: WordSet,
    /// Pronouns for all of those told before (`ils`).
    pub all_of_them: WordSet,
    /// Words that make a negation whole (`pas`), unlike `ne … que`.
    pub full_negation: WordSet,
    /// Prepositions before the whole of which others are a part (`sur quinze passagers`).
    pub out_of: WordSet,
    /// Participles that mean wounded where dead are told besides (`touchées`).
    pub hurt: WordSet,
    /// What stands before people nobody has heard of since (`sans nouvelles de`).
    pub missed: WordRows,
    /// Nouns of what is done to things in their complement (`la saisie de`) → toll kind.
    pub thing_events: BTreeMap<String, Id>,
}

impl TollWords {
    /// Reads the words of a language; one without the file has none.
    pub fn load(packs: &Packs, lang: &str) -> Result<Self, PackError> {
        let f: File = packs.toml(&format!("lang/{lang}/tolls.toml"))?;
        let set = |words: &[String]| -> WordSet { words.iter().map(|w| fold(w)).collect() };
        Ok(Self {
            persons: set(&f.persons),
            no_people: set(&f.no_people),
            pairs: set(&f.pairs),
            events: f.events.iter().map(|[n, k]| (fold(n), k.as_str().into())).collect(),
            euphemisms: set(&f.euphemisms),
            found: set(&f.found),
            numbering: f.numbering,
            give_back: set(&f.give_back),
            in_exchange: set(&f.in_exchange),
            mourn: set(&f.mourn),
            not_casualties: f.not_casualties,
            parts_of: f.parts_of,
            again: f.again,
            numbered_pronouns: f.numbered_pronouns,
            one_more: f.one_more,
            treat: set(&f.treat),
            held: f.held,
            kind_hands: set(&f.kind_hands),
            remains: set(&f.remains),
            hostages: set(&f.hostages),
            mostly: f.mostly,
            officers: set(&f.officers),
            we: set(&f.we),
            units: set(&f.units),
            wars: set(&f.wars),
            over: set(&f.over),
            stretches: set(&f.stretches),
            melted: set(&f.melted),
            large: set(&f.large),
            displace: set(&f.displace),
            drive: set(&f.drive),
            away: set(&f.away),
            or: set(&f.or),
            within: set(&f.within),
            within_rows: f.within_rows,
            losses: f.losses,
            own_camp: f.own_camp,
            foe_camp: f.foe_camp,
            comprise: set(&f.comprise),
            tallies: set(&f.tallies),
            along: f.along,
            leave: set(&f.leave),
            compass: set(&f.compass),
            missed: f.missed,
            hurt: set(&f.hurt),
            out_of: set(&f.out_of),
            full_negation: set(&f.full_negation),
            all_of_them: set(&f.all_of_them),
            ranks: set(&f.ranks),
            fates: f.fates.iter().map(|(k, rows)| (WordRows::from(rows.clone()), k.as_str().into())).collect(),
            own_people: set(&f.own_people),
            same_count: f.same_count,
            belong: f.belong,
            unheard_of: f.unheard_of,
            in_danger: f.in_danger,
            of_them: set(&f.of_them),
            likewise: f.likewise,
            thing_events: f.thing_events.iter().map(|[n, k]| (fold(n), k.as_str().into())).collect(),
        })
    }
}
