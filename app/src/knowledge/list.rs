//! The list of articles: by category, narrowed by service, state and words, page by page.

use std::collections::HashMap;

use entities::article::list::{self as articles, Line, Wanted};
use entities::page::Cursor;
use entities::setting::Choice as Chosen;
use entities::{Permission, Uuid, category, service};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::gaps;
use super::tabs::{Tab, tabs, tick};
use super::words;
use crate::error::Result;
use crate::settings::form;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{
    Field, Look, Pager, button_link, column, empty, icon_small, named, pager, submit,
};
use crate::web::url::{self, Url};

/// Articles on a page.
pub const ROWS: u64 = 50;

/// What the list is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub q: String,
    pub category: String,
    pub service: String,
    pub state: String,
    /// Not empty: only those the reader answers for.
    pub mine: String,
    pub after: String,
}

impl Asked {
    /// The list in another category, with all else that was asked.
    fn in_category(&self, category: &str) -> Url {
        url::knowledge()
            .with("q", &self.q)
            .with("category", category)
            .with("service", &self.service)
            .with("state", &self.state)
            .with("mine", &self.mine)
    }

    fn is_narrowed(&self) -> bool {
        [
            &self.q,
            &self.category,
            &self.service,
            &self.state,
            &self.mine,
        ]
        .into_iter()
        .any(|asked| !asked.is_empty())
    }

    async fn wanted(&self, cx: &Cx) -> Result<Wanted> {
        let categories = match form::id(&self.category) {
            Some(id) => category::list::below(&cx.db, id).await?,
            None => vec![],
        };
        let services = match form::id(&self.service) {
            Some(id) => service::list::below(&cx.db, id).await?,
            None => vec![],
        };
        Ok(Wanted {
            categories,
            services,
            state: named(&self.state).filter(|_| articles::may_work(&cx.actor)),
            mine: !self.mine.is_empty(),
            due_until: None,
            words: self.q.clone(),
        })
    }
}

/// `GET /knowledge`.
#[handler]
pub async fn list(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let after = Cursor::decode(&asked.after);
    let wanted = asked.wanted(&cx).await?;
    let found = articles::list(&cx.db, &cx.actor, &wanted, after.as_ref(), ROWS).await?;
    let categories = category::choices(&cx.db).await?;
    let here = || asked.in_category(&asked.category);
    let pages = Pager {
        first: after.as_ref().map(|_| here()),
        previous: None,
        next: found.next.map(|next| here().with("after", next.encode())),
    };
    let title = cx.t("knowledge");
    let content = html! {
        div class="sheet" {
            div class="sheet__head" {
                h1 id="knowledge-title" class="h2" { (title) }
                @if cx.actor.may_somewhere(Permission::WriteArticles) {
                    span class="right cluster" { (gaps::way(&cx).await?) (button_link(Look::Primary, &cx.t("article-new"), &url::new_article(), Some("plus"))) }
                }
            }
            (tabs(&cx, Tab::All).await?)
            (filterbar(&cx, &asked).await?)
            div class="scroll" tabindex="0" role="region" aria-labelledby="knowledge-title" {
                @if found.rows.is_empty() { (nothing(&cx, &asked)) }
                @else { (table(&cx, &found.rows, &categories)) }
            }
            (pager(cx.locale, &pages))
        }
        (tree(&cx, &asked).await?)
    };
    let frame = cx.frame(Area::Knowledge).await?;
    Ok(frame.page(&title, Stage::Side, &content))
}

async fn filterbar(cx: &Cx, asked: &Asked) -> Result<Markup> {
    let services = service::choices(&cx.db).await?;
    Ok(html! {
        form class="filterbar" method="get" action=(url::knowledge()) role="search" aria-label=(cx.t("article-find")) {
            @if !asked.category.is_empty() { input type="hidden" name="category" value=(asked.category); }
            (form::text(cx, Field::new("q", &cx.t("article-words")), "search", &asked.q))
            (form::select(
                cx,
                Field::new("service", &cx.t("fact-service")),
                &form::options(cx, "cases-every-service", &services, &asked.service),
                &asked.service,
            ))
            @if articles::may_work(&cx.actor) {
                (form::select(cx, Field::new("state", &cx.t("article-state")), &words::state_choices(cx.locale), &asked.state))
                (tick(cx, "mine", "article-mine", &asked.mine))
            }
            (submit(Look::Secondary, &cx.t("settings-show")))
        }
    })
}

