//! Articles into what is being written: found by words, put in as a link, as their text, or as both.

use entities::article::answers::{self, Offer, Recipient};
use entities::article::{Audience, Version, outside, passages};
use entities::draft::Mode;
use entities::ledger::Step;
use entities::ticket::{Ticket, UseArticle};
use entities::{Permit, Uuid};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::draft as drafts;
use super::fragment::part;
use super::state::{Composer, modes};
use super::written::Written;
use crate::error::Result;
use crate::knowledge::words;
use crate::tickets::shares::tell;
use crate::tickets::similar::solution_of;
use crate::web::cx::Cx;
use crate::web::form::{self, Form, Query};
use crate::web::layout::Stage;
use crate::web::markdown::message::of_article;
use crate::web::nav::Area;
use crate::web::parts::{Look, foreign, icon_small, submit};
use crate::web::permitted::Seen;
use crate::web::swap::Swap;
use crate::web::url::{self, Url};

/// The place in the form where articles are offered.
pub const PLACE: &str = "composer-articles";
/// The articles that were found.
const HITS: &str = "article-hits";
/// Articles that are offered at once.
const MOST: u64 = 8;
/// So long a line of an article says whether its text still stands in an answer.
const LEAST_CHARS: usize = 20;

/// What is looked for, and for whom.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Looked {
    mode: String,
    share: String,
    article_q: String,
}

/// What of an article is put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    Link,
    Text,
    Both,
}

impl How {
    const ALL: [(How, &'static str, &'static str); 3] = [
        (How::Link, "link", "composer-article-link"),
        (How::Text, "text", "composer-article-text"),
        (How::Both, "both", "composer-article-both"),
    ];
}

/// What a pressed button says: `article:link:ID`.
fn pressed(act: &str) -> Option<(How, Uuid)> {
    let (how, id) = act.strip_prefix("article:")?.split_once(':')?;
    let (how, ..) = How::ALL.into_iter().find(|(_, name, _)| *name == how)?;
    Some((how, Uuid::try_parse(id).ok()?))
}

/// Whether a button puts an article in.
pub fn is_pressed(act: &str) -> bool {
    pressed(act).is_some()
}

/// Where an article is found for ever, for whoever reads the answer. All addresses that leave the desk are made here.
pub fn address(cx: &Cx, to: Recipient, article_id: Uuid) -> String {
    let root = cx.desk.config.public_url.trim_end_matches('/');
    let at = match to {
        Recipient::Desk => url::article(article_id),
        Recipient::Requester => url::help_article(article_id),
        Recipient::Vendor(_) => url::portal_article(article_id),
    };
    format!("{root}{at}")
}

/// Whether an address is of use: most requesters have no account, and without one only what is public is found.
fn is_reachable(to: Recipient, audience: Audience) -> bool {
    to != Recipient::Requester || audience == Audience::Public
}

/// Who will read what is written.
async fn recipient(cx: &Cx, ticket: &Ticket, mode: Mode, share: &str) -> Result<Recipient> {
    Ok(match mode {
        Mode::Note => Recipient::Desk,
        Mode::Reply | Mode::Call | Mode::New => Recipient::Requester,
        Mode::Vendor => {
            let shares = tell::open(cx, ticket).await?;
            let chosen = shares.iter().find(|row| row.share.id.to_string() == share);
            let one = chosen.or_else(|| shares.first());
            let organisation = one.map(|row| row.share.organisation_id);
            Recipient::Vendor(organisation.unwrap_or_default())
        }
    })
}

/// `GET /tickets/:key/composer/articles`: the articles that fit, alone on a page for a browser without scripts.
#[handler]
pub async fn show(
    cx: Cx,
    Seen(ticket): Seen<Ticket>,
    Query(looked): Query<Looked>,
) -> Result<Markup> {
    let asked = Mode::from_name(&looked.mode).unwrap_or_default();
    let (_, mode) = modes(&cx, &ticket, asked);
    let found = found(&cx, &ticket, mode, &looked).await?;
    if cx.wants_fragment() {
        return Ok(hits(&cx, &ticket, mode, &found, true));
    }
    page(&cx, &ticket, mode, &looked, &found).await
}

/// `POST /tickets/:key/composer/articles`: puts one at the end of the draft.
#[handler]
pub async fn insert(cx: Cx, Seen(ticket): Seen<Ticket>, Form(form): Form<Written>) -> Result<Swap> {
    let (_, mode) = modes(&cx, &ticket, form.mode());
    let mut written = Composer::load(&cx, &ticket, mode).await?.written;
    written.cursor.clear();
    put(&cx, &ticket, &mut written, &form.act).await?;
    drafts::keep(&cx, &ticket, &written, vec![]).await?;
    let to = url::ticket(&ticket.number).with("mode", mode.name());
    Ok(Swap::go_to(cx.asks, to.at("composer")))
}

