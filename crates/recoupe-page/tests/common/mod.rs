//! What the page tests share.
#![allow(dead_code)]

use std::sync::OnceLock;

use recoupe_pack::Packs;
use recoupe_page::{Article, BlockKind, Meta, PageReader, RawInput, Why};

/// The reader with the packs that ship.
pub fn reader() -> &'static PageReader {
    static READER: OnceLock<PageReader> = OnceLock::new();
    READER.get_or_init(|| PageReader::load(&Packs::baked()).expect("the packs that ship are sound"))
}

/// Reads a text page.
pub fn read(text: &str) -> Article {
    read_as("page.txt", text.as_bytes(), Meta::default())
}

/// Reads a page of any kind.
pub fn read_as(source: &str, bytes: &[u8], meta: Meta) -> Article {
    reader().read(&RawInput { source, bytes, meta })
}

/// Why the block that holds `part` is dropped; fails where there is none.
pub fn why(a: &Article, part: &str) -> Option<Why> {
    let b = a.blocks.iter().find(|b| a.quote(b.span).contains(part));
    b.unwrap_or_else(|| panic!("no block holds {part:?}")).dropped
}

/// What the block that holds `part` is; fails where there is none or it is dropped.
pub fn kind(a: &Article, part: &str) -> BlockKind {
    let b =
        a.blocks.iter().find(|b| a.quote(b.span).contains(part)).unwrap_or_else(|| panic!("no block holds {part:?}"));
    assert_eq!(b.dropped, None, "{part:?} is dropped");
    b.kind
}

/// The interval of publication and its basis.
pub fn published(a: &Article) -> Option<(String, String, &'static str)> {
    a.published.as_ref().map(|p| (p.from.to_string(), p.to.to_string(), p.basis.code()))
}

/// Two paragraphs of an article, for pages that only need one.
pub const BODY: &str = "Trois soldats ont été tués dimanche dans une embuscade près du village, a annoncé l'état-major dans un communiqué.\n\nLes assaillants, venus à moto, se sont repliés vers la frontière après une heure de combats, selon des habitants joints par téléphone.\n";
