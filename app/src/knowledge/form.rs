//! The form of an article: what it says, for whom, and where it is filed.

use chrono::TimeDelta;
use entities::article::{self, Article, Audience, Content, Filing, Lack};
use entities::language::Language;
use entities::setting::Choice as Chosen;
use entities::{Rejected, category, organisation, release, service};
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError};

use super::aside::language_key;
use super::files;
use super::words::audience_words;
use crate::error::Result;
use crate::settings::form::{self, Faults};
use crate::web::cx::Cx;
use crate::web::parts::{Choice, Field, Input, named};
use crate::web::url::{self, Url};

/// After so many days somebody looks at a new article again.
pub const REVIEW_AFTER_DAYS: i64 = 365;

/// What was typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Validate)]
#[serde(default)]
pub struct ArticleForm {
    #[validate(custom(function = "form::needed"))]
    pub title: String,
    #[validate(custom(function = "summary"))]
    pub summary: String,
    #[validate(custom(function = "body"))]
    pub body: String,
    /// One a line or between commas.
    pub keywords: String,
    pub audience: String,
    pub vendors: Vec<String>,
    pub language: String,
    pub category: String,
    pub owner: String,
    pub services: Vec<String>,
    pub releases: Vec<String>,
    #[validate(custom(function = "form::day"))]
    pub review_due: String,
    /// Not empty: two people look through it.
    pub second_review: String,
    /// The article that this one is a translation of.
    pub original: String,
    /// The version of it that was followed so far, and the one that is followed from now on.
    pub follows: String,
    pub follows_now: String,
    #[validate(custom(function = "summary"))]
    pub note: String,
    /// The edition that was before the author's eyes.
    pub edition: i32,
    /// What follows once it is saved: `review`.
    #[serde(skip_serializing)]
    pub then: String,
    /// Sealed: those it has, and those that were uploaded and are not saved yet.
    pub files: Vec<String>,
    /// What a button does with one of them: `remove:` and its name.
    #[serde(skip_serializing)]
    pub act: String,
    #[serde(skip_serializing)]
    pub once: Option<String>,
}

fn summary(text: &str) -> Result<(), ValidationError> {
    at_most(text, article::MOST_SUMMARY, "article-fault-summary")
}

fn body(text: &str) -> Result<(), ValidationError> {
    at_most(text, article::MOST_BODY, "article-fault-body")
}

fn at_most(text: &str, most: usize, key: &'static str) -> Result<(), ValidationError> {
    match text.chars().count() > most {
        true => Err(ValidationError::new(key)),
        false => Ok(()),
    }
}

