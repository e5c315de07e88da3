//! Who copied whom.

mod common;

use common::*;
use recoupe_incident::OriginKind;

const STORY: &str = "An explosion tore through the covered market of the old quarter shortly before noon on Tuesday.\n\
    Rescue workers pulled eleven bodies from under the collapsed roof, and hospitals admitted twenty six injured people.\n\
    The regional governor blamed a cell that had threatened shopkeepers since the spring, without giving proof.\n\
    Schools were closed, and a curfew was ordered for the three districts along the river until further notice.\n";

const OTHER: &str = "Eleven people died on Tuesday when a bomb went off in a market, the health directorate announced.\n\
    Traders describe a fireball, then silence; many had just opened their stalls after prayers.\n\
    Nobody has claimed responsibility so far, while the opposition accuses the governor of ignoring warnings.\n\
    Officials counted twenty six injured, several of them in a critical state at the university hospital.\n";

fn market() -> C {
    claim("explosion_ied").on("2020-02-18").at(saraqib())
}

#[test]
fn a_copy_with_other_surroundings_is_one_origin() {
    let other =
        format!("Most read this week\n{STORY}Subscribe to our letter for more stories like this one every morning\n");
    let (x, _) = check(&[page("a", "2020-02-18").text(STORY), page("b", "2020-02-19").text(&other)]);
    assert_eq!(x.origins.len(), 1);
    let o = &x.origins[0];
    assert_eq!((o.kind, &o.pages[..]), (OriginKind::Copy, &[0, 1][..]));
    assert!(o.share > 0.9);
    assert!(o.evidence.iter().any(|e| e.page == 0) && o.evidence.iter().any(|e| e.page == 1));
}

#[test]
fn two_reports_of_one_event_are_two_origins() {
    let with = |p: P| p.add(market().toll("killed", "generic/people", 11).toll("wounded", "generic/people", 26));
    let (x, _) = check(&[with(page("a", "2020-02-18").text(STORY)), with(page("b", "2020-02-18").text(OTHER))]);
    assert!(x.origins.is_empty());
    assert_eq!(x.incidents.len(), 1);
    assert_eq!(x.incidents[0].origins, 2);
}

#[test]
fn a_third_of_the_text_kept_is_still_a_copy() {
    let lines: Vec<&str> = STORY.lines().collect();
    let own = "Our correspondent adds that the night was calm. Buses ran again in the morning, and the bakery by the bridge reopened.";
    let short = format!("{}\n{}\n{own}\n", lines[0], lines[1]);
    let told = |p: P| p.add(market().says(lines[1]).toll("killed", "generic/people", 11));
    let (x, _) = check(&[told(page("a", "2020-02-18").text(STORY)), told(page("b", "2020-02-19").text(&short))]);
    assert_eq!(x.origins.len(), 1);
}

#[test]
fn pages_of_one_site_that_share_what_surrounds_them_are_no_copies() {
    let around = "All our editions in one place for readers who like to know more about the world and its many stories\n\
        Sign up here to receive a selection of our best articles every evening before dinner without any advertising\n\
        Write to the editors if you have seen a mistake in this piece or would like to tell us what you think of it\n";
    let a = format!("Eleven people died when a bomb went off in the covered market of Saraqib on Tuesday.\n{around}");
    let b = format!("Four soldiers were wounded in a clash on the road that leads south to Maarat.\n{around}");
    let (x, _) = check(&[
        page("a", "2020-02-18")
            .text(&a)
            .add(market().says("Eleven people died when a bomb went off in the covered market of Saraqib on Tuesday.")),
        page("b", "2020-02-18").text(&b).add(
            claim("armed_clash")
                .at(maarat())
                .says("Four soldiers were wounded in a clash on the road that leads south to Maarat."),
        ),
    ]);
    assert!(x.origins.is_empty());
}

