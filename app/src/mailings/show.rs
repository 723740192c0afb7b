//! One letter to many people: who would get it, how far their tickets are, and what became of each line.

use entities::bulk;
use entities::mailing::look::Left;
use entities::mailing::{self, Look, Model, State};
use entities::ticket::Open;
use maud::{Markup, html};
use poem::handler;

use super::form::{Faults, MailingForm};
use super::words;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::{Form, csrf};
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{self, Tone, button_link, error_summary, foreign, moment, notice, submit};
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;
use crate::web::url;

/// The most lines or people of one kind that are listed before it is begun, and while it is under way.
const MOST_NAMED: usize = 200;

/// `GET /tickets/mailings/:sub`.
#[handler]
pub async fn show(cx: Cx, _may: Permitted<Open>, Sub(id): Sub) -> Result<Markup> {
    let mailing = mailing::find(&cx.db, &cx.actor, id).await?;
    let look = mailing::look(&cx.db, &cx.actor, &mailing).await?;
    if mailing.state == State::Staged {
        let inner = staged(&cx, &mailing, &look, None).await?;
        return page(&cx, &mailing, inner).await;
    }
    let inner = result(&cx, &mailing, &look).await?;
    match cx.wants_fragment() {
        true => Ok(inner),
        false => {
            // What does not change is read once, not with what fetches itself.
            let facts = facts(&cx, &mailing).await?;
            let inner = html! { div class="form" { (facts) (inner) } };
            page(&cx, &mailing, inner).await
        }
    }
}

/// `POST /tickets/mailings/:sub`: says it anew.
#[handler]
pub async fn update(
    cx: Cx,
    _may: Permitted<Open>,
    Sub(id): Sub,
    Form(form): Form<MailingForm>,
) -> Result<Swap> {
    let mailing = mailing::find(&cx.db, &cx.actor, id).await?;
    if mailing.state != State::Staged {
        return Ok(Swap::go_to(cx.asks, url::mailing(id)));
    }
    match form.wanted(&cx).await? {
        Ok(wanted) => {
            mailing::say(&cx.db, &cx.actor, id, &wanted).await?;
            Ok(Swap::go_to(cx.asks, url::mailing(id)))
        }
        Err(faults) => {
            let look = mailing::look(&cx.db, &cx.actor, &mailing).await?;
            let inner = staged(&cx, &mailing, &look, Some((form, faults))).await?;
            let page = page(&cx, &mailing, inner).await?;
            Ok(Swap::invalid(cx.asks, html! {}, page))
        }
    }
}

async fn page(cx: &Cx, mailing: &Model, inner: Markup) -> Result<Markup> {
    let title = format!("{}: {}", cx.t("mailing"), mailing.title);
    let content = html! {
        div class="sheet" {
            div class="sheet__head" {
                h1 id="mailing-title" class="h2" { (foreign(&title)) }
                a href=(url::mailings()) { (cx.t("mailing-all")) }
            }
            div class="sheet__body scroll" tabindex="0" role="region" aria-labelledby="mailing-title" { (inner) }
        }
    };
    let frame = cx.frame(Area::NewTicket).await?;
    Ok(frame.page(&title, Stage::Plain, &content))
}

/// About which service, what becomes of the tickets, and when it was said.
async fn facts(cx: &Cx, mailing: &Model) -> Result<Markup> {
    let Some(wanted) = mailing.wanted() else {
        return Ok(html! {});
    };
    let service = words::service(cx, wanted.service_id).await?;
    let then = words::leave(cx.locale, wanted.leave);
    Ok(html! {
        p class="muted" {
            (foreign(&service)) " · "
            @if let Some(then) = then { (cx.t("mailing-then")) ": " (then) " · " }
            (moment(cx.locale, &cx.now, mailing.staged_at))
        }
    })
}

