//! What a person began to write and has not sent: one draft per person, ticket and mode, or per person and article; no
//! part of the history.

pub mod file;
pub mod shared;
pub mod table;

use sea_orm::{EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{DeskError, Result};

/// What a draft will become.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    /// A mail to the requester.
    #[default]
    Reply,
    /// An internal note.
    Note,
    /// A message to one vendor.
    Vendor,
    /// A phone call in an existing ticket.
    Call,
    /// A ticket that does not exist yet.
    New,
}

impl Mode {
    /// The stored name, and the one in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Reply => "reply",
            Mode::Note => "note",
            Mode::Vendor => "vendor",
            Mode::Call => "call",
            Mode::New => "new",
        }
    }

    /// Reads a name; an unknown one is none.
    pub fn from_name(name: &str) -> Option<Mode> {
        let all = [Mode::Reply, Mode::Note, Mode::Vendor, Mode::Call, Mode::New];
        all.into_iter().find(|mode| mode.name() == name)
    }
}

/// A draft with its files, in the order they were added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// JSON, as [`save`] was given it; empty when only files were added.
    pub content: String,
    pub changed_at: Instant,
    pub files: Vec<file::Model>,
    /// Colleagues see it.
    pub is_shared: bool,
    /// Who went on with what was here. What stands here now was typed since.
    pub taken_by: Option<Uuid>,
}

/// Where a draft belongs: the acting person's own, for this ticket and mode or this article. Nobody else reaches it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    person_id: Uuid,
    ticket_id: Option<Uuid>,
    article_id: Option<Uuid>,
    mode: &'static str,
}

/// The stored name in place of a mode.
const ARTICLE: &str = "article";

impl Place {
    /// The actor's draft for a ticket the actor has already found; none of a ticket still to be opened.
    ///
    /// # Errors
    /// `Forbidden` for one who is no person.
    pub fn of(actor: &Actor, ticket_id: Option<Uuid>, mode: Mode) -> Result<Place> {
        let person_id = actor.person_id().ok_or(DeskError::Forbidden)?;
        Ok(Place {
            person_id,
            ticket_id,
            article_id: None,
            mode: mode.name(),
        })
    }

    /// The actor's draft of an article the actor has already found; none of one still to be begun.
    ///
    /// # Errors
    /// `Forbidden` for one who is no person.
    pub fn of_article(actor: &Actor, article_id: Option<Uuid>) -> Result<Place> {
        let person_id = actor.person_id().ok_or(DeskError::Forbidden)?;
        Ok(Place {
            person_id,
            ticket_id: None,
            article_id,
            mode: ARTICLE,
        })
    }

    fn id(self) -> Uuid {
        let subject_id = self.ticket_id.or(self.article_id).unwrap_or_default();
        id_at(self.person_id, subject_id, self.mode)
    }
}

/// The id follows from the place, so that two pages saving at once meet in one row.
pub(crate) fn id_at(person_id: Uuid, subject_id: Uuid, mode: &str) -> Uuid {
    let mut hash = Sha256::new();
    hash.update(person_id.as_bytes());
    hash.update(subject_id);
    hash.update(mode);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// The draft at a place, when there is one.
pub async fn find(db: &Db, place: Place) -> Result<Option<Draft>> {
    let Some(row) = table::Entity::find_by_id(place.id())
        .one(db.reader())
        .await?
    else {
        return Ok(None);
    };
    let files = file::Entity::find()
        .filter(file::COLUMN.draft_id.eq(row.id))
        .order_by_asc(file::Column::Id)
        .all(db.reader())
        .await?;
    Ok(Some(Draft {
        content: row.content,
        changed_at: row.changed_at,
        files,
        is_shared: row.shared_at.is_some(),
        taken_by: row.taken_by,
    }))
}

/// What was kept just now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saved {
    pub at: Instant,
    /// Colleagues see it.
    pub is_shared: bool,
}

#[derive(FromQueryResult)]
struct Shown {
    shared_at: Option<Instant>,
}

