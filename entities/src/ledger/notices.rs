//! Whom the events of a transaction tell. Of a ticket: owner or team, whoever watches it or its service, and whoever is
//! named in a note, as far as they may see it; nobody of what they did themselves.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DatabaseTransaction, FromQueryResult, Statement};
use uuid::Uuid;

use super::article_notices::ArticleNotices;
use super::batch::insert;
use super::stand_ins::stand_ins;
use crate::absence::Presence;
use crate::actor::Actor;
use crate::clock::{Instant, day};
use crate::db::{few_forms, places};
use crate::deadline::Rules;
use crate::error::{Rejected, Result};
use crate::history::SubjectKind;
use crate::notice::choice::{self, Channel, Choice};
use crate::notice::{Entity, Kind, Model, Reason, Topic};
use crate::policy::{self, Permission, Place, TicketPlace};
use crate::session;
use crate::ticket::held;

/// What is to be told, by tickets, and of articles.
#[derive(Default)]
pub struct Notices {
    told: HashMap<Uuid, Vec<Told>>,
    articles: ArticleNotices,
    /// Who is there, as the rules know it by which the events came.
    presence: Arc<Presence>,
}

/// One event that somebody is told of.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// Its number in the history.
    pub number: i32,
    pub kind: Kind,
    pub at: Instant,
    /// Who did it, if a person did.
    pub by: Option<Uuid>,
    /// Who is named in it.
    pub mentions: Vec<Uuid>,
}

/// Somebody a ticket concerns, and how.
#[derive(Clone, FromQueryResult)]
pub(super) struct Concerned {
    pub ticket_id: Uuid,
    pub team_id: Option<Uuid>,
    pub owner_id: Option<Uuid>,
    pub service_id: Option<Uuid>,
    pub organisation_id: Option<Uuid>,
    pub person_id: Uuid,
    pub name: String,
    pub reason: String,
}

/// One person and one ticket.
type Pair = (Uuid, Uuid);

impl Notices {
    /// An event of a ticket or an article tells something.
    pub(super) fn tell(&mut self, of: SubjectKind, id: Uuid, told: Told, rules: &Rules) {
        match of {
            SubjectKind::Article => self.articles.tell(id, told),
            _ => {
                self.presence = rules.kept_presence();
                self.told.entry(id).or_default().push(told);
            }
        }
    }

    /// Writes a row for everybody who is told, once the rows of subjects and watchers are written.
    pub(super) async fn write(mut self, tx: &DatabaseTransaction) -> Result<()> {
        let articles = std::mem::take(&mut self.articles);
        let mut rows = articles.rows(tx).await?;
        if !self.told.is_empty() {
            rows.extend(self.of_tickets(tx).await?);
        }
        let rows = by_choice(tx, rows).await?;
        insert::<Entity>(tx, rows).await
    }

    async fn of_tickets(self, tx: &DatabaseTransaction) -> Result<Vec<Model>> {
        let told = self.told.values().flatten().map(|told| told.at);
        let today = told.max().map(day).unwrap_or_default();
        let mut all = concerned(tx, &self.told).await?;
        if !self.is_of_services_alone() {
            let tickets = self.told.keys().copied();
            all.extend(stand_ins(tx, tickets, &self.presence, today).await?);
        }
        let mut reasons: BTreeMap<Pair, Vec<Reason>> = BTreeMap::new();
        let mut concerned: BTreeMap<Pair, Concerned> = BTreeMap::new();
        for one in all {
            let pair = (one.ticket_id, one.person_id);
            reasons
                .entry(pair)
                .or_default()
                .extend(Reason::from_name(&one.reason));
            concerned.insert(pair, one);
        }
        let rows = self.chosen(&reasons);
        // Most of what is done is done by whoever it concerns.
        if rows.is_empty() && !self.names_anybody() {
            return Ok(vec![]);
        }
        let people = concerned.values().map(|c| (c.person_id, c.name.clone()));
        let actors = actors(tx, people, today, Some(&self.presence)).await?;
        let asked: Vec<&Actor> = actors.values().collect();
        let held = held::of(tx, &asked, self.told.keys().copied()).await?;
        let may_see = |pair: &Pair| {
            let Some(one) = concerned.get(pair) else {
                return false;
            };
            let place = Place::Ticket(TicketPlace {
                team_id: one.team_id,
                owner_id: one.owner_id,
                service_id: one.service_id,
                organisation_id: one.organisation_id,
                held: held.get(&one.ticket_id).cloned().unwrap_or_default(),
            });
            let actor = actors.get(&one.person_id);
            actor.is_some_and(|a| policy::allows(a, Permission::ReadTickets, place))
        };
        for (ticket_id, told) in &self.told {
            let named = told.iter().flat_map(|told| &told.mentions);
            if let Some(blind) = named.copied().find(|id| !may_see(&(*ticket_id, *id))) {
                return Err(Rejected::CannotSee { person: blind }.into());
            }
        }
        let seen = rows.into_iter().filter(|(pair, _)| may_see(pair));
        let row = |(pair, (told, kind, reason)): (Pair, (&Told, Kind, Reason))| {
            let owner = concerned.get(&pair).and_then(|one| one.owner_id);
            Model {
                in_place_of_id: owner.filter(|_| reason.is_in_place_of_another()),
                ..row(pair.1, pair.0, told, (kind, reason))
            }
        };
        Ok(seen.map(row).collect())
    }