/// What it would do, and the form to say it anew; `typed` could not be read.
async fn staged(
    cx: &Cx,
    mailing: &Model,
    look: &Look,
    typed: Option<(MailingForm, Faults)>,
) -> Result<Markup> {
    let is_wrong = typed.is_some();
    let (form, faults) = match typed {
        Some(typed) => typed,
        None => {
            let form = mailing.wanted().map(MailingForm::of);
            (form.unwrap_or_default(), Faults::new())
        }
    };
    let people = look.open.len();
    let refused = look.refused.len();
    let would = cx
        .locale
        .t_with("mailing-would", &[("count", people.into())]);
    let tone = if people == 0 || refused > 0 {
        Tone::Warn
    } else {
        Tone::Info
    };
    let run = cx.locale.t_with("mailing-run", &[("count", people.into())]);
    let stop = url::mailing_part(mailing.id, "stop");
    Ok(html! {
        div class="form" {
            @if is_wrong { (error_summary(cx.locale, &faults)) }
            @else {
                // Not the button: an Enter too many must not do what nobody has looked at.
                h2 tabindex="-1" autofocus { (cx.t("bulk-preview")) }
                (notice(tone, &would, &html! { (refused_words(cx, refused)) }))
                (facts(cx, mailing).await?)
                p { (cx.t("mailing-would-more")) }
                form class="cluster" method="post" action=(url::mailing_part(mailing.id, "run")) {
                    (csrf(&cx.session.csrf))
                    input type="hidden" name="seen" value=(mailing.revision);
                    @if people > 0 { (submit(parts::Look::Primary, &run)) }
                    button class="kern-btn kern-btn--tertiary" type="submit" formaction=(stop) { span class="kern-label" { (cx.t("bulk-discard")) } }
                }
                (refused_list(cx, look, MOST_NAMED))
                @if people > 0 { (people_list(cx, &cx.t("mailing-lines"), &look.open)) }
            }
            details class="say" open[is_wrong || people == 0] {
                summary { (cx.t("mailing-change")) }
                form method="post" action=(url::mailing(mailing.id)) class="formpart" {
                    (csrf(&cx.session.csrf))
                    (form.controls(cx, &faults).await?)
                    div class="cluster" { (submit(parts::Look::Secondary, &cx.t("bulk-preview"))) }
                }
            }
        }
    })
}

fn refused_words(cx: &Cx, count: usize) -> String {
    cx.locale
        .t_with("mailing-refused", &[("count", count.into())])
}

/// Every line that was refused, with its number and the reason.
fn refused_list(cx: &Cx, look: &Look, most: usize) -> Markup {
    let shown = look.refused.iter().take(most);
    html! {
        @if !look.refused.is_empty() {
            details class="sort" open {
                summary { (cx.t("import-refused")) " " span class="tally" { (cx.locale.number(look.refused.len() as i64)) } }
                ul class="plain" {
                    @for one in shown {
                        li {
                            @if let Some(line) = one.line { (cx.locale.t_with("mailing-line", &[("line", line.into())])) " " }
                            (foreign(&one.said)) " · " (words::refusal(cx, one.why))
                        }
                    }
                    (more(cx, look.refused.len(), most))
                }
            }
        }
    }
}

fn people_list(cx: &Cx, words: &str, people: &[Left]) -> Markup {
    html! {
        details class="sort" {
            summary { (words) " " span class="tally" { (cx.locale.number(people.len() as i64)) } }
            ul class="plain" {
                @for one in people.iter().take(MOST_NAMED) { li { (foreign(&one.said)) } }
                (more(cx, people.len(), MOST_NAMED))
            }
        }
    }
}

fn more(cx: &Cx, all: usize, shown: usize) -> Markup {
    html! {
        @if all > shown {
            li class="muted" { (cx.locale.t_with("bulk-and-more", &[("count", (all - shown).into())])) }
        }
    }
}

