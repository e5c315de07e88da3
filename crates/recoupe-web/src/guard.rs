//! What stands before every request: under which name it came, from which site, and what the answer may load.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::error::Oops;

/// Nothing from elsewhere, no script but the server's own files, no frames. Pages are hostile text.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; \
    form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// The same for a published report, which is one file: its own policy names the digests of its style sheet and script.
const REPORT: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; font-src data:; img-src 'none'; \
    form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

/// Marks an answer that brings a stricter policy of its own.
#[derive(Clone, Copy, Debug)]
pub struct OwnPolicy;

/// Answers larger than this get no digest.
const TAGGED: usize = 8 << 20;

/// Checks the request and puts what keeps the answer safe into its head.
pub async fn guard(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let (method, headers) = (request.method().clone(), request.headers().clone());
    let mut answer = if !host_is_known(&app, &headers) || !method.is_safe() && !same_site(&headers) {
        crate::frame::told(&request, Oops::Elsewhere)
    } else {
        let parts = crate::frame::parts_of(&request);
        let answer = next.run(request).await;
        match answer.extensions().get::<Oops>().cloned() {
            Some(oops) => crate::frame::told_to(&parts, oops),
            None => match refused(&answer) {
                Some(oops) => crate::frame::told_to(&parts, oops),
                None => answer,
            },
        }
    };
    if method == Method::GET && answer.status() == StatusCode::OK {
        answer = tagged(answer, &headers).await;
    }
    let policy = if answer.extensions().get::<OwnPolicy>().is_some() { REPORT } else { POLICY };
    let h = answer.headers_mut();
    let set: [(HeaderName, &str); 6] = [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    ];
    for (name, value) in set {
        h.insert(name, HeaderValue::from_static(value));
    }
    h.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
    answer
}

/// What the framework refused before a page was asked: its answers are bare text, those of pages never are.
fn refused(answer: &Response) -> Option<Oops> {
    let kind = answer.headers().get(header::CONTENT_TYPE).and_then(|t| t.to_str().ok()).unwrap_or_default();
    if !answer.status().is_client_error() || !kind.is_empty() && !kind.starts_with("text/plain") {
        return None;
    }
    Some(match answer.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Oops::Bad("oops.upload"),
        StatusCode::UNSUPPORTED_MEDIA_TYPE | StatusCode::UNPROCESSABLE_ENTITY => Oops::Bad("oops.incomplete"),
        _ => Oops::NotFound,
    })
}

/// A page elsewhere must not reach a server on this machine by giving its address another name.
fn host_is_known(app: &App, headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(header::HOST).and_then(|h| h.to_str().ok()) else { return false };
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    ["localhost", "127.0.0.1", "[::1]"].contains(&name) || app.hosts.iter().any(|h| h.eq_ignore_ascii_case(name))
}

/// Whether a change was asked for by one of the server's own pages, or by a program that is no browser.
fn same_site(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    match text("sec-fetch-site") {
        Some(site) => site == "same-origin" || site == "none",
        // Browsers that do not tell the site tell the origin.
        None => text("origin").is_none_or(|o| o.split_once("://").map(|(_, host)| host) == text("host")),
    }
}

/// The digest of an answer in its head, and nothing else where the browser has it already.
async fn tagged(answer: Response, asked: &HeaderMap) -> Response {
    let (mut head, body) = answer.into_parts();
    if head.headers.contains_key(header::ETAG)
        || head.headers.get(header::CONTENT_TYPE).is_some_and(|t| t == "text/event-stream")
    {
        return Response::from_parts(head, body);
    }
    let Ok(bytes) = to_bytes(body, usize::MAX).await else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    if bytes.len() > TAGGED {
        return Response::from_parts(head, Body::from(bytes));
    }
    // What the answer carries beside its bytes goes on with it.
    let tag = format!("\"{}\"", &recoupe_store::digest(&bytes)[..32]);
    let known = asked.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok());
    if let Ok(value) = HeaderValue::from_str(&tag) {
        head.headers.insert(header::ETAG, value);
    }
    if known.is_some_and(|k| k.split(',').any(|t| t.trim().trim_start_matches("W/") == tag)) {
        head.status = StatusCode::NOT_MODIFIED;
        head.headers.remove(header::CONTENT_TYPE);
        return Response::from_parts(head, Body::empty());
    }
    Response::from_parts(head, Body::from(bytes))
}
