//! The start page and the fragment that keeps it true.

use chrono::{NaiveDate, NaiveTime};
use entities::Permission;
use entities::absence::feed;
use entities::absence::list::Out;
use entities::effort::{Standing, Timer, timer};
use entities::inbound::failed::{self, Unsettled};
use entities::outgoing::stop::{self, Stop};
use entities::policy::Place;
use entities::recurring::{self, RecurringTask};
use entities::ticket::checklist::{Due, due};
use entities::ticket::counts::{self, Counts};
use entities::ticket::filter::{Filter, OwnerIs};
use entities::ticket::list::{self, Direction, Row, Sort, SortBy};
use entities::ticket::take::{takeable, takeable_count};
use entities::ticket::undelivered::{Undelivered, returned, undelivered};
use maud::{Markup, html};
use poem::handler;
use tokio::try_join;

use super::due::{merged, mine};
use super::greeting::{date_line, greeting};
use super::lines::lines;
use super::new::new;
use crate::absences::{away, covering, meanwhile};
use crate::error::Result;
use crate::settings::area as settings;
use crate::web::cx::Cx;
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{Tone, glyph, notice};
use crate::web::url::{self, Url};
use crate::web::views::views;

/// The most of one's own tickets.
const MOST_MINE: u64 = 20;
/// The most new ones.
const MOST_NEW: u64 = 6;
/// The most lines of checklists.
const MOST_LINES: u64 = 20;
/// The most tickets with failed mail that are named.
const MOST_UNDELIVERED: u64 = 5;

struct Work {
    counts: Counts,
    mine: Vec<Row>,
    takeable: i64,
    new: Vec<Row>,
    undelivered: Vec<Undelivered>,
    /// The reader's own tickets with mail that came back.
    returned: Vec<Undelivered>,
    /// Incoming mails that became no ticket; none for those who may not settle them.
    unread_mails: Unsettled,
    /// Lines of checklists that the reader has to do by today.
    lines: Vec<Due>,
    /// Tasks by date for which nobody is there, with the day.
    away: Vec<(RecurringTask, NaiveDate)>,
    /// How many measured times wait to be booked.
    measured: usize,
    /// The reader's timer that runs.
    running: Option<Timer>,
    /// What stopped the automatic answers; none for those who cannot let them go on.
    stop: Option<Stop>,
    /// Tickets of people who are away that cannot wait.
    covered: Vec<Row>,
    /// Colleagues who are away today.
    out: Vec<Out>,
    meanwhile: Option<meanwhile::Told>,
    /// Whether the calendar of the reader's absences could not be read for a day.
    calendar_fails: bool,
}

/// `GET /`
#[handler]
pub async fn show(cx: Cx) -> Result<Markup> {
    let work = work(&cx).await?;
    let fragment = start(&cx, &work);
    if cx.wants_fragment() {
        return Ok(fragment);
    }
    let views = views(&cx, "").await?;
    let frame = cx.frame_knowing(Area::Start, views, work.running).await?;
    Ok(frame.page(&cx.t("nav-start"), Stage::Plain, &fragment))
}

async fn work(cx: &Cx) -> Result<Work> {
    let tomorrow = cx.now.today().succ_opt().unwrap_or(cx.now.today());
    let end_of_day = cx.now.instant(tomorrow, NaiveTime::MIN);
    let own = Filter {
        owners: vec![OwnerIs::Me],
        ..Filter::default()
    };
    let first = async |by| {
        let sort = Sort {
            by,
            direction: Direction::Ascending,
        };
        list::list(&cx.db, &cx.actor, &own, sort, None, MOST_MINE).await
    };
    let (db, actor) = (&cx.db, &cx.actor);
    let to_take = async || match actor.may_somewhere(Permission::Assign) {
        true => takeable(db, actor, MOST_NEW).await,
        false => Ok(vec![]),
    };
    let timers = async || match actor.may_somewhere(Permission::BookEffort) {
        true => timer::own(db, actor).await,
        false => Ok(vec![]),
    };
    let (
        by_due,
        by_reminder,
        counts,
        takeable,
        new,
        undelivered,
        returned,
        unread_mails,
        lines,
        timers,
        away,
    ) = try_join!(
        first(SortBy::Due),
        first(SortBy::Reminder),
        counts::counts(db, actor, end_of_day),
        takeable_count(db, actor),
        to_take(),
        undelivered(db, actor, MOST_UNDELIVERED),
        returned(db, actor, MOST_UNDELIVERED),
        failed::unsettled(db, actor),
        due(db, actor, cx.now.today(), MOST_LINES),
        timers(),
        recurring::away(db, actor, cx.now.today()),
    )?;
    let mut running = timers.iter();
    let running = running.find(|timer| timer.row.stopped_at.is_none());
    let measures = |timer: &&Timer| matches!(timer.standing(cx.now.at), Standing::Running(_));
    let measured = timers.len() - timers.iter().filter(measures).count();
    Ok(Work {
        counts,
        mine: merged(by_due.rows, by_reminder.rows, MOST_MINE as usize),
        takeable,
        new,
        undelivered,
        returned,
        unread_mails,
        lines,
        away,
        measured,
        running: running.cloned(),
        stop: match cx.may(Permission::ManageMailboxes, Place::Desk) {
            true => stop::current(db).await?,
            false => None,
        },
        covered: covering::today(cx, end_of_day).await?,
        out: away::today(cx).await?,
        meanwhile: meanwhile::told(cx).await?,
        calendar_fails: match actor.may_somewhere(Permission::ReadTickets) {
            true => feed::own(db, actor)
                .await?
                .is_some_and(|of| of.fails_long(cx.now.at)),
            false => false,
        },
    })
}

