//! The report as one HTML file.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use recoupe_wire::Dossier;
use sha2::{Digest, Sha256};

use crate::bits::mark;
use crate::book::Book;
use crate::part::{control, decisions, front, incident, ledger, map, names, origins, pages, sites, timeline};
use crate::words::Words;

/// How a report looks; the fonts are told apart from it.
pub const STYLE: &str = include_str!("../assets/report.css");
/// What makes a report quicker to use.
pub const SCRIPT: &str = include_str!("../assets/report.js");

/// Latin letters and marks; what `assets/fonts/make.sh` calls base.
const BASE: &str =
    "U+0-FF,U+131,U+152-153,U+2BB-2BC,U+2013-2014,U+2018-201E,U+2022,U+2026,U+202F,U+2039-203A,U+20AC,U+2212";
/// The accents of other Latin alphabets and of romanised names.
const MORE: &str = "U+100-130,U+132-151,U+154-2BA,U+1E00-1EFF,U+2190-2193";

/// A font of the report.
#[derive(Clone, Copy, Debug)]
pub struct Font {
    /// What it is called in the style sheet.
    family: &'static str,
    weight: &'static str,
    slant: &'static str,
    letters: &'static str,
    /// A name for its file, without an ending.
    pub name: &'static str,
    /// WOFF2.
    pub bytes: &'static [u8],
}

impl Font {
    /// Its rule in a style sheet that finds it at `url`.
    pub fn face(&self, url: &str) -> String {
        let Font { family, weight, slant, letters, .. } = self;
        format!(
            "@font-face{{font-family:\"{family}\";font-weight:{weight};font-style:{slant};font-display:swap;unicode-range:{letters};src:url({url}) format(\"woff2\")}}\n"
        )
    }
}

macro_rules! font {
    ($family:literal, $weight:literal, $slant:literal, $letters:ident, $name:literal) => {
        Font {
            family: $family,
            weight: $weight,
            slant: $slant,
            letters: $letters,
            name: $name,
            bytes: include_bytes!(concat!("../assets/fonts/", $name, ".woff2")),
        }
    };
}

/// The embedded fonts.
pub const FONTS: [Font; 7] = [
    font!("Recoupe Serif", "400", "normal", BASE, "serif-400"),
    font!("Recoupe Serif", "400", "normal", MORE, "serif-400x"),
    font!("Recoupe Serif", "400", "italic", BASE, "serif-400i"),
    font!("Recoupe Serif", "600", "normal", BASE, "serif-600"),
    font!("Recoupe Sans", "400", "normal", BASE, "sans-400"),
    font!("Recoupe Sans", "400", "normal", MORE, "sans-400x"),
    font!("Recoupe Sans", "600", "normal", BASE, "sans-600"),
];

/// How a report is written.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Language of the report (`fr`, `en`); anything else is the default language.
    pub lang: String,
    /// A title; else area and period are taken from the dossier.
    pub title: Option<String>,
}

/// The report: one file that loads nothing, and that works without its small script.
pub fn html(d: &Dossier, options: &Options) -> String {
    let b = Book::new(d, Words::of(&options.lang));
    let style = style();
    let title = options.title.clone().filter(|t| !t.trim().is_empty()).unwrap_or_else(|| front::title(&b));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; font-src data:; img-src 'none'; base-uri 'none'; form-action 'none'",
        digest(&style),
        digest(SCRIPT)
    );
    let page = html! {
        (DOCTYPE)
        html lang=(b.w.lang()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                meta name="generator" content={ "Recoupe " (d.made.recoupe) };
                title { (title) " — " (b.w.t("head.kicker")) }
                style { (PreEscaped(&style)) }
            }
            body {
                a.skip href="#main" { (b.w.t("head.skip")) }
                (head(&b, &title))
                (nav(&b))
                main #main {
                    div.front { (front::contradictions(&b)) (front::standing(&b)) }
                    (timeline::section(&b))
                    (incident::days_section(&b))
                    (incident::background_section(&b))
                    (ledger::agreements(&b))
                    (control::section(&b))
                    (sites::section(&b))
                    (ledger::displacement(&b))
                    (ledger::relations(&b))
                    (names::section(&b))
                    (map::section(&b))
                    (decisions::section(&b))
                    (origins::section(&b))
                    (pages::section(&b))
                }
                (foot(&b))
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    page.into_string()
}

fn digest(text: &str) -> String {
    BASE64.encode(Sha256::digest(text.as_bytes()))
}

fn style() -> String {
    let mut out = String::with_capacity(160_000);
    for font in &FONTS {
        out.push_str(&font.face(&format!("data:font/woff2;base64,{}", BASE64.encode(font.bytes))));
    }
    out.push_str(STYLE);
    out
}

fn head(b: &Book, title: &str) -> Markup {
    let period = front::period(b).map(|(a, z)| b.w.span(a, z));
    let tally: Vec<(&str, usize)> = ["contested", "differs", "agreed", "single_origin"]
        .into_iter()
        .map(|s| (s, b.d.incidents.iter().filter(|x| crate::bits::known(&x.standing) == s).count()))
        .collect();
    html! {
        header.top {
            p.kicker { (b.w.t("head.product")) " · " (b.w.t("head.kicker")) button #theme type="button" hidden { (b.w.t("head.theme")) } }
            h1 dir="auto" { (title) }
            @if let Some(p) = period { p.period { (p) } }
            p.counts { @for (i, c) in front::counts(b).iter().enumerate() { @if i > 0 { " · " } (c) } }
            ul.tally { @for (s, n) in tally { li { (mark(b, s, false)) " " (b.w.n(&format!("count.{s}"), n)) } } }
            p.sums { (b.w.t("head.sums")) }
        }
    }
}

fn nav(b: &Book) -> Markup {
    let d = b.d;
    let old = d.incidents.iter().any(|x| x.background || x.summary);
    let entries = [
        ("contradictions", true),
        ("timeline", true),
        ("days", true),
        ("background", old),
        ("agreements", !d.agreements.is_empty()),
        ("control", !d.control.is_empty()),
        ("sites", !d.sites.is_empty()),
        ("displacement", !d.displacement.is_empty()),
        ("relations", !d.relations.is_empty()),
        ("names", !d.namings.is_empty()),
        ("map", d.incidents.iter().any(|x| x.place.is_some())),
        ("decisions", d.decisions.is_some()),
        ("origins", true),
        ("pages", true),
        ("about", true),
    ];
    html! {
        nav.contents aria-label=(b.w.t("head.contents")) {
            ul { @for (id, _) in entries.iter().filter(|e| e.1) { li { a href={ "#" (id) } { (b.w.t(&format!("nav.{id}"))) } } } }
        }
    }
}

fn foot(b: &Book) -> Markup {
    html! {
        footer.about #about {
            h2 { (b.w.t("section.about")) }
            p { (b.w.t("about.rules")) }
            p { (b.w.t("about.machine")) }
            p.keys { (b.w.t("about.keys")) }
            p { (b.w.f("about.made", &[("version", &b.d.made.recoupe)])) " · " code { (b.d.format) } }
            @if !b.d.made.packs.is_empty() {
                details { summary { (b.w.t("about.packs")) } ul { @for p in &b.d.made.packs { li { code { (p.id) " " (p.sha256) } } } } }
            }
            p { (b.w.t("about.map")) }
        }
    }
}