/// How far it is, or what became of it: `#mailing-result`. What is under way fetches itself.
async fn result(cx: &Cx, mailing: &Model, look: &Look) -> Result<Markup> {
    // Tickets may still come after it was stopped, until the portion in hand is noted.
    let running = !mailing.is_settled(cx.now.at);
    let left = if running { 0 } else { look.open.len() };
    let here = url::mailing(mailing.id);
    let tone = match mailing.state {
        State::Done if look.refused.is_empty() => Tone::Ok,
        _ if running => Tone::Info,
        _ => Tone::Warn,
    };
    let (all, done) = (look.people(), look.opened.len());
    let state = match running && mailing.is_over() {
        true => cx.t("mailing-stopping"),
        false => words::state(cx, mailing.state, mailing.failure.is_some()),
    };
    let did = cx.locale.t_with("mailing-did", &[("count", done.into())]);
    Ok(html! {
        div id="mailing-result" class="stack" hx-get=[running.then(|| here.clone())] hx-trigger=[running.then_some("every 1s")] hx-swap=[running.then_some("outerHTML")] {
            (notice(tone, &state, &html! {
                (did) " " (refused_words(cx, look.refused.len()))
                @if left > 0 { " " (cx.locale.t_with("mailing-left-over", &[("count", left.into())])) }
            }))
            @if running {
                p { (cx.locale.t_with("bulk-progress", &[("done", done.into()), ("all", all.into())])) }
                progress value=(done) max=(all.max(1)) aria-label=(state) {}
                div class="cluster" {
                    (button_link(parts::Look::Secondary, &cx.t("import-look"), &here, None))
                    @if mailing.state == State::Running {
                        form method="post" action=(url::mailing_part(mailing.id, "stop")) {
                            (csrf(&cx.session.csrf)) (submit(parts::Look::Tertiary, &cx.t("bulk-stop")))
                        }
                    }
                }
            } @else {
                @if done > 0 { (letters(cx, mailing).await?) }
                @if !look.refused.is_empty() || left > 0 {
                    div class="cluster" { (button_link(parts::Look::Secondary, &cx.t("import-report"), &url::mailing_part(mailing.id, "refused"), None)) }
                }
            }
            (refused_list(cx, look, MOST_NAMED))
            @if left > 0 { (people_list(cx, &cx.t("mailing-left"), &look.open)) }
            @if !running && done > 0 { (tickets(cx, look)) }
        }
    })
}

/// The way on to the letters, or to what became of them.
async fn letters(cx: &Cx, mailing: &Model) -> Result<Markup> {
    let begin = |more: &str, beside: &Markup| {
        html! {
            p { (more) }
            form class="cluster" method="post" action=(url::mailing_part(mailing.id, "letters")) {
                (csrf(&cx.session.csrf)) (submit(parts::Look::Primary, &cx.t("mailing-letters"))) (beside)
            }
        }
    };
    let Some(bulk) = mailing::bulk_of(&cx.db, &cx.actor, mailing).await? else {
        return Ok(begin(&cx.t("mailing-letters-more"), &html! {}));
    };
    let to_bulk = |look: parts::Look| {
        let words = cx.t(match bulk.state {
            bulk::State::Staged => "mailing-letters-go-on",
            _ => "mailing-letters-look",
        });
        button_link(look, &words, &url::bulk(bulk.id), None)
    };
    let left = mailing::unwritten(&cx.db, &bulk).await?.len();
    if left == 0 {
        return Ok(html! { div class="cluster" { (to_bulk(parts::Look::Primary)) } });
    }
    let more = [("count", left.into())];
    let more = cx.locale.t_with("mailing-letters-left", &more);
    Ok(begin(&more, &to_bulk(parts::Look::Secondary)))
}

fn tickets(cx: &Cx, look: &Look) -> Markup {
    html! {
        details class="sort" open {
            summary { (cx.t("nav-tickets")) " " span class="tally" { (cx.locale.number(look.opened.len() as i64)) } }
            ul class="plain" {
                @for one in &look.opened {
                    li {
                        @if let Some(number) = &one.number { a class="num" href=(url::ticket(number)) { (number) } " " }
                        (foreign(&one.said))
                    }
                }
            }
        }
    }
}
