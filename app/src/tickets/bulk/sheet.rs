//! The sheet of a bulk: what is to be done, what that would do, how far it is, and what became of it.

use entities::bulk::{self, Act, Look, Model, Outcome, State, Verb, look};
use maud::{Markup, html};
use poem::handler;

use super::letters as archive;
use super::look::{Tense, begins, sorts, summary};
use super::said::{act_words, verb_words};
use super::say::{self, Fault, controls};
use super::tell::letters;
use crate::error::Result;
use crate::fields::typed::Typed;
use crate::mailings;
use crate::text_blocks::reserved;
use crate::tickets::fault;
use crate::tickets::list_from::From;
use crate::web::cx::Cx;
use crate::web::form::{Query, csrf};
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{self, Tone, button_link, notice, submit};
use crate::web::permitted::Sub;
use crate::web::url::{self, Url};

/// `GET /tickets/bulk/:sub`.
#[handler]
pub async fn show(cx: Cx, Sub(id): Sub, Query(typed): Query<Typed>) -> Result<Markup> {
    let bulk = bulk::find(&cx.db, &cx.actor, id).await?;
    if bulk.state != State::Staged && cx.wants_fragment() {
        return result(&cx, &bulk).await;
    }
    page(&cx, &bulk, &typed, None).await
}

/// The list the tickets were chosen from, or the page of their fault or of their mailing.
pub fn list_url(bulk: &Model) -> Url {
    if let Some(page) = fault::page_of(&bulk.list).or_else(|| mailings::page_of(&bulk.list)) {
        return page;
    }
    let from = From {
        from: bulk.list.clone(),
    };
    from.query().url()
}

fn back_words(cx: &Cx, bulk: &Model) -> String {
    cx.t(match fault::page_of(&bulk.list) {
        Some(_) => "bulk-to-fault",
        None if mailings::page_of(&bulk.list).is_some() => "mailing-back",
        None => "bulk-to-list",
    })
}

/// The whole page; `wrong` stands beside what was typed.
pub async fn page(cx: &Cx, bulk: &Model, typed: &Typed, wrong: Option<&Fault>) -> Result<Markup> {
    let count = i64::try_from(look::count(&cx.db, bulk).await?).unwrap_or(0);
    let verb = verb_words(cx, bulk.verb);
    let args = [("verb", verb.as_str().into()), ("count", count.into())];
    let title = cx.locale.t_with("bulk-title", &args);
    let inner = match bulk.state {
        State::Staged => staged(cx, bulk, typed, wrong).await?,
        _ => {
            let result = result(cx, bulk).await?;
            html! {
                @if let Some((_, words)) = wrong { (notice(Tone::Error, words, &html! {})) }
                (result)
            }
        }
    };
    let content = html! {
        div class="sheet" {
            div class="sheet__head" {
                h1 id="bulk-title" class="h2" { (title) }
                a href=(list_url(bulk)) { (back_words(cx, bulk)) }
            }
            div class="sheet__body scroll" tabindex="0" role="region" aria-labelledby="bulk-title" { (inner) }
        }
    };
    let frame = cx.frame(Area::Tickets).await?;
    Ok(frame.page(&title, Stage::Plain, &content))
}

async fn staged(cx: &Cx, bulk: &Model, typed: &Typed, wrong: Option<&Fault>) -> Result<Markup> {
    let act = bulk.act();
    // Which field comes first; its own control follows.
    let chosen = match bulk.verb {
        Verb::Field => say::field(cx, typed.first("field")).await?,
        _ => None,
    };
    // A block was filled in, to be read before it is looked at.
    let is_writing = bulk.verb == Verb::Tell && !typed.0.is_empty();
    let is_asking = bulk.verb == Verb::Field && chosen.is_none();
    let controls = controls(cx, bulk, typed, chosen.as_ref(), wrong).await?;
    let here = url::bulk(bulk.id);
    let method = if is_asking { "get" } else { "post" };
    let look_first = match (&act, wrong) {
        (Some(act), None) if !is_writing => {
            let look = look::preview(&cx.db, &cx.actor, bulk, act, &cx.desk).await?;
            Some((act, look))
        }
        _ => None,
    };
    let said = match &look_first {
        Some((act, look)) => preview(cx, bulk, act, look).await?,
        None => html! {},
    };
    let submit_words = cx.t(if is_asking {
        "bulk-next"
    } else {
        "bulk-preview"
    });
    let say_other = cx.t(match bulk.verb {
        Verb::Tell => "tell-change",
        _ => "bulk-say-other",
    });
    let say = |look: parts::Look, beside: &Markup| {
        html! {
            form method=(method) action=(here) class="formpart" {
                @if !is_asking { (csrf(&cx.session.csrf)) }
                (controls)
                div class="cluster" { (submit(look, &submit_words)) (beside) }
            }
        }
    };
    Ok(html! {
        div class="form" {
            @if bulk.more { (notice(Tone::Warn, &cx.locale.t_with("bulk-too-many", &[("count", bulk::MOST.into())]), &html! {})) }
            @if look_first.is_some() {
                (said)
                details class="say" { summary { (say_other) } (say(parts::Look::Secondary, &html! {})) }
            } @else {
                div class="say" { (say(parts::Look::Primary, &discard(cx))) }
            }
            form method="post" id=(DISCARD) action=(url::bulk_part(bulk.id, "stop")) { (csrf(&cx.session.csrf)) }
        }
    })
}

