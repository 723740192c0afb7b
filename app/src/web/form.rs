//! Forms and queries as values; several fields of one name are a list.

use chrono::{Datelike as _, NaiveDate};
use entities::field::parse;
use poem::{FromRequest, Request, RequestBody};
use serde::de::DeserializeOwned;

use crate::error::Error;

/// The most bytes of a form without files.
const MOST_BYTES: usize = 8 * 1024 * 1024;

/// The fields of a posted form. What a person can mistype belongs into `String` fields, checked by the handler.
#[derive(Debug)]
pub struct Form<T>(pub T);

impl<'a, T: DeserializeOwned + Send> FromRequest<'a> for Form<T> {
    async fn from_request(_: &'a Request, body: &mut RequestBody) -> poem::Result<Self> {
        let bytes = body.take()?.into_bytes_limit(MOST_BYTES).await?;
        let form =
            serde_html_form::from_bytes(&bytes).map_err(|e| Error::Request(e.to_string()))?;
        Ok(Form(form))
    }
}

/// The query of an address.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<'a, T: DeserializeOwned + Send> FromRequest<'a> for Query<T> {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        let query = request.uri().query().unwrap_or_default();
        let query = serde_html_form::from_str(query).map_err(|e| Error::Request(e.to_string()))?;
        Ok(Query(query))
    }
}

/// The hidden token every form of ours begins with.
pub fn csrf(token: &str) -> maud::Markup {
    maud::html! { input type="hidden" name=(super::csrf::FIELD) value=(token); }
}

/// The hidden key that lets one form change something only once.
pub fn once() -> maud::Markup {
    maud::html! { input type="hidden" name="once" value=(entities::Uuid::new_v4().simple()); }
}

/// The day that stands in a field, as a browser sends it or as people without such a field write it.
pub fn date(text: &str) -> Option<NaiveDate> {
    let year = |day: &NaiveDate| (1970..=9999).contains(&day.year());
    parse::day(text.trim()).filter(year)
}
