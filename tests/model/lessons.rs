//! From solved cases to articles: what was said about a case, what names somebody in it, and who sees both sides.

use entities::article;
use entities::permit::Reach;
use entities::policy::Scope;
use entities::ticket::close::Ending;
use entities::ticket::drawn::{Tie, articles, articles_query, cases, cases_query};
use entities::ticket::reusable::is_reusable;
use entities::ticket::{Close, ClosingReason, DrawArticle, Merge, SetReusable, Ticket, lesson};
use entities::{Actor, DeskError, Permission, Permit, Rejected, Rule, Uuid, history, redaction};
use support::desk::{Persona, TestDesk, content, reply};

use crate::articles::refused;
use crate::plan::{Plan, backend};

const CONSOLE: Actor = Actor::System(Rule::Console);

async fn solve(desk: &TestDesk, ticket: &Ticket) -> Ticket {
    let permit = Permit::ask(&CONSOLE, desk.read(ticket.id).await).unwrap();
    let close = Close {
        to: Ending::Solved,
        reason: Some(ClosingReason::UserError),
    };
    desk.db.change(permit, close).await.unwrap().subject
}

async fn say(desk: &TestDesk, who: &Persona, ticket: &Ticket, to: bool) -> entities::Result<()> {
    let permit = Permit::ask(&who.actor().await, desk.read(ticket.id).await)?;
    desk.db.change(permit, SetReusable { to }).await.map(|_| ())
}

/// Begins an article from a case, as its page does.
async fn begin(desk: &TestDesk, ticket: &Ticket, once: &str) -> entities::Result<Uuid> {
    let create = article::Create {
        content: content("Zahllauf wiederholen"),
        filing: article::Filing::default(),
        once: Some(once.to_owned()),
    };
    let draw = Permit::ask(&CONSOLE, ticket.clone())?;
    let begin = Permit::ask(&CONSOLE, Reach)?;
    let both = desk.db.change_both((begin, create), |begun| {
        let article_id = begun.subject.row.id;
        (draw, DrawArticle { article_id })
    });
    Ok(both.await?.0.subject.row.id)
}

async fn draw(
    desk: &TestDesk,
    who: &Actor,
    ticket: &Ticket,
    article_id: Uuid,
) -> entities::Result<()> {
    let permit = Permit::ask(who, desk.read(ticket.id).await)?;
    let command = DrawArticle { article_id };
    desk.db.change(permit, command).await.map(|_| ())
}

#[tokio::test]
async fn a_case_is_called_reusable_once_it_is_solved() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await;
    let ticket = desk.ticket("Zahllauf bricht ab").await;
    refused(
        say(&desk, &annika, &ticket, true).await,
        Rejected::NotSolved,
    );
    let solved = solve(&desk, &ticket).await;
    say(&desk, &annika, &ticket, true).await.unwrap();
    assert!(is_reusable(&desk.db, &solved).await.unwrap());
    say(&desk, &annika, &ticket, false).await.unwrap();
    assert!(!is_reusable(&desk.db, &solved).await.unwrap());
    let events = history::of(&desk.db, ticket.id, None, 2).await.unwrap();
    assert!(events.iter().all(|event| event.name == "reusable_set"));
    // No list moves for it.
    let after = desk.read(ticket.id).await;
    assert_eq!(
        (after.version, after.changed_at),
        (solved.version, solved.changed_at)
    );
    desk.must_verify().await;
}

#[tokio::test]
async fn whoever_is_around_a_case_is_known_by_name_and_so_are_its_numbers() {
    let desk = TestDesk::new().await;
    let office = desk.district("Jugendamt Pankow", "PA").await;
    let sabine = desk.requester("Sabine Kowalke").of(office).await;
    let colleague = desk.requester("Heike Zimmermann").of(office).await;
    let annika = desk.agent("Annika Brandt").await;
    let other = desk.ticket("Kasse").await;
    let text = format!("Wie in #{} schon Frau Zimmermann schrieb.", other.number);
    let ticket = desk
        .ticket("Zahllauf bricht ab")
        .saying(&text)
        .from(&sabine)
        .of_organisation(office)
        .owned_by(&annika)
        .await;
    let answer = reply("s.kowalke@pankow.example", "Bitte den Lauf wiederholen.");
    let permit = Permit::ask(&annika.actor().await, desk.read(ticket.id).await).unwrap();
    desk.db.change(permit, answer).await.unwrap();
    let ticket = solve(&desk, &ticket).await;
    let found = lesson::of(&desk.db, &annika.actor().await, &ticket)
        .await
        .unwrap();
    assert_eq!(found.asked.unwrap().body, text);
    assert_eq!(found.helped.unwrap().body, "Bitte den Lauf wiederholen.");
    for name in [&sabine.name, &colleague.name, &annika.name] {
        assert!(found.known.names.contains(name), "{name}");
    }
    // What an office is called names nobody.
    assert!(!found.known.names.iter().any(|name| name.contains("Pankow")));
    let left = redaction::black(&text, &found.known, |_| true);
    assert_eq!(left, "Wie in #█████ schon Frau █████ schrieb.");
    assert!(found.known.numbers.contains(&ticket.number));
}

