//! Saying what is to be done to each: the control of every verb, and the act it stands for.

use entities::bulk::{self, Act, Model, State, Verb};
use entities::field::rules::Case;
use entities::field::{Depends, Field, Kind, Right, Values, read};
use entities::ticket::assign::Assignee;
use entities::ticket::classify::Place;
use entities::ticket::close::Ending;
use entities::ticket::filter::Standing;
use entities::ticket::{Kind as TicketKind, WaitingFor};
use entities::{DeskError, Uuid, service, team};
use maud::{Markup, html};
use poem::handler;

use super::{hang, serial, sheet, tell};
use crate::absences::away;
use crate::error::Result;
use crate::fields::control::{Control, Naming};
use crate::fields::typed::{self, Typed};
use crate::fields::words::{fault, label};
use crate::tickets::reminder::typed_moment;
use crate::tickets::state::standing_words;
use crate::web::cx::Cx;
use crate::web::form::Form;
use crate::web::parts::{self, Choice, Input, named, priority_choices, reason_choices};
use crate::web::permitted::Sub;
use crate::web::swap::Swap;
use crate::web::url;

/// The name of the control that says what a ticket gets.
pub(super) const VALUE: &str = "value";

/// What is wrong with what was said, beside its control.
pub type Fault = (&'static str, String);

/// The sentence for one control.
pub(super) fn fault_of<'a>(wrong: Option<&'a Fault>, name: &str) -> Option<&'a str> {
    let found = wrong.filter(|(at, _)| *at == name);
    found.map(|(_, words)| words.as_str())
}

/// `POST /tickets/bulk/:sub`: says it, and comes back to what it would do.
#[handler]
pub async fn update(cx: Cx, Sub(id): Sub, Form(typed): Form<Typed>) -> Result<Swap> {
    let bulk = bulk::find(&cx.db, &cx.actor, id).await?;
    if bulk.state != State::Staged {
        return Ok(Swap::go_to(cx.asks, url::bulk(id)));
    }
    if let Some(filled) = tell::filled(&cx, &bulk, &typed).await? {
        return Ok(Swap::page(sheet::page(&cx, &bulk, &filled, None).await?));
    }
    match act(&cx, &bulk, &typed).await? {
        Ok(act) => {
            bulk::choose(&cx.db, &cx.actor, id, &act).await?;
            Ok(Swap::go_to(cx.asks, url::bulk(id)))
        }
        Err(fault) => {
            let page = sheet::page(&cx, &bulk, &typed, Some(&fault)).await?;
            Ok(Swap::invalid(cx.asks, html! {}, page))
        }
    }
}

async fn act(cx: &Cx, bulk: &Model, typed: &Typed) -> Result<Result<Act, Fault>> {
    let value = typed.first(VALUE);
    let id = |text: &str| Uuid::try_parse(text).ok();
    let missing = |key: &str| Ok(Err((VALUE, cx.t(key))));
    Ok(Ok(match bulk.verb {
        Verb::Hang => return hang::act(cx, typed).await,
        Verb::Tell => return tell::act(cx, bulk, typed).await,
        Verb::Serial => return serial::act(cx, bulk, typed).await,
        Verb::Assign => Act::Assign(match (value, value.split_once(':')) {
            ("nobody", _) => Assignee::Nobody,
            ("me", _) => match cx.actor.person_id() {
                Some(id) => Assignee::Person { id },
                None => return Err(DeskError::Forbidden.into()),
            },
            (_, Some(("person", text))) if id(text).is_some() => Assignee::Person {
                id: id(text).unwrap_or_default(),
            },
            (_, Some(("team", text))) if id(text).is_some() => Assignee::Team {
                id: id(text).unwrap_or_default(),
            },
            _ => return missing("bulk-owner-missing"),
        }),
        Verb::Classify => {
            let Some(service_id) = id(value) else {
                return missing("bulk-service-missing");
            };
            Act::Classify {
                service_id: Some(service_id),
                team_id: service::list::responsible_team(&cx.db, service_id).await?,
            }
        }
        Verb::State => return Ok(state(cx, typed)),
        Verb::Priority => match named(value) {
            Some(priority) => Act::Prioritise(priority),
            None => return missing("bulk-priority-missing"),
        },
        Verb::Reminder => match (typed.first("remove"), typed_moment(cx, value)) {
            ("", None) => return missing("reminder-missing"),
            ("", Some(at)) if at <= cx.now.at => return missing("rejected-date-in-past"),
            ("", at) => Act::Remind(at),
            _ => Act::Remind(None),
        },
        Verb::Field => {
            let Some(field) = field(cx, typed.first("field")).await? else {
                return Ok(Err(("field", cx.t("bulk-field-missing"))));
            };
            let entry = typed.entry(VALUE).unwrap_or_default();
            let (case, none) = (case(), Values::new());
            match typed::value(cx, &field, &entry, &case, &none).await? {
                Ok(value) => Act::Field {
                    field_id: field.row.id,
                    value,
                },
                Err(why) => return Ok(Err((VALUE, fault(cx.locale, &field, why)))),
            }
        }
    }))
}

