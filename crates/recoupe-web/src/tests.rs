//! The server asked as browsers and programs ask it, without a socket.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode, header};
use proptest::prelude::*;
use recoupe::Packs;
use recoupe_store::{Person, Role, Store};
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt;

use crate::view::api::{ROUTES, description};
use crate::{Options, open, people, router};

/// A server on a workspace of its own.
struct Site {
    dir: TempDir,
    router: Router,
    runtime: tokio::runtime::Runtime,
}

/// An answer.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.body))
    }

    fn location(&self) -> &str {
        self.headers.get(header::LOCATION).and_then(|l| l.to_str().ok()).expect("a redirect")
    }
}

const REPORTS: [(&str, &str); 3] = [
    (
        "a.txt",
        "Le Courrier du Nord\n\nDeux morts dans une frappe à Saraqeb\n\nPublié le 20 février 2020\n\nUne frappe aérienne de l’armée syrienne a tué deux civils jeudi \
        à Saraqeb, a annoncé l’Observatoire syrien des droits de l’homme.\n",
    ),
    (
        "b.txt",
        "La Tribune du Sud\n\nCinq tués à Saraqeb\n\nPublié le 20 février 2020\n\nCinq civils ont été tués jeudi dans une frappe aérienne russe à Saraqeb, selon les \
        secouristes. Le ministère russe de la Défense dément toute frappe à Saraqeb.\n",
    ),
    (
        "c.txt",
        "La Gazette\n\nUn convoi attaqué à Binnish\n\nPublié le 21 février 2020\n\nTrois soldats turcs ont été tués vendredi dans un bombardement à Binnish, a déclaré \
        le ministère turc de la Défense.\n",
    ),
];

impl Site {
    fn new(people: &[(&str, Role)]) -> Self {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let path = dir.path().join("recoupe.db");
        let mut store = Store::create(&path).expect("made");
        for (name, role) in people {
            let password = Some(people::hash("a long password").expect("hashed"));
            let person = Person { name: (*name).to_owned(), role: *role, password, ..Person::default() };
            store.set_person(&person).expect("set");
        }
        drop(store);
        let site = Self::at(dir, !people.is_empty());
        if people.is_empty() {
            site.add(&REPORTS);
        }
        site
    }

    /// A server on the workspace of a folder.
    fn at(dir: TempDir, accounts: bool) -> Self {
        let options = Options {
            workspace: dir.path().join("recoupe.db"),
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            hosts: vec!["dossiers.example".to_owned()],
            accounts,
            name: "ana".to_owned(),
            lang: "fr",
        };
        let app = open(&options, &Packs::baked(), !accounts).expect("opened");
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("threads");
        Self { dir, router: router(Arc::new(app)), runtime }
    }

    fn ask(&self, request: Request<Body>) -> Answer {
        let (mut parts, body) = request.into_parts();
        parts.headers.entry(header::HOST).or_insert(header::HeaderValue::from_static("127.0.0.1:7323"));
        parts.extensions.insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 9))));
        let router = self.router.clone();
        self.runtime.block_on(async move {
            let answer = router.oneshot(Request::from_parts(parts, body)).await.expect("an answer");
            let (status, headers) = (answer.status(), answer.headers().clone());
            let bytes = to_bytes(answer.into_body(), usize::MAX).await.expect("a body");
            Answer { status, headers, body: String::from_utf8_lossy(&bytes).into_owned() }
        })
    }

    fn get(&self, path: &str) -> Answer {
        self.ask(Request::get(path).body(Body::empty()).expect("a request"))
    }

    fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.post_as(path, form, None)
    }

    fn post_as(&self, path: &str, form: &[(&str, &str)], cookie: Option<&str>) -> Answer {
        let body: Vec<String> = form.iter().map(|(k, v)| format!("{k}={}", crate::frame::encoded(v))).collect();
        let mut request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(c) = cookie {
            request = request.header(header::COOKIE, c);
        }
        self.ask(request.body(Body::from(body.join("&"))).expect("a request"))
    }

    /// Adds pages through the form.
    fn add(&self, pages: &[(&str, &str)]) -> Answer {
        let mut body = String::new();
        for (name, text) in pages {
            body.push_str(&format!(
                "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/plain\r\n\r\n{text}\r\n"
            ));
        }
        body.push_str("--x--\r\n");
        let request = Request::post("/add").header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
        self.ask(request.body(Body::from(body)).expect("a request"))
    }

    /// The incident at a place, by the JSON list.
    fn incident(&self, place: &str) -> String {
        let list = self.get("/incidents.json?all=1").json();
        let found = list["items"].as_array().expect("a list").iter().find(|x| x["place"] == place);
        found.and_then(|x| x["id"].as_str()).unwrap_or_else(|| panic!("no incident at {place}: {list}")).to_owned()
    }

    fn log(&self) -> i64 {
        self.get("/history.json").json()["total"].as_i64().expect("a count")
    }

    fn sign_in(&self, name: &str) -> String {
        let answer = self.post("/sign-in", &[("name", name), ("password", "a long password")]);
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let cookie = answer.headers[header::SET_COOKIE].to_str().expect("a cookie");
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
        cookie.split(';').next().expect("a value").to_owned()
    }

    fn with(&self, path: &str, cookie: &str) -> Answer {
        self.ask(Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).expect("a request"))
    }
}

