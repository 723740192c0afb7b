//! From the form of a call to the command it stands for, or to its faults.

use chrono::NaiveDateTime;
use entities::ticket::classify::Place;
use entities::ticket::message::NewMessage;
use entities::ticket::open::AfterOpen;
use entities::ticket::{Audience, Channel, ClosingReason, Direction, Kind, Open, Priority};
use entities::{Uuid, service};

use super::state::Phone;
use super::taken::{CALLBACK, CALLER, DISTRICT, NAME, REASON, SERVICE, TEXT, TITLE};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::parts::named;

/// What the form says, once it says everything.
#[derive(Clone, Debug)]
pub struct Wanted {
    kind: Kind,
    priority: Priority,
    service_id: Option<Uuid>,
    district_id: Option<Uuid>,
    then: AfterOpen,
    /// Name of the person to be made; empty when the caller is known.
    pub new_name: String,
}

/// Reads the form; or every fault: field and sentence.
pub fn wanted(cx: &Cx, phone: &Phone) -> Result<Wanted, Vec<(String, String)>> {
    let taken = &phone.taken;
    let mut faults: Vec<(String, String)> = Vec::new();
    let mut fault = |field: &str, sentence: String| faults.push((field.to_owned(), sentence));
    let typed_name = match taken.name.trim() {
        "" => taken.caller.trim(),
        name => name,
    };
    if phone.caller.is_none() && !taken.is_new_person() {
        fault(CALLER, cx.t("phone-caller-fault"));
    }
    if taken.is_new_person() && !typed_name.contains(char::is_alphabetic) {
        fault(NAME, cx.t("rejected-empty-name"));
    }
    if taken.title.trim().is_empty() {
        fault(TITLE, cx.t("rejected-empty-title"));
    }
    if taken.title.chars().any(char::is_control) {
        fault(TITLE, cx.t("composer-subject-fault"));
    }
    if taken.text.trim().is_empty() {
        fault(TEXT, cx.t("rejected-empty-text"));
    }
    let mut one_of = |field: &str, typed: &str, choices: &[entities::setting::Choice]| {
        let id = Uuid::try_parse(typed).ok();
        let known = id.filter(|id| choices.iter().any(|choice| choice.id == *id));
        if known.is_none() && !typed.is_empty() {
            fault(field, cx.t("rejected-retired"));
        }
        known
    };
    let service_id = one_of(SERVICE, &taken.service_id, &phone.services);
    let district_id = one_of(DISTRICT, &taken.district_id, &phone.districts);
    let then = match taken.outcome.as_str() {
        "team" => Some(AfterOpen::HandToTeam),
        "solved" => {
            let reason = named::<ClosingReason>(&taken.reason);
            if reason.is_none() {
                fault(REASON, cx.t("rejected-reason-missing"));
            }
            reason.map(AfterOpen::Solved)
        }
        "callback" => {
            let at = NaiveDateTime::parse_from_str(&taken.callback, "%Y-%m-%dT%H:%M").ok();
            let at = at.map(|at| cx.now.instant(at.date(), at.time()));
            match at {
                None => fault(CALLBACK, cx.t("phone-callback-fault")),
                Some(at) if at <= cx.now.at => fault(CALLBACK, cx.t("rejected-date-in-past")),
                Some(_) => {}
            }
            at.map(AfterOpen::CallBack)
        }
        _ => Some(AfterOpen::Mine),
    };
    match (then, faults.is_empty()) {
        (Some(then), true) => Ok(Wanted {
            kind: named(&taken.kind).unwrap_or(Kind::Incident),
            priority: named(&taken.priority).unwrap_or(Priority::Normal),
            service_id,
            district_id,
            then,
            new_name: typed_name.to_owned(),
        }),
        _ => Err(faults),
    }
}

/// The command, with the caller found or made.
pub async fn open(cx: &Cx, phone: &Phone, wanted: Wanted, caller: Uuid) -> Result<Open> {
    let taken = &phone.taken;
    let team_id = match wanted.service_id {
        Some(id) => service::list::responsible_team(&cx.db, id).await?,
        None => None,
    };
    let body = taken.text.replace("\r\n", "\n").trim_end().to_owned();
    let known_phone = phone.caller.as_ref().and_then(|c| c.phone.as_deref());
    let other_phone = Some(taken.phone.trim())
        .filter(|typed| !typed.is_empty() && phone.caller.is_some())
        .filter(|typed| digits(typed) != digits(known_phone.unwrap_or_default()));
    // A number for this case alone is part of what was said.
    let body = match other_phone {
        Some(number) => {
            let number = number.replace(char::is_control, " ");
            let line = cx
                .locale
                .t_with("phone-number-line", &[("number", number.into())]);
            format!("{body}\n\n{line}")
        }
        None => body,
    };
    let first = NewMessage {
        author_id: Some(caller),
        ..NewMessage::text(Audience::Requester, Direction::In, Channel::Phone, body)
    };
    Ok(Open {
        title: taken.title.trim().to_owned(),
        kind: wanted.kind,
        priority: wanted.priority,
        place: Place {
            service_id: wanted.service_id,
            team_id,
        },
        requester_id: Some(caller),
        organisation_id: phone.caller.as_ref().and_then(|c| c.organisation_id),
        district_id: wanted.district_id,
        mailbox_id: None,
        fields: entities::field::change::Sets::default(),
        first,
        then: wanted.then,
        once: taken.once(),
    })
}

fn digits(number: &str) -> String {
    entities::text::phone_digits(number)
}
