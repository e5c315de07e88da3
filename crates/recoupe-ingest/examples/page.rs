//! Shows how pages are read: `cargo run -p recoupe-ingest --example page -- [--json|--time] FILES`.
//!
//! `--json` prints pages as the dossier has them, `--time` how long reading takes.

use recoupe_ingest::{Options, RawPage, load};
use recoupe_pack::Packs;
use recoupe_page::PageReader;

fn main() {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let mode = args.first().filter(|a| a.starts_with("--")).cloned().unwrap_or_default();
    if !mode.is_empty() {
        args.remove(0);
    }
    let start = std::time::Instant::now();
    let reader = PageReader::load(&Packs::baked()).expect("the packs that ship are sound");
    let loaded = start.elapsed();
    let mut pages: Vec<RawPage> = Vec::new();
    for page in load(&args, Options::default()) {
        match page {
            Ok(p) => pages.push(p),
            Err(e) => eprintln!("{} {e}", e.code()),
        }
    }
    if mode == "--time" {
        let start = std::time::Instant::now();
        let mut n = 0u32;
        while start.elapsed().as_secs_f32() < 3.0 {
            for page in &pages {
                std::hint::black_box(reader.read(&page.input()));
                n += 1;
            }
        }
        println!("load {loaded:?}, {:.0} pages/s", n as f32 / start.elapsed().as_secs_f32());
        return;
    }
    let mut json = Vec::new();
    for page in &pages {
        let source = &page.source;
        let a = reader.read(&page.input());
        if mode == "--json" {
            let dropped: Vec<String> = a
                .blocks
                .iter()
                .filter_map(|b| b.dropped.map(|w| (a.original_span(b.span), w)))
                .map(|(s, w)| format!(r#"{{"span":{{"start":{},"end":{}}},"why":"{}"}}"#, s.start, s.end, w.code()))
                .collect();
            let published = a
                .published
                .as_ref()
                .map_or("null".to_owned(), |p| format!(r#"{{"from":"{}","to":"{}"}}"#, p.from, p.to));
            json.push(format!(
                r#"{{"id":"{source}","source":"{source}","published":{published},"dropped":[{}]}}"#,
                dropped.join(",")
            ));
            continue;
        }
        println!("==== {source}");
        println!(
            "{:?} {:.2} {} html={} outlet={:?} agencies={:?}",
            a.language,
            a.language_confidence,
            a.encoding,
            a.html,
            a.outlet.as_ref().map(|o| &o.name),
            a.agencies.iter().map(|o| &o.name).collect::<Vec<_>>()
        );
        println!(
            "published {:?} partial {:?}",
            a.published.as_ref().map(|p| (
                p.from.to_string(),
                p.to.to_string(),
                p.basis.code(),
                p.span.map(|s| a.quote(s))
            )),
            a.partial
        );
        for n in &a.notes {
            println!("note {} {:?}", n.code, n.span.map(|s| a.quote(s)));
        }
        for b in &a.blocks {
            let q = a.quote(b.span);
            let short: String = q.chars().take(110).collect();
            println!("{:>9} {:<9} {} {}", b.dropped.map_or("", |w| w.code()), format!("{:?}", b.kind), b.part, short);
        }
    }
    if mode == "--json" {
        println!(r#"{{"pages":[{}],"claims":[]}}"#, json.join(","));
    }
}
