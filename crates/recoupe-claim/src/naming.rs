//! Who calls whom what: the words, whose they are, and whether they are quoted.

use std::ops::Range;

use recoupe_mention::{Class, Lexicon, MentionKind, Party};
use recoupe_pack::{PackError, Packs, WordSet};
use recoupe_syntax::Upos;
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
    chief: Vec<String>,
    doubt: Vec<String>,
    tied: Vec<String>,
}

/// Words that call somebody something.
pub struct NamingLexicon {
    words: Phrases<bool>,
    chief: WordSet,
    doubt: WordSet,
    tied: WordSet,
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
        let set = |w: &[String]| w.iter().flat_map(|w| names.variants(w)).map(|w| fold(&w)).collect::<WordSet>();
        Ok(Self { words: Phrases::new(all), chief: set(&file.chief), doubt: set(&file.doubt), tied: set(&file.tied) })
    }

    /// Namings of a sentence. One term of one voice counts once a page.
    pub fn read(&self, s: &Sent<'_>, out: &mut Vec<Naming>) {
        for p in &s.parties {
            let named = matches!(p.kind, MentionKind::Noun(Class::Generic))
                || (matches!(p.kind, MentionKind::Noun(Class::Force)) && p.party.id.starts_with("generic/"));
            if named || other_name(s, &p.kind, &p.party, &p.tokens) {
                add(s, out, p.tokens.clone(), p.party.clone());
            }
        }
        for (t, _) in self.words.find(s.view) {
            let covered = s
                .parties
                .iter()
                .any(|p| p.tokens.contains(&t.start) && matches!(p.kind, MentionKind::Noun(Class::Generic)));
            if !covered {
                let group = self.group(s, &t);
                add(s, out, t, group);
            }
        }
        for t in 0..s.view.len() {
            let f = &s.view.folded[t];
            let found = if self.chief.contains(f) {
                master(s, t)
            } else if self.doubt.contains(f) {
                doubted(s, t)
            } else if self.tied.contains(f) {
                tied(s, t)
            } else {
                None
            };
            if let Some(tokens) = found {
                // what ties one party to another names the first, which stands before
                let group = match self.tied.contains(f) {
                    true => s.parties.iter().rev().find(|p| p.tokens.end <= t && t - p.tokens.end <= 5),
                    false => None,
                };
                let group = match group {
                    Some(p) if p.party.status == recoupe_mention::Status::Civilian => continue,
                    Some(p) => p.party.clone(),
                    None if self.tied.contains(f) => continue,
                    None => self.group(s, &tokens),
                };
                add(s, out, tokens, group);
            }
        }
    }

    /// Whom the words name: the party they are part of.
    fn group(&self, s: &Sent<'_>, t: &Range<usize>) -> Party {
        let span = s.span(t);
        t.clone().find_map(|k| s.party_at(k)).map(|i| s.parties[i].party.clone()).unwrap_or_else(|| Party {
            id: "generic/unknown".into(),
            name: "unspecified".into(),
            country: None,
            status: recoupe_mention::Status::Unknown,
            span,
        })
    }
}

fn add(s: &Sent<'_>, out: &mut Vec<Naming>, tokens: Range<usize>, group: Party) {
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
}

/// A group by another name than its usual one: which of several names a page chooses says something.
fn other_name(s: &Sent<'_>, kind: &MentionKind, p: &Party, tokens: &Range<usize>) -> bool {
    if *kind != MentionKind::Name || !p.id.starts_with("group/") {
        return false;
    }
    let (term, usual) = (fold(s.span(tokens).of(s.view.text)), fold(&p.name));
    !term.is_empty() && !usual.contains(term.as_str()) && !term.contains(usual.as_str())
}

/// “l'armée de X”: a force called by the person, or the capital, that commands it.
fn master(s: &Sent<'_>, t: usize) -> Option<Range<usize>> {
    if t + 2 >= s.view.len() || s.view.upos(t + 1) != Some(Upos::Adp) || !s.view.capital(t + 2) {
        return None;
    }
    let by = s.parties.iter().find(|p| {
        p.tokens.start == t + 2 && matches!(p.kind, MentionKind::Person | MentionKind::State)
            || p.tokens.start <= t && p.tokens.end > t + 2
    });
    let unknown =
        || s.view.upos(t + 2) == Some(Upos::Propn) && s.place_at(t + 2).is_none() && s.party_at(t + 2).is_none();
    match by {
        Some(p) => Some(t..p.tokens.end),
        None => unknown().then_some(t..t + 3),
    }
}

/// “les prétendus X”, “la République autoproclamée de X”.
fn doubted(s: &Sent<'_>, t: usize) -> Option<Range<usize>> {
    let next = s.parties.iter().find(|p| p.tokens.start > t && p.tokens.start <= t + 2);
    if let Some(p) = next {
        return Some(t..p.tokens.end);
    }
    let before = t.checked_sub(1).filter(|k| s.view.upos(*k) == Some(Upos::Noun) || s.party_at(*k).is_some());
    if let Some(k) = before {
        return Some(s.party_at(k).map_or(k, |i| s.parties[i].tokens.start)..t + 1);
    }
    // "les prétendus Casques blancs": a name no pack knows
    let mut end = t + 1;
    while end < s.view.len()
        && end < t + 4
        && (s.view.capital(end) || end > t + 1 && s.view.upos(end) == Some(Upos::Adj))
    {
        end += 1;
    }
    (end > t + 1).then_some(t..end)
}

/// “affilié à Al-Qaïda”, “proche de l'Iran”.
fn tied(s: &Sent<'_>, t: usize) -> Option<Range<usize>> {
    let p = s.parties.iter().find(|p| p.tokens.start > t && p.tokens.start <= t + 3)?;
    let linked = (t + 1..p.head).any(|k| s.view.upos(k) == Some(Upos::Adp));
    let of =
        matches!(p.kind, MentionKind::Name | MentionKind::State | MentionKind::Person | MentionKind::Noun(Class::Role));
    (linked && of).then_some(t..p.tokens.end)
}
