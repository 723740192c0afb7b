//! Text blocks: the list, and the form of one for enquiries to vendors or for requesters.

use chrono::NaiveDate;
use entities::text_block::{self, BlockKind, Notice, TextBlock, TextBlockFacts, placeholders};
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
use crate::web::parts::{Choice, Field, Input, Pager, column};

const AREA: Area = Area::TextBlocks;

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct TextBlockForm {
    #[validate(custom(function = "form::needed"))]
    name: String,
    kind: String,
    product: String,
    release: String,
    environment: String,
    observed: String,
    expected: String,
    steps: String,
    frequency: String,
    effect: String,
    de: String,
    en: String,
    valid_from: String,
    valid_to: String,
    once: Option<String>,
}

impl TextBlockForm {
    fn kind(&self) -> BlockKind {
        form::stored(&self.kind).unwrap_or(BlockKind::VendorEnquiry)
    }

    fn notice(&self) -> Notice {
        Notice {
            de: self.de.clone(),
            en: self.en.clone(),
        }
    }

    /// Name and text of each field of its kind.
    fn texts<T>(&self, with: impl Fn(&str, &str) -> T) -> Vec<T> {
        let (enquiry, notice) = (self.enquiry(), self.notice());
        let all = |texts: &[(&str, &str)]| texts.iter().map(|(of, text)| with(of, text)).collect();
        match self.kind() {
            BlockKind::VendorEnquiry => all(&enquiry.texts()),
            BlockKind::RequesterNotice => all(&notice.texts()),
        }
    }

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
        let (parts, notice) = (block.enquiry(), block.notice());
        TextBlockForm {
            name: block.name.clone(),
            kind: form::stored_name(block.kind),
            de: notice.de,
            en: notice.en,
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
        let kind = self.kind();
        let unknown = |field: &str, text: &str| {
            let name = text_block::unknown(kind, text)?.to_owned();
            let words = cx
                .locale
                .t_with("text-block-unknown", &[("name", name.into())]);
            Some((field.to_owned(), words))
        };
        for (field, words) in self.texts(unknown).into_iter().flatten() {
            faults.add(&field, words);
        }
        let is_empty = |_: &str, text: &str| text.trim().is_empty();
        if kind == BlockKind::RequesterNotice && self.texts(is_empty).into_iter().all(|e| e) {
            faults.add("de", cx.t("rejected-empty-text"));
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

    fn facts(&self, _: &Cx, before: Option<&TextBlock>) -> TextBlockFacts {
        TextBlockFacts {
            name: self.name.clone(),
            kind: before.map_or_else(|| self.kind(), |block| block.kind),
            enquiry: self.enquiry(),
            notice: self.notice(),
            valid_from: day(&self.valid_from).unwrap_or_default(),
            valid_to: day(&self.valid_to).unwrap_or_default(),
        }
    }

    fn place(why: Rejected) -> &'static str {
        match why {
            Rejected::EmptyText | Rejected::NotAPlaceholder => "observed",
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

    async fn fields(&self, cx: &Cx, open: Option<&TextBlock>, faults: &Faults) -> Result<Markup> {
        let shows = |kind: BlockKind| open.is_none_or(|block| block.kind == kind);
        let date = |name: &'static str, words: &str, value: &str| {
            let label = cx.t(words);
            let field = Field::new(name, &label).optional().fault(faults.of(name));
            form::text(cx, field, "date", value)
        };
        Ok(html! {
            (form::text(cx, Field::new("name", &cx.t("settings-name")).fault(faults.of("name")), "text", &self.name))
            @if open.is_none() { (form::select(cx, Field::new("kind", &cx.t("text-block-kind")), &kinds(cx), &form::stored_name(self.kind()))) }
            @else { input type="hidden" name="kind" value=(self.kind); }
            @if shows(BlockKind::VendorEnquiry) { (self.parts(cx, faults)) }
            @if shows(BlockKind::RequesterNotice) { (self.languages(cx, faults)) }
            div class="columns" {
                (date("valid_from", "text-block-valid-from", &self.valid_from))
                (date("valid_to", "text-block-valid-to", &self.valid_to))
            }
        })
    }
}

impl TextBlockForm {
    /// The parts of an enquiry.
    fn parts(&self, cx: &Cx, faults: &Faults) -> Markup {
        let parts = self.enquiry();
        html! {
            fieldset class="field formpart" {
                legend class="label" { (cx.t("text-block-kind-enquiry")) }
                p class="hint" { (cx.t("text-block-hint")) }
                dl class="placeholders" {
                    (places(cx, BlockKind::VendorEnquiry))
                    div { dt { code { "{{field.release}}" } } dd { (cx.t("text-block-place-field")) } }
                }
                @for (part, text) in parts.texts() {
                    @let label = part_words(cx.locale, part);
                    @let rows = match part { "observed" | "expected" | "steps" => 4, _ => 2 };
                    (Field::new(part, &label).optional().fault(faults.of(part)).render(cx.locale, Input::Area { value: text, rows }))
                }
            }
        }
    }

    /// The text for requesters, in each language.
    fn languages(&self, cx: &Cx, faults: &Faults) -> Markup {
        let notice = self.notice();
        html! {
            fieldset class="field formpart" {
                legend class="label" { (cx.t("text-block-kind-notice")) }
                p class="hint" { (cx.t("text-block-notice-hint")) }
                dl class="placeholders" { (places(cx, BlockKind::RequesterNotice)) }
                @for (language, text) in notice.texts() {
                    @let label = language_words(cx, language);
                    (Field::new(language, &label).optional().fault(faults.of(language)).render(cx.locale, Input::Area { value: text, rows: 8 }))
                }
            }
        }
    }
}

fn places(cx: &Cx, kind: BlockKind) -> Markup {
    html! {
        @for name in placeholders(kind) {
            div { dt { code { "{{" (name) "}}" } } dd { (placeholder_words(cx, name)) } }
        }
    }
}

fn kinds(cx: &Cx) -> Vec<Choice> {
    [BlockKind::VendorEnquiry, BlockKind::RequesterNotice]
        .map(|kind| Choice::new(form::stored_name(kind), kind_words(cx, kind)))
        .into()
}

fn kind_words(cx: &Cx, kind: BlockKind) -> String {
    cx.t(match kind {
        BlockKind::VendorEnquiry => "text-block-kind-enquiry",
        BlockKind::RequesterNotice => "text-block-kind-notice",
    })
}

/// What a text for requesters is called in a form, by its language.
pub fn language_words(cx: &Cx, language: &str) -> String {
    cx.t(match language {
        "en" => "text-block-text-en",
        _ => "text-block-text-de",
    })
}

fn placeholder_words(cx: &Cx, name: &str) -> String {
    cx.t(match name {
        "greeting" => "text-block-place-greeting",
        "name" => "text-block-place-name",
        "release" => "text-block-place-release",
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
                        td { (kind_words(&cx, block.kind)) }
                        td { (valid_words(&cx, block)) }
                    }
                }
            }
        }
    };
    page::list(&cx, AREA, &asked, Find::Nothing, table, Pager::default()).await
}
