//! `load URL [SECONDS]`: asks a running server as twenty readers and one reviewer do, and prints how long each page of the interface takes.
//!
//! Each reader asks for one page after the other without rest, for all kinds of pages in turn; the reviewer records a decision every two
//! seconds. Times are from the request to the last byte, over loopback.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;

/// Readers at once.
const READERS: usize = 20;

/// How long each kind of page took, one by one.
type Times = BTreeMap<&'static str, Vec<Duration>>;

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let Some(base) = args.next() else {
        eprintln!("usage: load URL [SECONDS]");
        return ExitCode::from(2);
    };
    let seconds = args.next().and_then(|s| s.parse().ok()).unwrap_or(30);
    match run(base.trim_end_matches('/'), Duration::from_secs(seconds)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("{e}");
            ExitCode::FAILURE
        }
    }
}

fn run(base: &str, time: Duration) -> Result<(), String> {
    let agent = agent();
    let list = json(&agent, &format!("{base}/incidents.json"))?;
    let incidents: Vec<String> =
        list["items"].as_array().into_iter().flatten().filter_map(|x| Some(x["id"].as_str()?.to_owned())).collect();
    let contested = json(&agent, &format!("{base}/review.json"))?;
    let open: Vec<String> = contested["items"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|x| Some(x["id"].as_str()?.to_owned()))
        .collect();
    let pages = json(&agent, &format!("{base}/pages.json"))?["total"].as_u64().unwrap_or(1);
    let parties = json(&agent, &format!("{base}/parties.json"))?;
    let party = parties["items"][0]["id"].as_str().unwrap_or_default().to_owned();
    let kinds: Vec<(&'static str, Vec<String>)> = vec![
        ("overview", vec!["/".into()]),
        (
            "incidents",
            vec!["/incidents".into(), "/incidents?standing=contested".into(), "/incidents?from=2015&to=2016".into()],
        ),
        ("incident", incidents.iter().chain(&open).map(|i| format!("/incidents/{i}")).collect()),
        ("page", (0..200).map(|n| format!("/pages/{}", 1 + n * 499 % pages)).collect()),
        ("pages", vec!["/pages".into(), "/pages?page=40".into()]),
        ("review", vec!["/review".into()]),
        (
            "ledgers",
            ["agreements", "control", "displacement", "relations", "sites", "names", "origins"]
                .map(|l| format!("/ledgers/{l}"))
                .to_vec(),
        ),
        ("parties", vec!["/parties".into()]),
        ("party", vec![format!("/parties/{party}")]),
        (
            "search",
            ["frappe", "soldats%20tués", "%22frappe%20aérienne%22", "Idlib"].map(|q| format!("/search?q={q}")).to_vec(),
        ),
        ("history", vec!["/history".into()]),
        ("publish", vec!["/publish".into()]),
    ];
    let (kinds, next, over) = (Arc::new(kinds), Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
    let times: Arc<Mutex<Times>> = Arc::default();
    let readers: Vec<_> = (0..READERS)
        .map(|_| {
            let (base, kinds, next, over, times) =
                (base.to_owned(), Arc::clone(&kinds), Arc::clone(&next), Arc::clone(&over), Arc::clone(&times));
            std::thread::spawn(move || {
                let agent = self::agent();
                let mut mine = Times::new();
                let mut failed = 0;
                while !over.load(Ordering::Relaxed) {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    let (kind, paths) = &kinds[n % kinds.len()];
                    let start = Instant::now();
                    match text(&agent, &format!("{base}{}", paths[(n / kinds.len()) % paths.len()])) {
                        Ok(_) => mine.entry(kind).or_default().push(start.elapsed()),
                        Err(_) => failed += 1,
                    }
                }
                if let Ok(mut all) = times.lock() {
                    for (kind, took) in mine {
                        all.entry(kind).or_default().extend(took);
                    }
                }
                failed
            })
        })
        .collect();
    let (end, mut decided) = (Instant::now() + time, Vec::new());
    for i in open.iter().cycle() {
        if Instant::now() >= end {
            break;
        }
        let start = Instant::now();
        let sent =
            agent.post(format!("{base}/incidents/{i}/decide")).send_form([("kind", "confirm"), ("reason", "load")]);
        if sent.is_ok() {
            decided.push(start.elapsed());
        }
        std::thread::sleep(Duration::from_secs(2).min(end.saturating_duration_since(Instant::now())));
    }
    over.store(true, Ordering::Relaxed);
    let failed: usize = readers.into_iter().map(|r| r.join().unwrap_or(1)).sum();
    let mut all = times.lock().map_err(|e| e.to_string())?;
    println!("{:10} {:>7} {:>9} {:>9} {:>9}", "page", "asked", "median", "95 %", "most");
    let row = |name: &str, took: &mut Vec<Duration>| {
        took.sort_unstable();
        let at =
            |share: f64| took.get(((took.len() as f64 - 1.0) * share) as usize).map_or(0.0, |d| d.as_secs_f64() * 1e3);
        println!("{name:10} {:>7} {:>6.0} ms {:>6.0} ms {:>6.0} ms", took.len(), at(0.5), at(0.95), at(1.0));
    };
    for (kind, took) in all.iter_mut() {
        row(kind, took);
    }
    row("decide", &mut decided);
    println!("{READERS} readers, one reviewer, {} s; {failed} requests failed", time.as_secs());
    Ok(())
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().max_redirects(0).timeout_global(Some(Duration::from_secs(60))).build().into()
}

fn text(agent: &ureq::Agent, url: &str) -> Result<String, String> {
    let mut answer = agent.get(url).call().map_err(|e| format!("{url}: {e}"))?;
    answer.body_mut().with_config().limit(1 << 28).read_to_string().map_err(|e| format!("{url}: {e}"))
}

fn json(agent: &ureq::Agent, url: &str) -> Result<Value, String> {
    serde_json::from_str(&text(agent, url)?).map_err(|e| format!("{url}: {e}"))
}