async fn found(cx: &Cx, ticket: &Ticket, mode: Mode, looked: &Looked) -> Result<Vec<Offer>> {
    let to = recipient(cx, ticket, mode, &looked.share).await?;
    let services: Vec<Uuid> = ticket.service_id.into_iter().collect();
    let words = looked.article_q.trim();
    let found = answers::offered(&cx.db, &cx.actor, to, words, &services, MOST).await?;
    // Nothing about the service: whatever there is.
    match found.is_empty() && words.is_empty() {
        true => Ok(answers::offered(&cx.db, &cx.actor, to, "", &[], MOST).await?),
        false => Ok(found),
    }
}

/// Puts the article a button names where the cursor stood, or at the end.
pub async fn put(cx: &Cx, ticket: &Ticket, written: &mut Written, act: &str) -> Result<()> {
    if let Some(solution) = solution_of(cx, act).await? {
        written.put(&solution);
        return Ok(());
    }
    let Some((how, id)) = pressed(act) else {
        return Ok(());
    };
    let to = recipient(cx, ticket, written.mode(), &written.share).await?;
    let Some(version) = answers::one(&cx.db, &cx.actor, to, id).await? else {
        return Ok(());
    };
    let link = format!("{}: {}", version.title, address(cx, to, id));
    let text = said(cx, to, &version);
    let piece = match how {
        _ if !is_reachable(to, version.audience) => text,
        How::Link => link,
        How::Text => text,
        How::Both => format!("{text}\n\n{link}"),
    };
    written.put(&piece);
    written.articles = format!("{} {id}:{}", written.articles, version.number);
    Ok(())
}

/// What of it that recipient may read, as a message says it.
fn said(cx: &Cx, to: Recipient, version: &Version) -> String {
    let body = match to {
        Recipient::Desk => {
            let all = passages(&version.body);
            all.iter().map(|passage| passage.text).collect()
        }
        Recipient::Requester | Recipient::Vendor(_) => outside(&version.body),
    };
    of_article(cx.locale, &body)
}

/// The articles of an answer that is about to be sent, each with its version: those put in that still stand there, and
/// those whose address somebody typed.
pub async fn used(cx: &Cx, ticket: &Ticket, written: &Written) -> Result<Vec<(Uuid, i32)>> {
    let to = recipient(cx, ticket, written.mode(), &written.share).await?;
    let mut ids: Vec<Uuid> = written
        .articles
        .split_whitespace()
        .filter_map(|one| Uuid::try_parse(one.split(':').next()?).ok())
        .collect();
    ids.extend(linked(&written.text));
    ids.sort_unstable();
    ids.dedup();
    ids.truncate(MOST as usize);
    let mut used = Vec::new();
    for id in ids {
        let Some(version) = answers::one(&cx.db, &cx.actor, to, id).await? else {
            continue;
        };
        let stands =
            |line: &str| line.chars().count() >= LEAST_CHARS && written.text.contains(line);
        let text = said(cx, to, &version);
        if written.text.contains(&id.to_string()) || text.lines().map(str::trim).any(stands) {
            used.push((id, version.number));
        }
    }
    Ok(used)
}

/// Ids in addresses of articles.
fn linked(text: &str) -> impl Iterator<Item = Uuid> {
    const LENGTH: usize = 36;
    ["/knowledge/", "/help/articles/"]
        .into_iter()
        .flat_map(|at| text.split(at).skip(1))
        .filter_map(|behind| Uuid::try_parse(behind.get(..LENGTH)?).ok())
}

/// The steps that note them beside the message, in the transaction that sends it.
pub fn noting(
    cx: &Cx,
    ticket: &Ticket,
    message_id: Uuid,
    used: Vec<(Uuid, i32)>,
) -> Result<Vec<Step<Ticket>>> {
    let mut steps = Vec::with_capacity(used.len());
    for (article_id, version) in used {
        let permit = Permit::<UseArticle>::ask(&cx.actor, ticket.clone())?;
        let command = UseArticle {
            message_id,
            article_id,
            version,
        };
        steps.push(Step::new(permit, command).following());
    }
    Ok(steps)
}

fn here(ticket: &Ticket, mode: Mode, share: &str) -> Url {
    part(&ticket.number, "composer/articles")
        .with("mode", mode.name())
        .with("share", share)
}

