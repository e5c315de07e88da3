//! What programs can ask, as OpenAPI and as a page.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use maud::html;
use serde_json::{Map, Value, json};

use crate::app::App;
use crate::caller::Caller;
use crate::error::Oops;
use crate::frame;

/// An address that answers with JSON.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// The address, names in braces.
    pub path: &'static str,
    /// What it answers with.
    pub what: &'static str,
    /// What can be asked for behind `?`.
    pub query: &'static [&'static str],
    /// Whether it is a list: `items`, `total`, `next`.
    pub list: bool,
}

/// All of them.
pub const ROUTES: [Route; 10] = [
    Route {
        path: "/incidents.json",
        what: "Incidents in short, the last ones first.",
        query: &["from", "to", "country", "type", "standing", "place", "party", "outlet", "language", "all", "page"],
        list: true,
    },
    Route {
        path: "/incidents/{name}.json",
        what: "One incident as its pages tell it, with its claims and pages, in the terms of recoupe.dossier/1.",
        query: &[],
        list: false,
    },
    Route { path: "/pages.json", what: "Pages, those added last first.", query: &["page"], list: true },
    Route { path: "/pages/{number}.json", what: "One page with its text and its claims.", query: &[], list: false },
    Route {
        path: "/pages/{number}/claims/{id}.json",
        what: "One claim, and the anchor by which a decision names it.",
        query: &[],
        list: false,
    },
    Route { path: "/review.json", what: "What a decision helps most.", query: &["page"], list: true },
    Route {
        path: "/ledgers/{ledger}.json",
        what: "A ledger: agreements, control, displacement, relations, sites, names, origins.",
        query: &["party"],
        list: false,
    },
    Route { path: "/parties.json", what: "Who is named, by how many pages.", query: &[], list: true },
    Route { path: "/search.json", what: "Pages by their words.", query: &["q"], list: true },
    Route { path: "/history.json", what: "The log of decisions, the last first.", query: &["before"], list: true },
];

/// `/api`: the description for people.
pub async fn show(State(app): State<Arc<App>>, c: Caller) -> Result<Response, Oops> {
    let w = c.w;
    let main = html! {
        h1 { (w.t("web.api")) }
        p.intro { (w.t("api.intro")) " " a href="/api/openapi.json" { "openapi.json" } }
        table.ledger {
            thead { tr { th scope="col" { (w.t("api.address")) } th scope="col" { (w.t("api.asked")) } th scope="col" { (w.t("api.what")) } } }
            tbody { @for r in &ROUTES { tr {
                th scope="row" { code { (r.path) } }
                td { @for (i, q) in r.query.iter().enumerate() { @if i > 0 { ", " } code { (q) } } }
                td lang="en" { (r.what) }
            } } }
        }
        p.note { (w.t("api.decide")) " " code { "POST /incidents/{name}/decide" } }
    };
    Ok(frame::page(&app, &c, "api", w.t("web.api"), main))
}

/// `/api/openapi.json`
pub async fn openapi(_c: Caller) -> Json<Value> {
    Json(description())
}

/// The description for programs: OpenAPI 3.1.
pub fn description() -> Value {
    let mut paths = Map::new();
    for r in &ROUTES {
        let named = r.path.split('{').skip(1).filter_map(|p| p.split('}').next());
        let mut parameters: Vec<Value> = named
            .map(|n| json!({ "name": n, "in": "path", "required": true, "schema": { "type": "string" } }))
            .collect();
        parameters.extend(r.query.iter().map(|q| json!({ "name": q, "in": "query", "schema": { "type": "string" } })));
        let schema = if r.list { json!({ "$ref": "#/components/schemas/List" }) } else { json!({ "type": "object" }) };
        let refused = json!({ "description": "What went wrong", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Error" } } } });
        paths.insert(
            r.path.to_owned(),
            json!({ "get": {
                "summary": r.what,
                "parameters": parameters,
                "responses": {
                    "200": { "description": r.what, "headers": { "ETag": { "schema": { "type": "string" } } },
                        "content": { "application/json": { "schema": schema } } },
                    "4XX": refused,
                },
            } }),
        );
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Recoupe", "version": env!("CARGO_PKG_VERSION"), "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" } },
        "paths": paths,
        "security": [{ "token": [] }, {}],
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "schemas": {
                "List": { "type": "object", "required": ["items", "total", "next"], "properties": {
                    "items": { "type": "array", "items": { "type": "object" } },
                    "total": { "type": "integer", "minimum": 0 },
                    "next": { "type": ["string", "null"] },
                } },
                "Error": { "type": "object", "required": ["error", "message"], "properties": {
                    "error": { "type": "string" }, "message": { "type": "string" },
                } },
            },
        },
    })
}
