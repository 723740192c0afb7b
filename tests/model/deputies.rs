//! Standing in for somebody: no right by it, both names in the history, and their notices as far as one reads.

use chrono::{Days, NaiveDate};
use entities::permit::Protected as _;
use entities::person::deputy::{self, Cover};
use entities::person::{OwnAccount, SetDeputy, SetDeputyOf};
use entities::policy::Scope;
use entities::ticket::{Reply, Ticket, WriteNote};
use entities::{Actor, DeskError, Permission, Permit, Rejected, Uuid, permit};
use support::desk::{Persona, TestDesk, reply};

fn today(desk: &TestDesk) -> NaiveDate {
    entities::clock::day(desk.db.clock().now())
}

pub async fn stands_in(
    desk: &TestDesk,
    absent: &Persona,
    cover: Option<Cover>,
) -> entities::Result<()> {
    let actor = absent.actor().await;
    let me = OwnAccount::find(&desk.db, &actor, "").await?;
    let permit = Permit::ask(&actor, me)?;
    desk.db.change(permit, SetDeputy { to: cover }).await?;
    Ok(())
}

pub fn cover(desk: &TestDesk, deputy: &Persona, days: u64) -> Option<Cover> {
    let from_on = today(desk);
    Some(Cover {
        deputy_id: deputy.id,
        from_on,
        to_on: from_on.checked_add_days(Days::new(days)).unwrap(),
    })
}

async fn answer(desk: &TestDesk, actor: &Actor, ticket: &Ticket) -> entities::Result<()> {
    let permit = Permit::<Reply>::ask(actor, desk.read(ticket.id).await)?;
    let words = reply("sabine@pa.example", "Kommt heute.");
    desk.db.change(permit, words).await?;
    Ok(())
}

#[derive(sea_orm::FromQueryResult)]
struct By {
    actor_id: Option<Uuid>,
    on_behalf_of_id: Option<Uuid>,
}

async fn replied(desk: &TestDesk, ticket: &Ticket) -> Vec<(Option<Uuid>, Option<Uuid>)> {
    let sql = "SELECT actor_id, on_behalf_of_id FROM event WHERE subject_id = $1 AND name = 'replied' ORDER BY number";
    let rows = desk.database().rows::<By>(sql, vec![ticket.id.into()]);
    let rows = rows.await.into_iter();
    rows.map(|by| (by.actor_id, by.on_behalf_of_id)).collect()
}

