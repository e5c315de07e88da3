//! The words of the interface: those of the report, and its own.

use std::sync::LazyLock;

use recoupe_export::Words;

/// The message files of the interface.
const FILES: [(&str, &str); 2] =
    [("fr", include_str!("../assets/messages/fr.toml")), ("en", include_str!("../assets/messages/en.toml"))];

static ALL: LazyLock<Vec<Words>> = LazyLock::new(|| FILES.iter().map(|(l, text)| Words::with(l, text)).collect());

/// The languages of the interface.
pub fn languages() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|f| f.0)
}

/// The words of a language, else those of the first.
pub fn of(lang: &str) -> &'static Words {
    ALL.iter().find(|w| w.lang() == lang).unwrap_or(&ALL[0])
}

/// The name of a language, if the interface speaks it.
pub fn spoken(lang: &str) -> Option<&'static str> {
    languages().find(|l| lang.get(..2).is_some_and(|x| x.eq_ignore_ascii_case(l)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_language_has_every_key() {
        let keys = |lang: &str| of(lang).keys().map(str::to_owned).collect::<BTreeSet<_>>();
        let (fr, en) = (keys("fr"), keys("en"));
        assert_eq!(fr.symmetric_difference(&en).collect::<Vec<_>>(), Vec::<&String>::new());
    }

    /// Every literal of the sources that looks like a key of a message is one.
    #[test]
    fn every_key_that_is_asked_for_is_there() {
        let known: BTreeSet<&str> = of("fr").keys().collect();
        let tables: BTreeSet<&str> = known.iter().filter_map(|k| k.split_once('.')).map(|k| k.0).collect();
        let files = ["json", "jsonl", "csv", "html", "geojson", "xlsx", "md", "txt", "svg"];
        let mut asked = 0;
        let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("the sources").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let text = std::fs::read_to_string(&path).expect("a source");
                for word in text.split('"') {
                    let Some((table, rest)) = word.split_once('.') else { continue };
                    let plain =
                        !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b == b'.');
                    if plain && tables.contains(table) && !files.contains(&rest) {
                        let found = known.contains(word) || known.contains(format!("{word}.one").as_str());
                        assert!(found, "{}: {word}", path.display());
                        asked += 1;
                    }
                }
            }
        }
        assert!(asked > 150, "{asked}");
    }
}
