//! Names that are constants of the program, as kept readings write them. One that is not known any more makes the reading unreadable, and
//! the page is read anew.

/// Codes of notes, of this stage and of those after it.
const CODES: [&str; 10] = [
    "bytes-replaced",
    "empty-page",
    "language-unknown",
    "mojibake-suspected",
    "mojibake-undone",
    "no-article",
    "other-subject",
    "other-topic",
    "published-unreadable",
    "second-article",
];

/// [`crate::Note::code`].
pub(crate) mod code {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(code: &&'static str, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(code)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<&'static str, D::Error> {
        let code = <&str>::deserialize(d)?;
        super::CODES.into_iter().find(|c| *c == code).ok_or_else(|| D::Error::custom("an unknown code"))
    }
}

/// [`crate::Article::encoding`].
pub(crate) mod encoding {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(name: &&'static str, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(name)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<&'static str, D::Error> {
        let name = <&str>::deserialize(d)?;
        let known = encoding_rs::Encoding::for_label(name.as_bytes()).map(encoding_rs::Encoding::name);
        known.filter(|k| *k == name).ok_or_else(|| D::Error::custom("an unknown encoding"))
    }
}
