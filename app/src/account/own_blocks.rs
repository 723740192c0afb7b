//! Text blocks of one's own: the list of them, and the form that makes one or changes it.

use entities::person::list::agents;
use entities::setting::Choice;
use entities::text::beginning;
use entities::text_block::{self, BlockKind, KeepOwn, Notice, RemoveOwn, TextBlock, Wording, list};
use entities::{DeskError, Rejected, Uuid};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use crate::error::Result;
use crate::settings::form::{self as fields, Faults};
use crate::settings::text_block_acts::{self, ActsForm, acts_fields};
use crate::settings::text_block_words::{field_fault, language_words, text_fault};
use crate::text_blocks::reserved;
use crate::web::cx::Cx;
use crate::web::form::{self, Form, Query};
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{
    Field, Input, Look, Tone, button_link, foreign, icon_small, notice, submit,
};
use crate::web::permitted::{Permitted, Readers};
use crate::web::swap::Swap;
use crate::web::url;

/// Characters of a text that stand in the list.
const MOST_CHARS: usize = 160;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The one that is to be changed.
    id: String,
    /// `saved` or `removed`: what was just done.
    done: String,
}

/// What stands in the form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct OwnBlockForm {
    /// Empty: a new one.
    id: String,
    name: String,
    category: String,
    de: String,
    en: String,
    then: String,
    reason: String,
    reminder_days: String,
    priority: String,
    owner: String,
    fields: String,
    once: Option<String>,
}

impl OwnBlockForm {
    fn of(block: &TextBlock) -> OwnBlockForm {
        let Wording { notice, acts, .. } = block.wording();
        let acts = text_block_acts::form_of(&acts);
        OwnBlockForm {
            id: block.id.to_string(),
            name: block.name.clone(),
            category: block.category.clone(),
            de: notice.de,
            en: notice.en,
            then: acts.then,
            reason: acts.reason,
            reminder_days: acts.reminder_days,
            priority: acts.priority,
            owner: acts.owner,
            fields: acts.fields,
            once: None,
        }
    }

    fn id(&self) -> Option<Uuid> {
        fields::id(&self.id)
    }

    fn notice(&self) -> Notice {
        Notice {
            de: self.de.clone(),
            en: self.en.clone(),
        }
    }

    fn acts(&self) -> ActsForm {
        ActsForm {
            then: self.then.clone(),
            reason: self.reason.clone(),
            reminder_days: self.reminder_days.clone(),
            priority: self.priority.clone(),
            owner: self.owner.clone(),
            fields: self.fields.clone(),
        }
    }

    /// What is wrong with what was typed.
    async fn check(&self, cx: &Cx) -> Result<Faults> {
        let mut faults = Faults::default();
        if self.name.trim().is_empty() {
            faults.add("name", cx.t("rejected-empty-name"));
        }
        let notice = self.notice();
        if notice
            .texts()
            .iter()
            .all(|(_, text)| text.trim().is_empty())
        {
            faults.add("de", cx.t("rejected-empty-text"));
        }
        for (field, text) in notice.texts() {
            let words = match text_fault(cx, BlockKind::Answer, text) {
                None => field_fault(cx, text).await?,
                words => words,
            };
            if let Some(words) = words {
                faults.add(field, words);
            }
        }
        if let Some(acts) = text_block_acts::check(cx, &self.acts(), &mut faults) {
            text_block_acts::known(cx, &acts, &mut faults).await?;
        }
        Ok(faults)
    }
}

/// `GET /account/text-blocks?id=`
#[handler]
pub async fn show(cx: Cx, _: Readers, Query(asked): Query<Asked>) -> Result<Markup> {
    let form = match fields::id(&asked.id) {
        Some(id) => OwnBlockForm::of(&text_block::find_own(&cx.db, &cx.actor, id).await?),
        None => OwnBlockForm::default(),
    };
    page(&cx, &form, &Faults::default(), &asked.done).await
}

/// `POST /account/text-blocks`: makes one, or changes it.
#[handler]
pub async fn update(
    cx: Cx,
    _: Readers,
    permit: Permitted<KeepOwn>,
    Form(form): Form<OwnBlockForm>,
) -> Result<Swap> {
    if let Some(id) = form.id() {
        text_block::find_own(&cx.db, &cx.actor, id).await?;
    }
    let mut faults = form.check(&cx).await?;
    if faults.is_empty() {
        let command = KeepOwn {
            id: form.id(),
            name: form.name.clone(),
            category: form.category.clone(),
            wording: Wording {
                notice: form.notice(),
                acts: text_block_acts::read(&form.acts()).unwrap_or_default(),
                ..Wording::default()
            },
            once: form.once.clone(),
        };
        match cx.db.change(permit.into_permit(), command).await {
            Ok(_) | Err(DeskError::AlreadyDone(_)) => return Ok(back(&cx, "saved")),
            Err(DeskError::Rejected(why)) => {
                let field = match why {
                    Rejected::EmptyText | Rejected::TooLong | Rejected::NotAPlaceholder => "de",
                    _ => "name",
                };
                faults = Faults::rejected(&cx, field, why);
            }
            Err(error) => return Err(error.into()),
        }
    }
    let page = page(&cx, &form, &faults, "").await?;
    Ok(Swap::invalid(cx.asks, page.clone(), page))
}

