//! What a handler knows of the request: the desk, who asks, in which language, and by which way.

use std::sync::Arc;

use chrono::TimeDelta;
use entities::policy::{self, Place};
use entities::session::{Session, told};
use entities::{Actor, Db, DeskError, Permission, article, effort, notice};
use poem::{FromRequest, Request, RequestBody};

use crate::desk::Desk;
use crate::error::Error;
use crate::live::Mark;
use crate::locale::{Locale, Now};
use crate::web::layout::{Density, Door, Reach, SingleKeys, Theme};
use crate::web::nav::Area;
use crate::web::portal_bar::{PortalBar, PortalPage};
use crate::web::swap::Swap;
use crate::web::{layout, parts, url, views};

/// The request of a signed-in person.
#[derive(Clone, Debug)]
pub struct Cx {
    pub desk: Desk,
    pub db: Db,
    pub actor: Actor,
    pub session: Arc<Session>,
    pub locale: Locale,
    pub now: Now,
    pub asks: Asks,
    /// Up to where what happened is in what this request reads.
    pub knows: Mark,
}

/// The request of anybody.
#[derive(Clone, Debug)]
pub struct Visitor {
    pub desk: Desk,
    pub session: Option<Arc<Session>>,
    pub locale: Locale,
    pub now: Now,
    /// The network address the request came from.
    pub address: String,
    /// The browser's own name.
    pub browser: String,
    pub asks: Asks,
}

/// For what the browser asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// A whole page.
    Page,
    /// A fragment to swap in.
    Fragment,
}

impl Visitor {
    /// As a signed-in person, when it is one.
    pub fn signed_in(&self) -> Option<Cx> {
        let session = self.session.clone()?;
        Some(Cx {
            desk: self.desk.clone(),
            db: self.desk.db.clone(),
            actor: session.actor.clone(),
            session,
            locale: self.locale,
            now: self.now,
            asks: self.asks,
            knows: self.desk.live.mark(),
        })
    }

    /// The frame of a page for somebody who has not signed in.
    pub fn frame(&self) -> layout::Frame<'_> {
        layout::Frame {
            locale: self.locale,
            now: self.now,
            organisation: &self.desk.config.organisation,
            mode: self.desk.mode,
            person: None,
            area: Area::None,
            query: "",
            views: maud::Markup::default(),
            unread: None,
            timer: None,
            toasts: maud::Markup::default(),
        }
    }
}

impl Cx {
    /// Whether the policy allows it at that place; the same answer the model gives.
    pub fn may(&self, permission: Permission, place: Place) -> bool {
        policy::allows(&self.actor, permission, place)
    }

    /// A sentence in the reader's language.
    pub fn t(&self, key: &str) -> String {
        self.locale.t(key)
    }

    /// Whether only a fragment is wanted.
    pub fn wants_fragment(&self) -> bool {
        self.asks == Asks::Fragment
    }

