//! Calendars and times to keep, for tests about deadlines.

use entities::Uuid;
use entities::calendar::{self, Calendar, CalendarFacts};
use entities::first_start::office_in_berlin;
use entities::setting::Create;
use entities::time_limit::{Goals, TimeLimit, TimeLimitFacts, Times};

use super::TestDesk;

/// An hour to answer and eight to solve, whatever the priority.
pub fn an_hour_and_a_day() -> Goals {
    let times = Times {
        first_answer: Some(60),
        solution: Some(480),
    };
    Goals {
        low: times,
        normal: times,
        high: times,
        very_high: times,
    }
}

impl TestDesk {
    /// A calendar in which all time counts, so that a test does not depend on when it runs.
    pub async fn always(&self) -> Uuid {
        let all_day = entities::calendar::Span { from: 0, to: 1440 };
        let facts = CalendarFacts {
            name: "Immer".to_owned(),
            week: std::array::from_fn(|_| vec![all_day]),
            holidays: None,
            days: vec![],
        };
        self.console(Create::<Calendar> { facts, once: None })
            .await
            .id
    }

    /// A calendar with the hours of an office in Berlin.
    pub async fn calendar(&self, name: &str) -> Uuid {
        let facts = CalendarFacts {
            name: name.to_owned(),
            ..office_in_berlin()
        };
        self.console(calendar::Create { facts, once: None })
            .await
            .id
    }

    /// Times to keep in hours of a calendar, for services that name them.
    pub async fn time_limit(&self, name: &str, calendar_id: Uuid, goals: Goals) -> Uuid {
        self.make_limit(name, calendar_id, false, goals).await
    }

    /// Times to keep where no others are named.
    pub async fn general_limit(&self, calendar_id: Uuid, goals: Goals) -> Uuid {
        self.make_limit("Allgemein", calendar_id, true, goals).await
    }

    async fn make_limit(
        &self,
        name: &str,
        calendar_id: Uuid,
        standard: bool,
        goals: Goals,
    ) -> Uuid {
        let facts = TimeLimitFacts {
            name: name.to_owned(),
            calendar_id,
            standard,
            goals,
        };
        self.console(Create::<TimeLimit> { facts, once: None })
            .await
            .id
    }
}
