//! What follows when something was sent: the empty composer, the entry in the thread, and the way back.

use entities::draft;
use entities::presence::Doing;
use entities::ticket::{Ticket, list, message, show};
use maud::{Markup, html};

use super::state::{Composer, Focus, place};
use super::written::Written;
use super::{composer, fragment};
use crate::error::Result;
use crate::tickets::presence;
use crate::web::cx::Cx;
use crate::web::form;
use crate::web::parts::{Stay, toast};
use crate::web::swap::Swap;
use crate::web::url::{self, Url};

/// The answer to a form that was accepted: its draft ends here.
pub async fn sent(cx: &Cx, ticket: &Ticket, written: &Written, toast: Markup) -> Result<Swap> {
    let was_shared = Composer::kept(cx, ticket, written.mode())
        .await?
        .is_some_and(|draft| draft.is_shared);
    draft::remove(&cx.db, place(cx, ticket, written.mode())?).await?;
    presence::note(cx, ticket, Doing::Rests).await?;
    if was_shared {
        cx.desk.live.tell_presence(&cx.db, ticket.id).await?;
    }
    if !written.next.is_empty() {
        cx.tell_next(&toast).await?;
        return Ok(Swap::go_to(cx.asks, next(cx, ticket).await?));
    }
    let fresh = show::by_id(&cx.db, &cx.actor, ticket.id).await;
    // Sending may have moved the ticket out of sight.
    let Ok(ticket) = fresh else {
        cx.tell_next(&toast).await?;
        return Ok(Swap::go_to(cx.asks, url::tickets()));
    };
    if !cx.wants_fragment() {
        cx.tell_next(&toast).await?;
        return Ok(Swap::go_to(cx.asks, url::ticket(&ticket.number)));
    }
    let state = Composer {
        focus: Focus::Thread,
        ..Composer::load(cx, &ticket, written.mode()).await?
    };
    Ok(Swap::or_go_to(cx.asks, url::ticket(&ticket.number))
        .signal("thread-changed")
        .replace("composer", composer(cx, &state))
        .append("toasts", toast))
}

/// The message that a reply is on its way, with the way back: by a fragment where the page stays, else by the page of its
/// ticket, since it may be read beside another one.
pub fn sending(
    cx: &Cx,
    ticket: &Ticket,
    written: &Written,
    message: &message::NewMessage,
) -> Markup {
    let seconds = u32::try_from(cx.session.preference.undo_seconds).unwrap_or(0);
    let name = message
        .addresses
        .to
        .first()
        .map(|a| a.name.clone().unwrap_or_else(|| a.address.clone()))
        .unwrap_or_default();
    let words = cx.locale.t_with("reply-sending", &[("name", name.into())]);
    if seconds == 0 {
        return toast(cx.locale, Stay::Seconds(8), &words, &html! {});
    }
    let action = fragment::part(&ticket.number, &format!("messages/{}/withdraw", message.id));
    let stays = cx.wants_fragment() && written.next.is_empty();
    let way_back = html! {
        form action=(action) method="post" hx-post=[stays.then_some(&action)] hx-swap=[stays.then_some("none")] {
            (form::csrf(&cx.session.csrf))
            button type="submit" { (cx.t("reply-withdraw")) }
        }
    };
    toast(cx.locale, Stay::Firm(seconds), &words, &way_back)
}

/// A message without a way back.
pub fn told(cx: &Cx, words: &str) -> Markup {
    toast(cx.locale, Stay::Seconds(8), words, &html! {})
}

/// The oldest other ticket of this person that is still to be worked on; the list when there is none.
async fn next(cx: &Cx, ticket: &Ticket) -> Result<Url> {
    let filter = entities::ticket::filter::Filter {
        owners: vec![entities::ticket::filter::OwnerIs::Me],
        ..Default::default()
    };
    let sort = list::Sort {
        by: list::SortBy::Changed,
        direction: list::Direction::Ascending,
    };
    let page = list::list(&cx.db, &cx.actor, &filter, sort, None, 20).await?;
    let other = page
        .rows
        .into_iter()
        .find(|row| row.id != ticket.id && row.waiting_for.is_none());
    Ok(other.map_or_else(url::tickets, |row| url::ticket(row.number)))
}
