//! Who asks, in which language, and what for.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{FromRequestParts, Query};
use axum::http::header::{ACCEPT_LANGUAGE, AUTHORIZATION, COOKIE};
use axum::http::request::Parts;
use recoupe_export::Words;
use recoupe_store::Role;

use crate::app::App;
use crate::error::Oops;
use crate::{people, words};

/// The one who asks.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The name that decisions carry.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The words they read.
    pub w: &'static Words,
    /// The path they asked for.
    pub path: String,
    /// What they asked for, name by name; empty values are left out.
    pub query: BTreeMap<String, String>,
}

impl Caller {
    /// Whether they may do what takes this role.
    pub fn may(&self, role: Role) -> bool {
        self.role >= role
    }

    /// Stops those who may not.
    pub fn must(&self, role: Role) -> Result<(), Oops> {
        if self.may(role) { Ok(()) } else { Err(Oops::Forbidden) }
    }

    /// A value they asked for.
    pub fn asked(&self, name: &str) -> Option<String> {
        self.query.get(name).cloned()
    }

    /// Which page of a list, from 0.
    pub fn page(&self) -> usize {
        self.query.get("page").and_then(|p| p.parse::<usize>().ok()).map_or(0, |p| p.clamp(1, 1_000_000) - 1)
    }
}

/// A cookie of the request.
pub fn cookie(parts: &Parts, name: &str) -> Option<String> {
    let all = parts.headers.get_all(COOKIE).iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(';'));
    all.filter_map(|c| c.trim().split_once('=')).find(|(n, _)| *n == name).map(|(_, v)| v.to_owned())
}

/// The language of a request: the one chosen, else the first that the browser asks for and the interface speaks.
pub fn language(parts: &Parts, fallback: &'static str) -> &'static str {
    let chosen = cookie(parts, "lang").and_then(|l| words::spoken(&l));
    let asked = || {
        let header = parts.headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?;
        header.split(',').find_map(|l| words::spoken(l.trim()))
    };
    chosen.or_else(asked).unwrap_or(fallback)
}

impl FromRequestParts<Arc<App>> for Caller {
    type Rejection = Oops;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Oops> {
        let w = words::of(language(parts, app.lang));
        let path = parts.uri.path().to_owned();
        let Query(query) = Query::<BTreeMap<String, String>>::try_from_uri(&parts.uri).unwrap_or_default();
        let query = query.into_iter().filter(|(_, v)| !v.trim().is_empty()).collect();
        if app.alone {
            return Ok(Self { name: app.name.clone(), role: Role::Admin, w, path, query });
        }
        let bearer = parts.headers.get(AUTHORIZATION).and_then(|v| v.to_str().ok()?.strip_prefix("Bearer "));
        let secret = bearer.map(str::to_owned).or_else(|| cookie(parts, people::COOKIE)).ok_or(Oops::SignIn)?;
        let digest = recoupe_store::digest(secret.as_bytes());
        let person = app.read(move |d| Ok(d.store.signed_in(&digest)?)).await?.ok_or(Oops::SignIn)?;
        Ok(Self { name: person.name, role: person.role, w, path, query })
    }
}
