//! What describes an article: its headings, its facts, how far it has come, its versions, and what was remarked.

use std::collections::HashMap;

use entities::article::answers;
use entities::article::feedback::{self, Answers, Feedback, Word};
use entities::article::related::Related;
use entities::article::validity::{self, Validity};
use entities::article::version::{self, Line};
use entities::article::{Article, Audience, Version, remark};
use entities::history;
use entities::ticket::drawn;
use entities::{Uuid, category};
use maud::{Markup, html};

use super::flow::{self, Refusal};
use super::{related, remarks, translation, words};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::markdown::article::Heading;
use crate::web::markdown::article::contents::contents;
use crate::web::parts::{face_beside_name, foreign, icon, state_sign};
use crate::web::url;

/// Versions and words of readers that are shown beside an article.
const MOST: u64 = 8;
/// So many remarks are shown.
pub const MOST_REMARKS: u64 = 50;

/// What the page shows besides the version.
pub struct Around {
    names: HashMap<Uuid, String>,
    versions: Vec<Line>,
    remarks: Vec<remark::Told>,
    /// The cases it was drawn from, as far as the reader sees them.
    cases: Vec<drawn::Case>,
    pub validity: Validity,
    uses: Vec<answers::Used>,
    answers: Answers,
    said: Vec<Word>,
    mine: Option<Feedback>,
    related: Vec<Related>,
    pub languages: translation::Around,
    /// Whether the reader works on it.
    pub works: bool,
}

impl Around {
    pub async fn read(cx: &Cx, article: &Article, shown: &Version, works: bool) -> Result<Around> {
        let mut ids = article.service_ids.clone();
        ids.extend(shown.vendor_ids());
        ids.extend(article.row.owner_id);
        ids.extend(shown.author_id);
        let (names, validity) = tokio::try_join!(
            history::names(&cx.db, &cx.actor, &ids),
            validity::of(&cx.db, article),
        )?;
        let (versions, remarks, said) = match works {
            true => tokio::try_join!(
                version::lines(&cx.db, article, MOST),
                remark::of(&cx.db, article, MOST_REMARKS),
                feedback::words(&cx.db, article, MOST),
            )?,
            false => (vec![], vec![], vec![]),
        };
        let (cases, uses, answers, mine, related, languages) = tokio::try_join!(
            drawn::cases(&cx.db, &cx.actor, article),
            answers::uses(&cx.db, article),
            feedback::answers(&cx.db, article, shown.number),
            feedback::mine(&cx.db, &cx.actor, article),
            related::read(cx, article),
            translation::Around::read(cx, article),
        )?;
        Ok(Around {
            names,
            versions,
            remarks,
            cases,
            validity,
            uses,
            answers,
            said,
            mine,
            related,
            languages,
            works,
        })
    }

    /// What the reader said of it.
    pub fn mine(&self) -> Option<&Feedback> {
        self.mine.as_ref()
    }

    pub fn name(&self, id: Uuid) -> Option<&str> {
        self.names.get(&id).map(String::as_str)
    }

    /// The names of several, in the order of the alphabet.
    fn named(&self, ids: &[Uuid]) -> Vec<&str> {
        let mut names: Vec<&str> = ids.iter().filter_map(|id| self.name(*id)).collect();
        names.sort_unstable();
        names
    }
}

/// The sheet beside an article.
pub async fn aside(
    cx: &Cx,
    article: &Article,
    shown: &Version,
    around: &Around,
    headings: &[Heading],
    refusal: Option<&Refusal>,
) -> Result<Markup> {
    Ok(html! {
        aside class="sheet facts" aria-label=(cx.t("article-about")) {
            div class="scroll" tabindex="0" role="region" aria-label=(cx.t("article-about-scroll")) {
                (contents(cx.locale, headings))
                (facts(cx, article, shown, around).await?)
                (super::feedback::told(cx, shown, &around.uses, around.answers, &around.said))
                (cases(cx, &around.cases))
                (related::listed(cx, &around.related))
                @if around.works {
                    (flow::panel(cx, article, shown, remarks::open(&around.remarks), refusal))
                    (remarks::listed(cx, article, &around.remarks))
                    (versions(cx, article, &around.versions))
                }
                p class="pad" { a class="small" href=(url::article_part(article.row.id, "history")) { (cx.t("article-history")) } }
            }
        }
    })
}

