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
use super::{Delivery, message, number, table};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::{Db, few_forms};
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
    every_ended()
        .cond_where(policy::tickets_where(actor, Permission::ReadCases))
        .to_owned()
}

fn every_ended() -> SelectStatement {
    let mut query = Query::select();
    for name in COLUMNS {
        query.expr_as(col(name), name);
    }
    query
        .from("ticket")
        .and_where(col("active").eq(literal(false)))
        .and_where(col("state").ne(State::Merged))
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

/// Cases, the last changed first.
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
    let messages = messages(db, &page.rows).await?;
    let names = Names::of_each(db, &known(&page.rows), &messages).await?;
    let lines = lines(db, page.rows, &names).await?;
    let rows = lines.into_iter().map(|(_, line)| line).collect();
    Ok(Page { rows, next })
}

/// Those of these cases that the actor may read, by id: an index found them.
pub async fn hits(db: &Db, actor: &Actor, ids: &[Uuid]) -> Result<HashMap<Uuid, Line>> {
    if ids.is_empty() || !actor.may_somewhere(Permission::ReadCases) {
        return Ok(HashMap::new());
    }
    let some = few_forms(ids.iter().copied());
    let query = ended(actor).and_where(col("id").is_in(some)).to_owned();
    let statement = db.reader().get_database_backend().build(&query);
    let rows = Row::find_by_statement(statement).all(db.reader()).await?;
    let messages = messages(db, &rows).await?;
    let names = Names::of_each(db, &known(&rows), &messages).await?;
    Ok(lines(db, rows, &names).await?.into_iter().collect())
}

/// A case as an index takes it in: what everybody who may read it reads there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    pub line: Line,
    /// What stood between requester and desk, oldest first.
    pub texts: Vec<String>,
}

/// Those of these tickets that have ended, by id, for an index alone.
pub async fn readings(db: &Db, ids: &[Uuid]) -> Result<HashMap<Uuid, Reading>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let some = few_forms(ids.iter().copied());
    let query = every_ended().and_where(col("id").is_in(some)).to_owned();
    let statement = db.reader().get_database_backend().build(&query);
    let rows = Row::find_by_statement(statement).all(db.reader()).await?;
    // Most of what changes is open.
    if rows.is_empty() {
        return Ok(HashMap::new());
    }
    let messages = messages(db, &rows).await?;
    let names = Names::of_each(db, &known(&rows), &messages).await?;
    let mut texts: HashMap<Uuid, Vec<String>> = HashMap::new();
    for message in messages.iter().filter(|m| is_said(m)) {
        let of = texts.entry(message.ticket_id).or_default();
        of.extend(
            names
                .get(&message.ticket_id)
                .map(|n| n.black_out(&message.body)),
        );
    }
    let lines = lines(db, rows, &names).await?.into_iter();
    let readings = lines.map(|(id, line)| {
        let texts = texts.remove(&id).unwrap_or_default();
        (id, Reading { line, texts })
    });
    Ok(readings.collect())
}

/// The tickets that have ended behind `after`, by id; up to `most` of them.
pub async fn all_ended(db: &Db, after: Option<Uuid>, most: u64) -> Result<Vec<Uuid>> {
    let query = every_ended()
        .and_where(col("id").gt(after.unwrap_or_default()))
        .order_by_expr(col("id"), Order::Asc)
        .limit(most)
        .to_owned();
    let statement = db.reader().get_database_backend().build(&query);
    let rows = Row::find_by_statement(statement).all(db.reader()).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
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
    let mut messages = messages(db, &rows).await?;
    messages.sort_by_key(|m| (m.created_at, m.number));
    let names = Names::of_each(db, &known(&rows), &messages).await?;
    let line = lines(db, rows, &names).await?.pop();
    let names = names.get(&ticket.id).ok_or(DeskError::Hidden)?;
    let sheet = read::sheet(db, actor, &ticket).await?;
    let fields = sheet.fields.iter().filter(|field| field.is_nameless());
    Ok(Case {
        line: line.ok_or(DeskError::Hidden)?.1,
        texts: messages
            .into_iter()
            .filter(is_said)
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

/// Whether it stood between requester and desk, and was not taken back.
fn is_said(message: &message::Model) -> bool {
    message.audience == Audience::Requester && message.delivery != Delivery::Withdrawn
}

/// Each ticket with whom its row names.
fn known(rows: &[Row]) -> Vec<(Uuid, Vec<Uuid>)> {
    let of = |row: &Row| row.owner_id.into_iter().chain(row.requester_id);
    rows.iter().map(|row| (row.id, of(row).collect())).collect()
}

async fn messages(db: &Db, rows: &[Row]) -> Result<Vec<message::Model>> {
    let ids = rows.iter().map(|row| row.id);
    Ok(message::Entity::find()
        .filter(message::COLUMN.ticket_id.is_in(ids))
        .order_by_asc(message::Column::TicketId)
        .order_by_asc(message::Column::Number)
        .all(db.reader())
        .await?)
}

async fn lines(db: &Db, rows: Vec<Row>, names: &HashMap<Uuid, Names>) -> Result<Vec<(Uuid, Line)>> {
    let register = register(db, std::iter::empty()).await?;
    let line = |row: Row| {
        let (whole_service, service) = register.service(row.service_id);
        let line = Line {
            // Whose names are not known shows nothing.
            title: names
                .get(&row.id)
                .map_or_else(String::new, |names| names.black_out(&row.title)),
            number: row.number,
            kind: row.kind,
            reason: row.closing_reason,
            team: register.team(row.team_id),
            service,
            whole_service,
            changed_at: row.changed_at,
            solved_at: row.solved_at,
        };
        (row.id, line)
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
