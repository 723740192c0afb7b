//! Sharing a ticket with a vendor: the enquiry is written, looked through, and sent.

use chrono::NaiveDate;
use entities::field::Moment;
use entities::ticket::attachment::Model as File;
use entities::ticket::share::{Share, Way, read};
use entities::ticket::{Ticket, thread};
use entities::{DeskError, Permit, contract};
use maud::Markup;
use poem::handler;

use super::begin::{fresh, from_block, offers};
use super::form::{Offers, ShareForm, Shown, share_form};
use super::gate::{Findings, Leaving};
use super::sending::{addresses, by_mail, known, names, passed_on, readers_locale};
use super::words::{body, part_words};
use crate::error::Result;
use crate::tickets::field_needed;
use crate::tickets::pick::page;
use crate::web::cx::Cx;
use crate::web::form::{Form, Query};
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;
use crate::web::url;

/// `GET /tickets/:key/shares/new`.
#[handler]
pub async fn new(
    cx: Cx,
    permit: Permitted<Share>,
    Query(asked): Query<ShareForm>,
) -> Result<Markup> {
    let ticket = permit.on().clone();
    let form = fresh(&cx, &ticket, asked).await?;
    let offers = offers(&cx, &ticket, &form).await?;
    let shown = Shown {
        ticket: &ticket,
        form: &form,
        offers: &offers,
        findings: &Findings::default(),
        faults: &[],
        asked: false,
    };
    let content = share_form(&cx, &shown);
    if cx.wants_fragment() {
        return Ok(content);
    }
    page(&cx, &ticket, &cx.t("share-heading"), &content).await
}

/// `POST /tickets/:key/shares`.
#[handler]
pub async fn create(cx: Cx, permit: Permitted<Share>, Form(form): Form<ShareForm>) -> Result<Swap> {
    let ticket = permit.on().clone();
    let form = match form.act.as_str() {
        "block" => from_block(&cx, &ticket, form).await?,
        _ => form,
    };
    let files = Offers::files(thread::files(&cx.db, &ticket).await?);
    let findings = look(&cx, &ticket, &form, &form.chosen(&files)).await?;
    let is_sent = !matches!(form.act.as_str(), "block" | "black");
    if !is_sent {
        return answer(&cx, &ticket, form, &findings, vec![], Asked::No).await;
    }
    let faults = faults(&cx, &form);
    if !faults.is_empty() {
        return answer(&cx, &ticket, form, &findings, faults, Asked::No).await;
    }
    if findings.are_open() {
        return answer(&cx, &ticket, form, &findings, vec![], Asked::Yes).await;
    }
    let permit = permit.into_permit();
    match share(&cx, permit, &ticket, &form, &files, &findings).await? {
        Ok(()) => Ok(Swap::go_to(cx.asks, url::ticket(&ticket.number))),
        Err(fault) => answer(&cx, &ticket, form, &findings, vec![fault], Asked::Yes).await,
    }
}

/// Whether the form was sent, and not only changed by a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    Yes,
    No,
}

/// The form once more: 422 when it was sent and something is left to do.
async fn answer(
    cx: &Cx,
    ticket: &Ticket,
    form: ShareForm,
    findings: &Findings,
    faults: Vec<(String, String)>,
    asked: Asked,
) -> Result<Swap> {
    let offers = offers(cx, ticket, &form).await?;
    let shown = Shown {
        ticket,
        form: &form,
        offers: &offers,
        findings,
        faults: &faults,
        asked: asked == Asked::Yes,
    };
    let content = share_form(cx, &shown);
    let page = page(cx, ticket, &cx.t("share-heading"), &content).await?;
    if faults.is_empty() && asked == Asked::No {
        return Ok(match cx.wants_fragment() {
            true => {
                Swap::or_go_to(cx.asks, url::ticket(&ticket.number)).replace("share-form", content)
            }
            false => Swap::page(page),
        });
    }
    let fragment =
        maud::html! { hx-partial hx-target="#share-form" hx-swap="outerHTML" { (content) } };
    Ok(Swap::invalid(cx.asks, fragment, page))
}