fn fact(name: &str, value: Markup) -> Markup {
    html! { div class="fact" { dt { (name) } dd { (value) } } }
}

async fn facts(cx: &Cx, article: &Article, shown: &Version, around: &Around) -> Result<Markup> {
    let filed = match article.row.category_id {
        Some(id) => category::list::path(&cx.db, id).await?,
        None => vec![],
    };
    let filed: Vec<&str> = filed.iter().map(|c| c.name.as_str()).collect();
    let services = around.named(&article.service_ids);
    let owner = article.row.owner_id.and_then(|id| around.name(id));
    let vendors = match shown.audience {
        Audience::Vendors => shown.vendor_ids(),
        Audience::Internal | Audience::Requesters | Audience::Public => vec![],
    };
    let keywords: Vec<&str> = shown.keywords.lines().collect();
    Ok(html! {
        details open {
            summary { h2 { (cx.t("article-facts")) } }
            div class="facts__in" {
                dl class="factlist" {
                    (fact(&cx.t("article-audience"), html! {
                        span class="tag" { (words::audience_words(cx.locale, shown.audience)) }
                        @for name in around.named(&vendors) { " " span class="tag" { (name) } }
                    }))
                    @if !services.is_empty() { (fact(&cx.t("fact-service"), html! { (services.join(", ")) })) }
                    @if !filed.is_empty() { (fact(&cx.t("category"), html! { (filed.join(" › ")) })) }
                    (fact(&cx.t("article-review-due"), words::review_due(cx, article.row.review_due_on)))
                    @if let Some(owner) = owner {
                        (fact(&cx.t("article-owner"), html! { (face_beside_name(owner)) " " (owner) }))
                    }
                    (fact(&cx.t("article-language"), translation::languages(cx, article, &around.languages)))
                    @if !keywords.is_empty() { (fact(&cx.t("article-keywords"), html! { (keywords.join(", ")) })) }
                }
            }
        }
    })
}

/// The cases it was drawn from.
fn cases(cx: &Cx, cases: &[drawn::Case]) -> Markup {
    html! {
        @if !cases.is_empty() {
            details open {
                summary { h2 { (cx.t("article-cases")) } span class="tally" { (cases.len()) } }
                div class="facts__in" {
                    ul class="linklist" {
                        @for case in cases {
                            li { a href=(url::ticket(&case.number)) {
                                (state_sign(cx.locale, case.state, case.waiting_for))
                                span { (foreign(&case.title)) } span {}
                                span class="sub" { (case.number) }
                            } }
                        }
                    }
                }
            }
        }
    }
}

/// The key of what a language is called.
pub fn language_key(code: &str) -> &'static str {
    match code {
        "en" => "article-language-en",
        _ => "article-language-de",
    }
}

fn versions(cx: &Cx, article: &Article, versions: &[Line]) -> Markup {
    html! {
        details open {
            summary { h2 { (cx.t("article-versions")) } span class="tally" { (article.row.newest) } }
            div class="facts__in" {
                ul class="linklist" role="list" {
                    @for line in versions {
                        li {
                            a href=(url::article(article.row.id).with("version", line.number)) {
                                (icon("history"))
                                span { (line.number) " · " (if line.note.is_empty() { line.title.as_str() } else { line.note.as_str() }) }
                                span class="tally" { (cx.locale.date(cx.now.local(line.written_at).date_naive())) }
                                span class="sub" {
                                    (line.author.as_deref().unwrap_or_default())
                                    @if article.row.published == Some(line.number) { " · " (cx.t("article-state-published")) }
                                }
                            }
                        }
                    }
                }
                p class="pad" { a class="small" href=(url::article_part(article.row.id, "versions")) { (cx.t("article-all-versions")) } }
            }
        }
    }
}