fn state(cx: &Cx, typed: &Typed) -> Result<Act, Fault> {
    let text = typed.first("until");
    let until = typed_moment(cx, text);
    if until.is_some_and(|at| at <= cx.now.at) {
        return Err(("until", cx.t("rejected-date-in-past")));
    }
    let wait = |waiting_for| Ok(Act::Wait { waiting_for, until });
    let close = |to| match named(typed.first("reason")) {
        Some(reason) => Ok(Act::Close {
            to,
            reason,
            reusable: !typed.first("reusable").is_empty(),
        }),
        None => Err(("reason", cx.t("rejected-reason-missing"))),
    };
    match Standing::from_name(typed.first(VALUE)) {
        Some(Standing::Open) => Ok(Act::Reopen),
        Some(Standing::WaitingForRequester) => wait(WaitingFor::Requester),
        Some(Standing::WaitingForVendor) => wait(WaitingFor::Vendor),
        Some(Standing::WaitingForDate) if until.is_none() => {
            Err(("until", cx.t("reminder-missing")))
        }
        Some(Standing::WaitingForDate) => wait(WaitingFor::Date),
        Some(Standing::Solved) => close(Ending::Solved),
        Some(Standing::Closed) => close(Ending::Closed),
        Some(Standing::New) | None => Err((VALUE, cx.t("bulk-state-missing"))),
    }
}

/// Of tickets as different as they come nothing is known.
fn case() -> Case {
    Case {
        kind: TicketKind::Incident,
        place: Place::default(),
        parent_service_id: None,
    }
}

/// The field of that key, when the reader may fill it; each ticket is asked what it offers.
pub(super) async fn field(cx: &Cx, key: &str) -> Result<Option<Field>> {
    let known = fillable(cx).await?;
    let Some(id) = known.iter().find(|f| f.row.key == key).map(|f| f.row.id) else {
        return Ok(None);
    };
    let mut field = read::with_options(&cx.db, &[id]).await?.pop();
    if let Some(field) = &mut field {
        field.settings.depends = Depends::Nothing;
    }
    Ok(field)
}

async fn fillable(cx: &Cx) -> Result<Vec<Field>> {
    let mut all = read::definitions(&cx.db).await?;
    all.retain(|f| f.row.retired_at.is_none() && f.right(&cx.actor) == Right::Write);
    Ok(all)
}

