//! What a ticket is called: a better title in place.

use entities::ticket::{Rename, Ticket};
use entities::{DeskError, Rejected};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::fact_form::{changed, went_through};
use super::facts::facts_still;
use super::list_from::From;
use crate::error::{Result, rejected};
use crate::web::cx::Cx;
use crate::web::form::{self, Form, Query};
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{Field, Input, Look, submit};
use crate::web::permitted::{Permitted, Seen};
use crate::web::swap::Swap;
use crate::web::url;

/// The form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TitleForm {
    title: String,
}

/// `GET /tickets/:key/title/edit`.
#[handler]
pub async fn edit(cx: Cx, Seen(ticket): Seen<Ticket>, Query(from): Query<From>) -> Result<Markup> {
    let form = title_form(&cx, &ticket, &from, &ticket.title, None);
    Ok(if cx.wants_fragment() {
        html! { (form) (facts_still()) }
    } else {
        page(&cx, &form)
    })
}

/// `POST /tickets/:key/title`.
#[handler]
pub async fn update(
    cx: Cx,
    permit: Permitted<Rename>,
    Query(from): Query<From>,
    Form(form): Form<TitleForm>,
) -> Result<Swap> {
    let ticket = permit.on().clone();
    let command = Rename {
        title: form.title.clone(),
    };
    match cx.db.change(permit.into_permit(), command).await {
        Err(DeskError::Rejected(why)) if why != Rejected::NothingToDo => {
            let fault = rejected(cx.locale, why);
            let again = title_form(&cx, &ticket, &from, &form.title, Some(&fault));
            let fragment =
                html! { hx-partial hx-target="#title-form" hx-swap="outerHTML" { (again) } };
            Ok(Swap::invalid(cx.asks, fragment, page(&cx, &again)))
        }
        result => {
            went_through(result)?;
            changed(&cx, &ticket, &from).await
        }
    }
}

/// The form `#title-form`.
fn title_form(cx: &Cx, ticket: &Ticket, from: &From, title: &str, fault: Option<&str>) -> Markup {
    let action = from.keep(url::ticket_part(&ticket.number, "title"));
    let back = from.keep(url::ticket(&ticket.number));
    let again = from.keep(url::ticket_part(&ticket.number, "facts"));
    html! {
        form id="title-form" class="titleform" action=(action) method="post" hx-post=(action) hx-swap="none" {
            (form::csrf(&cx.session.csrf))
            (Field::new("title", &cx.t("fact-title")).fault(fault).render(cx.locale, Input::Line { kind: "text", value: title, autocomplete: Some("off") }))
            div class="cluster" {
                (submit(Look::Primary, &cx.t("fact-save")))
                a class="kern-btn kern-btn--tertiary" href=(back) hx-get=(again) hx-target="#facts" hx-swap="outerHTML" data-cancel {
                    span class="kern-label" { (cx.t("fact-cancel")) }
                }
            }
        }
    }
}

fn page(cx: &Cx, form: &Markup) -> Markup {
    let title = cx.t("ticket-rename");
    let content = html! {
        section class="sheet" aria-labelledby="title-title" {
            div class="sheet__head" { h1 id="title-title" class="h2" { (title) } }
            div class="sheet__body" { (form) }
        }
    };
    cx.frame_with(Area::Tickets, html! {})
        .page(&title, Stage::Plain, &content)
}
