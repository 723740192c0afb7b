//! Approving the newest wording of a text block, and what its page says of that.

use entities::text_block::list::is_due;
use entities::text_block::{Approve, TextBlock};
use entities::{DeskError, Rejected, Uuid, person};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::form::Faults;
use super::noun::{self, NounForm as _};
use super::text_block::{AREA, TextBlockForm};
use super::text_block_fields::offered_now;
use crate::error::Result;
use crate::text_blocks::reserved;
use crate::web::cx::Cx;
use crate::web::form::Form;
use crate::web::parts::{Tone, notice};
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;

/// The wording that was seen.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Seen {
    content: String,
}

/// `POST /settings/text-blocks/:sub/approve`.
#[handler]
pub async fn create(
    cx: Cx,
    permit: Permitted<Approve>,
    Sub(id): Sub,
    Form(seen): Form<Seen>,
) -> Result<Swap> {
    let content = seen.content.replace("\r\n", "\n");
    match cx
        .db
        .change(permit.into_permit(), Approve { id, content })
        .await
    {
        Ok(_) | Err(DeskError::Rejected(Rejected::NothingToDo)) => {
            Ok(noun::done(&cx, AREA, id, "saved"))
        }
        Err(DeskError::Rejected(why)) => {
            let block = TextBlockForm::find(&cx, id).await?;
            let form = TextBlockForm::of(&cx, &block);
            let faults = match why {
                Rejected::OwnWork => Faults::of_field("name", cx.t("text-block-own-work")),
                why => Faults::rejected(&cx, "name", why),
            };
            let page = noun::show(&cx, Some(&block), &form, &faults, html! {}).await?;
            Ok(super::invalid(&cx, page))
        }
        Err(error) => Err(error.into()),
    }
}

/// Above the fields of a block: whether somebody should look at it, and who approves or approved it.
pub async fn told(cx: &Cx, block: &TextBlock) -> Result<Markup> {
    if block.retired_at.is_some() {
        return Ok(html! {});
    }
    let due = is_due(block, cx.now.today());
    let ids: Vec<Uuid> = [block.author_id, block.approved_by]
        .into_iter()
        .flatten()
        .collect();
    let names = person::names_by_id(&cx.db, &ids).await?;
    let said = |id: Option<Uuid>| {
        id.and_then(|id| names.get(&id).cloned())
            .unwrap_or_default()
    };
    let is_own = block.author_id == cx.actor.person_id();
    let reserved = reserved::of_block(cx, block).await?;
    Ok(html! {
        (reserved)
        @if due { (notice(Tone::Warn, &cx.t("text-block-review-due"), &html! {})) }
        @if block.is_waiting() {
            @let title = match block.approved { Some(_) => "text-block-waiting-newer", None => "text-block-waiting-first" };
            (offered_now(cx, block))
            (notice(Tone::Info, &cx.t(title), &html! {
                @if is_own { (cx.t("text-block-own-work")) }
                @else {
                    @let author = said(block.author_id);
                    @if !author.is_empty() { (cx.locale.t_with("text-block-by", &[("name", author.into())])) " " }
                    input type="hidden" name="content" value=(block.content);
                    button class="kern-btn kern-btn--secondary" type="submit" formaction=(AREA.act(block.id, "approve")) formnovalidate {
                        span class="kern-label" { (cx.t("text-block-approve")) }
                    }
                }
            }))
        } @else if block.approved_by.is_some() {
            p class="muted" { (cx.locale.t_with("text-block-approved-by", &[("name", said(block.approved_by).into())])) }
        }
    })
}
