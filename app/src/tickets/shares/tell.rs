//! Writing to one vendor from under the thread: what posting the form does.

use entities::draft::{self, Mode};
use entities::field::Moment;
use entities::ledger::Step;
use entities::ticket::share::read::{self, Row};
use entities::ticket::share::{ShareEvent, TellVendor, Way};
use entities::ticket::{Then, Ticket, TicketEvent};
use entities::{DeskError, Uuid};
use poem::handler;

use super::gate::{Findings, Leaving};
use super::sending::{addresses, by_mail, known, names};
use crate::error::Result;
use crate::text_blocks::offer;
use crate::tickets::composer::addresses::line;
use crate::tickets::composer::draft::{keep_files, unsent};
use crate::tickets::composer::meanwhile::meanwhile;
use crate::tickets::composer::sent::{sending, sent, told};
use crate::tickets::composer::state::place;
use crate::tickets::composer::written::{SHARE, TEXT, TO, Written};
use crate::tickets::composer::{Refusal, articles, refused, unfilled};
use crate::tickets::field_needed;
use crate::web::cx::Cx;
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;
use crate::web::upload::Upload;

/// With whom the ticket is shared now.
pub async fn open(cx: &Cx, ticket: &Ticket) -> Result<Vec<Row>> {
    let mut rows = read::rows(&cx.db, ticket).await?;
    rows.retain(|row| row.share.withdrawn_at.is_none());
    Ok(rows)
}

/// What the form begins with: the first vendor, by mail when mails went to them before.
pub async fn fresh(cx: &Cx, shares: &[Row]) -> Result<Written> {
    let Some(first) = shares.first() else {
        return Ok(Written::default());
    };
    let usual = read::usual_addresses(&cx.db, first.share.organisation_id).await?;
    Ok(Written {
        share: first.share.id.to_string(),
        by_mail: if usual.is_empty() { "" } else { "1" }.to_owned(),
        to: line(&usual),
        ..Written::default()
    })
}

/// Everything that would leave.
pub async fn look(
    cx: &Cx,
    ticket: &Ticket,
    written: &Written,
    shares: &[Row],
    files: &[draft::file::Model],
) -> Result<Findings> {
    let share = chosen(written, shares).map(|row| &row.share);
    let vendor = share.map(|share| share.organisation_id);
    let contact = share.and_then(|share| share.contact_id);
    let known = known(cx, ticket, vendor, contact).await?;
    let text = Leaving {
        words: cx.t("composer-text"),
        text: &written.text,
    };
    let mut leaving = vec![text];
    leaving.extend(names(cx, files.iter().map(|file| file.name.as_str())));
    Ok(Findings::look(known, &leaving, &written.decided()))
}

fn chosen<'a>(written: &Written, shares: &'a [Row]) -> Option<&'a Row> {
    let id = Uuid::try_parse(&written.share).ok()?;
    shares.iter().find(|row| row.share.id == id)
}

/// `POST /tickets/:key/vendor-messages`.
#[handler]
pub async fn create(
    cx: Cx,
    permit: Permitted<TellVendor>,
    upload: Upload<Written>,
) -> Result<Swap> {
    let mut written = Written {
        mode: Mode::Vendor.name().to_owned(),
        ..upload.form
    };
    let ticket = permit.on().clone();
    keep_files(&cx, &ticket, &written, upload.files).await?;
    if let Some(name) = written.open_place() {
        return unfilled(&cx, &ticket, written, &name).await;
    }
    let shares = open(&cx, &ticket).await?;
    let faults = faults(&cx, &written, &shares);
    if !faults.is_empty() {
        return refused(&cx, &ticket, written, Refusal::Faults(faults)).await;
    }
    if let Some(name) = meanwhile(&cx, &ticket, &written).await? {
        return refused(&cx, &ticket, written, Refusal::Meanwhile(name)).await;
    }
    let draft = draft::find(&cx.db, place(&cx, &ticket, Mode::Vendor)?).await?;
    let files = draft.map(|draft| draft.files).unwrap_or_default();
    let findings = look(&cx, &ticket, &written, &shares, &files).await?;
    if findings.are_open() || written.act == "black" {
        return refused(&cx, &ticket, written, Refusal::Undecided).await;
    }
    let Some(row) = chosen(&written, &shares) else {
        return refused(&cx, &ticket, written, Refusal::Undecided).await;
    };
    let command = command(&cx, &ticket, &written, row, &files, findings).await?;
    let noted = articles::noting(
        &cx,
        &ticket,
        command.message_id,
        articles::used(&cx, &ticket, &written).await?,
    )?;
    let mut steps = vec![Step::new(permit.into_permit(), command)];
    steps.extend(noted);
    let done = cx.db.change_series(steps).await;
    match done.and_then(|done| done.into_iter().next().unwrap_or(Err(DeskError::Hidden))) {
        Ok(done) => {
            let message = done.events.iter().find_map(|event| match event {
                TicketEvent::Share(event) => match &**event {
                    ShareEvent::Told {
                        message,
                        outbound: Some(_),
                        ..
                    } => Some(message),
                    _ => None,
                },
                _ => None,
            });
            let toast = match message {
                Some(message) => sending(&cx, &ticket, &written, message),
                None => told(&cx, &cx.t("share-told")),
            };
            offer::noted(&cx, &ticket, &written).await;
            sent(&cx, &ticket, &written, toast).await
        }
        Err(DeskError::AlreadyDone(_)) => {
            sent(&cx, &ticket, &written, told(&cx, &cx.t("share-told"))).await
        }
        Err(DeskError::Rejected(why)) => {
            let words = field_needed::words(&cx, &ticket, why, Moment::VendorEnquiry).await?;
            let faults = vec![(TEXT.to_owned(), words)];
            refused(&cx, &ticket, written, Refusal::Faults(faults)).await
        }
        Err(e) => Err(unsent(&cx, &ticket, &written, e).await),
    }
}

fn faults(cx: &Cx, written: &Written, shares: &[Row]) -> Vec<(String, String)> {
    let mut faults = Vec::new();
    if chosen(written, shares).is_none() {
        faults.push((SHARE.to_owned(), cx.t("rejected-not-shared")));
    }
    if written.text.trim().is_empty() {
        faults.push((TEXT.to_owned(), cx.t("rejected-empty-text")));
    }
    if !written.by_mail.is_empty()
        && let Err(words) = addresses(cx, &written.to)
    {
        faults.push((TO.to_owned(), words));
    }
    faults
}

async fn command(
    cx: &Cx,
    ticket: &Ticket,
    written: &Written,
    row: &Row,
    files: &[draft::file::Model],
    findings: Findings,
) -> Result<TellVendor> {
    let message_id = entities::new_id();
    let share = row.share.clone();
    let way = match addresses(cx, &written.to) {
        Ok(to) if !written.by_mail.is_empty() => {
            by_mail(cx, ticket, Some(&share), message_id, &share.title, to).await?
        }
        _ => Way::Portal,
    };
    let text = written.text.replace("\r\n", "\n").trim_end().to_owned();
    let files = files.iter().map(draft::file::Model::to_new_file);
    let files = files.map(|file| entities::ticket::message::NewFile {
        name: findings.blackened(&file.name),
        ..file
    });
    Ok(TellVendor {
        message_id,
        body: findings.blackened(&text),
        files: files.collect(),
        share,
        way,
        gate: findings.gate(),
        then: Then::WaitForVendor,
        undo_seconds: cx.session.preference.undo_seconds.into(),
        once: written.once(),
    })
}
