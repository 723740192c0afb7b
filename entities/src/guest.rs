//! People of vendors who may use the portal: how they are let in and out, by the unit or by somebody who coordinates
//! for their vendor.

pub mod accept;
pub mod invitation;
pub mod list;

mod change;
mod house;
mod invite;
mod part;

pub use accept::Accept;
pub use change::{Act, ChangeGuest, change};
pub use house::House;
pub use invitation::Invitation;
pub use invite::{Invite, Typed, invite};
pub use list::{Guest, Standing};
pub use part::Part;

use chrono::Duration;
use uuid::Uuid;

use crate::db::Db;
use crate::error::{DeskError, Rejected, Result};
use crate::policy::Permission;
use crate::sign_in;
use house::Side;

/// So many invitations leave a vendor's own house in an hour.
const MOST_OF_HOUSE: u32 = 30;
/// So many go to one person in that time, whoever sends them.
const MOST_TO_PERSON: u32 = 5;
const WINDOW: Duration = Duration::hours(1);

/// Counts an invitation that is about to go to somebody, if the desk knows them.
///
/// # Errors
/// `TooManyInvitations` when that would be more than people should get, or a vendor should send by the desk's mailbox.
async fn count_invitation(db: &Db, house: &House, person_id: Option<Uuid>) -> Result<()> {
    let to = person_id.map(|id| (format!("invitations to {id}"), MOST_TO_PERSON));
    let of = match house.side {
        Side::Unit => None,
        Side::Vendor => Some((format!("invitations of {}", house.id), MOST_OF_HOUSE)),
    };
    for (key, most) in to.into_iter().chain(of) {
        let until = sign_in::count_up_to(db, &key, most, WINDOW).await?;
        if until.is_some() {
            return Err(Rejected::TooManyInvitations.into());
        }
    }
    Ok(())
}

/// A form that was sent twice was done once.
fn done<T>(result: Result<T>) -> Result<()> {
    match result {
        Ok(_) | Err(DeskError::AlreadyDone(_)) => Ok(()),
        Err(error) => Err(error),
    }
}

/// What letting in and out needs, by whoever it is done.
const NEEDS: Permission = Permission::InviteVendors;
