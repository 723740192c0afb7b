//! What a line that finds offers while somebody types in it.

use entities::field::rules::Case;
use entities::field::{Right, Values, read};
use entities::person::search::search;
use entities::ticket::{Kind as TicketKind, classify, link, show};
use entities::{DeskError, Permission, Uuid, field, service};
use maud::{Markup, html};
use poem::handler;

use super::typed::{PREFIX, TEXT, Typed, matching, organisations};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::parts::named;
use crate::web::permitted::Sub;

/// The most hits.
const MOST: usize = 12;

/// Asks for options of whatever ticket, as filters do.
pub const ANY: &str = "any";

/// `GET /fields/:sub/options?of=<name>&<name>-text=…`, with the ticket's number or what a new one is like, or with `any`.
#[handler]
pub async fn list(cx: Cx, Sub(id): Sub, Query(typed): Query<Typed>) -> Result<Markup> {
    let of_any = !typed.first(ANY).is_empty();
    let may: &[Permission] = match of_any {
        true => &[Permission::ReadTickets],
        false => &[Permission::Classify, Permission::CreateTickets],
    };
    if !may.iter().any(|p| cx.actor.may_somewhere(*p)) {
        return Err(DeskError::Hidden.into());
    }
    let field = read::with_options(&cx.db, &[id]).await?.pop();
    let field = field.filter(|f| match of_any {
        true => f.row.kind.has_options() && f.is_visible(&cx.actor),
        false => f.right(&cx.actor) == Right::Write,
    });
    let field = field.ok_or(DeskError::Hidden)?;
    let line = format!("{}{TEXT}", typed.first("of"));
    let text = typed.first(&line).trim();
    let mut total = 0;
    let found: Vec<(Uuid, String, String)> = match field.row.kind {
        field::Kind::Person => {
            let people = search(&cx.db, &cx.actor, text, MOST as u64).await?;
            let about = |p: &entities::person::search::Found| {
                p.organisation_name.clone().unwrap_or_default()
            };
            people
                .iter()
                .map(|p| (p.id, p.name.clone(), about(p)))
                .collect()
        }
        field::Kind::Organisation => {
            let all = organisations(&cx, text).await?;
            total = all.len();
            all.into_iter()
                .take(MOST)
                .map(|(id, name)| (id, name, String::new()))
                .collect()
        }
        field::Kind::Ticket => {
            let here = Uuid::nil();
            let hits = link::candidates(&cx.db, &cx.actor, here, text, MOST as u64).await?;
            hits.into_iter()
                .map(|t| (t.id, t.number, t.title))
                .collect()
        }
        _ => {
            let (case, beside) = around(&cx, &typed).await?;
            let offered = match of_any {
                true => field.options.iter().collect(),
                false => field.offered(&case, &beside),
            };
            let hits = matching(&cx, &field, &offered, text);
            total = hits.len();
            hits.into_iter()
                .take(MOST)
                .map(|(o, words)| (o.id, words, String::new()))
                .collect()
        }
    };
    Ok(html! {
        @for (id, words, about) in &found {
            li class="opt-row" role="option" id={ (typed.first("of")) "-" (id.simple()) } aria-selected="false"
                data-value=(id) data-text=(words) {
                span { (words) } span {}
                @if !about.is_empty() { small { (about) } }
            }
        }
        @if total > MOST {
            li class="opt-row muted small" role="option" aria-disabled="true" aria-selected="false" {
                (cx.locale.t_with("find-more", &[("shown", MOST.into()), ("total", total.into())]))
            }
        }
    })
}

/// What the options depend on: the ticket's, or what the form says of a new one.
async fn around(cx: &Cx, typed: &Typed) -> Result<(Case, Values)> {
    let number = typed.first("ticket");
    let (mut case, mut values) = if number.is_empty() {
        (blank(cx, typed).await?, Values::new())
    } else {
        let ticket = show::by_number(&cx.db, &cx.actor, number).await?;
        let sheet = read::sheet(&cx.db, &cx.actor, &ticket).await?;
        (sheet.case, sheet.values)
    };
    // The service form asks for the fields of the service it is about to set.
    if let Ok(id) = Uuid::try_parse(typed.first("value"))
        && service::list::responsible_team(&cx.db, id).await?.is_some()
    {
        case.place.service_id = Some(id);
        case.parent_service_id = service::list::parent(&cx.db, id).await?;
    }
    for field in read::definitions(&cx.db).await? {
        if !field.row.kind.has_options() || !field.is_visible(&cx.actor) {
            continue;
        }
        let ids = typed.all(&format!("{PREFIX}{}", field.row.key));
        let ids: Vec<Uuid> = ids
            .iter()
            .filter_map(|id| Uuid::try_parse(id).ok())
            .collect();
        if !ids.is_empty() {
            values.insert(field.row.id, field::Value::Options(ids));
        }
    }
    Ok((case, values))
}

/// What a form says of a ticket that is being opened.
pub async fn blank(cx: &Cx, typed: &Typed) -> Result<Case> {
    let service_id = Uuid::try_parse(typed.first("service_id")).ok();
    case(cx, typed.first("kind"), service_id).await
}

/// What decides about the fields of a ticket that is being opened.
pub async fn case(cx: &Cx, kind: &str, service_id: Option<Uuid>) -> Result<Case> {
    let (team_id, parent_service_id) = match service_id {
        Some(id) => (
            service::list::responsible_team(&cx.db, id).await?,
            service::list::parent(&cx.db, id).await?,
        ),
        None => (None, None),
    };
    Ok(Case {
        kind: named(kind).unwrap_or(TicketKind::Incident),
        place: classify::Place {
            service_id,
            team_id,
        },
        parent_service_id,
    })
}
