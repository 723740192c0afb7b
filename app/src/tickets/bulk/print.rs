//! All documents of a serial letter as one PDF for the printer.

use entities::DeskError;
use maud::html;
use poem::{Body, IntoResponse as _, Response, handler};

use super::letters::{begun, file_name};
use super::sheet;
use crate::documents::merged::Head;
use crate::documents::merged::apart::{fits, merge};
use crate::documents::pdf;
use crate::error::Result;
use crate::fields::typed::Typed;
use crate::web::bytes::saved_as;
use crate::web::cx::Cx;
use crate::web::permitted::Sub;
use crate::web::swap::Swap;

/// `GET /tickets/bulk/:sub/print`: the letters one behind the other, each on a page of its own.
#[handler]
pub async fn show(cx: Cx, Sub(id): Sub) -> Result<Response> {
    let (bulk, serial, letters) = begun(&cx, id).await?;
    if !serial.is_pdf || letters.made.is_empty() {
        return Err(DeskError::Hidden.into());
    }
    let refused = async |key: &'static str| -> Result<Response> {
        let fault = ("print", cx.t(key));
        let page = sheet::page(&cx, &bulk, &Typed::default(), Some(&fault)).await?;
        Ok(Swap::invalid(cx.asks, html! {}, page).into_response())
    };
    if !fits(&letters.made) {
        return refused("serial-print-too-much").await;
    }
    let head = Head {
        title: serial.name.clone(),
        language: serial.language.code().to_owned(),
    };
    match merge(&cx.db, &cx.desk.program, &head, &letters.made).await {
        Ok(file) => {
            let answer = saved_as(pdf::TYPE, &format!("{}.pdf", file_name(&serial)));
            Ok(answer.body(Body::from_async_read(tokio::fs::File::from_std(file))))
        }
        Err(error) => {
            let error = format!("{error:#}");
            tracing::error!(%error, bulk = %bulk.id, "letters could not be merged");
            refused("serial-print-failed").await
        }
    }
}
