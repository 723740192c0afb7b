//! The keys that act, each in a field where another one can be put in its place.

use std::collections::HashMap;

use entities::session::preference;
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use crate::error::Result;
use crate::fields::typed::Typed;
use crate::web::cx::Cx;
use crate::web::form::{self, Form, Query};
use crate::web::keys::{OwnKeys, Refused, bindings, bindings_by_place};
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{Look, Tone, button, error_summary, icon_small, notice, submit};
use crate::web::swap::Swap;
use crate::web::url;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    saved: String,
}

/// What stands in the form.
struct Filled {
    /// By the desk's keys.
    typed: HashMap<&'static str, String>,
    faults: HashMap<&'static str, String>,
}

impl Filled {
    fn of(own: &OwnKeys) -> Filled {
        let all = bindings().into_iter();
        Filled {
            typed: all
                .map(|(desk, _)| (desk, own.of(desk).to_owned()))
                .collect(),
            faults: HashMap::new(),
        }
    }
}

/// The name and id of the field of a key.
fn field(desk: &str) -> String {
    let places: Vec<String> = desk.bytes().map(|byte| format!("{byte:02x}")).collect();
    format!("key-{}", places.join(""))
}

/// `GET /account/keys`
#[handler]
pub async fn show(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let own = OwnKeys::read(
        cx.session
            .preference
            .own_keys
            .as_deref()
            .unwrap_or_default(),
    );
    page(&cx, &Filled::of(&own), !asked.saved.is_empty()).await
}

/// `POST /account/keys`: what was typed, or the desk's own for all.
#[handler]
pub async fn update(cx: Cx, Form(typed): Form<Typed>) -> Result<Swap> {
    let chosen = match typed.first("reset") {
        "" => OwnKeys::chosen(|desk| typed.first(&field(desk)).to_owned()),
        _ => Ok(OwnKeys::default()),
    };
    let refused = match chosen {
        Ok(own) => {
            preference::keep_keys(&cx.db, cx.session.person_id, own.written()).await?;
            return Ok(Swap::go_to(cx.asks, url::own_keys().with("saved", "1")));
        }
        Err(refused) => refused,
    };
    let all = bindings().into_iter();
    let filled = all.map(|(desk, _)| (desk, typed.first(&field(desk)).to_owned()));
    let why = |why| match why {
        Refused::NotAKey => cx.t("own-keys-fault"),
        Refused::Taken(by) => {
            let words = [("does", does(&cx, by).into())];
            cx.locale.t_with("own-keys-taken", &words)
        }
    };
    let filled = Filled {
        typed: filled.collect(),
        faults: refused
            .into_iter()
            .map(|(desk, reason)| (desk, why(reason)))
            .collect(),
    };
    let page = page(&cx, &filled, false).await?;
    Ok(Swap::invalid(cx.asks, keys_form(&cx, &filled), page))
}

/// The words of everything a key does.
fn does(cx: &Cx, desk: &str) -> String {
    let mut all = bindings().into_iter();
    let of = all.find(|(key, _)| *key == desk).map(|(_, words)| words);
    let mut words: Vec<String> = of
        .unwrap_or_default()
        .into_iter()
        .map(|w| cx.t(w))
        .collect();
    words.dedup();
    words.join(" · ")
}

async fn page(cx: &Cx, filled: &Filled, saved: bool) -> Result<Markup> {
    let frame = cx.frame(Area::None).await?;
    let title = cx.t("own-keys-title");
    let content = html! {
        div class="sheet" {
            div class="sheet__head" {
                a class="back" href=(url::account()) { (icon_small("left")) (cx.t("account-title")) }
                h1 id="own-keys-title" { (title) }
            }
            div class="scroll" tabindex="0" role="region" aria-labelledby="own-keys-title" {
                @if saved { div class="form" { (notice(Tone::Ok, &cx.t("own-keys-saved"), &html! {})) } }
                @if !cx.session.preference.single_keys {
                    div class="form" { (notice(Tone::Info, &cx.t("own-keys-are-off"), &html! { a href=(url::account()) { (cx.t("account-title")) } })) }
                }
                (keys_form(cx, filled))
            }
        }
    };
    Ok(frame.page(&title, Stage::Plain, &content))
}

/// The form `#own-keys-form`.
fn keys_form(cx: &Cx, filled: &Filled) -> Markup {
    let all = bindings();
    let faults: Vec<(String, String)> = all
        .iter()
        .filter_map(|(desk, _)| Some((field(desk), filled.faults.get(desk)?.clone())))
        .collect();
    html! {
        form id="own-keys-form" class="form" action=(url::own_keys()) method="post" aria-labelledby="own-keys-title" {
            (form::csrf(&cx.session.csrf))
            // Enter in a field presses the first button, and that must be the one that keeps.
            button class="sr" type="submit" tabindex="-1" aria-hidden="true" { (cx.t("preferences-save")) }
            (error_summary(cx.locale, &faults))
            p class="muted" { (cx.t("own-keys-lead")) }
            @for (heading, here) in bindings_by_place() {
                section class="flow" {
                    h2 { (cx.t(heading)) }
                    @for (desk, _) in here { (key_field(cx, filled, desk)) }
                }
            }
            p class="cluster" {
                (submit(Look::Primary, &cx.t("preferences-save")))
                (button(Look::Secondary, &cx.t("own-keys-reset"), "reset", "all"))
            }
        }
    }
}

fn key_field(cx: &Cx, filled: &Filled, desk: &'static str) -> Markup {
    let id = field(desk);
    let typed = filled.typed.get(desk).map_or(desk, String::as_str);
    let fault = filled.faults.get(desk);
    let (usual, told) = (format!("{id}-usual"), format!("{id}-fault"));
    let described = match fault {
        Some(_) => format!("{told} {usual}"),
        None => usual.clone(),
    };
    html! {
        div class="field ownkey" {
            label class="label" for=(id) { (does(cx, desk)) }
            input class="input input--short" id=(id) name=(id) value=(typed) maxlength="3" autocomplete="off" autocapitalize="off" spellcheck="false"
                data-capture aria-invalid=[fault.map(|_| "true")] aria-describedby=(described);
            span class="hint" id=(usual) { @if typed != desk { (cx.locale.t_with("own-keys-usual", &[("key", desk.into())])) } }
            @if let Some(fault) = fault { span class="error" id=(told) { (fault) } }
        }
    }
}
