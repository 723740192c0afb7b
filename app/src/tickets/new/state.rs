//! Everything the form for a call shows.

use entities::draft::{self, Mode, Place};
use entities::person::search::{self, Found};
use entities::setting::Choice;
use entities::ticket::filter::Filter;
use entities::ticket::list::{Row, Sort, list};
use entities::{Instant, Uuid, organisation, service};

use super::fields::Fields;
use super::taken::Taken;
use crate::error::Result;
use crate::web::cx::Cx;

/// The most people a search shows.
pub const MOST_FOUND: u64 = 8;
/// The most open tickets of a caller beside the form.
const MOST_TICKETS: u64 = 10;

/// The form with what is known around it.
#[derive(Clone, Debug)]
pub struct Phone {
    pub taken: Taken,
    /// Who is on the phone, once that is settled.
    pub caller: Option<Found>,
    /// Who could be on the phone, while it is not.
    pub found: Vec<Found>,
    pub tickets: Vec<Row>,
    pub districts: Vec<Choice>,
    pub services: Vec<Choice>,
    pub fields: Fields,
    pub saved_at: Option<Instant>,
    /// Field and sentence.
    pub faults: Vec<(String, String)>,
}

impl Phone {
    /// The form as it was left, or an empty one.
    pub async fn load(cx: &Cx) -> Result<Phone> {
        let draft = draft::find(&cx.db, place(cx)?).await?;
        let saved_at = draft.as_ref().map(|d| d.changed_at);
        let taken = draft
            .and_then(|d| Taken::of_draft(&d.content))
            .unwrap_or_else(Taken::fresh);
        let phone = Phone::with(cx, taken).await?;
        Ok(Phone { saved_at, ..phone })
    }

    /// The form with what it just brought.
    pub async fn with(cx: &Cx, taken: Taken) -> Result<Phone> {
        let id = Uuid::try_parse(&taken.person_id).ok();
        let caller = match id {
            Some(id) => search::by_id(&cx.db, &cx.actor, id).await?,
            None => None,
        };
        let is_open = caller.is_none() && !taken.is_new_person();
        let found = match is_open {
            true => search::search(&cx.db, &cx.actor, &taken.caller, MOST_FOUND).await?,
            false => vec![],
        };
        let tickets = match &caller {
            Some(caller) => open_tickets(cx, caller.id).await?,
            None => vec![],
        };
        Ok(Phone {
            districts: organisation::list::districts(&cx.db).await?,
            services: service::list::choices(&cx.db).await?,
            fields: Fields::read(cx, &taken).await?,
            taken,
            caller,
            found,
            tickets,
            saved_at: None,
            faults: vec![],
        })
    }

    /// The sentence about a field.
    pub fn fault(&self, field: &str) -> Option<&str> {
        self.faults
            .iter()
            .find(|(of, _)| of == field)
            .map(|(_, sentence)| sentence.as_str())
    }
}

/// Where this person's draft of a call lies.
pub fn place(cx: &Cx) -> Result<Place> {
    Ok(Place::of(&cx.actor, None, Mode::New)?)
}

async fn open_tickets(cx: &Cx, requester_id: Uuid) -> Result<Vec<Row>> {
    let filter = Filter {
        requester_id: Some(requester_id),
        ..Filter::default()
    };
    let page = list(
        &cx.db,
        &cx.actor,
        &filter,
        Sort::default(),
        None,
        MOST_TICKETS,
    );
    Ok(page.await?.rows)
}
