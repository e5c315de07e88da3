//! Who calls whom what: the words, whose they are, and whether they are quoted.

use recoupe_mention::{Class, Lexicon, MentionKind, Party};
use recoupe_pack::{PackError, Packs};
use recoupe_text::{fold, squeeze};
use serde::Deserialize;

use crate::event::voices;
use crate::lex::Phrases;
use crate::sentence::Sent;
use crate::types::Naming;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    government: Vec<String>,
    armed: Vec<String>,
}

/// Words that call somebody something.
pub struct NamingLexicon {
    words: Phrases<bool>,
}

impl NamingLexicon {
    /// Compiles `lang/<lang>/naming.toml`.
    pub fn load(packs: &Packs, lang: &str, names: &Lexicon) -> Result<Self, PackError> {
        let path = format!("lang/{lang}/naming.toml");
        let file: File = packs.toml(&path)?;
        let mut all = std::collections::BTreeMap::new();
        for (list, government) in [(&file.government, true), (&file.armed, false)] {
            for w in list {
                for v in names.variants(w) {
                    all.entry(recoupe_mention::key(&v)).or_insert(government);
                }
            }
        }
        Ok(Self { words: Phrases::build(all, &path)? })
    }

    /// Namings of a sentence. One term of one voice counts once a page.
    pub fn read(&self, s: &Sent<'_>, out: &mut Vec<Naming>) {
        let mut add = |tokens: std::ops::Range<usize>, group: Party| {
            let span = s.span(&tokens);
            let term = squeeze(span.of(s.view.text));
            let voice = voices(s, tokens.start).pop();
            let lemma: Vec<String> = tokens
                .clone()
                .map(|t| s.word_at(t).map_or_else(|| s.view.folded[t].clone(), |w| s.syn.lemma[w].clone()))
                .collect();
            let lemma = lemma.join(" ");
            let id = |p: &Option<Party>| p.as_ref().map(|p| p.id.clone());
            if out.iter().any(|n| fold(&n.term) == fold(&term) && id(&n.voice) == id(&voice)) {
                return;
            }
            out.push(Naming { group, term, lemma, quoted: s.quoted(tokens.start), voice, span });
        };
        for p in &s.parties {
            let named = matches!(p.kind, MentionKind::Noun(Class::Generic))
                || (matches!(p.kind, MentionKind::Noun(Class::Force)) && p.party.id.starts_with("generic/"));
            if named {
                add(p.tokens.clone(), p.party.clone());
            }
        }
        for (t, _) in self.words.find(s.view) {
            let group = s.party_at(t.start).map(|i| s.parties[i].party.clone());
            let covered = s
                .parties
                .iter()
                .any(|p| p.tokens.contains(&t.start) && matches!(p.kind, MentionKind::Noun(Class::Generic)));
            if covered {
                continue;
            }
            let span = s.span(&t);
            let group = group.unwrap_or_else(|| Party {
                id: "generic/unknown".into(),
                name: "unspecified".into(),
                country: None,
                status: recoupe_mention::Status::Unknown,
                span,
            });
            add(t, group);
        }
    }
}
