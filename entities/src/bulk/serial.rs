//! A serial letter: one document for each ticket, as a note there or as a mail to its requester.

use std::collections::HashMap;

use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};
use tokio::try_join;
use uuid::Uuid;

use super::leave::Leave;
use super::tell::{Letter, Post, addressed, requesters};
use crate::actor::Actor;
use crate::article::File;
use crate::db::Db;
use crate::error::{Rejected, Result};
use crate::language::Language;
use crate::mailbox;
use crate::policy;
use crate::text_block::Notice;
use crate::ticket::message::NewFile;
use crate::ticket::{NoteThen, Reply, Ticket, WriteNote, thread};

/// What everybody gets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Serial {
    /// What it is made from.
    pub from: Source,
    /// The name of the template or the block as it was then.
    pub name: String,
    pub language: Language,
    /// As PDF; otherwise as the file of a word processor.
    pub is_pdf: bool,
    pub way: Way,
    /// What the mail or the note says. Markdown, with the places of an answer.
    pub text: String,
    /// Seconds in which a mail can be taken back.
    pub undo_seconds: i64,
    /// What becomes of each ticket then.
    #[serde(default)]
    pub leave: Leave,
}

/// From what the documents are made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The very file of a template that was chosen; a newer one is another letter.
    Template { id: Uuid, file: File },
    /// The very wording of a text block; the letter is a plain one.
    Block { id: Uuid, notice: Notice },
}

/// Where the documents go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    Note,
    Mail,
}

/// Whether documents are only looked at or made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Make {
    /// It is found out what could be made.
    Try,
    /// Files are stored.
    Store,
}

/// What was made for one ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The text with its places filled.
    pub text: String,
    /// None as long as it is only tried.
    pub file: Option<NewFile>,
}

/// By ticket, what was made for it, or why nothing was.
pub type AllMade = HashMap<Uuid, Result<Made, Rejected>>;

/// What makes documents; the model knows no word processor.
pub trait Press: Send + Sync {
    /// Makes the letter of each ticket with the actor's own eyes.
    ///
    /// # Errors
    /// The database's and the file store's; what concerns one ticket is its [`Rejected`].
    fn letters<'a>(
        &'a self,
        actor: &'a Actor,
        serial: &'a Serial,
        tickets: &'a HashMap<Uuid, Ticket>,
        make: Make,
    ) -> BoxFuture<'a, Result<AllMade>>;
}

impl Serial {
    /// Asks whether the actor may leave a ticket as is wanted.
    ///
    /// # Errors
    /// `Forbidden` when not.
    pub(super) fn require(&self, actor: &Actor, ticket: &Ticket) -> Result<()> {
        match self.leave.needs() {
            Some(permission) => policy::require(actor, permission, ticket.place()),
            None => Ok(()),
        }
    }

    /// The command that keeps it at one ticket.
    pub(super) fn note(&self, made: Made) -> WriteNote {
        WriteNote {
            body: made.text,
            files: made.file.into_iter().collect(),
            once: None,
        }
    }

    /// The same that leaves the ticket as is wanted.
    pub(super) fn note_then(&self, made: Made) -> NoteThen {
        NoteThen {
            note: self.note(made),
            then: self.leave.then(),
        }
    }

    /// The command that sends it from one ticket.
    pub(super) fn mail(&self, letter: Letter) -> Reply {
        Reply {
            then: self.leave.then(),
            ..letter.reply(self.undo_seconds)
        }
    }
}

/// By ticket, the mail with its letter, or why there is none.
pub(super) async fn mails(
    db: &Db,
    made: AllMade,
    serial: &Serial,
    tickets: &HashMap<Uuid, Ticket>,
    post: &dyn Post,
) -> Result<HashMap<Uuid, Result<Letter, Rejected>>> {
    if tickets.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<Uuid> = tickets.keys().copied().collect();
    let (requesters, mut mails, usual) = try_join!(
        requesters(db, &ids),
        thread::mails_of_requesters(db, &ids),
        mailbox::list::usual(db),
    )?;
    let mut letters = HashMap::with_capacity(made.len());
    for (id, made) in made {
        let Some(ticket) = tickets.get(&id) else {
            continue;
        };
        let letter = match (made, requesters.get(&id)) {
            (Err(why), _) => Err(why),
            (Ok(_), None) => Err(Rejected::NoRecipient),
            (Ok(made), Some(requester)) => {
                let before = mails.remove(&id).unwrap_or_default();
                let language = serial.language.code().to_owned();
                let letter = addressed(post, ticket, requester, (&before, usual));
                Ok(Letter {
                    language,
                    body: made.text,
                    files: made.file.into_iter().collect(),
                    ..letter
                })
            }
        };
        letters.insert(id, letter);
    }
    Ok(letters)
}

impl Serial {
    /// What the names of its files end with, behind the number of the ticket.
    pub fn ending(&self) -> String {
        ending(&self.name, self.is_pdf)
    }
}

/// What the name of a document ends with that was made from a template of this name, behind the number of its ticket.
pub fn ending(template: &str, is_pdf: bool) -> String {
    let fine = |c: char| match c {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => ' ',
        c if c.is_control() => ' ',
        c => c,
    };
    let name: String = template.chars().map(fine).take(MOST_CHARS).collect();
    let kind = if is_pdf { "pdf" } else { "docx" };
    format!(" {}.{kind}", name.trim())
}

/// The longest name of a file without number and ending, in characters.
const MOST_CHARS: usize = 80;
