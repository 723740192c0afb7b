//! Solved cases without names: a view object of what can name nobody, and texts in which known names are blacked out.
//! Whoever holds `ReadCases` and not `ReadTickets` sees tickets in this form alone.

mod names;

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};
use sea_orm::{EntityTrait, FromQueryResult, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::filter::{col, literal};
use super::register::register;
use super::state::{Audience, ClosingReason, Direction, Kind, State};
use super::{message, number, table};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::field::{Field, Value, Words, read};
use crate::page::{Cursor, Page};
use crate::permit::Protected;
use crate::policy::{self, Permission, Place};
use names::Names;

/// One case in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub number: String,
    pub title: String,
    pub kind: Kind,
    pub reason: Option<ClosingReason>,
    pub team: Option<String>,
    pub service: Option<String>,
    /// The service above, when it is a module.
    pub whole_service: Option<String>,
    pub changed_at: Instant,
    pub solved_at: Option<Instant>,
}

/// One case.
#[derive(Clone, Debug)]
pub struct Case {
    pub line: Line,
    /// What stood between requester and desk, oldest first.
    pub texts: Vec<Text>,
    /// Fields that can hold no name and are not said to be personal, with what they hold.
    pub fields: Vec<(Field, Value)>,
    /// The words of options.
    pub words: HashMap<Uuid, Words>,
}

/// What was said once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    pub direction: Direction,
    pub at: Instant,
    pub text: String,
}

#[derive(Clone, Debug, FromQueryResult)]
struct Row {
    id: Uuid,
    number: String,
    title: String,
    kind: Kind,
    closing_reason: Option<ClosingReason>,
    team_id: Option<Uuid>,
    service_id: Option<Uuid>,
    owner_id: Option<Uuid>,
    requester_id: Option<Uuid>,
    changed_at: Instant,
    solved_at: Option<Instant>,
}

const COLUMNS: [&str; 11] = [
    "id",
    "number",
    "title",
    "kind",
    "closing_reason",
    "team_id",
    "service_id",
    "owner_id",
    "requester_id",
    "changed_at",
    "solved_at",
];

/// What has ended, as far as the actor's scopes reach.
fn ended(actor: &Actor) -> SelectStatement {
    let mut query = Query::select();
    for name in COLUMNS {
        query.expr_as(col(name), name);
    }
    query
        .from("ticket")
        .and_where(col("active").eq(literal(false)))
        .and_where(col("state").ne(State::Merged))
        .cond_where(policy::tickets_where(actor, Permission::ReadCases))
        .to_owned()
}

/// The statement of [`list`].
pub fn list_query(
    actor: &Actor,
    service: Option<Uuid>,
    after: Option<&Cursor>,
    most: u64,
) -> SelectStatement {
    let mut query = ended(actor);
    if let Some(service) = service {
        query.cond_where(super::filter::about(&[service]));
    }
    if let Some((at, id)) = after.and_then(Cursor::place) {
        let here = Expr::tuple([col("changed_at"), col("id")]);
        query.and_where(here.lt(Expr::tuple([Expr::val(at), Expr::val(id)])));
    }
    query
        .order_by_expr(col("changed_at"), Order::Desc)
        .order_by_expr(col("id"), Order::Desc)
        .limit(most + 1)
        .to_owned()
}

/// Cases, the last changed first. They are not found by words: a hit would tell which name stood there.
///
/// # Errors
/// `Forbidden` for those who read no cases.
pub async fn list(
    db: &Db,
    actor: &Actor,
    service: Option<Uuid>,
    after: Option<&Cursor>,
    most: u64,
) -> Result<Page<Line>> {
    if !actor.may_somewhere(Permission::ReadCases) {
        return Err(DeskError::Forbidden);
    }
    let query = list_query(actor, service, after, most);
    let statement = db.reader().get_database_backend().build(&query);
    let rows = Row::find_by_statement(statement).all(db.reader()).await?;
    let page = Page::cut(rows, most, |row| Cursor::at(row.changed_at, row.id));
    let next = page.next.clone();
    let ids: Vec<Uuid> = page.rows.iter().map(|row| row.id).collect();
    let messages = messages(db, &ids).await?;
    let names = Names::around(db, &known(&page.rows), &ids, &messages).await?;
    let rows = lines(db, page.rows, &names).await?;
    Ok(Page { rows, next })
}

/// A case by the number in its address.
///
/// # Errors
/// `Hidden` when there is none, it has not ended, or the actor's scopes do not reach it.
pub async fn find(db: &Db, actor: &Actor, typed: &str) -> Result<Case> {
    let number = number::parse(typed).ok_or(DeskError::Hidden)?;
    let query = ended(actor).and_where(col("number").eq(number)).to_owned();
    let statement = db.reader().get_database_backend().build(&query);
    let row = Row::find_by_statement(statement).one(db.reader()).await?;
    let row = row.ok_or(DeskError::Hidden)?;
    let ticket = table::Entity::find_by_id(row.id).one(db.reader()).await?;
    let ticket = ticket.ok_or(DeskError::Hidden)?;
    let rows = vec![row];
    let mut messages = messages(db, &[ticket.id]).await?;
    messages.sort_by_key(|m| (m.created_at, m.number));
    let names = Names::around(db, &known(&rows), &[ticket.id], &messages).await?;
    let line = lines(db, rows, &names).await?.pop();
    let sheet = read::sheet(db, actor, &ticket).await?;
    let fields = sheet.fields.iter().filter(|field| field.is_nameless());
    Ok(Case {
        line: line.ok_or(DeskError::Hidden)?,
        texts: messages
            .into_iter()
            .filter(|m| m.audience == Audience::Requester)
            .map(|m| Text {
                direction: m.direction,
                at: m.created_at,
                text: names.black_out(&m.body),
            })
            .collect(),
        fields: fields
            .filter_map(|f| Some((f.clone(), sheet.values.get(&f.row.id)?.clone())))
            .collect(),
        words: sheet.words,
    })
}

fn known(rows: &[Row]) -> Vec<Uuid> {
    let of = |row: &Row| row.owner_id.into_iter().chain(row.requester_id);
    rows.iter().flat_map(of).collect()
}

async fn messages(db: &Db, tickets: &[Uuid]) -> Result<Vec<message::Model>> {
    Ok(message::Entity::find()
        .filter(message::COLUMN.ticket_id.is_in(tickets.iter().copied()))
        .order_by_asc(message::Column::Number)
        .all(db.reader())
        .await?)
}

async fn lines(db: &Db, rows: Vec<Row>, names: &Names) -> Result<Vec<Line>> {
    let register = register(db, std::iter::empty()).await?;
    let line = |row: Row| {
        let (whole_service, service) = register.service(row.service_id);
        Line {
            title: names.black_out(&row.title),
            number: row.number,
            kind: row.kind,
            reason: row.closing_reason,
            team: register.team(row.team_id),
            service,
            whole_service,
            changed_at: row.changed_at,
            solved_at: row.solved_at,
        }
    };
    Ok(rows.into_iter().map(line).collect())
}

impl Protected for Case {
    fn place(&self) -> Place {
        Place::Reach
    }

    async fn find(db: &Db, actor: &Actor, key: &str) -> Result<Self> {
        find(db, actor, key).await
    }
}
