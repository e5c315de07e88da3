//! One claim: its sentence, what was read in it, and every field open to correction.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use recoupe_store::{Facet, Role};
use recoupe_wire::{Claim, Party, Toll};
use serde_json::json;

use crate::app::App;
use crate::caller::Caller;
use crate::error::Oops;
use crate::shown::Shown;
use crate::{decide, frame};

/// `/pages/{number}/claims/{id}`
pub async fn show(
    State(app): State<Arc<App>>,
    c: Caller,
    Path((number, id)): Path<(i64, String)>,
) -> Result<Response, Oops> {
    let (id, as_json) = super::asked(&id);
    let id = id.to_owned();
    let (shown, tallies, log) =
        app.read(move |d| Ok((Shown::of(d, [number], false)?, d.tallies()?, d.store.decided()?))).await?;
    let claim = shown.claim(&id).ok_or(Oops::NotFound)?;
    if as_json {
        let anchor = recoupe_export::anchor(&shown.dossier, claim);
        return Ok(Json(json!({ "claim": claim, "anchor": anchor })).into_response());
    }
    let kinds: Vec<String> = app.session.table().kinds().map(|k| k.id.clone()).collect();
    let parts = shown.parts(c.w);
    let w = c.w;
    let title = w.t("claim.title");
    let form = Form { c: &c, number, claim, log };
    let main = html! {
        article.one {
            (decide::said(&c))
            p.under { a href={ "/pages/" (number) "#" (id) } { (w.f("row.page", &[("n", &number.to_string())])) }
                @if let Some(x) = claim.incident.as_deref().and_then(|x| parts.incident_href(x)) { " · " a href=(x) { (w.t("claim.incident")) } }
            }
            h1 { (title) }
            (parts.sentence(&id).unwrap_or_default())
            p { (parts.reading(claim)) }
            @if !claim.rule.is_empty() { p.note { (w.t("row.rule")) (w.t("format.colon")) code { (claim.rule) } } }
            @if c.may(Role::Reviewer) {
                section.actions aria-labelledby="h-claim" {
                    h2 #h-claim { (w.t("incident.decide")) }
                    (form.whole())
                }
                section.fields aria-labelledby="h-fields" {
                    h2 #h-fields { (w.t("decide.correct")) }
                    (form.fields(&kinds, &tallies.parties))
                }
            }
            (decide::history(&c, &decide::about(&shown.dossier, std::slice::from_ref(&id))))
        }
    };
    Ok(frame::page(&app, &c, "pages", title, main))
}

struct Form<'a> {
    c: &'a Caller,
    number: i64,
    claim: &'a Claim,
    log: i64,
}

