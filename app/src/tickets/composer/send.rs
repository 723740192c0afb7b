//! The buttons that send, and what they leave the ticket in.

use entities::draft::Mode;
use entities::text_block::BlockThen;
use maud::{Markup, html};

use super::fragment::verb;
use super::state::Composer;
use super::written::REASON;
use crate::tickets::reusable;
use crate::web::cx::Cx;
use crate::web::parts::{Field, Input, icon_small, reason_choices};

/// The button for the usual case, and beside it a menu for the others.
pub fn send_buttons(cx: &Cx, composer: &Composer) -> Markup {
    let is_reply = composer.mode == Mode::Reply;
    let (then, words) = usual(cx, composer);
    html! {
        span id="composer-send" class="cluster" {
            span class="btnset" {
                button class="kern-btn kern-btn--primary send" type="submit" name=[is_reply.then_some("then")] value=[is_reply.then_some(then)] {
                    span class="kern-label" { (words) } kbd aria-hidden="true" { (cx.t("composer-send-key")) }
                }
                @if is_reply { (menu(cx, composer)) }
            }
        }
    }
}

/// What the button does: what a text block says, else what is usual.
fn usual(cx: &Cx, composer: &Composer) -> (&'static str, String) {
    let chosen = composer
        .acts
        .what
        .then
        .filter(|_| composer.mode == Mode::Reply);
    match chosen {
        Some(BlockThen::Open) => ("open", cx.t("composer-send-open")),
        Some(BlockThen::Vendor) => ("vendor", cx.t("composer-send-vendor")),
        Some(BlockThen::Solved(_)) => ("solved", cx.t("composer-send-solved")),
        Some(BlockThen::Waiting) | None => ("waiting", verb(cx, composer.mode)),
    }
}

fn menu(cx: &Cx, composer: &Composer) -> Markup {
    let fault = composer.fault(REASON);
    let words = cx.t("composer-then");
    let choices = reason_choices(cx.locale);
    let button = |value: &str, words: String| {
        html! { button type="submit" name="then" value=(value) data-then=(value) { (words) } }
    };
    html! {
        details class="menu" open[fault.is_some()] {
            summary class="kern-btn kern-btn--primary" aria-label=(words) title=(words) { (icon_small("up")) }
            div class="pop menu__list menu__list--up" {
                (button("open", cx.t("composer-send-open")))
                (button("vendor", cx.t("composer-send-vendor")))
                button type="submit" name="next" value="1" data-then="next" {
                    span { (cx.t("composer-send-next")) } kbd { (cx.t("composer-send-next-key")) }
                }
                (Field::new(REASON, &cx.t("composer-reason")).name("reason").fault(fault)
                    .render(cx.locale, Input::Select { choices: &choices, value: &composer.written.reason }))
                (reusable::question(cx, &composer.ticket, !composer.written.reusable.is_empty(), "menu__tick"))
                @if let Some(warning) = &composer.open_lines { p class="menu__tick small" { (icon_small("warn")) " " (warning) } }
                (button("solved", cx.t("composer-send-solved")))
            }
        }
    }
}
