//! What the ledgers share: voices each once, and when two days are one.

use recoupe_incident::{At, ClaimEntry, PageInput, Voice};
use recoupe_mention::{Party, When};

/// The key under which a voice is one and the same; unnamed voices and outlets are one per text.
pub(crate) fn voice_key(v: &Voice, e: &ClaimEntry) -> String {
    let text = e.origin.map_or_else(|| format!("page:{}", e.page), |o| format!("origin:{o}"));
    match v {
        None => text,
        Some(v) if v.value.id.is_empty() || v.value.id.starts_with("generic/") => format!("{}@{text}", v.value.name),
        Some(v) => v.value.id.to_string(),
    }
}

/// Voices of a row, each once, in the order they come.
#[derive(Clone, Debug, Default)]
pub(crate) struct Voices {
    pub list: Vec<Voice>,
    /// The key of each, in the same order.
    seen: Vec<String>,
}

impl Voices {
    /// Adds the voice of a claim.
    pub fn add(&mut self, pages: &[PageInput], e: &ClaimEntry) {
        self.push(e.voice(pages), e);
    }

    /// Adds a voice, said in the text of `e`.
    pub fn push(&mut self, v: Voice, e: &ClaimEntry) {
        self.keyed(voice_key(&v, e), v);
    }

    /// Adds all voices of another row.
    pub fn join(&mut self, other: Voices) {
        for (key, v) in other.seen.into_iter().zip(other.list) {
            self.keyed(key, v);
        }
    }

    fn keyed(&mut self, key: String, v: Voice) {
        if !self.seen.contains(&key) {
            self.seen.push(key);
            self.list.push(v);
        }
    }

    /// Whether no voice is in both.
    pub fn disjoint(&self, other: &Voices) -> bool {
        !self.seen.iter().any(|k| other.seen.contains(k))
    }
}

/// A party with its page.
pub(crate) fn party(e: &ClaimEntry, p: &Option<Party>) -> Option<At<Party>> {
    p.as_ref().map(|p| At::new(e.page, p.clone()))
}

/// The time of a claim with its page, where it has a day.
pub(crate) fn time(e: &ClaimEntry) -> Option<At<When>> {
    e.time
        .as_ref()
        .filter(|w| w.from.is_some() || w.to.is_some() || w.weekday.is_some())
        .map(|w| At::new(e.page, w.clone()))
}

/// First and last day of a time.
pub(crate) fn days(w: &Option<At<When>>) -> Option<(i32, i32)> {
    w.as_ref().and_then(|w| recoupe_incident::kin::span_days(&w.value))
}

/// Adds a page to a sorted list, once.
pub(crate) fn add_page(list: &mut Vec<usize>, page: usize) {
    if let Err(i) = list.binary_search(&page) {
        list.insert(i, page);
    }
}
