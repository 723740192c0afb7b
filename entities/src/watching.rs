//! What people watch besides single tickets and articles: services with all below them, and views. Whose it is alone, so
//! it changes nothing of what is watched and stands in no history.

pub mod own;
pub mod service_watch;
pub mod view_inside;
pub mod view_look;
pub mod view_watch;
pub mod views;

use sea_orm::EntityTrait;
use uuid::Uuid;

use crate::actor::Actor;
use crate::db::Db;
use crate::error::{DeskError, Rejected, Result};
use crate::policy::Permission;

/// The most of a kind that one person watches.
const MOST: i64 = 200;

/// Something that can be watched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Thing {
    Service(Uuid),
    /// The id of a view that is kept, or the name of one that every desk has.
    View(String),
}

/// Whether the actor watches it.
pub async fn is_watched(db: &Db, actor: &Actor, thing: &Thing) -> Result<bool> {
    let Some(me) = actor.person_id() else {
        return Ok(false);
    };
    Ok(match thing {
        Thing::Service(id) => service_watch::Entity::find_by_id((*id, me))
            .one(db.reader())
            .await?
            .is_some(),
        Thing::View(key) => view_watch::Entity::find_by_id((key.clone(), me))
            .one(db.reader())
            .await?
            .is_some(),
    })
}

/// The actor watches it from now on. The caller has found it for them.
///
/// # Errors
/// `Forbidden` for who watches nothing, `Rejected` for who watches too much already.
pub async fn begin(db: &Db, actor: &Actor, thing: &Thing) -> Result<()> {
    let me = actor
        .person_id()
        .filter(|_| actor.may_somewhere(Permission::Watch));
    let me = me.ok_or(DeskError::Forbidden)?;
    let sql = match thing {
        Thing::Service(_) => {
            "INSERT INTO service_watch (service_id, person_id, since) SELECT $1, $2, $3 WHERE $4 > \
             (SELECT count(*) FROM service_watch WHERE person_id = $2) ON CONFLICT DO NOTHING"
        }
        Thing::View(_) => {
            "INSERT INTO view_watch (view, person_id, since) SELECT $1, $2, $3 WHERE $4 > \
             (SELECT count(*) FROM view_watch WHERE person_id = $2) ON CONFLICT DO NOTHING"
        }
    };
    let now = db.clock().now();
    let values = vec![key(thing), me.into(), now.into(), MOST.into()];
    let begun = db.write_statement(sql, values).await?;
    if begun.rows_affected() == 0 && !is_watched(db, actor, thing).await? {
        return Err(Rejected::TooLong.into());
    }
    Ok(())
}

/// The actor watches it no more.
pub async fn end(db: &Db, actor: &Actor, thing: &Thing) -> Result<()> {
    let Some(me) = actor.person_id() else {
        return Ok(());
    };
    let sql = match thing {
        Thing::Service(_) => "DELETE FROM service_watch WHERE service_id = $1 AND person_id = $2",
        Thing::View(_) => "DELETE FROM view_watch WHERE view = $1 AND person_id = $2",
    };
    db.write_statement(sql, vec![key(thing), me.into()]).await?;
    if let Thing::View(view) = thing {
        let sql = "DELETE FROM view_inside WHERE person_id = $1 AND view = $2";
        let values = vec![me.into(), view.as_str().into()];
        db.write_statement(sql, values).await?;
    }
    Ok(())
}

fn key(thing: &Thing) -> sea_orm::Value {
    match thing {
        Thing::Service(id) => (*id).into(),
        Thing::View(key) => key.as_str().into(),
    }
}