impl ArticleForm {
    /// Fields that can have faults by themselves, as they follow on the page.
    pub const ORDER: &'static [&'static str] = &["title", "summary", "body", "review_due", "note"];

    /// The form of a new one: the author answers for it.
    pub fn empty(cx: &Cx) -> ArticleForm {
        let due = cx.now.today() + TimeDelta::days(REVIEW_AFTER_DAYS);
        ArticleForm {
            language: cx.locale.code().to_owned(),
            owner: form::id_text(cx.actor.person_id()),
            review_due: due.to_string(),
            ..ArticleForm::default()
        }
    }

    /// The form of one there is.
    pub fn of(cx: &Cx, article: &Article) -> ArticleForm {
        let content = article
            .newest
            .as_ref()
            .map(article::Version::content)
            .unwrap_or_default();
        let filing = article.filing();
        let ids = |ids: &[entities::Uuid]| ids.iter().map(ToString::to_string).collect();
        ArticleForm {
            title: content.title,
            summary: content.summary,
            body: content.body,
            keywords: content.keywords.join(", "),
            audience: form::stored_name(content.audience),
            vendors: ids(&content.vendor_ids),
            language: filing.language.code().to_owned(),
            category: form::id_text(filing.category_id),
            owner: form::id_text(filing.owner_id),
            services: ids(&filing.service_ids),
            releases: ids(&filing.release_ids),
            review_due: filing
                .review_due_on
                .map(|day| day.to_string())
                .unwrap_or_default(),
            second_review: if filing.second_review { "1" } else { "" }.to_owned(),
            original: form::id_text(filing.original_id),
            follows: number(filing.original_version),
            follows_now: String::new(),
            note: String::new(),
            edition: article.row.edition,
            then: String::new(),
            files: content.files.iter().map(|f| files::seal(cx, f)).collect(),
            act: String::new(),
            once: None,
        }
    }

    pub fn check(&self, cx: &Cx) -> Result<(), Faults> {
        let mut faults = Faults::of_fields(cx, self, Self::ORDER);
        if self.audience() == Audience::Vendors && self.vendors.is_empty() {
            faults.add("vendors", cx.t("rejected-no-audience"));
        }
        faults.none()
    }

    /// Whether it holds anything that is not saved yet.
    pub fn says_more_than(&self, cx: &Cx, article: Option<&Article>) -> bool {
        let saved = match article {
            Some(article) => ArticleForm::of(cx, article),
            None => ArticleForm::empty(cx),
        };
        !self.note.is_empty()
            || self.content(cx) != saved.content(cx)
            || self.filing() != saved.filing()
    }

    fn audience(&self) -> Audience {
        named(&self.audience).unwrap_or_default()
    }

    pub fn language(&self) -> Language {
        Language::from_code(&self.language).unwrap_or_default()
    }

    /// What it says.
    pub fn content(&self, cx: &Cx) -> Content {
        let keywords = self.keywords.split([',', ';', '\n']);
        Content {
            title: self.title.clone(),
            summary: self.summary.clone(),
            body: self.body.clone(),
            keywords: keywords.map(str::to_owned).collect(),
            audience: self.audience(),
            vendor_ids: self.vendors.iter().filter_map(|id| form::id(id)).collect(),
            files: files::held(cx, self),
            note: self.note.clone(),
        }
    }

    /// Where it is filed.
    pub fn filing(&self) -> Filing {
        Filing {
            language: self.language(),
            category_id: form::id(&self.category),
            owner_id: form::id(&self.owner),
            service_ids: self.services.iter().filter_map(|id| form::id(id)).collect(),
            release_ids: self.releases.iter().filter_map(|id| form::id(id)).collect(),
            review_due_on: form::date(&self.review_due),
            second_review: !self.second_review.is_empty(),
            original_id: form::id(&self.original),
            original_version: self.follows_now.parse().or(self.follows.parse()).ok(),
        }
    }
}

fn number(version: Option<i32>) -> String {
    version.map_or_else(String::new, |number| number.to_string())
}

/// The field a state of the model is shown at.
pub fn place(why: Rejected) -> &'static str {
    match why {
        Rejected::NoAudience | Rejected::NotAVendor => "vendors",
        Rejected::NotYourServices => "services",
        Rejected::SecondReviewStays => "second_review",
        Rejected::Retired => "category",
        Rejected::TooLong => "keywords",
        Rejected::NoOriginal | Rejected::TranslatedAlready => "language",
        Rejected::NotAFileName | Rejected::TooManyFiles => "uploads",
        _ => "title",
    }
}

/// The field in which something is missing, and what is.
pub fn lack_field(lack: Lack) -> &'static str {
    match lack {
        Lack::Summary => "summary",
        Lack::Body => "body",
        Lack::Category => "category",
        Lack::Owner => "owner",
        Lack::ReviewDue => "review_due",
    }
}

/// What is missing before a review.
pub fn lack_words(cx: &Cx, lack: Lack) -> String {
    cx.t(match lack {
        Lack::Summary => "article-lack-summary",
        Lack::Body => "article-lack-body",
        Lack::Category => "article-lack-category",
        Lack::Owner => "article-lack-owner",
        Lack::ReviewDue => "article-lack-review-due",
    })
}

/// What is written: title, summary, text, keywords.
pub fn written(cx: &Cx, form: &ArticleForm, faults: &Faults, to_files: &Url) -> Markup {
    let lang = form.language().code();
    html! {
        (form::text(cx, Field::new("title", &cx.t("article-title")).fault(faults.of("title")), "text", &form.title))
        (form::text(
            cx,
            Field::new("summary", &cx.t("article-summary")).hint(&cx.t("article-summary-hint")).optional().fault(faults.of("summary")),
            "text",
            &form.summary,
        ))
        div class="edtext" lang=(lang) data-paste=(url::article_part("new", "paste")) {
            (Field::new("body", &cx.t("article-body")).hint(&cx.t("article-body-hint")).optional().fault(faults.of("body"))
                .render(cx.locale, Input::Area { value: &form.body, rows: 24 }))
            p class="hint" id="article-pasted" role="status" data-plain=(cx.t("article-pasted-plain")) data-pictures=(cx.t("article-pasted-pictures")) {}
            (syntax(cx))
        }
        (files::field(cx, form, to_files))
        (form::text(
            cx,
            Field::new("keywords", &cx.t("article-keywords")).hint(&cx.t("article-keywords-hint")).optional().fault(faults.of("keywords")),
            "text",
            &form.keywords,
        ))
    }
}

