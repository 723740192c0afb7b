//! The history tab: whether the chain holds, and every event in words.

use std::collections::HashMap;

use entities::Uuid;
use entities::field::{self, Field, Value};
use entities::history::{self, Entry, Seal};
use entities::ticket::Ticket;
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;
use tokio::try_join;

use super::head::Tab;
use super::history_line::{Detail, Line, Names, ids, line};
use super::list_from::From;
use super::show::page;
use super::thread_line::actor_words;
use crate::error::Result;
use crate::fields;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::parts::{Look, Pager, icon, moment, pager, submit};
use crate::web::permitted::Seen;
use crate::web::url::{self, Url};

/// How many events a page shows.
const MOST: u64 = 50;

/// Where the page begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct HistoryQuery {
    from: String,
    before: Option<i32>,
    seal: Option<String>,
}

/// `GET /tickets/:key/history`.
#[handler]
pub async fn show(
    cx: Cx,
    Seen(ticket): Seen<Ticket>,
    Query(asked): Query<HistoryQuery>,
) -> Result<Markup> {
    let from = From { from: asked.from };
    let seal = history::seal(&cx.db, ticket.id).await?;
    let at = url::ticket_part(&ticket.number, "history");
    if cx.wants_fragment() && asked.seal.is_some() {
        return Ok(chain(&cx, &at, &from, &seal));
    }
    let mut entries = history::of(&cx.db, ticket.id, asked.before, MOST + 1).await?;
    let more = entries.len() as u64 > MOST;
    entries.truncate(MOST as usize);
    let names = names_in(&cx, &entries).await?;
    let here = || from.keep(url::ticket_part(&ticket.number, "history"));
    let pages = Pager {
        first: asked.before.map(|_| here()),
        previous: None,
        next: entries
            .last()
            .filter(|_| more)
            .map(|last| here().with("before", last.number)),
    };
    let content = html! {
        div class="scroll" id="ticket-content" tabindex="0" role="region" aria-label=(cx.t("ticket-tab-history")) {
            (chain(&cx, &at, &from, &seal))
            (events(&cx, &cx.t("history-caption"), &lines(&cx, &entries, &names), &seal))
            (pager(cx.locale, &pages))
        }
    };
    page(&cx, &ticket, &from, Tab::History, &content).await
}

/// The names behind the ids of these events.
pub async fn names_in(cx: &Cx, entries: &[Entry]) -> Result<Names> {
    let mut all: Vec<_> = entries.iter().flat_map(|e| ids(&e.payload)).collect();
    all.sort_unstable();
    all.dedup();
    let set = entries.iter().filter(|e| e.name == "fields_set");
    let ids: Vec<Uuid> = set.flat_map(|e| ids(&e.payload)).collect();
    let (mut names, told) = try_join!(
        history::names(&cx.db, &cx.actor, &all),
        field::change::told(&cx.db, &cx.actor, &ids),
    )?;
    if told.is_empty() {
        return Ok(names);
    }
    let fields = field::read::definitions(&cx.db).await?;
    let by_id: HashMap<Uuid, &Field> = fields.iter().map(|f| (f.row.id, f)).collect();
    let both = told.values().flatten().flat_map(|c| [&c.from, &c.to]);
    let both: Vec<&Value> = both.flatten().collect();
    let words = field::read::words(&cx.db, &cx.actor, &both).await?;
    for (id, changes) in &told {
        let line = fields::words::changes(cx.locale, &cx.now, changes, &by_id, &words);
        names.insert(*id, line);
    }
    Ok(names)
}

/// One event of a history, in words.
pub struct Told<'a> {
    pub entry: &'a Entry,
    pub who: String,
    pub line: Line,
}

fn lines<'a>(cx: &Cx, entries: &'a [Entry], names: &Names) -> Vec<Told<'a>> {
    let told = |entry: &'a Entry| Told {
        who: actor_words(cx, entry),
        line: line(cx.locale, &cx.now, &entry.name, &entry.payload, names),
        entry,
    };
    entries.iter().map(told).collect()
}

/// The seal `#chain` of the history at that address.
pub fn chain(cx: &Cx, at: &Url, from: &From, seal: &Seal) -> Markup {
    let again = from.keep(at.clone());
    let count = [("count", seal.count.into())];
    let checked = cx.locale.t_with(
        "chain-checked",
        &[("time", cx.locale.moment(cx.now.at, &cx.now).into())],
    );
    html! {
        div id="chain" class="chain" data-state=[seal.broken_at.map(|_| "error")] {
            div class="chain__seal" { (icon(if seal.broken_at.is_some() { "warn" } else { "shield" })) }
            div {
                @match seal.broken_at {
                    None => p { strong { (cx.t("chain-whole")) } " " (cx.locale.t_with("chain-whole-text", &count)) }
                    Some(number) => p role="alert" {
                        strong { (cx.t("chain-broken")) } " "
                        (cx.locale.t_with("chain-broken-text", &[("number", number.into())]))
                    }
                }
                p class="small muted" {
                    (checked) " · " (cx.t("chain-hash")) " " code { (grouped(&seal.hash)) } " · "
                    @if seal.anchored { (cx.t("chain-anchored")) } @else { (cx.t("chain-not-anchored")) }
                }
            }
            form class="right cluster" action=(at) method="get"
                hx-get=(again.clone().with("seal", "1")) hx-target="#chain" hx-swap="outerHTML" {
                @if !from.from.is_empty() { input type="hidden" name="from" value=(from.from); }
                (submit(Look::Secondary, &cx.t("chain-check")))
            }
        }
    }
}

fn grouped(hash: &[u8]) -> String {
    let hex = hex::encode(&hash[..hash.len().min(8)]);
    hex.as_bytes()
        .chunks(4)
        .map(|four| String::from_utf8_lossy(four).into_owned())
        .collect::<Vec<_>>()
        .join(" ")
}

fn short(hash: &[u8]) -> String {
    let hex = hex::encode(hash);
    match (hex.get(..4), hex.get(hex.len().saturating_sub(4)..)) {
        (Some(start), Some(end)) => format!("{start}…{end}"),
        _ => hex,
    }
}

/// The events, newest first.
pub fn events(cx: &Cx, caption: &str, told: &[Told<'_>], seal: &Seal) -> Markup {
    html! {
        table class="grid history" {
            caption class="sr" { (caption) }
            thead { tr {
                th class="n" scope="col" { (cx.t("history-number")) }
                th scope="col" { (cx.t("history-who")) }
                th scope="col" { (cx.t("history-event")) }
                th scope="col" { (cx.t("history-hash")) }
            } }
            tbody {
                @for Told { entry, who, line } in told {
                    tr data-state=[(seal.broken_at == Some(entry.number)).then_some("error")] {
                        td class="n no" { (entry.number) }
                        td { (moment(cx.locale, &cx.now, entry.at)) br; span class="muted small" { (who) } }
                        td {
                            span class="strong" { (line.what) }
                            @match &line.detail {
                                Detail::None => {}
                                Detail::Text(text) => { @if !text.is_empty() { br; span class="small" { (text) } } }
                                Detail::Change { field, from, to } => {
                                    br; span class="small" { b { (field) } ": " del { (from) } " → " ins { (to) } }
                                }
                            }
                        }
                        td { code class="hash" title=(hex::encode(&entry.hash)) { (short(&entry.hash)) } }
                    }
                }
            }
        }
    }
}
