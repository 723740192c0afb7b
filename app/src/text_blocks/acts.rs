//! What text blocks do besides: shown before the answer is sent, done in the transaction that sends it.

use entities::draft::Mode;
use entities::ledger::{Done, Step};
use entities::person::list::agents;
use entities::setting::Choice;
use entities::text_block::{Acts, BlockThen, NewOwner};
use entities::ticket::assign::Assignee;
use entities::ticket::{Assign, Prioritise, Priority, SetFields, SetReminder, Ticket};
use entities::{DeskError, Permission, Permit, Rejected};
use maud::{Markup, html};

use super::offer::in_use;
use super::{fields, reserved};
use crate::error::{Result, rejected};
use crate::tickets::composer::Composer;
use crate::tickets::composer::written::Written;
use crate::tickets::reminder::morning;
use crate::web::cx::Cx;
use crate::web::parts::{Stay, icon_small, name, priority_words, toast};

/// The place in the composer where they stand.
pub const PLACE: &str = "composer-acts";

/// What blocks do, with what it takes to say so.
#[derive(Clone, Debug, Default)]
pub struct Planned {
    pub what: Acts,
    /// Who may own tickets, where somebody is named.
    people: Vec<Choice>,
    /// Fields that their texts name and that not everybody sees.
    reserved: Option<String>,
}

impl Planned {
    /// What these acts are beside these texts, whatever the ticket.
    pub async fn read(cx: &Cx, what: Acts, texts: &[&str]) -> Result<Planned> {
        let people = match what.owner {
            Some(NewOwner::Person(_)) => agents(&cx.db).await?,
            _ => vec![],
        };
        let reserved = reserved::named(cx, texts).await?;
        Ok(Planned {
            what,
            people,
            reserved,
        })
    }

    /// Who is to become the owner, and in what words; none where nobody is named who may own a ticket.
    fn owner(&self, cx: &Cx) -> Option<(NewOwner, String)> {
        let owner = self.what.owner?;
        let words = match owner {
            NewOwner::Sender => cx.t("block-mine"),
            NewOwner::Nobody => cx.t("block-owner-nobody"),
            NewOwner::Person(id) => {
                let person = self.people.iter().find(|person| person.id == id)?;
                let said = [("name", person.name.as_str().into())];
                cx.locale.t_with("block-owner", &said)
            }
        };
        Some((owner, words))
    }
}

/// What the blocks in an answer do; of two that say different things the later one counts.
pub async fn of(cx: &Cx, ticket: &Ticket, written: &Written) -> Result<Planned> {
    let mut acts = Acts::default();
    let mode = written.mode();
    // What is warned of is what leaves the desk.
    if !matches!(mode, Mode::Reply | Mode::Vendor) {
        return Ok(Planned::default());
    }
    let blocks = in_use(cx, ticket, written).await?;
    let texts = blocks.iter().flat_map(|block| block.wording.notice.texts());
    let texts: Vec<&str> = texts.map(|(_, text)| text).collect();
    // Only an answer does what its blocks say.
    if mode == Mode::Vendor {
        return Planned::read(cx, acts, &texts).await;
    }
    let left = written.left_ids();
    for block in blocks.iter().filter(|block| !left.contains(&block.row.id)) {
        let own = block.wording.acts.clone();
        acts.then = own.then.or(acts.then);
        acts.reminder_days = own.reminder_days.or(acts.reminder_days);
        acts.priority = own.priority.or(acts.priority);
        acts.owner = own.owner.or(acts.owner);
        for (key, value) in own.fields {
            acts.fields.retain(|(of, _)| *of != key);
            acts.fields.push((key, value));
        }
    }
    let place = ticket.place();
    if !cx.may(Permission::SetState, place.clone()) {
        acts.reminder_days = None;
    }
    if !cx.may(Permission::SetPriority, place.clone()) || acts.priority == Some(ticket.priority) {
        acts.priority = None;
    }
    let is_new = |owner: &NewOwner| match owner {
        NewOwner::Sender => ticket.owner_id != cx.actor.person_id(),
        // Whoever answers what nobody works on becomes its owner by that.
        NewOwner::Nobody => true,
        NewOwner::Person(id) => ticket.owner_id != Some(*id),
    };
    acts.owner = match cx.may(Permission::Assign, place.clone()) {
        true => acts.owner.filter(is_new),
        false => None,
    };
    match cx.may(Permission::Classify, place) {
        true => fields::keep_taken(cx, ticket, &mut acts.fields).await?,
        false => acts.fields.clear(),
    }
    // A solved case does not come back by itself.
    if written.solves() {
        acts.reminder_days = None;
    }
    Planned::read(cx, acts, &texts).await
}

/// The state a block leaves, as the form of the composer says it.
pub fn choose(written: &mut Written, then: BlockThen) {
    let (then, reason) = match then {
        BlockThen::Open => ("open", None),
        BlockThen::Waiting => ("waiting", None),
        BlockThen::Vendor => ("vendor", None),
        BlockThen::Solved(reason) => ("solved", Some(reason)),
    };
    written.then = then.to_owned();
    if let Some(reason) = reason {
        written.reason = name(reason);
    }
}

/// One thing that is done along with an answer, in words and as the step that follows it.
pub type Act = (String, Step<Ticket>);

