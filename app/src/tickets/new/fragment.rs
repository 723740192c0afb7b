//! The form for a call, and beside it what is open for the caller.

use maud::{Markup, html};

use super::callers::about;
use super::state::Phone;
use super::taken::{
    CALLBACK, CALLER, DISTRICT, EMAIL, KIND, NAME, NEW_PERSON, PHONE, PRIORITY, REASON, SERVICE,
    TEXT, TITLE,
};
use crate::web::cx::Cx;
use crate::web::draft::draft_saved;
use crate::web::form;
use crate::web::parts::{
    Choice, Field, Input, Look, button, error_summary, foreign, icon_small, kind_choices,
    priority_choices, reason_choices, state_sign, time_ago,
};
use crate::web::url;

/// Both sheets of the page.
pub fn sheets(cx: &Cx, phone: &Phone) -> Markup {
    html! {
        (phone_form(cx, phone))
        aside class="sheet" aria-label=(cx.t("phone-aside")) {
            div class="scroll" tabindex="0" role="region" aria-label=(cx.t("phone-aside")) {
                div class="sheet__head" { h2 { (cx.t("phone-aside")) } }
                (caller_tickets(cx, phone))
                div class="sheet__head" { h2 { (cx.t("similar")) } }
                div class="sheet__body" id="phone-similar" role="status" hx-post=(url::new_ticket_part("similar"))
                    hx-trigger="load, input delay:600ms from:#phone-form" hx-include="#phone-form" hx-swap="innerHTML" hx-sync="this:replace" {
                    p class="small muted" { (cx.t("similar-yet")) }
                }
                div class="sheet__body" { a href=(url::mailings()) { (cx.t("mailing")) } }
            }
        }
    }
}

/// The form `#phone-form`.
pub fn phone_form(cx: &Cx, phone: &Phone) -> Markup {
    let taken = &phone.taken;
    let csrf = form::csrf(&cx.session.csrf);
    let once = match taken.once() {
        Some(key) => html! { input type="hidden" name="once" value=(key); },
        None => form::once(),
    };
    html! {
        form id="phone-form" class="sheet sheet--form" method="post" action=(url::new_ticket()) aria-labelledby="phone-title"
            hx-post=(url::new_ticket()) hx-target="#phone-form" hx-swap="outerHTML" novalidate {
            (csrf)
            (once)
            // Enter in a field presses the first button of a form, and that must be the one that opens the ticket.
            button class="sr" type="submit" tabindex="-1" aria-hidden="true" { (cx.t("phone-create")) }
            div hx-post=(url::new_ticket_part("draft")) hx-trigger="input delay:800ms from:#phone-form" hx-swap="none" hidden {}
            div class="sheet__head" {
                h1 id="phone-title" tabindex="-1" { (cx.t("phone-title")) }
                span class="right" { (draft_saved(cx, phone.saved_at)) }
            }
            div class="scroll" {
                (error_summary(cx.locale, &phone.faults))
                div class="call" {
                    section aria-labelledby="phone-who" {
                        h2 id="phone-who" { (cx.t("phone-who")) }
                        div class="fgrid" { (caller_field(cx, phone)) (caller_details(cx, phone)) }
                    }
                    section aria-labelledby="phone-what" {
                        h2 id="phone-what" { (cx.t("phone-what")) }
                        div class="fgrid" { (case_fields(cx, phone)) }
                    }
                    section aria-labelledby="phone-then" {
                        h2 id="phone-then" { (cx.t("phone-then")) }
                        (outcome_fields(cx, phone))
                    }
                }
            }
            div class="formfoot" {
                span class="right cluster" {
                    (button(Look::Tertiary, &cx.t("phone-discard"), "act", "discard"))
                    button class="kern-btn kern-btn--primary" type="submit" {
                        span class="kern-label" { (cx.t("phone-create")) } kbd aria-hidden="true" { (cx.t("composer-send-key")) }
                    }
                }
            }
        }
    }
}

