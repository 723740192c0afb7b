//! What a person likes: language, colours, density, time to take back, single keys.

use entities::session::preference::{self, Preference};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::show::Saved;
use crate::error::Result;
use crate::locale::Locale;
use crate::web::cx::Cx;
use crate::web::form::{self, Form};
use crate::web::layout::Density;
use crate::web::parts::{Choice, Look, submit};
use crate::web::swap::Swap;
use crate::web::url;

/// Seconds people can choose between.
const UNDO_SECONDS: [i32; 4] = [0, 10, 20, 60];

#[derive(Deserialize)]
struct PreferencesForm {
    #[serde(default)]
    locale: String,
    #[serde(default)]
    theme: String,
    #[serde(default)]
    density: String,
    #[serde(default)]
    undo_seconds: String,
    /// Present when ticked.
    single_keys: Option<String>,
}

/// `POST /account/preferences`; whatever is not on offer becomes the default.
#[handler]
pub async fn update(cx: Cx, Form(typed): Form<PreferencesForm>) -> Result<Swap> {
    let default = Preference::default();
    let likes = Preference {
        locale: Locale::from_code(&typed.locale).map(|locale| locale.code().to_owned()),
        theme: matches!(typed.theme.as_str(), "light" | "dark").then_some(typed.theme),
        density: Density::from_name(&typed.density)
            .map_or(default.density, |density| density.name().to_owned()),
        undo_seconds: typed
            .undo_seconds
            .parse()
            .ok()
            .filter(|seconds| UNDO_SECONDS.contains(seconds))
            .unwrap_or(default.undo_seconds),
        single_keys: typed.single_keys.is_some(),
        ..default
    };
    preference::keep(&cx.db, cx.session.person_id, &likes).await?;
    let done = url::account().with("saved", Saved::Preferences.name());
    Ok(Swap::go_to(cx.asks, done))
}

/// The form `#preferences-form`.
pub fn preferences_form(cx: &Cx) -> Markup {
    let likes = &cx.session.preference;
    let undo = likes.undo_seconds.to_string();
    html! {
        form id="preferences-form" class="form" action=(url::preferences()) method="post" aria-labelledby="preferences-title" {
            (form::csrf(&cx.session.csrf))
            h2 id="preferences-title" { (cx.t("preferences-title")) }
            (radios(&cx.t("preference-language"), "locale", &languages(cx), likes.locale.as_deref().unwrap_or_default(), None))
            (radios(&cx.t("preference-colours"), "theme", &themes(cx), likes.theme.as_deref().unwrap_or_default(), Some("")))
            (radios(&cx.t("preference-density"), "density", &densities(cx), &likes.density, None))
            (radios(&cx.t("preference-undo"), "undo_seconds", &undos(cx), &undo, None))
            div class="field" {
                label class="tick" {
                    input type="checkbox" name="single_keys" value="on" checked[likes.single_keys] aria-describedby="single-keys-hint";
                    span { (cx.t("preference-single-keys")) }
                }
                span class="hint" id="single-keys-hint" { (cx.t("preference-single-keys-hint")) " " a href=(url::own_keys()) { (cx.t("own-keys-title")) } }
            }
            p { (submit(Look::Primary, &cx.t("preferences-save"))) }
        }
    }
}

/// `at_once` marks what a script shows before it is stored.
fn radios(
    legend: &str,
    name: &str,
    choices: &[Choice],
    chosen: &str,
    at_once: Option<&str>,
) -> Markup {
    html! {
        fieldset class="field" {
            legend class="label" { (legend) }
            @for choice in choices {
                label class="tick" {
                    input type="radio" name=(name) value=(choice.value) checked[choice.value == chosen] data-theme=[at_once];
                    span { (choice.label) }
                }
            }
        }
    }
}

fn languages(cx: &Cx) -> Vec<Choice> {
    let ours = Locale::ALL.map(|locale| Choice::new(locale.code(), locale.t("nav-this-language")));
    let mut all = vec![Choice::new("", cx.t("preference-language-browser"))];
    all.extend(ours);
    all
}

fn themes(cx: &Cx) -> Vec<Choice> {
    vec![
        Choice::new("", cx.t("preference-colours-system")),
        Choice::new("light", cx.t("preference-colours-light")),
        Choice::new("dark", cx.t("preference-colours-dark")),
    ]
}

fn densities(cx: &Cx) -> Vec<Choice> {
    Density::ALL
        .map(|density| {
            let words = match density {
                Density::Normal => "preference-density-normal",
                Density::Compact => "preference-density-compact",
                Density::Wide => "preference-density-wide",
            };
            Choice::new(density.name(), cx.t(words))
        })
        .into()
}

fn undos(cx: &Cx) -> Vec<Choice> {
    UNDO_SECONDS
        .map(|seconds| {
            let words = match seconds {
                0 => cx.t("preference-undo-off"),
                _ => cx
                    .locale
                    .t_with("preference-undo-seconds", &[("count", seconds.into())]),
            };
            Choice::new(seconds, words)
        })
        .into()
}
