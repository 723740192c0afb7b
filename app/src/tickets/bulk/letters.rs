//! All documents of a serial letter in one archive, and which of its tickets are without one.

use std::fs::File;
use std::io::{Seek as _, Write as _};

use entities::bulk::letters::{self, Lack, Letters, Stored};
use entities::bulk::{self, Act, Model, Serial, State, Verb, look};
use entities::{DeskError, Uuid};
use maud::{Markup, html};
use poem::{Body, Response, handler};
use tokio::sync::mpsc;
use zip::CompressionMethod;
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;

use super::said::why_words;
use crate::documents::merged::apart::fits;
use crate::error::{Error, Result};
use crate::export::cell::harmless;
use crate::web::bytes::saved_as;
use crate::web::cx::Cx;
use crate::web::parts::{Look, button_link};
use crate::web::permitted::Sub;
use crate::web::url;

/// What breaks when it breaks.
const ARCHIVE: &str = "an archive of letters";

/// Tickets without a document that are named beside the buttons.
const MOST_NAMED: usize = 10;

/// Documents that are read before the archive has taken them.
const AHEAD: usize = 1;

/// What came of a serial letter.
pub(super) struct Became {
    serial: Box<Serial>,
    letters: Letters,
    rest: look::Rest,
}

/// Reads it; none where something else was done.
pub(super) async fn became(cx: &Cx, bulk: &Model) -> Result<Option<Became>> {
    if bulk.verb != Verb::Serial {
        return Ok(None);
    }
    let Some(Act::Serial(serial)) = bulk.act() else {
        return Ok(None);
    };
    let (letters, rest) = tokio::try_join!(
        letters::of(&cx.db, &cx.actor, bulk),
        look::rest(&cx.db, &cx.actor, bulk),
    )?;
    Ok(Some(Became {
        serial,
        letters,
        rest,
    }))
}

/// A serial letter that was begun, with what was made so far.
pub(super) async fn begun(cx: &Cx, id: Uuid) -> Result<(Model, Serial, Letters)> {
    let bulk = bulk::find(&cx.db, &cx.actor, id).await?;
    let Some(Act::Serial(serial)) = bulk.act() else {
        return Err(DeskError::Hidden.into());
    };
    if matches!(bulk.state, State::Staged) {
        return Err(DeskError::Hidden.into());
    }
    let letters = letters::of(&cx.db, &cx.actor, &bulk).await?;
    Ok((bulk, *serial, letters))
}

/// What a file with all of them is called, without its ending.
pub(super) fn file_name(serial: &Serial) -> String {
    let name = serial.ending();
    let name = name
        .rsplit_once('.')
        .map_or(name.as_str(), |(name, _)| name);
    name.trim().to_owned()
}

/// The ways to all documents at once.
pub(super) fn links(cx: &Cx, bulk: &Model, became: &Became) -> Markup {
    let made = &became.letters.made;
    let is_printed = became.serial.is_pdf && !made.is_empty() && fits(made);
    html! {
        @if is_printed { (button_link(Look::Primary, &cx.t("serial-print"), &url::bulk_part(bulk.id, "print"), None)) }
        @let look = if is_printed { Look::Secondary } else { Look::Primary };
        (button_link(look, &cx.t("serial-zip"), &url::bulk_part(bulk.id, "letters"), None))
    }
}

/// Which tickets have no document among them, and why there is no file for the printer where there could be one.
pub(super) fn without(cx: &Cx, became: &Became) -> Markup {
    let refused = became.rest.refused.iter().map(|(told, _)| told);
    let lacking = became.letters.lacking.iter().map(|(told, _)| told);
    let numbers: Vec<&str> = refused
        .chain(lacking)
        .map(|told| told.number.as_str())
        .collect();
    let named = numbers.iter().take(MOST_NAMED).copied().collect::<Vec<_>>();
    let unseen = became.letters.unseen + became.rest.unseen;
    let more = numbers.len() - named.len() + unseen;
    let words = match (named.is_empty(), more) {
        (true, 0) => None,
        (true, more) => Some(cx.locale.t_with("serial-unseen", &[("count", more.into())])),
        (false, more) => {
            let args = [("numbers", named.join(", ").into()), ("count", more.into())];
            Some(cx.locale.t_with("serial-without", &args))
        }
    };
    let is_too_much = became.serial.is_pdf && !fits(&became.letters.made);
    let open = became.rest.open;
    html! {
        @if let Some(words) = words { p class="hint" { (words) } }
        @if open > 0 { p class="hint" { (cx.locale.t_with("serial-open", &[("count", open.into())])) } }
        @if is_too_much { p class="hint" { (cx.t("serial-print-too-much")) } }
    }
}

