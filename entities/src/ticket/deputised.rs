//! What is given to somebody who is away goes on to whoever is there for them, else to the team.

use super::event::{Change, TicketEvent};
use super::state::State;
use super::table::Model as Ticket;
use crate::absence::Presence;
use crate::actor::Actor;
use crate::clock::{Instant, day};

/// The events that follow when a ticket has come to somebody who is away, from the ticket as it was. Who takes a ticket
/// is there, whatever their calendar says; an import says where tickets lay and gives them to nobody.
pub fn deputised(
    ticket: &Ticket,
    before: &Ticket,
    presence: &Presence,
    actor: &Actor,
    at: Instant,
) -> Vec<TicketEvent> {
    let today = day(at);
    let given = ticket.owner_id.filter(|owner| {
        let is_new = before.owner_id != Some(*owner);
        is_new && ticket.active && actor.person_id() != Some(*owner)
    });
    let brings_in = actor.rule().is_some_and(|rule| rule.brings_in());
    let Some(owner) = given.filter(|owner| !brings_in && presence.is_away(*owner, today)) else {
        return vec![];
    };
    let to = presence.stand_in(owner, ticket.service_id, today);
    let mut events = vec![TicketEvent::Deputised(Change {
        from: Some(owner),
        to,
    })];
    if to.is_some() {
        return events;
    }
    // It waits for somebody of the team as if nobody had looked at it yet.
    let team = presence.team_of(owner).filter(|_| ticket.team_id.is_none());
    events.extend(team.map(|team| {
        TicketEvent::Moved(Change {
            from: None,
            to: Some(team),
        })
    }));
    if (before.state, ticket.state) == (State::New, State::Open) {
        events.push(TicketEvent::StateChanged {
            change: Change {
                from: State::Open,
                to: State::New,
            },
            waiting_for: None,
            reason: None,
            ended: None,
        });
    }
    events
}
