//! Claim rules: the list, and the form of one.

use entities::claim_rule::{
    self, ClaimRule, ClaimRuleFacts, Gift, Gives, Operator, list::gift_names,
};
use entities::provider::{self, Provider};
use entities::setting::Noun as _;
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
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::parts::{Choice, Field, Look, Pager, button_link, column};

const AREA: Area = Area::ClaimRules;

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ClaimRuleForm {
    #[validate(custom(function = "form::needed"))]
    name: String,
    #[validate(custom(function = "form::needed"))]
    provider: String,
    #[validate(custom(function = "form::needed"))]
    path: String,
    operator: String,
    #[validate(custom(function = "form::line"))]
    value: String,
    /// What is given and its id: `role:…`.
    #[validate(custom(function = "form::needed"))]
    gift: String,
    once: Option<String>,
}

impl NounForm for ClaimRuleForm {
    type Noun = ClaimRule;

    const AREA: Area = AREA;
    const ORDER: &'static [&'static str] = &["name", "provider", "path", "value", "gift"];

    async fn empty(cx: &Cx) -> Result<Self> {
        let providers = provider::active(&cx.db).await?;
        let only = match providers.as_slice() {
            [one] => one.id.to_string(),
            _ => String::new(),
        };
        Ok(ClaimRuleForm {
            provider: only,
            ..ClaimRuleForm::default()
        })
    }

    fn of(_: &Cx, rule: &ClaimRule) -> Self {
        let facts = rule.facts();
        ClaimRuleForm {
            name: facts.name,
            provider: facts.provider_id.to_string(),
            path: facts.path,
            operator: form::stored_name(facts.operator),
            value: facts.value,
            gift: gift_text(facts.gift),
            once: None,
        }
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn once(&self) -> Option<String> {
        self.once.clone()
    }

    fn facts(&self, _: &Cx, _: Option<&ClaimRule>) -> ClaimRuleFacts {
        ClaimRuleFacts {
            name: self.name.clone(),
            provider_id: form::id(&self.provider).unwrap_or_default(),
            path: self.path.clone(),
            operator: form::stored(&self.operator).unwrap_or_default(),
            value: self.value.clone(),
            gift: gift_of(&self.gift),
        }
    }

    fn place(why: Rejected) -> &'static str {
        match why {
            Rejected::EmptyText => "value",
            Rejected::Retired => "gift",
            other => form::place(other, "name", "gift"),
        }
    }

    async fn find(cx: &Cx, id: Uuid) -> Result<ClaimRule, DeskError> {
        claim_rule::find(&cx.db, &cx.actor, id).await
    }

    async fn items(cx: &Cx, open: Option<&ClaimRule>) -> Result<Vec<Item>> {
        let rows = claim_rule::list(&cx.db, &cx.actor, Asked::default().show()).await?;
        let item = |row: claim_rule::Row| Item {
            url: AREA.entry(row.rule.id),
            current: page::current(row.rule.id, open.map(|open| open.id)),
            more: gift_words(cx, row.rule.gives, row.gift_name.as_deref()),
            name: row.rule.name,
        };
        Ok(rows.into_iter().map(item).collect())
    }

    async fn fields(&self, cx: &Cx, _: Option<&ClaimRule>, faults: &Faults) -> Result<Markup> {
        let providers = provider::active(&cx.db).await?;
        let operators = [
            Operator::Is,
            Operator::Begins,
            Operator::Contains,
            Operator::Present,
        ]
        .map(|operator| Choice::new(form::stored_name(operator), operator_words(cx, operator)));
        let gifts = offered(cx, &self.gift).await?;
        Ok(html! {
            (form::text(cx, Field::new("name", &cx.t("settings-name")).fault(faults.of("name")), "text", &self.name))
            (provider_select(cx, &providers, &self.provider, faults))
            (form::text(
                cx,
                Field::new("path", &cx.t("claim-rule-path")).hint(&cx.t("claim-rule-path-hint")).fault(faults.of("path")),
                "text",
                &self.path,
            ))
            (form::select(cx, Field::new("operator", &cx.t("claim-rule-operator")), &operators, &self.operator))
            (form::text(
                cx,
                Field::new("value", &cx.t("claim-rule-value")).hint(&cx.t("claim-rule-value-hint")).optional().fault(faults.of("value")),
                "text",
                &self.value,
            ))
            (form::select(
                cx,
                Field::new("gift", &cx.t("claim-rule-gift")).hint(&cx.t("claim-rule-gift-hint")).fault(faults.of("gift")),
                &gifts,
                &self.gift,
            ))
        })
    }
}

