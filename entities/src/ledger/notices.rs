//! Whom the events of a transaction tell. Of a ticket: owner or team, whoever watches it or its service, and whoever is
//! named in a note, as far as they may see it; nobody of what they did themselves.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::article_notices::ArticleNotices;
use super::batch::insert;
use super::concerned::{Concerned, LEFT, concerned};
use super::stand_ins::stand_ins;
use crate::absence::Presence;
use crate::actor::Actor;
use crate::clock::{Instant, day};
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
        let is_owner = |one: &Concerned| one.owner_id == Some(one.person_id);
        let has_left = |one: &Concerned| is_owner(one) && self.presence.has_left(one.person_id);
        let is_covered = self.presence.anybody_is_covered(today) || all.iter().any(has_left);
        all.retain(|one| one.reason != LEFT);
        if is_covered && !self.is_of_services_alone() {
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
        let may = |pair: &Pair, permission: Permission| {
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
            actor.is_some_and(|a| policy::allows(a, permission, place))
        };
        let may_see = |pair: &Pair| may(pair, Permission::ReadTickets);
        for (ticket_id, told) in &self.told {
            let named = told.iter().flat_map(|told| &told.mentions);
            if let Some(blind) = named.copied().find(|id| !may_see(&(*ticket_id, *id))) {
                return Err(Rejected::CannotSee { person: blind }.into());
            }
        }
        let decides = |pair: &Pair, kind: Kind| {
            kind != Kind::RedactionAsked || may(pair, Permission::RedactMessages)
        };
        let seen = rows
            .into_iter()
            .filter(|(pair, (_, kind, _))| may_see(pair) && decides(pair, *kind));
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
