//! Style sheet, script and fonts, as they lie in the program; their addresses change with their bytes, so browsers may keep them for good.

use std::fmt::Write;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use recoupe_export::FONTS;

use crate::error::Oops;

const SCRIPT: &str = include_str!("../assets/web.js");
const MARK: &str = include_str!("../assets/mark.svg");

static STYLE: LazyLock<String> = LazyLock::new(|| {
    let mut out = String::new();
    for f in &FONTS {
        out.push_str(&f.face(&format!("/assets/{}.woff2", f.name)));
    }
    let _ = write!(out, "{}{}", recoupe_export::STYLE, include_str!("../assets/web.css"));
    out
});

/// Where the style sheet is.
pub static STYLE_HREF: LazyLock<String> = LazyLock::new(|| format!("/assets/{}.css", short(&STYLE)));
/// Where the script is.
pub static SCRIPT_HREF: LazyLock<String> = LazyLock::new(|| format!("/assets/{}.js", short(SCRIPT)));

fn short(text: &str) -> String {
    recoupe_store::digest(text.as_bytes()).chars().take(12).collect()
}

/// `/assets/NAME`
pub async fn asset(Path(name): Path<String>) -> Result<Response, Oops> {
    let (kind, bytes): (&str, Vec<u8>) = match name.rsplit_once('.') {
        Some((_, "css")) if STYLE_HREF.ends_with(&name) => ("text/css; charset=utf-8", STYLE.as_bytes().to_vec()),
        Some((_, "js")) if SCRIPT_HREF.ends_with(&name) => {
            ("text/javascript; charset=utf-8", SCRIPT.as_bytes().to_vec())
        }
        Some(("mark", "svg")) => ("image/svg+xml", MARK.as_bytes().to_vec()),
        Some((font, "woff2")) => {
            let f = FONTS.iter().find(|f| f.name == font).ok_or(Oops::NotFound)?;
            ("font/woff2", f.bytes.to_vec())
        }
        _ => return Err(Oops::NotFound),
    };
    let keep = "public, max-age=31536000, immutable";
    Ok(([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, keep)], bytes).into_response())
}
