//! Dates of publication in all their forms, and where none may be given.

mod common;
use common::{BODY, published, read, read_as};
use recoupe_page::Meta;

fn day(text: &str) -> Option<String> {
    let p = published(&read(text))?;
    assert_eq!(p.0, p.1, "{text}");
    Some(p.0)
}

#[test]
fn date_lines() {
    for (line, want) in [
        ("Publié le 03/12/2022", "2022-12-03"),
        ("Publié le 3 décembre 2022 à 07h48", "2022-12-03"),
        ("Dimanche 4 décembre 2022", "2022-12-04"),
        ("04.12.2022 09:12 | Mise à jour : 05.12.2022 11:40", "2022-12-04"),
        ("Mis à jour le 5 décembre 2022 | Publié le 4 décembre 2022", "2022-12-04"),
        ("Par Jeanne Roux - 1er décembre 2022", "2022-12-01"),
        ("Goma, jeudi 1er décembre 2022", "2022-12-01"),
        ("Édition du 4 déc. 2022", "2022-12-04"),
        ("sam. 03/12/2022 18h02", "2022-12-03"),
        ("2022-12-04", "2022-12-04"),
        ("Décembre 4, 2022", "2022-12-04"),
        ("date 2022-12-04", "2022-12-04"),
        ("Posté par Jeanne Roux le 4 décembre 2022", "2022-12-04"),
        ("La Gazette | 4/12/22", "2022-12-04"),
    ] {
        let page = format!("La Gazette\nTrois soldats tués dans une embuscade\n{line}\n\n{BODY}");
        if line.ends_with("/22") {
            // A day with one digit and a short year is too little to go by.
            assert_eq!(day(&page), None, "{line}");
        } else {
            assert_eq!(day(&page).as_deref(), Some(want), "{line}");
        }
    }
}

#[test]
fn below_the_text() {
    assert_eq!(
        day(&format!("Trois soldats tués\n\n{BODY}\nRadio du Lac - 13 février 2022\n")).as_deref(),
        Some("2022-02-13")
    );
    assert_eq!(
        day(&format!("Trois soldats tués\n\n{BODY}\nNuméro 12 du jeudi 9 mars 2023 - 300 F CFA\n")).as_deref(),
        Some("2023-03-09")
    );
    assert_eq!(
        day(&format!("Trois soldats tués\n\n{BODY}\nDernière modification : 19-04-2020 - 22:17\n")).as_deref(),
        Some("2020-04-19")
    );
}

#[test]
fn agency_datelines() {
    let rest = "Trois soldats ont été tués dimanche dans une embuscade près du village, a annoncé l'état-major.";
    assert_eq!(
        day(&format!("Trois soldats tués\n\nBAMAKO, 3 mai 2021 (XYZ) - {rest}\n")).as_deref(),
        Some("2021-05-03")
    );
    // The copyright line has the year.
    let a = read(&format!("Trois soldats tués\n\nBAMAKO, 3 mai (XYZ) - {rest}\n\n© XYZ 2021 - Tous droits réservés\n"));
    assert_eq!(published(&a).map(|p| p.0).as_deref(), Some("2021-05-03"));
    assert!(a.published.and_then(|p| p.evidence).is_some());
    // Without a year there is only a part.
    let a = read(&format!("Trois soldats tués\n\nBAMAKO, 3 mai (XYZ) - {rest}\n"));
    assert_eq!(a.published, None);
    assert_eq!(a.partial.map(|p| (p.day, p.month)), Some((3, 5)));
    assert_eq!(a.agencies.first().map(|n| n.name.as_str()), Some("XYZ"));
}

#[test]
fn a_weekday_needs_a_year_near_by() {
    let page = |more: &str| {
        format!(
            "Trois soldats tués\n\nTrois soldats ont été tués dans une embuscade, a annoncé jeudi 6 février l'état-major dans un communiqué.\n\n{more}\n"
        )
    };
    let a = read(&page(
        "Un accord avait été conclu en mai 2017, puis violé en 2018 par les deux camps, selon les observateurs.",
    ));
    assert_eq!(published(&a), Some(("2020-02-06".into(), "2020-02-07".into(), "weekday")));
    let a =
        read(&page("Un accord avait été conclu, puis violé par les deux camps, selon les observateurs de la région."));
    assert_eq!(a.published, None);
    assert_eq!(a.partial.and_then(|p| p.weekday), Some(4));
}

