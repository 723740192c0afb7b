//! The tickets of an export, in parts: all of a list as one look at the database saw it, none of it held in memory.

use sea_orm::entity::prelude::*;
use sea_orm::{IntoActiveModel, QuerySelect};

use crate::actor::Actor;
use crate::db::Db;
use crate::error::Result;
use crate::policy::Permission;
use crate::ticket::choose::{self, List, Take};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "export_part")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub list_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub part: i32,
    /// Ids, one behind the other.
    pub tickets: Vec<u8>,
    pub taken_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// Tickets of a part: memory grows with this and never with the list.
const AT_ONCE: usize = 5_000;

/// A list that was taken, to be made into a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    pub list_id: Uuid,
    pub rows: usize,
}

/// A list on its way into its parts.
struct Taking<'a> {
    db: &'a Db,
    list_id: Uuid,
    parts: i32,
    rows: usize,
}

impl Take for Taking<'_> {
    async fn take(&mut self, ids: Vec<Uuid>) -> Result<()> {
        let row = Model {
            list_id: self.list_id,
            part: self.parts,
            tickets: ids.iter().flat_map(|id| *id.as_bytes()).collect(),
            taken_at: self.db.clock().now(),
        };
        let insert = Entity::insert(row.into_active_model());
        insert.exec_without_returning(self.db.writer()).await?;
        self.parts += 1;
        self.rows += ids.len();
        Ok(())
    }
}

/// Takes up to so many tickets of a list that the actor sees and may export.
pub async fn take(db: &Db, actor: &Actor, list: &List<'_>, most: u64) -> Result<Taken> {
    let mut taking = Taking {
        db,
        list_id: crate::new_id(),
        parts: 0,
        rows: 0,
    };
    let may = Permission::ExportTickets;
    choose::each(db, actor, list, may, (most, AT_ONCE), &mut taking).await?;
    Ok(Taken {
        list_id: taking.list_id,
        rows: taking.rows,
    })
}

/// The tickets of a part in their order; none behind the last.
pub async fn tickets(db: &Db, list_id: Uuid, part: i32) -> Result<Option<Vec<Uuid>>> {
    let found: Option<Vec<u8>> = Entity::find_by_id((list_id, part))
        .select_only()
        .column(Column::Tickets)
        .into_tuple()
        .one(db.reader())
        .await?;
    Ok(found.map(|bytes| {
        let ids = bytes.chunks_exact(16);
        ids.filter_map(|id| Uuid::from_slice(id).ok()).collect()
    }))
}

/// Forgets a list of which the file is written, or never will be.
pub async fn forget(db: &Db, list_id: Uuid) -> Result<()> {
    let sql = "DELETE FROM export_part WHERE list_id = $1";
    db.write_statement(sql, vec![list_id.into()]).await?;
    Ok(())
}
