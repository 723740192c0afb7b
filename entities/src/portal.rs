//! What a vendor sees and does: views made of named columns, each bounded by the vendor's own organisation.
//!
//! [`Vendor`] is the only way in. It holds the database and hands it to nobody, so that pages made from it can show nothing
//! else: no ticket, no message to others, no setting.

pub mod case;
pub mod message;

mod act;
mod contact;
mod list;
mod people;
mod plan;

use std::sync::Arc;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

pub use act::{Answer, Fill, Upload};
pub use case::{Case, Clock};
pub use contact::Contact;
pub use list::Line;
pub use message::{File, Message, Who};
pub use plan::Release;

pub use crate::page::{Cursor, Page};
pub use crate::ticket::share::enquiry::Enquiry;
pub use crate::ticket::share::{Assessment, Repair, Side, VendorFields};
pub use crate::ticket::vendor_number::VendorNumber;

use crate::actor::{Actor, Rule};
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::organisation::{self, OrganisationKind};
use crate::policy::{Permission, Place, allows};
use crate::site::{Readers, Site};
use crate::ticket::number;

/// Somebody of a vendor, with everything the portal can do.
#[derive(Clone, Debug)]
pub struct Vendor {
    db: Db,
    actor: Actor,
    organisation_id: Uuid,
    organisation: Arc<str>,
}

/// Lets in who may use the portal and belongs to exactly one vendor.
///
/// # Errors
/// `Hidden` for everybody else.
pub async fn enter(db: &Db, actor: &Actor) -> Result<Vendor> {
    if !actor.may_somewhere(Permission::UsePortal) {
        return Err(DeskError::Hidden);
    }
    let houses = organisation::Entity::find()
        .filter(
            organisation::COLUMN
                .id
                .is_in(actor.organisations().iter().copied()),
        )
        .filter(organisation::Column::Kind.is_in(OrganisationKind::PARTNERS))
        .filter(organisation::COLUMN.retired_at.is_null())
        .all(db.reader())
        .await?;
    let [house] = houses.as_slice() else {
        return Err(DeskError::Hidden);
    };
    let place = Place::Share {
        organisation_id: house.id,
    };
    if !allows(actor, Permission::UsePortal, place) {
        return Err(DeskError::Hidden);
    }
    Ok(Vendor {
        db: db.clone(),
        actor: actor.clone(),
        organisation_id: house.id,
        organisation: house.name.as_str().into(),
    })
}

/// A ticket as that vendor sees it, for the index; none when it is not shared with them.
///
/// # Errors
/// The database's.
pub async fn as_shared(db: &Db, organisation_id: Uuid, number: &str) -> Result<Option<Case>> {
    let nobody = Vendor {
        db: db.clone(),
        actor: Actor::System(Rule::Console),
        organisation_id,
        organisation: "".into(),
    };
    let Some(number) = number::parse(number) else {
        return Ok(None);
    };
    match nobody.case_numbered(number).await {
        Ok(case) => Ok(Some(case)),
        Err(DeskError::Hidden) => Ok(None),
        Err(error) => Err(error),
    }
}

impl Vendor {
    /// Whose it is, as the index has it.
    pub fn organisation_id(&self) -> Uuid {
        self.organisation_id
    }

    /// What the vendor is called.
    pub fn organisation(&self) -> &str {
        &self.organisation
    }

    /// What is known for the vendor.
    pub fn site(&self) -> Site {
        let readers = Readers::Vendor(self.organisation_id);
        Site::of(&self.db, readers, self.actor.person_id())
    }

    fn now(&self) -> Instant {
        self.db.clock().now()
    }
}
