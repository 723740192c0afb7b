//! A ticket as a vendor sees it, as a document of the index: made of the view object of their page and of nothing else.

use entities::Db;
use entities::finding::tickets::Source;
use entities::portal::{Case, as_shared};
use entities::ticket::share::Model as Share;
use search::document::{Kind, Passage, Scope};
use search::{Document, Key};

use super::plain::of_message;
use super::ticket_document::of_file;

/// What an index holds of a share; the attribute that says whose it is.
pub const WHOSE: &str = "vendor";

/// The documents of what is shared of a ticket, and the keys of what is no longer.
///
/// # Errors
/// The database's.
pub async fn documents(db: &Db, source: &Source) -> entities::Result<(Vec<Document>, Vec<Key>)> {
    let (mut documents, mut gone) = (Vec::new(), Vec::new());
    for share in &source.shares {
        let case = match share.withdrawn_at {
            Some(_) => None,
            None => as_shared(db, share.organisation_id, &source.row.number).await?,
        };
        match case {
            Some(case) => documents.push(document(source, share, &case)),
            None => gone.push(key(share)),
        }
    }
    Ok((documents, gone))
}

fn key(share: &Share) -> Key {
    Key {
        kind: Kind::Share,
        id: share.id,
    }
}

fn document(source: &Source, share: &Share, case: &Case) -> Document {
    let enquiry = case.enquiry.iter().flat_map(|enquiry| {
        let texts = enquiry.texts();
        texts.map(|(_, text)| text.to_owned())
    });
    let said = case
        .messages
        .iter()
        .map(|message| of_message(&message.text));
    let texts = enquiry.chain(said).chain(case.vendor_number.clone());
    let files = case
        .files
        .iter()
        .chain(case.messages.iter().flat_map(|m| &m.files));
    let files = files.map(|shared| {
        let same = source.files.iter().find(|file| file.id == shared.id);
        same.map_or_else(|| shared.name.clone(), of_file)
    });
    let mut passages: Vec<Passage> = texts
        .filter(|text| !text.trim().is_empty())
        .map(Passage::open)
        .collect();
    passages.extend(files.map(|text| Passage {
        scope: Scope::Files,
        text,
    }));
    Document {
        key: key(share),
        reference: case.number.clone(),
        source_id: None,
        title: case.title.clone(),
        keywords: case.service.iter().cloned().collect(),
        summary: String::new(),
        passages,
        tags: vec![(WHOSE.to_owned(), share.organisation_id.to_string())],
        at: share.last_message_at.timestamp(),
        solved: share.live_at.is_some(),
        stamp: source.stamp.into(),
        language: "de".to_owned(),
    }
}