    /// Whether only whoever watches services is told.
    fn is_of_services_alone(&self) -> bool {
        let mut told = self.told.values().flatten();
        told.all(|told| matches!(told.kind, Kind::TicketOpened | Kind::Classified))
    }

    fn names_anybody(&self) -> bool {
        self.told
            .values()
            .flatten()
            .any(|told| !told.mentions.is_empty())
    }

    /// What each person is told of each ticket: all that stays news, and of the rest what weighs most.
    fn chosen(&self, reasons: &BTreeMap<Pair, Vec<Reason>>) -> Vec<(Pair, (&Told, Kind, Reason))> {
        let mut chosen = Vec::new();
        for (pair, reasons) in reasons {
            let (ticket_id, person_id) = pair;
            let mut passing: Vec<(&Told, Kind, Reason)> = Vec::new();
            for told in self.told.get(ticket_id).into_iter().flatten() {
                if told.by == Some(*person_id) {
                    continue;
                }
                let kind = match told.mentions.contains(person_id) {
                    true => Kind::Mentioned,
                    false => told.kind,
                };
                let mut hearing = reasons.iter().filter(|reason| reason.hears_of(kind));
                // A mention in one of several notes concerns that one alone.
                let reason = match kind {
                    Kind::Mentioned => Some(&Reason::Mentioned),
                    _ => hearing.by_ref().filter(|r| **r != Reason::Mentioned).min(),
                };
                match reason {
                    Some(reason) if kind.is_passing() => passing.push((told, kind, *reason)),
                    Some(reason) => chosen.push((*pair, (told, kind, *reason))),
                    None => {}
                }
            }
            let heaviest = passing
                .into_iter()
                .min_by_key(|(told, kind, _)| (weight(*kind), told.number));
            chosen.extend(heaviest.map(|one| (*pair, one)));
        }
        chosen
    }
}

/// Of what happens at once to a ticket somebody is told the first of these.
fn weight(kind: Kind) -> u8 {
    match kind {
        Kind::Mentioned => 0,
        Kind::Deputised => 1,
        Kind::Assigned => 2,
        Kind::TicketOpened | Kind::Classified => 3,
        Kind::Solved | Kind::Reopened => 4,
        _ => 5,
    }
}

/// What somebody is told of; how is chosen later.
pub(super) fn row(
    person_id: Uuid,
    subject_id: Uuid,
    told: &Told,
    (kind, reason): (Kind, Reason),
) -> Model {
    Model {
        id: crate::new_id(),
        person_id,
        subject_id,
        number: told.number,
        kind: kind.name().to_owned(),
        at: told.at,
        read_at: None,
        reason: Some(reason.name().to_owned()),
        mail_at: None,
        mail_id: None,
        in_place_of_id: None,
    }
}

