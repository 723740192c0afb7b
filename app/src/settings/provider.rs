//! Identity providers: the list, and the form of one with the last tries to sign in by it.

use entities::provider::{self, Provider, ProviderFacts};
use entities::sign_in::entry;
use entities::{DeskError, Rejected, Uuid};
use maud::{Markup, html};
use poem::handler;

use super::area::Area;
use super::form::{self, Faults};
use super::noun::NounForm;
use super::page::{self, Asked, Find, Item};
use super::provider_check;
use super::provider_form::ProviderForm;
use crate::error::Result;
use crate::sign_on;
use crate::sign_on::refusal::outcome;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::parts::{Field, Input, Pager, column, time_ago};

const AREA: Area = Area::Providers;
/// How many of the last tries a provider's page shows.
const TRIES: i64 = 20;

impl NounForm for ProviderForm {
    type Noun = Provider;

    const AREA: Area = AREA;
    const ORDER: &'static [&'static str] = ProviderForm::ORDER;

    async fn empty(_: &Cx) -> Result<Self> {
        Ok(ProviderForm::blank())
    }

    fn of(_: &Cx, provider: &Provider) -> Self {
        ProviderForm::of(provider)
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn once(&self) -> Option<String> {
        self.once.clone()
    }

    fn facts(&self, cx: &Cx, before: Option<&Provider>) -> ProviderFacts {
        ProviderForm::facts(self, cx, before)
    }

    fn place(why: Rejected) -> &'static str {
        match why {
            Rejected::DomainMissing => "domains",
            other => form::place(other, "name", "name"),
        }
    }

    async fn find(cx: &Cx, id: Uuid) -> Result<Provider, DeskError> {
        provider::find(&cx.db, &cx.actor, id).await
    }

    async fn items(cx: &Cx, open: Option<&Provider>) -> Result<Vec<Item>> {
        let open = open.map(|open| open.id);
        items(cx, open).await
    }

    async fn fields(&self, cx: &Cx, open: Option<&Provider>, faults: &Faults) -> Result<Markup> {
        Ok(html! {
            (address(cx, self, faults))
            (people(cx, self, faults))
            @if let Some(provider) = open {
                (provider_check::invitation(cx, provider.id))
                (tries(cx, provider).await?)
            }
        })
    }
}

/// The providers beside a form.
pub async fn items(cx: &Cx, open: Option<Uuid>) -> Result<Vec<Item>> {
    let all = provider::list(&cx.db, &cx.actor, Asked::default().show()).await?;
    let item = |provider: Provider| Item {
        url: AREA.entry(provider.id),
        current: page::current(provider.id, open),
        name: provider.name,
        more: provider.issuer,
    };
    Ok(all.into_iter().map(item).collect())
}

#[handler]
pub async fn list(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let all = provider::list(&cx.db, &cx.actor, asked.show()).await?;
    let table = html! {
        p class="sheet__body small muted" { (cx.t("provider-caption")) }
        table class="grid grid--plain" {
            caption class="sr" { (AREA.words(&cx)) }
            thead {
                tr {
                    (column(&cx.t("settings-name"))) (column(&cx.t("provider-issuer"))) (column(&cx.t("provider-domains")))
                }
            }
            tbody {
                @for provider in &all {
                    tr class=[provider.retired_at.map(|_| "is-retired")] {
                        td {
                            a class="subject" href=(AREA.entry(provider.id)) { (provider.name) }
                            @if provider.retired_at.is_some() { " (" (cx.t("settings-retired-mark")) ")" }
                        }
                        td { (provider.issuer) }
                        td { (provider.domains().join(", ")) }
                    }
                }
            }
        }
    };
    page::list(&cx, AREA, &asked, Find::Nothing, table, Pager::default()).await
}

fn address(cx: &Cx, form: &ProviderForm, faults: &Faults) -> Markup {
    let secret_hint = match form.has_secret.is_empty() {
        true => cx.t("provider-secret-hint"),
        false => cx.t("provider-secret-kept"),
    };
    html! {
        (form::text(
            cx,
            Field::new("name", &cx.t("settings-name")).hint(&cx.t("provider-name-hint")).fault(faults.of("name")),
            "text",
            &form.name,
        ))
        (form::text(
            cx,
            Field::new("issuer", &cx.t("provider-issuer")).hint(&cx.t("provider-issuer-hint")).fault(faults.of("issuer")),
            "url",
            &form.issuer,
        ))
        div class="field" {
            span class="label" { (cx.t("provider-redirect")) }
            span class="hint" { (cx.t("provider-redirect-hint")) }
            code { (sign_on::redirect_url(&cx.desk.config)) }
        }
        (form::text(cx, Field::new("client_id", &cx.t("provider-client")).fault(faults.of("client_id")), "text", &form.client_id))
        input type="hidden" name="has_secret" value=(form.has_secret);
        (Field::new("client_secret", &cx.t("provider-secret"))
            .hint(&secret_hint)
            .optional()
            .render(cx.locale, Input::Line { kind: "password", value: "", autocomplete: Some("new-password") }))
        (form::text(
            cx,
            Field::new("scopes", &cx.t("provider-scopes")).hint(&cx.t("provider-scopes-hint")).optional().fault(faults.of("scopes")),
            "text",
            &form.scopes,
        ))
    }
}

fn people(cx: &Cx, form: &ProviderForm, faults: &Faults) -> Markup {
    html! {
        section class="stack" aria-labelledby="people-title" {
            h2 id="people-title" { (cx.t("provider-people")) }
            (form::text(
                cx,
                Field::new("domains", &cx.t("provider-domains")).hint(&cx.t("provider-domains-hint")).optional().fault(faults.of("domains")),
                "text",
                &form.domains,
            ))
            label class="tick" {
                input type="checkbox" name="match_email" value="1" checked[!form.match_email.is_empty()];
                span { (cx.t("provider-match-email")) }
            }
            p class="small muted" { (cx.t("provider-match-email-hint")) }
            label class="tick" {
                input type="checkbox" name="create_people" value="1" checked[!form.create_people.is_empty()];
                span { (cx.t("provider-create-people")) }
            }
            p class="small muted" { (cx.t("provider-create-people-hint")) }
        }
    }
}

/// Who came in by it lately, and who did not and why.
async fn tries(cx: &Cx, provider: &Provider) -> Result<Markup> {
    let rows = entry::of_provider(&cx.db, &cx.actor, provider.id, TRIES).await?;
    Ok(html! {
        section class="stack" aria-labelledby="tries-title" {
            h2 id="tries-title" { (cx.t("provider-tries")) }
            @if rows.is_empty() { p class="muted" { (cx.t("provider-no-tries")) } }
            @else {
                div class="tablebox" tabindex="0" role="region" aria-labelledby="tries-title" {
                    table class="grid grid--plain" {
                        thead { tr {
                            (column(&cx.t("provider-try-at"))) (column(&cx.t("provider-try-who"))) (column(&cx.t("provider-try-outcome")))
                        } }
                        tbody {
                            @for row in &rows {
                                tr {
                                    td { (time_ago(cx.locale, &cx.now, row.at)) br; span class="small muted" { (row.address) } }
                                    td { (row.person_name.as_deref().unwrap_or("–")) }
                                    td {
                                        (outcome(cx.locale, &row.outcome))
                                        @if !row.detail.is_empty() { br; code class="small" { (row.detail) } }
                                        br; span class="small muted" { (row.id) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    })
}
