//! Who is away today, on the start page.

use entities::Uuid;
use entities::absence::list::{Out, out};
use entities::deadline::{Rules, rules};
use entities::setting::Choice;
use maud::{Markup, html};

use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::parts::face_beside_name;
use crate::web::url;

/// The most people that are named.
const MOST: usize = 8;

/// Colleagues who are away today; nobody for who reads no tickets.
pub async fn today(cx: &Cx) -> Result<Vec<Out>> {
    if !cx.actor.may_somewhere(entities::Permission::ReadTickets) {
        return Ok(vec![]);
    }
    let mut all = out(&cx.db, &cx.actor, cx.now.today()).await?;
    // Two absences of one person are one.
    all.sort_by_key(|one| std::cmp::Reverse(one.to_on));
    let mut known = std::collections::HashSet::new();
    all.retain(|one| known.insert(one.person_id));
    all.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(all)
}

/// The sheet `#away`; nothing where everybody is there.
pub fn away(cx: &Cx, all: &[Out]) -> Markup {
    if all.is_empty() {
        return html! {};
    }
    html! {
        section id="away" class="sheet" aria-labelledby="away-title" {
            div class="sheet__head" {
                h2 id="away-title" { (cx.t("away-title")) }
                span class="tally" { (cx.locale.number(all.len() as i64)) }
                a class="right" href=(url::absences()) { (cx.t("away-all")) }
            }
            ul class="linklist" role="list" {
                @for one in all.iter().take(MOST) { li { (line(cx, one)) } }
            }
            @if all.len() > MOST {
                p class="sheet__foot" {
                    a href=(url::absences()) { (cx.locale.t_with("away-more", &[("count", (all.len() - MOST).into())])) }
                }
            }
        }
    }
}

fn line(cx: &Cx, one: &Out) -> Markup {
    html! {
        span class="linklist__row" {
            (face_beside_name(&one.name))
            span { (one.name) }
            span class="tally" { (cx.locale.t_with("away-until", &[("day", cx.locale.dated_day(one.to_on, &cx.now).into())])) }
            span class="sub" { (stands_in(cx, one)) }
        }
    }
}

/// Says beside the names of those who are away until when, and to whom a ticket goes that is given to them; not of
/// its owner, who keeps it, and not of whoever reads, who is there.
pub async fn tell(
    cx: &Cx,
    people: &mut [Choice],
    owner: Option<Uuid>,
    service: Option<Uuid>,
) -> Result<()> {
    let rules = rules::for_pages(&cx.db).await?;
    let (presence, today) = (rules.presence(), cx.now.today());
    let me = cx.actor.person_id();
    let names: Vec<Choice> = people.to_vec();
    for person in people {
        if Some(person.id) == owner || Some(person.id) == me {
            continue;
        }
        let Some(until) = presence.away_until(person.id, today) else {
            continue;
        };
        let deputy = presence.stand_in(person.id, service, today);
        let deputy = deputy.and_then(|id| names.iter().find(|other| other.id == id));
        let day = cx.locale.dated_day(until, &cx.now);
        let mut args = vec![("name", person.name.clone().into()), ("day", day.into())];
        let words = match deputy {
            Some(deputy) => {
                args.push(("deputy", deputy.name.as_str().into()));
                "away-choice-deputy"
            }
            None => "away-choice-team",
        };
        person.name = cx.locale.t_with(words, &args);
    }
    Ok(())
}

/// Until when the owner of a ticket is away.
pub fn owner(cx: &Cx, rules: &Rules, owner: Option<Uuid>) -> Markup {
    let until = owner.and_then(|id| rules.presence().away_until(id, cx.now.today()));
    html! {
        @if let Some(until) = until {
            br; span class="small muted" { (cx.locale.t_with("away-owner", &[("day", cx.locale.dated_day(until, &cx.now).into())])) }
        }
    }
}

/// Who is there for somebody.
fn stands_in(cx: &Cx, one: &Out) -> String {
    match &one.deputy {
        Some(name) => cx
            .locale
            .t_with("away-deputy", &[("name", name.as_str().into())]),
        None => cx.t("away-team"),
    }
}