/// Whose claims they are.
pub fn provider_select(cx: &Cx, providers: &[Provider], chosen: &str, faults: &Faults) -> Markup {
    let choice = |provider: &Provider| entities::setting::Choice {
        id: provider.id,
        name: provider.name.clone(),
    };
    let offered: Vec<_> = providers.iter().map(choice).collect();
    form::select(
        cx,
        Field::new("provider", &cx.t("claim-rule-provider")).fault(faults.of("provider")),
        &form::options(cx, "claim-rule-choose", &offered, chosen),
        chosen,
    )
}

/// Everything that can be given, kind by kind.
async fn offered(cx: &Cx, chosen: &str) -> Result<Vec<Choice>> {
    let names = gift_names(&cx.db).await?;
    let mut sorted: Vec<(Gift, String)> = names.into_iter().collect();
    sorted.sort_by_cached_key(|(gift, name)| (gift.gives, entities::text::fold(name)));
    let mut all = vec![Choice::new("", cx.t("claim-rule-choose"))];
    all.extend(
        sorted.into_iter().map(|(gift, name)| {
            Choice::new(gift_text(gift), gift_words(cx, gift.gives, Some(&name)))
        }),
    );
    if !chosen.is_empty() && !all.iter().any(|choice| choice.value == chosen) {
        all.push(Choice::new(chosen, cx.t("settings-retired-choice")));
    }
    Ok(all)
}

fn gift_text(gift: Gift) -> String {
    format!("{}:{}", form::stored_name(gift.gives), gift.id)
}

/// What was chosen; something that is nothing is refused by the model as retired.
fn gift_of(text: &str) -> Gift {
    let (gives, id) = text.split_once(':').unwrap_or_default();
    Gift {
        gives: form::stored(gives).unwrap_or(Gives::Role),
        id: form::id(id).unwrap_or_default(),
    }
}

/// “Role: Agent”
pub fn gift_words(cx: &Cx, gives: Gives, name: Option<&str>) -> String {
    let retired = cx.t("settings-retired-choice");
    let name = [("name", name.unwrap_or(&retired).into())];
    let key = match gives {
        Gives::Role => "claim-rule-role",
        Gives::Team => "claim-rule-team",
        Gives::Organisation => "claim-rule-organisation",
    };
    cx.locale.t_with(key, &name)
}

fn operator_words(cx: &Cx, operator: Operator) -> String {
    cx.t(match operator {
        Operator::Is => "claim-rule-is",
        Operator::Begins => "claim-rule-begins",
        Operator::Contains => "claim-rule-contains",
        Operator::Present => "claim-rule-present",
    })
}

/// “groups is Youth”
pub fn condition(cx: &Cx, rule: &ClaimRule) -> Markup {
    html! {
        code { (rule.path) } " " (operator_words(cx, rule.operator))
        @if rule.operator != Operator::Present { " " q { (rule.value) } }
    }
}

#[handler]
pub async fn list(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let rows = claim_rule::list(&cx.db, &cx.actor, asked.show()).await?;
    let table = html! {
        div class="sheet__body stack" {
            p class="small muted" { (cx.t("claim-rule-caption")) }
            div class="cluster" { (button_link(Look::Secondary, &cx.t("claim-trial-go"), &AREA.new_act("try"), None)) }
        }
        table class="grid grid--plain" {
            caption class="sr" { (AREA.words(&cx)) }
            thead {
                tr {
                    (column(&cx.t("settings-name"))) (column(&cx.t("claim-rule-provider")))
                    (column(&cx.t("claim-rule-condition"))) (column(&cx.t("claim-rule-gift")))
                }
            }
            tbody {
                @for row in &rows {
                    tr class=[row.rule.retired_at.map(|_| "is-retired")] {
                        td {
                            a class="subject" href=(AREA.entry(row.rule.id)) { (row.rule.name) }
                            @if row.rule.retired_at.is_some() { " (" (cx.t("settings-retired-mark")) ")" }
                        }
                        td { (row.provider_name) }
                        td { (condition(&cx, &row.rule)) }
                        td { (gift_words(&cx, row.rule.gives, row.gift_name.as_deref())) }
                    }
                }
            }
        }
    };
    page::list(&cx, AREA, &asked, Find::Nothing, table, Pager::default()).await
}
