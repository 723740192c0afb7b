//! What a handler of the portal knows of the request: the vendor's own views, and nothing of the desk behind them.

use entities::Uuid;
use entities::portal::{self, Line, Vendor};
use poem::{FromRequest, Request, RequestBody};
use search::document::Scope;

use crate::error::Error;
use crate::finding::permission;
use crate::locale::{Locale, Now};
use crate::web::cx::{self, Asks, Cx};
use crate::web::layout::{Frame, Reach};
use crate::web::portal_bar::{PortalBar, PortalPage};

/// The most that a search shows.
const MOST_FOUND: usize = 50;

/// The request of somebody of a vendor.
#[derive(Clone, Debug)]
pub struct PortalCx {
    /// Everything there is to see and to do.
    pub vendor: Vendor,
    pub locale: Locale,
    pub now: Now,
    pub asks: Asks,
    // Handlers reach neither database nor actor through it.
    cx: Cx,
}

impl PortalCx {
    /// A sentence in the reader's language.
    pub fn t(&self, key: &str) -> String {
        self.locale.t(key)
    }

    /// The token of the forms.
    pub fn csrf(&self) -> &str {
        &self.cx.session.csrf
    }

    /// What the desk is called.
    pub fn desk(&self) -> &str {
        &self.cx.desk.config.organisation.name
    }

    /// What of the shared tickets words find, the best first; none while the index does not answer.
    pub async fn find(&self, words: &str) -> Result<Option<Vec<Line>>, Error> {
        let request = search::Request {
            scopes: vec![Scope::Files],
            permission: permission::shared_with(self.vendor.organisation_id()),
            limit: MOST_FOUND,
            ..search::Request::of(search::Typed::parse(words, &[]))
        };
        let Some(answer) = self.cx.desk.index.answer(request).await else {
            return Ok(None);
        };
        let ids: Vec<Uuid> = answer.hits.iter().map(|hit| hit.key.id).collect();
        let mut lines = self.vendor.found(&ids).await?;
        Ok(Some(ids.iter().filter_map(|id| lines.remove(id)).collect()))
    }

    /// The frame of a page.
    pub async fn frame(&self, at: PortalPage) -> Result<Frame<'_>, Error> {
        let bar = PortalBar {
            at,
            organisation: Some(self.vendor.organisation()),
            open: Some(self.vendor.open_count().await?),
            coordinates: self.vendor.coordinates(),
        };
        let mut frame = self
            .cx
            .frame_with(crate::web::nav::Area::None, maud::html! {});
        if let Some(person) = &mut frame.person {
            person.reach = Reach::Portal(bar);
        }
        Ok(frame)
    }
}

/// Lets in who belongs to a vendor.
pub async fn enter(request: &Request) -> Result<PortalCx, Error> {
    let cx = cx::visitor(request)?.signed_in().ok_or(Error::SignIn)?;
    Ok(PortalCx {
        vendor: portal::enter(&cx.db, &cx.actor).await?,
        locale: cx.locale,
        now: cx.now,
        asks: cx.asks,
        cx,
    })
}

impl<'a> FromRequest<'a> for PortalCx {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        let entered = request.extensions().get::<PortalCx>().cloned();
        Ok(entered.ok_or(Error::Broken("no gate of the portal around this route"))?)
    }
}