/// The rows that their people want to be told of, those of them that a mail may be wanted for marked as such.
pub(crate) async fn by_choice(tx: &DatabaseTransaction, rows: Vec<Model>) -> Result<Vec<Model>> {
    if rows.is_empty() {
        return Ok(rows);
    }
    let choices = choice::of_all(tx, rows.iter().map(|row| row.person_id)).await?;
    let usual = Choice::default();
    let wanted = rows.into_iter().filter_map(|mut row| {
        let choice = choices.get(&row.person_id).unwrap_or(&usual);
        let kind = Kind::from_name(&row.kind)?;
        let reason = row.reason.as_deref().and_then(Reason::from_name)?;
        let channel = choice.channel(Topic::of(kind, reason));
        // That a review is due has a mail of its own.
        let is_mailed = channel.is_mail() && kind != Kind::ReviewDue;
        row.mail_at = is_mailed.then_some(row.at);
        (channel != Channel::Off).then_some(row)
    });
    Ok(wanted.collect())
}

/// What those whom something concerns may do that day, by person; `presence`: where it is known who is there.
pub(super) async fn actors(
    tx: &DatabaseTransaction,
    people: impl Iterator<Item = (Uuid, String)>,
    today: NaiveDate,
    presence: Option<&Presence>,
) -> Result<HashMap<Uuid, Actor>> {
    let mut people: Vec<(Uuid, String)> = people.collect();
    people.sort_unstable();
    people.dedup();
    let actors = match presence {
        Some(presence) => session::actors_among(tx, people, today, presence).await?,
        None => session::actors(tx, people, today).await?,
    };
    Ok(actors
        .into_iter()
        .map(|actor| (actor.id, Actor::Person(actor.into())))
        .collect())
}

/// The owners of these tickets, the teams of those without one, whoever watches them or their services, and whoever is
/// named; nobody retired.
async fn concerned(
    tx: &DatabaseTransaction,
    told: &HashMap<Uuid, Vec<Told>>,
) -> Result<Vec<Concerned>> {
    let ids = few_forms(told.keys().copied());
    let these = places(ids.len());
    let named = told.values().flatten().flat_map(|told| &told.mentions);
    let named = few_forms(named.copied());
    let of = |reason: Reason, join: &str| {
        format!(
            "SELECT t.id AS ticket_id, t.team_id, t.owner_id, t.service_id, t.organisation_id, p.id AS person_id, p.name, \
             '{}' AS reason FROM ticket t {join} WHERE t.id IN ({these}) AND p.retired_at IS NULL",
            reason.name()
        )
    };
    let mut sql = vec![of(
        Reason::Service,
        "JOIN above u ON u.ticket_id = t.id JOIN service_watch w ON w.service_id = u.id JOIN person p ON p.id = w.person_id",
    )];
    let is_new = |told: &Told| matches!(told.kind, Kind::TicketOpened | Kind::Classified);
    if !told.values().flatten().all(is_new) {
        sql.extend([
            of(Reason::Owner, "JOIN person p ON p.id = t.owner_id"),
            of(
                Reason::Team,
                "JOIN team_member m ON t.owner_id IS NULL AND m.team_id = t.team_id \
                 JOIN person p ON p.id = m.person_id",
            ),
            of(
                Reason::Watch,
                "JOIN watch w ON w.ticket_id = t.id JOIN person p ON p.id = w.person_id",
            ),
        ]);
    }
    if !named.is_empty() {
        let places: Vec<String> = (ids.len() + 1..=ids.len() + named.len())
            .map(|n| format!("${n}"))
            .collect();
        let people = format!("JOIN person p ON p.id IN ({})", places.join(", "));
        sql.push(of(Reason::Mentioned, &people));
    }
    let sql = format!(
        "WITH RECURSIVE above(ticket_id, id) AS (SELECT t.id, t.service_id FROM ticket t WHERE t.id IN ({these}) \
         AND t.service_id IS NOT NULL UNION SELECT u.ticket_id, s.parent_id FROM above u JOIN service s ON s.id = u.id \
         WHERE s.parent_id IS NOT NULL) {}",
        sql.join(" UNION ")
    );
    let backend = tx.get_database_backend();
    let mut values: Vec<sea_orm::Value> = ids.into_iter().map(Into::into).collect();
    values.extend(named.into_iter().map(sea_orm::Value::from));
    let statement = Statement::from_sql_and_values(backend, sql, values);
    Ok(Concerned::find_by_statement(statement).all(tx).await?)
}
