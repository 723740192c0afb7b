//! What ties people to the words of providers, made and cut by hand.

use entities::identity::{self, Link, Told, Unlink};
use entities::permit::Desk;
use entities::policy::Scope;
use entities::provider::{self, Provider};
use entities::setting::Retire;
use entities::{Actor, DeskError, Permission, Permit, Rejected, Rule, Uuid, person};
use support::desk::TestDesk;

const CONSOLE: Actor = Actor::System(Rule::Console);

async fn tie(
    desk: &TestDesk,
    actor: &Actor,
    (person_id, provider): (Uuid, Uuid),
    subject: &str,
) -> entities::Result<()> {
    let found = provider::find(&desk.db, &CONSOLE, provider).await?;
    let told = Told {
        provider_id: found.id,
        issuer: found.issuer,
        subject: subject.to_owned(),
    };
    let permit = Permit::ask(actor, Desk)?;
    desk.db.change(permit, Link { person_id, told }).await?;
    Ok(())
}

async fn cut(desk: &TestDesk, person_id: Uuid) -> entities::Result<()> {
    let tied = identity::of(&desk.db, &CONSOLE, person_id).await?;
    let cut = Unlink {
        person_id,
        identity_id: tied[0].id,
    };
    desk.db.change(Permit::ask(&CONSOLE, Desk)?, cut).await?;
    Ok(())
}

fn why<T: std::fmt::Debug>(result: entities::Result<T>) -> Rejected {
    match result {
        Err(DeskError::Rejected(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_providers_word_means_one_person_until_the_tie_is_cut() {
    let desk = TestDesk::new().await;
    let petra = desk.administrator().await.actor().await;
    let annika = desk.agent("Annika Brandt").await;
    let tobias = desk.agent("Tobias Reuter").await;
    let amt = desk.trust_nobody("Amt", "lotse").await;
    tie(&desk, &petra, (annika.id, amt), "4711").await.unwrap();
    let taken = tie(&desk, &petra, (tobias.id, amt), "4711").await;
    assert_eq!(why(taken), Rejected::IdentityTaken);
    // Capital and small letters are the provider's.
    tie(&desk, &petra, (tobias.id, amt), "Abc").await.unwrap();
    tie(&desk, &petra, (annika.id, amt), "abc").await.unwrap();
    let tied = identity::of(&desk.db, &petra, annika.id).await.unwrap();
    let words: Vec<_> = tied.iter().map(|one| one.subject.as_str()).collect();
    assert_eq!(words, ["4711", "abc"]);
    assert_eq!(tied[0].provider, "Amt");
    cut(&desk, annika.id).await.unwrap();
    tie(&desk, &petra, (tobias.id, amt), "4711").await.unwrap();
    let found = identity::person_of(&desk.db, "https://login.invalid", "4711").await;
    assert_eq!(found.unwrap(), Some(tobias.id));
    // By a provider that is out of use nobody is tied any more.
    desk.console(Retire::<Provider>::of(amt)).await;
    let refused = tie(&desk, &petra, (annika.id, amt), "0815").await;
    assert_eq!(why(refused), Rejected::Retired);
    let curious = identity::of(&desk.db, &annika.actor().await, tobias.id).await;
    assert!(matches!(curious, Err(DeskError::Forbidden)));
    desk.must_verify().await;
}

#[tokio::test]
async fn nobody_ties_somebody_who_may_more_than_they() {
    let desk = TestDesk::new().await;
    let petra = desk.administrator().await;
    let sabine = desk.requester("Sabine Kowalke").await;
    let amt = desk.trust_nobody("Amt", "lotse").await;
    let only = [(Permission::ManageRoles, Scope::Everything)];
    let mira = desk.person_with("Mira Kessler", &only).await.actor().await;
    let refused = tie(&desk, &mira, (petra.id, amt), "mira").await;
    assert_eq!(why(refused), Rejected::MoreThanHeld);
    tie(&desk, &mira, (sabine.id, amt), "sabine").await.unwrap();
}

#[tokio::test]
async fn the_last_way_in_of_the_last_administrator_stays() {
    let desk = TestDesk::new().await;
    let petra = desk.administrator().await;
    let amt = desk.trust_nobody("Amt", "lotse").await;
    tie(&desk, &CONSOLE, (petra.id, amt), "petra")
        .await
        .unwrap();
    assert_eq!(why(cut(&desk, petra.id).await), Rejected::LastAdministrator);
    let retire = person::Retire::of(petra.id);
    let permit = Permit::ask(&CONSOLE, Desk).unwrap();
    let refused = desk.db.change(permit, retire).await;
    assert_eq!(why(refused), Rejected::LastAdministrator);
    // Somebody else who comes in is enough.
    let second = desk.administrator().writing_from("zwei@desk.example");
    let second = second.with_password("Leuchtturm am Wattenmeer").await;
    cut(&desk, petra.id).await.unwrap();
    // One who comes in by a provider does not stand in for the last who needs none.
    tie(&desk, &CONSOLE, (petra.id, amt), "petra")
        .await
        .unwrap();
    let permit = Permit::ask(&CONSOLE, Desk).unwrap();
    let refused = desk.db.change(permit, person::Retire::of(second.id)).await;
    assert_eq!(why(refused), Rejected::LastAdministrator);
}
