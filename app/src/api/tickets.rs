//! Tickets for programs: the open ones, and a new one.

use entities::field::change::Sets;
use entities::permit::Desk as Whole;
use entities::person::Sender;
use entities::ticket::classify::Place;
use entities::ticket::filter::{Filter, OwnerIs};
use entities::ticket::list::{self as found, Row, Sort};
use entities::ticket::message::NewMessage;
use entities::ticket::open::AfterOpen;
use entities::ticket::show;
use entities::ticket::{Audience, Channel, Direction, Kind, Open, Priority, State};
use entities::{DeskError, Instant, Permission, Permit, Rejected};
use poem::http::StatusCode;
use poem::web::Json;
use poem::{Body, IntoResponse as _, Response, handler};
use serde::{Deserialize, Serialize};

use super::caller::Caller;
use crate::desk::Desk;
use crate::error::{Error, Result};
use crate::web::form::Query;
use crate::web::url;

/// The most tickets of one answer.
const MOST: u64 = 100;
/// The most bytes of a request.
const MOST_BYTES: usize = 256 * 1024;
const MOST_TITLE: usize = 200;

/// Which tickets; without anything all open ones that the token reads.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// `me`, or nothing.
    owner: String,
    /// A number, or words of the title.
    q: String,
}

/// A ticket as a program reads it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Ticket {
    pub number: String,
    pub title: String,
    pub state: State,
    pub priority: Priority,
    pub team: Option<String>,
    pub owner: Option<String>,
    pub due_at: Option<Instant>,
    pub changed_at: Instant,
    pub url: String,
}

/// What is said of a new ticket.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewTicket {
    pub title: String,
    pub text: String,
    /// The same key never opens a second ticket.
    #[serde(default)]
    pub once: Option<String>,
}

/// `GET /api/tickets`: the hundred that changed last.
#[handler]
pub async fn list(caller: Caller, Query(asked): Query<Asked>) -> Result<Response> {
    if !caller.actor.may_somewhere(Permission::ReadTickets) {
        return Err(Error::Desk(DeskError::Forbidden));
    }
    let owners = match asked.owner.as_str() {
        "" => vec![],
        "me" => vec![OwnerIs::Me],
        other => {
            return Err(Error::Request(format!(
                "owner: me or nothing, not “{other}”"
            )));
        }
    };
    let filter = Filter {
        owners,
        text: Some(asked.q).filter(|text| !text.trim().is_empty()),
        ..Filter::default()
    };
    let sort = Sort::default();
    let page = found::list(&caller.db, &caller.actor, &filter, sort, None, MOST).await?;
    let tickets: Vec<Ticket> = page
        .rows
        .into_iter()
        .map(|row| of(&caller.desk, row))
        .collect();
    Ok(Json(tickets).into_response())
}

fn of(desk: &Desk, row: Row) -> Ticket {
    Ticket {
        url: address(desk, &row.number),
        number: row.number,
        title: row.title,
        state: row.state,
        priority: row.priority,
        team: row.team_name,
        owner: row.owner_name,
        due_at: row.due_at,
        changed_at: row.changed_at,
    }
}

fn address(desk: &Desk, number: &str) -> String {
    format!("{}{}", desk.config.public_url, url::ticket(number))
}

/// What became of a new ticket.
#[derive(Debug, Serialize, Deserialize)]
pub struct Opened {
    pub number: String,
    pub url: String,
}

/// `POST /api/tickets`: a ticket of the token's person.
#[handler]
pub async fn create(caller: Caller, body: Body) -> Result<Response> {
    let bytes = body.into_bytes_limit(MOST_BYTES).await;
    let bytes = bytes.map_err(|_| Error::TooLarge)?;
    let new: NewTicket =
        serde_json::from_slice(&bytes).map_err(|e| Error::Request(e.to_string()))?;
    let title = new.title.trim();
    if title.chars().count() > MOST_TITLE || title.chars().any(char::is_control) {
        return Err(Error::Request(
            "title: one line of at most 200 characters".to_owned(),
        ));
    }
    if new.text.trim().is_empty() {
        return Err(Error::Desk(DeskError::Rejected(Rejected::EmptyText)));
    }
    let command = open(&caller, title.to_owned(), new).await?;
    let permit = Permit::ask(&caller.actor, Whole)?;
    let (status, number) = match caller.db.change(permit, command).await {
        Ok(done) => (StatusCode::CREATED, done.subject.number),
        // Sent twice. Who may open need not read, and then is told no more than that.
        Err(DeskError::AlreadyDone(id)) => {
            let ticket = show::by_id(&caller.db, &caller.actor, id).await?;
            (StatusCode::OK, ticket.number)
        }
        Err(error) => return Err(error.into()),
    };
    let url = address(&caller.desk, &number);
    let mut answer = Json(Opened { number, url }).into_response();
    answer.set_status(status);
    Ok(answer)
}

async fn open(caller: &Caller, title: String, new: NewTicket) -> Result<Open> {
    let me = caller.actor.person_id().ok_or(DeskError::Hidden)?;
    let sender = Sender::of_person(&caller.db, me).await?;
    let first = NewMessage {
        author_id: Some(me),
        ..NewMessage::text(
            Audience::Internal,
            Direction::Internal,
            Channel::Note,
            new.text,
        )
    };
    Ok(Open {
        title,
        kind: Kind::Incident,
        priority: Priority::Normal,
        place: Place {
            service_id: None,
            team_id: None,
        },
        requester_id: Some(me),
        organisation_id: sender.organisation.map(|o| o.id),
        district_id: sender.district.map(|o| o.id),
        mailbox_id: None,
        fields: Sets::default(),
        first,
        then: AfterOpen::HandToTeam,
        once: new.once.map(|once| format!("api {me} {once}")),
    })
}
