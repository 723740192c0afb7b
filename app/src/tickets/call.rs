//! Log a phone call in an existing ticket: what posting the form under it does.

use entities::DeskError;
use entities::draft::Mode;
use entities::ledger::Step;
use entities::ticket::{Direction, LogCall};
use poem::handler;

use super::composer::draft::{keep_files, unsent};
use super::composer::sent::{sent, told};
use super::composer::written::{TEXT, Written};
use super::composer::{Refusal, refused};
use super::reply::waiting_files;
use crate::effort::sent::{EFFORT, Proposal, along, booking, is_about};
use crate::error::{Result, rejected};
use crate::text_blocks::offer;
use crate::web::cx::Cx;
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;
use crate::web::upload::Upload;

/// `POST /tickets/:key/calls`.
#[handler]
pub async fn create(cx: Cx, permit: Permitted<LogCall>, upload: Upload<Written>) -> Result<Swap> {
    let written = Written {
        mode: Mode::Call.name().to_owned(),
        ..upload.form
    };
    let ticket = permit.on().clone();
    keep_files(&cx, &ticket, &written, upload.files).await?;
    let again = async |written: Written, fault: (&str, String)| {
        let faults = vec![(fault.0.to_owned(), fault.1)];
        refused(&cx, &ticket, written, Refusal::Faults(faults)).await
    };
    let minutes = match written.minutes() {
        Ok(minutes) => minutes,
        Err(fault) => {
            let sentence = cx.locale.t(fault.key);
            return again(written, (fault.field, sentence)).await;
        }
    };
    let proposal = Proposal::read(&cx, &ticket, Mode::Call).await?;
    let booking = match booking(&cx, &ticket, &written, proposal)? {
        Ok(booking) => booking,
        Err((_, sentence)) => return again(written, (EFFORT, sentence)).await,
    };
    let call = LogCall {
        direction: match written.direction.as_str() {
            "out" => Direction::Out,
            _ => Direction::In,
        },
        person_id: ticket.requester_id,
        minutes,
        body: written.text.replace("\r\n", "\n").trim_end().to_owned(),
        files: waiting_files(&cx, &ticket, Mode::Call).await?,
        once: written.once(),
    };
    let step = Step::new(permit.into_permit(), call);
    match along(&cx, step, booking).await {
        Ok(_) => {
            offer::noted(&cx, &ticket, &written).await;
            sent(&cx, &ticket, &written, told(&cx, &cx.t("call-saved"))).await
        }
        Err(DeskError::AlreadyDone(_)) => {
            sent(&cx, &ticket, &written, told(&cx, &cx.t("call-saved"))).await
        }
        Err(DeskError::Rejected(why)) => {
            let sentence = rejected(cx.locale, why);
            let field = if is_about(why) { EFFORT } else { TEXT };
            again(written, (field, sentence)).await
        }
        Err(e) => Err(unsent(&cx, &ticket, &written, e).await),
    }
}
