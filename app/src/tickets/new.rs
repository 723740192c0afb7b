//! Take a call: a new ticket by phone, with the caller found while typing.

pub mod callers;
pub mod fields;
pub mod fragment;
pub mod read;
pub mod state;
pub mod taken;

use entities::draft;
use entities::field::{Field, Moment};
use entities::permit::Desk;
use entities::person::{CreateCaller, PersonFacts};
use entities::ticket::{Open, show};
use entities::{DeskError, Permit, Rejected, Uuid};
use maud::Markup;
use poem::handler;

use crate::error::{Result, rejected};
use crate::fields::typed::{Typed, name};
use crate::web::cx::Cx;
use crate::web::draft::draft_saved;
use crate::web::form::Form;
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::permitted::Permitted;
use crate::web::routing::Routes;
use crate::web::swap::Swap;
use crate::web::url;

use fragment::{caller_details, caller_tickets, phone_form, sheets};
use read::Wanted;
use state::{Phone, place};
use taken::{CALLER, EMAIL, NAME, TEXT, TITLE, Taken};

/// The addresses of the form.
pub fn routes(r: Routes) -> Routes {
    r.get("/tickets/new", new)
        .post("/tickets/new", create)
        .post("/tickets/new/draft", update)
        .post("/tickets/new/caller", callers::update)
        .post("/tickets/new/fields", fields::update)
        .post("/tickets/new/same", fields::same)
        .post("/tickets/new/similar", super::similar::of_call)
        .get("/tickets/new/callers", callers::list)
}

/// `GET /tickets/new`: the form as it was left.
#[handler]
async fn new(cx: Cx, may: Permitted<Open>) -> Result<Markup> {
    let Desk = may.on();
    let phone = Phone::load(&cx).await?;
    page(&cx, &phone).await
}

/// `POST /tickets/new/draft`: keeps what is being typed.
#[handler]
async fn update(cx: Cx, may: Permitted<Open>, Form(taken): Form<Typed>) -> Result<Swap> {
    let Desk = may.on();
    let taken = Taken::of_form(taken).settled();
    let once = taken.once();
    let place = place(&cx)?;
    let kept = draft::save(&cx.db, place, &taken.to_draft(), once.as_deref()).await?;
    Ok(Swap::or_go_to(cx.asks, url::new_ticket())
        .replace("draft-saved", draft_saved(&cx, Some(kept.at))))
}

/// `POST /tickets/new`: opens the ticket.
#[handler]
async fn create(cx: Cx, permit: Permitted<Open>, Form(taken): Form<Typed>) -> Result<Swap> {
    let taken = Taken::of_form(taken).settled();
    let once = taken.once();
    draft::save(&cx.db, place(&cx)?, &taken.to_draft(), once.as_deref()).await?;
    match taken.act.as_str() {
        "discard" => {
            draft::remove(&cx.db, place(&cx)?).await?;
            return Ok(Swap::go_to(cx.asks, url::tickets()));
        }
        // The form comes back with the people who match.
        "search" | "fields" => return Ok(Swap::go_to(cx.asks, url::new_ticket())),
        _ => {}
    }
    let phone = Phone::with(&cx, taken).await?;
    let values = phone.fields.values(&cx).await?;
    let (wanted, values) = match (read::wanted(&cx, &phone), values) {
        (Ok(wanted), Ok(values)) => (wanted, values),
        (wanted, values) => {
            let mut faults = wanted.err().unwrap_or_default();
            faults.extend(values.err().unwrap_or_default());
            return again(&cx, Phone { faults, ..phone }).await;
        }
    };
    let caller = match caller(&cx, &phone, &wanted).await? {
        Ok(id) => id,
        Err(fault) => {
            let faults = vec![fault];
            return again(&cx, Phone { faults, ..phone }).await;
        }
    };
    let mut open = read::open(&cx, &phone, wanted, caller).await?;
    open.fields = entities::field::change::prepare(&cx.db, &cx.actor, None, values).await?;
    let ticket = match cx.db.change(permit.into_permit(), open).await {
        Ok(done) => done.subject,
        Err(DeskError::AlreadyDone(id)) => show::by_id(&cx.db, &cx.actor, id).await?,
        Err(DeskError::Rejected(why)) => {
            let field = match why {
                Rejected::EmptyTitle => TITLE,
                Rejected::DateInPast => taken::CALLBACK,
                _ => TEXT,
            };
            let shown = phone.fields.shown.iter();
            let of = shown
                .clone()
                .find(|f| matches!(why, Rejected::Field { id, .. } if id == f.row.id));
            let needed = shown.filter(|_| why == Rejected::FieldsMissing);
            let needed = needed.filter(|f| is_needed(&phone, f));
            let mut faults: Vec<(String, String)> = needed
                .map(|f| (name(f), super::field::missing(&cx, f)))
                .collect();
            if let Some(of) = of {
                faults.push((name(of), super::field::told(&cx, of, why)));
            } else if faults.is_empty() {
                faults.push((field.to_owned(), rejected(cx.locale, why)));
            }
            return again(&cx, Phone { faults, ..phone }).await;
        }
        Err(e) => return Err(e.into()),
    };
    draft::remove(&cx.db, place(&cx)?).await?;
    Ok(Swap::go_to(cx.asks, url::ticket(&ticket.number)))
}