/// The controls of a verb with what was typed in them, once that is said those of the chosen field.
pub async fn controls(
    cx: &Cx,
    bulk: &Model,
    typed: &Typed,
    chosen: Option<&Field>,
    wrong: Option<&Fault>,
) -> Result<Markup> {
    let of = |name: &str| {
        wrong
            .filter(|(at, _)| *at == name)
            .map(|(_, words)| words.as_str())
    };
    let line = |name: &str, words: &str, kind: &str| {
        let input = Input::Line {
            kind,
            value: typed.first(name),
            autocomplete: None,
        };
        let field = parts::Field::new(name, words).fault(of(name));
        field.optional().render(cx.locale, input)
    };
    let select = |name: &str, words: &str, choices: &[Choice]| {
        let input = Input::Select {
            choices,
            value: typed.first(name),
        };
        let field = parts::Field::new(name, words).fault(of(name));
        let field = match name {
            VALUE => field.first(),
            _ => field,
        };
        field.render(cx.locale, input)
    };
    Ok(match bulk.verb {
        Verb::Assign => select(VALUE, &cx.t("bulk-to-whom"), &assignees(cx).await?),
        Verb::Classify => {
            let mut choices = vec![Choice::new("", cx.t("bulk-choose"))];
            let all = service::list::choices(&cx.db).await?;
            choices.extend(all.into_iter().map(|s| Choice::new(s.id, s.name)));
            select(VALUE, &cx.t("fact-service"), &choices)
        }
        Verb::State => {
            let mut choices = vec![Choice::new("", cx.t("bulk-choose"))];
            let ways = Standing::ALL.into_iter().filter(|s| *s != Standing::New);
            choices.extend(ways.map(|s| Choice::new(s.name(), standing_words(cx, s))));
            html! {
                (select(VALUE, &cx.t("fact-state"), &choices))
                (line("until", &cx.t("state-until"), "datetime-local"))
                (select("reason", &cx.t("bulk-reason"), &reason_choices(cx.locale)))
                label class="tick" {
                    input type="checkbox" name="reusable" value="1" checked[!typed.first("reusable").is_empty()];
                    span { (cx.t("bulk-reusable")) }
                }
            }
        }
        Verb::Priority => {
            let mut choices = vec![Choice::new("", cx.t("bulk-choose"))];
            choices.extend(priority_choices(cx.locale));
            select(VALUE, &cx.t("fact-priority"), &choices)
        }
        Verb::Reminder => html! {
            (line(VALUE, &cx.t("fact-reminder"), "datetime-local"))
            label class="tick" {
                input type="checkbox" name="remove" value="1" checked[!typed.first("remove").is_empty()];
                span { (cx.t("bulk-reminder-remove")) }
            }
        },
        Verb::Field => field_control(cx, typed, chosen, of("field"), of(VALUE)).await?,
        Verb::Hang => hang::controls(cx, typed, wrong).await?,
        Verb::Tell => tell::controls(cx, bulk, typed, wrong).await?,
        Verb::Serial => serial::controls(cx, bulk, typed, wrong).await?,
    })
}

async fn assignees(cx: &Cx) -> Result<Vec<Choice>> {
    let mut choices = vec![
        Choice::new("", cx.t("bulk-choose")),
        Choice::new("me", cx.t("owner-me")),
        Choice::new("nobody", cx.t("owner-nobody")),
    ];
    let mut agents = entities::person::list::agents(&cx.db).await?;
    away::tell(cx, &mut agents, None, None).await?;
    choices.extend(
        agents
            .into_iter()
            .map(|a| Choice::new(format!("person:{}", a.id), a.name)),
    );
    let teams = team::list::choices(&cx.db).await?.into_iter();
    let words = |name: &str| cx.locale.t_with("bulk-team", &[("team", name.into())]);
    choices.extend(teams.map(|t| Choice::new(format!("team:{}", t.id), words(&t.name))));
    Ok(choices)
}

/// Which field, and once that is said its own control.
async fn field_control(
    cx: &Cx,
    typed: &Typed,
    chosen: Option<&Field>,
    wrong_field: Option<&str>,
    wrong_value: Option<&str>,
) -> Result<Markup> {
    let key = typed.first("field");
    let Some(chosen) = chosen else {
        let mut choices = vec![Choice::new("", cx.t("bulk-choose"))];
        let all = fillable(cx).await?;
        choices.extend(
            all.iter()
                .map(|f| Choice::new(&f.row.key, label(cx.locale, f))),
        );
        let input = Input::Select {
            choices: &choices,
            value: key,
        };
        let words = cx.t("bulk-which-field");
        let field = parts::Field::new("field", &words)
            .fault(wrong_field)
            .first();
        return Ok(field.render(cx.locale, input));
    };
    let (case, none) = (case(), Values::new());
    let entry = typed.entry(VALUE).unwrap_or_default();
    let control = Control {
        field: chosen,
        name: VALUE,
        entry: &entry,
        fault: wrong_value,
        case: &case,
        beside: &none,
        hits: url::field_options(chosen.row.id),
        naming: Naming::Label,
        needed: false,
    };
    Ok(html! {
        input type="hidden" name="field" value=(key);
        (control.render(cx))
        @if chosen.row.kind != Kind::YesNo { p class="hint" { (cx.t("bulk-field-empty")) } }
    })
}
