//! Hanging tickets on a fault: which fault it is.

use entities::bulk::Act;
use entities::ticket::{fault, show};
use entities::{DeskError, Uuid};
use maud::{Markup, html};

use super::say::{Fault, VALUE, fault_of};
use crate::error::Result;
use crate::fields::typed::Typed;
use crate::web::cx::Cx;
use crate::web::parts::{Choice, Field, Input};

/// The name of the control for a number.
const NUMBER: &str = "number";

/// The act the form stands for; a number that was typed counts more than what was chosen.
pub(super) async fn act(cx: &Cx, typed: &Typed) -> Result<Result<Act, Fault>> {
    let number = typed.first(NUMBER).trim();
    if number.is_empty() {
        return Ok(match Uuid::try_parse(typed.first(VALUE)) {
            Ok(fault_id) => Ok(Act::Hang { fault_id }),
            Err(_) => Err((VALUE, cx.t("bulk-fault-missing"))),
        });
    }
    match show::by_number(&cx.db, &cx.actor, number).await {
        Ok(fault) => Ok(Ok(Act::Hang { fault_id: fault.id })),
        Err(DeskError::Hidden) => Ok(Err((NUMBER, cx.t("pick-nothing")))),
        Err(error) => Err(error.into()),
    }
}

/// The controls with what was typed: the faults that are shared, and a line for any other.
pub(super) async fn controls(cx: &Cx, typed: &Typed, wrong: Option<&Fault>) -> Result<Markup> {
    let of = |name: &str| fault_of(wrong, name);
    let mut choices = vec![Choice::new("", cx.t("bulk-choose"))];
    let offered = fault::offered(&cx.db, &cx.actor).await?;
    let words = |fault: &fault::Fault| format!("{} {}", fault.number, fault.title);
    choices.extend(offered.iter().map(|f| Choice::new(f.id, words(f))));
    let (chosen, number) = (cx.t("bulk-fault"), cx.t("bulk-fault-number"));
    let choose = Input::Select {
        choices: &choices,
        value: typed.first(VALUE),
    };
    let line = Input::Line {
        kind: "text",
        value: typed.first(NUMBER),
        autocomplete: Some("off"),
    };
    Ok(html! {
        p class="muted" { (cx.t("bulk-hang-intro")) }
        (Field::new(VALUE, &chosen).first().fault(of(VALUE)).render(cx.locale, choose))
        (Field::new(NUMBER, &number).optional().fault(of(NUMBER)).render(cx.locale, line))
    })
}
