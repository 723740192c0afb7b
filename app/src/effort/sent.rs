//! Effort that is booked along with what is sent: the minutes proposed in the composer, and the booking they become.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use entities::activity::Activity;
use entities::draft::Mode;
use entities::effort::{Book, Booking, Standing, Timer, timer};
use entities::ledger::{Done, Step};
use entities::ticket::Ticket;
use entities::{DeskError, Permission, Permit, Rejected, Uuid};
use maud::{Markup, html};

use super::form::{activity_words, usual_activity};
use super::minutes::{minutes, to_five};
use crate::error::Result;
use crate::tickets::composer::Composer;
use crate::tickets::composer::written::Written;
use crate::web::cx::Cx;

/// The id of the field.
pub const EFFORT: &str = "composer-effort";

/// An answer that took longer was not written all the time.
const LONGEST: TimeDelta = TimeDelta::hours(10);

/// What can be booked along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    activity: Activity,
    /// The reader's timer on this ticket, with its minutes, and whether it runs.
    timer: Option<(Uuid, i32, bool)>,
}

impl Proposal {
    /// What can be booked along in a mode; nothing for those who book none, and while there is no activity.
    pub async fn read(cx: &Cx, ticket: &Ticket, mode: Mode) -> Result<Option<Proposal>> {
        Proposal::beside(cx, ticket, mode, None).await
    }

    /// The same on a page that knows the reader's timers already, at least those on the ticket.
    pub async fn beside(
        cx: &Cx,
        ticket: &Ticket,
        mode: Mode,
        timers: Option<&[Timer]>,
    ) -> Result<Option<Proposal>> {
        let is_meant = matches!(mode, Mode::Reply | Mode::Note | Mode::Call);
        if !is_meant || !cx.may(Permission::BookEffort, ticket.place()) {
            return Ok(None);
        }
        let Some(activity) = usual_activity(cx).await? else {
            return Ok(None);
        };
        let read = match timers {
            Some(_) => vec![],
            None => timer::own(&cx.db, &cx.actor).await?,
        };
        let own = timers.unwrap_or(&read);
        let of_ticket = own.iter().filter(|timer| timer.row.ticket_id == ticket.id);
        let mut measured = of_ticket.filter_map(|timer| match timer.standing(cx.now.at) {
            Standing::Running(minutes) | Standing::Stopped(minutes) => {
                Some((timer.row.id, minutes, timer.row.stopped_at.is_none()))
            }
            // How long that really was is asked elsewhere.
            Standing::LeftRunning => None,
        });
        Ok(Some(Proposal {
            activity,
            timer: measured.next(),
        }))
    }

    /// How long it has taken so far, and to how many minutes that is rounded.
    fn taken(&self, cx: &Cx, written: &Written) -> (i64, i64) {
        match self.timer {
            Some((_, minutes, _)) => (i64::from(minutes), 1),
            None => {
                let opened = opened(cx, written);
                let taken = cx.now.at - opened;
                let is_believed = taken <= LONGEST
                    && cx.now.local(opened).date_naive() == cx.now.today()
                    && taken >= TimeDelta::zero();
                (if is_believed { taken.num_minutes() } else { 0 }, 5)
            }
        }
    }
}

/// When the composer was opened.
fn opened(cx: &Cx, written: &Written) -> DateTime<Utc> {
    written.opened.parse().unwrap_or(cx.now.at)
}

/// The field in the composer's foot.
pub fn effort_field(cx: &Cx, composer: &Composer) -> Markup {
    let Some(proposal) = &composer.effort else {
        return html! {};
    };
    let written = &composer.written;
    let (taken, step) = proposal.taken(cx, written);
    let proposed = match step {
        1 => taken,
        _ => to_five(taken),
    };
    let value = match written.effort.as_str() {
        "" if proposed > 0 => proposed.to_string(),
        typed => typed.to_owned(),
    };
    let grows = proposal.timer.is_none_or(|(_, _, runs)| runs) && written.effort.is_empty();
    let fault = composer.fault(EFFORT);
    let opened = opened(cx, written).to_rfc3339_opts(SecondsFormat::Secs, true);
    let said = [(
        "activity",
        activity_words(cx.locale, &proposal.activity).into(),
    )];
    let words = cx.locale.t_with("effort-in-composer-hint", &said);
    html! {
        label class="cluster small composer__effort" title=(words) {
            span { (cx.t("effort-in-composer")) }
            input class="input input--min" id=(EFFORT) name="effort" inputmode="numeric" autocomplete="off" value=(value)
                aria-label=(words) aria-invalid=[fault.map(|_| "true")]
                data-minutes=[grows.then_some(taken)] data-step=(step);
            span class="muted" { (cx.t("effort-unit")) }
        }
        input type="hidden" name="opened" value=(opened);
        @if let Some((id, _, _)) = proposal.timer { input type="hidden" name="effort_timer" value=(id); }
    }
}

/// A booking that may be written.
pub type Booked = (Permit<Book>, Book);

/// The booking that goes along, if minutes stand in the field; the fault when they are none.
pub fn booking(
    cx: &Cx,
    ticket: &Ticket,
    written: &Written,
    proposal: Option<Proposal>,
) -> Result<Result<Option<Booked>, (String, String)>> {
    let typed = written.effort.trim();
    let Some(proposal) = proposal.filter(|_| !typed.is_empty()) else {
        return Ok(Ok(None));
    };
    let minutes = match minutes(typed) {
        Some(0) => return Ok(Ok(None)),
        Some(minutes) => minutes,
        None => return Ok(Err((EFFORT.to_owned(), cx.t("effort-fault-minutes")))),
    };
    let command = Book {
        ticket_id: ticket.id,
        booking: Booking {
            minutes,
            day: cx.now.today(),
            activity_id: proposal.activity.id,
            remark: None,
            timer_id: Uuid::try_parse(&written.effort_timer).ok(),
            // What it goes along with is sent once.
            once: None,
        },
    };
    Ok(Ok(Some((Permit::ask(&cx.actor, ticket.clone())?, command))))
}

/// Whether the booking is what a state of the model forbids.
pub fn is_about(why: Rejected) -> bool {
    matches!(
        why,
        Rejected::NotMinutes | Rejected::DayFull | Rejected::TimerEnded | Rejected::DayToCome
    )
}

/// Writes a message, with the effort it took when there is some.
pub async fn along(
    cx: &Cx,
    step: Step<Ticket>,
    booking: Option<Booked>,
) -> Result<Done<Ticket>, DeskError> {
    let mut done = match booking {
        Some(booking) => cx.db.change_series_with(vec![step], booking).await?,
        None => cx.db.change_series(vec![step]).await?,
    };
    done.pop().unwrap_or(Err(DeskError::Hidden))
}
