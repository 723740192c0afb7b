//! Moving a view one place up or down on its shelf.

use entities::permit::Permit;
use entities::setting::{self, Show};
use entities::view::{self, ViewFacts};
use entities::{DeskError, Rejected};
use poem::handler;
use serde::Deserialize;

use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::Form;
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;
use crate::web::url;

/// Which way.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct MoveForm {
    to: String,
}

/// `POST /views/:key/move`: those whose place changes get a new one, each with an event of its own.
#[handler]
pub async fn update(
    cx: Cx,
    permit: Permitted<view::Update>,
    Form(form): Form<MoveForm>,
) -> Result<Swap> {
    let view = permit.on();
    let mut shelf = view::list(&cx.db, &cx.actor, Show::Active).await?;
    shelf.retain(|other| other.shelf == view.shelf);
    let here = shelf.iter().position(|other| other.id == view.id);
    let there = match form.to.as_str() {
        "up" => here.and_then(|here| here.checked_sub(1)),
        _ => here
            .map(|here| here + 1)
            .filter(|there| *there < shelf.len()),
    };
    if let (Some(here), Some(there)) = (here, there) {
        shelf.swap(here, there);
        let mut pairs = Vec::new();
        for (place, view) in (1..).zip(shelf) {
            let position = place * setting::position::STEP;
            if view.position != position {
                let facts = ViewFacts {
                    position,
                    ..view.facts()
                };
                pairs.push((Permit::ask(&cx.actor, view)?, view::Update { facts }));
            }
        }
        for done in cx.db.change_many(pairs).await? {
            match done {
                // Somebody took it out of use in this moment.
                Ok(_) | Err(DeskError::Rejected(Rejected::Retired)) => {}
                Err(other) => return Err(other.into()),
            }
        }
    }
    Ok(Swap::go_to(cx.asks, url::all_views()))
}
