//! What a vendor does with a shared ticket: answers, fills their fields, takes their steps.

use super::{Repair, Vendor, VendorFields, VendorNumber};
use crate::error::{DeskError, Rejected, Result};
use crate::ledger::Command;
use crate::permit::{Permit, Protected as _};
use crate::ticket::message::NewFile;
use crate::ticket::share::{AnswerAsVendor, FillVendorFields, MoveRepairAsVendor, VendorShare};

/// What a vendor writes.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// Plain text.
    pub text: String,
    pub files: Vec<Upload>,
    /// The key that lets a form act only once.
    pub once: Option<String>,
}

/// A file that came with an answer.
#[derive(Clone, Debug)]
pub struct Upload {
    pub name: String,
    pub content_type: String,
    pub bytes: Vec<u8>,
}

/// What a vendor fills in.
#[derive(Clone, Debug)]
pub struct Fill {
    pub number: Option<VendorNumber>,
    pub fields: VendorFields,
    /// That of the case when its form was shown.
    pub version: i32,
}

impl Vendor {
    /// Writes to the desk.
    ///
    /// # Errors
    /// `EmptyText` when there is neither text nor file.
    pub async fn answer(&self, number: &str, answer: Answer) -> Result<()> {
        let share = self.share(number).await?;
        let mut files = Vec::with_capacity(answer.files.len());
        for file in answer.files {
            let stored = self.db.put_blob(file.bytes).await?;
            files.push(NewFile {
                name: file.name,
                content_type: file.content_type,
                size_bytes: stored.size_bytes,
                sha256: stored.sha256,
                inline: false,
                content_id: None,
            });
        }
        let command = AnswerAsVendor {
            share: share.clone(),
            message_id: crate::new_id(),
            body: answer.text,
            files,
            once: answer.once,
        };
        self.act(share, command).await
    }

    /// Sets the vendor's number and fields; nothing new is nothing wrong.
    ///
    /// # Errors
    /// `ChangedMeanwhile` when a colleague or the desk was faster.
    pub async fn fill(&self, number: &str, fill: Fill) -> Result<()> {
        let known = self.case(number).await?.vendor_number;
        let share = self.share(number).await?;
        if share.version != fill.version {
            return Err(Rejected::ChangedMeanwhile.into());
        }
        let typed = fill.number.as_ref().map(VendorNumber::as_str);
        let command = FillVendorFields {
            share: share.clone(),
            fields: fill.fields,
            number: (typed != known.as_deref()).then_some(fill.number),
        };
        match self.act(share, command).await {
            Err(DeskError::Rejected(Rejected::NothingToDo)) => Ok(()),
            done => done,
        }
    }

    /// Takes the repair a step further.
    ///
    /// # Errors
    /// `NotYourStep` when it is not the vendor's turn, or that step does not come next.
    pub async fn step(&self, number: &str, to: Repair) -> Result<()> {
        let share = self.share(number).await?;
        let command = MoveRepairAsVendor {
            share: share.clone(),
            to,
        };
        self.act(share, command).await
    }

    async fn share(&self, number: &str) -> Result<VendorShare> {
        let share = VendorShare::find(&self.db, &self.actor, number).await?;
        match share.organisation_id == self.organisation_id {
            true => Ok(share),
            false => Err(DeskError::Hidden),
        }
    }

    async fn act<C>(&self, share: VendorShare, command: C) -> Result<()>
    where
        C: Command<On = VendorShare>,
    {
        let permit = Permit::ask(&self.actor, share)?;
        match self.db.change(permit, command).await {
            Ok(_) | Err(DeskError::AlreadyDone(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }
}
