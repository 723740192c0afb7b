//! Fields that a text names although not everybody at the desk may see them: what they hold would leave with it.

use entities::bulk::Act;
use entities::bulk::serial::{Serial, Source};
use entities::field::read;
use entities::text_block::{BlockKind, TextBlock, fill};
use entities::{DeskError, Rejected};
use maud::{Markup, html};

use crate::documents::made;
use crate::error::Result;
use crate::fields::words::label;
use crate::web::cx::Cx;
use crate::web::parts::{Tone, notice};

/// Which of them these texts name, in words; none of those that the reader does not see either.
pub async fn named(cx: &Cx, texts: &[&str]) -> Result<Option<String>> {
    let keys: Vec<&str> = texts.iter().flat_map(|text| fill::fields(text)).collect();
    of_keys(cx, &keys).await
}

async fn of_keys(cx: &Cx, keys: &[&str]) -> Result<Option<String>> {
    if keys.is_empty() {
        return Ok(None);
    }
    let known = read::definitions(&cx.db).await?;
    let reserved = known.iter().filter(|field| {
        let is_named = keys.contains(&field.row.key.as_str());
        is_named && field.is_reserved() && field.is_visible(&cx.actor)
    });
    let labels: Vec<String> = reserved.map(|field| label(cx.locale, field)).collect();
    Ok((!labels.is_empty()).then(|| labels.join(", ")))
}

/// The same as a notice; nothing where there are none.
fn told(cx: &Cx, fields: Option<String>) -> Markup {
    let Some(fields) = fields else {
        return html! {};
    };
    let said = [("fields", fields.into())];
    let words = cx.locale.t_with("text-block-reserved", &said);
    notice(
        Tone::Warn,
        &words,
        &html! { (cx.t("text-block-reserved-leaves")) },
    )
}

/// Of a text block; what is read out on the phone leaves with nobody.
pub async fn of_block(cx: &Cx, block: &TextBlock) -> Result<Markup> {
    if block.kind == BlockKind::PhoneScript {
        return Ok(html! {});
    }
    let wording = block.wording();
    let texts = wording.texts(block.kind);
    let texts: Vec<&str> = texts.iter().map(|(_, text)| *text).collect();
    Ok(told(cx, named(cx, &texts).await?))
}

/// Of a serial letter, its template and what is said beside it.
pub async fn of_act(cx: &Cx, act: &Act) -> Result<Markup> {
    let Act::Serial(serial) = act else {
        return Ok(html! {});
    };
    Ok(told(cx, of_serial(cx, serial).await?))
}

async fn of_serial(cx: &Cx, serial: &Serial) -> Result<Option<String>> {
    match &serial.from {
        Source::Block { notice, .. } => {
            let [(_, de), (_, en)] = notice.texts();
            named(cx, &[serial.text.as_str(), de, en]).await
        }
        Source::Template { file, .. } => {
            let docx = match made::read(&cx.desk, file).await {
                Ok(docx) => docx,
                // Why it cannot be made stands at each ticket.
                Err(DeskError::Rejected(Rejected::NotMade)) => return Ok(None),
                Err(error) => return Err(error.into()),
            };
            let mut keys = docx.fields();
            keys.extend(fill::fields(&serial.text));
            of_keys(cx, &keys).await
        }
    }
}