/// The field the caller is found by; the list below it fills while typing, or by the button.
fn caller_field(cx: &Cx, phone: &Phone) -> Markup {
    let fault = phone.fault(CALLER);
    let taken = &phone.taken;
    let shown = match &phone.caller {
        Some(caller) if taken.caller.trim().is_empty() => &caller.name,
        _ => &taken.caller,
    };
    html! {
        div class="field span2 combo" {
            label for=(CALLER) { (cx.t("phone-caller")) }
            input class="input" id=(CALLER) name="caller" role="combobox" aria-expanded="false" aria-controls="callers"
                aria-autocomplete="list" data-for="person-id" autocomplete="off" value=(shown) autofocus
                aria-invalid=[fault.map(|_| "true")] aria-describedby=[fault.map(|_| "caller-fault")]
                hx-get=(url::new_ticket_part("callers")) hx-trigger="input changed delay:150ms" hx-sync="this:replace" hx-target="#callers" hx-swap="innerHTML";
            ul class="pop opts combo__list" id="callers" role="listbox" aria-label=(cx.t("phone-callers")) {}
            @if let Some(fault) = fault { p class="error" id="caller-fault" { (icon_small("warn")) (fault) } }
            noscript { (button(Look::Secondary, &cx.t("phone-search"), "act", "search")) }
        }
    }
}

/// Who exactly, `#caller-details`: a choice while nobody is picked, district and number, name and address of somebody new.
pub fn caller_details(cx: &Cx, phone: &Phone) -> Markup {
    let taken = &phone.taken;
    let words = [
        cx.t("phone-district"),
        cx.t("phone-number"),
        cx.t("phone-new-name"),
        cx.t("phone-new-email"),
    ];
    let districts = with_none(cx, &phone.districts);
    let line = |kind, value| Input::Line {
        kind,
        value,
        autocomplete: Some("off"),
    };
    let choice_needed =
        phone.caller.is_none() && !taken.is_new_person() && !taken.caller.trim().is_empty();
    html! {
        div id="caller-details" class="fgrid__in" {
            input type="hidden" name="person_id" id="person-id" value=(taken.person_id)
                hx-post=(url::new_ticket_part("caller")) hx-trigger="change" hx-swap="none";
            @if choice_needed { (caller_choice(cx, phone)) }
            @if taken.is_new_person() {
                (Field::new(NAME, &words[2]).fault(phone.fault(NAME)).render(cx.locale, line("text", &taken.name)))
                (Field::new(EMAIL, &words[3]).optional().fault(phone.fault(EMAIL)).render(cx.locale, line("email", &taken.email)))
            }
            (Field::new(DISTRICT, &words[0]).name("district_id").optional().fault(phone.fault(DISTRICT))
                .render(cx.locale, Input::Select { choices: &districts, value: &taken.district_id }))
            (Field::new(PHONE, &words[1]).optional().render(cx.locale, line("tel", &taken.phone)))
        }
    }
}

/// The people who match as a choice of its own: for browsers without scripts, and for whoever typed on without picking.
fn caller_choice(cx: &Cx, phone: &Phone) -> Markup {
    let typed = phone.taken.caller.trim();
    let new = cx
        .locale
        .t_with("phone-new-person", &[("typed", typed.into())]);
    html! {
        fieldset class="field span4" {
            legend class="label" { (cx.t("phone-callers")) }
            div class="picks cluster" {
                @for person in &phone.found {
                    label class="tick" {
                        input type="radio" name="picked" value=(person.id) hx-post=(url::new_ticket_part("caller")) hx-trigger="change" hx-swap="none";
                        span { (person.name) @if let Some(name) = &person.organisation_name { " · " (name) } " " span class="muted small" { (about(cx, person)) } }
                    }
                }
                label class="tick" {
                    input type="radio" name="picked" value=(NEW_PERSON) hx-post=(url::new_ticket_part("caller")) hx-trigger="change" hx-swap="none";
                    span { (new) }
                }
            }
        }
    }
}

fn case_fields(cx: &Cx, phone: &Phone) -> Markup {
    let taken = &phone.taken;
    let words = [cx.t("phone-subject"), cx.t("phone-text")];
    html! {
        div class="span4" {
            (Field::new(TITLE, &words[0]).fault(phone.fault(TITLE))
                .render(cx.locale, Input::Line { kind: "text", value: &taken.title, autocomplete: Some("off") }))
        }
        div class="span4" {
            (Field::new(TEXT, &words[1]).fault(phone.fault(TEXT)).render(cx.locale, Input::Area { value: &taken.text, rows: 5 }))
        }
        (case_selects(cx, phone))
        (phone_fields(cx, phone))
    }
}

