//! Which of a place's names are worth keeping.

/// Words for kinds of divisions, folded, as GeoNames writes them around the name proper.
const DIVISION_WORDS: &[&str] = &[
    "oblast",
    "oblast'",
    "oblast’",
    "province",
    "provincie",
    "provincia",
    "governorate",
    "muhafazat",
    "muhafazah",
    "region",
    "state",
    "district",
    "rayon",
    "rayonu",
    "raion",
    "cercle",
    "republic",
    "kray",
    "krai",
    "prefecture",
    "department",
    "departement",
    "county",
    "municipality",
    "okrug",
    "autonomous",
    "regional",
    "wilaya",
    "canton",
    "territory",
    "division",
    "zone",
    "woreda",
    "city",
    "(city)",
    "town",
    "ville",
    "de",
    "du",
    "des",
    "la",
    "le",
    "of",
    "the",
    "d'",
    "qada",
    "caza",
    "mintaqat",
    "township",
    "governate",
    "regency",
    "department:",
    "respublika",
    "emirate",
];

/// `Kharkiv Oblast` → `Kharkiv`, `Province du Yatenga` → `Yatenga`; what would be nothing else is left whole.
pub fn bare_division(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_word = |w: &&str| DIVISION_WORDS.contains(&recoupe_text::fold(w).as_str());
    let is_kind = |w: &&str| {
        is_word(w) && !matches!(recoupe_text::fold(w).as_str(), "de" | "du" | "des" | "la" | "le" | "of" | "the")
    };
    // Little words go only where a word for the kind stands: « La Rioja » keeps its article.
    if !words.iter().any(is_kind) {
        return name.to_owned();
    }
    let start = words.iter().position(|w| !is_word(w)).unwrap_or(0);
    let end = words.iter().rposition(|w| !is_word(w)).map_or(words.len(), |i| i + 1);
    let bare = words[start..end].join(" ");
    if bare.is_empty() { name.to_owned() } else { bare }
}

/// Scripts that language packs read: Latin, Cyrillic, Hebrew, Arabic.
fn script_kept(c: char) -> bool {
    !c.is_alphabetic()
        || matches!(c as u32, 0..=0x24f | 0x250..=0x2ff | 0x400..=0x52f | 0x590..=0x5ff | 0x600..=0x6ff | 0x1e00..=0x1eff)
}

/// Whether a name is a name people write: in a kept script, not a code, not a machine's transcription.
///
/// GeoNames lists airport codes in capitals and letter-by-letter transcriptions all in small letters (`yi de li bo`).
pub fn keep(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2 && name.chars().all(script_kept) && keep_spelling(name)
}

/// The part of [`keep`] that is about codes and transcriptions.
pub fn keep_spelling(name: &str) -> bool {
    let latin = name.chars().any(|c| c.is_alphabetic() && (c as u32) < 0x250);
    if !latin {
        return true;
    }
    let code = name.len() <= 4 && name.chars().all(|c| c.is_ascii_uppercase());
    name.chars().any(char::is_uppercase) && !code && name.len() <= 60
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn divisions_lose_the_word_for_them() {
        assert_eq!(bare_division("Kharkiv Oblast"), "Kharkiv");
        assert_eq!(bare_division("Province du Yatenga"), "Yatenga");
        assert_eq!(bare_division("Maarrat al-Nu'man District"), "Maarrat al-Nu'man");
        assert_eq!(bare_division("La Rioja"), "La Rioja");
        assert_eq!(bare_division("Blue Nile"), "Blue Nile");
    }

    #[test]
    fn codes_and_transcriptions_go() {
        assert!(keep("Idleb") && keep("إدلب") && keep("al-Bab") && keep("Идлиб") && keep("Jašiūnai"));
        assert!(!keep("ALP") && !keep("yi de li bo") && !keep("伊德利卜") && !keep("ʿidilibi") && !keep("Ιντλίμπ"));
    }
}
