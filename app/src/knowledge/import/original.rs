//! Which article a page is the translation of, and the version of it that it follows.

use std::collections::HashSet;

use entities::article::translation;
use entities::language::Language;
use entities::{DeskError, Uuid};

use super::report::{Remarks, What};
use super::run::Run;
use super::target::Target;

/// The translations there will be, so that two pages are not the same one.
#[derive(Default)]
pub struct Originals(HashSet<(Uuid, &'static str)>);

impl Run<'_> {
    /// The article a page follows and the version of it; remarked where it cannot be had.
    pub async fn follows(
        &mut self,
        place: usize,
        language: Language,
        remarks: &mut Remarks,
    ) -> entities::Result<(Option<Uuid>, Option<i32>)> {
        let draft = &self.drafts.all[place];
        let Some(named) = draft.original() else {
            return Ok((None, None));
        };
        let within = match self.drafts.target(draft, named) {
            Target::Inside(path, _) => self.drafts.find(&path),
            _ => None,
        };
        let original = within.or_else(|| self.drafts.find(named));
        let original = original.map(|original| original.article);
        let is_new = |id: &Uuid| self.originals.0.insert((*id, language.code()));
        let Some(original) = original.filter(is_new) else {
            remarks.note(What::UnknownOriginal, named);
            return Ok((None, None));
        };
        let said = draft.number("translation_of_version", remarks);
        if self.wanted.dry_run {
            return Ok((Some(original), said));
        }
        let db = &self.desk.db;
        let of = draft.article;
        let found = translation::to_follow(db, &self.actor, of, original, language).await;
        let found = match found {
            Ok(found) => found,
            Err(DeskError::Hidden | DeskError::Rejected(_)) => {
                remarks.note(What::UnknownOriginal, named);
                return Ok((None, None));
            }
            Err(error) => return Err(error),
        };
        let followed = match draft.is_own() {
            // As it was where it comes from; here there may be less of it.
            true => said.map(|said| said.min(found.row.newest)),
            // Whoever brings in both together brings what belongs together.
            false => {
                let known = self.known.get(&of);
                let known = known.filter(|row| row.original_id == Some(original));
                match known {
                    Some(row) => row.original_version,
                    None => Some(found.shown()),
                }
            }
        };
        Ok((Some(original), followed))
    }
}
