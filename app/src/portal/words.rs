//! What the portal calls the steps of a repair, assessments, and times to keep.

use entities::portal::{Assessment, Clock, Line, Repair, Side};
use maud::{Markup, html};

use crate::locale::Locale;
pub use crate::tickets::shares::words::{assessment, part_words, repair};
use crate::web::parts::{Words, due_time, glyph};
use crate::web::portal_cx::PortalCx;

/// Assessments in the order of the form.
pub const ASSESSMENTS: [Assessment; 5] = [
    Assessment::FaultConfirmed,
    Assessment::NotReproduced,
    Assessment::AsDesigned,
    Assessment::Configuration,
    Assessment::ChangeRequest,
];

/// What a button calls the step it takes; none for steps of the desk.
pub fn step(locale: Locale, to: Repair) -> Option<String> {
    let key = match to {
        Repair::Accepted => "portal-step-accepted",
        Repair::InWork => "portal-step-in-work",
        Repair::Delivered => "portal-step-delivered",
        _ => return None,
    };
    Some(locale.t(key))
}

/// Sign and name of where a repair stands, as the state of a row.
pub fn sign(repair: Repair) -> (&'static str, &'static str) {
    match repair.turn() {
        Some(Side::Vendor) => ("vendor", "vendor"),
        Some(Side::Unit) if repair < Repair::Live => ("waiting", "waiting"),
        _ => ("solved", "solved"),
    }
}

/// Where the repair stands, in a box.
pub fn state_box(locale: Locale, at: Repair) -> Markup {
    let (state, sign) = sign(at);
    html! { span class="state state--box" data-state=(state) { (glyph(sign)) (repair(locale, at)) } }
}

/// Who waits for whom.
pub fn turn(cx: &PortalCx, line: &Line) -> String {
    cx.t(match (line.clock, line.answered) {
        (Clock::Done, _) => "portal-turn-done",
        (Clock::Held, _) => "portal-turn-desk",
        (_, true) => "portal-turn-answered",
        (_, false) => "portal-turn-vendor",
    })
}

/// What is to be kept next, brief in the list, by its name where there is room.
pub fn clock(cx: &PortalCx, clock: Clock, words: Words) -> Markup {
    let (due, name) = match clock {
        Clock::Reaction(due) => (due, "portal-clock-reaction"),
        Clock::Delivery(due) => (due, "portal-clock-delivery"),
        Clock::Held => return still(cx, "hold", "due-held"),
        Clock::Done => return still(cx, "done", "portal-clock-done"),
        Clock::Open => return html! {},
    };
    let left = due - cx.now.at;
    let sign = match left {
        left if left < chrono::TimeDelta::zero() => "late",
        left if left < chrono::TimeDelta::hours(4) => "soon",
        _ => "ok",
    };
    html! {
        span class="due" data-due=(sign) title=(cx.t(name)) {
            (glyph(sign))
            span {
                @if words == Words::Full { (cx.t(name)) " " }
                (due_time(cx.locale, &cx.now, due, words))
            }
        }
    }
}

fn still(cx: &PortalCx, sign: &'static str, key: &str) -> Markup {
    html! { span class="due" data-due=(sign) { (glyph(sign)) span { (cx.t(key)) } } }
}