/// The form that gives the choice up; its button stands beside those of another one.
const DISCARD: &str = "bulk-discard";

fn discard(cx: &Cx) -> Markup {
    html! {
        button class="kern-btn kern-btn--tertiary" type="submit" form=(DISCARD) { span class="kern-label" { (cx.t("bulk-discard")) } }
    }
}

/// What it would do, and the button that does it.
async fn preview(cx: &Cx, bulk: &Model, act: &Act, look: &Look) -> Result<Markup> {
    let words = act_words(cx, act).await?;
    let changing = look.count(Outcome::Done);
    let tone = match (changing, look.count(Outcome::Refused)) {
        (0, _) => Tone::Warn,
        (_, 0) => Tone::Info,
        _ => Tone::Warn,
    };
    let run = match bulk.verb {
        Verb::Tell => "tell-run",
        Verb::Serial => "serial-run",
        _ => "bulk-run",
    };
    let run = cx.locale.t_with(run, &[("count", changing.into())]);
    Ok(html! {
        // Not the button: an Enter too many must not do what nobody has looked at.
        h2 tabindex="-1" autofocus { (words) }
        (notice(tone, &summary(cx, bulk.verb, look, Tense::Would), &html! {}))
        (reserved::of_act(cx, act).await?)
        div class="cluster" {
            @if changing > 0 {
                form method="post" action=(url::bulk_part(bulk.id, "run")) {
                    (csrf(&cx.session.csrf))
                    input type="hidden" name="seen" value=(bulk.act.as_deref().unwrap_or_default());
                    button class="kern-btn kern-btn--primary" type="submit" { span class="kern-label" { (run) } }
                }
            }
            (discard(cx))
        }
        (begins(cx, look).await?)
        (letters(cx, look))
        (sorts(cx, bulk.verb, look, Tense::Would))
    })
}

/// How far it is, or what became of it: `#bulk-result`. What is under way fetches itself.
async fn result(cx: &Cx, bulk: &Model) -> Result<Markup> {
    let back = matches!(bulk.state, State::Undoing | State::Undone);
    let tense = if back { Tense::Back } else { Tense::Did };
    let look = look::result(&cx.db, &cx.actor, bulk, back).await?;
    let words = match bulk.act() {
        Some(act) => act_words(cx, &act).await?,
        None => String::new(),
    };
    let running = bulk.is_under_way();
    let became = match running {
        true => None,
        false => archive::became(cx, bulk).await?,
    };
    let here = url::bulk(bulk.id);
    let tone = match bulk.state {
        State::Done | State::Undone if look.count(Outcome::Refused) == 0 => Tone::Ok,
        State::Running | State::Undoing => Tone::Info,
        _ => Tone::Warn,
    };
    let state = match (bulk.state, bulk.failure.is_some()) {
        (State::Running | State::Staged, _) => "bulk-state-running",
        (State::Undoing, _) => "bulk-state-undoing",
        (State::Undone, _) => "bulk-state-undone",
        (_, true) => "bulk-state-failed",
        (State::Done, _) => "bulk-state-done",
        (State::Stopped, _) => "bulk-state-stopped",
    };
    let (all, done) = (look.all(), look.all() - look.open);
    Ok(html! {
        div id="bulk-result" class="form" hx-get=[running.then(|| here.clone())] hx-trigger=[running.then_some("every 1s")] hx-swap=[running.then_some("outerHTML")] {
            h2 { (words) }
            (notice(tone, &cx.t(state), &html! { (summary(cx, bulk.verb, &look, tense)) }))
            @if running {
                @let args = [("done", done.into()), ("all", all.into())];
                p { (cx.locale.t_with("bulk-progress", &args)) }
                progress value=(done) max=(all.max(1)) aria-label=(cx.t(state)) {}
                div class="cluster" {
                    (button_link(parts::Look::Secondary, &cx.t("import-look"), &here, None))
                    @if bulk.state == State::Running {
                        form method="post" action=(url::bulk_part(bulk.id, "stop")) {
                            (csrf(&cx.session.csrf)) (submit(parts::Look::Tertiary, &cx.t("bulk-stop")))
                        }
                    }
                }
            } @else {
                div class="cluster" {
                    @if look.count(Outcome::Done) > 0 && !back { (undo_form(cx, bulk)) }
                    @if let Some(became) = &became { (archive::links(cx, bulk, became)) }
                    (button_link(parts::Look::Secondary, &back_words(cx, bulk), &list_url(bulk), None))
                }
                @if let Some(became) = &became { (archive::without(cx, became)) }
            }
            (sorts(cx, bulk.verb, &look, tense))
        }
    })
}

/// The way back, while there is one.
pub fn undo_form(cx: &Cx, bulk: &Model) -> Markup {
    html! {
        @if bulk.undo_seconds(cx.now.at).is_some() {
            form method="post" action=(url::bulk_part(bulk.id, "undo")) {
                (csrf(&cx.session.csrf))
                button type="submit" class="kern-btn kern-btn--secondary" { span class="kern-label" { (cx.t("bulk-undo")) } }
            }
        }
    }
}
