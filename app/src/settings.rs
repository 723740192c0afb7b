//! Settings of the desk: services, times, teams, organisations, people, who vouches for them, mailboxes. Plain lists and forms.

mod activity;
mod answers;
pub(crate) mod area;
mod by_hand;
mod calendar;
mod calendar_text;
mod category;
mod checklist;
mod claim_rule;
mod claim_trial;
mod contract;
mod document;
mod document_list;
mod field;
mod field_differing;
mod field_form;
mod field_history;
mod field_options;
mod field_presets;
mod field_preview;
mod field_sheet;
mod filter;
mod filter_fields;
mod filter_form;
mod filter_trial;
pub(crate) mod form;
mod guests;
mod import;
mod import_page;
mod import_run;
mod inbound;
mod inbound_mail;
mod inbound_raw;
mod mail;
mod mailbox;
mod mailbox_form;
mod mailbox_reader;
mod noun;
mod noun_pages;
mod organisation;
mod outgoing;
mod page;
mod person;
mod person_access;
mod person_deputy;
mod person_form;
mod person_identities;
mod provider;
mod provider_check;
mod provider_form;
mod reconciliation;
mod recurring;
mod recurring_rule;
mod release;
mod role;
mod role_cell;
mod role_compare;
mod role_copy;
mod role_effect;
mod role_matrix;
mod role_save;
mod role_sight;
mod role_sight_fields;
mod role_stage;
mod role_words;
mod sending;
mod sending_form;
mod sending_sent;
mod service;
mod sheet;
mod synonym;
mod team;
pub mod text_block;
pub mod text_block_acts;
pub mod text_block_approve;
pub mod text_block_fields;
pub mod text_block_files;
pub mod text_block_list;
mod text_block_offer;
pub mod text_block_words;
mod time_limit;
mod time_text;
mod wide;

use maud::Markup;
use poem::handler;

use crate::error::{Error, Result};
use crate::web::cx::Cx;
use crate::web::routing::Routes;
use crate::web::swap::Swap;

