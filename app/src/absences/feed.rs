//! The calendar one's absences are read from: naming it, reading it now, and ending that.

use entities::absence::feed::{self, EndFeed, LONGEST_WORD, MOST_WORDS, SetFeed, Shown};
use entities::{DeskError, Rejected};
use maud::{Markup, html};
use poem::handler;
use reqwest::Url;
use serde::Deserialize;

use super::feed_reading::reading;
use super::take_in::{address, take_in};
use crate::error::Result;
use crate::fetch::FetchError;
use crate::settings::form::{self, Faults, TITLE};
use crate::web::cx::Cx;
use crate::web::form::{Form, Query, csrf};
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{Field, Look, Tone, icon_small, notice, submit};
use crate::web::permitted::{Permitted, Readers};
use crate::web::swap::Swap;
use crate::web::url;

/// The longest address.
const LONGEST_ADDRESS: usize = 2000;

/// What was done just before.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
}

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct FeedForm {
    /// Empty: the one that is kept.
    address: String,
    /// Between commas.
    words: String,
}

impl FeedForm {
    fn of(cx: &Cx, shown: Option<&Shown>) -> FeedForm {
        FeedForm {
            address: String::new(),
            words: match shown {
                Some(shown) => shown.feed.words().join(", "),
                None => cx.t("absence-calendar-usual-words"),
            },
        }
    }

    fn words(&self) -> Vec<String> {
        let parts = self.words.split([',', ';', '\n']).map(str::trim);
        let parts = parts.filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect()
    }

    /// What is meant, or all that is wrong with what was typed.
    fn read(&self, cx: &Cx, shown: Option<&Shown>) -> Result<SetFeed, Faults> {
        let mut faults = Faults::default();
        let address = match (self.address.trim(), shown) {
            ("", Some(shown)) => shown.feed.address.clone(),
            (typed, _) => match self.checked(cx, typed) {
                Ok(url) => feed::seal(&cx.db, url.as_str()),
                Err(words) => {
                    faults.add("address", words);
                    String::new()
                }
            },
        };
        let words = self.words();
        if words.len() > MOST_WORDS || words.iter().any(|w| w.chars().count() > LONGEST_WORD) {
            let args = [("count", MOST_WORDS.into()), ("chars", LONGEST_WORD.into())];
            faults.add("words", cx.locale.t_with("absence-calendar-words", &args));
        }
        faults.none().map(|()| SetFeed { address, words })
    }

    fn checked(&self, cx: &Cx, typed: &str) -> Result<Url, String> {
        let url = address(typed).filter(|_| typed.len() <= LONGEST_ADDRESS);
        let Some(url) = url else {
            return Err(cx.t("absence-calendar-no-address"));
        };
        match cx.desk.calendars.may(&url) {
            Ok(()) => Ok(url),
            Err(FetchError::Private(_)) => Err(cx.t("absence-calendar-failed-private")),
            Err(_) => Err(cx.t("absence-calendar-no-address")),
        }
    }
}

/// `GET /account/absences/calendar`
#[handler]
pub async fn show(cx: Cx, _: Readers, Query(asked): Query<Asked>) -> Result<Markup> {
    let shown = feed::own(&cx.db, &cx.actor).await?;
    let form = FeedForm::of(&cx, shown.as_ref());
    let told = match asked.done.as_str() {
        "saved" => Some((Tone::Ok, "absence-calendar-saved")),
        "saved-only" => Some((Tone::Ok, "absence-calendar-saved-only")),
        "just-read" => Some((Tone::Info, "absence-calendar-just-read")),
        "ended" => Some((Tone::Ok, "absence-calendar-ended")),
        _ => None,
    };
    page(&cx, &form, shown.as_ref(), &Faults::default(), told).await
}

/// `POST /account/absences/calendar`: it is read at once, so that its person sees how that goes.
#[handler]
pub async fn update(
    cx: Cx,
    _: Readers,
    permit: Permitted<SetFeed>,
    Form(form): Form<FeedForm>,
) -> Result<Swap> {
    let shown = feed::own(&cx.db, &cx.actor).await?;
    let faults = match form.read(&cx, shown.as_ref()) {
        Err(faults) => faults,
        Ok(command) => match cx.db.change(permit.into_permit(), command).await {
            Ok(_) => {
                let done = match read_now(&cx).await? {
                    true => "saved",
                    false => "saved-only",
                };
                let there = url::absence_calendar().with("done", done);
                return Ok(Swap::go_to(cx.asks, there));
            }
            Err(DeskError::Rejected(why)) => Faults::rejected(&cx, field(why), why),
            Err(error) => return Err(error.into()),
        },
    };
    let page = page(&cx, &form, shown.as_ref(), &faults, None).await?;
    Ok(Swap::invalid(cx.asks, page.clone(), page))
}