/// Every address that is a page, for an incident, a page and a claim that are there.
fn pages(site: &Site) -> Vec<String> {
    let incident = site.incident("Saraqib");
    let found = site.get(&format!("/incidents/{incident}.json")).json();
    let claim = found["claims"][0]["id"].as_str().expect("a claim").to_owned();
    let mut out: Vec<String> = [
        "/",
        "/incidents",
        "/review",
        "/parties",
        "/pages",
        "/pages/1",
        "/history",
        "/history?verify=1",
        "/publish",
        "/add",
        "/search",
        "/search?q=Saraqeb",
        "/api",
        "/people",
    ]
    .map(str::to_owned)
    .to_vec();
    for ledger in ["agreements", "control", "displacement", "relations", "sites", "names", "origins"] {
        out.push(format!("/ledgers/{ledger}"));
    }
    out.push(format!("/incidents/{incident}"));
    let number = (1..=4).find(|n| site.get(&format!("/pages/{n}/claims/{claim}")).status == StatusCode::OK);
    out.push(format!("/pages/{}/claims/{claim}", number.expect("the page of the claim")));
    let party = site.get("/parties.json").json()["items"][0]["id"].as_str().expect("a party").to_owned();
    out.push(format!("/parties/{party}"));
    out
}

#[test]
fn every_page_answers_in_both_languages_and_loads_nothing_from_elsewhere() {
    let site = Site::new(&[]);
    for path in pages(&site) {
        for lang in ["fr", "en"] {
            let request = Request::get(&path).header(header::ACCEPT_LANGUAGE, lang).body(Body::empty());
            let answer = site.ask(request.expect("a request"));
            assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
            assert!(answer.body.contains(&format!("<html lang=\"{lang}\">")), "{path}");
            let policy = answer.headers[header::CONTENT_SECURITY_POLICY].to_str().expect("a policy");
            assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
            assert!(!answer.body.contains(" style=\"") && !answer.body.contains(" onclick"), "{path}");
            for src in ["src=\"http", "href=\"http", "src=\"//", "href=\"//"] {
                assert!(!answer.body.contains(src), "{path} loads from elsewhere");
            }
        }
    }
}

