//! What is told of a mailing, in words.

use entities::bulk::Leave;
use entities::mailing::{MOST, Refusal, State};
use entities::ticket::State as Standing;
use entities::{Rejected, Uuid};

use crate::error::{Result, rejected};
use crate::locale::Locale;
use crate::tickets::bulk::said::why_words;
use crate::web::cx::Cx;
use crate::web::parts::{reason_words, state_words};

/// Why somebody gets no letter.
pub fn refusal(cx: &Cx, why: Option<Refusal>) -> String {
    match why {
        None => cx.t("import-failed"),
        Some(Refusal::NoAddress) => cx.t("mailing-why-no-address"),
        Some(Refusal::NotAnAddress) => rejected(cx.locale, Rejected::NotAnAddress),
        Some(Refusal::SeveralAddresses) => cx.t("mailing-why-several"),
        Some(Refusal::TooLong) => cx.t("mailing-why-long"),
        Some(Refusal::Unknown) => cx.t("mailing-why-unknown"),
        Some(Refusal::Retired) => cx.t("import-retired"),
        Some(Refusal::Guest) => cx.t("mailing-why-guest"),
        Some(Refusal::NoMail) => cx.t("mailing-why-no-mail"),
        Some(Refusal::Twice(line)) => cx.locale.t_with("import-twice", &[("line", line.into())]),
        Some(Refusal::TooMany) => cx
            .locale
            .t_with("mailing-why-many", &[("count", MOST.into())]),
        Some(Refusal::Then(why)) => why_words(cx, why),
    }
}

/// `Geschlossen (Kein Handlungsbedarf)`: what becomes of the tickets; none when they stay as they are.
pub fn leave(locale: Locale, leave: Leave) -> Option<String> {
    match leave {
        Leave::AsItIs => None,
        Leave::Waiting => Some(state_words(locale, Standing::Waiting, None)),
        Leave::Closed(reason) => {
            let closed = state_words(locale, Standing::Closed, None);
            Some(format!("{closed} ({})", reason_words(locale, reason)))
        }
    }
}

/// How far it is, in a word.
pub fn state(cx: &Cx, state: State, has_failed: bool) -> String {
    cx.t(match (state, has_failed) {
        (State::Staged, _) => "mailing-staged",
        (State::Running, _) => "mailing-running",
        (State::Done, _) => "mailing-done",
        (State::Stopped, true) => "mailing-failed",
        (State::Stopped, false) => "mailing-stopped",
    })
}

/// The name of a service.
pub async fn service(cx: &Cx, id: Uuid) -> Result<String> {
    let names = entities::history::names(&cx.db, &cx.actor, &[id]).await?;
    let name = names.get(&id).cloned();
    Ok(name.unwrap_or_else(|| cx.t("fact-unknown")))
}
