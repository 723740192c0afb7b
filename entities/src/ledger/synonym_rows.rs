//! Rows of words that mean the same: each word stands in one group in use.

use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter};

use super::batch::{insert, newest, upsert};
use super::checks::taken;
use crate::error::{Rejected, Result};
use crate::synonym::{Entity, MOST_GROUPS, Model, word};
use crate::text::fold;

/// Writes groups with their words; those of retired ones are free for others.
pub async fn write(tx: &DatabaseTransaction, groups: Vec<Model>) -> Result<()> {
    if groups.is_empty() {
        return Ok(());
    }
    let groups = newest(groups, |group| group.id);
    let ids = groups.iter().map(|group| group.id);
    word::Entity::delete_many()
        .filter(word::Column::SynonymId.is_in(ids))
        .exec(tx)
        .await?;
    let used = groups.iter().filter(|group| group.retired_at.is_none());
    let words = used.flat_map(|group| {
        let words = group.words().into_iter();
        words.map(|text| word::Model {
            word: fold(&text),
            synonym_id: group.id,
        })
    });
    taken(insert::<word::Entity>(tx, words.collect()).await)?;
    upsert::<Entity>(tx, groups).await?;
    let used = Entity::find()
        .filter(crate::synonym::Column::RetiredAt.is_null())
        .count(tx)
        .await?;
    match usize::try_from(used) {
        Ok(used) if used <= MOST_GROUPS => Ok(()),
        _ => Err(Rejected::TooManyGroups.into()),
    }
}
