//! The form of a text block: what it says, to whom it is offered, and what it does besides.

use chrono::NaiveDate;
use entities::article::File;
use entities::text_block::{
    self, Acts, BlockKind, BlockThen, Notice, TextBlock, TextBlockFacts, Wording, fill, list,
};
use entities::ticket::share::Enquiry;
use entities::{DeskError, Rejected, Uuid, person, service, team};
use maud::{Markup, html};
use serde::Deserialize;
use validator::Validate;

use super::area::Area;
use super::form::{self, Faults};
use super::noun::NounForm;
use super::page::{self, Asked, Item};
use super::text_block_fields::{acts_fields, languages, offered_now, parts};
use super::text_block_files::{UPLOADS, files_field};
use super::text_block_words::{fault_words, kind_words};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::parts::{Choice, Field, Tone, name, named, notice};

pub const AREA: Area = Area::TextBlocks;

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct TextBlockForm {
    #[validate(custom(function = "form::needed"))]
    name: String,
    kind: String,
    category: String,
    team: String,
    services: Vec<String>,
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
    pub then: String,
    pub reason: String,
    pub reminder_days: String,
    pub priority: String,
    pub mine: String,
    pub fields: String,
    valid_from: String,
    valid_to: String,
    review_on: String,
    /// The file that is taken away.
    pub remove: String,
    /// The files it has from now on; none: those it had.
    #[serde(skip)]
    pub held: Option<Vec<File>>,
    once: Option<String>,
}

/// The most days ahead that a reminder is set by a block.
const MOST_DAYS: u16 = 365;

impl TextBlockForm {
    fn kind(&self) -> BlockKind {
        form::stored(&self.kind).unwrap_or_default()
    }

