//! Readings as bytes, to be kept from one run to the next and read back by the same program only.
//!
//! No format for anybody else: it has no version of its own and changes whenever a type here does. Who keeps readings keeps the version of the
//! program and of the packs beside them, and throws away those of another. What others read is `recoupe-wire`.

use crate::Reading;

/// The bytes of a reading; `None` where it cannot be kept.
pub fn encode(reading: &Reading) -> Option<Vec<u8>> {
    // For most pages the working text is the page itself, and is kept once.
    let same = reading.article.text == reading.article.original;
    if !same {
        return postcard::to_allocvec(&(same, reading)).ok();
    }
    let mut reading = reading.clone();
    reading.article.text = "".into();
    postcard::to_allocvec(&(same, &reading)).ok()
}

/// The reading behind bytes; `None` where they are not one.
pub fn decode(bytes: &[u8]) -> Option<Reading> {
    let ((same, mut reading), rest) = postcard::take_from_bytes::<(bool, Reading)>(bytes).ok()?;
    if same {
        reading.article.text = reading.article.original.clone();
    }
    rest.is_empty().then_some(reading)
}