/// `GET /tickets/bulk/:sub/letters`: every document that was made, and a list of the tickets that have none.
#[handler]
pub async fn show(cx: Cx, Sub(id): Sub) -> Result<Response> {
    let (bulk, serial, letters) = begun(&cx, id).await?;
    let report = report(&cx, &bulk, &letters).await?;
    let report = report.map(|report| (format!("{}.csv", cx.t("serial-zip-report")), report));
    let (to, from) = mpsc::channel(AHEAD);
    let packing = tokio::task::spawn_blocking(move || pack(from, report));
    let read = read(&cx, &letters.made, to).await;
    let packed = packing.await;
    read?;
    let packed = packed.map_err(|_| Error::Broken(ARCHIVE))?;
    let file = packed.map_err(|_| Error::Broken(ARCHIVE))?;
    let answer = saved_as("application/zip", &format!("{}.zip", file_name(&serial)));
    Ok(answer.body(Body::from_async_read(tokio::fs::File::from_std(file))))
}

/// A file of an archive: its name and its bytes.
type Entry = (String, Vec<u8>);

/// Hands the documents over, one after the other.
async fn read(cx: &Cx, made: &[Stored], to: mpsc::Sender<Entry>) -> Result<()> {
    for file in made {
        let bytes = cx.db.blobs().get(&file.sha256).await?;
        if to.send((file.name.clone(), bytes)).await.is_err() {
            // Whoever packs says why.
            break;
        }
    }
    Ok(())
}

/// Packs what is handed over, and the report behind it.
fn pack(mut from: mpsc::Receiver<Entry>, report: Option<Entry>) -> ZipResult<File> {
    let mut zip = zip::ZipWriter::new(tempfile::tempfile()?);
    // Documents are compressed in themselves.
    let as_it_is = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let documents = std::iter::from_fn(|| from.blocking_recv());
    for (name, bytes) in documents.chain(report) {
        zip.start_file(name, as_it_is)?;
        zip.write_all(&bytes)?;
    }
    let mut file = zip.finish()?;
    file.rewind()?;
    Ok(file)
}

/// The tickets without a document, one a line: number, title, why; at the end how many more. None when each has one.
async fn report(cx: &Cx, bulk: &Model, letters: &Letters) -> Result<Option<Vec<u8>>> {
    let rest = look::rest(&cx.db, &cx.actor, bulk).await?;
    let refused = rest.refused.iter().map(|(told, why)| {
        let why = why.map(|why| why_words(cx, why)).unwrap_or_default();
        (told.number.as_str(), told.title.as_str(), why)
    });
    let lacking = letters.lacking.iter().map(|(told, why)| {
        let why = cx.t(lack_words(*why));
        (told.number.as_str(), told.title.as_str(), why)
    });
    let counted = |key: &'static str, count: usize| {
        let words = || cx.locale.t_with(key, &[("count", count.into())]);
        (count > 0).then(|| ("", "", words()))
    };
    let unseen = counted("serial-unseen", letters.unseen + rest.unseen);
    let open = counted("serial-open", rest.open);
    let lines = refused.chain(lacking).chain(unseen).chain(open);
    let mut lines = lines.peekable();
    if lines.peek().is_none() {
        return Ok(None);
    }
    let mut out = csv::WriterBuilder::new()
        .delimiter(b';')
        .from_writer("\u{feff}".as_bytes().to_vec());
    for (number, title, why) in lines {
        let line = [number, title, why.as_str()];
        out.write_record(line.map(harmless))
            .map_err(|_| Error::Broken(ARCHIVE))?;
    }
    let out = out.into_inner().map_err(|_| Error::Broken(ARCHIVE))?;
    Ok(Some(out))
}

/// Why a document that was made is not among them.
fn lack_words(why: Lack) -> &'static str {
    match why {
        Lack::Withdrawn => "serial-why-withdrawn",
        Lack::Moved => "serial-why-moved",
        Lack::Removed => "serial-why-removed",
    }
}
