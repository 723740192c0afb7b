//! Text blocks: the list, and the form of one that fills an enquiry to a vendor.

use chrono::NaiveDate;
use entities::text_block::{self, BlockKind, PLACEHOLDERS, TextBlock, TextBlockFacts};
use entities::ticket::share::Enquiry;
use entities::{DeskError, Rejected, Uuid};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;
use validator::Validate;

use super::area::Area;
use super::form::{self, Faults};
use super::noun::NounForm;
use super::page::{self, Asked, Find, Item};
use crate::error::Result;
use crate::tickets::shares::words::part_words;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::parts::{Field, Input, Pager, column};

const AREA: Area = Area::TextBlocks;

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct TextBlockForm {
    #[validate(custom(function = "form::needed"))]
    name: String,
    product: String,
    release: String,
    environment: String,
    observed: String,
    expected: String,
    steps: String,
    frequency: String,
    effect: String,
    valid_from: String,
    valid_to: String,
    once: Option<String>,
}

impl TextBlockForm {
    fn enquiry(&self) -> Enquiry {
        Enquiry {
            product: self.product.clone(),
            release: self.release.clone(),
            environment: self.environment.clone(),
            observed: self.observed.clone(),
            expected: self.expected.clone(),
            steps: self.steps.clone(),
            frequency: self.frequency.clone(),
            effect: self.effect.clone(),
            deadline: None,
        }
    }
}

/// A day as the browser sends it; none when nothing was typed.
fn day(text: &str) -> Result<Option<NaiveDate>, ()> {
    match text.trim() {
        "" => Ok(None),
        typed => typed.parse().map(Some).map_err(|_| ()),
    }
}

fn day_text(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

impl NounForm for TextBlockForm {
    type Noun = TextBlock;

    const AREA: Area = AREA;
    const ORDER: &'static [&'static str] = &["name"];

    fn of(_: &Cx, block: &TextBlock) -> Self {
        let parts = block.enquiry();
        TextBlockForm {
            name: block.name.clone(),
            product: parts.product,
            release: parts.release,
            environment: parts.environment,
            observed: parts.observed,
            expected: parts.expected,
            steps: parts.steps,
            frequency: parts.frequency,
            effect: parts.effect,
            valid_from: day_text(block.valid_from),
            valid_to: day_text(block.valid_to),
            once: None,
        }
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn once(&self) -> Option<String> {
        self.once.clone()
    }

    fn check(&self, cx: &Cx) -> Result<(), Faults> {
        let mut faults = Faults::of_fields(cx, self, Self::ORDER);
        for (part, text) in self.enquiry().texts() {
            if let Some(name) = text_block::unknown(text) {
                let said = [("name", name.into())];
                faults.add(part, cx.locale.t_with("text-block-unknown", &said));
            }
        }
        for (field, typed) in [
            ("valid_from", &self.valid_from),
            ("valid_to", &self.valid_to),
        ] {
            if day(typed).is_err() {
                faults.add(field, cx.t("share-fault-date"));
            }
        }
        faults.none()
    }

    fn facts(&self, _: &Cx, _: Option<&TextBlock>) -> TextBlockFacts {
        TextBlockFacts {
            name: self.name.clone(),
            kind: BlockKind::VendorEnquiry,
            enquiry: self.enquiry(),
            valid_from: day(&self.valid_from).unwrap_or_default(),
            valid_to: day(&self.valid_to).unwrap_or_default(),
        }
    }

    fn place(why: Rejected) -> &'static str {
        match why {
            Rejected::EmptyText | Rejected::TooLong | Rejected::NotAPlaceholder => "observed",
            Rejected::EmptyRange => "valid_to",
            _ => "name",
        }
    }

    async fn find(cx: &Cx, id: Uuid) -> Result<TextBlock, DeskError> {
        text_block::find(&cx.db, &cx.actor, id).await
    }

    async fn items(cx: &Cx, open: Option<&TextBlock>) -> Result<Vec<Item>> {
        let rows = text_block::list(&cx.db, &cx.actor, Asked::default().show()).await?;
        let item = |block: TextBlock| Item {
            url: AREA.entry(block.id),
            current: page::current(block.id, open.map(|open| open.id)),
            more: valid_words(cx, &block),
            name: block.name,
        };
        Ok(rows.into_iter().map(item).collect())
    }

    async fn fields(&self, cx: &Cx, _: Option<&TextBlock>, faults: &Faults) -> Result<Markup> {
        let parts = self.enquiry();
        let date = |name: &'static str, words: &str, value: &str| {
            let label = cx.t(words);
            let field = Field::new(name, &label).optional().fault(faults.of(name));
            form::text(cx, field, "date", value)
        };
        Ok(html! {
            (form::text(cx, Field::new("name", &cx.t("settings-name")).fault(faults.of("name")), "text", &self.name))
            p class="hint" { (cx.t("text-block-hint")) }
            dl class="placeholders" {
                @for name in PLACEHOLDERS {
                    div { dt { code { "{{" (name) "}}" } } dd { (placeholder_words(cx, name)) } }
                }
                div { dt { code { "{{field.release}}" } } dd { (cx.t("text-block-place-field")) } }
            }
            @for (part, text) in parts.texts() {
                @let label = part_words(cx.locale, part);
                @let rows = match part { "observed" | "expected" | "steps" => 4, _ => 2 };
                (Field::new(part, &label).optional().fault(faults.of(part)).render(cx.locale, Input::Area { value: text, rows }))
            }
            div class="columns" {
                (date("valid_from", "text-block-valid-from", &self.valid_from))
                (date("valid_to", "text-block-valid-to", &self.valid_to))
            }
        })
    }
}

