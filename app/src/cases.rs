//! Solved cases without names, for whoever looks how something was solved before.

use entities::page::Cursor;
use entities::service;
use entities::ticket::Direction;
use entities::ticket::nameless::{self, Case, Line, Text};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use crate::error::Result;
use crate::fields::words;
use crate::settings::form;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{
    Field, Look, Pager, column, icon_small, moment, pager, reason_words, submit,
};
use crate::web::permitted::Seen;
use crate::web::routing::Routes;
use crate::web::url;

/// Cases on a page.
const ROWS: u64 = 50;

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    routes.get("/cases", list).get("/cases/:key", show)
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    service: String,
    after: String,
}

/// `GET /cases`
#[handler]
async fn list(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let after = Cursor::decode(&asked.after);
    let service_id = form::id(&asked.service);
    let found = nameless::list(&cx.db, &cx.actor, service_id, after.as_ref(), ROWS).await?;
    let services = service::list::choices(&cx.db).await?;
    let here = || url::cases().with("service", &asked.service);
    let pages = Pager {
        first: after.as_ref().map(|_| here()),
        previous: None,
        next: found.next.map(|next| here().with("after", next.encode())),
    };
    let title = cx.t("cases");
    let content = html! {
        div class="sheet" {
            div class="sheet__head" { h1 id="cases-title" class="h2" { (title) } }
            div class="scroll" tabindex="0" role="region" aria-labelledby="cases-title" {
                p class="sheet__body small muted" { (cx.t("cases-how")) }
                form class="filterbar" method="get" action=(url::cases()) {
                    (form::select(
                        &cx,
                        Field::new("service", &cx.t("cases-service")),
                        &form::options(&cx, "cases-every-service", &services, &asked.service),
                        &asked.service,
                    ))
                    (submit(Look::Secondary, &cx.t("settings-show")))
                }
                @if found.rows.is_empty() { p class="sheet__body muted" { (cx.t("cases-none")) } }
                @else { (table(&cx, &found.rows)) }
            }
            (pager(cx.locale, &pages))
        }
    };
    let frame = cx.frame(Area::Cases).await?;
    Ok(frame.page(&title, Stage::Plain, &content))
}

fn table(cx: &Cx, rows: &[Line]) -> Markup {
    html! {
        table class="grid grid--plain" {
            caption class="sr" { (cx.t("cases")) }
            thead {
                tr {
                    (column(&cx.t("cases-number"))) (column(&cx.t("cases-title"))) (column(&cx.t("cases-service")))
                    (column(&cx.t("cases-reason"))) (column(&cx.t("cases-changed")))
                }
            }
            tbody {
                @for line in rows {
                    tr {
                        td { a href=(url::case(&line.number)) { (line.number) } }
                        td class="words" { a class="subject" href=(url::case(&line.number)) { (line.title) } }
                        td { (service_words(line)) }
                        td { @if let Some(reason) = line.reason { (reason_words(cx.locale, reason)) } }
                        td { (moment(cx.locale, &cx.now, line.changed_at)) }
                    }
                }
            }
        }
    }
}

fn service_words(line: &Line) -> String {
    let path = line.whole_service.iter().chain(&line.service);
    let names: Vec<&str> = path.map(String::as_str).collect();
    names.join(" › ")
}

/// `GET /cases/:key`
#[handler]
async fn show(cx: Cx, Seen(case): Seen<Case>) -> Result<Markup> {
    let line = &case.line;
    let content = html! {
        div class="sheet" {
            div class="sheet__head" {
                a class="back" href=(url::cases()) { (icon_small("left")) (cx.t("cases")) }
                h1 id="case-title" class="h2" { (line.number) " " (line.title) }
            }
            div class="scroll" tabindex="0" role="region" aria-labelledby="case-title" {
                div class="sheet__body stack" {
                    p class="small muted" { (cx.t("cases-how")) }
                    (facts(&cx, &case))
                    @for text in &case.texts { (said(&cx, text)) }
                    @if case.texts.is_empty() { p class="muted" { (cx.t("cases-nothing-said")) } }
                }
            }
        }
    };
    let frame = cx.frame(Area::Cases).await?;
    Ok(frame.page(&line.number, Stage::Plain, &content))
}

fn facts(cx: &Cx, case: &Case) -> Markup {
    let line = &case.line;
    html! {
        dl class="facts" {
            @if line.service.is_some() { div class="fact" { dt { (cx.t("cases-service")) } dd { (service_words(line)) } } }
            @if let Some(team) = &line.team { div class="fact" { dt { (cx.t("settings-team")) } dd { (team) } } }
            @if let Some(reason) = line.reason {
                div class="fact" { dt { (cx.t("cases-reason")) } dd { (reason_words(cx.locale, reason)) } }
            }
            @if let Some(at) = line.solved_at {
                div class="fact" { dt { (cx.t("cases-solved")) } dd { (moment(cx.locale, &cx.now, at)) } }
            }
            @for (field, value) in &case.fields {
                div class="fact" {
                    dt { (words::label(cx.locale, field)) }
                    dd { (words::value(cx.locale, &cx.now, field.row.kind, value, &case.words)) }
                }
            }
        }
    }
}

fn said(cx: &Cx, text: &Text) -> Markup {
    let who = match text.direction {
        Direction::In => "cases-asked",
        Direction::Out => "cases-answered",
        Direction::Internal => "cases-noted",
    };
    html! {
        article class="stack" {
            h2 class="h3" { (cx.t(who)) " · " (moment(cx.locale, &cx.now, text.at)) }
            p class="excerpt" { (text.text) }
        }
    }
}
