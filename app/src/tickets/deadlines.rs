//! The deadlines of an open ticket: the band at its head, and among its facts what each is made of.

use chrono::TimeDelta;
use entities::Instant;
use entities::calendar::Hours;
use entities::deadline::{Goal, Outlook, Rules, Standing};
use entities::ticket::Ticket;
use maud::{Markup, html};

use crate::web::cx::Cx;
use crate::web::parts::{Words, due_sign, due_time, icon_small, moment};

/// What the band draws, in time of the calendar.
struct Reckoned {
    /// Since the ticket was opened, until now or the end of the work.
    used: TimeDelta,
    held: TimeDelta,
    /// Until the last goal, stops included.
    whole: TimeDelta,
    /// Where the first answer has its place.
    first: Option<TimeDelta>,
}

impl Reckoned {
    fn of(ticket: &Ticket, hours: &Hours, now: Instant) -> Option<Reckoned> {
        let minutes = |minutes: Option<i32>| minutes.map(|m| TimeDelta::minutes(m.into()));
        let first = minutes(ticket.first_answer_minutes);
        let goal = minutes(ticket.solution_minutes).or(first)?;
        let held = held(ticket, hours, now);
        let until = ticket.solved_at.filter(|_| !ticket.active).unwrap_or(now);
        Some(Reckoned {
            used: hours.between(ticket.created_at, until),
            held,
            whole: goal + held,
            first: first.filter(|_| ticket.solution_minutes.is_some()),
        })
    }

    fn share(&self, time: TimeDelta) -> f64 {
        let whole = self.whole.num_seconds().max(1) as f64;
        (time.num_seconds() as f64 * 100.0 / whole).clamp(0.0, 100.0)
    }
}

/// For how long the clock was stopped so far.
fn held(ticket: &Ticket, hours: &Hours, now: Instant) -> TimeDelta {
    let lasting = ticket
        .held_since
        .map_or(TimeDelta::zero(), |since| hours.between(since, now));
    TimeDelta::microseconds(ticket.held_us) + lasting
}

/// The band `.band`: a bar of what is used, stopped and aimed at, and the same in words.
pub fn band(cx: &Cx, ticket: &Ticket, rules: &Rules) -> Markup {
    let outlook = ticket.outlook();
    let standing = outlook.standing(cx.now.at);
    let hours = ticket.calendar_id.and_then(|id| rules.hours(id));
    let Some((hours, reckoned)) = hours.and_then(|hours| {
        let reckoned = Reckoned::of(ticket, hours, cx.now.at)?;
        Some((hours, reckoned)).filter(|_| standing != Standing::None)
    }) else {
        return html! {};
    };
    html! {
        div class="band" data-due=(due_sign(standing)) {
            (bar(ticket, &reckoned))
            p class="band__text" {
                (first_answer(cx, ticket, &outlook, hours))
                @if reckoned.held >= TimeDelta::minutes(1) {
                    span { (said(cx, "band-held", "time", cx.locale.hours(reckoned.held))) }
                }
                strong { (next(cx, ticket, &outlook, standing, rules, hours)) }
            }
        }
    }
}

/// How long it was stopped is known, not when; it is drawn behind the first answer, or up to now while it lasts.
fn bar(ticket: &Ticket, reckoned: &Reckoned) -> Markup {
    let used = reckoned.share(reckoned.used);
    let held = reckoned.share(reckoned.held).min(used);
    let goal = reckoned.first.map(|first| reckoned.share(first));
    let begin = match ticket.held_since {
        Some(_) => used - held,
        None => goal.unwrap_or_default().min(used - held),
    };
    html! {
        svg class="band__bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            rect class="used" width={ (format!("{used:.1}")) } height="4" {}
            @if held > 0.0 { rect class="hold" x={ (format!("{begin:.1}")) } width={ (format!("{held:.1}")) } height="4" {} }
            @if let Some(goal) = goal { rect class="goal" x={ (format!("{goal:.1}")) } width=".5" height="4" {} }
        }
    }
}

fn said(cx: &Cx, key: &str, name: &'static str, value: String) -> String {
    cx.locale.t_with(key, &[(name, value.into())])
}

fn until(cx: &Cx, goal: Goal, due: Instant) -> String {
    let key = match goal {
        Goal::FirstAnswer => "deadline-first-answer-until",
        Goal::Solution => "deadline-solution-until",
    };
    said(cx, key, "time", cx.locale.moment(due, &cx.now))
}

