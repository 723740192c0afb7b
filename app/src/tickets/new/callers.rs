//! Finding the caller while typing, and what follows from who it is.

use entities::permit::Desk;
use entities::person::search::{Found, search};
use entities::ticket::Open;
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::caller_changed;
use super::state::{MOST_FOUND, Phone};
use super::taken::{NEW_PERSON, Taken};
use crate::error::Result;
use crate::fields::typed;
use crate::web::cx::Cx;
use crate::web::form::{Form, Query};
use crate::web::parts::{icon_small, marks};
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;

/// What was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    caller: String,
}

/// `GET /tickets/new/callers?caller=`: the options below the field.
#[handler]
pub async fn list(cx: Cx, may: Permitted<Open>, Query(typed): Query<Typed>) -> Result<Markup> {
    let Desk = may.on();
    let found = search(&cx.db, &cx.actor, &typed.caller, MOST_FOUND).await?;
    Ok(options(&cx, &found, typed.caller.trim()))
}

/// `POST /tickets/new/caller`: fills in what is known of whoever was picked.
#[handler]
pub async fn update(cx: Cx, may: Permitted<Open>, Form(taken): Form<typed::Typed>) -> Result<Swap> {
    let Desk = may.on();
    let mut phone = Phone::with(&cx, Taken::of_form(taken).settled()).await?;
    if let Some(caller) = &phone.caller {
        let id = caller.district_id.map(|id| id.to_string());
        phone.taken.district_id = id.unwrap_or_default();
        phone.taken.phone = caller.phone.clone().unwrap_or_default();
    } else if phone.taken.is_new_person() && phone.taken.name.is_empty() {
        let typed = phone.taken.caller.trim().to_owned();
        match typed {
            typed if typed.contains('@') => phone.taken.email = typed,
            typed if typed.contains(char::is_alphabetic) => phone.taken.name = typed,
            typed => phone.taken.phone = typed,
        }
    }
    Ok(caller_changed(&cx, &phone))
}

fn options(cx: &Cx, found: &[Found], typed: &str) -> Markup {
    let new = cx
        .locale
        .t_with("phone-new-person", &[("typed", typed.into())]);
    html! {
        @for person in found {
            li class="opt-row" role="option" id={ "caller-" (person.id.simple()) } aria-selected="false"
                data-value=(person.id) data-text=(person.name) {
                span {
                    b { (marks(&person.name, &::search::ranges(&person.name, typed))) }
                    @if let Some(organisation) = &person.organisation_name { " · " (organisation) }
                }
                span {}
                small { (about(cx, person)) }
            }
        }
        @if !typed.is_empty() {
            li class="opt-row" role="option" id="caller-new" aria-selected="false" data-value=(NEW_PERSON) data-text=(typed) {
                span { (icon_small("plus")) " " (new) } span {}
            }
        }
    }
}

/// Number or address, and how many open tickets.
pub fn about(cx: &Cx, person: &Found) -> String {
    let open = (person.open_tickets > 0).then(|| {
        cx.locale.t_with(
            "phone-open-tickets",
            &[("count", person.open_tickets.into())],
        )
    });
    let reach = person.phone.clone().or_else(|| person.email.clone());
    let district = person
        .district_name
        .clone()
        .filter(|name| Some(name) != person.organisation_name.as_ref());
    [reach, district, open]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}
