//! Who is away today and in the weeks to come; for leads, one click for a colleague who is ill.

use chrono::{Days, NaiveDate};
use entities::absence::list::{Out, out, reached};
use entities::absence::{AbsenceFacts, EnterAbsence};
use entities::setting::Choice;
use entities::{DeskError, Rejected, Uuid};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::lines::days;
use crate::error::{self, Result};
use crate::web::cx::Cx;
use crate::web::form::{Form, Query, csrf, once};
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{Look, Tone, button_link, column, face_beside_name, notice};
use crate::web::permitted::{Permitted, Readers};
use crate::web::swap::Swap;
use crate::web::url;

/// So many days ahead.
const AHEAD: u64 = 42;

/// What was done just before, and for whom.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    entered: String,
}

/// `GET /absences`
#[handler]
pub async fn list(cx: Cx, _: Readers, Query(asked): Query<Asked>) -> Result<Markup> {
    let told = match asked.entered.is_empty() {
        true => html! {},
        false => notice(Tone::Ok, &cx.t("absence-entered"), &html! {}),
    };
    page(&cx, &told, None).await
}

/// What was typed beside a name.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Today {
    /// Empty: today alone.
    until: String,
    once: Option<String>,
}

/// `POST /absences/of/:key/today`
#[handler]
pub async fn create(
    cx: Cx,
    _: Readers,
    permit: Permitted<EnterAbsence>,
    Form(form): Form<Today>,
) -> Result<Swap> {
    let today = cx.now.today();
    let (id, name) = (permit.on().person_id, permit.on().name.clone());
    let until = match form.until.trim() {
        "" => Some(today),
        typed => typed.parse::<NaiveDate>().ok(),
    };
    let words = match until {
        None => cx.t("absence-no-day"),
        Some(until) => {
            let facts = AbsenceFacts::days(today, until);
            let once = form.once.clone();
            let command = EnterAbsence { facts, once };
            match cx.db.change(permit.into_permit(), command).await {
                Ok(_) | Err(DeskError::AlreadyDone(_)) => {
                    let there = url::absences().with("entered", "1");
                    return Ok(Swap::go_to(cx.asks, there));
                }
                Err(DeskError::Rejected(Rejected::EndsBeforeItBegins)) => {
                    error::rejected(cx.locale, Rejected::DateInPast)
                }
                Err(DeskError::Rejected(why)) => error::rejected(cx.locale, why),
                Err(error) => return Err(error.into()),
            }
        }
    };
    let told = notice(Tone::Error, &format!("{name}: {words}"), &html! {});
    let page = page(&cx, &told, Some((id, form.until.as_str()))).await?;
    Ok(Swap::invalid(cx.asks, page.clone(), page))
}

async fn page(cx: &Cx, told: &Markup, typed: Option<(Uuid, &str)>) -> Result<Markup> {
    let today = cx.now.today();
    let until = today.checked_add_days(Days::new(AHEAD)).unwrap_or(today);
    let all = out(&cx.db, &cx.actor, until).await?;
    let colleagues = reached(&cx.db, &cx.actor).await?;
    let (now, later): (Vec<&Out>, Vec<&Out>) = all.iter().partition(|one| one.from_on <= today);
    let title = cx.t("absences-title");
    let content = html! {
        div class="sheet" {
            div class="sheet__head" {
                h1 id="absences-title" class="h2" { (title) }
                span class="right" { (button_link(Look::Secondary, &cx.t("absence-own"), &url::own_absences(), None)) }
            }
            div class="scroll" tabindex="0" role="region" aria-labelledby="absences-title" {
                @if !told.0.is_empty() { div class="sheet__told" { (told) } }
                (people(cx, "absences-today", "absences-nobody-today", &now))
                (people(cx, "absences-later", "absences-nobody-later", &later))
                @if !colleagues.is_empty() { (enter(cx, &colleagues, typed)) }
            }
        }
    };
    let frame = cx.frame(Area::None).await?;
    Ok(frame.page(&title, Stage::Plain, &content))
}

fn people(cx: &Cx, words: &'static str, nobody: &'static str, all: &[&Out]) -> Markup {
    html! {
        section aria-labelledby=(words) {
            h2 id=(words) class="sheet__body" { (cx.t(words)) }
            @if all.is_empty() { p class="sheet__body muted" { (cx.t(nobody)) } }
            @else {
                table class="grid grid--plain" {
                    caption class="sr" { (cx.t(words)) }
                    thead { tr { (column(&cx.t("absence-who"))) (column(&cx.t("absence-days"))) (column(&cx.t("absence-stands-in"))) } }
                    tbody {
                        @for one in all {
                            tr {
                                td { (face_beside_name(&one.name)) " " (one.name) }
                                td { (days(cx, one.from_on, one.to_on)) }
                                td { @match &one.deputy { Some(name) => { (name) } None => { (cx.t("fact-team")) } } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Each colleague with the button that says they are away today.
fn enter(cx: &Cx, colleagues: &[Choice], typed: Option<(Uuid, &str)>) -> Markup {
    let today = cx.now.today().to_string();
    let until_of = |one: &Choice| match typed {
        Some((id, typed)) if id == one.id => typed.to_owned(),
        _ => today.clone(),
    };
    html! {
        section id="absences-enter" aria-labelledby="absences-enter-title" {
            h2 id="absences-enter-title" class="sheet__body" { (cx.t("absences-enter")) }
            p class="sheet__body muted" { (cx.t("absences-enter-how")) }
            table class="grid grid--plain" {
                caption class="sr" { (cx.t("absences-enter")) }
                thead { tr { (column(&cx.t("absence-who"))) (column(&cx.t("absence-act"))) } }
                tbody {
                    @for one in colleagues {
                        @let until = format!("until-{}", one.id.simple());
                        tr {
                            td { a href=(url::absences_of_colleague(one.id)) { (one.name) } }
                            td {
                                form class="cluster" action=(url::away_today(one.id)) method="post" {
                                    (csrf(&cx.session.csrf))
                                    (once())
                                    label for=(until) { (cx.t("absence-to")) }
                                    input class="input input--auto" id=(until) type="date" name="until" value=(until_of(one)) min=(today);
                                    button class="kern-btn kern-btn--secondary" type="submit" aria-label=(cx.locale.t_with("absence-today-of", &[("name", one.name.as_str().into())])) {
                                        span class="kern-label" { (cx.t("absence-today")) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
