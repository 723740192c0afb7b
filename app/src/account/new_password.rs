//! A new password as it is typed: its two fields, and what is wrong with it in words.

use entities::person::password_rules::{self, FEWEST_CHARS, MOST_CHARS, Owner, Weak};
use maud::{Markup, html};

use crate::desk::Desk;
use crate::locale::Locale;
use crate::web::parts::{Field, Input};

/// Whose password it is to be.
#[derive(Clone, Copy, Debug)]
pub struct Whose<'a> {
    pub name: &'a str,
    pub email: Option<&'a str>,
}

/// The sentences of what was not accepted, by field.
#[derive(Clone, Debug, Default)]
pub struct NewPasswordFaults {
    pub new: Option<String>,
    pub again: Option<String>,
}

impl NewPasswordFaults {
    pub fn is_empty(&self) -> bool {
        self.new.is_none() && self.again.is_none()
    }

    /// By the ids of the fields, for the summary above the form.
    pub fn list(&self) -> Vec<(String, String)> {
        [("new_password", &self.new), ("again", &self.again)]
            .into_iter()
            .filter_map(|(id, fault)| Some((id.to_owned(), fault.clone()?)))
            .collect()
    }
}

/// What is wrong with it, if anything.
pub async fn weakness(
    desk: &Desk,
    locale: Locale,
    typed: &str,
    whose: Whose<'_>,
) -> Option<String> {
    let owner = Owner {
        name: whose.name,
        email: whose.email.unwrap_or_default(),
        desk: &desk.config.organisation.name,
    };
    let weak = password_rules::check(typed, &owner).await.err()?;
    Some(words(locale, weak))
}

/// The same for both fields of a form.
pub async fn faults(
    desk: &Desk,
    locale: Locale,
    (typed, again): (&str, &str),
    whose: Whose<'_>,
) -> NewPasswordFaults {
    NewPasswordFaults {
        new: weakness(desk, locale, typed, whose).await,
        again: (again != typed).then(|| locale.t("own-password-differs")),
    }
}

fn words(locale: Locale, weak: Weak) -> String {
    let (key, count) = match weak {
        Weak::TooShort => ("own-password-too-short", FEWEST_CHARS),
        Weak::TooLong => ("own-password-too-long", MOST_CHARS),
        Weak::Common => return locale.t("own-password-common"),
        Weak::Personal => return locale.t("own-password-personal"),
    };
    locale.t_with(key, &[("count", count.into())])
}

/// Both fields; `email` tells password stores whose it is.
pub fn fields(locale: Locale, email: Option<&str>, faults: &NewPasswordFaults) -> Markup {
    let input = Input::Line {
        kind: "password",
        value: "",
        autocomplete: Some("new-password"),
    };
    let hint = locale.t_with("own-password-hint", &[("count", FEWEST_CHARS.into())]);
    let (new, again) = (locale.t("own-password-new"), locale.t("own-password-again"));
    html! {
        @if let Some(email) = email { input type="text" hidden readonly name="username" value=(email) autocomplete="username" aria-label=(locale.t("sign-in-email")); }
        (Field::new("new_password", &new).hint(&hint).fault(faults.new.as_deref()).render(locale, input))
        (Field::new("again", &again).fault(faults.again.as_deref()).render(locale, input))
    }
}
