//! From pages to the wire: what is written points at the bytes it came from, and streaming changes nothing.

#![cfg(feature = "convert")]

use recoupe::{Dossier, Options, Packs, PageInput, RawInput, Reader, cross_check};
use recoupe_wire::{Made, Source, Span, Style, from_dossier, from_json, to_json, write_dossier};

/// Made-up pages: plain text in windows-1252, and HTML with entities and tags inside a sentence.
const TEXT: &[u8] = b"Attaque pr\xe8s de Mopti\n\nL'arm\xe9e malienne a annonc\xe9 mercredi 3 mars 2021 que cinq soldats avaient \xe9t\xe9 tu\xe9s dans une attaque pr\xe8s de Mopti.\n\nSelon un \xe9lu local, au moins sept soldats ont \xe9t\xe9 tu\xe9s et trois bless\xe9s par des hommes arm\xe9s.\n";
const HTML: &[u8] = "<!doctype html><html lang=fr><head><meta charset=utf-8><title>Attaque pr&egrave;s de Mopti</title></head><body><nav><a href=/>Accueil</a></nav><article><h1>Attaque pr&egrave;s de Mopti</h1><p>Cinq soldats ont &eacute;t&eacute; <b>tu&eacute;s</b> mercredi 3 mars 2021 dans une attaque pr&egrave;s de Mopti, selon l&rsquo;arm&eacute;e malienne.</p><p>Les assaillants ont pris la fuite apr&egrave;s l&rsquo;attaque.</p></article></body></html>".as_bytes();

fn dossier() -> Dossier {
    let reader = Reader::new(&Packs::baked()).expect("the packs are sound");
    let pages = [("pages/a.txt", TEXT), ("pages/b.html", HTML)]
        .into_iter()
        .enumerate()
        .map(|(i, (source, bytes))| PageInput {
            id: format!("sha256:{i:064}"),
            source: source.to_owned(),
            reading: reader.read_page(&RawInput { source, bytes, ..Default::default() }),
        })
        .collect();
    cross_check(&reader, pages, &Options::default())
}

fn squeeze(s: &str) -> String {
    s.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_wire_points_at_bytes_and_reads_back() {
    let lib = dossier();
    let made = Made { recoupe: "0.0.0".into(), ..Default::default() };
    let bare = Source { dossier: &lib, made: &made, views: false };
    let whole = from_dossier(bare);
    assert!(!whole.claims.is_empty(), "something was read");

    // Streamed or whole, pretty or compact, and read back: always the same bytes.
    for style in [Style::Pretty, Style::Compact] {
        let mut streamed = Vec::new();
        write_dossier(bare, &mut streamed, style).unwrap();
        let json = to_json(&whole, style);
        assert_eq!(String::from_utf8(streamed).unwrap(), json);
        assert_eq!(to_json(&from_json(&json).unwrap(), style), json);
    }

    // Text: a span holds exactly the words that are quoted, in the decoded page.
    let text = &lib.pages[0].reading.article.original;
    let here = |s: Span| squeeze(&text[s.start as usize..s.end as usize]);
    let page = &whole.pages[0];
    assert_eq!(page.encoding.as_deref(), Some("windows-1252"));
    for c in whole.claims.iter().filter(|c| c.page == page.id) {
        assert_eq!(here(c.span), c.quote);
        for (words, span) in c.tolls.iter().filter_map(|t| t.text.as_ref().zip(t.span)) {
            assert_eq!(&here(span), words);
        }
    }

    // HTML: spans lie in the source, and the view leads from there to what a reader sees.
    let with_views = from_dossier(Source { views: true, ..bare });
    let html = with_views.pages.iter().find(|p| p.html).expect("one page is HTML");
    let view = html.view.as_ref().unwrap();
    let mut at = 0;
    for [start, len, _, _] in &view.map {
        assert_eq!(*start, at, "the map has no gaps");
        at += len;
    }
    assert_eq!(at as usize, view.text.len());
    for c in whole.claims.iter().filter(|c| c.page == html.id) {
        let source = &HTML[c.span.start as usize..c.span.end as usize];
        assert!(std::str::from_utf8(source).is_ok());
        assert!(view.text.split_whitespace().collect::<Vec<_>>().join(" ").contains(&c.quote));
    }
}
