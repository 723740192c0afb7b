//! The text blocks that fit what was typed, each with a preview of what it will say and do.

use entities::Uuid;
use entities::draft::Mode;
use entities::person::language::common;
use entities::text::fold;
use entities::text_block::{self, Block, fill_or_leave};
use entities::ticket::Ticket;
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::acts::{self, Planned};
use super::insert::kinds;
use super::marked::typed_of;
use super::values::Values;
use crate::error::Result;
use crate::locale::Locale;
use crate::mail::address;
use crate::tickets::composer::fragment::part;
use crate::tickets::composer::state::modes;
use crate::tickets::composer::written::Written;
use crate::tickets::presence;
use crate::web::cx::Cx;
use crate::web::form;
use crate::web::form::Query;
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{foreign, icon_small, marks};
use crate::web::permitted::Seen;
use crate::web::url;

/// The place in the form where blocks are offered.
pub const PLACE: &str = "composer-blocks";
/// Blocks that are offered at once.
const MOST: usize = 8;
/// The most characters of a preview.
const MOST_CHARS: usize = 600;

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Looked {
    mode: String,
    to: String,
    block_q: String,
}

/// The blocks that may be used in a ticket in that mode.
pub async fn usable(cx: &Cx, ticket: &Ticket, mode: Mode) -> Result<Vec<Block>> {
    let today = cx.now.today();
    Ok(text_block::usable(&cx.db, &cx.actor, ticket, kinds(mode), today).await?)
}

/// The blocks that were put into an answer and that may still be used.
pub async fn in_use(cx: &Cx, ticket: &Ticket, written: &Written) -> Result<Vec<Block>> {
    let ids = written.block_ids();
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let mut all = usable(cx, ticket, written.mode()).await?;
    all.retain(|block| ids.contains(&block.row.id));
    all.sort_by_key(|block| ids.iter().position(|id| *id == block.row.id));
    Ok(all)
}

/// The language of whoever will read it: their own where they chose one, else the desk's.
pub async fn language(cx: &Cx, written: &Written) -> Result<Locale> {
    if written.mode() != Mode::Reply {
        return Ok(cx.locale);
    }
    of_addresses(cx, &written.to).await
}

/// The language that these addresses have in common.
pub async fn of_addresses(cx: &Cx, typed: &str) -> Result<Locale> {
    let all = address::parse_list(typed).unwrap_or_default();
    let all: Vec<String> = all.into_iter().map(|one| one.address).collect();
    let code = common(&cx.db, &all).await?;
    let chosen = code.and_then(|code| Locale::ALL.into_iter().find(|one| one.code() == code));
    Ok(chosen.unwrap_or(cx.desk.config.locale))
}

/// `GET /tickets/:key/composer/blocks`: the blocks that fit, alone on a page for a browser without scripts.
#[handler]
pub async fn show(
    cx: Cx,
    Seen(ticket): Seen<Ticket>,
    Query(looked): Query<Looked>,
) -> Result<Markup> {
    presence::may_write(&cx, &ticket)?;
    let asked = Mode::from_name(&looked.mode).unwrap_or_default();
    let (_, mode) = modes(&cx, &ticket, asked);
    let found = fitting(usable(&cx, &ticket, mode).await?, &looked.block_q);
    let written = Written {
        mode: mode.name().to_owned(),
        to: looked.to,
        ..Written::default()
    };
    let locale = language(&cx, &written).await?;
    let values = Values::read(&cx, &ticket, locale).await?;
    if cx.wants_fragment() {
        let mut acts = Vec::with_capacity(found.len());
        for block in &found {
            let texts = block.wording.notice.texts().map(|(_, text)| text);
            acts.push(Planned::read(&cx, block.wording.acts.clone(), &texts).await?);
        }
        let found: Vec<(Block, Planned)> = found.into_iter().zip(acts).collect();
        let found = (found.as_slice(), looked.block_q.as_str());
        return Ok(offered(&cx, &ticket, mode, found, &values));
    }
    let title = cx.t("composer-blocks");
    let action = part(&ticket.number, "composer");
    let content = html! {
        div class="sheet" {
            div class="sheet__head" {
                a class="back" href=(url::ticket(&ticket.number).with("mode", mode.name())) { (icon_small("left")) (ticket.number) }
                h1 class="h2" { (title) }
            }
            form class="offer" method="post" action=(action) enctype="multipart/form-data" {
                (form::csrf(&cx.session.csrf))
                input type="hidden" name="mode" value=(mode.name());
                ul class="offer__list" role="list" {
                    @for block in &found {
                        li {
                            div { (foreign(&block.row.name)) p class="small muted prewrap" { (said(block, &values)) } }
                            button class="kern-btn kern-btn--tertiary" type="submit" name="act" value={ "put:" (block.row.id) } {
                                span class="kern-label" { (cx.t("composer-block-put")) span class="sr" { ": " (block.row.name) } }
                            }
                        }
                    }
                }
            }
        }
    };
    let frame = cx.frame(Area::Tickets).await?;
    Ok(frame.page(&title, Stage::Plain, &content))
}

