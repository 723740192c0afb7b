//! Whom the events of a transaction tell. Of a ticket: owner or team, and whoever watches, as far as they may see it.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DatabaseTransaction, FromQueryResult, Statement};
use uuid::Uuid;

use super::article_notices::ArticleNotices;
use super::batch::insert;
use crate::absence::Presence;
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
    told: HashMap<Uuid, Vec<Told>>,
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
#[derive(Clone, FromQueryResult)]
struct Concerned {
    ticket_id: Uuid,
    team_id: Option<Uuid>,
    owner_id: Option<Uuid>,
    service_id: Option<Uuid>,
    organisation_id: Option<Uuid>,
    person_id: Uuid,
    name: String,
    /// Who is away, where they are told because they answer for the ticket meanwhile.
    #[sea_orm(skip)]
    in_place_of_id: Option<Uuid>,
}

impl Notices {
    /// An event of a ticket or an article tells something.
    pub(super) fn tell(&mut self, of: SubjectKind, id: Uuid, told: Told) {
        if of == SubjectKind::Article {
            return self.articles.tell(id, told);
        }
        self.told.entry(id).or_default().push(told);
    }

    /// Writes a row for everybody who is told, once the rows of subjects and watchers are written.
    pub(super) async fn write(mut self, tx: &DatabaseTransaction) -> Result<()> {
        let articles = std::mem::take(&mut self.articles);
        insert::<Entity>(tx, articles.rows(tx).await?).await?;
        if self.told.is_empty() {
            return Ok(());
        }
        let told = self.told.values().flatten().map(|told| told.at);
        let today = told.max().map(day).unwrap_or_default();
        let presence = Presence::read(tx, today).await?;
        let concerned = concerned(tx, self.told.keys().copied()).await?;
        let concerned = with_stand_ins(tx, concerned, &presence, today).await?;
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
            let told = told.filter(|told| one.is_told(told));
            rows.extend(told.map(|told| Model {
                id: crate::new_id(),
                person_id: one.person_id,
                subject_id: one.ticket_id,
                number: told.number,
                kind: told.kind.name().to_owned(),
                at: told.at,
                read_at: None,
                in_place_of_id: one.in_place_of_id,
            }));
        }
        insert::<Entity>(tx, rows).await
    }
}

impl Concerned {
    fn is_told(&self, told: &Told) -> bool {
        let of_absence = told.kind.is_for_stand_ins() || told.kind == Kind::PassedOn;
        // Of what has to do with absences nobody is told who did it.
        !(of_absence && told.by == Some(self.person_id))
            && (self.in_place_of_id.is_some() || !told.kind.is_for_stand_ins())
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

/// The owners of these tickets, the teams of those without one, and whoever watches them; nobody retired.
async fn concerned(
    tx: &DatabaseTransaction,
    tickets: impl Iterator<Item = Uuid>,
) -> Result<Vec<Concerned>> {
    let ids = few_forms(tickets);
    let these = places(ids.len());
    let of = |join: &str| {
        format!(
            "SELECT t.id AS ticket_id, t.team_id, t.owner_id, t.service_id, t.organisation_id, p.id AS person_id, p.name \
             FROM ticket t {join} \
             WHERE t.id IN ({these}) AND p.retired_at IS NULL"
        )
    };
    let sql = [
        of("JOIN person p ON p.id = t.owner_id"),
        of(
            "JOIN team_member m ON t.owner_id IS NULL AND m.team_id = t.team_id \
            JOIN person p ON p.id = m.person_id",
        ),
        of("JOIN watch w ON w.ticket_id = t.id JOIN person p ON p.id = w.person_id"),
    ];
    let backend = tx.get_database_backend();
    let values: Vec<sea_orm::Value> = ids.into_iter().map(Into::into).collect();
    let statement = Statement::from_sql_and_values(backend, sql.join(" UNION "), values);
    Ok(Concerned::find_by_statement(statement).all(tx).await?)
}

#[derive(FromQueryResult)]
struct Named {
    id: Uuid,
    name: String,
}

/// The same with those who answer for tickets of owners who are away, and who stand in for the others anyway. Who owns
/// or watches a ticket as well is told once.
async fn with_stand_ins(
    tx: &DatabaseTransaction,
    mut concerned: Vec<Concerned>,
    presence: &Presence,
    today: NaiveDate,
) -> Result<Vec<Concerned>> {
    let mut more: Vec<Concerned> = Vec::new();
    for one in &concerned {
        let Some(owner) = one.owner_id else { continue };
        let told = more.iter().any(|other| other.ticket_id == one.ticket_id);
        if told {
            continue;
        }
        let people = presence.told_for(owner, one.team_id, one.service_id, today);
        more.extend(people.into_iter().map(|person_id| Concerned {
            person_id,
            name: String::new(),
            in_place_of_id: Some(owner),
            ..one.clone()
        }));
    }
    if more.is_empty() {
        return Ok(concerned);
    }
    let ids = few_forms(more.iter().map(|one| one.person_id));
    let sql = format!(
        "SELECT id, name FROM person WHERE retired_at IS NULL AND id IN ({})",
        places(ids.len())
    );
    let values: Vec<sea_orm::Value> = ids.into_iter().map(Into::into).collect();
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    let names = Named::find_by_statement(statement).all(tx).await?;
    for mut one in more {
        let Some(named) = names.iter().find(|named| named.id == one.person_id) else {
            continue;
        };
        one.name.clone_from(&named.name);
        concerned.retain(|other| {
            let is_same = other.ticket_id == one.ticket_id && other.person_id == one.person_id;
            !is_same || other.owner_id == Some(other.person_id)
        });
        if !concerned
            .iter()
            .any(|other| other.ticket_id == one.ticket_id && other.person_id == one.person_id)
        {
            concerned.push(one);
        }
    }
    Ok(concerned)
}
