//! Figures: what counts, within which bounds, and what does not count.

mod common;

use recoupe_mention::number::{Kind, NumberReader, Quantity};
use recoupe_mention::toks::Toks;
use recoupe_pack::Packs;
use recoupe_text::Token;

fn show(q: &Quantity) -> String {
    let n = |v: Option<i64>| v.map_or("*".to_owned(), |v| v.to_string());
    let mut s = if q.approx { "~".to_owned() } else { String::new() };
    s += &match (q.min, q.max) {
        (None, None) => "*".to_owned(),
        (a, b) if a == b => n(a),
        (a, b) => format!("{}..{}", n(a), n(b)),
    };
    if q.weak {
        s.push('?');
    }
    s
}

fn read(reader: &NumberReader, text: &str, tokens: &[Token]) -> Vec<Quantity> {
    let folded = Toks::folded(text, tokens);
    reader.find(&Toks::new(text, tokens, &folded))
}

fn reader() -> NumberReader {
    NumberReader::load(&Packs::baked(), "fr").expect("numbers.toml")
}

/// Each line: sentence, then its counts (`un`/`une` as weak ones are left out).
fn table(rows: &[(&str, &str)]) {
    let r = reader();
    let seg = common::segmenter("fr");
    let mut wrong = Vec::new();
    for (text, want) in rows {
        for (cut, tokens) in common::cuts(&seg, text).iter().enumerate() {
            let got: Vec<String> = read(&r, text, tokens)
                .iter()
                .filter(|q| q.counts() && !(q.kind == Kind::Article && q.weak))
                .map(show)
                .collect();
            let got = got.join(" ");
            if got != *want {
                wrong.push(format!("{text} [{cut}]\n   want {want}\n   got  {got}"));
                break;
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

#[test]
fn exact() {
    table(&[
        ("Douze soldats ont péri.", "12"),
        ("Vingt-six civils tués", "26"),
        ("Trente et une personnes sont mortes", "31"),
        ("trente-et-un morts", "31"),
        ("vingt et un soldats et trois miliciens", "21 3"),
        ("trois cent quarante-deux déplacés", "342"),
        ("quatre-vingt-dix-sept corps", "97"),
        ("quatre vingts prisonniers", "80"),
        ("quatre-vingt-un otages", "81"),
        ("soixante et onze blessés", "71"),
        ("soixante-quinze tués", "75"),
        ("septante-deux et nonante-neuf", "72 99"),
        ("deux mille combattants", "2000"),
        ("mille deux cents familles", "1200"),
        ("cent un hommes", "101"),
        ("cent morts", "100"),
        ("dix-sept tués", "17"),
        ("un million deux cent mille personnes", "1200000"),
        ("deux cent mille habitants", "200000"),
        ("1 248 morts", "1248"),
        ("1\u{a0}248 morts", "1248"),
        ("1\u{202f}248 morts", "1248"),
        ("1.248 morts", "1248"),
        ("1’248 morts", "1248"),
        ("300.000 déplacés", "300000"),
        ("300 000 déplacés", "300000"),
        ("12,000 déplacés", "12000"),
        ("1,7 million de déplacés", "1700000"),
        ("1,2 milliard de personnes", "1200000000"),
        ("3 millions et demi de réfugiés", "3500000"),
        ("trois millions et demi de réfugiés", "3500000"),
        ("15 mille personnes", "15000"),
        ("2 000 soldats", "2000"),
        ("2000 soldats", "2000"),
        ("Un seul mort", "1"),
        ("6 civils, dont 2 enfants", "6 2"),
        ("neuf morts", "9"),
        ("12 morts et 30 blessés", "12 30"),
        ("(12 morts)", "12"),
        ("le bilan est de 12 morts", "12"),
        ("les deux soldats", "2"),
        ("deux autres ont été blessés", "2"),
        ("1 million de personnes", "1000000"),
        ("un demi-million de personnes", "~500000"),
    ]);
}

#[test]
fn bounds() {
    table(&[
        ("Au moins neuf civils", "9..*"),
        ("au moins 1 800 morts", "1800..*"),
        ("plus de 300\u{202f}000 personnes", "300000..*"),
        ("pas moins de vingt tués", "20..*"),
        ("vingt morts au minimum", "20..*"),
        ("minimum 5 blessés", "5..*"),
        ("cinq morts ou plus", "5..*"),
        ("cinq ou plus", "5..*"),
        ("douze morts au moins", "12..*"),
        ("douze soldats maliens au moins ont péri", "12..*"),
        ("12 morts, au moins 30 blessés", "12 30..*"),
        ("12 morts et au moins 30 blessés", "12 30..*"),
        ("plus d'une douzaine de blessés", "~12..*"),
        ("plus d’une centaine d’hommes", "~100..*"),
        ("plus d'un millier de familles", "~1000..*"),
        ("au moins une dizaine de morts", "~10..*"),
        ("jusqu'à 60 militaires", "*..60"),
        ("jusqu’à soixante militaires", "*..60"),
        ("moins de 20 hommes", "*..20"),
        ("pas plus de dix blessés", "*..10"),
        ("dix hommes au maximum", "*..10"),
        ("dix tout au plus", "*..10"),
        ("au-delà de 400 morts", "400..*"),
        ("plus d'un mort", "1..*"),
        ("au moins un mort", "1..*"),
        ("un peu plus de 200 familles", "200..*"),
    ]);
}

#[test]
fn ranges() {
    table(&[
        ("entre douze et dix-huit morts", "12..18"),
        ("Entre 15 000 et 20 000 personnes", "15000..20000"),
        ("entre 10.000 et 12.000 déplacés", "10000..12000"),
        ("de 12 à 18 morts", "12..18"),
        ("12 à 15 morts", "12..15"),
        ("deux à trois mille combattants", "2000..3000"),
        ("entre 2 et 3 millions de personnes", "2000000..3000000"),
        ("12-15 morts", "12..15"),
        ("deux ou trois blessés", "2..3"),
        ("un ou deux blessés", "1..2"),
        ("une à deux personnes", "1..2"),
        ("douze, voire quinze morts", "12..15"),
        ("environ 10 à 15 hommes", "~10..15"),
        ("Le bilan est passé de 12 à 18 morts", "18"),
        ("un bilan porté de douze à quinze morts", "15"),
        ("une à deux dizaines de combattants", "~10..20"),
        ("deux à trois cents rebelles", "200..300"),
        ("trois tués à 20 km de là", "3"),
        ("trois morts et quatre blessés", "3 4"),
    ]);
}

#[test]
fn approximations() {
    table(&[
        ("environ 1 200 morts", "~1200"),
        ("quelque 300 000 personnes", "~300000"),
        ("quelques 200 soldats", "~200"),
        ("près de 470 morts", "~470"),
        ("près d'une centaine de morts", "~100"),
        ("autour de cinquante hommes", "~50"),
        ("à peu près trente chars", "~30"),
        ("presque cent obus", "~100"),
        ("douze environ", "~12"),
        ("une douzaine de combattants", "~12"),
        ("une demi-douzaine de roquettes", "~6"),
        ("une bonne dizaine de blessés", "~10"),
        ("deux douzaines de chars", "~24"),
        ("une trentaine de personnes", "~30"),
        ("une cinquantaine d'hommes", "~50"),
        ("Une vingtaine de roquettes", "~20"),
        ("un millier de familles", "~1000"),
        ("une centaine de milliers de déplacés", "~100000"),
        ("des dizaines de morts", "~*"),
        ("Des centaines d'habitants", "~*"),
        ("des milliers de civils", "~*"),
        ("des dizaines de milliers de civils", "~*"),
        ("des millions de gens", "~*"),
        ("plusieurs blessés", "~*"),
        ("plusieurs centaines de blessés", "~*"),
        ("quelques dizaines d'hommes", "~*"),
        ("de nombreux morts", "~*"),
        ("de nombreuses victimes", "~*"),
        ("une poignée d'hommes", "~*"),
        ("quelques soldats", "~*"),
        ("au moins plusieurs dizaines de morts", "~*"),
        ("aucun blessé", "0"),
        ("zéro mort", "0"),
        ("il n'y a pas eu de victimes", "0"),
        ("pas de victimes", "0?"),
    ]);
}

#[test]
fn what_does_not_count() {
    table(&[
        ("en 2018, la ville", ""),
        ("en septembre 2018", ""),
        ("le 3 février 2020", ""),
        ("jeudi 6 février", ""),
        ("du 3 au 5 mars", ""),
        ("les 3 et 4 mai", ""),
        ("mercredi 4, la ville", ""),
        ("le 12, deux soldats", "2"),
        ("vers 3 heures du matin", ""),
        ("à 15h30", ""),
        ("à 15 h 30", ""),
        ("à 14:30", ""),
        ("12 % des habitants", ""),
        ("vingt pour cent des maisons", ""),
        ("un Su-24 abattu", ""),
        ("des BM-21", ""),
        ("un char T-72 et un fusil M4", ""),
        ("un obus de 155 mm", ""),
        ("un Mirage 2000 abattu", ""),
        ("le G5 Sahel", ""),
        ("la route nationale n° 2", ""),
        ("la route n°2", ""),
        ("la résolution 2254 de l'ONU", ""),
        ("à 20 km d'Alep", ""),
        ("10km plus loin", ""),
        ("âgé de 12 ans", ""),
        ("neuf ans de guerre", ""),
        ("trois jours de combats", ""),
        ("3 millions de dollars", ""),
        ("500 $", ""),
        ("les attaques du 7-Octobre", ""),
        ("le Mouvement du 23 mars", ""),
        ("le M23 a tué trois civils", "3"),
        ("Tél. 01 23 45 67 89", ""),
        ("depuis 2011 et 2012", ""),
        ("(2014-2017)", ""),
        ("25/11/2019", ""),
        ("25.11.2019", ""),
        ("2020-02-06", ""),
        ("deux tiers de la ville", ""),
        ("un troisième soldat", ""),
        ("le 1er mars", ""),
        ("la 25e division", ""),
        ("6 sept. 2020", ""),
        ("onze septembre", ""),
        ("de 2000 hommes", "2000"),
        ("près de 2000 hommes", "~2000"),
        ("en 2000, l'armée", ""),
        ("Astana 2", ""),
        ("victoire 3-1", ""),
        ("deux fois", ""),
        ("au cours des 24 dernières heures", ""),
        ("la brigade 47", ""),
        ("né le 26 octobre 1881", ""),
        ("en 1178", ""),
        ("dans les années 30", ""),
        ("à près de 300 km/h", ""),
        ("deux enfants de six et neuf ans", "2"),
        ("la route nationale 16 a été rouverte", ""),
        ("Cette frappe porte à 61 le nombre de civils tués", "61"),
    ]);
}

#[test]
fn the_expression_spans_its_bound() {
    let r = reader();
    let text = "Selon l'OSDH, au moins neuf civils et plus d'une dizaine de soldats.";
    let got: Vec<&str> = read(&r, text, &common::tokens(text, true)).iter().map(|q| q.span.of(text)).collect();
    assert_eq!(got, ["au moins neuf", "plus d'une dizaine"]);
}

#[test]
fn never_panics_on_odd_text() {
    let (r, seg) = (reader(), common::segmenter("fr"));
    for text in [
        "",
        "-",
        "12-",
        "-12",
        "1.2.3.4.5",
        "١٢ مورت",
        "et demi",
        "de à et ou",
        "9999999999999999999 millions",
        "1'",
        "mille mille mille",
        "cent cent",
        "é12é",
        "12é3",
        "plus de",
        "entre et",
        "« 12 »",
        "12—15",
    ] {
        for tokens in common::cuts(&seg, text) {
            read(&r, text, &tokens);
        }
    }
}

#[test]
fn more_ways_to_say_it() {
    table(&[
        ("cent-vingt morts", "120"),
        ("deux-cents blessés", "200"),
        ("mille-deux-cents familles", "1200"),
        ("cinq cent mille déplacés", "500000"),
        ("trente-six mille", "36000"),
        ("Dizaines de morts à Alep", "~*"),
        ("des centaines de milliers de déplacés", "~*"),
        ("par dizaines", "~*"),
        ("30 à 40 % des habitants", ""),
        ("cinq à six jours", ""),
        ("un missile 47B2", ""),
        ("un drone Shahed 136 abattu", ""),
        ("une femme et ses trois enfants", "3"),
        ("80 morts (70 civils et 10 soldats)", "80 70 10"),
        ("Au total, 14 personnes, dont 5 enfants", "14 5"),
        ("6 000 à 7 000 personnes", "6000..7000"),
        ("d'ici 2025, la ville", ""),
        ("une soixantaine d'autres", "~60"),
        ("près d'un millier d'hommes", "~1000"),
        ("un bilan de 34 morts", "34"),
        ("trois morts, selon l'AFP du 12 mars", "3"),
        ("les 6-7 octobre", ""),
        ("le bilan est monté à 45 morts", "45"),
        ("deux mille vingt-trois soldats", "2023"),
        ("50/50", ""),
        ("au nombre de six", "6"),
        ("le nombre de morts", ""),
        ("un grand nombre de blessés", "~*"),
        ("De très nombreux blessés", "~*"),
        ("un véhicule neuf.", "9?"),
        ("la vingtaine de blessés", "~20"),
        ("cette quinzaine de prisonniers", "~15"),
        ("4\u{a0}000 hommes", "4000"),
        ("4\u{2009}000 hommes", "4000"),
        ("« 12 » morts", "12"),
        ("MOINS DE VINGT MORTS", "*..20"),
        ("TRENTE-DEUX MORTS", "32"),
        ("Quatre-Vingt-Dix blessés", "90"),
        ("soixante-et-onze", "71"),
        ("deux obus de 120 mm", "2"),
        ("de 3 à 4 millions de personnes", "3000000..4000000"),
        ("10 000 dollars et 3 otages", "3"),
        ("21 ans plus tard", ""),
        ("18h30", ""),
        ("à 8 heures 30", ""),
        ("entre 20 et 25 km", ""),
        ("plus de la moitié", ""),
        ("quinze autres civils", "15"),
        ("sept soldats et un civil", "7"),
    ]);
}
