//! How a person wants to be told: by topic in the page alone or by mail too, and when it is to be quiet.

use std::collections::HashMap;

use chrono::{Datelike, Days, Duration, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Weekday};
use sea_orm::entity::prelude::*;
use sea_orm::{ConnectionTrait, QueryFilter};

use super::Topic;
use crate::clock::{self, Instant};
use crate::db::{Db, few_forms};
use crate::error::Result;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notify_choice")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    /// What differs from the usual: `topic=channel`, between commas.
    pub channels: String,
    /// Minutes after midnight.
    pub daily_at: i32,
    pub quiet_from: Option<i32>,
    pub quiet_to: Option<i32>,
    pub quiet_weekend: bool,
}

impl ActiveModelBehavior for ActiveModel {}

/// By which way somebody is told of something. All but [`Channel::Off`] stand in the page too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Channel {
    Off,
    Page,
    AtOnce,
    Hourly,
    Daily,
}

impl Channel {
    pub const ALL: [Channel; 5] = [
        Channel::Off,
        Channel::Page,
        Channel::AtOnce,
        Channel::Hourly,
        Channel::Daily,
    ];

    /// The form in addresses and in the database.
    pub fn name(self) -> &'static str {
        match self {
            Channel::Off => "off",
            Channel::Page => "page",
            Channel::AtOnce => "at_once",
            Channel::Hourly => "hourly",
            Channel::Daily => "daily",
        }
    }

    /// Reads what `name` wrote.
    pub fn from_name(name: &str) -> Option<Channel> {
        Channel::ALL.into_iter().find(|one| one.name() == name)
    }

    /// What holds while nobody has chosen: being named, being given work, and what is to be blacked out are told by mail.
    pub fn usual(topic: Topic) -> Channel {
        match topic {
            Topic::Mentioned | Topic::Assigned | Topic::Redaction => Channel::AtOnce,
            _ => Channel::Page,
        }
    }

    /// Whether a mail is written.
    pub fn is_mail(self) -> bool {
        matches!(self, Channel::AtOnce | Channel::Hourly | Channel::Daily)
    }
}

/// The hours in which no mail is sent, as minutes after midnight; they may go over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quiet {
    pub from: u32,
    pub to: u32,
}

/// What one person chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    chosen: HashMap<Topic, Channel>,
    /// When the mail of the day is sent, as minutes after midnight.
    pub daily_at: u32,
    pub quiet: Option<Quiet>,
    /// Whether Saturdays and Sundays are quiet.
    pub quiet_weekend: bool,
}

/// Minutes of a day.
pub const DAY_MINUTES: u32 = 24 * 60;

/// When the mail of the day is sent while nobody has chosen: at seven.
const DAILY_AT: u32 = 7 * 60;

impl Default for Choice {
    fn default() -> Self {
        Choice {
            chosen: HashMap::new(),
            daily_at: DAILY_AT,
            quiet: None,
            quiet_weekend: false,
        }
    }
}

impl Choice {
    /// By which way this person is told of such things.
    pub fn channel(&self, topic: Topic) -> Channel {
        let chosen = self.chosen.get(&topic).copied();
        chosen.unwrap_or_else(|| Channel::usual(topic))
    }

    /// Chooses a way.
    pub fn choose(&mut self, topic: Topic, channel: Channel) {
        self.chosen.insert(topic, channel);
    }

    /// When a mail is due about what was told at that instant; none when there is no mail. Pure.
    pub fn due(&self, topic: Topic, told_at: Instant) -> Option<Instant> {
        let due = match self.channel(topic) {
            Channel::Off | Channel::Page => return None,
            Channel::AtOnce => told_at,
            Channel::Hourly => next_hour(told_at),
            Channel::Daily => self.next_daily(told_at),
        };
        Some(self.awake(due))
    }

    /// That instant, or the end of the quiet time it lies in.
    pub fn awake(&self, at: Instant) -> Instant {
        let mut at = at;
        // A quiet night can end on a quiet weekend, and that in a quiet night.
        for _ in 0..4 {
            match self.quiet_until(at) {
                Some(until) if until > at => at = until,
                _ => break,
            }
        }
        at
    }

