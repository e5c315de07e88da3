//! HTML pages: visible text, markup hints, offsets.

mod common;
use common::{kind, published, read_as, why};
use recoupe_page::{Article, BlockKind, Meta, Why};

fn html(body: &str) -> Article {
    read_as("page.html", body.as_bytes(), Meta::default())
}

const PAGE: &str = r#"<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Frappe | Le Phare</title>
<meta property="og:title" content="Frappe sur le port : six dockers tu&eacute;s"><meta property="og:site_name" content="Le Phare">
<script type="application/ld+json">{"@context":"x","@graph":[{"@type":"NewsArticle","datePublished":"2021-03-04T08:00:00+01:00"}]}</script>
<script>document.write("<p>Dix mille morts.</p>")</script><style>p{color:red}</style></head>
<body><nav><ul><li><a href="/">Accueil</a></li><li><a href="/m">Monde</a></li></ul></nav>
<div class="cookie-banner"><p>Nous mesurons l'audience de notre site et vous proposons des contenus adapt&eacute;s.</p></div>
<article><h1>Frappe sur le port : six dockers tués</h1><div class="share-bar"><a>Facebook</a> <a>Twitter</a></div>
<figure><img src=x><figcaption>Le port, mercredi 3 mars. &copy; J. Doe / XYZ</figcaption></figure>
<p>Six dockers ont été tués mercredi par une frappe de l&rsquo;aviation sur le port, a annoncé le minist&egrave;re de
la Sant&eacute;, qui fait aussi &eacute;tat de <b>onze</b> bless&eacute;s.</p>
<aside><h3>Lire aussi</h3><a href=x>Un navire saisi au large</a></aside>
<h2>Un port vital</h2><p>La coalition d&#233;ment avoir visé des civils. Elle dit avoir détruit un dépôt d'armes.</p>
<p>Il reste une question &amp; peu de réponses, dit un docker
</article><div id="comments"><p>On nous cache tout, il y avait au moins 40 morts ce jour-là et personne ne dit rien ici.</p></div>
<footer><p>&copy; Le Phare 2021. Tous droits r&eacute;serv&eacute;s.</p></footer></body></html>"#;

#[test]
fn markup_is_resolved_and_counts() {
    let a = html(PAGE);
    assert!(a.html);
    assert_eq!(kind(&a, "Frappe sur le port"), BlockKind::Title);
    assert_eq!(kind(&a, "Le port, mercredi"), BlockKind::Caption);
    assert_eq!(kind(&a, "Un port vital"), BlockKind::Heading);
    assert_eq!(kind(&a, "onze blessés"), BlockKind::Body);
    assert_eq!(kind(&a, "Il reste une question & peu"), BlockKind::Body);
    for (part, reason) in [
        ("Accueil", Why::Menu),
        ("audience", Why::Form),
        ("Facebook", Why::Share),
        ("J. Doe", Why::Credit),
        ("Un navire", Why::Related),
        ("40 morts", Why::Comments),
        ("Tous droits", Why::Menu),
    ] {
        assert_eq!(why(&a, part), Some(reason), "{part}");
    }
    assert_eq!(published(&a), Some(("2021-03-04".into(), "2021-03-04".into(), "metadata")));
    assert_eq!(a.outlet.as_ref().map(|o| o.name.as_str()), Some("Le Phare"));
    assert!(!a.text.contains("Dix mille") && !a.text.contains("color:red"));
}

#[test]
fn spans_lead_back_to_the_markup() {
    let a = html(PAGE);
    for (word, raw) in [
        ("onze", "onze"),
        ("l’aviation", "l&rsquo;aviation"),
        ("Santé", "Sant&eacute;"),
        ("dément", "d&#233;ment"),
        ("question & peu", "question &amp; peu"),
        ("ministère de la", "minist&egrave;re de\nla"),
    ] {
        let at = a.text.find(word).unwrap_or_else(|| panic!("{word} is visible"));
        let span = recoupe_text::Span::new(at, at + word.len());
        assert_eq!(a.original_span(span).of(&a.original), raw);
        assert_eq!(a.quote(span), word);
    }
}

#[test]
fn a_form_around_the_whole_page_is_no_form() {
    let a = html(
        "<html><body><form id=aspnet><h1>Un village repris par l'armée</h1><p>L'armée a annoncé mardi avoir repris le village, perdu en janvier, après trois jours de combats contre les rebelles de la région.</p><p>Un porte-parole des rebelles a démenti, et affirmé que ses hommes tenaient toujours l'école et la route qui mène au fleuve.</p></form></body></html>",
    );
    assert_eq!(kind(&a, "L'armée a annoncé"), BlockKind::Body);
}

#[test]
fn broken_markup_is_read_as_far_as_it_goes() {
    for page in [
        "<p>Texte <b>gras <i>et penché</b> encore",
        "<html><body><div><div><p>Un",
        "</p></div></html>Un texte après la fin",
        "<a href=\"x\nUn guillemet jamais fermé > texte",
        "<!-- jamais fermé <p>texte",
        "<script>jamais fermé <p>texte",
        "&#xFFFFFFFF; &#0; &nosuch; & <",
        "<p>\u{0}\u{feff}texte\u{202e}</p>",
    ] {
        let a = html(page);
        for b in &a.blocks {
            assert!(!a.quote(b.span).is_empty() || b.span.is_empty());
        }
    }
    let deep = "<div>".repeat(100_000) + "<p>Au fond, un texte.</p>";
    assert!(html(&deep).text.contains("Au fond"));
}

#[test]
fn mojibake_and_declared_encodings() {
    let a = read_as("p.html", b"<html><head><meta charset=windows-1252></head><body><p>L\x92arm\xe9e a repris la ville mardi, selon un communiqu\xe9.</p></body></html>", Meta::default());
    assert_eq!(a.encoding, "windows-1252");
    assert!(a.text.contains("L’armée"));
    let page = "Le maire a été tué\n\nLâ€™armÃ©e a annoncÃ© avoir repris Ã  l'aube le village, perdu en janvier par les forces du rÃ©gime.\n";
    let a = read_as("p.txt", page.as_bytes(), Meta::default());
    assert!(a.text.contains("L’armée a annoncé avoir repris à"));
    assert!(a.notes.iter().any(|n| n.code == "mojibake-undone"));
    let at = a.text.find("armée").expect("undone");
    let span = recoupe_text::Span::new(at, at + "armée".len());
    assert_eq!(a.quote(span), "armÃ©e");
    assert_eq!(a.original_span(span).of(page), "armÃ©e");
}
