//! What the knowledge base lacks, for its authors: gaps, cases that were called reusable, and articles that help little.

use std::collections::HashMap;

use entities::article::feedback::{self, Poor};
use entities::page::Cursor;
use entities::ticket::gap::{self, Case, Gap};
use entities::{Permission, Uuid, search_miss, service};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{Look, Pager, button_link, foreign, icon, icon_small, pager, reason_words};
use crate::web::url;

/// Cases of a gap that are shown.
const CASES: u64 = 10;
/// Gaps on a page, and articles and noted cases that are shown.
const ROWS: u64 = 20;

/// Which page is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    after: String,
}

/// A gap with its cases.
struct Shown {
    gap: Gap,
    cases: Vec<Case>,
}

impl Shown {
    /// The case an article begins with: one that was called reusable, or the last.
    fn best(&self) -> Option<&Case> {
        let reusable = self.cases.iter().find(|case| case.is_reusable);
        reusable.or_else(|| self.cases.first())
    }
}

fn may_look(cx: &Cx) -> bool {
    let may = |permission| cx.actor.may_somewhere(permission);
    may(Permission::WriteArticles) && may(Permission::ReadTickets)
}

/// The way here, with the number of gaps.
pub async fn way(cx: &Cx) -> Result<Markup> {
    if !may_look(cx) {
        return Ok(html! {});
    }
    let least = cx.desk.config.knowledge.gap;
    let found = gap::gaps(&cx.db, &cx.actor, least, None, ROWS).await?;
    let tally = match found.next {
        Some(_) => cx
            .locale
            .t_with("knowledge-many", &[("count", ROWS.into())]),
        None => found.rows.len().to_string(),
    };
    Ok(html! {
        a class="kern-btn kern-btn--tertiary" href=(url::gaps()) {
            (icon("book")) span class="kern-label" { (cx.t("gaps-way")) }
            @if !found.rows.is_empty() { " " span class="tally" { (tally) } }
        }
    })
}

/// `GET /knowledge/gaps`.
#[handler]
pub async fn show(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let least = cx.desk.config.knowledge.gap;
    let after = Cursor::decode(&asked.after);
    let gaps = gap::gaps(&cx.db, &cx.actor, least, after.as_ref(), ROWS).await?;
    let mut shown = Vec::with_capacity(gaps.rows.len());
    for gap in gaps.rows {
        let cases = gap::cases(&cx.db, &cx.actor, least, &gap, CASES).await?;
        shown.push(Shown { gap, cases });
    }
    let pages = Pager {
        first: after.as_ref().map(|_| url::gaps()),
        previous: None,
        next: gaps
            .next
            .map(|next| url::gaps().with("after", next.encode())),
    };
    let (noted, poor, services, missed) = tokio::try_join!(
        gap::waiting(&cx.db, &cx.actor, ROWS),
        feedback::poor(&cx.db, &cx.actor, ROWS),
        service::choices(&cx.db),
        search_miss::list(&cx.db, ROWS),
    )?;
    let names: HashMap<Uuid, String> = services.into_iter().map(|one| (one.id, one.name)).collect();
    let title = cx.t("gaps-title");
    let content = html! {
        div class="sheet" {
            div class="sheet__head" {
                a class="back" href=(url::knowledge()) { (icon_small("left")) (cx.t("knowledge")) }
                h1 id="gaps-page" class="h2" { (title) }
            }
            div class="scroll gaps" tabindex="0" role="region" aria-labelledby="gaps-page" {
                (wide(&cx, &shown, &names))
                @if after.is_none() {
                    (waiting(&cx, &noted))
                    (of_little_help(&cx, &poor))
                    (in_vain(&cx, &missed))
                }
            }
            (pager(cx.locale, &pages))
        }
    };
    let frame = cx.frame(Area::Knowledge).await?;
    Ok(frame.page(&title, Stage::Plain, &content))
}

