//! The form of an enquiry: its fields, and how they stand on the page.

use std::sync::Arc;

use entities::Uuid;
use entities::text_block::TextBlock;
use entities::ticket::Ticket;
use entities::ticket::attachment::Model as File;
use entities::ticket::share::Enquiry;
use maud::{Markup, html};
use serde::Deserialize;

use super::gate::{Decided, Findings, gate};
use super::words::part_words;
use crate::tickets::mail_remarks::is_signature;
use crate::web::cx::Cx;
use crate::web::form;
use crate::web::parts::{
    Choice, Field, Input, Look, button, button_link, error_summary, foreign, submit,
};
use crate::web::url;

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ShareForm {
    pub vendor: String,
    pub title: String,
    pub product: String,
    pub release: String,
    pub environment: String,
    pub observed: String,
    pub expected: String,
    pub steps: String,
    pub frequency: String,
    pub effect: String,
    pub deadline: String,
    pub contact: String,
    /// Files to pass on, by their ids.
    pub files: Vec<String>,
    /// Not empty: as a mail too.
    pub by_mail: String,
    pub to: String,
    /// The block to fill in.
    pub block: String,
    pub found: Vec<String>,
    pub decide: Vec<String>,
    pub reason_for: Vec<String>,
    /// What to do instead of sending.
    pub act: String,
    pub once: String,
}

impl ShareForm {
    /// The parts, without the day.
    pub fn enquiry(&self) -> Enquiry {
        Enquiry {
            product: self.product.clone(),
            release: self.release.clone(),
            environment: self.environment.clone(),
            observed: self.observed.clone(),
            expected: self.expected.clone(),
            steps: self.steps.clone(),
            frequency: self.frequency.clone(),
            effect: self.effect.clone(),
            deadline: self.deadline.trim().parse().ok(),
        }
        .map(|text| text.trim().replace("\r\n", "\n"))
    }

    /// The form with these parts in place of what was typed.
    #[must_use]
    pub fn with(self, parts: Enquiry) -> ShareForm {
        ShareForm {
            product: parts.product,
            release: parts.release,
            environment: parts.environment,
            observed: parts.observed,
            expected: parts.expected,
            steps: parts.steps,
            frequency: parts.frequency,
            effect: parts.effect,
            ..self
        }
    }

    pub fn decided(&self) -> Decided<'_> {
        Decided {
            found: &self.found,
            decide: &self.decide,
            reason: &self.reason_for,
            all_black: self.act == "black",
        }
    }

    pub fn vendor_id(&self) -> Option<Uuid> {
        Uuid::try_parse(&self.vendor).ok()
    }

    pub fn contact_id(&self) -> Option<Uuid> {
        Uuid::try_parse(&self.contact).ok()
    }

    /// The files that were ticked.
    pub fn chosen<'a>(&self, offered: &'a [File]) -> Vec<&'a File> {
        let ticked = |file: &&File| self.files.contains(&file.id.to_string());
        offered.iter().filter(ticked).collect()
    }
}

/// What the form offers to choose from.
pub struct Offers {
    pub vendors: Vec<Choice>,
    pub contacts: Vec<Choice>,
    pub blocks: Vec<Arc<TextBlock>>,
    pub files: Vec<File>,
}

impl Offers {
    /// Files a person would pass on: nothing that only dresses a mail.
    pub fn files(all: Vec<File>) -> Vec<File> {
        let is_content = |file: &File| !file.inline && !is_signature(file);
        all.into_iter().filter(is_content).collect()
    }
}

/// Everything on the page.
pub struct Shown<'a> {
    pub ticket: &'a Ticket,
    pub form: &'a ShareForm,
    pub offers: &'a Offers,
    pub findings: &'a Findings,
    /// Field and sentence.
    pub faults: &'a [(String, String)],
    /// It was sent before each finding was decided.
    pub asked: bool,
}

