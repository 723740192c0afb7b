//! What a person may do with a ticket or at all, by which role and scope, or why not.

use entities::policy::{Reached, Scope, Spread};
use entities::role::reasons::{Reason, Sight, reasons};
use entities::ticket::{Ticket, show as tickets};
use entities::{DeskError, Permission, Uuid, person};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::area::Area;
use super::form::{self, Faults};
use super::role::part;
use super::role_sight_fields;
use super::role_words::{self, Names, groups};
use super::wide::{self, Back, Wide};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::parts::{Field, Look, Tone, column, glyph, notice, submit};
use crate::web::permitted::Permitted;
use crate::web::url;

const AREA: Area = Area::Roles;
/// People offered when a name fits several.
const MOST: u64 = 12;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// An id.
    person: String,
    /// What was typed to find one.
    who: String,
    ticket: String,
}

/// `GET /settings/roles/sight?person=…&ticket=…`
#[handler]
pub async fn show(
    cx: Cx,
    _permit: Permitted<entities::role::Update>,
    Query(asked): Query<Asked>,
) -> Result<Markup> {
    let mut faults = Faults::default();
    let ticket = match asked.ticket.trim() {
        "" => None,
        number => match tickets::by_number(&cx.db, &cx.actor, number).await {
            Ok(ticket) => Some(ticket),
            Err(DeskError::Hidden) => {
                faults.add("ticket", cx.t("sight-no-ticket"));
                None
            }
            Err(error) => return Err(error.into()),
        },
    };
    let (person_id, found) = person_of(&cx, &asked, &mut faults).await?;
    let sight = match person_id {
        Some(id) => Some(reasons(&cx.db, &cx.actor, id, ticket.as_ref()).await?),
        None => None,
    };
    let names = Names::read(&cx).await?;
    let content = html! {
        (form(&cx, &asked, sight.as_ref(), &faults))
        @if !found.is_empty() {
            ul class="itemlist" role="list" aria-label=(cx.t("sight-which")) {
                @for (id, name, more) in &found {
                    li {
                        a href=(part("sight").with("person", id).with("ticket", &asked.ticket)) {
                            span { b { (name) } small { (more) } }
                        }
                    }
                }
            }
        }
        @if let Some(sight) = &sight { (told(&cx, &names, sight, ticket.as_ref())) }
    };
    let sheet = Wide {
        area: AREA,
        back: Back::To(AREA),
        title: cx.t("sight"),
        head: html! {},
        content,
        foot: html! {},
    };
    wide::page(&cx, sheet).await
}

type Found = Vec<(Uuid, String, String)>;

/// Who is meant: the one that is named, or who may be.
async fn person_of(cx: &Cx, asked: &Asked, faults: &mut Faults) -> Result<(Option<Uuid>, Found)> {
    let who = asked.who.trim();
    if who.is_empty() {
        return Ok((form::id(&asked.person), vec![]));
    }
    let found = person::named(&cx.db, &cx.actor, who, MOST).await?;
    Ok(match found.as_slice() {
        [] => {
            faults.add("who", cx.t("sight-nobody"));
            (None, vec![])
        }
        [one] => (Some(one.id), vec![]),
        several => {
            let more = |p: &person::Model| p.email.clone().unwrap_or_default();
            let all = several.iter().map(|p| (p.id, p.name.clone(), more(p)));
            (None, all.collect())
        }
    })
}

fn form(cx: &Cx, asked: &Asked, sight: Option<&Sight>, faults: &Faults) -> Markup {
    let who = match (asked.who.as_str(), sight) {
        ("", Some(sight)) => sight.person.name.as_str(),
        (who, _) => who,
    };
    html! {
        form class="filterbar" method="get" action=(part("sight")) novalidate {
            (faults.summary(cx))
            (form::text(cx, Field::new("who", &cx.t("sight-person")).fault(faults.of("who")), "text", who))
            (form::text(cx, Field::new("ticket", &cx.t("sight-ticket")).optional().fault(faults.of("ticket")), "text", &asked.ticket))
            (submit(Look::Primary, &cx.t("sight-do")))
        }
    }
}

