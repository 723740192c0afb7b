//! The page for signing in: providers first, the password behind them; without providers the password alone.

use chrono::Duration;
use entities::Instant;
use entities::provider::Provider;
use maud::{Markup, html};
use poem::http::{HeaderValue, StatusCode, header};
use poem::{IntoResponse as _, Response};

use super::sign_in::Done;
use super::sign_in_by_passkey;
use crate::locale::Locale;
use crate::web::cx::Visitor;
use crate::web::form;
use crate::web::parts::{Field, Input, Look, Tone, icon, notice, submit};
use crate::web::url::{self, Url};

/// What the page shows.
pub struct SignInPage<'a> {
    pub next: &'a Url,
    pub providers: &'a [Provider],
    /// What was typed beside the password.
    pub email: &'a str,
    pub fault: Option<Fault>,
    /// The address that no provider speaks for.
    pub lost: Option<&'a str>,
    /// What was done just before.
    pub done: Option<Done>,
}

/// Why a password did not open the door.
#[derive(Clone, Copy)]
pub enum Fault {
    Wrong,
    /// A device has not proven itself.
    Passkey,
    Wait(Duration),
}

impl<'a> SignInPage<'a> {
    pub fn new(next: &'a Url, providers: &'a [Provider]) -> Self {
        SignInPage {
            next,
            providers,
            email: "",
            fault: None,
            lost: None,
            done: None,
        }
    }

    pub fn render(&self, visitor: &Visitor) -> Markup {
        let locale = visitor.locale;
        let title = locale.t("sign-in-title");
        let content = html! {
            section class="login__card" {
                h1 { (title) }
                @if let Some(done) = self.done { (notice(Tone::Ok, &locale.t(done.words()), &html! {})) }
                @if self.providers.is_empty() {
                    p class="lead" { (locale.t("sign-in-lead")) }
                    (self.faults(locale))
                    (self.password_form(visitor))
                    (sign_in_by_passkey::form(visitor, self.next.as_str()))
                } @else {
                    p class="lead" { (locale.t("sign-in-lead-providers")) }
                    (self.by_address(visitor))
                    (self.buttons(locale))
                    p class="small muted" { (locale.t("sign-in-there-and-back")) }
                    details class="login__alt" open[self.fault.is_some() || self.done.is_some()] {
                        summary { (locale.t("sign-in-by-password")) }
                        div class="stack" {
                            (self.faults(locale))
                            (self.password_form(visitor))
                    (sign_in_by_passkey::form(visitor, self.next.as_str()))
                        }
                    }
                }
            }
            (art())
        };
        visitor
            .frame()
            .visitor_page(&title, Some(self.here()), &content)
    }

    fn here(&self) -> Url {
        url::sign_in().with("next", self.next_field())
    }

    /// The start page needs no mention.
    fn next_field(&self) -> &str {
        if *self.next == url::start() {
            ""
        } else {
            self.next.as_str()
        }
    }

    /// Where a mail address finds its provider; with one provider alone its button is enough.
    fn by_address(&self, visitor: &Visitor) -> Markup {
        let locale = visitor.locale;
        let speaks = |provider: &Provider| !provider.domains().is_empty();
        if self.providers.len() < 2 || !self.providers.iter().any(speaks) {
            return html! {};
        }
        let label = locale.t("sign-in-email");
        let fault = self.lost.map(|_| locale.t("sign-in-nobody-speaks"));
        let hint = locale.t("sign-in-email-hint");
        let field = Field::new("provider_email", &label)
            .hint(&hint)
            .fault(fault.as_deref());
        let input = Input::Line {
            kind: "email",
            value: self.lost.unwrap_or_default(),
            autocomplete: Some("username"),
        };
        html! {
            form id="find-form" action=(url::sign_in_find()) method="post" novalidate {
                (self.hidden(visitor))
                (field.first().render(locale, input))
                (submit(Look::Primary, &locale.t("sign-in-go-on")))
            }
        }
    }

    fn buttons(&self, locale: Locale) -> Markup {
        let many = self.providers.len() > 1;
        let look = match many {
            true => "kern-btn kern-btn--secondary kern-btn--block",
            false => "kern-btn kern-btn--primary kern-btn--block",
        };
        html! {
            ul class="plain stack" role="list" {
                @for provider in self.providers {
                    @let name = [("provider", provider.name.as_str().into())];
                    li {
                        a class=(look) href=(url::sign_in_with(provider.id).with("next", self.next_field())) autofocus[!many] {
                            (icon("key")) span class="kern-label" { (locale.t_with("sign-in-with", &name)) }
                        }
                    }
                }
            }
        }
    }

