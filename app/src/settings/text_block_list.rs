//! The list of text blocks, found by words, kind and category, with how often each was used and which of them somebody
//! should look at again.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use entities::setting::Show;
use entities::text::fold;
use entities::text_block::list::{counts, is_due};
use entities::text_block::{self, BlockKind, TextBlock};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::form;
use super::inbound::{line, select};
use super::text_block::AREA;
use super::text_block_words::{kind_words, valid_words};
use super::wide::{self, Back, Wide};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::parts::{Choice, Look, button_link, column, submit};

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    kind: String,
    category: String,
    /// Not empty: retired ones too.
    all: String,
}

impl Asked {
    fn show(&self) -> Show {
        match self.all.is_empty() {
            true => Show::Active,
            false => Show::All,
        }
    }

    fn is_narrowed(&self) -> bool {
        [&self.q, &self.kind, &self.category]
            .iter()
            .any(|asked| !asked.trim().is_empty())
    }

    /// Whether it is of that kind and category, and every word stands in its name, its category or its texts.
    fn finds(&self, block: &TextBlock) -> bool {
        let kind: Option<BlockKind> = form::stored(&self.kind);
        let wording = block.wording();
        let texts = wording.texts(block.kind).into_iter().map(|(_, text)| text);
        let mut all = fold(&format!("{} {}", block.name, block.category));
        for text in texts {
            all.push(' ');
            all.push_str(&fold(text));
        }
        kind.is_none_or(|kind| kind == block.kind)
            && (self.category.is_empty() || fold(&self.category) == fold(&block.category))
            && fold(&self.q)
                .split_whitespace()
                .all(|word| all.contains(word))
    }
}

/// `GET /settings/text-blocks`
#[handler]
pub async fn list(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let (mut rows, used) = tokio::try_join!(
        text_block::list(&cx.db, &cx.actor, asked.show()),
        counts(&cx.db)
    )?;
    let tools = tools(&cx, &asked, &rows);
    rows.retain(|block| asked.finds(block));
    let today = cx.now.today();
    let content = html! {
        p class="sheet__body small muted" { (cx.t("text-block-caption")) }
        (tools)
        @if rows.is_empty() {
            p class="sheet__body muted" { (cx.t(if asked.is_narrowed() { "text-block-none-found" } else { "settings-no-entries" })) }
        } @else {
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
                    @for block in &rows { (row(&cx, block, used.get(&block.id).copied().unwrap_or_default(), today)) }
                }
            }
        }
    };
    let sheet = Wide {
        area: AREA,
        back: Back::None,
        title: AREA.words(&cx),
        head: html! { span class="right" { (button_link(Look::Secondary, &AREA.new_words(&cx), &AREA.new_url(), Some("plus"))) } },
        content,
        foot: html! {},
    };
    wide::page(&cx, sheet).await
}

fn tools(cx: &Cx, asked: &Asked, rows: &[TextBlock]) -> Markup {
    let mut kinds = vec![Choice::new("", cx.t("text-block-every-kind"))];
    let named = |kind: BlockKind| Choice::new(form::stored_name(kind), kind_words(cx, kind));
    kinds.extend(BlockKind::ALL.map(named));
    // Written differently it is the same one.
    let there = rows.iter().map(|block| block.category.as_str());
    let there: BTreeMap<String, &str> = there
        .filter(|category| !category.is_empty())
        .map(|category| (fold(category), category))
        .collect();
    let mut categories = vec![Choice::new("", cx.t("text-block-every-category"))];
    categories.extend(there.values().map(|name| Choice::new(*name, *name)));
    let chosen = there.get(&fold(&asked.category)).copied();
    html! {
        form class="filterbar" method="get" action=(AREA.url()) role="search" aria-label=(cx.t("text-block-find")) {
            (line("q", "search", &cx.t("text-block-find-words"), &asked.q))
            (select("kind", &cx.t("text-block-kind"), &kinds, &asked.kind))
            (select("category", &cx.t("text-block-category"), &categories, chosen.unwrap_or_default()))
            label class="tick" {
                input type="checkbox" name="all" value="1" checked[!asked.all.is_empty()];
                span { (cx.t("settings-show-retired")) }
            }
            (submit(Look::Secondary, &cx.t("settings-show")))
        }
    }
}

fn row(cx: &Cx, block: &TextBlock, used: i64, today: NaiveDate) -> Markup {
    html! {
        tr class=[block.retired_at.map(|_| "is-retired")] {
            td {
                a class="subject" href=(AREA.entry(block.id)) { (block.name) }
                @if block.retired_at.is_some() { " (" (cx.t("settings-retired-mark")) ")" }
                @else if block.is_waiting() { " " span class="tag" { (cx.t("text-block-waiting")) } }
                @if is_due(block, today) { " " span class="tag" { (cx.t("text-block-review-mark")) } }
            }
            td { (kind_words(cx, block.kind)) }
            td { (block.category) }
            td { (valid_words(cx, block)) }
            td class="num" { (cx.locale.number(used)) }
        }
    }
}
