//! Each reason for leaving a part of a page out, and what must never be left out.

mod common;
use common::{BODY, kind, read, why};
use recoupe_page::{BlockKind, Why};

#[test]
fn menus_above_and_below() {
    let a = read(&format!(
        "Accueil | Monde | Sahel | Vidéos\nLa Dépêche du Fleuve\nMonde\n\nTrois soldats tués dans une embuscade\n\n{BODY}\nMentions légales - Plan du site - Qui sommes-nous ?\nRégie | Recrutement\n"
    ));
    assert_eq!(why(&a, "Vidéos"), Some(Why::Menu));
    assert_eq!(why(&a, "La Dépêche"), Some(Why::Menu));
    assert_eq!(why(&a, "Plan du site"), Some(Why::Menu));
    assert_eq!(why(&a, "Recrutement"), Some(Why::Menu));
    assert_eq!(kind(&a, "Trois soldats tués dans une embuscade"), BlockKind::Title);
    assert_eq!(kind(&a, "Les assaillants"), BlockKind::Body);
    assert_eq!(a.outlet.map(|o| o.name).as_deref(), Some("La Dépêche du Fleuve"));
}

#[test]
fn share_buttons_and_counters() {
    let a = read(&format!(
        "Trois soldats tués dans une embuscade\nPartager sur Facebook\nTweeter\n1 248\nEnvoyer à un ami | Imprimer\n\n{BODY}\nSuivez-nous sur nos réseaux\n"
    ));
    for part in ["Partager sur", "Tweeter", "1 248", "Imprimer", "Suivez-nous"] {
        assert_eq!(why(&a, part), Some(Why::Share), "{part}");
    }
}

#[test]
fn forms() {
    let a = read(&format!(
        "Trois soldats tués dans une embuscade\nSe connecter\nRechercher\n\n{BODY}\nNEWSLETTER\nRecevez chaque matin l'essentiel de l'actualité dans votre boîte.\nVotre adresse e-mail\nFaites un don, votre soutien nous est précieux.\n"
    ));
    for part in ["Se connecter", "Rechercher", "NEWSLETTER", "Recevez chaque", "Votre adresse", "Faites un don"] {
        assert_eq!(why(&a, part), Some(Why::Form), "{part}");
    }
}

#[test]
fn a_newsletter_amid_the_article_ends_before_the_next_heading() {
    let a = read(&format!(
        "Trois soldats tués dans une embuscade\n\n{BODY}\nNewsletter\nLe meilleur de la semaine\nJe m'inscris\n\nUne région sans État\n\nDes milliers de personnes ont déjà quitté la région, d'après les chiffres du gouvernorat.\n"
    ));
    assert_eq!(why(&a, "Le meilleur"), Some(Why::Form));
    assert_eq!(kind(&a, "Une région sans"), BlockKind::Heading);
    assert_eq!(kind(&a, "Des milliers"), BlockKind::Body);
}

#[test]
fn related_headlines_below_and_amid() {
    let a = read(&format!(
        "Trois soldats tués dans une embuscade\n\n{BODY}\nÀ lire aussi : Vingt morts dans un raid à l'ouest\n\nLe ministre s'est rendu sur place lundi et a promis des renforts aux chefs de village.\n\nSur le même sujet\nDix otages libérés dans le nord\nUn pont détruit par une mine\n"
    ));
    assert_eq!(why(&a, "Vingt morts"), Some(Why::Related));
    assert_eq!(kind(&a, "Le ministre s'est rendu"), BlockKind::Body);
    assert_eq!(why(&a, "Dix otages"), Some(Why::Related));
    assert_eq!(why(&a, "Un pont détruit"), Some(Why::Related));
}

#[test]
fn the_last_paragraph_below_a_related_link_stays() {
    let a = read(&format!(
        "Trois soldats tués dans une embuscade\n\n{BODY}\nLire aussi\nDix otages libérés dans le nord\n\nL'attaque n'a pas été revendiquée.\n\nLe procureur a ouvert une enquête, la troisième en un mois dans cette province, où l'état d'urgence est en vigueur.\n"
    ));
    assert_eq!(why(&a, "Dix otages"), Some(Why::Related));
    assert_eq!(kind(&a, "L'attaque n'a pas"), BlockKind::Body);
    assert_eq!(kind(&a, "Le procureur a"), BlockKind::Body);
}

