//! Dates: what day a wording means, counted from the day of publication or of the narrative.

mod common;

use jiff::civil::Date;
use recoupe_mention::time::{Anchor, Basis, TimeKind, TimeMention, TimeReader};
use recoupe_mention::toks::Toks;
use recoupe_pack::Packs;
use recoupe_text::Token;

fn reader() -> TimeReader {
    TimeReader::load(&Packs::baked(), "fr").expect("times.toml")
}

fn day(s: &str) -> Option<(Date, Date)> {
    if s.is_empty() {
        return None;
    }
    let d: Date = s.parse().expect("an ISO date");
    Some((d, d))
}

fn read(r: &TimeReader, text: &str, anchor: &Anchor, tokens: &[Token]) -> Vec<TimeMention> {
    let folded = Toks::folded(text, tokens);
    r.find(&Toks::new(text, tokens, &folded), anchor)
}

/// `2020-02-20`, `2020-02-01..2020-02-29`, `?` where nothing can be counted; a mark in front tells kinds that are no point.
fn show(m: &TimeMention) -> String {
    let mark = match m.kind {
        TimeKind::Point => "",
        TimeKind::Duration => return "len".to_owned(),
        TimeKind::Recurrence => return "often".to_owned(),
        TimeKind::DayPart => return m.from.map_or("hour".to_owned(), |d| format!("hour {d}")),
        TimeKind::Since => "since ",
        TimeKind::Until => "until ",
        TimeKind::Future => "will ",
    };
    match (m.from, m.to) {
        (Some(a), Some(b)) if a == b => format!("{mark}{a}"),
        (Some(a), Some(b)) => format!("{mark}{a}..{b}"),
        _ => format!("{mark}?"),
    }
}

