//! Writing an article: what its form is asked for and what becomes of it.

use entities::article::{self, Article, Create, SendToReview, Write, lacks};
use entities::permit::Permit;
use entities::{DeskError, Rejected};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::checks::{CHECKS, checks};
use super::editor::{PREVIEW, page, preview as shown};
use super::files::taken;
use super::form::{ArticleForm, lack_field, lack_words, place};
use super::{conflict, draft, translation};
use crate::error::{Error, Result};
use crate::settings::form::{Faults, Outcome, outcome};
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::parts::{Tone, notice};
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;
use crate::web::upload::Upload;
use crate::web::url;

/// What a new one is begun with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The article it is to be a translation of.
    translates: String,
}

/// `GET /knowledge/new`.
#[handler]
pub async fn new(cx: Cx, _permit: Permitted<Create>, Query(asked): Query<Asked>) -> Result<Markup> {
    // What was begun and is not saved is not lost to a translation.
    if asked.translates.is_empty() || draft::find(&cx, None).await?.is_some() {
        return open(&cx, None).await;
    }
    let form = translation::begun(&cx, &asked.translates).await?;
    page(&cx, None, &form, &Faults::default(), html! {}, None).await
}

/// `POST /knowledge/new`.
#[handler]
pub async fn create(
    cx: Cx,
    permit: Permitted<Create>,
    upload: Upload<ArticleForm>,
) -> Result<Swap> {
    let form = taken(&cx, upload).await?;
    if let Err(faults) = form.check(&cx) {
        return refuse(&cx, None, &form, &faults, html! {}).await;
    }
    let command = Create {
        content: form.content(&cx),
        filing: form.filing(),
        once: form.once.clone(),
    };
    match outcome(cx.db.change(permit.into_permit(), command).await)? {
        Outcome::Done(id) => {
            let article = article::find(&cx.db, &cx.actor, id).await?;
            draft::end(&cx, None).await?;
            saved(&cx, &article, &form, "saved").await
        }
        Outcome::Rejected(why) => {
            let faults = Faults::rejected(&cx, place(why), why);
            refuse(&cx, None, &form, &faults, html! {}).await
        }
    }
}

/// `GET /knowledge/:key/edit`.
#[handler]
pub async fn edit(cx: Cx, permit: Permitted<Write>) -> Result<Markup> {
    open(&cx, Some(permit.on())).await
}

/// The form as its author left it, or with what is saved.
async fn open(cx: &Cx, article: Option<&Article>) -> Result<Markup> {
    if let Some(kept) = draft::find(cx, article).await? {
        let told = draft::told(cx, article, kept.at);
        return page(
            cx,
            article,
            &kept.form,
            &Faults::default(),
            told,
            Some(kept.at),
        )
        .await;
    }
    let form = match article {
        Some(article) => ArticleForm::of(cx, article),
        None => ArticleForm::empty(cx),
    };
    page(cx, article, &form, &Faults::default(), html! {}, None).await
}

/// `POST /knowledge/:key/edit`.
#[handler]
pub async fn update(cx: Cx, permit: Permitted<Write>, upload: Upload<ArticleForm>) -> Result<Swap> {
    let article = permit.on().clone();
    let form = taken(&cx, upload).await?;
    if let Err(faults) = form.check(&cx) {
        return refuse(&cx, Some(&article), &form, &faults, html! {}).await;
    }
    let command = Write {
        content: form.content(&cx),
        filing: form.filing(),
        edition: form.edition,
    };
    match outcome(cx.db.change(permit.into_permit(), command).await)? {
        Outcome::Done(id) => {
            let after = article::find(&cx.db, &cx.actor, id).await?;
            draft::end(&cx, Some(&after)).await?;
            let done = match after.row.edition == article.row.edition {
                true => "unchanged",
                false => "saved",
            };
            saved(&cx, &after, &form, done).await
        }
        Outcome::Rejected(why) => {
            let article = article::find(&cx.db, &cx.actor, article.row.id).await?;
            let faults = Faults::rejected(&cx, place(why), why);
            if why != Rejected::ChangedMeanwhile {
                return refuse(&cx, Some(&article), &form, &faults, html! {}).await;
            }
            let told = conflict::told(&cx, &article, &form).await?;
            // Whoever has read what the other wrote may save over it.
            let form = ArticleForm {
                edition: article.row.edition,
                ..form
            };
            refuse(&cx, Some(&article), &form, &faults, told).await
        }
    }
}

/// Where to go once it is saved: to the article, or on to its review.
async fn saved(cx: &Cx, article: &Article, form: &ArticleForm, done: &str) -> Result<Swap> {
    let here = |done: &str| {
        let number = article.row.newest;
        let number = (article.shown() != number).then_some(number);
        let to = url::article(article.row.id).with("done", done);
        number.map_or_else(|| to.clone(), |number| to.clone().with("version", number))
    };
    if form.then != "review" {
        return Ok(Swap::go_to(cx.asks, here(done)));
    }
    let lacks = lacks(article);
    if !lacks.is_empty() {
        let mut faults = Faults::default();
        for lack in lacks {
            faults.add(lack_field(lack), lack_words(cx, lack));
        }
        let form = ArticleForm::of(cx, article);
        let told = notice(
            Tone::Ok,
            &cx.t("article-done-saved"),
            &html! { (cx.t("rejected-article-incomplete")) },
        );
        return refuse(cx, Some(article), &form, &faults, told).await;
    }
    let permit: Permit<SendToReview> = Permit::ask(&cx.actor, article.clone())?;
    match cx.db.change(permit, SendToReview).await {
        Ok(_) => Ok(Swap::go_to(cx.asks, here("sent"))),
        // It is in review already.
        Err(DeskError::Rejected(_)) => Ok(Swap::go_to(cx.asks, here(done))),
        Err(error) => Err(Error::Desk(error)),
    }
}

/// `POST /knowledge/new/preview`.
#[handler]
pub async fn preview_new(
    cx: Cx,
    _permit: Permitted<Create>,
    upload: Upload<ArticleForm>,
) -> Result<Swap> {
    let form = taken(&cx, upload).await?;
    previewed(&cx, None, &form).await
}

/// `POST /knowledge/:key/preview`.
#[handler]
pub async fn preview(
    cx: Cx,
    permit: Permitted<Write>,
    upload: Upload<ArticleForm>,
) -> Result<Swap> {
    let form = taken(&cx, upload).await?;
    previewed(&cx, Some(permit.on()), &form).await
}

/// The preview alone; without scripts the page with what was typed.
async fn previewed(cx: &Cx, article: Option<&Article>, form: &ArticleForm) -> Result<Swap> {
    if cx.wants_fragment() {
        let back = url::knowledge();
        return Ok(Swap::or_go_to(cx.asks, back)
            .morph(PREVIEW, shown(cx, form))
            .morph(CHECKS, checks(cx, &form.body)));
    }
    let page = page(cx, article, form, &Faults::default(), html! {}, None).await?;
    Ok(Swap::page(page))
}

async fn refuse(
    cx: &Cx,
    article: Option<&Article>,
    form: &ArticleForm,
    faults: &Faults,
    told: Markup,
) -> Result<Swap> {
    let page = page(cx, article, form, faults, told, None).await?;
    Ok(Swap::invalid(cx.asks, page.clone(), page))
}