fn placeholder_words(cx: &Cx, name: &str) -> String {
    cx.t(match name {
        "title" => "text-block-place-title",
        "number" => "text-block-place-number",
        "service" => "text-block-place-service",
        "module" => "text-block-place-module",
        "district" => "text-block-place-district",
        _ => "text-block-place-description",
    })
}

/// On which days it is offered.
fn valid_words(cx: &Cx, block: &TextBlock) -> String {
    let date = |day: NaiveDate| cx.locale.date(day);
    let said = |key: &str, name: &'static str, day: NaiveDate| {
        cx.locale.t_with(key, &[(name, date(day).into())])
    };
    match (block.valid_from, block.valid_to) {
        (None, None) => cx.t("text-block-always"),
        (Some(from), None) => said("text-block-from", "from", from),
        (None, Some(to)) => said("text-block-until", "until", to),
        (Some(from), Some(to)) => cx.locale.t_with(
            "text-block-between",
            &[("from", date(from).into()), ("until", date(to).into())],
        ),
    }
}

#[handler]
pub async fn list(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let rows = text_block::list(&cx.db, &cx.actor, asked.show()).await?;
    let table = html! {
        p class="sheet__body small muted" { (cx.t("text-block-caption")) }
        table class="grid grid--plain" {
            caption class="sr" { (AREA.words(&cx)) }
            thead { tr {
                (column(&cx.t("settings-name")))
                (column(&cx.t("text-block-kind")))
                (column(&cx.t("text-block-valid")))
            } }
            tbody {
                @for block in &rows {
                    tr class=[block.retired_at.map(|_| "is-retired")] {
                        td {
                            a class="subject" href=(AREA.entry(block.id)) { (block.name) }
                            @if block.retired_at.is_some() { " (" (cx.t("settings-retired-mark")) ")" }
                        }
                        td { (cx.t("text-block-kind-enquiry")) }
                        td { (valid_words(&cx, block)) }
                    }
                }
            }
        }
    };
    page::list(&cx, AREA, &asked, Find::Nothing, table, Pager::default()).await
}
