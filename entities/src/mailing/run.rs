//! Opening the tickets, a portion at a time: each by a key of its own, so a killed process opens none twice.

use std::collections::HashSet;

use sea_orm::{EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::item::{self, Refusal};
use super::{Model, Wanted, read};
use crate::actor::Actor;
use crate::bulk::Why;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::field::change::{Sets, prepare};
use crate::field::read::{Sheet, blank};
use crate::field::rules::{Case, missing};
use crate::field::{Field, Moment, Value, Values};
use crate::organisation::district::Family;
use crate::permit::{Desk, Permit};
use crate::person::recipients::{self, Recipient};
use crate::service;
use crate::ticket::classify::Place;
use crate::ticket::message::NewMessage;
use crate::ticket::open::AfterOpen;
use crate::ticket::{Audience, Channel, Direction, Kind, Open, Priority};

/// Tickets of one portion.
const AT_ONCE: u64 = 50;

/// What sort of ticket somebody is given who is written to.
const KIND: Kind = Kind::Question;

/// Opens the next portion of tickets; how many people it was, none when there are none left. `note` is what the first note
/// of each says.
///
/// # Errors
/// `Forbidden` when the actor may open none any more; the database's, then what was opened is found again.
pub async fn go_on(db: &Db, actor: &Actor, mailing: &Model, note: &str) -> Result<usize> {
    let Some(wanted) = mailing.wanted() else {
        return Ok(0);
    };
    let items = item::Entity::find()
        .filter(item::COLUMN.mailing_id.eq(mailing.id))
        .filter(item::COLUMN.person_id.is_not_null())
        .filter(item::COLUMN.ticket_id.is_null())
        .filter(item::COLUMN.refused.is_null())
        .order_by_asc(item::Column::Position)
        .limit(AT_ONCE)
        .all(db.reader())
        .await?;
    if items.is_empty() {
        return Ok(0);
    }
    let count = items.len();
    let ids: Vec<Uuid> = items.iter().filter_map(|item| item.person_id).collect();
    let people = recipients::by_ids(db, actor, &ids).await?;
    let houses = people.values().flat_map(|p| &p.organisation_ids);
    let houses: Vec<Uuid> = houses.copied().collect();
    let family = Family::load(db, houses).await?;
    let opening = Opening::of(db, actor, &wanted).await?;
    let (mut positions, mut pairs, mut became) = (Vec::new(), Vec::new(), Vec::new());
    for item in items {
        let person = item.person_id.and_then(|id| people.get(&id));
        // Some time may have passed since they were found.
        let fit = match person.map(|person| (person, read::unfit(person))) {
            None => Err(Refusal::Unknown),
            Some((_, Some(why))) => Err(why),
            Some((person, None)) => Ok(person),
        };
        match fit {
            Err(why) => became.push((item.position, Err(why))),
            Ok(person) => {
                let permit = Permit::ask(actor, Desk)?;
                // Who came with an organisation is written to there.
                let chosen = wanted.organisation_id.filter(|_| item.line.is_none());
                let house = person.organisation_id(chosen);
                let open = Open {
                    organisation_id: house,
                    district_id: house.and_then(|id| family.district(id)).map(|d| d.id),
                    ..opening.ticket(mailing, person, note)
                };
                pairs.push((permit, open));
                positions.push(item.position);
            }
        }
    }
    let done = db.change_many(pairs).await?;
    for (position, result) in positions.into_iter().zip(done) {
        let opened = match result {
            Ok(done) => Ok(done.subject.id),
            // It was opened before the process that opened it could note so.
            Err(DeskError::AlreadyDone(id)) => Ok(id),
            Err(error) => Err(Refusal::Then(Why::of(error)?)),
        };
        became.push((position, opened));
    }
    note_all(db, mailing.id, became).await?;
    Ok(count)
}

/// Notes what became of a portion; what another process has noted since stays.
async fn note_all(
    db: &Db,
    mailing_id: Uuid,
    became: Vec<(i32, Result<Uuid, Refusal>)>,
) -> Result<()> {
    for (position, opened) in became {
        let ticket_id = opened.ok();
        let refused = opened.err().map(Refusal::stored);
        let sql = "UPDATE mailing_item SET ticket_id = $1, refused = $2 \
                   WHERE mailing_id = $3 AND position = $4 AND ticket_id IS NULL AND refused IS NULL";
        let values = vec![
            ticket_id.into(),
            refused.into(),
            mailing_id.into(),
            position.into(),
        ];
        db.write_statement(sql, values).await?;
    }
    Ok(())
}

/// The key by which somebody is given one ticket of a mailing and no second.
pub(super) fn key(mailing_id: Uuid, person_id: Uuid) -> String {
    format!("mailing-{mailing_id}-{person_id}")
}

/// What all tickets of a mailing have in common.
struct Opening {
    title: String,
    place: Place,
    fields: Sets,
}

impl Opening {
    async fn of(db: &Db, actor: &Actor, wanted: &Wanted) -> Result<Opening> {
        let sheet = sheet(db, actor, wanted.service_id).await?;
        let presets = presets(&sheet).into_iter();
        let presets = presets.map(|(id, value)| (id, Some(value))).collect();
        Ok(Opening {
            title: wanted.title.clone(),
            place: sheet.case.place,
            // Nobody chose them, so what does not fit stays empty.
            fields: prepare(db, actor, None, presets).await?.optional(),
        })
    }

    /// As a call is opened, but that nobody called: the actor keeps it, and its first message is a note.
    fn ticket(&self, mailing: &Model, person: &Recipient, note: &str) -> Open {
        let first = NewMessage {
            author_id: Some(mailing.person_id),
            ..NewMessage::text(
                Audience::Internal,
                Direction::Internal,
                Channel::Note,
                note.to_owned(),
            )
        };
        Open {
            title: self.title.clone(),
            kind: KIND,
            priority: Priority::Normal,
            place: self.place,
            requester_id: Some(person.id),
            organisation_id: None,
            district_id: None,
            mailbox_id: None,
            fields: self.fields.clone(),
            first,
            then: AfterOpen::Mine,
            once: Some(key(mailing.id, person.id)),
        }
    }
}

/// The fields a ticket about a service begins with.
async fn sheet(db: &Db, actor: &Actor, service_id: Uuid) -> Result<Sheet> {
    let case = Case {
        kind: KIND,
        place: Place {
            service_id: Some(service_id),
            team_id: service::list::responsible_team(db, service_id).await?,
        },
        parent_service_id: service::list::parent(db, service_id).await?,
    };
    blank(db, actor, case).await
}

/// What they begin with by themselves, as far as it can stand there.
fn presets(sheet: &Sheet) -> Values {
    let all: Values = sheet
        .fields
        .iter()
        .filter_map(|f| Some((f.row.id, f.preset(&sheet.case, None)?.clone())))
        .collect();
    let fits = |id: &Uuid, value: &Value| {
        let field = sheet.fields.iter().find(|f| f.row.id == *id);
        field.is_some_and(|f| f.check(value, None, &sheet.case, &all).is_ok())
    };
    let fitting = all.iter().filter(|(id, value)| fits(id, value));
    fitting.map(|(id, value)| (*id, value.clone())).collect()
}

/// The fields that must be filled when a ticket about this service is opened, and that do not begin with something: nobody
/// is there who could fill them.
pub async fn lacking(db: &Db, actor: &Actor, service_id: Uuid) -> Result<Vec<Field>> {
    let sheet = sheet(db, actor, service_id).await?;
    let filled: HashSet<Uuid> = presets(&sheet).into_keys().collect();
    let lacking = missing(&sheet.fields, &sheet.case, &filled, Moment::Create, actor);
    Ok(lacking.into_iter().cloned().collect())
}
