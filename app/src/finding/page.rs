//! `/search`: what words find among tickets and articles, narrowed beside the hits.

use entities::text::beginning;
use entities::ticket::show::by_number;
use entities::ticket::{nameless, number};
use entities::{Permission, own_search, search_miss};
use maud::{Markup, html};
use poem::{IntoResponse as _, Response, handler};
use search::answer::Total;
use search::document::Kind;

use super::answer::{Answered, ask, of_kind};
use super::ask::{Asked, Question, ROWS, question};
use super::facets;
use super::hits;
use super::operators::Unknown;
use super::own;
use super::permission;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{Look, Pager, Tone, button, button_link, empty, icon, notice, pager};
use crate::web::permitted::Finders;
use crate::web::swap::Swap;
use crate::web::url::{self, Url};

/// The most letters of what was looked for that the title names.
const MOST_CHARS: usize = 80;

/// The result of a search as its page shows it.
pub(super) struct Shown {
    /// Operators whose value is nothing that is there.
    pub unknown: Vec<Unknown>,
    /// None: the index does not answer.
    pub answered: Option<Answered>,
    pub facets: facets::Names,
}

/// `GET /search`.
#[handler]
pub async fn show(cx: Cx, _: Finders, Query(asked): Query<Asked>) -> Result<Response> {
    if !cx.wants_fragment()
        && let Some(number) = number::parse(asked.q.trim())
    {
        if by_number(&cx.db, &cx.actor, &number).await.is_ok() {
            return Ok(Swap::go_to(cx.asks, url::ticket(number)).into_response());
        }
        if nameless::find(&cx.db, &cx.actor, &number).await.is_ok() {
            return Ok(Swap::go_to(cx.asks, url::case(number)).into_response());
        }
    }
    let shown = find(&cx, &asked).await?;
    remember(&cx, &asked, &shown).await?;
    if cx.wants_fragment() {
        let answer = Swap::or_go_to(cx.asks, asked.url())
            .replace("search-said", said(&cx, &asked, &shown))
            .replace("search-kinds", kinds(&cx, &asked, &shown))
            .replace("hits", hits_of(&cx, &asked, &shown, &html! {}))
            .morph("search-facets", facets::panel(&cx, &asked, &shown))
            .push(asked.url());
        return Ok(answer.into_response());
    }
    let own = match asked.is_empty() {
        true => own::lists(&cx).await?,
        false => html! {},
    };
    let main = html! {
        section class="sheet" aria-labelledby="search-title" {
            form class="searchhead" role="search" action=(url::search("")) method="get" aria-label=(cx.t("search-form"))
                hx-get=(url::search("")) hx-trigger="input delay:250ms, submit" hx-swap="none"
                hx-sync="this:replace" hx-include="#search-facets input[type=checkbox]" {
                input type="hidden" name="kind" value=(asked.kind);
                input type="hidden" name="sort" value=(asked.sort);
                h1 class="sr" id="search-title" { (cx.t("search-title")) }
                (line(&cx, &asked))
                (button(Look::Primary, &cx.t("search-go"), "go", "1"))
                (said(&cx, &asked, &shown))
            }
            (kinds(&cx, &asked, &shown))
            (hits_of(&cx, &asked, &shown, &own))
        }
        (facets::panel(&cx, &asked, &shown))
    };
    let mut frame = cx.frame(Area::Search).await?;
    frame.query = &asked.q;
    let title = title(&cx, &asked);
    Ok(frame.page(&title, Stage::Side, &main).into_response())
}

/// What the page is called: what was looked for comes first, so that tabs and the way back tell one search from another.
fn title(cx: &Cx, asked: &Asked) -> String {
    let words = beginning(asked.q.trim(), MOST_CHARS);
    match words.is_empty() {
        true => cx.t("search-title"),
        false => cx
            .locale
            .t_with("search-title-of", &[("words", words.into())]),
    }
}

