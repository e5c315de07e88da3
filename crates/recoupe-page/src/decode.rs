//! From bytes to text: which encoding a page is in.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// A page's bytes as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text. A UTF-8 page keeps its byte order mark, so that offsets are those of its bytes.
    pub original: String,
    /// Name of the encoding, as the WHATWG standard spells it (`UTF-8`, `windows-1252`, `UTF-16LE` …).
    pub encoding: &'static str,
    /// Whether some bytes made no sense in that encoding and stand as U+FFFD.
    pub replaced: bool,
}

/// Decodes a page of unknown encoding: byte order mark, valid UTF-8, UTF-16 without a mark, what an HTML page declares, then
/// the likeliest legacy encoding by its letter statistics.
pub fn decode(bytes: &[u8]) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        // A UTF-8 mark stays: offsets must count it.
        let skip = if encoding == UTF_8 { 0 } else { mark };
        return with(encoding, &bytes[skip..]);
    }
    // A few NUL bytes are valid UTF-8, many are UTF-16.
    if let Some(encoding) = utf16(bytes) {
        return with(encoding, bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { original: text.to_owned(), encoding: UTF_8.name(), replaced: false };
    }
    if mostly_utf8(bytes) {
        return with(UTF_8, bytes);
    }
    if let Some(encoding) = declared(bytes) {
        return with(encoding, bytes);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    with(detector.guess(None, Utf8Detection::Allow), bytes)
}

fn with(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, replaced) = encoding.decode_without_bom_handling(bytes);
    Decoded { original: text.into_owned(), encoding: encoding.name(), replaced }
}

/// Text in Latin letters has a zero in every second byte of UTF-16; other alphabets a constant high byte.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    if head.len() < 4 || bytes.len() % 2 == 1 {
        return None;
    }
    let pairs = head.len() / 2;
    let zero = |offset: usize| head.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zero(0), zero(1));
    // Also blanks alone (U+0020 between words of an alphabet beyond Latin) leave a zero in one position only.
    let enough = |n: usize, other: usize| n * 10 >= pairs && other * 20 <= n;
    if enough(odd, even) {
        Some(UTF_16LE)
    } else if enough(even, odd) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// A UTF-8 page with a few broken bytes (cut in the middle of a letter) is still UTF-8.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xC2).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= 4 && bad * 10 <= good
}

/// `<meta charset=…>`, `<meta http-equiv … charset=…>` or an XML declaration in the first 2 kB.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(2048)];
    let lower = head.to_ascii_lowercase();
    if !lower.windows(5).any(|w| w == b"<meta" || w == b"<?xml") {
        return None;
    }
    for key in [&b"charset="[..], &b"encoding="[..]] {
        let Some(at) = lower.windows(key.len()).position(|w| w == key) else { continue };
        let rest = &lower[at + key.len()..];
        let label: Vec<u8> = rest
            .iter()
            .copied()
            .skip_while(|b| matches!(b, b'"' | b'\'' | b' '))
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':'))
            .collect();
        // A page that says UTF-8 but is not would be read as rubbish: ask the statistics instead.
        if let Some(e) = Encoding::for_label(&label)
            && e != UTF_8
            && e != UTF_16LE
            && e != UTF_16BE
        {
            return Some(e);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const FR: &str = "L’armée a annoncé jeudi la mort de trois soldats près du village, où l’été dernier déjà des combats avaient éclaté à l’aube.";
    const RU: &str =
        "Министерство обороны сообщило в четверг о гибели трёх военнослужащих при обстреле позиций на окраине посёлка.";
    const AR: &str =
        "أعلنت وزارة الدفاع يوم الخميس مقتل ثلاثة جنود في قصف مدفعي على أطراف البلدة، وفق ما جاء في بيان رسمي.";

    #[test]
    fn every_encoding_is_found() {
        for (text, encoding, name) in [
            (FR, encoding_rs::WINDOWS_1252, "windows-1252"),
            (RU, encoding_rs::WINDOWS_1251, "windows-1251"),
            (RU, encoding_rs::KOI8_R, "KOI8"),
            (AR, encoding_rs::WINDOWS_1256, "windows-1256"),
        ] {
            let (bytes, _, bad) = encoding.encode(text);
            assert!(!bad);
            let d = decode(&bytes);
            assert!(d.encoding.starts_with(name), "{} for {name}", d.encoding);
            assert_eq!(d.original, text);
            assert!(!d.replaced);
        }
    }

    #[test]
    fn utf16_with_and_without_mark() {
        for text in [FR, RU, AR] {
            for (mark, big) in [(false, false), (true, false), (false, true), (true, true)] {
                let mut bytes = Vec::new();
                let bom = if mark { "\u{feff}" } else { "" };
                for u in bom.encode_utf16().chain(text.encode_utf16()) {
                    bytes.extend(if big { u.to_be_bytes() } else { u.to_le_bytes() });
                }
                let d = decode(&bytes);
                assert_eq!(d.original, text, "mark {mark} big {big}");
                assert_eq!(d.encoding, if big { "UTF-16BE" } else { "UTF-16LE" });
            }
        }
    }

    #[test]
    fn a_declared_charset_counts_and_a_broken_byte_does_not() {
        let mut page = b"<html><head><meta charset=\"iso-8859-15\"></head><body>Prix : 3 \xA4</body></html>".to_vec();
        assert_eq!(decode(&page).encoding, "ISO-8859-15");
        assert!(decode(&page).original.contains('€'));
        page = FR.as_bytes().to_vec();
        page.push(0xC3);
        let d = decode(&page);
        assert_eq!((d.encoding, d.replaced), ("UTF-8", true));
        assert!(decode(b"\xEF\xBB\xBFbonjour").original.starts_with('\u{feff}'));
        assert_eq!(decode(b"").original, "");
    }
}