/// Which one is taken out of use.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Removed {
    id: String,
}

/// `POST /account/text-blocks/remove`
#[handler]
pub async fn remove(
    cx: Cx,
    _: Readers,
    permit: Permitted<RemoveOwn>,
    Form(removed): Form<Removed>,
) -> Result<Swap> {
    let id = fields::id(&removed.id).ok_or(DeskError::Hidden)?;
    text_block::find_own(&cx.db, &cx.actor, id).await?;
    match cx.db.change(permit.into_permit(), RemoveOwn { id }).await {
        Ok(_) | Err(DeskError::Rejected(Rejected::Retired)) => Ok(back(&cx, "removed")),
        Err(error) => Err(error.into()),
    }
}

fn back(cx: &Cx, done: &str) -> Swap {
    Swap::go_to(cx.asks, url::own_text_blocks().with("done", done))
}

async fn page(cx: &Cx, form: &OwnBlockForm, faults: &Faults, done: &str) -> Result<Markup> {
    let (own, people) = tokio::try_join!(list::own(&cx.db, &cx.actor), agents(&cx.db))?;
    let mut lines = Vec::with_capacity(own.len());
    for block in &own {
        lines.push(line(cx, block, &reserved::of_block(cx, block).await?));
    }
    let title = cx.t("text-block-own-title");
    let done = match done {
        "saved" => Some("text-block-own-saved"),
        "removed" => Some("text-block-own-removed"),
        _ => None,
    };
    let content = html! {
        div class="sheet" {
            div class="sheet__head" {
                a class="back" href=(url::account()) { (icon_small("left")) (cx.t("account-title")) }
                h1 id="own-blocks-title" { (title) }
            }
            div class="scroll" tabindex="0" role="region" aria-labelledby="own-blocks-title" {
                div class="form" {
                    @if let Some(key) = done { (notice(Tone::Ok, &cx.t(key), &html! {})) }
                    p class="muted" { (cx.t("text-block-own-lead")) }
                    @if own.is_empty() { p { (cx.t("text-block-own-none")) } }
                    @else { ul class="watched" role="list" { @for line in &lines { (line) } } }
                }
                (block_form(cx, form, &people, faults))
            }
        }
    };
    let frame = cx.frame(Area::None).await?;
    Ok(frame.page(&title, Stage::Plain, &content))
}

fn line(cx: &Cx, block: &TextBlock, reserved: &Markup) -> Markup {
    let said = block.wording().notice;
    let text = said.of(cx.locale.code());
    html! {
        li {
            div class="watched__name" {
                b { (foreign(&block.name)) }
                @if !block.category.is_empty() { " " span class="tag" { (block.category) } }
                p class="small muted" { (foreign(&beginning(text, MOST_CHARS))) }
                (reserved)
            }
            a href=(url::own_text_blocks().with("id", block.id)) {
                (cx.t("text-block-own-change")) span class="sr" { ": " (block.name) }
            }
            form method="post" action=(url::remove_own_text_block()) {
                (form::csrf(&cx.session.csrf))
                input type="hidden" name="id" value=(block.id);
                button class="kern-btn kern-btn--tertiary" type="submit" {
                    span class="kern-label" { (cx.t("text-block-own-remove")) span class="sr" { ": " (block.name) } }
                }
            }
        }
    }
}

/// The form `#own-block-form`.
fn block_form(cx: &Cx, form: &OwnBlockForm, people: &[Choice], faults: &Faults) -> Markup {
    let notice = form.notice();
    let is_new = form.id().is_none();
    html! {
        form id="own-block-form" class="form" method="post" action=(url::own_text_blocks()) aria-labelledby="own-block-form-title" novalidate {
            (form::csrf(&cx.session.csrf))
            @if is_new { (form::once()) }
            input type="hidden" name="id" value=(form.id);
            h2 id="own-block-form-title" { @if is_new { (cx.t("text-block-own-new")) } @else { (foreign(&form.name)) } }
            (faults.summary(cx))
            (fields::text(cx, Field::new("name", &cx.t("settings-name")).fault(faults.of("name")), "text", &form.name))
            (fields::text(cx, Field::new("category", &cx.t("text-block-category")).optional().fault(faults.of("category")), "text", &form.category))
            p class="hint" { (cx.t("text-block-answer-hint")) }
            @for (language, text) in notice.texts() {
                @let label = language_words(cx, language);
                (Field::new(language, &label).optional().fault(faults.of(language)).render(cx.locale, Input::Area { value: text, rows: 6 }))
            }
            (acts_fields(cx, &form.acts(), people, faults))
            p class="cluster" {
                (submit(Look::Primary, &cx.t("text-block-own-keep")))
                @if !is_new { (button_link(Look::Tertiary, &cx.t("settings-discard"), &url::own_text_blocks(), None)) }
            }
        }
    }
}
