//! Everybody who was let in: what for, how far they have come, and what can be done with each.

use entities::Instant;
use entities::guest::list::Invited;
use entities::guest::{Guest, Part, Standing};
use maud::{Markup, html};

use super::Ground;
use crate::web::form::csrf;
use crate::web::parts::{Look, button, column, empty, face_beside_name, glyph, moment};

pub(super) fn table(ground: &Ground<'_>, people: &[Guest]) -> Markup {
    if people.is_empty() {
        return empty(
            "guests-empty",
            &ground.t("guests-empty-title"),
            &ground.t("guests-empty-text"),
            &html! {},
        );
    }
    html! {
        table class="grid grid--plain people" {
            caption class="sr" { (ground.t("guests-people")) }
            thead { tr {
                (column(&ground.t("settings-name"))) (column(&ground.t("guests-part"))) (column(&ground.t("guests-standing")))
                (column(&ground.t("guests-last"))) (column(&ground.t("guests-acts")))
            } }
            tbody { @for guest in people { (row(ground, guest)) } }
        }
    }
}

fn row(ground: &Ground<'_>, guest: &Guest) -> Markup {
    let has_ended = matches!(guest.standing, Standing::Ended { .. });
    html! {
        tr class=[has_ended.then_some("is-retired")] {
            td {
                span class="cluster" {
                    (face_beside_name(&guest.name))
                    span {
                        (guest.name)
                        @if ground.me == Some(guest.id) { " " span class="tag tag--line" { (ground.t("guests-you")) } }
                        @if let Some(email) = &guest.email { br; span class="small muted" { (email) } }
                    }
                }
            }
            td { (ground.t(match guest.part { Part::Coordinator => "guests-part-coordinator", Part::Member => "guests-part-member" })) }
            td class="words" { (standing(ground, guest)) }
            td {
                span class="only-s small muted" aria-hidden="true" { (ground.t("guests-last")) ":" } " "
                @match guest.last_sign_in {
                    Some(at) => { (moment(ground.locale, ground.now, at)) }
                    None => { "–" }
                }
            }
            td { (acts(ground, guest)) }
        }
    }
}

fn standing(ground: &Ground<'_>, guest: &Guest) -> Markup {
    let state = |sign: &'static str, key: &str| {
        html! { span class="state" data-state=(sign) { (glyph(sign)) (ground.t(key)) } }
    };
    let at = |key: &str, at: Instant| {
        html! { (ground.t(key)) " " (moment(ground.locale, ground.now, at)) }
    };
    html! {
        @match guest.standing {
            Standing::NotInvited => { (state("new", "guests-not-invited")) }
            Standing::Invited { until } => {
                (state("waiting", "guests-invited"))
                p class="small muted" { (invited(ground, guest.invited.as_ref())) " · " (at("guests-until", until)) }
            }
            Standing::Expired { since } => {
                span class="due" data-due="late" { (glyph("late")) span { (ground.t("guests-expired")) } }
                p class="small muted" { (invited(ground, guest.invited.as_ref())) " · " (at("guests-expired-since", since)) }
            }
            Standing::In => {
                (state("solved", "guests-in"))
                @if guest.invited.is_some() { p class="small muted" { (invited(ground, guest.invited.as_ref())) } }
            }
            Standing::Locked { until } => {
                span class="due" data-due="late" { (glyph("late")) span { (ground.t("guests-locked")) } }
                p class="small muted" { (ground.t("guests-locked-more")) " · " (at("guests-locked-until", until)) }
            }
            Standing::Ended { at: ended } => {
                (state("closed", "guests-ended"))
                p class="small muted" { (at("guests-ended-at", ended)) }
            }
        }
    }
}

/// By whom somebody was invited, and when.
fn invited(ground: &Ground<'_>, invited: Option<&Invited>) -> Markup {
    let Some(invited) = invited else {
        return html! {};
    };
    let by = match &invited.by {
        Some(name) => name.clone(),
        None => ground.t("guests-by-desk"),
    };
    html! { (moment(ground.locale, ground.now, invited.at)) " " (ground.locale.t_with("guests-by", &[("name", by.into())])) }
}

fn acts(ground: &Ground<'_>, guest: &Guest) -> Markup {
    let offered: &[(&str, &str)] = match (guest.standing, guest.part) {
        (Standing::Ended { .. }, _) => return html! {},
        (Standing::Invited { .. } | Standing::Expired { .. }, _) => &[
            ("again", "guests-act-again"),
            ("withdraw", "guests-act-withdraw"),
        ],
        (_, Part::Member) => &[("coordinate", "guests-act-coordinate")],
        (_, Part::Coordinator) => &[("use", "guests-act-use")],
    };
    let ends = matches!(
        guest.standing,
        Standing::In | Standing::Locked { .. } | Standing::NotInvited
    );
    let of = |key: &str| {
        let name = [("name", guest.name.as_str().into())];
        html! { (ground.t(key)) span class="sr" { " " (ground.locale.t_with("guests-act-of", &name)) } }
    };
    html! {
        form method="post" action=((ground.of)(guest.id)) {
            (csrf(ground.csrf))
            div class="cluster" {
                @for (act, key) in offered {
                    button class="kern-btn kern-btn--tertiary" type="submit" name="act" value=(act) { span class="kern-label" { (of(key)) } }
                }
            }
            @if ends {
                details class="asks" {
                    summary { (of("guests-act-end")) }
                    p class="small muted" { (ground.t("guests-act-end-more")) }
                    (button(Look::Danger, &ground.t("guests-act-end-now"), "act", "end"))
                }
            }
        }
    }
}