/// The form `#share-form`.
pub fn share_form(cx: &Cx, shown: &Shown<'_>) -> Markup {
    let Shown {
        ticket,
        form,
        offers,
        findings,
        faults,
        asked,
    } = shown;
    let action = url::ticket_part(&ticket.number, "shares");
    let fault = |field: &str| {
        let found = faults.iter().find(|(of, _)| of == field);
        found.map(|(_, sentence)| sentence.as_str())
    };
    let select = |name: &str, words: &str, choices: &[Choice], value: &str| {
        let label = cx.t(words);
        let field = Field::new(name, &label).fault(fault(name));
        field.render(cx.locale, Input::Select { choices, value })
    };
    let line = |name: &str, label: &str, kind: &str, value: &str| {
        let field = Field::new(name, label).fault(fault(name));
        let field = match name {
            "title" => field,
            _ => field.optional(),
        };
        field.render(
            cx.locale,
            Input::Line {
                kind,
                value,
                autocomplete: Some("off"),
            },
        )
    };
    let area = |name: &str, rows: u8, value: &str| {
        let label = part_words(cx.locale, name);
        let field = Field::new(name, &label).fault(fault(name));
        let field = match name {
            "observed" => field,
            _ => field.optional(),
        };
        field.render(
            cx.locale,
            Input::Area {
                value,
                rows: rows.into(),
            },
        )
    };
    let part = |name: &str, value: &str| line(name, &part_words(cx.locale, name), "text", value);
    html! {
        form id="share-form" class="form shareform" action=(action) method="post" novalidate
            hx-post=(action) hx-swap="none" {
            (form::csrf(&cx.session.csrf))
            @match form.once.as_str() { "" => (form::once()), once => { input type="hidden" name="once" value=(once); } }
            // Enter in a field presses the first button of a form, and that must be the one that sends.
            button class="sr" type="submit" tabindex="-1" aria-hidden="true" { (cx.t("share-send")) }
            p class="muted" { (cx.t("share-intro")) }
            (error_summary(cx.locale, faults))
            (gate(cx, findings, *asked))
            div class="columns" {
                (select("vendor", "share-vendor", &offers.vendors, &form.vendor))
                (select("contact", "share-contact", &offers.contacts, &form.contact))
            }
            (blocks(cx, offers, &form.block))
            (line("title", &cx.t("share-title"), "text", &form.title))
            div class="columns columns--3" {
                (part("product", &form.product))
                (part("release", &form.release))
                (part("environment", &form.environment))
            }
            (area("observed", 5, &form.observed))
            (area("expected", 3, &form.expected))
            (area("steps", 4, &form.steps))
            div class="columns columns--3" {
                (part("frequency", &form.frequency))
                (part("effect", &form.effect))
                (line("deadline", &cx.t("share-deadline"), "date", &form.deadline))
            }
            (files(cx, offers, form))
            fieldset class="field" {
                legend class="label" { (cx.t("share-way")) }
                p class="hint" { (cx.t("share-way-hint")) }
                label class="tick" {
                    input type="checkbox" name="by_mail" value="1" checked[!form.by_mail.is_empty()];
                    span { (cx.t("share-by-mail")) }
                }
                (line("to", &cx.t("share-to"), "text", &form.to))
            }
            div class="formfoot" {
                (submit(Look::Primary, &cx.t("share-send")))
                (button_link(Look::Tertiary, &cx.t("share-cancel"), &url::ticket(&ticket.number), None))
            }
        }
    }
}

fn blocks(cx: &Cx, offers: &Offers, chosen: &str) -> Markup {
    let mut choices = vec![Choice::new("", cx.t("share-block-choose"))];
    choices.extend(
        offers
            .blocks
            .iter()
            .map(|b| Choice::new(b.id, b.name.clone())),
    );
    let label = cx.t("share-block");
    html! {
        @if !offers.blocks.is_empty() {
            div class="besides" {
                (Field::new("block", &label).optional().render(cx.locale, Input::Select { choices: &choices, value: chosen }))
                (button(Look::Secondary, &cx.t("share-block-fill"), "act", "block"))
            }
        }
    }
}

fn files(cx: &Cx, offers: &Offers, form: &ShareForm) -> Markup {
    html! {
        fieldset class="field" {
            legend class="label" { (cx.t("share-files")) }
            @if offers.files.is_empty() { p class="muted" { (cx.t("share-files-none")) } }
            @else { p class="hint" { (cx.t("share-files-hint")) } }
            @for file in &offers.files {
                @let id = file.id.to_string();
                @let size = cx.locale.size(u64::try_from(file.size_bytes).unwrap_or(0));
                label class="tick" {
                    input type="checkbox" name="files" value=(id) checked[form.files.contains(&id)];
                    span { (foreign(&file.name)) " " span class="muted num" { (size) } }
                }
            }
        }
    }
}
