//! The frame around every page: head, navigation, foot; and the page that tells what went wrong.

use std::collections::BTreeMap;

use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{Uri, header};
use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};
use recoupe_export::Words;
use recoupe_store::Role;

use crate::app::App;
use crate::caller::{Caller, language};
use crate::error::Oops;
use crate::words;

/// The parts of the interface, by the key of their name and where they are.
const PLACES: [(&str, &str, Role); 9] = [
    ("overview", "/", Role::Reader),
    ("incidents", "/incidents", Role::Reader),
    ("review", "/review", Role::Reader),
    ("ledgers", "/ledgers/agreements", Role::Reader),
    ("parties", "/parties", Role::Reader),
    ("pages", "/pages", Role::Reader),
    ("history", "/history", Role::Reader),
    ("publish", "/publish", Role::Reader),
    ("add", "/add", Role::Reviewer),
];

/// A page of the interface.
pub fn page(app: &App, c: &Caller, here: &str, title: &str, main: Markup) -> Response {
    let w = c.w;
    let bar = html! {
        form.find role="search" action="/search" {
            label.vh for="q" { (w.t("web.search")) }
            input #q type="search" name="q" value=[c.query.get("q").filter(|_| here == "search")] placeholder=(w.t("web.search"));
            button type="submit" { (w.t("web.go")) }
        }
        nav.places aria-label=(w.t("web.places")) {
            ul {
                @for (key, href, role) in PLACES {
                    @if c.may(role) { li { a href=(href) aria-current=[(key == here).then_some("page")] { (w.id("place", key)) } } }
                }
            }
        }
    };
    let foot = html! {
        p { (w.t("web.foot")) }
        div.tools {
            @for l in words::languages().filter(|l| *l != w.lang()) {
                form.inline method="post" action={ "/lang/" (l) } {
                    input type="hidden" name="back" value=(back(c));
                    button.link type="submit" lang=(l) { (w.id("language_own", l)) }
                }
            }
            a href="/api" { (w.t("web.api")) }
            @if !app.alone {
                span { (c.name) " · " (w.id("user_role", c.role.name())) }
                @if c.may(Role::Admin) { a href="/people" { (w.t("people.title")) } }
                form.inline method="post" action="/sign-out" { button.link type="submit" { (w.t("people.sign_out")) } }
            }
        }
    };
    frame(w, title, bar, main, foot)
}

/// Where to come back to: the path with what was asked for.
pub fn back(c: &Caller) -> String {
    let query: Vec<String> = c
        .query
        .iter()
        .filter(|(k, _)| *k != "said" && *k != "undo")
        .map(|(k, v)| format!("{k}={}", encoded(v)))
        .collect();
    if query.is_empty() { c.path.clone() } else { format!("{}?{}", c.path, query.join("&")) }
}

/// A value as it stands in an address.
pub fn encoded(s: &str) -> String {
    let mut out = String::new();
    for b in s.bytes() {
        match b {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' | b':' => out.push(b as char),
            _ => out.push_str(&format!("%{b:02X}")),
        }
    }
    out
}

/// An address on this server with values; those that are empty are left out.
pub fn address(path: &str, with: &[(&str, &str)]) -> String {
    let query: Vec<String> =
        with.iter().filter(|(_, v)| !v.is_empty()).map(|(k, v)| format!("{k}={}", encoded(v))).collect();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
}

/// The same list with other values; an empty one is taken out.
pub fn again(c: &Caller, with: &[(&str, &str)]) -> String {
    let mut query: BTreeMap<&str, &str> = c.query.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    for (k, v) in with {
        query.insert(k, v);
    }
    let all: Vec<(&str, &str)> = query.into_iter().collect();
    address(&c.path, &all)
}

