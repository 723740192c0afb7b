//! Approving the newest wording of a text block.

use entities::text_block::Approve;
use entities::{DeskError, Rejected};
use poem::handler;
use serde::Deserialize;

use super::form::Faults;
use super::noun::{self, NounForm as _};
use super::text_block::{AREA, TextBlockForm};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::Form;
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;

/// The wording that was seen.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Seen {
    content: String,
}

/// `POST /settings/text-blocks/:sub/approve`.
#[handler]
pub async fn create(
    cx: Cx,
    permit: Permitted<Approve>,
    Sub(id): Sub,
    Form(seen): Form<Seen>,
) -> Result<Swap> {
    let content = seen.content.replace("\r\n", "\n");
    match cx
        .db
        .change(permit.into_permit(), Approve { id, content })
        .await
    {
        Ok(_) | Err(DeskError::Rejected(Rejected::NothingToDo)) => {
            Ok(noun::done(&cx, AREA, id, "saved"))
        }
        Err(DeskError::Rejected(why)) => {
            let block = TextBlockForm::find(&cx, id).await?;
            let form = TextBlockForm::of(&cx, &block);
            let faults = match why {
                Rejected::OwnWork => Faults::of_field("name", cx.t("text-block-own-work")),
                why => Faults::rejected(&cx, "name", why),
            };
            let page = noun::show(&cx, Some(&block), &form, &faults, maud::html! {}).await?;
            Ok(super::invalid(&cx, page))
        }
        Err(error) => Err(error.into()),
    }
}
