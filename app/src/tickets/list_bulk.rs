//! The bar for chosen rows, and what it does to all of them.

use entities::ticket::assign::Assignee;
use entities::ticket::{Assign, Prioritise, Ticket, show};
use entities::{DeskError, Permit, Rejected, Uuid};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::list::read;
use super::list_query::ListQuery;
use super::list_sheet::{Sheet, list_sheet};
use crate::error::{Error, Result};
use crate::web::cx::Cx;
use crate::web::form::{Form, Query};
use crate::web::parts::{Stay, icon_small, named, priority_choices, toast};
use crate::web::swap::Swap;

/// The most rows of one go.
const MOST: usize = 500;

/// The bar: it appears with the first chosen row.
pub fn list_bulk(cx: &Cx, sheet: &Sheet) -> Markup {
    html! {
        div class="bulk" data-bulk hidden role="region" aria-label=(cx.t("bulk-region")) {
            strong class="num" { span data-count { "0" } " " (cx.t("bulk-chosen")) }
            span class="right" {}
            button type="submit" name="do" value="me" data-key="i" { (icon_small("user")) (cx.t("bulk-to-me")) " " kbd { "I" } }
            label class="bulk__pick" {
                span class="sr" { (cx.t("bulk-owner")) }
                select class="input" name="owner" data-key="a" {
                    option value="" { (cx.t("bulk-owner")) }
                    @for agent in &sheet.agents { option value=(agent.id) { (agent.name) } }
                }
            }
            button type="submit" name="do" value="owner" { (cx.t("bulk-assign")) }
            label class="bulk__pick" {
                span class="sr" { (cx.t("fact-priority")) }
                select class="input" name="priority" {
                    @for choice in priority_choices(cx.locale) { option value=(choice.value) selected[choice.value == "normal"] { (choice.label) } }
                }
            }
            button type="submit" name="do" value="priority" { (cx.t("bulk-prioritise")) }
        }
    }
}

/// What is to be done to which rows.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct BulkForm {
    id: Vec<Uuid>,
    r#do: String,
    owner: String,
    priority: String,
}

/// `POST /tickets/bulk`.
#[handler]
pub async fn update(
    cx: Cx,
    Query(query): Query<ListQuery>,
    Form(form): Form<BulkForm>,
) -> Result<Swap> {
    let mut tickets: Vec<Ticket> = Vec::new();
    for id in form.id.iter().take(MOST) {
        tickets.push(show::by_id(&cx.db, &cx.actor, *id).await?);
    }
    let words = match form.r#do.as_str() {
        "me" => match cx.actor.person_id() {
            Some(me) => assign(&cx, &tickets, me).await?,
            None => return Err(Error::Desk(DeskError::Forbidden)),
        },
        "owner" => match Uuid::try_parse(&form.owner) {
            Ok(id) => assign(&cx, &tickets, id).await?,
            Err(_) => cx.t("bulk-owner-missing"),
        },
        "priority" => {
            let priority =
                named(&form.priority).ok_or_else(|| Error::Request("no priority".into()))?;
            let pairs = permits(&cx, &tickets, &Prioritise { priority });
            let done = cx.db.change_many(pairs).await?;
            said(&cx, tickets.len(), done, "bulk-prioritised")?
        }
        _ => return Err(Error::Request("nothing to do".into())),
    };
    let sheet = read(&cx, query).await?;
    let toast = toast(cx.locale, Stay::Seconds(8), &words, &html! {});
    Ok(Swap::or_go_to(cx.asks, sheet.query.url())
        .replace("list", list_sheet(&cx, &sheet))
        .append("toasts", toast))
}

async fn assign(cx: &Cx, tickets: &[Ticket], id: Uuid) -> Result<String> {
    let to = Assignee::Person { id };
    let pairs = permits(cx, tickets, &Assign { to });
    let done = cx.db.change_many(pairs).await?;
    said(cx, tickets.len(), done, "bulk-assigned")
}

/// One permit for each ticket this person may change so; the others stay as they are.
fn permits<C>(cx: &Cx, tickets: &[Ticket], command: &C) -> Vec<(Permit<C>, C)>
where
    C: entities::ledger::Command<On = Ticket> + Clone,
{
    tickets
        .iter()
        .filter_map(|ticket| Permit::ask(&cx.actor, ticket.clone()).ok())
        .map(|permit| (permit, command.clone()))
        .collect()
}

/// How many were changed and how many were not; what stood so already counts as done.
fn said<T>(
    cx: &Cx,
    chosen: usize,
    done: Vec<Result<T, DeskError>>,
    key: &'static str,
) -> Result<String> {
    let mut count = 0;
    for one in done {
        match one {
            Ok(_) | Err(DeskError::Rejected(Rejected::NothingToDo)) => count += 1,
            Err(DeskError::Rejected(_)) => {}
            Err(other) => return Err(other.into()),
        }
    }
    let left = chosen.saturating_sub(count);
    let count = [("count", count.into())];
    let done = match key {
        "bulk-assigned" => cx.locale.t_with("bulk-assigned", &count),
        _ => cx.locale.t_with("bulk-prioritised", &count),
    };
    if left == 0 {
        return Ok(done);
    }
    let rest = cx.locale.t_with("bulk-left", &[("count", left.into())]);
    Ok(format!("{done} {rest}"))
}
