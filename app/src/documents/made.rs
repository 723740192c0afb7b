//! A document made from a template and a ticket: filled, named, and as PDF where that is wanted.

use anyhow::Context as _;
use entities::article::File;
use entities::language::Language;
use entities::ticket::Ticket;
use entities::{Actor, DeskError};

use super::docx::{self, Docx, Filled};
use super::pdf;
use crate::desk::Desk;
use crate::error::Result;
use crate::locale::{Locale, Now};
use crate::text_blocks::values::Values;

/// What a document is handed out as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    #[default]
    Docx,
    Pdf,
}

impl Form {
    /// As fields and addresses name it.
    pub fn name(self) -> &'static str {
        match self {
            Form::Docx => "docx",
            Form::Pdf => "pdf",
        }
    }

    /// Reads it; PDF only where something makes it.
    pub fn read(desk: &Desk, name: &str) -> Form {
        match name == Form::Pdf.name() && desk.config.documents.libreoffice.is_some() {
            true => Form::Pdf,
            false => Form::Docx,
        }
    }

    /// Its type in mails.
    pub fn content_type(self) -> &'static str {
        match self {
            Form::Docx => docx::TYPE,
            Form::Pdf => pdf::TYPE,
        }
    }
}

/// The language of a template as the desk speaks it.
pub fn locale(language: Language) -> Locale {
    match language {
        Language::De => Locale::De,
        Language::En => Locale::En,
    }
}

/// The file of a template, read.
///
/// # Errors
/// When the store has lost it, and `NotMade` for what would not be taken in any more.
pub async fn read(desk: &Desk, file: &File) -> Result<Docx, DeskError> {
    let bytes = file.bytes(&desk.db).await?;
    let read = tokio::task::spawn_blocking(move || Docx::read(&bytes)).await;
    match read {
        Ok(Ok(docx)) => Ok(docx),
        // What was taken in under milder rules is no template any more.
        Ok(Err(_)) | Err(_) => Err(entities::Rejected::NotMade.into()),
    }
}

/// The document that a template makes of a ticket the actor has already found.
///
/// # Errors
/// The database's, and when it cannot be packed.
pub async fn filled(
    desk: &Desk,
    actor: &Actor,
    docx: &Docx,
    ticket: &Ticket,
    language: Language,
) -> Result<Filled> {
    let now = Now::new(desk.db.clock().now(), desk.config.time_zone);
    let values = Values::of(&desk.db, actor, now, ticket, locale(language)).await?;
    let filled = docx.filled(|name| values.value(name));
    filled.map_err(|error| {
        tracing::error!(%error, "a document could not be packed");
        crate::error::Error::Broken("a document could not be packed")
    })
}

/// The same bytes as they are handed out.
///
/// # Errors
/// Why no PDF could be made.
pub async fn as_form(desk: &Desk, docx: Vec<u8>, form: Form) -> anyhow::Result<Vec<u8>> {
    match form {
        Form::Docx => Ok(docx),
        Form::Pdf => {
            let program = desk.config.documents.libreoffice.as_deref();
            pdf::made(program.context("no program makes PDF")?, &docx).await
        }
    }
}

/// The same of many documents, each or why none came of it; PDF takes fewer runs of its program so.
pub async fn each_as_form(
    desk: &Desk,
    documents: Vec<Vec<u8>>,
    form: Form,
) -> Vec<anyhow::Result<Vec<u8>>> {
    let program = desk.config.documents.libreoffice.as_deref();
    match (form, program) {
        (Form::Docx, _) => documents.into_iter().map(Ok).collect(),
        (Form::Pdf, Some(program)) => pdf::each_made(program, &documents).await,
        (Form::Pdf, None) => {
            let none = |_| Err(anyhow::anyhow!("no program makes PDF"));
            documents.into_iter().map(none).collect()
        }
    }
}