    fn faults(&self, locale: Locale) -> Markup {
        match self.fault {
            Some(Fault::Wrong) => notice(
                Tone::Error,
                &locale.t("sign-in-wrong"),
                &html! { (locale.t("sign-in-wrong-more")) },
            ),
            Some(Fault::Passkey) => notice(
                Tone::Error,
                &locale.t("sign-in-wrong"),
                &html! { (locale.t("sign-in-passkey-refused")) },
            ),
            Some(Fault::Wait(wait)) => notice(
                Tone::Error,
                &locale.t("sign-in-too-many"),
                &html! { (wait_words(locale, "sign-in-wait", wait)) },
            ),
            None => html! {},
        }
    }

    fn hidden(&self, visitor: &Visitor) -> Markup {
        html! {
            @if let Some(session) = &visitor.session { (form::csrf(&session.csrf)) }
            input type="hidden" name="next" value=(self.next);
        }
    }

    fn password_form(&self, visitor: &Visitor) -> Markup {
        let locale = visitor.locale;
        let line = |kind, value, autocomplete| Input::Line {
            kind,
            value,
            autocomplete: Some(autocomplete),
        };
        let label = locale.t("sign-in-email");
        let email = Field::new("email", &label);
        // Behind providers it waits until it is wanted.
        let email = match self.providers.is_empty() || self.fault.is_some() {
            true => email.first(),
            false => email,
        };
        html! {
            form id="sign-in-form" action=(url::sign_in()) method="post" novalidate {
                (self.hidden(visitor))
                (email.render(locale, line("email", self.email, "username")))
                (Field::new("password", &locale.t("sign-in-password")).render(locale, line("password", "", "current-password")))
                (submit(if self.providers.is_empty() { Look::Primary } else { Look::Secondary }, &locale.t("sign-in-submit")))
                p { a href=(url::forgotten()) { (locale.t("forgotten-link")) } }
            }
        }
    }
}

/// How long it is until then, and a moment at least.
pub fn wait_until(visitor: &Visitor, until: Instant) -> Duration {
    (until - visitor.now.at).max(Duration::seconds(1))
}

/// The answer to whoever must wait, with the page that says so.
pub fn too_many(page: Markup, wait: Duration) -> Response {
    let mut answer = page
        .with_status(StatusCode::TOO_MANY_REQUESTS)
        .into_response();
    let seconds = HeaderValue::from(wait.num_seconds().unsigned_abs());
    answer.headers_mut().insert(header::RETRY_AFTER, seconds);
    answer
}

/// How long to wait, rounded up: whoever comes back after that time is let in.
pub fn wait_words(locale: Locale, key: &str, wait: Duration) -> String {
    let minutes = Duration::minutes((wait.num_seconds() + 59) / 60);
    let duration = locale.duration(minutes);
    locale.t_with(key, &[("duration", duration.into())])
}

/// A page at the door: what it is about, and something beneath. `here` shows it in the other language.
pub fn card(visitor: &Visitor, title: &str, here: Option<Url>, body: &Markup) -> Markup {
    let content = html! {
        section class="login__card" { h1 { (title) } (body) }
        (art())
    };
    visitor.frame().visitor_page(title, here, &content)
}

/// Bars as decoration; their lengths mean nothing.
pub fn art() -> Markup {
    const BARS: [(u8, &str); 12] = [
        (62, "ok"),
        (88, "soon"),
        (34, "ok"),
        (100, "late"),
        (48, "ok"),
        (71, "ok"),
        (22, "ok"),
        (93, "soon"),
        (40, "ok"),
        (55, "ok"),
        (80, "soon"),
        (17, "ok"),
    ];
    html! {
        div class="login__art" aria-hidden="true" {
            @for (length, due) in BARS {
                span class="artrow" {
                    svg viewBox="0 0 100 3" preserveAspectRatio="none" data-due=(due) focusable="false" {
                        rect class="base" width="100" height="3" {}
                        rect class="val" width=(length) height="3" {}
                    }
                }
            }
        }
    }
}
