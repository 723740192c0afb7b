//! All views somebody finds, shelf by shelf, in their order.

use std::collections::HashMap;

use entities::Uuid;
use entities::setting::Show;
use entities::view::{self, Shelf, View};
use maud::{Markup, html};
use poem::handler;

use super::edit::{about, may_change};
use super::form::shelf_words;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::csrf;
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{empty, icon};
use crate::web::permitted::Readers;
use crate::web::url;

/// `GET /views/all`.
#[handler]
pub async fn list(cx: Cx, _: Readers) -> Result<Markup> {
    let views = view::list(&cx.db, &cx.actor, Show::All).await?;
    let teams: Vec<Uuid> = views.iter().filter_map(|view| view.team_id).collect();
    let names = entities::history::names(&cx.db, &cx.actor, &teams).await?;
    let (used, retired): (Vec<View>, Vec<View>) = views
        .into_iter()
        .partition(|view| view.retired_at.is_none());
    let title = cx.t("views-all");
    let content = html! {
        section class="sheet" aria-labelledby="views-title" {
            div class="sheet__head" { h1 id="views-title" class="h2" { (title) } }
            div class="scroll" tabindex="0" role="group" aria-labelledby="views-title" {
                @if used.is_empty() {
                    (empty("views-empty", &cx.t("views-empty-title"), &cx.t("views-empty-text"), &html! {}))
                }
                @for shelf in used.chunk_by(|a, b| a.shelf == b.shelf) { (table(&cx, shelf, &names)) }
                @if !retired.is_empty() {
                    div class="sheet__body" {
                        h2 { (cx.t("views-retired")) }
                        ul class="plainlist" {
                            @for view in &retired {
                                li { a href=(url::view(view.id)) { (view.name) } " " span class="muted small" { (words(&cx, view.shelf(), &names)) } }
                            }
                        }
                    }
                }
            }
        }
    };
    let frame = cx.frame(Area::Tickets).await?;
    Ok(frame.page(&title, Stage::Plain, &content))
}

fn words(cx: &Cx, shelf: Shelf, names: &HashMap<Uuid, String>) -> String {
    let team = match shelf {
        Shelf::Team(id) => names.get(&id).map(String::as_str),
        Shelf::Person(_) | Shelf::Everybody => None,
    };
    shelf_words(cx, shelf, team)
}

fn table(cx: &Cx, shelf: &[View], names: &HashMap<Uuid, String>) -> Markup {
    let title = shelf
        .first()
        .map(|view| words(cx, view.shelf(), names))
        .unwrap_or_default();
    let can_move = shelf.len() > 1 && shelf.iter().any(|view| may_change(cx, view));
    html! {
        table class="grid grid--plain viewtable" {
            caption { h2 class="sheet__body" { (title) } }
            thead { tr {
                th scope="col" { (cx.t("view-name")) }
                @if can_move { th scope="col" data-col="place" { (cx.t("view-position")) } }
                th scope="col" data-col="go" { span class="sr" { (cx.t("view-about")) } }
            } }
            tbody {
                @for (place, view) in shelf.iter().enumerate() {
                    tr id={ "view-" (view.id.simple()) } {
                        th scope="row" { a class="subject" href=(url::tickets().with("view", view.id)) { (view.name) } }
                        @if can_move {
                            td data-col="place" {
                                @if may_change(cx, view) {
                                    form class="cluster" method="post" action=(url::view_part(view.id, "move")) {
                                        (csrf(&cx.session.csrf))
                                        (step(cx, view, "up", place > 0))
                                        (step(cx, view, "down", place + 1 < shelf.len()))
                                    }
                                }
                            }
                        }
                        @let go = cx.t(about(may_change(cx, view)));
                        td data-col="go" { a href=(url::view(view.id)) aria-label={ (go) ": " (view.name) } { (go) } }
                    }
                }
            }
        }
    }
}

fn step(cx: &Cx, view: &View, to: &str, is_possible: bool) -> Markup {
    let key = if to == "up" { "view-up" } else { "view-down" };
    let label = cx
        .locale
        .t_with(key, &[("name", view.name.as_str().into())]);
    html! {
        @if is_possible {
            button class="iconbtn" type="submit" name="to" value=(to) aria-label=(label) title=(label) { (icon(to)) }
        }
    }
}
