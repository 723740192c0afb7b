//! Words that mean the same: the list of groups, and the form of one.

use entities::setting::Show;
use entities::synonym::{self, MOST_LETTERS, MOST_WORDS, SynonymFacts, Synonyms, is_word, words};
use entities::text::fold;
use entities::{DeskError, Rejected, Uuid};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;
use validator::{Validate, ValidationError};

use super::area::Area;
use super::form::Faults;
use super::noun::NounForm;
use super::page::{self, Asked, Find, Item};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::parts::{Field, Input, Pager, column};

const AREA: Area = Area::Synonyms;

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct SynonymForm {
    #[validate(custom(function = "group"))]
    words: String,
    /// What the group is called once it is there.
    #[serde(skip)]
    name: String,
    once: Option<String>,
}

impl NounForm for SynonymForm {
    type Noun = Synonyms;

    const AREA: Area = AREA;
    const ORDER: &'static [&'static str] = &["words"];

    fn of(_: &Cx, group: &Synonyms) -> Self {
        SynonymForm {
            words: group.words.clone(),
            name: name(group),
            once: None,
        }
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn once(&self) -> Option<String> {
        self.once.clone()
    }

    fn facts(&self, _: &Cx, _: Option<&Synonyms>) -> SynonymFacts {
        SynonymFacts {
            words: self.words.clone(),
        }
    }

    fn place(_: Rejected) -> &'static str {
        "words"
    }

    async fn find(cx: &Cx, id: Uuid) -> Result<Synonyms, DeskError> {
        synonym::find(&cx.db, &cx.actor, id).await
    }

    async fn items(cx: &Cx, open: Option<&Synonyms>) -> Result<Vec<Item>> {
        let rows = synonym::list(&cx.db, &cx.actor, Show::Active).await?;
        let item = |group: Synonyms| Item {
            url: AREA.entry(group.id),
            current: page::current(group.id, open.map(|open| open.id)),
            name: name(&group),
            more: String::new(),
        };
        Ok(rows.into_iter().map(item).collect())
    }

    async fn fields(&self, cx: &Cx, open: Option<&Synonyms>, faults: &Faults) -> Result<Markup> {
        let fault = faults.of("words");
        let taken = match fault {
            Some(_) => {
                let beside = open.map(|open| open.id);
                synonym::elsewhere(&cx.db, &cx.actor, &self.words, beside).await?
            }
            None => vec![],
        };
        let (label, hint) = (cx.t("synonym-words"), cx.t("synonym-hint"));
        let field = Field::new("words", &label).hint(&hint).fault(fault);
        Ok(html! {
            (field.render(cx.locale, Input::Area { value: &self.words, rows: 8 }))
            @for (word, group) in &taken {
                p class="small" {
                    (cx.locale.t_with("synonym-elsewhere", &[("word", word.as_str().into())])) " "
                    a href=(AREA.entry(group.id)) { (name(group)) }
                }
            }
        })
    }
}

/// What is wrong with what was typed.
fn group(text: &str) -> Result<(), ValidationError> {
    let words = words(text);
    let fault = match words.len() {
        0 => Some("settings-fault-empty"),
        _ if !words.iter().all(|word| is_word(word)) => Some("synonym-fault-sign"),
        1 => Some("synonym-fault-one"),
        many if many > MOST_WORDS => Some("synonym-fault-many"),
        _ if words.iter().any(|w| w.chars().count() > MOST_LETTERS) => Some("synonym-fault-long"),
        _ => None,
    };
    fault.map_or(Ok(()), |key| Err(ValidationError::new(key)))
}

fn name(group: &Synonyms) -> String {
    group.words().join(", ")
}

#[handler]
pub async fn list(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let mut rows = synonym::list(&cx.db, &cx.actor, asked.show()).await?;
    let wanted = fold(&asked.q);
    rows.retain(|row| fold(&row.words).contains(&wanted));
    let none = match wanted.is_empty() {
        true => cx.t("synonym-none"),
        false => cx
            .locale
            .t_with("synonym-none-found", &[("words", asked.q.as_str().into())]),
    };
    let table = html! {
        @if rows.is_empty() { p class="sheet__body muted" { (none) } }
        @else {
            table class="grid grid--plain" {
                caption class="sr" { (AREA.words(&cx)) }
                thead { tr { (column(&cx.t("synonym-words"))) } }
                tbody {
                    @for row in &rows {
                        tr class=[row.retired_at.map(|_| "is-retired")] {
                            td class="words" {
                                a class="subject" href=(AREA.entry(row.id)) { (name(row)) }
                                @if row.retired_at.is_some() { " (" (cx.t("settings-retired-mark")) ")" }
                            }
                        }
                    }
                }
            }
        }
    };
    page::list(&cx, AREA, &asked, Find::Typing, table, Pager::default()).await
}
