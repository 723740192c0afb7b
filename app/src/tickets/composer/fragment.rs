//! The composer under a thread, as a page sees it.

use entities::draft::Mode;
use maud::{Markup, html};

use super::articles;
use super::quoted::quoted;
use super::send::send_buttons;
use super::shared::{share_button, shared_drafts};
use super::state::{Composer, Focus};
use super::surroundings::{address_fields, call_fields, file_list};
use super::vendor::vendor_fields;
use super::written::TEXT;
use crate::effort::sent::effort_field;
use crate::text_blocks::{acts, offer};
use crate::tickets::mention;
use crate::tickets::shares::gate::gate;
use crate::web::cx::Cx;
use crate::web::draft::draft_saved;
use crate::web::form;
use crate::web::parts::{Tone, error_summary, foreign, icon, icon_small, notice};
use crate::web::url::{self, Url};

/// The form `#composer`; empty for one who may write nothing here.
pub fn composer(cx: &Cx, composer: &Composer) -> Markup {
    if composer.modes.is_empty() {
        return html! { div id="composer" hidden {} };
    }
    let mode = composer.mode;
    let number = &composer.ticket.number;
    let action = action(number, mode);
    html! {
        form id="composer" class="composer drop" data-mode=(mode.name()) data-drop=(cx.t("composer-drop"))
            action=(action) method="post" enctype="multipart/form-data" aria-label=(label(cx, mode))
            data-sent=[(composer.focus == Focus::Thread).then_some("ticket-content")]
            hx-post=(action) hx-target="#composer" hx-swap="outerHTML" {
            (form::csrf(&cx.session.csrf))
            (once(composer))
            input type="hidden" name="mode" value=(mode.name());
            input type="hidden" name="count" value=(composer.written.count.unwrap_or(composer.ticket.message_count));
            // Enter in a field presses the first button of a form, and that must be the one that sends.
            button class="sr" type="submit" tabindex="-1" aria-hidden="true" { (verb(cx, mode)) }
            div hx-post=(part(number, "draft")) hx-trigger="input delay:800ms from:#composer" hx-swap="none"
                hx-encoding="application/x-www-form-urlencoded" hidden {}
            div class="composer__bar" {
                (modes(cx, composer))
                span class="right cluster tools" { (tools(cx, composer)) }
            }
            (error_summary(cx.locale, &composer.faults))
            @if mode == Mode::Vendor { (gate(cx, &composer.findings, true)) }
            (meanwhile(cx, composer))
            (shared_drafts(cx, &composer.ticket, mode, &composer.sharing))
            @match mode {
                Mode::Reply => { (address_fields(cx, composer)) }
                Mode::Call => { (call_fields(cx, composer)) }
                Mode::Vendor => { (vendor_fields(cx, composer)) }
                Mode::Note | Mode::New => {
                    p class="composer__to" { (icon_small("lock")) (cx.t("composer-note-hint")) }
                }
            }
            (articles::closed())
            (offer::closed(cx, &composer.ticket, mode))
            (text(cx, composer))
            (quoted(cx, composer))
            (file_list(cx, composer))
            (acts::told(cx, composer))
            div class="composer__foot" {
                (draft_saved(cx, composer.saved_at))
                noscript {
                    button class="kern-btn kern-btn--tertiary" type="submit" name="act" value="keep"
                        formaction=(part(number, "composer")) formnovalidate data-then="keep" {
                        span class="kern-label" { (cx.t("composer-keep")) }
                    }
                }
                span class="right cluster" { (effort_field(cx, composer)) (send_buttons(cx, composer)) }
            }
        }
    }
}

/// The words on the button that sends.
pub fn verb(cx: &Cx, mode: Mode) -> String {
    match mode {
        Mode::Reply => cx.t("composer-send-waiting"),
        Mode::Vendor => cx.t("composer-send-to-vendor"),
        Mode::Call => cx.t("composer-log-call"),
        Mode::Note | Mode::New => cx.t("composer-save-note"),
    }
}