/// Those whose name, category or text holds every typed word; names that begin with it first.
fn fitting(all: Vec<Block>, typed: &str) -> Vec<Block> {
    let typed = fold(typed);
    let wanted: Vec<&str> = typed.split_whitespace().collect();
    let mut ranked: Vec<(u8, Block)> = all
        .into_iter()
        .filter_map(|block| {
            let name = fold(&block.row.name);
            let rest = format!(
                "{} {} {}",
                fold(&block.row.category),
                fold(&block.wording.notice.de),
                fold(&block.wording.notice.en)
            );
            let begins = |word: &&str| name.split_whitespace().any(|part| part.starts_with(word));
            let rank = if wanted.iter().all(begins) {
                0
            } else if wanted.iter().all(|word| name.contains(word)) {
                1
            } else if wanted
                .iter()
                .all(|word| name.contains(word) || rest.contains(word))
            {
                2
            } else {
                return None;
            };
            Some((rank, block))
        })
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked
        .into_iter()
        .take(MOST)
        .map(|(_, block)| block)
        .collect()
}

fn said(block: &Block, values: &Values) -> String {
    let text = block.wording.notice.of(values.locale.code());
    let (text, _) = fill_or_leave(text, |name| values.value(name));
    text.chars().take(MOST_CHARS).collect()
}

/// The list of what was found by what was typed, with its previews: `#composer-blocks`.
fn offered(
    cx: &Cx,
    ticket: &Ticket,
    mode: Mode,
    (found, typed): (&[(Block, Planned)], &str),
    values: &Values,
) -> Markup {
    let action = part(&ticket.number, "composer");
    html! {
        div id=(PLACE) class="blockpop pop" {
            @if found.is_empty() { p class="muted small" role="status" { (cx.t("composer-blocks-none")) } }
            @else {
                ul id="block-list" class="blockpop__list" role="listbox" aria-label=(cx.t("composer-blocks")) {
                    @for (at, (block, _)) in found.iter().enumerate() {
                        li class="opt-row" id={ "block-" (at) } role="option" aria-selected=(at == 0) aria-describedby={ "block-said-" (at) } {
                            bdi { (marks(&block.row.name, &typed_of(&block.row.name, typed))) }
                            kbd aria-hidden="true" { "Enter" }
                            span class="small muted" { (beside(cx, block)) }
                            // The form sends; the pointer and the keys choose.
                            button type="submit" name="act" value={ "block:" (block.row.id) } tabindex="-1" hidden
                                formaction=(action) formnovalidate data-then="block" hx-post=(action) hx-target="#composer-text-field"
                                hx-swap="outerHTML" hx-encoding="application/x-www-form-urlencoded" { (block.row.name) }
                        }
                    }
                }
                @for (at, (block, acts)) in found.iter().enumerate() {
                    div id={ "block-said-" (at) } class="blockpop__said" hidden[at != 0] {
                        p class="label" { (cx.t("composer-block-preview")) }
                        p class="prewrap" { (foreign(&said(block, values))) }
                        @if matches!(mode, Mode::Reply | Mode::Vendor) {
                            @if let Some(warning) = acts::warning(cx, acts) { p class="small" { (icon_small("warn")) " " (warning) } }
                        }
                        @if mode == Mode::Reply {
                            @for words in acts::words(cx, acts) { p class="small muted" { (words) } }
                        }
                    }
                }
            }
        }
    }
}

fn beside(cx: &Cx, block: &Block) -> String {
    let used = (block.used > 0).then(|| {
        cx.locale
            .t_with("composer-block-used", &[("times", block.used.into())])
    });
    let whose = block.row.owner_id.map(|_| cx.t("composer-block-own"));
    let category = Some(block.row.category.clone()).filter(|category| !category.is_empty());
    let said: Vec<String> = [category, whose, used].into_iter().flatten().collect();
    said.join(" · ")
}

/// The closed offer, with what asks for it: it follows what is typed behind `::` or `/`.
pub fn closed(cx: &Cx, ticket: &Ticket, mode: Mode) -> Markup {
    let asks = part(&ticket.number, "composer/blocks").with("mode", mode.name());
    html! {
        input type="hidden" id="block-q" name="block_q" hx-get=(asks) hx-trigger="call delay:60ms" hx-include="#composer-to"
            hx-sync="this:replace" hx-target={ "#" (PLACE) } hx-swap="outerHTML";
        input type="hidden" name="called";
        div id=(PLACE) hidden aria-label=(cx.t("composer-blocks")) {}
    }
}

/// Counts what stands in a message. It is sent already: a count that fails is no fault of whoever sent it.
pub async fn noted(cx: &Cx, ticket: &Ticket, written: &Written) {
    if let Err(error) = note(cx, ticket, written).await {
        tracing::warn!(%error, "the use of text blocks is not counted");
    }
}

async fn note(cx: &Cx, ticket: &Ticket, written: &Written) -> Result<()> {
    let used = in_use(cx, ticket, written).await?;
    let ids: Vec<Uuid> = used.iter().map(|block| block.row.id).collect();
    Ok(text_block::used::note(&cx.db, &ids).await?)
}