#[test]
fn readers_comments_with_figures() {
    let a = read(&format!(
        "Trois soldats tués dans une embuscade\n\n{BODY}\n2 commentaires\nAli Le 3 mars à 18:22\nOn nous cache tout, il y a eu au moins quarante morts ce jour-là et tout le monde le sait ici, dans le quartier.\nRépondre\nzorro : bravo !\n"
    ));
    for part in ["2 commentaires", "Ali Le 3", "quarante morts", "Répondre", "zorro"] {
        assert_eq!(why(&a, part), Some(Why::Comments), "{part}");
    }
    assert_eq!(a.published, None);
}

#[test]
fn a_button_to_the_comments_does_not_end_the_article() {
    let a = read(&format!(
        "Trois soldats tués dans une embuscade\n\n{BODY}\nCommentaires (12)\n\nC'est la troisième attaque de ce type en un mois, et l'armée accuse une faction venue de l'est.\n\nL'ONU a condamné l'attaque et demandé à toutes les parties de protéger les civils de la région.\n"
    ));
    assert_eq!(why(&a, "Commentaires"), Some(Why::Comments));
    assert_eq!(kind(&a, "C'est la troisième"), BlockKind::Body);
    assert_eq!(kind(&a, "L'ONU a condamné"), BlockKind::Body);
}

#[test]
fn captions_keep_their_text_and_lose_their_credit() {
    for (caption, credit) in [
        ("Des soldats près du pont, le 2 mars 2020.", "AFP / Ali K."),
        ("Des soldats près du pont, le 2 mars 2020.", "© Reuters"),
        ("Des soldats près du pont, le 2 mars 2020.", "Photo Ali Karim"),
        ("Des soldats près du pont, le 2 mars 2020", "(Crédit : Ali Karim)"),
        ("Des soldats près du pont, le 2 mars 2020.", "AP Photo/Ali Karim"),
    ] {
        let a = read(&format!("Trois soldats tués dans une embuscade\n\n{caption} {credit}\n\n{BODY}"));
        assert_eq!(kind(&a, caption), BlockKind::Caption, "{credit}");
        assert_eq!(why(&a, credit), Some(Why::Credit), "{credit}");
        assert_eq!(common::published(&a).map(|p| p.2), Some("caption"));
    }
}

#[test]
fn copyright_and_initials() {
    let a = read(&format!(
        "Trois soldats tués dans une embuscade\n\n{BODY}\nM.S. / R.K.\n© La Dépêche du Fleuve 2020 - Tous droits réservés\n"
    ));
    assert_eq!(why(&a, "M.S."), Some(Why::Credit));
    assert_eq!(why(&a, "Tous droits"), Some(Why::Credit));
}

#[test]
fn what_broken_programs_leave() {
    let a = read(&format!(
        "Trois soldats tués dans une embuscade\nVotre navigateur ne supporte pas cette vidéo\n\n{BODY}\nGIPHY App Key not set. Please check settings\n[object Object]\n"
    ));
    for part in ["Votre navigateur", "GIPHY", "[object"] {
        assert_eq!(why(&a, part), Some(Why::Error), "{part}");
    }
}

#[test]
fn advertising_amid_the_article() {
    let a = read(&format!(
        "Trois soldats tués dans une embuscade\n\n{}\nPublicité\n\n{BODY}",
        "Une attaque a visé dimanche un convoi de l'armée qui rentrait du marché avec des vivres et de l'eau."
    ));
    assert_eq!(why(&a, "Publicité"), Some(Why::Other));
}

