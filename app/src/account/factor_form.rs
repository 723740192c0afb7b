//! Setting up a second factor: a picture for the app, the same as text, and the first code as proof.

use entities::history::Key;
use entities::second_factor::{recovery_code, totp};
use entities::{Db, Instant, Uuid};
use maud::{Markup, html};
use qrcodegen::{QrCode, QrCodeEcc};
use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::locale::Locale;
use crate::web::parts::{Field, Input};
use crate::web::sealed;

const PURPOSE: &str = "a second factor being set up";

/// A secret that is offered to one person; it waits sealed in the form.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Offer {
    person_id: Uuid,
    pub secret: String,
}

impl Offer {
    /// A new one.
    pub fn new(person_id: Uuid) -> Result<Offer> {
        let secret = totp::secret()?;
        Ok(Offer { person_id, secret })
    }

    /// What a form brings back, if it was offered to this person, within ten minutes.
    pub fn open(db: &Db, person_id: Uuid, sealed: &str) -> Option<Offer> {
        let now = db.clock().now();
        let offer: Offer = sealed::open(db.key(), PURPOSE, sealed, now)?;
        (offer.person_id == person_id).then_some(offer)
    }

    fn seal(&self, key: &Key, now: Instant) -> String {
        sealed::seal(key, PURPOSE, self, now)
    }

    /// The fields of the form, with the fault of the code.
    pub fn fields(
        &self,
        db: &Db,
        locale: Locale,
        (issuer, account): (&str, &str),
        fault: Option<&str>,
    ) -> Markup {
        let address = totp::address(&self.secret, issuer, account);
        let input = Input::Line {
            kind: "text",
            value: "",
            autocomplete: Some("one-time-code"),
        };
        let (label, hint) = (locale.t("factor-code"), locale.t("factor-code-hint"));
        html! {
            input type="hidden" name="offer" value=(self.seal(db.key(), db.clock().now()));
            (picture(&address, &locale.t("factor-picture")))
            p {
                (locale.t("factor-by-hand")) br;
                code class="secret" { (groups(&self.secret)) }
            }
            (Field::new("code", &label).hint(&hint).fault(fault).render(locale, input))
        }
    }
}

/// In fours, as people read them aloud.
fn groups(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    let groups: Vec<String> = letters
        .chunks(4)
        .map(|four| four.iter().collect())
        .collect();
    groups.join(" ")
}

/// A picture an app reads, drawn as one path. Nothing of it leaves the page.
fn picture(address: &str, words: &str) -> Markup {
    let Ok(code) = QrCode::encode_text(address, QrCodeEcc::Medium) else {
        return html! {};
    };
    let size = code.size();
    let dark = |x: &i32, y: &i32| code.get_module(*x, *y);
    let squares: String = (0..size)
        .flat_map(|y| (0..size).map(move |x| (x, y)))
        .filter(|(x, y)| dark(x, y))
        .map(|(x, y)| format!("M{x} {y}h1v1h-1z"))
        .collect();
    let view = format!("-4 -4 {0} {0}", size + 8);
    html! {
        svg class="qr" viewBox=(view) role="img" aria-label=(words) shape-rendering="crispEdges" {
            rect x="-4" y="-4" width=(size + 8) height=(size + 8) fill="#fff" {}
            path d=(squares) fill="#000" {}
        }
    }
}

/// New recovery codes: as they are shown once, and as they are stored.
pub struct Codes {
    pub shown: Vec<String>,
    pub hashes: Vec<Vec<u8>>,
}

impl Codes {
    pub fn new() -> Result<Codes> {
        let shown = recovery_code::invented()?;
        let hashes = shown.iter().map(|code| recovery_code::hash(code)).collect();
        Ok(Codes { shown, hashes })
    }

    /// The list to keep.
    pub fn list(&self, locale: Locale) -> Markup {
        html! {
            p { (locale.t("recovery-keep")) }
            ol class="codes" {
                @for code in &self.shown { li { code { (code) } } }
            }
        }
    }
}