/// The person on the phone, made when not known yet; or what is wrong with them.
async fn caller(cx: &Cx, phone: &Phone, wanted: &Wanted) -> Result<Result<Uuid, (String, String)>> {
    if let Some(found) = &phone.caller {
        return Ok(Ok(found.id));
    }
    let introduce = CreateCaller {
        facts: PersonFacts {
            name: wanted.new_name.clone(),
            salutation: None,
            email: Some(phone.taken.email.trim().to_owned()).filter(|e| !e.is_empty()),
            phone: Some(phone.taken.phone.trim().to_owned()).filter(|p| !p.is_empty()),
        },
        once: phone.taken.once().map(|key| format!("{key}-caller")),
    };
    match cx.db.change(Permit::ask(&cx.actor, Desk)?, introduce).await {
        Ok(done) => Ok(Ok(done.subject.row.id)),
        Err(DeskError::AlreadyDone(id)) => Ok(Ok(id)),
        Err(DeskError::Rejected(why)) => {
            let field = match why {
                Rejected::AddressTaken | Rejected::NotAnAddress => EMAIL,
                Rejected::EmptyName => NAME,
                _ => CALLER,
            };
            Ok(Err((field.to_owned(), rejected(cx.locale, why))))
        }
        Err(e) => Err(e.into()),
    }
}

/// Whether a field is empty and needed for what the call ends with.
fn is_needed(phone: &Phone, field: &Field) -> bool {
    let required = &field.settings.required;
    let solved = phone.taken.outcome == "solved" && required.contains(&Moment::Close);
    let classified = !phone.taken.service_id.is_empty() && required.contains(&Moment::Classify);
    let needed = solved || classified || required.contains(&Moment::Create);
    needed && !phone.fields.beside.contains_key(&field.row.id)
}

/// The form once more, with what is wrong.
async fn again(cx: &Cx, phone: Phone) -> Result<Swap> {
    let page = page(cx, &phone).await?;
    Ok(Swap::invalid(cx.asks, phone_form(cx, &phone), page))
}

async fn page(cx: &Cx, phone: &Phone) -> Result<Markup> {
    Ok(cx
        .frame(Area::NewTicket)
        .await?
        .page(&cx.t("phone-title"), Stage::Side, &sheets(cx, phone)))
}

/// What follows when another caller was picked; the list has done its work.
fn caller_changed(cx: &Cx, phone: &Phone) -> Swap {
    Swap::or_go_to(cx.asks, url::new_ticket())
        .replace("caller-details", caller_details(cx, phone))
        .replace("caller-tickets", caller_tickets(cx, phone))
        .fill("callers", Markup::default())
}
