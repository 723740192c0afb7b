//! Somebody's own notices, as far as they may see the tickets and articles by now.

use sea_orm::FromQueryResult;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Func, Order, Query, SelectStatement};
use uuid::Uuid;

use super::{Kind, Reason, Topic};
use crate::actor::Actor;
use crate::amount;
use crate::article;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::page::{Cursor, Page};
use crate::policy::{self, Permission};

/// What a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About<'a> {
    /// A ticket, by its number.
    Ticket(&'a str),
    /// An article, by its id.
    Article(Uuid),
}

/// A notice with what it is about and the event it comes from.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Row {
    pub id: Uuid,
    pub at: Instant,
    pub read_at: Option<Instant>,
    kind: String,
    reason: Option<String>,
    pub subject_id: Uuid,
    ticket_number: Option<String>,
    pub title: String,
    /// The event's number in the subject's history, its stored name, and its record as JSON text.
    pub number: i32,
    pub event: String,
    pub payload: String,
}

impl Row {
    /// Why it was told; none for what a later version of this program tells.
    pub fn kind(&self) -> Option<Kind> {
        Kind::from_name(&self.kind)
    }

    /// What ties the person to it; none for what was told before that was kept.
    pub fn reason(&self) -> Option<Reason> {
        Reason::from_name(self.reason.as_deref()?)
    }

    /// Under which heading its person chooses how they are told.
    pub fn topic(&self) -> Option<Topic> {
        Some(Topic::of(self.kind()?, self.reason()?))
    }

    /// What it is about.
    pub fn about(&self) -> About<'_> {
        match &self.ticket_number {
            Some(number) => About::Ticket(number),
            None => About::Article(self.subject_id),
        }
    }

    fn cursor(&self) -> Cursor {
        Cursor::at(self.at, self.id)
    }
}

fn col(name: &'static str) -> Expr {
    Expr::col(("notice", name))
}

/// The actor's notices of tickets and articles they see.
fn own(actor: &Actor) -> SelectStatement {
    let is_there = |table: &'static str| Expr::col((table, "id")).is_not_null();
    let about = |table: &'static str| Expr::col((table, "id")).eq(col("subject_id"));
    let mut tickets = Condition::all().add(is_there("ticket"));
    let seen = policy::tickets_where(actor, Permission::ReadTickets);
    if !seen.is_empty() {
        tickets = tickets.add(seen);
    }
    // That an article was retired is told to those who read it until then.
    let retired = Condition::all()
        .add(col("kind").eq(Kind::ArticleRetired.name()))
        .add(Expr::col(("article", "state")).eq(article::State::Retired))
        .add(policy::articles_where(actor, Permission::ReadArticles));
    let articles = Condition::all().add(is_there("article")).add(
        Condition::any()
            .add(article::visible_to(actor))
            .add(retired),
    );
    Query::select()
        .from("notice")
        .left_join("ticket", about("ticket"))
        .left_join("article", about("article"))
        .and_where(col("person_id").eq(actor.person_id()))
        .cond_where(Condition::any().add(tickets).add(articles))
        .to_owned()
}

/// The question that [`unread`] answers.
#[derive(PartialEq, Eq, Hash)]
struct Unread(Actor);

/// The most unread notices that are counted, so that the cost stays bounded.
pub const MOST_COUNTED: u64 = 100;

/// How many notices the actor has not read.
pub async fn unread(db: &Db, actor: &Actor) -> Result<i64> {
    db.kept(Unread(actor.clone()), async || {
        amount::read(db, &unread_query(actor, MOST_COUNTED)).await
    })
    .await
}

/// The statement of [`unread`].
pub fn unread_query(actor: &Actor, most: u64) -> SelectStatement {
    let unread = own(actor).and_where(col("read_at").is_null()).to_owned();
    amount::up_to(unread, most)
}

/// The actor's notices, newest first, behind the cursor.
pub async fn list(db: &Db, actor: &Actor, after: Option<&Cursor>, most: u64) -> Result<Page<Row>> {
    let backend = db.reader().get_database_backend();
    let statement = backend.build(&list_query(actor, after, most + 1));
    let rows = Row::find_by_statement(statement).all(db.reader()).await?;
    Ok(Page::cut(rows, most, Row::cursor))
}

/// The notices that went into a mail, as far as the actor may see what they are about, newest first.
pub(super) async fn of_mail(db: &Db, actor: &Actor, mail_id: Uuid, most: u64) -> Result<Vec<Row>> {
    let mut query = list_query(actor, None, most);
    query.and_where(col("mail_id").eq(mail_id));
    let statement = db.reader().get_database_backend().build(&query);
    Ok(Row::find_by_statement(statement).all(db.reader()).await?)
}

/// The statement of [`list`].
pub fn list_query(actor: &Actor, after: Option<&Cursor>, most: u64) -> SelectStatement {
    let mut query = own(actor);
    for name in [
        "id",
        "at",
        "read_at",
        "kind",
        "reason",
        "subject_id",
        "number",
    ] {
        query.expr_as(col(name), name);
    }
    let of_event = |name: &'static str| Expr::col(("event", name));
    query
        .expr_as(Expr::col(("ticket", "number")), "ticket_number")
        .expr_as(
            Func::coalesce([
                Expr::col(("ticket", "title")),
                Expr::col(("article", "title")),
            ]),
            "title",
        )
        .expr_as(of_event("name"), "event")
        .expr_as(of_event("payload"), "payload")
        .inner_join(
            "event",
            of_event("subject_id")
                .eq(col("subject_id"))
                .and(of_event("number").eq(col("number"))),
        )
        .order_by(("notice", "at"), Order::Desc)
        .order_by(("notice", "id"), Order::Desc)
        .limit(most);
    if let Some((at, id)) = after.and_then(Cursor::place) {
        let here = Expr::tuple([col("at"), col("id")]);
        query.and_where(here.lt(Expr::tuple([Expr::val(at), Expr::val(id)])));
    }
    query
}
