//! Text blocks: what is offered to whom on which day, who approves it, and what is refused when it is saved.

use chrono::{Days, NaiveDate};
use entities::permit::{Desk, Protected as _};
use entities::person::OwnAccount;
use entities::setting::Show;
use entities::text_block::{
    self, Approve, BlockKind, KeepOwn, RemoveOwn, TextBlock, TextBlockFacts, list, used,
};
use entities::ticket::Ticket;
use entities::{Actor, DeskError, Permit, Rejected, Uuid};
use support::desk::{TestDesk, block};

const ANSWER: &[BlockKind] = &[BlockKind::Answer];

fn today(desk: &TestDesk) -> NaiveDate {
    entities::clock::day(desk.db.clock().now())
}

fn answer(name: &str, text: &str) -> TextBlockFacts {
    block(name, BlockKind::Answer, text)
}

/// The same as somebody writes it.
fn by(actor: &Actor, facts: TextBlockFacts) -> TextBlockFacts {
    TextBlockFacts {
        author_id: actor.person_id(),
        ..facts
    }
}

async fn create(
    desk: &TestDesk,
    actor: &Actor,
    facts: TextBlockFacts,
) -> Result<TextBlock, DeskError> {
    let permit = Permit::ask(actor, Desk)?;
    let create: text_block::Create = entities::setting::Create { facts, once: None };
    Ok(desk.db.change(permit, create).await?.subject)
}

async fn rewrite(
    desk: &TestDesk,
    actor: &Actor,
    block: &TextBlock,
    facts: TextBlockFacts,
) -> Result<TextBlock, DeskError> {
    let permit = Permit::ask(actor, Desk)?;
    let update: text_block::Update = entities::setting::Update {
        id: block.id,
        facts: by(actor, facts).after(block),
    };
    Ok(desk.db.change(permit, update).await?.subject)
}

/// Approves the wording that was seen.
async fn approve(desk: &TestDesk, actor: &Actor, seen: &TextBlock) -> Result<TextBlock, DeskError> {
    let permit = Permit::ask(actor, Desk)?;
    let approve = Approve {
        id: seen.id,
        content: seen.content.clone(),
    };
    Ok(desk.db.change(permit, approve).await?.subject)
}

async fn keep(
    desk: &TestDesk,
    actor: &Actor,
    id: Option<Uuid>,
    text: &str,
) -> Result<TextBlock, DeskError> {
    let on = OwnAccount::find(&desk.db, actor, "").await?;
    let permit = Permit::ask(actor, on)?;
    let command = KeepOwn {
        id,
        name: "Mein Gruß".to_owned(),
        category: String::new(),
        wording: answer("", text).wording,
        once: None,
    };
    Ok(desk.db.change(permit, command).await?.subject)
}

async fn remove(desk: &TestDesk, actor: &Actor, id: Uuid) -> Result<TextBlock, DeskError> {
    let on = OwnAccount::find(&desk.db, actor, "").await?;
    let permit = Permit::ask(actor, on)?;
    Ok(desk.db.change(permit, RemoveOwn { id }).await?.subject)
}

/// What is offered of answers today, by the German text.
async fn offered(desk: &TestDesk) -> Vec<String> {
    let all = text_block::offered(&desk.db, BlockKind::Answer, today(desk)).await;
    let texts = all.unwrap().into_iter().filter_map(|one| one.approved());
    texts.map(|wording| wording.notice.de).collect()
}

async fn usable(desk: &TestDesk, actor: &Actor, ticket: &Ticket, on: NaiveDate) -> Vec<String> {
    let found = text_block::usable(&desk.db, actor, ticket, ANSWER, on).await;
    let names = found.unwrap().into_iter().map(|one| one.row.name.clone());
    names.collect()
}

fn refused<T: std::fmt::Debug>(result: Result<T, DeskError>, why: Rejected) {
    assert!(
        matches!(&result, Err(DeskError::Rejected(found)) if *found == why),
        "{result:?}"
    );
}

fn forbidden<T: std::fmt::Debug>(result: Result<T, DeskError>) {
    assert!(matches!(result, Err(DeskError::Forbidden)), "{result:?}");
}

