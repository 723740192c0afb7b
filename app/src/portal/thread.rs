//! The enquiry and what followed: messages between the desk and this vendor, oldest first.

use entities::Uuid;
use entities::portal::{Case, Enquiry, Message, Who, message::Attached};
use maud::{Markup, html};

use super::words;
use crate::web::markdown;
use crate::web::parts::{foreign, icon_small, moment};
use crate::web::portal_cx::PortalCx;
use crate::web::url;

/// The thread of a case.
pub fn thread(cx: &PortalCx, case: &Case) -> Markup {
    html! {
        ol class="thread" role="list" {
            @if let Some(enquiry) = &case.enquiry { (asked(cx, case, enquiry)) }
            @for message in &case.messages { (said(cx, case, message)) }
        }
    }
}

fn asked(cx: &PortalCx, case: &Case, enquiry: &Enquiry) -> Markup {
    let parts = enquiry
        .texts()
        .into_iter()
        .filter(|(_, text)| !text.trim().is_empty());
    html! {
        li class="entry entry--in" {
            span class="entry__node" { (icon_small("mailin")) }
            article class="entry__card" aria-label=(cx.locale.t_with("message-by", &[("name", cx.desk().into())])) {
                header class="entry__head" {
                    span class="who" { (cx.desk()) }
                    span class="entry__kind" { (cx.t("portal-enquiry")) }
                    span class="right" { (moment(cx.locale, &cx.now, case.shared_at)) }
                }
                div class="entry__text" {
                    dl class="report" {
                        @for (name, text) in parts { div { dt { (words::part_words(cx.locale, name)) } dd { (lines(text)) } } }
                        @if let Some(deadline) = enquiry.deadline {
                            div { dt { (cx.t("share-deadline")) } dd { (cx.locale.date(deadline)) } }
                        }
                    }
                }
                (files(cx, case, &case.files))
            }
        }
    }
}

fn said(cx: &PortalCx, case: &Case, message: &Message) -> Markup {
    let (class, sign, who, kind) = match &message.who {
        Who::Desk => (
            "entry--in",
            "mailin",
            cx.desk().to_owned(),
            "portal-from-desk",
        ),
        Who::Vendor(name) => {
            let house = cx.vendor.organisation();
            let who = match name {
                Some(name) => format!("{house} · {name}"),
                None => house.to_owned(),
            };
            ("entry--vendor", "factory", who, "portal-from-you")
        }
    };
    html! {
        li id={ "message-" (message.id) } class={ "entry " (class) } {
            span class="entry__node" { (icon_small(sign)) }
            article class="entry__card" aria-label=(cx.locale.t_with("message-by", &[("name", who.as_str().into())])) {
                header class="entry__head" {
                    span class="who" { (foreign(&who)) }
                    span class="entry__kind" { (cx.t(kind)) }
                    span class="right" { (moment(cx.locale, &cx.now, message.at)) }
                }
                div class="entry__text" {
                    @match &message.who {
                        Who::Desk => (markdown::render(&message.text)),
                        Who::Vendor(_) => (lines(&message.text)),
                    }
                }
                (files(cx, case, &message.files))
            }
        }
    }
}

/// Plain text with its lines.
fn lines(text: &str) -> Markup {
    html! { p class="plaintext" { (text.trim()) } }
}

fn files(cx: &PortalCx, case: &Case, files: &[Attached]) -> Markup {
    html! {
        @if !files.is_empty() {
            footer class="entry__foot" { @for file in files { (file_link(cx, &case.number, file.id, &file.name, file.size_bytes)) } }
        }
    }
}

fn file_link(cx: &PortalCx, number: &str, id: Uuid, name: &str, size_bytes: i64) -> Markup {
    let size = cx.locale.size(u64::try_from(size_bytes).unwrap_or(0));
    html! {
        a class="file" href=(url::shared_part(number, format!("files/{id}"))) download {
            (icon_small("clip")) (foreign(name)) " " span class="muted" { (size) }
        }
    }
}