#[test]
fn what_a_page_says_is_never_markup() {
    let site = Site::new(&[]);
    let hostile = "<title>\"><script>alert(1)</script></title>\n<img src=x onerror=alert(2)>\n\n\
        Une frappe a tué douze civils mardi 3 mars 2020 à Saraqeb, selon \"<svg/onload=alert(3)>\" et l’armée &lt;script&gt;alert(4)&lt;/script&gt; syrienne.\n\
        javascript:alert(5) </textarea></blockquote><iframe src=//evil.example></iframe>\n";
    let answer = site.add(&[("\u{3c}img src=x onerror=alert(6)\u{3e}.txt", hostile)]);
    assert!(answer.status.is_redirection(), "{}", answer.body);
    let mut all = pages(&site);
    all.extend(["/pages/4".to_owned(), "/search?q=%22%3E%3Cscript%3Ealert(7)%3C/script%3E".to_owned()]);
    for path in all {
        let body = site.get(&path).body;
        for bad in ["<script>alert", "<img src=x", "<svg/onload", "<iframe", "href=\"javascript"] {
            assert!(!body.contains(bad), "{path} holds {bad}");
        }
    }
    let raw = site.get("/pages/4/raw");
    assert_eq!(raw.headers[header::CONTENT_TYPE], "text/plain");
    assert_eq!(raw.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    assert_eq!(raw.body, hostile, "the bytes are those that came");
}

#[test]
fn requests_from_elsewhere_change_nothing() {
    let site = Site::new(&[]);
    let incident = site.incident("Saraqib");
    let path = format!("/incidents/{incident}/decide");
    let confirm = |name: &'static str, value: &str| {
        let request = Request::post(&path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(name, value)
            .body(Body::from("kind=confirm"));
        site.ask(request.expect("a request")).status
    };
    assert_eq!(confirm("sec-fetch-site", "cross-site"), StatusCode::FORBIDDEN);
    assert_eq!(confirm("sec-fetch-site", "same-site"), StatusCode::FORBIDDEN);
    assert_eq!(confirm("origin", "https://evil.example"), StatusCode::FORBIDDEN);
    assert_eq!(confirm("origin", "null"), StatusCode::FORBIDDEN);
    assert_eq!(confirm("host", "evil.example"), StatusCode::FORBIDDEN, "a name of this machine that is not its own");
    assert_eq!(site.log(), 0);
    assert_eq!(confirm("host", "dossiers.example"), StatusCode::SEE_OTHER);
    assert_eq!(confirm("origin", "http://127.0.0.1:7323"), StatusCode::SEE_OTHER);
    assert_eq!(site.log(), 2);
}

#[test]
fn a_decision_is_recorded_shown_taken_back_and_outlives_the_server() {
    let site = Site::new(&[]);
    let incident = site.incident("Saraqib");
    let path = format!("/incidents/{incident}");
    let answer =
        site.post(&format!("{path}/decide"), &[("kind", "confirm"), ("reason", "vu deux fois"), ("back", &path)]);
    assert!(answer.location().starts_with(&format!("{path}?said=recorded&undo=d-")), "{}", answer.location());
    let shown = site.get(answer.location()).body;
    assert!(shown.contains("vu deux fois") && shown.contains("confirmation"), "{shown}");
    let undo = answer.location().rsplit('=').next().expect("an id").to_owned();
    let back = site.post(&format!("/decisions/{undo}/revoke"), &[("back", "/history")]);
    assert!(back.location().starts_with("/history?said=recorded"), "{}", back.location());
    assert_eq!(site.log(), 2);
    // another server on the same file
    let Site { dir, router, runtime } = site;
    drop((router, runtime));
    let site = Site::at(dir, false);
    assert_eq!(site.log(), 2);
    assert!(site.get("/history?verify=1").body.contains("La chaîne est intacte."));
    assert_eq!(site.post("/decisions/d-none/revoke", &[]).status, StatusCode::SEE_OTHER);
}

#[test]
fn merging_and_splitting_change_what_is_one_incident() {
    let site = Site::new(&[]);
    let (one, two) = (site.incident("Saraqib"), site.incident("Binnish"));
    let count = || site.get("/incidents.json?all=1").json()["total"].as_i64().expect("a count");
    let before = count();
    let path = format!("/incidents/{one}/decide");
    let merged = site.post(&path, &[("kind", "merge"), ("with", &two), ("back", "/incidents")]);
    assert!(merged.location().contains("said=recorded"), "{}", merged.location());
    assert_eq!(count(), before - 1);
    // the name that is gone leads to the one that is left
    let (a, b) = (site.get(&format!("/incidents/{one}.json")), site.get(&format!("/incidents/{two}.json")));
    let gone = if a.status == StatusCode::OK { b } else { a };
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    let left = gone.location().trim_end_matches(".json").to_owned();
    let found = site.get(&format!("{left}.json")).json();
    let leave =
        found["claims"].as_array().expect("claims").last().expect("one")["id"].as_str().expect("an id").to_owned();
    let none = site.post(&format!("{left}/decide"), &[("kind", "split")]);
    assert_eq!(none.status, StatusCode::BAD_REQUEST, "nothing was ticked");
    let split = site.post(&format!("{left}/decide"), &[("kind", "split"), ("claim", &leave)]);
    assert!(split.location().contains("said=recorded"), "{}", split.location());
    assert_eq!(count(), before);
}

#[test]
fn a_corrected_toll_is_what_the_incident_tells() {
    let site = Site::new(&[]);
    let incident = site.incident("Binnish");
    let found = site.get(&format!("/incidents/{incident}.json")).json();
    let claim = found["claims"].as_array().expect("claims").iter().find(|c| c["tolls"][0]["kind"] == "killed");
    let claim = claim.expect("a claim that counts the killed")["id"].as_str().expect("an id").to_owned();
    let form = [
        ("kind", "correct"),
        ("field", "toll"),
        ("toll_kind", "killed"),
        ("index", "0"),
        ("min", "4"),
        ("max", "4"),
        ("seen", "0"),
    ];
    let answer = site.post(&format!("/pages/3/claims/{claim}/decide"), &form);
    assert!(answer.location().contains("said=recorded"), "{}", answer.location());
    let list = site.get("/incidents.json").json();
    let x = list["items"].as_array().expect("a list").iter().find(|x| x["place"] == "Binnish").expect("it");
    assert_eq!(x["killed"]["low"], 4);
    let wrong = site.post(
        &format!("/pages/3/claims/{claim}/decide"),
        &[("kind", "correct"), ("field", "toll"), ("toll_kind", "killed"), ("min", "vier")],
    );
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
}

#[test]
fn two_people_do_not_tread_on_each_other() {
    let site = Site::new(&[("ana", Role::Reviewer), ("ben", Role::Editor), ("cem", Role::Reader)]);
    assert_eq!(site.get("/").status, StatusCode::UNAUTHORIZED);
    let (ana, ben, cem) = (site.sign_in("ana"), site.sign_in("ben"), site.sign_in("cem"));
    let text = REPORTS[0].1;
    let request = Request::post("/add")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .header(header::COOKIE, &ana)
        .body(Body::from(format!("--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n{text}\r\n--x--\r\n")));
    assert!(site.ask(request.expect("a request")).status.is_redirection());
    let list = site.with("/incidents.json", &ana).json();
    let incident = list["items"][0]["id"].as_str().expect("an incident").to_owned();
    let path = format!("/incidents/{incident}");
    assert_eq!(
        site.post_as(&format!("{path}/decide"), &[("kind", "confirm")], Some(&cem)).status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(site.with(&path, &cem).status, StatusCode::OK, "a reader may look");
    site.with(&path, &ana);
    assert!(site.with(&path, &ben).body.contains("ana"), "who else is on it is told");
    // both saw the log empty; ana is quicker
    let confirm = [("kind", "confirm"), ("seen", "0"), ("reason", "lu")];
    assert_eq!(site.post_as(&format!("{path}/decide"), &confirm, Some(&ana)).status, StatusCode::SEE_OTHER);
    let late = site.post_as(&format!("{path}/decide"), &[("kind", "reject"), ("seen", "0")], Some(&ben));
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.body.contains("confirmation") && late.body.contains("lu"), "{}", late.body);
    assert_eq!(site.with("/history.json", &ana).json()["total"], 1, "nothing was recorded");
    let anyway = site.post_as(&format!("{path}/decide"), &[("kind", "reject"), ("seen", "1")], Some(&ben));
    assert_eq!(anyway.status, StatusCode::SEE_OTHER);
    let entries = site.with("/history.json", &ana).json();
    assert_eq!(entries["items"][0]["author"], "ben");
    assert_eq!(site.with("/people", &ben).status, StatusCode::FORBIDDEN);
    assert_eq!(site.post_as("/publish", &[("title", "x")], Some(&ana)).status, StatusCode::FORBIDDEN);
    assert_eq!(site.post_as("/sign-out", &[], Some(&ana)).status, StatusCode::SEE_OTHER);
    assert_eq!(site.with("/", &ana).status, StatusCode::UNAUTHORIZED, "the secret no longer counts");
}

#[test]
fn guessing_passwords_is_slowed_and_noted() {
    let site = Site::new(&[("ana", Role::Admin)]);
    for _ in 0..8 {
        let answer = site.post("/sign-in", &[("name", "ana"), ("password", "wrong")]);
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    }
    let answer = site.post("/sign-in", &[("name", "ana"), ("password", "a long password")]);
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "even the right one has to wait");
    let store = Store::open(&site.dir.path().join("recoupe.db"), std::time::Duration::from_secs(1)).expect("opened");
    let noted = store.sign_ins(20).expect("told");
    assert_eq!((noted.len(), noted.iter().any(|s| s.ok)), (8, false));
}

