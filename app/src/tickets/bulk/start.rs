//! From chosen rows to a bulk: the rows that were clicked, or all of the list as it is now.

use entities::bulk::{self, Act};
use entities::ticket::assign::Assignee;
use entities::ticket::choose::{self, List};
use entities::{DeskError, Permission, Uuid};
use maud::html;
use poem::handler;
use serde::Deserialize;

use super::bar::BUTTONS;
use crate::error::{Error, Result};
use crate::tickets::list_query::ListQuery;
use crate::tickets::list_view;
use crate::web::cx::Cx;
use crate::web::form::{Form, Query};
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{Look, Tone, button_link, notice};
use crate::web::swap::Swap;
use crate::web::url;

/// What is to be done to which rows.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct BulkForm {
    id: Vec<Uuid>,
    /// All that match instead of those that were clicked.
    all: String,
    r#do: String,
}

/// `POST /tickets/bulk?<list>`: keeps what was chosen and goes to its sheet.
#[handler]
pub async fn create(
    cx: Cx,
    Query(query): Query<ListQuery>,
    Form(form): Form<BulkForm>,
) -> Result<Swap> {
    let button = BUTTONS.iter().find(|b| b.name == form.r#do);
    let button = button.ok_or_else(|| Error::Request("nothing to do".into()))?;
    let ids = match form.all.as_str() {
        "" => form.id,
        _ => {
            let (query, _) = list_view::open(&cx, query.clone()).await?;
            let filter = query.filter(&cx).await?;
            let list = List {
                filter: &filter,
                sort: query.sort(&cx).await?,
                grouping: query.grouping(&filter),
            };
            // One more than a bulk takes, so that it is known when there are more.
            let most = bulk::MOST + 1;
            choose::all(&cx.db, &cx.actor, &list, Permission::ReadTickets, most).await?
        }
    };
    let list = query.encoded();
    let staged = bulk::stage(&cx.db, &cx.actor, button.verb, &list, &ids).await?;
    let Some(id) = staged else {
        return nothing(&cx, &query).await;
    };
    if button.name == "me" {
        let me = cx.actor.person_id().ok_or(DeskError::Forbidden)?;
        let act = Act::Assign(Assignee::Person { id: me });
        bulk::choose(&cx.db, &cx.actor, id, &act).await?;
    }
    Ok(Swap::go_to(cx.asks, url::bulk(id)))
}

/// Nothing was chosen, or nothing of it is there any more.
async fn nothing(cx: &Cx, query: &ListQuery) -> Result<Swap> {
    let content = html! {
        section class="sheet" {
            div class="sheet__head" { h1 class="h2" { (cx.t("bulk-nothing")) } }
            div class="sheet__body form" {
                (notice(Tone::Error, &cx.t("bulk-nothing-more"), &html! {}))
                div class="cluster" { (button_link(Look::Secondary, &cx.t("bulk-to-list"), &query.url(), None)) }
            }
        }
    };
    let frame = cx.frame(Area::Tickets).await?;
    let page = frame.page(&cx.t("bulk-nothing"), Stage::Plain, &content);
    Ok(Swap::invalid(cx.asks, html! {}, page))
}
