//! The report as a whole: safe with hostile pages, whole as HTML, the same every time, and saying what it must.

use dom_query::Document;
use recoupe_export::{Options, html, languages, text};
use recoupe_wire::{Dossier, from_json};

/// A small story under made-up names: two accounts, one of them on two pages, one denial, one page that shares its text.
fn story() -> Dossier {
    from_json(include_str!("story.json")).expect("the fixture is a dossier")
}

fn report(d: &Dossier, lang: &str) -> String {
    html(d, &Options { lang: lang.to_owned(), title: None })
}

/// Every string of a dossier replaced by something a hostile page could hold.
fn poisoned() -> Dossier {
    let evil = "</style></script><script>alert(1)</script><img src=x onerror=alert(1)>\"'><a href=javascript:alert(1)>\u{202e}&lt;";
    let mut v: serde_json::Value = serde_json::from_str(include_str!("story.json")).unwrap();
    fn walk(v: &mut serde_json::Value, key: &str, evil: &str) {
        match v {
            serde_json::Value::Array(a) => a.iter_mut().for_each(|x| walk(x, key, evil)),
            serde_json::Value::Object(o) => o.iter_mut().for_each(|(k, x)| walk(x, k, evil)),
            // Ids and days have to fit together; everything else comes from pages and packs.
            serde_json::Value::String(s)
                if !matches!(
                    key,
                    "format"
                        | "id"
                        | "page"
                        | "pages"
                        | "claims"
                        | "incident"
                        | "from"
                        | "to"
                        | "left"
                        | "right"
                        | "origin"
                ) =>
            {
                *s = format!("{evil}{s}");
            }
            _ => {}
        }
    }
    walk(&mut v, "", evil);
    from_json(&v.to_string()).unwrap()
}

#[test]
fn hostile_pages_stay_text() {
    for lang in languages() {
        let h = report(&poisoned(), lang);
        let doc = Document::from(h.as_str());
        assert_eq!(doc.select("script").length(), 1, "only the report's own script");
        assert_eq!(doc.select("style").length(), 1);
        assert_eq!(doc.select("img, iframe, object, embed, link, base, form").length(), 0);
        assert_eq!(doc.select("[onerror], [onclick], [onload], [style]").length(), 0);
        for a in doc.select("a").iter() {
            let href = a.attr("href").unwrap_or_default();
            assert!(href.starts_with('#'), "{href}");
        }
    }
}

#[test]
fn nothing_is_loaded_and_links_out_send_no_referrer() {
    let h = report(&story(), "fr");
    let doc = Document::from(h.as_str());
    assert_eq!(doc.select("[src], [srcset], [poster], [background], link").length(), 0);
    let out: Vec<_> = doc.select("a").iter().filter(|a| !a.attr("href").unwrap_or_default().starts_with('#')).collect();
    assert_eq!(out.len(), 1, "the address of the one page that has one");
    assert!(out[0].attr("rel").unwrap().contains("noreferrer"));
    assert!(!h.contains("url(http") && !h.contains("@import"));
    let policy = doc.select("meta[http-equiv=Content-Security-Policy]").attr("content").unwrap();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
}

#[test]
fn the_file_is_whole_html() {
    for lang in languages() {
        let h = report(&story(), lang);
        let doc = Document::from(h.as_str());
        assert!(doc.errors.borrow().is_empty(), "{:?}", doc.errors.borrow());
        assert_eq!(doc.select("html").attr("lang").unwrap().to_string(), lang);
        for one in ["h1", "main", "header.top", "nav", "footer"] {
            assert_eq!(doc.select(one).length(), 1, "{one}");
        }
        let mut ids: Vec<String> = doc.select("[id]").iter().map(|e| e.attr("id").unwrap().to_string()).collect();
        let count = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), count, "every id once");
        for a in doc.select("a[href^='#']").iter() {
            let to = a.attr("href").unwrap()[1..].to_owned();
            assert!(ids.binary_search(&to).is_ok(), "#{to} leads nowhere");
        }
        for t in doc.select("table").iter() {
            assert_eq!(t.select("caption").length(), 1);
            assert!(t.select("th[scope]").length() > 0);
        }
    }
}