#[tokio::test]
async fn each_side_shows_the_other_to_whoever_may_see_it() {
    let desk = TestDesk::new().await;
    let (own, other) = (desk.team("Jugend 1").await, desk.team("Zahlstelle").await);
    let mira = desk.author("Mira Kessler").await;
    let marek = desk.reviewer("Marek Lindner").await;
    let annika = desk.agent("Annika Brandt").in_team(own).await;
    let narrow = [
        (Permission::ReadTickets, Scope::OwnTeams),
        (Permission::ReadArticles, Scope::Everything),
    ];
    let jonas = desk.person_with("Jonas Weber", &narrow).in_team(own).await;
    let ticket = desk.ticket("Zahllauf bricht ab").in_team(other).await;
    let id = desk.article(&mira, "Zahllauf wiederholen").await.row.id;
    // Only who writes about its service draws from a case.
    let may_not = draw(&desk, &annika.actor().await, &ticket, id).await;
    assert!(matches!(may_not, Err(DeskError::Forbidden)));
    draw(&desk, &CONSOLE, &ticket, id).await.unwrap();
    let article = desk.read_article(id).await;
    let titles = async |who: &Persona| {
        let actor = who.actor().await;
        let all = articles(&desk.db, &actor, &ticket, Tie::Drawn)
            .await
            .unwrap();
        all.into_iter().map(|one| one.title).collect::<Vec<_>>()
    };
    let numbers = async |who: &Persona| {
        let actor = who.actor().await;
        let all = cases(&desk.db, &actor, &article).await.unwrap();
        all.into_iter().map(|one| one.number).collect::<Vec<_>>()
    };
    // A draft is there for its authors alone.
    assert_eq!(titles(&mira).await, ["Zahllauf wiederholen"]);
    assert!(titles(&annika).await.is_empty());
    desk.send_to_review(&mira, id).await.unwrap();
    desk.publish(&marek, id).await.unwrap();
    assert_eq!(titles(&annika).await, ["Zahllauf wiederholen"]);
    assert_eq!(numbers(&annika).await, std::slice::from_ref(&ticket.number));
    // Whoever may not see the case reads the article and learns of no case.
    assert_eq!(titles(&jonas).await, ["Zahllauf wiederholen"]);
    assert!(numbers(&jonas).await.is_empty());
    let told = history::names(&desk.db, &annika.actor().await, &[id]).await;
    assert_eq!(told.unwrap()[&id], "Zahllauf wiederholen");

    let target = desk.ticket("Zahllauf").in_team(other).await;
    let merge = Merge {
        fields: entities::field::change::Sets::default(),
        once: None,
    };
    let ask = |ticket: Ticket| Permit::ask(&CONSOLE, ticket).unwrap();
    let (source, into) = (desk.read(ticket.id).await, desk.read(target.id).await);
    desk.db
        .change_pair(ask(source), ask(into), merge)
        .await
        .unwrap();
    assert_eq!(numbers(&annika).await, std::slice::from_ref(&target.number));
    let actor = annika.actor().await;
    let tied = |by| articles_query(&actor, target.id, by);
    for query in [tied(Tie::Drawn), tied(Tie::Linked), cases_query(&actor, id)] {
        let plan = Plan::of(&desk, backend(&desk).build(&query)).await;
        assert!(
            !plan.reads_whole("ticket") && !plan.reads_whole("article"),
            "{plan:#?}"
        );
    }
    desk.must_verify().await;
}

#[tokio::test]
async fn an_article_is_begun_and_noted_at_its_case_or_neither() {
    let desk = TestDesk::new().await;
    let mira = desk.author("Mira Kessler").await;
    let ticket = desk.ticket("Zahllauf bricht ab").await;
    let target = desk.ticket("Zahllauf").await;
    let merge = Merge {
        fields: entities::field::change::Sets::default(),
        once: None,
    };
    let ask = |ticket: &Ticket| Permit::ask(&CONSOLE, ticket.clone()).unwrap();
    let merged = desk.db.change_pair(ask(&ticket), ask(&target), merge);
    merged.await.unwrap();
    let count = async || {
        let sql = "SELECT count(*) FROM article";
        desk.database().number(sql, vec![]).await
    };
    // The case has gone into another one meanwhile.
    refused(begin(&desk, &ticket, "form").await, Rejected::AlreadyMerged);
    assert_eq!(count().await, 0);

    // The form may be sent again, about the other case; and once more by a slow hand.
    let target = desk.read(target.id).await;
    let id = begin(&desk, &target, "form").await.unwrap();
    let again = begin(&desk, &target, "form").await;
    assert!(matches!(again, Err(DeskError::AlreadyDone(earlier)) if earlier == id));
    assert_eq!(count().await, 1);
    let drawn = articles(&desk.db, &mira.actor().await, &target, Tie::Drawn).await;
    assert_eq!(drawn.unwrap().len(), 1);
    desk.must_verify().await;
}