/// What sort of case it is: `#phone-case`. Its fields follow.
pub fn case_selects(cx: &Cx, phone: &Phone) -> Markup {
    let taken = &phone.taken;
    let words = [
        cx.t("phone-service"),
        cx.t("phone-kind"),
        cx.t("phone-priority"),
    ];
    let services = with_none(cx, &phone.services);
    let (kinds, priorities) = (kind_choices(cx.locale), priority_choices(cx.locale));
    let select = |choices, value| Input::Select { choices, value };
    html! {
        div id="phone-case" class="fgrid__in" {
            div class="span2" {
                (Field::new(SERVICE, &words[0]).name("service_id").optional().fault(phone.fault(SERVICE))
                    .render(cx.locale, select(&services, &taken.service_id)))
            }
            (Field::new(KIND, &words[1]).render(cx.locale, select(&kinds, &taken.kind)))
            (Field::new(PRIORITY, &words[2]).render(cx.locale, select(&priorities, &taken.priority)))
        }
    }
}

/// The fields of such a case, and the way to what stood in the caller's last one: `#phone-fields`.
pub fn phone_fields(cx: &Cx, phone: &Phone) -> Markup {
    html! {
        div id="phone-fields" class="fgrid__in" hx-post=(url::new_ticket_part("fields"))
            hx-trigger={ "change from:#" (SERVICE) ", change from:#" (KIND) } hx-include="#phone-form" hx-swap="none" {
            (phone.fields.render(cx, phone))
            @if !phone.fields.shown.is_empty() || !phone.services.is_empty() {
                div class="span4 cluster" {
                    button class="kern-btn kern-btn--tertiary" type="submit" name="act" value="same" formaction=(url::new_ticket_part("same"))
                        hx-post=(url::new_ticket_part("same")) hx-include="#phone-form" hx-target="#phone-fields" hx-swap="none" {
                        span class="kern-label" { (cx.t("fields-same")) }
                    }
                    noscript { (button(Look::Tertiary, &cx.t("phone-show-fields"), "act", "fields")) }
                }
            }
        }
    }
}

/// What becomes of the ticket; reason and time show with the outcome that needs them.
fn outcome_fields(cx: &Cx, phone: &Phone) -> Markup {
    let taken = &phone.taken;
    let radio = |value: &str, words: String| {
        html! {
            label class="tick" {
                input type="radio" name="outcome" value=(value) checked[taken.outcome == value];
                span { (words) }
            }
        }
    };
    let words = [cx.t("composer-reason"), cx.t("phone-callback")];
    html! {
        div class="fgrid outcome" {
            fieldset class="field span4" {
                legend class="label" { (cx.t("phone-outcome")) }
                div class="cluster picks" {
                    (radio("solved", cx.t("phone-outcome-solved")))
                    (radio("mine", cx.t("phone-outcome-mine")))
                    (radio("team", cx.t("phone-outcome-team")))
                    (radio("callback", cx.t("phone-outcome-callback")))
                }
            }
            div class="span2 outcome__solved" {
                (Field::new(REASON, &words[0]).fault(phone.fault(REASON))
                    .render(cx.locale, Input::Select { choices: &reason_choices(cx.locale), value: &taken.reason }))
            }
            div class="span2 outcome__callback" {
                (Field::new(CALLBACK, &words[1]).fault(phone.fault(CALLBACK))
                    .render(cx.locale, Input::Line { kind: "datetime-local", value: &taken.callback, autocomplete: None }))
            }
        }
    }
}

/// What is open for the caller, `#caller-tickets`.
pub fn caller_tickets(cx: &Cx, phone: &Phone) -> Markup {
    html! {
        div class="facts__in pad-t" id="caller-tickets" aria-live="polite" {
            @match &phone.caller {
                None => { p class="pad muted small" { (cx.t("phone-aside-empty")) } }
                Some(caller) => {
                    h3 class="facts__h" { (cx.locale.t_with("phone-aside-open", &[("name", caller.name.as_str().into())])) }
                    @if phone.tickets.is_empty() { p class="pad muted small" { (cx.t("phone-aside-none")) } }
                    ul class="linklist" role="list" {
                        @for ticket in &phone.tickets {
                            li {
                                a href=(url::ticket(&ticket.number)) {
                                    (state_sign(cx.locale, ticket.state, ticket.waiting_for))
                                    span { (foreign(&ticket.title)) }
                                    span class="tally" { (time_ago(cx.locale, &cx.now, ticket.changed_at)) }
                                    span class="sub" { (ticket.number) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn with_none(cx: &Cx, choices: &[entities::setting::Choice]) -> Vec<Choice> {
    let none = Choice::new("", cx.t("phone-none"));
    let known = choices.iter().map(|c| Choice::new(c.id, c.name.clone()));
    std::iter::once(none).chain(known).collect()
}