fn nothing(cx: &Cx, asked: &Asked) -> Markup {
    match asked.is_narrowed() {
        true => empty(
            "knowledge-none",
            &cx.t("article-none-found"),
            &cx.t("article-none-found-more"),
            &button_link(
                Look::Secondary,
                &cx.t("article-all"),
                &url::knowledge(),
                None,
            ),
        ),
        false => empty(
            "knowledge-none",
            &cx.t("article-none"),
            &cx.t("article-none-more"),
            &html! {},
        ),
    }
}

/// Articles with what a list tells of them.
pub fn table(cx: &Cx, rows: &[Line], categories: &[Chosen]) -> Markup {
    drawn(cx, rows, categories, false)
}

/// The same where the day of the next review is what it is about: it stands there on a small page too.
pub fn table_of_due(cx: &Cx, rows: &[Line], categories: &[Chosen]) -> Markup {
    drawn(cx, rows, categories, true)
}

fn drawn(cx: &Cx, rows: &[Line], categories: &[Chosen], is_of_due: bool) -> Markup {
    let works = articles::may_work(&cx.actor);
    let names: HashMap<Uuid, &str> = categories.iter().map(|c| (c.id, c.name.as_str())).collect();
    let category = |line: &Line| line.category_id.and_then(|id| names.get(&id).copied());
    html! {
        table class="grid grid--plain" {
            caption class="sr" { (cx.t("knowledge")) }
            thead {
                tr {
                    (column(&cx.t("article-title")))
                    th scope="col" class="articles__more" { (cx.t("category")) }
                    @if works { (column(&cx.t("article-state"))) }
                    @for words in ["article-owner", "article-review-due", "article-published"] {
                        th scope="col" class="articles__more" { (cx.t(words)) }
                    }
                }
            }
            tbody {
                @for line in rows {
                    tr {
                        td class="words" {
                            a class="subject" href=(url::article(line.id)) lang=(line.language.code()) { (line.title) }
                            @if is_of_due { div class="articles__less small" { (words::review_due(cx, line.review_due_on)) } }
                            @if !line.summary.is_empty() { div class="small muted" lang=(line.language.code()) { (line.summary) } }
                        }
                        td class="articles__more" { (category(line).unwrap_or_default()) }
                        @if works {
                            td {
                                (words::state(cx.locale, line.state))
                                @if line.published.is_some() && line.published != Some(line.newest) {
                                    div class="small muted" { (cx.t("article-newer-draft")) }
                                }
                            }
                        }
                        td class="articles__more" { (line.owner.as_deref().unwrap_or_default()) }
                        td class="articles__more" { (words::review_due(cx, line.review_due_on)) }
                        td class="articles__more" { @if let Some(at) = line.published_at { (cx.locale.date(cx.now.local(at).date_naive())) } }
                    }
                }
            }
        }
    }
}

/// The categories, each a list of its own.
async fn tree(cx: &Cx, asked: &Asked) -> Result<Markup> {
    let rows = category::list::rows(&cx.db).await?;
    let current = |id: &str| (asked.category == id).then_some("true");
    Ok(html! {
        aside class="sheet facts" aria-labelledby="categories-title" {
            div class="sheet__head" { h2 id="categories-title" { (cx.t("categories")) } }
            nav class="scroll facts__in pad-t" tabindex="0" aria-label=(cx.t("article-categories")) {
                ul class="toc" role="list" {
                    li { a href=(asked.in_category("")) aria-current=[current("")] { (cx.t("article-all")) } }
                    @for row in &rows {
                        @let id = row.category.id.to_string();
                        li {
                            a href=(asked.in_category(&id)) aria-current=[current(&id)] data-depth=(row.depth.min(3)) {
                                @if row.depth > 0 { (icon_small("right")) }
                                (row.category.name)
                            }
                        }
                    }
                }
            }
        }
    })
}
