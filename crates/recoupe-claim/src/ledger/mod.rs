//! Control, agreements and breaches, displacement, relations, statements: claims that are not incidents of violence.

mod agreement;
mod control;
mod displacement;
mod places;
mod political;
mod relation;
mod road;
mod seize;
mod statement;
mod talks;
mod under;

use std::collections::BTreeMap;

use jiff::civil::Date;
use recoupe_mention::places::PlaceMention;
use recoupe_mention::{Id, Lexicon, Place, TimeBasis, TimePrecision, When};
use recoupe_pack::{PackError, Packs, WordList, WordSet};
use recoupe_text::{Span, fold};
use serde::Deserialize;

use crate::anchor::Anchor;
use crate::event::voices;
use crate::lex::{ClaimLexicon, Phrases};
use crate::mood::certainty;
use crate::sentence::Sent;
use crate::types::{Claim, Detail};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    agreements: BTreeMap<String, Vec<String>>,
    agreement_adjectives: BTreeMap<String, Vec<String>>,
    breach: BreachWords,
    control: ControlWords,
    displacement: DisplacementWords,
    relations: RelationWords,
    statements: StatementWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BreachWords {
    verbs: Vec<String>,
    nouns: Vec<String>,
    kept: Vec<String>,
    despite: Vec<String>,
    concluded: Vec<String>,
    concluded_nouns: Vec<String>,
    mutual: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ControlWords {
    strongholds: Vec<String>,
    under: Vec<String>,
    own: Vec<String>,
    fallen: Vec<String>,
    refallen: Vec<String>,
    parts: Vec<String>,
    sites: Vec<String>,
    roads: Vec<String>,
    cut: Vec<String>,
    reopened: Vec<String>,
    relieved: Vec<String>,
    fell: Vec<String>,
    capital: Vec<String>,
    territory: Vec<String>,
    share: Vec<String>,
    driven: Vec<String>,
    seized: Vec<String>,
    masters: Vec<String>,
    siege: Vec<String>,
    broken: Vec<String>,
    rule: Vec<String>,
    hold_nouns: Vec<String>,
    remain: Vec<String>,
    profit: Vec<String>,
    resumed: Vec<String>,
    not_taken: Vec<String>,
    entered: Vec<String>,
    into: Vec<String>,
    grip: Vec<String>,
    and: Vec<String>,
    between: Vec<String>,
    clitics: Vec<String>,
    perfect: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DisplacementWords {
    nouns: Vec<String>,
    host: Vec<String>,
    camp: Vec<String>,
    dwell: Vec<String>,
    shelters: Vec<String>,
    forced: Vec<String>,
    flow: Vec<String>,
    journey: Vec<String>,
    returns: Vec<String>,
    gone: Vec<String>,
    uprooted: Vec<String>,
    leave: Vec<String>,
    reach: Vec<String>,
    families: Vec<String>,
    to: Vec<String>,
    from: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RelationWords {
    supports: Vec<String>,
    ally: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StatementWords {
    demand: Vec<String>,
    call: Vec<String>,
    stop: Vec<String>,
    grant: Vec<String>,
    delay: Vec<String>,
    travel: Vec<String>,
    warn: Vec<String>,
    retaliation: Vec<String>,
    threat: Vec<String>,
    accuse: Vec<String>,
    cautions: Vec<String>,
    caution_nouns: Vec<String>,
    ends: Vec<String>,
    end_of: Vec<String>,
    arms: Vec<String>,
    vows: Vec<String>,
    ultimatum: Vec<String>,
    talks: Vec<String>,
    talk_nouns: Vec<String>,
    stalled: Vec<String>,
    with: Vec<String>,
}

/// The words of all ledgers.
pub struct LedgerLexicon {
    agreements: Phrases<Id>,
    known: Phrases<Vec<u32>>,
    adjectives: BTreeMap<String, Id>,
    despite: Phrases<()>,
    strongholds: Phrases<()>,
    under: Phrases<()>,
    displaced: Phrases<()>,
    shelters: Phrases<()>,
    uprooted: Phrases<()>,
    caution_nouns: Phrases<()>,
    ends: WordSet,
    end_of: WordSet,
    arms: Phrases<()>,
    vows: Phrases<()>,
    ultimatum: Phrases<()>,
    cautions: WordSet,
    talk_nouns: Phrases<()>,
    stalled: Phrases<()>,
    breach_verbs: WordSet,
    breach_nouns: WordSet,
    kept: WordSet,
    mutual: WordSet,
    concluded: WordSet,
    concluded_nouns: WordSet,
    fallen: WordSet,
    refallen: WordSet,
    parts: WordSet,
    sites: WordSet,
    roads: WordSet,
    cut: WordSet,
    reopened: WordSet,
    relieved: WordSet,
    fell: WordSet,
    capital: WordSet,
    territory: WordSet,
    share: WordSet,
    driven: WordSet,
    masters: WordSet,
    siege: WordSet,
    broken: WordSet,
    seized: Phrases<()>,
    rule: WordSet,
    hold_nouns: WordSet,
    remain: WordSet,
    profit: WordSet,
    not_taken: Phrases<()>,
    entered: WordSet,
    into: WordSet,
    grip: WordSet,
    and: WordSet,
    between: WordSet,
    clitics: WordSet,
    perfect: WordSet,
    own: WordSet,
    host: WordSet,
    camp: WordSet,
    dwell: WordSet,
    forced: WordSet,
    flow: WordSet,
    journey: WordSet,
    returns: WordSet,
    gone: WordSet,
    leave: WordSet,
    reach: WordSet,
    families: WordSet,
    supports: WordSet,
    ally: WordSet,
    demand: WordSet,
    call: WordSet,
    stop: WordSet,
    grant: WordSet,
    delay: WordSet,
    travel: WordSet,
    resumed: WordSet,
    warn: WordSet,
    retaliation: WordSet,
    threat: WordSet,
    accuse: WordSet,
    talks: WordSet,
    with: WordSet,
    to: WordList,
    from: WordList,
}

impl LedgerLexicon {
    /// Compiles `lang/<lang>/ledger.toml` and the agreements of the world packs.
    pub fn load(packs: &Packs, lang: &str, names: &Lexicon) -> Result<Self, PackError> {
        let path = format!("lang/{lang}/ledger.toml");
        let f: File = packs.toml(&path)?;
        let set = |w: &[String]| w.iter().flat_map(|w| names.variants(w)).map(|w| fold(&w)).collect::<WordSet>();
        let phrases = |w: &[String]| {
            let m: BTreeMap<String, ()> =
                w.iter().flat_map(|w| names.variants(w)).map(|w| (recoupe_mention::key(&w), ())).collect();
            Phrases::new(m)
        };
        let mut agreements: BTreeMap<String, Id> = BTreeMap::new();
        for (kind, words) in &f.agreements {
            for w in words {
                for v in names.variants(w) {
                    agreements.entry(recoupe_mention::key(&v)).or_insert_with(|| kind.as_str().into());
                }
            }
        }
        let mut known: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (i, a) in names.world.agreements.iter().enumerate() {
            for l in [lang, "any"] {
                for n in a.names.get(l).into_iter().flatten() {
                    known.entry(recoupe_mention::key(n)).or_default().push(i as u32);
                }
            }
        }
        Ok(Self {
            agreements: Phrases::new(agreements),
            known: Phrases::new(known),
            adjectives: f
                .agreement_adjectives
                .iter()
                .flat_map(|(e, w)| w.iter().map(move |w| (fold(w), e.as_str().into())))
                .collect(),
            despite: phrases(&f.breach.despite),
            strongholds: phrases(&f.control.strongholds),
            under: phrases(&f.control.under),
            displaced: phrases(&f.displacement.nouns),
            shelters: phrases(&f.displacement.shelters),
            uprooted: phrases(&f.displacement.uprooted),
            cautions: set(&f.statements.cautions),
            caution_nouns: phrases(&f.statements.caution_nouns),
            ends: set(&f.statements.ends),
            end_of: set(&f.statements.end_of),
            arms: phrases(&f.statements.arms),
            vows: phrases(&f.statements.vows),
            ultimatum: phrases(&f.statements.ultimatum),
            talk_nouns: phrases(&f.statements.talk_nouns),
            stalled: phrases(&f.statements.stalled),
            breach_verbs: set(&f.breach.verbs),
            breach_nouns: set(&f.breach.nouns),
            kept: set(&f.breach.kept),
            mutual: set(&f.breach.mutual),
            concluded: set(&f.breach.concluded),
            concluded_nouns: set(&f.breach.concluded_nouns),
            fallen: set(&f.control.fallen),
            refallen: set(&f.control.refallen),
            parts: set(&f.control.parts),
            sites: set(&f.control.sites),
            roads: set(&f.control.roads),
            cut: set(&f.control.cut),
            reopened: set(&f.control.reopened),
            relieved: set(&f.control.relieved),
            fell: set(&f.control.fell),
            capital: set(&f.control.capital),
            territory: set(&f.control.territory),
            share: set(&f.control.share),
            driven: set(&f.control.driven),
            masters: set(&f.control.masters),
            siege: set(&f.control.siege),
            broken: set(&f.control.broken),
            seized: phrases(&f.control.seized),
            rule: set(&f.control.rule),
            hold_nouns: set(&f.control.hold_nouns),
            remain: set(&f.control.remain),
            profit: set(&f.control.profit),
            not_taken: phrases(&f.control.not_taken),
            entered: set(&f.control.entered),
            into: set(&f.control.into),
            grip: set(&f.control.grip),
            and: set(&f.control.and),
            between: set(&f.control.between),
            clitics: set(&f.control.clitics),
            perfect: set(&f.control.perfect),
            own: set(&f.control.own),
            host: set(&f.displacement.host),
            camp: set(&f.displacement.camp),
            dwell: set(&f.displacement.dwell),
            forced: set(&f.displacement.forced),
            flow: set(&f.displacement.flow),
            journey: set(&f.displacement.journey),
            returns: set(&f.displacement.returns),
            gone: set(&f.displacement.gone),
            leave: set(&f.displacement.leave),
            reach: set(&f.displacement.reach),
            families: set(&f.displacement.families),
            supports: set(&f.relations.supports),
            ally: set(&f.relations.ally),
            demand: set(&f.statements.demand),
            call: set(&f.statements.call),
            stop: set(&f.statements.stop),
            grant: set(&f.statements.grant),
            delay: set(&f.statements.delay),
            travel: set(&f.statements.travel),
            resumed: set(&f.control.resumed),
            warn: set(&f.statements.warn),
            retaliation: set(&f.statements.retaliation),
            threat: set(&f.statements.threat),
            accuse: set(&f.statements.accuse),
            talks: set(&f.statements.talks),
            with: set(&f.statements.with),
            to: f.displacement.to.iter().map(|w| fold(w)).collect(),
            from: f.displacement.from.iter().map(|w| fold(w)).collect(),
        })
    }

    /// Adds the ledger claims of a sentence.
    pub fn read(
        &self,
        s: &Sent<'_>,
        lex: &ClaimLexicon,
        around: &Around<'_>,
        anchors: &[Anchor],
        out: &mut Vec<Claim>,
    ) {
        self.control(s, lex, around, anchors, out);
        self.agreements(s, lex, around, out);
        self.displacement(s, lex, around, anchors, out);
        self.relations(s, lex, out);
        self.threats(s, lex, around, out);
        self.talks(s, lex, around, out);
    }
}

/// What a page tells around a sentence.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// When the page was published.
    pub published: Option<(Date, Date)>,
    /// The place the page is about.
    pub lead: Option<&'a Place>,
    /// The places of each sentence before.
    pub before: &'a [Vec<PlaceMention>],
}

impl Around<'_> {
    /// The day of something told as news without a date: that of publication or the one before.
    fn news(&self) -> Option<When> {
        let (from, to) = self.published.filter(|(from, to)| (*to - *from).get_days() <= 3)?;
        Some(When {
            from: if from == to { from.yesterday().ok() } else { Some(from) },
            to: Some(to),
            precision: TimePrecision::Range,
            basis: TimeBasis::Inherited,
            weekday: None,
            span: Span::default(),
        })
    }
}

/// What all ledger claims share.
fn base(s: &Sent<'_>, lex: &ClaimLexicon, word: usize, kind: &str) -> Claim {
    Claim {
        span: s.view.sentence.span,
        sentence: s.index,
        part: s.part,
        kind: kind.into(),
        detail: Detail::Incident,
        certainty: certainty(s, lex, word),
        background: false,
        voices: voices(s, s.token(word)),
        time: None,
        place: None,
        actor: None,
        actor_voice: None,
        target: None,
        means: Vec::new(),
        tolls: Vec::new(),
        group: u32::MAX,
        rules: vec![format!("ledger.{kind}").as_str().into()],
    }
}