/// The addresses of a noun below that of its list.
macro_rules! at {
    ($list:literal) => {
        noun_pages::At {
            new: concat!($list, "/new"),
            entry: concat!($list, "/:sub"),
            retire: concat!($list, "/:sub/retire"),
            restore: concat!($list, "/:sub/restore"),
        }
    };
}

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/settings", show)
        .get("/settings/fields", field::list)
        .get("/settings/fields/new", field::new)
        .post("/settings/fields/new", field::create)
        .post("/settings/fields/new/preview", field::preview_new)
        .get("/settings/fields/:sub", field::edit)
        .post("/settings/fields/:sub", field::update)
        .post("/settings/fields/:sub/preview", field::preview)
        .get("/settings/fields/:sub/history", field_history::list)
        .post("/settings/fields/:sub/retire", field::retire)
        .post("/settings/fields/:sub/restore", field::restore)
        .get("/settings/services", service::list)
        .with(|r| noun_pages::routes::<service::ServiceForm>(r, at!("/settings/services")))
        .get("/settings/text-blocks", text_block_list::list)
        .post(
            "/settings/text-blocks/:sub/approve",
            text_block_approve::create,
        )
        .get("/settings/text-blocks/:sub/files", text_block_files::show)
        .post("/settings/text-blocks/:sub/files", text_block_files::update)
        .with(|r| noun_pages::routes::<text_block::TextBlockForm>(r, at!("/settings/text-blocks")))
        .get("/settings/documents", document_list::list)
        .get("/settings/documents/new", document::new)
        .post("/settings/documents/new", document::create)
        .post("/settings/documents/:sub", document::update)
        .get("/settings/documents/:sub/file", document_list::show)
        .post("/settings/documents/:sub/approve", document_list::approve)
        .with(|r| noun_pages::ends::<document::DocumentForm>(r, at!("/settings/documents")))
        .get("/settings/tasks", recurring::list)
        .with(|r| noun_pages::routes::<recurring::TaskForm>(r, at!("/settings/tasks")))
        .get("/settings/activities", activity::list)
        .with(|r| noun_pages::routes::<activity::ActivityForm>(r, at!("/settings/activities")))
        .get("/settings/checklists", checklist::list)
        .with(|r| noun_pages::routes::<checklist::ChecklistForm>(r, at!("/settings/checklists")))
        .get("/settings/categories", category::list)
        .with(|r| noun_pages::routes::<category::CategoryForm>(r, at!("/settings/categories")))
        .get("/settings/synonyms", synonym::list)
        .with(|r| noun_pages::routes::<synonym::SynonymForm>(r, at!("/settings/synonyms")))
        .get("/settings/calendars", calendar::list)
        .with(|r| noun_pages::routes::<calendar::CalendarForm>(r, at!("/settings/calendars")))
        .get("/settings/time-limits", time_limit::list)
        .with(|r| noun_pages::routes::<time_limit::TimeLimitForm>(r, at!("/settings/time-limits")))
        .get("/settings/contracts", contract::list)
        .with(|r| noun_pages::routes::<contract::ContractForm>(r, at!("/settings/contracts")))
        .get("/settings/releases", release::list)
        .with(|r| noun_pages::routes::<release::ReleaseForm>(r, at!("/settings/releases")))
        .get("/settings/teams", team::list)
        .with(|r| noun_pages::routes::<team::TeamForm>(r, at!("/settings/teams")))
        .get("/settings/guests", guests::list)
        .get("/settings/guests/:key", guests::show)
        .post("/settings/guests/:key", guests::create)
        .post("/settings/guests/:key/:sub", guests::update)
        .get("/settings/organisations", organisation::list)
        .with(|r| {
            noun_pages::routes::<organisation::OrganisationForm>(r, at!("/settings/organisations"))
        })
        .get("/settings/people", person::list)
        .get("/settings/people/new", person::new)
        .post("/settings/people/new", person::create)
        .get("/settings/people/import", import::list)
        .post("/settings/people/import", import::create)
        .get("/settings/people/import/:sub", import_page::show)
        .post("/settings/people/import/:sub", import_page::update)
        .post("/settings/people/import/:sub/run", import_run::create)
        .post("/settings/people/import/:sub/stop", import_run::remove)
        .get("/settings/people/import/:sub/refused", import_run::show)
        .get("/settings/people/:sub", person::edit)
        .post("/settings/people/:sub", person::update)
        .post("/settings/people/:sub/roles", person::set_roles)
        .post("/settings/people/:sub/password", person::set_password)
        .get("/settings/people/:sub/deputy", person_deputy::show)
        .post("/settings/people/:sub/deputy", person_deputy::update)
        .get("/settings/people/:sub/access", person_access::show)
        .post(
            "/settings/people/:sub/identities",
            person_identities::create,
        )
        .post(
            "/settings/people/:sub/identities/cut",
            person_identities::remove,
        )
        .post("/settings/people/:sub/sessions", person_access::remove)
        .post("/settings/people/:sub/second-factor", person_access::update)
        .post("/settings/people/:sub/tokens", person_access::end_token)
        .post(
            "/settings/people/:sub/passkeys",
            person_access::remove_passkey,
        )
        .post("/settings/people/:sub/retire", person::retire)
        .post("/settings/people/:sub/restore", person::restore)
        .get("/settings/roles", role::list)
        .post("/settings/roles/turn", role_matrix::turn)
        .get("/settings/roles/choose", role_cell::show)
        .post("/settings/roles/choose", role_cell::update)
        .get("/settings/roles/effect", role_effect::show)
        .post("/settings/roles/save", role_save::update)
        .get("/settings/roles/copy", role_copy::new)
        .post("/settings/roles/copy", role_copy::create)
        .get("/settings/roles/compare", role_compare::show)
        .get("/settings/roles/sight", role_sight::show)
        .with(|r| noun_pages::routes::<role::RoleForm>(r, at!("/settings/roles")))
        .get("/settings/providers", provider::list)
        .with(|r| noun_pages::routes::<provider_form::ProviderForm>(r, at!("/settings/providers")))
        .get("/settings/providers/:sub/check", provider_check::show)
        .post("/settings/providers/:sub/check", provider_check::create)
        .get("/settings/claim-rules", claim_rule::list)
        .with(|r| noun_pages::routes::<claim_rule::ClaimRuleForm>(r, at!("/settings/claim-rules")))
        .get("/settings/claim-rules/new/try", claim_trial::show)
        .post("/settings/claim-rules/new/try", claim_trial::create)
        .get("/settings/mailboxes", mailbox::list)
        .with(|r| noun_pages::routes::<mailbox_form::MailboxForm>(r, at!("/settings/mailboxes")))
        .get("/settings/mailboxes/:sub/sending", sending::edit)
        .post("/settings/mailboxes/:sub/sending", sending::update)
        .post("/settings/mailboxes/:sub/sending/test", sending::create)
        .get("/settings/filters", filter::list)
        .with(|r| noun_pages::routes::<filter_form::FilterForm>(r, at!("/settings/filters")))
        .post("/settings/filters/new/try", filter_trial::create)
        .post("/settings/filters/:sub/try", filter_trial::update)
        .get("/settings/answers", answers::list)
        .post("/settings/answers/:sub/resume", answers::update)
        .get("/settings/mail", mail::list)
        .post("/settings/outgoing/:key/:sub/again", outgoing::create)
        .post("/settings/work/:sub/again", outgoing::update)
        .get("/settings/inbound", inbound::list)
        .get("/settings/inbound/:sub", inbound_mail::show)
        .get("/settings/inbound/:sub/raw", inbound_raw::show)
        .post("/settings/inbound/:sub/again", inbound_mail::update)
        .post("/settings/inbound/:sub/ignore", inbound_mail::remove)
        .post("/settings/inbound/:sub/ticket", by_hand::create)
        .get("/settings/reconciliation", reconciliation::list)
}

/// The first area that is open to the reader.
#[handler]
async fn show(cx: Cx) -> Result<Swap> {
    let area = area::Area::open_to(&cx).next();
    let area = area.ok_or(Error::Desk(entities::DeskError::Forbidden))?;
    Ok(Swap::go_to(cx.asks, area.url()))
}

/// What all forms of an area answer with when they are not accepted: the page, with what was typed.
fn invalid(cx: &Cx, page: Markup) -> Swap {
    Swap::invalid(cx.asks, page.clone(), page)
}
