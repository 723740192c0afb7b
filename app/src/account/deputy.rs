//! Who stands in for oneself while one is away, and for whom one stands in.

use chrono::NaiveDate;
use entities::person::deputy::{self, Absent, Cover};
use entities::person::{SetDeputy, agents, names};
use entities::ticket::counts;
use entities::ticket::filter::{Filter, OwnerIs};
use entities::{DeskError, Permission, Rejected};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use crate::error::Result;
use crate::settings::form::{self, Faults};
use crate::tickets::list::MOST_COUNTED;
use crate::tickets::list_query::ListQuery;
use crate::web::cx::Cx;
use crate::web::form::{Form, csrf};
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{Choice, Field, Look, button, icon_small, submit};
use crate::web::permitted::{Permitted, Readers};
use crate::web::swap::Swap;
use crate::web::url;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct DeputyForm {
    deputy: String,
    from: String,
    to: String,
    /// Not empty: nobody stands in any more.
    end: String,
}

/// `GET /account/deputy`
#[handler]
pub async fn show(cx: Cx, _: Readers) -> Result<Markup> {
    let now = deputy::own(&cx.db, &cx.actor).await?;
    let form = match &now {
        None => DeputyForm {
            from: cx.now.today().to_string(),
            ..DeputyForm::default()
        },
        Some(now) => DeputyForm {
            deputy: now.deputy_id.to_string(),
            from: now.from_on.to_string(),
            to: now.to_on.to_string(),
            end: String::new(),
        },
    };
    page(&cx, &form, now.is_some(), &Faults::default()).await
}

/// `POST /account/deputy`
#[handler]
pub async fn update(
    cx: Cx,
    _: Readers,
    permit: Permitted<SetDeputy>,
    Form(form): Form<DeputyForm>,
) -> Result<Swap> {
    let (to, mut faults) = match form.end.as_str() {
        "" => form.cover(&cx),
        _ => (None, Faults::default()),
    };
    if faults.is_empty() {
        match cx.db.change(permit.into_permit(), SetDeputy { to }).await {
            Ok(_) | Err(DeskError::AlreadyDone(_)) => {
                return Ok(Swap::go_to(cx.asks, url::deputy()));
            }
            Err(DeskError::Rejected(why)) => {
                let field = match why {
                    Rejected::DateInPast => "to",
                    _ => "deputy",
                };
                faults = Faults::rejected(&cx, field, why);
            }
            Err(error) => return Err(error.into()),
        }
    }
    let is_set = deputy::own(&cx.db, &cx.actor).await?.is_some();
    let page = page(&cx, &form, is_set, &faults).await?;
    Ok(Swap::invalid(cx.asks, page.clone(), page))
}

impl DeputyForm {
    fn cover(&self, cx: &Cx) -> (Option<Cover>, Faults) {
        let mut faults = Faults::default();
        let deputy_id = form::id(&self.deputy);
        if deputy_id.is_none() {
            faults.add("deputy", cx.t("deputy-nobody"));
        }
        let mut day = |field: &str, text: &str| {
            let day = text.parse::<NaiveDate>().ok();
            if day.is_none() {
                faults.add(field, cx.t("deputy-no-day"));
            }
            day
        };
        let (from_on, to_on) = (day("from", &self.from), day("to", &self.to));
        let cover = deputy_id
            .zip(from_on)
            .zip(to_on)
            .map(|((deputy_id, from_on), to_on)| Cover {
                deputy_id,
                from_on,
                to_on,
            });
        (cover, faults)
    }
}

async fn page(cx: &Cx, form: &DeputyForm, is_set: bool, faults: &Faults) -> Result<Markup> {
    let me = cx.session.person_id;
    let mut offered = agents(&cx.db).await?;
    offered.retain(|choice| choice.id != me);
    if let Some(id) = form::id(&form.deputy).filter(|id| !offered.iter().any(|c| c.id == *id)) {
        offered.extend(names(&cx.db, &[id]).await?);
    }
    let choices: Vec<Choice> = form::options(cx, "deputy-choose", &offered, &form.deputy);
    let title = cx.t("deputy");
    let field = |name: &'static str, key: &str| (name, cx.t(key));
    let (from, to) = (field("from", "deputy-from"), field("to", "deputy-to"));
    let content = html! {
        div class="sheet" {
            div class="sheet__head" {
                a class="back" href=(url::account()) { (icon_small("left")) (cx.t("account-title")) }
                h1 id="settings-title" class="h2" { (title) }
            }
            div class="scroll" tabindex="0" role="region" aria-labelledby="settings-title" {
                form class="form" method="post" action=(url::deputy()) novalidate {
                    (csrf(&cx.session.csrf))
                    (faults.summary(cx))
                    p { (cx.t("deputy-how")) }
                    (form::select(cx, Field::new("deputy", &cx.t("deputy-who")).fault(faults.of("deputy")), &choices, &form.deputy))
                    (form::text(cx, Field::new(from.0, &from.1).fault(faults.of("from")), "date", &form.from))
                    (form::text(cx, Field::new(to.0, &to.1).fault(faults.of("to")), "date", &form.to))
                    div class="cluster" {
                        (submit(Look::Primary, &cx.t("settings-save")))
                        @if is_set { (button(Look::Tertiary, &cx.t("deputy-end"), "end", "1")) }
                    }
                }
            }
        }
    };
    let frame = cx.frame(Area::None).await?;
    Ok(frame.page(&title, Stage::Plain, &content))
}

/// Whom the reader stands in for today, at the side of every page.
pub async fn banner(cx: &Cx) -> Result<Markup> {
    let mut lines = Vec::new();
    for absent in deputy::absent(&cx.db, &cx.actor).await? {
        let query = ListQuery {
            owner: vec![absent.person_id.to_string()],
            ..ListQuery::default()
        };
        let theirs = Filter {
            owners: vec![OwnerIs::Person(absent.person_id)],
            ..Filter::default()
        };
        let open = counts::count(&cx.db, &cx.actor, &theirs, MOST_COUNTED).await?;
        lines.push((absent, query.url(), open));
    }
    let said = |absent: &Absent| {
        let args = [
            ("name", absent.name.as_str().into()),
            ("day", cx.locale.day(absent.to_on, &cx.now).into()),
        ];
        cx.locale.t_with("deputy-banner", &args)
    };
    Ok(html! {
        @for (absent, url, open) in &lines {
            section class="deputy" aria-label=(cx.t("deputy-title")) {
                b { (cx.t("deputy-title")) }
                p { (said(absent)) " " a href=(url) { (cx.locale.t_with("deputy-tickets", &[("count", (*open).into())])) } }
            }
        }
    })
}

/// Whether the reader may name a deputy.
pub fn may(cx: &Cx) -> bool {
    cx.actor.may_somewhere(Permission::ReadTickets)
}
