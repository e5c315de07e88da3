//! `recoupe serve` as a process: it is asked over a socket, ended, and killed while two people decide.

mod desk;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use desk::Desk;
use serde_json::Value;

/// A server on a desk's workspace, and where it is.
struct Served {
    child: Child,
    address: String,
}

impl Served {
    fn new(desk: &Desk) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_recoupe"))
            .args(["serve", "--listen", "127.0.0.1:0", "--as", "ana", "--lang", "en"])
            .current_dir(desk.path(""))
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("started");
        let mut line = String::new();
        BufReader::new(child.stderr.take().expect("piped")).read_line(&mut line).expect("told");
        let address = line.split_whitespace().next().and_then(|u| u.strip_prefix("http://")).unwrap_or_default();
        assert!(!address.is_empty(), "{line}");
        Self { address: address.trim_end_matches('/').to_owned(), child }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Asks over a socket; `None` where the answer did not come whole.
fn ask(address: &str, method: &str, path: &str, form: &str) -> Option<(u16, String)> {
    let mut socket = TcpStream::connect(address).ok()?;
    socket.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    let length = form.len();
    let kind = "application/x-www-form-urlencoded";
    write!(
        socket,
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n{form}"
    )
    .ok()?;
    let mut all = String::new();
    socket.read_to_string(&mut all).ok()?;
    let (head, body) = all.split_once("\r\n\r\n")?;
    Some((head.split(' ').nth(1)?.parse().ok()?, format!("{head}\n\n{body}")))
}

fn body(answer: &str) -> Value {
    serde_json::from_str(answer.split_once("\n\n").map_or("", |a| a.1)).unwrap_or_else(|e| panic!("{e}: {answer}"))
}

#[test]
fn it_serves_until_it_is_asked_to_end() {
    let desk = Desk::with_workspace();
    desk.ok(&["update", "-q"]);
    let mut served = Served::new(&desk);
    let (status, page) = ask(&served.address, "GET", "/", "").expect("an answer");
    assert_eq!(status, 200);
    assert!(page.contains("content-security-policy: default-src 'none'"), "{page}");
    // others may use the workspace beside it
    assert!(desk.ok(&["status", "--lang", "en"]).0.contains("pages"));
    let id = i32::try_from(served.child.id()).expect("a process").to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().expect("asked").success());
    assert!(served.child.wait().expect("ended").success());
}

#[test]
fn what_was_acknowledged_to_two_people_outlives_a_kill() {
    let desk = Desk::with_workspace();
    desk.ok(&["update", "-q"]);
    let rounds = std::env::var("RECOUPE_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(3_usize);
    let told: Mutex<Vec<String>> = Mutex::default();
    for _ in 0..rounds {
        let mut served = Served::new(&desk);
        let address = served.address.clone();
        let list = body(&ask(&address, "GET", "/incidents.json", "").expect("an answer").1);
        let ids: Vec<&str> =
            list["items"].as_array().expect("a list").iter().filter_map(|x| x["id"].as_str()).collect();
        let over = AtomicBool::new(false);
        let before = told.lock().expect("whole").len();
        std::thread::scope(|s| {
            for person in 0..2 {
                let (ids, address, told, over) = (&ids, &address, &told, &over);
                s.spawn(move || {
                    for id in ids.iter().cycle().skip(person * 3) {
                        if over.load(Ordering::Relaxed) {
                            break;
                        }
                        let path = format!("/incidents/{id}/decide");
                        let Some((303, head)) = ask(address, "POST", &path, "kind=confirm&reason=read") else {
                            continue;
                        };
                        let id = head.split("undo=").nth(1).and_then(|r| r.split_whitespace().next()).expect("an id");
                        told.lock().expect("whole").push(id.to_owned());
                    }
                });
            }
            while told.lock().expect("whole").len() < before + 4 {
                std::thread::sleep(Duration::from_millis(5));
            }
            served.child.kill().expect("killed");
            over.store(true, Ordering::Relaxed);
        });
    }
    let log = desk.ok(&["log", "show", "--format", "jsonl"]).0;
    for id in told.lock().expect("whole").iter() {
        assert!(log.contains(id), "{id} was acknowledged and is not in the log");
    }
    desk.ok(&["log", "verify"]);
    assert!(desk.ok(&["doctor", "--lang", "en"]).0.contains("✓ log of decisions: sound"));
    // and what is shown afterwards is what was decided
    let served = Served::new(&desk);
    let total = body(&ask(&served.address, "GET", "/history.json", "").expect("an answer").1)["total"].as_u64();
    assert!(total.is_some_and(|n| n as usize >= told.lock().expect("whole").len()));
}

#[test]
fn what_cannot_be_served_is_said() {
    let desk = Desk::new();
    let told = desk.fails(7, &["serve", "--lang", "en"]);
    assert!(told.contains("no workspace"), "{told}");
    desk.ok(&["init", "--lang", "en"]);
    let told = desk.fails(2, &["serve", "--listen", "0.0.0.0:0", "--lang", "en"]);
    assert!(told.contains("no account") && told.contains("recoupe user add"), "{told}");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("told").to_string();
    let told = desk.fails(4, &["serve", "--listen", &address, "--lang", "en"]);
    assert!(told.contains(&address) && told.contains("--listen 127.0.0.1:0"), "{told}");
}

#[test]
fn accounts_are_made_listed_and_deleted() {
    let desk = Desk::new();
    desk.ok(&["init", "--lang", "en"]);
    let add = |name: &str, password: &str| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_recoupe"))
            .args(["user", "add", name, "--role", "editor", "--password-stdin", "--lang", "en"])
            .current_dir(desk.path(""))
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("started");
        child.stdin.take().expect("piped").write_all(format!("{password}\n").as_bytes()).expect("told");
        let out = child.wait_with_output().expect("ended");
        (out.status.code(), desk::text(&out.stderr))
    };
    assert_eq!(add("ana", "a long password").0, Some(0));
    let (status, told) = add("ben", "short");
    assert!(status == Some(2) && told.contains("at least 12"), "{told}");
    assert!(desk.ok(&["user", "list"]).0.starts_with("ana\teditor\t"));
    let token = desk.ok(&["user", "token", "ana"]).0;
    assert_eq!(token.trim().len(), 64);
    let file = std::fs::read(desk.path("recoupe.db")).expect("read");
    let holds = |secret: &str| file.windows(secret.len()).any(|w| w == secret.as_bytes());
    assert!(!holds(token.trim()) && !holds("a long password"), "no secret stands in the file");
    assert!(desk.fails(2, &["user", "add", "cem", "--lang", "en"]).contains("--password-stdin"));
    desk.ok(&["user", "remove", "ana"]);
    assert_eq!(desk.ok(&["user", "list"]).0, "");
    desk.fails(2, &["user", "remove", "ana"]);
}