#[tokio::test]
async fn a_text_is_offered_once_another_person_has_approved_it() {
    let desk = TestDesk::new().await;
    let petra = desk.administrator().await.actor().await;
    let jonas = desk.lead("Jonas Weber").await.actor().await;
    let annika = desk.agent("Annika Brandt").await.actor().await;
    let first = create(
        &desk,
        &jonas,
        by(&jonas, answer("Umgehung", "Erste Fassung.")),
    );
    let first = first.await.unwrap();
    assert!(first.is_waiting() && offered(&desk).await.is_empty());
    refused(approve(&desk, &jonas, &first).await, Rejected::OwnWork);
    forbidden(approve(&desk, &annika, &first).await);
    let approved = approve(&desk, &petra, &first).await.unwrap();
    assert_eq!(approved.approved_by, petra.person_id());
    assert_eq!(offered(&desk).await, ["Erste Fassung."]);

    // A new wording waits, and the old one is offered until somebody has looked at it.
    let second = rewrite(
        &desk,
        &jonas,
        &approved,
        answer("Umgehung", "Zweite Fassung."),
    );
    let second = second.await.unwrap();
    assert!(second.is_waiting());
    assert_eq!(offered(&desk).await, ["Erste Fassung."]);
    refused(
        approve(&desk, &petra, &first).await,
        Rejected::ChangedMeanwhile,
    );
    approve(&desk, &petra, &second).await.unwrap();
    assert_eq!(offered(&desk).await, ["Zweite Fassung."]);
    let twice = approve(&desk, &petra, &second).await;
    refused(twice, Rejected::NothingToDo);
}

#[tokio::test]
async fn nobody_writes_in_anothers_name_or_approves_while_writing() {
    let desk = TestDesk::new().await;
    let petra = desk.administrator().await.actor().await;
    let jonas = desk.lead("Jonas Weber").await.actor().await;
    let in_her_name = by(&petra, answer("Umgehung", "Text."));
    let tried = create(&desk, &jonas, in_her_name).await;
    refused(tried, Rejected::OwnWork);
    let mut at_once = by(&jonas, answer("Umgehung", "Text."));
    at_once.approved = Some(at_once.wording.clone());
    refused(create(&desk, &jonas, at_once).await, Rejected::OwnWork);
    // Whoever changes somebody's text has written it, and no longer approves it.
    let text = create(&desk, &jonas, by(&jonas, answer("Umgehung", "Text.")));
    let text = text.await.unwrap();
    let better = rewrite(&desk, &petra, &text, answer("Umgehung", "Besserer Text."));
    let better = better.await.unwrap();
    refused(approve(&desk, &petra, &better).await, Rejected::OwnWork);
    approve(&desk, &jonas, &better).await.unwrap();
    assert_eq!(offered(&desk).await, ["Besserer Text."]);
}

#[tokio::test]
async fn what_changes_no_word_needs_no_new_approval() {
    let desk = TestDesk::new().await;
    let petra = desk.administrator().await.actor().await;
    let jonas = desk.lead("Jonas Weber").await.actor().await;
    let text = create(&desk, &jonas, by(&jonas, answer("Umgehung", "Text.")));
    let text = approve(&desk, &petra, &text.await.unwrap()).await.unwrap();
    let mut facts = answer("Umgehung bis zur Korrektur", "Text.");
    facts.category = "Störungen".to_owned();
    let renamed = rewrite(&desk, &petra, &text, facts).await.unwrap();
    assert!(!renamed.is_waiting());
    assert_eq!(renamed.author_id, jonas.person_id());
    assert_eq!(offered(&desk).await, ["Text."]);
}

#[tokio::test]
async fn a_text_is_offered_on_its_days_in_tickets_of_its_team_and_of_what_lies_below_its_services()
{
    let desk = TestDesk::new().await;
    let (youth, pay) = (desk.team("Jugend 1").await, desk.team("Zahlstelle").await);
    let annika = desk.agent("Annika Brandt").in_team(youth).await;
    let annika = annika.actor().await;
    let service = desk.service("KITA-Netz", youth).await;
    let module = desk.module("Gutschein", service).await;
    let other = desk.service("ZahlWeg", pay).await;
    let now = today(&desk);
    let (yesterday, tomorrow) = (now - Days::new(1), now + Days::new(1));
    let with = |name: &str, change: &dyn Fn(&mut TextBlockFacts)| {
        let mut facts = answer(name, "Text.");
        change(&mut facts);
        facts
    };
    for facts in [
        answer("Für alle", "Text."),
        with("KITA", &|facts| facts.service_ids = vec![service]),
        with("Jugend", &|facts| facts.team_id = Some(youth)),
        with("Zahlungen", &|facts| facts.team_id = Some(pay)),
        with("ZahlWeg", &|facts| facts.service_ids = vec![other]),
        with("Gestern", &|facts| facts.valid_to = Some(yesterday)),
        with("Heute noch", &|facts| facts.valid_to = Some(now)),
        with("Morgen", &|facts| facts.valid_from = Some(tomorrow)),
    ] {
        desk.offer(facts).await;
    }
    let ticket = desk.ticket("Gutschein fehlt").in_team(youth).about(module);
    let ticket = ticket.await;
    assert_eq!(
        usable(&desk, &annika, &ticket, now).await,
        ["KITA", "Jugend", "Für alle", "Heute noch"]
    );
    assert_eq!(
        usable(&desk, &annika, &ticket, tomorrow).await,
        ["KITA", "Jugend", "Für alle", "Morgen"]
    );
}

