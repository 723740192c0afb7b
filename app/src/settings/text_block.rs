//! The form of a text block: what it says, to whom it is offered, and what it does besides.

use entities::article::File;
use entities::person::list::agents;
use entities::text_block::{self, BlockKind, Notice, TextBlock, TextBlockFacts, Wording};
use entities::ticket::share::Enquiry;
use entities::{DeskError, Rejected, Uuid, service, team};
use maud::{Markup, html};
use serde::Deserialize;
use validator::Validate;

use super::area::Area;
use super::form::{self, Faults};
use super::noun::NounForm;
use super::page::{self, Asked, Item};
use super::text_block_acts::{self, ActsForm, acts_fields};
use super::text_block_approve;
use super::text_block_fields::{languages, parts};
use super::text_block_files::{UPLOADS, files_field};
use super::text_block_offer::{Offer, day, day_text};
use super::text_block_words::{field_fault, kind_words, text_fault};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::parts::{Choice, Field, name};

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
    then: String,
    reason: String,
    reminder_days: String,
    priority: String,
    owner: String,
    fields: String,
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

    fn offer(&self) -> Offer<'_> {
        Offer {
            category: &self.category,
            team: &self.team,
            services: &self.services,
            valid_from: &self.valid_from,
            valid_to: &self.valid_to,
            review_on: &self.review_on,
        }
    }

    fn wording(&self) -> Wording {
        Wording {
            enquiry: self.enquiry(),
            notice: self.notice(),
            acts: text_block_acts::read(&self.acts()).unwrap_or_default(),
            files: self.held.clone().unwrap_or_default(),
        }
    }
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
        let acts = text_block_acts::form_of(&acts);
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
            valid_from: day_text(block.valid_from),
            valid_to: day_text(block.valid_to),
            review_on: day_text(block.review_on),
            held: Some(files),
            then: acts.then,
            reason: acts.reason,
            reminder_days: acts.reminder_days,
            priority: acts.priority,
            owner: acts.owner,
            fields: acts.fields,
            ..TextBlockForm::default()
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
            if let Some(words) = text_fault(cx, kind, text) {
                faults.add(field, words);
            }
        }
        if kind != BlockKind::VendorEnquiry && texts.iter().all(|(_, text)| text.trim().is_empty())
        {
            faults.add("de", cx.t("rejected-empty-text"));
        }
        text_block_acts::check(cx, &self.acts(), &mut faults);
        self.offer().check(cx, &mut faults);
        faults.none()
    }

    async fn known(&self, cx: &Cx) -> Result<Faults> {
        let mut faults = Faults::default();
        let wording = self.wording();
        for (field, text) in wording.texts(self.kind()) {
            if let Some(words) = field_fault(cx, text).await? {
                faults.add(field, words);
            }
        }
        text_block_acts::known(cx, &wording.acts, &mut faults).await?;
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
        let (services, teams, people) = tokio::try_join!(
            service::choices(&cx.db),
            team::choices(&cx.db),
            agents(&cx.db)
        )?;
        let kind = open.map_or_else(|| self.kind(), |block| block.kind);
        let shows = |kinds: &[BlockKind]| open.is_none() || kinds.contains(&kind);
        let notices = [
            BlockKind::Answer,
            BlockKind::Opening,
            BlockKind::Closing,
            BlockKind::Letterhead,
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
            @if shows(&[BlockKind::Answer]) { (acts_fields(cx, &self.acts(), &people, faults)) }
            @if let (Some(block), BlockKind::Answer) = (open, kind) { (files_field(cx, block, faults)) }
            (self.offer().fields(cx, &services, &teams, faults))
        })
    }

    async fn told(cx: &Cx, block: &TextBlock) -> Result<Markup> {
        text_block_approve::told(cx, block).await
    }
}
