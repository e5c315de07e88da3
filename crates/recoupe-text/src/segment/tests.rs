use super::*;

fn french() -> Segmenter {
    let rules = include_str!("../../../../packs/lang/fr/segment.toml");
    Segmenter::new(toml::from_str(rules).expect("segment.toml reads"))
}

fn all(text: &str) -> Vec<Sentence> {
    french().sentences(text, Span::new(0, text.len()))
}

fn words(text: &str) -> String {
    let v: Vec<&str> = all(text).iter().flat_map(|s| s.tokens.clone()).map(|t| t.span.of(text)).collect();
    v.join("|")
}

fn cuts(text: &str) -> Vec<&str> {
    all(text).iter().map(|s| s.span.of(text)).collect()
}

#[test]
fn elision_clitics_and_whole_words() {
    assert_eq!(words("L’armée d'Ankara"), "L’|armée|d'|Ankara");
    assert_eq!(words("jusqu'aujourd’hui, quelqu'un"), "jusqu'|aujourd’hui|,|quelqu'un");
    assert_eq!(
        words("a-t-il dit, est-ce, celui-ci, rendez-vous, cet homme-là"),
        "a|-t-il|dit|,|est|-ce|,|celui-ci|,|rendez-vous|,|cet|homme|-là"
    );
    assert_eq!(words("Al-Nayrab et Jisr al-Choughour"), "Al-Nayrab|et|Jisr|al-Choughour");
    assert_eq!(words("Maarrat al-Nu'man, Saint-Jean-d'Angély"), "Maarrat|al-Nu'man|,|Saint-Jean-d'Angély");
    assert_eq!(words("l'«Observatoire»"), "l'|«|Observatoire|»");
    assert_eq!(words("blessé(e)s km/h AFP/Getty"), "blessé(e)s|km/h|AFP|/|Getty");
}

#[test]
fn numbers_times_and_dates() {
    assert_eq!(
        words("1 800 morts, 1.800, 3,5 %, 18h30, 06/02/2020"),
        "1 800|morts|,|1.800|,|3,5|%|,|18h30|,|06/02/2020"
    );
    assert_eq!(
        words("en 2019 300 civils, 1\u{a0}234\u{a0}567, 20km, 1er, -5"),
        "en|2019|300|civils|,|1\u{a0}234\u{a0}567|,|20|km|,|1er|,|-5"
    );
    assert_eq!(words("F-16, Su-24, S-400, 50.000 soldats."), "F-16|,|Su-24|,|S-400|,|50.000|soldats|.");
}

#[test]
fn abbreviations_initials_and_acronyms() {
    assert_eq!(
        cuts("M. Erdogan et le gén. J. Dupont ont parlé. MM. X et Y."),
        ["M. Erdogan et le gén. J. Dupont ont parlé.", "MM. X et Y."]
    );
    assert_eq!(words("l'O.N.U. a dit"), "l'|O.N.U.|a|dit");
    assert_eq!(
        cuts("Il tombe dans la mer. Ils étaient sept. À 200 m. Le convoi."),
        ["Il tombe dans la mer.", "Ils étaient sept.", "À 200 m.", "Le convoi."]
    );
    assert_eq!(cuts("des chars, etc. Le lendemain, rien."), ["des chars, etc.", "Le lendemain, rien."]);
    assert_eq!(cuts("les rebelles du groupe A. Il a fui."), ["les rebelles du groupe A.", "Il a fui."]);
}

#[test]
fn direct_speech_and_left_out_text() {
    assert_eq!(
        cuts("« Que faire ? » a-t-il dit. « Partir. » Il est parti."),
        ["« Que faire ? » a-t-il dit.", "« Partir. »", "Il est parti."]
    );
    assert_eq!(cuts("\"C'est fini.\" Le maire pleure."), ["\"C'est fini.\"", "Le maire pleure."]);
    assert_eq!(
        cuts("les accords (...) et risque. \"Un tel acte\", dit-elle."),
        ["les accords (...) et risque.", "\"Un tel acte\", dit-elle."]
    );
    assert_eq!(cuts("Il hésite... puis part. Fin… Elle reste."), ["Il hésite... puis part.", "Fin…", "Elle reste."]);
    assert_eq!(
        cuts("Trois morts.Deux blessés. Voir lesoir.be ou www.onu.org."),
        ["Trois morts.", "Deux blessés.", "Voir lesoir.be ou www.onu.org."]
    );
}

#[test]
fn line_breaks() {
    assert_eq!(words("des contes-\ntataires armés"), "des|contes-\ntataires|armés");
    assert_eq!(
        cuts("Une ligne qui se poursuit à\nAlep et finit là.\n\nTitre\n\nSuite"),
        ["Une ligne qui se poursuit à\nAlep et finit là.", "Titre", "Suite"]
    );
    let long = format!("Court\nUn {}\nMenu", "mot ".repeat(60));
    assert_eq!(cuts(&long).len(), 3);
}

#[test]
fn links_handles_and_emoji() {
    assert_eq!(
        words("Voir https://a.org/x?y=1. @sana_sy #Idlib 👩‍🚒🇸🇾 x@y.org"),
        "Voir|https://a.org/x?y=1|.|@sana_sy|#Idlib|👩‍🚒|🇸|🇾|x@y.org"
    );
}

/// A small generator, so that the property test is the same everywhere.
fn noise(seed: u64) -> String {
    const PIECES: [&str; 40] = [
        "a",
        "É",
        "l'",
        "’",
        "-",
        "-t-il",
        " ",
        "\n",
        "\r\n",
        "\u{a0}",
        ".",
        "...",
        "…",
        "«",
        "»",
        "\"",
        "(",
        ")",
        "1",
        "800",
        ",",
        "%",
        "http://",
        "www.",
        "@",
        "#",
        "سوريا",
        "،",
        "👩‍🚒",
        "\u{301}",
        "e\u{301}",
        "İ",
        "ß",
        "日本",
        "M.",
        "J.-C.",
        "contes-\n",
        "\u{200d}",
        "°C",
        "/",
    ];
    let mut x = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut s = String::new();
    for _ in 0..(seed % 60) {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        s.push_str(PIECES[(x % PIECES.len() as u64) as usize]);
    }
    s
}

#[test]
fn any_text_is_covered_once_and_in_order() {
    let segmenter = french();
    for seed in 0..4000 {
        let text = noise(seed);
        let mut at = 0;
        for s in segmenter.sentences(&text, Span::new(0, text.len())) {
            assert_eq!(s.span.start, s.tokens[0].span.start);
            assert_eq!(s.span.end, s.tokens[s.tokens.len() - 1].span.end);
            for t in s.tokens {
                assert!(!t.span.is_empty() && t.span.start as usize >= at, "{text:?}");
                let gap = &text[at..t.span.start as usize];
                assert!(
                    gap.chars().all(|c| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}')),
                    "{text:?} {gap:?}"
                );
                assert!(text.is_char_boundary(t.span.end as usize), "{text:?}");
                at = t.span.end as usize;
            }
        }
        assert!(text[at..].trim().is_empty(), "{text:?}");
    }
}

#[test]
fn an_empty_rule_set_and_a_bad_block_do_no_harm() {
    let s = Segmenter::default();
    assert_eq!(s.sentences("He said no. She left.", Span::new(0, 21)).len(), 2);
    assert!(s.sentences("é", Span::new(1, 9)).is_empty());
}
