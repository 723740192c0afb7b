//! The addresses of every noun that has a [`NounForm`]: its forms, creating, updating, retiring and restoring.

use std::marker::PhantomData;

use entities::setting::{Create, Restore, Retire, Update};
use maud::Markup;
use poem::{FromRequest, Request, RequestBody, handler};

use super::noun::{self, NounForm};
use super::page::Asked;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::{Form, Query};
use crate::web::permitted::{Permitted, Sub};
use crate::web::routing::Routes;
use crate::web::swap::Swap;

/// Where the pages of a noun are; the list is its own.
pub struct At {
    pub new: &'static str,
    pub entry: &'static str,
    pub retire: &'static str,
    pub restore: &'static str,
}

/// The routes of one noun.
pub fn routes<F: NounForm>(routes: Routes, at: At) -> Routes {
    routes
        .get(at.new, new::<F>::default())
        .post(at.new, create::<F>::default())
        .post(at.entry, update::<F>::default())
        .with(|r| ends::<F>(r, at))
}

/// The routes of one whose form brings more than fields, as far as they are those of all.
pub fn ends<F: NounForm>(routes: Routes, at: At) -> Routes {
    routes
        .get(at.entry, edit::<F>::default())
        .post(at.retire, retire::<F>::default())
        .post(at.restore, restore::<F>::default())
}

/// Nothing of the request: it names the form of a handler that takes none.
struct Of<F>(PhantomData<F>);

impl<'a, F: NounForm> FromRequest<'a> for Of<F> {
    async fn from_request(_: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        Ok(Of(PhantomData))
    }
}

#[handler]
async fn new<F: NounForm>(
    cx: Cx,
    _permit: Permitted<Create<F::Noun>>,
    _form: Of<F>,
) -> Result<Markup> {
    noun::new::<F>(&cx).await
}

#[handler]
async fn create<F: NounForm>(
    cx: Cx,
    permit: Permitted<Create<F::Noun>>,
    Form(form): Form<F>,
) -> Result<Swap> {
    noun::create(&cx, permit.into_permit(), form).await
}

#[handler]
async fn edit<F: NounForm>(
    cx: Cx,
    Sub(id): Sub,
    Query(asked): Query<Asked>,
    _form: Of<F>,
) -> Result<Markup> {
    noun::edit::<F>(&cx, id, &asked).await
}

#[handler]
async fn update<F: NounForm>(
    cx: Cx,
    permit: Permitted<Update<F::Noun>>,
    Sub(id): Sub,
    Form(form): Form<F>,
) -> Result<Swap> {
    noun::update(&cx, permit.into_permit(), id, form).await
}

#[handler]
async fn retire<F: NounForm>(
    cx: Cx,
    permit: Permitted<Retire<F::Noun>>,
    Sub(id): Sub,
    _form: Of<F>,
) -> Result<Swap> {
    noun::retire(&cx, F::AREA, permit.into_permit(), id).await
}

#[handler]
async fn restore<F: NounForm>(
    cx: Cx,
    permit: Permitted<Restore<F::Noun>>,
    Sub(id): Sub,
    _form: Of<F>,
) -> Result<Swap> {
    noun::restore(&cx, F::AREA, permit.into_permit(), id).await
}