    /// The frame of a page, with the views and their counts at the side.
    pub async fn frame(&self, area: Area) -> Result<layout::Frame<'_>, Error> {
        self.frame_at(area, "").await
    }

    /// The same with the address of the view that is open.
    pub async fn frame_at(&self, area: Area, at: &str) -> Result<layout::Frame<'_>, Error> {
        if self.actor.is_guest() {
            return Ok(self.frame_with(area, maud::html! {}));
        }
        let views = views::views(self, at).await?;
        self.frame_around(area, views).await
    }

    /// The frame around views already made, with what the reader has not read by now.
    pub async fn frame_around(
        &self,
        area: Area,
        views: maud::Markup,
    ) -> Result<layout::Frame<'_>, Error> {
        let timer = self.timer().await?;
        self.frame_knowing(area, views, timer).await
    }

    /// The same on a page that knows the reader's running timer already.
    pub async fn frame_knowing(
        &self,
        area: Area,
        views: maud::Markup,
        timer: Option<effort::Timer>,
    ) -> Result<layout::Frame<'_>, Error> {
        Ok(layout::Frame {
            unread: Some(self.unread_notices().await?),
            timer,
            toasts: self.told().await,
            ..self.frame_with(area, views)
        })
    }

    /// Tells it on the next page: the answer to this request shows none, or leads there at once.
    pub async fn tell_next(&self, toast: &maud::Markup) -> Result<(), Error> {
        match toast.0.is_empty() {
            true => Ok(()),
            false => Ok(told::tell(&self.db, &self.session, &toast.0).await?),
        }
    }

    /// What was to be told on the next page, which is this one.
    async fn told(&self) -> maud::Markup {
        let told = self.session.told.as_ref();
        let Some(told) = told.filter(|_| !self.wants_fragment()) else {
            return maud::Markup::default();
        };
        if let Err(error) = told::forget(&self.db, &self.session).await {
            tracing::warn!(%error, "what was told is told once more");
        }
        let undo = TimeDelta::seconds(self.session.preference.undo_seconds.into());
        parts::later(&told.text, told.at + undo - self.now.at)
    }

    /// The frame around views already made, or none.
    pub fn frame_with(&self, area: Area, views: maud::Markup) -> layout::Frame<'_> {
        let likes = &self.session.preference;
        layout::Frame {
            locale: self.locale,
            now: self.now,
            organisation: &self.desk.config.organisation,
            mode: self.desk.mode,
            person: Some(layout::Person {
                name: &self.session.name,
                reach: self.reach(),
                cases: Door::open_if(self.actor.may_somewhere(Permission::ReadCases)),
                articles: Door::open_if(article::list::may_look(&self.actor)),
                effort: Door::open_if(self.actor.may_somewhere(Permission::BookEffort)),
                absences: Door::open_if(self.actor.may_somewhere(Permission::ReadTickets)),
                csrf: &self.session.csrf,
                theme: match likes.theme.as_deref() {
                    Some("light") => Theme::Light,
                    Some("dark") => Theme::Dark,
                    _ => Theme::System,
                },
                density: Density::from_name(&likes.density).unwrap_or(Density::Normal),
                single_keys: if likes.single_keys {
                    SingleKeys::On
                } else {
                    SingleKeys::Off
                },
                own_keys: likes.own_keys.as_deref(),
                knows: self.knows,
            }),
            area,
            query: "",
            views,
            unread: None,
            timer: None,
            toasts: maud::Markup::default(),
        }
    }

    fn reach(&self) -> Reach<'_> {
        if self.actor.is_guest() {
            return Reach::Portal(PortalBar {
                at: PortalPage::Other,
                organisation: None,
                open: None,
                coordinates: self.actor.may_somewhere(Permission::InviteVendors),
            });
        }
        match self.may_settings() {
            true => Reach::DeskAndSettings,
            false => Reach::Desk,
        }
    }

    /// How many notices the reader has not read.
    pub async fn unread_notices(&self) -> Result<i64, Error> {
        Ok(notice::unread(&self.db, &self.actor).await?)
    }

    /// The reader's timer, while it runs.
    async fn timer(&self) -> Result<Option<effort::Timer>, Error> {
        match self.actor.may_somewhere(Permission::BookEffort) {
            true => Ok(effort::timer::running(&self.db, &self.actor).await?),
            false => Ok(None),
        }
    }

    /// Whether any settings page is open to this person.
    pub fn may_settings(&self) -> bool {
        [
            Permission::ManagePeople,
            Permission::ManageOrganisations,
            Permission::InviteVendors,
            Permission::ManageTeams,
            Permission::ManageServices,
            Permission::ManageFields,
            Permission::ManageTextBlocks,
            Permission::PublishArticles,
            Permission::ManageMailboxes,
            Permission::SettleMail,
            Permission::ManageRoles,
        ]
        .into_iter()
        .any(|permission| self.actor.may_somewhere(permission))
    }
}

impl<'a> FromRequest<'a> for Visitor {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        Ok(visitor(request)?)
    }
}

impl<'a> FromRequest<'a> for Cx {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        Ok(of(request)?)
    }
}

/// The signed-in person of a request. For guests no route of the desk is there, save those that admit them.
pub fn of(request: &Request) -> Result<Cx, Error> {
    let cx = visitor(request)?.signed_in().ok_or(Error::SignIn)?;
    let admitted = request.extensions().get::<Admitted>().is_some();
    match cx.actor.is_guest() && !admitted {
        true => Err(Error::Desk(DeskError::Hidden)),
        false => Ok(cx),
    }
}

/// Stands with a request that guests may make too.
#[derive(Clone, Copy, Debug)]
struct Admitted;

/// Lets guests make this request.
pub fn admit_guests(request: &mut Request) {
    request.extensions_mut().insert(Admitted);
}

/// Where a guest belongs who comes to the desk's front door.
pub fn way_of_a_guest(request: &Request) -> Result<Option<Swap>, Error> {
    let cx = visitor(request)?.signed_in().ok_or(Error::SignIn)?;
    let to = cx.actor.is_guest().then(url::portal);
    Ok(to.map(|to| Swap::go_to(cx.asks, to)))
}

/// What the session layer found out about a request.
pub fn visitor(request: &Request) -> Result<Visitor, Error> {
    request
        .extensions()
        .get::<Visitor>()
        .cloned()
        .ok_or(Error::Broken("no session layer around this route"))
}