/// Whether a deadline was kept, as a sign.
fn kept(cx: &Cx, is_kept: bool) -> Markup {
    html! {
        @if is_kept { (icon_small("check")) }
        @else { (icon_small("warn")) span class="sr" { (cx.t("band-late")) " " } }
    }
}

/// How the first answer went, or until when it is due when something else comes before.
fn first_answer(cx: &Cx, ticket: &Ticket, outlook: &Outlook, hours: &Hours) -> Markup {
    let Some(due) = ticket.first_answer_due_at else {
        return html! {};
    };
    match ticket.first_reply_at {
        Some(at) => {
            let took = cx.locale.hours(hours.between(ticket.created_at, at));
            html! {
                span {
                    (cx.t("deadline-first-answer")) " "
                    (kept(cx, at <= due)) " " (took)
                }
            }
        }
        None if outlook.goal() == Some(Goal::Solution) => {
            html! { span { (until(cx, Goal::FirstAnswer, due)) } }
        }
        None => html! {},
    }
}

fn next(
    cx: &Cx,
    ticket: &Ticket,
    outlook: &Outlook,
    standing: Standing,
    rules: &Rules,
    hours: &Hours,
) -> Markup {
    let goal = outlook.goal();
    match (goal.zip(ticket.due_at), standing, goal) {
        (Some((goal, due)), _, _) => {
            let is_near = (due - cx.now.at).abs() < TimeDelta::hours(24);
            html! {
                (until(cx, goal, due))
                @if is_near { " · " (due_time(cx.locale, &cx.now, due, Words::Full)) }
                @else if standing == Standing::Overdue { " · " (cx.t("band-overdue")) }
            }
        }
        (None, Standing::Held, Some(goal)) => {
            let left = outlook.left(goal, rules, cx.now.at).unwrap_or_default();
            html! { (cx.t("due-held")) " · " (said(cx, "band-left", "time", cx.locale.hours(left))) }
        }
        _ => ended(cx, ticket, hours),
    }
}

fn ended(cx: &Cx, ticket: &Ticket, hours: &Hours) -> Markup {
    let (Some(solved), Some(due)) = (ticket.solved_at, ticket.solution_due_at) else {
        return html! {};
    };
    let took = hours.between(ticket.created_at, solved) - TimeDelta::microseconds(ticket.held_us);
    let key = match solved <= due {
        true => "band-solved-in-time",
        false => "band-solved-late",
    };
    html! { (said(cx, key, "time", cx.locale.hours(took.max(TimeDelta::zero())))) }
}

/// The group of facts: both deadlines with what they are made of.
pub fn deadline_facts(cx: &Cx, ticket: &Ticket, rules: &Rules) -> Markup {
    let outlook = ticket.outlook();
    let Some((calendar_id, hours)) = ticket
        .calendar_id
        .and_then(|id| Some((id, rules.hours(id)?)))
        .filter(|_| outlook.standing(cx.now.at) != Standing::None)
    else {
        return html! {};
    };
    let calendar = rules.calendar_name(calendar_id).unwrap_or_default();
    let held = held(ticket, hours, cx.now.at);
    let goal = |goal: Goal, words: &str, done: Option<Instant>| {
        let (due, minutes) = (outlook.deadlines.due(goal), outlook.deadlines.minutes(goal));
        html! {
            @if let (Some(due), Some(minutes)) = (due, minutes) {
                div class="fact" {
                    dt { (cx.t(words)) }
                    dd {
                        (moment(cx.locale, &cx.now, due))
                        @if let Some(at) = done {
                            br;
                            (kept(cx, at <= due)) " " (moment(cx.locale, &cx.now, at))
                        }
                        br; span class="small muted" {
                            (cx.locale.t_with("deadline-made-of", &[
                                ("time", cx.locale.hours(TimeDelta::minutes(minutes.into())).into()),
                                ("calendar", calendar.into()),
                            ]))
                        }
                    }
                }
            }
        }
    };
    html! {
        details open {
            summary { h2 { (cx.t("deadlines")) } }
            div class="facts__in" {
                dl class="factlist" {
                    (goal(Goal::FirstAnswer, "deadline-first-answer", ticket.first_reply_at))
                    (goal(Goal::Solution, "deadline-solution", ticket.solved_at))
                    @if held >= TimeDelta::minutes(1) || ticket.held_since.is_some() {
                        div class="fact" {
                            dt { (cx.t("deadline-held")) }
                            dd {
                                (cx.locale.hours(held))
                                @if let Some(since) = ticket.held_since {
                                    br; span class="small muted" { (said(cx, "due-since-moment", "moment", cx.locale.moment(since, &cx.now))) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
