//! How a person gets in, for those who administrate: second factor, passkeys, tokens, sessions, and tries to sign in.

use entities::api_token::{self, EndToken};
use entities::passkey::{self, RemovePasskey};
use entities::person::{self, EndSessions, Person};
use entities::second_factor::RemoveSecondFactor;
use entities::sign_in::entry;
use entities::{DeskError, Rejected, Uuid, session};
use maud::{Markup, html};
use poem::handler;

use super::area::Area;
use super::person_identities::{Open, section};
use super::wide::{self, Back, Wide};
use crate::account::passkeys;
use crate::account::sessions::{EndForm, Which, session_list};
use crate::account::sign_ins::{Asked, ROWS, lines};
use crate::account::tokens;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::{Form, Query, csrf};
use crate::web::parts::{Look, button_link, moment, pager, submit};
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;

const AREA: Area = Area::People;

/// `GET /settings/people/:sub/access`
#[handler]
pub async fn show(
    cx: Cx,
    _permit: Permitted<EndSessions>,
    Sub(id): Sub,
    Query(asked): Query<Asked>,
) -> Result<Markup> {
    let person = person::find(&cx.db, &cx.actor, id).await?;
    page(&cx, &person, &asked, &Open::default()).await
}

/// The whole page; with what was typed when a tie to a provider was not accepted.
pub async fn page(cx: &Cx, person: &Person, asked: &Asked, open: &Open) -> Result<Markup> {
    let id = person.row.id;
    let sessions = session::of(&cx.db, id).await?;
    let passkeys = passkey::of(&cx.db, &cx.actor, id).await?;
    let tokens = api_token::of(&cx.db, &cx.actor, id).await?;
    let after = asked.after();
    let found = entry::of_person(&cx.db, &cx.actor, id, after.as_ref(), ROWS).await?;
    let identities = section(cx, person, open).await?;
    let here = AREA.act(id, "access");
    let content = html! {
        (identities)
        (second_factor(cx, person))
        (session_list(cx, &sessions, &AREA.act(id, "sessions")))
        @if !passkeys.is_empty() {
            section aria-labelledby="passkeys-title" {
                div class="sheet__body" { h2 id="passkeys-title" { (cx.t("passkeys-title")) } }
                (passkeys::lines(cx, &passkeys, &AREA.act(id, "passkeys")))
            }
        }
        @if !tokens.is_empty() {
            section aria-labelledby="tokens-title" {
                div class="sheet__body" { h2 id="tokens-title" { (cx.t("tokens-title")) } }
                (tokens::lines(cx, &tokens, &AREA.act(id, "tokens")))
            }
        }
        section aria-labelledby="sign-ins-title" {
            div class="sheet__body" { h2 id="sign-ins-title" { (cx.t("sign-ins-title")) } }
            (lines(cx, &found.rows))
        }
    };
    let sheet = Wide {
        area: AREA,
        back: Back::To(AREA),
        title: cx.locale.t_with(
            "person-access-title",
            &[("name", person.row.name.as_str().into())],
        ),
        head: button_link(
            Look::Tertiary,
            &cx.t("person-access-back"),
            &AREA.entry(id),
            None,
        ),
        content,
        foot: pager(cx.locale, &asked.pages(&here, &found)),
    };
    wide::page(cx, sheet).await
}

/// `POST /settings/people/:sub/sessions`: one session of somebody, or all.
#[handler]
pub async fn remove(
    cx: Cx,
    permit: Permitted<EndSessions>,
    Sub(id): Sub,
    Form(typed): Form<EndForm>,
) -> Result<Swap> {
    let which = typed.which();
    if !matches!(which, Which::None) {
        let all = matches!(which, Which::Many);
        cx.db
            .change(permit.into_permit(), EndSessions { id, all })
            .await?;
    }
    match which {
        Which::One(hash) => session::end_one(&cx.db, id, &hash).await?,
        Which::Many => session::end_others(&cx.db, id, &cx.session.token_hash).await?,
        Which::None => {}
    }
    Ok(Swap::go_to(cx.asks, AREA.act(id, "access")))
}

/// `POST /settings/people/:sub/second-factor`: removes it, for a lost device.
#[handler]
pub async fn update(cx: Cx, permit: Permitted<RemoveSecondFactor>, Sub(id): Sub) -> Result<Swap> {
    match cx
        .db
        .change(permit.into_permit(), RemoveSecondFactor { id })
        .await
    {
        Ok(_) | Err(DeskError::Rejected(Rejected::NothingToDo)) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(Swap::go_to(cx.asks, AREA.act(id, "access")))
}

fn second_factor(cx: &Cx, person: &Person) -> Markup {
    html! {
        section class="form" aria-labelledby="factor-title" {
            h2 id="factor-title" { (cx.t("factor-title")) }
            @match &person.factor {
                Some(factor) => {
                    p { (cx.t("factor-is-set")) " " (moment(cx.locale, &cx.now, factor.set_at)) }
                    form id="factor-form" method="post" action=(AREA.act(person.row.id, "second-factor")) class="stack" {
                        (csrf(&cx.session.csrf))
                        p class="small muted" { (cx.t("person-factor-more")) }
                        p { (submit(Look::Secondary, &cx.t("factor-remove"))) }
                    }
                }
                None => p class="muted" { (cx.t("person-factor-none")) }
            }
        }
    }
}

/// `POST /settings/people/:sub/tokens`: ends a token of somebody.
#[handler]
pub async fn end_token(
    cx: Cx,
    permit: Permitted<EndToken>,
    Sub(id): Sub,
    Form(form): Form<tokens::EndForm>,
) -> Result<Swap> {
    if let Ok(token_id) = Uuid::try_parse(&form.token) {
        let command = EndToken { id, token_id };
        match cx.db.change(permit.into_permit(), command).await {
            Ok(_) | Err(DeskError::Rejected(Rejected::NothingToDo)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Swap::go_to(cx.asks, AREA.act(id, "access")))
}

/// `POST /settings/people/:sub/passkeys`: removes a passkey of somebody.
#[handler]
pub async fn remove_passkey(
    cx: Cx,
    permit: Permitted<RemovePasskey>,
    Sub(id): Sub,
    Form(form): Form<passkeys::EndForm>,
) -> Result<Swap> {
    if let Ok(passkey_id) = Uuid::try_parse(&form.passkey) {
        let command = RemovePasskey { id, passkey_id };
        match cx.db.change(permit.into_permit(), command).await {
            Ok(_) | Err(DeskError::Rejected(Rejected::NothingToDo)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Swap::go_to(cx.asks, AREA.act(id, "access")))
}
