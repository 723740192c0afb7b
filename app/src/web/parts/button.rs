//! Buttons and links that look like buttons; the verb stands on them.

use maud::{Markup, html};

use super::icon::icon;
use crate::web::url::Url;

/// How much a button asks to be pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    Primary,
    Secondary,
    Tertiary,
    Danger,
}

impl Look {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "kern-btn kern-btn--primary",
            Self::Secondary => "kern-btn kern-btn--secondary",
            Self::Tertiary => "kern-btn kern-btn--tertiary",
            Self::Danger => "kern-btn kern-btn--danger",
        }
    }
}

/// Sends the form it stands in.
pub fn submit(look: Look, label: &str) -> Markup {
    html! {
        button class=(look.class()) type="submit" { span class="kern-label" { (label) } }
    }
}

/// Sends the form it stands in with one more value, so that one form can offer several verbs.
pub fn button(look: Look, label: &str, name: &str, value: &str) -> Markup {
    html! {
        button class=(look.class()) type="submit" name=(name) value=(value) { span class="kern-label" { (label) } }
    }
}

/// Goes somewhere.
pub fn button_link(look: Look, label: &str, url: &Url, icon_name: Option<&str>) -> Markup {
    html! {
        a class=(look.class()) href=(url) {
            @if let Some(name) = icon_name { (icon(name)) }
            span class="kern-label" { (label) }
        }
    }
}

/// Sends the form it stands in; the label is read aloud and shown as a tooltip.
pub fn icon_button(icon_name: &str, label: &str) -> Markup {
    html! {
        button class="iconbtn" type="submit" aria-label=(label) title=(label) { (icon(icon_name)) }
    }
}
