//! What is being written in an article, kept while it is typed until it is saved or thrown away.

use entities::Instant;
use entities::article::{Article, Create, Write};
use entities::draft::{self, Place};
use maud::{Markup, html};
use poem::handler;

use super::editor::part;
use super::form::ArticleForm;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::draft::draft_saved;
use crate::web::parts::{Tone, notice};
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;
use crate::web::upload::Upload;
use crate::web::url;

/// What the buttons say that throw a draft away: one stays in the form, one leaves it.
const DISCARD: &str = "discard";
pub const LEAVE: &str = "leave";

/// What was kept, and when.
#[derive(Debug)]
pub struct Kept {
    pub form: ArticleForm,
    pub at: Instant,
}

/// The reader's draft of an article, or of one to be begun.
pub async fn find(cx: &Cx, article: Option<&Article>) -> Result<Option<Kept>> {
    let draft = draft::find(&cx.db, place(cx, article)?).await?;
    Ok(draft.and_then(|draft| {
        let form = serde_json::from_str(&draft.content).ok()?;
        Some(Kept {
            form,
            at: draft.changed_at,
        })
    }))
}

/// Ends the draft of what was saved.
pub async fn end(cx: &Cx, article: Option<&Article>) -> Result<()> {
    Ok(draft::remove(&cx.db, place(cx, article)?).await?)
}

/// `POST /knowledge/new/draft`.
#[handler]
pub async fn create(
    cx: Cx,
    _permit: Permitted<Create>,
    upload: Upload<ArticleForm>,
) -> Result<Swap> {
    keep(&cx, None, &upload.form).await
}

/// `POST /knowledge/:key/draft`.
#[handler]
pub async fn update(cx: Cx, permit: Permitted<Write>, upload: Upload<ArticleForm>) -> Result<Swap> {
    keep(&cx, Some(permit.on()), &upload.form).await
}

async fn keep(cx: &Cx, article: Option<&Article>, form: &ArticleForm) -> Result<Swap> {
    let back = match article {
        Some(_) => part(article, "edit"),
        None => url::new_article(),
    };
    let leaves = form.then == LEAVE;
    if leaves || form.then == DISCARD {
        end(cx, article).await?;
        let to = match (leaves, article) {
            (false, _) => back,
            (true, Some(article)) => url::article(article.row.id),
            (true, None) => url::knowledge(),
        };
        return Ok(Swap::go_to(cx.asks, to));
    }
    let at = match form.says_more_than(cx, article) {
        true => {
            let once = form.once.as_deref();
            let content = serde_json::to_string(form).unwrap_or_default();
            let kept = draft::save(&cx.db, place(cx, article)?, &content, once).await?;
            Some(kept.at)
        }
        // The last keystroke may arrive after it was saved, and then nothing is left to keep.
        false => {
            end(cx, article).await?;
            None
        }
    };
    Ok(Swap::or_go_to(cx.asks, back).replace("draft-saved", draft_saved(cx, at)))
}

fn place(cx: &Cx, article: Option<&Article>) -> Result<Place> {
    Ok(Place::of_article(
        &cx.actor,
        article.map(|article| article.row.id),
    )?)
}

/// That the form holds a draft, with a way back to what is saved.
pub fn told(cx: &Cx, article: Option<&Article>, at: Instant) -> Markup {
    let time = cx.locale.moment(at, &cx.now);
    let words = cx.locale.t_with("article-draft", &[("time", time.into())]);
    notice(
        Tone::Info,
        &words,
        &html! {
            button class="kern-btn kern-btn--tertiary" type="submit" name="then" value=(DISCARD)
                formaction=(part(article, "draft")) formnovalidate {
                span class="kern-label" { (cx.t("article-draft-discard")) }
            }
        },
    )
}
