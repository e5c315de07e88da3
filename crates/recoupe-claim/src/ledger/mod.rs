//! Control, agreements and breaches, displacement, relations, statements: claims that are not incidents of violence.

mod agreement;
mod control;
mod displacement;
mod places;
mod relation;
mod statement;

use std::collections::{BTreeMap, BTreeSet};

use recoupe_mention::{Id, Lexicon};
use recoupe_pack::{PackError, Packs};
use recoupe_text::fold;
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
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ControlWords {
    strongholds: Vec<String>,
    under: Vec<String>,
    fallen: Vec<String>,
    refallen: Vec<String>,
    parts: Vec<String>,
    sites: Vec<String>,
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
    forced: Vec<String>,
    flow: Vec<String>,
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
    threat: Vec<String>,
    talks: Vec<String>,
    talk_nouns: Vec<String>,
}

/// The words of all ledgers.
pub struct LedgerLexicon {
    agreements: Phrases<Id>,
    known: Phrases<u32>,
    adjectives: BTreeMap<String, Id>,
    breach_verbs: BTreeSet<String>,
    breach_nouns: BTreeSet<String>,
    kept: BTreeSet<String>,
    despite: Phrases<()>,
    concluded: BTreeSet<String>,
    strongholds: Phrases<()>,
    under: Phrases<()>,
    fallen: BTreeSet<String>,
    refallen: BTreeSet<String>,
    parts: BTreeSet<String>,
    sites: BTreeSet<String>,
    grip: BTreeSet<String>,
    and: BTreeSet<String>,
    between: BTreeSet<String>,
    clitics: BTreeSet<String>,
    perfect: BTreeSet<String>,
    displaced: Phrases<()>,
    host: BTreeSet<String>,
    forced: BTreeSet<String>,
    flow: BTreeSet<String>,
    families: BTreeSet<String>,
    to: Vec<String>,
    from: Vec<String>,
    supports: BTreeSet<String>,
    ally: BTreeSet<String>,
    threat: BTreeSet<String>,
    talks: BTreeSet<String>,
    talk_nouns: Phrases<()>,
}

impl LedgerLexicon {
    /// Compiles `lang/<lang>/ledger.toml` and the agreements of the world packs.
    pub fn load(packs: &Packs, lang: &str, names: &Lexicon) -> Result<Self, PackError> {
        let path = format!("lang/{lang}/ledger.toml");
        let f: File = packs.toml(&path)?;
        let set = |w: &[String]| w.iter().flat_map(|w| names.variants(w)).map(|w| fold(&w)).collect::<BTreeSet<_>>();
        let phrases = |w: &[String]| {
            let m: BTreeMap<String, ()> =
                w.iter().flat_map(|w| names.variants(w)).map(|w| (recoupe_mention::key(&w), ())).collect();
            Phrases::build(m, &path)
        };
        let mut agreements: BTreeMap<String, Id> = BTreeMap::new();
        for (kind, words) in &f.agreements {
            for w in words {
                for v in names.variants(w) {
                    agreements.entry(recoupe_mention::key(&v)).or_insert_with(|| kind.as_str().into());
                }
            }
        }
        let mut known = BTreeMap::new();
        for (i, a) in names.world.agreements.iter().enumerate() {
            for l in [lang, "any"] {
                for n in a.names.get(l).into_iter().flatten() {
                    known.entry(recoupe_mention::key(n)).or_insert(i as u32);
                }
            }
        }
        Ok(Self {
            agreements: Phrases::build(agreements, &path)?,
            known: Phrases::build(known, &path)?,
            adjectives: f
                .agreement_adjectives
                .iter()
                .flat_map(|(e, w)| w.iter().map(move |w| (fold(w), e.as_str().into())))
                .collect(),
            breach_verbs: set(&f.breach.verbs),
            breach_nouns: set(&f.breach.nouns),
            kept: set(&f.breach.kept),
            despite: phrases(&f.breach.despite)?,
            concluded: set(&f.breach.concluded),
            strongholds: phrases(&f.control.strongholds)?,
            under: phrases(&f.control.under)?,
            fallen: set(&f.control.fallen),
            refallen: set(&f.control.refallen),
            parts: set(&f.control.parts),
            sites: set(&f.control.sites),
            grip: set(&f.control.grip),
            and: set(&f.control.and),
            between: set(&f.control.between),
            clitics: set(&f.control.clitics),
            perfect: set(&f.control.perfect),
            displaced: phrases(&f.displacement.nouns)?,
            host: set(&f.displacement.host),
            forced: set(&f.displacement.forced),
            flow: set(&f.displacement.flow),
            families: set(&f.displacement.families),
            to: f.displacement.to.iter().map(|w| fold(w)).collect(),
            from: f.displacement.from.iter().map(|w| fold(w)).collect(),
            supports: set(&f.relations.supports),
            ally: set(&f.relations.ally),
            threat: set(&f.statements.threat),
            talks: set(&f.statements.talks),
            talk_nouns: phrases(&f.statements.talk_nouns)?,
        })
    }

    /// Adds the ledger claims of a sentence.
    pub fn read(&self, s: &Sent<'_>, lex: &ClaimLexicon, names: &Lexicon, anchors: &[Anchor], out: &mut Vec<Claim>) {
        self.control(s, lex, anchors, out);
        self.agreements(s, lex, names, out);
        self.displacement(s, lex, anchors, out);
        self.relations(s, lex, out);
        self.statements(s, lex, out);
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