fn told(cx: &Cx, names: &Names, sight: &Sight, ticket: Option<&Ticket>) -> Markup {
    let person = &sight.person;
    let roles: Vec<&str> = sight.roles.iter().map(|role| role.name.as_str()).collect();
    let teams: Vec<&str> = sight.teams.iter().map(|team| team.name.as_str()).collect();
    let or_none = |list: &[&str]| match list {
        [] => cx.t("settings-none"),
        list => list.join(", "),
    };
    html! {
        div class="sheet__body stack" {
            h2 { (person.name) }
            p {
                (cx.locale.t_with("sight-roles", &[("names", or_none(&roles).into())])) " "
                (cx.locale.t_with("sight-teams", &[("names", or_none(&teams).into())]))
            }
            @if let Some(ticket) = ticket { p { a href=(url::ticket(&ticket.number)) { (ticket.number) } " " (ticket.title) } }
            @if person.retired_at.is_some() { (notice(Tone::Info, &cx.t("sight-retired"), &html! {})) }
        }
        @if person.retired_at.is_none() {
            (table(cx, names, sight, ticket.is_some()))
            (role_sight_fields::table(cx, &sight.fields))
        }
    }
}

fn table(cx: &Cx, names: &Names, sight: &Sight, is_about_ticket: bool) -> Markup {
    html! {
        table class="grid grid--plain reasons" {
            caption class="sr" { (cx.t("sight")) }
            thead { tr { (column(&cx.t("roles-right"))) (column(&cx.t("sight-held"))) (column(&cx.t("sight-why"))) } }
            tbody {
                @for (group, permissions) in groups() {
                    tr class="group" { th colspan="3" scope="colgroup" { (group.words(cx)) } }
                    @for reason in sight.reasons.iter().filter(|r| permissions.contains(&r.permission)) {
                        tr {
                            th scope="row" { (role_words::permission(cx, reason.permission)) }
                            td { (held(cx, reason, is_about_ticket)) }
                            td class="words" { (ways(cx, names, reason)) }
                        }
                    }
                }
            }
        }
    }
}

fn held(cx: &Cx, reason: &Reason, is_about_ticket: bool) -> Markup {
    let is_whole = reason
        .ways
        .iter()
        .any(|way| way.reached == Some(Reached::Everywhere));
    let can_narrow = reason.permission.spread() != Spread::Desk;
    let is_partly = can_narrow && !is_whole && !(is_about_ticket && of_tickets(reason.permission));
    html! {
        @if !reason.is_held() { span class="muted" { "– " (cx.t("roles-none")) } }
        @else if is_partly { span class="state" data-state="open" { (glyph("open")) (cx.t("sight-partly")) } }
        @else { span class="state" data-state="solved" { (glyph("solved")) (cx.t("sight-yes")) } }
    }
}

fn of_tickets(permission: Permission) -> bool {
    permission.spread() == Spread::Tickets
}

fn ways(cx: &Cx, names: &Names, reason: &Reason) -> Markup {
    html! {
        @if reason.ways.is_empty() { span class="muted" { (cx.t("sight-no-role")) } }
        @for way in &reason.ways {
            div {
                strong { (way.role) } ": " (names.scope(cx, &way.scope))
                @if let Some(key) = reached(way.reached, &way.scope) { " – " (cx.t(key)) }
            }
        }
    }
}

/// Why a scope reaches, where its own words do not say so already.
fn reached(reached: Option<Reached>, scope: &Scope) -> Option<&'static str> {
    match reached {
        None if *scope == Scope::OwnTeams => Some("sight-not-own-team"),
        None => Some("sight-not"),
        Some(Reached::Everywhere | Reached::Somewhere) => None,
        Some(Reached::Owned) => Some("sight-owned"),
        Some(Reached::OwnTeam) => Some("sight-own-team"),
        Some(Reached::NoTeam) => Some("sight-no-team"),
        Some(Reached::Team) => Some("sight-team"),
        Some(Reached::Service) => Some("sight-service"),
        Some(Reached::Organisation) => Some("sight-organisation"),
        Some(Reached::FieldValue) => Some("sight-value"),
    }
}
