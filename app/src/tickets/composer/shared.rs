//! Drafts that are shown to colleagues: the button that shows one's own, and what others show.

use entities::draft::{self, Mode, shared};
use entities::presence::Doing;
use entities::ticket::Ticket;
use entities::{DeskError, Rejected, Uuid, person};
use maud::{Markup, html};
use poem::handler;

use super::fragment::part;
use super::state::{Composer, Focus, modes, place};
use super::written::{TEXT, Written};
use super::{Asked, Refusal, composer, refused};
use crate::error::{Result, rejected};
use crate::tickets::presence;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::parts::{Tone, foreign, icon, icon_small, notice};
use crate::web::permitted::Seen;
use crate::web::swap::Swap;
use crate::web::url;

/// What a pressed button says: shows the draft, keeps it to oneself, takes over another's, or has read who took it.
const SHARE: &str = "share";
const UNSHARE: &str = "unshare";
const TAKE: &str = "take:";
const READ: &str = "taken-read";

/// What is known of drafts that are shown, beside the composer of one mode.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sharing {
    /// Colleagues see one's own.
    pub is_shared: bool,
    /// Who has taken one's own over.
    pub taken_by: Option<String>,
    /// What others show, in modes that the reader may use.
    pub others: Vec<shared::Shared>,
}

impl Sharing {
    /// Reads it, beside one's own draft.
    pub async fn read(cx: &Cx, ticket: &Ticket, own: Option<&draft::Draft>) -> Result<Sharing> {
        let (may, _) = modes(cx, ticket, Mode::Reply);
        let mut others = shared::of_ticket(&cx.db, &cx.actor, ticket).await?;
        others.retain(|one| one.mode().is_some_and(|mode| may.contains(&mode)));
        let taken_by = match own.and_then(|draft| draft.taken_by) {
            Some(id) => person::names_by_id(&cx.db, &[id]).await?.remove(&id),
            None => None,
        };
        Ok(Sharing {
            is_shared: own.is_some_and(|draft| draft.is_shared),
            taken_by,
            others,
        })
    }
}

/// `GET /tickets/:key/composer/shared?mode=`: the same again, when somebody shows, writes or takes over.
#[handler]
pub async fn show(cx: Cx, Seen(ticket): Seen<Ticket>, Query(asked): Query<Asked>) -> Result<Swap> {
    let (may, mode) = modes(&cx, &ticket, asked.mode());
    if may.is_empty() {
        return Err(DeskError::Forbidden.into());
    }
    let own = Composer::kept(&cx, &ticket, mode).await?;
    let sharing = Sharing::read(&cx, &ticket, own.as_ref()).await?;
    Ok(drawn(&cx, &ticket, mode, &sharing))
}

fn drawn(cx: &Cx, ticket: &Ticket, mode: Mode, sharing: &Sharing) -> Swap {
    let page = url::ticket(&ticket.number).with("mode", mode.name());
    Swap::or_go_to(cx.asks, page)
        .morph("composer-shared", shared_drafts(cx, ticket, mode, sharing))
        .morph("composer-share", share_button(cx, ticket, sharing))
}

/// Whether the pressed button is one of these.
pub fn is_pressed(act: &str) -> bool {
    [SHARE, UNSHARE, READ].contains(&act) || act.starts_with(TAKE)
}

/// Does what it says; the draft is kept already.
pub async fn pressed(cx: &Cx, ticket: &Ticket, written: Written, act: &str) -> Result<Swap> {
    let mode = written.mode();
    let at = place(cx, ticket, mode)?;
    if let Some(id) = act.strip_prefix(TAKE) {
        let id = Uuid::try_parse(id).map_err(|_| DeskError::Hidden)?;
        return take_over(cx, ticket, written, id).await;
    }
    if act == READ {
        shared::note_taken_read(&cx.db, at).await?;
    } else {
        shared::share(&cx.db, at, act == SHARE).await?;
        cx.desk.live.tell_presence(&cx.db, ticket.id).await?;
    }
    let own = Composer::kept(cx, ticket, mode).await?;
    let sharing = Sharing::read(cx, ticket, own.as_ref()).await?;
    Ok(drawn(cx, ticket, mode, &sharing))
}