/// Where a form of this mode is sent.
fn action(number: &str, mode: Mode) -> Url {
    part(
        number,
        match mode {
            Mode::Vendor => "vendor-messages",
            Mode::Call => "calls",
            Mode::Note => "notes",
            Mode::Reply | Mode::New => "replies",
        },
    )
}

/// An address of the composer of a ticket.
pub fn part(number: &str, part: &str) -> Url {
    url::ticket_part(number, part)
}

/// A form that was refused keeps its key: it has changed nothing.
fn once(composer: &Composer) -> Markup {
    match composer.written.once() {
        Some(key) => html! { input type="hidden" name="once" value=(key); },
        None => form::once(),
    }
}

fn label(cx: &Cx, mode: Mode) -> String {
    cx.t(match mode {
        Mode::Reply => "composer-label-reply",
        Mode::Vendor => "composer-label-vendor",
        Mode::Call => "composer-label-call",
        Mode::Note | Mode::New => "composer-label-note",
    })
}

/// Buttons rather than links, so that what was typed comes along, with scripts or without.
fn modes(cx: &Cx, composer: &Composer) -> Markup {
    html! {
        div class="modes" role="group" aria-label=(cx.t("composer-mode")) {
            @for mode in &composer.modes {
                @let is_current = *mode == composer.mode;
                @let key = match mode { Mode::Reply => Some("r"), Mode::Note => Some("m"), Mode::Vendor => Some("h"), _ => None };
                button type="submit" name="act" value=(mode.name()) aria-pressed=(is_current)
                    formaction=(part(&composer.ticket.number, "composer")) formnovalidate data-then="mode"
                    hx-post=(part(&composer.ticket.number, "composer")) hx-target="#composer" hx-swap="outerHTML"
                    hx-encoding="application/x-www-form-urlencoded" data-key=[key.filter(|_| !is_current)] aria-keyshortcuts=[key] {
                    (icon_small(sign(*mode))) (mode_words(cx, *mode))
                }
            }
        }
    }
}

fn sign(mode: Mode) -> &'static str {
    match mode {
        Mode::Reply => "reply",
        Mode::Vendor => "factory",
        Mode::Call => "phone",
        Mode::Note | Mode::New => "note",
    }
}

fn mode_words(cx: &Cx, mode: Mode) -> String {
    cx.t(match mode {
        Mode::Reply => "composer-mode-reply",
        Mode::Vendor => "composer-mode-vendor",
        Mode::Call => "composer-mode-call",
        Mode::Note | Mode::New => "composer-mode-note",
    })
}

fn tools(cx: &Cx, composer: &Composer) -> Markup {
    let number = &composer.ticket.number;
    let words = cx.t("composer-attach");
    html! {
        @if composer.mode == Mode::Reply {
            button class="kern-btn kern-btn--tertiary" type="submit" name="act" value="quote" data-then="quote"
                formaction=(part(number, "composer")) formnovalidate hx-post=(part(number, "composer"))
                hx-target="#composer-text-field" hx-swap="outerHTML" hx-encoding="application/x-www-form-urlencoded" {
                span class="kern-label" { (cx.t("composer-quote")) }
            }
        }
        a class="iconbtn" href=(part(number, "composer/blocks").with("mode", composer.mode.name()))
            data-call="composer-text" title=(cx.t("composer-blocks-hint")) {
            (icon("text")) span class="sr" { (cx.t("composer-blocks")) }
        }
        button class="iconbtn" type="submit" name="act" value="articles" data-then="articles" title=(cx.t("composer-articles"))
            formaction=(part(number, "composer")) formnovalidate hx-post=(part(number, "composer"))
            hx-target={ "#" (articles::PLACE) } hx-swap="outerHTML" hx-encoding="application/x-www-form-urlencoded" {
            (icon("book")) span class="sr" { (cx.t("composer-articles")) }
        }
        @if matches!(composer.mode, Mode::Reply | Mode::Note) {
            button class="iconbtn" type="submit" name="act" value="letter" data-then="letter" title=(cx.t("letter"))
                formaction=(part(number, "composer")) formnovalidate hx-post=(part(number, "composer")) hx-swap="none"
                hx-encoding="application/x-www-form-urlencoded" {
                (icon("print")) span class="sr" { (cx.t("letter")) }
            }
        }
        (share_button(cx, &composer.ticket, &composer.sharing))
        label class="pick" title=(words) {
            (icon("clip")) span class="sr" { (words) }
            input type="file" name="files" multiple hx-post=(part(number, "composer")) hx-trigger="change"
                hx-target="#composer-files" hx-swap="outerHTML";
        }
    }
}