/// Everything below the bar, fetched anew when a visible ticket changes.
fn start(cx: &Cx, work: &Work) -> Markup {
    html! {
        div id="start" class="scroll start" tabindex="-1" hx-get=(url::start()) hx-trigger="tickets from:#events" hx-swap="outerMorph" {
            div class="start__head" {
                div {
                    h1 { (greeting(cx)) }
                    p class="muted" { (date_line(cx.locale, &cx.now)) }
                }
                (pulse(cx, work))
            }
            (failed_mail(cx, "start-undelivered", &work.undelivered))
            (failed_mail(cx, "start-returned", &work.returned))
            (unread_mail(cx, work.unread_mails))
            @if work.stop.is_some() { (stopped_answers(cx)) }
            @for (task, day) in &work.away { (nobody_there(cx, task, *day)) }
            @if work.calendar_fails { (calendar_fails(cx)) }
            @if work.measured > 0 { (measured_times(cx, work.measured)) }
            div class="start__cols" {
                div class="start__side" {
                    (meanwhile::sheet(cx, work.meanwhile.as_ref()))
                    (covering::covering(cx, &work.covered))
                    (mine(cx, work.counts.mine.all, work.counts.mine.today, &work.mine))
                }
                div class="start__side" {
                    (lines(cx, &work.lines))
                    (new(cx, work.takeable, &work.new))
                    (away::away(cx, &work.out))
                }
            }
        }
    }
}

fn pulse(cx: &Cx, work: &Work) -> Markup {
    let own = || url::tickets().with("owner", "me");
    let fresh = url::tickets().with("state", "new").with("owner", "nobody");
    let counts = &work.counts;
    html! {
        ul class="pulse" role="list" {
            @if counts.mine.overdue > 0 {
                (beat(cx, &own().with("due", "overdue"), Some("error"), counts.mine.overdue, "start-count-overdue"))
            }
            (beat(cx, &own().with("due", "today"), None, counts.mine.due_today, "start-count-due"))
            (beat(cx, &fresh, Some("new"), counts.new_unassigned, "start-count-new"))
            (beat(cx, &own().with("reminder", "today"), None, counts.mine.reminders_today, "start-count-today"))
            (beat(cx, &own(), None, counts.mine.all, "start-count-mine"))
        }
    }
}

fn beat(cx: &Cx, url: &Url, state: Option<&str>, count: i64, words: &str) -> Markup {
    html! {
        li {
            a href=(url) data-state=[state] {
                b class="num" { (cx.locale.number(count)) }
                @if state == Some("error") { (glyph("late")) }
                span { (cx.locale.t_with(words, &[("count", count.into())])) }
            }
        }
    }
}

fn failed_mail(cx: &Cx, words: &str, tickets: &[Undelivered]) -> Markup {
    if tickets.is_empty() {
        return html! {};
    }
    let links = html! {
        (cx.t("start-undelivered-look")) " "
        @for (index, ticket) in tickets.iter().enumerate() {
            @if index > 0 { ", " }
            a class="no" href=(url::ticket(&ticket.number)) title=(ticket.title) { (ticket.number) }
        }
    };
    notice(Tone::Error, &cx.t(words), &links)
}

/// Nobody but an administrator can let automatic answers go on.
fn stopped_answers(cx: &Cx) -> Markup {
    let link = html! { a href=(url::automatic_answers()) { (cx.t("start-unread-mail-look")) } };
    notice(Tone::Error, &cx.t("settings-mail-stopped"), &link)
}

/// A task waits in its team when neither main nor deputy is there.
fn nobody_there(cx: &Cx, task: &RecurringTask, day: NaiveDate) -> Markup {
    let said = [
        ("name", task.name.as_str().into()),
        ("day", cx.locale.dated_day(day, &cx.now).into()),
    ];
    let words = cx.locale.t_with("start-tasks-away", &said);
    let link = html! {
        @if cx.may(Permission::ManageServices, Place::Desk) {
            a href=(settings::Area::Tasks.entry(task.id)) { (cx.t("recurring")) }
        }
    };
    notice(Tone::Warn, &words, &link)
}

/// Nobody looks at the page of a calendar that was named once; colleagues count on what stands in it.
fn calendar_fails(cx: &Cx) -> Markup {
    let link = html! { a href=(url::absence_calendar()) { (cx.t("absence-calendar-title")) } };
    notice(Tone::Warn, &cx.t("start-calendar-fails"), &link)
}

/// What was measured is worth nothing until it is booked.
fn measured_times(cx: &Cx, count: usize) -> Markup {
    let words = cx.locale.t_with("start-timers", &[("count", count.into())]);
    let link = html! { a href=(url::effort()) { (cx.t("effort-own")) } };
    notice(Tone::Info, &words, &link)
}

fn unread_mail(cx: &Cx, mails: Unsettled) -> Markup {
    let link = html! { a href=(url::mail_to_settle()) { (cx.t("start-unread-mail-look")) } };
    let said = |tone, key, count: i64| {
        let words = cx.locale.t_with(key, &[("count", count.into())]);
        notice(tone, &words, &link)
    };
    html! {
        @if mails.alarms > 0 {
            (said(Tone::Error, "start-mail-alarm", mails.alarms))
        } @else if mails.failed > 0 {
            (said(Tone::Warn, "start-unread-mail", mails.failed))
        }
    }
}
