//! Signing in and out, and accounts.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, Form, Path, State};
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use recoupe_export::Words;
use recoupe_store::{Person, Role};

use crate::app::App;
use crate::caller::Caller;
use crate::decide::{Fields, back_to, value};
use crate::error::Oops;
use crate::{frame, people, words};

/// The form to sign in with.
pub fn form(w: &Words, back: &str) -> Markup {
    html! {
        form.sign-in method="post" action="/sign-in" {
            input type="hidden" name="back" value=(back);
            label { (w.t("people.name")) input type="text" name="name" autocomplete="username" required autofocus; }
            label { (w.t("people.password")) input type="password" name="password" autocomplete="current-password" required; }
            button type="submit" { (w.t("people.sign_in")) }
        }
    }
}

/// A cookie that only this server gets, and no script reads.
fn cookie(name: &str, value: &str, seconds: i64, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}")
}

/// Whether the browser came by TLS, as the proxy before the server says.
fn by_tls(headers: &HeaderMap) -> bool {
    headers.get("x-forwarded-proto").is_some_and(|p| p == "https")
}

/// Where somebody comes from; a proxy on this machine tells for whom it asks, at the end of what it passes on.
fn address(from: SocketAddr, headers: &HeaderMap) -> String {
    let told = headers.get("x-forwarded-for").and_then(|v| v.to_str().ok()?.rsplit(',').next());
    match told.map(str::trim).filter(|t| from.ip().is_loopback() && t.parse::<std::net::IpAddr>().is_ok()) {
        Some(told) => told.to_owned(),
        None => from.ip().to_string(),
    }
}

/// `POST /sign-in`
pub async fn sign_in(
    State(app): State<Arc<App>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Result<Response, Oops> {
    let name = value(&fields, "name").ok_or(Oops::Bad("oops.password"))?.to_owned();
    let password = value(&fields, "password").ok_or(Oops::Bad("oops.password"))?.to_owned();
    let secret = people::sign_in(&app, name, password, address(from, &headers)).await?;
    let set = cookie(people::COOKIE, &secret, people::STAY.as_secs(), by_tls(&headers));
    Ok(([(SET_COOKIE, set)], Redirect::to(back_to(&fields))).into_response())
}

/// `POST /sign-out`
pub async fn sign_out(State(app): State<Arc<App>>, request: axum::extract::Request) -> Result<Response, Oops> {
    let (parts, _) = request.into_parts();
    if let Some(secret) = crate::caller::cookie(&parts, people::COOKIE) {
        let digest = recoupe_store::digest(secret.as_bytes());
        app.write(move |d| Ok(d.store.sign_out(&digest)?)).await?;
    }
    Ok(([(SET_COOKIE, cookie(people::COOKIE, "", 0, false))], Redirect::to("/")).into_response())
}

/// `POST /lang/{lang}`
pub async fn language(Path(lang): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Oops> {
    let lang = words::spoken(&lang).ok_or(Oops::NotFound)?;
    Ok(([(SET_COOKIE, cookie("lang", lang, 31_536_000, false))], Redirect::to(back_to(&fields))).into_response())
}

/// `/people`
pub async fn show(State(app): State<Arc<App>>, c: Caller) -> Result<Response, Oops> {
    c.must(Role::Admin)?;
    let (all, log) = app.read(|d| Ok((d.store.people()?, d.store.sign_ins(50)?))).await?;
    let w = c.w;
    let role = |name: &str, now: Role| {
        html! { select name="role" aria-label={ (w.t("people.role")) " " (name) } {
            @for r in Role::ALL { option value=(r.name()) selected[r == now] { (w.id("user_role", r.name())) } }
        } }
    };
    let main = html! {
        h1 { (w.t("people.title")) }
        @if app.alone { p.intro { (w.t("people.alone")) } }
        table.ledger {
            thead { tr { th scope="col" { (w.t("people.name")) } th scope="col" { (w.t("people.role")) } th scope="col" { (w.t("people.created")) } th scope="col" { span.vh { (w.t("people.change")) } } } }
            tbody { @for p in &all { tr {
                th scope="row" dir="auto" { (p.name) }
                td { form.inline method="post" action="/people" { input type="hidden" name="name" value=(p.name); (role(&p.name, p.role)) button type="submit" { (w.t("people.change")) } } }
                td { (super::moment(w, &p.created)) }
                td { @if p.name != c.name { form.inline method="post" action="/people/forget" { input type="hidden" name="name" value=(p.name); button.link type="submit" { (w.t("people.forget")) span.vh { " " (p.name) } } } } }
            } } }
        }
        section aria-labelledby="h-new-person" {
            h2 #h-new-person { (w.t("people.new")) }
            form.add method="post" action="/people" {
                label { (w.t("people.name")) input type="text" name="name" required maxlength="100" autocomplete="off"; }
                label { (w.t("people.password")) input type="password" name="password" required minlength=(people::SHORTEST) autocomplete="new-password"; }
                label { (w.t("people.role")) (role("", Role::Reviewer)) }
                button type="submit" { (w.t("people.add")) }
            }
        }
        section aria-labelledby="h-sign-ins" {
            h2 #h-sign-ins { (w.t("people.sign_ins")) }
            ul.past { @for s in &log { li { (super::moment(w, &s.at)) " · " span dir="auto" { (s.name) } " · " (s.address) " · " (w.t(if s.ok { "people.ok" } else { "people.refused" })) } } }
        }
    };
    Ok(frame::page(&app, &c, "people", w.t("people.title"), main))
}

/// `POST /people`
pub async fn change(State(app): State<Arc<App>>, c: Caller, Form(fields): Form<Fields>) -> Result<Response, Oops> {
    c.must(Role::Admin)?;
    let name = value(&fields, "name").ok_or(Oops::Bad("oops.incomplete"))?.to_owned();
    let role = value(&fields, "role").and_then(Role::of).ok_or(Oops::Bad("oops.incomplete"))?;
    let password = match value(&fields, "password") {
        Some(p) if p.chars().count() < people::SHORTEST => return Err(Oops::Bad("oops.short_password")),
        Some(p) => Some(people::hash(p)?),
        None => None,
    };
    app.write(move |d| Ok(d.store.set_person(&Person { name, role, password, ..Person::default() })?)).await?;
    Ok(Redirect::to("/people").into_response())
}

/// `POST /people/forget`
pub async fn forget(State(app): State<Arc<App>>, c: Caller, Form(fields): Form<Fields>) -> Result<Response, Oops> {
    c.must(Role::Admin)?;
    let name = value(&fields, "name").ok_or(Oops::Bad("oops.incomplete"))?.to_owned();
    if name == c.name {
        return Err(Oops::Bad("oops.self"));
    }
    app.write(move |d| Ok(d.store.forget_person(&name)?)).await?;
    Ok(Redirect::to("/people").into_response())
}
