//! People of vendors who may use the portal, as the unit's page and the vendor's own show them alike.

mod form;
mod table;

use entities::{Rejected, Uuid};
use maud::{Markup, html};
use serde::Deserialize;

use crate::error::rejected;
use crate::locale::{Locale, Now};
use crate::web::parts::{Tone, notice};
use crate::web::url::Url;

pub use form::{ActForm, Fault, InviteForm};

/// Where such a page stands, and who reads it.
pub struct Ground<'a> {
    pub locale: Locale,
    pub now: &'a Now,
    pub csrf: &'a str,
    /// The page itself; inviting goes there.
    pub here: Url,
    /// Where something is done with one of them.
    pub of: &'a (dyn Fn(Uuid) -> Url + Send + Sync),
    /// The reader, when they are one of them.
    pub me: Option<Uuid>,
}

impl Ground<'_> {
    fn t(&self, key: &str) -> String {
        self.locale.t(key)
    }
}

/// What stands on such a page beside the people.
#[derive(Default)]
pub struct Open {
    /// What was done just before.
    done: String,
    /// Why something was not done.
    refused: Option<String>,
    /// What was typed to invite somebody, and what was wrong with it.
    form: InviteForm,
    faults: Vec<Fault>,
}

/// What an address says of what was done just before.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
}

impl Open {
    /// With an empty form.
    pub fn after(locale: Locale, asked: Asked) -> Open {
        Open {
            done: asked.done,
            form: InviteForm::empty(locale),
            ..Open::default()
        }
    }

    /// With an empty form, and why something else was not done.
    pub fn refused(locale: Locale, why: Rejected) -> Open {
        Open {
            refused: Some(rejected(locale, why)),
            form: InviteForm::empty(locale),
            ..Open::default()
        }
    }

    /// With what was typed, and what is wrong with it.
    pub fn typed(form: InviteForm, faults: Vec<Fault>) -> Open {
        Open {
            form,
            faults,
            ..Open::default()
        }
    }
}

/// Everybody, and the form that invites.
pub fn sheet(ground: &Ground<'_>, people: &[entities::guest::Guest], open: &Open) -> Markup {
    html! {
        @if let Some(why) = &open.refused {
            div class="sheet__told" { (notice(Tone::Error, why, &html! {})) }
        } @else if let Some(key) = done_words(&open.done) {
            div class="sheet__told" { (notice(Tone::Ok, &ground.t(key), &html! {})) }
        }
        (table::table(ground, people))
        (open.form.render(ground, &open.faults))
    }
}

fn done_words(done: &str) -> Option<&'static str> {
    match done {
        "invited" => Some("guests-done-invited"),
        "again" => Some("guests-done-again"),
        "withdraw" => Some("guests-done-withdrawn"),
        "end" => Some("guests-done-ended"),
        "coordinate" | "use" => Some("guests-done-part"),
        _ => None,
    }
}
