//! The right to do something, as an argument of the handler: found through what the actor may see, then permitted.

use entities::permit::{Action, Permit, Protected};
use entities::{DeskError, Permission, Uuid};
use poem::{FromRequest, Request, RequestBody};

use crate::error::Error;
use crate::web::cx;

/// The part of an address that names the thing a handler is about.
pub const KEY: &str = "key";
/// The part that names something within it, such as a message of a ticket.
pub const SUB: &str = "sub";

/// A permit to run the command on the thing the address names. Not visible is 404, not permitted 403.
pub struct Permitted<C: Action>(Permit<C>);

impl<C: Action> Permitted<C> {
    /// The thing as it was found.
    pub fn on(&self) -> &C::On {
        self.0.on()
    }

    /// Hands the permit to `Db::change`.
    pub fn into_permit(self) -> Permit<C> {
        self.0
    }
}

impl<'a, C: Action> FromRequest<'a> for Permitted<C> {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        let cx = cx::of(request)?;
        let on = find::<C::On>(request).await?;
        Ok(Permitted(Permit::ask(&cx.actor, on).map_err(Error::from)?))
    }
}

/// The thing the address names, as far as the reader may see it.
pub struct Seen<T: Protected>(pub T);

impl<'a, T: Protected> FromRequest<'a> for Seen<T> {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        Ok(Seen(find::<T>(request).await?))
    }
}

async fn find<T: Protected>(request: &Request) -> Result<T, Error> {
    let cx = cx::of(request)?;
    let key = request.raw_path_param(KEY).unwrap_or_default();
    Ok(T::find(&cx.db, &cx.actor, key).await?)
}

/// Somebody who reads tickets at all: lists and their filters name teams, services and colleagues.
#[derive(Clone, Copy, Debug)]
pub struct Readers;

impl<'a> FromRequest<'a> for Readers {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        match cx::of(request)?
            .actor
            .may_somewhere(Permission::ReadTickets)
        {
            true => Ok(Readers),
            false => Err(Error::Desk(DeskError::Forbidden))?,
        }
    }
}

/// Whoever reads tickets, articles or cases, in whatever scope: what is found is asked of the database again.
#[derive(Clone, Copy, Debug)]
pub struct Finders;

impl<'a> FromRequest<'a> for Finders {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        let actor = &cx::of(request)?.actor;
        let may = [
            Permission::ReadTickets,
            Permission::ReadArticles,
            Permission::ReadCases,
        ];
        match may.into_iter().any(|one| actor.may_somewhere(one)) {
            true => Ok(Finders),
            false => Err(Error::Desk(DeskError::Forbidden))?,
        }
    }
}

/// What the address calls the thing it is about, for those who find it themselves.
#[derive(Clone, Debug)]
pub struct Key(pub String);

impl<'a> FromRequest<'a> for Key {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        let key = request.raw_path_param(KEY).unwrap_or_default();
        Ok(Key(key.to_owned()))
    }
}

/// The id of something within the thing the address names. It is worth nothing without that thing.
#[derive(Clone, Copy, Debug)]
pub struct Sub(pub Uuid);

impl<'a> FromRequest<'a> for Sub {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        let id = request
            .raw_path_param(SUB)
            .and_then(|text| Uuid::try_parse(text).ok());
        Ok(Sub(id.ok_or(Error::Desk(DeskError::Hidden))?))
    }
}
