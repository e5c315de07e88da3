//! What language packs say that matters only once pages are compared: vague numbers (`vague.toml`), how the words sound that
//! call a party something (`tone.toml`), and which words verify a breach (`agreements.toml`).

use std::collections::BTreeMap;

use recoupe_pack::{PackError, Packs};
use recoupe_text::fold;
use serde::Deserialize;

/// The size that a vague word speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Vague {
    /// Several, a few, many.
    Few,
    /// Tens.
    Tens,
    /// Dozens.
    Dozens,
    /// Hundreds.
    Hundreds,
    /// Thousands.
    Thousands,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    few: Vec<String>,
    tens: Vec<String>,
    dozens: Vec<String>,
    hundreds: Vec<String>,
    thousands: Vec<String>,
}

/// How a name sounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tone {
    /// It says what somebody is.
    Plain,
    /// It runs them down.
    Against,
    /// It raises them.
    For,
}

impl Tone {
    /// As the wire writes it.
    pub fn name(self) -> &'static str {
        match self {
            Tone::Plain => "plain",
            Tone::Against => "against",
            Tone::For => "for",
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ToneFile {
    kind: Vec<ToneKind>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ToneKind {
    #[allow(dead_code)]
    id: String,
    #[serde(default)]
    plain: Vec<String>,
    #[serde(default)]
    against: Vec<String>,
    #[serde(default, rename = "for")]
    in_favour: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct AgreementFile {
    verify: Vec<String>,
}

/// The words of all languages.
#[derive(Clone, Debug, Default)]
pub struct Languages {
    vague: BTreeMap<String, Vec<(Vague, String)>>,
    tones: BTreeMap<String, BTreeMap<String, Tone>>,
    verify: BTreeMap<String, Vec<String>>,
}

impl Languages {
    /// Reads `lang/<xx>/vague.toml` of every language that has one.
    pub fn load(packs: &Packs) -> Result<Self, PackError> {
        let mut out = Self::default();
        for lang in packs.languages() {
            let file: File = packs.toml_or_default(&format!("lang/{lang}/vague.toml"))?;
            let sizes = [
                (Vague::Few, file.few),
                (Vague::Tens, file.tens),
                (Vague::Dozens, file.dozens),
                (Vague::Hundreds, file.hundreds),
                (Vague::Thousands, file.thousands),
            ];
            let words = sizes.into_iter().flat_map(|(size, list)| list.into_iter().map(move |w| (size, plain(&w))));
            out.vague.insert(lang.clone(), words.collect());
            let file: AgreementFile = packs.toml_or_default(&format!("lang/{lang}/agreements.toml"))?;
            out.verify.insert(lang.clone(), file.verify.iter().map(|w| plain(w)).collect());
            let file: ToneFile = packs.toml_or_default(&format!("lang/{lang}/tone.toml"))?;
            let tones = out.tones.entry(lang).or_default();
            for k in file.kind {
                for (tone, list) in [(Tone::Plain, k.plain), (Tone::Against, k.against), (Tone::For, k.in_favour)] {
                    // a word of two kinds keeps its first tone unless the other is stronger: who is run down anywhere is
                    for w in list {
                        let at = tones.entry(singular(&plain(&w))).or_insert(tone);
                        *at = (*at).max(tone);
                    }
                }
            }
        }
        Ok(out)
    }

    /// Whether the words of a sentence establish something instead of only saying it.
    pub fn verifies(&self, lang: &str, text: &str) -> bool {
        let text = format!(" {} ", plain(text));
        self.verify.get(lang).is_some_and(|list| list.iter().any(|w| text.contains(&format!(" {w} "))))
    }

    /// How a term sounds, by the longest known words in it; `None` where none is known.
    pub fn tone(&self, lang: &str, term: &str) -> Option<Tone> {
        let words = singular(&plain(term));
        let words: Vec<&str> = words.split(' ').collect();
        let tones = self.tones.get(lang)?;
        (1..=words.len()).rev().find_map(|n| words.windows(n).find_map(|w| tones.get(&w.join(" ")).copied()))
    }

    /// The size that the words of a figure speak of, the largest where there are several; `None` where no word is known.
    pub fn vague(&self, lang: &str, text: &str) -> Option<Vague> {
        let text = plain(text);
        let hit = |w: &str| format!(" {text} ").contains(&format!(" {w} "));
        self.vague.get(lang)?.iter().filter(|(_, w)| hit(w)).map(|(size, _)| *size).max()
    }
}

/// Each word without a plural ending, so that both forms meet; no grammar is needed for a comparison with itself.
fn singular(s: &str) -> String {
    let stem = |w: &str| if w.len() > 3 { w.trim_end_matches(['s', 'x']).to_owned() } else { w.to_owned() };
    s.split(' ').map(stem).collect::<Vec<_>>().join(" ")
}

/// Words alone, folded, one blank between them.
fn plain(s: &str) -> String {
    let folded = fold(s);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_and_the_largest_size() {
        let l = Languages::load(&Packs::baked()).expect("the baked packs load");
        assert_eq!(l.vague("fr", "Plusieurs dizaines"), Some(Vague::Tens));
        assert_eq!(l.vague("fr", "des centaines"), Some(Vague::Hundreds));
        assert_eq!(l.vague("fr", "plusieurs"), Some(Vague::Few));
        assert_eq!(l.vague("fr", "douze"), None);
        assert_eq!(l.vague("xx", "plusieurs"), None);
    }

    #[test]
    fn names_sound_by_their_longest_known_words() {
        let l = Languages::load(&Packs::baked()).expect("the baked packs load");
        assert_eq!(l.tone("fr", "Terroristes"), Some(Tone::Against));
        assert_eq!(l.tone("fr", "opposition modérée"), Some(Tone::For));
        assert_eq!(l.tone("fr", "gouvernement"), Some(Tone::Plain));
        assert_eq!(l.tone("fr", "gouvernement fantoche"), Some(Tone::Against));
        assert_eq!(l.tone("fr", "forces du régime"), Some(Tone::Against));
        assert_eq!(l.tone("fr", "Hezbollah"), None);
    }
}