#[test]
fn a_lead_printed_twice_and_a_copy_cut_short() {
    let lead = "Trois soldats ont été tués dimanche dans une embuscade près du village, a annoncé l'état-major dans un communiqué.";
    let more = "Ils escortaient un convoi de vivres.";
    let a = read(&format!(
        "Embuscade : trois soldats tués près du village\n\n{lead}\n\n{lead} {more}\n\nLes assaillants se sont repliés vers la frontière, selon des habitants joints par téléphone.\n\n{lead} Ils escortaient...\n"
    ));
    let repeats: Vec<usize> =
        a.blocks.iter().enumerate().filter(|(_, b)| b.dropped == Some(Why::Repeat)).map(|(i, _)| i).collect();
    assert_eq!(repeats, [1, 4]);
    assert_eq!(kind(&a, more), BlockKind::Body);
}

#[test]
fn the_title_said_twice() {
    let a = read(&format!(
        "Trois soldats tués dans une embuscade\nMonde\n\nTrois soldats tués dans une embuscade\n\n{BODY}"
    ));
    let dropped: Vec<_> =
        a.blocks.iter().filter(|b| a.quote(b.span).starts_with("Trois soldats tués")).map(|b| b.dropped).collect();
    assert_eq!(dropped.iter().filter(|d| d.is_none()).count(), 1);
    assert!(dropped.contains(&Some(Why::Repeat)));
}

#[test]
fn a_second_article_with_its_own_dateline_is_a_part() {
    let a = read(&format!(
        "Trois soldats tués dans une embuscade\n\n{BODY}\nLa rentrée des classes repoussée au sud\n\nKAYES, 4 mars 2020 (XYZ) - Le ministère a repoussé de deux semaines la rentrée des classes dans les écoles de la région, faute de maîtres.\n"
    ));
    let second = a.blocks.iter().find(|b| a.quote(b.span).starts_with("La rentrée")).expect("there");
    assert_eq!((second.part, second.dropped, second.kind), (1, None, BlockKind::Title));
    assert!(a.notes.iter().any(|n| n.code == "second-article"));
    assert!(a.blocks.iter().filter(|b| b.part == 0).count() >= 3);
}

#[test]
fn sport_glued_below_war_is_left_out() {
    let a = read(&format!(
        "Trois soldats tués dans une embuscade\n\n{BODY}\nHandball : la finale tient ses promesses\nLe match a basculé à la mi-temps. Le gardien de but a écœuré chaque attaquant adverse, et le club garde son titre devant un stade plein.\n"
    ));
    assert_eq!(why(&a, "la finale tient"), Some(Why::Related));
    assert_eq!(why(&a, "a basculé"), Some(Why::Related));
    assert!(a.notes.iter().any(|n| n.code == "other-subject"));
}

#[test]
fn a_page_about_sport_keeps_its_text() {
    let a = read(
        "Handball : une finale de feu\n\nLe match a basculé à la mi-temps. Le gardien de but a écœuré chaque attaquant adverse, et le club garde son titre devant un stade plein.\n\nL'entraîneur a salué ses joueurs après la finale, gagnée de deux buts dans un stade en fusion.\n",
    );
    assert_eq!(kind(&a, "a basculé"), BlockKind::Body);
    assert_eq!(kind(&a, "L'entraîneur"), BlockKind::Body);
}

#[test]
fn a_digest_has_parts() {
    let a = read(
        "L'essentiel du jour en brèves\n\nMali : deux morts à Gao. Une mine a sauté lundi au passage d'un camion, selon l'armée, qui parle aussi de trois blessés.\n\nNiger : un maire enlevé. Des hommes armés ont emmené dimanche le maire d'une commune de l'ouest, d'après sa famille.\n\nTchad : la trêve tient. Les deux camps ont respecté le cessez-le-feu pour le troisième jour, a constaté l'ONU.\n\nBourse : le coton monte. Les cours ont gagné deux points et la cotation a été suspendue.\n",
    );
    let parts: Vec<u16> = a.blocks.iter().filter(|b| b.kind == BlockKind::Body).map(|b| b.part).collect();
    assert_eq!(parts, [0, 1, 2, 3]);
    assert_eq!(why(&a, "le coton"), Some(Why::Related));
    assert_eq!(why(&a, "la trêve tient"), None);
}