    fn quiet_until(&self, at: Instant) -> Option<Instant> {
        let local = clock::local(at);
        let (today, minute) = (local.date(), local.hour() * 60 + local.minute());
        if self.quiet_weekend {
            let left = match today.weekday() {
                Weekday::Sat => 2,
                Weekday::Sun => 1,
                _ => 0,
            };
            if left > 0 {
                return today.checked_add_days(Days::new(left)).map(clock::begin_of);
            }
        }
        let Quiet { from, to } = self.quiet?;
        let is_over_midnight = from > to;
        let is_quiet = match is_over_midnight {
            false => (from..to).contains(&minute),
            true => minute >= from || minute < to,
        };
        if !is_quiet {
            return None;
        }
        let ends_tomorrow = is_over_midnight && minute >= from;
        let day = today.checked_add_days(Days::new(u64::from(ends_tomorrow)))?;
        Some(clock::at(on(day, to)))
    }

    fn next_daily(&self, after: Instant) -> Instant {
        let today = clock::day(after);
        let days = [today, today.succ_opt().unwrap_or(today)];
        let times = days.map(|day| clock::at(on(day, self.daily_at)));
        times.into_iter().find(|at| *at > after).unwrap_or(after)
    }

    fn of_row(row: &Model) -> Choice {
        let minute = |at: i32| u32::try_from(at).ok().filter(|at| *at < DAY_MINUTES);
        let pairs = row.channels.split(',').filter_map(|pair| {
            let (topic, channel) = pair.split_once('=')?;
            Some((Topic::from_name(topic)?, Channel::from_name(channel)?))
        });
        let quiet = row
            .quiet_from
            .and_then(minute)
            .zip(row.quiet_to.and_then(minute));
        Choice {
            chosen: pairs.collect(),
            daily_at: minute(row.daily_at).unwrap_or(DAILY_AT),
            quiet: quiet.map(|(from, to)| Quiet { from, to }),
            quiet_weekend: row.quiet_weekend,
        }
    }

    fn written(&self) -> String {
        let chosen = Topic::ALL.into_iter().filter_map(|topic| {
            let channel = self.channel(topic);
            let differs = channel != Channel::usual(topic);
            differs.then(|| format!("{}={}", topic.name(), channel.name()))
        });
        chosen.collect::<Vec<_>>().join(",")
    }
}

fn on(day: NaiveDate, minute: u32) -> NaiveDateTime {
    let time = NaiveTime::from_hms_opt(minute / 60, minute % 60, 0);
    day.and_time(time.unwrap_or_default())
}

fn next_hour(after: Instant) -> Instant {
    let local = clock::local(after);
    let begun = on(local.date(), local.hour() * 60);
    clock::at(begun + Duration::hours(1)).max(after)
}

/// What a person chose.
pub async fn of(db: &Db, person_id: Uuid) -> Result<Choice> {
    let row = Entity::find_by_id(person_id).one(db.reader()).await?;
    Ok(row.as_ref().map(Choice::of_row).unwrap_or_default())
}

/// What these people chose; the usual for those who are missing.
pub(crate) async fn of_all(
    c: &impl ConnectionTrait,
    people: impl Iterator<Item = Uuid>,
) -> Result<HashMap<Uuid, Choice>> {
    let people = few_forms(people);
    if people.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = Entity::find()
        .filter(Column::PersonId.is_in(people))
        .all(c)
        .await?;
    let choices = rows.iter().map(|row| (row.person_id, Choice::of_row(row)));
    Ok(choices.collect())
}