#[test]
fn a_token_stands_for_its_account() {
    let site = Site::new(&[("bot", Role::Reader)]);
    let secret = people::secret().expect("random");
    let mut store =
        Store::open(&site.dir.path().join("recoupe.db"), std::time::Duration::from_secs(1)).expect("opened");
    store
        .sign_in("bot", &recoupe_store::digest(secret.as_bytes()), "nightly", &people::until(people::YEAR))
        .expect("let in");
    let ask = |secret: &str| {
        let request = Request::get("/incidents.json").header(header::AUTHORIZATION, format!("Bearer {secret}"));
        site.ask(request.body(Body::empty()).expect("a request"))
    };
    assert_eq!(ask(&secret).status, StatusCode::OK);
    let refused = ask("guess");
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    assert_eq!(refused.json()["error"], "sign_in");
}

#[test]
fn what_did_not_change_is_not_sent_again() {
    let site = Site::new(&[]);
    let first = site.get("/incidents.json");
    let tag = first.headers[header::ETAG].clone();
    let again = |tag: &header::HeaderValue| {
        site.ask(
            Request::get("/incidents.json").header(header::IF_NONE_MATCH, tag).body(Body::empty()).expect("a request"),
        )
    };
    let same = again(&tag);
    assert_eq!((same.status, same.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    site.add(&[(
        "d.txt",
        "Le Soir\n\nUn mort à Idlib\n\nPublié le 22 février 2020\n\nUn civil a été tué samedi par des tirs à Idlib.\n",
    )]);
    assert_eq!(again(&tag).status, StatusCode::OK);
}

#[test]
fn what_is_published_stays_and_tells_what_changed() {
    let site = Site::new(&[]);
    let first = site.post("/publish", &[("title", "Saraqeb"), ("note", "première")]);
    assert_eq!(first.location(), "/published/1");
    let json = site.get("/published/1/dossier.json").body;
    let told = site.get("/published/1").body;
    assert!(told.contains(&recoupe_store::digest(json.as_bytes())), "the digest is that of the file");
    site.add(&[(
        "d.txt",
        "Le Soir\n\nUn mort à Idlib\n\nPublié le 22 février 2020\n\nUn civil a été tué samedi par des tirs à Idlib.\n",
    )]);
    site.post("/publish", &[("title", "Saraqeb, suite")]);
    assert_eq!(site.get("/published/1/dossier.json").body, json);
    assert!(site.get("/published/2").body.contains("nouveau"));
    let csv = site.get("/published/2/incidents.csv");
    assert!(csv.status == StatusCode::OK && csv.body.contains("Saraqeb"), "{}", csv.body);
    let report = site.get("/published/2/index.html");
    assert!(report.body.contains("Saraqeb, suite"));
    assert!(site.get("/published/3").status == StatusCode::NOT_FOUND);
}

/// The parts of JSON Schema that the description uses.
fn fits(value: &Value, schema: &Value, all: &Value) -> Result<(), String> {
    if let Some(path) = schema["$ref"].as_str() {
        let schema = all.pointer(path.trim_start_matches('#')).ok_or(format!("no {path}"))?;
        return fits(value, schema, all);
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(t) => vec![t],
        Value::Array(t) => t.iter().filter_map(Value::as_str).collect(),
        _ => return Ok(()),
    };
    let is = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    if !types.contains(&is) {
        return Err(format!("{is} where {types:?} was promised"));
    }
    for key in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        value.get(key).ok_or(format!("no {key:?}"))?;
    }
    for (key, inner) in schema["properties"].as_object().into_iter().flatten() {
        value.get(key).map_or(Ok(()), |v| fits(v, inner, all))?;
    }
    let items = value.as_array().into_iter().flatten();
    items.into_iter().try_for_each(|v| fits(v, &schema["items"], all))
}

/// An address of the description with names filled in.
fn filled(path: &str, with: &BTreeMap<&str, String>) -> String {
    let mut out = path.to_owned();
    for (name, value) in with {
        out = out.replace(&format!("{{{name}}}"), value);
    }
    out
}

#[test]
fn programs_get_what_the_description_promises() {
    let site = Site::new(&[]);
    let all = site.get("/api/openapi.json").json();
    assert_eq!(all, description());
    let incident = site.incident("Binnish");
    let claim =
        site.get(&format!("/incidents/{incident}.json")).json()["claims"][0]["id"].as_str().expect("an id").to_owned();
    let names: BTreeMap<&str, String> =
        [("name", incident), ("number", "3".to_owned()), ("id", claim), ("ledger", "control".to_owned())].into();
    for r in &ROUTES {
        let path = filled(r.path, &names);
        let path = if r.path == "/search.json" { format!("{path}?q=Binnish") } else { path };
        let answer = site.get(&path);
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        let schema = &all["paths"][r.path]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
        fits(&answer.json(), schema, &all).unwrap_or_else(|e| panic!("{path}: {e}"));
    }
}

#[test]
fn no_question_breaks_the_server() {
    let site = Site::new(&[]);
    let all = description();
    let words = [
        "",
        "0",
        "-1",
        "99999999999999999999",
        "2020-02",
        "'; DROP TABLE page; --",
        "%",
        "\u{0}",
        "é«",
        "[",
        "i",
        "../..",
        "sha256:",
    ];
    let word = prop_oneof![proptest::sample::select(words.to_vec()).prop_map(str::to_owned), ".{0,12}"];
    let route = proptest::sample::select(ROUTES.iter().collect::<Vec<_>>());
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig { cases: 96, ..ProptestConfig::default() });
    let asked = (route, proptest::collection::vec(word, 6));
    runner
        .run(&asked, |(route, values)| {
            let mut values = values.into_iter().map(|v| crate::frame::encoded(&v).replace('/', "%2F"));
            let mut path = String::new();
            for (i, piece) in route.path.split('{').enumerate() {
                match piece.split_once('}').filter(|_| i > 0) {
                    Some((_, rest)) => {
                        let v = values.next().unwrap_or_default();
                        path.push_str(if v.is_empty() { "x" } else { &v });
                        path.push_str(rest);
                    }
                    None => path.push_str(piece),
                }
            }
            let query: Vec<String> = route.query.iter().zip(values).map(|(q, v)| format!("{q}={v}")).collect();
            let answer = site.get(&format!("{path}?{}", query.join("&")));
            prop_assert!(!answer.status.is_server_error(), "{path}?{}: {}", query.join("&"), answer.body);
            if answer.status.is_client_error() {
                let error = &all["components"]["schemas"]["Error"];
                prop_assert!(fits(&answer.json(), error, &all).is_ok(), "{path}: {}", answer.body);
            }
            Ok(())
        })
        .unwrap_or_else(|e| panic!("{e}"));
}

#[test]
fn a_workspace_that_others_can_reach_asks_for_accounts() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join("recoupe.db");
    Store::create(&path).expect("made");
    let options = |address: [u8; 4]| Options {
        workspace: path.clone(),
        address: SocketAddr::from((address, 0)),
        hosts: Vec::new(),
        accounts: false,
        name: "ana".to_owned(),
        lang: "fr",
    };
    let all = options([0, 0, 0, 0]);
    let alone = all.address.ip().is_loopback();
    assert!(matches!(open(&all, &Packs::baked(), alone), Err(crate::ServeError::NoAccounts)));
    assert!(open(&options([127, 0, 0, 1]), &Packs::baked(), true).is_ok());
    assert!(Path::new(&path).is_file());
}