/// The line that words are typed in, with what completes an operator below it.
fn line(cx: &Cx, asked: &Asked) -> Markup {
    html! {
        div class="searchbox combo" {
            (icon("search"))
            label class="sr" for="search-words" { (cx.t("search-words")) }
            input class="input" id="search-words" type="text" inputmode="search" enterkeyhint="search" name="q" value=(asked.q)
                autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="10000" aria-describedby="search-said" autofocus[asked.is_empty()]
                role="combobox" aria-expanded="false" aria-controls="search-complete" aria-autocomplete="list"
                data-for="search-words" data-first="off" data-stays
                hx-get=(url::search_part("complete")) hx-trigger="input changed delay:100ms" hx-sync="this:replace"
                hx-target="#search-complete" hx-swap="innerHTML";
            ul class="pop opts combo__list" id="search-complete" role="listbox" aria-label=(cx.t("search-complete")) {}
        }
    }
}

async fn find(cx: &Cx, asked: &Asked) -> Result<Shown> {
    let Question { request, unknown } =
        question(&cx.db, &cx.actor, cx.desk.config.time_zone, asked).await?;
    let answered = match asked.is_empty() {
        true => None,
        false => ask(cx, request).await?,
    };
    Ok(Shown {
        unknown,
        answered,
        facets: facets::Names::read(cx).await?,
    })
}

/// Notes what was looked for, save while somebody types; and by nobody in particular what was looked for in vain.
async fn remember(cx: &Cx, asked: &Asked, shown: &Shown) -> Result<()> {
    let is_typing = cx.wants_fragment() && asked.go.is_empty();
    let Some(answered) = shown.answered.as_ref().filter(|_| !is_typing) else {
        return Ok(());
    };
    // What no keyboard types is nothing to come back to, and no database takes all of it.
    if asked.q.chars().any(char::is_control) {
        return Ok(());
    }
    let url = asked.url().to_string();
    let query = url.split_once('?').map_or("", |(_, query)| query);
    own_search::note(&cx.db, &cx.actor, &asked.q, query).await?;
    let is_whole = asked.kind.is_empty() && !asked.is_narrowed() && shown.unknown.is_empty();
    if answered.answer.total.number() == 0 && is_whole {
        search_miss::note(&cx.db, &asked.q).await?;
    }
    Ok(())
}

/// How much was found, how the words were read, and what of them means nothing here.
fn said(cx: &Cx, asked: &Asked, shown: &Shown) -> Markup {
    let answer = shown.answered.as_ref().map(|one| &one.answer);
    let corrected = answer
        .map(|answer| answer.corrected.as_slice())
        .unwrap_or_default();
    html! {
        // What is typed on brings no page with a title of its own.
        div class="searchinfo" id="search-said" data-title={ (title(cx, asked)) " – " (cx.desk.config.organisation.name) } {
            @if let Some(answer) = answer {
                p {
                    span role="status" { strong class="num" { (count(cx, answer.total)) } }
                    @if !corrected.is_empty() {
                        " " (cx.t("search-corrected"))
                        @for (typed, read) in corrected { " " (cx.locale.t_with("search-read-as", &[("typed", typed.as_str().into())])) " " mark { (read) } }
                        ". " a href=(asked.but(|a| a.exact = "1".to_owned())) { (cx.t("search-exactly")) }
                    } @else if !asked.exact.is_empty() {
                        " " (cx.t("search-is-exact")) " "
                        a href=(asked.but(|a| a.exact.clear())) { (cx.t("search-with-typos")) }
                    }
                    @if answer.relaxed { " " (cx.t("search-relaxed")) }
                }
            }
            @for unknown in &shown.unknown {
                p class="small" { (cx.locale.t_with(unknown.key, &[("value", unknown.value.as_str().into())])) }
            }
        }
    }
}

fn count(cx: &Cx, total: Total) -> String {
    let key = match total {
        Total::Exactly(_) => "search-count",
        Total::AtLeast(_) => "search-count-at-least",
    };
    cx.locale.t_with(key, &[("count", total.number().into())])
}