#[test]
fn no_key_shows_through() {
    for lang in languages() {
        let h = report(&story(), lang);
        let doc = Document::from(h.as_str());
        let text = doc.select("body").text().to_string();
        for table in [
            "section.", "intro.", "row.", "nav.", "head.", "count.", "page.", "field.", "control.", "figure.",
            "format.", "map.", "names.",
        ] {
            let leak = text.match_indices(table).find(|(i, _)| {
                text[i + table.len()..].starts_with(|c: char| c.is_ascii_lowercase())
                    && !text[..*i].ends_with(|c: char| c.is_alphanumeric())
            });
            assert!(
                leak.is_none(),
                "{lang}: {}",
                leak.map_or(String::new(), |(i, _)| text[i..].chars().take(40).collect())
            );
        }
    }
}

#[test]
fn the_same_dossier_gives_the_same_bytes() {
    assert_eq!(report(&story(), "fr"), report(&story(), "fr"));
    assert_ne!(report(&story(), "fr"), report(&story(), "en"));
    assert_eq!(report(&story(), "xx"), report(&story(), "fr"), "an unknown language is the default one");
}

#[test]
fn the_comparison_says_who_says_what() {
    let h = report(&story(), "fr");
    let doc = Document::from(h.as_str());
    let table = doc.select("#i1 table.compare");
    let heads: Vec<String> = table.select("thead th[scope=col] .voice").iter().map(|v| v.text().to_string()).collect();
    assert_eq!(
        heads,
        ["Turquie\u{a0}: ministère de la Défense", "SOHR", "Syrie\u{a0}: forces armées", "La Gazette du Littoral"]
    );
    assert!(table.select("th.bracket").text().contains("crédit ANP"), "the two copies stand under one bracket");
    let rows: Vec<String> = table.select("tbody th").iter().map(|v| v.text().to_string()).collect();
    assert!(rows.iter().any(|r| r.starts_with("Tués")) && rows.iter().any(|r| r.starts_with("Auteur")), "{rows:?}");
    let text = table.text().to_string();
    assert!(text.contains("au moins 4") && text.contains("démenti") && text.contains("bilan cumulé"), "{text}");
    assert!(table.select("td .dot").length() > 0, "silence is a dot");
    // Every value opens to its sentence with the words that carry it.
    for cell in table.select("details.cell").iter() {
        assert!(cell.select("blockquote q").length() > 0);
    }
    assert!(table.select("blockquote mark").iter().any(|m| m.text().as_ref() == "deux soldats"));
    let front = doc.select("#contradictions").text().to_string();
    assert!(front.contains("n’a pas eu lieu"), "{front}");
}

#[test]
fn the_pages_show_what_was_read_and_what_was_left_out() {
    let h = report(&story(), "fr");
    let doc = Document::from(h.as_str());
    assert_eq!(doc.select("#p1 .dropped .why").text().to_string(), "écarté\u{a0}: menu");
    let read = doc.select("#p1 a.cl");
    assert!(read.length() > 0 && read.attr("title").unwrap().contains("règle"));
    assert_eq!(doc.select("#p3 .text").attr("lang").unwrap().as_ref(), "ar");
    assert_eq!(doc.select("#p3 .text").attr("dir").unwrap().as_ref(), "auto");
}

#[test]
fn a_dossier_without_anything_is_still_a_page() {
    let h = report(&Dossier::default(), "fr");
    assert!(h.contains("Aucun incident"));
    assert!(text(&Dossier::default(), "en", 80, false).contains("No incident"));
}

#[test]
fn dangling_ids_and_odd_spans_do_no_harm() {
    let mut d = story();
    d.claims.truncate(2);
    d.pages.truncate(1);
    for c in &mut d.claims {
        c.span.end = 4_000_000;
        c.quote.clear();
    }
    d.incidents[0].disagreements[0].toll = Some(99);
    d.incidents[0].time.as_mut().unwrap().from = Some("2020-13-45".into());
    assert!(report(&d, "en").len() > 1000);
    assert!(!text(&d, "fr", 1, true).is_empty());
}

#[test]
fn the_terminal_summary_names_voices_and_figures() {
    let t = text(&story(), "fr", 100, false).split_whitespace().collect::<Vec<_>>().join(" ");
    for x in ["◆ Frappe aérienne", "au moins 4", "SOHR", "n’a pas eu lieu"] {
        assert!(t.contains(x), "{x} is missing in\n{t}");
    }
}
