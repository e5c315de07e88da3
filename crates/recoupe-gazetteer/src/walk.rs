//! Finding the longest name that a row of words starts with.

use crate::gazetteer::{Candidate, Gazetteer, How};
use crate::key::{Checks, Scratch, is_article, key_into};
use fst::raw::CompiledAddr;

/// A name found at the head of some words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// How many words it takes, at least one.
    pub words: usize,
    /// Whom it may mean, as [`Gazetteer::lookup`] orders them; never empty.
    pub candidates: Vec<Candidate>,
}

impl Gazetteer {
    /// The longest known name that `words` starts with, looking at no more than eight words.
    ///
    /// Words are tokens as they stand on the page (`Jisr`, `al-Choughour`). A free-standing article inside a name is passed over
    /// (`Deir ez Zor`), never at its end; at its head only `al` and `el`, or any that a known name is written with, so that
    /// *En Syrie* is not a spelling of *Syrie*.
    pub fn longest_match(&self, words: &[&str]) -> Option<Match> {
        let mut heads: Vec<(u8, CompiledAddr, u64)> =
            self.layers().iter().enumerate().map(|(l, layer)| (l as u8, layer.map.root().addr(), 0)).collect();
        let (mut scratch, mut key, mut best) = (Scratch::default(), String::new(), None);
        for (i, word) in words.iter().take(8).enumerate() {
            key.clear();
            if !key_into(word, &mut key, &mut scratch) {
                let folded = recoupe_text::fold(word);
                if is_article(&folded) && i + 1 < words.len() {
                    continue;
                }
                break;
            }
            heads.retain_mut(|(l, addr, sum)| {
                let map = &self.layers()[usize::from(*l)].map;
                for b in key.bytes() {
                    let node = map.node(*addr);
                    let Some(at) = node.find_input(b) else { return false };
                    let t = node.transition(at);
                    *sum += t.out.value();
                    *addr = t.addr;
                }
                true
            });
            if heads.is_empty() {
                break;
            }
            let finals: Vec<(u8, u64)> = heads
                .iter()
                .filter_map(|(l, addr, sum)| {
                    let node = self.layers()[usize::from(*l)].map.node(*addr);
                    node.is_final().then(|| (*l, sum + node.final_output().value()))
                })
                .collect();
            if !finals.is_empty() {
                best = Some((i + 1, finals));
            }
        }
        let (count, finals) = best?;
        let name = words[..count].join(" ");
        let mut candidates = Vec::new();
        self.gather(&finals, &name, Checks::of(&name), &mut candidates);
        let head = recoupe_text::fold(words[0]);
        if is_article(&head) && !matches!(head.as_str(), "al" | "el") {
            candidates.retain(|c| c.how < How::Near);
        }
        (!candidates.is_empty()).then_some(Match { words: count, candidates })
    }
}