fn frame(w: &Words, title: &str, bar: Markup, main: Markup, foot: Markup) -> Response {
    let page = html! {
        (DOCTYPE)
        html lang=(w.lang()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " — Recoupe" }
                link rel="stylesheet" href=(crate::assets::STYLE_HREF.as_str());
                link rel="icon" href="/assets/mark.svg" type="image/svg+xml";
                script src=(crate::assets::SCRIPT_HREF.as_str()) defer {}
            }
            body.site {
                a.skip href="#main" { (w.t("head.skip")) }
                header.bar { a.brand href="/" { "Recoupe" } (bar) }
                main #main tabindex="-1" { (main) }
                footer.foot { (foot) }
                dialog #keys aria-labelledby="h-keys" {
                    h2 #h-keys { (w.t("keys.title")) }
                    dl { @for k in ["j", "Enter", "n", "c", "s", "d", "u", "x", "e", "z", "/", "?"] { dt { kbd { (if k == "j" { "j k" } else { k }) } } dd { (w.id("key", k)) } } }
                    form method="dialog" { button { (w.t("keys.close")) } }
                }
            }
        }
    };
    Html(page.into_string()).into_response()
}

/// The head of a list that goes on: which part of how many is shown, and where the others are.
pub fn pager(c: &Caller, all: i64, each: usize) -> Markup {
    let (page, all) = (c.page(), usize::try_from(all).unwrap_or(0));
    let (first, last) = (page * each + 1, ((page + 1) * each).min(all));
    let number = |n: usize| c.w.number(n as i64);
    html! {
        @if all > each {
            nav.pager aria-label=(c.w.t("web.pages")) {
                @if page > 0 { a rel="prev" href=(again(c, &[("page", &page.to_string())])) { (c.w.t("web.before")) } }
                span { (c.w.f("web.shown", &[("a", &number(first)), ("b", &number(last)), ("n", &number(all))])) }
                @if last < all { a rel="next" href=(again(c, &[("page", &(page + 2).to_string())])) { (c.w.t("web.after")) } }
            }
        }
    }
}

/// What is needed of a request to tell what went wrong with it.
#[derive(Clone, Debug)]
pub struct Asked {
    lang: &'static str,
    uri: Uri,
    json: bool,
}

/// What is needed of a request to tell what went wrong with it.
pub fn parts_of(request: &Request) -> Asked {
    let (parts, ()) = {
        let mut made = axum::http::Request::new(());
        *made.uri_mut() = request.uri().clone();
        *made.headers_mut() = request.headers().clone();
        made.into_parts()
    };
    asked(&parts)
}

fn asked(parts: &Parts) -> Asked {
    let accepts = parts.headers.get(header::ACCEPT).and_then(|v| v.to_str().ok());
    let json = parts.uri.path().ends_with(".json") || accepts.is_some_and(|a| a.starts_with("application/json"));
    Asked { lang: language(parts, "fr"), uri: parts.uri.clone(), json }
}

/// The answer to a request with which something went wrong.
pub fn told(request: &Request, oops: Oops) -> Response {
    told_to(&parts_of(request), oops)
}

/// The same, when the request itself is gone.
pub fn told_to(asked: &Asked, oops: Oops) -> Response {
    let w = words::of(asked.lang);
    if asked.json {
        let body = serde_json::json!({ "error": oops.key().rsplit('.').next(), "message": w.t(oops.key()) });
        return (oops.status(), axum::Json(body)).into_response();
    }
    let back = asked.uri.path_and_query().map_or("/", |p| p.as_str());
    let main = html! {
        section.oops {
            h1 { (w.t(oops.key())) }
            @if let Oops::Workspace(why) = &oops { p.note { code { (why) } } }
            @match oops {
                Oops::SignIn | Oops::Bad("oops.password") | Oops::TooMany => (crate::view::people::form(w, back)),
                _ => p { a href="/" { (w.t("oops.home")) } },
            }
        }
    };
    let mut answer = frame(w, w.t(oops.key()), html! {}, main, html! {});
    *answer.status_mut() = oops.status();
    answer
}
