//! Where an agent writes: reply, note or call, kept as a draft until it is sent.

pub mod addresses;
pub mod articles;
pub mod draft;
pub mod fragment;
pub mod meanwhile;
pub mod quoted;
pub mod send;
pub mod sent;
pub mod shared;
pub mod state;
pub mod surroundings;
pub mod vendor;
pub mod written;

use entities::draft::Mode;
use entities::ticket::Ticket;
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

pub use fragment::composer;
use meanwhile::Meanwhile;
pub use state::{Composer, Focus, Known};
use written::Written;

use crate::error::Result;
use crate::text_blocks::offer;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::foreign;
use crate::web::permitted::Seen;
use crate::web::routing::Routes;
use crate::web::swap::Swap;
use crate::web::url;

/// What a page's address says about the composer.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    mode: String,
}

impl Asked {
    /// The mode to begin with.
    pub fn mode(&self) -> Mode {
        Mode::from_name(&self.mode).unwrap_or_default()
    }
}

/// The addresses of the composer and of what it sends.
pub fn routes(r: Routes) -> Routes {
    r.get("/tickets/:key/composer", show)
        .post("/tickets/:key/composer", draft::update)
        .get("/tickets/:key/composer/blocks", offer::show)
        .get("/tickets/:key/composer/shared", shared::show)
        .get("/tickets/:key/composer/articles", articles::show)
        .post("/tickets/:key/composer/articles", articles::insert)
        .post("/tickets/:key/draft", draft::create)
        .post("/tickets/:key/replies", super::reply::create)
        .post("/tickets/:key/notes", super::note::create)
        .post("/tickets/:key/vendor-messages", super::shares::tell::create)
        .post("/tickets/:key/calls", super::call::create)
        .post(
            "/tickets/:key/messages/:sub/withdraw",
            super::withdraw::create,
        )
        .post(
            "/tickets/:key/messages/:sub/send-again",
            super::send_again::create,
        )
}

/// `GET /tickets/:key/composer?mode=`: the form, alone on a page for a browser without scripts.
#[handler]
async fn show(cx: Cx, Seen(ticket): Seen<Ticket>, Query(asked): Query<Asked>) -> Result<Markup> {
    let state = Composer::load(&cx, &ticket, asked.mode()).await?;
    let focused = Composer {
        focus: Focus::Text,
        ..state
    };
    if cx.wants_fragment() {
        return Ok(composer(&cx, &focused));
    }
    page(&cx, &focused).await
}

/// What somebody needs who writes in a ticket, or is seen there. It belongs to the page and to no fragment: a swap would run it again.
pub fn script() -> Markup {
    html! { script src=(assets::url("ticket.js")) defer {} }
}

/// The composer alone on a page: what a refused form comes back as.
pub async fn page(cx: &Cx, state: &Composer) -> Result<Markup> {
    let number = &state.ticket.number;
    let content = html! {
        div class="sheet" {
            div class="sheet__head" {
                h1 { (foreign(&state.ticket.title)) }
                a class="right" href=(url::ticket(number)) { (number) }
            }
            (composer(cx, state))
        }
        (script())
    };
    let title = format!("{number} {}", state.ticket.title);
    Ok(cx
        .frame(Area::Tickets)
        .await?
        .page(&title, Stage::Plain, &content))
}

/// Why a form was not taken.
#[derive(Debug)]
pub enum Refusal {
    /// Field and sentence of each fault.
    Faults(Vec<(String, String)>),
    /// Somebody wrote since the form was drawn.
    Meanwhile(Meanwhile),
    /// Something was found that nobody decided on.
    Undecided,
}

/// The form again, because a place of a text block is still to be filled: it is marked.
pub async fn unfilled(cx: &Cx, ticket: &Ticket, written: Written, name: &str) -> Result<Swap> {
    draft::keep(cx, ticket, &written, vec![]).await?;
    let words = cx
        .locale
        .t_with("composer-place-open", &[("name", name.into())]);
    let state = Composer {
        faults: vec![(written::TEXT.to_owned(), words)],
        focus: Focus::Text,
        ..Composer::with(cx, ticket, written).await?
    };
    let page = page(cx, &state).await?;
    Ok(Swap::invalid(cx.asks, composer(cx, &state), page))
}

/// The form again with what was typed, which is kept as a draft, and what is wrong with it.
pub async fn refused(cx: &Cx, ticket: &Ticket, written: Written, why: Refusal) -> Result<Swap> {
    draft::keep(cx, ticket, &written, vec![]).await?;
    let state = Composer::with(cx, ticket, written).await?;
    let state = match why {
        Refusal::Faults(faults) => Composer { faults, ..state },
        Refusal::Meanwhile(news) => Composer {
            meanwhile: Some(news),
            ..state
        },
        Refusal::Undecided => state,
    };
    let page = page(cx, &state).await?;
    Ok(Swap::invalid(cx.asks, composer(cx, &state), page))
}
