//! Turns a case into the steps that made it what it is, each on its own day by its own author.

use chrono::{NaiveDateTime, TimeDelta, TimeZone as _};
use chrono_tz::Tz;
use entities::ledger::Step;
use entities::permit::Desk;
use entities::ticket::Kind;
use entities::ticket::assign::Assignee;
use entities::ticket::classify::Place;
use entities::ticket::close::Ending;
use entities::ticket::event::Opened;
use entities::ticket::message::{NewFile, NewMessage};
use entities::ticket::open::AfterOpen;
use entities::ticket::receive::{Into, Wakes};
use entities::ticket::{
    Assign, Audience, Channel, Classify, Close, Direction, Open, Prioritise, Priority, Receive,
    SetFields, SetReminder, Ticket, Wait, WaitingFor,
};
use entities::{Actor, DeskError, Instant, Permit, Rule, Uuid, ledger};

use super::case::{Author, Case, Fate, What};
use super::database::{Somebody, Unit, district_of};
use super::fields::Fields;
use super::letters::Letters;
use super::meanings::{closing_reason, kind, priority};

/// Longest time a new case waits for somebody to take it.
const TAKEN_WITHIN_MINUTES: i64 = 45;
const CLOSED_AFTER_MINUTES: i64 = 10 * 24 * 60;

/// The moment the demo is made in, where the unit works.
#[derive(Clone, Copy, Debug)]
pub struct Today {
    pub zone: Tz,
    pub local: NaiveDateTime,
}

impl Today {
    pub fn new(zone: Tz, now: Instant) -> Today {
        Today {
            zone,
            local: now.with_timezone(&zone).naive_local(),
        }
    }

    /// The instant this many minutes from now, negative ones before.
    fn instant(&self, minutes: i64) -> Instant {
        let local = self.local + TimeDelta::minutes(minutes);
        let found = self.zone.from_local_datetime(&local).earliest();
        // An hour that the clock skips has no instant; the one after it does.
        let found = found.or_else(|| {
            let later = local + TimeDelta::hours(1);
            self.zone.from_local_datetime(&later).earliest()
        });
        found.map_or_else(|| local.and_utc(), |at| at.to_utc())
    }
}

/// A case on its way into the database.
pub struct Story<'a> {
    pub case: &'a Case,
    pub unit: &'a Unit,
    pub today: Today,
    pub fields: &'a Fields,
    /// Files of each entry, stored already.
    pub files: Vec<Vec<NewFile>>,
    /// Of the first mail, if it is one.
    pub first_mail_id: String,
}