fn wide(cx: &Cx, shown: &[Shown], names: &HashMap<Uuid, String>) -> Markup {
    let least = cx.desk.config.knowledge.gap;
    let least = [("count", least.cases.into()), ("days", least.days.into())];
    html! {
        section aria-labelledby="gaps" {
            h2 id="gaps" { (cx.t("gaps")) }
            p class="small muted" { (cx.locale.t_with("gaps-hint", &least)) }
            @if shown.is_empty() { p { (cx.t("gaps-none")) } }
            ul class="gaplist" role="list" {
                @for one in shown {
                    @let service = names.get(&one.gap.service_id).map(String::as_str).unwrap_or_default();
                    @let count = [("count", one.gap.cases.into())];
                    li {
                        div class="gaplist__head" {
                            div {
                                h3 { (service) " · " (reason_words(cx.locale, one.gap.reason)) }
                                p class="small muted" { (cx.locale.t_with("gaps-cases", &count)) }
                            }
                            @if let Some(case) = one.best() { (begin(cx, case)) }
                        }
                        details {
                            summary { (cx.t("gaps-newest")) }
                            (list(cx, &one.cases))
                        }
                    }
                }
            }
        }
    }
}

/// What people looked for and did not find.
fn in_vain(cx: &Cx, missed: &[search_miss::Model]) -> Markup {
    html! {
        section aria-labelledby="in-vain" {
            h2 id="in-vain" { (cx.t("search-in-vain")) }
            p class="small muted" { (cx.t("search-in-vain-hint")) }
            @if missed.is_empty() { p { (cx.t("search-in-vain-none")) } }
            ul class="linklist" {
                @for one in missed {
                    li { a href=(url::search(&one.words)) {
                        (icon_small("search")) span { (foreign(&one.words)) }
                        span class="muted num" { (cx.locale.t_with("search-in-vain-count", &[("count", one.count.into())])) }
                    } }
                }
            }
        }
    }
}

/// The one action: an article from this case.
fn begin(cx: &Cx, case: &Case) -> Markup {
    let from = [("number", case.number.as_str().into())];
    html! {
        a class="kern-btn kern-btn--secondary" href=(url::ticket_part(&case.number, "article"))
            aria-label=(cx.locale.t_with("gaps-begin-from", &from)) { span class="kern-label" { (cx.t("gaps-begin")) } }
    }
}

fn list(cx: &Cx, cases: &[Case]) -> Markup {
    html! {
        ul class="linklist" {
            @for case in cases {
                li { a href=(url::ticket(&case.number)) {
                    (icon_small(if case.is_reusable { "check" } else { "tickets" }))
                    span { (foreign(&case.title)) } span class="muted num" { (cx.locale.date(cx.now.local(case.solved_at).date_naive())) }
                    span class="sub" { (case.number) @if case.is_reusable { " · " (cx.t("reusable-is")) } }
                } }
            }
        }
    }
}

fn waiting(cx: &Cx, cases: &[Case]) -> Markup {
    html! {
        section aria-labelledby="gaps-reusable" {
            h2 id="gaps-reusable" { (cx.t("gaps-reusable")) }
            p class="small muted" { (cx.t("gaps-reusable-hint")) }
            @if cases.is_empty() { p { (cx.t("gaps-reusable-none")) } }
            ul class="gaplist" role="list" {
                @for case in cases {
                    li class="gaplist__head" {
                        div {
                            a href=(url::ticket(&case.number)) { (foreign(&case.title)) }
                            p class="small muted" { (case.number) " · " (cx.locale.date(cx.now.local(case.solved_at).date_naive())) }
                        }
                        (begin(cx, case))
                    }
                }
            }
        }
    }
}

fn of_little_help(cx: &Cx, poor: &[Poor]) -> Markup {
    html! {
        section aria-labelledby="gaps-poor" {
            h2 id="gaps-poor" { (cx.t("gaps-poor")) }
            p class="small muted" { (cx.t("gaps-poor-hint")) }
            @if poor.is_empty() { p { (cx.t("gaps-poor-none")) } }
            ul class="gaplist" role="list" {
                @for one in poor {
                    @let uses = [("count", one.uses.into())];
                    @let counts = [("yes", one.yes.into()), ("no", one.no.into())];
                    li class="gaplist__head" {
                        div {
                            a href=(url::article(one.id)) { (foreign(&one.title)) }
                            p class="small muted" {
                                (cx.locale.t_with("feedback-uses", &uses)) " · " (cx.locale.t_with("feedback-counts", &counts)) " · "
                                (cx.locale.t_with("article-version", &[("number", one.version.into())]))
                            }
                        }
                        (button_link(Look::Secondary, &cx.t("article-edit"), &url::article_part(one.id, "edit"), None))
                    }
                }
            }
        }
    }
}
