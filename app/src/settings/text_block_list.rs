//! The list of text blocks, with how often each was used and which of them somebody should look at again.

use entities::text_block;
use entities::text_block::list::{counts, is_due};
use maud::{Markup, html};
use poem::handler;

use super::page::{self, Asked, Find};
use super::text_block::AREA;
use super::text_block_words::{kind_words, valid_words};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::parts::{Pager, column};

/// `GET /settings/text-blocks`
#[handler]
pub async fn list(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let (rows, used) = tokio::try_join!(
        text_block::list(&cx.db, &cx.actor, asked.show()),
        counts(&cx.db)
    )?;
    let today = cx.now.today();
    let table = html! {
        p class="sheet__body small muted" { (cx.t("text-block-caption")) }
        table class="grid grid--plain" {
            caption class="sr" { (AREA.words(&cx)) }
            thead { tr {
                (column(&cx.t("settings-name")))
                (column(&cx.t("text-block-kind")))
                (column(&cx.t("text-block-category")))
                (column(&cx.t("text-block-valid")))
                (column(&cx.t("text-block-times")))
            } }
            tbody {
                @for block in &rows {
                    tr class=[block.retired_at.map(|_| "is-retired")] {
                        td {
                            a class="subject" href=(AREA.entry(block.id)) { (block.name) }
                            @if block.retired_at.is_some() { " (" (cx.t("settings-retired-mark")) ")" }
                            @else if block.is_waiting() { " " span class="tag" { (cx.t("text-block-waiting")) } }
                            @if is_due(block, today) { " " span class="tag" { (cx.t("text-block-review-mark")) } }
                        }
                        td { (kind_words(&cx, block.kind)) }
                        td { (block.category) }
                        td { (valid_words(&cx, block)) }
                        td class="num" { (cx.locale.number(used.get(&block.id).copied().unwrap_or_default())) }
                    }
                }
            }
        }
    };
    page::list(&cx, AREA, &asked, Find::Nothing, table, Pager::default()).await
}