#[tokio::test]
async fn what_a_deputy_does_with_the_absent_persons_tickets_names_both() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let tobias = desk.agent("Tobias Reuter").in_team(team).await;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let his = desk
        .ticket("Bescheid fehlt")
        .in_team(team)
        .owned_by(&tobias)
        .await;
    let hers = desk
        .ticket("Zahllauf steht")
        .in_team(team)
        .owned_by(&annika)
        .await;
    answer(&desk, &annika.actor().await, &his).await.unwrap();
    stands_in(&desk, &tobias, cover(&desk, &annika, 3))
        .await
        .unwrap();
    for ticket in [&his, &hers] {
        answer(&desk, &annika.actor().await, ticket).await.unwrap();
    }
    let (a, t) = (Some(annika.id), Some(tobias.id));
    assert_eq!(replied(&desk, &his).await, [(a, None), (a, t)]);
    assert_eq!(replied(&desk, &hers).await, [(a, None)]);
    let told = deputy::absent(&desk.db, &annika.actor().await)
        .await
        .unwrap();
    assert_eq!(told[0].name, "Tobias Reuter");
    // Back earlier than planned.
    stands_in(&desk, &tobias, None).await.unwrap();
    answer(&desk, &annika.actor().await, &his).await.unwrap();
    assert_eq!(replied(&desk, &his).await.pop(), Some((a, None)));
    assert!(
        deputy::absent(&desk.db, &annika.actor().await)
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn a_deputy_gets_no_right_of_the_absent_person() {
    let desk = TestDesk::new().await;
    let team = desk.team("Zahlstelle").await;
    let tobias = desk.agent("Tobias Reuter").in_team(team).await;
    let reads = [(Permission::ReadTickets, Scope::OwnTeams)];
    let mira = desk.person_with("Mira Kessler", &reads).await;
    let before = mira.actor().await;
    let his = desk
        .ticket("Bescheid fehlt")
        .in_team(team)
        .owned_by(&tobias)
        .await;
    stands_in(&desk, &tobias, cover(&desk, &mira, 3))
        .await
        .unwrap();
    let after = mira.actor().await;
    for permission in Permission::ALL {
        assert_eq!(before.scopes(*permission), after.scopes(*permission));
    }
    let hidden = entities::ticket::show::by_id(&desk.db, &after, his.id).await;
    assert!(matches!(hidden, Err(DeskError::Hidden)));
    assert!(Permit::<WriteNote>::ask(&after, desk.read(his.id).await).is_err());
}

#[tokio::test]
async fn whoever_manages_people_names_a_deputy_for_who_is_away() {
    let desk = TestDesk::new().await;
    let tobias = desk.agent("Tobias Reuter").await;
    let annika = desk.agent("Annika Brandt").await;
    let petra = desk.administrator().await;
    let command = |to| SetDeputyOf { id: tobias.id, to };
    assert!(Permit::<SetDeputyOf>::ask(&annika.actor().await, permit::Desk).is_err());
    let actor = petra.actor().await;
    let set = async |to| {
        let permit = Permit::ask(&actor, permit::Desk).unwrap();
        desk.db.change(permit, command(to)).await
    };
    set(cover(&desk, &annika, 3)).await.unwrap();
    let row = deputy::own(&desk.db, &tobias.actor().await).await.unwrap();
    assert_eq!(row.unwrap().set_by_other(), Some(petra.id));
    let sql =
        "SELECT actor_id, on_behalf_of_id FROM event WHERE subject_id = $1 AND name = 'deputy_set'";
    let told = desk.database().rows::<By>(sql, vec![tobias.id.into()]);
    assert_eq!(told.await[0].actor_id, Some(petra.id));
    let told = deputy::absent(&desk.db, &annika.actor().await).await;
    assert_eq!(told.unwrap()[0].name, "Tobias Reuter");
    // Nobody stands in for themselves by another's word either.
    let refused = set(cover(&desk, &tobias, 3)).await;
    assert!(matches!(
        refused,
        Err(DeskError::Rejected(Rejected::SamePerson))
    ));
    // What the person says themselves counts as theirs.
    stands_in(&desk, &tobias, cover(&desk, &annika, 5))
        .await
        .unwrap();
    let row = deputy::of(&desk.db, &actor, tobias.id).await.unwrap();
    assert_eq!(row.unwrap().set_by_other(), None);
    set(None).await.unwrap();
    let told = deputy::absent(&desk.db, &annika.actor().await).await;
    assert!(told.unwrap().is_empty());
    let forbidden = deputy::of(&desk.db, &annika.actor().await, tobias.id).await;
    assert!(matches!(forbidden, Err(DeskError::Forbidden)));
    desk.must_verify().await;
}

#[tokio::test]
async fn a_deputy_is_somebody_else_on_days_to_come() {
    let desk = TestDesk::new().await;
    let tobias = desk.agent("Tobias Reuter").await;
    let annika = desk.agent("Annika Brandt").await;
    let refused = stands_in(&desk, &tobias, cover(&desk, &tobias, 3)).await;
    assert!(matches!(
        refused,
        Err(DeskError::Rejected(Rejected::SamePerson))
    ));
    let yesterday = today(&desk).checked_sub_days(Days::new(1)).unwrap();
    let over = cover(&desk, &annika, 0).map(|cover| Cover {
        from_on: yesterday,
        to_on: yesterday,
        ..cover
    });
    let refused = stands_in(&desk, &tobias, over).await;
    assert!(matches!(
        refused,
        Err(DeskError::Rejected(Rejected::DateInPast))
    ));
    // From tomorrow on is not yet.
    let later = cover(&desk, &annika, 5).map(|cover| Cover {
        from_on: today(&desk).checked_add_days(Days::new(1)).unwrap(),
        ..cover
    });
    stands_in(&desk, &tobias, later).await.unwrap();
    assert!(
        deputy::absent(&desk.db, &annika.actor().await)
            .await
            .unwrap()
            .is_empty()
    );
}
