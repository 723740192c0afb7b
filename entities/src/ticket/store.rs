//! From events to rows: messages, files, mails to send.

use super::event::{NewOutbound, TicketEvent};
use super::message::{self, NewMessage};
use super::share::ShareEvent;
use super::state::{Delivery, State};
use super::{attachment, mention, outbound, table};
use crate::actor::{Actor, Rule};
use crate::clock::Instant;
use crate::ledger::Batch;
use crate::outbox::Effect;
use crate::outgoing::answers;

pub(super) fn write(
    ticket: &table::Model,
    events: &[TicketEvent],
    actor: &Actor,
    at: Instant,
    batch: &mut Batch,
) {
    // Only what the system has closed is told; the event alone does not say who closed.
    if actor.rule() == Some(Rule::AutoClose) && events.iter().any(closes) {
        let effect = Effect::SendClosingNote {
            ticket_id: ticket.id,
        };
        batch.outbox.push(effect.row(ticket.id, at));
    }
    let added = events.iter().filter(|e| message_of(e).is_some()).count() as i32;
    let mut number = ticket.numbers_given - added;
    for event in events {
        batch.ties.gather(ticket, event, at);
        batch.field_rows.gather(ticket, event, actor);
        if let Some(new) = message_of(event) {
            number += 1;
            // A copy keeps the time at which it was written.
            let written_at = match event {
                TicketEvent::Tied(event) => event.written_at().unwrap_or(at),
                _ => at,
            };
            batch
                .messages
                .push(message_row(ticket, new, number, written_at));
            batch.mentions.extend(mention::rows(new));
            batch
                .attachments
                .extend(new.files.iter().map(|f| attachment::Model {
                    id: crate::new_id(),
                    message_id: new.id,
                    ticket_id: ticket.id,
                    name: f.name.clone(),
                    content_type: f.content_type.clone(),
                    size_bytes: f.size_bytes,
                    sha256: f.sha256.clone(),
                    inline: f.inline,
                    content_id: f.content_id.clone(),
                }));
        }
        match event {
            TicketEvent::Replied { message, outbound } => {
                batch
                    .outbound
                    .push(outbound_row(ticket, message, outbound, Sender::Person, at));
            }
            TicketEvent::Share(event) => {
                if let ShareEvent::Told {
                    message,
                    outbound: Some(outbound),
                    ..
                } = &**event
                {
                    batch.outbound.push(outbound_row(
                        ticket,
                        message,
                        outbound,
                        Sender::Person,
                        at,
                    ));
                }
            }
            TicketEvent::Tied(event) => {
                if let Some((message, outbound)) = event.outbound() {
                    let row = outbound_row(ticket, message, outbound, Sender::Person, at);
                    batch.outbound.push(row);
                }
            }
            TicketEvent::ReceiptSent { message, outbound }
            | TicketEvent::ClosingNoteSent { message, outbound } => {
                let row = outbound_row(ticket, message, outbound, Sender::Rule, at);
                batch.answers.push(answers::Model {
                    message_id: Some(message.id),
                    recipients: Some(row.recipients.clone()),
                    ..answer_row(ticket, event, at)
                });
                batch.outbound.push(row);
            }
            TicketEvent::ReceiptSuppressed { by } | TicketEvent::ClosingNoteSuppressed { by } => {
                batch.answers.push(answers::Model {
                    suppressed_by: Some(by.clone()),
                    ..answer_row(ticket, event, at)
                });
            }
            TicketEvent::Withdrawn { message_id, .. } => batch.withdrawn.push(*message_id),
            TicketEvent::Delivery {
                message_id,
                to,
                at,
                error,
            } => {
                batch
                    .deliveries
                    .push((*message_id, *to, *at, error.clone()));
            }
            TicketEvent::SentAgain {
                message_id,
                not_before,
            } => {
                batch
                    .deliveries
                    .push((*message_id, Delivery::Queued, *not_before, None));
            }
            _ => {}
        }
    }
    batch.tickets.push(ticket.clone());
}

fn closes(event: &TicketEvent) -> bool {
    matches!(event, TicketEvent::StateChanged { change, .. } if change.to == State::Closed)
}

fn message_of(event: &TicketEvent) -> Option<&NewMessage> {
    match event {
        TicketEvent::Received { message, .. }
        | TicketEvent::Replied { message, .. }
        | TicketEvent::NoteWritten { message }
        | TicketEvent::CallLogged { message }
        | TicketEvent::ReceiptSent { message, .. }
        | TicketEvent::ClosingNoteSent { message, .. } => Some(message),
        TicketEvent::Share(event) => event.message(),
        TicketEvent::Tied(event) => event.message(),
        _ => None,
    }
}

fn message_row(ticket: &table::Model, m: &NewMessage, number: i32, at: Instant) -> message::Model {
    let json = |value: Option<serde_json::Result<String>>| value.and_then(Result::ok);
    message::Model {
        id: m.id,
        ticket_id: ticket.id,
        origin_id: None,
        number,
        audience: m.audience,
        share_id: m.share_id,
        told_of: m.told_of,
        direction: m.direction,
        channel: m.channel,
        author_id: m.author_id,
        addresses: serde_json::to_string(&m.addresses).unwrap_or_default(),
        subject: m.subject.clone(),
        body: m.body.clone(),
        html: m.html.clone(),
        mail_id: m.mail_id.clone(),
        in_reply_to: m.in_reply_to.clone(),
        mail_references: (!m.mail_references.is_empty()).then(|| m.mail_references.join(" ")),
        raw_sha256: m.raw_sha256.clone(),
        threaded_by: json(m.threaded_by.as_ref().map(serde_json::to_string)),
        filters: json((!m.filters.is_empty()).then(|| serde_json::to_string(&m.filters))),
        notes: json((!m.notes.is_empty()).then(|| serde_json::to_string(&m.notes))),
        delivery: m.delivery,
        delivered_at: (m.delivery == Delivery::Sent).then_some(at),
        undo: json(m.undo.as_ref().map(serde_json::to_string)),
        call_minutes: m.call_minutes,
        mail_facts: json(m.mail_facts.as_ref().map(serde_json::to_string)),
        created_at: at,
        salt: m.salt.clone(),
    }
}

fn answer_row(ticket: &table::Model, event: &TicketEvent, at: Instant) -> answers::Model {
    let occasion = match event {
        TicketEvent::ClosingNoteSent { .. } | TicketEvent::ClosingNoteSuppressed { .. } => {
            answers::Occasion::ClosingNote
        }
        _ => answers::Occasion::Receipt,
    };
    answers::Model {
        id: crate::new_id(),
        at,
        occasion,
        ticket_id: ticket.id,
        message_id: None,
        recipients: None,
        suppressed_by: None,
    }
}

enum Sender {
    Person,
    Rule,
}

fn outbound_row(
    ticket: &table::Model,
    m: &NewMessage,
    o: &NewOutbound,
    by: Sender,
    at: Instant,
) -> outbound::Model {
    let queued = m.delivery == Delivery::Queued;
    outbound::Model {
        message_id: m.id,
        ticket_id: ticket.id,
        mailbox_id: o.mailbox_id,
        mail_id: o.mail_id.clone(),
        recipients: serde_json::to_string(&o.recipients).unwrap_or_default(),
        automatic: matches!(by, Sender::Rule),
        state: if queued { "queued" } else { "sent" }.to_owned(),
        attempts: 0,
        last_error: None,
        not_before: o.not_before,
        limited_until: None,
        sent_at: (!queued).then_some(at),
        created_at: at,
    }
}
