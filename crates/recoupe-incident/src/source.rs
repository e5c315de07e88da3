//! Who counts as one source: a named voice is one wherever it is quoted, copies of a text are one, an unnamed voice is one per text.

use std::collections::BTreeSet;

use crate::types::{At, ClaimEntry, PageInput, Voice};

/// What two claims have in common when they go back to one source.
pub(crate) type SourceKey = String;

/// The text a claim stands in: its page, or the origin the page shares.
pub(crate) fn text_key(e: &ClaimEntry) -> String {
    e.origin.map_or_else(|| format!("page:{}", e.page), |o| format!("origin:{o}"))
}

/// The source of a claim.
pub(crate) fn source(pages: &[PageInput], e: &ClaimEntry) -> SourceKey {
    match e.voice(pages) {
        Some(v) => voice_key(&Some(v), e),
        None => text_key(e),
    }
}

/// The source a voice stands for, said in the text of `e`.
pub(crate) fn voice_key(v: &Voice, e: &ClaimEntry) -> SourceKey {
    match v {
        None => text_key(e),
        Some(v) if v.value.id.is_empty() => format!("{}@{}", v.value.name, text_key(e)),
        Some(v) if v.value.id.starts_with("generic/") => format!("{}@{}", v.value.id, text_key(e)),
        Some(v) => v.value.id.to_string(),
    }
}

/// How many independent sources stand behind claims. A text's own words count only where it names nobody: what it tells besides
/// comes from those it quotes.
pub(crate) fn independent(pages: &[PageInput], all: &[ClaimEntry], claims: &[usize]) -> usize {
    let mut voiced: BTreeSet<SourceKey> = BTreeSet::new();
    let mut quoting: BTreeSet<String> = BTreeSet::new();
    for e in claims.iter().map(|i| &all[*i]) {
        if e.voice(pages).is_some() {
            voiced.insert(source(pages, e));
            quoting.insert(text_key(e));
        }
    }
    let own: BTreeSet<String> = claims
        .iter()
        .map(|i| &all[*i])
        .filter(|e| e.voice(pages).is_none())
        .map(text_key)
        .filter(|k| !quoting.contains(k))
        .collect();
    voiced.len() + own.len()
}

/// Voices, each once, in order of the claims.
pub(crate) fn voices(pages: &[PageInput], all: &[ClaimEntry], claims: &[usize]) -> Vec<Voice> {
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    for i in claims {
        let v = all[*i].voice(pages);
        push_voice(&mut out, &mut seen, v, &all[*i]);
    }
    out
}

/// Adds a voice unless its source is there already.
pub(crate) fn push_voice(out: &mut Vec<Voice>, seen: &mut BTreeSet<SourceKey>, v: Voice, e: &ClaimEntry) {
    if seen.insert(voice_key(&v, e)) {
        out.push(v);
    }
}

/// A value of a claim's page.
pub(crate) fn at<T: Clone>(e: &ClaimEntry, v: &T) -> At<T> {
    At::new(e.page, v.clone())
}
