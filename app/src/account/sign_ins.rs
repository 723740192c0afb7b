//! When, from where and by which way somebody signed in, or did not: one's own page, and the lines of the administrators' page.

use entities::page::{Cursor, Page};
use entities::sign_in::entry::{self, OfPerson, Way};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::sessions::browser;
use crate::error::Result;
use crate::sign_on::refusal;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{Pager, column, icon_small, moment, pager};
use crate::web::url::{self, Url};

/// How many lines a page has.
pub const ROWS: u64 = 50;

/// Which page of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    after: String,
}

impl Asked {
    pub fn after(&self) -> Option<Cursor> {
        Cursor::decode(&self.after)
    }

    /// The neighbours of this page in the list at that address.
    pub fn pages(&self, here: &Url, found: &Page<OfPerson>) -> Pager {
        Pager {
            first: (!self.after.is_empty()).then(|| here.clone()),
            previous: None,
            next: found
                .next
                .as_ref()
                .map(|cursor| here.clone().with("after", cursor.encode())),
        }
    }
}

/// `GET /account/sign-ins`
#[handler]
pub async fn list(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let me = cx.session.person_id;
    let found = entry::of_person(&cx.db, &cx.actor, me, asked.after().as_ref(), ROWS).await?;
    let title = cx.t("sign-ins-title");
    let content = html! {
        div class="sheet" {
            div class="sheet__head" {
                a class="back" href=(url::account()) { (icon_small("left")) (cx.t("account-title")) }
                h1 id="sign-ins-title" { (title) }
                p class="muted" { (cx.t("sign-ins-lead")) }
            }
            div class="scroll" tabindex="0" role="region" aria-labelledby="sign-ins-title" { (lines(&cx, &found.rows)) }
            (pager(cx.locale, &asked.pages(&url::own_sign_ins(), &found)))
        }
    };
    let frame = cx.frame(Area::None).await?;
    Ok(frame.page(&title, Stage::Plain, &content))
}

/// The table of these lines.
pub fn lines(cx: &Cx, rows: &[OfPerson]) -> Markup {
    html! {
        @if rows.is_empty() { p class="sheet__body muted" { (cx.t("sign-ins-none")) } }
        @else {
            table class="grid grid--plain" {
                caption class="sr" { (cx.t("sign-ins-title")) }
                thead { tr {
                    (column(&cx.t("sign-ins-at"))) (column(&cx.t("sign-ins-outcome"))) (column(&cx.t("sign-ins-way")))
                    (column(&cx.t("sign-ins-from")))
                } }
                tbody {
                    @for row in rows {
                        tr {
                            td { (moment(cx.locale, &cx.now, row.at)) }
                            td class="words" { (outcome(cx, row)) }
                            td { (way(cx, row)) }
                            td { (browser(cx, &row.browser)) br; span class="small muted" { (row.address) } }
                        }
                    }
                }
            }
        }
    }
}

fn way(cx: &Cx, row: &OfPerson) -> String {
    match Way::from_name(&row.way) {
        Some(Way::Provider) | None => match &row.provider_name {
            Some(name) => name.clone(),
            None => cx.t("way-provider"),
        },
        Some(Way::Password) => cx.t("way-password"),
        Some(Way::PasswordAndCode) => cx.t("way-password-and-code"),
        Some(Way::PasswordAndRecoveryCode) => cx.t("way-password-and-recovery-code"),
        Some(Way::Passkey) => cx.t("way-passkey"),
        Some(Way::Link) => cx.t("way-link"),
    }
}

fn outcome(cx: &Cx, row: &OfPerson) -> String {
    match row.outcome.as_str() {
        "started" => cx.t("sign-on-started"),
        "wrong" => cx.t("sign-in-was-wrong"),
        "locked" => cx.t("sign-in-was-locked"),
        "not_proven" => cx.t("sign-in-not-proven"),
        "wrong_code" => cx.t("sign-in-was-wrong-code"),
        "code_asked" => cx.t("sign-in-code-asked"),
        "password_set" => cx.t("sign-in-password-set"),
        other => refusal::outcome(cx.locale, other),
    }
}
