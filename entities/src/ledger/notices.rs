//! Whom the events of a transaction tell. Of a ticket: owner or team, and whoever watches, as far as they may see it.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DatabaseTransaction, FromQueryResult, Statement};
use uuid::Uuid;

use super::article_notices::ArticleNotices;
use super::batch::insert;
use crate::actor::Actor;
use crate::clock::{Instant, day};
use crate::db::{few_forms, places};
use crate::error::Result;
use crate::history::SubjectKind;
use crate::notice::{Entity, Kind, Model};
use crate::policy::{self, Permission, Place, TicketPlace};
use crate::session;
use crate::ticket::held;

/// What is to be told, by tickets, and of articles.
#[derive(Default)]
pub struct Notices {
    told: HashMap<Uuid, Vec<(i32, Kind, Instant)>>,
    articles: ArticleNotices,
}

/// One event that somebody is told of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told {
    /// Its number in the history.
    pub number: i32,
    pub kind: Kind,
    pub at: Instant,
    /// Who did it, if a person did.
    pub by: Option<Uuid>,
}

/// Somebody a ticket concerns.
#[derive(FromQueryResult)]
struct Concerned {
    ticket_id: Uuid,
    team_id: Option<Uuid>,
    owner_id: Option<Uuid>,
    service_id: Option<Uuid>,
    organisation_id: Option<Uuid>,
    person_id: Uuid,
    name: String,
}

impl Notices {
    /// An event of a ticket or an article tells something.
    pub(super) fn tell(&mut self, of: SubjectKind, id: Uuid, told: Told) {
        if of == SubjectKind::Article {
            return self.articles.tell(id, told);
        }
        let of_ticket = self.told.entry(id).or_default();
        of_ticket.push((told.number, told.kind, told.at));
    }

    /// Writes a row for everybody who is told, once the rows of subjects and watchers are written.
    pub(super) async fn write(mut self, tx: &DatabaseTransaction) -> Result<()> {
        let articles = std::mem::take(&mut self.articles);
        insert::<Entity>(tx, articles.rows(tx).await?).await?;
        if self.told.is_empty() {
            return Ok(());
        }
        let told = self.told.values().flatten().map(|(_, _, at)| *at);
        let today = told.max().map(day).unwrap_or_default();
        let concerned = concerned(tx, self.told.keys().copied(), today).await?;
        let people = concerned.iter().map(|c| (c.person_id, c.name.clone()));
        let actors = actors(tx, people, today).await?;
        let all: Vec<&Actor> = actors.values().collect();
        let held = held::of(tx, &all, self.told.keys().copied()).await?;
        let mut rows = Vec::new();
        for one in concerned {
            let place = Place::Ticket(TicketPlace {
                team_id: one.team_id,
                owner_id: one.owner_id,
                service_id: one.service_id,
                organisation_id: one.organisation_id,
                held: held.get(&one.ticket_id).cloned().unwrap_or_default(),
            });
            let actor = actors.get(&one.person_id);
            if !actor.is_some_and(|a| policy::allows(a, Permission::ReadTickets, place)) {
                continue;
            }
            let told = self.told.get(&one.ticket_id).into_iter().flatten();
            rows.extend(told.map(|(number, kind, at)| Model {
                id: crate::new_id(),
                person_id: one.person_id,
                subject_id: one.ticket_id,
                number: *number,
                kind: kind.name().to_owned(),
                at: *at,
                read_at: None,
            }));
        }
        insert::<Entity>(tx, rows).await
    }
}

/// What those whom something concerns may do that day, by person.
pub(super) async fn actors(
    tx: &DatabaseTransaction,
    people: impl Iterator<Item = (Uuid, String)>,
    today: NaiveDate,
) -> Result<HashMap<Uuid, Actor>> {
    let mut people: Vec<(Uuid, String)> = people.collect();
    people.sort_unstable();
    people.dedup();
    let actors = session::actors(tx, people, today).await?.into_iter();
    Ok(actors
        .map(|actor| (actor.id, Actor::Person(actor.into())))
        .collect())
}

/// The owners of these tickets, those who stand in for them that day, the teams of those without one, and whoever
/// watches them; nobody retired.
async fn concerned(
    tx: &DatabaseTransaction,
    tickets: impl Iterator<Item = Uuid>,
    today: NaiveDate,
) -> Result<Vec<Concerned>> {
    let ids = few_forms(tickets);
    let these = places(ids.len());
    let on = ids.len() + 1;
    let deputies = format!(
        "JOIN deputy d ON d.person_id = t.owner_id AND d.from_on <= ${on} AND ${on} <= d.to_on \
         JOIN person p ON p.id = d.deputy_id"
    );
    let of = |join: &str| {
        format!(
            "SELECT t.id AS ticket_id, t.team_id, t.owner_id, t.service_id, t.organisation_id, p.id AS person_id, p.name \
             FROM ticket t {join} \
             WHERE t.id IN ({these}) AND p.retired_at IS NULL"
        )
    };
    let sql = [
        of("JOIN person p ON p.id = t.owner_id"),
        of(&deputies),
        of(
            "JOIN team_member m ON t.owner_id IS NULL AND m.team_id = t.team_id \
            JOIN person p ON p.id = m.person_id",
        ),
        of("JOIN watch w ON w.ticket_id = t.id JOIN person p ON p.id = w.person_id"),
    ];
    let backend = tx.get_database_backend();
    let mut values: Vec<sea_orm::Value> = ids.into_iter().map(Into::into).collect();
    values.push(today.into());
    let statement = Statement::from_sql_and_values(backend, sql.join(" UNION "), values);
    Ok(Concerned::find_by_statement(statement).all(tx).await?)
}