/// Links to the kinds of hits, each with its number.
fn kinds(cx: &Cx, asked: &Asked, shown: &Shown) -> Markup {
    let answer = shown.answered.as_ref().map(|one| &one.answer);
    let tally = |kind| answer.map(|answer| of_kind(answer, kind));
    let (tickets, articles, cases) = (tally(Kind::Ticket), tally(Kind::Article), tally(Kind::Case));
    let all = [tickets, articles, cases].into_iter().flatten();
    let all = answer.map(|_| all.sum());
    let may = |permission| cx.actor.may_somewhere(permission);
    let link = |kind: &str, words: &str, n: Option<u64>| {
        html! {
            a href=(asked.but(|a| a.kind = kind.to_owned())) aria-current=[(asked.kind == kind).then_some("page")] {
                (cx.t(words))
                @if let Some(n) = n { " " span class="tally" { (cx.locale.number(n as i64)) } }
            }
        }
    };
    let newest = asked.sort == "newest";
    html! {
        nav class="tabs" id="search-kinds" aria-label=(cx.t("search-kinds")) {
            (link("", "search-all", all))
            @if may(Permission::ReadTickets) { (link("ticket", "nav-tickets", tickets)) }
            @if may(Permission::ReadArticles) { (link("article", "knowledge", articles)) }
            @if permission::finds_cases(&cx.actor) { (link("case", "cases", cases)) }
            span class="right cluster small muted" {
                @if newest { (cx.t("search-by-newest")) " " a href=(asked.but(|a| a.sort.clear())) { (cx.t("search-to-fit")) } }
                @else { (cx.t("search-by-fit")) " " a href=(asked.but(|a| a.sort = "newest".to_owned())) { (cx.t("search-to-newest")) } }
            }
        }
    }
}

fn hits_of(cx: &Cx, asked: &Asked, shown: &Shown, own: &Markup) -> Markup {
    html! {
        div class="scroll" id="hits" tabindex="0" role="region" aria-label=(cx.t("search-hits")) {
            @match &shown.answered {
                _ if asked.is_empty() => { (own) (begin(cx)) },
                None => (away(cx)),
                Some(answered) if answered.found.is_empty() => (nothing(cx, asked)),
                Some(answered) => {
                    (hits::list(cx, &answered.found))
                    (pager(cx.locale, &pages(asked, answered)))
                }
            }
        }
    }
}

fn pages(asked: &Asked, answered: &Answered) -> Pager {
    let page = asked.page.max(1);
    let has_more = answered.answer.total.number() > (page * ROWS) as u64
        && page * ROWS < search::Request::DEEPEST;
    let at = |page: usize| -> Url { asked.but(|a| a.page = page) };
    Pager {
        first: (page > 2).then(|| at(1)),
        previous: (page > 1).then(|| at(page - 1)),
        next: has_more.then(|| at(page + 1)),
    }
}

/// Before anything was typed: what can be.
fn begin(cx: &Cx) -> Markup {
    let all = [
        ("search-try-words", "search-how-words"),
        ("search-try-phrase", "search-how-phrase"),
        ("search-try-without", "search-how-without"),
        ("search-try-operators", "search-how-operators"),
        ("search-try-people", "search-how-people"),
        ("search-try-more", "search-how-more"),
    ];
    // The last ones ask for what only tickets hold.
    let shown = match cx.actor.may_somewhere(Permission::ReadTickets) {
        true => all.len(),
        false => 4,
    };
    html! {
        div class="sheet__body" {
            h2 class="strong" { (cx.t("search-how")) }
            dl class="searchhelp" {
                @for (example, words) in all.into_iter().take(shown) {
                    @let example = cx.t(example);
                    dt { a href=(url::search(&example)) { code { (example) } } }
                    dd { (cx.t(words)) }
                }
            }
        }
    }
}

fn away(cx: &Cx) -> Markup {
    html! {
        div class="sheet__body" {
            (notice(Tone::Warn, &cx.t("search-away"), &button_link(Look::Secondary, &cx.t("search-away-list"), &url::tickets(), None)))
        }
    }
}

fn nothing(cx: &Cx, asked: &Asked) -> Markup {
    let is_narrowed = asked.is_narrowed();
    let wider = asked.but(|a| {
        *a = Asked {
            q: a.q.clone(),
            ..Asked::default()
        }
    });
    let actions = html! {
        @if is_narrowed || !asked.kind.is_empty() { (button_link(Look::Secondary, &cx.t("search-wider"), &wider, None)) }
    };
    empty(
        "search-none",
        &cx.t("search-none"),
        &cx.t("search-none-more"),
        &actions,
    )
}