    pub fn notice(&self) -> Notice {
        Notice {
            de: self.de.clone(),
            en: self.en.clone(),
        }
    }

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
            deadline: None,
        }
    }

    /// What it does besides, or the field at fault and why.
    fn acts(&self) -> Result<Acts, (&'static str, &'static str)> {
        let then = match self.then.as_str() {
            "" => None,
            "open" => Some(BlockThen::Open),
            "waiting" => Some(BlockThen::Waiting),
            "vendor" => Some(BlockThen::Vendor),
            _ => Some(BlockThen::Solved(
                named(&self.reason).ok_or(("reason", "rejected-reason-missing"))?,
            )),
        };
        let reminder_days = match self.reminder_days.trim() {
            "" => None,
            typed => Some(
                typed
                    .parse()
                    .ok()
                    .filter(|days| (1..=MOST_DAYS).contains(days))
                    .ok_or(("reminder_days", "block-reminder-fault"))?,
            ),
        };
        let lines = self.fields.lines().filter(|line| !line.trim().is_empty());
        let fields = lines.map(|line| {
            let (key, value) = line.split_once('=')?;
            let (key, value) = (key.trim(), value.trim());
            (!key.is_empty() && !value.is_empty()).then(|| (key.to_owned(), value.to_owned()))
        });
        Ok(Acts {
            then,
            reminder_days,
            priority: named(&self.priority),
            mine: !self.mine.is_empty(),
            fields: fields
                .collect::<Option<Vec<_>>>()
                .ok_or(("fields", "block-fields-fault"))?,
        })
    }

    fn wording(&self) -> Wording {
        Wording {
            enquiry: self.enquiry(),
            notice: self.notice(),
            acts: self.acts().unwrap_or_default(),
            files: self.held.clone().unwrap_or_default(),
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
        let Wording {
            enquiry,
            notice,
            acts,
            files,
        } = block.wording();
        let (then, reason) = match acts.then {
            None => ("", None),
            Some(BlockThen::Open) => ("open", None),
            Some(BlockThen::Waiting) => ("waiting", None),
            Some(BlockThen::Vendor) => ("vendor", None),
            Some(BlockThen::Solved(reason)) => ("solved", Some(reason)),
        };
        let line = |(key, value): &(String, String)| format!("{key} = {value}");
        TextBlockForm {
            name: block.name.clone(),
            kind: form::stored_name(block.kind),
            category: block.category.clone(),
            team: form::id_text(block.team_id),
            services: block.service_ids().iter().map(Uuid::to_string).collect(),
            de: notice.de,
            en: notice.en,
            product: enquiry.product,
            release: enquiry.release,
            environment: enquiry.environment,
            observed: enquiry.observed,
            expected: enquiry.expected,
            steps: enquiry.steps,
            frequency: enquiry.frequency,
            effect: enquiry.effect,
            then: then.to_owned(),
            reason: reason.map(name).unwrap_or_default(),
            reminder_days: acts
                .reminder_days
                .map(|d| d.to_string())
                .unwrap_or_default(),
            priority: acts.priority.map(name).unwrap_or_default(),
            mine: if acts.mine { "1" } else { "" }.to_owned(),
            fields: acts.fields.iter().map(line).collect::<Vec<_>>().join("\n"),
            valid_from: day_text(block.valid_from),
            valid_to: day_text(block.valid_to),
            review_on: day_text(block.review_on),
            remove: String::new(),
            held: Some(files),
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
        let wording = self.wording();
        let texts = wording.texts(kind);
        for (field, text) in &texts {
            if let Some(fault) = text_block::fault(kind, text) {
                faults.add(field, fault_words(cx, fault));
            }
        }
        if kind != BlockKind::VendorEnquiry && texts.iter().all(|(_, text)| text.trim().is_empty())
        {
            faults.add("de", cx.t("rejected-empty-text"));
        }
        if let Err((field, key)) = self.acts() {
            faults.add(field, cx.t(key));
        }
        for (field, typed) in [
            ("valid_from", &self.valid_from),
            ("valid_to", &self.valid_to),
            ("review_on", &self.review_on),
        ] {
            if day(typed).is_err() {
                faults.add(field, cx.t("share-fault-date"));
            }
        }
        if let (Ok(Some(from)), Ok(Some(to))) = (day(&self.valid_from), day(&self.valid_to))
            && to < from
        {
            faults.add("valid_to", cx.t("text-block-ends-early"));
        }
        faults.none()
    }

    async fn known(&self, cx: &Cx) -> Result<Faults> {
        let mut faults = Faults::default();
        let wording = self.wording();
        for (field, text) in wording.texts(self.kind()) {
            let keys: Vec<&str> = fill::fields(text).collect();
            if let Some(key) = list::unknown_fields(&cx.db, &keys).await?.first() {
                let place = format!("field.{key}");
                faults.add(field, fault_words(cx, text_block::Fault::Unknown(&place)));
            }
        }
        let keys: Vec<&str> = wording
            .acts
            .fields
            .iter()
            .map(|(key, _)| key.as_str())
            .collect();
        if let Some(key) = list::unknown_fields(&cx.db, &keys).await?.first() {
            let said = [("name", key.as_str().into())];
            faults.add("fields", cx.locale.t_with("block-field-unknown", &said));
        }
        Ok(faults)
    }

    fn facts(&self, cx: &Cx, before: Option<&TextBlock>) -> TextBlockFacts {
        let kind = before.map_or_else(|| self.kind(), |block| block.kind);
        let mut wording = self.wording();
        if let (None, Some(block)) = (&self.held, before) {
            wording.files = block.wording().files;
        }
        let facts = TextBlockFacts {
            name: self.name.clone(),
            kind,
            wording,
            author_id: cx.actor.person_id(),
            category: self.category.clone(),
            team_id: form::id(&self.team),
            service_ids: self.services.iter().filter_map(|id| form::id(id)).collect(),
            valid_from: day(&self.valid_from).unwrap_or_default(),
            valid_to: day(&self.valid_to).unwrap_or_default(),
            review_on: day(&self.review_on).unwrap_or_default(),
            ..TextBlockFacts::default()
        };
        match before {
            Some(block) => facts.after(block),
            None => facts,
        }
    }

    fn place(why: Rejected) -> &'static str {
        match why {
            Rejected::EmptyText | Rejected::NotAPlaceholder => "observed",
            Rejected::EmptyRange => "valid_to",
            Rejected::TooManyFiles | Rejected::NotAFileName => UPLOADS,
            other => form::place(other, "name", "services"),
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
            more: match block.is_waiting() {
                true => cx.t("text-block-waiting"),
                false => kind_words(cx, block.kind),
            },
            name: block.name,
        };
        Ok(rows.into_iter().map(item).collect())
    }

    async fn fields(&self, cx: &Cx, open: Option<&TextBlock>, faults: &Faults) -> Result<Markup> {
        let (services, teams) = tokio::try_join!(service::choices(&cx.db), team::choices(&cx.db))?;
        let kind = open.map_or_else(|| self.kind(), |block| block.kind);
        let shows = |kinds: &[BlockKind]| open.is_none() || kinds.contains(&kind);
        let line = |name: &'static str, words: &str, sort: &str, value: &str| {
            let label = cx.t(words);
            let field = Field::new(name, &label).optional().fault(faults.of(name));
            form::text(cx, field, sort, value)
        };
        let notices = [
            BlockKind::Answer,
            BlockKind::Opening,
            BlockKind::Closing,
            BlockKind::PhoneScript,
            BlockKind::RequesterNotice,
        ];
        let kinds: Vec<Choice> = BlockKind::ALL
            .map(|kind| Choice::new(form::stored_name(kind), kind_words(cx, kind)))
            .into();
        Ok(html! {
            (form::text(cx, Field::new("name", &cx.t("settings-name")).fault(faults.of("name")), "text", &self.name))
            @if open.is_none() { (form::select(cx, Field::new("kind", &cx.t("text-block-kind")), &kinds, &form::stored_name(self.kind()))) }
            @else { input type="hidden" name="kind" value=(name(kind)); }
            @if shows(&notices) { (languages(cx, self, open.map(|block| block.kind), faults)) }
            @if shows(&[BlockKind::VendorEnquiry]) { (parts(cx, self, faults)) }
            @if shows(&[BlockKind::Answer]) { (acts_fields(cx, self, faults)) }
            @if let (Some(block), BlockKind::Answer) = (open, kind) { (files_field(cx, block, faults)) }
            fieldset class="field formpart" {
                legend class="label" { (cx.t("text-block-offered")) }
                div class="columns" {
                    (line("category", "text-block-category", "text", &self.category))
                    (form::select(cx, Field::new("team", &cx.t("text-block-team")).fault(faults.of("team")), &form::options(cx, "text-block-every-team", &teams, &self.team), &self.team))
                }
                (form::ticks(cx, "services", &cx.t("text-block-services"), &services, &self.services, faults))
                div class="columns" {
                    (line("valid_from", "text-block-valid-from", "date", &self.valid_from))
                    (line("valid_to", "text-block-valid-to", "date", &self.valid_to))
                    (line("review_on", "text-block-review", "date", &self.review_on))
                }
            }
        })
    }

    async fn told(cx: &Cx, block: &TextBlock) -> Result<Markup> {
        if block.retired_at.is_some() {
            return Ok(html! {});
        }
        let due = list::is_due(block, cx.now.today());
        let ids: Vec<Uuid> = [block.author_id, block.approved_by]
            .into_iter()
            .flatten()
            .collect();
        let names = person::names_by_id(&cx.db, &ids).await?;
        let said = |id: Option<Uuid>| {
            id.and_then(|id| names.get(&id).cloned())
                .unwrap_or_default()
        };
        let is_own = block.author_id == cx.actor.person_id();
        Ok(html! {
            @if due { (notice(Tone::Warn, &cx.t("text-block-review-due"), &html! {})) }
            @if block.is_waiting() {
                @let title = match block.approved { Some(_) => "text-block-waiting-newer", None => "text-block-waiting-first" };
                (offered_now(cx, block))
                (notice(Tone::Info, &cx.t(title), &html! {
                    @if is_own { (cx.t("text-block-own-work")) }
                    @else {
                        @let author = said(block.author_id);
                        @if !author.is_empty() { (cx.locale.t_with("text-block-by", &[("name", author.into())])) " " }
                        input type="hidden" name="content" value=(block.content);
                        button class="kern-btn kern-btn--secondary" type="submit" formaction=(AREA.act(block.id, "approve")) formnovalidate {
                            span class="kern-label" { (cx.t("text-block-approve")) }
                        }
                    }
                }))
            } @else if block.approved_by.is_some() {
                p class="muted" { (cx.locale.t_with("text-block-approved-by", &[("name", said(block.approved_by).into())])) }
            }
        })
    }
}