/// Keeps what was typed. Nothing is kept for a form (`once`) that was already sent, because its last save may arrive
/// after it. That somebody has taken over what was here before stays known.
pub async fn save(db: &Db, place: Place, content: &str, once: Option<&str>) -> Result<Saved> {
    let at = db.clock().now();
    let shown: Option<Shown> = db.write_returning(
        "INSERT INTO draft (id, person_id, ticket_id, mode, content, changed_at) \
         SELECT $1, $2, $3, $4, $5, $6 WHERE NOT EXISTS (SELECT 1 FROM once_key WHERE key = $7) \
         ON CONFLICT (id) DO UPDATE SET content = excluded.content, changed_at = excluded.changed_at \
         RETURNING shared_at",
        vec![
            place.id().into(),
            place.person_id.into(),
            place.ticket_id.into(),
            place.mode.into(),
            content.into(),
            at.into(),
            once.unwrap_or_default().into(),
        ],
    )
    .await?;
    let is_shared = shown.is_some_and(|row| row.shared_at.is_some());
    Ok(Saved { at, is_shared })
}

/// A file to put into a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDraftFile {
    pub name: String,
    pub content_type: String,
    pub bytes: Vec<u8>,
}

/// Stores a file and puts it into the draft, which begins with it when there was none.
pub async fn add_file(db: &Db, place: Place, file: NewDraftFile) -> Result<()> {
    let stored = db.put_blob(file.bytes).await?;
    put_file(
        db,
        place,
        [file.name, file.content_type, stored.sha256],
        stored.size_bytes,
    )
    .await
}

/// Puts files that are stored already back into the draft, such as those of a message taken back.
pub async fn return_files(
    db: &Db,
    place: Place,
    files: &[crate::ticket::attachment::Model],
) -> Result<()> {
    for file in files {
        let words = [
            file.name.clone(),
            file.content_type.clone(),
            file.sha256.clone(),
        ];
        put_file(db, place, words, file.size_bytes).await?;
    }
    Ok(())
}

/// Puts files of a text block into the draft; those whose bytes are there already are left out.
pub async fn put_files(db: &Db, place: Place, files: &[crate::article::File]) -> Result<()> {
    if files.is_empty() {
        return Ok(());
    }
    let there = find(db, place).await?.map(|draft| draft.files);
    let there = there.unwrap_or_default();
    for file in files {
        if there.iter().any(|one| one.sha256 == file.sha256) {
            continue;
        }
        let words = [
            file.name.clone(),
            file.content_type.clone(),
            file.sha256.clone(),
        ];
        put_file(db, place, words, file.size_bytes).await?;
    }
    Ok(())
}

async fn put_file(
    db: &Db,
    place: Place,
    [name, content_type, sha256]: [String; 3],
    size_bytes: i64,
) -> Result<()> {
    db.write_statement(
        "INSERT INTO draft (id, person_id, ticket_id, mode, content, changed_at) \
         VALUES ($1, $2, $3, $4, '', $5) ON CONFLICT (id) DO UPDATE SET changed_at = excluded.changed_at",
        vec![
            place.id().into(),
            place.person_id.into(),
            place.ticket_id.into(),
            place.mode.into(),
            db.clock().now().into(),
        ],
    )
    .await?;
    db.write_statement(
        "INSERT INTO draft_file (id, draft_id, name, content_type, size_bytes, sha256) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        vec![
            crate::new_id().into(),
            place.id().into(),
            name.into(),
            content_type.into(),
            size_bytes.into(),
            sha256.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Takes a file out of the draft; nothing happens when it is not there.
pub async fn remove_file(db: &Db, place: Place, file_id: Uuid) -> Result<()> {
    db.write_statement(
        "DELETE FROM draft_file WHERE id = $1 AND draft_id = $2",
        vec![file_id.into(), place.id().into()],
    )
    .await?;
    Ok(())
}

/// Ends a draft that was sent or thrown away.
pub async fn remove(db: &Db, place: Place) -> Result<()> {
    let id = place.id();
    let draft = table::Entity::find_by_id(id).select_only();
    let there: Option<Uuid> = draft
        .column(table::Column::Id)
        .into_tuple()
        .one(db.reader())
        .await?;
    // A form that was taken saves nothing any more, so that none begins meanwhile.
    if there.is_none() {
        return Ok(());
    }
    db.write_statement(
        "DELETE FROM draft_file WHERE draft_id = $1",
        vec![id.into()],
    )
    .await?;
    db.write_statement("DELETE FROM draft WHERE id = $1", vec![id.into()])
        .await?;
    Ok(())
}