/// How headings, lists, callouts and the like are written.
fn syntax(cx: &Cx) -> Markup {
    html! {
        details class="fieldpart" {
            summary { h2 { (cx.t("article-syntax")) } }
            dl class="syntax" {
                @for (typed, words) in SYNTAX {
                    div { dt { code { (typed) } } dd { (cx.t(words)) } }
                }
            }
        }
    }
}

const SYNTAX: [(&str, &str); 10] = [
    ("## …", "article-syntax-heading"),
    ("- …", "article-syntax-list"),
    ("1. …", "article-syntax-steps"),
    ("**…**", "article-syntax-strong"),
    ("`…`", "article-syntax-code"),
    ("| … | … |", "article-syntax-table"),
    ("> [!WARNING]", "article-syntax-callout"),
    ("[…](https://…)", "article-syntax-link"),
    (":::intern … :::", "article-syntax-internal"),
    ("![…](files/…)", "article-syntax-picture"),
];

/// For whom it is and where it is filed.
pub async fn filed(cx: &Cx, form: &ArticleForm, faults: &Faults) -> Result<Markup> {
    let (vendors, services, releases, categories, owners) = tokio::try_join!(
        organisation::list::partners(&cx.db),
        service::choices(&cx.db),
        release::choices(&cx.db),
        category::choices(&cx.db),
        article::owners(&cx.db),
    )?;
    let languages = ["de", "en"].map(|code| Choice::new(code, cx.t(language_key(code))));
    Ok(html! {
        (audience(cx, form, &vendors, faults))
        (form::select(
            cx,
            Field::new("category", &cx.t("category")).optional().fault(faults.of("category")),
            &form::options(cx, "settings-none", &categories, &form.category),
            &form.category,
        ))
        (form::ticks(cx, "services", &cx.t("article-services"), &services, &form.services, faults))
        @if !releases.is_empty() { (form::ticks(cx, "releases", &cx.t("article-releases"), &releases, &form.releases, faults)) }
        (form::select(
            cx,
            Field::new("owner", &cx.t("article-owner")).optional().fault(faults.of("owner")),
            &form::options(cx, "settings-none", &owners, &form.owner),
            &form.owner,
        ))
        (form::text(
            cx,
            Field::new("review_due", &cx.t("article-review-due")).hint(&cx.t("article-review-due-hint")).optional().fault(faults.of("review_due")),
            "date",
            &form.review_due,
        ))
        (second_review(cx, form, faults))
        (form::select(cx, Field::new("language", &cx.t("article-language")).fault(faults.of("language")), &languages, &form.language))
        (form::text(
            cx,
            Field::new("note", &cx.t("article-note")).hint(&cx.t("article-note-hint")).optional().fault(faults.of("note")),
            "text",
            &form.note,
        ))
    })
}

fn second_review(cx: &Cx, form: &ArticleForm, faults: &Faults) -> Markup {
    let fault = faults.of("second_review");
    html! {
        div class="field" {
            label class="tick" {
                input id="second_review" type="checkbox" name="second_review" value="1" checked[!form.second_review.is_empty()]
                    aria-invalid=[fault.map(|_| "true")] aria-describedby=[fault.map(|_| "second_review-fault")];
                span { (cx.t("article-second-review")) }
            }
            @if let Some(fault) = fault { p class="error" id="second_review-fault" { (fault) } }
        }
    }
}

fn audience(cx: &Cx, form: &ArticleForm, vendors: &[Chosen], faults: &Faults) -> Markup {
    let chosen = form.audience();
    html! {
        fieldset class="field" {
            legend class="label" { (cx.t("article-audience")) }
            @for audience in Audience::ALL {
                label class="tick" {
                    input type="radio" name="audience" value=(form::stored_name(audience)) checked[audience == chosen];
                    span { (audience_words(cx.locale, audience)) }
                }
            }
        }
        details class="fieldpart audience__vendors" open[chosen == Audience::Vendors || faults.of("vendors").is_some()] {
            summary { h2 { (cx.t("article-vendors")) } }
            (form::ticks(cx, "vendors", &cx.t("article-vendors"), vendors, &form.vendors, faults))
        }
    }
}
