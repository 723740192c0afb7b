//! With whom a ticket is shared: the repair, its clocks, the vendor's fields, and the steps that are ours.

use chrono::TimeDelta;
use entities::ticket::fault::HANGS;
use entities::ticket::share::read::Row;
use entities::ticket::share::{Repair, Side, VendorShare};
use entities::ticket::{State, Ticket};
use entities::{Instant, Permission};
use maud::{Markup, html};

use super::words::{assessment, hours, repair};
use crate::tickets::facts::Around;
use crate::tickets::fault::fault_url;
use crate::tickets::list_from::From;
use crate::web::cx::Cx;
use crate::web::form;
use crate::web::parts::{
    Look, Words, button, button_link, due_time, foreign, glyph, icon, moment, name, submit,
};
use crate::web::url;

/// The section `#facts-shares` of the panel.
pub fn shares(cx: &Cx, ticket: &Ticket, around: &Around, from: &From) -> Markup {
    let rows = &around.shares;
    let is_alive = !matches!(ticket.state, State::Merged | State::Closed);
    let may_share = is_alive && cx.may(Permission::ShareWithVendor, ticket.place());
    let (open, ended): (Vec<&Row>, Vec<&Row>) = rows
        .iter()
        .partition(|row| row.share.withdrawn_at.is_none());
    let add = url::ticket_part(&ticket.number, "shares/new");
    html! {
        @if !rows.is_empty() || may_share {
            details open id="facts-shares" {
                summary { h2 { (cx.t("shares-title")) } span class="tally" { (cx.locale.number(open.len() as i64)) } }
                div class="facts__in" {
                    @if open.is_empty() { p class="pad small muted" { (cx.t("shares-none")) } }
                    @for row in &open { (share(cx, ticket, row, from)) }
                    @if !ended.is_empty() {
                        ul class="plain small muted pad" {
                            @for row in &ended {
                                @let at = row.share.withdrawn_at.unwrap_or(row.share.shared_at);
                                li { (foreign(&row.organisation)) ": " (cx.t("share-withdrawn")) " " (moment(cx.locale, &cx.now, at)) }
                            }
                        }
                    }
                    @if !open.is_empty() { (whole_fault(cx, ticket, around, &open)) }
                    @if may_share {
                        div class="cluster links__ways" {
                            a class="kern-btn kern-btn--tertiary" href=(add) hx-get=(add) hx-target="#ticket-content" hx-swap="innerHTML show:top" {
                                (icon("factory")) span class="kern-label" { (cx.t("share-heading")) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The way to what else hangs on the fault; once a repair is live, it is to tell everybody.
fn whole_fault(cx: &Cx, ticket: &Ticket, around: &Around, open: &[&Row]) -> Markup {
    let hanging = around.links.iter();
    let hanging = hanging.filter(|link| HANGS.contains(&link.kind)).count();
    let is_live = open.iter().any(|row| row.share.repair == Repair::Live);
    let (look, words) = match is_live {
        true => (Look::Primary, cx.t("tell-all")),
        false => {
            let said = [("count", hanging.into())];
            (Look::Tertiary, cx.locale.t_with("fault-link", &said))
        }
    };
    html! {
        div class="cluster links__ways" { (button_link(look, &words, &fault_url(&ticket.number), Some("users"))) }
    }
}

fn share(cx: &Cx, ticket: &Ticket, row: &Row, from: &From) -> Markup {
    let share = &row.share;
    let fields = share.fields();
    let fact = |words: &str, value: Option<Markup>| {
        html! { @if let Some(value) = value { div class="fact" { dt { (cx.t(words)) } dd { (value) } } } }
    };
    let text = |text: String| html! { (text) };
    html! {
        section class="share" aria-labelledby={ "share-" (share.id) } {
            h3 class="facts__h" id={ "share-" (share.id) } { (foreign(&row.organisation)) }
            dl class="factlist" {
                div class="fact" {
                    dt { (cx.t("share-repair")) }
                    dd { (state_of(cx, share)) }
                }
                (fact("share-reaction", clock(cx, share.reaction_due_at, share.reacted_at)))
                (fact("share-delivery", clock(cx, share.delivery_due_at, share.delivered_at)))
                (fact("share-number", row.number.clone().map(text)))
                (fact("share-assessment", fields.assessment.map(|a| text(assessment(cx.locale, a)))))
                (fact("share-fixed-in", fields.fixed_in.map(|release| foreign(&release))))
                (fact("share-planned-for", fields.planned_for.map(|day| text(cx.locale.date(day)))))
                (fact("share-effort", fields.effort_hundredths.map(|effort| text(hours(cx.locale, effort)))))
                (fact("share-contact", row.contact.clone().map(text)))
                (fact("share-since", Some(moment(cx.locale, &cx.now, share.shared_at))))
            }
            (steps(cx, ticket, share, from))
            (withdrawal(cx, ticket, row, from))
        }
    }
}

/// Where the repair stands, and with whom it lies.
fn state_of(cx: &Cx, share: &VendorShare) -> Markup {
    let with = match share.repair.turn() {
        Some(Side::Vendor) => "share-turn-vendor",
        Some(Side::Unit) => "share-turn-unit",
        None => "share-turn-nobody",
    };
    html! {
        span class="chip" { (repair(cx.locale, share.repair)) }
        br; span class="small muted" { (cx.t(with)) " · " (moment(cx.locale, &cx.now, share.repair_at)) }
    }
}

/// Until when the vendor has to have done something, and when they had.
fn clock(cx: &Cx, due: Option<Instant>, done: Option<Instant>) -> Option<Markup> {
    let Some(due) = due else {
        return done.map(|at| moment(cx.locale, &cx.now, at));
    };
    let (sign, words) = match done {
        Some(at) => {
            let key = match at <= due {
                true => "share-kept",
                false => "share-late",
            };
            (
                "done",
                html! { span { (cx.t(key)) " " (moment(cx.locale, &cx.now, at)) } },
            )
        }
        None => return Some(still_due(cx, due, Words::Full)),
    };
    Some(html! { span class="due" data-due=(sign) { (glyph(sign)) (words) } })
}

/// A clock of a vendor that runs, as briefly as a list needs it.
pub fn vendor_clock(cx: &Cx, due: Instant) -> Markup {
    still_due(cx, due, Words::Brief)
}

fn still_due(cx: &Cx, due: Instant, words: Words) -> Markup {
    let sign = match due - cx.now.at {
        left if left < TimeDelta::zero() => "late",
        left if left < TimeDelta::hours(4) => "soon",
        _ => "ok",
    };
    html! { span class="due" data-due=(sign) { (glyph(sign)) (due_time(cx.locale, &cx.now, due, words)) } }
}

/// The buttons that take the repair on; those of the vendor are noted on their word.
fn steps(cx: &Cx, ticket: &Ticket, share: &VendorShare, from: &From) -> Markup {
    let Some(side) = share
        .repair
        .turn()
        .filter(|_| cx.may(Permission::ShareWithVendor, ticket.place()))
    else {
        return html! {};
    };
    let part = format!("shares/{}/repair", share.id);
    let action = from.keep(url::ticket_part(&ticket.number, part));
    let next = share.repair.next(side);
    html! {
        form class="share__steps" action=(action) method="post" hx-post=(action) hx-swap="none" {
            (form::csrf(&cx.session.csrf))
            input type="hidden" name="from" value=(name(share.repair));
            @if side == Side::Vendor { p class="small muted" { (cx.t("share-on-word")) } }
            div class="cluster" {
                @for (at, to) in next.iter().enumerate() {
                    @let look = match (side, at) { (Side::Unit, 0) => Look::Secondary, _ => Look::Tertiary };
                    (button(look, &step_words(cx, share.repair, *to), "to", &name(*to)))
                }
            }
        }
    }
}

/// The verb on a step's button.
fn step_words(cx: &Cx, from: Repair, to: Repair) -> String {
    cx.t(match (from, to) {
        (Repair::Delivered, Repair::InWork) => "step-refuse",
        (Repair::Live, Repair::InWork) => "step-persists",
        (Repair::Installed | Repair::Tested, Repair::InWork) => "step-failed",
        (_, Repair::Accepted) => "step-accepted",
        (_, Repair::InWork) => "step-in-work",
        (_, Repair::Delivered) => "step-delivered",
        (_, Repair::Installed) => "step-installed",
        (_, Repair::Tested) => "step-tested",
        (_, Repair::Approved) => "step-approve",
        (_, Repair::Live) => "step-live",
        (_, Repair::Confirmed) => "step-confirm",
        (_, Repair::Reported) => "repair-reported",
    })
}

fn withdrawal(cx: &Cx, ticket: &Ticket, row: &Row, from: &From) -> Markup {
    let part = format!("shares/{}/withdraw", row.share.id);
    let action = from.keep(url::ticket_part(&ticket.number, part));
    let said = [("vendor", row.organisation.as_str().into())];
    html! {
        @if cx.may(Permission::WithdrawShare, ticket.place()) {
            details class="factmore" {
                summary { span { (cx.t("share-withdraw")) } }
                form class="share__steps" action=(action) method="post" hx-post=(action) hx-swap="none" {
                    (form::csrf(&cx.session.csrf))
                    p class="small" { (cx.locale.t_with("share-withdraw-text", &said)) }
                    (submit(Look::Danger, &cx.t("share-withdraw-do")))
                }
            }
        }
    }
}
