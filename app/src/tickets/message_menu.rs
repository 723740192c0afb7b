//! What can be done with one message beside answering it, behind one button in its head.

use entities::Permission;
use entities::ticket::pass_on::can_pass_on;
use entities::ticket::thread::ThreadEntry;
use entities::ticket::{Channel, Delivery, State, Ticket};
use maud::{Markup, html};

use super::print_letter::is_letter;
use crate::web::cx::Cx;
use crate::web::parts::icon;
use crate::web::url;

/// The ways of one message, for who may; nothing where there is none.
pub fn message_menu(cx: &Cx, ticket: &Ticket, entry: &ThreadEntry) -> Markup {
    let message = &entry.message;
    let is_receipt = entry.outbound.as_ref().is_some_and(|mail| mail.automatic);
    let stays = ticket.state == State::Merged || message.delivery == Delivery::Queued;
    if stays || is_receipt {
        return html! {};
    }
    let may_move = cx.may(Permission::MergeTickets, ticket.place());
    let may_open = cx.actor.may_somewhere(Permission::CreateTickets);
    let is_withdrawn = message.delivery == Delivery::Withdrawn;
    let ways = [
        (
            "split",
            "swap",
            "split-open",
            may_move && may_open && !is_withdrawn,
        ),
        (
            "forward",
            "mailout",
            "forward-open",
            cx.may(Permission::Reply, ticket.place())
                && !is_withdrawn
                && message.channel != Channel::Note,
        ),
        (
            "pass-on",
            "building",
            "pass-on-open",
            can_pass_on(message)
                && cx.may(Permission::Reply, ticket.place())
                && cx.may(Permission::CloseTickets, ticket.place()),
        ),
        ("move", "forward", "move-open", may_move),
        ("print", "print", "print-letter-open", is_letter(message)),
        (
            "redact",
            "lock",
            "redact-open",
            cx.may(Permission::Note, ticket.place()),
        ),
    ];
    html! {
        @if ways.iter().any(|(.., may)| *may) {
            details class="menu" {
                summary class="iconbtn" aria-label=(cx.t("message-ways")) title=(cx.t("message-ways")) { (icon("more")) }
                div class="pop menu__list" {
                    @for (part, sign, words, may) in ways {
                        @if may {
                            a href=(url::ticket_part(&ticket.number, format!("messages/{}/{part}", message.id))) {
                                (icon(sign)) (cx.t(words))
                            }
                        }
                    }
                }
            }
        }
    }
}