/// The offer within the form, `#composer-articles`.
pub async fn panel(cx: &Cx, ticket: &Ticket, written: &Written) -> Result<Markup> {
    let mode = written.mode();
    let looked = Looked {
        share: written.share.clone(),
        ..Looked::default()
    };
    let found = found(cx, ticket, mode, &looked).await?;
    let again = here(ticket, mode, &looked.share);
    Ok(html! {
        section id=(PLACE) class="offer" aria-labelledby="composer-articles-title" {
            h2 id="composer-articles-title" { (icon_small("book")) (cx.t("composer-articles")) }
            label class="sr" for="article-q" { (cx.t("article-words")) }
            // Of no form: Enter in it sends nothing.
            input class="input" type="search" id="article-q" name="article_q" form="article-search" placeholder=(cx.t("article-words")) autocomplete="off" autofocus
                hx-get=(again) hx-trigger="input changed delay:250ms" hx-sync="this:replace"
                hx-target={ "#" (HITS) } hx-swap="outerHTML";
            (hits(cx, ticket, mode, &found, true))
        }
    })
}

/// The closed offer.
pub fn closed() -> Markup {
    html! { section id=(PLACE) hidden {} }
}

/// The articles, `#article-hits`, each with its buttons. `within`: the form of the composer is around them.
fn hits(cx: &Cx, ticket: &Ticket, mode: Mode, found: &[Offer], within: bool) -> Markup {
    let to_requester = matches!(mode, Mode::Reply | Mode::Call | Mode::New);
    let fits = |how: How, offer: &Offer| {
        how == How::Text || !to_requester || is_reachable(Recipient::Requester, offer.audience)
    };
    html! {
        ul id=(HITS) class="offer__list" role="list" aria-live="polite" {
            @if found.is_empty() { li class="muted small" { (cx.t("composer-articles-none")) } }
            @for offer in found {
                li {
                    div {
                        a href=(url::article(offer.id)) target="_blank" { (foreign(&offer.title)) }
                        " " span class="tag" { (words::audience_words(cx.locale, offer.audience)) }
                        @if !offer.summary.is_empty() { p class="small muted" { (foreign(&offer.summary)) } }
                    }
                    span class="cluster" { @for (how, name, words) in How::ALL { @if fits(how, offer) { (choice(cx, ticket, offer, name, words, within)) } } }
                }
            }
        }
    }
}

fn choice(
    cx: &Cx,
    ticket: &Ticket,
    offer: &Offer,
    name: &str,
    words: &str,
    within: bool,
) -> Markup {
    let value = format!("article:{name}:{}", offer.id);
    let label = cx.t(words);
    let whole = format!("{label}: {}", offer.title);
    let action = part(&ticket.number, "composer");
    html! {
        @if within {
            button class="kern-btn kern-btn--tertiary" type="submit" name="act" value=(value) aria-label=(whole) data-then="article"
                formaction=(action) formnovalidate hx-post=(action) hx-target="#composer-text-field" hx-swap="outerHTML"
                hx-encoding="application/x-www-form-urlencoded" { span class="kern-label" { (label) } }
        } @else {
            button class="kern-btn kern-btn--tertiary" type="submit" name="act" value=(value) aria-label=(whole) { span class="kern-label" { (label) } }
        }
    }
}

async fn page(
    cx: &Cx,
    ticket: &Ticket,
    mode: Mode,
    looked: &Looked,
    found: &[Offer],
) -> Result<Markup> {
    let back = url::ticket(&ticket.number).with("mode", mode.name());
    let action = part(&ticket.number, "composer/articles");
    let title = cx.t("composer-articles");
    let content = html! {
        div class="sheet" {
            div class="sheet__head" {
                a class="back" href=(back) { (icon_small("left")) (ticket.number) }
                h1 class="h2" { (title) }
            }
            form class="filterbar" method="get" action=(action) role="search" aria-label=(cx.t("article-find")) {
                input type="hidden" name="mode" value=(mode.name());
                input type="hidden" name="share" value=(looked.share);
                div class="field" {
                    label for="article-q" { (cx.t("article-words")) }
                    input class="input" type="search" id="article-q" name="article_q" value=(looked.article_q);
                }
                (submit(Look::Secondary, &cx.t("settings-show")))
            }
            form class="offer" id="article-offer" method="post" action=(action) {
                (form::csrf(&cx.session.csrf))
                input type="hidden" name="mode" value=(mode.name());
                input type="hidden" name="share" value=(looked.share);
                (hits(cx, ticket, mode, found, false))
            }
        }
    };
    let frame = cx.frame(Area::Tickets).await?;
    Ok(frame.page(&title, Stage::Plain, &content))
}

/// Where to go on without scripts.
pub fn way(ticket: &Ticket, written: &Written) -> Url {
    here(ticket, written.mode(), &written.share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_says_which_and_how() {
        let id = Uuid::from_u128(7);
        assert_eq!(
            pressed(&format!("article:both:{id}")),
            Some((How::Both, id))
        );
        assert_eq!(pressed("article:all:7"), None);
        assert_eq!(
            linked(&format!("siehe https://x/knowledge/{id}#s-1")).next(),
            Some(id)
        );
    }
}