/// Keeps what a person chose; what they have not read and was not mailed is told by the new choice.
pub async fn keep(db: &Db, person_id: Uuid, choice: &Choice) -> Result<()> {
    let sql = "INSERT INTO notify_choice (person_id, channels, daily_at, quiet_from, quiet_to, quiet_weekend) \
               VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (person_id) DO UPDATE SET channels = excluded.channels, \
               daily_at = excluded.daily_at, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to, \
               quiet_weekend = excluded.quiet_weekend";
    let minute = |at: u32| i32::try_from(at).ok();
    let values = vec![
        person_id.into(),
        choice.written().into(),
        minute(choice.daily_at).into(),
        choice.quiet.and_then(|quiet| minute(quiet.from)).into(),
        choice.quiet.and_then(|quiet| minute(quiet.to)).into(),
        choice.quiet_weekend.into(),
    ];
    db.write_statement(sql, values).await?;
    let again = "UPDATE notice SET mail_at = at WHERE person_id = $1 AND mail_at IS NOT NULL";
    db.write_statement(again, vec![person_id.into()]).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// In local time, in the winter.
    fn at(text: &str) -> Instant {
        clock::at(NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap())
    }

    fn choice(channel: Channel) -> Choice {
        let mut choice = Choice::default();
        choice.choose(Topic::Own, channel);
        choice
    }

    #[test]
    fn a_mail_is_due_at_once_at_the_next_hour_or_at_the_time_of_the_day() {
        let told = at("2026-12-01 10:20");
        let due = |channel| choice(channel).due(Topic::Own, told);
        assert_eq!(due(Channel::Off), None);
        assert_eq!(due(Channel::Page), None);
        assert_eq!(due(Channel::AtOnce), Some(told));
        assert_eq!(due(Channel::Hourly), Some(at("2026-12-01 11:00")));
        assert_eq!(due(Channel::Daily), Some(at("2026-12-02 07:00")));
        let early = at("2026-12-01 06:00");
        let daily = choice(Channel::Daily).due(Topic::Own, early);
        assert_eq!(daily, Some(at("2026-12-01 07:00")));
    }

    #[test]
    fn what_falls_into_quiet_hours_or_a_quiet_weekend_waits_for_their_end() {
        let mut choice = choice(Channel::AtOnce);
        choice.quiet = Some(Quiet {
            from: 18 * 60,
            to: 6 * 60 + 30,
        });
        let due = |choice: &Choice, told| choice.due(Topic::Own, at(told)).unwrap();
        assert_eq!(due(&choice, "2026-12-03 18:00"), at("2026-12-04 06:30"));
        assert_eq!(due(&choice, "2026-12-04 06:29"), at("2026-12-04 06:30"));
        assert_eq!(due(&choice, "2026-12-04 06:30"), at("2026-12-04 06:30"));
        assert_eq!(due(&choice, "2026-12-04 19:00"), at("2026-12-05 06:30"));
        choice.quiet_weekend = true;
        // Friday night, Saturday and Sunday end on Monday morning.
        assert_eq!(due(&choice, "2026-12-04 19:00"), at("2026-12-07 06:30"));
        assert_eq!(due(&choice, "2026-12-06 12:00"), at("2026-12-07 06:30"));
        choice.quiet = Some(Quiet {
            from: 12 * 60,
            to: 13 * 60,
        });
        assert_eq!(due(&choice, "2026-12-03 12:30"), at("2026-12-03 13:00"));
        assert_eq!(due(&choice, "2026-12-03 13:30"), at("2026-12-03 13:30"));
    }

    #[test]
    fn choices_survive_their_row_and_say_only_what_differs() {
        let mut choice = choice(Channel::Daily);
        choice.choose(Topic::Mentioned, Channel::AtOnce);
        assert_eq!(choice.written(), "own=daily");
        let row = Model {
            person_id: Uuid::nil(),
            channels: "own=daily,gone=page,team=nowhere".to_owned(),
            daily_at: 99_999,
            quiet_from: Some(60),
            quiet_to: None,
            quiet_weekend: true,
        };
        let read = Choice::of_row(&row);
        assert_eq!(read.channel(Topic::Own), Channel::Daily);
        assert_eq!(read.channel(Topic::Team), Channel::Page);
        assert_eq!((read.daily_at, read.quiet), (DAILY_AT, None));
    }
}
