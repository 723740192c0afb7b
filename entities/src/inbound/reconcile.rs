//! Whether every mail that was seen became something: one sum a mailbox and day.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};
use uuid::Uuid;

use super::Fate;
use crate::actor::Actor;
use crate::db::Db;
use crate::error::Result;
use crate::policy::{self, Permission, Place};
use crate::ticket::show;

/// How many days one page shows, and how far back the nightly check looks.
pub const DAYS: u64 = 30;

/// What was seen in a mailbox on a day and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    pub day: NaiveDate,
    /// What the server showed or handed over, counted when it did.
    pub seen: i64,
    /// Mails that are there.
    pub stored: i64,
    /// Mails whose message is there: in a ticket that was there, or in a new one.
    pub messages: i64,
    pub tickets: i64,
    pub copies: i64,
    pub ignored: i64,
    pub failed: i64,
    /// Not processed yet.
    pub waiting: i64,
    /// The ticket that a wrong sum opened.
    pub ticket_id: Option<Uuid>,
    /// Its number, when the reader may see it.
    pub number: Option<String>,
}

impl Sum {
    fn of(day: NaiveDate) -> Sum {
        Sum {
            day,
            seen: 0,
            stored: 0,
            messages: 0,
            tickets: 0,
            copies: 0,
            ignored: 0,
            failed: 0,
            waiting: 0,
            ticket_id: None,
            number: None,
        }
    }

    /// What became of the mails, added up.
    pub fn settled(&self) -> i64 {
        self.messages + self.tickets + self.copies + self.ignored + self.failed + self.waiting
    }

    /// Whether seen = stored = all that became of them.
    pub fn is_right(&self) -> bool {
        self.seen == self.stored && self.stored == self.settled()
    }
}

#[derive(FromQueryResult)]
struct Counted {
    day: NaiveDate,
    seen: i64,
    ticket_id: Option<Uuid>,
}

#[derive(FromQueryResult)]
struct Became {
    day: NaiveDate,
    fate: Fate,
    mails: i64,
    there: i64,
}

/// The days up to and with `last` on which anything was seen or stored, the newest first, `DAYS` calendar days at most.
///
/// # Errors
/// `Forbidden` without `SettleMail`.
pub async fn sums(db: &Db, actor: &Actor, mailbox_id: Uuid, last: NaiveDate) -> Result<Vec<Sum>> {
    policy::require(actor, Permission::SettleMail, Place::Desk)?;
    let first = first_of(last);
    let backend = db.reader().get_database_backend();
    let values = || -> Vec<Value> { vec![mailbox_id.into(), first.into(), last.into()] };
    let counted = Counted::find_by_statement(Statement::from_sql_and_values(
        backend,
        "SELECT day, seen, ticket_id FROM mailbox_day WHERE mailbox_id = $1 AND day >= $2 AND day <= $3",
        values(),
    ))
    .all(db.reader())
    .await?;
    let became =
        Became::find_by_statement(Statement::from_sql_and_values(backend, BECAME, values()))
            .all(db.reader())
            .await?;
    let mut days: BTreeMap<NaiveDate, Sum> = BTreeMap::new();
    for one in counted {
        let sum = days.entry(one.day).or_insert_with(|| Sum::of(one.day));
        sum.seen = one.seen;
        sum.ticket_id = one.ticket_id;
    }
    for one in became {
        let sum = days.entry(one.day).or_insert_with(|| Sum::of(one.day));
        sum.stored += one.mails;
        match one.fate {
            Fate::Message => sum.messages += one.there,
            Fate::Ticket => sum.tickets += one.there,
            Fate::Copy => sum.copies += one.mails,
            Fate::Ignored => sum.ignored += one.mails,
            Fate::Failed => sum.failed += one.mails,
            Fate::Stored => sum.waiting += one.mails,
        }
    }
    days.retain(|_, sum| sum.seen != 0 || sum.stored != 0);
    let ids: Vec<Uuid> = days.values().filter_map(|sum| sum.ticket_id).collect();
    if !ids.is_empty() {
        let numbers = show::numbers_of(db, actor, &ids).await?;
        for sum in days.values_mut() {
            let found = numbers.iter().find(|(id, _)| Some(*id) == sum.ticket_id);
            sum.number = found.map(|(_, number)| number.clone());
        }
    }
    Ok(days.into_values().rev().collect())
}

/// A mail's message has the mail's id.
pub const BECAME: &str = "SELECT i.seen_on AS day, i.fate, count(*) AS mails, count(m.id) AS there \
     FROM inbound_mail i LEFT JOIN message m ON m.id = i.id \
     WHERE i.mailbox_id = $1 AND i.seen_on >= $2 AND i.seen_on <= $3 GROUP BY i.seen_on, i.fate";

/// The first of the days that end with `last`.
pub fn first_of(last: NaiveDate) -> NaiveDate {
    last.checked_sub_days(Days::new(DAYS - 1)).unwrap_or(last)
}

/// The last day before that day on which anything was seen, none when there is none.
pub async fn day_before(db: &Db, mailbox_id: Uuid, day: NaiveDate) -> Result<Option<NaiveDate>> {
    let sql =
        "SELECT day FROM mailbox_day WHERE mailbox_id = $1 AND day < $2 ORDER BY day DESC LIMIT 1";
    let statement = Statement::from_sql_and_values(
        db.reader().get_database_backend(),
        sql,
        [mailbox_id.into(), day.into()],
    );
    let row = db.reader().query_one_raw(statement).await?;
    Ok(row.map(|row| row.try_get("", "day")).transpose()?)
}

/// Notes the ticket that a wrong sum opened.
pub async fn opened(db: &Db, mailbox_id: Uuid, day: NaiveDate, ticket_id: Uuid) -> Result<()> {
    db.write_statement(
        "INSERT INTO mailbox_day (mailbox_id, day, seen, ticket_id) VALUES ($1, $2, 0, $3) \
         ON CONFLICT (mailbox_id, day) DO UPDATE SET ticket_id = excluded.ticket_id",
        vec![mailbox_id.into(), day.into(), ticket_id.into()],
    )
    .await?;
    Ok(())
}