/// Rows: sentence, what is expected. All are read on a page of `published`, after talk of `narrative`.
fn table(published: &str, narrative: &str, future: bool, rows: &[(&str, &str)]) {
    let r = reader();
    let anchor = Anchor { published: day(published), narrative: day(narrative), future };
    let seg = common::segmenter("fr");
    let mut wrong = Vec::new();
    for (text, want) in rows {
        for (cut, tokens) in common::cuts(&seg, text).iter().enumerate() {
            let got: Vec<String> = read(&r, text, &anchor, tokens).iter().map(show).collect();
            let got = got.join(", ");
            if got != *want {
                wrong.push(format!("{text} [{cut}]\n   want {want}\n   got  {got}"));
                break;
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

// 20 February 2020 was a Thursday.
const PUB: &str = "2020-02-20";

#[test]
fn weekdays() {
    table(
        PUB,
        "",
        false,
        &[
            ("Deux soldats ont été tués jeudi.", "2020-02-20"),
            ("Mercredi, l'armée a avancé.", "2020-02-19"),
            ("vendredi, des frappes", "2020-02-14"),
            ("vendredi dernier", "2020-02-14"),
            ("jeudi dernier", "2020-02-13"),
            ("jeudi prochain", "will 2020-02-27"),
            ("ce jeudi", "2020-02-20"),
            ("ce lundi, la ville", "2020-02-17"),
            ("jeudi soir", "2020-02-20"),
            ("mercredi matin", "2020-02-19"),
            ("mercredi en milieu de journée", "2020-02-19"),
            ("mardi avant l'aube", "2020-02-18"),
            ("dimanche à l'aube", "2020-02-16"),
            ("à l'aube de dimanche", "2020-02-16"),
            ("dans la soirée de mercredi", "2020-02-19"),
            ("mardi après-midi", "2020-02-18"),
            ("vendredi en fin de journée", "2020-02-14"),
            ("dans la nuit de mardi à mercredi", "2020-02-18..2020-02-19"),
            ("Dans la nuit de mercredi à jeudi", "2020-02-19..2020-02-20"),
            ("mardi et mercredi", "2020-02-18..2020-02-19"),
            ("de lundi à mercredi", "2020-02-17..2020-02-19"),
            ("depuis vendredi", "since 2020-02-14..2020-02-20"),
            ("jusqu'à mercredi", "until 2020-02-19"),
            ("ce week-end", "2020-02-15..2020-02-16"),
            ("le week-end dernier", "2020-02-15..2020-02-16"),
            ("mercredi 4, à Alep", "2019-12-04"),
            ("mercredi 19", "2020-02-19"),
        ],
    );
}

#[test]
fn weekdays_to_come() {
    table(
        "2020-03-04",
        "",
        true,
        &[("les entretiens de jeudi", "will 2020-03-05"), ("mercredi", "2020-03-04"), ("le 5 mars", "will 2020-03-05")],
    );
}

#[test]
fn near_the_page() {
    table(
        PUB,
        "",
        false,
        &[
            ("hier", "2020-02-19"),
            ("hier soir", "2020-02-19"),
            ("avant-hier", "2020-02-18"),
            ("aujourd'hui", "2020-02-20"),
            ("aujourd’hui", "2020-02-20"),
            ("demain", "will 2020-02-21"),
            ("ce matin", "2020-02-20"),
            ("cette nuit", "2020-02-19..2020-02-20"),
            ("la nuit dernière", "2020-02-19..2020-02-20"),
            ("il y a trois jours", "2020-02-17"),
            ("Il y a deux semaines", "2020-02-03..2020-02-09"),
            ("il y a un an", "2019-01-01..2019-12-31"),
            ("il y a deux mois", "2019-12-01..2019-12-31"),
            ("il y a quelques jours", "2020-02-13..2020-02-18"),
            ("la semaine dernière", "2020-02-10..2020-02-16"),
            ("le mois dernier", "2020-01-01..2020-01-31"),
            ("au cours du mois dernier", "2020-01-01..2020-01-31"),
            ("l'an dernier", "2019-01-01..2019-12-31"),
            ("l'année dernière", "2019-01-01..2019-12-31"),
            ("cette semaine", "2020-02-17..2020-02-20"),
            ("cette année", "2020-01-01..2020-02-20"),
            ("ce mois-ci", "2020-02-01..2020-02-20"),
            ("au cours des dernières 24 heures", "2020-02-19..2020-02-20"),
            ("au cours des 24 dernières heures", "2020-02-19..2020-02-20"),
            ("ces dernières heures", "2020-02-19..2020-02-20"),
            ("ces dernières semaines", "2020-01-23..2020-02-20"),
            ("ces trois derniers jours", "2020-02-17..2020-02-20"),
            ("au cours de la semaine écoulée", "2020-02-13..2020-02-20"),
            ("la semaine prochaine", "will 2020-02-24..2020-03-01"),
            ("dans les prochains jours", "will 2020-02-20..2020-02-27"),
            ("dans deux jours", "will 2020-02-22"),
            ("d'ici la fin du mois", "until 2020-02-21..2020-02-29"),
            ("depuis le début de l'année", "since 2020-01-01..2020-02-20"),
            ("depuis deux semaines", "since 2020-02-06..2020-02-20"),
            ("en début de semaine", "2020-02-17..2020-02-19"),
        ],
    );
}

#[test]
fn months_years_seasons() {
    table(
        PUB,
        "",
        false,
        &[
            ("en janvier", "2020-01-01..2020-01-31"),
            ("en décembre", "2019-12-01..2019-12-31"),
            ("En août, l'armée", "2019-08-01..2019-08-31"),
            ("début janvier", "2020-01-01..2020-01-10"),
            ("à la mi-janvier", "2020-01-11..2020-01-20"),
            ("mi-janvier", "2020-01-11..2020-01-20"),
            ("fin janvier", "2020-01-21..2020-01-31"),
            ("à la fin du mois de janvier", "2020-01-21..2020-01-31"),
            ("courant février", "2020-02-01..2020-02-29"),
            ("en septembre 2018", "2018-09-01..2018-09-30"),
            ("en décembre dernier", "2019-12-01..2019-12-31"),
            ("en 2018", "2018-01-01..2018-12-31"),
            ("depuis 2011", "since 2011-01-01..2020-02-20"),
            ("depuis le mois d'août", "since 2019-08-01..2020-02-20"),
            ("depuis le début décembre", "since 2019-12-01..2020-02-20"),
            ("jusqu'en mars 2019", "until 2019-03-01..2019-03-31"),
            ("fin 2019", "2019-10-01..2019-12-31"),
            ("les deux dernières semaines de janvier", "2020-01-18..2020-01-31"),
            ("la première semaine de février", "2020-02-01..2020-02-07"),
            ("l'été dernier", "2019-06-01..2019-09-30"),
            ("l'été 2018", "2018-06-01..2018-09-30"),
            ("au printemps 2019", "2019-03-01..2019-06-30"),
            ("de janvier à mars 2019", "2019-01-01..2019-03-31"),
            ("entre 2014 et 2017", "2014-01-01..2017-12-31"),
        ],
    );
}

#[test]
fn days_written_out() {
    table(
        PUB,
        "",
        false,
        &[
            ("le 3 février", "2020-02-03"),
            ("Le 27 février 2019", "2019-02-27"),
            ("jeudi 6 février", "2020-02-06"),
            ("le mardi 18 février 2020", "2020-02-18"),
            ("6/02/2020", "2020-02-06"),
            ("le 06.02.20", "2020-02-06"),
            ("2020-02-06", "2020-02-06"),
            ("sam. 15/02/2020", "2020-02-15"),
            ("le 1er octobre", "2019-10-01"),
            ("le 2 novembre 2018", "2018-11-02"),
            ("le 9 octobre dernier", "2019-10-09"),
            ("depuis le 1er novembre", "since 2019-11-01..2020-02-20"),
            ("du 3 au 5 février", "2020-02-03..2020-02-05"),
            ("du 28 janvier au 3 février", "2020-01-28..2020-02-03"),
            ("entre le 3 et le 12 février", "2020-02-03..2020-02-12"),
            ("les 3 et 4 février", "2020-02-03..2020-02-04"),
            ("dans la nuit du 3 au 4 février", "2020-02-03..2020-02-04"),
            ("les attaques du 7 octobre", "2019-10-07"),
            ("les attaques du 7-Octobre", "2019-10-07"),
            ("le 24 nov. 2019", "2019-11-24"),
            ("le onze septembre 2001", "2001-09-11"),
            ("le 29 décembre", "2019-12-29"),
            ("le 25 février", "will 2020-02-25"),
            ("le 31 février", ""),
            ("né le 26 octobre 1881", "1881-10-26"),
            ("jeudi 12 civils sont morts", "2020-02-20"),
            ("jeudi deux missiles", "2020-02-20"),
            ("le 12, deux soldats", "2020-02-12"),
            ("avant le 3 mars 2020", "until 2020-03-03"),
            ("jusqu'au 5 février", "until 2020-02-05"),
            ("au soir du 5 février", "2020-02-05"),
        ],
    );
}

#[test]
fn counted_from_the_narrative() {
    table(
        PUB,
        "2020-02-10",
        false,
        &[
            ("la veille", "2020-02-09"),
            ("la veille au soir", "2020-02-09"),
            ("l'avant-veille", "2020-02-08"),
            ("le lendemain", "2020-02-11"),
            ("au lendemain", "2020-02-11"),
            ("dès le lendemain", "2020-02-11"),
            ("le surlendemain", "2020-02-12"),
            ("deux jours plus tard", "2020-02-12"),
            ("trois jours auparavant", "2020-02-07"),
            ("le même jour", "2020-02-10"),
            ("ce jour-là", "2020-02-10"),
            ("plus tard dans la journée", "2020-02-10"),
            ("Quelques heures plus tard", "2020-02-10"),
            ("dans la soirée", "hour 2020-02-10"),
            ("à l'aube", "hour 2020-02-10"),
            ("vers 3 heures du matin", "hour 2020-02-10"),
            ("vers 15h30", "hour 2020-02-10"),
            ("dimanche, puis deux jours plus tard", "2020-02-16, 2020-02-18"),
        ],
    );
    table(PUB, "", false, &[("la veille", "2020-02-19"), ("le lendemain", "?"), ("dans la soirée", "hour")]);
}

#[test]
fn lengths_and_repetitions() {
    table(
        PUB,
        "",
        false,
        &[
            ("neuf ans de guerre", "len"),
            ("pendant deux semaines", "len"),
            ("après trois jours de combats", "len"),
            ("en deux jours", "len"),
            ("une trêve de 72 heures", "len"),
            ("une dizaine de jours", "len"),
            ("chaque jour", "often"),
            ("tous les jours", "often"),
            ("tous les vendredis", "often"),
            ("deux ans après la chute de la ville", "len"),
        ],
    );
}

#[test]
fn what_is_no_date() {
    table(
        PUB,
        "",
        false,
        &[
            ("le Mouvement du 23 mars", ""),
            ("la zone du 5-Juillet", ""),
            ("la planète Mars", ""),
            ("Avril Haines a parlé", ""),
            ("l'esprit de mai 68", ""),
            ("trois soldats ont été tués", ""),
            ("il a été blessé", ""),
            ("la route nationale 2", ""),
            ("le Mardi Gras", ""),
            ("l'or et le second groupe", ""),
            ("2000 personnes", ""),
            ("un Mirage 2000", ""),
            ("le 12e régiment", ""),
            ("le 4x4", ""),
            ("le 20 % restant", ""),
            ("un score de 4 à 3", ""),
            ("de huit à vingt kilomètres", ""),
            ("un siècle plus tôt", ""),
            ("En hiver, il neige", ""),
            ("un bon week-end", ""),
        ],
    );
}

#[test]
fn without_a_publication_date() {
    let r = reader();
    let none = Anchor::default();
    let m = &read(&r, "jeudi soir, à Alep", &none, &common::tokens("jeudi soir, à Alep", true))[0];
    assert_eq!((m.from, m.basis, m.weekday), (None, Basis::Unresolved, Some(4)));
    let m = &read(&r, "le 15 août, à Alep", &none, &common::tokens("le 15 août, à Alep", true))[0];
    assert_eq!((m.from, m.day, m.month), (None, Some(15), Some(8)));
    let m = &read(&r, "le 15 août 2019, à Alep", &none, &common::tokens("le 15 août 2019, à Alep", true))[0];
    assert_eq!((m.from.map(|d| d.to_string()), m.basis), (Some("2019-08-15".to_owned()), Basis::Absolute));
    table(
        "",
        "",
        false,
        &[
            ("hier", "?"),
            ("mercredi matin", "?"),
            ("en 2018", "2018-01-01..2018-12-31"),
            ("il y a trois jours", "?"),
            ("la veille", "?"),
        ],
    );
}

#[test]
fn an_uncertain_publication_widens() {
    let r = reader();
    let anchor = Anchor { published: Some((day(PUB).unwrap().0, day("2020-02-21").unwrap().0)), ..Anchor::default() };
    let m = &read(&r, "hier", &anchor, &common::tokens("hier", true))[0];
    assert_eq!(show(m), "2020-02-19..2020-02-20");
    let m = &read(&r, "jeudi", &anchor, &common::tokens("jeudi", true))[0];
    assert_eq!(show(m), "2020-02-20");
}

#[test]
fn spans_are_the_words() {
    let r = reader();
    let text = "Ils ont été tués dans la nuit de mardi à mercredi, puis jeudi à l’aube.";
    let anchor = Anchor { published: day(PUB), ..Anchor::default() };
    let got: Vec<&str> = read(&r, text, &anchor, &common::tokens(text, true)).iter().map(|m| m.span.of(text)).collect();
    assert_eq!(got, ["dans la nuit de mardi à mercredi", "jeudi à l’aube"]);
}

#[test]
fn never_panics_on_odd_text() {
    let (r, seg) = (reader(), common::segmenter("fr"));
    let anchor = Anchor { published: day("9999-12-31"), narrative: day("-009999-01-01"), future: true };
    for text in [
        "il y a 9999999999999 ans",
        "dans 999999999 jours",
        "le 31 février",
        "du 3 au",
        "entre le",
        "31/02/2020",
        "le 29 février",
        "l'hiver dernier",
        "12",
        "mardi-mercredi",
        "fin",
        "99/99/9999",
        "le 1er",
        "depuis",
        "l'été 2099",
        "",
        "’",
        "demain",
    ] {
        for tokens in common::cuts(&seg, text) {
            read(&r, text, &anchor, &tokens);
        }
    }
}

#[test]
fn more_ways_to_say_it() {
    table(
        PUB,
        "2020-02-10",
        false,
        &[
            ("dans la nuit de vendredi 14 à samedi 15 février", "2020-02-14..2020-02-15"),
            ("dans la nuit de dimanche", "2020-02-16"),
            ("dans la journée de mardi", "2020-02-18"),
            ("lundi 3 et mardi 4 février", "2020-02-03, 2020-02-04"),
            ("vendredi 13 h", "2020-02-14, len"),
            ("lundi à 15 h", "2020-02-17"),
            ("ce vendredi 14 février", "2020-02-14"),
            ("hier mercredi", "2020-02-19"),
            ("au cours des derniers jours", "2020-02-13..2020-02-20"),
            ("durant ces deux derniers mois", "2019-12-20..2020-02-20"),
            ("il y a plus d'un mois", "2020-01-01..2020-01-31"),
            ("depuis plus de deux ans", "since 2018-02-20..2020-02-20"),
            ("depuis bientôt un an", "since 2019-02-20..2020-02-20"),
            ("depuis plusieurs semaines", "since ?"),
            ("depuis le début de la guerre", "since ?"),
            ("le 7 octobre 2019 au matin", "2019-10-07"),
            ("au petit matin du 3 février", "2020-02-03"),
            ("une semaine plus tôt", "2020-01-31..2020-02-06"),
            ("une semaine auparavant, mardi", "2020-01-31..2020-02-06, 2020-02-18"),
            ("au mois d'août dernier", "2019-08-01..2019-08-31"),
            ("janvier-février 2019", "2019-01-01..2019-02-28"),
            ("entre janvier et juin 2019", "2019-01-01..2019-06-30"),
            ("de novembre à janvier", "2019-11-01..2020-01-31"),
            ("dans les années 1990", ""),
            ("en 2014 et 2015", "2014-01-01..2015-12-31"),
            ("mi-2019", "2019-05-01..2019-08-31"),
            ("l'hiver dernier", "2018-12-01..2019-03-31"),
            ("durant le week-end", "2020-02-15..2020-02-16"),
            ("ces jours-ci", "2020-02-13..2020-02-20"),
            ("quatre jours après l'attaque", "len"),
            ("trois jours durant", "len"),
            ("quelques minutes plus tard", "2020-02-10"),
            ("dimanche dernier, à Alep", "2020-02-16"),
            ("un communiqué daté du 5 février", "2020-02-05"),
            ("l'accord du 5 mars 2019", "2019-03-05"),
            ("les frappes de mardi", "2020-02-18"),
            ("jeudi, vendredi et samedi", "2020-02-20, 2020-02-14..2020-02-15"),
            ("mercredi soir vers 22 heures", "2020-02-19"),
            ("tôt mardi matin", "2020-02-18"),
            ("mardi tôt le matin", "2020-02-18"),
            ("la semaine suivante", "2020-02-14..2020-02-20"),
            ("du jeudi 6 au samedi 8 février", "2020-02-06..2020-02-08"),
            ("VENDREDI 14 FÉVRIER 2020", "2020-02-14"),
            ("le 1er février\u{a0}2020", "2020-02-01"),
            ("aux premières heures de mardi", "2020-02-18"),
            ("le premier février", "2020-02-01"),
            ("20 février 2020 - 18:30", "2020-02-20"),
        ],
    );
}
