//! As in the last ticket of this person: takes over what this one does not hold yet.

use std::collections::HashSet;

use entities::field::{self, Field, Right, Value, read};
use entities::ticket::filter::{Filter, Standing};
use entities::ticket::list::{Sort, SortBy, list};
use entities::ticket::{SetFields, Ticket, show};
use entities::{DeskError, Rejected, Uuid};
use poem::handler;

use super::fact_form::changed;
use super::list_from::From;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;

/// How many tickets of a person are looked at.
const MOST: u64 = 20;

/// Fields of kinds whose values belong to one case alone.
fn is_of_one_case(field: &Field) -> bool {
    use entities::field::Kind;
    matches!(
        field.row.kind,
        Kind::LongText | Kind::External | Kind::Ticket | Kind::Moment
    )
}

/// The last ticket of a person that the reader sees, beside this one, with what it holds.
pub async fn last(
    cx: &Cx,
    requester_id: Uuid,
    beside: Option<Uuid>,
) -> Result<Option<(Ticket, read::Sheet)>> {
    let filter = Filter {
        standings: Standing::ALL.to_vec(),
        requester_id: Some(requester_id),
        ..Filter::default()
    };
    let sort = Sort {
        by: SortBy::Created,
        ..Sort::default()
    };
    let page = list(&cx.db, &cx.actor, &filter, sort, None, MOST).await?;
    let Some(row) = page.rows.iter().find(|row| Some(row.id) != beside) else {
        return Ok(None);
    };
    let ticket = show::by_id(&cx.db, &cx.actor, row.id).await?;
    let mut sheet = read::sheet(&cx.db, &cx.actor, &ticket).await?;
    let own: HashSet<Uuid> = sheet
        .fields
        .iter()
        .filter(|f| is_of_one_case(f) || f.right(&cx.actor) != Right::Write)
        .map(|f| f.row.id)
        .collect();
    sheet.values.retain(|id, _| !own.contains(id));
    Ok(Some((ticket, sheet)))
}

/// `POST /tickets/:key/same`.
#[handler]
pub async fn update(
    cx: Cx,
    permit: Permitted<SetFields>,
    Query(from): Query<From>,
) -> Result<Swap> {
    let ticket = permit.on().clone();
    let last = match ticket.requester_id {
        Some(requester) => last(&cx, requester, Some(ticket.id)).await?,
        None => None,
    };
    let Some((_, other)) = last else {
        return changed(&cx, &ticket, &from).await;
    };
    let here = read::sheet(&cx.db, &cx.actor, &ticket).await?;
    let shown = |id: &Uuid| here.fields.iter().any(|f| f.row.id == *id);
    let wanted: Vec<(Uuid, Option<Value>)> = other
        .values
        .into_iter()
        .filter(|(id, _)| shown(id) && !here.values.contains_key(id))
        .map(|(id, value)| (id, Some(value)))
        .collect();
    let sets = field::change::prepare(&cx.db, &cx.actor, Some(ticket.id), wanted).await?;
    let sets = sets.taken(&ticket, &cx.actor);
    match cx.db.change(permit.into_permit(), SetFields { sets }).await {
        Ok(_) | Err(DeskError::Rejected(Rejected::NothingToDo)) => {}
        Err(other) => return Err(other.into()),
    }
    changed(&cx, &ticket, &from).await
}
