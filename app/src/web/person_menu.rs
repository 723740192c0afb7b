//! The menu of whoever has signed in: the account, and the way out.

use maud::{Markup, html};

use super::layout::{Door, Person};
use super::parts::{face_beside_name, icon, icon_small};
use super::url;
use crate::locale::Locale;

/// `of` is where the person belongs, for those who are not of the desk.
pub(super) fn person_menu(locale: Locale, person: &Person<'_>, of: Option<&str>) -> Markup {
    html! {
        details class="menu" {
            summary class="tool" {
                span class="sr" { (locale.t_with("nav-signed-in-as", &[("name", person.name.into())])) }
                (face_beside_name(person.name))
                span class="hide-s" aria-hidden="true" { (person.name) @if let Some(of) = of { " · " (of) } }
                (icon_small("down"))
            }
            div class="menu__list pop" {
                @if person.effort == Door::Open { a href=(url::effort()) { (icon("clock")) (locale.t("effort-own")) } }
                a href=(url::account()) { (icon("user")) (locale.t("nav-account")) }
                form action=(url::sign_out()) method="post" data-forget-drafts {
                    input type="hidden" name="csrf" value=(person.csrf);
                    button type="submit" { (icon("logout")) (locale.t("nav-sign-out")) }
                }
            }
        }
    }
}