impl Form<'_> {
    fn path(&self) -> String {
        format!("/pages/{}/claims/{}", self.number, self.claim.id)
    }

    fn form(&self, inner: Markup) -> Markup {
        html! {
            form method="post" action={ (self.path()) "/decide" } {
                input type="hidden" name="seen" value=(self.log);
                input type="hidden" name="back" value=(self.path());
                (inner)
            }
        }
    }

    /// What can be said of the claim as a whole.
    fn whole(&self) -> Markup {
        let w = self.c.w;
        html! {
            (self.form(html! {
                label.reason { (w.t("decide.reason")) input type="text" name="reason" maxlength="500"; }
                button type="submit" name="kind" value="confirm" data-key="c" { (w.t("decide.confirm_claim")) }
                button type="submit" name="kind" value="reject" { (w.t("decide.reject_claim")) }
            }))
            @if self.claim.kind == "incident" {
                (self.form(html! {
                    label { (w.t("decide.move")) input type="text" name="with" required placeholder="/incidents/i…"; }
                    button type="submit" name="kind" value="move" { (w.t("decide.move_do")) }
                }))
            }
        }
    }

    fn fields(&self, kinds: &[String], parties: &[Facet]) -> Markup {
        let (w, claim) = (self.c.w, self.claim);
        let certainties = ["stated", "hedged", "denied", "planned", "conditional", "asked"];
        html! {
            datalist #parties { @for p in parties { option value={ (p.name.as_deref().unwrap_or_default()) " [" (p.value) "]" } {} } }
            (self.party("actor", claim.actor.as_ref()))
            (self.party("target", claim.target.as_ref()))
            (self.party("voice", claim.voice.as_ref()))
            @for (i, t) in claim.tolls.iter().enumerate() { (self.toll(Some(i), t)) }
            @if claim.kind == "incident" { (self.toll(None, &Toll::default())) }
            (self.field("place", "row.place", html! {
                @let p = claim.place.as_ref();
                label { (w.t("claim.name")) input type="text" name="name" value=[p.map(|p| &p.name)] required; }
                label { (w.t("claim.country")) input.short type="text" name="country" maxlength="2" pattern="[A-Za-z]{2}" value=[p.and_then(|p| p.country.as_ref())]; }
                label { (w.t("claim.lat")) input.short type="text" inputmode="decimal" name="lat" value=[p.and_then(|p| p.lat)]; }
                label { (w.t("claim.lon")) input.short type="text" inputmode="decimal" name="lon" value=[p.and_then(|p| p.lon)]; }
                label { (w.t("claim.precision")) select name="precision" {
                    @for x in ["exact", "town", "district", "province", "country"] { option value=(x) selected[p.is_some_and(|p| p.precision == x)] { (w.id("precision", x)) } }
                } }
            }, true))
            (self.field("time", "row.time", html! {
                @let t = claim.time.as_ref();
                label { (w.id("filter", "from")) input type="date" name="from" required value=[t.and_then(|t| t.from.as_ref())]; }
                label { (w.id("filter", "to")) input type="date" name="to" value=[t.and_then(|t| t.to.as_ref())]; }
            }, true))
            (self.field("type", "claim.type", self.choice(kinds.iter().map(String::as_str), &claim.kind_of, "type"), false))
            (self.field("certainty", "claim.certainty", self.choice(certainties.into_iter(), &claim.certainty, "certainty"), false))
            (self.field("background", "claim.background", self.choice(["true", "false"].into_iter(), if claim.background { "true" } else { "false" }, "yes_no"), false))
        }
    }

    fn choice<'b>(&self, all: impl Iterator<Item = &'b str>, chosen: &str, table: &str) -> Markup {
        html! { label { span.vh { (self.c.w.t("claim.value")) } select name="choice" {
            @for x in all { option value=(x) selected[x == chosen] { (self.c.w.id(table, x)) } }
        } } }
    }

    /// A field with its form; one that can be without a value has a button that takes it away.
    fn field(&self, field: &str, label: &str, inner: Markup, empty: bool) -> Markup {
        let w = self.c.w;
        html! {
            (self.form(html! {
                fieldset {
                    legend { (w.t(label)) @if let Some(x) = self.claim.corrected.get(field) { " " span.note { (w.f("claim.corrected", &[("who", &x.by)])) } } }
                    input type="hidden" name="field" value=(field);
                    (inner)
                    label.reason { (w.t("decide.reason")) input type="text" name="reason" maxlength="500"; }
                    button type="submit" name="kind" value="correct" { (w.t("claim.set")) }
                }
            }))
            @if empty { (self.form(html! {
                input type="hidden" name="field" value=(field);
                input type="hidden" name="drop" value="1";
                button.link type="submit" name="kind" value="correct" { (w.t("claim.drop")) span.vh { " " (w.t(label)) } }
            })) }
        }
    }

    fn party(&self, field: &str, now: Option<&Party>) -> Markup {
        let w = self.c.w;
        let label = match field {
            "actor" => "row.actor",
            "target" => "row.target",
            _ => "claim.voice",
        };
        self.field(
            field,
            label,
            html! {
                label { (w.t("claim.party")) input.wide type="text" name="party" list="parties" required value=[now.map(|p| format!("{} [{}]", p.name, p.id))]; }
                label { (w.t("claim.country")) input.short type="text" name="country" maxlength="2" pattern="[A-Za-z]{2}" value=[now.and_then(|p| p.country.as_ref())]; }
                @if field == "target" { label { (w.t("claim.status")) select name="status" {
                    option value="" { (w.t("filter.any")) }
                    @for s in ["civilian", "combatant", "mixed"] { option value=(s) { (w.id("status", s)) } }
                } } }
            },
            true,
        )
    }

    fn toll(&self, index: Option<usize>, t: &Toll) -> Markup {
        let w = self.c.w;
        let corrected = index.and_then(|i| {
            let all = &self.claim.corrected;
            all.get(&format!("toll.{}.{i}", t.kind)).or_else(|| all.get(&format!("toll.{}", t.kind)))
        });
        let kinds = ["killed", "wounded", "captured", "released", "missing", "neutralised", "killed_or_wounded"];
        html! {
            (self.form(html! {
                fieldset {
                    legend {
                        @if index.is_some() { (w.id("toll", &t.kind)) } @else { (w.t("claim.new_toll")) }
                        @if let Some(x) = corrected { " " span.note { (w.f("claim.corrected", &[("who", &x.by)])) } }
                    }
                    input type="hidden" name="field" value="toll";
                    @match index {
                        Some(i) => { input type="hidden" name="index" value=(i); input type="hidden" name="toll_kind" value=(t.kind); }
                        None => label { (w.t("claim.kind")) select name="toll_kind" { @for k in kinds { option value=(k) { (w.id("toll", k)) } } } },
                    }
                    label { (w.t("claim.min")) input.short type="text" inputmode="numeric" name="min" value=[t.min]; }
                    label { (w.t("claim.max")) input.short type="text" inputmode="numeric" name="max" value=[t.max]; }
                    @if t.cumulative { input type="hidden" name="cumulative" value="1"; }
                    label.check { input type="checkbox" name="approx" value="1" checked[t.approx]; (w.t("claim.approx")) }
                    button type="submit" name="kind" value="correct" { (w.t("claim.set")) }
                }
            }))
            @if let Some(i) = index { (self.form(html! {
                input type="hidden" name="field" value="toll";
                input type="hidden" name="index" value=(i);
                input type="hidden" name="toll_kind" value=(t.kind);
                input type="hidden" name="drop" value="1";
                button.link type="submit" name="kind" value="correct" { (w.t("claim.drop")) span.vh { " " (w.id("toll", &t.kind)) } }
            })) }
        }
    }
}