#[test]
fn an_agency_credit_makes_it_wire() {
    let cut: String = STORY.lines().take(3).map(|l| format!("{l}\n")).collect();
    let (x, _) =
        check(&[page("a", "2020-02-18").text(STORY).agency("AFP"), page("b", "2020-02-18").text(&cut).agency("AFP")]);
    assert_eq!((x.origins[0].kind, x.origins[0].credit.as_deref()), (OriginKind::Wire, Some("AFP")));
}

#[test]
fn a_long_quotation_in_both_is_no_copy() {
    let said = "“We will not leave a single stone of this market unguarded, we will rebuild every stall with our own hands, and those who \
        sent this bomb will find that fear has changed sides in our streets, today, tomorrow and for as long as it takes us”";
    let a = format!(
        "The governor visited the square this morning under heavy guard and met families of victims.\n{said}\n"
    );
    let b =
        format!("Angry residents booed officials who had come late, according to several witnesses on site.\n{said}\n");
    let (x, _) = check(&[page("a", "2020-02-18").text(&a), page("b", "2020-02-18").text(&b)]);
    assert!(x.origins.is_empty());
}

#[test]
fn a_rewrite_keeps_facts_order_and_rare_words() {
    let a = "A homemade mine exploded under a motor tricycle coming back from the weekly market, leaving ten dead, seven of them women.\n\
        The device had been hidden in a muddy rut; a first tricycle had passed without trouble, said a survivor.\n\
        Five wounded were treated at the hospital. Since January explosive devices have killed 34 villagers in the region.\n";
    let b = "Ten persons died when a motor tricycle hit a homemade mine near the village; seven were women back from the market.\n\
        According to a survivor the device lay hidden in a rut, where another tricycle went through without harm.\n\
        Five wounded reached hospital. That brings to 34 the villagers killed by explosive devices since January.\n";
    let with = |p: P, text: &str| {
        p.text(text).add(
            claim("explosion_ied")
                .toll("killed", "generic/people", 10)
                .part("killed", "generic/women", 7)
                .toll("wounded", "generic/people", 5)
                .total("killed", "generic/civilians", 34),
        )
    };
    let (x, _) = check(&[with(page("a", "2023-03-08"), a), with(page("b", "2023-03-09"), b)]);
    assert_eq!(x.origins.len(), 1);
    assert_eq!(x.origins[0].kind, OriginKind::Rewrite);
}

#[test]
fn a_translation_shows_by_figures_and_places() {
    let with = |p: P| {
        p.add(market().toll("killed", "generic/people", 11).toll("wounded", "generic/people", 26)).add(
            claim("arrest").at(saraqib()).toll("captured", "generic/people", 7).toll("captured", "generic/rebels", 3),
        )
    };
    let (x, _) = check(&[
        with(page("a", "2020-02-18").text(STORY).language("xx")),
        with(page("b", "2020-02-18").text("Aliquam vestibulum morbi blandit cursus risus at ultrices").language("yy")),
    ]);
    assert_eq!(x.origins[0].kind, OriginKind::Translation);
}

#[test]
fn ten_papers_with_one_wire_story_are_one_origin() {
    let pages: Vec<P> = (0..10)
        .map(|n| {
            let text = format!("Paper number {n} of the town\n{STORY}");
            page(&format!("p{n}"), "2020-02-18").text(&text).agency("AFP").add(market().toll(
                "killed",
                "generic/people",
                11,
            ))
        })
        .collect();
    let (x, _) = check(&pages);
    assert_eq!((x.origins.len(), x.origins[0].pages.len()), (1, 10));
    assert_eq!(x.incidents.len(), 1);
    let i = &x.incidents[0];
    assert_eq!((i.pages.len(), i.origins, i.standing.name()), (10, 1, "single_origin"));
    assert_eq!((i.tolls[0].by.len(), i.tolls[0].by[0].claims.len()), (1, 10));
}

#[test]
fn empty_and_tiny_pages_share_nothing() {
    let (x, _) = check(&[
        page("a", "").text(""),
        page("b", "").text(""),
        page("c", "").text("Read more"),
        page("d", "").text("Read more"),
    ]);
    assert!(x.origins.is_empty());
}