#[test]
fn the_text_alone_bounds_it() {
    let a = read(
        "Trois soldats tués\n\nTrois soldats ont été tués le mardi 29 novembre 2022 dans une embuscade, a annoncé l'état-major.\n\nLa route a été rouverte hier jeudi, selon le gouverneur de la région.\n",
    );
    assert_eq!(published(&a), Some(("2022-12-02".into(), "2022-12-02".into(), "text")));
    assert_eq!(a.weekday.map(|w| w.0), Some(5));
    let a = read(&format!(
        "Trois soldats tués\n\n{BODY}\nLa guerre a commencé le 15 mars 2011, après des mois de manifestations contre le pouvoir.\n\n{BODY}"
    ));
    assert_eq!(a.published, None);
}

#[test]
fn caller_metadata_and_address() {
    let page = format!("Trois soldats tués\n4 décembre 2022\n\n{BODY}");
    let meta = Meta { published: Some("2022-12".into()), ..Meta::default() };
    let a = read_as("p.txt", page.as_bytes(), meta);
    assert_eq!(published(&a), Some(("2022-12-01".into(), "2022-12-31".into(), "override")));
    let meta = Meta { published: Some("bientôt".into()), ..Meta::default() };
    let a = read_as("p.txt", page.as_bytes(), meta);
    assert_eq!(published(&a).map(|p| p.2), Some("dateline"));
    assert!(a.notes.iter().any(|n| n.code == "published-unreadable"));
    for url in [
        "https://x.example/2020/02/20/titre",
        "https://x.example/titre-20200220.html",
        "https://x.example/a-2020-02-20-b",
    ] {
        let meta = Meta { url: Some(url.into()), ..Meta::default() };
        let a = read_as("p.txt", format!("Trois soldats tués\n\n{BODY}").as_bytes(), meta);
        assert_eq!(published(&a), Some(("2020-02-20".into(), "2020-02-20".into(), "url")), "{url}");
    }
}

#[test]
fn days_that_do_not_exist_are_none() {
    for line in ["31/02/2020", "45.12.2021", "30 février 2020", "Publié le 00/00/0000"] {
        assert_eq!(read(&format!("Trois soldats tués\n{line}\n\n{BODY}")).published, None, "{line}");
    }
}

#[test]
fn stamps_and_months() {
    let a = read(&format!("date 2022-12 Trois soldats tués\n\n{BODY}"));
    assert_eq!(published(&a), Some(("2022-12-01".into(), "2022-12-31".into(), "dateline")));
    assert_eq!(day(&format!("date 2022-12-04 Trois soldats tués\n\n{BODY}")).as_deref(), Some("2022-12-04"));
    let a = read(&format!("Trois soldats tués\n\nPublié en décembre 2022\n\n{BODY}"));
    assert_eq!(published(&a).map(|p| p.0).as_deref(), Some("2022-12-01"));
    // A month with its year in a heading or a sentence is what the text tells of.
    assert_eq!(read(&format!("Trois soldats tués\n\nMars 2022\n\n{BODY}")).published, None);
    // Two figures are a day only behind a word that a day follows.
    let page = |l: &str| format!("Trois soldats tués\n{l}\n\n{BODY}\n\n© 2022 La Gazette");
    assert_eq!(day(&page("Publié le 4/12 à 9h")).as_deref(), Some("2022-12-04"));
    assert_eq!(day(&page("Lecture 4/12")), None);
    // The printed address of the page, but not those of others.
    assert_eq!(
        day(&format!("Trois soldats tués\n\n{BODY}\n\nhttps://x.example/2022/12/04/a")).as_deref(),
        Some("2022-12-04")
    );
    let two = format!("Trois soldats tués\n\n{BODY}\n\nhttps://x.example/2022/12/04/a\nhttps://x.example/2022/11/02/b");
    assert_eq!(day(&two), None);
}
