//! The longest name at the head of a row of words.

use recoupe_gazetteer::Gazetteer;

mod common;

/// `words` as they stand on the page; how many of them the name takes (0 for none) and where it lies.
#[track_caller]
fn walk(g: &Gazetteer, text: &str, words: usize, country: &str) {
    let tokens: Vec<&str> = text.split(' ').collect();
    let found = g.longest_match(&tokens);
    assert_eq!(found.as_ref().map_or(0, |m| m.words), words, "{text}: {found:?}");
    if words > 0 {
        let codes: Vec<String> = found
            .iter()
            .flat_map(|m| &m.candidates)
            .filter_map(|c| g.place(c.place).map(|p| p.country_code().to_owned()))
            .collect();
        assert!(codes.iter().any(|c| c == country), "{text}: {codes:?}");
    }
}

#[test]
fn takes_the_whole_name_and_no_more() {
    let g = common::gazetteer();
    walk(g, "Jisr al-Choughour a été bombardée", 2, "SY");
    walk(g, "Jisr al Choughour a été", 3, "SY");
    walk(g, "Deir al-Balah et Gaza", 2, "PS");
    walk(g, "Deir ez Zor dans", 3, "SY");
    walk(g, "Khan Younès mardi", 2, "PS");
    walk(g, "Beni Oualid est", 2, "LY");
    walk(g, "Abou Kamal en Syrie", 2, "SY");
    walk(g, "Marioupol et Kharkiv", 1, "UA");
    walk(g, "Saint-Louis du Sénégal", 1, "SN");
    walk(g, "El Fasher a", 2, "SD");
    walk(g, "Alep et Idleb", 1, "SY");
    walk(g, "bande de Gaza ont", 3, "PS");
    walk(g, "En Syrie les", 0, "");
    walk(g, "Et Tripoli a", 0, "");
    walk(g, "Al", 0, "");
    walk(g, "", 0, "");
    walk(g, "Nizhny Novgorod hier", 2, "RU");
    walk(g, "Soudan du Sud et", 3, "SS");
}