impl Story<'_> {
    /// When the case was opened.
    pub fn begun(&self) -> Instant {
        self.at(0)
    }

    fn at(&self, minutes_after_creation: i64) -> Instant {
        let minutes = minutes_after_creation - self.case.created_minutes_ago;
        self.today.instant(minutes)
    }

    fn agent(&self, place: usize) -> Actor {
        on_behalf_of(self.unit.agents[place].id)
    }

    fn requester(&self) -> &Somebody {
        &self.unit.requesters[self.case.requester]
    }

    pub(super) fn mailbox(&self) -> &entities::mailbox::Mailbox {
        // A third of the cases comes by the unit's own address, which belongs to no team.
        if self.case.requester.is_multiple_of(3) {
            &self.unit.mailbox
        } else {
            &self.unit.team_mailboxes[self.case.team]
        }
    }

    fn place(&self) -> Place {
        Place {
            service_id: self.unit.service(self.case.service, self.case.module),
            team_id: Some(self.unit.teams[self.case.team]),
        }
    }

    /// The step that makes the ticket.
    pub fn opening(&self) -> Result<Step<Ticket>, DeskError> {
        let case = self.case;
        let first = &case.entries[0];
        let requester = self.requester();
        let organisation_id = Some(self.unit.organisations[requester.organisation]);
        let district_id = Some(self.unit.organisations[district_of(requester.organisation)]);
        let mailbox_id = Some(self.mailbox().id);
        let files = self.files.first().cloned().unwrap_or_default();
        if let (What::CallIn, Author::Agent(agent)) = (first.what, first.author) {
            let message = NewMessage {
                author_id: Some(requester.id),
                call_minutes: Some(minutes_on_phone(&first.text)),
                files,
                ..NewMessage::text(
                    Audience::Requester,
                    Direction::In,
                    Channel::Phone,
                    first.text.clone(),
                )
            };
            let open = Open {
                title: case.title.clone(),
                kind: kind(case.kind),
                priority: priority(case.priority),
                place: self.place(),
                requester_id: Some(requester.id),
                organisation_id,
                district_id,
                mailbox_id,
                fields: entities::field::change::Sets::default(),
                first: message,
                then: AfterOpen::Mine,
                once: None,
            };
            return step(&self.agent(agent), Desk, open, self.at(0));
        }
        let message = NewMessage {
            subject: Some(case.title.clone()),
            mail_id: Some(self.first_mail_id.clone()),
            files,
            ..Letters::incoming(requester, self.mailbox(), Audience::Requester, &first.text)
        };
        let opened = Opened {
            title: case.title.clone(),
            kind: Kind::Incident,
            channel: Channel::Mail,
            priority: Priority::Normal,
            team_id: self.mailbox().team_id,
            service_id: None,
            requester_id: Some(requester.id),
            organisation_id,
            district_id,
            mailbox_id,
            follows_id: None,
            salt: entities::history::salt(),
        };
        let receive = Receive {
            into: Into::New(Box::new(opened)),
            mail_id: entities::new_id(),
            message,
            wakes: Wakes::Yes,
            fields: entities::field::change::Sets::default(),
        };
        let importer = super::database::importer();
        step(&importer, self.mailbox().clone(), receive, self.at(0))
    }

    /// All steps after the first with their times, in that order.
    pub fn continuation(
        &self,
        ticket: &Ticket,
        token_key: &[u8],
        domain: &str,
    ) -> Result<Vec<(Instant, Step<Ticket>)>, DeskError> {
        let mut steps: Vec<(i64, Step<Ticket>)> = Vec::with_capacity(self.case.entries.len() + 6);
        let taken = self.take(ticket, &mut steps)?;
        let mut letters = Letters::new(self, ticket, token_key, domain);
        let mut minute = 0;
        for (place, entry) in self.case.entries.iter().enumerate() {
            minute += entry.minutes_after;
            if place > 0 {
                let at = self.at(minute);
                steps.push((minute, letters.step(place, at)?));
            }
        }
        self.end(ticket, taken, minute, &mut steps)?;
        steps.sort_by_key(|(minute, _)| *minute);
        let dated = steps
            .into_iter()
            .map(|(minute, step)| (self.at(minute), step));
        Ok(dated.collect())
    }

    /// Somebody takes the case and says what it is; the minute in which that happens.
    fn take(
        &self,
        ticket: &Ticket,
        steps: &mut Vec<(i64, Step<Ticket>)>,
    ) -> Result<i64, DeskError> {
        let case = self.case;
        let Some(owner) = case.owner else {
            return Ok(0);
        };
        let gap = case.entries.get(1).map_or(0, |next| next.minutes_after);
        let minute = (gap / 2).min(TAKEN_WITHIN_MINUTES);
        let (agent, at) = (self.agent(owner), self.at(minute));
        let id = self.unit.agents[owner].id;
        if ticket.owner_id != Some(id) {
            let assign = Assign {
                to: Assignee::Person { id },
            };
            steps.push((minute, step(&agent, ticket.clone(), assign, at)?));
        }
        if ticket.service_id.is_none() {
            let classify = Classify {
                place: Some(self.place()),
                kind: Some(kind(case.kind)),
                ..Classify::default()
            };
            steps.push((minute, step(&agent, ticket.clone(), classify, at)?));
        }
        let created_on = self.at(0).date_naive();
        let sets = self.fields.of(case, self.unit, created_on);
        if !sets.is_empty() {
            let set = SetFields { sets };
            steps.push((minute, step(&agent, ticket.clone(), set, at)?));
        }
        let to = priority(case.priority);
        if ticket.priority != to {
            let prioritise = Prioritise { priority: to };
            steps.push((minute, step(&agent, ticket.clone(), prioritise, at)?));
        }
        Ok(minute)
    }

    /// What the fate asks for beyond the messages.
    fn end(
        &self,
        ticket: &Ticket,
        taken: i64,
        last: i64,
        steps: &mut Vec<(i64, Step<Ticket>)>,
    ) -> Result<(), DeskError> {
        let now = self.case.created_minutes_ago;
        let owner = self.case.owner.map(|owner| self.agent(owner));
        let owner = owner.unwrap_or_else(super::database::importer);
        match self.case.fate {
            Fate::Open {
                reminder: Some(minutes),
            } => {
                let due = now + minutes;
                // A reminder that has passed was set before its time.
                let minute = if due > last { last } else { due - 60 }.max(taken);
                let remind = SetReminder {
                    at: Some(self.at(due.max(minute + 1))),
                };
                let at = self.at(minute);
                steps.push((minute, step(&owner, ticket.clone(), remind, at)?));
            }
            Fate::WaitingDate { minutes } => {
                let wait = Wait {
                    waiting_for: WaitingFor::Date,
                    until: Some(self.at(now + minutes)),
                };
                let at = self.at(last);
                steps.push((last, step(&owner, ticket.clone(), wait, at)?));
            }
            Fate::Closed { reason } => {
                let minute = (last + CLOSED_AFTER_MINUTES).min(now - 1).max(last);
                let close = Close {
                    to: Ending::Closed,
                    reason: Some(closing_reason(reason)),
                };
                let importer = super::database::importer();
                let at = self.at(minute);
                steps.push((minute, step(&importer, ticket.clone(), close, at)?));
            }
            Fate::New
            | Fate::Open { reminder: None }
            | Fate::WaitingRequester
            | Fate::WaitingVendor
            | Fate::Solved { .. } => {}
        }
        Ok(())
    }
}

pub(super) fn step<C: ledger::Command>(
    actor: &Actor,
    on: C::On,
    command: C,
    at: Instant,
) -> Result<Step<C::Target>, DeskError> {
    Ok(Step::new(Permit::ask(actor, on)?.dated(at)?, command))
}

pub(super) fn on_behalf_of(id: Uuid) -> Actor {
    Actor::System(Rule::Import {
        on_behalf_of: Some(id),
    })
}

/// About as long as it takes to say what was written down.
pub(super) fn minutes_on_phone(text: &str) -> i32 {
    i32::try_from(text.len() / 90).unwrap_or(20).clamp(2, 20)
}