fn field(why: Rejected) -> &'static str {
    match why {
        Rejected::TooLong => "words",
        _ => "address",
    }
}

/// `POST /account/absences/calendar/read`: once a minute, so that nobody keeps another server busy.
#[handler]
pub async fn read(cx: Cx, _: Readers, _permit: Permitted<SetFeed>) -> Result<Swap> {
    let there = match read_now(&cx).await? {
        true => url::absence_calendar(),
        false => url::absence_calendar().with("done", "just-read"),
    };
    Ok(Swap::go_to(cx.asks, there))
}

/// `POST /account/absences/calendar/end`
#[handler]
pub async fn remove(cx: Cx, _: Readers, permit: Permitted<EndFeed>) -> Result<Swap> {
    if feed::own(&cx.db, &cx.actor).await?.is_some() {
        cx.db.change(permit.into_permit(), EndFeed).await?;
    }
    let there = url::absence_calendar().with("done", "ended");
    Ok(Swap::go_to(cx.asks, there))
}

/// Whether it was read: not when that was begun a moment ago.
async fn read_now(cx: &Cx) -> Result<bool> {
    let Some(shown) = feed::own(&cx.db, &cx.actor).await? else {
        return Ok(true);
    };
    let may = feed::claim(&cx.db, &shown.feed).await?;
    if may {
        take_in(&cx.desk, &shown.feed).await?;
    }
    Ok(may)
}

async fn page(
    cx: &Cx,
    form: &FeedForm,
    shown: Option<&Shown>,
    faults: &Faults,
    told: Option<(Tone, &'static str)>,
) -> Result<Markup> {
    let title = cx.t("absence-calendar-title");
    let content = html! {
        div class="sheet" {
            div class="sheet__head" {
                a class="back" href=(url::own_absences()) { (icon_small("left")) (cx.t("absence-own")) }
                h1 id=(TITLE) class="h2" { (title) }
            }
            div class="scroll" tabindex="0" role="region" aria-labelledby=(TITLE) {
                @if let Some((tone, told)) = told { div class="sheet__told" { (notice(tone, &cx.t(told), &html! {})) } }
                @if let Some(shown) = shown { div id="calendar-state" class="sheet__told" { (reading(cx, shown)) } }
                (fields(cx, form, shown, faults))
            }
        }
    };
    let frame = cx.frame(Area::None).await?;
    Ok(frame.page(&title, Stage::Plain, &content))
}

fn fields(cx: &Cx, form: &FeedForm, shown: Option<&Shown>, faults: &Faults) -> Markup {
    let host = shown.and_then(|shown| shown.feed.address(&cx.db));
    let host = host.and_then(|address| Url::parse(&address).ok()?.host_str().map(str::to_owned));
    let (address, words) = (
        cx.t("absence-calendar-address"),
        cx.t("absence-calendar-word"),
    );
    let address_hint = match &host {
        None => cx.t("absence-calendar-address-hint"),
        Some(host) => {
            let args = [("host", host.as_str().into())];
            cx.locale.t_with("absence-calendar-address-kept", &args)
        }
    };
    let words_hint = cx.t("absence-calendar-word-hint");
    let field = Field::new("address", &address).hint(&address_hint);
    let field = field.fault(faults.of("address"));
    let field = match shown {
        Some(_) => field.optional(),
        None => field,
    };
    let known_by = Field::new("words", &words).hint(&words_hint).optional();
    html! {
        form id="calendar-form" class="form" method="post" action=(url::absence_calendar()) novalidate {
            (csrf(&cx.session.csrf))
            (faults.summary(cx))
            p { (cx.t("absence-calendar-how")) }
            (form::text(cx, field, "text", &form.address))
            (form::text(cx, known_by.fault(faults.of("words")), "text", &form.words))
            p class="small muted" { (cx.t("absence-calendar-days")) }
            p class="small muted" { (cx.t("absence-calendar-no-reason")) }
            div class="cluster" { (submit(Look::Primary, &cx.t("absence-calendar-save"))) }
        }
        @if shown.is_some() {
            div class="form cluster" {
                form id="calendar-read" method="post" action=(url::read_absence_calendar()) {
                    (csrf(&cx.session.csrf))
                    (submit(Look::Secondary, &cx.t("absence-calendar-read")))
                }
                form id="calendar-end" method="post" action=(url::end_absence_calendar()) {
                    (csrf(&cx.session.csrf))
                    (submit(Look::Tertiary, &cx.t("absence-calendar-end")))
                }
            }
        }
    }
}