#[test]
fn short_paragraphs_quotations_and_lists_stay() {
    let a = read(&format!(
        "Trois soldats tués dans une embuscade\n\n{BODY}\nIl n'y a pas eu de survivants.\n\n« Nous avons tout perdu. »\n\nCe que l'on sait\n\n• trois soldats tués ;\n• deux véhicules détruits.\n\nUn deuil de trois jours a été décrété par le gouvernement, qui promet une riposte à la mesure du crime.\n"
    ));
    for part in ["Il n'y a pas eu", "Nous avons tout", "trois soldats tués ;", "deux véhicules"] {
        assert_eq!(why(&a, part), None, "{part}");
    }
    assert_eq!(kind(&a, "Ce que l'on sait"), BlockKind::Heading);
}

#[test]
fn sentences_that_use_words_of_furniture_stay() {
    for line in [
        "« Partagez cette vidéo avec vos proches avant qu'elle ne soit effacée », a lancé le chef du groupe dans un message audio.",
        "Le gouvernement a publié ses commentaires sur le rapport, qui accuse l'armée d'avoir tué douze civils en mars.",
        "Soutenir la trêve est une priorité, a déclaré le ministre, qui a reçu lundi les chefs des deux camps.",
        "La page Facebook du gouvernorat a annoncé la mort de deux gendarmes dans l'explosion d'une mine.",
        "Les propos tenus par le ministre ont été condamnés par les deux camps, qui demandent des excuses.",
        "Abonnés aux coupures d'eau, les habitants de la ville ont manifesté mercredi devant la mairie, où un homme a été tué.",
    ] {
        let a = read(&format!(
            "Trois soldats tués dans une embuscade\n\n{BODY}\n{line}\n\n{}",
            "Le procureur a ouvert une enquête, la troisième en un mois dans cette province, où l'état d'urgence est en vigueur.\n"
        ));
        assert_eq!(why(&a, line), None, "{line}");
        let a = read(&format!("Trois soldats tués dans une embuscade\n\n{BODY}\n{line}\n"));
        assert_eq!(why(&a, line), None, "at the end: {line}");
    }
}

#[test]
fn paragraphs_that_lost_their_full_stops_stay() {
    let a = read(
        "Attaque dans le nord : au moins huit morts\n\nAu moins huit personnes ont été tuées mardi dans une attaque attribuée à des groupes armés, apprend-on de sources locales dans la région\n\nL'attaque a eu lieu à l'aube, et les assaillants ont incendié des greniers et emporté du bétail, selon un élu de la commune\n\nUn bilan provisoire\n\n« Nous avons compté huit corps », affirme le maire de la commune\n\nDans la même rubrique\nTrois écoles incendiées au sud\n",
    );
    assert_eq!(kind(&a, "Un bilan"), BlockKind::Heading);
    assert_eq!(kind(&a, "Nous avons compté"), BlockKind::Body);
    assert_eq!(why(&a, "Trois écoles"), Some(Why::Related));
}

#[test]
fn live_pages_keep_their_entries() {
    let a = read(
        "DIRECT. Guerre au sud : suivez la journée\n\n18:42\nLa capitale dénonce une frappe sur un immeuble\nUne frappe a détruit un immeuble de neuf étages, tuant au moins deux personnes, selon les services de secours de la capitale.\n17h15  L'armée affirme avoir abattu quatre drones\nLe ministère de la Défense affirme que la défense antiaérienne a abattu quatre drones au-dessus de la région.\nLire aussi > Le blé flambe\n16:03\nLes trains arrivent bondés\nDes milliers de personnes arrivent chaque heure à la gare, raconte notre correspondante, qui a compté douze trains depuis ce matin.\n",
    );
    for part in ["Une frappe a détruit", "abattu quatre drones", "Les trains arrivent bondés", "Des milliers"] {
        assert_eq!(why(&a, part), None, "{part}");
    }
    assert_eq!(why(&a, "Le blé flambe"), Some(Why::Related));
}

