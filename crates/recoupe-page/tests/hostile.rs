//! Whatever the bytes are, reading ends, and its result is sound.

mod common;
use common::read_as;
use proptest::prelude::*;
use recoupe_page::{Article, Meta};
use recoupe_text::Span;

fn sound(a: &Article) {
    let mut last = 0;
    for b in &a.blocks {
        assert!(b.span.start >= last, "blocks are sorted and apart");
        assert!(b.span.end as usize <= a.text.len());
        assert!(a.text.is_char_boundary(b.span.start as usize) && a.text.is_char_boundary(b.span.end as usize));
        assert!(!b.span.is_empty());
        last = b.span.end;
    }
    // Nothing but white space and separators lies between the blocks.
    let mut at = 0;
    for b in &a.blocks {
        let gap = &a.text[at..b.span.start as usize];
        assert!(gap.chars().all(|c| !c.is_alphanumeric()), "text outside the blocks: {gap:?}");
        at = b.span.end as usize;
    }
    assert!(a.text[at..].chars().all(|c| !c.is_alphanumeric()));
    // The way back never runs backwards and always fits.
    let mut low = 0;
    for (i, c) in a.text.char_indices() {
        let o = a.original_span(Span::new(i, i + c.len_utf8()));
        assert!(o.start >= low || a.map.is_identity(), "the map is monotone");
        assert!(o.end as usize <= a.original.len());
        assert!(a.original.is_char_boundary(o.start as usize) && a.original.is_char_boundary(o.end as usize));
        low = o.start;
    }
    for s in a
        .title
        .iter()
        .chain(a.published.iter().filter_map(|p| p.span.as_ref()))
        .chain(a.notes.iter().filter_map(|n| n.span.as_ref()))
    {
        assert!(a.text.get(s.range()).is_some());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..600), html in any::<bool>()) {
        sound(&read_as(if html { "p.html" } else { "p.txt" }, &bytes, Meta::default()));
    }

    #[test]
    fn any_text(text in "(\\PC|\n|\r|\t){0,300}", html in any::<bool>()) {
        sound(&read_as(if html { "p.html" } else { "p.txt" }, text.as_bytes(), Meta::default()));
    }

    #[test]
    fn shuffled_furniture(parts in proptest::collection::vec(prop_oneof![
        Just("Publié le 03/12/2022 | Mis à jour"), Just("Lire aussi : Un pont détruit"), Just("\n"), Just("\n\n"), Just("Commentaires (3)"), Just("© XYZ 2020 / Ali K."),
        Just("Trois soldats ont été tués dimanche dans une embuscade près du village, a annoncé l'état-major dans un communi-"), Just("qué. (AFP)"), Just("BAMAKO, 3 mai (AFP) - "),
        Just("Football : la finale"), Just("Ã©tÃ© Ã "), Just("<p>"), Just("</div><nav class=comments>"), Just("&eacute;"), Just("12 h 30"), Just(" | "), Just("Accueil > Monde"), Just("..."), Just("jeudi 6 février"),
    ], 0..40), html in any::<bool>()) {
        let text: String = parts.concat();
        sound(&read_as(if html { "p.html" } else { "p.txt" }, text.as_bytes(), Meta::default()));
    }
}

#[test]
fn one_line_of_five_megabytes() {
    let line = "Trois soldats ont été tués dimanche près du village. ".repeat(100_000);
    let a = read_as("p.txt", line.as_bytes(), Meta::default());
    assert_eq!(a.blocks.len(), 1);
    assert_eq!(a.blocks[0].dropped, None);
}

#[test]
fn thousands_of_lines_of_each_kind() {
    for line in [
        "Lire aussi : Un pont détruit\n",
        "Trois soldats ont été tués dimanche dans une embuscade près du village, a annoncé l'armée.\n",
        "a | b | c\n",
        "3 mai 2020\n",
        "<p>x\n",
        "Ã©\n",
    ] {
        let a = read_as("p.txt", line.repeat(4_000).as_bytes(), Meta::default());
        assert!(!a.blocks.is_empty());
    }
}

#[test]
fn two_readings_are_equal() {
    let page = "Le Phare\nTrois soldats tués\n3 mai 2020\n\nBAMAKO (AFP) - Trois soldats ont été tués dimanche dans une embuscade près du village, a annoncé l'armée.\n";
    let one = format!("{:?}", read_as("p.txt", page.as_bytes(), Meta::default()));
    assert_eq!(one, format!("{:?}", read_as("p.txt", page.as_bytes(), Meta::default())));
}
