//! Write an internal note: what posting the form under a ticket does.

use entities::draft::Mode;
use entities::ledger::Step;
use entities::ticket::{WriteNote, WriteNoteTo};
use entities::{DeskError, Rejected};
use poem::handler;

use super::composer::draft::{keep_files, unsent};
use super::composer::sent::{sent, told};
use super::composer::written::{TEXT, Written};
use super::composer::{Refusal, refused};
use super::mention;
use super::reply::waiting_files;
use crate::effort::sent::{EFFORT, Proposal, along, booking, is_about};
use crate::error::{Result, rejected};
use crate::text_blocks::offer;
use crate::web::cx::Cx;
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;
use crate::web::upload::Upload;

/// `POST /tickets/:key/notes`.
#[handler]
pub async fn create(
    cx: Cx,
    permit: Permitted<WriteNoteTo>,
    upload: Upload<Written>,
) -> Result<Swap> {
    let written = Written {
        mode: Mode::Note.name().to_owned(),
        ..upload.form
    };
    let ticket = permit.on().clone();
    keep_files(&cx, &ticket, &written, upload.files).await?;
    let proposal = Proposal::read(&cx, &ticket, Mode::Note).await?;
    let booking = match booking(&cx, &ticket, &written, proposal)? {
        Ok(booking) => booking,
        Err(fault) => return refused(&cx, &ticket, written, Refusal::Faults(vec![fault])).await,
    };
    let note = WriteNote {
        body: written.text.replace("\r\n", "\n").trim_end().to_owned(),
        files: waiting_files(&cx, &ticket, Mode::Note).await?,
        once: written.once(),
    };
    let note = mention::telling(&cx, &written, note).await?;
    let step = Step::new(permit.into_permit(), note);
    match along(&cx, step, booking).await {
        Ok(_) => {
            offer::noted(&cx, &ticket, &written).await;
            sent(&cx, &ticket, &written, told(&cx, &cx.t("note-saved"))).await
        }
        Err(DeskError::AlreadyDone(_)) => {
            sent(&cx, &ticket, &written, told(&cx, &cx.t("note-saved"))).await
        }
        Err(DeskError::Rejected(Rejected::CannotSee { person })) => {
            let faults = vec![(TEXT.to_owned(), mention::blind(&cx, person).await?)];
            refused(&cx, &ticket, written, Refusal::Faults(faults)).await
        }
        Err(DeskError::Rejected(why)) => {
            let field = if is_about(why) { EFFORT } else { TEXT };
            let faults = vec![(field.to_owned(), rejected(cx.locale, why))];
            refused(&cx, &ticket, written, Refusal::Faults(faults)).await
        }
        Err(e) => Err(unsent(&cx, &ticket, &written, e).await),
    }
}
