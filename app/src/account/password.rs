//! A new password, given by whoever knows the old one.

use chrono::Duration;
use entities::person::{ChangePassword, password};
use entities::session as sessions;
use entities::sign_in::{Confirmed, confirm};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::new_password::{self, NewPasswordFaults, Whose};
use super::show::{self, Saved};
use super::sign_in::limits;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::{self, Form};
use crate::web::parts::{Field, Input, Look, error_summary, submit};
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;
use crate::web::url;

#[derive(Deserialize)]
struct PasswordForm {
    #[serde(default)]
    old_password: String,
    #[serde(default)]
    new_password: String,
    #[serde(default)]
    again: String,
}

/// The sentences of what was not accepted, by field.
#[derive(Debug, Default)]
pub struct PasswordFaults {
    old: Option<String>,
    new: NewPasswordFaults,
}

impl PasswordFaults {
    fn is_empty(&self) -> bool {
        self.old.is_none() && self.new.is_empty()
    }

    fn list(&self) -> Vec<(String, String)> {
        let old = self.old.iter().cloned();
        let mut all: Vec<_> = old
            .map(|fault| ("old_password".to_owned(), fault))
            .collect();
        all.extend(self.new.list());
        all
    }
}

/// `POST /account/password`: all other sessions end with the old password.
#[handler]
pub async fn update(
    cx: Cx,
    permit: Permitted<ChangePassword>,
    Form(typed): Form<PasswordForm>,
) -> Result<Swap> {
    let mut faults = faults(&cx, &typed).await;
    if faults.is_empty() {
        faults.old = wrong_old(&cx, &typed.old_password).await?;
    }
    if !faults.is_empty() {
        let page = show::page(&cx, None, &faults).await?;
        return Ok(Swap::invalid(cx.asks, password_form(&cx, &faults), page));
    }
    let hash = password::hash(&typed.new_password).await?;
    cx.db
        .change(permit.into_permit(), ChangePassword { hash })
        .await?;
    sessions::end_others(&cx.db, cx.session.person_id, &cx.session.token_hash).await?;
    let done = url::account().with("saved", Saved::Password.name());
    Ok(Swap::go_to(cx.asks, done))
}

async fn faults(cx: &Cx, typed: &PasswordForm) -> PasswordFaults {
    let whose = Whose {
        name: &cx.session.name,
        email: cx.session.email.as_deref(),
    };
    let both = (typed.new_password.as_str(), typed.again.as_str());
    let mut new = new_password::faults(&cx.desk, cx.locale, both, whose).await;
    if new.new.is_none() && typed.new_password == typed.old_password {
        new.new = Some(cx.t("own-password-same"));
    }
    PasswordFaults {
        old: typed
            .old_password
            .is_empty()
            .then(|| cx.t("own-password-old-missing")),
        new,
    }
}

async fn wrong_old(cx: &Cx, typed: &str) -> Result<Option<String>> {
    let person_id = cx.session.person_id;
    Ok(
        match confirm(&cx.db, person_id, typed, limits(&cx.desk)).await? {
            Confirmed::Yes => None,
            Confirmed::No => Some(cx.t("own-password-old-wrong")),
            Confirmed::WaitUntil(until) => {
                let wait = until - cx.now.at + Duration::seconds(59);
                let words = cx.locale.duration(wait.max(Duration::minutes(1)));
                Some(
                    cx.locale
                        .t_with("own-password-wait", &[("duration", words.into())]),
                )
            }
        },
    )
}

/// The form `#password-form`.
pub fn password_form(cx: &Cx, faults: &PasswordFaults) -> Markup {
    let locale = cx.locale;
    let old = Input::Line {
        kind: "password",
        value: "",
        autocomplete: Some("current-password"),
    };
    html! {
        form id="password-form" class="form" action=(url::own_password()) method="post" novalidate aria-labelledby="password-title" {
            (form::csrf(&cx.session.csrf))
            h2 id="password-title" { (cx.t("own-password-title")) }
            (error_summary(locale, &faults.list()))
            (Field::new("old_password", &cx.t("own-password-old")).fault(faults.old.as_deref()).render(locale, old))
            (new_password::fields(locale, cx.session.email.as_deref(), &faults.new))
            p class="small muted" { (cx.t("own-password-ends-sessions")) }
            p { (submit(Look::Secondary, &cx.t("own-password-save"))) }
        }
    }
}
