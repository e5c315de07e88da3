//! Names that stand together on a page settle one another.

use recoupe_gazetteer::{Context, KindHint, PlaceQuery, Precision, resolve};

mod common;

/// Each name with what it should come to: `Name=CC`, or `Name=` where nothing should be found. No country is given beforehand.
#[track_caller]
fn page(names: &[&str]) {
    let g = common::gazetteer();
    let pairs: Vec<(&str, &str)> = names.iter().filter_map(|n| n.split_once('=')).collect();
    let queries: Vec<PlaceQuery<'_>> =
        pairs.iter().map(|(name, _)| PlaceQuery { name, cued: true, ..Default::default() }).collect();
    let found = resolve(g, &queries, &Context::default());
    for ((name, country), r) in pairs.iter().zip(found) {
        let got = r.and_then(|r| g.place(r.place));
        let code = got.map_or(String::new(), |p| p.country_code().to_owned());
        assert_eq!(&code, country, "{name} in {names:?} came to {got:?}");
    }
}

#[test]
fn neighbours_decide() {
    page(&["Tripoli=LY", "Benghazi=LY", "Tarhouna=LY", "Syrte=LY"]);
    page(&["Tripoli=LB", "Beyrouth=LB", "Saïda=LB", "Tyr=LB"]);
    page(&["Idleb=SY", "Neirab=SY", "Saraqeb=SY", "Alep=SY", "Moscou=RU", "Ankara=TR", "Sotchi=RU"]);
    page(&["Rafah=PS", "Khan Younès=PS", "Gaza=PS", "Le Caire=EG"]);
    page(&["Fizouli=AZ", "Hadrout=AZ", "Bakou=AZ", "Erevan=AM", "Terter=AZ"]);
    page(&["Goma=CD", "Saké=CD", "Minova=CD", "Kigali=RW", "Kinshasa=CD"]);
    page(&["Nikopol=UA", "Enerhodar=UA", "Zaporijjia=UA", "Moscou=RU"]);
    page(&["Boni=ML", "Hombori=ML", "Douentza=ML", "Bamako=ML"]);
    page(&["Palma=MZ", "Pemba=MZ", "Mueda=MZ"]);
    page(&["Palma=ES", "Madrid=ES", "Barcelone=ES"]);
    page(&["Bama=NG", "Monguno=NG", "Maiduguri=NG"]);
    page(&["Bara=SD", "El-Obeid=SD", "Khartoum=SD", "Bahri=SD"]);
}

#[test]
fn countries_are_found_in_french() {
    page(&[
        "Syrie=SY",
        "Turquie=TR",
        "Russie=RU",
        "Liban=LB",
        "Irak=IQ",
        "Jordanie=JO",
        "Égypte=EG",
        "Émirats arabes unis=AE",
    ]);
    page(&["Mali=ML", "Niger=NE", "Burkina Faso=BF", "Tchad=TD", "Nigeria=NG", "Côte d’Ivoire=CI", "Bénin=BJ"]);
    page(&[
        "Ukraine=UA",
        "Biélorussie=BY",
        "Géorgie=GE",
        "Arménie=AM",
        "Azerbaïdjan=AZ",
        "Moldavie=MD",
        "États-Unis=US",
    ]);
    page(&[
        "Yémen=YE",
        "Arabie saoudite=SA",
        "Soudan=SD",
        "Soudan du Sud=SS",
        "Éthiopie=ET",
        "Érythrée=ER",
        "Somalie=SO",
    ]);
    page(&["Birmanie=MM", "Haïti=HT", "Colombie=CO", "République centrafricaine=CF", "Congo-Kinshasa=CD"]);
}

#[test]
fn every_script_is_read() {
    page(&["إدلب=SY", "حلب=SY", "سراقب=SY", "دمشق=SY"]);
    page(&["Харків=UA", "Бахмут=UA", "Київ=UA", "Донецьк=UA"]);
    page(&["Москва=RU", "Курск=RU", "Белгород=RU"]);
    page(&["תל אביב=IL", "חיפה=IL", "ירושלים=IL"]);
    page(&["İdlib=SY", "Halep=SY", "Şam=SY"]);
}

#[test]
fn unknown_words_are_no_places() {
    page(&["Xyzzyq=", "Qwrtplk=", "=", "-=", "’=", "al-=", "\u{0}\u{ffff}="]);
}

#[test]
fn the_word_for_the_kind_counts() {
    let g = common::gazetteer();
    let syria = Context { countries: vec![(*b"SY", 3)], anchors: vec![] };
    let one = |q: PlaceQuery<'_>, c: &Context| resolve(g, &[q], c)[0].expect("a place");
    let town = one(PlaceQuery { name: "Idleb", ..Default::default() }, &syria);
    let province = one(PlaceQuery { name: "Idleb", kind: Some(KindHint::Province), ..Default::default() }, &syria);
    assert_eq!((town.precision, province.precision), (Precision::Town, Precision::Province));
    let spelled = one(PlaceQuery { name: "province d’Idleb", ..Default::default() }, &syria);
    assert_eq!(spelled.precision, Precision::Province);
    let mali = one(PlaceQuery { name: "Boni", country: Some(*b"ML"), ..Default::default() }, &syria);
    assert_eq!(g.place(mali.place).map(|p| p.country), Some(*b"ML"));
    let sea = one(PlaceQuery { name: "mer Rouge", ..Default::default() }, &syria);
    assert_eq!((g.place(sea.place).map(|p| p.country), sea.precision), (Some(*b"  "), Precision::Province));
}

#[test]
fn the_batch_decides_between_towns_of_one_country() {
    let g = common::gazetteer();
    let q = [PlaceQuery { name: "Neirab", cued: true, ..Default::default() }];
    let near = |point| {
        let context = Context { countries: vec![(*b"SY", 5)], anchors: vec![point] };
        let r = resolve(g, &q, &context)[0].expect("a place");
        g.place(r.place).map(|p| p.lon).unwrap_or_default()
    };
    assert!(near((35.86, 36.81)) < 37.0, "by Saraqib");
    assert!(near((36.19, 37.23)) > 37.0, "by Aleppo's airport");
}