fn faults(cx: &Cx, form: &ShareForm) -> Vec<(String, String)> {
    let mut faults = Vec::new();
    let mut add = |field: &str, words: String| faults.push((field.to_owned(), words));
    if form.vendor_id().is_none() {
        add("vendor", cx.t("share-fault-vendor"));
    }
    if form.title.trim().is_empty() {
        add("title", cx.t("share-fault-title"));
    }
    if form.observed.trim().is_empty() {
        add("observed", cx.t("share-fault-observed"));
    }
    if !form.deadline.trim().is_empty() && form.deadline.trim().parse::<NaiveDate>().is_err() {
        add("deadline", cx.t("share-fault-date"));
    }
    if !form.by_mail.is_empty()
        && let Err(words) = addresses(cx, &form.to)
    {
        add("to", words);
    }
    faults
}

/// Everything that would leave.
async fn look(cx: &Cx, ticket: &Ticket, form: &ShareForm, files: &[&File]) -> Result<Findings> {
    let known = known(cx, ticket, form.vendor_id(), form.contact_id()).await?;
    let enquiry = form.enquiry();
    let title = Leaving {
        words: cx.t("share-title"),
        text: form.title.trim(),
    };
    let parts = enquiry.texts().map(|(part, text)| Leaving {
        words: part_words(cx.locale, part),
        text,
    });
    let mut leaving = vec![title];
    leaving.extend(parts);
    leaving.extend(names(cx, files.iter().map(|file| file.name.as_str())));
    Ok(Findings::look(known, &leaving, &form.decided()))
}

/// Shares; else the field and the sentence that say why not.
async fn share(
    cx: &Cx,
    permit: Permit<Share>,
    ticket: &Ticket,
    form: &ShareForm,
    files: &[File],
    findings: &Findings,
) -> Result<Result<(), (String, String)>> {
    let Some(organisation_id) = form.vendor_id() else {
        return Ok(Err(("vendor".to_owned(), cx.t("share-fault-vendor"))));
    };
    let before = read::of(&cx.db, ticket).await?;
    let before = before
        .into_iter()
        .find(|s| s.organisation_id == organisation_id);
    let message_id = entities::new_id();
    let title = findings.blackened(form.title.trim());
    let way = match form.by_mail.is_empty() {
        true => Way::Portal,
        false => match addresses(cx, &form.to) {
            Ok(to) => by_mail(cx, ticket, before.as_ref(), message_id, &title, to).await?,
            Err(words) => return Ok(Err(("to".to_owned(), words))),
        },
    };
    let enquiry = form.enquiry().map(|text| findings.blackened(text));
    let agreed = match ticket.service_id {
        Some(service) => contract::of(&cx.db, service, organisation_id, cx.now.at).await?,
        None => None,
    };
    let due = agreed
        .map(|agreed| agreed.due(cx.now.at))
        .unwrap_or_default();
    let command = Share {
        id: before.map_or_else(entities::new_id, |share| share.id),
        organisation_id,
        body: body(readers_locale(cx, &way).await?, &enquiry),
        title,
        enquiry,
        contact_id: form.contact_id(),
        reaction_due_at: due.reaction_at,
        delivery_due_at: due.delivery_at,
        message_id,
        files: passed_on(&form.chosen(files), findings),
        way,
        gate: findings.clone().gate(),
        undo_seconds: cx.session.preference.undo_seconds.into(),
        once: Some(form.once.clone()).filter(|once| !once.is_empty()),
    };
    match cx.db.change(permit, command).await {
        Ok(_) | Err(DeskError::AlreadyDone(_)) => Ok(Ok(())),
        Err(DeskError::Rejected(why)) => {
            let words = field_needed::words(cx, ticket, why, Moment::VendorEnquiry).await?;
            Ok(Err(("vendor".to_owned(), words)))
        }
        Err(error) => Err(error.into()),
    }
}
