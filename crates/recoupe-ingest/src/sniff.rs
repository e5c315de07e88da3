//! Text or not: by the first bytes.

/// What a file that is no text looks like; `None` for text.
pub(crate) fn binary(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 16] = [
        (b"\x89PNG", "a PNG image"),
        (b"\xFF\xD8\xFF", "a JPEG image"),
        (b"GIF8", "a GIF image"),
        (b"%PDF", "a PDF document"),
        (b"PK\x03\x04", "a ZIP archive or an office document"),
        (b"PK\x05\x06", "an empty ZIP archive"),
        (b"\x1F\x8B", "gzip-compressed data"),
        (b"BZh", "bzip2-compressed data"),
        (b"\xFD7zXZ\0", "xz-compressed data"),
        (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive"),
        (b"Rar!\x1A\x07", "a RAR archive"),
        (b"\xD0\xCF\x11\xE0", "an office document"),
        (b"\x7FELF", "a program"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"RIFF", "an image, sound or video"),
        (b"OggS", "a sound or video"),
    ];
    if let Some((_, kind)) = MAGIC.iter().find(|(m, _)| bytes.starts_with(m)) {
        return Some(kind);
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some("a video");
    }
    let head = &bytes[..bytes.len().min(8192)];
    let nul = head.iter().filter(|b| **b == 0).count();
    if nul == 0 || head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") {
        return None;
    }
    // UTF-16 without a mark has its zero bytes in every second place.
    let even = head.iter().step_by(2).filter(|b| **b == 0).count();
    let pairs = head.len() / 2;
    let regular = even * 20 <= nul || (nul - even) * 20 <= nul;
    if regular && nul * 10 >= pairs { None } else { Some("binary data") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_text_from_the_rest() {
        assert_eq!(binary(b"\x89PNG\r\n\x1a\n"), Some("a PNG image"));
        assert_eq!(binary(b"%PDF-1.7"), Some("a PDF document"));
        assert_eq!(binary(b"abc\0\0\0def\x01\x02\0\0"), Some("binary data"));
        assert_eq!(binary("Trois soldats tués".as_bytes()), None);
        let utf16: Vec<u8> = "Trois soldats tués à l'aube".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(binary(&utf16), None);
    }
}