async fn take_over(cx: &Cx, ticket: &Ticket, written: Written, id: Uuid) -> Result<Swap> {
    let others = Sharing::read(cx, ticket, None).await?.others;
    let wanted = others.iter().find(|one| one.id == id);
    let Some(mode) = wanted.and_then(shared::Shared::mode) else {
        return gone(cx, ticket, written).await;
    };
    let at = place(cx, ticket, mode)?;
    let own = draft::find(&cx.db, at).await?;
    let typed = own.as_ref().and_then(|own| Written::of_draft(&own.content));
    // Nothing was typed: there is room for the other's text, and files that wait stay.
    if own.is_some() && typed.is_none_or(|own| own.is_untouched()) {
        draft::save(&cx.db, at, "", None).await?;
    }
    match shared::take_over(&cx.db, at, id).await {
        Ok(()) => {}
        Err(DeskError::Hidden) => return gone(cx, ticket, written).await,
        Err(DeskError::Rejected(why @ Rejected::DraftThere)) => {
            let faults = vec![(TEXT.to_owned(), rejected(cx.locale, why))];
            return refused(cx, ticket, written, Refusal::Faults(faults)).await;
        }
        Err(error) => return Err(error.into()),
    }
    cx.desk.live.tell_presence(&cx.db, ticket.id).await?;
    presence::note(cx, ticket, Doing::Writes).await?;
    let state = Composer {
        focus: Focus::Text,
        ..Composer::load(cx, ticket, mode).await?
    };
    let page = url::ticket(&ticket.number).with("mode", mode.name());
    Ok(Swap::or_go_to(cx.asks, page).replace("composer", composer(cx, &state)))
}

/// Somebody else was quicker, or its writer has sent it.
async fn gone(cx: &Cx, ticket: &Ticket, written: Written) -> Result<Swap> {
    let faults = vec![(TEXT.to_owned(), cx.t("draft-gone"))];
    refused(cx, ticket, written, Refusal::Faults(faults)).await
}

/// Shows one's own draft to colleagues, or no longer: `#composer-share`.
pub fn share_button(cx: &Cx, ticket: &Ticket, sharing: &Sharing) -> Markup {
    let act = if sharing.is_shared { UNSHARE } else { SHARE };
    let at = part(&ticket.number, "composer");
    html! {
        button id="composer-share" class="iconbtn" type="submit" name="act" value=(act) aria-pressed=(sharing.is_shared)
            title=(cx.t("draft-share")) formaction=(at) formnovalidate data-then="share" hx-post=(at) hx-swap="none"
            hx-encoding="application/x-www-form-urlencoded" {
            (icon("users")) span class="sr" { (cx.t("draft-share")) }
        }
    }
}

/// What others show, and what became of one's own: `#composer-shared`.
pub fn shared_drafts(cx: &Cx, ticket: &Ticket, mode: Mode, sharing: &Sharing) -> Markup {
    let again = part(&ticket.number, "composer/shared").with("mode", mode.name());
    let at = part(&ticket.number, "composer");
    let name = |name: &str| [("name", name.to_owned().into())];
    html! {
        div id="composer-shared" class="shareds" role="status" hx-get=(again) hx-swap="none"
            hx-trigger={ "present-" (ticket.id.simple()) " from:#events" } {
            @if sharing.is_shared { p class="small muted" { (icon_small("users")) " " (cx.t("draft-is-shared")) " " (cx.t("draft-share-hint")) } }
            @if let Some(by) = &sharing.taken_by {
                (notice(Tone::Info, &cx.locale.t_with("draft-taken", &name(by)), &html! {
                    (cx.t("draft-taken-text")) " "
                    button class="kern-btn kern-btn--tertiary" type="submit" name="act" value=(READ) formaction=(at) formnovalidate
                        data-then="read" hx-post=(at) hx-swap="none" hx-encoding="application/x-www-form-urlencoded" {
                        span class="kern-label" { (cx.t("draft-taken-read")) }
                    }
                }))
            }
            @for one in &sharing.others {
                details class="shared" id={ "shared-" (one.id.simple()) } {
                    summary {
                        (icon_small("users")) " " (cx.locale.t_with("draft-of", &name(&one.name))) " "
                        span class="muted small" { (cx.locale.time_of_day(cx.now.local(one.changed_at).time())) }
                    }
                    div class="shared__text" { (foreign(&text_of(one))) }
                    @if one.files > 0 { p class="small muted" { (icon_small("clip")) " " (cx.locale.number(one.files)) } }
                    button class="kern-btn kern-btn--secondary" type="submit" name="act" value={ (TAKE) (one.id.simple()) }
                        formaction=(at) formnovalidate data-then="take" hx-post=(at) hx-target="#composer" hx-swap="outerHTML"
                        hx-encoding="application/x-www-form-urlencoded" {
                        span class="kern-label" { (cx.t("draft-take-over")) }
                    }
                }
            }
        }
    }
}

fn text_of(one: &shared::Shared) -> String {
    Written::of_draft(&one.content).unwrap_or_default().text
}