/// What follows the answer, or why a field does not take its value.
pub async fn steps(
    cx: &Cx,
    ticket: &Ticket,
    written: &Written,
) -> Result<Result<Vec<Act>, String>> {
    let planned = of(cx, ticket, written).await?;
    let acts = &planned.what;
    let mut steps: Vec<Act> = Vec::new();
    let mut assigns = None;
    if let Some((owner, words)) = planned.owner(cx) {
        let to = match owner {
            NewOwner::Sender => cx.actor.person_id().map(|id| Assignee::Person { id }),
            NewOwner::Nobody => Some(Assignee::Nobody),
            NewOwner::Person(id) => Some(Assignee::Person { id }),
        };
        let permit = Permit::<Assign>::ask(&cx.actor, ticket.clone())?;
        let step = |to| Step::new(permit, Assign { to }).following();
        assigns = to.map(|to| (words, step(to)));
    }
    // Whoever takes a ticket may do more with it, whoever gives it away less.
    if acts.owner == Some(NewOwner::Sender) {
        steps.extend(assigns.take());
    }
    if let Some(priority) = acts.priority {
        let permit = Permit::<Prioritise>::ask(&cx.actor, ticket.clone())?;
        let step = Step::new(permit, Prioritise { priority }).following();
        steps.push((priority_line(cx, priority), step));
    }
    if let Some(days) = acts.reminder_days
        && let Some(at) = morning(cx, days.into())
        && ticket.reminder_at != Some(at)
    {
        let permit = Permit::<SetReminder>::ask(&cx.actor, ticket.clone())?;
        let step = Step::new(permit, SetReminder { at: Some(at) }).following();
        steps.push((reminder_line(cx, days), step));
    }
    let sets = match fields::prepare(cx, ticket, &acts.fields).await? {
        Ok(sets) => sets,
        Err(said) => {
            let said = [("said", said.into())];
            return Ok(Err(cx.locale.t_with("block-field-refused-sending", &said)));
        }
    };
    if !sets.is_empty() {
        let permit = Permit::<SetFields>::ask(&cx.actor, ticket.clone())?;
        let step = Step::new(permit, SetFields { sets }).following();
        steps.push((cx.t("block-fields"), step));
    }
    steps.extend(assigns);
    Ok(Ok(steps))
}

/// What was not done along with an answer that was sent, because somebody else was faster.
pub fn left(cx: &Cx, lines: Vec<String>, results: &[Result<Done<Ticket>, DeskError>]) -> Markup {
    let why = |result: &Result<Done<Ticket>, DeskError>| match result {
        // It is so already.
        Ok(_) | Err(DeskError::Rejected(Rejected::NothingToDo)) => None,
        Err(DeskError::Rejected(why)) => Some(rejected(cx.locale, *why)),
        Err(_) => Some(cx.t("block-act-forbidden")),
    };
    let left: Vec<String> = lines
        .into_iter()
        .zip(results)
        .filter_map(|(line, result)| Some(format!("{line} ({})", why(result)?)))
        .collect();
    if left.is_empty() {
        return html! {};
    }
    let said = [("acts", left.join(", ").into())];
    let words = cx.locale.t_with("block-acts-left", &said);
    toast(cx.locale, Stay::UntilClosed, &words, &html! {})
}

fn priority_line(cx: &Cx, priority: Priority) -> String {
    let said = [("priority", priority_words(cx.locale, priority).into())];
    cx.locale.t_with("block-priority", &said)
}

fn reminder_line(cx: &Cx, days: u16) -> String {
    let day = morning(cx, days.into()).map(|at| cx.locale.moment(at, &cx.now));
    let said = [("day", day.unwrap_or_default().into())];
    cx.locale.t_with("block-reminder", &said)
}

/// What they do, in words: one a line.
pub fn words(cx: &Cx, planned: &Planned) -> Vec<String> {
    let acts = &planned.what;
    let mut words = Vec::new();
    if let Some(then) = acts.then {
        words.push(cx.t(match then {
            BlockThen::Open => "block-then-open",
            BlockThen::Waiting => "block-then-waiting",
            BlockThen::Vendor => "block-then-vendor",
            BlockThen::Solved(_) => "block-then-solved",
        }));
    }
    words.extend(acts.reminder_days.map(|days| reminder_line(cx, days)));
    words.extend(acts.priority.map(|priority| priority_line(cx, priority)));
    words.extend(acts.owner.map(|_| match planned.owner(cx) {
        Some((_, words)) => words,
        None => cx.t("block-owner-gone"),
    }));
    for (key, value) in &acts.fields {
        let said = [
            ("field", key.as_str().into()),
            ("value", value.as_str().into()),
        ];
        words.push(cx.locale.t_with("block-field", &said));
    }
    words
}

/// That their texts name fields which not everybody sees, in words.
pub fn warning(cx: &Cx, planned: &Planned) -> Option<String> {
    let fields = planned.reserved.as_deref()?;
    let said = [("fields", fields.into())];
    Some(cx.locale.t_with("block-reserved", &said))
}

/// What sending will do besides, `#composer-acts`, with the way to leave it; above it what to take care of.
pub fn told(cx: &Cx, composer: &Composer) -> Markup {
    let mut beside = composer.acts.clone();
    beside.what.then = None;
    let words = words(cx, &beside);
    let warning = warning(cx, &beside);
    let leave = cx.t("block-acts-leave");
    let action = crate::web::url::ticket_part(&composer.ticket.number, "composer");
    html! {
        div id=(PLACE) {
            input type="hidden" name="left" value=(composer.written.left);
            @if let Some(warning) = warning {
                p class="composer__to" { (icon_small("warn")) span { (warning) } }
            }
            @if !words.is_empty() {
                p class="composer__to composer__acts" {
                    span { (cx.t("block-acts")) }
                    @for one in &words { span class="tag" { (one) } }
                    button class="iconbtn" type="submit" name="act" value="acts" aria-label=(leave) title=(leave) data-then="acts"
                        formaction=(action) formnovalidate hx-post=(action) hx-target={ "#" (PLACE) } hx-swap="outerHTML"
                        hx-encoding="application/x-www-form-urlencoded" { (icon_small("x")) }
                }
            }
        }
    }
}