fn meanwhile(cx: &Cx, composer: &Composer) -> Markup {
    let Some(news) = &composer.meanwhile else {
        return html! {};
    };
    let words = cx
        .locale
        .t_with("composer-meanwhile", &[("name", news.name.as_str().into())]);
    let page = url::ticket(&composer.ticket.number).with("mode", composer.mode.name());
    let then = match composer.written.then.as_str() {
        "" => "waiting",
        then => then,
    };
    notice(
        Tone::Warn,
        &words,
        &html! {
            blockquote class="shared__text" { (foreign(&news.text)) }
            (cx.t("composer-meanwhile-kept"))
            span class="cluster" {
                a class="kern-btn kern-btn--secondary" href={ (page) "#composer" } { span class="kern-label" { (cx.t("composer-show-new")) } }
                button class="kern-btn kern-btn--secondary" type="submit" name="anyway" value=(then) data-then="anyway" {
                    span class="kern-label" { (cx.t("composer-send-anyway")) }
                }
            }
        },
    )
}

/// The text area in `#composer-text-field`.
pub fn text(cx: &Cx, composer: &Composer) -> Markup {
    let fault = composer.fault(TEXT);
    let key = match composer.mode {
        Mode::Reply => "r",
        Mode::Vendor => "h",
        Mode::Call => "",
        Mode::Note | Mode::New => "m",
    };
    let names = composer.mode == Mode::Note;
    html! {
        div id="composer-text-field" class="combo" {
            label class="sr" for=(TEXT) { (cx.t("composer-text")) }
            // A browser drops the first line break of a text area.
            textarea class="composer__text" id=(TEXT) name="text" rows="4" placeholder=(placeholder(cx, composer.mode))
                data-cursor data-caret=[Some(composer.written.cursor.as_str()).filter(|at| !at.is_empty() && composer.focus == Focus::Text)]
                data-begins=[Some(composer.written.cursor.as_str()).filter(|at| !at.is_empty() && !composer.written.opening.is_empty())]
                data-calls="block-list" data-draft={ (composer.ticket.id.simple()) ":" (composer.mode.name()) }
                data-taken=[composer.is_taken().then_some("1")]
                data-key=[Some(key).filter(|k| !k.is_empty())]
                aria-invalid=[fault.map(|_| "true")] aria-describedby=[described(composer, fault)]
                aria-autocomplete="list" aria-controls=(if names { "composer-blocks mentions" } else { "composer-blocks" })
                autofocus[composer.focus == Focus::Text] { "\n" (composer.written.text) }
            @if composer.mode == Mode::Note { (mention::list_of_note(cx, &composer.ticket, &composer.written)) }
            input type="hidden" name="articles" value=(composer.written.articles.trim());
            input type="hidden" name="blocks" value=(composer.written.blocks);
            input type="hidden" name="opening" value=(composer.written.opening);
            input type="hidden" name="cursor";
            @if let Some(fault) = fault { p class="error" id="composer-text-fault" { (icon_small("warn")) (fault) } }
        }
    }
}

fn described(composer: &Composer, fault: Option<&str>) -> Option<&'static str> {
    match (composer.mode, fault) {
        (Mode::Note, Some(_)) => Some("composer-text-fault mentions-hint"),
        (Mode::Note, None) => Some("mentions-hint"),
        (_, fault) => fault.map(|_| "composer-text-fault"),
    }
}

fn placeholder(cx: &Cx, mode: Mode) -> String {
    cx.t(match mode {
        Mode::Reply => "composer-placeholder-reply",
        Mode::Vendor => "composer-placeholder-vendor",
        Mode::Call => "composer-placeholder-call",
        Mode::Note | Mode::New => "composer-placeholder-note",
    })
}