#[tokio::test]
async fn of_texts_that_fit_as_well_the_one_that_is_used_most_comes_first() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.actor().await;
    desk.offer(answer("Angaben fehlen", "Text.")).await;
    let often = desk.offer(answer("Umgehung", "Text.")).await;
    let ticket = desk.ticket("Zahllauf").await;
    let now = today(&desk);
    let before = usable(&desk, &annika, &ticket, now).await;
    assert_eq!(before, ["Angaben fehlen", "Umgehung"]);
    used::note(&desk.db, &[often]).await.unwrap();
    used::note(&desk.db, &[often]).await.unwrap();
    assert_eq!(list::counts(&desk.db).await.unwrap()[&often], 2);
    let after = usable(&desk, &annika, &ticket, now).await;
    assert_eq!(after, ["Umgehung", "Angaben fehlen"]);
}

#[tokio::test]
async fn what_no_ticket_fills_and_passages_without_an_end_are_refused_when_the_text_is_saved() {
    let desk = TestDesk::new().await;
    let jonas = desk.lead("Jonas Weber").await.actor().await;
    for text in [
        "{{vendor}}",
        "{{Titel}}",
        "{{today+0}}",
        "{{workday+1000}}",
        "{{if kind=fault}}a{{end}}",
        "{{if language=fr}}a{{end}}",
        "{{if title}}a",
        "a{{end}}",
        "{{if title}}a{{else}}b{{else}}c{{end}}",
        "{{if title}}{{if title}}{{if title}}{{if title}}{{if title}}a{{end}}{{end}}{{end}}{{end}}{{end}}",
    ] {
        let tried = create(&desk, &jonas, by(&jonas, answer("Text", text))).await;
        refused(tried, Rejected::NotAPlaceholder);
        refused(
            keep(&desk, &jonas, None, text).await,
            Rejected::NotAPlaceholder,
        );
    }
    refused(
        create(&desk, &jonas, by(&jonas, answer("Text", " \n"))).await,
        Rejected::EmptyText,
    );
    let mut backwards = by(&jonas, answer("Text", "Text."));
    let now = today(&desk);
    backwards.valid_from = Some(now);
    backwards.valid_to = Some(now - Days::new(1));
    refused(create(&desk, &jonas, backwards).await, Rejected::EmptyRange);
}

#[tokio::test]
async fn what_is_somebodys_own_nobody_else_sees_changes_or_takes_away() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.actor().await;
    let derya = desk.agent("Derya Aksoy").await.actor().await;
    let petra = desk.administrator().await.actor().await;
    let ticket = desk.ticket("Zahllauf").await;
    let now = today(&desk);
    let own = keep(&desk, &annika, None, "Viele Grüße, {{agent}}").await;
    let own = own.unwrap();
    // Her colleague may call one the same.
    let hers = keep(&desk, &derya, None, "Schöne Grüße").await.unwrap();
    for other in [&derya, &petra] {
        forbidden(keep(&desk, other, Some(own.id), "Übernommen.").await);
        forbidden(remove(&desk, other, own.id).await);
        let found = text_block::find_own(&desk.db, other, own.id).await;
        assert!(matches!(found, Err(DeskError::Hidden)), "{found:?}");
    }
    assert!(matches!(
        text_block::find(&desk.db, &petra, own.id).await,
        Err(DeskError::Hidden)
    ));
    let managed = text_block::list(&desk.db, &petra, Show::All).await.unwrap();
    assert!(managed.is_empty(), "{managed:?}");
    assert_eq!(usable(&desk, &annika, &ticket, now).await, ["Mein Gruß"]);
    assert!(usable(&desk, &petra, &ticket, now).await.is_empty());
    assert!(offered(&desk).await.is_empty());

    let changed = keep(&desk, &annika, Some(own.id), "Gruß, {{agent}}").await;
    assert!(!changed.unwrap().is_waiting());
    remove(&desk, &annika, own.id).await.unwrap();
    assert!(usable(&desk, &annika, &ticket, now).await.is_empty());
    assert_eq!(list::own(&desk.db, &derya).await.unwrap()[0].id, hers.id);
    // The name is free again.
    keep(&desk, &annika, None, "Neu.").await.unwrap();
}

#[tokio::test]
async fn nobody_makes_a_text_of_the_desk_their_own() {
    let desk = TestDesk::new().await;
    let petra = desk.administrator().await.actor().await;
    let id = desk.offer(answer("Umgehung", "Text.")).await;
    forbidden(keep(&desk, &petra, Some(id), "Meins.").await);
    forbidden(remove(&desk, &petra, id).await);
    assert_eq!(offered(&desk).await, ["Text."]);
}