#[test]
fn the_title_of_the_window_above_the_page() {
    let a = read(&format!(
        "Trois soldats tués dans une embuscade – La Voix du Nord-Est\n\nPasser au contenu\nSécurité\n\nTrois soldats tués dans une embuscade\n\n12 août 2023 La Rédaction 0 Commentaire attaque, Dori\n\n{BODY}\nWhatsApp Image 2023-08-09 at 10.22.31\n\n← Deux orpailleurs retrouvés dans la mine\nGrève des transports reconduite →\n\nVous pouvez aussi aimer\nDjibo : un convoi attaqué\n5 juillet 2023\n"
    ));
    assert_eq!(a.title.map(|t| a.quote(t)).as_deref(), Some("Trois soldats tués dans une embuscade"));
    assert_eq!(a.outlet.as_ref().map(|o| o.name.as_str()), Some("La Voix du Nord-Est"));
    assert_eq!(common::published(&a).map(|p| p.0).as_deref(), Some("2023-08-12"));
    for part in ["– La Voix", "WhatsApp", "orpailleurs", "transports", "Djibo", "5 juillet"] {
        assert!(why(&a, part).is_some(), "{part}");
    }
}

#[test]
fn markdown_headings() {
    let a = read(&format!(
        "# Trois soldats tués\n\n{BODY}\n## Une région sans État\n\nDes milliers de personnes ont déjà quitté la région, d'après les chiffres du gouvernorat.\n"
    ));
    assert_eq!(a.title.map(|t| a.quote(t)).as_deref(), Some("Trois soldats tués"));
    assert_eq!(kind(&a, "Une région sans"), BlockKind::Heading);
}

#[test]
fn wrapped_lines_are_one_paragraph() {
    let a = read(
        "Un pont stratégique détruit par une mine dans le nord\n\nUne mine a détruit mardi le pont qui relie les deux rives du fleuve, ont\nindiqué des habitants. Le chef du village parle de « quatre dispa-\nrus » et demande l'aide de l'armée.\n",
    );
    let body: Vec<_> = a.blocks.iter().filter(|b| b.kind == BlockKind::Body).collect();
    assert_eq!(body.len(), 1);
    let at = a.text.find("disparus").expect("joined in the working text");
    let span = recoupe_text::Span::new(at, at + "disparus".len());
    assert_eq!(a.quote(span), "dispa- rus");
}

#[test]
fn pages_without_an_article() {
    let menu = read(
        "Accueil\nMonde\nSport\nLes plus lus\n1 Un drone tue quatre personnes au sud\n2 Le prix du pain monte\nNous contacter\n",
    );
    assert!(menu.blocks.iter().all(|b| b.dropped.is_some()));
    assert!(menu.notes.iter().any(|n| n.code == "no-article"));
    let empty = read("\u{feff} \n\t\n");
    assert!(empty.blocks.is_empty());
    assert!(empty.notes.iter().any(|n| n.code == "empty-page"));
}

#[test]
fn english_pages_are_cleaned_too() {
    let a = read(
        "The Northern Ledger\nHome | World | Opinion\nThree soldiers killed in ambush near the border\n\nBy Jane Roe\nMarch 4, 2020\n\nThree soldiers were killed on Sunday when gunmen ambushed their convoy near the border, the army said in a statement.\n\nThe attackers fled on motorbikes, according to residents who were reached by telephone.\n\nREAD NEXT\nMarket fire destroys dozens of stalls\nLeave a Reply\nYour email address will not be published.\n",
    );
    assert_eq!(a.language.as_deref(), Some("en"));
    assert_eq!(kind(&a, "Three soldiers killed"), BlockKind::Title);
    assert_eq!(kind(&a, "By Jane Roe"), BlockKind::Byline);
    assert_eq!(why(&a, "Market fire"), Some(Why::Related));
    assert_eq!(why(&a, "Leave a Reply"), Some(Why::Comments));
    assert_eq!(common::published(&a).map(|p| p.0).as_deref(), Some("2020-03-04"));
}
