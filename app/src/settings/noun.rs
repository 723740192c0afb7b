//! What the pages of all nouns of the settings do: show a form, create, update, retire and restore.

use std::future::Future;

use entities::ledger::Subject as _;
use entities::permit::Permit;
use entities::setting::{Create, Restore, Retire, Setting, Update};
use entities::{DeskError, Rejected, Uuid};
use maud::{Markup, html};
use serde::de::DeserializeOwned;
use validator::Validate;

use super::area::Area;
use super::form::{self, Faults, Outcome};
use super::page::{self, Asked, Item};
use super::sheet::{self, State};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::once;
use crate::web::swap::Swap;

/// The form of a noun, and the little in which its page differs from the others.
pub trait NounForm: Validate + DeserializeOwned + Default + Send + Sync + 'static {
    type Noun: Setting;

    const AREA: Area;

    /// Fields that can have faults by themselves, as they follow on the page.
    const ORDER: &'static [&'static str];

    /// The form of a new one.
    fn empty(_: &Cx) -> impl Future<Output = Result<Self>> + Send {
        std::future::ready(Ok(Self::default()))
    }

    /// The form of one there is, in the reader's words.
    fn of(cx: &Cx, noun: &Self::Noun) -> Self;

    /// What was typed into the field of the name.
    fn name(&self) -> &str;

    /// The key that lets the form create only once.
    fn once(&self) -> Option<String>;

    /// What is wrong with what was typed, as far as the form alone can know.
    fn check(&self, cx: &Cx) -> Result<(), Faults> {
        Faults::of_fields(cx, self, Self::ORDER).none()
    }

    /// What is wrong with it beside what is known of others.
    fn known(&self, _: &Cx) -> impl Future<Output = Result<Faults>> + Send {
        std::future::ready(Ok(Faults::default()))
    }

    /// The facts it stands for; asked when it has no faults.
    fn facts(&self, cx: &Cx, before: Option<&Self::Noun>) -> <Self::Noun as Setting>::Facts;

    /// The field a state of the model is shown at.
    fn place(why: Rejected) -> &'static str;

    /// The one with this id, as far as the reader may see it.
    fn find(cx: &Cx, id: Uuid) -> impl Future<Output = Result<Self::Noun, DeskError>> + Send;

    /// The lines of the list beside the form.
    fn items(cx: &Cx, open: Option<&Self::Noun>) -> impl Future<Output = Result<Vec<Item>>> + Send;

    /// The fields, with what was typed and its faults.
    fn fields(
        &self,
        cx: &Cx,
        open: Option<&Self::Noun>,
        faults: &Faults,
    ) -> impl Future<Output = Result<Markup>> + Send;

    /// What the page of one there is says above its fields.
    fn told(_: &Cx, _: &Self::Noun) -> impl Future<Output = Result<Markup>> + Send {
        std::future::ready(Ok(Markup::default()))
    }
}

/// The page of a new one.
pub async fn new<F: NounForm>(cx: &Cx) -> Result<Markup> {
    show(cx, None, &F::empty(cx).await?, &Faults::default(), html! {}).await
}

/// Creates one, or shows what is wrong.
pub async fn create<F: NounForm>(
    cx: &Cx,
    permit: Permit<Create<F::Noun>>,
    form: F,
) -> Result<Swap> {
    if let Err(faults) = checked(cx, &form).await? {
        return refuse(cx, None, &form, &faults).await;
    }
    let command = Create {
        facts: form.facts(cx, None),
        once: form.once(),
    };
    match form::outcome(cx.db.change(permit, command).await)? {
        Outcome::Done(id) => Ok(done(cx, F::AREA, id, "created")),
        Outcome::Rejected(why) => {
            let faults = Faults::rejected(cx, F::place(why), why);
            refuse(cx, None, &form, &faults).await
        }
    }
}

/// The page of one there is.
pub async fn edit<F: NounForm>(cx: &Cx, id: Uuid, asked: &Asked) -> Result<Markup> {
    let noun = F::find(cx, id).await?;
    let told = html! {
        (sheet::told(cx, &asked.done, State::of(Some(&noun))))
        (F::told(cx, &noun).await?)
    };
    show(cx, Some(&noun), &F::of(cx, &noun), &Faults::default(), told).await
}

/// Changes one, or shows what is wrong.
pub async fn update<F: NounForm>(
    cx: &Cx,
    permit: Permit<Update<F::Noun>>,
    id: Uuid,
    form: F,
) -> Result<Swap> {
    let before = F::find(cx, id).await?;
    if let Err(faults) = checked(cx, &form).await? {
        return refuse(cx, Some(&before), &form, &faults).await;
    }
    let facts = form.facts(cx, Some(&before));
    match form::outcome(cx.db.change(permit, Update { id, facts }).await)? {
        Outcome::Done(id) => Ok(done(cx, F::AREA, id, "saved")),
        Outcome::Rejected(why) => {
            let faults = Faults::rejected(cx, F::place(why), why);
            refuse(cx, Some(&before), &form, &faults).await
        }
    }
}

/// Takes one out of use.
pub async fn retire<S: Setting>(
    cx: &Cx,
    area: Area,
    permit: Permit<Retire<S>>,
    id: Uuid,
) -> Result<Swap> {
    cx.db.change(permit, Retire::of(id)).await?;
    Ok(done(cx, area, id, "retired"))
}

/// Brings one back into use.
pub async fn restore<S: Setting>(
    cx: &Cx,
    area: Area,
    permit: Permit<Restore<S>>,
    id: Uuid,
) -> Result<Swap> {
    cx.db.change(permit, Restore::of(id)).await?;
    Ok(done(cx, area, id, "restored"))
}

async fn checked<F: NounForm>(cx: &Cx, form: &F) -> Result<Result<(), Faults>> {
    Ok(match form.check(cx) {
        Ok(()) => form.known(cx).await?.none(),
        faults => faults,
    })
}

/// Goes to the form of an entry and says there what was done.
pub fn done(cx: &Cx, area: Area, id: Uuid, what: &str) -> Swap {
    Swap::go_to(cx.asks, area.entry(id).with("done", what))
}

/// The name of the open entry as the title of its page.
pub fn title(cx: &Cx, area: Area, id: Option<Uuid>, name: &str) -> String {
    match id {
        Some(_) if !name.trim().is_empty() => name.to_owned(),
        Some(_) => area.words(cx),
        None => area.new_words(cx),
    }
}

async fn refuse<F: NounForm>(
    cx: &Cx,
    open: Option<&F::Noun>,
    form: &F,
    faults: &Faults,
) -> Result<Swap> {
    let page = show(cx, open, form, faults, html! {}).await?;
    Ok(super::invalid(cx, page))
}

/// The page with this form.
pub async fn show<F: NounForm>(
    cx: &Cx,
    open: Option<&F::Noun>,
    form: &F,
    faults: &Faults,
    told: Markup,
) -> Result<Markup> {
    let id = open.map(|noun| noun.id());
    let items = F::items(cx, open).await?;
    let fields = html! {
        (faults.summary(cx)) (told)
        (form.fields(cx, open, faults).await?)
    };
    let title = title(cx, F::AREA, id, form.name());
    let hidden = html! { @if id.is_none() { (once()) } };
    let sheet = sheet::form_sheet(cx, F::AREA, &title, (id, State::of(open)), hidden, fields);
    page::entry(cx, F::AREA, &title, &items, sheet).await
}
